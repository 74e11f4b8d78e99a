"""W3C Web Annotations (the Web Annotation Data Model, 2017): each quotation by its words, its place and its time."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote as escaped

import msgspec

from vivavoce.exports.files import Files, as_read
from vivavoce.model import WITHHELD, History, Quote, Source, Span, times

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
FRAGMENTS = "http://www.w3.org/TR/media-frags/"
AROUND = 32  # code points of prefix and suffix


def write(history: History) -> Files:
    """One collection of annotations with all quotations; an article's words round them are 32 characters at most."""
    texts = {s.path: s for s in history.sources}
    items = [_annotation(q, texts[q.source]) for q in history.quotes if WITHHELD not in q.text]
    collection = {
        "@context": CONTEXT,
        "id": "urn:vivavoce:quotations",
        "type": "AnnotationCollection",
        "label": history.title,
        "total": len(items),
        "first": {"id": "urn:vivavoce:quotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return {"annotations.jsonld": msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n"}


def _annotation(quote: Quote, source: Source) -> dict[str, Any]:
    targets = [target for span in quote.spans for target in _targets(source, span)]
    return {
        "id": f"urn:vivavoce:quote:{quote.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(quote, as_read(quote, source)),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(quote: Quote, reads: str) -> list[dict[str, Any]]:
    """Who said it, what kind of quotation it is, and how it reads where it is corrected."""
    told = [{"type": "TextualBody", "purpose": "tagging", "value": quote.kind}]
    if reads:
        told.append({"type": "TextualBody", "purpose": "editing", "value": reads})
    if quote.person:
        who = {"type": "TextualBody", "purpose": "identifying", "value": quote.person.name}
        told.insert(0, {"id": f"urn:vivavoce:person:{quote.person.id}", **who})
    return told


def _targets(source: Source, span: Span) -> list[dict[str, Any]]:
    """The words in the text, and the stretch of the recording where it has one."""
    start, end = span
    text = source.text
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    words = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": before.rpartition(WITHHELD)[2],
        "suffix": after.partition(WITHHELD)[0],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    found: list[dict[str, Any]] = [{"source": _address(source.path), "selector": [words, place]}]
    time = times(source, start, end)
    if time and source.media:
        fragment = {"type": "FragmentSelector", "conformsTo": FRAGMENTS, "value": f"t={time[0]:g},{time[1]:g}"}
        found.append({"source": _address(source.media[0].path), "selector": fragment})
    return found


def _address(path: str) -> str:
    return "sources/" + escaped(path, safe="/-._~")
