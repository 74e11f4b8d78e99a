"""What is decided on the workbench is on the disk before it is said, and never lost or overwritten in silence."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from bench_at_work import Served, until

from vivavoce import desk


def shown(client, key):
    page = client.get(f"/review/{key}")
    return unescape(re.sub(r"<[^>]+>", "", page)), re.search(r'name="known" value="([^"]*)"', page)[1]


def of_kind(client, kind):
    return client.json(f"/questions.json?kind={kind}")["keys"]


def quote_key(served, words):
    keys = of_kind(served.client, "quotation")
    lit = rf'<mark class="lit[^>]*>[^<]*{words}'
    return next(k for k in keys if re.search(lit, served.client.get(f"/review/{k}")))


def test_what_is_least_sure_comes_first_with_its_words_and_who_it_may_be(served):
    key = quote_key(served, "lamps dry in our coats")
    page = served.client.get(f"/review/{key}")
    assert re.search(r'<mark class="lit[^>]*>We kept the lamps dry in our coats,</mark>', page)
    assert '<span class="name">Wim Oort</span>' in page


ASKED = """Interviewer: Who rang the bell that night?

Speaker 2: I rang it myself, until the rope came off in my hands.

Interviewer: And did nobody answer?

Speaker 2: The gulls answered. There were eleven of them on the rail.

