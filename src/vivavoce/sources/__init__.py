"""Reading: a file of a user's becomes a `Source`. One file a format; the table below names them all."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from vivavoce.errors import BadFile, UnreadableSource
from vivavoce.model import Source, Warning, digest
from vivavoce.sources import asking, folder, head, introductions, packed, qda, recording, sidecar
from vivavoce.sources.raw import Raw, raw

# Every format: its name is the module's, with its endings. A reader has `claims(raw) -> bool`, cheap and by
# content, and `read(raw) -> Source`, which hands on the warnings of `raw`. They are asked in this order; adding a
# format is a line and a file.
READERS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx", ".docm"),
    "odt": (".odt", ".fodt"),
    "epub": (".epub",),
    "rtf": (".rtf",),
    "mail": (".eml",),
    "vtt": (".vtt",),
    "srt": (".srt",),
    "revai": (),
    "json3": (".json3",),
    "otr": (".otr",),
    "paperedit": (),
    "assemblyai": (),
    "deepgram": (),
    "aws": (),
    "whisper": (".json",),
    "hyperaudio": (),
    "ohms": (".xml",),
    "tei": (".xml",),
    "html": (".html", ".htm", ".xhtml"),
    "dialogue": (),
    "markdown": (".md", ".markdown"),
    "press": (".txt", ".text", ""),
}
# Bytes without which, among the first `HEAD`, a file is not of a format: its reader is not even loaded.
SIGNS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK",),
    "odt": (b"PK", b"office:"),
    "epub": (b"PK",),
    "rtf": (b"{\\rtf",),
    "mail": (b"From:", b"FROM:", b"from:", b"From ", b"Received:", b"Return-Path:"),
    "ohms": (b"ROOT",),
    "tei": (b"<TEI", b":TEI", b"<teiCorpus", b":teiCorpus"),
    "html": (b"<",),
    "vtt": (b"-->", b"WEBVTT"),
    "srt": (b"-->",),
    "revai": (b"{",),
    "json3": (b"{",),
    "otr": (b"{",),
    "paperedit": (b"{",),
    "assemblyai": (b"{",),
    "deepgram": (b"{",),
    "aws": (b"{",),
    "whisper": (b"{", b"["),
    "hyperaudio": (b"<", b"{"),
}
ALL_SIGNS = frozenset(sign for signs in SIGNS.values() for sign in signs)
HEAD = 20_000
# Readers whose text is the file's, as it stands.
PLAIN = ("dialogue", "markdown", "press")
FORMATS = (
    "TXT, Markdown, HTML, PDF, DOCX, ODT, RTF, EPUB, e-mail, WebVTT, SRT, oTranscribe, Hyperaudio, the JSON of Whisper,"
    " Rev, YouTube, podcasts and the like, OHMS, TEI, REFI-QDA and a ZIP of these"
)
LARGEST = 256 * 2**20
# What lies beside sources without being one: pictures, and the notes of whoever packed the folder.
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".tif", ".tiff", ".bmp", ".ico", ".heic")
NOTES = frozenset({"readme", "license", "licence", "changelog", "copying", "thumbs.db", "desktop.ini"})
# What stands beside `sources` in a project, for where somebody's sources are the project itself.
OURS = frozenset({"decisions.jsonl", "book.md"})
# A page saved from a browser keeps its pictures and scripts in such a folder beside it.
SAVED = ("_files", "-files", "-Dateien", "_fichiers", "_archivos")


def read(root: Path, path: str) -> Source:
    """Read one source: `path` relative to the sources folder `root`, with `/`.

    Gives text, blocks or turns, places and metadata, with the sidecar `NAME.toml` laid over them and recordings
    found beside it attached. Raises UnreadableSource, and nothing else, when it cannot be read.
    """
    return _guarded(path, lambda: _read(root, path))


def given(path: str, data: bytes, format: str = "", told: Mapping[str, str] | None = None) -> Source:
    """Read one source from its bytes, which need not be in a file: `path` is what it is called.

    `format`: the reader's name; "" tells it by content, and plain text is press. `told`: what is known of it from
    outside (title, date, address, publisher, byline, language), which goes before what it says itself. It has no
    sidecar and no recordings. Raises UnreadableSource, and nothing else, when it cannot be read.
    """
    return _guarded(path, lambda: _given(raw(path, data), format, told or {}))


def _given(given: Raw, format: str, told: Mapping[str, str]) -> Source:
    if len(given.data) > LARGEST:
        raise UnreadableSource(given.path, "it is larger than 256 MB", "Cut it into parts.")
    source: Source = _reader(given, format, "press").read(given)
    facts = {key: value for key, value in told.items() if value}
    return _voiced(msgspec.structs.replace(source, file_hash=given.hash, **facts))


def _guarded(path: str, reads: Callable[[], Source]) -> Source:
    """The source that `reads` gives; whatever goes wrong is told as what the user can mend."""
    try:
        source = reads()
    except UnreadableSource:
        raise
    except BadFile as e:
        what = f"its sidecar has a mistake, so that its rights are unknown and it is left out: {str(e).rstrip('.')}"
        raise UnreadableSource(path, what) from e
    except MemoryError as e:
        raise UnreadableSource(path, "there is not enough memory to read it", "Cut it into parts.") from e
    except Exception as e:  # one bad file never stops a build, whatever we did not think of
        what = f"its reader failed ({type(e).__name__}: {' '.join(str(e).split())[:120]})"
        raise UnreadableSource(path, what, "Save it again in another format, and report this with the file.") from e
    return msgspec.structs.replace(source, text_hash=digest(source.text, length=64))


def _read(root: Path, path: str) -> Source:
    file = root / path
    if folder.misnamed(root, path):
        what = "its name is not UTF-8, so that nothing can refer to it"
        raise UnreadableSource(folder.printable(path), what, "Rename it.")
    if path.lower().endswith(".toml"):
        raise UnreadableSource(path, "it is a sidecar, but there is no source of its name", "Name it as its source.")
    if held := packed.member(root, path):
        return _member(held, root, path)
    if packed.packs(path) and file.is_file():
        raise packed.whole(file, path)
    told = sidecar.beside(root, path)
    found = _recording(root, path) if recording.claims(path, file) else _text(file, path, told.format)
    if found.format == "dialogue" and not told.format and _of_paper(found, told.publisher or found.publisher):
        found = _text(file, path, "markdown" if path.lower().endswith((".md", ".markdown")) else "press")
    laid = sidecar.applied(sidecar.cleared(found, told), told, root, sidecar.spelled(root, path))
    return recording.measured(_voiced(laid, told), root)


def _of_paper(source: Source, publisher: str) -> bool:
    """Whether the paper that printed a talk is the one who asks in it, by its name or the letters of it: then the talk
    is a piece of that paper."""
    words = [w for w in publisher.casefold().split() if w != "the"]
    forms = {" ".join(words), "".join(w[0] for w in words)} if words else set()
    labels = {t.label.casefold().removeprefix("the ").replace(".", "") for t in source.turns}
    return bool(words) and len(labels) > 1 and bool(labels & {f for f in forms if len(f) > 1})


def _voiced(source: Source, *told: sidecar.Sidecar) -> Source:
    """The source with what its title, its head and the talk itself tell of who speaks and who asks; a sidecar that
    says who asks has the last word."""
    found = introductions.named(head.introduced(source))
    return found if any(sidecar.asking(one) is not None for one in told) else asking.heard(found)


def _recording(root: Path, path: str) -> Source:
    found = recording.read(path, root / path, FORMATS)
    if folder.inside(root, path):
        return found
    return msgspec.structs.replace(found, media=(), warnings=(*found.warnings, recording.outside(path)))


def _member(held: packed.Member, root: Path, path: str) -> Source:
    """A member of a ZIP or an mbox: its own sidecar is laid over it, and the rights of the container's hold too."""
    if recording.ending(path):
        raise UnreadableSource(path, "a recording in an archive cannot be played from there", "Unpack the archive.")
    outer = sidecar.beside(held.file.parent, held.file.name)
    around = sidecar.spelled(held.file.parent, held.file.name)
    named, words = packed.sidecar(held) or (path, "")
    inner = sidecar.parse(words, named)
    given = raw(path, packed.data(held))
    project = packed.of_project(held)
    reader = _reader(given, inner.format or outer.format if project else inner.format, "press" if project else "")
    source: Source = reader.read(given)
    if project:
        source = qda.completed(source, given.text, project)
    source = sidecar.cleared(msgspec.structs.replace(source, file_hash=given.hash), outer, inner)
    over = msgspec.structs.replace(outer, title=None, media=[])
    return _voiced(sidecar.applied(sidecar.applied(source, over, root, around), inner, root, named), over, inner)


