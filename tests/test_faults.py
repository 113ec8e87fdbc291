"""Kills, kernels that die or hang, two runs at once, and no network: files stay whole, and the reader is told.

KZDATA_KILLS sets how many moments are tried (50: ``make test-faults``).
"""

import hashlib
import json
import os
import random
import shlex
import subprocess
import sys
import time
from collections import Counter

import nbformat
import psutil
import pytest
from conftest import ROOT, needed, replace

import kzdata as kz
from kzdata.drawing.export import alone_in

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("KZDATA_KILLS", "5"))
EXPORT = """
import sys, kzdata as kz
chart = kz.charts.tengizchevroil()
while True: chart.export(*sys.argv[1:])
"""


def start(*arguments, cwd=ROOT):
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen([sys.executable, *map(str, arguments)], cwd=cwd, start_new_session=True, **quiet)


def whole(folder):
    """The exported files, each as it should be: readable as what it is, and the sidecar's checksums hold."""
    for sidecar in folder.glob("*.json"):
        for name, digest in json.loads(sidecar.read_text(encoding="utf-8"))["sha256"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}


def kernels(folder):
    """Kernels that run in a folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "ipykernel_launcher" in " ".join(process.info["cmdline"] or []) and process.info["cwd"] == str(folder):
            found.append(process)
    return found


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    kz.charts.tengizchevroil().export(folder)
    return whole(folder)


@pytest.mark.parametrize("formats", ["png,svg,pdf,csv", "csv"])
def test_a_killed_export_leaves_whole_files(formats, tmp_path):
    """At moments of drawing mostly, or of writing, where only the CSV is exported over and over."""
    moments, found = random.Random(1), Counter()
    kz.charts.tengizchevroil().export(tmp_path, formats)
    before = whole(tmp_path)
    for _ in range(KILLS):
        process = start("-c", EXPORT, tmp_path, formats)
        time.sleep(1 + moments.random() * 2)
        found["while it ran"] += process.poll() is None
        process.kill()
        process.wait()
        assert whole(tmp_path) == before
        found["with a hidden folder of unfinished files left"] += any(f.name[0] == "." for f in tmp_path.iterdir())
    print(f"\n{KILLS} kills of an export of {formats}, every visible file whole: {dict(found)}")
    kz.charts.tengizchevroil().export(tmp_path, formats)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(before), "what was left is cleared"


def project(folder, **notebooks):
    (folder / "notebooks").mkdir()
    (folder / "pyproject.toml").touch()
    for name, cells in notebooks.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
    return folder / "notebooks"


CHART = "import sys, kzdata as kz\nkz.charts.tengizchevroil().export()"


def test_a_killed_run_leaves_whole_files_and_no_kernel(exported, tmp_path):
    notebooks, out = project(tmp_path, one=[CHART, CHART, CHART]), tmp_path / "out"
    kz.charts.tengizchevroil().export(out)
    before = {file: file.read_bytes() for file in notebooks.iterdir()}
    moments, found = random.Random(2), Counter()
    for _ in range(KILLS):
        process = start("-m", "kzdata", "charts", "--out", out, cwd=tmp_path)
        time.sleep(0.5 + moments.random() * 6)
        found["while it ran"] += process.poll() is None
        found["with a kernel"] += bool(kernels(notebooks))
        process.kill()
        process.wait()
        assert whole(out) == exported and {file: file.read_bytes() for file in notebooks.iterdir()} == before
    assert subprocess.run([sys.executable, "-m", "kzdata", "charts", "--out", out], cwd=tmp_path).returncode == 0
    assert whole(out) == exported
    end = time.time() + 20
    while kernels(notebooks) and time.time() < end:
        time.sleep(0.5)
    assert kernels(notebooks) == []
    print(f"\n{KILLS} kills of a run, every file and notebook whole, no kernel left: {dict(found)}")


def test_kernels_that_die_or_hang_are_named_and_the_others_finish(tmp_path):
    dies, hangs = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "import time\ntime.sleep(10_000)"
    notebooks = project(tmp_path, a_dies=["1 + 1", dies], b_hangs=[hangs, "1 + 1"], c_good=[CHART])
    command = ["-m", "kzdata", "charts", "--out", tmp_path / "out", "--cell-seconds", "20"]
    process = start(*command, cwd=tmp_path)
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "FAILED a_dies.ipynb, cell 2" in output and "Kernel died" in output
    assert "FAILED b_hangs.ipynb, cell 1" in output and "timed out" in output
    assert (tmp_path / "out" / "tengizchevroil.png").exists() and kernels(notebooks) == []


@pytest.fixture
def changed(tables):
    """Tables from which Tengizchevroil's chart is another one."""
    replace(tables / "figures.csv", "lose their jobs,40000,40000,40000", "lose their jobs,500,500,500")
    return tables


MANY = """
import sys, kzdata as kz
chart = kz.charts.tengizchevroil(data_dir=sys.argv[2])
for _ in range(400): chart.export(sys.argv[1], "csv")
"""


def test_two_exports_at_once_are_never_mixed(tmp_path, changed):
    """Two processes that export different data under one name, 400 times each: the files belong together."""
    out = tmp_path / "out"
    runs = [start("-c", MANY, out, tables) for tables in (kz.DATA_DIR, changed)]
    assert [process.wait(300) for process in runs] == [0, 0], [process.stdout.read() for process in runs]
    assert sorted(whole(out)) == sorted(file.name for file in out.iterdir())


