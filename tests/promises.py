"""What holds of every quotation and of whose it is, wherever it was found: asked of all fixtures, and of what is made
at random."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vivavoce.model import Attribution, Cast, Quote, Source


def of_quotes(source: Source, found: Sequence[Quote]) -> None:
    """Each is the words at its spans, which lie in the text, in their order."""
    text = source.text
    assert len({q.id for q in found}) == len(found), "ids differ"
    for q in found:
        assert q.source == source.path
        assert q.text == " ".join(text[a:b] for a, b in q.spans), "a quotation is its spans"
        assert all(0 <= a < b <= len(text) for a, b in (*q.spans, *q.content))
        assert list(q.spans) == sorted(q.spans)
        assert all(x[1] <= y[0] for x, y in pairwise(q.spans))
        if q.kind == "turn":
            assert q.turn is not None
            assert q.spans == source.turns[q.turn].spans
        if q.kind == "indirect":
            assert q.spans == q.content


def of_whose(source: Source, found: Sequence[Quote], cast: Cast, given: Sequence[Attribution]) -> None:
    """Each is of a quotation there is, names nobody who is not in the cast, and shows its ground in the text."""
    text, keys = source.text, {f.key for f in cast.figures}
    assert len(keys) == len(cast.figures)
    assert len({a.quote for a in given}) == len(given)
    assert {a.quote for a in given} <= {q.id for q in found}
    for a in given:
        assert a.figure is None or (a.figure in keys and a.why), "a claim shows its ground"
        assert 0.0 <= a.confidence <= 1.0
    mentions = [m for a in given for m in (a.speaker, a.cue) if m] + [m for f in cast.figures for m in f.mentions]
    assert all(text[m.start : m.end] == m.text for m in mentions), "a mention is its words"
    evidence = [e for f in cast.figures for role in f.roles for e in role.evidence]
    assert all(e.source == source.path and 0 <= e.start < e.end <= len(text) for e in evidence)
