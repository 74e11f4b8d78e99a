from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import harrow
from vivavoce.accounts import gather
from vivavoce.accounts.signals import works
from vivavoce.model import Known, Moment, MomentRuling, Span, Work, folded

TEXTS = {**harrow.TRANSCRIPTS, **harrow.ARTICLES}


def moments(known: Known = Known(), **changed: str) -> list[Moment]:  # noqa: B008
    return gather(harrow.archive(known, **changed), harrow.people(), known)


def told_in(found: list[Moment], source: str, words: str, text: str = "") -> Moment:
    """The moment in which these words are told."""
    at = (text or TEXTS[source]).replace("{Jonas: ", "“").find(words)
    for m in found:
        for a in m.accounts:
            if a.source == source and any(s <= at < e for s, e in a.spans):
                return m
    raise AssertionError(f"nobody tells “{words}”")


def tellers(m: Moment) -> set[tuple[str, str]]:
    return {(a.person.name if a.person else "", a.source) for a in m.accounts}


def verse(found: list[Moment]) -> Moment:
    return told_in(found, "ida.txt", "23 takes")


def fire(found: list[Moment]) -> Moment:
    return told_in(found, "ida.txt", "six guitars")


def span(source: str, words: str) -> tuple[str, Span]:
    at = TEXTS[source].find(words)
    return source, (at, at + len(words))


def test_an_event_that_several_tell_is_one_moment() -> None:
    found = moments()
    assert tellers(verse(found)) == {
        ("Ida Farrant", "ida.txt"),
        ("Marek Osei", "marek.txt"),
        ("Ida Farrant", "review.txt"),
        ("", "review.txt"),
    }
    assert tellers(fire(found)) >= {("Ida Farrant", "ida.txt"), ("Jonas Pell", "jonas.txt"), ("", "gazette.txt")}


def test_near_misses_stay_apart() -> None:
    found = moments()
    other_song = told_in(found, "bea.txt", "I sang Low Water once")
    other_breakdown = told_in(found, "jonas.txt", "gearbox went in the snow")
    assert len({verse(found).id, fire(found).id, other_song.id, other_breakdown.id}) == 4
    assert not any("Ida Farrant" in who for who in tellers(other_song))


def test_what_only_one_tells_is_a_moment_too_and_says_so() -> None:
    alone = told_in(moments(), "jonas.txt", "gearbox went in the snow")
    assert len(alone.accounts) == 1
    assert alone.why == ("told by one",)


def test_small_talk_makes_no_moment() -> None:
    said = (
        "Q: Ready?\nIda: Yes. Right, well, I suppose so, yes. Shall I sit here?\nQ: There.\nIda: Thank you. Lovely.\n"
    )
    assert gather(harrow.transcript("ida.txt", said), harrow.people(), Known()) == []


def test_who_asks_is_never_an_account() -> None:
    for m in moments():
        for a in m.accounts:
            for s, e in a.spans:
                assert "Q:" not in TEXTS[a.source][s:e] or a.source in harrow.ARTICLES


def test_different_numbers_of_one_thing_differ_with_their_words_as_evidence() -> None:
    passages = harrow.archive()
    found = gather(passages, harrow.people(), Known())
    (takes,) = [r for r in verse(found).relations if r.about == "number of takes"]
    assert takes.type == "differ"
    by_id = {a.id: a for a in verse(found).accounts}
    said = {
        by_id[who].source: (value, " ".join(harrow.words_of(e, passages).split()))
        for who, value, e in zip((takes.a, takes.b), takes.values, takes.evidence, strict=True)
    }
    assert said == {"ida.txt": ("23", "23 takes"), "marek.txt": ("9", "nine takes")}
    assert [r.type for r in fire(found).relations if r.about == "number of guitars"] == ["differ"]


def test_one_who_defends_and_one_who_refused_are_in_dispute() -> None:
    found = [r for r in verse(moments()).relations if r.type == "dispute"]
    sources = {a.id: a.source for a in verse(moments()).accounts}
    assert ("marek.txt", "review.txt") in {tuple(sorted((sources[r.a], sources[r.b]))) for r in found}


