"""The executed notebooks as a static site: pages with and without code, charts, tables and the data dictionary."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbconvert import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from PIL import Image
from rich.console import Console

from kzdata.dates import format_day
from kzdata.drawing.export import FORMATS, alone_in
from kzdata.notebook.execute import Run, exported, run_all, save
from kzdata.schema import DATA_DIR, descriptor, dictionary
from kzdata.sentences import prose
from kzdata.tables import Tables

THUMBNAIL = 640  # pixels wide
CONTENTS = {"Contents": "index.html"}
TITLE = "kzdata: report"


def write_report(
    folder: Path, notebooks: list[Path], console: Console, data_dir: str | Path | Tables | None = None
) -> list[Run]:
    """Re-run the notebooks and put the site in place; if a cell fails, what stood there stays.

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
        exports = {"KZDATA_EXPORTS": str(site / "charts"), "KZDATA_FORMATS": ",".join(FORMATS)}
        runs = run_all(copies, exports | tables.environment(), console)
        if not any(run.error for run in runs):
            _build(site, runs, tables)
            with alone_in(folder.parent), ExitStack() as undo:
                if folder.exists():
                    os.replace(folder, old)
                    undo.callback(os.replace, old, folder)
                os.replace(site, folder)
                undo.pop_all()  # all is in place
    return runs


def _is_report(folder: Path) -> bool:
    index = folder / CONTENTS["Contents"]
    return index.is_file() and f"<title>{TITLE}</title>" in index.read_text(encoding="utf-8", errors="replace")


def _build(site: Path, runs: list[Run], tables: Tables) -> None:
    """Everything but the charts, which the notebooks have exported."""
    shutil.copytree(DATA_DIR, site / "tables", ignore=shutil.ignore_patterns("README.md"))
    for table in descriptor()["resources"]:
        shutil.copyfile(tables.file(table["name"]), site / "tables" / table["path"])
    (site / "thumbnails").mkdir()
    for picture in (site / "charts").glob("*.png"):
        with Image.open(picture) as image:
            image.thumbnail((THUMBNAIL, THUMBNAIL * 4))
            image.convert("RGB").quantize(64).save(site / "thumbnails" / picture.name, optimize=True)
    for run in runs:
        save(run)
    pages = {_name(run, code): _notebook_page(run, code) for run in runs for code in (False, True)}
    columns = re.sub(r"^## (\S+\.csv):", r"## [\1](tables/\1):", dictionary(), flags=re.M)
    pages["data-dictionary.html"] = _page("Data dictionary", columns, CONTENTS)
    pages[CONTENTS["Contents"]] = _page(TITLE, _contents(site, runs, tables.edition()), {})
    for name, html in pages.items():
        (site / name).write_text(html, encoding="utf-8")


def _name(run: Run, code: bool = False) -> str:
    return f"{run.path.stem}{'.code' if code else ''}.html"


def _heading(run: Run) -> tuple[str, str]:
    """The heading of a notebook and the paragraph under it."""
    heading, _, text = run.notebook.cells[0].source.partition("\n")
    return heading.removeprefix("# "), text.strip().split("\n\n")[0]


def _notebook_page(run: Run, code: bool) -> str:
    other = "Without code" if code else "With code"
    links = CONTENTS | {other: _name(run, not code), "Notebook (.ipynb)": run.path.name}
    return _html(run.notebook, _heading(run)[0], links, code)


def _page(title: str, text: str, links: dict[str, str]) -> str:
    return _html(new_notebook(cells=[new_markdown_cell(text, id="text")]), title, links)


def _html(notebook: nbformat.NotebookNode, title: str, links: dict[str, str], code: bool = False) -> str:
    html: str = _exporter(code).from_notebook_node(notebook, {"metadata": {"name": title}, "links": links})[0]
    return html


def _exporter(code: bool = False) -> HTMLExporter:
    return HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(Path(__file__).parent / "templates")],
        preprocessors=[_linked],
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )


def _linked(page: nbformat.NotebookNode, resources: dict[str, Any]) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
    """Links to other notebooks lead to their pages, and those to tables to the report's copies."""
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\((\w+)\.ipynb\)", r"](\1.html)", cell.source)
            cell.source = cell.source.replace("](../kzdata/data/", "](tables/")
    return page, resources


def _contents(site: Path, runs: list[Run], article: pd.Series) -> str:
    """What the first page says, in Markdown."""
    sidecars = sorted((site / "charts").glob("*.json"))
    template = _exporter().environment.get_template("contents.md.j2")
    contents: str = template.render(
        article=article,
        dated=format_day(article["dated"]),
        published=format_day(article["published"]),
        notebooks=[(*_heading(run), _name(run), _charts(run)) for run in runs],
        titles={file.stem: json.loads(file.read_text(encoding="utf-8"))["title"] for file in sidecars},
        kinds=[*FORMATS, "json"],
        tables=descriptor()["resources"],
        words=lambda text: prose("{}", text)._repr_markdown_(),
    )
    return contents


def _charts(run: Run) -> list[tuple[str, str]]:
    """The charts that a notebook exported, each with the cell that did."""
    found = ((cell.id, Path(file).stem) for cell in run.notebook.cells for file in exported(cell))
    return list(dict.fromkeys(found))
