"""Who said it, by two small learned models: how a quotation's speaker is told, and whom a pronoun means.

The first is a conditional random field over a text's quotations: its labels say how the speaker is found (the tag
after, before, between; the sentence before; the same as before; the other one's turn; nobody). The second weighs each
person whom a pronoun may mean. Both see what the rules see; the mention and the person are then taken as the rules
would. The weights ship with the package (weights/CARD.md) and are loaded once, when first asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

from vivavoce.model import Attribution, Cast, Known, Quote, Source
from vivavoce.people import calibration, rules, tags
from vivavoce.people.dialogue import beat_after, beat_before, called, opens_paragraph
from vivavoce.people.pronouns import GENDER, Guess, near
from vivavoce.people.rules import Said
from vivavoce.people.scan import CLOSERS
from vivavoce.people.tags import Found, Frame, Stage

ENGINE = "learned"
MEMORY = 6
LEAST = 0.15
Options = dict[str, Found]
Finder = Callable[[Stage, Frame], Found | None]
FINDERS: dict[str, Finder] = {
    "cue": tags.by_cue,
    "inner": tags.inner,
    "after": tags.after,
    "dash": tags.dashed,
    "before": tags.before,
    "colon": tags.introduced,
    "beat": beat_before,
    "act": beat_after,
    "lead": rules.paragraph_before,
}
RULES, SAME, OTHER, NOBODY = "rules", "same", "other", "nobody"


class View(NamedTuple):
    """What the models look at: the stage, whether the quotations are a dialogue, all quotations that have words and
    are no turns, what each one's neighbourhood offers as its speaker, and what the rules hold of each."""

    stage: Stage
    talk: bool
    frames: list[Frame]
    options: list[Options]
    tags: list[Found | None]
    held: list[Said]


def attribute(source: Source, quotes: list[Quote], cast: Cast, known: Known) -> list[Attribution]:
    """One attribution a quotation, in order, as `rules.attribute` gives them.

    Turns and labelled speech are taken as the rules take them: there is nothing to guess.
    """
    del known
    stage, frames, talk, held = rules.judged(source, quotes, cast)
    view = viewed(stage, frames, talk, held)
    said = {f.number: one for f, one in zip(view.frames, decoded(view, models()), strict=True)}
    whole = calibration.text(stage, talk, ((one.found, one.guess) for one in said.values()))
    by_label = rules.labelled(source, cast)
    out: list[Attribution] = []
    for f in frames:
        if f.quote.kind == "turn":
            out.append(rules.turn(source, f.quote, by_label, ENGINE))
        elif f.number not in said:
            out.append(Attribution(f.quote.id, cue=f.quote.cue, engine=ENGINE, why=("no words to look at",)))
        else:
            out.append(rules.finished(stage, cast, said[f.number], whole, ENGINE, LEAST))
    return out


def viewed(stage: Stage, frames: list[Frame], talk: bool, held: dict[int, Said]) -> View:
    """The view of a text, from what the rules hold."""
    kept = [f for f in frames if f.number in held]
    tagged = [tags.tagged(stage, f) for f in kept]
    return View(stage, talk, kept, [options(stage, f) for f in kept], tagged, [held[f.number] for f in kept])


def options(s: Stage, f: Frame) -> Options:
    """Whom each way of telling the speaker gives, where it gives anybody."""
    return {name: found for name, finder in FINDERS.items() if (found := finder(s, f)) is not None}


# --- the models ---------------------------------------------------------------------------------------------


class Models(NamedTuple):
    """The two models: `how` over a text's quotations, `whom` over one candidate at a time."""

    how: Any
    whom: Any


@lru_cache(maxsize=1)
def models() -> Models:
    """The models that ship with the package."""
    return Models(opened("how"), opened("whom"))


def opened(name: str) -> Any:
    """One of the models in weights/."""
    import pycrfsuite  # heavy, and asked for by few

    tagger = pycrfsuite.Tagger()
    with as_file(files(__package__).joinpath("weights", f"{name}.crfsuite")) as path:
        tagger.open(str(path))  # which reads it all; memory handed to it would have to outlive it
    return tagger


def decoded(view: View, by: Models) -> list[Said]:
    """Who says each quotation."""
    if not view.frames:
        return []
    by.how.set([how_features(view, n) for n in range(len(view.frames))])
    labels = by.how.labels()
    past: list[Said] = []
    for n in range(len(view.frames)):
        ranked = sorted(((by.how.marginal(label, n), label) for label in labels), reverse=True)
        past.append(taken(view, n, ranked, past[-MEMORY:], by))
    return past


