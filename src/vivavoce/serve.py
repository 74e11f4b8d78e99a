"""Show a finished site on this machine: plain files over HTTP, bound to loopback."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from vivavoce.errors import VivavoceError


class Handler(SimpleHTTPRequestHandler):
    """Files, quietly, and to this machine's own names only (a page elsewhere must not read them by DNS rebinding)."""

    def send_head(self) -> Any:
        """Refuse a request that names another host."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in ("127.0.0.1", "localhost", "[::1]"):
            self.send_error(421, "This site is shown on this machine only")
            return None
        return super().send_head()

    def log_message(self, *args: Any) -> None:
        """Say nothing of each file."""


def forever(folder: Path, port: int, started: Callable[[str], None]) -> None:
    """Serve `folder` on 127.0.0.1 until interrupted; `port` 0 takes a free one; `started` is told the address.

    Raises VivavoceError when the port is taken.
    """
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    except OSError as e:
        raise VivavoceError(f"Port {port} cannot be had ({e.strerror}). Give another with --port, or --port 0.") from e
    with server:
        started(f"http://127.0.0.1:{server.server_port}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
