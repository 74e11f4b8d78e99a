"""An archive made to cause trouble: what is to be found in it, and how much of it is found."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import harrow
import thornby

from vivavoce.accounts import gather
from vivavoce.model import Known, Moment

# What is reached; a change that falls below has made something worse.
MOMENTS, DIFFER, DIFFER_RIGHT, AGREE_RIGHT, DISPUTE, DISPUTE_RIGHT = 0.97, 0.69, 0.95, 0.95, 0.95, 0.95

Teller = tuple[str, str | None]


@cache
def texts() -> dict[str, str]:
    """The sources' texts, without the mark-up of quotations."""
    bare = {path: re.sub(r"\{\w+: ([^}]+)\}", r"“\1”", text) for path, text in thornby.ARTICLES.items()}
    return {**thornby.TRANSCRIPTS, **bare}


@cache
def moments() -> list[Moment]:
    found = []
    for path, text in sorted({**thornby.TRANSCRIPTS, **thornby.ARTICLES}.items()):
        read = harrow.article if path in thornby.ARTICLES else harrow.transcript
        found += read(path, text, called=thornby.CALLED, date=thornby.DATES[path])
    return gather(found, harrow.people(thornby.CALLED, tuple(thornby.DATES)), Known())


def found_at(path: str, words: str) -> tuple[str, Teller]:
    """The moment in which words are told, and who tells them; a moment of their own where they stand in none."""
    start = texts()[path].index(words)
    for moment in moments():
        for account in moment.accounts:
            if account.source == path and any(a < start + len(words) and b > start for a, b in account.spans):
                return moment.id, (path, account.person.name if account.person else None)
    return f"none {path} {words}", (path, None)


def test_accounts_of_one_event_are_gathered() -> None:
    pairs = [(key, found_at(*told)[0]) for key, accounts in thornby.MOMENTS.items() for told in accounts]
    both, gold, found = Counter(pairs), Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    precision = sum(both[p] / found[p[1]] for p in pairs) / len(pairs)
    recall = sum(both[p] / gold[p[0]] for p in pairs) / len(pairs)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"moments, B-cubed: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    assert f1 >= MOMENTS


def test_two_votes_and_two_fires_are_two_moments_each() -> None:
    ids = {key: {found_at(*told)[0] for told in accounts} for key, accounts in thornby.MOMENTS.items()}
    assert [(a, b) for a, b in thornby.APART if ids[a] & ids[b]] == []


def related(kind: str) -> tuple[set[frozenset[Teller]], set[frozenset[Teller]]]:
    """The pairs of tellers that are to be related in a way, and those that are."""
    meant = {frozenset({found_at(*r.a)[1], found_at(*r.b)[1]}) for r in thornby.RELATIONS if r.type == kind}
    found = set()
    for moment in moments():
        teller = {a.id: (a.source, a.person.name if a.person else None) for a in moment.accounts}
        found |= {frozenset({teller[r.a], teller[r.b]}) for r in moment.relations if r.type == kind}
    return meant, found


def test_accounts_that_differ_are_found_and_hardly_any_other() -> None:
    meant, found = related("differ")
    print(f"differ: {len(meant & found)} of {len(meant)} found, {len(found - meant)} that are none")
    assert len(meant & found) >= DIFFER * len(meant)
    assert len(meant & found) >= DIFFER_RIGHT * len(found)


def test_accounts_that_dispute_are_found() -> None:
    meant, found = related("dispute")
    assert len(meant & found) >= DISPUTE * len(meant)
    assert len(meant & found) >= DISPUTE_RIGHT * len(found)


def test_no_two_accounts_are_said_to_agree_that_do_not() -> None:
    meant, found = related("agree")
    assert found and len(meant & found) >= AGREE_RIGHT * len(found)


def test_titles_are_unique_and_never_a_persons_name_alone() -> None:
    titles = [m.title for m in moments()]
    assert len(titles) == len(set(titles))
    assert not set(titles) & set(thornby.CALLED.values())
    assert all(t[0].isupper() or not t[0].isalpha() for t in titles)
