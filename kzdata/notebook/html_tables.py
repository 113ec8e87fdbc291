"""Tables for reading in a notebook: words to the left, numbers to the right, nothing cut off, reachable by keyboard."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype


def format_tables() -> None:
    """Show the tables of this notebook for reading.

    A missing value is an empty cell, and a dollar sign is an amount, not mathematics. Where no notebook
    runs, only the options of pandas are set.
    """
    pd.set_option("display.max_colwidth", None, "display.float_format", "{:.10g}".format)
    pd.set_option("display.html.use_mathjax", False)
    ipython = sys.modules.get("IPython")  # it is imported wherever a notebook runs
    if ipython and (shell := ipython.get_ipython()):
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, table_html)


def table_html(frame: pd.DataFrame) -> str:
    """A table as HTML, in a region that the keyboard can scroll; with several levels of headings as pandas has it."""
    if frame.columns.empty or frame.index.nlevels > 1 or frame.columns.nlevels > 1:
        return str(frame._repr_html_())
    heads, cells = zip(*(_column(name, values) for name, values in frame.items()))
    shown = pd.DataFrame(dict(enumerate(cells)), index=[escape(str(key)) for key in frame.index], dtype="object")
    index, columns = (None if name is None else escape(str(name)) for name in (frame.index.name, frame.columns.name))
    if index is None or columns is None:  # one line of headings instead of two
        index, columns = None, columns if index is None else index
    shown = shown.set_axis(heads, axis="columns").rename_axis(index=index, columns=columns)
    table = shown.to_html(border=0, escape=False, max_rows=pd.get_option("display.max_rows"))
    label = escape(f"Table: {frame.attrs.get('title', ', '.join(map(str, frame.columns)))}", quote=True)
    return f"<div role='region' tabindex='0' aria-label='{label}' style='overflow-x:auto'>{table}</div>"


def _column(name: Any, values: pd.Series) -> tuple[str, list[str]]:
    """The heading of a column and its cells, as HTML."""
    write: Callable[[Any], str] = _number
    head = escape(str(name)).replace("_", "_<wbr>")
    if is_datetime64_any_dtype(values.dtype):
        values, write = values.dt.strftime("%Y-%m-%d"), _unbroken
    elif not is_numeric_dtype(values.dtype):
        left = "<div style='text-align:left'>{}</div>".format
        head, write = left(head), lambda value: left(_unbroken(escape(str(value))))
    return head, ["" if pd.isna(value) else write(value) for value in values]


def _unbroken(text: str) -> str:
    """A date on one line; other text as it is."""
    return f"<span style='white-space:nowrap'>{text}</span>" if re.fullmatch(r"\d{4}-[\dQ-]+", text) else text


def _number(value: float) -> str:
    """With commas from five digits on: a number of four may be a year."""
    return f"{value:,.10g}" if abs(value) >= 10_000 else f"{value:.10g}"
