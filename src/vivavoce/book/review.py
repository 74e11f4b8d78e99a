"""What a narrator is sent: their words as they will be printed, on one page that needs nothing else, to read or
print."""

from __future__ import annotations

from html import escape

from vivavoce.model import Value

STYLE = """
html { font: 1.25rem/1.6 Georgia, "Times New Roman", serif; color: #111; background: #fff }
body { max-width: 36em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em; line-height: 1.25 } h2 { font-size: 1.1em; margin: 2em 0 .5em }
blockquote { margin: .5em 0; padding-left: 1em; border-left: .2em solid #111 }
.asked { font-style: italic } .own { color: #595959 } .where { font-size: .85em }
.answer { margin: .75em 0 0; list-style: none; padding: 0 } .answer li { margin: .35em 0 }
.line { display: block; border-bottom: 1px solid #111; height: 1.8em }
section { break-inside: avoid; border-top: 1px solid #999; margin-top: 2em }
@media print { html { font-size: 14pt } body { max-width: none; margin: 0 } @page { margin: 2cm } }
"""


class Passage(Value, frozen=True):
    """A passage as it will be printed (`paragraphs`): what was asked before it, what the same person said just before
    and after that is not printed, and where it is from."""

    paragraphs: tuple[str, ...]
    where: str
    asked: str = ""
    before: str = ""
    after: str = ""


class Letter(Value, frozen=True):
    """A whole page. `policy`: what the book's edit policy is, in a sentence or two."""

    title: str
    author: str
    name: str
    policy: str
    day: str
    language: str
    passages: tuple[Passage, ...]


def page(letter: Letter) -> str:
    """The page as HTML: no script, and nothing that is fetched."""
    many = len(letter.passages)
    body = [f"<h1>{escape(letter.title)}: your words</h1>", *_head(letter)]
    body += [_passage(n, p) for n, p in enumerate(letter.passages, 1)]
    if many:
        body.append(f"<section><h2>Your name and the day</h2>{_lines(2)}</section>")
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(letter.language)}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(letter.title)}: the words of {escape(letter.name)}</title>",
            f"<style>{STYLE}</style></head><body>",
            *body,
            "</body></html>\n",
        ]
    )


def _head(letter: Letter) -> list[str]:
    by = f" by {escape(letter.author)}" if letter.author else ""
    book = f"“{escape(letter.title)}”, a book{by}"
    if not letter.passages:
        return [
            f"<p>Dear {escape(letter.name)}, nothing of what you said stands in {book}, as it is on {letter.day}.</p>"
        ]
    count = "one passage" if len(letter.passages) == 1 else f"{len(letter.passages)} passages"
    return [
        f"<p>Dear {escape(letter.name)},</p>",
        f"<p>this is what you said that will be printed in {book}: {count}, as they stand on {letter.day}. Please read "
        "them, and tell us for each whether it may be printed so. Nothing else of what you said is printed.</p>",
        f"<p>{escape(letter.policy)}</p>",
        '<p>What is in grey is what you said just before or after; <span class="own">it is not printed</span>, and '
        "only there to remind you. What you were asked is in italics.</p>",
    ]


def _passage(number: int, p: Passage) -> str:
    rows = [f'<section><h2>{number}</h2><p class="where">{escape(p.where)}</p>']
    rows += [f'<p class="asked">{escape(p.asked)}</p>'] if p.asked else []
    rows += [f'<p class="own">{escape(p.before)}</p>'] if p.before else []
    rows.append("<blockquote>" + "".join(f"<p>{escape(words)}</p>" for words in p.paragraphs) + "</blockquote>")
    rows += [f'<p class="own">{escape(p.after)}</p>'] if p.after else []
    rows.append(
        f'<ul class="answer"><li>☐ Print it so.</li><li>☐ Change it: {_lines(3)}</li><li>☐ Leave it out.</li></ul>'
    )
    return "\n".join([*rows, "</section>"])


def _lines(count: int) -> str:
    return '<span class="line"></span>' * count
