"""Our own annotated articles, in many styles: how well they are read has floors too, wherever the tests are run."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import annotated
import scoring

FLOORS = Path(__file__).parent / "floors.json"
SHARED = Path(__file__).parents[3] / "shared"
ARTICLES = annotated.articles()


def found_in(articles: list[annotated.Article], folder: Path) -> dict[str, list[dict]]:
    """What the command prints of the quotations of each article."""
    for each in articles:
        (folder / f"{each.name}.txt").write_bytes(each.text.encode("utf-8"))
    command = [sys.executable, "-m", "vivavoce", "quotes", str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)
    found: dict[str, list[dict]] = {each.name: [] for each in articles}
    for line in done.stdout.splitlines():
        quote = json.loads(line)
        found[Path(quote["source"]).stem].append(quote)
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return found_in(ARTICLES, tmp_path_factory.mktemp("articles"))


def test_no_figure_of_our_articles_falls_below_its_floor(found):
    wanted = json.loads(FLOORS.read_text("utf-8"))["articles"]
    assert annotated.digest() == wanted["sha256"], "other articles: measure and pin again"
    reached = scoring.figures([(a.text, a.quotes, a.traps, found[a.name]) for a in ARTICLES])
    assert set(wanted["floors"]) == set(reached)
    low = {k: reached[k] for k, floor in wanted["floors"].items() if reached[k] < floor}
    assert not low, f"below the floor: {low}"


def test_our_scorer_agrees_with_the_one_of_the_annotated_sets(found):
    path = SHARED / "tools" / "score_quotes.py"
    if not path.exists():
        return  # not part of the project
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    documents = [json.loads(annotated.as_line(a)) for a in ARTICLES]
    theirs = other.score(documents, {f"{i:05d}.txt": found[a.name] for i, a in enumerate(ARTICLES)})
    ours = scoring.figures([(a.text, a.quotes, a.traps, found[a.name]) for a in ARTICLES])
    for name in set(ours) & set(theirs):
        assert theirs[name].get("F1", theirs[name].get("share")) == pytest.approx(ours[name], abs=0.0011), name


def test_what_is_found_lies_in_the_text_and_reads_as_it_stands_there(found):
    for each in ARTICLES:
        for quote in found[each.name]:
            assert " ".join(each.text[a:b] for a, b in quote["spans"]) == quote["text"]
            for mention in filter(None, (quote["speaker"], quote["cue"])):
                assert each.text[mention["start"] : mention["end"]] == mention["text"]


def test_the_articles_are_many_and_hold_the_hard_patterns():
    assert len(ARTICLES) >= 22
    assert all(300 <= len(each.text.split()) <= 700 for each in ARTICLES)
    kinds = [q["kind"] for each in ARTICLES for q in each.quotes]
    assert all(kinds.count(kind) >= least for kind, least in (("direct", 200), ("mixed", 25), ("indirect", 100)))
    assert sum(len(each.traps) for each in ARTICLES) >= 50


def test_marks_become_text_and_gold(tmp_path):
    path = tmp_path / "tide.txt"
    path.write_text(
        "# two fragments, a title\nmo = Maria Ortiz\n\n"
        "{d Ortiz/said=mo}“We ran,”{/} Ortiz said of {t}“Tide”{/}. {+}“We ran.”{/} He hoped {m? He/hoped}it “went”{/}.",
        "utf-8",
    )
    read = annotated.article(path)
    assert read.text == "“We ran,” Ortiz said of “Tide”. “We ran.” He hoped it “went”."
    assert [(q["kind"], read.text[q["start"] : q["end"]], q["group"]) for q in read.quotes] == [
        ("direct", "“We ran,”", "E1"),
        ("direct", "“We ran.”", "E1"),
        ("mixed", "it “went”", "E2"),
    ]
    assert [q["speaker"]["start"] for q in read.quotes] == [10, 10, 42]
    assert [q["cue_class"] for q in read.quotes] == ["speech", "speech", "cognition"]
    assert [read.text[a:b] for a, b in read.traps] == ["“Tide”"]


@pytest.mark.parametrize("wrong", ["{d Ortiz/said}“Oh”", "“Oh”{/}", "{x}“Oh”{/}", "{d Nobody/said}“Oh”{/} Ortiz said."])
def test_marks_that_cannot_be_read_are_told(tmp_path, wrong):
    path = tmp_path / "wrong.txt"
    path.write_text("# wrong\n\n" + wrong, "utf-8")
    with pytest.raises(annotated.BadMarks, match=r"wrong\.txt"):
        annotated.article(path)


def said(text: str, words: str, **more) -> dict:
    start = text.index(words)
    return {"kind": "direct", "cue_class": "speech", "start": start, "end": start + len(words), "speaker": None} | more


def given(text: str, words: str, **more) -> dict:
    start = text.index(words)
    spans = [[start, start + len(words)]]
    return {"kind": "direct", "spans": spans, "content": spans, "speaker": None, "person": None} | more


TEXT = "“Nobody told us a thing,” said Ida Marsh. She read “The Tide” aloud. “We ran,” she said."
MARSH = {"start": 31, "end": 40}
SHE = {"start": 83, "end": 86}


def test_a_perfect_answer_scores_one_throughout():
    gold = [
        said(TEXT, "“Nobody told us a thing,”", speaker=MARSH, speaker_name="Ida Marsh"),
        said(TEXT, "“We ran,”", speaker=SHE, speaker_name="Ida Marsh"),
    ]
    found = [
        given(TEXT, "Nobody told us a thing,", speaker=MARSH, person={"name": "Ida Marsh"}, confidence=0.95),
        given(TEXT, "We ran,", speaker=SHE, person={"name": "Marsh"}, confidence=0.9),
    ]
    trap = TEXT.index("The Tide")
    reached = scoring.figures([(TEXT, gold, [(trap, trap + 8)], found)])
    assert set(reached.values()) == {1.0}


def test_every_kind_of_mistake_lowers_its_own_figure():
    gold = [
        said(TEXT, "“Nobody told us a thing,”", speaker=MARSH, speaker_name="Ida Marsh"),
        said(TEXT, "“We ran,”", speaker=SHE, speaker_name="Ida Marsh"),
    ]
    found = [given(TEXT, "Nobody told us a thing,", speaker=MARSH), given(TEXT, "The Tide")]
    trap = TEXT.index("The Tide")
    reached = scoring.figures([(TEXT, gold, [(trap, trap + 8)], found)])
    assert reached["direct"] == 0.5 and reached["direct>=4"] == 1.0
    assert reached["speaker"] == 1.0 and reached["speaker of all"] == 0.5
    assert reached["person"] == 0.0 and reached["traps"] == 0.0


if __name__ == "__main__":  # what the floors may be
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        got = found_in(ARTICLES, Path(scratch))
    print(annotated.digest())
    print(json.dumps(scoring.figures([(a.text, a.quotes, a.traps, got[a.name]) for a in ARTICLES]), indent=1))
