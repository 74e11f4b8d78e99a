"""The whole way, in reading order: read, find, attribute, resolve, gather, publish; what a person decided and the
rights lie over all of it. The only place where the steps meet."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from vivavoce import (
    __version__,
    accounts,
    archive,
    decisions,
    disk,
    people,
    pictures,
    rights,
    searching,
    sources,
    traces,
    workers,
    works,
)
from vivavoce.archive import Connection, Digest, Hit, Unit
from vivavoce.decisions import Clearance, Decision, Review
from vivavoce.errors import UnreadableSource
from vivavoce.model import (
    Attribution,
    Cast,
    Channel,
    History,
    Known,
    Moment,
    OfWorks,
    Passage,
    Person,
    Quote,
    Restriction,
    Source,
    Span,
    Trace,
    Value,
    corrected,
    digest,
    folded,
    reads,
)
from vivavoce.project import Project
from vivavoce.quoting import Who, attributed, failed, joined, printable, said_by, set_aside, size, size_of, warm, who_is
from vivavoce.sources import recording

T = TypeVar("T")
Progress = Callable[[int, int], None]
encode = msgspec.json.Encoder(order="deterministic").encode
decode = msgspec.json.decode
replace = msgspec.structs.replace
KEEP_EVERY = 0.2  # seconds between two commits of what was read: what a kill can cost at most


class Built(Value, frozen=True):
    """What a build did: sources read anew, how many there are, those that could not be read (path, sentence),
    decisions to review, rows of decisions.jsonl that could not be understood, and recordings without a
    transcript. `changed`: whether anything is different from before. `warnings`: what readers mended or doubt."""

    read: int
    total: int
    problems: tuple[tuple[str, str], ...] = ()
    reviews: tuple[Review, ...] = ()
    broken: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    changed: bool = True
    warnings: tuple[str, ...] = ()


class Task(Value, frozen=True):
    """All that one source's digest is made from; a plain value, so that it can be sent to another process."""

    root: str
    path: str
    fingerprint: str
    engine: str
    known: Known
    decisions: tuple[Decision, ...] = ()


def nothing(done: int, of: int) -> None:
    """Progress that nobody watches."""


# --- the story ---------------------------------------------------------------------------------------------


def update(project: Project, progress: Progress = nothing, waiting: Callable[[], None] = lambda: None) -> Built:
    """Bring the archive up to date: only what changed is done again, and the result equals a clean build's.

    Stopped at any moment, the next call goes on from what was committed.
    """
    with archive.alone(project.state, waiting):
        try:
            with archive.opened(project.state, anew=True) as connection:
                return _update(project, connection, progress)
        except archive.Damaged:
            archive.discard(project.state)
            with archive.opened(project.state, anew=True) as connection:
                return _update(project, connection, progress)


def _update(project: Project, connection: Connection, progress: Progress) -> Built:
    journal = decisions.read(project.journal)
    tasks, standing, moved, read = _sources_read(project, connection, decisions.standing(journal), progress)
    mark = digest("generation", *(t.fingerprint for t in tasks), _text(encode(journal)), _text(encode(project)))
    changed = mark != archive.generation(connection)
    if changed:
        with workers.calm():
            _brought_together(project, connection, journal, standing, moved, _hashes(connection, tasks), mark)
    archive.verify(connection)
    return _built(project, connection, tasks, read, changed)


