"""The look of the charts: colours, fonts, and matplotlib's settings while one is drawn or saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager

HERE = Path(__file__).parent
INK, SOFT, GREY, PALE, ACCENT = "#1A1A1A", "#555555", "#8C8C8C", "#E0E0E0", "#A11A2B"
FAMILY = "Source Sans Pro"
#: File, weight and slope of the fonts that the charts use.
FONTS = [
    (HERE / "fonts" / "SourceSansPro-Regular.ttf", 400, "normal"),
    (HERE / "fonts" / "SourceSansPro-Semibold.ttf", 600, "normal"),
    (HERE / "fonts" / "SourceSansPro-It.ttf", 400, "italic"),
]
for _file, *_ in FONTS:
    fontManager.addfont(_file)

_BOLD = {"title", "value", "stress", "badge"}
_ONE_AT_A_TIME = RLock()


def fonts(**sizes: float) -> dict[str, FontProperties]:
    """A font for each kind of text on a sheet, by its size in points."""
    return {
        kind: FontProperties(
            family=FAMILY,
            weight=600 if kind in _BOLD else 400,
            style="italic" if kind == "quote" else "normal",
            size=size,
        )
        for kind, size in sizes.items()
    }


@contextmanager
def style() -> Iterator[None]:
    """Draw and save under the package's style, whatever the reader's own settings are.

    Matplotlib's settings are of the whole process: threads draw one after the
    other, or one would take another's settings for the reader's.
    """
    with _ONE_AT_A_TIME, mpl.rc_context(fname=HERE / "kzdata.mplstyle"):
        yield
