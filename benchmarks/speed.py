"""How fast `vivavoce quotes` is: words a second of the whole command, beside reading the same bytes and beside one
regular-expression pass, in the same run; also its compiled build, where that can be made (it is, if need be).

    python benchmarks/speed.py [--words 2000000] [--runs 3]

The texts are our annotated articles, as often as needed, with the names changed in every copy, 100 files or more.
Prints wall and processor seconds (of all processes) of the best run; the ratio to reading is what to compare.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "quality"))
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
WORD = re.compile(r"\w+")


def articles() -> list[str]:
    """The plain text of the annotated articles."""
    import annotated

    return [article.text for article in annotated.articles()]


def renamed(text: str, n: int) -> str:
    """The text with other vowels in the words that look like names: other people, the same prose."""
    vowels = list("aeiou")
    random.Random(n).shuffle(vowels)
    table = str.maketrans("aeiou", "".join(vowels))
    return NAME.sub(lambda m: m[0][0] + m[0][1:].translate(table), text)


def written(folder: Path, words: int) -> int:
    """Write files of one to three articles until there are enough words; how many there are."""
    given, done, n = articles(), 0, 0
    while done < words:
        parts = [renamed(given[(n + k) % len(given)], n) for k in range(1 + n % 3)]
        text = "\n\n".join(parts)
        (folder / f"{n:05}.txt").write_text(text, "utf-8")
        done += len(WORD.findall(text))
        n += 1
    return done


def compiled(make: bool = True) -> Path | None:
    """The folder of the compiled build of this very code; None where there is none, or none can be made."""
    sys.path[:0] = [str(ROOT / "tools")]
    import compiled as tool

    if make and not tool.current() and not tool.missing():
        tool.build()
    return tool.PLACE if tool.current() else None


def spent(command: list[str], code: Path) -> tuple[float, float]:
    """Wall seconds and processor seconds of a command and its processes, with the program in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    env = {**os.environ, "PYTHONPATH": str(code)}
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        words = written(folder, args.words)
        pattern = r"[\"“][^\"”]*[\"”]|\w+ said|said \w+"
        files = f"for p in Path({scratch!r}).iterdir()"
        read = f"from pathlib import Path; [p.read_bytes() {files}]"
        scan = f"import re; from pathlib import Path; [re.findall(r'{pattern}', p.read_text('utf-8')) {files}]"
        quotes, plain, quick = [sys.executable, "-m", "vivavoce", "quotes", scratch, "--json"], ROOT / "src", compiled()
        commands = {
            "reading the bytes": ([sys.executable, "-c", read], plain),
            "one regular expression": ([sys.executable, "-c", scan], plain),
            "vivavoce quotes": (quotes, plain),
            **({"vivavoce quotes, compiled": (quotes, quick)} if quick else {}),
        }
        print(f"{words:,} words in {len(list(folder.iterdir())):,} files")
        print(f"{'':26} {'wall s':>8} {'cpu s':>8} {'words/s':>12} {'x reading':>10}")
        best = {name: min(spent(*command) for _ in range(args.runs)) for name, command in commands.items()}
        for name, (wall, cpu) in best.items():
            ratio = wall / best["reading the bytes"][0]
            print(f"{name:26} {wall:8.2f} {cpu:8.2f} {words / wall:12,.0f} {ratio:10.1f}")


if __name__ == "__main__":
    main()
