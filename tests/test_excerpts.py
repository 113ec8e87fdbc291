"""The quotations: short, in order, and found word for word in a copy of the article where one is given."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path

import pytest

import kzdata as kz

THIRD_OF_THE_ARTICLE = 2500 // 3  # words of its body, rounded down


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    if "KZDATA_ARTICLE" not in os.environ:
        pytest.skip("no copy of the article: set KZDATA_ARTICLE to a text file to check the quotations against it")
    text = unicodedata.normalize("NFC", Path(os.environ["KZDATA_ARTICLE"]).read_text(encoding="utf-8"))
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def test_excerpts_are_short():
    words = kz.load_excerpts()["exact"].str.split().str.len()
    assert words.max() <= 60 and words.sum() < THIRD_OF_THE_ARTICLE


def test_every_excerpt_carries_something_and_its_words():
    excerpts, conflicts = kz.load_excerpts(), kz.load_conflicts()
    used = set(conflicts["excerpt_id_a"]) | set(conflicts["excerpt_id_b"])
    for table, words in ((kz.load_figures(), "quantity_text"), (kz.load_events(), "date_text")):
        used |= set(table["excerpt_id"])
        for row_id, row in table.iterrows():
            assert excerpts.loc[row["excerpt_id"], "exact"].count(row[words]) == 1, row_id
    assert used == set(excerpts.index)


def test_uncoded_words_are_few():
    assert kz.load_uncoded()["exact"].str.split().str.len().max() <= 8


def test_tables_are_in_the_order_of_the_text():
    figures, excerpts = kz.load_figures(), kz.load_excerpts()
    assert excerpts["paragraph"].is_monotonic_increasing
    places = [
        (
            excerpts.index.get_loc(row["excerpt_id"]),
            excerpts.loc[row["excerpt_id"], "exact"].index(row["quantity_text"]),
        )
        for _, row in figures.iterrows()
    ]
    assert places == sorted(places)


def test_every_excerpt_stands_where_it_says(paragraphs):
    for excerpt_id, row in kz.load_excerpts().fillna({"prefix": "", "suffix": ""}).iterrows():
        found = [number for number, text in enumerate(paragraphs, 1) if row["exact"] in text]
        assert ";".join(map(str, found)) == row["occurrences"], excerpt_id
        assert row["paragraph"] == found[0], excerpt_id
        before, after = paragraphs[found[0] - 1].split(row["exact"])
        assert before.rstrip().endswith(row["prefix"]) and after.lstrip().startswith(row["suffix"]), excerpt_id
        assert bool(before.strip()) == bool(row["prefix"]) and bool(after.strip()) == bool(row["suffix"]), excerpt_id


def test_places_are_named_where_the_table_says(paragraphs):
    for place_id, row in kz.load_places().iterrows():
        pattern = rf"\b{re.escape(row['name_in_article'])}\b"
        assert re.search(pattern, paragraphs[row["paragraph"] - 1]), place_id


def test_sections_are_headings_of_the_article(paragraphs):
    article = kz.load_article().loc["quoted-edition"]
    headings = article["sections"].split("; ")
    places = {paragraphs.index(heading) + 1: heading for heading in headings}
    for excerpt_id, row in kz.load_excerpts().iterrows():
        last = max(place for place in places if place <= row["paragraph"])
        assert row["section"] == places[last], excerpt_id
    assert article["title"] == paragraphs[0]


def test_the_copy_is_the_edition_quoted(paragraphs):
    digest = hashlib.sha256("\n".join(paragraphs).encode("utf-8")).hexdigest()
    assert digest == kz.load_article().loc["quoted-edition", "sha256"]
