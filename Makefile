# make train | test | check | pages | params | repro
# Everything runs inside .venv, which is made on first use from constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: train test check format pages params clean

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"fenmen needs Python 3.11 or newer, {sys.executable} is {v.major}.{v.minor}: make PYTHON=python3.12 train")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

train: $(VENV)/ready
	$(BIN)/python -m src.train

test: $(VENV)/ready
	$(BIN)/python -m pytest

check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/fenmen check data/corpus
	$(BIN)/python -m pytest

format: $(VENV)/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pages: $(VENV)/ready
	$(BIN)/python -m experiments.pages.score

params: $(VENV)/ready
	$(BIN)/python -m src.params

clean:
	rm -rf $(VENV) build dist src/*.egg-info
