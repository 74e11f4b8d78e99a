"""From `book.md` to the editions in `out/`: the arrangement drafted, held against its sources, and set in type."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import msgspec

from vivavoce import __version__, book, disk
from vivavoce.book import Arrangement, Edition, Settled, Standing, Wrong
from vivavoce.book.arrangement import Block, Part
from vivavoce.book.edition import Image, Speech
from vivavoce.book.settle import plain
from vivavoce.build import clearances, history, narrated
from vivavoce.citations import surname_first
from vivavoce.decisions import Clearance, answer
from vivavoce.engines import engine
from vivavoce.errors import BadFile, DoesNotHold
from vivavoce.model import History, Source, Trace, Value
from vivavoce.project import Project

Writer = Callable[[Edition, Path], bytes]
UNFIT = {
    "name": "it names somebody whose name may not be printed. Write it without the name.",
    "words": "it repeats words that may not be shown. Take them out.",
}


class Printed(Value, frozen=True):
    """A line that holds, and whether it may stand. `cleared`: "public" (from the press, or a source that is published),
    "cleared" by its narrator, "refused" by them, or "open"; `how`: by which letter."""

    part: Part
    settled: Settled
    cleared: Literal["public", "cleared", "refused", "open"]
    how: str = ""


class Bound(Value, frozen=True):
    """An edition that was made: its file, how many blocks it prints, and what a person should know of it."""

    file: str
    blocks: int
    told: tuple[str, ...] = ()


def draft(
    project: Project, day: str, every: bool = False, progress: Callable[[int, int], None] | None = None
) -> tuple[Path | None, int]:
    """Draft an arrangement of the moments: (the file, how many chapters); no file when there is nothing to arrange.

    What a person has written is never touched: where `book.md` is there, what it lacks is proposed beside it, in a
    new file. `every`: also moments that only one person tells of. `progress` is told how many moments of how many are
    looked through.
    """
    before = arrangement(project) if project.arrangement.exists() else None
    text = book.drafted(history(project, "book", day), before, every, progress)
    if not text:
        return None, 0
    path = _free(project.arrangement)
    try:
        disk.put_new(path, text.encode("utf-8", "replace"))
    except OSError as e:
        raise BadFile(f"{path} cannot be written ({e.strerror}). Make room for it, then draft again.") from e
    return path, text.count("\n# ")


def _free(path: Path) -> Path:
    """The arrangement's own name if it is free, else `book.draft.md`, `book.draft-2.md` and so on."""
    names = (path, path.with_name("book.draft.md"), *(path.with_name(f"book.draft-{n}.md") for n in range(2, 1000)))
    return next(p for p in names if not p.exists())


def arrangement(project: Project) -> Arrangement:
    """The arrangement as it stands in `book.md`. Raises BadFile if it is not there, no text, or of a newer version."""
    path = project.arrangement
    try:
        disk.regular(path)
        return book.arranged(path.read_text("utf-8-sig"), path.name)
    except FileNotFoundError as e:
        raise BadFile("There is no book.md in the project. Make a first one: vivavoce draft.") from e
    except UnicodeDecodeError as e:
        raise BadFile(f"{path.name} is not UTF-8 (byte {e.start}). Save it as UTF-8.") from e
    except OSError as e:
        raise BadFile(f"{path.name} cannot be read ({e.strerror}). Make it a file that you may read.") from e


def standing(project: Project, day: str) -> tuple[Arrangement, Standing, History]:
    """The arrangement, what became of each of its lines, and the history that the book may show on a day."""
    told, shown = arrangement(project), history(project, "book", day)
    return told, book.settle(told, shown, project.edits), shown


def faults(project: Project, day: str) -> tuple[Wrong, ...]:
    """Everything that is wrong with `book.md`, in the order of the file; nothing where there is none."""
    if not project.arrangement.exists():
        return ()
    told, held, shown = standing(project, day)
    return _wrong(project, told, held, shown)[1]


def _wrong(project: Project, told: Arrangement, held: Standing, shown: History) -> tuple[Edition, tuple[Wrong, ...]]:
    """The edition, and everything that is wrong, in the order of the file."""
    given = clearances(project, "book", shown.day)
    return judged(project, told, held, shown, partial(narrated, project, "book", shown.day), given)


