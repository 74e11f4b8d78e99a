"""Works and their parts as a text names them: by title, by number, by their place in a season."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from vivavoce.model import Known, Naming, Source, Span, folded
from vivavoce.works.patterns import (
    COUNT,
    EVENTS,
    FINALE,
    MARKED,
    MARKS,
    NOUNS,
    NTH,
    OPENER,
    PLACES,
    PLAIN,
    SMALL,
    TITLE,
    E,
    S,
    bare,
    is_title,
    nth,
)

NEAR = 90  # characters beside a number in which its title stands
_ROOM = r"(?:,? | ?[-–—:(] ?)"
# How a part of a series is told, the surest first: the names of the groups say what each number is.
PARTS = tuple(
    re.compile(p)
    for p in (
        rf"\b{S}[ -](?P<s>{COUNT})(?:,? (?:and )?| ?[-–—:(/] ?){E} (?P<e>{COUNT})\b",
        rf"\b{E} (?P<e>{COUNT})(?:,? (?:of|in|from) |, ){S} (?P<s>{COUNT})\b",
        rf"\b{E} (?P<e>{COUNT}) (?:of|in|from) (?:the |its )?(?P<s>{NTH}) {S}\b",
        rf"\b(?P<e>{NTH}) {E} (?:of|in|from) (?:the |its )?(?:\w+['’]s )?(?P<s>{NTH})(?: and (?:final|last))? {S}\b",
        rf"\b(?P<e>{NTH}) {E} (?:of|in|from) {S} (?P<s>{COUNT})\b",
        r"\b[Ss](?P<s>\d{1,2})[ .:x-]{0,2}[Ee](?P<e>\d{1,3})\b",
        r"(?<![\w.])(?P<s>\d{1,2})x(?P<e>\d{2})(?![\w.])",
        rf"\b(?:{S}[ -](?P<s>{COUNT})|(?P<s2>{NTH})[ -]{S})(?:['’]s)?[ -](?:(?P<last>{FINALE})|(?P<first>{OPENER}))\b",
        rf"\b(?:(?P<last>{FINALE})|(?P<first>{OPENER})) (?:of|to) "
        rf"(?:{S} (?P<s>{COUNT})|(?:the |its )?(?P<s2>{NTH}) {S})\b",
        rf"\b(?:(?P<last>last|final|closing)|(?P<first>first|opening)) {E} (?:of|in) "
        rf"(?:{S} (?P<s>{COUNT})|(?:the |its )?(?P<s2>{NTH}) {S})\b",
        rf"\b(?P<scope>{S}) (?:(?P<last>{FINALE})|(?P<first>{OPENER}))\b",
        rf"\b{S}[ -](?P<s>{COUNT})\b",
        rf"\b(?P<s>{NTH})(?: and (?:final|last))? {S}\b(?! of [a-z])",
        rf"\b{E} (?P<e>{COUNT})\b",
        rf"\b(?P<e>\d{{2,4}})th {E}\b",
    )
)
QUICK = re.compile(r"season|series|episode|\bep\.|\bs\d|\dx\d", re.I)
EPISODIC = re.compile(r"\bepisodes?\b|\bseasons?\b", re.I)
OF_AFTER = re.compile(rf",? (?:of|in|on|from) (?P<of>{TITLE})")
CALLED = r"(?:,? (?:titled|entitled|called|named),?)"
TITLED_AFTER = re.compile(rf"(?:{CALLED}? ?|[,:] ?| ?[(–—-] ?)(?P<title>{MARKED})")
CALLED_AFTER = re.compile(rf"{CALLED} (?P<title>{PLAIN})")
OF_BEFORE = re.compile(rf"(?P<of>{TITLE})(?P<own>['’]s?)?,? (?:the )?$")
TITLED_BEFORE = re.compile(rf"(?P<title>{MARKED})(?: ?[(–—]|,)(?: the| from)? ?$")
_NOUN = "|".join(sorted(NOUNS, key=len, reverse=True))
CUES = (
    # "the sitcom The Ward", "an episode called “Slack Water”", "the book titled …"; a plain title needs the noun alone
    (re.compile(rf"\b(?P<noun>{_NOUN})(?:{CALLED})? (?P<title>{MARKED})"), ""),
    (re.compile(rf"\b(?P<noun>{_NOUN}){CALLED} (?P<title>{PLAIN})"), ""),
    (re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur) (?:[a-z-]+ ){{0,2}}"
                rf"(?P<noun>{_NOUN}) (?P<title>{PLAIN})"), ""),
    # "“Slack Water” episode", "“The Ward,” the sitcom", "The Ward is a sitcom"
    (re.compile(rf"(?P<title>{MARKED}) (?P<noun>{_NOUN})\b"), ""),
    (re.compile(rf"(?P<title>{TITLE}),? (?:is|was|has been|,) (?:one of )?(?:a|an|the) "
                rf"(?:[\w-]+ ){{0,3}}?(?P<noun>{_NOUN})s?\b"), ""),
    (re.compile(rf"(?P<title>{MARKED}),? (?:a|an|the) (?:[\w-]+ ){{0,3}}?(?P<noun>{_NOUN})\b"), ""),
    # "an episode of The Ward", "all nine seasons of The Ward"
    (re.compile(rf"\b(?:episodes?|seasons?|finale|premiere|reruns?|showrunner|creators?) "
                rf"(?:of|on) (?P<title>{TITLE})"), "series"),
)  # fmt: skip
# A sentence that says that something is a work holds one of these.
HOLDING = re.compile(
    "|".join([*(n for n in NOUNS if n not in ("LP", "EP")), r"\bEP\b", r"\bLP\b", "rerun", "creator"]), re.I
)
NOT_FIRST = frozenset(
    [
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "to",
        "with",
        "but",
        "after",
        "as",
        "before",
        "during",
        "if",
        "since",
        "so",
        "then",
        "that",
        "this",
        "these",
        "those",
        "when",
        "where",
        "while",
        "who",
        "why",
        "how",
        "what",
        "it",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "both",
        "all",
        "no",
        "not",
        "his",
        "her",
        "their",
        "our",
        "my",
        "one",
        "there",
        "here",
        "season",
        "episode",
    ]
)
ONLY = frozenset(["the", "a", "an", "season", "series", "episode", "i", "finale"])
CONTRACTED = re.compile(r"(?:it|that|this|he|she|there|here|what|who|i|we|they|you)'(?:s|m|re|ve|d|ll)")
EVENT = re.compile(
    rf"\b(?:[Tt]he )?(?:(?:18|19|20)\d\d )?(?:(?:[A-Z][a-z’'-]+ ){{1,3}}(?:{EVENTS})"
    r"(?: of (?:18|19|20)\d\d)?)(?![\w’'])"
    rf"|\b[Tt]he (?:[A-Z][a-z]+ )?(?:{EVENTS.lower()}) of (?:18|19|20)\d\d\b"
    rf"|\b[Tt]he (?:18|19|20)\d\d (?:[a-z]+[’']? )?(?:{EVENTS.lower()})\b"
    r"|\b(?:the )?Battle of [A-Z][a-z]+(?: [A-Z][a-z]+)?\b"
)
PLACE = re.compile(rf"\b(?:(?:St|Mt)\.? )?(?:[A-Z][a-z’'-]+ ){{1,3}}(?:{PLACES})\b(?! [A-Z])")
MARK = re.compile(MARKED)
FIRST = re.compile(r"\w+")


class Page(NamedTuple):
    """A source while it is looked at: its sentences, the names of persons (folded), what is said, and where each word
    begins."""

    source: Source
    text: str
    spans: list[Span]
    persons: frozenset[str]
    said: frozenset[Span]
    words: dict[str, list[int]]


def namings(
    source: Source, spans: list[Span], persons: frozenset[str], said: frozenset[Span], known: Known
) -> tuple[Naming, ...]:
    """The namings of a source, in order, apart. `persons`: folded names; `said`: spans of what somebody says."""
    page = Page(source, source.text, spans, persons, said, indexed(source.text, spans))
    found = [n for span in spans for n in (*parts(page, span), *cued(page, span))]
    found += listed(page, known)
    titles = {folded(t): n.kind for n in found for t in (n.title, n.of) if t}
    found = [owned(page, n, titles) for n in found]
    kinds = {folded(n.title): n.kind for n in found if n.title and n.kind}
    for n in found:
        if n.of:
            kinds.setdefault(folded(n.of), "series")
    found += again(page, {t for n in found for t in (n.title, n.of) if t}, kinds)
    found += [n for span in spans for n in (*events(page, span), *marked(page, span))]
    return tuple(apart(found))


def parts(page: Page, span: Span) -> Iterator[Naming]:
    """Seasons and episodes that a sentence tells by number or place, with the titles beside them."""
    text, (start, end) = page.text, span
    if not QUICK.search(text, start, end):
        return
    taken: list[Span] = []
    for pattern in PARTS:
        for m in pattern.finditer(text, start, end):
            if any(a < m.end() and m.start() < b for a, b in taken):
                continue
            if "x(?P" in pattern.pattern and not EPISODIC.search(text):
                continue
            made = part(page, span, m)
            if made:
                taken.append((made.start, made.end))
                yield made


def part(page: Page, span: Span, m: re.Match[str]) -> Naming | None:
    """A part of a series as one match tells it."""
    told = m.groupdict()
    season, episode = (nth(told.get(k) or told.get(k + "2") or "") for k in ("s", "e"))
    position = "last" if told.get("last") else "first" if told.get("first") else ""
    whole = position and (told.get("scope") or "").casefold() == "series"
    kind = "episode" if episode is not None or position else "season"
    made = Naming(
        page.source.path, *m.span(), kind=kind, season=season, episode=episode,
        position=f"series {position}" if whole else position,
    )  # fmt: skip
    return beside(page, span, made)


def beside(page: Page, span: Span, n: Naming) -> Naming:
    """A part with the title that stands beside it, and that of what it is a part of."""
    text, (low, high) = page.text, span
    after = OF_AFTER.match(text, n.end, high)
    if after and titled(page, after["of"], after.span("of")):
        n = replace(n, end=after.end("of"), of=named(after["of"]))
    else:
        whole = whole_before(text, low, n.start)
        if whole and not whole.own and titled(page, whole.words, whole.span):
            n = replace(n, start=whole.span[0], of=named(whole.words))
    if n.kind != "episode":
        return n
    for pattern in (TITLED_AFTER, CALLED_AFTER):
        given = pattern.match(text, n.end, high)
        if given and not n.title and titled(page, given["title"], given.span("title")):
            return replace(n, end=given.end("title"), title=named(given["title"]))
    at = max(low, n.start - NEAR)
    given = TITLED_BEFORE.search(text[at : n.start])
    if given and titled(page, given["title"], (at + given.start("title"), at + given.end("title"))):
        return replace(n, start=at + given.start("title"), title=named(given["title"]))
    return n


def owned(page: Page, n: Naming, titles: dict[str, str]) -> Naming:
    """A part with the series whose it is said to be ("The Ward’s last season"), where that is a title elsewhere: else
    it may be somebody's."""
    if n.of or n.kind not in ("season", "episode") or n.title:
        return n
    whole = whole_before(page.text, 0, n.start)
    if not (whole and whole.own) or titles.get(folded(whole.words), "episode") in ("episode", "season"):
        return n
    return replace(n, start=whole.span[0], of=named(whole.words))


