"""Whether every published line still stands in its source, in the same words, and may still be shown."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from vivavoce import binding
from vivavoce.binding import sentence
from vivavoce.book.settle import nearest
from vivavoce.build import Built, doubts, history
from vivavoce.errors import BadFile
from vivavoce.model import WITHHELD, WORD, Channel, History, Source, Span, Value, reads, told
from vivavoce.project import Project

CHECKED: tuple[Channel, ...] = ("site", "book", "export")
AGAIN = {"site": "Build again.", "book": "Make the book again.", "export": "Export again."}
SENT = "review/"  # what narrators are sent, one page each
SEND = "Make it again (vivavoce review-pack) or throw it away, and tell whom it was sent to."


MANY = 3  # lines of one publication with one fault: more are told in one sentence
LISTED = 12  # places that such a sentence names


class Fault(Value, frozen=True):
    """Something that a check found. `fails`: it must not be published as it is; else a person should look. `pages`: all
    places in the publication that it touches, where it is about several."""

    publication: str
    page: str
    quote: str
    sentence: str
    fails: bool = True
    pages: tuple[str, ...] = ()


class Line(Value, frozen=True):
    """One printed line of a publication's manifest: which words it rests on (SHA-256 of them), how they were corrected
    (`reads`, the same), where it stands; of a book also the version of the source (hash of its text) and the SHA-256 of
    the words as printed."""

    quote: str
    source: str
    spans: tuple[Span, ...]
    hash: str
    at: str = ""
    reads: str = ""
    version: str = ""
    printed: str = ""


class Rest(Value, frozen=True):
    """What else a publication shows: a person (by the name), a source (by the title) or a picture, and where."""

    what: Literal["person", "source", "picture"]
    id: str
    name: str = ""
    at: tuple[str, ...] = ()


class Manifest(Value, frozen=True):
    """What a publication says of itself: its day, its lines, and what else it shows."""

    v: int
    day: str
    lines: tuple[Line, ...] = ()
    rests: tuple[Rest, ...] = ()


def faults(project: Project, day: str, built: Built) -> list[Fault]:
    """Everything that is wrong with what is published in `out/`, and the decisions to review."""
    shown = {c: history(project, c, day) for c in CHECKED}
    printed = {_hash(words): words for words in binding.worded(project)}
    found = [f for path in _manifests(project.out) for f in _of_publication(path, shown, printed)]
    found += [Fault("book.md", f"line {w.line}", w.quote, sentence(w), w.fails) for w in binding.faults(project, day)]
    reviews = [Fault("", "", "", f"Decision {r.decision}: {r.reason}", fails=False) for r in built.reviews]
    broken = [Fault("", "", "", row, fails=False) for row in built.broken]
    rights = [Fault("", "", "", row, fails=fails) for row, fails in doubts(project, day)]
    other = [
        Fault("site", path, "", f"site/{path} is not as it was published. Build again.") for path in _altered(project)
    ]
    warned = [Fault("", "", "", row, fails=False) for row in built.warnings]
    return [*found, *other, *reviews, *broken, *rights, *warned]


def _altered(project: Project) -> list[str]:
    from vivavoce import site

    folder = project.out / "site"
    return site.altered(folder) if folder.is_dir() else []


def _manifests(out: Path) -> list[Path]:
    names = ("*/manifest.json", "*.manifest.json", f"{SENT}*.manifest.json")
    return sorted(path for name in names for path in out.glob(name)) if out.is_dir() else []


def _channel(name: str) -> Channel:
    """The channel of a publication by its name in `out/`."""
    return "site" if name == "site" else "export" if name.startswith("export-") else "book"


def _of_publication(path: Path, histories: dict[Channel, History], printed: dict[str, str]) -> Iterator[Fault]:
    """What is wrong with a publication by its manifest: the site's is in its folder, a book's beside it. `printed`: the
    lines of `book.md` as they stand in it, by their hash."""
    name = path.parent.name if path.name == "manifest.json" else path.name.removesuffix(".manifest.json")
    name = SENT + name if path.match(f"{SENT}*.manifest.json") else name
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.MsgspecError, OSError) as e:
        raise BadFile(f"{path.relative_to(path.parents[1])} cannot be read. Publish again, then check.") from e
    shown = histories[_channel(name)]
    again = SEND if name.startswith(SENT) else AGAIN[_channel(name)]
    wrong = [(line, what, seen) for line, (what, seen) in _lines(manifest, shown, printed) if what]
    for (source, what), group in _grouped(wrong).items():
        if len(group) > MANY:
            yield _together(name, source, what, group, again)
        else:
            for line, seen in group:
                told = f"{name}, {line.at}: the printed line {what}{seen} {again}"
                yield Fault(name, line.at, line.quote, told)
    for rest in manifest.rests:
        if gone := _gone(rest, shown):
            where = f" ({_places(rest.at)})" if rest.at else ""
            yield Fault(name, rest.at[0] if rest.at else "", "", f"{name}{where}: {gone} {again}", pages=rest.at)


Wronged = list[tuple[Line, str]]


def _lines(manifest: Manifest, shown: History, printed: dict[str, str]) -> Iterator[tuple[Line, tuple[str, str]]]:
    """Each line with what is wrong with it, and what stands there instead."""
    texts = {s.path: s for s in shown.sources}
    now = {q.id for q in shown.quotes}
    held = defaultdict(list)
    for q in shown.quotes:
        held[q.source].append((q.spans[0][0], q.spans[-1][1]))
    moves: dict[str, int] = {}
    for line in manifest.lines:
        mended = line.source in texts and line.version not in ("", texts[line.source].text_hash)
        at = _moved(line, texts[line.source], moves) if mended else None
        if not at or (line.quote and not any(a <= at[0] and at[1] <= b for a, b in held[line.source])):
            yield line, _wrong(line, texts, not line.quote or line.quote in now, printed, mended)


def _grouped(wrong: list[tuple[Line, str, str]]) -> dict[tuple[str, str], Wronged]:
    """Lines by the source and what is wrong with them."""
    groups: dict[tuple[str, str], Wronged] = defaultdict(list)
    for line, what, seen in wrong:
        groups[line.source, what].append((line, seen))
    return groups


def _together(name: str, source: str, what: str, group: Wronged, again: str) -> Fault:
    """One sentence for many lines of a publication; `pages` has all of them."""
    pages = tuple(dict.fromkeys(line.at.partition("#")[0] for line, _ in group))
    told = f"{name}: {len(group)} printed lines of {source}: each {what.rstrip(':;.')}. They are in: {_places(pages)}."
    return Fault(name, pages[0], group[0][0].quote, f"{told} {again}", pages=pages)


def _places(pages: tuple[str, ...]) -> str:
    """Places, the first of them; the lines of a file under its name."""
    more = len(pages) - LISTED
    lines = [p.partition(", line ") for p in pages[:LISTED]]
    if len(pages) > 1 and all(sign and file == lines[0][0] for file, sign, _ in lines):
        named = f"{lines[0][0]}, lines {', '.join(number for _, _, number in lines)}"
    else:
        named = ", ".join(pages[:LISTED])
    return named + (f" and {more} more (--json lists all)" if more > 0 else "")


def _wrong(line: Line, texts: dict[str, Source], shown: bool, printed: dict[str, str], mended: bool) -> tuple[str, str]:
    """What is wrong with a line ("" for nothing), and the words that stand there now. `mended`: whether its source has
    changed since it was printed."""
    source = texts.get(line.source)
    if source is None:
        return f"rests on {line.source}, which is gone or may no longer be shown.", ""
    words = " ".join(told(source, start, end) for start, end in line.spans)
    if _hash(words) == line.hash:
        if not shown:
            return f"may no longer be shown, or is no quotation of {line.source} now.", ""
        now = " ".join(reads(source, start, end) for start, end in line.spans)
        if not line.reads or _hash(now) == line.reads:
            return "", ""
        return "rests on words that are corrected otherwise now:", f" “{_short(now)}”."
    was = printed.get(line.printed, "")
    there = nearest(was, source.text) if was else words
    if WITHHELD in words or WITHHELD in there:
        return f"rests on words of {line.source} that may no longer be shown.", ""
    if not mended:
        return f"no longer stands in {line.source};", f" in its place stands “{_short(words)}”."
    versions = f"rests on version {line.version[:8]} of {line.source}, which is of version {source.text_hash[:8]} now:"
    both = f"the book has “{_short(was)}”; " if was else ""
    return versions, f" {both}there stands “{_short(there)}”."


def _moved(line: Line, source: Source, moves: dict[str, int]) -> Span | None:
    """Where the words stand in the changed text, as far from one another as they did; None where they do not. `moves`:
    how far words of each source were moved by what was mended before them, as found last."""
    low, high = line.spans[0][0], line.spans[-1][1]
    starts = (m.start() - low for m in WORD.finditer(source.text))
    for move in (moves.get(source.path, 0), *sorted(starts, key=abs)):
        words = " ".join(source.text[start + move : end + move] for start, end in line.spans if start + move >= 0)
        if _hash(words) == line.hash:
            moves[source.path] = move
            return low + move, high + move
    return None


def _gone(rest: Rest, shown: History) -> str:
    """Why something that a publication shows may not be shown as it is there; "" where it may."""
    if rest.what == "person":
        here = {p.id: {p.name, *p.aliases} for p in shown.people}
        named = rest.name in here.get(rest.id, set()) or any(rest.name in names for names in here.values())
        return "" if named else "it shows somebody who may no longer be shown, or not under that name."
    if rest.what == "source":
        titles = {s.path: s.title for s in shown.sources}
        if rest.id not in titles:
            return f"it names {rest.id}, which is gone or may no longer be shown."
        return f"the title of {rest.id} may no longer be shown." if rest.name and not titles[rest.id] else ""
    return "" if rest.id in {p.path for p in shown.pictures} else f"pictures/{rest.id} may no longer be shown."


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
