"""Turns that a transcript runs together or cuts in two: a layer over who speaks, that moves no word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import make, tree
from vivavoce import decisions, desk
from vivavoce.build import history, publish, update
from vivavoce.decisions import Decision, turn_decision, turned
from vivavoce.errors import UsageError
from vivavoce.model import Quote, Source, Span, Turn, digest
from vivavoce.project import Project, open_project

DAY = "2031-05-09"
AT = "2031-05-09T10:00:00Z"

# The machine that wrote it down heard three voices, and drew the line between the first two in the wrong place.
RUN_TOGETHER = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v SPEAKER_00>Where were you when the weir went? Up on the malt loft with my father.

00:00:05.000 --> 00:00:09.000
He counted the sacks out loud, and we watched them float off. Did nobody shout?

00:00:09.000 --> 00:00:15.000
<v SPEAKER_01>Nobody could have heard it. The water was the loudest thing

00:00:15.000 --> 00:00:19.000
<v SPEAKER_02>that I have ever stood beside.
"""
SIDECAR = 'v = 1\ninterviewer = ["Nora Pell"]\n[speakers]\nSPEAKER_00 = "Nora Pell"\nSPEAKER_01 = "Ada Holm"\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(make(tmp_path / "weir", {"talks/weir.vtt": RUN_TOGETHER, "talks/weir.toml": SIDECAR}))


def told(project: Project) -> list[tuple[str, str, bool]]:
    """Who says what, and whether it asks."""
    update(project)
    return [(q.person.name if q.person else "", q.text, q.asks) for q in history(project, "site", DAY).quotes]


def set_right(project: Project) -> None:
    desk.turn(project, "weir.vtt", "Up on the malt loft", "Ada Holm", "np")
    desk.turn(project, "weir.vtt", "Did nobody shout?", "Nora Pell", "np")
    desk.join(project, "weir.vtt", "that I have ever", "np")


def test_a_transcript_with_the_lines_in_wrong_places_is_set_right(project: Project) -> None:
    set_right(project)
    assert told(project) == [
        ("Nora Pell", "Where were you when the weir went?", True),
        (
            "Ada Holm",
            "Up on the malt loft with my father. He counted the sacks out loud, and we watched them float off.",
            False,
        ),
        ("Nora Pell", "Did nobody shout?", True),
        (
            "Ada Holm",
            "Nobody could have heard it. The water was the loudest thing that I have ever stood beside.",
            False,
        ),
    ]
    assert history(project, "workbench", DAY).quotes[1].engine == "person"


def test_what_is_undone_is_as_if_it_had_never_been(project: Project) -> None:
    before, site = told(project), tree(publish(project, DAY)[0])
    set_right(project)
    assert told(project) != before
    for row in decisions.read(project.journal).decisions:
        desk.undo(project, row.id, "np")
    assert told(project) == before
    assert tree(publish(project, DAY)[0]) == site


def test_words_in_the_middle_are_somebody_elses_alone(project: Project) -> None:
    desk.turn(project, "weir.vtt", "Up on the malt loft with my father.", None, "np", alone=True)
    assert [(who, words[:12]) for who, words, _ in told(project)][:3] == [
        ("Nora Pell", "Where were y"),
        ("", "Up on the ma"),
        ("Nora Pell", "He counted t"),
    ]


def test_the_site_and_the_times_follow(project: Project) -> None:
    set_right(project)
    update(project)
    shown = history(project, "site", DAY)
    times = [q.time for q in shown.quotes]
    assert [t[1] > t[0] for t in times if t] == [True] * 4
    assert [t[0] for t in times if t] == sorted(t[0] for t in times if t)
    [page] = [p.read_text("utf-8") for p in publish(project, DAY)[0].glob("sources/*weir*.html")]
    assert page.count('class="turn') == 4


def test_offsets_ids_and_decisions_elsewhere_stay(project: Project) -> None:
    desk.speaker(project, "Nobody could have heard it", "Ada Holm", "np")
    update(project)
    before = history(project, "workbench", DAY)
    desk.turn(project, "weir.vtt", "Up on the malt loft", "Ada Holm", "np")
    update(project)
    after = history(project, "workbench", DAY)
    assert after.sources[0].text == before.sources[0].text
    assert {q.id for q in before.quotes[1:]} <= {q.id for q in after.quotes}


def test_a_decision_on_a_turn_follows_its_words_and_is_listed_when_they_are_gone(project: Project) -> None:
    set_right(project)
    file = Path(project.sources) / "talks/weir.vtt"
    file.write_text(RUN_TOGETHER.replace("Where were you", "Right. Now tell me, where were you"), "utf-8")
    assert [who for who, _, _ in told(project)] == ["Nora Pell", "Ada Holm", "Nora Pell", "Ada Holm"]
    file.write_text(RUN_TOGETHER.replace("Did nobody shout?", ""), "utf-8")
    built = update(project)
    assert [(r.type, r.applied) for r in built.reviews if not r.applied] == [("turn", False)]