class Whole(NamedTuple):
    """The title that stands before a part, where, and whether the part is told as its `own` ("The Ward’s …")."""

    words: str
    span: Span
    own: bool


def whole_before(text: str, low: int, start: int) -> Whole | None:
    """The title that stands right before a place, not before `low`. A single word that begins a sentence tells
    nothing by its capital."""
    at = max(low, start - NEAR)
    before = OF_BEFORE.search(text[at:start])
    if not before:
        return None
    words, end = dropped(before["of"]), at + before.end("of")
    begin = end - len(words)
    own = bool(before["own"]) or (words[-2:] in ("’s", "'s") and words[0] not in MARKS)
    if not before["own"] and own:
        words, end = words[:-2], end - 2
    alone = words[:1] not in MARKS and " " not in words and begin <= low
    return None if alone and not own else Whole(words, (begin, end), own)


def cued(page: Page, span: Span) -> Iterator[Naming]:
    """Titles that the words beside them say are some: "the sitcom …", "an episode of …"."""
    for pattern, kind in CUES if HOLDING.search(page.text, *span) else ():
        for m in pattern.finditer(page.text, *span):
            words = dropped(m["title"]) if m.start("title") == m.start() else m["title"]
            end = m.end("title")
            start = end - len(words)
            if not titled(page, words, (start, end)):
                continue
            noun = kind or NOUNS[m["noun"]]
            yield Naming(page.source.path, start, end, title=named(words), kind="" if noun == "season" else noun)


