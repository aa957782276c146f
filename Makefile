# make train   trains the model in models/default
# make test    runs the tests
# make check   format, lint, types, corpus, tests: what continuous integration runs
# make pages   scores the page splitter and the tagger on pages with known answers
# make bench   measures how fast tagging is, beside its rivals
# make kill-test   kills fifty batch runs at random and asks for the same bytes
# make fuzz    reads thousands of damaged PDFs and web pages; some minutes
# make repro   repeats the committed experiment with DVC
# make public  trains on the public corpora in data/public, measures the rivals, writes the tables
# make params  writes params.yaml anew after a change in conf/
#
# Everything runs inside .venv, made on first use from constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: public bench kill-test train test check format pages fuzz repro params clean

# What the tool itself needs, for every format.
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "fenmen needs Python 3.11 or newer; name one: make PYTHON=python3.12 train")'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) -e '.[fast,formats,tables]'
	$(BIN)/python -m fenmen.model.loops  # compiled now, not in the first long run
	@touch $@

# What tests and experiments need besides.
$(VENV)/developer: $(VENV)/ready
	$(PIP) -e '.[dev,experiments]'
	@touch $@

train: $(VENV)/ready
	$(BIN)/python -m src.train

test: $(VENV)/developer
	$(BIN)/python -m pytest -n 2

check: $(VENV)/developer
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/fenmen check data/corpus
	$(BIN)/python -m pytest -n 2

format: $(VENV)/developer
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pages: $(VENV)/ready
	$(BIN)/python -m experiments.pages.score

bench: $(VENV)/developer
	$(BIN)/python -m experiments.throughput.bench

kill-test: $(VENV)/developer
	$(BIN)/python -m experiments.throughput.kill_test --runs 50 --rows 20000

fuzz: $(VENV)/developer
	$(BIN)/python -m tests.articles.formats.fuzz

repro: $(VENV)/developer
	PATH="$(CURDIR)/$(BIN):$$PATH" dvc repro

# Seconds and megabytes are of the machine, so what they are measured with runs every time.
PUBLIC := tnews events thucnews-titles
public: $(VENV)/developer
	for name in $(PUBLIC); do \
		PATH="$(CURDIR)/$(BIN):$$PATH" dvc repro experiments/$$name/dvc.yaml && \
		PATH="$(CURDIR)/$(BIN):$$PATH" dvc repro --force --single-item experiments/$$name/dvc.yaml:rivals \
		|| exit 1; done

params: $(VENV)/ready
	$(BIN)/python -m src.params

clean:
	rm -rf $(VENV) build dist src/*.egg-info
