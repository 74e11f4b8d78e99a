"""A confidence is the probability that the person is right: surer evidence is never less sure, thin evidence is low."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce import engines, people, quotes
from vivavoce.model import Attribution, Block, Known, Source
from vivavoce.people import calibration

ENGINES = ("rules", "learned")
NAMES = sorted({name for engine in ENGINES for name in calibration.weights(engine)})
PLAIN = {"always": 1.0, "found cue": 1.0, "meant named": 1.0, "kind direct": 1.0, "score": 0.95, "text named": 0.6}


def told(text: str, engine: str = "rules") -> dict[str, Attribution]:
    """The attribution of each quotation of a text, by its words."""
    piece, known = Source("press/a.txt", "press", "press", text, (Block("body", 0, len(text)),)), Known()
    found = quotes.find(piece, known)
    cast = people.cast(piece, found, known)
    given_ = engines.engine("attribute", engine)(piece, found, cast, known)
    return {q.text.strip(",. "): a for q, a in zip(found, given_, strict=True)}


@pytest.mark.parametrize("engine", ENGINES)
@given(signs=st.dictionaries(st.sampled_from([*NAMES, "never heard of"]), st.floats(0, 1)))
def test_whatever_the_signs_the_confidence_is_a_probability(engine, signs):
    assert 0.0 <= calibration.confidence(signs, engine) <= 1.0


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("doubt", ["others near", "others between", "no speaker", "named once", "shared surname"])
def test_a_doubt_never_makes_surer(engine, doubt):
    steps = [calibration.confidence(PLAIN | {doubt: x}, engine) for x in (0.0, 0.4, 1.0)]
    assert steps == sorted(steps, reverse=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_surname_that_several_share_is_never_nearly_certain(engine):
    assert calibration.confidence(PLAIN | {"nobody's surname": 1.0}, engine) < 0.9


TWO_WOMEN = (
    "Ida Marsh chaired the board. Her rival was Nell Crane, of the swimming club.\n\n"
    "“The pump is finished,” Marsh said on Monday. “Sell it,” said Ida Marsh.\n\n"
    "Crane met Marsh at the gate. “It can be mended,” she said.\n"
)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_is_surer_than_a_pronoun_that_two_may_be_meant_by(engine):
    by_words = told(TWO_WOMEN, engine)
    assert by_words["The pump is finished"].figure == "Ida Marsh"
    assert by_words["The pump is finished"].confidence > by_words["It can be mended"].confidence


def test_a_plain_tag_with_a_name_is_nearly_certain():
    assert told(TWO_WOMEN)["The pump is finished"].confidence >= 0.9


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "“Shut the gate,” a voice said.\n",
        "“Shut the gate,” she said, and nobody knew who she was.\n",
        "A sign hung there. “Shut the gate and mind the dog.”\n",
        "Two members of the board, who asked not to be named, said “the gate is shut”.\n",
    ],
)
def test_thin_evidence_names_nobody_and_is_not_sure(engine, text):
    for a in told(text, engine).values():
        assert a.figure is None
        assert a.confidence <= 0.4


def test_a_reason_stands_for_its_kind_whatever_the_words():
    assert calibration.kind("subject of “said”") == calibration.kind("subject of “claims”") == "cue"
    assert calibration.kind("whose “claim” it is") == "owner"
    assert calibration.kind("“the coach” fits") == "role"
    assert calibration.kind("“the man” fits") == "anybody"
    assert calibration.kind("“girl” fits the nearest") == "role nearest"
    assert calibration.kind("named") == "named"
