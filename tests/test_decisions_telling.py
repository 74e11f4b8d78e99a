"""Relations that a person accepts, rejects or adds, and notes to a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import make
from vivavoce import desk
from vivavoce.build import everything, publish, update
from vivavoce.decisions import moment_decision, over_moments, relation_decision
from vivavoce.errors import UsageError
from vivavoce.model import Account, Evidence, History, Moment, PersonRef, Relation, Restriction, Source, digest
from vivavoce.project import open_project
from vivavoce.rights import published

DAY, LATER = "2031-05-09T10:00:00Z", "2031-05-10T10:00:00Z"
ONE, OTHER = "We had eleven lamps that night.", "There were fourteen lamps, I counted."
TEXTS = {"a.txt": ONE, "b.txt": OTHER}
SOURCES = {p: Source(p, "transcript", "txt", text=t, text_hash=digest(t)) for p, t in TEXTS.items()}
LAMPS = (Evidence("a.txt", 7, 13), Evidence("b.txt", 11, 19))
ACCOUNTS = (
    Account("1", PersonRef("ivo", "Ivo"), "a.txt", ((0, len(ONE)),)),
    Account("2", PersonRef("petra", "Petra"), "b.txt", ((0, len(OTHER)),)),
)
FOUND = Relation("1", "2", "differ", "number of lamps", ("11", "14"), LAMPS, 0.75)
MOMENT = Moment("m", "The lamps", accounts=ACCOUNTS, relations=(FOUND,))


def decide(do, relation: Relation = FOUND, at: str = DAY, by: str = "Ada"):
    return relation_decision(do, relation, SOURCES.get, by, at)


def told(*rows, moment: Moment = MOMENT):
    (made,), reviews = over_moments([moment], rows, SOURCES.get)
    return made, reviews


def test_a_rejected_relation_is_gone_and_an_accepted_one_is_sure() -> None:
    assert told(decide("reject")) == (Moment("m", "The lamps", accounts=ACCOUNTS), ())
    made, reviews = told(decide("accept"))
    (r,) = made.relations
    assert (r.confidence, r.engine, r.why) == (1.0, "person", (f"decided by Ada, {DAY}",))
    assert (r.a, r.b, r.values, r.evidence) == (FOUND.a, FOUND.b, FOUND.values, FOUND.evidence)
    assert reviews == ()


def test_one_that_is_not_found_any_more_stays_accepted_and_needs_no_rejection() -> None:
    without = Moment("m", "The lamps", accounts=ACCOUNTS)
    (r,) = told(decide("accept"), moment=without)[0].relations
    assert (r.a, r.b, r.type, r.about, r.values, r.engine) == ("1", "2", "differ", FOUND.about, ("11", "14"), "person")
    assert told(decide("reject"), moment=without) == (without, ())


def test_another_topic_between_the_same_words_stays() -> None:
    other = Relation("1", "2", "agree", "the night", ("", ""), LAMPS)
    both = Moment("m", "The lamps", accounts=ACCOUNTS, relations=(FOUND, other))
    assert told(decide("reject"), moment=both)[0].relations == (other,)


def test_of_contrary_ones_the_later_holds_and_both_are_listed() -> None:
    made, reviews = told(decide("accept", at=LATER), decide("reject"))
    assert len(made.relations) == 1
    assert [r.applied for r in reviews] == [False, True]


def test_one_added_has_its_sides_in_order_whichever_was_named_first() -> None:
    turned = Relation("", "", "dispute", "the lamps", ("fourteen", "eleven"), LAMPS[::-1])
    (r,) = told(decide("add", turned), moment=Moment("m", "The lamps", accounts=ACCOUNTS))[0].relations
    assert (r.values, r.evidence) == (("eleven", "fourteen"), LAMPS)


def test_one_between_accounts_that_are_no_longer_together_is_listed() -> None:
    alone = Moment("m", "The lamps", accounts=ACCOUNTS[:1])
    made, reviews = told(decide("add"), moment=alone)
    assert made == alone
    assert [r.applied for r in reviews] == [False]
    gone = over_moments([MOMENT], [decide("reject")], lambda path: None)
    assert (gone[0], [r.applied for r in gone[1]]) == ([MOMENT], [False, False])


def note(text: str, at: str = DAY):
    return moment_decision("note", ACCOUNTS, SOURCES.get, text, "Ada", at)


def test_a_note_is_the_moments_and_the_later_one_holds() -> None:
    assert told(note("Both were on deck.")) == (
        Moment("m", "The lamps", accounts=ACCOUNTS, relations=(FOUND,), note="Both were on deck."),
        (),
    )
    made, reviews = told(note("One."), note("", LATER))
    assert (made.note, len(reviews)) == ("", 2)


def test_a_note_that_tells_of_who_is_withheld_is_withheld() -> None:
    noted = Moment("m", "The lamps", accounts=ACCOUNTS, note="See also what Petra told.")
    whole = History("t", "2031-05-09", tuple(SOURCES.values()), moments=(noted,))
    shown = published(whole, "site", rules=(Restriction("person", "Petra"), Restriction("source", "b.txt")))
    assert [m.note for m in shown.moments] == [""]


def test_from_the_desk_to_the_page(tmp_path: Path) -> None:
    project = open_project(make(tmp_path / "corrie"))
    update(project)
    whole, _ = everything(project, "2031-05-09")
    moment = next(m for m in whole.moments if len(m.accounts) > 1)
    desk.note(project, moment.id, "The log of the ferry is lost.", "Ada")
    texts = {s.path: s.text for s in whole.sources}
    one, other = (texts[a.source][slice(*a.spans[0])] for a in moment.accounts[:2])
    desk.relate(project, moment.id, "dispute", "the singing", (one, other), ("so", "otherwise"), "Ada")
    for r in moment.relations:
        desk.relation(project, moment.id, "reject", r.about, [r.a, r.b], "Ada")
    assert update(project).reviews == ()
    after = next(m for m in everything(project, "2031-05-09")[0].moments if m.id == moment.id)
    assert after.note == "The log of the ferry is lost."
    assert [(r.about, r.engine) for r in after.relations] == [("the singing", "person")]
    site, _ = publish(project, "2031-05-09")
    page = (site / "moments" / f"{moment.id}.html").read_text("utf-8")
    assert "The log of the ferry is lost." in page
    for wrong in (
        lambda: desk.relation(project, moment.id, "accept", "nothing of the kind", (), "Ada"),
        lambda: desk.relate(project, moment.id, "rhyme", "x", ("a", "b"), (), "Ada"),
        lambda: desk.relate(project, moment.id, "differ", "x", ("no such words", "b"), (), "Ada"),
    ):
        with pytest.raises(UsageError):
            wrong()


def test_dates_put_moments_in_order_and_the_later_of_two_holds() -> None:
    """A moment without a date stands after those that have one."""
    first, second = Moment("x", "The fog", accounts=ACCOUNTS[:1]), Moment("y", "The bell", accounts=ACCOUNTS[1:])
    rows = [
        moment_decision("when", second.accounts, SOURCES.get, "1986-11", "Ada", DAY),
        moment_decision("when", second.accounts, SOURCES.get, "1986", "Bo", LATER),
    ]
    made, reviews = over_moments([first, second], rows, SOURCES.get)
    assert [(m.id, m.when.order) for m in made] == [("y", 0), ("x", None)]
    assert (made[0].when.happened.start, made[0].when.happened.precision) == ("1986", "year")
    assert {r.decision for r in reviews} == {r.id for r in rows}
