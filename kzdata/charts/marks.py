"""Marks of quantities that several charts share: a point, an interval, a bound without an end."""

from __future__ import annotations

from matplotlib.axes import Axes

from kzdata.quantities import Quantity

ARROW = 40  # points


def interval(
    axes: Axes, y: float, quantity: Quantity, gid: str, color: str, face: str,
    line: str | tuple[float, tuple[float, ...]] = "solid",
) -> tuple[float, float]:  # fmt: skip
    """Draw a stated number as a disc, a range as a bar, a lone bound as an arrow; returns its two ends."""
    low, best, high = quantity
    if best is not None:
        axes.scatter(best, y, s=64, facecolor=face, edgecolor=color, linewidth=1.6, linestyle=line, zorder=3, gid=gid)
        return best, best
    if low is not None and high is not None:
        axes.plot((low, high), (y, y), color=color, linewidth=8, solid_capstyle="butt", gid=gid)
        return low, high
    (end,) = (bound for bound in (low, high) if bound is not None)
    arrow = dict(arrowstyle="<-", color=color, linewidth=1.6, shrinkA=0, shrinkB=0)
    tip = (ARROW if high is None else -ARROW), 0
    axes.annotate("", (end, y), tip, textcoords="offset points", arrowprops=arrow)
    axes.plot(end, y, "|", color=color, markersize=11, markeredgewidth=2, gid=gid)
    return end, end
