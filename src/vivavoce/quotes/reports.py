"""What is reported in a sentence: the cue, and the stretches that it reports, as ranges of tokens.

The method is that of rule-based quotation finders (fronted, medial and following tags; clauses after verbs of speech;
"according to"), on tokens alone: where a parser is wanted, the shape of the words and the commas have to do.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from vivavoce.language.lexicon import Lexicon, words
from vivavoce.language.tokens import Token, last_sign
from vivavoce.quotes.cues import PREPOSITIONS, SUBJECTS, Cue, cues

Range = tuple[int, int]
Kind = Literal["clause", "noun", "thought", "infinitive", "sign"]
WH = words("whether if how why what who when where which whom whose")
STOPS = frozenset([".", "!", "?", "…", "..."])
DASHES = frozenset(["—", "–", "--", "―", "-"])
PRONOUNS = SUBJECTS | frozenset(["me", "him", "her", "them", "us", "himself", "herself", "themselves"])
TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tonight earlier later recently last next this "
    "morning afternoon evening night week month year ago jan feb aug sept oct nov dec"
)
OBJECT_STOPS = words("that whether how why what if to in on at during , : ;")
NP_STOPS = words(
    ", ; : — – -- ― ( ) ! ? during while after before when because although though since but until unless "
    "amid whereas if"
)
OCCASIONS = words(
    "statement interview speech letter email e-mail memo tweet post release briefing conference meeting "
    "debate hearing rally event article column op-ed report book filing court television tv twitter facebook "
    "instagram radio podcast call message video episode remarks newspaper magazine thread press appearance "
    "broadcast testimony lawsuit"
)
CLAUSE_STARTS = words(
    "he she it they we i you there this these those his her its their our my no some many most all the a an "
    "every each nobody everyone everything nothing if when what"
)
REACH = 25
LATER = 9
SUBORDINATE = words("after while when if as although though because since before whereas once unless")
CLAUSE_SUBJECTS = frozenset(["he", "she", "they", "we", "i", "there"])
TOLD = SUBJECTS | words("there his their how why what whether if")
NO_TAG = frozenset(["what", "how", "why", "if", "to"])
NOT_RESUMING = words("who which but and while as when with in according though although after before because citing")
NO_SUBJECT = SUBORDINATE | words("who which that whose where and or but much many some most both all so")
ASKING = words("ask tell warn remind advise instruct order direct request")


class Report(NamedTuple):
    """`cue`: range of the cue. `contents`: what is reported. `kind`: what the cue takes. `why`: in words.
    `real`: it is told as having been said, not as what might or should be said."""

    cue: Range
    contents: tuple[Range, ...]
    kind: Kind
    why: str
    real: bool = True


def reports(sentence: list[Token], text: str, lexicon: Lexicon) -> list[Report]:
    """All that a sentence reports, outermost first; no two share a token."""
    said = cues(sentence, lexicon)
    found = according(sentence, lexicon)
    for n, cue in enumerate(said):
        if any(a <= cue.first < b for r in found for a, b in r.contents):
            continue
        if n == 0 and relative(sentence, cue) and any(t.mark >= 0 for t in sentence[: cue.first]):
            continue  # "…," X, who asked not to be named, told the paper: the tag is still to come
        report = reported(sentence, cue, said[n + 1 : n + LATER], text, lexicon, done=reached(found))
        if report:
            kind: Kind = "sign" if on_sign(sentence, cue, lexicon) else report.kind
            report = report._replace(kind=kind, real=cue.form != "base")
            found = [r for r in found if not inside(r, report)] + [report]
    return found


def on_sign(sentence: list[Token], cue: Cue, lexicon: Lexicon) -> bool:
    """Whether a sign or a shirt says it, not a person."""
    if cue.lemma not in ("read", "say", "proclaim", "declare"):
        return False
    return any(t.low in lexicon.signs for t in sentence[max(0, cue.first - 3) : cue.last + 3])


def reached(found: list[Report]) -> int:
    """The first token that is not yet part of a report."""
    return max((max(r.cue[1], *(b for _, b in r.contents)) for r in found), default=0)


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
    tags = bool(cue.takes & {"clause", "quotation", "telling", "asking"}) and cue.form not in ("ing", "passive")
    n = sentence[at] if at < len(sentence) else None
    marks = marked_before(sentence, cue, text, done) if tags else None
    if marks is None and n is not None and (n.mark >= 0 or introduces(sentence, at)):
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
    ahead = forward(sentence, cue, at, later, text) if n else None
    if ahead or not tags or "clause" not in cue.takes or not n or n.low not in PREPOSITIONS | {"to"}:
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


def as_said(sentence: list[Token], cue: Cue, at: int) -> Report | None:
    """What is as somebody said: As the paper reported in May, the site was sold."""
    for k in range(at, min(len(sentence) - 1, at + REACH)):
        if sentence[k].low == ",":
            end = end_of(sentence, len(sentence))
            return Report((cue.first, cue.last), ((k + 1, end),), "clause", "“as” before it") if end > k + 1 else None
        if sentence[k].mark >= 0 or sentence[k].low == "that":
            return None
    return None


def closes(n: Token | None) -> bool:
    """Whether nothing follows a cue in its clause."""
    return n is None or n.low in STOPS or n.low in (",", ";", ")") or n.low in DASHES


def breaks(token: Token) -> bool:
    """Whether a comma or dash stands here."""
    return token.low == "," or token.low in DASHES


def introduces(sentence: list[Token], at: int) -> bool:
    """Whether a comma or colon stands here with words in marks behind it."""
    return (
        at < len(sentence) and sentence[at].low in (",", ":") and at + 1 < len(sentence) and sentence[at + 1].mark >= 0
    )


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


def verbal(sentence: list[Token], start: int, end: int) -> bool:
    """Whether these tokens hold a verb, as far as forms tell."""
    return any(t.low in FINITE or (t.low.endswith("ed") and not t.cap) for t in sentence[start:end])


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
        and not (first in PREPOSITIONS | {"after", "before", "when", "while", "as", "asked"} and n < 9)
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
    """Whether these tokens can be who said it: not "which he", not "so they never know what they"."""
    return bool(between) and between[0].low not in NO_SUBJECT and not any(t.low in NO_TAG for t in between)


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


def end_of(sentence: list[Token], end: int) -> int:
    """The range's end without the full stop."""
    while end > 0 and sentence[end - 1].low in STOPS:
        end -= 1
    return end


