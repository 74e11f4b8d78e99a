"""Counts how common words are, for src/vivavoce/accounts/words.toml; run by hand, where ../shared/data is there.

Only texts that a shipped list may be made of are counted: LitBank's public-domain novels (quotations CC BY 4.0), and
of GUM the Wikinews reports and interviews (CC BY 2.5) and the prose that its line says is CC BY, not share-alike. A
word counts by the greater of its shares in novels and in what is modern: so neither "website" nor "carriage" is rare.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

from vivavoce.accounts.words import words

ROOT = Path(__file__).parent.parent
LISTS = ROOT / "src" / "vivavoce" / "accounts" / "words.toml"
DATA = ROOT.parent / "shared" / "data" / "quotes"
GENRES = {"novels": ("fiction",), "modern": ("news_interview", "prose_by")}
HEAD = "# Counted by tools/words.py"
STRETCH = 100  # words
LEAST = 0.0009  # share of stretches from which a word is listed
DOCUMENTS = {"novels": 4, "modern": 3}  # fewer have a word only because it is their subject


def texts(genre: str) -> Iterator[str]:
    """The texts of a genre, of lines that may be used."""
    for name in GENRES[genre]:
        for line in (DATA / f"{name}.train.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            licence = row["source"].get("text_licence", "CC BY")
            if licence.startswith("CC BY") and "SA" not in licence:
                yield row["text"]


def shares(genre: str) -> tuple[dict[str, float], Counter[str]]:
    """Word -> its share of the stretches of a genre; and how much oftener it stands with a capital than without."""
    stretches: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    total = 0
    for text in texts(genre):
        said = [(w, text[a].isupper()) for w, a, _ in words(text) if w.isascii() and w.isalpha()]
        documents.update({w for w, _ in said})
        capitals.update(w for w, upper in said if upper)
        capitals.subtract({w: 1.5 * n for w, n in Counter(w for w, upper in said if not upper).items()})  # type: ignore[arg-type]
        for at in range(0, len(said), STRETCH):
            total += 1
            stretches.update({w for w, _ in said[at : at + STRETCH]})
    enough = {w for w, n in documents.items() if n >= DOCUMENTS[genre]}
    return {w: min(n, 3 * documents[w]) / total for w, n in stretches.items() if w in enough}, capitals


def counted() -> dict[int, list[str]]:
    """Rarity class -> its words: class N is said in about one of e^N stretches. Names are left out."""
    best: dict[str, float] = {}
    capitals: Counter[str] = Counter()
    for genre in GENRES:
        found, upper = shares(genre)
        capitals.update(upper)
        for word, share in found.items():
            best[word] = max(share, best.get(word, 0.0))
    classes: dict[int, list[str]] = defaultdict(list)
    for word in sorted(best):
        if best[word] >= LEAST and (capitals[word] <= 0 or word == "i"):
            classes[int(-log(best[word]))].append(word)
    return classes


def main() -> int:
    """Write the counted classes under their heading in words.toml; all above it is kept."""
    if not DATA.is_dir():
        print(f"{DATA} is not there: the texts that are counted are not part of the project.", file=sys.stderr)
        return 5
    kept, _, _ = LISTS.read_text("utf-8").partition(HEAD)
    rows = [
        f"{HEAD} over 80 public-domain novels (LitBank, quotation annotations CC BY 4.0), Wikinews reports and",
        "# interviews (texts CC BY 2.5) and academic prose (texts CC BY 4.0) of GUM, the Georgetown University",
        "# Multilayer corpus. Under N stand words said in about one of e^N stretches of a hundred words, in novels or",
        "# in the modern texts, whichever is more; names are left out. What is listed nowhere is rarer than all.",
        "[common]",
    ]
    for n, listed in sorted(counted().items()):
        rows += [f'{n} = """', *textwrap.wrap(" ".join(listed), 115), '"""']
    LISTS.write_text(kept + "\n".join(rows) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
