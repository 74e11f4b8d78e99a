"""Makes the documents of tests/data that no person typed: `python tests/sources/fixtures.py` writes them anew."""

from __future__ import annotations

from pathlib import Path

from documents import box, column, docx, epub, odt, p, pdf, table

DATA = Path(__file__).parent.parent / "data"

SAID = [
    ("Tom Brand", "Mrs Hale, when did the lamp go dark?"),
    (
        "Ruth Hale",
        "At ten, I think, or a little after. “Put the kettle on,” Dennis said, and the window was black.",
    ),
    ("Tom Brand", "And nobody had touched the generator?"),
    ("Ruth Hale", "Nobody that I saw. There were seventeen steps down to it, and the door stuck."),
    ("Tom Brand", "Who was there with you?"),
    (
        "Ruth Hale",
        "Dennis Okafor, and Tomas for the last hour. [laughs] Tomas says that he was never in the kitchen at all.",
    ),
]
ARTICLE = [
    "“We saw nothing,” said Dennis Okafor, who kept the light for nineteen years. “Not the boat, not the bar.”",
    "Ruth Hale, who cooked for the keepers, remembers that the lamp went out at ten. "
    "According to her, nobody touched the generator.",
    "Okafor counts twenty-one steps to the generator room. Hale counts seventeen.",
]
TURNED = '<w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve">It has been read again since.</w:t></w:r>'


def word_article() -> bytes:
    note = f'<w:footnote w:id="2">{p("The logbook is kept in the harbour museum.")}</w:footnote>'
    body = p("Twenty-one steps to the generator", style="Titel") + p("By Ines Quarrie, 14 March 2004")
    body += p(ARTICLE[0]) + p("What she remembers", style="H1") + p(ARTICLE[1])
    body += p(ARTICLE[2], '<w:r><w:footnoteReference w:id="2"/></w:r>', " ", TURNED)
    body += table(("Witness", "Steps"), ("Okafor", "21"), ("Hale", "17"))
    return docx(body, notes=note, title="Document1")


def word_interview() -> bytes:
    said = "".join(p(f"**{label}:", f" {words}") for label, words in SAID)
    return docx(p("Ruth Hale, second tape", style="Titel") + p("Recorded in her kitchen, 3 May 2003") + said)


def printed_interview() -> bytes:
    pages: list[list] = [[(40, 60, 15, "Ruth Hale, third tape", "bold")], []]
    y = 100
    for label, words in SAID * 2:
        lines, line = [], f"{label.split()[1].upper()}: "
        for word in words.split():
            if len(line) + len(word) > 62:
                lines.append(line.rstrip())
                line = ""
            line += word + " "
        page = pages[0] if y < 400 else pages[1]
        page += column(40, y if y < 400 else y - 340, "\n".join([*lines, line.rstrip()]))
        y += 12 * (len(lines) + 1) + 8
    for number, page in enumerate(pages, 7):
        page += [(40, 30, 8, "Gull Point Oral History"), (190, 480, 8, f"- {number} -")]
    return pdf(pages)


def book() -> bytes:
    facts = (
        "<dc:title>Keepers of Gull Point</dc:title><dc:creator>Ines Quarrie</dc:creator><dc:language>en</dc:language>"
    )
    chapters = {
        "cover.xhtml": "<p>Cover</p>",
        "nav.xhtml": '<nav epub:type="toc"><ol><li><a href="c1.xhtml">One: The dark</a></li></ol></nav>',
        "c1.xhtml": "<p>One: The dark</p>" + "".join(f"<p>{words}</p>" for words in ARTICLE[:2]),
        "c2.xhtml": f'<h1>Two: The steps</h1><p><span epub:type="pagebreak" title="31"/>{ARTICLE[2]}<sup>'
        '<a href="#n" epub:type="noteref">1</a></sup></p>'
        '<aside epub:type="footnote"><p>1 By the plans of 1891, nineteen.</p></aside>',
    }
    return epub(chapters, facts, ("nav.xhtml", "c1.xhtml", "c2.xhtml"))


def open_document() -> bytes:
    body = '<text:h text:outline-level="1">The door that stuck</text:h><text:p>By Tom Brand</text:p>'
    return odt(body + "".join(f"<text:p>{words}</text:p>" for words in ARTICLE))


def rich() -> bytes:
    signs = {"“": "\\ldblquote ", "”": "\\rdblquote "}
    words = "".join(rf"\pard {line}\par" + "\n" for line in ARTICLE)
    for sign, word in signs.items():
        words = words.replace(sign, word)
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\stylesheet{\s1\b heading 1;}}"
    return (head + "\n" + r"\pard\s1\b Nobody that she saw\b0\par" + "\n" + words + "}").encode()


