"""The article's figures beside independent ones: a verdict by rule, the ratio, why, and all of it in sentences."""

from __future__ import annotations

from math import inf
from pathlib import Path
from typing import Any

import pandas as pd

from kzdata.money import format_wages, in_one_unit
from kzdata.quantities import NOTHING, Quantity, Row, check_positive, format_quantity, quantity_of, ratio
from kzdata.readers_changes import stated
from kzdata.sentences import Prose, prose
from kzdata.tables import Tables

#: Amounts agree when their intervals, each bound stretched by this share, allow the same value:
#: sources round, and an amount is converted at the rate of another day.
TOLERANCE = 0.05
#: Years and ranks have no ratio: they agree when they are the same.
NO_RATIO = {"year", "rank"}
VERDICTS = ["agrees", "above", "below", "incomparable"]
_INCOMPARABLE = {
    "narrower": "the other is a part of what the article counts, and not more than the whole",
    "wider": "the article counts a part of the other, and not more than the whole",
}
_COLUMNS = (
    "figure_id subject measure article_low article_best article_high reference_low reference_best reference_high unit "
    "rate ratio_low ratio_best ratio_high verdict why comparability as_of publisher url changed"
).split()


def verdict(
    article: Quantity, reference: Quantity, comparability: str = "same measure", tolerance: float = TOLERANCE
) -> str:
    """How a figure of the article lies to an independent one in the same unit.

    Parameters
    ----------
    article, reference : Quantity
        The two figures. "About 70", a best without bounds, counts as 70.
    comparability : str
        As in :func:`kzdata.load_references`.
    tolerance : float
        Share by which amounts may differ and agree; 0 for years and ranks.

    Returns
    -------
    str
        ``agrees`` if both allow the same value, ``above`` or ``below`` if the article's figure lies wholly there.
        Of a narrower reference, a part of what the article counts, only ``below`` follows, and of a wider one only
        ``above``; otherwise the two are ``incomparable``, and so is another measure.
    """
    stretch, (low, high), (other_low, other_high) = 1 + tolerance, _bounds(article), _bounds(reference)
    side = "above" if low > other_high * stretch else "below" if high * stretch < other_low else "agrees"
    follows = {"same measure": VERDICTS, "later revision": VERDICTS, "narrower": ["below"], "wider": ["above"]}
    return side if side in follows.get(comparability, []) else "incomparable"


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """Between what a quantity lies; an approximation, which has no bounds, is taken at its value."""
    low, best, high = quantity
    if best is not None and low is None and high is None:
        return best, best
    return 0 if low is None else low, inf if high is None else high


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
    DataError, ValueError
        If a table breaks its description; if ``wages_per_year`` is not positive, or ``tolerance`` negative.
    """
    check_positive("wages_per_year", wages_per_year)
    if not 0 <= tolerance < inf:
        raise ValueError(f"tolerance is {tolerance!r}, expected 0 or more")
    tables = Tables.of(data_dir)
    figures = stated(tables, "figures").to_dict("index")  # many times as fast to look up as rows of a DataFrame
    linked, rates = stated(tables, "references").dropna(subset="figure_id"), tables["rates"]
    references = linked.to_dict("records")
    rows = [_pair(figures[row["figure_id"]], row, rates, wages_per_year, tolerance) for row in references]
    dtypes = {c: "Float64" if c.endswith(("_low", "_best", "_high")) else "str" for c in _COLUMNS}
    dtypes |= {"verdict": pd.CategoricalDtype(VERDICTS), "comparability": linked["comparability"].dtype}
    pairs = pd.DataFrame(rows, linked.index, _COLUMNS).astype(dtypes)
    pairs.attrs["assumption"] = f"Wages are compared by the month, at {format_wages(wages_per_year)} in the article."
    return pairs


def _pair(figure: Row, reference: Row, rates: pd.DataFrame, wages_per_year: float, tolerance: float) -> dict[str, Any]:
    """The cells of one row, and more."""
    unit, exact, comparability = figure["unit"], figure["unit"] in NO_RATIO, reference["comparability"]
    article, other, rate = in_one_unit(figure, reference, rates, wages_per_year)
    times = NOTHING if exact or 0 in other else ratio(article, other)
    if other == NOTHING:
        result, why = "incomparable", f"{unit} and {reference['unit']} have no common unit"
    else:
        result = verdict(article, other, comparability, 0 if exact else tolerance)
        why = f"{format_quantity(article, unit)} beside {format_quantity(other, unit)}"
        why += _reason(article, other, times, result, comparability, tolerance)
    sides = {"article": article, "reference": other, "ratio": times}
    bounds = {f"{side}_{name}": bound for side, of in sides.items() for name, bound in of._asdict().items()}
    own = {"subject": figure["subject"], "measure": about(figure), "unit": unit, "rate": rate}
    changed = "; ".join(filter(None, (figure["changed"], reference["changed"])))
    return {**reference, **bounds, **own, "verdict": result, "why": why, "changed": changed}


def _reason(
    article: Quantity, other: Quantity, times: Quantity, result: str, comparability: str, tolerance: float
) -> str:
    """What stands behind the two values; nothing if they say it all."""
    if result == "incomparable":
        return f": {_INCOMPARABLE.get(comparability, comparability)}"
    if result != "agrees":
        return "" if times == NOTHING else f": {format_quantity(times, digits=2)} times"
    if article == other:
        return ": the same"
    overlap = verdict(article, other, tolerance=0) == "agrees"
    return ": the words allow the same value" if overlap else f": within {tolerance:.0%}"


def about(figure: Row) -> str:
    """What a figure measures, with the year of a casualty."""
    dated = figure["topic"] == "casualties" and pd.notna(figure["start"])
    return f"{figure['measure']}, {figure['start'].year}" if dated else str(figure["measure"])


def others(pairs: pd.DataFrame) -> str:
    """The independent figures of some pairs in a few words: one value, or from the least to the greatest."""
    unit, best = pairs["unit"].iloc[0], pairs["reference_best"]
    about = pairs[["reference_low", "reference_high"]].isna().all(axis=1)
    if about.all() and best.nunique() == 1:
        return format_quantity(Quantity(None, best.iloc[0], None), unit)
    low = pairs["reference_low"].mask(about, best).min(skipna=False)
    high = pairs["reference_high"].mask(about, best).max(skipna=False)
    span = quantity_of({"low": low, "best": None, "high": high})
    if span == NOTHING:
        return "without a common bound"
    return format_quantity(span._replace(best=span.low if span.low == span.high else None), unit)


#: What the comparable references of one figure say together.
_OUTCOMES = {
    "agrees": ("agree", "with every figure to compare with"),
    "above": ("lie", "above every one"),
    "below": ("lie", "below every one"),
    "differs": ("lie", "on both sides, or agree with some"),
}


def summarise(pairs: pd.DataFrame, data_dir: str | Path | Tables | None = None) -> Prose:
    """What was compared, with what, and how it came out, in a few sentences that stand alone.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`compare`.
    data_dir : path or Tables, optional
        The folder that they are from.

    Returns
    -------
    Prose
        A str of Markdown, whatever stands in the tables; a notebook shows it as such.
    """
    comparable, in_all = pairs[pairs["verdict"] != "incomparable"], len(Tables.of(data_dir)["figures"])
    members: dict[str, list[str]] = {outcome: [] for outcome in _OUTCOMES}
    for _, group in comparable.groupby("figure_id", sort=False):
        row, verdicts = group.iloc[0], group["verdict"]
        article = format_quantity(quantity_of(row, "article_"), row["unit"])
        measure = row["measure"] + (" (changed)" if group["changed"].any() else "")
        member = prose("{}: {} ({}; others {})", row["subject"], measure, article, others(group))
        members[row["verdict"] if verdicts.nunique() == 1 else "differs"].append(member)
    lines = [
        f"The article states {in_all} figures. {pairs['figure_id'].nunique()} of them stand here beside "
        f"{len(pairs)} figures from {pairs['url'].nunique()} other publications, official statistics and press reports "
        f"among them. {comparable['figure_id'].nunique()} can be compared: the others meet only a part, a whole or "
        "another measure.\n"
    ]
    for outcome, (verb, rest) in _OUTCOMES.items():
        if told := members[outcome]:
            lines.append(f"- **{len(told)} {verb}{'s' if len(told) == 1 else ''} {rest}:** {'; '.join(told)}.")
    last = "Agreement does not make a figure right: the article and the others may repeat one announcement."
    last = f"{pairs.attrs.get('assumption', '')} {last}".strip()
    if changed := "; ".join(dict.fromkeys(filter(None, pairs["changed"]))):
        last += prose(" Changed in these tables: {}.", changed)
    return Prose("\n".join([*lines, "", last]))
