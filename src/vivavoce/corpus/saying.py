"""What is said of a corpus when it is done, and of what goes wrong in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from vivavoce.printing import many

WHAT = {
    "documents": ("document", "documents"),
    "quotes": ("quotation", "quotations"),
    "people": ("person", "people"),
    "moments": ("moment", "moments"),
    "traces": ("quotation looked for in the transcripts", "quotations looked for in the transcripts"),
    "traced": ("of them found", "of them found"),
}

OWN = re.compile(r"\d+|\(.*\)")  # what a reason says of one document alone
REASONS = 1000  # kinds of reasons that are counted


def told(counts: Mapping[str, int], out: Path) -> Iterator[str]:
    """What there is, and what could not be read, in sentences."""
    there = [many(counts[what], one, more) for what, (one, more) in WHAT.items() if what in counts]
    yield f"{', '.join(there)} in {out}."
    bad = counts.get("problems", 0)
    if bad:
        verb = "was" if bad == 1 else "were"
        yield f"{many(bad, 'document', 'documents')} {verb} set aside; {out / 'problems'} tells which, and why."
        times, reason = commonest(out / "problems")
        if times > 1:
            yield f"The commonest reason ({times:,} of them): {reason.rstrip('.')}."


def commonest(problems: Path) -> tuple[int, str]:
    """The reason for which the most documents were set aside, as it is told of the first, and of how many it is told,
    numbers and what stands in brackets apart."""
    import pyarrow.dataset as ds

    first: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for batch in ds.dataset(problems).to_batches(["source", "file", "problem"]):
        for reason in map(bare, *(column.to_pylist() for column in batch.columns)):
            kind = OWN.sub("", reason)
            if kind in first or len(first) < REASONS:
                first.setdefault(kind, reason)
                seen[kind] += 1
    [(kind, times)] = seen.most_common(1)
    return times, first[kind]


def bare(source: str, file: str, problem: str) -> str:
    """A reason without the name of what it is told of."""
    name = next((name for name in (source, file) if problem.startswith(name)), "")
    return problem[len(name) :].partition(": ")[2] if name else problem


def plain(e: BaseException) -> str:
    """What an error says, in a line that can be read."""
    said = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(str(e).split()))
    return said[:120].rstrip(". ") or type(e).__name__
