"""A reader's own tables, wherever charts, commands and notebooks are started; the package's own stay as they are."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import CHARTS, ROOT, copy_project, lab_command, replace

import kzdata as kz
from kzdata import csvfile
from kzdata.__main__ import main
from kzdata.notebook import execute, report
from kzdata.schema import names


@pytest.fixture
def changed(tables):
    """Tables in which every number of the article is greater by three."""
    with open(tables / "figures.csv", encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        for column in ("low", "best", "high"):
            if row[column]:
                row[column] = f"{float(row[column]) + 3:.0f}"
    with open(tables / "figures.csv", "w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return tables


def again(sidecar: dict, folder: Path, data_dir: Path | None = None) -> dict[str, str]:
    """The checksums of what a sidecar's call exports from those tables."""
    name, arguments = sidecar["call"].removeprefix("kz.charts.").removesuffix(")").split("(", 1)
    assert name in CHARTS and "/" not in arguments
    tables = kz.Tables(data_dir)
    chart = eval(sidecar["call"].replace("(", "(data_dir=tables, ", 1), {"kz": kz, "tables": tables})  # noqa: S307
    exported = chart.export(folder, {file.rpartition(".")[2] for file in sidecar["sha256"]}, sidecar["dpi"])
    return json.loads(exported.files[-1].read_text(encoding="utf-8"))["sha256"]


@pytest.mark.parametrize("name", CHARTS)
def test_each_table_is_opened_once_for_a_chart(name, tables, monkeypatch):
    """Own tables too: once each, and the package's, to see what is changed, once each."""
    opened, read = [], csvfile.read
    monkeypatch.setattr(csvfile, "read", lambda file: opened.append(file) or read(file))
    chart = CHARTS[name]()
    assert sorted(chart.tables) == sorted(file.name for file in opened) and max(Counter(opened).values()) == 1
    opened.clear()
    CHARTS[name](data_dir=tables)
    assert max(Counter(opened).values()) == 1 and {file.parent for file in opened} == {tables, kz.DATA_DIR}


def test_tables_are_read_by_one_module():
    library = {file: file.read_text(encoding="utf-8") for file in (ROOT / "kzdata").rglob("*.py")}
    assert [file.stem for file, text in library.items() if "csvfile.read(" in text] == ["tables"]
    assert [file.stem for file, text in library.items() if "read_csv" in text] == []


def test_a_folder_by_environment_argument_or_object(changed, monkeypatch):
    expected = kz.load_figures(changed)
    assert not expected.equals(kz.load_figures())
    tables = kz.Tables(changed)
    monkeypatch.chdir(changed.parent)
    monkeypatch.setenv("KZDATA_TABLES", changed.name)
    for figures in (kz.load_figures(), kz.load_figures(tables), tables["figures"], kz.Tables()["figures"]):
        assert figures.equals(expected)
    assert kz.charts.casualties().alt == kz.charts.casualties(tables).alt == kz.charts.casualties(str(changed)).alt
    assert kz.compare().equals(kz.compare(tables)) and kz.compare()["changed"].ne("").all()
    monkeypatch.setenv("KZDATA_TABLES", "")
    assert kz.Tables().folder == kz.DATA_DIR


def test_what_is_done_to_a_table_is_not_done_to_another():
    tables = kz.Tables()
    figures = tables["figures"]
    figures.loc["median-wage", "best"] = 1
    figures.attrs["title"] = "mine"
    assert tables["figures"].loc["median-wage", "best"] == 570 and tables["figures"].attrs["title"] != "mine"


