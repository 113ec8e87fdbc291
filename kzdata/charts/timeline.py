"""Charts of time: January 2022 day by day, and what the article dates before it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from kzdata.charts import layout
from kzdata.charts.chart import Chart, make_chart, pick, some, source_line, stated, titled
from kzdata.charts.layout import ACCENT, GREY, INK, PALE, SOFT
from kzdata.dates import MONTHS, format_days, format_time
from kzdata.tables import quoted_edition

#: Lanes of January 2022: marker and colour, told apart by shape, column and lightness.
LANES = {"workers": ("o", ACCENT), "government": ("s", INK), "other states": ("^", GREY)}
DAY_WIDTH = 0.55  # inches for the names of the days
LANE_WIDTH = (layout.PLOT_WIDTH - DAY_WIDTH) / len(LANES)
#: Terms of office: label, figures of the first and of the last year, words of the excerpt.
TERMS = [
    ("Nazarbayev head of state", "head-of-state-first", "head-of-state-last", "from 1991 to 2019"),
    ("Governments of Nazarbayev", "nazarbayev-government-first", "nazarbayev-government-last", "1992-2009"),
    ("Governments of Tokayev", "tokayev-government-first", None, "2009-…"),
]
STEP, ROW_GAP = 0.165, 0.22  # inches: a line of a label, and the space between days


def january_2022(data_dir: str | Path | None = None) -> Chart:
    """January 2022 day by day, in lanes for workers, government and other states.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        Days run downwards; one mark an event that the article dates to a day.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    events, excerpts = stated("events", data_dir), stated("excerpts", data_dir)
    dated = (events["precision"] == "day") & events["lane"].isin(list(LANES))
    data, notes = layout.notes_for(events[dated], excerpts, "date_text")
    data = data.assign(lane=data["lane"].cat.remove_unused_categories())
    troops = pick(data, ["csto-troops"], "events", data_dir).iloc[0]
    first = some(data[data["lane"] == "workers"], "events", data_dir)["start"].min()
    after = f"{abs(days := (troops['start'] - first).days)} days {'after' if days >= 0 else 'before'} the first protest"
    says = f"By the article’s dates, other states sent troops {after}"
    title = titled(says, f"other states’ troops {after}", data, excerpts, data_dir)
    month = format_time(data["start"].min(), data["start"].max())
    subtitle = f"Events that the article dates to a day of {month}. Days without one are left out."
    with layout.style():
        tops, height = _days(data)
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), height, bottom=0)
        axes.set(xlim=(0, layout.PLOT_WIDTH), ylim=(height, 0))
        axes.axis("off")
        for number, lane in enumerate(LANES):
            x = DAY_WIDTH + number * LANE_WIDTH
            axes.plot((x, x), (0.3, height), color=PALE, linewidth=1.2)
            layout.label(axes, x, 0.1, layout.sentence(lane), dx=-3, fontproperties=layout.VALUE)
        for day, top in tops.items():
            layout.label(
                axes, 0, top, f"{day.day} {MONTHS[day.month - 1][:3]}", fontproperties=layout.VALUE, color=SOFT
            )
            axes.plot((0, layout.PLOT_WIDTH), (top - 0.19, top - 0.19), color=PALE, linewidth=0.6)
            _day(axes, data[data["start"] == day], top, tops)
    said = [f"{format_days(row['start'], row['end'])}, {row['lane']}: {_title(row)}" for _, row in data.iterrows()]
    alt = f"Timeline in three lanes. {'; '.join(said)}."
    return make_chart("january_2022", title, subtitle, alt, figure, data, excerpts, data_dir)


