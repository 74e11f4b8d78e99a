"""How long a large project takes: built, its site published whole, and both again after one source changed.

    python benchmarks/site.py [--sources 2000] [--quotations 50000] [--keep FOLDER] [--profile FILE] [--site]

Makes a project of invented interviews and articles (the same for the same figures), and prints two tables. The archive:
sources read, moments gathered, the rest. The site: the whole; the same again when nothing changed; and after a word of
one interview changed, its pages and the search index apart. `cpu`: seconds of processors, of this process and of those
that it started, which a busy machine changes less than the clock, and the same without the search index; `load`: how
many processes wanted one. `--keep` leaves the project (and takes it up again); `--profile` writes where the time of the
site goes. `--site` leaves the archive as it stands after the first build, and changes the word in what is loaded from
it: moments and quotations are the same, and only the site is measured.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from vivavoce import accounts, build
from vivavoce.project import Project, open_project
from vivavoce.site import search

DAY = "2031-05-01"
FIRST = """Ada Bertil Cora Dorian Edda Falk Greta Hannes Ilse Jorun Klara Leif Mina Nils Oda Per Runa Sten Tilda Ulf"""
LAST = """Arnold Birkeland Corvin Dahl Ekberg Fenwick Garnett Holm Iversen Jarrow Kettle Lindqvist Marsh Norling
Ostrander Pell Quill Ransome Sallow Thorne"""
THINGS = """crane bell ledger lamp furnace organ ferry lock mill kiln tram sluice quarry loom forge signal bakery dynamo
capstan turbine bridge tower chimney viaduct reservoir"""
NAMES = "Bellwether Carrow Dunmere Eastgate Farrow Grayling Hollin Ismay Juniper Kestrel Larkspur Marlow"
DID = "broke, stopped, caught fire, fell silent, was sold, came back, was flooded, was raised, ran dry, turned over"
BITS = (
    "the foreman had the keys",
    "nobody wrote it down that week",
    "we stood on the wet planks until noon",
    "somebody's mother brought soup in a churn",
    "the office telephone rang and rang",
    "there were {n} of us by the gate",
    "my brother counted {n} wagons",
    "the paint was still wet on the doors",
    "they had promised us new gloves",
    "you could hear it from the chapel hill",
    "the clerk shut the window on us",
    "it took {n} days before the boats went out",
    "I kept the ticket in a tobacco tin",
    "the water came up to the third step",
)


def people(count: int) -> list[str]:
    """So many invented names, all different."""
    every = [f"{a} {b}" for b in LAST.split() for a in FIRST.split()]
    return every[:count]


def event(number: int) -> tuple[str, str]:
    """An invented event: what it happened to, and what happened."""
    names, things, did = NAMES.split(), THINGS.split(), DID.split(", ")
    thing = things[number // len(names) % len(things)]
    return f"the {names[number % len(names)]} {thing}", did[number % len(did)]


def sentences(chance: random.Random, many: int) -> str:
    """A few invented sentences."""
    said = (chance.choice(BITS).format(n=chance.randint(3, 40)) for _ in range(many))
    return " ".join(s[0].upper() + s[1:] + "." for s in said)


def told(chance: random.Random, number: int) -> str:
    """Somebody's words on one event."""
    what, did = event(number)
    return f"When {what} {did} in {1950 + number % 40}, {sentences(chance, 1).lower()} {sentences(chance, 2)}"


def interview(number: int, turns: int, events: int) -> str:
    """A transcript in WebVTT of a talk with one of the people."""
    chance = random.Random(number)
    narrator, out = people(400)[number % 400], ["WEBVTT", ""]
    for turn in range(turns):
        at = turn * 40
        asks = f"What do you remember of {event((number * 7 + turn) % events)[0]}?"
        rows = ((at, "Ivo Lark", asks), (at + 8, narrator, told(chance, (number * 7 + turn) % events)))
        for begins, who, words in rows:
            out += [f"{_clock(begins)} --> {_clock(begins + 7)}", f"<v {who}>{words}", ""]
    return "\n".join(out)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def article(number: int, quotations: int, events: int) -> str:
    """A press article that quotes some of the people."""
    chance = random.Random(-number - 1)
    what, did = event(number % events)
    out = [f"# {what.removeprefix('the ')}, remembered", f"The winter in which {what} {did} is still talked of."]
    for _ in range(quotations):
        who = chance.choice(people(400))
        out.append(f"“{sentences(chance, 1)[:-1]},” said {who}. The rain had stopped by then.")
    return "\n\n".join(out) + "\n"


