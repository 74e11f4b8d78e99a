"""Where two people speak against each other: one for a thing, the other against it, in words that show it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.claims import scene_of
from vivavoce.accounts.reported import anothers
from vivavoce.accounts.words import one_scene, sentences, stem, telling, weight, words
from vivavoce.model import Account, Evidence, Passage, Relation, folded

_WOULD = r"(?:would|could) ?(?:have|['’]ve|['’]d have) (?:just |only |really |probably |completely )?"
# What is said of a deed that is held wrong, and of one that is held right.
_BAD = (
    r"(?:wrong|reckless|foolish|lousy|terrible|wicked|cruel|stupid|mad|madness|folly|shameful|cowardly|cowardice|"
    r"disgrace(?:ful)?|betrayal|mistake|crime|shame|cheap|indecent|criminal|unforgivable)"
)
_GOOD = r"(?:right|brave|bravery|wise|splendid|magnificent|necessary|the making of (?:us|it|them))"
# How somebody judges a thing who says outright that it is a judgement of his.
_JUDGED = r"(?:i|we) (?:do |did |still |always |never )*(?:thought|think|find|found|call|called|consider(?:ed)?)"
_ILL = (
    r"(?:unfair|unjust|rotten|nasty|obscene|ugly|mean|disgusting|an insult|insulting|a sham|a farce|a swindle|a joke)"
)
_WELL = r"(?:fair|just|good|decent|honest|lovely|beautiful|wonderful|perfect|the best|fitting|proper)"
AGAINST = (
    rf"{_JUDGED} (?:that )?(?:it|that|this)(?: was| is|['’]s)? (?:quite |rather |just |very |so )?(?:{_BAD}|{_ILL})\b",
    r"(?:['’]s|is|was) not (?:justice|right|fair|decent)(?=[.,;!]|$)",
    r"(?:['’]s|was|is) (?:just |simply |nothing but )?(?:a|an) (?:lie|sham|farce|swindle|insult)(?=[.,;!]|$)",
    r"(?:had )?advised against (?:it|that)\b",
    r"(?:a|such a) waste of (?:time|money|good \w+)\b",
    rf"{_WOULD}(?:killed|ruined|destroyed|wrecked|sunk|broken|ended)\b",
    r"(?:refus(?:ed|al|es|ing)|objected|objection|disagree[ds]?|balked|protested)\b",
    r"(?:fought|argued|voted|spoke|was|were|am) (?:hard |dead )?against\b",
    r"(?:never|n['’]t) (?:have )?(?:forgive|forgiven)\b",
    r"(?:would|could)n['’]t (?:do|play|say|sign|shoot|go along with) (?:it|that)\b",
    r"['’]?ll never come back\b",
    r"(?:terrible|awful|bad|wrong|stupid|rotten|worst) (?:idea|mistake|decision|call)\b",
    r"(?<!\bi )(?<!\bhe )(?<!she )(?<!they )(?<!you )(?<!we )"
    r"(?:was|were) (?:just |simply |plain |dead )?(?:a mistake|wrong|a betrayal|a disgrace|a lie)\b",
    r"(?:i|we|he|she|they) (?:hated|regret(?:s|ted)?|resent(?:s|ed)?)\b",
    r"\bact of (?:vandalism|folly|cruelty|cowardice|murder|treachery|spite|barbarism)\b",
    r"should(?: never|n['’]t| not) have (?:been|done|happened|gone|cut|sold|shut|sailed)\b",
    r"(?:was|is|were)(?: not|n['’]t| never) worth\b",
    rf"(?:it|that|this)(?: was|['’]s) (?:an? )?(?:\w+ )?{_BAD}\b",
    rf"(?:thought|think|found|call|called|consider(?:ed)?) (?:it|that|this)(?: was| is)? (?:an? )?(?:\w+ )?{_BAD}\b",
)
FOR = (
    rf"{_JUDGED} (?:that )?(?:it|that|this)(?: was| is|['’]s)? (?:quite |rather |very )?(?:{_GOOD}|{_WELL})\b"
    r"(?! (?:now|here|there|away|up|after|at|in|on|before|over|enough))",
    r"(?:i|we) (?:do |did |rather |quite |always )*(?:(?:like|love|admire)d?|enjoy(?:ed)?) (?:it|this)(?=[.,;!]|$)",
    r"(?:it|that) was the (?:honest|right|true|real|best) one\b",
    r"(?:i|we|they|he|she) had to do something\b",
    r"(?:had|was) (?:no|not much) (?:other )?choice\b",
    rf"{_WOULD}saved\b",
    r"(?:defend(?:s|ed|ing)?|stand(?:s)? by|stood by|insist(?:s|ed))\b",
    r"(?:was|were) (?:absolutely |exactly |simply |just )?right\b"
    r"(?! (?:now|here|there|away|up|after|at|in|on|before|over))",
    r"(?:right|best|brilliant|bravest?|only honest|honest) (?:idea|decision|call|choice|ending)\b",
    r"the (?:only(?: honest)?|right|finest|best|bravest|proper|decent|sanest) thing\b"
    r"(?! (?:i|we|he|she|they|that|about|was|is)\b)",
    r"the (?:finest|bravest|sanest) thing (?:that )?\w+",
    rf"(?:it|that|this)(?: was|['’]s) (?:\w+ )?{_GOOD}\b(?! (?:now|here|there|away|up|after|at|in|on|before|over))",
    rf"(?:thought|think|found) (?:it|that|this)(?: was| is)? (?:quite |perfectly )?{_GOOD}\b",
    r"(?:it|that) had to (?:be done|happen|be)\b",
    r"(?:have|had|has)(?: not|n['’]t) changed (?:my|his|her) mind\b",
    r"(?:never|not) been sorry\b",
    r"(?:would|['’]d) (?:do it|vote for it|say it|say so|sign it|do the same) (?:all )?again\b",
    r"(?:no|don['’]t|do not|never) regret(?:s|ted)?\b",
    r"(?:was|is|were) (?:well |all )?worth (?:it|every|the|doing)\b",
)
# What somebody did and stands by, and who holds it against them: "I refused it", "I think she was wrong".
OWN = (
    r"i (?:flatly |simply |just )?(?:refused|declined|wouldn['’]t|would not)\b",
    r"i['’]d (?:refuse|do|say) (?:it|that|so|the same) (?:all )?(?:again|tomorrow|today|now)\b",
    r"i['’]d do the same\b",
    r"i['’]m not (?:saying|doing|playing|signing) (?:that|it)\b",
    r"(?:was|is)n['’]t (?:mine|my place|for me) to\b",
    r"i(?:['’]ve)? (?:still )?(?:stand by|never regretted|don['’]t regret)\b",
)
CRITIC = (r"(?:she|he|you) (?:was|were|['’]s|is) (?:quite |simply |just |dead )?(?:wrong|mistaken|unfair)\b",)
# Whose fault it was, and that it was nobody's; what it came of, and that it did not.
BLAME = (
    r"(?:they|he|she) knew (?:just |exactly |(?:very|full) well )?what (?:they|he|she) (?:was|were) doing\b",
    r"(?:they|he|she) (?:killed|drowned|ruined|robbed|cheated|murdered|betrayed) us\b",
    r"(?:the |my |his |her |our |their )?[\w-]+(?: [\w-]+)?['’]s? (?:own )?fault\b",
    r"(?:was|were|is|are) to blame\b",
    r"i (?:still |always )?blamed? (?!me|myself)\w+",
)
ABSOLVED = (
    r"(?:did(?: not|n['’]t)|never) (?:kill|drown|ruin|rob|robb|cheat|murder|betray)(?:ed)? "
    r"(?:anyone|anybody|a soul|them|you|him|her)\b",
    r"(?:nobody|no one|no-one) (?:was|is) to blame\b",
    r"(?:nobody|no one|no-one)['’]s fault\b",
    r"(?:was|is)(?: not|n['’]t|never) (?:the |my |his |her |our |their )?[\w-]*(?: [\w-]+)?(?:['’]s?)? ?fault\b",
    r"(?:do not|don['’]t|never|did not|didn['’]t|can['’]t|cannot) blamed?\b",
    r"(?:was|were)(?: not|n['’]t) to blame\b",
    r"could(?: not|n['’]t) (?:be helped|have been helped)\b",
)
_OF = r"(?:the |a |an |his |her |my |our |their )?[\w-]{3,}"
# What was meant from the heart, and what was done to be seen; what somebody did on purpose, and what befell him; what
# could have been prevented, and what nobody could help.
SINCERE = (
    r"(?:he|she|they)(?: really| truly)? meant (?:it|well|every word)\b",
    r"(?:he|she|they) (?:was|were)(?: very| really| quite| truly)* (?:sincere|genuine|moved)\b",
    r"(?:he|she|they)(?: really| truly| did)* cared?(?: about| for)? ",
    r"from the heart\b",
)
FOR_SHOW = (
    r"(?:come|came|did it|there|all|only|just|was|were)(?: only| just)? for (?:the )?"
    r"(?:cameras?|show|photographs?|pictures?|papers|publicity|votes|newspapers)\b",
    r"(?:all|only|just|nothing but) (?:a )?(?:show|publicity|theatre|an act)\b",
    r"(?:he|she|they) (?:did(?: not|n['’]t)|never) (?:mean|care|cared|meant) ",
)
ON_PURPOSE = (
    r"(?:on purpose|deliberate(?:ly)?|intentional(?:ly)?)\b",
    r"(?:did(?: not|n['’]t)|never) (?:slip|fall)\b",
    r"no accident\b",
    r"(?:meant|intended) to (?:do it|hurt|break|hit|kill|lose)\b",
)
MISHAP = (
    r"(?:it|he|she|they) (?:just |only )?slipped\b",
    r"(?:was|were) (?:just |only |purely |simply )?(?:an )?accident(?:al)?\b",
    r"by accident\b",
    r"(?:never|did(?: not|n['’]t)) (?:mean|meant|intend) (?:to|it|any)\b",
)
PREVENTABLE = (
    r"(?:i|we|he|she|they|somebody|someone|anybody) (?:could|should|ought to)(?:['’]ve| have) "
    r"(?:just |easily |simply )?(?:picked|got|saved|stopped|pulled|carried|helped|fetched|gone|warned|prevented)\b",
    r"(?:could|should|need(?: not|n['’]t)) have been (?:saved|prevented|stopped|avoided)\b",
    r"(?:did(?: not|n['’]t) have to|need(?: not|n['’]t) have) (?:die|died|happen|happened)\b",
)
HELPLESS = (
    r"nobody (?:on (?:this )?earth |alive |in the world )?(?:could|can) (?:have|['’]ve)\b",
    r"(?:nobody|no one|nothing|no man) (?:\w+ ){0,4}?could(?: have|['’]ve) "
    r"(?:got|saved|stopped|helped|done|moved|prevented|changed)\b",
    r"nothing (?:anybody|anyone|we|i|he|she|they) could (?:do|have done)\b",
    r"there was no (?:saving|stopping|helping)\b",
)
CAUSE = (
    rf"because of {_OF}",
    rf"(?:was|were) (?:all |always |only |really |just )*about {_OF}",
    rf"came down to {_OF}",
)
NO_CAUSE = (rf"nothing to do with {_OF}", rf"(?:not|n['’]t|never) (?:because of|about|a matter of) {_OF}")
LISTS = {
    "for": FOR,
    "against": AGAINST,
    "own": OWN,
    "critic": CRITIC,
    "blame": BLAME,
    "absolved": ABSOLVED,
    "cause": CAUSE,
    "no cause": NO_CAUSE,
    "sincere": SINCERE,
    "for show": FOR_SHOW,
    "on purpose": ON_PURPOSE,
    "mishap": MISHAP,
    "preventable": PREVENTABLE,
    "helpless": HELPLESS,
}
# The pairs of lists that are opposed.
OPPOSED = (
    ("favour", "against"),
    ("blame", "absolved"),
    ("sincere", "for_show"),
    ("on_purpose", "mishap"),
    ("preventable", "helpless"),
)
PERSONAL = 0.8  # weight of the words that one who did a thing and one who holds it wrong share
SCENE = 0.9  # the same of all that two who talk tell
MATTER = 0.3  # the same of two of whom one is for a thing and one against it
DENIAL = re.compile(r"\b(?:not|never|no|nobody|without|hardly)\b|n['’]t\b", re.I)


class Stance(NamedTuple):
    """A cue for or against: its words, place, the telling stems near it, whether it is told of the teller, and the
    stems of all that somebody who talks tells (`scene`)."""

    said: str
    evidence: Evidence
    stems: frozenset[str]
    reported: bool
    scene: frozenset[str] = frozenset()


@cache
def cues(kind: str) -> re.Pattern[str]:
    """The cues of a kind."""
    return re.compile(r"\b(?:" + "|".join(LISTS[kind]) + ")", re.I)


class Sides(NamedTuple):
    """Where a person speaks for something, where against; what they did and stand by; whom they hold wrong; whose fault
    it was, or nobody's; what it came of, and what not; what was meant, and what was for show; what was done on purpose,
    and what befell; what could have been prevented, and what nobody could help."""

    favour: list[Stance]
    against: list[Stance]
    own: list[Stance]
    critic: list[Stance]
    blame: list[Stance]
    absolved: list[Stance]
    cause: list[Stance]
    no_cause: list[Stance]
    sincere: list[Stance]
    for_show: list[Stance]
    on_purpose: list[Stance]
    mishap: list[Stance]
    preventable: list[Stance]
    helpless: list[Stance]


def sides(account: Account, passages: list[Passage]) -> Sides:
    """What a person speaks for and against in an account; nothing where nobody is known to speak."""
    if account.person is None:
        return Sides(*([] for _ in LISTS))
    return Sides(*(stances(account, passages, kind) for kind in LISTS))


def dispute(a: Account, b: Account, ours: Sides, theirs: Sides) -> Relation | None:
    """A dispute between two people: one speaks for, the other against, of the same thing; None where the words do
    not show it."""
    if a.person is None or b.person is None or a.person.id == b.person.id:
        return None
    both = [(p, q) for one, other in OPPOSED for p, q in ((one, other), (other, one))]
    opposed = [(x, y) for p, q in both for x in getattr(ours, p) for y in getattr(theirs, q)]
    opposed += [(x, y) for x in ours.cause for y in theirs.no_cause if of_what(x) == of_what(y)]
    opposed += [(x, y) for x in ours.no_cause for y in theirs.cause if of_what(x) == of_what(y)]
    personal = [(x, y) for x in ours.own for y in theirs.critic]
    personal += [(x, y) for x in ours.critic for y in theirs.own]
    for x, y in opposed + personal:
        if same_matter(x, y, personal=(x, y) in personal):
            return Relation(
                a=a.id,
                b=b.id,
                type="dispute",
                about="interpretation",
                values=(x.said, y.said),
                evidence=(x.evidence, y.evidence),
                confidence=0.7 if x.reported or y.reported else 0.6,
            )
    return None


def of_what(x: Stance) -> str:
    """The stem of what something came of, or did not."""
    return stem(x.said.split()[-1].casefold())


def stances(account: Account, passages: list[Passage], kind: str) -> list[Stance]:
    """Where a person speaks for (against …) something, or is said to, the reported first."""
    assert account.person is not None
    own, told = [], []
    scene = scene_of([p for p in passages if not p.heading])
    for p in passages:
        own += [s._replace(scene=scene) if not p.heading else s for s in found(p, p.text, kind, "")]
        told += found(p, p.around, kind, account.person.name) if reported(p, kind) else []
    return [*told, *own]


def reported(p: Passage, kind: str) -> bool:
    """Whether the words around a passage may report what its teller is for or against."""
    return bool(p.around and p.quotes) and kind in {"for", "against"}


def found(p: Passage, text: str, kind: str, name: str) -> list[Stance]:
    """The cues in a text; with a name, only those told of that person."""
    out = []
    for a, b in sentences(text, 0, len(text)):
        for cue in cues(kind).finditer(text, a, b):
            before = text[a : cue.start()]
            if DENIAL.search(before[-24:]) or (not name and anothers(before)):
                continue
            if name and not subject(before, name):
                continue
            place = (where.near if name else where.own)(p, cue.start(), cue.end())
            near = text if name else f"{text[max(0, a - 300) : b + 300]} {'' if p.heading else p.around}"
            stems = frozenset(stem(w) for w, _, _ in words(f"{near} {p.text}" if name else near) if telling(w))
            out.append(Stance(" ".join(cue.group().split()), place, stems, bool(name)))
    return out


def subject(before: str, name: str) -> bool:
    """Whether the last name before a cue is the person's, close by."""
    close = folded(before[-60:]).split()
    parts = set(folded(name).split())
    capital = re.findall(r"[A-Z][\w’'-]+", before[-60:])
    last = folded(capital[-1]) if capital else ""
    return bool(parts & set(close)) and (last.removesuffix("'s") in parts)


def same_matter(x: Stance, y: Stance, personal: bool) -> bool:
    """Whether two stances are on one thing: they share telling words, fewer where one is reported, or holds the other
    wrong in person."""
    both = [weight(s) for s in x.stems & y.stems]
    if personal:
        return sum(both) >= PERSONAL
    return sum(both) >= MATTER or bool(x.scene and y.scene and one_scene(x.scene, y.scene, SCENE))
