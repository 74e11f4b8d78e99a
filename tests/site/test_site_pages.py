# ruff: noqa: E501 - words do not fit a line
"""The site as files: what each page holds, and what none of them may hold."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import msgspec
import pytest
from crossing import history, press, ref, transcript
from reading import Page, pages

from vivavoce.errors import VivavoceError
from vivavoce.model import WITHHELD, Account, History, Media, Moment, Person, Quote, Source
from vivavoce.site import publish
from vivavoce.site.shelf import quote_place, shelve

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}</title>&lt;"


def everything(site: Path) -> bytes:
    """All bytes of a site, its search index unpacked."""
    out = b""
    for file in sorted(p for p in site.rglob("*") if p.is_file()):
        data = file.read_bytes()
        out += file.name.encode() + (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return out


def test_every_kind_of_page_is_written(site: Path) -> None:
    there = pages(site)
    for page in ("index", "moments/index", "people/index", "sources/index", "timeline", "search"):
        assert f"{page}.html" in there
    for source in history().sources:
        assert any(source.title in p.words for name, p in there.items() if name.startswith("sources/"))


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    there = pages(site)
    dead = []
    for name, page in there.items():
        for link in page.links:
            to = urlsplit(urljoin(f"http://site/{name}", link))
            if to.scheme == "data" or to.netloc != "site":
                continue
            path = unquote(to.path).lstrip("/")
            if not (site / path).is_file() or (
                to.fragment and path.endswith(".html") and unquote(to.fragment) not in there[path].ids
            ):
                dead.append((name, link))
    assert dead == []


def test_pages_nest_and_no_id_stands_twice(site: Path) -> None:
    for name, page in pages(site).items():
        assert page.problems == [], name
        assert len(page.ids) == len(set(page.ids)), name
        assert sum(tag == "h1" for tag, _ in page.elements) == 1, name


def test_every_quotation_is_reached_by_an_address_that_is_made_of_its_source_and_its_id(site: Path) -> None:
    shelf = shelve(history())
    there = pages(site)
    for quote in shelf.quotes.values():
        path, anchor = quote_place(shelf, quote).split("#")
        assert anchor == f"q-{quote.id}"
        assert anchor in there[path].ids


def test_a_word_inserted_above_changes_no_other_address(tmp_path: Path) -> None:
    one, quotes = transcript("talk.vtt", [("Ann Aro", 0.0, "First."), ("Ben Bo", 4.0, "Second thing.")])
    two, later = transcript("talk.vtt", [("Ann Aro", 0.0, "First of all."), ("Ben Bo", 4.0, "Second thing.")])
    places = [
        quote_place(shelve(History("T", "2026-01-01", (s,), tuple(q))), q[1]) for s, q in ((one, quotes), (two, later))
    ]
    assert places[0] == places[1]


def test_a_moment_is_told_in_alternating_voices_with_the_role_at_the_first_mention_only(site: Path) -> None:
    words = " ".join(pages(site)[page_of("Three minutes over the Deeps")].words.split())
    ines, tobias, odile = (words.index(f"{n} (") for n in ("Ines Calloway", "Tobias Renn", "Odile Marsh"))
    assert ines < tobias < odile
    assert "Ines Calloway (master of the Harrow ferry): I stopped the engines over the Deeps" in words
    assert words.count("(master of the Harrow ferry)") == 1
    assert "Reported too, in words that are not quoted here, by The Harrow Ledger." in words


def test_accounts_that_differ_are_shown_side_by_side_without_a_verdict(site: Path) -> None:
    words = " ".join(pages(site)[page_of("Flowers on the radar")].words.split())
    assert "Accounts differ: number of passengers" in words
    assert "forty-one Ines Calloway" in words
    assert "sixty Tobias Renn" in words
    assert "forty-eight Odile Marsh" in words


def page_of(title: str) -> str:
    return next(f"moments/{m.id}.html" for m in history().moments if m.title == title)


def test_a_former_moment_leads_on(site: Path) -> None:
    page = pages(site)["moments/0123456789ab.html"]
    assert any(page_of("Three minutes over the Deeps") in link for link in page.links)


def test_a_press_quotation_that_was_split_is_shown_in_two_pairs_of_marks(site: Path) -> None:
    words = pages(site)[page_of("Three minutes over the Deeps")].words
    assert "“She was saying goodbye, and she was entitled to,” “I will not call that a demonstration.”" in words


def test_of_press_no_more_is_published_than_its_quotations_and_a_few_words(site: Path) -> None:
    held = everything(site).decode("utf-8", "replace")
    for beyond in (
        "cattle, brides and mail",
        "every paper had lain open",
        "windows were dark",
        "cups of tea in kitchens",
    ):
        assert beyond not in held
    for never in ("lights on in the dark", "Harrow Ledger archive", "Ten gardens"):
        assert never not in held
    assert "Read the whole at The Harrow Ledger" in held


def test_the_share_of_an_article_that_is_used_is_told(site: Path) -> None:
    assert "45% of the article" in pages(site)["sources/press--ledger-1998-12-07-html.html"].words


def test_press_that_may_be_published_whole_is() -> None:
    source, quotes = press("a.txt", [("body", "A long time passed before anybody spoke."), ("teaser", "SUBSCRIBE")], [])
    text = published_page(msgspec.structs.replace(source, publish="full"), quotes)
    assert "A long time passed before anybody spoke." in text.words
    assert "SUBSCRIBE" not in text.words


def published_page(source: Source, quotes: list[Quote]) -> Page:
    import tempfile

    with tempfile.TemporaryDirectory() as held:
        out = Path(held) / "site"
        publish(History("T", "2026-01-01", (source,), tuple(quotes)), out)
        return next(p for name, p in pages(out).items() if name.startswith("sources/") and "index" not in name)


def test_a_withheld_stretch_is_a_notice_and_the_reader_is_told(tmp_path: Path) -> None:
    before, _ = transcript("talk.vtt", [("Ann Aro", 0.0, "I will tell you the name: Rumpel. That was he.")])
    hidden = before.text.replace("the name: Rumpel", WITHHELD * 16)
    source = msgspec.structs.replace(before, text=hidden)
    quote = transcript("talk.vtt", [("Ann Aro", 0.0, hidden.strip())])[1][0]
    made = History("T", "2026-01-01", (source,), (quote,))
    publish(made, tmp_path / "site")
    page = pages(tmp_path / "site")["sources/talk-vtt.html"]
    assert "I will tell you [withheld]. That was he." in " ".join(page.words.split())
    assert WITHHELD not in everything(tmp_path / "site").decode("utf-8", "replace")


def test_what_is_withheld_is_told_at_the_foot_of_each_page(site: Path) -> None:
    for name, page in pages(site).items():
        if name != "moments/0123456789ab.html":
            assert "2 passages are withheld (at the narrator’s request). One source is withheld." in page.words


def hostile() -> History:
    """Markup in every place that holds words."""
    talk, said = transcript(
        "in/<b>&#x.vtt", [(EVIL, 0.0, f"Before {EVIL} after."), ("Ann", 5.0, EVIL)], title=EVIL, publisher=EVIL, date=EVIL,
        media=(Media(f"in/{EVIL}.mp3"),), address="javascript:alert(3)", byline=EVIL,
    )  # fmt: skip
    talk = msgspec.structs.replace(talk, language='en"><script>', interviewers=(EVIL,), labels={EVIL: EVIL})
    article, quoted = press(
        f"press/{EVIL}.html", [("headline", EVIL), ("caption", f"“{EVIL}” she said."), ("body", f"He said: “It is {EVIL}.” {EVIL}")],
        [(EVIL, "direct", [f"It is {EVIL}."])], title=EVIL, address="JaVaScRiPt:alert(4)//https://x.example",
    )  # fmt: skip
    quotes = [msgspec.structs.replace(q, person=ref("Ann") if i else None) for i, q in enumerate(said)] + quoted
    accounts = tuple(Account(EVIL + q.id, q.person, q.source, q.spans, (q.id,), q.time, EVIL) for q in quotes)
    person = Person("../../" + EVIL, EVIL, (EVIL,))
    return History(
        EVIL, EVIL, (talk, article), tuple(quotes), (person,), (Moment("../" + EVIL, EVIL, (EVIL,), accounts=accounts),),
        subtitle=EVIL, language=EVIL, introduction=f"Hello {EVIL} [go](javascript:alert(5)) <a href='javascript:x' onclick=y>z</a>",
    )  # fmt: skip


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, tape: Path) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    made = hostile()
    publish(made, folder / "deep" / "site", {made.sources[0].media[0].path: tape})
    return folder


def test_nothing_from_a_source_is_ever_markup(attacked: Path) -> None:
    for name, page in pages(attacked / "deep" / "site").items():
        assert page.problems == [], name
        for tag, attrs in page.elements:
            assert tag != "img", name
            assert tag != "script" or set(attrs) == {"src", "defer"} or attrs == {"type": "application/ld+json"}, name
            assert not [a for a in attrs if a.startswith("on")], name
            for link in ("href", "src", "data-to"):
                assert not attrs.get(link, "").strip().lower().startswith("javascript"), name
        if name.startswith("sources/") and "index" not in name:
            assert "<script>alert(1)</script>" in page.words  # shown as text


def test_no_name_leads_out_of_the_folder(attacked: Path) -> None:
    assert [p.name for p in attacked.iterdir()] == ["deep"]
    assert [p.name for p in (attacked / "deep").iterdir()] == ["site"]


def test_the_same_history_gives_the_same_bytes(site: Path, tape: Path, tmp_path: Path) -> None:
    files = publish(history(), tmp_path / "again", {"interviews/ines-calloway.wav": tape})
    assert files == sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    assert [f for f in files if (site / f).read_bytes() != (tmp_path / "again" / f).read_bytes()] == []


def test_the_manifest_names_every_line_and_every_file_with_its_hash(site: Path) -> None:
    made: dict[str, Any] = json.loads((site / "manifest.json").read_bytes())
    assert made["day"] == "2026-05-01"
    assert {q["quote"] for q in made["lines"]} == {q.id for q in history().quotes}
    for file in made["files"]:
        assert hashlib.sha256((site / file["path"]).read_bytes()).hexdigest() == file["hash"]
    assert {f["path"] for f in made["files"]} | {"manifest.json"} == {
        p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()
    }


def test_what_may_not_be_searched_is_not_in_the_index(tmp_path: Path) -> None:
    whole = history()
    part = msgspec.structs.replace(whole, quotes=tuple(q for q in whole.quotes if "trombone" not in q.text))
    publish(whole, tmp_path / "site", searchable=part)
    fragments = b"".join(gzip.decompress(f.read_bytes()) for f in (tmp_path / "site/pagefind/fragment").iterdir())
    assert b"played us in on her own" not in fragments
    assert b"sitting on the life-raft" in fragments


def test_a_folder_that_holds_something_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(VivavoceError, match="is not an empty folder"):
        publish(history(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_an_empty_history_makes_a_site_too(tmp_path: Path) -> None:
    publish(History("Nothing yet", "2026-01-01"), tmp_path / "site")
    assert "No moments have been gathered yet." in pages(tmp_path / "site")["moments/index.html"].words


def test_sources_whose_names_differ_only_in_signs_have_pages_of_their_own(tmp_path: Path) -> None:
    paths = ("a/After Hours.txt", "a/after-hours.txt", "a-after/hours.txt", "a/After_Hours!.txt")
    sources = tuple(Source(p, "press", "txt", title=p) for p in paths)
    publish(History("T", "2026-01-01", sources), tmp_path / "site")
    titles = {Page(p.read_text()).words.split("·")[0].strip() for p in (tmp_path / "site/sources").glob("a*.html")}
    assert titles == set(paths)


def test_an_exchange_within_one_source_is_not_torn_apart(tmp_path: Path) -> None:
    talk, said = transcript(
        "talk.vtt", [("Ann", 0.0, "It was red."), ("Ben", 3.0, "It was blue."), ("Ann", 5.0, "Red, Ben.")]
    )
    other, also = transcript("other.vtt", [("Cy", 0.0, "Green, they told me.")])
    accounts = (
        Account("a", ref("Ann"), talk.path, (said[0].spans[0], said[2].spans[0]), (said[0].id, said[2].id)),
        Account("b", ref("Ben"), talk.path, said[1].spans, (said[1].id,)),
        Account("c", ref("Cy"), other.path, also[0].spans, (also[0].id,)),
    )
    made = History(
        "T", "2026-01-01", (talk, other), (*said, *also), (), (Moment("m", "The colour", accounts=accounts),)
    )
    publish(made, tmp_path / "site")
    words = " ".join(pages(tmp_path / "site")["moments/m.html"].words.split())
    order = [words.index(w) for w in ("It was red.", "It was blue.", "Red, Ben.", "Green, they told me.")]
    assert order == sorted(order)


def test_nobody_is_said_to_be_interviewed_where_nobody_answers(tmp_path: Path) -> None:
    asked, _ = transcript("asked.vtt", [("Ann", 0.0, "Who was there?"), ("Ben", 3.0, "We all were.")])
    alone, _ = transcript("alone.vtt", [("Ann", 0.0, "There will be no ferry.")])
    asking = [
        msgspec.structs.replace(
            s,
            interviewers=("Ann",),
            turns=tuple(msgspec.structs.replace(t, asks=t.label == "Ann") for t in s.turns),
        )
        for s in (asked, alone)
    ]
    publish(History("T", "2026-01-01", tuple(asking)), tmp_path / "site")
    made = pages(tmp_path / "site")
    assert "Interviewed by Ann" in made["sources/asked-vtt.html"].words
    assert "nterviewed" not in made["sources/alone-vtt.html"].words


def test_a_former_address_never_takes_the_place_of_a_moment(tmp_path: Path) -> None:
    moments = (Moment("one", "First", former=("two", "old")), Moment("two", "Second", former=("old",)))
    publish(History("T", "2026-01-01", moments=moments), tmp_path / "site")
    there = pages(tmp_path / "site")
    assert "Second" in there["moments/two.html"].words
    assert "../moments/one.html" in there["moments/old.html"].links
