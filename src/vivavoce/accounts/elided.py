"""Numbers whose thing was said just before: "Nine stations? He told me three.", "I counted the wreaths. There were
fourteen on the slipway."; and what a question holds two numbers of, and so asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from vivavoce.accounts.answers import HUMANS, Asked
from vivavoce.accounts.numbers import (
    LASTING,
    LENGTH,
    MEASURES,
    MONEY,
    PEOPLE,
    SECONDS,
    TOKEN,
    Number,
    amount,
    loosened,
    numbers,
)
from vivavoce.accounts.words import lists, sentences, stem, words

NEAR = 3  # sentences before in which the thing is looked for
_ROUGHLY = r"(?:only |about |just |nearly |around |more like |exactly )?"
# What begins a number of a thing that was named before.
LEADS = re.compile(
    r"(?:(?:^|(?<=[.!?]\s))(?:(?:And|But|No|Oh|Well|Yes|Aye),? )?(?:all )?"
    r"|\b(?:there|it|that|they|those)(?: (?:was|were|must have been|might have been)|['’]s) "
    r"|\bI(?:['’]d have| would have|['’]ve|['’]d)? (?:saw|counted|count|had|said|make it|made it|made) "
    rf"|\btold (?:me|us) ){_ROUGHLY}",
    re.I,
)
# What may stand after it: the end of the clause, or where and when.
AFTER = re.compile(
    r"\s*(?:[.,;!—–]|$)|\s+(?:of (?:them|those|these)|on|in|at|when|altogether|all told|by|that|before|there)\b"
)
DATED = re.compile(r"\s*(?:o['’]clock|a\.?m\b|p\.?m\b|past|to|January|February|March|April|May|June|July|August|Sept)")


def suggested(question: str) -> Asked | None:
    """What a question holds numbers of, and asks nothing: "I've got six lamps from one, and nine from another." """
    found = [n for n in numbers(question) if n.thing != LENGTH and n.thing not in MEASURES]
    if not found or question.rstrip().endswith("?") or len({n.thing for n in found}) > 1:
        return None
    noun = found[-1].said.split()[-1]
    return Asked(found[-1].thing, noun) if noun.endswith("s") else None


ONE = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:(?:[Ii]t|[Tt]here) was (?:only |just )?)?"
    r"(?P<said>[Oo]ne (?P<thing>[a-z]{3,14}))(?=\s?[.,;!])"
)


def just_one(text: str) -> Iterator[Number]:
    """The one thing that a sentence begins with and says nothing else of: "One take." """
    for m in ONE.finditer(text):
        noun = m["thing"]
        if is_plural(noun + "s") and noun not in lists().empty and noun[-1] != "s":
            yield Number(1, 1, stem(noun), (), m["said"].casefold(), m.start("said"), m.end("said"))


def elided(text: str, told: list[Number], question: str) -> Iterator[Number]:
    """The numbers of a text that have no thing of their own, with the one that was named last before."""
    taken = {i for n in told for i in range(n.start, n.end)}
    spans = sentences(text, 0, len(text))
    yield from just_one(text)
    yield from of_them(text, told, spans, question)
    yield from paid(text, told, question)
    for m in LEADS.finditer(text):
        here = TOKEN.search(text, m.end())
        if not here or here.start() != m.end() or here.start() in taken:
            continue
        tokens = [(t.group().casefold().replace("’", "'"), *t.span()) for t in islice(TOKEN.finditer(text, m.end()), 8)]
        read = amount(tokens, 0)
        end = tokens[read[2] - 1][2] if read else 0
        if not read or not AFTER.match(text, end) or DATED.match(text, end) or read[1] < 2:
            continue
        at = next((i for i, s in enumerate(spans) if s[0] <= m.end() < s[1]), 0)
        before = text[spans[max(0, at - NEAR)][0] : m.end()]
        noun = antecedent(before) or (antecedent(question) if at < NEAR else "")
        if noun and "there" in m[0].casefold() and LASTING.search(f"one {noun}"):
            noun = ""  # there are no hours
        if noun:
            taken |= set(range(m.end(), end))
        if noun:
            yield of_thing(text, m.end(), end, noun, *loosened(m[0].casefold().split()[-2:], *read[:2]))
    yield from (n for n in crowd(text, told) if n.start not in taken)


CROWD = re.compile(
    r"\b(?:there (?:was|were|would be|would have been|must have been|had been)|there['’]d (?:be|have been)"
    rf"|I should say|I(?:['’]d| would) say) {_ROUGHLY}(?P<n>[\w-]+(?: [\w-]+){{0,6}}?)"
    r"(?P<where> (?:in|at|on|behind|outside|inside|round|along) (?:there|here|it|the|that|our|this)\b"
    r"| (?:there|here|inside|aboard|present|watching|waiting|marching)\b)?"
    r"(?=[.,;!]| (?:and|if|or|easily|by|when|at least)\b|(?(where) |$))",
    re.I,
)
MANY = 12  # from which a number without any thing is of people


def crowd(text: str, told: list[Number]) -> Iterator[Number]:
    """How many there were in a place, where no thing is named: "There were two hundred and fifty in there." """
    taken = {i for n in told for i in range(n.start, n.end)}
    for m in CROWD.finditer(text):
        start, end = m.span("n")
        tokens = [(t.group().casefold(), t.start() + start, t.end() + start) for t in TOKEN.finditer(m["n"])]
        read = amount(tokens, 0) if tokens and start not in taken else None
        if read and read[2] == len(tokens) and read[1] >= (3 if m["where"] else MANY) and not DATED.match(text, end):
            least, most = loosened(text[m.start() : start].casefold().split()[-2:], *read[:2])
            yield Number(least, most, PEOPLE, (), f"{' '.join(m['n'].casefold().split())} people", start, end)


OF_THEM = re.compile(r"\bof (?:them|those|these)$", re.I)


PAID = re.compile(
    r"\b(?:got|went|sold|paid|bought|fetched|knocked down|bid|let go)\b[^.;]{0,30}?"
    r"\b(?:for|at|to) (?P<n>[a-z]{3,9}(?:-[a-z]{3,5})?(?: hundred)?|\d{2,6})"
    r"(?=[.,;!?—–]|$)",
    re.I,
)


def paid(text: str, told: list[Number], question: str) -> Iterator[Number]:
    """The sums without their money, which was named before: "I bid sixty pounds, and a dentist got it for ninety." """
    units = [n for n in [*numbers(question), *told] if n.thing in MONEY]
    for m in PAID.finditer(text):
        tokens = [(t.group().casefold(), *t.span()) for t in TOKEN.finditer(text, m.start("n"), m.end("n"))]
        read = amount(tokens, 0)
        unit = next((n for n in reversed(units) if n.start < m.start("n")), units[0] if units else None)
        if read and unit and read[2] == len(tokens) and read[1] >= 2:
            yield of_thing(text, *m.span("n"), unit.said.split()[-1], *read[:2])


def of_them(text: str, told: list[Number], spans: list[tuple[int, int]], question: str) -> Iterator[Number]:
    """The numbers "of them", as those of the things that were named before: "The boats. Forty of them came." """
    for n in told:
        found = OF_THEM.search(text, n.start, n.end)
        at = next((i for i, s in enumerate(spans) if s[0] <= n.start < s[1]), 0)
        noun = found and (antecedent(text[spans[max(0, at - NEAR)][0] : n.start]) or antecedent(question))
        if found and noun:
            yield Number(n.least, n.most, stem(noun), (), f"{n.said[: -len(found[0])]}{noun}", n.start, n.end)


def of_thing(text: str, start: int, end: int, noun: str, least: float, most: float) -> Number:
    """A number of what a noun names; a length of time in seconds."""
    said = f"{' '.join(text[start:end].casefold().split())} {noun}"
    unit = stem(noun)
    each = SECONDS.get(unit, 1)
    return Number(least * each, most * each, LENGTH if unit in SECONDS else unit, (), said, start, end)


def antecedent(before: str) -> str:
    """The noun that a number without one is of: the last that was counted, else the last in the plural; "" if none."""
    counted = [n for n in numbers(before) if n.said.split()[-1] not in HUMANS]
    if counted:
        noun = counted[-1].said.split()[-1]
        return noun if noun.endswith("s") or LASTING.search(counted[-1].said) else ""
    for a, b in reversed(sentences(before, 0, len(before))):
        plural = [w for w, s, _ in words(before[a:b]) if is_plural(w) and before[a + s].islower()]
        if plural:
            return plural[-1] if len(set(plural)) == 1 else ""
    return ""


def is_plural(word: str) -> bool:
    """Whether a folded word looks like a noun in the plural that can be counted."""
    low = lists()
    return (
        len(word) > 4
        and word[-1] == "s"
        and word[-2] not in "su'"
        and word not in low.empty | low.verbs | low.generic
        and stem(word) not in MEASURES
    )
