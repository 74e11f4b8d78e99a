"""A small invented project on the workbench, and somebody who asks it over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from projects import make
from vivavoce import decisions, workbench
from vivavoce.build import update
from vivavoce.project import open_project

NAMELESS = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v SPEAKER_00>Who rang the bell that night?

00:00:05.500 --> 00:00:12.000
<v SPEAKER_01>I rang it myself, until the rope came off in my hands.

00:00:12.500 --> 00:00:18.000
<v SPEAKER_00>And nobody answered?

00:00:18.500 --> 00:00:26.000
<v SPEAKER_01>The gulls answered. There were eleven of them on the rail.
"""

MORE = """The long watch of the Corrie

By Hanne Oort

“We kept the lamps dry in our coats,” he said.

“The fog tasted of coal,” the mate said. “Nobody could see the rail.”

“I would not sail her again,” said Wim Oort.

The harbour office said that it had “no record of any signal”.
"""


class Client:
    """Somebody with the key: keeps the cookie, sends forms with the token of the page."""

    def __init__(self, address: str) -> None:
        self.port = int(re.search(r":(\d+)/", address)[1])
        self.host = f"127.0.0.1:{self.port}"
        answer = self.ask("GET", address.split(self.host)[1])
        self.cookie = answer.getheader("set-cookie", "").split(";")[0]
        self.token = re.search(r'name="token" content="([^"]+)"', self.get("/"))[1]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {"Host": self.host, **({"Cookie": self.cookie} if getattr(self, "cookie", "") else {}), **headers}
        connection.request(method, path, body=body, headers={k: v for k, v in given.items() if v})
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        return answer

    def get(self, path: str) -> str:
        return self.ask("GET", path).text

    def json(self, path: str) -> Any:
        return json.loads(self.get(path))

    def post(self, path: str, **fields: object) -> Any:
        body = urlencode({"token": self.token, **fields}).encode()
        headers = {"Origin": f"http://{self.host}", "Accept": "application/json"}
        answer = self.ask("POST", path, body, **headers)
        return json.loads(answer.text)


class Served:
    """A project on the workbench."""

    def __init__(self, folder: Path, given: dict[str, str], settings: str = "") -> None:
        self.folder = make(folder, given, settings) if settings else make(folder, given)
        self.project = open_project(folder)
        update(self.project)
        told: list[str] = []
        ready = threading.Event()

        def started(address: str) -> None:
            told.append(address)
            ready.set()

        arguments = (self.project, "2031-05-01", "Ada", 0, started)
        threading.Thread(target=workbench.forever, args=arguments, daemon=True).start()
        assert ready.wait(60)
        self.address = told[0]
        self.client = Client(self.address)

    def rows(self) -> tuple[Any, ...]:
        return decisions.read(self.project.journal).decisions


class Process:
    """A workbench in a process of its own, which can be killed."""

    def __init__(self, project: Any, by: str = "Ada") -> None:
        code = "from vivavoce.cli import main; main()"
        command = [sys.executable, "-c", code, "serve", project.home, "--port", "0", "--by", by]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
        told: Any = self.process.stderr
        found = (re.search(r"http://\S+", line) for line in told)
        self.address = next(f[0] for f in found if f)
        threading.Thread(target=told.read, daemon=True).start()
        self.client = Client(self.address)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self.process.kill()
        self.process.wait(60)


def until(holds: Callable[[], Any], seconds: float = 30) -> Any:
    """What holds in the end; fails if nothing does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.1)
    raise AssertionError("it never held")
