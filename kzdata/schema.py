"""Read a CSV table as ``datapackage.json`` describes it, or say exactly what is wrong.

The tables are small and are edited by hand, so reading them strictly is worth
more than reading them fast: every row stands on one line, and the first cell
that breaks the description ends the load with a :class:`DataError`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

DATA_DIR = Path(__file__).parent / "data"
#: Control characters but the line feed, line separators, marks and overrides of direction.
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DTYPES = {"string": pd.StringDtype(na_value=np.nan), "number": pd.Float64Dtype(), "integer": pd.Int64Dtype()}


class DataError(ValueError):
    """A table breaks its description.

    Attributes
    ----------
    file : pathlib.Path
        The file at fault.
    line : int or None
        Line in the file, the header being 1; None when the whole file is at fault.
    column : str or None
        Name of the column.
    value : str or None
        What stands there.
    expected : str
        What should stand there.
    """

    def __init__(self, file: Path, line: int | None, column: str | None, value: str | None, expected: str):
        self.file, self.line, self.column, self.value, self.expected = file, line, column, value, expected
        place = [str(file)]
        place += [f"line {line}"] if line else []
        place += [f"column '{column}'"] if column else []
        found = "nothing" if not value else repr(value if len(value) <= 80 else value[:77] + "...")
        super().__init__(f"{', '.join(place)}: found {found}, expected {expected}")


@cache
def descriptor() -> dict[str, Any]:
    """The Data Package descriptor of the tables (read once)."""
    package: dict[str, Any] = json.loads((DATA_DIR / "datapackage.json").read_text(encoding="utf-8"))
    return package


def resource(name: str) -> dict[str, Any]:
    """The descriptor of one table."""
    return next(r for r in descriptor()["resources"] if r["name"] == name)


def read_table(name: str, data_dir: str | Path | None = None, only: tuple[str, set[str]] | None = None) -> pd.DataFrame:
    """Read and check one table.

    Parameters
    ----------
    name : str
        Name of the resource in ``datapackage.json``.
    data_dir : path, optional
        Folder with your own copy of the tables.
    only : tuple of str and set of str, optional
        A column and the values of the rows to return. The whole file is checked all the same.

    Returns
    -------
    pandas.DataFrame
        Indexed by the primary key, with dtypes from the descriptor; ``attrs``
        holds ``title``, ``source`` and ``licence``.

    Raises
    ------
    DataError
        If the file breaks its description.
    """
    folder = Path(data_dir) if data_dir is not None else DATA_DIR
    table = resource(name)
    cells = _read_cells(folder / table["path"], table["schema"])
    for key in table["schema"].get("foreignKeys", []):
        _check_foreign_key(folder, table, cells, key)
    if only:
        column, wanted = only
        keep = [value in wanted for value in cells[column]]
        cells = {name: list(compress(values, keep)) for name, values in cells.items()}
    fields = {field["name"]: field for field in table["schema"]["fields"]}
    key = table["schema"]["primaryKey"][0]
    index = pd.Index(cells.pop(key), name=key, dtype="str")
    frame = pd.DataFrame({c: _array(values, fields[c]) for c, values in cells.items()}, index=index, copy=False)
    frame.attrs = {
        "title": table["title"],
        "source": table["sources"][0]["title"],
        "licence": table["licenses"][0]["title"],
    }
    return frame


def _read_cells(file: Path, schema: dict[str, Any]) -> dict[str, list[Any]]:
    """Columns of the file as lists of Python values, each cell checked."""
    names = [field["name"] for field in schema["fields"]]
    columns = dict(zip(names, _split(file, names)))
    for field in schema["fields"]:
        columns[field["name"]] = _convert(file, field, columns[field["name"]])
    _check_unique(file, schema["primaryKey"][0], columns[schema["primaryKey"][0]])
    for ordered in (("low", "best", "high"), ("start", "end")):
        if set(ordered) <= columns.keys():
            _check_order(file, columns, ordered)
    return columns


def _split(file: Path, names: list[str]) -> list[tuple[str, ...]]:
    lines = _decode(file, names).split("\n")
    if lines[-1] == "":
        lines.pop()
    rows = _rows(file, lines, names)
    header = rows[0]
    for name in names:
        if name not in header:
            raise DataError(file, 1, name, ",".join(header), f"a column named '{name}'")
    for place, name in enumerate(header):
        if place >= len(names) or name != names[place]:
            raise DataError(file, 1, name, name, f"the columns {', '.join(names)}, in this order")
    for number, row in enumerate(rows, 1):
        if len(row) < len(names):
            raise DataError(file, number, names[len(row)], None, f"{len(names)} cells, there are {len(row)}")
        if len(row) > len(names):
            raise DataError(file, number, None, row[len(names)], f"{len(names)} cells, there are {len(row)}")
    return list(zip(*rows[1:])) or [()] * len(names)


def _decode(file: Path, names: list[str]) -> str:
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise DataError(file, None, None, None, "a file: a folder of your own holds all the tables") from None
    except OSError as error:
        raise DataError(file, None, None, None, f"a file that can be read ({error.strerror})") from None
    if not raw.strip():
        raise DataError(file, 1, names[0], None, f"a header with the columns {', '.join(names)}")
    try:
        return _checked(file, raw.decode("utf-8-sig").replace("\r\n", "\n"), names)
    except UnicodeDecodeError as error:
        start = raw.rfind(b"\n", 0, error.start) + 1
        before = raw[start : error.start].decode("utf-8")
        line = raw.count(b"\n", 0, error.start) + 1
        cells = next(csv.reader([before]), [""]) or [""]
        column = names[min(len(cells), len(names)) - 1]
        found = before[-20:] + raw[error.start : error.start + 4].decode("latin-1")
        raise DataError(file, line, column, found, f"UTF-8 text, not byte 0x{raw[error.start]:02x}") from None


def _checked(file: Path, text: str, names: list[str]) -> str:
    """The text, if it holds no character that is not seen: those break pages and SVG, or turn words around."""
    if found := UNSEEN.search(text):
        start = text.rfind("\n", 0, found.start()) + 1
        before = text[start : found.start()]
        cells = next(csv.reader([before]), [""]) or [""]
        column, line = names[min(len(cells), len(names)) - 1], text.count("\n", 0, start) + 1
        expected = f"text that can be seen, not the control character U+{ord(found.group()):04X}"
        raise DataError(file, line, column, before[-20:] + found.group(), expected)
    return text


def _rows(file: Path, lines: list[str], names: list[str]) -> list[list[str]]:
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        rows = []
    if len(rows) == len(lines):
        return rows
    # Line by line, so that an unclosed quote is found where it opens instead of at the end of the file.
    return [_cells_of(file, number, line, names) for number, line in enumerate(lines, 1)]


def _cells_of(file: Path, number: int, line: str, names: list[str]) -> list[str]:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        cells = next(csv.reader([line]))
        column = names[min(len(cells), len(names)) - 1]
        expected = "a closing quotation mark on the same line, and quotation marks inside a cell doubled"
        raise DataError(file, number, column, cells[-1], expected) from None


def _convert(file: Path, field: dict[str, Any], texts: tuple[str, ...]) -> list[Any]:
    """Python values of one column, None for an empty cell."""
    read, expected = _reader(field)
    values = [read(text) if text else None for text in texts]
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
        longest = constraints.get("maxLength", 1000)
        # A spreadsheet would run what begins with one of these, in this table or in the CSV of a chart.
        return (
            lambda text: text if len(text) <= longest and text[0] not in "=+-@" else None,
            f"text of at most {longest} characters that does not begin with = + - or @",
        )
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


#: How a cell of a type is read, what it looks like (float and int take "1_000", " 7" and "nan" too), and its name.
_TYPES: dict[str, tuple[Callable[[str], Any], str, str]] = {
    "number": (float, r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", "a number"),
    "integer": (int, r"-?[0-9]{1,18}", "a whole number"),
    "date": (date.fromisoformat, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date, YYYY-MM-DD,"),
}


def _check_unique(file: Path, column: str, values: list[str]) -> None:
    if len(set(values)) == len(values):
        return
    first: dict[str, int] = {}
    for number, value in enumerate(values, 2):
        if value in first:
            raise DataError(file, number, column, value, f"a value used once; it stands on line {first[value]} too")
        first[value] = number


def _check_order(file: Path, columns: dict[str, list[Any]], ordered: tuple[str, ...]) -> None:
    """Each value at most the next one that is there; of low, best and high at least one."""
    for number, bounds in enumerate(zip(*(columns[c] for c in ordered)), 2):
        known = [(c, v) for c, v in zip(ordered, bounds) if v is not None]
        if not known and ordered[0] == "low":
            raise DataError(file, number, "low", None, "a value in at least one of low, best, high")
        for (below, smaller), (above, larger) in zip(known, known[1:]):
            if smaller > larger:
                raise DataError(file, number, below, _plain(smaller), f"at most {above}, which is {_plain(larger)}")


def _plain(value: float | date) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _check_foreign_key(folder: Path, table: dict[str, Any], cells: dict[str, list[Any]], key: dict[str, Any]) -> None:
    (column,), target = key["fields"], resource(key["reference"]["resource"])
    names = [field["name"] for field in target["schema"]["fields"]]
    known = set(_split(folder / target["path"], names)[names.index(key["reference"]["fields"][0])])
    for number, value in enumerate(cells[column], 2):
        if value is not None and value not in known:
            expected = f"an {column} of {target['path']}"
            raise DataError(folder / table["path"], number, column, value, expected)


def row_error(name: str, data_dir: str | Path | None, row_id: str, column: str, expected: str) -> DataError:
    """The error about a cell that its table allows, but that cannot be drawn or compared: with its line and value."""
    table = resource(name)
    names = [field["name"] for field in table["schema"]["fields"]]
    file = (Path(data_dir) if data_dir is not None else DATA_DIR) / table["path"]
    columns = dict(zip(names, _split(file, names)))
    place = columns[table["schema"]["primaryKey"][0]].index(row_id)
    return DataError(file, place + 2, column, columns[column][place], expected)


def _array(values: list[Any], field: dict[str, Any]) -> Any:
    if "categories" in field:
        dtype = _category(tuple(field["categories"]), field.get("categoriesOrdered", False))
        codes = {category: code for code, category in enumerate(field["categories"])}
        return pd.Categorical.from_codes(np.array([codes.get(v, -1) for v in values], dtype="int8"), dtype=dtype)
    if field["type"] == "date":
        return np.array(values, dtype="datetime64[s]")
    return pd.array(values, dtype=DTYPES[field["type"]])


@cache
def _category(categories: tuple[str, ...], ordered: bool) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(categories, ordered=ordered)