def judged(
    project: Project,
    told: Arrangement,
    held: Standing,
    shown: History,
    tells: Callable[[Sequence[str]], Sequence[str]],
    given: tuple[Clearance, ...],
) -> tuple[Edition, tuple[Wrong, ...]]:
    """The edition of what holds, and everything that is wrong, in the order of the file. `tells`: what each of some
    texts tells that may not be shown in the book; `given`: what narrators answered."""
    made, more = _edited(project, told, held, shown)
    wrong = (*held.wrong, *more, *_of_own(project, told, tells), *_refused(told, held, shown, given))
    return made, tuple(sorted(wrong, key=lambda w: w.line))


def printed(project: Project, told: Arrangement, held: Standing, shown: History) -> list[Printed]:
    """Every line that holds, in the order of the file, with what its narrator says to it."""
    return _answered(told, held, shown, clearances(project, "book", shown.day))


def _answered(told: Arrangement, held: Standing, shown: History, given: tuple[Clearance, ...]) -> list[Printed]:
    sources = {s.path: s for s in shown.sources}
    out = []
    for block in (i for c in told.chapters for i in c.items if isinstance(i, Block)):
        for n, part in enumerate(block.parts):
            line = held.lines.get((block.line, n))
            if line:
                said, how = answer(given, line.source, line.spans)
                public = _public(sources[line.source])
                state = said if said == "refused" else "public" if public else said or "open"
                out.append(Printed(part, line, state, how))  # type: ignore[arg-type]
    return out


def _public(source: Source) -> bool:
    """Whether a source is published already: the press, and what has an address or a licence."""
    return source.kind == "press" or bool(source.address or source.licence)


def _refused(told: Arrangement, held: Standing, shown: History, given: tuple[Clearance, ...]) -> Iterator[Wrong]:
    """The lines that a narrator does not want printed."""
    for line in _answered(told, held, shown, given):
        if line.cleared == "refused":
            how = f" ({line.how})" if line.how else ""
            say = f"who said this refused to have it printed{how}. Take it out."
            yield Wrong(line.part.line, say, line.settled.quote.id if line.settled.quote else "")


def uncleared(project: Project, day: str) -> list[tuple[str, tuple[int, ...]]]:
    """Whose words stand in the book and are not cleared yet, with their lines; by name. Nothing where there is no
    book."""
    if not project.arrangement.exists():
        return []
    found: dict[str, list[int]] = defaultdict(list)
    for line in printed(project, *standing(project, day)):
        quote = line.settled.quote
        if line.cleared in ("open", "refused"):
            found[quote.person.name if quote and quote.person else "Nobody known"].append(line.part.line)
    return sorted((name, tuple(lines)) for name, lines in found.items())


def _of_own(project: Project, told: Arrangement, tells: Callable[[Sequence[str]], Sequence[str]]) -> list[Wrong]:
    """The author's own lines that tell what may not be shown; neither it nor the reason is repeated."""
    lines = [*book.own_words(told), (0, " ".join((project.imprint.dedication, project.imprint.copyright)))]
    found = tells([text for _, text in lines])
    return [Wrong(line, UNFIT[what]) for (line, _), what in zip(lines, found, strict=True) if what]


def _edited(project: Project, told: Arrangement, held: Standing, shown: History) -> tuple[Edition, tuple[Wrong, ...]]:
    return book.made(told, held, shown, project.imprint, project.edits, project.people, Path(project.home))


def edition(project: Project, day: str) -> tuple[Edition, Arrangement, Standing, tuple[str, ...]]:
    """The book as every edition prints it, the lines that it rests on, and what a person should know.

    Raises DoesNotHold, which names each line and both texts, if anything in it cannot be printed.
    """
    made, told, held, _, sentences = _edition(project, day)
    return made, told, held, sentences


def _edition(project: Project, day: str) -> tuple[Edition, Arrangement, Standing, History, tuple[str, ...]]:
    """The same, with the history that the book may show."""
    told, held, shown = standing(project, day)
    made, wrong = _wrong(project, told, held, shown)
    if any(w.fails for w in wrong):
        raise DoesNotHold("\n".join(sentence(w) for w in wrong if w.fails))
    if not made.notes:
        raise BadFile("book.md holds no quotation. Put some in, or make a first arrangement: vivavoce draft.")
    gaps = f"{made.gaps} gaps in the narration are not printed." if made.gaps > 1 else "A gap is not printed."
    return made, told, held, shown, (*(sentence(w) for w in wrong), *((gaps,) if made.gaps else ()))


