"""What is reported in a sentence: the cue, and the stretches that it reports, as ranges of tokens.

The method is that of rule-based quotation finders (fronted, medial and following tags; clauses after verbs of speech;
"according to"), on tokens alone: where a parser is wanted, the shape of the words and the commas have to do.
"""

from __future__ import annotations

from vivavoce.language.lexicon import Lexicon
from vivavoce.language.tokens import Token, last_sign
from vivavoce.quotes.clauses import (
    REACH,
    Kind,
    Report,
    clausal,
    closes,
    end_of,
    following,
    forward,
    introduces,
    relative,
    verbal,
)
from vivavoce.quotes.cues import Cue, cues
from vivavoce.quotes.grammar import BE, DASHES, FINITE, NO_SUBJECT, NO_TAG, NOT_RESUMING, PREPOSITIONS, STOPS, TIMES
from vivavoce.quotes.unsaid import unspoken

TAKEN_BY_TAGS = frozenset(["clause", "quotation", "telling", "asking"])
LATER = 9
SHORT = 4


def reports(sentence: list[Token], text: str, lexicon: Lexicon, before: list[Token]) -> list[Report]:
    """All that a sentence reports, outermost first; no two share a token. `before`: the sentence before."""
    firsts = [i for i, token in enumerate(sentence) if token.low in lexicon.firsts]
    if not firsts:
        return []
    said = cues(sentence, firsts, lexicon)
    found = according(sentence, firsts, lexicon)
    for n, cue in enumerate(said):
        if any(a <= cue.first < b for r in found for a, b in r.contents):
            continue
        if n == 0 and relative(sentence, cue) and any(t.mark >= 0 for t in sentence[: cue.first]):
            continue  # "…," X, who asked not to be named, told the paper: the tag is still to come
        report = reported(sentence, cue, said[n + 1 : n + LATER], text, lexicon, done=reached(found))
        if report and not handled(sentence, cue, report):
            kind: Kind = "sign" if unspoken(sentence, cue, lexicon, before) else report.kind
            report = Report(report.cue, report.contents, kind, report.why, cue.form != "base")
            found = [r for r in found if not inside(r, report)] + [report]
    return found


def handled(sentence: list[Token], cue: Cue, report: Report) -> bool:
    """Whether a thing was handled and nothing said: posted that letter; wrote down the names."""
    (start, end), *more = report.contents
    first = sentence[start].low
    if more or any(t.mark >= 0 for t in sentence[start:end]):
        return False
    return (first == "that" and end - start == 2) or (first == "down" and cue.lemma == "write")


def reached(found: list[Report]) -> int:
    """The first token that is not yet part of a report."""
    return max([0, *(r.cue[1] for r in found), *(b for r in found for _, b in r.contents)]) if found else 0


def inside(one: Report, other: Report) -> bool:
    """Whether all that one report reports lies in what the other does."""
    return all(any(a <= c and d <= b for a, b in other.contents) for c, d in one.contents)


def reported(
    sentence: list[Token], cue: Cue, later: list[Cue], text: str, lexicon: Lexicon, done: int
) -> Report | None:
    """What one cue reports: what stands before it, after it, or on both sides."""
    if cue.form == "noun":
        return following(sentence, cue, later, cue.last, "clause")
    at = skip_times(sentence, cue.last, lexicon)
    if done < cue.first < done + REACH and sentence[done].low == "as" and "clause" in cue.takes:
        return as_said(sentence, cue, at)
    tags = cue.form not in ("ing", "passive") and not cue.takes.isdisjoint(TAKEN_BY_TAGS)
    n = sentence[at] if at < len(sentence) else None
    marks = marked_before(sentence, cue, text, done) if tags else None
    if marks is None and n is not None and (n.mark >= 0 or introduces(sentence, at)):
        edge = content_edge(sentence, cue, done) if tags and n.low == "," else None
        if edge is not None and edge > done and sentence[edge - 1].low in BE:
            return Report(
                (cue.first, cue.last),
                ((done, edge), (at + 1, end_of(sentence, len(sentence)))),
                "clause",
                "“said” within",
            )
        return forward(sentence, cue, at, later, text)
    if marks is not None and n is not None and marks - 1 > done and not closes(n) and marks < cue.first:
        ahead = forward(sentence, cue, at, later, text)
        if ahead:
            return ahead
    if marks is not None and (n is None or n.low != "that"):
        return tagged(sentence, cue, at, done, marks)
    if tags and "clause" in cue.takes and (closes(n) or inverted(sentence, cue, at, done)):
        edge = content_edge(sentence, cue, done)
        medial = n is not None and n.low == "," and edge is not None and resumed(sentence, at, marked=False) is not None
        if edge is not None and edge > done and (medial or worth(sentence, done, edge)):
            return tagged(sentence, cue, at, done, edge)
    if tags and cue.lemma == "tell" and (comma := told_within(sentence, cue.last)) is not None:
        edge = content_edge(sentence, cue, done)
        if edge is not None and edge > done + 1:
            return tagged(sentence, cue, comma, done, edge)
    ahead = forward(sentence, cue, at, later, text) if n else None
    if ahead or not tags or "clause" not in cue.takes or not n or (n.low != "to" and n.low not in PREPOSITIONS):
        return ahead
    edge = content_edge(sentence, cue, done)
    if edge is None or edge <= done:
        return None
    goes_on = comma_ahead(sentence, at)
    if goes_on is not None:
        return tagged(sentence, cue, goes_on, done, edge)
    return tagged(sentence, cue, at, done, edge) if worth(sentence, done, edge) else None


