"""Pictures and what is withheld: a picture tells nothing of it, and shows nobody who is not shown."""

from __future__ import annotations

import msgspec
import pytest

from vivavoce.model import (
    Account,
    History,
    Moment,
    Person,
    PersonRef,
    Picture,
    Quote,
    Restriction,
    Source,
    Turn,
    Withheld,
)
from vivavoce.rights import published, unmatched

SAID = "The winch was oiled by Sorrel every night."
NEXT = "Nobody oiled anything."


def history(*pictures: Picture) -> History:
    text = f"{SAID}\n{NEXT}\n"
    spans = ((0, len(SAID)), (len(SAID) + 1, len(text) - 1))
    who = (PersonRef("bo-lind", "Bo Lind"), PersonRef("ida-holm", "Ida Holm"))
    turns = tuple(Turn(w.name, (s,), *s, name=w.name) for w, s in zip(who, spans, strict=True))
    source = Source("talk.vtt", "transcript", "vtt", text, turns=turns)
    quotes = tuple(
        Quote(f"q{i}", "talk.vtt", "turn", (s,), (s,), text[slice(*s)], person=w, turn=i)
        for i, (w, s) in enumerate(zip(who, spans, strict=True))
    )
    accounts = tuple(Account(f"a{i}", q.person, "talk.vtt", q.spans, (q.id,)) for i, q in enumerate(quotes))
    people = tuple(Person(w.id, w.name, (w.name.split()[0],), 1, figures=(("talk.vtt", w.name),)) for w in who)
    moment = Moment("m1", "The winch", accounts=accounts)
    return History("T", "2026-01-01", (source,), quotes, people, (moment,), pictures=pictures)


def paths(shown: History) -> list[str]:
    return [p.path for p in shown.pictures]


def test_pictures_without_restrictions_are_shown_in_every_channel() -> None:
    one = Picture("quay.svg", "A quay.", "Quay")
    assert all(paths(published(history(one), channel)) == ["quay.svg"] for channel in ("site", "book", "export"))


def test_a_restriction_of_its_own_withholds_it_and_the_reader_is_told_the_ground() -> None:
    rule = Restriction("source", "pictures/quay.svg", ("site",), "2030-01-01", "the heirs")
    made = history(Picture("quay.svg", restrictions=(rule,)))
    shown = published(made, "site")
    assert paths(shown) == []
    assert Withheld("picture", 1, "the heirs") in shown.withheld
    assert paths(published(made, "book")) == ["quay.svg"]
    assert paths(published(made, "book", also="site")) == []
    assert paths(published(made, "site", "2030-01-01")) == ["quay.svg"]
    assert all(not p.restrictions for p in published(made, "book").pictures)


def test_a_rule_of_the_project_reaches_a_picture_by_its_path_and_is_not_called_lost() -> None:
    made = history(Picture("quay.svg"), Picture("poster.svg"))
    rule = Restriction("source", "pictures/quay.svg")
    assert paths(published(made, "site", rules=(rule,))) == ["poster.svg"]
    assert list(unmatched((rule,), made)) == []


@pytest.mark.parametrize(
    "telling",
    [
        {"of": ("Bo Lind",)},
        {"of": ("Ida Holm", "Bo")},
        {"of": ("bo-lind",)},
        {"caption": "On the quay with Bo Lind"},
        {"alt": "Ida Holm and Bo Lind at the winch"},
        {"credit": "Bo Lind"},
        {"path": "bo-lind-1987.svg"},
        {"words": "drawn for Bo Lind"},
        {"alt": "The winch and Sorrel beside it"},
    ],
)
def test_a_picture_that_shows_or_tells_of_a_withheld_person_goes_with_them(telling: dict[str, object]) -> None:
    one = msgspec.structs.replace(Picture("quay.svg", "A quay.", "Quay"), **telling)
    other = Picture("poster.svg", "A poster.", of=("Ida Holm",))
    shown = published(history(one, other), "site", rules=(Restriction("person", "Bo Lind"),))
    assert paths(shown) == ["poster.svg"]
    assert Withheld("picture", 1) in shown.withheld


def test_a_picture_of_a_moment_that_is_not_shown_is_not_either() -> None:
    alone = history(Picture("winch.svg", of=("The winch",)), Picture("quay.svg"))
    shown = published(alone, "site", rules=(Restriction("source", "talk.vtt"),))
    assert paths(shown) == ["quay.svg"]


def test_where_everything_is_withheld_pictures_are_too() -> None:
    assert published(history(Picture("quay.svg")), "site", rules=(Restriction("secret", ""),)).pictures == ()