def worded(project: Project) -> list[str]:
    """The words of each line of `book.md` as an edition prints them; none where there is no book."""
    if not project.arrangement.exists():
        return []
    blocks = (i for c in arrangement(project).chapters for i in c.items if isinstance(i, Block))
    return [plain(part) for block in blocks for part in block.parts]


def followed(project: Project, shown: History) -> tuple[Trace, ...]:
    """A trace for each line of `book.md`, into what may be shown of a history. Raises BadFile as `arrangement` does."""
    told = arrangement(project)
    with project.arrangement.open(encoding="utf-8-sig", newline="") as file:
        text = file.read()
    return book.followed(text, told, book.settle(told, shown, project.edits), shown)


def sentence(wrong: Wrong) -> str:
    """What is wrong with a line, with its place."""
    return f"book.md, line {wrong.line}: {wrong.sentence}" if wrong.line else f"vivavoce.toml, [book]: {wrong.sentence}"


def bind(project: Project, day: str, to: str) -> Bound:
    """Make one edition in `out/`, with its manifest; a file that is there is replaced in one step.

    Raises UsageError for a format that is not known, DoesNotHold if a line does not hold.
    """
    write: Writer = engine("book", to)
    made, told, held, shown, sentences = _edition(project, day)
    data = write(made, Path(project.home))
    project.out.mkdir(parents=True, exist_ok=True)
    target = project.out / f"book.{to}"
    put(target, data)
    put(project.out / f"book.{to}.manifest.json", _manifest(project, made, told, held, shown, data))
    return Bound(str(target), len(made.notes), sentences)


def put(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there in one step."""
    try:
        disk.put(path, data)
    except OSError as e:
        raise BadFile(f"{path} cannot be written ({e.strerror}). Close it where it is open, and try again.") from e


def _manifest(project: Project, made: Edition, told: Arrangement, held: Standing, shown: History, data: bytes) -> bytes:
    """What an edition says of itself: its day, its policy, every line with the words that it rests on."""
    lines = printed(project, told, held, shown)
    body = {
        "v": 1,
        "by": f"vivavoce {__version__}",
        "title": made.title,
        "day": made.day,
        "edits": project.edits,
        "lines": [rested(line.settled, f"book.md, line {line.part.line}") | _clearance(line) for line in lines],
        "rests": _rests(made, told, shown),
        "hash": hashlib.sha256(data).hexdigest(),
    }
    return msgspec.json.format(msgspec.json.encode(body, order="deterministic"), indent=1) + b"\n"


def _rests(made: Edition, told: Arrangement, shown: History) -> list[dict[str, Any]]:
    """What an edition shows besides its lines: people (who speak, or stand in its list or index), sources, pictures."""
    lines = {
        f"c{n}-{m}": f"book.md, line {item.line}" for n, c in enumerate(told.chapters) for m, item in enumerate(c.items)
    }
    pieces = [p for part in made.parts for p in part.pieces]
    at: dict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        key = piece.person if isinstance(piece, Speech) else piece.path if isinstance(piece, Image) else ""
        at[key] += [lines[piece.id]] if key else []
    named = {m.name for m in made.index if m.kind == "person"}
    listed = {m.id for m in made.people} | set(at)
    people = [p for p in shown.people if p.id in listed or surname_first(p.name) in named]
    titles = {s.path: s.title for s in shown.sources}
    pictures = dict.fromkeys(p.path for p in pieces if isinstance(p, Image))
    return [
        *({"what": "person", "id": p.id, "name": p.name, "at": at.get(p.id, [])} for p in people),
        *({"what": "source", "id": e.source, "name": titles[e.source]} for e in made.bibliography),
        *({"what": "picture", "id": p.removeprefix("pictures/"), "at": at[p]} for p in pictures),
    ]


def _clearance(line: Printed) -> dict[str, str]:
    return {"clearance": line.cleared, **({"how": line.how} if line.how else {})}


def rested(line: Settled, at: str) -> dict[str, Any]:
    """A line of a manifest: the words that a printed line rests on, and where it stands."""
    return {
        "quote": line.quote.id if line.quote else "",
        "source": line.source,
        "spans": line.spans,
        "hash": hashlib.sha256(line.said.encode("utf-8", "replace")).hexdigest(),
        "reads": hashlib.sha256(line.reads.encode("utf-8", "replace")).hexdigest(),
        "version": line.version,
        "printed": hashlib.sha256(line.printed.encode("utf-8", "replace")).hexdigest(),
        "at": at,
    }