def _brought_together(
    project: Project,
    connection: Connection,
    journal: decisions.Journal,
    standing: tuple[Decision, ...],
    moved: tuple[Review, ...],
    hashes: dict[str, str],
    mark: str,
) -> None:
    """Make the generation `mark` of what all sources gave and a person decided. `standing`: the decisions as they stand
    now; `moved`: those that followed a renamed source; `hashes`: of each source's text."""
    known, find = _known(project), _finder(connection)
    casts = list(_values(connection, "cast", Cast))
    person_rulings, person_reviews = decisions.person_rulings(standing, find, casts)
    persons = people.resolve(casts, replace(known, person_rulings=person_rulings))
    persons, naming_reviews = decisions.over_people(persons, standing, find, casts)
    who = who_is(persons)
    press, heard = _quoted(connection, who)
    kept = accounts.Kept(
        lambda key: archive.kept(connection, digest(_code(), key)),
        lambda path: archive.part(connection, path, "noted"),
    )
    followed = _followed(press, heard, kept)
    copies = traces.copies(press.said, followed, {s.path: s.date for s in (*press.sources, *heard.sources)})
    passages = [_with_person(p, who) for p in _lists(connection, "passages", Passage)]
    moment_rulings, moment_reviews = decisions.moment_rulings(standing, find)
    named = tuple(n for of in _values(connection, "works", OfWorks) for n in of.namings)
    telling = replace(known, moment_rulings=moment_rulings, copies=copies, namings=named)
    moments = accounts.gather(passages, persons, telling, kept)
    _keep(connection, kept)
    moments, telling_reviews = decisions.over_moments(moments, standing, find)
    said, counts = _said(connection, who)
    bars, bar_reviews = decisions.restrictions(journal, find, hashes)
    names, name_reviews = decisions.pseudonyms(persons, standing, find, casts)
    reviews = [
        *_lists(connection, "reviews", Review),
        *moved,
        *person_reviews,
        *naming_reviews,
        *moment_reviews,
        *telling_reviews,
        *bar_reviews,
        *name_reviews,
        *decisions.clearances(standing, find)[1],
    ]
    whole = {
        "people": encode(_listed(persons, counts, project, {r.of for r in names})),
        "moments": encode(moments),
        "traces": encode(followed),
        "reviews": encode(reviews),
        "broken": encode([str(b) for b in journal.broken]),
        "rules": encode([*project.restrictions, *bars, *names]),
    }
    archive.switch(connection, said, whole, mark)


def _sources_read(
    project: Project, connection: Connection, standing: tuple[Decision, ...], progress: Progress
) -> tuple[list[Task], tuple[Decision, ...], tuple[Review, ...], int]:
    """Digest what is new or changed: the tasks, the decisions as they stand now, which of them followed a renamed
    source, and how many sources were read. Whom a decision follows is known only when the texts are: then the sources
    that it came to are done again."""
    tasks = _tasks(project, standing)
    paths = {t.path for t in tasks}
    if all(anchor.source in paths for d in standing for anchor in d.target):
        return tasks, standing, (), _digest_changed(connection, tasks, progress)
    read, hashes = 0, _hashes(connection, tasks)
    while True:
        now, moved = decisions.followed(standing, hashes)
        tasks = _tasks(project, now)
        read += _digest_changed(connection, tasks, progress)
        before, hashes = hashes, _hashes(connection, tasks)
        if hashes == before:
            return tasks, now, moved, read


def _hashes(connection: Connection, tasks: list[Task]) -> dict[str, str]:
    """The hash of each source's text by path; "" for one that was not read."""
    known = {s.path: s.text_hash for s in _values(connection, "source", Source)}
    return {t.path: known.get(t.path, "") for t in tasks}


def publish(project: Project, day: str) -> tuple[Path, bool]:
    """Make the site of what the archive holds, as it may be shown on `day` (ISO): (its folder, whether it changed).

    The new site is made beside the old one and takes its place in one step; the old one is kept among what is derived,
    for the next to be made of: of tens of thousands of files most are the same.
    """
    from vivavoce import site

    with archive.alone(project.state, lambda: None), workers.calm() as all_stays:
        target, done = project.out / "site", project.state / "site.mark"
        whole, rules, generation = _everything(project, day)
        shown, searchable = _on_the_site(whole, rules, day)
        all_stays()
        media, drawn = _media(project, shown), _pictures(project, shown)
        stamps = [{path: disk.stamp(file) for path, file in files.items()} for files in (media, drawn)]
        mark = digest("site", _code(), generation, day, _text(encode([project, whole.pictures, stamps])), length=64)
        before = site.Before(target, project.state / "site.ledger", _code(), over=True)
        if done.is_file() and done.read_text("utf-8") == mark and site.stands(before):
            return target, False
        fresh = project.state / "next" / "site"
        fresh.mkdir(parents=True, exist_ok=True)
        site.publish(shown, fresh, media=media, searchable=searchable, pictures=drawn, before=before)
        done.unlink(missing_ok=True)
        take_place(fresh, target, keep=True)
        before.ledger.with_suffix(".next").replace(before.ledger)
        done.write_text(mark, "utf-8")
        return target, True