def _text(file: Path, path: str, format: str) -> Source:
    given = raw(path, _bytes(file, path))
    source: Source = _reader(given, format).read(given)
    return msgspec.structs.replace(source, file_hash=given.hash)


def _bytes(file: Path, path: str) -> bytes:
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableSource(path, "it is not a file", "Name a file that holds text.")
        if about.st_size > LARGEST:
            raise UnreadableSource(path, "it is larger than 256 MB", "Cut it into parts.")
        return file.read_bytes()
    except (OSError, ValueError) as e:
        why = getattr(e, "strerror", "") or str(e)
        raise UnreadableSource(path, f"it cannot be opened ({why})", "Check its place and permissions.") from e


def _reader(given: Raw, format: str = "", otherwise: str = "") -> Any:
    """The module that reads it: the one the sidecar names, else by content, else by its ending (or `otherwise`,
    where names have no endings)."""
    if format and given.text is None and format in PLAIN:
        what = f"{_kind(given)} is not read as “{format}”"
        raise UnreadableSource(given.path, what, "Name another format, or save its text in UTF-8.")
    if format:
        return _module(format, given)
    if given.text is not None and _garbled(given.text):
        given = msgspec.structs.replace(given, text=None)
    head = given.data[:HEAD].replace(b"\0", b"")  # as it is in UTF-16, too
    absent = {sign for sign in ALL_SIGNS if sign not in head}
    for name in READERS:
        if name in SIGNS and absent.issuperset(SIGNS[name]):
            continue
        module = _module(name, given, optional=True)
        if module is not None and module.claims(given):
            return module
    if given.text is not None and not _known(given):
        if otherwise:
            return _module(otherwise, given)
        for name, endings in READERS.items():
            if given.suffix in endings:
                return _module(name, given)
    kind, remedy = _kind(given), f"Read are {FORMATS}: save it as one of them, in UTF-8."
    raise UnreadableSource(given.path, f"{kind} is not read", "Unpack it (gunzip)." if kind == GZIP else remedy)


