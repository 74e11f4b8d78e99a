"""From the words of pages, each with its box, to paragraphs: columns, running heads, words broken at line ends.

Boxes are in points, (0, 0) at the top left of a page. The rules are those of typesetting, not of one program: what
spans a gutter divides columns; a line that had room for the next word was ended on purpose; what comes again at the
same height at the edge of pages is no text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from vivavoce.model import BlockKind, Warning, folded
from vivavoce.sources import labels, press, written
from vivavoce.sources.written import Paragraph

HYPHENS = "-\x02\u00ad\u2010"
NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|pagina)\s*)?(\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s*(?:of|/|von|de)\s*\d{1,4})?\W*$", re.I
)
EDGE = re.compile(r"^(\d{1,4})\b|\b(\d{1,4})$")
DIGITS = re.compile(r"\d+")
MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])(?:[.)]|\s|$)|(?:\d{1,3}|[*†‡§¶]{1,3})(?=[^\W\d_]|[“‘\"'])")
NOTE_SIGN = re.compile(r"[\d*†‡§¶,]{1,5}$")
WORD = re.compile(r"[^\W\d_]+")
STOPS = ".!?…:;"
# Left parts that keep their hyphen when a line ends after it.
FIRSTS = "self half well all quasi vice long so twenty thirty forty fifty sixty seventy eighty ninety"
COMPOUND = frozenset(FIRSTS.split(" "))
ENDINGS = frozenset(("ish", "ly", "er", "est", "ing", "ed", "ness", "fully", "less", "tieth", "ties", "itude", "ever"))
WIDEST = 20_000  # points: seven metres
PAGE_EDGE = 0.13  # the share of a page's height in which running heads stand


class Word(NamedTuple):
    """A word and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False


class Sheet(NamedTuple):
    """A page: its label in the file, its size, its words in the file's order; `drawn`: it has pictures but no words."""

    label: str
    width: float
    height: float
    words: tuple[Word, ...]
    drawn: bool = False
    broken: bool = False


class Line(NamedTuple):
    """A line of a column: its words, its box, the edges of its column and the number of its page."""

    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    left: float
    right: float
    page: int
    column: int = 0

    @property
    def bold(self) -> int:
        """How many characters at its beginning are bold."""
        at = 0
        for word in self.words:
            if not word.bold:
                return at
            at += len(word.text) + 1
        return len(self.text)


class Read(NamedTuple):
    """What pages hold: paragraphs, and what is to be told of what was left out."""

    paragraphs: list[Paragraph]
    warnings: list[Warning]


def read(sheets: Sequence[Sheet]) -> Read:
    """The paragraphs of pages, in reading order, with the pages they stand on."""
    given = [_runs(_plain(sheet.words)) for sheet in sheets]
    pages = [_lines(runs, gutters, at) for at, (runs, gutters) in enumerate(zip(given, _divisions(given), strict=True))]
    heads = _running(pages, sheets)
    names = _numbers(pages, heads, sheets)
    flow = [_edged([line for line in page if _key(line) not in heads]) for page in pages]
    body = _usual(line for page in flow for line in page)
    paragraphs = _paragraphs(flow, body, sheets)
    known = Counter(w.casefold() for p in paragraphs for line in p for w in _whole_words(line))
    made = [_made(p, body, known, names) for p in paragraphs]
    return Read(_headed(made, paragraphs, body), _left_out(pages, heads))


