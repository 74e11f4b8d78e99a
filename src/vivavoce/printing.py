"""How listings are printed: one JSON object a line, CSV, or a table on a terminal; messages go to standard error."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from rich.text import Text

    from vivavoce.accounts import Ground
    from vivavoce.accounts.explain import Join
    from vivavoce.listing import Explained
    from vivavoce.model import EditKind, FrameKind, Trace
    from vivavoce.traces import Run

Row = tuple[str, ...]
# What a cell begins with that a spreadsheet takes for a formula, or passes over before one; the wide signs too.
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
BESIDE = 30  # characters that are shown on either side of a piece of evidence
# How a change looks: on the side of what was said, and of what is printed.
LOOKS = {
    "same": ("", ""),
    "drop": ("strike red", ""),
    "add": ("", "underline green"),
    "replace": ("strike red", "underline green"),
    "move": ("yellow", "underline yellow"),
}
TURNS: dict[EditKind, str] = {  # changes that may turn the sense, and what is said of them
    "sense": "A word that denies or supposes is lost or put in: the sense may be turned round.",
    "number": "A number was changed.",
    "name": "A name was changed or put in.",
}
FRAMES: dict[FrameKind, str] = {
    "denied": "denies",
    "doubted": "doubts",
    "supposed": "only supposes",
    "asked": "asks",
    "reported": "reports",
}
ALARM = " bold reverse"  # besides, where it may turn the sense round
SIGNS = {"drop": ("[-", "-]"), "add": ("{+", "+}"), "move": ("<~", "~>")}


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
        writer.writerow("'" + cell if cell.startswith(FORMULAS) else cell for cell in row)


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


def join_told(join: Join | None, called: Mapping[str, str]) -> list[str]:
    """By which other an account was joined, how likely, and for what. `called`: account -> how it is told."""
    if join is None:
        return []
    if not join.by:
        return ["compared with no other: it stands with what was told beside it"]
    why = f", for {'; '.join(join.why)}" if join.why else ""
    return [f"by {called[join.by]}: {join.likely:.2f} likely of one event{why}"]


def grounds_told(values: Iterable[Ground], texts: Mapping[str, str]) -> None:
    """Moments with what their accounts share, each piece of it with its places, and what is near to them."""
    for value in values:
        out = [f"{value.title} ({value.id})"]
        joined = {j.account: j for j in value.joined}
        called = {a.id: f"{a.person.name if a.person else 'the article'}: {a.source}" for a in value.accounts}
        for a in value.accounts:
            out.append(f"  {called[a.id]}, {a.spans[0][0]}–{a.spans[-1][1]}")
            out += [f"    {line}" for line in join_told(joined.get(a.id), called)]
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


def compared_words(traces: Iterable[Trace], texts: Mapping[str, str]) -> None:
    """What was said beside what is printed, for each quotation that was found in other words or is asked for alone:
    changes in colours on a terminal, in signs ([-left out-] {+put in+} <~moved~>) elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from vivavoce.traces import compared

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    coloured = console.is_terminal and not console.no_color
    for t in traces:
        head = Text(_plain(f"{class_of(t)}: {', '.join(_places(t)) or 'nowhere'}"), style="bold")
        shown = Table.grid(padding=(0, 3), expand=True)
        shown.add_column(ratio=1, overflow="fold")
        shown.add_column(ratio=1, overflow="fold")
        shown.add_row(Text(_said(t), style="dim"), Text(_printed(t), style="dim"))
        runs = compared(t, texts)
        if runs:
            shown.add_row(_side(runs, 0, coloured), _side(runs, 1, coloured))
        else:
            near = t.nearest and texts[t.nearest.source][slice(*t.nearest.span)]
            shown.add_row(Text(_plain(" ".join((near or "").split()))), Text(_plain(" ".join(t.text.split()))))
        console.print(head)
        console.print(shown)
        for sentence in warnings_of(t, texts):
            console.print(Text(sentence, style="bold red"))
        console.print()


def warnings_of(t: Trace, texts: Mapping[str, str]) -> list[str]:
    """What a fact-checker must not overlook in a trace; `texts`: those of the sources of its places."""
    kinds = {e.kind for e in t.edits}
    out = [sentence for kind, sentence in TURNS.items() if kind in kinds]
    for f in t.frames:
        words = " ".join(texts[t.places[f.place].source][slice(*f.at)].split())
        by = f": “{words}”" if any(c.isalnum() for c in words) else ""
        out.append(f"The sentence that it was taken out of {FRAMES[f.kind]} it{by}.")
    if t.cls == "misattributed":
        out.append(f"Printed as {t.speaker}'s; said by {t.said_by}.")
    if t.why:
        out.append(f"{t.why[:1].upper()}{t.why[1:]}.")
    return [_plain(sentence) for sentence in out]


def class_of(t: Trace) -> str:
    """The class of a trace, what its sentences say of it, or that it is too short to have one."""
    from vivavoce.traces import TOO_SHORT

    if t.why == TOO_SHORT:
        return "too short"
    return ", ".join((t.cls, *dict.fromkeys(f.kind for f in t.frames)))


def _said(t: Trace) -> str:
    if not t.places:
        return _plain(f"nearest ({t.nearest.score:.2f} of its words): {t.nearest.source}") if t.nearest else ""
    return _plain(f"said by {who}" if (who := tellers(t)) else "said")


def tellers(t: Trace) -> str:
    """Who says the places of a trace, each once, in printed order."""
    return ", ".join(dict.fromkeys(p.person for p in t.places if p.person)) or t.said_by


def _printed(t: Trace) -> str:
    return _plain(f"printed as {t.speaker}'s" if t.speaker else "printed")


def _places(t: Trace) -> list[str]:
    return [f"{p.source} {clock(p.time[0]) if p.time else f'{p.span[0]}–{p.span[1]}'}" for p in t.places]


def _side(runs: Sequence[Run], side: int, coloured: bool) -> Text:
    """One side of a comparison: 0 what was said, 1 what is printed; another place begins on a line of its own."""
    from rich.text import Text

    out, place = Text(), 0
    for run in runs:
        words = (run.said, run.printed)[side]
        if run.place != place:
            out.append("\n")
            place, words = run.place, words.lstrip()
        _add(out, _one_line(words), run, side, coloured)
    return out


def _add(out: Text, words: str, run: Run, side: int, coloured: bool) -> None:
    """Put a run's words behind the others, its look on the words alone and not on the space round them."""
    bare = words.strip()
    if not bare or run.op == "same":
        out.append(words)
        return
    sign = SIGNS[run.op] if run.op in SIGNS else SIGNS["add" if side else "drop"]
    opens, closes = ("", "") if coloured else sign
    look = LOOKS[run.op][side] + (ALARM if run.kind in TURNS else "")
    lead, rest = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    out.append(lead).append(f"{opens}{bare}{closes}", look).append(rest)


def _one_line(words: str) -> str:
    """Words with every white space one space, and no sign that a terminal would obey."""
    return _plain(re.sub(r"\s+", " ", words))
