"""Charts of the article's figures beside independent ones: all that have a ratio, and the wages."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from kzdata.changes import ARTICLE
from kzdata.charts import layout
from kzdata.charts.chart import OWN, Chart, beside, make_chart, pick, some, source_line, stated, titled
from kzdata.charts.layout import ACCENT, GREY, INK, PALE, SOFT
from kzdata.comparison import TOLERANCE, assumption, compare, others, paid_a_year
from kzdata.quantities import Quantity, format_number, format_quantity, format_wages

#: Shape says how an independent figure measures up to the article's.
SHAPES = {"same measure": "o", "later revision": "D", "narrower": "<", "wider": ">"}
WAGES = ["minimum-wage", "median-wage"]
LEFT = 2.2  # inches for the labels of the rows
LEVEL = 0.13  # inches between marks that would cover each other
TICKS = {1 / 8: "⅛", 1 / 4: "¼", 1 / 2: "½"}


def beside_others(
    data_dir: str | Path | None = None,
    wages_per_year: float = 12,
    tolerance: float = TOLERANCE,
    comparability: str | None = None,
) -> Chart:
    """The article's figures beside every independent one that has a ratio to them.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.
    wages_per_year : float
        How often a wage of the article is paid in a year; it does not say.
    tolerance : float
        Share by which amounts may differ and agree.
    comparability : str, optional
        Draw only the independent figures that are of this kind, as in :func:`kzdata.load_references`.

    Returns
    -------
    Chart
        One row a figure, one mark an independent figure: its shape is the
        comparability, its colour the verdict. Data as :func:`kzdata.compare`.

    Raises
    ------
    DataError
        If a table breaks its description.
    ValueError
        If ``wages_per_year`` is not positive, ``tolerance`` negative, or ``comparability`` not one that is drawn.
    """
    if comparability not in (None, *SHAPES):
        raise ValueError(f"comparability is {comparability!r}, expected one of {', '.join(SHAPES)}")
    figures, references, excerpts = (stated(name, data_dir) for name in ("figures", "references", "excerpts"))
    pairs = compare(data_dir, wages_per_year, tolerance)
    ratios = ["ratio_low", "ratio_best", "ratio_high"]
    pairs[ratios] = pairs[ratios].mask(pairs[ratios] == 0)  # which a logarithmic scale cannot show: a bar without end
    kinds = [comparability] if comparability else list(SHAPES)
    drawn = pairs["comparability"].isin(kinds) & pairs[["ratio_low", "ratio_high"]].notna().any(axis=1)
    pairs = some(pairs[drawn], "references", data_dir).join(references[["excerpt_id", "title", "published"]])
    own, notes = layout.notes_for(figures.loc[pairs["figure_id"].unique()], excerpts)
    data = pairs.assign(excerpt=own["excerpt"].reindex(pairs["figure_id"]).set_axis(pairs.index))
    counts = data["verdict"].value_counts()
    compared = len(data) - counts["incomparable"]
    head, tail = f"Of {compared} comparisons with other sources, {counts['agrees']} agree", counts[["above", "below"]]
    says = f"{head} with the article; its figure is above in {tail['above']} and below in {tail['below']}"
    neutral = f"of {head.removeprefix('Of ')}; {tail['above']} are above and {tail['below']} below"
    title = titled(says, neutral, data, excerpts, data_dir)
    kind = f"Only figures coded {comparability}. " if comparability else ""
    paid = assumption(figures.loc[figures.index.isin(WAGES)], wages_per_year)
    subtitle = (
        "The article’s figure divided by the other one, on a logarithmic scale: 2 is twice the other. "
        f"Within {tolerance:.0%} is agreement. {kind}{paid}. "
        "Years and ranks have no ratio and are left out."
    )
    with layout.style():
        groups = {figure_id: group for figure_id, group in data.groupby("figure_id", sort=False)}
        reach = _ratio_span(data)
        levels = {figure_id: _levels(group, reach) for figure_id, group in groups.items()}
        heights = [0.44 + LEVEL * max(levels[figure_id].values()) for figure_id in groups]
        top = 0.45
        height = top + sum(heights)
        source = source_line(data_dir, data, excerpts)
        figure, axes = layout.page(title, subtitle, notes, source, height, left=LEFT)
        _ratio_axis(axes, reach, height)
        _key(axes, height)
        for (figure_id, group), tall in zip(groups.items(), heights):
            row, middle = own.loc[figure_id], top + tall / 2
            axes.axhline(top + tall, color=PALE, linewidth=0.8)
            conclusive = group[group["verdict"] != "incomparable"]
            told = others(conclusive if len(conclusive) else group)
            detail = f"{'changed to' if row['changed'] else 'article'} {_value(group)}; others {told}"
            layout.row_label(axes, middle, _about(row), LEFT, detail, gap=0.35)
            layout.badge(axes, row["excerpt"], reach[0], middle, dx=-11)
            for reference_id, pair in group.iterrows():
                shift = (levels[figure_id][reference_id] - max(levels[figure_id].values()) / 2) * LEVEL
                _ratio_mark(axes, middle + shift, f"mark-{reference_id}", pair, reach)
            top += tall
    said = [f"{_about(own.loc[i])}: {'; '.join(_said(row) for _, row in g.iterrows())}" for i, g in groups.items()]
    alt = f"Dot plot of ratios on a logarithmic scale. {'. '.join(said)}."
    return make_chart("beside_others", title, subtitle, alt, figure, data, excerpts, data_dir)


def official_wages(data_dir: str | Path | None = None, wages_per_year: float = 12) -> Chart:
    """The article's wages among the official minimum, median and average wages.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.
    wages_per_year : float
        How often a wage of the article is paid in a year; it does not say.

    Returns
    -------
    Chart
        One row a wage, in US dollars a month; the rates are in the data.

    Raises
    ------
    DataError
        If a table breaks its description.
    ValueError
        If ``wages_per_year`` is not positive.
    """
    excerpts, references = stated("excerpts", data_dir), stated("references", data_dir)
    pairs = compare(data_dir, wages_per_year)
    for wage in WAGES:
        told = some(pairs[pairs["figure_id"] == wage], "references", data_dir)
        some(told.dropna(subset="reference_best"), "rates", data_dir)
    pairs = pairs[pairs["figure_id"].isin(WAGES)].dropna(subset="reference_best")
    figures = pick(stated("figures", data_dir), WAGES, "figures", data_dir, "best")
    data, notes = layout.notes_for(beside(figures, references.loc[pairs.index]), excerpts)
    dollars = pd.concat([pairs.groupby("figure_id")["article_best"].first(), pairs["reference_best"]])
    data = data.assign(usd_a_month=dollars.reindex(data.index), rate=pairs["rate"].reindex(data.index))
    data = data.sort_values("usd_a_month")
    official = data[~data["publisher"].isin(OWN)]
    article = data.loc["median-wage", "usd_a_month"]
    nearest = official.loc[(official["usd_a_month"] / article).map(lambda times: abs(log2(times))).idxmin()]
    wage, paid = _dollars(figures.loc["median-wage", "best"]), assumption(figures, wages_per_year)
    if wage != _dollars(article):
        wage += (
            f", {_dollars(article)} a month at {format_wages(paid_a_year(figures.loc['median-wage'], wages_per_year))},"
        )
    near = f"median wage of {wage} is nearest to the official {_wage(nearest)}, {_value_of(nearest)}"
    title = titled(f"The article’s {near}", f"a {near}", data, excerpts, data_dir)
    subtitle = (
        "US dollars a month, tenge converted at the nearest rate that the sources themselves imply. "
        f"{paid} in the article, which gives no period. Red: the article."
    )
    height = 0.34 * len(data)
    with layout.style():
        source = source_line(data_dir, data, excerpts)
        figure, axes = layout.page(title, subtitle, notes, source, height, left=LEFT)
        axes.set(xlim=(0, data["usd_a_month"].max() * 1.25), ylim=(len(data) - 0.5, -0.5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _dollars(value)))
        axes.axvline(article, color=_color(data.loc["median-wage"]), linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        for y, (row_id, row) in enumerate(data.iterrows()):
            own = row["publisher"] in OWN
            color = _color(row)
            name = layout.sentence(f"{row['publisher']}: {row['measure']}" if own else _wage(row))
            layout.row_label(axes, y, name, LEFT, bold=own)
            axes.plot((0, row["usd_a_month"]), (y, y), color=color if own else PALE, linewidth=1.5, zorder=1)
            axes.plot(
                row["usd_a_month"], y, "o", color=color, markersize=8, gid=f"mark-{row_id}", zorder=3, clip_on=False
            )
            text = _value_of(row)
            layout.label(axes, row["usd_a_month"], y, text, dx=9, fontproperties=layout.VALUE, color=color, zorder=4)
            if own:
                layout.badge(
                    axes, row["excerpt"], row["usd_a_month"], y, dx=20 + layout.width_of(text, layout.VALUE) * 72
                )
    names = [f"{r['publisher']}, {r['measure']}" if r["publisher"] in OWN else _wage(r) for _, r in data.iterrows()]
    said = [f"{name} {_value_of(row)}" for name, (_, row) in zip(names, data.iterrows())]
    alt = f"Dot plot of wages in US dollars a month, from the least: {'; '.join(said)}."
    return make_chart("official_wages", title, subtitle, alt, figure, data, excerpts, data_dir)


def _about(row: pd.Series) -> str:
    dated = row["topic"] == "casualties" and pd.notna(row["start"])
    return layout.sentence(row["measure"]) + (f", {row['start'].year}" if dated else "")


def _value(pairs: pd.DataFrame) -> str:
    row = pairs.iloc[0]
    bounds = (row[f"article_{bound}"] for bound in Quantity._fields)
    return format_quantity(Quantity(*(None if pd.isna(bound) else float(bound) for bound in bounds)), row["unit"])


def _said(pair: pd.Series) -> str:
    how = [pair["verdict"], pair["comparability"], f"{pair['publisher']}, {pair['as_of']}"]
    return f"{pair['why']} ({'; '.join(['changed'] * bool(pair['changed']) + how)})"


def _ratio_span(data: pd.DataFrame) -> tuple[float, float]:
    ratios = data[["ratio_low", "ratio_high"]].stack().dropna()
    return float(ratios.min()) / 1.6, float(ratios.max()) * 1.4


def _ratio_axis(axes: Axes, reach: tuple[float, float], height: float) -> None:
    axes.set_xscale("log")
    axes.set(xlim=reach, ylim=(height, 0))
    step = 1 if log2(reach[1] / reach[0]) < 10 else 3
    ticks = [2.0**power for power in range(-6, 30, step) if reach[0] < 2.0**power < reach[1]]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(_tick))
    axes.axvline(1, color=SOFT, linewidth=1.2, zorder=1)


def _tick(value: float, _: int) -> str:
    return TICKS.get(value, f"{value:g}" if value >= 1 else f"1/{1 / value:g}")


def _key(axes: Axes, height: float) -> None:
    """The shapes with their names, and the colours, in the line over the rows; from the page's left edge."""
    items = [(shape, INK, INK, name) for name, shape in SHAPES.items()]
    items += [
        ("s", INK, INK, "agrees"),
        ("s", ACCENT, ACCENT, "above or below"),
        ("s", "white", GREY, "nothing follows"),
    ]
    x, inch = -LEFT, 1 / (layout.PLOT_WIDTH - LEFT)
    for number, (shape, face, edge, name) in enumerate(items):
        if number == len(SHAPES):
            x = -LEFT
        y = 1 - (0.08 if number < len(SHAPES) else 0.27) / height
        axes.plot((x + 0.05) * inch, y, shape, color=face, markeredgecolor=edge, markersize=5.5, clip_on=False,
                  transform=axes.transAxes)  # fmt: skip
        axes.text((x + 0.15) * inch, y, name, fontproperties=layout.SMALL, color=SOFT, va="center_baseline",
                  transform=axes.transAxes)  # fmt: skip
        x += 0.15 + layout.width_of(name, layout.SMALL) + 0.2


