"""What was said, as spans of the text."""

from __future__ import annotations

from typing import NamedTuple

from vivavoce.language.lexicon import Lexicon, lexicon
from vivavoce.language.paragraphs import paragraphs, runs, wrapped
from vivavoce.language.tokens import Token, last_sign, sentences, tokens
from vivavoce.model import Block, Known, Quote, Source, Span, folded
from vivavoce.quotes.clauses import Range, Report
from vivavoce.quotes.draft import Draft, named
from vivavoce.quotes.kinds import WORDS, begins_sentence, title_case, titled, whole, words_in
from vivavoce.quotes.labels import labelled
from vivavoce.quotes.marks import SINGLE, Marked, marked
from vivavoce.quotes.reports import reports
from vivavoce.quotes.turns import turns
from vivavoce.quotes.unsaid import no_speech, set_up

QUOTING = ("body", "headline", "dek", "caption")
SURE = {"clause": 0.8, "infinitive": 0.55, "noun": 0.5, "thought": 0.5, "sign": 0.0}
MERELY = 0.15
PARTING = (",", ";", ":", "—", "–", "--")
TAG = 60  # code points; in annotated news nine of ten tags are shorter
CRIES = frozenset(["call", "chant", "cry", "howl", "murmur", "roar", "scream", "shout", "whisper", "yell"])
NAMED = frozenset(["called", "named", "titled", "entitled", "dubbed", "nicknamed", "christened", "billed"])
MARKS = " \n\t\r“”\"‘’'«»„‚‹›,"


class Page(NamedTuple):
    """What the quotations of one block are found with: its text and kind, the lexicon, the titles that are known."""

    text: str
    block: str
    lexicon: Lexicon
    works: frozenset[str]


def find(source: Source, known: Known) -> list[Quote]:
    """All quotations of a source, in order: a transcript's turns, a press piece's quotations.

    `known` holds the titles of works, which are not quotations. Never raises; linear in the text.
    """
    if source.kind == "transcript":
        return named(source, turns(source))
    words, lines = lexicon(source.language or "en"), wrapped(source.text)
    works = frozenset(folded(t) for w in known.works for t in (w.title, *w.aliases))
    drafts: list[Draft] = []
    for block in runs(source.blocks, source.text):
        if block.kind in QUOTING:
            drafts += found_in(Page(source.text, block.kind, words, works), block, lines)
    return named(source, drafts)


def found_in(page: Page, block: Block, lines: bool) -> list[Draft]:
    """The quotations of one run of blocks."""
    spans = paragraphs(page.text, block.start, block.end, lines)
    said = labelled(page.text, spans)
    out: list[list[Draft]] = []
    waiting, opened = False, ""
    for i, (start, end) in enumerate(spans):
        if i in said:
            speech = said[i]
            out += [[speech._replace(block=page.block)]] if speech else []
            waiting, opened = False, ""
            continue
        behind = page.text[spans[i + 1][0]] if i + 1 < len(spans) else ""
        stretches = gone_on(page.text, (start, end), opened) or marked(page.text, start, end, behind)
        drafts = in_paragraph(page, (start, end), stretches)
        if waiting and stretches and stretches[0].left == start and begins_with(drafts, stretches[0]):
            out[-1].append(drafts.pop(0))
        out += [[draft] for draft in drafts]
        last = stretches[-1] if stretches else None
        waiting = bool(last and not last.closed and out and out[-1][-1].spans[-1][1] == last.end)
        opened = last.mark if last and waiting and last.mark not in SINGLE else ""
    return whole_only([joined(drafts) for drafts in out])


def gone_on(text: str, span: Span, opened: str) -> list[Marked]:
    """The marked stretches of a paragraph that closes a mark opened in the one before, without one of its own; none
    where it does not."""
    found = marked(text, *span, opened=opened) if opened else []
    return found if found and found[0].left == span[0] and found[0].closed else []


