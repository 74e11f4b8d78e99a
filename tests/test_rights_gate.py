from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.errors import UsageError
from vivavoce.model import CHANNELS, History, Media, Person, PersonRef, Restriction, Source
from vivavoce.rights import KINDS, Item, doubts, may, over, problems, resolved, unmatched

DAY = "2031-05-09"


def ends(until: str, day: str = DAY, channels: tuple[str, ...] = (), channel: str = "site") -> bool:
    """Whether something restricted so may be shown."""
    return may(Item("source", (Restriction("source", "a.txt", channels, until),)), channel, day)


def test_what_nothing_restricts_may_be_shown() -> None:
    assert may(Item("source"), "site", DAY)


@pytest.mark.parametrize(
    ("until", "last", "first"),
    [
        ("2031-05-09", "2031-05-08", "2031-05-09"),
        (" 2031-05-09 ", "2031-05-08", "2031-05-09"),
        ("2031-05", "2031-05-31", "2031-06-01"),
        ("2032-02", "2032-02-29", "2032-03-01"),
        ("2031-12", "2031-12-31", "2032-01-01"),
        ("2031", "2031-12-31", "2032-01-01"),
        ("0999", "0999-12-31", "1000-01-01"),
    ],
)
def test_an_embargo_ends_on_its_day_and_with_its_month_or_year(until: str, last: str, first: str) -> None:
    assert not ends(until, last)
    assert ends(until, first)


@pytest.mark.parametrize("until", ["", "for ever", "forever", "Forever", "permission", "FOR EVER "])
def test_what_has_no_day_never_ends(until: str) -> None:
    assert not ends(until, "9999-12-31")


@pytest.mark.parametrize(
    "until",
    [
        "9. Mai 2031",
        "2031-02-30",
        "2031-13",
        "2031-5-9",
        "20310509",
        "2031-W19-5",
        "2031-05-09T00:00",
        "31",
        "²⁰³¹",
        "-",
    ],
)
def test_an_end_that_cannot_be_read_withholds(until: str) -> None:
    assert not ends(until, "9999-12-31")


@given(st.text(max_size=12))
def test_no_garbage_ever_ends_an_embargo(until: str) -> None:
    assert not ends(until, "9999-12-31") or until.strip()[:4].isascii()


@pytest.mark.parametrize("day", ["", "today", "2031-05", "2031-02-30", "20310509", "2031-05-09 "])
def test_a_day_of_publication_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(UsageError, match="is no day"):
        may(Item("source"), "site", day)


def test_a_restriction_holds_in_its_channels_only() -> None:
    assert not ends("", channels=("book", "site"))
    assert ends("", channels=("book",))


def test_a_channel_that_is_not_known_withholds_everywhere() -> None:
    assert not ends("", channels=("web-site",))
    assert not ends("", channels=("book", "web-site"))
    assert not ends("", channels=("book",), channel="hologram")
    assert all(not ends("", channel=c) for c in CHANNELS)


CALDER = Person("ines-calder", "Ines Calder", ("Calder", "I. Cálder"))


@pytest.mark.parametrize("of", ["Ines Calder", "ines calder", "ines-calder", "CALDER", "I. Calder"])
def test_a_person_is_meant_by_name_alias_or_id(of: str) -> None:
    rules = (Restriction("person", of),)
    assert over(rules, "a.txt", CALDER) == rules
    assert over(rules, "a.txt", PersonRef("tobias-renn", "Tobias Renn")) == ()
    assert over(rules, "a.txt") == ()


@pytest.mark.parametrize(
    "of",
    [
        "tapes/one.vtt",
        "one.vtt",
        "one",
        "sources/tapes/one.vtt",
        "./tapes/one.vtt",
        "tapes",
        "tapes\\one.vtt",
        "TAPES/*",
    ],
)
def test_a_source_is_meant_however_its_path_is_written(of: str) -> None:
    rules = (Restriction("source", of),)
    assert over(rules, "tapes/one.vtt") == rules
    assert over(rules, "press/stone.txt") == ()


def test_a_span_touches_what_overlaps_it_and_the_source_as_a_whole() -> None:
    rules = (Restriction("span", "a.txt", spans=((10, 20),)),)
    assert over(rules, "a.txt", spans=((0, 10), (20, 30))) == ()
    assert over(rules, "a.txt", spans=((0, 11),)) == rules
    assert over(rules, "a.txt") == rules
    assert over(rules, "a.txt", spans=((0, 10),), medium=True) == rules


