"""How long the editions of a long book take: `python benchmarks/book.py [--blocks N]` prints a table.

The book is made up: N blocks of quotation with a note each, in chapters of forty.
`beside reading`: how many times as long as reading the same words from a file does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "book"))

from vivavoce.book.edition import Edition, Note, Part
from vivavoce.engines import engine

FLOORS = {"pdf": 5.0, "epub": 2.0, "html": 2.0, "docx": 5.0}
CHAPTER = 40
WORDS = "We stood at the gate till noon, all of us, and nobody came, and somebody said “so” and went home. "


def long_book(blocks: int) -> Edition:
    """An edition of that many blocks, each of 60 words or so."""
    sample = import_module("editions")
    said = [replace(sample.speech(n, WORDS * (2 + n % 3)), id=f"b-{n}") for n in range(1, blocks + 1)]
    parts = tuple(
        Part(f"c{at}", f"Chapter {at // CHAPTER + 1}", tuple(said[at : at + CHAPTER]))
        for at in range(0, blocks, CHAPTER)
    )
    notes = tuple(Note(n, s.id, f"Ida Fell, “At the gate”, 3 May 2021, 0:{n % 60:02}") for n, s in enumerate(said, 1))
    index = tuple(replace(e, pieces=tuple(s.id for s in said[::9])) for e in sample.edition().index)
    return replace(sample.edition(), parts=parts, notes=notes, index=index)


def words_of(book: Edition) -> str:
    """All quoted words."""
    return "\n".join(
        r.text for part in book.parts for s in part.pieces for p in getattr(s, "paragraphs", ()) for r in p
    )


def timed(book: Edition, folder: Path) -> Iterator[tuple[str, float, int]]:
    """What was made, the seconds it took (the first time: Typst keeps what it has set), and its bytes."""
    plain = folder / "words.txt"
    plain.write_text(words_of(book), "utf-8")
    for name in ("reading", *FLOORS):
        begin = perf_counter()
        made = plain.read_text("utf-8").split() if name == "reading" else engine("book", name)(book, folder)
        yield name, perf_counter() - begin, plain.stat().st_size if name == "reading" else len(made)


def main() -> int:
    """Print the table; 1 where an edition takes longer than it may."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--blocks", type=int, default=1000)
    book = long_book(asked.parse_args().blocks)
    slow, base = 0, 1.0
    print(
        f"{len(book.notes)} blocks, {len(words_of(book).split())} words\n\n| edition | seconds | beside reading | kB |"
    )
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds, size in timed(book, Path(folder)):
            base = seconds if name == "reading" else base
            slow += seconds > FLOORS.get(name, 1.0)
            print(f"| {name} | {seconds:.3f} | {seconds / base:,.0f} | {size / 1000:,.0f} |", flush=True)
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
