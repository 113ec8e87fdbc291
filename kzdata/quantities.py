"""Vague and exact quantities as intervals: read from words, reckoned with, and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import inf
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

Row = Mapping[str, Any]  # of a table


class Quantity(NamedTuple):
    """An amount as low, best and high, as in the conflict data of UCDP.

    Attributes
    ----------
    low, best, high : float or None
        Smallest value allowed, value stated, largest value allowed; None if the words do not set it.
        "More than 20" has no high, "dozens" (24 to 99) no best, and "about 50" a best alone.
    """

    low: float | None
    best: float | None
    high: float | None


NOTHING = Quantity(None, None, None)  # of what has no common unit, or no ratio
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

_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = {word: n for n, word in enumerate(["zero", *_UNITS, *_TEENS])} | {"a": 1, "an": 1}
_WORDS |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"decades": 10, "dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}
#: Tens, thousands and millions are read as dozens and hundreds are: at least two, and below the next such word.
_VAGUE = {word: quantity for word, (quantity, _) in LEXICON.items()} | {
    "tens": Quantity(20, None, 99), "thousands": Quantity(2e3, None, 1e6 - 1), "millions": Quantity(2e6, None, 1e9 - 1),
}  # fmt: skip
#: Words before and after a number, and which bound the number then is.
_LEADS = {
    **dict.fromkeys(["at least", "more than", "over", "above", "no fewer than", "no less than", "from"], "low"),
    **dict.fromkeys(["at most", "no more than", "up to", "fewer than", "less than", "under", "below"], "high"),
    **dict.fromkeys(["about", "around", "some", "nearly", "almost", "roughly", "approximately", "~"], "best"),
    "between": "both",
}
_TAILS = {"+": "low", " or more": "low", " or fewer": "high", " or less": "high", " or so": "best"}


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


_SMALL = f"(?:{_any(_TENS)}(?:[ -]{_any(_UNITS)})?|{_any(['zero', *_TEENS, *_UNITS])})"
#: Commas at every third place or nowhere, and at most two decimals: "12.000" may be twelve thousand.
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?(?![0-9,.])"
_SPELT = f"(?:(?:an?|{_SMALL}) hundred(?: and)? {_SMALL}|{_SMALL}|an?(?= {_any(_SCALES)}))"
_NUMBER = rf"(?:us)?[$£€]?(?:{_DIGITS}|{_SPELT})(?: {_any(_SCALES)}\b)*(?: ?%| per ?cent)?"
#: "Some hundred" is about a hundred.
_INEXACT = rf"(?P<vague>{_any(_VAGUE)})\b(?:(?<!some) (?:of )?(?P<scale>{_any(_SCALES)})s?\b)?"
#: What may stand around a quantity and changes nothing about it.
_BEFORE = r"(?:(?:a total of|exactly|in|the past|the last|the) )?"
_AFTER = (
    r"(?:-years?-old|-year| years?(?: old)?| months?| days?|(?: of)? (?:them|people|persons|workers|policemen"
    r"|journalists|soldiers|troops|parties|states|items|organi[sz]ations)| dead| killed| injured| arrested"
    r"| detained| dollars| tenge| usd| kzt| gbp)?"
)
_QUANTITY = re.compile(
    rf"{_BEFORE}(?:(?P<lead>{_any(_LEADS)})(?: |(?<=~)))??(?:{_INEXACT}|(?P<first>{_NUMBER})"
    rf"(?:(?P<joint> ?- ?| to | and )(?P<second>{_NUMBER}))?){_AFTER}(?P<tail>{_any(_TAILS)})?"
)
_PLAIN = str.maketrans({"’": "'", "–": "-", "‑": "-"})
_RANK = re.compile(rf"(?:the )?(?:\w+'s? )?(?:({_any(_ORDINALS)}) )?(?:largest|biggest|greatest)")


def parse_quantity(words: str) -> Quantity:
    """Read a quantity as a text states it, all its words, or none.

    Parameters
    ----------
    words : str
        For instance "$1 billion", "75%", "more than 20 years", "between 10 and 20", "ninth largest".

    Returns
    -------
    Quantity
        "At least" sets a low only, "up to" a high only, a range both. "About" and "nearly" leave
        the best alone, but "nearly" a number of decades lies in the half decade below it.
        "From 1991" is that year. Vague words are read with :data:`LEXICON`.

    Raises
    ------
    ValueError
        If there is no quantity in the words, or a word beside it that could change it:
        "not 225", "two thirds", "about 10 to 20", "one or two".
    """
    text = " ".join(words.lower().translate(_PLAIN).split())
    text = re.sub(rf"\bhalf an? (?={_any(_SCALES)})", "0.5 ", text)
    if text in ("no one", "nobody", "none"):
        return Quantity(0, 0, 0)
    if year := re.fullmatch(r"(?:from|to|in) ([12][0-9]{3})", text):
        return Quantity(*[float(year[1])] * 3)
    if rank := _RANK.fullmatch(text):
        return Quantity(*[_ORDINALS.index(rank[1] or "first") + 1.0] * 3)
    parts = _QUANTITY.fullmatch(text)
    quantity = parts and (_range if parts["second"] else _single)(parts)
    if not quantity:
        raise ValueError(
            f"no quantity in {words!r} that can be read without dropping a word: expected a number, one with "
            f"'at least', 'up to' or 'about', a range, or one of {', '.join(LEXICON)}"
        )
    return quantity


def _single(parts: re.Match[str]) -> Quantity | None:
    """One number or vague word, of which a lead or a tail may make a bound; None if they do not go together."""
    if parts["vague"]:
        scale = _SCALES.get(parts["scale"], 1)
        low, best, high = (bound and bound * scale for bound in _VAGUE[parts["vague"]])
        if high and best is None:
            high += scale - 1  # tens of thousands are below a hundred thousand
    else:
        low = best = high = _value(parts["first"])
    if not (parts["lead"] or parts["tail"]):
        return Quantity(low, best, high)
    bound = _LEADS.get(parts["lead"]) or _TAILS[parts["tail"]]
    if best is None or bound == "both" or (parts["lead"] and parts["tail"]):
        return None
    if parts["lead"] == "nearly" and "decades" in parts[0]:
        return Quantity(best - 5, None, best)
    return NOTHING._replace(**{bound: best})


def _range(parts: re.Match[str]) -> Quantity | None:
    """10-20, 10 to 20, from 10 to 20, between 10 and 20; in 10 to 20 million both are millions."""
    leads = ["between"] if parts["joint"] == " and " else [None, "from"]
    low, high = _value(parts["first"]), _value(parts["second"])
    scale = re.search(rf" {_any(_SCALES)}\b.*", parts["second"])
    if scale and not re.search(_any(_SCALES), parts["first"]):
        low = _value(parts["first"] + scale[0])
    return Quantity(low, None, high) if parts["lead"] in leads and not parts["tail"] and low <= high else None


def _value(number: str) -> float:
    """Of digits, or of words: each is added, and a scale multiplies what stands before it."""
    value = 0.0
    for word in re.findall(r"[a-z]+|[0-9.]+", number.replace(",", "")):
        if word in _SCALES:
            value *= _SCALES[word]
        else:
            value += float(word) if word[0].isdigit() else _WORDS.get(word, 0)
    return value


def quantity_of(row: Row, prefix: str = "") -> Quantity:
    """The quantity in a row of a table, missing cells as None; of ``compare``, with the prefix of its columns."""
    bounds = (row[f"{prefix}{bound}"] for bound in Quantity._fields)
    return Quantity(*(None if pd.isna(bound) else float(bound) for bound in bounds))


def ratio(a: Quantity, b: Quantity) -> Quantity:
    """How many times ``b`` goes into ``a``.

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
    parts = (a.low, b.high), (a.best, b.best), (a.high, b.low)
    return Quantity(*(None if x is None or y is None else x / y for x, y in parts))


