"""The report of two notebooks that are not run: what its pages hold and where their links lead."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from PIL import Image
from rich.console import Console

from kzdata.notebook import report
from kzdata.notebook.execute import Run

CODE = "kz.charts.some_chart().export()"


def notebook(title: str, *outputs) -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_markdown_cell(f"# {title}\n\nWhat it asks; see [the other](two.ipynb).", id="title"),
        nbformat.v4.new_code_cell(CODE, id="drawn", outputs=list(outputs), execution_count=1),
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder, patch = tmp_path_factory.mktemp("report"), pytest.MonkeyPatch()
    exported = nbformat.v4.new_output(
        "display_data", {"text/plain": "exported"}, metadata={"kzdata": ["charts/some_chart.png"]}
    )
    books = {"one": notebook("First", exported), "two": notebook("Second")}
    for name, book in books.items():
        nbformat.write(book, folder / f"{name}.ipynb")

    def run_all(paths, environment, console, cell_seconds=0):
        charts = Path(environment["KZDATA_EXPORTS"])
        charts.mkdir()
        Image.new("RGB", (900, 600), "white").save(charts / "some_chart.png")
        for kind in ("svg", "pdf", "csv"):
            (charts / f"some_chart.{kind}").touch()
        (charts / "some_chart.json").write_text('{"title": "A finding & more"}', encoding="utf-8")
        return [Run(path, nbformat.read(path, as_version=4)) for path in paths]

    patch.setattr(report, "run_all", run_all)
    report.write_report(folder / "site", [folder / "one.ipynb", folder / "two.ipynb"], Console(quiet=True))
    yield folder / "site"
    patch.undo()


class Links(HTMLParser):
    def __init__(self, page: Path):
        super().__init__()
        self.links: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name in ("href", "src") and value]


def test_pages_come_with_and_without_code(site):
    assert "some_chart()" not in (site / "one.html").read_text(encoding="utf-8")
    assert "some_chart" in (site / "one.code.html").read_text(encoding="utf-8")


def test_every_link_of_the_site_leads_to_a_file_and_every_file_can_be_reached(site):
    pages = [page for page in site.glob("*.html")]
    links = {page.name: [x for x in Links(page).links if not re.match(r"https?:|data:|#|mailto:", x)] for page in pages}
    assert len(pages) == 6 and all(links.values())
    found = {link.partition("#")[0] for page in links.values() for link in page if link.partition("#")[0]}
    assert [link for link in found if not (site / link).exists()] == []
    assert {f"charts/some_chart.{kind}" for kind in ("png", "svg", "pdf", "csv", "json")} <= found
    assert "two.html" in links["one.html"] and "two.ipynb" not in links["one.html"]


def test_the_contents_lead_to_each_chart_and_date_both_editions(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    assert '"one.html#cell-id=drawn"><img alt="A finding &amp; more" src="thumbnails/some_chart.png"/>' in text
    assert re.search("27 January 2022; .*reposted by Socialist Fight.*, 8 February 2022", text)
    assert "statements of a partisan article" in text
    with Image.open(site / "thumbnails" / "some_chart.png") as image:
        assert image.size == (640, 427)