def written(home: Path, sources: int, quotations: int) -> None:
    """Write the project: half interviews, half press, as many quotations in all as wanted."""
    each, half = max(quotations // sources, 1), sources // 2
    (home / "sources" / "talks").mkdir(parents=True)
    (home / "sources" / "press").mkdir()
    (home / "vivavoce.toml").write_text('v = 1\ntitle = "The Long Quay"\n', "utf-8")
    for n in range(half):
        file = home / "sources" / "talks" / f"talk-{n:04}.vtt"
        file.write_text(interview(n, each, events=half), "utf-8")
        date = f"{1990 + n % 30}-03-{1 + n % 28:02}"
        file.with_name(f"{file.name}.toml").write_text(
            f'title = "Talk {n}"\ndate = "{date}"\ninterviewer = ["Ivo Lark"]\n', "utf-8"
        )
    for n in range(sources - half):
        (home / "sources" / "press" / f"piece-{n:04}.md").write_text(article(n, each, events=half), "utf-8")


def change(home: Path) -> None:
    """Another word in one interview."""
    file = home / "sources" / "talks" / "talk-0003.vtt"
    text = file.read_text("utf-8")
    file.write_text(text.replace("planks", "boards") if "planks" in text else text.replace("boards", "planks"), "utf-8")


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--quotations", type=int, default=50_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--site", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = args.keep or Path(scratch) / "quay"
        if not (home / "vivavoce.toml").exists():
            written(home, args.sources, args.quotations)
        (published if args.site else measured)(home, args.profile)


def measured(home: Path, profile: Path | None) -> None:
    """Build, publish, change a word, build and publish again; print what each took."""
    project = open_project(home)
    update, publish = partial(build.update, project), partial(build.publish, project, DAY)
    shutil.rmtree(project.out, ignore_errors=True)
    shutil.rmtree(project.state / "next", ignore_errors=True)
    print(HEAD.format("the archive", "all", "read", "moments", "rest", "cpu", "", "load"), flush=True)
    row("all sources", update, READ, None)
    first, last = partial(row, parts=SITE, project=project), partial(row, parts=SITE, project=project)
    print(SITES, flush=True)
    first("the whole site", publish, profile=profile and profile.with_suffix(".whole"))
    first("nothing changed", publish, profile=None)
    change(home)
    row("the archive, one source changed", update, READ, None)
    last("one source changed", publish, profile=profile and profile.with_suffix(".again"))
    change(home)
    row("the archive, changed once more", update, READ, None)
    last("changed once more", publish, profile=None)


def published(home: Path, profile: Path | None) -> None:
    """Publish what the archive holds, and again after a word of one interview is another one in what is loaded."""
    project = open_project(home)
    publish = partial(build.publish, project, DAY)
    if not (project.state / "archive.sqlite").exists():
        build.update(project)
    shutil.rmtree(project.out, ignore_errors=True)
    shutil.rmtree(project.state / "next", ignore_errors=True)
    print(SITES, flush=True)
    site = partial(row, work=publish, parts=SITE, project=project)
    site("the whole site", profile=profile and profile.with_suffix(".whole"))
    site("nothing changed", profile=None)
    for name in ("one word changed", "another word changed", "and once more"):
        with reworded(name):
            site(name, profile=profile and profile.with_suffix(f".{name.partition(' ')[0]}"))


@contextmanager
def reworded(word: str) -> Iterator[None]:
    """One interview with another first word in what is loaded from the archive."""
    was = build._everything

    def loaded(project: Project, day: str) -> Any:
        whole, rules, generation = was(project, day)
        told = next(s for s in whole.sources if s.path == "talks/talk-0003.vtt")
        at = told.turns[1].spans[0][0]
        text = f"{told.text[:at]}{word[:3].title()}{told.text[at + 3 :]}"
        sources = tuple(replace(s, text=text, text_hash=word) if s is told else s for s in whole.sources)
        return replace(whole, sources=sources), rules, f"{generation} {word}"

    build._everything = loaded
    try:
        yield
    finally:
        build._everything = was


HEAD = "{:32} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6}"
SITES = HEAD.format("the site", "all", "gate", "index", "pages", "cpu", "no index", "load") + "    files"
READ = (((build, "_digest_changed"),), ((accounts, "gather"),))
# The gate, and what the index takes beside the pages: its records, what is waited for pagefind, its files.
SITE = (
    ((build, "_everything"), (build, "_on_the_site")),
    ((search, "_written"), (search, "_awaited"), (search, "_entered")),
)
Parts = tuple[tuple[tuple[Any, str], ...], ...]


def row(
    name: str, work: Callable[[], object], parts: Parts, profile: Path | None, project: Project | None = None
) -> None:
    """Do something and print one line: seconds in all, of each part and of the rest; of processors, in all and without
    the last part of a site; the load."""
    spent: dict[str, float] = {}
    worked: dict[str, float] = {}
    watch = cProfile.Profile()
    before = processors()
    with ExitStack() as watched:
        for module, part in (one for some in parts for one in some):
            watched.enter_context(patched(module, part, spent, worked))
        whole = timed(partial(watch.runcall, work) if profile else work)
    if profile:
        watch.dump_stats(profile)
    each = [sum(spent.get(part, 0.0) for _, part in some) for some in parts]
    cpu = processors() - before
    files = sum(len(names) for _, _, names in os.walk(project.out / "site")) if project else 0
    seconds = " ".join(f"{n:8.2f}" for n in (whole, *each, whole - sum(each), cpu))
    rest = f"{cpu - sum(worked.get(part, 0.0) for _, part in parts[-1]):8.2f}" if project else " " * 8
    print(f"{name:32} {seconds} {rest} {os.getloadavg()[0]:6.1f}" + (f" {files:8,}" if files else ""), flush=True)


def processors() -> float:
    """Seconds of processors used up to now, by this process and those that it started and that ended."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


@contextmanager
def patched(module: Any, name: str, spent: dict[str, float], worked: dict[str, float]) -> Iterator[None]:
    """A function of a module whose seconds are counted, by the clock and of processors."""
    was = getattr(module, name)

    def counted(*given: Any, **named: Any) -> Any:
        begun, before = time.perf_counter(), processors()
        try:
            return was(*given, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - begun
            worked[name] = worked.get(name, 0.0) + processors() - before

    setattr(module, name, counted)
    try:
        yield
    finally:
        setattr(module, name, was)


if __name__ == "__main__":
    sys.exit(main())
