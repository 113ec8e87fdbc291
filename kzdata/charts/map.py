"""The map: where the article has the protest spread."""

import json
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from kzdata.dates import format_days
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import PAPER, Plot, as_stated
from kzdata.drawing.page import Page
from kzdata.drawing.style import ACCENT, GREY, INK, SOFT

SEA, LAND, HOME = "#FFFFFF", "#ECECEC", "#D6D6D6"
#: Offsets of the labels from their marks, in points, and the ground they stand on: the three places of the west
#: lie within a quarter of an inch.
OFFSETS = {"aktau": (-46, 26, SEA), "mangystau": (16, 52, HOME), "janaozen": (34, -44, LAND), "astana": (12, 12, HOME),
           "almaty": (-20, -34, LAND), "shymkent": (-60, 38, HOME)}  # fmt: skip
NAMES = {"Kazakhstan": (66.5, 48.2), "Russia": (60.5, 54.8), "China": (85.5, 43.2), "Uzbekistan": (62.6, 42.4),
         "Caspian Sea": (50.6, 41.0)}  # fmt: skip
EDGES = {"latitude": (38.6, 56.0), "longitude": (44.0, 88.5)}  # degrees: south, north; west, east
Numbers = TypeVar("Numbers", float, NDArray[np.float64])  # one, or as many as there are points


@chart
def spread(page: Page) -> str:
    """The places that the article names for the protest of 2 to 4 January 2022.

    A map in Albers' equal-area projection. Places: GeoNames (CC BY 4.0);
    outlines: Natural Earth 1:50m (public domain).
    """
    places = page.rows("places")
    events = page.tables.pick(page.rows("events"), ["janaozen-protest", "spread"])
    page.check(events[:1], "place_id", events[:1]["place_id"].notna(), "a place, which the map begins with")
    first, later = (row for _, row in events.iterrows())
    words = page.excerpts.loc[later["excerpt_id"], "exact"]
    reached = places[places["latitude"].notna() & places["name_in_article"].map(lambda name: name in words)]
    data = pd.concat([_on(first, places.loc[[first["place_id"]]]), _on(later, reached)])
    for column, (low, high) in EDGES.items():
        page.check(data, column, data[column].between(low, high), f"a number from {low} to {high}, which the map shows")
    data = page.quote(data, "name_in_article")
    start, rest = (format_days(event["start"], event["end"]) for event in (first, later))
    found = f"{places.loc[first['place_id'], 'name_in_article']} on {start} to {len(reached)} more places on {rest}"
    page.head(
        data,
        f"From {found}, as the article names them",
        f"from {found}",
        "Names as the article spells them, and standard names today where they differ. Its list ends in “…”.",
        " Places: GeoNames, CC BY 4.0. Outlines: Natural Earth.",
    )
    middle = {axis: sum(edges) / 2 for axis, edges in EDGES.items()}
    west, east = (albers(longitude, middle["latitude"])[0] for longitude in EDGES["longitude"])
    south, north = (albers(middle["longitude"], latitude)[1] for latitude in EDGES["latitude"])
    plot = page.plot(page.form.plot * (north - south) / (east - west), bottom=0.15)
    plot.axes.set(xlim=(west, east), ylim=(south, north), facecolor=SEA, xticks=[], yticks=[])
    plot.axes.spines["bottom"].set_visible(False)
    _draw_land(plot.axes)
    for name, point in NAMES.items():
        kind = "value" if name == "Kazakhstan" else "small"
        plot.label(*albers(*point), name, kind, ha="center", color=SOFT, bbox=None)
    for place_id, row in data.iterrows():
        _draw_place(plot, place_id, row, row["excerpt_id"] == first["excerpt_id"])
    said = [f"{as_stated(row, 'name_in_article')}{_standard(row)}, {_day(row)}" for _, row in data.iterrows()]
    return f"Map of Kazakhstan with the places named: {'; '.join(said)}."


def albers(
    longitude: Numbers, latitude: Numbers, center: tuple[float, float] = (67.0, 48.0),
    parallels: tuple[float, float] = (43.0, 53.0),
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Albers' equal-area conic projection on a sphere of radius 1 (Snyder, USGS Professional Paper 1395, p. 100).

    Takes degrees (WGS 84), those of the origin and of the two standard parallels too; returns x to the east and
    y to the north, in radii of the sphere.
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


def _draw_land(axes: Axes) -> None:
    outlines = json.loads((Path(__file__).parent / "central_asia.geojson").read_text(encoding="utf-8"))
    for feature in outlines["features"]:
        rings = [np.column_stack(albers(*np.array(ring).T)) for ring in chain(*feature["geometry"]["coordinates"])]
        path = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
        color = HOME if feature["properties"]["name"] == "Kazakhstan" else LAND
        axes.add_patch(PathPatch(path, facecolor=color, edgecolor=GREY, linewidth=0.5))


def _draw_place(plot: Plot, place_id: str, row: pd.Series, first: bool) -> None:
    x, y = albers(float(row["longitude"]), float(row["latitude"]))
    dx, dy, ground = OFFSETS.get(place_id, (12, 12, HOME))
    paper = PAPER | {"boxstyle": "square,pad=0.05", "facecolor": ground}  # keeps borders out of the words
    line = dict(arrowstyle="-", color=SOFT, linewidth=0.7)
    plot.axes.annotate("", (x, y), (dx, dy), textcoords="offset points", arrowprops=line)
    size, shape, color = (8, "o", ACCENT) if first else (6, "D", INK)
    plot.mark(x, y, place_id, size, shape, color=color, markeredgecolor="white", markeredgewidth=0.8, zorder=4)
    plot.badge(row["excerpt"], x, y, dx=dx, dy=dy)
    plot.label(x, y, as_stated(row, "name_in_article"), "value", dx=dx + 11, dy=dy, bbox=paper)
    if _standard(row):
        plot.label(x, y, row["name"], "small", dx=dx + 11, dy=dy - 11.5, color=SOFT, bbox=paper)


def _standard(row: pd.Series) -> str:
    return "" if row["name"] == row["name_in_article"] else f" ({row['name']})"
