"""Somebody who is shown under another name: no file, listing or index tells their own."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from projects import lines, make
from vivavoce import desk
from vivavoce.build import everything, found, history, publish, update
from vivavoce.decisions import read, standing
from vivavoce.errors import UsageError
from vivavoce.model import WITHHELD, History, Media, Person, Restriction, Source, reads
from vivavoce.project import Project, open_project
from vivavoce.rights import published
from vivavoce.rights.mentions import disguise, hidden, mentions

DAY = "2031-05-09"

INTERVIEW = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Ondine Varga, you ran the night desk. What did the others call you?

00:00:05.500 --> 00:00:14.000
<v Ondine Varga>Everybody said Varga, or Ondi when my mother rang. I counted nine lamps on the quay that night.

00:00:14.500 --> 00:00:20.000
<v Ondine Varga>Then the strike committee came up the stairs with the ledger and two wet dogs.
"""

OTHER = """TESS HARKER: Ms. Varga counted the lamps with me, and there were twelve lamps on the quay.

O. VARGA: I never said twelve.

TESS HARKER: Ondine’s ledger says so. VARGA, it says on the cover; the Vargas were proud of it.

TESS HARKER: Mail went to ondine.varga@example.org.
"""

ARTICLE = """Night desk clerk Varga recalls the strike

By Bram Oake

“There were nine lamps on the quay,” said Ondine Varga, who ran the night desk. “I had the ledger,” Varga added.

Ondine Várga-Holt is what the parish book calls her.
"""

SIDECAR = 'title = "Ondine Varga at her kitchen table"\naddress = "https://example.org/varga-at-home"\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    given = {
        "talks/ondine-varga.vtt": INTERVIEW,
        "talks/ondine-varga.toml": SIDECAR,
        "talks/tess.txt": OTHER,
        "press/varga-and-the-strike.txt": ARTICLE,
    }
    settings = 'v = 1\ntitle = "The strike, and Ondine Varga"\n[[people]]\nname = "Ondine Varga"\naliases = ["Ondi"]\n'
    opened = open_project(make(tmp_path / "strike", given, settings))
    update(opened)
    return opened


def decided(project: Project) -> Project:
    desk.pseudonym(project, "Ondine Varga", "Klara Benn", "Ada")
    whole = everything(project, DAY)[0]
    moment = next(m for m in whole.moments if any(a.person and a.person.name == "Ondine Varga" for a in m.accounts))
    desk.note(project, moment.id, "Varga wrote this down at once.", "Ada")
    desk.correct(project, "tess.txt", "proud of it", "proud of Ondine", "Ada")
    assert update(project).reviews == ()
    return project


TELLS = (b"ondine", b"varga", b"ondi ", "várga".encode())


def told(data: bytes) -> list[bytes]:
    """Which forms of the name stand in bytes, whatever their case."""
    plain = data.decode("utf-8", "ignore").casefold().encode()
    return [form for form in TELLS if form in plain]


def test_no_byte_of_the_name_is_on_the_site(project: Project) -> None:
    site, _ = publish(decided(project), DAY)
    files = [f for f in sorted(site.rglob("*")) if f.is_file()]
    assert [f.relative_to(site).as_posix() for f in files if told(f.relative_to(site).as_posix().encode())] == []
    for f in files:
        data = f.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        assert told(data) == [], f
    person = (site / "people" / "klara-benn.html").read_text("utf-8")
    assert "Klara Benn" in person
    assert "nine lamps on the quay" in person
    assert "Everybody said Benn, or Klara when my mother rang." in person
    pages = " ".join(f.read_text("utf-8") for f in files if f.suffix == ".html")
    assert "Ms. Benn counted the lamps with me" in pages
    assert "the strike, and klara benn" in pages.casefold()
    assert "One name is withheld" in pages
    assert "[withheld]" not in person


def listed(home: str, *command: str) -> bytes:
    run = [sys.executable, "-m", "vivavoce", *command[:1], home, *command[1:]]
    done = subprocess.run(run, capture_output=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_listing_tells_the_name(project: Project) -> None:
    home = decided(project).home
    for command in ("quotes", "people", "moments", "traces", "sources"):
        for form in ("--json", "--csv"):
            assert told(listed(home, command, form)) == [], (command, form)
    assert told(listed(home, "quotes", "--json", "--explain", "nine lamps on the quay")) == []
    assert any(p["name"] == "Klara Benn" for p in lines(listed(home, "people", "--json").decode()))


def test_nothing_is_found_by_the_name_and_all_by_the_other_words(project: Project) -> None:
    decided(project)
    assert found(project, "Varga", DAY, 20) == []
    assert found(project, "Ondine", DAY, 20) == []
    hits = found(project, "counted the lamps", DAY, 20)
    assert hits
    assert told(json.dumps([str(h) for h in hits]).encode()) == []
    assert any("Benn [counted] [the] [lamps]" in h.marked for h in hits)


def test_every_line_still_stands_in_its_source(project: Project) -> None:
    from vivavoce.check import faults

    decided(project)
    publish(project, DAY)
    assert [f for f in faults(project, DAY, update(project)) if f.fails] == []
    for channel in ("site", "book", "export", "search", "ai", "workbench"):
        shown = history(project, channel, DAY)
        assert told(str(shown).encode()) == [], channel
        whole = {s.text_hash: s for s in everything(project, DAY)[0].sources}
        assert len({len(s.text) for s in shown.sources} ^ {len(s.text) for s in whole.values()}) == 0


def test_undone_the_name_is_back(project: Project) -> None:
    before = history(project, "site", DAY)
    desk.pseudonym(project, "Ondine Varga", "Klara Benn", "Ada")
    update(project)
    desk.undo(project, standing(read(project.journal))[0].id, "Ada")
    update(project)
    assert history(project, "site", DAY) == before


def test_somebody_who_is_also_withheld_is_neither_heard_nor_named(project: Project) -> None:
    decided(project)
    desk.withhold(project, "person", "Ondine Varga", "", (), "", "Ada")
    update(project)
    shown = history(project, "site", DAY)
    assert told(str(shown).encode()) == []
    assert "Klara Benn" not in {p.name for p in shown.people}


def test_a_pseudonym_without_a_name_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="is a name"):
        desk.pseudonym(project, "Ondine Varga", " — ", "Ada")


