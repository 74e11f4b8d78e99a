"""Every fixture of every reader cut short, doubled, emptied, bent, in the wrong encoding, nested or swollen: what can
be read is read soundly, the rest is told in a sentence; never a traceback, and no longer than its size asks for."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from documents import box, column, docx, epub, odt, p, pdf
from fixtures import ARTICLE, DATA, SAID

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source

NAMES = sorted(
    file.relative_to(DATA).as_posix()
    for folder in ("press", "transcripts", "archives")
    for file in (DATA / folder).iterdir()
    if file.suffix != ".toml"
)
PACKS = (".zip", ".mbox", ".qdpx")
HALE = ("transcripts/hale-two.docx", "transcripts/hale-three.pdf")
# Read as they stand: white space at their ends is theirs.
PLAIN = ("text", "press", "markdown", "dialogue")


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
    """Blocks in order that hold all of the text; spans of turns within them; nothing that no file could hold."""
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(source.text)
        if source.format not in PLAIN:
            assert not source.text[at : block.start].strip()
        at = block.end
    if source.format not in PLAIN:
        assert not source.text[at:].strip()
        assert source.text == source.text.strip()
    starts = [place.start for place in source.places]
    assert starts == sorted(starts)
    for turn in source.turns:
        assert turn.spans
        assert all(0 <= start < end <= len(source.text) for start, end in turn.spans)
        assert turn.time is None or 0 <= turn.time[0] <= turn.time[1]
    source.text.encode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_fixture_is_read_soundly(name: str) -> None:
    for path in sources.members(DATA, name):
        try:
            sound(sources.read(DATA, path))
        except UnreadableSource as e:
            assert path.endswith(("/Elsewhere", "/Tape 5")), str(e)


@pytest.mark.parametrize("name", ["press/steps.docx", "press/door.odt", "press/nobody.rtf", *HALE])
def test_every_word_is_in_the_text(name: str) -> None:
    """Each word that was put into a document is in its text."""
    source = sources.read(DATA, name)
    for words in [words for _, words in SAID] if name in HALE else ARTICLE:
        assert words in source.text


def bent(data: bytes, seed: int) -> bytes:
    """Some bytes changed, left out and put in."""
    chance = random.Random(seed)
    bytes_ = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(bytes_) or 1)
        bytes_[at : at + chance.choice((0, 1, 1, 40))] = chance.randbytes(chance.choice((0, 1, 1, 5)))
    return bytes(bytes_)


def variants(data: bytes, cuts: int, bends: int) -> list[bytes]:
    """A file cut off, in other encodings than it says, emptied, doubled and bent."""
    step = max(len(data) // cuts, 10)
    middle = len(data) // 2
    letters = data.decode("latin-1")
    found = [data[:end] for end in range(0, len(data), step)]
    found += [data * 2, data[10:], b"\xef\xbb\xbf" + data, data + b"\0" * 999]
    found += [letters.encode("utf-16"), letters.encode("utf-16-le"), letters.encode("utf-16") + b"\x00\xd8"]
    # A letter of Latin-1, and half of a character, amid UTF-8.
    found += [
        data[:middle] + odd + data[middle:] for odd in (b"\xe9", b"\xed\xa0\x80", b"\xff\xfe", b"\0", b"\x1b[31m")
    ]
    found += [b" \n\t" * 50, b"\0" * 50, b"\xef\xbb\xbf", b"\xff\xfe", data.replace(b"\n", b"\r")]
    return found + [bent(data, seed) for seed in range(bends)]


@pytest.mark.parametrize("name", NAMES)
def test_files_gone_wrong_are_read_or_told(tmp_path: Path, name: str) -> None:
    for data in variants((DATA / name).read_bytes(), 8, 8):
        for found in attempt(tmp_path, name.split("/")[1], data):
            if isinstance(found, Source):
                sound(found)


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_files_cut_at_every_tenth_byte(tmp_path: Path, name: str) -> None:
    data = (DATA / name).read_bytes()
    for given in variants(data, len(data) // 10, 1500):
        for found in attempt(tmp_path, name.split("/")[1], given):
            if isinstance(found, Source):
                sound(found)


def test_the_command_line_tells_them_in_sentences(tmp_path: Path) -> None:
    """A folder of broken files: the rest is listed, what is broken is told, and the exit code says so."""
    (tmp_path / "whole.txt").write_text("The lamp\n\n“We saw nothing,” said Dennis Okafor.\n")
    for number, name in enumerate(NAMES):
        data = (DATA / name).read_bytes()
        for kind, given in enumerate((data[: len(data) // 2], b"", data[:40] + b"\xed\xa0\x80" + data[40:])):
            (tmp_path / f"{number}-{kind}{Path(name).suffix}").write_bytes(given)
    command = [sys.executable, "-m", "vivavoce", "quotes", str(tmp_path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "We saw nothing," in done.stdout
    assert "Traceback" not in done.stderr
    assert "reader failed" not in done.stderr
    assert all(json.loads(line) for line in done.stdout.splitlines())


def rewritten(data: bytes, name: str, inner: bytes) -> bytes:
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return box({n: inner if n.endswith(name) else packed.read(n) for n in packed.namelist()})


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("press/steps.docx", "document.xml"),
        ("press/keepers.epub", "c1.xhtml"),
        ("press/door.odt", "content.xml"),
        ("archives/floods.qdpx", "project.qde"),
        ("archives/accession.zip", "sluice-5.xml"),
    ],
)
def test_the_words_of_a_zip_gone_wrong_are_read_or_told(tmp_path: Path, name: str, part: str) -> None:
    import io

    data = (DATA / name).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        inner = packed.read(next(n for n in packed.namelist() if n.endswith(part)))
    for given in variants(inner, 8, 12):
        for found in attempt(tmp_path, name.split("/")[1], rewritten(data, part, given)):
            if isinstance(found, Source):
                sound(found)


LINE = "“We saw nothing,” said Dennis Okafor, who kept the light at Gull Point, and nobody has asked him since why. "


KINDS = ["txt", "md", "html", "vtt", "srt", "json", "rtf", "eml", "mbox", "docx", "odt", "epub", "pdf"]
KINDS += ["ohms5.xml", "ohms6.xml", "tei.xml", "zip", "qdpx"]


def stamp(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def swollen(kind: str, size: int) -> bytes:
    """A document of about `size` bytes of words, all different, so that no bound on packing stops it."""
    count = size // (len(LINE) + 6)
    lines = [f"{LINE}{n:06x}" for n in range(count)]
    if kind in SWOLLEN:
        return SWOLLEN[kind](lines)
    if kind == "epub":
        each = max(count // 20, 1)
        bodies = ("".join(f"<p>{line}</p>" for line in lines[at : at + each]) for at in range(0, count, each))
        return epub({f"c{n}.xhtml": body for n, body in enumerate(bodies)})
    words = [line[:52] for line in lines]
    return pdf([column(20, 20, "\n".join(words[at : at + 36])) for at in range(0, count, 36)])


WHO = ("Ruth Hale", "Tom Brand")
MAIL = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"


def cues(lines: list[str], between: str) -> str:
    return "".join(
        f"{n + 1}\n{stamp(n)}{between}000 --> {stamp(n + 1)}{between}000\n{WHO[n % 2]}: {line}\n\n"
        for n, line in enumerate(lines)
    )


def ohms5(lines: list[str]) -> bytes:
    points = "|".join(f"{n}(1)" for n in range(3, len(lines), 7))
    said = "\n".join(f"{WHO[n % 2].upper()}: {line}" for n, line in enumerate(lines))
    record = f"<sync>1:|{points}</sync><transcript>{escape(said)}</transcript>"
    index = "".join(f"<point><time>{n * 60}</time><title>Part {n}</title></point>" for n in range(len(lines) // 50))
    return f"<ROOT><record><index>{index}</index>{record}</record></ROOT>".encode()


def ohms6(lines: list[str]) -> bytes:
    return record("vtt_transcript", f"<![CDATA[WEBVTT\n\n{cues(lines, '.')}]]>")


def tei(lines: list[str]) -> bytes:
    line = "".join(f'<when xml:id="T{n}" interval="2" since="#T{max(n - 1, 0)}"/>' for n in range(len(lines) + 1))
    said = "".join(f'<u who="#p{n % 2}" start="#T{n}" end="#T{n + 1}">{words}</u>' for n, words in enumerate(lines))
    return f"<TEI><text><timeline>{line}</timeline><body>{said}</body></text></TEI>".encode()


def project(lines: list[str]) -> bytes:
    text = "\n\n".join(f"{WHO[n % 2]}: {line}" for n, line in enumerate(lines))
    points = "".join(f'<SyncPoint position="{n * 50}" timeStamp="{n * 1000}"/>' for n in range(len(lines)))
    tape = f'<AudioSource name="T"><Transcript plainTextPath="internal://t.txt">{points}</Transcript></AudioSource>'
    return box({"project.qde": f"<Project><Sources>{tape}</Sources></Project>", "Sources/t.txt": text})


SWOLLEN = {
    "txt": lambda lines: ("A lamp goes out\n\nBy Ines Quarrie\n\n" + "\n\n".join(lines)).encode(),
    "md": lambda lines: "".join(f"**{WHO[n % 2]}:** {line}\n\n" for n, line in enumerate(lines)).encode(),
    "html": lambda lines: ("<article><h1>A lamp</h1>" + "".join(f"<p>{line}</p>" for line in lines)).encode(),
    "vtt": lambda lines: ("WEBVTT\n\n" + cues(lines, ".")).encode(),
    "srt": lambda lines: cues(lines, ",").encode(),
    "json": lambda lines: json.dumps(
        {"segments": [{"start": n, "end": n + 1, "text": line, "speaker": str(n % 3)} for n, line in enumerate(lines)]}
    ).encode(),
    "rtf": lambda lines: ("{\\rtf1 " + "\\par\n".join(lines) + "}").encode("cp1252"),
    "eml": lambda lines: (MAIL + "\n\n".join(lines)).encode(),
    "mbox": lambda lines: f"From a@b.example Sat May 03 2003\n{MAIL}{chr(10).join(lines)}\n".encode(),
    "docx": lambda lines: docx("".join(p(line) for line in lines)),
    "odt": lambda lines: odt("".join(f"<text:p>{line}</text:p>" for line in lines)),
    "ohms5.xml": ohms5,
    "ohms6.xml": ohms6,
    "tei.xml": tei,
    "zip": lambda lines: box({"a.txt": "\n\n".join(lines)}),
    "qdpx": project,
}


def took(root: Path, kind: str, size: int) -> float:
    """The seconds of the processor that reading takes."""
    data = swollen(kind, size)
    started = time.process_time()
    assert isinstance(attempt(root, f"a.{kind}", data)[0], Source)
    return time.process_time() - started


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_size_and_no_faster(tmp_path: Path, kind: str) -> None:
    assert took(tmp_path, kind, 160_000) < 4 * 4 * max(took(tmp_path, kind, 40_000), 0.02)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_size_takes_twice_the_time(tmp_path: Path, kind: str) -> None:
    assert took(tmp_path, kind, 10 * 2**20) < 3 * took(tmp_path, kind, 5 * 2**20)


READ = """
import resource, sys
from pathlib import Path
from vivavoce import sources
from vivavoce.errors import UnreadableSource
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
root = Path(sys.argv[1])
for path in sources.listed(root):
    try:
        print(len(sources.read(root, path).text))
    except UnreadableSource as e:
        print(e)
