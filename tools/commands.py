"""`make docs`: a page for each command, from its own --help; `--check` says whether the pages are true."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

from vivavoce.cli import app

FOLDER = Path(__file__).parent.parent / "docs" / "commands"


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    found = {}
    for name, command in sorted(typer.main.get_command(app).commands.items()):  # type: ignore[attr-defined]
        inner = sorted(getattr(command, "commands", {}))
        found[f"{name}.md"] = "\n".join([_part(1, name), *(_part(2, name, sub) for sub in inner)])
    return found


def _part(level: int, *called: str) -> str:
    told = CliRunner().invoke(app, [*called, "--help"], prog_name="vivavoce", terminal_width=100, max_content_width=100)
    assert told.exit_code == 0, told.output
    text = "\n".join(line.rstrip() for line in told.output.strip().splitlines())
    return f"{'#' * level} `vivavoce {' '.join(called)}`\n\n```\n{text}\n```\n"


def main() -> int:
    """Write the pages, or with --check compare them; 1 when they differ."""
    wanted = pages()
    if "--check" in sys.argv:
        there = {p.name: p.read_text("utf-8") for p in FOLDER.glob("*.md")}
        return int(there != wanted)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
