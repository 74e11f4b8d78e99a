"""What was worked out of a moment is kept: gathered again, only what changed is worked out anew, and the moments are
those of a gathering that knows nothing of before."""

import random

import pytest
from msgspec.structs import replace

from vivavoce.accounts import Kept, gather, moments
from vivavoce.model import Known, MomentRuling, Naming, Passage, Person, PersonRef

TELLERS = ("Ada Holm", "Bertil Dahl", "Cora Marsh", "Dorian Pell", "Edda Quill", "Falk Norling")
EVENTS = (
    "weir burst above the tannery and the sluice timbers floated into the churchyard",
    "chapel burned with its harmonium, hymnals, candlesticks and pulpit",
    "ferry grounded on the sandbank with a circus, its elephant and trapeze",
    "quarry flooded and swallowed the dynamite shed, the crusher and the winch",
    "orchestra vanished between the concert hall and the harbour with cellos and bassoons",
    "bakery exploded and loaves, dough, flour and currants fell upon the vicarage",
)


def passages(seed: int = 1) -> list[Passage]:
    """Six people who tell of six events, each with a number and a name."""
    chance, out = random.Random(seed), []
    for n, name in enumerate(TELLERS):
        at = 0
        for topic, event in enumerate(EVENTS):
            text = f"When the {event} there were {chance.randint(3, 5)} wagons, and Harrow had the keys."
            thing = tuple(w.strip(",") for w in event.split() if len(w) > 4)
            spans = ((at, at + len(text)),)
            who = PersonRef(f"p{n}", name)
            asked = f"What do you remember of the {event.split()[0]}?"
            one = Passage(f"talk{n}.txt", name, spans, (f"q{n}-{topic}",), text, who, topic=topic, around=asked)
            out.append(replace(one, names=("harrow",), words=(*thing, "wagons")))
            at += len(text) + 1
    return out


def people() -> list[Person]:
    """Those who tell."""
    return [Person(f"p{n}", name, figures=((f"talk{n}.txt", name),)) for n, name in enumerate(TELLERS)]


def again(kept: Kept, *given: object) -> Kept:
    """Gather with what was kept: the moments are those of a gathering without; what is kept now."""
    now = Kept(kept.fresh.get)
    assert gather(*given, now) == gather(*given)
    return now


def first(*given: object) -> Kept:
    """Gather for the first time."""
    kept = Kept()
    assert gather(*given, kept) == gather(*given)
    assert kept.fresh.keys() == kept.used and len(kept.used) > 3
    return kept


def moments_in(fresh: dict[str, bytes]) -> list[str]:
    """What was worked out anew, without which tellings are of one event."""
    return [key for key, body in fresh.items() if body.startswith(b"{")]


def test_what_tells_nothing_of_which_tellings_are_of_one_event_groups_none_anew(monkeypatch):
    kept = first(passages(), people(), Known())
    found = gather(passages(), people(), Known())
    monkeypatch.setattr(moments, "alike", lambda *_: pytest.fail("grouped anew"))
    ruling = MomentRuling("apart", tuple((a.source, a.spans[0]) for a in found[0].accounts[:2]))
    assert gather(passages(), people(), Known(moment_rulings=(ruling,)), Kept(kept.fresh.get)) != found
    dated = [replace(p, told="1999-05-04") for p in passages()]
    later = gather(dated, people(), Known(copies=("q2-3",)), Kept(kept.fresh.get))
    assert [m.title for m in later] == [m.title for m in found]


@pytest.mark.parametrize("what", ["an episode", "a heading", "a topic", "a teller", "another order"])
def test_whatever_tells_of_which_tellings_are_of_one_event_groups_them_anew(what):
    kept, told, namings = first(passages(), people(), Known()), passages(), ()
    if what == "an episode":
        namings = tuple(
            Naming(p.source, *p.spans[0], kind="episode", episode=n, of="The Quay") for n, p in enumerate(told[:9:4])
        )
    elif what == "a heading":
        told[3] = replace(told[3], heading="The crusher and the winch")
    elif what == "a topic":
        told[3] = replace(told[3], topic=told[4].topic)
    elif what == "a teller":
        told[3] = replace(told[3], person=PersonRef("p9", "Una Lark"))
    else:
        told[3], told[4] = replace(told[3], spans=told[4].spans), replace(told[4], spans=told[3].spans)
    fresh = again(kept, told, people(), Known(namings=namings)).fresh
    assert len(fresh) > len(moments_in(fresh))


def test_the_same_passages_give_the_same_moments_and_nothing_is_worked_out_anew():
    kept = first(passages(), people(), Known())
    now = again(kept, passages(), people(), Known())
    assert not now.fresh and now.used == kept.used


def test_a_word_of_one_account_works_out_its_moment_alone():
    kept = first(passages(), people(), Known())
    told = passages()
    told[8] = replace(told[8], text=told[8].text.replace("wagons", "barrows"))
    assert len(moments_in(again(kept, told, people(), Known()).fresh)) == 1


def test_a_copy_works_out_the_moment_that_holds_it_alone():
    kept = first(passages(), people(), Known())
    assert len(again(kept, passages(), people(), Known(copies=("q2-3",))).fresh) == 1


def test_another_person_behind_a_name_works_out_the_moments_that_name_it():
    kept = first(passages(), people(), Known())
    harrow = Person("luke-harrow", "Luke Harrow", aliases=("Harrow",))
    fresh = again(kept, passages(), [*people(), harrow], Known()).fresh
    assert moments_in(fresh) == moments_in(kept.fresh)


def test_a_person_whom_nobody_names_works_out_nothing():
    kept = first(passages(), people(), Known())
    stranger = Person("una-lark", "Una Lark")
    assert not again(kept, passages(), [*people(), stranger], Known()).fresh


def test_a_source_added_and_taken_away_leaves_the_rest_as_it_was():
    every = passages()
    fewer = [p for p in every if p.source != "talk5.txt"]
    kept = first(fewer, people(), Known())
    more = again(kept, every, people(), Known())
    assert more.fresh
    assert not again(kept, fewer, people(), Known()).fresh
