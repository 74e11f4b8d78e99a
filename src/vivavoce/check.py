"""Whether every published line still stands in its source, in the same words, and may still be shown."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vivavoce import binding
from vivavoce.binding import sentence
from vivavoce.book.settle import nearest
from vivavoce.build import Built, doubts, history
from vivavoce.errors import BadFile
from vivavoce.model import WITHHELD, WORD, Channel, History, Source, Span, Value, told
from vivavoce.project import Project

CHECKED: tuple[Channel, ...] = ("site", "book", "export")
AGAIN = {"site": "Build again.", "book": "Make the book again.", "export": "Export again."}


class Fault(Value, frozen=True):
    """Something that a check found. `fails`: it must not be published as it is; else a person should look."""

    publication: str
    page: str
    quote: str
    sentence: str
    fails: bool = True


class Line(Value, frozen=True):
    """One printed line of a publication's manifest: which words it rests on (SHA-256 of them), where it stands; of a
    book also the version of the source (hash of its text) and the SHA-256 of the words as printed."""

    quote: str
    source: str
    spans: tuple[Span, ...]
    hash: str
    at: str = ""
    version: str = ""
    printed: str = ""


class Manifest(Value, frozen=True):
    """What a publication says of itself: its day and its lines."""

    v: int
    day: str
    lines: tuple[Line, ...] = ()


def faults(project: Project, day: str, built: Built) -> list[Fault]:
    """Everything that is wrong with what is published in `out/`, and the decisions to review."""
    shown = {c: history(project, c, day) for c in CHECKED}
    printed = {_hash(words): words for words in binding.printed(project)}
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
    return sorted((*out.glob("*/manifest.json"), *out.glob("*.manifest.json"))) if out.is_dir() else []


def _channel(name: str) -> Channel:
    """The channel of a publication by its name in `out/`."""
    return "site" if name == "site" else "export" if name.startswith("export-") else "book"


def _of_publication(path: Path, histories: dict[Channel, History], printed: dict[str, str]) -> Iterator[Fault]:
    """What is wrong with a publication by its manifest: the site's is in its folder, a book's beside it. `printed`: the
    lines of `book.md` as they stand in it, by their hash."""
    name = path.parent.name if path.name == "manifest.json" else path.name.removesuffix(".manifest.json")
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.MsgspecError, OSError) as e:
        raise BadFile(f"{path.relative_to(path.parents[1])} cannot be read. Publish again, then check.") from e
    shown = histories[_channel(name)]
    texts = {s.path: s for s in shown.sources}
    now = {q.id for q in shown.quotes}
    held = defaultdict(list)
    for q in shown.quotes:
        held[q.source].append((q.spans[0][0], q.spans[-1][1]))
    moves: dict[str, int] = {}
    for line in manifest.lines:
        mended = line.source in texts and line.version not in ("", texts[line.source].text_hash)
        at = _moved(line, texts[line.source], moves) if mended else None
        if at and (not line.quote or any(a <= at[0] and at[1] <= b for a, b in held[line.source])):
            continue
        wrong = _wrong(line, texts, not line.quote or line.quote in now, printed, mended)
        if wrong:
            again = AGAIN[_channel(name)]
            yield Fault(name, line.at, line.quote, f"{name}, {line.at}: the printed line {wrong} {again}")


def _wrong(line: Line, texts: dict[str, Source], shown: bool, printed: dict[str, str], mended: bool) -> str:
    """What is wrong with a line; "" for nothing. `mended`: whether its source has changed since it was printed."""
    source = texts.get(line.source)
    if source is None:
        return f"rests on {line.source}, which is gone or may no longer be shown."
    words = " ".join(told(source, start, end) for start, end in line.spans)
    if _hash(words) == line.hash:
        return "" if shown else f"may no longer be shown, or is no quotation of {line.source} now."
    was = printed.get(line.printed, "")
    there = nearest(was, source.text) if was else words
    if WITHHELD in words or WITHHELD in there:
        return f"rests on words of {line.source} that may no longer be shown."
    if not mended:
        return f"no longer stands in {line.source}; in its place stands “{_short(words)}”."
    versions = f"rests on version {line.version[:8]} of {line.source}, which is of version {source.text_hash[:8]} now"
    both = f"the book has “{_short(was)}”; " if was else ""
    return f"{versions}: {both}there stands “{_short(there)}”."


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


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
