"""The cast of one source: everybody it names, with what it tells of them."""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from vivavoce.language.letters import letters
from vivavoce.model import Cast, Evidence, Figure, Known, Mention, Quote, Role, Source, folded
from vivavoce.people import called as other_names
from vivavoce.people import figures, names, namesakes, roles, spoken, stories, titled
from vivavoce.people import known as knowing
from vivavoce.people import parts as longer_parts
from vivavoce.people import told as longer
from vivavoce.people.figures import Draft
from vivavoce.people.known import Told
from vivavoce.people.lexicon import cues, words
from vivavoce.people.names import Name
from vivavoce.people.pronouns import Event, votes
from vivavoce.people.roles import Shown, Tense
from vivavoce.people.scan import CLOSERS, Scan, scan

NARRATOR = "Narrator"
NONE: frozenset[str] = frozenset()
COUPLES = {
    **dict.fromkeys(["wife", "mother"], frozenset(["mrs", "madame", "lady"])),
    **dict.fromkeys(["husband", "father"], frozenset(["mr", "sir", "squire", "colonel", "captain"])),
}
QUESTIONS = 3


def cast(source: Source, quotes: list[Quote], known: Known) -> Cast:
    """The figures that a source names, and those whom its speaker labels stand for.

    Names are grouped to figures (fullest name, other forms as aliases); gender comes from titles, first names and
    pronouns; roles come with the words that show them. What is known wins over what the text seems to show: who is
    known is no character, and plays whom they are known to play.
    """
    seen, t = scan(source, quotes), knowing.told(known)
    found = knowing.kinds(t, without_works(names.find(seen), known), set(seen.sentences))
    story = stories.tells_story(source, seen)
    found = stories.persons_named(seen, found) if story else found
    shown = roles.settled(roles.plays(seen, found, t) + longer_parts.further(seen, found), found, t)
    parts = {n.first for n in roles.portrayed(seen, found)} | longer_parts.unnamed(seen, found)
    played = {s.other for s in shown} | parts
    found = [names.of_kind(n, "person") if n.first in played else n for n in found]
    speaking = voices(called(source) | named_labels(quotes))
    told_apart = namesakes.marks(seen, found, {tuple(w.lower() for w in name) for name, _ in speaking})
    drafts = figures.gather(seen, found, speaking, t, told_apart)
    drafts = other_names.joined(drafts, other_names.other_names(seen, source, found, drafts))
    owner = {n.first: d for d in drafts for n in d.names}
    said = spoken.spoken(seen, source, found, drafts, titles(known))
    parts |= {s.other for _, s in said if s.kind == "plays" and s.other is not None}
    characters(shown, parts, owner, t)
    kin(seen, drafts, t)
    drafts += nameless(seen, found, drafts) if story else []
    genders = votes(seen, events(seen, drafts), [d.gender for d in drafts])
    for d, gender in zip(drafts, genders, strict=True):
        d.gender = knowing.gender(t, d.known) or gender
    told = [(owner.get(s.who), s) for s in shown + told_roles(seen, found, titles(known))]
    by_figure = gathered(source.path, seen, [*told, *said], owner, drafts)
    keys = figures.keys(drafts)
    made = [figure(seen, d, key, by_figure[i]) for i, (d, key) in enumerate(zip(drafts, keys, strict=True))]
    made = with_title(source, drafts, made)
    made = narrated(source, seen, drafts, [*made, *writers(source, made)], story)
    made += labels(source, made)
    labelled = tuple(key for d, key in zip(drafts, keys, strict=True) if d.labels)
    ask = {t.label for t in source.turns if t.asks} | {t.name for t in source.turns if t.asks and t.name}
    asking = tuple(key for d, key in zip(drafts, keys, strict=True) if ask.intersection(d.labels))
    everybody = tuple({f.key: f for f in made}.values())
    heard = source.kind == "transcript"
    shared = namesakes.shared(seen, found) if not story else ()
    there = works(seen, known)
    return Cast(source.path, everybody, there, labelled, story, series(source), heard, shared, source.date, asking)


