"""Pictures made of points (PNG, JPEG, GIF, WebP, AVIF): whether a file is what its ending says, and its size."""

from __future__ import annotations

from vivavoce.errors import BadFile

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG's markers of a frame, which hold the size


def size(head: bytes, ending: str) -> tuple[int, int] | None:
    """Width and height from the beginning of a file; None where it is not told there. Raises BadFile for another kind
    of file than its ending says."""
    kind = kind_of(head)
    if kind != ending.lstrip(".").replace("jpeg", "jpg"):
        raise BadFile(f"it is {f'a {kind.upper()}' if kind else 'no picture'} by its content, not what its ending says")
    found = _SIZES[kind](head) if kind in _SIZES else None
    return found if found and min(found) > 0 else None


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes: png, jpg, gif, webp or avif; "" for anything else."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "avif" if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis") else ""


def _png(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def _gif(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def _jpg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        if head[at + 1] in FRAMES:
            high, wide = head[at + 5 : at + 7], head[at + 7 : at + 9]
            return int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return None


_SIZES = {"png": _png, "gif": _gif, "jpg": _jpg}
