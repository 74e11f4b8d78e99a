"""How fast quotations are found in transcripts, beside exact search after folding and fuzzy search, in one table.

    python benchmarks/traces.py [--large] [--quotes 2300] [--words 630000] [--sample 20]
    python benchmarks/traces.py --task [--seeds 1,2,3]

The transcripts lie beside the project (../shared/data/transcripts/podcasts.jsonl) or, where they do not and with
--large (100,000 quotations, 20 million words), are made: words of a vocabulary of 60,000 that are drawn as seldom as
Zipf says, none repeated. Of the quotations of 6 to 60 words half stand as said, three of ten have a word of six dropped
or replaced, a tenth is from two places, a tenth nowhere. Exact search finds the folded quotation in the folded text;
fuzzy search is rapidfuzz.fuzz.partial_ratio_alignment against every source, on a sample. Prints seconds, quotations a
second, the peak memory so far, and the share of those that stand somewhere whose source is found.

--task gives instead how many are found, and found right: quotations made from the transcripts of the example and of
the tests (tests/quality/tracetask.py), as said or changed in known ways.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from vivavoce import traces
from vivavoce.model import PersonRef, Quote, Source, Turn, folded, slug

TRANSCRIPTS = Path(__file__).parents[2] / "shared" / "data" / "transcripts" / "podcasts.jsonl"
TURN = re.compile(r"^\*\*([^*\n]+):\*\* ?(.*(?:\n(?!\*\*).*)*)", re.M)
VOCABULARY, TURN_WORDS, SOURCE_WORDS = 60_000, 60, 12_000
KINDS = ("as said",) * 5 + ("changed",) * 3 + ("joined", "nowhere")


class Made(NamedTuple):
    """Transcripts with their turns as quotations, what is looked for, and where each was taken from (source, begin of
    its words; None: nowhere)."""

    sources: list[Source]
    turns: list[Quote]
    quotes: list[Quote]
    gold: list[tuple[str, int] | None]


def spelled() -> list[str]:
    """The words of a made language: syllables, the short ones the most frequent."""
    parts = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = [a + b for a in parts for b in parts]
    return [*parts, *words, *(a + b for a in words for b in parts)][:VOCABULARY]


def zipf(chance: np.random.Generator, count: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Made transcripts: path, and turns as (speaker, words)."""
    words = np.array(spelled(), dtype=object)
    odds = 1.0 / np.arange(2.7, VOCABULARY + 2.7)
    edges = np.cumsum(odds / odds.sum())
    for n in range(0, count, SOURCE_WORDS):
        size = min(SOURCE_WORDS, count - n)
        drawn = words[np.minimum(np.searchsorted(edges, chance.random(size)), VOCABULARY - 1)]
        turns = [" ".join(drawn[k : k + TURN_WORDS]) + "." for k in range(0, size, TURN_WORDS)]
        yield f"made{n // SOURCE_WORDS:05}.txt", [(f"Speaker {k % 3}", t) for k, t in enumerate(turns)]