def _on_the_site(whole: History, rules: tuple[Restriction, ...], day: str) -> tuple[History, History]:
    """What the site shows, and what is in its search index, which lies on the site too: it holds what both the site
    and the search may show. They are one value where nothing is withheld from the search alone."""
    shown = published(whole, rules, "site", day)
    alike = rights.alike(whole, "site", "search", day, rules)
    return shown, shown if alike else published(whole, rules, "site", day, "search")


def history(project: Project, channel: Channel, day: str, also: Channel | Literal[""] = "") -> History:
    """Everything that may be shown in a channel (and in `also`) on a day, from the archive's present generation."""
    return published(*everything(project, day), channel, day, also)


def published(
    whole: History, rules: tuple[Restriction, ...], channel: Channel, day: str, also: Channel | Literal[""] = ""
) -> History:
    """What of everything may be shown in a channel (and in `also`) on a day."""
    if channel in ("site", "book"):
        whole = replace(whole, quotes=tuple(q for q in whole.quotes if printable(q)))
    shown = rights.published(whole, channel, day, rules, also)
    # Made of what is shown alone: no title, number or date of it can rest on what is withheld.
    return replace(shown, of_works=(), catalogue=works.catalogue(shown.of_works, shown.works))


def narrated(project: Project, channel: Channel, day: str, texts: Sequence[str]) -> tuple[str, ...]:
    """What each of some texts of the author's own tells that may not be shown: a "name", "words", or "" for nothing."""
    whole, rules = everything(project, day)
    return rights.narrated(texts, whole, channel, day, rules)


def clearances(project: Project, channel: Channel, day: str) -> tuple[Clearance, ...]:
    """What narrators answered to their printed words, in force, with the paths that a channel shows on a day."""
    standing = [d for d in decisions.standing(decisions.read(project.journal)) if d.type == "clearance"]
    if not standing:
        return ()
    whole, rules = everything(project, day)
    texts = {s.path: s for s in whole.sources}
    now, _ = decisions.followed(standing, {path: s.text_hash for path, s in texts.items()})
    given, _ = decisions.clearances(now, texts.get)
    names = rights.paths(whole, channel, day, rules)
    return tuple(replace(c, source=names.get(c.source, c.source)) for c in given)


def everything(project: Project, day: str) -> tuple[History, tuple[Restriction, ...]]:
    """All that the archive holds, and the restrictions on it: for the gate and for those who decide, never to be
    shown."""
    return _everything(project, day)[:2]


def _everything(project: Project, day: str) -> tuple[History, tuple[Restriction, ...], str]:
    """The same, with the fingerprint of the generation that holds it."""
    with archive.opened(project.state) as connection:
        whole = History(
            title=project.title,
            day=day,
            subtitle=project.subtitle,
            introduction=project.introduction,
            language=project.language,
            sources=tuple(_values(connection, "source", Source)),
            quotes=tuple(q for _, row in archive.said(connection) for q in decode(row, type=list[Quote])),
            people=tuple(decode(archive.whole(connection, "people"), type=list[Person])),
            moments=tuple(decode(archive.whole(connection, "moments"), type=list[Moment])),
            traces=tuple(decode(archive.whole(connection, "traces"), type=list[Trace])),
            works=project.works,
            pictures=pictures.read(Path(project.home))[0],
            of_works=tuple(_values(connection, "works", OfWorks)),
            address=project.address,
        )
        rules = decode(archive.whole(connection, "rules"), type=tuple[Restriction, ...])
        return whole, rules, archive.generation(connection)


def found(project: Project, words: str, day: str, limit: int) -> list[Hit]:
    """The best `limit` hits of a search that may be shown on a day; what is withheld is not among them."""
    whole, rules = everything(project, day)
    shown, names = rights.published(whole, "search", day, rules), rights.paths(whole, "search", day, rules)

    def hits() -> list[Hit]:
        with archive.opened(project.state) as connection:
            able = searching.findable(connection, whole, shown, names)
            return list(searching.found(connection, able, words, limit).hits)

    try:
        return hits()
    except archive.Damaged:  # which `update` does not look at, as long as nobody searches
        archive.discard(project.state)
        update(project)
        return hits()


