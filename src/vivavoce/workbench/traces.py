"""What the press prints beside what was said: every trace with its edits, the recording at the second, where else the
words stand, and the editor's notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlencode

import numpy as np
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from vivavoce import archive, desk, rights, searching
from vivavoce.archive import Unit
from vivavoce.citations import title_of
from vivavoce.errors import UsageError
from vivavoce.language import dates
from vivavoce.model import WITHHELD, WORD, Edit, Quote, Source, Span, Trace
from vivavoce.printing import clock
from vivavoce.site import comparison
from vivavoce.site.comparison import CLASSES
from vivavoce.traces import TOO_SHORT, copies
from vivavoce.workbench.bench import View
from vivavoce.workbench.front import Front, Page, count, saved, wrong
from vivavoce.workbench.ledger import Ledger, quote_key
from vivavoce.workbench.search import able, anchor, lit
from vivavoce.workbench.seen import Seen
from vivavoce.workbench.words import Lit, paragraphs, printed

PAGE = 30  # traces on a page
LISTS = 20  # lists that are kept
ROUND = 400  # code points of what stands round the words, on either side
RUN, STEP, RUNS = 5, 4, 12  # words of a run that is looked for elsewhere, words between two of them, how many at most
AGAIN = 12  # places that are shown of those where it was said again
FILTERS = ("class", "source", "person", "copied")
ORDER = ("misattributed", "spliced", "altered", "absent", "verbatim")  # what has to be looked at first
SHORT = "short"
OPS = {"drop": "left out", "add": "put in", "replace": "changed", "move": "moved"}
KINDS = {
    "filler": "a hesitation",
    "repeat": "said twice",
    "restart": "a beginning given up",
    "ellipsis": "a sign tells of it",
    "bracket": "a bracket tells of it",
    "spelling": "written otherwise",
    "sense": "may turn the sense round",
    "number": "another number",
    "name": "another name",
    "note": "nobody’s words",
}


# --- the list ----------------------------------------------------------------------------------------------


def page(on: Front, request: Request) -> Response:
    """The traces, what has to be looked at first."""
    view, asked = on.bench.view, _asked(request)
    every, chosen = listed(view), of(view, asked)
    first = count(request.query_params.get("from", ""))
    return on.show(
        "traces.html",
        view,
        page="traces",
        rows=[_row(view, t, asked) for t in chosen[first : first + PAGE]],
        count=len(chosen),
        every=len(every),
        asked={f: asked.get(f, "") for f in FILTERS},
        **_menus(view, every),
        earlier=_to({**asked, "from": str(max(first - PAGE, 0))}) if first else "",
        later=_to({**asked, "from": str(first + PAGE)}) if first + PAGE < len(chosen) else "",
    )


def ready(view: View) -> None:
    """Work out what the pages are made from."""
    _menus(view, listed(view))
    of(view, {})
    _by_quote(view)
    copied(view)


def _menus(view: View, every: Sequence[Trace]) -> dict[str, Any]:
    """What the traces of a generation can be chosen by, worked out once."""
    if "trace menus" not in view.kept:
        quotes = {q.id: q for q in view.seen.shown.quotes}
        view.kept["trace menus"] = {
            "classes": _classes(every),
            "people": _named((q.person.id, q.person.name) for t in every if (q := quotes.get(t.quote)) and q.person),
            "sources": _named((t.source, title_of(view.seen.sources[t.source])) for t in every),
        }
    made: dict[str, Any] = view.kept["trace menus"]
    return made


def _asked(request: Request) -> dict[str, str]:
    return {f: request.query_params[f] for f in FILTERS if request.query_params.get(f)}


def _to(asked: Mapping[str, str], quote: str = "") -> str:
    """The address of a list, or of one trace in it."""
    query = urlencode({k: v for k, v in asked.items() if v})
    return f"/traces{'/' + quoted(quote) if quote else ''}" + (f"?{query}" if query else "")


def listed(view: View) -> list[Trace]:
    """The traces that may be shown, in order: what has to be looked at first, then as they are printed."""
    if "traces" not in view.kept:
        seen = view.seen
        here = [t for t in seen.shown.traces if t.source in seen.sources and _whole(seen, t)]
        view.kept["traces"] = sorted(here, key=lambda t: (_place(t), t.source, t.spans))
    made: list[Trace] = view.kept["traces"]
    return made


def _whole(seen: Seen, trace: Trace) -> bool:
    """Whether all that a trace points at is here."""
    at = [p.source for p in trace.places] + ([trace.nearest.source] if trace.nearest else [])
    return all(path in seen.sources for path in at)


def _place(trace: Trace) -> int:
    if trace.why == TOO_SHORT:
        return len(ORDER)
    turned = bool(trace.frames or {e.kind for e in trace.edits} & {"sense", "number", "name"})
    return ORDER.index(trace.cls) - 3 * turned


def class_of(trace: Trace) -> str:
    """The class by which a trace is listed."""
    return SHORT if trace.why == TOO_SHORT else trace.cls


def of(view: View, asked: Mapping[str, str]) -> list[Trace]:
    """The traces that are asked for; the last few lists of a generation are kept."""
    lists: dict[tuple[tuple[str, str], ...], list[Trace]] = view.kept.setdefault("traces asked", {})
    key = tuple(sorted(asked.items()))
    if key not in lists:
        while len(lists) >= LISTS:
            del lists[next(iter(lists))]
        lists[key] = _of(view, asked)
    return lists[key]


def _of(view: View, asked: Mapping[str, str]) -> list[Trace]:
    quotes = {q.id: q for q in view.seen.shown.quotes} if "person" in asked else {}

    def wanted(t: Trace) -> bool:
        person = quotes[t.quote].person if t.quote in quotes else None
        return (
            asked.get("class", class_of(t)) == class_of(t)
            and asked.get("source", t.source) == t.source
            and ("person" not in asked or (person is not None and person.id == asked["person"]))
            and ("copied" not in asked or (asked["copied"] == "yes") == (t.quote in copied(view)))
        )

    return [t for t in listed(view) if wanted(t)]


def copied(view: View) -> frozenset[str]:
    """The quotations that are an earlier telling's: they tell nothing of their own."""
    if "copied" not in view.kept:
        shown = view.seen.shown
        mine = {t.quote for t in shown.traces}
        told = {s.path: s.date for s in shown.sources}
        view.kept["copied"] = frozenset(copies([q for q in shown.quotes if q.id in mine], shown.traces, told))
    made: frozenset[str] = view.kept["copied"]
    return made


