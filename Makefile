# Each target sets up .venv when it must: from pyproject.toml, at the versions in .ci/constraints.txt.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup charts test test-browser test-faults lab report notebooks bench clean
.DEFAULT_GOAL := charts

setup: $(READY)

charts: $(READY)
	$(BIN)/python -m kzdata charts $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadscope $(ARGS)

test-browser: $(READY)
	KZDATA_BROWSER=$${KZDATA_BROWSER:-chromium} $(BIN)/python -m pytest -n auto --dist loadscope tests/browser $(ARGS)

test-faults: $(READY)
	KZDATA_KILLS=50 $(BIN)/python -m pytest tests/test_faults.py $(ARGS)

report: $(READY)
	$(BIN)/python -m kzdata report $(ARGS)

lab: $(READY)
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

notebooks: $(READY)
	$(BIN)/python -m kzdata notebooks $(ARGS)
	$(BIN)/python -c "import kzdata as kz; [draw().export('notebooks/pictures', ('png',), dpi=110) for draw in (kz.charts.wages_and_wealth, kz.charts.casualties)]"

bench: $(READY)
	$(BIN)/python tests/benchmarks/bench.py

clean:
	rm -rf .venv exports report .pytest_cache kzdata.egg-info

$(READY): pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kzdata needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 charts")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[notebooks,test,browser]'
	@touch $@
