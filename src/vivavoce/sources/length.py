"""How long a recording is, from what its file says in its first bytes; nothing is decoded."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

HEAD = 256 * 1024
LONGEST = 7 * 24 * 3600.0  # a file that says that it is longer is damaged
FRAMES = 40  # as many MP3 frames of one bit rate in a row, and the whole file is of that rate

# ISO 11172-3, layer III: kbit/s of MPEG 1, of MPEG 2 and 2.5; samples a second of MPEG 1.
RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
LOW_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
SAMPLING = (44100, 48000, 32000, 0)


def seconds(file: Path) -> float | None:
    """How long a recording is; None where its file does not say, or cannot be read."""
    try:
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            found = _length(opened, opened.read(HEAD), size)
    except (OSError, ValueError, struct.error, ZeroDivisionError, IndexError):
        return None
    return round(found, 3) if found is not None and 0 < found < LONGEST else None


def _length(opened: BinaryIO, head: bytes, size: int) -> float | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return _wav(head, size)
    if head[:4] == b"fLaC":
        return _flac(head)
    if head[4:8] == b"ftyp":
        return _mp4(opened, size)
    if head[:4] == b"OggS":
        return _ogg(opened, head, size)
    return _mp3(opened, size)


def _wav(head: bytes, size: int) -> float | None:
    at, rate = 12, 0
    while at + 8 <= len(head):
        name, count = head[at : at + 4], struct.unpack_from("<I", head, at + 4)[0]
        if name == b"fmt ":
            rate = struct.unpack_from("<I", head, at + 16)[0]
        if name == b"data":
            there = size - at - 8  # a recorder that was cut off, or a stream, says less or more than there is
            return float((count if 0 < count <= there else there) / rate)
        at += 8 + count + count % 2
    return None


def _flac(head: bytes) -> float:
    packed = int.from_bytes(head[18:26], "big")
    return float((packed & (2**36 - 1)) / (packed >> 44))


def _mp4(opened: BinaryIO, size: int) -> float | None:
    """By the box `moov/mvhd` (ISO 14496-12)."""
    at, end = 0, size
    for _ in range(1000):
        if at + 8 > end:
            return None
        opened.seek(at)
        start = opened.read(16)
        count, name, inner = struct.unpack_from(">I", start)[0], start[4:8], 8
        if count == 1:
            count, inner = struct.unpack_from(">Q", start, 8)[0], 16
        if name == b"mvhd":
            opened.seek(at + inner)
            told = opened.read(32)
            wide = told[0] == 1
            scale, ticks = struct.unpack_from(">IQ" if wide else ">II", told, 20 if wide else 12)
            return float(ticks / scale)
        if name == b"moov":
            at, end = at + inner, min(end, at + count) if count else end
        elif count < inner:
            return None
        else:
            at += count
    return None


def _ogg(opened: BinaryIO, head: bytes, size: int) -> float | None:
    """By the last page's count of samples; Opus always counts 48,000 a second."""
    vorbis = head.find(b"\x01vorbis", 0, 4096)
    rate = 48000 if b"OpusHead" in head[:4096] else struct.unpack_from("<I", head, vorbis + 12)[0] if vorbis > 0 else 0
    opened.seek(max(0, size - 65_536 - 27))
    tail = opened.read()
    last = tail.rfind(b"OggS")
    return float(struct.unpack_from("<q", tail, last + 6)[0] / rate) if last >= 0 else None


def _mp3(opened: BinaryIO, size: int) -> float | None:
    """By the count of frames that a Xing or Info header gives; else by the bit rate where it stays the same."""
    opened.seek(0)
    tag = opened.read(10)
    start = 0
    if tag[:3] == b"ID3":
        start = 10 + (tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9])
    opened.seek(start)
    data = opened.read(HEAD)
    first = _frame(data, 0)
    if not first:
        return None
    for name in (b"Xing", b"Info"):
        at = data.find(name, 0, 200)
        if at > 0 and data[at + 7] & 1:
            return float(struct.unpack_from(">I", data, at + 8)[0] * first[2] / first[1])
    at, same = 0, 0
    while same < FRAMES and (frame := _frame(data, at)):
        if frame[0] != first[0]:
            return None
        at, same = at + frame[3], same + 1
    return (size - start) * 8 / first[0] if same == FRAMES else None


def _frame(data: bytes, at: int) -> tuple[int, int, int, int] | None:
    """An MPEG layer III frame's bits a second, samples a second, samples, and bytes."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return None
    version, pad = data[at + 1] >> 3 & 3, data[at + 2] >> 1 & 1
    bits = (RATES if version == 3 else LOW_RATES)[data[at + 2] >> 4] * 1000
    rate = SAMPLING[data[at + 2] >> 2 & 3] // {3: 1, 2: 2, 0: 4}.get(version, 1)
    if version == 1 or not bits or not rate:
        return None
    samples = 1152 if version == 3 else 576
    return bits, rate, samples, samples // 8 * bits // rate + pad