def letter(number: int = 0) -> bytes:
    head = (
        f"From: Ruth Hale <ruth@example.org>\nTo: Ines Quarrie <ines@example.org>\nSubject: Re: The steps ({number})\n"
    )
    sent = f"Date: Sun, {4 + number} May 2003 09:12:00 +0100\nMessage-ID: <{number}@example.org>\nMIME-Version: 1.0\n"
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    body = (
        "Dear Ines,\n\nI have counted them again in my head, and I still make it seventeen. Dennis\nonly ever "
        "said “mind the"
        " door”, and he said it every time.\n\nYou may print this.\n\nBest wishes,\nRuth\n\nOn Sat, 3 May 2003, "
        "Ines Quarrie"
        " wrote:\n> Was it seventeen or twenty-one?\n"
    )
    return (head + sent + kind + body).encode()


def letters() -> bytes:
    return b"".join(b"From ruth@example.org Sun May 04 09:12:00 2003\n" + letter(n) + b"\n" for n in range(2))


def archive() -> bytes:
    vtt = (
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Dennis Okafor>There were twenty-one steps.\n\n00:04.500 --> 00:07.000\n"
    )
    vtt += "<v Dennis Okafor>I ran down them in the dark.\n"
    return box(
        {"okafor.vtt": vtt, "okafor.toml": 'title = "Dennis Okafor, by telephone"\n', "steps.odt": open_document()}
    )


TAPE = """WREN: Where were you when they opened the gates?

FENWICK: On the bridge, with the lamp. I counted three of them,
and I have never counted four.

WREN: Thank you.
"""
LINES = "I was on the weir that night.\nNobody asked me for forty years.\n"
PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Floods" origin="Somewhere 1.0">
  <Users><User guid="u1" name="R. Holt"/></Users>
  <CodeBook><Codes><Code guid="c1" name="Gates" isCodable="true">
    <Description>All that is said of gates.</Description>
  </Code></Codes></CodeBook>
  <Sources>
    <TextSource guid="s1" name="Interview 1" plainTextPath="internal://s1.txt" richTextPath="internal://s1.docx">
      <Description>He was tired.</Description>
      <PlainTextSelection guid="p1" name="gates" startPosition="0" endPosition="48">
        <Coding guid="k1"><CodeRef targetGUID="c1"/></Coding>
      </PlainTextSelection>
    </TextSource>
    <TextSource guid="s2" name="Interview 1"><PlainTextContent>{lines}</PlainTextContent></TextSource>
    <TextSource guid="s3" name="The flood / a cutting" richTextPath="internal://s3.docx"/>
    <TextSource guid="s4" name="Elsewhere" plainTextPath="relative:///s4.txt"/>
    <PictureSource guid="s5" name="The bridge" path="internal://s5.jpg"/>
    <AudioSource guid="s6" name="Tape 4.mp3" path="internal://s6.mp3">
      <Transcript guid="t6" name="Tape 4, typed" plainTextPath="internal://t6.txt">
        <SyncPoint guid="y1" position="0" timeStamp="0"/>
        <SyncPoint guid="y2" position="{first}" timeStamp="4500"/>
        <SyncPoint guid="y3" position="{second}" timeStamp="12250"/>
        <TranscriptSelection guid="z1" fromSyncPoint="y1" toSyncPoint="y2">
          <Coding guid="k2"><CodeRef targetGUID="c1"/></Coding>
        </TranscriptSelection>
      </Transcript>
    </AudioSource>
    <VideoSource guid="s7" name="The weir" path="internal://s7.mp4">
      <Transcript guid="t7" plainTextPath="internal://t7.txt">
        <SyncPoint guid="y4" position="0" timeStamp="1000"/>
        <SyncPoint guid="y5" position="30" timeStamp="3000"/>
      </Transcript>
    </VideoSource>
    <AudioSource guid="s8" name="Tape 5.mp3" path="internal://s8.mp3"/>
  </Sources>
  <Notes><Note guid="n1" name="Ideas"><PlainTextContent>Ask about the lamp.</PlainTextContent></Note></Notes>
</Project>
"""


def analysis() -> bytes:
    project = PROJECT.format(lines=LINES, first=TAPE.index("FENWICK"), second=TAPE.index("WREN: Thank"))
    return box(
        {
            "project.qde": project,
            "Sources/s1.txt": TAPE,
            "Sources/s1.docx": word_interview(),
            "Sources/s3.docx": word_article(),
            "Sources/s5.jpg": "\xff",
            "Sources/s6.mp3": "ID3",
            "sources/t6.txt": TAPE,
            "Sources/t7.txt": LINES,
        }
    )


def accession() -> bytes:
    """What an archive hands over: several of its formats, in one ZIP."""
    names = ("sluice-5.xml", "weir-6.xml", "kiln-street.tei.xml", "toll-house.tei.xml")
    return box({f"1998/{name}": (DATA / "archives" / name).read_bytes() for name in names})


MADE = {
    "archives/floods.qdpx": analysis,
    "archives/accession.zip": accession,
    "press/steps.docx": word_article,
    "press/keepers.epub": book,
    "press/door.odt": open_document,
    "press/nobody.rtf": rich,
    "press/letter.eml": letter,
    "press/letters.mbox": letters,
    "transcripts/hale-two.docx": word_interview,
    "transcripts/hale-three.pdf": printed_interview,
    "transcripts/telephone.zip": archive,
}

if __name__ == "__main__":
    for name, make in MADE.items():
        (DATA / name).write_bytes(make())
