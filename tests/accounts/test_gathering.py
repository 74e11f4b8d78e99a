"""What draws together what is told of one event, and what must not: the ferry *The Grey Gull* and her crew."""

from __future__ import annotations

import harrow

from vivavoce.accounts import gather
from vivavoce.accounts.clusters import settled
from vivavoce.accounts.questions import leads_on
from vivavoce.model import Known, Moment, Work

CALLED = {"Ada": "Ada Quill", "Ben": "Ben Sorley", "Cora": "Cora Finch", "Dov": "Dov Marsh", "Eve": "Eve Lund", "Q": ""}
FERRY = Known(works=(Work("The Grey Gull"),))


def gathered(talks: dict[str, str], articles: dict[str, str] | None = None) -> list[Moment]:
    called = {key: name for key, name in CALLED.items() if name}
    found = [p for path, text in talks.items() for p in harrow.transcript(path, text, FERRY, called=called)]
    for path, text in (articles or {}).items():
        found += harrow.article(path, text, FERRY, called=called)
    return gather(found, harrow.people(called, (*talks, *(articles or ()))), FERRY)


def at(moments: list[Moment], path: str, text: str, words: str) -> str | None:
    start = text.index(words)
    holds = (m.id for m in moments for a in m.accounts if a.source == path and any(x <= start < y for x, y in a.spans))
    return next(holds, None)


def test_what_the_whole_history_is_about_joins_nothing() -> None:
    told = {
        "ada.txt": "Ada: In The Grey Gull that winter, a stoker threw my porridge to the herring.\n",
        "ben.txt": "Ben: In The Grey Gull that winter, the mate polished a compass with toothpowder.\n",
        "cora.txt": "Cora: In The Grey Gull that winter, my uncle sold tickets beside a paraffin burner.\n",
        "dov.txt": "Dov: In The Grey Gull that winter, old Harkness hung from a plank, puffing.\n",
        "eve.txt": "Eve: In The Grey Gull that winter, we got engaged, and I dropped a sapphire.\n",
    }
    assert {len(m.accounts) for m in gathered(told)} == {1}


def test_who_tells_of_two_strikes_tells_them_apart() -> None:
    stokers = (
        "The stokers' strike began over the ash hoist. We struck, the stokers walked off the quay with their shovels."
    )
    cooks = (
        "The cooks' strike began over the galley stove. They struck, the cooks walked off the quay with their ladles."
    )
    told = {
        "ada.txt": f"Q: Tell me about the stokers' strike.\nAda: {stokers}\nQ: And the lamps?\nAda: All green "
        f"and smoking.\nQ: Then the cooks' strike, a year later?\nAda: {cooks}\n",
        "ben.txt": f"Q: Tell me about the stokers' strike.\nBen: {stokers} I had a shovel.\nQ: And the mail?\nBen: In "
        f"canvas sacks.\nQ: Then the cooks' strike?\nBen: {cooks} I had no soup.\n",
    }
    moments = gathered(told)
    first, second = (at(moments, "ada.txt", told["ada.txt"], w) for w in ("over the ash hoist", "over the galley"))
    assert first and second and first != second
    assert at(moments, "ben.txt", told["ben.txt"], "I had a shovel") == first
    assert at(moments, "ben.txt", told["ben.txt"], "I had no soup") == second


def test_an_article_that_looks_back_is_cut_where_people_tell_its_paragraphs() -> None:
    talks = {
        "ada.txt": "Q: The collision?\nAda: A coal barge came out of the fog and stove in our paddle box, and the "
        "purser rang the handbell until the clapper flew off.\n",
        "ben.txt": "Q: And the wedding?\nBen: The bride's veil went into the funnel, and the accordion player married "
        "the bridesmaid instead, in the wheelhouse.\n",
    }
    article = (
        "# A ferry remembered\n\nSome say that a coal barge stove in the paddle box in fog, and that the purser "
        "rang a handbell without a clapper.\n\nOthers recall the bride whose veil went into the funnel, and an "
        "accordion player in the wheelhouse.\n\nNobody at the museum could say where her nameboard hangs now.\n"
    )
    moments = gathered(talks, {"look-back.txt": article})
    text = article.replace("# ", "# ", 1)
    barge, veil = (at(moments, "look-back.txt", text, w) for w in ("Some say", "Others recall"))
    assert barge == at(moments, "ada.txt", talks["ada.txt"], "A coal barge")
    assert barge != veil
    assert veil == at(moments, "ben.txt", talks["ben.txt"], "The bride's veil")


