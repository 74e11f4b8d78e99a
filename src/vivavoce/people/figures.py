"""The figures of one source: namings that mean one person brought together, with gender and kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from vivavoce.model import Known
from vivavoce.people import known as knowing
from vivavoce.people.known import Told, told
from vivavoce.people.lexicon import first_names, noun_gender, same_first, short_forms, words
from vivavoce.people.names import Name
from vivavoce.people.namesakes import Mark
from vivavoce.people.roles import LONG_FORMS
from vivavoce.people.scan import Scan

MANY = 400
SAME = 40
COURTESY = {
    "mr": "m",
    "mrs": "f",
    "miss": "f",
    "ms": "f",
    "lady": "f",
    "lord": "m",
    "sir": "m",
    "madam": "f",
    "dame": "f",
    **dict.fromkeys(["herr", "monsieur", "señor", "signor", "meneer"], "m"),
    **dict.fromkeys(["frau", "fräulein", "madame", "mademoiselle", "señora", "señorita", "signora", "mevrouw"], "f"),
}

Voices = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
NOTHING = told(Known())
PLAIN = Mark()
UNMARKED: Mapping[int, Mark] = {}


class Draft:
    """A figure while its namings are being gathered."""

    def __init__(self, name: tuple[str, ...], kind: str, gender: str = "", courtesy: str = "") -> None:
        self.words, self.kind, self.gender, self.courtesy = name, kind, gender, courtesy
        self.names: list[Name] = []
        self.labels: tuple[str, ...] = ()
        self.called: tuple[str, ...] = ()
        self.second, self.generation = False, ""
        self.unlike: tuple[str, ...] = ()
        self.last = -1
        self.known: int | None = None

    @property
    def full(self) -> str:
        """The name as printed."""
        shown = " ".join(self.words)
        if shown.isupper() and len(shown) > 3 and self.kind == "person":
            shown = shown.title()
        return f"{self.courtesy.capitalize()} {shown}" if self.courtesy and len(self.words) == 1 else shown


def title_gender(title: Iterable[str]) -> str:
    """The gender that titles tell."""
    for t in title:
        if t in words("m_titles"):
            return "m"
        if t in words("f_titles"):
            return "f"
        if noun_gender(t):
            return noun_gender(t)
    return ""


def courtesy(title: Iterable[str]) -> str:
    """Mr, Mrs, Miss …: the form of address among the titles, or ""."""
    return next((t for t in title if t in COURTESY), "")


def gather(
    scan: Scan, names: list[Name], voices: Voices = (), t: Told = NOTHING, told_apart: Mapping[int, Mark] = UNMARKED
) -> list[Draft]:
    """The figures behind the names, in order of first naming.

    Longer names first make figures; then every naming, in the order of the text, goes to the figure that its words,
    title and place speak for, and makes one of its own where none does. All names of a known person are one figure's.
    `told_apart`: namings of a second person who has the name.
    """
    drafts = full_names([n for n in names if not told_apart.get(n.first, PLAIN).second], voices, t)
    by_known = {d.known: d for d in reversed(drafts) if d.known is not None}
    by_last: dict[str, list[Draft]] = defaultdict(list)
    by_first: dict[str, list[Draft]] = defaultdict(list)
    for d in drafts:
        index(d, by_last, by_first)
    short = acronyms(scan, names)
    whole = {tuple(w.lower() for w in n.words): d for d in drafts for n in d.names}
    for d in drafts:
        d.names = []
    strangers: dict[tuple[str, ...], Draft] = {}
    for n in names:
        if told_apart.get(n.first, PLAIN).second:
            take(strangers.setdefault(tuple(w.lower() for w in n.words), stranger(n)), n)
            continue
        if not n.kind or n.kind == "place":
            continue
        number = knowing.known(t, n)
        draft = by_known.get(number) if number is not None else None
        if draft is None and number is None and (len(n.words) > 1 or n.kind == "organisation"):
            draft = whole.get(tuple(w.lower() for w in n.words))
        if draft is None and number is None:
            draft = whole.get(short.get(n.words, ())) or chosen(n, by_last, by_first)
        if draft is None:
            number = number if number is not None else alone(t, n)
            draft = by_known.get(number) if number is not None else None
        if draft is None:
            draft = made(n)
            drafts.append(draft)
            index(draft, by_last, by_first)
            if number is not None:
                recognised(draft, number, t)
                by_known[number] = draft
            if n.kind == "organisation":
                whole[tuple(w.lower() for w in n.words)] = draft
        take(draft, n)
    for d in [*drafts, *strangers.values()]:
        d.generation = next((g for n in d.names if (g := told_apart.get(n.first, PLAIN).generation)), "")
        d.unlike = tuple(dict.fromkeys(u for n in d.names if (u := told_apart.get(n.first, PLAIN).unlike)))
    used = [d for d in drafts if d.names or d.labels]
    return [*sorted(used, key=lambda d: d.names[0].first if d.names else -1), *strangers.values()]


def stranger(n: Name) -> Draft:
    """A second person of a name that somebody else of the text has."""
    made = Draft(n.words, "person", first_names().get(n.words[0].lower(), ""))
    made.second = True
    return made


def alone(t: Told, n: Name) -> int | None:
    """The one known who has a first name or surname that stands alone, unless a title contradicts."""
    if n.kind != "person" or len(n.words) > 1 or not t.alone:
        return None
    number = t.alone.get(knowing.plain(n.words)[0])
    genders = {title_gender(n.title), knowing.gender(t, number)} - {""}
    return number if len(genders) < 2 else None


def recognised(d: Draft, number: int, t: Told) -> None:
    """A figure is somebody known."""
    d.known = number
    d.gender = knowing.gender(t, number) or d.gender


def acronyms(scan: Scan, names: list[Name]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short form -> full name (small letters), where a name is followed by its short form in brackets."""
    starts = {n.first: n for n in names}
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for n in names:
        inner = starts.get(n.last + 1) if n.last < len(scan.word) and scan.word[n.last] == "(" else None
        if inner and n.kind == "organisation" and len(inner.words) == 1 and inner.words[0].isupper():
            out[inner.words] = tuple(w.lower() for w in n.words)
    return out


