"""Whether it was so: who was there, whether somebody was hurt, whether there was such a thing at all, whether somebody
did what another says was not done. Values begin with "yes" or "no"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.names import NAME, Who
from vivavoce.accounts.words import irregular, lists, one_verb, stem, synonyms, weight, words

Found = tuple[str, str, re.Match[str], bool]

YES, NO = "yes", "no"
DEED = "whether it was so"  # the topic of deeds
_WHO = rf"(?P<who>I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|{NAME})"
THERE = re.compile(
    rf"\b{_WHO} (?:was(?P<no>n['’]t| not| never| nowhere)?|(?:had|['’]d) been|were(?P<no2>n['’]t| not| never)?) "
    r"(?:also |even |only )?(?:(?P<there>there|present)\b|(?:on|in|at|near|inside|aboard) (?:the|any|that|our|my) "
    r"(?P<place>[a-z]{3,14})\b)"
)
WAS_THERE = re.compile(
    rf"\b[Ww]as {_WHO} (?:(?P<there>there|present)|(?:on|in|at|inside|aboard) (?:the|that) (?P<place>[a-z]{{3,14}}))\b"
)
SAYS_YES = re.compile(
    r"(?:[^.!?]{0,24}[?!] )?(?:oh,? |well,? )?(?:yes|yeah|yep|aye|he was|she was|he did|she did|they did|i did(?! not)|"
    r"of course|certainly|i was)\b",
    re.I,
)
SAYS_NO = re.compile(
    r"(?:oh,? |well,? )?(?:no|nope|never|he was not|he wasn['’]t|she wasn['’]t|(?:i|he|she|they) did(?: not|n['’]t)|"
    r"not (?:at all|once)|certainly not)\b",
    re.I,
)
_HARM = r"(?:hurt|injured|bruised|scratched|wounded|killed|harmed|burned|burnt)"
UNHURT = re.compile(
    r"\b(?:nobody|no one|no-one|not a soul|none of (?:us|them)) (?:was|were|got|had been) "
    rf"(?:so much as |even |badly |seriously )?{_HARM}\b|\bthere were no (?:injuries|casualties)\b",
    re.I,
)
_BODY = (
    "arm|hand|leg|foot|ankle|wrist|head|face|back|knee|fingers?|ribs?|shoulder|neck|elbow|nose|jaw|forearm|eye|"
    "collarbone|collar-bone|thumb|toe|shin|hip|pelvis|skull|cheekbone|tooth|teeth|thigh|calf"
)
WAS_HURT = re.compile(
    rf"\b(?:(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,3}}|several|a) "
    r"(?:[a-z]+ ){0,2}?(?:(?:was|were|got) )?"
    rf"(?:{_HARM}|treated for|taken to (?:the )?hospital)\b"
    rf"|(?:i|he|she|we|(?:one|a|the|another) \w+(?:, [^.;!?]{{1,30}},)?) (?:had )?"
    r"(?:burned|burnt|broke|broken|cut|gashed|sprained|cracked|scalded|dislocated) "
    rf"(?:my|his|her|our|an?) (?:{_BODY})\b)",
    re.I,
)
NONE_OF = re.compile(
    r"(?:\bthere (?:was|were|wasn['’]t|weren['’]t) (?:(?:never )?(?:no|any|an?) )|(?:^|(?<=[.!?,] ))no )"
    r"(?P<noun>[a-z]{4,16})\b"
    r"(?! left| more| one)",
    re.I,
)
SUCH = re.compile(
    r"\b(?:there (?:was|were) (?:an?|some|two|three|several)|(?:we|i|they|he|she) had (?:an?|our|the))"
    r"\s+(?:[a-z]{4,8} of )?(?P<noun>[a-z]{4,16})\b"
    r"|(?<!\bof )\bthe (?P<noun2>[a-z]{4,16}) "
    r"(?:played|started|struck|came|stood|sat|arrived|held|fell|broke|rang|burned)\b",
    re.I,
)
_NEVER = r"(?:did not|didn['’]t|never(?: once)?|had not|hadn['’]t|['’]d not|['’]d never|has never|have never)"
NOT_DONE = re.compile(
    rf"(?:^|(?<=[\s“‘]))(?:{_WHO}(?: {_NEVER}|(?<=I)['’]d (?:not|never)|(?<=e)['’]d (?:not|never)) |"
    r"(?P<nobody>[Nn]obody|[Nn]o one) (?:had |ever )?)(?P<deed>[a-z]{3,14})\b(?=(?P<rest>[^.,;:!?—–]*))"
)
DONE = re.compile(
    rf"(?:^|(?<=[\s“‘])){_WHO}(?: had|['’]d)?(?: really| even| just)?(?P<did> did)? (?P<deed>[a-z]{{3,14}})\b"
    r"(?=(?P<rest>[^.,;:!?—–]*))"
)
ASKED = re.compile(
    rf"\b(?:[Dd]id|[Hh]ad) (?P<who>you|he|she|they|{NAME}) (?:ever |really )?(?P<deed>[a-z]{{3,14}})\b"
    r"(?P<rest>[^.,;:!?—–]*)\?"
)
CLAUSE = re.compile(r"\b(?:and|but|because|so|until|when|while|before|after)\b")
UNTRUE = re.compile(r"\b(?:not true|untrue|a lie|nonsense|rubbish|never the case|not so) (?:that )?$", re.I)
PHRASES = {"say a word": "tell", "said a word": "tell"}
VERBS = "go come say know see have get think want hear look like find feel make take be do use let keep put"
COMMON = frozenset(stem(w) for w in VERBS.split())
WHOM = {**dict.fromkeys(("me", "him", "her", "you"), "one"), "us": "several", "them": "several"}
LITTLE = """
any one my his her our their no to it that this for of on in at by with myself himself herself the a an about so then
first
"""
EMPTY = frozenset(LITTLE.split())
SAME_FORM = frozenset(["hit", "put", "set", "bit", "hurt", "cast"])  # forms of verbs that are not in the lists
LEAST = 0.35  # weight of a noun whose being is worth telling
LONGEST = 9  # words that follow a deed in its clause


def whether(text: str, start: int, end: int, question: str, who: Who) -> Iterator[Found]:
    """What a sentence says was so or not: topic, "yes" or "no" and whom it is of, the match, certain."""
    yield from there(text, start, end, question, who)
    for m in UNHURT.finditer(text, start, end):
        yield "whether anybody was hurt", NO, m, True
    if not UNHURT.search(text, start, end):
        for m in WAS_HURT.finditer(text, start, end):
            yield "whether anybody was hurt", YES, m, True
    yield from being(text, start, end)
    yield from deeds(text, start, end, question, who)


def there(text: str, start: int, end: int, question: str, who: Who) -> Iterator[Found]:
    """Who was there and who was not."""
    for m in THERE.finditer(text, start, end):
        person = who.meant(m["who"], f"{question} {text[: m.start()]}")
        if person and not is_plural(m["who"]):
            yield f"whether {person} was there", f"{NO if m['no'] or m['no2'] else YES}:{place_of(m)}", m, True
    asked = WAS_THERE.search(question) if start == 0 else None
    if asked:
        person = who.meant(asked["who"])
        for pattern, value in ((SAYS_NO, NO), (SAYS_YES, YES)):
            said = pattern.match(text)
            if said and person:
                yield f"whether {person} was there", f"{value}:{place_of(asked)}", said, True
                return


def place_of(m: re.Match[str]) -> str:
    """The stem of the place where somebody was or was not, "" for "there"."""
    return stem(m["place"]) if m["place"] else ""


def is_plural(who: str) -> bool:
    """Whether several are meant."""
    return who.casefold() in {"they", "we"}


def being(text: str, start: int, end: int) -> Iterator[Found]:
    """Whether there was such a thing: "There was no rehearsal", "we had a rehearsal"."""
    denied = False
    for m in NONE_OF.finditer(text, start, end):
        noun = m["noun"].casefold()
        no = re.search(r"\b(?:no|never|any)\b|n['’]t\b", m[0], re.I)
        if no and told_of(noun):
            denied = True
            yield f"whether there was {one_noun(noun)}", NO, m, True
    for m in SUCH.finditer(text, start, end) if not denied else ():
        noun = (m["noun"] or m["noun2"]).casefold()
        if told_of(noun):
            yield f"whether there was {one_noun(noun)}", YES, m, True


def one_noun(noun: str) -> str:
    """A noun as it is compared: of those that are said of one thing the first."""
    return synonyms().get(stem(noun), noun)


def told_of(noun: str) -> bool:
    """Whether it is worth telling that there was such a thing."""
    return noun not in lists().empty and weight(stem(noun)) >= LEAST


def deeds(text: str, start: int, end: int, question: str, who: Who) -> Iterator[Found]:
    """What somebody did or did not do; the value holds who it was, the deed, whom it was done to, and the rest."""
    negated = list(NOT_DONE.finditer(text, start, end))
    for m in negated:
        if not m["nobody"] or is_past(m["deed"]):
            yield DEED, value(NO, "nobody" if m["nobody"] else subject(m["who"], text[: m.start()], who), m), m, True
    for m in DONE.finditer(text, start, end):
        if (is_past(m["deed"]) or m["did"]) and not any(m.start() < n.end() and n.start() < m.end() for n in negated):
            name = subject(m["who"], text[: m.start()], who)
            if name:
                yield DEED, value(NO if UNTRUE.search(text[start : m.start()]) else YES, name, m), m, True
    asked = ASKED.search(question) if start == 0 else None
    for pattern, says in ((SAYS_NO, NO), (SAYS_YES, YES)) if asked else ():
        said = pattern.match(text)
        if said and asked:
            name = who.teller() if asked["who"] == "you" else subject(asked["who"], "", who)
            yield DEED, value(says, name, asked), said, True
            return


def is_past(word: str) -> bool:
    """Whether a word is a verb in the past."""
    return word.endswith("ed") or word in SAME_FORM or word in lists().verbs or word in irregular()


def subject(said: str, before: str, who: Who) -> str:
    """Who did it: an id or a name; "he", "she" where that is not known; "several"."""
    low = said.casefold()
    if is_plural(low):
        return "several"
    return who.meant(said, before) or (low if low in {"he", "she"} else "")


def value(says: str, name: str, m: re.Match[str]) -> str:
    """What was done or not, as it is compared: says|who|deed|whom|the stems of the rest."""
    clause = CLAUSE.split(m["rest"])[0]
    deed, rest = m["deed"].casefold(), [w for w, _, _ in words(clause)][:LONGEST]
    for phrase, plain in PHRASES.items():
        if " ".join([deed, *rest]).startswith(phrase):
            deed, rest = plain, rest[3:] if len(rest) > 3 and rest[2] == "to" else rest[2:]
    whom = ""
    for w in rest[:1]:
        whom = WHOM.get(w, "")
    if rest[:1] == ["to"] and len(rest) > 1:
        whom = WHOM.get(rest[1], "")
    left = [stem(w) for w in rest if w not in WHOM and w not in EMPTY]
    return "|".join((says, name, one_verb(stem(deed)), whom, " ".join(left)))


def opposed(x: str, y: str, tellers: tuple[str, str], scenes: tuple[frozenset[str], frozenset[str]]) -> str:
    """How two deeds stand to each other: "other" where one was done that the other denies, "same", or "" where they are
    of two things. `tellers`: who tells them; `scenes`: the stems of all that is told beside."""
    (says, who, deed, whom, rest), (says2, who2, deed2, whom2, rest2) = x.split("|"), y.split("|")
    if deed != deed2 or (whom and whom2 and whom != whom2) or not could_be(who, who2, tellers):
        return ""
    mine, yours = set(rest.split()), set(rest2.split())
    if deed in COMMON:
        told = rest.split()[:1] == rest2.split()[:1] and weight(rest.split()[0]) >= LEAST if mine else False
        if not told and (not mine or mine != yours or who != who2):
            return ""
    elif (mine and yours and not mine & yours) or not (mine - yours) <= scenes[1] or not (yours - mine) <= scenes[0]:
        return ""
    if not (whom or whom2 or mine & yours or who == who2):
        return ""
    if says == says2:
        return "same" if says == NO else ""  # that two did what nobody denies is nothing to agree on
    return "other"


def could_be(a: str, b: str, tellers: tuple[str, str]) -> bool:
    """Whether two subjects may be one: who is known on both sides is the same, nobody is anybody, and nobody says
    "he" of himself."""
    if not (a and b):
        return False
    if "nobody" in (a, b):
        return True
    unknown = {"he", "she"}
    if "several" in (a, b):
        return a == b or bool(unknown & {a, b})
    if a in unknown and b in unknown:
        return a == b
    if a in unknown or b in unknown:
        known, whose = (b, tellers[0]) if a in unknown else (a, tellers[1])
        return known != whose
    return a == b
