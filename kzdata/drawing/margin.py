"""The quotations in the margin of a sheet: numbered, with their paragraphs, the words that state a figure stressed."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from kzdata.drawing.marks import DISC
from kzdata.drawing.style import ACCENT, INK, SOFT
from kzdata.drawing.text import fill, line_height, width_of, write
from kzdata.readers_changes import place_of


class Run(NamedTuple):
    """Words of a line of a quotation that are set alike."""

    words: str
    kind: str  # of text: quote, or stress


class Note(NamedTuple):
    """A quotation: where it stands, and its lines."""

    heading: str
    lines: list[list[Run]]


@dataclass
class Margin:
    """A column of quotations, ``width`` inches wide, numbered downwards."""

    width: float
    fonts: dict[str, FontProperties]
    notes: list[Note] = field(default_factory=list)

    def add(self, heading: str, exact: str, stress: list[str]) -> None:
        """A quotation under those that are there, with the words to stress."""
        text = f"“{exact}”"
        stressed = [found for words in stress if (found := place_of(words, text))]
        words = []
        for word in re.finditer("[^ ]+", text):
            stands_out = any(first < word.end() and word.start() < last for first, last in stressed)
            words.append(Run(word[0], "stress" if stands_out else "quote"))
        lines = fill(words, lambda line: sum(map(self._advance, _joined(line))) <= self.width - 0.27)
        self.notes.append(Note(heading, [*map(_joined, lines)]))

    def height(self) -> float:
        """Of the column, in inches."""
        return sum(map(self._height, self.notes))

    def write(self, figure: Figure, x: float, top: float) -> None:
        """Write the column downwards from its top left corner."""
        step = line_height(self.fonts["quote"])
        for number, note in enumerate(self.notes, 1):
            write(figure, x + 0.09, top - 0.12, str(number), self.fonts["badge"], "white", ha="center",
                  va="center_baseline", bbox=DISC)  # fmt: skip
            write(figure, x + 0.27, top - 0.12, note.heading, self.fonts["small"], SOFT, va="center_baseline")
            y = top - 0.2
            for line in note.lines:
                y -= step
                at = x + 0.27
                for run in line:
                    color = ACCENT if run.kind == "stress" else INK
                    write(figure, at, y, run.words, self.fonts[run.kind], color, va="baseline")
                    at += self._advance(run)
            top -= self._height(note)

    def _height(self, note: Note) -> float:
        return 0.2 + line_height(self.fonts["quote"], len(note.lines)) + 0.14

    def _advance(self, run: Run) -> float:
        font = self.fonts[run.kind]
        return width_of(run.words, font) + font.get_size() * 0.2 / 72


def _joined(line: list[Run]) -> list[Run]:
    return [Run(" ".join(run.words for run in runs), kind) for kind, runs in groupby(line, attrgetter("kind"))]
