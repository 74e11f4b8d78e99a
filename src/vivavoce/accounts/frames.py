"""What a clause says, read without a grammar: who did or did not do what, to whom or what, where; what there was; what
something was. It reads plain clauses in the past, as people tell; what it cannot read it leaves out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from vivavoce.accounts.words import irregular, lists, same_deeds, several, stem
from vivavoce.language.counting import value

TOKEN = re.compile(
    r"(?P<title>[“\"‘'*_](?=[A-Z])[^“”\"‘*_\n]{2,48}?[,.!?]?[”\"’'*_](?![\w’']))|(?P<word>[£$€]?\w[\w-]*(?:['’]\w+)*)"
    r"|(?P<mark>[^\w\s])"
)
NEGATION = frozenset(["not", "never", "nobody", "none", "no"])
WAS = frozenset(["was", "were"])
HAD = frozenset(["had", "has", "have", "'d", "'ve"])
PARTICLES = frozenset(["up", "down", "out", "off", "away", "over", "back"])
LONGEST = 6  # words of a noun phrase


class Token(NamedTuple):
    """A word, a title in marks or a mark: folded, as it stands, its place, and which."""

    low: str
    text: str
    start: int
    end: int
    kind: str


class Noun(NamedTuple):
    """A noun phrase: the stem of its noun, the stems of all its words, as said, its place, whether it is a name, a
    pronoun, a title or a thing, and the word before the noun that says which."""

    head: str
    stems: frozenset[str]
    said: str
    start: int
    end: int
    kind: str = "thing"
    det: str = ""


class Frame(NamedTuple):
    """A clause: who (None where it does not say), the stem of the verb ("be", "exist"; "" where there is none; with a
    particle where it is light: "set off"), to whom or what, (preposition, noun) of the rest, whether it is denied,
    whether it is said with stress ("it was Ann who"), the verb as it stands (`word`),
    and where it stands."""

    subject: Noun | None
    verb: str
    object: Noun | None
    rest: tuple[tuple[str, Noun], ...]
    no: bool
    stressed: bool
    start: int
    end: int
    word: str = ""


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The lists of frames.toml."""
    raw = tomllib.loads((files("vivavoce.accounts") / "frames.toml").read_text("utf-8"))
    return {name: frozenset(listed.split()) for name, listed in raw.items()}


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end]; "hadn't" and "he'd" as two."""
    found: list[Token] = []
    for m in TOKEN.finditer(text, start, end):
        low = m[0].casefold().replace("’", "'")
        kind = m.lastgroup or "mark"
        cut = re.fullmatch(r"(\w+?)(n't|'d|'ve|'s|'re|'m|'ll)", low) if kind == "word" else None
        if cut and (cut[2] != "'s" or cut[1] in lexicon()["pronouns"] | {"there"}):
            at = m.start() + len(cut[1])
            found.append(Token(cut[1], m[0][: len(cut[1])], m.start(), at, kind))
            found.append(Token({"n't": "not"}.get(cut[2], cut[2]), text[at : m.end()], at, m.end(), kind))
        else:
            found.append(Token(low, m[0], m.start(), m.end(), kind))
    return found


def frames(text: str, start: int, end: int) -> list[Frame]:
    """The frames of the clauses of a sentence, in order; a clause without a subject has that of the one before."""
    found: list[Frame] = []
    for clause in clauses(tokens(text, start, end)):
        frame = existence(text, clause) or cleft(text, clause) or plain(text, clause, found[-1] if found else None)
        frame = frame or bare(text, clause)
        if frame and not (frame.verb or frame.object) and found:
            found[-1] = found[-1]._replace(rest=found[-1].rest + frame.rest)
        elif frame and found and names_it(found[-1], frame):
            found[-1] = found[-1]._replace(subject=frame.object)
        elif frame:
            found.append(frame)
    return found


def names_it(last: Frame, frame: Frame) -> bool:
    """Whether a clause without a verb says of what the one before was told: "It was green, the coat." """
    thing = frame.object
    if (
        frame.verb
        or not thing
        or thing.kind != "thing"
        or thing.det not in {"the", "that", "this", "my", "our", "their", "his", "her"}
    ):
        return False
    return last.subject is not None and last.subject.head in {"it", "that", "they", "this"} and last.verb == "be"


def clauses(said: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each clause: between marks, and from a word that joins, where a verb follows."""
    cuts = [0]
    for i, token in enumerate(said):
        joins = token.low in lexicon()["conjunctions"] and any(is_verb(t) for t in said[i + 1 : i + 7])
        opens = token.low in {"who", "that"} and i > 2 and said[i - 3].low in {"it", "that"} | WAS
        if token.kind == "mark" and token.low != "-":
            cuts += [i, i + 1]
        elif joins and not opens and not cleft_opens(said, i):
            cuts.append(i)
    for a, b in pairwise([*cuts, len(said)]):
        if b > a and said[a].kind != "mark":
            yield said[a:b]


