"""BibTeX, as LaTeX and reference managers read it (UTF-8; an interview is `@misc`, which every style knows)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vivavoce.citations.items import Item, Name, year

SPECIAL = re.compile(r"[\\{}&%$#_~^]")
ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def bibtex(found: Iterable[Item]) -> str:
    """The items as one BibTeX file."""
    return "\n".join(map(_entry, found))


def _entry(item: Item) -> str:
    press = item.type != "interview"
    rows = {
        "author": " and ".join(map(_name, item.author)),
        "title": f"{{{plain(item.title)}}}" if item.title else "",
        "journal": plain(item.container_title) if press else "",
        "howpublished": "" if press else _asked(item),
        "organization": "" if press else plain(item.publisher),
        "year": year(item),
        "date": "-".join(f"{p:02}" for p in item.issued["date-parts"][0]) if item.issued else "",
        "url": item.url.replace("{", "%7B").replace("}", "%7D"),
        "note": plain(item.note),
    }
    told = ",\n".join(f"  {key} = {{{value}}}" for key, value in rows.items() if value)
    return f"@{'article' if press else 'misc'}{{{item.id},\n{told}\n}}\n"


def _asked(item: Item) -> str:
    by = " and ".join(f"{n.given} {n.family}".strip() or n.literal for n in item.interviewer)
    return plain(f"Interview by {by}" if by else "Interview")


def _name(name: Name) -> str:
    return f"{plain(name.family)}, {plain(name.given)}" if name.family else f"{{{plain(name.literal)}}}"


def plain(text: str) -> str:
    """A text on one line whose signs mean nothing to LaTeX."""
    return SPECIAL.sub(lambda m: ESCAPED.get(m.group(), "\\" + m.group()), " ".join(text.split()))
