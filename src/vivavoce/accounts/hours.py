"""At what hour something was: "at half past six", "It was ten past one", "They came out just after seven"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.focus import asks_when
from vivavoce.accounts.numbers import TENS, UNITS, value
from vivavoce.accounts.words import deeds

Found = tuple[str, str, re.Match[str], bool]

TOPIC = "the hour"
_HOUR = "(?:" + "|".join(w for w, n in UNITS.items() if 1 <= n <= 12) + r"|1[0-2]|[1-9])"
_MINUTES = (
    "(?:"
    + "|".join([*(w for w, n in UNITS.items() if 1 <= n <= 19), *(w for w in TENS)])
    + r"|[1-5]?\d)(?:-[a-z]{3,5})?"
)
_DAYTIME = r"(?: in the (?:morning|afternoon|evening)| at night| sharp| o['’]clock)"
CLOCK = re.compile(
    r"(?P<rough>\b(?:about|around|nearly|almost|just (?:after|before)|after|before|by|gone)\s)?\b"
    rf"(?:(?P<past>half|(?:a )?quarter|{_MINUTES})(?: minutes)? (?P<way>past|to|after|before) (?P<of>{_HOUR})\b"
    rf"|(?P<h>{_HOUR})[:.](?P<m>[0-5]\d)(?! ?(?:%|per|metres|pounds))\b"
    rf"|(?<=at )(?P<at>{_HOUR})(?:[ -](?P<and>thirty|fifteen|forty-five|twenty|forty|ten))?"
    rf"(?=[.,;!?—–](?!\d)|$|{_DAYTIME}| (?:and|when|that|on)\b)"
    rf"|(?(rough)(?P<near>{_HOUR})(?=[.,;!?—–]|$|{_DAYTIME})|(?!))"
    rf"|(?P<day>{_HOUR})(?={_DAYTIME}))",
    re.I,
)
# What stands before an hour of what all tell of, and not of one person's coming or going: "It was", "They came out at".
ALL = re.compile(
    r"(?:\b(?:it|that)(?:['’]d| was| would| must| had| has|['’]s)(?: be| been| have been)?"
    r"|\b(?:they|we|it) (?:came|went|walked|moved|marched)"
    r"|\b(?:they|we|it|the \w+) (?:started|began|set|sailed|opened|broke|met|were|was)\b)"
    r"(?: \w+){0,3}?(?:, I think,)?\s*$",
    re.I,
)
# One person's coming or going, right before it.
MOVED = re.compile(
    r"\b(?:I|you|he|she)(?:['’]d| had)?(?: \w+)? (?:walk|came|come|went|go|got|get|telephone|phone|r[ai]ng|left|leave|"
    r"arrive|woke|wake|drove|drive|rose)\w*\b[^.!?]*[.!?]?\s*$"
)
# What stands after an hour of one thing that there was then: "At four there was soup".
OF_THAT = re.compile(r"(?: in the \w+| at night| o['’]clock)?,? there(?:['’]s| is| was| were)\b", re.I)
BACK = 80  # characters
NEARLY, ROUGHLY = 8, 20  # minutes
TOLD = re.compile(r"\b(?:I|he|she|they|we|you|who|was|were|had|is)\b|['’](?:d|ve|s)\b", re.I)


def minutes(m: re.Match[str]) -> int | None:
    """The minutes since twelve of an hour as it is said."""
    if m["past"]:
        said = m["past"].casefold()
        part = {"half": 30, "quarter": 15, "a quarter": 15}.get(
            said, value(said) if not said.isdecimal() else int(said)
        )
        hour = value(m["of"])
        if part is None or hour is None or part > 59:
            return None
        return (hour * 60 + (part if m["way"].casefold() in {"past", "after"} else -part)) % 720
    hour = value(m["h"] or m["at"] or m["near"] or m["day"])
    if hour is None:
        return None
    return (hour * 60 + int(m["m"] or value(m["and"] or "zero") or 0)) % 720


def hours(text: str, start: int, end: int, question: str = "") -> Iterator[Found]:
    """The hours of a sentence, as minutes since twelve with "~" where they are rough; certain where it is not told of
    one person's coming or going: after "it was", or where nothing is told before it."""
    context = text[max(0, start - BACK) : start] or question
    for m in CLOCK.finditer(text, start, end):
        at, rough = minutes(m), (m["rough"] or "").casefold().strip()
        if at is None or rough == "by":
            continue
        before = text[start : m.start()]
        asked = start == 0 and asks_when(question) and not MOVED.search(before)
        if not asked and OF_THAT.match(text, m.end(), end):
            alone = False
        else:
            alone = asked or not (TOLD.search(before) or deeds(before) or MOVED.search(context))
        yield TOPIC, f"{at}{'~' if rough else ''}", m, alone or bool(ALL.search(before))


def compared_hours(x: str, y: str) -> str:
    """How two hours stand to each other: "same", "other", or "" where they are near each other."""
    a, b = int(x.rstrip("~")), int(y.rstrip("~"))
    if (a % 60 == 0 and (a - b) % 720 <= ROUGHLY and a != b) or (b % 60 == 0 and (b - a) % 720 <= ROUGHLY and a != b):
        return ""  # "at ten" is told of twenty to ten as well
    apart = min(abs(a - b) % 720, 720 - abs(a - b) % 720)
    if apart == 0 or ("~" in x + y and apart <= ROUGHLY):
        return "same"
    return "other" if apart >= (ROUGHLY if "~" in x + y else NEARLY) else ""
