"""How fast the workbench answers: a made project of many sources, every page asked for and questions answered over
HTTP while the archive follows behind, then in Chromium. By the clock, and by the time that the answering thread had a
processor.

    python benchmarks/workbench.py [SOURCES [FOLDER]]      a FOLDER is kept for the next time
    python benchmarks/workbench.py --project FOLDER        any project, as benchmarks/site.py --keep leaves a large one;
                                                           its decisions are put back as they were afterwards
"""

from __future__ import annotations

import http.client
import json
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from vivavoce import workbench
from vivavoce.build import update
from vivavoce.project import open_project

NAMES = ("Ada Quill", "Bram Oake", "Cora Lund", "Dov Teller", "Esme Vane", "Finn Marsh")
SIGNS = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u")]


def thing(n: int) -> str:
    """One of many things with a name that was made up, so that not all tell of the same."""
    n = n * 7919 % 65**3
    return f"the {SIGNS[n % 65]}{SIGNS[n // 65 % 65]}{SIGNS[n // 65**2]}n"


def make(home: Path, count: int) -> None:
    """Half talks of forty turns, half articles of ten quotations, and one transcript of 40,000 words."""
    (home / "sources").mkdir(parents=True)
    for n in range(count):
        a, b = NAMES[n % 6], NAMES[(n * 5 + 1) % 6]
        if n % 2:
            turns = (
                f"{(a, b)[t % 2]}: We lost {thing(40 * n + t)} in week {t + n}, and nobody wrote it down."
                for t in range(40)
            )
            (home / "sources" / f"talk{n:03}.txt").write_text("\n\n".join(turns) + "\n")
        else:
            said = (
                f"“I saw {thing(40 * n + t)} go over in week {t + n},” {('he', a, 'the mate')[t % 3]} said."
                for t in range(10)
            )
            (home / "sources" / f"press{n:03}.txt").write_text(f"What {a} saw\n\n" + "\n\n".join(said) + "\n")
    long = (f"{NAMES[t % 2]}: " + " ".join(f"word{t} and {thing(i)}" for i in range(10)) for t in range(1000))
    (home / "sources" / "long.txt").write_text("\n\n".join(long) + "\n")


spent: list[float] = []  # processor milliseconds of each answer, as they were given


def clocked(answer: Callable[..., Any]) -> Callable[..., Any]:
    """What answers requests, with the time noted that its thread had a processor."""

    def timed(*given: Any) -> Any:
        at = time.thread_time()
        try:
            return answer(*given)
        finally:
            spent.append(1000 * (time.thread_time() - at))

    return timed


def main() -> None:
    """Print a table: what was asked, how often, and in milliseconds the median and the 95th percentile."""
    if sys.argv[1:2] == ["--project"]:
        of_project(Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[2] if len(sys.argv) > 2 else folder) / "made"
        if not home.exists():
            make(home, count)
        address = opened(home)
        asked = Asked(address)
        read(asked)
        decide(asked)
        asked.table()
        in_browser(address, asked.host)


def of_project(home: Path) -> None:
    """The same of a project that is there."""
    journal = home / "decisions.jsonl"
    before = journal.read_bytes() if journal.exists() else b""
    try:
        asked = Asked(opened(home))
        read(asked)
        asked.ask("list of questions", "/questions.json")
        settled(asked)
        decide_any(asked)
        asked.table()
    finally:
        journal.write_bytes(before)


def settled(on: Asked) -> None:
    """Wait until nothing more comes of itself: what moments stand on is found out behind the pages."""
    told, same = "", 0
    while same < 20:
        now = on.ask("list of questions", "/questions.json")
        same = same + 1 if now == told else 0
        told = now
        time.sleep(1)


