"""A chart that carries its words: picture, data, quotations, alt text and sources in one object."""

import base64
import inspect
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from kzdata.citation import citation, publications, publishers
from kzdata.drawing.drawn import Drawn
from kzdata.drawing.export import Export, write_chart
from kzdata.drawing.page import Page
from kzdata.drawing.style import style
from kzdata.drawing.text import check_characters
from kzdata.tables import Tables

DISPLAY_DPI = 240  # for screens of high density; shown at half of that


@dataclass(frozen=True, repr=False)
class Chart(Drawn):
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
    call : str
        What draws this chart again, from the tables of ``tables``.
    tables : dict of str to str
        SHA-256 of each table that it was drawn from.
    """

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        picture = base64.b64encode(self._png()).decode("ascii")
        link = f"<a style='text-decoration:underline' href='{escape(self.url)}'>{escape(self.sources[0])}</a>"
        width = self.figure.get_size_inches()[0] * DISPLAY_DPI / 2
        caption = f"{escape(self.subtitle)} Source: {link}{escape(publishers(self.data))}"
        html = (
            f"<figure class='tex2jax_ignore mathjax_ignore' style='margin:0'><img alt='{escape(self.alt, quote=True)}' "
            f"src='data:image/png;base64,{picture}' width='{width:.0f}' style='max-width:100%'>"
            f"<figcaption>{caption}</figcaption></figure>"
        )
        return {"text/plain": self.alt, "text/html": html, "image/png": picture}

    def html(self) -> str:
        """The chart as a piece of a page: the picture with its alt text, the subtitle and the source."""
        return self._repr_mimebundle_()["text/html"]

    def _png(self) -> bytes:
        """The picture for the screen. 64 colours show no difference on these charts, and keep notebooks small."""
        pixels, picture = io.BytesIO(), io.BytesIO()
        with style():
            self.figure.savefig(pixels, format="rgba", dpi=DISPLAY_DPI)
        width, height = (int(inches * DISPLAY_DPI) for inches in self.figure.get_size_inches())
        shown = Image.frombuffer("RGBA", (width, height), pixels.getvalue()).convert("RGB")
        shown.quantize(64, method=Image.Quantize.FASTOCTREE).save(picture, format="PNG", compress_level=4)
        return picture.getvalue()

    def export(
        self, directory: str | Path | None = None, formats: Iterable[str] | None = None, dpi: int = 300
    ) -> Export:
        """Write the chart as files that stand on their own.

        Beside the formats goes a sidecar, ``<name>.json``, with the citation, the
        alt text, the quotations, the versions, the call that draws the chart again,
        and the SHA-256 of every table read and of every file.

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


DATA_DIR = """Parameters
----------
data_dir : path or Tables, optional
    Folder with your own copy of the tables; by default the one that the environment
    variable ``KZDATA_TABLES`` names, or the package's.
"""
RAISES = """Returns
-------
Chart
    Picture, data, quotations, alt text and sources.

Raises
------
DataError
    If a table breaks its description, or lacks what is drawn.
"""


def chart(draw: Callable[..., str], data_dir_at: int = 0) -> Callable[..., Chart]:
    """Make a chart function of one that draws on a :class:`Page` and returns what stands in for the picture.

    The page is what is common to all charts. In place of it the function takes
    ``data_dir``, before its other arguments; its docstring says what is particular.
    """
    options = list(inspect.signature(draw).parameters.values())[1:]
    tables = inspect.Parameter("data_dir", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None)
    arguments = inspect.Signature([*options[:data_dir_at], tables, *options[data_dir_at:]], return_annotation=Chart)

    @wraps(draw)
    def make(*args: Any, **kwargs: Any) -> Chart:
        given = arguments.bind(*args, **kwargs).arguments
        page = Page(Tables.of(given.pop("data_dir", None)))
        with style():
            alt = draw(page, **given)
        check_characters(page.figure)
        return _chart(draw.__name__, page, alt, _call(draw.__name__, options, given))

    says, *own = inspect.cleandoc(draw.__doc__ or "").split("Parameters\n----------\n")
    more, _, raises = "".join(own).partition("Raises\n------\n")
    make.__doc__ = f"{says.rstrip()}\n\n{DATA_DIR}{more.rstrip()}\n\n{RAISES}{raises}".replace("\n\n\n", "\n\n")
    make.__signature__ = arguments  # type: ignore[attr-defined]
    return make


def _call(name: str, options: list[inspect.Parameter], given: dict[str, Any]) -> str:
    """The call of a chart function, with the arguments that are not as usual; of no folder, which is the reader's."""
    changed = [(o.name, given[o.name]) for o in options if o.name in given and given[o.name] != o.default]
    said = [f"{option}={value.item() if isinstance(value, np.generic) else value!r}" for option, value in changed]
    return f"kz.charts.{name}({', '.join(said)})"


def _chart(name: str, page: Page, alt: str, call: str) -> Chart:
    data, article, told = page.data, page.tables.edition(), page.changed
    cited, words = citation(article), page.excerpts[["occurrences", "exact"]]
    numbers = data.dropna(subset="excerpt").drop_duplicates("excerpt").set_index("excerpt")["excerpt_id"].sort_index()
    quoted = page.excerpts.loc[numbers, ["paragraph", "occurrences", "exact"]]  # which keeps the table's title
    quoted = quoted.assign(excerpt_id=numbers.values).set_axis(numbers.index)
    return Chart(
        name, page.title, page.subtitle, f"{page.title}. {alt} Source: {cited}{publishers(data)}{told}", page.figure,
        data.join(words, on="excerpt_id"), quoted,
        [cited, *publications(data), *filter(None, [told.strip()])], article["url"], call, page.tables.sha256(),
    )  # fmt: skip
