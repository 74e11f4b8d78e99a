"""Every line of the book stands in its source, or is told with both texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.book import arranged, settle
from vivavoce.book.draft import _signs
from vivavoce.model import WITHHELD, Block, History, Person, PersonRef, Quote, Source, Turn, quote_id

IDA, LEN = PersonRef("ida-fell", "Ida Fell"), PersonRef("len-ash", "Len Ash")
SAID = "Well, um, we stood at the gate till noon. The foreman never came. I don't think he was even in town. No. No."
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
    words = SAID.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    printed = words[first:last]
    assert _sentences(_block(_signs(" ".join(printed)))) == []
    at = data.draw(st.integers(0, len(printed) - 1))
    printed[at] = data.draw(st.sampled_from(["heron", "x", "seventeen"]))
    assert _sentences(_block(_signs(" ".join(printed)))) != []
