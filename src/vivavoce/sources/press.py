"""Press in plain text: the text as it stands, cut into blocks. When in doubt, a line is body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from vivavoce.language.broken import going_on
from vivavoce.model import Block, BlockKind, Source, Value, folded
from vivavoce.sources import dates
from vivavoce.sources.raw import Raw

LINE = re.compile(r"[^\r\n\v\f\u2028\u2029]+")
BREAK = re.compile(r"\r\n|[\r\n\v\f\u2028\u2029]")
STOPS = ".!?…。"
ENDS = STOPS + ":"
CLOSERS = "\"'”’»)]"
MARKS = re.compile(r"[\"“”„«»]")
WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SMALL = frozenset(
    re.findall(r"\w+", "a an the and but or nor for of in on at to by with from as is its vs via de la le der die das")
)

NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|van|von|der|la|le|di|da|bin|al) )?[A-ZÀ-Þ][\w.'’-]*){0,5}"
BYLINE = re.compile(
    rf"(?:By|BY|Words by|Written by|Story by|Von|Par|Por|Di|Door|Av|Af) {NAME}(?:(?:,| and| und| et| y| &) {NAME})*"
    r"(?:\s?[,|•·–—-].{0,120}|,? Updated.{0,100})?$"
)
STAMP = re.compile(
    r"(?:(?:First |Originally )?(?:Published|Posted|Updated|Last updated|Last modified|Date|Erschienen|Publié|Stand)\b"
    r".{0,100}|\d{1,2} min(?:ute)?s? read)$",
    re.I,
)
LABEL = re.compile(
    r"(title|headline|author|by|byline|date|published|publisher|publication|source|url|link|address|language)"
    r"\s*:\s*(\S.{0,300})$",
    re.I,
)
# What newspapers, magazines and stations are called: of "Harrow Gazette, 12 February 1974", but not of a place.
PAPER = re.compile(
    r"(?P<name>(?=[^,|]*\b(?:advertiser|argus|bulletin|chronicle|citizen|courant|courier|daily|democrat|despatch|dispatch"
    r"|echo|enquirer|evening|examiner|express|free press|gazette|globe|guardian|herald|independent|inquirer|journal"
    r"|ledger|magazine|mail|mercury|messenger|mirror|monitor|news|newsletter|observer|post|press|quarterly|radio"
    r"|record|register|reporter|review|sentinel|standard|star|sun|telegraph|times|tribune|weekly|zeitung|tageblatt"
    r"|anzeiger|kurier|diario|giornale|corriere|courrier|nouvelles|dagblad)\b)"
    r"[A-ZÀ-Þ][^,|()\n]{2,60}?)\s?(?:, | \| | [·•–—-] | \()(?P<date>[^()\n]{4,40}?)\)?"
    r"(?:, (?:p\.|pp\.|page|pages) ?[\w–-]{1,9})?$",
    re.I,
)
ADDRESS = re.compile(r"https?://\S+$")
AGENCY = re.compile(
    r"\b(?:Getty|Reuters|AFP|AP|EPA|PA|dpa|Shutterstock|Alamy|Images?|Photos?|Photography|Press|Courtesy|Handout|"
    r"WireImage|FilmMagic|Instagram|Flickr|Wikimedia|Unsplash|Library|Archives?|Collection|Bank|via)\b|©"
    r"|[^\W\d_]/[A-Z]"
)
CREDIT = re.compile(
    r"(?:(?:AP |Reuters |File )?(?:Photos?|Photographs?|Pictures?|Images?|Foto|Bild)(?: credits?)?"
    r"(?:: ?|/| by | courtesy of | via )|Credits?: ?|© ?|Courtesy of |\(c\) )\S.{0,118}$",
    re.I,
)
TAIL = re.compile(r"[.)”|–—] ")
AGENCY_ALONE = re.compile(r"(?:Getty|AP|Reuters|AFP|Shutterstock|Alamy)(?:[ /][A-Z][\w.]*){0,4}\.?$")
TEASER = re.compile(
    r"(?:read more|read next|read also|also read|see also|more from|more on this|related"
    r"|related (?:article|story|stories)|recommended"
    r"|don['’]t miss|you (?:may|might) (?:also )?like|up next|keep reading|continue reading|trending|watch"
    r"|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lee también|ver también|leggi anche|lees ook|läs också)"
    r"(?:\s*[:|»>–—-]\s*\S.{0,220}|\s*:?)$",
    re.I,
)
WEAK = re.compile(r"(?:watch|trending|recommended|see also|more on this|up next)\b", re.I)
FURNITURE = re.compile(
    r"(?:advertise?ment(?: ?[-–—] ?continue reading below)?|"
    r"(?:story|article) continues (?:below|after)(?: (?:the )?advertise?ment)?"
    r"|scroll (?:down )?to continue(?: reading)?|share(?: this(?: article| story)?)?|tweet|print"
    r"|comments?|\d+ comments?"
    r"|loading|sign up|subscribe(?: now)?|log in|anzeige|publicité|publicidad)[.:…]*$",
    re.I,
)


class Line(Value, frozen=True):
    """A paragraph as it stands: its place, its words, and how many blank lines lie above it (-1: the first)."""

    start: int
    end: int
    text: str
    above: int
    alone: bool = True


def claims(raw: Raw) -> bool:  # noqa: ARG001 - the shape that every reader has
    """Plain text is what is left when nobody else claims it, so nothing is claimed."""
    return False


def read(raw: Raw) -> Source:
    """The text as it stands, in blocks, with what its head tells of title, byline, date, publisher and address."""
    text = raw.text or ""
    blocks = tuple(block for line, kind in classified(paragraphs(text)) for block in cut(line, kind))
    return Source(raw.path, "press", "text", text, blocks, warnings=raw.warnings, **facts(text, blocks))


# --- lines -------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[Line]:
    """The paragraphs of a text: its lines, or, where it is wrapped by hand, its lines in a row as one; else those that
    go on in the next."""
    found = list(lines(text))
    return alone(list(_joined(text, found)) if wrapped(found) else whole(text, found))


def whole(text: str, lines: Sequence[Line]) -> list[Line]:
    """Lines, those made one that go on in the next."""
    on = going_on(text, [(line.start, line.end) for line in lines])
    made: list[Line] = []
    for n, line in enumerate(lines):
        if n - 1 in on:
            made[-1] = msgspec.structs.replace(made[-1], end=line.end, text=text[made[-1].start : line.end])
        else:
            made.append(line)
    return made


def lines(text: str) -> Iterator[Line]:
    """The lines of a text that are not blank, without the white space round them."""
    last, breaks = 0, -1
    for found in LINE.finditer(text):
        words = found[0].strip()
        if not words:
            continue
        at = found.start() + len(found[0]) - len(found[0].lstrip())
        above = sum(1 for _ in BREAK.finditer(text, last, at)) - 1 if breaks >= 0 else -1
        yield Line(at, at + len(words), words, above)
        last, breaks = at + len(words), 0


def wrapped(lines: Sequence[Line]) -> bool:
    """Are lines broken by hand at a width, as in mails and old e-texts?"""
    inner = [line for line, below in pairwise(lines) if below.above == 0]
    if len(inner) < 4 or len(inner) < len(lines) / 3:
        return False
    fits = sum(30 <= len(line.text) <= 100 for line in inner)
    runs_on = sum(not _stops(line.text) for line in inner)
    return fits >= 0.8 * len(inner) and runs_on >= 0.5 * len(inner)


def _joined(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    at = 0
    while at < len(lines):
        to = at + 1
        while to < len(lines) and lines[to].above == 0:
            to += 1
        first, last = lines[at], lines[to - 1]
        yield Line(first.start, last.end, text[first.start : last.end], first.above)
        at = to


def alone(lines: list[Line]) -> list[Line]:
    """Mark the lines that stand between blank lines; where a text has none, every line does."""
    if not any(line.above > 0 for line in lines):
        return lines
    below = [line.above for line in lines[1:]] + [1]
    return [
        Line(line.start, line.end, line.text, line.above, line.above != 0 and under > 0)
        for line, under in zip(lines, below, strict=True)
    ]


def _stops(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in STOPS


# --- what a line is ----------------------------------------------------------------------------------------


def classified(lines: Sequence[Line]) -> list[tuple[Line, BlockKind]]:
    """Every paragraph with what it is."""
    names = cache(lambda: _names(lines))
    kinds: list[BlockKind] = [kind(line.text) for line in lines]
    for at in range(len(lines)):
        if kinds[at] == "body" and _alt(lines, at, names):
            kinds[at] = "alt"
            if at + 1 < len(lines) and lines[at + 1].above == 0 and kinds[at + 1] == "body":
                kinds[at + 1] = "caption"
    _head(lines, kinds)
    _headings(lines, kinds)
    return list(zip(lines, kinds, strict=True))


def kind(text: str) -> BlockKind:
    """What a paragraph is by its own words alone: teaser, note (page furniture), credit, caption, else body."""
    if len(text) > 600:
        return "body"
    if TEASER.match(text) and not (_stops(text) and WEAK.match(text)):
        return "teaser"
    if FURNITURE.match(text):
        return "note"
    at = credit(text)
    if at == 0:
        return "credit"
    return "caption" if at is not None else "body"


def credit(text: str) -> int | None:
    """Where the photographer's credit at the end of a caption begins (0: it is all credit); None: none."""
    if len(text) > 600:
        return None
    bare = text.strip("()[] ")
    if AGENCY_ALONE.fullmatch(bare) or (len(bare) < 140 and CREDIT.match(bare) and not _prose(bare)):
        return 0
    bar = text.rfind(" | ")
    if bar > 0 and len(text) - bar < 140 and AGENCY.search(text, bar) and not _prose(text[bar + 3 :]):
        return bar + 3
    opened = max(text.rfind("("), text.rfind("["))
    if opened > 0 and text.endswith((")", "]")) and _names_a_photo(text[opened + 1 : -1]):
        return opened
    tails = [found.end() for found in TAIL.finditer(text)][-2:] if len(text) < 400 else []
    return next((at for at in tails if CREDIT.match(text, at) and not _prose(text[at:])), None)


