"""A drawn chart read back: where its marks and words stand on the page, in inches from the lower left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

import kzdata as kz
from kzdata.charts import Chart
from kzdata.drawing import style
from kzdata.drawing.page import WIDE


@dataclass
class Mark:
    """A mark: its two ends, as it is drawn and on the axes' scales."""

    row_id: str
    ends: np.ndarray
    values: np.ndarray
    face: str
    shape: str
    dashed: bool


@dataclass
class Words:
    """A text: the point it is set at (of a mark, say), its box, whether it is bold, and the number of a quotation."""

    text: str
    at: np.ndarray
    box: np.ndarray
    bold: bool
    number: bool


class Picture:
    """The marks and words of a chart, and the quotations in its margin."""

    def __init__(self, chart: Chart):
        self.chart, self.data, self.figure = chart, chart.data, chart.figure
        (self.axes,) = chart.figure.axes
        with style.style():
            canvas = FigureCanvasAgg(chart.figure)
            canvas.draw()
        self.pixels = np.asarray(canvas.buffer_rgba())
        drawn = [a for a in self.axes.get_children() if (a.get_gid() or "").startswith("mark-")]
        self.marks = [self._mark(artist) for artist in drawn]
        self.words = [self._words(text) for text in self.axes.texts if text.get_text()]
        self.page = [self._words(text) for text in chart.figure.texts]
        self.arrows = [box / chart.figure.dpi for box in self._arrows()]
        self.ticks = [(t.get_text(), t.get_position()[0]) for t in self.axes.get_xticklabels() if t.get_text()]

    def mark(self, row_id: str) -> Mark:
        (found,) = [mark for mark in self.marks if mark.row_id == row_id]
        return found

    def beside(self, mark: Mark) -> str:
        """The words in the row of a mark, without those of the row's name."""
        return " ".join(
            w.text.replace("\n", " ") for w in self.words
            if abs(w.at[1] - mark.ends[0, 1]) < 0.03 and w.box[0, 0] > self._left and not w.number
        )  # fmt: skip

    def name(self, mark: Mark) -> str:
        """The words left of the plot that are nearest to a mark in height, with the lines that belong to them."""
        left = [w for w in self.words if w.box[0, 0] <= self._left]
        height = min((w.at[1] for w in left), key=lambda y: abs(y - mark.ends[0, 1]))
        return " ".join(w.text for w in left if w.at[1] == height)

    def margin(self) -> dict[int, tuple[list[str], str, str]]:
        """Of each quotation: its paragraphs, its words, and those of them that are stressed; by its number."""
        edge = WIDE.width - WIDE.edge - WIDE.notes
        notes: dict[int, tuple[list[str], list[str], list[str]]] = {}
        foot = min(w.at[1] for w in self.page if w.number) - 3
        for words in sorted(
            (w for w in self.page if w.at[0] > edge and w.at[1] > foot), key=lambda w: -round(w.at[1], 2)
        ):
            if words.number:
                paragraphs, said, stressed = notes[int(words.text)] = [], [], []
            elif re.match(r"Paragraphs? \d", words.text) and not said:
                paragraphs += re.findall(r"\d+", words.text)
            else:
                said.append(words.text)
                stressed += [words.text] * words.bold
        return {
            number: (where, " ".join(said), " ".join(stressed)) for number, (where, said, stressed) in notes.items()
        }

    @property
    def plot(self) -> np.ndarray:
        """The corners of the axes."""
        return self.axes.bbox.get_points() / self.figure.dpi

    @property
    def _left(self) -> float:
        return float(self.plot[0, 0]) - 0.1

    def _mark(self, artist: Artist) -> Mark:
        face, shape, dashed = "", "bar", False
        match artist:
            case Line2D():
                points, face = artist.get_xydata(), artist.get_markerfacecolor()
                shape = str(artist.get_marker()) if len(points) == 1 else "bar"
            case PathCollection():
                points, face, shape = artist.get_offsets(), artist.get_facecolor()[0], "o"
                dashed = artist.get_linestyle()[0][1] is not None
            case Rectangle():
                y = artist.get_y() + artist.get_height() / 2
                points, face = (
                    np.array([[artist.get_x(), y], [artist.get_x() + artist.get_width(), y]]),
                    artist.get_facecolor(),
                )
            case _:
                raise TypeError(f"no mark: {artist}")
        places = self.axes.transData.transform(np.asarray(points, dtype=float))
        ends = np.array([places[0], places[-1]])
        values = self.axes.transData.inverted().transform(ends)
        return Mark(
            str(artist.get_gid()).removeprefix("mark-"), ends / self.figure.dpi, values, to_hex(face), shape, dashed
        )

    def _words(self, text: Text) -> Words:
        at: Any = text.get_transform().transform(text.get_position())
        if isinstance(text, Annotation):
            at = text._get_position_xy(None) if text.xycoords != "data" else self.axes.transData.transform(text.xy)
        patch = text.get_bbox_patch()
        number = text.get_text().isdigit() and patch is not None and to_hex(patch.get_facecolor()) == to_hex(style.SOFT)
        box = Text.get_window_extent(text).get_points() / self.figure.dpi
        bold = text.get_fontproperties().get_weight() == 600
        return Words(text.get_text(), np.asarray(at, dtype=float) / self.figure.dpi, box, bold, number)

    def _arrows(self) -> list[np.ndarray]:
        patches = [t.arrow_patch for t in self.axes.texts if isinstance(t, Annotation) and not t.get_text()]
        return [patch.get_window_extent().get_points() for patch in patches if patch is not None]


@cache
def picture(name: str) -> Picture:
    """A chart of the package's own tables, drawn once in a session."""
    return Picture(getattr(kz.charts, name)())
