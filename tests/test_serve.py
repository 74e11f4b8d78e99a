"""The site is shown on this machine only."""

import http.client
import threading

import pytest

from vivavoce import serve
from vivavoce.errors import UsageError, VivavoceError


@pytest.fixture
def port(tmp_path):
    (tmp_path / "index.html").write_text("<p>The ferry sang.")
    told = []
    ready = threading.Event()

    def started(address: str) -> None:
        told.append(int(address.rstrip("/").rsplit(":", 1)[1]))
        ready.set()

    threading.Thread(target=serve.forever, args=(tmp_path, 0, started), daemon=True).start()
    assert ready.wait(60)
    return told[0]


def asked(port, path, host, **more):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": host, **more})
    return connection.getresponse()


def test_a_page_is_shown_to_this_machine(port):
    answer = asked(port, "/", f"127.0.0.1:{port}")
    assert (answer.status, answer.read()) == (200, b"<p>The ferry sang.")


def test_a_player_may_ask_for_a_part_of_a_recording(port):
    answer = asked(port, "/index.html", f"127.0.0.1:{port}", Range="bytes=3-6")
    assert (answer.status, answer.read()) == (206, b"The ")


def test_another_name_for_this_machine_is_refused(port):
    assert asked(port, "/", "rebound.example:80").status == 400


def test_nothing_outside_the_site_is_shown(port):
    for path in ("/../secret", "/%2e%2e/secret", "/..%2fsecret"):
        assert asked(port, path, "localhost").status == 404


def test_a_port_that_is_taken_is_told(port, tmp_path):
    with pytest.raises(VivavoceError, match="--port"):
        serve.forever(tmp_path, port, lambda _: None)


@pytest.mark.parametrize("port", [-1, 65536, 99999])
def test_a_port_that_there_is_not_is_told_in_a_sentence(port, tmp_path):
    with pytest.raises(UsageError, match=f"--port {port}: there is no such port"):
        serve.forever(tmp_path, port, lambda _: None)
