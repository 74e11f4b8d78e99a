"""The arrangement and the book: `book.md`, checked against the sources, and the editions made of it."""

from vivavoce.book.arrangement import Arrangement, arranged, own_words
from vivavoce.book.draft import drafted
from vivavoce.book.edition import Edition
from vivavoce.book.followed import followed
from vivavoce.book.made import made
from vivavoce.book.settle import Settled, Standing, Wrong, settle

__all__ = [
    "Arrangement",
    "Edition",
    "Settled",
    "Standing",
    "Wrong",
    "arranged",
    "drafted",
    "followed",
    "made",
    "own_words",
    "settle",
]
