"""The cells of a CSV file as text, or the line and column at which it is no such table.

Every row stands on one line. The tables are small and are edited by hand, so
reading them strictly is worth more than reading them fast.
"""

from __future__ import annotations

import csv
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from unicodedata import category


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


def read(file: Path) -> bytes:
    try:
        mode = file.stat().st_mode
        if not (S_ISREG(mode) or S_ISDIR(mode)):  # reading a pipe would wait for somebody to write
            raise DataError(file, None, None, None, "a file of its own, not a pipe or a device")
        return file.read_bytes()
    except FileNotFoundError:
        raise DataError(file, None, None, None, "a file: a folder of your own holds all the tables") from None
    except OSError as error:
        raise DataError(file, None, None, None, f"a file that can be read ({error.strerror})") from None


def split(file: Path, raw: bytes, names: list[str]) -> dict[str, tuple[str, ...]]:
    """The columns of the file as they are written."""
    lines = _decode(file, raw, names).split("\n")
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
    return dict(zip(names, list(zip(*rows[1:])) or [()] * len(names)))


def _decode(file: Path, raw: bytes, names: list[str]) -> str:
    """The text, if it can all be seen: other characters break pages and SVG, turn words around, pass for a space."""
    if not raw.strip():
        raise DataError(file, 1, names[0], None, f"a header with the columns {', '.join(names)}")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        wrong = raw[error.start : error.start + 4].decode("latin-1")
        raise _error_at(file, names, before, wrong, f"UTF-8 text, not byte 0x{raw[error.start]:02x}") from None
    if text.replace("\n", "").isprintable():
        return text
    place, found = next((n, char) for n, char in enumerate(text) if not (char.isprintable() or char == "\n"))
    kind = "space" if category(found) == "Zs" else "control character"
    raise _error_at(file, names, text[:place], found, f"text that can be seen, not the {kind} U+{ord(found):04X}")


def _error_at(file: Path, names: list[str], before: str, wrong: str, expected: str) -> DataError:
    """The error about what stands behind a part of the file."""
    *lines, cells = before.split("\n")
    return DataError(file, len(lines) + 1, _column_at(cells, names), cells[-20:] + wrong, expected)


def _column_at(cells: str, names: list[str]) -> str:
    """The column in which the beginning of a line ends."""
    return names[min(len(next(csv.reader([cells]), [""]) or [""]), len(names)) - 1]


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
        expected = "a closing quotation mark on the same line, and quotation marks inside a cell doubled"
        raise DataError(file, number, _column_at(line, names), next(csv.reader([line]))[-1], expected) from None
