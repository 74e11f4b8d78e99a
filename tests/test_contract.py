"""What holds for every reader, every engine and every quotation, over all the fixtures there are."""

from pathlib import Path

import msgspec
import pytest

import promises
from vivavoce import accounts, engines, people, quotes, sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Known

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "tests" / "data", ROOT / "examples" / "saltmarsh" / "sources"]
SEEDS = ROOT.parent / "shared" / "seeds"


def fixtures():
    for folder in [*FOLDERS, *([SEEDS] if SEEDS.is_dir() else [])]:
        for path in sources.listed(folder):
            try:
                sources.read(folder, path)
            except UnreadableSource:
                continue
            yield pytest.param(folder, path, id=f"{folder.name}/{path}")


FIXTURES = list(fixtures())


@pytest.mark.parametrize(("folder", "path"), FIXTURES)
def test_every_reader_keeps_its_promises(folder, path):
    source = sources.read(folder, path)
    text = source.text
    assert msgspec.json.encode(source) == msgspec.json.encode(sources.read(folder, path)), "the same bytes twice"
    assert msgspec.json.decode(msgspec.json.encode(source), type=type(source)) == source
    if source.format in ("press", "markdown", "dialogue") and (folder / path).is_file():  # not a member of a ZIP
        assert text == (folder / path).read_bytes().decode("utf-8-sig", "replace")
    end = 0
    for block in source.blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end
    end, clock = 0, 0.0
    for turn in source.turns:
        for a, b in turn.spans:
            assert turn.start <= a < b <= turn.end
            assert end <= a, "turns do not overlap"
            assert text[a:b].strip() == text[a:b]
            end = b
        if turn.time:
            assert clock <= turn.time[0] <= turn.time[1], "times never run back"
            clock = turn.time[0]
    starts = [p.start for p in source.places]
    assert starts == sorted(starts)


@pytest.mark.parametrize("engine", list(engines.names("attribute")))
@pytest.mark.parametrize(("folder", "path"), FIXTURES)
def test_every_engine_keeps_its_promises(folder, path, engine):
    source, known = sources.read(folder, path), Known()
    found = quotes.find(source, known)
    cast = people.cast(source, found, known)
    given = engines.engine("attribute", engine)(source, found, cast, known)
    promises.of_quotes(source, found)
    promises.of_whose(source, found, cast, given)
    again = engines.engine("attribute", engine)(source, found, cast, known)
    assert msgspec.json.encode(given) == msgspec.json.encode(again)


@pytest.mark.parametrize(("folder", "path"), FIXTURES)
def test_passages_are_stretches_of_their_source(folder, path):
    source, known = sources.read(folder, path), Known()
    found = quotes.find(source, known)
    cast = people.cast(source, found, known)
    given = engines.engine("attribute", "rules")(source, found, cast, known)
    ids, keys = {q.id for q in found}, {f.key for f in cast.figures}
    for passage in accounts.passages(source, found, given, cast, known):
        assert passage.source == path
        assert passage.figure is None or passage.figure in keys
        assert set(passage.quotes) <= ids
        assert all(0 <= a < b <= len(source.text) for a, b in passage.spans)
