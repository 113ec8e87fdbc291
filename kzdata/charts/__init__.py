"""The charts: each is one function that returns a :class:`Chart`."""

from kzdata.charts.casualties import attribution, casualties
from kzdata.charts.chart import Chart
from kzdata.charts.cross_check import beside_others, official_wages
from kzdata.charts.economy import tengizchevroil, wages_and_wealth, years_of_wages
from kzdata.charts.export import Export
from kzdata.charts.places import spread
from kzdata.charts.reported import csto_troops, fuel_price, toll_as_reported, zhanaozen_2011
from kzdata.charts.source import where_figures_stand
from kzdata.charts.timeline import background, january_2022

__all__ = [
    "Chart", "Export", "attribution", "background", "beside_others", "casualties", "csto_troops", "fuel_price",
    "january_2022", "official_wages", "spread", "tengizchevroil", "toll_as_reported", "wages_and_wealth",
    "where_figures_stand", "years_of_wages", "zhanaozen_2011",
]  # fmt: skip


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