def _ends(pair: pd.Series, reach: tuple[float, float]) -> tuple[float, float]:
    """Where the mark of a pair begins and ends; a missing bound runs to the edge."""
    low, high = (pair["ratio_low"], pair["ratio_high"])
    return (reach[0] if pd.isna(low) else float(low)), (reach[1] if pd.isna(high) else float(high))


def _levels(pairs: pd.DataFrame, reach: tuple[float, float]) -> dict[str, int]:
    """A level for each mark of a row, so that none covers another."""
    octave = (layout.PLOT_WIDTH - LEFT) / log2(reach[1] / reach[0])
    taken: list[list[tuple[float, float]]] = []
    levels = {}
    for reference_id, pair in pairs.sort_values("ratio_high").iterrows():
        start, end = (log2(bound) * octave for bound in _ends(pair, reach))
        span = start - 0.06, end + 0.06
        free = (n for n, spans in enumerate(taken) if all(span[1] < a or span[0] > b for a, b in spans))
        level = next(free, len(taken))
        taken += [[]] if level == len(taken) else []
        taken[level].append(span)
        levels[reference_id] = level
    return levels


def _ratio_mark(axes: Axes, y: float, gid: str, pair: pd.Series, reach: tuple[float, float]) -> None:
    color = {"agrees": INK, "above": ACCENT, "below": ACCENT}.get(pair["verdict"], GREY)
    first, last = _ends(pair, reach)
    if first == last:
        face = "white" if pair["verdict"] == "incomparable" else color
        axes.plot(
            first,
            y,
            SHAPES[pair["comparability"]],
            color=face,
            markeredgecolor=color,
            markersize=6.5,
            zorder=3,
            gid=gid,
        )
        return
    axes.plot((first, last), (y, y), color=color, linewidth=4.5, solid_capstyle="butt", zorder=2, gid=gid)
    for bound, edge, shape in ((pair["ratio_low"], reach[0], "<"), (pair["ratio_high"], reach[1], ">")):
        if pd.isna(bound):
            axes.plot(edge, y, shape, color=color, markersize=6, clip_on=False, zorder=3)


def _wage(row: pd.Series) -> str:
    return f"{row['measure'].replace(' monthly', '')} of {row['as_of'].replace('-12-31', '').replace('-01-01', '')}"


def _color(row: pd.Series) -> str:
    return ACCENT if row["publisher"] == ARTICLE else SOFT if row["changed"] else INK


def _value_of(row: pd.Series) -> str:
    return _dollars(row["usd_a_month"]) + (" (changed)" if row["changed"] else "")


def _dollars(value: float) -> str:
    return f"${format_number(round(value))}"
