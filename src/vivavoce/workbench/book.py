"""The book on the workbench: chapters and blocks beside the pool of quotations and the page as it will be printed."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from markupsafe import Markup
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vivavoce import archive, binding, searching
from vivavoce.book import cutting, pictures, pieces
from vivavoce.book.arrangement import BRACKET, Block, Break, Gap, Narration, Plate
from vivavoce.book.edition import Image
from vivavoce.book.manuscript import Manuscript, inserted, manuscript, moved, removed, rewritten
from vivavoce.book.manuscript import written as bytes_of
from vivavoce.book.markup import Markings
from vivavoce.book.settle import CUT, plain
from vivavoce.citations import title_of
from vivavoce.errors import UsageError, VivavoceError
from vivavoce.model import Quote, folded
from vivavoce.printing import clock, many
from vivavoce.workbench import shelf
from vivavoce.workbench.arranging import AWAY, Desk, Opened, at_hand, block, desk, fails, may_show, opened, stretch
from vivavoce.workbench.bench import View
from vivavoce.workbench.drafting import EMPTY, Drafting, large
from vivavoce.workbench.front import Front, Page, asks_json, count, number, wrong
from vivavoce.workbench.laid import laid
from vivavoce.workbench.search import able, lit
from vivavoce.workbench.shelf import Changed

POOL = 20  # quotations of the pool on a page
SHORT = 70  # words of a quotation in the pool that are shown at once
KEPT = 30  # former files that can be shown beside the present one
STATE = ("chapter", "beside", "person", "moment", "source", "unused", "q", "from")
FILTERS = ("person", "moment", "source", "unused", "q", "from")
ELSEWHERE = "book.md was changed elsewhere since this page was shown. Nothing was written."


# --- reading -----------------------------------------------------------------------------------------------


def page(on: Front, request: Request) -> Response:
    """The book; with `part` a piece of the page that changes."""
    view, data = on.bench.view, shelf.read(on.bench.project)
    asked = {k: v for k, v in request.query_params.items() if k in STATE}
    if data is None:
        return _no_book(on, view)
    if not at_hand(on.bench, view, data):
        return _goes_on(on.show("drafting.html", view, page="book", reading=True))
    name = {"desk": "desk.html", "beside": "beside.html"}.get(request.query_params.get("part", ""), "book.html")
    return on.show(name, view, page="book", **_values(on, view, data, asked))


def _no_book(on: Front, view: View) -> Response:
    """That there is no book yet, or how far one is that is being drafted."""
    at_work: Drafting | None = on.bench.kept.get("drafting")
    if at_work and at_work.running:
        told = {"done": at_work.done, "of": at_work.of}
        return _goes_on(on.show("drafting.html", view, page="book", reading=False, **told))
    due = len(laid(view, on.bench.ledger()).due)
    return on.show("nobook.html", view, page="book", wrong=at_work.wrong if at_work else "", due=due)


def _goes_on(page: Response) -> Response:
    """A page that the browser asks for again, with or without a script."""
    page.headers["refresh"] = "2"
    return page


def _values(on: Front, view: View, data: bytes, asked: dict[str, str]) -> dict[str, Any]:
    """What the templates are filled with."""
    held, ready = opened(on.bench, view, data), desk(on.bench, view)
    _remember(on, data, held.mark)
    titles = held.titles()
    now = min(count(asked.get("chapter", "")), max(len(titles) - 1, 0))
    beside = "page" if asked.get("beside") == "page" else "pool"
    first, last = held.chapters[now] if held.chapters else (0, 0)
    state = {k: v for k, v in asked.items() if k not in ("chapter", "from")} | {"chapter": str(now)}
    return {
        "mark": held.mark,
        "state": urlencode({**state, **({"from": asked["from"]} if asked.get("from") else {})}),
        "chapters": [_chapter(held, n, title, state) for n, title in enumerate(titles)],
        "now": now,
        "title": _own(held, first, titles[now]) if titles else "",
        "rows": [_row(held, n) for n in range(first, last)],
        "first": first,
        "last": last,
        "of_book": held.wrong.get(-1, ()),
        "beside": beside,
        "to": {b: _to({**state, "beside": b}) for b in ("pool", "page")},
        "pool": _pool(on, view, held, ready, asked, now) if beside == "pool" else None,
        "printed": _printed(on, view, held, now) if beside == "page" else None,
        "can": {way: shelf.can(on.bench.project, held.mark, way) for way in ("back", "again")},
        "policy": on.bench.project.edits,
        "fails": sum(w.fails for ws in held.wrong.values() for w in ws),
    }


def _to(state: dict[str, str], place: str = "") -> str:
    """The address of the page in a state."""
    return "/book?" + urlencode({k: v for k, v in state.items() if v}) + (f"#{place}" if place else "")


def _own(held: Opened, piece: int, title: str) -> str:
    return "[withheld]" if piece in held.away else title


def _chapter(held: Opened, n: int, title: str, state: dict[str, str]) -> dict[str, Any]:
    first, last = held.chapters[n]
    return {
        "title": _own(held, first, title) or "Before the first chapter",
        "named": bool(title),
        "blocks": sum(held.made.pieces[p].kind == "block" for p in range(first, last)),
        "fails": sum(w.fails for p in range(first, last) for w in held.wrong.get(p, ())),
        "to": _to({**state, "chapter": str(n)}),
        "at": first,
    }


def _row(held: Opened, n: int) -> dict[str, Any]:
    """A piece of the file as the page shows it."""
    piece, away = held.made.pieces[n], n in held.away
    items = held.items.get(n, ())
    blocks = [i for i in items if isinstance(i, Block)]
    return {
        "at": n,
        "kind": piece.kind,
        "away": away,
        "raw": "" if away else piece.text,
        "name": blocks[0].name if blocks and not away else "",
        "parts": [] if away else [_part(held, b, k) for b in blocks for k in range(len(b.parts))],
        "words": [] if away else [_words(i) for i in items if not isinstance(i, Block)],
        "wrong": [_told_wrong(w.sentence, w.fails) for w in held.wrong.get(n, ())],
    }


def _told_wrong(sentence: str, fails: bool) -> dict[str, Any]:
    """What is wrong with a block: the reason, and what both texts are, which stand above it or are long, behind it."""
    both, sign, reason = sentence.rpartition(" By the edit policy ")
    return {"sentence": f"By the edit policy {reason}" if sign else sentence, "both": both, "fails": fails}


def _part(held: Opened, told: Block, n: int) -> dict[str, Any]:
    part, line = told.parts[n], held.lines.get((told.line, n))
    return {
        "n": n,
        "words": _signed(plain(part)),
        "label": part.label or part.source,
        "cut": bool(CUT.search(plain(part))),
        "short": bool(line and line.quote and folded(line.quote.text) != folded(plain(part))),
        "quote": part.quote,
        "to": f"/sources/{quote(line.source)}?at={line.spans[0][0]}" if line else "",
    }


def _signed(words: str) -> Markup:
    """Words with the signs of edits set apart."""
    out, at = Markup(""), 0
    for m in sorted((*CUT.finditer(words), *BRACKET.finditer(words)), key=lambda m: (m.start(), -m.end())):
        if m.start() >= at:
            out += Markup("{}<i class=sign>{}</i>").format(words[at : m.start()], m[0])
            at = m.end()
    return out + words[at:]


def _words(item: Any) -> Markup:
    """Words of the author's own."""
    if isinstance(item, Narration):
        tags = {"italic": Markup("<em>{}</em>"), "bold": Markup("<strong>{}</strong>")}
        return Markup("").join(tags.get(r.style, Markup("{}")).format(r.text) for r in item.runs)
    if isinstance(item, Gap):
        return Markup("{}").format(item.what)
    if isinstance(item, Plate):
        return Markup("{}").format(item.caption or item.alt or item.path)
    return Markup("* * *") if isinstance(item, Break) else Markup("")


