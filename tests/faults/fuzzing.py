"""Sources gone wrong, made at random: a sample of each format bent, crossed with others, and written from the pieces
that readers look for. One seed, one source."""

from __future__ import annotations

import random
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
SAMPLES = sorted(
    file
    for folder in ("press", "transcripts", "archives")
    for file in (DATA / folder).iterdir()
    if file.suffix not in (".toml", ".zip", ".mbox", ".qdpx")
)
MARKS = "“”‘’«»„‟\"'‹›「」—–-…"
# Signs that turn, hide, join or double what stands beside them, and halves of characters.
ODD = "\u202e\u202a\u2066\u2069\u200b\u200d\ufeff\u00ad\u0301\u0345\u2028\x85\x0b\x0c\x1c\x00\ufffd\U0001f468\u200d👩"
NAMES = ["Ida Bell", "MRS BELL", "Dr. Tam Okoro-Lind", "İsmail Öz", "ida", "Ǆ. Ǆ", "O’Hara", "1", "said", "O" * 300]
PIECES = [
    "said", "says", "according to", "she", "who", "told", "[", "]", "(", ")", "*", "**", "_", "#", ">", "<b>", "</b>",
    "<p>", "&lt;", "&#x202e;", "&#xd800;", "{\\b ", "}", "\\u-10179", "\n", "\n\n", "\r", "\t", " ", " ", ": ", ", ",
    ". ", "?", "…", "[00:01:02]", "-00:01", "99:99:99.999", "00:00:02.000 --> 00:00:01.000", "NaN", "1e999", "-1",
    "3 November 1986", "in 0000", "19", "999999999999999999999", "season 3, episode 9999999999", "the 1st of never",
    "By ", "Q: ", "A: ", "WEBVTT\n\n", "no", "not", "seventeen", "½", "²", "9" * 5000, "٣", "Ⅻ", "$5bn", "took",
]  # fmt: skip


def source(seed: int) -> tuple[str, bytes]:
    """The name and the bytes of one source."""
    chance = random.Random(seed)
    made = chance.choice((_bent, _bent, _crossed, _written, _written, _labelled))
    return made(chance)


def _bent(chance: random.Random) -> tuple[str, bytes]:
    file = chance.choice(SAMPLES)
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 3, 10, 60))):
        at = chance.randrange(len(data) or 1)
        new = chance.choice(
            (chance.randbytes(3), _text(chance, 2).encode("utf-8", "surrogatepass"), b"", data[at : at + 30])
        )
        data[at : at + chance.choice((0, 0, 1, 8, 200))] = new
    return file.name, bytes(data)


def _crossed(chance: random.Random) -> tuple[str, bytes]:
    one, other = chance.sample(SAMPLES, 2)
    a, b = one.read_bytes(), other.read_bytes()
    cut, on = chance.randrange(len(a)), chance.randrange(len(b))
    return chance.choice((one, other)).name, a[:cut] + b[on:] + a[cut:]


def _text(chance: random.Random, most: int) -> str:
    pools = (PIECES, NAMES, MARKS, ODD, ["So we sang until the harbour answered", "nobody slept"])
    return "".join(chance.choice(chance.choice(pools)) for _ in range(chance.randint(1, most)))


def _written(chance: random.Random) -> tuple[str, bytes]:
    ending = chance.choice((".txt", ".md", ".html", ".vtt", ".srt", ".rtf", ""))
    encoding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-16", "cp1252", "utf-8-sig"))
    return f"made{ending}", _text(chance, 200).encode(encoding, "replace")


def _labelled(chance: random.Random) -> tuple[str, bytes]:
    lines = [f"{chance.choice(NAMES)}: {_text(chance, 12)}" for _ in range(chance.randint(2, 30))]
    return "talk.txt", chance.choice(("\n", "\n\n", "\r\n")).join(lines).encode("utf-8", "replace")
