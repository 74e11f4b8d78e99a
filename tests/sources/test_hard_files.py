"""Documents cut short, doubled, bent, in the wrong encoding, nested or swollen: a sentence, never a traceback."""

from __future__ import annotations

import random
import time
import zipfile
from pathlib import Path

import pytest
from documents import box, column, docx, epub, odt, p, pdf
from fixtures import ARTICLE, DATA, MADE, SAID

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source

NAMES = [*MADE, "press/keepers.pdf"]


def attempt(root: Path, name: str, data: bytes) -> list[Source | str]:
    """What reading some bytes gives: sources, or sentences; anything else is an error."""
    (root / name).write_bytes(data)
    found: list[Source | str] = []
    for path in sources.listed(root):
        try:
            found.append(sources.read(root, path))
        except UnreadableSource as e:
            assert "reader failed" not in str(e), str(e)
            assert "\n" not in str(e)
            found.append(str(e))
    return found


def sound(source: Source) -> None:
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(source.text)
        assert not source.text[at : block.start].strip()
        at = block.end
    assert not source.text[at:].strip()
    assert source.text == source.text.strip()
    starts = [place.start for place in source.places]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_in_the_text(name: str) -> None:
    """Each word that was put into a document is in its text, and everything that is in its text is in a block."""
    if name.endswith((".zip", ".mbox")):
        return
    source = sources.read(DATA, name)
    sound(source)
    said = [words for _, words in SAID] if "hale" in name else ARTICLE if name[6:10] in ("step", "door", "nobo") else []
    for words in said:
        assert words in source.text


def bent(data: bytes, seed: int) -> bytes:
    """Some bytes changed, left out and put in."""
    chance = random.Random(seed)
    bytes_ = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(bytes_))
        bytes_[at : at + chance.choice((0, 1, 1, 40))] = chance.randbytes(chance.choice((0, 1, 1, 5)))
    return bytes(bytes_)


def variants(data: bytes, cuts: int, bends: int) -> list[bytes]:
    step = max(len(data) // cuts, 10)
    found = [data[:end] for end in range(0, len(data), step)]
    found += [data * 2, data[10:], b"\xef\xbb\xbf" + data, data.decode("latin-1").encode("utf-16"), data + b"\0" * 999]
    return found + [bent(data, seed) for seed in range(bends)]


@pytest.mark.parametrize("name", NAMES)
def test_files_gone_wrong_are_read_or_told(tmp_path: Path, name: str) -> None:
    for data in variants((DATA / name).read_bytes(), 25, 25):
        for found in attempt(tmp_path, name.split("/")[1], data):
            if isinstance(found, Source):
                sound(found)


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_files_cut_at_every_tenth_byte(tmp_path: Path, name: str) -> None:
    data = (DATA / name).read_bytes()
    for given in variants(data, len(data) // 10, 1500):
        attempt(tmp_path, name.split("/")[1], given)


def rewritten(data: bytes, name: str, inner: bytes) -> bytes:
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return box({n: inner if n.endswith(name) else packed.read(n) for n in packed.namelist()})


@pytest.mark.parametrize(
    ("name", "part"),
    [("press/steps.docx", "document.xml"), ("press/keepers.epub", "c1.xhtml"), ("press/door.odt", "content.xml")],
)
def test_the_words_of_a_zip_gone_wrong_are_read_or_told(tmp_path: Path, name: str, part: str) -> None:
    import io

    data = (DATA / name).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        inner = packed.read(next(n for n in packed.namelist() if n.endswith(part)))
    for given in variants(inner, 20, 30):
        for found in attempt(tmp_path, name.split("/")[1], rewritten(data, part, given)):
            if isinstance(found, Source):
                sound(found)


LINE = "“We saw nothing,” said Dennis Okafor, who kept the light at Gull Point, and nobody has asked him since why. "


def swollen(kind: str, size: int) -> bytes:
    """A document of about `size` bytes of words, all different, so that no bound on packing stops it."""
    count = size // (len(LINE) + 6)
    lines = [f"{LINE}{n:06x}" for n in range(count)]
    if kind == "rtf":
        return ("{\\rtf1 " + "\\par\n".join(lines) + "}").encode("cp1252")
    if kind == "eml":
        head = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        return (head + "\n\n".join(lines)).encode()
    if kind == "docx":
        return docx("".join(p(line) for line in lines))
    if kind == "odt":
        return odt("".join(f"<text:p>{line}</text:p>" for line in lines))
    if kind == "epub":
        each = max(count // 20, 1)
        bodies = ("".join(f"<p>{line}</p>" for line in lines[at : at + each]) for at in range(0, count, each))
        return epub({f"c{n}.xhtml": body for n, body in enumerate(bodies)})
    words = [line[:52] for line in lines]
    return pdf([column(20, 20, "\n".join(words[at : at + 36])) for at in range(0, count, 36)])


@pytest.mark.parametrize("kind", ["rtf", "eml", "docx", "odt", "epub", "pdf"])
def test_time_grows_with_the_size_and_no_faster(tmp_path: Path, kind: str) -> None:
    took = []
    for size in (50_000, 400_000):
        data = swollen(kind, size)
        started = time.process_time()
        assert isinstance(attempt(tmp_path, f"a.{kind}", data)[0], Source)
        took.append(time.process_time() - started)
    assert took[1] < 8 * 4 * max(took[0], 0.05)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["rtf", "eml", "docx", "odt", "epub", "pdf"])
def test_fifty_megabytes_are_read_or_told(tmp_path: Path, kind: str) -> None:
    started = time.monotonic()
    attempt(tmp_path, f"a.{kind}", swollen(kind, 50 * 2**20))
    assert time.monotonic() - started < 600


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rtf", b"{\\rtf1 " + b"{\\b " * 10**5),
        ("a.rtf", b"{\\rtf1 " + b"\\u" * 10**5),
        ("a.rtf", b"{\\rtf1 " + b"\\'e9" * 10**5),
        ("a.eml", b"From: a\nSubject: b\n\n" + b"Best,\n" * 10**5),
        ("a.eml", b"From: a\nSubject: b\n\n" + b"To: b\n" * 10**5),
        ("a.eml", b"From: a\nSubject: b\n\n" + b"On wrote" * 10**5),
        ("a.eml", b"From: a\nSubject: b\nContent-Type: text/html\n\n" + b"<blockquote class=gmail_quote>" * 10**4),
        ("a.eml", b"From: " + b"<" * 10**5 + b"\nSubject: b\n\nWords."),
        ("a.mbox", b"From a 2003\na: b\n\n" * 10**5),
        ("a.odt", odt("<text:p>" + "<text:span>" * 1500 + "x" + "</text:span>" * 1500 + "</text:p>")),
        ("a.epub", epub({"a.xhtml": "<p>" + "<sup>" * 10**5 + "words"})),
        ("a.docx", docx(p("x " * 10**5))),
        ("a.pdf", pdf([[(40, 60, 10, "-" * 10**5)]])),
        ("a.pdf", pdf([[(40.0 + n % 300, 60.0 + n % 400, 10, "ab") for n in range(8000)]])),
    ],
)
def test_hostile_files_take_no_longer_than_their_size(tmp_path: Path, name: str, data: bytes) -> None:
    started = time.process_time()
    attempt(tmp_path, name, data)
    assert time.process_time() - started < 10
