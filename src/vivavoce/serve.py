"""Show a finished site on this machine: plain files over HTTP, bound to loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from vivavoce.errors import VivavoceError

HERE = ["127.0.0.1", "localhost"]


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
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen(64)
        except OSError as e:
            raise VivavoceError(
                f"Port {port} cannot be had ({e.strerror}). Give another with --port, or --port 0."
            ) from e
        server = uvicorn.Server(uvicorn.Config(app(folder), log_level="error", lifespan="off"))
        started(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return
