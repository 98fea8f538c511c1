# Two commands do everything: `make ask Q="…"` and `make test`. Neither needs a key.
# Needed on the machine: python3 (3.11 or newer, with venv), git, make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
REPO   ?= .

.PHONY: ask test test-slow check lint types contracts e2e bench lock clean

# Q and REPO reach the shell through the environment, so quotes in a question need no care.
export Q REPO

ask: $(VENV)/.runtime
	@test -n "$$Q" || { echo 'usage: make ask Q="Who calls parse_file?" [REPO=path]' >&2; exit 2; }
	@$(BIN)/rlm-code ask --repo "$$REPO" "$$Q" || test $$? -eq 3  # 3: a partial answer, which says so itself

test: $(VENV)/.dev
	$(BIN)/python -m pytest --ignore=tests/e2e -m "not slow" -n auto --dist worksteal -q

# What takes minutes: thousands of interrupts, kills and bombs. CI runs it.
test-slow: $(VENV)/.dev
	$(BIN)/python -m pytest --ignore=tests/e2e -m slow

check: lint types contracts

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

# Real processes and real editors; what they need is installed into the user's cache by the tests' own script.
e2e: $(VENV)/.e2e
	$(BIN)/python -m pytest tests/e2e

# All figures, beside peers and limits in the same run, into README's table; BENCH names a repository other than Django.
bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(BENCH)

# Rewrites constraints.txt: the versions that a fresh environment gets today.
lock:
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	$(BIN)/python -m pip freeze --exclude-editable --exclude pip --exclude setuptools > constraints.txt

clean:
	rm -rf $(VENV) dist build

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "rlm-code needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

$(VENV)/.runtime: $(VENV)/.made pyproject.toml constraints.txt
	@echo "setting up $(VENV) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev
	@touch $@

$(VENV)/.e2e: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group e2e
	@touch $@
