"""Who is cited: the article, and the publications of the independent figures beside it."""

from __future__ import annotations

import pandas as pd

from kzdata.dates import format_day
from kzdata.readers_changes import ARTICLE, MAKER, OWN


def citation(article: pd.Series) -> str:
    """The article as a source line names it."""
    dated, published = (format_day(article[c]) for c in ("dated", "published"))
    return f"{article['authors']}, “{article['title']}”, {dated}; reposted by {article['site']}, {published}."


def beside(figures: pd.DataFrame, references: pd.DataFrame) -> pd.DataFrame:
    """Figures of the article over independent ones, as the rows of one chart; ``publisher`` says who states which."""
    publisher = (figures["changed"] != "").map({True: MAKER, False: ARTICLE})
    own = figures.assign(publisher=publisher, figure_id=figures.index)
    rows = pd.concat([own, references]).rename_axis("row_id")
    columns = ["figure_id", "subject", "measure", "low", "best", "high", "unit", "as_of", "quantity_text",
               "attributed_to", "publisher", "title", "published", "url", "comparability", "excerpt_id", "note",
               "changed"]  # fmt: skip
    return rows.reindex(columns=columns).fillna({"quantity_text": ""})


def publications(data: pd.DataFrame) -> list[str]:
    """Citations of the independent figures among the rows of a chart."""
    if "publisher" not in data:
        return []
    rows = data[~data["publisher"].isin(OWN)].drop_duplicates("url")
    return [f"{r['publisher']}, “{r['title']}”, {r['published']}, {r['url']}" for _, r in rows.iterrows()]


def publishers(data: pd.DataFrame) -> str:
    """The publishers of the independent figures, for a source line; nothing for a chart of the article alone."""
    if "publisher" not in data:
        return ""
    return f" Other figures: {'; '.join(p for p in data['publisher'].unique() if p not in OWN)}."


def who(row: pd.Series) -> str:
    """Who is credited with an independent figure, or else who publishes it."""
    return str(row["publisher"] if pd.isna(row["attributed_to"]) else row["attributed_to"])
