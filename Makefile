# make run is all an office needs; the rest is for those who change the house.

VENV := .venv
BIN := $(VENV)/bin
ROOMS := bot admin handlers storage locales core
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Wherever this machine gets its packages from, a lock file names no host.
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url \
	--universal --python-version 3.11 --custom-compile-command "make lock"

.PHONY: run setup test check browser lock bench format

run: setup
	$(BIN)/huigong run

setup: $(VENV)/.ready

# Four processes read the same files: what the first has compiled, the others need not.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n 4 --dist worksteal

check: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/huigong check
	$(MAKE) test

format: $(VENV)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev
	$(BIN)/python -m bench

browser:
	@found=; \
	for name in chromium chromium-browser google-chrome; do \
		if command -v $$name >/dev/null 2>&1; then found=$$name; fi; \
	done; \
	if [ -n "$$found" ] && fc-list 2>/dev/null | grep -qi cjk; then \
		echo "The browser tests use $$found."; \
	elif ! command -v apt-get >/dev/null 2>&1; then \
		echo "There is no apt-get here: install Chromium and the Noto CJK fonts for the browser tests."; \
	else \
		as_root=; if [ "$$(id -u)" -ne 0 ]; then as_root=sudo; fi; \
		$$as_root apt-get update -q && \
		$$as_root apt-get install -q -y --no-install-recommends chromium fontconfig fonts-noto-cjk; \
	fi

lock: $(VENV)/.python
	$(PIP) install --quiet uv
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --output-file requirements-dev.txt

$(VENV)/.python:
	@for name in python3.11 python3; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$name --version)."; \
			$$name -m venv $(VENV) && touch $@; exit; \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed, as python3.11 or python3; found: $$(python3 --version 2>&1)."; \
	exit 1

$(VENV)/.ready: requirements.txt pyproject.toml $(VENV)/.python
	@echo "Installing what requirements.txt names."
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q $(ROOMS)  # or the first start does it, while somebody waits
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@echo "Installing what requirements-dev.txt names."
	@$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