def test_relations_are_between_two_accounts_of_the_moment_in_order_of_ids() -> None:
    for m in moments():
        ids = {a.id for a in m.accounts}
        for r in m.relations:
            assert r.a < r.b and {r.a, r.b} <= ids
            sources = {a.id: a.source for a in m.accounts}
            assert [e.source for e in r.evidence] == [sources[r.a], sources[r.b]]
        assert len({(r.a, r.b, r.about) for r in m.relations}) == len(m.relations)


def test_a_number_that_is_about_right_or_repeated_does_not_differ() -> None:
    for said in ("about twenty takes", "some 25 takes", "dozens of takes", "23 takes"):
        found = moments(marek=harrow.MAREK.replace("nine\ntakes", said))
        assert [r.type for r in verse(found).relations if r.about == "number of takes"] in ([], ["agree"]), said


def test_a_dozen_is_twelve() -> None:
    found = moments(marek=harrow.MAREK.replace("nine\ntakes", "a dozen takes"))
    (takes,) = [r for r in verse(found).relations if r.about == "number of takes"]
    assert set(takes.values) == {"23", "12"}


def told_by_two(first: str, second: str) -> list[tuple[str, str, tuple[str, str]]]:
    """The relations between what two people answer to the same question."""
    asked = "Q: Tell me about the lantern parade along the canal at Skelby.\n"
    ida = harrow.transcript("ida.txt", f"{asked}Ida: {first}\n")
    jonas = harrow.transcript("jonas.txt", f"{asked}Jonas: {second}\n")
    found = gather([*ida, *jonas], harrow.people(), Known())
    assert len(found) == 1
    return [(r.type, r.about, tuple(sorted(r.values))) for r in found[0].relations]


PARADE = "The lantern parade went along the canal with the brass band in front of the barges and the paper herons."


def test_how_often_something_was_done_is_compared_by_its_verb() -> None:
    assert told_by_two(f"{PARADE} They sang it twice.", f"{PARADE} They sang it three times.") == [
        ("differ", "number of times", ("2", "3"))
    ]
    assert told_by_two(f"{PARADE} They sang it twice.", f"{PARADE} I fell in three times.") == []


def test_lengths_of_time_are_compared_only_beside_the_same_words() -> None:
    both = f"{PARADE} We set off twenty minutes before the band was ready.", f"{PARADE} The rain lasted an hour."
    assert told_by_two(*both) == []
    other = f"{PARADE} We set off half an hour before the band was ready."
    assert told_by_two(both[0], other) == [("differ", "length of time", ("half an hour", "twenty minutes"))]


def test_a_date_of_the_same_thing_is_compared_and_an_anniversary_is_not() -> None:
    first = f"{PARADE} Nell Okafor lit the great heron on the barge in June 1986."
    assert told_by_two(first, f"{PARADE} Nell Okafor lit the great heron on the barge in July 1986.") == [
        ("differ", "date", ("1986-06", "1986-07"))
    ]
    assert told_by_two(first, f"{PARADE} They lit a bonfire for her in June 1996.") == []


def test_a_number_many_times_as_large_counts_something_else() -> None:
    assert told_by_two(f"{PARADE} I counted 14 barges.", f"{PARADE} I counted 19 barges.") == [
        ("differ", "number of barges", ("14", "19"))
    ]
    assert told_by_two(f"{PARADE} I saw 14 barges.", f"{PARADE} In the museum there are 960 barges.") == []


def test_numbers_of_two_years_do_not_differ() -> None:
    first = f"{PARADE} In 1986 I counted 14 barges."
    assert told_by_two(first, f"{PARADE} In 1991 I counted 19 barges.") == []
    assert told_by_two(first, f"{PARADE} In June 1986 I counted 19 barges.") == [
        ("differ", "number of barges", ("14", "19"))
    ]


def test_what_is_only_supposed_does_not_differ() -> None:
    assert told_by_two(f"{PARADE} I counted 14 barges.", f"{PARADE} Imagine 40 barges going by.") == []


def test_an_answer_at_once_contradicts() -> None:
    said = f"Ida: {PARADE} Four of us carried the great heron.\nJonas: Six of us. You were asleep in the barge.\n"
    (found,) = gather(harrow.transcript("ida.txt", said), harrow.people(), Known())
    assert [(r.type, r.about) for r in found.relations] == [("differ", "number of people")]


