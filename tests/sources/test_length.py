"""How long a recording is, told from its first bytes; what lies, is damaged or says nothing tells nothing."""

import struct

import pytest

from vivavoce.sources import length


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


def wav(seconds: int, said: int | None = None) -> bytes:
    data = b"\x00" * 16000 * seconds
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    note = b"LIST" + struct.pack("<I", 3) + b"abc\0"  # an odd chunk is padded
    return b"RIFF\0\0\0\0WAVE" + form + note + b"data" + struct.pack("<I", len(data) if said is None else said) + data


def flac(seconds: int) -> bytes:
    packed = (44100 << 44) | (1 << 41) | (15 << 36) | 44100 * seconds
    return b"fLaC" + b"\x00\x00\x00\x22" + b"\0" * 10 + packed.to_bytes(8, "big") + b"\0" * 16


def m4a(seconds: int) -> bytes:
    header = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 600, 600 * seconds) + b"\0" * 80)
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", b"\xff" * 5000) + box(b"moov", header)


def opus(seconds: int) -> bytes:
    def page(granule: int, data: bytes) -> bytes:
        return b"OggS\0\0" + struct.pack("<q", granule) + b"\0" * 12 + b"\x01" + bytes([len(data)]) + data

    return page(0, b"OpusHead" + b"\0" * 11) + page(0, b"x" * 200) * 500 + page(48000 * seconds, b"y")


def mp3(seconds: float, name: bytes = b"", tag: bytes = b"") -> bytes:
    """128 kbit/s at 44,100 Hz, with an Info header where one is named."""
    frames = round(seconds * 44100 / 1152)
    first = b"\xff\xfb\x90\x00" + b"\0" * 32 + name + struct.pack(">II", 1, frames) if name else b""
    whole = first.ljust(417, b"\0") if first else b""
    frame = (b"\xff\xfb\x90\x00").ljust(417, b"\0")
    return tag + whole + frame * frames


TAG = b"ID3\x04\0\0" + bytes([0, 0, 8, 0]) + b"\xff" * 1024


@pytest.mark.parametrize(
    ("name", "data", "seconds"),
    [
        ("plain.wav", wav(7), 7),
        ("broken off.wav", wav(7, said=0), 7),
        ("longer than it is.wav", wav(7, said=2**31), 7),
        ("a.flac", flac(31), 31),
        ("a.m4a", m4a(12), 12),
        ("a.opus", opus(45), 45),
        ("a.mp3", mp3(9), 9),
        ("tagged.mp3", mp3(9, tag=TAG), 9),
        ("counted.mp3", mp3(9, b"Xing"), 9),
    ],
)
def test_a_recording_tells_its_length(tmp_path, name, data, seconds):
    (tmp_path / name).write_bytes(data)
    assert length.seconds(tmp_path / name) == pytest.approx(seconds, abs=0.1)


VARYING = b"".join(bytes([0xFF, 0xFB, rate << 4, 0]).ljust(size, b"\0") for rate, size in [(9, 417), (10, 522)] * 90)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" + b"\0" * 16 + b"data\x10\0\0\0" + b"\0" * 16,
        b"fLaC",
        b"fLaC" + b"\0" * 60,
        box(b"ftyp", b"M4A ") + struct.pack(">I", 3) + b"moov" * 9,
        box(b"ftyp", b"M4A ") + box(b"moov", box(b"mvhd", b"\0" * 100)),
        b"OggS" + b"\0" * 100,
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
        b"\xff\xfb\x90\x00",
        VARYING,
        bytes(range(256)) * 300,
    ],
)
def test_what_does_not_say_or_is_damaged_has_no_length(tmp_path, data):
    (tmp_path / "a.mp3").write_bytes(data)
    assert length.seconds(tmp_path / "a.mp3") is None
    assert length.seconds(tmp_path) is None
    assert length.seconds(tmp_path / "not there.mp3") is None
