"""The names that stand in a text: runs of capitalised words, without titles, told apart by what surrounds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from vivavoce.people.lexicon import cues, first_names, several, someone, words
from vivavoce.people.scan import CLOSERS, Scan

JOINS = frozenset(("of", "for", "&"))
INTO_PLACE = words("into_place")
LETTERS_OF_INITIALS = 6
LONG_RUN = 4
HOUSES = frozenset(["arms", "bar", "hotel", "inn", "pub", "tavern"])  # "the Anchor Bar" is no anchor called Bar


class Name(NamedTuple):
    """One naming: tokens `first` to `last` (past the end), the name's words, and the title words before it.

    `kind`: "person", "organisation", "place" or "" (not known). `lead`: first token of title and name.
    """

    first: int
    last: int
    words: tuple[str, ...]
    title: tuple[str, ...]
    lead: int
    kind: str = ""


class Signs(NamedTuple):
    """What speaks for a name's being a person's, counted over the text."""

    total: int
    inner: int
    titled: int
    speaks: int
    who: int
    owns: int
    placed: int
    the: int


def find(scan: Scan) -> list[Name]:
    """All names of the text in order, each with its kind."""
    titled = title_case(scan)
    names = nicknamed(scan, [n for run in runs(scan) for n in parts(scan, *run)])
    plain = [n for n in names if scan.sentence[n.first] not in titled]
    kinds = classified(scan, plain)
    learned = surnames(kinds)
    for key, what in learned.items():
        if kinds.get(key) in ("", "place", None):
            kinds[key] = what
    found = [of_kind(n, "place" if landmark(scan, n) else kinds[n.words]) for n in plain]
    extra = [n for n in names if scan.sentence[n.first] in titled]
    found += [m for n in extra if (m := known_part(n, kinds, learned))]
    return sorted(found, key=lambda n: n.first)


def of_kind(n: Name, kind: str) -> Name:
    """A name with its kind."""
    return Name(n.first, n.last, n.words, n.title, n.lead, kind)  # `_replace` takes five times as long


def nicknamed(scan: Scan, names: list[Name]) -> list[Name]:
    """The names, with a first name and a surname that a nickname in marks parts made one: "Ida “Duck” Marsh"."""
    out: list[Name] = []
    begins = {n.lead: n for n in names}
    gone: set[int] = set()
    for n in names:
        end = closed(scan, n.last) if len(n.words) == 1 else 0
        other = begins.get(end) if end else None
        if n.first in gone or (other and other.title):
            continue
        if other and scan.sentence[end] == scan.sentence[n.first]:
            out.append(Name(n.first, other.last, (*n.words, *other.words), n.title, n.lead))
            gone.add(other.first)
        else:
            out.append(n)
    return out


def closed(scan: Scan, i: int) -> int:
    """Past the closing mark of a few capitalised words in marks that begin at token i; 0 where none do."""
    if i + 2 >= len(scan.word) or scan.word[i] not in NICKNAME or not scan.word[i + 1][0].isupper():
        return 0
    for k in range(i + 2, min(i + 7, len(scan.word) - 1)):
        if scan.word[k] == NICKNAME[scan.word[i]]:
            return k + 1 if scan.word[k + 1][0].isupper() else 0
    return 0


NICKNAME = {"“": "”", "‘": "’", '"': '"', "«": "»"}


def landmark(scan: Scan, n: Name) -> bool:
    """Whether a naming is part of a place's: "Chandler’s Row", "St Botolph’s"."""
    if n.last + 1 >= len(scan.low) or scan.low[n.last] != "'s":
        return False
    after = scan.word[n.last + 1]
    return (after[0].isupper() and after.lower() in words("places")) or (n.title[-1:] in SAINTS and len(n.words) == 1)


SAINTS = (("st",), ("saint",))


def title_case(scan: Scan) -> set[int]:
    """Sentences in which nearly every longer word is capitalised: headlines, in which capitals tell nothing. Nobody
    speaks in headlines."""
    out = set()
    for n, capitals in Counter(scan.sentence[i] for i in scan.capitals).items():
        a, b = scan.sentences[n], scan.sentences[n + 1]
        if b - a > 60:
            continue
        found = scan.word[a:b]
        shouted = b - a > 1 and all(w.isupper() for w in found if w[0].isalpha())
        spoken = scan.kinds[scan.para[a]] == "speech"
        if shouted or (not spoken and capitals >= LONG_RUN and high(found) and longest_run(found) >= LONG_RUN):
            out.add(n)
    return out