def series(source: Source) -> str:
    """What a transcript is an episode of: its publisher, or its folder and the file's name without the number."""
    if source.kind != "transcript":
        return ""
    folder, _, name = source.path.rpartition("/")
    stem = NUMBER.split(name.rsplit(".", 1)[0])
    named = f"{folder}/{stem[0].strip('-_ .')}" if len(stem) > 1 and stem[0].strip("-_ .") else ""
    return folded(source.publisher) or named


def titles(known: Known) -> tuple[tuple[str, ...], ...]:
    """The titles of known works as words in small letters."""
    return tuple(tuple(w.title.lower().split()) for w in known.works if w.title)


def told_roles(seen: Scan, found: list[Name], works: tuple[tuple[str, ...], ...]) -> list[Shown]:
    """Jobs, kin and what somebody wrote, as the text tells of others."""
    jobs = roles.jobs(seen, found)
    by_first = {n.first: n for n in found}
    more = [s for j in jobs for s in longer.chained(seen, by_first[j.who], j)]
    return (
        jobs
        + more
        + roles.remarked(seen, found)
        + longer.further(seen, found, works)
        + longer.kinship(seen, found)
        + roles.authors(seen, found)
    )


def without_works(found: list[Name], known: Known) -> list[Name]:
    """The names that are no known work's title."""
    titles = {tuple(t.lower().split()) for w in known.works for t in (w.title, *w.aliases)}
    return [n for n in found if tuple(w.lower() for w in n.words) not in titles] if titles else found


def works(scan: Scan, known: Known) -> tuple[str, ...]:
    """The known works that the text names."""
    return tuple(w.title for w in known.works if any(n and n in scan.text for n in (w.title, *w.aliases)))


def characters(shown: list[Shown], parts: set[int], owner: dict[int, Draft], t: Told) -> None:
    """Those who are played are characters, unless they themselves play somebody or are known as a person."""
    players = {id(owner[s.who]) for s in shown if s.who in owner}
    for part in [s.other for s in shown] + sorted(parts):
        other = owner.get(part) if part is not None else None
        if other is not None and id(other) not in players and not known_person(other, t):
            other.kind = "character"


def kin(seen: Scan, drafts: list[Draft], t: Told) -> None:
    """Known parts are characters, and so is who has the surname of one, unless they are heard to speak."""
    for d in drafts:
        if d.kind != "person" or d.labels or known_person(d, t) or not t.part_words:
            continue
        family = len(d.words) > 1 and knowing.plain(d.words)[-1] in t.part_words
        if any(knowing.part(t, n) for n in d.names) or (family and not any(roles.speaks(seen, n) for n in d.names)):
            d.kind = "character"


def known_person(d: Draft, t: Told) -> bool:
    """Whether a figure is a person of vivavoce.toml."""
    return d.known is not None and d.known < len(t.people)


def events(scan: Scan, drafts: list[Draft]) -> list[Event]:
    """The namings of persons outside marks, in order."""
    found = [
        Event(n.first, number, clause_start(scan, n.lead))
        for number, d in enumerate(drafts)
        if d.kind in ("person", "character") or (d.kind == "label" and d.names)
        for n in d.names
        if not scan.inside[n.first]
    ]
    return sorted(found)


def nameless(seen: Scan, found: list[Name], drafts: list[Draft]) -> list[Draft]:
    """Those of a story who speak and are only called by a noun; none for a noun that tells one of the named."""
    taken = {w for d in drafts if d.kind == "person" for n in d.names for w in n.title}
    out = []
    for one in stories.unnamed(seen, found, taken):
        if one.name[0] in ("his", "her", "their") and not COUPLES.get(one.name[1], NONE).isdisjoint(taken):
            continue  # "his wife" may be the Mrs Marsh of the story
        made = Draft(one.name, "label", one.gender)
        made.names = one.names
        out.append(made)
    return out


def clause_start(scan: Scan, i: int) -> bool:
    """Whether token i begins a sentence or a clause, or stands in a phrase that begins it ("For Ortiz, …")."""
    if i == 0 or scan.sentence[i] != scan.sentence[i - 1] or scan.inside[i - 1] or scan.low[i - 1] in CLAUSE:
        return True
    return scan.low[i - 1] in ("for", "to") and (i < 2 or scan.sentence[i - 2] != scan.sentence[i])


