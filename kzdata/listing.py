"""The tables for a terminal and for other programs: as text, JSON or CSV."""

from __future__ import annotations

import json
import textwrap

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from kzdata.schema import DATA_DIR, descriptor, read_table, resource

WIDTH = 100  # characters


def names() -> list[str]:
    """Names of the tables."""
    return [table["name"] for table in descriptor()["resources"]]


def as_text(name: str) -> str:
    """One table, row by row, a line a column; empty cells are left out."""
    frame = _plain(name)
    margin = " " * (2 + max(map(len, frame.columns)) + 2)
    parts = [f"{name}: {frame.attrs['title']}, {len(frame)} rows"]
    for key, row in frame.iterrows():
        lines = [
            textwrap.fill(
                _cell(value), WIDTH, initial_indent=f"  {column}".ljust(len(margin)), subsequent_indent=margin
            )
            for column, value in row.dropna().items()
        ]
        parts.append("\n".join([str(key), *lines]))
    return "\n\n".join(parts) + "\n"


def as_json(wanted: list[str]) -> str:
    """Tables by name, each a list of rows; dates as ISO 8601, an empty cell as null, in ASCII."""
    tables = {name: json.loads(_plain(name).reset_index().to_json(orient="records")) for name in wanted}
    return json.dumps(tables, indent=2) + "\n"


def as_csv(name: str) -> str:
    """One table as its file has it, once it is checked."""
    read_table(name)
    return DATA_DIR.joinpath(resource(name)["path"]).read_text(encoding="utf-8")


def _cell(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _plain(name: str) -> pd.DataFrame:
    """A table with days as ISO 8601 text."""
    frame = read_table(name)
    days = {c: frame[c].dt.strftime("%Y-%m-%d") for c in frame if is_datetime64_any_dtype(frame[c])}
    return frame.assign(**days)