def whole_only(drafts: list[Draft]) -> list[Draft]:
    """The quotations without those that are only a part of another of their kind, as where a split one has two cues:
    “…,” X denied saying, “…”"""
    owners: dict[tuple[str, Span], set[int]] = {}
    for n, draft in enumerate(drafts):
        for span in dict.fromkeys(draft.spans):
            owners.setdefault((draft.kind, span), set()).add(n)
    if all(len(of) == 1 for of in owners.values()):
        return drafts

    def part(n: int, draft: Draft) -> bool:
        others = set[int].intersection(*(owners[draft.kind, span] for span in draft.spans)) - {n}
        return any(len(drafts[k].spans) > len(draft.spans) or k < n for k in others)

    return [draft for n, draft in enumerate(drafts) if not part(n, draft)]


def begins_with(drafts: list[Draft], m: Marked) -> bool:
    """Whether a paragraph's first quotation begins with this marked stretch."""
    return bool(drafts) and drafts[0].spans[0][0] == m.start


def joined(drafts: list[Draft]) -> Draft:
    """A quotation and its next paragraphs."""
    first = drafts[0]
    if len(drafts) == 1:
        return first
    return first._replace(
        kind="mixed" if any(d.kind == "mixed" for d in drafts) else "direct",
        spans=tuple(span for d in drafts for span in d.spans),
        content=tuple(span for d in drafts for span in d.content),
        cue=next((d.cue for d in drafts if d.cue), None),
        confidence=max(d.confidence for d in drafts),
        why=(*first.why, f"{len(drafts)} paragraphs"),
    )


def in_paragraph(page: Page, span: Span, stretches: list[Marked]) -> list[Draft]:
    """The quotations of one paragraph."""
    found = tokens(page.text, *span, [(m.left, m.right) for m in stretches])
    out: list[Draft] = []
    before: list[Token] = []
    for sentence in sentences(found, page.text, page.lexicon):
        drafts = in_sentence(page, sentence, stretches, len(sentence) == len(found) == 1, before)
        before = sentence
        for draft in drafts:
            if out and tag_between(page.text, out[-1], draft):
                out[-1] = joined([out[-1], draft])._replace(why=(*out[-1].why, "goes on after its tag"))
            else:
                out.append(draft)
    return out


def tag_between(text: str, one: Draft, two: Draft) -> bool:
    """Whether nothing but the first one's tag stands between two quotations: “…,” said X. “…”"""
    if one.kind != "direct" or two.kind != "direct" or one.cue is None or two.cue is not None:
        return False
    end, start = one.spans[-1][1], two.spans[0][0]
    between = text[end:start].strip(MARKS)
    return end < one.cue[0] < start and len(between) <= TAG and between.find(".") == len(between) - 1


def in_sentence(
    page: Page, sentence: list[Token], stretches: list[Marked], alone: bool, before: list[Token]
) -> list[Draft]:
    """The quotations of one sentence: what its cues report, then the marked words that no cue claims.

    `alone`: the sentence is one marked stretch and the whole of its paragraph. `before`: the sentence before.
    """
    marks = [k for k, token in enumerate(sentence) if token.mark >= 0] if stretches else []
    sentence = plain_titles(page, sentence, marks, stretches) if marks else sentence
    told = reports(sentence, page.text, page.lexicon, before)
    out = [d for r in told if (d := drafted(page, sentence, r, stretches))]
    for k in marks:
        mark = sentence[k].mark
        if mark < 0 or any(a <= k < b for r in told for a, b in r.contents):
            continue
        draft = unclaimed(page, sentence, k, stretches[mark], alone)
        if draft and out and goes_on(page.text, out[-1], sentence[k - 1], stretches[mark]):
            out[-1] = out[-1]._replace(spans=(*out[-1].spans, *draft.spans), content=(*out[-1].content, *draft.spans))
        elif draft:
            out.append(draft)
    return out


def plain_titles(page: Page, sentence: list[Token], marks: list[int], stretches: list[Marked]) -> list[Token]:
    """The sentence with the titles in it made words like others, so that no cue takes them for what is said.

    `marks`: the tokens that are marked words.
    """
    off = [k for k in marks if not uttered(sentence, k) and set_off(page, sentence, k, stretches[sentence[k].mark])]
    if not off:
        return sentence
    made = list(sentence)
    for k in off:
        made[k] = sentence[k]._replace(mark=-1, cap=True)
    return made


