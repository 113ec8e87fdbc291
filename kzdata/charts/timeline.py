"""Charts of time: January 2022 day by day, and what the article dates before it."""

import pandas as pd
from matplotlib.ticker import MultipleLocator

from kzdata.dates import MONTHS, format_days, format_time
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import Plot, as_stated
from kzdata.drawing.page import Page
from kzdata.drawing.style import ACCENT, GREY, INK, PALE, SOFT
from kzdata.drawing.text import sentence, wrap

#: Lanes of January 2022: marker and colour, told apart by shape, column and lightness.
LANES = {"workers": ("o", ACCENT), "government": ("s", INK), "other states": ("^", GREY)}
DAY_WIDTH = 0.55  # inches for the names of the days
#: Terms of office: label, figures of the first and of the last year, words of the excerpt.
TERMS = [
    ("Nazarbayev head of state", ["head-of-state-first", "head-of-state-last"], "from 1991 to 2019"),
    ("Governments of Nazarbayev", ["nazarbayev-government-first", "nazarbayev-government-last"], "1992-2009"),
    ("Governments of Tokayev", ["tokayev-government-first"], "2009-…"),
]
TOP, STEP, ROW_GAP = 0.55, 0.165, 0.22  # inches: the first day, a line of a label, and the space between days


@chart
def january_2022(page: Page) -> str:
    """January 2022 day by day, in lanes for workers, government and other states.

    Days run downwards; one mark an event that the article dates to a day.
    """
    events = page.rows("events")
    dated = (events["precision"] == "day") & events["lane"].isin(list(LANES))
    data = page.quote(events[dated], "date_text")
    data = data.assign(lane=data["lane"].cat.remove_unused_categories())
    troops = page.tables.pick(data, ["csto-troops"]).iloc[0]
    first = page.tables.some(data[data["lane"] == "workers"])["start"].min()
    after = f"{abs(days := (troops['start'] - first).days)} days {'after' if days >= 0 else 'before'} the first protest"
    month = format_time(data["start"].min(), data["start"].max())
    page.head(
        data,
        f"By the article’s dates, other states sent troops {after}",
        f"other states’ troops {after}",
        f"Events that the article dates to a day of {month}. Days without one are left out.",
    )
    lane_width = (page.form.plot - DAY_WIDTH) / len(LANES)
    font = page.form.fonts["label"]
    lines = pd.Series({i: wrap(as_stated(row, "title"), font, lane_width - 0.42) for i, row in data.iterrows()})
    heights = (lines.map(len) + 0.5) * STEP
    lanes = heights.groupby([data["start"], data["lane"]], observed=True)
    days = lanes.sum().groupby("start").max() + ROW_GAP
    tops = TOP + days.cumsum() - days
    y = data["start"].map(tops) + lanes.cumsum() - heights
    plot = page.plot(TOP + days.sum(), bottom=0)
    places = {lane: DAY_WIDTH + number * lane_width for number, lane in enumerate(LANES)}
    for lane, x in places.items():
        plot.axes.plot((x, x), (0.3, plot.height), color=PALE, linewidth=1.2)
        plot.label(x, 0.1, sentence(lane), "value", dx=-3)
    for day, top in tops.items():
        plot.label(0, top, f"{day.day} {MONTHS[day.month - 1][:3]}", "value", color=SOFT)
        plot.axes.plot((0, plot.width), (top - 0.19, top - 0.19), color=PALE, linewidth=0.6)
        for event_id, row in data[data["start"] == day].sort_values("lane", kind="stable").iterrows():
            _event(plot, places[row["lane"]], y[event_id], tops.get(row["end"]), row, lines[event_id])
    said = [f"{format_days(r['start'], r['end'])}, {r['lane']}: {as_stated(r, 'title')}" for _, r in data.iterrows()]
    return f"Timeline in three lanes. {'; '.join(said)}."


@chart
def background(page: Page) -> str:
    """What the article dates before January 2022, with the terms of office that it gives.

    One row an event or a term, on an axis of years. Red is an event, a red bar one
    whose date the words leave open; a grey bar is a term of office.
    """
    events = page.rows("events")
    dated, terms = events[events["end"].dt.year < 2022], _terms(page)
    years = dated["date_text"].str.split().str[-1]
    data = pd.concat([dated.assign(term=False, years=years), terms.assign(term=True)]).sort_values(["start", "end"])
    data = page.quote(data, "date_text")
    first, last = data["start"].dt.year.min(), data["end"].dt.year.max()
    to_a_day = (dated["precision"] == "day").sum() or "none"
    count = f"{len(dated)} events before 2022, {to_a_day} of them to a day, and {len(terms)} terms of office"
    subtitle = "Years. Grey bars are terms of office; a red bar is a date that its words leave open."
    page.head(data, f"The article dates {count}", count, subtitle)
    plot = page.plot(0.6 * len(data), left=2.6)
    plot.axes.set_xlim(first - 2, last + 12)
    plot.axes.xaxis.set_major_locator(MultipleLocator(10))
    for y, row_id, row in plot.rows(data):
        begin, end = row["start"].year, row["end"].year
        color = GREY if row["term"] else ACCENT
        if begin == end:
            plot.mark(begin, y, row_id, color=color)
        else:
            plot.bar(begin, end, y, row_id, color)
        plot.row_label(y, as_stated(row, "title"))
        plot.badge(row["excerpt"], end, y, dx=15)
        plot.label(end, y, row["years"], dx=26, color=SOFT)
    said = [f"{row['years']}: {as_stated(row, 'title')}" for _, row in data.iterrows()]
    return f"Dots and bars on an axis of years. {'; '.join(said)}."


def _terms(page: Page) -> pd.DataFrame:
    """The terms of office as rows like those of the events; one that goes on ends with the article's date."""
    written = page.tables.edition()["dated"]
    figures = page.numbers("figures", [figure_id for _, ids, _ in TERMS for figure_id in ids])
    rows = {}
    for title, ids, words in TERMS:
        first, *last = figures.loc[ids, "best"].astype(int)
        rows[ids[0]] = {
            "start": pd.Timestamp(first, 1, 1),
            "end": pd.Timestamp(*last, 1, 1) if last else written,
            "date_text": words,
            "years": f"{first}–{last[0] if last else '…'}",
            "title": title,
            "excerpt_id": figures.loc[ids[0], "excerpt_id"],
            "changed": "; ".join(filter(None, figures.loc[ids, "changed"])),
        }
    return pd.DataFrame(rows.values(), index=pd.Index(rows, name="event_id"))


def _event(plot: Plot, x: float, y: float, end: float | None, row: pd.Series, lines: list[str]) -> None:
    """An event, over its lane's later ones of the day, with a line down to the day of its end."""
    marker, color = LANES[row["lane"]]
    if end and row["end"] > row["start"]:
        plot.axes.plot((x, x), (y, end), color=color, linewidth=3, solid_capstyle="butt")
    plot.mark(x, y, str(row.name), shape=marker, color=color)
    plot.badge(row["excerpt"], x, y, dx=15)
    for n, line in enumerate(lines):
        plot.label(x, y + n * STEP, line, dx=26, bbox=None)
