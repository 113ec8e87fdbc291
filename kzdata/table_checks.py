"""What is checked in a table: each cell against its description, and each row against what makes sense.

``datapackage.json`` says what a cell may hold. What Table Schema has no words
for is at the end of this module: :data:`CHECKS` for a row, and no row twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kzdata.csvfile import DataError

Texts = dict[str, tuple[str, ...]]
Fault = tuple[str, str] | None  # column, and what was expected there
COUNTED = {"persons", "items", "parties", "states", "organisations", "rank", "year"}
KAZAKHSTAN = (40.5, 55.5), (46.4, 87.4)  # degrees north and east


def convert(file: Path, field: dict[str, Any], texts: tuple[str, ...]) -> list[Any]:
    """Python values of one column, None for an empty cell."""
    read, expected = _reader(field)
    known = {text: read(text) if text else None for text in set(texts)}  # many a column repeats itself
    values = [known[text] for text in texts]
    if None in values:
        required = field.get("constraints", {}).get("required", False)
        for number, (text, value) in enumerate(zip(texts, values), 2):
            if value is None and (text or required):
                raise DataError(file, number, field["name"], text, expected)
    return values


def _reader(field: dict[str, Any]) -> tuple[Callable[[str], Any], str]:
    """A function from a cell's text to its value (None if it is not one), and what it expects, in words."""
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        allowed = {value: value for value in constraints["enum"]}
        return allowed.get, "one of " + ", ".join(allowed)
    if "pattern" in constraints:
        pattern = re.compile(constraints["pattern"])
        return lambda text: text if pattern.fullmatch(text) else None, f"text of the form {constraints['pattern']}"
    if field["type"] == "string":
        return _text_reader(constraints.get("maxLength", 1000))
    parse, form, expected = _TYPES[field["type"]]
    least, most = constraints.get("minimum"), constraints.get("maximum")
    low, high = (None if bound is None else parse(str(bound)) for bound in (least, most))
    match = re.compile(form).fullmatch

    def read(text: str) -> Any:
        try:
            value = parse(text) if match(text) else None
        except ValueError:
            return None
        inside = value is not None and (low is None or value >= low) and (high is None or value <= high)
        return value if inside else None

    return read, expected + (f" from {least} to {most}" if least is not None and most is not None else "")


def _text_reader(longest: int) -> tuple[Callable[[str], str | None], str]:
    def read(text: str) -> str | None:
        # A spreadsheet would run what begins with one of these, in this table or in the CSV of a chart.
        plain = text[0] not in " =+-@＝＋－＠" and text[-1] != " " and "  " not in text
        return text if plain and len(text) <= longest else None

    expected = f"text of at most {longest} characters that does not begin with = + - or @"
    return read, f"{expected}, with single spaces between words and none at its ends"


