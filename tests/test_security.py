"""Text from data is written and never run: pictures, SVG, HTML, CSV and JSON-LD say the same when parsed back."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.request import urlopen

import nbformat
import pandas as pd
import psutil
import pytest
from conftest import ROOT, lab_command
from PIL import Image
from pypdf import PdfReader
from rich.console import Console

import kzdata as kz
from kzdata.notebook import report
from kzdata.notebook.execute import Run
from kzdata.notebook.html_tables import table_html
from kzdata.notebook.report import _page, write_report
from kzdata.schema import descriptor
from kzdata.tables import Tables

HOSTILE = """<script>f()</script>$a_1^2$ \\b&"q" '{0}%s"""
CHARTS = [name for name in kz.charts.__all__ if name[0].islower()]
#: What charts look up stays, and the hostile text follows.
KEPT = {"exact", "section", "sections", "date_text"}
ACTIVE = {"script", "iframe", "object", "embed", "link", "meta", "base", "form", "foreignobject", "animate", "set"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Tables that say such things in every column of free text."""
    folder = tmp_path_factory.mktemp("hostile")
    for table in descriptor()["resources"]:
        with open(kz.DATA_DIR / table["path"], encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for field in table["schema"]["fields"]:
            name, limits = field["name"], field.get("constraints", {})
            if field["type"] != "string" or limits.keys() & {"enum", "pattern"}:
                continue
            for number, row in enumerate(rows):
                if row[name] != "the article":  # what speaks for itself
                    words = f"{row[name]} {HOSTILE}" if name in KEPT else f"{HOSTILE}{number}"
                    row[name] = words[: limits.get("maxLength", 500)].strip()
        with open(folder / table["path"], "w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


class Page(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.text += data


def harmless(tags, attributes):
    assert not ACTIVE & {tag.lower() for tag in tags}
    for name, value in attributes:
        assert not name.lower().startswith("on"), name
        if name in ("src", "srcset", "data"):
            assert value.startswith("data:image/png;base64,") or not re.match(r"[a-z]+:|//", value), value
        assert not re.match(r"\s*(javascript|vbscript):", value or "", re.I), value


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart(name, hostile, tmp_path):
    chart = getattr(kz.charts, name)(data_dir=hostile)
    assert HOSTILE in chart.alt, "what follows would show nothing"
    assert not any(text.get_parse_math() for text in chart.figure.texts + chart.figure.axes[0].texts)
    chart.export(tmp_path)

    svg = ET.parse(tmp_path / f"{name}.svg").getroot()
    attributes = [(key.rpartition("}")[2], value) for element in svg.iter() for key, value in element.attrib.items()]
    harmless([element.tag.rpartition("}")[2] for element in svg.iter()], attributes)
    styles = [style.text for style in svg.iter("{*}style")] + [value for _, value in attributes]
    links = [value for key, value in attributes if key == "href"] + re.findall(r"url\((.*?)\)", " ".join(styles))
    assert links and all(link.startswith(("#", "data:font/ttf;base64,")) for link in links)
    assert svg.findtext("{*}title") == chart.title and svg.findtext("{*}desc") == chart.alt
    assert HOSTILE in "".join(svg.itertext())

    page = Page(chart.html())
    harmless(page.tags, page.attributes)
    assert page.tags == ["figure", "img", "figcaption", "a"] and ("alt", chart.alt) in page.attributes
    assert chart.sources[0] in page.text

    with Image.open(tmp_path / f"{name}.png") as picture:
        assert (picture.info["Title"], picture.info["Description"]) == (chart.title, chart.alt)
    assert PdfReader(tmp_path / f"{name}.pdf").metadata.subject == chart.alt
    assert json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))["alt"] == chart.alt
    lines = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    table = pd.read_csv(io.StringIO("".join(line for line in lines if line[0] != "#")), index_col=0)
    assert table["exact"].to_list() == chart.data["exact"].to_list()


def test_annotations(hostile):
    collection = json.loads(json.dumps(kz.annotations(data_dir=hostile)))
    items = collection["first"]["items"]
    assert all(item["target"][0]["selector"]["exact"].endswith(HOSTILE) for item in items)
    assert any(HOSTILE in body["value"] for item in items for body in item["body"])


def test_a_table_in_a_notebook(hostile):
    page = Page(table_html(kz.load_figures(hostile)))
    harmless(page.tags, page.attributes)
    assert HOSTILE in page.text


#: What Markdown would make a link, a picture, a heading, a table, code, emphasis or mathematics of.
MARKDOWN = (
    f"{HOSTILE} [x](javascript:f) ![i](http://x/i.png) <img src=x onerror=f> **b** _i_ `c` | # h ~~d~~ \\(x\\) &lt; "
    "https://e.example www.e.example a@e.example <https://e.example> [r]: /r"
)


def shown(text):
    """What a browser would find in the report's page of a Markdown text."""
    page = Page(_page("A title", text, {}).partition("<main>")[2])
    harmless(page.tags, page.attributes)
    return page


def test_computed_sentences(hostile):
    """As a notebook shows them, and where a reader's notebook wraps a summary in Markdown itself."""
    said = kz.prose("**What it shows.** {}. {:.1f}", MARKDOWN, 2.34)
    page = shown(said._repr_markdown_())
    assert (
        MARKDOWN in page.text
        and "2.3" in page.text
        and "$" not in re.sub(r"<span>\\\$</span>", "", said._repr_markdown_())
    )
    assert [tag for tag in page.tags if tag not in ("div", "span")] == ["p", "strong"] and "Prose" not in repr(said)
    summary = kz.summarise(kz.compare(hostile), hostile)
    assert HOSTILE in shown(summary._repr_markdown_()).text
    for text in (summary, summary._repr_markdown_()):
        assert set(shown(text).tags) <= {"div", "span", "p", "ul", "li", "strong"}


def test_the_contents_of_the_report(tmp_path):
    edition = Tables().edition()
    edition[["title", "authors", "site"]] = MARKDOWN
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "one.json").write_text(json.dumps({"title": MARKDOWN}), encoding="utf-8")
    output = nbformat.v4.new_output("display_data", metadata={"kzdata": ["charts/one.svg"]})
    cells = [nbformat.v4.new_markdown_cell("# A title\n\nText."), nbformat.v4.new_code_cell("", outputs=[output])]
    run = Run(tmp_path / "one.ipynb", nbformat.v4.new_notebook(cells=cells))
    page = shown(report._contents(tmp_path, [run], edition))
    assert page.text.count(MARKDOWN) == 4 and ("alt", MARKDOWN) in page.attributes
    assert page.tags.count("img") == 1 and page.tags.count("strong") == 1 and "code" not in page.tags
    addresses = {
        value for name, value in page.attributes if name == "href" and not re.match("#|charts/|tables/", value)
    }
    assert {address.partition("#")[0] for address in addresses} == {edition["url"], "one.html", "data-dictionary.html"}