def high(found: list[str]) -> bool:
    """Whether three of four longer words have a capital."""
    long = [w for w in found if len(w) > 3 and w[0].isalpha()]
    return len(long) >= 5 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


def longest_run(found: list[str]) -> int:
    """The most capitalised words in a row; a cast list has many names, but short ones."""
    most = now = 0
    for w in found:
        now = now + 1 if w[0].isupper() else 0
        most = max(most, now)
    return most


def runs(scan: Scan) -> list[tuple[int, int]]:
    """Neighbouring capitalised words, with the small words that names hold."""
    low, inside, sentence = scan.low, scan.inside, scan.sentence
    particles = words("particles")
    out: list[tuple[int, int]] = []
    first = last = -2
    for i in scan.capitals:
        gap = i - last
        joined = first >= 0 and sentence[i] == sentence[last] and inside[i] == inside[last]
        if joined and gap == 1:
            last = i
            continue
        if joined and gap == 2 and (low[i - 1] in particles or low[i - 1] in JOINS or dot(scan, i - 1)):
            last = i
            continue
        if joined and gap == 3 and low[i - 2] == "of" and low[i - 1] == "the":
            last = i
            continue
        if joined and gap == 3 and low[i - 2] in particles and low[i - 1] in particles:
            last = i
            continue
        if first >= 0:
            out.append((first, last + 1))
        first = last = i
    if first >= 0:
        out.append((first, last + 1))
    return out


def dot(scan: Scan, i: int) -> bool:
    """Whether token i is the full stop of an initial or a short title."""
    return scan.word[i] == "." and (len(scan.low[i - 1]) <= 2 or scan.low[i - 1] in words("titles"))


def parts(scan: Scan, first: int, last: int) -> list[Name]:
    """The names in a run: cut at words that are no names, titles taken off."""
    out: list[Name] = []
    a = first
    for i in range(first, last + 1):
        if i == last or barred(scan, i, last) or of_somebody(scan, a, i):
            if a < i:
                out += name(scan, a, i)
            a = i + 1
    return out


def of_somebody(scan: Scan, first: int, i: int) -> bool:
    """Whether the "of" at token i follows a first name and a surname, and so is no part of the name: "Vera Dunn of
    Harbour Radio", "Captain Vera Dunn of …"."""
    while first < i and scan.low[first] in words("titles") and scan.low[first] not in first_names():
        first += 1
    return scan.word[i] == "of" and i - first > 1 and scan.low[first] in first_names() and all_names(scan, first, i)


def all_names(scan: Scan, first: int, last: int) -> bool:
    """Whether all tokens are words with a capital, none of them a body's or a place's, or an initial's full stop."""
    other = words("organisations") | words("places") | words("titles")
    return all(
        scan.word[k] == "." or (scan.word[k][0].isupper() and scan.low[k] not in other) for k in range(first, last)
    )


def barred(scan: Scan, i: int, last: int) -> bool:
    """Whether a capitalised word is no part of a name (but "Will Hay", "May Ling" are names)."""
    low = scan.low[i]
    if i + 1 < last and low in cues() and i == scan.sentences[scan.sentence[i]] and said_before(scan, last):
        return True
    if low not in words("not_names"):
        return "'" in low and low.split("'")[0] in words("not_names")
    if low in ("new", "south", "north", "west") and i + 1 < last and scan.low[i + 1] in words("known_places"):
        return False
    if low in first_names() and i + 1 < last and scan.word[i + 1][0].isupper():
        return scan.low[i + 1] in words("not_names")
    if low in JOINS or low in words("particles"):
        return scan.word[i][0].isupper()
    return not (low == "the" and scan.low[i - 1] == "of")


def said_before(scan: Scan, last: int) -> bool:
    """Whether what is said follows a run: "Said Ortiz: …", in which the first word is no name."""
    return last < len(scan.word) and (scan.word[last] == ":" or scan.inside[last] > 0 or scan.word[last] in "“«„")


def name(scan: Scan, first: int, last: int) -> list[Name]:
    """A name without its titles, or nothing where only titles stand."""
    while last > first and (
        scan.low[last - 1] in JOINS
        or scan.low[last - 1] in (".", "the")
        or (scan.low[last - 1] in words("particles") and scan.word[last - 1][0].islower())
    ):
        last -= 1
    core = after_titles(scan, first, last)
    if core >= last:
        return []
    parts_of = [w for w in scan.word[core:last] if w != "."]
    title = tuple(w for w in scan.low[first:core] if w != ".")
    body = body_after(scan, last)
    if body > last and core == first:
        return [Name(core, body, (*parts_of, *scan.word[last:body]), (), first, "organisation")]
    while len(parts_of) > 1 and parts_of[-1].lower().rstrip(".") in words("suffixes"):
        parts_of.pop()
        last -= 1
    return [
        Name(core, last, tuple(p.rstrip(".") if len(p) > LETTERS_OF_INITIALS else p for p in parts_of), title, first)
    ]


