"""Nothing that is withheld stands in any output, in any form: planted words are looked for in every byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaks import leaks, tree
from projects import make
from vivavoce import binding, build, cli, desk, reviewing
from vivavoce.engines import names
from vivavoce.exporting import export
from vivavoce.model import CHANNELS, Channel
from vivavoce.project import Project, open_project
from vivavoce.site import cards

DAY = "2031-05-09"

EMBARGOED = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Tamsin Quillimore, tell us of the Wendlecote raid, and of the flood.

00:00:05.500 --> 00:00:16.000
<v Tamsin Quillimore>Seventy-seven barrels of zembric went through the mill in the flood, and Brockalby paid for it all.

00:00:16.500 --> 00:00:26.000
<v Tamsin Quillimore>They filmed it for Thrumwick Rising, season 9, which 31 million people watched in November 1952.
"""

REDACTED = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Rose Penhale, what do you remember of the flood at the mill?

00:00:05.500 --> 00:00:18.000
<v Rose Penhale>I carried twelve lanterns through the flood to the mill. My brother drank glothwort from the bottle
in the vestry. The water took the mill wheel at four.

00:00:18.500 --> 00:00:30.000
<v Rose Penhale>We stood on the mill roof until the boats came at dawn, and nobody had counted the lanterns.
"""

OTHER_NAME = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Ysolde Marchbanks, how did the flood come to you?

00:00:05.500 --> 00:00:18.000
<v Ysolde Marchbanks>At the mill in the flood I saw nine lanterns, and I called, it is me, Marchbanks, open up.

00:00:18.500 --> 00:00:30.000
<v Ysolde Marchbanks>Rose Penhale opened the door of the mill, and at five the wheel went with the water.
"""

WITHDRAWN = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Corwin Haldrake, where were you when it flooded?

00:00:05.500 --> 00:00:18.000
<v Corwin Haldrake>I held the pluverine key to the mill, and we had fifteen lanterns with us in the flood.

00:00:18.500 --> 00:00:30.000
<v Corwin Haldrake>The wheel of the mill broke at six, and the drossel gate behind it with a snarrowing sound.
"""

SHOWN = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Ned Tolliver, who else came to the mill?

00:00:05.500 --> 00:00:18.000
<v Ned Tolliver>Everybody came to the mill that night of the flood with lanterns, twelve of them, and somebody
called until the door was opened.
"""

ARTICLE = """The night the mill flooded

By Hanne Oort

The mill flooded in November. “I held the pluverine key to the mill,” said Corwin Haldrake, the sluice
keeper. “We had fifteen lanterns.”

“The water took the wheel at four, and nobody slept that night at all,” said Rose Penhale, the miller.

“There were nine lanterns and I saw every one of them,” Ysolde Marchbanks said.
"""

# Short cuttings, saved with a line's end in the middle of what somebody said.
BROKEN = {
    "press/steps.txt": "Corwin Haldrake, the keeper, said: “I hid it under the\nvexillary steps.” The mill flooded.",
    "press/ledger.txt": "“I kept the mill's own\nquarrender ledger dry in the flood,” said Corwin Haldrake.",
    "press/cask.md": '"I rolled the mill\'s\nosmunder cask through the flood," said\nCorwin Haldrake, the keeper.',
    "press/notes.txt": "Corwin Haldrake told how he had heard the\ngrindlewick bell before the mill went.",
    "press/double.txt": "Corwin Haldrake said: “I heard the mill.\n\nThe tamborell chain went in the flood.”",
    "press/door.txt": '"At the mill they called to me, Ysolde\nMarchbanks, to come," said Ysolde\nMarchbanks.',
    "press/hill.txt": "“The flood took the mill and the\none who hid ruddlestone in the\nsack,” said Rose Penhale.",
}
BROKEN |= {path.replace("press/", "press/crlf-"): text.replace("\n", "\r\n") for path, text in BROKEN.items()}
CUT = '[[rights]]\nwhat = "span"\nwords = "who hid ruddlestone in the sack"\n'

SETTINGS = """v = 1
title = "The flood"
introduction = "How the mill went under."

[[people]]
name = "Corwin Haldrake"
died = "2029-02-03"
roles = [{ kind = "job", title = "drossel warden" }]

[[people]]
name = "Ysolde Marchbanks"
declined = true

[[people]]
name = "Tamsin Quillimore"

[[works]]
title = "Thrumwick Rising"
kind = "series"

[[works]]
title = "The mill"
kind = "place"

[site]
address = "https://flood.example/"
"""

