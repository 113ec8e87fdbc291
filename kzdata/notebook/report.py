"""The executed notebooks as a static site: pages with and without code, charts, tables and the data dictionary."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import nbformat
import pandas as pd
from nbconvert import HTMLExporter
from PIL import Image
from rich.console import Console

from kzdata.dates import format_day
from kzdata.notebook.execute import Run, run_all, save
from kzdata.paper.export import alone_in
from kzdata.schema import DATA_DIR, descriptor, dictionary
from kzdata.sentences import prose
from kzdata.tables import Tables

TEMPLATES = Path(__file__).parent / "templates"
THUMBNAIL = 640  # pixels wide
CONTENTS = {"Contents": "index.html"}
TITLE = "kzdata: report"


def write_report(
    folder: Path, notebooks: list[Path], console: Console, data_dir: str | Path | Tables | None = None
) -> list[Run]:
    """Re-run the notebooks and put the site in place; if a cell fails, what stood there stays.

    Parameters
    ----------
    folder : pathlib.Path
        Where the site goes. An earlier report there is replaced.
    notebooks : list of pathlib.Path
        The notebooks, in the order of the contents.
    console : rich.console.Console
        Where progress is shown.
    data_dir : path or Tables, optional
        Folder with your own copy of the tables, for a report of them.

    Returns
    -------
    list of Run
        What became of each notebook.

    Raises
    ------
    FileExistsError
        If the folder holds something else than a report.
    OSError
        If a file cannot be written. What stood there before is left as it was.
    """
    if folder.exists() and any(folder.iterdir()) and not _is_report(folder):
        raise FileExistsError(f"{folder} holds something else than a report; give a new or an empty folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    tables = Tables.of(data_dir)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=folder.parent) as temporary:
        site, old = Path(temporary, "new"), Path(temporary, "old")
        site.mkdir()
        # Run inside the site, so that the links to the exported charts are right there.
        copies = [Path(shutil.copy(path, site)) for path in notebooks]
        exports = {"KZDATA_EXPORTS": str(site / "charts"), "KZDATA_FORMATS": "png,svg,pdf,csv"}
        runs = run_all(copies, exports | tables.environment(), console)
        if not any(run.error for run in runs):
            _build(site, runs, tables)
            with alone_in(folder.parent):
                _swap(site, folder, old)
    return runs


def _is_report(folder: Path) -> bool:
    index = folder / CONTENTS["Contents"]
    return index.is_file() and f"<title>{TITLE}</title>" in index.read_text(encoding="utf-8", errors="replace")


def _swap(site: Path, folder: Path, old: Path) -> None:
    """Put the new site in place of the earlier one, or leave that where it is."""
    if folder.exists():
        os.replace(folder, old)
    try:
        os.replace(site, folder)
    except BaseException:  # an interruption too
        if old.exists():
            os.replace(old, folder)
        raise


def _build(site: Path, runs: list[Run], tables: Tables) -> None:
    """Everything but the charts, which the notebooks have exported."""
    shutil.copytree(DATA_DIR, site / "tables", ignore=shutil.ignore_patterns("README.md"))
    for table in descriptor()["resources"]:
        shutil.copyfile(tables.file(table["name"]), site / "tables" / table["path"])
    for run in runs:
        save(run)
        for code in (False, True):
            (site / _name(run, code)).write_text(_notebook_page(run, code), encoding="utf-8")
    (site / "thumbnails").mkdir()
    for picture in (site / "charts").glob("*.png"):
        with Image.open(picture) as image:
            image.thumbnail((THUMBNAIL, THUMBNAIL * 4))
            image.convert("RGB").quantize(64).save(site / "thumbnails" / picture.name, optimize=True)
    columns = re.sub(r"^## (\S+\.csv):", r"## [\1](tables/\1):", dictionary(), flags=re.M)
    (site / "data-dictionary.html").write_text(_page("Data dictionary", columns, CONTENTS), encoding="utf-8")
    contents = "\n\n".join([_head(tables.edition()), *(_entry(site, run) for run in runs), _files(site)])
    (site / CONTENTS["Contents"]).write_text(_page(TITLE, contents, {}), encoding="utf-8")


def _name(run: Run, code: bool) -> str:
    return f"{run.path.stem}{'.code' if code else ''}.html"


def _title(run: Run) -> tuple[str, str]:
    """The heading of a notebook and the paragraph under it."""
    heading, _, text = run.notebook.cells[0].source.partition("\n")
    return heading.removeprefix("# "), text.strip().split("\n\n")[0]


def _notebook_page(run: Run, code: bool) -> str:
    links = CONTENTS | {
        "Without code" if code else "With code": _name(run, not code),
        "Notebook (.ipynb)": run.path.name,
    }
    return _convert(run.notebook, _title(run)[0], links, code)


def _page(title: str, text: str, links: dict[str, str]) -> str:
    return _convert(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="text")]), title, links, False
    )


def _convert(notebook: nbformat.NotebookNode, title: str, links: dict[str, str], code: bool) -> str:
    exporter = HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    html, _ = exporter.from_notebook_node(_linked(notebook), {"metadata": {"name": title}, "links": links})
    return html


def _linked(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with its links to other notebooks led to their pages, and those to tables to the report's copies."""
    page = copy.deepcopy(notebook)
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\((\w+)\.ipynb\)", r"](\1.html)", cell.source)
            cell.source = cell.source.replace("](../kzdata/data/", "](tables/")
    return page