def check_positive(name: str, value: float) -> None:
    """Refuse an argument that is not a number above 0, with a ValueError that names it."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < inf:
        raise ValueError(f"{name} is {value!r}, expected a number above 0")


def format_number(value: float, digits: int | None = None) -> str:
    """A number as prose writes it: 5.9, 97, 12,000, 107 million, 1 billion; rounded to ``digits`` figures if given."""
    value = value if digits is None else float(f"{value:.{digits}g}")
    scales = ((1e9, "billion"), (1e6, "million"))
    scale, word = next((named for named in scales if abs(value) >= named[0]), (1, ""))
    value /= scale
    whole = value == round(value) or abs(value) >= 10
    return f"{value:{',.0f' if whole else '.2g'}} {word}".rstrip()


def format_quantity(quantity: Quantity, unit: str = "", digits: int | None = None) -> str:
    """A quantity as a label: $570, 75%, 24 to 99, at least 2, about 50, 30 years, 2008; persons go without a unit."""

    def write(value: float) -> str:
        number = f"{value:.0f}" if unit == "year" else format_number(value, digits)
        return {"USD": f"${number}", "percent": f"{number}%", "rank": f"rank {number}"}.get(unit, number)

    low, best, high = quantity
    if best is not None:
        text = write(best) if (low, high) != (None, None) else f"about {write(best)}"
    elif low is not None:
        text = f"at least {write(low)}" if high is None else f"{write(low)} to {write(high)}"
    elif high is not None:
        text = f"at most {write(high)}"
    else:
        raise ValueError("a quantity has at least one of low, best, high")
    return f"{text} years" if unit == "years" else text
