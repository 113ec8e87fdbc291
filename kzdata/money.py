"""Amounts in another currency, at rates that the sources themselves imply, and wages by another period."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from kzdata.dates import middle
from kzdata.quantities import NOTHING, Quantity, Row, quantity_of
from kzdata.readers_changes import MAKER


class Converted(NamedTuple):
    """An amount in another currency.

    Attributes
    ----------
    quantity, unit : Quantity, str
        The amount and its currency (ISO 4217).
    rate : str
        The rate in words: both amounts, the time they are of, and who published them.
    """

    quantity: Quantity
    unit: str
    rate: str


def convert(quantity: Quantity, unit: str, rate: pd.Series) -> Converted:
    """Convert an amount at one dated rate.

    Parameters
    ----------
    quantity, unit : Quantity, str
        The amount and its currency, one of the two of the rate.
    rate : pandas.Series
        A row of :func:`kzdata.load_rates`.

    Returns
    -------
    Converted
        The amount in the other currency, and the rate.

    Raises
    ------
    ValueError
        If the rate is not of that currency.
    """
    base, quote = rate["base_currency"], rate["quote_currency"]
    if unit not in (base, quote):
        raise ValueError(f"the rate {rate.name!r} is between {base} and {quote}, not of {unit}")
    factor = rate["quote_amount"] / rate["base_amount"]
    factor, other = (factor, quote) if unit == base else (1 / factor, base)
    amount = Quantity(*(None if bound is None else bound * factor for bound in quantity))
    said = f"{rate['quote_amount']:,.12g} {quote} = {rate['base_amount']:,.12g} {base}"
    return Converted(amount, other, f"{said} ({rate['publisher']}, {rate['as_of']})")


def nearest_rate(rates: pd.DataFrame, units: tuple[str, str], as_of: str) -> pd.Series | None:
    """The rate between two currencies whose time is nearest to ``as_of``; None if there is none."""
    between = rates[rates["base_currency"].isin(units) & rates["quote_currency"].isin(units)]
    if between.empty:
        return None
    return between.loc[(between["as_of"].map(middle) - middle(as_of)).abs().idxmin()]


def in_one_unit(
    figure: Row, reference: Row, rates: pd.DataFrame, wages_per_year: float
) -> tuple[Quantity, Quantity, str | None]:
    """Both figures in the unit of the article's, and the rate used; ``NOTHING`` for the other if there is no way."""
    article, other, rate = quantity_of(figure), quantity_of(reference), None
    unit, _, period = reference["unit"].partition("/")
    if period == "month":
        paid = paid_a_year(figure, wages_per_year)
        article = Quantity(*(None if bound is None else bound * paid / 12 for bound in article))
    if period not in ("", "month"):  # a price by the litre is no amount
        other = NOTHING
    elif unit != figure["unit"]:
        nearest = nearest_rate(rates, (unit, figure["unit"]), reference["as_of"])
        other, _, rate = (NOTHING, unit, None) if nearest is None else convert(other, unit, nearest)
    return article, other, rate


def paid_a_year(figure: Row, wages_per_year: float) -> float:
    """How often a wage of the article is paid: by its period, where a reader has filled one in, or as assumed."""
    return {"month": 12.0, "year": 1.0}.get(figure["period"], wages_per_year)


def format_wages(wages_per_year: float) -> str:
    """How often a wage is paid, as prose writes it: 12 wages a year."""
    return f"{wages_per_year:g} wage{'' if wages_per_year == 1 else 's'} a year"


def assumption(wages: pd.DataFrame, wages_per_year: float) -> str:
    """How often wages are taken to be paid, in words for a subtitle."""
    filled = wages[wages["period"].isin(["month", "year"])]
    parts = [f"Assumption: {format_wages(wages_per_year)}"] if len(filled) < len(wages) else []
    parts += [f"{row['measure']} by the {row['period']}, filled in by {MAKER}" for _, row in filled.iterrows()]
    text = "; ".join(parts)
    return text[0].upper() + text[1:]
