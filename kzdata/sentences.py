"""Sentences with words from the tables, as Markdown in which those words are nothing but words."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

#: What Markdown, HTML or mathematics could take for more than a letter; an address, or a number that begins a list.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#+!|~&=@^\"\n]|:(?=//)|(?<=www)\.|^[0-9]+[.)](?= )|^-", re.I)


class Prose(str):
    """Markdown that a notebook shows as such when it is the last expression of a cell; a dollar sign is an amount."""

    def _repr_markdown_(self) -> str:
        # Each in an element of its own, where it meets no second one to make mathematics with.
        return self.replace("$", r"<span>\$</span>").replace("&#92;", "<span>&#92;</span>")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


class _Escaping(Formatter):
    def format_field(self, value: Any, form: str) -> str:
        words: str = super().format_field(value, form)
        return _ACTIVE.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), words)


def prose(words: str, *values: object) -> Prose:
    """A sentence for a notebook: Markdown of yours, with values that are shown as they are.

    Parameters
    ----------
    words : str
        Markdown with ``{}`` or ``{:.1f}`` where a value goes, as in :meth:`str.format`.
    *values : object
        The values. Whatever they hold is neither Markdown nor HTML nor mathematics.

    Returns
    -------
    Prose
        A str. Show it as the last expression of a cell.
    """
    return Prose(_Escaping().format(words, *values))
