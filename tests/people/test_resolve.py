"""One person across sources, and two who only share a name."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import people
from vivavoce.model import Cast, Evidence, Figure, Known, KnownPerson, Mention, PersonRuling, Role, Source, Turn
from vivavoce.people import resolve


def figure(name: str, gender: str = "", kind: str = "person", aliases: tuple[str, ...] = (), of: str = "") -> Figure:
    roles = (Role("plays", of, evidence=(Evidence("x", 0, 1),)),) if of else ()
    return Figure(name, name, aliases, kind, gender, (), roles)


def casts(**sources: list[Figure]) -> list[Cast]:
    return [Cast(path, tuple(found)) for path, found in sources.items()]


def groups(found: list[Cast], known: Known | None = None) -> dict[str, list[tuple[str, str]]]:
    return {p.id: list(p.figures) for p in resolve(found, known or Known())}


def test_full_name_surname_nickname_and_label_are_one_person() -> None:
    found = casts(
        a=[figure("Katherine Bloom", "f")], b=[figure("Kate Bloom", "f")], c=[figure("Bloom")], d=[figure("Kate", "f")]
    )
    people = resolve(found, Known())
    assert [p.name for p in people] == ["Katherine Bloom"]
    assert set(people[0].aliases) == {"Kate Bloom", "Bloom", "Kate"}


def interview(path: str, *labels: str) -> Cast:
    """The cast of an interview whose speakers are labelled so."""
    text, turns = "", []
    for label in labels:
        start = len(text)
        text += f"{label}: We kept the boats in the yard.\n"
        turns.append(Turn(label, ((start + len(label) + 2, len(text) - 1),), start, len(text) - 1))
    return people.cast(Source(path, "transcript", "dialogue", text=text, turns=tuple(turns)), [], Known())


def test_a_label_of_one_first_name_stays_in_its_interview() -> None:
    found = [
        interview("a.txt", "NORA", "HOST"),
        interview("b.txt", "NORA", "HOST"),
        interview("c.txt", "Nora Lisle", "HOST"),
        Cast("press.txt", (figure("Nora Lisle", "f"), figure("Beck"))),
    ]
    persons = {frozenset(p.figures) for p in resolve(found, Known()) if p.kind == "person"}
    assert persons == {
        frozenset({("a.txt", "Nora")}),
        frozenset({("b.txt", "Nora")}),
        frozenset({("c.txt", "Nora Lisle"), ("press.txt", "Nora Lisle")}),
        frozenset({("press.txt", "Beck")}),
    }


def test_a_label_of_one_name_is_somebody_known_or_somebody_of_that_surname() -> None:
    found = [
        interview("a.txt", "NORA", "HOST"),
        interview("b.txt", "LISLE", "HOST"),
        Cast("c", (figure("Nora Lisle"),)),
    ]
    (one,) = (p for p in resolve(found, Known(people=(KnownPerson("Nora Lisle"),))) if p.kind == "person")
    assert len(one.figures) == 3
    apart = [p for p in resolve(found, Known()) if p.kind == "person"]
    assert sorted(len(p.figures) for p in apart) == [1, 2]


def test_two_people_of_one_surname_stay_apart_and_their_surname_alone_is_nobodys() -> None:
    found = casts(a=[figure("Ann Holm", "f"), figure("Carl Holm", "m")], b=[figure("Holm")])
    assert len(groups(found)) == 3


def test_a_surname_goes_to_the_one_whose_gender_fits() -> None:
    found = casts(a=[figure("Ann Holm", "f"), figure("Carl Holm", "m")], b=[figure("Holm", "m")])
    assert groups(found)["carl-holm"] == [("a", "Carl Holm"), ("b", "Holm")]


def test_one_name_with_two_genders_is_two_people_with_two_addresses() -> None:
    found = casts(a=[figure("Robin Lake", "f")], b=[figure("Robin Lake", "m")])
    assert sorted(groups(found)) == ["robin-lake", "robin-lake-2"]


def test_middle_initials_that_differ_keep_apart() -> None:
    assert len(groups(casts(a=[figure("John A. Reed")], b=[figure("John B. Reed")]))) == 2
    assert len(groups(casts(a=[figure("John A. Reed")], b=[figure("John Reed")]))) == 1


def test_short_forms_initials_and_slips_are_one_person() -> None:
    found = casts(
        a=[figure("Sidney Marsh", "m")],
        b=[figure("Sid Marsh", "m")],
        c=[figure("S. Marsh")],
        d=[figure("Margaret Quillfeather", "f")],
        e=[figure("Mags Quillfeather", "f"), figure("Margaret Quilfeather", "f")],
        f=[figure("Margaret Quilfeather")],
    )
    people = {p.name: list(p.figures) for p in resolve(found, Known())}
    assert [k for k, _ in people["Sidney Marsh"]] == ["a", "b", "c"]
    assert sorted(people) == ["Margaret Quilfeather", "Margaret Quillfeather", "Sidney Marsh"]
    assert ("e", "Mags Quillfeather") in people["Margaret Quillfeather"]


def test_an_initial_that_may_be_two_peoples_is_nobodys() -> None:
    found = casts(a=[figure("Josie Pell", "f")], b=[figure("Jack Pell", "m")], c=[figure("J. Pell")])
    assert len(groups(found)) == 3
    assert len(groups(casts(a=[figure("Josie Pell", "f")], b=[figure("Frank Pell", "m")], c=[figure("J. Pell")]))) == 2


def test_near_names_of_one_source_are_two_people() -> None:
    assert len(groups(casts(a=[figure("Sid Marsh"), figure("Sidney Marsh")]))) == 2


def test_a_rank_is_no_part_of_the_name() -> None:
    found = casts(a=[figure("Constable Alan Reed")], b=[figure("Alan Reed", aliases=("Sgt Alan Reed",))])
    (one,) = resolve(found, Known())
    assert (one.name, one.id) == ("Alan Reed", "alan-reed")
    assert set(one.aliases) == {"Constable Alan Reed", "Sgt Alan Reed"}


def test_who_is_played_in_one_source_is_a_character_in_all() -> None:
    played = Figure("Ida Bell", "Ida Bell", kind="character")
    named = Figure("Ida Bell", "Ida Bell", mentions=(Mention(0, 8, "Ida Bell"),))
    (one,) = resolve(casts(a=[played], b=[named]), Known())
    assert (one.kind, len(one.figures)) == ("character", 2)


def test_a_known_person_is_never_a_character() -> None:
    found = casts(a=[figure("Lena Marsh", kind="character")], b=[figure("Marsh")])
    (one,) = resolve(found, Known(people=(KnownPerson("Lena Marsh", gender="f"),)))
    assert (one.kind, one.gender, len(one.figures)) == ("person", "f", 2)


def role(title: str, source: str, work: str = "") -> Role:
    return Role("job", title=title, work=work, evidence=(Evidence(source, 0, 1),))


def test_a_role_is_told_once_in_its_fullest_words_with_all_evidence() -> None:
    told = [role("mayor", "a"), role("mayor of Port Hale", "b"), role("writer", "c"), role("mayor", "d")]
    found = casts(**{r.evidence[0].source: [Figure("Ana Silva", "Ana Silva", roles=(r,))] for r in told})
    known = Known(people=(KnownPerson("Ana Silva", roles=(Role("job", title="writer", work="The Weir"),)),))
    roles = resolve(found, known)[0].roles
    assert [(r.title, r.work, [e.source for e in r.evidence]) for r in roles] == [
        ("mayor of Port Hale", "", ["a", "b", "d"]),
        ("writer", "The Weir", ["c"]),
    ]


def test_labels_that_name_nobody_stay_with_their_source() -> None:
    found = casts(
        **{"tapes/one.vtt": [figure("SPEAKER_00", kind="label")], "two.vtt": [figure("SPEAKER_00", kind="label")]}
    )
    assert sorted(groups(found)) == ["speaker-00-tapes-one-vtt", "speaker-00-two-vtt"]


def test_a_part_has_one_name_whatever_each_source_calls_it() -> None:
    found = casts(
        a=[figure("Lena Marsh", "f", of="Bell"), figure("Bell", kind="character")],
        b=[figure("Lena Marsh", "f", of="Ida Bell"), figure("Ida Bell", kind="character")],
    )
    by_name = {p.name: p for p in resolve(found, Known())}
    assert [r.of for r in by_name["Lena Marsh"].roles] == ["Ida Bell"]
    assert len(by_name["Lena Marsh"].roles[0].evidence) == 1
    assert by_name["Ida Bell"].kind == "character"


def test_a_part_and_a_person_of_one_name_stay_apart() -> None:
    found = casts(a=[figure("Jim", kind="character")], b=[figure("Jim Reed", "m")])
    assert len(groups(found)) == 2


def test_what_the_project_knows_joins_its_aliases() -> None:
    known = Known(people=(KnownPerson("Maria Ortiz", ("Mia O.",)),))
    found = casts(a=[figure("Mia O.")], b=[figure("Maria Ortiz")], c=[figure("Ortiz")])
    assert groups(found, known) == {"maria-ortiz": [("a", "Mia O."), ("b", "Maria Ortiz"), ("c", "Ortiz")]}


def test_rulings_win_over_everything() -> None:
    found = casts(a=[figure("Ann Holm", "f")], b=[figure("Ann Holm", "f")], c=[figure("Carl Holm", "m")])
    split = PersonRuling("split", (("a", "Ann Holm"), ("b", "Ann Holm")))
    merge = PersonRuling("merge", (("a", "Ann Holm"), ("c", "Carl Holm")), "A. C. Holm")
    name = PersonRuling("name", (("b", "Ann Holm"),), "Anna Holm")
    people = {p.name: list(p.figures) for p in resolve(found, Known(person_rulings=(split, merge, name)))}
    assert people == {"A. C. Holm": [("a", "Ann Holm"), ("c", "Carl Holm")], "Anna Holm": [("b", "Ann Holm")]}


NAMES = ["Ann Holm", "Carl Holm", "Holm", "Ann", "A. Holm", "Jim", "SPEAKER_00", "Mrs Holm"]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(NAMES), st.sampled_from(["", "f", "m"])), max_size=12)
)
@settings(max_examples=150, deadline=None)
def test_every_figure_is_in_one_person_and_the_order_of_sources_given_does_not_matter(
    rows: list[tuple[str, str, str]],
) -> None:
    made: dict[str, dict[str, Figure]] = {}
    for source, name, gender in rows:
        made.setdefault(source, {})[name] = figure(name, gender, "label" if name.startswith("SPEAKER") else "person")
    found = [Cast(s, tuple(fs.values())) for s, fs in made.items()]
    people = resolve(found, Known())
    everyone = [f for p in people for f in p.figures]
    assert sorted(everyone) == sorted((c.source, f.key) for c in found for f in c.figures)
    assert len({p.id for p in people}) == len(people)
    assert resolve(found[::-1], Known()) == people


def test_who_a_surname_means_costs_the_same_however_many_sources_name_them(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("vivavoce.people.resolve")
    asked: list[int] = []
    true = module.contrary
    monkeypatch.setattr(module, "contrary", lambda a, b: asked.append(1) or true(a, b))

    def cost(size: int) -> int:
        asked.clear()
        named = {f"{n:04}": [figure("Ida Bloom", "f"), figure("Otto Marsh", "m")] for n in range(size)}
        alone = {f"z{n:04}": [figure("Bloom"), figure("Marsh")] for n in range(size)}
        assert len(resolve(casts(**named, **alone), Known())) == 2
        return len(asked)

    assert cost(80) <= 2.2 * cost(40)
