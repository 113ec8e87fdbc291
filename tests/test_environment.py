"""What a stranger does with a new machine: set up by make, by conda's list, by pip; and a tool for citations."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time

import pytest
import yaml
from conftest import ROOT, copy_project

PIP_NAMES = {"matplotlib-base": "matplotlib"}
ALONE = {n: v for n, v in os.environ.items() if n != "PYTHONPATH" and not n.startswith(("MAKE", "KZDATA"))}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("CI" not in os.environ, reason="installs other environments: set CI=1 to run it"),
]


def said(*command, cwd, status=0):
    """What a command prints on both streams; its exit status is checked."""
    done = subprocess.run(command, cwd=cwd, env=ALONE, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == status, done.stdout
    return done.stdout


def environment(folder, *requirements):
    """A new environment with some packages; gives its Python."""
    said(sys.executable, "-m", "venv", folder, cwd=ROOT)
    said(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *requirements, cwd=ROOT)
    return folder / "bin" / "python"


def test_conda_environment_runs_a_notebook(tmp_path):
    """environment.yml as Binder would use it: its packages, by their names at pip."""
    packages = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pins = [package.split("=") for package in packages if isinstance(package, str) and "=" in package]
    wanted = [f"{PIP_NAMES.get(name, name)}=={version}" for name, version in pins if name != "python>"]
    project = copy_project(tmp_path / "project")
    python = environment(tmp_path / "venv", *wanted, "--editable", project)
    said(python, "-m", "kzdata", "charts", "--only", "02_economy", "--out", tmp_path / "charts", cwd=project)
    assert len(list((tmp_path / "charts").glob("*.png"))) == 3
    said(python, "-m", "jupyterlab", "--version", cwd=project)


@pytest.fixture
def clone(tmp_path):
    """A copy of the project in a folder with an odd name."""
    project = copy_project(tmp_path / "it's a #1 & 50% “clone”")
    shutil.copytree(ROOT / ".ci", project / ".ci")
    return project


def test_set_up_can_be_interrupted_and_begun_again(clone):
    set_up = subprocess.Popen(["make", "setup"], cwd=clone, env=ALONE, text=True, start_new_session=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    assert re.match(r"Setting up .venv for charts and notebooks: \d+ MB, about \d+ s", set_up.stdout.readline())
    time.sleep(8)  # somewhere in it
    os.killpg(set_up.pid, signal.SIGINT)  # as a terminal does
    rest, _ = set_up.communicate()
    assert set_up.returncode in (130, -signal.SIGINT) and "Traceback" not in rest
    assert "Interrupted; the next make starts the set-up again.\n" in rest and not (clone / ".venv").exists()
    (clone / ".venv").mkdir()
    (clone / ".venv" / ".unfinished").touch()  # as a set-up that was killed leaves it
    (clone / ".venv" / "half").touch()
    out = said("make", "charts", "ARGS=--only 02_economy --formats csv", cwd=clone)
    assert "Ready after" in out and (clone / "exports" / "wages_and_wealth.csv").exists()
    assert {f.name for f in (clone / ".venv").glob(".*")} == {".ready-notebooks"} and not (
        clone / ".venv/half"
    ).exists()
    assert not list((clone / ".venv").glob("lib/*/site-packages/pytest")), "tests are not what charts need"
    assert "Setting up" not in said("make", "charts", "ARGS=--only 02_economy --formats csv", cwd=clone)


def test_source_distribution_without_extras(tmp_path):
    """It has no tests, and what is installed from it says what to install for the notebooks."""
    project = copy_project(tmp_path / "project")
    shutil.copytree(ROOT / "tests", project / "tests")
    tools = tmp_path / "tools"
    said(sys.executable, "-m", "pip", "install", "--quiet", "--target", tools, "setuptools>=77", cwd=ROOT)
    build = (
        "import sys; sys.path.insert(0, sys.argv[1]); from setuptools import build_meta; build_meta.build_sdist('..')"
    )
    said(sys.executable, "-c", build, tools, cwd=project)
    (archive,) = tmp_path.glob("kzdata-*.tar.gz")
    with tarfile.open(archive) as tar:
        names = [name.partition("/")[2] for name in tar.getnames()]
    assert "kzdata/data/figures.csv" in names and not [name for name in names if name.startswith("tests")]
    python = environment(tmp_path / "venv", archive)
    needs = "python -m kzdata charts needs rich, which is not installed: pip install 'kzdata[notebooks]'\n"
    assert said(python, "-m", "kzdata", "charts", cwd=tmp_path, status=2) == needs
    use = "from kzdata import *; charts.casualties().export('out'); print(len(load_figures()), len(compare()))"
    assert re.fullmatch(r"\d+ \d+\n", said(python, "-c", use, cwd=tmp_path))
    assert "casualties.pdf" in os.listdir(tmp_path / "out")


def test_citation_is_valid_and_the_readme_has_what_comes_of_it(tmp_path):
    cffconvert = environment(tmp_path / "venv", "cffconvert==2.0.0").parent / "cffconvert"
    assert "valid" in said(cffconvert, "--validate", "-i", ROOT / "CITATION.cff", cwd=ROOT)
    entry = said(cffconvert, "-f", "bibtex", "-i", ROOT / "CITATION.cff", cwd=ROOT)
    assert entry.replace("YourReferenceHere", "kzdata") in (ROOT / "README.md").read_text(encoding="utf-8")
