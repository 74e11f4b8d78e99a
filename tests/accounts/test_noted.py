"""What passages tell is kept of each source: gathered from that, after whatever change, the moments are those of a
gathering that knows nothing of before."""

import random

import msgspec
import pytest
from msgspec.structs import replace
from test_kept import passages, people

from vivavoce.accounts import Kept, gather, noting
from vivavoce.accounts import kept as keeping
from vivavoce.accounts.noted import Noted, noted, opened
from vivavoce.model import Known, MomentRuling, Naming, Passage, Person


def by_source(told: list[Passage]) -> dict[str, list[Passage]]:
    """The passages of each source."""
    found: dict[str, list[Passage]] = {}
    for p in told:
        found.setdefault(p.source, []).append(p)
    return found


def notings(told: list[Passage]) -> dict[str, bytes]:
    """What is kept of each source."""
    return {path: noting(ps) for path, ps in by_source(told).items()}


def changed(told: list[Passage], chance: random.Random) -> list[Passage]:
    """The passages after one change: a word, a name, a source that is gone or has another name, a paragraph above."""
    kind, at = chance.randrange(5), chance.randrange(len(told))
    source = told[at].source
    if kind == 0:
        told[at] = replace(told[at], text=told[at].text.replace("wagons", "barrows"))
    elif kind == 1:
        told[at] = replace(told[at], names=("harrow", "ada holm"), dates=("1972-03-04",), works=("the grey gull",))
    elif kind == 2:
        return [p for p in told if p.source != source]
    elif kind == 3:
        return [replace(p, source=f"other-{source}") if p.source == source else p for p in told]
    else:
        below = [((a + 90, b + 90),) for ((a, b),) in (p.spans for p in told if p.source == source)]
        here = iter(below)
        return [replace(p, spans=next(here)) if p.source == source else p for p in told]
    return told


def known(told: list[Passage], chance: random.Random) -> Known:
    """What else a gathering is given: decisions, namings."""
    some = chance.sample(told, 2)
    ruling = MomentRuling(chance.choice(("together", "apart")), tuple((p.source, p.spans[0]) for p in some))
    of = tuple(
        Naming(p.source, *p.spans[0], kind="episode", season=1, episode=chance.randint(1, 2), of="The Quay")
        for p in some
    )
    return Known(moment_rulings=(ruling,), namings=of if chance.random() < 0.5 else ())


@pytest.mark.parametrize("seed", range(12))
def test_after_any_changes_what_was_kept_gives_the_moments_of_a_gathering_without(seed: int) -> None:
    chance, told, held = random.Random(seed), passages(seed), notings(passages(seed))
    earlier: dict[str, bytes] = {}
    for _ in range(4):
        before = by_source(told)
        told = changed(list(told), chance)
        held |= {path: noting(ps) for path, ps in by_source(told).items() if before.get(path) != ps}
        who = [*people(), Person("luke-harrow", "Luke Harrow", aliases=("Harrow",))][: chance.randint(5, 7)]
        given = told, who, known(told, chance)
        chance.shuffle(told)
        kept = Kept(earlier.get, held.get)
        assert gather(*given, kept) == gather(*given)
        earlier |= kept.fresh


def test_of_what_is_kept_nothing_is_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    held = notings(passages())
    monkeypatch.setattr(keeping, "noted", lambda _: pytest.fail("worked out anew"))
    gather(passages(), people(), Known(), Kept(None, held.get))


def test_what_is_kept_is_the_same_whichever_way_the_passages_come_and_is_read_as_it_was() -> None:
    told = by_source(passages())["talk3.txt"]
    assert noting(told) == noting(told[::-1])
    assert msgspec.msgpack.decode(noting(told), type=Noted) == noted(told)


def test_many_sources_are_told_over_one_numbering() -> None:
    one, other = (by_source(passages())[f"talk{n}.txt"] for n in (0, 4))
    alone, both = opened([noted(other)]), opened([noted(one), noted(other)])
    for family in ("told", "own", "asked", "named", "years"):
        mine, ours = getattr(alone, family), getattr(both, family)
        last = ours.begins[len(one)]
        assert [alone.names[f] for f in mine.where] == [both.names[f] for f in ours.where[last:]]
        assert mine.what.tolist() == ours.what[last:].tolist()
