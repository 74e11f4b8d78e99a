"""Other names that a source says are somebody's: a nickname, a name before marriage, what friends call them."""

from __future__ import annotations

from vivavoce.model import Source
from vivavoce.people.figures import Draft
from vivavoce.people.lexicon import first_names, same_first
from vivavoce.people.names import NICKNAME, Name
from vivavoce.people.pronouns import GENDER
from vivavoce.people.scan import Scan
from vivavoce.people.spoken import Voice, voices

CALLS = frozenset(["call", "calls", "called", "nicknamed", "dubbed"])
EVERYBODY = frozenset(
    ["everybody", "everyone", "people", "they", "we", "friends", "mates", "colleagues", "crew", "cast", "family", "all"]
)
MAIDEN = frozenset(["née", "nee", "formerly", "born", "né"])
NOW = frozenset(["now", "then", "later", "once"])
ONCE = (("who", "was"), ("who", "is", "now"), ("who", "became"), ("who", "used", "to", "be"), ("who", "was", "then"))
KNOWN_AS = (("known", "as"), ("nicknamed",), ("called",), ("aka",), ("alias",))
NAMES_FOLLOW = MAIDEN | {words[0] for words in KNOWN_AS}
WITHIN = 8
Told = tuple[Draft, tuple[str, ...]]


def other_names(scan: Scan, source: Source, names: list[Name], drafts: list[Draft]) -> list[Told]:
    """Who has another name, and the words of it."""
    owner = {n.first: d for d in drafts for n in d.names if d.kind == "person"}
    begins = {n.lead: n for n in names}
    out: list[Told] = []
    for n in names:
        after = scan.low[n.last] if n.last < len(scan.low) else ""
        if n.first in owner and (after in ",(" or n.last - n.first > len(n.words) or after in NAMES_FOLLOW):
            out += [(owner[n.first], name) for name in (nick(scan, n), maiden(scan, n), other(scan, n, begins)) if name]
    out += [(owner[n.first], name) for n, name in by_all(scan, names) if n.first in owner]
    for voice in voices(scan, source, drafts):
        out += [(who, name) for who, name in to_face(scan, voice, begins) if name != tuple(who.words)]
    return out


def capitals(scan: Scan, i: int) -> tuple[str, ...]:
    """One or two capitalised words that begin at token i, perhaps in marks; () where none do."""
    i += scan.word[i : i + 1] != [] and scan.word[i] in NICKNAME
    found: list[str] = []
    while i < len(scan.word) and len(found) < 2 and scan.word[i][0].isupper() and scan.word[i] != "I":
        found.append(scan.word[i])
        i += 1
    return tuple(found)


def nick(scan: Scan, n: Name) -> tuple[str, ...]:
    """A nickname in marks within a name: Katherine “Kit” Loam; or behind one, after "known as"."""
    for i in range(n.first + 1, n.last - 1):
        if scan.word[i] in NICKNAME:
            return capitals(scan, i)
    i = n.last + (scan.word[n.last : n.last + 1] in ([","], ["("]))
    i += scan.low[i : i + 1] in (["also"], ["better"], ["always"])
    if scan.low[i : i + 2] == ["known", "to"]:
        end = next((k for k in range(i + 2, min(i + WITHIN, len(scan.low))) if scan.low[k] == "as"), None)
        return capitals(scan, end + 1) if end else ()
    for words in KNOWN_AS:
        if i > n.last and tuple(scan.low[i : i + len(words)]) == words:
            return capitals(scan, i + len(words))
    return ()


def maiden(scan: Scan, n: Name) -> tuple[str, ...]:
    """The name before marriage: "Wendy Castle (née Tran)"."""
    i = n.last + (scan.word[n.last : n.last + 1] in ([","], ["("]))
    if len(n.words) < 2 or scan.low[i : i + 1] == [] or scan.low[i] not in MAIDEN:
        return ()
    found = capitals(scan, i + 1)
    if not found or found[0].lower() in ("in", "on"):
        return ()
    return found if len(found) > 1 else (n.words[0], found[0])


