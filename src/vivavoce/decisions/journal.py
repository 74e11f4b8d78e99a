"""`decisions.jsonl`: one decision a line, appended, never rewritten; broken rows are told and kept."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from vivavoce import disk
from vivavoce.decisions.anchors import Anchor
from vivavoce.errors import BadFile, UsageError
from vivavoce.model import Value

VERSION = 1
"""The version of a row."""

Type = Literal[
    "speaker",
    "not-a-quotation",
    "person",
    "moment",
    "kind",
    "span",
    "note",
    "rights",
    "text-correction",
    "relation",
    "clearance",
    "turn",
    "undo",
]
TYPES: tuple[str, ...] = get_args(Type)

DOES: dict[str, tuple[str, ...]] = {
    "person": ("merge", "split", "name", "role", "alias", "pseudonym"),
    "moment": ("together", "apart", "title", "note", "when"),
    "relation": ("accept", "reject", "add"),
    "clearance": ("clear", "refuse"),
    "turn": ("split", "alone", "join"),
}
"""What a decision of a type can do, as `value["do"]`."""

KINDS = ("direct", "mixed", "indirect", "asks", "answers")
"""What a quotation can be said to be; a turn of a talk asks or answers."""

_TYPE = re.compile(r'"type":"([^"\\]*)"')
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_HALF = re.compile("[\ud800-\udfff]")

TAIL = 2**16  # bytes at the end of the file in which its last row is looked for

OFF = ("the row breaks off", "Decide again; the row may stay.")
LOST = "its words are not found any more, or stand in several places"
CHANGED = "its words have changed; it was applied to the words that stand there now"


class Decision(Value, frozen=True):
    """One row: `by` whom, `at` which instant (ISO), what about which words.

    `target`: the words meant: a quotation's fragments, a mention of each figure, the beginning of each account.
    `value`: by type: the speaker's name or None; a table with `do` (person, moment); a restriction (rights).
    `undoes`: the id of a row that no longer holds (with type "undo" that is all; else this row replaces it).
    """

    v: int
    id: str
    at: str
    by: str
    type: Type
    target: tuple[Anchor, ...] = ()
    value: Any = None
    undoes: str = ""


class Broken(Value, frozen=True):
    """A row that cannot be read: where, what is wrong and what to do. It stays in the file."""

    file: str
    line: int
    what: str
    remedy: str = ""
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}." + (f" {self.remedy}" if self.remedy else "")


class Journal(Value, frozen=True):
    """All rows that can be read, once each, in the order of the file, and those that cannot."""

    decisions: tuple[Decision, ...] = ()
    broken: tuple[Broken, ...] = ()


class Review(Value, frozen=True):
    """A decision that a person has to look at again: why, the words it was about and the words there now.

    `applied`: it was carried out all the same. `source`: the path of the source it is about.
    """

    decision: str
    type: str
    reason: str
    was: str = ""
    now: str = ""
    source: str = ""
    applied: bool = False


# --- reading -----------------------------------------------------------------------------------------------


def read(path: Path) -> Journal:
    """Read a journal; a file that is not there is an empty one. The order of rows does not matter, and a row that
    a merge of branches brought twice counts once.

    Raises BadFile if the file cannot be opened, or holds a row of a newer version: it might restrict what we
    would then show.
    """
    try:
        data = disk.read(path)
    except FileNotFoundError:
        return Journal()
    except OSError as e:
        raise BadFile(f"{path} cannot be read ({e.strerror}). Make it a file that you may read.") from e
    rows = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    told = [(line, row, _row(path, line, row)) for line, row in enumerate(rows, 1) if row.strip()]
    broken = [t for _, _, t in told if isinstance(t, Broken)]
    decisions: dict[str, Decision] = {}
    good = [(line, row, t) for line, row, t in told if isinstance(t, Decision)]
    # Of rows that share an id the latest counts, wherever in the file it stands.
    for line, row, decision in sorted(good, key=lambda g: (order(g[2]), g[1]), reverse=True):
        if decisions.setdefault(decision.id, decision) != decision:
            broken.append(_broken(path, line, row, f"another row has the id {decision.id}", "Decide again."))
    kept = dict.fromkeys(decision.id for _, _, decision in good)
    return Journal(tuple(decisions[mine] for mine in kept), tuple(sorted(broken, key=lambda b: b.line)))


def _row(path: Path, line: int, row: bytes) -> Decision | Broken:
    """One line as a decision, or what is wrong with it."""
    try:
        table = json.loads(row.decode("utf-8"))
    except UnicodeDecodeError as e:
        if e.reason == "unexpected end of data":
            return _broken(path, line, row, *OFF)
        return _broken(path, line, row, "it is not UTF-8", "Take the row out, or decide again.")
    except (ValueError, RecursionError) as e:
        return _broken(path, line, row, *_why(row, e))
    if not isinstance(table, dict):
        return _broken(path, line, row, "a row is a JSON object", "Take the row out, or decide again.")
    version = table.get("v")
    if isinstance(version, int | float) and version > VERSION:
        raise BadFile(
            f"{path}, line {line}: the row is of version {version}, and this Vivavoce reads up to {VERSION}. "
            "Install a newer Vivavoce."
        )
    if halved(table):
        return _broken(path, line, row, "it holds half a character (a lone surrogate)", "Take it out, or decide again.")
    try:
        return _checked(msgspec.convert(table, Decision))
    except (msgspec.ValidationError, ValueError, RecursionError) as e:
        return _broken(path, line, row, _said(table, e), "Mend the row, or decide again.")


def halved(value: Any) -> bool:
    """Whether any text in a value holds half a character, which no file of ours can keep."""
    return bool(_HALF.search(json.dumps(value, ensure_ascii=False)))


def _why(row: bytes, error: Exception) -> tuple[str, str]:
    """What is wrong with a line that is not JSON, and what to do."""
    if row.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        return "a mark of a merge that was not finished", "Keep all the rows, and take this line out."
    if row.lstrip().startswith(b"{") and (not row.rstrip().endswith(b"}") or _at_end(error)):
        return OFF
    return "it is not JSON", "Take the row out, or decide again."


def _at_end(error: Exception) -> bool:
    """Whether JSON was right as far as it goes: it ends in the middle of a text or of an object."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(error.doc.rstrip())


