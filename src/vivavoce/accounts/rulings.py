"""A person's decisions on accounts, laid over the groups that were found: they win over everything."""

from __future__ import annotations

from typing import NamedTuple

from vivavoce.model import MomentRuling, Passage, Span


class Decided(NamedTuple):
    """Groups of passage numbers, each with its given title or ""; `pinned`: passages that a decision names."""

    groups: list[tuple[list[int], str]]
    pinned: frozenset[int]


def ruled(groups: list[list[int]], passages: list[Passage], rulings: tuple[MomentRuling, ...]) -> Decided:
    """The groups after all rulings, in their order, so that a later one wins.

    `together` makes one of the moments that the anchors stand in; `apart` gives each further anchor's account a
    moment of its own, where it shares one with an anchor before; `title` names the moment that holds most anchors.
    Where a ruling moves accounts, those alone go: to the moment that holds most of the other anchors, or out of it.
    """
    home = {i: n for n, g in enumerate(groups) for i in g}
    titles: dict[int, str] = {}
    pinned: set[int] = set()
    by_source: dict[str, list[int]] = {}
    for i, p in enumerate(passages):
        by_source.setdefault(p.source, []).append(i)
    for ruling in rulings:
        found = [touched(passages, by_source.get(s, []), span) for s, span in ruling.anchors]
        hit, moving = [h for h in found if h], [h for h in found[: ruling.moves] if h]
        pinned.update(i for h in hit for i in h)
        if ruling.moves:
            move(home, passages, moving, hit[len(moving) :], ruling.type == "together")
        elif ruling.type == "together":
            bring_together(home, titles, hit)
        elif ruling.type == "apart":
            set_apart(home, passages, hit)
        elif hit:
            flat = [home[i] for h in hit for i in h]
            titles[max(flat, key=lambda g: (flat.count(g), -g))] = ruling.title
    regrouped: dict[int, list[int]] = {}
    for i in range(len(passages)):
        if i in home:
            regrouped.setdefault(home[i], []).append(i)
    return Decided([(g, titles.get(n, "")) for n, g in regrouped.items()], frozenset(pinned))


def touched(passages: list[Passage], numbers: list[int], span: Span) -> list[int]:
    """Which of a source's passages an anchor overlaps."""
    return [i for i in numbers if any(a < span[1] and b > span[0] for a, b in passages[i].spans)]


def bring_together(home: dict[int, int], titles: dict[int, str], hit: list[list[int]]) -> None:
    """Make one group of all that the anchors stand in."""
    groups = [home[i] for h in hit for i in h]
    for i, group in home.items():
        if group in groups:
            home[i] = groups[0]
    for group in groups[1:]:
        if group in titles:
            titles.setdefault(groups[0], titles.pop(group))


def set_apart(home: dict[int, int], passages: list[Passage], hit: list[list[int]]) -> None:
    """Give each further anchor's account a group of its own where it shares one with an anchor before."""
    for n, moved in enumerate(hit[1:], 1):
        before = {home[i] for h in hit[:n] for i in h}
        group = home[moved[0]]
        if group not in before or set(moved) & {i for h in hit[:n] for i in h}:
            continue
        tellers = {teller(passages[i]) for h in hit[:n] for i in h if home[i] == group}
        whole = teller(passages[moved[0]]) not in tellers
        new = max(home.values()) + 1
        for i in list(home):
            same = whole and home[i] == group and teller(passages[i]) == teller(passages[moved[0]])
            if same or i in moved:
                home[i] = new


def move(
    home: dict[int, int], passages: list[Passage], moving: list[list[int]], others: list[list[int]], to: bool
) -> None:
    """Take accounts out of their groups: `to` the one that holds most of the others, else into one of their own, if
    they share one with the others (or there are none)."""
    there = [home[i] for h in others for i in h]
    if to and not there:
        return
    new = max(there, key=lambda g: (there.count(g), -g)) if to else max(home.values()) + 1
    for h in moving:
        group = home[h[0]]
        if not to and there and group not in there:
            continue
        own = {teller(passages[i]) for i in h if home[i] == group}
        for i in home:
            if home[i] == group and teller(passages[i]) in own:
                home[i] = new


def teller(p: Passage) -> tuple[str, str]:
    """Whose account a passage belongs to."""
    return p.source, p.person.id if p.person else "=" + (p.figure or "")