# --- the pool ----------------------------------------------------------------------------------------------


def _pool(on: Front, view: View, held: Opened, ready: Desk, asked: dict[str, str], now: int) -> dict[str, Any]:
    """The quotations that can be placed: of the chapter's moment at first, then as they are asked for."""
    own = next((held.told.chapters[n].moment for n in held.told_in(now)), "")
    own = own if own in ready.moments else next((m.id for m in ready.moments.values() if own and own in m.former), "")
    guess = {**asked, "moment": own, "unused": "1"}
    guessed = bool(own) and not any(k in asked for k in FILTERS) and bool(_offered(on, view, held, ready, guess))
    asked = guess if guessed else asked if any(k in asked for k in FILTERS) else {**asked, "unused": "1"}
    ids = _offered(on, view, held, ready, asked)
    first = count(asked.get("from", ""))
    state = {k: asked.get(k, "") for k in STATE} | {"chapter": str(now), "beside": "pool"}
    people = {q.person.id: q.person.name for q in ready.quotes.values() if q.person}
    return {
        "rows": [_offer(view, held, ready, ready.quotes[q], asked) for q in ids[first : first + POOL]],
        "count": len(ids),
        "asked": {k: asked.get(k, "") for k in STATE},
        "guessed": guessed,
        "all": _to({"chapter": str(now), "q": asked.get("q", "")} | ({} if asked.get("q") else {"unused": "1"})),
        "people": sorted(people.items(), key=lambda p: p[1]),
        "moments": [(m.id, m.title) for m in ready.moments.values() if len(m.accounts) > 1 or m.id == own],
        "sources": sorted({q.source: title_of(view.seen.sources[q.source]) for q in ready.quotes.values()}.items()),
        "earlier": _to({**state, "from": str(max(first - POOL, 0))}) if first else "",
        "later": _to({**state, "from": str(first + POOL)}) if first + POOL < len(ids) else "",
    }


