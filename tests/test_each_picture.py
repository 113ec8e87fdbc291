"""What one picture alone shows, read back from the page: colours, lanes, dates, the map, squares and years."""

import json
import re
from collections import Counter
from math import ceil

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, replace
from expected import ARTICLE, BLACK, RED, WHITE, amount, holds, number, rounded, when, who
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from picture import Picture, picture

import kzdata as kz
from kzdata.charts.map import albers


@pytest.mark.parametrize("name", ["official_wages", "toll_as_reported", "zhanaozen_2011"])
def test_the_article_alone_is_red(name):
    shown = picture(name)
    red = {mark.row_id for mark in shown.marks if mark.face == RED}
    assert red == set(shown.data.index[shown.data["publisher"] == ARTICLE])
    assert {mark.face for mark in shown.marks} == {RED, BLACK}
    lines = [line.get_xdata()[0] for line in shown.axes.lines if line.get_linestyle() == "--"]
    assert lines == ([570] if name == "official_wages" else [])


def test_marks_of_casualties_show_who_says_so_and_what_is_open():
    shown = picture("casualties")
    for figure_id, row in shown.data.iterrows():
        mark, stated = shown.mark(figure_id), not pd.isna(row["best"])
        assert (mark.face == WHITE) == (stated and row["modality"] != "asserted"), figure_id
        assert mark.dashed == (row["modality"] == "doubted"), figure_id
        (x, y), _ = mark.ends
        right = [box for box in shown.arrows if abs(box[:, 1].mean() - y) < 0.05 and box[1, 0] > x + 0.3]
        assert len(right) == (pd.isna(row["high"])), figure_id
        head = [w for w in shown.words if w.bold and w.box[0, 0] < shown._left and w.at[1] > y]
        assert head[-1].text == str(row["start"].year), figure_id


def test_an_open_count_is_an_arrow():
    for name in ("toll_as_reported", "zhanaozen_2011"):
        shown = picture(name)
        exact = {mark.row_id for mark in shown.marks if mark.shape == "o"}
        assert exact == set(shown.data.index[shown.data["best"].notna()])


def test_comparisons_look_as_the_key_says():
    shown = picture("beside_others")
    signs = [line for line in shown.axes.lines if line.get_transform() == shown.axes.transAxes]
    heads = [words for words in shown.words if words.at[1] > max(mark.ends[0, 1] for mark in shown.marks) + 0.2]
    key = {}
    for words in heads:
        left, y = words.at * shown.figure.dpi
        at = {sign: shown.axes.transAxes.transform(sign.get_xydata()[0]) for sign in signs}
        before = [sign for sign in signs if at[sign][0] < left and abs(at[sign][1] - y) < 5]
        sign = max(before, key=lambda sign: at[sign][0])
        key[words.text] = sign.get_marker(), to_hex(sign.get_markerfacecolor())
    names = {"agrees": "agrees", "incomparable": "nothing follows"}
    seen = Counter()
    for mark in shown.marks:
        row = shown.data.loc[mark.row_id]
        if mark.shape != "bar":
            look = key[row["comparability"]][0], key[names.get(row["verdict"], "above or below")][1]
            assert (mark.shape, mark.face) == look, mark.row_id
            seen[row["comparability"]] += 1
    assert len(seen) >= 3 and len({face for _, face in list(key.values())[-3:]}) == 3
    for reference_id, row in shown.data.iterrows():
        part = f"({row['verdict']}; {row['comparability']}; {row['publisher']}, {row['as_of']})"
        assert part in shown.chart.alt, reference_id


def test_rows_of_comparisons_name_the_span_of_the_others():
    shown = picture("beside_others")
    groups = shown.data.groupby("figure_id", sort=False)
    assert groups.ngroups > 10
    for _, group in groups:
        told = group[group["verdict"] != "incomparable"] if (group["verdict"] != "incomparable").any() else group
        low, high = told["reference_low"].min(), told["reference_high"].max(skipna=False)
        words = [f"at least {number(low)}"] if pd.isna(high) else [number(round(low)), number(round(high))]
        assert holds(shown.name(shown.mark(group.index[0])), words), words