def doubts(project: Project, day: str) -> tuple[tuple[str, bool], ...]:
    """What a user should know of the restrictions, each with whether it must fail a check: those that name nobody or
    nothing do; those that leave another way open are only told, and so are names that a picture is of in vain."""
    whole, rules = everything(project, day)
    failing = set(rights.unmatched(rules, whole))
    named = rights.known(whole) | {"cover"}
    lost = (
        f"pictures/{p.path} is of “{n}”, which is nobody and nothing here."
        for p in whole.pictures
        for n in p.of
        if folded(n) not in named
    )
    told = dict.fromkeys((*rights.unmatched(rules, whole), *rights.doubts(rules, whole), *lost))
    return tuple((sentence, sentence in failing) for sentence in told)


# --- source by source --------------------------------------------------------------------------------------


def _digest(task: Task) -> Digest:
    """Everything that one source gives on its own; of one that cannot be read, or worked on, why."""
    try:
        return _worked(task)
    except UnreadableSource as e:
        return Digest(task.path, task.fingerprint, str(e))
    except Exception as e:  # one bad source never stops a build, whatever we did not think of
        return Digest(task.path, task.fingerprint, str(failed(task.path, e)))


def _lost(task: Task, why: str) -> Digest:
    """What stands for a source that took its process with it, or went beyond bounds."""
    return Digest(task.path, task.fingerprint, str(set_aside(task.path, why)))


@cache
def _warm() -> None:
    """Load what every source needs, before there are processes."""
    source = warm()
    accounts.passages(source, [], [], Cast(source.path), Known())
    works.find(source, [], Cast(source.path), Known())


def _worked(task: Task) -> Digest:
    """Read, find, attribute, apply decisions, cut into passages."""
    source = sources.read(Path(task.root), task.path)
    layer, doubtful = decisions.corrections(source, task.decisions)
    spoken = decisions.turned(replace(source, corrections=layer), task.decisions)
    source, mine = spoken.source, (*task.decisions, *spoken.speakers)
    found, attributions, cast = attributed(source, task.engine, task.known)
    applied = decisions.over_quotes(source, found, attributions, cast, mine)
    source, said = applied.source, joined(applied.quotes, applied.attributions)
    telling = [q for q in said if printable(q)]
    passages = accounts.passages(source, telling, list(applied.attributions), applied.cast, task.known)
    of_works = works.find(source, telling, applied.cast, task.known)
    return Digest(
        task.path,
        task.fingerprint,
        source=encode(source),
        quotes=encode(said),
        attributions=encode(applied.attributions),
        cast=encode(applied.cast),
        passages=encode(passages),
        reviews=encode([*applied.reviews, *doubtful, *spoken.reviews]),
        works=encode(of_works),
        noted=accounts.noting(passages),
    )


def _tasks(project: Project, standing: tuple[Decision, ...]) -> list[Task]:
    root, known = Path(project.sources), _known(project)
    common = digest("task", _code(), project.engine, _text(encode(known)), length=64)
    tasks = []
    for path in sources.listed(root):
        mine = decisions.of_source(standing, path)
        mark = digest(common, path, _files_of(root, path), _text(encode(mine)), length=32)
        tasks.append(Task(project.sources, path, mark, project.engine, known, mine))
    return tasks


def _digest_changed(connection: Connection, tasks: list[Task], progress: Progress) -> int:
    """Digest what is new or changed, committing in batches, so that a killed build does not begin again."""
    before = archive.fingerprints(connection)
    archive.forget(connection, sorted(before.keys() - {t.path for t in tasks}))
    fresh = [t for t in tasks if before.get(t.path) != t.fingerprint]
    sizes = [size_of(Path(t.root), t.path) for t in fresh]
    batch: list[Digest] = []
    last = time.monotonic()
    progress(0, len(fresh))
    for done, result in enumerate(workers.each(_digest, fresh, sizes, lost=_lost, warm=_warm), 1):
        batch.append(result)
        if done == len(fresh) or time.monotonic() - last > KEEP_EVERY:
            archive.keep(connection, batch)
            batch, last = [], time.monotonic()
        progress(done, len(fresh))
    return len(fresh)


def _files_of(root: Path, path: str) -> str:
    """A hash of all on the disk that a source is read with: itself, its sidecar, which recordings there are; for a
    member of an archive, what it is there, and the archive's sidecar."""
    own = str(size(root / path)) if recording.ending(path) else sources.mark(root, path) or _hash(root / path)
    return digest(own, *sources.companions(root, path), length=64)


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as e:
        return f"unreadable: {e.errno}"


