"""The charts: each is one function that returns a :class:`Chart`."""

from kzdata.charts.beside_others import beside_others
from kzdata.charts.casualties import casualties, toll_as_reported, zhanaozen_2011
from kzdata.charts.economy import official_wages, tengizchevroil, wages_and_wealth, years_of_wages
from kzdata.charts.map import spread
from kzdata.charts.timeline import background, january_2022
from kzdata.charts.troops_and_fuel import csto_troops, fuel_price
from kzdata.drawing.chart import Chart
from kzdata.drawing.export import Export

__all__ = [
    "Chart", "Export", "background", "beside_others", "casualties", "csto_troops", "fuel_price", "january_2022",
    "official_wages", "spread", "tengizchevroil", "toll_as_reported", "wages_and_wealth", "years_of_wages",
    "zhanaozen_2011",
]  # fmt: skip


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
