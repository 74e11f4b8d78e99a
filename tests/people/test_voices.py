"""How sure it is who a transcript's label is."""

from __future__ import annotations

import msgspec

from vivavoce import people, quotes
from vivavoce.model import Known, Source, Turn
from vivavoce.people import rules

TEXT = "The lamp went out at ten."


def test_a_name_that_only_the_talk_tells_is_less_sure_and_shows_the_words() -> None:
    why = "answers SPEAKER_00 who says “Ivo, welcome”"
    turn = Turn("SPEAKER_01", ((0, len(TEXT)),), 0, len(TEXT), name="Ivo Strand", sure=0.85, why=why)
    source = Source("a.json", "transcript", "whisper", TEXT, turns=(turn,))
    told = msgspec.structs.replace(source, turns=(msgspec.structs.replace(turn, sure=1.0, why=""),))
    for given, sure, reasons in (source, 0.85, ("labelled SPEAKER_01", why)), (told, 0.99, ("labelled SPEAKER_01",)):
        found = quotes.find(given, Known())
        cast = people.cast(given, found, Known())
        one = rules.attribute(given, found, cast, Known())[0]
        assert (one.figure, one.confidence, one.why) == ("Ivo Strand", sure, reasons)
