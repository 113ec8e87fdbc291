"""What a reader does in JupyterLab: change a figure, choose, run in any order, export, download, save."""

import hashlib

import nbformat
import pytest
from playwright.sync_api import expect

import kzdata as kz
from browser.conftest import jupyterlab
from browser.notebook import Notebook
from kzdata.tables import new_tables

ECONOMY = "notebooks/02_economy.ipynb"


@pytest.fixture
def lab(browser, tmp_path):
    with jupyterlab(tmp_path) as (address, project):
        yield address, project


def write_notebook(project, code):
    """A notebook of the reader's with one cell, which asks for no kernel; gives its path."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(metadata=kernel, cells=[nbformat.v4.new_code_cell(code)])
    nbformat.write(notebook, project / "notebooks" / "mine.ipynb")
    return "notebooks/mine.ipynb"


def open_from_the_file_browser(page, path):
    """By clicks from the top: the table is shown, and then opened in the editor."""
    page.locator(".jp-BreadCrumbs-home").click()
    items = page.locator(".jp-DirListing-item")
    for name in path.split("/"):
        items.get_by_text(name, exact=True).dblclick()
    expect(page.locator(".jp-CSVViewer")).to_be_visible()
    items.get_by_text(name, exact=True).click(button="right")
    labels = page.locator(".lm-Menu-itemLabel")
    labels.get_by_text("Open With", exact=True).click()
    labels.get_by_text("Editor", exact=True).click()


DRAW = "import kzdata as kz\nchart = kz.charts.wages_and_wealth({})"


@pytest.mark.parametrize(
    "folder, argument", [("kzdata/data", ""), ("my-tables", "'../my-tables'")], ids=["own", "copy"]
)
def test_a_table_edited_in_jupyterlab_changes_the_chart(lab, page, folder, argument):
    """The project's own table, and one of a reader's copy; running the cells again keeps the edit."""
    address, project = lab
    if argument:
        new_tables(project / folder)
    code = DRAW.format(argument)
    notebook = Notebook(page, address, write_notebook(project, f"{code}\nchart"))
    notebook.run_all()
    assert notebook.alts() == [repr(kz.charts.wages_and_wealth())]
    open_from_the_file_browser(page, f"{folder}/figures.csv")
    page.locator(".jp-FileEditor .cm-line").filter(has_text="median-wage,").click()
    page.keyboard.press("Control+a")
    table = (project / folder / "figures.csv").read_text(encoding="utf-8")
    page.keyboard.insert_text(table.replace("median wage,570,570,570", "median wage,291,291,291"))
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty").filter(has_text="figures.csv")).to_have_count(0)
    page.locator(".lm-TabBar-tab").filter(has_text="mine.ipynb").click()
    notebook.run_all()
    (wages,) = notebook.alts()
    assert wages == repr(kz.charts.wages_and_wealth(data_dir=project / folder))
    assert "3.4 million times the median wage" in wages and "median wage is $291 here, “$570” in the article" in wages
    assert notebook.faults() == []


def test_the_first_notebook_leads_to_the_tables(lab, page):
    Notebook(page, lab[0], "notebooks/00_start_here.ipynb")
    page.locator(".jp-RenderedMarkdown a").get_by_text("figures.csv", exact=True).click()
    expect(page.locator(".jp-CSVViewer")).to_be_visible()


def test_downloads_from_a_folder_with_an_odd_name(lab, page):
    address, project = lab
    folder = "my-charts/a #1? 50% \"b\" & 'c' <é>+;"
    code = f"import kzdata as kz\nkz.charts.tengizchevroil().export({'../' + folder!r}, 'csv')"
    notebook = Notebook(page, address, write_notebook(project, code))
    notebook.run_all()
    files = [project / folder / f"tengizchevroil.{kind}" for kind in ("csv", "json")]
    assert notebook.downloads() == {
        f"/files/{folder}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def test_restart_and_run_all(lab, page):
    notebook = Notebook(page, lab[0], ECONOMY)
    notebook.run_all()
    before = notebook.alts()
    notebook.run_all(restart=True)
    assert notebook.alts() == before and notebook.faults() == []


def test_sections_run_in_any_order(lab, page):
    notebook = Notebook(page, lab[0], ECONOMY)
    for words in ("import kzdata", "kz.charts.tengizchevroil", "kz.load_economy", "kz.charts.wages_and_wealth"):
        notebook.run(words)
    assert notebook.faults() == []


def test_menus_redraw_the_chart(lab, page):
    notebook = Notebook(page, lab[0], ECONOMY)
    notebook.run("import kzdata")
    shown = notebook.run("kz.explore").locator("img")
    expect(shown).to_have_attribute("alt", repr(kz.charts.years_of_wages()))
    page.get_by_label("wages per year").select_option("yearly")
    expect(shown).to_have_attribute("alt", repr(kz.charts.years_of_wages(wages_per_year=1)))
    page.get_by_label("total").select_option("London property")
    drawn = repr(kz.charts.years_of_wages(wages_per_year=1, total="london-property"))
    expect(shown).to_have_attribute("alt", drawn)
    assert notebook.faults() == []


def test_downloads_are_the_files_on_disk(lab, page):
    address, project = lab
    notebook = Notebook(page, address, ECONOMY)
    notebook.run("import kzdata")
    links = notebook.run("kz.charts.tengizchevroil").locator("a[download]")
    assert links.all_inner_texts() == ["PNG", "SVG", "PDF", "CSV", "JSON"]
    for link in links.all():
        with page.expect_download() as download:
            link.focus()
            page.keyboard.press("Enter")
        file = project / "exports" / f"tengizchevroil.{link.inner_text().lower()}"
        assert download.value.suggested_filename == file.name
        assert download.value.path().read_bytes() == file.read_bytes()


def test_save_and_export_as_html(lab, page):
    address, project = lab
    notebook = Notebook(page, address, ECONOMY)
    notebook.run_all()
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)
    saved = nbformat.read(project / ECONOMY, 4)
    assert [cell.execution_count for cell in saved.cells if cell.cell_type == "code"][0] == 1
    notebook.menu("File", "Save and Export Notebook As", "HTML")
    with page.expect_download() as download:
        page.get_by_role("button", name="Ok").click()
    html = download.value.path().read_text(encoding="utf-8")
    assert all(f"alt='{alt[:60]}" in html or f'alt="{alt[:60]}' in html for alt in notebook.alts())


def test_the_checks_find_what_they_look_for(lab, page, complaints):
    """A cell that fails, a picture without words, a link to nothing, amounts set as mathematics, pale words."""
    address, project = lab
    notebook = nbformat.read(project / "notebooks" / "02_economy.ipynb", 4)
    picture = "data:image/png;base64,iVBORw0KGgo="
    source = (
        "from IPython.display import HTML, display\n"
        f'display(HTML(\'<img src="{picture}"><a href="../exports/none.png" download>PNG</a>\'))\n'
        "display(HTML('<p>from $570 to $97 a month</p><p style=\"color:#bbb\">pale</p>'))\n"
        "1 / 0"
    )
    notebook.cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(notebook, project / "notebooks" / "broken.ipynb")
    shown = Notebook(page, address, "notebooks/broken.ipynb")
    shown.run_all()
    found = " ".join(shown.faults())
    for fault in ("a cell failed", "no alt text", "no picture", "broken link", "set as mathematics", "color-contrast"):
        assert fault in found
    page.route("https://example.org/", lambda route: route.abort())
    page.evaluate("fetch('https://example.org').catch(() => null)")
    assert [c for c in complaints if "404" in c] and "request to https://example.org/" in complaints
    complaints.clear()
