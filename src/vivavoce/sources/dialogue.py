"""Dialogues in plain text or Markdown: `[00:01:02] NAME: …`, `**Name:** …`, `Name (00:01:02): …`, a name and a
time on a line of their own, `Q:` and `A:`. The text stays as it stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from vivavoce.errors import UnreadableSource
from vivavoce.model import Block, Place, Source, Span, Times, Turn, Warning
from vivavoce.sources.cues import (
    BRACKETED,
    HOUR,
    LEADER,
    STAMP,
    TAPE,
    crossed,
    cut_away,
    few,
    late,
    many,
    noises,
    seconds,
    sounds,
    taped,
    trimmed,
    without,
)
from vivavoce.sources.head import introduced
from vivavoce.sources.labels import (
    ASIDE,
    PROSE,
    REMARKS,
    asks,
    generic,
    headed,
    key,
    label_like,
    named_like,
    person,
    strong,
    without_manner,
)
from vivavoce.sources.naming import fits
from vivavoce.sources.raw import Raw
from vivavoce.sources.subtitles import timing

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
# A stamp in brackets (Markdown escapes them), or bare; a range counts from its first time.
_BOXED = rf"\\?[\[(<][ \t]*\\*(?P<boxed>{STAMP})(?:[ \t]*(?:-{{1,2}}>?|–|—)[ \t]*{STAMP})?[ \t]*\\?[\])>]"
_SEEN = rf"(?:{_BOXED}|(?P<bare>{STAMP}))"
_OPENING = re.compile(
    rf"(?:\*\*|__)?(?:{_BOXED}|(?P<bare>{STAMP})(?=[ \t\r\n*]|\Z))(?:\*\*|__)?[ \t]*(?:[-–—|][ \t]+)?"
)
_BOLD = re.compile(
    r"(?P<mark>\*{1,3}|__)(?P<label>[^*\n:：]{1,80}(?::\d[^*\n:：]{0,12}){0,3})(?P<within>[:：])?[ \t]*(?P=mark)[ \t]*"
    rf"(?:{_BOXED}[ \t]*)?(?P<behind>[:：])?"
)
_AFTER = re.compile(
    r"(?P<label>[^\W\d_][^:：\n<>{}\[\]()\"“”!?;]{0,59}?)[ \t]*(?P<gap>[,\t–—-]?[ \t]*)"
    rf"{_SEEN}[ \t]*(?P<colon>[:：])?"
)
_OWN = re.compile(r"(?P<mark>\*\*|__)(?P<label>[^*\n:：.?!]{1,60})(?P=mark)[ \t]*")
_INNER = re.compile(_BOXED)
_ALONE = re.compile(rf"[ \t]*{_SEEN}[ \t]*")
_DIGITS = re.compile(STAMP)
_SIGN = re.compile(r"[:：*_\d]")  # one of these is in every head, or one of the next
_LETTERS = ("Q.", "A.")
_LETTER = re.compile(r"(?:\*\*|__)?(?P<label>[QA])\.(?:\*\*|__)?[ \t]+(?=\S)")
# Entries of a line that explains labels, and what stands between two of them.
_ENTRY = re.compile(r"(?P<label>[^\W\d_][\w.]{0,5})[ \t]*[:=][ \t]*(?P<name>[^:=.,;|(]+?)(?:[ \t]*\([^()]*\))?[.,;]?")
_BETWEEN = re.compile(r"(?<=[.,;|/\w])[ \t]*[|/]?[ \t]+(?=[^\W\d_][\w.]{0,5}[ \t]*[:=])")
_KEY = re.compile(
    r"(?:\*\*|__)?(?P<key>[^\W\d_][\w ’'-]{0,30}?)(?:[ \t]?\([^()\n]{1,20}\))?"
    r"(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*(?P<value>[^\r\n]{0,200})"
)
_BEHIND = re.compile(rf"[ \t]*(?P<bare>{STAMP})(?=[ \t])[ \t]*")
_CLOSING = re.compile(rf"[ \t]*{STAMP}[ \t]*(?P<sign>\])")  # what is left of a note behind its words
_TABS = re.compile(r"[ ]*\t[^\t]*\t\s*")  # a time in a column of its own
_LASTS = re.compile(
    r"\[\d{1,5}\.\d{1,3}\](?=[ \t]*(?:[\r\n]|\Z))"
)  # how many seconds a turn lasted, behind its last time
# What a tool writes under a transcript; nobody says it.
_TRAILER = re.compile(
    r"[*_\[(]*(?:(?:automatically |automated )?transcri(?:bed|pt|ption)"
    r"(?: was)?(?: made| created| provided)? (?:by|with|from)\b"
    r"|[^\n]{0,80}\b(?:otter\.ai|sonix(?:\.ai)?|rev\.com|temi\.com|trint\.com|descript\.com|happyscribe\.com)\b"
    r"|end of (?:transcript|transcription)\b)",
    re.I,
)
# Struck through, in Markdown and in its HTML: so a narrator takes words back.
STRUCK = re.compile(r"~~(?=[^\s~])[^~]{1,4000}~~|<(s|del|strike)>[^<]{1,4000}</\1>", re.I)
FARTHEST = 140  # characters of a line within which its head shows
_STOPS = frozenset(".?!…:;\"”’'»)]—–-")
LONE = 48  # code points of a name that stands alone on its line
APART = 3  # paragraphs for each name, at most, where names are paragraphs of their own
_ENDS = frozenset(".?!…,")  # with which words that somebody says end, and facts do not
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Head(NamedTuple):
    """The beginning of a turn: the label, where (in the line) the words begin, the seconds, and how it was told:
    `bold`, `stamped`, `plain` (a colon alone), `alone` (no colon, on a line of its own) or `boxed` (a time in brackets
    behind it, and no colon)."""

    label: str
    words: int
    time: float | None
    form: str


class Row(NamedTuple):
    """A line of the file: its span without the line's end, whether a paragraph begins with it, its head, and what
    might have been its label but was taken for words."""

    start: int
    end: int
    first: bool
    head: Head | None
    doubt: str = ""


def claims(raw: Raw) -> bool:
    """Whether most of it is a dialogue: labels that come again and head the words, little prose before and after.

    A press article with one "Note: …" line, or with a few questions and answers in it, is none.
    """
    if raw.text is None:
        return False
    text = raw.text[:400_000]
    if _paper_asks(text):
        return False
    if any(timing(line) for line in text[:4000].splitlines()):
        return False
    rows = outlined(text)
    heads = [r for r in rows if r.head and key(r.head.label) not in REMARKS]
    stamps = sum(r.head.time is not None for r in heads if r.head)
    if len(heads) < 2:
        loose = sum(1 for r in rows if r.first and _OPENING.match(text, r.start, r.end))
        return loose > 2 and loose * 2 > sum(r.first for r in rows)
    return (_recurring(heads, stamps) or _asked(text, heads)) and _mostly_spoken(text, rows, heads, stamps)


# The label of a paper or a programme that asks: nobody is called “The Needle”.
_PAPER = re.compile(r"^[ \t]*(?:\*\*|__)?(T(?:HE|he) [A-ZÀ-Þ][\w’' ]{1,40}):(?:\*\*|__)?[ \t]+\S[^\n]*", re.M)


def _paper_asks(text: str) -> bool:
    """Whether a paper puts questions under its own name, so that the talk is a piece in it."""
    found = list(_PAPER.finditer(text))
    labels = {m[1] for m in found}
    asked = sum(m.group().rstrip(' *_”"').endswith("?") for m in found)
    return len(found) > 1 and len(labels) == 1 and asked * 2 >= len(found)


def _asked(text: str, heads: list[Row]) -> bool:
    """Whether one who asks by the label does ask, and another label is next: no list of facts does that."""
    return any(
        asks(row.head.label) and not asks(below.head.label) and _question(text[row.start : below.start])
        for row, below in pairwise(heads)
        if row.head and below.head
    )


def _question(words: str) -> bool:
    return words.rstrip(' \t\r\n*_”"').endswith("?")


def _recurring(heads: list[Row], stamps: int) -> bool:
    """Whether labels come again, as speakers do and entries of a list do not."""
    labels = {key(r.head.label) for r in heads if r.head}
    if len(heads) >= 8 and stamps * 2 < len(heads):
        return len(labels) <= 0.8 * len(heads)
    if len(heads) >= 4:
        return len(labels) < len(heads) or stamps > 1
    full = all(r.head and r.head.words < r.end - r.start for r in heads)
    return stamps > 1 or (full and (len(labels) > 1 or len(heads) > 2))


def _mostly_spoken(text: str, rows: list[Row], heads: list[Row], stamps: int) -> bool:
    """Whether the heads' paragraphs are most of the text, and prose around them is not an article's."""
    marked = stamps * 2 >= len(heads)
    front = [len(text[a:b]) for a, b in _paragraphs(rows, 0, heads[0].start)]
    spoken = loose = 0
    tail: list[int] = []
    for a, b in _paragraphs(rows, heads[0].start, len(text)):
        at = bisect_left(heads, a, key=lambda r: r.start)
        if at < len(heads) and heads[at].start < b:
            spoken, tail = spoken + b - a, []
        else:
            loose, tail = loose + b - a, [*tail, b - a] if len(tail) < 50 else tail
    whole = spoken + loose + sum(front)
    prose = [n for n in front if n > 150]
    if marked:
        return sum(front) <= whole / 2
    if len(prose) > 1 or sum(front) > max(300, whole / 4):
        return False
    bold = sum(r.head.form in ("bold", "alone") for r in heads if r.head) * 2 >= len(heads)
    if not bold and len(tail) > 2 and sum(tail) > 0.3 * whole:
        return False
    again = len({key(r.head.label) for r in heads if r.head}) < len(heads)
    return spoken >= whole * (0.1 if bold and again else 0.5)


def _paragraphs(rows: list[Row], start: int, end: int) -> list[Span]:
    """The paragraphs (blank lines between) that begin within [start, end)."""
    found: list[Span] = []
    for row in rows:
        if row.start < start or row.start >= end or row.start == row.end:
            continue
        if row.first or not found:
            found.append((row.start, row.end))
        else:
            found[-1] = (found[-1][0], row.end)
    return found


# --- lines and heads ---------------------------------------------------------------------------------------


def outlined(text: str) -> list[Row]:
    """The lines of a text that are not blank, with the heads among them."""
    rows: list[Row] = []
    first, at = True, 0
    while at < len(text):
        found = _LINE.match(text, at)
        assert found
        start, end = found.span(1)
        at = found.end()
        if not text[start:end].strip():
            first = True
            continue
        rows.append(Row(start, end, first, _head(text[start : min(end, start + 240)], end - start <= 240)))
        first = False
    return _accepted(text, _without_manner(_named_above(text, _timed_below(text, rows))))


def _without_manner(rows: list[Row]) -> list[Row]:
    """Rows with the labels that they have elsewhere: that of "Ann [laughing]: …" is "Ann"."""
    known = {key(row.head.label) for row in rows if row.head}
    return [
        row._replace(head=row.head._replace(label=without_manner(row.head.label, known))) if row.head else row
        for row in rows
    ]


def _timed_below(text: str, rows: list[Row]) -> list[Row]:
    """Rows with heads also where a name stands on a line of its own, and its time on the next one."""
    found = list(rows)
    for i, (row, below) in enumerate(pairwise(rows)):
        if row.head or not row.first or below.first or row.end - row.start > 60:
            continue
        stamp = _ALONE.fullmatch(text, below.start, below.end)
        name = text[row.start : row.end].strip(" \t*_")
        if stamp and label_like(name) and name[-1] not in ".?!,…:":
            found[i] = row._replace(head=Head(name, row.end - row.start, _time(stamp), "alone"))
    return found


def _named_above(text: str, rows: list[Row]) -> list[Row]:
    """Rows with heads also where a name stands alone on its line above the words, without a colon or a time: names
    that come again, two of them or more. Where those are in capitals, one more in capitals may come once, below."""
    lone = {i: name for i, row in enumerate(rows[:-1]) if row.head is None and (name := _lone(text, row))}
    counts = Counter(map(key, lone.values()))
    again = {i: name for i, name in lone.items() if counts[key(name)] > 1 and key(name) not in REMARKS}
    if len({key(name) for name in again.values()}) < 2:
        return rows
    first, capitals = min(again), all(map(strong, again.values()))
    kept = {i: n for i, n in lone.items() if i in again or (capitals and strong(n) and rows[i].first and i > first)}
    apart = sum(rows[i + 1].first for i in kept)
    if apart * 2 > len(kept) and len(kept) * APART < sum(row.first for row in rows):
        return rows
    heads = {i: Head(name, rows[i].end - rows[i].start, None, "alone") for i, name in kept.items()}
    return [row._replace(head=heads[i]) if i in heads else row for i, row in enumerate(rows)]


def _lone(text: str, row: Row) -> str:
    """The name that a line is, if it is nothing else; without capitals throughout, only where a paragraph begins."""
    name = text[row.start : row.end].strip(" \t*_") if row.end - row.start <= LONE else ""
    if not name or name[-1] in ".?!,…:;-–—" or not label_like(name) or any(c in name for c in '“”"()[]'):
        return ""
    return name if strong(name) or (row.first and named_like(name.split())) else ""


def _head(line: str, whole: bool) -> Head | None:
    """What may be the head of a turn at the beginning of a line (`whole`: the line ends where `line` does)."""
    at = len(line) - len(line.lstrip())
    near = at + FARTHEST
    if not _SIGN.search(line, at, near) and all(line.find(sign, at, near) < 0 for sign in _LETTERS):
        return None
    time: float | None = None
    opening = _OPENING.match(line, at)
    if opening:
        time, at = _time(opening), opening.end()
    found = _bold(line, at, time) or _after(line, at, time, whole)
    if found:
        return found
    marks = 2 if line.startswith(("**", "__"), at) else 0
    letter = _LETTER.match(line, at)
    plain = (letter["label"], letter.end()) if letter else headed(line, at + marks)
    if plain:
        end = plain[1] + (2 if line.startswith(("**", "__"), plain[1]) and line.startswith(("**", "__")) else 0)
        behind = _BEHIND.match(line, end) if time is None else None
        if behind and (behind["bare"].count(":") > 1 or _TABS.fullmatch(behind.group())):
            return Head(plain[0], behind.end(), seconds(behind["bare"]), "stamped")
        return Head(plain[0], end, time, "plain" if time is None else "stamped")
    own = _OWN.fullmatch(line, at) if whole else None
    if own:
        return Head(own["label"].strip(), len(line), time, "own" if time is None else "alone")
    rest = line[at:].strip(" \t*_")
    if time is not None and whole and rest and label_like(rest) and rest[-1] not in ".?!,…":
        return Head(rest, len(line), time, "alone")
    return None


def _bold(line: str, at: int, time: float | None) -> Head | None:
    """A label between Markdown's signs of emphasis, with a colon within or behind, and perhaps a time."""
    found = _BOLD.match(line, at)
    if not found or not (found["within"] or found["behind"]):
        return None
    label = found["label"]
    if stamp := _INNER.search(label) or _DIGITS.search(label):
        digits = _DIGITS.search(stamp.group())
        time = seconds(digits.group()) if digits and time is None else time
        label = label[: stamp.start()] + label[stamp.end() :]
    if found["boxed"] and time is None:
        time = seconds(found["boxed"])
    return Head(label.strip(), found.end(), time, "bold")


