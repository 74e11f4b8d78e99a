"""Who said it, by rules: the verb and its subject first, then what stands before, then whose turn it is."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from vivavoce.model import Attribution, Candidate, Cast, Figure, Known, Mention, Quote, Source
from vivavoce.people import calibration
from vivavoce.people.calibration import Text
from vivavoce.people.dialogue import alternates, beat_after, beat_before, called
from vivavoce.people.figures import title_gender
from vivavoce.people.lexicon import cues, noun_gender, someone, words
from vivavoce.people.pronouns import GENDER, Guess, meant
from vivavoce.people.reports import passive
from vivavoce.people.scan import scan
from vivavoce.people.tags import FAR, KIN, OWN, Found, Frame, Stage, framed, staged, tagged
from vivavoce.people.unsaid import unsaid

ENGINE = "rules"
LEAST = 0.4
MEMORY = 6


class Said(NamedTuple):
    """A quotation that has been attributed: what later ones look back at."""

    frame: Frame
    found: Found | None
    guess: Guess


def attribute(source: Source, quotes: list[Quote], cast: Cast, known: Known) -> list[Attribution]:
    """One attribution a quotation, in order: speaker mention, figure of the cast, confidence, reasons, candidates.

    A transcript's turns go to the figure of their label. Everything else: the tag that belongs to the quotation,
    else whose turn it is; then the name, pronoun or role noun of the mention is taken to a figure. `figure` is None
    when the evidence is below `LEAST`.
    """
    del known
    stage, frames, talk, said = judged(source, quotes, cast)
    whole = calibration.text(stage, talk, ((one.found, one.guess) for one in said.values()))
    by_label = labelled(source, cast)
    out: list[Attribution] = []
    for f in frames:
        if f.quote.kind == "turn":
            out.append(turn(source, f.quote, by_label))
        elif f.number not in said:
            out.append(Attribution(f.quote.id, cue=f.quote.cue, engine=ENGINE, why=("no words to look at",)))
        else:
            out.append(finished(stage, cast, said[f.number], whole))
    return out


def judged(source: Source, quotes: list[Quote], cast: Cast) -> tuple[Stage, list[Frame], bool, dict[int, Said]]:
    """What the rules hold: the stage, all quotations, whether they are a dialogue, and, by number, who says each that
    is no turn and has words."""
    stage = staged(scan(source, quotes), cast)
    frames = [framed(stage.scan, n, q) for n, q in enumerate(quotes)]
    tags = [tagged(stage, f) if f.quote.kind != "turn" and f.parts else None for f in frames]
    talk = alternates(stage, frames, tags)
    said: dict[int, Said] = {}
    past: list[Said] = []
    for f, tag in zip(frames, tags, strict=True):
        if f.quote.kind != "turn" and f.parts:
            said[f.number] = speak(stage, f, tag, past, talk)
            past = [*past[-MEMORY:], said[f.number]]
    return stage, frames, talk, said


# --- transcripts --------------------------------------------------------------------------------------------


def labelled(source: Source, cast: Cast) -> dict[str, Figure]:
    """The figure of each speaker label."""
    by_name = {name: f for f in reversed(cast.figures) for name in (*f.aliases, f.name, f.key)}
    out = {}
    for t in source.turns:
        name = t.name or source.labels.get(t.label, "") or t.label
        found = by_name.get(name) or by_name.get(t.label)
        if found:
            out[t.label] = found
    return out


def turn(source: Source, q: Quote, by_label: dict[str, Figure], engine: str = ENGINE) -> Attribution:
    """A turn is its label's."""
    t = source.turns[q.turn] if q.turn is not None and q.turn < len(source.turns) else None
    figure = by_label.get(t.label) if t else None
    if t is None or figure is None:
        return Attribution(q.id, engine=engine, why=("the turn has no label",))
    sure = min(0.99 if figure.kind == "person" else 0.9, t.sure)
    at = source.text.find(t.label, t.start, t.spans[0][0]) if t.label and t.spans else -1
    mention = Mention(at, at + len(t.label), t.label) if at >= 0 else None
    why = (f"labelled {t.label}", *filter(None, (t.why,)))
    return Attribution(
        q.id, mention, figure.key, None, sure, engine, why, (Candidate(figure.name, mention, sure, why),)
    )


# --- everything else ----------------------------------------------------------------------------------------


def speak(s: Stage, f: Frame, tag: Found | None, past: list[Said], talk: bool) -> Said:
    """Who says a quotation, with what was said before in mind."""
    label = labelled_speech(s, f)
    if label:
        return label
    if tag is not None:
        return Said(f, tag, who(s, f, tag, past, talk))
    return untagged(s, f, past, talk) or Said(f, None, Guess(None, 0.0, "nobody near speaks"))


