"""Charts of what others report on the article's matters: the tolls of 2022 and 2011, the troops, the price of fuel."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from kzdata.changes import ARTICLE
from kzdata.charts import layout
from kzdata.charts.chart import (
    OWN,
    Chart,
    above_zero,
    beside,
    make_chart,
    pick,
    some,
    source_line,
    stated,
    titled,
    value_of,
)
from kzdata.charts.layout import ACCENT, INK, PALE, SOFT
from kzdata.charts.marks import ARROW, interval
from kzdata.dates import format_day, format_month, format_time, middle
from kzdata.quantities import format_number, format_quantity, quantity_of, ratio
from kzdata.schema import row_error

#: Measures of the toll, each a panel, and the figure of the article in it.
PANELS = {"killed": "Killed", "injured": "Injured", "detained": "Detained or arrested"}
TOLL = {"killed-2022": "killed", "arrested-2022": "detained"}
#: Rows of the references that count the troops of all states, and prices that have a name of their own.
WHOLE_FORCE = ["csto-troops-announced", "csto-troops-sent"]
PRICES = {"lpg-price-2021": "{}", "lpg-price-2022": "From {}", "lpg-price-cap-2022": "Cap of {}"}
DATE_WIDTH, ROW, HEAD = 0.95, 0.52, 0.35  # inches
PANEL_WIDTH = (layout.PLOT_WIDTH - DATE_WIDTH) / len(PANELS)


def toll_as_reported(data_dir: str | Path | None = None) -> Chart:
    """The toll of January 2022 as it was reported from day to day, with the article's at the date it credits.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        Dates run downwards; one panel each for the killed, injured and detained.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    excerpts, references = stated("excerpts", data_dir), stated("references", data_dir)
    figures = pick(stated("figures", data_dir), list(TOLL), "figures", data_dir, "best")
    for figure_id in figures.index[figures["end"].isna()]:
        raise row_error("figures", data_dir, figure_id, "end", "the day of the count, by which this chart places it")
    figures = figures.assign(as_of=figures["end"].dt.strftime("%Y-%m-%d"), measure=list(TOLL.values()))
    data = beside(figures, _counts(references, figures.loc["killed-2022", "excerpt_id"]))
    data, notes = layout.notes_for(data.sort_values("as_of", key=lambda dates: dates.map(middle)), excerpts)
    toll = data.loc["killed-2022"]
    same = data[~data["publisher"].isin(OWN) & (data["measure"] == "killed") & (data["best"] == toll["best"])]
    report = (
        f"the report of that number here is of {_day(same['as_of'].iloc[0])}" if len(same) else "no report here has it"
    )
    dead, day = f"{value_of(toll)} dead", _day(toll["as_of"])
    says = f"The article credits its {dead} to {toll['attributed_to']}, {day}; {report}"
    title = titled(says, f"{dead}, {day}; {report}", data, excerpts, data_dir)
    subtitle = (
        "Persons, by the date of the count; each column has a scale of its own, and an arrow means at least. "
        "Red: the article, which writes arrested where others write detained."
    )
    lines = _lines(data)
    height = HEAD + ROW * (max(lines.values()) + 1)
    with layout.style():
        source = source_line(data_dir, data, excerpts)
        figure, axes = layout.page(title, subtitle, notes, source, height, bottom=0)
        axes.set(xlim=(0, layout.PLOT_WIDTH), ylim=(height, 0))
        axes.axis("off")
        for number, (measure, name) in enumerate(PANELS.items()):
            left = DATE_WIDTH + number * PANEL_WIDTH
            layout.label(axes, left, 0.12, name, fontproperties=layout.VALUE)
            axes.plot((left, left), (HEAD, height), color=SOFT, linewidth=0.8)
            panel = data[data["measure"] == measure]
            most = max(panel[["low", "best", "high"]].max(axis=None), 1) if len(panel) else 1
            for row_id, row in panel.iterrows():
                y = HEAD + ROW * (lines[row_id] + 0.5) - 0.06
                _lollipop(axes, left, y, row_id, row, (PANEL_WIDTH - 0.62) / most)
        for day, rows in data.groupby("as_of"):
            first = min(lines[row_id] for row_id in rows.index)
            layout.label(axes, 0, HEAD + ROW * (first + 0.5) - 0.06, _day(day), color=SOFT)
    said = [f"{_day(r['as_of'])}, {r['measure']}: {value_of(r)} ({_said_by(r)})" for _, r in data.iterrows()]
    alt = f"Small multiples of counts by date: {'; '.join(said)}."
    return make_chart("toll_as_reported", title, subtitle, alt, figure, data, excerpts, data_dir)