def listed(page: Page, known: Known) -> Iterator[Naming]:
    """The works of vivavoce.toml, under all their names."""
    for work in known.works:
        for name in dict.fromkeys((work.title, *work.aliases)):
            for start, end in places(page, name):
                yield Naming(page.source.path, start, end, title=work.title, kind=work.kind)


def again(page: Page, titles: set[str], kinds: dict[str, str]) -> Iterator[Naming]:
    """Further places of titles that the text has named as such."""
    for title in sorted(titles):
        for start, end in places(page, title):
            yield Naming(page.source.path, start, end, title=title, kind=kinds.get(folded(title), ""))


def places(page: Page, name: str) -> Iterator[Span]:
    """Where a name stands in what is told, its words with their capitals."""
    first = FIRST.search(name)
    if not first:
        return
    pattern = re.compile(r"\s+".join(map(cased, name.split())) + r"(?!\w)")
    for start in page.words.get(first[0].casefold(), ()):
        m = pattern.match(page.text, start - first.start())
        if m:
            yield m.span()


def indexed(text: str, spans: list[Span]) -> dict[str, list[int]]:
    """Where each word of what is told begins."""
    out: dict[str, list[int]] = defaultdict(list)
    for span in spans:
        for m in FIRST.finditer(text, *span):
            out[m[0].casefold()].append(m.start())
    return dict(out)


