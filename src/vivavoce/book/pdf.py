"""An edition as a PDF to print and to read: tagged (PDF/UA-1), fonts embedded, same input same bytes.

Set by Typst (its own fonts, Libertinus Serif, so that no machine's fonts matter).
"""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from vivavoce.book.edition import Edition, Image
from vivavoce.book.pieces import compared, printed
from vivavoce.errors import BadFile

TEMPLATE = "book.typ"
FONTS = "fonts"  # of the project: for scripts that the book's own fonts do not have


def write(edition: Edition, folder: Path) -> bytes:
    """The PDF of an edition.

    `folder`: the project's, from which its pictures come. Raises BadFile if a picture cannot be set.
    """
    import typst

    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        _pictures(edition, folder, root)
        try:
            data = typst.compile(
                _template(root),
                root=root,
                font_paths=[folder / FONTS] if (folder / FONTS).is_dir() else [],
                ignore_system_fonts=True,
                sys_inputs={"edition": msgspec.json.encode(told(edition)).decode()},
                format="pdf",
                pdf_standards="ua-1",
                timestamp=datetime.fromisoformat(edition.day).replace(tzinfo=UTC),
            )
        except typst.TypstError as e:
            raise BadFile(_refused(e.message)) from e
    if not isinstance(data, bytes):
        raise TypeError("Typst gave no PDF.")
    return data


def _template(root: Path) -> Path:
    (root / TEMPLATE).write_bytes(files("vivavoce.book").joinpath("templates", TEMPLATE).read_bytes())
    return root / TEMPLATE


def _refused(message: str) -> str:
    """What Typst says, with what to do."""
    sign = re.search(r"the text `(.*?)` could not be displayed", message)
    if sign:
        return f"The book's font has no sign for {sign[1]}. Put a font that has it into the project's folder {FONTS}/."
    return f"The book could not be set: {message}. Take out what is named there."


def told(edition: Edition) -> dict[str, Any]:
    """An edition as the template reads it: builtins, each piece with its type."""
    whole = printed(edition)
    made: dict[str, Any] = msgspec.to_builtins(whole)
    for part, given in zip(made["parts"], whole.parts, strict=True):
        part["pieces"] = [
            {**piece, "type": type(value).__name__} for piece, value in zip(part["pieces"], given.pieces, strict=True)
        ]
    lang, _, region = edition.language.partition("-")
    made["lang"] = lang.lower()
    made["region"] = region.upper() if len(region) == 2 else None
    made["made"] = compared(edition)
    shown = [piece for part in made["parts"] for piece in part["pieces"] if piece["type"] == "Image"]
    for n, (piece, image) in enumerate(zip(shown, _images(edition), strict=True)):
        piece["path"] = _set_as(n, image)
    return made


def _images(edition: Edition) -> list[Image]:
    return [p for part in edition.parts for p in part.pieces if isinstance(p, Image)]


def _set_as(n: int, image: Image) -> str:
    """The file that a picture is set from: Typst does not take every name that a disk does."""
    return f"picture-{n}{Path(image.path).suffix}"


def _pictures(edition: Edition, folder: Path, root: Path) -> None:
    """Copy the pictures of an edition, and nothing else, to where Typst may read."""
    for n, image in enumerate(_images(edition)):
        try:
            shutil.copyfile(folder / image.path, root / _set_as(n, image))
        except OSError as e:
            raise BadFile(f"{image.path} cannot be read ({e.strerror}). Put it back, or take it out.") from e