def labelled_speech(s: Stage, f: Frame) -> Said | None:
    """Whose label stands before a paragraph of a Q&A in a press piece: `Q`, `A`, or a name, often in capitals."""
    why = f.quote.why[0] if f.quote.why else ""
    if not why.startswith("labelled "):
        return None
    label = why.removeprefix("labelled ")
    end = f.first
    while end > 0 and f.first - end < 4 and not s.scan.word[end - 1][0].isalnum():
        end -= 1
    first = max(0, end - len(label.split()))
    found = Found(first, end, None, 0.97, "by its label")
    if label in ("Q", "Question"):
        return Said(f, found, Guess(None, 0.0, "the one who asks is not named"))
    if label in ("A", "Answer"):
        return Said(f, found, Guess(s.main, 0.6, "the one whom the piece is about"))
    number = s.by_word.get(label.lower(), s.by_word.get(label.split()[-1].lower()))
    return Said(f, found, Guess(number, 1.0 if number is not None else 0.0, "named by the label"))


def untagged(s: Stage, f: Frame, past: list[Said], talk: bool) -> Said | None:
    """The speaker of a quotation without a tag: the same as before, the one who acts, or the other one's turn."""
    if f.quote.kind == "indirect" and hearing(s, f):
        return None
    seen = s.scan
    para = seen.para[f.first]
    last = past[-1] if past else None
    if last and last.found and seen.para[last.frame.last - 1] == para:
        found = last.found._replace(verb=None, sure=last.found.sure * 0.96, why="goes on from the quotation before")
        return Said(f, found, last.guess)
    beat = beat_before(s, f) or (beat_after(s, f) if talk else None)
    if beat:
        guess = who(s, f, beat, past, talk)
        if guess.figure is not None:
            return Said(f, beat, guess)
    if f.quote.kind == "indirect":
        return None
    away = para - seen.para[last.frame.last - 1] if last else 99
    if talk and away <= 2:
        other = other_turn(s, f, past)
        if other:
            return other
    if last and last.found and away <= 1 and not (s.interview and last.guess.figure is None):
        same = last.found._replace(
            verb=None, sure=last.found.sure * (0.5 if talk else 0.8), why="goes on from the paragraph before"
        )
        return Said(f, same, last.guess)
    lead_in = paragraph_before(s, f)
    if lead_in:
        return Said(f, lead_in, who(s, f, lead_in, past, talk))
    if s.narrator is not None and s.interview and f.quote.kind == "direct":
        return Said(f, Found(f.first, f.first, None, 0.5, "the one who is interviewed"), Guess(s.narrator, 0.9, ""))
    return None


def hearing(s: Stage, f: Frame) -> bool:
    """Whether the one whom the sentence is about is told or asked what it reports, and nothing tells by whom."""
    if f.quote.cue is None:
        return False
    at = bisect_left(s.scan.start, f.quote.cue.end) - 1
    return at >= 0 and passive(s.scan, at)


def other_turn(s: Stage, f: Frame, past: list[Said]) -> Said | None:
    """In a dialogue: the one who spoke before the last, else whom the last one addressed."""
    last = past[-1]
    one = last.guess.figure
    barred = {one, *called(s, f)}
    for said in reversed(past[:-1]):
        if said.found and said.guess.figure is not None and said.guess.figure not in barred:
            found = said.found._replace(verb=None, sure=0.8, why="the other one's turn")
            return Said(f, found, Guess(said.guess.figure, said.guess.score, said.guess.why))
    for figure in called(s, last.frame):
        if figure not in barred:
            at = s.first_named.get(figure, last.frame.first)
            return Said(
                f, Found(at, at + 1, None, 0.65, "addressed in the quotation before"), Guess(figure, 1.0, "named")
            )
    return None


def paragraph_before(s: Stage, f: Frame) -> Found | None:
    """The subject of the last sentence of the paragraph before."""
    from vivavoce.people.reports import main_subject

    seen = s.scan
    para = seen.para[f.first]
    i = seen.paras[para] - 1
    if para == 0 or i < 0 or f.first - seen.paras[para] > 2:
        return None
    np = main_subject(s.ground, seen.sentences[seen.sentence[i]], i)
    if np is None or not (np[1] - 1 in s.figure_at or seen.low[np[0]] in ("he", "she")):
        return None
    return Found(*np, None, 0.6, "subject of the sentence before")


