# ruff: noqa: E501 - words do not fit a line
"""The pages of moments, of people, and who tells of what: what a reader finds on them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from crossing import HANNA, INES, ODILE, PIET, TOBIAS, history, press, ref, shows, telling, transcript
from reading import Page, pages

from vivavoce.model import (
    WITHHELD,
    Account,
    Happened,
    History,
    Moment,
    Person,
    Picture,
    Relation,
    Role,
    When,
    Work,
)
from vivavoce.site import publish
from vivavoce.site.pages import in_order
from vivavoce.site.person import groups
from vivavoce.site.shelf import shelve


def words(page: Page) -> str:
    return " ".join(page.words.split())


def moment(site: Path, title: str) -> Page:
    return pages(site)[next(f"moments/{m.id}.html" for m in history().moments if m.title == title)]


def made(folder: Path, given: History, title: str) -> Page:
    publish(given, folder / "site")
    return next(
        p for n, p in pages(folder / "site").items() if n.startswith("moments/") and p.words.lstrip().startswith(title)
    )


# --- moments ------------------------------------------------------------------------------------------------


def test_the_question_stands_before_the_answer_with_who_asked(site: Path) -> None:
    told = words(moment(site, "Three minutes over the Deeps"))
    assert "Piet Lund: And you stopped in the middle. Ines Calloway (master" in told
    assert "Piet Lund: She stopped the engines. Tobias Renn (deckhand" in told


def test_a_question_to_the_second_part_of_an_answer_stands_within_it(tmp_path: Path) -> None:
    turns = [("Q", 0.0, "Who came?"), ("Ann", 2.0, "Bo came."), ("Q", 4.0, "And then?"), ("Ann", 6.0, "Bo left.")]
    talk, said = transcript("talk.vtt", turns, asks="Q")
    one = Account("a", ref("Ann"), talk.path, (said[1].spans[0], said[3].spans[0]), (said[1].id, said[3].id))
    page = made(
        tmp_path, History("T", "2026-01-01", (talk,), tuple(said), moments=(Moment("m", "Bo", accounts=(one,)),)), "Bo"
    )
    assert "Q: Who came? Ann: Bo came. Q: And then? Bo left." in words(page)


def test_of_a_long_question_the_end_is_shown_and_of_a_withheld_one_nothing(tmp_path: Path) -> None:
    long = "First of all " + "and so on " * 40 + "who rang the bell?"
    turns = [("Q", 0.0, long), ("Ann", 2.0, "Bo did, twice."), ("Q", 4.0, WITHHELD * 9), ("Ann", 6.0, "No, not him.")]
    talk, said = transcript("talk.vtt", turns, asks="Q")
    one = Account("a", ref("Ann"), talk.path, (said[1].spans[0], said[3].spans[0]), (said[1].id, said[3].id))
    page = made(
        tmp_path, History("T", "2026-01-01", (talk,), tuple(said), moments=(Moment("m", "Bo", accounts=(one,)),)), "Bo"
    )
    assert "who rang the bell? Ann: Bo did, twice. No, not him." in words(page)
    assert "First of all" not in page.words and "Q: … " in words(page)


def test_when_it_happened_and_when_it_was_told(site: Path) -> None:
    assert "Happened 5 December 1998 · told 1998 to 2022" in words(moment(site, "Three minutes over the Deeps"))
    assert "told 14 March 2019" in words(moment(site, "Three minutes over the Deeps"))


def test_each_account_leads_to_its_source_at_the_second_and_to_the_sound(site: Path) -> None:
    page = moment(site, "Three minutes over the Deeps")
    assert "Ines Calloway, master of the ferry, at 1:31" in words(page)
    assert any(link.endswith(".wav#t=91.3") for link in page.links)


def test_press_is_marked_as_press_with_what_the_recordings_say_to_it(site: Path) -> None:
    page = moment(site, "Three minutes over the Deeps")
    assert "Press The Harrow Ledger 7 December 1998" in words(page)
    assert "as said" in page.words


def test_a_note_groups_who_has_the_same_and_a_letter_joins_it_to_the_words(tmp_path: Path) -> None:
    given = [
        transcript(f"{n}.vtt", [(n, 0.0, f"There were {v} horns.")])
        for n, v in (("Ann", "two"), ("Bo", "nine"), ("Cy", "two"))
    ]
    accounts = [telling(s, q, n, "There were") for (s, q), n in zip(given, ("Ann", "Bo", "Cy"), strict=True)]
    a, b, c = accounts
    evidence = [shows(s, f"{v} horns") for (s, _), v in zip(given, ("two", "nine", "two"), strict=True)]
    relations = (
        Relation(a.id, b.id, "differ", "number of horns", ("2", "9"), (evidence[0], evidence[1])),
        Relation(b.id, c.id, "differ", "number of horns", ("9", "2"), (evidence[1], evidence[2])),
        Relation(a.id, c.id, "agree", "number of horns", ("2", "2"), (evidence[0], evidence[2])),
    )
    whole = History(
        "T", "2026-01-01", tuple(s for s, _ in given), tuple(x for _, q in given for x in q),
        moments=(Moment("m", "Horns", accounts=tuple(accounts), relations=relations),),
    )  # fmt: skip
    page = made(tmp_path, whole, "Horns")
    assert "a Accounts differ: number of horns 2 Ann, Cy 9 Bo" in words(page)
    assert "Accounts agree" not in page.words
    lit = [attrs for tag, attrs in page.elements if attrs.get("class") == "odds"]
    assert [(a["data-n"], a["href"]) for a in lit] == [("a", "#n-1")] * 3


def test_those_who_claim_the_same_thing_each_for_themselves_are_not_put_on_one_side(tmp_path: Path) -> None:
    given = [transcript(f"{n}.vtt", [(n, 0.0, "It was my idea to ring.")]) for n in ("Ann", "Bo")]
    a, b = (telling(s, q, n, "It was") for (s, q), n in zip(given, ("Ann", "Bo"), strict=True))
    said = tuple(shows(s, "It was my idea") for s, _ in given)
    relation = Relation(a.id, b.id, "differ", "whose idea", ("It was my idea", "It was my idea"), said)
    whole = History(
        "T", "2026-01-01", tuple(s for s, _ in given), tuple(x for _, q in given for x in q),
        moments=(Moment("m", "Bell", accounts=(a, b), relations=(relation,)),),
    )  # fmt: skip
    assert "whose idea It was my idea Ann It was my idea Bo" in words(made(tmp_path, whole, "Bell"))


def test_moments_follow_one_another_in_the_order_of_what_happened(site: Path) -> None:
    order = [m.title for m in in_order(history().moments)]
    assert order[:2] == ["The boat is sold", "Flowers on the radar"]
    assert order[-1] == "Eleven years on deck"
    page = words(moment(site, "Flowers on the radar"))
    assert "Before this The boat is sold" in page
    assert "After this Three minutes over the Deeps" in page


def test_of_two_on_one_day_the_known_order_counts() -> None:
    day = Happened("1998-12-05")
    late, early, never = Moment("a", "A", when=When(day, 2)), Moment("b", "B", when=When(day, 1)), Moment("c", "C")
    assert [m.id for m in in_order((never, late, early))] == ["b", "a", "c"]


# --- who is not heard ---------------------------------------------------------------------------------------


def silent(tmp_path: Path, told: str, *people: Person) -> str:
    """The page of a moment that Ann tells in these words; everybody else tells of something else."""
    talk, said = transcript("talk.vtt", [("Ann Aro", 0.0, told)])
    other, more = transcript(
        "other.vtt", [(p.name, i * 5.0, f"Something else, number {i}.") for i, p in enumerate(people)]
    )
    moments = (Moment("m", "The bell", accounts=(telling(talk, said, "Ann Aro", told[:8]),)),)
    everybody = (Person("ann-aro", "Ann Aro", ("Ann",), 1), *people)
    return words(
        made(tmp_path, History("T", "2026-01-01", (talk, other), (*said, *more), everybody, moments), "The bell")
    )


BO, CY = Person("bo-lind", "Bo Lind", ("Bo", "Lind", "Mr Lind")), Person("cy-lind", "Cy Lind", ("Lind", "A"))
DORA = Person("dora-may", "Dora May", ("Dora", "May"))


def test_who_is_named_and_tells_elsewhere_is_said_to_be_not_heard_and_that_this_is_no_denial(tmp_path: Path) -> None:
    page = silent(tmp_path, "I rang it with Bo Lind and Dora's brother.", BO, DORA)
    assert "Not heard on this: Bo Lind, Dora May. They are named" in page
    assert "Not to be heard on something is not to deny it." in page


@pytest.mark.parametrize(
    "told",
    [
        "I rang it with Lind.",
        "I rang it alone.",
        "I rang it with Dora Quist, who may sing.",
        "We rang in may, and may again.",
    ],
)
def test_nobody_is_named_by_a_name_that_is_shared_or_is_another_s_or_a_common_word(tmp_path: Path, told: str) -> None:
    assert "Not heard" not in silent(tmp_path, told, BO, CY, DORA)


def test_who_only_asks_is_not_among_those_not_heard(site: Path) -> None:
    page = words(moment(site, "Eleven years on deck"))
    assert "Not heard on this: Ines Calloway. This person is named in this account and tells of other things" in page
    assert "Not heard on this" not in words(moment(site, "Flowers on the radar"))


# --- people -------------------------------------------------------------------------------------------------


def test_without_a_work_there_is_no_cast_and_everybody_tells(site: Path) -> None:
    told = words(pages(site)["people/index.html"])
    assert "The cast" in told  # Hanna plays the trombone
    plain = history()
    plain = msgspec.structs.replace(
        plain, people=tuple(msgspec.structs.replace(p, roles=tuple(r for r in p.roles if r.kind != "plays")) for p in plain.people)
    )  # fmt: skip
    assert "The cast" not in headings(plain) and "Who tells" in headings(plain)


def headings(given: History) -> list[str]:
    return [heading for heading, _ in groups(shelve(given))]


def test_the_cast_the_makers_and_the_others_stand_apart(tmp_path: Path) -> None:
    people = (
        Person("a", INES, roles=(Role("plays", of="the Widow", work="Salt"),)),
        Person("b", TOBIAS, roles=(Role("job", title="second assistant director"),)),
        Person("c", ODILE, roles=(Role("job", title="mayor"),)),
        Person("e", PIET, roles=(Role("job", title="actor"),)),
        Person("d", HANNA, kind="label"),
    )
    talk, said = transcript(
        "talk.vtt",
        [(n, i * 5.0, f"Words number {i} of mine.") for i, n in enumerate((INES, TOBIAS, ODILE, PIET, HANNA))],
    )
    quotes = tuple(msgspec.structs.replace(q, person=ref(p.name)) for q, p in zip(said, people, strict=True))
    people = tuple(msgspec.structs.replace(p, id=q.person.id) for p, q in zip(people, quotes, strict=True) if q.person)
    given = History("T", "2026-01-01", (talk,), quotes, people, works=(Work("Salt", "series"),))
    assert headings(given) == ["The cast", "The makers", "The others", "Voices without a name"]
    assert [r["name"] for r in groups(shelve(given))[0][1]] == [INES, PIET]
    assert headings(msgspec.structs.replace(given, works=())) == ["The cast", "The others", "Voices without a name"]


def test_a_person_in_the_list_has_roles_quotations_sources_and_when_they_told(site: Path) -> None:
    told = words(pages(site)["people/index.html"])
    assert "Ines Calloway master of the Harrow ferry 4 quotations in 1 source interviewed 14 March 2019" in told
    assert "in the press 1998, 2008" in told
    assert "4 quotations in 1 source · interviewed 14 March 2019" in words(pages(site)["people/ines-calloway.html"])


# --- who tells of what ----------------------------------------------------------------------------------------


def test_the_picture_links_every_mark_and_says_it_in_words(site: Path) -> None:
    page = pages(site)["who-tells-what.html"]
    marks = [a["aria-label"] for t, a in page.elements if t == "a" and "aria-label" in a]
    assert "Ines Calloway, Flowers on the radar: tells of it; accounts differ: number of passengers" in marks
    assert any(m.startswith("Odile Marsh, Flowers on the radar: is quoted on it in the press") for m in marks)
    assert any("read it differently: whether it was a protest" in m for m in marks)
    assert {"chart-title", "chart-desc"} <= set(page.ids)


def test_the_table_says_the_same_as_the_picture(site: Path) -> None:
    told = words(pages(site)["who-tells-what.html"])
    assert "Flowers on the radar 5 December 1998 Ines Calloway, Tobias Renn, Odile Marsh number of passengers" in told


def test_what_one_alone_tells_is_no_row(site: Path) -> None:
    assert "Eleven years on deck" not in pages(site)["who-tells-what.html"].words


def test_of_hundreds_the_most_telling_are_shown_and_the_rest_is_told(tmp_path: Path) -> None:
    names = [f"Person {chr(65 + i // 26)}{chr(97 + i % 26)}" for i in range(60)]
    talk, said = transcript("talk.vtt", [(n, i * 5.0, f"Words of number {i}.") for i, n in enumerate(names)])
    accounts = [Account(f"a{i}", q.person, talk.path, q.spans, (q.id,)) for i, q in enumerate(said)]
    moments = tuple(
        Moment(f"m{i}", f"Moment {i}", accounts=(accounts[i % 60], accounts[(i + 1 + i // 60) % 60]))
        for i in range(150)
    )
    people = tuple(Person(q.person.id, q.person.name) for q in said if q.person)
    publish(History("T", "2026-01-01", (talk,), tuple(said), people, moments), tmp_path / "site")
    page = pages(tmp_path / "site")["who-tells-what.html"]
    assert "leaves out 90 moments that fewer tell of and 24 people who tell of less" in words(page)
    assert (tmp_path / "site" / "who-tells-what.html").stat().st_size < 150_000


# --- pictures -------------------------------------------------------------------------------------------------


def test_pictures_hang_where_they_belong_with_credit_and_rights(tmp_path: Path) -> None:
    drawn = tmp_path / "a.svg"
    drawn.write_text("<svg/>")
    given = msgspec.structs.replace(
        history(),
        pictures=(
            Picture(
                "quay/Lamp Post.svg",
                "A lamp.",
                "The lamp",
                "Ida Holm",
                "1998-12",
                "CC0",
                ("One trombone", HANNA),
                (40, 30),
            ),
            Picture("map.svg", "A map.", "The map", "Ida Holm", rights="CC0"),
            Picture("gone.svg", "Gone.", "Gone", "Ida Holm", rights="CC0"),
        ),
    )
    files = publish(given, tmp_path / "site", pictures={"quay/Lamp Post.svg": drawn, "map.svg": drawn})
    assert [f for f in files if f.startswith("pictures/")] == ["pictures/map.svg", "pictures/quay--lamp-post.svg"]
    there = pages(tmp_path / "site")
    quay = there[next(f"moments/{m.id}.html" for m in history().moments if m.title == "One trombone")]
    for page in (quay, there["people/hanna-voss.html"]):
        assert "The lamp, December 1998 Ida Holm. CC0" in words(page)
        (image,) = [a for t, a in page.elements if t == "img"]
        assert (image["src"], image["alt"], image["width"]) == ("../pictures/quay--lamp-post.svg", "A lamp.", "40")
    assert "The map" in there["index.html"].words and "The lamp" not in there["index.html"].words
    assert not any("gone" in link for p in there.values() for link in p.links)


def test_each_page_tells_those_who_link_to_it_what_it_holds(site: Path) -> None:
    told = {
        a.get("name") or a.get("property"): a.get("content")
        for _, a in moment(site, "One trombone").elements
        if "content" in a
    }
    assert told["description"] == told["og:description"] == "One trombone, told by Tobias Renn and Hanna Voss."
    assert told["og:title"] == "One trombone · The Last Crossing"


def test_no_page_of_a_moment_is_heavy(site: Path) -> None:
    sizes = [p.stat().st_size for p in (site / "moments").glob("*.html")]
    assert max(sizes) < 150_000
    for page in site.rglob("*.html"):
        assert not re.search(r"<script(?![^>]*( defer|application/ld\+json))", page.read_text("utf-8")), page


def test_reported_words_of_press_are_still_marked_as_press(tmp_path: Path) -> None:
    source, quotes = press(
        "a.txt", [("body", "Ann Aro said that the bell rang.")], [("Ann Aro", "indirect", ["that the bell rang."])]
    )
    given = History(
        "T",
        "2026-01-01",
        (source,),
        tuple(quotes),
        moments=(Moment("m", "Bell", accounts=(telling(source, quotes, "Ann Aro", "that the"),)),),
    )
    assert "Ann Aro, as reported: that the bell rang. Press a" in words(made(tmp_path, given, "Bell"))
