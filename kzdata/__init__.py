"""Figures and quotations from a political article on the revolt in Kazakhstan of January 2022.

``import kzdata as kz``, then ``kz.load_figures()`` for the data and
``kz.charts.wages_and_wealth()`` for a chart. The figures are statements of the
article, a partisan source; the package neither argues for nor against them.
"""

from importlib import import_module
from typing import Any

from kzdata.independent import load_rates, load_references
from kzdata.quantities import LEXICON, Quantity, parse_quantity, quantity_of, ratio
from kzdata.schema import DATA_DIR, DataError
from kzdata.tables import (
    load_article,
    load_casualties,
    load_conflicts,
    load_economy,
    load_events,
    load_excerpts,
    load_figures,
    load_places,
    load_uncoded,
)

__version__ = "0.1.0"
__all__ = [
    "Converted", "CopyError", "DATA_DIR", "DataError", "LEXICON", "Quantity", "annotations", "charts", "compare",
    "convert", "coverage", "explore", "format_tables", "load_article", "load_casualties", "load_conflicts",
    "load_economy", "load_events", "load_excerpts", "load_figures", "load_places", "load_rates", "load_references",
    "load_uncoded", "parse_quantity", "prose", "quantity_of", "ratio", "summarise", "verdict", "verify",
]  # fmt: skip

#: Not imported before they are used: readers of tables should not wait for matplotlib, which takes as long as pandas.
_LAZY = {
    "Converted": "kzdata.currency",
    "CopyError": "kzdata.article",
    "annotations": "kzdata.webannotation",
    "charts": "kzdata.charts",
    "compare": "kzdata.comparison",
    "convert": "kzdata.currency",
    "coverage": "kzdata.audit",
    "explore": "kzdata.explorer",
    "format_tables": "kzdata.display",
    "prose": "kzdata.sentences",
    "summarise": "kzdata.comparison",
    "verdict": "kzdata.comparison",
    "verify": "kzdata.article",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'kzdata' has no attribute {name!r}")
    module = import_module(_LAZY[name])
    return module if name == "charts" else getattr(module, name)