def who(s: Stage, f: Frame, found: Found, past: list[Said], talk: bool) -> Guess:
    """The figure of a mention."""
    seen = s.scan
    for said in reversed(past[-2:]):
        if said.found and (said.found.first, said.found.last) == (found.first, found.last):
            return said.guess
    i = found.last - 1
    while i > found.first and seen.low[i] in ("who", "which", "that", ","):
        i -= 1
    if i in s.figure_at:
        return shared(s, i, past) or Guess(s.figure_at[i], 1.0, "named")
    named = apposed(s, i)
    if named is not None:
        return Guess(named, 1.0, "named")
    low = seen.low[found.first]
    if low == "i" and i == found.first:
        return Guess(s.narrator, 0.9, "the one who tells")
    if low in ("he", "she", "him", "her", "his") and i == found.first:
        return pronoun(s, f, found, GENDER[low], past, talk)
    if low in ("it", "its") and i == found.first:
        return body(s, past)
    return role_noun(s, found)


def shared(s: Stage, i: int, past: list[Said]) -> Guess | None:
    """Whom a surname alone that several people have may mean, unless a title, a trade beside it, a full name in its
    paragraph or who spoke by full name right before it decides."""
    number = s.figure_at[i]
    name = s.ground.ends[i]
    others = s.bearers.get((number, s.scan.low[i]))
    if others is None or name.last - name.first > 1:
        return None
    titles = s.scan.low[name.lead : name.first]
    gender = title_gender(titles)
    able = [k for k in (number, *others) if not gender or s.genders[k] in ("", gender)]
    told = [k for w in s.scan.low[max(0, name.lead - 2) : name.first] for k in s.known_as.get(w, ()) if k in able]
    if len(able) < 2 or not OWN_TITLES.isdisjoint(titles):
        return None
    sure = dict.fromkeys(told or near_by_name(s, name.first, able) or spoke_by_name(s, name.first, able, past))
    if len(sure) == 1:
        return Guess(next(iter(sure)), 1.0, "named")
    best = number if number in able else able[0]
    return Guess(best, 0.6, SHARED, tuple((k, 0.55) for k in able if k != best))


SHARED = "a surname that several share"
OWN_TITLES = frozenset(["mrs", "miss", "lady", "dame"])


def near_by_name(s: Stage, i: int, able: list[int]) -> list[int]:
    """Those who are named in full before token i in its paragraph."""
    floor = s.scan.paras[s.scan.para[i]]
    own = s.events[bisect_left(s.events, (max(floor, i - FAR),)) : bisect_left(s.events, (i,))]
    return [e.figure for e in own if e.figure in able and in_full(s, e.token)]


def spoke_by_name(s: Stage, i: int, able: list[int], past: list[Said]) -> list[int]:
    """Who spoke, named in full, in the paragraph right before token i's."""
    found = past[-1].found if past else None
    if found is None or found.first >= found.last or s.scan.para[i] - s.scan.para[found.first] > 1:
        return []
    number = s.figure_at.get(found.last - 1)
    return [number] if number is not None and number in able and in_full(s, s.ground.ends[found.last - 1].first) else []


def in_full(s: Stage, i: int) -> bool:
    """Whether the name that begins at token i has two words or more."""
    at = i
    while at < len(s.scan.word) and at - i < 6 and at not in s.ground.ends:
        at += 1
    name = s.ground.ends.get(at)
    return name is not None and name.first == i and name.last - name.first > 1


def apposed(s: Stage, i: int) -> int | None:
    """The person who is named right after a noun for somebody: "the society's chairman, Amit Desai, said"."""
    seen = s.scan
    name = s.ground.begins.get(i + 2)
    if name is None or seen.word[i + 1] != "," or seen.low[i] not in someone() or name.last >= len(seen.word):
        return None
    number = s.figure_at.get(name.last - 1)
    closed = seen.word[name.last] in (",", ".", ";", ":", "—", "–") or seen.low[name.last] in cues()
    return number if closed and number is not None and s.kinds[number] == "person" else None


def body(s: Stage, past: list[Said]) -> Guess:
    """Which organisation "it" means: the one that spoke last."""
    for said in reversed(past):
        figure = said.guess.figure
        if figure is not None and s.kinds[figure] in ("organisation", "group"):
            return Guess(figure, 0.7, "the organisation that spoke last")
    return Guess(None, 0.0, "no organisation spoke before")


def role_noun(s: Stage, found: Found) -> Guess:
    """Whom "the coach", "his wife", "the woman" means: who is told to be that, else the nearest of that gender."""
    seen = s.scan
    head = seen.low[found.last - 1]
    lead = seen.low[found.first]
    if head not in someone() or lead not in POINTING:
        return Guess(None, 0.0, "nobody is named")
    if head in KIN and lead in OWN:
        return tellers(s, head)
    fits = s.known_as.get(head)
    if fits:
        return known_as(s, found, head, fits)
    gender = noun_gender(head)
    if not gender or head in KIN:
        return Guess(None, 0.0, "nobody is known as that")
    guess = meant(seen, s.events, found.first, s.genders, gender, [], (), s.speaks)
    return guess._replace(score=min(0.5, guess.score), why=f"“{head}” fits the nearest")