def background(data_dir: str | Path | None = None) -> Chart:
    """What the article dates before January 2022, with the terms of office that it gives.

    Parameters
    ----------
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    Chart
        One row an event or a term, on an axis of years. Red is an event, a red bar one
        whose date the words leave open; a grey bar is a term of office.

    Raises
    ------
    DataError
        If a table breaks its description.
    """
    events, excerpts = stated("events", data_dir), stated("excerpts", data_dir)
    dated = events[events["end"].dt.year < 2022]
    terms = _terms(stated("figures", data_dir), quoted_edition(data_dir)["dated"], data_dir)
    data = pd.concat(
        [dated.assign(term=False, years=dated["date_text"].str.split().str[-1]), terms.assign(term=True)]
    ).sort_values(["start", "end"])
    data, notes = layout.notes_for(data, excerpts, "date_text")
    first, last = data["start"].dt.year.min(), data["end"].dt.year.max()
    to_a_day = (dated["precision"] == "day").sum() or "none"
    count = f"{len(dated)} events before 2022, {to_a_day} of them to a day, and {len(terms)} terms of office"
    title = titled(f"The article dates {count}", count, data, excerpts, data_dir)
    subtitle = "Years. Grey bars are terms of office; a red bar is a date that its words leave open."
    left, height = 2.6, 0.6 * len(data)
    with layout.style():
        figure, axes = layout.page(title, subtitle, notes, source_line(data_dir, data, excerpts), height, left=left)
        axes.set(xlim=(first - 2, last + 12), ylim=(len(data) - 0.5, -0.5))
        axes.xaxis.set_major_locator(MultipleLocator(10))
        for y, (row_id, row) in enumerate(data.iterrows()):
            begin, end = row["start"].year, row["end"].year
            axes.axhline(y, color=PALE, linewidth=0.8)
            color, gid = GREY if row["term"] else ACCENT, f"mark-{row_id}"
            if begin == end:
                axes.plot(begin, y, "o", color=color, markersize=8, gid=gid)
            else:
                axes.plot((begin, end), (y, y), color=color, linewidth=8, solid_capstyle="butt", gid=gid)
            layout.row_label(axes, y, _title(row), left)
            layout.badge(axes, row["excerpt"], end, y, dx=15)
            layout.label(axes, end, y, row["years"], dx=26, color=SOFT)
    said = [f"{row['years']}: {_title(row)}" for _, row in data.iterrows()]
    alt = f"Dots and bars on an axis of years. {'; '.join(said)}."
    return make_chart("background", title, subtitle, alt, figure, data, excerpts, data_dir)


def _terms(figures: pd.DataFrame, written: pd.Timestamp, data_dir: str | Path | None) -> pd.DataFrame:
    """The terms of office as rows like those of the events; one that goes on ends with the article's date."""
    drawn = [row_id for _, first, last, _ in TERMS for row_id in (first, last) if row_id]
    years = pick(figures, drawn, "figures", data_dir, "best")["best"].astype(int)
    rows = [
        {
            "start": _year(years[first]),
            "end": _year(years[last]) if last else written,
            "date_text": words,
            "years": f"{years[first]}–{years[last] if last else '…'}",
            "title": title,
            "excerpt_id": figures.loc[first, "excerpt_id"],
            "changed": "; ".join(figures.loc[[i for i in (first, last) if i], "changed"].loc[lambda s: s != ""]),
        }
        for title, first, last, words in TERMS
    ]
    return pd.DataFrame(rows, index=pd.Index([first for _, first, _, _ in TERMS], name="event_id"))


def _year(number: int) -> pd.Timestamp:
    return pd.Timestamp(year=number, month=1, day=1)


def _days(data: pd.DataFrame) -> tuple[dict[pd.Timestamp, float], float]:
    """Height of each day that has an event, and of the whole, in inches."""
    tops, y = {}, 0.55
    for day, events in data.groupby("start"):
        tops[day] = y
        lanes = events.groupby("lane", observed=True)
        y += max(sum(len(_wrap(row)) + 0.5 for _, row in lane.iterrows()) for _, lane in lanes) * STEP + ROW_GAP
    return tops, y


def _day(axes: Axes, events: pd.DataFrame, top: float, tops: dict[pd.Timestamp, float]) -> None:
    for lane, group in events.groupby("lane", observed=True):
        x, y = DAY_WIDTH + list(LANES).index(lane) * LANE_WIDTH, top
        marker, color = LANES[lane]
        for event_id, row in group.iterrows():
            if row["end"] in tops and row["end"] > row["start"]:
                axes.plot((x, x), (y, tops[row["end"]]), color=color, linewidth=3, solid_capstyle="butt")
            axes.plot(x, y, marker, color=color, markersize=8, gid=f"mark-{event_id}")
            layout.badge(axes, row["excerpt"], x, y, dx=15)
            lines = _wrap(row)
            for n, line in enumerate(lines):
                layout.label(axes, x, y + n * STEP, line, dx=26, bbox=None)
            y += (len(lines) + 0.5) * STEP


def _wrap(row: pd.Series) -> list[str]:
    return layout.wrap(_title(row), layout.LABEL, LANE_WIDTH - 0.42)


def _title(row: pd.Series) -> str:
    return f"{row['title']} (changed)" if row["changed"] else str(row["title"])
