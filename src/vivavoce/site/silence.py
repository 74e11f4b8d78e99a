"""Who is named in the accounts of a moment and has not told of it: silence, which is not denial."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from vivavoce.model import Moment, Person, Value
from vivavoce.site.shelf import Shelf
from vivavoce.site.words import names_somebody

WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
OF = ("'s", "’s")
SHORTEST = 3  # letters of a name that stands alone


class Names(Value, frozen=True):
    """The names by which those who tell are found in a text: first word -> (all words, person's id), longest first."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def names(shelf: Shelf) -> Names:
    """The names of all persons who tell something. One that two persons share, or that is part of another's name,
    is nobody's."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for one in shelf.history.people:
        for words in _called(one):
            holders[words].add(one.id)
            for part in words:
                parts[part].add(one.id)
    tell = {one.id for one in shelf.history.people if one.kind == "person" and _tells(shelf, one)}
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, who in holders.items():
        alone = len(who) == 1 and (len(words) > 1 or len(parts[words[0]]) == 1)
        if alone and who <= tell:
            found[words[0]].append((words, next(iter(who))))
    return Names({first: tuple(sorted(held, key=lambda n: (-len(n[0]), n))) for first, held in found.items()})


def unheard(shelf: Shelf, moment: Moment, called: Names) -> list[Person]:
    """Those whom the accounts of a moment name and who have told of other things, but not of this one; in the order
    in which they are named."""
    tellers = {a.person.id for a in moment.accounts if a.person}
    named: dict[str, None] = {}
    for account in moment.accounts:
        if account.source in shelf.sources:
            text = shelf.sources[account.source].text
            for start, end in account.spans:
                named.update(dict.fromkeys(_named(text[start:end], called)))
    return [shelf.people[who] for who in named if who not in tellers]


def _tells(shelf: Shelf, person: Person) -> bool:
    return any(not q.asks for q in shelf.of_person.get(person.id, []))


def _called(person: Person) -> Iterator[tuple[str, ...]]:
    """The names of a person, as words: those with a capital, none that is only a label or too short."""
    for name in dict.fromkeys((person.name, *person.aliases)):
        words = tuple(WORD.findall(name))
        if words and words[0][:1].isupper() and names_somebody(name) and (len(words) > 1 or len(name) >= SHORTEST):
            yield words


def _named(text: str, called: Names) -> Iterator[str]:
    """The persons named in a text. A lone name before another word with a capital is somebody else's."""
    words = [word[:-2] if word.endswith(OF) else word for word in WORD.findall(text)]
    if called.by_first.keys().isdisjoint(words):
        return
    found = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        match = next((n for n in called.by_first.get(words[at], ()) if tuple(words[at : at + len(n[0])]) == n[0]), None)
        if match is None:
            at += 1
            continue
        after = at + len(match[0])
        if not (len(match[0]) == 1 and _goes_on(text, found, after)):
            yield match[1]
        at = after


def _goes_on(text: str, found: list[re.Match[str]], after: int) -> bool:
    """Whether a word with a capital follows at once."""
    return (
        after < len(found)
        and text[found[after - 1].end() : found[after].start()] == " "
        and found[after][0][0].isupper()
    )
