"""Who did it, who was first, under which number, how long before: where two accounts differ, and where not."""

from __future__ import annotations

import pytest
from test_answers import related

SCENE = (
    "The lantern parade went over Quill Bridge in the fog with the brass band, the paper heron and forty torches, "
    "and the bandstand caught fire."
)


def told(question: str, ann: str, bob: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The relations of what two people answer who tell of one parade."""
    start = "Q: Tell me about the lantern parade over Quill Bridge.\n"
    texts = (f"{start}{who}: {SCENE}\nQ: {question}\n{who}: {said}\n" for who, said in (("Ann", ann), ("Bob", bob)))
    found = related(*texts)
    return sorted({(r.type, r.about, tuple(sorted(r.values))) for r in found})


@pytest.mark.parametrize(
    ("question", "ann", "bob", "expected"),
    [
        ("Who lit the bandstand?", "I did.", "It was Tom Ward.", ("differ", "who lit", ("I did", "It was Tom Ward"))),
        (
            "Who lit the bandstand?",
            "It was Tom Ward.",
            "Tom Ward did.",
            ("agree", "who lit", ("It was Tom Ward", "Tom Ward did")),
        ),
        (
            "And on the bridge?",
            "Cora Lunt was the first over the bridge with her torch.",
            "I was first over the bridge, with the torch and the drum.",
            ("differ", "who was first", ("Cora Lunt was the first", "I was first")),
        ),
        (
            "Where was it written down?",
            "The bandstand is on page fourteen of the parade book.",
            "It's in the parade book, the bandstand, page forty.",
            ("differ", "page", ("page forty", "page fourteen")),
        ),
        (
            "When was the bandstand painted?",
            "They painted the bandstand six months before the parade.",
            "They painted the bandstand three days before the parade.",
            ("differ", "how long before", ("six months before the parade", "three days before the parade")),
        ),
    ],
)
def test_particulars_of_one_thing_are_compared(
    question: str, ann: str, bob: str, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    assert expected in told(question, ann, bob)


@pytest.mark.parametrize(
    ("question", "ann", "bob"),
    [
        ("Who lit the bandstand?", "Tom Ward did.", "It was Ward."),
        ("Who lit the bandstand?", "I did.", "Nobody knows. Tom Ward sang."),
        ("And on the bridge?", "Cora Lunt was the first over the bridge.", "Tom Ward was the first to ask for soup."),
        ("And on the bridge?", "Cora Lunt was first over the bridge.", "They said that I was first over the bridge."),
        ("When was it?", "They painted the bandstand six months before.", "They sold the bandstand three days before."),
        (
            "When was it?",
            "They painted the bandstand a day after the flood.",
            "They painted the bandstand a year after Lent.",
        ),
        ("When was it?", "They painted the bandstand a week before.", "They painted the bandstand seven days before."),
        (
            "When was it?",
            "They painted the bandstand about six months before.",
            "They painted the bandstand a year before.",
        ),
        ("Was it written down?", "It's on page fourteen of the parade book.", "The recipe for glue is on page two."),
    ],
)
def test_what_is_the_same_or_of_another_thing_does_not_differ(question: str, ann: str, bob: str) -> None:
    assert [r for r in told(question, ann, bob) if r[0] == "differ"] == []
