"""Coverage: every quantity of the article is coded in a row or left out for a stated reason."""

import json
import shlex
import subprocess
import sys
import textwrap

import pandas as pd
import pytest
from conftest import ROOT, TEXTS, rebuilt

import kzdata as kz
from kzdata.quotations.read_copy import read_copy

QUOTATIONS = rebuilt(around=False)
#: The quotations alone, and the whole article where a copy is given.
TEXTS = [pytest.param(QUOTATIONS, id="quotations"), *TEXTS[1:]]


@pytest.mark.parametrize("text", TEXTS)
def test_everything_is_accounted_for(text):
    result = kz.coverage(text)
    assert list(result.loc[result["status"] == "unaccounted", "text"]) == []
    for _, row in result.iterrows():
        assert read_copy(text)[row["start"] : row["end"]] == row["text"] and bool(row["row"]) != bool(row["reason"])


def test_every_row_covers_something():
    covering = {row_id for cell in kz.coverage(QUOTATIONS)["row"] for row_id in cell.split("; ")}
    assert set(kz.load_figures().index) | set(kz.load_events().index) <= covering


@pytest.mark.parametrize("table", ["figures", "events"])
def test_a_deleted_row_leaves_its_words_unaccounted(table, tables):
    file = tables / f"{table}.csv"
    whole = pd.read_csv(file, dtype=str, keep_default_na=False)
    words = {"figures": "quantity_text", "events": "date_text"}[table]
    for number, row in whole.iterrows():
        whole.drop(number).to_csv(file, index=False)
        result = kz.coverage(QUOTATIONS, tables)
        missing = result[result["status"] == "unaccounted"]
        assert len(missing) >= 1 and any(text in row[words] or row[words] in text for text in missing["text"]), (
            row.iloc[0]
        )


def test_a_new_quantity_is_named():
    result = kz.coverage(QUOTATIONS + "\n\nIn 2014 at least 4,321 miners, nearly a third, asked for $640 or 15%.")
    assert list(result.loc[result["status"] == "unaccounted", "text"]) == ["2014", "4,321", "third", "$640", "15%"]


def test_conflicts_are_pairs_of_different_quotations():
    conflicts = kz.load_conflicts()
    assert (conflicts["excerpt_id_a"] != conflicts["excerpt_id_b"]).all() and len(conflicts) >= 5


def test_annotations_follow_the_model(tmp_path):
    """The terms that the Web Annotation Data Model requires, and selectors that select the quotation."""
    (tmp_path / "copy.txt").write_text(QUOTATIONS, encoding="utf-8")
    command = [sys.executable, "-m", "kzdata", "annotations", str(tmp_path / "copy.txt")]
    collection = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout)
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld" and collection["type"] == "AnnotationCollection"
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(kz.load_excerpts())
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item["type"] == "Annotation" and item["target"] and item["body"], item["id"]
        for target in item["target"]:
            quote, position = target["selector"]
            assert quote["type"] == "TextQuoteSelector" and position["type"] == "TextPositionSelector"
            assert QUOTATIONS[position["start"] : position["end"]] == quote["exact"]
    toll = next(item for item in items if item["id"].endswith("toll-2022"))
    assert "International Crisis Group, attributed" in toll["body"][0]["value"]
    without_copy = kz.annotations()["first"]["items"]
    assert all(item["target"][0]["selector"]["type"] == "TextQuoteSelector" for item in without_copy)


def test_output_to_a_pipe_that_closes_early():
    command = f"{shlex.quote(sys.executable)} -m kzdata annotations | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT)
    assert (len(done.stdout), done.stderr) == (10, "")


def test_coverage_command(tmp_path):
    file = tmp_path / "copy.txt"
    file.write_text(QUOTATIONS, encoding="utf-8")
    command = [sys.executable, "-m", "kzdata", "coverage", str(file)]
    assert subprocess.run(command, capture_output=True, cwd=ROOT).returncode == 0
    file.write_text(QUOTATIONS + "\n\nAnd 4,321 others.", encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1 and "unaccounted 4,321" in done.stdout


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [30, 72])
def test_a_date_or_a_list_broken_over_a_line_is_the_same(text, width):
    copy = "\n".join(textwrap.fill(line, width) for line in text.split("\n"))
    plain, broken = kz.coverage(text), kz.coverage(copy)
    assert [" ".join(t.split()) for t in broken["text"]] == [" ".join(t.split()) for t in plain["text"]]
    assert list(broken["status"]) == list(plain["status"]) and list(broken["row"]) == list(plain["row"])