def goes_on(text: str, one: Draft, before: Token, m: Marked) -> bool:
    """Whether a marked stretch goes on with the sentence of a quotation that broke off at a comma."""
    end = one.spans[-1][1]
    broken = one.kind == "direct" and end < m.start and text[end - 1] in ",—–-"
    return broken and before.low in (",", ";", "—", "–", "--", "-") and not begins_sentence(text, m)


def drafted(page: Page, sentence: list[Token], report: Report, stretches: list[Marked]) -> Draft | None:
    """The quotation that a report makes, if it is speech."""
    if report.kind == "sign":
        return None
    within = [token for a, b in report.contents for token in sentence[a:b]]
    inner = [stretches[t.mark] for t in within if t.mark >= 0]
    if named_here(sentence, report):
        return None
    cue = (sentence[report.cue[0]].start, sentence[report.cue[1] - 1].end)
    bare = all(t.mark >= 0 or not t.low[:1].isalnum() for t in within)
    if not inner:
        if report.kind == "thought" or bare:
            return None
        content = spans_of(sentence, report.contents)
        sure = round(SURE[report.kind] - (0 if report.real else MERELY), 2)
        return Draft("indirect", content, content, page.block, cue, sure, (report.why,))
    spans = tuple((m.start, m.end) for m in inner)
    if bare:
        return Draft("direct", spans, spans, page.block, cue, 0.95, ("in marks", report.why))
    content = spans_of(sentence, report.contents)
    return Draft("mixed", spans, content, page.block, cue, 0.85, ("words in marks in a report", report.why))


def named_here(sentence: list[Token], report: Report) -> bool:
    """Whether a cue gives a thing its name: a biscuit called “The Crab”."""
    cue, first = report.cue, report.contents[0][0]
    title = sentence[first].low == "" and sentence[first].mark < 0
    return title and sentence[cue[0]].low in NAMED and first == cue[1]


def uttered(sentence: list[Token], k: int) -> bool:
    """Whether marked words at token `k` are told to be called out by somebody: with a cry of “…”, with the words “…”;
    cries of “…” from a crowd are nobody's."""
    before = [t.low for t in sentence[max(0, k - 3) : k]]
    if len(before) < 3:
        return False
    called = before[2] == "of" and before[1] in CRIES and before[0] in ("a", "his", "her", "one")
    return called or before == ["with", "the", "words"]


def set_off(page: Page, sentence: list[Token], k: int, m: Marked) -> bool:
    """Whether marked words are a title, or no words at all."""
    if not WORDS.search(page.text, m.start, m.end) or no_speech(sentence, k, page.text, m, page.lexicon):
        return True
    return titled(sentence, k, page.text, m, page.lexicon, page.works)


def spans_of(sentence: list[Token], contents: tuple[Range, ...]) -> tuple[Span, ...]:
    """Ranges of tokens as spans of the text, without the sign that parts them from what is before."""
    begun = ((a + (a + 1 < b and sentence[a].low in PARTING), b) for a, b in contents)
    return tuple((sentence[a].start, sentence[b - 1].end) for a, b in begun)


def unclaimed(page: Page, sentence: list[Token], k: int, m: Marked, alone: bool) -> Draft | None:
    """A marked stretch that no cue claims: a quotation, or nobody's words."""
    found = words_in(page.text, m)
    span = ((m.start, m.end),)
    if set_up(sentence, k, page.text, m, page.lexicon):
        return None
    if page.works and folded(page.text[m.start : m.end]) in page.works:
        return None
    if (
        alone
        and 2 < len(found) <= 6
        and title_case(found, page.lexicon)
        and last_sign(page.text, m.start, m.end) not in "?!"
    ):
        return None
    if whole(sentence, k, page.text, m) or (uttered(sentence, k) and begins_sentence(page.text, m)):
        sure = 0.8 if m.closed else 0.6
        return Draft("direct", span, span, page.block, None, sure, ("whole sentences in marks",))
    return Draft("mixed", span, span, page.block, None, 0.4, ("words in marks",)) if len(found) > 2 else None
