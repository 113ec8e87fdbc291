"""Every notebook in a real JupyterLab, in the light and the dark theme."""

import hashlib

import nbformat
import pytest
from conftest import ROOT

from browser.conftest import jupyterlab
from browser.notebook import Notebook

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SCREENSHOTS = ROOT / "exports" / "screenshots"


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    with jupyterlab(tmp_path_factory.mktemp("lab")) as (address, project):
        yield address, project


def stored_outputs(name):
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4).cells
    return [output for cell in cells for output in cell.get("outputs", [])]


def stored_alts(name):
    """The alt texts that the stored outputs have, chart by chart."""
    return [o["data"]["text/plain"] for o in stored_outputs(name) if "image/png" in o.get("data", {})]


def exported(name, project):
    """The files that the notebook exports, as they are on disk."""
    paths = [path for output in stored_outputs(name) for path in output.get("metadata", {}).get("kzdata", [])]
    files = [(project / "notebooks" / path).resolve().relative_to(project.resolve()) for path in paths]
    return {f"/files/{file}": hashlib.sha256((project / file).read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_opens_runs_and_can_be_read(lab, page, name):
    address, project = lab
    notebook = Notebook(page, address, f"notebooks/{name}.ipynb")
    notebook.run_all()
    assert notebook.downloads() == exported(name, project)
    assert notebook.alts() == stored_alts(name)
    shoot(page, f"{name}-light")
    faults = notebook.faults()
    notebook.menu("Settings", "Theme", "JupyterLab Dark")
    page.wait_for_function("document.body.dataset.jpThemeLight == 'false'")
    shoot(page, f"{name}-dark")
    faults += notebook.faults()
    notebook.menu("Settings", "Theme", "JupyterLab Light")
    page.wait_for_function("document.body.dataset.jpThemeLight == 'true'")
    assert faults == []


def shoot(page, name):
    """The whole notebook as a picture, to be looked at."""
    cells = page.locator(".jp-WindowedPanel-outer").first
    page.set_viewport_size({"width": 1440, "height": 150 + cells.evaluate("e => e.scrollHeight")})
    cells.evaluate("e => e.scrollTo(0, 0)")
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
    page.set_viewport_size({"width": 1440, "height": 900})
