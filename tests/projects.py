"""Small invented projects that tests build."""

from __future__ import annotations

import json
from pathlib import Path

TALK = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v Nadia Brandt>Where were you on the night the boiler went?

00:00:06.500 --> 00:00:15.000
<v Ivo Lasker>On the ferry. We had eleven lamps and nine of them were dead,

00:00:15.000 --> 00:00:21.000
<v Ivo Lasker>and Petra kept singing the last verse until the harbour answered.
"""

SRT = """1
00:00:02,000 --> 00:00:07,000
Petra Vance: I sang because nobody told me to stop.

2
00:00:07,500 --> 00:00:12,000
Petra Vance: There were fourteen lamps, not eleven, and I counted them twice.
"""

ARTICLE = """The night the ferry sang

Crew remember the boiler that failed in the fog

By Hanne Oort

The boiler of the ferry Corrie failed on 3 November 1986, in thick fog.

“We had fourteen lamps,” said Petra Vance, who sang on deck for three hours. “I counted them twice.”

Ivo Lasker, then the second engineer, remembers it otherwise. “Eleven, and nine of them were dead,” he said.

According to Lasker, the harbour answered at four in the morning.
"""

DIALOGUE = """[00:00:03] NADIA BRANDT: Did anybody sleep?

[00:00:06] WIM OORT: Nobody slept. The captain said the fog would lift by two, and at two he said four.

[00:00:20] WIM OORT: When the harbour horn came, we thought it was Petra again.
"""


def files(count: int = 4) -> dict[str, str]:
    """The sources of a small project, `count` of them, by path."""
    given = {"talks/ivo.vtt": TALK, "talks/petra.srt": SRT, "press/night.txt": ARTICLE, "talks/wim.txt": DIALOGUE}
    for n in range(4, count):
        given[f"more/talk{n:03}.vtt"] = TALK.replace("eleven lamps", f"{n} lamps")
    return dict(list(given.items())[:count])


def make(folder: Path, given: dict[str, str] | None = None, settings: str = 'v = 1\ntitle = "The Corrie"\n') -> Path:
    """Write a project with these sources; its folder."""
    for path, text in (given if given is not None else files()).items():
        file = folder / "sources" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "vivavoce.toml").write_text(settings, "utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def lines(printed: str) -> list[dict]:
    """What `--json` printed."""
    return [json.loads(line) for line in printed.splitlines()]
