"""What the machine is least sure of, as questions in order: whose a quotation is, whom a label names, whether two
names are one person, whether accounts tell of one event. It only asks; the person decides."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from vivavoce.model import Quote, Source, Value, digest
from vivavoce.people.pairs import Pair
from vivavoce.workbench.ledger import Ledger, label_key, moment_key, quote_key
from vivavoce.workbench.seen import Seen
from vivavoce.workbench.weighing import LOOSE

SURE = 0.9  # what the machine is surer of is not asked
WHILE = 0.2  # a moment of no ground is asked after quotations of which nobody knows whose they are
ASKS = 0.6  # who only asks may stay without a name: whose the answers are is asked before

Kind = Literal["quotation", "label", "pair", "moment"]
KINDS: dict[Kind, str] = {"quotation": "Quotations", "label": "Speakers", "pair": "Pairs", "moment": "Moments"}


class Question(Value, frozen=True):
    """Something to decide. `key`: its address, the same in every build as long as what is asked is. `sure`: how sure
    the machine is of what it holds now (0 to 1). `lines`: how many quotations the answer settles. `why`: why it is
    asked, if not for `sure` alone. `pair`: the two people that it is about."""

    key: str
    kind: Kind
    sure: float
    lines: int = 1
    source: str = ""
    of: str = ""
    why: str = ""
    pair: Pair | None = None


def questions(seen: Seen) -> tuple[Question, ...]:
    """All questions, what is least sure first; of equals, what settles most."""
    asked = [*_of_quotations(seen), *_of_labels(seen), *_of_pairs(seen), *_of_moments(seen)]
    return tuple(sorted(asked, key=lambda q: (q.sure, -q.lines, q.source, q.key)))


def target(seen: Seen, question: Question) -> str:
    """What a question is about, as the ledger of decisions knows it; "" of a pair, of which several decisions can
    tell (see `pairing`)."""
    if question.kind == "pair":
        return ""
    if question.kind == "quotation":
        return quote_key(seen.quotes[question.of], seen.texts)
    if question.kind == "label":
        return label_key(seen.own_path(question.source), question.of)
    return moment_key(seen.moments[question.of], seen.texts)


def targets(seen: Seen, asked: tuple[Question, ...]) -> tuple[str, ...]:
    """What each of some questions is about."""
    return tuple(target(seen, q) for q in asked)


def open_ones(asked: tuple[Question, ...], about: tuple[str, ...], ledger: Ledger) -> list[Question]:
    """The questions that nobody has answered. `about`: their `targets`."""
    return [q for q, what in zip(asked, about, strict=True) if what not in ledger.latest]


def _of_quotations(seen: Seen) -> list[Question]:
    out = []
    for quote in seen.quotes.values():
        if quote.kind == "turn" or quote.engine == "person":
            continue
        sure, why = quote.confidence * quote.sure if quote.person else 0.0, _of_trace(seen, quote)
        if sure < SURE or why:
            out.append(Question(f"q-{quote.id}", "quotation", round(sure, 3), 1, quote.source, quote.id, why))
    return out


def _of_trace(seen: Seen, quote: Quote) -> str:
    """What the recordings say against a quotation."""
    trace = seen.traces.get(quote.id)
    if trace is None or trace.why:
        return ""
    if trace.cls == "misattributed":
        return "The recordings have somebody else saying it."
    kinds = {e.kind for e in trace.edits}
    if kinds & {"sense", "number", "name"} or trace.frames:
        return "It was said in other words, and that may change what it means."
    return ""


def _of_labels(seen: Seen) -> list[Question]:
    """Labels that name nobody, and those whose name was only heard in the talk."""
    nameless = {p.id for p in seen.shown.people if p.kind == "label"}
    out = []
    for source in seen.shown.sources:
        for label, turns in _turns(source).items():
            said = [q for q in seen.said.get(source.path, ()) if q.turn in turns and q.id in seen.quotes]
            if not said or any(q.engine == "person" for q in said):
                continue
            named = all(q.person and q.person.id not in nameless for q in said)
            asks = all(q.asks for q in said)
            sure = min(source.turns[n].sure for n in turns) if named else ASKS * asks
            if sure < 1.0:
                key = f"l-{digest('label', source.path, label)}"
                out.append(Question(key, "label", round(sure, 3), len(said), source.path, label))
    return out


def _of_pairs(seen: Seen) -> list[Question]:
    """People who may be one. They are held to be two, and the more speaks for one, the less sure is that."""
    return [
        Question(f"p-{pair_key(p)}", "pair", round(1 - p.sure, 3), min(p.one.quotes, p.other.quotes), pair=p)
        for p in seen.alike
    ]


def pair_key(pair: Pair) -> str:
    """What a pair is known by, whichever of the two stands first."""
    return digest("pair", *sorted((pair.one.id, pair.other.id)))


def _turns(source: Source) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for n, turn in enumerate(source.turns):
        if turn.label:
            found[turn.label].add(n)
    return found


def _of_moments(seen: Seen) -> list[Question]:
    """Moments that do not stand well, of which all accounts are shown: of others nothing can be decided here."""
    out, whole = [], {m.id: [a.id for a in m.accounts] for m in seen.whole.moments}
    for moment in seen.shown.moments:
        ground = seen.weight.ground.get(moment.id, 1.0)
        if ground < LOOSE and whole.get(moment.id) == [a.id for a in moment.accounts]:
            sure, lines = round(WHILE + ground, 3), len(moment.accounts)
            out.append(Question(f"m-{moment.id}", "moment", sure, lines, moment.accounts[0].source, moment.id))
    return out
