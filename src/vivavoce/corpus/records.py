"""A record (a line of JSON, a row) as a document: its text, what it is called, and what it tells of it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from vivavoce.corpus.saying import plain
from vivavoce.corpus.values import Document, Fields, Input
from vivavoce.sources import dates

USUAL = {
    "text": ("text", "content", "body", "maintext", "article", "html"),
    "id": ("id", "_id", "uid", "uuid"),
    "url": ("url", "link", "address", "source_url"),
    "date": ("date", "published", "date_published", "publish_date", "pub_date", "timestamp", "created_utc"),
    "title": ("title", "headline"),
}
BOM = b"\xef\xbb\xbf"
NO_SIGN = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of a pair: no text can be kept with them
YEAR_FIRST = re.compile(r"((?:19|20)\d\d)(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d)(?:\d{6})?)(?!\d)")
NUMBER = re.compile(r"\d{9,19}(?:\.\d*)?$")
DAY = 86_400
# Numbers of seconds since 1970 lie between these (1973 and 2286), and so do thousandths and smaller, of a larger unit.
FIRST, LAST = 10**8, 10**10
PACKED = {b"\x1f\x8b\x08": "gz", b"BZh": "bz2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zst"}
SHOWN = 10  # fields that are named where there is no text in any


def broken(given: Input, at: int, what: str) -> Document:
    """What stands for a document that cannot be had."""
    return Document(f"{given.name}#{at}", given.name, at, problem=what)


def foreign(first: bytes, name: str) -> str:
    """What the first line of an input of lines tells of it if it is none, and what to do; else ""."""
    ending = next((ending for sign, ending in PACKED.items() if first.startswith(sign)), "")
    if ending:
        return f"it is compressed, which its name does not tell; call it {name}.{ending}"
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it is saved as UTF-16; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"
    if first.removeprefix(BOM).lstrip().startswith(b"[") and not whole(first.removeprefix(BOM)):
        return "it is one JSON list, not a record a line; make lines of it (jq -c '.[]')"
    return ""


def whole(line: bytes) -> bool:
    """Whether a line is JSON by itself."""
    try:
        decoded(line)
    except (ValueError, RecursionError):
        return False
    return True


def of_line(line: bytes, given: Input, at: int, fields: Fields) -> Document:
    """A line of JSON as a document."""
    try:
        record = decoded(line.removeprefix(BOM))
    except (ValueError, RecursionError) as e:
        return broken(given, at, f"the line is no JSON ({plain(e)})")
    if isinstance(record, list):
        return broken(given, at, "the line is a JSON list, not an object; make lines of it (jq -c '.[]')")
    if not isinstance(record, dict):
        return broken(given, at, "the line is no JSON object")
    return of_record(record, given, at, fields, record)


def decoded(line: bytes) -> Any:
    """What a line of JSON holds; also NaN, halves of a pair of surrogates and numbers of any size, as Python and
    others write them. Raises ValueError or RecursionError."""
    try:
        return msgspec.json.decode(line)
    except ValueError as e:
        try:
            return json.loads(line)
        except ValueError:
            raise e from None


def of_record(record: dict[str, Any], given: Input, at: int, fields: Fields, names: Iterable[str]) -> Document:
    """A record as a document. `names`: those of all fields that it has."""
    text = body(value(record, "text", fields.text))
    url = word(value(record, "url", fields.url))
    name = word(value(record, "id", fields.id)) or url or f"{given.name}#{at}"
    if not text:
        return Document(name, given.name, at, problem=missing(record, fields, names))
    told = {
        "title": word(value(record, "title", fields.title)),
        "date": day(value(record, "date", fields.date)),
        "address": url,
    }
    return Document(name, given.name, at, text, told=told)


def missing(record: dict[str, Any], fields: Fields, names: Iterable[str]) -> str:
    """Why a record has no text."""
    named = [n for n in ([fields.text] if fields.text else USUAL["text"]) if n in record]
    if any(record[n] is None or isinstance(record[n], (str, bytes)) for n in named):
        return f"the text in its field {named[0]} is empty"
    where = f"the field {fields.text}" if fields.text else "a field of the usual names"
    there = [n if len(n) <= 40 else f"{n[:40]}…" for n in names]
    more = ", …" if len(there) > SHOWN else ""
    has = f"; it has {', '.join(there[:SHOWN])}{more}" if there else ""
    return f"there is no text in {where} (--text-field names another{has})"


def value(record: dict[str, Any], what: str, named: str) -> Any:
    """The value of a field: of the one that is named (a dot leads inwards), else of the first usual one there is."""
    if named in record or not named:
        return record.get(named) if named else next((record[n] for n in USUAL[what] if record.get(n)), None)
    found: Any = record
    for part in named.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def body(given: object) -> bytes:
    """A text as bytes, as many signs as it has; bytes that are no UTF-8 as they are, b"" for what is no text."""
    if isinstance(given, bytes):
        try:
            return body(given.decode("utf-8"))
        except UnicodeDecodeError:
            return given
    return NO_SIGN.sub("\ufffd", given).encode() if isinstance(given, str) and given.strip() else b""


def word(given: object) -> str:
    """A value as one line of text; "" for one that is none."""
    if isinstance(given, bytes):
        given = given.decode("utf-8", "replace")
    if isinstance(given, bool) or given is None or given != given or isinstance(given, (dict, list)):
        return ""
    return " ".join(NO_SIGN.sub("\ufffd", str(given)).split())


def day(given: object) -> str:
    """The day of a date as ISO, as far as it is given; "" for what is none. A number is of seconds since 1970, or of
    thousandths or smaller, in UTC; eight or fourteen figures are year, month, day (and time)."""
    if isinstance(given, dict):  # as MongoDB writes it
        given = given.get("$date")
    words = word(given)
    if found := YEAR_FIRST.match(words):
        year, _, month, date, packed_month, packed_date = found.groups()
        return dates.day(f"{year}-{month or packed_month:0>2}-{date or packed_date:0>2}")
    return since(float(words)) if NUMBER.match(words) else dates.day(words)


def since(number: float) -> str:
    """The day of so many seconds since 1970, or of thousandths, millionths or milliardths; "" for any other number."""
    for _ in range(4):
        if FIRST <= number < LAST:
            return (datetime.date(1970, 1, 1) + datetime.timedelta(days=number // DAY)).isoformat()
        number /= 1000
    return ""
