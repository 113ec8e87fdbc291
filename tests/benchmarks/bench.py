"""``make bench``: what kzdata costs over the least that the same work can cost, measured in the same run.

A goal is a ratio. The table names the works that miss theirs, with where their time goes.
"""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from io import BytesIO
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import ROOT, rebuilt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from rich.console import Console

import kzdata as kz
from benchmarks.artists import again
from kzdata.drawing import style
from kzdata.notebook.execute import run_all
from kzdata.schema import descriptor

CHARTS = [name for name in kz.charts.__all__ if name[0].islower()]
LOADERS = [getattr(kz, name) for name in kz.__all__ if name.startswith("load_")]
PATHS = {table["name"]: kz.DATA_DIR / table["path"] for table in descriptor()["resources"]}
TEXT = rebuilt()


def python(code: str) -> None:
    keeps_bytecode = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", code], check=True, env=keeps_bytecode)


def test_import_over_pandas(over):
    over(partial(python, "import kzdata; kzdata.load_figures"), partial(python, "import pandas"), 30, goal=1.05)


def test_loaders_over_read_csv(over):
    """Each loader once, over read_csv of the file that it reads."""
    files = [PATHS.get(load.__name__.removeprefix("load_"), PATHS["figures"]) for load in LOADERS]
    over(lambda: [load() for load in LOADERS], lambda: [pd.read_csv(file) for file in files], 60, goal=1.2)


@pytest.mark.parametrize("name", CHARTS)
def test_chart_over_drawing(over, name):
    """A chart from its tables to its pixels, over making and drawing its artists by matplotlib alone."""
    chart = getattr(kz.charts, name)

    def draw(make):
        with style.style():
            FigureCanvasAgg(make()).draw()

    figure = chart().figure
    over(lambda: draw(lambda: chart().figure), lambda: draw(lambda: again(figure)), 9, goal=1.5)


@pytest.mark.parametrize("name", CHARTS)
def test_export_over_savefig(over, name, tmp_path):
    """Three formats, whole and with sidecar, over three savefig."""
    chart = getattr(kz.charts, name)()

    def save():
        with style.style():
            for format in ("png", "svg", "pdf"):
                chart.figure.savefig(BytesIO(), format=format, dpi=300)

    over(lambda: chart.export(tmp_path, "png,svg,pdf"), save, 3, goal=0.8)


def test_notebooks_over_kernels(over, tmp_path):
    """All notebooks re-run, over as many that only import pandas and pyplot."""
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    imports = nbformat.v4.new_code_cell("import pandas\nimport matplotlib.pyplot")
    for path in notebooks:
        nbformat.write(nbformat.v4.new_notebook(cells=[imports]), tmp_path / path.name)
    run = partial(run_all, environment={"KZDATA_EXPORTS": str(tmp_path)}, console=Console(quiet=True))
    cells = lambda: [getattr(kz.charts, name)().export(tmp_path) for name in CHARTS]  # noqa: E731
    over(partial(run, notebooks), partial(run, sorted(tmp_path.glob("*.ipynb"))), 2, goal=2.5, inner=cells)


@pytest.mark.parametrize("check", [kz.verify, kz.coverage], ids=["verify", "coverage"])
def test_check_over_one_pass(over, check):
    """Over one pass of a regular expression for words and numbers over the same text."""
    words = re.compile(r"\w+")
    over(lambda: check(TEXT), lambda: sum(1 for _ in words.finditer(TEXT)), 10)


@pytest.mark.parametrize("times", [10, 100])
@pytest.mark.parametrize("check", [kz.verify, kz.coverage], ids=["verify", "coverage"])
def test_text_many_times_over_once(over, check, times):
    """A text so many times as long, for each of its parts; 1 is linear."""
    longer = "\n\n".join([TEXT] * times)
    over(lambda: check(longer), lambda: check(TEXT), 3, goal=1.2, scale=times)


@pytest.mark.parametrize("times", [10, 100])
@pytest.mark.parametrize("load", [kz.load_figures, kz.load_excerpts, kz.compare], ids=lambda load: load.__name__)
def test_rows_many_times_over_once(over, load, times, tmp_path):
    """Tables with so many times the rows, for each of their parts; 1 is linear."""
    longer = lengthened(tmp_path / "tables", times)
    over(lambda: load(longer), load, 3, goal=1.2, scale=times)


def lengthened(folder: Path, times: int) -> Path:
    """The tables, those of figures, excerpts and references with their rows many times over."""
    shutil.copytree(kz.DATA_DIR, folder)
    for name, column in {"figures": "note", "excerpts": "section", "references": "note"}.items():
        rows = pd.read_csv(PATHS[name], dtype="str", keep_default_na=False)
        again = [rows] + [rows.assign(**{rows.columns[0]: rows.iloc[:, 0] + f"-{n}", column: f"Row again: {n}"})
                          for n in range(1, times)]  # fmt: skip
        pd.concat(again).to_csv(folder / PATHS[name].name, index=False, lineterminator="\n")
    return folder