#: How a cell of a type is read, what it looks like (float and int take "1_000", " 7" and "nan" too), and its name.
_TYPES: dict[str, tuple[Callable[[str], Any], str, str]] = {
    "number": (float, r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", "a number"),
    "integer": (int, r"-?[0-9]{1,18}", "a whole number"),
    "date": (date.fromisoformat, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date, YYYY-MM-DD,"),
}


def check_rows(file: Path, key: str, texts: Texts, columns: dict[str, list[Any]]) -> None:
    """Every row makes sense, has a name of its own and says something of its own; or a DataError."""
    _check_unique(file, key, columns[key], "a value used once; it stands on line {} too")
    for names, fault in CHECKS.items():
        if columns.keys() >= set(names):
            rows = list(zip(*(columns[name] for name in names)))
            if any(fault(*row) for row in set(rows)):
                place, (column, expected) = next((n, found) for n, row in enumerate(rows) if (found := fault(*row)))
                raise DataError(file, place + 2, column, texts[column][place], expected)
    said: list[Any] = list(zip(*(values for name, values in texts.items() if name != key)))
    if "excerpt_id_a" in texts:  # a pair of quotations is the same the other way round
        said = [frozenset(row) for row in said]
    _check_unique(file, key, columns[key], "a row of its own; line {} says the same under another name", said)


def _check_unique(file: Path, column: str, ids: list[str], expected: str, values: list[Any] | None = None) -> None:
    values = ids if values is None else values
    if len(set(values)) == len(values):
        return
    first: dict[Any, int] = {}
    for number, (row_id, value) in enumerate(zip(ids, values), 2):
        if value in first:
            raise DataError(file, number, column, row_id, expected.format(first[value]))
        first[value] = number


def _bounds(low: float | None, best: float | None, high: float | None) -> Fault:
    known = [(name, n) for name, n in (("low", low), ("best", best), ("high", high)) if n is not None]
    if not known:
        return "low", "a value in at least one of low, best, high"
    for (below, smaller), (above, larger) in zip(known, known[1:]):
        if smaller > larger:
            return below, f"at most {above}, which is {larger:g}"
    return None


def _counted(low: float | None, best: float | None, high: float | None, unit: str, measure: str) -> Fault:
    least, most = {"rank": (1, 1e15), "year": (1800, 2100)}.get(unit, (0, 1e15))
    if unit == "percent" and measure.startswith("share"):
        most = 100
    for name, n in (("low", low), ("best", best), ("high", high)):
        if n is None:
            continue
        if unit in COUNTED and n != int(n):
            return name, f"a whole number, since the unit is {unit}"
        if not least <= n <= most:
            return name, f"a number from {least:g} to {most:g}, since this is a {'share' if most == 100 else unit}"
    return None


def _days(start: date | None, end: date | None) -> Fault:
    if start and end:
        return ("start", f"at most end, which is {end}") if start > end else None
    return ("end" if start else "start", "a date: start and end go together") if start or end else None


def _time(as_of: str, published: str) -> Fault:
    for column, text in (("as_of", as_of), ("published", published)):
        if len(text) == len("2022-01-15"):
            try:
                date.fromisoformat(text)
            except ValueError:
                return column, "a day of the calendar"
    return None


def _paragraphs(paragraph: int, occurrences: str) -> Fault:
    numbers = [int(n) for n in occurrences.split(";")]
    if numbers[0] != paragraph or any(a >= b for a, b in zip(numbers, numbers[1:])):
        return "occurrences", f"the paragraph {paragraph} and after it any later ones, in their order"
    return None


def _point(latitude: float | None, longitude: float | None) -> Fault:
    if latitude is None or longitude is None:
        column = "latitude" if latitude is None else "longitude"
        return None if latitude is longitude else (column, "a number: latitude and longitude go together")

    def inside(north: float, east: float) -> bool:
        (south, top), (west, right) = KAZAKHSTAN
        return south <= north <= top and west <= east <= right

    if inside(longitude, latitude) and not inside(latitude, longitude):
        return "latitude", "degrees north: the other way round, this point lies in Kazakhstan"
    return None


def _currencies(base: str, quote: str) -> Fault:
    return ("quote_currency", f"another currency than base_currency, which is {base}") if base == quote else None


def _pair(a: str, b: str) -> Fault:
    return ("excerpt_id_b", "another quotation than excerpt_id_a: none contradicts itself") if a == b else None


def _linked(figure_id: str | None, comparability: str) -> Fault:
    if (figure_id is None) == (comparability == "no figure"):
        return None
    return "comparability", "'no figure' where figure_id is empty, and only there"


#: Columns, and the check of every row of a table that has them all.
CHECKS: dict[tuple[str, ...], Callable[..., Fault]] = {
    ("low", "best", "high"): _bounds,
    ("low", "best", "high", "unit", "measure"): _counted,
    ("start", "end"): _days,
    ("as_of", "published"): _time,
    ("paragraph", "occurrences"): _paragraphs,
    ("latitude", "longitude"): _point,
    ("base_currency", "quote_currency"): _currencies,
    ("excerpt_id_a", "excerpt_id_b"): _pair,
    ("figure_id", "comparability"): _linked,
}
