"""The disk is full, the program is killed or the power goes off at any thing that a command does to the disk: what a
person made is as it was or as it will be, whole; the same command, given again, ends as if nothing had been."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from faulty import CODES, GONE, run

from projects import ARTICLE, TALK, files, make, tree
from vivavoce import decisions, workers
from vivavoce.project import open_project
from vivavoce.workbench import shelf

pytestmark = pytest.mark.skipif(not workers.FORKS, reason="processes are not forked here")

DAY = ("--on", "2031-05-01")
LITTER = re.compile(r"(?:^|/)\.[^/]+\.new$|(?:^|/)\.adding-")  # half a file that never got its name
TREES = ("out/site/", "out/export-")
COMMANDS = {
    "decide": ["decide", "title", "MOMENT", "The night of the lamps", "--in", "PROJECT", "--by", "Ada"],
    "build": ["build", "PROJECT", *DAY],
    "draft": ["draft", "PROJECT", "--all", *DAY],
    "book": ["book", "PROJECT", "--to", "html", *DAY],
    "review-pack": ["review-pack", "Petra Vance", "PROJECT", *DAY],
    "export": ["export", "PROJECT", "--to", "csv", *DAY],
    "add": ["add", "PROJECT/../new.vtt", "--in", "PROJECT"],
    "new": ["new", "PROJECT/fresh"],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A project with a site, a book and a decision; since then a source has changed and another has come."""
    folder = make(tmp_path_factory.mktemp("whole") / "corrie", files(6))
    (folder.parent / "new.vtt").write_text(TALK.replace("ferry", "pier"))
    for args in (
        ["build", "PROJECT", *DAY],
        ["draft", "PROJECT", "--all", *DAY],
        ["book", "PROJECT", "--to", "html", *DAY],
    ):
        done, said = run([a.replace("PROJECT", str(folder)) for a in args], folder)
        assert done == 0, said
    listed = run(["moments", str(folder), "--json"], folder)[1]
    moment = next(json.loads(line)["id"] for line in listed.splitlines() if line.startswith("{"))
    args = ["decide", "title", moment, "A first name", "--in", str(folder), "--by", "Ada"]
    assert run(args, folder)[0] == 0
    (folder / "moment").write_text(moment)
    (folder / "sources/press/night.txt").write_text(ARTICLE.replace("in thick fog", "in a thick fog"))
    (folder / "sources/more/talk009.vtt").write_text(TALK.replace("eleven", "nine"))
    return folder


def copied(whole: Path, name: str, to: Path) -> tuple[Path, list[str]]:
    """The project as it is before a command, and the command."""
    folder = to / "corrie"
    shutil.copytree(whole, folder)
    shutil.copy(whole.parent / "new.vtt", to / "new.vtt")
    if name == "draft":
        (folder / "book.md").unlink()
    moment = (whole / "moment").read_text()
    return folder, [a.replace("PROJECT", str(folder)).replace("MOMENT", moment) for a in COMMANDS[name]]


def plain(folder: Path) -> dict[str, bytes]:
    return {p: data for p, data in tree(folder).items() if not p.startswith(".vivavoce/") and not LITTER.search(p)}


