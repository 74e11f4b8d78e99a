"""Mistakes in files that a user writes are told with file, line and what is allowed."""

import pytest

from vivavoce import tables
from vivavoce.errors import BadFile
from vivavoce.project import Settings


def mistake(text: str) -> str:
    with pytest.raises(BadFile) as told:
        tables.load(text, Settings, "vivavoce.toml")
    assert "\n" not in str(told.value)
    return str(told.value)


def test_an_unknown_key_is_told_with_its_line_and_the_nearest_that_is_known():
    told = mistake('v = 1\ntitel = "The Ferry Strike"\n')
    assert "line 2" in told
    assert "Did you mean “title”?" in told


def test_a_key_in_the_second_of_two_tables_is_told_with_its_own_line():
    told = mistake('[[people]]\nname = "Ada Quill"\n\n[[people]]\nname = "Jo Quill"\ngender = "x"\n')
    assert "line 6" in told
    assert "f, m" in told


def test_a_wrong_value_lists_the_allowed_ones():
    told = mistake('[[rights]]\nwhat = "source"\nof = "a.vtt"\nchannels = ["site", "webb"]\n')
    assert "line 4" in told
    assert "workbench, site, book, export, search, ai" in told


def test_a_wrong_type_is_told():
    assert "expected `str`, got `int`" in mistake("title = 3\n")


def test_broken_toml_is_told_with_its_place():
    assert "line 2" in mistake('v = 1\ntitle = "no end\n')


def test_a_newer_version_is_refused_in_a_sentence():
    assert mistake("v = 2\nwhatever = 1\n").startswith("vivavoce.toml is of version 2; this program reads up to 1.")


@pytest.mark.parametrize("version", ["0", "true", '"one"', "1.5"])
def test_a_version_that_is_none_is_refused(version: str):
    assert "v is" in mistake(f"v = {version}\n")


def test_dates_may_be_written_with_or_without_quotation_marks():
    text = '[[rights]]\nwhat = "person"\nof = "Ada Quill"\nuntil = {}\n'
    plain = tables.load(text.format("2031-05-01"), Settings, "f")
    quoted = tables.load(text.format('"2031-05-01"'), Settings, "f")
    assert plain == quoted
    assert plain.rights[0].until == "2031-05-01"


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, "-9223372036854775809", "1_" * 2500 + "1"])
@pytest.mark.parametrize("key", ["title", "v", "people"])
def test_a_number_that_toml_does_not_know_is_told_with_its_line(key: str, number: str):
    told = mistake(f'[style]\nfont = "{"9" * 30}"\n{key} = {number}\n' if key != "v" else f"\n\nv = {number}\n")
    assert told == "vivavoce.toml, line 3: a number has more digits than TOML allows. Mend it, or take it out."


def test_tables_nested_a_thousand_deep_are_refused():
    mistake("a = " + "[" * 5000 + "]" * 5000)


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    (tmp_path / "vivavoce.toml").write_bytes(b'title = "caf\xe9"\n')
    with pytest.raises(BadFile, match="not UTF-8"):
        tables.read(tmp_path / "vivavoce.toml", Settings)


@pytest.mark.parametrize("text", [".".join(["a"] * 900) + " = 1", "v = " + "[" * 450 + "]" * 450])
def test_keys_nested_hundreds_deep_are_told(text: str) -> None:
    assert mistake(text).startswith("vivavoce.toml")
