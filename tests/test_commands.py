"""What the user starts: make, the command line on any console, names completed, a folder's name as typed."""

import codecs
import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, lab_command
from IPython.core.completer import IPCompleter, provisionalcompleter

import kzdata as kz
from kzdata import console
from kzdata.__main__ import EXTRA, main
from kzdata.drawing.export import Export
from kzdata.notebook import execute as notebooks


def test_make_lab_serves_the_whole_project():
    assert lab_command(ROOT) == [".venv/bin/jupyter", "lab", "--notebook-dir=.", "notebooks/00_start_here.ipynb"]


@pytest.mark.parametrize("module", [kz, kz.charts], ids=["kz", "kz.charts"])
def test_what_is_offered_is_what_is_public(module):
    names = [name for name in dir(module) if not name.startswith("__")]
    assert sorted(names) == sorted(module.__all__) and all(hasattr(module, name) for name in names)
    with provisionalcompleter():
        offered = {c.text for c in IPCompleter(namespace={"it": module}).completions("it.", 3)}
    assert {name.lstrip(".") for name in offered} == set(module.__all__)


WITHOUT_EXTRAS = f"""
import sys
sys.modules.update(dict.fromkeys({EXTRA!r}))
from kzdata import *
load_figures(), charts.casualties(), format_tables()
explore(charts.casualties)
"""


def test_without_extras_all_but_the_menus_work():
    done = subprocess.run([sys.executable, "-c", WITHOUT_EXTRAS], cwd=ROOT, capture_output=True, text=True)
    said = "ImportError: kz.explore needs ipywidgets, which is not installed: pip install 'kzdata[notebooks]'"
    assert done.returncode == 1 and done.stderr.splitlines()[-1] == said


@pytest.mark.parametrize("command", ["charts", "report", "notebooks"])
@pytest.mark.parametrize("missing", EXTRA)
def test_a_command_without_its_extra_says_what_to_install(command, missing, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, missing, None)
    assert main([command]) == 2
    said = f"python -m kzdata {command} needs {missing}, which is not installed: pip install 'kzdata[notebooks]'\n"
    assert capsys.readouterr() == ("", said)


ENCODINGS = ["cp1251", "cp866", "ascii", "utf-8"]


def printed(encoding, *arguments):
    """The bytes that a command prints where letters are so encoded."""
    handler, stream = signal.getsignal(signal.SIGINT), io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\r\n")
    with contextlib.redirect_stdout(stream):
        console.prepare()
        assert main(list(arguments)) == 0
    signal.signal(signal.SIGINT, handler)
    stream.flush()
    return stream.buffer.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_on_a_console_that_lacks_letters(encoding):
    text = printed(encoding, "tables").decode(encoding)
    assert ("Tokayev’s bloody" if encoding in ("utf-8", "cp1251") else "Tokayev's bloody") in text
    assert "\\u" not in text and "\\x" not in text


def test_nearest_letters():
    codecs.register_error("nearest", console._nearest)
    assert "“é” – …ñ ₸ Қ".encode("cp866", "nearest").decode("cp866") == '"e" - ...n \\u20b8 \\u049a'
    assert "é \udcff".encode("utf-8", "nearest").decode() == "é \\udcff", "the byte of a file's name"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_programs_get_every_letter(encoding):
    assert printed(encoding, "tables", "references", "--csv") == (kz.DATA_DIR / "references.csv").read_bytes()


@pytest.mark.parametrize("arguments", [("tables", "references", "--json"), ("annotations",)], ids=lambda a: a[0])
def test_json_keeps_every_letter(arguments):
    text = printed("cp866", *arguments).decode("cp866")
    assert "’" in json.dumps(json.loads(text), ensure_ascii=False)


def test_ctrl_c_while_libraries_are_imported(tmp_path):
    (tmp_path / "pandas.py").write_text("import time\nprint('here', flush=True)\ntime.sleep(60)\n", encoding="utf-8")
    said = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(
        [sys.executable, "-m", "kzdata", "verify", "copy.txt"], cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (tmp_path, ROOT)))}, **said,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate() == ("", "Interrupted.\n") and process.returncode == 130


CLEARS_UP = """
import pathlib, time
pathlib.Path("../half").mkdir()
pathlib.Path("../begun").touch()
try:
    time.sleep(60)
finally:
    pathlib.Path("../half").rmdir()
"""


