"""The moments: the list in order of what happened, and one moment with its accounts side by side; and what is decided
of them, by the same functions as the command line."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote as quoted

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vivavoce import desk
from vivavoce.citations import title_of
from vivavoce.decisions import Decision
from vivavoce.desk import Held, Written
from vivavoce.errors import UsageError
from vivavoce.language import dates
from vivavoce.model import Account, Moment, Relation, Source, Span, folded
from vivavoce.printing import clock
from vivavoce.workbench.bench import View
from vivavoce.workbench.deciding import done, finds, kept, latest, now, rows, ticked
from vivavoce.workbench.front import Front, Page, wrong
from vivavoce.workbench.laid import Laid, hit
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.seen import Seen
from vivavoce.workbench.words import Lit, paragraphs, printed

MOST = 200  # moments on a page
OFFERED = 12  # moments that are offered to choose from
LONG = 800  # code points of an account that are shown at once
ASKED = 260  # code points of a question before an account
TOLD = {"": "by anybody", "one": "by one", "several": "by several"}
KINDS = {"dispute": "Seen differently", "differ": "Told differently", "agree": "Told alike"}
DOES = {"arrange": ("together", "apart"), "title": ("title",), "note": ("note",), "when": ("when",)}
ABOUT = ("moment", "relation")  # what is decided of moments
Does = Callable[[Front, View, Moment, dict[str, str]], Callable[[Held], Written]]


# --- the list ----------------------------------------------------------------------------------------------


def moments_page(on: Front, request: Request) -> Response:
    """The moments in the order in which they happened, as many as are asked for."""
    view, ledger, over = now(on)
    asked = {name: request.query_params.get(name, "") for name in ("q", "work", "who", "told", "differ", "decided")}
    every = _rows(view, ledger, over)
    found = [r for r in every if _fits(r, asked)] if any(asked.values()) else every
    works, people = _menus(view, ledger, every)
    template = "moments-rows.html" if request.query_params.get("part") else "moments.html"
    return on.show(
        template, view, page="moments", rows=found[:MOST], count=len(found), more=max(len(found) - MOST, 0),
        asked=asked, told=TOLD, works=works, due=bool(over.due or over.fallen),
        people=people, done=done(view.seen, ledger, request),
    )  # fmt: skip


def _menus(view: View, ledger: Ledger, every: Sequence[dict[str, Any]]) -> tuple[list[str], list[tuple[str, str]]]:
    """The works and the people that the moments can be sieved by; worked out once for each state of the journal."""
    before = view.kept.get("moment menus")
    if not before or before[0] != ledger.mark:
        works = Counter(w for r in every for w in r["moment"].works)
        people = {p.id: p.name for r in every for p in r["people"]}
        told = [w for w, _ in works.most_common()], sorted(people.items(), key=lambda p: folded(p[1]))
        before = view.kept["moment menus"] = (ledger.mark, told)
    menus: tuple[list[str], list[tuple[str, str]]] = before[1]
    return menus


def ready(view: View, ledger: Ledger, over: Laid) -> None:
    """Work out what the pages are made from."""
    _menus(view, ledger, _rows(view, ledger, over))


def _fits(row: dict[str, Any], asked: Mapping[str, str]) -> bool:
    several = len(row["moment"].accounts) > 1
    return (
        finds(row["words"], asked["q"])
        and (not asked["work"] or asked["work"] in row["moment"].works)
        and (not asked["who"] or any(p.id == asked["who"] for p in row["people"]))
        and (not asked["told"] or several == (asked["told"] == "several"))
        and (not asked["differ"] or bool(row["differ"]))
        and (not asked["decided"] or row["decided"])
    )


def _rows(view: View, ledger: Ledger, over: Laid) -> list[dict[str, Any]]:
    """Every moment as a row, in order; worked out once for each state of the journal."""
    before = view.kept.get("moments")
    if before and before[0] == ledger.mark:
        return before[1]  # type: ignore[no-any-return]
    by_source = _by_source(d for d in ledger.standing if d.type in ABOUT)
    due, (base, place) = {d.id for d in over.due}, _base(view, ledger)
    numbers = _touched(over)
    dated = any(d.type == "moment" and d.value["do"] == "when" for d in over.due)
    if dated or [m.id for m in over.moments] != [m.id for m in over.seen.shown.moments]:
        same = {over.seen.shown.moments[n].id: base[place[n]] for n in range(len(base)) if n not in numbers}
        made = [
            known if (known := same.get(m.id)) and known["moment"] is m else _row(over, m, by_source, due)
            for m in sorted(over.moments, key=_happened)
        ]
    else:
        made = list(base)
        for n in numbers:
            made[place[n]] = _row(over, over.moments[n], by_source, due)
    view.kept["moments"] = (ledger.mark, made)
    return made


def _by_source(decided: Iterable[Decision]) -> dict[str, list[Decision]]:
    out: dict[str, list[Decision]] = defaultdict(list)
    for d in decided:
        for path in {a.source for a in d.target}:
            out[path].append(d)
    return out


def _base(view: View, ledger: Ledger) -> tuple[list[dict[str, Any]], list[int]]:
    """The rows of a generation as it is, in order, and at which place the row of each of its moments stands; worked
    out once a generation."""
    if "moments of the generation" not in view.kept:
        seen = view.seen
        none = Laid(seen, seen.shown.people, seen.shown.moments)
        held = _by_source(d for d in ledger.journal.decisions if d.id in view.holds and d.type in ABOUT)
        rows = [_row(none, m, held, set()) for m in seen.shown.moments]
        order = sorted(range(len(rows)), key=lambda n: _happened(rows[n]["moment"]))
        place = sorted(range(len(rows)), key=order.__getitem__)
        view.kept["moments of the generation"] = [rows[n] for n in order], place
    made: tuple[list[dict[str, Any]], list[int]] = view.kept["moments of the generation"]
    return made


def _touched(over: Laid) -> set[int]:
    """Which moments of the generation are told otherwise by what is decided since, or their people are."""
    seen, moments = over.seen, over.seen.shown.moments
    news = [d for d in (*over.due, *over.fallen) if d.type in ABOUT]
    near = ((d, n) for d in news for path in {a.source for a in d.target} for n in seen.told_in.get(path, ()))
    return {n for d, n in near if hit(moments[n], d.target)} | {
        n for p in _moved(over) for n in seen.told_by.get(p, ())
    }


def _moved(over: Laid) -> set[str]:
    """The ids of people who are others, or called otherwise, by what is decided since."""
    changed = {i for i, p in over.seen.people.items() if over.person.get(i) is not p}
    return {*changed, *over.to, *(old for old, _ in over.split)}


def _happened(moment: Moment) -> tuple[str, int]:
    when = moment.when
    start = (when.happened.start if when.happened else "") or "9"
    return start, when.order if when.order is not None else 1 << 30


def _row(over: Laid, moment: Moment, by_source: Mapping[str, list[Decision]], due: set[str]) -> dict[str, Any]:
    near = {d.id: d for a in moment.accounts for d in by_source.get(a.source, ())}
    mine = [d for d in near.values() if hit(moment, d.target)]
    people = {p.id: p for a in moment.accounts if (p := over.who(a.person, a.source))}
    odds = list(dict.fromkeys(r.about for r in moment.relations if r.type != "agree"))
    return {
        "moment": moment,
        "when": _when(moment),
        "people": list(people.values()),
        "press": sum(a.person is None for a in moment.accounts),
        "differ": odds,
        "decided": bool(mine),
        "due": any(d.id in due for d in mine),
        "words": folded(" ".join([moment.title, *moment.works, *odds, *(p.name for p in people.values())])),
    }


def _when(moment: Moment) -> str:
    happened = moment.when.happened
    if not happened or not happened.start:
        return ""
    return dates.day(happened.start) + (f" – {dates.day(happened.end)}" if happened.end else "")


def moments_offered(on: Front, request: Request) -> Response:
    """The moments that what is typed may mean, those near to one first, to choose from."""
    view, ledger, over = now(on)
    asked, typed = request.query_params.get("not", ""), request.query_params.get("q", "")
    every = [r for r in _rows(view, ledger, over) if r["moment"].id != asked]
    fit = [r for r in every if finds(r["words"], typed)]
    here = over.moment.get(asked)
    first = [n["id"] for n in _near(view, over, here)] if here else []
    best = sorted(fit, key=lambda r: first.index(r["moment"].id) if r["moment"].id in first else len(first))
    return JSONResponse(
        {"offered": [{"value": r["moment"].id, "name": r["moment"].title, "more": _facts(r)} for r in best[:OFFERED]]}
    )


def _facts(row: dict[str, Any]) -> str:
    names = [p.name for p in row["people"][:4]] + (["…"] if len(row["people"]) > 4 else [])
    return " · ".join(filter(None, (row["when"], ", ".join(names))))


# --- a moment ----------------------------------------------------------------------------------------------


def moment_page(on: Front, request: Request) -> Response:
    """A moment with its accounts side by side."""
    view, ledger, over = now(on)
    asked = request.path_params["id"]
    moment = over.moment.get(asked)
    if moment is None:
        return wrong(on, request, "There is no such moment any more, or it is withheld.", 404)
    if moment.id != asked:
        return RedirectResponse(f"/moments/{quoted(moment.id)}?{request.query_params}", 303)
    name = "moment-part.html" if request.query_params.get("part") else "moment.html"
    return on.show(name, view, page="moments", **_page(request, view, ledger, over, moment))


def _page(request: Request, view: View, ledger: Ledger, over: Laid, moment: Moment) -> dict[str, Any]:
    """What the template is filled with."""
    seen, every = view.seen, _rows(view, ledger, over)
    at = next(n for n, r in enumerate(every) if r["moment"].id == moment.id)
    mine = [d for d in ledger.standing if d.type in ABOUT and hit(moment, d.target)]
    lit = _lit(moment)
    return {
        "moment": moment,
        "when": every[at]["when"],
        "before": every[at - 1]["moment"] if at else None,
        "after": every[at + 1]["moment"] if at + 1 < len(every) else None,
        "accounts": [_account(over, a, n, lit.get(a.id, [])) for n, a in enumerate(moment.accounts, 1)],
        "topics": _topics(over, moment),
        "near": _near(view, over, moment),
        "decided": rows(seen, mine, over),
        "due": [d for d in mine if d in over.due] or [d for d in over.fallen if hit(moment, d.target)],
        "known": {what: _known(ledger, moment, does) for what, does in DOES.items()},
        "done": done(seen, ledger, request),
    }


def _known(ledger: Ledger, moment: Moment, does: Sequence[str]) -> str:
    found = latest(ledger, lambda d: _touches(d, moment, does))
    return found.id if found else ""


def _touches(d: Decision, moment: Moment, does: Sequence[str]) -> bool:
    return d.type == "moment" and d.value["do"] in does and bool(hit(moment, d.target))


def _lit(moment: Moment) -> dict[str, list[Lit]]:
    """The words that relations rest on, by account; each with the number of its note, differences before the rest."""
    out: dict[str, list[Lit]] = defaultdict(list)
    for n, of_one in enumerate(_by_topic(moment).values(), 1):
        look = "odds" if any(r.type != "agree" for r in of_one) else "same"
        for r in of_one:
            for account, e in zip((r.a, r.b), r.evidence, strict=False):
                if not any(m.start < e.end and e.start < m.end for m in out[account]):
                    out[account].append(Lit(e.start, e.end, look, str(n)))
    return out


def _by_topic(moment: Moment) -> dict[str, list[Relation]]:
    """The relations of a moment by what they are about, what is told differently first."""
    found: dict[str, list[Relation]] = defaultdict(list)
    for r in sorted(moment.relations, key=lambda r: list(KINDS).index(r.type)):
        found[folded(r.about)].append(r)
    return found


def _account(over: Laid, account: Account, number: int, lit: list[Lit]) -> dict[str, Any]:
    source = over.seen.sources[account.source]
    person = over.who(account.person, account.source)
    shown: list[Markup] = []
    rest: list[Markup] = []
    length = 0
    for a, b in account.spans:
        (shown if length < LONG else rest).append(printed(source, a, b, lit))
        length += b - a
    start, end = account.spans[0][0], account.spans[-1][1]
    return {
        "id": account.id,
        "number": number,
        "person": person,
        "name": person.name if person else "the article itself",
        "path": account.source,
        "title": title_of(source),
        "told": dates.day(account.told) if account.told else "",
        "at": start,
        "time": clock(account.time[0]) if account.time else "",
        "seconds": account.time,
        "media": source.media[0] if source.media and account.time else None,
        "asked": _asked(source, start),
        "words": shown,
        "rest": rest,
        "open": any(m.start >= a for m in lit for a, _ in account.spans[len(shown) : len(shown) + 1]),
        "round": _round(source, start, end),
    }


def _asked(source: Source, at: int) -> Markup:
    """The question before an account."""
    n = bisect_right(source.turns, at, key=lambda t: t.start) - 1
    before = source.turns[n - 1] if n > 0 else None
    if before is None or not before.asks or not before.spans:
        return Markup("")
    start, end = before.spans[-1]
    first = max(start, end - ASKED)
    while start < first < end and not source.text[first - 1].isspace():
        first += 1
    words = printed(source, first, end)
    return Markup("… {}").format(words) if first > start else words


def _round(source: Source, start: int, end: int) -> list[Markup]:
    """The paragraphs before and after an account."""
    stretches = paragraphs(source)
    first = bisect_right(stretches, start, key=lambda s: s[0]) - 1
    last = bisect_right(stretches, end - 1, key=lambda s: s[0]) - 1
    chosen: list[Span] = [stretches[n] for n in (first - 1, last + 1) if 0 <= n < len(stretches)]
    if 0 <= first < len(stretches) and stretches[first][0] < start:
        chosen.insert(1 if first > 0 else 0, (stretches[first][0], start))
    return [printed(source, a, min(b, a + LONG)) for a, b in chosen]


def _topics(over: Laid, moment: Moment) -> list[dict[str, Any]]:
    """What accounts tell alike or differently, as neutral notes: for each thing what is told of it, and by whom."""
    out = []
    for number, of_one in enumerate(_by_topic(moment).values(), 1):
        pairs = [_relation(over, moment, r) for r in of_one]
        told: dict[str, tuple[str, dict[str, str]]] = {}
        for side in (s for p in pairs for s in p["sides"]):
            told.setdefault(folded(side["value"]), (side["value"], {}))[1].setdefault(side["name"], side["account"])
        values = [(value, [(at, name) for name, at in who.items()]) for value, who in told.values()]
        first = of_one[0]
        odd = {"number": number, "type": first.type, "kind": KINDS[first.type], "about": first.about}
        out.append({**odd, "values": values, "pairs": pairs})
    return out


def _relation(over: Laid, moment: Moment, r: Relation) -> dict[str, Any]:
    by_id = {a.id: a for a in moment.accounts}
    sides = []
    for value, side in zip(r.values, (r.a, r.b), strict=True):
        account = by_id[side]
        person = over.who(account.person, account.source)
        name = person.name if person else title_of(over.seen.sources[account.source])
        sides.append({"name": name, "value": value, "account": side})
    return {"kind": KINDS[r.type], "sides": sides, "decided": r.engine == "person", "key": f"{r.a} {r.b} {r.about}"}


def near_page(on: Front, request: Request) -> Response:
    """The moments near to one, as a piece of its page: on a large project they are known later than the rest."""
    view, ledger, over = now(on)
    moment = over.moment.get(request.path_params["id"])
    found = _near(view, over, moment) if moment else []
    known = {"arrange": _known(ledger, moment, DOES["arrange"])} if moment else {"arrange": ""}
    return on.show("moment-near.html", view, page="moments", moment=moment, near=found, known=known)


def _near(view: View, over: Laid, moment: Moment) -> list[dict[str, Any]]:
    """The moments that were kept apart from one though they are near, with what sets them apart, as the archive has
    them."""
    there = ((n, over.moment.get(n.id)) for n in view.seen.weight.near(moment.id))
    found = ((n, m) for n, m in there if m and m.id != moment.id)
    return [{"id": m.id, "title": m.title, "both": n.both, "apart": n.apart} for n, m in found]


# --- deciding on a moment ----------------------------------------------------------------------------------


def on_moment(on: Front, request: Request) -> Response:
    """Decide on a moment. The answer comes when the decision is on the disk."""
    view, _, over = now(on)
    form = request.state.form
    moment, do = over.moment.get(form.get("moment", "")), form.get("do", "")
    if moment is None:
        raise UsageError("This moment is not here any more: its accounts stand elsewhere. Look for it in the list.")
    if do not in _DOES:
        raise UsageError("That is nothing that can be decided of a moment. Nothing was kept.")
    deciding = _DOES[do](on, view, moment, form)
    does = DOES.get("arrange" if do in ("apart", "move", "join") else do, ())

    def about(ledger: Ledger) -> Decision | None:
        return latest(ledger, lambda d: _touches(d, moment, does))

    written = on.bench.decide(deciding, about, form.get("known", ""), replaces=do in ("title", "note", "when"))
    return kept(view.seen, request, written, _next(on, moment))


def _next(on: Front, moment: Moment) -> str:
    """Where the accounts of a moment are shown now: most of them, for it may have given some away."""
    _, _, over = now(on)
    ids = {a.id for a in moment.accounts}
    same = over.moment.get(moment.id)
    if same and ids == {a.id for a in same.accounts}:
        return f"/moments/{same.id}"
    there = max(over.moments, key=lambda m: sum(a.id in ids for a in m.accounts), default=None)
    return f"/moments/{there.id}" if there else "/moments"


def _real_account(seen: Seen, account: Account) -> str:
    """The id of an account as the archive has it: decisions are made on it. Raises UsageError where it is not whole."""
    return _real(seen, account)[0]


def _real(seen: Seen, account: Account) -> tuple[str, Moment]:
    """The same, with the moment that it stands in."""
    found = seen.accounts.get((seen.own_path(account.source), account.spans[0]))
    if found is None:
        raise UsageError("Some of these words are withheld, and nothing is decided of them here.")
    return found


def _real_moment(seen: Seen, moment: Moment) -> str:
    """The id of the moment, as the archive has it, that holds most of a moment's accounts."""
    held = Counter(_real(seen, a)[1].id for a in moment.accounts)
    return held.most_common(1)[0][0]


