"""Read a CSV table as ``datapackage.json`` describes it, or say exactly what is wrong.

The first cell that breaks the description ends the load with a :class:`DataError`.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kzdata.checks import check_rows, convert
from kzdata.csvfile import DataError, split

__all__ = ["DATA_DIR", "DataError", "descriptor", "folder_of", "read_table", "resource", "row_error"]

DATA_DIR = Path(__file__).parent / "data"
DTYPES = {"string": pd.StringDtype(na_value=np.nan), "number": pd.Float64Dtype(), "integer": pd.Int64Dtype()}


@cache
def descriptor() -> dict[str, Any]:
    """The Data Package descriptor of the tables (read once)."""
    package: dict[str, Any] = json.loads((DATA_DIR / "datapackage.json").read_text(encoding="utf-8"))
    return package


def resource(name: str) -> dict[str, Any]:
    """The descriptor of one table."""
    return next(r for r in descriptor()["resources"] if r["name"] == name)


def folder_of(data_dir: str | Path | None) -> Path:
    """The folder of the tables, ``~`` being the reader's own; by default that of the package."""
    if data_dir is None:
        return DATA_DIR
    try:
        return Path(data_dir).expanduser()
    except RuntimeError:  # ~ of nobody on this machine
        return Path(data_dir)


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
    folder, table = folder_of(data_dir), resource(name)
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
    """Columns of the file as lists of Python values, each cell and each row checked."""
    names = [field["name"] for field in schema["fields"]]
    texts = dict(zip(names, split(file, names)))
    columns = {field["name"]: convert(file, field, texts[field["name"]]) for field in schema["fields"]}
    check_rows(file, schema["primaryKey"][0], texts, columns)
    return columns


def _check_foreign_key(folder: Path, table: dict[str, Any], cells: dict[str, list[Any]], key: dict[str, Any]) -> None:
    (column,), target = key["fields"], resource(key["reference"]["resource"])
    names = [field["name"] for field in target["schema"]["fields"]]
    known = set(split(folder / target["path"], names)[names.index(key["reference"]["fields"][0])])
    for number, value in enumerate(cells[column], 2):
        if value is not None and value not in known:
            expected = f"{'an' if column[0] in 'aeiou' else 'a'} {column} of {target['path']}"
            raise DataError(folder / table["path"], number, column, value, expected)


def row_error(name: str, data_dir: str | Path | None, row_id: str, column: str, expected: str) -> DataError:
    """The error about a cell that its table allows, but that cannot be drawn or compared: with its line and value."""
    table = resource(name)
    names = [field["name"] for field in table["schema"]["fields"]]
    file = folder_of(data_dir) / table["path"]
    columns = dict(zip(names, split(file, names)))
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
