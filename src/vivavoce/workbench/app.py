"""The routes of the workbench: pages for reading, forms for deciding. Every answer is made of what is in memory."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote as quoted

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from vivavoce import desk
from vivavoce.desk import Held, Written
from vivavoce.errors import UsageError
from vivavoce.model import Span, folded
from vivavoce.workbench import (
    alike,
    arranging,
    asking,
    book,
    log,
    moments,
    pairing,
    persons,
    reading,
    review,
    search,
    traces,
)
from vivavoce.workbench.asking import KINDS, Question
from vivavoce.workbench.bench import Bench, Deciding, View
from vivavoce.workbench.door import Door, Guard
from vivavoce.workbench.front import Front, Page, count, number, saved, told, wrong
from vivavoce.workbench.laid import Laid, laid
from vivavoce.workbench.ledger import Ledger, span_key
from vivavoce.workbench.seen import Seen, real_name

AHEAD = 200  # questions that a page knows of at once
LISTED = 60  # questions on the list
GONE = "This is not asked any more: it was decided, or its words are others now."
SHELF = "/"  # the list of sources among the printed pages, which go by the paths of sources: no path is this

HERE = Path(__file__).parent


def app(bench: Bench, door: Door) -> Starlette:
    """The workbench behind its door."""
    on = Front(bench, door)
    bench.prepare.append(partial(search.able, bench))
    bench.prepare.append(partial(_ready, on))
    routes = [
        Route(path, partial(told, on, page), methods=[method])
        for path, page, method in [*PAGES, *book.PAGES, *search.PAGES, *traces.PAGES]
    ]
    look = Mount("/look", StaticFiles(directory=HERE.parent / "site" / "static"))  # the site's own: one hand
    static = Mount("/static", StaticFiles(directory=HERE / "static"))
    return Starlette(routes=[*routes, look, static], middleware=[Middleware(Guard, door=door)])


def _ready(on: Front, view: View) -> None:
    """Work out beforehand what pages of a generation are made from, so that nobody waits for it."""
    ledger = on.bench.ledger()
    over = laid(view, ledger)
    view.seen.accounts, view.seen.told_in, view.seen.told_by, view.seen.by_any_id, view.by_key, over.tells, over.moment  # noqa: B018 (each is kept once it was asked for)
    _waiting_of(view, ledger, over)
    persons.ready(view, ledger, over)
    moments.ready(view, ledger, over)
    traces.ready(view)
    if on.bench.project.arrangement.is_file():
        arranging.desk(on.bench, view)
    _shelf(on, view)


# --- home, state -------------------------------------------------------------------------------------------


def home(on: Front, _: Request) -> Response:
    """What there is to do."""
    view = on.bench.view
    waiting = _waiting(on, view, "")
    return on.show(
        "home.html",
        view,
        page="home",
        counts=Counter(q.kind for q in waiting),
        listed=[(q, review.summary(view.seen, q)) for q in waiting[:LISTED]],
        more=max(len(waiting) - LISTED, 0),
        decided=len(on.bench.ledger().stands),
        problems=view.seen.problems,
        doubts=len({r.decision for r in view.seen.reviews}),
        home=on.bench.project.home,
    )


def state(on: Front, _: Request) -> Response:
    """What the rebuilding is doing, and which generation is shown."""
    now = on.bench.state
    told = {"doing": now.doing, "done": now.done, "of": now.of, "says": now.says}
    return JSONResponse({**told, "generation": on.bench.view.seen.generation})


def again(on: Front, _: Request) -> Response:
    """Read the sources again now."""
    on.bench.again()
    return RedirectResponse("/", 303)


# --- review ------------------------------------------------------------------------------------------------


def _waiting(on: Front, view: View, kind: str) -> list[Question]:
    """The questions that nobody has answered, looked through again when something was decided."""
    ledger = on.bench.ledger()
    waiting = _waiting_of(view, ledger, laid(view, ledger))
    return waiting if kind not in KINDS else [q for q in waiting if q.kind == kind]


def _waiting_of(view: View, ledger: Ledger, over: Laid) -> list[Question]:
    known: tuple[Ledger, list[Question], object] | None = view.kept.get("waiting")
    if known is None or known[0] is not ledger or known[2] is not view.asked:
        pairs = pairing.waiting(view, ledger, over)
        found = asking.open_ones(view.asked, view.targets, ledger)
        here = [q for q in found if q.pair is None or asking.pair_key(q.pair) in pairs]
        known = view.kept["waiting"] = (ledger, here, view.asked)
    return known[1]


def _done(on: Front, kind: str) -> int:
    """How many questions were answered since the workbench was opened, and not undone."""
    stands, given = on.bench.ledger().stands, on.bench.kept.get("answered", {})
    return sum(1 for row, of in given.items() if row in stands and kind in ("", of))


def review_first(on: Front, request: Request) -> Response:
    """The first question, or that there is none."""
    view, kind = on.bench.view, request.query_params.get("kind", "")
    waiting = _waiting(on, view, kind)
    if not waiting:
        return on.show("done.html", view, page="review", kind=kind)
    return RedirectResponse(f"/review/{waiting[0].key}" + (f"?kind={kind}" if kind in KINDS else ""), 303)


def review_page(on: Front, request: Request) -> Response:
    """A question; with `part=1` the piece of the page that changes."""
    view, kind = on.bench.view, request.query_params.get("kind", "")
    question = view.by_key.get(request.path_params["key"])
    values = None
    if question:
        values = alike.asked(on, question) if question.pair else _asked(on, view, question)
    if question is None or values is None:
        return Response(status_code=204) if "part" in request.query_params else wrong(on, request, GONE, 404)
    name = "question.html" if request.query_params.get("part") else "review.html"
    waiting = [q for q in _waiting(on, view, kind) if q.key != question.key]
    return on.show(
        name,
        view,
        page="review",
        kind=kind,
        left=len(waiting) + 1,
        done=_done(on, kind),
        next=_next(waiting, question),
        **values,
    )


def _asked(on: Front, view: View, question: Question) -> dict[str, Any]:
    """What a question's page is filled with."""
    ledger, named = on.bench.ledger(), on.bench.kept.get("named", {})
    earlier = ledger.latest.get(asking.target(view.seen, question))
    return review.page(on.bench.project, view.seen, question, ledger, earlier, named)


