"""Charts of the tolls that others report beside the article's: January 2022 day by day, and Zhanaozen in 2011."""

from __future__ import annotations

import pandas as pd

from kzdata.citation import beside, who
from kzdata.dates import format_as_of, format_time, middle
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import ARROW, LOG_SCALE, Plot, color_of, ends_of
from kzdata.drawing.page import Page
from kzdata.drawing.style import SOFT
from kzdata.drawing.text import sentence
from kzdata.quantities import format_number, quantity_of
from kzdata.readers_changes import ARTICLE, OWN, value_of

#: Measures of the toll, each a panel, and the figure of the article in it.
PANELS = {"killed": "Killed", "injured": "Injured", "detained": "Detained or arrested"}
TOLL = {"killed-2022": "killed", "arrested-2022": "detained"}
DATE_WIDTH, ROW, HEAD = 0.95, 0.52, 0.35  # inches


@chart
def toll_as_reported(page: Page) -> str:
    """The toll of January 2022 as it was reported from day to day, with the article's at the date it credits.

    Dates run downwards; one panel each for the killed, injured and detained.
    """
    data = page.quote(_toll(page))
    toll = data.loc["killed-2022"]
    same = data[~data["publisher"].isin(OWN) & (data["measure"] == "killed") & (data["best"] == toll["best"])]
    seen = f"the report of that number here is of {format_as_of(same['as_of'].iloc[0], 3)}" if len(same) else ""
    report = seen or "no report here has it"
    dead, day = f"{value_of(toll)} dead", format_as_of(toll["as_of"], 3)
    page.head(
        data,
        f"The article credits its {dead} to {toll['attributed_to']}, {day}; {report}",
        f"{dead}, {day}; {report}",
        "Persons, by the date of the count; each column has a scale of its own, and an arrow means at least. "
        "Red: the article, which writes arrested where others write detained.",
    )
    lines = _lines(data)
    height = HEAD + ROW * (max(lines.values()) + 1)
    plot = page.plot(height, bottom=0, bare=True)
    panel_width = (plot.width - DATE_WIDTH) / len(PANELS)
    for number, (measure, name) in enumerate(PANELS.items()):
        left = DATE_WIDTH + number * panel_width
        plot.label(left, 0.12, name, "value")
        plot.axes.plot((left, left), (HEAD, height), color=SOFT, linewidth=0.8)
        panel = data[data["measure"] == measure]
        most = max(panel[["low", "best", "high"]].max(axis=None), 1) if len(panel) else 1
        for row_id, row in panel.iterrows():
            _lollipop(plot, left, _middle(lines[row_id]), row_id, row, (panel_width - 0.62) / most)
    for day, rows in data.groupby("as_of"):
        first = min(lines[row_id] for row_id in rows.index)
        plot.label(0, _middle(first), format_as_of(day, 3), color=SOFT)
    said = [f"{format_as_of(r['as_of'], 3)}, {r['measure']}: {value_of(r)} ({_credit(r)})" for _, r in data.iterrows()]
    return f"Small multiples of counts by date: {'; '.join(said)}."


def _toll(page: Page) -> pd.DataFrame:
    """The counts of everybody by date: the article's, and others' by figure and comparability or by their measure.

    Parts of the toll are coded as narrower and have a measure of their own. One number of one day stands once.
    """
    figures, references = page.numbers("figures", list(TOLL)), page.rows("references")
    for figure_id in figures.index[figures["end"].isna()]:
        expected = "the day of the count, by which this chart places it"
        raise page.tables.error("figures", figure_id, "end", expected)
    figures = figures.assign(as_of=figures["end"].dt.strftime("%Y-%m-%d"), measure=list(TOLL.values()))
    whole = references["comparability"].isin(["same measure", "later revision"])
    measure = references["figure_id"].map(TOLL).where(whole)
    named = (references["excerpt_id"] == figures.loc["killed-2022", "excerpt_id"]) & references["measure"].isin(
        list(PANELS)
    )
    counts = references.assign(measure=measure.fillna(references["measure"].where(named))).dropna(subset="measure")
    data = beside(figures, counts.drop_duplicates(["as_of", "measure", "low", "best", "high"]))
    return data.sort_values("as_of", key=lambda dates: dates.map(middle))


