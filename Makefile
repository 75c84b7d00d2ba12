# Everything happens in .venv/, made by the first target that needs it from constraints.txt.
#   make run     check, carry and export the shipped case; needs no Java
#   make check   lint, format, types, layers
#   make test    check, then all tests with coverage; needs Java, for HermiT
#   make mutation, make docs, make clean
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CASE := data/collective-efficacy
OUT := $(CURDIR)/build/collective-efficacy
FILES := graph.ttl graph.jsonld network.graphml nodes.csv edges.csv

.PHONY: run check test mutation docs clean packages

run: .venv/stamp
	@mkdir -p $(OUT)
	@$(BIN)/kg -C $(CASE) check
	@$(BIN)/kg -C $(CASE) carry
	@$(BIN)/kg -C $(CASE) --quiet carry -o $(OUT)/carried.json
	@$(BIN)/kg -C $(CASE) --quiet export $(FILES:%=$(OUT)/%)
	@$(BIN)/kg -C $(CASE) --quiet export --carried all $(OUT)/carried.trig
	@echo "Files are in build/collective-efficacy/: $$(ls $(OUT) | tr '\n' ' ')"

docs: .venv/stamp
	@$(BIN)/python docs/make.py

check: .venv/stamp
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: check
	@$(BIN)/python -m pytest -p tests.areas --cov

mutation: .venv/stamp
	@$(BIN)/python -m tests.mutation.queries

clean:
	rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
	  .ruff_cache
	find kg tests -name __pycache__ -prune -exec rm -rf {} +
	find data -name .kg -prune -exec rm -rf {} +

# The checkout itself, editable, on top of what constraints.txt pins.
.venv/stamp: .venv/pinned pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# setuptools comes first: owlready2 is published as source only and is built with it.
.venv/pinned: constraints.txt | packages
	@echo "making .venv/ ..."
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^setuptools==/,/[^\\]$$/p' constraints.txt > .venv/setuptools.txt
	@$(PIP) install --require-hashes -r .venv/setuptools.txt
	@$(PIP) install --require-hashes --no-build-isolation -r constraints.txt
	@touch $@

# Python's version, and the two Debian packages that a bare machine may lack.
packages:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "needs Python 3.11 or newer as $(PYTHON); name another with make PYTHON=..." >&2; exit 2; }
	@missing=; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing="python3-venv"; \
	$(if $(filter test,$(MAKECMDGOALS)),java -version >/dev/null 2>&1 || \
	  missing="$$missing default-jre-headless";) \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "needs the Debian package(s): $$missing" >&2; exit 2; fi; \
	echo "installing $$missing ..."; \
	apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
	  apt-get -qq install -y --no-install-recommends $$missing >/dev/null
