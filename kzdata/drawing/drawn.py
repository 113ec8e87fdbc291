"""What a chart is made of, before it is shown or exported."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure


@dataclass(frozen=True, repr=False)
class Drawn:
    """The parts of a :class:`kzdata.charts.Chart`, which tells what each is."""

    name: str
    title: str
    subtitle: str
    alt: str
    figure: Figure
    data: pd.DataFrame
    excerpts: pd.DataFrame
    sources: list[str]
    url: str
    call: str
    tables: dict[str, str]
