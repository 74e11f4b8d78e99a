"""What once broke a promise does not again: every input that fuzzing found; nor does what each target begins from."""

import random
from functools import partial

import pytest
from bending import WAYS, parts, unpacked
from targets import TARGETS, found, seeds, words

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


def bent(name, seed):
    """An input of a target, bent a few times as is its way, with no coverage to lead."""
    chance, target = random.Random(seed), TARGETS[name]
    data, given = chance.choice(seeds(name)), words(name)
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = WAYS[target.way](data, chance, partial(torn, chance), given)
    return data


def torn(chance, data):
    """Some bytes changed, left out, put in."""
    bytes_ = bytearray(data)
    for _ in range(chance.choice((1, 3))):
        at = chance.randrange(len(bytes_) + 1)
        bytes_[at : at + chance.choice((0, 1, 20))] = chance.randbytes(chance.choice((0, 1, 2)))
    return bytes(bytes_)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_bent_as_its_format_allows_is_read_or_told(name):
    for seed in range(12):
        TARGETS[name].does(bent(name, seed))


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_much_that_is_bent_as_its_format_allows_is_read_or_told(name):
    for seed in range(1000, 5000):
        TARGETS[name].does(bent(name, seed))


@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.way == "parts"])
def test_what_is_packed_stays_a_zip_when_it_is_bent(name):
    whole = [unpacked(parts(data, random.Random(n), bytes)) for data in seeds(name) for n in range(20)]
    assert sum(map(bool, whole)) > 0.9 * len(whole)
