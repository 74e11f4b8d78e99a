"""How sure and how right: `make calibration` prints a table and draws docs/pictures/reliability.svg.

Of each annotated set: how many of its direct and mixed quotations have the right person; of those with a confidence of
.9 or more, how many there are and how many of them are right; and, bin by bin, the confidence beside the share that is
right. The sets are those of ../shared/data that nothing was fitted on, and of our own articles those that nothing was
fitted on; where ../shared is absent, our own alone. Where only mentions are annotated (news.dev), right is the mention.

The picture is drawn for the default engine; `--check` draws nothing and ends with 1 where the picture would change.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import annotated_sets as sets

from vivavoce.engines import engine
from vivavoce.model import Known

PICTURE = sets.ROOT / "docs" / "pictures" / "reliability.svg"
SETS = ("news.dev", "news_interview.dev", "prose_by.dev", "fiction.dev", "articles")
DRAWN = {
    "news.dev": ("#1f5fa8", "news, by mention"),
    "articles": ("#b4441b", "our articles"),
    "fiction.dev": ("#4a7a2c", "novels"),
}
ENGINES = ("best", "rules", "learned")
EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0)
SURE = 0.9
SIDE, LEFT, TOP, WIDTH, HEIGHT = 360, 56, 20, 640, 430


class Judged(NamedTuple):
    """A quotation: how sure the engine is of who said it (0 where it names nobody), and whether that is right."""

    confidence: float
    right: bool


def held_out(name: str) -> list[sets.Read]:
    """The documents of a set that nothing was fitted on, as the pipeline sees them."""
    found = [d for d in sets.documents(name) if name != "articles" or int(d.id[:2]) % 2 == 0]
    return list(sets.read(found, ("direct", "mixed")))


def judged(reads: list[sets.Read], name: str) -> list[Judged]:
    """Every annotated quotation, by what an engine says of it; what was not found as a quotation is left out."""
    out: list[Judged] = []
    for r in reads:
        given = engine("attribute", name)(r.source, r.quotes, r.cast, Known())
        names = {f.key: f.name for f in r.cast.figures}
        for number, gold in r.answers:
            a = given[number]
            if gold.get("speaker_name"):
                right = a.figure is not None and sets.right_person(r.document, gold, (names[a.figure],))
            elif r.document.group == "news.dev" and gold.get("speaker"):
                right = a.speaker is not None and sets.right_mention(gold, a.speaker.start, a.speaker.end)
            else:
                continue
            out.append(Judged(a.confidence if a.figure is not None else 0.0, right))
    return out


def line(name: str, by: str, found: list[Judged]) -> str:
    """A row of the table."""
    sure = [j for j in found if j.confidence >= SURE]
    right = sum(j.right for j in found) / len(found)
    among = f"{sum(j.right for j in sure) / len(sure):.3f}" if sure else "-"
    told = "  ".join(f"{c:.2f}→{share:.2f} ({n})" for c, share, n in bins(found))
    return f"{name:20} {by:8} {len(found):5} {right:6.3f} {len(sure) / len(found):6.3f} {among:>6}   {told}"


def bins(found: list[Judged]) -> list[tuple[float, float, int]]:
    """For each bin of confidence: its mean, the share that is right, how many; those without a figure are left out."""
    out = []
    for low, high in pairwise(EDGES):
        inside = [j for j in found if j.confidence > 0 and (low <= j.confidence < high or j.confidence == high == 1.0)]
        if inside:
            n = len(inside)
            out.append((sum(j.confidence for j in inside) / n, sum(j.right for j in inside) / n, n))
    return out


# --- the picture ---------------------------------------------------------------------------------------------


def picture(drawn: dict[str, list[Judged]]) -> str:
    """The reliability plot: confidence across, share that is right up; on the diagonal they are the same."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13">',
        "<title>Confidence beside the share that is right</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(),
    ]
    for row, (name, found) in enumerate(drawn.items()):
        parts += curve(name, found, row)
    return "\n".join([*parts, "</svg>", ""])


def axes() -> list[str]:
    """The frame, the diagonal, the marks."""
    bottom, right = TOP + SIDE, LEFT + SIDE
    out = [f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>']
    out.append(f'<line x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{TOP}" stroke="#888" stroke-dasharray="4 4"/>')
    for tenth in range(0, 11, 2):
        x, y = at(tenth / 10, tenth / 10)
        out.append(f'<text x="{x}" y="{bottom + 17}" text-anchor="middle">{tenth / 10:.1f}</text>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{tenth / 10:.1f}</text>')
    out.append(f'<text x="{LEFT + SIDE / 2}" y="{bottom + 38}" text-anchor="middle">confidence</text>')
    middle = TOP + SIDE / 2
    out.append(f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">share that is right</text>')
    return out


def curve(name: str, found: list[Judged], row: int) -> list[str]:
    """A set's line: a point for each bin, larger where there are more."""
    colour, label = DRAWN[name]
    points = [(*at(c, share), n) for c, share, n in bins(found)]
    path = " ".join(f"{x},{y}" for x, y, _ in points)
    y = TOP + 20 + 24 * row
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        *(
            f'<circle cx="{x}" cy="{y_}" r="{min(11.0, 2.5 + n**0.5 / 2.2):.1f}" fill="{colour}"/>'
            for x, y_, n in points
        ),
        f'<circle cx="{LEFT + SIDE + 24}" cy="{y - 4}" r="5" fill="{colour}"/>',
        f'<text x="{LEFT + SIDE + 38}" y="{y}">{label} ({len(found)})</text>',
    ]


def at(confidence: float, share: float) -> tuple[float, float]:
    """A point of the plot."""
    return round(LEFT + confidence * SIDE, 1), round(TOP + (1 - share) * SIDE, 1)


def main() -> int:
    """The table and the picture; 1 when `--check` finds another picture."""
    drawn: dict[str, list[Judged]] = {}
    print(f"{'set':20} {'engine':8} {'of':>5} {'right':>6} {'≥ .9':>6} {'right':>6}   confidence → right (how many)")
    for name in SETS:
        reads = held_out(name)
        for by in ENGINES if reads else ():
            found = judged(reads, by)
            print(line(name, by, found))
            if by == ENGINES[0] and name in DRAWN:
                drawn[name] = found
    made = picture(drawn)
    if "--check" in sys.argv:
        return int(not PICTURE.exists() or PICTURE.read_text("utf-8") != made)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(made, "utf-8")
    print(f"The plot is in {PICTURE.relative_to(sets.ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
