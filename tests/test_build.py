"""The whole way: an incremental build equals a clean one, and stopping it at any moment loses nothing."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.json import decode as json_decode

from projects import ARTICLE, TALK, files, make, tree
from vivavoce import archive, build, decisions, traces
from vivavoce.accounts import kept
from vivavoce.build import everything as everything_there
from vivavoce.build import found, history, publish, update
from vivavoce.listing import quotations
from vivavoce.model import Cast
from vivavoce.project import open_project

DAY = "2026-03-01"
ENV = {**os.environ, "PYTHONHASHSEED": "random"}


def built(folder):
    project = open_project(folder)
    done = update(project)
    publish(project, DAY)
    return done


def everything(folder):
    """All that a build gives: the site's bytes, and what the listings are made of."""
    project = open_project(folder)
    shown = history(project, "export", DAY)
    listings = json.dumps([repr(v) for v in (shown.quotes, shown.people, shown.moments)])
    return tree(folder / "out"), listings


def clean(folder, tmp_path):
    """The same project built from nothing, elsewhere."""
    other = tmp_path / "clean" / folder.name
    shutil.rmtree(other.parent, ignore_errors=True)
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("out", ".vivavoce"))
    built(other)
    return everything(other)


def test_a_second_build_reads_nothing_and_changes_nothing(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    before = {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*")}
    again = built(folder)
    assert (again.read, again.changed) == (0, False)
    assert {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*")} == before


def test_only_the_changed_source_is_read_again(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    (folder / "sources/talks/ivo.vtt").write_text(TALK.replace("nine", "ten"))
    assert built(folder).read == 1


def test_another_recording_of_the_same_size_and_time_takes_the_place_of_the_one_on_the_site(tmp_path):
    folder = make(tmp_path / "corrie")
    tape = folder / "sources/talks/ivo.mp3"
    tape.write_bytes(b"ID3" + b"one take" * 40)
    built(folder)
    was = tape.stat()
    tape.write_bytes(b"ID3" + b"another!" * 40)
    os.utime(tape, ns=(was.st_atime_ns, was.st_mtime_ns))
    built(folder)
    assert everything(folder) == clean(folder, tmp_path)


CHANGES = ["add", "edit", "word", "remove", "rename", "sidecar", "decide", "moment", "person", "break", "settings"]


def change(folder, kind, r):
    sources = sorted(p for p in (folder / "sources").rglob("*") if p.is_file() and p.suffix != ".toml")
    chosen = r.choice(sources) if sources else None
    if kind == "add":
        (folder / "sources" / f"extra{r.randrange(1000)}.txt").write_text(ARTICLE.replace("fourteen", "fifteen"))
    elif kind == "edit" and chosen:
        chosen.write_text("A word above.\n\n" + chosen.read_text("utf-8", "replace"), "utf-8")
    elif kind == "word" and chosen:
        chosen.write_bytes(chosen.read_bytes().replace(b"eleven", b"twelve").replace(b"Petra", b"Paula"))
    elif kind == "remove" and chosen:
        chosen.unlink()
    elif kind == "rename" and chosen:
        chosen.rename(chosen.with_name("renamed-" + chosen.name))
    elif kind == "sidecar" and chosen:
        chosen.with_suffix(".toml").write_text(f'title = "Named anew {r.randrange(9)}"\ndate = "1999-04-02"\n')
    elif kind == "break" and chosen:
        chosen.write_bytes(b"\x00\x01\x02" * 40)
    elif kind == "settings":
        known = r.choice(["", '[[people]]\nname = "Petra Vance"\naliases = ["the captain", "Lasker"]\n'])
        (folder / "vivavoce.toml").write_text(f'title = "The Corrie, again {r.randrange(9)}"\n{known}')
    elif kind == "decide":
        decide(folder, r)
    elif kind in ("moment", "person"):
        tell(folder, r, kind)


def decide(folder, r):
    shown = history(open_project(folder), "workbench", DAY)
    press = [q for q in shown.quotes if q.kind != "turn"]
    if press:
        q = r.choice(press)
        source = next(s for s in shown.sources if s.path == q.source)
        at = f"2026-01-01T00:00:{r.randrange(60):02}Z"
        kind = r.choice(["speaker", "not-a-quotation"])
        row = decisions.quote_decision(kind, q, source, "Wim Oort" if kind == "speaker" else None, "ed", at)
        decisions.append(folder / "decisions.jsonl", row)


def tell(folder, r, kind):
    """Decide that two moments are one, or are apart, or that two people are one."""
    project, at = open_project(folder), f"2026-01-02T00:00:{r.randrange(60):02}Z"
    update(project)
    whole, _ = everything_there(project, DAY)
    find = {s.path: s for s in whole.sources}.get
    told = [a for m in whole.moments for a in m.accounts]
    if kind == "moment" and len(told) > 1:
        row = decisions.moment_decision(r.choice(["together", "apart"]), r.sample(told, 2), find, "", "ed", at)
    elif kind == "person" and len(whole.people) > 1:
        pair = r.sample(whole.people, 2)
        with archive.opened(project.state) as connection:
            casts = [json_decode(body, type=Cast) for _, body in archive.parts(connection, "cast")]
        row = decisions.person_decision("merge", pair, casts, find, pair[0].name, "ed", at)
    else:
        return
    decisions.append(folder / "decisions.jsonl", row)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4), st.integers(0, 10_000))
def test_any_sequence_of_changes_built_step_by_step_equals_a_clean_build(tmp_path_factory, kinds, seed):
    tmp_path = tmp_path_factory.mktemp("steps")
    folder, r = make(tmp_path / "corrie"), random.Random(seed)
    built(folder)
    for kind in kinds:
        change(folder, kind, r)
        built(folder)
    assert everything(folder) == clean(folder, tmp_path)


def talks(count=7):
    """So many talks on six events, which is enough for all evidence of what is of one event to be weighed."""
    told = []
    for n in range(count):
        rows = [
            f"Q: What do you remember of the {event.split()[0]}?\n"
            f"{('Ivo Lasker', 'Petra Vance', 'Wim Oort')[n % 3]}: When the {event} there were eleven wagons and "
            f"{n + 3} boats, and Petra had the keys.\n"
            for event in EVENTS
        ]
        told.append("\n".join(rows))
    return {f"talks/talk{n}.txt": text for n, text in enumerate(told)}


EVENTS = (
    "weir burst above the tannery and the sluice timbers floated into the churchyard",
    "chapel burned with its harmonium, hymnals, candlesticks and pulpit",
    "ferry grounded on the sandbank with a circus, its elephant and trapeze",
    "quarry flooded and swallowed the dynamite shed, the crusher and the winch",
    "orchestra vanished between the concert hall and the harbour with cellos and bassoons",
    "bakery exploded and loaves, dough, flour and currants fell upon the vicarage",
)


def gathered(folder):
    """What is gathered of a project, brought up to date."""
    update(open_project(folder))
    whole, _ = everything_there(open_project(folder), DAY)
    return repr((whole.quotes, whole.people, whole.moments))


@pytest.mark.parametrize("seed", range(3))
def test_after_any_change_of_many_talks_the_moments_are_those_of_a_clean_build(tmp_path, seed):
    folder, r = make(tmp_path / "corrie", {**files(), **talks()}), random.Random(seed)
    gathered(folder)
    for kind in r.sample(CHANGES, 5):
        change(folder, kind, r)
        shutil.copytree(folder, tmp_path / kind, ignore=shutil.ignore_patterns(".vivavoce"))
        assert gathered(folder) == gathered(tmp_path / kind), kind


def noted(folder):
    """What is kept of the passages of each source."""
    with archive.opened(folder / ".vivavoce") as connection:
        return dict(archive.parts(connection, "noted"))


def spoilt(folder):
    """Nothing that is kept of passages can be read any more, though nothing is damaged."""
    with archive.opened(folder / ".vivavoce") as connection:
        rows = [(archive._sealed(path, b"\xc1"), path) for path in noted(folder)]
        connection.executemany("update digest set noted = ? where path = ?", rows)


def test_what_passages_tell_is_worked_out_anew_where_the_source_changed_alone(tmp_path, monkeypatch):
    folder = make(tmp_path / "corrie")
    update(open_project(folder))
    before = noted(folder)
    monkeypatch.setattr(kept, "noted", lambda _: pytest.fail("worked out of passages that had not changed"))
    (folder / "sources/talks/ivo.vtt").write_text(TALK.replace("nine", "ten"))
    assert update(open_project(folder)).read == 1
    after = noted(folder)
    assert {path for path in before if before[path] != after[path]} == {"talks/ivo.vtt"}


@pytest.mark.parametrize("what", ["the program", "the settings", "the sources"])
def test_what_was_kept_of_passages_under_another_program_settings_or_text_is_not_used(tmp_path, monkeypatch, what):
    folder = make(tmp_path / "corrie")
    gathered(folder)
    spoilt(folder)
    if what == "the program":
        monkeypatch.setattr(build, "_code", lambda: "another")
    elif what == "the settings":
        (folder / "vivavoce.toml").write_text('v = 1\n[[people]]\nname = "Petra Vance"\naliases = ["Lasker"]\n')
    else:
        for file in (f for f in (folder / "sources").rglob("*") if f.is_file()):
            file.write_text(file.read_text("utf-8").replace("eleven", "twelve").replace("fog", "mist"), "utf-8")
    there = gathered(folder)
    shutil.rmtree(folder / ".vivavoce")
    assert there == gathered(folder)


def test_a_word_inserted_above_changes_no_other_id_and_no_address(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    before = history(open_project(folder), "export", DAY)
    pages = set(tree(folder / "out"))
    above = {
        "talks/ivo.vtt": ("WEBVTT\n\n", "WEBVTT\n\nNOTE nothing\n\n"),
        "press/night.txt": ("Crew remember", "Only the crew remember"),
        "talks/wim.txt": ("[00:00:03]", "Interview with Wim Oort\n\n[00:00:03]"),
    }
    for path, (old, new) in above.items():
        file = folder / "sources" / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new, 1))
    built(folder)
    after = history(open_project(folder), "export", DAY)
    assert [q.id for q in after.quotes] == [q.id for q in before.quotes]
    assert [m.id for m in after.moments] == [m.id for m in before.moments]
    assert [p.id for p in after.people] == [p.id for p in before.people]
    assert {p for p in pages if p.endswith(".html")} == {p for p in tree(folder / "out") if p.endswith(".html")}


def decided(folder):
    """A decision that it was Wim Oort who said “Eleven …”: the quotation and the row."""
    shown = history(open_project(folder), "workbench", DAY)
    q = next(q for q in shown.quotes if q.text.startswith("Eleven"))
    source = next(s for s in shown.sources if s.path == q.source)
    row = decisions.quote_decision("speaker", q, source, "Wim Oort", "ed", "2026-01-01T00:00:00Z")
    decisions.append(folder / "decisions.jsonl", row)
    return q, row


def test_a_decision_outlives_an_edit_above_its_words_and_the_archive(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    q, _row = decided(folder)
    (folder / "sources/press/night.txt").write_text(ARTICLE.replace("thick fog", "very thick and yellow fog"))
    shutil.rmtree(folder / ".vivavoce")
    assert not built(folder).reviews
    after = history(open_project(folder), "workbench", DAY)
    now = next(r for r in after.quotes if r.id == q.id)
    assert now.person and now.person.name == "Wim Oort"
    assert now.engine == "person"


def test_a_decision_whose_words_are_gone_is_listed_and_kept(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    _q, row = decided(folder)
    kept = (folder / "decisions.jsonl").read_bytes()
    (folder / "sources/press/night.txt").write_text(ARTICLE.split("Ivo Lasker, then")[0])
    assert [r.decision for r in built(folder).reviews] == [row.id]
    assert (folder / "decisions.jsonl").read_bytes() == kept


def start(folder):
    command = [sys.executable, "-m", "vivavoce", "build", str(folder), "--on", DAY]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV, start_new_session=True
    )


def test_a_build_killed_twenty_times_ends_with_the_same_bytes(tmp_path):
    given = files(24)
    undisturbed = make(tmp_path / "whole" / "corrie", given)
    begun = time.monotonic()
    assert start(undisturbed).wait() == 0
    full = time.monotonic() - begun
    folder, r = make(tmp_path / "killed" / "corrie", given), random.Random(7)
    for n in range(20):
        if n % 5 == 4:  # something to do again, or the later kills would meet a finished build
            (folder / "sources/press/night.txt").write_text(ARTICLE + "\n" * (n // 5 % 2 + 1))
        process = start(folder)
        time.sleep(r.uniform(0.05, full * 1.05))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        site = folder / "out" / "site"
        assert not site.exists() or (site / "manifest.json").exists(), "a half-made site was seen"
    (folder / "sources/press/night.txt").write_text(ARTICLE)
    assert start(folder).wait() == 0
    assert everything(folder) == everything(undisturbed)


def test_a_killed_build_goes_on_where_it_was(tmp_path, monkeypatch):
    folder = make(tmp_path / "corrie", files(12))
    project = open_project(folder)

    def stop_after_seven(done, of):
        if done == 7:
            raise KeyboardInterrupt

    monkeypatch.setattr("vivavoce.build.KEEP_EVERY", 0.0)
    with pytest.raises(KeyboardInterrupt):
        update(project, stop_after_seven)
    assert update(project).read == 12 - 7


def test_a_source_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path):
    folder = make(tmp_path / "corrie", {**files(), "broken.pdf": "%PDF-1.7 and no more", "empty.txt": ""})
    done = built(folder)
    assert {path for path, _ in done.problems} == {"broken.pdf", "empty.txt"}
    assert len(history(open_project(folder), "export", DAY).sources) == 4


def test_what_is_withheld_is_not_found_either(tmp_path):
    rule = '\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\nuntil = "2030-01-01"\n'
    folder = make(tmp_path / "corrie", settings='title = "The Corrie"\n' + rule)
    built(folder)
    for file, data in tree(folder / "out").items():
        assert b"counted them twice" not in data, file
    assert not [q for q in quotations([folder], "export", DAY, "")[0] if "counted" in q.text]
    assert [q for q in quotations([folder], "export", "2030-01-01", "")[0] if "counted" in q.text]


def test_a_text_that_holds_withheld_words_is_not_found_by_its_other_words(tmp_path):
    rule = '\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\n'
    folder = make(tmp_path / "corrie", settings='title = "The Corrie"\n' + rule)
    built(folder)
    hits = found(open_project(folder), "counted", DAY, 20) + found(open_project(folder), "lamps", DAY, 20)
    assert hits
    assert not [h for h in hits if "fourteen" in h.unit.text or "counted" in h.unit.text]


def test_a_decision_follows_a_renamed_source(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    _q, row = decided(folder)
    built(folder)
    (folder / "sources/press/night.txt").rename(folder / "sources/press/renamed.txt")
    done = built(folder)
    assert [(r.decision, r.applied) for r in done.reviews] == [(row.id, True)]
    after = history(open_project(folder), "workbench", DAY)
    assert [q.person.name for q in after.quotes if q.text.startswith("Eleven") and q.person] == ["Wim Oort"]
    assert everything(folder) == clean(folder, tmp_path)
    assert built(folder).read == 0


def test_the_archive_may_be_deleted(tmp_path):
    folder = make(tmp_path / "corrie")
    built(folder)
    before = everything(folder)
    shutil.rmtree(folder / ".vivavoce")
    built(folder)
    assert everything(folder) == before
    connection = archive.connect(folder / ".vivavoce")
    assert len(archive.fingerprints(connection)) == 4
    connection.close()


def test_only_new_quotations_are_followed_as_long_as_the_transcripts_are_the_same(tmp_path, monkeypatch):
    folder, asked = make(tmp_path / "corrie"), []
    follow = traces.follow

    def watched(said, *talks):
        asked.append(len(said))
        return follow(said, *talks)

    monkeypatch.setattr(traces, "follow", watched)
    update(open_project(folder))
    whole, _ = everything_there(open_project(folder), DAY)
    assert asked == [len(whole.traces)] and asked[0] > 1
    (folder / "sources/extra.txt").write_text(ARTICLE.replace("fourteen", "fifteen").replace("nine", "ten"))
    gathered(folder)
    more, _ = everything_there(open_project(folder), DAY)
    assert asked[1:] == [len(more.traces) - len(whole.traces)]
    (folder / "sources/extra.txt").unlink()
    gathered(folder)
    assert len(asked) == 2
    (folder / "sources/talks/ivo.vtt").write_text(TALK.replace("nine", "ten"))
    gathered(folder)
    assert asked[2:] == [len(whole.traces)]
