"""News reports: which tell of the same happening, where two happenings are much alike."""

from __future__ import annotations

import random

import harrow
import pytest

from vivavoce.accounts import gather
from vivavoce.accounts.moments import united
from vivavoce.model import Known, Moment

# What reports of any grounding of a ferry say.
ANY = (
    "The ferry ran aground on a sandbank shortly after leaving the harbour, the coastguard said.",
    "Passengers were taken off by lifeboat and given blankets and tea in the harbour office.",
    "Nobody was seriously hurt, though several passengers were treated for bruises.",
    "The ferry company said that it was sorry and that the captain had been suspended.",
    "Divers were examining the hull of the ferry for damage while tugs stood by.",
    "An inquiry into the grounding of the ferry has been opened by the ministry.",
    "The harbour master said that the channel had been dredged the year before.",
)
TERN = (
    "The Grey Tern, which plies between Ollaby and Sund, carried 212 passengers and a circus pony.",
    "Captain Ruth Vandeleur told Radio Ollaby that fog had come down like a lid over Sund Bar.",
    "The pony, whose name is Admiral, swam ashore at Sund by itself.",
    "Ollaby lifeboat made eleven journeys to the Grey Tern before dark.",
    "The Grey Tern was refloated at Sund Bar on the evening tide by the tug Bess Arkle.",
    "Ruth Vandeleur has sailed from Ollaby for nineteen years.",
)
HERON = (
    "The Saint Brannock, on its way from Penwick to the Calder islands, had 87 people on board.",
    "Captain Idris Mabbott said that the radar of the Saint Brannock had failed off Penwick Head.",
    "A choir from Calder sang hymns on the deck of the Saint Brannock until midnight.",
    "Penwick lifeboat and two crab boats came alongside, led by Jory Teague.",
    "The Saint Brannock lay on the Whelk Bank for three days before a Dutch salvage crew came.",
    "Idris Mabbott had taken the Saint Brannock out for the first time that week.",
)


PONY = "The pony of the circus is well, sleeps on fresh straw and bites every reporter who asks how far it swam."
CHOIR = "The choir that sang until midnight will publish its hymns, with a foreword by the tenor who was seasick."


def report(own: tuple[str, ...], seed: int) -> str:
    """A report: four sentences of its happening and four of any, each a paragraph, as papers have it."""
    chance = random.Random(seed)
    told = [chance.sample(own, 4), chance.sample(ANY, 4)]
    return "# Ferry runs aground\n\n" + "\n\n".join(s for pair in zip(*told, strict=True) for s in pair) + "\n"


def coverage() -> dict[str, str]:
    """Nine reports of each of two groundings, and a short note on each."""
    found = {f"tern-{n}.txt": report(TERN, n) for n in range(9)} | {
        f"saint-{n}.txt": report(HERON, n) for n in range(9)
    }
    found["tern-note.txt"] = f"# Notes\n\n{PONY}\n"
    found["saint-note.txt"] = f"# Notes\n\n{CHOIR}\n"
    return found


def moments(texts: dict[str, str]) -> list[Moment]:
    return gather([p for path, text in sorted(texts.items()) for p in harrow.article(path, text)], [], Known())


def told_in(found: list[Moment], path: str) -> set[str]:
    return {m.id for m in found if any(a.source == path for a in m.accounts)}


def test_two_happenings_that_share_most_of_their_words_are_two_moments() -> None:
    found = moments(coverage())
    tern, saint = ([told_in(found, f"{ship}-{n}.txt") for n in range(9)] for ship in ("tern", "saint"))
    assert len(set.union(*tern)) == 1
    assert len(set.union(*saint)) == 1
    assert tern[0] != saint[0]


@pytest.mark.parametrize("ship", ["tern", "saint"])
def test_a_note_of_one_sentence_joins_the_reports_that_it_is_nearest_to(ship: str) -> None:
    found = moments(coverage())
    assert told_in(found, f"{ship}-note.txt") == told_in(found, f"{ship}-0.txt")


def test_a_note_on_something_else_stays_by_itself() -> None:
    other = {"other.txt": "# Notes\n\nThe parish marrow was won by a retired dentist for the ninth year running.\n"}
    found = moments(coverage() | other)
    assert not told_in(found, "other.txt") & told_in(found, "tern-0.txt")
    assert not told_in(found, "other.txt") & told_in(found, "saint-0.txt")


def units(text: str) -> int:
    return len(united(harrow.article("a.txt", text)))


def test_short_paragraphs_of_a_report_tell_one_thing_though_they_share_no_word() -> None:
    said = ("Fog fell at noon.", "A pony swam ashore.", "Tugs stood by.", "Nobody knows why.", "The bishop sent tea.")
    assert units("# Ferry runs aground\n\n" + "\n\n".join(f"{s} {s}" for s in said)) == 1


def test_a_long_stretch_that_turns_to_another_thing_is_another() -> None:
    bees = "The hives stood along the orchard wall, and the bees swarmed over clover, honey and wax. " * 6
    tram = "The tramway depot scrapped its last carriages, and drivers wept over brass levers and bells. " * 6
    assert units(f"# Two things\n\n{bees}\n\n{tram}\n") == 2


def between(first: str, second: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The relations between two reports of the Grey Tern that end with these words."""
    lead = "# Ferry runs aground\n\n" + "\n\n".join(TERN[:4]) + "\n\n"
    found = moments({"a.txt": lead + first + "\n", "b.txt": lead + second + "\n"})
    return [(r.type, r.about, tuple(sorted(r.values))) for m in found for r in m.relations]


def test_reports_that_count_one_thing_in_much_the_same_words_differ() -> None:
    first = "The coastguard counted nine crates of oranges that were washed ashore at Sund."
    assert between(first, first.replace("nine", "fourteen")) == [("differ", "number of crates", ("14", "9"))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Three crates of oranges floated past the pier.", "The Tern had loaded 40 crates of tinned peas at Ollaby."),
        (
            "A man was charged with hurting three people with an oar.",
            "A woman was dead and two men were hurt by an oar.",
        ),
        (
            "Divers went down to the hull of the ferry on Tuesday.",
            "The ferry company bought the hull of a tug on Friday.",
        ),
        ("The Tern was built at Port Lyle in 1988.", "The Tern was given new engines at Port Lyle in 1996."),
        ("The harbour has a T-34 tanks display.", "There are six tanks of oil in the harbour."),
    ],
)
def test_reports_that_speak_of_two_things_do_not_differ(first: str, second: str) -> None:
    assert between(first, second) == []
