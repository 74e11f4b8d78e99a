"""What a passage tells, as it is compared with others, worked out of the passage alone: its words, phrases, works,
numbers and dates, what was asked, and runs of words by which a copy shows. It does not change as long as the passage is
the same, so a project keeps it of each source; whom the names in it mean, and how rare a word is, are asked of all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np

from vivavoce.accounts.features import asked_of, counted_things, tells, whole_sentences
from vivavoce.accounts.products import Sparse, Whole
from vivavoce.accounts.words import stem, weight, words
from vivavoce.accounts.years import years_in
from vivavoce.model import Passage, Span, Value, folded

RUN, RUN_TELLS = 5, 0.3  # folded words in a row that show a copy; their least weight
KINDS = ("told", "own", "asked", "named", "years")

encode = msgspec.msgpack.Encoder().encode


class Cells(Value, frozen=True):
    """What passages have, how often: for each passage how many, then the number of each and how often it stands there,
    as whole numbers of four bytes, the lowest first."""

    sizes: bytes
    where: bytes
    often: bytes


class Noted(Value, frozen=True):
    """What the passages of one source tell. `names`: features, the first letter of each is its kind; the rest is by
    their numbers. `told`: words, phrases, works, numbers, dates and whole sentences, without the words of names;
    `own`: its words with them; `asked`: of the question before; `named`: the stems of names; `years`: their last two
    figures; `runs`: of each passage how many, and hashes of RUN words, eight bytes each."""

    names: tuple[str, ...]
    told: Cells
    own: Cells
    asked: Cells
    named: Cells
    years: Cells
    runs: tuple[bytes, bytes]


class Told(NamedTuple):
    """The same of many sources: a row for each passage, over one numbering of features. `runs`: where those of each
    passage begin, and where the last end; the hashes."""

    names: list[str]
    told: Sparse
    own: Sparse
    asked: Sparse
    named: Sparse
    years: Sparse
    runs: tuple[Whole, Whole]


def noted(passages: Sequence[Passage]) -> Noted:
    """What passages tell, each of itself."""
    at: dict[str, int] = {}
    rows = [counts(p) for p in passages]
    found = {kind: cells([row[n] for row in rows], at) for n, kind in enumerate(KINDS)}
    copied = [list(runs(p.text)) for p in passages]
    sizes, hashes = np.array([len(own) for own in copied], dtype="<i4"), b"".join(run for own in copied for run in own)
    return Noted(names=tuple(at), **found, runs=(sizes.tobytes(), hashes))


def noting(passages: Sequence[Passage]) -> bytes:
    """What the passages of a source tell, to be kept, and to be handed to `gather` again."""
    return encode(noted(sorted(passages, key=in_order)))


def in_order(p: Passage) -> tuple[str, tuple[Span, ...], str]:
    """Where a passage stands among all."""
    return p.source, p.spans, p.figure or ""


def cells(rows: Sequence[Counter[str]], at: dict[str, int]) -> Cells:
    """What is counted of each passage, by number. `at`: the numbers, to which new ones are added."""
    where = [at.setdefault(f, len(at)) for row in rows for f in row]
    often = [n for row in rows for n in row.values()]
    return Cells(*(np.array(x, dtype="<i4").tobytes() for x in ([len(row) for row in rows], where, often)))


def opened(given: Sequence[Noted]) -> Told:
    """What many sources tell, over one numbering of features, in the order of their names."""
    names = sorted({name for one in given for name in one.names})
    at = {name: n for n, name in enumerate(names)}
    own = [np.array([at[name] for name in one.names], dtype=np.int64) for one in given]
    found = {kind: spread_out([getattr(one, kind) for one in given], own, len(at)) for kind in KINDS}
    begins = begun([one.runs[0] for one in given])
    return Told(names, **found, runs=(begins, np.frombuffer(b"".join(one.runs[1] for one in given), dtype="<i8")))


def spread_out(given: Sequence[Cells], own: Sequence[Whole], width: int) -> Sparse:
    """What is counted of each passage of many sources. `own`: of each source the numbers of its features."""
    nothing = np.zeros(0, dtype=np.int64)
    where = [numbers[np.frombuffer(one.where, dtype="<i4")] for one, numbers in zip(given, own, strict=True)]
    often = np.frombuffer(b"".join(one.often for one in given), dtype="<i4").astype(np.float64)
    return Sparse(begun([one.sizes for one in given]), np.concatenate([nothing, *where]), often, width)


def begun(sizes: Sequence[bytes]) -> Whole:
    """Where each of what has such sizes begins, and where the last ends."""
    found = np.frombuffer(b"".join(sizes), dtype="<i4")
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(found, dtype=np.int64)])


def counts(p: Passage) -> tuple[Counter[str], ...]:
    """What a passage tells, how often, kind by kind in the order of KINDS."""
    named = {stem(part) for n in p.names for part in n.split()}
    every = [stem(w) if tells(w) else "" for w, _, _ in words(p.text)]
    stems = [s if s not in named else "" for s in every]
    asked = asked_of(p)
    told = Counter("w" + s for s in stems if s)
    told.update(f"p{a} {b}" for a, b in pairwise(stems) if a and b)
    told.update("w" + s for s in sorted(asked.difference(stems, named)))
    told.update("k" + w for w in p.works)
    told.update("#" + c for c in counted_things(p.numbers))
    told.update("d" + d for d in p.dates if d[:1].isdigit())
    told.update("=" + said for said in whole_sentences(p.text))
    return (
        told,
        Counter("w" + s for s in every if s),
        Counter("w" + s for s in sorted(asked)),
        Counter("w" + s for s in sorted(named)),
        Counter("y" + year for year in sorted(set(years(p)))),
    )


def years(p: Passage) -> Iterator[str]:
    """The last two figures of the years that a passage, or the question before it, gives: "1972", "seventy-two"."""
    return years_in(p.text if p.heading else f"{p.text} {p.around}")


def runs(text: str) -> Iterator[bytes]:
    """The runs of RUN folded words of a text that tell something, each by its hash."""
    said = folded(text).split()
    tell = [weight(stem(w)) if tells(w) else 0.0 for w in said]
    for n in range(len(said) - RUN + 1):
        if sum(tell[n : n + RUN]) >= RUN_TELLS:
            run = " ".join(said[n : n + RUN]).encode("utf-8", "surrogatepass")
            yield hashlib.blake2b(run, digest_size=8).digest()