def _names_a_photo(words: str) -> bool:
    return (
        len(words) < 120 and bool(CREDIT.match(words) or (AGENCY.search(words) and "/" in words)) and not _prose(words)
    )


def _prose(words: str) -> bool:
    """Do words read as a sentence rather than as names?"""
    found = WORDS.findall(words)
    small = [
        w for w in found if w[0].islower() and w not in SMALL and w not in ("photo", "photos", "image", "courtesy")
    ]
    return len(small) > 3 or bool(MARKS.search(words))


def _names(lines: Sequence[Line]) -> frozenset[str]:
    """Words, folded, that a text capitalises in the middle of its sentences: names, mostly."""
    seen: set[str] = set()
    for line in lines:
        text = line.text
        spans = [found.span() for found in WORDS.finditer(text)]
        seen.update(text[a:b] for a, b in spans if a > 1 and text[a].isupper() and text[a - 2] not in ENDS)
    return frozenset(word.casefold() for word in seen)


def _alt(lines: Sequence[Line], at: int, names: Callable[[], frozenset[str]]) -> bool:
    """The words that stood for a picture: said again in the caption below, or a search phrase in small letters."""
    line = lines[at]
    if len(line.text) > 300 or line.text.endswith((".", ":", ",", ";", "?", "!")) or at == 0:
        return False
    if at + 1 < len(lines) and lines[at + 1].above == 0 and len(lines[at + 1].text) < 600:
        own, below = folded(line.text), folded(lines[at + 1].text)
        if own.count(" ") >= 2 and (below == own or below.startswith(own + " ")):
            return True
    if not line.alone or line.text != line.text.lower() or MARKS.search(line.text):
        return False
    words = WORDS.findall(line.text)
    if not 2 <= len(words) <= 12:
        return False
    long = [w for w in words if len(w) > 2]
    return sum(w in names() for w in long) * 2 >= len(long) > 0 or (at <= 4 and len(words) <= 6 and len(long) > 0)


