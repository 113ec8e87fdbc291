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
    own = figures.assign(publisher=ARTICLE, figure_id=figures.index)
    own.loc[own["changed"] != "", "publisher"] = MAKER
    rows = pd.concat([own, references]).rename_axis("row_id")
    columns = ["figure_id", "subject", "measure", "low", "best", "high", "unit", "as_of", "quantity_text",
               "attributed_to", "publisher", "title", "published", "url", "comparability", "excerpt_id", "note",
               "changed"]  # fmt: skip
    return rows.reindex(columns=columns).fillna({"quantity_text": ""})


def publications(data: pd.DataFrame) -> list[str]:
    """Citations of the independent figures among the rows of a chart, one a publication."""
    rows = data[~data["publisher"].isin(OWN)].drop_duplicates("url") if "publisher" in data else data[:0]
    return [f"{r['publisher']}, “{r['title']}”, {r['published']}, {r['url']}" for _, r in rows.iterrows()]


def publishers(data: pd.DataFrame) -> str:
    """The publishers of the independent figures, for a source line; nothing for a chart of the article alone."""
    others = [name for name in data["publisher"].unique() if name not in OWN] if "publisher" in data else []
    return f" Other figures: {'; '.join(others)}." if others else ""


def who(row: pd.Series) -> str:
    """Who is credited with an independent figure, or else who publishes it."""
    return str(row["publisher"] if pd.isna(row["attributed_to"]) else row["attributed_to"])
