"""The loaders: what they promise, and what they say of a broken table.

Broken tables are put before frictionless too, as a second opinion: both must refuse them.
"""

import csv
import re

import frictionless
import pytest
from conftest import replace

import kzdata as kz
from kzdata.schema import descriptor, dictionary

LOADERS = {
    "article": kz.load_article,
    "excerpts": kz.load_excerpts,
    "figures": kz.load_figures,
    "events": kz.load_events,
    "places": kz.load_places,
    "conflicts": kz.load_conflicts,
    "uncoded": kz.load_uncoded,
    "references": kz.load_references,
    "rates": kz.load_rates,
}


@pytest.mark.parametrize("name", LOADERS)
def test_dtypes_are_those_of_the_docstring(name):
    promised = re.findall(r"^ +(\w+) +(str|Int64|Float64|category|datetime64\[s\])  ", LOADERS[name].__doc__, re.M)
    frame = LOADERS[name]()
    assert [(column, str(dtype)) for column, dtype in frame.dtypes.items()] == promised
    assert frame.index.name == f"{name.removesuffix('s')}_id"
    assert set(frame.attrs) == {"title", "source", "licence"}


def test_views_are_rows_of_the_figures():
    figures = kz.load_figures()
    economy, casualties = kz.load_economy(), kz.load_casualties()
    assert figures.loc[economy.index].equals(economy) and figures.loc[casualties.index].equals(casualties)
    assert set(economy["topic"]) == {"economy", "labour"} and set(casualties["topic"]) == {"casualties"}


def test_modality_is_ordered():
    modality = kz.load_figures()["modality"]
    assert modality.cat.ordered and modality.max() == "doubted"


def test_the_figures_that_users_come_for():
    """An edit that drops one of the article's main figures, or changes it by accident, is caught here."""
    figures = kz.load_figures()
    stated = {
        "median-wage": 570, "minimum-wage": 97, "family-net-worth": 1e9, "london-property": 107e6, "us-ownership": 75,
        "announced-dismissals": 40_000, "wage-increase-demanded": 100, "area-rank": 9, "uranium-rank": 1,
        "kazakhstan-crisis-2008": 2008, "kazakhstan-crisis-2020": 2020, "legal-parties": 7, "organisations-banned": 12,
        "nazarbayev-age": 81, "killed-2022": 225, "arrested-2022": 12_000, "policemen-beheaded": 2,
    }  # fmt: skip
    assert figures.loc[list(stated), "best"].to_dict() == stated
    assert figures.loc["policemen-beheaded", "modality"] == "doubted"
    assert (figures.loc[["median-wage", "minimum-wage"], "period"] == "not stated").all()


def test_frictionless_accepts_the_package(monkeypatch):
    monkeypatch.chdir(kz.DATA_DIR)  # it takes some folders' names for unsafe
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])


def test_data_dictionary_is_drawn_from_the_descriptor():
    assert (kz.DATA_DIR / "README.md").read_text(encoding="utf-8") == dictionary(), "run: python -m kzdata dictionary"
    for table in descriptor()["resources"]:
        assert all(field["description"] for field in table["schema"]["fields"])


def line_of(file, start: str) -> int:
    return 1 + [line.startswith(start) for line in file.read_text(encoding="utf-8").split("\n")].index(True)


