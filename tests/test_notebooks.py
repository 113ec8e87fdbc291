"""The notebooks' form, and the command that re-runs them. nbval compares their stored outputs with a new run."""

import ast
import json
import os
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from conftest import ROOT

import kzdata as kz
from kzdata.__main__ import main

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CODE = {path.stem: [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "code"] for path in NOTEBOOKS}


def run(*arguments, cwd, **environment):
    command = [sys.executable, "-m", "kzdata", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=os.environ | environment)


def write(folder, name, *cells):
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").touch()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")


def test_the_notebooks_that_the_readme_names():
    assert {"00_start_here", "02_economy", "03_casualties"} <= set(CODE)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_form(path):
    notebook = nbformat.read(path, 4)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.cells[0].source.startswith("# ")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count == n for n, cell in enumerate(code, 1)), "run: make notebooks"
    lines = [len([line for line in cell.source.split("\n") if line.strip()]) for cell in code]
    assert np.median(lines) <= 3 and np.percentile(lines, 90) <= 8
    for cell in code:
        tree = ast.parse(cell.source)
        assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)) for node in ast.walk(tree))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_figure_of_the_article_is_typed(path):
    """Amounts in prose and code come from the data: changing the data must change them."""
    stated = kz.load_figures()
    typed = " ".join(cell.source for cell in nbformat.read(path, 4).cells)
    for figure_id, row in stated[stated["unit"].isin(["USD", "percent", "persons"])].iterrows():
        if any(character.isdigit() for character in row["quantity_text"]):
            assert row["quantity_text"] not in typed and f"{row['best']:.0f}" not in typed.split(), figure_id


def test_every_chart_is_exported_by_a_notebook():
    code = "\n".join(source for cells in CODE.values() for source in cells)
    for name in (n for n in kz.charts.__all__ if n[0].islower()):
        assert f"kz.charts.{name}(" in code
    assert code.count("chart.export()") == len([n for n in kz.charts.__all__ if n[0].islower()])


@pytest.mark.slow
def test_charts_command(tmp_path):
    out = tmp_path / "out"
    done = run("charts", "--only", "02_economy", "--formats", "svg,csv", "--out", out, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    names = ("tengizchevroil", "wages_and_wealth", "years_of_wages")
    assert sorted(f.name for f in out.iterdir()) == [f"{n}.{s}" for n in names for s in ("csv", "json", "svg")]
    assert all(name in done.stdout for name in names) and "02_economy" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr and "\r" not in done.stdout + done.stderr
    assert done.stderr == ""


@pytest.mark.slow
def test_a_failing_cell_is_shown_and_leaves_the_rest(tmp_path):
    export = "import kzdata as kz\nkz.charts.tengizchevroil().export(formats=('csv',))"
    write(tmp_path, "a_good", export)
    write(tmp_path, "b_bad", "1 + 1", "value = 'seven'\nint(value)", "raise SystemExit")
    out = tmp_path / "out"
    out.mkdir()
    (out / "earlier.png").write_bytes(b"from an earlier run")
    done = run("charts", "--out", out, cwd=tmp_path)
    assert done.returncode == 1
    assert "FAILED b_bad.ipynb, cell 2" in done.stdout and "int(value)" in done.stdout
    assert "ValueError: invalid literal for int()" in done.stdout
    assert (out / "earlier.png").read_bytes() == b"from an earlier run" and (out / "tengizchevroil.csv").exists()
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["charts", "--only", "99_none"], "no notebook '99_none', expected one of 00_start_here"),
        (["charts", "--formats", "svg,gif"], "no format 'gif', expected some of png,svg,pdf,csv"),
        (["notebooks", "--cell-seconds", "0"], "--cell-seconds is 0, expected 1 or more"),
    ],
)
def test_wrong_arguments(arguments, message, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2 and message in capsys.readouterr().err


@pytest.mark.parametrize("command", ["charts", "report", "notebooks"])
def test_where_there_are_no_notebooks(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main([command])
    assert stopped.value.code == 2 and "run this in a clone of the project" in capsys.readouterr().err


def test_storing_outputs_gives_equal_bytes(tmp_path, monkeypatch):
    write(tmp_path, "one", "1 + 1", "print('two')")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "notebooks" / "one.ipynb"
    contents = []
    for _ in range(2):
        assert main(["notebooks"]) == 0
        contents.append(file.read_bytes())
    assert contents[0] == contents[1] and json.loads(contents[0])["cells"][0]["outputs"][0]["data"]["text/plain"] == [
        "2"
    ]


@pytest.mark.slow
def test_charts_in_exported_html_have_alt_text(tmp_path):
    """nbconvert's default template drops alt text given any other way."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", str(tmp_path)]
    subprocess.run([*command, str(ROOT / "notebooks" / "02_economy.ipynb")], check=True, capture_output=True)
    html = (tmp_path / "02_economy.html").read_text(encoding="utf-8")
    assert html.count('alt="The ') + html.count("alt='The ") >= 2 and "No description has been" not in html