def take(draft: Draft, n: Name) -> None:
    """A naming goes to a figure and may tell its gender."""
    draft.names.append(n)
    draft.last = n.first
    draft.gender = title_gender(n.title) or draft.gender


def made(n: Name) -> Draft:
    """A figure from one naming."""
    person = n.kind == "person"
    gender = (
        (title_gender(n.title) or (first_names().get(n.words[0].lower(), "") if not courtesy(n.title) else ""))
        if person
        else ""
    )
    return Draft(n.words, n.kind, gender, courtesy(n.title) if person and len(n.words) == 1 else "")


def index(d: Draft, by_last: dict[str, list[Draft]], by_first: dict[str, list[Draft]]) -> None:
    """Where a person is found by last and by first word."""
    if d.kind != "person":
        return
    by_last[d.words[-1].lower()].append(d)
    if len(d.words) > 1:
        by_first[d.words[0].lower()].append(d)


def full_names(names: list[Name], voices: Voices, t: Told) -> list[Draft]:
    """One figure for each person's name of two words or more; forms of one name together, the fullest kept."""
    counts: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], Name] = {}
    for n in names:
        if n.kind == "person" and len(n.words) > 1:
            counts[n.words] += 1
            first.setdefault(n.words, n)
    drafts: list[Draft] = []
    by_last: dict[str, list[Draft]] = defaultdict(list)
    for name, labels in voices:
        spoken = Draft(name, "person", first_names().get(name[0].lower(), ""))
        spoken.labels = labels
        number = t.forms.get(knowing.plain(name))
        if number is not None:
            recognised(spoken, number, t)
        drafts.append(spoken)
        by_last[name[-1].lower()].append(spoken)
    for key in sorted(counts, key=lambda k: (-counts[k], first[k].first)):
        number = knowing.known(t, first[key])
        draft = next((d for d in drafts if d.known == number), None) if number is not None else None
        draft = draft or next((d for d in by_last[key[-1].lower()][:SAME] if able(d, number, key)), None)
        if draft is None:
            draft = Draft(key, "person", first_names().get(key[0].lower(), ""))
            drafts.append(draft)
            by_last[key[-1].lower()].append(draft)
        elif len(key) > len(draft.words) or (len(key[0].rstrip(".")) > 1 >= len(draft.words[0].rstrip("."))):
            draft.words = key
        if number is not None:
            recognised(draft, number, t)
        draft.names.append(first[key])
    return drafts