def decide_any(on: Asked) -> None:
    """Questions of all kinds and decisions on people and moments, each followed by the pages that show it."""
    keys = json.loads(on.ask("list of questions", "/questions.json"))["keys"]
    people, moments = on.addresses("/people"), on.addresses("/moments")
    for n in range(40):
        key, person, moment = keys[n % len(keys)], people[n % len(people)], moments[n % len(moments)]
        on.ask("a question", f"/review/{key}?part=1")
        do = {"m": "together", "p": "two", "q": "nobody", "l": "name"}[key[0]]
        on.ask("an answer, on the disk", "/answer", {"item": key, "do": do, "name": NAMES[n % 6], "known": ""})
        on.ask("list of questions, after a decision", "/questions.json")
        on.ask("home, after a decision", "/")
        who = person.removeprefix("/people/")
        on.ask("another name, on the disk", "/person", {"person": who, "do": "alias", "name": f"Old {n}", "known": ""})
        for what, path in (("people", "/people"), ("a person", person), ("pairs of people", "/alike")):
            on.ask(f"{what}, after a decision", path)
        of = moment.removeprefix("/moments/")
        on.ask("a title, on the disk", "/moment", {"moment": of, "do": "title", "title": f"It {n}", "known": ""})
        for what, path in (("moments", "/moments"), ("a moment", moment), ("book", "/book"), ("traces", "/traces")):
            on.ask(f"{what}, after a decision", path)


def opened(home: Path) -> str:
    """The workbench of a project; its address."""
    project = open_project(home)
    begun = time.perf_counter()
    update(project)
    print(f"brought up to date in {time.perf_counter() - begun:.1f} s")
    routes = import_module("vivavoce.workbench.app")  # the module: the package has a function of that name
    routes.told = clocked(routes.told)
    told: list[str] = []
    ready = threading.Event()
    begun = time.perf_counter()
    arguments = (project, "2031-05-01", "Ada", 0, lambda a: (told.append(a), ready.set()))
    threading.Thread(target=workbench.forever, args=arguments, daemon=True).start()
    ready.wait(600)
    print(f"the workbench opens in {time.perf_counter() - begun:.1f} s")
    return told[0]


