from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import harrow
from vivavoce.accounts import passages
from vivavoce.model import Block, Cast, Known, Quote, Source


def words(text: str) -> list[str]:
    return text.split()


def test_each_answer_keeps_its_question_as_context() -> None:
    found = harrow.transcript("ida.txt", harrow.IDA)
    assert [words(p.around)[:3] for p in found][:2] == [["Tell", "me", "about"], ["And", "the", "van?"]]
    assert all(p.figure == "Ida Farrant" for p in found)


def test_an_article_narrates_what_nobody_is_quoted_for() -> None:
    found = harrow.article("gazette.txt", harrow.GAZETTE)
    told = [p.text for p in found if p.figure is None]
    assert any("burned out on the hard shoulder" in t for t in told)
    assert not any("bonfire" in t or "in shock" in t for t in told)


def test_quotations_of_one_person_that_follow_one_another_are_one_passage() -> None:
    text = "{Bea: It was four in the morning,} said Lindqvist. {Bea: I had a cold and the tape ran out.}"
    (said,) = [p for p in harrow.article("review.txt", text) if p.figure]
    assert len(said.spans) == 2 and len(said.quotes) == 2


def test_a_quotation_within_a_quotation_is_told_once() -> None:
    text = "He said she told him to go home and stay there until the tide had turned."
    outer = Quote("o", "a.txt", "indirect", ((8, 72),), ((8, 72),), text[8:72])
    inner = Quote("i", "a.txt", "indirect", ((21, 31),), ((21, 31),), text[21:31])
    source = Source("a.txt", "press", "txt", text, (Block("body", 0, len(text)),))
    found = passages(source, [inner, outer], [], Cast("a.txt"), Known())
    assert [p.quotes for p in found if p.quotes] == [("o",)]


def test_headings_divide_an_article() -> None:
    found = harrow.article("review.txt", harrow.REVIEW)
    assert {p.heading.strip() for p in found if "carpet" in p.text} == {"A carpet, a cold, one microphone"}
    assert len({p.topic for p in found}) == 2


def test_a_long_turn_that_tells_two_things_is_cut() -> None:
    harvest = "The orchard flooded and the apples floated down to the mill. We fished apples out with nets. " * 12
    choir = "The choir sang carols in the quarry. Every soprano had a lantern, and the quarry rang. " * 12
    found = harrow.transcript("ida.txt", f"Ida: {harvest}{choir}\n")
    assert len({p.topic for p in found}) == 2
    assert len({p.quotes for p in found}) == 1


def test_signals_are_found() -> None:
    (first, *_) = harrow.transcript("ida.txt", harrow.IDA)
    assert first.numbers == ("23 takes",)
    assert "tin cathedral" in first.names or "tin cathedral" in first.works
    assert "crying" in first.words and "the" not in first.words


def test_episodes_are_one_thing_across_their_spellings() -> None:
    said = (
        "In Season 7 Episode 22 it rains all the time.",
        "There is rain all through S7E22, as we know.",
        "It rains in the 22nd episode of the seventh season.",
    )
    for text in said:
        source = Source("a.txt", "press", "txt", text * 2, (Block("body", 0, 2 * len(text)),))
        (found,) = passages(source, [], [], Cast("a.txt"), Known())
        assert found.works == ("season 7 episode 22",)


PLAIN = st.text(st.sampled_from("ab Q:.?!“”\n’17é"), max_size=80)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLAIN.filter(lambda t: bool(t.strip())), min_size=1, max_size=12))
def test_spans_are_the_words_and_no_two_passages_share_any(turns: list[str]) -> None:
    text, quotes = "", []
    for n, turn in enumerate(turns):
        start = len(text)
        text += turn + "\n"
        span = (start, start + len(turn))
        quotes.append(Quote(str(n), "a.txt", "turn", (span,), (span,), turn, turn=n, asks=n % 3 == 0))
    source = Source("a.txt", "transcript", "txt", text)
    found = passages(source, quotes, [], Cast("a.txt"), Known())
    taken: set[int] = set()
    for p in found:
        assert p.text == " ".join(text[a:b] for a, b in p.spans)
        for a, b in p.spans:
            assert 0 <= a < b <= len(text) and not taken & set(range(a, b))
            taken |= set(range(a, b))


