"""A real JupyterLab and a real Chromium, each with folders of its own, and a watch on what the pages do."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, copy_project, lab_command
from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Chromium's own errands, which are not the page's.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
         "--disable-quic"]  # fmt: skip
#: Every cell in the page, not only those in view, so that all can be looked at; no offer of Jupyter's news.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
#: As a test needs it, in a file of settings: the command stays as it is.
SERVER = {"open_browser": False, "allow_root": True, "port": 0}
STARTUP = 120  # seconds


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: the one that KZDATA_BROWSER names, or one found on the PATH; with CI set one must be there."""
    wanted = os.environ.get("KZDATA_BROWSER")
    found = shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        stop = pytest.fail if wanted or "CI" in os.environ else pytest.skip
        stop(f"no browser: {wanted or ', '.join(BROWSERS)} not found; install chromium, or set KZDATA_BROWSER")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=QUIET, chromium_sandbox=False)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of a test log as errors, and what they ask of other machines."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A page that fails its test if there are complaints."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.on("request", lambda r: None if _is_local(r.url) else complaints.append(f"request to {r.url}"))
    context.on("console", lambda m: complaints.append(f"console: {m.text}") if m.type == "error" else None)
    context.on("weberror", lambda e: complaints.append(f"script: {e.error}"))
    yield context.new_page()
    context.close()
    assert complaints == []


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "http://localhost:", "file:", "data:", "blob:"))


@contextmanager
def jupyterlab(folder: Path) -> Iterator[tuple[str, Path]]:
    """Run what ``make lab`` runs, in a copy of the project in ``folder``.

    Gives the address of a file's page, and the copy, whose tables a test can edit: kernels import kzdata from there.
    """
    project = copy_project(folder / "project")
    shutil.copytree(ROOT / ".ci", project / ".ci")
    (project / ".venv").symlink_to(sys.prefix)
    for name, settings in SETTINGS.items():
        extension, _, plugin = name.partition(":")
        file = folder / "config" / "lab" / "user-settings" / extension / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    (folder / "config" / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": SERVER}), encoding="utf-8")
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = os.environ | own | {"PYTHONPATH": str(project), "IPYTHONDIR": str(folder / "ipython")}
    environment.pop("KZDATA_EXPORTS")  # into the project's own folder, as for a reader
    with open(folder / "server.log", "wb") as log:
        server = subprocess.Popen(lab_command(project), cwd=project, env=environment, stdout=log, stderr=log)
        try:
            yield _address(folder, server), project
        finally:
            server.terminate()
            server.wait(30)


def _address(folder: Path, server: subprocess.Popen) -> str:
    """Of any file, by what JupyterLab has its own browser open: the first notebook."""
    for _ in range(STARTUP * 10):
        for file in (folder / "runtime").glob("jpserver-file-to-run-*-open.html"):
            opened = re.search(r'href="([^"]+)/lab/tree/([^"?]+)\?(token=\w+)"', file.read_text(encoding="utf-8"))
            if opened:  # it may still be being written
                host, path, token = opened.groups()
                assert path == "notebooks/00_start_here.ipynb"
                return f"{host}/lab/workspaces/{{name}}/tree/{{path}}?{token}"
        assert server.poll() is None, (folder / "server.log").read_text(encoding="utf-8")
        time.sleep(0.1)
    raise TimeoutError((folder / "server.log").read_text(encoding="utf-8"))
