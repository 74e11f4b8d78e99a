"""`book.md` as values: chapters, narration, pictures, and blocks of quotation that name what they quote.

The file is Markdown (CommonMark) that any viewer shows with the words in plain sight; `docs/book.md` tells its schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from vivavoce.errors import BadFile
from vivavoce.model import Value

VERSION = 1
MARK = re.compile(r"<!--\s*vivavoce book (\d+)\s*-->")
ABOUT = re.compile(r"<!--\s*moment ([\w-]+)\s*-->")
GAP = re.compile(r"\[Narration: (.*)\]", re.DOTALL)
BRACKET = re.compile(r"\[[^\]]*\]")
REFERENCE = re.compile(r"(quote|source):(.+)")

Style = Literal["", "italic", "bold"]


class Run(Value, frozen=True):
    """Words in one style; a line break is white space."""

    text: str
    style: Style = ""


class Part(Value, frozen=True):
    """Words up to a reference: which quotation (`quote`, an id) or which source (`source`, a path) they are from.

    With a quotation `source` is where it stood when the block was written, "" if that is not said. `paragraphs`: the
    words as printed, with their `[…]` and `[words]`. `line`: of the file, from 1. `label`: what the reference reads.
    """

    quote: str
    source: str
    paragraphs: tuple[tuple[Run, ...], ...]
    line: int
    label: str = ""


class Block(Value, frozen=True):
    """A block of quotation: `name` as it stands in bold at its head ("" = none), parts in printed order."""

    name: str
    parts: tuple[Part, ...]
    line: int


class Narration(Value, frozen=True):
    """The author's own words: a paragraph, an item of a list, or a heading within a chapter."""

    kind: Literal["paragraph", "item", "heading"]
    runs: tuple[Run, ...]
    line: int


class Gap(Value, frozen=True):
    """Narration that is still to be written, and what of."""

    what: str
    line: int


class Plate(Value, frozen=True):
    """A picture: its path from the book's folder, what it shows in words, and its caption."""

    path: str
    alt: str
    caption: str
    line: int


class Break(Value, frozen=True):
    """A break between two stretches of a chapter."""

    line: int


Item = Block | Narration | Gap | Plate | Break


class Chapter(Value, frozen=True):
    """A chapter: its title ("" for what stands before the first), the moment it was drafted from, its items."""

    title: str
    items: tuple[Item, ...] = ()
    moment: str = ""
    line: int = 1


class Mistake(Value, frozen=True):
    """Something in the file that cannot be printed: the line, and a sentence."""

    line: int
    sentence: str


