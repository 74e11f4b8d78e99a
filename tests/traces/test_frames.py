"""Words that are taken out of a sentence which denies, doubts, asks, supposes or reports them are lit as such."""

from __future__ import annotations

import pytest

from traces.test_follow import IDA, RUFUS, printed, told
from vivavoce import traces
from vivavoce.model import Trace

CHAT = (RUFUS, "The kettle was always on in that hut, and somebody always had the wireless going in the corner.")


def followed(said: str, words: str) -> tuple[Trace, str]:
    source, turns = told((CHAT, (IDA, said), CHAT))
    return traces.follow([printed(words)], [source], turns)[0], source.text


@pytest.mark.parametrize(
    ("said", "kind", "by"),
    [
        ("I don't think |we planned it with the harbour board|.", "denied", "don't think"),
        ("Nobody ever told me that |they had sold the lifeboat|.", "denied", "Nobody ever told me that"),
        ("It's not true that |the captain drank before the regatta|.", "denied", "not true that"),
        ("We never |robbed the widow of her pension|.", "denied", "never"),
        ("If |the captain had stayed ashore that week| we were lost.", "supposed", "If"),
        ("We would have |burned the whole pier for firewood|.", "supposed", "would have"),
        ("People say |the mayor paid for every lantern|.", "reported", "People say"),
        ("He told me |the choir hated the old bishop|.", "reported", "He told me"),
        ("My mother used to say that |the tide took him|.", "reported", "mother used to say that"),
        ("I was told |the drummer left for another band|.", "reported", "I was told"),
        ("Apparently |the drummer left for another band|.", "reported", "Apparently"),
        ("Maybe |the nurses started the whole walkout|.", "doubted", "Maybe"),
        ("She thought |the nurses started the whole walkout|.", "doubted", "She thought"),
        ("Do you mean |the foreman burned the whole ledger|?", "asked", "?"),
        ("|The foreman burned the whole ledger|, or so they say.", "reported", "or so they say"),
        ("|The foreman burned the whole ledger|, I don't think.", "denied", "I don't think"),
    ],
)
def test_what_the_sentence_says_of_the_words_is_told(said: str, kind: str, by: str) -> None:
    found, text = followed(said.replace("|", ""), said.split("|")[1] + ".")
    assert found.cls == "verbatim", "the class goes by the words"
    assert [(f.kind, text[slice(*f.at)], f.place) for f in found.frames] == [(kind, by, 0)]


@pytest.mark.parametrize(
    "said",
    [
        "I think |we planned it with the harbour board|.",
        "I said |we planned it with the harbour board|.",
        "No, |we planned it with the harbour board|.",
        "It was not my idea, |we planned it with the harbour board|.",
        "He was not there. |We planned it with the harbour board|.",
        "I couldn't believe |we planned it with the harbour board|.",
        "If it rained, |we planned it with the harbour board|.",
        "|We planned it with the harbour board|, didn't we?",
        "The man who didn't pay |bought the harbour board a boat|.",
        "|I don't think we planned it with the harbour board|.",
        "In the report |the harbour board had planned it|.",
        "|Who planned it with the harbour board|?",
    ],
)
def test_what_says_nothing_of_them_is_not(said: str) -> None:
    assert followed(said.replace("|", ""), said.split("|")[1])[0].frames == ()


def test_what_is_printed_elsewhere_in_the_quotation_is_not_lost() -> None:
    said = (
        "I don't think "
        + "that on a night like that one, with the whole crew asleep below, " * 3
        + "we planned it at all."
    )
    found, _ = followed(said, "I don't think that on a night like that one, … we planned it at all")
    assert found.frames == ()


def test_words_dropped_within_that_said_they_were_told_by_others_turn_the_sense() -> None:
    found, _ = followed(
        "It was a cold year and people say that the mayor paid for every lantern on the quay.",
        "It was a cold year and the mayor paid for every lantern on the quay",
    )
    assert [(e.op, e.kind) for e in found.edits] == [("drop", "sense")]