def taken(view: View, n: int, ranked: list[tuple[float, str]], past: list[Said], by: Models) -> Said:
    """Who says it by the likeliest way that gives somebody here; a label is nothing to guess about."""
    label = rules.labelled_speech(view.stage, view.frames[n])
    told = label or next((said for _, way in ranked if (said := by_way(view, n, way, past, by))), None)
    return told or Said(view.frames[n], None, Guess(None, 0.0, "nobody near speaks"))


def by_way(view: View, n: int, way: str, past: list[Said], by: Models) -> Said | None:
    """Who says it, found in one way; None where that way gives nobody here."""
    s, f = view.stage, view.frames[n]
    if way == RULES:
        said = rules.speak(s, f, view.tags[n], past, view.talk)
        return said._replace(guess=whom(view, f, said.found, past, by)) if told_here(said) and said.found else said
    if way == NOBODY:
        return Said(f, None, Guess(None, 0.0, "nobody near speaks"))
    if way == SAME:
        last = past[-1] if past else None
        if last is None or last.found is None:
            return None
        return Said(f, last.found._replace(verb=None, why="goes on from the quotation before"), last.guess)
    if way == OTHER:
        return rules.other_turn(s, f, past) if past else None
    found = view.options[n].get(way)
    return Said(f, found, whom(view, f, found, past, by)) if found else None


def told_here(said: Said) -> bool:
    """Whether the mention stands with the quotation itself, not with one before it."""
    return said.found is not None and not said.found.why.startswith(("goes on", "the other", "addressed", "by its"))


def whom(view: View, f: Frame, found: Found, past: list[Said], by: Models) -> Guess:
    """The figure of a mention: a pronoun's by the model, any other's as the rules take it."""
    s = view.stage
    for said in reversed(past[-2:]):
        if said.found and (said.found.first, said.found.last) == (found.first, found.last):
            return said.guess
    ranked = weighed(view, f, found.first, past, by) if is_pronoun(s, found) else []
    if not ranked:
        return rules.who(s, f, found, past, view.talk)
    (top, figure), *others = ranked
    rivals = tuple((other, p) for p, other in others[:2])
    return Guess(figure, top, "the pronoun fits the nearest subject", rivals)


def is_pronoun(s: Stage, found: Found) -> bool:
    """Whether a mention is a pronoun that one of the persons named before may be meant by."""
    return found.last == found.first + 1 and s.scan.low[found.first] in ("he", "she", "him", "her")


def weighed(view: View, f: Frame, i: int, past: list[Said], by: Models) -> list[tuple[float, int]]:
    """Whom the pronoun at token i may mean, with probabilities, best first."""
    out = []
    for figure, features in candidates(view, f, i, past).items():
        by.whom.set([features])
        out.append((by.whom.marginal("yes", 0), figure))
    return sorted(out, key=lambda pair: (-pair[0], pair[1]))


# --- what the models see ------------------------------------------------------------------------------------


def how_features(view: View, n: int) -> list[str]:
    """The features of a quotation for the first model."""
    s, f, found = view.stage, view.frames[n], view.options[n]
    seen, held = s.scan, view.held[n]
    out = [f"has {way}" for way in found]
    out += [f"{way} {mention_kind(s, one)}" for way, one in found.items()]
    out += [f"{way} verb {seen.low[one.verb]}" for way, one in found.items() if one.verb is not None and way != "cue"]
    out += [f"{a}={b}" for a in found for b in found if a < b and found[a].first == found[b].first]
    out.append("rules " + (calibration.kind(held.found.why) if held.found else "nobody"))
    out.append(f"kind {f.quote.kind}")
    out.append(f"block {f.quote.block}")
    out += placed(view, n)
    out += around(s, f)
    if called(s, f):
        out.append("calls somebody")
    return [*out, *(f"talk {x}" for x in out if view.talk and x.startswith(("has", "rules", "para", "opens")))]


def placed(view: View, n: int) -> list[str]:
    """How a quotation lies to the one before it."""
    s, f = view.stage, view.frames[n]
    out = ["talk" if view.talk else "no talk"]
    if opens_paragraph(s, f):
        out.append("opens paragraph")
    if n == 0:
        return [*out, "first"]
    last = view.frames[n - 1]
    away = s.scan.para[f.first] - s.scan.para[last.last - 1]
    between = f.first - last.last
    out.append(f"para {min(max(away, 0), 4)}")
    out.append(f"between {'few' if between < 4 else 'some' if between < 15 else 'many'}")
    out.append(f"last ends {final(s, last)}")
    return out


