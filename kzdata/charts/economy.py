"""Charts of the economic figures: wages and wealth, years of wages, Tengizchevroil."""

from __future__ import annotations

from math import ceil
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kzdata.charts import layout
from kzdata.charts.chart import Chart, make_chart, pick, source_line, stated, titled, value_of
from kzdata.charts.layout import ACCENT, GREY, INK, PALE, SOFT
from kzdata.comparison import assumption, paid_a_year
from kzdata.quantities import check_positive, format_number
from kzdata.schema import row_error

WAGES = ["minimum-wage", "median-wage"]
SUMS = ["london-property", "family-net-worth"]


def wages_and_wealth(data_dir: str | Path | None = None) -> Chart:
    """The wages and the wealth that the article states, on one logarithmic scale.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One row a figure, in US dollars. Source: paragraphs 11 and 19 of the article.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    figures, excerpts = stated("figures", data_dir), stated("excerpts", data_dir)
    data, notes = layout.notes_for(_drawn(figures, WAGES + SUMS, data_dir).sort_values("best"), excerpts)
    dollars = data["best"]
    wages = dollars["median-wage"] / dollars["minimum-wage"]
    wealth = {total: dollars[total] / dollars["median-wage"] for total in SUMS}
    times = {"minimum-wage": "", "median-wage": f"{format_number(wages, 2)} times the minimum wage"}
    times |= {total: f"{format_number(wealth[total], 2)} times the median wage" for total in SUMS}
    ratio = f"{format_number(wealth['family-net-worth'], 2)} times"
    says = f"The net worth that the article states is {ratio} the median wage that it states"
    title = titled(says, f"the net worth is {ratio} the median wage", data, excerpts, data_dir)
    subtitle = f"US dollars. The article gives no period for the wages. {layout.LOG_SCALE}"
    with layout.style():
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), 2.9, left=1.7)
        layout.log_axis(axes, data["best"], (30, 150), dollars=True)
        axes.set_ylim(len(data) - 0.5, -0.5)
        for y, (figure_id, row) in enumerate(data.iterrows()):
            color = ACCENT if figure_id in SUMS else INK
            axes.axhline(y, color=PALE, linewidth=0.8)
            axes.plot(row["best"], y, "o", color=color, markersize=9, gid=f"mark-{figure_id}")
            layout.row_label(axes, y, layout.sentence(row["measure"]), 1.7, row["subject"])
            layout.label(
                axes, row["best"], y, value_of(row), dy=14, ha="center", fontproperties=layout.VALUE, color=color
            )
            if times[figure_id]:
                layout.label(axes, row["best"], y, times[figure_id], dy=-13, ha="center", fontproperties=layout.SMALL)
            layout.badge(axes, row["excerpt"], row["best"], y, dx=14)
    said = [f"{row['measure']} {value_of(row)}, {times[figure_id]}".rstrip(", ") for figure_id, row in data.iterrows()]
    alt = f"Dot plot on a logarithmic scale of US dollars: {'; '.join(said)}."
    return make_chart("wages_and_wealth", title, subtitle, alt, figure, data, excerpts, data_dir)


def years_of_wages(wages_per_year: float = 12, data_dir: str | Path | None = None, total: str | None = None) -> Chart:
    """How many years of a wage the stated sums are worth.

    Parameters
    ----------
    wages_per_year : float
        How often a wage is paid in a year. The article does not say; 12, wages by
        the month, is the usual reading in Kazakhstan. Printed on the chart.
    data_dir : path, optional
        Folder with your own copy of the tables.
    total : str, optional
        One of the sums, ``london-property`` or ``family-net-worth``; by default both.

    Returns
    -------
    Chart
        One row a sum, one mark a wage; the data hold the column ``years``.

    Raises
    ------
    DataError
        If a table breaks its description.
    ValueError
        If ``wages_per_year`` is not positive, or ``total`` not one of the sums.
    """
    check_positive("wages_per_year", wages_per_year)
    if total not in (None, *SUMS):
        raise ValueError(f"total is {total!r}, expected one of {', '.join(SUMS)}")
    sums = [total] if total else SUMS
    figures, excerpts = stated("figures", data_dir), stated("excerpts", data_dir)
    drawn, notes = layout.notes_for(_drawn(figures, WAGES + sums, data_dir), excerpts)
    data = drawn.loc[sums].join(_years(drawn, sums, wages_per_year))
    data["changed"] = data["changed"].map(lambda own: "; ".join(filter(None, [own, *drawn.loc[WAGES, "changed"]])))
    most, paid = data.iloc[-1], assumption(drawn.loc[WAGES], wages_per_year)
    takes = f"would take {_years_text(most['years_of_median_wage'])} to earn at"
    says = f"The {most['measure']} that the article states {takes} its median wage"
    title = titled(says, f"the {most['measure']} {takes} the median wage", data, excerpts, data_dir)
    subtitle = (
        f"Years of a whole wage, nothing spent. {paid}; the article gives no period for the wages. {layout.LOG_SCALE}"
    )
    with layout.style():
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), 2.1, left=1.6)
        layout.log_axis(axes, data.filter(like="years_of").stack(), (12, 12))
        axes.set_ylim(len(data) - 0.4, -0.6)
        for y, (figure_id, row) in enumerate(data.iterrows()):
            layout.row_label(axes, y, layout.sentence(row["measure"]), 1.6, value_of(drawn.loc[figure_id]))
            ends = row["years_of_median_wage"], row["years_of_minimum_wage"]
            axes.plot(ends, (y, y), color=GREY, linewidth=1.5, zorder=1)
            for x, wage, color, offset in zip(ends, ("median", "minimum"), (ACCENT, INK), (14, -14)):
                axes.plot(x, y, "o", color=color, markersize=9, gid=f"mark-{figure_id}")
                text = f"{_years_text(x)} at the {wage} wage"
                layout.label(axes, x, y, text, dy=offset, ha="center", color=color)
            layout.badge(axes, row["excerpt"], ends[1], y, dx=14)
    said = [
        f"{layout.sentence(row['measure'])}, {value_of(drawn.loc[figure_id])}: "
        f"{_years_text(row['years_of_median_wage'])} at the median wage, "
        f"{_years_text(row['years_of_minimum_wage'])} at the minimum wage"
        for figure_id, row in data.iterrows()
    ]
    alt = f"Dot plot on a logarithmic scale of years. {paid}. {'; '.join(said)}."
    return make_chart("years_of_wages", title, subtitle, alt, figure, data, excerpts, data_dir)


def tengizchevroil(data_dir: str | Path | None = None) -> Chart:
    """Who owns Tengizchevroil and how many of its workers were to be dismissed, as the article states it.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        A bar of the capital, in percent, over one square for each thousand workers.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    figures, excerpts = stated("figures", data_dir), stated("excerpts", data_dir)
    data, notes = layout.notes_for(_drawn(figures, ["us-ownership", "announced-dismissals"], data_dir), excerpts)
    share, workers = map(float, data["best"])
    if share > 100:
        raise row_error("figures", data_dir, "us-ownership", "best", "at most 100 percent in row 'us-ownership'")
    percent, people = (value_of(row) for _, row in data.iterrows())
    unit = _unit(workers)
    each = f"one square for each {'thousand' if unit == 1000 else format_number(unit)}"
    states = f"{percent} of Tengizchevroil is US-owned and {people} jobs were to go"
    title = titled(f"The article states that {states}", states, data, excerpts, data_dir)
    subtitle = "Percent of the capital; workers “going to lose their jobs”. It gives no dates and no total workforce."
    with layout.style():
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), 2.1, bottom=0)
        axes.set(xlim=(0, 100), ylim=(2.1, 0))
        axes.axis("off")
        axes.add_patch(Rectangle((0, 0.4), 100, 0.42, facecolor=PALE))
        axes.add_patch(Rectangle((0, 0.4), share, 0.42, facecolor=ACCENT, gid="mark-us-ownership"))
        layout.label(axes, 0, 0.2, "Capital", fontproperties=layout.VALUE)
        layout.label(
            axes, 0, 0.61, f"{percent} US companies", dx=8, color="white", fontproperties=layout.VALUE, bbox=None
        )
        rest = f"{format_number(100 - share)}% not stated"
        layout.label(axes, 100, 0.61, rest, dx=-8, ha="right", color=SOFT, bbox=None)
        layout.badge(
            axes, data.loc["us-ownership", "excerpt"], 0, 0.2, dx=layout.width_of("Capital", layout.VALUE) * 72 + 14
        )
        text = f"{people} workers, {each}"
        layout.label(axes, 0, 1.22, text, fontproperties=layout.VALUE)
        offset = layout.width_of(text, layout.VALUE) * 72 + 14
        layout.badge(axes, data.loc["announced-dismissals", "excerpt"], 0, 1.22, dx=offset)
        _squares(axes, workers / unit, top=1.42)
    alt = (
        f"A bar of Tengizchevroil’s capital, {percent} owned by US companies, the owners of the rest not stated, "
        f"over {people} workers drawn as {each}."
    )
    return make_chart("tengizchevroil", title, subtitle, alt, figure, data, excerpts, data_dir)


