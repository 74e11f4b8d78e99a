"""The parts of a book as HTML, for the writers whose files are made of it: every word escaped, every link resolved."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from vivavoce.book import pieces
from vivavoce.book.edition import Edition, Runs

TAGS = {"italic": "em", "bold": "strong"}
FRONT = ("titlepage", "copyright", "dedication")
PARTS = ("method", "people", "introduction", "chapters", "notes", "sources", "index")
TITLES = {
    "titlepage": "Title page",
    "copyright": "Copyright",
    "dedication": "Dedication",
    "method": "A note on method",
    "people": "The people",
    "introduction": "Introduction",
    "notes": "Notes",
    "sources": "Sources",
    "index": "Index",
}


class Markings:
    """How the parts of one edition are marked up.

    `to(id)` is the address of a place; `see(path)` that of a picture; `typed`: say what things are in EPUB's own
    words too (`epub:type`); `top`: the level of the parts' headings, 1 where each is a file of its own.
    """

    def __init__(
        self, edition: Edition, to: Callable[[str], str], see: Callable[[str], str], typed: bool, top: int
    ) -> None:
        self.edition, self.to, self.typed = edition, to, typed
        self.pages = pieces.paged(edition)
        self.environment = _environment()
        self.notes = pieces.notes_by_part(edition)
        self.values = {
            "book": edition,
            "to": to,
            "see": see,
            "is": self.is_,
            "top": top,
            "pages": self.pages,
            "inline": self.inline,
            "marker": self.marker,
            "endnotes": self.notes,
            "numbers": {note.number for _, mine in self.notes for note in mine},
        }
        self.parts = self.environment.get_template("parts.html").make_module(self.values)

    def is_(self, kind: str, role: str = "") -> Markup:
        """The attributes that say what an element is."""
        told = (f'epub:type="{kind}"' if kind and self.typed else "", f'role="doc-{role}"' if role else "")
        return Markup("".join(f" {one}" for one in told if one))  # noqa: S704 - words of the templates

    def inline(self, runs: Runs, piece: str, number: int) -> Markup:
        """The words of a paragraph, with the pages that begin in it."""
        out: list[str] = []
        for one in pieces.split(runs, self.pages.breaks.get((piece, number), ())):
            if isinstance(one, int):
                out.append(self.marker(one))
            else:
                tag = TAGS.get(one.style)
                out.append(f"<{tag}>{escape(one.text)}</{tag}>" if tag else escape(one.text))
        return Markup("".join(out))  # noqa: S704 - every piece is escaped

    def marker(self, page: int) -> Markup:
        """The sign that a page begins."""
        kind = f'{self.is_("pagebreak", "pagebreak")} aria-label="{page}"' if self.typed else f' data-page="{page}"'
        return Markup(f'<span class="page"{kind} id="page-{page}"></span>')  # noqa: S704 - a number

    def there(self, name: str) -> bool:
        """Whether the book has a part at all."""
        book = self.edition
        missing = {
            "copyright": False,
            "dedication": not book.dedication,
            "people": not book.people,
            "method": not book.method,
            "introduction": not book.introduction,
            "notes": not self.notes,
            "sources": not book.bibliography,
            "index": not any(m.pieces for m in book.index),
        }
        return not missing.get(name, False)

    def part(self, name: str, *given: Any) -> Markup:
        """A part of the book by its name, as one section."""
        return Markup(getattr(self.parts, name)(*given))  # noqa: S704 - rendered by the template

    def page(self, template: str, **values: Any) -> str:
        """A whole file of a template."""
        return str(self.environment.get_template(template).render(self.values | values))


def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("vivavoce.book"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    shared = ("grouped", "heading", "facts", "caption", "linked", "lang", "direction", "compared", "plain")
    made.globals["of"] = SimpleNamespace(**{name: getattr(pieces, name) for name in shared})
    made.globals["index_of"] = pieces.index
    made.globals["sources_of"] = pieces.sources_by_kind
    return made