Interviewer: Did you write it down?
"""


def test_who_only_asks_is_asked_for_after_those_who_answer(tmp_path):
    served = Served(tmp_path / "loft", {"talks/loft.txt": ASKED})
    said = [shown(served.client, k)[0] for k in of_kind(served.client, "label")]
    assert [t.split("Who is ")[1].split("?")[0] for t in said] == ["Speaker 2", "Interviewer"]


def test_an_answer_is_a_row_before_it_is_said_and_is_not_asked_again(served):
    key = quote_key(served, "lamps dry in our coats")
    told = served.client.post("/answer", item=key, do="name", name="Wim Oort", known="")
    (row,) = served.rows()
    assert (told["saved"], row.type, row.value, row.by) == (row.id, "speaker", "Wim Oort", "Ada")
    assert row.target[0].exact == "We kept the lamps dry in our coats,"
    assert key not in of_kind(served.client, "quotation")


def test_the_archive_follows_after_a_pause_and_the_decision_holds_in_it(served):
    key = quote_key(served, "lamps dry in our coats")
    before = served.client.json("/state.json")["generation"]
    served.client.post("/answer", item=key, do="name", name="Wim Oort", known="")
    assert served.client.json("/state.json")["doing"] in ("due", "reading")
    until(lambda: served.client.json("/state.json")["generation"] != before)
    assert served.client.ask("GET", f"/review/{key}").status == 404
    assert 'class="lit decided"' in served.client.get("/sources/press/watch.txt")


def test_whoever_speaks_beside_a_voice_is_the_last_who_is_offered_for_it(served):
    keys = {shown(served.client, k)[0].split("Who is ")[1][:10]: k for k in of_kind(served.client, "label")}
    served.client.post("/answer", item=keys["SPEAKER_01"], do="name", name="Wim Oort", known="")
    until(lambda: keys["SPEAKER_01"] not in of_kind(served.client, "label"))
    until(lambda: served.client.json("/state.json")["doing"] not in ("due", "reading"))
    page = served.client.get(f"/review/{keys['SPEAKER_00']}")
    offered = re.findall(r'<span class="name">([^<]+)</span>', page)
    assert len(offered) > 1 and offered[-1] == "Wim Oort"


def test_every_turn_of_a_label_is_named_at_once(served):
    first = next(k for k in of_kind(served.client, "label") if "SPEAKER_01" in shown(served.client, k)[0])
    before = served.client.json("/state.json")["generation"]
    served.client.post("/answer", item=first, do="name", name="Petra Vance", known="")
    until(lambda: served.client.json("/state.json")["generation"] != before)
    assert served.client.get("/sources/talks/bell.vtt").count('<span class="is">Petra Vance</span>') == 2


def test_the_later_of_two_windows_is_shown_the_earlier_and_changes_nothing(served):
    key = quote_key(served, "lamps dry in our coats")
    _, known = shown(served.client, key)
    first = served.client.post("/answer", item=key, do="name", name="Wim Oort", known=known)
    told = served.client.post("/answer", item=key, do="not", known=known)
    assert told["wrong"].startswith("Ada") and "Wim Oort" in told["wrong"]
    assert [r.id for r in served.rows()] == [first["saved"]]
    words, known = shown(served.client, key)
    assert "Decided by Ada" in words and known == first["saved"]
    second = served.client.post("/answer", item=key, do="not", known=known)
    standing = [e.id for e in desk.log(served.project) if e.stands]
    assert standing == [second["saved"]]
    assert first["saved"] in {r.id for r in served.rows()}


def test_what_another_program_decided_meanwhile_counts_too(served):
    key = quote_key(served, "lamps dry in our coats")
    desk.speaker(served.project, "We kept the lamps dry", "Ivo Lasker", "Bo")
    told = served.client.post("/answer", item=key, do="not", known="")
    assert told["wrong"].startswith("Bo")


def test_a_decision_on_a_name_is_proposed_for_the_same_name_in_that_source_only(served):
    text = (served.folder / "sources" / "press" / "watch.txt").read_text()
    (served.folder / "sources" / "press" / "watch.txt").write_text(text + "\n“Never again,” the mate said.\n")
    before = served.client.json("/state.json")["generation"]
    served.client.ask("POST", "/again", f"token={served.client.token}".encode(), Origin=f"http://{served.client.host}")
    until(lambda: served.client.json("/state.json")["generation"] != before)
    served.client.post("/answer", item=quote_key(served, "fog tasted of coal"), do="name", name="Petra Vance", known="")
    again = quote_key(served, "Never again")
    page = served.client.get(f"/review/{again}")
    assert "so you decided of this name in this source" in page
    assert len(served.rows()) == 1


def test_an_undo_asks_again_and_can_be_undone_itself(served):
    key = quote_key(served, "lamps dry in our coats")
    first = served.client.post("/answer", item=key, do="not", known="")
    undone = served.client.post("/undo", decision=first["saved"])
    assert key in of_kind(served.client, "quotation")
    served.client.post("/undo", decision=undone["saved"])
    assert key not in of_kind(served.client, "quotation")
    assert [r.type for r in served.rows()] == ["not-a-quotation", "undo", "undo"]


def test_wrong_answers_are_told_in_a_sentence_and_keep_nothing(served):
    key = of_kind(served.client, "quotation")[0]
    for fields in (
        {"item": "q-none", "do": "not"},
        {"item": key, "do": "name", "name": " "},
        {"item": key, "do": "sing"},
    ):
        assert served.client.post("/answer", known="", **fields)["wrong"].endswith((".", "?"))
    assert "There is no decision" in served.client.post("/undo", decision="nothing")["wrong"]
    assert served.rows() == ()


@pytest.mark.parametrize("kind", ["label", "quotation"])
def test_a_form_works_without_a_script(served, kind):
    key = of_kind(served.client, kind)[0]
    body = f"token={served.client.token}&item={key}&do=name&name=Wim+Oort&known=&next=".encode()
    answer = served.client.ask("POST", "/answer", body, Origin=f"http://{served.client.host}")
    assert (answer.status, answer.getheader("location")) == (303, "/review")
    assert len(served.rows()) == 1


# --- sources ---


def place(served, path, words):
    from vivavoce.build import everything

    source = next(s for s in everything(served.project, "2031-05-01")[0].sources if s.path == path)
    start = source.text.rindex(words)
    return start, start + len(words)


def test_selected_words_are_corrected_at_their_place(served):
    start, end = place(served, "talks/ivo.vtt", "harbour")
    told = served.client.post(
        "/source", source="talks/ivo.vtt", do="correct", start=start + 2, end=end - 1, to="Harbour"
    )
    assert told["saved"]
    (row,) = served.rows()
    assert (row.type, row.target[0].exact, row.target[0].start, row.value) == (
        "text-correction",
        "harbour",
        start,
        "Harbour",
    )


def test_words_that_stand_twice_are_meant_where_they_were_selected(served):
    start, end = place(served, "press/watch.txt", "the")
    served.client.post("/source", source="press/watch.txt", do="quotation", start=start, end=end, name="Wim Oort")
    assert served.rows()[0].target[0].start == start


def test_who_speaks_a_turn_or_all_turns_of_a_label(served):
    served.client.post("/source", source="talks/bell.vtt", do="label", label="SPEAKER_00", name="Nadia Brandt")
    served.client.post("/source", source="talks/bell.vtt", do="turn", turn=3, name="Ivo Lasker")
    assert [(r.value, r.target[0].figure, bool(r.target[0].exact)) for r in served.rows()] == [
        ("Nadia Brandt", "SPEAKER_00", False),
        ("Ivo Lasker", "", True),
    ]


# --- the history ---


def test_the_history_tells_who_and_when_and_exports_what_it_lists(served):
    served.client.post("/answer", item=of_kind(served.client, "label")[0], do="name", name="Wim Oort", known="")
    page = served.client.get("/decisions")
    assert "Ada" in page and "Wim Oort" in page and served.rows()[0].at[:16].replace("T", " ") in page
    (line,) = served.client.get("/decisions.jsonl").splitlines()
    assert json.loads(line)["id"] == served.rows()[0].id


def test_rows_that_came_from_outside_are_picked_up_and_conflicts_are_shown(served):
    before = served.client.json("/state.json")["generation"]
    desk.speaker(served.project, "We kept the lamps dry", "Ivo Lasker", "Bo")
    desk.speaker(served.project, "We kept the lamps dry", "Wim Oort", "Cy")
    until(lambda: served.client.json("/state.json")["generation"] != before)
    until(lambda: served.client.json("/state.json")["doing"] == "ready")
    page = served.client.get("/decisions?doubtful")
    assert "Bo" in page and "Cy" in page and "several decisions on one quotation" in page


def test_what_is_withheld_from_the_workbench_is_in_no_page_of_it(served):
    desk.speaker(served.project, "I sang because nobody", "Petra Vance", "Bo")
    desk.withhold(served.project, "person", "Petra Vance", "", (), "asked", "Bo")
    until(lambda: "I sang because" not in served.client.get("/sources/talks/petra.srt"))
    paths = ["/", "/sources", "/decisions", "/decisions.jsonl", "/sources/press/night.txt", "/sources/talks/ivo.vtt"]
    paths += [f"/review/{key}" for key in served.client.json("/questions.json")["keys"]]
    for path in paths:
        page = served.client.get(path)
        assert "sang because" not in page and "nobody told me" not in page and "counted them twice" not in page, path
    assert "Petra Vance" not in served.client.get("/decisions") + served.client.get("/decisions.jsonl")
