"""E-mails (EML): what its writer wrote is the body; quoted replies, signatures and what programs add are notes.

An article that was pasted in or forwarded is press, with its own headline and byline. Sender, date and subject are
the source's byline, date and title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import BlockKind, Source, Warning
from vivavoce.sources import packed, press, written
from vivavoce.sources.cues import many
from vivavoce.sources.page import page
from vivavoce.sources.raw import Raw
from vivavoce.sources.written import Paragraph

HEADER = re.compile(rb"(?:>?From [^\r\n]{0,200}\r?\n)?([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]{0,998}\r?\n")
SURE = re.compile(
    rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Content-Type|X-[\w-]+):", re.I | re.M
)
FROM = re.compile(rb"^(?:From|Date|Subject):", re.I | re.M)
HEAD = 64 * 1024
PARTS = 300
WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Den|Em)\b.{4,200}"
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.{0,120}:$"
)
ORIGINAL = re.compile(
    r"[-_ ]{2,40}\s?(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Message d'origine|Mensaje original)"
    r"[-_ ]{0,40}$",
    re.I,
)
FORWARDED = re.compile(
    r"[-_ ]{0,40}\s?(?:Forwarded [Mm]essage|Begin forwarded message|Weitergeleitete Nachricht|Message transféré"
    r"|Mensaje reenviado)\b.{0,80}$"
)
FIELD = re.compile(
    r"\*{0,2}(?:From|Von|De|Da|Sent|Gesendet|Envoyé|Date|Datum|To|An|À|Para|Cc|Subject|Betreff|Objet|Asunto|Reply-To)"
    r"\*{0,2}:\*{0,2}[ \t]+\S",
    re.I,
)
GREETING = re.compile(
    r"(?:Dear|Hi|Hello|Hallo|Hey|Liebe[rs]?|Sehr geehrte|Bonjour|Chère?|Hola|Caro|Good (?:morning|day))\b"
)
REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|sv|antw|rv|rif|i)\s*(?:\[\d+\])?\s*:\s*)+", re.I)
FORWARD = re.compile(r"(?:fwd?|wg|tr|rv|i)\s*:", re.I)
RULE = re.compile(r"[_-]{8,120}$")
DASHES = re.compile(r"--[ \t]?$")
DEVICE = re.compile(
    r"(?:Sent from my|Sent from (?:Outlook|Mail|Yahoo|Proton)|Gesendet von|Von meinem .{1,30} gesendet|Envoyé depuis"
    r"|Enviado desde|Get Outlook for)\b.{0,60}$"
)
CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|many|all)? ?(?:regards|wishes|thanks)|best|cheers|yours(?: \w+)?"
    r"|sincerely(?: yours)?|(?:mit )?(?:freundlichen|besten|lieben|herzlichen) grüßen?|viele grüße|cordialement"
    r"|bien à vous|saludos)[,.!]?$",
    re.I,
)

if TYPE_CHECKING:
    from email.message import EmailMessage


class Part(NamedTuple):
    """A stretch of the message: `letter`, `article`, or `note` (quoted, a signature, fields of a forwarded letter)."""

    kind: str
    lines: list[str]


def claims(raw: Raw) -> bool:
    """Does it begin with an e-mail's header: any with the ending of one, else one that only a mail program writes?"""
    head = raw.data[:HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    if not HEADER.match(head):
        return False
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if raw.suffix in (".eml", ".emlx", ".mht"):
        return bool(FROM.search(head) or SURE.search(head))
    return len(FROM.findall(head)) > 1 and bool(SURE.search(head))


def read(raw: Raw) -> Source:
    """The message's text as press, or, where names head its paragraphs, as a transcript.

    Raises UnreadableSource where it is no e-mail or has no text.
    """
    if len(packed.LETTER.findall(raw.data)) > 1 and raw.data.startswith(b"From "):
        raise UnreadableSource(raw.path, "it holds several letters", "Give it the ending .mbox.")
    message = _message(raw)
    subject = " ".join(str(_field(message, "Subject")).split())
    parts, warnings = _parts(message, bool(FORWARD.match(subject)))
    given = [paragraph for part in parts for paragraph in _paragraphs(part)]
    about = _about(message, subject, parts)
    source = written.source(raw, "mail", given, about, warnings)
    return msgspec.structs.replace(source, title=about["title"] or source.title)


def _message(raw: Raw) -> EmailMessage:
    from email import message_from_bytes, policy

    if not HEADER.match(raw.data[:HEAD].lstrip(b"\xef\xbb\xbf\r\n")):
        what = "it should be an e-mail, but it does not begin as one"
        raise UnreadableSource(raw.path, what, "Save it again from the mail program.")
    if len(re.findall(rb"^content-type:\s*(?:multipart|message)", raw.data, re.I | re.M)) > PARTS:
        raise UnreadableSource(raw.path, f"it has more than {PARTS} parts within parts", "Save its text as .txt.")
    data = re.sub(rb"\A[\xef\xbb\xbf\r\n]*(?:>?From [^\r\n]*\r?\n)?", b"", raw.data[:HEAD]) + raw.data[HEAD:]
    return message_from_bytes(data, policy=policy.default)


def _field(message: EmailMessage, name: str) -> str:
    """A header's value; "" where there is none or it is broken."""
    try:
        return str(message.get(name, "") or "")
    except Exception:  # the standard library raises a dozen kinds of errors for broken headers
        return ""


def _about(message: EmailMessage, subject: str, parts: Sequence[Part]) -> dict[str, Any]:
    """Title, byline, date and language: the letter's, or the article's where that is most of it."""
    from email.utils import parseaddr, parsedate_to_datetime

    name, address = parseaddr(_field(message, "From"))
    day = ""
    try:
        when: datetime = parsedate_to_datetime(_field(message, "Date"))
        day = when.date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    about = {
        "title": REPLY.sub("", subject, count=1)[:500],
        "byline": " ".join((name or address).split())[:200],
        "date": day,
        "language": _field(message, "Content-Language").split(",")[0].strip()[:20],
    }
    size = {kind: sum(len(line) for p in parts if p.kind == kind for line in p.lines) for kind in ("letter", "article")}
    articles = [p for p in parts if p.kind == "article"]
    if len(articles) == 1 and size["article"] > size["letter"]:
        about |= _of_article(articles[0])
    return about


def _of_article(part: Part) -> dict[str, Any]:
    text = "\n".join(part.lines)
    lines = press.paragraphs(text)
    blocks = [b for line, kind in press.classified(lines) for b in press.cut(line, kind)]
    return press.facts(text, blocks)


# --- the text ----------------------------------------------------------------------------------------------


def _parts(message: EmailMessage, forward: bool) -> tuple[list[Part], list[Warning]]:
    """The stretches of a message, and what is to be told of its attachments."""
    lines: list[str] | None = None
    attached: list[str] = []
    body = message.get_body(("plain", "html")) if message.is_multipart() else message
    if body is not None and body.get_content_maintype() == "text":
        lines = _lines(body)
    for part in message.walk():
        if part is body or part.is_multipart():
            if part.get_content_type() == "message/rfc822" and part is not message:
                attached.append(part.get_filename() or "a message")
            continue
        name = part.get_filename()
        if name or part.get_content_disposition() == "attachment":
            attached.append(name or f"a file of the type {part.get_content_type()}")
        elif lines is None and part.get_content_maintype() == "text":
            lines = _lines(part)
    warnings = []
    if attached:
        named = ", ".join(dict.fromkeys(" ".join(name.split())[:80] for name in attached[:10]))
        what = f"{many(len(attached), 'attachment is', 'attachments are')} not read: {named}"
        warnings.append(Warning(what, "", "Save what is a source beside it."))
    return _cut(lines or [], forward), warnings


def _lines(part: Any) -> list[str]:
    """The lines of a text part, those that were wrapped by the mail program made whole."""
    try:
        text = part.get_content()
    except (LookupError, UnicodeError, ValueError, KeyError, AttributeError):
        given = part.get_payload(decode=True) or b""
        text = given.decode("utf-8", "replace")
    if not isinstance(text, str):
        return []
    if part.get_content_type() == "text/html":
        return _seen(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return _flowed(lines, str(part.get_param("delsp", "")).lower() == "yes") if flowed else lines


def _flowed(lines: Sequence[str], delete: bool) -> list[str]:
    """Lines that end in a space go on in the next (RFC 3676)."""
    found: list[str] = []
    open_ = False
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        goes = words.endswith(" ") and words != "-- "
        if open_ and found and depth == len(found[-1]) - len(found[-1].lstrip(">")) and words != "-- ":
            found[-1] += words
        else:
            found.append(">" * depth + (" " if depth else "") + words)
        if goes and delete:
            found[-1] = found[-1][:-1]
        open_ = goes
    return found


def _seen(text: str) -> list[str]:
    """The paragraphs of a page as lines, blank lines between; what is quoted in it has the sign of quoting."""
    quoted = _quoted(text)[:1000]
    found: list[str] = []
    for piece in page(text).pieces:
        while quoted and quoted[0][1] <= piece.runs[0].start:
            quoted.pop(0)
        sign = "> " if quoted and quoted[0][0] <= piece.runs[0].start else ""
        found += [*(sign + line for line in piece.text.split("\n")), ""]
    return found


QUOTE = re.compile(r"<(/?)blockquote(?:\s[^>]{0,400})?>", re.I)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Where a mail program put what is replied to; an opening without an end reaches to the end."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for tag in QUOTE.finditer(text):
        if not tag[1]:
            cited = depth > 0 or "cite" in tag[0].lower() or "gmail_quote" in tag[0]
            start = tag.start() if depth == 0 else start
            depth += cited
        elif depth:
            depth -= 1
            found += [(start, tag.end())] if depth == 0 else []
    return found + ([(start, len(text))] if depth else [])


# --- what is the writer's own ------------------------------------------------------------------------------


def _cut(lines: Sequence[str], forward: bool) -> list[Part]:
    """The stretches of a message: its writer's letter, what is quoted, the signature, an article in it."""
    found: list[Part] = []
    rest: list[str] = list(lines)
    at, own = 0, "letter"
    while at < len(rest):
        kind, end = _stretch(rest, at, forward)
        if kind == "forwarded":
            found.append(Part("note", rest[at:end]))
            own = "article"
        elif kind == "rest":
            found.append(Part("note", rest[at:]))
            return found
        elif kind == "note":
            found.append(Part("note", rest[at:end]))
        elif found and found[-1].kind == own:
            found[-1].lines.extend(rest[at:end])
        else:
            found.append(Part(own, rest[at:end]))
        at = end
    return [part for whole in found for part in _divided(whole)]


def _stretch(lines: Sequence[str], at: int, forward: bool) -> tuple[str, int]:
    """What a line begins (own, quoted, forwarded, or the rest), and where that ends."""
    line = lines[at].strip()
    if line.startswith(">"):
        return "note", at + 1
    if FORWARDED.match(line):
        return "forwarded", _fields(lines, at + 1)
    ruled = at + 1 if RULE.match(line) else at
    if ORIGINAL.match(line) or (FIELD.match("".join(lines[ruled : ruled + 1])) and _fields(lines, ruled) - ruled > 2):
        return ("forwarded", _fields(lines, at + 1)) if forward else ("rest", len(lines))
    both = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else line
    if WROTE.match(line):
        return "note", at + 1
    if len(line) > 10 and WROTE.match(both):
        return "note", at + 2
    if DASHES.match(lines[at]) or DEVICE.match(line):
        return "note", _signed(lines, at)
    if CLOSING.match(line):
        near = lines[at : at + 14]
        end = _signed(near, 0)
        if end <= 12 and _short(near[1:end]):
            return "note", at + end
    return "own", at + 1


def _fields(lines: Sequence[str], at: int) -> int:
    """Where the fields of a forwarded letter (From, Date, Subject …) end."""
    seen = False
    while at < len(lines):
        line = lines[at].strip()
        if FIELD.match(line):
            seen = True
        elif line or (seen and not _field_ahead(lines, at)):
            return at
        at += 1
    return at


def _field_ahead(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
    return bool(FIELD.match(following.strip()))


def _signed(lines: Sequence[str], at: int) -> int:
    """Where a signature ends: with the message, or where something quoted or forwarded begins."""
    for i in range(at + 1, len(lines)):
        line = lines[i].strip()
        both = f"{line} {lines[i + 1].strip()}" if i + 1 < len(lines) else line
        if (
            line.startswith(">")
            or FORWARDED.match(line)
            or ORIGINAL.match(line)
            or WROTE.match(both)
            or WROTE.match(line)
        ):
            return i
        if FIELD.match(line) and _fields(lines, i) - i > 2:
            return i
    return len(lines)


def _short(lines: Sequence[str]) -> bool:
    """Do lines look as those below a letter: a name, an office, a number?"""
    return all(len(line.strip()) < 70 and not re.search(r"[a-z]{3}[.!?](?:\s|$)", line) for line in lines)


def _divided(part: Part) -> Iterator[Part]:
    """A letter, and the article in it, if a headline and a byline stand in it."""
    if part.kind == "note":
        yield part
        return
    for at, line in enumerate(part.lines):
        if len(line) > 200 or not press.BYLINE.match(line.strip()):
            continue
        above = [i for i in range(max(at - 5, 0), at) if part.lines[i].strip()]
        start = _headline(part.lines, above)
        if start is not None:
            yield Part("letter", part.lines[:start])
            yield Part("article", part.lines[start:])
            return
    first = next((line.strip() for line in part.lines if line.strip()), "")
    yield Part("letter", part.lines) if GREETING.match(first) or first.endswith(",") else part


def _headline(lines: Sequence[str], above: Sequence[int]) -> int | None:
    """Which of the lines above a byline is the headline: the upper one of two, if both look as such."""
    if not above:
        return None
    like = [i for i in above[-2:] if 1 < len(lines[i].split()) <= 32 and not lines[i].strip().endswith((":", ",", "."))]
    return like[0] if like and like[-1] == above[-1] else (above[-1] if above[-1] in like else None)


def _paragraphs(part: Part) -> Iterator[Paragraph]:
    """The paragraphs of a stretch, with what they are."""
    if part.kind == "note":
        for words in re.split(r"\n[ \t]*\n", "\n".join(part.lines)):
            yield Paragraph(words.strip(), "note")
        return
    lines = press.paragraphs("\n".join(_unwrapped(part.lines)))
    kinds: list[BlockKind] = [kind for _, kind in press.classified(lines)] if part.kind == "article" else []
    for at, line in enumerate(lines):
        own: BlockKind = kinds[at] if kinds else "body"
        yield Paragraph(line.text, own)


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """Lines that were broken at the width of the letter made whole: those in which the next word had no room."""
    width = max((len(line) for line in lines if 50 <= len(line) <= 80), default=81)
    held: list[str] = []
    for line in lines:
        full = bool(held and line.strip()) and len(held[-1]) + 1 + len(line.split(" ", 1)[0]) > width
        if held and not full:
            yield " ".join(part.rstrip(" ") for part in held)
            held = []
        held.append(line)
    yield " ".join(part.rstrip(" ") for part in held)
