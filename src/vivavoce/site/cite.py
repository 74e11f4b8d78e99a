"""How a quotation is cited on the site, and how a person's part is told."""

from __future__ import annotations

from vivavoce import citations
from vivavoce.model import Person, Quote, Role
from vivavoce.site.shelf import Shelf


def citation(shelf: Shelf, quote: Quote) -> str:
    """A quotation's citation as plain text, with the collection."""
    told = citations.cited(shelf.sources[quote.source], quote, ())
    return f"{told}. Cited after “{citations.plain(shelf.history.title)}”."


def part(role: Role, full: bool = False) -> str:
    """A role in a few words: `Nurse Bell in The Ward`, `showrunner, The Ward`; `full`: `plays Nurse Bell …`."""
    if role.kind == "plays":
        who = f"{role.of} in {role.work}" if role.work else role.of
        return f"plays {who}" if full and who else who
    if role.kind == "job":
        return ", ".join(filter(None, (role.title, role.of or role.work)))
    if role.kind == "author":
        return f"author of {role.of or role.work}"
    return " ".join(filter(None, (role.kind, role.title, role.of or role.work)))


def parts(person: Person | None, most: int = 2) -> str:
    """What somebody is to the story, shortly: the first few roles, each once, whom they play before what they do."""
    if not person:
        return ""
    roles = sorted(person.roles, key=lambda r: r.kind != "plays")
    told: list[str] = []
    for text in filter(None, map(part, roles)):
        if not any(one.startswith(text) for one in told):
            told = [*(one for one in told if not text.startswith(one)), text]
    return "; ".join(told[:most])