EMBARGO = 'title = "Kettlefold, a talk"\n[[rights]]\nwhat = "source"\nuntil = 2040-01-01\n'
REDACTION = '[[rights]]\nwhat = "span"\nwords = "My brother drank glothwort from the bottle in the vestry."\n'
PICTURE = 'credit = "Ned Tolliver"\nlicence = "by permission"\nalt = "{alt}"\ncaption = "{caption}"\nof = {of}\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><text>{0}</text></svg>'

PLANTED = {
    "an embargoed interview": ["quillimore", "tamsin", "wendlecote", "zembric", "brockalby", "thrumwick", "kettlefold"],
    "a redacted span": ["glothwort", "vestry"],
    "somebody under another name": ["ysolde", "marchbanks"],
    "words that a line's end breaks": [
        "vexillary",
        "quarrender",
        "osmunder",
        "grindlewick",
        "tamborell",
        "ruddlestone",
    ],
    "withdrawn consent": ["pluverine", "drossel", "snarrowing", "fifteen lanterns", "lost papers"],
}
NAME = ["haldrake", "corwin"]
"""Of whom consent was withdrawn; the name may stand where others say it, so that no other says it here."""


def _files(folder: Path) -> Path:
    sources = {
        "talks/quillimore-kettlefold.vtt": EMBARGOED,
        "talks/quillimore-kettlefold.toml": EMBARGO,
        "talks/rose.vtt": REDACTED,
        "talks/rose.toml": REDACTION,
        "talks/marchbanks.vtt": OTHER_NAME,
        "talks/marchbanks.toml": 'title = "Ysolde Marchbanks in her kitchen"\naddress = "https://example.org/marchbanks"\n',
        "talks/haldrake.vtt": WITHDRAWN,
        "talks/haldrake.toml": 'title = "With Corwin Haldrake"\nlicence = "Haldrake estate"\n',
        "talks/ned.vtt": SHOWN,
        "press/flood.txt": ARTICLE,
        **BROKEN,
        **{f"press/{name}.toml": CUT for name in ("hill", "crlf-hill")},
    }
    home = make(folder / "flood", sources, SETTINGS)
    pictures = home / "pictures"
    pictures.mkdir()
    for name, alt, caption, of, words in (
        ("marchbanks", "A woman", "At the door", '["Ysolde Marchbanks"]', "door"),
        ("wheel", "The wheel", "The zembric wheel", "[]", "wheel"),
        ("key", "A key", "The key", '["Corwin Haldrake"]', "key"),
        ("label", "A bottle", "A bottle", "[]", "glothwort"),
        ("mill", "The mill", "The mill", '["The mill"]', "mill"),
    ):
        (pictures / f"{name}.svg").write_text(SVG.format(words), "utf-8")
        (pictures / f"{name}.toml").write_text(PICTURE.format(alt=alt, caption=caption, of=of), "utf-8")
    return home


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = open_project(_files(tmp_path_factory.mktemp("leaks")))
    build.update(made)
    desk.pseudonym(made, "Ysolde Marchbanks", "Klara Benn", "Ada")
    desk.withhold(made, "person", "Corwin Haldrake", "", (), "the lost papers of Haldrake", "Ada")
    build.update(made)
    binding.draft(made, DAY, every=True)
    text = made.arrangement.read_text("utf-8")
    made.arrangement.write_text(text + "\n\n![The mill](pictures/mill.svg)\n", "utf-8")
    return made


def _every(words: dict[str, list[str]]) -> list[str]:
    return [w for some in words.values() for w in some] + NAME


def test_the_words_are_there_before(project: Project) -> None:
    """What is looked for stands in the archive, and the moments and the book hold those who may be shown."""
    whole = build.everything(project, DAY)[0]
    every = " ".join([*(s.text + s.path + s.title for s in whole.sources), *(p.name for p in whole.people)]).casefold()
    assert [w for w in _every(PLANTED) if w not in every and w != "lost papers"] == []
    drafted = project.arrangement.read_text("utf-8")
    assert "Rose Penhale" in drafted and "Klara Benn" in drafted and "Ned Tolliver" in drafted


def test_no_draft_tells(project: Project) -> None:
    assert leaks(iter([("book.md", project.arrangement.read_bytes())]), _every(PLANTED)) == []


def test_no_byte_of_the_site_tells(project: Project) -> None:
    site, _ = build.publish(project, DAY)
    assert leaks(tree(site), _every(PLANTED)) == []
    assert any(path.startswith("search") or "pagefind" in path for path, _ in tree(site))
    pictures = [path for path, _ in tree(site) if path.endswith(".svg")]
    assert any("mill" in p for p in pictures)


