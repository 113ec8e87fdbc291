"""The page of a chart: title block, plot, numbered quotations in the margin, source line.

Everything outside the plot is placed in inches and measured before it is drawn,
so that a longer title or quotation makes the page taller instead of overlapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log10
from pathlib import Path
from threading import RLock
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from kzdata.changes import place_of
from kzdata.quantities import format_number

HERE = Path(__file__).parent
FAMILY = "Source Sans Pro"
#: File, weight and slope of the fonts that the charts use.
FONTS = [
    (HERE / "fonts" / "SourceSansPro-Regular.ttf", 400, "normal"),
    (HERE / "fonts" / "SourceSansPro-Semibold.ttf", 600, "normal"),
    (HERE / "fonts" / "SourceSansPro-It.ttf", 400, "italic"),
]
for _file, *_ in FONTS:
    fontManager.addfont(_file)

INK, SOFT, GREY, PALE, ACCENT = "#1A1A1A", "#555555", "#8C8C8C", "#E0E0E0", "#A11A2B"
#: Page width, outer margin, width of the quotations' column, gap before it: all in inches.
WIDTH, EDGE, NOTES_WIDTH, GAP = 9.0, 0.35, 2.55, 0.4
PLOT_WIDTH = WIDTH - 2 * EDGE - NOTES_WIDTH - GAP
LINE = 1.28  # line height, in font sizes
LOG_SCALE = "Logarithmic scale: each gridline is ten times the one before."

TITLE = FontProperties(family=FAMILY, weight=600, size=17)
SUBTITLE = FontProperties(family=FAMILY, size=10.5)
LABEL = FontProperties(family=FAMILY, size=9.5)
VALUE = FontProperties(family=FAMILY, weight=600, size=10)
SMALL = FontProperties(family=FAMILY, size=8)
QUOTE = FontProperties(family=FAMILY, style="italic", size=9.3)
QUOTE_KEY = FontProperties(family=FAMILY, weight=600, size=9.3)
BADGE = FontProperties(family=FAMILY, weight=600, size=8)


@dataclass(frozen=True)
class Note:
    """A quotation for the margin: its number, paragraphs, words, and the words to stress."""

    number: int
    heading: str
    exact: str
    stress: tuple[str, ...]


_ONE_AT_A_TIME = RLock()


@contextmanager
def style() -> Iterator[None]:
    """Draw and save under the package's style, whatever the reader's own settings are.

    Matplotlib's settings are of the whole process: threads draw one after the
    other, or one would take another's settings for the reader's.
    """
    with _ONE_AT_A_TIME, mpl.rc_context(fname=HERE / "kzdata.mplstyle"):
        yield


def notes_for(
    data: pd.DataFrame, excerpts: pd.DataFrame, words: str = "quantity_text"
) -> tuple[pd.DataFrame, list[Note]]:
    """Number the quotations that the drawn rows rest on, in the order of the text.

    Parameters
    ----------
    data : pandas.DataFrame
        The rows to draw, with ``excerpt_id``.
    excerpts : pandas.DataFrame
        All excerpts.
    words : str
        Column of ``data`` with the words to stress.

    Returns
    -------
    tuple of pandas.DataFrame and list of Note
        ``data`` with the column ``excerpt`` (the number), and the notes.
    """
    used = [excerpt_id for excerpt_id in excerpts.index if excerpt_id in set(data["excerpt_id"])]
    numbers = {excerpt_id: number for number, excerpt_id in enumerate(used, 1)}
    notes = []
    for excerpt_id, number in numbers.items():
        row = excerpts.loc[excerpt_id]
        stress = tuple(data.loc[data["excerpt_id"] == excerpt_id, words].unique())
        notes.append(Note(number, paragraphs(row["occurrences"]), row["exact"], stress))
    return data.assign(excerpt=data["excerpt_id"].map(numbers).astype("Int64")), notes


def paragraphs(occurrences: str) -> str:
    """``"11;19"`` as ``"Paragraphs 11 and 19"``."""
    numbers = occurrences.split(";")
    if len(numbers) == 1:
        return f"Paragraph {numbers[0]}"
    return f"Paragraphs {', '.join(numbers[:-1])} and {numbers[-1]}"


def width_of(text: str, font: FontProperties) -> float:
    """Width of a line of text in inches, to a hundredth: the sum of its words, each of which is measured once."""
    *before, last = text.split(" ")
    return sum(_advance(word, font) for word in before) + _ink(last, font)


@cache
def _ink(word: str, font: FontProperties) -> float:
    return float(text_to_path.get_text_width_height_descent(word, font, False)[0]) / 72


@cache
def _advance(word: str, font: FontProperties) -> float:
    """From the beginning of a word to that of the next."""
    return _ink(f"{word} n", font) - _ink("n", font)


def wrap(text: str, font: FontProperties, width: float) -> list[str]:
    """Break a text into lines of at most ``width`` inches."""
    lines = [""]
    for word in chain.from_iterable(_parts(whole, font, width) for whole in text.split()):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _parts(word: str, font: FontProperties, width: float) -> Iterator[str]:
    """The word, or pieces of it that fit where it is wider than the line."""
    while width_of(word, font) > width and len(word) > 1:
        fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], font) <= width)
        yield word[:fits]
        word = word[fits:]
    yield word


def balance(text: str, font: FontProperties, width: float) -> list[str]:
    """Break a text into as few lines as :func:`wrap`, of about the same length."""
    fewest = len(wrap(text, font, width))
    narrow = width_of(text, font) / fewest
    while len(lines := wrap(text, font, narrow)) > fewest:
        narrow = min(narrow + 0.1, width)
    return lines


def page(
    title: str, subtitle: str, notes: list[Note], source: str, plot_height: float, left: float = 0, bottom: float = 0.35
) -> tuple[Figure, Axes]:
    """A figure with everything but the marks.

    Parameters
    ----------
    title, subtitle, source : str
        Finding; measure and unit; where the numbers come from.
    notes : list of Note
        Quotations for the margin.
    plot_height : float
        Height of the plot in inches.
    left, bottom : float
        Space for labels left of and below the plot, in inches.

    Returns
    -------
    tuple of Figure and Axes
        The page, and empty axes for the marks.
    """
    head = balance(title, TITLE, WIDTH - 2 * EDGE), balance(subtitle, SUBTITLE, WIDTH - 2 * EDGE)
    foot = wrap(source, SMALL, WIDTH - 2 * EDGE)
    columns = [_note_lines(note) for note in notes]
    head_height = _height(head[0], TITLE) + 0.06 + _height(head[1], SUBTITLE) + 0.22
    foot_height = _height(foot, SMALL) + 0.16
    body = max(plot_height + bottom, sum(_note_height(lines) for lines in columns))
    height = EDGE + head_height + body + foot_height + EDGE * 0.8

    figure = Figure(figsize=(WIDTH, height))
    y = _write(figure, EDGE, height - EDGE, head[0], TITLE, INK)
    _write(figure, EDGE, y - 0.06, head[1], SUBTITLE, SOFT)
    top = height - EDGE - head_height
    _rule(figure, foot_height + EDGE * 0.7 - 0.08)
    _write(figure, EDGE, foot_height + EDGE * 0.7 - 0.16, foot, SMALL, SOFT)
    y = top
    for note, lines in zip(notes, columns):
        _write_note(figure, y, note, lines)
        y -= _note_height(lines)
    plot = (EDGE + left) / WIDTH, (top - plot_height) / height, (PLOT_WIDTH - left) / WIDTH, plot_height / height
    return figure, figure.add_axes(plot)


def badge(axes: Axes, number: int, x: float, y: float, dx: float = 0, dy: float = 0) -> None:
    """The number of a quotation beside its mark; ``dx`` and ``dy`` are in points."""
    axes.annotate(str(number), (x, y), (dx, dy), textcoords="offset points", fontproperties=BADGE,
                  color="white", ha="center", va="center_baseline", annotation_clip=False, bbox=_disc())  # fmt: skip


def row_label(
    axes: Axes, y: float, text: str, left: float, detail: str = "", bold: bool = False, gap: float = 0.15
) -> None:
    """A row's label in the space left of the plot, over a smaller line of detail; ``gap`` inches stay free."""
    main = VALUE if bold else LABEL
    lines = [(line, main, INK) for line in wrap(text, main, left - gap)]
    lines += [(line, SMALL, SOFT) for line in (wrap(detail, SMALL, left - gap) if detail else [])]
    step = 11.5
    for place, (line, font, color) in enumerate(lines):
        offset = -left * 72, ((len(lines) - 1) / 2 - place) * step
        axes.annotate(line, (0, y), offset, xycoords=("axes fraction", "data"), textcoords="offset points",
                      fontproperties=font, color=color, va="center_baseline", annotation_clip=False)  # fmt: skip


