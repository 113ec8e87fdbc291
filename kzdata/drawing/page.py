"""The sheet of a chart: title, plot, numbered quotations in the margin, source line.

Everything outside the plot is placed in inches and measured before it is drawn,
so that a longer title or quotation makes the sheet taller instead of overlapping.
"""

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D

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
    """

    title: str
    subtitle: str
    data: pd.DataFrame  # the rows drawn
    changed: str  # all that a reader has changed in them, as a sentence
    figure: Figure

    def __init__(self, tables: Tables, form: Form = WIDE) -> None:
        self.tables, self.form = tables, form
        self.excerpts = self.rows("excerpts")  # all quotations
        self._margin = Margin(form.notes, form.fonts)

    def rows(self, name: str) -> pd.DataFrame:
        """A table with the column ``changed``: what a reader has changed."""
        return stated(self.tables, name)

    def numbers(self, name: str, ids: list[str], column: str = "best") -> pd.DataFrame:
        """Rows of a table by their names, each with a number that can be drawn; or a DataError that names the cell."""
        rows = self.tables.pick(self.rows(name), ids)
        self.check(rows, column, rows[column] >= LEAST, f"a number above {LEAST} in row {{!r}}, drawn here")
        return rows

    def above_zero(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of a table, if a logarithmic scale can show all their numbers; or a DataError that names the cell."""
        for column in Quantity._fields:
            right = rows[column].isna() | (rows[column] >= LEAST)
            self.check(rows, column, right, f"a number above {LEAST}, for a logarithmic scale")
        return rows

    def check(self, rows: pd.DataFrame, column: str, right: pd.Series, expected: str) -> None:
        """A DataError for the first cell that cannot be drawn; ``{!r}`` in what is expected is the name of its row."""
        for row_id in rows.index[~right.fillna(False)]:
            raise self.tables.error(TABLE_OF[rows.index.name], row_id, column, expected.format(row_id))

    def quote(self, rows: pd.DataFrame, words: str = "quantity_text") -> pd.DataFrame:
        """Put the quotations that rows rest on into the margin, in the order of the text, those words stressed.

        Returns the rows with the column ``excerpt``, the number of the quotation.
        """
        quoted = self._quoted(rows)
        for excerpt_id, row in quoted.iterrows():
            stress = list(rows.loc[rows["excerpt_id"] == excerpt_id, words].unique())
            self._margin.add(sentence(paragraphs([row["occurrences"]])), row["exact"], stress)
        numbers = pd.Series(range(1, len(quoted) + 1), quoted.index, "Int64")
        return rows.assign(excerpt=rows["excerpt_id"].map(numbers))

    def _quoted(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The quotations that rows rest on."""
        return self.excerpts[self.excerpts.index.isin(rows["excerpt_id"])]

    def head(self, data: pd.DataFrame, says: str, neutral: str, subtitle: str, more: str = "") -> None:
        """Title, subtitle and source line: what the rows show, and the same without anybody who says so.

        The second is for changed figures, which must not be put into the article's mouth.
        """
        self.data, self.subtitle, self.changed = data, subtitle, self._changed(data)
        self.title = f"Changed figures: {neutral}" if self.changed else says
        where, cited = paragraphs(self._quoted(data)["occurrences"]), citation(self.tables.edition()).rstrip(".")
        kind = publishers(data) or " Statements of the article; other sources may differ."
        self._foot = f"Source: {cited}, {where}.{kind}{self.changed} Chart: kzdata.{more}"

    def _changed(self, data: pd.DataFrame) -> str:
        """All that a reader has changed in the rows, as a sentence."""
        rates = changes(self.tables, "rates") if "rate" in data and data["rate"].notna().any() else []
        edition = changes(self.tables, "article").get(QUOTED, "")
        cells = *data["changed"], *self._quoted(data)["changed"], *rates, edition
        parts = dict.fromkeys(part for cell in cells if cell for part in cell.split("; "))
        return f" Changed by the maker of this chart: {'; '.join(parts)}." if parts else ""

    def plot(self, height: float, left: float = 0, bottom: float = 0.35) -> Plot:
        """Write everything but the marks, for which it returns empty axes of that height.

        ``left`` and ``bottom`` are the space for labels beside them; where there is none below, no axis is drawn.
        All is in inches: heights on the axes are, from the top, and without an axis widths are too.
        """
        form, fonts, across = self.form, self.form.fonts, self.form.width - 2 * self.form.edge
        title, subtitle = (balance(getattr(self, kind), fonts[kind], across) for kind in ("title", "subtitle"))
        foot = wrap(self._foot, fonts["small"], across)
        title_height = line_height(fonts["title"], len(title)) + 0.06
        head_height = title_height + line_height(fonts["subtitle"], len(subtitle)) + 0.22
        foot_height = line_height(fonts["small"], len(foot)) + 0.16
        tall = form.edge + head_height + max(height + bottom, self._margin.height()) + foot_height + form.edge * 0.8
        self.figure = Figure(figsize=(form.width, tall))
        self._write(tall - form.edge, title, "title", INK)
        self._write(tall - form.edge - title_height, subtitle, "subtitle", SOFT)
        rule, ends = foot_height + form.edge * 0.7 - 0.08, [form.edge, form.width - form.edge]
        self.figure.add_artist(Line2D(ends, [rule, rule], transform=self.figure.dpi_scale_trans, color=PALE,
                                      linewidth=0.8))  # fmt: skip
        self._write(rule - 0.08, foot, "small", SOFT)
        top = tall - form.edge - head_height
        self._margin.write(self.figure, form.width - form.edge - form.notes, top)
        corner = (form.edge + left) / form.width, (top - height) / tall
        axes = self.figure.add_axes((*corner, (form.plot - left) / form.width, height / tall))
        axes.set_ylim(height, 0)
        if not bottom:
            axes.set_xlim(0, form.plot - left)
            axes.axis("off")
        return Plot(axes, form.plot - left, height, left, fonts)

    def _write(self, y: float, lines: list[str], kind: str, color: str) -> None:
        """Write lines at the left edge, downwards from the top edge ``y``."""
        font = self.form.fonts[kind]
        for number, line in enumerate(lines):
            baseline = y - line_height(font, number) - line_height(font) * 0.78
            write(self.figure, self.form.edge, baseline, line, font, color, va="baseline")
