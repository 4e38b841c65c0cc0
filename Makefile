# make run · make test · make check · make bench · make help; each works from a bare checkout.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info < (3,14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PORT ?= 8000
ONLY ?=
SIZE ?= 100k
TESTS ?= tests
PROCESSES ?= 3
SEQUENCES ?= 2000
NUMBER ?= 200000
FILES ?= 10000

.DEFAULT_GOAL := help
.PHONY: help install run test property fuzz check format bench

help: ## Say what each word does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: $(READY) ## Make .venv with everything in it

$(READY): pyproject.toml .ci/venv
	@PYTHON="$(PYTHON)" sh .ci/venv $(VENV)
	@touch $@

run: $(READY) ## Serve the board with demo data on http://127.0.0.1:8000 (PORT=…)
	@$(BIN)/jobboard demo --bind 127.0.0.1:$(PORT)

test: $(READY) ## Run all tests, the browser's included (TESTS=… for some)
	@sh .ci/chromium
	@sh .ci/postgresql
	@sh .ci/search-servers $(BIN)/python
	@$(BIN)/python -m pytest --numprocesses $(PROCESSES) $(TESTS)

property: $(READY) ## Prove on 2,000 sequences that the index becomes what is listed (SEQUENCES=…)
	@sh .ci/postgresql
	@sh .ci/search-servers $(BIN)/python
	@JOBBOARD_TEST_SEQUENCES=$(SEQUENCES) $(BIN)/python -m pytest tests/search/test_index_equals_database.py

fuzz: $(READY) ## Ask for 200,000 generated addresses (NUMBER=…), import 10,000 damaged files of each kind (FILES=…)
	@$(BIN)/python -m tests.fuzz $(NUMBER)
	@$(BIN)/python -m tests.fuzz.readers $(FILES)
	@$(BIN)/python -m tests.fuzz.importers $(FILES)

check: $(READY) ## Format, lint, types, the order of the rooms, and the answers to judged searches
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.relevance --check

format: $(READY) ## Put every file into the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## Measure; one JSON line per figure (ONLY=name, SIZE=1k|100k|1m)
	@$(BIN)/python -m benchmarks $(if $(ONLY),--only $(ONLY)) --size $(SIZE)
