"""The quotations in the margin of a sheet: numbered, with their paragraphs, the words that state a figure stressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from kzdata.drawing.marks import disc
from kzdata.drawing.style import ACCENT, INK, SOFT
from kzdata.drawing.text import line_height, width_of, write
from kzdata.readers_changes import place_of


class Run(NamedTuple):
    """Words of a line of a quotation that are set alike."""

    words: str
    stressed: bool


class Note(NamedTuple):
    """A quotation: its number, where it stands, and its lines."""

    number: int
    heading: str
    lines: list[list[Run]]


@dataclass
class Margin:
    """A column of quotations, ``width`` inches wide."""

    width: float
    fonts: dict[str, FontProperties]
    notes: list[Note] = field(default_factory=list)

    def add(self, number: int, heading: str, exact: str, stress: list[str]) -> None:
        """A quotation under those that are there, with the words to stress."""
        text = f"“{exact}”"
        stressed = [False] * len(text)
        for words in stress:
            if found := place_of(words, text):
                stressed[slice(*found)] = [True] * len(words)
        lines: list[list[Run]] = [[]]
        place = 0
        for word in text.split(" "):
            run = Run(word, any(stressed[place : place + len(word)]))
            place += len(word) + 1
            longer = _joined(lines[-1], run)
            if lines[-1] and sum(map(self._advance, longer)) > self.width - 0.27:
                lines.append([run])
            else:
                lines[-1] = longer
        self.notes.append(Note(number, heading, lines))

    def height(self) -> float:
        """Of the column, in inches."""
        return sum(map(self._height, self.notes))

    def write(self, figure: Figure, x: float, top: float) -> None:
        """Write the column downwards from its top left corner."""
        step = line_height(self.fonts["quote"])
        for note in self.notes:
            write(figure, x + 0.09, top - 0.12, str(note.number), self.fonts["badge"], "white", ha="center",
                  va="center_baseline", bbox=disc())  # fmt: skip
            write(figure, x + 0.27, top - 0.12, note.heading, self.fonts["small"], SOFT, va="center_baseline")
            y = top - 0.2
            for line in note.lines:
                y -= step
                at = x + 0.27
                for run in line:
                    color = ACCENT if run.stressed else INK
                    write(figure, at, y, run.words, self._font(run), color, va="baseline")
                    at += self._advance(run)
            top -= self._height(note)

    def _height(self, note: Note) -> float:
        return 0.2 + line_height(self.fonts["quote"], len(note.lines)) + 0.14

    def _font(self, run: Run) -> FontProperties:
        return self.fonts["stress" if run.stressed else "quote"]

    def _advance(self, run: Run) -> float:
        font = self._font(run)
        return width_of(run.words, font) + font.get_size() * 0.2 / 72


def _joined(runs: list[Run], run: Run) -> list[Run]:
    if runs and runs[-1].stressed == run.stressed:
        return [*runs[:-1], Run(f"{runs[-1].words} {run.words}", run.stressed)]
    return [*runs, run]