def label(axes: Axes, x: float, y: float, text: str, dx: float = 0, dy: float = 0, **kwargs: Any) -> None:
    """Text beside a mark; ``dx`` and ``dy`` are in points."""
    paper = dict(boxstyle="square,pad=0.08", facecolor="white", edgecolor="none")  # keeps gridlines out of the words
    options: dict[str, Any] = dict(fontproperties=LABEL, color=INK, ha="left", va="center_baseline", bbox=paper)
    options |= kwargs
    axes.annotate(text, (x, y), (dx, dy), textcoords="offset points", annotation_clip=False, **options)


def log_axis(axes: Axes, values: pd.Series, room: tuple[float, float], dollars: bool = False) -> None:
    """A log axis with a gridline for each power of ten; over many of them, only the thousands are labelled."""
    low, high = float(values.min()) / room[0], float(values.max()) * room[1]
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    step = 3 if log10(high / low) > 6 else 1

    def write(value: float, _: int) -> str:
        return "" if round(log10(value)) % step else "$" * dollars + format_number(value)

    axes.xaxis.set_major_locator(LogLocator(base=10, numticks=20))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(write))


def check_characters(figure: Figure) -> None:
    """Refuse a text that the fonts cannot write: its characters would be drawn as boxes."""
    for text in chain(figure.texts, *(axes.texts for axes in figure.axes)):
        words = text.get_text()
        for character in set(words) - _characters(findfont(text.get_fontproperties())) - {"\n"}:
            code = f"U+{ord(character):04X}"
            raise ValueError(f"{words!r} cannot be drawn: the chart's font has no character {character!r} ({code})")


