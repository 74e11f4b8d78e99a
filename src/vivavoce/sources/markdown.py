"""Press in Markdown: the text as it stands, signs and all; a head of metadata between `---` lines is no body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from vivavoce import tables
from vivavoce.model import Block, BlockKind, Source
from vivavoce.sources import dates, press
from vivavoce.sources.press import Line
from vivavoce.sources.raw import Raw

FRONT = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
KEY = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]*(\S[^\r\n]*)?$")
HEADING = re.compile(r"#{1,6}[ \t]+\S")
UNDERLINE = re.compile(r"(?:=+|-{2,})[ \t]*$")
RULE = re.compile(r"(?:[*_-][ \t]*){3,}$")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
EMPHASIS = re.compile(r"(?:\*[^*].*\*|_[^_].*_)$")
NOTE = re.compile(r"\[[^\]]{1,200}\]:[ \t]|<!--|\{[%{]|<[a-z/]")
LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()]{0,500}\)")
LONG = 2000
SIGNS = re.compile(r"[*_`]{1,3}|^>[ \t]?|^#{1,6}[ \t]+")


def claims(raw: Raw) -> bool:
    """By the ending, or by a head of metadata: plain text and Markdown look alike."""
    return raw.text is not None and (raw.suffix in (".md", ".markdown") or bool(_front(raw.text)[1]))


def read(raw: Raw) -> Source:
    """The text as it stands, in blocks; the head's metadata goes over what the text tells."""
    text = raw.text or ""
    end, told = _front(text)
    head = tuple(Block("note", line.start, line.end) for line in press.lines(text) if line.end <= end)
    lines = _paragraphs([line for line in press.lines(text) if line.end > end], text)
    blocks = head + tuple(b for line, kind in zip(lines, _kinds(lines), strict=True) for b in press.cut(line, kind))
    about = press.facts(text, blocks)
    about["title"] = _bare(about.get("title", ""))
    return Source(raw.path, "press", "markdown", text, blocks, warnings=raw.warnings, **{**about, **told})


def _bare(text: str) -> str:
    return SIGNS.sub("", LINK.sub(r"\1", text)).strip()


# --- the head of metadata ----------------------------------------------------------------------------------


def _front(text: str) -> tuple[int, dict[str, Any]]:
    """Where the head of metadata ends (0: there is none) and what it tells."""
    opened = FRONT.match(text)
    if not opened:
        return 0, {}
    closing = re.compile(rf"^{re.escape(opened[1])}[ \t]*$", re.M).search(text.replace("\r", "\n"), opened.end())
    if not closing:
        return 0, {}
    inner = text[opened.end() : closing.start()]
    given = _toml(inner) if opened[1] == "+++" else _pairs(inner)
    return (closing.end(), _known(given)) if given else (0, {})


def _toml(text: str) -> dict[str, Any]:
    try:
        return tables.parsed(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return {}


def _pairs(text: str) -> dict[str, Any]:
    """The `key: value` lines of a head; a list below a key is joined by commas. Nothing deeper is needed."""
    found: dict[str, Any] = {}
    last = ""
    for line in text.splitlines():
        pair = KEY.match(line)
        if pair:
            last = pair[1].strip()
            found[last] = _unquoted(pair[2] or "")
        elif last and line.lstrip().startswith("- "):
            found[last] = ", ".join(filter(None, (found[last], _unquoted(line.lstrip()[2:]))))
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part) for part in value[1:-1].split(",") if not part.strip().startswith("["))
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _known(given: dict[str, Any]) -> dict[str, Any]:
    """The keys of a head that a source has, under its names for them."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        name = press.KEYS.get(key.lower(), key.lower())
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if name == "date":
            words = dates.day(words)
        if name == "address" and not re.match(r"https?://\S+$", words):
            continue
        if name in press.FACTS and words and not isinstance(value, dict):
            found.setdefault(name, words)
    return found


# --- blocks ------------------------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[Line], text: str) -> list[Line]:
    """Paragraphs: lines in a row are one where the text is wrapped; a line with a sign of its own stays alone."""
    if not press.wrapped([line for line in lines if not _signed(line.text)]):
        return press.alone(press.whole(text, lines))
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last and line.above == 0 and not _signed(line.text) and not _signed(last.text):
            found[-1] = msgspec.structs.replace(last, end=line.end, text=text[last.start : line.end])
        else:
            found.append(line)
    return press.alone(found)


def _signed(text: str) -> bool:
    return bool(
        HEADING.match(text)
        or UNDERLINE.match(text)
        or RULE.match(text)
        or IMAGE.match(text)
        or NOTE.match(text)
        or text.startswith(("- ", "* ", "+ ", ">", "|", "```"))
    )


def _kinds(lines: Sequence[Line]) -> list[BlockKind]:
    own = list(_by_sign(lines))
    plain = [
        msgspec.structs.replace(line, text=_bare(line.text) or line.text) if len(line.text) < LONG else line
        for line in lines
    ]
    guessed = [kind for _, kind in press.classified(plain)]
    first = next((at for at, kind in enumerate(own) if kind == "heading"), None)
    if first is not None and all(kind in ("note", "alt", "byline") for kind in own[:first] if kind):
        own[first] = "headline"
    signs = first is not None
    return [mine or _unsigned(guess, signs) for mine, guess in zip(own, guessed, strict=True)]


def _unsigned(guess: BlockKind, signs: bool) -> BlockKind:
    """A guess about a line without a sign: where headings have signs, what has none is no heading."""
    return "body" if signs and guess in ("heading", "headline") else guess


def _by_sign(lines: Sequence[Line]) -> Iterator[BlockKind | None]:
    """What the signs of Markdown say a line is; None where they say nothing."""
    above: BlockKind | None = None
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        above = _sign(line, below, above)
        yield above


def _sign(line: Line, below: Line | None, above: BlockKind | None) -> BlockKind | None:
    text = line.text
    if below and below.above == 0 and UNDERLINE.match(below.text) and len(text) < 200 and not UNDERLINE.match(text):
        return "heading"
    if UNDERLINE.match(text) or RULE.match(text) or NOTE.match(text):
        return "note"
    if HEADING.match(text):
        return "heading"
    if IMAGE.match(text):
        return "alt"
    if above == "alt" and EMPHASIS.match(text) and len(text) < 600:
        return "caption"
    alone = LINK.fullmatch(text.strip("*_> "))
    return "teaser" if alone and len(alone[1].split()) > 3 and line.alone else None
