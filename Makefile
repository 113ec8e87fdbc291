# Each target sets up its environment when it must: from pyproject.toml, at the versions in .ci/$(VERSIONS).txt.
PYTHON ?= python3
VERSIONS ?= newest
ENVIRONMENT := $(if $(filter newest,$(VERSIONS)),.venv,.venv-$(VERSIONS))
BIN := $(ENVIRONMENT)/bin
READY := $(ENVIRONMENT)/.ready

# Tests of what is promised for the newest versions alone: bytes; or that ask nothing of pandas and matplotlib.
NEWEST_ONLY := browser test_environment.py test_faults.py test_reproducible.py

.PHONY: setup charts test check test-browser test-faults test-oldest test-bytes lab report notebooks bench clean
.DEFAULT_GOAL := charts

setup: $(READY)

charts: $(READY)
	$(BIN)/python -m kzdata charts $(ARGS)

test: check
	$(BIN)/python -m pytest -n auto --dist loadscope $(ARGS)

check: $(READY)
	$(BIN)/ruff check kzdata tests notebooks
	$(BIN)/ruff format --check kzdata tests notebooks
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_links.py

test-browser: $(READY)
	KZDATA_BROWSER=$${KZDATA_BROWSER:-chromium} $(BIN)/python -m pytest -n auto --dist loadscope tests/browser $(ARGS)

test-faults: $(READY)
	KZDATA_KILLS=50 $(BIN)/python -m pytest -s tests/test_faults.py $(ARGS)

test-oldest:
	$(MAKE) test VERSIONS=oldest ARGS='$(addprefix --ignore tests/,$(NEWEST_ONLY))'

test-bytes: $(READY)
	$(BIN)/python -m pytest -s tests/test_reproducible.py $(ARGS)

report: $(READY)
	$(BIN)/python -m kzdata report $(ARGS)

lab: $(READY)
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

notebooks: $(READY)
	$(BIN)/python -m kzdata notebooks $(ARGS)
	$(BIN)/python -c "import kzdata as kz; [draw().export('notebooks/pictures', ('png',), dpi=110) for draw in (kz.charts.wages_and_wealth, kz.charts.casualties)]"

bench: $(READY)
	$(BIN)/python -m pytest -q -p no:xdist --benchmark-quiet tests/benchmarks/bench.py $(ARGS)

clean:
	rm -rf .venv .venv-oldest exports report .pytest_cache .mypy_cache .ruff_cache kzdata.egg-info

$(READY): pyproject.toml .ci/constraints.txt .ci/$(VERSIONS).txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kzdata needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 charts")'
	$(PYTHON) -m venv $(ENVIRONMENT)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/$(VERSIONS).txt --editable '.[notebooks,test,check,browser]'
	@touch $@
