"""A page as a reader meets it: its elements, links, ids and words."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.problems: list[str] = []
        self.words = ""
        self.body = ""
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"left open: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        if tag == "a" and "a" in self.open:
            self.problems.append("a link within a link")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> does not nest")

    def handle_data(self, data: str) -> None:
        self.words += data
        if "blockquote" in self.open:
            self.body += data

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def links(self) -> list[str]:
        out = [attrs[k] for _, attrs in self.elements for k in ("href", "src", "data-to") if k in attrs]
        moved = [a["content"] for t, a in self.elements if t == "meta" and a.get("http-equiv") == "refresh"]
        return out + [m.split("url=", 1)[1] for m in moved]


def pages(site: Path) -> dict[str, Page]:
    """Every page of a site by its path."""
    found = sorted(p for p in site.rglob("*.html"))
    return {p.relative_to(site).as_posix(): Page(p.read_text("utf-8")) for p in found}
