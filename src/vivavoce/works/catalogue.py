"""The works of a history behind all namings of all sources, with their parts, facts and times."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from vivavoce.model import Catalogue, Entry, Evidence, Fact, Naming, Offset, OfWorks, Placing, Work, folded, slug
from vivavoce.works.dating import came_out, happening

Key = tuple[str, ...]  # ("title", kind of thing, folded title) or ("season", series, n), ("episode", series, season, n)
OFTEN = 2  # times that words in marks must look like a title before they are held to be one
ARTICLE = re.compile(r"^(?:the|an?) ")
BY_NUMBER = re.compile(r"(?:S(\d{1,2}))?\s*E?(\d{1,3})", re.I)
UNBOUND = frozenset(["takes"])  # kinds of facts that tell something of themselves; others need a work
PART = frozenset(["season", "episode"])
KINDS = ["series", "podcast", "film", "album", "book", "play", "song", "season", "episode", "work", "event", "place"]


class Named(NamedTuple):
    """A naming with all the keys under which its work is known."""

    naming: Naming
    keys: tuple[Key, ...]


def catalogue(told: Iterable[OfWorks], listed: tuple[Work, ...]) -> Catalogue:
    """The works of all sources: one entry a work, however it is spelt, numbered or placed; with the facts, relative
    times and places in an order of each. `listed`: the works of vivavoce.toml, whose titles, kinds, numbers and dates
    hold. What no sure naming supports is left out. Near-linear in the namings."""
    of_sources = sorted(told, key=lambda t: t.source)
    named = [Named(n, keys(n)) for t in of_sources for n in t.namings]
    groups = joined([*(list_keys(w, listed) for w in listed), *(n.keys for n in named if n.naming.sure)])
    entries, homes = made(groups, supported(named, groups), listed)
    held = (n for n in named if groups.get(n.keys[0]) in homes)
    at = {(n.naming.source, n.naming.start, n.naming.end): homes[groups[n.keys[0]]] for n in held}
    values = (found(f, at) for t in of_sources for f in t.facts)
    facts = tuple(sorted((f for f in values if f.work or f.kind in UNBOUND), key=by_kind))
    dated = tuple(came_out(e, facts) for e in entries)
    offsets = tuple(happening(found(o, at), dated, facts) for t in of_sources for o in t.offsets)
    placings = tuple(beside(p, t, at) for t in of_sources for p in t.placings)
    return Catalogue(dated, facts, offsets, placings)


def by_kind(fact: Fact) -> tuple[str, str, int]:
    """Facts in the order in which they are listed."""
    return fact.work, fact.source, fact.start


def plain(title: str) -> str:
    """A title as titles are compared: folded, without the article."""
    return ARTICLE.sub("", folded(title)) or folded(title)


def keys(n: Naming) -> tuple[Key, ...]:
    """Under which keys a naming's work is known, the surest first; never empty."""
    home = plain(n.of) if n.of else ""
    found: list[Key] = []
    if n.kind == "season" and n.season is not None:
        return (("season", home, str(n.season)),)
    if n.kind == "episode" and n.episode is not None:
        found.append(("episode", home, season_of(n), str(n.episode)))
    if n.position:
        found.append(("episode", home, season_of(n) if " " not in n.position else "", n.position.split(" ")[-1]))
    if n.title:
        found.append(("title", "", plain(n.title)))
    return tuple(found) or (("title", "", plain(n.of)),)


def season_of(n: Naming) -> str:
    """The number of an episode's season, or ""."""
    return "" if n.season is None else str(n.season)


def list_keys(work: Work, listed: tuple[Work, ...]) -> tuple[Key, ...]:
    """The keys of a listed work: its names, and its number in what it is part of."""
    found: list[Key] = [("title", "", plain(t)) for t in (work.title, *work.aliases)]
    above = {plain(w.title): w for w in listed}
    over = above.get(plain(work.part_of)) if work.part_of else None
    number = BY_NUMBER.search(work.number)
    if not number or work.kind not in PART:
        return tuple(found)
    if work.kind == "season":
        return (*found, ("season", plain(work.part_of), number[2]))
    season, series = number[1] or "", work.part_of
    if over and over.kind == "season" and (own := BY_NUMBER.search(over.number)):
        season, series = season or own[2], over.part_of
    return (*found, ("episode", plain(series), str(int(season)) if season else "", str(int(number[2]))))


