"""Which words a quotation is, of what kind; with what is known of it carried over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import make
from test_decisions_over import DAY, LATER, attributions, cast, quotes, source, words
from vivavoce import desk
from vivavoce.build import everything, update
from vivavoce.decisions import kind_decision, over_quotes, quote_decision, span_decision, undo
from vivavoce.decisions.journal import Journal, standing
from vivavoce.errors import UsageError
from vivavoce.model import Cast, Quote, Source, Turn, quote_id
from vivavoce.project import open_project

S = source()
FIRST, SECOND, THIRD, FOURTH = quotes(S)


def told(*rows, s: Source = S):
    return over_quotes(s, quotes(S) if s is S else quotes(s), attributions(s), cast(s), list(rows))


def spans(q: Quote | None, *fragments: str, at: str = DAY, **more):
    return span_decision(q, S, words(S, *fragments), "Ada", at, **more)


def test_the_words_are_those_that_are_given_and_the_speaker_stays() -> None:
    done = told(spans(SECOND, "It failed twice in March,"))
    new = done.quotes[1]
    assert new.text == "It failed twice in March,"
    assert new.spans == new.content == words(S, "It failed twice in March,")
    assert new.id == quote_id(S.path, new.text)
    said = {a.quote: a for a in done.attributions}
    assert (said[new.id].figure, said[new.id].speaker.text, said[new.id].engine) == ("Renn", "Renn", "rules")
    assert SECOND.id not in said
    assert [q for q in done.quotes if q is not new] == [FIRST, THIRD, FOURTH]
    assert done.reviews == ()


def test_a_name_that_is_one_of_the_words_is_no_mention_beside_them() -> None:
    done = told(spans(SECOND, "It failed twice in March,” Renn told the inquiry. “Nobody wrote it down."))
    assert next(a for a in done.attributions if a.quote == done.quotes[1].id).speaker is None


def test_what_was_decided_on_the_old_words_or_the_new_ones_holds_for_the_new_ones() -> None:
    shorter = spans(THIRD, "told to go home", at=LATER)
    before = quote_decision("speaker", THIRD, S, "Moll Okafor", "Ada", DAY)
    new = told(shorter).quotes[2]
    after = quote_decision("speaker", new, S, "Calder", "Ada", "2031-05-11")
    assert {a.quote: a.figure for a in told(before, shorter).attributions}[new.id] == "Moll Okafor"
    both = told(before, shorter, after)
    assert {a.quote: a.figure for a in both.attributions}[new.id] == "Calder"
    assert len(both.reviews) == 2
    again = spans(new, "go home", at="2031-05-12")
    chained = told(shorter, after, again)
    assert (chained.quotes[2].text, chained.reviews) == ("go home", ())
    assert {a.quote: a.figure for a in chained.attributions}[chained.quotes[2].id] == "Calder"


def test_words_that_go_back_to_what_they_were_have_their_old_id() -> None:
    there = spans(THIRD, "go home,")
    back = span_decision(told(there).quotes[2], S, THIRD.spans, "Ada", LATER)
    assert [q.id for q in told(there, back).quotes] == [q.id for q in quotes(S)]


def test_of_two_that_give_one_quotation_other_words_the_later_holds_and_both_are_listed() -> None:
    done = told(spans(THIRD, "go home,", at=LATER), spans(THIRD, "We were told", at=DAY))
    assert done.quotes[2].text == "go home,"
    assert [(r.applied, r.was) for r in done.reviews] == [(False, "We were told"), (True, "We were told")]


def test_words_that_no_engine_found_are_a_quotation_where_they_stand() -> None:
    done = told(spans(None, "miracle pump” was sold", speaker="Calder", kind="indirect"))
    assert done.quotes == tuple(quotes(S))  # they are part of one that was found
    assert [r.applied for r in done.reviews] == [False]
    done = told(spans(None, "was sold in June", speaker="Calder", kind="indirect"))
    assert done.quotes[:4] == tuple(quotes(S))
    new = done.quotes[4]
    assert (new.text, new.kind, new.confidence) == ("was sold in June", "indirect", 1.0)
    (said,) = (a for a in done.attributions if a.quote == new.id)
    assert (said.figure, said.engine, said.confidence) == ("Calder", "person", 1.0)
    middle = told(spans(None, "told the inquiry"))
    assert [q.text for q in middle.quotes].index("told the inquiry") == 2
    assert next(a for a in middle.attributions if a.quote == middle.quotes[2].id).figure is None


def test_of_a_new_quotation_what_is_decided_later_holds() -> None:
    made = spans(None, "told the inquiry", speaker="Calder")
    new = told(made).quotes[2]
    other = quote_decision("speaker", new, S, "Renn", "Ada", LATER)
    assert {a.quote: a.figure for a in told(made, other).attributions}[new.id] == "Renn"
    none = quote_decision("not-a-quotation", new, S, None, "Ada", LATER)
    assert told(made, none).quotes == tuple(quotes(S))


def test_a_kind_is_what_a_person_says() -> None:
    done = told(kind_decision(FOURTH, S, "mixed", "Ada", DAY))
    assert (done.quotes[3].kind, done.quotes[3].id, done.quotes[3].confidence) == ("mixed", FOURTH.id, 1.0)
    two = told(kind_decision(FOURTH, S, "mixed", "Ada", DAY), kind_decision(FOURTH, S, "indirect", "Bo", LATER))
    assert two.quotes[3].kind == "indirect"
    assert [r.applied for r in two.reviews] == [False, True]
    assert (
        told(
            kind_decision(FOURTH, S, "mixed", "Ada", DAY), quote_decision("speaker", FOURTH, S, "Renn", "Bo", LATER)
        ).reviews
        == ()
    )


def test_a_turn_asks_or_answers_and_is_no_other_kind() -> None:
    talk = Source("t.vtt", "transcript", "vtt", text="Who rang?\nI did.", turns=(Turn("A", ((0, 9),), 0, 9),))
    said = Quote("q", "t.vtt", "turn", ((0, 9),), ((0, 9),), "Who rang?", turn=0)
    row = kind_decision(said, talk, "asks", "Ada", DAY)
    done = over_quotes(talk, [said], [], Cast("t.vtt"), [row])
    assert (done.quotes[0].asks, done.source.turns[0].asks) == (True, True)
    back = over_quotes(
        done.source, list(done.quotes), [], Cast("t.vtt"), [kind_decision(said, talk, "answers", "A", DAY)]
    )
    assert (back.quotes[0].asks, back.source.turns[0].asks) == (False, False)
    for wrong in ("mixed", "verse"):
        with pytest.raises(UsageError):
            kind_decision(said, talk, wrong, "Ada", DAY)
    with pytest.raises(UsageError, match="its turns"):
        span_decision(None, talk, ((0, 3),), "Ada", DAY)


def test_words_that_are_gone_are_listed_and_change_nothing() -> None:
    other = source("Nothing of all this stands here any more.")
    done = over_quotes(other, [], [], Cast(other.path), [spans(THIRD, "go home,"), spans(None, "was sold in June")])
    assert done.quotes == ()
    assert [r.applied for r in done.reviews] == [False, False]


FRAGMENTS = ["go home,", "We were told", "It failed", "was sold in June", "miracle", "night,"]


@given(st.lists(st.tuples(st.sampled_from([None, FIRST, SECOND, THIRD]), st.sampled_from(FRAGMENTS)), max_size=6))
def test_whatever_is_said_of_words_ids_are_unique_words_true_and_all_can_be_undone(made) -> None:
    rows = [spans(q, f, at=f"2031-05-{n + 1:02}") for n, (q, f) in enumerate(made)]
    done = told(*rows)
    assert len({q.id for q in done.quotes}) == len(done.quotes)
    assert all(q.text == " ".join(S.text[a:b] for a, b in q.spans) for q in done.quotes)
    untouched = [q for q in quotes(S) if q not in [m for m, _ in made]]
    assert all(q in done.quotes or FRAGMENTS[4] in q.text for q in untouched)
    undone = [undo(r, "Ada", LATER, n) for n, r in enumerate(rows)]
    assert told(*standing(Journal((*rows, *undone)))).quotes == tuple(quotes(S))


def test_from_the_desk_to_the_history(tmp_path: Path) -> None:
    project = open_project(make(tmp_path / "corrie"))
    update(project)
    desk.span(project, "We had fourteen lamps", ["“counted them twice.”"], "Ada")
    desk.quotation(project, "night.txt", ["sang on deck for three hours"], "indirect", "Petra Vance", "Ada")
    desk.kind(project, "Did anybody sleep", "answers", "Ada")
    built = update(project)
    assert built.reviews == ()
    whole, _ = everything(project, "2031-05-09")
    said = {q.text: q for q in whole.quotes}
    assert said["counted them twice."].person.name == "Petra Vance"
    assert said["sang on deck for three hours"].person.name == "Petra Vance"
    assert not said["Did anybody sleep?"].asks
    with pytest.raises(UsageError, match="is no kind"):
        desk.kind(project, "Did anybody sleep", "rhyme", "Ada")