@pytest.mark.parametrize("to", ["pdf", "epub", "docx", "html"])
def test_no_byte_of_an_edition_tells(project: Project, to: str) -> None:
    bound = binding.bind(project, DAY, to)
    files = [Path(bound.file), project.out / f"book.{to}.manifest.json"]
    assert leaks(((f.name, f.read_bytes()) for f in files), _every(PLANTED)) == []
    assert leaks(iter([(to, " ".join(bound.told).encode())]), _every(PLANTED)) == []
    assert bool(leaks(((f.name, f.read_bytes()) for f in files), ["Penhale"]))


@pytest.mark.parametrize("who", ["Rose Penhale", "Ysolde Marchbanks", "Ned Tolliver"])
def test_no_byte_of_what_a_narrator_is_sent_tells(project: Project, who: str) -> None:
    path, passages = reviewing.pack(project, who, DAY)
    assert passages
    assert leaks(tree(path.parent), _every(PLANTED)) == []


def test_no_card_tells(project: Project) -> None:
    """The pictures that are sent with a link to a page: what is set on them, and no others lie in the site."""
    found = cards.cards(build.history(project, "site", DAY))
    assert leaks(iter([("cards", msgspec.json.encode(found))]), _every(PLANTED)) == []
    assert any("Rose Penhale" in c.by for c in found.values())
    site, _ = build.publish(project, DAY)
    laid = {path for path, _ in tree(site) if path.startswith("cards/")}
    assert laid and laid <= {c.path for c in found.values()}
    drawn = cards.drawing(list(found.values()), "en", "pdf")
    assert leaks(iter([("cards.pdf", drawn)]), _every(PLANTED)) == []
    assert leaks(iter([("cards.pdf", drawn)]), ["penhale"]) != []


@pytest.mark.parametrize("form", names("export"))
def test_no_byte_of_an_export_tells(project: Project, form: str) -> None:
    folder, _ = export(project, DAY, form)
    assert leaks(tree(folder), _every(PLANTED)) == []


LISTED = [
    *(("quotes",), ("people",), ("moments",), ("traces",), ("sources",)),
    *(("works",), ("works", "--facts"), ("works", "--times")),
]