CLAUSE = frozenset(
    [
        ",",
        "and",
        "but",
        "that",
        "when",
        "while",
        "because",
        "as",
        "if",
        "although",
        "though",
        ":",
        ";",
        "(",
        "”",
        '"',
        "'",
        "’",
        "—",
        "–",
    ]
)


def gathered(
    path: str, scan: Scan, told: list[tuple[Draft | None, Shown]], owner: dict[int, Draft], drafts: list[Draft]
) -> dict[int, list[Role]]:
    """The roles of each figure, each once, with all its evidence."""
    number = {id(d): i for i, d in enumerate(drafts)}
    evidence: dict[tuple[int, str, str, str, Tense], list[Evidence]] = defaultdict(list)
    for who, s in told:
        other = owner.get(s.other) if s.other is not None else None
        if who is None or who.kind != "person" or who is other:
            continue
        of = other.full if other else s.title if s.kind == "author" else ""
        key = (number[id(who)], s.kind, of, "" if s.kind == "author" else s.title, s.when)
        evidence[key].append(Evidence(path, scan.start[s.first], scan.end[s.last - 1]))
    out: dict[int, list[Role]] = defaultdict(list)
    for (i, kind, of, title, when), shown in evidence.items():
        out[i].append(Role(kind, of, title, "", tuple(dict.fromkeys(shown)), when))
    return out


def figure(scan: Scan, d: Draft, key: str, told: list[Role]) -> Figure:
    """The finished value."""
    spans = [(scan.start[n.first], scan.end[n.last - 1]) for n in d.names]
    mentions = tuple(Mention(a, b, scan.text[a:b]) for a, b in spans)
    aliases = figures.aliases(scan, d)
    return Figure(key, d.full, aliases, d.kind, d.gender, mentions, tuple(told), d.called, d.generation, d.unlike)


def narrated(source: Source, seen: Scan, drafts: list[Draft], made: list[Figure], story: bool) -> list[Figure]:
    """The figures with the first person of a text that tells: the byline's name, else somebody who is only ever
    addressed, else one more figure."""
    if source.kind == "transcript" or not any(first_person(seen, i) for i in seen.where.get("i", ())):
        return made
    if asked(seen) >= QUESTIONS:
        most = max(range(len(drafts)), key=lambda i: (drafts[i].kind == "person", len(drafts[i].names)), default=-1)
        if most >= 0 and len(drafts[most].names) > 1:
            return [renamed(g) if i == most else g for i, g in enumerate(made)]
    forms = signed(source.byline)
    if any(f.name.casefold() in forms for f in made):
        return [renamed(f, source.byline) if f.name.casefold() in forms else f for f in made]
    if source.byline:
        return [*made, Figure(source.byline, source.byline, (NARRATOR,))]
    if story:
        people = [(i, d.names) for i, d in enumerate(drafts) if d.kind == "person"]
        teller = stories.teller(seen, people)
        if teller is not None:
            return [renamed(g) if i == teller else g for i, g in enumerate(made)]
        return [*made, Figure(NARRATOR, NARRATOR, (), "label")]
    heard = sorted(((addressed(seen, d), i) for i, d in enumerate(drafts) if d.kind == "person"), reverse=True)
    if heard and heard[0][0] and (len(heard) == 1 or heard[0][0] > heard[1][0]):
        return [renamed(g) if i == heard[0][1] else g for i, g in enumerate(made)]
    return [*made, Figure(NARRATOR, NARRATOR, (), "label")]


def with_title(source: Source, drafts: list[Draft], made: list[Figure]) -> list[Figure]:
    """The figures of the drafts, with the trade that the talk's title tells of them."""
    asking = {name for t in source.turns if t.asks for name in (t.label, t.name) if name}
    answering = [f.key for d, f in zip(drafts, made, strict=True) if d.labels and not asking.intersection(d.labels)]
    told = titled.titled(source, made, answering)
    return [msgspec.structs.replace(f, roles=(*f.roles, told[f.key])) if f.key in told else f for f in made]


