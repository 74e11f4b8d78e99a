"""Where two accounts tell one deed of two places, of two titles, or one thing of two sorts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from vivavoce.accounts.agents import shared_deeds
from vivavoce.accounts.attributes import COLOURS, STUFFS
from vivavoce.accounts.clauses import DEFINITE, TELLS, Found, Told, one_object, one_subject, strong, told_both, vague
from vivavoce.accounts.frames import Frame, Noun, lexicon, same_noun, same_verb
from vivavoce.accounts.words import lists, weight


def where_was(x: Told, y: Told) -> Iterator[Found]:
    """Two tell one deed of two places."""
    mine, yours = place(x.frame), place(y.frame)
    if not mine or not yours or not other_place(mine, yours, x, y):
        return
    if (x.asked == y.asked == "where" and one_question(x, y)) or of_one_deed(x, y):
        yield "differ", "which place", (mine.said, yours.said)


BEGINNING = frozenset(
    [*(same_verb(w) for w in ["started", "began", "ended", "finished", "happened", "broke", "died", "sank"]), "set off"]
)


def one_question(x: Told, y: Told) -> bool:
    """Whether two were asked of one thing."""
    verb = x.asked_verb
    return told_both(x.question, y.question) >= TELLS or (verb == y.asked_verb and weight(verb) >= TELLS)


def of_one_deed(x: Told, y: Told) -> bool:
    """Whether two clauses tell of one deed, done once, to one thing."""
    asked = "where" in (x.asked, y.asked)
    verb = x.frame.verb
    if verb != y.frame.verb or verb in {"", "be", "exist"} or (verb in shared_deeds() and not asked):
        return False
    mine, yours = x.frame.object, y.frame.object
    if mine is None and yours is None:
        return one_subject(x.frame.subject, y.frame.subject) and (asked or verb in BEGINNING)
    return one_object(mine, yours, x, y) and (strong(mine) or strong(yours) or (asked and mine is not None))


def place(f: Frame) -> Noun | None:
    """The place of a deed that a clause names, where it names one."""
    found = [n for p, n in f.rest if p in lexicon()["places"] and n.kind == "thing" and n.head not in vague()]
    found = [n for n in found if max(map(weight, n.stems), default=0) >= TELLS and not any(c.isdigit() for c in n.said)]
    return found[0] if len(found) == 1 else None


def other_place(x: Noun, y: Noun, a: Told, b: Told) -> bool:
    """Whether two places cannot be one: none is told of by the other."""
    return not (x.stems & y.stems) and x.head not in b.near and y.head not in a.near


def which_sort(x: Told, y: Told) -> Iterator[Found]:
    """Two name one thing of two sorts: "lentil soup" and "pea soup", "the coat was green" and "a blue coat"."""
    for mine in sorts(x.frame):
        for yours in sorts(y.frame):
            if mine[:2] == yours[:2] and mine[2] != yours[2] and mine[2] not in y.scene and yours[2] not in x.scene:
                yield "differ", f"{mine[1]} of the {mine[4]}", (mine[3], yours[3])


def sorts(f: Frame) -> Iterator[tuple[str, str, str, str, str]]:
    """The things of a clause with what they are made of, or their colour: stem of the thing, kind,
    which, all as said, the thing as said."""
    nouns = [n for n in (f.subject, f.object, *(n for _, n in f.rest)) if n and n.kind == "thing"]
    for n in nouns:
        if strong(n) and (n.det in DEFINITE | {"a", "an", ""} or n.det.endswith("'s")):
            for s in n.stems - {n.head}:
                yield from ((n.head, kind, s, n.said, n.said.split()[-1].casefold()) for kind in material().get(s, ()))
    it, what = f.subject, f.object
    if f.verb == "be" and it and what and strong(it) and it.det in DEFINITE and len(what.stems) <= 2:
        for kind in ("colour", "stuff"):
            found = [s for s in what.stems if kind in material().get(s, ())]
            yield from ((it.head, kind, s, what.said, it.said.split()[-1].casefold()) for s in found[:1])


@cache
def material() -> dict[str, tuple[str, ...]]:
    """Stem -> the kinds of what a thing is made of, or its colour."""
    found: dict[str, list[str]] = defaultdict(list)
    listed = {"colour": COLOURS.split(), "stuff": STUFFS.split(), **lists().kinds}
    for kind in ("colour", "stuff", "cloth", "tree", "dry", "soup", "food", "organ", "animal"):
        for word in listed[kind]:
            found[same_noun(word)].append(kind)
    return {s: tuple(kinds_) for s, kinds_ in found.items()}


OPENING = frozenset(
    same_verb(w) for w in ["opened", "closed", "ended", "started", "finished", "played", "sang", "began"]
)


def which_title(x: Told, y: Told) -> Iterator[Found]:
    """Two name another title of what was played or sung at one point."""
    if x.frame.verb != y.frame.verb or x.frame.verb not in OPENING:
        return
    mine, yours = title(x.frame), title(y.frame)
    if mine and yours and mine[0] == yours[0] and mine[1].head != yours[1].head:
        yield "differ", "which title", (mine[1].said, yours[1].said)


def title(f: Frame) -> tuple[str, Noun] | None:
    """The title that a clause names as what was played, and the preposition before it."""
    found = [(p, n) for p, n in (("", f.object), *f.rest) if n and n.kind == "title" and p in {"", "with"}]
    return found[0] if len(found) == 1 else None
