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
    line, column, value : int, str, str; or None
        Where in the file, the header being line 1, and what stands there; None where no single cell is at fault.
    expected : str
        What should stand there.
    """

    def __init__(
        self, file: Path, expected: str, line: int | None = None, column: str | None = None, value: str | None = None
    ):
        self.file, self.line, self.column, self.value, self.expected = file, line, column, value, expected
        place = str(file) + (f", line {line}" if line else "") + (f", column '{column}'" if column else "")
        found = repr(value if len(value) <= 80 else value[:77] + "...") if value else "nothing"
        super().__init__(f"{place}: found {found}, expected {expected}")


def read(file: Path) -> bytes:
    try:
        mode = file.stat().st_mode
        if not (S_ISREG(mode) or S_ISDIR(mode)):  # reading a pipe would wait for somebody to write
            raise DataError(file, "a file of its own, not a pipe or a device")
        return file.read_bytes()
    except FileNotFoundError:
        raise DataError(file, "a file: a folder of your own holds all the tables") from None
    except OSError as error:
        raise DataError(file, f"a file that can be read ({error.strerror})") from None


def split(file: Path, raw: bytes, names: list[str]) -> dict[str, tuple[str, ...]]:
    """The columns of the file as they are written."""
    header, *rows = _rows(file, _decode(file, raw, names).removesuffix("\n").split("\n"), names)
    for name in names:
        if name not in header:
            raise DataError(file, f"a column named '{name}'", 1, name, ",".join(header))
    for name, right in zip(header, [*names, None]):
        if name != right:
            raise DataError(file, f"the columns {', '.join(names)}, in this order", 1, name, name)
    for number, row in enumerate([header, *rows], 1):
        if len(row) != len(names):
            column, value = (None, row[len(names)]) if len(row) > len(names) else (names[len(row)], None)
            raise DataError(file, f"{len(names)} cells, there are {len(row)}", number, column, value)
    return dict(zip(names, zip(*rows))) if rows else dict.fromkeys(names, ())


def _decode(file: Path, raw: bytes, names: list[str]) -> str:
    """The text, if it can all be seen: other characters break pages and SVG, turn words around, pass for a space."""
    if not raw.strip():
        raise DataError(file, f"a header with the columns {', '.join(names)}", 1, names[0])
    text = raw.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")
    if text.replace("\n", "").isprintable():
        return text
    place, wrong = next((n, char) for n, char in enumerate(text) if not (char.isprintable() or char == "\n"))
    kind = "space" if category(wrong) == "Zs" else "control character"
    expected = f"text that can be seen, not the {kind} U+{ord(wrong):04X}"
    if category(wrong) == "Cs":  # a byte that is not UTF-8
        wrong = text[place : place + 4].encode("utf-8", "surrogateescape").decode("latin-1")
        expected = f"UTF-8 text, not byte 0x{ord(wrong[0]):02x}"
    *lines, line = text[:place].split("\n")
    raise DataError(file, expected, len(lines) + 1, _last_cell(line, names)[0], line[-20:] + wrong)


def _rows(file: Path, lines: list[str], names: list[str]) -> list[list[str]]:
    """The cells of each line; an unclosed quotation mark is found where it opens, not at the end of the file."""
    rows: list[list[str]] = []
    reader = csv.reader(lines, strict=True)
    try:
        for row in reader:
            if reader.line_num > len(rows) + 1:
                raise csv.Error("a cell goes on in the next line")
            rows.append(row)
    except csv.Error:
        line, longest = lines[len(rows)], csv.field_size_limit()
        expected = "a closing quotation mark on the same line, and quotation marks inside a cell doubled"
        if len(line) > longest:
            expected = f"cells of at most {longest} characters"
        raise DataError(file, expected, len(rows) + 1, *_last_cell(line, names)) from None
    return rows


def _last_cell(line: str, names: list[str]) -> tuple[str, str]:
    """The last cell of the beginning of a line, as far as csv reads a cell: its column and what stands there."""
    cells = next(csv.reader([line[: csv.field_size_limit()]])) or [""]
    return names[min(len(cells), len(names)) - 1], cells[-1]
