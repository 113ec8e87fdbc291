"""Tables for reading, and menus over a chart, as a notebook's outputs."""

import pandas as pd
import pytest

import kzdata as kz
from kzdata.notebook.html_tables import table_html

FIGURES = ["subject", "best", "start", "quantity_text"]


def test_a_table_for_reading():
    html = table_html(kz.load_figures().loc[["family-net-worth", "killed-2011", "median-wage"], FIGURES])
    assert "<div style='text-align:left'>$1 billion</div>" in html and "<td>1,000,000,000</td>" in html
    assert "<td></td>" in html and "NA" not in html and "NaT" not in html
    assert "<span style='white-space:nowrap'>2011-01-01</span>" in html and "<th>figure_id</th>" in html
    assert "role='region' tabindex='0' aria-label='Table: Quantities stated by the article'" in html
    assert "mathjax" not in html or "mathjax_ignore" in html


def test_years_have_no_comma():
    assert "<td>2019</td>" in table_html(kz.load_figures().loc[["resignation-year"], FIGURES])


def test_text_in_a_table_is_not_markup():
    html = table_html(pd.DataFrame({"<b>": ["<script>"], "n": [1]}, index=pd.Index(["<i>"], name="<u>")))
    assert not any(tag in html for tag in ("<b>", "<script>", "<i>", "<u>")) and "&lt;script&gt;" in html


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({("a", "b"): [1]}), pd.DataFrame({"a": []})])
def test_other_tables_are_shown_too(frame):
    assert "<table" in table_html(frame)


def test_menus_choose_the_arguments_of_the_chart():
    shown = kz.explore(kz.charts.years_of_wages, wages_per_year={"monthly": 12, "yearly": 1})
    assert repr(shown.chart) == repr(kz.charts.years_of_wages())
    shown.menus["wages_per_year"].label = "yearly"
    assert repr(shown.chart) == repr(kz.charts.years_of_wages(wages_per_year=1))
    assert shown.chart.title.replace("'", "&#x27;") in shown._picture.value.replace("'", "&#x27;")


def test_menus_without_a_running_notebook_are_a_sentence():
    shown = kz.explore(kz.charts.official_wages, wages_per_year={"monthly": 12, "yearly": 1})
    words = "Menus that redraw the chart while the notebook runs: wages per year (monthly, yearly)."
    data = shown._repr_mimebundle_()
    assert data["text/plain"] == words and data["text/html"] == f"<p>{words}</p>"
