"""Where two accounts fill one place of one deed with two things: who did it, where, which, whether at all; and where
they judge one thing in opposite words. What a clause says is read by `frames`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.attributes import COLOURS, STUFFS
from vivavoce.accounts.claims import answers, scene_of, stems
from vivavoce.accounts.focus import focus
from vivavoce.accounts.frames import Frame, Noun, frames, lexicon, same_noun, same_verb
from vivavoce.accounts.names import Who, one_person
from vivavoce.accounts.reported import anothers, asks, hearsay, supposed, told_by_another
from vivavoce.accounts.words import lists, one_scene, sentences, weight
from vivavoce.language.times import MONTHS
from vivavoce.model import Account, Evidence, Passage, Relation

SCENE = 0.9  # weight of all that two tell of one scene
SCENE_REPORT = 1.5  # where an article tells it
TELLS = 0.3  # weight of a noun that says what a deed was done to
LIMITED = re.compile(
    r"\b(?:again|any more|anymore|any longer|no longer|not (?:just|only|even|yet|then|until|till|alone|always|at first)"
    r"|once more|at first|before (?:that|then)|after (?:that|then)|until|till|since|except|yet|so)\b",
    re.I,
)
WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:18|19|20)\d\d|the (?:first|second|third|next|last|following) "
    r"(?:year|time|day|night|week|one)|the (?:year|day|night|week) (?:after|before)|" + "|".join(MONTHS) + r")\b",
    re.I,
)
NO_MONTHS = frozenset(["march", "may", "august"])
DEFINITE = frozenset(["the", "our", "my", "their", "his", "her", "its", "that"])
PERSON = frozenset(["i", "he", "she", "we", "they"])


class Told(NamedTuple):
    """A clause of an account: the frame, where, who did it (an id, a folded name, "the vicar", a pronoun, "nobody"; ""
    where it is not known), what was asked, and with which verb, the telling stems of sentence and question, the verbs'
    days and years, the stems of all that is told beside it, which sentence of the answer it is in, and whether an
    article tells it."""

    frame: Frame
    evidence: Evidence
    who: str
    asked: str
    asked_verb: str
    near: frozenset[str]
    days: frozenset[str]
    scene: frozenset[str]
    nth: int
    report: bool
    limited: bool
    question: frozenset[str]
    teller: str = ""


def tells(who: Who, passages: list[Passage]) -> list[Told]:
    """The clauses of an account that tell a deed, a place or a being outright."""
    found: list[Told] = []
    scene = scene_of(passages)
    for p in passages:
        if p.heading and not p.person and p.quotes:
            continue  # quoted, and nobody knows whom
        beside = stems(f"{p.text} {p.around}") if p.heading else scene
        for answer in answers(p):
            text = p.text[answer.start : answer.end]
            wh, verb = focus(answer.question)
            question = stems(answer.question)
            for n, (a, b) in enumerate(sentences(text, 0, len(text))):
                if asks(text[a:b]):
                    continue
                for f in frames(text, a, b):
                    if not_own(text, a, b, f, article=bool(p.heading and not p.person)):
                        continue
                    found.append(
                        Told(
                            frame=f,
                            evidence=where.own(p, answer.start + f.start, answer.start + f.end),
                            who=doer(f.subject, who),
                            asked=wh if n < 2 else "",
                            asked_verb=verb,
                            near=stems(text[a:b]) | question,
                            days=times(text[a:b]),
                            scene=beside,
                            nth=n,
                            report=bool(p.heading),
                            limited=bool(LIMITED.search(text, f.start, f.end)),
                            question=question,
                            teller=who.teller(),
                        )
                    )
    return found


def not_own(text: str, a: int, b: int, f: Frame, article: bool) -> bool:
    """Whether a clause is another's, or only supposed."""
    before = text[a : f.start]
    return supposed(before + " ") or told_by_another(text[f.end : b]) or (hearsay if article else anothers)(before)


def times(sentence: str) -> frozenset[str]:
    """The days and years that a sentence names."""
    return frozenset(m[0].casefold() for m in WHEN.finditer(sentence) if m[0] not in NO_MONTHS)


def doer(subject: Noun | None, who: Who) -> str:
    """Who did it, as it is compared."""
    if subject is None:
        return ""
    if subject.kind == "pronoun":
        return who.teller() if subject.head in {"i", "me"} else subject.head
    if subject.kind == "name":
        return who.named(subject.said)
    return f"the {subject.head}" if subject.head in persons() else ""


@cache
def persons() -> frozenset[str]:
    """The stems of nouns that say what somebody is."""
    return frozenset(same_noun(w) for w in [*lexicon()["persons"], *lists().kinds["trade"]])