@pytest.mark.parametrize("spans", [(), ((5, 5),), ((9, 3),), ((-4, 7),)])
def test_spans_that_cannot_be_understood_stand_for_the_whole_source(spans: tuple[tuple[int, int], ...]) -> None:
    rules = (Restriction("span", "a.txt", spans=spans),)
    assert over(rules, "a.txt", spans=((100, 101),)) == rules


def test_a_medium_is_withheld_without_its_words() -> None:
    rules = (Restriction("medium", "a.vtt"),)
    assert over(rules, "a.vtt", spans=((0, 5),)) == ()
    assert over(rules, "a.vtt", medium=True) == rules


@given(st.text(max_size=8).filter(lambda t: t not in KINDS), st.text(max_size=8))
def test_a_rule_that_bars_something_unknown_touches_everything(what: str, of: str) -> None:
    rules = (Restriction(what, of),)
    assert over(rules, "a.txt", "Somebody") == rules
    assert not may(Item("quotation", over(rules, "a.txt")), "site", DAY)


def test_rules_are_made_out_to_ids_for_listings() -> None:
    people = [CALDER, Person("renn", "Tobias Renn")]
    (given_rule, made) = resolved((Restriction("person", "Ms Ines Calder (pump room)"),), people)
    assert (given_rule.of, made.of) == ("Ms Ines Calder (pump room)", "ines-calder")
    assert over((made,), "a.txt", PersonRef("ines-calder", "Calder, I.")) == (made,)


def test_what_is_wrong_with_rules_is_told_in_sentences() -> None:
    tape = Source("tapes/one.vtt", "transcript", "vtt", media=(Media("one.mp3"),))
    history = History(
        "T", DAY, (tape, Source("tapes/two.srt", "transcript", "srt", media=(Media("one.mp3"),))), people=(CALDER,)
    )
    rules = (
        Restriction("person", "Moll Okafor"),
        Restriction("source", "tapes/three.vtt"),
        Restriction("sorce", "tapes/one.vtt"),
        Restriction("sorce", "nowhere"),
        Restriction("person", ""),
        Restriction("person", "Calder", ("web",), "soon"),
        Restriction("span", "tapes/one.vtt"),
        Restriction("person", "Calder", ("site",), "2040"),
        Restriction("unreadable", ""),
    )
    told = problems(rules, history)
    for n, words in enumerate(
        (
            "Moll Okafor names nobody",
            "tapes/three.vtt names no source",
            "bars “sorce”, which is none of source, person, span, medium; until it is, all that it names is withheld",
            "everything is withheld",
            "does not say of what",
            "ends “soon”, which is no day",
            "names the channel “web”",
            "has no spans that can be read",
            "A restriction that cannot be understood does not say of what",
        )
    ):
        assert words in told[n]
    assert len(told) == 9
    assert doubts((Restriction("source", "tapes/one.vtt"),), history) == (
        "tapes/one.vtt is restricted, but tapes/two.srt, of the same recording, is not; restrict it too.",
    )


def test_a_restriction_that_names_nobody_is_told_with_near_names_and_must_fail_a_check() -> None:
    tape = Source("tapes/calder.vtt", "transcript", "vtt")
    history = History("T", DAY, (tape,), people=(CALDER,))
    (person,) = unmatched((Restriction("person", "Inez Caldar"),), history)
    assert "Inez Caldar names nobody" in person
    assert "Did you mean Ines Calder" in person
    (source,) = unmatched((Restriction("source", "tapes/caldar.vtt"),), history)
    assert "Did you mean tapes/calder.vtt?" in source
    for rule in (Restriction("person", "Somebody Else"), Restriction("source", "elsewhere.srt")):
        assert unmatched((rule,), history)
        assert "Did you mean" not in unmatched((rule,), history)[0]
        assert set(unmatched((rule,), history)) <= set(doubts((rule,), history))
    for rule in (Restriction("person", "Calder"), Restriction("person", "Nobody", until="2001-01-01")):
        assert unmatched((rule,), history) == ()


def test_a_recording_may_be_named_by_its_own_path() -> None:
    tape = Source("tapes/one.vtt", "transcript", "vtt", media=(Media("sound/first.mp3"),))
    assert unmatched((Restriction("medium", "sound/first.mp3"),), History("T", DAY, (tape,))) == ()
