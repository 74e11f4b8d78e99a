"""The annotated sets of ../shared/data, where they are: documents, and which quotation of ours answers which of theirs.

Used by `make train` and by the benchmarks; the sets are no part of the project, and nothing of their texts is kept.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vivavoce import people, quotes, sources
from vivavoce.model import Cast, Known, Quote, Source

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("VIVAVOCE_SETS", ROOT.parent / "shared" / "data" / "quotes"))
QUALITY = ROOT / "tests" / "quality"
sys.path.insert(0, str(QUALITY))

from scoring import overlap, paired, same_person, trimmed  # noqa: E402

PRONOUNS = frozenset(["i", "he", "she", "they", "it", "we", "you", "who", "him", "her", "them", "me", "us", "which"])
WORD = re.compile(r"\w+")


class Document(NamedTuple):
    """An annotated document: its set, its text and what is said in it, as the sets' README describes."""

    group: str
    id: str
    text: str
    gold: list[dict[str, Any]]
    source: dict[str, Any]


class Answer(NamedTuple):
    """A quotation of ours and the fragment of the annotation that it answers: `number` is its place in `quotes`."""

    number: int
    gold: dict[str, Any]


class Read(NamedTuple):
    """A document as the pipeline sees it, with the answers."""

    document: Document
    source: Source
    quotes: list[Quote]
    cast: Cast
    answers: list[Answer]


def documents(name: str) -> list[Document]:
    """The documents of one of the sets, such as `fiction.train`, or of `articles`, our own; none where it is absent."""
    if name == "articles":
        import annotated

        lines = [json.loads(annotated.as_line(a)) for a in annotated.articles()]
    else:
        path = DATA / f"{name}.jsonl"
        if not path.exists():
            return []
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Document(name, d["id"], d["text"], d["quotes"], d["source"]) for d in lines]


def read(found: list[Document], kinds: tuple[str, ...] = ("direct", "mixed", "indirect")) -> Iterator[Read]:
    """Each document as the pipeline reads a text file, with the answers among quotations of some kinds."""
    known = Known()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for document in found:
            (folder / "text.txt").write_bytes(document.text.encode("utf-8"))
            source = sources.read(folder, "text.txt")
            said = quotes.find(source, known)
            cast = people.cast(source, said, known)
            yield Read(document, source, said, cast, answers(document, said, kinds))


def answers(document: Document, said: list[Quote], kinds: tuple[str, ...]) -> list[Answer]:
    """The pairs of fragments that overlap by three tenths or more, best first, as the scorer of the sets pairs them."""
    text = document.text
    gold = [q for q in document.gold if q["kind"] in kinds and q.get("cue_class") != "cognition"]
    wanted = [trimmed(text, q["start"], q["end"]) for q in gold]
    mine = [
        (trimmed(text, *span), n)
        for n, q in enumerate(said)
        if q.kind in kinds
        for span in dict.fromkeys((*q.spans, *(q.content if q.kind == "mixed" else ())))
    ]
    pairs = paired(wanted, [span for span, _ in mine], 0.3)
    return [Answer(mine[j][1], gold[i]) for i, j in sorted(pairs)]


def right_person(document: Document, gold: dict[str, Any], names: tuple[str, ...]) -> bool:
    """Whether one of the names is the annotated person's, or is printed for that person with a capital."""
    places = gold.get("speaker_mentions") or []
    printed = {document.text[a:b].casefold() for a, b in places if document.text[a:b][:1].isupper()} - PRONOUNS
    return any(same_person(n, gold["speaker_name"]) or n.casefold() in printed for n in names if n)


def right_mention(gold: dict[str, Any], start: int, end: int) -> bool:
    """Whether a mention meets the annotated one."""
    wanted = gold.get("speaker")
    return bool(wanted) and overlap((wanted["start"], wanted["end"]), (start, end)) > 0
