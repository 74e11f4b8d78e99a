"""Where one account denies what another tells: that it was done, that there was such a thing; and where two judge one
thing in opposite words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from vivavoce.accounts.clauses import (
    DEFINITE,
    PERSON,
    TELLS,
    Found,
    Told,
    countable,
    lacking,
    masses,
    one_doer,
    one_object,
    one_subject,
    one_thing,
    said,
    strong,
    told_both,
    vague,
)
from vivavoce.accounts.frames import Frame, Noun, lexicon, same_noun, same_verb
from vivavoce.accounts.words import weight


def whether(x: Told, y: Told) -> Iterator[Found]:
    """One denies what the other tells."""
    if x.frame.no == y.frame.no or (x.report and y.report):
        return
    no, yes = (x, y) if x.frame.no else (y, x)
    if no.limited or no.frame.verb in {"", "be"} or {said(no), said(yes)} & ARTICLES:
        return  # "not a bit" is no deed of biting
    f, g = no.frame, yes.frame
    all_or_none = no.who == "nobody" and yes.who in {"everybody", "they"} and not f.object and not g.object
    if all_or_none and f.verb not in common_deeds() and not f.rest:
        yield "differ", "whether anybody did", (said(x), said(y))
        return
    if not (one_doer(no, yes) and one_object(f.object, g.object, no, yes) and covered(f, yes)):
        return
    if f.object is None and (no.who in PERSON) != (yes.who in PERSON):
        return  # "she" may be anybody
    between = f.verb in BETWEEN and no.who == yes.who != "" and f.object is not None and f.object.kind == "pronoun"
    away = " " in f.verb and no.who == yes.who != ""
    if (
        between
        or away
        or strong(f.object)
        or strong(g.object)
        or (f.rest and strong(f.rest[0][1]))
        or weight(f.verb) >= TELLS
    ):
        yield "differ", "whether it was so", (said(x), said(y))


ARTICLES = frozenset(["a", "an", "the", "A", "An", "The"])
BETWEEN = frozenset(
    same_verb(w) for w in ["told", "warned", "asked", "thanked", "paid", "invited", "helped", "forgave"]
)


@cache
def common_deeds() -> frozenset[str]:
    """The stems of deeds that say little."""
    return frozenset(
        same_verb(w) for w in ["came", "went", "was", "had", "did", "got", "said", "knew", "thought", "could"]
    )


def existed(x: Told, y: Told) -> Iterator[Found]:
    """One says that there was no such thing, the other tells what it did, or what was done with it."""
    no, yes = (x, y) if x.frame.no else (y, x)
    f, g = no.frame, yes.frame
    if f.verb != "exist" or not f.no or g.no or no.limited or not f.object or (x.report and y.report):
        return
    if no.days and not yes.days:
        return
    if g.verb == f.object.head and len(f.object.stems) == 1 and countable(f.object) and not f.rest:
        yield "differ", f"whether there was {bare(f.object)}", (said(x), said(y))
        return
    nouns = [n for n in (g.object, g.subject) if n and n.kind == "thing" and n.det in DEFINITE | {"a", "an", ""}]
    if g.verb != "exist":
        nouns = [n for n in nouns if n.det in DEFINITE]
    same = any(one_thing(f.object, n) and n.stems >= f.object.stems - {"no"} for n in nouns)
    if same and g.verb not in {"", "be"} and countable(f.object) and covered(f, yes):
        yield "differ", f"whether there was {bare(f.object)}", (said(x), said(y))


def bare(n: Noun) -> str:
    """A noun phrase without what stands before it: "a public meeting" as "public meeting"."""
    first, _, rest = n.said.casefold().partition(" ")
    return rest if rest and first in lexicon()["determiners"] else n.said.casefold()


def without(x: Told, y: Told) -> Iterator[Found]:
    """One says that it was done without a thing that the other says there was, or somebody gave."""
    for lacks, has in ((x, y), (y, x)):
        for n in lacking(lacks.frame):
            g = has.frame
            told = [m for m in (g.object, g.subject) if m and m.kind == "thing" and m.det in DEFINITE | {"a", "an", ""}]
            given = g.verb in GIVEN and not g.no and any(m.head in n.stems for m in told)
            if given and any(countable_stem(m.head) for m in told if m.head in n.stems):
                yield "differ", f"whether there was {bare(n)}", (said(x), said(y))


GIVEN = frozenset(["exist", "giv", "have", "get", "mak", "tak", "hav"])


def countable_stem(head: str) -> bool:
    """Whether of what a stem says there is some or none."""
    return head not in masses() and head not in vague() and weight(head) >= TELLS


def covered(f: Frame, yes: Told) -> bool:
    """Whether all that narrows what is denied is told by the other."""
    told = yes.near | yes.scene
    return all(n.kind == "pronoun" or n.stems <= told or n.head in told for p, n in f.rest)


def judged(x: Told, y: Told) -> Iterator[Found]:
    """Two judge one thing, one well and one ill: "it was a happy ship", "it was never a happy ship"."""
    mine, yours = x.frame.object, y.frame.object
    if x.frame.verb != "be" or mine is None or yours is None or (x.report and y.report):
        return
    if side(x.frame) * side(y.frame) >= 0 or not one_subject(x.frame.subject, y.frame.subject):
        return
    same = mine.stems & yours.stems
    if same and (same - vague() or told_both(x.question, y.question) >= TELLS) and not (x.limited or y.limited):
        yield "dispute", "interpretation", (mine.said, yours.said)


def side(f: Frame) -> int:
    """On which side a judgement is: 1 for it, -1 against it, 0 where it is none."""
    stems_ = f.object.stems if f.object else frozenset()
    good, bad = bool(stems_ & judgements("good")), bool(stems_ & judgements("bad"))
    return (good - bad) * (-1 if f.no else 1)


@cache
def judgements(name: str) -> frozenset[str]:
    """The stems of judgements."""
    return frozenset(same_noun(w) for w in lexicon()[name])
