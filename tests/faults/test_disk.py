"""The disk is full, the program is killed or the power goes off at any thing that a command does to the disk: what a
person made is as it was or as it will be, whole; the same command, given again, ends as if nothing had been."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import faulty
import pytest
from faulty import CODES, GONE, run

from projects import ARTICLE, TALK, files, make, tree
from vivavoce import decisions, workers
from vivavoce.cli import main
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


@pytest.fixture(scope="module", autouse=True)
def batches():
    """Each source is kept as it comes: the same places each time, and no fewer than a slow machine has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vivavoce.build.KEEP_EVERY", -1.0)
        yield


def asked(whole: Path, name: str, folder: Path) -> list[str]:
    """A command, as it is asked for in a folder."""
    moment = (whole / "moment").read_text()
    return [a.replace("PROJECT", str(folder)).replace("MOMENT", moment) for a in COMMANDS[name]]


def copied(whole: Path, name: str, to: Path) -> tuple[Path, list[str]]:
    """The project as it is before a command, and the command."""
    folder = to / "corrie"
    faulty.copied(whole, folder)
    shutil.copy(whole.parent / "new.vtt", to / "new.vtt")
    if name == "draft":
        (folder / "book.md").unlink()
    return folder, asked(whole, name, folder)


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


def left_sound(folder: Path, was: dict[str, bytes], will: dict[str, bytes], how: str, whole: Path) -> None:
    """What a fault left: every file as it was or as it will be, every decision."""
    now = plain(folder)
    if how == "cut":  # a site whose files are lost with the power is made again
        was, now, will = ({p: d for p, d in f.items() if not p.startswith(TREES)} for f in (was, now, will))
    unharmed(was, now, will, torn=how not in CODES)
    kept = {d.id for d in decisions.read(open_project(folder).journal).decisions}
    assert {d.id for d in decisions.read(whole / "decisions.jsonl").decisions} <= kept


def goes_on(folder: Path, name: str, args: list[str], will: dict[str, bytes]) -> None:
    """The same command, given again, ends as if nothing had been."""
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


def attempt(
    whole: Path, name: str, at: int, how: str, to: Path, will: dict[str, bytes], known: set[str] | None = None
) -> bool:
    """One command whose disk fails at one place; whether it was met. `known`: the states from which it went on."""
    folder, args = copied(whole, name, to)
    was = plain(folder)
    code, said = run(args, folder, at, how)
    assert "Traceback" not in said, said
    assert "has a fault" not in said, said
    if how in CODES and code not in (0, GONE):
        assert code in (3, 5), said
        assert said.strip(), "it says nothing"
    if code:
        left_sound(folder, was, will, how, whole)
    if fresh(folder, name, known):
        goes_on(folder, name, args, will)
    return code == GONE or how in CODES


def fresh(folder: Path, name: str, known: set[str] | None) -> bool:
    """Whether a command has not yet gone on from such a state: one that it cannot tell from another needs no second
    try."""
    if known is None:
        return True
    mark = f"{name} {state(folder)}"
    seen = mark in known
    known.add(mark)
    return not seen


def state(folder: Path) -> str:
    """All that a command can tell of a project, as a hash: its files and which of them are one, of the archive what it
    holds, of the ledger of the site not the times, but for which files they are right."""
    found: list[object] = []
    for path in sorted(folder.rglob("*")):
        name = re.sub(r"\.[0-9a-f]{8}\.new$", ".new", path.relative_to(folder).as_posix())
        if path.is_dir() or name.startswith((".vivavoce/archive.sqlite", ".vivavoce/lock.sqlite-")):
            found.append(name)
        elif name == ".vivavoce/site.ledger":
            found.append((name, ledger(path.read_bytes(), folder / "out/site")))
        else:
            found.append((name, path.stat().st_nlink, path.read_bytes()))
    return hashlib.sha256(repr([*found, held(folder / ".vivavoce")]).encode()).hexdigest()


def ledger(data: bytes, site: Path) -> object:
    try:
        read = json.loads(data)
    except ValueError:
        return data
    read.pop("written")
    for path, file in read["files"].items():
        there = site / path
        file["time"] = there.is_file() and there.stat().st_mtime_ns == file["time"]
    return read


def held(derived: Path) -> object:
    """The rows of every table of an archive, of a copy: to look into it would change how it lies there."""
    with tempfile.TemporaryDirectory() as apart:
        for file in derived.glob("archive.sqlite*"):
            shutil.copy(file, apart)
        if not (archive := Path(apart) / "archive.sqlite").is_file():
            return None
        with closing(sqlite3.connect(archive)) as connection:
            try:
                tables = connection.execute("select name, sql from sqlite_master order by name").fetchall()
                names = [name for name, sql in tables if sql and sql.lower().startswith("create table")]
                return tables, [connection.execute(f'select * from "{name}"').fetchall() for name in names]
            except sqlite3.DatabaseError as e:
                return str(e), archive.read_bytes()


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


@pytest.mark.parametrize("how", ["killed", "cut"])
def test_what_is_left_at_a_place_is_what_a_kill_leaves_there(whole, undisturbed, how, tmp_path):
    done = undisturbed("book")[1]
    folder, args = copied(whole, "book", tmp_path / "run")
    assert run(args, folder, how=how, left=tmp_path / "left")[0] == 0
    assert {int(p.name) for p in (tmp_path / "left").iterdir()} == set(range(1, len(done) + 1))
    for at in (1, 9, near(done)[0], near(done)[-1], len(done)):
        shutil.rmtree(folder.parent)
        copied(whole, "book", folder.parent)
        assert run(args, folder, at, how)[0] == GONE
        assert state(folder) == state(tmp_path / "left" / str(at) / "corrie"), done[at - 1]


@pytest.fixture(scope="module")
def known():
    """The states from which commands have gone on."""
    return set()


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Where every try has its place, so that none can be told from another by the path."""
    return tmp_path_factory.mktemp("room") / "at"


@pytest.fixture(scope="module")
def warm(whole, tmp_path_factory):
    """Every command done once in this process, so that its children need not load again what it needs."""
    for name in COMMANDS:
        _, args = copied(whole, name, tmp_path_factory.mktemp(name))
        with suppress(SystemExit), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            main(args)


@pytest.mark.soak
@pytest.mark.parametrize("how", ["full", "locked"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fails_anywhere_costs_nothing(whole, undisturbed, warm, known, room, name, how):
    (will, done), before = undisturbed(name), len(known)
    for at in range(1, len(done) + 1):
        shutil.rmtree(room, ignore_errors=True)
        attempt(whole, name, at, how, room, will, known)
    print(f"{name}: {how} at each of {len(done)} places, went on from {len(known) - before} more states")


@pytest.mark.soak
@pytest.mark.parametrize("how", ["killed", "cut"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_kill_anywhere_costs_nothing(whole, undisturbed, warm, known, room, name, how, tmp_path):
    (will, done), before = undisturbed(name), len(known)
    shutil.rmtree(room, ignore_errors=True)
    folder, args = copied(whole, name, room)
    was = plain(folder)
    code, said = run(args, folder, how=how, left=tmp_path)
    assert code == 0, said
    for at in range(1, len(done) + 1):
        shutil.rmtree(room)
        (tmp_path / str(at)).rename(room)
        shutil.copy(whole.parent / "new.vtt", room)
        left_sound(folder, was, will, how, whole)
        if fresh(folder, name, known):
            goes_on(folder, name, args, will)
    print(f"{name}: {how} at each of {len(done)} places, went on from {len(known) - before} more states")