def tellers(s: Stage, head: str) -> Guess:
    """Whom "my mother" means: the one of the teller's family who can be that, else nobody."""
    if head in s.kin:
        return Guess(s.kin[head], 0.6, f"“the {head}” fits")
    return Guess(None, 0.0, f"the {head} of the one that tells is not named")


def known_as(s: Stage, found: Found, head: str, fits: list[int]) -> Guess:
    """Of those who are told to be that: who has family here for "his wife", else whom the text named last."""
    why = f"“the {head}” fits"
    if head in KIN:
        most = max(s.family[i] for i in fits)
        fits = [i for i in fits if s.family[i] == most] if most > 1 else fits
        return Guess(fits[0], 0.6 if len(fits) == 1 else 0.45, why)
    if len(fits) == 1:
        return Guess(fits[0], 0.85, why)
    at = bisect_left(s.events, (found.first,))
    for e in reversed(s.events[max(0, at - 60) : at]):
        if e.figure in fits:
            return Guess(e.figure, 0.6, why)
    return Guess(None, 0.0, f"several are known as {head}")


POINTING = words("pointing")


def pronoun(s: Stage, f: Frame, found: Found, gender: str, past: list[Said], talk: bool) -> Guess:
    """Whom "he" or "she" means; in a dialogue hardly the one who spoke just before, nor the one addressed."""
    spoke = [p.guess.figure for p in reversed(past) if p.guess.figure is not None]
    recent = list(dict.fromkeys(spoke))
    barred = called(s, f)
    if talk and past and s.scan.para[past[-1].frame.last - 1] < s.scan.para[f.first]:
        first = meant(s.scan, s.events, found.first, s.genders, gender, recent[1:], (*recent[:1], *barred), s.speaks)
        if first.figure is not None and first.score >= LEAST:
            return first._replace(score=first.score * 0.85)
    guess = meant(s.scan, s.events, found.first, s.genders, gender, recent, barred, s.speaks)
    return guess if guess.figure is not None or not talk else only_one(s, gender, barred)


def only_one(s: Stage, gender: str, barred: tuple[int, ...]) -> Guess:
    """In a dialogue, the only person of that gender whom the text names at all, if there is just one."""
    fits = [i for i, k in enumerate(s.kinds) if k == "person" and s.genders[i] == gender and i not in barred]
    if len(fits) == 1:
        return Guess(fits[0], 0.5, "nobody else of that gender is named")
    return Guess(None, 0.0, "nobody named before fits the pronoun")


def finished(s: Stage, cast: Cast, said: Said, whole: Text, engine: str = ENGINE, least: float = LEAST) -> Attribution:
    """The value: thin evidence names nobody, and the confidence is the probability that who is named is right.

    `least`: the score below which the evidence is thin.
    """
    f, found, guess = said
    if found is None:
        return Attribution(f.quote.id, engine=engine, why=(guess.why,), cue=f.quote.cue)
    seen = s.scan
    mention = None
    if found.first < found.last:
        a, b = seen.start[found.first], seen.end[found.last - 1]
        mention = Mention(a, b, seen.text[a:b])
    cue = f.quote.cue
    if cue is None and found.verb is not None:
        cue = Mention(seen.start[found.verb], seen.end[found.verb], seen.word[found.verb])
    score = found.sure * guess.score
    figure = cast.figures[guess.figure] if guess.figure is not None else None
    if figure and figure.kind == "character":
        guess, score = guess._replace(why="a part in the story, not who plays it"), score * 0.3
    not_said = unsaid(seen, f, found)
    if not_said:
        guess, score = guess._replace(why=not_said), 0.0
    sure = calibration.confidence(calibration.signs(s, f, found, guess, whole), engine) if figure else 0.0
    named = figure.key if figure and figure.kind != "character" and score >= least else None
    sure = sure if named else min(sure, LEAST)
    rivals = [Candidate(figure.name, mention, sure, (found.why, guess.why))] if figure else []
    rivals += [
        Candidate(cast.figures[n].name, mention, round(min(sure, found.sure * weight), 3), (found.why, "fits too"))
        for n, weight in guess.rivals
    ]
    return Attribution(f.quote.id, mention, named, cue, sure, engine, (found.why, guess.why), tuple(rivals))
