"""What was said: marks, turns, reported speech."""

from vivavoce.quotes.find import find

__all__ = ["find"]
