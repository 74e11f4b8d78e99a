"""Press saved from a browser: the visible text of the article, every character with its place in the file.

What is article is judged by trafilatura, whose paragraphs are matched to ours by their words; where it finds
nothing, by where the paragraphs are.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Block, BlockKind, Place, Source, Warning, folded
from vivavoce.sources import dates, press
from vivavoce.sources.page import Page, Piece, Run, page
from vivavoce.sources.raw import Raw

START = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I)
SIGNS = re.compile(r"<(?:head|body|article|div|p|meta)[\s>]", re.I)
CHARSET = re.compile(r"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
SEVEN_BIT = ("iso-2022", "hz", "utf-7")
JUDGED = 8 * 2**20
PIECES = 20_000
SENTENCE = 60
GRAM = 5


def claims(raw: Raw) -> bool:
    """Is it a web page: by how it begins, or, with the ending of one, by any tag near the beginning."""
    if raw.text is None:
        return False
    if START.match(raw.text):
        return True
    return raw.suffix in (".html", ".htm", ".xhtml") and bool(SIGNS.search(raw.text[:20_000]))


def read(raw: Raw) -> Source:
    """The article of a page: its visible text, blocks joined by blank lines; offsets map to the file by `places`.

    Raises UnreadableSource when no text can be seen in it.
    """
    raw = decoded(raw)
    seen = page(raw.text or "")
    about = facts(seen)
    chosen = article(raw.text or "", seen, about)
    if not chosen:
        remedy = "Open it in a browser and save the page again, complete, or save its text as .txt."
        raise UnreadableSource(raw.path, "no article can be seen in this page", remedy)
    text, blocks, places = laid(chosen)
    about = {**press.facts(text, blocks), **about}
    return Source(
        raw.path, "press", "html", text, blocks, places=places, warnings=raw.warnings + _lost(raw, seen), **about
    )


def _lost(raw: Raw, seen: Page) -> tuple[Warning, ...]:
    text = raw.text or ""
    if seen.lost is None or not folded(text[seen.lost :]):
        return ()
    line = text.count("\n", 0, seen.lost) + 1
    return (Warning("the page ends within a tag or a comment", f"line {line}", "It may be cut short; save it again."),)


def decoded(raw: Raw) -> Raw:
    """The page in the character set that it names itself, where it is not UTF-8."""
    found = CHARSET.search(raw.data[:4096].decode("ascii", "replace"))
    if not found or raw.encoding not in ("cp1252", "utf-8"):
        return raw
    named = found[1].lower()
    if raw.encoding == "utf-8" and not named.startswith(SEVEN_BIT):
        return raw
    try:
        encoding = codecs.lookup(named).name
        text = raw.data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return raw
    if encoding in ("utf-7", "utf-8") or not isinstance(text, str):
        return raw
    return msgspec.structs.replace(raw, text=text, encoding=encoding, warnings=())


# --- what is article ---------------------------------------------------------------------------------------


def article(text: str, seen: Page, about: dict[str, Any]) -> list[tuple[Piece, BlockKind]]:
    """The pieces that make the article, in order, with what they are. Takes the `dek` out of `about`."""
    pieces = seen.pieces
    words = [folded(piece.text) for piece in pieces]
    body = _judged(text, pieces, words) or _guessed(pieces, words)
    if not body:
        return []
    dek = folded(about.pop("dek", ""))
    first = next((at for at in body if not _above(pieces[at], words[at], dek)), body[0])
    last = body[-1]
    head = _headline(pieces, words, first, folded(about.get("title", "")))
    kept = set(body)
    chosen: list[tuple[Piece, BlockKind | None]] = []
    for at, piece in enumerate(pieces):
        before = head is not None and head < at < first
        if at == head:
            chosen.append((piece, "headline"))
        elif at in kept or (before and _above(piece, words[at], dek)):
            chosen.append((piece, _kind(piece, words[at], before, dek)))
        elif first < at < last and _between(piece):
            chosen.append((piece, _kind(piece, words[at], False, "")))
    return [(piece, kind) for piece, kind in chosen if kind is not None]


def _judged(text: str, pieces: Sequence[Piece], words: Sequence[str]) -> list[int]:
    """The pieces that trafilatura holds to be the article's; none where it finds too little."""
    # Beyond these sizes it is no article, and the judge might take long.
    whole, grams = _paragraphs(text) if pieces and len(pieces) < PIECES and len(text) < JUDGED else (set(), set())
    if not whole:
        return []
    matched = [at for at, own in enumerate(words) if own and (own in whole or _shares(own, grams))]
    beside = sum(len(words[at]) for at in matched if pieces[at].aside)
    total = sum(len(words[at]) for at in matched)
    # A word such as `modal` in the class of the article's own wrapper: then the judge is right and the word is not.
    if beside <= 0.3 * total:
        matched = [at for at in matched if not pieces[at].aside]
    matched = [at for at in matched if pieces[at].hint != "h1"]
    prose = [at for at in matched if _prose(pieces[at])]
    if (
        not prose
        or sum(len(words[at]) for at in prose) < 0.5 * sum(len(words[at]) for at in _guessed(pieces, words)) < 800
    ):
        return []
    main = {pieces[at].main for at in prose}
    begin, end = prose[0], prose[-1]
    more = [
        at
        for at, piece in enumerate(pieces)
        if piece.main and piece.main in main and _between(piece) and (_prose(piece) and (at < begin or at > end))
    ]
    return sorted({at for at in matched if begin <= at <= end} | set(more))


