"""A small fictional archive: a band, its third record, a van that burned. Sources are written in a plain mark-up, so
that accounts can be tested without the steps before: `{Name: words}` in an article is a quotation of Name's, `Name:`
at a line's beginning in a transcript is a turn, `Q:` who asks."""

from __future__ import annotations

import re

import msgspec

from vivavoce.accounts import passages
from vivavoce.model import (
    Attribution,
    Block,
    Cast,
    Evidence,
    Figure,
    Known,
    Passage,
    Person,
    PersonRef,
    Quote,
    Source,
    quote_id,
    slug,
)

CALLED = {
    "Ida": "Ida Farrant",
    "Marek": "Marek Osei",
    "Jonas": "Jonas Pell",
    "Bea": "Bea Lindqvist",
    "Ruth": "Ruth Amis",
}
PEOPLE = tuple(CALLED.values())
Called = dict[str, str]
NOTHING = Known()

IDA = """Q: Tell me about singing the last verse of Tin Cathedral.
Ida: The last verse of Tin Cathedral. I had buried my mother on the Monday and on the Thursday I was in the booth at
Skelby Mill. We did 23 takes of that verse, and in every one of them my voice broke on the same word. You can hear me
crying on the record. I still think it was right to leave the crying in.
Q: And the van?
Ida: The van burned on the hard shoulder outside Dunmoor. It was the wiring for the heater. We lost six guitars in the
fire, and my father's accordion, and we stood there in our socks and watched the van burn.
Q: Did you play that night?
Ida: We borrowed a banjo and played the Dunmoor show anyway. I would do it again.
"""

MAREK = """Q: What was it like, producing the last verse of Tin Cathedral?
Marek: Ida was in the booth at the Mill, three days after the funeral. People say there were hundreds. It was nine
takes, I kept the sheet. On the ninth take she was crying through the whole verse, and I refused to put it on the
record. To use her crying like that was wrong, I said so then.
Q: How did the first record sound?
Marek: Thin. We made it in a garage in Harrow with a borrowed desk, and the drummer's uncle kept coming in for his
lawnmower, so there is a lawnmower on two of the songs if you listen.
"""

JONAS = """Q: You were driving when the van caught fire?
Jonas: I smelled it first. The heater wiring, under the dashboard of the van. By the time I had stopped outside
Dunmoor there were flames, and we threw out what we could reach. Four guitars were lost in the fire and somebody's
accordion.
Q: Was there another time that it broke down?
Jonas: The winter before. The van's gearbox went in the snow near Aldern, nothing burned, we slept in a school gym and
a caretaker made us porridge. That was a different misery altogether.
"""

BEA = """Bea: My one song on the record is Low Water, and I will tell you how it was done, because everybody always asks
about Ida's. I sang Low Water once, at four in the morning, with a cold, lying on the carpet of the control room. One
microphone. When the tape ran out we stopped. I cried as well afterwards, in the car park, but nobody recorded that.
Ruth: That is the loveliest thing on the record, your Low Water, and it is you on a carpet with a cold.
"""

GAZETTE = """# Harrow Lights lose their van and play on

The touring van of the Harrow Lights burned out on the hard shoulder near Dunmoor on 14 March 1994, hours before a
concert in the town. Nobody was hurt. The band lost guitars and an accordion in the fire.

Jonas Pell, who was driving, said: {Jonas: We got out what we could reach, and the rest was a bonfire.}

The concert at the Dunmoor Corn Exchange went ahead with borrowed instruments. Ruth Amis, who manages the band, was
against it. {Ruth: They were in shock, and it was a mistake to put them on a stage that night,} she said.
"""

REVIEW = """# Tin Cathedral, thirty years on

## The verse that nearly was not there

The last verse of “Tin Cathedral” is the sound of a singer giving way. Three days before she sang it, Ida Farrant had
buried her mother. Ida Farrant still defends the choice to keep the crying. {Ida: It was the only honest thing on the
whole record,} she said.

## A carpet, a cold, one microphone

“Low Water” is another matter. Bea Lindqvist sang it once, lying on the control room carpet at four in the morning,
with a cold. {Bea: We stopped when the tape ran out,} she said.
"""