class Arrangement(Value, frozen=True):
    """A whole `book.md`."""

    chapters: tuple[Chapter, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def arranged(text: str, file: str = "book.md") -> Arrangement:
    """Read an arrangement; what in it cannot be understood is among its `mistakes`, and nothing is left out in
    silence.

    Raises BadFile if it is of a newer version.
    """
    return of_tokens(tokens_of(text, file))


def tokens_of(text: str, file: str = "book.md") -> list[Token]:
    """The tokens of a file as Markdown. Raises BadFile if it is of a newer version."""
    found = MARK.search(text)
    if found and int(found[1]) > VERSION:
        raise BadFile(f"{file} is of version {found[1]}; this Vivavoce reads up to {VERSION}. Install a newer one.")
    return MarkdownIt("commonmark").parse(text)


def of_tokens(tokens: Sequence[Token]) -> Arrangement:
    """The arrangement that tokens make."""
    reading = _Reading()
    for first, line, mine in tops(tokens):
        reading.take(first, line, mine)
    return Arrangement(tuple(reading.finished()), tuple(reading.mistakes))


def tops(tokens: Sequence[Token]) -> Iterator[tuple[Token, int, list[Token]]]:
    """The pieces of a document: the token that opens each, its line from 1, all its tokens."""
    at = 0
    while at < len(tokens):
        end, depth = at, 0
        while True:
            depth += tokens[end].nesting
            end += 1
            if depth == 0:
                break
        yield tokens[at], (tokens[at].map or [0])[0] + 1, list(tokens[at:end])
        at = end


def own_words(arrangement: Arrangement) -> Iterator[tuple[int, str]]:
    """All that is the author's own and is printed, with its line: titles, narration, captions, the heads of blocks,
    and what stands in [brackets] within them."""
    for chapter in arrangement.chapters:
        yield chapter.line, chapter.title
        for item in chapter.items:
            if isinstance(item, Narration):
                yield item.line, "".join(r.text for r in item.runs)
            elif isinstance(item, Plate):
                yield item.line, f"{item.alt}\n{item.caption}"
            elif isinstance(item, Block):
                yield item.line, item.name
                for part in item.parts:
                    words = "\n".join("".join(r.text for r in runs) for runs in part.paragraphs)
                    yield part.line, "\n".join(BRACKET.findall(words))


class _Reading:
    """The chapters so far."""

    def __init__(self) -> None:
        self.done: list[Chapter] = []
        self.open = Chapter("")
        self.items: list[Item] = []
        self.mistakes: list[Mistake] = []

    def take(self, first: Token, line: int, tokens: list[Token]) -> None:
        """Take one piece of the document."""
        self._unprinted(tokens)
        if first.type == "heading_open" and first.tag == "h1":
            self._close()
            self.open = Chapter(_plain(_inline(tokens)), line=line)
        elif first.type == "html_block":
            self._comment(first.content, line)
        elif first.type == "hr":
            self.items.append(Break(line))
        else:
            self.items += self._made(first, line, tokens)

    def _unprinted(self, tokens: list[Token]) -> None:
        """Words in <angle brackets> read as HTML, which is not printed: they would be gone without a word."""
        for t in (t for t in tokens if t.type == "inline"):
            lost = (c.content for c in t.children or [] if c.type == "html_inline" and not c.content.startswith("<!--"))
            for signs in lost:
                sentence = f"“{signs}” reads as HTML and is not printed. Take it out, or write \\{signs}"
                self.mistakes.append(Mistake(_line(t), sentence))

    def _made(self, first: Token, line: int, tokens: list[Token]) -> list[Item]:
        if first.type == "blockquote_open":
            block = self._block(line, tokens)
            return [block] if block else []
        if first.type in ("bullet_list_open", "ordered_list_open"):
            return [Narration("item", _runs(t.children or []), _line(t)) for t in tokens if t.type == "inline"]
        if first.type == "heading_open":
            return [Narration("heading", _runs(_inline(tokens)), line)]
        if first.type == "paragraph_open":
            return [self._paragraph(line, _inline(tokens))]
        self.mistakes.append(Mistake(line, "this is no narration, picture or quotation. Write it as plain paragraphs."))
        return []

    def _paragraph(self, line: int, children: list[Token]) -> Item:
        shown = [t for t in children if t.type != "html_inline"]
        if len(shown) == 1 and shown[0].type == "image":
            picture = shown[0]
            path = unquote(str(picture.attrs["src"]))  # Markdown's own reading writes spaces and accents as %20 …
            return Plate(path, picture.content, str(picture.attrs.get("title", "")), line)
        if any(t.type == "image" for t in shown):
            self.mistakes.append(Mistake(line, "a picture stands within a line. Put it on a line of its own."))
        if any(REFERENCE.fullmatch(str(t.attrs.get("href", ""))) for t in shown):
            self.mistakes.append(
                Mistake(line, "a quotation stands outside a block. Begin each of its lines with “> ”.")
            )
        gap = GAP.fullmatch(_plain(shown).strip())
        return Gap(" ".join(gap[1].split()), line) if gap else Narration("paragraph", _runs(shown), line)

    def _block(self, line: int, tokens: list[Token]) -> Block | None:
        name, parts, mistakes = _quoted(line, tokens)
        self.mistakes += mistakes
        return Block(name, tuple(parts), line) if parts else None

    def _comment(self, text: str, line: int) -> None:
        about = ABOUT.search(text)
        if about:
            self.open = Chapter(self.open.title, self.open.items, about[1], self.open.line)
        if re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip():
            self.mistakes.append(Mistake(line, "HTML is not printed. Write it as Markdown."))

    def _close(self) -> None:
        if self.open.title or self.items:
            self.done.append(Chapter(self.open.title, tuple(self.items), self.open.moment, self.open.line))
        self.items = []

    def finished(self) -> list[Chapter]:
        """All chapters."""
        self._close()
        return self.done


# --- blocks of quotation -----------------------------------------------------------------------------------


def _quoted(line: int, tokens: list[Token]) -> tuple[str, list[Part], list[Mistake]]:
    """A block's name, parts and mistakes. A reference closes the words before it, back to the reference before."""
    name, began = "", line
    parts: list[Part] = []
    mistakes: list[Mistake] = []
    open_: list[tuple[Run, ...]] = []
    for paragraph in (t for t in tokens if t.type == "inline"):
        children = paragraph.children or []
        if not name and not parts and not open_:
            name, children = _name(children)
        at = _line(paragraph) + _breaks(paragraph.children or []) - _breaks(children)
        styles: list[Style] = []  # what is italic over a reference is so on both sides of it
        for piece, reference, label in _closed(children):
            runs = _runs(piece, styles)
            at += _breaks(_before_words(piece))
            if "".join(r.text for r in runs).strip():
                began = began if open_ else at
                open_.append(runs)
            if reference and not open_:
                mistakes.append(Mistake(at, "a reference has no words before it. Take it out, or put them in."))
            elif reference:
                parts.append(_part(reference, label, open_, began))
                open_ = []
            at += _breaks(piece) - _breaks(_before_words(piece))
    if open_:
        words = " ".join("".join(r.text for r in open_[0]).split())
        mistakes.append(Mistake(line, f"“{_short(words)}” names no quotation. End the block with its reference."))
    nested = [t for t in tokens[1:] if t.nesting == 1 and t.type != "paragraph_open"]
    mistakes += [Mistake(line, "a block of quotation holds plain paragraphs only.")] if nested else []
    return name, parts, mistakes


def _breaks(tokens: Sequence[Token]) -> int:
    return sum(t.type in ("softbreak", "hardbreak") for t in tokens)


def _before_words(tokens: list[Token]) -> list[Token]:
    """What lies before the first words."""
    return tokens[: next((i for i, t in enumerate(tokens) if _text(t).strip()), len(tokens))]


def _name(children: list[Token]) -> tuple[str, list[Token]]:
    """The name in bold at the head of a block, and what follows."""
    if not children or children[0].type not in ("strong_open", "text"):
        return "", children
    if children[0].type == "text":
        return _name(children[1:]) if not children[0].content.strip() else ("", children)
    depths = accumulate({"strong_open": 1, "strong_close": -1}.get(t.type, 0) for t in children)
    end = next(i for i, depth in enumerate(depths) if not depth)
    return _plain(children[1:end]).strip().rstrip(":"), children[end + 1 :]


def _closed(children: list[Token]) -> Iterator[tuple[list[Token], str, str]]:
    """What lies before each reference, the reference ("kind:what", and the source it tells, "" at the end), and how
    it reads."""
    piece: list[Token] = []
    at = 0
    while at < len(children):
        token = children[at]
        href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if REFERENCE.fullmatch(href):
            end = next(i for i in range(at, len(children)) if children[i].type == "link_close")
            yield piece, f"{href}\n{token.attrs.get('title', '')}", _plain(children[at + 1 : end])
            piece, at = [], end + 1
        else:
            piece.append(token)
            at += 1
    yield piece, "", ""


def _part(reference: str, label: str, paragraphs: list[tuple[Run, ...]], line: int) -> Part:
    href, _, source = reference.partition("\n")
    kind, _, what = href.partition(":")
    return Part(
        what if kind == "quote" else "",
        source if kind == "quote" else unquote(what),
        tuple(paragraphs),
        line,
        label,
    )


# --- words -------------------------------------------------------------------------------------------------


def _inline(tokens: list[Token]) -> list[Token]:
    return next((t.children or [] for t in tokens if t.type == "inline"), [])


def _line(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _runs(children: Sequence[Token], styles: list[Style] | None = None) -> tuple[Run, ...]:
    """Inline tokens as runs; links keep their words, comments go. `styles`: those that are open before, and then
    those that are open behind."""
    out: list[Run] = []
    styles = [] if styles is None else styles
    for token in children:
        if token.type in ("em_open", "strong_open"):
            styles.append("italic" if token.type == "em_open" else "bold")
        elif token.type in ("em_close", "strong_close"):
            styles.pop()
        elif text := _text(token):
            out.append(Run(text, styles[-1] if styles else ""))
    return tuple(out)


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def _plain(children: Sequence[Token]) -> str:
    return "".join(map(_text, children))


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:60].rsplit(" ", 1)[0] + " …"
