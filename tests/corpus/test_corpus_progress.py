"""How far it is, how fast, and how long it will take."""

from __future__ import annotations

import io

from vivavoce.corpus.progress import Progress, duration, pace


def test_a_line_tells_rate_and_time_left():
    now = [0.0]
    to = io.StringIO()
    bar = Progress("quotes", 1000, to, lambda: now[0])
    bar.skip(200)
    for _ in range(4):
        now[0] += 10
        bar.add(100, 50)
    assert to.getvalue().splitlines() == [
        "Quotations: 25%, 100 documents, 5 a second, 60 seconds left",
        "Quotations: 50%, 200 documents, 5 a second, 40 seconds left",
    ]


def test_nothing_to_do_divides_by_nothing():
    bar = Progress("people", 0, io.StringIO())
    bar.skip(0)
    bar.add(0, 0)
    assert bar.line().startswith("Who is who: 0%")


def test_durations():
    assert [duration(s) for s in (12, 89, 150, 7200)] == ["12 seconds", "89 seconds", "2 minutes", "2.0 hours"]


def test_a_slow_pace_is_told_by_the_minute():
    assert [pace(r) for r in (0.01, 0.4, 3.2, 1500)] == ["1 a minute", "24 a minute", "3 a second", "1,500 a second"]