def _next(waiting: list[Question], question: Question) -> str:
    """The question after one, in order; from the last on again the first."""
    later = (q.key for q in waiting if (q.sure, -q.lines, q.source, q.key) > (
        question.sure, -question.lines, question.source, question.key))  # fmt: skip
    return next(later, waiting[0].key if waiting else "")


def queue(on: Front, request: Request) -> Response:
    """The addresses of the next questions."""
    kind = request.query_params.get("kind", "")
    waiting = _waiting(on, on.bench.view, kind)
    return JSONResponse({"keys": [q.key for q in waiting[:AHEAD]], "left": len(waiting), "done": _done(on, kind)})


def answer(on: Front, request: Request) -> Response:
    """Decide on a question. The answer comes when the decision is on the disk."""
    view, form = on.bench.view, request.state.form
    question = view.by_key.get(form.get("item", ""))
    if question is None:
        raise UsageError(GONE)
    if form.get("do") == "span":
        return _worded(on, view, question, request)
    if question.pair:
        written = alike.answer(on, question, form)
    else:
        deciding = _deciding(on, view.seen, question, form)
        written = on.bench.decide(deciding, asking.target(view.seen, question), form.get("known", ""))
    on.bench.kept.setdefault("answered", {})[written.row.id] = question.kind
    quote = view.seen.quotes.get(question.of)
    if quote and quote.speaker:
        on.bench.kept.setdefault("named", {})[written.row.id] = (quote.source, folded(quote.speaker.text))
    kind = form.get("kind", "")
    to = form.get("next") or ""
    where = f"/review/{quoted(to, safe='')}" if to else "/review"
    return saved(view.seen, request, written, where + (f"?kind={kind}" if kind in KINDS else ""))


