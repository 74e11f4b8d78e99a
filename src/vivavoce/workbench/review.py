"""A question as a page shows it: the words in their place, what speaks for whom, and what can be answered."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from markupsafe import Markup

from vivavoce.citations import title_of
from vivavoce.decisions import Decision
from vivavoce.model import Account, Moment, Quote, Source, Span, Trace, Value
from vivavoce.printing import clock
from vivavoce.project import Project
from vivavoce.site import comparison
from vivavoce.workbench import lessons
from vivavoce.workbench.asking import Question
from vivavoce.workbench.ledger import Ledger, reworded
from vivavoce.workbench.lessons import Lesson, Named
from vivavoce.workbench.seen import Seen, candidates, disguised
from vivavoce.workbench.telling import in_words
from vivavoce.workbench.words import Lit, paragraphs, printed

MOST = 9  # choices, a key each
ROUND = 1  # paragraphs that are shown on either side
TURNS = 4  # turns of a speaker that are shown
LONG = 900  # code points of a stretch beside what is asked about, at most


class Choice(Value, frozen=True):
    """Somebody who may be the answer, by the name that is shown: why, and how much speaks for them (0 to 1)."""

    name: str
    why: tuple[str, ...] = ()
    score: float = 0.0


def page(
    project: Project, seen: Seen, question: Question, ledger: Ledger, earlier: Decision | None, named: Named
) -> dict[str, Any]:
    """What the template is filled with; `named`: of which mentions decisions were made in this session."""
    made = {"quotation": _quotation, "label": _label, "moment": _moment}[question.kind]
    return {
        "question": question,
        "known": earlier.id if earlier else "",
        "earlier": told(seen, earlier) if earlier else None,
        "people": [p.name for p in seen.shown.people if p.kind == "person"],
        **made(project, seen, question, ledger, named),
    }


def told(seen: Seen, decision: Decision) -> dict[str, str]:
    """A decision in words: who, when and what."""
    says = in_words(seen, decision)
    if decision.type == "not-a-quotation":
        says = "it is no quotation"
    elif decision.type == "speaker" and not says:
        says = f"it is {disguised(seen, str(decision.value))}’s" if decision.value else "nobody knows whose it is"
    return {"id": decision.id, "by": decision.by, "at": decision.at[:16].replace("T", " "), "says": says}


# --- a quotation -------------------------------------------------------------------------------------------


def _quotation(project: Project, seen: Seen, question: Question, ledger: Ledger, named: Named) -> dict[str, Any]:
    quote = seen.quotes[question.of]
    source = seen.sources[quote.source]
    taught = lessons.of_quotation(seen, quote, ledger, named)
    choices = _choices(project, seen, quote, taught)
    first = taught.name or (quote.person.name if quote.person else "")
    spans, worded = reworded(quote, ledger, seen.texts)
    trace = seen.traces.get(quote.id)
    return {
        "ask": "Who said this?",
        "title": title_of(source),
        "source": source.path,
        "at": f"{quote.spans[0][0]}",
        "spans": " ".join(f"{a}-{b}" for a, b in spans),
        "worded": worded,
        "context": _round(source, quote, spans),
        "choices": choices,
        "proposed": first if any(c.name == first for c in choices) else "",
        "taught": bool(taught.name),
        "why": tuple(quote.why),
        "trace": _trace(seen, trace) if trace and not trace.why and trace.cls != "verbatim" else None,
    }


def _round(source: Source, quote: Quote, spans: tuple[Span, ...]) -> list[Markup]:
    """The paragraphs of a quotation with those beside them, its words (`spans`) and who is named lit."""
    lit = [Lit(a, b, "lit", quote.id) for a, b in spans]
    lit += [Lit(m.start, m.end, look) for m, look in ((quote.speaker, "named"), (quote.cue, "cue")) if m]
    stretches = paragraphs(source)
    first = bisect_right(stretches, spans[0][0], key=lambda s: s[0]) - 1
    last = bisect_right(stretches, spans[-1][1] - 1, key=lambda s: s[0]) - 1
    chosen = range(max(first - ROUND, 0), min(last + ROUND + 1, len(stretches)))
    return [printed(source, *_near(stretches[n], spans), lit) for n in chosen]


def _near(stretch: Span, spans: tuple[Span, ...]) -> Span:
    """What is shown of a long stretch: the part round what is asked about, or its beginning."""
    inside = [s for s in spans if s[0] < stretch[1] and stretch[0] < s[1]]
    if stretch[1] - stretch[0] <= 2 * LONG or not inside:
        return stretch[0], min(stretch[1], stretch[0] + 2 * LONG)
    return max(stretch[0], inside[0][0] - LONG), min(stretch[1], inside[-1][1] + LONG)


def _choices(project: Project, seen: Seen, quote: Quote, taught: Lesson) -> list[Choice]:
    """Who might have said it: whom the machine holds it to be, those that it weighed, then who else is in the
    source."""
    weighed = [Choice(c.name, c.why, c.score) for c in candidates(project, seen, quote) if c.name]
    first = [Choice(taught.name, (taught.why,), 1.0)] if taught.name else []
    names = dict(figures(seen, quote.source))
    held = [Choice(quote.person.name, quote.why, quote.confidence)] if quote.person else []
    also = [Choice(names.get(c.name, c.name), c.why, c.score) for c in weighed]
    others = [Choice(name) for name in dict.fromkeys(names.values())]
    found: dict[str, Choice] = {}
    for choice in (*first, *held, *also, *others):
        found.setdefault(choice.name, choice)
    return list(found.values())[:MOST]


def figures(seen: Seen, path: str) -> list[tuple[str, str]]:
    """Who is in a source: the name there, and the person's."""
    people = (p for p in seen.shown.people if p.kind in ("person", "organisation", "group"))
    return [(key, p.name) for p in people for source, key in p.figures if source == path]


