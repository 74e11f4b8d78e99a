"""A site of the last crossing, written once, and served."""

from __future__ import annotations

import contextlib
import functools
import http.server
import math
import re
import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from crossing import history

from vivavoce.site import publish


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as a plain host does: parts of them too, without which a browser cannot seek in a recording."""

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data[first : last + 1])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def tape(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of three minutes: a hum."""
    path = tmp_path_factory.mktemp("tape") / "hum.wav"
    with wave.open(str(path), "w") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(4000)
        out.writeframes(bytes(int(128 + 60 * math.sin(i / 9)) for i in range(720_000)))
    return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, tape: Path) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    publish(history(), folder, {"interviews/ines-calloway.wav": tape})
    return folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
