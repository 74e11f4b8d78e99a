"""What two accounts differ in and what they agree on, kind by kind, and what only looks so: a strike, a regatta, a
choir."""

from __future__ import annotations

import pytest
from test_answers import related

SCENE = (
    "The regatta on Loch Arden, with the gunboat for a starter, the choir of the cannery girls on the pier and the "
    "mayor asleep in his chain."
)


def told(ann: str, bob: str, asked: tuple[str, str] = ("And then?", "And then?")) -> list[tuple[str, str]]:
    """(type, about) of the relations between what two people answer who tell of one regatta."""
    start = "Q: Tell me about the regatta on Loch Arden.\n"
    each = zip(("Ann", "Bob"), (ann, bob), asked, strict=True)
    return [(r.type, r.about) for r in related(*(f"{start}{who}: {SCENE}\nQ: {q}\n{who}: {a}\n" for who, a, q in each))]


@pytest.mark.parametrize(
    ("ann", "bob", "about"),
    [
        # numbers, and their thing
        ("Eight oars broke that day.", "There were eleven oars broken on the bank.", "number of oars"),
        ("It was won in one heat, I tell you.", "There were three heats.", "number of heats"),
        ("Nine swans on the course? He told me four.", "There were nine swans.", "number of swans"),
        ("I counted the wreaths on the pier. There were fourteen.", "Nine wreaths, I saw.", "number of wreaths"),
        ("They'll say thirty buoys. It was forty-five, I laid them.", "Thirty buoys.", "number of buoys"),
        ("I paid nine hundred pounds for the cup.", "The cup cost fourteen hundred pounds.", "sum of money"),
        # how long
        ("We were out three days over it.", "They stayed out for two days.", "length of time"),
        ("The race was twenty minutes.", "It was nine minutes, whatever they say.", "length of time"),
        # which of a kind, colour, side, weather, what broke
        ("It was a heron that swam into our boat.", "It was a swan that swam into our boat.", "which animal"),
        ("The mayor wore a red hat.", "The mayor came in a green hat.", "colour of the hat"),
        ("She steered with her left hand.", "She steered with her right hand.", "which hand"),
        ("It was raining.", "It was sunny.", "the weather"),
        ("She broke her ankle on the slip.", "She broke her wrist on the slip.", "what was broken"),
        ("It was a stove that did for the boathouse.", "It started in a lamp, the fire.", "which cause"),
        # who
        ("It was my idea, the gunboat.", "It was Cora Lunt's idea, the gunboat.", "whose idea"),
        ("Cora Lunt was the first over the line.", "Tom Ward was first over the line.", "who was first"),
        ("It was Cora Lunt who rang the bell.", "It was Tom Ward who rang the bell.", "who rang"),
        ("Cora Lunt had it stopped.", "It was my decision, and mine alone.", "who decided"),
        # whether it was so
        ("Tom Ward was there, you know.", "Tom Ward wasn't on the pier.", "whether tom ward was there"),
        ("Nobody was hurt, not one.", "Two people were hurt, in the second boat.", "whether anybody was hurt"),
        ("There was no rehearsal.", "We had a rehearsal in the cannery.", "whether there was rehearsal"),
        ("Tom Ward never warned us.", "Tom Ward warned them, I heard him.", "whether it was so"),
        ("She never came back.", "I saw her. She came back.", "whether it was so"),
        # when
        ("It was a Tuesday, with a headwind.", "It was a Saturday, and we all had the day off.", "day of the week"),
    ],
)
def test_what_two_tell_otherwise_differs(ann: str, bob: str, about: str) -> None:
    assert ("differ", about) in told(ann, bob)