def _edged(lines: list[Line]) -> list[Line]:
    """The lines of a page with the edges of their columns as they are without running heads."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    edges = {at: (min(o.x0 for o in own), _right([o.words for o in own])) for at, own in columns.items()}
    return [line._replace(left=edges[line.column][0], right=edges[line.column][1]) for line in lines]


def _usual(lines: Iterator[Line]) -> float:
    """The size in which most is set."""
    count: Counter[float] = Counter()
    for line in lines:
        count[round(line.size * 2) / 2] += len(line.text)
    return max(sorted(count), key=lambda size: count[size], default=10.0)


# --- lines and columns -------------------------------------------------------------------------------------


def _lines(runs: Sequence[list[Word]], gutters: list[float], page: int) -> list[Line]:
    """The lines of a page in reading order: above one another, column by column between what spans them."""
    bands: list[list[list[list[Word]]]] = [[[] for _ in range(len(gutters) + 1)]]
    for run in sorted(runs, key=lambda r: (round(r[0].top, 1), r[0].x0)):
        if any(run[0].x0 < g - 2 and run[-1].x1 > g + 2 for g in gutters):
            bands += [[[run]], [[] for _ in range(len(gutters) + 1)]]
        else:
            middle = (run[0].x0 + run[-1].x1) / 2
            bands[-1][sum(middle > g for g in gutters)].append(run)
    found: list[Line] = []
    for number, band in enumerate(_joined(bands)):
        for at, column in enumerate(band):
            found += _column(column, page, number * 10 + at)
    return found


def _joined(bands: list[list[list[list[Word]]]]) -> list[list[list[list[Word]]]]:
    """Bands, those that span and follow one another made one."""
    found: list[list[list[list[Word]]]] = []
    for band in bands:
        if not any(band):
            continue
        if found and len(band) == 1 and len(found[-1]) == 1:
            found[-1][0] += band[0]
        else:
            found.append([list(column) for column in band])
    return found


def _plain(words: Sequence[Word]) -> list[Word]:
    """Words without the raised signs of footnotes; a raised end of a word ("1st") is put back to it."""
    found: list[Word] = []
    for at, word in enumerate(words):
        last, after = found[-1] if found else None, words[at + 1] if at + 1 < len(words) else None
        if last is not None and _raised(word, last) and -1 < word.x0 - last.x1 < 0.35 * last.size:
            if not NOTE_SIGN.match(word.text):
                found[-1] = last._replace(text=last.text + word.text, x1=word.x1)
        elif after is not None and _raised(word, after) and -1 < after.x0 - word.x1 < 0.6 * after.size:
            found.append(word._replace(top=after.top, bottom=after.bottom, size=after.size))
        else:
            found.append(word)
    return found


def _raised(word: Word, by: Word) -> bool:
    """Is a word smaller than the one beside it, and above its line?"""
    return word.size < 0.8 * by.size and by.top < word.bottom < by.bottom - 0.15 * by.size


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand in a row with no more than a space between them."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and _level(last, word) and -0.5 * word.size < word.x0 - last.x1 < 0.9 * max(word.size, last.size):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _level(a: Word, b: Word) -> bool:
    """Do two words stand on one line?"""
    return abs(a.bottom - b.bottom) < 0.45 * min(a.size, b.size) or abs(
        a.top + a.bottom - b.top - b.bottom
    ) < 0.5 * min(a.size, b.size)


def _divisions(pages: Sequence[Sequence[Sequence[Word]]]) -> list[list[float]]:
    """The gutters of each page. A page on which the last column is short has those of another page of its kind."""
    covers = [_cover(runs) for runs in pages]
    found = [_gutters(runs, cover) for runs, cover in zip(pages, covers, strict=True)]
    usual = Counter(tuple(round(g) for g in gutters) for gutters in found if gutters).most_common(3)
    for at, (gutters, cover) in enumerate(zip(found, covers, strict=True)):
        for same, _ in usual if not gutters else ():
            few = max(2, 0.12 * max(cover, default=0))
            if all(g + 2 < len(cover) and max(cover[g - 2 : g + 3]) <= few for g in same):
                found[at] = [float(g) for g in same]
                break
    return found


def _cover(runs: Sequence[Sequence[Word]]) -> list[int]:
    """How many runs of words stand above each point of a page's width."""
    width = int(max(min(max((run[-1].x1 for run in runs), default=0), WIDEST), 0)) + 2
    steps = [0] * (width + 1)
    for run in runs:
        steps[min(max(int(run[0].x0), 0), width)] += 1
        steps[min(max(int(run[-1].x1) + 1, 0), width)] -= 1
    return list(accumulate(steps))[:width]


