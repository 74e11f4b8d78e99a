"""Words are taken out of a block where they stand, with a sign, and nothing else of it is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.book.cutting import block_of, cut, shortened, whole, widened
from vivavoce.book.draft import signs
from vivavoce.book.settle import plain

BLOCK = (
    "> **Ida Fell**\n> We stood at the gate, all of us,\n> till noon. Nobody came. The foreman\n"
    '> never did. [Ida Fell, 0:12](quote:4f2a "interviews/fell.vtt") And \\*he\\* knew.\n>\n> He knew it well.\n'
    '> [Ida Fell, 2:00](quote:77aa "interviews/fell.vtt")'
)


def words(text: str, number: int = 0) -> str:
    return plain(block_of(text).parts[number])


def without(taken: str, text: str = BLOCK, number: int = 0, sign: str = "[…]") -> str | None:
    said = words(text, number)
    at = said.index(taken)
    return cut(text, number, widened(said, (at, at + len(taken))), sign)


def test_a_sentence_is_cut_with_its_stop() -> None:
    after = without("Nobody came")
    assert words(after) == "We stood at the gate, all of us, till noon. […] The foreman never did."
    assert after == BLOCK.replace("Nobody came.", "[…]")


def test_words_within_a_sentence_are_cut_with_their_comma() -> None:
    assert words(without("all of us")) == "We stood at the gate, […] till noon. Nobody came. The foreman never did."


def test_half_words_are_whole_ones() -> None:
    assert words(without("obody cam")) == words(without("Nobody came."))


def test_the_beginning_and_the_end_need_no_sign() -> None:
    assert words(without("We stood at the gate, all of us, till noon.")) == "Nobody came. The foreman never did."
    after = without("The foreman never did.")
    assert words(after) == "We stood at the gate, all of us, till noon. Nobody came."
    assert "came. [Ida Fell, 0:12](" in after


def test_without_a_sign_the_words_close_up() -> None:
    assert words(without("all of us", sign="")).startswith("We stood at the gate, till noon.")


def test_cuts_side_by_side_are_one() -> None:
    once = without("Nobody came")
    assert words(without("The foreman", once)) == "We stood at the gate, all of us, till noon. […] never did."


def test_only_one_part_of_a_splice_is_touched() -> None:
    after = without("And *he* knew.", number=1)
    assert (words(after, 0), words(after, 1)) == (words(BLOCK, 0), "He knew it well.")
    assert words(without("knew. He", number=1), 1) == "And *he* […] knew it well."


def test_all_words_are_never_cut() -> None:
    assert without(words(BLOCK)) is None


def test_what_cannot_be_cut_alone_is_left() -> None:
    styled = "> **Ida Fell**\n> We *stood at* the gate &amp; wept. [Ida](quote:4f2a)"
    assert without("stood", styled) is None or words(without("stood", styled)) == "We […] at the gate & wept."
    assert without("at the", styled) is None


def test_the_whole_quotation_is_put_back() -> None:
    said = "We stood. Nobody [came], and *he* knew it."
    after = whole(without("Nobody came"), 0, said)
    assert words(after) == said
    assert words(after, 1) == words(BLOCK, 1)


SAID = st.lists(
    st.sampled_from(["We", "stood,", "at", "noon.", "*He*", "a_b", "[x]", "café", "3.", "“No”"]), min_size=2
)


@given(SAID, st.data())
def test_whatever_is_cut_reads_as_it_was_shown_before(said: list[str], data: st.DataObject) -> None:
    text = f'> **Ida Fell**\n> {signs(" ".join(said))} [Ida](quote:4f2a "a.vtt")'
    if block_of(text) is None or words(text) != " ".join(said):
        return
    start = data.draw(st.integers(0, len(words(text)) - 1))
    span = widened(words(text), (start, data.draw(st.integers(start + 1, len(words(text))))))
    sign = data.draw(st.sampled_from(["", "[…]"]))
    after = cut(text, 0, span, sign)
    if after is not None:
        assert words(after).split() == shortened(words(text), span, sign).split()


@pytest.mark.parametrize("text", ["Words of ours.", "# A title", "> nobody named"])
def test_what_is_no_block_is_not_cut(text: str) -> None:
    assert cut(text, 0, (0, 3)) is None