def test_when_it_happened_is_told_where_a_source_states_it() -> None:
    found = fire(moments())
    assert found.when.happened and found.when.happened.start == "1994-03-14"
    assert found.when.happened.precision == "day"


def test_relative_times_are_kept_in_the_words_of_the_sources() -> None:
    notes = {" ".join(harrow.words_of(e, harrow.archive()).split()) for e in verse(moments()).when.notes}
    assert notes == {"three days after the funeral", "Three days before she sang it"}


def test_a_title_stands_in_a_source_word_for_word() -> None:
    texts = [" ".join(t.split()).casefold() for t in TEXTS.values()]
    for m in moments():
        title = m.title.strip("“”…").casefold()
        bare = title.removeprefix("the ")
        assert any(title in t or bare in t for t in texts), m.title
    assert verse(moments()).title == "The last verse of Tin Cathedral"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We did High Water in the dark.", True),
        ("THEY CALLED IT HIGH WATER.", True),
        ("you did the tin cathedral and then high water", True),  # written by a program, without any capitals
        ("You can't have Nell not knowing when high water is.", False),
        ("High water was at twenty to nine.", False),
    ],
)
def test_a_title_of_plain_words_is_named_with_its_capitals(text: str, named: bool) -> None:
    assert ("high water" in works(text, Known(works=(Work("High Water"), Work("Tin Cathedral"))))) == named


def test_works_are_spelled_as_the_catalogue_or_a_source_has_them() -> None:
    assert "Tin Cathedral" in verse(moments()).works
    known = Known(works=(Work("Tin Cathedral (album)", aliases=("Tin Cathedral",)),))
    assert "Tin Cathedral (album)" in verse(moments(known)).works


def test_a_word_put_in_elsewhere_changes_no_id() -> None:
    before = {m.id: [a.id for a in m.accounts] for m in moments()}
    changed = harrow.JONAS.replace("I smelled it first.", "Well, I smelled it first, you know.")
    changed = "Q: Good morning, and thank you for coming all the way.\nJonas: Morning.\n" + changed
    after = {m.id: [a.id for a in m.accounts] for m in moments(jonas=changed)}
    assert set(before) == set(after)
    of_ida = [i for ids in before.values() for i in ids]
    assert len(set(of_ida) & {i for ids in after.values() for i in ids}) >= len(of_ida) - 2


def test_when_the_first_account_goes_its_moment_is_found_by_a_former_id() -> None:
    before = fire(moments())
    passages = [p for p in harrow.archive() if p.source != "gazette.txt"]
    after = fire(gather(passages, harrow.people(), Known()))
    assert after.id != before.id and after.id in before.former


def test_a_ruling_brings_together_what_was_apart() -> None:
    apart = span("jonas.txt", "gearbox went in the snow"), span("marek.txt", "a garage in Harrow")
    found = moments(Known(moment_rulings=(MomentRuling("together", apart),)))
    assert told_in(found, "jonas.txt", "gearbox").id == told_in(found, "marek.txt", "garage in").id


def test_a_ruling_sets_apart_what_was_together() -> None:
    together = span("ida.txt", "six guitars"), span("jonas.txt", "Four guitars")
    found = moments(Known(moment_rulings=(MomentRuling("apart", together),)))
    assert fire(found).id != told_in(found, "jonas.txt", "Four guitars").id
    assert ("", "gazette.txt") in tellers(fire(found))


def test_a_later_ruling_wins_over_an_earlier_one() -> None:
    pair = span("ida.txt", "six guitars"), span("jonas.txt", "Four guitars")
    both = (MomentRuling("apart", pair), MomentRuling("together", pair))
    assert fire(moments(Known(moment_rulings=both))).id == fire(moments()).id


def test_a_ruling_gives_a_title_and_keeps_what_would_be_too_little() -> None:
    ruling = MomentRuling("title", (span("ida.txt", "borrowed a banjo"),), "The borrowed banjo")
    found = moments(Known(moment_rulings=(ruling,)))
    assert told_in(found, "ida.txt", "borrowed a banjo").title == "The borrowed banjo"