def _after(line: str, at: int, time: float | None, whole: bool) -> Head | None:
    """A name and a time after it: with a colon, or on a line of its own."""
    found = _AFTER.match(line, at + (2 if line.startswith(("**", "__"), at) else 0))
    if not found or time is not None:
        return None
    rest = line[found.end() :].strip(" \t*_")
    if found["colon"] and found["boxed"]:
        return Head(found["label"].strip(), found.end(), _time(found), "stamped")
    if found["boxed"] and rest and not found["colon"]:
        return Head(found["label"].strip(), found.end(), _time(found), "boxed")
    if not rest and whole and (found["boxed"] or found["gap"] or line[found.end("label")].isspace()):
        return Head(found["label"].strip(), len(line), _time(found), "alone")
    return None


def _time(found: re.Match[str]) -> float | None:
    return seconds(found["boxed"] or found["bare"])


def _accepted(text: str, rows: list[Row]) -> list[Row]:
    """Rows of which only those heads are left whose labels are speakers'."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.head and _fit(row.head):
            counts[key(row.head.label)] = counts.get(key(row.head.label), 0) + 1
    many, marked = len(counts) > 1, _marked([row.head for row in rows if row.head and _fit(row.head)], counts)
    kept: list[Row] = []
    for n, row in enumerate(rows):
        if row.head is None:
            kept.append(row)
            continue
        ended = n == 0 or _ended(text, rows[n - 1])
        speaks = _speaks(row.head, row.first, ended, counts, many)
        words = speaks and marked and _words_only(row.head, counts)
        doubt = row.head.label if words else ""
        kept.append(row if speaks and not words else row._replace(head=None, doubt=doubt))
    return kept


def _marked(heads: list[Head], counts: dict[str, int]) -> bool:
    """Whether nearly all labels of a transcript are marked in one way: by a time, in bold, or in capitals. What counts
    are the labels that come again, if any do."""
    again = [head for head in heads if counts[key(head.label)] > 1] or heads
    return any(sum(map(way, again)) >= max(2, 0.9 * len(again)) for way in (_stamped, _bold_one, _capitals))


def _stamped(head: Head) -> bool:
    return head.time is not None


def _bold_one(head: Head) -> bool:
    return head.form in ("bold", "own")


def _capitals(head: Head) -> bool:
    return strong(head.label)


def _words_only(head: Head, counts: dict[str, int]) -> bool:
    """Whether a label that comes once, without any mark, is none where the others are marked: it belongs to the words,
    as in “Cold: that is the word for it”."""
    return head.form == "plain" and counts.get(key(head.label), 0) < 2 and not strong(head.label)


def _ended(text: str, row: Row) -> bool:
    """Whether a sentence ends with the line, so that somebody else may speak in the next one."""
    return text[max(row.start, row.end - 8) : row.end].rstrip(" \t*_")[-1:] in _STOPS


def _fit(head: Head) -> bool:
    return label_like(head.label) or key(head.label) in REMARKS


def _speaks(head: Head, first: bool, ended: bool, counts: dict[str, int], many: bool) -> bool:
    """Whether a label is a speaker's: by its form, by itself, as it comes again, or as a name among others at the
    beginning of a paragraph or after the end of a sentence."""
    if not _fit(head):
        return False
    again = counts.get(key(head.label), 0) > 1
    if head.form == "boxed":
        return first and again
    if head.form in ("bold", "stamped") or again:
        return True
    if head.form == "own":
        return False
    name = many and named_like(ASIDE.sub("", head.label).split())
    return first and (strong(head.label) or name) if head.form == "alone" else strong(head.label) or (ended and name)


# --- the source --------------------------------------------------------------------------------------------


class Stretch(NamedTuple):
    """Rows that belong together: `speech` of a label, or a block of another kind."""

    kind: str
    label: str
    start: int
    end: int
    words: list[Span]


def read(raw: Raw) -> Source:
    """The turns of a dialogue: words without labels and stamps, one span a paragraph (more round a stamp).

    Raises UnreadableSource where no turn is found.
    """
    text = raw.text or ""
    rows = outlined(text)
    warnings: list[Warning] = []
    begin = _begin(text, rows)
    warnings += [_doubted(text, row) for row in rows[begin:] if row.doubt]
    facts = _facts(text, rows[:begin])
    tail = max(begin, _tail(text, rows))
    stretches = [*_front(text, rows[:begin]), *_speech(text, rows[begin:tail]), *_below(text, rows[tail:], warnings)]
    stamps = _stamps(text, rows)
    places = _places(text, stamps, rows, warnings)
    blocks: list[Block] = []
    turns: list[Turn] = []
    heard: list[str] = []
    for s in stretches:
        spans: list[Span] = []
        for a, b in s.words:
            notes = _sounds(text, a, b)
            heard += [text[c:d] for c, d in notes]
            spans += _closed(text, b, without(text, a, b, sorted(notes + _inner(text, a, b))))
        if s.kind == "speech" and spans:
            spoken = _unmarked(text, spans)
            time = _turn_time(places, spoken[0][0], spoken[-1][1])
            turns.append(Turn(s.label, tuple(spoken), s.start, s.end, time, person(s.label), asks(s.label)))
        blocks.append(Block(s.kind if s.kind != "speech" or spans else "note", s.start, s.end))  # type: ignore[arg-type]
    if not turns:
        raise UnreadableSource(raw.path, "no turn of a speaker was found in it", "Begin each turn with “NAME: ”.")
    if heard:
        warnings.append(sounds(heard))
    struck = [m.span() for m in STRUCK.finditer(text)]
    warnings += [crossed(struck, "stretch is", "stretches are")] if struck else []
    source = Source(
        raw.path,
        "transcript",
        "dialogue",
        text=text,
        blocks=tuple(blocks),
        turns=tuple(turns),
        places=tuple(places),
        title=facts.get("title", ""),
        date=facts.get("date", ""),
        publish="full",
        restrictions=cut_away(raw.path, text, struck),
        warnings=(*raw.warnings, *few(warnings)),
        file_hash=raw.hash,
    )
    return introduced(source)


def _doubted(text: str, row: Row) -> Warning:
    what = f"“{row.doubt}:” comes once, unlike the other labels, and was taken for words of the speaker before"
    place = f"line {text.count(chr(10), 0, row.start) + 1}"
    return Warning(what, place, "If it is a speaker's, write it as the others are written.")


def _begin(text: str, rows: list[Row]) -> int:
    """The index of the row with which the speech begins: the first head that is not a line of facts."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.head:
            counts[key(row.head.label)] = counts.get(key(row.head.label), 0) + (1 if row.head.time is None else 0)
    facts, small = False, not text.isupper()
    for i, row in enumerate(rows):
        fact = _KEY.match(text, row.start, row.end)
        facts = _facts_here(text, rows, i) if row.first else facts
        entitled = i < 2 and fact and row.head and row.head.form == "plain" and small and _entitles(fact)
        entitled = entitled and counts[key(row.head.label)] == 1 and len(counts) > 2 if row.head else False
        if row.head and not entitled and not (fact and _told(row.head, fact["value"], counts, facts)):
            return i
        if not row.head and _ALONE.fullmatch(text, row.start, row.end):
            return i
    stamped = [i for i, row in enumerate(rows) if row.first and _OPENING.match(text, row.start, row.end)]
    return stamped[0] if stamped else len(rows)


