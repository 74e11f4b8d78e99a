"""Every line of the book stands in its source, or is told with both texts."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.book import arranged, settle
from vivavoce.book.draft import signs
from vivavoce.model import WITHHELD, Block, History, Person, PersonRef, Quote, Source, Turn, quote_id

IDA, LEN = PersonRef("ida-fell", "Ida Fell"), PersonRef("len-ash", "Len Ash")
SAID = "Well, um, we stood at the gate till noon. The foreman never came. I don't think he was even in town. No. No."
PLAIN = SAID.replace("I don't think he", "He").replace("never ", "")
PRESS = "The gate stayed shut on Friday. “We were not asked,” said Len Ash."


def _history(said: str = SAID, extra: tuple[str, ...] = ()) -> History:
    turns, quotes, text = [], [], ""
    for n, words in enumerate((said, *extra)):
        span = (len(text), len(text) + len(words))
        text += words + "\n"
        turns.append(Turn("IDA", (span,), *span))
        quotes.append(
            Quote(quote_id("i/fell.txt", words), "i/fell.txt", "turn", (span,), (span,), words, person=IDA, turn=n)
        )
    talk = Source("i/fell.txt", "transcript", "txt", text, turns=tuple(turns), text_hash="t")
    at = PRESS.index("We")
    span = (at, at + len("We were not asked,"))
    asked = Quote("press1", "p/gate.txt", "direct", (span,), (span,), PRESS[span[0] : span[1]], person=LEN)
    article = Source("p/gate.txt", "press", "txt", PRESS, blocks=(Block("body", 0, len(PRESS)),))
    people = (Person("ida-fell", "Ida Fell", ("Mrs Fell",)), Person("len-ash", "Len Ash"))
    return History("The Lockout", "2026-01-01", (talk, article), (*quotes, asked), people)


def _block(words: str, name: str = "Ida Fell", quote: str = "") -> str:
    return f'> **{name}**\n> {words} [x](quote:{quote or quote_id("i/fell.txt", SAID)} "i/fell.txt")\n'


def _sentences(text: str, policy: str = "verbatim", history: History | None = None) -> list[str]:
    return [w.sentence for w in settle(arranged(text), history or _history(), policy).wrong]


def test_words_that_stand_there_hold_and_say_where() -> None:
    standing = settle(arranged(_block("the foreman never came")), _history())
    (line,) = standing.lines.values()
    assert standing.wrong == () and line.said == "The foreman never came" and line.version == "t"


def test_one_changed_letter_is_told_with_line_and_both_texts() -> None:
    standing = settle(arranged("# A\n\n" + _block("We stood at the gale till noon.")), _history())
    (wrong,) = standing.wrong
    assert wrong.fails and wrong.line == 4 and standing.lines == {}
    assert "gale till noon" in wrong.sentence and "gate till noon" in wrong.sentence


@pytest.mark.parametrize(
    ("words", "lowest"),
    [
        ("Well, um, we stood at the gate till noon.", "verbatim"),
        ("[W]e stood at the gate", "verbatim"),
        ("Well, we stood at the gate till noon.", "clean"),
        ("we stood at the gate till noon. […] No. No.", "condensed"),
        ("we stood at the gate till noon. [Mr Pike] never came.", "condensed"),
        ("we stood at the gate till noon. No. No.", ""),
        ("I think he was even in town.", ""),
        ("we stood at the gate till one. The foreman never came.", ""),
        ("[They] stood at the gate till noon.", "condensed"),
        ("[He] never came.", "condensed"),
        ("[Mr Pike] never came.", "condensed"),
        ("[He was] the [one].", ""),
        ("[They won].", ""),
        ("The foreman […] came.", ""),
        ("I […] think he was even in town.", ""),
        ("he was even in town.", ""),
        ("The foreman never came. […] he was even in town.", ""),
        ("The foreman never came. […] No. No.", "condensed"),
        ("The foreman never came. […] we stood at the gate till noon.", ""),
        ("we stood … till noon.", "condensed"),
        ("we stood… till noon.", ""),
        ("The foremen never came.", ""),
    ],
)
def test_the_policy_says_how_far_a_line_may_go(words: str, lowest: str) -> None:
    policies = ["verbatim", "clean", "condensed"]
    holds = [p for p in policies if not _sentences(_block(words), p)]
    assert holds == (policies[policies.index(lowest) :] if lowest else [])


def test_a_head_that_names_another_is_told() -> None:
    assert "words of Ida Fell" in _sentences(_block("The foreman never came.", "Len Ash"))[0]
    assert _sentences(_block("The foreman never came.", "Mrs Fell")) == []


def test_words_whose_quotation_has_another_id_now_are_found_again_and_told() -> None:
    changed = _history(SAID.replace("town", "the town"))
    standing = settle(arranged(_block("The foreman never came.")), changed)
    (wrong,) = standing.wrong
    assert not wrong.fails and "has changed" in wrong.sentence and len(standing.lines) == 1


def test_words_that_two_quotations_hold_are_not_guessed() -> None:
    changed = _history("Now. " + SAID, ("The foreman never came.",))
    assert "several" in _sentences(_block("The foreman never came."), history=changed)[0]


def test_words_of_an_article_are_quoted_as_a_document() -> None:
    assert _sentences("> **The Post**\n> The gate stayed shut on Friday. [x](source:p/gate.txt)\n") == []
    assert "p/gate.txt has" in _sentences("> The gate stayed open on Friday. [x](source:p/gate.txt)\n")[0]


def test_an_interview_is_no_document() -> None:
    assert "Name the quotation" in _sentences("> The foreman never came. [x](source:i/fell.txt)\n")[0]


def test_what_may_not_be_shown_is_told_without_its_words() -> None:
    hidden = _history()
    gone = "The foreman"
    text = hidden.sources[0].text.replace(gone, WITHHELD * len(gone))
    from msgspec.structs import replace

    quotes = (replace(hidden.quotes[0], text=hidden.quotes[0].text.replace(gone, WITHHELD * len(gone))),)
    cut = replace(hidden, sources=(replace(hidden.sources[0], text=text),), quotes=quotes)
    (told,) = _sentences(_block("till noon. never came."), "condensed", cut)
    assert "may not be shown" in told and "foreman" not in told


@given(st.data())
def test_every_stretch_of_words_holds_and_a_changed_word_never_does(data: st.DataObject) -> None:
    plain = quote_id("i/fell.txt", PLAIN)
    words = PLAIN.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    printed = words[first:last]
    assert _sentences(_block(signs(" ".join(printed)), quote=plain), history=_history(PLAIN)) == []
    at = data.draw(st.integers(0, len(printed) - 1))
    printed[at] = data.draw(st.sampled_from(["heron", "x", "seventeen"]))
    assert _sentences(_block(signs(" ".join(printed)), quote=plain), history=_history(PLAIN)) != []


LONG = (
    "We had three boats out. Nobody on the quay would look at us, and the rain came in off the bar as it does in "
    "March, sideways, so that you drink it, and my brother said that he would sooner drown than go home to our mother. "
    "He told me the harbour was shut. If the chain had held we would have gone. We got in at four."
)


@pytest.mark.parametrize(
    ("words", "breaks"),
    [
        ("We had two boats out.", "another number"),
        ("the harbour was shut.", "others' words"),
        ("the chain had held", "only supposes"),
        ("We got in at four. […] We had three boats out.", "another order"),
        ("Nobody […] would look at us. […] We had three boats out.", "another order"),
        ("We had three boats out. […] We got in at four.", ""),
        ("the rain came in off the bar […] sideways", ""),
        ("would look at us", ""),
    ],
)
def test_no_policy_lets_the_sense_the_numbers_or_the_order_be_changed(words: str, breaks: str) -> None:
    block = _block(words, quote=quote_id("i/fell.txt", LONG))
    told = _sentences(block, "condensed", _history(LONG))
    assert (breaks in told[0] and words in told[0]) if breaks else told == []


def test_a_sentence_that_denies_the_words_is_shown() -> None:
    assert "has “don't think he was even in town”" in _sentences(_block("he was even in town."))[0]


def test_what_was_left_out_is_shown_in_both_texts() -> None:
    (told,) = _sentences(_block("we stood […] till noon."), "clean")
    assert "“we stood […] till noon.”" in told and "“we stood at the gate till noon”" in told
    assert "“at the gate” is left out" in told and "“clean”" in told


def test_a_line_cut_out_of_an_article_is_held_to_what_its_sentence_says() -> None:
    said = "> **The Post**\n> The gate stayed […] on Friday. [x](source:p/gate.txt)\n"
    assert _sentences(said, "condensed") == [] and "“clean”" in _sentences(said, "clean")[0]


def test_a_thousand_lines_settle_in_no_time() -> None:
    text = "\n".join(
        _block(words) for _ in range(250) for words in ("The foreman never came.", SAID, "No. No.", "till noon")
    )
    arrangement, history = arranged(text), _history(SAID, ("A long turn of many words. " * 200,))
    began = perf_counter()
    assert settle(arrangement, history).wrong == ()
    assert perf_counter() - began < 1