@pytest.mark.slow
@pytest.mark.parametrize("command", ["charts", "report"])
def test_ctrl_c_lets_cells_clear_up(command, tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    out = tmp_path / "out"
    code = CLEARS_UP.replace('"..', f'"{tmp_path}')
    for name in ("one", "two", "three"):
        cells = [nbformat.v4.new_code_cell(code.replace("half", name).replace("begun", f"{name}-begun"))]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / f"{name}.ipynb")
    said = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    arguments = [sys.executable, "-m", "kzdata", command, "--out", out]
    with subprocess.Popen(arguments, cwd=tmp_path, start_new_session=True, **said) as process:
        while not (begun := list(tmp_path.glob("*-begun"))):
            assert process.poll() is None
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        assert process.communicate(timeout=60) == ("", "Interrupted.\n") and process.returncode == 130
    left = {file.name for file in tmp_path.iterdir()} - {file.name for file in tmp_path.glob("*-begun")}
    assert begun and left == {"notebooks", "pyproject.toml"}


def test_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    chart = kz.charts.tengizchevroil()
    assert chart.export("~/mine", "csv").files[0] == tmp_path / "mine" / "tengizchevroil.csv"
    monkeypatch.setenv("KZDATA_EXPORTS", "~/other")
    assert chart.export(formats="csv").files[0] == tmp_path / "other" / "tengizchevroil.csv"
    given = []
    monkeypatch.setattr(notebooks, "run_all", lambda paths, environment, *_: given.append(environment) or [])
    monkeypatch.chdir(ROOT)
    assert main(["charts", "--out", "~/third"]) == 0 and given == [{"KZDATA_EXPORTS": str(tmp_path / "third")}]


def test_links_lead_to_folders_of_any_name():
    export = Export("name", [Path("""a #1? 50% "b" & 'c' <é>/name.csv""")])
    (html, about) = export._repr_mimebundle_()
    href = "a%20%231%3F%2050%25%20%22b%22%20%26%20%27c%27%20%3C%C3%A9%3E/name.csv"
    assert f" href='{href}' download>CSV</a>" in html["text/html"] and about == {"kzdata": [str(export.files[0])]}


READERS = ["my-tables/figures.csv", "my-charts/a.png", "my-notebooks/a.ipynb", "exports/a.png", "Untitled.ipynb",
           "untitled.txt", "Untitled Folder/a", "02_economy-Copy1.ipynb", ".ipynb_checkpoints/a.ipynb"]  # fmt: skip


def test_git_leaves_alone_what_is_the_readers(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    paths = [f"{folder}{name}" for folder in ("", "notebooks/") for name in READERS] + [".venv-3.12/a", "report/a"]
    ours = [
        "kzdata/notebook/templates/report/a",
        "notebooks/02_economy.ipynb",
        "kzdata/data/figures.csv",
        "tests/test_a.py",
    ]
    command = ["git", "-C", str(tmp_path), "check-ignore", *paths, *ours]
    assert subprocess.run(command, capture_output=True, text=True).stdout.splitlines() == paths


def other_pythons(folder, answers, **environment):
    """What `.ci/pythons.py` does on a machine with Pythons that answer so; its "make" prints what it is to do."""
    for version, answer in answers.items():
        (folder / f"python{version}").write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (folder / f"python{version}").chmod(0o755)
    alone = {"PATH": str(folder), "PYENV_ROOT": str(folder), **environment}
    command = [sys.executable, ROOT / ".ci" / "pythons.py", "/bin/echo"]
    return subprocess.run(command, env=alone, capture_output=True, text=True)


def test_every_other_python_is_tested_and_named(tmp_path):
    own, works = f"3.{sys.version_info.minor}", "echo {} cpython"
    answers = {"3.10": works.format("3.10"), "3.97": "exit 127", "3.98": works.format("3.98"), own: works.format(own)}
    done = other_pythons(tmp_path, answers, CI="1")
    said = f"test-quick PYTHON={tmp_path}/python3.98 ENVIRONMENT=.venv-3.98"
    assert done.returncode == 0 and [line for line in done.stdout.splitlines() if "test-quick" in line] == [said]
    assert "Other Pythons on this machine: 3.98\n" in done.stdout


def test_no_other_python_is_told(tmp_path):
    for status, environment in ((0, {}), (1, {"CI": "1"})):
        done = other_pythons(tmp_path, {"3.97": "exit 127"}, **environment)
        assert (done.returncode, "install another" in done.stderr) == (status, True)
