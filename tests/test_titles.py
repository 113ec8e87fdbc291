"""Titles and subtitles say what the tables say: each number in them is computed here anew."""

import re
from collections import Counter
from math import log

from expected import ARTICLE, amount, day, dollars, holds, number, when
from picture import picture

import kzdata as kz

FIGURES, REFERENCES, EVENTS = kz.load_figures(), kz.load_references(), kz.load_events()


def says(name: str, *words: str) -> bool:
    return holds(picture(name).chart.title, list(words))


def notes(name: str, *words: str) -> bool:
    return holds(picture(name).chart.subtitle, list(words))


def times(new, old) -> str:
    """How many times an old range goes into a new number."""
    return f"{new['best'] / old['high']:.2g} to {new['best'] / old['low']:.2g} times"


def test_casualties():
    now, before = FIGURES.loc["killed-2022"], FIGURES.loc["killed-2011"]
    assert says("casualties", amount(now), "2022", times(now, before), f"“{before['quantity_text']}”", "2011")


def test_beside_others():
    counts = Counter(kz.compare().loc[picture("beside_others").data.index, "verdict"])
    title = picture("beside_others").chart.title
    told = [int(re.search(words, title)[1]) for words in (r"(\d+) agree", r"above in (\d+)", r"below in (\d+)")]
    assert told == [counts[verdict] for verdict in ("agrees", "above", "below")]
    assert says("beside_others", str(sum(told))) and notes("beside_others", "5%", "12 wages a year")


def test_official_wages():
    wages = [row for _, row in picture("official_wages").data.iterrows()]
    official = [row for row in wages if row["publisher"] != ARTICLE]
    nearest = min(official, key=lambda row: abs(log(dollars(row) / FIGURES.loc["median-wage", "best"])))
    name = nearest["measure"].replace(" monthly", "")
    assert says("official_wages", "$570", f"{name} of {nearest['as_of']}", f"${dollars(nearest):.0f}")


def test_zhanaozen_2011():
    own = FIGURES.loc["killed-2011"]
    told = REFERENCES[(REFERENCES["figure_id"] == "killed-2011") & (REFERENCES["measure"] == "killed")]
    span = f"from {told['low'].min():g} to {told['high'].max():g}"
    assert says("zhanaozen_2011", f"“{own['quantity_text']}”", amount(own), span)


def test_fuel_price():
    old, new = REFERENCES.loc["lpg-price-2021"], REFERENCES.loc["lpg-price-2022"]
    assert says("fuel_price", f"{amount(new)} tenge", "1 January 2022", f"{times(new, old)} the {amount(old)} of 2021")


def test_csto_troops():
    assert says("csto_troops", "3", "5")
    announced = REFERENCES[REFERENCES["measure"] == "troops announced"]
    states = announced[~announced["subject"].str.startswith("All")]
    every = REFERENCES.loc[["csto-troops-announced", "csto-troops-sent"]]
    told = [*every["best"].map(number), *every["attributed_to"]]
    assert notes("csto_troops", number(states["best"].sum()), *told)
    assert holds(picture("csto_troops").chart.alt, told)


def test_toll_as_reported():
    own = FIGURES.loc["killed-2022"]
    same = REFERENCES[(REFERENCES["measure"] == "killed") & (REFERENCES["best"] == own["best"])].iloc[0]
    dates = when(f"{own['end']:%Y-%m-%d}"), when(same["as_of"])
    assert says("toll_as_reported", amount(own), own["attributed_to"], *dates)


def test_january_2022():
    first = EVENTS[(EVENTS["precision"] == "day") & (EVENTS["lane"] == "workers")]["start"].min()
    assert says("january_2022", f"{(EVENTS.loc['csto-troops', 'start'] - first).days} days after")


def test_background():
    rows = picture("background").data
    assert says("background", f"{(~rows['term'].astype(bool)).sum()} events", f"{rows['term'].sum()} terms", "none")
    assert len(rows) == 11 and not (rows["precision"] == "day").any()


def test_spread():
    first, later = EVENTS.loc["janaozen-protest"], EVENTS.loc["spread"]
    span = f"{later['start'].day} and {day(later['end'])}"
    assert says("spread", "Janaozen", day(first["start"]), f"{len(picture('spread').data) - 1} more", span)


def test_tengizchevroil_and_years_of_wages():
    assert says("tengizchevroil", "75%", "40,000") and says("years_of_wages", "net worth", "median wage")
