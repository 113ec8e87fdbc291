"""Charts of the economic figures: wages and wealth, years of wages, official wages, Tengizchevroil."""

from functools import partial
from math import ceil, log2

import pandas as pd
from matplotlib.patches import Rectangle

from kzdata.citation import beside
from kzdata.comparison import compare
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import LOG_SCALE, Plot, color_of
from kzdata.drawing.page import Page
from kzdata.drawing.style import ACCENT, GREY, INK, PALE, SOFT
from kzdata.drawing.text import sentence
from kzdata.money import assumption, format_wages, paid_a_year
from kzdata.quantities import check_positive, format_number
from kzdata.readers_changes import OWN, value_of

WAGES = ["minimum-wage", "median-wage"]
SUMS = ["london-property", "family-net-worth"]
#: What a figure is told as a multiple of.
BASES = {"median-wage": "minimum-wage", "london-property": "median-wage", "family-net-worth": "median-wage"}


@chart
def wages_and_wealth(page: Page) -> str:
    """The wages and the wealth that the article states, on one logarithmic scale.

    One row a figure, in US dollars. Source: paragraphs 11 and 19 of the article.
    """
    data = page.quote(page.numbers("figures", WAGES + SUMS).sort_values("best"))
    dollars = data["best"]
    ratios = {row_id: format_number(dollars[row_id] / dollars[base], 2) for row_id, base in BASES.items()}
    times = {row_id: f"{ratios[row_id]} times the {base.replace('-', ' ')}" for row_id, base in BASES.items()}
    page.head(
        data,
        f"The net worth that the article states is {times['family-net-worth']} that it states",
        f"the net worth is {times['family-net-worth']}",
        f"US dollars. The article gives no period for the wages. {LOG_SCALE}",
    )
    plot = page.plot(2.9, left=1.7)
    plot.log_axis(data["best"], (30, 150), dollars=True)
    said = []
    for y, figure_id, row in plot.rows(data):
        x, color = row["best"], ACCENT if figure_id in SUMS else INK
        plot.mark(x, y, figure_id, 9, color=color)
        plot.row_label(y, sentence(row["measure"]), row["subject"])
        plot.label(x, y, value_of(row), "value", dy=14, ha="center", color=color)
        if figure_id in times:
            plot.label(x, y, times[figure_id], "small", dy=-13, ha="center")
        plot.badge(row["excerpt"], x, y, dx=14)
        said.append(f"{row['measure']} {value_of(row)}" + (f", {times[figure_id]}" if figure_id in times else ""))
    return f"Dot plot on a logarithmic scale of US dollars: {'; '.join(said)}."


