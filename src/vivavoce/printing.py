"""How listings are printed: one JSON object a line, CSV, or a table on a terminal; messages go to standard error."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from vivavoce.accounts import Ground
    from vivavoce.listing import Explained

Row = tuple[str, ...]
BESIDE = 30  # characters that are shown on either side of a piece of evidence


def say(sentence: str) -> None:
    """One sentence to the user, on standard error."""
    sys.stderr.write(_plain(sentence.rstrip()) + "\n")
    sys.stderr.flush()


def json_lines(values: Iterable[object]) -> None:
    """Each value as one JSON object a line, UTF-8."""
    encoder = msgspec.json.Encoder()
    out = sys.stdout.buffer
    for value in values:
        out.write(encoder.encode(value) + b"\n")
    out.flush()


def csv_table(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A table as CSV with a heading. A cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow("'" + cell if cell[:1] in "=+-@\t\r" and cell else cell for cell in row)


def table(columns: Sequence[str], rows: Iterable[Row], wide: int, most: int = 0) -> None:
    """A table for reading; the column of index `wide` takes the room that is left, the others at most `most` (0: an
    even share)."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Into a file or a pipe a table goes in full; on a terminal it shares the width, the wide column most of it.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    most = most or max(12, console.width // (len(columns) + (2 if sys.stdout.isatty() else 0)))
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        shown.add_column(name, ratio=1 if i == wide else None, overflow="fold", max_width=None if i == wide else most)
    for row in rows:
        shown.add_row(*(Text(_plain(cell)) for cell in row))
    console.print(shown)


def _plain(cell: str) -> str:
    """Control characters of a source must not reach the terminal as commands."""
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in cell)


def clock(seconds: float) -> str:
    """Seconds as h:mm:ss or m:ss."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def hours(seconds: float) -> str:
    """Seconds as they are told: "3.5 hours", "12 minutes", "40 seconds"."""
    if seconds >= 5400:
        return f"{seconds / 3600:.1f} hours"
    return (
        many(round(seconds / 60), "minute", "minutes") if seconds >= 60 else many(round(seconds), "second", "seconds")
    )


def many(count: int, one: str, more: str) -> str:
    """So many of something."""
    return f"{count:,} {one if count == 1 else more}"


def shortened(text: str, most: int = 240) -> str:
    """The text on one line, cut at a word when it is longer than `most` code points."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def explanations(values: Iterable[Explained]) -> None:
    """Quotations with who might have said each: the one that was held to, its ground, then the others."""
    for value in values:
        q = value.quote
        who = q.person.name if q.person else "nobody who is sure"
        where = f"{q.source}, {q.spans[0][0]}–{q.spans[-1][1]}, {q.kind}, {q.id}"
        held = f"held to be said by {who} ({q.confidence:.2f}, {q.engine}): {'; '.join(q.why)}"
        sys.stdout.write(f"“{_plain(q.text)}”\n  {_plain(where)}\n  {_plain(held)}\n")
        for c in value.candidates:
            at = f" “{_plain(c.mention.text)}” at {c.mention.start}" if c.mention else ""
            sys.stdout.write(f"    {c.score:.2f}  {_plain(c.name) or '?'}{at}: {_plain('; '.join(c.why))}\n")
        sys.stdout.write("\n")


def grounds_told(values: Iterable[Ground], texts: Mapping[str, str]) -> None:
    """Moments with what their accounts share, each piece of it with its places, and what is near to them."""
    for value in values:
        out = [f"{value.title} ({value.id})"]
        for a in value.accounts:
            out.append(
                f"  {a.person.name if a.person else 'the article'}: {a.source}, {a.spans[0][0]}–{a.spans[-1][1]}"
            )
        out.append("together, for")
        out += [f"  {line}" for line in value.why]
        for s in value.shared:
            out.append(f"  {s.kind} “{s.said}”")
            for e in s.evidence:
                text = texts[e.source]
                beside = text[max(0, e.start - BESIDE) : e.end + BESIDE]
                out.append(f"    {e.source}, {e.start}–{e.end}: … {' '.join(beside.split())} …")
        if value.near:
            out.append("near, and kept apart")
        for n in value.near:
            out.append(f"  {n.likeness:.2f}  {n.title} ({n.id}): {', '.join(n.both)}; {n.apart}")
        sys.stdout.write("\n".join(_plain(line) for line in out) + "\n\n")