def _head(lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """Mark headline, dek, byline and what else stands above the first paragraph."""
    at = 0
    while at < min(len(lines), 8) and kinds[at] == "body" and is_meta(lines[at].text):
        kinds[at] = "byline"
        at += 1
    if at >= len(lines) - 1 or kinds[at] != "body" or not _headline(lines, at):
        return
    kinds[at] = "headline"
    last = at
    for i in range(at + 1, min(at + 7, len(lines))):
        if kinds[i] == "body" and is_meta(lines[i].text):
            kinds[i] = "byline"
            last = i
        elif kinds[i] == "body" and len(lines[i].text) > 450:
            break
    by = next((i for i in range(at + 1, last + 1) if kinds[i] == "byline"), None)
    for i in range(at + 1, by if by is not None and by <= at + 3 else at + 2):
        named = by is not None or lines[at].text.endswith(";") or _under(lines, i)
        if i < len(lines) - 1 and kinds[i] == "body" and named:
            kinds[i] = "dek"


def _under(lines: Sequence[Line], at: int) -> bool:
    """A second line that reads as a dek without a byline below it: short, and no sentence."""
    text = lines[at].text
    return (
        len(text) <= 200
        and not _stops(text)
        and not text.endswith((":", ",", ";"))
        and len(text.split()) > 4
        and (not MARKS.search(text))
    )


def is_meta(text: str) -> bool:
    """Is it what stands above an article: a byline, a date, an address, a labelled fact?"""
    if len(text) > 320:
        return False
    if BYLINE.match(text) or LABEL.match(text) or ADDRESS.match(text):
        return not _stops(text) or bool(LABEL.match(text) or ADDRESS.match(text))
    if paper(text):
        return True
    stamp = STAMP.match(text)
    return bool(stamp and (dates.day(text) or len(text) < 24)) or (len(text) < 60 and dates.only(text))


def paper(text: str) -> str:
    """The publisher that a line such as "Harrow Gazette, 12 February 1974" names; "" where it is no such line."""
    found = PAPER.match(text) if len(text) < 120 else None
    if not found or not found["name"][0].isupper() or _prose(found["name"]) or not dates.only(found["date"]):
        return ""
    return found["name"].strip()


def _headline(lines: Sequence[Line], at: int) -> bool:
    line, below = lines[at], lines[at + 1]
    text = line.text
    if not 2 <= len(text.split()) <= 32 or len(text) > 200 or "\n" in text or text[:1].islower():
        return False
    if not _stops(text):
        return not text.endswith((":", ",")) or below.above > 0
    if text.endswith("?"):
        return len(text) <= 120 and below.above != 0
    longest = max(len(line.text) for line in lines[at + 1 : at + 4])
    inner = re.search(r"[^\W\d_]{3}[.!?] [A-Z]", text[:-1])
    return len(text) <= 110 and below.above != 0 and not MARKS.search(text) and not inner and longest > len(text)


def _headings(lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """Mark section headings, and, among them, the headlines of other articles that were put in between."""
    body = [i for i, kind in enumerate(kinds) if kind == "body"]
    found = [i for n, i in enumerate(body) if _heading(lines[i], [lines[j] for j in body[n + 1 : n + 3]])]
    if len(found) > 3 and len(found) > 0.5 * len(body):
        return
    for i in found:
        kinds[i] = "heading"
    plain = any(not _title_case(lines[i].text) for i in found)
    usual = sorted(line.above for line in lines)[len(lines) // 2] if lines else 0
    for i in found:
        if i > body[0] and _teaser(lines[i], kinds[i + 1] == "heading", lines[i].above > usual, plain):
            kinds[i] = "teaser"
    for i, kind in enumerate(kinds[:-1]):
        label = kind == "teaser" and len(lines[i].text) < 30 and TEASER.fullmatch(lines[i].text)
        if label and kinds[i + 1] in ("body", "heading") and _teased(lines[i + 1].text):
            kinds[i + 1] = "teaser"


def _teased(text: str) -> bool:
    return len(text) < 200 and not _stops(text) and _title_case(text) and not MARKS.search(text)


def _heading(line: Line, below: Sequence[Line]) -> bool:
    """A short line between blank lines, without a stop, over a paragraph (or over one more such line)."""
    text = line.text
    if not below or not line.alone or len(text) > 150 or BREAK.search(text):
        return False
    start = text.lstrip("‘'“\"«")[:1]
    if _stops(text) or text[-1] in ":,;-–—)*/" or not (start.isupper() or start.isdigit()) or MARKS.match(text):
        return False
    if not 1 <= len(WORDS.findall(text)) <= 22 or (MARKS.search(text) and not _title_case(text)):
        return False
    if _stops(below[0].text):
        return len(below[0].text) > len(text)
    # Below it stands another line like it, and then a paragraph: a teaser over a heading, a part over a chapter.
    like = len(below) > 1 and below[0].alone and len(below[0].text) <= 100 and not MARKS.search(below[0].text)
    return like and _stops(below[1].text) and len(below[1].text) > 2 * len(below[0].text)


def _title_case(text: str) -> bool:
    words = [w for w in WORDS.findall(text) if len(w) > 3 or w[0].isupper()]
    words = [w for w in words if w.casefold() not in SMALL]
    return len(words) > 2 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _teaser(line: Line, over_heading: bool, apart: bool, others_plain: bool) -> bool:
    """Is a heading-like line the headline of another article? Two signs at least, and the look of a headline."""
    text = line.text
    if len(text) > 60 and text[0] in "‘'“\"" and ": " in text:
        return True
    if not _title_case(text) or len(text.split()) < 6:
        return False
    of_work = re.match(r"[‘'“\"][^:]{1,60}[’'”\"]: ", text) or re.match(r"[A-Z][^:]{1,40}: [A-Z]", text)
    return (of_work is not None) + apart + over_heading + (len(text) > 80) + others_plain >= 2


def cut(line: Line, kind: BlockKind) -> tuple[Block, ...]:
    """The blocks of one paragraph: a caption's credit is one of its own."""
    at = credit(line.text) if kind in ("caption", "alt") else None
    if not at:
        return (Block(kind, line.start, line.end),)
    before = len(line.text[:at].rstrip().removesuffix("|").rstrip())
    if not before:
        return (Block("credit", line.start, line.end),)
    sign = line.start + before + len(line.text[before:at]) - len(line.text[before:at].lstrip())
    return (Block(kind, line.start, line.start + before), Block("credit", sign, line.end))


# --- what the head tells -----------------------------------------------------------------------------------

KEYS = {
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "published": "date",
    "published_at": "date",
    "publication": "publisher",
    "source": "publisher",
    "site": "publisher",
    "site_name": "publisher",
    "url": "address",
    "link": "address",
    "canonical": "address",
    "canonical_url": "address",
    "lang": "language",
    "license": "licence",
}
FACTS = ("title", "byline", "date", "publisher", "address", "language", "licence")


def facts(text: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """Title, byline, date, publisher and address as the text states them; nothing is guessed but the title."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.kind != "byline":
            continue
        words = text[block.start : block.end].strip("*_")
        label = LABEL.match(words)
        if label:
            found.setdefault(KEYS.get(label[1].lower(), label[1].lower()), label[2].strip())
        elif ADDRESS.match(words):
            found.setdefault("address", words)
        elif paper(words):
            found.setdefault("publisher", paper(words))
        elif BYLINE.match(words):
            found.setdefault("byline", _byline(words))
        if dates.day(words):
            found.setdefault("date", dates.day(words))
    if "date" in found:
        found["date"] = dates.day(found["date"])
    if not found.get("address", "http").startswith("http"):
        del found["address"]
    found.setdefault("title", title(text, blocks))
    return {key: found[key] for key in FACTS if found.get(key)}


def _byline(words: str) -> str:
    return re.split(r"\s*[|•·–—]|\s-\s|,? (?:Updated|Published)\b", words.split(" ", 1)[1])[0].strip(" ,")


def title(text: str, blocks: Sequence[Block]) -> str:
    """The headline; without one, how the body begins."""
    for kind in ("headline", "body", "heading"):
        first = next((b for b in blocks if b.kind == kind), None)
        if first:
            words = " ".join(text[first.start : min(first.end, first.start + 400)].split())
            return words if kind == "headline" or len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
    return ""