def joined(rows: Iterable[tuple[Key, ...]]) -> dict[Key, Key]:
    """Each key with the first of those that any row says are one work."""
    parent: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for row in rows:
        first, *others = (root(k) for k in row)
        for other in others:
            parent[root(other)] = root(first)
    return {key: root(key) for key in list(parent)}


def supported(named: list[Named], groups: dict[Key, Key]) -> dict[Key, list[Naming]]:
    """The namings of each work; those that nothing says are one only count where the work is known from others, or
    where they come again."""
    often = Counter(n.keys[0] for n in named if not n.naming.sure)
    out: dict[Key, list[Naming]] = defaultdict(list)
    for n in named:
        key = n.keys[0]
        if not n.naming.sure and key not in groups and often[key] >= OFTEN:
            groups[key] = key
        if key in groups:
            out[groups[key]].append(n.naming)
    return out


def made(
    groups: dict[Key, Key], namings: dict[Key, list[Naming]], listed: tuple[Work, ...]
) -> tuple[list[Entry], dict[Key, str]]:
    """The entries in order, and the id of each group's."""
    works = {groups[("title", "", plain(w.title))]: w for w in reversed(listed)}
    aliases: dict[Key, set[Key]] = defaultdict(set)
    for key, root in groups.items():
        aliases[root].add(key)
    drafts = {root: draft(root, aliases[root], namings.get(root, []), works.get(root)) for root in aliases}
    drafts |= implied(drafts, groups)
    ids = numbered(drafts)
    id_of = {k: ids[groups.get(k, k)] for k in [*groups, *drafts] if groups.get(k, k) in ids}
    by_title = {k[2]: i for k, i in id_of.items() if k[0] == "title"}
    seasons = {(k[1], k[2]): i for k, i in id_of.items() if k[0] == "season"}
    entries = []
    for root, (entry, series, season) in drafts.items():
        above = seasons.get((series, season), "") if season and entry.kind == "episode" else ""
        above = above or (by_title.get(series, "") if series else "")
        entries.append(replace(entry, id=ids[root], part_of=above if above != ids[root] else ""))
    return ordered(entries), ids


Draft = tuple[Entry, str, str]  # with the folded title of its series, and the number of its season


def draft(root: Key, held: set[Key], namings: list[Naming], work: Work | None) -> Draft:
    """One entry, not yet with its id, and what it is a part of."""
    numbers = sorted((k for k in held if k[0] != "title"), key=lambda k: (not k[-1].isdigit(), k))
    number = numbers[0] if numbers else ()
    kinds = Counter(n.kind for n in namings if n.kind and n.title)
    kind = (work.kind if work else "") or (number[0] if number else "") or most(kinds)
    kind = kind or next((n.kind for n in namings if n.kind), "") or ("work" if namings else "")
    if root[0] == "title" and any(n.of and plain(n.of) == root[2] for n in namings) and not kinds:
        kind = "series"
    titles = Counter(n.title for n in namings if n.title)
    title = work.title if work else most(titles) or by_number(number)
    if not title:
        title = next((n.of for n in namings if n.of), "") or root[-1].title()
    others = [t for t, _ in titles.most_common() if folded(t) != folded(title)]
    names = tuple(dict.fromkeys([*(work.aliases if work else ()), *others]))
    series = number[1] if number else plain(work.part_of) if work and work.part_of else ""
    if not series and kind in PART:
        series = most(Counter(plain(n.of) for n in namings if n.of))
    season = number[2] if number and number[0] == "episode" else ""
    told = number[-1] if number and number[-1].isdigit() else work.number if work else ""
    evidence = tuple(Evidence(n.source, n.start, n.end) for n in namings)
    entry = Entry("", title, kind, names, "", told, work.date if work else "", work is not None, evidence)
    return entry, series, season


