"""Who the labels of a transcript are, and who asks, by what stands above the talk: a legend (“JB = Josephine Bright”),
lines of facts (“Interviewer: …”), the title (“Interview with Wilma Cord, by Josephine Bright”)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from vivavoce.model import Source
from vivavoce.sources.cues import named
from vivavoce.sources.labels import asks, bare, generic, key, person, wordset
from vivavoce.sources.naming import NAME, fits, full, initials, meant, plain

LONGEST = 3000  # code points of a head that are looked at
MOST = 24  # labels
SHORT = 12  # code points of a label that a legend explains
_SIGNS = re.compile(r"[*_#\\]+")
_PIECES = re.compile(r"[\n|]|[ \t]/[ \t]")
_FACT = re.compile(r"[ \t]*(?P<key>[^\W\d_][\w ’'()-]{0,40}?)[ \t]*[:：=][ \t]*(?P<value>.{1,300})")
_EACH = re.compile(rf"(?P<name>{NAME})(?:[ \t]*[(\[](?P<aside>[^()\[\]]{{1,40}})[)\]])?")
_ANSWERS = wordset(
    "narrator narrators interviewee interviewees respondent respondents guest guests answer answers subject"
)
_ASKED_BY = frozenset({"interviewed by", "interview by", "conducted by", "questions by", "questions", "by"})
_PRESENT = frozenset({"present", "participants", "speakers", "people", "voices", "in the room"})
_WITH = re.compile(
    rf"\b(?i:interview|conversation|talk|session|oral history|call|recording)\b[^.:;\n]{{0,20}}?\b(?:with|of)[ \t]+"
    rf"(?P<name>{NAME})"
)
_BY = re.compile(
    r"\b(?i:interview(?:ed)?|conducted|questions|in conversation)\b[^.;:\n]{0,60}?"
    rf"\b(?:by|from)[ \t]+(?P<name>{NAME})"
)
_ASKER = re.compile(rf"\b(?i:interviewers?(?: (?:is|was))?|interviewed by)[ \t]+(?P<name>{NAME})")
_OF = re.compile(rf"(?P<name>{NAME}),?[ \t]+(?:was |is )?(?:interviewed by|in an interview|interviewed)\b")
_RECORDED = re.compile(rf"\b(?i:recorded|taped)\b[^.;:\n]{{0,60}}?\bby[ \t]+(?P<name>{NAME})")


_STOPS = re.compile(r"[,.:;–—|/()\n]|[ \t]-[ \t]|\b(?:interviewed|interview|recorded|talks|talking)\b")
_WHOLE = re.compile(NAME)


class Told(NamedTuple):
    """What a head tells: label -> name, everybody named, and of those who asks and who answers. `facts`: those named
    in a line such as “Interviewer: …”."""

    names: dict[str, str]
    people: tuple[str, ...]
    askers: tuple[str, ...]
    narrators: tuple[str, ...]
    facts: tuple[str, ...]


def introduced(source: Source) -> Source:
    """The source with the names that its head or title tells for its labels, and with those who ask marked. What is
    told already, by the file's own lines or a sidecar, stays."""
    if source.kind != "transcript" or not source.turns:
        return source
    labels = list(dict.fromkeys(t.label for t in source.turns if t.label))[:MOST]
    above = head(source)
    told = read(above, labels)
    free = [label for label in labels if label not in source.labels]
    names = {label: name for label in free if (name := told.names.get(label) or meant(label, told.people, labels))}
    others = standing(above) + [name for name in filed(source.path) if re.search(rf"\b{name}\b", source.text, re.I)]
    names |= {label: name for label in free if label not in names and (name := _meant(label, others, labels, names))}
    names |= _by_part([label for label in free if label not in names], told)
    called = {label: source.labels.get(label) or names.get(label) or person(label) for label in labels}
    askers = [a for a in told.askers if any(fits(t, a) for label in labels for t in (label, called[label]) if t)]
    asking = tuple(dict.fromkeys((*told.facts, *(_spelled(a, called) for a in askers))))
    if source.interviewers:
        asking = ()
    return named(source, names, asking) if names or asking else source


def head(source: Source) -> str:
    """The title and what stands above the first turn, without Markdown's signs, a line a line."""
    above = source.text[: source.turns[0].start][:LONGEST] if source.turns else ""
    return _SIGNS.sub("", f"{source.title}\n{above}")


def standing(text: str) -> list[str]:
    """The full names that stand by themselves in a head, between stops: “Wilma Cord, weaver, at her house”."""
    parts = (re.sub(r"^[ \t]*(?:\d+|[Nn]o)\b.*?(?=[^\W\d_a-z])", "", part).strip() for part in _STOPS.split(text))
    found = (plain(part) for part in parts if _WHOLE.fullmatch(part))
    return list(dict.fromkeys(name for name in found if full(name)))


def filed(path: str) -> list[str]:
    """The names that a file may be named for: two words side by side, each with a capital."""
    words = [w for w in re.split(r"[\W\d_]+", path.rsplit("/", 1)[-1].rsplit(".", 1)[0]) if w]
    return [f"{a.capitalize()} {b.capitalize()}" for a, b in pairwise(words) if len(a) > 1 < len(b)]


def _meant(label: str, names: list[str], labels: list[str], given: dict[str, str]) -> str:
    """The one of the names that stand in a head or file name that a label of one word or of initials stands for, unless
    it is already another label's."""
    taken = {key(name) for name in given.values()} | {key(person(x)) for x in labels if x != label}
    short = key(label).replace(".", "")
    near = [name for name in names if short in key(name).split() or short == _letters(name)]
    free = [name for name in near if key(name) not in taken]
    return meant(label, free, labels)


