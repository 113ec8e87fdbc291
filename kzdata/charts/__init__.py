"""The charts: each is one function that returns a :class:`Chart`."""

from kzdata.charts.casualties import attribution, casualties
from kzdata.charts.chart import Chart
from kzdata.charts.economy import tengizchevroil, wages_and_wealth, years_of_wages
from kzdata.charts.export import Export
from kzdata.charts.places import spread
from kzdata.charts.source import where_figures_stand
from kzdata.charts.timeline import background, january_2022

__all__ = [
    "Chart", "Export", "attribution", "background", "casualties", "january_2022", "spread", "tengizchevroil",
    "wages_and_wealth", "where_figures_stand", "years_of_wages",
]  # fmt: skip
