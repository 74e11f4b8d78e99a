"""The folder of pictures: what lies in it, and what may not be shown because it does not say that it may.

A picture is shown when its sidecar can be read, says whose it is and under which rights, and the file is what its
ending says. Whatever else lies there is kept back by a restriction that holds everywhere, and told.
"""

from __future__ import annotations

from pathlib import Path

from vivavoce.errors import BadFile
from vivavoce.model import Picture, Restriction, Warning
from vivavoce.pictures import drawing, photograph, sidecar
from vivavoce.pictures.sidecar import Sidecar

FOLDER = "pictures"
ENDINGS = (".svg", *photograph.ENDINGS)
OTHERS = frozenset({".tif", ".tiff", ".heic", ".heif", ".bmp", ".psd", ".ai", ".eps", ".raw", ".dng", ".pdf", ".jxl"})
LARGEST = 20_000_000  # bytes of a drawing that is read


def read(home: Path) -> tuple[tuple[Picture, ...], tuple[Warning, ...]]:
    """The pictures of a project by path, and what its author should know of them.

    One that may not be shown as it is carries a restriction that withholds it everywhere, so that an output that
    asks the gate need know nothing else.
    """
    root = home / FOLDER
    pictures: list[Picture] = []
    warnings: list[Warning] = []
    for path in _listed(root):
        ending = Path(path).suffix.lower()
        if ending in ENDINGS:
            picture, told = _picture(root, path)
            pictures.append(picture)
            warnings += told
        elif ending in OTHERS:
            warnings.append(
                _told(path, "browsers do not show this kind of picture", "Save it as PNG, JPEG or SVG too.")
            )
    return tuple(pictures), tuple(warnings)


def file(home: Path, picture: Picture) -> Path:
    """Where a picture's file is."""
    return home / FOLDER / picture.path


def _listed(root: Path) -> list[str]:
    """The files in the folder and below, hidden ones left out; none that a link leads to from outside."""
    inside = root.resolve()
    found = (p for p in root.rglob("*") if p.is_file() and p.resolve().is_relative_to(inside))
    paths = (p.relative_to(root).as_posix() for p in found)
    return sorted(p for p in paths if not any(part.startswith(".") for part in p.split("/")))


def _picture(root: Path, path: str) -> tuple[Picture, list[Warning]]:
    """One picture, and what is to be said of it."""
    try:
        told = sidecar.beside(root, path)
        words, size = _looked_at(root / path)
    except BadFile as e:
        return _kept_back(path), [_told(path, f"it is not shown: {str(e).rstrip('.')}", "")]
    missing = [name for name in ("licence", "credit") if not getattr(told, name).strip()]
    if missing:
        what = f"it is not shown: its sidecar does not say {' and '.join(missing)}"
        lines = " and ".join(name + ' = "…"' for name in missing)
        remedy = f"Write {lines} in {Path(path).stem}.toml."
        return _kept_back(path), [_told(path, what, remedy)]
    restrictions, warnings = sidecar.restrictions(f"{FOLDER}/{path}", told)
    if not told.alt.strip():
        warnings.append(
            _told(path, "it has no alt text", 'Write alt = "…": what is to be seen, for who cannot see it.')
        )
    return _made(path, told, words, size, restrictions), warnings


def _made(
    path: str, told: Sidecar, words: str, size: tuple[int, int] | None, rights: tuple[Restriction, ...]
) -> Picture:
    return Picture(
        path=path,
        alt=_line(told.alt),
        caption=_line(told.caption or told.title),
        credit=_line(told.credit),
        date=str(told.date),
        rights=_line(told.licence),
        of=tuple([told.of] if isinstance(told.of, str) and told.of else told.of or ()),
        size=size,
        words=words,
        restrictions=rights,
    )


def _kept_back(path: str) -> Picture:
    return Picture(path, restrictions=(Restriction("source", f"{FOLDER}/{path}"),))


def _looked_at(path: Path) -> tuple[str, tuple[int, int] | None]:
    """The words in a picture's file and its size. Raises BadFile where it is not what its ending says, or not safe."""
    try:
        if path.suffix.lower() == ".svg":
            if path.stat().st_size > LARGEST:
                raise BadFile("it is larger than 20 MB; save it as PNG")
            return drawing.looked_at(path.read_bytes())
        with path.open("rb") as opened:
            return "", photograph.size(opened.read(1 << 18), path.suffix.lower())
    except OSError as e:
        raise BadFile(f"it cannot be read ({e.strerror})") from e


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(path: str, what: str, remedy: str) -> Warning:
    return Warning(what, f"{FOLDER}/{path}", remedy)