def _facts_here(text: str, rows: list[Row], i: int) -> bool:
    """Whether the paragraph that begins with row `i` has a line such as "Date: …"."""
    for row in rows[i : i + 12]:
        if row.first and row is not rows[i]:
            return False
        fact = _KEY.match(text, row.start, row.end)
        if fact and fact["key"].casefold().split()[0] in PROSE:
            return True
    return False


def _told(head: Head, value: str, counts: dict[str, int], facts: bool) -> bool:
    """Whether "Interviewer: Ruth Hale" or "RH: Ruth Hale" tells who somebody is, rather than what they say; where
    facts stand, also any line that is no sentence, under a word that comes once."""
    if head.time is None and _lists(head.label, value):
        return True
    if head.time is not None or value.strip(" \t*_")[-1:] in _ENDS:
        return False
    name = re.split(r"[,;(/|–]| and ", value)[0].strip(" \t*_")
    named = named_like(name.split()) and name.split()[0].casefold() not in PROSE
    if generic(head.label):
        return named and (counts[key(head.label)] == 1 or facts)
    if len(head.label) <= 5 and strong(head.label) and " " in name and named and fits(head.label, name):
        return True
    return facts and counts[key(head.label)] == 1 and head.form == "plain"


def _lists(label: str, value: str) -> bool:
    """Whether a line explains two labels or more, and says nothing else: "RH: Ruth Hale. TB: Tom Brand."."""
    entries = [_ENTRY.fullmatch(one) for one in _BETWEEN.split(f"{label}: {value}".strip(" \t*_"))]
    names = [(e["label"], e["name"]) for e in entries if e]
    return len(names) == len(entries) > 1 and all(
        " " in name and named_like(name.split()) and fits(sign, name) for sign, name in names
    )


