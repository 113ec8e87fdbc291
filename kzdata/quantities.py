"""Vague and exact quantities as intervals, the arithmetic on them, and how they are written.

A quantity is low, best, high, as in the conflict data of UCDP. A bound that the
words do not set is missing (None): "more than 20 years" has no high. A range
without a stated value has no best: "dozens" is 24 to 99.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd


class Quantity(NamedTuple):
    """An amount between two bounds.

    Attributes
    ----------
    low, best, high : float or None
        Smallest value allowed, value stated, largest value allowed.
    """

    low: float | None
    best: float | None
    high: float | None


#: How vague words are read: word, quantity, reasoning.
LEXICON: dict[str, tuple[Quantity, str]] = {
    "a dozen": (Quantity(12, 12, 12), "twelve; the article gives no sign of rounding"),
    "dozens": (Quantity(24, None, 99), "at least two dozen, and below a hundred, which has a word of its own"),
    "hundreds": (Quantity(200, None, 999), "at least two hundred, and below a thousand, which has a word of its own"),
    "several": (Quantity(3, None, None), "more than two; no upper bound"),
    "many": (Quantity(3, None, None), "more than two, as for several: no number can be read from it"),
    "numerous": (Quantity(3, None, None), "as for many"),
    "large numbers": (Quantity(3, None, None), "as for many"),
    "some": (Quantity(2, None, None), "more than one of them; no upper bound"),
}
#: A plural without a number says only that there was more than one.
PLURAL = Quantity(2, None, None)

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = {word: n for words in (_UNITS, _ORDINALS) for n, word in enumerate(words)}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "decades": 10}
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?|[a-z]+)(?:[ -](thousand|million|billion|decades))?")


def parse_quantity(words: str) -> Quantity:
    """Read a quantity as a text states it.

    Parameters
    ----------
    words : str
        For instance ``"$1 billion"``, ``"75%"``, ``"more than 20 years"``,
        ``"nearly three decades"``, ``"ninth largest"``, ``"dozens"``.

    Returns
    -------
    Quantity
        Vague words are read with :data:`LEXICON`. "more than" sets a low only;
        "nearly" a number of decades lies in the half decade below it.

    Raises
    ------
    ValueError
        If the words hold no number and no word of the lexicon.
    """
    text = words.lower().replace("’", "'")
    for word, (quantity, _) in LEXICON.items():
        if re.search(rf"\b{word}\b", text):
            return quantity
    for match in _NUMBER.finditer(text):
        digits, scale = match.groups()
        value = _WORDS.get(digits) if digits.isalpha() else float(digits.replace(",", ""))
        if value is None:
            continue
        value *= _SCALES.get(scale, 1)
        if "more than" in text:
            return Quantity(value, None, None)
        if "nearly" in text and scale == "decades":
            return Quantity(value - 5, None, value)
        return Quantity(value, value, value)
    if "largest" in text:
        return Quantity(1, 1, 1)
    raise ValueError(f"no quantity in {words!r}: expected a number or one of {', '.join(LEXICON)}")


def quantity_of(row: Mapping[str, Any]) -> Quantity:
    """The quantity in a row of the figures, missing cells as None."""
    return Quantity(*(None if pd.isna(row[c]) else float(row[c]) for c in Quantity._fields))


def ratio(a: Quantity, b: Quantity) -> Quantity:
    """How many times ``b`` goes into ``a``, with the bounds that both allow.

    Parameters
    ----------
    a, b : Quantity
        Positive amounts in the same unit.

    Returns
    -------
    Quantity
        ``low`` is a.low / b.high, ``high`` is a.high / b.low; missing where a part is missing.

    Raises
    ------
    ZeroDivisionError
        If a bound of ``b`` is zero.
    """

    def divide(x: float | None, y: float | None) -> float | None:
        return None if x is None or y is None else x / y

    return Quantity(divide(a.low, b.high), divide(a.best, b.best), divide(a.high, b.low))


def check_positive(name: str, value: float) -> None:
    """Refuse an argument that is not a number above 0, with a ValueError that names it."""
    if not isinstance(value, Real) or not 0 < value < inf:
        raise ValueError(f"{name} is {value!r}, expected a number above 0")


def format_wages(wages_per_year: float) -> str:
    """How often a wage is paid, as prose writes it: 12 wages a year."""
    return f"{wages_per_year:g} wage{'' if wages_per_year == 1 else 's'} a year"


def format_number(value: float, digits: int | None = None) -> str:
    """A number as prose writes it: 5.9, 97, 12,000, 107 million, 1 billion; rounded to ``digits`` figures if given."""
    value = value if digits is None else float(f"{value:.{digits}g}")
    for scale, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= scale:
            return f"{_round(value / scale)} {word}"
    return _round(value)


def _round(value: float) -> str:
    """Whole numbers in full; others to two significant figures below 10, to whole numbers above."""
    if value == round(value) or abs(value) >= 10:
        return f"{value:,.0f}"
    return f"{value:.2g}"


def format_quantity(quantity: Quantity, unit: str = "") -> str:
    """A quantity as a label: $570, 75%, 24 to 99, at least 2, rank 9, 30 years, 2008; persons go without a unit."""

    def write(value: float) -> str:
        number = f"{value:.0f}" if unit == "year" else format_number(value)
        return {"USD": f"${number}", "percent": f"{number}%", "rank": f"rank {number}"}.get(unit, number)

    low, best, high = quantity
    if best is not None:
        text = write(best)
    elif low is not None:
        text = f"at least {write(low)}" if high is None else f"{write(low)} to {write(high)}"
    elif high is not None:
        text = f"at most {write(high)}"
    else:
        raise ValueError("a quantity has at least one of low, best, high")
    return f"{text} years" if unit == "years" else text