def forward(sentence: list[Token], cue: Cue, at: int, later: list[Cue], text: str) -> Report | None:
    """The content that follows the cue: words in marks, a clause, an infinitive, a noun phrase."""
    takes = cue.takes
    kind: Kind = "clause" if takes - {"thought"} else "thought"
    n = sentence[at]
    marks = marks_ahead(sentence, at)
    if marks is not None and (cue.form != "passive" or (marks == at and "naming" in takes)):
        if cue.form == "passive":
            return Report((cue.first, cue.last), ((marks, marks + 1),), kind, f"“{sentence[cue.first].low}” before it")
        if cue.lemma == "read":
            return Report((cue.first, cue.last), ((marks, marks + 1),), kind, f"“{sentence[cue.first].low}” before it")
        return quoted(sentence, cue, later, marks, text, kind)
    if n.low == "that":
        return following(sentence, cue, later, at, kind)
    if "ordering" in takes and cue.form != "passive" and (to := to_ahead(sentence, at)) is not None:
        start = to if cue.lemma in ASKING else at
        return following(sentence, cue, later, start, "infinitive")
    if n.low in WH and cue.form != "passive" and takes & {"asking", "clause", "telling"}:
        return following(sentence, cue, later, at, kind)
    if n.low == "to" and "infinitive" in takes and cue.form != "passive":
        return following(sentence, cue, later, at, "infinitive")
    if takes & {"clause", "telling"}:
        clause = clause_ahead(sentence, cue, at)
        if clause is not None:
            return following(sentence, cue, later, clause, kind)
    if takes & {"noun", "thought"} and cue.form != "passive":
        return noun_phrase(sentence, cue, at, later, "noun" if "noun" in takes else "thought")
    return None


def marks_ahead(sentence: list[Token], at: int) -> int | None:
    """Where words in marks begin that a cue introduces: said, "…"; said on Monday: "…"; told them "…"."""
    if sentence[at].mark >= 0:
        return at
    for k in range(at, min(len(sentence) - 1, at + REACH)):
        low = sentence[k].low
        if sentence[k].mark >= 0 or low in STOPS or low in ("that", ";"):
            return None
        if low in (",", ":") and sentence[k + 1].mark >= 0:
            return k + 1
    return None


def to_ahead(sentence: list[Token], at: int) -> int | None:
    """The "to" behind the one who is asked: asked the two men to leave."""
    for k in range(at + 1, min(len(sentence), at + 9)):
        low = sentence[k].low
        if low == "to":
            return k
        if low in NP_STOPS or low in ("that", "for", "about", "whether") or sentence[k].mark >= 0:
            return None
    return None


