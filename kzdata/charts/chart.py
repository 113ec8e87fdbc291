"""A chart that carries its words: picture, data, quotations, alt text and sources in one object."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from kzdata.changes import ARTICLE, MAKER, changes
from kzdata.charts import layout
from kzdata.charts.export import Export, write_chart
from kzdata.dates import format_day
from kzdata.quantities import Quantity, format_quantity, quantity_of
from kzdata.schema import DataError, folder_of, read_table, row_error
from kzdata.tables import QUOTED, quoted_edition

DISPLAY_DPI = 120
OWN = (ARTICLE, MAKER)  # publishers of the article's figures, as they are and as a reader has changed them
LEAST = 0.001  # of a number that is drawn: many scales are logarithmic, and titles divide by it


@dataclass(frozen=True, repr=False)
class Chart:
    """One chart. Show it by leaving it as the last expression of a notebook's cell.

    Attributes
    ----------
    name : str
        Name of the chart and of its exported files.
    title, subtitle : str
        The finding, computed from the data; measure, unit and who says so.
    alt : str
        Text that stands in for the picture, computed from the data.
    figure : matplotlib.figure.Figure
        The picture.
    data : pandas.DataFrame
        The rows drawn, with the words and the paragraph that each rests on.
    excerpts : pandas.DataFrame
        The quotations in the margin, indexed by their number.
    sources : list of str
        Citations.
    url : str
        Address of the article.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    figure: Figure
    data: pd.DataFrame
    excerpts: pd.DataFrame
    sources: list[str]
    url: str

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        picture = base64.b64encode(self._png()).decode("ascii")
        return {"text/plain": self.alt, "text/html": self._html(picture), "image/png": picture}

    def html(self) -> str:
        """The chart as a piece of a page: the picture with its alt text, the subtitle and the source."""
        return self._html(base64.b64encode(self._png()).decode("ascii"))

    def _html(self, picture: str) -> str:
        link = f"<a style='text-decoration:underline' href='{escape(self.url)}'>{escape(self.sources[0])}</a>"
        caption = f"{escape(self.subtitle)} Source: {link}{escape(_others(self.data))}"
        return (
            f"<figure class='tex2jax_ignore mathjax_ignore' style='margin:0'><img alt='{escape(self.alt, quote=True)}' "
            f"src='data:image/png;base64,{picture}' style='max-width:100%'>"
            f"<figcaption>{caption}</figcaption></figure>"
        )

    def _png(self) -> bytes:
        buffer = io.BytesIO()
        with layout.style():
            FigureCanvasAgg(self.figure)
            self.figure.savefig(buffer, format="png", dpi=DISPLAY_DPI, metadata={"Software": None})
        # 64 colours show no difference on these charts, and keep the stored notebooks small.
        picture, buffer = Image.open(buffer).convert("RGB").quantize(64), io.BytesIO()
        picture.save(buffer, format="PNG", optimize=True)
        return buffer.getvalue()

    def export(
        self, directory: str | Path | None = None, formats: Iterable[str] | None = None, dpi: int = 300
    ) -> Export:
        """Write the chart as files that stand on their own.

        Beside the formats goes a sidecar, ``<name>.json``, with the citation, the
        alt text, the quotations, the versions and the SHA-256 of every file.

        Parameters
        ----------
        directory : path, optional
            Where to write; by default the environment variable ``KZDATA_EXPORTS``,
            or else the folder ``exports`` at the project's root.
        formats : iterable of str or str, optional
            Any of ``png``, ``svg``, ``pdf`` and ``csv``, or ``"svg,pdf"``; by default the environment
            variable ``KZDATA_FORMATS`` (``"svg,pdf"``), or else all four.
        dpi : int
            Resolution of the PNG.

        Returns
        -------
        Export
            What was written; in a notebook, with links.

        Raises
        ------
        ValueError
            If a format is unknown, or ``dpi`` not from 30 to 1200. Nothing is written then.
        OSError
            If a file cannot be written. What stood there before is left as it was.
        """
        return write_chart(self, directory, formats, dpi)


def stated(name: str, data_dir: str | Path | None) -> pd.DataFrame:
    """A table with the column ``changed``: what a reader has changed in a row, which nobody else states then."""
    table = read_table(name, data_dir).assign(changed=changes(name, data_dir))
    if "attributed_to" in table:
        table.loc[table["changed"] != "", "attributed_to"] = MAKER
    return table


