"""Search over everything that the workbench may show, with what stands beside the hits to narrow them by."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from vivavoce import archive, rights, searching
from vivavoce.archive import Hit
from vivavoce.citations import title_of
from vivavoce.errors import Busy
from vivavoce.model import Source
from vivavoce.printing import clock
from vivavoce.searching import FACETS, KINDS, Findable, Found, Name
from vivavoce.workbench.bench import Bench, View
from vivavoce.workbench.front import Front, Page, count
from vivavoce.workbench.seen import Seen

PAGE = 30  # hits on a page
BESIDE = 28  # words on either side of the first that is lit
SHOWN = 8  # values of a facet that are shown at once
NAMES: dict[Name, str] = {"person": "People", "source": "Sources", "moment": "Moments", "kind": "What it is"}
LONGEST = 400  # characters of what is asked


def page(on: Front, request: Request) -> Response:
    """What was found; with `part=1` the piece of the page that changes."""
    view, asked = on.bench.view, request.query_params
    words = asked.get("q", "")[:LONGEST]
    chosen = {f: asked[f] for f in FACETS if asked.get(f)}
    first = count(asked.get("from", ""))
    found = find(on.bench, view, words, chosen, first)
    name = "found.html" if asked.get("part") else "search.html"
    return on.show(name, view, page="search", **_values(view, words, chosen, first, found))


def find(bench: Bench, view: View, words: str, chosen: dict[Name, str], first: int = 0) -> Found:
    """A page of hits. Raises Busy while an archive that was taken away is made anew."""
    with archive.opened(bench.project.state) as connection:
        if not archive.generation(connection):
            raise Busy("The archive was taken away and is made anew. Search again in a while.")
        return searching.found(connection, able(bench, view), words, PAGE, first, chosen)


def able(bench: Bench, view: View) -> Findable:
    """What can be found in a generation, prepared when it is first asked for."""
    if "findable" not in view.kept:
        seen = view.seen
        names = rights.paths(seen.whole, "workbench", bench.day, seen.rules)
        with archive.opened(bench.project.state) as connection:
            view.kept["findable"] = searching.findable(connection, seen.whole, seen.shown, names)
    made: Findable = view.kept["findable"]
    return made


def _values(view: View, words: str, chosen: dict[Name, str], first: int, found: Found) -> dict[str, Any]:
    asked: dict[str, str] = {"q": words, **{str(f): key for f, key in chosen.items()}}
    names = _names(view)
    return {
        "q": words,
        "chosen": [(f, names[f].get(key, key), _to({**asked, f: ""})) for f, key in chosen.items()],
        "kept": chosen,
        "found": found,
        "hits": [_hit(view.seen, words, hit) for hit in found.hits],
        "beside": [(NAMES[f], _beside(asked, f, names[f], found.beside.get(f, {}))) for f in FACETS if f not in chosen],
        "shown": SHOWN,
        "earlier": _to({**asked, "from": str(max(first - PAGE, 0))}) if first else "",
        "later": _to({**asked, "from": str(first + PAGE)}) if first + PAGE < found.count else "",
        "first": first,
    }


def _names(view: View) -> dict[Name, dict[str, str]]:
    """How the values of the facets are called."""
    if "search names" not in view.kept:
        shown = view.seen.shown
        view.kept["search names"] = {
            "person": {p.id: p.name for p in shown.people},
            "source": {s.path: title_of(s) for s in shown.sources},
            "moment": {m.id: m.title for m in shown.moments},
            "kind": KINDS,
        }
    made: dict[Name, dict[str, str]] = view.kept["search names"]
    return made


def _to(asked: dict[str, str]) -> str:
    """The address of a search."""
    return "/search?" + urlencode({k: v for k, v in asked.items() if v})


def _beside(asked: dict[str, str], facet: Name, names: dict[str, str], counts: dict[str, int]) -> list[Any]:
    """The values of a facet: name, how many, and the address that narrows the search to it."""
    return [(names.get(key, key), n, _to({**asked, facet: key})) for key, n in counts.items()]


def _hit(seen: Seen, words: str, hit: Hit) -> dict[str, Any]:
    unit = hit.unit
    source = seen.sources[unit.path]
    return {
        "who": unit.person,
        "title": title_of(source),
        "time": clock(unit.time[0]) if unit.time else "",
        "date": source.date,
        "words": lit(words, unit.text, BESIDE),
        "to": f"/sources/{_path(unit.path)}?at={unit.start}#{anchor(source, unit.start)}",
        "quoted": bool(unit.quote) and unit.kind in ("direct", "mixed"),
        "own": not unit.quote,
    }


def _path(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/")


def anchor(source: Source, start: int) -> str:
    """The id, on the page of a source, of the turn or block that a character stands in."""
    if source.turns:
        return f"t-{max(bisect_right(source.turns, start, key=lambda t: t.start), 1)}"
    at = bisect_right(source.blocks, start, key=lambda b: b.start) - 1
    return f"a-{source.blocks[at].start if source.blocks else 0}"


def lit(words: str, text: str, beside: int) -> Markup:
    """A text with the words lit, cut round the first of them."""
    out = (
        Markup('<mark class="lit">{}</mark>').format(piece) if is_lit else escape(piece)
        for piece, is_lit in searching.pieces(words, text, beside)
    )
    return Markup("").join(out)


PAGES: list[Page] = [("/search", page, "GET")]
