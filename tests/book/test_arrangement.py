"""`book.md` is read whole: what is in it is printed, or told with its line."""

from __future__ import annotations

import pytest

from vivavoce.book.arrangement import Block, Break, Gap, Narration, Part, Plate, Run, arranged
from vivavoce.errors import BadFile

BOOK = """<!-- vivavoce book 1 -->

Before the first chapter.

# The lockout
<!-- moment 3fa9 -->

*[Narration: who held the keys,
and why.]*

> **Ida Fell:** We stood at the gate
> till noon. […] And [the foreman] *never* came. [Fell, 0:12](quote:aa11 "interviews/fell.vtt")
>
> Nobody cried. [Fell, 0:40](quote:bb22 "interviews/fell.vtt")

## After noon

Then it *rained*.

- The first to go.

![A gate, shut.](pictures/gate.png "The gate, 1974")

---

> **The Harbour Post, 3 May 1974**
> The gate stayed shut. [The Harbour Post](source:press/the%20gate.txt)
"""


def _items(text: str) -> list[object]:
    return [i for c in arranged(text).chapters for i in c.items]


def test_everything_in_the_file_is_read_in_order() -> None:
    told = arranged(BOOK)
    assert told.mistakes == ()
    assert [(c.title, c.moment) for c in told.chapters] == [("", ""), ("The lockout", "3fa9")]
    kinds = [type(i) for i in told.chapters[1].items]
    assert kinds == [Gap, Block, Narration, Narration, Narration, Plate, Break, Block]


def test_a_block_names_who_spoke_and_what_each_stretch_is_from() -> None:
    block = _items(BOOK)[2]
    assert isinstance(block, Block) and block.name == "Ida Fell" and block.line == 11
    first, second = block.parts
    assert (first.quote, first.source, first.label) == ("aa11", "interviews/fell.vtt", "Fell, 0:12")
    assert "".join(r.text for r in first.paragraphs[0]).strip() == (
        "We stood at the gate till noon. […] And [the foreman] never came."
    )
    assert Run("never", "italic") in first.paragraphs[0]
    assert (second.quote, second.line) == ("bb22", 14)


def test_an_articles_own_words_are_named_by_their_source() -> None:
    document = _items(BOOK)[-1]
    assert isinstance(document, Block)
    assert document.parts == (
        Part("", "press/the gate.txt", ((Run(" "), Run("The gate stayed shut. ")),), 27, "The Harbour Post"),
    )


def test_a_gap_is_no_narration() -> None:
    assert Gap("who held the keys, and why.", 8) in _items(BOOK)
    assert not any(isinstance(i, Narration) and "Narration" in i.runs[0].text for i in _items(BOOK))


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("> Nobody knows who said this.\n", 1, "names no quotation"),
        ("# A\n\n> **Ida Fell**\n> One. [x](quote:aa)\n>\n> Two.\n", 3, "names no quotation"),
        ("> **Ida Fell** [x](quote:aa)\n", 1, "no words before it"),
        ("Some [words](quote:aa) in the narration.\n", 1, "outside a block"),
        ("<div>loud</div>\n", 1, "HTML"),
        ("```\ncode\n```\n", 1, "no narration"),
        ("Words ![x](pictures/a.png) and more.\n", 1, "picture"),
        ("> - One. [x](quote:aa)\n", 1, "plain paragraphs"),
    ],
)
def test_what_cannot_be_printed_is_told_with_its_line(text: str, line: int, told: str) -> None:
    mistakes = arranged(text).mistakes
    assert any(m.line == line and told in m.sentence for m in mistakes), mistakes


def test_a_newer_version_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadFile, match="version 2"):
        arranged("<!-- vivavoce book 2 -->\n")


def test_crlf_and_a_missing_version_are_read() -> None:
    assert arranged(BOOK.replace("\n", "\r\n")).chapters == arranged(BOOK).chapters
    assert arranged("# A\n\nWords.\n").chapters[0].title == "A"


def test_a_picture_goes_by_its_file_name_however_markdown_spells_it() -> None:
    for written in ("<pictures/the gate é.png>", "pictures/the%20gate%20%C3%A9.png"):
        told = arranged(f"<!-- vivavoce book 1 -->\n\n# One\n\n![A gate]({written})\n")
        assert [i.path for i in told.chapters[0].items] == ["pictures/the gate é.png"]


@pytest.mark.parametrize("text", ["We met <somewhere> by the quay.", "## At <noon>", "- The <first> to go"])
def test_words_that_read_as_html_are_told_and_not_lost_without_a_word(text: str) -> None:
    wrong = arranged(f"# The quay\n\n{text}\n").mistakes
    assert [(m.line, "is not printed" in m.sentence) for m in wrong] == [(3, True)]
    assert arranged("# The quay\n\nWe met \\<somewhere> by the quay.<!-- where? -->\n").mistakes == ()


def test_what_is_italic_over_a_reference_is_so_on_both_sides_of_it():
    (block,) = _items("> *It rained. [a](quote:aa11) And rained.* So we went. [b](quote:bb22)\n")
    one, other = (part.paragraphs for part in block.parts)
    assert one == ((Run("It rained. ", "italic"),),)
    assert other == ((Run(" And rained.", "italic"), Run(" So we went. ")),)


def test_a_name_in_bold_that_holds_bold_is_one_name():
    (block,) = _items("> **Ruth **old** Hale** At ten. [a](quote:aa11)\n")
    assert block.name == "Ruth old Hale"
    assert block.parts[0].paragraphs == ((Run(" At ten. "),),)