def _paragraphs(text: str) -> tuple[set[str], set[str]]:
    """The folded words of each of trafilatura's paragraphs, and all their runs of five words."""
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        from trafilatura import extract

        found = extract(text, fast=True, include_comments=False, include_tables=True, include_formatting=False)
    except Exception:
        return set(), set()
    whole = {folded(line) for line in (found or "").splitlines()} - {""}
    return whole, {gram for line in whole for gram in _grams(line)}


def _grams(words: str) -> Iterator[str]:
    parts = words.split()
    for at in range(len(parts) - GRAM + 1):
        yield " ".join(parts[at : at + GRAM])


def _shares(words: str, grams: set[str]) -> bool:
    own = list(_grams(words))
    return bool(own) and sum(gram in grams for gram in own) >= 0.8 * len(own)


def _guessed(pieces: Sequence[Piece], words: Sequence[str]) -> list[int]:
    """The article by our own lights: the prose of the `article` or `main` that holds most, else of the page."""
    prose = [at for at, piece in enumerate(pieces) if _between(piece) and _prose(piece) and words[at]]
    mains = {pieces[at].main for at in prose}
    weight = {main: sum(len(words[at]) for at in prose if pieces[at].main == main) for main in mains}
    best = max(sorted(weight), key=lambda main: weight[main], default=0)
    if weight.get(best, 0) >= 0.4 * sum(weight.values()):
        prose = [at for at in prose if pieces[at].main == best]
    if not prose:
        return [at for at, piece in enumerate(pieces) if words[at] and not piece.aside and piece.hint != "h1"]
    # Short lines between paragraphs are kept with them: a heading, an answer of one word.
    return [
        at
        for at in range(prose[0], prose[-1] + 1)
        if at in set(prose[:1] + prose[-1:]) or (_between(pieces[at]) and words[at])
    ]


def _prose(piece: Piece) -> bool:
    """Does it read as a paragraph: long, or a sentence, and no list of links."""
    if piece.hint in ("byline", "credit", "heading", "h1", "caption") or piece.linked * 2 > len(piece.text):
        return False
    return len(piece.text) > SENTENCE or (piece.text.rstrip(press.CLOSERS)[-1:] in press.STOPS and " " in piece.text)


def _between(piece: Piece) -> bool:
    """May a piece that stands between the article's paragraphs be the article's too?"""
    return not piece.aside and piece.linked * 10 <= len(piece.text) * 9 and piece.hint != "h1"


def _headline(pieces: Sequence[Piece], words: Sequence[str], first: int, title: str) -> int | None:
    """The `h1` that the page's title repeats, else the last one above the first paragraph, else the nearest."""
    found = [at for at, piece in enumerate(pieces) if piece.hint == "h1" and words[at]]
    named = [at for at in found if title and (words[at] in title or title in words[at])]
    if not named:
        named = [at for at, own in enumerate(words[:first]) if title and own == title and not pieces[at].aside]
    above = [at for at in found if at < first and not pieces[at].aside]
    near = [at for at in named if at < first] or above or named
    return near[-1] if near else None


def _above(piece: Piece, words: str, dek: str) -> bool:
    """Does a piece between headline and first paragraph belong to the article's head?"""
    if piece.aside or not words:
        return False
    return piece.hint in ("byline", "dek", "caption", "credit") or _is_dek(words, dek) or press.is_meta(piece.text)


def _is_dek(words: str, dek: str) -> bool:
    return 20 < len(words) < 320 and words == dek


def _kind(piece: Piece, words: str, head: bool, dek: str) -> BlockKind | None:
    """What a piece of the article is; None when it is nothing of it."""
    if piece.hint in ("caption", "credit"):
        return "credit" if piece.hint == "credit" else "caption"
    if head and press.is_meta(piece.text):
        return "byline"
    if head and (piece.hint == "dek" or _is_dek(words, dek)):
        return "dek"
    if piece.hint == "byline" and len(piece.text) <= 200:
        return "byline"
    plain = press.kind(piece.text)
    if plain == "note":
        return None
    if piece.hint in ("heading", "h1"):
        return "teaser" if plain == "teaser" else "heading"
    return plain


# --- text, blocks and places -------------------------------------------------------------------------------


