"""Stories: who speaks without a name, whose name is only called, who tells. All sentences are invented."""

from __future__ import annotations

import time

import msgspec
import pytest

from vivavoce import people, quotes
from vivavoce.engines import DEFAULT, engine
from vivavoce.model import Block, Cast, Known, Source
from vivavoce.people.scan import scan
from vivavoce.people.stories import is_story

# Enough of a telling for a text to be a story: nobody new is named in it.
WALK = (
    "He went down to the water, and she went after him, and for a while he said nothing to her and she said nothing "
    "to him. He looked at his hands. She looked at her shoes, and then at him, and then at the grey line of the sea. "
)
TELLING = WALK * 9
OWN = (
    "I went down to the water in the morning and I came back from it at night, and nobody asked me what I had seen or "
    "whom I had met. I kept it to myself, as I kept most things then, and my hands were cold when I lit my lamp. "
)


def read(text: str) -> tuple[Source, Cast]:
    source = Source("books/tale.txt", "press", "txt", text, (Block("body", 0, len(text)),))
    found = quotes.find(source, Known())
    return source, people.cast(source, found, Known())


def said(text: str) -> dict[str, str | None]:
    """First words of each quotation -> the name of who says it."""
    source, cast = read(text)
    found = quotes.find(source, Known())
    names = {f.key: f.name for f in cast.figures}
    given = engine("attribute", DEFAULT)(source, found, cast, Known())
    return {" ".join(q.text.split()[:2]): names.get(a.figure or "") for q, a in zip(found, given, strict=True)}


def test_a_tale_is_a_story_and_a_report_is_none():
    report = "The board of Wexcombe Harbour voted on 3 May to sell the lido for 40,000 pounds, Ida Marsh said. " * 40
    for text, wanted in ((TELLING, True), (report, False), (WALK, False)):
        source, _ = read(text)
        assert is_story(scan(source, [])) is wanted


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("said the ferryman", "the ferryman"),
        ("said the old ferryman, and spat", "the ferryman"),
        ("the ferryman answered", "the ferryman"),
        ("said my uncle", "my uncle"),
        ("her cousin replied", "her cousin"),
    ],
)
def test_who_is_only_called_by_a_noun_is_somebody(tag, name):
    text = f"{TELLING}\n\n“We shall not cross tonight,” {tag}.\n\n{TELLING}"
    assert said(text)["We shall"] == name


def test_nobody_is_made_of_a_voice_or_an_answer_or_of_several():
    for tag in ("said a voice", "the answer followed", "cried the others", "said the soldiers"):
        _, cast = read(f"{TELLING}\n\n“We shall not cross tonight,” {tag}.\n\n{TELLING}")
        assert [f.name for f in cast.figures if f.kind == "label"] == []


def test_in_a_report_a_noun_alone_is_still_nobody():
    text = "The board of Wexcombe voted on 3 May. “We shall not cross tonight,” said the ferryman. " * 3
    assert set(said(text).values()) == {None}


def test_his_wife_is_no_second_person_beside_mrs_marsh():
    text = f"{TELLING}\n\n“Come in,” said Mrs. Marsh. “It rains,” said his wife.\n\n{TELLING}"
    _, cast = read(text)
    assert "his wife" not in [f.name for f in cast.figures]


def test_a_word_that_is_only_called_or_speaks_is_a_name():
    text = (
        f"{TELLING}\n\n“It is late, Tolliver, and the tide is out,” she said.\n\n“I know,” said Tolliver.\n\n"
        f"“Then go,” Weary answered. “Go now,” Weary said again, for he was weary.\n\n{TELLING}"
    )
    _, cast = read(text)
    names = [f.name for f in cast.figures if f.kind == "person"]
    assert "Tolliver" in names
    assert "Weary" in names


def test_an_oath_is_nobodys_name():
    _, cast = read(f"{TELLING}\n\n“But, Heavens, it is late, and, Nonsense, it is not,” she said.\n\n{TELLING}")
    assert not {"Heavens", "Nonsense"} & {f.name for f in cast.figures}


def test_an_epithet_is_no_first_name_and_capitals_are_no_other_person():
    text = f"TAMSIN\n\n{TELLING}\n\nPoor Tamsin sat down. “I am cold,” said Tamsin. “TAMSIN!” he cried.\n\n{TELLING}"
    _, cast = read(text)
    assert [f.name for f in cast.figures if "amsin" in f.name.lower()] == ["Tamsin"]


def test_the_one_who_tells_has_the_name_that_others_call_them():
    talk = (
        "“You are late, Corvane,” said Ida Marsh.\n\n“I missed the boat,” I said.\n\n"
        "“And the next one, my dear Corvane?” she asked.\n\n“That one too,” said I.\n\n"
    )
    found = said(f"{OWN * 6}\n\n{talk}{OWN * 6}")
    assert found["I missed"] == "Corvane"
    assert found["That one"] == "Corvane"


def test_the_one_who_tells_has_the_name_that_they_give():
    text = f"My name is Perrin Ould, and I was born in a boat.\n\n{OWN * 6}\n\n“Not yet,” I said.\n\n{OWN * 6}"
    assert said(text)["Not yet,"] == "Perrin Ould"


def test_who_the_telling_names_is_not_the_one_who_tells():
    talk = (
        "“You are late, Corvane,” said Ida Marsh.\n\nCorvane sat down. Corvane was my friend.\n\n“Well?” I asked.\n\n"
    )
    assert said(f"{OWN * 6}\n\n{talk}{OWN * 6}")["Well?"] == "Narrator"


def test_each_kind_of_text_has_the_engine_that_reads_it_better():
    tale, _ = read(f"{TELLING}\n\n“It rains,” said the ferryman.\n\n{TELLING}")
    report, _ = read("The board of Wexcombe voted on 3 May. “We lost,” said Ida Marsh.")
    for source, name in ((tale, "learned"), (report, "rules")):
        found = quotes.find(source, Known())
        cast = people.cast(source, found, Known())
        assert {a.engine for a in engine("attribute", DEFAULT)(source, found, cast, Known())} == {name}


def test_a_long_story_takes_time_in_proportion_to_its_length():
    part = f"{WALK}\n\n“It rains, Tolliver,” said the ferryman.\n\n“I see,” I said.\n\n"
    took = []
    for times in (60, 240):
        text = part * times
        start = time.process_time()
        read(text)
        took.append(time.process_time() - start)
    assert took[1] < 10 * max(took[0], 0.02)


@pytest.mark.parametrize("told", [{"date": "1991-12-14"}, {"publisher": "Wexcombe Beacon"}])
def test_a_letter_with_its_day_or_a_memoir_with_its_paper_is_no_story(told):
    text = f"{OWN * 9}\n\n“We shall not cross tonight,” said my uncle.\n\n{OWN * 9}"
    source, cast = read(text)
    assert "my uncle" in {f.name for f in cast.figures}
    source = msgspec.structs.replace(source, **told)
    named = people.cast(source, quotes.find(source, Known()), Known())
    assert "my uncle" not in {f.name for f in named.figures}
