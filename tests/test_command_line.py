"""Commands, without a process or a kernel: their status, what they ask of the notebooks, what they print and show."""

import re

import nbformat
import pandas as pd
import pytest
from conftest import rebuilt

import kzdata as kz
from kzdata.__main__ import main
from kzdata.notebook import execute as notebooks


def test_the_status_of_a_check_is_that_of_its_worst_row(tmp_path, capsys):
    (tmp_path / "copy.txt").write_text(rebuilt().replace("$570", "$580"), encoding="utf-8")
    assert main(["verify", str(tmp_path / "copy.txt")]) == 1 and "[-$570-] {+$580+}" in capsys.readouterr().out
    (tmp_path / "copy.txt").write_text(rebuilt(around=False) + "\n\nAnd 4,321 others.", encoding="utf-8")
    assert main(["coverage", str(tmp_path / "copy.txt")]) == 1
    (tmp_path / "copy.txt").write_text(rebuilt(around=False), encoding="utf-8")
    assert main(["coverage", str(tmp_path / "copy.txt")]) == 0
    (tmp_path / "copy.txt").write_text(rebuilt(), encoding="utf-8")
    assert main(["verify", str(tmp_path / "copy.txt")]) == 0


@pytest.fixture
def ran(monkeypatch, tmp_path):
    """What the commands ask of the notebooks, which are not run; the second one is said to have failed."""
    asked = {"stored": []}

    def run_all(paths, environment, console, cell_seconds=0):
        asked.update(names=[path.stem for path in paths], environment=environment)
        book = nbformat.v4.new_notebook()
        return [notebooks.Run(path, book, error="" if n != 1 else "cell 3") for n, path in enumerate(paths)]

    monkeypatch.setattr(notebooks, "run_all", run_all)
    monkeypatch.setattr(notebooks, "save", lambda run: asked["stored"].append(run.path.stem))
    for name in ("a", "b", "c"):
        nbformat.write(nbformat.v4.new_notebook(), tmp_path / f"{name}.ipynb")
    (tmp_path / "notebooks").mkdir()
    for file in tmp_path.glob("*.ipynb"):
        file.rename(tmp_path / "notebooks" / file.name)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    return asked


def test_a_notebook_with_a_failed_cell_is_not_stored(ran, capsys):
    assert main(["notebooks"]) == 1
    assert ran["stored"] == ["a", "c"] and "FAILED cell 3" in capsys.readouterr().out


def test_charts_are_made_of_the_notebooks_and_in_the_formats_asked_for(ran, tmp_path):
    assert main(["charts", "--only", "c", "--formats", "svg,csv", "--out", str(tmp_path / "out")]) == 0
    assert ran["names"] == ["c"] and ran["stored"] == []
    assert ran["environment"] == {"KZDATA_EXPORTS": str(tmp_path / "out"), "KZDATA_FORMATS": "svg,csv"}


def test_tables_are_printed_with_their_days_and_without_empty_cells(capsys):
    assert main(["tables", "events"]) == 0
    text = capsys.readouterr().out
    assert re.search(r"^crisis-group-figures\n  start +2022-01-14\n  end +2022-01-14\n", text, re.M)
    assert not re.search(r"(<NA>|nan|NaT|None)$", text, re.M)


def test_every_public_name_is_what_it_is_called():
    for name in kz.__all__:
        value = getattr(kz, name)
        assert getattr(value, "__name__", name).rpartition(".")[2] == name or name.isupper(), name


def test_tables_in_a_notebook_show_dollars_as_dollars():
    with pd.option_context("display.html.use_mathjax", True, "display.max_colwidth", 10, "display.float_format", None):
        kz.format_tables()
        assert pd.get_option("display.html.use_mathjax") is False and pd.get_option("display.max_colwidth") is None


def test_the_first_choice_of_a_menu_is_shown_and_the_picture_follows():
    shown = kz.explore(kz.charts.years_of_wages, wages_per_year={"monthly": 12, "yearly": 1})
    first = shown._picture.value
    assert shown.menus["wages_per_year"].label == "monthly" and "12 wages a year" in first
    shown.menus["wages_per_year"].label = "yearly"
    assert "1 wage a year" in shown._picture.value and shown._picture.value != first


def test_the_cell_that_failed_is_named_with_its_source(tmp_path, monkeypatch):
    from nbclient.exceptions import CellExecutionError

    class Client:
        def __init__(self, notebook, on_cell_start, **options):
            self.cells, self.begin = notebook.cells, on_cell_start

        def execute(self, env):
            for n in (0, 1):
                self.begin(cell=self.cells[n], cell_index=n)
            raise CellExecutionError(f"KZDATA_FORMATS was {env['KZDATA_FORMATS']}", "ValueError", "seven")

    monkeypatch.setattr(notebooks, "NotebookClient", Client)
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in (("a", "1"), ("b", "int('x')"), ("c", "3"))]
    cells[2].outputs = [nbformat.v4.new_output("display_data", metadata={"kzdata": ["earlier.png"]})]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "one.ipynb")
    run = notebooks.run_notebook(tmp_path / "one.ipynb", {"KZDATA_FORMATS": "svg"}, lambda n, name, client: None)
    assert run.error.startswith("one.ipynb, cell 2 (b):\n\nint('x')\n\nKZDATA_FORMATS was svg")
    assert run.notebook.cells[2].outputs == [], "what stood behind the failed cell was made by an earlier run"