class Asked:
    """Somebody who asks, and notes how long each answer took."""

    def __init__(self, address: str) -> None:
        self.host = re.search(r"127[^/]+", address)[0]
        self.cookie = ""
        self.took: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.ask("open", "/" + address.split("/", 3)[3])
        self.token = re.search(r'name="token" content="([^"]+)"', self.ask("home", "/"))[1]

    def ask(self, what: str, path: str, fields: dict[str, str] | None = None) -> str:
        connection = http.client.HTTPConnection(self.host, timeout=120)
        accept = "application/json" if fields else "text/html"
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}", "Accept": accept}
        body = urlencode({"token": self.token, **fields}) if fields else None
        before, at = len(spent), time.perf_counter()
        connection.request("POST" if fields else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        self.took[what].append((1000 * (time.perf_counter() - at), sum(spent[before:])))
        self.cookie = answer.getheader("set-cookie", self.cookie).split(";")[0]
        if answer.status >= 400:
            print(f"{path}: {answer.status}")
        return text

    def addresses(self, page: str) -> list[str]:
        """What a page leads to below itself."""
        return list(dict.fromkeys(re.findall(rf'href="({page}/[^"?#]+)"', self.ask(page[1:], page))))

    def table(self) -> None:
        """Print what was noted."""
        print(f"{'':28}{'times':>6}{'clock: median':>15}{'p95':>8}{'processor: median':>19}{'p95':>8}  (ms)")
        for what, all_of_it in self.took.items():
            clock, cpu = (sorted(t) for t in zip(*all_of_it, strict=True))
            mid, most = len(clock) // 2, int(len(clock) * 0.95)
            print(f"{what:28}{len(clock):6}{clock[mid]:15.1f}{clock[most]:8.1f}{cpu[mid]:19.1f}{cpu[most]:8.1f}")


def read(on: Asked) -> None:
    """Every kind of page, twenty times or more."""
    people, moments, traces = (on.addresses(page) for page in ("/people", "/moments", "/traces"))
    sources = on.addresses("/sources")
    talks, press = ([s for s in sources if name in s] for name in ("talk", "press"))
    for n in range(20):
        for what, path in (
            ("home", "/"), ("state", "/state.json"), ("sources", "/sources"), ("people", "/people"),
            ("people to choose from", "/people.json?q=lu"), ("pairs of people", "/alike"), ("moments", "/moments"),
            ("moments to choose from", "/moments.json?q=what"), ("traces", "/traces"), ("book", "/book"),
            ("a common word", "/search?q=week"),
            ("two words", "/search?q=nobody+wrote"), ("a phrase", f'/search?q="week+{n}"'),
            ("a source", talks[n % len(talks)]), ("an article", press[n % len(press)]), ("the history", "/decisions"),
            ("a source of 40,000 words", next((s for s in sources if s.endswith("long.txt")), talks[0])),
        ):  # fmt: skip
            on.ask(what, path)
        for what, paths in (("a person", people), ("a moment", moments), ("a trace", traces)):
            if paths:
                on.ask(what, paths[n % len(paths)])


def decide(on: Asked) -> None:
    """Questions, answered while the archive follows."""
    keys = json.loads(on.ask("list of questions", "/questions.json?kind=quotation"))["keys"]
    for n, key in enumerate(keys[:150]):
        on.ask("a question", f"/review/{key}?part=1")
        on.ask("a decision, on the disk", "/answer", {"item": key, "do": "name", "name": NAMES[n % 6], "known": ""})
        on.ask("list of questions", "/questions.json")
        on.ask("home, after a decision", "/")
        if n % 15 == 0:
            on.ask("people, after a decision", "/people")
            on.ask("moments, after a decision", "/moments")
        time.sleep(2.5 if n % 50 == 49 else 0)  # long enough for the archive to follow meanwhile
    for _ in range(20):
        on.ask("the history", "/decisions")


# --- in the browser ----------------------------------------------------------------------------------------

NEXT = """() => {
  window.took = [];
  let pressed = 0;
  addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  new MutationObserver(() => {
    const at = pressed;
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - at)));
  }).observe(document.getElementById("question"), { childList: true });
}"""
TYPED = """() => {
  window.took = [];
  window.long = [];
  const noted = (list) => window.long.push(...list.getEntries().map((one) => one.duration));
  new PerformanceObserver(noted).observe({ type: "longtask" });
  addEventListener("keydown", (event) => {
    const at = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - at)));
  }, true);
}"""
SELECTED = """() => {
  const piece = [...document.querySelectorAll("#text [data-a]")].at(500).firstChild;
  piece.parentElement.scrollIntoView({ block: "center" });
  getSelection().setBaseAndExtent(piece, 0, piece, piece.data.indexOf(" "));
  document.getElementById("text").dispatchEvent(new MouseEvent("mouseup"));
}"""


def in_browser(address: str, host: str) -> None:
    """From a key to what is painted: the next question, and letters in a source of 40,000 words."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from playwright.sync_api import sync_playwright

    from browser import executables, launched

    paths = executables()
    with sync_playwright() as play:
        browser = next(filter(None, (launched(play, path) for path in paths)))
        page = browser.new_page()
        page.goto(address)
        page.goto(f"http://{host}/review?kind=quotation")
        page.wait_for_timeout(1500)
        page.evaluate(NEXT)
        for _ in range(100):
            page.keyboard.press("1")
            page.wait_for_timeout(250)
        painted("accept to the next question", page.evaluate("window.took"))
        page.goto(f"http://{host}/sources/long.txt")
        page.wait_for_timeout(1500)
        page.evaluate(TYPED)
        page.evaluate(SELECTED)
        page.get_by_label("It should read").focus()
        for letter in "a kettle that nobody had seen since the week":
            page.keyboard.press(letter)
            page.wait_for_timeout(30)
        page.keyboard.press("Enter")
        page.wait_for_timeout(1000)
        painted("a letter among 40,000 words", page.evaluate("window.took"))
        print(f"long tasks meanwhile: {[round(t) for t in page.evaluate('window.long')]}")
        browser.close()


def painted(what: str, took: list[float]) -> None:
    """Print how long it was until something was painted."""
    took = sorted(took)
    if took:
        mid, most = took[len(took) // 2], took[int(len(took) * 0.95)]
        print(f"{what:28}{len(took):6}{mid:15.1f}{most:8.1f}  (in Chromium, ms)")


if __name__ == "__main__":
    main()