@pytest.mark.parametrize("command", LISTED, ids=" ".join)
@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_no_listing_tells(
    project: Project, command: tuple[str, ...], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([command[0], project.home, *command[1:], "--on", DAY, *filter(None, [form])])
    told = capsys.readouterr()
    assert leaks(iter([("out", told.out.encode()), ("err", told.err.encode())]), _every(PLANTED)) == []


@pytest.mark.parametrize("form", ["", "--json"])
def test_no_explanation_tells(project: Project, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = build.history(project, "workbench", DAY)
    asked = [("quotes", q.id) for q in shown.quotes] + [("moments", m.id) for m in shown.moments]
    for command, what in asked:
        with pytest.raises(SystemExit):
            cli.main([command, project.home, "--explain", what, "--on", DAY, *filter(None, [form])])
    told = capsys.readouterr()
    assert told.out
    assert leaks(iter([("out", told.out.encode()), ("err", told.err.encode())]), _every(PLANTED)) == []


def test_nothing_is_found_by_what_is_withheld(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for word in [*_every(PLANTED), "lanterns", "mill", "water"]:
        for form in ("--json", "--csv"):
            with pytest.raises(SystemExit):
                cli.main(["search", word, project.home, form, "--on", DAY])
            out = capsys.readouterr().out
            assert leaks(iter([("out", out.encode())]), _every(PLANTED)) == []
            assert word in ("lanterns", "mill", "water") or out.count("\n") <= (form == "--csv")


# --- any project, any rules --------------------------------------------------------------------------------

SPEAKERS = ["Zarnia Quost", "Pellow Drisk", "Umbra Vantile"]
DAYS = ["2030-12-31", "2031-05-09", "2031-12-31", "2032-01-01"]
UNTIL = ["", "permission", "2031", "2031-05", "2031-05-09", "2031-05-10", "2032-01-01", "2031-02-30", "soon"]


class Rule(NamedTuple):
    """A restriction as it is written, and which turns (source, number) it is about."""

    what: str
    of: str
    channels: tuple[str, ...]
    until: str
    turns: frozenset[tuple[int, int]]


def _word(source: int, turn: int) -> str:
    return f"qx{'abcdefgh'[source]}{'klmnopqr'[turn]}vor"


@st.composite
def _projects(draw: st.DrawFn) -> tuple[list[list[int]], list[Rule]]:
    """Who speaks in each turn of each source, and the rules."""
    talks = draw(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=4), min_size=1, max_size=4))
    every = [(s, t) for s, talk in enumerate(talks) for t in range(len(talk))]
    rules = []
    for _ in range(draw(st.integers(1, 3))):
        what = draw(st.sampled_from(["source", "person", "span", "folder"]))
        source, turn = draw(st.sampled_from(every))
        who = talks[source][turn]
        meant = {
            "source": [p for p in every if p[0] == source],
            "person": [p for p in every if talks[p[0]][p[1]] == who],
            "span": [(source, turn)],
            "folder": every,
        }[what]
        of = {"source": f"talk{source}.vtt", "person": SPEAKERS[who], "span": str(source), "folder": "talks"}[what]
        channels = tuple(draw(st.lists(st.sampled_from(CHANNELS), max_size=3, unique=True)))
        rules.append(Rule(what, of, channels, draw(st.sampled_from(UNTIL)), frozenset(meant)))
    return talks, rules


def _holds(rule: Rule, channel: str, day: str) -> bool:
    """What docs/rights.md says of a rule, once more."""
    if rule.channels and channel not in rule.channels:
        return False
    ends = {"2031": "2032-01-01", "2031-05": "2031-06-01"}.get(rule.until, rule.until)
    known = ends in ("2031-05-09", "2031-05-10", "2032-01-01", "2031-06-01")
    return not known or day < ends


def _toml(rule: Rule, words: str = "") -> str:
    rows = ["[[rights]]", f'what = "{"source" if rule.what == "folder" else rule.what}"']
    rows += [f'words = "{words}"'] if words else [f'of = "{rule.of}"']
    rows += [f"channels = {list(rule.channels)}".replace("'", '"')] if rule.channels else []
    rows += [f'until = "{rule.until}"'] if rule.until else []
    return "\n".join(rows) + "\n"


def _random(folder: Path, talks: list[list[int]], rules: list[Rule]) -> Project:
    sources = {}
    for n, talk in enumerate(talks):
        cues = (
            f"00:0{t}:01.000 --> 00:0{t}:05.000\n<v {SPEAKERS[who]}>The {_word(n, t)} stood by the gate, {1901 + t}.\n"
            for t, who in enumerate(talk)
        )
        sources[f"talks/talk{n}.vtt"] = "WEBVTT\n\n" + "\n".join(cues)
        mine = [r for r in rules if r.what == "span" and r.of == str(n)]
        spans = (_toml(r, f"The {_word(*next(iter(r.turns)))} stood by the gate") for r in mine)
        sources[f"talks/talk{n}.toml"] = f'title = "Talk {n}"\n' + "".join(spans)
    written = "".join(_toml(r) for r in rules if r.what != "span")
    made = open_project(make(folder, sources, 'v = 1\ntitle = "The gate"\n' + written))
    assert build.update(made).problems == ()
    return made


def _held_to_the_rules(talks: list[list[int]], rules: list[Rule], day: str, whole: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = _random(Path(folder) / "gate", talks, rules)
        for channel in CHANNELS:
            held = [r for r in rules if _holds(r, channel, day)]
            away = [_word(*turn) for r in held for turn in r.turns]
            away += [part for r in held if r.what == "person" for part in r.of.split()]
            outputs = dict(_channelled(made, channel, day, whole))
            assert leaks(iter(outputs.items()), away) == []
            kept = {_word(s, t) for s, talk in enumerate(talks) for t in range(len(talk))} - set(away)
            assert held or [w for w in kept if w.encode() not in outputs["history"]] == []


def _channelled(made: Project, channel: Channel, day: str, whole: bool) -> Iterator[tuple[str, bytes]]:
    """What a channel gives: the history that every writer is given, and what they make of it."""
    yield "history", msgspec.json.encode(build.history(made, channel, day))
    if channel == "export":
        for form in names("export"):
            yield from tree(export(made, day, form)[0])
    if channel == "book":
        path, _ = binding.draft(made, day, every=True)
        if path:
            yield path.name, path.read_bytes()
    if channel == "site" and whole:
        yield from tree(build.publish(made, day)[0])


@given(_projects(), st.sampled_from(DAYS))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_rules_no_channel_tells(given_: tuple[list[list[int]], list[Rule]], day: str) -> None:
    _held_to_the_rules(*given_, day)


@pytest.mark.soak
@given(_projects(), st.sampled_from(DAYS))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_rules_no_channel_tells_at_length(given_: tuple[list[list[int]], list[Rule]], day: str) -> None:
    _held_to_the_rules(*given_, day, whole=True)