def laid(chosen: Sequence[tuple[Piece, BlockKind]]) -> tuple[str, tuple[Block, ...], tuple[Place, ...]]:
    """The text of the chosen pieces, joined by blank lines, with its blocks and the places of its characters."""
    parts: list[str] = []
    blocks: list[Block] = []
    places: list[Place] = []
    at = 0
    for piece, kind in chosen:
        if parts:
            parts.append("\n\n")
            at += 2
        line = press.Line(at, at + len(piece.text), piece.text, 1)
        blocks += press.cut(line, kind)
        places += _places(piece.runs, at)
        parts.append(piece.text)
        at += len(piece.text)
    return "".join(parts), tuple(blocks), tuple(places)


def _places(runs: Iterable[Run], at: int) -> Iterator[Place]:
    """Runs as places; those that follow one another both in the text and, one to one, in the file are made one."""
    first = start = end = -1
    for run in runs:
        same = run.end - run.start == len(run.text)
        if start >= 0 and (not same or run.start != end):
            yield Place(first, at, at=(start, end))
            start = -1
        if not same:
            yield Place(at, at + len(run.text), at=(run.start, run.end))
        elif start < 0:
            first, start = at, run.start
        end = run.end
        at += len(run.text)
    if start >= 0:
        yield Place(first, at, at=(start, end))


# --- what the page tells of itself -------------------------------------------------------------------------

TOLD = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title", "parsely-title", "headline"),
    "byline": ("author", "byl", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "article:author"),
    "publisher": ("og:site_name", "publisher", "citation_journal_title", "dc.publisher", "application-name"),
    "date": (
        "article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "parsely-pub-date",
        "citation_publication_date",
        "dc.date",
        "dc.date.issued",
        "article:published",
        "og:published_time",
    ),
    "address": ("canonical", "og:url", "twitter:url", "saved"),
    "language": ("language", "dc.language", "inlanguage"),
    "licence": ("dc.rights.license", "license"),
    "dek": ("og:description", "description", "twitter:description"),
}
ARTICLES = ("Article", "Posting", "Report", "Interview", "Review", "Story")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$")


def facts(seen: Page) -> dict[str, Any]:
    """Title, byline, publisher, date, address, language and licence, as JSON-LD and meta tags give them.

    `dek` is the page's description, by which a dek is known.
    """
    about = _linked(seen.data)
    for key, names in TOLD.items():
        values = [value for name in names for told, value in seen.metas if told == name]
        more = {"title": [_plain(seen.title, seen)], "language": [seen.language], "date": list(seen.times[:1])}
        values += more.get(key, [])
        for value in values:
            about.setdefault(key, []).append(value)
    found = {key: next((clean for v in values if (clean := _clean(key, v))), "") for key, values in about.items()}
    return {key: value for key, value in found.items() if value}


def _plain(title: str, seen: Page) -> str:
    """A page's title without the name of the site that is hung on it."""
    site = next((value for key, value in seen.metas if key == "og:site_name"), "")
    for sign in (" | ", " - ", " – ", " — ", " · "):
        head, _, tail = title.rpartition(sign)
        if head and (tail == site or (sign == " | " and len(tail) < 40)):
            return head
    return title


def _clean(key: str, value: str) -> str:
    """A value as the source keeps it, or "" when it is none."""
    value = " ".join(value[:2000].split())
    if key == "date":
        return dates.day(value)
    if key == "address":
        return value if re.match(r"https?://\S+$", value) else ""
    if key == "language":
        return value.replace("_", "-") if LANGUAGE.match(value) else ""
    if key == "byline":
        value = re.sub(r"^[Bb]y ", "", value)
        return "" if value.startswith(("http", "@", "/")) else value[:200]
    return value[:500]


def _linked(data: Iterable[str]) -> dict[str, list[str]]:
    """What JSON-LD tells of the article; broken JSON-LD tells nothing."""
    about: dict[str, list[str]] = {}
    for given in data:
        try:
            things = list(_things(json.loads(given)))
        except (ValueError, RecursionError):
            continue
        for thing in things:
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if not any(isinstance(kind, str) and kind.endswith(ARTICLES) for kind in kinds):
                continue
            for key, value in _of_article(thing):
                if isinstance(value, str) and value.strip():
                    about.setdefault(key, []).append(value)
    return about


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD: one, a list of them, or a graph."""
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()


def _of_article(thing: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    page_of = thing.get("mainEntityOfPage")
    yield "title", thing.get("headline")
    yield "title", thing.get("name")
    yield "byline", _named(thing.get("author"))
    yield "publisher", _named(thing.get("publisher"))
    yield "date", thing.get("datePublished")
    yield "address", thing.get("url")
    yield "address", page_of.get("@id") if isinstance(page_of, dict) else page_of
    yield "language", thing.get("inLanguage")
    yield "licence", thing.get("license")
    yield "dek", thing.get("alternativeHeadline")
    yield "dek", thing.get("description")


def _named(value: Any) -> str:
    """Persons or organisations, in JSON-LD's many ways, as names joined by commas."""
    names = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, list):
            name = next((n for n in name if isinstance(n, str)), "")
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            names.append(name.strip())
    return ", ".join(dict.fromkeys(names))