def test_counts_of_the_toll_are_as_long_as_they_are_many_beside_their_dates():
    shown = picture("toll_as_reported")
    heads = {"killed": "Killed", "injured": "Injured", "detained": "Detained or arrested"}
    lefts = {measure: next(w.at[0] for w in shown.words if w.text == head) for measure, head in heads.items()}
    dates = [w for w in shown.words if w.at[0] < min(lefts.values()) - 0.1]
    assert [w.text for w in sorted(dates, key=lambda w: -w.at[1])] == [
        when(d) for d in dict.fromkeys(shown.data["as_of"])
    ]
    assert list(shown.data["as_of"].str.ljust(10, "-")) == sorted(shown.data["as_of"].str.ljust(10, "-"))
    scales: dict[str, list[float]] = {measure: [] for measure in heads}
    for mark in shown.marks:
        row, (x, y) = shown.data.loc[mark.row_id], mark.ends[1]
        scales[row["measure"]].append((x - lefts[row["measure"]]) / row["low"])
        assert next(w.text for w in dates if abs(w.at[1] - y) < 0.03) == when(row["as_of"])
        assert next(w.text for w in shown.words if np.allclose(w.at, (x, y), atol=0.01)) == amount(row)
        below = [w.text for w in shown.words if abs(w.at[0] - lefts[row["measure"]]) < 0.01 and 0 < y - w.at[1] < 0.3]
        assert below == [who(row)]
    for scale in scales.values():
        assert scale and max(scale) == pytest.approx(min(scale))
    assert max(m.ends[1, 0] - lefts[shown.data.loc[m.row_id, "measure"]] for m in shown.marks) > 0.7, "the room is used"


def test_days_of_january_stand_in_their_lanes_and_order():
    shown = picture("january_2022")
    lanes = {
        lane: next(w.at[0] for w in shown.words if w.text == lane.capitalize()) for lane in shown.data["lane"].unique()
    }
    days = {w.at[1]: w.text for w in shown.words if re.fullmatch(r"\d+ Jan", w.text)}
    assert [days[y] for y in sorted(days, reverse=True)] == [
        f"{d} Jan" for d in sorted(shown.data["start"].dt.day.unique())
    ]
    looks: dict[str, set[tuple[str, str]]] = {}
    for mark in shown.marks:
        row, (x, y) = shown.data.loc[mark.row_id], mark.ends[0]
        assert x == pytest.approx(lanes[row["lane"]]), mark.row_id
        assert days[min(d for d in days if d > y - 0.01)] == f"{row['start'].day} Jan", mark.row_id
        first = next(w.text for w in shown.words if np.allclose(w.at, (x, y)) and not w.number)
        assert row["title"].startswith(first) and len(first) > 5
        stems = [line for line in shown.axes.lines if np.allclose(line.get_xdata(), mark.values[0, 0])]
        begun = [
            line.get_ydata()[1]
            for line in stems
            if len(line.get_ydata()) == 2 and line.get_ydata()[0] == pytest.approx(mark.values[0, 1])
        ]
        until = [shown.axes.transData.transform((0, y))[1] / shown.figure.dpi for y in begun]
        assert [days[min(days, key=lambda d: abs(d - y))] for y in until] == (
            [f"{row['end'].day} Jan"] if row["end"] > row["start"] else []
        )
        looks.setdefault(row["lane"], set()).add((mark.shape, mark.face))
    shapes, faces = zip(*(look for (look,) in looks.values()))  # one look a lane
    assert len(set(shapes)) == len(set(faces)) == len(looks) == 3


def test_terms_of_office_are_told_from_events():
    shown = picture("background")
    faces = {kind: {shown.mark(i).face for i in shown.data.index[shown.data["term"] == kind]} for kind in (True, False)}
    assert [len(faces[kind]) for kind in faces] == [1, 1] and faces[True] != faces[False] == {RED}
    figures = kz.load_figures()
    for term in ("head-of-state", "nazarbayev-government"):
        years = figures.loc[[f"{term}-first", f"{term}-last"], "best"].to_list()
        assert shown.mark(f"{term}-first").values[:, 0] == pytest.approx(years)
    rows = [shown.mark(i).ends[0, 1] for i in shown.data.index]
    assert rows == sorted(rows, reverse=True) and shown.data["start"].is_monotonic_increasing


def test_the_map_places_marks_and_outlines_by_the_projection():
    # Snyder, USGS Professional Paper 1395, p. 291: his worked example on a sphere.
    assert albers(-75.0, 35.0, (-96.0, 23.0), (29.5, 45.5)) == pytest.approx((0.2952720, 0.2416774), abs=1e-7)
    shown = picture("spread")
    places = kz.load_places().loc[shown.data.index]
    for place_id, row in places.iterrows():
        assert shown.mark(place_id).values[0] == pytest.approx(albers(row["longitude"], row["latitude"]))
    lat, lon = np.radians(places["latitude"].astype(float)), np.radians(places["longitude"].astype(float))
    inches = {place_id: shown.mark(place_id).ends[0] for place_id in places.index}
    scale = []
    for a in ("aktau", "almaty", "astana", "shymkent"):
        for b in places.index[places.index > a]:
            cosine = np.sin(lat[a]) * np.sin(lat[b]) + np.cos(lat[a]) * np.cos(lat[b]) * np.cos(lon[a] - lon[b])
            if (km := 6371 * np.arccos(cosine)) > 300:
                scale.append(np.hypot(*(inches[a] - inches[b])) / km)
    assert len(scale) >= 6 and max(scale) / min(scale) < 1.02, "distances are in proportion"
    firsts = {place_id for place_id, row in shown.data.iterrows() if shown.mark(place_id).face == RED}
    assert firsts == {"janaozen"} == set(shown.data.index[shown.data["start"] == shown.data["start"].min()])
    for place_id, row in places.iterrows():
        near = [w.text for w in shown.words if np.allclose(w.at, inches[place_id]) and not w.number]
        assert near[0] == row["name_in_article"] and row["name"] in near