def _entitles(fact: re.Match[str]) -> bool:
    """Whether a line with a colon is written as headlines are: "THE MILL: AN ORAL HISTORY"."""
    value = fact["value"].strip(" \t*_")
    first = fact["key"].casefold().split()[0]
    if not value or value[-1] in _ENDS or generic(fact["key"]) or (len(first) > 3 and first in PROSE):
        return False
    words = value.split()
    large = [w for w in words if len(w) > 3 or w is words[0]]
    return (len(words) > 1 and value.isupper()) or (len(large) > 1 and all(w[0].isupper() for w in large))


def _facts(text: str, rows: list[Row]) -> dict[str, str]:
    """What the lines above the speech tell, by their key in lower case; `title` also from the first line."""
    facts: dict[str, str] = {}
    for row in rows:
        line = text[row.start : row.end].strip()
        fact = _KEY.match(line)
        if fact and fact["value"].strip() and not (row is rows[0] and _entitles(fact)):
            facts.setdefault(fact["key"].strip().casefold(), fact["value"].strip(" \t\"'*_"))
        elif "title" not in facts and any(c.isalnum() for c in line) and len(line) <= 200:
            facts["title"] = line.strip("#*_ \t")
    day = _DAY.fullmatch(facts.get("date", ""))
    facts["date"] = day.group() if day else ""
    return facts


