"""Facts of works as values with their evidence, and the times told from works."""

import pytest
from shows import LANTERN, listed

SENTENCES = (
    ("The season averaged 8.5 on Telescope.", "rating", 8.5, "", "Telescope"),
    ("It has a score of 91 percent.", "rating", 91.0, "percent", ""),
    ("The season holds a 78% approval rating on Lensmark.", "rating", 78.0, "percent", "Lensmark"),
    ("The Evening Post gave the season four stars.", "rating", 4.0, "stars", "The Evening Post"),
    ("The season was rated 7.5 out of 10.", "rating", 7.5, "of 10", ""),
    ("The season was watched by 5.7 million.", "viewers", 5_700_000.0, "people", ""),
    ("The season drew about 412,000 viewers.", "viewers", 412_000.0, "people", ""),
    ("The season premiered on 4 March 1999.", "aired", "1999-03-04", "", ""),
    ("The season was released in May 2001.", "released", "2001-05", "", ""),
    ("They did seventeen takes.", "takes", 17.0, "takes", ""),
    ("They shot it in a single take.", "takes", 1.0, "takes", ""),
    ("It was a season of 24 episodes.", "episodes", 24.0, "episodes", ""),
    ("The show ran for nine seasons.", "seasons", 9.0, "seasons", ""),
    ("The show has a running time of 42 minutes.", "running time", 42.0, "minutes", ""),
    ("The film Half a Crown was a two-hour film.", "running time", 120.0, "minutes", ""),
    ("The show had a budget of £1.2 million.", "budget", 1_200_000.0, "GBP", ""),
    ("It grossed $12 million.", "earnings", 12_000_000.0, "USD", ""),
    ("It sold 40,000 copies.", "copies", 40_000.0, "copies", ""),
    ("The show won the Harbour Prize for it.", "award", "Harbour Prize", "", ""),
    ("The show was nominated for six Lantern Awards.", "nomination", "six Lantern Awards", "", ""),
)


@pytest.mark.parametrize(("sentence", "kind", "value", "unit", "by"), SENTENCES)
def test_a_value_is_found_with_its_unit_and_the_words_that_tell_it(tmp_path, sentence, kind, value, unit, by):
    text = f"A show\n\nBy Ada Fenn\n\nThe drama The Ward had a second season. {sentence}\n"
    found = [f for f in listed(tmp_path, text).facts if f.kind == kind]
    assert [(f.value, f.unit, f.by) for f in found] == [(value, unit, by)]
    assert found[0].said in " ".join(text[found[0].start : found[0].end].split())


@pytest.mark.parametrize(
    "sentence",
    [
        "They did not do 17 takes.",
        "She scored 3 goals for the town.",
        "Moss left the show after seven seasons.",
        "The silence lasted four minutes.",
        "He was watched by two men in a car.",
        "The mayor opened its one door in 1979.",
        "They won by a length.",
    ],
)
def test_what_is_no_fact_of_the_work_is_none(tmp_path, sentence):
    text = f"A show\n\nBy Ada Fenn\n\nThe drama The Ward had a second season. {sentence}\n"
    assert listed(tmp_path, text).facts == ()


def test_a_fact_is_of_what_its_sentence_names_or_points_back_at(tmp_path):
    told = listed(tmp_path, LANTERN)
    titles = {e.id: e.title for e in told.works}
    found = {(f.kind, f.value): titles.get(f.work, "") for f in told.facts}
    assert found["viewers", 5_700_000.0] == "Low Tide, Maud"
    assert found["rating", 8.5] == "Season 6"
    assert found["rating", 61.0] == "Season 7"
    assert found["seasons", 11.0] == "Lantern Row"
    assert found["takes", 23.0] == "Low Tide, Maud"
    assert found["aired", "2006-05-09"] == "Gate Money"
    assert found["published", "--11-03"] == "Salt and Paraffin: A Life in Soap"


def test_a_day_without_its_year_is_the_last_one_before_it_was_told(tmp_path):
    found = {f.value for f in listed(tmp_path, LANTERN, day="2012-02-01").facts if f.kind == "published"}
    assert found == {"2011-11-03"}


def test_a_date_that_sources_tell_is_the_date_of_the_work_unless_they_disagree(tmp_path):
    once = {e.title: e.date for e in listed(tmp_path, LANTERN).works}
    assert once["Gate Money"] == "2006-05-09"
    other = LANTERN.replace("9 May 2006", "16 May 2006")
    assert {e.title: e.date for e in listed(tmp_path, LANTERN, other).works}["Gate Money"] == ""


def test_relative_times_are_told_from_the_work_that_their_words_mean(tmp_path):
    told = listed(tmp_path, LANTERN)
    titles = {e.id: e.title for e in told.works}
    found = {o.said: (o.amount, o.unit, o.before, o.event, titles.get(o.work, "")) for o in told.offsets}
    (first,) = [v for k, v in found.items() if k.startswith("four months before her final episode")]
    assert first == (4.0, "month", True, "", "Low Tide, Maud")
    assert found["five days before they wrapped the episode"] == (5.0, "day", True, "wrapped", "Low Tide, Maud")


def test_a_relative_time_makes_a_date_where_that_of_its_anchor_is_known(tmp_path):
    dated = LANTERN.replace("“Low Tide, Maud” was watched", "“Low Tide, Maud” aired on 12 June 2005 and was watched")
    found = {o.unit: (o.happened, o.precision) for o in listed(tmp_path, dated).offsets}
    assert found["month"] == ("2005-02", "month")
    assert found["day"] == ("", "")  # from the day on which they wrapped, which nobody tells
    wrapped = dated + "\n“Low Tide, Maud” wrapped on 2 May 2005.\n"
    found = {o.unit: (o.happened, o.precision) for o in listed(tmp_path, wrapped).offsets}
    assert found["day"] == ("2005-04-27", "day")


def test_what_was_made_last_stands_beside_what_is_seen_last(tmp_path):
    told = listed(tmp_path, LANTERN)
    assert [(p.order, p.position, p.thing) for p in told.placings] == [
        ("made", "last", "scene"),
        ("shown", "last", "farewell"),
    ]


def test_ago_is_told_from_the_day_of_telling(tmp_path):
    text = "A show\n\nBy Ada Fenn\n\nThe drama The Ward was begun thirty years ago. A minute ago it rained.\n"
    found = {o.said: (o.happened, o.event) for o in listed(tmp_path, text, day="2021-05-03").offsets}
    assert found == {"thirty years ago": ("1991", "told"), "A minute ago": ("", "told")}


def test_a_time_told_from_an_event_is_told_from_the_one_with_that_noun(tmp_path):
    text = (
        "The strike\n\nBy Ada Fenn\n\nThe Harbour Strike of 1974 is not forgotten. Two years before the strike, Moss "
        "was a clerk. He left a year after the flood.\n"
    )
    told = listed(tmp_path, text)
    assert [(o.work, o.happened) for o in told.offsets] == [("the-harbour-strike-of-1974", "1972"), ("", "")]
    assert told.works[0].date == "1974"
