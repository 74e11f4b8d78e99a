"""An answer begins something else, or goes on; who only asks belongs with what is answered; a long answer may tell two
things, and is whole again where it does not."""

from accounts import harrow
from vivavoce.accounts.turning import HALF, KINDS, SEVERAL, halved, weights
from vivavoce.accounts.whole import whole

ORCHARD = "The orchard flooded and the apples floated down to the mill. We fished the apples out with nets and rakes. "
CHOIR = "The choir sang carols in the quarry. Every soprano had a lantern and the quarry rang with carols. "


def test_each_kind_of_evidence_has_a_weight() -> None:
    each, _ = weights()
    assert len(each) == len(KINDS)


def test_an_answer_that_tells_two_things_is_cut_between_them() -> None:
    text = (ORCHARD * 5 + CHOIR * 4).strip()
    first, second = halved(text, ((0, len(text)),))
    assert text[slice(*first[0])] == (ORCHARD * 5).strip()
    assert text[slice(*second[0])] == (CHOIR * 4).strip()


def test_an_answer_of_few_words_is_not_cut() -> None:
    text = (ORCHARD * 2 + CHOIR).strip()
    assert len(text.split()) < SEVERAL
    assert halved(text, ((0, len(text)),)) == [((0, len(text)),)]


def test_no_part_of_an_answer_is_a_scrap() -> None:
    text = (ORCHARD * 8 + "A bell rang.").strip()
    parts = halved(text, ((0, len(text)),))
    assert all(sum(len(text[a:b].split()) for a, b in part) >= HALF for part in parts)


def test_what_is_asked_stands_with_what_is_answered() -> None:
    talk = f"Ida: {ORCHARD}\nMarek: Now tell us about the carols in the quarry.\nIda: {CHOIR}\n"
    before, asks, answer = harrow.transcript("talk.txt", talk)
    assert before.topic != answer.topic == asks.topic


def test_a_question_that_only_points_back_goes_on() -> None:
    talk = f"Q: Tell me about the flood in the orchard.\nIda: {ORCHARD}\nQ: Did they float?\nIda: They did, yes.\n"
    assert len({p.topic for p in harrow.transcript("talk.txt", talk)}) == 1


def test_an_answer_that_was_cut_is_whole_again_where_it_tells_one_thing() -> None:
    said = ORCHARD * 5 + CHOIR * 4
    talk = harrow.transcript("talk.txt", f"Q: Tell me about that winter.\nIda: {said}\n")
    assert len(talk) == 2
    (one,) = whole(talk)
    assert len(one.spans) == 1
    assert one.text == said.strip()


def test_a_question_that_only_names_a_thing_asks_of_it() -> None:
    talk = f"Q: Tell me about the flood in the orchard.\nIda: {ORCHARD}\nQ: And the choir?\nIda: In the quarry.\n"
    first, other = harrow.transcript("talk.txt", talk)
    assert first.topic != other.topic


def test_a_word_that_asks_of_nothing_goes_on() -> None:
    talk = f"Q: Tell me about the flood in the orchard.\nIda: {ORCHARD}\nQ: Really?\nIda: {CHOIR}\n"
    assert len({p.topic for p in harrow.transcript("talk.txt", talk)}) == 1