def _offered(on: Front, view: View, held: Opened, ready: Desk, asked: dict[str, str]) -> list[str]:
    """The ids of the quotations that the pool is asked for, without those in the book if they are not wanted."""
    return [q for q in _asked_for(on, view, ready, asked) if not asked.get("unused") or q not in held.used]


def _asked_for(on: Front, view: View, ready: Desk, asked: dict[str, str]) -> list[str]:
    """The ids of the quotations that the pool is asked for: best first where words are asked, else as said."""
    words, moment = asked.get("q", "").strip(), asked.get("moment", "")
    ids = list(ready.quotes)
    if archive.query(words):
        with archive.opened(on.bench.project.state) as connection:
            held = able(on.bench, view)
            numbers, weight = searching.matching(connection, held, words)
        best = sorted(zip(-weight, held.place[numbers], numbers.tolist(), strict=True))
        ids = [q for _, _, n in best if (q := held.units[n].quote) in ready.quotes]
    if moment:
        told = ready.moments.get(moment)
        mine = dict.fromkeys(q for a in (told.accounts if told else ()) for q in a.quotes)
        ids = [q for q in (ids if words else mine) if q in mine and q in ready.quotes]
    return [q for q in dict.fromkeys(ids) if _is(ready.quotes[q], asked)]


def _is(said: Quote, asked: dict[str, str]) -> bool:
    person, source = asked.get("person"), asked.get("source")
    return (not person or (said.person is not None and said.person.id == person)) and source in (None, "", said.source)


def _offer(view: View, held: Opened, ready: Desk, said: Quote, asked: dict[str, str]) -> dict[str, Any]:
    """A quotation of the pool."""
    words, (start, end) = stretch(ready, said, asked.get("moment", ""))
    source = ready.sources[said.source]
    short = len(words.split()) > SHORT
    return {
        "id": said.id,
        "name": said.person.name if said.person else "Nobody known",
        "title": title_of(view.seen.sources[said.source]),
        "time": clock(said.time[0]) if said.time else source.date,
        "words": lit(asked.get("q", ""), words, 10_000),
        "long": short,
        "start": start,
        "end": end,
        "used": held.chapter_of(held.used[said.id]) + 1 if said.id in held.used else 0,
    }


