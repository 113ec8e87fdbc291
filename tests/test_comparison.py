"""The article's figures beside independent ones: the tables, the rule, and what follows when a number changes."""

import re
from collections import Counter
from math import inf

import pandas as pd
import pytest
from conftest import replace
from hypothesis import given
from hypothesis import strategies as st

import kzdata as kz
from kzdata.comparison import others
from kzdata.dates import middle
from kzdata.money import nearest_rate

bounds = st.one_of(st.none(), st.integers(1, 10**9))
quantities = st.tuples(bounds, bounds).map(
    lambda pair: (
        kz.Quantity(*sorted(pair)[:1], None, sorted(pair)[1])
        if None not in pair
        else kz.Quantity(pair[0], None, pair[1])
    )
)
MIRRORED = {"above": "below", "below": "above", "narrower": "wider", "wider": "narrower"}
comparabilities = st.sampled_from(
    ["same measure", "later revision", "narrower", "wider", "another measure", "no figure"]
)
ORDER = ["below", "agrees", "above"]


@given(quantities, quantities, comparabilities)
def test_verdict_is_symmetric(a, b, comparability):
    forth = kz.verdict(a, b, comparability)
    back = kz.verdict(b, a, MIRRORED.get(comparability, comparability))
    assert back == MIRRORED.get(forth, forth)


@given(quantities, quantities, comparabilities, st.sampled_from([0.25, 0.5, 2, 1024]))
def test_verdict_is_free_of_scale(a, b, comparability, scale):
    scaled = [kz.Quantity(*(None if bound is None else bound * scale for bound in q)) for q in (a, b)]
    assert kz.verdict(*scaled, comparability) == kz.verdict(a, b, comparability)


@given(quantities, quantities, st.integers(0, 10**9))
def test_verdict_is_monotone(a, b, more):
    greater = kz.Quantity(*(None if bound is None else bound + more for bound in a))
    assert ORDER.index(kz.verdict(greater, b)) >= ORDER.index(kz.verdict(a, b))


@given(quantities, quantities)
def test_agreement_is_an_overlap_of_stretched_intervals(a, b):
    low, high = (lambda q: q.low or 0), (lambda q: inf if q.high is None else q.high)
    overlap = low(a) <= high(b) * 1.05 and low(b) <= high(a) * 1.05
    assert (kz.verdict(a, b) == "agrees") == overlap


def test_a_part_can_only_contradict_from_below_and_a_whole_from_above():
    small, large = kz.Quantity(1, 1, 1), kz.Quantity(9, 9, 9)
    assert kz.verdict(small, large, "narrower") == "below" and kz.verdict(large, small, "narrower") == "incomparable"
    assert kz.verdict(large, small, "wider") == "above" and kz.verdict(small, large, "wider") == "incomparable"
    assert kz.verdict(small, small, "another measure") == "incomparable"


def test_an_approximation_counts_as_its_value():
    about = kz.Quantity(None, 50, None)
    verdicts = [kz.verdict(kz.Quantity(n, n, n), about) for n in (47, 48, 52, 53)]
    assert verdicts == ["below", "agrees", "agrees", "above"]


def test_references_name_their_source():
    for table in (kz.load_references(), kz.load_rates()):
        assert table[["publisher", "title", "published", "url"]].notna().all(axis=None)
        assert table["url"].str.fullmatch(r"https?://[a-z0-9.-]+\.[a-z]+(:\d+)?/\S+").all()
        for column in ("published", "as_of"):
            assert table[column].map(middle).between("2006-01-01", "2026-01-01").all()


def test_references_hang_on_the_words_of_their_figure():
    figures, references = kz.load_figures(), kz.load_references()
    assert (references["figure_id"].isna() == (references["comparability"] == "no figure")).all()
    linked = references.dropna(subset="figure_id")
    assert (figures.loc[linked["figure_id"], "excerpt_id"].values == linked["excerpt_id"].values).all()
    order = [kz.load_excerpts().index.get_loc(excerpt_id) for excerpt_id in references["excerpt_id"]]
    assert order == sorted(order)