def around(s: Stage, f: Frame) -> list[str]:
    """The words and marks at the ends of a quotation."""
    seen = s.scan
    count = f.last - f.first
    out = [f"ends {final(s, f)}", f"long {'few' if count < 5 else 'some' if count < 20 else 'many'}"]
    i = f.last
    while i < len(seen.word) and seen.word[i] in CLOSERS:
        i += 1
    if i < len(seen.word) and seen.para[i] == seen.para[f.last - 1]:
        w = seen.word[i]
        out.append("next " + ("quotation" if seen.inside[i] else "capital" if w[0].isupper() else seen.low[i]))
    else:
        out.append("next nothing")
    i = f.first - 1
    while i >= 0 and seen.word[i] in CLOSERS and not seen.inside[i]:
        i -= 1
    if i >= 0 and seen.para[i] == seen.para[f.first]:
        out.append("before " + ("word" if seen.word[i][0].isalnum() else seen.word[i]))
    else:
        out.append("before nothing")
    return out


def final(s: Stage, f: Frame) -> str:
    """The mark with which a quotation ends."""
    i = f.last - 1
    while i > f.first and s.scan.word[i] in CLOSERS:
        i -= 1
    return s.scan.word[i] if not s.scan.word[i][0].isalnum() else "word"


def mention_kind(s: Stage, found: Found) -> str:
    """What kind of words a mention is."""
    if found.last - 1 in s.figure_at:
        return "name"
    low = s.scan.low[found.first] if found.first < found.last else ""
    return low if low in GENDER or low in ("i", "they", "it", "we", "who") else "noun"


def candidates(view: View, f: Frame, i: int, past: list[Said]) -> dict[int, list[str]]:
    """Whom a pronoun at token i may mean, each with features for the second model; the likeliest by rules first."""
    s = view.stage
    gender = GENDER[s.scan.low[i]]
    scores = near(s.scan, s.events, i, s.genders, gender, (), s.speaks)
    spoke = list(dict.fromkeys(p.guess.figure for p in reversed(past) if p.guess.figure is not None))
    for figure in spoke[:2]:
        if s.genders[figure] in ("", gender) and s.kinds[figure] == "person":
            scores.setdefault(figure, 0.1)
    ranked = sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))
    barred = called(s, f)
    moved = bool(past) and s.scan.para[past[-1].frame.last - 1] < s.scan.para[f.first]
    first = rules.pronoun(s, f, Found(i, i + 1, None, 1.0, ""), gender, past, view.talk)
    out = {}
    for rank, (figure, score) in enumerate(ranked[:8]):
        features = [f"rank {min(rank, 4)}", f"score {min(int(score * 5), 8)}", "always"]
        features.append("gender " + ("known" if s.genders[figure] == gender else "open"))
        features.append(f"speaks {s.speaks[figure]:.1f}")
        features += lately(s, figure, i)
        place = spoke.index(figure) if figure in spoke else -1
        turn = ("talk " if view.talk else "") + ("moved" if moved else "stays")
        features += [f"spoke {min(place, 3)}", f"spoke {min(place, 3)} {turn}"]
        if figure in barred:
            features.append("called")
        if figure == first.figure:
            features += ["rules", f"rules {int(first.score * 10)}", "rules talk" if view.talk else "rules no talk"]
        features.append(f"of {min(len(ranked), 5)}")
        features.append(f"rank {min(rank, 2)} of {min(len(ranked), 3)}")
        out[figure] = features
    return out


def lately(s: Stage, figure: int, i: int) -> list[str]:
    """Where a figure was last named before token i, and how often."""
    at = bisect_left(s.events, (i,))
    named = [e for e in s.events[max(0, at - 80) : at] if e.figure == figure]
    out = [f"named {min(len(named), 5)}"]
    if not named:
        return [*out, "named nowhere"]
    e = named[-1]
    out.append(f"away {min(s.scan.sentence[i] - s.scan.sentence[e.token], 7)}")
    out.append(f"paras {min(s.scan.para[i] - s.scan.para[e.token], 4)}")
    if e.subject:
        out.append("subject")
    since = {x.figure for x in s.events[max(0, at - 80) : at] if x.token > e.token}
    out.append(f"since {min(len(since), 3)}")
    if calibration.unnamed(s, e.token, i, GENDER[s.scan.low[i]]):
        out.append("somebody unnamed")
    return out
