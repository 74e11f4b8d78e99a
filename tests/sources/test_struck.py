"""What is struck out in a typed transcript is withheld, or left out and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce import build, quotes, sources
from vivavoce.model import Known
from vivavoce.project import open_project

SECRET = "Jory took it from the safe."
MARKDOWN = (
    f"**Ann:** Who took the lamp?\n\n**Bo:** ~~{SECRET}~~ I do not know.\n\n**Ann:** Sure?\n\n**Bo:** Yes, I am.\n"
)
TAGGED = MARKDOWN.replace("~~Jory", "<del>Jory").replace("safe.~~", "safe.</del>")
STRUCK = "<strike>Jory took it<br> from <b>the</b> safe.</strike>"
STYLED = f'<span style="text-decoration: line-through">{SECRET}</span>'


@pytest.mark.parametrize("text", [MARKDOWN, TAGGED])
def test_struck_words_of_a_typed_dialogue_are_published_nowhere(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "bo.md").write_text(text)
    project = open_project(tmp_path)
    told = build.update(project)
    build.publish(project, "2026-01-01")
    assert any("struck out" in w for w in told.warnings)
    site = "".join(f.read_text("utf-8", "replace") for f in (tmp_path / "out").rglob("*") if f.is_file())
    assert "I do not know" in site
    assert "Jory" not in site


@pytest.mark.parametrize("struck", [STRUCK, STYLED])
def test_struck_words_of_otranscribe_are_left_out_and_told(tmp_path: Path, struck: str) -> None:
    text = f"<p><b>Ann:</b> Who took the lamp?</p><p><b>Bo:</b> {struck} I do not know.</p><p><b>Ann:</b> Sure?</p>"
    (tmp_path / "bo.otr").write_text(json.dumps({"text": text, "media": "bo.mp3", "media-time": 3}))
    source = sources.read(tmp_path, "bo.otr")
    assert "6 words are struck out in it, and left out" in [w.what for w in source.warnings]
    assert [q.text for q in quotes.find(source, Known())] == ["Who took the lamp?", "I do not know.", "Sure?"]


def test_two_waves_that_strike_nothing_are_words(tmp_path: Path) -> None:
    (tmp_path / "bo.md").write_text("**Ann:** It was ~~ 40 miles ~~ or so.\n\n**Bo:** Yes.\n\n**Ann:** Sure?\n")
    assert sources.read(tmp_path, "bo.md").restrictions == ()