def test_what_was_set_apart_and_then_joined_is_one_again(project: Project) -> None:
    before = told(project)
    desk.turn(project, "weir.vtt", "He counted the sacks", "Ada Holm", "np")
    desk.join(project, "weir.vtt", "He counted the sacks", "np")
    assert told(project) == before


def test_what_cannot_be_is_told_in_a_sentence_and_not_written(project: Project) -> None:
    for words, why in (("Where were you", "first turn"), ("no such words", "does not stand")):
        with pytest.raises(UsageError, match=why):
            desk.join(project, "weir.vtt", words, "np")
    with pytest.raises(UsageError, match="more than one turn"):
        desk.turn(project, "weir.vtt", "the loudest thing that I have", "Ada Holm", "np")
    assert decisions.read(project.journal).decisions == ()


TYPED = """ONDINE VARGA: We had the ledger in the oven.

BRAM OAKE: In the oven?

ONDINE VARGA: In the oven, wrapped in the good cloth, all night.
"""


def test_a_joined_turn_does_not_bring_out_a_name_that_is_hidden(tmp_path: Path) -> None:
    project = open_project(make(tmp_path / "desk", {"talks/desk.txt": TYPED}))
    desk.join(project, "desk.txt", "In the oven?", "np")
    desk.join(project, "desk.txt", "wrapped in the good cloth", "np")
    desk.pseudonym(project, "Ondine Varga", "Klara Benn", "np")
    update(project)
    shown = history(project, "site", DAY)
    assert [(q.person.name, q.text.count("oven")) for q in shown.quotes if q.person] == [("Klara Benn", 3)]
    pages = tree(publish(project, DAY)[0])
    assert not [path for path, data in pages.items() if b"varga" in data.lower()]
    assert "VARGA" not in shown.sources[0].text


# --- whatever is decided -----------------------------------------------------------------------------------


def talk(lengths: list[int]) -> Source:
    """A talk of turns of so many words, of two voices by turns."""
    text, turns = "", []
    for n, count in enumerate(lengths):
        words = " ".join(f"w{n}x{k}" for k in range(count))
        start = len(text)
        label = f"{'AB'[n % 2]}: "
        text += label + words + "\n"
        spans = ((start + 3, start + 3 + len(words)),)
        turns.append(Turn("AB"[n % 2], spans, start, len(text) - 1, (n * 9.0, n * 9.0 + 9)))
    return Source("t.txt", "transcript", "txt", text=text, turns=tuple(turns), text_hash=digest(text))


DOES = st.sampled_from(["split", "alone", "join"])


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), DOES, st.sampled_from(["A", "B", "C", None])), max_size=5),
)
def test_no_word_is_lost_or_said_twice(lengths: list[int], asked: list[tuple[int, int, str, str | None]]) -> None:
    source, rows = talk(lengths), []
    now = source
    for n, (turn, word, do, name) in enumerate(asked):
        row = decided(now, turn, word, do, name, f"2031-05-09T10:00:{n:02}Z")
        rows += [row] if row else []
        now, _, reviews = turned(source, rows)
        assert reviews == ()
    said = [source.text[a:b] for t in now.turns for a, b in t.spans]
    assert " ".join(said).split() == " ".join(source.text[a:b] for t in source.turns for a, b in t.spans).split()
    assert now.text == source.text
    starts = [t.time[0] for t in now.turns if t.time]
    assert starts == sorted(starts)
    assert all(t.spans and t.start <= t.spans[0][0] and t.spans[-1][1] <= t.end for t in now.turns)


def decided(now: Source, turn: int, word: int, do: str, name: str | None, at: str) -> Decision | None:
    """A decision on the talk as it is now; None where there is nothing to decide."""
    n = turn % len(now.turns)
    start, end = now.turns[n].spans[word % len(now.turns[n].spans)]
    starts = [a for a in range(start, end) if a == start or now.text[a - 1] == " "]
    span: Span = (starts[word % len(starts)], end)
    span = (span[0], min(span[0] + 9, end)) if do == "split" else span
    return turn_decision(do, now, span, name, "np", at) if n or do != "join" else None


def test_a_turn_is_of_a_talk_and_a_quotation_of_an_article_is_none(tmp_path: Path) -> None:
    article = "“We had the ledger,” said Ada Holm. The weir went at four.\n"
    project = open_project(make(tmp_path / "press", {"press/weir.txt": article}))
    with pytest.raises(UsageError, match="one turn"):
        desk.turn(project, "press/weir.txt", "The weir went", "Ada Holm", "np")
    update(project)
    assert [type(q) for q in history(project, "site", DAY).quotes] == [Quote]


def test_words_that_are_given_to_somebody_withheld_are_withheld_with_them(project: Project) -> None:
    desk.turn(project, "weir.vtt", "Up on the malt loft", "Ada Holm", "np")
    desk.withhold(project, "person", "Ada Holm", "permission", (), "request", "np")
    update(project)
    pages = tree(publish(project, DAY)[0])
    assert any(b"Where were you when the weir went" in data for data in pages.values())
    assert not [path for path, data in pages.items() if b"malt loft" in data or b"loudest thing" in data]
