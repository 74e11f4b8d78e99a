"""When something was, as people say it."""

from __future__ import annotations

import pytest

from vivavoce.language.whens import whens


def said(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(w.kind, w.value) for w in whens(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("About midnight it was", "hour", (0, 1)),
        ("It was twenty minutes to eleven", "hour", (640, 0)),
        ("ten past nine at night", "hour", (550, 2)),
        ("at 9.10 p.m. they rang", "hour", (550, 2)),
        ("Five o'clock, thereabouts", "hour", (300, 0)),
        ("They came out at seven.", "hour", (420, 0)),
        ("the first of March", "date", (0, 3, 1)),
        ("the twenty-eighth of February", "date", (0, 2, 28)),
        ("It was Boxing Day, nineteen seventy-six", "date", (1976, 12, 26)),
        ("New Year's Eve, that was", "date", (0, 12, 31)),
        ("June, seventy-five", "date", (1975, 6, 0)),
        ("November. A filthy night", "date", (0, 11, 0)),
        ("in two thousand and six", "year", (2006,)),
        ("that was in seventy-six", "year", (1976,)),
        ("on the Saturday", "weekday", (5,)),
    ],
)
def test_times_are_read_as_they_are_said(text: str, kind: str, value: tuple[int, ...]) -> None:
    assert said(text) == [(kind, value)]


@pytest.mark.parametrize("text", ["May I come in?", "it cost £1.50", "in forty minutes", "we march on"])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert said(text) == []