def _said(table: dict[str, Any], error: Exception) -> str:
    """What is wrong with a table, with the allowed values where a type is unknown."""
    kind = table.get("type")
    if isinstance(kind, str) and kind not in TYPES:
        return f"“{kind[:40]}” is no type of decision; there are: {', '.join(TYPES)}"
    return str(error).rstrip(".")


def _checked(decision: Decision) -> Decision:
    """The decision, if what it holds is what its type asks for; else ValueError, in words."""
    if not decision.id:
        raise ValueError("the row has no id")
    if decision.v < 1:
        raise ValueError("the version must be 1")
    instant(decision.at)
    if decision.type == "undo" and not decision.undoes:
        raise ValueError("the row undoes nothing: `undoes` must name a row")
    if decision.type == "speaker" and not (decision.value is None or isinstance(decision.value, str)):
        raise ValueError("the value of a speaker decision is a name, or null")
    if decision.type == "text-correction" and not (isinstance(decision.value, str) and decision.value.strip()):
        raise ValueError("the value of a text correction is the words as they should be")
    if decision.type == "kind" and decision.value not in KINDS:
        raise ValueError(f"the value of a kind decision is one of: {', '.join(KINDS)}")
    if decision.type == "span" and not _spans(decision):
        raise ValueError("`of` must tell how many of the targets are the quotation as it was found; others must follow")
    allowed = DOES.get(decision.type)
    if allowed:
        do = decision.value.get("do") if isinstance(decision.value, dict) else None
        if do not in allowed:
            raise ValueError(f"`do` must be one of: {', '.join(allowed)}")
    if decision.type == "person" and not _person(decision):
        raise ValueError("an alias or a pseudonym has a `name`; a role has a `role` with its `kind`")
    if decision.type == "clearance" and not _clearance(decision):
        raise ValueError("a clearance has the words as targets, and says in `how` by which letter or call")
    if decision.type == "turn" and not _turn(decision):
        raise ValueError("a turn has words as targets; `speaker` is a name, or null")
    if decision.type == "moment" and decision.value["do"] == "when" and not _when(decision):
        raise ValueError("`when` is an ISO day, month or year, or empty")
    if decision.type == "relation" and not _relation(decision):
        raise ValueError("a relation has two targets, a `type` (agree, differ, dispute), an `about` and two `values`")
    return decision


