"""Pairs of people who may be one, side by side with what speaks for it and against it: as a list, and as a question of
the review; and what is decided of them, by the same functions as the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vivavoce import desk
from vivavoce.decisions import Decision
from vivavoce.desk import Held, Written
from vivavoce.errors import UsageError
from vivavoce.model import Person
from vivavoce.people.pairs import Pair
from vivavoce.site.cite import parts
from vivavoce.workbench import pairing, persons, review
from vivavoce.workbench.asking import Question, pair_key
from vivavoce.workbench.bench import View
from vivavoce.workbench.deciding import done, kept, latest, now
from vivavoce.workbench.front import Front, Page
from vivavoce.workbench.laid import Laid
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.pairing import Figures, touches

PAIRS = 12  # pairs on a page
FEW = 3  # sources of a person that are shown
LONG = 220  # code points that are shown on either side of a name, in a question
GONE = "The archive does not know one of these yet, or not any more. Wait until it has followed."


# --- the list ----------------------------------------------------------------------------------------------


def page(on: Front, request: Request) -> Response:
    """The pairs of people who may be one, what is likeliest first."""
    view, ledger, over = now(on)
    every, skip = pairing.waiting(view, ledger, over), request.query_params.get("after", "")
    keys = list(every)
    at = keys.index(skip) + 1 if skip in every else 0
    by_key = {pair_key(p): p for p in view.seen.alike}
    name = "pairs-part.html" if request.query_params.get("part") else "pairs.html"
    return on.show(
        name, view, page="people", count=len(keys), done=done(view.seen, ledger, request),
        pairs=[_row(on, view, ledger, over, by_key[key]) for key in [*keys[at:], *keys[:at]][:PAIRS]],
    )  # fmt: skip


def _row(on: Front, view: View, ledger: Ledger, over: Laid, pair: Pair, beside: int = persons.BESIDE) -> dict[str, Any]:
    """A pair as it is shown."""
    two: tuple[Person, ...] = pairing.people(over, pair) or ()
    if len({p.id for p in two}) == 1:
        two = (pair.one, pair.other)  # as they stand in the archive: it is decided that they are one
    sides = [_side(on, view, ledger, over, person, beside) for person in two]
    known = _known(ledger, view, over, two)
    return {"pair": pair, "key": pair_key(pair), "sides": sides, "known": known.id if known else ""}


def _side(on: Front, view: View, ledger: Ledger, over: Laid, person: Person, beside: int) -> dict[str, Any]:
    paths = persons.paths(person)
    said = [q for q in over.said(person.id) if not q.asks]
    groups = [persons.group(on, view, ledger, over, person, path, beside) for path in paths[:FEW]]
    line = persons.line(view.seen, said[0]) if said else None
    return {"person": person, "role": parts(person), "groups": groups, "more": max(len(paths) - FEW, 0), "line": line}


# --- a question of the review ------------------------------------------------------------------------------


def asked(on: Front, question: Question) -> dict[str, Any] | None:
    """What the template of a question is filled with; None where other decisions have settled it, or one of the two
    may not be shown any more."""
    view, ledger, over = now(on)
    assert question.pair
    row = _row(on, view, ledger, over, question.pair, LONG)
    earlier = next((d for d in ledger.standing if d.id == row["known"]), None)
    if not row["sides"] or not (earlier or row["key"] in pairing.waiting(view, ledger, over)):
        return None
    return {
        **row,
        "question": question,
        "ask": "Are these one person?",
        "source": "",
        "trace": None,
        "known": row["known"],
        "earlier": review.told(view.seen, earlier) if earlier else None,
    }


def answer(on: Front, question: Question, form: dict[str, str]) -> Written:
    """Decide on a question of the review; an earlier decision on these two alone, which the page showed, is taken
    back."""
    assert question.pair
    return _decided(on, (question.pair.one.id, question.pair.other.id), form, replaces=True)


# --- deciding ----------------------------------------------------------------------------------------------


def on_pair(on: Front, request: Request) -> Response:
    """Decide that two are one person, or two."""
    form = request.state.form
    written = _decided(on, (form.get("one", ""), form.get("other", "")), form, replaces=False)
    on.bench.kept.setdefault("answered", {})[written.row.id] = "pair"
    return kept(on.bench.view.seen, request, written, "/alike")


def _decided(on: Front, pair: tuple[str, str], form: dict[str, str], replaces: bool) -> Written:
    view, _, over = now(on)
    by, (one, other), (mine, yours) = on.bench.by, *_both(view, over, pair)
    answers: dict[str, Callable[[Held], Written]] = {
        "one": lambda held: desk.merge(held, [one.id, other.id], by),
        "two": lambda held: desk.two(held, one.id, other.id, by),
    }
    if form.get("do") not in answers:
        raise UsageError("That is no answer to this question. Nothing was kept.")
    shown = form.get("known", "")
    earlier = next((d for d in on.bench.ledger().standing if d.id == shown), None)
    alone = earlier is not None and {(a.source, a.figure) for a in earlier.target} <= mine | yours
    return on.bench.decide(
        answers[form["do"]], lambda ledger: _latest(ledger, mine, yours), shown, replaces=replaces and alone
    )


def _both(view: View, over: Laid, pair: Iterable[str]) -> tuple[list[Person], list[Figures]]:
    """Two people as they stand in the archive, with their figures."""
    real = view.seen.real
    sides = [[real[i] for i in over.bases(one) if i in real] for one in pair]
    if not all(sides):
        raise UsageError(GONE)
    return [side[0] for side in sides], [frozenset(f for p in side for f in p.figures) for side in sides]


def _known(ledger: Ledger, view: View, over: Laid, pair: Iterable[Person]) -> Decision | None:
    """The decision on two people that the page shows."""
    try:
        _, sides = _both(view, over, (p.id for p in pair))
    except UsageError:
        return None
    return _latest(ledger, *sides) if len(sides) == 2 else None


def _latest(ledger: Ledger, mine: Figures, yours: Figures) -> Decision | None:
    return latest(ledger, lambda d: touches(d, mine) and touches(d, yours))


PAGES: list[Page] = [("/alike", page, "GET"), ("/pair", on_pair, "POST")]
