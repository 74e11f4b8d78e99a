"""Words as they are compared: cut from the text with their places, folded, stripped of common endings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vivavoce.model import WORD, Mention

# Words that say nothing of what is told: function words, and what fills speech.
EMPTY = frozenset(
    ["a", "about", "above", "actually", "after", "again", "against", "ago", "ah", "all", "almost", "already", "also", "although", "always", "am", "among", "an", "and", "another", "any", "anybody", "anyone", "anything", "anyway", "are", "around", "as", "at", "away", "back", "basically", "be", "became", "because", "become", "been", "before", "being", "below", "between", "both", "but", "by", "came", "can", "cannot", "come", "comes", "coming", "could", "course", "day", "did", "do", "does", "doing", "done", "down", "during", "each", "either", "else", "enough", "especially", "even", "ever", "every", "everybody", "everyone", "everything", "exactly", "far", "few", "first", "for", "from", "full", "further", "gave", "get", "gets", "getting", "give", "go", "goes", "going", "gone", "gonna", "good", "got", "great", "guess", "had", "has", "have", "having", "he", "her", "here", "hers", "herself", "hey", "him", "himself", "his", "how", "however", "i", "if", "in", "indeed", "instead", "into", "is", "it", "its", "itself", "just", "keep", "kind", "knew", "know", "known", "last", "later", "least", "less", "let", "like", "literally", "little", "long", "look", "looked", "lot", "lots", "made", "make", "makes", "making", "many", "may", "maybe", "me", "mean", "meant", "might", "mine", "more", "most", "mr", "mrs", "ms", "much", "must", "my", "myself", "near", "need", "needed", "never", "new", "next", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "often", "oh", "ok", "okay", "on", "once", "one", "ones", "only", "onto", "or", "other", "others", "ought", "our", "ours", "ourselves", "out", "over", "own", "part", "people", "perhaps", "person", "pretty", "probably", "put", "quite", "rather", "really", "right", "said", "same", "saw", "say", "saying", "says", "see", "seem", "seemed", "seen", "self", "several", "shall", "she", "should", "show", "since", "so", "some", "somebody", "someone", "something", "sometimes", "somewhat", "sort", "still", "stuff", "such", "sure", "take", "taken", "tell", "telling", "than", "thank", "thanks", "that", "the", "their", "theirs", "them", "themselves", "then", "there", "these", "they", "thing", "things", "think", "thinking", "this", "those", "though", "thought", "through", "time", "times", "to", "today", "together", "told", "too", "took", "toward", "totally", "tried", "try", "two", "uh", "um", "under", "until", "up", "upon", "us", "use", "used", "very", "wanna", "want", "wanted", "was", "way", "ways", "we", "well", "went", "were", "what", "whatever", "when", "where", "whether", "which", "while", "who", "whole", "whom", "whose", "why", "will", "with", "within", "without", "word", "words", "would", "yeah", "year", "years", "yes", "yet", "you", "your", "yours", "yourself", "yourselves"]
)

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[—–-]?\s?[^\W_a-z]|\s*$)")
NOT_AN_END = frozenset(["mr", "mrs", "ms", "dr", "st", "prof", "rev", "gen", "sen", "gov", "lt", "col", "sgt", "jr", "sr", "no", "vs", "etc"])


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a text, folded, with its start and end; the possessive ending is left off."""
    for found in WORD.finditer(text):
        word = found.group().casefold().replace("’", "'")
        bare = word[:-2] if word.endswith("'s") else word
        yield bare, found.start(), found.start() + len(bare)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its commonest endings: "takes" and "take", "kissing" and "kissed" are one."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word[-2] in "su"):
            word = word[: -len(ending)] + put
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def telling(word: str) -> bool:
    """Whether a folded word says something of what is told."""
    return len(word) > 2 and word not in EMPTY and "'" not in word and not word.isdigit()


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end], as spans of the text without the white space around."""
    found: list[tuple[int, int]] = []
    begin = start
    for stop in SENTENCE_END.finditer(text, start, end):
        before = WORD.findall(text[max(begin, stop.start() - 12) : stop.start()])
        if before and before[-1].casefold() in NOT_AN_END:
            continue
        found.append(trim(text, begin, stop.end()))
        begin = stop.end()
    found.append(trim(text, begin, end))
    return [s for s in found if s[0] < s[1]]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def mention(text: str, start: int, end: int) -> Mention:
    """A stretch of a text as a mention."""
    return Mention(start, end, text[start:end])