@cache
def _characters(font: str) -> set[str]:
    return set(map(chr, get_font(font).get_charmap()))


def sentence(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[0].upper() + text[1:]


def _disc() -> dict[str, str]:
    return dict(boxstyle="circle,pad=0.28", facecolor=SOFT, edgecolor="none")


def _height(lines: Sized, font: FontProperties) -> float:
    return len(lines) * font.get_size() * LINE / 72


def _write(figure: Figure, x: float, y: float, lines: Iterable[str], font: FontProperties, color: str) -> float:
    """Write lines downwards from the top edge ``y``; returns the bottom edge."""
    step = font.get_size() * LINE / 72
    for line in lines:
        figure.text(x, y - step * 0.78, line, fontproperties=font, color=color, transform=figure.dpi_scale_trans,
                    va="baseline")  # fmt: skip
        y -= step
    return y


def _rule(figure: Figure, y: float) -> None:
    figure.add_artist(mpl.lines.Line2D([EDGE, WIDTH - EDGE], [y, y], transform=figure.dpi_scale_trans,
                                       color=PALE, linewidth=0.8))  # fmt: skip


def _note_lines(note: Note) -> list[list[tuple[str, bool]]]:
    """The quotation as lines of runs of words, each run with a flag for stress."""
    text = f"“{note.exact}”"
    stressed = [False] * len(text)
    for words in note.stress:
        if found := place_of(words, text):
            stressed[slice(*found)] = [True] * len(words)
    lines: list[list[tuple[str, bool]]] = [[]]
    place = 0
    for word in text.split(" "):
        flag = any(stressed[place : place + len(word)])
        place += len(word) + 1
        longer = _append(lines[-1], word, flag)
        if lines[-1] and sum(_run_width(*run) for run in longer) > NOTES_WIDTH - 0.27:
            lines.append([(word, flag)])
        else:
            lines[-1] = longer
    return lines


def _append(runs: list[tuple[str, bool]], word: str, flag: bool) -> list[tuple[str, bool]]:
    if runs and runs[-1][1] == flag:
        return [*runs[:-1], (f"{runs[-1][0]} {word}", flag)]
    return [*runs, (word, flag)]


def _run_width(text: str, flag: bool) -> float:
    font = QUOTE_KEY if flag else QUOTE
    return width_of(text, font) + font.get_size() * 0.2 / 72


def _note_height(lines: Sized) -> float:
    return 0.2 + _height(lines, QUOTE) + 0.14


def _write_note(figure: Figure, top: float, note: Note, lines: list[list[tuple[str, bool]]]) -> None:
    x, y = WIDTH - EDGE - NOTES_WIDTH, top - 0.12
    inches = figure.dpi_scale_trans
    figure.text(x + 0.09, y, str(note.number), fontproperties=BADGE, color="white", ha="center",
                va="center_baseline", bbox=_disc(), transform=inches)  # fmt: skip
    figure.text(x + 0.27, y, note.heading, fontproperties=SMALL, color=SOFT, va="center_baseline", transform=inches)
    y = top - 0.2
    for line in lines:
        y -= QUOTE.get_size() * LINE / 72
        at = x + 0.27
        for text, flag in line:
            font, color = (QUOTE_KEY, ACCENT) if flag else (QUOTE, INK)
            figure.text(at, y, text, fontproperties=font, color=color, va="baseline", transform=inches)
            at += _run_width(text, flag)