@partial(chart, data_dir_at=1)
def years_of_wages(page: Page, wages_per_year: float = 12, total: str | None = None) -> str:
    """How many years of a wage the stated sums are worth.

    One row a sum, one mark a wage; the data hold ``years_of_minimum_wage`` and ``years_of_median_wage``.

    Parameters
    ----------
    wages_per_year : float
        How often a wage is paid in a year. The article does not say; 12, wages by
        the month, is the usual reading in Kazakhstan. Printed on the chart.
    total : str, optional
        One of the sums, ``london-property`` or ``family-net-worth``; by default both.

    Raises
    ------
    ValueError
        If ``wages_per_year`` is not positive, or ``total`` not one of the sums.
    """
    check_positive("wages_per_year", wages_per_year)
    if total not in (None, *SUMS):
        raise ValueError(f"total is {total!r}, expected one of {', '.join(SUMS)}")
    sums = [total] if total else SUMS
    drawn = page.quote(page.numbers("figures", WAGES + sums))
    data = drawn.loc[sums].join(_years(drawn, sums, wages_per_year))
    data["changed"] = ["; ".join(filter(None, [own, *drawn.loc[WAGES, "changed"]])) for own in data["changed"]]
    most, paid = data.iloc[-1], assumption(drawn.loc[WAGES], wages_per_year)
    takes = f"would take {_years_text(most['years_of_median_wage'])} to earn at"
    page.head(
        data,
        f"The {most['measure']} that the article states {takes} its median wage",
        f"the {most['measure']} {takes} the median wage",
        f"Years of a whole wage, nothing spent. {paid}; the article gives no period for the wages. {LOG_SCALE}",
    )
    plot = page.plot(2.1, left=1.6)
    plot.log_axis(data.filter(like="years_of").stack(), (12, 12))
    said = []
    for y, figure_id, row in plot.rows(data, rules=False, margin=0.1):
        name, value = sentence(row["measure"]), value_of(drawn.loc[figure_id])
        plot.row_label(y, name, value)
        ends = row["years_of_median_wage"], row["years_of_minimum_wage"]
        plot.axes.plot(ends, (y, y), color=GREY, linewidth=1.5, zorder=1)
        years = [f"{_years_text(x)} at the {wage} wage" for x, wage in zip(ends, ("median", "minimum"))]
        for x, text, color, offset in zip(ends, years, (ACCENT, INK), (14, -14)):
            plot.mark(x, y, figure_id, 9, color=color)
            plot.label(x, y, text, dy=offset, ha="center", color=color)
        plot.badge(row["excerpt"], ends[1], y, dx=14)
        said.append(f"{name}, {value}: {', '.join(years)}")
    return f"Dot plot on a logarithmic scale of years. {paid}. {'; '.join(said)}."


@chart
def tengizchevroil(page: Page) -> str:
    """Who owns Tengizchevroil and how many of its workers were to be dismissed, as the article states it.

    A bar of the capital, in percent, over squares that stand for as many workers as the chart says.
    """
    data = page.quote(page.numbers("figures", ["us-ownership", "announced-dismissals"]))
    share, workers = map(float, data["best"])
    page.check(data[:1], "best", data[:1]["best"] <= 100, "at most 100 percent in row {!r}")
    percent, people = (value_of(row) for _, row in data.iterrows())
    unit = _unit(workers)
    each = f"one square for each {'thousand' if unit == 1000 else format_number(unit)}"
    states = f"{percent} of Tengizchevroil is US-owned and {people} jobs were to go"
    page.head(
        data,
        f"The article states that {states}",
        states,
        "Percent of the capital; workers “going to lose their jobs”. It gives no dates and no total workforce.",
    )
    plot = page.plot(2.1, bottom=0)
    plot.axes.set_xlim(0, 100)
    plot.axes.add_patch(Rectangle((0, 0.4), 100, 0.42, facecolor=PALE))
    plot.axes.add_patch(Rectangle((0, 0.4), share, 0.42, facecolor=ACCENT, gid="mark-us-ownership"))
    plot.value(0, 0.2, "Capital", 0, data.loc["us-ownership", "excerpt"], gap=14)
    plot.label(0, 0.61, f"{percent} US companies", "value", dx=8, color="white", bbox=None)
    plot.label(100, 0.61, f"{format_number(100 - share)}% not stated", dx=-8, ha="right", color=SOFT, bbox=None)
    plot.value(0, 1.22, f"{people} workers, {each}", 0, data.loc["announced-dismissals", "excerpt"], gap=14)
    _squares(plot, workers / unit, top=1.42)
    return (
        f"A bar of Tengizchevroil’s capital, {percent} owned by US companies, the owners of the rest not stated, "
        f"over {people} workers drawn as {each}."
    )


