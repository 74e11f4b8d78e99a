"""What a source tells of a work as a value: how it was rated, when it came out, how many watched it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec.structs import replace

from vivavoce.language.times import dates
from vivavoce.model import Fact, Naming, Source, Span
from vivavoce.works.patterns import ABOUT, AMOUNT, NOUNS, TITLE, number

_AB = rf"(?:(?P<about>{ABOUT}) )?"
_N = rf"(?P<n>{AMOUNT})"
_SCORE = (
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?|(?i:one|two|three|four|five|six|seven|eight|nine|ten)(?: and a half)?)"
    r"(?P<u> ?%|[- ](?:percent|per cent)\b| ?/ ?\d{1,3}\b| out of (?:a possible )?(?:\d{1,3}|five|ten|a hundred)\b"
    r"|[- ]stars?\b(?: out of (?:\d+|four|five|ten)\b)?)?"
)
_WHO = r"(?:[tT]he )?[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,3}"
_ON = rf"(?:,? (?:on|from|at|by|with|in) (?P<by>{_WHO}))?"
_RATE = r"(?:rating|score|average|grade|approval|approval rating|audience score)"
_CUR = r"(?:(?P<cur>US\$|[$£€])"
_MONEY = rf"(?:{_CUR}(?P<n>{AMOUNT}))|(?P<n2>{AMOUNT}) (?P<cur2>dollars|pounds|euros))"
_ONE = r"(?:viewers|listeners|people|households|homes|spectators|readers)"
_PRIZE = (
    r"(?P<n>(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) )?(?:(?:18|19|20)\d\d )?(?:[A-Z][\w’'-]+ ){0,4}"
    r"(?:Emmys?|Oscars?|Gramm(?:y|ys|ies)|B[Aa][Ff][Tt][Aa]s?|Tonys?|Globes?|Awards?|Prizes?|Medals?|Troph(?:y|ies)"
    r"|Honou?rs?|Shield|Cup)\b)"
)
_WON = r"(?:won|wins|took home|takes home|picked up|was awarded|were awarded|received|collected)"
_DET = r"(?:the |an |a |its |his |her |their |that year’s )?"
SCORED = (
    rf"\b(?P<by>{_WHO}) (?:gave|gives|has given|awarded|awards|rated|rates|scored|scores)(?: [\w’'-]+){{1,8}}? "
    rf"(?:an? )?(?:(?:average )?{_RATE} of )?{_SCORE}",
    rf"\b(?:an? |its |the )?(?:average |overall |approval |critics['’]? |audience )*{_RATE} of {_AB}{_SCORE}{_ON}",
    rf"\b(?:averag(?:ed|es|ing)|rated|rates|scored|scores|scoring|sits at|stands at) (?:an? )?{_AB}{_SCORE}{_ON}",
    rf"\b(?:an? |its )?{_AB}{_SCORE}[- ](?:average |approval |audience )*(?:rating|score|review){_ON}",
)
WATCHED = (
    rf"\b(?:watched|seen|viewed|heard|attended) by (?:an (?:average|estimated)(?: audience)?(?: of)? )?"
    rf"{_AB}{_N}(?: (?P<u>{_ONE}))?",
    rf"\b(?:drew|draws|attracted|pulled in|averaged|reached|brought in|had) (?:an (?:average|audience) of )?"
    rf"{_AB}{_N} (?:\w+ )?(?P<u>{_ONE})\b",
    rf"\baudience of {_AB}{_N}(?: (?P<u>{_ONE}))?",
    rf"\b{_AB}{_N} (?P<u>{_ONE}) (?:watched|tuned in|tuned|listened|saw|heard|attended)\b",
)  # fmt: skip
COUNTED = (
    rf"\b(?:ran|runs|run|lasted|lasts|went on)(?: on)?(?: for)? {_AB}{_N} (?P<u>seasons|episodes|series)\b",
    rf"\b(?:all|its|the (?:show|series|serial|programme)['’]s)(?: of)?(?: its)? {_N} (?P<u>seasons|episodes|series)\b",
    rf"\b{_N} (?P<u>seasons|episodes|series) of (?:{TITLE})",
    rf"\b{_N}[- ](?P<u>season|episode|series)[- ](?:run|season|series|show|serial)\b",
    rf"\b(?:season|series|show|serial) (?:of|with|has|had|consist(?:s|ed) of|comprise[sd]) {_AB}"
    rf"{_N} (?P<u>episodes)\b",
    rf"\b(?:a total of {_N} (?P<u>seasons|episodes)|(?P<n2>{AMOUNT}) "
    r"(?P<u2>seasons|episodes) (?:in all|altogether|in total))\b",
)  # fmt: skip
TOOK = (rf"\b{_AB}{_N} (?P<u>takes)\b", r"\b(?:in|with|just|only) (?P<n>one|a single) (?P<u>take)\b")
RUNS = (
    rf"\b(?:running time|run(?:ning)?[- ]?time|runtime|length) (?:of|is|was) {_AB}{_N} (?P<u>minutes|hours)\b",
    rf"\b(?:runs|ran|lasts|lasted|clocks in at|clocked in at|comes in at)(?: to| for)? (?:just )?"
    rf"{_AB}{_N} (?P<u>minutes|hours)\b",
    rf"\b{_N}[- ](?P<u>minute|hour)(?:[- ]long)? (?:{'|'.join([*NOUNS, 'special', 'cut', 'version'])})\b",
)  # fmt: skip
COST = (
    rf"\bbudget (?:of|was|is) {_AB}{_MONEY}",
    rf"\b{_AB}{_MONEY}[- ](?:production )?budget\b",
    rf"\b(?:cost|costs|budgeted at) {_AB}{_MONEY}"
    r"(?: to (?:make|produce|film|shoot|stage|build|record)| an episode| per episode)",
)  # fmt: skip
EARNED = (
    rf"\bgross(?:ed|es|ing) {_AB}{_MONEY}",
    rf"\b(?:earned|made|took|took in) {_AB}{_MONEY}(?: [\w’'-]+){{0,3}}? at the box office\b",
)
SOLD = (rf"\b(?:sold|has sold|sells) {_AB}{_N} (?P<u>copies)\b",)
WON = (rf"\b{_WON} {_DET}{_PRIZE}",)
NOMINATED = (rf"\b(?:was |were |been )?nominated for {_DET}{_PRIZE}", rf"\bnomination for {_DET}{_PRIZE}")
CAME_OUT = re.compile(
    r"\b(?P<verb>(?:first |originally |finally )?(?:aired|premiered|debuted|went out|was broadcast|was first broadcast|"
    r"was (?:first )?(?:shown|released|published|issued|filmed|shot|recorded|taped|performed)|came out|opened|wrapped|"
    r"were (?:filmed|shot|recorded)|hit (?:theat(?:er|re)s|cinemas|shelves|the shops)))"
    r"(?: (?:in|at|to) (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+){0,2})?"
    r"(?: (?!(?:its|his|her|their|the|an?|our|my)\b)[\w’'-]+){0,3}?"
    r"(?: on| in| on the| during)?(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?)?,? ?$"
)
KIND_OF = (
    (re.compile(r"filmed|shot|recorded|taped"), "filmed"),
    (re.compile(r"wrapped"), "wrapped"),
    (re.compile(r"released|came out|issued|hit"), "released"),
    (re.compile(r"published"), "published"),
    (re.compile(r"opened|performed"), "opened"),
    (re.compile(""), "aired"),
)
THING = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y|[Aa]n?) (?:[\w’'-]+ ){{0,2}}?"
    rf"(?P<thing>{'|'.join([*NOUNS, 'special', 'scene', 'shot', 'concert', 'match', 'race'])})\b"
)
DENIED = re.compile(r"(?:\bnot|n[’']t|\bnever|\bno)(?: [\w’'-]+){0,2} $")
# Of each kind, words (or beginnings) one of which its sentences hold: the patterns are tried on no others.
HOLDS: dict[str, tuple[str, ...]] = {
    "rating": ("rat", "scor", "averag", "star", "grade", "review"),
    "viewers": (
        "watch",
        "view",
        "listen",
        "audience",
        "seen by",
        "heard by",
        "drew",
        "saw",
        "tuned",
        "attend",
        "people",
    ),
    "episodes": ("season", "episode", "series"),
    "takes": ("take",),
    "running time": ("minute", "hour"),
    "budget": ("budget", "cost"),
    "earnings": ("gross", "box office"),
    "copies": ("copies",),
    "award": ("won ", "wins ", "took home", "takes home", "picked up", "awarded", "received", "collected"),
    "nomination": ("nominat",),
}
CAME = (
    *("aired", "premier", "debut", "broadcast", "shown", "releas", "publish", "issued", "filmed", "shot", "record"),
    *("taped", "opened", "wrapped", "went out", "came out", "hit ", "perform"),
)
HOLDING = {kind: re.compile("|".join(words)) for kind, words in HOLDS.items()}
ANY = re.compile("|".join(w for words in HOLDS.values() for w in words))
CAME_QUICK = re.compile("|".join(CAME))


def facts(source: Source, spans: list[Span], named: tuple[Naming, ...]) -> tuple[Fact, ...]:
    """The facts of a source, in order, each with the naming in its sentence that it is of."""
    found: list[Fact] = []
    for span in spans:
        low = source.text[span[0] : span[1]].casefold()
        rules = [rule for rule in RULES if HOLDING[rule[0]].search(low)] if ANY.search(low) else []
        made = [f for kind, patterns in rules for f in matched(source, span, kind, patterns)]
        if CAME_QUICK.search(low):
            made += dated(source, span)
        found += [placed(source.text, span, f, named) for f in clear(made)]
    return tuple(found)


def matched(source: Source, span: Span, kind: str, patterns: list[re.Pattern[str]]) -> Iterator[Fact]:
    """The facts of one kind in a sentence."""
    for pattern in patterns:
        for m in pattern.finditer(source.text, *span):
            if DENIED.search(source.text[max(span[0], m.start() - 30) : m.start()]):
                continue
            made = reading(source, span, kind, m)
            if made:
                yield made


def reading(source: Source, span: Span, kind: str, m: re.Match[str]) -> Fact | None:
    """One match as a fact, or None where it tells no value."""
    told = m.groupdict()
    amount = told.get("n") or told.get("n2") or ""
    unit = told.get("u") or told.get("u2") or ""
    said = " ".join(m[0].split())
    made = Fact(
        source.path, *m.span(), kind=kind, value=amount, about=bool(told.get("about")), by=told.get("by") or "",
        said=said, told=source.date,
    )  # fmt: skip
    if kind in ("award", "nomination"):
        return replace(made, value=" ".join(amount.split()))
    if kind == "rating":
        return rating(made, amount, unit, m)
    count = 1.0 if amount == "a single" else number(amount)
    if count is None:
        return None
    return counted(replace(made, value=count), unit, m, source.text[span[0] : m.start()])


def rating(made: Fact, amount: str, unit: str, m: re.Match[str]) -> Fact | None:
    """A rating with its scale; a bare number counts only where a word says that it is one, or who gives it."""
    low = unit.casefold().strip(" -")
    half = amount.casefold().endswith(" and a half")
    count = number(amount.casefold().removesuffix(" and a half"))
    said = m[0].casefold()
    named = re.search(r"rating|score of|average|grade|rated|rates", said)
    if count is None or not (low or named or (made.by and "averag" in said)):
        return None
    scale = re.search(r"(\d{1,3}|five|ten|four|a hundred)$", low)
    if "%" in low or "cent" in low:
        told = "percent"
    elif "star" in low:
        told = "stars"
    elif scale:
        told = f"of {round(100 if scale[1] == 'a hundred' else number(scale[1]) or 0)}"
    else:
        told = ""
    return replace(made, value=count + half / 2, unit=told)


def counted(made: Fact, unit: str, m: re.Match[str], before: str) -> Fact | None:
    """A count with its unit, where it can be one of this kind."""
    value, kind = float(made.value), made.kind
    if kind == "viewers":
        low = unit.casefold()
        return (
            replace(made, unit="households" if low in ("households", "homes") else "people")
            if (low or value >= 1000)
            else None
        )
    if kind == "episodes":
        kind, unit = ("episodes", "episodes") if unit.startswith("episode") else ("seasons", "seasons")
        return replace(made, kind=kind, unit=unit)
    if kind == "running time":
        if re.match(r"(?:runs|ran|last|clock|come)", m[0]) and not re.search(rf"\b(?:{'|'.join(NOUNS)})\b|”|’", before):
            return None
        return replace(made, value=value * (60 if unit.startswith("hour") else 1), unit="minutes")
    if kind in ("budget", "earnings"):
        told = m.groupdict()
        signs = {"$": "USD", "US$": "USD", "£": "GBP", "€": "EUR", "dollars": "USD", "pounds": "GBP", "euros": "EUR"}
        return replace(made, unit=signs[told.get("cur") or told.get("cur2") or "$"])
    return replace(made, unit={"take": "takes"}.get(unit, unit))


def dated(source: Source, span: Span) -> Iterator[Fact]:
    """When something came out or was made: a date behind a verb that tells it."""
    words = source.text[span[0] : span[1]]
    for date in dates(words):
        if date.relative:
            continue
        m = CAME_OUT.search(words[max(0, date.start - 70) : date.start])
        if not m:
            continue
        start = max(0, date.start - 70) + m.start()
        kind = next(k for pattern, k in KIND_OF if pattern.search(m["verb"]))
        yield Fact(
            source.path, span[0] + start, span[0] + date.end, kind=kind, value=with_year(date.name, source.date),
            said=" ".join(words[start : date.end].split()), told=source.date,
        )  # fmt: skip


def with_year(day: str, told: str) -> str:
    """A day without its year (“--11-15”) as the last such day before it was told, where that is known to the day."""
    if not day.startswith("--") or len(told) < 10:
        return day
    year = int(told[:4]) - (day[2:] > told[5:10])
    return f"{year}-{day[2:]}"


def clear(made: list[Fact]) -> list[Fact]:
    """The facts of a sentence, the longer of those that overlap, in order."""
    kept: list[Fact] = []
    for f in sorted(made, key=lambda f: (f.start - f.end, f.start)):
        if all(f.end <= k.start or k.end <= f.start for k in kept):
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)


def placed(text: str, span: Span, f: Fact, named: tuple[Naming, ...]) -> Fact:
    """A fact with the naming, or the noun for the work, that stands nearest to it in its sentence."""
    of, thing = nearest(text, span, (f.start, f.end), named)
    if f.kind == "takes" and not thing:
        thing = "scene"
    return replace(f, of=of, thing=thing)


def nearest(text: str, span: Span, at: Span, named: tuple[Naming, ...]) -> tuple[Span | None, str]:
    """The naming, or else the noun, that stands nearest to a stretch of a sentence: what is before it counts first."""
    found: list[tuple[int, Span | None, str]] = []
    first = bisect_left(named, span[0], key=lambda n: n.start)
    for n in named[first:]:
        if n.start >= span[1]:
            break
        if n.kind not in ("place", "event") and n.sure:
            found.append((gap((n.start, n.end), at), (n.start, n.end), ""))
    found += [(gap(m.span(), at), None, m["thing"]) for m in THING.finditer(text, *span)]
    if not found:
        return None, ""
    _, of, thing = min(found, key=lambda f: (f[0], f[1] is None))
    return of, thing


def gap(a: Span, at: Span) -> int:
    """How far a stretch is from another: what comes after it is further off."""
    if a[0] < at[1] and at[0] < a[1]:
        return 0
    return at[0] - a[1] if a[1] <= at[0] else a[0] - at[1] + 30


RULES: tuple[tuple[str, list[re.Pattern[str]]], ...] = tuple(
    (kind, [re.compile(p) for p in patterns])
    for kind, patterns in (
        ("rating", SCORED),
        ("viewers", WATCHED),
        ("episodes", COUNTED),
        ("takes", TOOK),
        ("running time", RUNS),
        ("budget", COST),
        ("earnings", EARNED),
        ("copies", SOLD),
        ("award", WON),
        ("nomination", NOMINATED),
    )
)
