"""Letters without case and accents, one for one, so that a place in what is folded is a place in the text."""

from __future__ import annotations

import unicodedata


class _Plain(dict[int, str]):
    """Each letter's plain one, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFKD", chr(code))[0].casefold()
        self[code] = letter if len(letter) == 1 else chr(code).lower()[:1]
        return self[code]


_LETTERS = _Plain()


def plain(text: str) -> str:
    """A text in lower case without accents, as long as it was."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)
