"""What an account tells that is no number: on which day of the week, whose idea or decision it was, who did it, which
of a kind of things ("a gull", "a pigeon")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.attributes import attributes
from vivavoce.accounts.claims import answers, scene_of, stems
from vivavoce.accounts.doers import WHOSE, alike, doers, one_deed
from vivavoce.accounts.focus import asks_when
from vivavoce.accounts.frames import frames
from vivavoce.accounts.hours import TOPIC as HOUR
from vivavoce.accounts.hours import compared_hours, hours
from vivavoce.accounts.names import NOT_NAMES, Who, one_person
from vivavoce.accounts.particulars import PARTICULAR, one_anchor, particulars, same_time, stems_of
from vivavoce.accounts.reported import anothers, asks, hearsay, supposed, told_by_another
from vivavoce.accounts.tallies import TOPIC as RESULT
from vivavoce.accounts.tallies import one_result, tallies
from vivavoce.accounts.whether import COMMON, DEED, opposed, whether
from vivavoce.accounts.words import akin, another_deed, deeds, one_scene, sentences, stem, weight
from vivavoce.model import Account, Evidence, Passage, Relation, folded

__all__ = ["WHOSE", "Fact", "facts", "facts_related"]

DAY = re.compile(
    r"(?:\b(?P<was>[Ii]t was|was) )?(?:\b(?P<prep>[Oo]n|[Bb]y|[Tt]hat|[Ll]ate|[Ee]arly) )?(?P<the>\b(?:the|a) )?"
    r"\b(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!s\b)(?!['’])(?! (?:before|after|last))"
)
TELLS = 0.3  # weight of a verb that tells by itself what was done
SAME = 0.6  # weight of the telling words that two sentences or questions share when they tell of one thing
DONE = 0.3  # the same of what was done
SCENE = 0.9  # the same of all that two accounts tell
MUCH = 0.6  # share of what the shorter of two sentences tells that both tell, where an article tells one
BEINGS = frozenset(["which animal", "which dog", "which child", "which trade"])
ONE = frozenset(["i", "he", "she", "you", "me", "who"])
IT_WAS = re.compile(r"(?:(?:Oh|Well|No|Yes|Aye),? )?[Ii]t (?:was|['’]d be|must have been) ")
OPENS = 2  # sentences of an answer that say when it was
DENIED = re.compile(r"\b(?:not|never|no|isn['’]t|wasn['’]t|like|than|as)\W*$", re.I)


class Fact(NamedTuple):
    """What an account says of a topic: `value` is compared, `said` is shown; `near`: the telling stems around it, of
    the question too; `around`: those of its sentence alone; `deeds`: its verbs; `sure`: an account that says so names
    what it is, and does not only mention it; `report`: an article tells it; `scene`: the stems of all that is told
    beside it; `names`: what its sentence says that somebody is called; `acts`: the deed
    of its clause, with what it was done to."""

    topic: str
    value: str
    said: str
    evidence: Evidence
    near: frozenset[str]
    sure: bool
    around: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    report: bool = False
    scene: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()


def facts(who: Who, passages: list[Passage]) -> list[Fact]:
    """What an account tells of each topic; of several values of one topic, those that are sure."""
    found: dict[str, list[Fact]] = defaultdict(list)
    scene = scene_of(passages)
    for p in passages:
        beside = stems(f"{p.text} {p.around}") if p.heading else scene
        nobodys = bool(p.heading and not p.person and p.quotes)  # quoted, and nobody knows whom
        if nobodys and hearsay(p.around):
            continue
        for answer in answers(p):
            text = p.text[answer.start : answer.end]
            before = answer.question
            for n, (a, b) in enumerate(sentences(text, 0, len(text))):
                near = stems(text[a:b]) | stems(before) | stems(answer.question)
                before = text[a:b]
                if asks(before):
                    continue
                around = stems(before)
                for topic, value, m, sure in told(text, a, b, answer.question, who, report=is_narration(p), nth=n):
                    if nobodys and topic.startswith("whether"):
                        continue
                    evidence = where.own(p, answer.start + m.start(), answer.start + m.end())
                    found[topic].append(
                        Fact(
                            topic=topic,
                            value=value,
                            said=shown(topic, value, m),
                            evidence=evidence,
                            near=near,
                            sure=sure,
                            around=around,
                            deeds=deeds(before),
                            report=bool(p.heading),
                            scene=beside,
                            names=named(text, a, b),
                            acts=acts(text, a, b, m.start()) if topic in {HOUR, "day of the week"} else frozenset(),
                        )
                    )
    return [fact for given in found.values() for fact in kept(given)]


def acts(text: str, start: int, end: int, at: int) -> frozenset[str]:
    """The deed of the clause that a place of a sentence is in: alone where it tells something, and with its noun."""
    found: set[str] = set()
    for f in frames(text, start, end):
        if f.start <= at < f.end and f.verb not in {"", "be", "exist"}:
            who = f.subject.head if f.subject and f.subject.kind == "pronoun" else "it"
            one = "one" if who in ONE or (f.subject and f.subject.kind == "name") else "all"
            found |= {f"{one} {f.verb}"} if " " in f.verb or weight(f.verb) >= TELLS else set()
            found |= {f"{f.verb} {n.head}" for n in (f.subject, f.object) if n and n.kind == "thing"}
    return frozenset(found)


def named(text: str, start: int, end: int) -> frozenset[str]:
    """What a sentence says that somebody is called: "a terrier called Nip"."""
    found = (m[1].casefold() for m in re.finditer(r"\b(?:called|named|name was) ([A-Z]\w+)", text[start:end]))
    return frozenset(w for w in found if w not in NOT_NAMES)


def two_beings(x: Fact, y: Fact) -> bool:
    """Whether two sentences tell of two beings of two names."""
    return bool(x.names and y.names) and not x.names & y.names


def shown(topic: str, value: str, m: re.Match[str]) -> str:
    """What is shown of a fact."""
    groups = m.groupdict()
    what = (
        groups.get("what") or groups.get("what2")
        if topic.startswith(("which", "colour", "stuff")) and topic != "which tune"
        else None
    )
    if what and stem(what.casefold()) != value and groups.get("before"):
        what = groups["before"]
    return what or " ".join(m[0].split())


def is_narration(p: Passage) -> bool:
    """Whether what others say is told as news, and not as hearsay: an article's own words."""
    return bool(p.heading) and p.person is None