def cleft_opens(said: list[Token], i: int) -> bool:
    """Whether a "who" or "that" goes on with "it was Ann"."""
    before = [t.low for t in said[max(0, i - LONGEST) : i]]
    return said[i].low in {"who", "that"} and any(a == "it" and b == "was" for a, b in pairwise(before))


def is_past(word: str) -> bool:
    """Whether a folded word is a verb in the past, where one may stand."""
    if word in lexicon()["past"] or word in WAS or word in lists().verbs:
        return True
    if word in lexicon()["no_verbs"]:
        return False
    return (len(word) > 4 and word.endswith("ed") and not word.endswith("eed")) or (
        word in irregular() and word not in lists().empty
    )


def is_verb(token: Token) -> bool:
    """Whether a token may be the verb of a clause."""
    return token.kind == "word" and (is_past(token.low) or token.low in HAD | {"did"})


def skip(clause: list[Token], at: int, words: frozenset[str]) -> int:
    """The first token from `at` on that is none of some words."""
    while at < len(clause) and clause[at].low in words:
        at += 1
    return at


def noun(text: str, clause: list[Token], at: int, subject: bool = False) -> tuple[Noun, int] | None:
    """The noun phrase that begins at a token, and the token after it; of a subject, up to the verb."""
    if at >= len(clause):
        return None
    first = clause[at]
    if first.low in {"how", "what", "which", "whose"}:
        return None
    if first.kind == "title":
        said = first.text.strip("“”\"‘’'*_,.!? ")
        return Noun(said.casefold(), frozenset(), said, first.start, first.end, "title"), at + 1
    alone = first.low in lexicon()["pronouns"] and not (
        first.low in lexicon()["determiners"] and at + 1 < len(clause) and continues(clause[at + 1], subject)
    )
    if alone:
        return Noun(first.low, frozenset(), first.text, first.start, first.end, "pronoun"), at + 1
    end = at
    while end < len(clause) and end - at < LONGEST and continues(clause[end], subject or end == at, end > at):
        end += 1
        if end < len(clause) and subject and end - at > 1 and is_verb(clause[end]):
            break
    while end - at > 1 and clause[end - 1].low in {"first", "last", "only", "that"}:
        end -= 1
    return (phrase(text, clause[at:end]), end) if end > at else None


def continues(token: Token, subject: bool, inside: bool = False) -> bool:
    """Whether a token may belong to a noun phrase."""
    low = token.low
    if token.kind == "mark":
        return low == "-"
    if token.kind == "title" or low in lexicon()["prepositions"] or low in lexicon()["conjunctions"] - {"that"}:
        return False
    if low in lexicon()["adverbs"] - {"all", "both", "last", "first", "only", "right"} or low in lexicon()["hedges"]:
        return False
    if low in lexicon()["pronouns"] and (inside or low not in lexicon()["determiners"]):
        return False
    if inside and low in lexicon()["determiners"] - {"one"} and low not in {"that"}:
        return False
    if inside and low in {"alone", "twice", "once", "all", "both", "how", "what", "why"}:
        return False
    return not (low in WAS or low in HAD or low in {"did", "not"} or (inside and subject and is_past(low)))


