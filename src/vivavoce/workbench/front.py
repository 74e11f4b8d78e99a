"""What every page of the workbench needs: the templates, a sentence where something is wrong, the answer to a form."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote as quoted

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from vivavoce.desk import Written
from vivavoce.errors import UsageError, VivavoceError
from vivavoce.workbench import review
from vivavoce.workbench.asking import KINDS
from vivavoce.workbench.bench import Bench, Conflict, View
from vivavoce.workbench.door import Door
from vivavoce.workbench.seen import Seen, disguised

# What the head of every page leads to: name, address, the page's own name.
VIEWS = [
    ("Review", "/review", "review"),
    ("Sources", "/sources", "sources"),
    ("People", "/people", "people"),
    ("Moments", "/moments", "moments"),
    ("Traces", "/traces", "traces"),
    ("Book", "/book", "book"),
    ("Decisions", "/decisions", "decisions"),
    ("Search", "/search", "search"),
]
DIGITS = 9  # of a number in an address: beyond what any page counts, within what every part can hold
Page = tuple[str, Callable[["Front", Request], Response], str]  # an address, what answers there, the method


class Front:
    """What every route needs: the bench, the door's keys, the templates."""

    def __init__(self, bench: Bench, door: Door) -> None:
        self.bench, self.door = bench, door
        self.made = Environment(
            loader=PackageLoader("vivavoce.workbench"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.made.filters["address"] = lambda path: quoted(path, safe="/")

    def show(self, name: str, view: View, status: int = 200, **values: Any) -> Response:
        """A page from a template."""
        return HTMLResponse(self.text(name, view, **values), status)

    def text(self, name: str, view: View, **values: Any) -> str:
        """A template, filled in."""
        return self.made.get_template(name).render(
            token=self.door.form,
            site=view.seen.shown,
            generation=view.seen.generation,
            kinds=KINDS,
            views=VIEWS,
            **values,
        )


def told(on: Front, page: Callable[[Front, Request], Response], request: Request) -> Response:
    """A page, or in a sentence why there is none."""
    try:
        return page(on, request)
    except Conflict as e:
        earlier = review.told(on.bench.view.seen, e.earlier)
        sentence = (
            f"{earlier['by']} has decided this already, on {earlier['at']}: {earlier['says']}. Nothing was changed."
        )
        return wrong(on, request, sentence, 409, earlier)
    except VivavoceError as e:
        return wrong(on, request, disguised(on.bench.view.seen, str(e)), 400)


def wrong(on: Front, request: Request, sentence: str, status: int, earlier: dict[str, str] | None = None) -> Response:
    """A sentence that says what is wrong, as a page or as JSON."""
    if asks_json(request):
        return JSONResponse({"wrong": sentence, "earlier": earlier}, status)
    back = "/review/" + quoted(request.state.form.get("item", "")) if status == 409 else ""
    return on.show("wrong.html", on.bench.view, status, page="", sentence=sentence, back=back)


def asks_json(request: Request) -> bool:
    """Whether a script asks, and not the browser."""
    return "application/json" in request.headers.get("accept", "")


def saved(seen: Seen, request: Request, written: Written, to: str, **more: object) -> Response:
    """The answer once a decision is on the disk: the next page, or its id (and `more`) as JSON."""
    if asks_json(request):
        return JSONResponse({"saved": written.row.id, "says": disguised(seen, written.says), **more})
    return RedirectResponse(to, 303)


def count(text: str) -> int:
    """A whole number as an address has it, 0 where there is none or one that is beyond all that is counted."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


def number(form: dict[str, str], name: str) -> int:
    """A whole number of a form. Raises UsageError where there is none."""
    with contextlib.suppress(ValueError):
        return int(form.get(name, ""))
    raise UsageError("The place of these words is lost. Select them again.")