def test_units_are_those_of_the_figures_or_can_be_converted():
    pairs = kz.compare()
    apart = pairs[pairs["reference_low"].isna() & pairs["reference_high"].isna()]
    assert (apart["comparability"] == "another measure").all()


def test_a_conversion_carries_its_rate():
    rates = kz.load_rates()
    rate = nearest_rate(rates, ("USD", "KZT"), "2021")
    amount = kz.convert(kz.Quantity(120_000, None, 240_000), "KZT", rate)
    assert amount == (kz.Quantity(pytest.approx(282), None, pytest.approx(564)), "USD", amount.rate)
    assert amount.rate == "60,000 KZT = 141 USD (Trend, 2021-09-02)"
    assert kz.convert(amount.quantity, "USD", rate).quantity.low == pytest.approx(120_000)
    assert nearest_rate(rates, ("USD", "KZT"), "2020").name == "usd-kzt-2020-q4"
    assert nearest_rate(rates, ("persons", "USD"), "2020") is None
    with pytest.raises(ValueError, match="between USD and KZT, not of GBP"):
        kz.convert(kz.Quantity(1, 1, 1), "GBP", rate)


@pytest.mark.parametrize(
    "as_of, expected",
    [("2021", "2021-07-02"), ("2021-Q2", "2021-05-16"), ("2022-08", "2022-08-16"), ("2022-01-15", "2022-01-15")],
)
def test_the_middle_of_a_time(as_of, expected):
    assert f"{middle(as_of):%Y-%m-%d}" == expected


def test_dtypes_are_those_of_the_docstring():
    promised = re.findall(r"^ +(\w+) +(str|Float64|category)(?:  |$)", kz.compare.__doc__, re.M)
    assert [(column, str(dtype)) for column, dtype in kz.compare().dtypes.items()] == promised


def test_the_pairs_that_readers_ask_for():
    pairs = kz.compare()
    assert (
        pairs.loc["median-wage-2021", "verdict"] == "above"
        and pairs.loc["average-wage-2021", "verdict"] == "incomparable"
    )
    assert pairs.loc["median-wage-2021", "ratio_best"] == pytest.approx(570 / (165_816 * 141 / 60_000))
    assert pairs.loc["killed-2022-01-15", "why"] == "225 beside 225: the same"
    assert pairs.loc[["tokayev-start", "csto-states", "kulibayev-net-worth-2022"], "verdict"].eq("below").all()
    assert pairs.loc["zhanaozen-killed-morgue", "verdict"] == "agrees" and pd.isna(
        pairs.loc["tokayev-start", "ratio_best"]
    )
    yearly = kz.compare(wages_per_year=1)
    assert (
        yearly.loc["median-wage-2021", "article_best"] == 570 / 12
        and yearly.loc["median-wage-2021", "verdict"] == "below"
    )
    with pytest.raises(ValueError, match="wages_per_year is 0"):
        kz.compare(wages_per_year=0)


def test_the_summary_counts_what_the_table_holds():
    pairs = kz.compare()
    said = kz.summarise(pairs)
    comparable = pairs[pairs["verdict"] != "incomparable"]
    kinds = comparable.groupby("figure_id")["verdict"].agg(lambda v: v.iloc[0] if v.nunique() == 1 else "differs")
    counts = Counter(kinds)
    stated = [int(n) for n in re.findall(r"^- \*\*(\d+) ", said, re.M)]
    assert "People: killed, 2022 (225; others 225 to 238)" in said
    assert stated == [counts[k] for k in ("agrees", "above", "below", "differs") if counts[k]]
    assert f"beside {len(pairs)} figures from {pairs['url'].nunique()} other" in said and f"{len(kinds)} can be" in said


