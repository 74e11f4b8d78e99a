"""Show a finished site on this machine: plain files over HTTP, bound to loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from vivavoce.errors import UsageError, VivavoceError

HERE = ["127.0.0.1", "localhost"]
LAST_PORT = 65535


def app(folder: Path) -> Starlette:
    """The files of `folder`, parts of a recording too (Range), asked for by this machine's own names only: a page
    elsewhere must not read them by DNS rebinding."""
    files = StaticFiles(directory=folder, html=True)
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=HERE, www_redirect=False)
    return Starlette(routes=[Mount("/", files)], middleware=[guard])


def forever(folder: Path, port: int, started: Callable[[str], None]) -> None:
    """Serve `folder` on 127.0.0.1 until interrupted; `port` 0 takes a free one; `started` is told the address.

    Raises VivavoceError when the port is taken.
    """
    with listening(port) as open_one:
        run(app(folder), open_one, lambda: started(f"http://127.0.0.1:{open_one.getsockname()[1]}/"))


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket of this machine alone, on a port (0: a free one). Raises VivavoceError when the port is taken,
    UsageError when there is none of that number."""
    if not 0 <= port <= LAST_PORT:
        raise UsageError(f"--port {port}: there is no such port. Give one up to {LAST_PORT}, or 0 for a free one.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as open_one:
        open_one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            open_one.bind(("127.0.0.1", port))
            open_one.listen(64)
        except OSError as e:
            raise VivavoceError(
                f"Port {port} cannot be had ({e.strerror}). Give another with --port, or --port 0."
            ) from e
        yield open_one


def run(served: ASGIApp, open_one: socket.socket, started: Callable[[], None]) -> None:
    """Answer on a socket until interrupted."""
    server = uvicorn.Server(
        uvicorn.Config(served, log_level="error", lifespan="off", server_header=False, proxy_headers=False)
    )
    started()
    try:
        server.run(sockets=[open_one])
    except KeyboardInterrupt:
        return