def contrasts(a: Account, b: Account, ours: list[Told], theirs: list[Told]) -> Iterator[Relation]:
    """Where two accounts tell one deed otherwise, once for each topic."""
    seen: set[str] = set()
    for x, y in met(ours, theirs):
        for kind, topic, (v, w) in compared(x, y, a, b):
            if topic not in seen:
                seen.add(topic)
                yield Relation(a.id, b.id, kind, topic, (v, w), (x.evidence, y.evidence), 0.6)


def met(ours: list[Told], theirs: list[Told]) -> Iterator[tuple[Told, Told]]:
    """The pairs of clauses that may be of one thing: of one deed, or one of what the other says there was not."""
    by: dict[str, list[Told]] = defaultdict(list)
    for y in theirs:
        for key in keys(y):
            by[key].append(y)
    for x in ours:
        seen = {id(y): y for key in keys(x) for y in by.get(key, ())}
        yield from ((x, y) for y in seen.values() if may_meet(x, y))


def keys(x: Told) -> set[str]:
    """What a clause is looked up by: its deed, and the things that it says were there or not."""
    f = x.frame
    found = {f"verb {f.verb}"} if f.verb else set()
    if x.asked == "where" and x.nth == 0:
        found.add("asked where")
    nouns = [n for n in (f.subject, f.object) if n and n.kind == "thing"]
    nouns += list(lacking(f))
    found |= {f"thing {f.verb}"} if f.verb not in {"", "be", "exist"} else set()
    return found | {f"thing {s}" for n in nouns for s in n.stems}


Found = tuple[Literal["differ", "dispute"], str, tuple[str, str]]


def may_meet(x: Told, y: Told) -> bool:
    """Whether two clauses may be of one thing: told in one scene, of no two days."""
    if x.days and y.days and not x.days & y.days:
        return False
    if x.report or y.report:
        return told_both(x.scene, y.scene) >= SCENE_REPORT
    return one_scene(x.scene, y.scene, SCENE)


def told_both(a: frozenset[str], b: frozenset[str]) -> float:
    """The weight of the telling words that both tell."""
    return sum(weight(s) for s in a & b)


def compared(x: Told, y: Told, a: Account, b: Account) -> Iterator[Found]:
    """What two clauses tell otherwise."""
    yield from without(x, y)
    if "exist" in (x.frame.verb, y.frame.verb):
        yield from existed(x, y)
        return
    if x.frame.verb == y.frame.verb:
        yield from whether(x, y)
        if a.person and b.person and a.person.id != b.person.id:
            yield from judged(x, y)
    if not (x.frame.no or y.frame.no):
        yield from who_did(x, y)
        yield from in_post(x, y)
        yield from to_whom(x, y)
        yield from where_was(x, y)
        yield from which_title(x, y)
        yield from which_sort(x, y)


# --- whether it was done -------------------------------------------------------------------------------------


def whether(x: Told, y: Told) -> Iterator[Found]:
    """One denies what the other tells."""
    if x.frame.no == y.frame.no or (x.report and y.report):
        return
    no, yes = (x, y) if x.frame.no else (y, x)
    if no.limited or no.frame.verb in {"", "be"}:
        return
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
        yield "differ", f"whether there was {f.object.head}", (said(x), said(y))
        return
    nouns = [n for n in (g.object, g.subject) if n and n.kind == "thing" and n.det in DEFINITE | {"a", "an", ""}]
    if g.verb != "exist":
        nouns = [n for n in nouns if n.det in DEFINITE]
    same = any(one_thing(f.object, n) and n.stems >= f.object.stems - {"no"} for n in nouns)
    if same and g.verb not in {"", "be"} and countable(f.object) and covered(f, yes):
        yield "differ", f"whether there was {f.object.head}", (said(x), said(y))


def without(x: Told, y: Told) -> Iterator[Found]:
    """One says that it was done without a thing that the other says there was, or somebody gave."""
    for lacks, has in ((x, y), (y, x)):
        for n in lacking(lacks.frame):
            g = has.frame
            told = [m for m in (g.object, g.subject) if m and m.kind == "thing" and m.det in DEFINITE | {"a", "an", ""}]
            given = g.verb in GIVEN and not g.no and any(m.head in n.stems for m in told)
            if given and any(countable_stem(m.head) for m in told if m.head in n.stems):
                yield "differ", f"whether there was {n.said}", (said(x), said(y))


def lacking(f: Frame) -> Iterator[Noun]:
    """What a deed was done without: "without a rail", "without a word of warning"."""
    for i, (p, n) in enumerate(f.rest):
        if p == "without":
            q, m = f.rest[i + 1] if i + 1 < len(f.rest) else ("", n)
            yield m if q == "of" else n


GIVEN = frozenset(["exist", "giv", "have", "get", "mak", "tak", "hav"])


def countable_stem(head: str) -> bool:
    """Whether of what a stem says there is some or none."""
    return head not in masses() and head not in vague() and weight(head) >= TELLS


