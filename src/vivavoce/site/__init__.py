"""The site: a history as plain files that any host serves; `publish` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vivavoce.model import History, Value


class Before(Value, frozen=True):
    """The site that stands: its folder, the file of its ledger (the new site's is written beside it, ending in
    `.next`), and a mark of the program, since another program makes other pages. `over`: the folder that is written
    into may hold an older site: what the new one has too stays there, the rest is taken away."""

    folder: Path
    ledger: Path
    mark: str
    over: bool = False


def publish(
    history: History,
    folder: Path,
    media: Mapping[str, Path] | None = None,
    searchable: History | None = None,
    pictures: Mapping[str, Path] | None = None,
    before: Before | None = None,
) -> list[str]:
    """Write the site of a history into an empty folder (but see `Before`); the paths of its files, sorted, with `/`.

    `history` is what the gate lets through to the site; `searchable` what it lets into the search index (default:
    the same). `media`: a recording's path as `Media.path` has it -> the file to copy; `pictures`: the same for a
    picture's `Picture.path`. `before`: the site that stands, from which files are taken over whose inputs are the same.
    The same input gives the same bytes, with and without it. Raises VivavoceError if the folder holds something,
    or if the search index cannot be made.
    """
    from vivavoce.site import ledger
    from vivavoce.site.pages import write

    former = ledger.former(before.folder, before.ledger) if before else None
    mark = before.mark if before else ""
    if not (before and before.over):
        ledger.empty(folder)
    making = write(history, folder, media or {}, searchable or history, pictures or {}, former, mark)
    making.swept()
    if before:
        ledger.written(making, before.ledger.with_suffix(".next"))
    return sorted(making.files)


def stands(before: Before) -> bool:
    """Whether the site that stands is as it was published, by its ledger."""
    from vivavoce.site import ledger

    return ledger.stands(ledger.former(before.folder, before.ledger))


def altered(folder: Path) -> list[str]:
    """The files of a site that are gone or are not as they were published, by its manifest; the manifest itself when
    it cannot be read."""
    from vivavoce.site.manifest import altered

    return altered(folder)
