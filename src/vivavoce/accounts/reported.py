"""What a teller reports as somebody else's, asks or supposes, and does not tell as it was."""

from __future__ import annotations

import re

_SOME = r"(?:most|many|some|few)(?: of (?:them|us|the \w+))?|they|people|everyone|everybody|some"
_WHO = rf"(?:{_SOME}|he|she|someone|somebody|others|folk|folks|you|nobody|[A-Z][\w-]+)"
_SAY = (
    r"(?:say|says|said|saying|tell|tells|told|claim|claims|claimed|reckon|reckons|reckoned|swear|swears|swore|think|"
    r"thinks|thought|insist|insists|insisted|wrote|writes|"
    r"remembers|believes|calls|called|(?:has|have|had) it (?:as|that|down))"
)
# "Ida says", "They'll say", "People always tell you", "I've heard", "I've read that": what follows is another's.
ANOTHERS = re.compile(
    rf"\b{_WHO}(?:['’](?:ll|d|ve|s))?(?: (?:will|would|always|still|have|had|has|once|just|may|might|even))*"
    rf" {_SAY}\b(?! (?:me|us) $)|\bI(?:['’]ve| have) (?:since |also |always |often |even |only )*"
    r"(?:heard|read|been told|had people|seen it)\b|\b(?:where|how|why) (?:he|she|they)['’]?(?:s|ve)? (?:has |have )?"
    r"(?:got|gets?|came)\b|\baccording to\b|\bin print\b"
)
# What an article tells as what people say.
HEARSAY = re.compile(
    rf"\baccording to (?:{_SOME})\b|\b(?:{_SOME})(?: \w+)?? (?:say|said|tell|think|claim|believe|insist)\b", re.I
)
# What the teller says to others is the teller's own: "I always tell people that it was a boy".
OWN = re.compile(r"\b(?:I|we)(?:['’](?:ll|d|ve))?(?: \w+){0,2}? (?:say|said|tell|told|think|thought|know|knew)\b")
SUPPOSED = re.compile(
    r"\b(?:if|unless|imagine|suppose|let['’]s say|say you|you could|you can|"
    r"(?:would|could|should) (?:be|have)|would[’']ve|might|may|"
    r"wish|as if|as though)\b",
    re.I,
)
ENDS = re.compile(r"[;:—–]|, (?:but|and|so)\b|\bbut\b")


def anothers(before: str) -> bool:
    """Whether the words of a sentence that stand before a claim make it another's: "They'll say seventeen hours"."""
    clause = ENDS.split(before)[-1]
    found = [m.end() for m in ANOTHERS.finditer(clause)]
    own = [m.end() for m in OWN.finditer(clause)]
    return bool(found) and max(found) > max(own, default=0)


SAID_AFTER = re.compile(
    r"[^.,;]{0,40}, (?:the )?\w+(?: \w+)? (?:say|said|says|claim|claimed|claims|insist|insisted|insists)\b"
)


def told_by_another(after: str) -> bool:
    """Whether it is said after a claim whose it is: "There was a rail, the company said." """
    return bool(SAID_AFTER.match(after))


def hearsay(before: str) -> bool:
    """Whether an article tells what stands after some words as what people say: "Most of them say that"."""
    return bool(HEARSAY.search(before))


def supposed(before: str) -> bool:
    """Whether the words before a claim make it a supposition: "if there were six"."""
    return bool(SUPPOSED.search(ENDS.split(before)[-1]))


def asks(sentence: str) -> bool:
    """Whether a sentence asks, and does not tell."""
    return sentence.rstrip(" \"'”’)»").endswith("?")
