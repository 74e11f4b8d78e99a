"""RTF, as word processors save it: paragraphs, headings by style, bold labels, footnotes; nothing that is not seen.

The tokens are those of Microsoft's Rich Text Format Specification, version 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from vivavoce.errors import UnreadableSource
from vivavoce.model import BlockKind, Source, Span, Warning
from vivavoce.sources import written
from vivavoce.sources.cues import many
from vivavoce.sources.raw import Raw
from vivavoce.sources.written import Paragraph

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
)
DEEPEST = 2000
HIDING = """
    fonttbl colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr footerf
    fldinst ftnsep ftnsepc aftnsep aftnsepc listtable nonshppict listoverridetable rsidtbl revtbl themedata
    colorschememapping datastore latentstyles info xmlnstbl generator annotation atnid atnauthor atnref
    atndate pntext pntxta pntxtb listtext bkmkstart bkmkend tc xe template operator filetbl sn sv sp formfield
"""
UNSEEN = frozenset(re.findall(r"\w+", HIDING))
SIGNS = {
    "par": "\n\n", "sect": "\n\n", "line": "\n", "lbr": "\n", "tab": "\t", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "cell": "\v", "nestcell": "\v", "row": "\n\n", "nestrow": "\n\n",
}  # fmt: skip
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


class Style(NamedTuple):
    """What holds within a group: handed down to groups in it, forgotten where it ends."""

    unseen: bool = False
    into: str = ""
    bold: bool = False
    raised: bool = False
    deleted: bool = False
    struck: bool = False
    skip: int = 1
    encoding: str = "cp1252"
    style: str = ""
    level: int = 9


class Bit(NamedTuple):
    """Some words, and what holds for them."""

    text: str
    style: Style


def claims(raw: Raw) -> bool:
    """Does it begin as RTF does?"""
    return raw.data.lstrip()[:5] == b"{\\rtf"


def read(raw: Raw) -> Source:
    """The document's paragraphs as press, or, where names head them, as a transcript.

    Raises UnreadableSource where it is no RTF or has no text.
    """
    if not claims(raw):
        raise UnreadableSource(raw.path, "it should be RTF, but it is something else", "Save it again as .rtf.")
    state = _State(raw)
    state.run(raw.data.decode("latin-1"))
    warnings = []
    if state.deleted:
        what = f"{many(state.deleted, 'deletion is', 'deletions are')} left out: crossed out by its author"
        warnings.append(Warning(what))
    if state.depth():
        warnings.append(Warning("the file ends before it is finished", "", "It may be cut short; save it again."))
    return written.source(raw, "rtf", list(state.paragraphs()), state.about, warnings)


class _State:
    """What has been read so far of a file; lives for one call of `read`."""

    def __init__(self, raw: Raw) -> None:
        self.path = raw.path
        self.stack: list[Style] = []
        self.now = Style()
        self.bits: list[Bit] = []
        self.notes: list[list[Bit]] = []
        self.raw: bytearray = bytearray()
        self.skipping = self.skip_to = 0
        self.fonts: dict[int, str] = {}
        self.sheet: dict[str, tuple[str, bool]] = {}
        self.entry: dict[str, Any] = {}
        self.told: dict[str, str] = {}
        self.font = 0
        self.deleted = 0
        self.high = 0
        self.star = False

    @property
    def about(self) -> dict[str, Any]:
        """The title from the document's properties; author and date there are the file's."""
        return {"title": self.told.get("title", "").strip()[:500]}

    def depth(self) -> int:
        """How many groups are open."""
        return len(self.stack)

    def run(self, text: str) -> None:
        """Read a whole file."""
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if found is None:
                break
            word, number, code, sign, brace, words = found.groups()
            if code is None:
                self.flush()
            if brace:
                if self.group(brace):
                    return
            elif word:
                self.word(word, None if number is None else int(number), found.end())
            elif code:
                self.byte(int(code, 16))
            elif sign:
                self.sign(sign)
            elif words:
                self.say(words)
            at = max(found.end(), self.skip_to)
        self.flush()

    def group(self, brace: str) -> bool:
        """Open a group or close it; True where the file's last one is closed."""
        self.star = False
        if brace == "{":
            if len(self.stack) >= DEEPEST:
                raise UnreadableSource(self.path, f"it is nested more than {DEEPEST:,} deep", "Save it again as .rtf.")
            self.stack.append(self.now)
            return False
        if self.now.into == "stylesheet":
            self.styled()
        self.now = self.stack.pop() if self.stack else Style()
        return not self.stack

    # --- words ---

    def say(self, words: str) -> None:
        """Words as they stand, but for those that only stood in for a sign that was given as \\u."""
        if self.skipping:
            gone = min(self.skipping, len(words))
            words, self.skipping = words[gone:], self.skipping - gone
        if words and not words.isascii():
            words = words.encode("latin-1").decode(self.now.encoding, "replace")
        self.put(words)

    def put(self, words: str) -> None:
        """Words to where they belong."""
        into = self.now.into
        if not words:
            return
        if into == "stylesheet":
            self.entry["name"] = self.entry.get("name", "") + words
        elif into == "fonttbl":
            return
        elif into in ("title", "author"):
            self.told[into] = (self.told.get(into, "") + words)[:2000]
        elif not self.now.unseen:
            if self.now.deleted:
                self.deleted += words.strip() != ""
                return
            if self.now.raised and words.strip(" ,").isdigit() and self.bits and self.bits[-1].text.strip():
                return
            (self.notes[-1] if into == "footnote" and self.notes else self.bits).append(Bit(words, self.now))

    def byte(self, code: int) -> None:
        """A byte in the font's character set; several may make one letter."""
        if self.skipping:
            self.skipping -= 1
        else:
            self.raw.append(code)

    def flush(self) -> None:
        """Bytes that were gathered become words."""
        if self.raw:
            words, self.raw = bytes(self.raw).decode(self.now.encoding, "replace"), bytearray()
            self.put(words)

    def sign(self, sign: str) -> None:
        """A control symbol."""
        if sign == "*":
            self.star = True
        elif sign in "\r\n":
            self.put("\n\n")
        elif self.skipping:
            self.skipping -= 1
        else:
            self.put({"~": "\u00a0", "_": "\u2011", "-": ""}.get(sign, sign if sign in "\\{}" else ""))

    # --- control words ---

    def word(self, word: str, number: int | None, end: int) -> None:
        """A control word with its number."""
        on = number != 0
        if word == "bin":
            self.skip_to = end + max(number or 0, 0)
        elif word == "u" and number is not None:
            self.unicode(number % 65536)
        elif word in SIGNS:
            self.put(SIGNS[word])
        elif word == "page" or word == "softpage":
            self.put("\n\n" if word == "page" else "")
        elif word in ("b", "super", "up", "nosupersub", "deleted", "v", "plain", "strike", "strikex", "striked"):
            self.looks(word, on)
        elif word in ("pard", "s", "outlinelevel"):
            self.shape(word, number)
        elif word in ("ansicpg", "uc", "f", "fcharset"):
            self.coded(word, number or 0)
        else:
            self.destination(word)
        self.star = False

    def unicode(self, code: int) -> None:
        """A sign by its number; two surrogates make one."""
        self.skipping = 0
        if 0xD800 <= code < 0xDC00:
            self.high = code
        else:
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00 if self.high else 0xFFFD
            self.high = 0
            self.put(chr(code))
        self.skipping = self.now.skip

    def looks(self, word: str, on: bool) -> None:
        """How words look: bold, raised, hidden, crossed out."""
        if word == "plain":
            self.now = self.now._replace(bold=False, raised=False, struck=False)
        elif word == "b":
            self.now = self.now._replace(bold=on)
            if self.now.into == "stylesheet":
                self.entry["bold"] = on
        elif word == "deleted":
            self.now = self.now._replace(deleted=on)
        elif word.startswith("strike"):
            self.now = self.now._replace(struck=on)
        elif word == "v":
            self.now = self.now._replace(unseen=self.now.unseen or on)
        else:
            self.now = self.now._replace(raised=on and word != "nosupersub")

    def shape(self, word: str, number: int | None) -> None:
        """What a paragraph is."""
        if word == "pard":
            self.now = self.now._replace(style="", level=9)
        elif word == "outlinelevel":
            self.now = self.now._replace(level=number if number is not None else 9)
        elif self.now.into == "stylesheet":
            self.entry["id"] = str(number or 0)
        else:
            self.now = self.now._replace(style=str(number or 0))

    def coded(self, word: str, number: int) -> None:
        """In which character set bytes are."""
        if word == "ansicpg":
            self.now = self.now._replace(encoding=_known(f"cp{number}"))
            self.stack = [style._replace(encoding=self.now.encoding) for style in self.stack]
        elif word == "uc":
            self.now = self.now._replace(skip=max(number, 0))
        elif word == "f" and self.now.into == "fonttbl":
            self.font = number
        elif word == "fcharset" and self.now.into == "fonttbl":
            if number in CHARSETS and number != 0:
                self.fonts[self.font] = CHARSETS[number]
        elif word == "f" and number in self.fonts:
            self.now = self.now._replace(encoding=self.fonts[number])
        elif word == "f" and self.stack:
            self.now = self.now._replace(encoding=self.stack[0].encoding)

    def destination(self, word: str) -> None:
        """Where the words of this group belong."""
        if word in ("footnote", "annotation") and not self.now.unseen:
            if word == "footnote":
                self.notes.append([])
            self.now = self.now._replace(into=word, unseen=word == "annotation", raised=False)
        elif word in ("stylesheet", "fonttbl"):
            self.now = self.now._replace(into=word, unseen=True)
            self.entry = {}
        elif word in ("title", "author") and self.now.unseen:
            self.now = self.now._replace(into=word)
        elif word in UNSEEN or (self.star and word not in ("shppict", "cs", "ud", "txfieldtext")):
            self.now = self.now._replace(unseen=True, into="" if self.now.into == "footnote" else self.now.into)

    def styled(self) -> None:
        """One style of the sheet is read."""
        if name := self.entry.get("name", "").strip(" ;"):
            self.sheet[self.entry.get("id", "0")] = (name, bool(self.entry.get("bold")))
        self.entry = {}

    # --- paragraphs ---

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs, and behind them the footnotes."""
        for bits in _split(self.bits):
            yield from self.paragraph(bits)
        for note in self.notes:
            for bits in _split(note):
                words = "".join(bit.text for bit in bits).replace("\v", "\t")
                told = Paragraph(words, "note", None, (), _crossings(bits))
                yield written.stretch(told, len(words) - len(words.lstrip("\t\x02 ")), len(words.rstrip("\t\x02 ")))

    def paragraph(self, bits: list[Bit]) -> Iterator[Paragraph]:
        """One paragraph; a table's row is one, too."""
        text = "".join(bit.text for bit in bits)
        style = bits[-1].style
        name, heavy = self.sheet.get(style.style, ("", False)) if style.style else ("", False)
        if "\v" in text:
            whole, cells = Paragraph(text, None, None, (), _crossings(bits)), re.finditer(r"[^\v]+", text)
            yield from written.row([[written.stretch(whole, *c.span())] for c in cells if c[0].strip()])
            return
        outlined: BlockKind | None = "heading" if style.level < 9 and len(text) < written.SHORT else None
        kind = written.styled(name, text) or outlined
        bold = written.heavy([(bit.text, bit.style.bold or heavy) for bit in bits])
        label = None if kind in ("headline", "heading") else written.label(text, bold)
        yield Paragraph(text, kind, label, (), _crossings(bits))


def _crossings(bits: list[Bit]) -> tuple[Span, ...]:
    return written.crossings([(bit.text, bit.style.struck) for bit in bits])


def _split(bits: list[Bit]) -> Iterator[list[Bit]]:
    """Words by paragraphs."""
    held: list[Bit] = []
    for bit in bits:
        if bit.text == "\n\n":
            if held:
                yield held
            held = []
        else:
            held.append(bit)
    if held:
        yield held


def _known(encoding: str) -> str:
    """The encoding, if Python has one of that name."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return {"cp10000": "mac_roman", "cp65001": "utf-8"}.get(encoding, "cp1252")