@pytest.mark.parametrize(
    ("asked", "ann", "bob", "about"),
    [
        (("How many crews?", "How many crews?"), "Seventeen.", "All of twelve.", "number of crews"),
        (
            ("I have six crews from one and nine from another.", "And?"),
            "Nine. I kept the log.",
            "Six crews.",
            "number of crews",
        ),
        (
            ("How long?", "And?"),
            "Two days, with the choir on the pier.",
            "We were out five days.",
            "length of time",
        ),
        (("Who was the first one in?", "And?"), "Cora Lunt.", "Tom Ward was first.", "who was first"),
        (("Who stopped the race?", "And?"), "The council did.", "It was not the council's.", "who decided"),
        (("Was Tom Ward on the pier?", "And?"), "No. Never.", "Tom Ward was there.", "whether tom ward was there"),
        (
            ("Did you warn them?", "And?"),
            "I did not. I was asleep in the boat.",
            "Ann warned them, all of them.",
            "whether it was so",
        ),
    ],
)
def test_an_answer_says_what_the_question_asks(asked: tuple[str, str], ann: str, bob: str, about: str) -> None:
    assert ("differ", about) in told(ann, bob, asked)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        # the same number, or one that may be
        ("A dozen oars broke.", "Twelve oars broke."),
        ("About twenty oars broke.", "Nineteen oars broke."),
        ("Sixty oars broke.", "There were sixty-two broken oars."),
        ("More than forty oars broke.", "Fifty oars broke."),
        # numbers of something else, or of nobody's own telling
        ("Eight oars broke.", "Eleven hats were lost."),
        ("Eight oars broke.", "They say eleven oars broke."),
        ("Eight oars broke.", "I've read that eleven oars broke."),
        ("Eight oars broke.", "If eleven oars had broken, I'd know."),
        ("Eight oars broke.", "Did eleven oars break?"),
        ("In 1961 eight oars broke.", "In 1974 eleven oars broke."),
        ("I paid nine hundred pounds for the cup.", "I owed my landlord fourteen hundred pounds."),
        # other lengths
        ("We were out three days over it.", "She was born two days later."),
        ("We were out three days over it.", "The heat was nine minutes."),
        ("It was a minute, I should say.", "It was forty-five seconds."),
        # of another thing
        ("The mayor wore a red hat.", "The judge wore a green scarf."),
        ("She steered with her left hand.", "He lost his right boot."),
        ("It was raining.", "It was foggy."),
        ("It was raining.", "They said that it was sunny."),
        # who might be the same, or did something else
        ("It was Cora Lunt's idea, the gunboat.", "It was Cora's idea, the gunboat."),
        ("It was Cora Lunt who rang the bell.", "It was Tom Ward who fired the gun."),
        ("It was Cora Lunt who rang the bell.", "Everybody says it was Tom Ward who rang the bell."),
        ("Tom Ward was there.", "Cora Lunt wasn't there."),
        ("Tom Ward was there.", "Tom Ward wasn't in the bath."),
        ("There was no rehearsal.", "We had a picnic."),
        ("Tom Ward never warned us.", "Tom Ward warned the mayor about the lock."),
        ("Tom Ward never warned us.", "They say that Tom Ward warned them."),
        ("She never came back.", "I came back in March."),
        # when: within a week, and when it was
        ("It was a Tuesday, with a headwind.", "I bought my boots on the Friday."),
    ],
)
def test_what_may_be_the_same_or_of_another_thing_does_not_differ(ann: str, bob: str) -> None:
    assert [row for row in told(ann, bob) if row[0] == "differ"] == []


@pytest.mark.parametrize(
    ("ann", "bob", "about"),
    [
        ("Twelve oars broke.", "A dozen oars broke.", "number of oars"),
        ("I paid four thousand pounds for the cup.", "The cup cost four thousand pounds.", "sum of money"),
        ("We were out three days over it.", "They stayed out for three days.", "length of time"),
        ("It was Cora Lunt who rang the bell.", "It was Cora Lunt who rang the bell, in her hat.", "who rang"),
        ("Tom Ward never warned us.", "Tom Ward never warned us, not once.", "whether it was so"),
        ("The bell was not in the programme.", "It wasn't in the programme.", "whether it was in the programme"),
    ],
)
def test_what_two_tell_alike_agrees(ann: str, bob: str, about: str) -> None:
    assert ("agree", about) in told(ann, bob)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("Stopping the race was right. I've not changed my mind.", "It was wrong to stop the race, and it was cheap."),
        ("I thought it right to stop the race.", "I thought it was a foolish thing to stop the race."),
        ("They were right to stop the race.", "Stopping the race? It was cowardice."),
    ],
)
def test_two_who_judge_one_thing_otherwise_are_in_dispute(ann: str, bob: str) -> None:
    assert ("dispute", "interpretation") in told(ann, bob)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("It was right over there, by the slip.", "It was wrong to stop the race."),
        ("The judge was not wrong to stop the race.", "They were right to stop the race."),
        ("It was wrong to stop the race.", "Stopping the race? It was cowardice."),
    ],
)
def test_two_who_judge_alike_or_not_at_all_are_in_no_dispute(ann: str, bob: str) -> None:
    assert [row for row in told(ann, bob) if row[0] == "dispute"] == []