# --- as it is printed --------------------------------------------------------------------------------------


def _printed(on: Front, view: View, held: Opened, now: int) -> Markup:
    """A chapter as the HTML edition prints it, without what may not be shown here; what does not hold is left out."""
    if not held.chapters:
        return Markup("")
    mine = tuple(held.edition.parts[n] for n in held.told_in(now))
    edition = pieces.printed(replace(held.edition, parts=mine))
    made = Markings(edition, lambda at: f"#{at}", lambda path: f"/book/picture/{quote(path)}", typed=False, top=2)
    first, last = held.chapters[now]
    whole = Markup("").join(made.part("chapter", part) for part in edition.parts)
    if any(n in held.away for n in range(first, last)) or not may_show(on.bench, view, whole.striptags()):
        return Markup('<p class="alarm">{}</p>').format("Something in this chapter may not be shown here.")
    return whole


@cache
def _sheet() -> bytes:
    """The part of the HTML edition's style that is of chapters, for a chapter on a page of the workbench."""
    whole = files("vivavoce.book").joinpath("templates", "html.css").read_text("utf-8")
    chapters = whole.partition("/* --- the chapters")[2].partition("*/")[2].partition("/* --- behind them")[0]
    return f".sheet {{\n{chapters}\n}}\n".encode()


def sheet(_: Front, __: Request) -> Response:
    """The style of a printed chapter."""
    return Response(_sheet(), media_type="text/css")


def picture(on: Front, request: Request) -> Response:
    """A picture of the book that may be shown, as the editions hold it."""
    path = request.path_params["path"].removeprefix("pictures/")
    view = on.bench.view
    shown = (view.seen.shown, desk(on.bench, view).shown)
    if any(path not in {p.path for p in one.pictures} for one in shown):
        return wrong(on, request, "There is no such picture, or it is withheld.", 404)
    found = pictures.picture(Image("", f"pictures/{path}", "", ""), on.bench.project.arrangement.parent)
    return Response(found.data, media_type=found.mime)


# --- writing -----------------------------------------------------------------------------------------------


def change(on: Front, request: Request) -> Response:
    """Do one thing to `book.md`: it is on the disk when the answer comes."""
    form, view = request.state.form, on.bench.view
    state = {k: v for k, v in parse_qsl(form.get("state", "")) if k in STATE}
    data = shelf.read(on.bench.project)
    try:
        at, says = _done(on, view, form, data)
    except Changed:
        return _changed(on, request, form, state)
    except VivavoceError as e:
        if asks_json(request) or isinstance(e, UsageError) is False:
            raise
        return wrong(on, request, str(e), 400)
    return _shown(on, view, request, state, at, says)


def _done(on: Front, view: View, form: dict[str, str], data: bytes | None) -> tuple[int, str]:
    """What was done: the piece to look at then, and what is said of it."""
    project, do, known = on.bench.project, form.get("do", ""), form.get("mark", "")
    if do == "draft":
        return _drafted(on, view, data)
    if do == "stop":
        return _stopped(on)
    if data is None or shelf.mark(data) != known:
        raise Changed
    held = opened(on.bench, view, data)
    if do in ("undo", "redo"):
        shelf.step(project, known, "back" if do == "undo" else "again")
        return _differs(held.made, manuscript(shelf.read(project) or b"")), "Undone." if do == "undo" else "Done again."
    work = DOES.get(do)
    if work is None:
        raise UsageError("That is nothing that can be done with the book. Nothing was written.")
    fresh, at, says = work(on, view, held, form)
    shelf.change(project, known, bytes_of(fresh))
    return at, says


