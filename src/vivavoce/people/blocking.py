"""Where to look for one person in more sources than can be looked through together: figures that may be one person
stand in one block, and `resolve` is asked block by block (Christen 2012, Data Matching, chapter 4)."""

from __future__ import annotations

from collections import defaultdict

from msgspec.structs import replace

from vivavoce.model import Cast, Figure, folded, slug
from vivavoce.people.lives import shape


def block(f: Figure, source: str) -> str:
    """The block of a figure: its surname without accents, or its one name; of a body the last word of its name; a
    label is one of its own source alone."""
    if f.kind == "label":
        return f"label {source}"
    name = shape(f.name)[1] if f.kind in ("person", "character") else f.name
    return slug(name).rpartition("-")[2]


def blocks(cast: Cast) -> dict[str, Cast]:
    """A cast as one cast for each block. Each keeps what shows which sources are near: the full names of all."""
    full = {folded(f.name) for f in cast.figures if " " in f.name and f.kind in ("person", "character")}
    near = tuple(sorted(full | set(cast.works)))
    found: dict[str, list[Figure]] = defaultdict(list)
    for f in cast.figures:
        found[block(f, cast.source)].append(f)
    labelled, asking = set(cast.labelled), set(cast.asking)
    return {
        name: replace(
            cast,
            figures=tuple(own),
            works=near,
            labelled=tuple(f.key for f in own if f.key in labelled),
            asking=tuple(f.key for f in own if f.key in asking),
        )
        for name, own in found.items()
    }
