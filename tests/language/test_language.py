"""Paragraphs, tokens, sentences and the lexicon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.language.lexicon import lexicon
from vivavoce.language.paragraphs import paragraphs, wrapped
from vivavoce.language.tokens import LONGEST, sentences, tokens

ENGLISH = lexicon("en")


def split(text: str) -> list[str]:
    found = sentences(tokens(text, 0, len(text)), text, ENGLISH)
    return [text[s[0].start : s[-1].end] for s in found]


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = "Mr. J. Ortiz of St. Ives met Sen. Bell at 5 p.m. in the U.S. embassy. He left. “No.”"
    assert split("It closed in the U.S. He left for Acme Inc. The end.") == [
        "It closed in the U.S.",
        "He left for Acme Inc.",
        "The end.",
    ]
    assert split(text)[:2] == ["Mr. J. Ortiz of St. Ives met Sen. Bell at 5 p.m. in the U.S. embassy.", "He left."]


def test_a_marked_stretch_is_one_token() -> None:
    text = "He said “Go. Now.” and left."
    found = tokens(text, 0, len(text), [(8, 18)])
    assert [text[t.start : t.end] for t in found] == ["He", "said", "“Go. Now.”", "and", "left", "."]
    assert len(sentences(found, text, ENGLISH)) == 1


def test_hard_wrapped_text_has_its_paragraphs_between_blank_lines() -> None:
    text = "The harbour was\nquiet and the\nmen had gone\nhome by then.\n\nNobody\nspoke."
    assert wrapped(text)
    assert len(paragraphs(text, 0, len(text), True)) == 2
    assert not wrapped("One paragraph.\nAnother one.\nA third.\nAnd a fourth.")


def test_the_lexicon_knows_every_form_and_what_it_takes() -> None:
    verbs = lexicon("en").verbs
    for form, lemma in (
        ("says", "say"),
        ("told", "tell"),
        ("denied", "deny"),
        ("arguing", "argue"),
        ("rebutted", "rebut"),
    ):
        assert any(verb.lemma == lemma for _, verb in verbs[form])
    assert {" ".join(rest) for rest, _ in verbs["pointed"]} >= {"out", "to"}
    assert lexicon("xx") == lexicon("en")


@given(st.text(max_size=300))
def test_tokens_and_sentences_lose_nothing(text: str) -> None:
    found = tokens(text, 0, len(text))
    assert "".join(text[t.start : t.end] for t in found) == "".join(text.split())
    parts = sentences(found, text, ENGLISH)
    assert [t for part in parts for t in part] == found
    assert all(len(part) <= LONGEST for part in parts)
