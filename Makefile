# The commands of the project; `make help` tells them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help run install install-dev test check bench soak pictures messages clean

help:
	@echo "make run      install, prepare and start the demo festival (PORT=8000)"
	@echo "make test     run every test"
	@echo "make check    lint, types, contracts, translations, content"
	@echo "make bench    measure, beside peers, into bench/RESULTS.md"
	@echo "make pictures take the pictures of the README and docs"

run: install
	@PORT=$(PORT) exec $(BIN)/notalone up content/demo

install: $(VENV)/.installed
	@$(BIN)/notalone messages compile

install-dev: $(VENV)/.installed-dev node_modules/.installed
	@$(BIN)/notalone messages compile

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: install python3.11 and python3.11-venv, or say PYTHON=python3"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Not Alone …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Not Alone and what its tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

node_modules/.installed: package-lock.json
	@command -v npm >/dev/null || { echo "node and npm are missing: install nodejs 20 or newer"; exit 2; }
	@npm ci --silent --no-fund --no-audit
	@touch $@

test: install-dev
	@tools/debian-packages
	@find tests -name '*.test.mjs' -print0 | xargs -0 node --test
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

check: install-dev
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/notalone messages check
	@$(BIN)/notalone check content/demo

bench: install-dev
	@$(BIN)/python -m bench

pictures: install-dev
	@tools/debian-packages
	@$(BIN)/python -m tools.pictures

messages: install-dev
	@$(BIN)/notalone messages extract

clean:
	@rm -rf $(VENV) node_modules .build
