"""Texts that tell a story: novels, memoirs, reportage told as one; what their casts have that press pieces lack.

In a story people are named as they are spoken to ("Come in, Weston"), have names that are common words (Good, Weary),
and many who speak have no name at all: "the parson", "my father". Where somebody tells it in the first person, the
name of that somebody is what others call them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

from vivavoce.model import Source
from vivavoce.people.lexicon import cues, first_names, noun_gender, several, someone, words
from vivavoce.people.names import Name
from vivavoce.people.scan import CLOSERS, Scan

PERSONAL = frozenset(["i", "he", "she", "him", "her", "his", "my", "me"])
LEAST = 1.7
FEWEST = 450
LEAST_OF_LONG = 1.0
LONG = 800
FIGURES = 2.0
EPITHETS = words("epithets")
EXCLAIMED = words("exclaimed")
CALLING = frozenset(["dear", "dearest", "my", "oh", "o", "poor", "old", "well", "yes", "no", "and", "but", "ah", "why"])
POINTERS = frozenset(["the", "a", "an", "his", "her", "my", "our", "their", "this", "that"])
NOBODYS = words("nobodys")
AHEAD = 4


def tells_story(source: Source, seen: Scan) -> bool:
    """Whether a source is a story: no transcript, nothing that names its day or its paper as press pieces, letters and
    whatever has a sidecar do, and told as stories are."""
    return source.kind != "transcript" and not (source.date or source.publisher) and is_story(seen)


def is_story(seen: Scan) -> bool:
    """Whether a text tells a story: outside marks it says "he", "she" and "I" far more often than it gives names and
    figures, which in press pieces is the other way round; less often suffices where it is long and has hardly any
    figures, and a short text tells too little."""
    total = seen.inside.count(0)
    if total < FEWEST:
        return False
    numbers = {w for w in seen.where if w[0].isdigit()}
    personal, large, figures = (
        sum(not seen.inside[i] for i in found) for found in (seen.at(PERSONAL), seen.capitals, seen.at(numbers))
    )
    thousand = 1000 / total
    share = (personal * thousand + 1) / ((figures + large / 4) * thousand + 1)
    return share >= LEAST or (share >= LEAST_OF_LONG and total >= LONG and figures * thousand <= FIGURES)


# --- names ---------------------------------------------------------------------------------------------------


def persons_named(seen: Scan, found: list[Name]) -> list[Name]:
    """The names of a story: who is called or speaks is a person, whatever word the name is; a name in capitals is that
    name; an epithet before a name that also stands alone ("poor Dora", "Presently Dora") is none of it."""
    alone = Counter(n.words[0] for n in found if len(n.words) == 1)
    found = [bare(seen, small(n, alone), alone) for n in found]
    small_words = {w for w, low in zip(seen.word, seen.low, strict=True) if w == low}
    heard: Counter[str] = Counter()
    for n in found:
        if n.kind != "person" and len(n.words) == 1 and plausible(n):
            common = n.words[0].lower() in small_words
            begins = n.lead == 0 or seen.inside[n.lead - 1] != seen.inside[n.first] or seen.word[n.lead - 1] in ".!?"
            weight = 0 if common else 1 if begins else 2
            heard[n.words[0]] += weight * is_called(seen, n) + speaks(seen, n) * (1 if common else 2)
    own = set(name_given(seen))
    given = {n.words for n in found if n.lead in own}
    known = {w for w, weight in heard.items() if weight > 1}
    return [
        n._replace(kind="person") if n.words in given or (len(n.words) == 1 and n.words[0] in known) else n
        for n in found
    ]


def plausible(n: Name) -> bool:
    """Whether a word may be somebody's name, not an oath or a people."""
    low = n.words[0].lower()
    return low not in EXCLAIMED and low not in several() and low.isalpha() and len(low) > 2 and not low.endswith("ly")


def small(n: Name, alone: Counter[str]) -> Name:
    """A name written in capitals, as elsewhere."""
    if len(n.words) == 1 and n.words[0].isupper() and len(n.words[0]) > 2 and alone[n.words[0].title()]:
        return n._replace(words=(n.words[0].title(),), kind="person")
    return n


