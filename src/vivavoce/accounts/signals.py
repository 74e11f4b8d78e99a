"""What a passage is about, taken from its words: works and episodes, who takes part, numbers with their thing,
dates and relative times, telling words."""

from __future__ import annotations

import re
from functools import lru_cache

from vivavoce.accounts.numbers import numbers, value
from vivavoce.accounts.words import telling, words
from vivavoce.language.times import MONTHS, dates
from vivavoce.model import Cast, Known, Value, Work, folded


class Signals(Value, frozen=True):
    """What `signals` finds, each folded and in order of the text, once each; fields as in `Passage`."""

    works: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    words: tuple[str, ...]


_N = r"(\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,7})?)"
_TH = r"(\d{1,3}(?:st|nd|rd|th)|[a-z]{3,11}(?:-[a-z]{3,8})?)"
EPISODES = (
    (re.compile(rf"\bseason {_N},? episode {_N}\b", re.I), (1, 2)),
    (re.compile(r"\bs(\d{1,2}) ?[:x]? ?e(\d{1,3})\b", re.I), (1, 2)),
    (re.compile(rf"\b{_TH} episode (?:of|in) (?:the )?{_TH} season\b", re.I), (2, 1)),
    (re.compile(rf"\bepisode {_N} of (?:the )?(?:season {_N}|{_TH} season)\b", re.I), (2, 1)),
)
_TITLE_WORD = r"(?:[A-Z0-9][\w’'-]{0,40}|of|the|and|a|in|to)"
TITLED = re.compile(rf"\b(?:titled|entitled|called|named)[ ,]{{1,2}}([A-Z][\w’'-]{{0,40}}(?: {_TITLE_WORD}){{0,7}})")
MARKED = re.compile(r"[“\"‘'*_]{1,2}([A-Z0-9][^“”\"‘\n*_]{1,60}?)[,.!?]?[”\"’'*_]{1,2}(?!\w)")


def episodes(text: str) -> list[str]:
    """The episodes a text names, as "season 7 episode 22"."""
    found = []
    for pattern, (season, episode) in EPISODES:
        for hit in pattern.finditer(text):
            groups = [g for g in hit.groups() if g]
            s, e = value(groups[season - 1]), value(groups[episode - 1])
            if s is not None and e is not None:
                found.append((hit.start(), f"season {s} episode {e}"))
    return [name for _, name in sorted(found)]


SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


def is_title(words_: str) -> bool:
    """Whether words in marks look like a title: every word but the small ones has a capital, eight at most."""
    parts = words_.split()
    return 0 < len(parts) <= 8 and all(p[:1].isupper() or p[:1].isdigit() or p in SMALL for p in parts)


@lru_cache(maxsize=64)
def catalogue(listed: tuple[Work, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The known works, each as the pattern of its names and its folded title."""
    rows = []
    for work in listed:
        spelled = [cased(n) for n in (work.title, *work.aliases) if n]
        if spelled:
            rows.append((re.compile(r"(?<!\w)(?:" + "|".join(spelled) + r")(?!\w)"), folded(work.title)))
    return tuple(rows)


def cased(name: str) -> str:
    """A pattern of a name in which its words keep their capitals: “High Water” is no high water, “The Bar” no bar."""
    words_ = [(w[:1], w[1:]) if w[:1].isupper() and w.lower() not in SMALL else ("", w) for w in name.split(" ")]
    return " ".join(re.escape(first) + f"(?i:{re.escape(rest)})" for first, rest in words_)


def capitals(text: str) -> str:
    """A text that some program wrote without any capitals with one at each word, for they tell nothing in it."""
    return text if any(map(str.isupper, text)) else text.title()


def works(text: str, known: Known) -> tuple[str, ...]:
    """The works, episodes and named events of a text, folded."""
    found = [title for pattern, title in catalogue(known.works) if pattern.search(capitals(text))]
    found += episodes(text)
    found += [folded(m[1]) for m in MARKED.finditer(text) if is_title(m[1])]
    found += [folded(m[1]) for m in TITLED.finditer(text)]
    return once(found)


def once(items: list[str]) -> tuple[str, ...]:
    """The items in their order, each once."""
    return tuple(dict.fromkeys(i for i in items if i))


NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}")


def who(cast: Cast) -> dict[str, str]:
    """Folded name or alias -> folded key of the figure; a name that two figures bear stands for neither."""
    found: dict[str, str] = {}
    for figure in cast.figures:
        for name in (figure.key, figure.name, *figure.aliases):
            at = folded(name)
            found[at] = folded(figure.key) if found.get(at, folded(figure.key)) == folded(figure.key) else ""
    return found


def names(text: str, figures: dict[str, str]) -> tuple[str, ...]:
    """Who and what is named in a text: the figure's key where there is one, else the name as it stands, folded."""
    found = []
    for hit in NAME.finditer(text):
        parts = [w for w, _, _ in words(hit.group())]
        first = hit.start() == 0 or text[max(0, hit.start() - 8) : hit.start()].rstrip(" “\"‘'(")[-1:] in ".!?:…\n"
        if len(parts) == 1 and (not telling(parts[0]) or parts[0] in calendar() or (first and parts[0] not in figures)):
            continue
        while parts and parts[0] not in figures and not telling(parts[0]):
            parts = parts[1:]
        name = " ".join(parts)
        known = figures.get(name) or next((figures[p] for p in reversed(parts) if figures.get(p)), "")
        if known or name not in calendar():
            found.append(known or name)
    return once(found)


def distinct(text: str) -> tuple[str, ...]:
    """The telling words of a text, folded, once each."""
    return once([w for w, _, _ in words(text) if telling(w)])


def signals(text: str, known: Known, figures: dict[str, str]) -> Signals:
    """All signals of a text. `figures`: as `who` gives them."""
    return Signals(
        works=works(text, known),
        names=names(text, figures),
        numbers=once([n.said for n in numbers(text)]),
        dates=once([d.name for d in dates(text)]),
        words=distinct(text),
    )


@lru_cache(maxsize=8)
def calendar() -> frozenset[str]:
    """The names of months and days, which are nobody's."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return frozenset((*MONTHS, *days))


def heading_signals(heading: str, known: Known, figures: dict[str, str]) -> Signals:
    """The signals of a heading, in which capitals show no name: of names, only those of known figures count."""
    low = folded(heading)
    named = [key for name, key in figures.items() if key and f" {name} " in f" {low} "] if heading else []
    told = [title for pattern, title in catalogue(known.works) if pattern.search(capitals(heading))] + episodes(heading)
    return Signals(once(told), once(named), (), (), distinct(heading))