def _counts(references: pd.DataFrame, excerpt_id: str) -> pd.DataFrame:
    """The counts of everybody: by their figure and comparability, or by a measure that the data dictionary names.

    Parts of the toll are coded as narrower and have a measure of their own. One number of one day stands once.
    """
    whole = references["comparability"].isin(["same measure", "later revision"])
    measure = references["figure_id"].map(TOLL).where(whole)
    named = (references["excerpt_id"] == excerpt_id) & references["measure"].isin(list(PANELS))
    counts = references.assign(measure=measure.fillna(references["measure"].where(named)))
    return counts.dropna(subset="measure").drop_duplicates(["as_of", "measure", "low", "best", "high"])


def _lines(data: pd.DataFrame) -> dict[str, int]:
    """The line of each mark: a day has as many as one of its panels has counts."""
    lines: dict[str, int] = {}
    first = 0
    for _, day in data.groupby("as_of", sort=False):
        place = day.groupby("measure").cumcount()
        lines |= (place + first).to_dict()
        first += int(place.max()) + 1
    return lines


def zhanaozen_2011(data_dir: str | Path | None = None) -> Chart:
    """The killed and injured of Zhanaozen in 2011: the article's vague words beside the numbers of others.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One row a statement. A bar is a vague word, a disc a number, an arrow has no upper bound.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    excerpts, references = stated("excerpts", data_dir), stated("references", data_dir)
    figures = pick(stated("figures", data_dir), ["killed-2011", "injured-2011"], "figures", data_dir)
    told = some(references[references["figure_id"].isin(figures.index)], "references", data_dir)
    for rows, name in ((figures, "figures"), (told, "references")):
        above_zero(rows, name, data_dir)
    data, notes = layout.notes_for(
        beside(figures, told).sort_values(["measure", "low"], ascending=[False, True]), excerpts
    )
    own, since = data.loc["killed-2011"], format_time(*figures.loc["killed-2011", ["start", "end"]])
    killed = data[~data["publisher"].isin(OWN) & (data["figure_id"] == "killed-2011")][["low", "best", "high"]]
    numbers = f"numbers from {format_number(killed.min(axis=None))} to {format_number(killed.max(axis=None))}"
    says = f"The article’s “{own['quantity_text']}” killed in {since}, {value_of(own)}, stand beside {numbers}"
    title = titled(says, f"{value_of(own)} killed in {since} beside {numbers}", data, excerpts, data_dir)
    subtitle = (
        f"Persons. Bar: a vague word, read as an interval; arrow: no upper bound; red: the article. {layout.LOG_SCALE}"
    )
    left, height = 2.0, 2 * 0.4 + 0.42 * len(data)
    with layout.style():
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), height, left=left)
        layout.log_axis(axes, data[["low", "best", "high"]].stack(), (2, 4))
        axes.set_ylim(height, 0)
        y = 0.0
        for measure, group in data.groupby("measure", sort=False):
            layout.row_label(axes, y + 0.2, layout.sentence(measure), left, bold=True)
            y += 0.4
            for row_id, row in group.iterrows():
                color, value = _color(row), value_of(row)
                detail = row["publisher"] if row["publisher"] not in (*OWN, _who(row)) else ""
                layout.row_label(axes, y + 0.2, layout.sentence(_words_of(row)), left, detail)
                _, end = interval(axes, y + 0.2, quantity_of(row), f"mark-{row_id}", color, color)
                reach = 10 + (ARROW if pd.isna(row["high"]) else 0)
                layout.label(axes, end, y + 0.2, value, dx=reach, color=color, fontproperties=layout.VALUE)
                if row["publisher"] in OWN:
                    width = layout.width_of(value, layout.VALUE) * 72
                    layout.badge(axes, row["excerpt"], end, y + 0.2, dx=reach + width + 12)
                y += 0.42
    said = [f"{row['measure']}, {_words_of(row)}: {value_of(row)}" for _, row in data.iterrows()]
    alt = f"Chart of intervals on a logarithmic scale of persons. {'; '.join(said)}."
    return make_chart("zhanaozen_2011", title, subtitle, alt, figure, data, excerpts, data_dir)


def csto_troops(data_dir: str | Path | None = None) -> Chart:
    """The states that the article names as sending troops, among those that other reports name.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One bar a state: troops as announced, filled where the article names the state.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    excerpts, references = stated("excerpts", data_dir), stated("references", data_dir)
    named = pick(stated("figures", data_dir), ["csto-contributors"], "figures", data_dir, "best")
    count = pick(references, ["csto-states"], "references", data_dir, "best")
    excerpt_id = named["excerpt_id"].iloc[0]
    text = excerpts.loc[excerpt_id, "exact"]
    told = references[(references["excerpt_id"] == excerpt_id) & (references["unit"] == "persons")]
    data, notes = layout.notes_for(beside(named, pd.concat([told, count])), excerpts)
    force = told.index.isin(WHOLE_FORCE)
    states = some(data.loc[told.index[~force]], "references", data_dir).sort_values(["best", "high"], ascending=False)
    told_of_all = [f"{row['measure']} by all: {value_of(row)} ({_who(row)})" for _, row in told[force].iterrows()]
    others = f" {layout.sentence('; '.join(told_of_all))}." if told_of_all else ""
    both = format_number(named["best"].iloc[0]), format_number(count["best"].iloc[0])
    says = f"The article names {both[0]} states that sent troops; another report counts {both[1]}"
    title = titled(
        says, f"{both[0]} states that sent troops, and {both[1]} in another report", data, excerpts, data_dir
    )
    days = " and ".join(dict.fromkeys(_day(day, None) for day in states["as_of"]))
    subtitle = (
        f"Troops as announced on {days}, {format_number(states['best'].sum())} together. Filled: named by the "
        f"article.{others}"
    )
    bars = [
        (row_id, row["subject"], row, INK if row["subject"] in text else "white") for row_id, row in states.iterrows()
    ]
    with layout.style():
        source = source_line(data_dir, data, excerpts)
        figure = _bars(title, subtitle, notes, source, bars, badges={row_id: 1 for row_id, *_, f in bars if f == INK})
    said = [
        f"{name} {value_of(row)}, {'' if face == INK else 'not '}named by the article" for _, name, row, face in bars
    ]
    alt = f"Bar chart of troops announced by state: {'; '.join(said)}.{others}"
    return make_chart("csto_troops", title, subtitle, alt, figure, data, excerpts, data_dir)


