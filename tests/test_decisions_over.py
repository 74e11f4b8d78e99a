from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.decisions import (
    Decision,
    Journal,
    append,
    figure_decision,
    moment_decision,
    moment_rulings,
    of_source,
    over_quotes,
    person_decision,
    person_rulings,
    quote_decision,
    read,
    restrictions,
    rights_decision,
    standing,
    undo,
)
from vivavoce.decisions.journal import Broken
from vivavoce.errors import UsageError
from vivavoce.model import (
    Account,
    Attribution,
    Candidate,
    Cast,
    Figure,
    Mention,
    MomentRuling,
    Person,
    PersonRuling,
    Quote,
    Restriction,
    Source,
    digest,
    quote_id,
)

DAY = "2031-05-09T10:00:00Z"
LATER = "2031-05-10T10:00:00Z"

TEXT = """“The pump had never once failed before that night,” said Calder.
“It failed twice in March,” Renn told the inquiry. “Nobody wrote it down.”
“We were told to go home,” she said.
The “miracle pump” was sold in June.
"""


def source(text: str = TEXT, path: str = "press/pump.txt") -> Source:
    return Source(path, "press", "txt", text=text, text_hash=digest(text))


def words(s: Source, *fragments: str) -> tuple[tuple[int, int], ...]:
    return tuple((s.text.index(f), s.text.index(f) + len(f)) for f in fragments)


def quote(s: Source, *fragments: str) -> Quote:
    spans, text = words(s, *fragments), " ".join(fragments)
    return Quote(quote_id(s.path, text), s.path, "direct", spans, spans, text)


def quotes(s: Source) -> list[Quote]:
    return [
        quote(s, "The pump had never once failed before that night,"),
        quote(s, "It failed twice in March,", "Nobody wrote it down."),
        quote(s, "We were told to go home,"),
        quote(s, "miracle pump"),
    ]


def mention(s: Source, name: str) -> Mention:
    ((start, end),) = words(s, name)
    return Mention(start, end, name)


def cast(s: Source) -> Cast:
    calder = Figure("Calder", "Calder", ("Ines Calder",), mentions=(mention(s, "Calder"),))
    return Cast(s.path, (calder, Figure("Renn", "Renn", mentions=(mention(s, "Renn"),))))


def attributions(s: Source) -> list[Attribution]:
    first, second, third, _ = quotes(s)
    maybe = (Candidate("Renn", mention(s, "Renn"), 0.4), Candidate("Calder", mention(s, "Calder"), 0.3))
    return [
        Attribution(first.id, mention(s, "Calder"), "Calder", confidence=0.9, engine="rules"),
        Attribution(second.id, mention(s, "Renn"), "Renn", confidence=0.9, engine="rules"),
        Attribution(third.id, None, "Renn", confidence=0.3, engine="rules", candidates=maybe),
    ]


def decide(value: str | None, n: int = 2, at: str = DAY, s: Source | None = None, by: str = "Ada") -> Decision:
    s = s or source()
    return quote_decision("speaker", quotes(s)[n], s, value, by, at)


def test_a_speaker_is_who_a_person_says() -> None:
    s = source()
    told = over_quotes(s, quotes(s), attributions(s), cast(s), [decide("Ines Calder")])
    ruled = told.attributions[2]
    assert (ruled.figure, ruled.confidence, ruled.engine) == ("Calder", 1.0, "person")
    assert ruled.why == ("decided by Ada, 2031-05-09T10:00:00Z",)
    assert ruled.quote == quotes(s)[2].id
    assert told.attributions[:2] == tuple(attributions(s)[:2])
    assert told.cast == cast(s)
    assert told.reviews == ()


def test_a_speaker_whom_the_source_does_not_name_joins_its_cast() -> None:
    s = source()
    told = over_quotes(s, quotes(s), attributions(s), cast(s), [decide("Moll  Okafor")])
    assert told.cast.figures[-1] == Figure("Moll Okafor", "Moll Okafor")
    assert told.attributions[2].figure == "Moll Okafor"


