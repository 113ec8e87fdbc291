"""The map: where the article has the protest spread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from kzdata.charts import layout
from kzdata.charts.chart import Chart, make_chart, pick, source_line, stated, titled
from kzdata.charts.layout import ACCENT, GREY, INK, SOFT
from kzdata.dates import format_days
from kzdata.schema import row_error

SEA, LAND, HOME = "#FFFFFF", "#ECECEC", "#D6D6D6"
#: Offsets of the labels from their marks, in points, and the ground they stand on: the three places of the west
#: lie within a quarter of an inch.
OFFSETS = {"aktau": (-46, 26, SEA), "mangystau": (16, 52, HOME), "janaozen": (34, -44, LAND), "astana": (12, 12, HOME),
           "almaty": (-20, -34, LAND), "shymkent": (-60, 38, HOME)}  # fmt: skip
COUNTRIES = {"Kazakhstan": (66.5, 48.2), "Russia": (60.5, 54.8), "China": (85.5, 43.2), "Uzbekistan": (62.6, 42.4)}
CASPIAN = (50.6, 41.0)
EDGES = (44.0, 88.5, 38.6, 56.0)  # degrees: west, east, south, north
Numbers = TypeVar("Numbers", float, NDArray[np.float64])  # one, or as many as there are points


def spread(data_dir: str | Path | None = None) -> Chart:
    """The places that the article names for the protest of 2 to 4 January 2022.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        A map in Albers' equal-area projection. Places: GeoNames (CC BY 4.0);
        outlines: Natural Earth 1:50m (public domain).

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    events, excerpts, places = (stated(name, data_dir) for name in ("events", "excerpts", "places"))
    dated = pick(events, ["janaozen-protest", "spread"], "events", data_dir)
    first, later = dated.iloc[0], dated.iloc[1]
    if pd.isna(first["place_id"]):
        raise row_error("events", data_dir, "janaozen-protest", "place_id", "a place, which the map begins with")
    words = excerpts.loc[later["excerpt_id"], "exact"]
    reached = places[places["latitude"].notna() & places["name_in_article"].map(lambda name: name in words)]
    data = pd.concat([_on(first, places.loc[[first["place_id"]]]), _on(later, reached)])
    _check_on_map(data, data_dir)
    data, notes = layout.notes_for(data, excerpts, "name_in_article")
    start, rest = (format_days(event["start"], event["end"]) for event in (first, later))
    found = f"{places.loc[first['place_id'], 'name_in_article']} on {start} to {len(reached)} more places on {rest}"
    title = titled(f"From {found}, as the article names them", f"from {found}", data, excerpts, data_dir)
    subtitle = "Names as the article spells them, and standard names today where they differ. Its list ends in “…”."
    source = source_line(data_dir, data, excerpts) + " Places: GeoNames, CC BY 4.0. Outlines: Natural Earth."
    with layout.style():
        (west, south), (east, north) = _frame()
        height = layout.PLOT_WIDTH * (north - south) / (east - west)
        figure, axes = layout.page(title, subtitle, notes, source, height, bottom=0.15)
        axes.set(xlim=(west, east), ylim=(south, north), facecolor=SEA, xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        _draw_land(axes)
        for name, (longitude, latitude) in COUNTRIES.items():
            color, font = (SOFT, layout.VALUE) if name == "Kazakhstan" else (SOFT, layout.SMALL)
            layout.label(
                axes, *albers(longitude, latitude), name, ha="center", color=color, fontproperties=font, bbox=None
            )
        layout.label(
            axes, *albers(*CASPIAN), "Caspian Sea", ha="center", color=SOFT, fontproperties=layout.SMALL, bbox=None
        )
        for place_id, row in data.iterrows():
            _draw_place(axes, place_id, row, row["excerpt_id"] == first["excerpt_id"])
    said = [f"{_name(row)}{_standard(row)}, {_day(row)}" for _, row in data.iterrows()]
    alt = f"Map of Kazakhstan with the places named: {'; '.join(said)}."
    return make_chart("spread", title, subtitle, alt, figure, data, excerpts, data_dir)


def albers(
    longitude: Numbers, latitude: Numbers, center: tuple[float, float] = (67.0, 48.0),
    parallels: tuple[float, float] = (43.0, 53.0),
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Albers' equal-area conic projection on a sphere of radius 1 (Snyder, USGS Professional Paper 1395, p. 100).

    Parameters
    ----------
    longitude, latitude : float or array
        WGS 84, degrees.
    center : tuple of float
        Longitude and latitude of the origin.
    parallels : tuple of float
        The two standard parallels.

    Returns
    -------
    tuple of float or array
        x to the east and y to the north, in radii of the sphere.
    """
    phi, lam = np.radians(latitude), np.radians(longitude - center[0])
    one, two, origin = np.radians([*parallels, center[1]])
    n = (np.sin(one) + np.sin(two)) / 2
    c = np.cos(one) ** 2 + 2 * n * np.sin(one)
    rho, rho0 = (np.sqrt(c - 2 * n * np.sin(angle)) / n for angle in (phi, origin))
    return rho * np.sin(n * lam), rho0 - rho * np.cos(n * lam)


def _on(event: pd.Series, places: pd.DataFrame) -> pd.DataFrame:
    """Places with the event that reaches them."""
    changed = places["changed"].map(lambda own: "; ".join(filter(None, (event["changed"], own))))
    return places.assign(excerpt_id=event["excerpt_id"], start=event["start"], end=event["end"], changed=changed)


def _day(row: pd.Series) -> str:
    """One of the days: the article does not say which place on which."""
    return format_days(row["start"], row["end"]).replace(" and ", " or ")


def _name(row: pd.Series) -> str:
    return f"{row['name_in_article']}{' (changed)' if row['changed'] else ''}"


def _check_on_map(data: pd.DataFrame, data_dir: str | Path | None) -> None:
    west, east, south, north = EDGES
    for column, low, high in (("latitude", south, north), ("longitude", west, east)):
        for place_id in data.index[~data[column].between(low, high).fillna(False)]:
            raise row_error("places", data_dir, place_id, column, f"a number from {low} to {high}, which the map shows")


def _frame() -> tuple[tuple[float, float], tuple[float, float]]:
    west, east, south, north = EDGES
    middle = (west + east) / 2
    x0, _ = albers(west, (south + north) / 2)
    x1, _ = albers(east, (south + north) / 2)
    return (x0, float(albers(middle, south)[1])), (x1, float(albers(middle, north)[1]))


def _draw_land(axes: Axes) -> None:
    outlines = json.loads((layout.HERE / "central_asia.geojson").read_text(encoding="utf-8"))
    for feature in outlines["features"]:
        rings = [
            np.column_stack(albers(*np.array(ring).T))
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
        ]
        path = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
        color = HOME if feature["properties"]["name"] == "Kazakhstan" else LAND
        axes.add_patch(PathPatch(path, facecolor=color, edgecolor=GREY, linewidth=0.5))


def _draw_place(axes: Axes, place_id: str, row: pd.Series, first: bool) -> None:
    x, y = albers(float(row["longitude"]), float(row["latitude"]))
    dx, dy, ground = OFFSETS.get(place_id, (12, 12, HOME))
    paper = dict(boxstyle="square,pad=0.05", facecolor=ground, edgecolor="none")  # keeps borders out of the words
    axes.annotate(
        "", (x, y), (dx, dy), textcoords="offset points", arrowprops=dict(arrowstyle="-", color=SOFT, linewidth=0.7)
    )
    axes.plot(x, y, "o" if first else "D", color=ACCENT if first else INK, markersize=8 if first else 6,
              markeredgecolor="white", markeredgewidth=0.8, gid=f"mark-{place_id}", zorder=4)  # fmt: skip
    layout.badge(axes, row["excerpt"], x, y, dx=dx, dy=dy)
    layout.label(axes, x, y, _name(row), dx=dx + 11, dy=dy, fontproperties=layout.VALUE, bbox=paper)
    if _standard(row):
        layout.label(
            axes, x, y, row["name"], dx=dx + 11, dy=dy - 11.5, fontproperties=layout.SMALL, color=SOFT, bbox=paper
        )


def _standard(row: pd.Series) -> str:
    return "" if row["name"] == row["name_in_article"] else f" ({row['name']})"
