from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vivavoce.decisions import Anchor, anchor, followed, locate, quote_decision
from vivavoce.errors import UsageError
from vivavoce.model import Quote, Source, digest

STORY = """The night ferry

Nobody on the quay had seen the Halcyon come in. “She was just there,” said Ines Calder, who sold tickets.
“I looked down at my thermos, I looked up, and she was there.”

“No,” said Tobias Renn. The rope had not been touched.
“No,” said the harbour master, an hour later, to the same question from somebody else.
“We counted forty-one passengers, and then we counted them again,” said Calder.
"""


def source(text: str, path: str = "press/ferry.txt") -> Source:
    return Source(path, "press", "txt", text=text, text_hash=digest(text))


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def moved(words: str, new: str, nth: int = 0) -> str | None:
    """The words found in a new text for words of the story, or None."""
    found = locate(anchor(source(STORY), *at(STORY, words, nth)), source(new))
    return None if found is None else new[slice(*found)]


def test_the_same_text_gives_the_same_offsets() -> None:
    place = at(STORY, "No,", 1)
    assert locate(anchor(source(STORY), *place), source(STORY)) == place


def test_an_anchor_outside_the_text_is_refused_in_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"has no text from 5 to 99999"):
        anchor(source(STORY), 5, 99999)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["No,", "She was just there,", "I looked down"]))
def test_text_put_above_or_below_moves_an_anchor_with_its_words(above: str, below: str, words: str) -> None:
    assume(words not in above + below)
    new = above + STORY + below
    place = at(STORY, words)
    found = locate(anchor(source(STORY), *place), source(new))
    assert found == (place[0] + len(above), place[1] + len(above))


@given(st.data())
def test_text_put_anywhere_before_the_words_moves_them(data: st.DataObject) -> None:
    words = "“No,” said Tobias Renn"
    start, end = at(STORY, words)
    where = data.draw(st.integers(0, start))
    new = data.draw(st.text(alphabet="abc „“\n", max_size=80))
    text = STORY[:where] + new + STORY[where:]
    assert locate(anchor(source(STORY), start, end), source(text)) == (start + len(new), end + len(new))


def test_short_words_are_told_apart_by_what_stands_round_them() -> None:
    new = STORY.replace("The rope had not", "Nobody spoke. The old rope had not")
    start, _ = at(new, "No,", 1)
    assert locate(anchor(source(STORY), *at(STORY, "No,", 1)), source(new)) == (start, start + 3)


def test_short_words_whose_sentence_is_gone_are_not_moved_to_the_next_ones_like_them() -> None:
    new = STORY.replace("“No,” said Tobias Renn. The rope had not been touched.\n", "")
    assert moved("No,", new) is None


def test_words_that_stand_twice_in_the_same_surroundings_are_told_apart_by_their_number() -> None:
    song = "We sailed away, away, away, we sailed away at dawn. And nobody knew it. " * 4
    place = at(song, "nobody knew", 2)
    there = locate(anchor(source(song), *place), source("A word more. " + song))
    assert there == (place[0] + 13, place[1] + 13)


def test_words_that_stand_twice_where_they_stood_once_are_nowhere_for_certain() -> None:
    assert moved("We counted forty-one passengers", STORY + STORY) is None


def test_a_typo_mended_in_long_words_is_found_again() -> None:
    new = STORY.replace("down at my thermos", "down at my old thermos")
    words = "I looked down at my thermos, I looked up, and she was there."
    assert moved(words, new) == "I looked down at my old thermos, I looked up, and she was there."


def test_a_change_at_the_very_end_and_round_the_words_keeps_the_borders() -> None:
    new = STORY.replace("counted them again,” said Calder", "counted them all over again,” Calder said")
    words = "We counted forty-one passengers, and then we counted them again,"
    assert moved(words, new) == "We counted forty-one passengers, and then we counted them all over again,"


def test_other_words_in_the_same_place_are_not_the_same_words() -> None:
    new = STORY.replace(
        "I looked down at my thermos, I looked up, and she was there.", "There is nothing that I could add."
    )
    assert moved("I looked down at my thermos, I looked up, and she was there.", new) is None


def test_two_places_that_come_near_are_no_place() -> None:
    words = "We counted forty-one passengers, and then we counted them again,"
    twice = STORY.replace(words, words.replace("forty", "fifty")) + STORY.replace(
        words, words.replace("forty", "sixty")
    )
    assert moved(words, twice) is None


@given(st.text(alphabet="qxzj ", min_size=70, max_size=90))
def test_an_anchor_whose_words_were_replaced_is_never_moved(other: str) -> None:
    words = "I looked down at my thermos, I looked up, and she was there."
    assert moved(words, STORY.replace(words, other)) is None


def test_whole_turns_are_found_again_after_a_word_in_them_was_corrected() -> None:
    turn = " ".join(f"And then number {n} came aboard with a lamp and {n * 7} letters." for n in range(900))
    old = source(f"Before.\n{turn}\nAfter that it was quiet.")
    new = source(old.text.replace("number 450 came", "number 450 really came"))
    found = locate(anchor(old, 8, 8 + len(turn)), new)
    assert found == (8, 8 + len(turn) + len("really "))


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "she was there, she was there, " * 30_000, "“" * 500_000, "", "no such thing"]
)
def test_hostile_texts_take_no_longer_than_they_are_long(text: str) -> None:
    began = time.perf_counter()
    for words in ("She was just there,", "I looked down at my thermos, I looked up, and she was there.", "a" * 40):
        locate(Anchor("x", words, "on the quay ", " and nobody spoke"), source(text))
    assert time.perf_counter() - began < 5


def test_a_renamed_source_takes_its_decisions_with_it_and_says_so() -> None:
    old, words = source(STORY), at(STORY, "She was just there,")
    quote = Quote("q", old.path, "direct", (words,), (words,), STORY[slice(*words)])
    decision = quote_decision("speaker", quote, old, "Ines Calder", "me", "2031-05-09")
    (there,), (review,) = followed([decision], {"press/night-ferry.txt": old.text_hash, "other.txt": "x"})
    assert there.target[0].source == "press/night-ferry.txt"
    assert there.id == decision.id
    assert "press/night-ferry.txt" in review.reason
    # still there under its name, or with two heirs: nothing moves
    assert followed([decision], {old.path: old.text_hash, "copy.txt": old.text_hash})[0] == (decision,)
    assert followed([decision], {"a.txt": old.text_hash, "b.txt": old.text_hash})[0] == (decision,)


def test_a_decision_made_where_words_round_it_are_withheld_is_found_in_the_whole_text() -> None:
    from vivavoce.model import WITHHELD

    hidden = STORY.replace("Tobias Renn", WITHHELD * len("Tobias Renn"))
    start, end = at(hidden, "“I looked down")
    made = anchor(source(hidden), start, end)
    assert locate(made, source(STORY)) == (start, end)
    with pytest.raises(UsageError, match="are withheld"):
        anchor(source(hidden), *at(hidden, WITHHELD * 3))
