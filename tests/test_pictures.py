"""Pictures read back from the page: marks, names, words, numbers, margin, foot, axes, titles are those of the data."""

import re

import numpy as np
import pandas as pd
import pytest
from expected import ARTICLE, CALLED, ENDS, NAMES, NO_MARK, SAID, TOLD, holds
from picture import Mark, picture

import kzdata as kz


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_mark(name):
    marks = {mark.row_id for mark in picture(name).marks}
    assert marks == set(picture(name).data.index) - NO_MARK.get(name, set())
    (left, bottom), (right, top) = picture(name).plot
    for mark in picture(name).marks:
        assert all(left - 0.01 <= x <= right + 0.01 and bottom <= y <= top for x, y in mark.ends), mark.row_id


@pytest.mark.parametrize("name", ENDS)
def test_marks_stand_at_their_values(name):
    shown = picture(name)
    for mark in shown.marks:
        for drawn, value in zip(mark.values[:, 0], ENDS[name](shown.data.loc[mark.row_id])):
            if pd.isna(value):  # a bound that is missing: a ratio runs to the edge, another mark has an arrow
                assert name != "beside_others" or any(drawn == pytest.approx(end) for end in shown.axes.get_xlim())
            else:
                assert drawn == pytest.approx(value, rel=1e-6), mark.row_id


@pytest.mark.parametrize("name", CALLED)
def test_marks_stand_beside_their_names(name):
    shown = picture(name)
    for mark in shown.marks:
        assert holds(shown.name(mark), CALLED[name](shown.data.loc[mark.row_id])), (mark.row_id, shown.name(mark))


@pytest.mark.parametrize("name", SAID)
def test_words_beside_a_mark_are_those_of_its_row(name):
    shown = picture(name)
    for mark in shown.marks:
        assert holds(shown.beside(mark), SAID[name](shown.data.loc[mark.row_id])), (mark.row_id, shown.beside(mark))


@pytest.mark.parametrize("name", TOLD)
def test_the_alt_text_tells_each_row_once_with_its_value(name):
    shown = picture(name)
    alt = shown.chart.alt.removeprefix(shown.chart.title).partition(" Source: ")[0]
    parts = re.split(r"; |\. |: (?=[^:;]*, [^:;]*:)", alt)
    for row_id, row in shown.data.drop(index="csto-contributors", errors="ignore").iterrows():
        if name != "csto_troops" or row_id not in NO_MARK[name]:
            assert sum(holds(part, TOLD[name](row)) for part in parts) == 1, (row_id, parts)


@pytest.mark.parametrize("name", NAMES)
def test_numbers_beside_marks_are_those_of_their_quotations(name):
    shown = picture(name)

    def away(mark: Mark, at: np.ndarray) -> tuple[float, float]:
        (left, y), (right, _) = mark.ends
        return round(abs(at[1] - y), 1), max(left - at[0], at[0] - right, 0)

    numbers = [words for words in shown.words if words.number]
    assert {int(words.text) for words in numbers} == set(shown.chart.excerpts.index)
    for words in numbers:
        nearest = min(shown.marks, key=lambda mark: away(mark, words.at))
        assert int(words.text) == shown.data.loc[nearest.row_id, "excerpt"], nearest.row_id


@pytest.mark.parametrize("name", NAMES)
def test_the_margin_holds_the_quotations_with_the_words_of_the_rows_stressed(name):
    shown, excerpts = picture(name), kz.load_excerpts()
    data, figures = shown.data, kz.load_figures()
    column = next(c for c in ("date_text", "name_in_article", "quantity_text") if name == "beside_others" or c in data)
    words = figures.loc[data["figure_id"], "quantity_text"].values if name == "beside_others" else data[column]
    margin = shown.margin()
    assert list(margin) == list(shown.chart.excerpts.index) == list(range(1, len(margin) + 1))
    for n, (paragraphs, quoted, stressed) in margin.items():
        excerpt = excerpts.loc[shown.chart.excerpts.loc[n, "excerpt_id"]]
        assert quoted == f"“{excerpt['exact']}”" and paragraphs == excerpt["occurrences"].split(";")
        assert (shown.chart.excerpts.loc[n, ["occurrences", "exact"]] == excerpt[["occurrences", "exact"]]).all()
        own = {w for w, i in zip(words, data["excerpt_id"]) if i == excerpt.name and w and w in excerpt["exact"]}
        if name == "years_of_wages":  # the wages that the sums are divided by stand in the same quotation
            own |= set(figures.loc[["median-wage", "minimum-wage"], "quantity_text"])
        assert all(w in stressed for w in own), (own, stressed)
        rest = re.sub("|".join(map(re.escape, sorted(own, key=len, reverse=True))), "", stressed) if own else stressed
        assert not re.search(r"\d|\w{3}", rest), (own, stressed)


@pytest.mark.parametrize("name", NAMES)
def test_the_foot_names_the_article_its_paragraphs_and_every_publisher(name):
    shown = picture(name)
    page = " ".join(words.text for words in shown.page)
    article, used = kz.load_article().iloc[0], kz.load_excerpts().loc[shown.data["excerpt_id"].unique()]
    assert shown.chart.title in page and shown.chart.subtitle in page
    _, _, foot = page.partition("Source: ")
    assert re.search(f"{re.escape(article['title'])}.*27 January 2022.*{article['site']}.* 8 February 2022", foot)
    where = re.search(r"paragraphs? ([\d, and]+)\.", foot)[1]
    assert set(re.findall(r"\d+", where)) == {n for cell in used["occurrences"] for n in cell.split(";")}
    if "publisher" in shown.data:
        others = set(shown.data["publisher"]) - {ARTICLE}
        assert others and all(publisher in foot for publisher in others)
        assert all(publisher in shown.chart.alt for publisher in others)
        cited = " ".join(shown.chart.sources)
        assert all(url in cited for url in shown.data["url"].dropna())


@pytest.mark.parametrize("name", [*ENDS, "years_of_wages"])
def test_labels_of_an_axis_are_its_values(name):
    scales, parts = {"million": 1e6, "billion": 1e9}, {"⅛": 1 / 8, "¼": 1 / 4, "½": 1 / 2}
    ticks = picture(name).ticks
    assert len(ticks) >= 2
    for text, value in ticks:
        words = text.lstrip("$").replace(",", "").split()
        over, _, under = words[0].partition("/")
        said = parts.get(over) or float(over) / float(under or 1) * scales.get(words[-1], 1)
        assert said == pytest.approx(value, rel=1e-6), text