def _settled(view: View, moment: Moment) -> str:
    """The same, for what is said of the moment as it stands in the archive. Raises UsageError while it does not."""
    real = _real_moment(view.seen, moment)
    there = next(m for a in moment.accounts if (m := _real(view.seen, a)[1]).id == real)
    mine = {_real_account(view.seen, a) for a in moment.accounts}
    if not mine <= {a.id for a in there.accounts}:
        raise UsageError("The archive has these accounts in several moments yet. Wait until it has followed.")
    return real


def _ticked(view: View, moment: Moment, form: dict[str, str]) -> list[str]:
    ids = set(ticked(form, "a."))
    found = [a for a in moment.accounts if a.id in ids]
    if not found:
        raise UsageError("No account is ticked. Tick one, or several, first.")
    return [_real_account(view.seen, a) for a in found]


def _apart(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    ids, real = _ticked(view, moment, form), _settled(view, moment)
    if len(ids) == len(moment.accounts):
        raise UsageError("These are all accounts of this moment. Leave one that stays.")
    return lambda held: desk.apart(held, real, ids, on.bench.by)


def _chosen(on: Front, form: dict[str, str]) -> Moment:
    """The moment that is meant by its id or its title."""
    _, _, over = now(on)
    asked = form.get("to", "").strip()
    titled = [m for m in over.moments if asked and folded(m.title) == folded(asked)]
    found = over.moment.get(asked) or (titled[0] if len(titled) == 1 else None)
    if not asked:
        raise UsageError("No moment is chosen. Type a part of its title.")
    if found is None:
        many = "could be several: choose one of those that are offered" if titled else "is no moment here"
        raise UsageError(f"“{asked}” {many}.")
    return found


def _move(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    ids = _ticked(view, moment, form)
    if form.get("to") == "new":
        return _apart(on, view, moment, form)
    real = _settled(view, _chosen(on, form))
    return lambda held: desk.move(held, ids, real, on.bench.by)


def _join(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    other = _chosen(on, form)
    if other.id == moment.id:
        raise UsageError("That is this moment. Choose another one.")
    ids = [_real_account(view.seen, a) for m in (moment, other) for a in m.accounts]
    return lambda held: desk.together(held, ids, on.bench.by)


def _title(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    words, real = " ".join(form.get("title", "").split()), _settled(view, moment)
    if not words:
        raise UsageError("There is no title. Write one.")
    return lambda held: desk.title(held, real, words, on.bench.by)


def _note(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    real = _settled(view, moment)
    return lambda held: desk.note(held, real, form.get("note", ""), on.bench.by)


def _dated(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    day, real = form.get("when", "").strip(), _settled(view, moment)
    return lambda held: desk.when(held, real, day, on.bench.by)


def _of_relation(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    do: Any = form["do"]
    meant = next((r for r in moment.relations if f"{r.a} {r.b} {r.about}" == form.get("relation", "")), None)
    if meant is None:
        raise UsageError("This is not told of the accounts any more. Load the page again.")
    by_id = {a.id: a for a in moment.accounts}
    between = [_real_account(view.seen, by_id[i]) for i in (meant.a, meant.b)]
    real = _settled(view, moment)
    return lambda held: desk.relation(held, real, do, meant.about, between, on.bench.by)


def _relate(on: Front, view: View, moment: Moment, form: dict[str, str]) -> Callable[[Held], Written]:
    about, real = " ".join(form.get("about", "").split()), _settled(view, moment)
    one, other = (form.get(side, "").strip() for side in ("one", "other"))
    if not (about and one and other):
        raise UsageError("Say what it is about, and give words of both accounts, as they stand there.")
    values = [" ".join(form.get(v, "").split()) for v in ("value-one", "value-other")]
    given = values if all(values) else []
    return lambda held: desk.relate(held, real, form.get("kind", ""), about, (one, other), given, on.bench.by)


_DOES: dict[str, Does] = {
    "apart": _apart, "move": _move, "join": _join, "title": _title, "note": _note, "accept": _of_relation,
    "reject": _of_relation, "relate": _relate, "when": _dated,
}  # fmt: skip

PAGES: list[Page] = [
    ("/moments", moments_page, "GET"),
    ("/moments.json", moments_offered, "GET"),
    ("/moments/{id}", moment_page, "GET"),
    ("/moments/{id}/near", near_page, "GET"),
    ("/moment", on_moment, "POST"),
]
