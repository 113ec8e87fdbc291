"""The chart of the article's figures beside every independent one that has a ratio to them."""

from collections import defaultdict
from itertools import count
from math import log2

import pandas as pd

from kzdata.comparison import TOLERANCE, about, compare, others
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import Plot
from kzdata.drawing.page import Page
from kzdata.drawing.style import ACCENT, GREY, INK, PALE, SOFT
from kzdata.drawing.text import sentence, width_of
from kzdata.money import assumption
from kzdata.quantities import format_quantity, quantity_of

#: Shape says how an independent figure measures up to the article's.
SHAPES = {"same measure": "o", "later revision": "D", "narrower": "<", "wider": ">"}
#: Colour says how it lies to the article's: face, edge.
COLORS = {"agrees": (INK, INK), "above": (ACCENT, ACCENT), "below": (ACCENT, ACCENT), "incomparable": ("white", GREY)}
LEFT, KEY, LEVEL = 2.2, 0.45, 0.13  # inches: left of the rows, over them, between marks that would cover each other
TICKS = {1 / 8: "⅛", 1 / 4: "¼", 1 / 2: "½"}
Span = tuple[float, float]


@chart
def beside_others(
    page: Page, wages_per_year: float = 12, tolerance: float = TOLERANCE, comparability: str | None = None
) -> str:
    """The article's figures beside every independent one that has a ratio to them.

    One row a figure, one mark an independent figure: its shape is the
    comparability, its colour the verdict. Data as :func:`kzdata.compare`.

    Parameters
    ----------
    wages_per_year : float
        How often a wage of the article is paid in a year; it does not say.
    tolerance : float
        Share by which amounts may differ and agree.
    comparability : str, optional
        Draw only the independent figures that are of this kind, as in :func:`kzdata.load_references`.

    Raises
    ------
    ValueError
        If ``wages_per_year`` is not positive, ``tolerance`` negative, or ``comparability`` not one that is drawn.
    """
    if comparability not in (None, *SHAPES):
        raise ValueError(f"comparability is {comparability!r}, expected one of {', '.join(SHAPES)}")
    figures, kinds = page.rows("figures"), [comparability] if comparability else list(SHAPES)
    pairs = _ratios(page, compare(page.tables, wages_per_year, tolerance), kinds)
    own = page.quote(figures.loc[pairs["figure_id"].unique()])
    data = pairs.assign(excerpt=pairs["figure_id"].map(own["excerpt"]))
    counts = data["verdict"].value_counts()
    agree = f"{len(data) - counts['incomparable']} comparisons with other sources, {counts['agrees']} agree"
    kind = f"Only figures coded {comparability}. " if comparability else ""
    paid = assumption(figures[figures.index.isin(["minimum-wage", "median-wage"])], wages_per_year)
    page.head(
        data,
        f"Of {agree} with the article; its figure is above in {counts['above']} and below in {counts['below']}",
        f"of {agree}; {counts['above']} are above and {counts['below']} below",
        "The article’s figure divided by the other one, on a logarithmic scale: 2 is twice the other. "
        f"Within {tolerance:.0%} is agreement. {kind}{paid}. Years and ranks have no ratio and are left out.",
    )
    ratios, groups = data[["ratio_low", "ratio_high"]], data.groupby("figure_id", sort=False)
    reach = float(ratios.min(axis=None)) / 1.6, float(ratios.max(axis=None)) * 1.4
    octave = (page.form.plot - LEFT) / log2(reach[1] / reach[0])
    levels = pd.concat([_levels(group, reach, octave) for _, group in groups])
    heights = 0.44 + LEVEL * levels.groupby(data["figure_id"], sort=False).max()
    middles = KEY + heights.cumsum() - heights / 2
    plot = page.plot(KEY + heights.sum(), left=LEFT)
    _ratio_axis(plot, reach)
    _key(plot)
    said = []
    for figure_id, group in groups:
        figure = own.loc[figure_id]
        plot.axes.axhline(middles[figure_id] + heights[figure_id] / 2, color=PALE, linewidth=0.8)
        _row(plot, middles[figure_id], figure, group, levels[group.index])
        said.append(f"{sentence(about(figure))}: {'; '.join(_said(pair) for _, pair in group.iterrows())}")
    return f"Dot plot of ratios on a logarithmic scale. {'. '.join(said)}."