def test_one_who_tells_too_may_lead_on() -> None:
    for turn in (
        "Tilda, the flood. Go.",
        "Okay, the medal. You won it in June.",
        "Ned, tell us about the lighthouse.",
        "And the auction? Where were you?",
        "Had he begged to be let off? I always understood that he begged.",
    ):
        assert leads_on(turn), turn
    for turn in (
        "And then?",
        "It was what, forty minutes?",
        "No, the pilot had it.",
        "How long did it burn?",
        "I did not.",
    ):
        assert not leads_on(turn), turn


def test_a_host_who_tells_too_divides_what_is_told() -> None:
    talk = (
        "Ada: We had a goat aboard, it ate the mooring rope and the captain's braid, and I was blamed for the braid.\n"
        "Ben: It never ate the rope. It ate the braid.\n"
        "Ada: Ben, the lighthouse. Go.\n"
        "Ben: The keeper waved a tablecloth because the lamp had cracked, and we steered by his tablecloth.\n"
    )
    found = harrow.transcript("show.txt", talk, FERRY, called={"Ada": "Ada Quill", "Ben": "Ben Sorley"})
    goat, *_, keeper = found
    assert goat.topic != keeper.topic
    assert "the lighthouse" in keeper.around


def test_what_is_asked_last_is_no_part_of_what_was_told_before() -> None:
    talk = (
        "Q: Tell me about the fog signal.\n"
        "Ada: The fog signal was a brass whistle from a bakery, and the stoker blew it with the bellows of the organ.\n"
        "Q: Would you do it again?\nAda: For the buns.\n"
        "Q: What did you take home with you?\nAda: The bellows. My nephew sleeps on them.\n"
    )
    moments = gathered({"ada.txt": talk})
    whistle, buns = (at(moments, "ada.txt", talk, w) for w in ("a brass whistle", "For the buns"))
    assert whistle is not None
    assert buns != whistle


def test_a_follow_up_stays_with_what_it_asks_on() -> None:
    talk = (
        "Q: Tell me about the fog signal.\n"
        "Ada: The fog signal was a brass whistle from a bakery, and the stoker blew it with the bellows of the organ.\n"
        "Q: How long did it blow?\nAda: Nine minutes.\n"
    )
    moments = gathered({"ada.txt": talk})
    assert at(moments, "ada.txt", talk, "Nine minutes") == at(moments, "ada.txt", talk, "a brass whistle") is not None


def test_a_stretch_that_is_left_alone_joins_the_event_that_it_is_clearly_nearest_to() -> None:
    storm = {"wgale": 0.6, "wmast": 0.6, "wrope": 0.5}
    feast = {"wgoose": 0.6, "wfiddle": 0.6, "wcake": 0.5}
    alone = {"wgale": 0.3, "wmast": 0.3, "wrope": 0.3, "wlamp": 0.8}
    vectors, groups = [storm, storm, feast, feast, alone], [[0, 1], [2, 3], [4]]
    assert settled(groups, vectors, ["ada", "ben", "ada", "ben", "cora"]) == [[0, 1, 4], [2, 3]]
    assert settled(groups, vectors, ["ada", "ben", "ada", "ben", "ada"]) == groups, "Ada tells of the storm elsewhere"
    between = {**alone, "wgoose": 0.3, "wfiddle": 0.3, "wcake": 0.3}
    assert settled(groups, [*vectors[:4], between], ["ada", "ben", "ada", "ben", "cora"]) == groups