def bare(seen: Scan, n: Name, alone: Counter[str]) -> Name:
    """A name without the epithet or adverb before it."""
    if len(n.words) != 2 or n.last - n.first != 2 or n.title or not alone[n.words[1]]:
        return n
    low = n.words[0].lower()
    begins = n.first == seen.sentences[seen.sentence[n.first]] and low.endswith("ly")
    if (low in EPITHETS or begins) and low not in first_names():
        return n._replace(first=n.first + 1, words=n.words[1:], lead=n.first + 1, kind="person")
    return n


def is_called(seen: Scan, n: Name) -> bool:
    """Whether a name within marks is set off as one that is spoken to: "Well, Weston, …"."""
    if not seen.inside[n.first]:
        return False
    before = seen.word[n.lead - 1] if n.lead else ","
    after = seen.word[n.last] if n.last < len(seen.word) else "."
    opened = before in ",—–-.!?;" or before in CLOSERS or seen.low[n.lead - 1] in CALLING
    return opened and (after in ",.!?;—–-" or after in CLOSERS)


def speaks(seen: Scan, n: Name) -> bool:
    """Whether a name stands in a tag, right between closing marks and a verb of speech, or after it."""
    if seen.inside[n.first] or n.lead < 2 or n.last >= len(seen.word):
        return False
    if seen.low[n.last] in cues() and seen.word[n.lead - 1] in CLOSERS:
        return True
    return seen.low[n.lead - 1] in cues() and seen.word[n.lead - 2] in CLOSERS


# --- those without a name ------------------------------------------------------------------------------------


class Unnamed(NamedTuple):
    """Somebody who speaks and is only called by a noun: how to print it, gender, the places of the noun."""

    name: tuple[str, ...]
    gender: str
    names: list[Name]


def unnamed(seen: Scan, found: list[Name], taken: set[str]) -> list[Unnamed]:
    """Those who say something in a tag by a noun alone, each with all places where the noun stands outside marks.

    `taken`: nouns that tell one of the named people ("the captain", where a Captain Reed is named).
    """
    begins, ends = {n.lead for n in found}, {n.last - 1 for n in found}
    heads = Counter(h for i in tags(seen) if (h := tag_noun(seen, i, begins, ends)) and h not in taken)
    if not heads:
        return []
    places: dict[str, list[Name]] = {h: [] for h in heads}
    for i in seen.at(places.keys()):
        if not seen.inside[i] and (np := phrase(seen, i, begins, ends)):
            places[seen.low[i]].append(np)
    return [called_so(head, at) for head, at in places.items() if at]


def tags(seen: Scan) -> list[int]:
    """The verbs of speech that stand beside closing marks: "…,” said the parson; "…,” the parson said."""
    verbs = cues()
    return [i for i in seen.at(verbs) if not seen.inside[i] and i and near_marks(seen, i)]


def near_marks(seen: Scan, i: int) -> bool:
    """Whether what is quoted stands just before the clause of the verb at token i, or just after it."""
    for k in range(i - 1, max(-1, i - 7), -1):
        if seen.inside[k] or (seen.word[k] in CLOSERS and k and seen.inside[k - 1]):
            return True
        if seen.word[k] in ".;:!?":
            break
    return i + 2 < len(seen.word) and any(seen.inside[i + 1 : i + 5])


def tag_noun(seen: Scan, i: int, begins: set[int], ends: set[int]) -> str:
    """The noun that is the subject of the verb at token i: after it, or right before it; "" where none is."""
    size = len(seen.word)
    after_closer = seen.word[i - 1] in CLOSERS or seen.word[i - 1] in ",—–-"
    if after_closer and i + 1 < size and seen.low[i + 1] in POINTERS:
        k = i + 2
        while k < min(size, i + 2 + AHEAD) and noun_like(seen, k) and k not in begins:
            k += 1
        end = k - 1
        if k < size and seen.low[k] == "'s":
            return ""
        return head(seen, end) if end > i + 1 else ""
    if not seen.low[i].endswith(("ed", "aid", "ays")) and seen.low[i] not in ("began", "told"):
        return ""
    k = i - 1
    while k > 0 and (seen.low[k].endswith("ly") or seen.low[k] in ("had", "then", "now", "again")):
        k -= 1
    return head(seen, k) if k > 0 and k not in ends and phrase(seen, k, begins, ends) else ""


