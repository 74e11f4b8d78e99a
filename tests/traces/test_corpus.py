"""The words of transcripts are told all at a time as the expression tells them one by one; runs of them are found."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from vivavoce.model import Source, Turn
from vivavoce.traces.corpus import corpus, looked_up, one_by_one, spoken
from vivavoce.traces.index import index, ranges

SIGNS = st.text(st.sampled_from("aZé'’“_ 9.-\n\x1c\u00a0\u0301ßİ漢🎈\ud800"), max_size=40)


@given(SIGNS, st.lists(st.integers(0, 40), max_size=8))
@example("it's o’clock'' 'tis", [0, 19])
@example("rock'n'roll", [0, 4, 4, 11])
@example("straße", [0, 3, 3, 6])
def test_words_are_the_same_however_they_are_told(text: str, cuts: list[int]) -> None:
    edges = sorted(min(c, len(text)) for c in cuts)
    turns = tuple(Turn("A", ((a, b),), a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    source = Source("a.txt", "transcript", "dialogue", text=text, turns=turns)
    fast, slow = spoken(source), one_by_one(source)
    assert [part.tolist() for part in fast[:3]] == [part.tolist() for part in slow[:3]]
    assert fast[3] == slow[3]


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abce"), max_size=6))
def test_every_place_of_a_run_is_found_and_no_other(said: list[str], asked: list[str]) -> None:
    text = " ".join(said)
    cut = len(" ".join(said[: len(said) // 2]))
    halves = [text[:cut], text]
    sources = [
        Source(f"{n}.txt", "transcript", "dialogue", text=t, turns=(Turn("A", ((0, len(t)),), 0, len(t)),))
        for n, t in enumerate(halves)
    ]
    x = index(corpus(sources))
    words = " ".join(asked)
    ids, _ = looked_up(x.corpus, words, [(0, len(words))])
    found = ranges(x, np.array(ids, dtype=np.int32))
    everything = x.corpus.ids.tolist()
    for n, low, high in zip((3, 2, 1), *found, strict=True):
        for k in range(len(ids) - n + 1):
            there = [i for i in range(len(everything)) if everything[i : i + n] == ids[k : k + n]]
            assert sorted(x.order[low[k] : high[k]].tolist()) == there
