from __future__ import annotations

from vivavoce.model import WITHHELD, Candidate, History, Mention, Person, PersonRef, Quote, Source, Withheld
from vivavoce.rights import shown_candidates

TEXT = f"“Every lamp was lit,” Okafor said. {WITHHELD * 6} was not asked, nor was Adair."
PATH = "press/ferry.txt"
QUOTE = Quote(
    "q", PATH, "direct", ((1, 20),), ((1, 20),), "Every lamp was lit,", person=PersonRef("okafor", "Moll Okafor")
)
OKAFOR = Candidate(
    "Moll Okafor", Mention(22, 28, "Okafor"), 3.0, ("verb after the quotation", "surname of Moll Okafor")
)
CALDER = Candidate("Ines Calder", Mention(35, 41, "Calder"), 1.0, ("nearest name",))
ADAIR = Candidate("Adair", Mention(len(TEXT) - 6, len(TEXT) - 1, "Adair"), 0.5, ("named after Ines Calder", "surname"))
EVERYBODY = (OKAFOR, CALDER, ADAIR)
PEOPLE = (Person("okafor", "Moll Okafor"), Person("adair", "Sefa Adair", figures=((PATH, "Adair"),)))


def history(*withheld: Withheld) -> History:
    return History("T", "2031-05-09", (Source(PATH, "press", "txt", TEXT),), (QUOTE,), PEOPLE, withheld=withheld)


def test_where_nothing_is_withheld_all_candidates_are_shown() -> None:
    assert shown_candidates(history(), QUOTE, EVERYBODY) == EVERYBODY


def test_a_withheld_person_is_no_candidate_and_named_in_no_reason() -> None:
    okafor, adair = shown_candidates(history(Withheld("person")), QUOTE, EVERYBODY)
    assert okafor == OKAFOR
    assert (adair.name, adair.why) == ("Adair", ("surname",))


def test_a_candidate_whose_mention_is_overwritten_is_left_out() -> None:
    hidden = Candidate("Moll Okafor", Mention(35, 41, "Okafor"), 1.0)
    assert shown_candidates(history(Withheld("span")), QUOTE, (hidden,)) == ()


def test_a_quotation_of_a_source_that_is_not_shown_has_no_candidates() -> None:
    assert shown_candidates(History("T", "2031-05-09"), QUOTE, EVERYBODY) == ()
