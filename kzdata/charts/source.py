"""The chart of the source itself: where in the article its figures stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from kzdata.charts import layout
from kzdata.charts.chart import Chart, make_chart, some, source_line, stated, titled
from kzdata.charts.layout import ACCENT, GREY, INK, PALE, SOFT

DOT = 0.2  # inches from figure to figure in a stack
HEIGHT = 2.7  # inches of plot


def where_figures_stand(data_dir: str | Path | None = None) -> Chart:
    """The figures as dots over the paragraphs in which they stand.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One dot for each place where a figure stands. The quotations in the margin
        are those that stand in more than one paragraph.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    figures, excerpts = some(stated("figures", data_dir), "figures", data_dir), stated("excerpts", data_dir)
    occurrences = figures["excerpt_id"].map(excerpts["occurrences"])
    twice = figures[occurrences.str.contains(";")]
    repeated, notes = layout.notes_for(twice, excerpts)
    data = figures.assign(excerpt=repeated["excerpt"].reindex(figures.index))
    says = f"{len(twice)} of the article’s {len(data)} figures stand in it more than once"
    title = titled(says, f"{len(twice)} of {len(data)} hang on a quotation that stands twice", data, excerpts, data_dir)
    subtitle = (
        "One dot a figure, over each paragraph in which it stands, counted from the title. Red: paragraphs that repeat."
    )
    stacks: Counter[int] = Counter()
    last = max(int(n) for cell in excerpts["occurrences"] for n in cell.split(";"))
    with layout.style():
        figure, axes = layout.page(
            title, subtitle, notes, source_line(data_dir, repeated, excerpts), HEIGHT, bottom=0.95
        )
        axes.set(xlim=(0, last + 2), ylim=(0, HEIGHT))
        axes.grid(False)
        for figure_id, cell in zip(data.index, occurrences):
            for paragraph in map(int, cell.split(";")):
                stacks[paragraph] += 1
                again = figure_id in twice.index
                axes.plot(paragraph, stacks[paragraph] * DOT, "o" if not again else "D", color=ACCENT if again else INK,
                          markersize=6 if not again else 5, gid=f"mark-{figure_id}")  # fmt: skip
        _number(axes, repeated, excerpts, stacks)
        _sections(axes, excerpts)
    said = [f"paragraph {paragraph}: {count}" for paragraph, count in sorted(stacks.items())]
    alt = f"Stacks of dots over the paragraphs of the article. Figures in {'; '.join(said)}."
    return make_chart("where_figures_stand", title, subtitle, alt, figure, data, excerpts, data_dir)


def _number(axes: Axes, repeated: pd.DataFrame, excerpts: pd.DataFrame, stacks: Counter[int]) -> None:
    """The numbers of the repeated quotations, over the first paragraph of each, on three levels so that they fit."""
    top = max(stacks.values()) * DOT
    for n, row in enumerate(repeated.drop_duplicates("excerpt").itertuples()):
        paragraph = int(excerpts.loc[row.excerpt_id, "paragraph"])
        level = 15 + 17 * (n % 3)
        axes.plot((paragraph, paragraph), (stacks[paragraph] * DOT, top), color=GREY, linewidth=0.6, zorder=0)
        layout.badge(axes, row.excerpt, paragraph, top, dy=level)


def _sections(axes: Axes, excerpts: pd.DataFrame) -> None:
    """Lines between the sections, and their headings under the axis, one below the other."""
    starts = excerpts[excerpts["paragraph"] > 6].groupby("section", sort=False)["paragraph"].min()  # 6 is a heading
    for n, (section, paragraph) in enumerate(starts.items()):
        axes.axvline(paragraph - 0.5, color=PALE, linewidth=1)
        axes.annotate(f"from {paragraph}: {section}", (0, 0), (0, -24 - 11 * n), textcoords="offset points",
                      fontproperties=layout.SMALL, color=SOFT, va="top", annotation_clip=False)  # fmt: skip
