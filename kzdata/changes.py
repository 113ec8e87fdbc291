"""What a reader has changed: rows that say something else than the package's own tables, or than the quoted words.

A chart of a changed row must not put the change into the mouth of the article, or of anybody else.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from kzdata.dates import MONTHS
from kzdata.quantities import PLURAL, Quantity, format_quantity, parse_quantity, quantity_of
from kzdata.tables import Tables

ARTICLE = "the article"
MAKER = "the maker of this chart"  # who says what a reader has changed
OWN = (ARTICLE, MAKER)  # publishers of the article's figures, as they are and as a reader has changed them
#: Columns that say what somebody states, table by table; the others are notes and our own coding.
_SAID = {
    "article": ["title", "authors", "dated", "published", "site", "url"],
    "excerpts": ["paragraph", "occurrences", "exact"],
    "figures": ["subject", "measure", "low", "best", "high", "unit", "period", "start", "end", "quantity_text",
                "attributed_to", "modality", "excerpt_id"],
    "events": ["start", "end", "precision", "date_text", "place_id", "lane", "actor", "title", "excerpt_id"],
    "places": ["name_in_article", "name", "latitude", "longitude"],
    "references": ["subject", "measure", "low", "best", "high", "unit", "as_of", "publisher", "attributed_to"],
    "rates": ["base_currency", "base_amount", "quote_currency", "quote_amount", "as_of", "publisher"],
}  # fmt: skip
_NUMBERS = {"low", "best", "high", "unit"}  # told as one


def changes(tables: Tables, name: str) -> pd.Series:
    """What is changed in each row of a table, in words; empty for a row that says what its source says.

    A row that the package has too is held against it; a figure or an event of the
    reader's own, or in the package's folder, against the words it quotes.
    """
    table = tables[name]
    ours = tables.original[name].to_dict("index") if tables.original else {}
    exact = tables["excerpts"]["exact"] if name in _AGAINST_WORDS else pd.Series(dtype="str")
    said = {}
    for row_id, row in table.to_dict("index").items():
        if row_id in ours:
            said[row_id] = _against_ours(name, str(row_id), row, ours[row_id])
        elif name in _AGAINST_WORDS:
            said[row_id] = _AGAINST_WORDS[name](row, exact[row["excerpt_id"]])
    return pd.Series(said, index=table.index, dtype="str").fillna("")


def stated(tables: Tables, name: str) -> pd.DataFrame:
    """A table with the column ``changed``: what a reader has changed in a row, which nobody else states then."""
    table = tables[name].assign(changed=changes(tables, name))
    if "attributed_to" in table:
        table.loc[table["changed"] != "", "attributed_to"] = MAKER
    return table


def value_of(row: pd.Series) -> str:
    """The value of a row as its mark has it."""
    return format_quantity(quantity_of(row), row["unit"]) + (" (changed)" if row["changed"] else "")


def _against_ours(name: str, row_id: str, row: dict[str, Any], ours: dict[str, Any]) -> str:
    columns = [c for c in _SAID[name] if not _same(row[c], ours[c])]
    what, said = row.get("measure", f"{name.removesuffix('s')} {row_id}"), []
    if not _NUMBERS.isdisjoint(columns):
        words = f"“{ours['quantity_text']}” in the article" if name == "figures" else f"{_value(ours)} in kzdata"
        said.append(f"{what} is {_other(row, _value(ours))} here, {words}")
    for column in (c for c in columns if c not in _NUMBERS):
        said.append(f"{column} of {what} is {_text(row[column])} here, {_text(ours[column])} in kzdata")
    return "; ".join(said)


def _same(a: Any, b: Any) -> bool:
    return bool(pd.isna(a) and pd.isna(b)) or (not pd.isna(a) and not pd.isna(b) and bool(a == b))


def _value(row: dict[str, Any]) -> str:
    value, unit = format_quantity(quantity_of(row), row["unit"]), row["unit"]
    return value if unit in ("USD", "percent", "rank", "year", "years", "persons") else f"{value} {unit}"


def _other(row: dict[str, Any], value: str) -> str:
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


def _figure_against_words(row: dict[str, Any], exact: str) -> str:
    words, what, said = row["quantity_text"], row["measure"], []
    if not place_of(words, exact):
        said.append(f"{what} is {_value(row)} here, which is not in the quotation")
    elif quantity_of(row) != _read(row["reading"], words):
        said.append(f"{what} is {_other(row, words)} here, “{words}” in the article")
    credited = row["attributed_to"] != ARTICLE
    if credited and row["attributed_to"].removeprefix("the ").lower() not in exact.lower():
        said.append(f"{what} is credited to {row['attributed_to']} here, who is not in the quotation")
    firm = "attributed" if credited else "asserted"
    if row["modality"] != firm and not _DOUBT.get(row["modality"], _NEVER).search(exact):
        said.append(f"{what} is {row['modality']} here, which the quotation does not bear out")
    return "; ".join(said)


#: Words of a quotation without which a figure is not hedged, and not doubted.
_NEVER = re.compile(r"(?!)")
_DOUBT = {
    "hedged": re.compile(r"\b(?:likel|probabl|perhaps|may|might|could|seem)", re.I),
    "doubted": re.compile(r"\b(?:if|doubt|not certain|uncertain|alleged|claim)", re.I),
}


def place_of(words: str, exact: str) -> tuple[int, int] | None:
    """Where words stand in a quotation, not as a part of a longer word or number: "$57" is not in "$570"."""
    match = re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w|[.,]\d)", exact)
    return match.span() if match else None


def _read(reading: str, words: str) -> Quantity | None:
    if reading == "plural":
        return PLURAL
    if reading == "list":
        count = float(len(re.findall(r"[A-Z]\w*", words)))
        return Quantity(count, count, count)
    try:
        return parse_quantity(words)
    except ValueError:
        return None


def _event_against_words(row: dict[str, Any], exact: str) -> str:
    words, days = row["date_text"], (row["start"], row["end"])
    numbers = {int(n) for n in re.findall(r"\d+", words)}
    named = {n for n, month in enumerate(MONTHS, 1) if re.search(rf"\b{month[:3]}(?:{month[3:]}|\.)", words)}
    right = numbers <= {n for day in days for n in (day.day, day.year)} and named <= {day.month for day in days}
    if row["precision"] == "day":
        right &= {day.day for day in days} <= numbers
    if right and place_of(words, exact):
        return ""
    dates = " to ".join(dict.fromkeys(f"{day:%Y-%m-%d}" for day in days))
    return f"“{row['title']}” is of {dates} here, “{words}” in the quotation"


_AGAINST_WORDS = {"figures": _figure_against_words, "events": _event_against_words}