REPORT = """
import pathlib, sys, rich.console
from kzdata.notebook.report import write_report
write_report(pathlib.Path(sys.argv[1]), [pathlib.Path(sys.argv[2])], rich.console.Console(quiet=True))
"""


@pytest.mark.parametrize("what", ["export", "report"])
def test_who_comes_second_waits(what, tmp_path):
    """While the folder is held, here by this test, nothing is put in place; afterwards all is."""
    notebooks, out = project(tmp_path, one=[CHART]), tmp_path / "out"
    notebook = nbformat.read(notebooks / "one.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# A title\n\nWhat it asks."))
    nbformat.write(notebook, notebooks / "one.ipynb")
    out.mkdir()
    place = {"export": out, "report": tmp_path}[what]
    with alone_in(place):
        process = start(
            "-c", {"export": f"{CHART[:-1]}sys.argv[1])", "report": REPORT}[what], out, notebooks / "one.ipynb"
        )
        time.sleep(12)
        assert process.poll() is None and list(out.iterdir()) == []
    assert process.wait(120) == 0, process.stdout.read()
    assert len(list(out.iterdir())) > 4 and not list(tmp_path.glob(".*")), "nothing unfinished is left"


def test_two_runs_into_one_folder(exported, tmp_path):
    project(tmp_path, one=[CHART, CHART], two=[CHART])
    runs = [start("-m", "kzdata", "charts", "--out", tmp_path / "out", cwd=tmp_path) for _ in range(2)]
    assert [process.wait(300) for process in runs] == [0, 0], [process.stdout.read() for process in runs]
    assert whole(tmp_path / "out") == exported


DISK = """
import os, pathlib, subprocess, sys, kzdata as kz
folder, chart = pathlib.Path(sys.argv[1]), kz.charts.tengizchevroil()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=True)
chart.export(folder, "csv")
before = {file.name: file.read_bytes() for file in folder.iterdir()}
subprocess.run(sys.argv[2].split() + [folder], check=True)
try:
    chart.export(folder)
except OSError as error:
    print(error.strerror, *error.__notes__, sep="; ")
print({file.name: file.read_bytes() for file in folder.iterdir()} == before)
"""


@pytest.mark.parametrize("then, why", [("true", "No space left on device"),
                                       ("mount -o remount,ro", "Read-only file system")])  # fmt: skip
def test_a_full_or_read_only_disk_keeps_what_it_had(then, why, tmp_path):
    alone = [needed("unshare"), "--user", "--map-root-user", "--mount"]  # the mount is seen by this process only
    done = subprocess.run([*alone, sys.executable, "-c", DISK, tmp_path, then], capture_output=True, text=True)
    said, _, same = done.stdout.partition("\n")
    assert (
        said == f"{why}; {tmp_path} cannot be written to: give another folder, export(directory=...) or KZDATA_EXPORTS"
    )
    assert same == "True\n", done.stderr


def test_notebooks_that_cannot_be_stored_stay_as_they_are(tmp_path):
    """On a disk that is full after the kernel has run: a message, exit status 2."""
    notebooks = project(tmp_path, one=[f"print('x' * 100_000)\n{CHART}"])
    before = (notebooks / "one.ipynb").read_bytes()
    grown = f"mount -t tmpfs -o size=64k tmpfs {notebooks} && cp {tmp_path}/one.ipynb {notebooks}"
    (tmp_path / "one.ipynb").write_bytes(before)
    alone = [needed("unshare"), "--user", "--map-root-user", "--mount", "sh", "-c"]
    look = f"{grown} && cd {tmp_path} && {shlex.quote(sys.executable)} -m kzdata notebooks; echo $?; ls {notebooks}; " \
           f"cmp {notebooks}/one.ipynb {tmp_path}/one.ipynb && echo same"  # fmt: skip
    done = subprocess.run([*alone, look], capture_output=True, text=True)
    assert done.stdout.splitlines()[-3:] == ["2", "one.ipynb", "same"] and "No space left" in done.stderr, done


#: Put before every Python process of the test, kernels too: only this machine can be reached, and it by number.
OFFLINE = """
import socket
connect = socket.socket.connect
def local(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
        raise OSError(f"no network: {address}")
    return connect(self, address)
def refuse(*arguments, **options):
    raise OSError(f"no network: {arguments}")
socket.socket.connect = local
socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
"""
USE = """
import sys, kzdata as kz
for name in kz.__all__:
    if name.startswith("load_"): getattr(kz, name)()
for name in (n for n in kz.charts.__all__ if n[0].islower()):
    chart = getattr(kz.charts, name)()
    chart._repr_mimebundle_()
chart.export(sys.argv[1])
kz.compare(), kz.annotations(), kz.verify("\\n".join(kz.load_excerpts()["exact"]))
"""


def test_nothing_is_asked_of_the_network(tmp_path):
    """Import, load, chart, export, and a notebook's run."""
    (tmp_path / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")
    project(tmp_path, one=["import urllib.request\nurllib.request.urlopen('http://192.0.2.1/')"], two=[CHART])
    offline = os.environ | {"PYTHONPATH": str(tmp_path)}
    run = ["-m", "kzdata", "charts", "--out", tmp_path / "out"]
    for command in (["-c", USE, tmp_path / "used"], [*run, "--only", "two"]):
        done = subprocess.run([sys.executable, *command], cwd=tmp_path, env=offline, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run(
        [sys.executable, *run, "--only", "one"], cwd=tmp_path, env=offline, capture_output=True, text=True
    )
    assert done.returncode == 1 and "no network" in done.stdout, "or else the kernels were not watched"