def kept(given: list[Fact]) -> list[Fact]:
    """The facts of one topic that count: of which kind a thing was, the sure one, if there is only one; days all."""
    if given[0].topic in {"day of the week", DEED}:
        return given
    best = [f for f in given if f.sure] or given
    if given[0].topic.startswith("whether") and len({f.value[:3] for f in given}) == 1:
        return sorted(best, key=lambda f: len(f.value))[:1]
    if asked_of(given[0].topic):
        return best
    if given[0].topic == HOUR:
        best = [f for f in best if "~" not in f.value] or best
    return best[:1] if len({f.value for f in best}) == 1 else []


Found = tuple[str, str, re.Match[str], bool]


def told(
    text: str, start: int, end: int, question: str, who: Who, report: bool = False, nth: int = 0
) -> Iterator[Found]:
    """(topic, value, place, whether it is sure) of each fact of a sentence; `nth`: which of the answer it is."""
    found = [
        *days(text, start, end, nth, question),
        *doers(text, start, end, question, who),
        *attributes(text, start, end),
        *particulars(text, start, end, question, who),
        *whether(text, start, end, question, who),
        *hours(text, start, end, question),
        *tallies(text, start, end, question),
    ]
    for topic, value, m, sure in found:
        before = text[start : m.start()]
        if told_by_another(text[m.end() : end]):
            continue
        if DENIED.search(before) or supposed(before) or (hearsay if report else anothers)(before):
            continue
        yield topic, value, m, sure


def days(text: str, start: int, end: int, nth: int, question: str = "") -> Iterator[Found]:
    """The days of the week of a sentence; sure where it says when it all was: "It was a Tuesday", at the beginning, or
    where that was asked."""
    for m in DAY.finditer(text, start, end):
        definite = (m["the"] or "").strip() == "the" or m["prep"] == "by"
        yield (
            "day of the week",
            m["day"].casefold(),
            m,
            bool(m["was"])
            or (nth < OPENS and (not definite or bool(IT_WAS.match(text, start))))
            or (nth == 0 and asks_when(question)),
        )