def other(scan: Scan, n: Name, begins: dict[int, Name]) -> tuple[str, ...]:
    """A later or earlier name: "Wendy Tran, now Wendy Castle", "Wendy Castle, who was Wendy Tran"; the first name is
    the same."""
    i = n.last + (scan.word[n.last : n.last + 1] in ([","], ["("]))
    once = next((len(w) for w in ONCE if tuple(scan.low[i : i + len(w)]) == w), 1)
    if i == n.last or scan.low[i : i + 1] == [] or (once == 1 and scan.low[i] not in NOW):
        return ()
    found = begins.get(i + once)
    return found.words if found and renamed(found.words, n.words) else ()


def renamed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names have one first name and two surnames."""
    return len(a) > 1 and len(b) > 1 and same_first(a[0].lower(), b[0].lower()) and a[-1].lower() != b[-1].lower()


def by_all(scan: Scan, names: list[Name]) -> list[tuple[Name, tuple[str, ...]]]:
    """ "X, whom everybody calls Mac"; "everybody called him Mac", of whoever was named last."""
    out: list[tuple[Name, tuple[str, ...]]] = []
    for i in scan.at(CALLS):
        if i == 0 or i + 1 >= len(scan.low):
            continue
        pronoun = scan.low[i + 1]
        before = scan.low[max(0, i - 4) : i]
        if not EVERYBODY & set(before):
            continue
        if {"whom", "who", "that"} & set(before):
            whom = last_before(scan, names, i, "")
            name = capitals(scan, i + 1)
        elif pronoun in ("him", "her", "them"):
            whom = last_before(scan, names, i, GENDER.get(pronoun, ""))
            name = capitals(scan, i + 2)
        else:
            continue
        if whom is not None and name:
            out.append((whom, name))
    return out


def last_before(scan: Scan, names: list[Name], i: int, gender: str) -> Name | None:
    """The person named last before token i, in its sentence or the one before, unless a first name contradicts."""
    found = [n for n in names if n.kind == "person" and n.first < i and scan.sentence[n.first] >= scan.sentence[i] - 1]
    last = found[-1] if found else None
    return last if last and {gender, first_names().get(last.words[0].lower(), "")} != {"m", "f"} else None


def to_face(scan: Scan, voice: Voice, begins: dict[int, Name]) -> list[Told]:
    """ "Everybody calls you Mac", "call me Dot", "I was Wendy Tran then"."""
    out: list[Told] = []
    for i in range(voice.first, min(voice.last, len(scan.low) - 2)):
        low, after = scan.low[i], scan.low[i + 1]
        if low in CALLS and after in ("me", "you"):
            who = voice.me if after == "me" else voice.you
            out += [(who, name)] if who and (name := capitals(scan, i + 2)) else []
        elif low == "answer" and after == "to" and scan.low[i - 1] == "i":
            out += [(voice.me, name)] if (name := capitals(scan, i + 2)) else []
        else:
            out += once_named(scan, voice, i, begins)
    return out


def once_named(scan: Scan, voice: Voice, i: int, begins: dict[int, Name]) -> list[Told]:
    """ "I was Wendy Tran then", "You’re Wendy Tran in the credits": said to or by somebody of that first name."""
    low = scan.low[i]
    end = i + (low in ("i", "you")) + 1
    if low not in ("i", "you", "i'm", "you're") or (
        end == i + 2 and scan.low[i + 1] not in ("was", "were", "am", "are")
    ):
        return []
    who, name = (voice.me if low[0] == "i" else voice.you), begins.get(end)
    if who is None or name is None or name.kind != "person":
        return []
    before = low == "i" and scan.low[i - 2 : i] == ["before", "that"] and len(name.words) > 1 and not name.title
    return [(who, name.words)] if before or renamed(name.words, tuple(who.words)) else []


def joined(drafts: list[Draft], told: list[Told]) -> list[Draft]:
    """The figures, each with its other names, and with the namings by them that made a figure of their own."""
    gone: set[int] = set()
    for who, name in told:
        if id(who) in gone:
            continue
        who.called = tuple(dict.fromkeys([*who.called, " ".join(name)]))
        for d in drafts:
            if d is not who and id(d) not in gone and not d.labels and tuple(d.words) == name and d.kind == "person":
                who.names = sorted([*who.names, *d.names], key=lambda n: n.first)
                gone.add(id(d))
    return [d for d in drafts if id(d) not in gone]
