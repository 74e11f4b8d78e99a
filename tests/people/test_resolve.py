"""One person across sources, and two who only share a name."""

from __future__ import annotations

import importlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import people
from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Block, Cast, Evidence, Figure, Known, KnownPerson, Mention, PersonRuling, Role, Source, Turn
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


def talk(path: str, *said: tuple[str, str], publisher: str = "", asks: str = "Asker Hale") -> Cast:
    """The cast of a transcript, by label and words."""
    text, turns = "", []
    for label, words in said:
        start = len(text)
        text += f"{label}: {words}\n"
        turns.append(Turn(label, ((start + len(label) + 2, len(text) - 1),), start, len(text) - 1, asks=label == asks))
    source = Source(path, "transcript", "dialogue", text=text, turns=tuple(turns), publisher=publisher)
    return people.cast(source, [], Known())


def piece(path: str, text: str, date: str = "") -> Cast:
    """The cast of a printed piece."""
    blocks = tuple(Block("body", a, b) for a, b in paragraphs(text, 0, len(text)))
    return people.cast(Source(path, "press", "txt", text=text, blocks=blocks, date=date), [], Known())


def who(found: list[Cast], source: str, key: str) -> str:
    """The id behind a figure."""
    return next(p.id for p in resolve(found, Known()) if (source, key) in p.figures)


def test_a_first_name_alone_means_somebody_of_a_source_that_has_something_in_common_with_its_own() -> None:
    full = piece("a.txt", "Nora Lisle rang the bell, and Otto Brand heard it from the ferry.")
    near = piece("b.txt", "We all waited for Nora at the slip, said Otto Brand of the ferry.")
    far = piece("c.txt", "We all waited for Nora at the mill, said Abel Stone of the choir.")
    assert who([full, near], "b.txt", "Nora") == who([full, near], "a.txt", "Nora Lisle")
    assert who([full, far], "c.txt", "Nora") != who([full, far], "a.txt", "Nora Lisle")
    assert who([near, far], "c.txt", "Nora") != who([near, far], "b.txt", "Nora")


def test_a_label_of_one_first_name_is_whoever_has_it_in_another_episode_of_the_series() -> None:
    first = talk("show/ep-1.txt", ("Dot", "Welcome to the show."), ("Abel Stone", "Hello, Dot."))
    second = talk("show/ep-2.txt", ("Dot Marlow", "Welcome back."), ("Ned Farrow", "Hello."))
    other = talk("tapes/one.txt", ("Dot", "Is it on?"), ("Rosa Quill", "It is."))
    found = [first, second, other]
    assert who(found, "show/ep-1.txt", "Dot") == who(found, "show/ep-2.txt", "Dot Marlow")
    assert who(found, "tapes/one.txt", "Dot") != who(found, "show/ep-2.txt", "Dot Marlow")


@pytest.mark.parametrize(
    ("full", "text", "key"),
    [
        ("Katherine Loam", "Katherine “Kit” Loam rang it. Kit Loam was wet.", "Katherine Loam"),
        ("Marcus Loam", "Mac Loam rang the bell.", "Mac Loam"),
        ("Gordon Loam", "G. H. Loam rang the bell, and Loam was wet.", "G. H. Loam"),
    ],
)
def test_short_names_and_initials_are_one_with_the_full_name(full: str, text: str, key: str) -> None:
    found = [piece("a.txt", f"{full} rang the bell at the ferry."), piece("b.txt", text)]
    assert who(found, "b.txt", key) == who(found, "a.txt", full)
    assert {p.name for p in resolve(found, Known()) if "Loam" in p.name} == {full}


@pytest.mark.parametrize(
    "told",
    [
        "Dorothea Marlow, whom everybody calls Pug, rang it. Pug was wet.",
        "Dorothea Marlow, known as Pug, rang it. And so Pug was wet.",
        "It was Dorothea Marlow again. Everybody called her Pug. They saw Pug there.",
    ],
)
def test_a_nickname_that_the_text_tells_is_a_name_everywhere(told: str) -> None:
    found = [piece("a.txt", told), piece("b.txt", "They met Pug Marlow on the ferry.")]
    assert len({p.id for p in resolve(found, Known()) if "Marlow" in p.name}) == 1
    assert "Pug" in next(p.aliases for p in resolve(found, Known()) if p.name == "Dorothea Marlow")


@pytest.mark.parametrize(
    "told",
    [
        "Wanda Castle (née Trent) kept the till.",
        "Wanda Trent, now Wanda Castle, kept the till.",
    ],
)
def test_a_name_before_marriage_is_the_same_person_in_print(told: str) -> None:
    found = [piece("a.txt", told), piece("b.txt", "Wanda Trent rang the bell."), piece("c.txt", "Wanda Castle sang.")]
    assert len({p.id for p in resolve(found, Known()) if p.name.startswith("Wanda")}) == 1