# --- mentions ----------------------------------------------------------------------------------------------


def looked_for(*others: str, text: str = "", name: str = "Ondine Varga", to: str = "Klara Benn"):
    people = tuple(Person(str(n), other) for n, other in enumerate(others))
    whole = History("t", DAY, (Source("a", "press", "txt", text=text),), people=people)
    return disguise([(Person("p", name, ("Ondi",)), to)], whole)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ondine Varga came. Varga’s lamp. ONDINE!", "Klara Benn came. Benn’s lamp. KLARA!"),
        ("Ondine J. Varga, Varga, Ondine", "Klara Benn, Benn, Klara"),
        ("the Vargas and Ondi", "the Benn and Klara"),
        ("talks/ondine_varga-2.vtt", "talks/klara-benn-2.vtt"),
        ("https://x.org/ovarga", "https://x.org/klarabenn"),
        ("#OndineVarga", "#KlaraBenn"),
        ("O\u00adndine V\u00e1rga", "Klara Benn"),
        ("ondine varga said it", "klara benn said it"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_every_form_of_a_name_becomes_the_other(text: str, shown: str) -> None:
    assert hidden(text, looked_for(text="Varga. Ondine.")) == shown


def test_a_first_name_that_another_has_too_is_blacked_out_unless_it_is_plainly_theirs() -> None:
    names = looked_for("Ondine Holt")
    assert hidden("Ondine Holt met Ondine, and Varga.", names) == f"Ondine Holt met {WITHHELD * 6}, and Benn."


def test_a_relative_has_the_other_surname_too() -> None:
    assert hidden("Tom Varga", looked_for("Tom Varga")) == "Tom Benn"


def test_a_name_that_is_a_common_word_is_one_with_a_capital_only() -> None:
    text = "The bell rang. A bell, and another bell. Mary Bell rang it. We heard the bells of Belling."
    names = looked_for(text=text, name="Mary Bell", to="Ann Roe")
    assert hidden(text, names) == text.replace("Mary Bell", "Ann Roe")
    loud = text.lower()
    assert "bell" not in [loud[m.start : m.end] for m in mentions("the " + text, names) if m.to == ""]


def test_a_text_without_capitals_hides_every_form() -> None:
    text = "so varga came up the stairs and ondine laughed"
    names = looked_for(text=text + " Varga")
    assert [text[m.start : m.end] for m in mentions(text, names)] == ["varga", "ondine"]


def test_who_is_not_found_for_certain_is_withheld_and_not_renamed() -> None:
    one = Source("a.txt", "press", "txt", text="Varga said so.")
    whole = History("t", DAY, (one,), people=(Person("varga", "Varga"),))
    shown = published(whole, "site", rules=(Restriction("person", "Varga", called="Benn"),))
    assert shown.people == ()
    (told_,) = published(whole, "site", rules=(Restriction("person", "varga", called="Benn"),)).sources
    assert reads(told_, 0, 14) == "Benn said so."


def test_two_who_share_a_surname_and_are_both_shown_under_other_names() -> None:
    people = (Person("a", "Ondine Varga"), Person("b", "Tom Varga"))
    names = disguise([(people[0], "Klara Benn"), (people[1], "Jan Roe")], History("t", DAY, people=people))
    assert hidden("Tom Varga, Ondine Varga, Varga", names) == f"Jan Roe, Klara Benn, {WITHHELD * 5}"


def test_a_noun_by_which_somebody_goes_is_no_name() -> None:
    clerk = Person("a", "Ondine Varga", aliases=("the night clerk",))
    names = disguise([(clerk, "Klara Benn")], History("t", DAY))
    assert hidden("Every night clerk knew the night clerk.", names) == "Every night clerk knew the night clerk."


def test_a_recording_in_which_the_name_can_be_heard_is_not_published() -> None:
    sound = (Media("talk.wav"),)
    named = Source("a.txt", "transcript", "txt", text="A: Varga said so.", media=sound)
    other = Source("b.txt", "transcript", "txt", text="A: Nobody said so.", media=(Media("b.wav"),))
    whole = History("t", DAY, (named, other), people=(Person("varga", "Varga"),))
    shown = published(whole, "site", rules=(Restriction("person", "varga", called="Benn"),))
    assert [s.media for s in shown.sources] == [(), (Media("b.wav"),)]
