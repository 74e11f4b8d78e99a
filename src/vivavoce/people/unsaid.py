"""Words in marks that nobody is held to have said: denied, refused, never spoken, imagined, or laid to somebody."""

from __future__ import annotations

from bisect import bisect_left

from vivavoce.people.lexicon import cues
from vivavoce.people.reports import ADVERBS, AUXILIARIES
from vivavoce.people.scan import CLOSERS, Scan
from vivavoce.people.tags import Found, Frame

REACH = 24
HELPERS = AUXILIARIES | ADVERBS
NOBODY = frozenset(["neither", "nor", "never", "nobody", "none"])
DENY = frozenset(["deny", "denies", "denied", "denying"])
REJECT = frozenset(["reject", "rejects", "rejected", "dispute", "disputes", "disputed", "dismissed", "dismisses"])
REFUSE = frozenset(
    ["refuse", "refuses", "refused", "refusing", "decline", "declines", "declined", "declining", "failed", "fails"]
)
MAYBE = frozenset(["might", "may", "would", "could", "should"])
ONLY = frozenset(["only", "just", "merely", "simply"])
# Who refuses one of these may have told so in the marked words: declined to discuss “operational matters”.
NO_WORDS = frozenset(["comment", "discuss", "answer", "confirm", "respond", "elaborate", "address", "speculate"])
THOUGHT = frozenset(["think", "thought", "believe", "believed", "know", "knew", "known", "feel", "felt", "expect"])
THOUGHT |= {"understand", "understood", "expected", "want", "wanted", "forget", "forgot", "forgotten"}
CUTS = frozenset([",", ";", ":", "—", "–", "-", "(", ")", "and", "but", "when", "while", "because", "as", "since"])
CUTS |= {"so", "who", "which", "that", "why", "how", "what", "where", "after", "before", "until", "than", "though"}


def unsaid(seen: Scan, f: Frame, found: Found) -> str:
    """Why nobody is held to have said the marked words of a quotation, by the clause of its cue; "" where they are
    said. What is reported without marks stays a report: the denial is what was said."""
    verb = cue_token(seen, f, found)
    if verb is None or f.quote.kind not in ("direct", "mixed") or seen.inside[verb]:
        return ""
    first = clause(seen, verb)
    before = seen.low[first:verb]
    ahead = f.parts[0][0] > verb
    helpers = chain(seen, first, verb)
    if seen.low[verb] not in THOUGHT and (negated(helpers) or "without" in before[-2:]):
        return "not said"
    subject = seen.low[max(first, found.first - 1) : found.last]
    if not NOBODY.isdisjoint([*before, *subject]) or above(seen, found):
        return "not said" if negated(before) else "said by nobody"
    if denied(seen, f, first, verb, ahead):
        return "denied"
    if seen.low[verb] in REJECT and "that" in seen.low[verb : max(verb, f.parts[0][0])]:
        return "denied"
    if refused(seen, first, verb):
        return "refused"
    if imagined(seen, first, verb, helpers):
        return "only imagined"
    if verb - first > 1 and before[-1] == "of" and "accused" in before:
        return "laid to somebody"
    return ""


def cue_token(seen: Scan, f: Frame, found: Found) -> int | None:
    """The token of the verb that reports: the cue's, else the tag's."""
    if f.quote.cue is None:
        return found.verb
    at = bisect_left(seen.start, f.quote.cue.start)
    return at if at < len(seen.word) else None


def clause(seen: Scan, verb: int) -> int:
    """The first token of the verb's clause; a denial that introduces it belongs to it."""
    floor = max(seen.sentences[seen.sentence[verb]], verb - REACH)
    i = verb
    while i > floor and not seen.inside[i - 1] and seen.low[i - 1] not in CUTS and seen.word[i - 1] not in CLOSERS:
        i -= 1
    if i - 2 >= floor and seen.low[i - 1] == "that" and seen.low[i - 2] in DENY:
        i -= 2
    return i


def chain(seen: Scan, first: int, verb: int) -> list[str]:
    """The auxiliaries and adverbs right before the verb."""
    i = verb
    while i > first and (seen.low[i - 1] in HELPERS or seen.low[i - 1].endswith("ly")):
        i -= 1
    return [low.replace("’", "'") for low in seen.low[i:verb]]


def negated(helpers: list[str]) -> bool:
    """Whether auxiliaries deny: "did not", "wouldn't", "never"; but "not only said" is said."""
    if not ONLY.isdisjoint(helpers):
        return False
    return any(low in ("not", "never", "cannot") or low.endswith("n't") for low in helpers)


def above(seen: Scan, found: Found) -> bool:
    """Whether "neither" or "nor" stands right before who is said to speak."""
    return found.first > 0 and seen.low[found.first - 1] in ("neither", "nor") and not seen.inside[found.first - 1]


def denied(seen: Scan, f: Frame, first: int, verb: int, ahead: bool) -> bool:
    """Whether the verb, or one before it in its clause, denies: but what follows a colon or comma is said."""
    at = next((k for k in range(verb, first - 1, -1) if seen.low[k] in DENY), None)
    if at is None:
        return False
    then = next((k for k in range(at + 1, min(at + 4, len(seen.low))) if seen.low[k] not in ADVERBS), at)
    if not ahead or at < verb:
        return at < verb or seen.low[then].endswith("ing")
    k = f.parts[0][0] - 1
    while k > at and seen.word[k] in CLOSERS:
        k -= 1
    return seen.word[k] not in ",:" and ":" not in seen.word[at:k]


def refused(seen: Scan, first: int, verb: int) -> bool:
    """Whether the clause refuses to say it: "refused to say", "stopped short of calling"."""
    low = seen.low
    for k in range(first, verb + 1):
        if low[k] in REFUSE and low[k + 1 : k + 2] == ["to"]:
            return any(w in cues() and w not in NO_WORDS for w in low[k + 2 : k + 4])
        if low[k : k + 3] == ["stopped", "short", "of"]:
            return True
    return False


def imagined(seen: Scan, first: int, verb: int, helpers: list[str]) -> bool:
    """Whether it is said in a case that is not so: "if X had said", "had X said", "might have said"."""
    if "might" in helpers or (not MAYBE.isdisjoint(helpers) and "have" in helpers):
        return True
    before = seen.low[first:verb]
    if "had" not in before and not MAYBE.intersection(before):
        return False
    opened = first == seen.sentences[seen.sentence[verb]] and before[0] == "had" and verb - first > 1
    return opened or "if" in before or "whether" in before or "unless" in before
