"""Editions that are hard to set: words as nobody writes them, pictures of every kind, and one with next to nothing."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from editions import edition, speech
from msgspec.structs import replace

from vivavoce.book.arrangement import Run
from vivavoce.book.edition import Edition, Entry, Image, Member, Mentioned, Note, Part, Speech, Told

HARD = "&<>\"]]> ' &amp; <!-- --> {{ x }} \x00\x0b\x1f \ud800 \ufffe \u202e שלום مرحبا 👩‍👩‍👧 e\u0301 " + "x" * 600
ADDRESS = "https://post.example/ä b|c?q=[1]&x={2}#a#b%zz"
SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ink="http://draw.example/ns" ink:version="1" viewBox="0 0 20 10" '
    'onload="alert(1)"><script>alert(2)</script><ink:page/><image xlink:href="http://far.example/a.png"/>'
    '<a href="http://far.example/"><rect width="20" height="10" style="fill:url(http://far.example/f)"/></a>'
    '<circle cx="5" cy="5" r="3" fill="#7a2f20"/></svg>'
)
# The smallest baseline JPEG: one grey pixel.
JPG = bytes.fromhex(
    "ffd8ffe000104a46494600010101004800480000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100ffc40014000100"
    "00000000000000000000000000000009ffc4001410010000000000000000000000000000000000ffda0008010100003f0054dfffd9"
)


def png() -> bytes:
    """A black picture of 12 by 8 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 12, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + bytes(12) for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pictures(folder: Path) -> Path:
    """A project's folder with pictures of three kinds, one under a wrong ending."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    (folder / "pictures" / "a gate & more.svg").write_text(SVG)
    (folder / "pictures" / "gate.png").write_bytes(png())
    (folder / "pictures" / "crane.png").write_bytes(JPG)
    return folder


def hard() -> Edition:
    """An edition in which every word is hard, with pictures; a chapter of many pages; one that holds nothing."""
    whole = edition(4)
    images = (
        Image("c2-a", "pictures/a gate & more.svg", HARD, HARD, HARD),
        Image("c2-b", "pictures/gate.png", "A gate.", "The gate."),
        Image("c2-c", "pictures/crane.png", "A crane.", "", "Len Ash"),
        Image("c2-d", "pictures/gate.png", "The gate again.", ""),
    )
    spoken = Speech("c2-s", "interview", HARD, HARD, HARD, ((Run(HARD, "bold"), Run(HARD)), (Run(HARD),)), 99, "x")
    long = Speech("c2-l", "press", "", "", "", ((Run("He said so. " * 900),),), 100)
    told = tuple(Told(f"c2-t{k}", k, (Run(HARD, "italic"),)) for k in ("paragraph", "item", "heading"))
    return replace(
        whole,
        title=f"The <gate> & {HARD}",
        subtitle=HARD,
        author=HARD,
        language="he",
        rights=(HARD,),
        dedication=HARD,
        introduction=((Run(HARD),),),
        method=(HARD,),
        people=(Member("x", HARD, HARD, HARD, HARD, HARD, True),),
        parts=(*whole.parts, Part("c2-hard", HARD, (*images, spoken, long, *told)), Part("c3-empty", "Empty", ())),
        notes=(*whole.notes, Note(99, "c2-s", HARD, ADDRESS), Note(100, "c2-l", HARD, "file:///etc/passwd")),
        bibliography=(Entry("press", "p", HARD, ADDRESS),),
        index=(Mentioned("work", HARD, ("c2-s", "c2-l", "c2-thecket")), Mentioned("person", HARD, ("c2-gone",))),
    )


def bare() -> Edition:
    """An edition with one block and nothing that can be left out."""
    said = replace(speech(1, "Yes."), note=1)
    return replace(
        edition(),
        subtitle="",
        author="",
        language="none of these",
        rights=(),
        dedication="",
        introduction=(),
        people=(),
        parts=(Part("c0", "", (said,)),),
        notes=(),
        bibliography=(),
        index=(),
    )