def _trace(seen: Seen, trace: Trace) -> dict[str, Any] | None:
    """What was said beside what is printed; None where a place of it is not shown."""
    at = [p.source for p in trace.places] + ([trace.nearest.source] if trace.nearest else [])
    if not at or any(path not in seen.sources for path in at):
        return None
    texts = {path: seen.sources[path].text for path in at}
    return comparison.row(trace, texts, {path: title_of(seen.sources[path]) for path in at})


# --- a speaker label ---------------------------------------------------------------------------------------


def _label(_: Project, seen: Seen, question: Question, ledger: Ledger, __: Named) -> dict[str, Any]:
    source, taught = seen.sources[question.source], lessons.of_label(seen, question.source, question.of, ledger)
    turns = [n for n, t in enumerate(source.turns) if t.label == question.of]
    mine = {q.turn: q for q in seen.said.get(source.path, ())}
    held = next((q.person for n in turns if (q := mine.get(n)) and q.person and q.person.name != question.of), None)
    why = next((source.turns[n].why for n in turns if source.turns[n].why), "")
    first = [Choice(held.name, (why,) if why else (), question.sure)] if held and question.sure else []
    first = [Choice(taught.name, (taught.why,), 1.0)] if taught.name else first
    here = [name for _, name in figures(seen, source.path)]
    heard = sorted((p for p in seen.shown.people if p.kind == "person"), key=lambda p: (-p.quotes, p.name))
    others_turns = {q.person.name for n, q in mine.items() if n not in turns and q.person}
    listed = dict.fromkeys(n for n in (*here, *(p.name for p in heard)) if n != question.of)
    names = sorted(listed, key=others_turns.__contains__)  # whoever speaks beside this voice is hardly this voice
    others = [Choice(n) for n in names if n not in {c.name for c in first}]
    return {
        "ask": f"Who is {question.of}?",
        "title": title_of(source),
        "source": source.path,
        "at": str(source.turns[turns[0]].start),
        "context": _talk(source, turns[:TURNS]),
        "choices": [*first, *others][:MOST],
        "proposed": first[0].name if first else "",
        "taught": bool(taught.name),
        "why": (),
        "trace": None,
    }


def _talk(source: Source, turns: list[int]) -> list[Markup]:
    """Some turns of a speaker, each behind what was said before it."""
    out, done = [], -1
    for n in turns:
        for m in (n - 1, n):
            if m > done:
                out.append(_turn(source, m, m == n))
                done = m
    return out


def _turn(source: Source, n: int, lit: bool) -> Markup:
    turn = source.turns[n]
    start, end = turn.spans[0] if turn.spans else (turn.start, turn.end)
    end = min(end, start + LONG)
    words = printed(source, start, end, [Lit(start, end, "lit")] if lit else [])
    at = f"{clock(turn.time[0])} " if turn.time else ""
    who = Markup('<span class="who">{}{}</span> ').format(at, turn.label or "—")
    return who + words


# --- a moment ----------------------------------------------------------------------------------------------


def _moment(_: Project, seen: Seen, question: Question, __: Ledger, ___: Named) -> dict[str, Any]:
    moment = seen.moments[question.of]
    shared = seen.weight.shared(moment.id)
    both = [Lit(e.start, e.end, "named", e.source) for s in shared for e in s.evidence]
    return {
        "ask": "Do these tell of one event?",
        "title": moment.title,
        "source": "",
        "at": "",
        "context": [],
        "accounts": [_account(seen, a, both) for a in moment.accounts[:MOST]],
        "more": max(len(moment.accounts) - MOST, 0),
        "choices": [],
        "proposed": "",
        "taught": False,
        "why": tuple(dict.fromkeys((*moment.why, *(f"both: “{s.said}”" for s in shared)))),
        "trace": None,
    }


def _account(seen: Seen, account: Account, both: list[Lit]) -> dict[str, Any]:
    source = seen.sources[account.source]
    mine = [m for m in both if m.about == account.source]
    return {
        "id": account.id,
        "name": account.person.name if account.person else "the article itself",
        "source": source.path,
        "title": title_of(source),
        "words": [printed(source, a, min(b, a + LONG), mine) for a, b in account.spans[:3]],
    }


def summary(seen: Seen, question: Question) -> str:
    """A question in a line of a list."""
    if question.kind == "quotation":
        return f"“{_short(seen.quotes[question.of].text)}”"
    if question.kind == "label":
        return question.of
    if question.pair:
        return f"{question.pair.one.name}, {question.pair.other.name}"
    moment: Moment = seen.moments[question.of]
    return moment.title


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