def _front(text: str, rows: list[Row]) -> list[Stretch]:
    """What stands above the speech: the first line is the headline, lines with # are headings, the rest notes."""
    found: list[Stretch] = []
    for row in rows:
        line = text[row.start : row.end].lstrip()
        start, end = trimmed(text, row.start, row.end)
        fact = _KEY.match(line)
        if not found and any(c.isalnum() for c in line) and not (fact and not _entitles(fact)):
            found.append(Stretch("headline", "", start, end, []))
        elif line.startswith("#"):
            found.append(Stretch("heading", "", start, end, []))
        elif found and found[-1].kind == "note" and not row.first:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Stretch("note", "", start, end, []))
    return found


def _tail(text: str, rows: list[Row]) -> int:
    """The index of the row below the last turn with which the tool's own lines begin; the number of rows: none."""
    last = max((i for i, row in enumerate(rows) if row.head), default=-1)
    below = (
        i for i in range(last + 1, len(rows)) if rows[i].first and _TRAILER.match(text, rows[i].start, rows[i].end)
    )
    return next(below, len(rows))


def _below(text: str, rows: list[Row], warnings: list[Warning]) -> list[Stretch]:
    """What a tool wrote under the speech, as notes; it is told."""
    if rows:
        words = " ".join(text[rows[0].start : rows[0].end].split())[:80]
        place = f"line {text.count(chr(10), 0, rows[0].start) + 1}"
        told = f"what stands under the speech is nobody's words: “{words}”"
        warnings.append(Warning(told, place, "If somebody says it, put their name before it."))
    return [Stretch("note", "", *trimmed(text, row.start, row.end), []) for row in rows]


