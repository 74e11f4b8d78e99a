"""How fast the workbench answers: a made project of many sources, questions read and answered over HTTP while the
archive follows behind. Usage: python benchmarks/workbench.py [SOURCES]"""

from __future__ import annotations

import http.client
import json
import re
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from vivavoce import workbench
from vivavoce.build import update
from vivavoce.project import open_project

NAMES = ("Ada Quill", "Bram Oake", "Cora Lund", "Dov Teller", "Esme Vane", "Finn Marsh")
THINGS = ("the lamps", "the winch", "the fog horn", "the rope", "the ledger", "the kettle", "the gangway")


def make(home: Path, count: int) -> None:
    """Half talks of forty turns, half articles of ten quotations, and one transcript of 40,000 words."""
    (home / "sources").mkdir(parents=True)
    for n in range(count):
        a, b = NAMES[n % 6], NAMES[(n * 5 + 1) % 6]
        if n % 2:
            turns = (
                f"{(a, b)[t % 2]}: We lost {THINGS[(n + t) % 7]} in week {t + n}, and nobody wrote it down."
                for t in range(40)
            )
            (home / "sources" / f"talk{n:03}.txt").write_text("\n\n".join(turns) + "\n")
        else:
            said = (
                f"“I saw {THINGS[(n + t) % 7]} go over in week {t + n},” {('he', a, 'the mate')[t % 3]} said."
                for t in range(10)
            )
            (home / "sources" / f"press{n:03}.txt").write_text(f"What {a} saw\n\n" + "\n\n".join(said) + "\n")
    long = (f"{NAMES[t % 2]}: " + " ".join(f"word{t} and {THINGS[i % 7]}" for i in range(10)) for t in range(1000))
    (home / "sources" / "long.txt").write_text("\n\n".join(long) + "\n")


def main() -> None:
    """Print a table: what was asked, how often, median and 95th percentile in milliseconds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "made"
        make(home, count)
        project = open_project(home)
        update(project)
        told: list[str] = []
        ready = threading.Event()
        begun = time.perf_counter()
        arguments = (project, "2031-05-01", "Ada", 0, lambda a: (told.append(a), ready.set()))
        threading.Thread(target=workbench.forever, args=arguments, daemon=True).start()
        ready.wait(600)
        print(f"{count + 1} sources; the workbench opens in {time.perf_counter() - begun:.1f} s")
        measure(told[0])


def measure(address: str) -> None:
    """Ask, answer and print."""
    host = re.search(r"127[^/]+", address)[0]
    cookie, token, took = "", "", {}

    def ask(what: str, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        nonlocal cookie
        connection = http.client.HTTPConnection(host, timeout=120)
        headers = {
            "Cookie": cookie,
            "Origin": f"http://{host}",
            "Accept": "application/json" if fields else "text/html",
        }
        at = time.perf_counter()
        connection.request(method, path, urlencode(fields or {}) if fields else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        took.setdefault(what, []).append(1000 * (time.perf_counter() - at))
        cookie = answer.getheader("set-cookie", cookie).split(";")[0]
        return text

    ask("open", "GET", "/" + address.split("/", 3)[3])
    token = re.search(r'name="token" content="([^"]+)"', ask("home", "GET", "/"))[1]
    keys = json.loads(ask("list of questions", "GET", "/questions.json"))["keys"]
    for n, key in enumerate(keys[:150]):
        ask("a question", "GET", f"/review/{key}?part=1")
        fields = {"token": token, "item": key, "do": "name", "name": NAMES[n % 6], "known": ""}
        ask("a decision, on the disk", "POST", "/answer", fields)
        ask("list of questions", "GET", "/questions.json")
        ask("home", "GET", "/")
        time.sleep(2.5 if n % 50 == 49 else 0)  # long enough for the archive to follow meanwhile
    for n in range(1, 60, 2):
        ask("a source", "GET", f"/sources/talk{n:03}.txt")
    for _ in range(10):
        ask("a source of 40,000 words", "GET", "/sources/long.txt")
        ask("the history", "GET", "/decisions")
    for what, all_of_it in took.items():
        ms = sorted(all_of_it)
        print(f"{what:28}{len(ms):5}  median {ms[len(ms) // 2]:7.1f} ms  p95 {ms[int(len(ms) * 0.95)]:7.1f} ms")


if __name__ == "__main__":
    main()
