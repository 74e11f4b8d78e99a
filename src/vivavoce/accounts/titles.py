"""A title for a moment, in the words of its sources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import fsum, log
from typing import NamedTuple

from vivavoce.accounts.features import Persons, somebody
from vivavoce.accounts.numbers import ORDINALS, TENS, UNITS
from vivavoce.accounts.words import lists, stem, telling, weight, words
from vivavoce.language.times import MONTHS
from vivavoce.model import Passage, folded

TOKEN = re.compile(r"\w+(?:['’-]\w+)*['’]?|[^\w\s]")
ASKED = re.compile(
    r"\b(?:tell (?:me|us|them) (?:more )?about|talk (?:to us |a bit |a little )?about|remember (?:of |about )?|"
    r"what happened (?:at|on|in|with|to|during)|describe|come to(?= the | (?-i:[A-Z]))|speak about|ask(?:ed)? about)\s+"
    r"(?P<what>[^?.!,;:—–]{4,90})",
    re.I,
)
LONGEST_HEADING = 90  # characters
MOST = 20  # phrases that are kept
WORTH_SHARED, WORTH = 0.8, 1.2  # strength of a phrase that names a moment, shared by accounts or not
ASKED_FOR, LINKED = 1.6, 0.8  # what it adds that a question has a phrase; that another word than "of" links it
LINKS = frozenset({"of", "at", "in", "on", "for", "with", "from"})
A_TIME = frozenset(
    stem(w)
    for w in (
        *MONTHS,
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "half", "quarter"),
        *("morning", "afternoon", "evening", "night", "day", "week", "month", "year", "minute", "hour", "past", "same"),
        *("last", "first", "final", "next", *UNITS, *TENS, *ORDINALS),
    )
)
NOUNS_ING = frozenset(
    ["building", "ceiling", "clothing", "ending", "evening", "meeting", "morning", "opening", "painting"]
)
ARTICLES = frozenset({"the", "a", "an", "that", "this", "our", "my", "his", "her", "their", "its", "your", "one"})


class Phrase(NamedTuple):
    """A noun phrase as it stands in a source: its words, their stems, the article before it ("the", "a", "")."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    article: str

    @property
    def definite(self) -> bool:
        """Whether "the" leads it."""
        return self.article == "the"


def titles(told: list[list[Passage]], who: Persons) -> list[str]:
    """What a moment may be called, the best first, never empty: the noun phrases that accounts share, the heading
    (first, where all is told in one source), what was asked, the phrases that tell most, the first words.

    Every word of a title stands in a source, in that order; only the case of the first letter may have changed.
    """
    best = best_phrases(told, who)
    shared = [printed(p) for p, holders in best if holders > 1]
    heading = common_heading(told)
    alone = len({p.source for ps in told for p in ps}) == 1
    found = [heading, *shared] if alone else [*fitting_headings(told), *shared, heading]
    found += [question(told), *(printed(p) for p, holders in best if holders == 1), first_words(told)]
    return list(dict.fromkeys(t for t in found if t))


def common_heading(told: list[list[Passage]]) -> str:
    """The heading that most passages stand under, if it is short enough to be a title."""
    count = Counter(p.heading for ps in told for p in ps if p.heading)
    if not count:
        return ""
    heading, n = count.most_common(1)[0]
    plain = " ".join(heading.split()).strip("#*_ ")
    return plain if len(plain) <= LONGEST_HEADING and 2 * n >= sum(count.values()) else ""


def fitting_headings(told: list[list[Passage]]) -> list[str]:
    """The headings that say what several accounts tell: their words stand in the accounts that are not under them."""
    found = []
    for heading in dict.fromkeys(p.heading for ps in told for p in ps if p.heading):
        stems = {stem(w) for w, _, _ in words(heading) if telling(w)}
        others = {stem(w) for ps in told for p in ps if p.heading != heading for w in p.words}
        whole = fsum(weight(s) for s in stems)
        plain = " ".join(heading.split()).strip("#*_ ")
        if whole >= WORTH_SHARED and fsum(weight(s) for s in stems & others) >= 0.8 * whole and len(plain.split()) <= 8:
            found.append(plain)
    return found


def best_phrases(told: list[list[Passage]], who: Persons) -> list[tuple[Phrase, int]]:
    """The noun phrases of a moment that tell enough to name it, the best first, each with how many accounts hold it."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    spelled: dict[tuple[str, ...], Counter[Phrase]] = defaultdict(Counter)
    often: Counter[str] = Counter()
    asked_of = {x.stems for ps in told for p in ps if not p.heading for x in phrases(p.around)}
    for n, passages in enumerate(told):
        for p in passages:
            often.update(stem(w) for w in p.words)
            asked = "" if p.heading else p.around  # a paragraph around a quotation tells of more than it
            for phrase in (x for text in (p.text, asked) for x in phrases(text)):
                holders[phrase.stems].add(n)
                spelled[phrase.stems][phrase] += 1
    everybody = {stem(w) for ps in told for p in ps for name in persons_named(p, who) for w in name.split()}
    named = {tuple(stem(w) for w in n.split()) for ps in told for p in ps for n in p.names if n not in p.works}

    def score(stems: tuple[str, ...]) -> float:
        name = 0.0 if everybody.issuperset(stems) else 0.6 if stems in named else 1.0
        if A_TIME.issuperset(s for s in stems if s):
            return 0.0
        asks = ASKED_FOR if stems in asked_of else 1.0
        link = LINKED if "" not in stems and linked(spelled[stems]) else 1.0
        known = 1.4 if any(p.definite for p in spelled[stems]) else 1.0  # "the van": one that is spoken of as known
        return float(len(holders[stems]) ** 0.5 * strength(stems, often) * name * known * asks * link)

    worth = [s for s in holders if strength(s, often) >= (WORTH_SHARED if len(holders[s]) > 1 else WORTH)]
    ranked = sorted((s for s in worth if score(s) > 0), key=lambda s: (-score(s), s))
    return [(best_spelling(spelled[s]), len(holders[s])) for s in ranked[:MOST]]


def linked(spelled: Counter[Phrase]) -> bool:
    """Whether a phrase goes on with another word than "of"."""
    return any(LINKS.intersection(p.words) - {"of"} for p in spelled)


def persons_named(p: Passage, who: Persons) -> list[str]:
    """The persons that a passage names, and who tells it, folded: nobody's name alone is a title."""
    return [*(n for n in p.names if somebody(who, p.source, n)), *([folded(p.person.name)] if p.person else [])]


