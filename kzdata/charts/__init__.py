"""The charts: each is one function that returns a :class:`Chart`."""

from kzdata.charts.casualties import attribution, casualties
from kzdata.charts.chart import Chart
from kzdata.charts.economy import tengizchevroil, wages_and_wealth, years_of_wages
from kzdata.charts.export import Export

__all__ = ["Chart", "Export", "attribution", "casualties", "tengizchevroil", "wages_and_wealth", "years_of_wages"]
