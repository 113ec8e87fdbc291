"""Text that is measured before it is written: its width, its lines, and whether the fonts have its characters."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

LINE = 1.28  # line height, in font sizes
Word = TypeVar("Word")


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
    words = chain.from_iterable(_parts(whole, font, width) for whole in text.split())
    return [" ".join(line) for line in fill(words, lambda line: width_of(" ".join(line), font) <= width)]


def fill(words: Iterable[Word], fits: Callable[[list[Word]], bool]) -> list[list[Word]]:
    """Break words into lines that fit, unless one alone does not."""
    lines: list[list[Word]] = [[]]
    for word in words:
        if lines[-1] and not fits([*lines[-1], word]):
            lines.append([])
        lines[-1].append(word)
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


def line_height(font: FontProperties, lines: int = 1) -> float:
    """Of lines of text, in inches."""
    return float(lines * font.get_size() * LINE / 72)


def write(figure: Figure, x: float, y: float, text: str, font: FontProperties, color: str, **options: Any) -> None:
    """Write a line of text at a place on a sheet, in inches from its bottom left corner."""
    figure.text(x, y, text, fontproperties=font, color=color, transform=figure.dpi_scale_trans, **options)


def sentence(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[0].upper() + text[1:]


def paragraphs(occurrences: Iterable[str]) -> str:
    """Where quotations stand, from their cells of that column: "paragraph 11", or "paragraphs 11, 12 and 19"."""
    *before, last = map(str, sorted({int(number) for cell in occurrences for number in cell.split(";")}))
    return f"paragraphs {', '.join(before)} and {last}" if before else f"paragraph {last}"


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