@chart
def official_wages(page: Page, wages_per_year: float = 12) -> str:
    """The article's wages among the official minimum, median and average wages.

    One row a wage, in US dollars a month; the rates are in the data.

    Parameters
    ----------
    wages_per_year : float
        How often a wage of the article is paid in a year; it does not say.

    Raises
    ------
    ValueError
        If ``wages_per_year`` is not positive.
    """
    figures, pairs = page.numbers("figures", WAGES), compare(page.tables, wages_per_year)
    data = _wages(page, figures, pairs[pairs["figure_id"].isin(WAGES)])
    official, median = data[~data["publisher"].isin(OWN)], data.loc["median-wage", "usd_a_month"]
    nearest = official.loc[(official["usd_a_month"] / median).map(lambda times: abs(log2(times))).idxmin()]
    wage, paid = _dollars(figures.loc["median-wage", "best"]), assumption(figures, wages_per_year)
    if wage != _dollars(median):
        often = format_wages(paid_a_year(figures.loc["median-wage"], wages_per_year))
        wage += f", {_dollars(median)} a month at {often},"
    near = f"median wage of {wage} is nearest to the official {_wage(nearest)}, {_usd(nearest)}"
    page.head(
        data,
        f"The article’s {near}",
        f"a {near}",
        "US dollars a month, tenge converted at the nearest rate that the sources themselves imply. "
        f"{paid} in the article, which gives no period. Red: the article.",
    )
    plot = page.plot(0.34 * len(data), left=2.2)
    plot.axes.set_xlim(0, data["usd_a_month"].max() * 1.25)
    plot.axes.xaxis.set_major_formatter(lambda value, _: _dollars(value))
    plot.axes.axvline(median, color=color_of(data.loc["median-wage"]), linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    for y, row_id, row in plot.rows(data, rules=False):
        own, color, x = row["publisher"] in OWN, color_of(row), row["usd_a_month"]
        plot.row_label(y, sentence(_wage(row, ": ")), bold=own)
        plot.axes.plot((0, x), (y, y), color=color if own else PALE, linewidth=1.5, zorder=1)
        plot.mark(x, y, row_id, color=color, zorder=3, clip_on=False)
        plot.value(x, y, _usd(row), 9, row["excerpt"] if own else None, gap=11, color=color, zorder=4)
    said = [f"{_wage(row)} {_usd(row)}" for _, row in data.iterrows()]
    return f"Dot plot of wages in US dollars a month, from the least: {'; '.join(said)}."


def _wages(page: Page, figures: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The wages of the article and of others, in dollars a month, from the least."""
    for wage in WAGES:
        told = page.tables.some(pairs[pairs["figure_id"] == wage])
        page.tables.some(told.dropna(subset="reference_best").rename_axis("rate_id"))  # without a rate, none is left
    pairs = pairs.dropna(subset="reference_best")
    data = page.quote(beside(figures, page.rows("references").loc[pairs.index]))
    dollars = pd.concat([pairs.groupby("figure_id")["article_best"].first(), pairs["reference_best"]])
    return data.assign(usd_a_month=dollars, rate=pairs["rate"]).sort_values("usd_a_month")


def _wage(row: pd.Series, joint: str = ", ") -> str:
    """Which wage a row is: the article's, or an official one with its time."""
    if row["publisher"] in OWN:
        return f"{row['publisher']}{joint}{row['measure']}"
    return f"{row['measure'].replace(' monthly', '')} of {row['as_of'].replace('-12-31', '').replace('-01-01', '')}"


def _usd(row: pd.Series) -> str:
    return _dollars(row["usd_a_month"]) + (" (changed)" if row["changed"] else "")


def _dollars(value: float) -> str:
    return f"${format_number(round(value))}"


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


def _squares(plot: Plot, squares: float, top: float) -> None:
    """Squares of as many workers each, 20 a row; the last one is cut where it is not full."""
    side, gap = 4.1, 0.9
    height, step = (percent / 100 * plot.width for percent in (side, side + gap))
    for n in range(ceil(squares)):
        corner = (n % 20) * (side + gap), top + n // 20 * step
        plot.axes.add_patch(Rectangle(corner, side * min(1, squares - n), height, facecolor=INK,
                                      gid="mark-announced-dismissals" if n == 0 else None))  # fmt: skip