def phrase(text: str, said: list[Token]) -> Noun:
    """A noun phrase of its tokens."""
    if said[0].text[:1].islower() and len(said) > 1 and said[-1].text[:1].isupper() and said[0].low != "the":
        cut = next(i for i, t in enumerate(said) if t.text[:1].isupper())
        if all(t.text[:1].isupper() for t in said[cut:]):
            return phrase(text, said[cut:])  # "my brother Jory", "old Penrose"
    det = said[0].low if said[0].low in lexicon()["determiners"] or value(said[0].low) is not None else ""
    owner = next((t.low for t in said if t.low.endswith(("'s", "s'"))), "")
    body = [t for t in said if t.kind == "word" and t.low not in lexicon()["determiners"]] or said
    names = [t for t in body if t.text[:1].isupper()]
    kind = "name" if names and len(names) == len(body) and not is_common(text, body) else "thing"
    head = " ".join(t.low for t in body) if kind == "name" else same_noun(body[-1].low)
    stems = frozenset(same_noun(t.low) for t in body)
    return Noun(head, stems, text[said[0].start : said[-1].end], said[0].start, said[-1].end, kind, owner or det)


@cache
def nouns() -> dict[str, str]:
    """Stem of a noun -> the stem of the first of those that are said of one thing."""
    return {s: stem(first) for s, first in several("same").items()}


def same_noun(word: str) -> str:
    """The stem of a noun, of those that are said of one thing the first."""
    stemmed = stem(word.removesuffix("'s"))
    return nouns().get(stemmed, stemmed)


@cache
def forms() -> dict[str, str]:
    """Form of a verb -> the verb, of those that words.toml leaves out, for they are other words as well."""
    raw = tomllib.loads((files("vivavoce.accounts") / "frames.toml").read_text("utf-8"))["forms"].split()
    return dict(zip(raw[::2], raw[1::2], strict=True))


@cache
def same_verb(word: str) -> str:
    """The stem of a verb in any form, of those that are said of one deed the stem of the first."""
    stemmed = stem(forms().get(word, word))
    first = same_deeds().get(stemmed)
    return stem(first) if first else stemmed


def is_common(text: str, body: list[Token]) -> bool:
    """Whether what has a capital has it because a sentence begins there: "Cold.", "Eight." """
    first = body[0]
    opens = text[: first.start].rstrip(" “\"‘'(")[-1:] in {"", ".", "!", "?", ":", "…", "\n"}
    if len(body) > 1 or not opens:
        return False
    return first.low in lists().empty or first.low in lists().common or value(first.low) is not None


def rest_of(text: str, clause: list[Token], at: int) -> tuple[Noun | None, tuple[tuple[str, Noun], ...], int]:
    """What follows a verb: the object, and the nouns after prepositions."""
    at = skip(clause, at, lexicon()["adverbs"] - {"all", "both", "last", "first", "there", "here"})
    if at < len(clause) and clause[at].low in lexicon()["particles"]:
        following = clause[at + 1] if at + 1 < len(clause) else None
        if not following or following.low in lexicon()["determiners"] | lexicon()["prepositions"]:
            nominal = following and following.low in lexicon()["determiners"] and clause[at].low in lexicon()["places"]
            at += 0 if nominal and clause[at].low not in {"out", "off", "up", "down", "away", "back"} else 1
    thing: Noun | None = None
    rest: list[tuple[str, Noun]] = []
    if at < len(clause) and clause[at].low not in lexicon()["prepositions"] and (read := noun(text, clause, at)):
        thing, at = read
        given = thing.kind == "pronoun" and thing.head in {"me", "us", "him", "her", "them", "you"}
        if (
            given
            and at < len(clause)
            and clause[at].low in lexicon()["determiners"]
            and (read := noun(text, clause, at))
        ):
            rest.append(("to", thing))
            thing, at = read
    while at < len(clause):
        at = skip(clause, at, lexicon()["adverbs"] | lexicon()["particles"] - lexicon()["places"] - {"out"})
        begin = at
        while at < len(clause) and clause[at].low in lexicon()["prepositions"]:
            at += 1
        read = noun(text, clause, at) if at > begin else None
        if not read:
            break
        rest.append((clause[at - 1].low, read[0]))
        at = read[1]
    return thing, tuple(rest), at


