"""environment.yml as Binder would use it: its packages, by their names at pip, run a notebook."""

import os
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT, copy_project

PIP_NAMES = {"matplotlib-base": "matplotlib"}


@pytest.mark.skipif("CI" not in os.environ, reason="installs a second environment: set CI=1 to run it")
def test_a_fresh_environment_runs_a_notebook(tmp_path):
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pins = [package.split("=") for package in environment if isinstance(package, str) and "=" in package]
    wanted = [f"{PIP_NAMES.get(name, name)}=={version}" for name, version in pins if name != "python>"]
    project = copy_project(tmp_path / "project")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted, "--editable", project], check=True)
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-m", "kzdata", "charts", "--only", "02_economy", "--out", tmp_path / "charts"],
        cwd=project, env=alone, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((tmp_path / "charts").glob("*.png"))) == 3
    subprocess.run([python, "-m", "jupyterlab", "--version"], check=True, env=alone)