WAGE = "median-wage,economy,Workers in Kazakhstan,median wage,570,570,570,USD"
#: Name of the fault: text, what it becomes, column, value, words of what was expected.
FAULTS = {
    "word in a number column": (WAGE, WAGE.replace("570,570,570", "570,many,570"), "best", "many", "a number"),
    "not a finite number": (WAGE, WAGE.replace("570,570,570", "570,570,inf"), "high", "inf", "a number"),
    "low above best": (WAGE, WAGE.replace("570,570,570", "600,570,570"), "low", "600", "at most best, which is 570"),
    "best above high": (WAGE, WAGE.replace("570,570,570", "570,600,570"), "best", "600", "at most high, which is 570"),
    "no value at all": (WAGE, WAGE.replace("570,570,570", ",,"), "low", None, "at least one of low, best, high"),
    "unknown unit": (WAGE, WAGE.replace("USD", "EUR"), "unit", "EUR", "one of USD"),
    "duplicate id": (WAGE, WAGE.replace("median-wage", "minimum-wage"), "figure_id", "minimum-wage", "used once"),
    "unclosed quote": (
        WAGE,
        WAGE.replace("median wage", '"median wage'),
        "measure",
        "median wage",
        "closing quotation",
    ),
    "missing cell": (WAGE, WAGE.replace(",USD", ""), "note", None, "17 cells, there are 16"),
    "no subject": (WAGE, WAGE.replace("Workers in Kazakhstan", ""), "subject", "", "text"),
}
#: What Table Schema has no words for, so that frictionless lets it pass.
BEYOND_TABLE_SCHEMA = {"low above best", "best above high", "no value at all", "not a finite number"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_row_is_named(tables, fault):
    old, new, column, value, expected = FAULTS[fault]
    file = tables / "figures.csv"
    replace(file, old, new)
    with pytest.raises(kz.DataError) as caught:
        kz.load_figures(tables)
    error = caught.value
    line = line_of(file, "minimum-wage,economy,Workers in Kazakhstan,minimum wage") if fault == "duplicate id" else 4
    assert (error.file, error.line, error.column) == (file, line, column)
    assert (error.value or "").startswith(value or "") and expected in error.expected
    assert str(file) in str(error) and f"line {error.line}" in str(error) and column in str(error)
    if fault not in BEYOND_TABLE_SCHEMA:
        assert not frictionless.validate(str(tables / "datapackage.json")).valid


def test_unknown_excerpt(tables):
    replace(tables / "figures.csv", "asserted,ninth-country,", "asserted,tenth-country,")
    with pytest.raises(kz.DataError) as caught:
        kz.load_figures(tables)
    error = caught.value
    assert (error.column, error.value) == ("excerpt_id", "tenth-country")
    assert error.line == line_of(tables / "figures.csv", "area-rank") and "excerpts.csv" in error.expected
    assert not frictionless.validate(str(tables / "datapackage.json")).valid


#: Name of the fault: what becomes of the bytes of figures.csv, line, column, words of what was expected.
BROKEN_FILES = {
    "empty file": (lambda raw: b"", 1, "figure_id", "a header"),
    "missing column": (lambda raw: raw.replace(b",best,", b",worst,", 1), 1, "best", "a column named 'best'"),
    "extra column": (lambda raw: raw.replace(b",note\n", b",note,more\n", 1), 1, "more", "in this order"),
    "columns swapped": (lambda raw: raw.replace(b"low,best", b"best,low", 1), 1, "best", "in this order"),
    "wrong encoding": (lambda raw: raw.decode().encode("cp1252"), None, None, "UTF-8 text"),
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), 1, "figure_id", "UTF-8 text"),
}


@pytest.mark.parametrize("fault", BROKEN_FILES)
def test_a_broken_file_is_named(tables, fault):
    breaks, line, column, expected = BROKEN_FILES[fault]
    file = tables / "figures.csv"
    raw = breaks(file.read_bytes())
    file.write_bytes(raw)
    if fault == "wrong encoding":  # the first typographic apostrophe
        at = raw.index(b"\x92")
        line, column = raw.count(b"\n", 0, at) + 1, "measure"
    with pytest.raises(kz.DataError) as caught:
        kz.load_figures(tables)
    assert (caught.value.file, caught.value.line, caught.value.column) == (file, line, column)
    assert expected in caught.value.expected


def test_a_folder_without_the_table(tmp_path):
    with pytest.raises(kz.DataError, match="figures.csv: found nothing, expected a file"):
        kz.load_figures(tmp_path)


def test_a_cell_longer_than_csv_reads(tables):
    file = tables / "figures.csv"
    limit = csv.field_size_limit(131_072)  # Python's own: some libraries raise it
    try:
        replace(file, WAGE, WAGE.replace("median wage", "w" * 200_000))
        with pytest.raises(kz.DataError, match="line 4, column 'measure': found 'www.*cells of at most 131072 char"):
            kz.load_figures(tables)
    finally:
        csv.field_size_limit(limit)


def test_tables_saved_by_a_spreadsheet(tables):
    """A byte order mark and Windows line ends change nothing."""
    file = tables / "figures.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert kz.load_figures(tables).equals(kz.load_figures())
