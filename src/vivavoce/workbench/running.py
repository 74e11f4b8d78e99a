"""Run the workbench on 127.0.0.1, until it is interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable

from vivavoce.project import Project
from vivavoce.serve import listening, run
from vivavoce.workbench.app import app
from vivavoce.workbench.bench import Bench
from vivavoce.workbench.door import door


def forever(project: Project, day: str, by: str, port: int, started: Callable[[str], None]) -> None:
    """Serve the workbench of a project that is up to date; `port` 0 takes a free one; `started` is told the address,
    with its key. Raises VivavoceError when the port is taken."""
    with listening(port) as socket:
        bench, keys = Bench(project, day, by), door(socket.getsockname()[1])
        threading.Thread(target=bench.keep_up, name="keep up", daemon=True).start()
        try:
            run(app(bench, keys), socket, lambda: started(keys.address))
        finally:
            bench.end()
