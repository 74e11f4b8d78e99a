"""What clauses say, read without a grammar, and what questions ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from vivavoce.accounts import clauses
from vivavoce.accounts.focus import focus
from vivavoce.accounts.frames import Frame, frames
from vivavoce.accounts.names import Who
from vivavoce.model import Account, Passage


def told(said: str) -> list[str]:
    return [shown(f) for f in frames(said, 0, len(said))]


def shown(f: Frame) -> str:
    rest = [f"{p} {n.said}" for p, n in f.rest]
    parts = [f.subject.said if f.subject else "-", f.verb, f.object.said if f.object else "-", *rest]
    return ("not " if f.no else "") + " | ".join(parts)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("The vicar never rang the bell.", ["not The vicar | ring | the bell"]),
        ("It was Ann who rang it.", ["Ann | ring | it"]),
        ("The cup was presented by Lady Harbin, in a green hat.", ["Lady Harbin | present | The cup | in a green hat"]),
        ("There was no rail on it.", ["not - | exist | no rail | on it"]),
        ("Nobody had shown me the last page.", ["not Nobody | show | the last page | to me"]),
        ("He'd met us in the canteen, and left.", ["He | meet | us | in the canteen", "He | leav | -"]),
        ("In the van.", ["- |  | - | in the van"]),
        ("It was green, the coat.", ["the coat | be | green"]),
        ("We would have rung it.", []),
        ("Not one bus left that depot.", ["not one bus | leav | that depot"]),
        ("I never saw who threw it.", ["not I | see | -", "- | throw | it"]),
    ],
)
def test_clauses_are_read(said: str, read: list[str]) -> None:
    assert told(said) == read


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who sacked the drummer?", ("who", "sack")),
        ("Where did you write it?", ("where", "writ")),
        ("Where were you?", ("whereabouts", "")),
        ("What time did the bank burst?", ("when", "burst")),
        ("Was it fair?", ("whether", "")),
        ("Tell me of the bank.", ("", "")),
    ],
)
def test_questions_ask_for_something(question: str, asks: tuple[str, str]) -> None:
    assert focus(question) == asks


def clauses_of(source: str, said: str) -> list[clauses.Told]:
    passage = Passage(source, source, ((0, len(said)),), (), said)
    return clauses.tells(Who(Account(source, None, source, passage.spans, (), None, "")), [passage])


@pytest.mark.parametrize("order", [sorted, lambda keys: sorted(keys, reverse=True)])
def test_clauses_meet_in_the_order_in_which_they_are_told(
    order: Callable[[Iterable[str]], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However Python orders the words that they are looked up by, which is another order in each process."""
    ours = clauses_of("a.txt", "My brother counted the wagons in the snow by the weighbridge.")
    theirs = clauses_of(
        "b.txt",
        "My cousin painted the wagons. My sister counted the sacks. A wagon hit the weighbridge in the snow. "
        "They counted the wagons again.",
    )
    keys = clauses.keys
    monkeypatch.setattr(clauses, "keys", lambda x: order(keys(x)))
    found = [y.evidence.start for _, y in clauses.met(ours, theirs)]
    assert len(found) == 4 and found == sorted(found)
