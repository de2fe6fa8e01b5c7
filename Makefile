# Each target makes the environment that it needs, in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test fuzz serve bench lint clean

site: .venv/product
	$(BIN)/peakbook publish

serve: .venv/product
	$(BIN)/peakbook serve

test: .venv/developer
	$(BIN)/pytest -n 2

# The floors against each other on so many random scenarios, in full.
SCENARIOS ?= 500
fuzz: .venv/developer
	$(BIN)/python -m tests.fuzz $(SCENARIOS)

lint: .venv/developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/developer
	$(BIN)/python -m tests.benchmarks

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Peakbook needs Python 3.11 or newer") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv

.venv/product: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/developer: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@ .venv/product

clean:
	rm -rf .venv .peakbook site
