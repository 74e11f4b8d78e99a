"""An edit policy says of a line what it does not allow, and allows the rest."""

from __future__ import annotations

import msgspec
import pytest

from traces.test_follow import BELL, TALK, printed, told
from vivavoce import traces
from vivavoce.model import EditPolicy, Frame, Trace
from vivavoce.traces import POLICIES, breaches, breaches_of

SAID = (
    "I, I mean, we rowed, um, the piano over at midnight. It was raining. Seventeen of us never said a word to Finch."
)
ENDING = " It was raining. Seventeen of us never said a word to Finch."
SAID = "I, I mean, we rowed, um, the piano over at midnight." + ENDING
OTHER = ENDING.replace("Seventeen", "17")
FITS: dict[EditPolicy, tuple[str, ...]] = {
    "verbatim": ("I — I mean, we rowed, um, the piano over at MIDNIGHT!" + ENDING,),
    "clean": (
        "We rowed the piano over at midnight." + ENDING,
        "We rowed the piano over at midnight." + OTHER,
    ),
    "condensed": (
        "We rowed the piano over … Seventeen of us never said a word to Finch.",
        "We rowed [it] over at midnight. ... Seventeen of us never said a word to [the harbour master].",
        "We rowed the piano over [quietly] at midnight." + ENDING,
    ),
}
NEVER = (
    ("We rowed the organ over at midnight.", ENDING, "“piano” became “organ”"),
    ("We rowed the piano over at midnight.", ENDING.replace("Seventeen", "Twelve"), "another number"),
    ("We rowed the piano over at midnight.", ENDING.replace("Finch", "Pinch"), "another name"),
    ("We rowed the piano over at midnight.", ENDING.replace("never ", ""), "turn the sense"),
    ("We rowed the piano over at midnight.", ENDING.replace("said", "would say"), "turn the sense"),
    ("We rowed the piano at midnight over.", ENDING, "another order"),
    ("We rowed the piano over quietly at midnight.", ENDING, "“quietly” is put in without [brackets]"),
    ("We rowed the piano over at midnight.", ENDING[16:], "“It was raining” is left out without an ellipsis"),
)


@pytest.mark.parametrize("policy", POLICIES)
def test_each_policy_allows_what_the_stricter_one_does_and_no_more(policy: EditPolicy) -> None:
    strict = {name: n for n, name in enumerate(POLICIES)}
    for other in POLICIES:
        for line in FITS[other]:
            assert (breaches(policy, SAID, line) == ()) == (strict[other] <= strict[policy]), (
                other,
                line,
            )


@pytest.mark.parametrize("policy", POLICIES)
def test_what_no_policy_allows_is_told_in_a_sentence(policy: EditPolicy) -> None:
    for begin, end, words in NEVER:
        found = breaches(policy, SAID, begin + end)
        assert any(words in sentence for sentence in found), (begin, end, found)
        assert all(s.endswith(".") and "\n" not in s for s in found)


def followed(words: str) -> tuple[Trace, dict[str, str]]:
    source, turns = told((*TALK, *BELL, *TALK))
    return traces.follow([printed(words)], [source], turns)[0], {source.path: source.text}


def test_places_are_joined_where_a_sign_parts_them() -> None:
    one, other = "We had forty cues that night and one torch between us", "My mother sewed every one of those coats"
    assert breaches_of("condensed", *followed(f"{one} … {other}")) == ()
    assert breaches_of("condensed", *followed(f"{one}.\n\n{other}")) == ()
    assert "without a sign" in breaches_of("condensed", *followed(f"{one}. {other}"))[0]
    assert "another place" in breaches_of("clean", *followed(f"{one} … {other}"))[0]


def test_what_is_somebody_elses_or_denied_or_nowhere_fits_no_policy() -> None:
    found, texts = followed("My uncle tuned the pedal harp with a spanner")
    assert breaches_of("verbatim", found, texts) == ()
    for cls, who, sentence in (("misattributed", "Rufus Penn", "said by Rufus Penn"),):
        wrong = msgspec.structs.replace(found, cls=cls, said_by=who)
        assert sentence in breaches_of("condensed", wrong, texts)[0]
    frame = msgspec.structs.replace(found, frames=(Frame("denied", (0, 3)),))
    assert breaches_of("condensed", frame, texts) == ("The sentence that the words were taken out of denies them.",)
    assert "not found" in breaches_of("condensed", *followed("Trombones fell out of the sky over Valparaiso"))[0]