def test_the_map_has_its_countries_around_their_names_and_places():
    shown = picture("spread")
    countries = json.loads((ROOT / "kzdata/charts/central_asia.geojson").read_text(encoding="utf-8"))["features"]
    land = {c["properties"]["name"]: patch.get_path() for c, patch in zip(countries, shown.axes.patches, strict=True)}
    assert land["Kazakhstan"].contains_points([mark.values[0] for mark in shown.marks]).all()
    west, _ = land["Kazakhstan"].vertices.min(axis=0)
    assert west == pytest.approx(albers(46.6, 49.0)[0], abs=0.01), "Kazakhstan begins at 46.5 degrees east"
    named = {w.text: w.at * shown.figure.dpi for w in shown.words if w.text in land}
    assert len(named) >= 4
    for country, at in named.items():
        assert land[country].contains_point(shown.axes.transData.inverted().transform(at)), country


def owned(shown: Picture) -> tuple[float, list[Rectangle]]:
    """The share of the bar that is filled, and the squares of workers."""
    boxes = [p for p in shown.axes.patches if isinstance(p, Rectangle)]
    whole = max(boxes, key=Rectangle.get_width)
    filled = next(p for p in boxes if p.get_gid() == "mark-us-ownership")
    assert (filled.get_x(), filled.get_y(), filled.get_height()) == (whole.get_x(), whole.get_y(), whole.get_height())
    return filled.get_width() / whole.get_width(), [p for p in boxes if p not in (whole, filled)]


@pytest.mark.parametrize("percent, workers, unit", [(75, 40_000, 1000), (30, 12_250, 500)])
def test_the_bar_and_the_squares_are_as_large_as_their_numbers(percent, workers, unit, tables):
    replace(tables / "figures.csv", "companies,75,75,75", f"companies,{percent},{percent},{percent}")
    replace(tables / "figures.csv", "jobs,40000,40000,40000", f"jobs,{workers},{workers},{workers}")
    shown = Picture(kz.charts.tengizchevroil(tables))
    share, squares = owned(shown)
    assert share == pytest.approx(percent / 100) and len(squares) == ceil(workers / unit)
    areas = [s.get_width() * s.get_height() for s in squares]
    assert sum(areas) / areas[0] == pytest.approx(workers / unit)
    said = " ".join(words.text for words in shown.words)
    numbers = [f"{percent}%", f"{workers:,}"]
    assert holds(said, [*numbers, f"{100 - percent}%"]) and holds(shown.chart.alt, numbers)


@pytest.mark.parametrize("wages_per_year", [12, 1])
def test_years_of_wages_are_those_of_the_wage_that_they_name(wages_per_year):
    shown, best = Picture(kz.charts.years_of_wages(wages_per_year)), kz.load_figures()["best"]
    for total in ("london-property", "family-net-worth"):
        marks = sorted((mark for mark in shown.marks if mark.row_id == total), key=lambda mark: mark.values[0, 0])
        for mark, wage in zip(marks, ("median", "minimum"), strict=True):
            value = best[total] / best[f"{wage}-wage"] / wages_per_year
            assert mark.values[0, 0] == pytest.approx(value)
            (text,) = [w.text for w in shown.words if np.allclose(w.at, mark.ends[0], atol=0.01) and not w.number]
            assert holds(text, [wage, rounded(value)]) and text in shown.chart.alt
    net = best["family-net-worth"] / best["median-wage"] / wages_per_year
    assert holds(shown.chart.title, [rounded(net)])
    said = f"{wages_per_year} wage{'s' * (wages_per_year > 1)} a year"
    assert said in shown.chart.subtitle and said in shown.chart.alt


def test_bars_of_a_range_end_lighter():
    shown = picture("fuel_price")
    ends = [p for p in shown.axes.patches if isinstance(p, Rectangle) and not p.get_gid() and p.get_width() > 0]
    assert [(p.get_x(), p.get_x() + p.get_width()) for p in ends] == [(50, 60)]


def test_states_that_the_article_names_are_filled():
    shown = picture("csto_troops")
    filled = {shown.data.loc[mark.row_id, "subject"] for mark in shown.marks if mark.face == BLACK}
    words = kz.load_figures().loc["csto-contributors", "quantity_text"]
    assert filled == set(re.split(", | and ", words)) and WHITE in {mark.face for mark in shown.marks}
    lengths = [mark.values[1, 0] for mark in sorted(shown.marks, key=lambda mark: -mark.ends[0, 1])]
    assert lengths == sorted(lengths, reverse=True)