def covered(f: Frame, yes: Told) -> bool:
    """Whether all that narrows what is denied is told by the other."""
    told = yes.near | yes.scene
    return all(n.kind == "pronoun" or n.stems <= told or n.head in told for p, n in f.rest)


def countable(n: Noun) -> bool:
    """Whether there is such a thing or not, and not more or less of it."""
    return n.kind == "thing" and n.head not in masses() and n.head not in vague() and weight(n.head) >= TELLS


@cache
def masses() -> frozenset[str]:
    """The stems of what there may be more or less of."""
    return frozenset(same_noun(w) for w in lexicon()["mass"])


@cache
def vague() -> frozenset[str]:
    """The stems of nouns that say nothing by themselves."""
    return frozenset(same_noun(w) for w in lexicon()["vague"])


def strong(n: Noun | None) -> bool:
    """Whether a noun says what it is of."""
    return n is not None and n.kind in {"thing", "title"} and n.head not in vague() and weight(n.head) >= TELLS


def one_thing(x: Noun, y: Noun) -> bool:
    """Whether two nouns may be of one thing: the same noun, and nobody else's."""
    if x.kind != y.kind and "title" in (x.kind, y.kind):
        return False
    if x.head != y.head and not (x.kind == y.kind == "name" and one_person(x.head, y.head)):
        return False
    return not (x.det.endswith(("'s", "s'")) and y.det.endswith(("'s", "s'")) and x.det != y.det)


def one_object(x: Noun | None, y: Noun | None, a: Told, b: Told) -> bool:
    """Whether what two deeds were done to may be one."""
    if x is None or y is None:
        return x is y
    if x.kind == "pronoun" and y.kind == "pronoun":
        several = {"them", "us", "they", "we"}
        return x.head == y.head or (x.head in several) == (y.head in several)
    if "pronoun" in (x.kind, y.kind):
        other, its, told = (y, x, a) if x.kind == "pronoun" else (x, y, b)
        return its.head in {"it", "him", "her", "them", "that"} and other.head in told.near | told.scene
    return one_thing(x, y)


def one_doer(no: Told, yes: Told) -> bool:
    """Whether two may be one: nobody is anybody, and nobody says "he" of himself."""
    a, b = no.who, yes.who
    s, t = no.frame.subject, yes.frame.subject
    if a == "nobody":
        return strong(no.frame.object) and strong(yes.frame.object) and bool(b)
    if s and t and s.kind == t.kind == "thing":
        return s.head == t.head
    if not a or not b:
        return False
    if a in PERSON and b in PERSON:
        return a == b or {a, b} == {"we", "they"}
    if a in PERSON or b in PERSON:
        pronoun = a if a in PERSON else b
        return pronoun in {"he", "she"}
    return one_person(a, b)


def said(x: Told) -> str:
    """What is shown of a clause."""
    f = x.frame
    parts = [n for n in (f.subject, f.object, *(n for _, n in f.rest)) if n]
    return " ".join(n.said for n in parts[:2]) or f.verb


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


def one_subject(x: Noun | None, y: Noun | None) -> bool:
    """Whether what two judge may be one thing."""
    if x is None or y is None:
        return False
    if "pronoun" in (x.kind, y.kind):
        people = {"he", "she", "i", "we", "they", "you"}
        return (x.head in people) == (y.head in people) or x.kind != y.kind
    return one_thing(x, y)


# --- who did it ----------------------------------------------------------------------------------------------


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
        yield "differ", f"who {verb}", (x.frame.subject.said, y.frame.subject.said)  # type: ignore[union-attr]


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
    if not a or not b or {a, b} & (PERSON | {"it", "nobody", "who", "that", "this", "these"}):
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
        yield "differ", f"to whom {f.object.head}", (said(x), said(y))


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


# --- where, and which ------------------------------------------------------------------------------------------


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
                yield "differ", f"{mine[1]} of the {mine[0]}", (mine[3], yours[3])


def sorts(f: Frame) -> Iterator[tuple[str, str, str, str]]:
    """The things of a clause with what they are made of, or their colour: thing, kind, which, as said."""
    nouns = [n for n in (f.subject, f.object, *(n for _, n in f.rest)) if n and n.kind == "thing"]
    for n in nouns:
        if strong(n) and (n.det in DEFINITE | {"a", "an", ""} or n.det.endswith("'s")):
            for s in n.stems - {n.head}:
                yield from ((n.head, kind, s, n.said) for kind in material().get(s, ()))
    it, what = f.subject, f.object
    if f.verb == "be" and it and what and strong(it) and it.det in DEFINITE and len(what.stems) <= 2:
        for kind in ("colour", "stuff"):
            found = [s for s in what.stems if kind in material().get(s, ())]
            yield from ((it.head, kind, s, what.said) for s in found[:1])


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
