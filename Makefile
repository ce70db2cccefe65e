.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all:
# The tests are shared out among the processors; each share has its own database, broker, mail server and browser.
SHARES ?= -n logical --dist worksteal

.PHONY: help setup run test test-sqlite test-postgres check lint types faults bench messages

help:  ## say what can be done
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: .venv/run.stamp  ## make the environment, in .venv

run: .venv/run.stamp  ## start everything: web, worker, beat, demo ledger (PORT=8001 moves it, DEMO=0 leaves the demo out)
	@exec $(BIN)/python -m config.run

test: test-sqlite test-postgres  ## run all tests on SQLite, then on PostgreSQL (the one in DATABASE_URL, or one of their own)

test-sqlite: .venv/dev.stamp
	@env -u DATABASE_URL $(BIN)/python -m pytest $(SHARES) $(ARGS)

test-postgres: .venv/dev.stamp
	@$(BIN)/python -m tests.postgres $(BIN)/python -m pytest --database-only $(SHARES) $(ARGS) || [ $$? -eq 5 ]  # 5: none of the chosen asks for a database

check: lint types test  ## everything that must hold before a change goes in

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

types: .venv/dev.stamp
	$(BIN)/mypy

# Most of these wait: for leases, for servers to come back. So there are more shares than processors.
faults: WAITING ?= -n 4 --dist worksteal
faults: .venv/dev.stamp  ## break things on purpose and see that the ledger holds (ARGS=--short for less)
	@env -u DATABASE_URL -u REDIS_URL $(BIN)/python -m pytest $(WAITING) tests/faults $(ARGS)
	@$(BIN)/python -m tests.postgres $(BIN)/python -m pytest --database-only $(SHARES) tests/faults $(ARGS)

messages: .venv/dev.stamp  ## gather what is to be translated, and compile what is; takes GNU gettext
	$(BIN)/python manage.py makemessages -l zh_Hant --no-location --no-wrap --no-obsolete $(foreach one,.venv tests var bench,--ignore $(one))
	$(BIN)/python manage.py compilemessages -l zh_Hant --ignore .venv

BENCHES := $(shell sed -nE 's/^(bench-[a-z-]+):.*/\1/p' /dev/null $(wildcard bench/*.mk))
bench: $(BENCHES)  ## measure, side by side with others

# What both environments need: a Python that is new enough and can make environments.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Hindsight needs Python 3.11 or newer; $(PYTHON) is older, or not there. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "$(PYTHON) cannot make environments (on Debian: apt-get install python3-venv)"; exit 1; }

.venv/run.stamp: requirements.txt | .venv/bin/pip
	@echo "Installing what Hindsight runs on into .venv"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt requirements-extra.txt .venv/run.stamp
	@echo "Installing what its tests need into .venv"
	@$(PIP) -r requirements-dev.txt
	@touch $@

-include bench/*.mk