def test_nobody_known_is_a_decision_too() -> None:
    s = source()
    told = over_quotes(s, quotes(s), attributions(s), cast(s), [decide(None, 0)])
    assert (told.attributions[0].figure, told.attributions[0].speaker) == (None, None)
    assert told.attributions[0].engine == "person"


def test_what_is_not_a_quotation_goes_with_its_attribution() -> None:
    s = source()
    no = quote_decision("not-a-quotation", quotes(s)[0], s, None, "Ada", DAY)
    told = over_quotes(s, quotes(s), attributions(s), cast(s), [no])
    assert told.quotes == tuple(quotes(s)[1:])
    assert told.attributions == tuple(attributions(s)[1:])


def test_a_name_that_fits_two_is_listed_and_nothing_changes() -> None:
    s = source()
    two = Cast(
        s.path, (Figure("Ines Calder", "Ines Calder", ("Calder",)), Figure("Jo Calder", "Jo Calder", ("Calder",)))
    )
    told = over_quotes(s, quotes(s), attributions(s), two, [decide("calder")])
    assert told.attributions == tuple(attributions(s))
    assert "may be any of Ines Calder, Jo Calder" in told.reviews[0].reason
    assert not told.reviews[0].applied
    assert over_quotes(s, quotes(s), attributions(s), two, [decide("Jo Calder")]).attributions[2].figure == "Jo Calder"


def test_the_later_of_two_decisions_holds_and_both_are_shown() -> None:
    s = source()
    one, other = decide("Renn", at=LATER, by="Bo"), decide("Calder")
    for both in ([one, other], [other, one]):
        told = over_quotes(s, quotes(s), attributions(s), cast(s), both)
        assert told.attributions[2].figure == "Renn"
        assert {(r.decision, r.applied) for r in told.reviews} == {(one.id, True), (other.id, False)}
        assert all("Bo" in r.now for r in told.reviews)
    same = decide("ines calder", at=LATER, by="Bo")
    assert (
        over_quotes(s, quotes(s), attributions(s), cast(s), [other, msgspec.structs.replace(same, value="Calder")])[3]
        == ()
    )


def test_a_quotation_of_two_fragments_is_found_by_both() -> None:
    s, new = source(), source("A new headline\n\n" + TEXT)
    told = over_quotes(new, quotes(new), attributions(new), cast(new), [decide("Calder", 1, s=s)])
    assert told.attributions[1].figure == "Calder"
    assert told.reviews == ()


def test_a_decision_whose_words_are_gone_is_listed_and_not_moved() -> None:
    s = source()
    new = source(TEXT.replace("We were told to go home,", "Please ask my lawyer,"))
    others = [quote(new, "Please ask my lawyer,"), quote(new, "miracle pump")]
    told = over_quotes(new, others, [], cast(new), [decide("Calder", s=s)])
    assert told.attributions == ()
    (review,) = told.reviews
    assert (review.was, review.now, review.applied) == ("We were told to go home,", "", False)


def test_a_decision_on_words_that_are_no_quotation_now_is_listed() -> None:
    s = source()
    told = over_quotes(s, quotes(s)[:2], attributions(s)[:2], cast(s), [decide("Calder")])
    assert told.attributions == tuple(attributions(s)[:2])
    assert "no quotation now" in told.reviews[0].reason


def test_a_corrected_typo_keeps_the_decision_and_shows_both_texts() -> None:
    s = source(TEXT.replace("never once failed", "nevr once failed"))
    old = quote(s, "The pump had nevr once failed before that night,")
    made = quote_decision("speaker", old, s, "Renn", "Ada", DAY)
    new = source()
    told = over_quotes(new, quotes(new), attributions(new), cast(new), [made])
    assert told.attributions[0].figure == "Renn"
    (review,) = told.reviews
    assert review.applied
    assert "nevr" in review.was
    assert "never" in review.now


