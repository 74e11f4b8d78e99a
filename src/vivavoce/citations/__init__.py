"""How sources are cited: in prose as oral historians do, and as CSL-JSON, BibTeX and RIS for those who cite us."""

from vivavoce.citations.bibtex import bibtex
from vivavoce.citations.items import Item, Name, items, narrators, title_of
from vivavoce.citations.prose import again, cited, entry, plain, stretch, surname_first, via
from vivavoce.citations.ris import ris
from vivavoce.citations.styled import Styling, entries, note, styling

__all__ = [
    "Item",
    "Name",
    "Styling",
    "again",
    "bibtex",
    "cited",
    "entries",
    "entry",
    "items",
    "narrators",
    "note",
    "plain",
    "ris",
    "stretch",
    "styling",
    "surname_first",
    "title_of",
    "via",
]
