"""Reads our annotated articles: a plain text with light marks in braces becomes the text and what is said in it.

A file begins with `# what it is like` and a line `key = Full Name` for each person (and,
where the article never prints that, ` | ` and the name that it does print), then an empty line, then the
article. In the article:

    {d Ortiz/said=mo}“We ran,”{/} Ortiz said. {+}“We ran.”{/}

- the letter: `d` all words in marks (or a labelled answer), `m` some words in marks: the whole reported clause,
  `i` no marks; with `?` it is thought, not speech;
- the speaker's mention and, after `/`, the cue, as they stand in the text outside of what is said: the nearest
  such words, or with `<` or `>` before them the nearest to the left or right; `-` is none;
- after `=` the person's key, where a reader of the article can tell the person;
- `{+}`, or `{+i}` where the kind differs: one more fragment or paragraph of the quotation before;
- `{t}“The Long Tide”{/}`: in marks, or told with a verb of saying, yet nobody's words here.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ARTICLES = Path(__file__).parent / "articles"
KINDS = {"d": "direct", "m": "mixed", "i": "indirect"}
TAG = re.compile(r"\{([^{}\n]*)\}")
OPENED = re.compile(r"(?P<kind>[dmi])(?P<thought>\?)? (?P<speaker>[^/=]+)/(?P<cue>[^/=]+)(?:=(?P<key>[a-z]+))?")


@dataclass
class Entry:
    """One contiguous fragment of what is said; `group` counts the quotations of the article."""

    kind: str
    thought: bool
    speaker: str
    cue: str
    key: str
    group: int
    start: int
    end: int = -1


@dataclass
class Article:
    """An article: its text, what is said in it as gold entries, and the stretches that are nobody's words."""

    name: str
    text: str
    quotes: list[dict[str, Any]]
    traps: list[tuple[int, int]] = field(default_factory=list)


class BadMarks(ValueError):
    """The marks of an article cannot be read."""


def article(path: Path) -> Article:
    """The article of a file. Raises BadMarks naming the file and the place."""
    head, _, marked = path.read_text("utf-8").partition("\n\n")
    people = dict(re.split(r"\s*=\s*", line, maxsplit=1) for line in head.splitlines() if not line.startswith("#"))
    text, entries, traps = _unmarked(marked, path.name)
    spans = [(e.start, e.end) for e in entries]
    quotes: list[dict[str, Any]] = []
    for e in entries:
        gold = _gold(e, text, spans, people, path.name)
        if quotes and quotes[-1]["group"] == gold["group"]:
            gold |= {k: quotes[-1][k] for k in ("speaker", "cue")}
        quotes.append(gold)
    return Article(path.stem, text, quotes, traps)


def articles() -> list[Article]:
    """All our articles, by name."""
    return [article(path) for path in sorted(ARTICLES.glob("*.txt"))]


def digest() -> str:
    """SHA-256 over the names and bytes of all articles."""
    whole = hashlib.sha256()
    for path in sorted(ARTICLES.glob("*.txt")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def as_line(article: Article) -> str:
    """The article as a line of JSON, as the annotated sets have them."""
    source = {"set": "articles", "licence": "as the project's"}
    return json.dumps(
        {"id": article.name, "text": article.text, "quotes": article.quotes, "source": source}, ensure_ascii=False
    )


def _unmarked(marked: str, name: str) -> tuple[str, list[Entry], list[tuple[int, int]]]:
    parts: list[str] = []
    entries: list[Entry] = []
    traps: list[tuple[int, int]] = []
    open_: list[Entry | int] = []
    at = before = 0
    for tag in TAG.finditer(marked):
        parts.append(marked[before : tag.start()])
        at, before = at + tag.start() - before, tag.end()
        what = tag[1]
        if what == "/":
            if not open_:
                raise BadMarks(f"{name}: {{/}} closes nothing after “{marked[max(0, before - 60) : before]}”")
            last = open_.pop()
            if isinstance(last, int):
                traps.append((last, at))
            else:
                last.end = at
        elif what == "t":
            open_.append(at)
        else:
            entries.append(_opened(what, at, entries, name))
            open_.append(entries[-1])
    if open_:
        raise BadMarks(f"{name}: something is never closed: {open_}")
    return "".join(parts) + marked[before:], entries, traps


def _opened(what: str, at: int, entries: list[Entry], name: str) -> Entry:
    if what.startswith("+") and entries and what[1:] in ("", "d", "m", "i"):
        last = entries[-1]
        return Entry(what[1:] or last.kind, last.thought, last.speaker, last.cue, last.key, last.group, at)
    found = OPENED.fullmatch(what)
    if not found:
        raise BadMarks(f"{name}: {{{what}}} is no mark")
    group = entries[-1].group + 1 if entries else 1
    return Entry(found["kind"], bool(found["thought"]), found["speaker"], found["cue"], found["key"] or "", group, at)


def _gold(e: Entry, text: str, said: list[tuple[int, int]], people: dict[str, str], name: str) -> dict[str, Any]:
    if e.key and e.key not in people:
        raise BadMarks(f"{name}: nobody is called “{e.key}”")
    quote: dict[str, Any] = {"kind": KINDS[e.kind], "start": e.start, "end": e.end, "group": f"E{e.group}"}
    quote["speaker"] = _mention(e.speaker, e, text, said, name)
    if e.key:
        full, _, printed = people[e.key].partition(" | ")
        quote["speaker_name"] = full
        if printed:
            quote["speaker_mentions"] = [list(m.span()) for m in re.finditer(rf"\b{re.escape(printed)}\b", text)]
    quote["cue"] = _mention(e.cue, e, text, said, name)
    quote["cue_class"] = "cognition" if e.thought else "speech"
    return quote


def _mention(words: str, e: Entry, text: str, said: list[tuple[int, int]], name: str) -> dict[str, Any] | None:
    """The nearest place outside of all that is said where the words stand."""
    words, side = (words[1:], words[0]) if words[0] in "<>" else (words, "")
    if words == "-":
        return None
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    outside = [(a, b) for a, b in places if all(b <= s or a >= t or (a < s and t <= b) for s, t in said)]
    if side:
        outside = [(a, b) for a, b in outside if (b <= e.start) == (side == "<")]
    if not outside:
        raise BadMarks(f"{name}: “{words}” stands nowhere beside “{text[e.start : e.end][:50]}”")
    a, b = min(outside, key=lambda p: max(e.start - p[1], p[0] - e.end))
    return {"start": a, "end": b, "surface": text[a:b]}


def _shown(article: Article) -> str:
    """What is said, line by line, for the eye."""
    lines = [f"== {article.name} ({len(article.text.split())} words)"]
    for q in article.quotes:
        near = {k: (q[k]["surface"], q[k]["start"] - q["start"]) if q[k] else None for k in ("speaker", "cue")}
        words = article.text[q["start"] : q["end"]].replace("\n", "¶")
        lines.append(f"{q['group']:4}{q['kind']} {q['cue_class'][:3]} {near} {q.get('speaker_name')} | {words}")
    return "\n".join(lines)


if __name__ == "__main__":
    show = _shown if "--show" in sys.argv else as_line
    for each in articles():
        print(show(each))
