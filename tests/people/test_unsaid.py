"""What somebody did not say is not theirs. All texts are invented."""

from __future__ import annotations

import pytest

from vivavoce import engines, people, quotes
from vivavoce.model import Attribution, Block, Known, Source

INTRO = "Mayor Ida Marsh met the rowers. The coach, Carl Moe, came late, and Nell Crane was there.\n\n"


def told(sentence: str, engine: str = "rules") -> list[Attribution]:
    """The attributions of the direct and mixed quotations of a text that ends with a sentence."""
    text = INTRO + sentence
    piece, known = Source("press/a.txt", "press", "press", text, (Block("body", 0, len(text)),)), Known()
    found = quotes.find(piece, known)
    given = engines.engine("attribute", engine)(piece, found, people.cast(piece, found, known), known)
    return [a for q, a in zip(found, given, strict=True) if q.kind in ("direct", "mixed")]


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize(
    "sentence",
    [
        "Marsh denied that she had called the rowers “a pack of idle thieves”.",
        "Marsh denied calling the rowers “a pack of idle thieves”.",
        "Marsh denies she ever told the coach to “burn every last boat”.",
        "Marsh rejected the claim that she had told the rowers to “burn every last boat”.",
        "Moe refused to say “I should have been on the bank”.",
        "Moe declined to call it “the worst race of my life”.",
        "Moe never told the crew to “row until you drop dead”.",
        "Moe did not say “the boat was rotten from the start”.",
        "Moe wouldn’t say “I am sorry about the boat”.",
        "Neither Marsh nor Moe would say “we are sorry about it”.",
        "If Marsh had said “the boats are yours to keep”, nobody would have sued.",
        "Had Marsh said “the boats are yours to keep”, nobody would have sued.",
        "Marsh might have said “give them one more summer”, but the letter is lost.",
        "Moe is accused of saying “let the little ones sink”.",
        "Moe left without saying “thank you for the boats”.",
        "“They can rot,” Marsh denied saying, “in the shed.”",
    ],
)
def test_nobody_is_held_to_have_said_what_was_denied_refused_or_imagined(sentence: str, engine: str) -> None:
    for a in told(sentence, engine):
        assert a.figure is None, a
        assert a.confidence < 0.5
        assert WHY & set(a.why), a.why


WHY = {"denied", "refused", "not said", "said by nobody", "only imagined", "laid to somebody"}


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("“I was asleep the whole night,” Moe denied.", "Carl Moe"),
        ("Moe denied it: “I was asleep the whole night.”", "Carl Moe"),
        ("Moe, who has never rowed, said “the boat was rotten from the start”.", "Carl Moe"),
        ("Moe denied the charge and said “I was asleep the whole night”.", "Carl Moe"),
        ("Moe denied the charge, saying “I was asleep the whole night”.", "Carl Moe"),
        ("Marsh not only said “the boats are yours to keep”, she wrote it.", "Ida Marsh"),
        ("Nobody laughed when Marsh said “the boats are yours to keep”.", "Ida Marsh"),
        ("Moe would say “the river knows” at every race.", "Carl Moe"),
        ("Moe said the boat “had never been dry”.", "Carl Moe"),
    ],
)
def test_what_was_said_stays_said(sentence: str, who: str, engine: str) -> None:
    given = told(sentence, engine)
    assert {a.figure for a in given} == {who}, given


def test_who_denies_is_still_the_speaker_of_the_denial() -> None:
    (only,) = told("Marsh denied that she had called the rowers “a pack of idle thieves”.")
    assert only.speaker is not None
    assert only.speaker.text == "Marsh"
    assert only.figure is None