def test_a_name_before_marriage_is_the_same_person_in_talk() -> None:
    said = talk("a.txt", ("Asker Hale", "And then?"), ("Wanda Castle", "I was Wanda Trent then, and I sang."))
    found = [said, piece("b.txt", "Wanda Trent rang the bell. Trent was wet.")]
    assert who(found, "b.txt", "Wanda Trent") == who(found, "a.txt", "Wanda Castle")


def test_a_name_as_a_recogniser_hears_it_is_the_rare_name_that_sounds_so() -> None:
    said = talk("a.txt", ("Asker Hale", "Who sang?"), ("Ned Farrow", "It was Kathryn Boil, I think, at the ferry."))
    print_ = piece("b.txt", "Catherine Boyle sang at the ferry, said Ned Farrow.")
    bell = piece("b.txt", "Catherine Bell sang at the ferry, said Ned Farrow.")
    assert who([said, print_], "a.txt", "Kathryn Boil") == who([said, print_], "b.txt", "Catherine Boyle")
    assert who([said, bell], "a.txt", "Kathryn Boil") != who([said, bell], "b.txt", "Catherine Bell")


def test_a_rare_name_that_a_recogniser_garbles_is_the_one_that_it_resembles() -> None:
    print_ = [piece("b.txt", "Ingeborg Hallstrom sang at the ferry, said Ned Farrow."),
              piece("c.txt", "Ingeborg Hallstrom sang again at the mill, said Ned Farrow.")]  # fmt: skip
    heard = talk("a.txt", ("Ned Farrow", "Who sang?"), ("Ingy Holstrom", "I did, at the ferry, for Ned Farrow."))
    sister = talk("a.txt", ("Ned Farrow", "Who sang?"), ("Ines Halstrome", "My sister did, for Ned Farrow."))
    alias = "Ingy Halstrome"
    close = talk("a.txt", ("Ned Farrow", "Who sang?"), (alias, "I did, at the ferry, for Ned Farrow."))
    assert who([close, *print_], "a.txt", alias) == who([close, *print_], "b.txt", "Ingeborg Hallstrom")
    assert who([sister, *print_], "a.txt", "Ines Halstrome") != who([sister, *print_], "b.txt", "Ingeborg Hallstrom")
    assert who([heard, *print_], "a.txt", "Ingy Holstrom") != who([heard, *print_], "b.txt", "Ingeborg Hallstrom")


@pytest.mark.parametrize(("a", "b", "one"), [
    ("Pru Marlow", "Prue Marlow", True), ("Ann Marlow", "Anne Marlow", True), ("Philip Marlow", "Phillip Marlow", True),
    ("Sara Marlow", "Sarah Marlow", True), ("Erik Marlow", "Eric Marlow", True), ("Jo Marlow", "Joe Marlow", False),
    ("Jan Marlow", "Joan Marlow", False), ("Dan Marlow", "Dane Marlow", False),
])  # fmt: skip
def test_a_first_name_that_is_spelt_either_way_is_one(a: str, b: str, one: bool) -> None:
    found = [piece("a.txt", f"{a} rang the bell, said Ned Farrow."), piece("b.txt", f"{b} sang, said Ned Farrow.")]
    assert (who(found, "a.txt", a) == who(found, "b.txt", b)) == one


def asking(path: str, asker: str, title: str = "") -> Cast:
    """A talk in which somebody asks Ned Farrow."""
    text = f"{asker}: Who rang it?\nNed Farrow: I did.\n"
    at = text.index("Ned")
    turns = (
        Turn(asker, ((len(asker) + 2, at - 1),), 0, at - 1, asks=True),
        Turn("Ned Farrow", ((at + 12, len(text) - 1),), at, len(text) - 1),
    )
    return people.cast(Source(path, "transcript", "dialogue", text=text, turns=turns, title=title), [], Known())


def test_who_asks_under_a_first_name_is_the_one_interviewer_who_has_it_elsewhere() -> None:
    found = [asking("a.txt", "Dot"), asking("b.txt", "Dot Marlow"), piece("c.txt", "Dot Brand sang at the mill.")]
    assert who(found, "a.txt", "Dot") == who(found, "b.txt", "Dot Marlow")
    two = [*found, asking("d.txt", "Dot Pryor")]
    assert who(two, "a.txt", "Dot") not in (who(two, "b.txt", "Dot Marlow"), who(two, "d.txt", "Dot Pryor"))


def test_an_episode_without_a_publisher_is_of_the_series_that_its_file_is_named_for() -> None:
    first = talk("pods/low-water-1.txt", ("Dot", "Welcome to the show."), ("Abel Stone", "Hello, Dot."))
    second = talk("pods/low-water-2.txt", ("Dot Marlow", "Welcome back."), ("Ned Farrow", "Hello."))
    second = msgspec.structs.replace(second, series="low water")
    assert who([first, second], "pods/low-water-1.txt", "Dot") == who(
        [first, second], "pods/low-water-2.txt", "Dot Marlow"
    )


