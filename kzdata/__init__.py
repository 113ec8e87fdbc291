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

#: Not imported before they are used: pandas takes a while, matplotlib as long again, and whoever stops a command
#: meanwhile should not see where in them it was. What is not here is in kzdata.tables.
_MODULES = {
    "charts": ["charts"],
    "comparison": ["compare", "summarise", "verdict"],
    "csvfile": ["DataError"],
    "money": ["Converted", "convert"],
    "notebook.html_tables": ["format_tables"],
    "notebook.menus": ["explore"],
    "quantities": ["LEXICON", "Quantity", "parse_quantity", "quantity_of", "ratio"],
    "schema": ["DATA_DIR"],
    "sentences": ["prose"],
    "quotations.annotations": ["annotations"],
    "quotations.coverage": ["coverage"],
    "quotations.read_copy": ["CopyError"],
    "quotations.verify": ["verify"],
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kzdata' has no attribute {name!r}")
    module = import_module(f"kzdata.{_MODULE_OF.get(name, 'tables')}")
    return module if name == "charts" else getattr(module, name)


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