def most(often: Counter[str]) -> str:
    """The most frequent, of those as frequent the first; "" of none."""
    return often.most_common(1)[0][0] if often else ""


def by_number(number: Key) -> str:
    """What a part is called by its number or place."""
    if not number:
        return ""
    if number[0] == "season":
        return f"Season {number[2]}"
    if number[3].isdigit():
        return f"Season {number[2]}, episode {number[3]}" if number[2] else f"Episode {number[3]}"
    place = "finale" if number[3] == "last" else "opening episode"
    return f"Season {number[2]} {place}" if number[2] else f"The {'series ' if number[3] == 'last' else ''}{place}"


def implied(drafts: dict[Key, Draft], groups: dict[Key, Key]) -> dict[Key, Draft]:
    """The seasons and series that nothing names by themselves, only their parts."""
    out: dict[Key, Draft] = {}
    evidence: dict[Key, list[Evidence]] = defaultdict(list)
    for entry, series, season in list(drafts.values()):
        if entry.kind == "episode" and season and ("season", series, season) not in groups:
            key: Key = ("season", series, season)
            evidence[key] += entry.evidence
            told = tuple(evidence[key])
            out[key] = (Entry("", f"Season {season}", "season", number=season, evidence=told), series, "")
    for key, title in {("title", "", s): s for _, s, _ in [*drafts.values(), *out.values()] if s}.items():
        if key not in groups:
            shown = tuple(e for d in drafts.values() if d[1] == title for e in d[0].evidence)
            out[key] = (Entry("", spelled(title), "series", evidence=shown), "", "")
    return out


def spelled(title: str) -> str:
    """A folded title with capitals."""
    return " ".join(w.capitalize() for w in title.split())


def numbered(drafts: dict[Key, Draft]) -> dict[Key, str]:
    """An id for each entry: its series, with the numbers or the title; a further one of the same gets a number."""
    taken: Counter[str] = Counter()
    out = {}
    for root, (entry, series, season) in sorted(drafts.items()):
        parts = [series] if series and entry.kind in PART else []
        if entry.kind == "season" and entry.number:
            parts.append(f"season {entry.number}")
        elif entry.kind == "episode" and entry.number:
            parts.append(f"s{season}e{entry.number}" if season else f"episode {entry.number}")
        else:
            parts.append(entry.title)
        base = slug(" ".join(parts))
        taken[base] += 1
        out[root] = base if taken[base] == 1 else f"{base}-{taken[base]}"
    return out


def ordered(entries: list[Entry]) -> list[Entry]:
    """The entries as a catalogue has them: by kind and title, each followed by its parts in their order."""
    below: dict[str, list[Entry]] = defaultdict(list)
    for e in entries:
        below[e.part_of].append(e)
    out: list[Entry] = []
    seen: set[str] = set()

    def put(parent: str) -> None:
        for e in sorted(below[parent], key=rank):
            if e.id not in seen:
                seen.add(e.id)
                out.append(e)
                put(e.id)

    put("")
    return out + [e for e in entries if e.id not in seen]


def rank(e: Entry) -> tuple[int, int, str, str]:
    """Where an entry stands among its equals."""
    number = int(e.number) if e.number.isdecimal() and len(e.number) < 10 else 10_000
    return (KINDS.index(e.kind) if e.kind in KINDS else len(KINDS)), number, e.date or "9", e.title.casefold()


Place = dict[tuple[str, int, int], str]
T = TypeVar("T", Fact, Offset)


def found(one: T, at: Place) -> T:
    """A fact or a relative time with the id of the entry that its naming is of."""
    start, end = one.of or (-1, -1)
    return replace(one, work=at.get((one.source, start, end), ""))


def beside(p: Placing, told: OfWorks, at: Place) -> Placing:
    """A place in an order with the episode, else the work, that the source named last before it."""
    before = [n for n in told.namings if n.start <= p.end and (n.source, n.start, n.end) in at]
    held = [n for n in before if n.kind == "episode"] or [n for n in before if n.kind not in ("place", "event")]
    return replace(p, work=at[held[-1].source, held[-1].start, held[-1].end] if held else "")