def _drawn(figures: pd.DataFrame, ids: list[str], data_dir: str | Path | None) -> pd.DataFrame:
    return pick(figures, ids, "figures", data_dir, "best")


def _years(figures: pd.DataFrame, sums: list[str], wages_per_year: float) -> pd.DataFrame:
    """Years of each wage that go into each sum."""
    best, paid = figures["best"], {wage: paid_a_year(figures.loc[wage], wages_per_year) for wage in WAGES}
    years = {f"years_of_{wage.replace('-', '_')}": best[sums] / (best[wage] * paid[wage]) for wage in WAGES}
    often = {f"{wage.split('-')[0]}_wages_per_year": paid[wage] for wage in WAGES}
    often = often if len(set(often.values())) > 1 else {"wages_per_year": paid[WAGES[0]]}
    return pd.DataFrame(years).assign(minimum_wage=best["minimum-wage"], median_wage=best["median-wage"], **often)


def _years_text(years: float) -> str:
    """Rounded to three figures: the stated sums bear no more."""
    return f"{format_number(years, 3)} years"


def _unit(workers: float) -> float:
    """How many workers a square stands for: of 1, 2, 5, 10, 20, ... the least that fills two rows of 20 at most."""
    steps = (step * 10.0**power for power in range(16) for step in (1, 2, 5))
    return next(step for step in steps if workers <= 40 * step)


def _squares(axes: Axes, squares: float, top: float) -> None:
    """Squares of as many workers each, 20 a row; the last one is cut where it is not full."""
    side, gap = 4.1, 0.9
    height = side / 100 * layout.PLOT_WIDTH
    step = (side + gap) / 100 * layout.PLOT_WIDTH
    for n in range(ceil(squares)):
        corner = (n % 20) * (side + gap), top + n // 20 * step
        axes.add_patch(Rectangle(corner, side * min(1, squares - n), height, facecolor=INK,
                                 gid="mark-announced-dismissals" if n == 0 else None))  # fmt: skip
