"""Every route of the workbench, asked wrongly: a sentence and never a fault, nothing from outside, nobody held up.

The routes are the application's own, so that a new one is tested without a line here."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from bench_at_work import MORE, NAMELESS, Client, Served, until
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wrongly import (
    CANARY,
    ODD,
    OUTSIDE,
    Asked,
    crawled,
    fields,
    forms,
    meant,
    raw,
    request,
    routes,
    status,
    words_of_code,
    written,
)

from projects import files, tree
from vivavoce.build import update
from vivavoce.project import open_project

ROUTES = routes()
PAGES = (
    "/",
    "/review",
    "/sources",
    "/decisions",
    "/people",
    "/alike",
    "/moments",
    "/traces",
    "/book",
    "/search?q=lamps",
)
FIELDS, WORDS = fields(), words_of_code()
MANY = settings(max_examples=int(os.environ.get("ASKED", "20")), suppress_health_check=list(HealthCheck))
ids = [f"{r.method} {r.path}" for r in ROUTES]
BOOK = "<!-- vivavoce book 1 -->\n\n# The lamps\n\nIt was dark.\n\n# The bell\n\nIt rang.\n"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A project with a book, and files beside it that are nobody's to see."""
    folder = tmp_path_factory.mktemp("asked") / "corrie"
    given = {**files(), "talks/bell.vtt": NAMELESS, "press/watch.txt": MORE, "talks/secret.mp3": CANARY}
    settings = f'v = 1\ntitle = "The Corrie"\n# {CANARY}\n'
    (folder / "sources" / "talks").mkdir(parents=True)
    (folder.parent / "outside.txt").write_text(CANARY)
    (folder / "sources" / "talks" / "wim.mp3").symlink_to(folder.parent / "outside.txt")
    (folder / "book.md").write_text(BOOK)
    yield Served(folder, given, settings)


@pytest.fixture(scope="module")
def pages(asked: Served) -> dict[str, str]:
    return crawled(asked.client, PAGES)


@pytest.fixture(scope="module")
def values(pages: dict[str, str]) -> dict[str, list[str]]:
    return meant(pages)


def held(got: bytes, *may: int) -> None:
    """An answer that is a sentence: of one of these states, no fault, nothing of the program and of other files."""
    assert status(got) in may, got[:200]
    for never in (
        b"Traceback",
        b"Internal Server Error",
        CANARY.encode(),
        b"root:",
        b'File "',
        b"/vivavoce/workbench/",
    ):
        assert never not in got, got[:300]
    assert b"content-security-policy: default-src 'none'" in got


TYPED = ("Petra Vance", "1986-11-03", "lamps", "0", "9")  # what is typed where a page has left room
FINE = (200, 204, 303, 307, 400, 403, 404, 405, 409, 413)


def test_the_routes_are_there() -> None:
    assert len(ROUTES) > 25 and {"/people/{id}", "/book", "/media/{path:path}"} <= {r.path for r in ROUTES}
    assert {"do", "name", "at", "from", "chapter"} <= set(FIELDS)


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_without_the_cookie_there_is_nothing(asked: Served, route: Asked) -> None:
    stranger = Client.__new__(Client)
    stranger.port, stranger.host, stranger.cookie = asked.client.port, asked.client.host, "vivavoce=1"
    for method in ("GET", "HEAD", "POST"):
        got = raw(stranger.port, request(stranger, method, route.filled("x"), "Content-Length: 0"))
        held(got, 403)
    for host in ("rebound.example", f"rebound.example:{stranger.port}", "", f"127.0.0.1:{stranger.port}@x.example"):
        sent = request(asked.client, route.method, route.filled("x")).replace(
            asked.client.host.encode(), host.encode(), 1
        )
        held(raw(stranger.port, sent), 400)
    twice = request(asked.client, route.method, route.filled("x"), "Host: rebound.example")
    assert status(raw(stranger.port, twice)) == 400


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "POST"], ids=lambda r: r.path)
def test_a_form_of_another_site_changes_nothing(asked: Served, values: dict[str, list[str]], route: Asked) -> None:
    client, before = asked.client, tree(asked.folder)
    body = urlencode({"token": client.token, "do": "draft", **{n: v[0] for n, v in values.items() if v}}).encode()
    size, ours = f"Content-Length: {len(body)}", f"Origin: http://{client.host}"
    for headers in (
        [], ["Origin: null"], ["Origin: http://far.example"], [f"Origin: https://{client.host}"], ["Origin: http://127.0.0.1:1"],
        [ours, "Sec-Fetch-Site: cross-site"], [ours, "Sec-Fetch-Site: same-site"], [ours, "Sec-Fetch-Site: none"],
        [f"Referer: http://{client.host}/"], [ours + ".far.example"],
    ):  # fmt: skip
        held(raw(client.port, request(client, "POST", route.path, size, *headers, body=body)), 403)
    assert {p: b for p, b in tree(asked.folder).items() if ".vivavoce" not in p} == {
        p: b for p, b in before.items() if ".vivavoce" not in p
    }


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_other_methods_kinds_and_sizes_are_refused_in_a_sentence(asked: Served, route: Asked) -> None:
    client, path = asked.client, route.filled("x")
    origin = f"Origin: http://{client.host}"
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"):
        held(raw(client.port, request(client, method, path, "Content-Length: 0")), 405)
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/xml", "image/png", "", "\xff"):
        for body in (b"{}", b'{"token": 1}', b"--x\r\n\r\n--x--", bytes(range(256)), b"&=&=;%", b"%", b"token=%ff%fe"):
            headers = [origin, f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
            held(raw(client.port, request(client, "POST", path, *headers, body=body)), 403, 404, 405)
    for size in (70_000, 2_000_000):
        headers = [origin, f"Content-Length: {size}"]
        held(raw(client.port, request(client, "POST", path, *headers, body=b"a" * size)), 413)
    with contextlib.suppress(ConnectionError):  # of so much, not all is read
        body = b"a" * 20_000_000
        held(raw(client.port, request(client, "POST", path, origin, f"Content-Length: {len(body)}", body=body)), 413)
    chunked = b"".join(b"8000\r\n" + b"a" * 0x8000 + b"\r\n" for _ in range(4)) + b"0\r\n\r\n"
    held(raw(client.port, request(client, "POST", path, origin, "Transfer-Encoding: chunked", body=chunked)), 413)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.names], ids=lambda r: r.path)
