"""Whoever asks the workbench wrongly: its own routes, what its pages hold, and values that nobody means."""

from __future__ import annotations

import re
import socket
from collections import defaultdict
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import quote

from starlette.routing import Mount, Route

import vivavoce.workbench
from vivavoce.workbench.app import app
from vivavoce.workbench.door import door

CANARY = "canary-of-the-harbour-office"

ODD = (
    "", "0", "-1", "٣", "²", "1e999", "NaN", "9" * 30, "9" * 5000, "true", "null", "[]", "{}", "\x00", "a\x00b",
    "\r\nSet-Cookie: a=b", "../../vivavoce.toml", "..\\..\\vivavoce.toml", "/etc/passwd", "C:\\Windows\\win.ini", "~/x",
    ".", "..", "a" * 300, "a/" * 400, "\ufeff", "\u202e", "\ud7ff\ufdd0", "é" * 200, "‘“»", '" OR 1=1 --', "NEAR(", "*",
    "a AND", "(", "{{7*7}}", "%s%n", "//far.example/",
)  # fmt: skip

OUTSIDE = (
    "../door.py", "../../../pyproject.toml", "../vivavoce.toml", "../decisions.jsonl", "../book.md",
    "../../outside.txt",
    "talks/secret.mp3", "talks/../../vivavoce.toml", "talks/../../../outside.txt", "talks/wim.mp3", "ivo.toml",
    "/etc/passwd", "//etc/passwd", "..\\vivavoce.toml", "\x00", "talks/ivo.vtt\x00.mp3", "../vivavoce.toml\x00",
    "file:///etc/passwd", "C:\\Windows\\win.ini", ".", "..", "/", "a" * 5000, "a/" * 2000, "\ufffd\u202e",
)  # fmt: skip
"""Paths of what is not shown: out of the folder, absolute, of another system, broken."""


class Asked(NamedTuple):
    """A route: its path as it is written, its method."""

    path: str
    method: str

    @property
    def names(self) -> list[str]:
        return re.findall(r"{(\w+)(?::path)?}", self.path)

    def filled(self, value: str) -> str:
        """Its address with a value in each place."""
        return re.sub(r"{\w+(:path)?}", lambda _: value, self.path)


def routes() -> list[Asked]:
    """The workbench's routes, from the application itself."""
    bench: Any = SimpleNamespace(prepare=[])
    found = []
    for route in app(bench, door(1)).routes:
        if isinstance(route, Mount):
            found.append(Asked(route.path + "/{file:path}", "GET"))
        elif isinstance(route, Route):
            found += [Asked(route.path, m) for m in sorted(route.methods or ()) if m != "HEAD"]
    return found


def written(value: str) -> dict[str, str]:
    """A value as it may stand in an address: as it is (where HTTP can), encoded, all of it encoded, twice encoded."""
    whole = "".join(f"%{b:02x}" for b in value.encode())
    plain = quote(value, safe="/.\\:")
    ways = {"encoded": plain, "all": whole, "twice": quote(whole), "dots": plain.replace("..", "%2e%2e")}
    if value.isascii() and value.isprintable() and " " not in value:
        ways["plain"] = value
    return ways


def fields() -> list[str]:
    """The names of fields that the workbench's own code asks for."""
    code = "".join(p.read_text("utf-8") for p in Path(vivavoce.workbench.__file__).parent.glob("*.py"))
    named = r'(?:form|asked|query_params)(?:\.get\(|\[)"(\w[\w-]*)"|number\(form, "(\w+)"\)|ticked\(form, "([\w-]+)"\)'
    return sorted({name for found in re.findall(named, code) for name in found if name})


def words_of_code() -> list[str]:
    """Words that the code compares with: what can be asked to be done."""
    code = "".join(p.read_text("utf-8") for p in Path(vivavoce.workbench.__file__).parent.glob("*.py"))
    return sorted(set(re.findall(r'"([a-z][a-z-]{1,15})"', code)))


def crawled(client: Any, pages: tuple[str, ...], most: int = 80) -> dict[str, str]:
    """The pages that lead from some on, by address."""
    seen: dict[str, str] = {}
    waiting = list(pages)
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen[path] = client.get(path)
        links = [unescape(a).partition("#")[0] for a in re.findall(r'href="(/[^"]*)"', seen[path])]
        waiting += [a for a in dict.fromkeys(links) if a and not a.startswith(("/static", "/look")) and a not in seen]
    return seen


def values_of(page: str) -> list[tuple[str, str]]:
    """The fields on a page, or in a form, with what stands in them."""
    found = []
    for tag in re.findall(r"<(?:input|button|option|select|textarea)\b[^>]*>", page):
        name, value = (re.search(rf'\b{a}="([^"]*)"', tag) for a in ("name", "value"))
        if name and name[1] != "token":
            found.append((unescape(name[1]), unescape(value[1]) if value else ""))
    return found


def meant(pages: dict[str, str]) -> dict[str, list[str]]:
    """The values that fields have on pages, by name."""
    values: dict[str, set[str]] = defaultdict(set)
    for name, value in (pair for page in pages.values() for pair in values_of(page)):
        values[name].add(value)
    return {n: sorted(v) for n, v in sorted(values.items())}


def forms(pages: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """The forms on pages as they would be sent, one for each of their buttons, by where they go."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for head, inner in (
        pair for page in pages.values() for pair in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.S)
    ):
        action = re.search(r'action="(/\w+)"', head)
        if action and "post" in head:
            buttons = [b for tag in re.findall(r"<button\b[^>]*>", inner) for b in values_of(tag)] or [("", "")]
            held = dict(values_of(re.sub(r"<button\b[^>]*>", "", inner)))
            found[action[1]] += [{**held, name: value} for name, value in buttons]
    return {a: [dict(f) for f in sorted({tuple(sorted(f.items())) for f in fs})] for a, fs in found.items()}


def raw(port: int, sent: bytes, wait: float = 30) -> bytes:
    """What is answered to bytes as they are, until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        line.sendall(sent)
        got = b""
        while piece := line.recv(65536):
            got += piece
        return got


def request(client: Any, method: str, target: str, *headers: str, body: bytes = b"") -> bytes:
    """The bytes of a request with the cookie; `target` as it is."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {client.host}", f"Cookie: {client.cookie}", "Connection: close"]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1", "replace") + body


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1.1 (\d+) ", answer)
    return int(found[1]) if found else 0
