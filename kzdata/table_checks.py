"""What is checked in a table: each cell against its description, and each row against what makes sense.

``datapackage.json`` says what a cell may hold. What Table Schema has no words
for is in :data:`RULES`: what holds between the cells of a row. And no row stands twice.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kzdata.csvfile import DataError
from kzdata.schema import fields, key_of

Texts = dict[str, tuple[str, ...]]
COUNTED = {"persons", "items", "parties", "states", "organisations", "rank", "year"}
BOUNDS = "low", "best", "high"


def _plain(text: str) -> bool:
    """Whether a cell is text that a spreadsheet would not run, in this table or in the CSV of a chart."""
    return text != "" and text[0] not in " =+-@＝＋－＠" and text[-1] != " " and "  " not in text


#: How a cell of a type is read, whether it looks like one (float and int take "1_000", " 7" and "nan" too), and what is
#: expected, with the constraints of its column.
_TYPES: dict[str, tuple[Callable[[str], Any], Callable[[str], Any], str]] = {
    "string": (str, _plain, "text of at most {maxLength} characters that does not begin with = + - or @, with single "
               "spaces between words and none at its ends"),
    "number": (float, re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?").fullmatch,
               "a number from {minimum} to {maximum}"),
    "integer": (int, re.compile("-?[0-9]{1,18}").fullmatch, "a whole number from {minimum} to {maximum}"),
    "date": (date.fromisoformat, re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch,
             "a date, YYYY-MM-DD, from {minimum} to {maximum}"),
}  # fmt: skip


def values_of(file: Path, name: str, texts: Texts) -> dict[str, list[Any]]:
    """The columns of a table as Python values, None for an empty cell; or a DataError."""
    columns = {column: _convert(file, name, column, cells) for column, cells in texts.items()}
    _check_rows(file, key_of(name), texts, columns)
    return columns


def _convert(file: Path, name: str, column: str, texts: tuple[str, ...]) -> list[Any]:
    read, expected, required = _reader(name, column)
    known = {text: read(text) for text in set(texts)}  # many a column repeats itself
    values = [known[text] for text in texts]
    if None in values:
        for number, (text, value) in enumerate(zip(texts, values), 2):
            if value is None and (text or required):
                raise DataError(file, expected, number, column, text)
    return values


@cache
def _reader(name: str, column: str) -> tuple[Callable[[str], Any], str, bool]:
    """From a cell's text to its value (None if it is not one); what is expected, in words; whether it is required."""
    kind, constraints = fields(name)[column]["type"], fields(name)[column]["constraints"]
    parse, fits, expected = _TYPES[kind]
    if "enum" in constraints:
        fits, expected = set(constraints["enum"]).__contains__, f"one of {', '.join(constraints['enum'])}"
    elif "pattern" in constraints:
        fits, expected = re.compile(constraints["pattern"]).fullmatch, f"text of the form {constraints['pattern']}"
    else:
        expected = expected.format(**constraints)
    longest = constraints.get("maxLength", math.inf)
    least, most = (parse(str(constraints[bound])) if bound in constraints else None for bound in ("minimum", "maximum"))

    def read(text: str) -> Any:
        try:
            value = parse(text) if fits(text) and len(text) <= longest else None
        except ValueError:  # 30 February
            return None
        return value if least is None or value is None or least <= value <= most else None

    return read, expected, constraints.get("required", False)


