"""The article's figures beside independent ones: the ratio, a verdict by rule, and why."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from kzdata.changes import MAKER, changes
from kzdata.currency import convert, nearest_rate
from kzdata.quantities import Quantity, check_positive, format_quantity, format_wages, quantity_of, ratio
from kzdata.tables import Tables

#: Amounts agree when their intervals, each bound stretched by this share, allow the same value:
#: sources round, and an amount is converted at the rate of another day.
TOLERANCE = 0.05
#: Years and ranks have no ratio: they agree when they are the same.
NO_RATIO = {"year", "rank"}
VERDICTS = ["agrees", "above", "below", "incomparable"]
NOTHING = Quantity(None, None, None)  # of what has no common unit, or no ratio


def verdict(
    article: Quantity, reference: Quantity, comparability: str = "same measure", tolerance: float = TOLERANCE
) -> str:
    """How a figure of the article lies to an independent one in the same unit.

    Parameters
    ----------
    article, reference : Quantity
        The two figures. A missing bound is none: "more than 70" has no upper one.
        "About 70", a best without bounds, counts as 70.
    comparability : str
        As in :func:`kzdata.load_references`.
    tolerance : float
        Share by which amounts may differ and agree; 0 for years and ranks.

    Returns
    -------
    str
        ``agrees`` if both allow the same value, ``above`` or ``below`` if the
        article's figure lies wholly there. A narrower reference is a part of what
        the article counts, so that only ``below`` follows from it, and from a wider
        one only ``above``; otherwise the two are ``incomparable``, and so is
        another measure.
    """
    stretch, (low, high), (other_low, other_high) = 1 + tolerance, _bounds(article), _bounds(reference)
    if low > other_high * stretch:
        side = "above"
    elif high * stretch < other_low:
        side = "below"
    else:
        side = "agrees"
    follows = {"same measure": VERDICTS, "later revision": VERDICTS, "narrower": ["below"], "wider": ["above"]}
    return side if side in follows.get(comparability, []) else "incomparable"


def compare(
    data_dir: str | Path | Tables | None = None, wages_per_year: float = 12, tolerance: float = TOLERANCE
) -> pd.DataFrame:
    """The article's figures beside independent ones, one row a pair.

    Parameters
    ----------
    data_dir : path or Tables, optional
        Folder with your own copy of the tables.
    wages_per_year : float
        How often a wage of the article is paid in a year; it does not say. Official wages are by the month.
    tolerance : float
        Share by which amounts may differ and agree.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``reference_id``, with the columns

        ===============  ========  ================================================
        figure_id        str       figure of the article
        subject          str       of whom or of what the article states it
        measure          str       what the article measures, with the year of a casualty
        article_low      Float64   the article's figure, in ``unit``
        article_best     Float64
        article_high     Float64
        reference_low    Float64   the independent figure, in ``unit``
        reference_best   Float64
        reference_high   Float64
        unit             str       unit of both; of the article's alone if the units differ
        rate             str       exchange rate, if the reference was converted
        ratio_low        Float64   article / reference, missing for years and ranks
        ratio_best       Float64
        ratio_high       Float64
        verdict          category  agrees, above, below, incomparable: see :func:`verdict`
        why              str       the verdict in words
        comparability    category  as in :func:`kzdata.load_references`
        as_of            str       time of the independent figure
        publisher        str       who published it
        url              str       address at which it was read
        changed          str       what a reader has changed in either figure, in words
        ===============  ========  ================================================

    Raises
    ------
    DataError
        If a table breaks its description.
    ValueError
        If ``wages_per_year`` is not positive, or ``tolerance`` negative.
    """
    check_positive("wages_per_year", wages_per_year)
    if not 0 <= tolerance < inf:
        raise ValueError(f"tolerance is {tolerance!r}, expected 0 or more")
    tables = Tables.of(data_dir)
    figures, references, rates = tables["figures"], tables["references"], tables["rates"]
    linked = references.dropna(subset="figure_id")
    figure = figures.to_dict("index")  # many times as fast to look up as rows of a DataFrame
    rows = {
        reference_id: _compared(_pair(figure[row["figure_id"]], row, rates, wages_per_year), row, tolerance)
        for reference_id, row in linked.to_dict("index").items()
    }
    compared = pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS)).astype(_COLUMNS)
    ours, theirs = changes(tables, "figures"), changes(tables, "references")
    changed = ["; ".join(filter(None, (ours[i], theirs[other]))) for other, i in linked["figure_id"].items()]
    stated = pd.DataFrame({
        "figure_id": linked["figure_id"],
        "subject": linked["figure_id"].map(figures["subject"]),
        "measure": linked["figure_id"].map(lambda figure_id: about(figure[figure_id])).astype("str"),
    })  # fmt: skip
    told = linked[["comparability", "as_of", "publisher", "url"]].assign(changed=pd.array(changed, "str"))
    pairs = pd.concat([stated, compared, told], axis=1)
    pairs.attrs["assumption"] = f"Wages are compared by the month, at {format_wages(wages_per_year)} in the article."
    return pairs


def about(figure: _Row) -> str:
    """What a figure measures, with the year of a casualty."""
    dated = figure["topic"] == "casualties" and pd.notna(figure["start"])
    return f"{figure['measure']}, {figure['start'].year}" if dated else str(figure["measure"])


def paid_a_year(figure: _Row, wages_per_year: float) -> float:
    """How often a wage of the article is paid: by its period, where a reader has filled one in, or as assumed."""
    return {"month": 12.0, "year": 1.0}.get(figure["period"], wages_per_year)


def assumption(wages: pd.DataFrame, wages_per_year: float) -> str:
    """How often wages are taken to be paid, in words for a subtitle."""
    filled = wages[wages["period"].isin(["month", "year"])]
    parts = [f"Assumption: {format_wages(wages_per_year)}"] if len(filled) < len(wages) else []
    parts += [f"{row['measure']} by the {row['period']}, filled in by {MAKER}" for _, row in filled.iterrows()]
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


_PARTS = [f"{side}_{bound}" for side in ("article", "reference", "ratio") for bound in Quantity._fields]
_COLUMNS = {
    **dict.fromkeys(_PARTS[:6], "Float64"),
    "unit": "str",
    "rate": "str",
    **dict.fromkeys(_PARTS[6:], "Float64"),
    "verdict": pd.CategoricalDtype(VERDICTS),
    "why": "str",
}


_Row = Mapping[str, Any]


class _Pair(NamedTuple):
    """Two figures in one unit; ``reference`` is ``NOTHING`` if there is no way to it."""

    article: Quantity
    reference: Quantity
    unit: str
    rate: str | None


def _pair(figure: _Row, reference: _Row, rates: pd.DataFrame, wages_per_year: float) -> _Pair:
    article, other = quantity_of(figure), quantity_of(reference)
    unit, _, period = reference["unit"].partition("/")
    if period == "month":
        paid = paid_a_year(figure, wages_per_year)
        article = Quantity(*(None if bound is None else bound * paid / 12 for bound in article))
    if period not in ("", "month"):  # a price by the litre is no amount
        return _Pair(article, NOTHING, figure["unit"], None)
    if unit == figure["unit"]:
        return _Pair(article, other, unit, None)
    rate = nearest_rate(rates, (unit, figure["unit"]), reference["as_of"])
    if rate is None:
        return _Pair(article, NOTHING, figure["unit"], None)
    converted = convert(other, unit, rate)
    return _Pair(article, converted.quantity, converted.unit, converted.rate)


def _compared(pair: _Pair, reference: _Row, tolerance: float) -> list[object]:
    """The cells of one row, in the order of ``_COLUMNS``."""
    article, other, unit, rate = pair
    if other == NOTHING:
        why = f"{unit} and {reference['unit']} have no common unit"
        return [*article, *other, unit, rate, *NOTHING, "incomparable", why]
    exact = unit in NO_RATIO
    result = verdict(article, other, reference["comparability"], 0 if exact else tolerance)
    times = NOTHING if exact or 0 in other else ratio(article, other)
    why = _why(pair, times, result, reference["comparability"], tolerance)
    return [*article, *other, unit, rate, *times, result, why]


def _why(pair: _Pair, times: Quantity, result: str, comparability: str, tolerance: float) -> str:
    beside = f"{format_quantity(pair.article, pair.unit)} beside {format_quantity(pair.reference, pair.unit)}"
    if result == "incomparable":
        reason = {
            "narrower": "the other is a part of what the article counts, and not more than the whole",
            "wider": "the article counts a part of the other, and not more than the whole",
        }
        return f"{beside}: {reason.get(comparability, comparability)}"
    if result == "agrees" and pair.article == pair.reference:
        return f"{beside}: the same"
    if result == "agrees":
        (low, high), (other_low, other_high) = _bounds(pair.article), _bounds(pair.reference)
        overlap = low <= other_high and other_low <= high
        return f"{beside}: {'the words allow the same value' if overlap else f'within {tolerance:.0%}'}"
    if times == NOTHING:
        return beside
    return f"{beside}: {format_times(times)}"


def format_times(times: Quantity) -> str:
    """A ratio in words: 3.6 times, 1.5 to 6.2 times, at least 1.5 times."""
    return f"{format_quantity(Quantity(*(None if t is None else float(f'{t:.2g}') for t in times)))} times"


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """Between what a quantity lies; an approximation, which has no bounds, is taken at its value."""
    low, best, high = quantity
    if best is not None and low is None and high is None:
        return best, best
    return 0 if low is None else low, inf if high is None else high


def others(pairs: pd.DataFrame) -> str:
    """The independent figures of some pairs in a few words: one value, or from the least to the greatest."""
    lows, highs = pairs["reference_low"], pairs["reference_high"]
    about = lows.isna() & highs.isna()
    if about.all() and pairs["reference_best"].nunique() == 1:
        return format_quantity(Quantity(None, pairs["reference_best"].iloc[0], None), pairs["unit"].iloc[0])
    lows, highs = (bounds.mask(about, pairs["reference_best"]) for bounds in (lows, highs))
    low, high = (None if bounds.isna().any() else bound for bounds, bound in ((lows, lows.min()), (highs, highs.max())))
    if low is None and high is None:
        return "without a common bound"
    best = low if low == high else None
    return format_quantity(Quantity(low, best, high), pairs["unit"].iloc[0])
