"""How names sound, roughly: what a speech recogniser mistakes for one another has one key."""

from __future__ import annotations

import re
from functools import lru_cache

SAME = (
    (r"^kn|^gn", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"ph", "f"), (r"tch", "ch"), (r"sch", "sh"), (r"ck|q(?:u)?", "k"),
    (r"ch(?=[rl])", "k"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"x", "ks"), (r"z", "s"), (r"dg(?=[eiy])", "j"),
    (r"gh", ""), (r"(?<=[aeiou])y|y", "i"), (r"w(?=[^aeiou]|$)", "u"), (r"(?<=[^cst])h", ""), (r"ee|ea|ie", "i"),
    (r"oo|ou", "u"), (r"(.)\1+", r"\1"), (r"(?<=[^aeiou])e$|(?<=[aeiou].)e$", ""), (r"(?<=[^aeiou])es$", "s"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def sound(name: str) -> str:
    """A surname (small letters) as it sounds: "boil", "boyle"."""
    out = name
    for pattern, into in SAME:
        out = re.sub(pattern, into, out)
    return out


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """A first name (small letters) by its first sound and its consonants: "cathryn", "katherine"."""
    heard = sound(name)
    return heard[:1] + re.sub("[aeiou]", "", heard[1:])