def group(clause: list[Token], at: int) -> tuple[str, bool, bool, int] | None:
    """The verb that begins at a token: its stem, whether it is denied, whether it is passive, and the token after it;
    None where there is none, or it is only supposed ("would have gone")."""
    no, aux = False, ""
    while at < len(clause):
        low = clause[at].low
        if low in lexicon()["hedges"]:
            return None
        if low in {"not", "never"}:
            no = True
        elif low in WAS or low in HAD or low in {"did", "been", "being"} or (low == "'s" and not aux):
            if low == "had" and not verb_follows(clause, at + 1):
                return "have", no, False, at + 1
            aux = "was" if low in WAS or low == "been" else (aux or low)
        elif low not in lexicon()["adverbs"]:
            break
        at += 1
    if at >= len(clause):
        return ("be", no, False, at) if aux == "was" else None
    return main_verb(clause, at, no, aux)


def verb_follows(clause: list[Token], at: int) -> bool:
    """Whether, after "had", a participle follows."""
    at = skip(clause, at, lexicon()["adverbs"] | {"not"})
    return at < len(clause) and (clause[at].low in lexicon()["participles"] or is_past(clause[at].low))


def main_verb(clause: list[Token], at: int, no: bool, aux: str) -> tuple[str, bool, bool, int] | None:
    """The same from the word after those that help it."""
    low = clause[at].low
    if clause[at].kind != "word":
        return ("be", no, False, at) if aux == "was" else None
    if aux == "was":
        if low.endswith("ing") and len(low) > 5 and not clause[at].text[0].isupper():
            return same_verb(low), no, False, at + 1
        if low in lexicon()["participles"] or (low.endswith("ed") and len(low) > 4):
            return same_verb(low), no, True, at + 1
        return "be", no, False, at
    if (
        (aux == "did" and can_be_verb(low))
        or (aux and (low in lexicon()["participles"] or is_past(low)))
        or (not aux and is_past(low))
    ):
        return same_verb(low), no, False, at + 1
    return None


def can_be_verb(word: str) -> bool:
    """Whether a word after "did" can be what was done."""
    known = lexicon()
    return word not in known["determiners"] | known["pronouns"] | known["prepositions"] | known["conjunctions"]


def plain(text: str, clause: list[Token], last: Frame | None) -> Frame | None:
    """A clause with a verb: "The vicar never rang the bell", "it was rung by the vicar"."""
    open_ = lexicon()["leads"] | lexicon()["adverbs"] - {"all", "both", "last", "first", "right", "only", "never"}
    at = skip(clause, 0, open_)
    if at < len(clause) and clause[at].low in {"if", "unless", "than", "whether"}:
        return None
    at = skip(clause, at, lexicon()["conjunctions"])
    if at >= len(clause):
        return None
    none = clause[at].low in {"nobody", "none", "no"} or (
        clause[at].low == "not" and at + 1 < len(clause) and clause[at + 1].low in {"one", "a"}
    )
    at += clause[at].low == "not" and at + 1 < len(clause)
    subject: Noun | None
    goes_on = clause[at].low in {"never", "not"} and at + 1 < len(clause) and is_verb(clause[at + 1])
    if goes_on or (is_verb(clause[at]) and not clause[at].text[0].isupper()):
        told = any(t.low in {"who", "which", "that", "what"} for t in clause[:at])
        subject, begin = (last.subject if last and not told else None), at
    else:
        read = noun(text, clause, at, subject=True)
        if not read:
            return None
        subject, begin = read[0], read[1]
        while begin < len(clause) and clause[begin].low in lexicon()["prepositions"] and not is_verb(clause[begin]):
            further = noun(text, clause, begin + 1, subject=True)
            if not further:
                return None
            begin = further[1]
    verb = group(clause, begin)
    if not verb:
        return None
    thing, rest, _ = rest_of(text, clause, verb[3])
    word = clause[verb[3] - 1].low
    verb = (with_particle(verb[0], clause, verb[3]), *verb[1:])
    if verb[2]:
        by = next((n for p, n in rest if p == "by"), None)
        subject, thing, rest = by, subject, tuple((p, n) for p, n in rest if p != "by")
    if subject and text[max(0, subject.start - 4) : subject.start].casefold() == " of ":
        return None  # "the roof of the hall fell": it is not the hall that did
    denied = verb[1] or none or bool(thing and thing.det in {"no"})
    return Frame(subject, verb[0], thing, rest, denied, False, clause[0].start, clause[-1].end, word)


