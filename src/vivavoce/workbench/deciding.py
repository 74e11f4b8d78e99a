"""What pages on which something is decided share: the decisions on a thing, the answer to a form, the next page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vivavoce.decisions import Decision
from vivavoce.desk import Written
from vivavoce.model import folded
from vivavoce.workbench.bench import View
from vivavoce.workbench.front import Front, asks_json
from vivavoce.workbench.laid import Laid, laid
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.seen import Seen, disguised
from vivavoce.workbench.telling import in_words


def now(on: Front) -> tuple[View, Ledger, Laid]:
    """What is shown, what is decided, and the one laid over the other."""
    view, ledger = on.bench.view, on.bench.ledger()
    return view, ledger, laid(view, ledger)


def latest(ledger: Ledger, meant: Callable[[Decision], bool]) -> Decision | None:
    """The last decision in force that is meant."""
    return next((d for d in reversed(ledger.standing) if meant(d)), None)


def kept(seen: Seen, request: Request, written: Written, to: str) -> Response:
    """The answer once a decision is on the disk: where it is shown, for a script or for the browser."""
    if asks_json(request):
        return JSONResponse({"saved": written.row.id, "says": disguised(seen, written.says), "to": to})
    return RedirectResponse(f"{to}{'&' if '?' in to else '?'}{urlencode({'done': written.row.id})}", 303)


def rows(seen: Seen, found: Iterable[Decision], laid_: Laid) -> list[dict[str, Any]]:
    """Decisions as a page lists them, the latest first; `due`: the archive does not hold it yet."""
    due = {d.id for d in laid_.due}
    return [
        {"id": d.id, "by": d.by, "at": d.at[:16].replace("T", " "), "says": says, "due": d.id in due}
        for d in sorted(found, key=lambda d: (d.at, d.id), reverse=True)
        if (says := in_words(seen, d))
    ]


def done(seen: Seen, ledger: Ledger, request: Request) -> dict[str, str] | None:
    """The decision that a form without a script has just made, with the way to undo it."""
    asked = request.query_params.get("done", "")
    found = next((d for d in ledger.standing if d.id == asked), None)
    return {"id": found.id, "says": in_words(seen, found) or "decided"} if found else None


def finds(haystack: str, asked: str) -> bool:
    """Whether each of the words that were typed begins a word of a text (folded)."""
    return all(f" {word}" in f" {haystack}" for word in folded(asked).split())


def ticked(form: dict[str, str], prefix: str) -> list[str]:
    """What is ticked in a form, by the names of its boxes."""
    return [name.removeprefix(prefix) for name in form if name.startswith(prefix)]