def _spans(decision: Decision) -> bool:
    """Whether a decision on words says which of its targets are the old ones."""
    value = decision.value if isinstance(decision.value, dict) else {}
    count, kind, name = value.get("of"), value.get("kind", "direct"), value.get("speaker")
    number = isinstance(count, int) and not isinstance(count, bool) and 0 <= count < len(decision.target)
    return number and kind in KINDS[:3] and (name is None or isinstance(name, str))


def _person(decision: Decision) -> bool:
    """Whether a decision on a person says what it must."""
    value, do = decision.value, decision.value["do"]
    if do == "role":
        role = value.get("role")
        texts = isinstance(role, dict) and all(isinstance(v, str) for v in role.values())
        return texts and bool(role.get("kind")) and role.get("when", "") in ("", "then", "now")
    return do not in ("alias", "pseudonym") or (isinstance(value.get("name"), str) and bool(value["name"].strip()))


def _clearance(decision: Decision) -> bool:
    """Whether a clearance says what it must."""
    shown = decision.value.get("reads", [])
    texts = isinstance(shown, list) and all(isinstance(t, str) for t in shown)
    return bool(decision.target) and texts and isinstance(decision.value.get("how", ""), str)


def _turn(decision: Decision) -> bool:
    """Whether a decision on a turn says what it must."""
    name = decision.value.get("speaker")
    return bool(decision.target) and all(a.exact for a in decision.target) and (name is None or isinstance(name, str))


def _relation(decision: Decision) -> bool:
    """Whether a decision on a relation says what one is."""
    value = decision.value
    values = value.get("values")
    words = isinstance(values, list) and len(values) == 2 and all(isinstance(v, str) for v in values)
    return (
        len(decision.target) == 2
        and value.get("type") in ("agree", "differ", "dispute")
        and isinstance(value.get("about"), str)
        and words
    )


def _when(decision: Decision) -> bool:
    """Whether a decision on when a moment happened gives a date that there is, or none."""
    day = decision.value.get("when")
    with suppress(ValueError):
        return day == "" or (
            isinstance(day, str) and bool(_DAY.fullmatch(day) and date.fromisoformat(f"{day}-01-01"[:10]))
        )
    return False


def _broken(path: Path, line: int, row: bytes, what: str, remedy: str) -> Broken:
    text = row.decode("utf-8", "replace").rstrip("\r")
    if about_rights(text):
        remedy = "It may restrict something, so whatever it may mean is withheld: mend the row or take it out."
    return Broken(path.name, line, what, remedy, text)


def about_rights(text: str) -> bool:
    """Whether a row that cannot be read may have been about rights: it says so, or shows a sign of it, or what type
    it was of cannot be told (it broke off before, or its bytes are lost)."""
    plain = "".join(text.split())
    types = set(_TYPE.findall(plain))
    if "rights" in types or any(sign in plain for sign in ('"pseudonym"', '"channels"', '"until"')):
        return True
    if types & set(TYPES):
        return False
    # A type that there is not is a mistake in another decision, unless what follows looks like a restriction.
    return '"what":' in plain or '"of":' in plain if types else plain.startswith("{") or "\0" in plain


def instant(at: str) -> datetime:
    """An ISO instant as a point in time (without a zone: UTC); ValueError, in words, if it is none."""
    try:
        told = datetime.fromisoformat(at)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"“{at[:40]}” is no instant (as in 2031-05-09T14:03:00Z)") from None


def order(decision: Decision) -> tuple[datetime, str]:
    """What decisions are sorted by: when, then id; so the order of the file does not matter."""
    return instant(decision.at), decision.id


# --- what holds --------------------------------------------------------------------------------------------


