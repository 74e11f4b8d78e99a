"""An edition as one HTML file that needs nothing else: to read on a screen, to print, to send; no script, nothing
loaded from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from vivavoce.book import pictures, pieces
from vivavoce.book.edition import Edition
from vivavoce.book.markup import FRONT, PARTS, TITLES, Markings

PRINTED = {"a5": "A5", "6x9": "6in 9in", "letter": "letter"}


def write(edition: Edition, folder: Path) -> bytes:
    """The HTML of an edition, UTF-8.

    `folder`: the project's, from which its pictures come. Raises BadFile if a picture cannot be read.
    """
    book = pieces.printed(edition)
    shown = {pieces.readable(i.path): pictures.picture(i, folder) for i in pieces.images(edition)}
    held = {path: f"data:{p.mime};base64,{b64encode(p.data).decode()}" for path, p in shown.items()}
    made = Markings(book, lambda id: f"#{id}", lambda path: held[path], typed=False, top=2)
    style = files("vivavoce.book").joinpath("templates", "html.css").read_text("utf-8")
    whole = made.page(
        "book.html",
        style=Markup(style),  # noqa: S704 - ours
        paper=PRINTED[book.trim],
        front=[made.part(name) for name in FRONT if made.there(name)],
        contents=_contents(book, made),
        body=list(_body(book, made)),
    )
    return whole.encode()


def _contents(book: Edition, made: Markings) -> list[tuple[str, str]]:
    """The contents: titles, and where they lead."""
    found: list[tuple[str, str]] = []
    for name in PARTS:
        if name == "chapters":
            found += [(pieces.heading(part), f"#{part.id}") for part in book.parts]
        elif made.there(name):
            found.append((TITLES[name], f"#{name}"))
    return found


def _body(book: Edition, made: Markings) -> list[Markup]:
    """Everything behind the contents, in order."""
    out: list[Markup] = []
    for name in PARTS:
        if name == "chapters":
            out += [made.part("chapter", part) for part in book.parts]
        elif made.there(name):
            out.append(made.part(name))
    return out
