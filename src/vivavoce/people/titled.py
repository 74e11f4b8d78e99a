"""What the title of a talk tells of who speaks in it: "Ida Marsh, weaver", "The landlady of the Anchor"."""

from __future__ import annotations

from vivavoce.model import Evidence, Figure, Role, Source
from vivavoce.people import names, roles
from vivavoce.people.names import Name
from vivavoce.people.scan import Scan, scanned

AFTER = frozenset(["of", "at", "in", "from", "who"])


def titled(source: Source, made: list[Figure], answering: list[str]) -> dict[str, Role]:
    """Figure -> the trade that a transcript's title tells of somebody it names, or of the only one who answers
    (`answering`: keys). The title need not stand in the text: what shows the role is where the talk first names them,
    or their first words."""
    if source.kind != "transcript" or not source.title or source.title in source.text:
        return {}
    seen = scanned.__wrapped__(source.title, (("body", 0, len(source.title)),), ())
    people = [n for n in names.find(seen) if len(n.words) > 1]
    out: dict[str, Role] = {}
    for n in people:
        job = roles.job_after(seen, n) or roles.job_before(seen, n)
        figure = next((f for f in made if f.name.casefold() == " ".join(n.words).casefold()), None)
        if job and figure and (role := shown(source, figure, job.title)):
            out[figure.key] = role
    alone = whose(seen) if not people and len(answering) == 1 else ""
    figure = next((f for f in made if f.key in answering), None)
    if alone and figure and (role := shown(source, figure, alone)):
        out[figure.key] = role
    return out


def whose(seen: Scan) -> str:
    """The trade that a title begins with, in small letters: "The landlady of the Anchor"."""
    first = seen.low[:1] in (["the"], ["a"], ["an"])
    here = Name(0, first, (), (), 0)
    noun = roles.trade(seen, int(first), here) if first else None
    if noun is None or seen.low[noun + 1 : noun + 2] == [] or seen.low[noun + 1] not in AFTER:
        return ""
    if not seen.word[noun][0].islower() or noun + 2 >= len(seen.word):
        return ""
    return roles.whole_job(seen, here, int(first), noun).title


def shown(source: Source, figure: Figure, title: str) -> Role | None:
    """The role, with where the talk names somebody or they begin to speak; None where neither is."""
    forms = {figure.name, *figure.aliases}
    spans = [(m.start, m.end) for m in figure.mentions] or [
        t.spans[0] for t in source.turns if forms & {t.label, t.name}
    ]
    if not spans or not title:
        return None
    title = title.lower() if title.istitle() else title
    return Role("job", "", title, "", (Evidence(source.path, *spans[0]),))
