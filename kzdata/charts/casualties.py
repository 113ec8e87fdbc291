"""Charts of the casualty figures: the toll of 2011 and 2022, and who is credited with which figure."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from kzdata.changes import ARTICLE
from kzdata.charts import layout
from kzdata.charts.chart import Chart, above_zero, make_chart, pick, some, source_line, stated, titled, value_of
from kzdata.charts.layout import ACCENT, INK, PALE, SOFT
from kzdata.charts.marks import ARROW, interval
from kzdata.dates import format_time
from kzdata.quantities import format_quantity, quantity_of, ratio

#: How a mark shows the modality: filled where the article asserts, hollow where it credits or doubts somebody.
FACES = {"asserted": ACCENT, "attributed": "white", "hedged": "white", "doubted": "white"}
LEFT = 1.65  # inches for the labels of the rows


def casualties(data_dir: str | Path | None = None) -> Chart:
    """The dead, injured, arrested and detained of 2011 and 2022, as intervals.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One row a figure. A bar is a vague word, a disc a stated number, an arrow a
        number with no upper bound; hollow marks are credited to somebody.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    figures, excerpts = stated("figures", data_dir), stated("excerpts", data_dir)
    drawn = above_zero(figures[figures["topic"] == "casualties"], "figures", data_dir)
    data, notes = layout.notes_for(drawn, excerpts)
    data = data.assign(year=data["start"].dt.year.astype("Int64")).sort_values(
        ["year", "high", "low"], ascending=[True, False, False]
    )
    before, now = (row for _, row in pick(data, ["killed-2011", "killed-2022"], "figures", data_dir).iterrows())
    times = format_quantity(ratio(quantity_of(now), quantity_of(before)))
    many, few = (
        f"{value_of(now)} dead of {format_time(now['start'], now['end'])}",
        format_time(before["start"], before["end"]),
    )
    says = f"The article’s {many} are {times} times its “{before['quantity_text']}” of {few}"
    title = titled(says, f"{many}, {times} times the {value_of(before)} of {few}", data, excerpts, data_dir)
    subtitle = (
        "Persons. Bars are vague words, read as intervals; arrows have no upper bound; rings are credited to others, "
        f"dashed where the article doubts. {layout.LOG_SCALE}"
    )
    with layout.style():
        places, heads, height = _rows(data["year"])
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), height, left=LEFT)
        layout.log_axis(axes, data[["low", "best", "high"]].stack(), (2, 30))
        axes.set_ylim(height, 0)
        for year, y in heads.items():
            layout.row_label(axes, y, year, LEFT, bold=True)
        for y, (figure_id, row) in zip(places, data.iterrows()):
            axes.axhline(y, color=PALE, linewidth=0.8)
            layout.row_label(axes, y, layout.sentence(row["measure"]), LEFT, row["subject"])
            _interval(axes, y, figure_id, row)
    said = [f"{_year(row['year'])}, {row['subject']}, {row['measure']}: {_words(row)}" for _, row in data.iterrows()]
    alt = f"Chart of intervals on a logarithmic scale of persons. {'; '.join(said)}."
    return make_chart("casualties", title, subtitle, alt, figure, data, excerpts, data_dir)