def _classes(every: Iterable[Trace]) -> list[tuple[str, str, int]]:
    counts = Counter(map(class_of, every))
    names = {**CLASSES, SHORT: TOO_SHORT}
    return [(c, names[c], counts[c]) for c in (*ORDER, SHORT) if counts[c]]


def _named(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    counts = Counter(pairs)
    return sorted(((key, name, n) for (key, name), n in counts.items()), key=lambda row: row[1])


def _row(view: View, trace: Trace, asked: Mapping[str, str]) -> dict[str, Any]:
    seen = view.seen
    texts = {s: seen.sources[s].text for s in _sources(trace)}
    titles = {s: title_of(seen.sources[s]) for s in (*texts, trace.source)}
    made = comparison.row(trace, texts, titles)
    return {**made, "to": _to(asked, trace.quote), "id": trace.quote, "title": titles[trace.source],
            "date": seen.sources[trace.source].date, "copied": trace.quote in copied(view)}  # fmt: skip


def _sources(trace: Trace) -> list[str]:
    return [p.source for p in trace.places] + ([trace.nearest.source] if trace.nearest else [])


# --- one trace ---------------------------------------------------------------------------------------------


def one(on: Front, request: Request) -> Response:
    """A quotation beside the words that it was made from."""
    view, asked = on.bench.view, _asked(request)
    trace = _by_quote(view).get(request.path_params["quote"])
    if trace is None:
        return wrong(on, request, "There is no such quotation of the press, or it is withheld.", 404)
    return on.show("trace.html", view, page="traces", **_values(on, view, trace, asked))


def _by_quote(view: View) -> dict[str, Trace]:
    """The traces that may be shown by their quotations."""
    if "traces by quote" not in view.kept:
        view.kept["traces by quote"] = {t.quote: t for t in reversed(listed(view))}
    made: dict[str, Trace] = view.kept["traces by quote"]
    return made


def _values(on: Front, view: View, trace: Trace, asked: Mapping[str, str]) -> dict[str, Any]:
    seen = view.seen
    chosen = [t.quote for t in of(view, asked)]
    at = chosen.index(trace.quote) if trace.quote in chosen else -1
    source = seen.sources[trace.source]
    return {
        **_row(view, trace, asked),
        "source": source,
        "context": _round(source, trace.spans, Lit(0, 0, "lit", trace.quote)),
        "heard": [_heard(seen, p.source, p.span, p.time, p.person) for p in trace.places],
        "nearest": _nearest(seen, trace),
        "edits": [_edit(trace, seen, e) for e in trace.edits],
        "again": _again(on, view, trace),
        "notes": notes(seen, on.bench.ledger(), trace.quote, on.bench.day),
        "back": _to(asked),
        "before": _to(asked, chosen[at - 1]) if at > 0 else "",
        "after": _to(asked, chosen[at + 1]) if 0 <= at < len(chosen) - 1 else "",
        "number": at + 1,
        "count": len(chosen),
        "state": urlencode(asked),
        "press_to": f"/sources/{quoted(source.path)}?at={trace.spans[0][0]}#{anchor(source, trace.spans[0][0])}",
    }


def _round(source: Source, spans: tuple[Span, ...], look: Lit) -> Markup:
    """Words with what stands round them, lit."""
    marks = [Lit(a, b, look.look, look.about) for a, b in spans]
    here = [s for s in paragraphs(source) if s[0] < spans[-1][1] and spans[0][0] < s[1]] or [spans[0]]
    low, high = max(here[0][0], spans[0][0] - ROUND), min(here[-1][1], spans[-1][1] + ROUND)
    while low > here[0][0] and not source.text[low - 1].isspace():
        low -= 1
    while high < here[-1][1] and not source.text[high].isspace():
        high += 1
    out = [printed(source, max(a, low), min(b, high), marks) for a, b in here if a < high and low < b]
    lead, rest = ("… " if low > here[0][0] else ""), (" …" if high < here[-1][1] else "")
    return Markup(lead) + Markup(" ").join(out) + Markup(rest)  # noqa: S704 - signs of ours


def _heard(seen: Seen, path: str, span: Span, time: tuple[float, float] | None, person: str) -> dict[str, Any]:
    """A place where it was said, with its recording at the second."""
    source = seen.sources[path]
    medium = source.media[0] if source.media and time else None
    return {
        "title": title_of(source),
        "who": person,
        "time": dates.stretch(time),
        "words": _round(source, (span,), Lit(0, 0, "lit")),
        "to": f"/sources/{quoted(path)}?at={span[0]}#{anchor(source, span[0])}",
        "media": {"kind": medium.kind, "path": medium.path} if medium else None,
        "from": dates.machine(time[0]) if time else "",
        "until": dates.machine(time[1]) if time else "",
    }


def _nearest(seen: Seen, trace: Trace) -> dict[str, Any] | None:
    near = trace.nearest
    if near is None or trace.places:
        return None
    return {**_heard(seen, near.source, near.span, None, ""), "share": f"{near.score:.0%}"}


def _edit(trace: Trace, seen: Seen, edit: Edit) -> dict[str, str]:
    """A change in words, for those who see no colours."""
    place = trace.places[edit.place] if edit.place < len(trace.places) else None
    was = " ".join(seen.sources[place.source].text[slice(*edit.at)].split()) if place else ""
    was = "[withheld]" if WITHHELD in was else was
    to = " ".join(edit.to.split())
    return {"does": OPS[edit.op], "was": was, "to": to, "kind": KINDS.get(edit.kind, "")}


def _again(on: Front, view: View, trace: Trace) -> list[dict[str, Any]]:
    """Where else runs of its words stand: in recordings, and in other papers."""
    sources = view.seen.sources
    return [
        {
            "who": u.person,
            "title": title_of(sources[u.path]),
            "when": clock(u.time[0]) if u.time else sources[u.path].date,
            "words": lit(run, u.text, 14),
            "to": f"/sources/{quoted(u.path)}?at={u.start}#{anchor(sources[u.path], u.start)}",
        }
        for u, run in _elsewhere(on, view, trace)
    ]


def _elsewhere(on: Front, view: View, trace: Trace) -> list[tuple[Unit, str]]:
    """Quotations with a run of the words of a trace that are neither it nor its places, in order; each with the run."""
    held, runs = able(on.bench, view), _runs(trace.text)
    if not runs:
        return []
    with archive.opened(on.bench.project.state) as connection:
        hits = [searching.matching(connection, held, run)[0] for run in runs]
    every = np.concatenate(hits)
    numbers, first = np.unique(every, return_index=True)
    of = np.repeat(np.arange(len(runs)), [len(h) for h in hits])[first]
    order = np.argsort(held.place[numbers])  # quotations come first, in the order of the sources
    units = ((held.units[n], runs[r]) for n, r in zip(numbers[order].tolist(), of[order].tolist(), strict=True))
    other = ((u, run) for u, run in units if u.quote and u.quote != trace.quote and not _is_place(u, trace))
    return list(islice(other, AGAIN))


def _runs(text: str) -> list[str]:
    """Runs of words of a text, as phrases to search for."""
    words = [m.group() for m in WORD.finditer(text)]
    return [f'"{" ".join(words[i : i + RUN])}"' for i in range(0, len(words) - RUN + 1, STEP)][:RUNS]


def _is_place(unit: Unit, trace: Trace) -> bool:
    return any(unit.path == p.source and unit.start < p.span[1] and p.span[0] < unit.end for p in trace.places)


# --- notes -------------------------------------------------------------------------------------------------


def notes(seen: Seen, ledger: Ledger, quote: str, day: str) -> list[dict[str, str]]:
    """The editor's notes on a quotation that hold and may be shown, oldest first."""
    said = seen.quotes.get(quote)
    if said is None:
        return []
    mine = [
        d for d in ledger.journal.decisions
        if d.type == "note" and d.id in ledger.stands and _on(said, seen, d.target)
    ]  # fmt: skip
    if not mine:
        return []
    held = rights.narrated([str(d.value) for d in mine], seen.whole, "workbench", day, seen.rules)
    return [
        {"id": d.id, "by": d.by, "at": d.at[:16].replace("T", " "), "text": "[withheld]" if away else str(d.value)}
        for d, away in zip(mine, held, strict=True)
    ]


def _on(said: Quote, seen: Seen, target: Iterable[Any]) -> bool:
    """Whether a note is on a quotation: on the same words of the same source."""
    here = quote_key(said, seen.texts)
    there = " ".join(f"{a.source} {a.text_hash} {a.start}-{a.end}" for a in target)
    return there == here


def note(on: Front, request: Request) -> Response:
    """Keep a note on a quotation."""
    form, view = request.state.form, on.bench.view
    quote = form.get("quote", "")
    if quote not in view.seen.quotes:
        raise UsageError("That quotation is not here any more, or may not be shown. Load the page again.")
    written = on.bench.decide(lambda held: desk.noted(held, quote, form.get("text", ""), on.bench.by))
    state = form.get("state", "")
    return saved(view.seen, request, written, f"/traces/{quoted(quote)}" + (f"?{state}" if state else "") + "#notes")


PAGES: list[Page] = [
    ("/traces", page, "GET"),
    ("/traces/{quote}", one, "GET"),
    ("/note", note, "POST"),
]
