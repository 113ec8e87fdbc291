"""The report in a browser, from the file system: complete, accessible, printable, and on its own."""

import subprocess
import sys

import pypdf
import pytest
from conftest import ROOT

from browser.notebook import accessibility


@pytest.fixture(scope="module")
def report(browser, tmp_path_factory):  # the browser first: without one, nothing need be built
    folder = tmp_path_factory.mktemp("site") / "report"
    subprocess.run([sys.executable, "-m", "kzdata", "report", "--out", folder], cwd=ROOT, check=True)
    return folder


LINKS = "es => es.map(e => e.getAttribute('href') || e.getAttribute('src'))"


def test_pages(report, page):
    pages = sorted(report.glob("*.html"))
    assert {"index", "data-dictionary", "02_economy", "02_economy.code"} <= {file.stem for file in pages}
    found = []
    for file in pages:
        page.goto(file.as_uri())
        targets = page.locator("a[href], img[src]").evaluate_all(LINKS)
        local = {target.split("#")[0] for target in targets if not target.startswith(("http", "data:", "#"))}
        found += [f"{file.name}: {target} leads nowhere" for target in local if not (report / target).is_file()]
        found += [f"{file.name}: {fault}" for fault in accessibility(page, "body")]
        silent = page.locator("img").evaluate_all("es => es.filter(e => e.alt.length < 20 || !e.naturalWidth).length")
        found += [f"{file.name}: {silent} pictures without words or not loaded"] if silent else []
    assert found == []


def test_contents_lead_to_every_chart_and_table(report, page):
    page.goto((report / "index.html").as_uri())
    shown = {src.split("/")[1] for src in page.locator(".thumbnails img").evaluate_all(LINKS)}
    assert shown == {file.name for file in (report / "charts").glob("*.png")} and len(shown) > 12
    assert {file.name for file in (report / "tables").glob("*.csv")} >= {"figures.csv", "references.csv"}
    page.locator(".thumbnails a").nth(1).click()
    assert "#cell-id=" in page.url and page.locator("code").count() == 0


def test_code_is_a_link_away(report, page):
    page.goto((report / "02_economy.html").as_uri())
    assert page.locator(".jp-InputArea-editor").count() == 0
    page.get_by_role("link", name="With code").click()
    assert "kz.charts.wages_and_wealth()" in page.locator("main").inner_text()


def test_print(report, page, tmp_path):
    page.goto((report / "02_economy.html").as_uri())
    page.pdf(path=tmp_path / "economy.pdf", prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "economy.pdf").pages]
    assert 3 <= len(sheets) <= 6 and all(len(sheet) > 300 for sheet in sheets), "no sheet is nearly empty"
    assert "With code" not in "".join(sheets) and "struggle-duration" in "".join(sheets).replace("\n", "")