def _speech(text: str, rows: list[Row]) -> list[Stretch]:
    """Turns, and the headings and remarks between them; after a remark nobody is known to go on."""
    found: list[Stretch] = []
    label = ""
    for row in rows:
        start, end = trimmed(text, row.start, row.end)
        if row.head is None and re.match(r"#{1,6}[ \t]", text[start:end]):
            found.append(Stretch("heading", label, start, end, []))
        elif row.head and key(row.head.label) in REMARKS:
            label = ""
            found.append(Stretch("note", "", start, end, []))
        elif row.head:
            label = row.head.label
            words = trimmed(text, row.start + row.head.words, row.end)
            last = found[-1] if found else None
            if last and last.kind == "speech" and last.label == label:
                last.words.append(words)
                found[-1] = last._replace(end=end)
            else:
                found.append(Stretch("speech", label, start, end, [words]))
        else:
            _on(found, label, row, (start, end))
    return found


def _on(found: list[Stretch], label: str, row: Row, span: Span) -> None:
    """A line without a head goes on with the turn above: within its paragraph, or as a new one."""
    last = found[-1] if found else None
    if last is None or last.kind != "speech":
        found.append(Stretch("speech", label, *span, [span]))
        return
    if row.first or last.words[-1][0] == last.words[-1][1]:
        last.words.append(span)
    else:
        last.words[-1] = (last.words[-1][0], span[1])
    found[-1] = last._replace(end=span[1])