def test_a_megabyte_of_anything_is_cut_without_a_blow_up() -> None:
    for part in ("“", ".", "Abc Def ", "17 takes ", "“Aa bb” said ", "March 3 ", "‘A"):
        text = part * (300_000 // len(part))
        source = Source("a.txt", "press", "txt", text, (Block("body", 0, len(text)),))
        passages(source, [], [], Cast("a.txt"), Known())


def headed(text: str) -> list[tuple[str, int]]:
    """The heading and topic of each passage of an article that is saved with its address and dates."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    kind = {"#": "heading"}
    blocks = tuple(Block(kind.get(text[a], "body"), a, b) for a, b in lines)  # type: ignore[arg-type]
    found = passages(Source("a.txt", "press", "txt", text, blocks, title="A page"), [], [], Cast("a.txt"), Known())
    return [(p.heading.strip("# "), p.topic) for p in found]


def test_an_address_above_the_first_heading_and_a_date_below_it_are_no_sections() -> None:
    text = (
        "www. ollabyherald. example / ferry - aground - at - sund\n"
        "# Ferry aground at Sund\n"
        "# Updated 14 May 2009, 10:15 GMT\n"
        "The ferry from Ollaby ran aground on Sund Bar in fog, with two hundred people and a pony on board.\n"
        "Nobody was hurt but the pony, which had swum ashore by itself and met a bus.\n"
    )
    assert set(headed(text)) == {("Ferry aground at Sund", 0)}


def test_a_line_under_the_headline_is_no_section_of_its_own() -> None:
    text = (
        "# Ferry aground at Sund\nA pony swam ashore by itself, the lifeboat crew said.\n# Fog like a lid\n"
        "The ferry from Ollaby ran aground on Sund Bar in fog, with two hundred people and a pony on board.\n"
    )
    assert [topic for _, topic in headed(text)] == [0, 0]


def test_a_letter_that_tells_one_thing_after_another_is_cut_where_it_says_so() -> None:
    text = (
        "I have read what your paper printed about the fair, and I was there, and I have three things to say to you.\n"
        "First, the goat. It was my sister's goat, and nobody was hurt but the mayor, who was told to stand back.\n"
        "The mayor has said that he fell over a rope. There was no rope. There was a goat.\n"
        "Second, the wheel. It did not stop because of the rain, it stopped because my cousin had sat on the lever.\n"
    )
    assert [topic for _, topic in headed(text)] == [0, 1, 1, 2]


TOGETHER = """Ida: Where were you when the weir broke?
Marek: In the mill, with my shoes off, sorting the last of the barley sacks, and I heard it go like a cart.
Ida: Really?
Marek: I ran in my socks as far as the chapel, and I have never liked that chapel since, for it shook.
Ida: There was a goose.
Marek: Oh, the goose. She sat on the bakery roof for two days and hissed at everybody who brought her bread and cheese.
Ida: And the medal.
Marek: They gave me it in the wrong box, with a sailor's name, and I wore it for a year before I saw.
Ida: That must have stung.
Marek: It did not sting at all, I was proud of that sailor, whoever he was, and I sent it on to his mother by the post.
"""


def test_who_leads_a_talk_leads_on_in_few_words_though_nobody_is_known_to_ask() -> None:
    answers = [p for p in harrow.transcript("talk.txt", TOGETHER) if p.figure == "Marek Osei"]
    weir, chapel, goose, medal, stung = (p.topic for p in answers)
    assert weir == chapel
    assert medal == stung
    assert len({weir, goose, medal}) == 3


def test_two_who_both_tell_lead_nobody_on() -> None:
    said = "I remember the cold weir and the bread of that winter, and the miller who sang to the geese at night."
    told = [f"{who}: {said}" for who in ("Ida", "Marek") * 4]
    assert len({p.topic for p in harrow.transcript("talk.txt", "\n".join(told) + "\n")}) == 1


def test_an_answer_that_goes_to_another_year_is_cut_there() -> None:
    first = "In 1984 we had the long sit-in at the bottling hall, with the soup and the accordions and the nine of us. "
    other = "We had one before, in seventy-two, about the towels, and that was all done in a morning."
    found = harrow.transcript("ida.txt", f"Q: Was there a sit-in?\nIda: {first}{other}\n")
    assert [" ".join(p.text.split()[:3]) for p in found] == ["In 1984 we", "We had one"]
    assert len({p.topic for p in found}) == 2
    assert [bool(p.around) for p in found] == [True, False]


def test_an_answer_that_stays_in_its_year_is_whole() -> None:
    told = "In 1984 we had the long sit-in at the bottling hall, with the soup and the accordions and the nine of us. "
    found = harrow.transcript("ida.txt", f"Q: Was there a sit-in?\nIda: {told}The spring of ’84 was wet as well.\n")
    assert len(found) == 1


@pytest.mark.parametrize("asked", ["You had seen others burn.", "And on the last night?", "Not like the other one."])
def test_a_question_of_another_of_the_kind_or_of_another_time_begins_something_else(asked: str) -> None:
    fire = "The barn burned and we stood in the yard with buckets, and the goose went up on the roof."
    other = "It was quite another matter, with a band and a bishop and the whole town out in its hats."
    found = harrow.transcript("ida.txt", f"Q: And the fire?\nIda: {fire}\nQ: {asked}\nIda: {other}\n")
    assert [p.topic for p in found] == [0, 1]


def test_an_answer_that_goes_back_to_what_was_done_before_begins_something_else() -> None:
    fire = "The barn burned and we stood in the yard with buckets, and the goose went up on the roof, all that night."
    before = "We'd done it before, mind. There was a hayrick, and a priest with a garden hose."
    for between in (" ", "\nQ: Did you think so?\nIda: "):
        found = harrow.transcript("ida.txt", f"Q: And the fire?\nIda: {fire}{between}{before}\n")
        assert [p.text[:7] for p in found] == [fire[:7], before[:7]]
        assert [p.topic for p in found] == [0, 1]


def test_who_had_never_seen_the_like_before_tells_on() -> None:
    told = "The barn burned and we stood in the yard with buckets, and the goose went up on the roof, all that night."
    found = harrow.transcript("ida.txt", f"Q: And the fire?\nIda: {told} I'd never seen it before.\n")
    assert len(found) == 1


@pytest.mark.parametrize("aside", ["I'll put the kettle on. You're very thin.", "Will you take another bun?"])
def test_what_is_said_to_whoever_sits_there_is_told_of_nothing(aside: str) -> None:
    told = "The barn burned and we stood in the yard with buckets, and the goose went up on the roof, all that night."
    found = harrow.transcript("ida.txt", f"Q: And the fire?\nIda: {told} {aside}\nQ: Thank you.\nIda: {aside}\n")
    assert [p.text for p in found] == [told]


def test_an_offer_that_was_made_then_is_told() -> None:
    told = "“Will you take a bun?” she said, and he took two. Will you believe it? He ate them on the burning stairs."
    found = harrow.transcript("ida.txt", f"Q: And the fire?\nIda: {told}\n")
    assert [p.text for p in found] == [told]
