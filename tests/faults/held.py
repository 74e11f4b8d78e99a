"""The promises that are kept whatever comes in, each as an assertion: of a source, of what is said in it, and of the
error that is told instead."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import msgspec

import promises
from vivavoce import accounts, people, rights, works
from vivavoce.errors import UnreadableSource
from vivavoce.model import WITHHELD, History, Known, Source, digest
from vivavoce.quoting import attributed, printable, said_by, who_is

# Formats whose text is the file's, letter for letter.
PLAIN = ("text", "press", "markdown", "dialogue")
DAY = "2031-05-01"
encode, replace = msgspec.json.encode, msgspec.structs.replace


def told(e: UnreadableSource) -> None:
    """An error is a sentence for the user; none that a reader's own fault is hidden in."""
    if e.__cause__ is not None and "its reader failed" in str(e):
        raise e.__cause__
    assert not {"\n", "\r"} & set(str(e)), f"an error is one line: {e!r}"
    str(e).encode("utf-8")


def sound(source: Source) -> None:
    """Text without halves of characters; blocks, turns and places in order, apart, half-open, within the text."""
    text = source.text
    assert msgspec.json.decode(encode(source), type=Source) == source, "JSON and back"
    assert source.text_hash == digest(text, length=64)
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(text), "blocks are in order and do not overlap"
        if source.format not in PLAIN:
            assert not text[at : block.start].strip(), "no words between blocks"
        at = block.end
    if source.format not in PLAIN:
        assert not text[at:].strip(), "no words behind the last block"
        assert text == text.strip()
    _turns(source)
    _places(source)
    if source.restrictions:
        _kept_back(source)


def _kept_back(source: Source) -> None:
    """What a file's own marks, or its sidecar's, withhold everywhere and for ever is on no site."""
    shown = rights.published(History("", DAY, (source,)), "site", DAY).sources
    bars = [r for r in source.restrictions if "site" in (r.channels or ("site",)) and r.until in ("", "permission")]
    for bar in bars:
        assert bar.what != "source" or not any(_read(one.text) for one in shown)
        for start, end in bar.spans:
            assert not any(_read(one.text[start:end]) for one in shown)


def _read(text: str) -> str:
    """What can be read in a text of which some is withheld; line breaks stay in it."""
    return text.replace(WITHHELD, "").strip()


def marked(data: bytes) -> bool:
    """Whether an archive's XML says in so many signs that it is restricted: OHMS's use restriction, TEI's status."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    named = {element: element.tag.rpartition("}")[2] for element in root.iter()}
    if named[root] == "ROOT":
        first = next((child for child in root if named[child] == "record"), ())
        fields = ("".join(field.itertext()).strip() for field in first if named[field] == "userestrict")
        return any(words not in ("", "0") for words in fields)
    header = next((child for child in root if named[child] == "teiHeader"), ())
    return any(e.get("status") == "restricted" for top in header for e in top.iter() if named[e] == "availability")


def _turns(source: Source) -> None:
    text, end, clock = source.text, 0, 0.0
    for turn in source.turns:
        assert turn.spans, "a turn has words"
        for a, b in turn.spans:
            assert turn.start <= a < b <= turn.end <= len(text)
            assert end <= a, "turns do not overlap"
            assert text[a:b].strip() == text[a:b]
            end = b
        if turn.time:
            assert clock <= turn.time[0] <= turn.time[1] < float("inf"), "times never run back"
            clock = turn.time[0]


def _places(source: Source) -> None:
    assert all(0 <= p.start < p.end <= len(source.text) for p in source.places), "places are stretches of the text"
    assert all(a.end <= b.start for a, b in pairwise(source.places)), "places are in order and do not overlap"
    for p in source.places:
        assert p.time is None or 0 <= p.time[0] <= p.time[1] < float("inf")


def said(source: Source, whole: bool = True) -> None:
    """The steps over one source, and what they promise of its spans: find, cast, attribute, and where the `whole` way
    is gone, passages, works, resolve, gather."""
    known, text = Known(), source.text
    found, given, cast = attributed(source, "best", known)
    promises.of_quotes(source, found)
    promises.of_whose(source, found, cast, given)
    encode([found, given, cast])
    if whole:
        _gathered(source, found, given, cast)
    if len(text) % 8 == 0:
        assert encode([found, given, cast]) == encode(attributed(source, "best", known)), "the same twice"


def _gathered(source: Source, found: list, given: list, cast: object) -> None:
    known = Known()
    passages = accounts.passages(source, [q for q in found if printable(q)], given, cast, known)
    assert all(0 <= a < b <= len(source.text) for p in passages for a, b in p.spans)
    encode(works.find(source, found, cast, known))
    persons = people.resolve([cast], known)
    who = who_is(persons)
    figures = {a.quote: a.figure for a in given}
    encode([said_by(q, figures.get(q.id), who) for q in found])
    whose = [replace(p, person=who.get((p.source, p.figure))) if p.figure is not None else p for p in passages]
    moments = accounts.gather(whose, persons, known)
    assert all(0 <= a < b <= len(source.text) for m in moments for one in m.accounts for a, b in one.spans)
    encode(moments)
