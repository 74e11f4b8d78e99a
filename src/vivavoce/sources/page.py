"""A web page as it is seen: its pieces of text in order, each with its place in the file and what stands round it.

No tree is built, only the stack of what is open; so depth costs nothing and a page of any size is read once.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import NamedTuple

from vivavoce.sources.tags import Comment, Lost, Tag, scan


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _set(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main nav ol option p pre "
    "search section summary table tbody td tfoot th thead tr ul"
)
VOID = _set("area base br col embed hr img input link meta param source track wbr")
UNSEEN = _set(
    "script style template noscript svg math select iframe object audio video canvas button textarea head "
    "title xmp noembed noframes datalist"
)
ASIDE = _set("nav aside footer form dialog search")
ROLES = _set("navigation search dialog alertdialog complementary contentinfo menu menubar toolbar")
HEADINGS = _set("h1 h2 h3 h4 h5 h6")
MAIN = frozenset(("article", "main"))

# Words in the class or id of an element that holds something other than the article.
FURNITURE = re.compile(
    r"(?:^|-)(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|cookies?|consent|gdpr|onetrust|cmp|comments?|disqus"
    r"|respond|related|recommended|recommendations?|recirc|recirculation|readmore|read-more|more-from|read-next|share"
    r"|shares|sharing|sharedaddy|social|newsletters?|subscribe|subscription|signup|promo|promoted|promotion|advert"
    r"|adverts|advertisement|ad|ads|adslot|sponsor|sponsored|outbrain|taboola|footer|masthead|toolbar|popup|modal"
    r"|tags|taglist|author-bio|bio-box|about-author|trending|most-read|most-popular|pagination"
    r"|pager|skip-link|skip|login|pull-?quote|jp-relatedposts|screen-reader-text|visually-hidden|sr-only)"
    r"(?:$|-)"
)
# Elements round a whole page carry such words as settings (`has-sidebar`, `tag-menu`), which mean nothing.
SETTING = re.compile(r"(?:has|with|no|is|not|tag|category|post|page|type|theme|js|format|status)-")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
BYLINE = re.compile(
    r"(?:^|-)(?:byline|author|authors|contributor|contributors|dateline|timestamp|pubdate|published)(?:$|-)"
)
DEK = re.compile(
    r"(?:^|-)(?:dek|deck|standfirst|subtitle|subhead|sub-headline|subheadline|summary|sapo|excerpt|strapline|lede)(?:$|-)"
)
CREDIT = re.compile(r"(?:^|-)(?:credits?|copyright|photographer|source|attribution)(?:$|-)")
CAPTION = re.compile(r"(?:^|-)(?:caption|wp-caption-text|figcaption)(?:$|-)")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

WORDS = re.compile(
    r"[^\s&]+(?: [^\s&]+)*|[ \t\r\n\f]+|\s|&(?:#\d{1,9};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)|&"
)
SAVED = re.compile(r"saved from url=\(\d+\)(https?://\S+)|Page saved with SingleFile\s+url: (https?://\S+)")


class Run(NamedTuple):
    """Some text and where it stands in the file."""

    text: str
    start: int
    end: int


class Open(NamedTuple):
    """An element that is open, with what it hands down to those within it."""

    name: str
    unseen: bool = False
    aside: bool = False
    hint: str = ""
    linked: bool = False
    pre: bool = False
    main: int = 0
    figure: bool = False


class Piece(NamedTuple):
    """A block of text as it is seen. `hint`: what its element says that it is; `main`: where the innermost
    `article` or `main` round it begins in the file (0: there is none); `linked`: how much of it is a link."""

    runs: tuple[Run, ...]
    text: str
    hint: str = ""
    aside: bool = False
    main: int = 0
    linked: int = 0


class Page(NamedTuple):
    """What a file shows and tells."""

    pieces: tuple[Piece, ...]
    metas: tuple[tuple[str, str], ...] = ()
    data: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    times: tuple[str, ...] = ()
    lost: int | None = None


class _State:
    """What has been read so far of a page; lives for one call of `page`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[Open] = [Open("")]
        self.count: Counter[str] = Counter()
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.linked = 0
        self.metas: list[tuple[str, str]] = []
        self.data: list[str] = []
        self.title = self.language = ""
        self.times: list[str] = []
        self.json = False


