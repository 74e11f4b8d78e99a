"""What a change is: of the sense, a number, a name, or only of how it is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.model import TracePlace, folded
from vivavoce.traces import carried_out, compare


@pytest.mark.parametrize(
    ("said", "printed", "kinds"),
    [
        ("There were seventeen lamps on it", "There were twelve lamps on it", ["number"]),
        ("There were seventeen lamps on it", "There were 17 lamps on it", ["spelling"]),
        ("It was nineteen eighty-three, in May", "It was 1983, in May", ["spelling"]),
        ("We fed two hundred men at noon", "We fed hundred men at noon", ["number"]),
        ("We fed the men at noon", "We fed forty men at noon", ["number"]),
        ("I saw one of them there", "I saw some of them there", [""]),
        ("It rained. (That was March, not April.) We sailed.", "It rained. … We sailed.", ["ellipsis"]),
        ("It rained. [Ed.: March, not April.] We sailed.", "It rained. … We sailed.", ["ellipsis"]),
        ("We can, and did. You cannot. At noon.", "We can … At noon.", ["ellipsis"]),
        ("We can, but never did. You can. At noon.", "We can … At noon.", ["sense"]),
        ("It rained. I don't think Mr. Penn was there.", "It rained. … was there.", ["sense"]),
        ("It rained. You can. They say he was there.", "It rained. … he was there.", ["sense"]),
        ("Then Maud Finch rang the bell", "Then Maud Pinch rang the bell", ["name"]),
        ("And he rang the bell", "And Pinch rang the bell", ["name"]),
        ("And he rang the bell", "And [Pinch] rang the bell", ["bracket"]),
        ("Finch rang the bell", "Nobody rang the bell", ["sense"]),
        ("He rang the bell", "She rang the bell", [""]),
        ("We never sold it", "We sold it", ["sense"]),
        ("We sold it", "We hardly sold it", ["sense"]),
        ("We could hardly hear it", "We could hear it", ["sense"]),
        ("We would have sold it", "We sold it", ["sense"]),
        ("We might sell it", "We sell it", ["sense"]),
        ("I'd sell it tomorrow", "I would sell it tomorrow", [""]),
        ("We were not there", "We weren't there", [""]),
        ("I was, you know, I was late", "I was late", ["repeat"]),
        ("I, I mean, I went home", "I went home", ["repeat"]),
        ("It was very very late", "It was very late", ["repeat"]),
        ("He was, he had a boat", "he had a boat", ["restart"]),
        ("The ch— the chapel stood there", "the chapel stood there", ["restart"]),
        ("We never, we sold it", "we sold it", ["sense"]),
        ("He went home", "[H]e went home", ["spelling"]),
        ("It was, um, late", "It was late", ["filler"]),
        ("We ran. It wasn't far. We swam.", "We ran. … We swam.", ["ellipsis"]),
        ("We ran. It wasn't far. We swam.", "We ran. We swam.", ["sense"]),
        ("We ran down to the ship", "We ran to the ship", [""]),
        ("We ran down to the ship", "We … ran to the ship", [""]),
        ("two buttons and a coat", "buttons two and a coat", [""]),
        ("", "words put in", [""]),
        ("words left out", "", [""]),
        ("The same, words!", "the same words", []),
    ],
)
def test_each_change_has_its_kind(said: str, printed: str, kinds: list[str]) -> None:
    assert [e.kind for e in compare(said, printed)] == kinds


WORDS = st.lists(
    st.sampled_from(
        [
            "I",
            "mean,",
            "you",
            "know",
            "um",
            "not",
            "never",
            "would",
            "have",
            "seventeen",
            "17",
            "two",
            "hundred",
            "Maud",
            "Finch",
            "he",
            "the",
            "[the]",
            "[H]e",
            "…",
            "ch—",
            "It's",
            ".",
            ",",
            "?",
            "ship,",
            "ship",
            "lamps",
        ]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(WORDS, WORDS)
def test_the_edits_carried_out_on_what_was_said_give_what_is_printed(said: str, printed: str) -> None:
    done = compare(said, printed)
    assert carried_out([TracePlace("", (0, len(said)))], done, {"": said}) == folded(printed)
    assert not done or folded(said) != folded(printed)
    assert all(0 <= e.at[0] <= e.at[1] <= len(said) for e in done)
