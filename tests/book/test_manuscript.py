"""`book.md` is moved, cut and written in pieces, and every byte of the rest stays."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vivavoce.book.manuscript import (
    Manuscript,
    arrangement,
    chapters,
    inserted,
    manuscript,
    moved,
    removed,
    rewritten,
    written,
)
from vivavoce.errors import BadFile, UsageError

BOOK = """<!-- vivavoce book 1 -->

*[Narration: how it came about.]*

# The  lockout
<!-- moment 2ffb8c1521ab -->

It had rained
since Tuesday.

> **Ida Fell**
> We stood at the gate. [Ida Fell, 0:12](quote:4f2a81c0be12 "a.vtt")


![The gate.](pictures/gate.png "The gate")
***

# Noon

- one
- two

## Later

The [end][e].

[e]: https://example.org
"""

LINES = st.sampled_from([
    "# One", "# Two  ", "## Sub", "Words of ours.", "more words", "> **Ida Fell**", '> We stood. [a](quote:q1 "a.vtt")',
    ">", "", "", "", "  ", "- item", "  - inner", "1. first", "---", "***", "===", "<!-- moment abc -->", "<!-- note",
    "-->", "<div>", "</div>", "```", "    code", "[a]: /b", "![x](pictures/x.png)", "*[Narration: why.]*", "\ttab",
    "é…", "<!-- vivavoce book 1 -->",
])  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
TEXTS = st.tuples(st.lists(st.tuples(LINES, ENDS), max_size=24), st.sampled_from(["", "\ufeff"])).map(
    lambda t: t[1] + "".join(a + b for a, b in t[0])
)


def texts(made: Manuscript) -> list[str]:
    return [p.text for p in made.pieces]


def read(text: str = BOOK) -> Manuscript:
    return manuscript(text.encode())


def test_the_pieces_of_a_book() -> None:
    assert [p.kind for p in read().pieces] == [
        "gap", "chapter", "narration", "block", "plate", "break", "chapter", "list", "heading", "narration",
    ]  # fmt: skip
    assert read().pieces[1].text == "# The  lockout\n<!-- moment 2ffb8c1521ab -->"
    assert chapters(read()) == [(0, 1), (1, 6), (6, 10)]


@given(TEXTS)
def test_reading_then_writing_gives_the_same_bytes(text: str) -> None:
    data = text.encode()
    assert written(manuscript(data)) == data


@given(st.binary(max_size=60))
@example(b"\x00\r\x00")
def test_whatever_is_read_is_written_or_refused(data: bytes) -> None:
    with contextlib.suppress(BadFile):
        assert written(manuscript(data)) == data


@given(TEXTS, st.data())
def test_a_change_leaves_every_other_piece_as_it_was(text: str, data: st.DataObject) -> None:
    made = read(text)
    count = len(made.pieces)
    first = data.draw(st.integers(0, count))
    last = data.draw(st.integers(first, min(first + 3, count)))
    to = data.draw(st.integers(0, count))
    what = data.draw(st.sampled_from(["move", "remove", "insert", "rewrite"]))
    try:
        if what == "move":
            after = moved(made, first, last, to)
            assert sorted(texts(after)) == sorted(texts(made))
        elif what == "remove":
            assert texts(removed(made, first, last)) == texts(made)[:first] + texts(made)[last:]
        elif what == "insert":
            assert texts(inserted(made, first, "A new line.")) == [
                *texts(made)[:first], "A new line.", *texts(made)[first:],
            ]  # fmt: skip
        elif first < count:
            assert texts(rewritten(made, first, "# Anew"))[:first] == texts(made)[:first]
    except UsageError:
        pass  # refused: something else would have read otherwise


def test_a_block_is_moved_and_moved_back_to_the_same_bytes() -> None:
    made = read()
    there = moved(made, 3, 4, 9)
    assert texts(there)[8] == texts(made)[3]
    assert written(moved(there, 8, 9, 3)).count(b"\n") >= BOOK.count("\n") - 1
    assert texts(moved(there, 8, 9, 3)) == texts(made)


def test_a_chapter_is_moved_with_all_its_pieces() -> None:
    made = read()
    after = moved(made, *chapters(made)[2], 1)
    assert [c.title for c in arrangement(after).chapters] == ["", "Noon", "The  lockout"]
    assert b"[e]: https://example.org" in written(after)


def test_what_is_not_printed_stays_when_its_piece_is_taken_out() -> None:
    assert b"[e]: https://example.org" in written(removed(read(), 9, 10))


def test_lines_end_as_the_file_has_them() -> None:
    made = read(BOOK.replace("\n", "\r\n"))
    after = written(inserted(made, 3, "One line,\nand another.\n"))
    assert b"One line,\r\nand another.\r\n\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_what_would_swallow_the_rest_is_refused() -> None:
    with pytest.raises(UsageError, match="Nothing was changed"):
        inserted(read(), 2, "<!-- never closed")
    with pytest.raises(UsageError):
        rewritten(read(), 2, "```\nnever closed")
    with pytest.raises(UsageError):
        moved(read(), 3, 4, 99)


def test_a_paragraph_is_written_anew_and_nothing_else() -> None:
    after = written(rewritten(read(), 2, "It had *not* rained."))
    assert after.decode() == BOOK.replace("It had rained\nsince Tuesday.", "It had *not* rained.")


def test_an_empty_book_takes_its_first_piece() -> None:
    assert written(inserted(read(""), 0, "# First")) == b"# First\n"
    assert written(inserted(read("<!-- vivavoce book 1 -->"), 0, "# First")) == b"<!-- vivavoce book 1 -->\n\n# First\n"