def _module(name: str, given: Raw, optional: bool = False) -> Any:
    try:
        return import_module(f"vivavoce.sources.{name}")
    except ImportError as e:
        if optional:
            return None
        raise UnreadableSource(given.path, f"the reader “{name}” is not there", "Install vivavoce again.") from e


GZIP = "a compressed file"
MAGIC = (
    (b"PK\x03\x04", "an archive"),
    (b"PK\x05\x06", "an archive"),
    (b"\xd0\xcf\x11\xe0", "the old Word format"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", GZIP),
)


def _known(given: Raw) -> str:
    """What a file is by its first bytes, where they tell that we do not read it; else ""."""
    return next((kind for magic, kind in MAGIC if given.data.startswith(magic)), "")


GARBAGE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def _garbled(text: str) -> bool:
    """Is it full of signs that no text holds?"""
    head = text[:4096]
    return len(GARBAGE.findall(head)) > len(head) / 10


def _kind(given: Raw) -> str:
    known = _known(given)
    if known or any(given.suffix in endings for endings in READERS.values()):
        return known or "a file that holds no text"
    return f"a file with the ending {given.suffix}"


def listed(root: Path) -> list[str]:
    """The paths of all sources under `root`, sorted, relative to it, with `/`.

    Left out: sidecars (`NAME.toml` beside `NAME.*`), hidden files, pictures, read-mes, the folder that a browser
    saves beside a page, and recordings that belong to a transcript. A recording alone is listed.
    """
    found = []
    for at, folders, files in os.walk(root):
        pages = {name.rsplit(".", 1)[0] for name in files if name.lower().endswith((".html", ".htm", ".xhtml"))}
        ours = OURS if "vivavoce.toml" in files or ".vivavoce" in folders else frozenset()
        folders[:] = sorted(f for f in folders if not (f.startswith(".") or _saved(f, pages) or _made(Path(at, f))))
        inside = Path(at).relative_to(root).as_posix()
        kept = [name for name in files if name not in ours and _listed(Path(at, name))]
        found += [name if inside == "." else f"{inside}/{name}" for name in kept]
    return sorted({folder.printable(inner) for path in _sources(root, found) for inner in members(root, path)})


def _made(folder: Path) -> bool:
    """Is it a publication of ours, or the folder `out` that holds some?"""
    held = folder.glob("*/manifest.json") if folder.name == "out" else ()
    return any(_manifest(file) for file in (folder / "manifest.json", *held))


def _manifest(file: Path) -> bool:
    if not file.is_file():  # a pipe would never end
        return False
    try:
        with file.open("rb") as opened:
            return b'"by": "vivavoce ' in opened.read(200)
    except OSError:
        return False


def unread(root: Path, path: str, problem: str) -> Source:
    """A source that could not be read, as one without words: why, and under what its sidecar holds it back, as far as
    that can be told. So that the gate can be asked about it as about any other."""
    bare = Source(path, "recording", "", warnings=(Warning(problem),))
    try:
        held, outer = packed.member(root, path), container(root, path)
        inner = packed.sidecar(held) if held else None
        given = sidecar.applied(bare, sidecar.beside(root, outer), root, outer)
        given = sidecar.applied(given, sidecar.parse(inner[1], inner[0]), root, inner[0]) if inner else given
    except (BadFile, UnreadableSource, OSError):
        return bare
    return msgspec.structs.replace(bare, restrictions=given.restrictions)


def recordings(root: Path, path: str) -> list[str]:
    """The paths of the recordings that lie beside a source or that its sidecar names, wherever they lead."""
    return sorted({*recording.found(root, path), *sidecar.media(root, path)})


def sidecar_path(root: Path, path: str) -> Path | None:
    """What stands where a source's sidecar would, be it readable or not; None where nothing does.

    Raises BadFile where there are two, or where the folder may not be listed.
    """
    return sidecar.path_of(root, path)


def companions(root: Path, path: str) -> tuple[str, ...]:
    """Marks of all that a source is read with beside itself: they change when its sidecar does (of a member: that of
    its ZIP or mbox), and when a recording that belongs to it comes, goes or leads elsewhere."""
    held = packed.member(root, path)
    if held:
        return (_told(held.file.parent, held.file.name),)
    named = recordings(root, path)
    return (_told(root, path), *(f"{p} {folder.inside(root, p)} {folder.there(root / p)}" for p in named))


def _told(root: Path, path: str) -> str:
    try:
        file = sidecar.path_of(root, path)
        if file is None:
            return ""
        regular = file.is_file()
        return f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" if regular else f"{file.name} no file"
    except (BadFile, OSError) as e:
        return f"unreadable: {e}"


def members(root: Path, path: str) -> list[str]:
    """The sources that a file is: itself, or the members of a ZIP or an mbox, as `name.zip/member`.

    A container that cannot be opened, or in which there is none, is listed itself, so that reading it tells why.
    """
    if not packed.packs(path):
        return [path]
    try:
        inside = packed.members(root / path, path)
    except Exception:  # whatever is wrong with it: reading it tells
        return [path]
    kept = [name for name in inside if not _beside(name)]
    owners = _owners(kept)
    heard = {recording.stem(name) for name in kept if _readable(name)}
    texts = [
        name
        for name in kept
        if not _sidecar(name, owners) and not (recording.ending(name) and recording.stem(name) in heard)
    ]
    return [f"{path}/{name}" for name in texts] or [path]


def mark(root: Path, path: str) -> str | None:
    """What changes when a member of a ZIP or an mbox does, with what stands beside it there; None for a file."""
    held = packed.member(root, path)
    return packed.mark(held) if held else None


def container(root: Path, path: str) -> str:
    """The path of the ZIP or mbox that holds a member; that of the file itself where it is none."""
    held = packed.member(root, path)
    return path.removesuffix("/" + held.inner) if held else path


def _saved(folder: str, pages: set[str]) -> bool:
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in SAVED)