def given(count: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The transcripts beside the project, about so many words of them."""
    done = 0
    for line in TRANSCRIPTS.read_text("utf-8").splitlines():
        if done >= count:
            return
        doc = json.loads(line)
        turns = [(m[1], m[2]) for m in TURN.finditer(doc["text"])]
        done += sum(len(t.split()) for _, t in turns)
        yield doc["id"], turns


def transcript(path: str, parts: list[tuple[str, str]]) -> tuple[Source, list[Quote]]:
    """A source of labelled turns, and its turns as quotations with their persons."""
    lines, turns, said, at = [], [], [], 0
    for n, (who, words) in enumerate(parts):
        begin = at + len(who) + 2
        span = (begin, begin + len(words))
        turns.append(Turn(who, (span,), at, span[1], name=who))
        said.append(Quote(f"{path}-{n}", path, "turn", (span,), (span,), "", person=PersonRef(slug(who), who), turn=n))
        lines.append(f"{who}: {words}\n")
        at = span[1] + 1
    return Source(path, "transcript", "dialogue", text="".join(lines), turns=tuple(turns)), said


def made(parts: Iterator[tuple[str, list[tuple[str, str]]]], quotes: int, chance: np.random.Generator) -> Made:
    """Transcripts, and quotations from their turns."""
    pairs = [transcript(path, turns) for path, turns in parts]
    sources = [s for s, _ in pairs]
    said, gold = [], []
    nowhere = [w[::-1] for w in spelled()[5_000:6_000]]
    for n in range(quotes):
        kind = KINDS[n % len(KINDS)]
        source, turn, words, begin = passage(sources, chance)
        if kind == "changed":
            words = changed(words, chance)
        elif kind == "joined":
            words = [*words, "…", *passage([source], chance)[2]]
        elif kind == "nowhere":
            words = [nowhere[k] for k in chance.integers(0, len(nowhere), len(words))]
        text = " ".join(words)
        at = ((0, len(text)),)
        who = PersonRef(slug(turn.name), turn.name)
        said.append(Quote(f"q{n}", f"press{n // 20}.txt", "direct", at, at, text, person=who))
        gold.append(None if kind == "nowhere" else (source.path, begin))
    return Made(sources, [q for _, turns in pairs for q in turns], said, gold)


def passage(sources: list[Source], chance: np.random.Generator) -> tuple[Source, Turn, list[str], int]:
    """6 to 60 words of one turn, and where in the text they begin."""
    while True:
        source = sources[int(chance.integers(len(sources)))]
        turn = source.turns[int(chance.integers(len(source.turns)))]
        begin, end = turn.spans[0]
        found = [m.span() for m in re.finditer(r"\S+", source.text[begin:end])]
        if len(found) >= 6:
            size = int(chance.integers(6, min(60, len(found)) + 1))
            k = int(chance.integers(0, len(found) - size + 1))
            return (
                source,
                turn,
                [source.text[begin + a : begin + b] for a, b in found[k : k + size]],
                begin + found[k][0],
            )


def changed(words: list[str], chance: np.random.Generator) -> list[str]:
    """One word of six dropped or replaced."""
    odds = chance.random(len(words))
    kept = [("something" if o < 1 / 12 else w) for w, o in zip(words, odds, strict=True) if not 1 / 12 <= o < 1 / 6]
    return kept if len(kept) > 4 else words


# --- what is measured --------------------------------------------------------------------------------------

Found = list[tuple[str, int] | None]


def ours(m: Made, quotes: list[Quote]) -> Found:
    """`traces.follow`: the first place of each."""
    return [
        (t.places[0].source, t.places[0].span[0]) if t.places else None
        for t in traces.follow(quotes, m.sources, m.turns)
    ]


def exact(m: Made, quotes: list[Quote]) -> Found:
    """Each folded quotation looked for in each folded text, until one has it; the place is in the folded text."""
    texts = [(s.path, folded(s.text)) for s in m.sources]
    out: Found = []
    for q in quotes:
        words = folded(q.text)
        out.append(next(((path, at) for path, text in texts if (at := text.find(words)) >= 0), None))
    return out


def fuzzy(m: Made, quotes: list[Quote]) -> Found:
    """The best alignment of each quotation with any text, of 75 of 100 or more."""
    out: Found = []
    for q in quotes:
        best, place = 75.0, None
        for s in m.sources:
            found = fuzz.partial_ratio_alignment(q.text, s.text, score_cutoff=best)
            if found and found.score > best:
                best, place = found.score, (s.path, found.dest_start)
        out.append(place)
    return out


def right(m: Made, found: Found) -> float:
    """The share of what stands somewhere whose source is found."""
    asked = [(g, f) for g, f in zip(m.gold, found, strict=False) if g]
    return sum(f is not None and f[0] == g[0] for g, f in asked) / max(len(asked), 1)


def task(seeds: list[int]) -> None:
    """Print the figures of the task on our transcripts."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "quality"))
    import tracetask

    given = tracetask.ours()
    for seed in seeds:
        for name in ("usual", "hard"):
            made = tracetask.Task(given, seed)
            rows = getattr(made, name)(600)
            print(f"\n{name}, seed {seed}: {len(rows)} quotations, {len(made.heard)} transcripts")
            for figure, share in made.figures(rows, made.followed(rows)).items():
                print(f"{figure:24} {share:.3f}")


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="100,000 quotations, 20 million made words")
    parser.add_argument("--quotes", type=int)
    parser.add_argument("--words", type=int)
    parser.add_argument("--sample", type=int, default=20, help="quotations that the others look for")
    parser.add_argument("--task", action="store_true", help="how many are found right, on our transcripts")
    parser.add_argument("--seeds", default="1,2,3", help="of --task")
    args = parser.parse_args()
    if args.task:
        task([int(seed) for seed in args.seeds.split(",")])
        return
    quotes, words = (
        args.quotes or (100_000 if args.large else 2_300),
        args.words or (20_000_000 if args.large else 630_000),
    )
    chance = np.random.default_rng(11)
    whole = TRANSCRIPTS.exists() and not args.large
    m = made(given(words) if whole else zipf(chance, words), quotes, chance)
    size = sum(len(s.text) for s in m.sources)
    kind = "given" if whole else "made"
    print(f"{len(m.quotes):,} quotations, {len(m.sources):,} {kind} transcripts, {size / 1e6:.1f} MB")
    print(f"before: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")
    print(f"{'':24} {'of':>8} {'seconds':>9} {'quot./s':>10} {'peak GB':>8} {'found':>6}")
    sample = args.sample if not args.large else max(2, args.sample // 5)
    for name, way, count in (
        ("vivavoce", ours, len(m.quotes)),
        ("exact after folding", exact, min(sample * 10, len(m.quotes))),
        ("partial_ratio_alignment", fuzzy, min(sample, len(m.quotes))),
    ):
        begun = time.perf_counter()
        found = way(m, m.quotes[:count])
        took = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{name:24} {count:8,} {took:9.2f} {count / took:10,.1f} {peak:8.2f} {right(m, found):6.3f}", flush=True)


if __name__ == "__main__":
    main()
