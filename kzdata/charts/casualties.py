"""Charts of the casualties: as the article states them, and beside what others report of January 2022 and of 2011."""

from math import log10

import pandas as pd

from kzdata.citation import beside, who
from kzdata.dates import format_as_of, format_time, middle
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import ARROW, LOG_SCALE, Plot, color_of, ends_of, under_headings
from kzdata.drawing.page import Page
from kzdata.drawing.style import ACCENT, PALE, SOFT
from kzdata.drawing.text import balance, sentence, width_of
from kzdata.quantities import format_number, format_quantity, quantity_of, ratio
from kzdata.readers_changes import ARTICLE, OWN, value_of

#: Measures of the toll, each a panel, and the figure of the article in it.
PANELS = {"killed": "Killed", "injured": "Injured", "detained": "Detained or arrested"}
TOLL = {"killed-2022": "killed", "arrested-2022": "detained"}
DATE_WIDTH, ROW, HEAD = 0.95, 0.52, 0.35  # inches


@chart
def casualties(page: Page) -> str:
    """The dead, injured, arrested and detained of 2011 and 2022, as intervals.

    One row a figure. A bar is a vague word, a disc a stated number, an arrow a
    number with no upper bound; hollow marks are credited to somebody.
    """
    figures = page.rows("figures")
    data = page.quote(page.above_zero(figures[figures["topic"] == "casualties"]))
    data = data.assign(year=data["start"].dt.year.astype("Int64"))
    data = data.sort_values(["year", "high", "low"], ascending=[True, False, False])
    before, now = (row for _, row in page.tables.pick(data, ["killed-2011", "killed-2022"]).iterrows())
    times = format_quantity(ratio(quantity_of(now), quantity_of(before)))
    then, since = (format_time(row["start"], row["end"]) for row in (before, now))
    many = f"{value_of(now)} dead of {since}"
    page.head(
        data,
        f"The article’s {many} are {times} times its “{before['quantity_text']}” of {then}",
        f"{many}, {times} times the {value_of(before)} of {then}",
        "Persons. Bars are vague words, read as intervals; arrows have no upper bound; rings are credited to others, "
        f"dashed where the article doubts. {LOG_SCALE}",
    )
    years, places = data["year"].astype("str").fillna("Undated"), under_headings(data["year"], 0.12, 0.52, heading=0.5)
    plot = page.plot(places.iloc[-1] + 0.4, left=1.65)
    plot.log_axis(data[["low", "best", "high"]].stack(), (2, 30))
    for figure_id, year in years.drop_duplicates().items():
        plot.row_label(places[figure_id] - 0.47, year, bold=True)
    for figure_id, row in data.iterrows():
        plot.axes.axhline(places[figure_id], color=PALE, linewidth=0.8)
        plot.row_label(places[figure_id], sentence(row["measure"]), row["subject"])
        _interval(plot, places[figure_id], figure_id, row)
    said = [f"{years[i]}, {row['subject']}, {row['measure']}: {_words(row)}" for i, row in data.iterrows()]
    return f"Chart of intervals on a logarithmic scale of persons. {'; '.join(said)}."


def _interval(plot: Plot, y: float, figure_id: str, row: pd.Series) -> None:
    """A mark, filled where the article asserts, hollow where it credits or doubts somebody; and its label.

    The label goes to the right if it fits there, or else to the side with more room, in as many lines as it takes.
    """
    color = SOFT if row["changed"] else ACCENT
    face = color if row["modality"] == "asserted" else "white"
    line = (0, (1.5, 1)) if row["modality"] == "doubted" else "solid"
    first, last = plot.interval(y, figure_id, row, color, face, line)
    text, font = _words(row), plot.fonts["label"]
    reach = 26 + (ARROW if row[["best", "high"]].isna().all() else 0)
    low, high = map(log10, plot.axes.get_xlim())
    inch = plot.width / (high - low)
    right, left = (high - log10(last)) * inch + 0.1 - reach / 72, (log10(first) - low) * inch - reach / 72
    to_the_right = width_of(text, font) < right or right > left
    x, room, side, ha = (last, right, 1, "left") if to_the_right else (first, left, -1, "right")
    plot.badge(row["excerpt"], x, y, dx=side * (reach - 11))
    plot.label(x, y, "\n".join(balance(text, font, room)), dx=side * reach, ha=ha)


