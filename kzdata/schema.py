"""``datapackage.json``, the only place where the tables and their columns are described: read, and drawn from."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

DATA_DIR = Path(__file__).parent / "data"
DTYPES = {"string": pd.StringDtype(na_value=np.nan), "number": pd.Float64Dtype(), "integer": pd.Int64Dtype(),
          "date": np.dtype("datetime64[s]")}  # fmt: skip


@cache
def descriptor() -> dict[str, Any]:
    """The Data Package descriptor of the tables (read once)."""
    return dict(json.loads((DATA_DIR / "datapackage.json").read_text(encoding="utf-8")))


def names() -> list[str]:
    """Names of the tables."""
    return [table["name"] for table in descriptor()["resources"]]


def resource(name: str) -> dict[str, Any]:
    """The descriptor of one table."""
    return next(r for r in descriptor()["resources"] if r["name"] == name)


@cache
def fields(name: str) -> dict[str, dict[str, Any]]:
    """The descriptions of the columns of one table by their names, its key first."""
    return {field["name"]: field for field in resource(name)["schema"]["fields"]}


def key_of(name: str) -> str:
    """The column by which the rows of one table are called."""
    return str(resource(name)["schema"]["primaryKey"][0])


def array(values: list[Any], field: dict[str, Any]) -> Any:
    """The values of a column in the dtype of its description."""
    if "categories" in field:
        dtype = _category(tuple(field["categories"]), field.get("categoriesOrdered", False))
        codes = {category: code for code, category in enumerate(field["categories"])}
        return pd.Categorical.from_codes([codes.get(value, -1) for value in values], dtype=dtype)
    return pd.array(values, dtype=DTYPES[field["type"]])


@cache
def _category(categories: tuple[str, ...], ordered: bool) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(categories, ordered=ordered)


DOCSTRING = """{description}

Parameters
----------
data_dir : path or Tables, optional
    Folder with your own copy of the tables; by default the one that the environment
    variable ``KZDATA_TABLES`` names, or the package's.

Returns
-------
pandas.DataFrame
    Indexed by ``{key}``, with the columns

{columns}

Raises
------
DataError
    If the file, or a table that it refers to, breaks its description in ``datapackage.json``.
"""


def docstring(name: str, topics: Sequence[str] = ()) -> str:
    """What ``help`` says of the function that loads a table, or its rows on some topics (numpydoc)."""
    key, *described = fields(name).values()
    rows = [(field["name"], str(array([], field).dtype), field["description"]) for field in described]
    names_wide, dtypes_wide = (max(len(row[place]) for row in rows) for place in (0, 1))
    lines = []
    for column, dtype, description in [rule := ("=" * names_wide, "=" * dtypes_wide, "=" * 60), *rows, rule]:
        first = f"    {column:{names_wide}}  {dtype:{dtypes_wide}}  "
        lines += textwrap.wrap(description, len(first) + 60, initial_indent=first, subsequent_indent=" " * len(first))
    description = resource(name)["description"] + (f" Here those on {' and '.join(topics)}." if topics else "")
    return DOCSTRING.format(description=description, key=key["name"], columns="\n".join(lines))


def dictionary() -> str:
    """The data dictionary as Markdown: every table, column, type, constraint and description."""
    about = descriptor()["description"]
    parts = [f"# Data dictionary\n\n{about} Drawn from datapackage.json by `python -m kzdata dictionary`.\n"]
    for table in descriptor()["resources"]:
        parts.append(f"\n## {table['path']}: {table['title']}\n\n{table['description']} ")
        parts.append(f"Licence: {table['licenses'][0]['title']}. Key: `{key_of(table['name'])}`.\n")
        parts.append("\n| column | type | may be empty | meaning |\n|---|---|---|---|\n")
        for name, field in fields(table["name"]).items():
            constraints = field["constraints"]
            meaning = field["description"]
            if "enum" in constraints:
                meaning += f" One of: {', '.join(constraints['enum'])}."
            if "maximum" in constraints:
                meaning += f" From {constraints['minimum']} to {constraints['maximum']}."
            if "maxLength" in constraints:
                meaning += f" At most {constraints['maxLength']} characters."
            if not field.get("stated", True):
                meaning += " Not part of the statement."
            empty = "" if constraints.get("required") else "yes"
            parts.append(f"| `{name}` | {field['type']} | {empty} | {meaning} |\n")
    return "".join(parts)