# --- over all sources --------------------------------------------------------------------------------------


def _known(project: Project) -> Known:
    return Known(people=project.people, works=project.works)


def _keep(connection: Connection, kept: accounts.Kept) -> None:
    """What was worked out of moments and traces, for the next build of this very program."""
    fresh = {digest(_code(), key): body for key, body in kept.fresh.items()}
    archive.keep_worked(connection, fresh, {digest(_code(), key) for key in kept.used})


def _with_person(p: Passage, who: Who) -> Passage:
    return replace(p, person=who.get((p.source, p.figure))) if p.figure is not None else p


class Told(Value, frozen=True):
    """Sources, and what is said in them."""

    sources: tuple[Source, ...]
    said: tuple[Quote, ...]


def _quoted(connection: Connection, who: Who) -> tuple[Told, Told]:
    """What the press quotes, and the turns of the transcripts, the earliest first; with their persons. The press comes
    without its texts."""
    press: list[Source] = []
    heard: list[Source] = []
    said: list[Quote] = []
    turns: list[Quote] = []
    for path, source in ((s.path, s) for s in _values(connection, "source", Source)):
        given = archive.digested(connection, path)
        assert given
        figures = {a.quote: a.figure for a in decode(given.attributions, type=list[Attribution])}
        named = [said_by(q, figures.get(q.id), who) for q in decode(given.quotes, type=list[Quote])]
        if source.kind == "transcript":
            heard.append(source)
            turns += [q for q in named if q.kind == "turn"]
        else:
            press.append(replace(source, text="", places=(), blocks=()))
            said += [q for q in named if q.kind in ("direct", "mixed") and printable(q)]
    heard.sort(key=lambda s: (s.date or "9999", s.path))
    return Told(tuple(press), tuple(said)), Told(tuple(heard), tuple(turns))


def _followed(press: Told, heard: Told, kept: accounts.Kept) -> list[Trace]:
    """Where what the press quotes was said. Where one quotation was said does not depend on the others, so as long as
    the transcripts are the same, and who speaks in them, only quotations that are new are followed."""
    key = digest("traces", _text(encode(heard)), length=32)
    found = decode(kept.earlier(key) or b"{}", type=dict[str, Trace])
    marks = [digest(_text(encode(q)), length=32) for q in press.said]
    fresh = {mark: q for mark, q in zip(marks, press.said, strict=True) if mark not in found}
    if fresh:
        found |= zip(fresh, traces.follow(list(fresh.values()), heard.sources, heard.said), strict=True)
    kept.used.add(key)
    if fresh or len(found) > len(marks):
        kept.fresh[key] = encode({mark: found[mark] for mark in marks})
    return [found[mark] for mark in marks]


def _said(connection: Connection, who: Who) -> tuple[list[tuple[str, str, bytes, list[Unit]]], Counter[str]]:
    """The quotations of all sources with their persons: what changed since the last generation, and how many each
    person has."""
    before = archive.said_marks(connection)
    counts: Counter[str] = Counter()
    changed: list[tuple[str, str, bytes, list[Unit]]] = []
    for path, row in archive.parts(connection, "quotes"):
        given = archive.digested(connection, path)
        assert given
        figures = {a.quote: a.figure for a in decode(given.attributions, type=list[Attribution])}
        named = [said_by(q, figures.get(q.id), who) for q in decode(row, type=list[Quote])]
        for q in named:
            if q.person:
                counts[q.person.id] += not q.asks  # who asks is one of the people, but tells nothing
        body = encode(named)
        mark = digest(given.fingerprint, _text(body), length=32)
        if before.pop(path, None) != mark:
            changed.append((path, mark, body, _units(decode(given.source, type=Source), named)))
    return changed + [(path, "", b"", []) for path in sorted(before)], counts


def _listed(persons: list[Person], counts: Counter[str], project: Project, known: set[str]) -> list[Person]:
    """The people of the history: those who speak, have a part or an office, or are named in vivavoce.toml, and
    organisations that speak; and the ids `known`. Whoever else is only mentioned is not, nor are characters, whom
    others play."""
    named = {p.name for p in project.people}
    counted = [replace(p, quotes=counts[p.id]) for p in persons if p.kind != "character" or p.id in known]
    known = known | {p.id for p in counted if p.id in counts}
    return [p for p in counted if p.id in known or (p.kind == "person" and (p.roles or p.name in named))]


