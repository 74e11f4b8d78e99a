"""A task made of transcripts: passages of them, as said or changed in known ways, that are to be followed back.

Of any transcripts with speakers. What is made is a list of `Row`s: the words as they would be printed, who is named,
the class, and the places of the words. `usual` gives two of four as said, the others with one kind of change each or
joined of two passages, and besides some that name another speaker, or are of a transcript that is not listened to.
`hard` changes ten to forty of a hundred words of each. The same seed makes the same rows.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from vivavoce import sources, traces
from vivavoce.model import PersonRef, Quote, Source, Span, Trace, folded, slug

ROOT = Path(__file__).parents[2]
OURS = (ROOT / "examples" / "saltmarsh" / "sources", ROOT / "tests" / "archive" / "sources")
WORD = re.compile(r"\S*\w\S*")
FEWEST, MOST = 6, 60
APART = 40  # words that lie between two passages that are joined, and more than one place leaves out
HARD = tuple((share, low, high) for share in (0.1, 0.2, 0.3, 0.4) for low, high in ((6, 12), (13, 30), (31, 60)))


class Row(NamedTuple):
    """A quotation that was made: its class and the kind of change, the words, who is named, the source and places."""

    cls: str
    kind: str
    text: str
    who: str
    source: str
    at: tuple[Span, ...]


class Passage(NamedTuple):
    """Some words of a turn, each with its place."""

    source: str
    who: str
    words: tuple[tuple[str, Span], ...]

    @property
    def at(self) -> Span:
        return self.words[0][1][0], self.words[-1][1][1]

    @property
    def said(self) -> list[str]:
        return [word for word, _ in self.words]


class Task:
    """Transcripts, of which every sixth is not listened to, and what is made of them with one seed."""

    def __init__(self, transcripts: Sequence[Source], seed: int) -> None:
        self.chance = random.Random(seed)
        self.turns = {s.path: [p for p in spoken(s) if len(p.words) >= FEWEST] for s in transcripts}
        given = [s for s in transcripts if self.turns[s.path]]
        silent = set(self.chance.sample([s.path for s in given], max(1, len(given) // 6)))
        self.heard = [s for s in given if s.path not in silent]
        self.texts = {s.path: s.text for s in transcripts}
        self.silent = [p for path in sorted(silent) for p in self.turns[path]]
        self.open = [p for s in self.heard for p in self.turns[s.path]]
        self.lexis = sorted({folded(w) for p in self.open for w in p.said if w.isalpha() and len(w) > 3})
        self.said = " ".join(folded(s.text) for s in self.heard)

    def passage(self, of: Sequence[Passage], low: int = FEWEST, high: int = MOST) -> Passage:
        """Some words of a turn; the longer a turn, the oftener it is taken."""
        while True:
            turn = self.chance.choices(of, [len(p.words) for p in of])[0]
            if len(turn.words) >= low:
                size = self.chance.randint(low, min(high, len(turn.words)))
                k = self.chance.randint(0, len(turn.words) - size)
                return turn._replace(words=turn.words[k : k + size])

    def usual(self, count: int) -> list[Row]:
        ways: list[Callable[[], Row]] = [self.left_out, self.replaced, self.bracketed, self.shortened, self.put_in]
        rows = [self.as_said() if n % 2 else self.changed(ways[n // 2 % len(ways)]) for n in range(count)]
        rows += [self.joined() for _ in range(count // 10)]
        rows += [self.of_another() for _ in range(count // 10)]
        return rows + [self.nowhere() for _ in range(count // 5)]

    def hard(self, count: int) -> list[Row]:
        rows = [self.changed(lambda n=n: self.mangled(*HARD[n % len(HARD)])) for n in range(count)]  # type: ignore[misc]
        return rows + [self.nowhere() for _ in range(count // 3)]

    def changed(self, way: Callable[[], Row]) -> Row:
        """A row whose words stand nowhere just so."""
        while True:
            row = way()
            if f" {folded(row.text)} " not in f" {self.said} ":
                return row

    def as_said(self) -> Row:
        p = self.passage(self.open)
        return made("verbatim", "as said", p, self.typeset(p.said))

    def typeset(self, said: Sequence[str]) -> str:
        """Words as a paper would set them, every other time."""
        text = " ".join(said)
        return text.replace("'", "’").replace("--", "—") if self.chance.random() < 0.5 else text

    def left_out(self) -> Row:
        p = self.passage(self.open, 8)
        gone = set(self.chance.sample(range(1, len(p.words) - 1), self.chance.randint(1, 3)))
        return made("altered", "left out", p, self.typeset([w for n, w in enumerate(p.said) if n not in gone]))

    def replaced(self) -> Row:
        p = self.passage(self.open, 8)
        said = p.said
        said[self.chance.randrange(len(said))] = self.chance.choice(self.lexis)
        return made("altered", "replaced", p, self.typeset(said))

    def bracketed(self) -> Row:
        p = self.passage(self.open, 8)
        said, k = p.said, self.chance.randrange(1, len(p.words))
        said[k : k + 1] = f"[{' '.join(self.chance.sample(self.lexis, self.chance.randint(1, 2)))}]".split()
        return made("altered", "bracketed", p, self.typeset(said))

    def shortened(self) -> Row:
        p = self.passage(self.open, 16)
        k = self.chance.randrange(5, len(p.words) - 9)
        gap = self.chance.randint(2, min(24, len(p.words) - k - 5))
        said = [*p.said[:k], self.chance.choice(["…", "...", "[…]"]), *p.said[k + gap :]]
        return made("altered", "shortened", p, self.typeset(said))

    def put_in(self) -> Row:
        p = self.passage(self.open, 8)
        said = p.said
        said.insert(self.chance.randrange(1, len(said) - 1), self.chance.choice(self.lexis))
        return made("altered", "put in", p, self.typeset(said))

    def joined(self) -> Row:
        """Two passages of one speaker in one source, far enough apart to be two places."""
        while True:
            a = self.passage(self.open, FEWEST + 2, 30)
            mates = [p for p in self.turns[a.source] if p.who == a.who]
            b = self.passage(mates, FEWEST, 30) if any(len(p.words) >= FEWEST for p in mates) else a
            a, b = sorted((a, b), key=lambda p: p.at)
            between = self.texts[a.source][a.at[1] : b.at[0]]
            if len(between.split()) > APART:
                text = self.typeset(a.said) + self.chance.choice([" … ", " ", ". "]) + self.typeset(b.said)
                return Row("spliced", "joined", text, a.who, a.source, (a.at, b.at))

    def of_another(self) -> Row:
        p = self.passage(self.open, 10)
        others = sorted({q.who for q in self.open} - {p.who})
        return made("misattributed", "of another", p, self.typeset(p.said))._replace(who=self.chance.choice(others))

    def nowhere(self) -> Row:
        def row() -> Row:
            p = self.passage(self.silent, 8)
            return made("absent", "nowhere", p, self.typeset(p.said))._replace(source="", at=())

        return self.changed(row)

    def mangled(self, share: float, low: int, high: int) -> Row:
        """So large a share of the words left out, replaced, put in or changed with the next."""
        p = self.passage(self.open, low, high)
        said = p.said
        for k in sorted(self.chance.sample(range(len(said)), max(1, round(share * len(said)))), reverse=True):
            way, other = self.chance.choice("oorripx"), self.chance.choice(self.lexis)
            if way == "x" and k + 1 < len(said):
                said[k : k + 2] = said[k + 1], said[k]
            else:
                said[k : k + (way != "i")] = [] if way == "o" else [other]
        return made("altered", f"{share:.0%} {low}-{high}", p, self.typeset(said))

    def followed(self, rows: Iterable[Row]) -> list[Trace]:
        """The traces of rows into what is listened to."""
        asked = [quoted(n, row) for n, row in enumerate(rows)]
        return traces.follow(asked, self.heard, [q for s in self.heard for q in turns_of(s)])

    def figures(self, rows: Sequence[Row], found: Sequence[Trace]) -> dict[str, float]:
        """By class the share that lies in the right place, and that has the right class; of joined ones that have both
        places; of all that is said to be found what is right. A place is right that overlaps by half, or where the
        same words stand."""
        told: dict[str, list[bool]] = defaultdict(list)
        for row, t in zip(rows, found, strict=True):
            hits = [any(p.source == row.source and shared(at, p.span) >= 0.5 for p in t.places) for at in row.at]
            right = any(hits) or self.same_words(row, t)
            told[f"{row.cls} place"].append(right or (not row.at and not t.places))
            told[f"{row.cls} class"].append(t.cls == row.cls)
            if len(row.at) > 1:
                told["both places"].append(all(hits))
            if t.places:
                told["precision"].append(right)
        return {name: sum(each) / len(each) for name, each in sorted(told.items())}

    def same_words(self, row: Row, t: Trace) -> bool:
        if not t.places or not row.at:
            return False
        here, there = (t.places[0].source, t.places[0].span), (row.source, row.at[0])
        a, b = (folded(self.texts[path][slice(*span)]) for path, span in (here, there))
        return a == b


def made(cls: str, kind: str, p: Passage, text: str) -> Row:
    return Row(cls, kind, text.strip(" ,;:-—"), p.who, p.source, (p.at,))


def shared(a: Span, b: Span) -> float:
    """What two spans share of what they cover."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def spoken(source: Source) -> list[Passage]:
    """The turns of a source with their words; those that have some."""
    out = []
    for turn in source.turns:
        found = [m for a, b in turn.spans for m in WORD.finditer(source.text, a, b)]
        if found:
            out.append(Passage(source.path, turn.name or turn.label, tuple((m[0], m.span()) for m in found)))
    return out


def turns_of(source: Source) -> list[Quote]:
    """The turns of a source as quotations, each of its speaker."""
    out = []
    for n, t in enumerate(source.turns):
        who = t.name or t.label
        person = PersonRef(slug(who), who)
        out.append(Quote(f"{source.path}-{n}", source.path, "turn", t.spans, t.spans, "", person=person, turn=n))
    return out


def quoted(n: int, row: Row) -> Quote:
    at: tuple[Span, ...] = ((0, len(row.text)),)
    return Quote(f"q{n}", f"press{n // 20}.txt", "direct", at, at, row.text, person=PersonRef(slug(row.who), row.who))


def ours() -> list[Source]:
    """The transcripts of the example and of the archive that comes with the tests."""
    out = []
    for number, root in enumerate(OURS):
        for path in sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()):
            if path.split("/")[0] in ("interviews", "podcast") and not path.endswith((".toml", ".mp3")):
                source = sources.read(root, path)
                if source.kind == "transcript":
                    out.append(msgspec.structs.replace(source, path=f"{number}/{path}"))
    return out