def named_so(scan: Scan, first: int, i: int) -> bool:
    """Whether a title that ends a run is a surname: "Mr. King"."""
    return i > first and any(w in ("mr", "mrs", "ms", "miss", "dr") for w in scan.low[first:i])


def body_after(scan: Scan, i: int) -> int:
    """Past the small-letter words that make a name a body's: "Yonhap news agency", "the Ortiz campaign"."""
    k = i + (i < len(scan.low) and scan.low[i] in ("news", "city", "state"))
    return k + 1 if k < len(scan.low) and scan.low[k] in words("bodies") else i


def after_titles(scan: Scan, first: int, last: int) -> int:
    """The token after the last title or trade of a run that a name follows."""
    titles, trades, given = words("titles"), someone(), first_names()
    core = first
    for i in range(first, last):
        low = scan.low[i]
        if (low in given and low not in titles) or (i == last - 1 and named_so(scan, first, i)):
            break
        if low in titles or (low in trades and low not in given) or opening_craft(scan, i, last):
            core = i + 1
            if core < last and scan.low[core] == ".":
                core += 1
    if core < last and scan.low[core] == "of":
        while core < last and scan.low[core] not in given:
            core += 1
    if core == first and scan.low[first] in words("peoples") and last - first > 2:
        core += 1
    return core


def opening_craft(scan: Scan, i: int, last: int) -> bool:
    """Whether a craft that opens a sentence stands before a first name and a surname, "Promoter Ida Marsh": in
    "Potter Marsh" it may be a name."""
    return scan.low[i] in words("crafts") and i == scan.sentences[scan.sentence[i]] and i + 2 < last


def classified(scan: Scan, names: list[Name]) -> dict[tuple[str, ...], str]:
    """The kind of each distinct name, by the signs of all its namings; longer names first."""
    signs = counted(scan, names)
    parts_of = {w.lower() for key in signs for w in (key[0], key[-1])}
    common = {w for w in parts_of.intersection(scan.word) if w[0].islower()}
    surname_speaks: Counter[str] = Counter()
    for key, s in signs.items():
        if len(key) == 1:
            surname_speaks[key[0]] += s.speaks + s.titled + s.who
    kinds: dict[tuple[str, ...], str] = {}
    for key in sorted(signs, key=lambda k: (-len(k), k)):
        if len(key) == 1 and key[0].lower() in common and not signs[key].titled:
            kinds[key] = ""
            continue
        known = {key[0].lower(), key[-1].lower()}.isdisjoint(common)
        again = len(key) > 1 and (surname_speaks[key[-1]] > 0 or (key[-1:] in signs and known))
        kinds[key] = kind(key, signs[key], int(again))
    return kinds


def counted(scan: Scan, names: list[Name]) -> dict[tuple[str, ...], Signs]:
    """The signs of each distinct name."""
    cue = cues()
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * 8)
    starts = set(scan.sentences)
    size = len(scan.word)
    for n in names:
        s = sums[n.words]
        before = scan.low[n.lead - 1] if n.lead else ""
        after = scan.low[n.last] if n.last < size else ""
        then = scan.low[n.last + 1] if n.last + 1 < size else ""
        s[0] += 1
        s[1] += n.lead not in starts
        s[2] += bool(n.title) or (before in ("named", "called", "of") and called_so(scan, n.lead))
        told = before == "to" and n.lead > 1 and scan.low[n.lead - 2] in ("according", "attributed")
        s[3] += after in cue or told or (before in cue and n.lead not in starts and inverted(scan, n.lead - 1))
        s[4] += after == "who" or (
            after == ","
            and (
                then in ("who", "whose")
                or kin_follows(scan, n.last + 1)
                or (then.isdecimal() and 5 < int(then[:3]) < 110 and len(then) < 4)
            )
        )
        s[5] += after == "'s"
        s[6] += before in INTO_PLACE and not told
        s[7] += before == "the"
    return {k: Signs(*v) for k, v in sums.items()}


CALLED = (
    ("named",),
    ("called",),
    ("with", "the", "name", "of"),
    ("by", "the", "name", "of"),
    ("of", "the", "name", "of"),
)


def before_called(scan: Scan, i: int) -> int:
    """The token at which "named", "by the name of" begin that end before token i; i where they do not."""
    return next((i - len(w) for w in CALLED if i > len(w) and tuple(scan.low[i - len(w) : i]) == w), i)