def _worded(on: Front, view: View, question: Question, request: Request) -> Response:
    """Decide which words a quotation is; whose it is stays to be asked."""
    seen, form, quote = view.seen, request.state.form, view.seen.quotes.get(question.of)
    if quote is None:
        raise UsageError("Only the words of a quotation can be others. Nothing was kept.")
    try:
        asked = [tuple(map(int, one.split("-"))) for one in form.get("spans", "").split()]
        chosen = [reading.chosen(seen, quote.source, start, end) for start, end in asked]
    except ValueError:
        raise UsageError("The place of these words is lost. Select them again.") from None
    if not chosen:
        raise UsageError("A quotation has words. If it is none, press x.")
    words, near = [text for _, _, text in chosen], [span for _, span, _ in chosen]
    written = on.bench.decide(
        lambda held: desk.span(held, quote.id, words, on.bench.by, near),
        span_key(quote, seen.texts),
        form.get("known", ""),
    )
    return saved(seen, request, written, f"/review/{quoted(question.key, safe='')}")


def _deciding(on: Front, seen: Seen, question: Question, form: dict[str, str]) -> Deciding:
    """What an answer writes, by the same functions as the command line."""
    do, by = form.get("do", ""), on.bench.by
    name = real_name(seen, " ".join(form.get("name", "").split()))
    if question.kind == "moment" and do == "together":
        return lambda held: desk.together(held, [question.of], by)
    if question.kind == "moment" and do == "apart":
        return lambda held: desk.apart(held, question.of, [form.get("account", "")], by)
    if do == "name" and not name:
        raise UsageError("There is no name. Type one, or press 0 if nobody knows whose it is.")
    if question.kind == "label" and do == "name":
        return lambda held: desk.label(held, seen.own_path(question.source), question.of, name, by)
    if question.kind == "quotation" and do in ("name", "nobody"):
        return lambda held: desk.speaker(held, question.of, name if do == "name" else None, by)
    if question.kind == "quotation" and do == "not":
        return lambda held: desk.not_a_quotation(held, question.of, by)
    raise UsageError("That is no answer to this question. Nothing was kept.")


def undo(on: Front, request: Request) -> Response:
    """Undo a decision, an undo too."""
    asked = request.state.form.get("decision", "")
    written = on.bench.decide(lambda held: desk.undo(held, asked, on.bench.by))
    return saved(on.bench.view.seen, request, written, "/decisions")


# --- sources -----------------------------------------------------------------------------------------------


def sources_page(on: Front, _: Request) -> Response:
    """The sources, printed once a generation."""
    return HTMLResponse(_shelf(on, on.bench.view))


def _shelf(on: Front, view: View) -> str:
    if SHELF not in view.pages:
        values = {"shelf": reading.shelf(view.seen), "problems": view.seen.problems}
        view.pages[SHELF] = on.text("sources.html", view, page="sources", **values)
    return view.pages[SHELF]


def source_page(on: Front, request: Request) -> Response:
    """A source, printed once a generation."""
    view, path = on.bench.view, request.path_params["path"]
    source = view.seen.sources.get(path)
    if source is None:
        return wrong(on, request, "There is no such source, or it is withheld.", 404)
    if path not in view.pages:
        view.pages[path] = on.text("source.html", view, page="sources", **reading.page(view.seen, source))
    return HTMLResponse(view.pages[path])


def on_source(on: Front, request: Request) -> Response:
    """Decide on words of a source, or on who speaks."""
    form, seen, by = request.state.form, on.bench.view.seen, on.bench.by
    path, do = form.get("source", ""), form.get("do", "")
    name = real_name(seen, " ".join(form.get("name", "").split()))
    if path not in seen.sources:
        raise UsageError("That source is not here any more. Load the page again.")
    if do in ("label", "turn") and not name:
        raise UsageError("There is no name. Type one.")
    if do == "label":
        deciding: Deciding = lambda held: desk.label(held, seen.own_path(path), form.get("label", ""), name, by)  # noqa: E731
    elif do == "turn":
        deciding = _of_turn(seen, path, form, name, by)
    elif do in ("from", "alone", "join"):
        deciding = _of_voices(seen, path, form, name, by)
    elif do in ("correct", "quotation"):
        deciding = _of_words(seen, path, form, name, by)
    else:
        raise UsageError("That is nothing that can be decided of a source. Nothing was kept.")
    written = on.bench.decide_on_words(deciding, _known(on, form))
    at = [(a.start, a.end) for a in written.row.target]
    return saved(seen, request, written, f"/sources/{quoted(path, safe='/')}", at=at)