def _head(article: pd.Series) -> str:
    return prose(
        "# Figures of an article on the revolt in Kazakhstan\n\n“{}”, {}, {}; [reposted by {}](<{}>), {}. "
        "**The figures are statements of a partisan article, not established facts.** This report sets them out, each "
        "with the words that state it, beside what others state; it argues neither for nor against them.",
        article["title"], article["authors"], format_day(article["dated"]), article["site"],
        article["url"].replace("$", "%24"),
        format_day(article["published"]),
    )._repr_markdown_()  # fmt: skip


def _entry(site: Path, run: Run) -> str:
    """A notebook in the contents: what it asks, and its charts as small pictures that lead to it."""
    title, text = _title(run)
    pictures = [
        f"<a href='{_name(run, False)}#cell-id={cell.id}'><img src='thumbnails/{name}.png' "
        f"alt='{escape(_chart_title(site, name), quote=True)}'></a>"
        for cell in run.notebook.cells
        for name in _charts(cell)
    ]
    return f"## [{title}]({_name(run, False)})\n\n{text}\n\n<p class='thumbnails'>{' '.join(pictures)}</p>"


def _charts(cell: nbformat.NotebookNode) -> Iterator[str]:
    """Names of the charts that a cell exported."""
    for output in cell.get("outputs", []):
        yield from {Path(file).stem: None for file in output.get("metadata", {}).get("kzdata", [])}


def _chart_title(site: Path, name: str) -> str:
    title: str = json.loads((site / "charts" / f"{name}.json").read_text(encoding="utf-8"))["title"]
    return title


def _files(site: Path) -> str:
    """The downloads: charts in every format, and the tables."""
    lines = ["## Charts", "", "| chart | files |", "|---|---|"]
    for sidecar in sorted((site / "charts").glob("*.json")):
        files = ["png", "svg", "pdf", "csv", "json"]
        links = ", ".join(f"[{kind.upper()}](charts/{sidecar.stem}.{kind})" for kind in files)
        title = prose("{}", _chart_title(site, sidecar.stem))._repr_markdown_()
        lines.append(f"| {title} | {links} |")
    lines += ["", "## Tables", "", "Every column is described in the [data dictionary](data-dictionary.html), for "
              "programs in [datapackage.json](tables/datapackage.json). [Licence](tables/LICENSE.md).", ""]  # fmt: skip
    lines += ["| table | what it holds |", "|---|---|"]
    for table in descriptor()["resources"]:
        lines.append(f"| [{table['path']}](tables/{table['path']}) | {table['description'].split('. ')[0]} |")
    return "\n".join(lines)