def noun_like(seen: Scan, k: int) -> bool:
    """Whether token k may be part of a noun phrase of small words."""
    w = seen.word[k]
    return w[0].isalpha() and w[0].islower() and seen.low[k] not in SMALL and not seen.low[k].endswith("ly")


SMALL = (
    words("stops")
    | words("prepositions")
    | words("auxiliaries")
    | words("adverbs")
    | frozenset(["and", "but", "in", "to"])
)


def head(seen: Scan, k: int) -> str:
    """The noun at token k, if it may be somebody."""
    low = seen.low[k]
    if low in NOBODYS or low in several() or not noun_like(seen, k) or low.endswith(("ing", "ed")) or len(low) < 3:
        return ""
    if low not in someone() and (
        low.endswith(("ous", "ful", "ant", "ive", "able")) or (low[-1] == "s" and low[-2] != "s")
    ):
        return ""
    return low


def phrase(seen: Scan, i: int, begins: set[int], ends: set[int]) -> Name | None:
    """The noun phrase of small words that ends at token i, with its determiner or whose it is."""
    if i + 1 in begins:
        return None
    for k in range(i - 1, max(-1, i - 1 - AHEAD), -1):
        low = seen.low[k]
        if low in POINTERS:
            return Name(k, i + 1, tuple(seen.low[k : i + 1]), (), k, "label")
        if low == "'s" and k - 1 in ends:
            return Name(k + 1, i + 1, tuple(seen.low[k + 1 : i + 1]), (), k + 1, "label")
        if not noun_like(seen, k):
            return None
    return None


def called_so(head: str, at: list[Name]) -> Unnamed:
    """Somebody by a noun: printed with "the", or with whose relation it is where the text never says "the"."""
    lead = Counter(n.words[0] for n in at)
    own = [(count, w) for w, count in lead.items() if w in ("my", "his", "her", "our", "their")]
    name = ("the", head)
    if own and not lead["the"]:
        name = (max(own)[1], head)
    elif lead["my"] > lead["the"]:
        name = ("my", head)
    return Unnamed(name, noun_gender(head), at)


# --- the one who tells ---------------------------------------------------------------------------------------


def teller(seen: Scan, people: list[tuple[int, list[Name]]]) -> int | None:
    """Who tells a story in the first person: whom others call where "I" speaks or is near, and whom the telling itself
    hardly ever names. `people`: numbers with namings. None where nothing tells.
    """
    own = [i for i in seen.where.get("i", ()) if seen.word[i] == "I" and not seen.inside[i]]
    if len(own) < 3:
        return None
    given = set(name_given(seen))
    ranked = sorted(((called_near(seen, names, own, given), number) for number, names in people), reverse=True)
    if not ranked or ranked[0][0] < SURE_OF_TELLER or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def called_near(seen: Scan, names: list[Name], own: list[int], given: set[int]) -> float:
    """How much speaks for a figure's being the one who tells: called by others where "I" is near, told as one's own
    name; against it: named by the telling as somebody else."""
    score = 0.0
    for n in names:
        para = seen.para[n.first]
        a, b = bisect_left(seen.para, para - 1), bisect_left(seen.para, para + 2)
        beside = bisect_left(own, b) > bisect_left(own, a)
        if n.lead in given:
            score += GIVEN
        elif seen.inside[n.first]:
            score += (1.0 if beside else 0.3) if is_called(seen, n) else 0.0
        elif n.lead > 1 and seen.word[n.lead - 1] == "," and seen.word[n.lead - 2] == "I":
            score += GIVEN
        else:
            score -= 0.7
    return score


SURE_OF_TELLER = 1.5
GIVEN = 4.0


def name_given(seen: Scan) -> list[int]:
    """The tokens at which somebody's own name stands, outside marks: "my name is …", "I am called …", "call me …"."""
    out = []
    for i in seen.at(NAMING | {"name"}):
        if seen.inside[i] or i + 1 >= len(seen.low):
            continue
        a, b = seen.low[i], seen.low[i + 1]
        own = "my" in seen.low[max(0, i - 3) : i]
        told = a == "name" and own and b in ("is", "was", "being")
        if told or (a in NAMING and b in ("me", "myself")):
            out.append(i + 2)
    return out


NAMING = frozenset(["call", "called", "calls", "christened", "named"])