def pick(
    table: pd.DataFrame, ids: list[str], name: str, data_dir: str | Path | None, column: str | None = None
) -> pd.DataFrame:
    """The rows that a chart is about, each with a value in ``column``; a DataError names what the table lacks."""
    for row_id in ids:
        if row_id not in table.index:
            path = folder_of(data_dir) / f"{name}.csv"
            raise DataError(path, None, table.index.name, None, f"a row {row_id!r}, which this chart draws")
        if column and not (pd.notna(value := table.loc[row_id, column]) and value >= LEAST):
            raise row_error(name, data_dir, row_id, column, f"a number above {LEAST} in row {row_id!r}, drawn here")
    return table.loc[ids]


def above_zero(rows: pd.DataFrame, name: str, data_dir: str | Path | None) -> pd.DataFrame:
    """The rows, if a logarithmic scale can show all their numbers; or a DataError that names one that it cannot."""
    for row_id, row in rows.iterrows():
        for column in Quantity._fields:
            if pd.notna(row[column]) and row[column] < LEAST:
                raise row_error(name, data_dir, str(row_id), column, f"a number above {LEAST}, for a logarithmic scale")
    return rows


def some(rows: pd.DataFrame, name: str, data_dir: str | Path | None) -> pd.DataFrame:
    """The rows, if there are any for a chart to draw; or a DataError that names the table that lacks them."""
    if rows.empty:
        raise DataError(folder_of(data_dir) / f"{name}.csv", None, None, None, "rows that this chart draws")
    return rows


def make_chart(
    name: str, title: str, subtitle: str, alt: str, figure: Figure, data: pd.DataFrame, excerpts: pd.DataFrame,
    data_dir: str | Path | None,
) -> Chart:  # fmt: skip
    """Put a chart together from what a chart function has drawn.

    ``data`` are rows of the figures with the column ``excerpt`` that
    :func:`kzdata.charts.layout.notes_for` adds.
    """
    numbers = data.dropna(subset="excerpt").drop_duplicates("excerpt").set_index("excerpt")["excerpt_id"].sort_index()
    columns = ["paragraph", "occurrences", "exact"]
    quoted = excerpts.loc[numbers, columns].assign(excerpt_id=numbers.values).set_axis(numbers.index)
    words = excerpts.loc[data["excerpt_id"], ["occurrences", "exact"]].set_axis(data.index)
    layout.check_characters(figure)
    article = quoted_edition(data_dir)
    told = _changed(data, excerpts, data_dir)
    alt = f"{title}. {alt} Source: {citation(article)}{_others(data)}{told}"
    sources = [citation(article), *publications(data), *([told.strip()] if told else [])]
    return Chart(name, title, subtitle, alt, figure, data.join(words), quoted, sources, article["url"])


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


def _others(data: pd.DataFrame) -> str:
    """The publishers of the independent figures, for a source line; nothing for a chart of the article alone."""
    if "publisher" not in data:
        return ""
    return f" Other figures: {'; '.join(p for p in data['publisher'].unique() if p not in OWN)}."


def source_line(data_dir: str | Path | None, data: pd.DataFrame, excerpts: pd.DataFrame) -> str:
    """The line at the foot of a chart: article, dates, paragraphs, and what kind of figures these are."""
    used = excerpts.loc[excerpts.index.isin(data["excerpt_id"]), "occurrences"]
    numbers = sorted({int(n) for cell in used for n in cell.split(";")})
    where = layout.paragraphs(";".join(map(str, numbers))).lower()
    cited = citation(quoted_edition(data_dir)).rstrip(".")
    kind = _others(data) or " Statements of the article; other sources may differ."
    return f"Source: {cited}, {where}.{kind}{_changed(data, excerpts, data_dir)} Chart: kzdata."


def changed(data: pd.DataFrame, excerpts: pd.DataFrame, data_dir: str | Path | None) -> list[str]:
    """All that a reader has changed in what a chart shows, in words."""
    quoted = excerpts.loc[excerpts.index.isin(data["excerpt_id"]), "changed"]
    rates = changes("rates", data_dir) if "rate" in data and data["rate"].notna().any() else []
    cells = *data["changed"], *quoted, *rates, changes("article", data_dir).get(QUOTED, "")
    return list(dict.fromkeys(part for cell in cells if cell for part in cell.split("; ")))


def _changed(data: pd.DataFrame, excerpts: pd.DataFrame, data_dir: str | Path | None) -> str:
    parts = changed(data, excerpts, data_dir)
    return f" Changed by the maker of this chart: {'; '.join(parts)}." if parts else ""


def titled(says: str, neutral: str, data: pd.DataFrame, excerpts: pd.DataFrame, data_dir: str | Path | None) -> str:
    """What a title says of the article, or of changed figures the same without anybody who says so."""
    return f"Changed figures: {neutral}" if changed(data, excerpts, data_dir) else says


def value_of(row: pd.Series) -> str:
    """The value of a row as its mark has it."""
    return format_quantity(quantity_of(row), row["unit"]) + (" (changed)" if row["changed"] else "")
