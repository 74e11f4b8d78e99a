"""The first sidecar of a source: what was read and what can be guessed, as comments; what only a person can say, to be
filled in. As it is written it changes nothing of how the source is read."""

from __future__ import annotations

import json
import re
from collections import Counter

from vivavoce.model import Source, Turn
from vivavoce.sources import sidecar
from vivavoce.sources.folder import stem
from vivavoce.sources.speakers import Speaker, speakers

DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_. ]?(\d\d)[-_. ]?(\d\d)|-(\d\d))?(?!\d)")
BARE = re.compile(r"[A-Za-z0-9_-]+")
HEAD = """\
# What you say of {name}. A line that begins with # has no effect: it tells what was read,
# or guesses; take the # away to say it yourself. All keys: docs/sidecar.md of Vivavoce.
v = 1
"""
SHOWN = 8  # first words of a speaker


def first_sidecar(source: Source) -> str:
    """The text of a sidecar for a source that has none."""
    name = source.path.rsplit("/", 1)[-1]
    lines = [
        _line("title", source.title, _titled(name), "the file's name"),
        _line("date", source.date, _dated(name), "the file's name"),
        _line("publisher", source.publisher),
        _line("address", source.address),
        _interviewer(source),
        _line("media", source.media[0].path.rsplit("/", 1)[-1] if source.media else ""),
    ]
    return HEAD.format(name=_plain(name)) + "".join(line for line in lines if line) + _speakers(source)


def _line(key: str, read: str, guess: str = "", by: str = "") -> str:
    """A key as it was read, else as it can be guessed; "" where there is neither."""
    if read:
        return f"# {key} = {_quoted(read)}\n"
    return f"# {key} = {_quoted(guess)}  # a guess, by {by}\n" if guess else ""


def _titled(name: str) -> str:
    """A file's name as a title."""
    return " ".join(stem(name).replace("_", " ").replace("-", " ").split())


def _dated(name: str) -> str:
    """The day, month or year that a file's name holds; "" for none."""
    for found in DAY.finditer(name):
        year, month, day, alone = found.groups()
        date = f"{year}-{month}-{day}" if day else f"{year}-{alone}" if alone else year
        if sidecar.is_day(date):
            return date
    return ""


def _interviewer(source: Source) -> str:
    """Who asks, by their label; else whoever puts most of the questions."""
    asking = [s.name or s.label for s in speakers(source) if s.asks]
    if asking:
        return _line("interviewer", asking[0]) if len(asking) == 1 else _listed("interviewers", asking)
    guess = _asking(source)
    return f"# interviewer = {_quoted(guess)}  # a guess: most questions are theirs\n" if guess else ""


def _listed(key: str, values: list[str]) -> str:
    return f"# {key} = [{', '.join(map(_quoted, dict.fromkeys(values)))}]\n"


def _asking(source: Source) -> str:
    """The label of whoever puts more than half of the questions, in half of their turns or more; "" for nobody."""
    turns = [t for t in source.turns if t.label and t.spans]
    asked = Counter(t.label for t in turns if source.text[slice(*t.spans[-1])].rstrip(" ”\"'’)").endswith("?"))
    if not asked or len({t.label for t in turns}) < 2:
        return ""
    label, most = asked.most_common(1)[0]
    own = sum(t.label == label for t in turns)
    return label if most * 2 > asked.total() and most * 2 >= own else ""


def _speakers(source: Source) -> str:
    """The speakers: those whom nobody named yet with an empty name, each with their first words."""
    told = {s.label: s for s in reversed(speakers(source)) if s.label}
    if not told:
        return ""
    first = {t.label: t for t in reversed(source.turns) if t.spans}
    rows = [_speaker(s, first[label], source.text) for label, s in reversed(told.items())]
    return "\n[speakers]\n" + "".join(rows)


def _speaker(told: Speaker, turn: Turn, text: str) -> str:
    key = told.label if BARE.fullmatch(told.label) else _quoted(told.label)
    if told.name:
        return f"# {key} = {_quoted(told.name)}\n"
    begins = " ".join(text[slice(*turn.spans[0])].split()[:SHOWN])
    return f'{key} = ""  # begins: {_plain(begins)[:80]}\n'


def _quoted(text: str) -> str:
    """A text as TOML writes it, on one line."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in written if not "\ud800" <= c <= "\udfff")


def _plain(text: str) -> str:
    """A text as it can stand in a comment."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else " " for c in text)
