"""The people: the list, a person with all that shows who they are, and pairs that may be one; and what is decided of
them, by the same functions as the command line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote as quoted

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vivavoce import archive, desk
from vivavoce.citations import title_of
from vivavoce.decisions import Decision
from vivavoce.desk import Held, Written
from vivavoce.errors import UsageError
from vivavoce.language import dates
from vivavoce.listing import people as listed
from vivavoce.model import CHANNELS, Cast, Evidence, Figure, Mention, Person, Quote, Restriction, Role, Source, folded
from vivavoce.printing import clock, shortened
from vivavoce.rights import people_of
from vivavoce.rights.gate import is_day
from vivavoce.site.cite import part, parts
from vivavoce.workbench import grounds, pairing
from vivavoce.workbench.bench import View
from vivavoce.workbench.deciding import done, finds, kept, latest, now, rows, ticked
from vivavoce.workbench.front import Front, Page, wrong
from vivavoce.workbench.laid import Laid
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.pairing import ARRANGE, Figures
from vivavoce.workbench.seen import Seen
from vivavoce.workbench.words import Lit, paragraphs, printed

MOST = 200  # people on a page
GROUPS = 40  # sources of a person on a page
LINES = 30  # quotations of a person on a page
FEW = 3  # mentions of a person that are shown of a source
BESIDE = 70  # code points that are shown on either side of words
OFFERED = 12  # people that are offered to choose from
SHOWS = {"": "All", "unnamed": "Without a name", "proposed": "Proposed names"}
ORDER = {"person": 0, "label": 1, "group": 2, "organisation": 3, "character": 4}
DAYS = "2031-05-09"


# --- the list ----------------------------------------------------------------------------------------------


def people_page(on: Front, request: Request) -> Response:
    """The people, as many as fit what was typed."""
    view, ledger, over = now(on)
    asked, show = request.query_params.get("q", ""), request.query_params.get("show", "")
    every = _rows(view, ledger, over)
    sizes = {s: sum(_is(r, s) for r in every) for s in SHOWS}
    found = [r for r in every if _is(r, show) and finds(r["words"], asked)]
    template = "people-rows.html" if request.query_params.get("part") else "people.html"
    return on.show(
        template, view, page="people", rows=found[:MOST], count=len(found), more=max(len(found) - MOST, 0), asked=asked,
        show=show, shows=SHOWS, sizes=sizes, alike=len(pairing.waiting(view, ledger, over)),
        due=bool(over.due or over.fallen), done=done(view.seen, ledger, request),
    )  # fmt: skip


def ready(view: View, ledger: Ledger, over: Laid) -> None:
    """Work out what the pages are made from."""
    view.seen.of_person  # noqa: B018 (it is kept once it was asked for)
    _rows(view, ledger, over)


def _is(row: dict[str, Any], show: str) -> bool:
    return not show or bool(row["unnamed"] if show == "unnamed" else row["proposed"])


def _rows(view: View, ledger: Ledger, over: Laid) -> list[dict[str, Any]]:
    """Everybody as a row, those who say most first; worked out once for each state of the journal."""
    before = view.kept.get("people")
    if before and before[0] == ledger.mark:
        return list(before[1])
    seen = view.seen
    told = listed(msgspec.structs.replace(seen.shown, people=over.people))
    titles = {path: title_of(s) for path, s in seen.sources.items()}
    due = _due(over)
    made: list[dict[str, Any]] = [
        {
            "person": one.person,
            "role": parts(one.person),
            "unnamed": one.unnamed,
            "proposed": one.proposed,
            "sources": len({s for s, _ in one.person.figures}),
            "moments": len(over.tells.get(one.person.id, ())),
            "due": one.person.id in due,
            "words": _haystack(view, one.person, titles),
        }
        for one in told
    ]
    made.sort(key=lambda r: (ORDER.get(r["person"].kind, 9), -r["person"].quotes, folded(r["person"].name)))
    view.kept["people"] = (ledger.mark, made)
    return made


def _haystack(view: View, person: Person, titles: dict[str, str]) -> str:
    """The words that find a person; worked out once for each, as long as nothing is decided of them."""
    before = view.kept.setdefault("haystacks", {}).get(person.id)
    if not before or before[0] is not person:
        before = view.kept["haystacks"][person.id] = (person, _words(person, titles))
    return str(before[1])


def _words(person: Person, titles: dict[str, str]) -> str:
    told = [part(r, full=True) for r in person.roles]
    places = (f"{path} {titles.get(path, '')}" for path in {s for s, _ in person.figures})
    return folded(" ".join([person.name, *person.aliases, *told, person.kind, *places]))


def _due(over: Laid) -> set[str]:
    """The ids of people on whom something is decided that the archive does not hold yet."""
    home = over.seen.home
    found = (home.get((a.source, a.figure)) for d in (*over.due, *over.fallen) for a in d.target)
    return {over.to.get(i, i) for i in found if i}


def people_offered(on: Front, request: Request) -> Response:
    """The people whom what is typed may mean, to choose from."""
    view, ledger, over = now(on)
    typed, apart = request.query_params.get("q", ""), request.query_params.get("not", "")
    fit = [r for r in _rows(view, ledger, over) if r["person"].id != apart and finds(r["words"], typed)]
    named = [r for r in fit if finds(folded(" ".join((r["person"].name, *r["person"].aliases))), typed)]
    best = (named or fit)[:OFFERED]
    offered = [{"value": r["person"].id, "name": r["person"].name, "more": _facts(r)} for r in best]
    return JSONResponse({"offered": offered})


def _facts(row: dict[str, Any]) -> str:
    said = row["person"].quotes
    told = [row["role"], f"{said} {'quotation' if said == 1 else 'quotations'}"]
    return " · ".join(filter(None, (*told, f"{row['sources']} {'source' if row['sources'] == 1 else 'sources'}")))


# --- a person ----------------------------------------------------------------------------------------------


def person_page(on: Front, request: Request) -> Response:
    """A person, with all that shows who they are."""
    view, ledger, over = now(on)
    asked = request.path_params["id"]
    person = over.person.get(over.to.get(asked, asked))
    if person is None:
        return _gone(on, request, view, over, asked)
    if person.id != asked:
        return RedirectResponse(f"/people/{quoted(person.id)}?{request.query_params}", 303)
    name = "person-part.html" if request.query_params.get("part") else "person.html"
    return on.show(name, view, page="people", **_page(on, request, view, ledger, over, person))


def _gone(on: Front, request: Request, view: View, over: Laid, asked: str) -> Response:
    """The page of somebody who has another id since: it goes by their name."""
    before = set(view.former.get(asked, ()))
    same = max(over.people, key=lambda p: len(before & set(p.figures)), default=None)
    if before and same and before & set(same.figures):
        return RedirectResponse(f"/people/{quoted(same.id)}?{request.query_params}", 303)
    return wrong(on, request, "Nobody here goes by this address: they are withheld, or were named otherwise.", 404)


def _page(on: Front, request: Request, view: View, ledger: Ledger, over: Laid, person: Person) -> dict[str, Any]:
    """What the template is filled with."""
    seen, real = view.seen, view.seen.real
    bases = [i for i in over.bases(person.id) if i in real]
    mine: Figures = frozenset(f for i in bases for f in real[i].figures)
    _figures(on, view, paths(person)[:GROUPS])
    on_them = [d for d in ledger.standing if _on(d, mine, seen, bases, real)]
    said = [q for q in over.said(person.id) if not q.asks]
    row = next((r for r in _rows(view, ledger, over) if r["person"].id == person.id), None)
    return {
        "person": person,
        "row": row,
        "settled": bool(bases),
        "groups": [group(on, view, ledger, over, person, path) for path in paths(person)[:GROUPS]],
        "more_groups": max(len(paths(person)) - GROUPS, 0),
        "roles": [_role(seen, r) for r in person.roles],
        "said": [line(seen, q) for q in said[:LINES]],
        "count": len(said),
        "moments": over.tells.get(person.id, []),
        "decided": rows(seen, on_them, over),
        "due": [d for d in on_them if d in over.due] or [d for d in over.fallen if _on(d, mine, seen, bases, real)],
        "known": {do: _known(ledger, mine, does) for do, does in KNOWN.items()},
        "held": _held(seen, [real[i] for i in bases]),
        "book": on.bench.project.arrangement.is_file(),
        "channels": CHANNELS,
        "done": done(seen, ledger, request),
    }


KNOWN = {"name": ("name",), "pseudonym": ("pseudonym",), "arrange": ARRANGE}


def _on(d: Decision, mine: Figures, seen: Seen, bases: Sequence[str], real: dict[str, Person]) -> bool:
    """Whether a decision is on a person, by their figures (or, of rights, their name)."""
    if d.type == "rights" and isinstance(d.value, dict) and d.value.get("what") == "person":
        named = people_of(msgspec.convert(d.value, Restriction), seen.whole.people)
        return any(p.id == real[i].id for i in bases for p in named)
    label = d.type == "speaker" and bool(d.target) and not d.target[0].exact
    return (d.type == "person" or label) and any((a.source, a.figure) in mine for a in d.target)


def _touches(d: Decision, mine: Figures, does: Sequence[str]) -> bool:
    return d.type == "person" and d.value["do"] in does and any((a.source, a.figure) in mine for a in d.target)


def _known(ledger: Ledger, mine: Figures, does: Sequence[str]) -> str:
    """The id of the last decision of a kind on a person, which the page shows."""
    found = latest(ledger, lambda d: _touches(d, mine, does))
    return found.id if found else ""


def paths(person: Person) -> list[str]:
    """The sources that a person is in."""
    return list(dict.fromkeys(path for path, _ in person.figures))


def group(
    on: Front, view: View, ledger: Ledger, over: Laid, person: Person, path: str, beside: int = BESIDE
) -> dict[str, Any]:
    """Where a source has a person, and why it is them; `beside`: code points that are shown on either side of them."""
    source = view.seen.sources.get(path)
    keys = [key for s, key in person.figures if s == path]
    why = [
        reason
        for key in keys
        for reason in grounds.reasons(
            person, (path, key), source, over.people, on.bench.project.people, ledger.standing
        )
    ]
    mentions = [m for key in keys for m in _mentions(on, view, path, key)]
    return {
        "path": path,
        "title": title_of(source) if source else path,
        "date": dates.day(source.date) if source and source.date else "",
        "keys": keys,
        "why": list(dict.fromkeys(why)),
        "mentions": [_snippet(source, m.start, m.end, beside) for m in mentions[:FEW]] if source else [],
        "count": len(mentions),
        "at": mentions[0].start if mentions else None,
    }


def _mentions(on: Front, view: View, path: str, key: str) -> tuple[Mention, ...]:
    """Where a source names somebody; read once for each source."""
    figure = _figures(on, view, [path])[path].get(key)
    return figure.mentions if figure else ()


def _figures(on: Front, view: View, sources: Sequence[str]) -> dict[str, dict[str, Figure]]:
    """Who is in sources; read once for each of them."""
    casts: dict[str, dict[str, Figure]] = view.kept.setdefault("casts", {})
    new = [path for path in sources if path not in casts]
    if new:
        with archive.opened(on.bench.project.state) as connection:
            bodies = {path: archive.cast(connection, view.seen.own_path(path)) for path in new}
        for path, body in bodies.items():
            casts[path] = {f.key: f for f in msgspec.json.decode(body, type=Cast).figures} if body else {}
    return casts


def _snippet(source: Source, start: int, end: int, beside: int = BESIDE) -> Markup:
    """Words of a source with some of their paragraph that stand round them."""
    stretches = paragraphs(source)
    at = bisect_right(stretches, start, key=lambda s: s[0]) - 1
    low, high = stretches[at] if at >= 0 and start < stretches[at][1] else (start, end)
    first, last = max(start - beside, low), min(end + beside, max(high, end))
    while first > low and not source.text[first - 1].isspace():
        first -= 1
    while last < high and not source.text[last].isspace():
        last += 1
    words = printed(source, first, last, [Lit(start, end, "lit")])
    return Markup("{}{}{}").format("… " if first > low else "", words, " …" if last < high else "")


def _role(seen: Seen, role: Role) -> dict[str, Any]:
    shown: list[Evidence] = []
    for e in role.evidence:
        near = (other for other in shown if other.source == e.source)
        if e.source in seen.sources and not any(abs(other.start - e.start) < 2 * BESIDE for other in near):
            shown.append(e)
    return {
        "role": role,
        "says": part(role, full=True) or role.kind,
        "evidence": [_evidence(seen.sources[e.source], e) for e in shown[:FEW]],
        "more": max(len(shown) - FEW, 0),
    }


def _evidence(source: Source, e: Evidence) -> dict[str, Any]:
    return {"path": e.source, "title": title_of(source), "at": e.start, "words": _snippet(source, e.start, e.end)}


def line(seen: Seen, quote: Quote) -> dict[str, Any]:
    """A quotation as it is listed beside its place."""
    source = seen.sources[quote.source]
    return {
        "words": shortened(quote.text, 280),
        "path": quote.source,
        "title": title_of(source),
        "at": quote.spans[0][0],
        "time": clock(quote.time[0]) if quote.time else "",
        "kind": quote.kind,
    }


def _held(seen: Seen, real: Sequence[Person]) -> list[str]:
    """From which outputs somebody is withheld, in words."""
    rules = [r for r in seen.rules if r.what == "person" and not r.called]
    mine = [r for r in rules if any(p in people_of(r, seen.whole.people) for p in real)]
    return [
        f"{', '.join(r.channels) or 'everything'}{f' until {r.until}' if r.until else ''}"
        f"{f' ({r.ground})' if r.ground else ''}"
        for r in mine
    ]


# --- deciding on a person ----------------------------------------------------------------------------------


def on_person(on: Front, request: Request) -> Response:
    """Decide on a person. The answer comes when the decision is on the disk."""
    view, _, over = now(on)
    form = request.state.form
    asked = form.get("person", "")
    person = over.person.get(over.to.get(asked, asked))
    real = view.seen.real
    base = next((real[i] for i in over.bases(person.id) if i in real), None) if person else None
    if person is None or base is None:
        raise UsageError("The archive does not know this person yet, or not any more. Wait until it has followed.")
    do = form.get("do", "")
    if do not in _DOES:
        raise UsageError("That is nothing that can be decided of a person. Nothing was kept.")
    mine: Figures = frozenset(f for i in over.bases(person.id) if i in real for f in real[i].figures)
    deciding = _DOES[do](on, view, over, base, form)
    does = KNOWN.get(_GROUP.get(do, ""), ())
    written = on.bench.decide(
        deciding, lambda ledger: latest(ledger, lambda d: _touches(d, mine, does)), form.get("known", ""),
        replaces=do in ("name", "pseudonym"),
    )  # fmt: skip
    if do in ("withhold", "pseudonym"):
        on.bench.again()  # what may not be shown is gone from all pages as soon as can be
    return kept(view.seen, request, written, _next(on, person.id))


_GROUP = {"name": "name", "pseudonym": "pseudonym", "merge": "arrange", "split": "arrange"}
Does = Callable[[Front, View, Laid, Person, dict[str, str]], Callable[[Held], Written]]


def _next(on: Front, person: str) -> str:
    """Where somebody is shown now; the list, where they are not."""
    _, _, over = now(on)
    there = over.to.get(person, person)
    return f"/people/{quoted(there)}" if there in over.person else "/people"


def _text(form: dict[str, str], name: str, otherwise: str) -> str:
    words = " ".join(form.get(name, "").split())
    if not words:
        raise UsageError(otherwise)
    return words


def _name(on: Front, _: View, __: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    name = _text(form, "name", "There is no name. Type one.")
    if base.kind == "label" and len(base.figures) == 1:
        ((path, label),) = base.figures
        return lambda held: desk.label(held, path, label, name, on.bench.by)
    return lambda held: desk.name(held, base.id, name, on.bench.by)


def _alias(on: Front, _: View, __: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    name, not_ = _text(form, "name", "There is no name. Type one."), form["do"] == "unalias"
    return lambda held: desk.alias(held, base.id, name, on.bench.by, not_)


def _of_role(on: Front, _: View, __: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    kind = _text(form, "kind", "A role is of a kind: plays, job, author, married, … Give one.")
    given = {name: " ".join(form.get(name, "").split()) for name in ("of", "title", "work")}
    when = form.get("when", "")
    role = Role(kind, **given, when=when if when in ("then", "now") else "")  # type: ignore[arg-type]
    if form["do"] == "role" and not any(given.values()):
        raise UsageError("A role needs more than its kind: whom they play, what they do, or in which work.")
    return lambda held: desk.role(held, base.id, role, on.bench.by, form["do"] == "unrole")


def _pseudonym(on: Front, _: View, __: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    name = _text(form, "name", "There is no name to show. Type one.")
    return lambda held: desk.pseudonym(held, base.id, name, on.bench.by)


def _merge(on: Front, view: View, over: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    other = _chosen(view, over, _text(form, "with", "Nobody is chosen. Type a name."))
    return lambda held: desk.merge(held, [base.id, other.id], on.bench.by)


def _chosen(view: View, over: Laid, asked: str) -> Person:
    """Somebody by id or name, as they stand in the archive."""
    named = [p for p in over.people if folded(asked) in map(folded, (p.name, *p.aliases))]
    found = over.person.get(over.to.get(asked, asked)) or (named[0] if len(named) == 1 else None)
    real = view.seen.real
    if found and (base := next((real[i] for i in over.bases(found.id) if i in real), None)):
        return base
    many = "could be several: choose one of those that are offered" if len(named) > 1 else "is nobody here"
    raise UsageError(f"“{asked}” {many}.")


def _split(on: Front, view: View, _: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    sources = ticked(form, "s.")
    if not sources:
        raise UsageError("No source is ticked. Tick those in which somebody else is meant.")
    if not set(sources) <= {path for path, _ in base.figures} & set(view.seen.sources):
        raise UsageError(
            "The archive does not have this person in one of these sources yet. Wait until it has followed."
        )
    return lambda held: desk.split(held, base.id, sources, on.bench.by)


def _withhold(on: Front, view: View, _: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    channels = tuple(c for c in CHANNELS if f"c.{c}" in form)
    until = "permission" if form.get("until") == "permission" else form.get("until", "").strip()
    if until not in ("", "permission") and not is_day(until):
        raise UsageError(f"“{until}” is no day. Give it as in {DAYS}, or leave it empty.")
    alone = len(people_of(Restriction("person", base.name), view.seen.whole.people)) == 1
    of, ground = base.name if alone else base.id, " ".join(form.get("ground", "").split())
    return lambda held: desk.withhold(held, "person", of, until, channels, ground, on.bench.by)


def _clearance(on: Front, _: View, __: Laid, base: Person, form: dict[str, str]) -> Callable[[Held], Written]:
    if on.bench.state.doing not in ("ready", "stopped"):
        raise UsageError("The archive is being brought up to date, and the book with it. Try again in a moment.")
    how = _text(form, "how", "Say how they answered: a letter, a call, a form.")
    do: Any = form["do"]

    def answered(held: Held) -> Written:
        return desk.clearance(held.project, base.id, (), do, how, on.bench.by, on.bench.day)

    return answered


_DOES: dict[str, Does] = {
    "name": _name, "alias": _alias, "unalias": _alias, "role": _of_role, "unrole": _of_role, "pseudonym": _pseudonym,
    "merge": _merge, "split": _split, "withhold": _withhold, "clear": _clearance, "refuse": _clearance,
}  # fmt: skip


PAGES: list[Page] = [
    ("/people", people_page, "GET"),
    ("/people.json", people_offered, "GET"),
    ("/people/{id}", person_page, "GET"),
    ("/person", on_person, "POST"),
]
