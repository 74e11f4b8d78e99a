"""An inventory, and what was added to a project, in words and cells."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.printing import clock, hours, many
from vivavoce.works import saying

if TYPE_CHECKING:
    from vivavoce.adding import Added
    from vivavoce.inventory import Inventory, Row
    from vivavoce.listing import WorkTold
    from vivavoce.model import Entry, Fact, History, Offset
    from vivavoce.rights import Rule
    from vivavoce.sources.speakers import Speaker

COLUMNS = (
    "source", "kind", "format", "title", "publisher", "date", "language", "words", "speakers", "not named", "from",
    "to", "pages", "paragraphs", "recordings", "sidecar", "restrictions", "withheld in part", "warnings", "problem",
)  # fmt: skip
SPEAKERS = 6

UNHEARD = "There is no transcript to look in. Put one into sources/, and build again."


def row(given: Row) -> tuple[str, ...]:
    """A source for reading: its name over what is to be known of it, what it was read as, who speaks, how much."""
    notes = [f"restricted: {_rule(r)}" for r in given.restrictions]
    notes += ["partly withheld here"] if given.withheld else []
    notes += [many(len(given.warnings), "warning", "warnings")] if given.warnings and given.kind != "recording" else []
    read = {"unread": "not read", "recording": "to transcribe"}.get(given.kind, f"{given.kind}\n{given.format}")
    return "\n  ".join([given.source, *notes]), read, _who(given.speakers), "\n".join(_what(given))


def _who(speakers: tuple[Speaker, ...]) -> str:
    """The speakers of a source; one who is not named yet has a question mark."""
    told = [_speaker(s) for s in speakers]
    return "\n".join(told if len(told) <= SPEAKERS else [*told[: SPEAKERS - 1], f"and {len(told) - SPEAKERS + 1} more"])


def _speaker(given: Speaker) -> str:
    called = given.name or given.label or "no label"
    return f"{called} asks" if given.asks else called if given.name else f"{called} ?"


def _what(given: Row) -> list[str]:
    """Date, words, time, pages: each where there is one."""
    longest = max((m.length or 0.0 for m in given.media), default=0.0)
    told = [given.date, many(given.words, "word", "words") if given.words else ""]
    if given.time:
        told.append(f"{clock(given.time[0])}–{clock(given.time[1])}" + (f" of {clock(longest)}" if longest else ""))
    elif longest:
        told.append(clock(longest))
    if given.pages:
        told.append(f"p. {'–'.join(dict.fromkeys(given.pages))}")
    return [line for line in told if line]


def _rule(rule: Rule) -> str:
    where = f" ({', '.join(rule.channels)})" if rule.channels else ""
    return f"{rule.what}{where}" + (f" until {rule.until}" if rule.until else "")


def cells(given: Row) -> tuple[str, ...]:
    """A source as a row of CSV, in the order of COLUMNS."""
    said = "; ".join(f"{s.label}={s.name}{' (asks)' if s.asks else ''}" for s in given.speakers)
    first, last = (f"{given.time[0]:.3f}", f"{given.time[1]:.3f}") if given.time else ("", "")
    return (
        given.source, given.kind, given.format, given.title, given.publisher, given.date, given.language,
        str(given.words), said, str(given.unnamed), first, last, "–".join(dict.fromkeys(given.pages or ())),
        str(given.paragraphs), "; ".join(m.path for m in given.media), given.sidecar,
        "; ".join(map(_rule, given.restrictions)), "yes" if given.withheld else "",
        " ".join(w.told(given.source) for w in given.warnings), given.problem,
    )  # fmt: skip


def inventoried(found: Inventory, path: Path) -> list[str]:
    """What is to be said of an inventory: what could not be read, what was mended, the whole, what to do next."""
    said = [r.problem for r in found.rows if r.problem]
    said += [w.told(r.source) for r in found.rows for w in r.warnings if r.kind != "recording"]
    nameless = sum(r.unnamed for r in found.rows)
    total = [many(len(found.rows), "source", "sources"), many(sum(r.words for r in found.rows), "word", "words")]
    total += [hours(found.seconds)] if found.seconds else []
    total += [many(nameless, "speaker not named yet", "speakers not named yet")] if nameless else []
    total += [many(found.withheld, "source withheld", "sources withheld")] if found.withheld else []
    return [*said, f"{', '.join(total)}. Next: {_next(found, path)}"]


def _next(found: Inventory, path: Path) -> str:
    nameless = [r for r in found.rows if r.unnamed]
    if not found.rows and not found.withheld:
        return "bring interviews, transcripts and articles here; in a project with: vivavoce add PATH"
    if any(r.kind == "unread" for r in found.rows):
        return "mend what could not be read, as told above, or take it away."
    if nameless:
        return f"name them under [speakers] in {nameless[0].sidecar or 'its sidecar'}."
    if any(r.kind == "recording" for r in found.rows):
        return "transcribe the recordings that wait for it, and put each transcript beside its recording."
    if path.is_file() and not found.home:
        return f"vivavoce quotes {typed(path)}"
    return f"vivavoce build {typed(Path(found.home or path))}"


def typed(path: Path) -> str:
    """A path as one can type it here."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        near = str(path)
    return shlex.quote(min(near, os.path.abspath(path), key=len))  # noqa: PTH100 - resolve() would follow links


