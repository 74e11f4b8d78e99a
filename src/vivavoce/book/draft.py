"""A first arrangement from the moments: a chapter each, accounts alternating, narration left as marked gaps.

Nothing is invented: every line is a stretch of what somebody said, whole sentences, uncut; what a chapter lacks is
told as a gap for the author to fill.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from math import log

from vivavoce.book.arrangement import VERSION, Arrangement, Block
from vivavoce.book.reading import read
from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.language.lexicon import lexicon
from vivavoce.language.tokens import sentences, tokens
from vivavoce.model import WITHHELD, WORD, Account, History, Moment, Quote, Source, Span, Value, folded
from vivavoce.site.markdown import is_markdown, marks

LONGEST = 110  # words of one block
FEWEST = 10  # words: less is no account
MOST = 3  # blocks of one account in a chapter
LEAST = 0.35  # of the strength of an account's strongest stretch: one that tells less is not taken
SIGNS = re.compile(r"([\\`*_\[\]<>#|&])")
COMMA = re.compile(r"[,;:]$")  # where the press goes on with who said it
STOP = re.compile(r"[.!?…。！？]")
ENDED = re.compile(r"[.!?…。！？][”’»\"')\]]*\s*$")  # a stretch that is whole sentences
EDGE = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


class Strip(Value, frozen=True):
    """A stretch of whole sentences that somebody said. `strength`: how much it tells; `at`: seconds, or None."""

    quote: Quote
    span: Span
    text: str
    strength: float


def drafted(
    history: History,
    before: Arrangement | None = None,
    every: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """A draft of `book.md` as text; "" when there is nothing (more) to arrange. `progress` is told how many
    moments of how many are looked through.

    `before`: an arrangement whose moments and quotations are not drafted again. `every`: also moments that only one
    person tells of. Words are drafted as they are read: corrected, and with the names under which people are shown.
    """
    history = read(history).history
    texts = {s.path: s for s in history.sources}
    quotes = {q.id: q for q in history.quotes}
    done = {c.moment for c in before.chapters} if before else set()
    used = {p.quote for b in _blocks(before) for p in b.parts}
    rare = _rareness(history, texts)
    chapters = [
        chapter
        for moment in _told(history.moments, progress)
        if moment.id not in done and not done.intersection(moment.former) and (every or _tellers(moment) > 1)
        if (chapter := _chapter(moment, texts, quotes, used, rare))
    ]
    if not chapters:
        return ""
    head = [] if before else [gap(f"how this history of {history.title} came about, and who speaks")]
    return "\n\n".join([f"<!-- vivavoce book {VERSION} -->", *head, *chapters]) + "\n"


def _told(moments: Sequence[Moment], progress: Callable[[int, int], None] | None) -> Iterator[Moment]:
    """The moments one after the other; how far that is, is told."""
    for n, moment in enumerate(moments, 1):
        yield moment
        if progress:
            progress(n, len(moments))


def _blocks(arrangement: Arrangement | None) -> Iterator[Block]:
    for chapter in arrangement.chapters if arrangement else ():
        yield from (i for i in chapter.items if isinstance(i, Block))


def _tellers(moment: Moment) -> int:
    return len({a.person.id for a in moment.accounts if a.person})


def gap(what: str) -> str:
    """A marked gap for the author to fill."""
    return f"*[Narration: {signs(what)}.]*"


# --- a chapter ---------------------------------------------------------------------------------------------


def _chapter(
    moment: Moment, texts: dict[str, Source], quotes: dict[str, Quote], used: set[str], rare: dict[str, float]
) -> str:
    """A moment as a chapter: what is known of it, then the accounts in turn."""
    common = _common(moment, texts, rare)
    told = [_strips(a, moment, texts, quotes, used, common) for a in moment.accounts if a.person]
    told = sorted((t for t in told if t), key=lambda t: -max(s.strength for s in t))
    if not told:
        return ""
    strips = _together([s for turn in zip_longest(*told) for s in turn if s], texts)
    rows = [f"# {signs(moment.title)}", f"<!-- moment {moment.id} -->", gap(_scene(moment))]
    rows += [block(s, texts[s.quote.source]) for s in strips]
    rows += [gap(sentence) for sentence in _differing(moment)]
    return rows[0] + "\n" + "\n\n".join(rows[1:])


def _together(strips: list[Strip], texts: dict[str, Source]) -> list[Strip]:
    """Stretches that follow one another in the sources too are one."""
    out: list[Strip] = []
    for strip in strips:
        last = out[-1] if out else None
        text = texts[strip.quote.source].text
        if last and last.quote.id == strip.quote.id and not text[last.span[1] : strip.span[0]].strip():
            words = last.text + text[last.span[1] : strip.span[0]] + strip.text
            out[-1] = Strip(strip.quote, (last.span[0], strip.span[1]), words, last.strength)
        else:
            out.append(strip)
    return out


def _scene(moment: Moment) -> str:
    """What is known of a moment beforehand: the work, and when."""
    happened = moment.when.happened
    when = dates.day(happened.start) if happened and happened.start else ""
    known = ", ".join(filter(None, (*moment.works[:1], when)))
    return f"the scene ({known})" if known else "the scene"


def _differing(moment: Moment) -> Iterator[str]:
    """Where accounts differ, without saying who is right: each thing once, with who has which value."""
    who = {a.id: a.person.name for a in moment.accounts if a.person}
    told: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for r in moment.relations:
        for account, value in zip((r.a, r.b), r.values, strict=True):
            if r.type != "agree" and account in who and who[account] not in told[r.type, r.about][value]:
                told[r.type, r.about][value].append(who[account])
    for (kind, about), values in told.items():
        sides = [f"{' and '.join(names)}" + (f" (“{value}”)" if value else "") for value, names in values.items()]
        yield f"accounts {kind}, {about}: {'; '.join(sides)}"


def _rareness(history: History, texts: dict[str, Source]) -> dict[str, float]:
    """How much each word tells of one moment among all: the logarithm of how few of them hold it."""
    held: Counter[str] = Counter()
    for moment in history.moments:
        stretches = ((a.source, s, e) for a in moment.accounts for s, e in a.spans if a.source in texts)
        held.update({w for path, s, e in stretches for w in _telling(texts[path].text[s:e])})
    return {word: log(len(history.moments) / n) for word, n in held.items()}


def _common(moment: Moment, texts: dict[str, Source], rare: dict[str, float]) -> dict[str, float]:
    """The words of the event itself, those of its title and those that several accounts share, with what each tells."""
    heard: Counter[str] = Counter()
    for account in moment.accounts:
        text = texts[account.source].text if account.source in texts else ""
        heard.update({w for s, e in account.spans for w in _telling(text[s:e])})
    heard.update(_telling(moment.title))
    return {word: rare.get(word, 0.0) for word, n in heard.items() if n > 1}


def _telling(text: str) -> list[str]:
    return [w for w in folded(text).split() if len(w) > 3 or w.isdigit()]


# --- an account --------------------------------------------------------------------------------------------


def _strips(
    account: Account,
    moment: Moment,
    texts: dict[str, Source],
    quotes: dict[str, Quote],
    used: set[str],
    common: dict[str, float],
) -> list[Strip]:
    """The strongest stretches of one account, in the order in which they were told."""
    evidence = [e for r in moment.relations if account.id in (r.a, r.b) for e in r.evidence]
    lit = [(e.start, e.end) for e in evidence if e.source == account.source]
    mine = (quotes[q] for q in account.quotes if q in quotes and q not in used)
    found = [
        Strip(q, span, words, _strength(words, common) + any(span[0] < e and s < span[1] for s, e in lit))
        for q in mine
        if q.kind != "indirect" and not q.asks and q.source in texts
        for span, words in _stretches(q, account.spans, texts[q.source].text)
        if WITHHELD not in words
    ]
    best = sorted(found, key=lambda s: -s.strength)[:MOST]
    best = [s for s in best if s.strength >= LEAST * best[0].strength]
    return sorted(best, key=lambda s: s.span)


def _stretches(quote: Quote, spans: Sequence[Span], text: str) -> Iterator[tuple[Span, str]]:
    """Whole sentences of a quotation within an account, as many as a block holds: where they stand, and their words."""
    if quote.kind != "turn":
        within = [(quote.spans[0][0], quote.spans[-1][1])] if len(quote.spans) == 1 else list(quote.spans)
        yield from ((s, text[slice(*s)]) for s in within if _words(text, s) >= FEWEST)
        return
    pieces = sorted((max(a, first), min(z, last)) for a, z in quote.spans for first, last in spans)
    for run in _runs([p for p in pieces if p[0] < p[1]], text):
        said, at = _read(run, text)
        for start, end in _filled(_sentences(said, 0, len(said)), said):
            if _words(said, (start, end)) >= FEWEST:
                yield (at[start], at[end - 1] + 1), said[start:end]


def _runs(pieces: Sequence[Span], text: str) -> list[list[Span]]:
    """Pieces of a turn that a sentence runs through: one breaks off without a full stop, and the next has one. (In a
    transcript without full stops nothing tells where a sentence ends: each piece stays by itself.)"""
    out: list[list[Span]] = []
    for piece in pieces:
        last = text[slice(*out[-1][-1])] if out else ""
        if last and not ENDED.search(last) and STOP.search(text[slice(*piece)]):
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def _read(run: Sequence[Span], text: str) -> tuple[str, Sequence[int]]:
    """Pieces as they are read one after the other, and where each sign of that stands in the text."""
    if len(run) == 1:
        return text[slice(*run[0])], range(*run[0])
    signs, at = "", list[int]()
    for start, end in run:
        if signs:
            signs, at = f"{signs} ", [*at, start]
        signs, at = signs + text[start:end], [*at, *range(start, end)]
    return signs, at


def _sentences(text: str, start: int, end: int) -> list[Span]:
    if start >= end:
        return []
    return [(s[0].start, s[-1].end) for s in sentences(tokens(text, start, end), text, lexicon())]


def _filled(found: Iterable[Span], text: str) -> Iterator[Span]:
    """Sentences put together into stretches of at most LONGEST words (a longer sentence is one by itself)."""
    now: Span | None = None
    for start, end in found:
        if now and _words(text, (now[0], end)) > LONGEST:
            yield now
            now = None
        now = (now[0] if now else start, end)
    if now:
        yield now


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in WORD.finditer(text, *span))


def _strength(text: str, common: dict[str, float]) -> float:
    """How much a stretch tells of its moment: words of the event, the rarer the more; then numbers, names, speech."""
    words = set(_telling(text))
    things = sum(1 for m in WORD.finditer(text) if m.group()[0].isupper() or m.group().isdigit())
    return sum(common.get(w, 0.0) for w in words) + 0.3 * log(1 + things) + 0.3 * ("“" in text or '"' in text)


# --- a block as Markdown -----------------------------------------------------------------------------------


def block(strip: Strip, source: Source) -> str:
    """A block of quotation: who, the words, and the reference that names the quotation."""
    label = ", ".join(filter(None, (title_of(source), dates.clock(strip.quote.time[0]) if strip.quote.time else "")))
    name = strip.quote.person.name if strip.quote.person else ""
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", COMMA.sub(".", strip.text.rstrip()))]
    lines = [f"> **{signs(name)}**"] if name else []
    lines += ["> " + "\n>\n> ".join(EDGE.sub(r"\1\\\2", shown(p, source.path)) for p in paragraphs if p)]
    return "\n".join(lines) + f" [{signs(label)}](quote:{strip.quote.id} {_titled(source.path)})"


def shown(text: str, path: str) -> str:
    """Words of a source as Markdown that reads as they do; what a Markdown source has in italics or bold stays so."""
    if not is_markdown(path):
        return signs(text)
    stressed = {a: text[a:b] for a, b in marks(text) if text[a] in "*_"}
    other = {n for a, b in marks(text) for n in range(a, b)}
    return "".join(stressed.get(n, "") if n in other else signs(sign) for n, sign in enumerate(text))


def _titled(path: str) -> str:
    """A path as the title of a Markdown link."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def signs(text: str) -> str:
    """Text with the signs of Markdown made plain; a sign of an edit (`[…]`) never comes from a source."""
    return SIGNS.sub(r"\\\1", text)
