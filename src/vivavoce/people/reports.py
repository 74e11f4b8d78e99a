"""Who reports: each verb of speech outside the marks, with the noun phrase that is its subject."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from vivavoce.language.lexicon import lexicon
from vivavoce.people.lexicon import cues, several, someone, words
from vivavoce.people.names import Name
from vivavoce.people.scan import CLOSERS, Scan

PRONOUNS = frozenset(["i", "he", "she", "they", "we", "you", "it"])
RELATIVES = frozenset(("who", "which", "that"))
BE = words("be")
AUXILIARIES = words("auxiliaries")
ADVERBS = words("adverbs")
DETERMINERS = words("determiners")
PREPOSITIONS = words("prepositions")
STOPS = words("stops")
NOT_SUBJECTS = words("not_subjects")
LONGEST = 45
FAR = 80
CLAUSES = 4


class Report(NamedTuple):
    """A verb of speech and who speaks: tokens of the verb (`verb`, one token), of the subject's noun phrase
    (`first` to `last`, past the end), and how it was found.

    `form`: "before" (subject before verb), "inverted", "according", "main" (the sentence's subject), "who", "colon".
    """

    verb: int
    first: int
    last: int
    form: str


@dataclass(frozen=True)
class Ground:
    """What finding subjects needs: the scan, and the name that ends or begins at a token."""

    scan: Scan
    ends: dict[int, Name]
    begins: dict[int, Name]
    verbs: set[int]


def ground(scan: Scan, names: list[Name]) -> Ground:
    """The names by their first and last tokens."""
    return Ground(scan, {n.last - 1: n for n in names}, {n.lead: n for n in names}, set())


def reports(g: Ground) -> list[Report]:
    """All reports of the text, in order."""
    verbs, scan = cues(), g.scan
    inside, low = scan.inside, scan.low
    out: list[Report] = []
    for i in scan.at(verbs):
        if inside[i]:
            continue
        if i and low[i - 1] in DETERMINERS and low[i - 1] not in ("all", "both", "this", "that", "some", "one", "many"):
            continue
        found = report(g, i, out)
        if found:
            out.append(found)
            g.verbs.add(i)
    return sorted(out + according(g) + colons(g))


def report(g: Ground, i: int, earlier: list[Report]) -> Report | None:
    """The report whose verb is token i, if it has a subject."""
    scan = g.scan
    if scan.word[i][0].isupper() and scan.start[i] and not starts(scan, i):
        return None
    floor = scan.sentences[scan.sentence[i]]
    j = before_helpers(scan, i, floor)
    helpers = scan.low[j + 1 : i]
    ing = scan.low[i].endswith("ing")
    if not ing and any(h in BE for h in helpers) and scan.low[i] != "say":
        return agent(g, i)
    if not ing and asked(scan, i) and scan.low[i + 1 : i + 2] == ["by"]:
        return agent(g, i)
    if ing and j < floor:
        return opening(g, i)
    if j >= floor and not scan.inside[j]:
        w = scan.low[j]
        if "to" not in helpers and not (ing and not helpers and j not in g.ends and not is_noun(scan, j)):
            found = direct_subject(g, i, j, floor)
            if found and (ing or not hangs(scan, found.first, floor)):
                return found
        if not ing and "to" not in helpers and inverted_place(scan, j):
            found = right(g, i)
            if found:
                return found
        if w in ("and", "but", "or", ",") or ing or "to" in helpers:
            return shared(g, i, floor, earlier)
        return shared(g, i, floor, earlier) if scan.low[i].endswith("ed") or scan.low[i] in ("said", "told") else None
    return (None if ing else right(g, i)) or (shared(g, i, floor, earlier) if ing else None)


def opening(g: Ground, i: int) -> Report | None:
    """ "Praising the crew, Ortiz …": the subject comes after what the participle takes."""
    scan = g.scan
    top = min(scan.sentences[scan.sentence[i] + 1], i + LONGEST)
    for k in range(i + 2, top):
        if scan.inside[k] or not (scan.word[k - 1] == "," or (scan.word[k - 1] in CLOSERS and scan.inside[k - 2])):
            continue
        np = forward(g, k)
        if np and not scan.low[np[0]].endswith("ing"):
            return Report(i, *np, "main")
    return None


def agent(g: Ground, i: int) -> Report | None:
    """The doer in the passive: "it was claimed by the harbour board"."""
    if i + 2 >= len(g.scan.word) or g.scan.low[i + 1] != "by":
        return None
    np = forward(g, i + 2)
    return Report(i, *np, "according") if np else None


def asked(scan: Scan, i: int) -> bool:
    """Whether a verb of speech is a participle at the beginning of its sentence, or behind "when": who is named next
    was asked or told, and did not speak: "Asked whether she knew, Ortiz shrugged." """
    past = scan.low[i].endswith("ed") or scan.low[i] == "told"
    return past and (starts(scan, i) or scan.low[i - 1] in ("when", "if", "once", "until", "unless"))


def passive(scan: Scan, i: int) -> bool:
    """Whether somebody is told or asked by the verb at token i, rather than says it: was told that, Asked whether."""
    helpers = scan.low[before_helpers(scan, i, scan.sentences[scan.sentence[i]]) + 1 : i]
    return asked(scan, i) or (not scan.low[i].endswith("ing") and any(h in BE for h in helpers))


def starts(scan: Scan, i: int) -> bool:
    """Whether token i begins its sentence."""
    return scan.sentences[scan.sentence[i]] == i or scan.inside[i - 1] > 0 or scan.word[i - 1] in CLOSERS


def before_helpers(scan: Scan, i: int, floor: int) -> int:
    """The token before the verb's auxiliaries and adverbs."""
    j = i - 1
    while j >= floor and not scan.inside[j]:
        w = scan.low[j]
        if (
            w in AUXILIARIES
            or w in ADVERBS
            or (
                w.endswith("ly")
                and len(w) > 4
                and scan.word[j][0].islower()
                and w not in ("family", "only", "ally", "assembly")
            )
        ):
            j -= 1
        else:
            break
    return j


def direct_subject(g: Ground, i: int, j: int, floor: int) -> Report | None:
    """The subject that ends just before the verb, or before an apposition or a relative clause."""
    scan = g.scan
    w = scan.low[j]
    if w in OF_WHOM and j - 2 >= floor and scan.low[j - 1] == "of":
        return Report(i, j - 2, j + 1, "before")
    if w in PRONOUNS:
        return Report(i, j, j + 1, "before")
    if w in RELATIVES:
        return relative(g, i, j, floor)
    if w == ")":
        k = j
        while k > max(floor, j - LONGEST) and scan.word[k] != "(":
            k -= 1
        return direct_subject(g, i, k - 1, floor) if k - 1 >= floor and scan.word[k - 1] != ")" else None
    if w in (",", "—", "–", "-") or scan.word[j] in ("--",):
        return across(g, i, j, floor)
    np = left(g, j, floor)
    if np and j in g.ends and hangs(scan, np[0], floor):
        np = (g.ends[j].lead, j + 1)
    return Report(i, *np, "before") if np else None


OF_WHOM = ("them", "us", "these", "those", "ours", "theirs")  # "one of them said"


def hangs(scan: Scan, first: int, floor: int) -> bool:
    """Whether a noun phrase hangs on a preposition and so is no subject (but "as Ortiz said")."""
    return first > floor and scan.low[first - 1] in HANGING


HANGING = PREPOSITIONS - words("subordinating")


def relative(g: Ground, i: int, j: int, floor: int) -> Report | None:
    """ "Ortiz, who said": what stands before the relative pronoun, with it."""
    scan = g.scan
    k = j - 1 if j > floor and scan.word[j - 1] == "," else j
    np = left(g, k - 1, floor) if k - 1 >= floor else None
    if np:
        return Report(i, np[0], j + 1, "who")
    return Report(i, j, j + 1, "who") if scan.low[j] == "who" else None


def across(g: Ground, i: int, comma: int, floor: int) -> Report | None:
    """The subject before one or more insertions between commas: "Ortiz, 43, who ran the bar, said"."""
    scan = g.scan
    k = comma
    best: Report | None = None
    for _ in range(CLAUSES):
        k -= 1
        lowest = max(floor, comma - LONGEST)
        while k > lowest and scan.word[k] not in (",", "—", "–") and not scan.inside[k]:
            k -= 1
        if k <= lowest or scan.inside[k]:
            break
        np = left(g, k - 1, floor)
        if np and (np[0] == floor or subject_like(g, np, floor)):
            best = Report(i, *np, "before")
            if k - 1 in g.ends or np[0] == floor:
                return best
    return best


def subject_like(g: Ground, np: tuple[int, int], floor: int) -> bool:
    """Whether a noun phrase may be a subject: it begins its clause."""
    w = g.scan.low[np[0] - 1] if np[0] > floor else ""
    return (
        w in ("", ",", "and", "but", "that", "when", "while", "as", "because", "—", "–", "-", ":", ";", "(", "―")
        or w in CLOSERS
    )


def left(g: Ground, j: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase that ends at token j, leftwards: its core, without what follows a preposition.

    "a spokesman for the port" gives "a spokesman"; "Ortiz of Acme" gives "Ortiz".
    """
    scan = g.scan
    k = j
    last = j + 1
    while k >= floor and j - k < 14 and not scan.inside[k]:
        name = g.ends.get(k)
        if name:
            k = name.lead - 1
            continue
        w = scan.low[k]
        if w in ("and", "&") and k - 1 in g.ends and k + 1 in g.begins:
            k -= 1
            continue
        if w in DETERMINERS and w != "that":
            k -= 1
            if k >= floor and scan.low[k] in ("all", "of", "both", "some", "one", "many", "most", "several"):
                continue
            if k > floor and scan.low[k] in PREPOSITIONS and (k - 1 in g.ends or is_noun(scan, k - 1)):
                last = k
                k -= 1
                continue
            break
        if w in PREPOSITIONS:
            if k > floor and (k - 1 in g.ends or is_noun(scan, k - 1)) and k < j:
                last = k
                k -= 1
                continue
            break
        if w in STOPS or k in g.verbs or not (scan.word[k][0].isalnum() or w == "'s"):
            break
        k -= 1
    first = k + 1
    if first >= last or scan.low[last - 1] in NOT_SUBJECTS:
        return None
    if not (scan.word[last - 1][0].isalpha() or scan.word[last - 1].isdigit()):
        return None
    return first, last


def is_noun(scan: Scan, k: int) -> bool:
    """Whether token k may be the noun that a preposition hangs on."""
    w = scan.low[k]
    return (
        w in someone() or w in several() or w in words("collectives") or (scan.word[k][0].isupper() and w not in STOPS)
    )


def inverted_place(scan: Scan, j: int) -> bool:
    """Whether the verb may come before its subject: after marks, a comma or a dash."""
    return scan.word[j] in CLOSERS or scan.word[j] in ",—–-!?." or scan.inside[j] > 0


def right(g: Ground, i: int) -> Report | None:
    """The subject just after the verb: "said Ortiz", "says a former writer who …"."""
    np = forward(g, i + 1)
    if np is None or (g.scan.low[np[0]] in PRONOUNS and not after_marks(g.scan, i)):
        return None
    return Report(i, *np, "inverted")


def after_marks(scan: Scan, i: int) -> bool:
    """Whether what is quoted stands right before token i."""
    while i > 0 and (scan.word[i - 1] in CLOSERS or scan.word[i - 1] in ",—–-"):
        i -= 1
        if scan.inside[i]:
            return True
    return i > 0 and scan.inside[i - 1] > 0


def forward(g: Ground, i: int) -> tuple[int, int] | None:
    """The noun phrase that begins at token i, as far as its core goes."""
    scan = g.scan
    top = scan.sentences[scan.sentence[i] + 1] if i < len(scan.word) else i
    while i < top and scan.low[i] in ADVERBS:
        i += 1
    if i >= top or scan.inside[i]:
        return None
    if scan.low[i] in PRONOUNS:
        return i, i + 1
    k = i
    while k < top and k - i < 12 and not scan.inside[k]:
        name = g.begins.get(k)
        if name and not owns(scan, name.last):
            return i, name.last
        if name:
            k = name.last + 1
            continue
        w = scan.low[k]
        if w in STOPS or w in PREPOSITIONS or not (scan.word[k][0].isalnum() or w in ("'s", ".")) or w in NOT_SUBJECTS:
            break
        if k > i and (w in cues() or w.endswith("ly")) and scan.low[k - 1] not in DETERMINERS:
            break
        k += 1
    while k > i and scan.low[k - 1] in (".", "'s"):
        k -= 1
    if k == i:
        return None
    if (
        scan.low[i] in DETERMINERS
        or scan.word[i][0].isupper()
        or any(w in someone() or w in several() or w in words("collectives") for w in scan.low[i:k])
    ):
        return i, k
    return None


def owns(scan: Scan, i: int) -> bool:
    """Whether the name that ends before token i is only whose the noun after it is: "Ortiz’s lawyer"."""
    return i + 1 < len(scan.word) and scan.low[i] in ("'s", "’s") and scan.word[i + 1][0].isalpha()


def shared(g: Ground, i: int, floor: int, earlier: list[Report]) -> Report | None:
    """The subject of the clause before, for "and said", "saying", "to say"."""
    for r in reversed(earlier[-3:]):
        if g.scan.sentence[r.verb] == g.scan.sentence[i] and r.first < i:
            return Report(i, r.first, r.last, "main")
    np = main_subject(g, floor, i)
    return Report(i, *np, "main") if np else None


FRONTED = words("fronted")


def main_subject(g: Ground, floor: int, ceiling: int) -> tuple[int, int] | None:
    """The subject of a sentence that begins at `floor`: its first noun phrase, after a fronted phrase if any."""
    scan = g.scan
    k = floor
    ceiling = min(ceiling, floor + FAR)
    while k < ceiling and (scan.word[k] in CLOSERS or scan.low[k] in ("but", "and", "so", "yet", "then", ",")):
        k += 1
    if k < ceiling and (scan.low[k] in FRONTED or scan.low[k].endswith("ing")):
        commas = [c for c in range(k, ceiling) if scan.word[c] == "," and not scan.inside[c]]
        for c in commas:
            np = forward(g, c + 1)
            if np and np[1] <= ceiling:
                return np
        return None
    while k < ceiling and (scan.low[k] in ADVERBS or scan.low[k].endswith("ly") or scan.word[k] == ","):
        k += 1
    if k >= ceiling or scan.inside[k]:
        return None
    np = forward(g, k)
    return np if np and np[1] <= ceiling else None


def according(g: Ground) -> list[Report]:
    """ "According to X", "in the words of X", "attributed to X"."""
    scan = g.scan
    phrases = {**lexicon().according, "attributed": (("attributed", "to"),)}
    out = []
    for i in scan.at(phrases.keys()):
        for phrase in phrases[scan.low[i]] if not scan.inside[i] else ():
            end = i + len(phrase)
            if tuple(scan.low[i:end]) == phrase and end < len(scan.low):
                np = forward(g, end)
                if np:
                    out.append(Report(i, *np, "according"))
                break
    return out


def colons(g: Ground) -> list[Report]:
    """A name or a label before a colon that ends its sentence or stands before marks."""
    scan = g.scan
    out = []
    for i in scan.where.get(":", ()):
        if scan.inside[i] or i == 0 or scan.inside[i - 1]:
            continue
        floor = scan.sentences[scan.sentence[i]]
        np = left(g, i - 1, floor)
        if np and np[0] == floor and (i - 1) in g.ends:
            out.append(Report(i, *np, "colon"))
    return out


def between(found: list[Report], low: int, high: int) -> list[Report]:
    """The reports whose verb lies in a range of tokens; `found` is in order of verbs."""
    return found[bisect_left(found, (low,)) : bisect_left(found, (high,))]
