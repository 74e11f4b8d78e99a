"""Where a quotation was said: in these words, in others, from two places, by somebody else, or nowhere."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import quotes, traces
from vivavoce.model import Known, PersonRef, Quote, Source, Trace, Turn, folded
from vivavoce.traces import carried_out
from vivavoce.traces.follow import asked, listened

IDA, RUFUS = PersonRef("ida-quill", "Ida Quill"), PersonRef("rufus-penn", "Rufus Penn")
TALK = (
    (IDA, "We had forty cues that night and one torch between us, and the torch, um, you know, it was mine."),
    (RUFUS, "I never said the organ was out of tune. I said the organist was. There's a difference, and he knew it."),
    (
        IDA,
        "The ferry stopped running in, well, it must have been October. (laughs) So the whole second act came over in "
        "a fishing boat, in four trips, and the harbour master pretended that he had not seen us.",
    ),
    (RUFUS, "At the end of the day it is what it is, and that's all I'm going to say about it."),
    (
        IDA,
        "My mother sewed every one of those coats. Eleven coats, and no two buttons the same, because she cut them off "
        "whatever was hanging in the hall, and people went home without.",
    ),
    (RUFUS, "He paid for the roof himself. Nobody knows that. He would not have wanted it in a book."),
)


def told(parts: tuple[tuple[PersonRef, str], ...] = TALK, path: str = "talk.txt") -> tuple[Source, list[Quote]]:
    """A transcript, and its turns as quotations with their persons."""
    text, turns = "", []
    for who, words in parts:
        label = who.name.upper()
        start = len(text)
        first = start + len(label) + 2
        cut = words.find(" (laughs)")
        spans = ((first, first + len(words)),)
        if cut >= 0:
            spans = ((first, first + cut), (first + cut + len(" (laughs) "), first + len(words)))
        turns.append(Turn(label, spans, start, first + len(words), name=who.name))
        text += f"{label}: {words}\n"
    source = Source(path, "transcript", "dialogue", text=text, turns=tuple(turns))
    found = quotes.find(source, Known())
    return source, [_with(q, who) for q, (who, _) in zip(found, parts, strict=True)]


def _with(q: Quote, who: PersonRef | None) -> Quote:
    import msgspec

    return msgspec.structs.replace(q, person=who)


def test_what_the_words_of_a_quotation_tell_does_not_depend_on_the_quotations_beside_it() -> None:
    source, turns = told()
    talk = listened([source], turns)
    words = " ".join(said for _, said in TALK).split()
    every = [printed(" ".join(words[n : n + 9]), n=n) for n in range(len(words))]
    alone = {q.id: next(asked(talk.table, [q])).weights for q in every}
    for order in (every, every[::-1]):
        assert {a.quote.id: a.weights for a in asked(talk.table, order)} == alone


def printed(words: str, who: PersonRef | None = IDA, n: int = 0) -> Quote:
    return Quote(f"q{n}", "press/gazette.txt", "direct", ((0, len(words)),), ((0, len(words)),), words, person=who)


def trace(words: str, who: PersonRef | None = IDA) -> Trace:
    source, turns = told()
    found = traces.follow([printed(words, who)], [source], turns)[0]
    if found.places:
        assert carried_out(found.places, found.edits, {source.path: source.text}) == folded(words)
    return found


def words_at(t: Trace) -> list[str]:
    source, _ = told()
    return [source.text[a:b] for p in t.places for a, b in [p.span]]


def test_the_same_words_in_other_typography_are_as_said() -> None:
    found = trace("He paid for the roof himself — nobody knows that", RUFUS)
    assert (found.cls, found.said_by, found.edits, found.similarity) == ("verbatim", "Rufus Penn", (), 1.0)
    assert words_at(found) == ["He paid for the roof himself. Nobody knows that"]


def test_fillers_left_out_are_told_as_fillers() -> None:
    found = trace("one torch between us, and the torch, it was mine")
    assert found.cls == "altered"
    assert [(e.op, e.kind) for e in found.edits] == [("drop", "filler")]


def test_a_lost_not_is_told_as_turning_the_sense_round() -> None:
    found = trace("the harbour master pretended that he had seen us")
    assert [(e.op, e.kind) for e in found.edits] == [("drop", "sense")]
    put_in = trace("He would never have wanted it in a book", RUFUS)
    assert put_in.cls == "altered"


@pytest.mark.parametrize(
    ("words", "place", "gone"),
    [
        ("I sold the organ to the chapel", "I never sold the organ to the chapel", "never"),
        ("I was going to sell the organ", "I wasn't gonna sell the organ", "wasn't gonna"),
        ("the chapel paid for the roof, it did", "the chapel paid for the roof, it really never did", "really never"),
    ],
)
def test_a_lost_not_beside_a_common_word_at_an_end_is_told(words: str, place: str, gone: str) -> None:
    chat = "And so I was there, it was I, and I think it was as I said it was, and it did. "
    source, turns = told(((RUFUS, chat * 9), (IDA, f"So {place}. I know it was."), (RUFUS, chat * 9)))
    found = traces.follow([printed(words)], [source], turns)[0]
    assert [(source.text[slice(*e.at)], e.kind) for e in found.edits] == [(gone, "sense")]
    assert [source.text[slice(*p.span)] for p in found.places] == [place]
    assert carried_out(found.places, found.edits, {source.path: source.text}) == folded(words)


def test_a_common_word_of_another_sentence_is_not_taken_for_the_quotations() -> None:
    chat = "And so I was there, it was I, and I think it was as I said it was, and it did. "
    source, turns = told(((RUFUS, chat * 9), (IDA, "No, not I. They sold the organ to the chapel."), (RUFUS, chat * 9)))
    found = traces.follow([printed("I sold the organ to the chapel")], [source], turns)[0]
    assert [source.text[slice(*p.span)] for p in found.places] == ["They sold the organ to the chapel"]
    assert [(e.op, e.to) for e in found.edits] == [("replace", "I")]


def test_a_bracket_and_an_ellipsis_are_told_as_such() -> None:
    found = trace(
        "[She] sewed every one of those coats … no two buttons the same, because she cut them off whatever was"
    )
    assert found.cls == "altered"
    assert {e.kind for e in found.edits} == {"bracket", "ellipsis"}


@pytest.mark.parametrize(
    ("words", "gone", "come", "kind"),
    [
        ("Thirty cues that night and one torch between us", "forty", "Thirty", "number"),
        ("We had forty cues that night and one lamp", "torch", "lamp", ""),
        ("My mother sewed every one of those gowns", "coats", "gowns", ""),
    ],
)
def test_a_word_changed_at_an_end_is_replaced(words: str, gone: str, come: str, kind: str) -> None:
    found = trace(words)
    source, _ = told()
    assert [(e.op, source.text[slice(*e.at)], e.to, e.kind) for e in found.edits] == [("replace", gone, come, kind)]


def test_words_behind_a_pause_are_added_and_not_put_for_others() -> None:
    found = trace("We had forty cues that night and one torch between us, honestly")
    assert [(e.op, e.to) for e in found.edits] == [("add", "honestly")]


BELL = (
    (IDA, "The bell of the chapel was cast in the yard behind the brewery."),
    (RUFUS, "Seventeen oxen pulled it. " + "Nobody else was there that week to see it done at all. " * 6),
    (IDA, "My uncle tuned the pedal harp with a spanner on Sundays."),
)


@pytest.mark.parametrize(
    ("words", "cls", "places"),
    [
        # the end of one turn and the beginning of the next, of one person
        ("The bell of the chapel was cast in the yard, tuned the pedal", "spliced", 2),
        # another person's three words are too few to say so
        ("The bell of the chapel was cast in the yard, seventeen oxen pulled", "altered", 1),
        # more are enough
        ("The bell of the chapel was cast in the yard. Seventeen oxen pulled it. Nobody else", "misattributed", 2),
    ],
)
def test_a_tail_of_three_words_is_from_elsewhere_or_added(words: str, cls: str, places: int) -> None:
    source, turns = told((*TALK, *BELL, *TALK))
    found = traces.follow([printed(words)], [source], turns)[0]
    assert (found.cls, len(found.places)) == (cls, places)
    assert carried_out(found.places, found.edits, {source.path: source.text}) == folded(words)


def test_three_words_that_run_on_into_the_next_turn_are_from_there() -> None:
    source, turns = told(((IDA, "We rowed the piano over at midnight,"), (IDA, "under a tarpaulin, and nobody saw.")))
    found = traces.follow([printed("We rowed the piano over at midnight, under a tarpaulin")], [source], turns)[0]
    assert (found.cls, len(found.places), found.edits) == ("spliced", 2, ())


@pytest.mark.parametrize("words", ["the price of wool in Peru went down again", "a whale of a time in the old town"])
def test_the_nearest_place_of_what_is_like_nothing_is_none(words: str) -> None:
    assert trace(words).nearest is None


def test_a_question_of_three_words_that_is_not_found_is_too_short() -> None:
    assert trace("Four different things?").why == "too short to trace"
    assert trace("Eleven coats, and").cls == "verbatim"


def test_words_that_changed_places_are_a_move() -> None:
    found = trace("Eleven coats, and no buttons two the same, because she cut them off whatever was hanging")
    assert [e.op for e in found.edits] == ["move"]


def test_words_from_two_places_are_spliced_with_both() -> None:
    found = trace(
        "My mother sewed every one of those coats. The ferry stopped running in, well, it must have been October"
    )
    assert found.cls == "spliced"
    assert [w[:9] for w in words_at(found)] == ["My mother", "The ferry"]


def test_words_of_somebody_else_are_misattributed_whoever_else_is_near() -> None:
    found = trace("I never said the organ was out of tune. I said the organist was", IDA)
    assert (found.cls, found.speaker, found.said_by) == ("misattributed", "Ida Quill", "Rufus Penn")


def test_words_without_a_speaker_are_nobodys_mistake() -> None:
    assert trace("My mother sewed every one of those coats", None).cls == "verbatim"


def test_what_nobody_said_is_absent_with_the_nearest_words() -> None:
    found = trace("The harbour master had us all arrested before the second act and sent the coats to the mainland")
    assert found.cls == "absent"
    assert found.nearest is not None
    assert 0 < found.nearest.score < 0.5
    assert not found.places


def test_a_common_phrase_is_no_evidence() -> None:
    source, turns = told(
        (
            *TALK,
            *((RUFUS, f"At the end of the day number {n} was what it was.") for n in range(12)),
        )
    )
    found = traces.follow([printed("At the end of the day we lost", IDA)], [source], turns)[0]
    assert found.cls == "absent"


def test_two_words_are_too_short_to_trace_and_it_is_said() -> None:
    found = trace("Eleven coats")
    assert (found.cls, found.why) == ("absent", "too short to trace")


def test_a_note_between_the_words_is_no_change_of_them() -> None:
    found = trace("it must have been October. So the whole second act came over in a fishing boat")
    assert found.cls == "verbatim"
    assert [(e.op, e.kind) for e in found.edits] == [("drop", "note")]


def test_of_equal_places_the_named_speakers_is_taken() -> None:
    twice = (
        (RUFUS, "The lights went out at nine and nobody moved."),
        *TALK,
        (IDA, "The lights went out at nine and nobody moved."),
    )
    source, turns = told(twice)
    found = traces.follow([printed("The lights went out at nine and nobody moved", IDA)], [source], turns)[0]
    assert (found.cls, found.said_by) == ("verbatim", "Ida Quill")


def test_without_transcripts_everything_is_absent() -> None:
    assert [t.cls for t in traces.follow([printed("My mother sewed every one of those coats")], [], [])] == ["absent"]


WORDS = re.findall(r"\w+", " ".join(words for _, words in TALK))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WORDS) - 4), st.integers(3, 40), st.randoms(use_true_random=False))
def test_the_edits_carried_out_on_the_words_of_the_places_give_the_quotation(
    start: int, size: int, r: random.Random
) -> None:
    said = WORDS[start : start + size]
    for _ in range(r.randrange(6)):
        k = r.randrange(len(said))
        said[k : k + r.randrange(2)] = r.choice(
            [[], ["[she]"], ["twelve"], ["Finch"], ["I", "I"], ["would", "not"], [r.choice(WORDS)]]
        )
        said = said or ["nothing"]
    if r.random() < 0.3:
        said += WORDS[r.randrange(len(WORDS) - 8) :][:8]
    words = " … ".join(filter(None, (" ".join(said[: size // 2]), " ".join(said[size // 2 :]))))
    source, turns = told()
    found = traces.follow([printed(words, r.choice([IDA, RUFUS, None]))], [source], turns)[0]
    assert (found.cls == "absent") == (not found.places)
    if found.places:
        assert carried_out(found.places, found.edits, {source.path: source.text}) == folded(words)
    for place in found.places:
        assert 0 <= place.span[0] < place.span[1] <= len(source.text)


@pytest.mark.parametrize("times", [2_000, 4_000])
def test_one_sentence_said_ten_thousand_times_and_a_quotation_of_thousands_of_words_are_traced(times: int) -> None:
    source, turns = told(tuple((IDA, "We had forty cues that night and one torch between us.") for _ in range(times)))
    long = " ".join(f"{words} " for _, words in TALK) * 30
    found = traces.follow([printed("forty cues that night and one torch"), printed(long, IDA, 1)], [source], turns)
    assert found[0].cls == "verbatim"
    assert len(found) == 2


def test_one_sentence_said_a_hundred_thousand_times_and_a_quotation_of_five_thousand_words_end() -> None:
    line = "I don't think we had forty cues that night and one torch between us. "
    times = 100_000
    spans = [(k * len(line), (k + 1) * len(line) - 1) for k in range(times)]
    turns = tuple(Turn("IDA", (span,), *span, name=IDA.name) for span in spans)
    source = Source("loop.txt", "transcript", "dialogue", text=line * times, turns=turns)
    said = [Quote(f"t{n}", source.path, "turn", (s,), (s,), "", person=IDA, turn=n) for n, s in enumerate(spans)]
    long = ("forty torches that night and one cue between us, or so, " * 500).strip()
    asked = [printed("We had forty cues that night and one torch between us"), printed(long, IDA, 1)]
    found = traces.follow(asked, [source], said)
    assert (found[0].cls, [f.kind for f in found[0].frames]) == ("verbatim", ["denied"])
    assert len(long.split()) > 5_000
    assert found[1].quote == "q1"


def test_a_turn_of_a_hundred_thousand_words_without_a_stop_is_read_near_the_place_alone() -> None:
    words = "and we went on and on " * 20_000
    source, turns = told(((IDA, f"{words} if the captain had stayed ashore that week {words}"),))
    found = traces.follow([printed("the captain had stayed ashore that week")], [source], turns)[0]
    assert [f.kind for f in found.frames] == ["supposed"]