def test_a_copy_to_edit(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new-tables", "my-tables"]) == 0
    assert f"{tmp_path / 'my-tables'}" in capsys.readouterr().out
    made = {file.name: file.read_bytes() for file in (tmp_path / "my-tables").iterdir()}
    assert made == {f"{name}.csv": (kz.DATA_DIR / f"{name}.csv").read_bytes() for name in names()}
    assert kz.compare("my-tables").equals(kz.compare())
    (tmp_path / "my-tables" / "figures.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="my-tables is not empty"):
        main(["new-tables", "my-tables"])
    assert (tmp_path / "my-tables" / "figures.csv").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["my-tables"]


def test_commands_print_the_readers_tables(changed, capsys, monkeypatch):
    assert main(["tables", "figures", "--csv", "--tables", str(changed)]) == 0
    assert capsys.readouterr().out == (changed / "figures.csv").read_text(encoding="utf-8")
    monkeypatch.setenv("KZDATA_TABLES", str(changed))
    assert main(["tables", "figures", "--json"]) == 0
    (row,) = (r for r in json.loads(capsys.readouterr().out)["figures"] if r["figure_id"] == "killed-2022")
    assert row["best"] == 228


@pytest.mark.parametrize("command", ["charts", "report", "notebooks"])
def test_a_mistake_in_a_table_is_told_before_a_notebook_runs(command, tables, monkeypatch):
    replace(tables / "events.csv", "day,on Jan. 5", "daily,on Jan. 5")
    monkeypatch.setattr(execute, "run_all", lambda *_: pytest.fail("a notebook was run"))
    monkeypatch.setattr(report, "run_all", lambda *_: pytest.fail("a notebook was run"))
    with pytest.raises(kz.DataError, match="events.csv, line .*'precision': found 'daily', expected one of day, month"):
        main([command, "--tables", str(tables)])


def test_make_lab_hands_the_folder_on_as_an_absolute_one(tmp_path, monkeypatch):
    """What the recipe does before JupyterLab, which is replaced by what shows its environment."""
    project = tmp_path / "a project"
    (project / "my tables").mkdir(parents=True)
    monkeypatch.setenv("KZDATA_TABLES", "my tables")
    command = lab_command(ROOT, split=False)
    shown = command.replace(".venv/bin/jupyter lab", "env #")
    done = subprocess.run(shown, shell=True, cwd=project, capture_output=True, text=True, check=True)
    assert f"KZDATA_TABLES={project / 'my tables'}\n" in done.stdout
    monkeypatch.setenv("KZDATA_TABLES", "nowhere")
    done = subprocess.run(shown, shell=True, cwd=project, capture_output=True, text=True)
    assert done.returncode and "nowhere" in done.stderr and not done.stdout


VARIANTS = {
    "casualties": {},
    "official_wages": {"wages_per_year": 26},
    "beside_others": {"tolerance": 0.1, "comparability": "same measure"},
    "years_of_wages": {"wages_per_year": 1, "total": "london-property"},
}


@pytest.mark.parametrize("name, arguments", VARIANTS.items())
def test_a_sidecar_makes_its_chart_again(name, arguments, changed, tmp_path):
    exported = CHARTS[name](data_dir=changed, **arguments).export(tmp_path / "one", dpi=60)
    sidecar = json.loads(exported.files[-1].read_text(encoding="utf-8"))
    assert sidecar["call"] == f"kz.charts.{name}({', '.join(f'{k}={v!r}' for k, v in arguments.items())})"
    assert sidecar["tables"]["figures.csv"] == hashlib.sha256((changed / "figures.csv").read_bytes()).hexdigest()
    assert again(sidecar, tmp_path / "two", changed) == sidecar["sha256"]
    lines = "".join(f"{digest}  {file}\n" for file, digest in sidecar["tables"].items())
    digest = hashlib.sha256(lines.encode()).hexdigest().encode()
    for file in exported.files[:3]:  # PNG, SVG, PDF
        assert digest in file.read_bytes(), file.suffix


def snapshot(project: Path) -> dict[str, str]:
    files = (file for file in project.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {str(file.relative_to(project)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.slow
def test_all_notebooks_run_on_tables_with_all_figures_changed(changed, tmp_path):
    """Exports, report and notebooks of a reader's tables; nothing of the project is another than before."""
    project = copy_project(tmp_path / "project")
    before = snapshot(project)
    os.rename(changed, project.parent / "my-tables")
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    for command in (["charts", "--out", "../charts"], ["report", "--out", "../report"], ["notebooks"]):
        python = [sys.executable, "-m", "kzdata", *command, "--tables", "../my-tables"]
        done = subprocess.run(python, cwd=project, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    after = {name: digest for name, digest in snapshot(project).items() if not name.startswith("exports/")}
    assert after == before
    sidecars = {file.stem: json.loads(file.read_text("utf-8")) for file in (tmp_path / "charts").glob("*.json")}
    assert sidecars.keys() == CHARTS.keys()
    assert sum(sidecar["title"].startswith("Changed figures") for sidecar in sidecars.values()) >= len(CHARTS) - 3
    for name, sidecar in sidecars.items():
        assert again(sidecar, tmp_path / "again", tmp_path / "my-tables") == sidecar["sha256"], name
    table = (tmp_path / "report" / "tables" / "figures.csv").read_bytes()
    assert table == (tmp_path / "my-tables" / "figures.csv").read_bytes()
