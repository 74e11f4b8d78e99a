"""What was decided teaches what is asked next: as proposals, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vivavoce.decisions import Decision
from vivavoce.model import Quote, Value, folded
from vivavoce.workbench.ledger import Ledger, quote_key
from vivavoce.workbench.seen import Seen, disguised

PRONOUNS = frozenset({"he", "she", "they", "i", "it", "we", "who", "you"})
NAMELESS = re.compile(
    r"\d|^(speaker|voice|unknown|man|woman|male|female|interviewee?r?|narrator|host|guest|q|a)$", re.I
)
HERE, ELSEWHERE = "so you decided of this name in this source", "so you decided of this name in another source"
LABEL = "so you decided of this label in another source"


Named = Mapping[str, tuple[str, str]]
"""In which source, and of which mention, a decision of this session was made, by its id: once the archive has followed,
the quotation may have no mention any more."""


class Lesson(Value, frozen=True):
    """Somebody whom earlier decisions propose, and why; no name: nobody."""

    name: str = ""
    why: str = ""


def of_quotation(seen: Seen, quote: Quote, ledger: Ledger, named: Named) -> Lesson:
    """Whom decisions on the same name in the same source were for, else those on a proper name in any; nobody where
    they differ."""
    mine = folded(quote.speaker.text) if quote.speaker else ""
    if not mine or mine in PRONOUNS:
        return Lesson()
    before = [(named[d.id][0], d) for d in ledger.latest.values() if named.get(d.id, ("", ""))[1] == mine]
    mine_here = (d for path, d in before if path == quote.source)
    here = _only(seen, [*mine_here, *_decided(seen, quote.source, mine, quote.id, ledger)])
    if here or not quote.speaker or not _proper(quote.speaker.text):
        return Lesson(here, HERE) if here else Lesson()
    paths = _sources(ledger) - {quote.source}
    others = [d for path in sorted(paths) for d in _decided(seen, path, mine, quote.id, ledger)]
    found = _only(seen, [*(d for _, d in before), *others])
    return Lesson(found, ELSEWHERE) if found else Lesson()


def of_label(seen: Seen, source: str, label: str, ledger: Ledger) -> Lesson:
    """Whom decisions on the same label in other sources were for, if it is more than a number or a part."""
    if NAMELESS.search(label.strip()):
        return Lesson()
    mine = folded(label)
    found = (
        d
        for key, d in ledger.latest.items()
        if key.startswith("label ") and d.target[0].source != source and folded(d.target[0].figure) == mine
    )
    name = _only(seen, found)
    return Lesson(name, LABEL) if name else Lesson()


def _decided(seen: Seen, path: str, mention: str, but: str, ledger: Ledger) -> Iterable[Decision]:
    """The decisions on who said the quotations of a source that name somebody so."""
    for other in seen.said.get(path, ()):
        if other.id != but and other.speaker and other.id in seen.quotes and folded(other.speaker.text) == mention:
            decided = ledger.latest.get(quote_key(other, seen.texts))
            if decided and decided.type == "speaker":
                yield decided


def _sources(ledger: Ledger) -> set[str]:
    """The sources in which it is decided who said something."""
    return {d.target[0].source for d in ledger.latest.values() if d.type == "speaker" and d.target[0].exact}


def _only(seen: Seen, found: Iterable[Decision]) -> str:
    """The one name that decisions give, as it is shown; "" where there is none, or several."""
    names = {str(d.value) for d in found if d.value}
    return disguised(seen, names.pop()) if len(names) == 1 else ""


def _proper(words: str) -> bool:
    """Whether words hold a name, and not only what somebody is (the mate, her brother)."""
    return any(word[:1].isupper() for word in words.split() if folded(word) not in ("the", "a", "an"))