def _ratios(page: Page, pairs: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """The pairs that have a ratio, with the publications."""
    ratios = ["ratio_low", "ratio_best", "ratio_high"]
    pairs[ratios] = pairs[ratios].mask(pairs[ratios] == 0)  # which a logarithmic scale cannot show: a bar without end
    drawn = pairs["comparability"].isin(kinds) & pairs[["ratio_low", "ratio_high"]].notna().any(axis=1)
    return page.tables.some(pairs[drawn]).join(page.rows("references")[["excerpt_id", "title", "published"]])


def _row(plot: Plot, middle: float, figure: pd.Series, group: pd.DataFrame, levels: pd.Series) -> None:
    """A figure of the article, and a mark for each independent one."""
    conclusive = group[group["verdict"] != "incomparable"]
    told = others(conclusive if len(conclusive) else group)
    value = format_quantity(quantity_of(group.iloc[0], "article_"), group["unit"].iloc[0])
    detail = f"{'changed to' if figure['changed'] else 'article'} {value}; others {told}"
    plot.row_label(middle, sentence(about(figure)), detail, gap=0.35)
    plot.badge(figure["excerpt"], plot.axes.get_xlim()[0], middle, dx=-11)
    for reference_id, pair in group.iterrows():
        _ratio_mark(plot, middle + (levels[reference_id] - levels.max() / 2) * LEVEL, reference_id, pair)


def _said(pair: pd.Series) -> str:
    how = [pair["verdict"], pair["comparability"], f"{pair['publisher']}, {pair['as_of']}"]
    return f"{pair['why']} ({'; '.join(['changed'] * bool(pair['changed']) + how)})"


def _ratio_axis(plot: Plot, reach: Span) -> None:
    step = 1 if log2(reach[1] / reach[0]) < 10 else 3
    ticks = [2.0**power for power in range(-6, 30, step) if reach[0] < 2.0**power < reach[1]]
    plot.axes.set(xscale="log", xlim=reach)
    plot.axes.set_xticks(ticks, [TICKS.get(tick, f"{tick:g}" if tick >= 1 else f"1/{1 / tick:g}") for tick in ticks])
    plot.axes.minorticks_off()
    plot.axes.axvline(1, color=SOFT, linewidth=1.2, zorder=1)


def _key(plot: Plot) -> None:
    """The shapes with their names, and the colours, in two lines over the rows; from the page's left edge."""
    shapes = [(name, shape, (INK, INK)) for name, shape in SHAPES.items()]
    names = {"agrees": "agrees", "above": "above or below", "incomparable": "nothing follows"}
    colors = [(name, "s", COLORS[verdict]) for verdict, name in names.items()]
    for line, down in ((shapes, 0.08), (colors, 0.27)):
        x, y = -LEFT, 1 - down / plot.height
        for name, shape, (face, edge) in line:
            plot.axes.plot((x + 0.05) / plot.width, y, shape, color=face, markeredgecolor=edge, markersize=5.5,
                           clip_on=False, transform=plot.axes.transAxes)  # fmt: skip
            plot.label((x + 0.15) / plot.width, y, name, "small", color=SOFT, bbox=None, xycoords="axes fraction")
            x += 0.15 + width_of(name, plot.fonts["small"]) + 0.2


def _ends(pair: pd.Series, reach: Span) -> Span:
    """Where the mark of a pair begins and ends; a missing bound runs to the edge."""
    low, high = pair["ratio_low"], pair["ratio_high"]
    return (reach[0] if pd.isna(low) else float(low)), (reach[1] if pd.isna(high) else float(high))


def _levels(pairs: pd.DataFrame, reach: Span, octave: float) -> pd.Series:
    """A level for each mark of a row, so that none covers another; an octave is so many inches wide."""
    taken: dict[int, list[Span]] = defaultdict(list)
    levels = {}
    for reference_id, pair in pairs.sort_values("ratio_high").iterrows():
        first, last = (log2(bound) * octave for bound in _ends(pair, reach))
        start, end = first - 0.06, last + 0.06
        levels[reference_id] = next(n for n in count() if all(end < a or start > b for a, b in taken[n]))
        taken[levels[reference_id]].append((start, end))
    return pd.Series(levels)


def _ratio_mark(plot: Plot, y: float, reference_id: str, pair: pd.Series) -> None:
    reach = plot.axes.get_xlim()
    (face, edge), (first, last) = COLORS[pair["verdict"]], _ends(pair, reach)
    if first == last:
        shape = SHAPES[pair["comparability"]]
        plot.mark(first, y, reference_id, 6.5, shape, color=face, markeredgecolor=edge, zorder=3)
    else:
        plot.bar(first, last, y, reference_id, edge, thick=4.5)
    for bound, x, shape in ("ratio_low", reach[0], "<"), ("ratio_high", reach[1], ">"):
        if pd.isna(pair[bound]):
            plot.axes.plot(x, y, shape, color=edge, markersize=6, clip_on=False, zorder=3)
