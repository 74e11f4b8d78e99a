"""What is said of a corpus when it is done, and of what goes wrong in one."""

from __future__ import annotations

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


def told(counts: Mapping[str, int], out: Path) -> Iterator[str]:
    """What there is, and what could not be read, in sentences."""
    there = [many(counts[what], one, more) for what, (one, more) in WHAT.items() if what in counts]
    yield f"{', '.join(there)} in {out}."
    bad = counts.get("problems", 0)
    if bad:
        verb = "was" if bad == 1 else "were"
        yield f"{many(bad, 'document', 'documents')} {verb} set aside; {out / 'problems'} tells which, and why."


def plain(e: BaseException) -> str:
    """What an error says, in a line that can be read."""
    said = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(str(e).split()))
    return said[:120].rstrip(". ") or type(e).__name__
