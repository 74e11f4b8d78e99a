"""A moment stands as well as the account that is least like the others."""

from vivavoce.accounts import Weighing
from vivavoce.model import Account, History, Moment, PersonRef, Source

ONE = "The Corrie lost her propeller off Gannet Rock, and Tobias Renn played the trombone until dawn."
SAME = "Off Gannet Rock the propeller of the Corrie was lost; Tobias Renn had his trombone with him."
OTHER = "We painted the ticket office green that summer, with paint from the pier."


def made(*texts: str) -> History:
    sources = tuple(Source(f"{n}.txt", "press", "text", text) for n, text in enumerate(texts))
    accounts = tuple(
        Account(f"a{n}", PersonRef(f"p{n}", f"P {n}"), s.path, ((0, len(s.text)),)) for n, s in enumerate(sources)
    )
    return History("", "2031-05-01", sources, moments=(Moment("m", "It", accounts=accounts),))


def test_an_account_that_shares_nothing_makes_the_whole_moment_loose() -> None:
    assert Weighing(made(ONE, SAME)).ground()["m"] > 0.1
    assert Weighing(made(ONE, SAME, OTHER)).ground()["m"] == 0.0


def test_what_one_alone_tells_has_no_ground_to_ask_for() -> None:
    assert Weighing(made(ONE)).ground() == {}
