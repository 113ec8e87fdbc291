"""The report stands whole or not at all, and never in place of something else."""

import nbformat
import pytest
from rich.console import Console

from kzdata.notebook.report import write_report

EXPORT = "import kzdata as kz\nkz.charts.tengizchevroil().export()"


def notebook(folder, source):
    cells = [nbformat.v4.new_markdown_cell("# A title\n\nWhat it asks.", id="title")]
    cells += [nbformat.v4.new_code_cell(source, id="code")]
    file = folder / "one.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
    return file


@pytest.mark.slow
def test_a_failing_cell_leaves_the_earlier_report(tmp_path):
    site, console = tmp_path / "site", Console(quiet=True)
    write_report(site, [notebook(tmp_path, EXPORT)], console)
    assert "charts/tengizchevroil.svg" in (site / "one.html").read_text(encoding="utf-8")
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    (run,) = write_report(site, [notebook(tmp_path, "1 / 0")], console)
    assert "ZeroDivisionError" in run.error
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before
    write_report(site, [notebook(tmp_path, EXPORT)], console)
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before, "the same bytes again"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.ipynb", "site"]


@pytest.mark.parametrize("name", ["letters.txt", "data-dictionary.html", "index.html"])
def test_it_does_not_replace_another_folder(name, tmp_path):
    (tmp_path / name).write_text("<title>mine</title>", encoding="utf-8")
    with pytest.raises(FileExistsError, match="something else than a report"):
        write_report(tmp_path, [], Console(quiet=True))
    assert (tmp_path / name).read_text(encoding="utf-8") == "<title>mine</title>"
