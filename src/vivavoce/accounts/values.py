"""What an account gives a value of, read generously: sums of money, lengths of time, hours, days, dates, years, ages,
lengths and weights, parts of a hundred, counts, and which in order; each with the words that show what it is of. What
two such values are to each other `valued` judges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.answers import HOW
from vivavoce.accounts.claims import MARK, PERSONS, Answer, answers, stage, stems
from vivavoce.accounts.focus import focus
from vivavoce.accounts.numbers import one_noun
from vivavoce.accounts.reported import anothers, asks, supposed
from vivavoce.accounts.words import deeds, lists, sentences, stem, telling
from vivavoce.language.amounts import Amount, Token, amounts, tokens
from vivavoce.language.whens import whens
from vivavoce.model import Evidence, Passage, Span

CURRENCY = {
    **dict.fromkeys(["£", "pound", "pounds", "quid", "guineas", "sterling"], "£"),
    **dict.fromkeys(["$", "dollar", "dollars", "bucks", "grand"], "$"),
    **dict.fromkeys(["€", "euro", "euros"], "€"),
    **dict.fromkeys(["mark", "marks", "francs", "kroner", "crowns", "lire", "pesetas", "guilders", "roubles", "yen",
                     "rupees", "shillings", "bob"], ""),
}  # fmt: skip
PENCE = frozenset(["pence", "p", "cents", "pennies"])
DAY = 86400.0
TIMES = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": DAY, "night": DAY, "week": 7 * DAY,
         "fortnight": 14 * DAY, "month": 30 * DAY, "year": 365 * DAY}  # fmt: skip
LENGTHS = {"inch": 1.0, "inches": 1.0, "foot": 12.0, "feet": 12.0, "ft": 12.0, "yard": 36.0, "metre": 39.4,
           "meter": 39.4, "centimetre": 0.394, "mile": 63360.0, "kilometre": 39370.0, "fathom": 72.0}  # fmt: skip
WEIGHTS = {"stone": 6.35, "kilo": 1.0, "kilogram": 1.0, "hundredweight": 50.8, "ton": 1000.0, "tonne": 1000.0,
           "ounce": 0.028}  # fmt: skip
PERCENT = frozenset(["%", "percent", "per"])
PARTS = {("half", "an", "hour"): 1800.0, ("half", "a", "minute"): 30.0, ("quarter", "of", "an", "hour"): 900.0,
         ("three", "quarters", "of", "an", "hour"): 2700.0, ("all", "night"): 43200.0, ("overnight",): 43200.0,
         ("an", "afternoon"): 14400.0, ("half", "the", "night"): 21600.0, ("an", "hour", "and", "a", "half"): 5400.0,
         ("a", "day", "and", "a", "half"): 1.5 * DAY, ("day", "and", "night"): DAY,
         ("an", "hour"): 3600.0, ("a", "fortnight"): 14 * DAY,
         ("a", "minute"): 60.0}  # fmt: skip
TIMED = frozenset(["ago", "before", "after", "later", "earlier", "into", "until", "since", "from"])
NUMBERED = frozenset(["take", "number", "page", "chapter", "room", "verse", "track"])
NOT_NOUNS = frozenset(["was", "his", "this", "its", "has", "always", "perhaps", "as", "is", "yes", "us", "unless"])
YEARS = 1900, 2050  # "two thousand and six"
# Nouns of people beside those of claims.py: of whom, how many there were is told in any of these words.
_MORE = """
folks souls guys heads bearers pallbearers mourners passengers survivors students pupils volunteers sailors
soldiers fans dancers singers players patients prisoners refugees residents employees staff children kids adults
fellows chaps blokes ladies gentlemen customers callers listeners viewers readers voters marchers pickets miners
dockers fishermen firemen policemen officers nurses doctors teachers parishioners congregation neighbours neighbors
evacuees inmates tenants travellers tourists townsfolk townspeople villagers
"""
MORE_PERSONS = frozenset(_MORE.split())
NOUN = 3  # tokens after a count in which its noun stands
ONE_OF = frozenset(
    ["this", "that", "which", "no", "any", "each", "every", "another", "the", "other", "some", "only", "of", "in", "at"]
)
SIDE = 90  # characters around a value whose words show what it is of


class Value(NamedTuple):
    """A value: its kind; as numbers (of a time its parts); the stem of its noun, or its unit; as said, where; the stems
    of its clause, of its sentence, of that and its neighbours, of the question; the verbs of its clause; which sentence
    of the answer it is in; whether the question asks for such; whether it is rough, told from something else or of
    another thing ("four months' work"), supposed, an article's; told of which part; the years of its sentence; how far
    from it each telling word stands; the pronoun that its clause begins with; the word before it; whether it says how
    it all was ("It was", "There were"); whether its sentence begins with it."""

    kind: str
    numbers: tuple[float, ...]
    thing: str
    said: str
    evidence: Evidence
    clause: frozenset[str]
    sentence: frozenset[str]
    wide: frozenset[str]
    question: frozenset[str]
    deeds: frozenset[str]
    nth: int
    asked: bool
    rough: bool
    relative: bool
    doubted: bool
    report: bool
    stage: str
    years: frozenset[int]
    far: dict[str, int]
    who: str
    before: str
    stated: bool
    fronted: bool


class Raw(NamedTuple):
    """A value before its words are looked at."""

    kind: str
    numbers: tuple[float, ...]
    thing: str
    start: int
    end: int
    rough: bool = False
    bare: bool = False


def raw_values(text: str) -> list[Raw]:
    """The values of a text, in order, apart."""
    said = tokens(text)
    found = [Raw(w.kind, tuple(map(float, w.value)), "", w.start, w.end) for w in whens(text)]
    for part in parts(said):
        if apart(part, found):
            found.append(part)
    for one in amounts(said):
        r = typed(said, one)
        if r and apart(r, found):
            found.append(r)
    told = {r.numbers[0] for r in found if r.kind == "hour"}
    return sorted((as_hour(r, told) for r in found), key=lambda r: r.start)


def as_hour(r: Raw, told: set[float]) -> Raw:
    """A bare number as the hour that was told beside it: "They came out at seven. It was seven, I heard the bells"."""
    at = r.numbers[0] * 60 % 720
    return (
        r._replace(kind="hour", numbers=(at, 0.0))
        if r.kind == "count" and r.bare and not r.rough and r.numbers[0] <= 12 and at in told
        else r
    )


def apart(r: Raw, found: list[Raw]) -> bool:
    """Whether a value stands where none was found."""
    return not any(r.start < f.end and f.start < r.end for f in found)


def parts(said: list[Token]) -> Iterator[Raw]:
    """The lengths of time without a number: "half an hour", "overnight"."""
    lows = [t.low for t in said]
    for words_, seconds in sorted(PARTS.items(), key=lambda item: -len(item[0])):
        n = len(words_)
        for i in range(len(lows) - n + 1):
            if lows[i] == words_[0] and tuple(lows[i : i + n]) == words_:
                half = lows[i + n : i + n + 3] == ["and", "a", "half"] and words_[0] in {"a", "an"}
                end = said[i + n - 1 + 3 * half].end
                yield Raw("lasting", (seconds * (1 + half / 2),), "", said[i].start, end, rough=True)


def typed(said: list[Token], one: Amount) -> Raw | None:
    """An amount by what it is of, as the words around it show."""

    def low(i: int) -> str:
        return said[i].low if 0 <= i < len(said) else ""

    i, before = one.after, low(one.first - 1)
    start, n = said[one.first].start, one.value
    end = said[i - 1].end
    if one.year or (YEARS[0] <= n <= YEARS[1] and n % 1 == 0 and one.after - one.first > 1 and not is_counted(said, i)):
        return Raw("year", (n,), "", start, end)
    i += low(i) == "-"
    word = low(i)
    unit = word.rstrip("s") if word not in LENGTHS else word
    if one.nth:
        noun = word if telling(word) or word in {"prize", "class", "time"} else ""
        return Raw(
            "place in order", (n,), one_noun(noun) if noun else "", start, said[i].end if noun else end, bare=not noun
        )
    if before in {"£", "$", "€"}:
        return Raw("money", (n,), CURRENCY[before], said[one.first - 1].start, end, one.rough)
    if word in CURRENCY and not (word in {"mark", "crowns"} and n == 1):
        return money(said, one, i)
    if word in PENCE:
        return Raw("money", (n / 100,), "£" if word in {"pence", "p"} else "$", start, said[i].end, one.rough)
    if word in PERCENT and (word != "per" or low(i + 1) == "cent"):
        return Raw("share", (n,), "%", start, said[i + (word == "per")].end, one.rough)
    if unit in TIMES or word in {"hours", "centuries"}:
        return lasting(said, one, i, unit)
    if word in LENGTHS or unit in LENGTHS:
        inches = n * LENGTHS.get(word, LENGTHS.get(unit, 1.0))
        more = amounts(said[i + 1 : i + 3])[:1] if word in {"foot", "ft", "feet"} else []
        if more and more[0].first == 0 and more[0].value < 12:
            return Raw("length", (inches + more[0].value,), "", start, said[i + more[0].after].end, one.rough)
        return Raw("length", (inches,), "", start, said[i].end, one.rough)
    if unit in WEIGHTS:
        return Raw("weight", (n * WEIGHTS[unit],), "", start, said[i].end, one.rough)
    if before in NUMBERED:
        return Raw("count", (n,), one_noun(before + "s"), said[one.first - 1].start, end)
    return counted(said, one, i)


def is_counted(said: list[Token], i: int) -> bool:
    """Whether something is counted by the number before a token."""
    return i < len(said) and (said[i].low in CURRENCY or said[i].low in {"of", "-"} or telling(said[i].low))


def money(said: list[Token], one: Amount, i: int) -> Raw:
    """A sum of money, with what pence it has."""
    total, at = one.value, i
    if said[i].low == "grand":
        total *= 1000
    more = amounts(said[i + 1 : i + 6])[:1]
    last = i + 1 + more[0].after if more else 0
    if more and more[0].first <= 1 and last < len(said) and said[last].low in PENCE:
        total, at = total + more[0].value / 100, last
    currency = CURRENCY[said[i].low] or said[i].low
    return Raw("money", (total,), currency, said[one.first].start, said[at].end, one.rough)


def lasting(said: list[Token], one: Amount, i: int, unit: str) -> Raw:
    """A length of time or, of years, an age."""
    after = [t.low for t in said[i + 1 : i + 4]]
    half = after == ["and", "a", "half"]
    if after[:1] == ["old"] or after[:2] == ["of", "age"] or (after[:2] == ["-", "old"]):
        return Raw("age", (one.value,), "", said[one.first].start, said[i].end, one.rough)
    seconds = (one.value + half / 2) * TIMES.get(unit, 3600.0)
    return Raw("lasting", (seconds,), unit, said[one.first].start, said[i + 3 * half].end, one.rough)


def counted(said: list[Token], one: Amount, i: int) -> Raw | None:
    """A count with its noun, or one that stands alone; None for what is rather a word than a number ("one")."""
    start, end = said[one.first].start, said[one.after - 1].end
    noun = noun_after(said, i)
    figure = said[one.first].low
    if figure == "one" and one.after == one.first + 1:
        nxt = said[i].low if i < len(said) else ""
        before = said[one.first - 1].low if one.first else "."
        if before in ONE_OF or not telling(nxt) or nxt[-1] == "s" or lists().common.get(nxt, 9) < 2:
            return None
        return Raw("count", (1.0,), one_noun(nxt + "s"), start, said[i].end)
    if i < len(said) and (said[i].low == "past" or (said[i].cap and i == one.after)):
        return None
    if noun is None:
        alone = i >= len(said) or not said[i].low[0].isalpha() or said[i].low in lists().empty
        return (
            Raw("count", (one.value,), "", start, end, one.rough, bare=True)
            if alone
            else Raw("count", (one.value,), stem(said[i].low), start, said[i].end, one.rough)
        )
    word = said[noun].low
    thing = "people" if word in PERSONS | MORE_PERSONS or word in {"us", "them"} else one_noun(word)
    return Raw("count", (one.value,), thing, start, said[noun].end, one.rough)


def noun_after(said: list[Token], i: int) -> int | None:
    """Which token is the noun that is counted: the first plural of the next ones."""
    if i + 1 < len(said) and said[i].low == "of" and said[i + 1].low in {"us", "them"}:
        return i + 1
    if (
        i + 2 < len(said)
        and said[i].low == "of"
        and said[i + 1].low in {"the", "my", "his", "her", "our", "their", "those"}
    ):
        i += 2
    for at in range(i, min(i + NOUN, len(said))):
        word = said[at].low
        if not word[0].isalpha():
            return None
        if word in lists().plurals or (
            len(word) > 3 and word[-1] == "s" and word[-2] not in "su'" and word not in NOT_NOUNS
        ):
            return at if word not in lists().empty or word in lists().plurals else None
        if word in lists().empty and word not in lists().vague:
            return None
    return None


OF_THEM = re.compile(r"\bof (?:the|my|his|her|our|their|those|these)\b", re.I)  # "two of my hampers": a part
NAMED_AGE = re.compile(r"\b[A-Z][\w’'-]+, (?:who was |then |aged )?$")
IF = re.compile(r"\b(?:if|as though|unless|imagine)\b[^.;!?]{0,40}$", re.I)
# What was to be, and not what was.
MEANT = re.compile(
    r"\b(?:meant|supposed|due|planned|booked|scheduled|expected|promised|wanted|hoped)(?: \w+){0,3}\s*$", re.I
)
# What stands before a value that says how it all was: "It was", "There were", "They came out at".
STATED = re.compile(
    r"(?:^|\b(?:it|that|there|they|we|this)(?:['’](?:d|s)| was| were| had| must have| would have| took| lasted| cost"
    r"| got| came| made| went| paid| gave| did| sold| counted)+(?: (?:been|out|in|at|on|about|only|some|a|the|just"
    r"|after|over|nearly|around|for|all|of|them|us|him|it|be))*)\W*$",
    re.I,
)
NO_DEEDS = frozenset([stem("hundred")])  # which only looks like a verb in the past
DOERS = frozenset(["i", "we", "he", "she", "they", "it", "you", "there"])
TALL = frozenset(["he's", "she's", "i'm", "you're"])
ANSWERS = 2  # sentences in which an answer gives what was asked for
OLDEST = 110
OLD = frozenset(["i", "he", "she", "who"])


def values(passages: list[Passage]) -> list[Value]:
    """The values of an account."""
    return [v for p in passages for v in values_of(p)]


@lru_cache(maxsize=4096)
def asks_for(question: str) -> str:
    """The kind of value that a question asks for: "count", "lasting", "age", "when", or ""; with the noun of a count
    after a colon."""
    found = list(HOW.finditer(question))
    if found:
        m = found[-1]
        if m["long"] or m["old"]:
            return "lasting" if m["long"] else "age"
        noun = (m["noun"] or "").casefold()
        return "count:" + (one_noun(noun) if telling(noun) else "")
    if "how much" in question.casefold() or " cost" in question.casefold():
        return "money"
    return "when" if focus(question)[0] == "when" else ""


WHENS = frozenset(["hour", "weekday", "date", "year"])


def values_of(p: Passage) -> Iterator[Value]:
    """The values of a passage."""
    for answer in answers(p):
        text = p.text[answer.start : answer.end]
        found = raw_values(text)
        if not found:
            continue
        spans = sentences(text, 0, len(text))
        wants, _, noun = asks_for(answer.question).partition(":")
        for r in found:
            at = next((i for i, s in enumerate(spans) if s[0] <= r.start < s[1]), 0)
            a, b = spans[at]
            if asks(text[a:b]):
                continue
            before = text[a : r.start]
            if (
                (anothers(before) and not p.heading)
                or denied(before.casefold().split())
                or MEANT.search(before)
                or IF.search(before)
            ):
                continue
            yield described(p, answer, spans, at, r, (wants, noun))


def described(p: Passage, answer: Answer, spans: list[Span], at: int, r: Raw, wants: tuple[str, str]) -> Value:
    """A value with the words that show what it is of. `spans`: the sentences of the answer; `at`: which it is in."""
    text, question = p.text[answer.start : answer.end], answer.question
    a, b = spans[at]
    before = text[a : r.start]
    clause_a = r.start - len(MARK.split(before)[-1])
    cut = MARK.search(text, r.end, b)
    clause_b = cut.start() if cut else b
    own = stems(text[r.start : r.end])
    around = text[slice(*spans[at - 1])] if at else ""
    further = text[slice(*spans[at + 1])] if at + 1 < len(spans) else ""
    words_before = before.casefold().replace("’", "'").split()
    beside_name = bool(NAMED_AGE.search(text, a, r.start)) and text[r.end : r.end + 1] in {",", ".", ";"}
    kind = kind_of(r, words_before, beside_name)
    asked = at < ANSWERS and (wants[0] == kind or (wants[0] == "when" and kind in WHENS))
    thing = wants[1] if asked and r.bare and kind == "count" else r.thing
    sentence = stems(text[a:b]) - own
    following = text[r.end : r.end + 24].casefold().split()
    return Value(
        kind=kind,
        numbers=r.numbers,
        thing=thing,
        said=" ".join(text[r.start : r.end].split()),
        evidence=where.own(p, answer.start + r.start, answer.start + r.end),
        clause=stems(text[clause_a:clause_b]) - own,
        sentence=sentence,
        wide=(sentence | stems(around) | stems(further) | stems(question)) - own,
        question=stems(question),
        deeds=(deeds(text[clause_a:clause_b]) or deeds(text[a:b])) - NO_DEEDS,
        nth=at,
        asked=asked,
        rough=r.rough,
        relative=kind in {"lasting", "count", "year"}
        and (bool({w.strip(".,;!?") for w in following[:2]} & TIMED) or text[r.end : r.end + 2] in {"' ", "’ "}),
        doubted=supposed(before),
        report=bool(p.heading),
        stage="part" if OF_THEM.search(text, r.start, r.end) else stage(text[a:b], question if at < ANSWERS else ""),
        years=years_of(text[a:b]) or years_of(question),
        far=distances(text, r),
        who=doer(text[clause_a : r.start]),
        before=words_before[-1] if words_before else "",
        stated=bool(STATED.search(before)),
        fronted=len(words_before) < 3,
    )


def kind_of(r: Raw, before: list[str], beside_name: bool) -> str:
    """The kind of a value, as the words before it show: how old somebody was, how tall somebody is. `beside_name`: it
    stands between commas after a name."""
    if r.kind == "count" and r.bare and before and (aged(before) or beside_name) and r.numbers[0] < OLDEST:
        return "age"
    return "height" if r.kind == "length" and before and before[-1] in TALL else r.kind


def aged(before: list[str]) -> bool:
    """Whether the words before a bare number say how old somebody was: "I was nineteen"."""
    last = [w.strip(",") for w in before if w not in {"only", "just", "about", "nearly", "still"}][-2:]
    return (len(last) == 2 and last[0] in OLD and last[1] in {"was", "am", "is"}) or before[-1] in {
        "aged",
        "i'm",
        "he's",
        "she's",
    }


def denied(before: list[str]) -> bool:
    """Whether the words before a value deny it."""
    return any(w in lists().deny or w.endswith("n't") for w in before[-3:])


@lru_cache(maxsize=4096)
def raw_years(text: str) -> tuple[Raw, ...]:
    """The years that a sentence names."""
    return tuple(Raw("year", (w.value[0],), "", w.start, w.end) for w in whens(text) if w.kind in {"date", "year"})


def years_of(text: str) -> frozenset[int]:
    """The years that a sentence or a question names."""
    return frozenset(int(f.numbers[0]) for f in raw_years(text) if f.numbers[0])


def doer(before: str) -> str:
    """The pronoun that the clause of a value begins with: of one who tells, of all, or of others."""
    said = before.casefold().replace("’", "'").split()
    return next((w.split("'")[0] for w in said if w.split("'")[0] in DOERS), "")


def distances(text: str, r: Raw) -> dict[str, int]:
    """How many characters from a value each telling word near it stands."""
    found: dict[str, int] = {}
    for t in tokens(text[max(0, r.start - SIDE * 2) : r.end + SIDE * 2]):
        if not telling(t.low):
            continue
        x = t.start + max(0, r.start - SIDE * 2)
        if r.start <= x < r.end:
            continue
        d = r.start - x if x < r.start else x - r.end
        s = stem(t.low.removesuffix("'s"))
        found[s] = min(d, found.get(s, 10**6))
    return found
