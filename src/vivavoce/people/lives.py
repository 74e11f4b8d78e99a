"""What keeps two of one name apart across sources, and what shows that they are one: generation, and lines of life."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from vivavoce.model import Figure, Role, folded
from vivavoce.people.lexicon import fields, words

YEARS = 3
OF = frozenset(["of", "at", "for", "on", "in", "to", "with"])


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """A name or a title as it is compared: `folded`, kept, since every source that names somebody asks again."""
    return folded(name)


@lru_cache(maxsize=100_000)
def shape(name: str) -> tuple[str, str, tuple[str, ...]]:
    """First name, surname and middle initials of a name, small letters, titles and "Jr." taken off."""
    parts = [w.strip(".").lower() for w in name.split()]
    parts = [w for w in parts if w not in words("suffixes")] or parts
    while len(parts) > 1 and parts[0] in words("titles"):
        parts.pop(0)
    return parts[0], parts[-1], tuple(w[:1] for w in parts[1:-1])


def contrary(a: Figure, b: Figure) -> bool:
    """Whether two figures cannot be one person."""
    if a.gender and b.gender and a.gender != b.gender:
        return True
    if unlike(a, b) or unlike(b, a):
        return True
    x, y = shape(a.name)[2], shape(b.name)[2]
    return bool(x and y and x != y)


def unlike(a: Figure, b: Figure) -> bool:
    """Whether a source says of one that they are not of a trade that the other has."""
    return bool(a.unlike) and any(trade(r.title)[-1] in a.unlike for r in jobs([b]))


@lru_cache(maxsize=20_000)
def trade(title: str) -> tuple[str, ...]:
    """The words of a job without what it is the job of: "mayor of Port Hale" is a mayor."""
    found = plain(title).split()
    end = next((i for i, w in enumerate(found) if w in OF and i), len(found))
    return tuple(found[:end])


def lines(title: str) -> frozenset[str]:
    """The lines of life that a job belongs to: its last word's, else another word's; none for what is open to all."""
    found = trade(title)
    table = fields()
    own = [table[w] for w in (*reversed(found),) if w in table]
    return own[0] if own else frozenset()


def jobs(figures: Iterable[Figure]) -> list[Role]:
    """What figures do."""
    return [r for f in figures for r in f.roles if r.kind == "job" and trade(r.title)]


def alike(a: list[Figure], b: list[Figure]) -> bool:
    """Whether two have a trade or a part in common, or one's trades are told together in the other."""
    trades, parts = told_trades(a), played(a)
    return bool((trades and trades & told_trades(b)) or (parts and parts & played(b)))


def told_trades(figures: list[Figure]) -> set[str]:
    """The trades that figures are told to have, each by its noun."""
    return {trade(r.title)[-1] for r in jobs(figures)} - words("not_jobs")


def played(figures: list[Figure]) -> set[str]:
    """The parts that figures play."""
    return {plain(r.of) for f in figures for r in f.roles if r.kind == "plays"}


def far(a: list[Figure], b: list[Figure], days: Callable[[Role], str], two: bool = False) -> bool:
    """Whether two have trades that one person seldom has at one time, with no trade in common: a priest and a docker.
    Somebody may have been the one and become the other, so that both must be told of one time: not as past, by sources
    (`days` gives a role's) of a few years. `two`: a source says that two have the name, and any two trades will do."""
    pairs = [(r, s) for r in jobs(a) for s in jobs(b)]
    if not pairs or alike(a, b):
        return False
    if two:
        return all({r.when, s.when} != {"then", "now"} and not lines(r.title) & lines(s.title) for r, s in pairs)
    told = [(r, s) for r, s in pairs if lines(r.title) and lines(s.title)]
    return bool(told) and all(
        not lines(r.title) & lines(s.title) and "then" not in (r.when, s.when) and one_time(days(r), days(s))
        for r, s in told
    )


def one_time(a: str, b: str) -> bool:
    """Whether two dates (YYYY-MM-DD, or less) are told and lie a few years apart at most."""
    return a[:4].isdigit() and b[:4].isdigit() and abs(int(a[:4]) - int(b[:4])) <= YEARS


def generations(a: list[Figure], b: list[Figure]) -> bool:
    """Whether one is the elder and the other the younger of two of one name."""
    return {f.generation for f in a} | {f.generation for f in b} >= {"elder", "younger"}
