"""Only this machine's own browser, with the key, comes in."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest


def test_the_key_in_the_address_is_exchanged_for_a_cookie_that_no_other_site_sends(served):
    client = served.client
    answer = client.ask("GET", served.address.split(client.host)[1], Cookie="")
    cookie = answer.getheader("set-cookie")
    assert (answer.status, answer.getheader("location")) == (303, "/")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert "key=" not in answer.getheader("location")


@pytest.mark.parametrize(
    "path", ["/", "/review", "/sources", "/decisions", "/state.json", "/static/bench.js", "/media/x"]
)
def test_nothing_is_shown_without_the_cookie_or_with_a_wrong_key(served, path):
    assert served.client.ask("GET", path, Cookie="vivavoce=1").status == 403
    assert served.client.ask("GET", path + "?key=guessed", Cookie="vivavoce=1").status == 403


def test_another_name_for_this_machine_is_refused(served):
    for host in ("rebound.example", f"rebound.example:{served.client.port}", "127.0.0.1", "127.0.0.1:1"):
        assert served.client.ask("GET", "/", Host=host).status == 400


def test_a_form_from_elsewhere_or_without_its_token_keeps_nothing(served):
    client = served.client
    key = client.json("/questions.json")["keys"][0]
    fields = {"item": key, "do": "name", "name": "Petra Vance", "known": ""}
    good = {"token": client.token, **fields}
    ours = f"http://{client.host}"
    for origin, sent, status in (
        ("http://evil.example", good, 403),
        ("null", good, 403),
        ("", good, 403),
        (f"http://127.0.0.1:{client.port + 1}", good, 403),
        (ours, fields, 403),
        (ours, {**good, "token": "guessed"}, 403),
        (ours, {**good, "name": "x" * 70_000}, 413),
    ):
        assert client.ask("POST", "/answer", urlencode(sent).encode(), Origin=origin).status == status, origin
    cross = {"Origin": ours, "Sec-Fetch-Site": "cross-site"}
    assert client.ask("POST", "/answer", urlencode(good).encode(), **cross).status == 403
    assert client.ask("GET", f"/answer?{urlencode(good)}").status == 405
    assert served.rows() == ()


def test_every_answer_is_sealed(served):
    for path in ("/", "/static/bench.js", "/nowhere", "/look/site.css"):
        answer = served.client.ask("GET", path)
        policy = answer.getheader("content-security-policy")
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.getheader("x-content-type-options") == "nosniff"


def test_no_page_holds_a_script_or_a_style_of_its_own(served):
    key = served.client.json("/questions.json")["keys"][0]
    for path in ("/", f"/review/{key}", "/sources", "/sources/talks/bell.vtt", "/decisions"):
        page = served.client.get(path)
        assert "<style" not in page and " style=" not in page and " onclick" not in page, path
        assert page.count("<script") == page.count('<script type="module" src="/static/')


def test_nothing_outside_is_shown(served):
    (served.folder / "sources" / "talks" / "secret.mp3").write_bytes(b"never listed")
    for path in (
        "/static/../door.py", "/static/%2e%2e/door.py", "/media/../vivavoce.toml", "/media/%2e%2e/vivavoce.toml",
        "/media/talks/ivo.vtt", "/media//etc/passwd", "/sources/../vivavoce.toml", "/media/../decisions.jsonl",
    ):  # fmt: skip
        assert served.client.ask("GET", path).status == 404, path


def test_markup_in_a_source_or_a_name_is_words(served):
    client = served.client
    key = next(k for k in client.json("/questions.json?kind=label")["keys"])
    client.post("/answer", item=key, do="name", name="<img src=x onerror=alert(1)>", known="")
    page = client.get("/decisions")
    assert "<img src=x" not in page and "&lt;img src=x" in page
