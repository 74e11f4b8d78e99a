"""What was made first or last, and what is seen first or last: two orders that need not be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.model import Placing, Source, Span

_MAKE = r"(?:filmed|shot|recorded|taped|wrote|written|performed|rehearsed)"
_SEE = r"(?:see|sees|saw|seen|watch|watches|shown|shows|aired|airs|appears|comes?|plays?)"
_THING = r"(?:scene|sequence|song|episode|interview|chapter|track|number|goodbye|farewell|speech|ending)"
FIRST = r"(?P<first>first|to begin with)"
LAST = r"(?P<last>last|at the (?:very )?end|final)"
RULES = tuple(
    (order, re.compile(p))
    for order, p in (
        # "they shot the farewell scene last", "the farewell was filmed first"
        ("made", rf"\b{_MAKE}\b(?: [\w’'-]+){{0,9}}? "
        rf"(?:{FIRST}|{LAST})(?=[.,;:!?—–”\"’]|$| of all\b)"),
        ("made", rf"\b(?:{FIRST}|{LAST}) (?P<thing>{_THING})s? "
        rf"(?:\w+ ){{0,3}}?(?:that )?(?:was|were|we|they|to be|ever) {_MAKE}\b"),
        # "viewers see the two have the last goodbye", "the scene comes last in the episode"
        ("shown", rf"\b(?:viewers|audiences|we|you|listeners|readers) {_SEE}\b"
        rf"(?: [\w’'-]+){{0,8}}? the (?:{FIRST}|{LAST}) (?P<thing>{_THING})\b"),
        ("shown", rf"\b(?P<thing>{_THING}) (?:is |was )?{_SEE} (?:{FIRST}|{LAST})\b"),
    )
)  # fmt: skip
NOUN = re.compile(rf"\b(?P<thing>{_THING})\b")


def placings(source: Source, spans: list[Span]) -> tuple[Placing, ...]:
    """The places in either order that a source tells, in order of its text."""
    return tuple(p for span in spans for p in in_sentence(source, span))


def in_sentence(source: Source, span: Span) -> Iterator[Placing]:
    """The places that one sentence tells, each order once."""
    seen: set[str] = set()
    for order, pattern in RULES:
        m = pattern.search(source.text, *span)
        if not m or order in seen:
            continue
        seen.add(order)
        noun = m.groupdict().get("thing") or next((n["thing"] for n in NOUN.finditer(source.text, *m.span())), "")
        yield Placing(
            source.path, *m.span(), order=order, position="first" if m["first"] else "last",
            said=" ".join(m[0].split()), thing=noun, told=source.date,
        )  # fmt: skip