@pytest.mark.parametrize("path", OUTSIDE, ids=lambda p: ascii(p)[:24])
def test_no_path_leads_out_of_what_is_shown(asked: Served, route: Asked, path: str) -> None:
    for told in written(path).values():
        got = raw(asked.client.port, request(asked.client, "GET", route.filled(told)))
        held(got, 200, 303, 307, 400, 404) if status(got) != 431 else None
        empty = b"\r\ncontent-length: 0\r\n" in got
        assert status(got) not in (200, 206) or empty or path in (".", "..", "/"), (told, got[:300])


def test_bytes_that_are_no_text_in_an_address_are_refused(asked: Served) -> None:
    for route in ROUTES:
        for told in ("%ff%fe", "%c0%af..%c0%af", "%", "%zz", "%u002e", "%00", ";", "?", "%0d%0aSet-Cookie:%20a=b"):
            got = raw(asked.client.port, request(asked.client, "GET", route.filled(told) + "?q=%ff&from=%00&%=&a"))
            held(got, *FINE)
            assert b"\r\nset-cookie: a=b" not in got.lower()


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "GET"], ids=lambda r: r.path)
def test_whatever_is_asked_is_answered(asked: Served, values: dict[str, list[str]], route: Asked) -> None:
    real = st.sampled_from(sorted({v for vs in values.values() for v in vs}))
    value = st.sampled_from(ODD) | st.text(max_size=40) | real
    names = st.sampled_from([*FIELDS, *values])

    @MANY
    @given(value, st.dictionaries(names, value, max_size=5), st.sampled_from(["text/html", "application/json", "\xff"]))
    def ask(filling: str, query: dict[str, str], accept: str) -> None:
        told = next(iter(written(filling.encode("utf-8", "replace").decode()).values()))
        target = route.filled(told) + "?" + urlencode(query, errors="replace")
        got = raw(asked.client.port, request(asked.client, "GET", target, f"Accept: {accept}"))
        if len(target) < 60_000:
            held(got, *FINE)

    ask()
    for name in FIELDS:  # a number of 5,000 digits is no number to Python
        for odd in ("9" * 5000, "9" * 30, "٣", "²", "-1"):
            held(
                raw(asked.client.port, request(asked.client, "GET", f"{route.filled('x')}?{urlencode({name: odd})}")),
                *FINE,
            )


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "POST"], ids=lambda r: r.path)
def test_whatever_is_decided_is_kept_or_refused(
    asked: Served, pages: dict[str, str], values: dict[str, list[str]], route: Asked
) -> None:
    client, given_forms = asked.client, forms(pages).get(route.path) or [{}]
    real = {n: st.sampled_from(v) for n, v in values.items() if v}
    odd = st.sampled_from(ODD) | st.text(max_size=40)
    does = st.sampled_from(sorted({*WORDS, *values.get("do", [])}))
    each = {n: (real[n] | odd if n in real else odd) for n in {*FIELDS, *real} - {"token", "mark", "do"}}

    @MANY
    @given(st.fixed_dictionaries({"do": does}, optional=each), st.booleans())
    def post(form: dict[str, str], as_script: bool) -> None:
        posted(client, route, form, as_script)

    @MANY
    @given(st.sampled_from(given_forms), st.dictionaries(st.sampled_from(FIELDS), odd, max_size=2), st.booleans())
    def bent(form: dict[str, str], other: dict[str, str], as_script: bool) -> None:
        posted(client, route, form | other, as_script)

    post()
    bent()


def posted(client: Any, route: Asked, form: dict[str, str], as_script: bool) -> None:
    """A form is sent; the book as it stands is known."""
    mark = meant({"": client.get("/book")}).get("mark", [""])[0]
    body = urlencode({**form, "mark": mark, "token": client.token}, errors="replace").encode()
    headers = [f"Origin: http://{client.host}", f"Content-Length: {len(body)}"]
    headers += ["Accept: application/json"] * as_script
    held(raw(client.port, request(client, "POST", route.path, *headers, body=body)), *FINE)


