"""A file as it came, before anybody knows what it is."""

from __future__ import annotations

import hashlib

from vivavoce.errors import UnreadableSource
from vivavoce.model import Value, Warning


class Raw(Value, frozen=True):
    """A file's bytes and, where it is text, the decoded text (byte-order mark taken off, nothing else changed).

    `path`: relative to the sources folder, with `/`. `text` is None for files that are not text.
    """

    path: str
    data: bytes
    text: str | None = None
    encoding: str = ""
    warnings: tuple[Warning, ...] = ()

    @property
    def suffix(self) -> str:
        """The ending in lower case, with its dot, or ""."""
        name = self.path.rsplit("/", 1)[-1]
        return "." + name.rsplit(".", 1)[1].lower() if "." in name.lstrip(".") else ""

    @property
    def hash(self) -> str:
        """SHA-256 of the file, hex."""
        return hashlib.sha256(self.data).hexdigest()


# How files begin that are no text, even where their bytes happen to be letters.
PACKED = (b"%PDF", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def raw(path: str, data: bytes) -> Raw:
    """Decode a file's bytes: by its byte-order mark, else UTF-8, else Windows-1252 with a warning; a file with NUL
    bytes and no byte-order mark is not text, nor is one that begins as a PDF or a ZIP does.

    Raises UnreadableSource for an empty file or a byte-order mark that lies.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableSource(path, "the file is empty", "Save it again from where it came.")
    if data.startswith(PACKED):
        return Raw(path, data)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            try:
                return Raw(path, data, data[len(bom) :].decode(encoding), encoding)
            except UnicodeDecodeError as e:
                raise UnreadableSource(
                    path, f"it says it is {encoding} but is not", "Save it as UTF-8.", f"byte {e.start}"
                ) from e
    if b"\0" in data[:65536]:
        return Raw(path, data)
    try:
        return Raw(path, data, data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as e:
        told = Warning(
            "it is not UTF-8; it was read as Windows-1252",
            f"byte {e.start}",
            "If letters look wrong, save it as UTF-8.",
        )
        return Raw(path, data, data.decode("cp1252", "replace"), "cp1252", (told,))