def sites(files: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The trees of publications that are put in place as a whole."""
    found: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        if match := re.match(r"out/(site|export-\w+)/", path):
            found.setdefault(match[1], {})[path] = data
    return found


def unharmed(was: dict[str, bytes], now: dict[str, bytes], will: dict[str, bytes], torn: bool) -> None:
    """Everything is as it was or as it will be."""
    journal = "decisions.jsonl"
    for path in was.keys() | now.keys() | will.keys():
        if path == journal or path.startswith(TREES):
            continue
        assert now.get(path) in (was.get(path), will.get(path)), f"{path} is neither as it was nor as it will be"
    before, after = was.get(journal, b""), now.get(journal, b"")
    assert after.startswith(before)
    assert torn or not after or after.endswith(b"\n"), "half a row"
    for name, site in {**sites(was), **sites(now)}.items():
        assert site.keys() == sites(now).get(name, {}).keys(), "a tree is gone, or half of it"
        assert sites(now)[name] in (sites(was).get(name), sites(will).get(name)), f"{name} is half old and half new"


def attempt(whole: Path, name: str, at: int, how: str, to: Path, will: dict[str, bytes]) -> bool:
    """One command whose disk fails at one place; whether it was met."""
    folder, args = copied(whole, name, to)
    was = plain(folder)
    code, said = run(args, folder, at, how)
    assert "Traceback" not in said, said
    assert "has a fault" not in said, said
    if how in CODES and code not in (0, GONE):
        assert code in (3, 5), said
        assert said.strip(), "it says nothing"
    if code == GONE or code:
        now = plain(folder)
        if how == "cut":  # a site whose files are lost with the power is made again
            was, now, left = ({p: d for p, d in f.items() if not p.startswith(TREES)} for f in (was, now, will))
        unharmed(was, now, will if how != "cut" else left, torn=how not in CODES)
    project = open_project(folder)
    kept = {d.id for d in decisions.read(project.journal).decisions}
    assert {d.id for d in decisions.read(whole / "decisions.jsonl").decisions} <= kept
    again, told = run(args, folder)
    if name in ("build", "book", "export", "review-pack"):
        assert again == 0, told
        assert plain(folder) == will
    elif name == "new":
        assert again == 0 or "is a project already" in told, told
        made = {p: d for p, d in plain(folder).items() if not p.endswith(".new")}
        assert made == will, (again, told)
    else:
        again, told = run(["people", str(folder), *DAY], folder)
        assert again == 0 or (name == "add" and "Name it as its source" in told), told
        if name == "draft":
            assert plain(folder)["book.md"] == will["book.md"]
    return code == GONE or how in CODES


@pytest.fixture(scope="module")
def undisturbed(whole, tmp_path_factory):
    """By command: what there is when nothing goes wrong, and what is done to the disk, in order."""
    known: dict[str, tuple[dict[str, bytes], list[str]]] = {}

    def ask(name: str) -> tuple[dict[str, bytes], list[str]]:
        if name not in known:
            folder, args = copied(whole, name, tmp_path_factory.mktemp(name))
            log = folder.parent / "log"
            code, said = run(args, folder, log=log)
            assert code == 0, said
            known[name] = (plain(folder), log.read_text().splitlines())
        return known[name]

    return ask


def near(done: list[str]) -> list[int]:
    """The places where something is done to what is not derived: a person's files, and publications in their place."""
    return [at for at, what in enumerate(done, 1) if not what.startswith("sql") and ".vivavoce" not in what]


def places(done: list[str], seed: str) -> list[int]:
    """A place near a person's files, and for `build` one in what is derived."""
    chance, ours = random.Random(seed), near(done)
    others = sorted(set(range(1, len(done) + 1)) - set(ours)) if seed.startswith("build") else []
    return [chance.choice(few) for few in (ours, others) if few]


@pytest.mark.parametrize("how", ["full", "killed", "cut"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fails_somewhere_costs_nothing(whole, undisturbed, name, how, tmp_path):
    will, done = undisturbed(name)
    for at in places(done, f"{name} {how}"):
        attempt(whole, name, at, how, tmp_path / str(at), will)


@pytest.mark.parametrize("how", ["full", "locked", "killed", "cut"])
def test_a_book_saved_in_the_workbench_is_the_old_or_the_new(tmp_path, how):
    book, log = tmp_path / "book.md", tmp_path / "log"
    old, new = b"# Old\n" * 9, b"# New, and longer\n" * 900

    def saved():
        book.write_bytes(old)
        return lambda: shelf.save(book, new)

    assert run(saved(), tmp_path, log=log)[0] == 0
    count = len(log.read_text().splitlines())
    assert count >= 4
    for at in range(1, count + 1):
        code, said = run(saved(), tmp_path, at, how)
        assert "Traceback" not in said, said
        assert book.read_bytes() in (old, new), f"place {at}"
        if code == 0:
            assert book.read_bytes() == new


@pytest.mark.soak
@pytest.mark.parametrize("how", ["full", "killed", "cut"])
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "build"])
def test_a_disk_that_fails_anywhere_near_a_persons_files_costs_nothing(whole, undisturbed, name, how, tmp_path):
    will, done = undisturbed(name)
    for at in near(done):
        attempt(whole, name, at, how, tmp_path / str(at), will)
        shutil.rmtree(tmp_path / str(at))
    print(f"{name}: {how} at each of {len(near(done))} places near a person's files")


@pytest.mark.soak
@pytest.mark.parametrize("how", ["full", "locked", "killed", "cut"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fails_anywhere_costs_nothing(whole, undisturbed, name, how, tmp_path):
    will, done = undisturbed(name)
    for at in range(1, len(done) + 1):
        attempt(whole, name, at, how, tmp_path / str(at), will)
        shutil.rmtree(tmp_path / str(at))
    print(f"{name}: {how} at each of {len(done)} places")
