"""What the docs show is so: their settings load, their rows hold, their JSON is what the program prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from vivavoce import decisions, people, quotes, sources, tables
from vivavoce.engines import engine
from vivavoce.model import Known
from vivavoce.project import RightsTable, Settings, open_project
from vivavoce.sources import sidecar

ROOT = Path(__file__).parent.parent
SALTMARSH = ROOT / "examples" / "saltmarsh"


def fenced(page: str, kind: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def shown(row: str) -> dict[str, Any]:
    return dict(json.loads(row))


def test_the_settings_shown_are_those_of_the_example() -> None:
    (text,) = fenced("project.md", "toml")
    told = tables.load(text, Settings, "vivavoce.toml")
    there = tables.read(SALTMARSH / "vivavoce.toml", Settings)
    assert told.title == there.title
    assert told.works[0] in there.works
    assert told.people[0] in there.people


def test_every_key_of_the_settings_is_told() -> None:
    page = (ROOT / "docs" / "project.md").read_text("utf-8")
    keys = {*Settings.__struct_fields__, *RightsTable.__struct_fields__}
    assert [k for k in sorted(keys) if f"`{k}`" not in page and f"[[{k}]]" not in page] == []


def test_the_restriction_shown_is_that_of_the_example() -> None:
    (text,) = fenced("rights.md", "toml")
    there = sidecar.beside(SALTMARSH / "sources", "interviews/frank-and-josie-hallam.md")
    assert sidecar.parse(text).rights == there.rights


def test_the_quotation_shown_is_what_is_printed() -> None:
    (text,) = fenced("quotations.md", "json")
    told = shown(text)
    project = open_project(SALTMARSH)
    known = Known(people=project.people, works=project.works)
    source = sources.read(Path(project.sources), told["source"])
    found = {q.id: q for q in quotes.find(source, known)}
    quote = found[told["id"]]
    assert told["spans"] == [list(s) for s in quote.spans]
    assert told["content"] == [list(s) for s in quote.content]
    assert (told["kind"], told["text"], told["block"]) == (quote.kind, quote.text, quote.block)
    cast = people.cast(source, list(found.values()), known)
    (said,) = [
        a for a in engine("attribute", "rules")(source, list(found.values()), cast, known) if a.quote == quote.id
    ]
    assert said.figure == told["person"]["name"]
    for mention in (told["speaker"], told["cue"]):
        assert source.text[mention["start"] : mention["end"]] == mention["text"]


def test_the_row_shown_is_a_decision_whose_words_are_found(tmp_path: Path) -> None:
    (text,) = fenced("decisions.md", "json")
    journal = tmp_path / "decisions.jsonl"
    journal.write_text(text, "utf-8")
    read = decisions.read(journal)
    assert read.broken == ()
    (anchor,) = read.decisions[0].target
    source = sources.read(SALTMARSH / "sources", anchor.source)
    span = decisions.locate(anchor, source)
    assert span
    assert source.text[slice(*span)] == anchor.exact


def test_every_type_of_decision_is_told() -> None:
    page = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    assert [t for t in decisions.TYPES if f"`{t}`" not in page] == []


def _outside_fences(page: Path) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)


def test_pages_link_to_pages_that_are_there() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", _outside_fences(page)):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_first_sidecar_shown_is_the_one_that_is_written(tmp_path: Path) -> None:
    from vivavoce.sources import starting

    (text,) = fenced("sources.md", "toml")
    cues = ["<v SPEAKER_00>Where were you when the sluice went?"]
    cues += ["<v SPEAKER_01>On the quay, with the lantern. Nine of them."]
    rows = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n" for n, cue in enumerate(cues)]
    (tmp_path / "night watch.vtt").write_text("WEBVTT\n\n" + "\n".join(rows))
    (tmp_path / "night watch.mp3").write_bytes(b"ID3")
    assert starting.first_sidecar(sources.read(tmp_path, "night watch.vtt")) == text