def with_particle(verb: str, clause: list[Token], at: int) -> str:
    """A light verb with the particle after it: "set off", "gave me away"; who comes down goes down."""
    at += at < len(clause) and clause[at].low in {"it", "me", "him", "her", "them", "us", "you"}
    following = clause[at].low if at < len(clause) else ""
    if verb not in light() or following not in PARTICLES:
        return verb
    return f"{same_verb('go') if verb == same_verb('come') else verb} {following}"


@cache
def light() -> frozenset[str]:
    """The stems of verbs that say nothing without the particle."""
    return frozenset(same_verb(w) for w in lexicon()["light"])


def existence(text: str, clause: list[Token]) -> Frame | None:
    """ "There was no rail", "there were never any lamps on it"."""
    at = next((i for i, t in enumerate(clause[:4]) if t.low == "there"), None)
    if at is None or at + 2 >= len(clause) or clause[at + 1].low not in WAS | {"'s", "had"}:
        return None
    begin = skip(clause, at + 1, WAS | {"'s", "had", "been"} | lexicon()["adverbs"] - {"one"} | {"not"})
    denied = any(t.low in {"not", "never"} for t in clause[at:begin])
    read = noun(text, clause, begin)
    if not read:
        return None
    last = clause[read[1] - 1].low
    if read[1] - begin > 2 and (last in lexicon()["participles"] or is_past(last)):
        read = (phrase(text, clause[begin : read[1] - 1]), read[1])  # "no stove lit"
    _, rest, _ = rest_of(text, clause, read[1])
    no = denied or read[0].det == "no"
    return Frame(None, "exist", read[0], rest, no, False, clause[at].start, clause[-1].end)


def cleft(text: str, clause: list[Token]) -> Frame | None:
    """ "It was Ann who rang the bell", "It was not me that rang it"."""
    at = next((i for i, t in enumerate(clause[:4]) if t.low in {"it", "that"}), None)
    if at is None or at + 2 >= len(clause) or clause[at + 1].low != "was":
        return None
    begin = skip(clause, at + 2, lexicon()["adverbs"] | {"not"})
    read = noun(text, clause, begin, subject=True)
    if not read or read[1] >= len(clause):
        return None
    joined = clause[read[1]].low in {"who", "that"}
    if not joined and (read[0].det in {"a", "an"} or clause[read[1]].low in lexicon()["two_ways"]):
        return None
    verb = group(clause, read[1] + joined)
    if not verb or verb[0] == "be" or verb[2]:
        return None
    no = any(t.low in {"not", "never"} for t in clause[at:begin])
    thing, rest, _ = rest_of(text, clause, verb[3])
    word = clause[verb[3] - 1].low
    return Frame(read[0], verb[0], thing, rest, no or verb[1], True, clause[at].start, clause[-1].end, word)


def bare(text: str, clause: list[Token]) -> Frame | None:
    """A clause without a verb, that answers: "In the van.", "A goat." """
    if any(is_verb(t) for t in clause[:3]):
        return None
    at = skip(clause, 0, lexicon()["leads"])
    thing, rest, _ = rest_of(text, clause, at)
    if not thing and not rest:
        return None
    no = any(t.low in NEGATION for t in clause[: at + 2])
    return Frame(None, "", thing, rest, no, False, clause[0].start, clause[-1].end)