def test_only_the_decisions_of_a_source_concern_it() -> None:
    s, other = source(), source(path="press/other.txt")
    mine, theirs = decide("Calder"), decide("Calder", s=other)
    assert of_source([mine, theirs], s.path) == (mine,)
    assert over_quotes(s, quotes(s), attributions(s), cast(s), [theirs])[:2] == (
        tuple(quotes(s)),
        tuple(attributions(s)),
    )


NAMES = st.sampled_from(["Calder", "Renn", "Moll Okafor", None])


@given(st.lists(st.tuples(st.integers(0, 3), NAMES, st.booleans()), max_size=5))
def test_decisions_that_are_all_undone_leave_everything_as_it_was(made: list[tuple[int, str | None, bool]]) -> None:
    s = source()
    rows = [
        quote_decision("not-a-quotation" if no else "speaker", quotes(s)[n], s, name, "Ada", DAY, counter=k)
        for k, (n, name, no) in enumerate(made)
    ]
    undone = [undo(d, "Ada", LATER, counter=k) for k, d in enumerate(rows)]
    told = over_quotes(s, quotes(s), attributions(s), cast(s), standing(Journal((*rows, *undone))))
    assert told == (tuple(quotes(s)), tuple(attributions(s)), cast(s), (), s)
    every = over_quotes(s, quotes(s), attributions(s), cast(s), rows)
    assert all(s.text[slice(*span)] for q in every.quotes for span in q.spans)
    assert {d.id for d in rows} >= {r.decision for r in every.reviews}


# --- people and moments --------------------------------------------------------------------------------------


def lookup(*sources: Source) -> Callable[[str], Source | None]:
    return {s.path: s for s in sources}.get


def labelled() -> tuple[Source, Cast]:
    s = Source("tapes/one.vtt", "transcript", "vtt", text="It was raining. Of course it was.", text_hash="t")
    return s, Cast(s.path, (Figure("SPEAKER_00", "SPEAKER_00", kind="label"), Figure("CALDER", "Calder")))


def test_two_people_are_made_one_whatever_is_put_above_them() -> None:
    s, (tape, other) = source(), labelled()
    people = [
        Person("calder", "Calder", figures=((s.path, "Calder"),)),
        Person("calder-2", "Calder", figures=((tape.path, "CALDER"),)),
    ]
    made = person_decision("merge", people, [cast(s), other], lookup(s, tape), "", "Ada", DAY)
    new = source("Words of somebody else.\n" + TEXT)
    rulings, reviews = person_rulings([made], lookup(new, tape), [cast(new), other])
    assert rulings == (PersonRuling("merge", ((s.path, "Calder"), (tape.path, "CALDER"))),)
    assert reviews == ()


def test_a_label_that_is_not_text_can_be_named() -> None:
    tape, c = labelled()
    made = figure_decision("name", [(tape.path, c.figures[0])], lookup(tape), "Ines Calder", "Ada", DAY)
    rulings, _ = person_rulings([made], lookup(tape), [c])
    assert rulings == (PersonRuling("name", ((tape.path, "SPEAKER_00"),), "Ines Calder"),)


def test_a_mention_whose_sentence_is_gone_is_listed() -> None:
    s, (tape, other) = source(), labelled()
    figures = [(s.path, cast(s).figures[0]), (tape.path, other.figures[1])]
    made = figure_decision("split", figures, lookup(s, tape), "", "Ada", DAY)
    rulings, reviews = person_rulings([made], lookup(tape), [other])
    assert rulings == ()
    assert [r.applied for r in reviews] == [False, False]
    gone = source("Nothing is left of it.")
    rulings, reviews = person_rulings([made], lookup(gone, tape), [Cast(gone.path), other])
    assert rulings == ()
    assert "nobody is found for Calder" in reviews[0].reason


