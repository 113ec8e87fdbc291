"""Charts of what others report on the article's matters: the tolls of 2022 and 2011, the troops, the price of fuel."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from kzdata.charts import layout
from kzdata.charts.chart import ARTICLE, Chart, beside, make_chart, pick, some, source_line
from kzdata.charts.layout import ACCENT, INK, PALE, SOFT
from kzdata.charts.marks import ARROW, interval
from kzdata.dates import format_day, format_month, middle
from kzdata.independent import load_references
from kzdata.quantities import Quantity, format_number, format_quantity, quantity_of, ratio
from kzdata.tables import load_excerpts, load_figures

WHOLE = "All, January 2022"  # subject of the references that count everybody
PANELS = {"killed": "Killed", "injured": "Injured", "detained": "Detained or arrested"}
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
    excerpts, references = load_excerpts(data_dir), load_references(data_dir)
    figures = pick(load_figures(data_dir), ["killed-2022", "arrested-2022"], "figures.csv", data_dir, "best")
    figures = figures.assign(as_of=figures["end"].dt.strftime("%Y-%m-%d"), measure=["killed", "detained"])
    told = references[(references["subject"] == WHOLE) & references["measure"].isin(list(PANELS))]
    data = beside(figures, told.drop_duplicates(["as_of", "measure", "low"]))
    data, notes = layout.notes_for(data.sort_values("as_of", key=lambda dates: dates.map(middle)), excerpts)
    toll = data.loc["killed-2022"]
    same = data[(data["publisher"] != ARTICLE) & (data["measure"] == "killed") & (data["best"] == toll["best"])]
    report = (
        f"the report of that number here is of {_day(same['as_of'].iloc[0])}" if len(same) else "no report here has it"
    )
    title = f"The article credits its {_words(toll)} dead to {toll['attributed_to']}, {_day(toll['as_of'])}; {report}"
    subtitle = (
        "Persons, by the date of the count; each column has a scale of its own, and an arrow means at least. "
        "Red: the article, which writes arrested where others write detained."
    )
    days = list(dict.fromkeys(data["as_of"]))
    height = HEAD + ROW * len(days)
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
            most = panel[["low", "high"]].max(axis=None)
            for row_id, row in panel.iterrows():
                y = HEAD + ROW * (days.index(row["as_of"]) + 0.5) - 0.06
                _lollipop(axes, left, y, row_id, row, (PANEL_WIDTH - 0.62) / most)
        for place, day in enumerate(days):
            layout.label(axes, 0, HEAD + ROW * (place + 0.5) - 0.06, _day(day), color=SOFT)
    said = [f"{_day(r['as_of'])}, {r['measure']}: {_words(r)} ({_said_by(r)})" for _, r in data.iterrows()]
    alt = f"Small multiples of counts by date: {'; '.join(said)}."
    return make_chart("toll_as_reported", title, subtitle, alt, figure, data, excerpts, data_dir)


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
    excerpts, references = load_excerpts(data_dir), load_references(data_dir)
    figures = pick(load_figures(data_dir), ["killed-2011", "injured-2011"], "figures.csv", data_dir)
    told = some(references[references["figure_id"].isin(figures.index)], "references.csv", data_dir)
    data, notes = layout.notes_for(
        beside(figures, told).sort_values(["measure", "low"], ascending=[False, True]), excerpts
    )
    killed = data[(data["measure"] == "killed") & (data["publisher"] != ARTICLE)]
    words, own = figures.loc["killed-2011", "quantity_text"], quantity_of(figures.loc["killed-2011"])
    title = (
        f"The article’s “{words}” killed in 2011, {format_quantity(own)}, "
        f"stand beside numbers from {format_number(killed['low'].min())} to {format_number(killed['high'].max())}"
    )
    subtitle = (
        f"Persons. Bar: a vague word, read as an interval; arrow: no upper bound; red: the article. {layout.LOG_SCALE}"
    )
    left, height = 2.0, 2 * 0.4 + 0.42 * len(data)
    with layout.style():
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), height, left=left)
        layout.log_axis(axes, data[["low", "high"]].stack(), (2, 4))
        axes.set_ylim(height, 0)
        y = 0.0
        for measure, group in data.groupby("measure", sort=False):
            layout.row_label(axes, y + 0.2, layout.sentence(measure), left, bold=True)
            y += 0.4
            for row_id, row in group.iterrows():
                color = ACCENT if row["publisher"] == ARTICLE else INK
                detail = row["publisher"] if row["publisher"] not in (ARTICLE, _who(row)) else ""
                layout.row_label(axes, y + 0.2, layout.sentence(_words_of(row)), left, detail)
                _, end = interval(axes, y + 0.2, quantity_of(row), f"mark-{row_id}", color, color)
                reach = 10 + (ARROW if pd.isna(row["high"]) else 0)
                layout.label(axes, end, y + 0.2, _words(row), dx=reach, color=color, fontproperties=layout.VALUE)
                if row["publisher"] == ARTICLE:
                    width = layout.width_of(_words(row), layout.VALUE) * 72
                    layout.badge(axes, row["excerpt"], end, y + 0.2, dx=reach + width + 12)
                y += 0.42
    said = [f"{row['measure']}, {_words_of(row)}: {_words(row)}" for _, row in data.iterrows()]
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
    excerpts, references = load_excerpts(data_dir), load_references(data_dir)
    named = pick(load_figures(data_dir), ["csto-contributors"], "figures.csv", data_dir, "best")
    told = references[(references["excerpt_id"] == "csto-troops") & (references["unit"] == "persons")]
    data, notes = layout.notes_for(beside(named, told), excerpts)
    text = named["quantity_text"].iloc[0]
    states = data[(data["measure"] == "troops announced") & ~data.index.isin(["csto-troops-announced"])]
    states = states.sort_values("best", ascending=False)
    count = pick(references, ["csto-states"], "references.csv", data_dir, "best")["best"].iloc[0]
    title = (
        f"The article names {format_number(named['best'].iloc[0])} states that sent troops; "
        f"another report counts {format_number(count)}"
    )
    rest = data[data["publisher"].ne(ARTICLE) & ~data.index.isin(states.index)]
    others = "; ".join(f"{row['measure']} by all: {_words(row)} ({_who(row)})" for _, row in rest.iterrows())
    subtitle = (
        f"Troops as announced on 6 January 2022, {format_number(states['best'].sum())} together. Filled: named by the "
        f"article. {layout.sentence(others)}."
    )
    data = pd.concat(
        [data, beside(named.iloc[:0], references.loc[["csto-states"]]).assign(excerpt=data["excerpt"].iloc[0])]
    )
    bars = [
        (row_id, row["subject"], row, INK if row["subject"] in text else "white") for row_id, row in states.iterrows()
    ]
    with layout.style():
        source = source_line(data_dir, data, excerpts)
        figure = _bars(title, subtitle, notes, source, bars, badges={row_id: 1 for row_id, *_, f in bars if f == INK})
    said = [f"{name} {_words(row)}, {'' if face == INK else 'not '}named by the article" for _, name, row, face in bars]
    alt = f"Bar chart of troops announced by state: {'; '.join(said)}. {layout.sentence(others)}."
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
    excerpts, references = load_excerpts(data_dir), load_references(data_dir)
    names = {
        "lpg-price-2021": "2021",
        "lpg-price-2022": "From 1 January 2022",
        "lpg-price-cap-2022": "Cap of 6 January",
    }
    told = pick(references, list(names), "references.csv", data_dir)
    data, notes = layout.notes_for(beside(load_figures(data_dir).iloc[:0], told), excerpts)
    before, after = quantity_of(told.iloc[0]), quantity_of(told.iloc[1])
    title = (
        f"Liquefied petroleum gas in Mangystau cost {format_quantity(after)} tenge from 1 January 2022, "
        f"{format_quantity(ratio(after, before))} times the {format_quantity(before)} of 2021"
    )
    subtitle = (
        "Tenge a litre, retail, as others report. The article states no price; it writes of natural gas when the price "
        "rises and of gasoline when the rise is cancelled."
    )
    bars = [(row_id, names[row_id], row, INK) for row_id, row in data.iterrows()]
    with layout.style():
        source = source_line(data_dir, data, excerpts)
        figure = _bars(title, subtitle, notes, source, bars, badges=data["excerpt"].to_dict())
    said = [f"{name}: {_words(row)}" for _, name, row, _ in bars]
    alt = f"Bar chart of tenge a litre. {'; '.join(said)}."
    return make_chart("fuel_price", title, subtitle, alt, figure, data, excerpts, data_dir)


def _bars(
    title: str, subtitle: str, notes: list[layout.Note], source: str, bars: list[tuple[str, str, pd.Series, str]],
    badges: dict[str, int],
) -> Figure:  # fmt: skip
    """A page of bars from zero; what lies between two bounds is a lighter end."""
    left, step = 1.6, 0.42
    figure, axes = layout.page(title, subtitle, notes, source, step * len(bars), left=left)
    most = max(float(row["high"]) for _, _, row, _ in bars)
    axes.set(xlim=(0, most * 1.35), ylim=(len(bars) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value)))
    for y, (row_id, name, row, face) in enumerate(bars):
        layout.row_label(axes, y, name, left)
        axes.barh(y, float(row["low"]), 0.5, color=face, edgecolor=INK, linewidth=1, gid=None)[0].set_gid(
            f"mark-{row_id}"
        )
        axes.barh(
            y, float(row["high"] - row["low"]), 0.5, left=float(row["low"]), color=PALE, edgecolor=INK, linewidth=1
        )
        layout.label(axes, float(row["high"]), y, _words(row), dx=7, fontproperties=layout.VALUE)
        if row_id in badges:
            width = layout.width_of(_words(row), layout.VALUE) * 72
            layout.badge(axes, badges[row_id], float(row["high"]), y, dx=7 + width + 12)
    return figure


def _lollipop(axes: Axes, left: float, y: float, row_id: str, row: pd.Series, inches: float) -> None:
    """A count as a line from the panel's edge, with its value and who said it."""
    own = row["publisher"] == ARTICLE
    color = ACCENT if own else INK
    x = left + float(row["low"]) * inches
    axes.plot((left, x), (y, y), color=color, linewidth=1.5)
    axes.plot(x, y, ">" if pd.isna(row["high"]) else "o", color=color, markersize=7, gid=f"mark-{row_id}", zorder=3)
    layout.label(axes, x, y, _words(row), dx=7, fontproperties=layout.VALUE, color=color)
    layout.label(axes, left, y + 0.17, _who(row), dx=4, fontproperties=layout.SMALL, color=SOFT)
    if own:
        layout.badge(axes, row["excerpt"], x, y, dx=7 + layout.width_of(_words(row), layout.VALUE) * 72 + 11)


def _words(row: pd.Series) -> str:
    return format_quantity(Quantity(*quantity_of(row)), "persons")


def _who(row: pd.Series) -> str:
    """Who is credited with the number, or else who publishes it."""
    return str(row["publisher"] if pd.isna(row["attributed_to"]) else row["attributed_to"])


def _said_by(row: pd.Series) -> str:
    return f"{ARTICLE}, crediting {row['attributed_to']}" if row["publisher"] == ARTICLE else _who(row)


def _words_of(row: pd.Series) -> str:
    return f"{ARTICLE}: “{row['quantity_text']}”" if row["publisher"] == ARTICLE else _who(row)


def _day(as_of: str) -> str:
    """A date in ISO 8601 as prose writes it."""
    day = middle(as_of)
    return format_day(day, 3) if len(as_of) == 10 else format_month(day)