def test_who_says_not_to_be_the_one_of_that_name_is_another() -> None:
    said = talk("a.txt", ("Asker Hale", "Well?"), ("Tom Ashby", "I'm not the Tom Ashby with the bakery, by the way."))
    other = talk("b.txt", ("Asker Hale", "Well?"), ("Tom Ashby", "I bake."))
    assert who([said, other], "a.txt", "Tom Ashby") != who([said, other], "b.txt", "Tom Ashby")
    plain = talk("a.txt", ("Asker Hale", "Well?"), ("Tom Ashby", "She was not the Ida Moss I knew. I bake, too."))
    assert who([plain, other], "a.txt", "Tom Ashby") == who([plain, other], "b.txt", "Tom Ashby")


@pytest.mark.parametrize(
    "told", ["Wanda Castle, who was Wanda Trent, kept the till.", "Wanda Castle, once Wanda Trent, sang."]
)
def test_who_was_somebody_by_name_is_one_and_goes_by_the_later_name(told: str) -> None:
    found = [
        piece("a.txt", told),
        piece("b.txt", "Wanda Trent rang. Wanda Trent sang."),
        piece("c.txt", "Wanda Trent sang."),
    ]
    assert [p.name for p in resolve(found, Known()) if p.name.startswith("Wanda")] == ["Wanda Castle"]


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Tom Ashby, a docker, lit the fire.", "Father Hugh knew the parish priest Tom Ashby.", False),
        ("Fire captain Tom Ashby came at two.", "They asked the gaffer Tom Ashby about it.", False),
        ("Tom Ashby, who was a docker, lit the fire.", "They asked the parish priest Tom Ashby.", True),
        ("Tom Ashby, then a docker, lit the fire.", "They met Tom Ashby, now a priest.", True),
        ("Tom Ashby, a docker, lit the fire.", "Tom Ashby, mayor of Port Quay, came.", True),
        ("Tom Ashby, a docker, lit the fire.", "Tom Ashby sang in the hall.", True),
        ("Tom Ashby Sr. lit the fire.", "They met Tom Ashby Jr. in the hall.", False),
        ("Tom Ashby lit the fire.", "They met Tom Ashby Jr. in the hall.", True),
    ],
)
def test_trade_and_generation_keep_two_of_one_name_apart(a: str, b: str, one: bool) -> None:
    found = [piece("a.txt", a, "1984-03-01"), piece("b.txt", b, "1984")]
    assert (who(found, "a.txt", "Tom Ashby") == who(found, "b.txt", "Tom Ashby")) is one


@pytest.mark.parametrize("days", [("", ""), ("1984", ""), ("1984", "1999")])
def test_a_docker_may_have_become_a_priest(days: tuple[str, str]) -> None:
    found = [
        piece("a.txt", "Tom Ashby, a docker, lit the fire.", days[0]),
        piece("b.txt", "They asked the parish priest Tom Ashby.", days[1]),
    ]
    assert who(found, "a.txt", "Tom Ashby") == who(found, "b.txt", "Tom Ashby")


@pytest.mark.parametrize(
    "told",
    [
        "There are two Tom Ashbys in this town, and I am neither.",
        "The docker Tom Ashby came, and the other Tom Ashby stayed in bed.",
        "They wrote about Tom Ashby. The man is called the same as I am, and drinks.",
        "It was Tom Ashby that rang. Not the docker, there's two of them.",
    ],
)
def test_where_one_source_says_that_there_are_two_any_two_trades_tell_them_apart(told: str) -> None:
    docker = piece("a.txt", "Tom Ashby, a docker, lit the fire.")
    grocer = piece("b.txt", "They met Tom Ashby, a fish merchant, who sang.")
    plain = piece("c.txt", "Tom Ashby rang the bell.")
    one = [docker, grocer]
    assert who(one, "a.txt", "Tom Ashby") == who(one, "b.txt", "Tom Ashby")
    found = [*one, plain, piece("told.txt", told)]
    ids = [who(found, source, "Tom Ashby") for source in ("a.txt", "b.txt", "c.txt")]
    assert len(set(ids)) == 3


def test_who_is_told_to_be_not_the_one_is_the_other() -> None:
    docker = piece("a.txt", "Tom Ashby, a docker, lit the fire.")
    grocer = piece("b.txt", "They met Tom Ashby, a fish merchant, who sang.")
    told = piece("told.txt", "It was Tom Ashby that rang. Not the docker, there's two of them.")
    assert who([docker, grocer, told], "told.txt", "Tom Ashby") == who([docker, grocer, told], "b.txt", "Tom Ashby")
    note = piece("note.txt", "Captain Tom Ashby lit it. • Mr Tom Ashby says that he is not Councillor Ashby.")
    assert [f.key for f in note.figures if f.name == "Tom Ashby"] == ["Tom Ashby", "Tom Ashby (2)"]


