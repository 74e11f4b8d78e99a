"""The site: a history as plain files that any host serves; `publish` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vivavoce.model import History


def publish(
    history: History,
    folder: Path,
    media: Mapping[str, Path] | None = None,
    searchable: History | None = None,
    pictures: Mapping[str, Path] | None = None,
) -> list[str]:
    """Write the site of a history into an empty folder; the paths of its files, sorted, with `/`.

    `history` is what the gate lets through to the site; `searchable` what it lets into the search index (default:
    the same). `media`: a recording's path as `Media.path` has it -> the file to copy; `pictures`: the same for a
    picture's `Picture.path`. The same input gives the same bytes. Raises VivavoceError if the folder holds something,
    or if the search index cannot be made.
    """
    from vivavoce.site.pages import write

    return write(history, folder, media or {}, searchable or history, pictures or {})


def altered(folder: Path) -> list[str]:
    """The files of a site that are gone or are not as they were published, by its manifest; the manifest itself when
    it cannot be read."""
    from vivavoce.site.manifest import altered

    return altered(folder)
