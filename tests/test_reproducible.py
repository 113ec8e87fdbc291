"""The same bytes wherever, whenever and by whomever: ``make test-bytes`` prints their checksums."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, copy_project, needed

pytestmark = pytest.mark.slow
GERMAN = Path("/usr/share/i18n/locales/de_DE")  # the source of a language with decimal comma


@pytest.fixture
def german(tmp_path):
    """Environment in which every Python process speaks German, as a user's own program may have it."""
    if not GERMAN.exists():
        needed(str(GERMAN))
    language, site = tmp_path / "locale" / "de_DE.UTF-8", tmp_path / "site"
    language.parent.mkdir()
    subprocess.run([needed("localedef"), "-i", "de_DE", "-f", "UTF-8", language], check=True)
    site.mkdir()
    (site / "sitecustomize.py").write_text("import locale\nlocale.setlocale(locale.LC_ALL, '')\n", encoding="utf-8")
    return {"LOCPATH": str(language.parent), "LC_ALL": "de_DE.UTF-8"}, site


def environment(changed: dict[str, str], *paths: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KZDATA", "LC_", "HOME"))}
    return kept | changed | {"PYTHONPATH": os.pathsep.join(map(str, paths))}


def run(command: list, project: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, umask=0o077, timeout=400
    )
    assert done.returncode == 0, done.stdout + done.stderr


def checksums(*folders: Path) -> dict[str, str]:
    """SHA-256 of the files in some folders, and a line that sums them up."""
    files = sorted(file for folder in folders for file in folder.iterdir() if file.is_file())
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    whole = hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()).hexdigest()
    print(f"{len(digests)} files, sha256 of their sha256sum {whole}: {', '.join(folder.name for folder in folders)}")
    return digests


def test_the_same_bytes_in_another_place_language_and_by_another_user(german, tmp_path):
    """Path, language, time zone, user, home, umask, the seed of hashes and the date of the source differ."""
    language, site = german
    here, there = copy_project(tmp_path / "here"), copy_project(tmp_path / "elsewhere, with é" / "deeper")
    stored = checksums(here / "notebooks")
    usual = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "HOME": str(tmp_path), "USER": "one"}
    unusual = {"TZ": "XYZ-13:45", "PYTHONHASHSEED": "4711", "USER": "another", "SOURCE_DATE_EPOCH": "1956528000"}
    command = [sys.executable, "-m", "kzdata", "notebooks"]
    run(command, here, environment(usual, here))
    run(command, there, environment(unusual | language, there, site))
    results = [checksums(project / "exports", project / "notebooks") for project in (here, there)]
    assert len(results[0]) == 13 * 5 + 7
    assert [name for name in results[0] if results[0][name] != results[1].get(name)] == []
    assert stored.items() <= results[0].items(), "run: make notebooks"


EXPORTS = """
import sys, kzdata as kz
for name in kz.charts.__all__:
    if name[0].islower(): getattr(kz.charts, name)().export(sys.argv[1])
"""


def test_the_same_bytes_on_another_day(tmp_path):
    """Without kernels: the clock of a process can be set, but processes that wait for each other then hang."""
    future = [needed("faketime"), "2031-12-31 23:58:00"]
    unmoved = environment({"FAKETIME_DONT_FAKE_MONOTONIC": "1"}, ROOT)
    for folder, clock in (("today", []), ("2031", future)):
        run([*clock, sys.executable, "-c", EXPORTS, tmp_path / folder], tmp_path, unmoved)
    assert checksums(tmp_path / "today") == checksums(tmp_path / "2031")