def test_verdicts_titles_and_summary_follow_a_changed_reference(tables):
    charts = kz.charts.beside_others, kz.charts.official_wages, kz.charts.toll_as_reported, kz.charts.csto_troops
    file = tables / "references.csv"
    replace(file, "median monthly wage,165816,165816,165816", "median monthly wage,243000,243000,243000")
    replace(file, "killed,225,225,225,persons,2022-01-15", "killed,226,226,226,persons,2022-01-15")
    replace(file, "states that sent troops,5,5,5", "states that sent troops,3,3,3")
    pairs = kz.compare(tables)
    assert pairs.loc[["median-wage-2021", "csto-states"], "verdict"].eq("agrees").all()
    assert pairs.loc["killed-2022-01-15", "why"] == "225 beside 226: within 5%"
    assert kz.summarise(pairs, tables) != kz.summarise(kz.compare())
    changed = [draw(data_dir=tables) for draw in charts]
    for draw, new in zip(charts, changed):
        assert draw().title != new.title and draw().alt != new.alt
    assert "official median wage of 2021, $571" in changed[1].title and "no report here has it" in changed[2].title


def test_an_undated_casualty_and_an_approximate_reference(tables):
    """No year stands behind its measure, and the words say about."""
    killed = "killed,225,225,225,persons,"
    replace(tables / "figures.csv", f"{killed}not applicable,2022-01-02,2022-01-14", f"{killed}not applicable,,")
    for end in ("2022-01-15", "2022-03-14,Sputnik", "2022-03-14,Interfax"):
        n = 225 if end == "2022-01-15" else 230
        replace(tables / "references.csv", f"killed,{n},{n},{n},persons,{end}", f"killed,,{n},,persons,{end}")
    pairs = kz.compare(tables)
    assert pairs.loc["killed-2022-01-15", "measure"] == "killed"
    assert pairs.loc["killed-2022-01-15", "why"] == "225 beside about 225: the words allow the same value"
    assert pairs.loc["killed-2022-03-14", "why"] == "225 beside about 230: within 5%"
    assert "People: killed (changed) (225; others 225 to 238)" in kz.summarise(pairs, tables)
    assert "others about 230)" in kz.summarise(pairs.loc[["killed-2022-03-14", "killed-2022-03-14-interfax"]], tables)


def test_publications_are_cited():
    chart = kz.charts.fuel_price()
    assert any(
        "Trend, “Kazakhstan sets price caps for LPG”, 2022-01-06, https://" in source for source in chart.sources
    )
    assert "Other figures: RFE/RL via business-humanrights.org; Trend." in chart._repr_mimebundle_()["text/html"]


def test_a_changed_figure_is_marked_as_changed(tables):
    replace(tables / "figures.csv", "median wage,570,570,570", "median wage,700,700,700")
    for chart in (kz.charts.wages_and_wealth(tables), kz.charts.beside_others(tables)):
        mark = "Changed by the maker of this chart: median wage is $700 here, “$570” in the article."
        foot = " ".join(text.get_text() for text in chart.figure.texts)
        assert mark in chart.alt and mark in foot
    assert "Changed" not in kz.charts.casualties(tables).alt


def test_tooltips_of_independent_figures_name_the_publication(tmp_path):
    chart = kz.charts.zhanaozen_2011()
    chart.export(tmp_path, "svg")
    svg = (tmp_path / "zhanaozen_2011.svg").read_text(encoding="utf-8")
    titles = dict(re.findall(r'<g id="mark-([^"]+)">\s*<title>([^<]+)</title>', svg))
    assert "Zhanaozen, the oil river" in titles["zhanaozen-killed-prosecutor"] and "dozens" in titles["killed-2011"]


def test_marks_do_not_cover_each_other():
    figure = kz.charts.beside_others().figure
    (axes,) = figure.axes
    points = [line.get_xydata()[0] for line in axes.lines if line.get_gid() and len(line.get_xydata()) == 1]
    inches = axes.transData.transform(points) / figure.dpi
    apart = [max(abs(a - b)) for n, a in enumerate(inches) for b in inches[:n]]
    assert len(points) > 20 and min(apart) > 0.1


def test_references_without_a_common_bound():
    """One that says at most and one that says at least leave nothing to sum up, and nothing fails."""
    pairs = kz.compare().iloc[:2].assign(reference_low=[pd.NA, 5.0], reference_high=[3.0, pd.NA], unit="persons")
    assert others(pairs.astype({"reference_low": "Float64", "reference_high": "Float64"})) == "without a common bound"