def comma_ahead(sentence: list[Token], at: int) -> int | None:
    """The comma that ends a tag with its occasion, where a verb goes on with what was said: The set, she said at a
    dinner, was gone."""
    for k in range(at, min(len(sentence) - 1, at + 12)):
        if sentence[k].low == ",":
            return k if sentence[k + 1].low in FINITE else None
    return None


def told_within(sentence: list[Token], at: int) -> int | None:
    """The comma that ends "…, she told the meeting, …"; None if "told" has more behind it."""
    for k in range(at + 1, min(len(sentence), at + 6)):
        low = sentence[k].low
        if low == "," or low in STOPS:
            return k
        if low in FINITE or low in ("that", "to", "it", "he", "she", "they") or sentence[k].mark >= 0:
            return None
    return None


def as_said(sentence: list[Token], cue: Cue, at: int) -> Report | None:
    """What is as somebody said: As the paper reported in May, the site was sold."""
    for k in range(at, min(len(sentence) - 1, at + REACH)):
        if sentence[k].low == ",":
            end = end_of(sentence, len(sentence))
            return Report((cue.first, cue.last), ((k + 1, end),), "clause", "“as” before it") if end > k + 1 else None
        if sentence[k].mark >= 0 or sentence[k].low == "that":
            return None
    return None


def marked_before(sentence: list[Token], cue: Cue, text: str, done: int) -> int | None:
    """Where marked words end that the cue is the tag of: "…," said X; "…," X, the Y, said; not "…," X, who asked …"""
    if cue.first and sentence[cue.first - 1].low in ("who", "which", "that"):
        return None
    for k in range(cue.first - 1, max(done, cue.first - REACH * 2) - 1, -1):
        token = sentence[k]
        if token.mark >= 0:
            tail = last_sign(text, token.start, token.end)
            follows = sentence[k + 1].low
            near = tail in ",?!—-–…" or follows in (",", "?", "!") or follows in DASHES or k + 1 == cue.first
            return k + 1 if near else None
        if token.low in (";", ":") or (token.low in STOPS and token.low != "."):
            return None
    return None


def skip_times(sentence: list[Token], at: int, lexicon: Lexicon) -> int:
    """Past adverbs and times of day: said Friday, said on Monday, said later; an adverb of the clause stays with it."""
    kept = at
    while at < len(sentence):
        low = sentence[at].low
        after = sentence[at + 1].low if at + 1 < len(sentence) else ""
        if low in TIMES and low not in ("this", "last", "next", "may"):
            kept = at = at + 1
        elif low in ("on", "in", "late", "early", "this", "last", "next") and after in TIMES:
            kept = at = at + 2
        elif low[:1].isdigit() and sentence[at - 1].low in TIMES:
            kept = at = at + 1
        elif low in lexicon.adverbs:
            at += 1
        else:
            break
    n = sentence[at] if at < len(sentence) else None
    return at if closes(n) or (n and (n.mark >= 0 or n.low in ("that", ":") or n.low in PREPOSITIONS)) else kept


def inverted(sentence: list[Token], cue: Cue, at: int, done: int) -> bool:
    """Whether the speaker follows the cue, which follows a comma: …, said Blair."""
    if not cue.first or cue.form not in ("past", "s") or sentence[cue.first - 1].low != ",":
        return False
    first = next(k for k in range(done, cue.first) if sentence[k].low == ",")
    return verbal(sentence, done, first) and not clausal(sentence, at)


def tagged(sentence: list[Token], cue: Cue, at: int, done: int, edge: int) -> Report:
    """The content that stands before subject and cue, and what goes on behind the tag."""
    begin = done or min(dateline(sentence), edge - 1)
    if sentence[edge - 1].mark >= 0:
        begin = next((k + 1 for k in range(edge - 2, begin, -1) if sentence[k].low == ":"), begin)
    contents = [(begin, edge)]
    more = resumed(sentence, at, marked=sentence[edge - 1].mark >= 0)
    if more is not None:
        marked = sentence[more].mark >= 0
        contents.append((more, more + 1 if marked else end_of(sentence, len(sentence))))
    return Report((cue.first, cue.last), tuple(contents), "clause", f"“{sentence[cue.first].low}” after it")


