"""What a change of words is to a reader: a filler left out, a word said twice, another number, another sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from vivavoce.language.lexicon import lexicon
from vivavoce.language.numbers import numbers
from vivavoce.language.tokens import sentences, tokens
from vivavoce.model import WORD, EditKind
from vivavoce.model import folded as words_of
from vivavoce.traces.frames import frame

ELLIPSIS = re.compile(r"…|\.\.\.|\. \. \.")
BROKEN = re.compile(r"\s*(?:[-–—,…]|\.\.)")  # what stands behind a beginning that is given up
ENDS = re.compile(r"(?:^|[.?!…:]|[“\"‘«„])[\"'”’)\]]*\s*[(\[]?$")  # what a sentence begins behind
BEGUN = 5  # words of a sentence that is begun and given up


class Change(NamedTuple):
    """One change as both sides have it: `said`, the words as they stand, became `to`, with its brackets. `before`,
    `after`: what stands on either side in the text that was said; `printed`: what stands before `to` in the quotation;
    `gap`: what stands in the quotation between the words round it."""

    op: Literal["drop", "replace", "add", "move"]
    said: str
    to: str
    before: str = ""
    after: str = ""
    printed: str = ""
    gap: str = ""


def kind_of(c: Change) -> EditKind:
    """What a change is to a reader; "" for one that is only a change. What may turn the sense goes before the rest, but
    for a word that is said twice and printed once."""
    said, to = words_of(c.said).split(), words_of(c.to).split()
    if c.op == "move":
        return ""
    if c.op == "drop" and again(c, said):
        return "repeat"
    if c.op == "replace" and (same_letters(c) or (numbers(said) and spelt(said, to))):
        return "spelling"
    if sense(c, said, to):
        return "sense"
    if counted(c.op, said, to):
        return "number"
    bracket = c.to.startswith("[") and c.to.endswith("]")
    if not bracket and renamed(c):
        return "name"
    return "bracket" if bracket else left_out(c, said) if c.op == "drop" else ""


def left_out(c: Change, said: list[str]) -> EditKind:
    """The kind of words that are left out and turn nothing."""
    if not without_fillers(said):
        return "filler"
    if given_up(c, said):
        return "restart"
    return "ellipsis" if ELLIPSIS.search(c.gap) else ""


def sense(c: Change, said: list[str], to: list[str]) -> bool:
    """Whether a change may turn the sense: a word that denies is lost or put in, or one that makes of what was done
    what might have been, or what says of the words behind it that they were doubted or told by others. Whole sentences
    that an ellipsis tells of turn nothing."""
    if c.op == "drop" and ELLIPSIS.search(c.gap):
        pieces = beside(c)
        return any(denies(words_of(w).split()) or modal(words_of(w).split(), ()) for w in pieces) or (
            bool(pieces) and frame(pieces[-1], c.after) is not None
        )
    if denies(said) != denies(to) or modal(said, to):
        return True
    return c.op == "drop" and frame(c.said, c.after) is not None


def beside(c: Change) -> list[str]:
    """What of the words that an ellipsis leaves out is of the sentences on either side of it: the end of one that is
    printed, the beginning of one; not the whole sentences between."""
    text = c.said + c.after[:2].rstrip()
    found = sentences(tokens(text, 0, len(text)), text, lexicon())
    pieces = [c.said[piece[0].start : piece[-1].end] for piece in found if piece and piece[0].start < len(c.said)]
    begins, ends = bool(ENDS.search(c.before)), bool(ENDS.search(text))
    return [w for n, w in enumerate(pieces) if (n == 0 and not begins) or (n == len(pieces) - 1 and not ends)]


def denies(said: Sequence[str]) -> bool:
    """Whether one of some folded words denies."""
    return any(word in lexicon().denying or word.endswith("n't") for word in said)


def modal(said: Sequence[str], to: Sequence[str]) -> bool:
    """Whether only one side says what might be ("would have sold"); "'d" may be either's."""
    modals = lexicon().modals
    open_ = {word for word in (*said, *to) if word.endswith("'d")}
    a, b = ({word.removesuffix("n't").removesuffix("'ve") for word in side} & modals for side in (said, to))
    return bool(a) != bool(b) and not open_


def counted(op: str, said: list[str], to: list[str]) -> bool:
    """Whether a number was changed, put in or, being all that was left out, lost; "one" alone is no number."""
    a, b = numbers(said), numbers(to)
    if a and b:
        return a != b
    if op == "drop" and len(said) > len([w for w in said if w == "and" or numbers([w]) or w in lexicon().powers]):
        return False
    return any(n != 1 for n in a or b)


def spelt(said: list[str], to: list[str]) -> bool:
    """Whether both sides are the same number and nothing else, written in two ways."""
    bare = [
        [w for w in side if not numbers([w]) and w not in lexicon().powers and w not in ("and", "a")]
        for side in (said, to)
    ]
    return bare[0] == bare[1] and numbers(said) == numbers(to)


def same_letters(c: Change) -> bool:
    """Whether only brackets in a word differ: “[H]e”, “walk[ed]” is not."""
    return words_of(re.sub(r"(?<=\w)[\[\]]|\[(?=\w\])", "", c.to)) == words_of(c.said)


def renamed(c: Change) -> bool:
    """Whether a name was changed, or put in for something else."""
    if c.op == "drop":
        return False
    a, b = named(c.said, c.before), named(c.to, c.printed)
    return (bool(b) and a != b) or (bool(a) and not b and c.op == "replace")


def named(words: str, before: str) -> set[str]:
    """The folded words that are spelt as names are: with a capital within a sentence, or at its beginning before
    another."""
    found = [m[0] for m in WORD.finditer(words)]
    capital = [
        w[:1].isupper() and not (len(w) > 3 and w.isupper()) and w != "I" and w[:2] not in ("I'", "I’") for w in found
    ]
    begins = bool(ENDS.search(before))
    if capital[:1] == [True] and begins and capital[1:2] != [True]:
        capital[0] = False
    return {words_of(w).removesuffix("'s") for w, yes in zip(found, capital, strict=True) if yes}


def again(c: Change, said: list[str]) -> bool:
    """Whether what was left out stands right before or behind once more, fillers aside: "I, I mean, I went"."""
    bare = without_fillers(said)
    size = len(bare)
    behind = words_of(c.after).split()[:size]
    return bool(bare) and (bare == behind or bare == words_of(c.before).split()[-size:])


def given_up(c: Change, said: list[str]) -> bool:
    """Whether a sentence was begun and given up: "he was, he had"; "the ch— the chapel"; "I was, we had", which told
    nothing yet."""
    bare, behind = without_fillers(said), words_of(c.after).split()[:1]
    if not bare or len(bare) > BEGUN or not behind or not BROKEN.match(c.after):
        return False
    empty = all(word in lexicon().frames.between for word in bare)
    return empty or bare[0] == behind[0] or (len(bare) == 1 and behind[0].startswith(bare[0]) and c.after[:1] in "-–—")


def without_fillers(said: Sequence[str]) -> list[str]:
    """Some folded words without fillers ("um", "you know")."""
    words, at, out = lexicon(), 0, []
    while at < len(said):
        phrase = next((p for p in words.fillers.get(said[at], ()) if tuple(said[at : at + len(p)]) == p), ())
        if not phrase:
            out.append(said[at])
        at += len(phrase) or 1
    return out