def page(text: str) -> Page:
    """Read a page from its text."""
    state, lost = _State(text), None
    for piece in scan(text):
        if isinstance(piece, Tag):
            _close(state, piece.name) if piece.closes else _open(state, piece)
        elif isinstance(piece, Comment):
            _saved(state, text[piece.start : min(piece.end, piece.start + 2000)])
        elif isinstance(piece, Lost):
            lost = piece.start
        else:
            _words(state, piece.start, piece.end)
    _end(state)
    about = (tuple(state.metas), tuple(state.data), state.title, state.language, tuple(state.times))
    return Page(tuple(state.pieces), *about, lost)


def _saved(state: _State, comment: str) -> None:
    found = SAVED.search(comment)
    if found:
        state.metas.append(("saved", found[1] or found[2]))


# --- tags --------------------------------------------------------------------------------------------------


def _open(state: _State, tag: Tag) -> None:
    _tell(state, tag)
    above = state.stack[-1]
    if tag.name == "br" and state.runs and not above.unseen:
        state.runs.append(Run("\n", tag.start, tag.end))
    if tag.name in BLOCKS:
        _imply(state, tag.name)
        _end(state)
        above = state.stack[-1]
    if tag.name in VOID:
        return
    inner = _inherit(above, tag)
    if inner.hint != above.hint and tag.name not in BLOCKS:
        _end(state)
    state.stack.append(inner)
    state.count[tag.name] += 1


def _imply(state: _State, name: str) -> None:
    """End what a new block ends by standing there: a paragraph, or the item or cell before it."""
    closes = {"li": ("li", ("ul", "ol")), "dt": ("dd", ("dl",)), "dd": ("dt", ("dl",)), "option": ("option", ())}
    inner, walls = closes.get(name, ("p", ()))
    for wanted, stops in (("p", ()), (inner, walls)):
        for depth in range(len(state.stack) - 1, max(len(state.stack) - 40, 0), -1):
            found = state.stack[depth].name
            if found == wanted:
                _pop(state, depth)
                break
            if found in stops or (wanted == "p" and found in BLOCKS):
                break


def _close(state: _State, name: str) -> None:
    if name in BLOCKS:
        _end(state)
    if not state.count[name]:
        return
    if name in BLOCKS or name in UNSEEN:
        while state.stack[-1].name != name:
            _pop(state, len(state.stack) - 1)
        _pop(state, len(state.stack) - 1)
        return
    for depth in range(len(state.stack) - 1, max(len(state.stack) - 200, 0), -1):
        if state.stack[depth].name == name:
            _pop(state, depth)
            return
        if state.stack[depth].name in BLOCKS:
            return


def _pop(state: _State, depth: int) -> None:
    """Close everything from `depth` of the stack on."""
    if state.stack[depth].hint != state.stack[depth - 1].hint or state.stack[depth].name in BLOCKS:
        _end(state)
    while len(state.stack) > depth:
        state.count[state.stack.pop().name] -= 1


def _inherit(above: Open, tag: Tag) -> Open:
    """What a new element is, by itself and by what it stands in."""
    name, attrs = tag.name, tag.attrs
    words = [CAMEL.sub("-", word).replace("_", "-").lower() for word in _names(attrs)]
    words = [word for word in words if not SETTING.match(word)]
    figure = above.figure or name == "figure" or any(CAPTION.search(word) for word in words)
    body = name in ("html", "body", "article", "main") or attrs.get("itemprop") == "articleBody"
    return Open(
        name,
        unseen=above.unseen or name in UNSEEN,
        aside=above.aside or (not body and _furniture(name, attrs, words)),
        hint=_hint(above, name, attrs, words, figure),
        linked=above.linked or name == "a",
        pre=above.pre or name == "pre",
        main=tag.start + 1 if name in MAIN or attrs.get("itemprop") == "articleBody" else above.main,
        figure=figure,
    )