def test_what_its_own_forms_decide_is_followed(asked: Served, pages: dict[str, str]) -> None:
    """Each form of each page is sent: the thread lives, a build holds, pages are shown."""
    for route in [r for r in ROUTES if r.method == "POST"]:
        for n, form in enumerate(forms(pages).get(route.path, [])[:30]):
            typed = {k: v or (TYPED[n % len(TYPED)] if k != "known" else v) for k, v in form.items()}
            posted(asked.client, route, typed, True)
    body = urlencode({"token": asked.client.token}).encode()
    assert asked.client.ask("POST", "/again", body, Origin=f"http://{asked.client.host}").status == 303
    until(lambda: asked.client.json("/state.json")["doing"] == "ready", 120)
    assert len(asked.rows()) > 10  # it was not all refused
    update(open_project(asked.folder))
    for page in PAGES:
        assert asked.client.ask("GET", page).status in (200, 303), page
    assert sorted(p.name for p in asked.folder.parent.iterdir()) == ["corrie", "outside.txt"]


# --- many, and slow ones -----------------------------------------------------------------------------------


def slow(client: Any, sent: bytes, ending: threading.Event) -> None:
    """Sends a byte a second."""
    with socket.create_connection(("127.0.0.1", client.port)) as line:
        for n in range(len(sent)):
            if ending.wait(1):
                return
            line.sendall(sent[n : n + 1])


def deaf(client: Any, sent: bytes, ending: threading.Event) -> None:
    """Asks again and again, and never reads an answer."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", client.port))
        line.settimeout(0.5)
        while not ending.wait(0.05):
            try:
                line.sendall(sent)
            except TimeoutError:
                ending.wait()


def test_who_sends_slowly_or_never_reads_holds_nobody_up(served: Served) -> None:
    client, ending = served.client, threading.Event()
    form = request(client, "POST", "/answer", f"Origin: http://{client.host}", "Content-Length: 60000")
    page = request(client, "GET", "/sources").replace(b"Connection: close\r\n", b"")
    begun = [threading.Thread(target=slow, args=(client, s, ending)) for s in (page, form + b"a=") for _ in range(30)]
    begun += [threading.Thread(target=deaf, args=(client, page, ending)) for _ in range(30)]
    with socket.create_connection(("127.0.0.1", client.port)) as half:
        half.sendall(form + b"token=")  # a form that is never ended
        for thread in begun:
            thread.start()
        try:
            time.sleep(2)
            began = time.monotonic()
            for path in PAGES * 2:
                assert client.ask("GET", path).status in (200, 303)
            assert time.monotonic() - began < 20
        finally:
            ending.set()
            for thread in begun:
                thread.join()


def test_two_hundred_readers_during_a_rebuild_get_good_answers(served: Served) -> None:
    client = served.client
    before = client.json("/state.json")["generation"]
    (served.folder / "sources" / "talks" / "late.vtt").write_text(NAMELESS.replace("gulls", "terns"))
    paths = [*PAGES, "/sources/talks/bell.vtt", "/people.json?q=", "/questions.json", "/state.json", "/static/bench.js"]

    def read(n: int) -> list[tuple[str, int]]:
        got = [(p, client.ask("GET", p)) for p in (paths[n % len(paths)], paths[(n * 7 + 3) % len(paths)])]
        return [(p, a.status) for p, a in got if a.status not in (200, 303) or (a.status == 200 and len(a.text) < 20)]

    body = urlencode({"token": client.token}).encode()
    assert client.ask("POST", "/again", body, Origin=f"http://{client.host}").status == 303
    with ThreadPoolExecutor(200) as readers:
        wrong = [w for one in readers.map(read, range(200)) for w in one]
    assert wrong == []
    until(lambda: client.json("/state.json")["generation"] != before, 60)
    assert client.ask("GET", "/sources/talks/late.vtt").status == 200


def test_the_site_that_is_served_shows_nothing_beside_it(tmp_path: Path) -> None:
    from vivavoce.serve import forever

    folder = tmp_path / "out" / "site"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("the site")
    (tmp_path / "out" / "outside.txt").write_text(CANARY)
    (folder / "link.txt").symlink_to(tmp_path / "out" / "outside.txt")
    told: list[str] = []
    threading.Thread(target=forever, args=(folder, 0, told.append), daemon=True).start()
    port = int(until(lambda: told)[0].rsplit(":", 1)[1].strip("/"))
    until(lambda: socket.create_connection(("127.0.0.1", port)))
    for path in (*OUTSIDE, "../outside.txt", "link.txt"):
        for way in written(path).values():
            sent = f"GET /{way} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
            got = raw(port, sent)
            assert status(got) in (200, 307, 400, 404, 431) and CANARY.encode() not in got, (way, got[:200])
            assert status(got) != 200 or b"the site" in got
    for host in ("rebound.example", f"rebound.example:{port}", "127.0.0.1.rebound.example"):
        assert status(raw(port, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())) == 400