def best_spelling(spelled: Counter[Phrase]) -> Phrase:
    """The commonest form of a phrase, one with "the" before one without."""
    return max(spelled, key=lambda p: (spelled[p] + 2 * p.definite, p.words))


def strength(stems: tuple[str, ...], often: Counter[str]) -> float:
    """How much a phrase tells of a moment: the weights of its words, more for those that come up often; two or three
    words are better than one or five."""
    weights = [weight(s) * (1 + log(max(often[s], 1))) for s in stems if s]
    best_at = (0.6, 1.0, 0.9, 0.75, 0.65, 0.55)
    return float(sum(weights) * best_at[min(len(weights), 6) - 1]) if weights else 0.0


def phrases(text: str) -> list[Phrase]:
    """The noun phrases of a text, as far as an article before, or a capital, and a small word or mark behind show
    them: "the last farewell scene", "the flood at Corley Weir"."""
    tokens = [m.group() for m in TOKEN.finditer(text)]
    low = [t.casefold().replace("’", "'") for t in tokens]
    found = []
    for at, word in enumerate(low):
        led = word in ARTICLES or word.endswith(("'s", "s'"))
        if led or (at and tokens[at][:1].isupper() and telling(word) and not tokens[at - 1][:1].isupper()):
            found += phrases_from(tokens, low, at + led, word if led else "")
    return found


def phrases_from(tokens: list[str], low: list[str], start: int, led: str) -> list[Phrase]:
    """The noun phrase that begins at a token, without and with what "of", "at" … add to it."""
    end = run(low, start)
    if not led:  # a name: it ends with its last capital
        end = next((i for i in range(start, end) if not tokens[i][:1].isupper()), end)
    if end == start or (led and not closes(low, end)) or verbal(low[end - 1]):
        return []
    article = led if led in {"the", "a", "an"} else ""
    found = [Phrase(tuple(tokens[start:end]), tuple(stem(w) for w in low[start:end]), article)]

    if end < len(low) and low[end] in LINKS:
        inner = end + 1 + (end + 1 < len(low) and low[end + 1] in ARTICLES)
        stop = run(low, inner)
        if inner < stop <= start + 6 and closes(low, stop) and not verbal(low[stop - 1]):
            stems = tuple(stem(w) if telling(w) else "" for w in low[start:stop])
            found.append(Phrase(tuple(tokens[start:stop]), stems, article))
    return found


def run(low: list[str], start: int) -> int:
    """Where the run of at most four telling words that begins at a token ends."""
    end = start
    while end < len(low) and end < start + 4 and noun_like(low[end], end == start):
        end += 1
    return end


def noun_like(word: str, first: bool) -> bool:
    """Whether a word can stand in a title's noun phrase; "first", "last" and the like may begin one."""
    verb = word in lists().verbs or word.endswith("ly")
    return (telling(word) and not verb) or (first and word in {"last", "first", "final"})


def verbal(word: str) -> bool:
    """Whether a word is rather a verb than the last noun of a phrase: "the gull answered"."""
    return len(word) > 5 and (word.endswith("ed") or (word.endswith("ing") and word not in NOUNS_ING))


def closes(low: list[str], end: int) -> bool:
    """Whether a noun phrase can end here: before a small word, a mark, or the end."""
    return end >= len(low) or not low[end][0].isalnum() or low[end] in lists().empty | lists().verbs


def printed(phrase: Phrase) -> str:
    """A phrase as a title."""
    words = " ".join(phrase.words)
    led = f"{phrase.article} {words}".strip()
    return led[:1].upper() + led[1:]


def question(told: list[list[Passage]]) -> str:
    """What was asked about: "tell me about the night of the fair" gives "The night of the fair"."""
    for p in (p for ps in told for p in ps if p.around and not p.heading):
        found = ASKED.search(p.around)
        if found:
            what = " ".join(found["what"].split()[:9])
            if any(telling(w.casefold()) for w in what.split()):
                return what[:1].upper() + what[1:]
    return ""


def first_words(told: list[list[Passage]]) -> str:
    """The first words of the passage that tells most, in marks."""
    passage = max((p for ps in told for p in ps), key=lambda p: (len(p.words), p.source))
    said = passage.text.split()
    return "“" + " ".join(said[:8]).rstrip(",;:.") + ("…”" if len(said) > 8 else "”")