def _letters(name: str) -> str:
    """The first letters of a first name and a surname, in small letters."""
    words = name.casefold().split()
    return words[0][0] + words[-1][0]


def recorders(text: str) -> list[str]:
    """Who recorded the talk, by its head: often, but not always, who asks."""
    return [name for m in _RECORDED.finditer(text) if (name := plain(m["name"]))]


def read(text: str, labels: list[str]) -> Told:
    """What a head tells of some labels."""
    names: dict[str, str] = {}
    askers: dict[str, None] = {}
    narrators: dict[str, None] = {}
    people: dict[str, None] = {}
    facts: dict[str, None] = {}
    for label in labels:
        if found := _legend(text, label):
            names[label] = found[0]
            people[found[0]] = None
            asker = found[1]
            if asker:
                askers[found[0]] = None
    for line in _PIECES.split(text):
        fact = _FACT.match(line)
        if fact:
            _told(fact["key"], fact["value"], (askers, narrators, people, facts))
    for pattern, into in ((_WITH, narrators), (_OF, narrators), (_BY, askers), (_ASKER, askers)):
        into.update(dict.fromkeys(n for m in pattern.finditer(text) if full(n := plain(m["name"]))))
    both = askers.keys() & narrators.keys()
    people |= askers | narrators
    return Told(
        names,
        tuple(people),
        tuple(a for a in askers if a not in both),
        tuple(n for n in narrators if n not in both),
        tuple(f for f in facts if f not in both),
    )


def _told(told: str, value: str, into: tuple[dict[str, None], ...]) -> None:
    """Puts the names of a line of facts where they belong: those who ask, who answer, all, who ask by the line."""
    askers, narrators, people, facts = into
    part = key(told)
    asked = asks(told) or part in _ASKED_BY
    answers = bool(_ANSWERS.intersection(bare(told)))
    if not (asked or answers or generic(told) or part in _PRESENT):
        return
    for found in _EACH.finditer(value):
        name = plain(found["name"])
        if not name or (part in _PRESENT and not full(name)):
            continue
        people[name] = None
        if asks(found["aside"] or "") or (asked and not _ANSWERS.intersection(bare(found["aside"] or ""))):
            askers[name] = facts[name] = None
        elif answers:
            narrators[name] = None
        if part not in _PRESENT and " and " not in value and "&" not in value:
            return


def _legend(text: str, label: str) -> tuple[str, bool] | None:
    """The name that a head explains a label with, and whether it is said to ask: “JB = Josephine Bright
    (interviewer)”, “Josephine Bright (JB)”, “Interviewer (JB): Josephine Bright”."""
    if len(label) > SHORT or generic(label):
        return None
    sign = re.escape(label)
    after = rf"(?<![\w.]){sign}\.?[)\]]?[ \t]*(?:=|[:：]|–|—|-(?=[ \t])|stands for|is)[ \t]*(?P<name>{NAME})"
    before = rf"(?P<name>{NAME})(?:,[^()\[\].;\n]{{1,60}})?,?[ \t]*[(\[]{sign}\.?(?:[,;][^()\[\]]{{0,40}})?[)\]]"
    inside = rf"(?<![\w.]){sign}[ \t]*[(\[](?P<name>{NAME})[^()\[\]]{{0,40}}[)\]]"
    for pattern in (after, before, inside):
        for found in re.finditer(pattern, text):
            name = plain(found["name"])
            if full(name) and _agrees(label, name):
                return name, _asking(text, *found.span())
    return None


def _agrees(label: str, name: str) -> bool:
    """Whether a label is short for a name: its letters come in it in order, beginning with a word's first."""
    letters = [c for c in label.casefold() if c.isalpha()]
    rest = iter(name.casefold())
    return bool(letters) and letters[0] in initials(name) and all(c in rest for c in letters)


def _asking(text: str, start: int, end: int) -> bool:
    """Whether the words round a legend's entry say that this is who asks."""
    before = re.split(r"[\n,;.)/]", text[max(0, start - 40) : start])[-1]
    behind = re.match(r"[ \t]*(?:[(\[][^()\[\]\n]{0,40}|,[ \t]*[^,;.()\n=]{0,40})?", text[end : end + 60])
    around = f"{before} {text[start:end]} {behind.group() if behind else ''}"
    return any(asks(word) for word in re.findall(r"[^\W\d_]{3,}", around))


def _by_part(labels: list[str], told: Told) -> dict[str, str]:
    """Names for labels that say a part alone: the one who asks, the one who answers, where one is told."""
    asking = [label for label in labels if asks(label)]
    answering = [label for label in labels if not asks(label) and generic(label) and _answer(label)]
    names: dict[str, str] = {}
    if len(asking) == len(told.askers) == 1:
        names[asking[0]] = told.askers[0]
    if len(answering) == len(told.narrators) == 1:
        names[answering[0]] = told.narrators[0]
    return names


def _answer(label: str) -> bool:
    return bool((_ANSWERS | {"a", "an"}).intersection(bare(label)))


def _spelled(asker: str, called: dict[str, str]) -> str:
    """An asker as a label is called: “J. Bright” is JOSEPHINE BRIGHT."""
    return next((name for name in called.values() if name and full(name) and fits(name, asker)), asker)
