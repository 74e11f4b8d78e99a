# Two commands are enough: `make demo` and `make test`.
SHELL := /bin/sh
# The first Python that is new enough; name another with `make PYTHON=…`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
RUN := $(BIN)/python
EXAMPLE ?= examples/saltmarsh
MOMENT ?= The gull

.PHONY: demo test soak fuzz fuzz-guided lint quality compiled docs pictures train calibration requirements release bench system clean

# The environment: made once, again when what it needs has changed.
.venv/ready: requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Vivavoce needs Python 3.11 or newer; install it, or name one: make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/ready

# The system packages that tests need (a browser, a Java runtime), found or installed; a missing one ends with a sentence.
system: .venv/ready
	@$(RUN) tools/system.py

demo: .venv/ready
	@$(RUN) tools/demo.py "$(EXAMPLE)"

test: .venv/ready system
	$(RUN) -m pytest -n 3 --dist worksteal

soak: .venv/ready system
	VIVAVOCE_EXAMPLES=soak $(RUN) -m pytest -m "soak or not soak" --timeout 3600

# Sources made at random, for so many seconds: make fuzz SECONDS=600.
SECONDS ?= 60
fuzz: .venv/ready
	$(RUN) tools/fuzz.py $(SECONDS)

# Inputs that coverage leads to (atheris), for so many seconds each target: make fuzz-guided SECONDS=600 TARGETS="vtt docx".
TARGETS ?=
fuzz-guided: .venv/fuzz
	$(RUN) tools/guided.py $(SECONDS) $(TARGETS)

.venv/fuzz: .venv/ready requirements-fuzz.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	@touch .venv/fuzz

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(RUN) -m mypy
	PYTHONPATH=src $(BIN)/lint-imports --no-logo

quality: .venv/ready
	$(RUN) -m pytest tests/quality tests/test_example.py tests/test_archive_of_trouble.py -rP

# The optional compiled build (a C compiler is needed), in build/compiled, never in .venv: PYTHONPATH=build/compiled uses it.
compiled: .venv/ready
	@$(RUN) tools/compiled.py

docs: .venv/ready
	$(RUN) tools/commands.py

pictures: .venv/ready system
	$(BIN)/vivavoce build "$(EXAMPLE)" --on 2026-01-01
	$(RUN) tools/pictures.py "$(MOMENT)"

# Fits what is learned (confidences, the learned engine) from ../shared/data, where that is.
train: .venv/ready
	$(RUN) tools/train.py

# How sure and how right: the table on the terminal, the plot in docs/pictures.
calibration: .venv/ready
	$(RUN) benchmarks/calibration.py

# Pinned with hashes, naming no index and no host.
requirements:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra bench -c requirements-dev.txt pyproject.toml -o requirements-bench.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra fuzz -c requirements-dev.txt pyproject.toml -o requirements-fuzz.txt

# What is claimed of speed and memory, each beside a peer of the same run; docs/performance.md is written from it.
bench: .venv/bench
	$(RUN) benchmarks/bench.py --write

.venv/bench: .venv/ready requirements-bench.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch .venv/bench

# Wheel and source archive, built twice and compared; a bill of materials; the licences of what it stands on.
release: .venv/ready
	@$(RUN) tools/release.py

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
