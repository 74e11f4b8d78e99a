"""Where two accounts name another who did one thing, held a post, or was given something."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from vivavoce.accounts.clauses import PERSON, TELLS, Found, Told, one_doer, one_object, one_thing, persons, said, strong
from vivavoce.accounts.frames import Noun, lexicon, same_noun, same_verb
from vivavoce.accounts.names import one_person
from vivavoce.accounts.words import weight

NOBODY = frozenset(["it", "nobody", "who", "that", "this", "these", "everybody", "somebody"])


def who_did(x: Told, y: Told) -> Iterator[Found]:
    """Two name another who did one thing that one does."""
    verb = x.frame.verb
    if (
        verb != y.frame.verb
        or verb in {"", "be"}
        or verb in shared_deeds() - ({verb} if both_stressed(x, y) else set())
    ):
        return
    if not other_person(x, y) or not one_object(x.frame.object, y.frame.object, x, y):
        return
    if x.frame.object is None and not (certain(x) and certain(y)):
        return
    both = strong(x.frame.object) and strong(y.frame.object)
    heads = {f.object.head if f.object else "" for f in (x.frame, y.frame)}
    it = (heads == {"it"} and weight(verb) >= TELLS) or (heads <= {"it", "me", "him", "her"} and " " in verb)
    if both or it or certain(x) or certain(y):
        yield "differ", f"who {x.frame.word}", (x.frame.subject.said, y.frame.subject.said)  # type: ignore[union-attr]


def alike(x: Told, y: Told) -> Iterator[Found]:
    """Two who talk name the same doer of one thing that one does: "Miss Farr rang the bell"."""
    f, g = x.frame, y.frame
    if f.verb != g.verb or f.verb in shared_deeds() | {"", "be", "exist"} or f.no or g.no or x.report or y.report:
        return
    known = x.who and not x.who.startswith("the ") and x.who not in PERSON | NOBODY and one_person(x.who, y.who)
    office = x.who == y.who and x.who.startswith("the ")
    thing = f.object and g.object and strong(f.object) and one_object(f.object, g.object, x, y)
    if (known or office) and (thing or (certain(x) and certain(y))):
        yield "agree", f"who {f.word}", (said(x), said(y))


def both_stressed(x: Told, y: Told) -> bool:
    """Whether both say who it was: "it was Ann who"."""
    return x.frame.stressed and y.frame.stressed


@cache
def shared_deeds() -> frozenset[str]:
    """The stems of deeds that many do."""
    return frozenset(same_verb(w) for w in lexicon()["shared"])


def certain(x: Told) -> bool:
    """Whether a clause says who it was, and does not only mention it."""
    return x.frame.stressed or (x.asked == "who" and (x.asked_verb == x.frame.verb or x.nth == 0))


def other_person(x: Told, y: Told) -> bool:
    """Whether two deeds have two doers, each known."""
    a, b = x.who, y.who
    if not a or not b or {a, b} & (PERSON | NOBODY):
        return False
    if a.startswith("the ") != b.startswith("the "):
        role, name = (x, y) if a.startswith("the ") else (y, x)
        return name.who == role.teller or has_office(name.frame.subject, role.who.removeprefix("the "))
    return not one_person(a.removeprefix("the "), b.removeprefix("the "))


def in_post(x: Told, y: Told) -> Iterator[Found]:
    """Two name another who was captain."""
    mine, yours = x.frame.object, y.frame.object
    if x.frame.verb != "be" or y.frame.verb != "be" or not mine or not yours or x.limited or y.limited:
        return
    dets = {mine.det, yours.det} <= {"", "the", "our"}
    if dets and mine.head == yours.head and mine.head in posts() and other_person(x, y):
        yield "differ", f"who was {mine.said}", (said(x), said(y))


@cache
def posts() -> frozenset[str]:
    """The stems of what only one is at a time."""
    return frozenset(same_noun(w) for w in lexicon()["posts"])


GIVING = frozenset(
    same_verb(w) for w in ["gave", "sold", "sent", "handed", "left", "lent", "offered", "presented", "paid"]
)


def to_whom(x: Told, y: Told) -> Iterator[Found]:
    """One person gave one thing to two, as it is told."""
    f, g = x.frame, y.frame
    if f.verb != g.verb or f.verb not in GIVING or not (f.object and g.object and strong(f.object)):
        return
    mine, yours = recipient(x), recipient(y)
    one = one_thing(f.object, g.object) and one_doer(x, y)
    if one and mine and yours and mine != yours and not (x.report or y.report):
        yield "differ", f"to whom {last_word(f.object)}", (said(x), said(y))


def last_word(n: Noun) -> str:
    """The noun of a noun phrase, as it stands."""
    return n.said.split()[-1].casefold()


def recipient(x: Told) -> str:
    """To whom something was given: an id, a name, "the mother" of the teller."""
    for p, n in x.frame.rest:
        if p == "to" and n.kind == "pronoun":
            return x.teller if n.head == "me" else ""
        if p == "to" and (n.kind == "name" or n.head in persons()):
            return n.head if n.kind == "name" else f"the {n.head}"
    return ""


def has_office(n: Noun | None, role: str) -> bool:
    """Whether a name says that somebody is something else than what a noun says: "Alderman Vick", the surveyor."""
    office = same_noun(n.said.split()[0].casefold().rstrip(".")) if n and len(n.said.split()) > 1 else ""
    return office in {same_noun(w) for w in lexicon()["offices"]} and office != role
