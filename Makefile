# `make` alone lists the targets. .venv holds what the lock files say, and is made anew when they change: each stamp in
# it is a copy of its lock file, for dates are not to be trusted where clocks differ.

PYTHON ?= python3.13 python3.12 python3.11 python3 python
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check install -qq --require-hashes --no-build-isolation
LOCK := $(RUN) -m uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --custom-compile-command 'make lock'
TORCH := torch==2.13.0
SUITABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

changed = $(shell cmp -s $(1) $(2) || echo .changed)

.PHONY: help sweep peers test lint reference studies bench track .named .changed slow lock wheel
.DEFAULT_GOAL := help

help:
	@awk -F ':.*## ' '/^[a-z]*:/ && NF == 2 { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

sweep: $(VENV)/.run ## run the default sweep into reports/default (others: make sweep ARGS='study=smoke')
	@$(RUN) -m bench sweep $(ARGS)

test: $(VENV)/.run ## run all ordinary tests (some: make test ARGS='tests/laws -k pathwise')
	@$(RUN) -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

slow: $(VENV)/.run ## run the tests that take minutes, and the cases that ordinary runs pass by
	@$(RUN) -m pytest -m slow $(ARGS)

bench: $(VENV)/.run ## run the speed benchmarks; results are kept in .benchmarks
	@$(RUN) -m pytest $(if $(findstring tests/,$(ARGS)),,tests/speed) --benchmark-autosave $(ARGS)

track: .named $(VENV)/.run ## hold the speed and the digits of HEAD against those of a commit: make track BASE=main
	@$(RUN) -m bench track "base=$(BASE)" $(ARGS)

.named:
	@[ -n "$(BASE)" ] || { echo "BASE is not given; name the commit to compare with: make track BASE=main" >&2; exit 2; }

lint: $(VENV)/.dev ## check style, format and types
	@$(RUN) -m ruff check && $(RUN) -m ruff format --check && $(RUN) -m mypy

studies: $(VENV)/.run ## run all studies into reports, write the index of their runs, and refresh the documents
	@$(RUN) -m bench studies $(ARGS)
	@$(RUN) -m bench.documents

reference: $(VENV)/.run ## regenerate reports/reference and what the documents show of it
	@$(RUN) -m bench sweep name=reference $(ARGS)
	@$(RUN) -m bench.documents

# PyTorch is no part of the locks: all tests do without, and other builds than this one may bring gigabytes.
peers: $(VENV)/.run ## time NumPy, PyTorch and JAX beside this suite, and refresh the documents; installs PyTorch once
	@$(RUN) -m pip --disable-pip-version-check show -qq torch 2>/dev/null || $(RUN) -m pip install -qq $(TORCH)
	@$(RUN) -m bench peers $(ARGS)
	@$(RUN) -m bench.documents

lock: $(VENV)/.dev ## resolve the lock files again (newer versions: make lock ARGS=--upgrade)
	@$(LOCK) $(ARGS) pyproject.toml --group test -o requirements.lock
	@$(LOCK) $(ARGS) --group dev -c requirements.lock -o requirements-dev.lock

wheel: $(VENV)/.run ## build the source distribution and the wheel into dist
	@$(RUN) -m hatchling build

# setuptools goes first: it builds the one dependency without a wheel, and build isolation would fetch it unchecked.
$(VENV)/.run: $(call changed,requirements.lock,$(VENV)/.run)
	@for python in $(PYTHON) ''; do $$python -c '$(SUITABLE)' 2>/dev/null && break; done; \
	if [ -z "$$python" ]; then \
		echo "No Python 3.11, 3.12 or 3.13 with venv runs as any of: $(PYTHON). Install one" \
			"(Debian, Ubuntu: apt install python3-venv) or name it: PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	if [ -L $(VENV) ]; then \
		echo "$(VENV) is a link, and what it leads to would be emptied; remove the link, or run make there" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$($$python --version), once; about a minute"; \
	$$python -m venv --clear $(VENV)
	@sed -n '/^setuptools==/,/[^\\]$$/p' requirements.lock | $(PIP) -r /dev/stdin
	@$(PIP) -r requirements.lock
	@cp requirements.lock $@

$(VENV)/.dev: $(VENV)/.run $(call changed,requirements-dev.lock,$(VENV)/.dev)
	@$(PIP) -r requirements-dev.lock
	@cp requirements-dev.lock $@
