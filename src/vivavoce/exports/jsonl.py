"""JSON Lines: quotations, people, moments, relations, traces and sources, one object a line, as the listings have
them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from vivavoce.exports.files import Files, as_read
from vivavoce.model import History, Moment, Quote, Relation, Source


def write(history: History) -> Files:
    """The files of a history; offsets refer to the texts, which are exported with what is withheld overwritten.

    Words are as they came; where they are corrected, `reads` has a quotation's words as they should read.
    """
    texts = {s.path: s for s in history.sources}
    listed: dict[str, Iterable[object]] = {
        "quotes": [_quote(q, texts[q.source]) for q in history.quotes],
        "people": history.people,
        "moments": history.moments,
        "relations": [_relation(m, r) for m in history.moments for r in m.relations],
        "traces": history.traces,
        "sources": map(_source, history.sources),
    }
    encoder = msgspec.json.Encoder(order="deterministic")
    return {f"{name}.jsonl": b"".join(encoder.encode(v) + b"\n" for v in values) for name, values in listed.items()}


def _quote(quote: Quote, source: Source) -> object:
    words = as_read(quote, source)
    return {**msgspec.to_builtins(quote), "reads": words} if words else quote


def _relation(moment: Moment, relation: Relation) -> dict[str, Any]:
    return {"moment": moment.id, **msgspec.to_builtins(relation)}


def _source(source: Source) -> dict[str, Any]:
    """What a source is, without the text of an article that may only be quoted from."""
    keys = ("path", "kind", "format", "title", "byline", "publisher", "date", "language", "address", "licence")
    told = {key: getattr(source, key) for key in keys}
    whole = source.kind != "press" or source.publish == "full"
    layer = [{"start": c.start, "end": c.end, "to": c.to} for c in source.corrections] if whole else []
    return told | {"text": source.text if whole else None, "text_hash": source.text_hash, "corrections": layer}
