"""Pairs of people who may be one are proposed, each with what speaks for it."""

from __future__ import annotations

from vivavoce.model import Person, Role
from vivavoce.people.pairs import pairs


def somebody(name: str, *sources: str, gender: str = "", **more: object) -> Person:
    figures = tuple((s, name) for s in sources)
    return Person(name.lower().replace(" ", "-").replace(".", ""), name, figures=figures, gender=gender, **more)


def proposed(*people: Person) -> list[tuple[str, str]]:
    return [(p.one.name, p.other.name) for p in pairs(people)]


def test_a_short_form_an_initial_and_a_name_that_sounds_alike_are_proposed_with_the_reason() -> None:
    william, bill = somebody("William Tarn", "a"), somebody("Bill Tarn", "b")
    (pair,) = pairs([william, bill])
    assert pair.why == ("the same surname, and Bill is short for William",)
    assert proposed(somebody("Ruth Amis", "a", quotes=3), somebody("R. Amis", "b")) == [("Ruth Amis", "R. Amis")]
    (heard,) = pairs([somebody("Catherine Boyle", "a"), somebody("Cathryn Boil", "b")])
    assert heard.why == ("the names sound alike",)


def test_a_single_name_goes_with_each_who_may_be_meant() -> None:
    found = proposed(somebody("Ruth Amis", "a"), somebody("Peter Amis", "b"), somebody("Amis", "c"))
    assert sorted(found) == [("Peter Amis", "Amis"), ("Ruth Amis", "Amis")]


def test_what_cannot_be_one_is_not_proposed() -> None:
    assert proposed(somebody("Ruth Amis", "a"), somebody("Peter Amis", "b")) == []
    assert proposed(somebody("Sam Amis", "a", gender="f"), somebody("Samuel Amis", "b", gender="m")) == []
    assert proposed(somebody("Ann B. Holm", "a"), somebody("Ann C. Holm", "b")) == []
    assert proposed(somebody("Holm", "a", kind="organisation"), somebody("Holm", "b")) == []


def test_one_trade_speaks_for_it_and_one_source_against() -> None:
    cook = (Role("job", title="ship's cook"),)
    one, two = (
        somebody("Ann Holm", "a", roles=cook),
        somebody("Anne Holm", "a", "b", roles=(Role("job", title="cook"),)),
    )
    (pair,) = pairs([one, two])
    assert pair.why[-1] == "both: ship's cook"
    assert pair.against == ("both stand in a, as two",)


def test_what_is_likeliest_comes_first_whatever_the_order_given() -> None:
    people = [somebody("Amis", "c"), somebody("Ruth Amis", "a"), somebody("Ruth Amiss", "b"), somebody("R. Amis", "d")]
    assert pairs(people) == pairs(people[::-1])
    assert [p.sure for p in pairs(people)] == sorted((p.sure for p in pairs(people)), reverse=True)
