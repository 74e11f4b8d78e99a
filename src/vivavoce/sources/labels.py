"""Speakers' labels: which words before a colon can be one, whom they name, and who asks."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence


def wordset(text: str) -> frozenset[str]:
    """The words of a list, as a set."""
    return frozenset(text.split())


ASKING = wordset(
    "q int iv interviewer interviewers host cohost co-host moderator question presenter interviewerin"
    " fragesteller intervieweur entrevistador entrevistadora"
)
GENERIC = ASKING | wordset(
    "a an speaker spk unknown unidentified male female man woman boy girl voice voices guest guests caller"
    " answer interviewee respondent participant narrator announcer audience crowd all both everyone operator"
    " reporter translator interpreter multiple other others anonymous person child student member off-screen"
    " offscreen voiceover voice-over sprecher locuteur witness counsel court clerk producer director i"
)
# Labels of things that nobody says: a transcript's own remarks. They end a turn and make none.
REMARKS = wordset(
    "break music ad ads advert advertisement sponsor sponsors intro outro jingle applause laughter commercial"
    " silence pause theme interlude credits"
)
# First words of prose before a colon ("Remember: …", "Here is the thing: …"), and labels of editors' lines.
PROSE = wordset(
    "and but so or because then when where while if as at by for from in into of on to with without about after"
    " before the this that these those there here it its he she they we you i my your his her our their what"
    " which who why how well yes no okay ok now look listen remember note notes notice warning caution update"
    " updated correction related source sources photo photos image credit credits ps nb example step tip first"
    " second third finally also read see watch chapter part episode scene act section figure table summary"
    " title date time place location recorded subject duration length transcript transcribed transcriber"
    " url link file audio video copyright editor editor's editors' disclaimer published keywords tags language"
    " kind participants present attendees speakers usage arguments options commands"
    " not be is are was were one two three all-in bottom spoiler translation question-and-answer plus"
)
PARTICLES = wordset(
    "de da di do du del der den della des dos das van von zu zur la le el al bin ibn ben y e and of the"
)
# What a label is of: no marks, but round a nickname within it (Ida “Ginger” Fell).
SIGN = r"(?:[^:：\n<>{}\"“”!?;]|(?<= )(?:\"[^\W\d_][\w.’' -]{0,19}\"|“[^\W\d_][\w.’' -]{0,19}”)(?= ))"
HEAD = re.compile(rf"(?P<label>[^\W\d_]{SIGN}{{0,59}}?)[ \t]*[:：](?=\s|$|[^\s/\d:])")
BOXED = re.compile(r"\\?\[(?P<label>[^\W\d_][^:：\n\[\]\\]{0,59})\\?\][ \t]*[:：](?=\s|$|[^\s/\d:])")
ROUND = re.compile(r"\((?P<label>[^\W\d_][^:：\n()]{0,59})\)[ \t]*[:：](?=\s|$|[^\s/\d:])")
ASIDE = re.compile(r"[ \t]*[(\[][^()\[\]\n]{0,40}[)\]]")
# How something is said, behind a label: "[laughing]", "(after a pause)"; a name or a part has a capital.
MANNER = re.compile(r"[ \t]*(?:\[[^()\[\]\n]{1,40}\]|\((?=[^\W\d_])[^()\[\]\n]{1,40}\))\Z")
NUMBER = re.compile(r"[#_\- ]*\d+$")
# “I:” beside “R:” or a name is the interviewer; within words it is the pronoun or a number.
ALONE = "I"


def bare(label: str) -> list[str]:
    """The words of a label in lower case, without an aside in brackets and a number: "Speaker 2 (on set)" is
    ["speaker"]."""
    return NUMBER.sub("", ASIDE.sub("", label).strip()).casefold().replace("_", " ").split()


def generic(label: str) -> bool:
    """Whether a label says what somebody does in the conversation, or nothing, rather than who they are."""
    words = bare(label)
    return not words or all(w.strip(".'") in GENERIC for w in words)


def asks(label: str) -> bool:
    """Whether a label is that of somebody who asks: Q, I, INT, Interviewer, Host, "Ruth Hale (interviewer)"."""
    if label.strip(" .") == ALONE:
        return True
    aside = ASIDE.search(label)
    words = bare(label) + (bare(aside.group().strip(" \t()[]")) if aside else [])
    return any(w.strip(".") in ASKING for w in words)


def person(label: str) -> str:
    """The name that a label gives, capitals made small where all are capitals; "" where it names nobody."""
    plain = ASIDE.sub("", label).strip(" \t.-*_")
    words = plain.split()
    if not named_like(words) or generic(plain) or asks(plain):
        return ""
    return " ".join(w.title() if len(w) > 2 and w.isupper() and "." not in w else w for w in words)


def named_like(words: Sequence[str]) -> bool:
    """Whether words can be somebody's name: capitals at the beginnings, no digits, more than initials."""
    if not 0 < len(words) <= 6 or any(c.isdigit() or c in "_/&+" for w in words for c in w):
        return False
    letters = "".join(c for w in words for c in w if c.isalpha())
    if len(letters) < 2 or (letters.isupper() and len(letters) < 3):
        return False
    return all(capital(w) or (i and w.casefold() in PARTICLES) for i, w in enumerate(words))


def capital(word: str) -> bool:
    """Whether a word begins with a capital, or with a letter of a script that has none."""
    first = word.lstrip("'’\"“(#")[:1]
    return bool(first) and (first.isupper() or (first.isalpha() and not first.islower()))


def label_like(label: str) -> bool:
    """Whether words before a colon can be a speaker's label at all (how often they occur is judged elsewhere)."""
    plain = ASIDE.sub("", label).strip()
    words = NUMBER.sub("", plain).replace("_", " ").split()
    if not 0 < len(words) <= 6 or (plain != ALONE and words[0].casefold().strip(".,'’") in PROSE):
        return False
    numbered = bool(NUMBER.search(plain))
    if numbered and not generic(plain):
        return False
    fit = all(capital(w) or w in "&-–" or (i and w.casefold() in PARTICLES) for i, w in enumerate(words))
    return fit and not any(c.isdigit() for w in words for c in w)


def strong(label: str) -> bool:
    """Whether a label shows by itself that it is one: all capitals, or a word such as Interviewer."""
    letters = [c for c in label if c.isalpha()]
    return generic(label) or (len(letters) > 1 and all(c.isupper() for c in letters))


def key(label: str) -> str:
    """A label as labels are compared: case and spacing folded."""
    return " ".join(label.casefold().split())


def without_manner(label: str, known: Container[str]) -> str:
    """A label without how it is said: "Ann [laughing]" is "Ann" where that is among the `known` labels (folded as
    `key` does). A capital in round brackets may begin a name, and one who asks is told by it: these stay."""
    found = MANNER.search(label)
    if not found or asks(label) != asks(label[: found.start()]):
        return label
    note = found.group().strip()
    shorter = label[: found.start()].strip()
    return shorter if (note[0] == "[" or note[1].islower()) and key(shorter) in known else label


def headed(line: str, at: int = 0) -> tuple[str, int] | None:
    """The label with a colon that stands at `at` of a line, also "[Label]:" and "(Label):", and where the words
    begin; None: none.

    Whether the label is one is not judged here: see `label_like`.
    """
    found = HEAD.match(line, at) or BOXED.match(line, at) or ROUND.match(line, at)
    return (found["label"].strip(), found.end()) if found else None