def _lines(data: pd.DataFrame) -> dict[str, int]:
    """The line of each mark: a day has as many as one of its panels has counts."""
    lines: dict[str, int] = {}
    first = 0
    for _, day in data.groupby("as_of", sort=False):
        place = day.groupby("measure").cumcount()
        lines |= (place + first).to_dict()
        first += int(place.max()) + 1
    return lines


def _middle(line: int) -> float:
    return HEAD + ROW * (line + 0.5) - 0.06


def _lollipop(plot: Plot, left: float, y: float, row_id: str, row: pd.Series, inches: float) -> None:
    """A count as a line from the panel's edge, with its value and who said it; an arrow where it is a bound."""
    color, (low, high) = color_of(row), ends_of(row)
    x = left + (high if pd.isna(row["low"]) else low) * inches
    marker = ">" if pd.isna(row["high"]) else "<" if pd.isna(row["low"]) else "o"
    plot.axes.plot((left, x), (y, y), color=color, linewidth=1.5)
    plot.axes.plot(x, y, marker, color=color, markersize=7, gid=f"mark-{row_id}", zorder=3)
    plot.value(x, y, value_of(row), 7, row["excerpt"] if row["publisher"] in OWN else None, gap=11, color=color)
    plot.label(left, y + 0.17, who(row), "small", dx=4, color=SOFT)


def _credit(row: pd.Series) -> str:
    return f"{ARTICLE}, crediting {row['attributed_to']}" if row["publisher"] == ARTICLE else who(row)


@chart
def zhanaozen_2011(page: Page) -> str:
    """The killed and injured of Zhanaozen in 2011: the article's vague words beside the numbers of others.

    One row a statement. A bar is a vague word, a disc a number, an arrow has no upper bound.
    """
    references = page.rows("references")
    figures = page.above_zero(page.tables.pick(page.rows("figures"), ["killed-2011", "injured-2011"]))
    told = page.above_zero(page.tables.some(references[references["figure_id"].isin(figures.index)]))
    data = beside(figures, told).sort_values(["measure", "low"], ascending=[False, True])
    data = page.quote(data)
    own, since = data.loc["killed-2011"], format_time(*figures.loc["killed-2011", ["start", "end"]])
    killed = data[~data["publisher"].isin(OWN) & (data["figure_id"] == "killed-2011")][["low", "best", "high"]]
    numbers = f"numbers from {format_number(killed.min(axis=None))} to {format_number(killed.max(axis=None))}"
    page.head(
        data,
        f"The article’s “{own['quantity_text']}” killed in {since}, {value_of(own)}, stand beside {numbers}",
        f"{value_of(own)} killed in {since} beside {numbers}",
        f"Persons. Bar: a vague word, read as an interval; arrow: no upper bound; red: the article. {LOG_SCALE}",
    )
    height = 2 * 0.4 + 0.42 * len(data)
    plot = page.plot(height, left=2.0)
    plot.log_axis(data[["low", "best", "high"]].stack(), (2, 4))
    plot.axes.set_ylim(height, 0)
    y = 0.2
    for measure, group in data.groupby("measure", sort=False):
        plot.row_label(y, sentence(measure), bold=True)
        y += 0.4
        for row_id, row in group.iterrows():
            detail = row["publisher"] if row["publisher"] not in (*OWN, who(row)) else ""
            plot.row_label(y, sentence(_words_of(row)), detail)
            _statement(plot, y, f"mark-{row_id}", row)
            y += 0.42
    said = [f"{row['measure']}, {_words_of(row)}: {value_of(row)}" for _, row in data.iterrows()]
    return f"Chart of intervals on a logarithmic scale of persons. {'; '.join(said)}."


def _statement(plot: Plot, y: float, gid: str, row: pd.Series) -> None:
    color = color_of(row)
    _, end = plot.interval(y, quantity_of(row), gid, color, color)
    reach = 10 + (ARROW if pd.isna(row["high"]) else 0)
    plot.value(end, y, value_of(row), reach, row["excerpt"] if row["publisher"] in OWN else None, color=color)


def _words_of(row: pd.Series) -> str:
    return f"{ARTICLE}: “{row['quantity_text']}”" if row["publisher"] == ARTICLE else who(row)
