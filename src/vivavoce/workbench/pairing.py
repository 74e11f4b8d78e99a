"""Which pairs of people, who may be one, nobody has decided on yet: the same on every page that asks."""

from __future__ import annotations

from vivavoce.decisions import Decision
from vivavoce.model import Person
from vivavoce.people.pairs import Pair
from vivavoce.workbench.asking import pair_key
from vivavoce.workbench.bench import View
from vivavoce.workbench.laid import Laid
from vivavoce.workbench.ledger import Ledger

ARRANGE = ("merge", "split")  # what is decided of who is one person
Figures = frozenset[tuple[str, str]]
Sides = tuple[Person, Person]


def waiting(view: View, ledger: Ledger, over: Laid) -> dict[str, Sides]:
    """The pairs that nobody has decided on, by their keys, each with the two people as they are decided to be; what is
    likeliest first. Pairs of which other decisions tell, too, are settled: of three of whom two are one, the third is
    asked for once."""
    before = view.kept.get("pairs")
    if before and before[0] == ledger.mark:
        known: dict[str, Sides] = before[1]
        return known
    apart, asked = _apart(ledger, over), set[frozenset[str]]()
    found: dict[str, Sides] = {}
    for pair in view.seen.alike:
        sides = people(over, pair)
        ids = frozenset(p.id for p in sides or ())
        if sides and len(ids) == 2 and ids not in asked and not any(ids <= two for two in apart):
            asked.add(ids)
            found[pair_key(pair)] = sides
    view.kept["pairs"] = (ledger.mark, found)
    return found


def people(over: Laid, pair: Pair) -> Sides | None:
    """The two of a pair as they are decided to be; None where one of them is withheld, or was given another name, which
    may be like no other any more: it is asked again when the archive has followed."""
    one, other = (over.person.get(over.to.get(p.id, p.id)) for p in (pair.one, pair.other))
    if one is None or other is None:
        return None
    return (one, other) if all(over.seen.names.get(p.id) == p.name for p in (one, other)) else None


def _apart(ledger: Ledger, over: Laid) -> list[set[str]]:
    """Those of whom it is decided that they are several people."""
    home = over.seen.home
    two = (d for d in ledger.standing if d.type == "person" and d.value["do"] == "split")
    homes = ({i for a in d.target if (i := home.get((a.source, a.figure)))} for d in two)
    return [{over.to.get(i, i) for i in ids} for ids in homes if len(ids) > 1]


def touches(d: Decision, mine: Figures) -> bool:
    """Whether a decision of who is one person is on somebody, by their figures."""
    return d.type == "person" and d.value["do"] in ARRANGE and any((a.source, a.figure) in mine for a in d.target)