def standing(journal: Journal) -> tuple[Decision, ...]:
    """The decisions in force, earliest first: not undone, or undone by a row that was itself undone."""
    gone = fallen(journal)
    return tuple(sorted((d for d in journal.decisions if d.id not in gone and d.type != "undo"), key=order))


def fallen(journal: Journal) -> frozenset[str]:
    """The ids of the rows that no longer hold, undone or replaced; an undo that was undone is among them."""
    undoers: dict[str, list[str]] = defaultdict(list)
    undoes = {d.id: d.undoes for d in journal.decisions}
    for mine, other in undoes.items():
        undoers[other].append(mine)
    # From rows that nothing undoes, towards what they undo; rows that undo one another in a ring undo nothing.
    waiting = {mine: len(undoers[mine]) for mine in undoes}
    ready = [mine for mine, n in waiting.items() if n == 0]
    gone: set[str] = set()
    while ready:
        mine = ready.pop()
        other = undoes[mine]
        if other not in waiting:
            continue
        if mine not in gone:
            gone.add(other)
        waiting[other] -= 1
        if waiting[other] == 0:
            ready.append(other)
    return frozenset(gone)


# --- appending ---------------------------------------------------------------------------------------------


def row(decision: Decision) -> bytes:
    """A decision as a line of the file, with its newline. Raises UsageError for a text with half a character."""
    table = msgspec.to_builtins(decision)
    if halved(table):
        raise UsageError("The decision holds half a character (a lone surrogate), which cannot be kept. Type it again.")
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def append(path: Path, decision: Decision) -> None:
    """Append one row and wait until it is on the disk; a last line that broke off is ended first, never mended.

    Raises BadFile if the file cannot be written, UsageError if a text holds half a character.
    """
    line = row(decision)
    try:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    except OSError as e:
        raise BadFile(f"{path} cannot be written ({e.strerror}). Make it a file that you may write.") from e
    try:
        _lock(file)
        size = os.lseek(file, 0, os.SEEK_END)
        if size:
            os.lseek(file, size - 1, os.SEEK_SET)
        ended = not size or os.read(file, 1) == b"\n"
        _write(file, size, (b"" if ended else b"\n") + line)
        if not size:
            disk.settled(path.parent)
    except OSError as e:
        raise BadFile(f"{path} cannot be written ({e.strerror}). The decision was not kept; try again.") from e
    finally:
        os.close(file)  # and with it goes the lock


def after(path: Path, decision: Decision) -> Decision:
    """The decision, later than the last row of a journal even where the clock was set back: what is decided last
    counts. A journal that cannot be read changes nothing."""
    try:
        disk.regular(path)
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            rows = [_row(path, 0, row) for row in file.read().split(b"\n") if row.strip()]
    except (OSError, BadFile):
        return decision
    last = next((row for row in reversed(rows) if isinstance(row, Decision)), None)
    if last is None or instant(last.at) < instant(decision.at):
        return decision
    try:
        later = instant(last.at) + timedelta(microseconds=1)
    except OverflowError:
        return decision
    return msgspec.structs.replace(decision, at=later.isoformat(timespec="microseconds"))


def _lock(file: int) -> None:
    """Wait until no other process appends (where the system has such locks)."""
    try:
        import fcntl
    except ImportError:
        return  # O_APPEND alone keeps rows whole there
    with suppress(OSError):  # some network disks have none
        fcntl.flock(file, fcntl.LOCK_EX)


def _write(file: int, size: int, data: bytes) -> None:
    """Put data behind the `size` bytes of a file and wait until it is on the disk: all of it, or nothing. OSError."""
    done = 0
    try:
        while done < len(data):
            done += os.write(file, data[done:])
        os.fsync(file)
    except OSError:
        with suppress(OSError):  # half a row is taken back, unless somebody else has written behind it
            os.lseek(file, size, os.SEEK_SET)
            ours = os.read(file, len(data))  # a disk that fails may have taken more than it said
            if data.startswith(ours) and os.fstat(file).st_size == size + len(ours):
                os.ftruncate(file, size)
        raise
