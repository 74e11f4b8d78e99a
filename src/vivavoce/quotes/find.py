"""What was said, as spans of the text."""

from __future__ import annotations

from vivavoce.language.lexicon import Lexicon, lexicon
from vivavoce.language.paragraphs import paragraphs, runs, wrapped
from vivavoce.language.tokens import Token, sentences, tokens
from vivavoce.model import Block, Known, Quote, Source, Span
from vivavoce.quotes.draft import Draft, named
from vivavoce.quotes.kinds import begins_sentence, last_sign, title_case, titled, whole, words_in
from vivavoce.quotes.marks import Marked, marked
from vivavoce.quotes.reports import Range, Report, reports
from vivavoce.quotes.turns import turns

QUOTING = ("body", "headline", "dek", "caption")


def find(source: Source, known: Known) -> list[Quote]:
    """All quotations of a source, in order: a transcript's turns, a press piece's quotations.

    `known` holds the titles of works, which are not quotations. Never raises; linear in the text.
    """
    if source.turns:
        return named(source, turns(source))
    words, lines = lexicon(source.language or "en"), wrapped(source.text)
    drafts: list[Draft] = []
    for block in runs(source.blocks, source.text):
        if block.kind in QUOTING:
            drafts += found_in(source.text, block, lines, words)
    return named(source, drafts)


def found_in(text: str, block: Block, lines: bool, words: Lexicon) -> list[Draft]:
    """The quotations of one run of blocks."""
    out: list[Draft] = []
    waiting: Marked | None = None
    for start, end in paragraphs(text, block.start, block.end, lines):
        stretches = marked(text, start, end)
        drafts = in_paragraph(text, (start, end), stretches, block.kind, words)
        first = stretches[0] if stretches else None
        if waiting and out and first and first.left == start and drafts and drafts[0].spans[0][0] == first.start:
            out[-1] = joined(out[-1], drafts.pop(0))
        out += drafts
        last = stretches[-1] if stretches else None
        waiting = last if last and not last.closed and out and out[-1].spans[-1][1] == last.end else None
    return out


def joined(one: Draft, other: Draft) -> Draft:
    """A quotation and its next paragraph."""
    spans = (*one.spans, *other.spans)
    content = (*one.content, *other.content)
    kind = "mixed" if "mixed" in (one.kind, other.kind) else "direct"
    return one._replace(
        kind=kind,
        spans=spans,
        content=content,
        cue=one.cue or other.cue,
        why=(*one.why, "goes on in the next paragraph"),
    )


def in_paragraph(text: str, span: Span, stretches: list[Marked], kind: str, words: Lexicon) -> list[Draft]:
    """The quotations of one paragraph."""
    found = tokens(text, *span, [(m.left, m.right) for m in stretches])
    out: list[Draft] = []
    for sentence in sentences(found, text, words.abbreviations):
        out += in_sentence(text, sentence, stretches, kind, words, sentence is not None and len(sentence) == len(found))
    return out


def in_sentence(
    text: str, sentence: list[Token], stretches: list[Marked], block: str, words: Lexicon, alone: bool
) -> list[Draft]:
    """The quotations of one sentence: what its cues report, then the marked words that no cue claims."""
    told = reports(sentence, text, words)
    out = [d for r in told if (d := drafted(text, sentence, r, stretches, block, words))]
    claimed = {k for r in told for a, b in r.contents for k in range(a, b)}
    for k, token in enumerate(sentence):
        if token.mark >= 0 and k not in claimed:
            draft = unclaimed(text, sentence, k, stretches[token.mark], block, words, alone)
            if draft and out and draft.kind == "direct" and goes_on(text, out[-1], stretches[token.mark]):
                out[-1] = out[-1]._replace(
                    spans=(*out[-1].spans, *draft.spans), content=(*out[-1].content, *draft.spans)
                )
            elif draft:
                out.append(draft)
    return out


def goes_on(text: str, draft: Draft, m: Marked) -> bool:
    """Whether a marked stretch goes on with the sentence of a quotation that broke off at a comma."""
    before = text[draft.spans[-1][1] - 1]
    return draft.kind == "direct" and before in ",—–-" and not begins_sentence(text, m) and draft.spans[-1][1] < m.start


def drafted(
    text: str, sentence: list[Token], report: Report, stretches: list[Marked], block: str, words: Lexicon
) -> Draft | None:
    """The quotation that a report makes, if it is speech."""
    inner = [
        stretches[t.mark]
        for a, b in report.contents
        for k, t in enumerate(sentence[a:b], a)
        if t.mark >= 0 and words_in(text, stretches[t.mark]) and not titled(sentence, k, text, stretches[t.mark], words)
    ]
    cue = (sentence[report.cue[0]].start, sentence[report.cue[1] - 1].end)
    if not inner:
        if (
            report.kind == "thought"
            or any(t.mark >= 0 for a, b in report.contents for t in sentence[a:b])
            and report.kind == "noun"
        ):
            return None
        content = spans_of(sentence, report.contents)
        return Draft("indirect", content, content, block, cue, sure(report), (report.why,))
    spans = tuple((m.start, m.end) for m in inner)
    bare = all(t.mark >= 0 or not t.low[:1].isalnum() for a, b in report.contents for t in sentence[a:b])
    if bare:
        return Draft("direct", spans, spans, block, cue, 0.95, ("in marks", report.why))
    return Draft(
        "mixed",
        spans,
        spans_of(sentence, report.contents),
        block,
        cue,
        0.85,
        ("words in marks in a report", report.why),
    )


def sure(report: Report) -> float:
    """How sure reported speech without marks is that."""
    return {"clause": 0.8, "infinitive": 0.65, "noun": 0.5}.get(report.kind, 0.5)


def spans_of(sentence: list[Token], contents: tuple[Range, ...]) -> tuple[Span, ...]:
    """Ranges of tokens as spans of the text."""
    return tuple((sentence[a].start, sentence[b - 1].end) for a, b in contents)


def unclaimed(
    text: str, sentence: list[Token], k: int, m: Marked, block: str, words: Lexicon, alone: bool
) -> Draft | None:
    """A marked stretch that no cue claims: a quotation, or nobody's words."""
    found = words_in(text, m)
    span = ((m.start, m.end),)
    if not found or titled(sentence, k, text, m, words):
        return None
    if alone and len(sentence) == 1 and len(found) <= 6 and title_case(found, words) and last_sign(text, m) not in "?!":
        return None
    if whole(sentence, k, text, m):
        return Draft("direct", span, span, block, None, 0.8 if m.closed else 0.6, ("whole sentences in marks",))
    if len(found) <= 2:
        return None
    return Draft("mixed", span, span, block, None, 0.4, ("words in marks",))
