"""Shared by all tests: exports go to a folder of the session, and tables can be broken or changed in a copy."""

import os
import shlex
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

import kzdata as kz

ROOT = Path(__file__).parents[1]

EXCERPTS = kz.load_excerpts().fillna({"prefix": "", "suffix": ""})
SENTENCE = (
    "Nothing that this sentence says is about wages, wealth or anything else that is quoted, and it is long enough."
)


def rebuilt(around: bool = True) -> str:
    """A text with every quotation, with the words around it or without, in the order of the article."""
    title = kz.load_article().iloc[0]["title"]
    columns = ("prefix", "exact", "suffix") if around else ("exact",)
    parts = [" ".join(row[column] for column in columns if row[column]) for _, row in EXCERPTS.iterrows()]
    return "\n\n".join([title, *(f"{SENTENCE} {part} {SENTENCE}" for part in parts)])


TEXTS = [pytest.param(rebuilt(), id="rebuilt")]
if "KZDATA_ARTICLE" in os.environ:
    TEXTS.append(pytest.param(Path(os.environ["KZDATA_ARTICLE"]).read_text(encoding="utf-8"), id="article"))


def pytest_configure(config):
    # The notebooks' kernels inherit this: tests never touch the reader's own exports.
    os.environ["KZDATA_EXPORTS"] = tempfile.mkdtemp(prefix="kzdata-exports-")
    for own in ("KZDATA_FORMATS", "KZDATA_TABLES"):
        os.environ.pop(own, None)


def pytest_unconfigure(config):
    shutil.rmtree(os.environ["KZDATA_EXPORTS"], ignore_errors=True)


@pytest.fixture
def tables(tmp_path) -> Path:
    """A copy of the tables to change."""
    return Path(shutil.copytree(kz.DATA_DIR, tmp_path / "tables"))


@pytest.fixture
def third_rename_fails(monkeypatch) -> list:
    """From here on the third file cannot be put in its place; gives those that were to be."""
    rename, calls = os.replace, []

    def fail_at_the_third(source, target):
        calls.append(target)
        if len(calls) == 3:
            raise PermissionError("disk says no")
        rename(source, target)

    monkeypatch.setattr(os, "replace", fail_at_the_third)
    return calls


CHARTS = {name: getattr(kz.charts, name) for name in kz.charts.__all__ if name[0].islower()}


@cache
def drawn(name: str) -> kz.charts.Chart:
    """A chart of the package's tables, drawn once for all tests, which leave it as it is."""
    return CHARTS[name]()


def copy_project(folder: Path) -> Path:
    """A copy of what the repository holds for its users, in a new folder."""

    def others(place: str, names: list[str]) -> set[str]:
        own = {"exports", "report", "tests"} if Path(place) == ROOT else set()
        return own | {name for name in names if name.startswith(".") or name.endswith((".egg-info", "__pycache__"))}

    return Path(shutil.copytree(ROOT, folder, ignore=others))


def lab_command(project: Path, split: bool = True) -> list[str] | str:
    """What ``make lab`` runs in a copy of the project, as it prints it."""
    mine = ("MAKE", "VERSIONS")  # what the make that runs these tests, test-oldest say, hands on to another
    alone = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    said = subprocess.run(["make", "-n", "lab"], cwd=project, env=alone, text=True, capture_output=True, check=True)
    (command,) = (line for line in said.stdout.splitlines() if "jupyter lab" in line)
    return shlex.split(command) if split else command


def needed(tool: str) -> str:
    """Where a tool of the system is; without it a test is skipped, but fails where .ci/run should have put it."""
    if (found := shutil.which(tool)) is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)(f"no {tool} on this machine")
    return found


def replace(file: Path, old: str, new: str) -> None:
    """Replace text that stands exactly once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
