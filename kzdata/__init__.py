"""Figures and quotations from a political article on the revolt in Kazakhstan of January 2022.

``import kzdata as kz``, then ``kz.load_figures()`` for the data and
``kz.charts.wages_and_wealth()`` for a chart. The figures are statements of the
article, a partisan source; the package neither argues for nor against them.
"""

from importlib import import_module

from kzdata.quantities import LEXICON, Quantity, parse_quantity, quantity_of, ratio
from kzdata.schema import DATA_DIR, DataError
from kzdata.tables import load_article, load_casualties, load_economy, load_excerpts, load_figures

__version__ = "0.1.0"
__all__ = [
    "DATA_DIR", "DataError", "LEXICON", "Quantity", "charts", "load_article", "load_casualties",
    "load_economy", "load_excerpts", "load_figures", "parse_quantity", "quantity_of", "ratio",
]  # fmt: skip


def __getattr__(name: str):
    # matplotlib takes as long to import as pandas: readers of tables should not wait for it.
    if name == "charts":
        return import_module("kzdata.charts")
    raise AttributeError(f"module 'kzdata' has no attribute {name!r}")