def added(done: Added) -> str:
    """What became of a file, in a sentence or two."""
    if done.done == "refused":
        return f"Not added: {done.problem}"
    if done.done == "there":
        return f"Already there: {done.source}." + (f" {done.problem}" if done.problem else "")
    reading = {"recording": "to transcribe", "part": "with the source of its name", "": ""}
    told = [reading.get(done.kind, f"{done.kind} ({done.format})")]
    told += [many(done.speakers, "speaker", "speakers")] if done.speakers else []
    told += [f"{done.unnamed} not named yet"] if done.unnamed else []
    said = ", ".join(filter(None, told))
    filled = f"To fill in: {done.sidecar}." if done.sidecar and done.unnamed else ""
    return " ".join(filter(None, (f"Added {done.source}{': ' if said else ''}{said}.", filled, done.problem)))


def all_added(rows: list[Added], into: Path) -> list[str]:
    """The whole of an adding, and what to do next."""
    count: Counter[str] = Counter(r.done for r in rows)
    names = {"added": "added", "there": "already there", "refused": "not added"}
    told = [f"{count[done]} {name}" for done, name in names.items() if count[done] or done == "added"]
    waiting = sum(r.kind == "recording" for r in rows)
    told += [f"{waiting} to transcribe"] if waiting else []
    left = [r.given for r in rows if r.done == "left"]
    files = f"{', '.join(left[:3])}{' …' if len(left) > 3 else ''}"
    said = [f"Left, as no sources: {many(len(left), 'file', 'files')} ({files})."] if left else []
    return [*said, f"{', '.join(told)}. Next: vivavoce sources {typed(into)}"]


def heard(shown: History) -> bool:
    """Whether there is a transcript to look in."""
    return any(s.kind == "transcript" for s in shown.sources)


def untraceable(shown: History) -> str:
    """Why nothing of the press can be followed into the recordings; "" where something can."""
    if not heard(shown):
        return UNHEARD
    if not any(s.kind == "press" for s in shown.sources):
        return "There is no press to follow: nothing but recordings. Put articles into sources/, and build again."
    return "" if shown.traces else "Nothing that the press quotes can be shown and followed."


def traced(shown: History, count: int) -> list[str]:
    """What is to be said of a look for `count` quotations in what may be shown of a history."""
    out = []
    if not heard(shown):
        out.append(UNHEARD)
    elif not count:
        out.append("Nothing is quoted there: no words in quotation marks were found.")
    if shown.withheld:
        out.append("Something of this project is withheld, and was not looked in: what was said there is not found.")
    return out


# --- works -------------------------------------------------------------------------------------------------


def work_row(given: WorkTold, by_id: dict[str, Entry], flat: bool) -> tuple[str, ...]:
    """A work for reading: its parts indented below it unless the table is `flat`."""
    entry = by_id[given.id]
    depth = 0 if flat else len(saying.trail(entry, by_id))
    number = saying.number(entry, by_id)
    title = "  " * depth + entry.title + (f" ({number})" if number else "")
    facts = "; ".join(
        same.words if same.kind in same.words else f"{same.kind} {same.words}" for same in saying.together(given.facts)
    )
    return title, entry.kind, entry.date, facts, str(len(entry.evidence)), str(len(given.moments)), entry.id


def fact_row(fact: Fact, by_id: dict[str, Entry]) -> tuple[str, ...]:
    """A fact for reading."""
    work = by_id[fact.work].title if fact.work in by_id else ""
    value = saying.worded(fact) + (f" ({fact.by})" if fact.by else "")
    return work, fact.kind, value, fact.said, fact.source, fact.told, f"{fact.start}–{fact.end}"


def time_row(offset: Offset, by_id: dict[str, Entry]) -> tuple[str, ...]:
    """A relative time for reading."""
    work = by_id[offset.work].title if offset.work in by_id else ""
    at = f"{offset.start}–{offset.end}"
    return offset.said, offset.anchor, work, offset.happened, offset.source, offset.told, at
