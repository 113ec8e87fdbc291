# Each target sets up what it needs in an environment: from pyproject.toml, at the versions in .ci/$(VERSIONS).txt.
PYTHON ?= python3
VERSIONS ?= newest
ENVIRONMENT := $(if $(filter newest,$(VERSIONS)),.venv,.venv-$(VERSIONS))
BIN := $(ENVIRONMENT)/bin
READY := $(ENVIRONMENT)/.ready-notebooks
READY_TO_TEST := $(ENVIRONMENT)/.ready-test
READY_FOR_BROWSER := $(ENVIRONMENT)/.ready-browser
PYTEST := $(BIN)/python -m pytest -n auto --dist loadscope

.PHONY: setup charts report lab notebooks test check test-quick test-all test-slow test-browser test-faults test-bytes \
	test-mutations test-oldest test-pythons size bench clean
.DEFAULT_GOAL := charts

setup: $(READY)

charts: $(READY)
	$(BIN)/python -m kzdata charts $(ARGS)

report: $(READY)
	$(BIN)/python -m kzdata report $(ARGS)

# The kernels run in the notebooks' folder: they are told where a reader's tables are.
lab: $(READY)
	$(if $(KZDATA_TABLES),tables="$$(cd "$$KZDATA_TABLES" && pwd)" && KZDATA_TABLES="$$tables" )$(BIN)/jupyter lab --notebook-dir=. notebooks/00_start_here.ipynb

notebooks: $(READY)
	$(BIN)/python -m kzdata notebooks $(ARGS)
	KZDATA_TABLES= $(BIN)/python -c "import kzdata as kz; [draw().export('notebooks/pictures', ('png',), dpi=110) for draw in (kz.charts.wages_and_wealth, kz.charts.casualties)]"

# What an edit is likely to break: lint, types, links, and all tests that are not marked slow.
test: check test-quick

check: $(READY_TO_TEST)
	$(BIN)/ruff check kzdata tests notebooks .ci
	$(BIN)/ruff format --check kzdata tests notebooks .ci
	$(BIN)/mypy

test-quick: $(READY_TO_TEST)
	$(PYTEST) -m "not slow" --ignore tests/browser $(ARGS)

# Everything. `make test test-all` runs nothing twice.
test-all: test test-slow test-browser test-oldest test-pythons

test-slow: $(READY_TO_TEST)
	$(PYTEST) -m slow --ignore tests/browser $(ARGS)

test-browser: $(READY_FOR_BROWSER)
	$(PYTEST) tests/browser $(ARGS)

test-oldest:
	$(MAKE) test-quick VERSIONS=oldest

test-pythons: $(READY)
	$(BIN)/python .ci/pythons.py $(MAKE)

test-faults: $(READY_TO_TEST)
	KZDATA_KILLS=50 $(BIN)/python -m pytest -s tests/test_faults.py $(ARGS)

# Wrongs planted one at a time: do the tests see them? ARGS=casualties plants those of the casualties alone.
test-mutations: $(READY_TO_TEST)
	$(BIN)/python tests/mutations.py $(ARGS)

test-bytes: $(READY_TO_TEST)
	$(BIN)/python -m pytest -s tests/test_reproducible.py $(ARGS)

# Lines of the library, and of them code.
size:
	$(PYTHON) tests/size.py

bench: $(READY_TO_TEST)
	$(BIN)/python -m pytest -q -p no:xdist --benchmark-quiet tests/benchmarks/bench.py $(ARGS)

clean:
	rm -rf .venv .venv-* exports report .pytest_cache .mypy_cache .ruff_cache kzdata.egg-info

$(ENVIRONMENT)/.ready-%: pyproject.toml .ci/constraints.txt .ci/$(VERSIONS).txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kzdata needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 charts")'
	@"$(PYTHON)" .ci/setup.py $(ENVIRONMENT) $(VERSIONS) $*
