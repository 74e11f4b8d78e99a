"""How sources are cited: in prose as oral historians do, and as CSL-JSON, BibTeX and RIS for those who cite us."""

from vivavoce.citations.bibtex import bibtex
from vivavoce.citations.items import Item, Name, items, narrators, title_of
from vivavoce.citations.prose import again, cited, entry, plain, surname_first, via
from vivavoce.citations.ris import ris

__all__ = [
    "Item",
    "Name",
    "again",
    "bibtex",
    "cited",
    "entry",
    "items",
    "narrators",
    "plain",
    "ris",
    "surname_first",
    "title_of",
    "via",
]
