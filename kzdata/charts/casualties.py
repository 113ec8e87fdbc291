"""The chart of the casualty figures: the toll of 2011 and 2022 as the article states it."""

from __future__ import annotations

from math import log10

import pandas as pd

from kzdata.dates import format_time
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import ARROW, LOG_SCALE, Plot
from kzdata.drawing.page import Page
from kzdata.drawing.style import ACCENT, PALE, SOFT
from kzdata.drawing.text import balance, sentence, width_of
from kzdata.quantities import format_quantity, quantity_of, ratio
from kzdata.readers_changes import ARTICLE, value_of

#: How a mark shows the modality: filled where the article asserts, hollow where it credits or doubts somebody.
FACES = {"asserted": ACCENT, "attributed": "white", "hedged": "white", "doubted": "white"}


@chart
def casualties(page: Page) -> str:
    """The dead, injured, arrested and detained of 2011 and 2022, as intervals.

    One row a figure. A bar is a vague word, a disc a stated number, an arrow a
    number with no upper bound; hollow marks are credited to somebody.
    """
    figures = page.rows("figures")
    data = page.quote(page.above_zero(figures[figures["topic"] == "casualties"]))
    data = data.assign(year=data["start"].dt.year.astype("Int64")).sort_values(
        ["year", "high", "low"], ascending=[True, False, False]
    )
    before, now = (row for _, row in page.tables.pick(data, ["killed-2011", "killed-2022"]).iterrows())
    times = format_quantity(ratio(quantity_of(now), quantity_of(before)))
    then, since = (format_time(row["start"], row["end"]) for row in (before, now))
    many = f"{value_of(now)} dead of {since}"
    page.head(
        data,
        f"The article’s {many} are {times} times its “{before['quantity_text']}” of {then}",
        f"{many}, {times} times the {value_of(before)} of {then}",
        "Persons. Bars are vague words, read as intervals; arrows have no upper bound; rings are credited to others, "
        f"dashed where the article doubts. {LOG_SCALE}",
    )
    places, heads, height = _rows(data["year"])
    plot = page.plot(height, left=1.65)
    plot.log_axis(data[["low", "best", "high"]].stack(), (2, 30))
    plot.axes.set_ylim(height, 0)
    for year, y in heads.items():
        plot.row_label(y, year, bold=True)
    for y, (figure_id, row) in zip(places, data.iterrows()):
        plot.axes.axhline(y, color=PALE, linewidth=0.8)
        plot.row_label(y, sentence(row["measure"]), row["subject"])
        _interval(plot, y, figure_id, row)
    said = [f"{_year(row['year'])}, {row['subject']}, {row['measure']}: {_words(row)}" for _, row in data.iterrows()]
    return f"Chart of intervals on a logarithmic scale of persons. {'; '.join(said)}."


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


def _year(year: int) -> str:
    return "Undated" if pd.isna(year) else str(year)


def _interval(plot: Plot, y: float, figure_id: str, row: pd.Series) -> None:
    quantity, font = quantity_of(row), plot.fonts["label"]
    line = (0, (1.5, 1)) if row["modality"] == "doubted" else "solid"
    color = SOFT if row["changed"] else ACCENT
    first, last = plot.interval(y, quantity, f"mark-{figure_id}", color, FACES[row["modality"]], line)
    # The label goes to the right if it fits there, or else to the side with more room, in as many lines as it takes.
    text, reach = _words(row), 26 + (ARROW if quantity.best is None and quantity.high is None else 0)
    right, left = (room - reach / 72 for room in _room(plot, last, first))
    side = 1 if width_of(text, font) < right or right > left else -1
    lines = balance(text, font, right if side > 0 else left)
    x = last if side > 0 else first
    plot.badge(row["excerpt"], x, y, dx=side * (reach - 11))
    plot.label(x, y, "\n".join(lines), dx=side * reach, ha="left" if side > 0 else "right")


def _room(plot: Plot, right_of: float, left_of: float) -> tuple[float, float]:
    """Inches of plot right and left of a mark."""
    low, high = map(log10, plot.axes.get_xlim())
    inch = plot.width / (high - low)
    return (high - log10(right_of)) * inch + 0.1, (log10(left_of) - low) * inch


def _words(row: pd.Series) -> str:
    """The value, the vague words that state it, and who is credited with it."""
    behind = [f"“{row['quantity_text']}”"] if row["reading"] == "vague" and not row["changed"] else []
    behind += [row["attributed_to"]] if row["attributed_to"] != ARTICLE else []
    behind += ["doubted by the article"] if row["modality"] == "doubted" else []
    return value_of(row) + (f" ({', '.join(behind)})" if behind else "")