def _differs(before: Manuscript, after: Manuscript) -> int:
    """The first piece that is another."""
    pairs = zip(before.pieces, after.pieces, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a.text != b.text), min(len(before.pieces), len(after.pieces)))
    return max(min(same, len(after.pieces) - 1), 0)


def _stopped(on: Front) -> tuple[int, str]:
    if at_work := on.bench.kept.pop("drafting", None):
        at_work.stop()
    return 0, "Stopped."


def _drafted(on: Front, view: View, data: bytes | None) -> tuple[int, str]:
    if data is not None:
        raise UsageError("There is a book.md already. What it lacks is proposed by: vivavoce draft.")
    if large(view.seen.shown):
        at_work: Drafting | None = on.bench.kept.get("drafting")
        if not (at_work and at_work.running):
            on.bench.kept["drafting"] = Drafting(on.bench.project, on.bench.day)
        return 0, "A book is being drafted."
    path, made = binding.draft(on.bench.project, on.bench.day)
    if path is None:
        shelf.change(on.bench.project, "", EMPTY)
        return 0, "No moment is told by several people yet; here is an empty chapter."
    return 0, f"Drafted: {many(made, 'chapter', 'chapters')}."


Change = tuple[Manuscript, int, str]


def _move(_: Front, __: View, held: Opened, form: dict[str, str]) -> Change:
    """A piece before another one, or one step up or down."""
    at, made = number(form, "at"), held.made
    to = {"up": at - 1, "down": at + 2}.get(form["do"]) if form["do"] != "move" else number(form, "to")
    assert to is not None
    if not 0 <= at < len(made.pieces):
        raise UsageError("That place is not in book.md any more. Load the page again.")
    if to < 0 or to > len(made.pieces):
        raise UsageError("It is at the end already.")
    if made.pieces[at].kind == "chapter":
        raise UsageError("A chapter is moved whole, in the list of chapters.")
    return moved(made, at, at + 1, to), to - (to > at), "Moved."


def _move_chapter(_: Front, __: View, held: Opened, form: dict[str, str]) -> Change:
    """A chapter with all that is in it, one step up or down or before another one."""
    n = _chapter_meant(held, form)
    to = {"chapter-up": n - 1, "chapter-down": n + 2}.get(form["do"])
    to = number(form, "to") if to is None else to
    headless = held.made.pieces[:1] and held.made.pieces[0].kind != "chapter"
    if to < (1 if headless else 0) or to > len(held.chapters) or (headless and n == 0):
        raise UsageError("It is at the end already.")
    first, last = held.chapters[n]
    before = held.chapters[to][0] if to < len(held.chapters) else len(held.made.pieces)
    fresh = moved(held.made, first, last, before)
    return fresh, before - (last - first if before > first else 0), "The chapter is moved."


def _remove(_: Front, __: View, held: Opened, form: dict[str, str]) -> Change:
    at = number(form, "at")
    if 0 <= at < len(held.made.pieces) and held.made.pieces[at].kind == "chapter":
        raise UsageError("A chapter is taken out whole, with the button behind its title.")
    return removed(held.made, at, at + 1), max(at - (at + 1 == len(held.made.pieces)), 0), "Taken out. u puts it back."


def _remove_chapter(_: Front, __: View, held: Opened, form: dict[str, str]) -> Change:
    first, last = held.chapters[_chapter_meant(held, form)]
    return removed(held.made, first, last), max(first - 1, 0), "The chapter is taken out. u puts it back."


def _chapter_meant(held: Opened, form: dict[str, str]) -> int:
    """The chapter that is meant; another window may have taken out the last one that there was."""
    if not held.chapters:
        raise UsageError("There is no chapter in book.md. Write one, or press u to put back what was taken out.")
    return held.chapter_of(number(form, "at"))


