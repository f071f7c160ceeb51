# Two commands on a fresh machine: `make demo` and `make test`. Standard output is the program's alone:
# make is silent, and the set-up talks on standard error.
.SILENT:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
READY := .venv/.ready
ARGS ?=

.PHONY: help setup demo test check slow faults bench bench-delays bench-signals lock wheel-check clean

help: ## this list
	awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## everything into .venv; done by every target that needs it
	:

$(READY): requirements/dev.lock pyproject.toml requirements/setup
	requirements/setup

demo: $(READY) ## run caseflow on a synthetic partnership; ARGS="--profile P --events FILE --exit"
	$(BIN)/caseflow demo $(ARGS)

test: $(READY) ## every test but the slow ones; ARGS are pytest's
	$(BIN)/pytest -m "not slow" $(ARGS)

check: $(READY) ## lint, types, import walls, unit and architecture tests: under a minute
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -m "not slow" tests/unit tests/architecture $(ARGS)

slow: $(READY) ## the whole real log
	$(BIN)/pytest -m slow $(ARGS)

faults: $(READY) ## every fault point five times
	$(BIN)/pytest -m faults --fault-rounds 5 $(ARGS)

bench: $(READY) ## measure against the peers; writes bench/out/latest.json
	$(BIN)/python -m bench.run $(ARGS)

bench-delays: $(READY) ## measure deadlines, storms, outages and judgements; writes bench/out/delays.json
	$(BIN)/python -m bench.delays.run $(ARGS)

bench-signals: $(READY) ## hold every silo signal to its scenarios; writes the table of docs/silo_signals.md
	$(BIN)/python -m bench.signals.run $(ARGS)

lock: $(READY) ## choose versions anew: requirements/*.lock and the jars
	requirements/relock

wheel-check: $(READY) ## build the wheel and run it from an empty environment, outside the tree
	.ci/wheel

clean: ## remove what builds and tools left; .venv and .caseflow stay
	rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bench/out
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