def _gutters(runs: Sequence[Sequence[Word]], cover: Sequence[int]) -> list[float]:
    """Where between columns nothing stands, but for what spans them: x of the middle of each gutter."""
    most = max(cover, default=0)
    if most < 6:
        return []
    inked = [x for x, n in enumerate(cover) if n]
    low, high = inked[0], inked[-1]
    found: list[float] = []
    start = None
    for x in range(low, high + 1):
        empty = cover[x] <= 0.12 * most
        if empty and start is None:
            start = x
        elif not empty and start is not None:
            if x - start >= 6:
                found.append((start + x) / 2)
            start = None
    return _columns(runs, found, low, high)


def _columns(runs: Sequence[Sequence[Word]], gutters: list[float], low: float, high: float) -> list[float]:
    """Those gutters that have a column of text on both sides: as labels before words, or a table's cells, have not."""
    if not gutters:
        return []
    edges = [low, *gutters, high]
    for left, right in pairwise(edges):
        inside = [r for r in runs if r[0].x0 >= left - 2 and r[-1].x1 <= right + 2]
        widths = sorted(r[-1].x1 - r[0].x0 for r in inside)
        if right - left < 0.17 * (high - low) or len(inside) < 4 or widths[len(widths) // 2] < 0.5 * (right - left):
            # Not a column: try without the gutters round it.
            fewer = [g for g in gutters if g not in (left, right)]
            return _columns(runs, fewer, low, high) if len(fewer) < len(gutters) else []
    return gutters


def _column(runs: list[list[Word]], page: int, number: int) -> list[Line]:
    """The lines of one column, from the top."""
    rows: list[list[Word]] = []
    for run in sorted(runs, key=lambda r: (r[0].bottom, r[0].x0)):
        if rows and _level(rows[-1][0], run[0]):
            rows[-1] += run
        else:
            rows.append(list(run))
    if not rows:
        return []
    rows = [sorted(row, key=lambda w: w.x0) for row in _capped(rows)]
    left, right = min(row[0].x0 for row in rows), _right(rows)
    return [_line(row, left, right, page, number) for row in rows]


def _capped(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows with an initial over several lines put before the word that it begins."""
    for at, row in enumerate(rows):
        cap = row[0]
        if len(row) > 1 and len(cap.text) <= 2 and cap.text[-1:].isalpha() and cap.size > 1.7 * row[1].size:
            beside = (r for r in rows[max(at - 5, 0) : at] if r and r[0].top >= cap.top - 6)
            first = next(beside, row)
            if first is not row:
                first.insert(0, cap._replace(size=first[0].size))
                rows[at] = row[1:]
        elif len(row) == 1 and cap.text.isalpha() and len(cap.text) == 1 and at > 0:
            above = [
                r for r in rows[max(at - 5, 0) : at] if r and r[0].top >= cap.top - 6 and cap.size > 1.7 * r[0].size
            ]
            if above:
                above[0].insert(0, cap._replace(size=above[0][0].size))
                rows[at] = []
    return [row for row in rows if row]


def _right(rows: Sequence[Sequence[Word]]) -> float:
    """The right edge of a column: where its longest lines end, but for a few that stick out."""
    ends = sorted(row[-1].x1 for row in rows)
    return ends[min(int(len(ends) * 0.95), len(ends) - 1)]


def _line(row: Sequence[Word], left: float, right: float, page: int, column: int) -> Line:
    parts: list[str] = []
    for at, word in enumerate(row):
        tight = at > 0 and row[at - 1].text[-1:] == "\x02" and word.x0 - row[at - 1].x1 < 0.1 * word.size
        initial = at == 1 and len(row[0].text) == 1 and row[0].top < word.top - 2 and row[0].bottom > word.bottom + 2
        parts.append(word.text if at == 0 or tight or initial else " " + word.text)
    size = max(sorted({w.size for w in row}), key=lambda s: sum(len(w.text) for w in row if w.size == s))
    top, bottom = min(w.top for w in row), max(w.bottom for w in row)
    return Line(tuple(row), "".join(parts), row[0].x0, top, row[-1].x1, bottom, size, left, right, page, column)


# --- running heads and page numbers ------------------------------------------------------------------------

Key = tuple[int, float, float]


def _key(line: Line) -> Key:
    return line.page, line.top, line.x0


def _outer(page: Sequence[Line], sheet: Sheet) -> list[list[Line]]:
    """The rows at the upper and the lower edge of a page, outermost first; a row may lie over several columns."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: (line.bottom, line.x0)):
        if rows and abs(rows[-1][0].bottom - line.bottom) < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    top = [row for row in rows[:3] if row[0].top < PAGE_EDGE * sheet.height]
    low = [row for row in rows[::-1][:3] if row[0].bottom > (1 - PAGE_EDGE) * sheet.height]
    return top + low


def _said(row: Sequence[Line]) -> str:
    return " ".join(line.text for line in row)


def _bare(text: str) -> str:
    """The words of a running head without numbers."""
    return " ".join(DIGITS.sub(" ", folded(text)).split())


def _running(pages: Sequence[Sequence[Line]], sheets: Sequence[Sheet]) -> set[Key]:
    """Lines that are no text: what comes again at the same height at the edge of pages, and numbers of pages."""
    outer = [_outer(page, sheet) for page, sheet in zip(pages, sheets, strict=True)]
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for at, rows in enumerate(outer):
        for row in rows:
            for near in (-1, 0, 1):
                seen[_bare(_said(row)), round(row[0].bottom / 4) + near].add(at)
    counted = Counter(n - at for at, rows in enumerate(outer) for row in rows for n in _edges(_said(row)))
    found: set[Key] = set()
    for at, (rows, page) in enumerate(zip(outer, pages, strict=True)):
        for row in rows:
            said = _said(row)
            again = bool(_bare(said)) and len(seen[_bare(said), round(row[0].bottom / 4)]) > 1
            runs_on = len(said) < 100 and any(counted[n - at] > 1 for n in _edges(said))
            if (again or runs_on or NUMBER.match(said)) and _apart(row, page, found):
                found |= {_key(line) for line in row}
    return found


def _edges(text: str) -> set[int]:
    """The numbers with which a row begins or ends."""
    return {int(n) for m in EDGE.finditer(text.strip(" -–—|•")) for n in m.groups() if n}


def _apart(row: Sequence[Line], page: Sequence[Line], known: set[Key]) -> bool:
    """Does a row at the edge stand apart from the text, by a gap or by its size?"""
    line = row[0]
    others = [o for o in page if o not in row and _key(o) not in known]
    if not others:
        return True
    near = min(others, key=lambda o: min(abs(o.top - line.bottom), abs(line.top - o.bottom)))
    gap = max(near.top - line.bottom, line.top - near.bottom)
    return gap > 0.4 * line.size or abs(near.size - line.size) > 0.06 * near.size


def _numbers(pages: Sequence[Sequence[Line]], heads: set[Key], sheets: Sequence[Sheet]) -> list[str]:
    """What each page is called: by its printed number where the numbers run on, else as the file calls it."""
    printed: Counter[int] = Counter()
    for at, page in enumerate(pages):
        texts = [line.text.strip(" -–—|•") for line in page if _key(line) in heads]
        found = {n for text in texts for n in _edges(text)}
        found |= {int(m[1]) for text in texts if (m := NUMBER.match(text)) and m[1].isdecimal()}
        printed.update(n - at for n in found)
    offset, times = max(sorted(printed.items()), key=lambda item: item[1], default=(0, 0))
    if times >= max(2, 0.5 * len(pages)) or (len(pages) == 1 and times == 1):
        return [str(at + offset) if at + offset > 0 else sheet.label for at, sheet in enumerate(sheets)]
    return [sheet.label for sheet in sheets]


def _left_out(pages: Sequence[Sequence[Line]], heads: set[Key]) -> list[Warning]:
    words = [line.text for page in pages for line in page if _key(line) in heads and not NUMBER.match(line.text)]
    kinds = list(dict.fromkeys(DIGITS.sub("", text).strip(" -–—|•,") for text in words))
    if not kinds:
        return []
    told = "; ".join(f"“{kind[:80]}”" for kind in kinds[:5] if kind)
    return [Warning(f"running heads and page numbers are no text and are left out: {told}")]


# --- paragraphs --------------------------------------------------------------------------------------------


def _paragraphs(flow: Sequence[Sequence[Line]], body: float, sheets: Sequence[Sheet]) -> list[list[Line]]:
    """The lines of each paragraph; notes at the foot of a page stand behind the paragraph that runs over its end."""
    leading = _leading(flow, body)
    indents = _indents(flow, body)
    again = _again(flow)
    found: list[list[Line]] = []
    notes: list[list[Line]] = []
    open_: list[Line] = []
    for page, sheet in zip(flow, sheets, strict=True):
        feet = _feet(page, body, sheet)
        for line in page:
            if _key(line) in feet:
                if notes and notes[-1][-1].page == line.page and not MARK.match(line.text):
                    notes[-1].append(line)
                else:
                    notes.append([line])
            elif open_ and not _breaks(open_, line, leading, indents, again):
                open_.append(line)
            else:
                found += [open_] if open_ else []
                found, notes = found + notes, []
                open_ = [line]
    return found + ([open_] if open_ else []) + notes


def _leading(flow: Sequence[Sequence[Line]], body: float) -> float:
    """The usual distance from line to line."""
    count: Counter[float] = Counter()
    for page in flow:
        for a, b in pairwise(page):
            if a.column == b.column and abs(a.size - body) < 0.6 and abs(b.size - body) < 0.6 and b.bottom > a.bottom:
                count[round((b.bottom - a.bottom) * 2) / 2] += 1
    common = [step for step, n in count.items() if n >= 0.2 * max(count.values())]
    return min(common, default=1.2 * body)


def _indents(flow: Sequence[Sequence[Line]], body: float) -> bool:
    """Do paragraphs begin with an indent?"""
    lines = [line for page in flow for line in page if abs(line.size - body) < 0.6]
    return sum(_indented(line) for line in lines) > 0.06 * len(lines)


def _indented(line: Line) -> bool:
    return 0.6 * line.size < line.x0 - line.left < 5 * line.size


def _again(flow: Sequence[Sequence[Line]]) -> set[str]:
    """Labels, with a colon or in a column of their own, that begin more than one line: speakers', most likely."""
    count = Counter(label for page in flow for line in page if (label := _label(line.text) or _beside(line)))
    return {label for label, n in count.items() if n > 1}


def _label(text: str) -> str:
    stamp = written.STAMP.match(text)
    found = labels.headed(text, stamp.end() if stamp else 0)
    letter = re.match(r"([QA])\.\s", text)
    if letter:
        return letter[1]
    return labels.key(found[0]) if found and labels.label_like(found[0]) else ""


def _beside(line: Line) -> str:
    """The label that stands in a column of its own, left of the words; "" where there is none."""
    return labels.key(line.text[: _hung(line)])


def _hung(line: Line) -> int:
    """How many characters at the beginning of a line are a label that stands apart from the words."""
    at = 0
    for word, after in list(pairwise(line.words))[:5]:
        at += len(word.text) + 1
        if after.x0 - word.x1 > 1.1 * word.size and line.x0 - line.left < 0.5 * line.size:
            return at if labels.label_like(line.text[:at].strip(" :")) else 0
    return 0


def _feet(page: Sequence[Line], body: float, sheet: Sheet) -> set[Key]:
    """The lines of footnotes: small, at the foot of a page, the first with a sign."""
    found: set[Key] = set()
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in page:
        columns[line.column].append(line)
    for lines in columns.values():
        small: list[Line] = []
        for line in reversed(lines):
            if line.size > 0.93 * body:
                break
            small.append(line)
        small.reverse()
        while small and not MARK.match(small[0].text):
            small.pop(0)
        if small and small[-1].bottom > 0.6 * sheet.height:
            found |= {_key(line) for line in small}
    return found


def _breaks(open_: Sequence[Line], line: Line, leading: float, indents: bool, again: set[str]) -> bool:
    """Does a new paragraph begin with a line?"""
    last = open_[-1]
    if abs(last.size - line.size) > 0.07 * max(last.size, line.size):
        return True
    whole, own = last.bold >= len(last.text), line.bold >= len(line.text)
    if (
        whole != own
        and (whole or len(open_) > 1 or not _label(open_[0].text))
        and (own or len(open_) == sum(1 for o in open_ if o.bold >= len(o.text)))
    ):
        return True
    if {_label(line.text), _beside(line)} & again:
        return True
    if 0 < line.bold < len(line.text) and labels.label_like(line.text[: line.bold].strip(" :")) and _ended(last.text):
        return True
    if last.page == line.page and last.column == line.column and line.bottom > last.bottom:
        return _breaks_below(open_, last, line, leading, indents)
    if last.page == line.page and last.column // 10 != line.column // 10:
        return True
    if last.text[-1:] in HYPHENS or not _ended(last.text):
        return _roomy(last, line) and line.text[:1].isupper() and not indents
    return _indented(line) if indents and not _roomy(last, line) else True


def _breaks_below(open_: Sequence[Line], last: Line, line: Line, leading: float, indents: bool) -> bool:
    """Does a paragraph begin with the next line below?"""
    step = line.bottom - last.bottom
    usual = leading * max(line.size / max(last.size, 1), 1) if line.size > last.size else leading
    if step > max(1.35 * usual, 1.35 * line.size):
        return True
    hanging = len(open_) == 1 and not _indented(open_[0]) and _indented(line) and not indents
    if _indented(line) and not _indented(last) and not hanging:
        return True
    return _ended(last.text) and _roomy(last, line)


def _roomy(last: Line, line: Line) -> bool:
    """Had a line room for the first word of the next one, so that it was ended on purpose?"""
    first = line.words[0]
    return last.x1 + 0.3 * last.size + (first.x1 - first.x0) < last.right - 0.6 * last.size


def _ended(text: str) -> bool:
    return text.rstrip(press.CLOSERS)[-1:] in STOPS


# --- words -------------------------------------------------------------------------------------------------


def _whole_words(line: Line) -> Iterator[str]:
    """The words of a line but for one that is broken at its end."""
    words = line.text.split(" ")
    if words and words[-1][-1:] in HYPHENS:
        words.pop()
    for word in words:
        bare = word.strip("\"'“”‘’«»()[].,;:!?…")
        if bare:
            yield bare


TAIL = 100  # characters of a paragraph in which its last word stands


def _made(lines: Sequence[Line], body: float, known: Counter[str], names: Sequence[str]) -> Paragraph:
    """A paragraph's text from its lines, with the pages that begin in it."""
    text, done, before = "", [""], 0
    pages: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        if len(text) > 8 * TAIL:  # a paragraph may be a whole book, and only its end is asked for
            done.append(text[:-TAIL])
            text, before = text[-TAIL:], before + len(text) - TAIL
        if text:
            text = _continued(text, line.text, known, _broken(lines[at - 1], line))
        begins = before + (len(text) if at == 0 else len(text) - len(line.text))
        if at == 0 or line.page != lines[at - 1].page:
            pages.append((max(begins, 0), names[line.page]))
        text = text or line.text
    text = "".join((*done, text)).replace("\x02", "-").replace("\u00ad", "")
    found = written.label(text, _bold(lines) or _hung(lines[0])) if abs(lines[0].size - body) < 0.1 * body else None
    return Paragraph(text, None, found, tuple(pages))


def _bold(lines: Sequence[Line]) -> int:
    bold = lines[0].bold
    if bold or not (stamp := written.STAMP.match(lines[0].text)):
        return bold
    at = 0
    for word in lines[0].words:
        if at >= stamp.end() - 1 and not word.bold:
            return at if at > stamp.end() else 0
        at += len(word.text) + 1
    return len(lines[0].text)


def _broken(last: Line, line: Line) -> bool:
    """Was a line ended on purpose, without a full stop: a verse, an address?"""
    return (
        last.page == line.page and last.column == line.column and _roomy(last, line) and last.text[-1:] not in HYPHENS
    )


def _continued(text: str, more: str, known: Counter[str], broken: bool) -> str:
    """A text with the next line: a word that is broken at the end of the line is made whole."""
    if text[-1:] not in HYPHENS or len(text) < 2 or not text[-2].isalnum():
        return text + ("\n" if broken else " ") + more
    hyphen = "-" if text[-1] in "-\u2010\x02" else ""
    left = WORD.findall(text[-60:-1])[-1:] or [""]
    right = WORD.match(more)
    if right is None or not left[0]:
        return text[:-1] + hyphen + more
    whole, compound = (left[0] + right[0]).casefold(), f"{left[0]}-{right[0]}".casefold()
    keeps = right[0][0].isupper() and not text[-2].isupper()
    if known[whole] and not known[compound]:
        keeps = False
    elif known[compound] or (left[0].casefold() in COMPOUND and right[0] not in ENDINGS):
        keeps = True
    return text[:-1] + (hyphen if keeps else "") + more


# --- kinds -------------------------------------------------------------------------------------------------


def _headed(made: list[Paragraph], lines: Sequence[Sequence[Line]], body: float) -> list[Paragraph]:
    """Paragraphs with what their size and weight say that they are."""
    whole = Counter(folded(p.text) for p in made)
    said = " ".join(whole)
    largest = max((own[0].size for own in lines if own[0].page == 0), default=body)
    head = False
    found: list[Paragraph] = []
    for paragraph, own in zip(made, lines, strict=True):
        kind = _kind(paragraph.text, own, body, said)
        if kind == "heading" and not head and own[0].page == 0 and own[0].size >= largest > 1.15 * body:
            kind, head = "headline", True
        elif kind == "heading" and found and found[-1].kind == "headline" and len(paragraph.text) > 30:
            kind = "dek"
        found.append(
            Paragraph(
                paragraph.text, kind, None if kind in ("heading", "headline") else paragraph.label, paragraph.pages
            )
        )
    return found


def _kind(text: str, own: Sequence[Line], body: float, said: str) -> BlockKind | None:
    """What a paragraph is by its type: large or bold and short is a heading, large and said again a pull quote, small
    with a sign a footnote."""
    size, bold = own[0].size, all(line.bold >= len(line.text) for line in own)
    if size > 1.12 * body and len(text) > 20 and said.count(folded(text)) > 1:
        return "note"
    if size > 1.12 * body and len(text) <= 200:
        return "heading"
    if bold and len(text) <= 120 and not _ended(text) and not _label(text) and size >= 0.95 * body:
        return "heading" if len(text.split()) > 2 or size > body else None
    if size < 0.93 * body and MARK.match(text) and own[0].page >= 0:
        return "note"
    return None
