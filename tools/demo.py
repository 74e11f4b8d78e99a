"""`make demo`: build the example and its book, serve its site on this machine; NO_SERVE=1 only builds, says where."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vivavoce.cli import main


def run(*args: str) -> int:
    """The command line, as a user would call it; its exit code."""
    try:
        main([*args])
    except SystemExit as e:
        return int(e.code or 0)
    return 0


if __name__ == "__main__":
    example = sys.argv[1]
    code = run("build", example) or run("book", example, "--to", "pdf")
    if code or os.environ.get("NO_SERVE") == "1":
        print(f"The site is in {Path(example) / 'out' / 'site' / 'index.html'}")
        sys.exit(code)
    sys.exit(run("serve", "--site", example))
