"""A site that is published again: what has not changed is taken over, and the whole equals one made from nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crossing import history
from msgspec.structs import replace

from vivavoce.model import Catalogue, Correction, Entry, Happened, History, Picture, When, Withheld
from vivavoce.site import Before, altered, publish, stands


class Press:
    """Publishes histories one after the other, as a build does."""

    def __init__(self, home: Path, tape: Path) -> None:
        self.home, self.tape, self.number = home, tape, 0
        self.before = Before(home / "none", home / "site.ledger", "one program")

    def __call__(self, given: History, mark: str = "one program") -> Path:
        self.number += 1
        folder = self.home / f"site-{self.number}"
        publish(given, folder, self.media(given), before=replace(self.before, mark=mark))
        self.before.ledger.with_suffix(".next").replace(self.before.ledger)
        self.before = replace(self.before, folder=folder)
        return folder

    def media(self, given: History) -> dict[str, Path]:
        return {m.path: self.tape for s in given.sources for m in s.media}


@pytest.fixture
def press(tmp_path: Path, tape: Path) -> Press:
    return Press(tmp_path, tape)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def changes() -> Iterator[tuple[str, Callable[[History], History]]]:
    """What can become different in a history, one thing at a time."""
    for name in ("title", "subtitle", "introduction", "day"):
        yield f"history's {name}", lambda h, n=name: replace(h, **{n: "2030-02-02" if n == "day" else "Other words"})
    yield "address", lambda h: replace(h, address="")
    yield "withheld", lambda h: replace(h, withheld=(Withheld("span", 3),))
    yield "language", lambda h: replace(h, language="de")
    for i in range(3):
        for name in ("title", "publisher", "date", "byline", "address"):
            yield (
                f"source {i}'s {name}",
                lambda h, i=i, n=name: one(
                    h, "sources", i, n, "1971-02-03" if n == "date" else "https://example.org/other"
                ),
            )
        yield f"source {i} is gone", lambda h, i=i: without(h, h.sources[i].path)
        yield (
            f"a correction in source {i}",
            lambda h, i=i: one(h, "sources", i, "corrections", (Correction(2, 9, "Xy"),)),
        )
        yield f"moment {i}'s note", lambda h, i=i: one(h, "moments", i, "note", "Read the log, too.")
        yield f"moment {i}'s title", lambda h, i=i: one(h, "moments", i, "title", "Another name")
        yield f"moment {i}'s time", lambda h, i=i: one(h, "moments", i, "when", When(Happened("1901", None, "year")))
        yield f"moment {i}'s relations", lambda h, i=i: one(h, "moments", i, "relations", ())
        yield f"moment {i}'s former ids", lambda h, i=i: one(h, "moments", i, "former", ("abcabcabcabc",))
        yield f"an account of moment {i}", lambda h, i=i: one(h, "moments", i, "accounts", h.moments[i].accounts[1:])
        yield f"moment {i} is gone", lambda h, i=i: replace(h, moments=h.moments[:i] + h.moments[i + 1 :])
        yield f"person {i}'s name", lambda h, i=i: one(h, "people", i, "name", "Nobody Else")
        yield f"person {i}'s roles", lambda h, i=i: one(h, "people", i, "roles", ())
        yield f"person {i}'s other names", lambda h, i=i: one(h, "people", i, "aliases", ("Captain", "Skipper Joe"))
        yield f"person {i} is gone", lambda h, i=i: replace(h, people=h.people[:i] + h.people[i + 1 :])
    for i in range(0, len(history().quotes), 5):
        yield f"quotation {i} is gone", lambda h, i=i: replace(h, quotes=h.quotes[:i] + h.quotes[i + 1 :])
        yield f"quotation {i} is nobody's", lambda h, i=i: one(h, "quotes", i, "person", None)
    yield "works", lambda h: replace(h, catalogue=Catalogue((Entry("e1", "The Low Road", "film", date="1972"),)))
    yield "no traces", lambda h: replace(h, traces=())
    for part in ("moments", "sources", "people", "quotes", "traces"):
        yield f"the {part} the other way round", lambda h, n=part: replace(h, **{n: getattr(h, n)[::-1]})
    yield (
        "all accounts the other way round",
        lambda h: replace(h, moments=tuple(replace(m, accounts=m.accounts[::-1]) for m in h.moments)),
    )


def without(given: History, path: str) -> History:
    """A history without a source and all that it tells."""
    moments = tuple(replace(m, accounts=tuple(a for a in m.accounts if a.source != path)) for m in given.moments)
    quotes = tuple(q for q in given.quotes if q.source != path)
    traces = tuple(t for t in given.traces if t.source != path and all(p.source != path for p in t.places))
    sources = tuple(s for s in given.sources if s.path != path)
    return replace(given, sources=sources, quotes=quotes, moments=moments, traces=traces)


def one(given: History, part: str, at: int, name: str, value: object) -> History:
    """A history with one field of one of its values changed."""
    rows = list(getattr(given, part))
    rows[at] = replace(rows[at], **{name: value})
    return replace(given, **{part: tuple(rows)})


@pytest.mark.parametrize(("what", "change"), list(changes()), ids=[what for what, _ in changes()])
def test_whatever_changed_the_site_equals_one_that_is_made_from_nothing(
    press: Press, what: str, change: Callable[[History], History], tmp_path: Path
) -> None:
    first = replace(history(), address="https://example.org/ferry/")
    press(first)
    again = press(change(first))
    publish(change(first), tmp_path / "clean", press.media(first))
    assert tree(again) == tree(tmp_path / "clean")
    assert altered(again) == []


def test_a_page_whose_words_are_the_same_is_taken_over_and_others_are_made(press: Press) -> None:
    first = press(history())
    quiet = next(i for i, s in enumerate(history().sources) if s.kind == "recording" or not s.media)
    given = one(history(), "sources", quiet, "title", "Found in a drawer")
    inodes = {p: (first / p).stat().st_ino for p in tree(first)}
    again = press(given)
    kept = [p for p in tree(again) if inodes.get(p) == (again / p).stat().st_ino]
    assert any(p.startswith("moments/") for p in kept) and any(p.startswith("people/") for p in kept)
    assert any(p.startswith("media/") for p in kept)
    assert "sources/index.html" not in kept


def test_a_word_of_an_interview_makes_only_the_pages_again_that_show_it(press: Press, tmp_path: Path) -> None:
    given = history()
    first = press(given)
    inodes = {p: (first / p).stat().st_ino for p in tree(first)}
    talk = next(s for s in given.sources if len(s.turns) > 2)
    at = given.sources.index(talk)
    kept: list[set[str]] = []
    for turn in talk.turns:
        start, end = turn.spans[-1]
        other = "x" if talk.text[end - 2] != "x" else "y"
        changed = one(given, "sources", at, "text", f"{talk.text[: end - 2]}{other}{talk.text[end - 1 :]}")
        again = press(changed)
        publish(changed, tmp_path / f"clean-{start}", press.media(changed))
        assert tree(again) == tree(tmp_path / f"clean-{start}")
        press(given)
        kept.append({p for p in tree(again) if inodes.get(p) == (again / p).stat().st_ino})
    assert any(any(p.startswith("moments/") for p in some) for some in kept)


def test_a_site_that_is_made_over_an_older_one_equals_one_made_from_nothing(press: Press, tmp_path: Path) -> None:
    """What stands in the folder already stays or goes; a file that the standing site has too is never written into."""
    old, given = history(), one(history(), "moments", 0, "title", "Another name")
    stands_, older = press(given), tmp_path / "older"
    publish(without(old, old.sources[0].path), older, press.media(old), before=replace(press.before, over=True))
    (older / "stray").mkdir()
    (older / "stray" / "left.html").write_text("what was withheld since", "utf-8")
    (older / "index.html").unlink()
    os.link(stands_ / "index.html", older / "index.html")
    was = tree(stands_)
    press.before.ledger.with_suffix(".next").unlink()
    now = replace(old, subtitle="Told anew")
    publish(now, older, press.media(now), before=replace(press.before, over=True))
    publish(now, tmp_path / "clean", press.media(now))
    assert tree(older) == tree(tmp_path / "clean") and not (older / "stray").exists()
    assert tree(stands_) == was


def test_one_change_after_another_and_back_again_equals_sites_made_from_nothing(press: Press, tmp_path: Path) -> None:
    first = history()
    folders = [press(first), tmp_path / "other"]
    for number, (_, change) in enumerate(list(changes())[::7]):
        for given in (change(first), first):
            publish(given, folders[1], press.media(given), before=replace(press.before, over=True))
            press.before.ledger.with_suffix(".next").replace(press.before.ledger)
            press.before = replace(press.before, folder=folders[1])
            folders.reverse()
        publish(change(first), tmp_path / f"clean-{number}", press.media(first))
        assert tree(folders[1]) == tree(tmp_path / f"clean-{number}")


def test_of_what_is_the_same_as_a_whole_the_parts_are_not_looked_at(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vivavoce.site import inputs, manifest

    press(history())
    talks = [s for s in history().sources if not any(t.source == s.path for t in history().traces)]
    given = one(history(), "sources", history().sources.index(talks[0]), "text", talks[0].text.upper())
    looked: list[str] = []
    lines: list[str] = []
    of_moment, line = inputs.of_moment, manifest._line
    monkeypatch.setattr(inputs, "of_moment", lambda t, n, o: (looked.append(o[n].id), of_moment(t, n, o))[1])
    monkeypatch.setattr(manifest, "_line", lambda page, q: (lines.append(q.source), line(page, q))[1])
    press(given)
    reached = {m.id for m in given.moments if any(a.source == talks[0].path for a in m.accounts)}
    assert set(looked) < {m.id for m in given.moments} and reached <= set(looked)
    assert set(lines) < {q.source for q in given.quotes}


@pytest.mark.parametrize("harm", ["altered", "removed"])
def test_a_manifest_that_somebody_changed_lends_no_lines(press: Press, harm: str) -> None:
    first = press(history())
    whole = tree(first)
    file = first / "manifest.json"
    file.write_bytes(whole["manifest.json"].replace(b'"quote"', b'"qoute"')) if harm == "altered" else file.unlink()
    assert tree(press(history())) == whole


def test_an_index_of_the_same_words_is_taken_over(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    from vivavoce.site import search

    first = press(history())
    monkeypatch.setattr(search, "_run", None)
    assert tree(press(history())) == tree(first)


def test_what_no_record_of_the_search_holds_makes_no_index_again(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vivavoce.site import search

    press(history())
    given = one(history(), "moments", 0, "note", "Read the log, too.")
    publish(given, tmp_path / "clean", press.media(given))
    monkeypatch.setattr(search, "_run", None)
    assert tree(press(given)) == tree(tmp_path / "clean")
    monkeypatch.setattr(search, "_written", None)
    assert tree(press(given)) == tree(tmp_path / "clean")


def test_of_an_index_that_is_made_again_the_files_with_the_same_bytes_are_taken_over(press: Press) -> None:
    first = press(history())
    inodes = {p: (first / p).stat().st_ino for p in tree(first)}
    again = press(one(history(), "moments", 0, "title", "Another name"))
    words = [p for p in tree(again) if p.startswith("pagefind/fragment/")]
    kept = [p for p in words if inodes.get(p) == (again / p).stat().st_ino]
    assert 0 < len(kept) < len(words)


def test_pages_of_another_program_are_made_again(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    from vivavoce.site import pages

    made: list[str] = []
    shown = pages._moment_shown
    monkeypatch.setattr(
        pages, "_moment_shown", lambda show, path, *more: (made.append(path), shown(show, path, *more))[1]
    )
    press(history())
    every = list(made)
    press(history())
    assert made == every
    press(history(), mark="another program")
    assert made == every * 2


@pytest.mark.parametrize("harm", ["altered", "removed"])
def test_a_file_that_somebody_changed_is_made_again(press: Press, harm: str) -> None:
    first = press(history())
    whole = tree(first)
    assert stands(press.before)
    page = first / next(p for p in whole if p.startswith("people/") and "index" not in p)
    page.write_bytes(b"?" * page.stat().st_size) if harm == "altered" else page.unlink()
    assert not stands(press.before)
    assert tree(press(history())) == whole


def test_a_ledger_that_cannot_be_read_takes_nothing_over_and_stops_nothing(press: Press) -> None:
    whole = tree(press(history()))
    press.before.ledger.write_text("{", "utf-8")
    assert not stands(press.before)
    assert tree(press(history())) == whole


def test_a_file_system_without_hard_links_gets_copies(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def refused(*_: object) -> None:
        raise OSError("no links here")

    whole = tree(press(history()))
    monkeypatch.setattr(os, "link", refused)
    assert tree(press(history())) == whole


def test_a_picture_that_is_another_picture_is_copied_again(tmp_path: Path, press: Press) -> None:
    file = tmp_path / "a.png"
    given = replace(history(), pictures=(Picture("a.png", "A ferry", of=("cover",), credit="Ida Fell"),))
    sites = []
    for number, data in enumerate((b"one", b"two")):
        file.write_bytes(data)
        folder = tmp_path / f"pictured-{number}"
        publish(given, folder, press.media(given), pictures={"a.png": file}, before=press.before)
        press.before.ledger.with_suffix(".next").replace(press.before.ledger)
        press.before = replace(press.before, folder=folder)
        sites.append((folder / "pictures/a.png").read_bytes())
    assert sites == [b"one", b"two"]