def fuel_price(data_dir: str | Path | None = None) -> Chart:
    """The price of liquefied petroleum gas before and after 1 January 2022, and the cap that followed.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One bar a price, in tenge a litre. The article states no price.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    excerpts, references = stated("excerpts", data_dir), stated("references", data_dir)
    two = pick(references, list(PRICES)[:2], "references", data_dir, "low")
    told = references[references["unit"] == "KZT/litre"].sort_values("as_of", key=lambda dates: dates.map(middle))
    data, notes = layout.notes_for(beside(stated("figures", data_dir).iloc[:0], told), excerpts)
    before, after = (quantity_of(row) for _, row in two.iterrows())
    earlier, later = (_day(day, None) for day in two["as_of"])
    was, now = (value_of(row) for _, row in two.iterrows())
    cost, times = (
        f"cost {now} tenge from {later}",
        f"{format_quantity(ratio(after, before))} times the {was} of {earlier}",
    )
    says = f"Liquefied petroleum gas in Mangystau {cost}, {times}"
    title = titled(says, f"liquefied petroleum gas {cost}, {times}", data, excerpts, data_dir)
    subtitle = (
        "Tenge a litre, retail, as others report. The article states no price; it writes of natural gas when the price "
        "rises and of gasoline when the rise is cancelled."
    )
    times_of = {row_id: _day(row["as_of"], None) for row_id, row in data.iterrows()}
    names = {row_id: PRICES[row_id].format(times_of[row_id]) if row_id in PRICES else f"{_who(row)}, {times_of[row_id]}"
             for row_id, row in data.iterrows()}  # fmt: skip
    bars = [(row_id, names[row_id], row, INK) for row_id, row in data.iterrows()]
    with layout.style():
        source = source_line(data_dir, data, excerpts)
        figure = _bars(title, subtitle, notes, source, bars, badges=data["excerpt"].to_dict())
    said = [f"{name}: {value_of(row)}" for _, name, row, _ in bars]
    alt = f"Bar chart of tenge a litre. {'; '.join(said)}."
    return make_chart("fuel_price", title, subtitle, alt, figure, data, excerpts, data_dir)


def _bars(
    title: str, subtitle: str, notes: list[layout.Note], source: str, bars: list[tuple[str, str, pd.Series, str]],
    badges: dict[str, int],
) -> Figure:  # fmt: skip
    """A page of bars from zero; what lies between two bounds is a lighter end."""
    left, step = 1.6, 0.42
    figure, axes = layout.page(title, subtitle, notes, source, step * len(bars), left=left)
    ends = {row_id: _ends(row) for row_id, _, row, _ in bars}
    axes.set(xlim=(0, max(high for _, high in ends.values()) * 1.35 or 1), ylim=(len(bars) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value)))
    for y, (row_id, name, row, face) in enumerate(bars):
        (low, high), value = ends[row_id], value_of(row)
        layout.row_label(axes, y, name, left)
        axes.barh(y, low, 0.5, color=face, edgecolor=INK, linewidth=1)[0].set_gid(f"mark-{row_id}")
        axes.barh(y, high - low, 0.5, left=low, color=PALE, edgecolor=INK, linewidth=1)
        layout.label(axes, high, y, value, dx=7, fontproperties=layout.VALUE)
        if row_id in badges:
            width = layout.width_of(value, layout.VALUE) * 72
            layout.badge(axes, badges[row_id], high, y, dx=7 + width + 12)
    return figure


def _ends(row: pd.Series) -> tuple[float, float]:
    """The two ends of a range; of a lone bound, that twice: its label says that it is a bound."""
    known = row[["low", "best", "high"]].dropna().astype(float)
    return float(known.min()), float(known.max())


def _color(row: pd.Series) -> str:
    """Red is the article, as it stands; what a reader has changed is grey."""
    return ACCENT if row["publisher"] == ARTICLE else SOFT if row["changed"] else INK


def _lollipop(axes: Axes, left: float, y: float, row_id: str, row: pd.Series, inches: float) -> None:
    """A count as a line from the panel's edge, with its value and who said it; an arrow where it is a bound."""
    color, value, (low, high) = _color(row), value_of(row), _ends(row)
    x = left + (high if pd.isna(row["low"]) else low) * inches
    marker = ">" if pd.isna(row["high"]) else "<" if pd.isna(row["low"]) else "o"
    axes.plot((left, x), (y, y), color=color, linewidth=1.5)
    axes.plot(x, y, marker, color=color, markersize=7, gid=f"mark-{row_id}", zorder=3)
    layout.label(axes, x, y, value, dx=7, fontproperties=layout.VALUE, color=color)
    layout.label(axes, left, y + 0.17, _who(row), dx=4, fontproperties=layout.SMALL, color=SOFT)
    if row["publisher"] in OWN:
        layout.badge(axes, row["excerpt"], x, y, dx=7 + layout.width_of(value, layout.VALUE) * 72 + 11)


def _who(row: pd.Series) -> str:
    """Who is credited with the number, or else who publishes it."""
    return str(row["publisher"] if pd.isna(row["attributed_to"]) else row["attributed_to"])


def _said_by(row: pd.Series) -> str:
    return f"{ARTICLE}, crediting {row['attributed_to']}" if row["publisher"] == ARTICLE else _who(row)


def _words_of(row: pd.Series) -> str:
    return f"{ARTICLE}: “{row['quantity_text']}”" if row["publisher"] == ARTICLE else _who(row)


def _day(as_of: str, letters: int | None = 3) -> str:
    """A time in ISO 8601 as prose writes it: 15 Jan 2022, August 2022; a quarter and a year as they are."""
    if len(as_of) == 10:
        return format_day(middle(as_of), letters)
    return format_month(middle(as_of)) if len(as_of) == 7 and "Q" not in as_of else as_of
