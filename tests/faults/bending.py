"""Ways to bend an input so that it stays of its format: text by lines and words, JSON by values, XML by elements, what
is packed part by part (else each ends at a checksum). Each takes bytes, chance, and how bytes are bent where they may
be any (`atheris.Mutate`, or a plain way)."""

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from fuzzing import NAMES, ODD, PIECES

Bytes = Callable[[bytes], bytes]
WHEN = (1983, 12, 3, 22, 10, 0)


def text(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """Lines and words left out, doubled, moved, put in; now and then any bytes, mostly of whole characters."""
    if chance.random() < 0.4:
        bent = bend(data)
        return bent if chance.random() < 0.2 else bent.decode("utf-8", "ignore").encode("utf-8")
    given = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 4))):
        given = _line(given, chance) if chance.random() < 0.4 else _word(given, chance, words)
    return given.encode("utf-8", "ignore")


def _line(given: str, chance: random.Random) -> str:
    lines = given.splitlines(keepends=True) or [""]
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(4)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(to, lines[at])
    elif what == 2:
        lines[at], lines[to] = lines[to], lines[at]
    else:
        lines[at] = lines[at].rstrip("\r\n") + chance.choice(("", " ", "\r", "\r\n", "\n\n"))
    return "".join(lines)


def odd(chance: random.Random, words: Sequence[str] = ()) -> str:
    """A piece that readers look for, or trip over."""
    pool = chance.choice((PIECES, NAMES, list(ODD), words or PIECES, words or PIECES))
    return chance.choice(pool)


def _word(given: str, chance: random.Random, words: Sequence[str]) -> str:
    at = chance.randrange(len(given) + 1)
    if chance.random() < 0.5 and (found := re.compile(r"\S+|\s+").search(given, at)):
        start, end = found.span()
    else:
        start = end = at
    return given[:start] + chance.choice((odd(chance, words), odd(chance, words), "")) + given[end:]


# --- JSON --------------------------------------------------------------------------------------------------

VALUES = (None, True, 0, -1, 0.5, 1e300, -0.0, 10**30, "", "0", "NaN", "1e999", "00:01", [], {}, [[]], float("nan"))


def values(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """JSON with values changed for others, left out, doubled, put elsewhere."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return bend(data)
    if chance.random() < 0.15:
        return bend(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        given = _value(given, chance, words)
    return json.dumps(given, ensure_ascii=chance.random() < 0.2).encode("utf-8", "surrogatepass")


def _spots(value: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    out = [(value, key) for key in keys]
    return out if depth > 20 else [*out, *(s for key in keys for s in _spots(value[key], depth + 1))]


def _value(given: Any, chance: random.Random, words: Sequence[str]) -> Any:
    spots = _spots(given)
    if not spots:
        return chance.choice(VALUES)
    (home, key), (other, its) = chance.choice(spots), chance.choice(spots)
    taken = json.loads(json.dumps(other[its]))
    what = chance.randrange(6)
    if what == 0:
        home[key] = chance.choice((chance.choice(VALUES), taken, [home[key]], str(home[key])))
    elif what == 1:
        del home[key]
    elif what == 2 and isinstance(home, list):
        home.insert(chance.randrange(len(home) + 1), taken)
    elif what == 3 and isinstance(home, dict):
        home[chance.choice((*words, str(its), odd(chance)))] = taken
    elif isinstance(home[key], str):
        home[key] = _word(home[key], chance, words)
    elif isinstance(home[key], int | float) and not isinstance(home[key], bool):
        home[key] = chance.choice((home[key] + 1, -home[key], home[key] * 1000, chance.random() * 100))
    return given


def rows(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """Lines of JSON, one of them bent, or left out, doubled, moved."""
    lines = data.splitlines(keepends=True)
    if not lines or chance.random() < 0.2:
        return text(data, chance, bend, words)
    at = chance.randrange(len(lines))
    lines[at] = values(lines[at], chance, bend, words).strip() + b"\n"
    return b"".join(lines)


# --- XML ---------------------------------------------------------------------------------------------------

TAG = re.compile(r"<[^<>]*>|[^<]+|<")
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*')""")