def _place(on: Front, view: View, held: Opened, form: dict[str, str]) -> Change:
    """A quotation of the pool before a piece."""
    ready = desk(on.bench, view)
    span = (number(form, "start"), number(form, "end")) if form.get("end") else None
    text = block(ready, form.get("quote", ""), span)
    _holds(on, view, text)
    to = _to_place(held, form)
    return inserted(held.made, to, text), to, "Placed."


def _to_place(held: Opened, form: dict[str, str]) -> int:
    """Before which piece something new is put; never before the heading that its chapter begins with."""
    to = number(form, "to")
    return to if 0 <= to <= len(held.made.pieces) else len(held.made.pieces)


def _holds(on: Front, view: View, text: str) -> None:
    if wrong_with := fails(on.bench.project, desk(on.bench, view), text):
        told = wrong_with if may_show(on.bench, view, wrong_with) else AWAY
        raise UsageError(f"Not written: {told}")


def _add(_: Front, __: View, held: Opened, form: dict[str, str]) -> Change:
    """Words of one's own before a piece; a chapter with its title."""
    text = form.get("text", "").strip()
    if not text:
        raise UsageError("There are no words. Write some.")
    kind = form.get("kind", "")
    text = " ".join(text.split()) if kind in ("chapter", "heading") else text
    text = {"chapter": "# ", "heading": "## "}.get(kind, "") + text
    to = _to_place(held, form)
    return inserted(held.made, to, text), to, "Written."


def _write(_: Front, __: View, held: Opened, form: dict[str, str]) -> Change:
    """A piece as it was written anew."""
    at = number(form, "at")
    if at in held.away:
        raise UsageError(AWAY)
    text = form.get("text", "")
    if 0 <= at < len(held.made.pieces) and held.made.pieces[at].kind == "chapter" and not text.lstrip().startswith("#"):
        head, end, rest = held.made.pieces[at].text.partition("\n")
        title = " ".join(text.split())
        text = f"# {title}{end}{rest}" if title else ""
        if not text:
            raise UsageError("A chapter needs a title. Take the chapter out, or write one.")
        del head
    return rewritten(held.made, at, text), at, "Written."


def _cut(on: Front, view: View, held: Opened, form: dict[str, str]) -> Change:
    """Words of a block left out, as the edit policy prints it; nothing is written that does not hold."""
    at = number(form, "at")
    told = _block(held, at)
    n, span = _chosen(told, form)
    span = cutting.widened(plain(told.parts[n]), span)
    text = held.made.pieces[at].text
    tried = [t for sign in ("", cutting.SIGN) if (t := cutting.cut(text, n, span, sign))]
    if not tried:
        raise UsageError("These words cannot be left out alone. Take the block out, or write it anew.")
    for fresh in tried:
        if not fails(on.bench.project, desk(on.bench, view), fresh):
            return rewritten(held.made, at, fresh), at, f"Left out: “{plain(told.parts[n])[slice(*span)]}”."
    _holds(on, view, tried[-1])
    raise UsageError("Not written.")


def _block(held: Opened, at: int) -> Block:
    blocks = [i for i in held.items.get(at, ()) if isinstance(i, Block)]
    if not blocks or at in held.away:
        raise UsageError("That is no block of quotation, or may not be shown. Load the page again.")
    return blocks[0]


def _chosen(told: Block, form: dict[str, str]) -> tuple[int, tuple[int, int]]:
    """The part and the stretch that is meant: by its place, or by its words."""
    if form.get("end"):
        n = min(max(count(form.get("part", "")), 0), len(told.parts) - 1)
        size = len(plain(told.parts[n]))
        start, end = number(form, "start"), number(form, "end")
        return n, (min(max(start, 0), size), min(max(end, 0), size))
    words = " ".join(form.get("words", "").split()).strip('“”"')
    for n, part in enumerate(told.parts):
        at = plain(part).find(words)
        if words and at >= 0:
            return n, (at, at + len(words))
    raise UsageError("These words do not stand in the block. Give them as they stand there.")


