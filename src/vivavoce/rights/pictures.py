"""Pictures that may be shown: those that nothing holds back, and that tell nothing of what is withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from vivavoce.model import History, Picture, Restriction, Withheld, folded
from vivavoce.rights.cut import Cut
from vivavoce.rights.gate import Item, may, over
from vivavoce.rights.words import echoes, spaced, tells

SHORTEST = 3
"""Letters of a withheld name that is looked for in captions: a label such as A would be found everywhere."""


def with_pictures(
    shown: History,
    history: History,
    held: tuple[Restriction, ...],
    channels: tuple[str, ...],
    day: str,
    cut: Cut | None = None,
) -> History:
    """A history as it is shown, with the pictures that may be. `history`: as it was; `held`: the restrictions in force;
    `cut`: what they took away.

    A picture goes when a restriction of its own or of its path holds, when anybody or anything that it is `of` is not
    shown, and when its caption, alternative text, credit, file name or the words in it tell a withheld word or name.
    """
    if not history.pictures:
        return shown
    gone = known(history) - known(shown)
    kept: list[Picture] = []
    grounds: Counter[str] = Counter()
    for picture in history.pictures:
        rules = (*picture.restrictions, *over(held, source=f"pictures/{picture.path}", medium=True))
        mine = [r for r in rules if not all(may(Item("picture", (r,)), c, day) for c in channels)]
        if not mine and not gone.intersection(map(folded, picture.of)) and not (cut and _tells(picture, cut)):
            kept.append(replace(picture, restrictions=()))
        else:
            ground = next((r.ground for r in mine if r.ground), "")
            grounds[ground if cut is None or not tells(ground, cut.secret) else ""] += 1
    told = tuple(Withheld("picture", n, ground) for ground, n in sorted(grounds.items()))
    return replace(shown, pictures=tuple(kept), withheld=(*shown.withheld, *told))


def known(history: History) -> frozenset[str]:
    """All names of people, moments and works of a history, folded: what a picture can be of."""
    people = (n for p in history.people for n in (p.id, p.name, *p.aliases))
    moments = (n for m in history.moments for n in (m.id, m.title, *m.former))
    works = (n for w in history.works for n in (w.title, *w.aliases))
    told = (w for m in history.moments for w in m.works)
    return frozenset(map(folded, (*people, *moments, *works, *told))) - {""}


def _tells(picture: Picture, cut: Cut) -> bool:
    """Whether anything that would be printed, or stands in the file, tells what is withheld."""
    texts = (picture.alt, picture.caption, picture.credit, picture.rights, picture.path, picture.words, *picture.of)
    names = [spaced(n) for n in cut.barred.names if len(n) >= SHORTEST]
    return any(echoes(text, cut.secret) or _names(text, names) for text in texts)


def _names(text: str, names: Iterable[str]) -> bool:
    words = spaced(text)
    return any(name in words for name in names)
