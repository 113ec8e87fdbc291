"""What a reader has changed: rows that say something else than the package's own tables, or than the quoted words.

A chart of a changed row must not put the change into the mouth of the article, or of anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from kzdata.dates import MONTHS
from kzdata.quantities import PLURAL, Quantity, Row, format_quantity, parse_quantity, quantity_of
from kzdata.schema import fields
from kzdata.tables import Tables

ARTICLE = "the article"
MAKER = "the maker of this chart"  # who says what a reader has changed
OWN = (ARTICLE, MAKER)  # publishers of the article's figures, as they are and as a reader has changed them
_NUMBERS = {"low", "best", "high", "unit"}  # told as one


def changes(tables: Tables, name: str) -> pd.Series:
    """What is changed in each row of a table, in words; empty for a row that says what its source says.

    A row that the package has too is held against it; a figure or an event of the reader's own, or in the
    package's folder, against the words it quotes.
    """
    ours = tables.original[name].to_dict("index") if tables.original else {}
    against_words = {"figures": _figure_against_words, "events": _event_against_words}.get(name)
    exact = tables["excerpts"]["exact"] if against_words else {}
    said = {}
    for row_id, row in tables[name].to_dict("index").items():
        if row_id in ours:
            said[row_id] = "; ".join(_against_ours(name, row_id, row, ours[row_id]))
        elif against_words:
            said[row_id] = "; ".join(against_words(row, exact[row["excerpt_id"]]))
    return pd.Series(said, index=tables[name].index, dtype="str").fillna("")


def stated(tables: Tables, name: str) -> pd.DataFrame:
    """A table with the column ``changed``: what a reader has changed in a row, which nobody else states then."""
    table = tables[name].assign(changed=changes(tables, name))
    if "attributed_to" in table:
        table.loc[table["changed"] != "", "attributed_to"] = MAKER
    return table


def value_of(row: pd.Series) -> str:
    """The value of a row as its mark has it."""
    return format_quantity(quantity_of(row), row["unit"]) + (" (changed)" if row["changed"] else "")


def _against_ours(name: str, row_id: str, row: Row, ours: Row) -> Iterator[str]:
    columns = [c for c in row if fields(name)[c].get("stated", True) and not _same(row[c], ours[c])]
    what = row.get("measure", f"{name.removesuffix('s')} {row_id}")
    if not _NUMBERS.isdisjoint(columns):
        words = f"“{ours['quantity_text']}” in the article" if name == "figures" else f"{_value(ours)} in kzdata"
        yield f"{what} is {_other(row, _value(ours))} here, {words}"
    for column in (c for c in columns if c not in _NUMBERS):
        yield f"{column} of {what} is {_text(row[column])} here, {_text(ours[column])} in kzdata"


def _same(a: Any, b: Any) -> bool:
    return bool(a == b) if pd.notna(a) and pd.notna(b) else pd.isna(a) is pd.isna(b)


def _value(row: Row) -> str:
    value, unit = format_quantity(quantity_of(row), row["unit"]), row["unit"]
    return value if unit in ("USD", "percent", "rank", "year", "years", "persons") else f"{value} {unit}"


def _other(row: Row, value: str) -> str:
    """A value that is not that one: to the last digit where rounding would hide it."""
    if _value(row) != value:
        return _value(row)
    return ", ".join(f"{bound} {row[bound]:,.15g}" for bound in Quantity._fields if pd.notna(row[bound]))


def _text(value: Any) -> str:
    if pd.isna(value):
        return "left empty"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"“{value}”" if isinstance(value, str) else f"{value:,.10g}"


#: Words of a quotation without which a figure is not hedged, and not doubted.
_DOUBT = {
    "hedged": r"(?i)\b(?:likel|probabl|perhaps|may|might|could|seem)",
    "doubted": r"(?i)\b(?:if|doubt|not certain|uncertain|alleged|claim)",
}


def _figure_against_words(row: Row, exact: str) -> Iterator[str]:
    words, what, credit = row["quantity_text"], row["measure"], row["attributed_to"]
    if not place_of(words, exact):
        yield f"{what} is {_value(row)} here, which is not in the quotation"
    elif quantity_of(row) != _read(row["reading"], words):
        yield f"{what} is {_other(row, words)} here, “{words}” in the article"
    if credit != ARTICLE and credit.removeprefix("the ").lower() not in exact.lower():
        yield f"{what} is credited to {credit} here, who is not in the quotation"
    firm, doubt = "asserted" if credit == ARTICLE else "attributed", _DOUBT.get(row["modality"])
    if row["modality"] != firm and not (doubt and re.search(doubt, exact)):
        yield f"{what} is {row['modality']} here, which the quotation does not bear out"


def place_of(words: str, exact: str) -> tuple[int, int] | None:
    """Where words stand in a quotation, not as a part of a longer word or number: "$57" is not in "$570"."""
    match = re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w|[.,]\d)", exact)
    return match.span() if match else None


def _read(reading: str, words: str) -> Quantity | None:
    if reading == "plural":
        return PLURAL
    if reading == "list":
        return Quantity(*[float(len(re.findall(r"[A-Z]\w*", words)))] * 3)
    try:
        return parse_quantity(words)
    except ValueError:
        return None


def _event_against_words(row: Row, exact: str) -> Iterator[str]:
    words, days = row["date_text"], (row["start"], row["end"])
    numbers = {int(n) for n in re.findall(r"\d+", words)}
    named = {n for n, month in enumerate(MONTHS, 1) if re.search(rf"\b{month[:3]}(?:{month[3:]}|\.)", words)}
    right = numbers <= {n for day in days for n in (day.day, day.year)} and named <= {day.month for day in days}
    if row["precision"] == "day":
        right &= {day.day for day in days} <= numbers
    if not (right and place_of(words, exact)):
        dates = " to ".join(dict.fromkeys(f"{day:%Y-%m-%d}" for day in days))
        yield f"“{row['title']}” is of {dates} here, “{words}” in the quotation"
