"""Who may come in: this machine's own browser, with the key of the address that was printed, and nobody else."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vivavoce.model import Value

MOST = 64 * 1024  # bytes of a form: a decision is a few words
HEARD = 8 * 1024 * 1024  # bytes of a longer one that are let by, so that its sender reads the answer and no error
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" a browser would say that a form comes from nowhere (Origin: null).
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""On every answer: nothing but files of ours runs, and nobody else shows or keeps a page."""


class Door(Value, frozen=True):
    """The keys of one run: `key` stands in the address, `session` in the cookie that it is exchanged for, `form` in
    every form."""

    port: int
    key: str
    session: str
    form: str

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so that it holds the port."""
        return f"vivavoce-{self.port}"

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://127.0.0.1:{self.port}/?key={self.key}"

    @property
    def hosts(self) -> tuple[str, str]:
        """The names by which this machine is asked."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"


def door(port: int) -> Door:
    """A door with new keys."""
    return Door(port, *(secrets.token_urlsafe(32) for _ in range(3)))


class Guard:
    """Lets only those in who have the key: checks Host, cookie, and of a post its Origin and token."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on with the form read (`request.state.form`)."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                more = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in given]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        headers = Headers(scope=scope)
        answer = _at_the_door(self.door, scope, headers)
        if answer is None and scope["method"] == "POST":
            body = await _body(receive)
            fields = dict(parse_qsl((body or b"").decode("utf-8", "replace"), keep_blank_values=True))
            answer = _of_a_form(self.door, headers, body, fields)
            scope.setdefault("state", {})["form"] = fields
        await (answer or self.app)(scope, receive, sealed)


def _at_the_door(door: Door, scope: Scope, headers: Headers) -> Response | None:
    """What is answered instead, or None for those who may come in."""
    if headers.get("host", "") not in door.hosts or len(headers.getlist("host")) != 1:
        return refusal("The workbench answers to 127.0.0.1 alone.", 400)
    if scope["method"] not in ("GET", "HEAD", "POST"):
        return refusal("The workbench reads and takes decisions, nothing else.", 405)
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    if scope["method"] == "GET" and "key" in asked:
        return _exchanged(door, asked, scope["path"])
    if not _same(_cookie(headers, door.cookie), door.session):
        return refusal("Open the address that `vivavoce serve` printed: the key in it lets you in.", 403)
    return None


def _exchanged(door: Door, asked: dict[str, str], path: str) -> Response:
    """The key out of the address, for a cookie that no script and no other site can use."""
    if not _same(asked.pop("key"), door.key):
        return refusal("This key is of another run. Open the address that `vivavoce serve` printed.", 403)
    to = "/" + path.lstrip("/")  # never another host's
    answer = RedirectResponse(to + (f"?{urlencode(asked)}" if asked else ""), 303)
    answer.set_cookie(door.cookie, door.session, httponly=True, samesite="strict", path="/")
    return answer


def _of_a_form(door: Door, headers: Headers, body: bytes | None, fields: dict[str, str]) -> Response | None:
    if headers.get("origin") not in {f"http://{host}" for host in door.hosts}:
        return refusal("This form comes from another page. Nothing was kept.", 403)
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return refusal("This form comes from another site. Nothing was kept.", 403)
    if body is None:
        return refusal("This is too long for a decision. Nothing was kept.", 413)
    if not _same(fields.get("token", ""), door.form):
        return refusal("This page is of an earlier run. Load it again; nothing was kept.", 403)
    return None


async def _body(receive: Receive) -> bytes | None:
    """The body of a form, None if it is too long."""
    body, size = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        piece = message.get("body", b"")
        size += len(piece)
        if size <= MOST:
            body += piece
        if size > HEARD or not message.get("more_body", False):
            return bytes(body) if size <= MOST else None


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def refusal(sentence: str, status: int) -> Response:
    """A page that says one sentence."""
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Not shown</title><main><p>{sentence}</p></main></html>"
    )
    return HTMLResponse(page, status)
