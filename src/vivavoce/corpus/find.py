"""The first step over a corpus: the quotations of a shard, with who said them as its own documents tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from vivavoce import engines
from vivavoce.corpus import events, keeper, shuffle, tables, whose
from vivavoce.corpus.values import Done, Found, Problem, Task

plain = msgspec.to_builtins


def quoted(task: Task) -> Done:
    """Find the quotations of a shard, and write its parts of the tables of documents, quotations and problems."""
    engines.known("attribute", task.settings.engine)
    found: list[Found] = []
    problems: list[Problem] = []
    for one in keeper.found(task.shard, task.settings):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            found.append(one)
    out, number = Path(task.out), task.shard.number
    tables.write(tables.part(out / "documents", number), documents(found))
    tables.write(tables.part(out / "problems", number), tables.table(map(plain, problems), tables.PROBLEMS))
    tables.write(tables.part(out / "quotes", number), quotes(found))
    if task.settings.tables != "quotes":
        shuffle.write(
            shuffle.work(out, "figures", number), whose.figures(found, task.buckets), ("heap", "block", "document")
        )
    if task.settings.tables == "moments":
        tables.write(shuffle.work(out, "passages", number), events.passages(found))
        shuffle.write(shuffle.work(out, "keys", number), events.keys(found, task.buckets), ("heap", "key", "document"))
    counts = {
        "documents": len(found),
        "quotes": sum(len(one.quotes) for one in found),
        "problems": len(problems),
        "words": sum(one.facts.words for one in found),
    }
    return Done("quotes", number, counts)


def documents(found: list[Found]) -> Any:
    """The table of the documents of a shard, in the order of the input."""
    return tables.table(({**plain(one.facts), "document": n} for n, one in enumerate(found)), tables.DOCUMENTS)


def quotes(found: list[Found]) -> Any:
    """The table of the quotations of a shard, in the order of the input and of each text."""
    rows = (
        {**plain(q), "date": one.facts.date, "url": one.facts.url, "document": n, "figure": figure}
        for n, one in enumerate(found)
        for q, figure in sorted(zip(one.quotes, one.figures, strict=True), key=lambda said: said[0].spans)
    )
    return tables.table(rows, tables.QUOTES)