def elements(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """XML or HTML with elements left out, doubled, moved into others, unwrapped; words and attributes changed."""
    if chance.random() < 0.2:
        return bend(data)
    pieces = TAG.findall(data.decode("utf-8", "replace"))
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not pieces:
            break
        pieces = _element(pieces, chance, words)
    return "".join(pieces).encode("utf-8", "ignore")


def _element(pieces: list[str], chance: random.Random, words: Sequence[str]) -> list[str]:
    at, to = chance.randrange(len(pieces)), chance.randrange(len(pieces) + 1)
    if not pieces[at].startswith("<"):
        escaped = odd(chance, [w for w in words if "<" not in w]).replace("&", "&amp;").replace("<", "&lt;")
        pieces[at] = chance.choice((escaped, pieces[at] + escaped, _word(pieces[at], chance, [escaped]), ""))
        return pieces
    end = _closed(pieces, at)
    whole, what = pieces[at:end], chance.randrange(6)
    if what == 0:
        return pieces[:at] + pieces[end:]
    if what == 1:
        return pieces[:to] + whole + pieces[to:]
    if what == 2 and len(whole) > 1:
        return pieces[:at] + whole[1:-1] + pieces[end:]
    if what == 3 and words:
        return [*pieces[:to], chance.choice(words), *pieces[to:]]
    if found := list(ATTRIBUTE.finditer(pieces[at])):
        one, other = chance.choice(found), chance.choice(words) if words else "x"
        value = odd(chance, words).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        if "<" in other or " " in other:
            other = "id"
        new = chance.choice((f'{one[1]}="{value}"', f'{one[1]}="{value}"', "", f"{other}={one[2]}"))
        pieces[at] = pieces[at][: one.start()] + new + pieces[at][one.end() :]
    return pieces


def _closed(pieces: Sequence[str], at: int) -> int:
    """Behind the end of the element that begins there."""
    name = re.match(r"<([\w:.-]+)", pieces[at])
    if not name or pieces[at].endswith("/>"):
        return at + 1
    depth = 0
    for n in range(at, len(pieces)):
        if re.match(rf"<{re.escape(name[1])}\b[^>]*[^/]?>", pieces[n]) and not pieces[n].endswith("/>"):
            depth += 1
        elif pieces[n].startswith(f"</{name[1]}"):
            depth -= 1
            if not depth:
                return n + 1
    return at + 1


# --- packed ------------------------------------------------------------------------------------------------


def parts(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """A ZIP with one of its parts bent as is its way, left out, doubled or called otherwise; seldom its bytes."""
    inside = unpacked(data)
    if not inside or chance.random() < 0.03:
        return bend(data)
    at = chance.randrange(len(inside))
    # What holds most of the words is bent most.
    if chance.random() < 0.7:
        at = max(range(len(inside)), key=lambda n: len(inside[n][1]) * chance.random())
    name, part = inside[at]
    what = chance.randrange(40)
    if what == 0:
        del inside[at]
    elif what == 1:
        inside.insert(chance.randrange(len(inside) + 1), inside[at])
    elif what == 2:
        inside[at] = (chance.choice([n for n, _ in inside] + ["a.txt", "../a.txt", "a\\b.md", "é/ü.vtt"]), part)
    else:
        inside[at] = (name, by_content(part, chance, bend, words))
    return packed(inside)


def by_content(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """Bytes bent as what they look like."""
    begins = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    way = elements if begins == b"<" else values if begins in (b"{", b"[") else text
    return way(data, chance, bend, words)


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a ZIP by name; none where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return [(info.filename, box.read(info)) for info in box.infolist() if info.file_size < 100_000]
    except Exception:
        return []


def packed(inside: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP of parts, not pressed: so bytes that are bent in it are bytes of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as box, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, content in inside:
            info = zipfile.ZipInfo(name.replace("\0", "") or "a", WHEN)
            box.writestr(info, content)
    return file.getvalue()


STREAM = re.compile(rb"(?s)stream\r?\n(.*?)\r?\nendstream")


def drawn(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """A PDF with the words of one of its pages, and where they stand, bent; now and then any bytes."""
    streams = list(STREAM.finditer(data))
    if not streams or chance.random() < 0.2:
        return bend(data)
    one = chance.choice(streams)
    if chance.random() < 0.5 and (numbers := list(re.finditer(rb"-?\d+(?:\.\d+)?", one[1]))):
        n = chance.choice(numbers)
        new = str(chance.choice((0, -1, 1, 7, 40, 400, 41.5, 1e6, float(n[0]) + 1, float(n[0]) * 2, float(n[0]) / 3)))
        fresh = one[1][: n.start()] + new.encode() + one[1][n.end() :]
    else:
        fresh = (
            text(one[1].decode("cp1252", "replace").encode(), chance, bend, words)
            .decode("utf-8", "replace")
            .encode("cp1252", "replace")
        )
    return data[: one.start(1)] + fresh + data[one.end(1) :]


def anyhow(data: bytes, chance: random.Random, bend: Bytes, words: Sequence[str] = ()) -> bytes:
    """Bytes as the fuzzer bends them."""
    return bend(data)


WAYS = {
    "text": text,
    "json": values,
    "rows": rows,
    "xml": elements,
    "parts": parts,
    "pdf": drawn,
    "bytes": anyhow,
    "any": by_content,
}
