"""Invented news, as much as is wanted: documents whose lengths and shares of quotation are those of news at large.

Three documents in a row, more or less, tell of one event; the same document number gives the same document.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST = [
    "Ada",
    "Bruno",
    "Carla",
    "Dennis",
    "Edith",
    "Felix",
    "Greta",
    "Hugo",
    "Irene",
    "Jonas",
    "Karin",
    "Leo",
    "Marta",
    "Nils",
    "Olga",
    "Paul",
    "Rosa",
    "Simon",
    "Thea",
    "Viktor",
    "Wanda",
    "Albert",
    "Beate",
    "Conrad",
    "Dora",
    "Ernst",
    "Frieda",
    "Gustav",
    "Hilda",
    "Ivan",
]
ONSETS = [
    "Bar",
    "Cal",
    "Dun",
    "Fen",
    "Gar",
    "Hal",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Pel",
    "Ran",
    "Sel",
    "Tor",
    "Van",
    "Wes",
    "Ash",
    "Brom",
    "Cor",
    "Drey",
]
ENDS = [
    "wick",
    "ford",
    "man",
    "stead",
    "ley",
    "ton",
    "berg",
    "hurst",
    "low",
    "mont",
    "by",
    "combe",
    "dale",
    "field",
    "gate",
]
PLACES = [
    "Port Ness",
    "Alder Bay",
    "Quarry Hill",
    "Westmere",
    "Holm",
    "Saint Orrin",
    "Low Marsh",
    "Kestrel Point",
    "Tarn",
    "Dunmoor",
]
THINGS = [
    "the ferry",
    "the mill",
    "the old bridge",
    "the library",
    "the tram",
    "the harbour wall",
    "the clinic",
    "the night bus",
]
DEEDS = [
    "was closed",
    "caught fire",
    "was flooded",
    "was sold",
    "reopened",
    "was painted green",
    "broke down",
    "was left to the town",
]
JOBS = [
    "the mayor of {place}",
    "a nurse",
    "the head of the harbour board",
    "a fisherman",
    "the architect",
    "a teacher",
    "the driver",
]
PLAIN = (
    "It was the {ordinal} time in {number} years that {thing} {deed}.",
    "The council of {place} will meet again on Thursday to decide what is to be paid, and by whom.",
    "About {number} people had come to the square, most of them in rain clothes.",
    "The report runs to {number} pages and names no one.",
    "Repairs had been promised since spring, but the money went to the road along the shore instead.",
    "Nobody was hurt.",
    "By the evening {number} volunteers were carrying sandbags from the depot to {thing}.",
    "Traffic was led round {place} until the early morning.",
    "The company that owns {thing} did not answer questions before this edition closed.",
    "In {place} they still talk of the winter when the water stood in the chapel.",
    "Two of the three pumps worked; the third had been lent to a farm and never came back.",
    "The school stayed open, though {number} children were kept at home.",
)
SAID = (
    "We had {number} lamps and most of them were dead",
    "Nobody told us that {thing} could not be saved",
    "I heard it before I saw it, and then I ran",
    "That is not how I remember it, but it was a long night",
    "It will cost us {number} thousand and we have none of it",
    "They promised us a new one and sent a letter",
    "You could smell it as far as the station",
    "I would do it again tomorrow",
    "We counted {number} people on the quay and then we stopped counting",
    "There is no plan, there never was a plan, and everybody in {place} knows it",
    "My mother worked there for thirty years and she would not have believed it",
)
TAGS = (
    "“{said},” said {name}, {job}.",
    "“{said},” {last} said. “{more}.”",
    "{name} said: “{said}.”",
    "{last} told the meeting that the town had “{part}” for too long.",
    "“{said}.”\n\n“{more},” added {last}.",
    "According to {name}, {thing} will not be ready before autumn.",
    "{last} said that {number} of the windows had been broken before.",
)
ORDINALS = ("second", "third", "fourth", "fifth")
PARTS = ("looked away", "hoped for the best", "been lied to", "waited")
TYPICAL, SPREAD = 380, 0.6  # words of the document in the middle; standard deviation of the logarithm


def name(rng: random.Random) -> tuple[str, str]:
    """A first name and a surname; a few are named much oftener than most."""
    last = rng.choice(ONSETS) + rng.choice(ENDS) + rng.choice(("", "", "", "s", "er"))
    return rng.choice(FIRST), last


def event(number: int) -> dict[str, Any]:
    """What happened: where, to what, on which day, and who speaks of it."""
    rng = random.Random(f"event {number}")
    place, thing = rng.choice(PLACES), rng.choice(THINGS)
    people = [(*name(rng), rng.choice(JOBS).format(place=place)) for _ in range(3)]
    return {"place": place, "thing": thing, "deed": rng.choice(DEEDS), "people": people, "number": rng.randint(5, 90),
            "day": date(2015, 1, 1) + timedelta(days=number // 40)}  # fmt: skip


def document(number: int) -> dict[str, Any]:
    """A document as a record: id, url, date, title, text."""
    rng = random.Random(f"document {number}")
    told = event(number // 3 if number % 7 else number)
    words = max(int(TYPICAL * math.exp(rng.gauss(0, SPREAD))), 60)
    title = f"{told['thing'][4:].capitalize()} in {told['place']} {told['deed']}"
    paragraphs = [f"PLACE, — {title}, and {told['number']} people saw it.".replace("PLACE", told["place"].upper())]
    known: set[str] = set()
    while sum(len(p.split()) for p in paragraphs) < words:
        paragraphs.append(quoted(rng, told, known) if rng.random() < 0.4 else plain(rng, told))
    return {
        "id": f"news-{number:08}",
        "url": f"https://example.org/{number}",
        "date": str(told["day"] + timedelta(days=number % 3)),
        "title": title,
        "text": "\n\n".join(paragraphs),
    }


def plain(rng: random.Random, told: dict[str, Any]) -> str:
    """A paragraph without a quotation."""
    sentences = rng.sample(PLAIN, rng.randint(2, 4))
    return " ".join(filled(rng, s, told) for s in sentences)


def quoted(rng: random.Random, told: dict[str, Any], known: set[str]) -> str:
    """A paragraph with one; somebody is named in full at first."""
    first, last, job = rng.choice(told["people"])
    tag = rng.choice(TAGS) if last in known else TAGS[rng.choice((0, 2, 5))]
    known.add(last)
    said, more = (filled(rng, s, told) for s in rng.sample(SAID, 2))
    return filled(rng, tag, told, said=said, more=more, name=f"{first} {last}", last=last, job=job)


def filled(rng: random.Random, pattern: str, told: dict[str, Any], **more: str) -> str:
    """A pattern with its words."""
    return pattern.format(
        place=told["place"], thing=told["thing"], deed=told["deed"], ordinal=rng.choice(ORDINALS),
        number=rng.choice((told["number"], rng.randint(3, 99))), part=rng.choice(PARTS), **more,
    )  # fmt: skip


def documents(count: int, first: int = 0) -> Iterator[dict[str, Any]]:
    """So many documents."""
    return map(document, range(first, first + count))


def lines(path: Path, count: int, first: int = 0, more: list[Any] = ()) -> Path:  # type: ignore[assignment]
    """A file of JSON Lines with so many documents, and more behind them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for one in (*documents(count, first), *more):
            file.write((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n")
    return path