def cased(word: str) -> str:
    """A pattern of a word of a title: its capital stays one, unless it is a small word."""
    if word[:1].isupper() and word.casefold() not in SMALL:
        return re.escape(word[:1]) + f"(?i:{spelling(word[1:])})"
    return f"(?i:{spelling(word)})"


def spelling(word: str) -> str:
    """A pattern of a word in either kind of apostrophe."""
    return re.escape(word).replace("'", "['’]").replace("’", "['’]")


def events(page: Page, span: Span) -> Iterator[Naming]:
    """Events and places that are called by a name with a noun for such a thing."""
    for pattern, kind in ((EVENT, "event"), (PLACE, "place")):
        for m in pattern.finditer(page.text, *span):
            words = dropped(m[0])
            if len(words.split()) > 1 and folded(words) not in page.persons:
                yield Naming(page.source.path, m.end() - len(words), m.end(), title=headed(words), kind=kind)


def headed(words: str) -> str:
    """A name on one line, with a capital."""
    name = " ".join(words.split())
    return name[:1].upper() + name[1:]


def marked(page: Page, span: Span) -> Iterator[Naming]:
    """Words in marks or italics that look like a title, which nothing beside them says is one."""
    for m in MARK.finditer(page.text, *span):
        if titled(page, m[0], m.span()):
            yield Naming(page.source.path, *m.span(), title=named(m[0]), sure=False)


def dropped(words: str) -> str:
    """A title without the words before it that only begin the sentence ("When The Ward …")."""
    if words[:1] in MARKS:
        return words
    parts = words.split(" ")
    while len(parts) > 1 and parts[0].casefold() in NOT_FIRST:
        parts = parts[1:]
    return " ".join(parts)


def titled(page: Page, words: str, span: Span) -> bool:
    """Whether words may be a title: capitals, nobody's name unless in marks, nothing that is said."""
    inner = bare(words)
    low = folded(inner)
    if (
        not low
        or low in ONLY
        or CONTRACTED.fullmatch(low)
        or not is_title(inner)
        or inner.casefold() in NOT_FIRST
        or not re.search(r"[A-Z]", inner)
    ):
        return False
    if words[:1] in MARKS:
        return (span[0] + 1, span[1] - 1) not in page.said and (low not in page.persons)
    return low not in page.persons and not inner.isdigit()


def named(words: str) -> str:
    """A title as it is kept."""
    return bare(words)


def apart(found: Iterable[Naming]) -> list[Naming]:
    """The namings, the longer and surer of those that overlap, in order of the text."""
    kept: list[Naming] = []
    starts: list[int] = []
    for n in sorted(found, key=lambda n: (not n.sure, n.start - n.end, not n.kind, n.start)):
        at = bisect_left(starts, n.start)
        clear = (at == 0 or kept[at - 1].end <= n.start) and (at == len(kept) or kept[at].start >= n.end)
        if clear:
            starts.insert(at, n.start)
            kept.insert(at, n)
    return kept
