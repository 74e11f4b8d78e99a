"""Addresses that stay: where each page and each quotation is found, and which foreign addresses may be linked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from vivavoce.model import digest, slug

SAFE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")  # what an address has as it stands
LONGEST = 120  # bytes of a file name before its ending; file systems take 255
ASCII_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def source_slug(path: str) -> str:
    """A source's path as an address, folders joined by two hyphens: `in/The Sale.txt` -> `in--the-sale-txt`."""
    name = "--".join(slug(part) for part in path.split("/") if part) or slug(path)
    return name if len(name.encode()) <= LONGEST else f"{_cut(name)}-{digest(path, length=8)}"


def _cut(name: str) -> str:
    return name.encode()[: LONGEST - 10].decode("utf-8", "ignore").rstrip("-")


def source_slugs(paths: Iterable[str]) -> dict[str, str]:
    """The address of each source. Paths whose slugs are equal are told apart by a hash of the path, every one of
    them, so that which of them came first does not matter."""
    slugs = {path: source_slug(path) for path in paths}
    often = Counter(slugs.values())
    return {p: s if often[s] == 1 else f"{s}-{digest(p, length=6)}" for p, s in slugs.items()}


def token(name: str) -> str:
    """An id as part of a file name or fragment: as it stands where it is safe, else a slug with a hash."""
    return name if SAFE.fullmatch(name) else f"{slug(name)[:40]}-{digest(name, length=6)}"


def href(path: str) -> str:
    """A path of ours, percent-encoded for an address."""
    return path if PLAIN.fullmatch(path) else quote(path, safe="/-._~")


def page(folder: str, name: str) -> str:
    """The address of a page named by an id, in a folder of ours."""
    return f"{folder}/{name}.html" if SAFE.fullmatch(name) else href(f"{folder}/{token(name)}.html")


def foreign(address: str) -> str:
    """An address outside the site if it may be linked (http or https with a host), else ""."""
    plain = address.strip()
    if not plain or ASCII_CONTROL.search(plain):
        return ""
    try:
        parts = urlsplit(plain)
        return plain if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
