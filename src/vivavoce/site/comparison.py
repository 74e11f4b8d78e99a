"""What was said beside what is printed: changes as they are marked on a page, and a page of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vivavoce import disk
from vivavoce.citations import title_of
from vivavoce.errors import UsageError
from vivavoce.language import dates
from vivavoce.model import History, Trace
from vivavoce.printing import FRAMES, TURNS, tellers, warnings_of
from vivavoce.site.words import said, spoken
from vivavoce.traces import TOO_SHORT, Run, compared

OURS = '<meta name="generator" content="Vivavoce">'
CLASSES = {
    "verbatim": "as said",
    "altered": "edited",
    "spliced": "from two places",
    "misattributed": "said by somebody else",
    "absent": "not found in the recordings",
}
PLACES = ("two", "three", "four", "five", "six")


def how(trace: Trace) -> str:
    """The class of a trace in a reader's words."""
    count = len(trace.places)
    out = TOO_SHORT if trace.why == TOO_SHORT else CLASSES[trace.cls]
    if trace.cls == "spliced" and count > 2:
        out = f"from {PLACES[count - 2] if count - 2 < len(PLACES) else 'many'} places"
    says = dict.fromkeys(FRAMES[f.kind] for f in trace.frames)
    return f"{out}, out of a sentence that {' and '.join(says)} it" if says else out


def redline(runs: Iterable[Run]) -> Markup:
    """Both sides in one: what was left out struck, what was put in marked; another place begins behind a stroke."""
    out, place = Markup(""), 0
    for run in runs:
        if run.place != place:
            out, place = out.rstrip() + Markup(' <span class="cut" title="another place">‖</span> '), run.place
        if run.op == "same":
            out += said(run.printed)
            continue
        struck = marked("del", run.said.strip(), run)
        out += struck + (Markup(" ") if struck else Markup("")) + marked("ins", run.printed, run)
    return Markup(out.rstrip())  # noqa: S704 - of escaped text and markup of ours


def side(runs: Iterable[Run], which: int) -> Markup:
    """One side: 0 what was said, 1 what is printed."""
    out, place = Markup(""), 0
    for run in runs:
        words = (run.said, run.printed)[which]
        if run.place != place:
            out, place = out + Markup('<br class="cut">'), run.place
        out += said(words) if run.op == "same" else marked(("del", "ins")[which], words, run)
    return out


def marked(tag: str, words: str, run: Run) -> Markup:
    """Words of a change in their element, the space round them outside; where the sense may turn round, lit."""
    bare = words.strip()
    if not bare:
        return said(words)
    lead, rest = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    lit = "sense" if run.kind in TURNS and run.kind != "sense" else ""
    kinds = " ".join(filter(None, ("moved" if run.op == "move" else "", run.kind, lit)))
    kind = Markup(' class="{}"').format(kinds) if kinds else Markup("")
    opens, closes = Markup(f"<{tag}"), Markup(f"</{tag}>")  # noqa: S704 - an element's name of ours
    return Markup("{}{}{}>{}{}{}").format(lead, opens, kind, said(bare), closes, rest)


def row(trace: Trace, texts: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, Any]:
    """What a page holds of one quotation."""
    runs = compared(trace, texts)
    near = trace.nearest
    return {
        "cls": trace.cls,
        "how": how(trace),
        "speaker": trace.speaker,
        "said_by": tellers(trace),
        "said": side(runs, 0) if runs else said(texts[near.source][slice(*near.span)]) if near else "",
        "printed": side(runs, 1) if runs else said(trace.text),
        "near": titles.get(near.source, near.source) if near else "",
        "share": f"{near.score:.0%}" if near else "",
        "places": [(titles.get(p.source, p.source), dates.stretch(p.time), p.person) for p in trace.places],
        "alarms": warnings_of(trace, texts),
    }


def page(shown: History, traces: Sequence[Trace], asked: str) -> str:
    """One page that needs nothing else: every quotation of what was asked beside the words that were said."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("vivavoce.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(spoken=spoken, day=dates.day)
    texts, titles = {s.path: s.text for s in shown.sources}, {s.path: title_of(s) for s in shown.sources}
    short = sum(t.why == TOO_SHORT for t in traces)
    counts = [(name, sum(t.cls == cls for t in traces) - short * (cls == "absent")) for cls, name in CLASSES.items()]
    return made.get_template("comparison.html").render(
        asked=asked,
        site=shown,
        generator=Markup(OURS),  # noqa: S704 - ours
        rows=[row(t, texts, titles) for t in traces],
        counts=[(name, n) for name, n in [*counts, (TOO_SHORT, short)] if n],
        withheld=bool(shown.withheld),
    )


def write(target: Path, shown: History, traces: Sequence[Trace], asked: str) -> None:
    """Write the page. Raises UsageError where a file stands that is no such page: nobody's work is overwritten."""
    if target.exists() and (not target.is_file() or OURS.encode() not in target.read_bytes()[:1000]):
        raise UsageError(f"“{target}” is there already and is no page of this command. Give another name to --html.")
    disk.put(target, page(shown, traces, asked).encode("utf-8"))
