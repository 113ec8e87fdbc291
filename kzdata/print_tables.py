"""The tables for a terminal and for other programs: as text, JSON or CSV."""

from __future__ import annotations

import json
import textwrap

import pandas as pd

from kzdata.tables import Tables

WIDTH = 100  # characters


def as_text(tables: Tables, name: str) -> str:
    """One table, row by row, a line a column; empty cells are left out."""
    frame = _plain(tables[name])
    margin = " " * (2 + max(map(len, frame.columns)) + 2)
    parts = [f"{name}: {frame.attrs['title']}, {len(frame)} rows"]
    for key, row in frame.iterrows():
        lines = [str(key)]
        for column, value in row.dropna().items():
            text = f"{value:.10g}" if isinstance(value, float) else str(value)
            lines.append(textwrap.fill(text, WIDTH, initial_indent=f"  {column}".ljust(len(margin)),
                                       subsequent_indent=margin))  # fmt: skip
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def as_json(tables: Tables, wanted: list[str]) -> str:
    """Tables by name, each a list of rows; dates as ISO 8601, an empty cell as null, in ASCII."""
    rows = {name: json.loads(_plain(tables[name]).reset_index().to_json(orient="records")) for name in wanted}
    return json.dumps(rows, indent=2) + "\n"


def as_csv(tables: Tables, name: str) -> str:
    """One table as its file has it, once it is checked."""
    tables[name]
    return tables.file(name).read_text(encoding="utf-8-sig")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with days as ISO 8601 text."""
    return frame.assign(**{day: frame[day].dt.strftime("%Y-%m-%d") for day in frame.select_dtypes("datetime")})