@pytest.mark.slow
def test_the_report(tmp_path):
    """Pages of what a notebook displays, a table with markup that a browser would run among it."""
    code = (
        "import kzdata as kz\nkz.format_tables()\n"
        f"figures = kz.load_figures().head(3)\nfigures['note'] = {HOSTILE!r}\ndisplay(figures)\n"
        "kz.charts.tengizchevroil().export()"
    )
    cells = [nbformat.v4.new_markdown_cell("# A title\n\nWhat it asks."), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "one.ipynb")
    (run,) = write_report(tmp_path / "site", [tmp_path / "one.ipynb"], Console(quiet=True))
    assert run.error == ""
    pages = list((tmp_path / "site").glob("*.html"))
    assert len(pages) == 4
    for file in pages:
        page = Page(file.read_text(encoding="utf-8"))
        harmless(set(page.tags) - {"meta"}, page.attributes)
        assert not file.stem.startswith("one") or HOSTILE in page.text


@pytest.mark.slow
def test_jupyterlab_asks_for_a_token_and_listens_to_this_machine_only(tmp_path):
    """Started as ``make lab`` does; as root, without a browser and on a free port, since this is a test."""
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", *lab_command(ROOT)[2:], "--no-browser", "--allow-root", "--port=0"]
    with open(tmp_path / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=log, stderr=log)
    try:
        end = time.time() + 120
        process = psutil.Process(server.pid)
        while not (listening := [c.laddr for c in process.net_connections() if c.status == psutil.CONN_LISTEN]):
            assert server.poll() is None and time.time() < end, (tmp_path / "log").read_text()
            time.sleep(0.1)
        assert {address.ip for address in listening} <= {"127.0.0.1", "::1"}
        with pytest.raises(HTTPError, match="403"):
            urlopen(f"http://127.0.0.1:{listening[0].port}/api/contents")
        assert re.search(r"\?token=[0-9a-f]{48}", (tmp_path / "log").read_text())
    finally:
        server.terminate()
        server.wait(30)
