"""What the patterns of this step are made of: titles, numbers, parts of a series, nouns for works."""

from __future__ import annotations

import re

from vivavoce.language.counting import BIG, ORDINALS, TENS, UNITS, value

SMALL = ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
_WORDS = "|".join([*(f"{t}(?:[- ]{u})?" for t in TENS for u in ["(?:" + "|".join(list(UNITS)[1:10]) + ")"]), *UNITS])
_NTHS = "|".join(
    [*(f"{t}-(?:" + "|".join(o for o in ORDINALS if ORDINALS[o] < 10) + ")" for t in TENS), *ORDINALS, "thirtieth"]
)
COUNT = rf"(?i:\d{{1,3}}|{_WORDS})"
NTH = rf"(?i:\d{{1,3}}(?:st|nd|rd|th)|{_NTHS})"
# A number with what is written of it, and a rough one: "5.7 million", "1,200", "half a million", "a dozen".
AMOUNT = (
    rf"(?i:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[- ]?"
    r"(?:million|billion|thousand|[mk](?![a-z])))?|half a million|a (?:dozen|hundred|thousand|million)"
    rf"|(?:{_WORDS})(?: (?:dozen|hundred|thousand|million))?)"
)
ABOUT = (
    r"(?i:about|around|some|roughly|nearly|almost|approximately|over|more than|at least|up to|close to|"
    r"just under|under)"
)
S = r"(?:[Ss]eason|[Ss]eries|SEASON|SERIES)"
E = r"(?:[Ee]pisode|[Ee]pisodes?|EPISODE|[Ee]p\.)"
# A title without marks: words with capitals, small words only between them; a second part after a colon.
_CAP = r"[A-Z0-9][\w’'&-]*(?:\.(?=\w))?"
_LINK = "(?: (?:" + "|".join(SMALL) + "))*"
PLAIN = rf"(?:{_CAP}(?:{_LINK} {_CAP}){{0,8}}(?:: {_CAP}(?:{_LINK} {_CAP}){{0,9}})?)"
MARKED = (
    r"(?:“[^“”\n]{1,80}”|‘[^‘’\n]{1,80}(?:’[a-z]{1,2}\b[^‘’\n]{0,60})*’"
    r"|\"[^\"\n]{1,80}\"|(?<!\w)'[^'\n]{1,80}'(?!\w)|\*[^*\n]{1,80}\*|(?<!\w)_[^_\n]{1,80}_(?!\w)|«[^«»\n]{1,80}»)"
)
TITLE = rf"(?:{MARKED}|{PLAIN})"
MARKS = "“”‘’\"'*_«» "
# The noun that a text has for a work -> the kind of work.
NOUNS = {
    **dict.fromkeys(["show", "series", "serial", "sitcom", "soap", "drama", "mockumentary", "programme"], "series"),
    "program": "series",
    **dict.fromkeys(["film", "movie", "documentary", "picture"], "film"),
    **dict.fromkeys(["album", "record", "LP", "EP"], "album"),
    **dict.fromkeys(["book", "novel", "memoir", "biography"], "book"),
    **dict.fromkeys(["play", "musical", "opera"], "play"),
    **dict.fromkeys(["song", "single", "track"], "song"),
    "podcast": "podcast", "episode": "episode", "season": "season", "finale": "episode", "premiere": "episode",
    "pilot": "episode",
}  # fmt: skip
EVENTS = (
    "Strike|Flood|Fire|Regatta|War|Festival|Storm|Riots?|Massacre|Election|Olympics|Games|Blitz|Earthquake|Hurricane|"
    "Disaster|Lockout|March|Siege|Uprising|Rebellion|Revolution|Trial|Inquiry|Cup|Final|Fair|Gale|Blizzard|Famine"
)
HAPPENINGS = EVENTS.lower().replace("riots?", "riot|riots")
PLACES = (
    "Hotel|Theatre|Theater|Studios?|Hospital|Hall|Street|Church|Chapel|Harbour|Harbor|Bridge|Stadium|Airport|School|"
    "Station|Inn|Mill|Colliery|Pier|Square|Park|Library|Ballroom|Club|Cinema|Prison|Factory|Quay|Docks?|Lighthouse|"
    "Cathedral|University|College|Road|Lane"
)
FINALE = r"(?:finale|closer|ender)"
OPENER = r"(?:premiere|première|opener|debut)"


def number(words: str) -> float | None:
    """What an amount as written counts: "5.7 million", "1,200", "a dozen", "seventeen"."""
    low = words.casefold().replace("-", " ").strip()
    if low == "half a million":
        return 500_000.0
    parts = low.replace(",", "").split()
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([mk]?)", parts[0])
    if found:
        total = float(found[1]) * {"": 1, "k": 1000, "m": 1_000_000}[found[2]]
    elif parts[0] == "a":
        total = 1.0
    else:
        joined = "-".join(parts[:2]) if len(parts) > 1 and parts[1] in UNITS else parts[0]
        known = value(joined)
        if known is None and parts[0] != "dozen":
            return None
        total = float(known if known is not None else 12)
    for word in parts[1:]:
        total *= 12 if word == "dozen" else BIG.get(word, 1)
    return total


def nth(words: str) -> int | None:
    """The number that a count or an ordinal tells."""
    return value(words.replace(" ", "-"))


def bare(title: str) -> str:
    """A title without its marks, and without the comma or full stop that stands within them."""
    return " ".join(title.strip(MARKS).rstrip(",.").split())


def is_title(words: str) -> bool:
    """Whether words in marks look like a title: every word but the small ones has a capital, fourteen at most."""
    parts = words.split()
    return (
        0 < len(parts) <= 14
        and parts[0] not in SMALL
        and all(p[:1].isupper() or p[:1].isdigit() or p.casefold() in SMALL or not p[:1].isalpha() for p in parts)
    )