def attribution(data_dir: str | Path | None = None) -> Chart:
    """Who is credited with which figure on economy, labour and casualties.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One tile a figure, grouped by the voice that states it. Quotations in the
        margin are those that credit somebody.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    excerpts = stated("excerpts", data_dir)
    all_figures = stated("figures", data_dir)
    figures = pd.concat(
        [all_figures[all_figures["topic"].isin(topics)] for topics in (["casualties"], ["economy", "labour"])]
    )
    others = some(figures[figures["attributed_to"] != ARTICLE], "figures", data_dir)
    credited, notes = layout.notes_for(others.sort_values("excerpt_id", key=excerpts.index.get_indexer), excerpts)
    own = figures[figures["attributed_to"] == ARTICLE]
    data = pd.concat([credited, own.assign(excerpt=pd.array([pd.NA] * len(own), dtype="Int64"))])
    count = f"{len(credited)} of {len(data)} figures on economy and casualties"
    says = f"The article credits {count.replace('of', 'of its', 1)} to somebody else"
    title = titled(says, f"{count} are not in the article’s own voice", data, excerpts, data_dir)
    subtitle = (
        "One tile a figure, with the value read from its words: a vague word as an interval, a plural as at least two. "
        "Those credited to nobody are in the article’s own voice."
    )
    groups = {name: group for name, group in data.groupby("attributed_to", sort=False)}
    with layout.style():
        tiles = _tiles(groups)
        source = source_line(data_dir, data, excerpts)
        figure, axes = layout.page(title, subtitle, notes, source, tiles.height, bottom=0)
        axes.set(xlim=(0, layout.PLOT_WIDTH), ylim=(tiles.height, 0))
        axes.axis("off")
        for x, y, line in tiles.heads:
            layout.label(axes, x, y, line, fontproperties=layout.VALUE)
        for (figure_id, row), corner in zip(data.iterrows(), tiles.corners):
            _tile(axes, figure_id, row, *corner, tiles.tile)
    said = [
        f"{_heading(name, group)}: {', '.join(f'{_about(row)} {value_of(row)}' for _, row in group.iterrows())}"
        for name, group in groups.items()
    ]
    alt = f"Tiles grouped by who states the figure. {'; '.join(said)}."
    return make_chart("attribution", title, subtitle, alt, figure, data, excerpts, data_dir)


def _rows(years: pd.Series) -> tuple[list[float], dict[str, float], float]:
    """Heights of the rows and of the headings over each year, and of the whole, in inches."""
    places, heads, y = [], {}, 0.0
    for year in map(_year, years):
        if year not in heads:
            heads[year] = y + 0.15
            y += 0.5
        places.append(y + 0.12)
        y += 0.52
    return places, heads, y


def _when(row: pd.Series) -> str:
    return format_time(row["start"], row["end"])


def _year(year: int) -> str:
    return "Undated" if pd.isna(year) else str(year)


def _interval(axes: Axes, y: float, figure_id: str, row: pd.Series) -> None:
    quantity = quantity_of(row)
    line = (0, (1.5, 1)) if row["modality"] == "doubted" else "solid"
    color = SOFT if row["changed"] else ACCENT
    first, last = interval(axes, y, quantity, f"mark-{figure_id}", color, FACES[row["modality"]], line)
    # The label goes to the right if it fits there, or else to the side with more room, in as many lines as it takes.
    text, reach = _words(row), 26 + (ARROW if quantity.best is None and quantity.high is None else 0)
    right, left = (room - reach / 72 for room in _room(axes, last, first))
    side = 1 if layout.width_of(text, layout.LABEL) < right or right > left else -1
    lines = layout.balance(text, layout.LABEL, right if side > 0 else left)
    x = last if side > 0 else first
    layout.badge(axes, row["excerpt"], x, y, dx=side * (reach - 11))
    layout.label(axes, x, y, "\n".join(lines), dx=side * reach, ha="left" if side > 0 else "right")


def _room(axes: Axes, right_of: float, left_of: float) -> tuple[float, float]:
    """Inches of plot right and left of a mark."""
    low, high = map(log10, axes.get_xlim())
    inch = (layout.PLOT_WIDTH - LEFT) / (high - low)
    return (high - log10(right_of)) * inch + 0.1, (log10(left_of) - low) * inch


def _words(row: pd.Series) -> str:
    """The value, the vague words that state it, and who is credited with it."""
    behind = [f"“{row['quantity_text']}”"] if row["reading"] == "vague" and not row["changed"] else []
    behind += [row["attributed_to"]] if row["attributed_to"] != ARTICLE else []
    behind += ["doubted by the article"] if row["modality"] == "doubted" else []
    return value_of(row) + (f" ({', '.join(behind)})" if behind else "")


COLUMNS, TILE_GAP = 4, 0.08
TILE_WIDTH = (layout.PLOT_WIDTH - (COLUMNS - 1) * TILE_GAP) / COLUMNS
STEP = TILE_WIDTH + TILE_GAP


@dataclass
class Tiles:
    """Where the tiles and their headings stand, in inches from the top left of the plot."""

    corners: list[tuple[float, float]]
    heads: list[tuple[float, float, str]]
    tile: float
    height: float


def _tiles(groups: dict[str, pd.DataFrame]) -> Tiles:
    """Place the groups, side by side while a row has room for them."""
    lines = max(len(_about_lines(row)) for group in groups.values() for _, row in group.iterrows())
    place = Tiles([], [], tile=0.28 + lines * 0.14, height=0.0)
    heads = {
        name: layout.wrap(_heading(name, group), layout.VALUE, min(len(group), COLUMNS) * STEP - 0.15)
        for name, group in groups.items()
    }
    tallest = max((len(heads[name]) for name, group in groups.items() if len(group) < COLUMNS), default=1)
    column, y = 0, 0.0
    for name, group in groups.items():
        if column + len(group) > COLUMNS:
            column, y = 0, place.height
        head = heads[name]
        top = y + 0.12 + 0.17 * (tallest if len(group) < COLUMNS else len(head))
        place.heads += [(column * STEP, top - 0.16 - (len(head) - 1 - n) * 0.17, line) for n, line in enumerate(head)]
        for n in range(len(group)):
            row, cell = divmod(column + n, COLUMNS)
            place.corners.append((cell * STEP, top + row * (place.tile + TILE_GAP)))
        place.height = max(place.height, place.corners[-1][1] + place.tile + 0.2)
        column += len(group)
    return place


def _heading(name: str, group: pd.DataFrame) -> str:
    doubt = ", doubted" if (group["modality"] == "doubted").any() else ""
    return f"{layout.sentence(name) if name != ARTICLE else 'In its own voice'}{doubt} ({len(group)})"


def _tile(axes: Axes, figure_id: str, row: pd.Series, x: float, y: float, height: float) -> None:
    own = row["attributed_to"] == ARTICLE
    line = "dashed" if row["modality"] == "doubted" else "solid"
    axes.add_patch(FancyBboxPatch((x, y), TILE_WIDTH, height, boxstyle="square,pad=0", linestyle=line,
                                  facecolor="#F2F2F2" if own else "white", edgecolor="none" if own else ACCENT,
                                  linewidth=1.2, gid=f"mark-{figure_id}"))  # fmt: skip
    color = INK if own else ACCENT
    value = format_quantity(quantity_of(row), row["unit"])  # the heading over it says who has changed it
    layout.label(axes, x, y + 0.13, value, dx=6, fontproperties=layout.VALUE, color=color, bbox=None)
    for n, text in enumerate(_about_lines(row)):
        layout.label(axes, x, y + 0.29 + n * 0.14, text, dx=6, fontproperties=layout.SMALL, color=SOFT, bbox=None)
    if not own:
        layout.badge(axes, row["excerpt"], x + TILE_WIDTH, y + 0.13, dx=-11)


def _about(row: pd.Series) -> str:
    """Subject and measure, and the year of a casualty."""
    dated = row["topic"] == "casualties" and pd.notna(row["start"])
    return f"{row['subject']}: {row['measure']}" + (f", {row['start'].year}" if dated else "")


def _about_lines(row: pd.Series) -> list[str]:
    return layout.wrap(_about(row), layout.SMALL, TILE_WIDTH - 0.14)
