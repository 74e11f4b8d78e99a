"""Where two people tell one thing otherwise, beside counts: the auction in Hobb's barn."""

from __future__ import annotations

import pytest

from accounts.test_answers import related

ASKED = "Q: Tell me about the auction in Hobb's barn, and the weathercock.\n"
TOLD = "{}: The auction in Hobb's barn, with the copper weathercock and the blind auctioneer. "


def told(ann: str, bob: str) -> list[tuple[str, str]]:
    texts = (f"{ASKED}{TOLD.format(who)}{said}\n" for who, said in (("Ann", ann), ("Bob", bob)))
    return [(r.type, r.about) for r in related(*texts)]


@pytest.mark.parametrize(
    ("ann", "bob", "about"),
    [
        (
            "The gavel was in the inventory.",
            "It wasn't in the inventory, I had it.",
            "whether it was in the inventory",
        ),
        ("He never paid me.", "Hobb paid her, on the floor of the barn.", "whether it was so"),
        ("Nobody warned us.", "I was at the door and I warned them.", "whether it was so"),
        ("It was a candle that began the smoke.", "It was the stove, and only the stove.", "which cause"),
        ("Mrs Hobb had her baby there. It was a girl.", "And a baby. A boy, with a great voice.", "which child"),
        ("Eleven seconds, the hush lasted.", "It was half a minute, I counted.", "length of time"),
        (
            "The weathercock went for four hundred dollars.",
            "The weathercock? Six hundred dollars!",
            "sum of money",
        ),
        ("He sold it in one bid, the auctioneer.", "There were seven bids, and the auctioneer wept.", "number of bids"),
        ("Wednesday it was, with the auctioneer late.", "On a Tuesday, with the auctioneer late.", "day of the week"),
    ],
)
def test_what_is_told_otherwise_differs(ann: str, bob: str, about: str) -> None:
    assert ("differ", about) in told(ann, bob)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("The gavel was in the inventory.", "The clerk wasn't in the barn."),
        ("The gavel was in the inventory.", "They say the gavel wasn't in the inventory."),
        ("The gavel was in the inventory.", "If it wasn't in the inventory, who lost it?"),
        ("He never paid me.", "Hobb paid them."),
        ("He never paid me.", "They say that Hobb paid her."),
        ("It was a candle that began the smoke.", "It was no stove, whatever they wrote."),
        ("The weathercock went for four hundred dollars.", "I owed my landlord six hundred dollars."),
        ("Eleven seconds, the hush lasted.", "It was half a minute before the hush that he fell."),
    ],
)
def test_what_is_not_denied_does_not_differ(ann: str, bob: str) -> None:
    assert [kind for kind, _ in told(ann, bob) if kind == "differ"] == []