def _known(on: Front, form: dict[str, str]) -> frozenset[str]:
    """The decisions that a page of a source shows: those carried out in what it was printed from, and its own."""
    view, mine = on.bench.view, frozenset(form.get("known", "").split())
    return mine | view.holds if form.get("generation") == view.seen.generation else mine


def _of_turn(seen: Seen, path: str, form: dict[str, str], name: str, by: str) -> Deciding:
    n = number(form, "turn")
    said = next((q for q in seen.said.get(path, ()) if q.turn == n and q.id in seen.quotes), None)
    if said is None:
        raise UsageError("That turn is not here any more. Load the page again.")
    return lambda held: desk.speaker(held, said.id, name, by)


def _of_voices(seen: Seen, path: str, form: dict[str, str], name: str, by: str) -> Deciding:
    """That somebody else speaks in words of a turn, or that a turn goes on from the one before."""
    do = form["do"]
    whole, span, words = reading.chosen(seen, path, *(_first(seen, path, form) if do == "join" else _selected(form)))
    if do == "join":
        return lambda held: desk.join(held, whole.path, words, by, span)
    return lambda held: desk.turn(held, whole.path, words, name or None, by, do == "alone", span)


def _selected(form: dict[str, str]) -> Span:
    return number(form, "start"), number(form, "end")


def _first(seen: Seen, path: str, form: dict[str, str]) -> Span:
    """The first paragraph of the turn that is meant."""
    n, turns = number(form, "turn"), seen.sources[path].turns
    if not 0 <= n < len(turns) or not turns[n].spans:
        raise UsageError("That turn is not here any more. Load the page again.")
    return turns[n].spans[0]


def _of_words(seen: Seen, path: str, form: dict[str, str], name: str, by: str) -> Deciding:
    whole, span, words = reading.chosen(seen, path, *_selected(form))
    if form["do"] == "correct":
        return lambda held: desk.correct(held, whole.path, words, form.get("to", ""), by, span)
    kind = form.get("quoted", "direct")

    def quotation(held: Held) -> Written:
        return desk.quotation(held, whole.path, [words], kind, name or None, by, span)

    return quotation


def media(on: Front, request: Request) -> Response:
    """A recording that may be heard, or a part of it (Range)."""
    path = request.path_params["path"]
    project, seen = on.bench.project, on.bench.view.seen
    allowed = any(m.path == path for s in seen.sources.values() for m in s.media)
    root = Path(project.sources).resolve()
    file = (root / path).resolve() if allowed else root  # what is not listed may be no path at all
    if not file.is_file() or root not in file.parents:
        return wrong(on, request, "There is no such recording, or it is withheld.", 404)
    return FileResponse(file)


# --- decisions ---------------------------------------------------------------------------------------------


def decisions_page(on: Front, request: Request) -> Response:
    """What was decided, the latest first."""
    view, asked = on.bench.view, request.query_params
    first = count(asked.get("from", ""))
    values = log.page(view.seen, on.bench.ledger(), first, "doubtful" in asked)
    return on.show("decisions.html", view, page="decisions", **values)


def decisions_file(on: Front, _: Request) -> Response:
    """What was decided, as a file."""
    body = log.export(on.bench.view.seen, on.bench.ledger())
    headers = {"content-disposition": 'attachment; filename="decisions-as-listed.jsonl"'}
    return Response(body, media_type="application/jsonl", headers=headers)


PAGES: list[Page] = [
    ("/", home, "GET"),
    ("/review", review_first, "GET"),
    ("/review/{key}", review_page, "GET"),
    ("/questions.json", queue, "GET"),
    ("/state.json", state, "GET"),
    ("/answer", answer, "POST"),
    ("/undo", undo, "POST"),
    ("/again", again, "POST"),
    ("/sources", sources_page, "GET"),
    ("/sources/{path:path}", source_page, "GET"),
    ("/source", on_source, "POST"),
    ("/media/{path:path}", media, "GET"),
    ("/decisions", decisions_page, "GET"),
    ("/decisions.jsonl", decisions_file, "GET"),
    *persons.PAGES,
    *alike.PAGES,
    *moments.PAGES,
]