def facts_related(a: Account, b: Account, ours: list[Fact], theirs: list[Fact], apart: bool) -> Iterator[Relation]:
    """How two accounts tell the facts that both have; `apart`: they are two tellings, and may agree."""
    tellers = (a.person.id if a.person else "", b.person.id if b.person else "")
    pairs: dict[str, list[tuple[Fact, Fact, str]]] = defaultdict(list)
    by: dict[str, list[Fact]] = defaultdict(list)
    for y in theirs:
        by[matter(y)].append(y)
    for x in ours:
        for y in by.get(matter(x), ()):
            if one_deed(x.topic, y.topic) and one_matter(x, y) and (how := compared(x, y, tellers)):
                pairs[max(x.topic, y.topic)].append((x, y, how))
    for topic, rows in pairs.items():
        same = [row for row in rows if row[2] == "same"]
        x, y, _ = same[0] if same else max(rows, key=lambda row: shared(row[0].near, row[1].near))
        if same and (not apart or from_them(x, b) or from_them(y, a)):
            continue
        yield Relation(
            a=a.id,
            b=b.id,
            type="agree" if same else "differ",
            about=topic,
            values=(x.said, y.said),
            evidence=(x.evidence, y.evidence),
            confidence=0.7,
        )


def matter(x: Fact) -> str:
    """What facts are looked up by: the topic; of deeds the verb; who did it may be told of any deed."""
    if x.topic == DEED:
        return x.value.split("|")[2]
    return "who" if x.topic.startswith("who ") else x.topic


def from_them(x: Fact, teller: Account) -> bool:
    """Whether an article tells it beside the name of the other teller, from whom it may have it."""
    named = folded(teller.person.name) if teller.person else ""
    if x.report and teller.person and x.topic.startswith("who ") and one_person(x.value, teller.person.id):
        return True
    return x.report and any(stem(part) in x.near | x.scene for part in named.split())


def presence(x: Fact, y: Fact) -> str:
    """How two accounts of whether it was so stand to each other: where a place is named, it is one place."""
    (says, _, at), (says2, _, at2) = x.value.partition(":"), y.value.partition(":")
    if (at and at2 and at != at2) or (at and at not in y.scene) or (at2 and at2 not in x.scene):
        return ""
    return "same" if says == says2 else "other"


def compared(x: Fact, y: Fact, tellers: tuple[str, str]) -> str:
    """Whether two facts of one matter say the "same" or the "other"; "" where both may be so."""
    if x.topic == DEED:
        return opposed(x.value, y.value, tellers, (x.scene, y.scene))
    if x.topic.startswith("whether"):
        return presence(x, y)
    if x.topic.startswith("who"):
        return alike(x.value, y.value)
    if x.topic.startswith("how long"):
        return "same" if same_time(x.value, y.value) else "other"
    if x.topic == HOUR:
        return compared_hours(x.value, y.value)
    if x.topic.startswith(RESULT):
        return "same" if one_result(x.value, y.value) else "other"
    if x.topic == "the weather":
        return "same" if x.value == y.value else "other" if "sun" in (x.value, y.value) else ""
    return "same" if x.value == y.value else "other"


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The weight of the telling words that both tell."""
    return fsum(weight(s) for s in a & b)


def same_particular(x: Fact, y: Fact) -> bool:
    """Whether two particulars are of one thing: told in the same words, beside the values themselves, and not of two
    deeds; where who did it was asked, the question's words count."""
    if x.topic.startswith("how long") and not one_anchor(x.said, y.said):
        return False
    if x.topic.startswith("who was") and not (x.report and y.report):
        return one_scene(x.scene, y.scene, SCENE)
    asked = x.topic.startswith("who ") and not x.topic.startswith("who was")
    both = (x.near & y.near) if asked else (x.around & y.around)
    without = both - stems_of(x.value) - stems_of(y.value)
    if (x.report or y.report) and akin(x.around, y.around) < MUCH:
        return False
    return fsum(weight(s) for s in without) >= SAME and (asked or not another_deed(x.deeds, y.deeds))


