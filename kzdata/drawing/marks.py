"""What is drawn on a plot: marks of quantities, labels and numbers beside them, the axes of several charts."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import LogLocator

from kzdata.drawing.style import ACCENT, INK, PALE, SOFT
from kzdata.drawing.text import width_of, wrap
from kzdata.quantities import Quantity, format_number, quantity_of
from kzdata.readers_changes import ARTICLE

ARROW = 40  # points
#: What the number of a quotation stands in, and what keeps gridlines out of a label.
DISC = {"boxstyle": "circle,pad=0.28", "facecolor": SOFT, "edgecolor": "none"}
PAPER = {"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none"}
LOG_SCALE = "Logarithmic scale: each gridline is ten times the one before."


def color_of(row: pd.Series) -> str:
    """Red is the article, as it stands; what a reader has changed is grey."""
    return ACCENT if row["publisher"] == ARTICLE else SOFT if row["changed"] else INK


def ends_of(row: pd.Series) -> tuple[float, float]:
    """The two ends of a range; of a lone bound, that twice: its label says that it is a bound."""
    known = [float(row[bound]) for bound in Quantity._fields if pd.notna(row[bound])]
    return min(known), max(known)


def as_stated(row: pd.Series, column: str) -> str:
    """The words of a row, which say so where a reader has changed it."""
    return f"{row[column]} (changed)" if row["changed"] else str(row[column])


def under_headings(names: pd.Series, first: float, step: float, heading: float) -> pd.Series:
    """Heights of rows ``step`` inches apart, with room for a heading over the first one of each name."""
    return first + step * np.arange(len(names)) + heading * (~names.duplicated()).cumsum()


@dataclass(frozen=True)
class Plot:
    """The part of a sheet that the marks are drawn on; measures are in inches, heights on it from the top."""

    axes: Axes
    width: float
    height: float
    left: float  # width of the space for labels left of the axes
    fonts: dict[str, FontProperties]  # for each kind of text

    def mark(self, x: float, y: float, row_id: str, size: float = 8, shape: str = "o", **options: Any) -> None:
        """The mark of a row."""
        self.axes.plot(x, y, shape, markersize=size, gid=f"mark-{row_id}", **options)

    def bar(self, low: float, high: float, y: float, row_id: str, color: str, thick: float = 8) -> None:
        """The mark of a row that reaches from one value to another."""
        self.axes.plot((low, high), (y, y), color=color, linewidth=thick, solid_capstyle="butt", gid=f"mark-{row_id}")

    def label(
        self, x: float, y: float, text: str, kind: str = "label", dx: float = 0, dy: float = 0, **kwargs: Any
    ) -> None:
        """Text beside a mark; ``dx`` and ``dy`` are in points."""
        options: dict[str, Any] = dict(color=INK, ha="left", va="center_baseline", bbox=PAPER) | kwargs
        self.axes.annotate(text, (x, y), (dx, dy), textcoords="offset points", annotation_clip=False,
                           fontproperties=self.fonts[kind], **options)  # fmt: skip

    def badge(self, number: int, x: float, y: float, dx: float = 0, dy: float = 0) -> None:
        """The number of a quotation beside its mark; ``dx`` and ``dy`` are in points."""
        self.label(x, y, str(number), "badge", dx, dy, color="white", ha="center", bbox=DISC)

    def value(
        self, x: float, y: float, text: str, dx: float, number: int | None = None, gap: float = 12, **kwargs: Any
    ) -> None:
        """A value right of its mark and, ``gap`` points behind it, the number of its quotation."""
        self.label(x, y, text, "value", dx, **kwargs)
        if number is not None:
            self.badge(number, x, y, dx + width_of(text, self.fonts["value"]) * 72 + gap)

    def row_label(self, y: float, text: str, detail: str = "", bold: bool = False, gap: float = 0.15) -> None:
        """A row's label in the space left of the plot, over a smaller line of detail; ``gap`` inches stay free."""
        main, room = "value" if bold else "label", self.left - gap
        lines = [(line, main, INK) for line in wrap(text, self.fonts[main], room)]
        lines += [(line, "small", SOFT) for line in wrap(detail, self.fonts["small"], room) if detail]
        for place, (line, kind, color) in enumerate(lines):
            up = ((len(lines) - 1) / 2 - place) * 11.5  # points, from the middle of the lines
            self.label(0, y, line, kind, -self.left * 72, up, color=color, bbox=None,
                       xycoords=("axes fraction", "data"))  # fmt: skip

    def rows(self, data: pd.DataFrame, rules: bool = True, margin: float = 0) -> Iterator[tuple[float, str, pd.Series]]:
        """A row of the plot for each row of the data, from the top, on a pale rule: height, name, row.

        ``margin``, in rows, stays free over the first and under the last.
        """
        for number, (row_id, row) in enumerate(data.iterrows()):
            y = (number + 0.5 + margin) * self.height / (len(data) + 2 * margin)
            if rules:
                self.axes.axhline(y, color=PALE, linewidth=0.8)
            yield y, str(row_id), row

    def log_axis(self, values: pd.Series, room: tuple[float, float], dollars: bool = False) -> None:
        """A log axis with a gridline for each power of ten; over many of them, only the thousands are labelled."""
        low, high = float(values.min()) / room[0], float(values.max()) * room[1]
        step = 3 if log10(high / low) > 6 else 1

        def write(value: float, _: float) -> str:
            return "" if round(log10(value)) % step else "$" * dollars + format_number(value)

        self.axes.set(xscale="log", xlim=(low, high))
        self.axes.xaxis.set_major_locator(LogLocator(base=10, numticks=20))
        self.axes.xaxis.set_major_formatter(write)
        self.axes.minorticks_off()

    def interval(
        self, y: float, row_id: str, row: pd.Series, color: str, face: str,
        line: str | tuple[float, tuple[float, ...]] = "solid",
    ) -> tuple[float, float]:  # fmt: skip
        """A stated number as a disc, a range as a bar, a lone bound as an arrow; returns the two ends."""
        low, best, high = quantity_of(row)
        if best is not None:
            self.axes.scatter(best, y, s=64, facecolor=face, edgecolor=color, linewidth=1.6, linestyle=line, zorder=3,
                              gid=f"mark-{row_id}")  # fmt: skip
            return best, best
        if low is not None and high is not None:
            self.bar(low, high, y, row_id, color)
            return low, high
        end, _ = ends_of(row)
        arrow = dict(arrowstyle="<-", color=color, linewidth=1.6, shrinkA=0, shrinkB=0)
        tip = (ARROW if high is None else -ARROW), 0
        self.axes.annotate("", (end, y), tip, textcoords="offset points", arrowprops=arrow)
        self.mark(end, y, row_id, 11, "|", color=color, markeredgewidth=2)
        return end, end