def _sounds(text: str, a: int, b: int) -> list[Span]:
    """The lines in [a, b) that hold notes of sounds alone; a note among words stays with them: in a text that was
    written down, brackets also hold what the writer supplied."""
    found: list[Span] = []
    for line in _LINE.finditer(text, a, b):
        start, end = line.span(1)
        here = noises(text[start:end], start)
        if here and not without(text, start, end, here):
            found.append(trimmed(text, start, end))
    return found


def _inner(text: str, a: int, b: int) -> list[Span]:
    """The stamps in [a, b): in square brackets, in others where they have hours or begin a paragraph, and within a
    note of lost words."""
    found = []
    for m in _INNER.finditer(text, a, b):
        if "[" in m.group()[:2] or m["boxed"].count(":") > 1 or m.start() == a:
            lasts = _LASTS.match(text, m.end(), b)
            found.append((m.start(), lasts.end() if lasts else m.end()))
    for note in BRACKETED.finditer(text, a, b):
        found += [d.span() for d in _DIGITS.finditer(text, note.start(), note.end()) if d.group().count(":") > 1]
    alone = _OPENING.match(text, a, b)
    ends = alone is not None and (alone.end() == b or text[alone.end()] in "\r\n")
    if alone and alone["bare"] and (alone["bare"].count(":") > 1 or ends):
        found.append(alone.span("bare"))
    return sorted(found)