def able(d: Draft, number: int | None, key: tuple[str, ...]) -> bool:
    """Whether a figure may have a full name; `number`: the known person whose name it is."""
    return (d.known is None or number is None) and alike(d.words, key)


def alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names with one surname may be one person's: "Donald J. Trump", "Kristen/Kristin Wilkins"."""
    x, y = (w[0].lower().rstrip(".") for w in (a, b))
    if same_first(x, y):
        return True
    if len(x) > 4 and len(y) > 4 and x[:3] == y[:3] and abs(len(x) - len(y)) <= 1:
        return sum(p != q for p, q in zip(x, y, strict=False)) + abs(len(x) - len(y)) <= 1
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    return {w.lower() for w in shorter} <= {w.lower() for w in longer}


def chosen(n: Name, by_last: dict[str, list[Draft]], by_first: dict[str, list[Draft]]) -> Draft | None:
    """The figure that a naming of one word, or a title and a surname, means; the one named last among several."""
    if n.kind != "person":
        return None
    low = n.words[-1].lower()
    gender, address = title_gender(n.title), courtesy(n.title)
    if len(n.words) > 1:
        return next((d for d in by_last[low][:SAME] if len(d.words) > 1 and alike(d.words, n.words)), None)
    fits = [d for d in by_last[low] if fit(d, gender, address)]
    if not fits and not n.title:
        fits = by_first[low] or shortened(low, by_first)
    if not fits and len(low) > 4:
        fits = [d for d in misspelt(low, by_last) if fit(d, gender, address)]
    if not fits:
        return None
    exact = [d for d in fits if address and d.courtesy == address] or [d for d in fits if gender and d.gender == gender]
    return main_one(exact or fits)


def shortened(low: str, by_first: dict[str, list[Draft]]) -> list[Draft]:
    """The one whose first name a short form stands for: "Bernie" of Bernadette Cole."""
    longer = short_forms().get(low, frozenset())
    found = [d for first in sorted(longer) for d in by_first.get(first, ())]
    return found if len(found) == 1 else []


def misspelt(low: str, by_last: dict[str, list[Draft]]) -> list[Draft]:
    """The one full name whose surname differs by a letter or two: sources misspell names."""
    if len(by_last) > MANY:
        return []
    near = [
        d
        for last, found in by_last.items()
        if last[:1] == low[0] and len(last) > 4 and Levenshtein.distance(last, low) <= 1 + (len(low) > 7)
        for d in found
        if len(d.words) > 1
    ]
    return near if len(near) == 1 else []


def fit(d: Draft, gender: str, address: str) -> bool:
    """Whether a title does not contradict a figure."""
    if gender and d.gender and gender != d.gender:
        return False
    if address and d.courtesy and len(d.words) == 1:
        return address == d.courtesy
    return not (address in ("mrs",) and d.courtesy == "miss")


def main_one(fits: list[Draft]) -> Draft:
    """Of several with one surname: whom the text has named by far the most, else whom it named last."""
    ranked = sorted(fits, key=lambda d: -len(d.names))
    if len(ranked) == 1 or len(ranked[0].names) >= 3 * max(1, len(ranked[1].names)):
        return ranked[0]
    return max(fits, key=lambda d: d.last)


def keys(drafts: list[Draft]) -> list[str]:
    """A key for each figure: its name, with a number for a second of that name."""
    seen: Counter[str] = Counter()
    out = []
    for d in drafts:
        seen[d.full] += 1
        if (
            d.second
            and seen[d.full] == 1
            and any(n.words == d.words for other in drafts for n in other.names if other is not d)
        ):
            seen[d.full] = 2  # the first of that name goes by a longer one
        out.append(d.full if seen[d.full] == 1 else f"{d.full} ({seen[d.full]})")
    return out


def aliases(scan: Scan, d: Draft) -> tuple[str, ...]:
    """The other forms by which the text names a figure, once each."""
    firsts = [(n.lead if ranked(n) else n.first, n.last) for n in d.names]
    forms = dict.fromkeys(" ".join(scan.text[scan.start[a] : scan.end[b - 1]].split()) for a, b in firsts)
    return tuple(f for f in dict.fromkeys([*d.labels, *forms]) if f != d.full)


def ranked(n: Name) -> bool:
    """Whether a short rank stands before a full name, as part of how somebody is called: "PC", "Sgt"."""
    return len(n.words) > 1 and any(w in LONG_FORMS for w in n.title)