def called_so(scan: Scan, i: int) -> bool:
    """Whether somebody is said to have the name at token i: "a farmer by the name of Marsh"; a boat has none."""
    k = before_called(scan, i)
    return k < i and (scan.low[k - 1] in someone() or scan.low[k - 1] in words("crafts"))


def kin_follows(scan: Scan, i: int) -> bool:
    """Whether "my sister" stands at token i, behind the comma after a name: "Nell, my sister, was there"."""
    whose, noun = ([*scan.low[i : i + 2], "", ""])[:2]
    return whose in ("my", "our", "his", "her") and noun in words("kin")


def inverted(scan: Scan, verb: int) -> bool:
    """Whether a verb may come before its subject: after marks or a comma."""
    return verb > 0 and (scan.inside[verb - 1] > 0 or scan.word[verb - 1] in CLOSERS or scan.word[verb - 1] in ",—-")


def kind(key: tuple[str, ...], s: Signs, surname: int) -> str:
    """What a name is, by its words and its signs."""
    lows = [w.lower() for w in key]
    if lows[-1] in words("bodies") and key[-1].islower():
        return "organisation"
    if len(key) > 1:
        return kind_of_long(key, lows, s, surname)
    low, word = lows[0], key[0]
    if low in HOUSES:
        return "place"
    if s.titled:
        return "person"
    if low in words("known_places") and s.speaks + s.who < 2:
        return "place"
    if low in words("peoples") or low in words("organisations") or low in words("roles"):
        return "organisation" if s.the and s.speaks else ""
    if word.isupper() and len(word) > 1:
        return "organisation" if len(word) > 2 or s.speaks else ""
    if low in first_names() and (s.inner or len(low) > 3) and s.the * 2 <= s.total:
        return "person"
    if s.the * 2 > s.total:
        return "organisation" if s.speaks else ""
    if low in several():
        return ""
    if s.placed * 2 <= s.total and s.speaks + s.who:
        return "person"
    return ""


def kind_of_long(key: tuple[str, ...], lows: list[str], s: Signs, surname: int) -> str:
    """The kind of a name of two words or more."""
    given = lows[0] in first_names() and lows[0] not in words("known_places")
    if (lows[-1] in words("organisations") or JOINS & set(lows)) and not (given and len(key) == 2 and s.the == 0):
        return "organisation"
    if any(w in words("organisations") for w in lows) and not given:
        return "organisation"
    if not given and (lows[-1] in words("places") or lows[-1] in words("known_places")) and not s.titled:
        return "place"
    score = 3 * given + 3 * (s.titled > 0) + 2 * (s.speaks + s.who > 0) + 2 * (surname > 0)
    score += 2 * any(len(w.rstrip(".")) == 1 for w in key[1:-1]) - 2 * (s.the * 2 > s.total) - (s.placed * 2 > s.total)
    score -= 2 * any(w.isupper() and len(w) > 2 for w in key) + (lows[-1] in words("peoples")) * 3
    if score >= 2 and len(key) <= 5:
        return "person"
    return "organisation" if s.speaks else ""


def surnames(kinds: dict[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Single words that are the last or the first word of a person's longer name."""
    out: dict[tuple[str, ...], str] = {}
    for key, what in kinds.items():
        if what == "person" and len(key) > 1:
            out[(key[-1],)] = "person"
            out.setdefault((key[0],), "person")
    return out


def known_part(n: Name, kinds: dict[tuple[str, ...], str], learned: dict[tuple[str, ...], str]) -> Name | None:
    """The longest part of a headline's run that is a name elsewhere in the text."""
    size = len(n.words)
    if n.last - n.first != size:
        return None
    for length in range(min(size, 5), 0, -1):
        for at in range(size - length + 1):
            key = n.words[at : at + length]
            key = tuple(w.title() for w in key) if key not in kinds and all(map(str.isupper, key)) else key
            what = kinds.get(key) or learned.get(key)
            if what:
                return Name(n.first + at, n.first + at + length, key, (), n.first + at, what)
    return None


def lead(scan: Scan, first: int) -> int:
    """The first of the titles that stand right before a name: "the Rev. Peter Wherry" begins at "Rev."."""
    titles = words("titles")
    i = first
    while i > 0 and scan.sentence[i - 1] == scan.sentence[first]:
        if scan.low[i - 1] in titles and scan.word[i - 1][0].isupper():
            i -= 1
        elif scan.word[i - 1] == "." and i > 1 and scan.low[i - 2] in titles:
            i -= 2
        else:
            break
    return i