def clause_ahead(sentence: list[Token], cue: Cue, at: int) -> int | None:
    """Where a clause begins behind a cue, with or without "that", past the one who is told and the occasion."""
    first = sentence[at].low
    if "telling" in cue.takes or first in PREPOSITIONS or first in PRONOUNS:
        that = that_ahead(sentence, at)
        if that is not None and not (first in SUBJECTS and "telling" not in cue.takes):
            return that
    if cue.form == "passive":
        return None
    if "telling" in cue.takes and "noun" not in cue.takes:
        return told_ahead(sentence, at)
    if "clause" not in cue.takes or first in PREPOSITIONS or first in OBJECT_STOPS or first in STOPS:
        return None
    if first.endswith("ing") or first in ("and", "or", "but", "as", "so", "more", "much", "little"):
        return None
    return at if (cue.lemma == "say" and cue.form != "base") or clausal(sentence, at) else None


def that_ahead(sentence: list[Token], at: int) -> int | None:
    """The "that" behind the one who is told, or behind the occasion: said in a statement on Monday that …"""
    for k in range(at, min(len(sentence), at + 16)):
        low = sentence[k].low
        if low == "that":
            return k if sentence[k - 1].low != "," or sentence[at].low in PREPOSITIONS else None
        if low in (";", ":") or sentence[k].mark >= 0 or low in FINITE:
            return None
    return None


def told_ahead(sentence: list[Token], at: int) -> int | None:
    """Where the clause begins behind the one who is told: told the paper | he had left."""
    if sentence[at].low in PRONOUNS:
        return (
            at + 1
            if (at + 1 < len(sentence) and sentence[at + 1].low in CLAUSE_STARTS | WH) or cap(sentence, at + 1)
            else None
        )
    for k in range(at + 1, min(len(sentence), at + 9)):
        if sentence[k].low in TOLD:
            return k
        if sentence[k].low in NP_STOPS:
            return None
    return None


def cap(sentence: list[Token], at: int) -> bool:
    """Whether a token begins with a capital."""
    return at < len(sentence) and sentence[at].cap


FINITE = words(
    "is are was were has have had will would can could should may might must does did do isn't aren't wasn't "
    "weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't shouldn't don't doesn't didn't it's "
    "he's she's they're there's that's we're i'm went came took got made said fell rose kept left lost won "
    "gave knew thought became began ran held met paid sent stood grew told saw did put let set cut i've we've "
    "they've he'd she'd they'd it'll he'll she'll they'll"
)


def clausal(sentence: list[Token], at: int) -> bool:
    """Whether what begins here looks like a clause: soon a verb that can only be finite."""
    if at >= len(sentence):
        return False
    if sentence[at].low in CLAUSE_SUBJECTS:
        return True
    for k in range(at, min(len(sentence), at + 12)):
        low = sentence[k].low
        if low in FINITE:
            return True
        if low in NP_STOPS or low in ("who", "which", "that", "to"):
            return False
    return False


def following(sentence: list[Token], cue: Cue, later: list[Cue], start: int, kind: Kind) -> Report | None:
    """The report of a cue whose content begins at `start`."""
    end = end_of(sentence, clause_end(sentence, cue, start, later))
    if end <= start:
        return None
    return Report((cue.first, cue.last), ((start, end),), kind, f"“{sentence[cue.first].low}” before it")


def quoted(sentence: list[Token], cue: Cue, later: list[Cue], start: int, text: str, kind: Kind) -> Report | None:
    """The report of a cue that introduces marked words: they alone, when they end as a sentence does."""
    token = sentence[start]
    sign = last_sign(text, token.start, token.end)
    introduced = sentence[start - 1].low in (",", ":")
    if (sign in ".?!" or (introduced and sign == ",")) and not (sign == "," and goes_on(sentence, start + 1)):
        return Report((cue.first, cue.last), ((start, start + 1),), kind, f"“{sentence[cue.first].low}” before it")
    return following(sentence, cue, later, start, kind)


def goes_on(sentence: list[Token], at: int) -> bool:
    """Whether a list of marked words goes on here."""
    return at < len(sentence) and (
        sentence[at].mark >= 0
        or (sentence[at].low in ("and", "or") and at + 1 < len(sentence) and sentence[at + 1].mark >= 0)
    )


