"""Charts of what others report where the article gives no number: the troops by state, the price of fuel."""

import pandas as pd

from kzdata.citation import beside, who
from kzdata.dates import format_as_of, middle
from kzdata.drawing.chart import chart
from kzdata.drawing.marks import ends_of
from kzdata.drawing.page import Page
from kzdata.drawing.style import INK, PALE
from kzdata.drawing.text import sentence
from kzdata.quantities import format_number, format_quantity, quantity_of, ratio
from kzdata.readers_changes import value_of

#: Rows of the references that count the troops of all states, and prices that have a name of their own.
WHOLE_FORCE = ["csto-troops-announced", "csto-troops-sent"]
PRICES = {"lpg-price-2021": "{}", "lpg-price-2022": "From {}", "lpg-price-cap-2022": "Cap of {}"}


@chart
def csto_troops(page: Page) -> str:
    """The states that the article names as sending troops, among those that other reports name.

    One bar a state: troops as announced, filled where the article names the state.
    """
    references, named = page.rows("references"), page.numbers("figures", ["csto-contributors"])
    count = page.numbers("references", ["csto-states"])
    excerpt_id = named["excerpt_id"].iloc[0]
    told = references[(references["excerpt_id"] == excerpt_id) & (references["unit"] == "persons")]
    force = told.index.isin(WHOLE_FORCE)
    page.tables.some(told[~force])
    data = page.quote(beside(named, pd.concat([told, count])))
    states = data.loc[told.index[~force]].sort_values(["best", "high"], ascending=False)
    told_of_all = [f"{row['measure']} by all: {value_of(row)} ({who(row)})" for _, row in told[force].iterrows()]
    others = f" {sentence('; '.join(told_of_all))}." if told_of_all else ""
    states_named, counted = (format_number(rows["best"].iloc[0]) for rows in (named, count))
    days = " and ".join(dict.fromkeys(format_as_of(day) for day in states["as_of"]))
    together = format_number(states["best"].sum())
    page.head(
        data,
        f"The article names {states_named} states that sent troops; another report counts {counted}",
        f"{states_named} states that sent troops, and {counted} in another report",
        f"Troops as announced on {days}, {together} together. Filled: named by the article.{others}",
    )
    inside = states["subject"].map(lambda name: name in page.excerpts.loc[excerpt_id, "exact"])
    how = inside.map({True: "named", False: "not named"})
    _bars(page, states, states["subject"], inside)
    said = [f"{row['subject']} {value_of(row)}, {how[row_id]} by the article" for row_id, row in states.iterrows()]
    return f"Bar chart of troops announced by state: {'; '.join(said)}.{others}"


@chart
def fuel_price(page: Page) -> str:
    """The price of liquefied petroleum gas before and after 1 January 2022, and the cap that followed.

    One bar a price, in tenge a litre. The article states no price.
    """
    references, two = page.rows("references"), page.numbers("references", list(PRICES)[:2], "low")
    told = references[references["unit"] == "KZT/litre"].sort_values("as_of", key=lambda dates: dates.map(middle))
    data = page.quote(beside(page.rows("figures").iloc[:0], told))
    before, after = (row for _, row in two.iterrows())
    times = format_quantity(ratio(quantity_of(after), quantity_of(before)))
    was = f"{times} times the {value_of(before)} of {format_as_of(before['as_of'])}"
    cost = f"cost {value_of(after)} tenge from {format_as_of(after['as_of'])}, {was}"
    page.head(
        data,
        f"Liquefied petroleum gas in Mangystau {cost}",
        f"liquefied petroleum gas {cost}",
        "Tenge a litre, retail, as others report. The article states no price; it writes of natural gas when the price "
        "rises and of gasoline when the rise is cancelled.",
    )
    day = data["as_of"].map(format_as_of)
    names = {i: PRICES[i].format(day[i]) if i in PRICES else f"{who(row)}, {day[i]}" for i, row in data.iterrows()}
    _bars(page, data, pd.Series(names), pd.Series(True, data.index))
    said = [f"{names[row_id]}: {value_of(row)}" for row_id, row in data.iterrows()]
    return f"Bar chart of tenge a litre. {'; '.join(said)}."


def _bars(page: Page, data: pd.DataFrame, names: pd.Series, quoted: pd.Series) -> None:
    """Bars from zero, filled where a quotation is of them; what lies between two bounds is a lighter end."""
    plot = page.plot(0.42 * len(data), left=1.6)
    plot.axes.set_xlim(0, data[["low", "best", "high"]].max(axis=None) * 1.35 or 1)
    plot.axes.xaxis.set_major_formatter(lambda value, _: format_number(value))
    for y, row_id, row in plot.rows(data, rules=False):
        (low, high), face = ends_of(row), INK if quoted[row_id] else "white"
        plot.row_label(y, names[row_id])
        plot.axes.barh(y, low, 0.21, color=face, edgecolor=INK, linewidth=1, gid=f"mark-{row_id}")
        plot.axes.barh(y, high - low, 0.21, left=low, color=PALE, edgecolor=INK, linewidth=1)
        plot.value(high, y, value_of(row), 7, row["excerpt"] if quoted[row_id] else None)