def _units(source: Source, said: list[Quote]) -> list[Unit]:
    """What the search finds in one source: each quotation, and each block that is not all quotation."""
    units = [
        Unit(
            q.source, q.spans[0][0], q.spans[-1][1], _shown(source, q.spans), q.kind, q.id,
            q.person.name if q.person else "", q.person.id if q.person else "", q.time,
            _came(source, q.spans[0][0], q.spans[-1][1]),
        )
        for q in said
    ]  # fmt: skip
    if source.turns:
        return units
    texts = [b for b in source.blocks if b.kind not in ("teaser", "credit")]
    whole = {(q.spans[0][0], q.spans[-1][1]) for q in said}
    return units + [
        Unit(source.path, b.start, b.end, reads(source, b.start, b.end), b.kind, came=_came(source, b.start, b.end))
        for b in texts
        if (b.start, b.end) not in whole
    ]


def _shown(source: Source, spans: tuple[Span, ...]) -> str:
    """The words of spans as they are shown, joined by a space."""
    return " ".join(reads(source, start, end) for start, end in spans)


def _came(source: Source, start: int, end: int) -> str:
    """The corrected words of a stretch as they came: they are found by both."""
    return " ".join(one.was for one in corrected(source, start, end) if one.was)


def _built(project: Project, connection: Connection, tasks: list[Task], read: int, changed: bool = True) -> Built:
    waiting, warnings = [], []
    for s in _values(connection, "source", Source):
        if s.kind == "recording":
            waiting.append(s.path)
        else:
            warnings += [w.told(s.path) for w in s.warnings]
    warnings += [archive.ANEW] if archive.was_damaged(project.state) else []
    warnings += [w.told(w.place) for w in pictures.read(Path(project.home))[1]]
    return Built(
        read,
        len(tasks),
        tuple(archive.problems(connection)),
        tuple(decode(archive.whole(connection, "reviews"), type=list[Review])),
        tuple(decode(archive.whole(connection, "broken"), type=list[str])),
        tuple(waiting),
        changed,
        tuple(warnings),
    )


def _values(connection: Connection, part: str, kind: type[T]) -> Iterator[T]:
    for _, body in archive.parts(connection, part):
        yield decode(body, type=kind)


def _lists(connection: Connection, part: str, kind: type[T]) -> Iterator[T]:
    for _, body in archive.parts(connection, part):
        yield from decode(body, type=list[kind])  # type: ignore[valid-type]


def _finder(connection: Connection) -> Callable[[str], Source | None]:
    def find(path: str) -> Source | None:
        given = archive.digested(connection, path)
        return decode(given.source, type=Source) if given and given.source else None

    return find


@cache
def _code() -> str:
    """A hash of this program: what another version found is found again."""
    here = Path(__file__).parent
    files = sorted(p for p in here.rglob("*") if p.is_file() and p.suffix not in (".pyc",))
    return digest(__version__, *(hashlib.sha256(p.read_bytes()).hexdigest() for p in files), length=64)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


# --- the folder --------------------------------------------------------------------------------------------


def _media(project: Project, shown: History) -> dict[str, Path]:
    return {m.path: Path(project.sources) / m.path for s in shown.sources for m in s.media}


def _pictures(project: Project, shown: History) -> dict[str, Path]:
    return {p.path: pictures.file(Path(project.home), p) for p in shown.pictures}


def take_place(fresh: Path, target: Path, keep: bool = False) -> None:
    """Put a finished folder where readers look, in one step where the system can swap two names (Linux), else in two
    renames; the old one is removed afterwards, or kept where the fresh one was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        fresh.rename(target)
        return
    if not _swapped(fresh, target):
        old = fresh.with_name(fresh.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
        old.rename(fresh)
    if not keep:
        shutil.rmtree(fresh, ignore_errors=True)


def _swapped(a: Path, b: Path) -> bool:
    """Swap two names in one step by renameat2(2) with RENAME_EXCHANGE; False where that is not to be had."""
    import ctypes

    here, exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # the last on Windows
        return False
    return bool(renameat2(here, os.fsencode(a), here, os.fsencode(b), exchange) == 0)
