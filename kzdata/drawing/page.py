"""The sheet of a chart: title, plot, numbered quotations in the margin, source line.

Everything outside the plot is placed in inches and measured before it is drawn,
so that a longer title or quotation makes the sheet taller instead of overlapping.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from kzdata.citation import citation, publishers
from kzdata.drawing.margin import Margin
from kzdata.drawing.marks import Plot
from kzdata.drawing.style import INK, PALE, SOFT, fonts
from kzdata.drawing.text import balance, line_height, paragraphs, sentence, wrap, write
from kzdata.quantities import Quantity
from kzdata.readers_changes import changes, stated
from kzdata.tables import QUOTED, TABLE_OF, Tables

LEAST = 0.001  # of a number that is drawn: many scales are logarithmic, and titles divide by it


@dataclass(frozen=True)
class Form:
    """A kind of sheet: its measures in inches, and a font for each kind of text."""

    width: float
    edge: float  # outer margin
    notes: float  # width of the quotations' column
    gap: float  # between it and the plot
    fonts: dict[str, FontProperties]

    @property
    def plot(self) -> float:
        """Width of the plot, with the labels left of it."""
        return self.width - 2 * self.edge - self.notes - self.gap


WIDE = Form(
    width=9.0, edge=0.35, notes=2.55, gap=0.4,
    fonts=fonts(title=17, subtitle=10.5, label=9.5, value=10, small=8, quote=9.3, stress=9.3, badge=8),
)  # fmt: skip


class Page:
    """A sheet that a chart function fills in.

    It asks :meth:`rows` for tables, has :meth:`quote` number their quotations, says
    with :meth:`head` what is found, and draws on what :meth:`plot` returns.

    Attributes
    ----------
    tables : Tables
        Where the rows are from.
    form : Form
        The kind of sheet.
    excerpts : pandas.DataFrame
        All quotations, as :meth:`rows` has them.
    title, subtitle : str
        As :meth:`head` set them.
    data : pandas.DataFrame
        The rows drawn.
    changed : str
        All that a reader has changed in them, as a sentence.
    figure : matplotlib.figure.Figure
        As :meth:`plot` made it.
    """

    title: str
    subtitle: str
    data: pd.DataFrame
    changed: str
    figure: Figure

    def __init__(self, tables: Tables, form: Form = WIDE) -> None:
        self.tables, self.form = tables, form
        self.excerpts = self.rows("excerpts")
        self._margin = Margin(form.notes, form.fonts)
        self._more = ""

    def rows(self, name: str) -> pd.DataFrame:
        """A table with the column ``changed``: what a reader has changed."""
        return stated(self.tables, name)

    def numbers(self, name: str, ids: list[str], column: str = "best") -> pd.DataFrame:
        """Rows of a table by their names, each with a number that can be drawn; or a DataError that names the cell."""
        rows = self.tables.pick(self.rows(name), ids)
        for row_id, value in rows[column].items():
            if pd.isna(value) or value < LEAST:
                expected = f"a number above {LEAST} in row {row_id!r}, drawn here"
                raise self.tables.error(name, str(row_id), column, expected)
        return rows

    def above_zero(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of a table, if a logarithmic scale can show all their numbers; or a DataError that names the cell."""
        name = TABLE_OF[rows.index.name]
        for row_id, row in rows[[*Quantity._fields]].iterrows():
            for column in row.index[(row < LEAST).fillna(False)]:
                raise self.tables.error(name, str(row_id), column, f"a number above {LEAST}, for a logarithmic scale")
        return rows

    def quote(self, rows: pd.DataFrame, words: str = "quantity_text") -> pd.DataFrame:
        """Put the quotations that rows rest on into the margin, in the order of the text, those words stressed.

        Returns the rows with the column ``excerpt``, the number of the quotation.
        """
        used = self.excerpts[self.excerpts.index.isin(rows["excerpt_id"])]
        numbers = {excerpt_id: number for number, excerpt_id in enumerate(used.index, 1)}
        for excerpt_id, row in used.iterrows():
            stress = list(rows.loc[rows["excerpt_id"] == excerpt_id, words].unique())
            where = sentence(paragraphs([int(n) for n in row["occurrences"].split(";")]))
            self._margin.add(numbers[excerpt_id], where, row["exact"], stress)
        return rows.assign(excerpt=rows["excerpt_id"].map(numbers).astype("Int64"))

    def head(self, data: pd.DataFrame, says: str, neutral: str, subtitle: str, more: str = "") -> None:
        """Title, subtitle and source line: what the rows show, and the same without anybody who says so.

        The second is for changed figures, which must not be put into the article's mouth.
        """
        self.data, self.subtitle, self._more = data, subtitle, more
        self.changed = self._changed()
        self.title = f"Changed figures: {neutral}" if self.changed else says

    def _changed(self) -> str:
        """All that a reader has changed in the rows, as a sentence."""
        quoted = self.excerpts.loc[self.excerpts.index.isin(self.data["excerpt_id"]), "changed"]
        rated = "rate" in self.data and self.data["rate"].notna().any()
        rates = changes(self.tables, "rates") if rated else []
        cells = *self.data["changed"], *quoted, *rates, changes(self.tables, "article").get(QUOTED, "")
        parts = dict.fromkeys(part for cell in cells if cell for part in cell.split("; "))
        return f" Changed by the maker of this chart: {'; '.join(parts)}." if parts else ""

    def _source_line(self) -> str:
        """The line at the foot: article, dates, paragraphs, and what kind of figures these are."""
        used = self.excerpts.loc[self.excerpts.index.isin(self.data["excerpt_id"]), "occurrences"]
        where = paragraphs(sorted({int(n) for cell in used for n in cell.split(";")}))
        cited = citation(self.tables.edition()).rstrip(".")
        kind = publishers(self.data) or " Statements of the article; other sources may differ."
        return f"Source: {cited}, {where}.{kind}{self.changed} Chart: kzdata.{self._more}"

    def wrap(self, text: str, kind: str, width: float) -> list[str]:
        """A text in lines of at most ``width`` inches."""
        return wrap(text, self.form.fonts[kind], width)

    def plot(self, height: float, left: float = 0, bottom: float = 0.35, bare: bool = False) -> Plot:
        """Write everything but the marks.

        Parameters
        ----------
        height : float
            Of the plot, in inches.
        left, bottom : float
            Space for labels left of and below the plot, in inches.
        bare : bool
            Without an axis, to be drawn on in inches from the top left.

        Returns
        -------
        Plot
            Empty axes for the marks.
        """
        form, across = self.form, self.form.width - 2 * self.form.edge
        title, subtitle = (balance(getattr(self, kind), form.fonts[kind], across) for kind in ("title", "subtitle"))
        foot = self.wrap(self._source_line(), "small", across)
        heights = [line_height(form.fonts[kind], len(lines)) for kind, lines in
                   (("title", title), ("subtitle", subtitle), ("small", foot))]  # fmt: skip
        head_height, foot_height = heights[0] + 0.06 + heights[1] + 0.22, heights[2] + 0.16
        tall = form.edge + head_height + max(height + bottom, self._margin.height()) + foot_height + form.edge * 0.8
        self.figure = Figure(figsize=(form.width, tall))
        y = self._write(form.edge, tall - form.edge, title, "title", INK)
        self._write(form.edge, y - 0.06, subtitle, "subtitle", SOFT)
        self._rule(foot_height + form.edge * 0.7 - 0.08)
        self._write(form.edge, foot_height + form.edge * 0.7 - 0.16, foot, "small", SOFT)
        top = tall - form.edge - head_height
        self._margin.write(self.figure, form.width - form.edge - form.notes, top)
        corner = (form.edge + left) / form.width, (top - height) / tall
        axes = self.figure.add_axes((*corner, (form.plot - left) / form.width, height / tall))
        if bare:
            axes.set(xlim=(0, form.plot), ylim=(height, 0))
            axes.axis("off")
        return Plot(axes, form.plot - left, left, form.fonts)

    def _write(self, x: float, y: float, lines: Iterable[str], kind: str, color: str) -> float:
        """Write lines downwards from the top edge ``y``; returns the bottom edge."""
        font = self.form.fonts[kind]
        for line in lines:
            write(self.figure, x, y - line_height(font) * 0.78, line, font, color, va="baseline")
            y -= line_height(font)
        return y

    def _rule(self, y: float) -> None:
        ends = [self.form.edge, self.form.width - self.form.edge]
        self.figure.add_artist(mpl.lines.Line2D(ends, [y, y], transform=self.figure.dpi_scale_trans,
                                                color=PALE, linewidth=0.8))  # fmt: skip
