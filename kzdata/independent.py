"""What others state: the tables of independent figures, and of the exchange rates that their sources imply."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kzdata.schema import read_table


def load_references(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Independent figures on the matter of the article's figures and quotations, in the order of the text.

    They are what their publishers state; the package does not judge between them and the article.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``reference_id``, with the columns

        =============  ========  ==================================================
        excerpt_id     str       words of the article that it bears on
        figure_id      str       figure that it bears on, missing where there is none
        subject        str       of whom or of what it is stated
        measure        str       what is measured
        low            Float64   smallest value that the words allow
        best           Float64   the value stated, missing for a mere range
        high           Float64   largest value that the words allow
        unit           category  as the source gives it: KZT/month, USD, persons, ...
        as_of          str       the time it is of: 2021, 2021-Q2, 2022-08, 2022-01-15
        publisher      str       who published it
        attributed_to  str       whom the publisher credits with it
        title          str       title of the publication
        published      str       when, as exactly as is known
        url            str       address at which it was read
        comparability  category  same measure, later revision, narrower, wider,
                                 another measure, no figure
        note           str       what differs
        =============  ========  ==================================================

    Raises
    ------
    DataError
        If the file, or a table it points to, breaks its description.
    """
    return read_table("references", data_dir)


def load_rates(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Exchange rates implied by sources that give one amount in two currencies.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``rate_id``, with the columns

        ==============  =======  ==================================================
        base_currency   str      ISO 4217
        base_amount     Float64  amount in it
        quote_currency  str      ISO 4217
        quote_amount    Float64  the same amount in it
        as_of           str      the time the amounts are of
        publisher       str      who published them
        title           str      title of the publication
        published       str      when, as exactly as is known
        url             str      address at which it was read
        ==============  =======  ==================================================

    Raises
    ------
    DataError
        If the file breaks its description.
    """
    return read_table("rates", data_dir)
