"""The learned engine: chosen by name, as careful as the rules, the same answer every time, and light to ship."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import engines, people, quotes
from vivavoce.model import Block, Known, Source

ROOT = Path(__file__).parents[2]
ARTICLE = """Harbour board to sell the lido

The board of Wexcombe Harbour voted on Tuesday to sell the lido. “Nobody has swum there since the pump failed,” said \
Ida Marsh, who chairs it. “We are not a museum.”

Tom Ferrier, who taught half the town to swim, was not persuaded. “A pump can be mended,” he said.

“With whose money?” Marsh asked.

He would not say. Two members told the paper that the vote had been “a formality”.
"""


def source(text: str) -> Source:
    return Source("press/lido.txt", "press", "press", text, (Block("body", 0, len(text)),))


def attributed(text: str, engine: str):
    piece, known = source(text), Known()
    found = quotes.find(piece, known)
    cast = people.cast(piece, found, known)
    return found, engines.engine("attribute", engine)(piece, found, cast, known)


def test_all_engines_can_be_chosen_by_name_and_say_who_they_are():
    assert {"rules", "learned", "nobody"} <= set(engines.names("attribute"))
    for engine in ("rules", "learned", "nobody"):
        found, given_ = attributed(ARTICLE, engine)
        assert [a.quote for a in given_] == [q.id for q in found]
        assert {a.engine for a in given_} == {engine}


def test_the_learned_engine_finds_the_tag_the_pronoun_and_the_turn():
    found, given_ = attributed(ARTICLE, "learned")
    said = {q.text: a.figure for q, a in zip(found, given_, strict=True)}
    assert next(who for words, who in said.items() if words.startswith("Nobody has swum")) == "Ida Marsh"
    assert next(who for words, who in said.items() if words.startswith("A pump")) == "Tom Ferrier"
    assert next(who for words, who in said.items() if words.startswith("With whose")) == "Ida Marsh"
    assert next(who for words, who in said.items() if "formality" in words) is None


def test_the_models_are_small_and_have_a_card():
    folder = files("vivavoce.people").joinpath("weights")
    sizes = [len(folder.joinpath(f"{name}.crfsuite").read_bytes()) for name in ("how", "whom")]
    assert sum(sizes) <= 2_000_000
    card = folder.joinpath("CARD.md").read_text("utf-8")
    assert all(name in card for name in ("LitBank", "GUM", "Wikinews", "CC BY 4.0", "For what, and for what not"))


def test_nothing_is_loaded_before_the_engine_is_asked_for():
    asked = "import sys, vivavoce.cli, vivavoce.people.rules; print('pycrfsuite' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["“Oh,” ", "she said. ", "said Ida Marsh. ", "\n\n", "“No.” ", "He ran. ", "‘", "”", ":"]))
)
def test_whatever_the_text_each_quotation_has_one_answer_and_it_is_grounded(parts):
    found, given_ = attributed("Ida Marsh met Tom Ferrier. " + "".join(parts), "learned")
    assert [a.quote for a in given_] == [q.id for q in found]
    assert all(a.why and 0.0 <= a.confidence <= 1.0 for a in given_)


def test_training_without_the_annotated_sets_says_so_and_changes_nothing(tmp_path):
    before = files("vivavoce.people").joinpath("calibration.toml").read_bytes()
    program = ROOT / "tools" / "train.py"
    environment = os.environ | {"VIVAVOCE_SETS": str(tmp_path / "shared")}
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "nothing to train on" in done.stderr
    assert files("vivavoce.people").joinpath("calibration.toml").read_bytes() == before


@pytest.mark.soak
def test_training_gives_the_same_bytes_twice(tmp_path):
    sys.path.insert(0, str(ROOT / "tools"))
    import train

    data = [(r, train.view(r)) for r in train.training(("articles",))]
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        train.trained(data, tmp_path / name)
        made.append([(tmp_path / name / f"{model}.crfsuite").read_bytes() for model in ("how", "whom")])
    assert made[0] == made[1]
