"""Exchange rates that the sources themselves imply, and the conversion of an amount at one of them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from kzdata.dates import middle
from kzdata.quantities import Quantity


class Converted(NamedTuple):
    """An amount in another currency, with the rate that made it.

    Attributes
    ----------
    quantity : Quantity
        The amount.
    unit : str
        Its currency (ISO 4217).
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
    quantity : Quantity
        The amount.
    unit : str
        Its currency: one of the two of the rate.
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
    wanted = middle(as_of)
    currencies = zip(rates["base_currency"], rates["quote_currency"], rates["as_of"])
    distance = {n: abs(middle(time) - wanted) for n, (*pair, time) in enumerate(currencies) if set(pair) == set(units)}
    return rates.iloc[min(distance, key=distance.__getitem__)] if distance else None
