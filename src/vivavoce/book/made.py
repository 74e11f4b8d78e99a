"""An arrangement whose every line holds becomes an edition: numbers, names, notes, what stands before and behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from vivavoce import citations
from vivavoce.book import front
from vivavoce.book.arrangement import Arrangement, Block, Break, Chapter, Gap, Item, Narration, Plate, Run
from vivavoce.book.edition import Edition, Image, Note, Part, Pause, Piece, Runs, Speech, Told
from vivavoce.book.settle import Settled, Standing, Wrong
from vivavoce.model import History, Imprint, KnownPerson, Source, digest, slug
from vivavoce.site import cite
from vivavoce.site.markdown import bare, is_markdown


def made(
    arrangement: Arrangement,
    standing: Standing,
    history: History,
    imprint: Imprint,
    policy: str,
    known: Iterable[KnownPerson] = (),
    home: Path = Path(),
) -> tuple[Edition, tuple[Wrong, ...]]:
    """The edition, and what of it cannot be printed (pictures that may not be shown).

    `home`: the project's folder, from which a citation style is read. Takes an arrangement with nothing wrong in it: a
    block without its `Settled` is left out.
    """
    style = citations.styling(citations.items(history), home / imprint.style) if imprint.style else None
    making = _Making(standing, history, style)
    parts = tuple(making.part(n, chapter) for n, chapter in enumerate(arrangement.chapters))
    gaps = sum(isinstance(i, Gap) for c in arrangement.chapters for i in c.items)
    edition = Edition(
        title=history.title,
        subtitle=history.subtitle,
        author=imprint.author,
        language=history.language,
        day=history.day,
        identifier=identifier(history.title, imprint.author),
        trim=imprint.trim,
        rights=_rights(imprint, history.day),
        dedication=imprint.dedication,
        introduction=_paragraphs(history.introduction),
        method=front.method(history, parts, policy),
        people=front.members(history, known, parts, making.spoken),
        parts=parts,
        notes=tuple(making.notes),
        bibliography=front.bibliography(history, making.used, style),
        index=front.index(history, parts),
        gaps=gaps,
    )
    return edition, tuple(making.wrong)


def identifier(title: str, author: str) -> str:
    """A urn:uuid (version 8 of RFC 9562: by a hash of our own) that stays while title and author do."""
    h = digest("book", title, author, length=32)
    return f"urn:uuid:{h[:8]}-{h[8:12]}-8{h[13:16]}-9{h[17:20]}-{h[20:32]}"


def _rights(imprint: Imprint, day: str) -> tuple[str, ...]:
    year = imprint.year or day[:4]
    holder = imprint.copyright or (f"© {year} {imprint.author}" if imprint.author else "")
    isbn = f"ISBN {imprint.isbn}" if imprint.isbn else ""
    return tuple(filter(None, (imprint.publisher, holder, isbn)))


def _paragraphs(text: str) -> tuple[Runs, ...]:
    return tuple((Run(" ".join(p.split())),) for p in text.split("\n\n") if p.strip())


class _Making:
    """The book as far as it is made: which notes there are, and who has spoken already."""

    def __init__(self, standing: Standing, history: History, style: citations.Styling | None) -> None:
        self.style = style
        self.standing, self.history = standing, history
        self.sources = {s.path: s for s in history.sources}
        self.people = {p.id: p for p in history.people}
        self.pictures = {p.path: p for p in history.pictures}
        self.notes: list[Note] = []
        self.used: list[str] = []
        self.cited: set[str] = set()
        self.spoken: dict[str, set[str]] = defaultdict(set)
        self.wrong: list[Wrong] = []

    def part(self, number: int, chapter: Chapter) -> Part:
        """A chapter."""
        self.cited.clear()
        name = f"c{number}-{slug(chapter.title)[:40]}" if chapter.title else f"c{number}"
        pieces = (self._piece(f"c{number}-{n}", item) for n, item in enumerate(chapter.items))
        return Part(name, chapter.title, tuple(p for p in pieces if p))

    def _piece(self, name: str, item: Item) -> Piece | None:
        if isinstance(item, Block):
            return self._speech(name, item)
        if isinstance(item, Narration):
            return Told(name, item.kind, tidy(item.runs))
        if isinstance(item, Plate):
            return self._image(name, item)
        return Pause(name) if isinstance(item, Break) else None

    def _speech(self, name: str, block: Block) -> Speech | None:
        lines = [self.standing.lines.get((block.line, n)) for n in range(len(block.parts))]
        held = [line for line in lines if line]
        if len(held) < len(block.parts):
            return None
        first = held[0]
        person = first.quote.person if first.quote else None
        source = self.sources[first.source]
        role = cite.parts(self.people.get(person.id), 1) if person and person.id not in self.spoken else ""
        if person:
            self.spoken[person.id].update(line.source for line in held)
        self.used += [line.source for line in held]
        paragraphs = _joined(block, is_markdown(first.source))
        return Speech(
            name,
            "document" if not first.quote else "press" if source.kind == "press" else "interview",
            person.name if person else block.name,
            role,
            citations.via(source) if source.kind == "press" and first.quote else "",
            paragraphs,
            self._note(name, held),
            person.id if person else "",
        )

    def _note(self, piece: str, held: list[Settled]) -> int:
        told = dict.fromkeys(map(self._cited, held))
        address = next((self.sources[line.source].address for line in held), "")
        self.notes.append(Note(len(self.notes) + 1, piece, "; ".join(told) + ".", address))
        return len(self.notes)

    def _cited(self, line: Settled) -> str:
        """The citation of a line: in full where a chapter cites its source for the first time."""
        source = self.sources[line.source]
        if self.style:
            return self._styled(self.style, source, line)
        if source.path in self.cited:
            return citations.again(source, line.quote, line.spans)
        self.cited.add(source.path)
        return citations.cited(source, line.quote, line.spans, address=False)

    def _styled(self, style: citations.Styling, source: Source, line: Settled) -> str:
        """The citation of a line as a style has it; who is quoted by the press stands before."""
        told = citations.note(style, source.path, citations.stretch(source, line.quote, line.spans))
        person = line.quote.person if line.quote and source.kind == "press" else None
        return f"{person.name}, quoted in {told}" if person else told

    def _image(self, name: str, plate: Plate) -> Image | None:
        path = plate.path.removeprefix("./").removeprefix("pictures/")
        picture = self.pictures.get(path)
        if not picture:
            told = f"{plate.path} is not there, or may not be shown. Give it a sidecar with its credit and licence."
            self.wrong.append(Wrong(plate.line, told))
            return None
        return Image(
            name, f"pictures/{path}", plate.alt or picture.alt, plate.caption or picture.caption, picture.credit
        )


def _joined(block: Block, marked: bool) -> tuple[Runs, ...]:
    """The paragraphs of all parts; where words come from another quotation, a paragraph begins. `marked`: the source is
    Markdown, whose signs are not printed."""
    given = (runs for part in block.parts for runs in part.paragraphs)
    if marked:
        given = (tuple(Run(bare(run.text), run.style) for run in runs) for runs in given)
    return tuple(filter(None, map(tidy, given)))


def tidy(runs: Runs) -> Runs:
    """Runs with white space folded, none empty, neighbours of one style joined."""
    out: list[Run] = []
    for run in runs:
        text = " ".join(("x" + run.text + "x").split())[1:-1]
        if out and out[-1].text.endswith(" ") and text.startswith(" "):
            text = text[1:]
        if out and out[-1].style == run.style:
            out[-1] = Run(out[-1].text + text, run.style)
        elif text:
            out.append(Run(text, run.style))
    if out:
        out[0] = Run(out[0].text.lstrip(), out[0].style)
        out[-1] = Run(out[-1].text.rstrip(), out[-1].style)
    return tuple(r for r in out if r.text)
