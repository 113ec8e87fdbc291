"""The tables as DataFrames: one function a table, and two views that users reach for first."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kzdata.schema import DataError, folder_of, read_table, row_error

QUOTED = "quoted-edition"  # article_id of the edition whose words the excerpts are


def load_article(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Editions of the article: the one quoted here and the earlier one that is known.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``article_id``, with the columns

        ==========  ==============  ===============================================
        title       str             title as printed
        authors     str             who signs the text
        dated       datetime64[s]   date that the text itself carries
        published   datetime64[s]   day on which the site published it
        site        str             name of the site
        url         str             address for citation
        language    str             ISO 639-1
        relation    str             what the edition is to this package
        sections    str             headings of the body
        sha256      str             SHA-256 of the normalised text
        ==========  ==============  ===============================================

    Raises
    ------
    DataError
        If the file breaks its description in ``datapackage.json``.
    """
    return read_table("article", data_dir)


def quoted_edition(data_dir: str | Path | None = None) -> pd.Series:
    """The edition that is quoted: a row of :func:`load_article`; a DataError if it cannot be cited."""
    article = load_article(data_dir)
    if QUOTED not in article.index:
        raise DataError(folder_of(data_dir) / "article.csv", None, "article_id", None, f"a row {QUOTED!r}")
    for column in ("authors", "dated"):
        if pd.isna(article.loc[QUOTED, column]):
            raise row_error("article", data_dir, QUOTED, column, "a value, since every chart cites this edition")
    return article.loc[QUOTED]


def load_excerpts(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Short quotations from the article, in the order of the text.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``excerpt_id``, with the columns

        ===========  =====  =======================================================
        section      str    heading of the section it stands in
        paragraph    Int64  first paragraph it stands in, the title being 1
        occurrences  str    every paragraph it stands in, separated by semicolons
        exact        str    the words quoted
        prefix       str    the words just before, up to 32 characters
        suffix       str    the words just after, up to 32 characters
        ===========  =====  =======================================================

    Raises
    ------
    DataError
        If the file breaks its description in ``datapackage.json``.
    """
    return read_table("excerpts", data_dir)


def load_figures(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Every quantity that the article states, in the order of the text.

    These are statements of the article, not established facts.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``figure_id``, with the columns

        =============  ==============  ============================================
        topic          category        economy, labour, casualties, politics, geography
        subject        str             of whom or of what it is stated
        measure        str             what is measured
        low            Float64         smallest value that the words allow
        best           Float64         the value stated, missing for a mere range
        high           Float64         largest value that the words allow
        unit           category        USD, percent, persons, year, ...
        period         category        time that a rate refers to, or 'not stated'
        start          datetime64[s]   earliest day that the words allow
        end            datetime64[s]   latest day that the words allow
        quantity_text  str             the words that state the quantity
        reading        category        number, vague, list, plural
        attributed_to  str             whom the article credits
        modality       category        asserted < attributed < hedged < doubted
        excerpt_id     str             the quotation it rests on
        note           str             what a user of the figure should know
        =============  ==============  ============================================

    Raises
    ------
    DataError
        If the file, or the table of excerpts it points to, breaks its description.
    """
    return read_table("figures", data_dir)


def load_economy(data_dir: str | Path | None = None) -> pd.DataFrame:
    """The figures on economy and labour: wages, wealth, ownership, layoffs, ranks, crisis years.

    Same parameters, columns and errors as :func:`load_figures`.
    """
    return read_table("figures", data_dir, only=("topic", {"economy", "labour"}))


def load_casualties(data_dir: str | Path | None = None) -> pd.DataFrame:
    """The figures on the killed, injured, arrested and detained of 2011 and 2022.

    Same parameters, columns and errors as :func:`load_figures`.
    """
    return read_table("figures", data_dir, only=("topic", {"casualties"}))


def load_events(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Happenings that the article dates, in the order of time.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``event_id``, with the columns

        ==========  ==============  ===============================================
        start       datetime64[s]   earliest day that the words allow
        end         datetime64[s]   latest day that the words allow
        precision   category        day < month < year < decade
        date_text   str             the words that date it
        place_id    str             where, as in :func:`load_places`
        lane        category        workers, government, other states, background
        actor       str             who acts, in the article's terms
        title       str             what happens, as the article states it
        excerpt_id  str             the quotation it rests on
        note        str             what a user of the event should know
        ==========  ==============  ===============================================

    Raises
    ------
    DataError
        If the file, or a table it points to, breaks its description.
    """
    return read_table("events", data_dir)


def load_places(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Places that the article's body names, with coordinates (GeoNames, CC BY 4.0) of those that are points.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``place_id``, with the columns

        ===============  ========  ================================================
        name_in_article  str       as the article spells it
        name             str       standard name in English today
        kind             category  city, town or region, region, state, sea
        paragraph        Int64     first paragraph that names it
        latitude         Float64   WGS 84, degrees north
        longitude        Float64   WGS 84, degrees east
        source           str       where the coordinates are from
        note             str       what a user of the place should know
        ===============  ========  ================================================

    Raises
    ------
    DataError
        If the file, or a table it points to, breaks its description.
    """
    return read_table("places", data_dir)


def load_conflicts(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Pairs of statements of the article that cannot both hold.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``conflict_id``, with the columns

        ============  ===  ========================================================
        excerpt_id_a  str  one quotation
        excerpt_id_b  str  the other quotation
        about         str  what they disagree about
        explanation   str  why both cannot hold
        ============  ===  ========================================================

    Raises
    ------
    DataError
        If the file, or a table it points to, breaks its description.
    """
    return read_table("conflicts", data_dir)


def load_uncoded(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Number words, dates and vague quantities of the article that no row codes, with the reason.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables; by default those of the package.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``uncoded_id``, with the columns

        ======  ===  ==============================================================
        exact   str  words of the article, every occurrence of which is meant
        reason  str  why no figure and no event codes the quantity in them
        ======  ===  ==============================================================

    Raises
    ------
    DataError
        If the file breaks its description.
    """
    return read_table("uncoded", data_dir)