def _names(attrs: dict[str, str]) -> list[str]:
    return (attrs.get("class", "")[:1000] + " " + attrs.get("id", "")[:200]).split()


def _furniture(name: str, attrs: dict[str, str], words: list[str]) -> bool:
    if name in ASIDE or attrs.get("role") in ROLES or "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    if HIDDEN.search(attrs.get("style", "")[:1000]):
        return True
    return any(FURNITURE.search(word) for word in words)


def _hint(above: Open, name: str, attrs: dict[str, str], words: list[str], figure: bool) -> str:
    """What an element says its text is: `h1`, `heading`, `caption`, `credit`, `byline`, `dek`, or ""."""
    if name in HEADINGS:
        return "dek" if name != "h1" and _any(DEK, words) else "h1" if name == "h1" else "heading"
    if figure and (_any(CREDIT, words) or name == "cite"):
        return "credit"
    if name == "figcaption" or (figure and _any(CAPTION, words)):
        return "caption"
    if above.hint or name not in BLOCKS:
        return above.hint
    if name == "address" or _any(BYLINE, words) or attrs.get("itemprop") == "author":
        return "byline"
    return "dek" if _any(DEK, words) else ""


def _any(pattern: re.Pattern[str], words: list[str]) -> bool:
    return any(pattern.search(word) for word in words)


def _tell(state: _State, tag: Tag) -> None:
    """Keep what a tag tells of the page."""
    attrs = tag.attrs
    if tag.name == "meta":
        key = attrs.get("property") or attrs.get("name") or attrs.get("itemprop")
        if key and attrs.get("content"):
            state.metas.append((key.lower(), attrs["content"]))
    elif tag.name == "link" and "canonical" in attrs.get("rel", "").lower().split() and attrs.get("href"):
        state.metas.append(("canonical", attrs["href"]))
    elif tag.name == "time" and attrs.get("datetime"):
        state.times.append(attrs["datetime"])
    elif tag.name == "html":
        state.language = state.language or attrs.get("lang") or attrs.get("xml:lang") or ""
    state.json = tag.name == "script" and "ld+json" in attrs.get("type", "").lower()


# --- words -------------------------------------------------------------------------------------------------


def _words(state: _State, start: int, end: int) -> None:
    top = state.stack[-1]
    if top.unseen:
        if top.name == "title" and not state.title:
            state.title = " ".join(unescape(state.text[start : min(end, start + 2000)]).split())
        elif top.name == "script" and state.json:
            state.data.append(state.text[start:end])
        return
    for found in WORDS.finditer(state.text, start, end):
        seen = found[0]
        if seen[0] == "&":
            seen = unescape(seen)
        elif seen.isspace() and not top.pre and seen[0] in " \t\r\n\f":
            last = state.runs[-1].text[-1] if state.runs else " "
            seen = "" if last in " \n" else " "
        if seen:
            state.runs.append(Run(seen, found.start(), found.end()))
            state.linked += len(seen) if top.linked else 0


def _end(state: _State) -> None:
    """End the piece of text that is being read."""
    runs, linked = state.runs, state.linked
    state.runs, state.linked = [], 0
    first, last = 0, len(runs)
    while first < last and runs[first].text.isspace():
        first += 1
    while last > first and runs[last - 1].text.isspace():
        last -= 1
    if first < last:
        top, kept = state.stack[-1], tuple(runs[first:last])
        words = "".join(run.text for run in kept)
        state.pieces.append(Piece(kept, words, top.hint, top.aside, top.main, linked))