def test_of_a_merge_and_a_split_the_later_holds_and_both_are_shown() -> None:
    s, (tape, other) = source(), labelled()
    figures = [(s.path, cast(s).figures[0]), (tape.path, other.figures[1])]
    merge = figure_decision("merge", figures, lookup(s, tape), "", "Ada", DAY)
    split = figure_decision("split", figures, lookup(s, tape), "", "Bo", LATER)
    rulings, reviews = person_rulings([split, merge], lookup(s, tape), [cast(s), other])
    assert [r.type for r in rulings] == ["split"]
    assert [(r.decision, r.applied) for r in reviews] == [(merge.id, False), (split.id, True)]


def test_too_few_people_are_refused_in_a_sentence() -> None:
    with pytest.raises(UsageError, match="not enough people to merge"):
        figure_decision("merge", [], lookup(), "", "Ada", DAY)
    s = source()
    nora = Person("nora-whelan", "Nora Whelan", figures=tuple((s.path, f.key) for f in cast(s).figures))
    with pytest.raises(UsageError, match="Nora Whelan is one person already"):
        person_decision("merge", [nora, nora], [cast(s)], lookup(s), "", "Ada", DAY)


def accounts(s: Source) -> list[Account]:
    return [Account(f"a{n}", None, s.path, q.spans) for n, q in enumerate(quotes(s))]


def test_accounts_are_put_together_and_named_by_their_words() -> None:
    s = source()
    both = moment_decision("together", accounts(s)[:2], lookup(s), "", "Ada", DAY)
    title = moment_decision("title", accounts(s)[:1], lookup(s), "The pump", "Ada", DAY)
    new = source("“A line above,” said nobody.\n" + TEXT)
    rulings, reviews = moment_rulings([both, title], lookup(new))
    first, second = quotes(new)[0].spans[0], quotes(new)[1].spans[0]
    together = MomentRuling("together", ((s.path, first), (s.path, second)))
    assert set(rulings) == {together, MomentRuling("title", ((s.path, first),), "The pump")}
    assert reviews == ()


def test_a_moment_decision_without_its_source_is_listed() -> None:
    s = source()
    both = moment_decision("together", accounts(s)[:2], lookup(s), "", "Ada", DAY)
    rulings, reviews = moment_rulings([both], lookup())
    assert rulings == ()
    assert [r.was for r in reviews][:2] == [s.text[slice(*q.spans[0])] for q in quotes(s)[:2]]


def test_of_two_titles_the_later_holds() -> None:
    s = source()
    one = moment_decision("title", accounts(s)[:2], lookup(s), "The pump", "Ada", DAY)
    two = moment_decision("title", accounts(s)[1:2], lookup(s), "The night of the pump", "Ada", LATER)
    rulings, reviews = moment_rulings([two, one], lookup(s))
    assert [r.title for r in rulings] == ["The night of the pump"]
    assert len(reviews) == 2


# --- rights --------------------------------------------------------------------------------------------------


def test_a_withheld_span_follows_its_words() -> None:
    s = source()
    span = quotes(s)[2].spans[0]
    made = rights_decision(Restriction("span", s.path, until="2040", spans=(span,)), lookup(s), "Ada", DAY)
    new = source("More.\n" + TEXT)
    rules, reviews = restrictions(Journal((made,)), lookup(new))
    assert rules == (Restriction("span", s.path, until="2040", spans=((span[0] + 6, span[1] + 6),)),)
    assert reviews == ()


@pytest.mark.parametrize("change", ["We were all told to go home,", "Please ask my lawyer,"])
def test_a_withheld_span_whose_words_changed_withholds_the_source(change: str) -> None:
    s = source()
    made = rights_decision(Restriction("span", s.path, spans=quotes(s)[2].spans), lookup(s), "Ada", DAY)
    rules, reviews = restrictions(Journal((made,)), lookup(source(TEXT.replace("We were told to go home,", change))))
    assert rules == (Restriction("source", s.path),)
    assert reviews[0].was == "We were told to go home,"