def _closed(text: str, end: int, spans: list[Span]) -> list[Span]:
    """With the bracket that closes a note of lost words behind its time, where no words follow it."""
    out: list[Span] = []
    for n, (a, b) in enumerate(spans):
        out.append((a, b))
        sign = _CLOSING.match(text, b, end) if text.rfind("[", a, b) > text.rfind("]", a, b) else None
        if sign and (n + 1 == len(spans) or spans[n + 1][0] >= sign.end()):
            out.append(sign.span("sign"))
    return out


def _unmarked(text: str, spans: list[Span]) -> list[Span]:
    """Without a closing ** whose opening one stands before the label."""
    return [
        (a, trimmed(text, a, b - 2)[1]) if text[a:b].endswith("**") and text.count("**", a, b) % 2 else (a, b)
        for a, b in spans
    ]


# --- times -------------------------------------------------------------------------------------------------


def _stamps(text: str, rows: list[Row]) -> list[tuple[int, float]]:
    """All stamps: where each stands, and its seconds."""
    found: dict[int, float] = {}
    for row in rows:
        if row.head and row.head.time is not None:
            found[row.start] = row.head.time
            start = row.start + row.head.words
        else:
            start = row.start
        for a, b in _inner(text, start, row.end):
            digits = _DIGITS.search(text, a, b)
            time = seconds(digits.group()) if digits else None
            if time is not None:
                found.setdefault(a, time)
    return sorted(found.items())


def _places(text: str, stamps: list[tuple[int, float]], rows: list[Row], warnings: list[Warning]) -> list[Place]:
    """From each stamp to the next one. Stamps that would make time run back are left out, as few as possible."""
    kept = _rising(stamps)
    if len(kept) < len(stamps):
        lost = next(s for s, k in zip(stamps, [*kept, None], strict=False) if s != k)
        place = f"line {text.count(chr(10), 0, lost[0]) + 1}"
        told = f"{many(len(stamps) - len(kept), 'time runs', 'times run')} back; left out"
        warnings.append(Warning(told, place, "Correct them, or save each recording's transcript in a file of its own."))
    kept = _from_zero(text, kept, warnings)
    end = rows[-1].end if rows else 0
    places: list[Place] = []
    for i, (at, time) in enumerate(kept):
        until, then = kept[i + 1] if i + 1 < len(kept) else (end, time)
        places.append(Place(at, until, (time, then)))
    return places


def _from_zero(text: str, stamps: list[tuple[int, float]], warnings: list[Warning]) -> list[tuple[int, float]]:
    """Stamps counted from the beginning of the recording, where they are those of a tape; see `cues.from_zero`."""
    if len(stamps) < 2 or stamps[0][1] < HOUR:
        return stamps
    at, first = stamps[0]
    place = f"line {text.count(chr(10), 0, at) + 1}"
    if TAPE <= first < TAPE + LEADER:
        warnings.append(taped(place))
        return [(a, round(time - TAPE, 3)) for a, time in stamps]
    warnings.append(late(first, place))
    return stamps


def _rising(stamps: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The longest run of stamps whose times do not fall (patience sorting)."""
    tails: list[float] = []
    index: list[int] = []
    before: list[int] = []
    for i, (_, time) in enumerate(stamps):
        at = bisect_right(tails, time)
        before.append(index[at - 1] if at else -1)
        tails[at : at + 1] = [time]
        index[at : at + 1] = [i]
    kept: list[tuple[int, float]] = []
    i = index[-1] if index else -1
    while i >= 0:
        kept.append(stamps[i])
        i = before[i]
    return kept[::-1]


def _turn_time(places: list[Place], start: int, end: int) -> Times | None:
    """From the stamp before a turn's first word to the first stamp after its last."""
    if not places or end <= places[0].start:
        return None
    first = max(bisect_right(places, start, key=lambda p: p.start) - 1, 0)
    last = bisect_left(places, end, key=lambda p: p.start) - 1
    one, other = places[first].time, places[max(last, first)].time
    return (one[0], other[1]) if one and other else None
