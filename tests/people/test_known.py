"""What vivavoce.toml tells of people wins over what a text seems to show. All texts are invented."""

from __future__ import annotations

import pytest

from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Block, Figure, Known, KnownPerson, Quote, Role, Source, Turn
from vivavoce.people import cast, resolve
from vivavoce.people.rules import attribute

KNOWN = Known(
    people=(
        KnownPerson("Yael Sturm", ("Mrs Quill",), (Role("plays", "Captain Ada Finn", work="The Weir"),), "f"),
        KnownPerson("Josie Bell", ("Josephine",), (Role("job", title="writer"),), "f"),
        KnownPerson("Rune Akko", gender="m"),
    )
)


def press(text: str) -> Source:
    blocks = tuple(Block("body", a, b) for a, b in paragraphs(text, 0, len(text)))
    return Source("press/piece.txt", "press", "txt", text=text, blocks=blocks)


def figures(text: str, known: Known = KNOWN) -> dict[str, Figure]:
    return {f.name: f for f in cast(press(text), [], known).figures}


@pytest.mark.parametrize(
    "caption",
    [
        "Yael Sturm (Ada Finn) and Rune Akko (Old Tom), 1986.",
        "Ada Finn (Yael Sturm) on the weir, 1986.",
        "Captain Finn (Yael Sturm) on the weir, 1986.",
        "Yael Sturm, who played Ada Finn, on the weir.",
        "Ada Finn as Yael Sturm, a double life.",
    ],
)
def test_a_known_person_is_never_a_part_and_a_known_part_never_a_person(caption: str) -> None:
    found = figures(caption + "\n\n“No,” said Finn. “No,” Finn said again, and Finn added nothing.")
    assert found["Yael Sturm"].kind == "person"
    assert [f.kind for f in found.values() if f.name.endswith("Finn")] == ["character"]


def test_a_known_player_has_the_evidence_of_the_text() -> None:
    found = figures("Ada Finn (Yael Sturm) on the weir, 1986.")
    roles = found["Yael Sturm"].roles
    assert [(r.kind, r.of) for r in roles if r.evidence] == [("plays", "Ada Finn")]


def test_aliases_titles_and_first_names_are_one_figure() -> None:
    text = "Josie Bell wrote it. Josephine, as her father calls her, laughed. Mrs Quill came. Sturm sang, and Quill."
    source = press(text)
    found = {f.name: f for f in cast(source, [], KNOWN).figures}
    assert "Josephine" in found["Josie Bell"].aliases
    assert len([f for f in found.values() if f.kind == "person"]) == 2


def test_known_gender_reaches_pronouns() -> None:
    text = "Rune Akko built the weir.\n\n“It held,” he said.\n\n“Yes,” she said."
    source = press(text)
    spans = [(text.index("It"), text.index("held,") + 5)]
    quote = Quote("q", source.path, "direct", (spans[0],), (spans[0],), "It held,")
    made = cast(source, [quote], KNOWN)
    assert [f.gender for f in made.figures] == ["m"]
    assert attribute(source, [quote], made, KNOWN)[0].figure == "Rune Akko"


def test_a_speaker_label_is_a_person_even_where_a_part_has_the_name() -> None:
    text = "FINN: I was called that all my life."
    span = ((6, len(text)),)
    source = Source("t.txt", "transcript", "dialogue", text=text, turns=(Turn("FINN", span, 0, len(text)),))
    quote = Quote("q", "t.txt", "turn", span, span, text[6:], turn=0)
    assert [f.kind for f in cast(source, [quote], KNOWN).figures] == ["person"]


def test_across_sources_a_part_that_is_known_is_one_character_and_nobodys_voice() -> None:
    casts = [
        cast(Source(f"{n}.txt", "press", "txt", text=t, blocks=(Block("body", 0, len(t)),)), [], KNOWN)
        for n, t in enumerate(
            ["Ada Finn was asked.", "They all knew Captain Finn.", "Yael Sturm laughed. Ada Finn did not."]
        )
    ]
    people = {p.name: p for p in resolve(casts, KNOWN)}
    assert people["Captain Ada Finn"].kind == "character"
    assert len(people["Captain Ada Finn"].figures) == 3
    assert [(r.of, r.work) for r in people["Yael Sturm"].roles] == [("Captain Ada Finn", "The Weir")]


def test_a_known_alias_of_one_word_with_the_surname_is_the_same_person() -> None:
    known = Known(people=(KnownPerson("Helga Prior", ("Hexie",)),))
    one = press("Helga Prior shook her head. “I stay,” Prior said. “Hexie Prior does not run.”")
    two = Source("press/two.txt", "press", "txt", text="“I counted the boats,” Prior said.")
    casts = [cast(s, [], known) for s in (one, two)]
    assert [f.name for f in casts[0].figures] == ["Helga Prior"]
    assert [(p.name, len(p.figures)) for p in resolve(casts, known)] == [("Helga Prior", 2)]
