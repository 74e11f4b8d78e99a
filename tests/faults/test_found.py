"""What once broke a promise does not again: every input that fuzzing found, and what each target begins from."""

import pytest
from targets import TARGETS, found, seeds

FOUND = [pytest.param(name, file, id=f"{name}/{file.name}") for name in TARGETS for file in found(name)]


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_from_is_sound(name):
    given = seeds(name)
    assert given, "there is something to begin from"
    for data in given:
        TARGETS[name].does(data)


@pytest.mark.parametrize(("name", "file"), FOUND)
def test_what_fuzzing_found_is_read_or_told(name, file):
    TARGETS[name].does(file.read_bytes())