"""
MOST = 4 * 2**30  # bytes of memory for a file of 50 MB


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_fifty_megabytes_are_read_or_told_in_bounded_memory(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"a.{kind}").write_bytes(swollen(kind, 50 * 2**20))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", READ, str(tmp_path), str(MOST)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=900)
    assert done.returncode == 0, done.stderr[-500:]
    assert "reader failed" not in done.stdout
    assert done.stdout.strip()


def record(name: str, words: str, more: str = "") -> bytes:
    return f"<ROOT><record>{more}<{name}>{words}</{name}></record></ROOT>".encode()


def named(count: int, name: str) -> bytes:
    """A project of sources that are all called the same."""
    one = f'<TextSource name="{name}"/>' * count
    return box({"project.qde": f"<Project><Sources>{one}</Sources></Project>"})


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
        ("a.xml", b"<TEI><text><u>" + b"<unclear>" * 1000 + b"x" + b"</unclear>" * 1000 + b"</u></text></TEI>"),
        ("a.xml", b"<TEI><text><u>" + b"<w>a</w><pc>,</pc><anchor synch='#T'/><pause/>" * 10**4 + b"</u></text></TEI>"),
        ("a.xml", b"<TEI><text><u who='" + b"#a " * 10**5 + b"'>x</u></text></TEI>"),
        ("a.xml", b"<TEI><text><u>x</u>" + b"<u><u>y</u></u>" * 10**4 + b"</text></TEI>"),
        ("a.xml", b"<TEI>" + b"<a>" * 10**5),
        ("a.xml", record("transcript", "[[footnote]]" * 10**5)),
        ("a.xml", record("transcript", "a[[footnotes]]" + "[[note]]" * 10**5)),
        ("a.xml", record("transcript", "a " * 10**5, "<sync>1:" + "|1(9)" * 10**5 + "</sync>")),
        ("a.xml", record("transcript", "A: b\n" * 10**4, "<usage>" + "closed until " * 10**5 + "</usage>")),
        ("a.xml", record("transcript", "A: b\n" * 10**4, "<interviewee>" + "a, b; " * 10**5 + "</interviewee>")),
        ("a.xml", record("transcript", "A: b", "<index>" + "<point><time>1</time></point>" * 10**4 + "</index>")),
        ("a.xml", record("vtt_transcript", "ANNOTATIONS BEGIN" + "&lt;annotation " * 10**5 + "ANNOTATIONS END")),
        ("a.xml", record("vtt_transcript", "00:01.000 --&gt; 00:02.000\n" + "&lt;c.1&gt;" * 10**5)),
        ("a.qdpx", named(2000, "One")),
        ("a.qdpx", box({"project.qde": "<Project><Sources>" + "<SyncPoint/>" * 10**5 + "</Sources></Project>"})),
        ("a.vtt", b"WEBVTT\n\n" + b" " * 10**5),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"." * 10**5),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b": " * 10**5),
        ("a.pdf", pdf([[(40, 60, 10, "-" * 10**5)]])),
        ("a.pdf", pdf([[(40.0 + n % 300, 60.0 + n % 400, 10, "ab") for n in range(8000)]])),
    ],
)
def test_hostile_files_take_no_longer_than_their_size(tmp_path: Path, name: str, data: bytes) -> None:
    started = time.process_time()
    attempt(tmp_path, name, data)
    assert time.process_time() - started < 10


SHAPES = [
    *'a <>[({"“’*_#:-\\=|`\t.1é\r',
    "A: ",
    "Q. ",
    "00:00 ",
    "[00:01] ",
    "&amp;",
    "<p>",
    "<v A>",
    "<!--",
    "“a” said B. ",
]
SHAPES += ["“a,” ", "[[", "A\n\n", "**A:** ", "\\'e9", "From a 2003\n", "To: b\n", "“a ‘b ", "\u2028", "> "]
BEGUN = {
    ".txt": ["", "A: b\n\nB: c\n\nA: "],
    ".md": ["# A\n\n", "**A:** b\n\n**B:** c\n\n"],
    ".html": ["<html><body><p>"],
    ".vtt": ["WEBVTT\n\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n"],
    ".srt": ["1\n00:00:01,000 --> 00:00:02,000\n"],
    ".json": ["[", '{"segments": [{"start": 0, "end": 1, "text": "'],
    ".rtf": ["{\\rtf1 "],
    ".eml": ["From: a\nSubject: b\n\n", "From: a\nSubject: b\nContent-Type: text/html\n\n"],
}


def monotonous(ending: str, size: int) -> list[bytes]:
    """Files of one short shape over and over."""
    given = [(begun + shape * (size // len(shape))).encode() for begun in BEGUN.get(ending, ()) for shape in SHAPES]
    if ending == ".xml":
        said = [escape(shape) * (size // len(escape(shape))) for shape in SHAPES]
        given += [record("transcript", words) for words in said]
        given += [f"<TEI><text><u>{words}</u></text></TEI>".encode() for words in said]
    return given


@pytest.mark.parametrize("ending", [*BEGUN, ".xml"])
def test_monotonous_files_take_no_longer_than_their_size(tmp_path: Path, ending: str) -> None:
    for data in monotonous(ending, 8_000):
        started = time.process_time()
        attempt(tmp_path, "a" + ending, data)
        assert time.process_time() - started < 1, data[:60]


@pytest.mark.soak
@pytest.mark.parametrize("ending", [*BEGUN, ".xml"])
def test_large_monotonous_files_take_no_longer_than_their_size(tmp_path: Path, ending: str) -> None:
    for data in monotonous(ending, 400_000):
        started = time.process_time()
        attempt(tmp_path, "a" + ending, data)
        assert time.process_time() - started < 20, data[:60]


def nested(ending: str, deep: int) -> bytes:
    """A file in which something stands within itself."""
    both = {
        ".json": ("[", "]"),
        ".html": ("<div>", "</div>"),
        ".rtf": ("{\\b ", "}"),
        ".md": ("> ", ""),
        ".txt": ("“", "”"),
        ".vtt": ("<b>", "</b>"),
    }
    if ending in both:
        begun, (opened, closed) = BEGUN[ending][0], both[ending]
        return (begun + opened * deep + "words" + closed * deep).encode()
    inside = "<hi>" * deep + "words" + "</hi>" * deep
    if ending == ".xml":
        return f"<TEI><text><u>{inside}</u></text></TEI>".encode()
    if ending == ".qdpx":
        return box({"project.qde": f"<Project><Sources><TextSource>{inside}</TextSource></Sources></Project>"})
    if ending == ".docx":
        table = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
        return docx(table[0] * deep + p("words") + table[1] * deep)
    if ending == ".odt":
        return odt("<text:p>" + "<text:span>" * deep + "words" + "</text:span>" * deep + "</text:p>")
    if ending == ".epub":
        return epub({"a.xhtml": "<div>" * deep + "words" + "</div>" * deep})
    data = b"words"
    for _ in range(min(deep, 20)):
        data = box({"a.zip": data})
    return data


@pytest.mark.parametrize("deep", [1000, 20_000])
@pytest.mark.parametrize(
    "ending", [".json", ".html", ".rtf", ".md", ".txt", ".vtt", ".xml", ".qdpx", ".docx", ".odt", ".epub", ".zip"]
)
def test_what_stands_within_itself_is_read_or_told(tmp_path: Path, ending: str, deep: int) -> None:
    started = time.process_time()
    assert attempt(tmp_path, "a" + ending, nested(ending, deep))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("format", ["press", "markdown", "dialogue"])
@pytest.mark.parametrize("data", [b"By \0 Ida Bell\n\nNobody slept.\n", b"%PDF-1.4\n%%EOF\n"])
def test_a_file_that_is_no_text_is_not_read_as_one_whatever_its_sidecar_says(tmp_path, format, data):
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "a.toml").write_text(f'format = "{format}"\n', "utf-8")
    with pytest.raises(UnreadableSource, match="is not read as"):
        sources.read(tmp_path, "a.txt")
