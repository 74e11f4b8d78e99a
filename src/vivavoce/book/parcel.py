"""Files as one ZIP that is the same whenever it is made: in the order given, all of one fixed day."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can hold


def parcel(files: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> bytes:
    """A ZIP of (path, content); `stored`: the paths that are not to be compressed."""
    out = io.BytesIO()
    with ZipFile(out, "w") as box:
        for path, content in files:
            info = ZipInfo(path, DAY)
            info.compress_type = ZIP_STORED if path in stored else ZIP_DEFLATED
            info.create_system = 3  # whatever machine it is
            info.external_attr = 0o644 << 16
            box.writestr(info, content, compresslevel=6)
    return out.getvalue()
