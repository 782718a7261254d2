# symbiosis: make demo proposes exchanges for the shipped park, make test passes the tests.
# Wants Python >= 3.11 with its venv module, make and git; all else goes into .venv.
# Another Python: make test PYTHON=python3.13

PYTHON ?= python3
PARK ?= qiannan
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo explore setup test check format lint docs bench messages system clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

demo: $(VENV)/run.stamp ## propose exchanges for the Qiannan park, into output/qiannan
	$(BIN)/symbiosis match $(PARK) --output output/$(PARK)

explore: $(VENV)/explorer.stamp ## open the explorer in the browser
	$(BIN)/symbiosis explore $(PARK)

setup: $(VENV)/dev.stamp ## make .venv with all that developing needs

test: $(VENV)/dev.stamp ## pass the tests
	$(BIN)/python -m pytest -n auto

check: lint docs test ## all that must hold before a commit: style, types, floors, pages, tests

format: $(VENV)/dev.stamp ## put the code in its usual form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/dev.stamp ## build the pages, English and Chinese, into docs/_build/html
	$(BIN)/python -m sphinx -W --keep-going --quiet -b html docs docs/_build/html
	@echo "open docs/_build/html/index.html"

bench: $(VENV)/dev.stamp ## run the benchmarks, each prints a ratio
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

messages: $(VENV)/dev.stamp ## extract, update and compile the translations
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --sort-output -o .messages.pot .
	$(BIN)/pybabel -q update -D symbiosis -i .messages.pot -d symbiosis/reporting/locale -l zh_CN \
	  --no-fuzzy-matching --ignore-obsolete --width 100
	$(BIN)/pybabel -q compile -D symbiosis -d symbiosis/reporting/locale
	@rm -f .messages.pot

# Browser tests and pictures want a Chromium and a font with Chinese; nothing else does.
system: ## install chromium and a Chinese font (Debian and Ubuntu, as root)
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk

clean: ## remove what this file made
	rm -rf $(VENV) docs/_build

# The environment, in three depths; a deeper one holds the ones before it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "symbiosis wants Python >= 3.11, and $(PYTHON) is older: make PYTHON=python3.13 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/explorer.stamp: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e '.[explorer]'
	@touch $(VENV)/run.stamp $@

$(VENV)/dev.stamp: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(VENV)/run.stamp $(VENV)/explorer.stamp $@