TRANSCRIPTS = {"ida.txt": IDA, "marek.txt": MAREK, "jonas.txt": JONAS, "bea.txt": BEA}
ARTICLES = {"gazette.txt": GAZETTE, "review.txt": REVIEW}
DATES = {"ida.txt": "2021-05-02", "marek.txt": "2021-06-11", "jonas.txt": "2022-01-20", "bea.txt": "2022-02-01"} | {
    "gazette.txt": "1994-03-15",
    "review.txt": "2024-10-01",
}


def transcript(path: str, text: str, known: Known = NOTHING, called: Called = CALLED, date: str = "") -> list[Passage]:
    """The passages of a transcript in the plain mark-up."""
    quotes, told = [], []
    for n, turn in enumerate(re.finditer(r"^(\w+): ((?:.+\n?(?!\w+: ))*)", text, re.M)):
        start, end = turn.start(2), turn.start(2) + len(turn[2].rstrip())
        words = text[start:end]
        quote = Quote(
            quote_id(path, words, n), path, "turn", ((start, end),), ((start, end),), words, turn=n, asks=turn[1] == "Q"
        )
        quotes.append(quote)
        told.append(Attribution(quote.id, figure=called.get(turn[1])))
    source = Source(path, "transcript", "txt", text, date=date or DATES.get(path, ""))
    return with_person(passages(source, quotes, told, cast(path, called), known))


def article(path: str, marked: str, known: Known = NOTHING, called: Called = CALLED, date: str = "") -> list[Passage]:
    """The passages of an article in the plain mark-up."""
    text, quotes, told = "", [], []
    for part in re.split(r"(\{\w+: [^}]+\})", marked):
        found = re.fullmatch(r"\{(\w+): ([^}]+)\}", part)
        if found:
            start, end = len(text) + 1, len(text) + 1 + len(found[2])
            text += f"“{found[2]}”"
            quote = Quote(quote_id(path, found[2]), path, "direct", ((start, end),), ((start, end),), found[2])
            quotes.append(quote)
            told.append(Attribution(quote.id, figure=called[found[1]]))
        else:
            text += part
    blocks = [block(m[0], m.start(), m.end()) for m in re.finditer(r"(?:.+\n?)+", text)]
    source = Source(path, "press", "txt", text, tuple(blocks), date=date or DATES.get(path, ""))
    return with_person(passages(source, quotes, told, cast(path, called), known))


def block(words: str, start: int, end: int) -> Block:
    """A paragraph as a block: its marks tell its kind."""
    hashes = len(words) - len(words.lstrip("#"))
    kinds = {0: "body", 1: "headline", 2: "heading"}
    return Block(kinds[hashes], start + hashes + (hashes > 0), end)  # type: ignore[arg-type]


def cast(path: str, called: Called = CALLED) -> Cast:
    """Everybody of the archive, as a source may name them."""
    return Cast(path, tuple(Figure(name, name, (name.split()[0], name.split()[1])) for name in called.values()))


def with_person(found: list[Passage]) -> list[Passage]:
    """The passages with the person of their figure filled in, as the build does."""
    return [msgspec.structs.replace(p, person=PersonRef(slug(p.figure), p.figure) if p.figure else None) for p in found]


def people(called: Called = CALLED, paths: tuple[str, ...] = ()) -> list[Person]:
    """The persons behind the figures of all sources."""
    paths = paths or (*TRANSCRIPTS, *ARTICLES)
    return [Person(slug(n), n, tuple(n.split()), figures=tuple((p, n) for p in paths)) for n in called.values()]


def archive(known: Known = NOTHING, **changed: str) -> list[Passage]:
    """The passages of the whole archive; a source's text may be given anew (`ida="…"`)."""
    texts = {**TRANSCRIPTS, **ARTICLES, **{f"{name}.txt": text for name, text in changed.items()}}
    return [
        p
        for path, text in sorted(texts.items())
        for p in (article if path in ARTICLES else transcript)(path, text, known)
    ]


def words_of(evidence: Evidence, passages: list[Passage]) -> str:
    """The words that evidence points at, found in the passages that hold them."""
    for p in passages:
        at = 0
        for a, b in p.spans:
            if p.source == evidence.source and a <= evidence.start and evidence.end <= b:
                return p.text[at + evidence.start - a : at + evidence.end - a]
            at += b - a + 1
    return ""
