"""Of a press article the site holds its quotations and the few words round them, in no file any more than that."""

import gzip
import html
import re
from pathlib import Path

import pytest

from projects import ARTICLE, make, tree
from vivavoce.build import history, publish, update
from vivavoce.model import WORD
from vivavoce.project import open_project

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
DAY = "2026-03-01"
ROUND = 12  # words on each side of a quotation
WINDOW = ROUND + 3  # so many words in a row that stand in the article outside all that give it away


def words(text: str) -> list[str]:
    return [w.casefold().replace("’", "'") for w in WORD.findall(text)]


def published(folder: Path) -> str:
    """All words of all files, tags off, packed ones unpacked."""
    parts = []
    for name, data in tree(folder / "out").items():
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        text = re.sub(r"<(script|style)\b.*?</\1>", " ", data.decode("utf-8", "replace"), flags=re.S)
        if name.endswith((".html", ".json", ".pf_fragment")) or "fragment" in name:
            parts.append(" ".join(words(html.unescape(re.sub(r"<[^>]*>", " ", text)))))
    return "\n".join(parts)


def leaks(folder: Path) -> list[str]:
    project = open_project(folder)
    update(project)
    publish(project, DAY)
    shown, site = history(project, "site", DAY), published(folder)
    found = []
    for source in shown.sources:
        spans = [s for q in shown.quotes if q.source == source.path for s in (*q.spans, *q.content)]
        free = list(WORD.finditer(source.text))
        near = [any(a <= m.start() < b for a, b in spans) for m in free]
        body = [any(b.start <= m.start() < b.end and b.kind == "body" for b in source.blocks) for m in free]
        for i in range(len(free) - WINDOW + 1):
            if any(near[max(0, i - ROUND) : i + WINDOW + ROUND]) or not all(body[i : i + WINDOW]):
                continue
            window = words(source.text[free[i].start() : free[i + WINDOW - 1].end()])
            if " ".join(window) in site:
                found.append(f"{source.path}: {' '.join(window)}")
    return found


def test_of_an_article_no_more_is_published_than_its_quotations_and_few_words(tmp_path):
    filler = "\n\n".join(
        f"The harbour office keeps ledger number {n}, in which the weather of that winter stands in pencil, and nobody"
        " has opened it since the clerk retired to a bungalow inland with his second wife and a parrot."
        for n in range(12)
    )
    folder = make(tmp_path / "corrie", {"press/night.txt": ARTICLE + "\n" + filler + "\n"})
    assert leaks(folder) == []
    assert "second wife and a parrot" not in published(folder)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two real articles are not part of the project")
def test_of_two_real_articles_no_more_is_published(tmp_path):
    folder = make(tmp_path / "seeds", {p.name: p.read_text("utf-8") for p in SEEDS.glob("0*.txt")})
    assert leaks(folder) == []
