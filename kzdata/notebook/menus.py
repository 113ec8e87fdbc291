"""Menus that redraw a chart under another assumption, for a running notebook."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from kzdata.drawing.chart import Chart

try:
    import ipywidgets
except ModuleNotFoundError:
    ipywidgets = None


def explore(draw: Callable[..., Chart], **choices: dict[str, Any]) -> Explorer:
    """Menus over a chart: each choice draws it anew, by the same function. An ImportError without ipywidgets.

    Parameters
    ----------
    draw : callable
        A function of :mod:`kzdata.charts`.
    **choices : dict
        For an argument of the function, what its menu offers: labels and the values they stand for,
        the one chosen at the start first.

    Returns
    -------
    Explorer
        Show it as the last expression of a cell; ``.chart.export(directory)`` writes the chart shown.

    Examples
    --------
    >>> kz.explore(kz.charts.years_of_wages, wages_per_year={"monthly": 12, "yearly": 1})  # doctest: +SKIP
    """
    return Explorer(draw, choices)


class Explorer:
    """What :func:`explore` returns: ``chart``, as chosen, and its ``menus``, one for each argument."""

    def __init__(self, draw: Callable[..., Chart], choices: dict[str, dict[str, Any]]):
        if ipywidgets is None:
            raise ImportError("kz.explore needs ipywidgets, which is not installed: pip install 'kzdata[notebooks]'")
        self._draw, self._picture = draw, ipywidgets.HTML()
        self.menus = {
            name: ipywidgets.Dropdown(options=list(options.items()), description=name.replace("_", " "),
                                      style={"description_width": "initial"})
            for name, options in choices.items()
        }  # fmt: skip
        for menu in self.menus.values():
            menu.observe(self._redraw, names="value")
        self._redraw()

    def _redraw(self, change: dict[str, Any] | None = None) -> None:
        self.chart = self._draw(**{name: menu.value for name, menu in self.menus.items()})
        self._picture.value = self.chart.html()

    def __repr__(self) -> str:
        offers = (f"{menu.description} ({', '.join(menu._options_labels)})" for menu in self.menus.values())
        return f"Menus that redraw the chart while the notebook runs: {'; '.join(offers)}."

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        rows = ipywidgets.VBox([ipywidgets.HBox(list(self.menus.values())), self._picture])
        live: dict[str, Any] = rows._repr_mimebundle_()
        return live | {"text/plain": repr(self), "text/html": f"<p>{escape(repr(self))}</p>"}