def worth(sentence: list[Token], start: int, end: int) -> bool:
    """Whether what stands before a tag can be what was said: words in marks, or more than "On Monday"."""
    if any(t.mark >= 0 for t in sentence[start:end]):
        return True
    n = end - start
    first = sentence[start].low
    return (
        n >= 3
        and first != "as"
        and not (n < 9 and (first in PREPOSITIONS or first in ("after", "before", "when", "while", "as", "asked")))
    )


def content_edge(sentence: list[Token], cue: Cue, done: int) -> int | None:
    """The comma before the subject of a tag, where the content ends; past the two commas of "X, the Y, said"."""
    k = cue.first - 1
    if k >= 0 and sentence[k].low == ",":
        if inverted(sentence, cue, cue.last, done):
            return k
        commas = 2
    else:
        commas = 0
    for k in range(cue.first - 1, max(done, cue.first - REACH) - 1, -1):
        low = sentence[k].low
        if low == ";":
            return None
        if low in (",", "?", "!") or low in DASHES:
            if commas == 0:
                return k if subject(sentence[k + 1 : cue.first]) else None
            commas -= 1
    return None


def subject(between: list[Token]) -> bool:
    """Whether these tokens can be who said it: not "which he", not "so they never know what they", not "is the one that
    fans"."""
    if not between or between[0].low in NO_SUBJECT or any(t.low in NO_TAG for t in between):
        return False
    verb = next((k for k, t in enumerate(between) if t.low in FINITE), len(between))
    return verb == len(between) or any(t.low in ("who", "which", "that", "whose") for t in between[:verb])


def resumed(sentence: list[Token], at: int, marked: bool) -> int | None:
    """Where the content goes on behind a medial tag; None if it does not.

    `marked`: what stands before the tag is in marks: then only marked words go on with it.
    """
    if at < len(sentence) and sentence[at].low == "," and not marked and at + 1 < len(sentence):
        after = sentence[at + 1]
        if after.mark < 0:
            return None if after.low in NOT_RESUMING or after.low.endswith("ing") else at + 1
    for k in range(at, min(len(sentence), at + REACH * 2)):
        token = sentence[k]
        if token.mark >= 0:
            return k if sentence[k - 1].low in (",", ";", ":", ".") or sentence[k - 1].low in DASHES else None
        if token.low in STOPS or (token.low.endswith("ing") and sentence[k - 1].low == ","):
            return None
    return None


def according(sentence: list[Token], firsts: list[int], lexicon: Lexicon) -> list[Report]:
    """What is so "according to" somebody. `firsts`: the tokens with which that may begin."""
    for i in firsts:
        for phrase in lexicon.according.get(sentence[i].low, ()):
            last = i + len(phrase)
            if tuple(t.low for t in sentence[i:last]) == phrase and last < len(sentence):
                found = by_somebody(sentence, i, last)
                return [found] if found else []
    return []


def by_somebody(sentence: list[Token], first: int, last: int) -> Report | None:
    """The content round an "according to" phrase that begins at `first`; the one it names begins at `last`."""
    close = source_end(sentence, last)
    before = first - 1 if first and sentence[first - 1].low in (",", "—", "–", "--", "(") else first
    contents = []
    begin = dateline(sentence)
    begin += sentence[begin].low in ("and", "but", "so", "yet")
    tail = end_of(sentence, len(sentence))
    broken = before > begin and (
        sentence[before - 1].low == "been"
        or sentence[before - 1].low in FINITE
        or (close + 1 < tail and sentence[close + 1].low in FINITE)
    )
    if before >= begin + 3 or (broken and before > begin):
        contents.append((begin, before))
    ahead = sentence[close + 1].low if close < tail - 2 and sentence[close].low == "," else ""
    if ahead and (not contents or broken or ahead not in ("who", "which", "a", "the", "and", "an", "but")):
        contents.append((close + 1, tail))
    return Report((first, last), tuple(contents), "clause", "“according to”") if contents else None


def dateline(sentence: list[Token]) -> int:
    """The first token behind a dateline, "LEEDS, England —", or 0."""
    for k in range(1, min(len(sentence) - 1, 10)):
        if sentence[k].low in DASHES:
            return k + 1 if all(t.cap or not t.low[:1].isalpha() for t in sentence[:k]) else 0
    return 0


def source_end(sentence: list[Token], at: int) -> int:
    """The comma that ends the name behind "according to", past "who …" and "a …" between commas."""
    commas = [k for k in range(at, len(sentence)) if sentence[k].low == ","]
    if not commas:
        return len(sentence)
    k = commas[0]
    after = sentence[k + 1].low if k + 1 < len(sentence) else ""
    if len(commas) > 1 and (
        after in ("who", "which", "a", "an", "whose", "where")
        or (commas[1] - k <= SHORT and all(t.cap for t in sentence[k + 1 : commas[1]]))
    ):
        return commas[1]
    return k