def one_day(x: Fact, y: Fact, alike: bool) -> bool:
    """Whether two days of the week are of one thing: both say when it all was, in one scene; or they are told in the
    same words."""
    if x.report and y.report:
        return alike
    if x.sure and y.sure and not (x.report or y.report):
        return one_scene(x.scene, y.scene, SCENE)
    if x.acts & y.acts and not (x.report or y.report):
        return one_scene(x.scene, y.scene, SCENE)
    values = {stem(x.value), stem(y.value)}
    words = x.around & y.around if x.report or y.report or x.sure != y.sure else x.near & y.near
    return shared(words - values, words) >= SAME and not another_deed(x.deeds, y.deeds)


DAY_PARTS = frozenset(stem(w) for w in ["morning", "afternoon", "evening", "night", "clock"])


def one_moment(x: Fact, y: Fact) -> bool:
    """Whether two hours are of one thing: both say when it all was, in one scene; or they share their words."""
    if (x.sure and y.sure) or (x.acts & y.acts and not (x.report or y.report)):
        return one_scene(x.scene, y.scene, SCENE)
    both = x.around & y.around
    if x.value != y.value:
        both -= DAY_PARTS | stems(x.said) | stems(y.said)
    return shared(both, both) >= SAME and not another_deed(x.deeds, y.deeds)


def asked_of(topic: str) -> bool:
    """Whether a topic is who did a deed."""
    return topic.startswith("who ") and not topic.startswith(("who was ", "who it was", "who decided"))


def one_done(x: Fact, y: Fact) -> bool:
    """Whether two tell who did one thing: both say so outright in one scene, or both name what it was done to."""
    if (x.sure or y.sure) and stem(x.topic.removeprefix("who ")) not in COMMON and not (x.report or y.report):
        return one_scene(x.scene, y.scene, SCENE)
    own = frozenset((*stems_of(x.value.replace("-", " ")), *stems_of(y.value.replace("-", " ")), stem(x.topic[4:])))
    return shared(x.near - own, y.near - own) >= DONE


def one_matter(x: Fact, y: Fact) -> bool:
    """Whether two facts are of one thing: told in the same words, which the values themselves are not; or one speaks
    of what the other says."""
    topic = max(x.topic, y.topic)
    if topic.startswith("whether"):
        return True
    if topic == "which cause":
        return x.sure and y.sure
    alike = akin(x.around - {x.value}, y.around - {y.value}) >= MUCH and not another_deed(x.deeds, y.deeds)
    if topic.startswith(("who decided", "who it was")) or (topic.startswith("who ") and x.topic != y.topic):
        if not (x.sure and y.sure):
            return False
        return one_scene(x.scene, y.scene, SCENE)
    if topic.startswith(RESULT):
        return alike if x.report and y.report else one_scene(x.scene, y.scene, SCENE)
    if topic == HOUR:
        return alike if x.report and y.report else one_moment(x, y)
    if topic == "the weather" and not (x.report and y.report):
        return one_scene(x.scene, y.scene, SCENE)
    if topic == "day of the week":
        return one_day(x, y, alike)
    if (x.report or y.report) and not alike:
        return topic.startswith("which") and x.sure and y.sure and one_scene(x.scene, y.scene, SCENE)
    if asked_of(topic):
        return (x.sure or y.sure) and one_done(x, y)
    if topic in PARTICULAR or topic.startswith(("who ", "how long")):
        return same_particular(x, y)
    if topic.startswith("which") and x.sure and y.sure:
        return True
    if topic == "which place":
        return shared(x.around - stems_of(x.value), y.around - stems_of(y.value)) >= SAME and not another_deed(
            x.deeds, y.deeds
        )
    if topic in BEINGS and two_beings(x, y):
        return False
    if topic == "what was broken" or (topic.startswith("which") and (x.sure or y.sure)):
        return one_scene(x.scene, y.scene, SCENE)
    if topic.startswith("whose") or (x.value != y.value and (y.value in x.near or x.value in y.near)):
        return True
    both = {s for s in x.near & y.near if s not in (x.value, y.value)}
    return fsum(weight(s) for s in both) >= SAME
