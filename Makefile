# `make run` and `make test` do all of their own set-up; Python 3.11 or newer and make are all they need.
# Where packages come from is pip's own configuration; what they must be is fixed by the hashes in the lock files.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --require-hashes --only-binary :all:
INSTALL_PROJECT := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
TEST_WORKERS ?= 2
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint setup check bench soak schema lock

help: ## what can be made (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## the bot; without BOT_TOKEN the same conversation in this terminal
	@$(BIN)/python -m bot run --or-chat

test: lint ## everything that must hold: lint, types, Dockerfile, all tests (ARGS="tests/test_layers.py" for some)
	@echo "==> pytest, $(TEST_WORKERS) at a time"
	@$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadfile $(ARGS)

lint: $(VENV)/.dev ## ruff, mypy --strict and hadolint
	@echo "==> ruff"
	@$(BIN)/ruff check --output-format concise .
	@echo "==> mypy --strict"
	@$(BIN)/mypy
	@echo "==> hadolint"
	@$(BIN)/hadolint Dockerfile

setup: $(VENV)/.dev ## the virtual environment with everything for development

check: $(VENV)/.run ## the knowledge: every problem with file and line
	@$(BIN)/python -m bot check

bench: $(VENV)/.dev ## the benchmark tables (about ten minutes)
	@$(BIN)/python -m tools.bench $(ARGS)

soak: $(VENV)/.dev ## kill -9 at random moments, at full length, and what was lost
	@$(BIN)/python -m tests.soak

schema: $(VENV)/.run ## knowledge/schema*.json from the models
	@$(BIN)/python tools/schema.py

lock: $(VENV)/.dev ## the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(BIN)/python tools/lock.py $(ARGS)

# A stamp is older than a changed lock file, so set-up happens again exactly when it has to.
$(VENV)/.run: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "==> Installing what the bot needs into $(VENV) (once, about a minute)"
	@$(INSTALL) -r requirements.lock -r requirements-build.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "==> Installing what the tests need into $(VENV) (once, one to two minutes)"
	@$(INSTALL) -r requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $(VENV)/.run $@

$(BIN)/python:
	@python=; for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3" >&2; exit 1; fi; \
	echo "==> Creating $(VENV) with $$($$python --version)"; \
	$$python -m venv --clear $(VENV) || { \
	  rm -rf $(VENV); echo "This Python cannot make virtual environments (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; \
	}
