"""One folder of tables, each read and checked once, on first use; and the functions that load them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from kzdata import csvfile
from kzdata.csvfile import DataError
from kzdata.schema import DATA_DIR, array, docstring, fields, key_of, names, resource
from kzdata.table_checks import values_of

QUOTED = "quoted-edition"  # article_id of the edition whose words the excerpts are


class Tables:
    """The tables of one folder: each is read and checked once, on first use.

    Parameters
    ----------
    folder : path, optional
        Your own copy of the tables, ``~`` being your home; by default the folder that the
        environment variable ``KZDATA_TABLES`` names, or the package's own. Kept as an attribute.

    Examples
    --------
    >>> tables = kz.Tables("my-tables")  # doctest: +SKIP
    >>> tables["figures"], kz.compare(tables), kz.charts.casualties(tables)  # doctest: +SKIP
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        folder = folder if folder is not None else os.environ.get("KZDATA_TABLES") or DATA_DIR
        self.folder = Path(os.path.expanduser(folder))
        self._raw: dict[str, bytes] = {}
        self._cells: dict[str, dict[str, tuple[str, ...]]] = {}
        self._frames: dict[str, pd.DataFrame] = {}

    @cached_property
    def original(self) -> Tables | None:
        """The package's own tables, to see what a reader has changed; None if these are they."""
        return None if self.folder.resolve() == DATA_DIR.resolve() else Tables(DATA_DIR)

    @classmethod
    def of(cls, data_dir: str | Path | Tables | None) -> Tables:
        """The tables of a folder, or those tables."""
        return data_dir if isinstance(data_dir, Tables) else cls(data_dir)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One table, as the function that loads it describes it; a DataError if it breaks its description."""
        if name not in self._frames:
            self._frames[name] = self._checked(name)
        return self._frames[name].copy(deep=False)  # pandas copies what is then changed

    def cells(self, name: str) -> dict[str, tuple[str, ...]]:
        """The columns of one table as they are written."""
        if name not in self._cells:
            self._raw[name] = csvfile.read(self.file(name))
            self._cells[name] = csvfile.split(self.file(name), self._raw[name], list(fields(name)))
        return self._cells[name]

    def sha256(self) -> dict[str, str]:
        """SHA-256 of each file that has been read."""
        return {f"{name}.csv": hashlib.sha256(self._raw[name]).hexdigest() for name in sorted(self._raw)}

    def edition(self) -> pd.Series:
        """The edition that is quoted: a row of :func:`load_article`; a DataError if it cannot be cited."""
        edition: pd.Series = self.pick(self["article"], [QUOTED]).iloc[0]
        for column in ("authors", "dated"):
            if pd.isna(edition[column]):
                raise self.error("article", QUOTED, column, "a value, since every chart cites this edition")
        return edition

    def environment(self) -> dict[str, str]:
        """What a notebook's kernel is told of a reader's tables: it runs in another folder."""
        return {"KZDATA_TABLES": str(self.folder.resolve())} if self.original else {}

    def pick(self, rows: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
        """Some rows of a table, which is known by its index; a DataError names the one that it lacks."""
        key = rows.index.name
        for row_id in ids:
            if row_id not in rows.index:
                raise DataError(self.file(TABLE_OF[key]), f"a row {row_id!r}, which is needed here", column=key)
        return rows.loc[ids]

    def some(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of a table, if there are any; or a DataError that names the table that lacks them."""
        if rows.empty:
            raise DataError(self.file(TABLE_OF[rows.index.name]), "rows that this chart draws")
        return rows

    def error(self, name: str, row_id: str, column: str, expected: str) -> DataError:
        """The error about a cell that its table allows, but that cannot be shown: with its line and value."""
        cells = self.cells(name)
        place = cells[key_of(name)].index(row_id)
        return DataError(self.file(name), expected, place + 2, column, cells[column][place])

    def file(self, name: str) -> Path:
        """Where a table is."""
        return self.folder / f"{name}.csv"

    def _checked(self, name: str) -> pd.DataFrame:
        table, key = resource(name), key_of(name)
        columns = values_of(self.file(name), name, self.cells(name))
        self._check_foreign_keys(name, columns)
        index = pd.Index(columns.pop(key), name=key, dtype="str")
        arrays = {column: array(values, fields(name)[column]) for column, values in columns.items()}
        frame = pd.DataFrame(arrays, index=index, copy=False)
        frame.attrs = {"title": table["title"], "source": table["sources"][0]["title"],
                       "licence": table["licenses"][0]["title"]}  # fmt: skip
        return frame

    def _check_foreign_keys(self, name: str, columns: dict[str, list[Any]]) -> None:
        for key in resource(name)["schema"].get("foreignKeys", []):
            (column,), target, (theirs,) = key["fields"], key["reference"]["resource"], key["reference"]["fields"]
            known = {None, *self.cells(target)[theirs]}
            for number, value in enumerate(columns[column], 2):
                if value not in known:
                    expected = f"{'an' if column[0] in 'aeiou' else 'a'} {column} of {target}.csv"
                    raise DataError(self.file(name), expected, number, column, value)


#: Tables by the names of their indexes.
TABLE_OF = {key_of(name): name for name in names()}


class Loader(Protocol):
    def __call__(self, data_dir: str | Path | Tables | None = None) -> pd.DataFrame: ...


def _loader(name: str, table: str | None = None, topics: Sequence[str] = ()) -> Loader:
    """The function that loads a table, or its rows on some topics, documented as ``datapackage.json`` describes it."""
    table = table or name

    def load(data_dir: str | Path | Tables | None = None) -> pd.DataFrame:
        rows = Tables.of(data_dir)[table]
        return rows[rows["topic"].isin(topics)] if topics else rows

    load.__name__ = load.__qualname__ = f"load_{name}"
    load.__doc__ = docstring(table, topics)
    return load


load_article = _loader("article")
load_excerpts = _loader("excerpts")
load_figures = _loader("figures")
load_events = _loader("events")
load_places = _loader("places")
load_conflicts = _loader("conflicts")
load_uncoded = _loader("uncoded")
load_references = _loader("references")
load_rates = _loader("rates")
load_economy = _loader("economy", "figures", ["economy", "labour"])
load_casualties = _loader("casualties", "figures", ["casualties"])


def new_tables(folder: str | Path) -> Path:
    """Copy the package's tables into a new folder, to be changed there; a FileExistsError if that holds something."""
    place = Path(os.path.expanduser(folder)).absolute()
    if place.exists() and any(place.iterdir()):
        raise FileExistsError(f"{place} is not empty; give a new folder for the tables")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kzdata-", dir=place.parent) as temporary:
        copy = Path(temporary, "tables")
        copy.mkdir()
        for name in names():
            shutil.copyfile(DATA_DIR / f"{name}.csv", copy / f"{name}.csv")
        os.replace(copy, place)
    return place
