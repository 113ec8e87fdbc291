"""Where one answer turns into another: a value on either side, a line, a paragraph, a day, and the sentence told."""

import re

import pandas as pd
import pytest
from conftest import replace

import kzdata as kz
from kzdata.comparison import others
from kzdata.dates import format_day, format_month, middle
from kzdata.money import nearest_rate

ONE = kz.Quantity(100, 100, 100)


def exactly(value: float) -> kz.Quantity:
    return kz.Quantity(value, value, value)


@pytest.mark.parametrize("value, outcome", [
    (104.99, "agrees"), (105, "agrees"), (105.01, "above"),
    (95.25, "agrees"), (95.23, "below"),
])  # fmt: skip
def test_five_percent_is_agreement_and_a_little_more_is_not(value, outcome):
    assert kz.verdict(exactly(value), ONE) == outcome
    assert kz.verdict(exactly(value), ONE, tolerance=0) == ("above" if value > 100 else "below")


def test_years_and_ranks_agree_when_they_are_the_same(tables):
    pairs = kz.compare()
    year = pairs.index[(pairs["unit"] == "year") & (pairs["reference_best"] != pairs["article_best"])][0]
    assert abs(pairs.loc[year, "reference_best"] / pairs.loc[year, "article_best"] - 1) < 0.05
    assert pairs.loc[year, "verdict"] in ("above", "below")


def test_a_wage_whose_period_a_reader_fills_in_is_read_by_it(tables):
    wages = {"not stated": 570, "month": 570, "year": 47.5}
    for period, monthly in wages.items():
        file = tables / "figures.csv"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("median wage,570,570,570,USD,not stated", f"median wage,570,570,570,USD,{period}"),
            encoding="utf-8",
        )
        assert kz.compare(tables).loc["median-wage-2021", "article_best"] == monthly
        file.write_text(text, encoding="utf-8")


def test_the_summary_names_each_figure_under_its_own_outcome():
    pairs = kz.compare()
    lines = re.findall(r"^- \*\*(.*?):\*\* (.*)$", kz.summarise(pairs), re.M)
    said = {
        next(w for w in ("agree with some", "agree", "above", "below") if w in head): members for head, members in lines
    }
    assert list(said) == ["agree", "above", "below", "agree with some"]
    groups = pairs[pairs["verdict"] != "incomparable"].groupby("figure_id", sort=False)
    assert groups.ngroups > 10
    for figure_id, group in groups:
        kinds = set(group["verdict"])
        place = "agree with some" if len(kinds) > 1 else {"agrees": "agree"}.get(*kinds, *kinds)
        name = f"{group['subject'].iloc[0]}: {group['measure'].iloc[0]} ("
        assert [outcome for outcome, members in said.items() if name in members] == [place], figure_id


def test_others_run_from_the_least_to_the_greatest():
    pairs = kz.compare()
    whole = pairs.loc[["killed-2022-01-15", "killed-2022-08", "killed-2022-03-14"]]
    assert others(whole) == others(whole[::-1]) == "225 to 238"


def test_a_conversion_goes_both_ways_and_names_its_time():
    rates = kz.load_rates()
    rate = rates.loc["usd-kzt-2020-q4"]
    assert kz.convert(exactly(550), "USD", rate)[:2] == (pytest.approx(exactly(233_136)), "KZT")
    assert kz.convert(exactly(233_136), "KZT", rate).quantity.best == pytest.approx(550)
    assert kz.convert(ONE, "USD", rate).rate.endswith("(bm.ge, 2020-Q4)")
    names = [nearest_rate(rates, ("KZT", "USD"), day).name for day in ("2021-04-09", "2021-04-12")]
    assert names == ["usd-kzt-2020-q4", "usd-kzt-2021-09"]  # half of the time between them is 10 April


def test_dates_in_words():
    day = pd.Timestamp("2022-01-27")
    assert (format_day(day), format_day(day, 3), format_month(day)) == (
        "27 January 2022",
        "27 Jan 2022",
        "January 2022",
    )
    assert f"{middle('2022'):%Y-%m-%d}" == "2022-07-02" and f"{middle('2022-01'):%Y-%m-%d}" == "2022-01-16"


LOADERS = {
    "article": kz.load_article, "conflicts": kz.load_conflicts, "events": kz.load_events, "excerpts": kz.load_excerpts,
    "figures": kz.load_figures, "places": kz.load_places, "rates": kz.load_rates, "references": kz.load_references,
    "uncoded": kz.load_uncoded,
}  # fmt: skip


@pytest.mark.parametrize("name", LOADERS)
def test_a_readers_own_table_is_read(name, tables):
    file = tables / f"{name}.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join([*lines[:-2], ""]), encoding="utf-8")
    assert list(LOADERS[name](tables).index) == list(LOADERS[name]().index[:-1])
    with pytest.raises(kz.DataError, match=f"{name}.csv"):
        LOADERS[name](tables / "elsewhere")


@pytest.mark.parametrize("table, old, new, line_of, column", [
    ("figures", "asserted,ninth-country,", "asserted,tenth-country,", "area-rank,", "excerpt_id"),
    ("figures", "median wage,570,570,570", "median wage,570,x,570", "median-wage,", "best"),
    ("figures", "median wage,570,570,570", "median wage,580,570,570", "median-wage,", "low"),
    ("figures", "\nuranium-rank,", "\narea-rank,", "area-rank,economy", "figure_id"),
    ("events", "2022-01-05,2022-01-05", "2022-01-05,2022-01-04", "government-changed,", "start"),
    ("places", "43.66105", "93.66105", "aktau,", "latitude"),
])  # fmt: skip
def test_an_error_names_the_line_that_an_editor_shows(table, old, new, line_of, column, tables):
    file = tables / f"{table}.csv"
    replace(file, old, new)
    number = next(
        n for n, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if line.startswith(line_of)
    )
    with pytest.raises(kz.DataError) as caught:
        LOADERS[table](tables)
    assert (caught.value.file.name, caught.value.line, caught.value.column) == (file.name, number, column)


def test_the_greatest_values_allowed_are_allowed(tables):
    replace(tables / "places.csv", "43.66105,51.17392", "90,180")
    assert list(kz.load_places(tables).loc["aktau", ["latitude", "longitude"]]) == [90, 180]


def test_a_cell_that_cannot_be_drawn_is_named_by_its_line(tables):
    lines = (tables / "figures.csv").read_text(encoding="utf-8").split("\n")
    error = kz.Tables(tables).error("figures", "median-wage", "best", "more")
    assert lines[error.line - 1].startswith("median-wage,") and error.value == "570"


def test_the_edition_quoted_is_the_one_of_27_january():
    article = kz.charts.tengizchevroil().sources[0]
    assert article.endswith("27 January 2022; reposted by Socialist Fight, 8 February 2022.")
    assert "2022/02/08" in kz.annotations()["first"]["items"][0]["target"][0]["source"]