def _words(row: pd.Series) -> str:
    """The value, the vague words that state it, and who is credited with it."""
    behind = [f"“{row['quantity_text']}”"] if row["reading"] == "vague" and not row["changed"] else []
    behind += [row["attributed_to"]] if row["attributed_to"] != ARTICLE else []
    behind += ["doubted by the article"] if row["modality"] == "doubted" else []
    return value_of(row) + (f" ({', '.join(behind)})" if behind else "")


@chart
def toll_as_reported(page: Page) -> str:
    """The toll of January 2022 as it was reported from day to day, with the article's at the date it credits.

    Dates run downwards; one panel each for the killed, injured and detained.
    """
    data = page.quote(_toll(page))
    toll = data.loc["killed-2022"]
    same = data[~data["publisher"].isin(OWN) & (data["measure"] == "killed") & (data["best"] == toll["best"])]
    seen = [f"the report of that number here is of {format_as_of(day, 3)}" for day in same["as_of"]]
    report = [*seen, "no report here has it"][0]
    dead, day = f"{value_of(toll)} dead", format_as_of(toll["as_of"], 3)
    page.head(
        data,
        f"The article credits its {dead} to {toll['attributed_to']}, {day}; {report}",
        f"{dead}, {day}; {report}",
        "Persons, by the date of the count; each column has a scale of its own, and an arrow means at least. "
        "Red: the article, which writes arrested where others write detained.",
    )
    places = _places(data)
    plot = page.plot(places.max() + ROW / 2 + 0.06, bottom=0)
    panel_width = (plot.width - DATE_WIDTH) / len(PANELS)
    for number, (measure, name) in enumerate(PANELS.items()):
        left = DATE_WIDTH + number * panel_width
        plot.label(left, 0.12, name, "value")
        plot.axes.plot((left, left), (HEAD, plot.height), color=SOFT, linewidth=0.8)
        panel = data[data["measure"] == measure]
        most = max(panel[["low", "best", "high"]].max(axis=None), 1) if len(panel) else 1
        for row_id, row in panel.iterrows():
            _lollipop(plot, left, places[row_id], row_id, row, (panel_width - 0.62) / most)
    for day, y in places.groupby(data["as_of"]).min().items():
        plot.label(0, y, format_as_of(day, 3), color=SOFT)
    said = [f"{format_as_of(r['as_of'], 3)}, {r['measure']}: {value_of(r)} ({_credit(r)})" for _, r in data.iterrows()]
    return f"Small multiples of counts by date: {'; '.join(said)}."


def _toll(page: Page) -> pd.DataFrame:
    """The counts of everybody by date: the article's, and others' by figure and comparability or by their measure.

    Parts of the toll are coded as narrower and have a measure of their own. One number of one day stands once.
    """
    figures, references = page.numbers("figures", list(TOLL)), page.rows("references")
    page.check(figures, "end", figures["end"].notna(), "the day of the count, by which this chart places it")
    figures = figures.assign(as_of=figures["end"].dt.strftime("%Y-%m-%d"), measure=list(TOLL.values()))
    whole = references["comparability"].isin(["same measure", "later revision"])
    named = references["measure"].where(references["excerpt_id"] == figures.loc["killed-2022", "excerpt_id"])
    measure = references["figure_id"].map(TOLL).where(whole).fillna(named.where(named.isin(list(PANELS))))
    counts = references.assign(measure=measure).dropna(subset="measure")
    data = beside(figures, counts.drop_duplicates(["as_of", "measure", "low", "best", "high"]))
    return data.sort_values("as_of", key=lambda dates: dates.map(middle))


