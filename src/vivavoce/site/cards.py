"""Pictures for links to the site: for each moment its title and who tells it, 1200 by 630 points of a screen.

Set by Typst with its own fonts, so that every machine makes the same bytes.
"""

from __future__ import annotations

import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from vivavoce.errors import VivavoceError
from vivavoce.model import History, Moment, Value
from vivavoce.site import addresses
from vivavoce.site.inputs import key
from vivavoce.site.ledger import Making
from vivavoce.site.words import spoken

WIDE, HIGH = 1200, 630
TEMPLATE = "card.typ"
SITE = "cards/site.png"
DOTS = 144  # an inch
AT_ONCE = 100  # cards set in one run: more would only need more memory
MOST = 3  # names on a card
# What the fonts hold: Latin, Greek, Cyrillic, Hebrew letters and the usual signs.
HELD = re.compile(r"[\u0020-\u05ff\u1e00-\u22ff\ufb00-\ufb4f]*")


class Card(Value, frozen=True):
    """What stands on a card: `told` are the words before the names in `by`."""

    path: str
    site: str
    title: str
    told: str = ""
    by: str = ""


def cards(history: History) -> dict[str, Card]:
    """The cards of a site by the id of their moment, "" for the site's own; none for words that the fonts lack."""
    title = spoken(history.title)
    made = {"": Card(SITE, "An oral history", title, "", spoken(history.subtitle))}
    made |= {m.id: _card(title, m) for m in history.moments}
    return {at: one for at, one in made.items() if HELD.fullmatch(one.site + one.title + one.told + one.by)}


def _card(site: str, moment: Moment) -> Card:
    names = list(dict.fromkeys(spoken(a.person.name) for a in moment.accounts if a.person))
    path = f"cards/{addresses.token(moment.id)}.png"
    return Card(path, site, spoken(moment.title), "Told by " if names else "", _listed(names))


def _listed(names: list[str]) -> str:
    """The first names as a sentence has them, with how many there are more."""
    shown, more = (names[:MOST], len(names) - MOST) if len(names) > MOST + 1 else (names, 0)
    last = [f"{more} others"] if more else shown[-1:]
    first = shown if more else shown[:-1]
    return " and ".join(filter(None, (", ".join(first), *last)))


def write(making: Making, found: dict[str, Card], language: str, mark: str) -> None:
    """Write the cards into a site, those that are as before taken over. Raises VivavoceError."""
    keys = {c.path: key("card", mark, language, msgspec.json.encode(c)) for c in found.values()}
    fresh = [c for c in found.values() if not making.keep(c.path, keys[c.path])]
    for at in range(0, len(fresh), AT_ONCE):
        some = fresh[at : at + AT_ONCE]
        for card, data in zip(some, _set(some, language), strict=True):
            making.put(card.path, data, keys[card.path])


def _set(some: list[Card], language: str) -> list[bytes]:
    """Cards as PNG files, one a page."""
    made = drawing(some, language, "png")
    return [made] if isinstance(made, bytes) else list(made)


def drawing(some: list[Card], language: str, form: Literal["png", "pdf"]) -> bytes | list[bytes]:
    """Cards set in a form: pictures, or one PDF in which their words can be read. Raises VivavoceError."""
    import typst

    told: dict[str, Any] = {"lang": language.split("-")[0].lower(), "rows": [msgspec.to_builtins(c) for c in some]}
    with tempfile.TemporaryDirectory() as held:
        template = Path(held) / TEMPLATE
        template.write_bytes(files("vivavoce.site").joinpath("templates", TEMPLATE).read_bytes())
        inputs = {"cards": msgspec.json.encode(told).decode()}
        try:
            return typst.compile(
                template, root=Path(held), ignore_system_fonts=True, sys_inputs=inputs, format=form, ppi=DOTS
            )
        except typst.TypstError as e:
            raise VivavoceError(f"The pictures for links were not made: {e.message}. Install typst again.") from e
