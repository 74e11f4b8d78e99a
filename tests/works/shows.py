"""Invented press on an invented serial, and how it is read."""

from __future__ import annotations

from pathlib import Path

from vivavoce import people, quotes, sources, works
from vivavoce.model import Catalogue, Known, OfWorks, Work

LANTERN = """The Scene In Lantern Row That Ruth Abara Would Not Play

By Piet Vos

Lantern Row ran for eleven seasons. The serial was first shown on 4 March 1999; the sitcom Half a Crown followed it.

Lantern Row Season 6 Episode 14 “Low Tide, Maud” was watched by 5.7 million people. The season \
averaged 8.5 on Telescope.

Ruth Abara told the podcast Late Post that four months before her final episode she had asked for a quiet ending. \
“I wanted no band,” said Abara.

The pier scene was filmed five days before they wrapped the episode. They shot the scene at the gate last, but viewers \
see Maud take the last farewell on the ferry. It took them 23 takes.

After season six ended, the seventh season of Lantern Row was given a new writer. Telescope gave the season a \
rating of 61 percent. The season-seven finale, “Gate Money,” aired on 9 May 2006. The book titled \
Salt and Paraffin: A Life in Soap was published on November 3rd.
"""


def told(folder: Path, text: str, name: str = "press/row.txt", known: Known | None = None, day: str = "") -> OfWorks:
    """What an article tells of works."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    if day:
        path.with_suffix(".toml").write_text(f'date = "{day}"\n', "utf-8")
    known = known or Known()
    source = sources.read(folder, name)
    found = quotes.find(source, known)
    return works.find(source, found, people.cast(source, found, known), known)


def listed(folder: Path, *texts: str, works_: tuple[Work, ...] = (), day: str = "") -> Catalogue:
    """The catalogue of some articles."""
    known = Known(works=works_)
    return works.catalogue([told(folder, t, f"press/{n}.txt", known, day) for n, t in enumerate(texts)], works_)