def test_a_formal_and_a_familiar_name_of_which_one_text_says_that_they_are_two_stay_two() -> None:
    both = piece("both.txt", "Billy Marsh did it. William Marsh, the bailiff, had the same name, and I mixed them up.")
    bailiff = piece("a.txt", "William Marsh, a bailiff, came at two.")
    billy = piece("b.txt", "We saw Billy Marsh on the crane.")
    found = [both, bailiff, billy]
    assert who(found, "both.txt", "Billy Marsh") == who(found, "b.txt", "Billy Marsh")
    assert who(found, "both.txt", "Billy Marsh") != who(found, "a.txt", "William Marsh")
    assert who([bailiff, billy], "a.txt", "William Marsh") == who([bailiff, billy], "b.txt", "Billy Marsh")


def test_a_source_may_tell_of_two_of_one_name() -> None:
    both = piece(
        "both.txt",
        "They sold it to Tom Ashby, the docker, not our Tom Ashby. Then Tom Ashby rang the bell.",
    )
    keys = [f.key for f in both.figures if f.name == "Tom Ashby"]
    assert keys == ["Tom Ashby", "Tom Ashby (2)"]
    found = [both, piece("a.txt", "Tom Ashby, a docker, sang."), piece("b.txt", "They met the nurse Tom Ashby.")]
    assert who(found, "both.txt", "Tom Ashby (2)") == who(found, "a.txt", "Tom Ashby")
    assert who(found, "both.txt", "Tom Ashby") == who(found, "b.txt", "Tom Ashby")


def test_father_and_son_of_one_name_are_two_and_the_unmarked_name_is_the_fathers() -> None:
    talked = talk(
        "talk.txt",
        ("Asker Hale", "With me is Walter Moss, who's Walter Moss's son, and who was a deckhand."),
        ("Walter Moss", "I was."),
    )
    obituary = piece("obit.txt", "Walter Moss kept the ferry. His son, also Walter Moss, keeps bees.")
    plain = piece("plain.txt", "Walter Moss rang the bell.")
    found = [talked, obituary, plain]
    assert who(found, "talk.txt", "Walter Moss") == who(found, "obit.txt", "Walter Moss (2)")
    assert who(found, "talk.txt", "Walter Moss (2)") == who(found, "obit.txt", "Walter Moss")
    assert who(found, "plain.txt", "Walter Moss") == who(found, "obit.txt", "Walter Moss")


def test_who_may_be_either_of_two_is_left_open() -> None:
    docker = piece("a.txt", "Tom Ashby, a docker, sang.", "1984")
    priest = piece("b.txt", "They met the priest Tom Ashby.", "1984")
    found = [docker, priest, piece("c.txt", "Tom Ashby was there."), piece("d.txt", "Thomas Ashby wrote to us.")]
    assert len({who(found, "a.txt", "Tom Ashby"), who(found, "b.txt", "Tom Ashby")}) == 2
    for source, key in (("c.txt", "Tom Ashby"), ("d.txt", "Thomas Ashby")):
        assert who(found, source, key) not in {who(found, "a.txt", "Tom Ashby"), who(found, "b.txt", "Tom Ashby")}


def test_what_a_person_rules_wins_over_what_trades_and_generations_tell() -> None:
    docker = piece("a.txt", "Tom Ashby, a docker, sang.", "1984")
    priest = piece("b.txt", "They met the priest Tom Ashby.", "1984")
    figures = (("a.txt", "Tom Ashby"), ("b.txt", "Tom Ashby"))
    merged = Known(person_rulings=(PersonRuling("merge", figures),))
    assert [p.figures for p in resolve([docker, priest], merged) if p.name == "Tom Ashby"] == [figures]
    split = Known(person_rulings=(PersonRuling("split", figures),))
    plain = [piece("a.txt", "Tom Ashby sang."), piece("b.txt", "They met Tom Ashby.")]
    assert len([p for p in resolve(plain, split) if p.name == "Tom Ashby"]) == 2


def test_some_of_one_name_are_somebody_else_and_stay_one() -> None:
    found = casts(a=[figure("Ann Holm")], b=[figure("Ann Holm")], c=[figure("Ann Holm")], d=[figure("Ann Holm")])
    both = (("b", "Ann Holm"), ("c", "Ann Holm"))
    split = PersonRuling("split", (*both, ("a", "Ann Holm"), ("d", "Ann Holm")), side=both)
    people = [sorted(s for s, _ in p.figures) for p in resolve(found, Known(person_rulings=(split,)))]
    assert sorted(people) == [["a", "d"], ["b", "c"]]
