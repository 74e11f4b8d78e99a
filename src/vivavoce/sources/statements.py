"""What an archive's file says of its rights, in words: held to be a restriction unless it plainly is none.

Fails closed. A statement is free only where all of it is one of a few known ones; any other withholds the source from
everything but the workbench, until the sidecar says who has cleared it, or until the day that the statement names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vivavoce.model import Channel, Restriction, Warning
from vivavoce.sources import dates

WITHHELD: tuple[Channel, ...] = ("site", "book", "export", "search", "ai")
CLEAR = 'If you may publish it, write cleared = "by whom, and when" in its sidecar.'
LONGEST = 300  # of a statement as it is quoted

_WORK = (
    r"(?:(?:this|the) (?:work|interview|recording|transcript|text|file|material|edition|corpus)s?"
    r" (?:is|are|was|has been)(?: hereby)? )?"
)
_GIVEN = r"(?:(?:licen[cs]ed|available|released|published|made available|distributed|dedicated|placed) )?"
_UNDER = r"(?:(?:under|in|into|to) )?(?:the terms of )?(?:the |a |an )?"
_KIND = (
    r"(?:cc0|cc[ -]by(?:[ -]sa)?|(?:creative commons )?public domain(?: mark| dedication)?"
    r"|creative commons (?:zero|cc0|by(?:-sa)?|attribution(?:[ -]share ?-?alike)?))"
)
_VERSION = (
    r"(?:,? ?v?\d\.\d)?(?: (?:international|unported|generic|universal))?(?: licen[cs]e| mark)?"
    r"(?: \(cc[ -]by(?:[ -]sa)?(?: \d\.\d)?\))?"
)
_ADDRESS = (
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/by(?:-sa)?|publicdomain/(?:zero|mark))/\d\.\d/?"
    r"(?:deed\.\w{2}|legalcode)?"
)
_NONE = (
    r"(?:there are )?(?:none|unrestricted|no (?:known )?(?:copyright )?restrictions?"
    r"(?: on (?:use|reuse|publication|reproduction|access (?:or|and) use|use (?:or|and) access))?)"
)
FREE = re.compile(rf"(?:{_WORK}{_GIVEN}{_UNDER}{_KIND}{_VERSION}|{_ADDRESS}|{_NONE})\.?")
UNTIL = re.compile(
    r"(?:(?:this|the) (?:interview|recording|transcript|material|file) (?:is|remains|shall remain|will be) )?"
    r"(?:closed|restricted|embargoed|sealed|withheld|under embargo)(?: to (?:the public|researchers|all))?"
    r" (?:until|till) (?P<day>[^;:()]{4,40}?)\.?"
)


def free(statement: str) -> bool:
    """Does a statement plainly restrict nothing: public domain, CC0, CC BY, CC BY-SA, no restrictions?"""
    parts = [_folded(part) for part in re.split(r"[\r\n;]+", statement)]
    return all(FREE.fullmatch(part) for part in parts if part)


def until(statement: str) -> str:
    """The ISO day, month or year until which a statement, and nothing else in it, closes a source; else
    "permission"."""
    found = UNTIL.fullmatch(_folded(statement))
    return dates.day(found["day"]) if found and dates.only(found["day"]) else "permission"


def withheld(path: str, told: Iterable[tuple[str, str]]) -> tuple[tuple[Restriction, ...], tuple[Warning, ...]]:
    """The restrictions that statements of a file lay on it, and what is to be told of them. `told`: what each is
    called ("usage") and its words."""
    restrictions: list[Restriction] = []
    warnings: list[Warning] = []
    for name, statement in told:
        words = " ".join(statement.split())
        if not words or free(statement):
            continue
        words = words.rstrip(".")
        quoted = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
        ends = until(statement)
        till = "" if ends == "permission" else f" until {ends}"
        what = f"what the file says of its {name} withholds it{till} from site, book, export, search and AI: “{quoted}”"
        restrictions.append(Restriction("source", path, WITHHELD, ends, f"the file says of its {name}: “{quoted}”"))
        warnings.append(Warning(what, "", CLEAR))
    return tuple(restrictions), tuple(warnings)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