def _beside(name: str) -> bool:
    """Is it something that lies beside sources: a picture, a read-me, a hidden file?"""
    name = name.rsplit("/", 1)[-1].lower()
    if name.startswith((".", "~$")) or name.endswith(PICTURES) or name == "vivavoce.toml":
        return True
    return name in NOTES or name.rsplit(".", 1)[0] in NOTES


def _listed(file: Path) -> bool:
    if _beside(file.name):
        return False
    return file.is_file() or not file.exists()  # a link that leads nowhere is told; a pipe would never end


def _sources(root: Path, paths: list[str]) -> list[str]:
    owners = _owners(paths)
    kept = [p for p in paths if not _sidecar(p, owners)]
    texts = [p for p in kept if not recording.ending(p)]
    taken = {stem for p in texts if _readable(p) for stem in recording.stems(p)}
    told = {folder.folded(recording.stem(p)) for p in paths if p.lower().endswith(".toml")}
    owning = [p for p in texts if not told.isdisjoint((folder.folded(p), folder.folded(recording.stem(p))))]
    named = {m for p in owning if (root / p).exists() for m in sidecar.media(root, p)}
    return [p for p in kept if not recording.ending(p) or not (recording.stem(p) in taken or p in taken or p in named)]


def _owners(paths: list[str]) -> set[str]:
    """What sidecars may be called after: the names of all other files, with and without their endings."""
    sources = [p for p in paths if not p.lower().endswith(".toml")]
    return {folder.folded(one) for p in sources for one in (p, recording.stem(p))}


def _sidecar(path: str, owners: set[str]) -> bool:
    return path.lower().endswith(".toml") and folder.folded(recording.stem(path)) in owners


def _readable(path: str) -> bool:
    name = path.rpartition("/")[2]
    ending = "." + name.rsplit(".", 1)[1].lower() if "." in name else ""
    return any(ending in endings for endings in READERS.values())