def _check_rows(file: Path, key: str, texts: Texts, columns: dict[str, list[Any]]) -> None:
    """Every row has a name of its own, says something of its own, and makes sense; or a DataError."""
    said: list[Any] = list(zip(*(cells for column, cells in texts.items() if column != key)))
    if "excerpt_id_a" in texts:  # a pair of quotations is the same the other way round
        said = [frozenset(row) for row in said]
    for rows, expected in ((columns[key], "a value used once; it stands on line {} too"),
                           (said, "a row of its own; line {} says the same under another name")):  # fmt: skip
        if len(set(rows)) < len(rows):
            place = next(place for place, row in enumerate(rows) if rows.index(row) < place)
            raise DataError(file, expected.format(rows.index(rows[place]) + 2), place + 2, key, texts[key][place])
    for names, holds, expected in RULES:
        if columns.keys() >= {*names} and not all(map(holds, *(columns[name] for name in names))):
            place = [holds(*row) for row in zip(*(columns[name] for name in names))].index(False)
            cells = {name: texts[name][place] for name in names}
            raise DataError(file, expected.format(**cells), place + 2, names[0], cells[names[0]])


def _in_order(lower: Any, upper: Any) -> bool:
    return lower is None or upper is None or lower <= upper


def _together(a: Any, b: Any) -> bool:
    return a is not None or b is None


def _day(text: str, _: str) -> bool:
    """Whether a day, if it is one, is in the calendar."""
    try:
        return len(text) < len("2022-01-15") or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _paragraphs(occurrences: str, paragraph: int) -> bool:
    numbers = [int(n) for n in occurrences.split(";")]
    return numbers[0] == paragraph and numbers == sorted(set(numbers))


def _right_way_round(latitude: float | None, longitude: float | None) -> bool:
    def in_kazakhstan(north: float, east: float) -> bool:
        return 40.5 <= north <= 55.5 and 46.4 <= east <= 87.4

    if latitude is None or longitude is None:
        return True
    return in_kazakhstan(latitude, longitude) or not in_kazakhstan(longitude, latitude)


#: Columns, what holds of their cells in every row of a table that has them all, and what is expected of the first.
RULES: list[tuple[tuple[str, ...], Callable[..., bool], str]] = [
    (BOUNDS, lambda *bounds: any(n is not None for n in bounds), "a value in at least one of low, best, high"),
    (("low", "best"), _in_order, "at most best, which is {best}"),
    (("best", "high"), _in_order, "at most high, which is {high}"),
    (("low", "high"), _in_order, "at most high, which is {high}"),
    *(rule for bound in BOUNDS for rule in (
        ((bound, "unit"), lambda n, unit: unit not in COUNTED or n is None or n == int(n),
         "a whole number, since the unit is {unit}"),
        ((bound, "unit"), lambda n, unit: unit != "rank" or n is None or n >= 1,
         "a number from 1 to 1000000000000000, since this is a rank"),
        ((bound, "unit"), lambda n, unit: unit != "year" or n is None or 1800 <= n <= 2100,
         "a number from 1800 to 2100, since this is a year"),
        ((bound, "unit", "measure"), lambda n, unit, measure:
         unit != "percent" or not measure.startswith("share") or n is None or n <= 100,
         "a number from 0 to 100, since this is a share"),
    )),
    (("start", "end"), _in_order, "at most end, which is {end}"),
    (("start", "end"), _together, "a date: start and end go together"),
    (("end", "start"), _together, "a date: start and end go together"),
    (("as_of", "published"), _day, "a day of the calendar"),
    (("published", "as_of"), _day, "a day of the calendar"),
    (("occurrences", "paragraph"), _paragraphs,
     "the paragraph {paragraph} and after it any later ones, in their order"),
    (("latitude", "longitude"), _together, "a number: latitude and longitude go together"),
    (("longitude", "latitude"), _together, "a number: latitude and longitude go together"),
    (("latitude", "longitude"), _right_way_round, "degrees north: the other way round, this point lies in Kazakhstan"),
    (("quote_currency", "base_currency"), operator.ne, "another currency than base_currency, which is {base_currency}"),
    (("excerpt_id_b", "excerpt_id_a"), operator.ne, "another quotation than excerpt_id_a: none contradicts itself"),
    (("comparability", "figure_id"), lambda kind, figure: (kind == "no figure") == (figure is None),
     "'no figure' where figure_id is empty, and only there"),
]  # fmt: skip
