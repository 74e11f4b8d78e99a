"""What a question asks for: who, where, when, what, which; and of which deed."""

from __future__ import annotations

import re
from functools import cache

from vivavoce.accounts.frames import lexicon, same_verb
from vivavoce.accounts.words import lists, stem

FOCUS = re.compile(
    r"\b(?P<wh>who|where|when|what time|what day|what year|which year|which day|what|which|how)\b(?P<rest>[^?]*)\?",
    re.I,
)


@cache
def focus(question: str) -> tuple[str, str]:
    """What a question asks for, and the stem of its verb: "who", "where", "when", "what", "which", "how"; "whereabouts"
    of somebody; "whether"; "" where it asks nothing."""
    found = list(FOCUS.finditer(question))
    if not found:
        return ("whether" if question.rstrip().endswith("?") else ""), ""
    m = found[-1]
    wh = m["wh"].casefold()
    if wh == "where" and re.match(r"\s(?:were|was|are|is) (?:you|he|she|they)\b", m["rest"], re.I):
        return "whereabouts", ""
    wh = "when" if wh.split()[-1] in {"time", "day", "year"} else wh
    said = list(re.findall(r"[\w'’]+", m["rest"].casefold()))
    if said[:1] and said[0] in {"did", "had", "was", "were"} and len(said) > 1:
        verb = next((w for w in said[1:] if w not in lists().empty and stem(w) in verbs_of(said)), said[-1])
        return wh, same_verb(verb)
    return wh, same_verb(said[0]) if said else ""


def verbs_of(said: list[str]) -> set[str]:
    """The stems of the words of a question that may be its verb: all but those after an article."""
    dets = lexicon()["determiners"] | lexicon()["prepositions"]
    return {stem(w) for i, w in enumerate(said) if i and said[i - 1] not in dets}


def asks_when(question: str) -> bool:
    """Whether a question asks when it was."""
    return focus(question)[0] == "when"