def _whole(on: Front, view: View, held: Opened, form: dict[str, str]) -> Change:
    """All words of a part's quotation put back."""
    at, n = number(form, "at"), count(form.get("part", ""))
    told, ready = _block(held, at), desk(on.bench, view)
    said = ready.quotes.get(told.parts[min(n, len(told.parts) - 1)].quote)
    fresh = cutting.whole(held.made.pieces[at].text, n, said.text) if said else None
    if fresh is None:
        raise UsageError("The whole quotation cannot be put back here. Place it anew from the pool.")
    _holds(on, view, fresh)
    return rewritten(held.made, at, fresh), at, "The whole quotation stands there."


DOES: dict[str, Callable[[Front, View, Opened, dict[str, str]], Change]] = {
    "up": _move, "down": _move, "move": _move, "remove": _remove,
    "chapter-up": _move_chapter, "chapter-down": _move_chapter, "chapter-move": _move_chapter,
    "chapter-remove": _remove_chapter,
    "place": _place, "add": _add, "write": _write, "cut": _cut, "whole": _whole,
}  # fmt: skip


# --- after it ----------------------------------------------------------------------------------------------


def _shown(on: Front, view: View, request: Request, state: dict[str, str], at: int, says: str) -> Response:
    """The page as it is then, with the piece that was changed; a script gets the part that changes."""
    data = shelf.read(on.bench.project) or b""
    if not asks_json(request) and not (data and at_hand(on.bench, view, data)):
        return RedirectResponse("/book", 303)
    held = opened(on.bench, view, data)
    state = {**state, "chapter": str(held.chapter_of(at))}
    if not asks_json(request):
        return RedirectResponse(_to(state, f"p-{at}"), 303)
    html = on.text("desk.html", view, page="book", **_values(on, view, data, state))
    return JSONResponse({"saved": held.mark, "says": says, "at": at, "html": html, "to": _to(state)})


def _remember(on: Front, data: bytes, mark: str) -> None:
    """Keep a file that a page showed, to show it beside a later one."""
    kept: dict[str, bytes] = on.bench.kept.setdefault("book files", {})
    kept.pop(mark, None)
    kept[mark] = data
    for old in list(kept)[:-KEPT]:
        del kept[old]


def _changed(on: Front, request: Request, form: dict[str, str], state: dict[str, str]) -> Response:
    """That the file is another now: both, side by side, and what was typed."""
    view, now = on.bench.view, shelf.read(on.bench.project)
    shown = on.bench.kept.get("book files", {}).get(form.get("mark", ""))
    values = {
        "sentence": ELSEWHERE,
        "both": _both(on, view, shown, now) if shown is not None and now is not None else None,
        "gone": now is None,
        "typed": form.get("text", ""),
        "to": _to(state),
    }
    if asks_json(request):
        html = on.text("changed.html", view, page="book", **values)
        return JSONResponse({"wrong": ELSEWHERE, "html": html}, 409)
    return on.show("bookchanged.html", view, 409, page="book", **values)


def _both(on: Front, view: View, before: bytes, now: bytes) -> list[tuple[list[str], list[str]]]:
    """Where two files differ: the pieces of the one, and of the other, as far as they may be shown."""
    ours, theirs = (_told(on, view, data) for data in (before, now))
    codes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [(ours[a:b], theirs[c:d]) for op, a, b, c, d in codes if op != "equal"]


def _told(on: Front, view: View, data: bytes) -> list[str]:
    """The pieces of a file as text, what may not be shown told as such."""
    try:
        held = opened(on.bench, view, data)
    except VivavoceError:
        return ["[a file that cannot be read]"]
    return ["[withheld]" if n in held.away else p.text for n, p in enumerate(held.made.pieces)]


PAGES: list[Page] = [
    ("/book", page, "GET"),
    ("/book", change, "POST"),
    ("/book/edition.css", sheet, "GET"),
    ("/book/picture/{path:path}", picture, "GET"),
]