def clause_end(sentence: list[Token], cue: Cue, start: int, later: list[Cue]) -> int:
    """Where a reported clause ends: where the next report or the main clause begins, else with the sentence."""
    for other in later:
        edge = joint(sentence, other, start) if other.first > start else None
        if edge is not None:
            return edge
    under = subordinate(sentence, cue)
    for k in range(start + 1, len(sentence) - 1):
        low, after = sentence[k].low, sentence[k + 1]
        if low == ";" or (low == "," and after.low == "according"):
            return k
        if under and low == "," and (after.cap or after.low in CLAUSE_STARTS or relative(sentence, cue)):
            return k
    return len(sentence)


def subordinate(sentence: list[Token], cue: Cue) -> bool:
    """Whether the cue stands in a clause or phrase that the sentence begins with, "After she said …, they left", or
    in a relative clause, ", who said …, "."""
    first = sentence[0].low
    if any(t.low == "," for t in sentence[: cue.first]):
        return relative(sentence, cue)
    opening = first in SUBORDINATE or (cue.first == 0 and cue.form == "ing")
    return opening or (cue.form == "noun" and first in PREPOSITIONS | {"contrary", "amid", "following"})


def relative(sentence: list[Token], cue: Cue) -> bool:
    """Whether the cue is the verb of ", who said …"."""
    k = cue.first
    return k >= 2 and sentence[k - 1].low in ("who", "which") and sentence[k - 2].low == ","


def joint(sentence: list[Token], cue: Cue, start: int) -> int | None:
    """Where a later cue breaks off the clause: ", adding"; ", but she denied"; "and said"."""
    if cue.form == "noun" or not cue.takes - {"thought"}:
        return None
    before = sentence[cue.first - 1].low
    if cue.form == "ing":
        return cue.first - 1 if before == "," else None
    if introduces(sentence, cue.last):
        return next((k for k in range(cue.first - 1, max(start, cue.first - 8), -1) if breaks(sentence[k])), None)
    if before in ("and", "but") and cue.form in ("past", "s") and "clause" in cue.takes:
        return cue.first - 2 if sentence[cue.first - 2].low == "," else cue.first - 1
    for k in range(cue.first - 1, max(start, cue.first - 8), -1):
        low = sentence[k].low
        if (
            low in ("but", "and", "while", "though", "although", "as")
            and (sentence[k - 1].low == "," or sentence[k - 1].low in DASHES)
            and "clause" in cue.takes
        ):
            return k - 1
        if low in NP_STOPS or sentence[k].mark >= 0:
            return None
    return None


def noun_phrase(sentence: list[Token], cue: Cue, at: int, later: list[Cue], kind: Kind) -> Report | None:
    """A reported noun phrase: from the cue to the next comma, conjunction or occasion."""
    at += sentence[at].low == "as"
    if at >= len(sentence) or sentence[at].low in NP_STOPS:
        return None
    end = at
    while end < len(sentence):
        low = sentence[end].low
        after = sentence[end + 1] if end + 1 < len(sentence) else None
        if low in NP_STOPS and end > at:
            break
        if low in ("on", "in") and after and end > at and (after.low in TIMES or occasion(sentence, end)):
            break
        if low in TIMES and sentence[end].cap and end > at:
            break
        if low in ("and", "as") and any(c.first in (end + 1, end + 2) and c.form != "noun" for c in later):
            break
        end += 1
    end = end_of(sentence, end)
    if end <= at:
        return None
    first = sentence[at].low
    if first in PREPOSITIONS or first in STOPS or first in ("and", "or", "but", "to", "not", "because"):
        return None
    return Report((cue.first, cue.last), ((at, end),), kind, f"“{sentence[cue.first].low}” before it")


def occasion(sentence: list[Token], at: int) -> bool:
    """Whether "in a statement", "on the paper's website" begins here."""
    return any(t.low in OCCASIONS for t in sentence[at + 1 : at + 5])


def according(sentence: list[Token], lexicon: Lexicon) -> list[Report]:
    """What is so "according to" somebody."""
    firsts = lexicon.according
    for i in [i for i, token in enumerate(sentence) if token.low in firsts]:
        for phrase in firsts[sentence[i].low]:
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
    if before >= begin + 3:
        contents.append((begin, before))
    tail = end_of(sentence, len(sentence))
    if (
        close < tail - 2
        and sentence[close].low == ","
        and (not contents or sentence[close + 1].low not in ("who", "which", "a", "the", "and", "an", "but"))
    ):
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
    if after in ("who", "which", "a", "an", "whose", "where") and len(commas) > 1:
        return commas[1]
    return k
