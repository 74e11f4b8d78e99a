"""Numbers with the thing that they count, as they are said: "17 takes", "a dozen takes", "about twenty boats"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.words import lists, stem, synonyms
from vivavoce.language.counting import BIG as BIG
from vivavoce.language.counting import ORDINALS as ORDINALS
from vivavoce.language.counting import TENS as TENS
from vivavoce.language.counting import UNITS as UNITS
from vivavoce.language.counting import value as value
from vivavoce.model import Value

TOKEN = re.compile(r"\d[\w.,:]*|\w+(?:['’]\w+)*|[^\w\s]")
FIGURE = re.compile(r"\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?")
LARGE = {"k": 1000, "m": 1_000_000, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
# Rough counts: the least and the most that they may mean.
ROUGH = {"couple": (2.0, 3.0), "dozens": (20.0, 150.0), "scores": (30.0, 200.0), "hundreds": (150.0, 1500.0)}
DEFINITE = frozenset(["the", "these", "those", "my", "his", "her", "our", "their", "your", "any", "no", "other"])
# What is measured, not counted: mostly of different things.
TIMES = "second minute hour day night week month year season"
AMOUNTS = "pounds dollars bucks quid euros pence cents miles feet metres kilos inches percent"
MONEY = frozenset(stem(w) for w in ["pounds", "dollars", "bucks", "quid", "euros"])
LENGTH = "length of time"
AGE, PEOPLE, UNSAID = "age", "people", "number"  # UNSAID: the question does not name it: "How many was it?"
MEASURES = frozenset((LENGTH, *(stem(w) for w in (*TIMES.split(), *AMOUNTS.split()))))
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
LASTING = re.compile(
    r"\b(?:(?P<part>half|a quarter of|three quarters of) an hour|(?P<small>half) a minute"
    r"|(?P<n>\d{1,4}|[a-z]{1,9}(?:-[a-z]{3,5})?) (?P<unit>second|minute|hour)s?(?P<half> and a half)?)\b",
    re.I,
)
LOOSE_AFTER = re.compile(r",? (?:about|or so|or thereabouts|or something|give or take)\b", re.I)
GUESSED_AFTER = re.compile(
    r",? (?:I (?:should|would) (?:say|think)|I['’]d (?:say|call it|guess)|I (?:suppose|guess))", re.I
)
PARTS = {"half": 1800.0, "a quarter of": 900.0, "three quarters of": 2700.0}

Token = tuple[str, int, int]


class Number(Value, frozen=True):
    """A count: the least and most it may mean, of what (`thing`: stem of its noun), what narrows the noun
    (`narrowed`: stems of the words between), as said (folded), and where in the text."""

    least: float
    most: float
    thing: str
    narrowed: tuple[str, ...]
    said: str
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """The numbers of a text that count something, in order. Left out: what is denied ("not 17 takes"), parts of a
    count ("another three takes"), names ("Season 7"), and figures without a thing."""
    tokens = [(m.group().casefold().replace("’", "'"), *m.span()) for m in TOKEN.finditer(text)]
    lengths = list(lasting(text))
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        read = amount(tokens, at)
        number = read and counted(text, tokens, at, *read)
        if number:
            found.append(number)
        at = read[2] if read else at + 1
        while number and at < len(tokens) and tokens[at][1] < number.end:
            at += 1
    found += once_only(text)
    covered = {i for n in lengths for i in range(n.start, n.end)}
    found = [n for n in found if n.start not in covered]
    return sorted([*found, *lengths, *often(text), *signed(text)], key=lambda n: n.start)


SIGNED = re.compile(
    r"(?P<sign>[£$€])(?P<n>\d[\d,]{0,12}(?:\.\d{1,2})?)(?P<big> (?:thousand|million|billion)\b|[mk]\b)?"
)
SIGNS = {"£": "pounds", "$": "dollars", "€": "euros"}


def signed(text: str) -> Iterator[Number]:
    """The sums of money that are written with a sign: "£90", "$1.2 million"."""
    for m in SIGNED.finditer(text):
        count = float(m["n"].rstrip(",").replace(",", "")) * LARGE.get((m["big"] or "").strip(), 1)
        unit = SIGNS[m["sign"]]
        yield Number(count, count, stem(unit), (), f"{m['n'].rstrip(',')} {unit}", *m.span())


def lasting(text: str) -> Iterator[Number]:
    """The lengths of time of a text, in seconds: "four minutes", "a quarter of an hour", "a minute and a half"."""
    for m in LASTING.finditer(text):
        before = [w.casefold() for w in TOKEN.findall(text[max(0, m.start() - 24) : m.start()])]
        before = same_clause(before)
        if is_part(before) or any(w in lists().deny or w.endswith("n't") for w in before[-3:]):
            continue
        if m["part"]:
            seconds = PARTS[m["part"].casefold()]
        elif m["small"]:
            seconds = 30.0
        else:
            count = 1 if m["n"].casefold() in {"a", "an"} else value(m["n"])
            if count is None or m["n"].casefold() in ORDINALS:
                continue
            seconds = SECONDS[m["unit"].casefold()] * (count + (0.5 if m["half"] else 0))
        least, most = loosened(before[-2:], seconds, seconds)
        if least == most and LOOSE_AFTER.match(text, m.end()):
            least, most = seconds * 0.75, seconds * 1.25
        elif GUESSED_AFTER.match(text, m.end()):
            least, most = min(least, seconds * 0.6), max(most, seconds * 1.5)
        yield Number(least, most, LENGTH, (), " ".join(m[0].casefold().split()), *m.span())


ONE = re.compile(r"\b(?:in|with|only|just) (?P<said>(?:the |a )?(?:one|single) (?P<thing>[a-z]{3,14}))\b", re.I)


def once_only(text: str) -> Iterator[Number]:
    """The things of which there was one: "in one take", "a single take"."""
    for m in ONE.finditer(text):
        word = m["thing"].casefold()
        if (
            word + "s" not in lists().empty
            and word not in lists().deny
            and word not in lists().generic
            and word[-1] != "s"
            and stem(word) not in MEASURES
        ):
            yield Number(1, 1, stem(word), (), " ".join(m["said"].casefold().split()), m.start("said"), m.end("said"))


OFTEN = re.compile(
    r"\b(?P<verb>[a-z]{2,14})(?: (?:it|them|that|him|her|me|us|the \w{1,14}))?"
    r" (?P<n>twice|thrice|[a-z]{3,9} times|once(?= ?[.,;!?]|$))\b",
    re.I,
)
# Not verbs before "once".
NO_VERB = frozenset(
    ["at", "for", "than", "all", "but", "or", "and", "not", "even", "more", "just", "only", "this", "the"]
)
OFTEN_SAID = {"once": "1 times", "twice": "2 times", "thrice": "3 times"}


def often(text: str) -> Iterator[Number]:
    """How often something was done: "read it twice", "read it three times"; the verb narrows it."""
    for m in OFTEN.finditer(text):
        said = m["n"].casefold()
        count = {"once": 1, "twice": 2, "thrice": 3}.get(said) or value(said.removesuffix(" times"))
        verb = stem(m["verb"].casefold())
        if count and verb and verb not in NO_VERB:
            yield Number(count, count, "times", (verb,), OFTEN_SAID.get(said, said), m.start("n"), m.end("n"))


def amount(tokens: list[Token], at: int) -> tuple[float, float, int] | None:
    """The amount that begins at a token: least, most, and the token after it; None if none does."""
    word = tokens[at][0]
    following = [t[0] for t in tokens[at + 1 : at + 3]] + ["", ""]
    if word == "half" and following[:2] == ["a", "dozen"]:
        return 5.0, 7.0, at + 3
    if word == "dozen" or (word in {"a", "one"} and following[0] == "dozen"):
        return 12.0, 12.0, at + (1 if word == "dozen" else 2)
    if word in ROUGH or (word == "a" and following[0] in ROUGH):
        least, most = ROUGH[word if word in ROUGH else following[0]]
        after = at + (1 if word in ROUGH else 2)
        return least, most, after + (after < len(tokens) and tokens[after][0] == "of")
    if word == "a" and following[0] in BIG:
        rest = remainder(tokens, at + 2)
        if rest:
            return BIG[following[0]] + rest[0], BIG[following[0]] + rest[0], rest[1]
        return BIG[following[0]] * 0.85, BIG[following[0]] * 1.15, at + 2
    return exact(tokens, at)


def remainder(tokens: list[Token], at: int) -> tuple[float, int] | None:
    """What "and" adds to a hundred or a thousand: "and eighty-seven"; the token after it. None if nothing."""
    if at + 1 >= len(tokens) or tokens[at][0] != "and":
        return None
    word = tokens[at + 1][0]
    total, after = float(UNITS.get(word, TENS.get(word, 0))), at + 2
    joined = after + (after < len(tokens) and tokens[after][0] == "-")
    if total >= 20 and joined < len(tokens) and 0 < UNITS.get(tokens[joined][0], 0) < 10:
        return total + UNITS[tokens[joined][0]], joined + 1
    return (total, after) if 0 < total < 100 else None


def exact(tokens: list[Token], at: int) -> tuple[float, float, int] | None:
    """A number in figures or words: "17", "1,200", "twenty-two", "three hundred"; round ones may be a tenth off."""
    word = tokens[at][0]
    after = at + 1
    if word[0].isdigit():
        figure = word.rstrip(".,:")
        if not FIGURE.fullmatch(figure) or (figure != word and after < len(tokens)):
            return None
        total = float(figure.replace(",", ""))
    elif word in UNITS or word in TENS:
        total = float(UNITS.get(word, TENS.get(word, 0)))
        joined = after + (after < len(tokens) and tokens[after][0] == "-")
        if total >= 20 and joined < len(tokens) and 0 < UNITS.get(tokens[joined][0], 0) < 10:
            total, after = total + UNITS[tokens[joined][0]], joined + 1
    else:
        return None
    if [t[0] for t in tokens[after : after + 2]] == ["-", "odd"]:
        return total, total + 9, after + 2
    rounded = 0.1 if total >= 100 and total % 100 == 0 else 0.0
    while after < len(tokens) and tokens[after][0] in BIG:
        total, after, rounded = total * BIG[tokens[after][0]], after + 1, 0.1
        if rest := remainder(tokens, after):
            total, after, rounded = total + rest[0], rest[1], 0.0
    if after < len(tokens) and tokens[after][0] == "dozen":
        total, after, rounded = total * 12, after + 1, 0.1
    slack = min(total * rounded, step_of(total) / 2)
    return total - slack, total + slack, after


def step_of(total: float) -> float:
    """The step in which a round number is told: a hundred of nine hundred, a thousand of four thousand."""
    return next((step for step in (1e6, 1e3, 100.0, 12.0) if total % step == 0), 100.0)


def counted(text: str, tokens: list[Token], at: int, least: float, most: float, after: int) -> Number | None:
    """The amount with its thing, or None where it counts nothing, is denied, or is a part of a count."""
    before = same_clause([t[0] for t in tokens[max(0, at - 4) : at]])
    if is_part(before) or any(w in lists().deny or w.endswith("n't") for w in before[-3:]):
        return None
    if before[-1:] == ["-"] and tokens[at][0][0].isdigit():
        return None  # "AK-47 rifles": a name
    if after + 1 < len(tokens) and tokens[after][0] in {"or", "to", "-", "–"}:
        further = amount(tokens, after + 1)
        if further and further[1] > least:
            most, after = further[1], further[2]
    noun = thing(tokens, after)
    if noun is not None and tokens[noun][0] in lists().generic and set(before[-1:]) & DEFINITE:
        return None  # "the two boys": those told of before, or a part
    if noun is None or tokens[noun][0] == "times" or text[tokens[noun][1]].isupper():
        return None
    if tokens[noun][0] in {"foot", "feet"} and before[-1:] and before[-1] in {"he's", "she's", "i'm", "you're"}:
        return None  # how tall somebody is
    if tokens[noun][0] in {"us", "them"} and (most < 2 or set(before[-1:]) & DEFINITE):
        return None  # "one of them"
    least, most = loosened(before[-2:], least, most)
    if {"so", "something", "thereabouts", "more"} & {t[0] for t in tokens[noun + 1 : noun + 4]} and least == most:
        least, most = least * 0.75, most * 1.25
    return Number(
        least=least,
        most=most,
        thing="people" if tokens[noun][0] in {"us", "them"} else one_noun(tokens[noun][0]),
        narrowed=tuple(stem(t[0]) for t in tokens[after:noun] if t[0] not in lists().vague | {"of"}),
        said=" ".join(text[tokens[at][1] : tokens[noun][2]].casefold().split()),
        start=tokens[at][1],
        end=tokens[noun][2],
    )


def one_noun(word: str) -> str:
    """The stem of a noun, of those that are said of one thing the first: "tries" and "attempts"."""
    return synonyms().get(stem(word), stem(word))


def same_clause(before: list[str]) -> list[str]:
    """The words since the last mark of punctuation."""
    marks = [i for i, word in enumerate(before) if word in {".", "!", "?", ";", ",", ":"}]
    return before[marks[-1] + 1 :] if marks else before


def is_part(before: list[str]) -> bool:
    """Whether the words before a number make it a part of a count, a sum of money or a name."""
    return bool(before) and before[-1] in lists().part


def loosened(before: list[str], least: float, most: float) -> tuple[float, float]:
    """The amount as the words before it loosen it: "about", "over", "less than", "at least"."""
    said = set(before if before[-1:] != ["for"] else [])  # "he was under for forty seconds"
    if said & {"less", "fewer", "under", "most"}:
        return 0.0, most
    if "least" in said:
        return least, most * 3
    if said & {"over", "than", "above"}:
        return least, most * 1.5  # who says more than fourteen thousand does not mean forty
    if not said & lists().about:
        return least, most
    middle = (least + most) / 2  # of a round number what it may be off is counted once
    return min(least, middle * 0.75), max(most, middle * 1.25)


def thing(tokens: list[Token], after: int) -> int | None:
    """Which token is the noun counted: the first plural of the next three words, or None."""
    if after + 1 < len(tokens) and tokens[after][0] == "of" and tokens[after + 1][0] in {"us", "them"}:
        return after + 1
    for at in range(after, min(after + 3, len(tokens))):
        word = tokens[at][0]
        if not word[0].isalpha():
            return None
        if word in lists().plurals or (len(word) > 3 and word[-1] == "s" and word[-2] not in "su'"):
            return at if word not in lists().empty or word in lists().plurals else None
        if word in lists().empty and word not in lists().vague:
            return None
    return None
