"""What an account asserts, clause by clause, read without a grammar: of whom, with which words, whether it is denied,
and what it says with stress ("It was Ann who rang", "It was a pike"). `contrary` holds such clauses against others."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.claims import answers
from vivavoce.accounts.clauses import LIMITED, persons, times
from vivavoce.accounts.focus import focus
from vivavoce.accounts.frames import is_past, same_noun, same_verb
from vivavoce.accounts.names import NAMED, Who
from vivavoce.accounts.reported import anothers, asks, hearsay, supposed
from vivavoce.accounts.words import lists, sentences, stem, synonyms, telling, words
from vivavoce.model import Evidence, Passage, Span, folded

CUT = re.compile(
    r"[,;:—–!?()]+(?=\s|$)|\.+(?=\s|$)|\s[–—-]+\s|\s(?=(?:and|but|because|so|when|while|till|until|though|although|if|as"
    r"|where|since|for|whatever)\s)"
)
NO = re.compile(
    r"\b(?:not|never|nobody|no one|no-one|none|nothing|nowhere|neither|nor|without|no|hardly|cannot)\b|n['’]t\b", re.I
)
# What makes a thing that was not there one that was there no longer: "when I came out there was no ship".
UP_TO = re.compile(r"\W*(?:until|till|except|but for|before|yet)\b", re.I)
TIMED = re.compile(r"\b(?:when|by the time|until|till|after|before|while|once|where)\b", re.I)
_PRONOUNS = "i we he she they it you who nobody everybody me him her us them this that my mine his our their"
PRONOUNS = frozenset(_PRONOUNS.split())
# What somebody was told by others, and did not see.
TOLD = re.compile(r"\bI(?:['’]m| am| was|['’]d| had)(?: always| once| since)? (?:been )?(?:told|heard)\b|\bI hear\b")
VERBS = frozenset(["is", "are", "has", "have", "with"])
BY_ITSELF = frozenset(["it", "you", "who", "this", "that", "my", "his", "our", "their"])
ME = frozenset(["i", "me", "myself"])


class Asserted(NamedTuple):
    """A clause: as said, where; the stems of its telling words, and of those of its sentence, the sentences beside it
    and the question; of the question alone; its verbs; what was asked for, and which sentence of the answer it is in;
    whether it is denied, only for a time, told of what was so by then; with whom it begins (an id, a folded name, "the
    deacon", a pronoun), and all whom it names; whether it is another's or supposed, an article's; its things by
    sort; the days and years of its sentence; how many words it has; whether it has a verb."""

    said: str
    evidence: Evidence
    clause: frozenset[str]
    wide: frozenset[str]
    question: frozenset[str]
    verbs: frozenset[str]
    asked: str
    nth: int
    no: bool
    limited: bool
    timed: bool
    doer: str
    named: frozenset[str]
    others: bool
    report: bool
    sorts: dict[str, str]
    days: frozenset[str]
    size: int
    told: bool


@cache
def sorts() -> dict[str, tuple[str, ...]]:
    """Stem of a thing -> the sorts of things that it is one of."""
    raw = tomllib.loads((files("vivavoce.accounts") / "sorts.toml").read_text("utf-8"))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for sort, listed in (*((name, text.split()) for name, text in raw.items()), *lists().kinds.items()):
        for word in listed:
            found[stem(word)][sort] = None
    return {thing: tuple(of) for thing, of in found.items()}


@lru_cache(maxsize=65536)
def one_stem(word: str) -> str:
    """The stem of a folded word, of those that are said of one thing or deed the first; "" where it tells nothing."""
    bare = word.removesuffix("'s")
    return synonyms().get(s := stem(bare), s) if telling(bare) else ""


@lru_cache(maxsize=8192)
def tells_of(text: str) -> frozenset[str]:
    """The stems of the telling words of a text, of those that are said of one thing the first."""
    return frozenset(s for w, _, _ in words(text) if (s := one_stem(w)))


def asserted(who: Who, passages: list[Passage]) -> list[Asserted]:
    """The clauses of an account, in order; what is quoted of nobody known is nobody's."""
    return [c for p in passages if not (p.heading and not p.person and p.quotes) for c in in_passage(who, p)]


def in_passage(who: Who, p: Passage) -> Iterator[Asserted]:
    """The clauses of a passage, but those of questions."""
    for answer in answers(p):
        text = p.text[answer.start : answer.end]
        spans = sentences(text, 0, len(text))
        wh, question = focus(answer.question)[0], tells_of(answer.question)
        for n, (a, b) in enumerate(spans):
            if asks(text[a:b]):
                continue
            near = " ".join(text[x:y] for x, y in spans[max(0, n - 1) : n + 2])
            wide = tells_of(near) | question
            for span in clauses(text, a, b):
                c = read(who, p, text, (a, b), span, answer.start)
                yield c._replace(wide=wide, question=question, asked=wh if n < 2 else "", nth=n)


def clauses(text: str, a: int, b: int) -> Iterator[Span]:
    """The clauses of a sentence: between marks, and from a word that joins."""
    cuts = [a, *(m.start() for m in CUT.finditer(text, a, b)), b]
    for x, y in pairwise(cuts):
        while x < y and not text[x].isalnum() and text[x] not in "£$€“\"‘'*":
            x += 1
        if y > x:
            yield x, y


def read(who: Who, p: Passage, text: str, sentence: Span, span: Span, offset: int) -> Asserted:
    """One clause, without what stands beside its sentence. `offset`: where the text begins in the passage's."""
    (a, b), (start, end) = sentence, span
    clause = text[start:end]
    said = [w for w, _, _ in words(clause)]
    doer, named = doers(clause, who)
    no = bool(NO.search(clause))
    return Asserted(
        said=" ".join(clause.split()),
        evidence=where.own(p, offset + start, offset + end),
        clause=tells_of(clause),
        wide=frozenset(),
        question=frozenset(),
        verbs=frozenset(same_verb(w) for i, w in enumerate(said) if telling(w) and is_deed(said, i)),
        asked="",
        nth=0,
        no=no,
        limited=bool(LIMITED.search(clause) or UP_TO.match(text, end, b)),
        timed=bool(TIMED.search(text[a:end])),
        doer=doer,
        named=named,
        others=of_others(text[a:start] + " ", clause) or (p.person is None and hearsay(clause)),
        report=bool(p.heading),
        sorts=of_sorts(said) if not no else {},
        days=times(text[a:b]),
        size=len(said),
        told=any(is_past(w) or w in VERBS or "'" in w for w in said) or "'s" in clause.replace("’", "'"),
    )


def of_others(before: str, clause: str) -> bool:
    """Whether a clause is what others say, or what is only supposed."""
    return anothers(before) or anothers(clause) or supposed(clause) or bool(TOLD.search(before) or TOLD.search(clause))


def is_deed(said: list[str], i: int) -> bool:
    """Whether a word of a clause may be its verb."""
    return is_past(said[i]) or said[i].endswith("ing") or (i > 0 and said[i - 1] in {"did", "to", "not", "n't"})


def of_sorts(said: list[str]) -> dict[str, str]:
    """The things of a clause by their sort: the stem, where it has one of a sort."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for w in said:
        for sort in sorts().get(stem(w), ()):
            found[sort][stem(w)] = None
    return {sort: next(iter(those)) for sort, those in found.items() if len(those) == 1}


def doers(clause: str, who: Who) -> tuple[str, frozenset[str]]:
    """With whom a clause begins, and all whom it names."""
    named: dict[int, str] = {}
    taken: set[int] = set()
    for m in NAMED.finditer(clause):
        if (m.start() or " " in m[0] or is_name(m[0], who)) and (person := who.named(m[0])):
            named[m.start()] = person
            taken.update(range(m.start(), m.end()))
    for w, start, _ in words(clause):
        if start not in taken and (person := meant(w, who)):
            named[start] = person
    ordered = [named[at] for at in sorted(named)]
    first = next((x for x in ordered if x not in BY_ITSELF), "")
    return first, frozenset(x for x in ordered if x not in PRONOUNS)


def meant(word: str, who: Who) -> str:
    """Who is meant by a folded word that is no name: who tells, a pronoun, "the deacon"; "" where nobody is."""
    if word in ME and who.teller():
        return who.teller()
    if word in PRONOUNS:
        return word
    return f"the {same_noun(word)}" if same_noun(word) in persons() else ""


def is_name(said: str, who: Who) -> bool:
    """Whether a word with which a clause begins is a name: somebody has it, or it is no other word."""
    low = folded(said.removesuffix("'s").removesuffix("’s"))
    them = who.persons
    if them and (low in them.names or low in them.fuller or (who.account.source, low) in them.figures):
        return True
    return low not in lists().common and low not in lists().empty and not is_past(low)