def _places(data: pd.DataFrame) -> pd.Series:
    """The height of each mark: a day has as many lines as one of its panels has counts."""
    line = data.groupby(["as_of", "measure"]).cumcount()
    lines = line.groupby(data["as_of"], sort=False).max() + 1
    return HEAD + ROW * (data["as_of"].map(lines.cumsum() - lines) + line + 0.5) - 0.06


def _lollipop(plot: Plot, left: float, y: float, row_id: str, row: pd.Series, inches: float) -> None:
    """A count as a line from the panel's edge, with its value and who said it; an arrow where it is a bound."""
    color, (low, high) = color_of(row), ends_of(row)
    x = left + (high if pd.isna(row["low"]) else low) * inches
    marker = ">" if pd.isna(row["high"]) else "<" if pd.isna(row["low"]) else "o"
    plot.axes.plot((left, x), (y, y), color=color, linewidth=1.5)
    plot.mark(x, y, row_id, 7, marker, color=color, zorder=3)
    plot.value(x, y, value_of(row), 7, row["excerpt"] if row["publisher"] in OWN else None, gap=11, color=color)
    plot.label(left, y + 0.17, who(row), "small", dx=4, color=SOFT)


def _credit(row: pd.Series) -> str:
    return f"{ARTICLE}, crediting {row['attributed_to']}" if row["publisher"] == ARTICLE else who(row)


@chart
def zhanaozen_2011(page: Page) -> str:
    """The killed and injured of Zhanaozen in 2011: the article's vague words beside the numbers of others.

    One row a statement. A bar is a vague word, a disc a number, an arrow has no upper bound.
    """
    references = page.rows("references")
    figures = page.above_zero(page.tables.pick(page.rows("figures"), ["killed-2011", "injured-2011"]))
    told = page.above_zero(page.tables.some(references[references["figure_id"].isin(figures.index)]))
    data = page.quote(beside(figures, told).sort_values(["measure", "low"], ascending=[False, True]))
    own, since = data.loc["killed-2011"], format_time(*figures.loc["killed-2011", ["start", "end"]])
    killed = data[~data["publisher"].isin(OWN) & (data["figure_id"] == "killed-2011")][["low", "best", "high"]]
    numbers = f"numbers from {format_number(killed.min(axis=None))} to {format_number(killed.max(axis=None))}"
    page.head(
        data,
        f"The article’s “{own['quantity_text']}” killed in {since}, {value_of(own)}, stand beside {numbers}",
        f"{value_of(own)} killed in {since} beside {numbers}",
        f"Persons. Bar: a vague word, read as an interval; arrow: no upper bound; red: the article. {LOG_SCALE}",
    )
    places = under_headings(data["measure"], 0.2, 0.42, heading=0.4)
    plot = page.plot(places.iloc[-1] + 0.22, left=2.0)
    plot.log_axis(data[["low", "best", "high"]].stack(), (2, 4))
    for measure, group in data.groupby("measure", sort=False):
        plot.row_label(places[group.index[0]] - 0.4, sentence(measure), bold=True)
        for row_id, row in group.iterrows():
            detail = row["publisher"] if row["publisher"] not in (*OWN, who(row)) else ""
            plot.row_label(places[row_id], sentence(_words_of(row)), detail)
            color, number = color_of(row), row["excerpt"] if row["publisher"] in OWN else None
            _, end = plot.interval(places[row_id], row_id, row, color, color)
            reach = 10 + (ARROW if pd.isna(row["high"]) else 0)
            plot.value(end, places[row_id], value_of(row), reach, number, color=color)
    said = [f"{row['measure']}, {_words_of(row)}: {value_of(row)}" for _, row in data.iterrows()]
    return f"Chart of intervals on a logarithmic scale of persons. {'; '.join(said)}."


def _words_of(row: pd.Series) -> str:
    return f"{ARTICLE}: “{row['quantity_text']}”" if row["publisher"] == ARTICLE else who(row)