def test_an_anchor_that_nothing_stands_at_is_passed_over() -> None:
    ruling = MomentRuling("together", (("gone.txt", (0, 9)), ("ida.txt", (100000, 100009))))
    assert moments(Known(moment_rulings=(ruling,))) == moments()


def test_a_copy_does_not_agree_with_what_it_copies() -> None:
    changed = harrow.MAREK.replace("nine\ntakes", "23 takes")
    agreed = [r for r in verse(moments(marek=changed)).relations if r.type == "agree"]
    assert len(agreed) == 1
    copies = tuple(q for p in harrow.archive(marek=changed) if p.source == "marek.txt" for q in p.quotes)
    assert not [r for r in verse(moments(Known(copies=copies), marek=changed)).relations if r.type == "agree"]


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_passages_does_not_matter(chance: random.Random) -> None:
    passages = harrow.archive()
    expected = gather(passages, harrow.people(), Known())
    chance.shuffle(passages)
    assert gather(passages, harrow.people(), Known()) == expected


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_ruled_a_span_belongs_to_one_moment_at_most(data: st.DataObject) -> None:
    passages = harrow.archive()
    anchors = st.lists(st.sampled_from([(p.source, p.spans[0]) for p in passages]), min_size=1, max_size=4)
    ruling = st.builds(
        MomentRuling, st.sampled_from(["together", "apart", "title"]), anchors.map(tuple), st.just("A title")
    )
    known = Known(moment_rulings=tuple(data.draw(st.lists(ruling, max_size=4))))
    found = gather(passages, harrow.people(), known)
    spans = [(a.source, s) for m in found for a in m.accounts for s in a.spans]
    assert len(spans) == len(set(spans))
    ids = [m.id for m in found]
    assert len(ids) == len(set(ids)) and not set(ids) & {f for m in found for f in m.former}


@pytest.mark.parametrize("text", ["", " ", "?", "“", "…", "a" * 5000, "17 " * 2000, "“" * 3000, ". " * 3000])
def test_no_text_breaks_it(text: str) -> None:
    passages = [p for p in harrow.archive() if p.source == "ida.txt"]
    odd = [msgspec.structs.replace(p, text=text, around=text, words=(), names=(folded(text)[:20],)) for p in passages]
    gather(odd, [], Known())


def test_a_word_put_into_an_articles_narration_changes_no_id() -> None:
    changed = harrow.GAZETTE.replace("touring van", "old touring van").replace("# Harrow Lights", "# The Harrow Lights")
    before = {m.id for m in moments() if any(a.person for a in m.accounts)}
    assert before == {m.id for m in moments(gazette=changed) if any(a.person for a in m.accounts)}


def test_a_ruling_takes_one_account_out_alone() -> None:
    one = MomentRuling("apart", (span("jonas.txt", "Four guitars"), span("ida.txt", "six guitars")), moves=1)
    found = moments(Known(moment_rulings=(one,)))
    out = told_in(found, "jonas.txt", "Four guitars")
    assert [a.source for a in out.accounts] == ["jonas.txt"]
    assert ("Ida Farrant", "ida.txt") in tellers(fire(found)) and ("", "gazette.txt") in tellers(fire(found))


def test_a_ruling_moves_one_account_and_leaves_what_stood_with_it() -> None:
    to = span("marek.txt", "a garage in Harrow")
    ruling = MomentRuling("together", (span("jonas.txt", "Four guitars"), to), moves=1)
    found = moments(Known(moment_rulings=(ruling,)))
    there = told_in(found, "marek.txt", "garage in")
    assert told_in(found, "jonas.txt", "Four guitars").id == there.id
    assert ("Ida Farrant", "ida.txt") not in tellers(there)
    assert ("Ida Farrant", "ida.txt") in tellers(fire(found))


def test_accounts_that_go_out_together_stay_together() -> None:
    out = (span("jonas.txt", "Four guitars"), span("ida.txt", "six guitars"), span("gazette.txt", "lost guitars"))
    found = moments(Known(moment_rulings=(MomentRuling("apart", out, moves=2),)))
    there = told_in(found, "jonas.txt", "Four guitars")
    assert there.id == told_in(found, "ida.txt", "six guitars").id
    assert ("", "gazette.txt") not in tellers(there)
