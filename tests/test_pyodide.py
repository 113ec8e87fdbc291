"""The library keeps to what Python in a browser has: no processes, threads, hard links or missing modules."""

import subprocess
import sys

import pytest

CODE = """
import importlib.abc, os, pathlib, subprocess, sys, tempfile, threading

#: What `import` lacks in Pyodide 314, and what of Jupyter is not there.
MISSING = {"curses", "dbm", "ensurepip", "grp", "idlelib", "msvcrt", "pwd", "pydoc_data", "readline", "resource",
           "syslog", "tkinter", "turtle", "venv", "winreg", "nbclient", "nbformat", "nbconvert", "rich", "zmq",
           "jupyter_client", "jupyter_core", "playwright", "pytest"}

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in MISSING:
            raise ModuleNotFoundError(f"{name} is not in Pyodide", name=name)

def no(*arguments, **options):
    raise OSError("not in Pyodide")

sys.meta_path.insert(0, Blocked())
for module in MISSING:
    sys.modules.pop(module, None)
os.environ["MPLCONFIGDIR"] = tempfile.mkdtemp()
import matplotlib.font_manager  # asks the system for its fonts, in a process or a thread, as soon as imported
os.fork = os.posix_spawn = subprocess.Popen = threading.Thread.start = no
del os.link

import kzdata as kz

for name in kz.__all__:
    getattr(kz, name)
    if name.startswith("load_"):
        getattr(kz, name)()
for name in (n for n in kz.charts.__all__ if n[0].islower()):
    chart = getattr(kz.charts, name)()
    chart._repr_mimebundle_()
folder = pathlib.Path(tempfile.mkdtemp())
for _ in range(2):
    chart.export(folder)
copy = "\\n".join(kz.load_excerpts()["exact"])
print(len(list(folder.iterdir())), (kz.verify(copy)["status"] == "found").any(), len(kz.compare()) > 40)
"""


@pytest.mark.slow
def test_everything_but_the_commands_runs_without_what_pyodide_lacks():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.stdout == "5 True True\n", done.stderr
