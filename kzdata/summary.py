"""The comparison in a few sentences that stand alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kzdata.comparison import others
from kzdata.quantities import format_quantity, quantity_of
from kzdata.sentences import Prose, prose
from kzdata.tables import Tables


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
    stated, comparable = len(Tables.of(data_dir)["figures"]), pairs[pairs["verdict"] != "incomparable"]
    verdicts = comparable.groupby("figure_id", sort=False)["verdict"].agg(
        lambda verdicts: verdicts.iloc[0] if verdicts.nunique() == 1 else "differs"
    )
    first = (
        f"The article states {stated} figures. {pairs['figure_id'].nunique()} of them stand here beside {len(pairs)} "
        f"figures from {pairs['url'].nunique()} other publications, official statistics and press reports among them. "
        f"{len(verdicts)} can be compared: the others meet only a part, a whole or another measure."
    )
    items = []
    for outcome, words in _OUTCOMES.items():
        ids = verdicts.index[verdicts == outcome]
        members = [_member(comparable[comparable["figure_id"] == figure_id]) for figure_id in ids]
        verb, rest = words
        verb += "s" if len(members) == 1 else ""
        items += [f"- **{len(members)} {verb} {rest}:** {'; '.join(members)}."] if members else []
    last = "Agreement does not make a figure right: the article and the others may repeat one announcement."
    last = f"{pairs.attrs.get('assumption', '')} {last}".strip()
    if changed := "; ".join(dict.fromkeys(filter(None, pairs["changed"]))):
        last += prose(" Changed in these tables: {}.", changed)
    return Prose("\n".join([first, "", *items, "", last]))


#: What the comparable references of one figure say together.
_OUTCOMES = {
    "agrees": ("agree", "with every figure to compare with"),
    "above": ("lie", "above every one"),
    "below": ("lie", "below every one"),
    "differs": ("lie", "on both sides, or agree with some"),
}


def _member(pairs: pd.DataFrame) -> str:
    """One figure with its value, and those of the others."""
    row = pairs.iloc[0]
    article = format_quantity(quantity_of(row, "article_"), row["unit"])
    measure = row["measure"] + (" (changed)" if pairs["changed"].any() else "")
    return prose("{}: {} ({}; others {})", row["subject"], measure, article, others(pairs))
