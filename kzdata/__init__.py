"""Figures and quotations from a political article on the revolt in Kazakhstan of January 2022.

``import kzdata as kz``, then ``kz.load_figures()`` for the data and
``kz.charts.wages_and_wealth()`` for a chart. The figures are statements of the
article, a partisan source; the package neither argues for nor against them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kzdata.csvfile import DataError
    from kzdata.quantities import LEXICON, Quantity, parse_quantity, quantity_of, ratio
    from kzdata.tables import Tables, load_casualties, load_economy, load_figures

__version__ = "0.2.0.dev0"
__all__ = [
    "Converted", "CopyError", "DATA_DIR", "DataError", "LEXICON", "Quantity", "Tables", "annotations", "charts",
    "compare", "convert", "coverage", "explore", "format_tables", "load_article", "load_casualties", "load_conflicts",
    "load_economy", "load_events", "load_excerpts", "load_figures", "load_places", "load_rates", "load_references",
    "load_uncoded", "parse_quantity", "prose", "quantity_of", "ratio", "summarise", "verdict", "verify",
]  # fmt: skip

#: Where they are, if not in kzdata.tables. Not imported before they are used: pandas takes a while, matplotlib as long
#: again, and whoever stops a command meanwhile should not see where in them it was.
_MODULE_OF = {
    "Converted": "money", "CopyError": "quotations.read_copy", "DATA_DIR": "schema", "DataError": "csvfile",
    "LEXICON": "quantities", "Quantity": "quantities", "annotations": "quotations.annotations", "charts": "charts",
    "compare": "comparison", "convert": "money", "coverage": "quotations.coverage", "explore": "notebook.menus",
    "format_tables": "notebook.html_tables", "parse_quantity": "quantities", "prose": "sentences",
    "quantity_of": "quantities", "ratio": "quantities", "summarise": "comparison", "verdict": "comparison",
    "verify": "quotations.verify",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kzdata' has no attribute {name!r}")
    module = import_module(f"kzdata.{_MODULE_OF.get(name, 'tables')}")
    return module if name == "charts" else getattr(module, name)


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