def writers(source: Source, made: list[Figure]) -> list[Figure]:
    """Who signs the letters of an article and is no figure of it yet."""
    there = {(m.start, m.end) for f in made for m in f.mentions} | {k for f in made for k in (f.key, f.name)}
    new = [x for x in letters(source) if not there & {x.signed, x.name}]
    return [
        Figure(x.name, x.name, (), mentions=(Mention(*x.signed, x.name),)) for x in {x.name: x for x in new}.values()
    ]


def signed(byline: str) -> set[str]:
    """How the text may name whoever signed it, in small letters: the whole name, or Mr, Ms … with the surname."""
    whole = byline.casefold()
    return {whole, *(f"{title} {whole.rsplit(' ', 1)[-1]}" for title in figures.COURTESY if " " in whole)}


def renamed(f: Figure, byline: str = "") -> Figure:
    """A figure who is the one that tells, under the name that the byline gives."""
    name = byline if byline and byline.casefold() != f.name.casefold() else f.name
    aliases = (*f.aliases, NARRATOR) if name == f.name else (f.name, *f.aliases, NARRATOR)
    return msgspec.structs.replace(f, name=name, aliases=aliases)


def asked(seen: Scan) -> int:
    """How many paragraphs are a question, outside marks: an interview without labels has some."""
    pairs = zip(seen.paras, seen.paras[1:], strict=False)
    return sum(b - a > 4 and seen.word[b - 1] == "?" and not any(seen.inside[a:b]) for a, b in pairs)


def addressed(seen: Scan, d: Draft) -> int:
    """How often somebody is addressed within marks; 0 for whoever is named outside them."""
    if not all(seen.inside[n.first] for n in d.names):
        return 0
    return sum(alone(seen, n.lead - 1) and alone(seen, n.last) for n in d.names)


def alone(seen: Scan, i: int) -> bool:
    """Whether token i is a mark that sets off a form of address."""
    return 0 <= i < len(seen.word) and (seen.word[i] in ",.!?—-" or seen.word[i] in CLOSERS)


def first_person(seen: Scan, i: int) -> bool:
    """Whether the "I" at token i, outside marks, says something."""
    if seen.inside[i] or seen.word[i] != "I":
        return False
    after = seen.low[i + 1 : i + 4]
    return any(w in cues() for w in after) or (i > 0 and seen.low[i - 1] in cues())


NUMBER = re.compile(r"\d+")
NUMBERED = re.compile(r"([^\W\d_]*)[\s_#-]*\d*")


def called(source: Source) -> dict[str, str]:
    """Who each speaker label is, as far as told: by the sidecar, the file, or the label itself."""
    return {t.label: t.name or source.labels.get(t.label, "") or t.label for t in source.turns if t.label or t.name}


def labels(source: Source, made: list[Figure]) -> list[Figure]:
    """A figure for each speaker label that names nobody."""
    taken = {name for f in made for name in (f.key, *f.aliases)}
    return [Figure(n, n, (), "label") for n in dict.fromkeys(called(source).values()) if n not in taken and generic(n)]


def generic(name: str) -> bool:
    """Whether a label names nobody: SPEAKER_00, Q, Interviewer."""
    found = NUMBERED.fullmatch(name)
    return found is not None and (not found[1] or found[1].lower() in words("labels"))


def named_labels(quotes: list[Quote]) -> dict[str, str]:
    """The names that stand as labels before paragraphs of a press piece (an oral history, a Q&A), as they stand."""
    found = [q.why[0].removeprefix("labelled ") for q in quotes if q.why and q.why[0].startswith("labelled ")]
    return {label: label for label in found if " " in label}


def voices(called: dict[str, str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The names among the labels (label -> name), as words, each with its labels."""
    out: dict[tuple[str, ...], list[str]] = {}
    for label, name in called.items():
        if not generic(name):
            shown = name.title() if name.isupper() and len(name) > 3 else name
            out.setdefault(tuple(shown.split()), []).append(label)
    return [(name, tuple(dict.fromkeys(ls))) for name, ls in out.items()]