def test_a_restriction_follows_a_renamed_source() -> None:
    s, new = source(), source(path="press/renamed.txt")
    whole = rights_decision(Restriction("source", s.path), lookup(s), "Ada", DAY)
    part = rights_decision(Restriction("span", s.path, spans=quotes(s)[2].spans), lookup(s), "Ada", DAY)
    rules, reviews = restrictions(Journal((whole, part)), lookup(new), {new.path: new.text_hash})
    assert {(r.what, r.of) for r in rules} == {("source", new.path), ("span", new.path)}
    assert len(reviews) == 2


def test_a_rights_row_that_cannot_be_read_withholds(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    append(path, rights_decision(Restriction("person", "Moll Okafor"), lookup(), "Ada", DAY))
    path.write_bytes(path.read_bytes()[:-20])  # the row breaks off
    rules, _ = restrictions(read(path), lookup())
    assert rules == (Restriction("unreadable", ""),)
    assert "whatever it may mean is withheld: mend the row or take it out" in str(read(path).broken[0])


def test_a_rights_row_of_which_the_name_can_be_read_withholds_that() -> None:
    text = '{"v":1,"type":"rights","value":{"what":"person","of":"Moll Okafor","channels":"site"}}'
    rules, _ = restrictions(Journal(broken=(Broken("decisions.jsonl", 3, "it has no id", text=text),)), lookup())
    assert rules == (Restriction("unreadable", "Moll Okafor"),)
    odd = Decision(1, "x", DAY, "Ada", "rights", value={"what": "person", "of": "Moll Okafor", "until": 2031})
    assert restrictions(Journal((odd,)), lookup())[0] == (Restriction("unreadable", "Moll Okafor"),)


def test_an_undone_restriction_withholds_nothing() -> None:
    made = rights_decision(Restriction("person", "Moll Okafor"), lookup(), "Ada", DAY)
    assert restrictions(Journal((made, undo(made, "Ada", LATER))), lookup()) == ((), ())


def test_a_span_of_a_source_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="There is no source gone"):
        rights_decision(Restriction("span", "gone", spans=((0, 3),)), lookup(), "Ada", DAY)


def test_of_a_split_some_figures_are_told_as_somebody_else() -> None:
    s, (tape, other) = source(), labelled()
    figures = [(tape.path, other.figures[1]), (s.path, cast(s).figures[0])]
    made = figure_decision("split", figures, lookup(s, tape), "", "Ada", DAY, side=1)
    rulings, _ = person_rulings([made], lookup(s, tape), [cast(s), other])
    assert rulings[0].side == ((tape.path, "CALDER"),)


def test_a_merge_on_one_side_of_a_split_does_not_contradict_it() -> None:
    s, (tape, other) = source(), labelled()
    first, second, third = (s.path, cast(s).figures[0]), (tape.path, other.figures[0]), (tape.path, other.figures[1])
    split = figure_decision("split", [third, first, second], lookup(s, tape), "", "Ada", DAY, side=1)
    beside = figure_decision("merge", [first, second], lookup(s, tape), "", "Ada", LATER)
    across = figure_decision("merge", [third, first], lookup(s, tape), "", "Ada", LATER)
    casts = [cast(s), other]
    assert [r.type for r in person_rulings([split, beside], lookup(s, tape), casts)[0]] == ["split", "merge"]
    assert [r.type for r in person_rulings([split, across], lookup(s, tape), casts)[0]] == ["merge"]


def test_accounts_that_move_are_told_with_how_many_they_are() -> None:
    s = source()
    one, *rest = accounts(s)
    out = moment_decision("apart", rest, lookup(s), "", "Ada", DAY, moving=[one])
    back = moment_decision("together", rest, lookup(s), "", "Ada", LATER, moving=[one])
    rulings, reviews = moment_rulings([out, back], lookup(s))
    assert [(r.type, r.moves) for r in rulings] == [("apart", 1), ("together", 1)]
    assert rulings[0].anchors[0] == (s.path, one.spans[0])
    assert reviews == ()


def test_one_account_that_was_set_apart_alone_goes() -> None:
    s = source()
    row = moment_decision("apart", accounts(s)[:1], lookup(s), "", "Ada", DAY)
    assert moment_rulings([row], lookup(s))[0][0].moves == 1
