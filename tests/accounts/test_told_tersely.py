"""What two tell in few words: a number alone, an hour, a vote, a price, a name; a regatta and what went wrong at it."""

from __future__ import annotations

import pytest
from test_answers import related
from test_relations_by_kind import told

from vivavoce.accounts.copied import runs
from vivavoce.accounts.hours import compared_hours, hours
from vivavoce.accounts.numbers import numbers
from vivavoce.accounts.tallies import one_result, tallies


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("at half past six", "390"),
        ("It was ten past four.", "250"),
        ("a quarter to three", "165"),
        ("They came out just after seven.", "420~"),
        ("The doors opened at nine o'clock.", "540"),
        ("at 6.40", "400"),
        ("Eight in the morning, and no fog.", "480"),
        ("He was one of four to come.", ""),
        ("The vote was ten to nine on the council.", "530"),
    ],
)
def test_hours_are_read(said: str, minutes: str) -> None:
    assert [value for _, value, _, _ in hours(said, 0, len(said))] == ([minutes] if minutes else [])


def test_a_rough_hour_may_be_one_near_it() -> None:
    pairs = [("420~", "430"), ("420", "430"), ("420", "424"), ("10", "719"), ("6", "6")]
    assert [compared_hours(*pair) for pair in pairs] == ["same", "other", "", "other", "same"]


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("The motion was carried by two hundred and six to ninety-one.", "206:91"),
        ("We won it by three goals.", "3"),
        ("It went through by 12 votes.", "12"),
        ("I walked from ten to four.", ""),
    ],
)
def test_results_are_read(said: str, result: str) -> None:
    assert [value for _, value, _, _ in tallies(said, 0, len(said), "")] == ([result] if result else [])


def test_a_margin_is_compared_with_the_sides() -> None:
    assert one_result("206:91", "115") and not one_result("206:91", "114") and not one_result("3:2", "2:1")


def test_what_a_round_number_may_be_off_is_less_than_its_step() -> None:
    (n,) = numbers("nine hundred jobs")
    assert (n.least, n.most) == (850, 950)


def test_sums_with_a_sign_are_read() -> None:
    assert [(n.least, n.thing) for n in numbers("It went for £90, and not $1.5 million.")] == [
        (90, "pound"),
        (1_500_000, "dollar"),
    ]


@pytest.mark.parametrize(
    ("ann", "bob", "about"),
    [
        ("It was thirty foot, the drop.", "Fifty feet, and not a scratch on him.", "number of foot"),
        ("There'd be forty of us.", "Ninety of us, I counted.", "number of people"),
        ("She had three goes at it.", "It took her five attempts.", "number of goes"),
        ("The bell went for forty pounds.", "He bid sixty pounds, and a vet got it for ninety.", "sum of money"),
        ("It was ten past four.", "It was half past five.", "the hour"),
        ("It was carried by ninety to eighty.", "The vote was won by four.", "the result"),
        ("The mayor stood on a barrel.", "He got up on a chair.", "which stand"),
        ("The piper played “The Long Ebb”.", "They played “Ada's Farewell”.", "which tune"),
        ("It was a herring they threw. It was an onion.", "It was a turnip.", "which food"),
        ("It was Cora Lunt put the lamp on the mast.", "It was Tom Ward that put the lamp up.", "who put"),
        ("It was Cora Lunt that started it.", "Tom Ward began it.", "who started"),
        ("He took no money. He didn't take any questions.", "He did take questions, for an hour.", "whether it was so"),
        ("No fiddles, no drums.", "There were two fiddles and the drums played.", "whether there was drums"),
        ("It was the third of June.", "It was the fourth of June.", "date"),
        ("She came up with her wrist broken.", "She broke her ankle.", "what was broken"),
        ("Cora Lunt was the last woman off the pier.", "Tom Ward was last.", "who was last"),
    ],
)
def test_what_two_tell_in_few_words_differs(ann: str, bob: str, about: str) -> None:
    assert ("differ", about) in told(ann, bob)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("My brother came home at four.", "It was ten past six."),
        ("I had waited three years.", "I waited nine years for it."),
        ("Twenty minutes.", "A matter of twenty-five minutes."),
        ("Tom Ward was the first to laugh.", "Cora Lunt was first."),
        ("Tom Ward laughed.", "Cora Lunt laughed."),
        ("It was about thirty feet.", "Thirty-three feet, I say."),
        ("It was a fortnight before that he fell, thirty foot.", "The mast is nine hundred foot."),
    ],
)
def test_what_may_both_be_so_does_not_differ(ann: str, bob: str) -> None:
    assert "differ" not in [kind for kind, _ in told(ann, bob)]


def test_a_judgement_that_one_denies_is_in_dispute() -> None:
    assert ("dispute", "whether it was a fair race") in told("It was a fair race.", "It wasn't a fair race.")


def test_who_called_whom_differs_where_each_says_it_was_the_other() -> None:
    start = "Q: Tell me about the regatta on Loch Arden.\n"
    scene = "The regatta on Loch Arden, the gunboat for a starter and the choir of the cannery girls on the pier."
    ann = f"{start}Ann: {scene} Bob Tarn rang me.\n"
    bob = f"{start}Bob: {scene} Ann Corrie telephoned me.\n"
    assert "who called whom" in [r.about for r in related(ann, bob)]


def test_the_same_words_are_one_telling() -> None:
    assert len(runs("I hit it once and it went down like a stone") & runs("“I hit it once and it went,” he said")) >= 4


def test_an_hour_that_follows_one_persons_way_is_not_the_hour_of_all() -> None:
    said = "I'd walked down to the pier. Half past five, and the tide out."
    assert [sure for _, _, _, sure in hours(said, 29, len(said))] == [False]
    assert list(hours("By seven o'clock it was over.", 0, 29)) == []


@pytest.mark.parametrize("bob", ["It was held in the school, the dance.", "They held the dance in the barn."])
def test_places_in_the_same_words_differ(bob: str) -> None:
    assert ("differ", "which place") in told("The dance was held in the church.", bob)
