"""What people are to the story: whom they play, what they do, what they wrote; each with the words that show it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import Literal, NamedTuple

from vivavoce.people import known as knowing
from vivavoce.people.known import Told
from vivavoce.people.lexicon import cues, first_names, table, trades, words
from vivavoce.people.names import Name, before_called
from vivavoce.people.reports import DETERMINERS, PREPOSITIONS, STOPS
from vivavoce.people.scan import Scan

COURTESIES = words("courtesies")
LONG_FORMS = {
    "gov": "governor", "sen": "senator", "rep": "representative", "prof": "professor", "dr": "doctor",
    "sgt": "sergeant", "capt": "captain", "rev": "reverend", "lt": "lieutenant", "gen": "general",
    "det": "detective", "col": "colonel", "maj": "major", "adm": "admiral", "cmdr": "commander",
    "pc": "police constable", "wpc": "police constable", "insp": "inspector", "supt": "superintendent",
    "cllr": "councillor", "cpl": "corporal", "pvt": "private",
}  # fmt: skip
AFTER_PART = frozenset(["that", "which", "and", "in", "on", "for", "from", "at", "with", "or", "who", "of"])
AFTER_TITLE = frozenset([",", ".", ";", "(", ")", ":", "—", "–", "-", "?", "!", "who", "said", "says"])
SINCE = words("since")
HELPERS = frozenset(["adviser", "advisor", "aide", "assistant", "ambassador", "consultant", "secretary"])
OFFICES = words("offices")
BETWEEN = frozenset(
    [",", "'s", "own", "the", "show", "series", "serial", "film", "book", "programme", "program", "podcast", "play"]
)
UNFINISHED = words("titles") | DETERMINERS | PREPOSITIONS
WRITTEN = frozenset(["written", "co-written", "authored", "co-authored", "penned", "cowritten"])
TITLED = re.compile(
    r"\b(?:book|memoir|novel|play|film|song|album|series|show) (?:titled|called|entitled) [“\"‘']?"
    r"([A-Z][^.,;”\"\n]{1,90})"
)
NEAR = 9
AHEAD = 600
NOT_CAST = words("not_cast")
BEFORE_TITLE = words("before_title")
REACH = 16
NEAREST = 4  # sentences back in which a pronoun's name stands
MAKERS = frozenset(
    [*table("trades")["deeds"].values(), "star", "host", "critic", "reporter", "correspondent", "publisher"]
)
RANKS = frozenset(["first", "second", "third"])  # "first mate"; "the second woman" is only counted
LEADING = frozenset(["assistant", "chief", "deputy", "executive", "guest", "student", "volunteer"])
KINDRED = words("kin") | {"grandpa", "grandma", "granny", "comrade"}
SPANS = frozenset(["year", "years", "month", "months", "week", "weeks", "day", "days", "season", "seasons", "while"])
PAST = frozenset(["then", "former", "formerly", "ex", "onetime", "late", "retired", "previously"])
WERE = frozenset(["was", "were"])
ARTICLES = frozenset(["a", "an", "the"])
BE = frozenset(["was", "were", "is", "are", "'re", "'s"])
BECOMES = BE | {"became"}
SMALL = STOPS | PREPOSITIONS | DETERMINERS
BEFORE_JOB = BEFORE_TITLE - (DETERMINERS - ARTICLES)
ACTORS = frozenset(["actor", "actress", "star", "actors"])


Tense = Literal["then", "now", ""]


class Shown(NamedTuple):
    """A role as tokens: who has it (a name's first token), kind, the other name or the title's tokens, evidence, and
    whether it was so "then" or is so "now", where that is told."""

    who: int
    kind: str
    other: int | None
    title: str
    first: int
    last: int
    when: Tense = ""


def plays(scan: Scan, names: list[Name], t: Told) -> list[Shown]:
    """Who plays whom: "X, who portrayed Y", "X as Y", "X plays Y", "Y (X)", "X (Y)"."""
    starts = {n.lead: n for n in names}
    verbs = words("plays")
    out: list[Shown] = []
    for n in names:
        other = played_by_verb(scan, n, starts, verbs) or played_as(scan, n, starts)
        if other:
            out.append(Shown(n.first, "plays", other.first, "", n.first, other.last))
    pairs = [(n, inner) for n in names if (inner := bracketed(scan, n, starts))]
    players = {n.words for n in names for s in out if s.who == n.first}
    return out + in_brackets(scan, names, pairs, players, t) if pairs else out


def settled(shown: list[Shown], names: list[Name], t: Told) -> list[Shown]:
    """Who plays whom, turned round where a known part seems to play, left out where a known person seems a part."""
    if not t.forms:
        return shown
    by_first = {n.first: n for n in names}
    out = []
    for s in shown:
        who, other = by_first[s.who], by_first[s.other or 0]
        person, part = knowing.person(t, other), knowing.part(t, who)
        if part and not knowing.part(t, other):
            out.append(s._replace(who=other.first, other=who.first))
        elif not part and not person:
            out.append(s)
    return out


def in_brackets(
    scan: Scan, names: list[Name], pairs: list[tuple[Name, Name]], players: set[tuple[str, ...]], t: Told
) -> list[Shown]:
    """ "Y (X)" and "X (Y)": whoever speaks in the text, is told to play somebody or is known plays, and all brackets
    of a text are read the same way; where nothing tells, the one in brackets plays."""
    voices = Counter(n.words[-1].lower() for n in names if speaks(scan, n))

    def weight(n: Name) -> int:
        known = 9 * knowing.person(t, n) - 9 * knowing.part(t, n)
        return voices[n.words[-1].lower()] + 3 * (n.words in players) - 3 * bool(n.title) + known

    outer = sum(weight(n) - weight(inner) for n, inner in pairs) > 0
    found = [(n, inner) if outer else (inner, n) for n, inner in pairs]
    return [
        Shown(who.first, "plays", part.first, "", min(who.first, part.first), max(who.last, part.last))
        for who, part in found
        if len(who.words) > 1 and who.kind == "person"
    ]


def bracketed(scan: Scan, n: Name, starts: dict[int, Name]) -> Name | None:
    """The name in brackets right after a name."""
    if n.last >= len(scan.word) or scan.word[n.last] != "(" or not person_like(n):
        return None
    inner = starts.get(n.last + 1)
    if inner is None or inner.last >= len(scan.word) or scan.word[inner.last] not in (")", ","):
        return None
    if len(inner.words[0].split("-")[0]) == 1:  # a party and a state: "(R-Ohio)"
        return None
    if "".join(w[0] for w in n.words) == "".join(inner.words):  # their own initials: "Ida Marsh (IM)"
        return None
    return inner if person_like(inner) and inner.words != n.words else None


def speaks(scan: Scan, n: Name) -> bool:
    """Whether a name stands right beside a verb of speech."""
    after = scan.low[n.last] if n.last < len(scan.low) else ""
    return after in cues() or (n.lead > 0 and scan.low[n.lead - 1] in cues())


def portrayed(scan: Scan, names: list[Name]) -> list[Name]:
    """Names of parts whose player is not named: "the actress portraying Y", "the character Y", "Y's character"."""
    starts = {n.lead: n for n in names}
    verbs = words("plays")
    out = []
    for n in names:
        before = scan.low[n.lead - 1] if n.lead else ""
        ahead = scan.low[max(0, n.lead - 4) : n.lead]
        after = scan.low[n.last : n.last + 2]
        if before == "character" or after == ["'s", "character"] or (before in verbs and set(ahead) & ACTORS):
            out.append(starts[n.lead])
    return [n for n in out if person_like(n)]


def person_like(n: Name) -> bool:
    """Whether a name may be somebody's."""
    return n.kind in ("person", "")


def played_by_verb(scan: Scan, n: Name, starts: dict[int, Name], verbs: frozenset[str]) -> Name | None:
    """The character in "X, who portrayed Y", "X played (the role of) Y"."""
    if n.kind != "person":
        return None
    i = n.last
    top = min(len(scan.word), n.last + REACH)
    while i < top and (
        scan.low[i] in (",", "who", "has", "had", "also", "famously", "once", "(") or scan.low[i].endswith("ly")
    ):
        i += 1
    if i >= top or scan.low[i] not in verbs or scan.sentence[i] != scan.sentence[n.first]:
        return None
    i += 1
    while i < top + 3 and i < len(scan.word) and i not in starts:
        w = scan.low[i]
        if not (
            w in ("the", "role", "part", "of", "character", "named", "called", "lead", "her", "his", "as")
            or (scan.word[i][0].islower() and w not in STOPS and w not in PREPOSITIONS)
        ):
            return None
        i += 1
    other = starts.get(i)
    return other if other and person_like(other) else None


def played_as(scan: Scan, n: Name, starts: dict[int, Name]) -> Name | None:
    """The character in "X as Y", where no verb of describing stands before."""
    if n.kind != "person" or n.last + 1 >= len(scan.word) or scan.low[n.last] != "as":
        return None
    other = starts.get(n.last + 1)
    before = set(scan.low[max(0, n.lead - 4) : n.lead])
    if (
        other is None
        or not person_like(other)
        or before & NOT_CAST
        or scan.sentence[other.first] != scan.sentence[n.first]
    ):
        return None
    after = scan.word[other.last] if other.last < len(scan.low) else "."
    begins = n.lead == scan.sentences[scan.sentence[n.lead]]
    if not begins and after[0].isalpha() and after.lower() not in AFTER_PART:
        return None
    if after.lower().replace("’", "'") == "'s":
        return None
    return other


def jobs(scan: Scan, names: list[Name]) -> list[Shown]:
    """What people do: "showrunner X", "the show's producer, X", "X, then mayor of Y", "X was mayor of Y"."""
    out: list[Shown] = []
    for n in names:
        if n.kind == "person":
            told = (job_in_title(scan, n), job_before(scan, n), job_after(scan, n), job_told(scan, n))
            out += [j for j in told if j]
    return out


def job_in_title(scan: Scan, n: Name) -> Shown | None:
    """A title that is an office: "President X"; names within it keep their capitals."""
    kept = [LONG_FORMS.get(low, cased(scan, i)) for i, low in office(scan, n)]
    told = {w for w in n.title if w not in COURTESIES and (w in words("titles") or w in trades())}
    if not told - KINDRED:
        return None
    if len(n.words) == 1 and scan.low[n.first] in first_names():
        return None  # "Director Sam" is what somebody is called among friends
    return Shown(n.first, "job", None, " ".join(kept), n.lead, n.last, time_told(scan, n.lead - 1, n.lead))


def office(scan: Scan, n: Name) -> list[tuple[int, str]]:
    """The tokens of a title without forms of address."""
    return [(i, scan.low[i]) for i in range(n.lead, n.first) if scan.word[i] != "." and scan.low[i] not in COURTESIES]


def cased(scan: Scan, i: int) -> str:
    """A word of a title: small, unless it is a name's."""
    low = scan.low[i]
    return low if low in words("titles") or low in trades() or low in OFFICES else scan.word[i]


def job_before(scan: Scan, n: Name) -> Shown | None:
    """A trade right before the name, or before a comma: "showrunner X", "the show's producer, X"."""
    i = before_called(scan, n.lead) - 1
    if i < 0 or scan.inside[i] != scan.inside[n.first]:
        return None
    if scan.word[i] == ",":
        i = placed(scan, i - 1)
        if not any(w in DETERMINERS or w == "'s" for w in scan.low[max(0, i - 4) : i]):
            return None
    if i < 0 or not is_trade(scan, i) or scan.word[i][0].isupper() or scan.sentence[i] != scan.sentence[n.first]:
        return None
    k = i
    while k > 0 and i - k < 4 and modifies(scan, k - 1, i):
        k -= 1
    k -= k == i and opens(scan, k - 1)
    when = time_told(scan, max(0, k - 1), i)
    while k < i and (scan.low[k] in BEFORE_TITLE or scan.low[k] in words("lesser")):
        k += 1
    return Shown(n.first, "job", None, " ".join(scan.low[k : i + 1]), k, n.last, when)


def opens(scan: Scan, k: int) -> bool:
    """Whether token k begins a sentence and a trade: "Shop steward Ida Marsh"."""
    low = scan.low[k]
    if k != scan.sentences[scan.sentence[k + 1]] or low in SMALL or not low.isalpha():
        return False
    return not (verb_like(low) or low in words("not_names") or low in words("people") or low in words("lesser"))


def placed(scan: Scan, i: int) -> int:
    """The token before a place that stands between a trade and a comma: "a school nurse in Port Hale, X"."""
    k = i
    while k > 0 and i - k < 4 and scan.word[k][0].isupper():
        k -= 1
    return k - 1 if k < i and scan.low[k] in ("in", "at", "from") and k > 0 else i


def time_told(scan: Scan, first: int, last: int) -> Tense:
    """Whether words before a trade say that it was so "then" or is so "now"; "" where they say neither."""
    before = set(scan.low[max(0, first) : last])
    return "then" if before & PAST else "now" if "now" in before else ""


def modifies(scan: Scan, k: int, noun: int) -> bool:
    """Whether token k is a small-letter word that belongs to the trade at `noun`: "campaign", "vice"."""
    low, word = scan.low[k], scan.word[k]
    return (
        low not in SMALL
        and word[0].isalpha()
        and word[0].islower()
        and scan.sentence[k] == scan.sentence[noun]
        and low not in words("people")
        and low not in words("plays")
        and not verb_like(low)
    )


def verb_like(w: str) -> bool:
    """Whether a word before a trade is hardly part of its name."""
    if w.endswith("s") and w in cues() and w[:-1] in cues():  # "says producer Ida Marsh"
        return True
    return (w.endswith(("ed", "ing", "ly")) and w not in words("nouns_like_verbs")) or w in (
        "and",
        "or",
        "said",
        "told",
        "met",
        "by",
        "for",
    )


def job_after(scan: Scan, n: Name) -> Shown | None:
    """A trade in an apposition: "X, then mayor of Boston," or "X, the show's producer"."""
    comma = aside(scan, n.last)
    if comma + 1 >= len(scan.word) or scan.word[comma] != ",":
        return None
    first = comma + 1
    while first < len(scan.low) and scan.low[first] in BEFORE_TITLE:
        first += 1
    noun = trade(scan, first, n)
    if noun is None:
        return None
    if scan.low[noun + 1 : noun + 2] == ["of"] and in_marks(scan, noun + 2) and scan.low[noun] not in MAKERS:
        return None  # "X, postmistress of “The Bay”": a part in a work
    return whole_job(scan, n, first, noun)._replace(when=time_told(scan, comma + 1, first))


def in_marks(scan: Scan, i: int) -> bool:
    """Whether a title in marks begins at token i."""
    return scan.word[i : i + 1] in (["“"], ["‘"], ['"'], ["*"], ["«"])


def remarked(scan: Scan, names: list[Name]) -> list[Shown]:
    """A trade that is a sentence of its own, behind one that names one person only: "Ida Marsh rang me. The mayor."."""
    people = [n for n in names if n.kind == "person"]
    out = [s for n in people if (s := named_after(scan, n))] + said_of_last(scan, people)
    for number in range(1, len(scan.sentences) - 1):
        a, b = scan.sentences[number], scan.sentences[number + 1]
        if scan.low[a] != "the" or not 2 < b - a < 6 or scan.word[b - 1] not in ".!":
            continue
        whom = [n for n in people if scan.sentence[n.first] == number - 1]
        noun = trade(scan, a + 1, Name(a, a + 1, (), (), a))
        if len({n.words for n in whom}) == 1 and len(whom[0].words) > 1 and noun == b - 2:
            out.append(Shown(whom[0].first, "job", None, stretch(scan, a + 1, b - 1), whom[0].first, b - 1))
    return out


def named_after(scan: Scan, n: Name) -> Shown | None:
    """A trade that ends a sentence and has its name in one of its own: "It was the minister! Mr Marsh."."""
    first = scan.sentence[n.first]
    if n.lead != scan.sentences[first] or first == 0 or scan.inside[n.first] != scan.inside[n.lead - 1]:
        return None
    after = scan.low[n.last : n.last + 2]
    if after[:1] not in (["."], ["!"]) and not (len(after) == 2 and after[0] == "," and after[1] in PREPOSITIONS):
        return None
    i = n.lead - 2  # before the mark that ends the sentence
    k = i
    while k > 0 and i - k < 4 and modifies(scan, k - 1, i):
        k -= 1
    if scan.word[n.lead - 1] not in ".!" or not is_trade(scan, i) or scan.low[k - 1 : k] not in (["the"], ["our"]):
        return None
    verb = scan.low[k - 2 : k - 1]
    short = k - 1 == scan.sentences[first - 1]
    if not short and verb not in (["was"], ["is"], ["'s"], ["it's"], ["that's"]):
        return None
    return Shown(n.first, "job", None, " ".join(scan.low[k : i + 1]), k, n.last) if scan.word[i][0].islower() else None


PRONOUNS = {"he": "m", "she": "f", "he's": "m", "she's": "f"}


def said_of_last(scan: Scan, people: list[Name]) -> list[Shown]:
    """ "He was deacon", "She's a surveyor now": of the only one whom the sentences before it name in its paragraph,
    where a first name or a title does not contradict the pronoun."""
    out: list[Shown] = []
    firsts = [n.first for n in people]
    for number, i in enumerate(scan.sentences[:-1]):
        gender = PRONOUNS.get(scan.low[i], "") if i + 2 < len(scan.low) else ""
        verb = i + (scan.low[i] in ("he", "she"))
        if not gender or not (verb == i or scan.low[verb] in BECOMES):
            continue
        near = people[bisect_left(firsts, scan.sentences[max(0, number - NEAREST)]) : bisect_left(firsts, i)]
        near = [n for n in near if scan.para[n.first] == scan.para[i] and scan.inside[n.first] == scan.inside[i]]
        if len({n.words for n in near}) != 1 or gender_told(near[-1]) not in ("", gender):
            continue
        out += [j for j in (told_so(scan, near[-1]._replace(first=i), verb, "then"),) if j]
        if out and out[-1].who == i:
            out[-1] = out[-1]._replace(who=near[-1].first, when="" if verb == i else out[-1].when)
    return out


def gender_told(n: Name) -> str:
    """The gender that a title or a first name tells."""
    if {"mr", "sir", "father", "herr"} & set(n.title):
        return "m"
    if {"mrs", "miss", "ms", "lady", "sister", "frau"} & set(n.title):
        return "f"
    return first_names().get(n.words[0].lower(), "")


def aside(scan: Scan, i: int) -> int:
    """The token after initials in brackets, or before the comma after an age: "X (XY), welder", "X, 48, the welder"."""
    if scan.word[i : i + 1] == ["("] and scan.word[i + 2 : i + 3] == [")"] and scan.word[i + 1].isupper():
        return i + 3
    if scan.word[i : i + 1] == [","] and scan.word[i + 2 : i + 3] == [","] and scan.word[i + 1].isdigit():
        return i + 2
    return i


def job_told(scan: Scan, n: Name) -> Shown | None:
    """A trade that a verb tells: "X was mayor of Boston", "X, who was the engineer", "X, you were station manager"."""
    i = n.last
    i = aside(scan, i) if scan.word[i : i + 1] == [","] else i
    told = scan.low[i : i + 4]
    if told[:1] == [","] and told[1:2] in (["who"], ["you"]):
        i, told = i + 2, told[2:]
    elif told[:1] == ["'s"]:
        return None
    if told[:1] in (["has"], ["had"], ["have"]) and told[1:2] == ["been"]:
        return told_so(scan, n, i + 1, "then" if told[0] == "had" else "now")
    if not told or told[0] not in BE:
        return None
    return told_so(scan, n, i, "then" if told[0] in WERE else "now")


def told_so(scan: Scan, n: Name, verb: int, when: Tense) -> Shown | None:
    """The trade after the verb at token `verb`: "was once the engineer", "'s now a first assistant director"."""
    first = verb + 1 + (scan.low[verb + 1 : verb + 2] in (["the"], ["a"], ["an"]))
    first += first < len(scan.low) and scan.low[first].endswith("-year-old")
    while first < len(scan.low) and scan.low[first] in BEFORE_JOB:
        first += 1
    noun = trade(scan, first, n)
    if noun is None or not (scan.word[noun][0].islower() or scan.low[noun] in words("seats")):
        return None
    return whole_job(scan, n, first, noun)._replace(when=time_told(scan, verb, first) or when)


def whole_job(scan: Scan, n: Name, first: int, noun: int) -> Shown:
    """A job from its first word, with what it is the job of where that ends cleanly: "mayor of Port Hale"."""
    last = noun + 1
    while scan.low[last : last + 1] == ["and"] and scan.low[last + 1 : last + 2] and second(scan.low[last + 1]):
        last += 2
    after = scan.low[last] if last < len(scan.low) else ""
    if (after in ("of", "at", "for") and not how_long(scan, last)) or (after == "to" and scan.low[noun] in HELPERS):
        end = last + 1
        while end < len(scan.low) and end - noun < REACH and not stops_title(scan, end, noun):
            end += 1
        while scan.low[end - 1] == "*":
            end -= 1
        whole = end - noun < REACH and end > last + 1 and scan.low[end - 1] not in UNFINISHED
        last = end if whole else last
    job, rest = stretch(scan, first, noun + 1), stretch(scan, noun + 1, last)
    job = job.lower() if job.isupper() and scan.low[noun] not in words("seats") else job
    return Shown(n.first, "job", None, f"{owned(job)} {rest}".strip(), n.first, last)


def how_long(scan: Scan, i: int) -> bool:
    """Whether a preposition at token i begins a stretch of time or an age: "for nine years", "at 19"."""
    after = scan.low[i + 1 : i + 5]
    return bool(after) and (after[0].isdigit() or not SPANS.isdisjoint(after))


def stretch(scan: Scan, first: int, last: int) -> str:
    """The text of some tokens, white space made one space, Markdown's stars left out."""
    return " ".join(scan.text[scan.start[first] : scan.end[last - 1]].replace("*", " ").split()) if first < last else ""


def second(low: str) -> bool:
    """Whether a word after "and" is one more trade of the same person."""
    return low in trades() or low in ("ceo", "owner", "head")


def stops_title(scan: Scan, i: int, noun: int) -> bool:
    """Whether what a job is the job of ends before token i."""
    low, word = scan.low[i], scan.word[i]
    if low == "and":
        return not (scan.word[i - 1][0].isupper() and i + 1 < len(scan.word) and scan.word[i + 1][0].isupper())
    if word[:4].isdigit() and "-" in word:
        return True
    if word.isdigit():
        return not (i + 1 < len(scan.word) and scan.word[i + 1][0].isalpha())
    verb = word[0].islower() and low in cues()
    return verb or low in AFTER_TITLE or low in SINCE or scan.inside[i] != scan.inside[noun]


def owned(title: str) -> str:
    """A job without whose it is: "the station’s manager" is a station manager, "the show’s producer" a producer."""
    for mark in ("’s ", "'s "):
        owner, found, job = title.rpartition(mark)
        if found:
            return f"{owner} {job}" if owner in words("owners") else job
    return title


def trade(scan: Scan, first: int, n: Name) -> int | None:
    """The noun that ends a title which begins at token `first`: at most five words, none of them a verb."""
    for i in range(first, min(first + 6, len(scan.low))):
        w = scan.low[i]
        if scan.sentence[i] != scan.sentence[n.first] or scan.inside[i] != scan.inside[n.first]:
            return None
        after = scan.low[i + 1] if i + 1 < len(scan.low) else ""
        if is_trade(scan, i) and after not in ("'s", "vice") and not is_trade(scan, i + 1) and not leads(scan, i, n):
            return i + (after == "general")
        if (
            w in STOPS
            or w in PREPOSITIONS
            or not (scan.word[i][0].isalpha() or w == "'s")
            or (w in DETERMINERS)
            or (i == first and verb_like(w))
        ):
            return None
    return None


def leads(scan: Scan, i: int, n: Name) -> bool:
    """Whether a trade is the first word of a longer one: "chief lighting technician", "assistant stage manager"."""
    if scan.low[i] not in LEADING:
        return False
    for k in range(i + 1, min(i + 4, len(scan.low))):
        if not scan.word[k][0].islower() or scan.low[k] in SMALL:
            return False
        if is_trade(scan, k):
            return scan.sentence[k] == scan.sentence[n.first]
    return False


def is_trade(scan: Scan, i: int) -> bool:
    """Whether token i is a noun for a trade; some are one only after another word: "props master", "second mate"."""
    if i >= len(scan.low):
        return False
    low = scan.low[i]
    if low in trades() or (low in words("seats") and scan.word[i].isupper()):
        return True
    if low == "head":
        return scan.low[i + 1 : i + 2] == ["of"] and i + 2 < len(scan.word) and scan.word[i + 2][0].isupper()
    before = scan.low[i - 1] if i and low in words("heads") else ""
    ranks = ("hand", "mate") if before in RANKS else ("hand", "man", "mate", "woman")
    return before in words("masters") or (before in words("men") and low in ranks)


def authors(scan: Scan, names: list[Name]) -> list[Shown]:
    """Who wrote something: "written by X", "co-written with the show’s producer, X"; of what, where a title in marks
    or after "titled" stands before."""
    out = []
    for n in names:
        verb = written(scan, n) if n.kind == "person" else None
        if verb is not None:
            out.append(Shown(n.first, "author", None, work_before(scan, verb), verb, n.last))
    return out


def written(scan: Scan, n: Name) -> int | None:
    """The token of "written" before a naming, with "by" or "with" and perhaps whose or what the writer is between."""
    i = n.lead - 1
    floor = max(scan.sentences[scan.sentence[n.first]], n.lead - NEAR)
    while i > floor and scan.low[i] not in ("by", "with"):
        low = scan.low[i]
        if not (scan.word[i][0].isupper() or low in BETWEEN or low in words("roles")):
            return None
        i -= 1
    return i - 1 if i > floor and scan.low[i - 1] in WRITTEN else None


def work_before(scan: Scan, verb: int) -> str:
    """The title of what was written: in marks right before the verb, or the last one called a title."""
    i = verb - 1
    while i > 0 and scan.low[i] in ("was", "were", "is", "been", "has", ",", "co"):
        i -= 1
    if scan.word[i] in ("”", '"', "’"):
        first = i - 1
        while first > max(0, i - NEAR) and scan.word[first] not in ("“", '"', "‘"):
            first -= 1
        return " ".join(scan.text[scan.end[first] : scan.start[i]].split()).rstrip(",.") if first < i - 1 else ""
    found = TITLED.findall(scan.text, max(0, scan.start[verb] - AHEAD), scan.start[verb])
    return " ".join(found[-1].split()) if found else ""
