"""How far printed words may be from spoken ones: what an edit policy allows, and what breaks it, in sentences.

- `verbatim`: the words as they were said; only typography, white space, case and punctuation are the editor's.
- `clean`: besides, fillers, words said twice and beginnings given up may be left out, and numbers stand in figures.
- `condensed`: besides, words and sentences may be left out where … tells of it, words may stand in [brackets] for
  others or be put in, and places may be joined where … or another paragraph parts them.

No policy allows words replaced or put in without brackets, words in another order, another number or name, a lost or
added “not” or “would”, words of somebody else, or words cut out of a sentence that denies, doubts or reports them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import get_args

from vivavoce.model import WORD, EditKind, EditPolicy, FrameKind, Span, Trace, TracePlace
from vivavoce.traces.compared import Run, compared
from vivavoce.traces.edits import compare
from vivavoce.traces.kinds import ELLIPSIS

POLICIES: tuple[EditPolicy, ...] = get_args(EditPolicy)
CLEAN: frozenset[EditKind] = frozenset({"filler", "repeat", "restart", "spelling"})
PARTED = re.compile(r"…|\.\.\.|\. \. \.|\n\s*\n")
SHOWN = 60  # code points of words that a sentence shows
TURNED: dict[EditKind, str] = {
    "sense": "that may turn the sense",
    "number": "another number",
    "name": "another name",
}
SAYS: dict[FrameKind, str] = {
    "denied": "denies them",
    "doubted": "doubts them",
    "supposed": "only supposes them",
    "asked": "asks them",
    "reported": "reports them as others' words",
}


def breaches(policy: EditPolicy, said: str, printed: str) -> tuple[str, ...]:
    """What of a printed line breaks a policy, a sentence each, in printed order; none for a line that fits.

    `said`: the words of its source, whole; where the line is of several spans, these joined by "\\n" (what parts them
    must then be shown in `printed`, as what is left out).
    """
    return broken(policy, runs_of(said, printed))


def breaches_of(policy: EditPolicy, trace: Trace, texts: Mapping[str, str]) -> tuple[str, ...]:
    """What of a traced line breaks a policy; `texts`: source path -> text. A line that stands nowhere breaks each."""
    if not trace.places:
        return (f"“{shown(trace.text)}” is {trace.why or 'not found in the recordings'}.",)
    wrong = trace.cls == "misattributed"
    out = [f"Printed as {trace.speaker}'s; said by {trace.said_by}."] if wrong else []
    frames = dict.fromkeys(f.kind for f in trace.frames)
    out += [f"The sentence that the words were taken out of {SAYS[kind]}." for kind in frames]
    return (*out, *broken(policy, compared(trace, texts)))


def runs_of(said: str, printed: str) -> tuple[Run, ...]:
    """What was said beside what is printed, for words that are no trace's."""
    whole: Span = (0, len(said))
    trace = Trace("", "", (), printed, "", "altered", places=(TracePlace("", whole),), edits=compare(said, printed))
    return compared(trace, {"": said})


def broken(policy: EditPolicy, runs: Sequence[Run]) -> tuple[str, ...]:
    """The sentences for runs that a policy does not allow, and for places that are joined unseen."""
    out = [sentence for n, run in enumerate(runs) if (sentence := breach(policy, runs, n, run))]
    for a, b in pairwise(runs):
        if a.place != b.place and (policy != "condensed" or not parted(a.printed, b.printed)):
            mark = "" if policy == "condensed" else f", which “{policy}” does not allow"
            out.append(f"Before “{shown(b.printed)}” words of another place begin{mark or ' without a sign (…)'}.")
    return tuple(out)


def breach(policy: EditPolicy, runs: Sequence[Run], n: int, run: Run) -> str:
    """The sentence for a run that a policy does not allow; "" for one that it does."""
    if run.op == "same" or run.kind == "note":
        return ""
    if run.op == "move":
        return f"“{shown(run.printed)}” stands in another order than it was said in: “{shown(run.said)}”."
    if run.kind in TURNED:
        return f"{change(run)}: {TURNED[run.kind]}, which no policy allows."
    if run.kind in CLEAN:
        return "" if policy != "verbatim" else f"{change(run)}, which “verbatim” does not allow."
    marked = run.kind == "bracket" or (run.op == "drop" and told(runs, n))
    if policy == "condensed" and marked:
        return ""
    if marked:
        return f"{change(run)}, which “{policy}” does not allow."
    sign = "an ellipsis (…)" if run.op == "drop" else "[brackets]"
    return f"{change(run)} without {sign}{'' if policy == 'condensed' else f', and “{policy}” does not allow it'}."


def change(run: Run) -> str:
    """A change in words."""
    if run.op == "drop":
        return f"“{shown(run.said)}” is left out"
    if run.op == "add":
        return f"“{shown(run.printed)}” is put in"
    return f"“{shown(run.said)}” became “{shown(run.printed)}”"


def told(runs: Sequence[Run], n: int) -> bool:
    """Whether an ellipsis stands where a run was left out. Words that are left out at either end of a place are not
    its own, so that there is none to be shown."""
    before = "".join(r.printed for r in runs[max(0, n - 2) : n])
    behind = "".join(r.printed for r in runs[n + 1 : n + 3])
    return parted(before, behind)


def parted(before: str, behind: str) -> bool:
    """Whether a sign stands between the last word of one text and the first of another."""
    words = [m.end() for m in WORD.finditer(before)]
    first = WORD.search(behind)
    gap = before[words[-1] if words else 0 :] + behind[: first.start() if first else len(behind)]
    return bool(PARTED.search(gap) or ELLIPSIS.search(gap))


def shown(words: str) -> str:
    """Words as a sentence shows them: on one line, the middle left out where they are many."""
    line = " ".join(words.split()).strip(" ,;")
    return (
        line
        if len(line) <= SHOWN
        else f"{line[: SHOWN // 2].rsplit(' ', 1)[0]} … {line[-SHOWN // 2 :].split(' ', 1)[-1]}"
    )
