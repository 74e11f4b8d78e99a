"""What fuzzing begins from where no fixture shows what a format can do, and words of each format (`words.json`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "sources"))
from documents import box, column, docx, epub, odt, p, pdf, table  # noqa: E402 - of another folder

BEGIN = HERE / "begin"
TALK = (BEGIN / "dialogue" / "talk.txt").read_text("utf-8")
NOTE = (BEGIN / "press" / "lamp.txt").read_text("utf-8")
BOOK = (BEGIN / "book" / "book.md").read_text("utf-8")
WORDS: dict[str, list[str]] = json.loads((HERE / "words.json").read_text("utf-8"))


def word() -> list[bytes]:
    kept = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>put in</w:t></w:r></w:ins>"
    body = p("The lamp", style="Titel") + p("**Ruth Hale:", " At ten.") + p("“No,” said Ann.", kept)
    return [docx(body + table(("a", "b"), ("c", "d")), notes='<w:footnote w:id="2">' + p("A note.") + "</w:footnote>")]


def texts() -> list[bytes]:
    body = (
        "<text:h>The lamp</text:h><text:p>Ruth Hale: At<text:s text:c='2'/>ten.<text:tab/>x<text:line-break/>y</text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list><text:tracked-changes/>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>b<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>"
    )
    return [odt(body, title="Lamp")]


def books() -> list[bytes]:
    chapters = {
        "nav.xhtml": '<nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav>',
        "a.xhtml": '<h1>One</h1><p>“No,” said Ann.<a epub:type="noteref" href="#n">1</a></p><aside id="n">note</aside>',
        "b.xhtml": "<table><tr><td>a</td></tr></table><p>She said that nobody slept.<br/>x</p>",
    }
    return [epub(chapters, facts="<dc:title>Lamp</dc:title><dc:creator>Ann</dc:creator><dc:date>1992</dc:date>")]


def zips() -> list[bytes]:
    names = {"talk.toml": "sidecar", "c.vtt": "vtt", "d.eml": "mail"}
    inside = {name: written(of)[0] for name, of in names.items()}
    return [box({"talk.txt": TALK, "b/note.md": NOTE, "e.mp3": b"ID3", **inside})]


def pages() -> list[bytes]:
    two = column(40, 60, "The lamp went out\nat ten.", 10) + column(220, 60, "Nobody slept\nin the house.", 10)
    head = [(40.0, 30.0, 18.0, "The lamp", "bold"), (40.0, 480.0, 8.0, "12")]
    talk = column(40, 80, "RUTH HALE: At ten.\nTOM BRAND: Who was\nthere with you?", 11)
    return [pdf([[*head, *two], talk]), pdf([talk])]


MADE = {"docx": word, "odt": texts, "epub": books, "zip": zips, "pdf": pages}
ALSO = {"markdown": "book", "steps": "press", "talk": "dialogue"}


def written(name: str) -> list[bytes]:
    """The files that are written for a target."""
    return [file.read_bytes() for file in sorted((BEGIN / name).glob("*"))]


def starts(name: str) -> list[bytes]:
    """What is made for a target to begin from."""
    return [*written(name), *(written(ALSO[name]) if name in ALSO else ()), *MADE.get(name, list)()]
