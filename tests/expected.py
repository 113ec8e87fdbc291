"""What the charts must show of each row: computed from the tables anew, not by the code that draws."""

import re
from calendar import month_name

import pandas as pd
from matplotlib.colors import to_hex

import kzdata as kz
from kzdata.drawing import style

GOING = {"wages_and_wealth"}  # charts that do not stay
NAMES = [name for name in kz.charts.__all__ if name[0].islower() and name not in GOING]
ARTICLE = "the article"
RED, BLACK, WHITE = (to_hex(color) for color in (style.ACCENT, style.INK, "white"))


def number(value: float) -> str:
    return f"{value / 1e9:g} billion" if value >= 1e9 else f"{value / 1e6:g} million" if value >= 1e6 else f"{value:,g}"


def rounded(value: float) -> str:
    """To three figures, of millions to two."""
    return number(float(f"{value:.{2 if value >= 1e6 else 3}g}"))


def amount(row) -> str:
    if not pd.isna(row["best"]):
        return number(row["best"])
    return (
        f"at least {number(row['low'])}" if pd.isna(row["high"]) else f"{number(row['low'])} to {number(row['high'])}"
    )


def day(date) -> str:
    return f"{date.day} {month_name[date.month]}"


def when(as_of: str) -> str:
    """A date in ISO 8601 as the chart of the toll writes it."""
    year, month, *days = as_of.split("-")
    return f"{int(days[0])} {month_name[int(month)][:3]} {year}" if days else f"{month_name[int(month)]} {year}"


def who(row) -> str:
    return row["publisher"] if pd.isna(row["attributed_to"]) else row["attributed_to"]


def credit(row) -> list[str]:
    """What is said of a casualty's source: who is credited, and that the article doubts it."""
    named = [] if row["attributed_to"] == ARTICLE else [row["attributed_to"]]
    return named + ["doubted"] * (row["modality"] == "doubted")


def years(row) -> str:
    """The years of an event or a term as the article writes them, with its dash."""
    words = re.search(r"\d{4}s?(?:(?:-| to )(?:\d{4}|…))?$", row["date_text"])[0]
    return re.sub("-| to ", "–", words)


def dollars(row) -> float:
    """A wage in dollars, at the rate that the row names."""
    if pd.isna(row["rate"]):
        return row["best"]
    tenge, usd = (float(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:KZT|USD)", row["rate"]))
    return row["best"] * usd / tenge


def bounds(row) -> tuple[float, float]:
    return row["low"], row["low"] if pd.isna(row["high"]) else row["high"]


def quotient(row) -> tuple[float, float]:
    return row["article_low"] / row["reference_high"], row["article_high"] / row["reference_low"]


#: The ends of a mark on the axis of the chart; a bound that is missing is not looked at.
ENDS = {
    "background": lambda r: (r["start"].year, r["end"].year),
    "beside_others": quotient,
    "casualties": bounds,
    "csto_troops": lambda r: (0, r["low"]),
    "fuel_price": lambda r: (0, r["low"]),
    "official_wages": lambda r: (dollars(r),) * 2,
    "zhanaozen_2011": bounds,
}
#: What the name of a row says, in any case.
CALLED = {
    "background": lambda r: [r["title"]],
    "beside_others": lambda r: [r["measure"], number(r["article_low"])],
    "casualties": lambda r: [r["measure"], r["subject"]],
    "csto_troops": lambda r: [r["subject"]],
    "fuel_price": lambda r: ["cap"] if "cap" in r["measure"] else [r["as_of"][:4]],
    "official_wages": lambda r: [ARTICLE, r["measure"]] if r["publisher"] == ARTICLE
    else [r["measure"].replace(" monthly", ""), r["as_of"][:4]],
    "years_of_wages": lambda r: [r["measure"], f"${amount(r)}"],
    "zhanaozen_2011": lambda r: [f"“{r['quantity_text']}”"] if r["publisher"] == ARTICLE else [who(r), r["publisher"]],
}  # fmt: skip
#: What stands beside a mark.
SAID = {
    "background": lambda r: [years(r)],
    "casualties": lambda r: [amount(r), *[f"“{r['quantity_text']}”"] * (r["reading"] == "vague"), *credit(r)],
    "csto_troops": lambda r: [amount(r)],
    "fuel_price": lambda r: [amount(r)],
    "official_wages": lambda r: [f"${dollars(r):.0f}"],
    "zhanaozen_2011": lambda r: [amount(r)],
}
#: What the alt text says of a row, in one of its parts.
TOLD = {
    "background": lambda r: [years(r), r["title"]],
    "casualties": lambda r: [str(r["start"].year), r["subject"], r["measure"], amount(r), *credit(r)],
    "csto_troops": lambda r: [r["subject"], amount(r), ("" if r["subject"] in r["exact"] else "not ") + "named by"],
    "fuel_price": lambda r: [*CALLED["fuel_price"](r), amount(r)],
    "january_2022": lambda r: [
        " and ".join(dict.fromkeys(str(d.day) for d in (r["start"], r["end"]))) + " January",
        r["lane"],
        r["title"],
    ],
    "official_wages": lambda r: [*CALLED["official_wages"](r), f"${dollars(r):.0f}"],
    "spread": lambda r: [
        r["name_in_article"],
        r["name"],
        " or ".join(dict.fromkeys(str(d.day) for d in (r["start"], r["end"]))) + " January",
    ],
    "toll_as_reported": lambda r: [when(r["as_of"]), r["measure"], amount(r), who(r)],
    "years_of_wages": lambda r: [r["measure"], amount(r)],
    "zhanaozen_2011": lambda r: [r["measure"], who(r) if r["publisher"] != ARTICLE else r["quantity_text"], amount(r)],
}
#: Rows of the chart's data that its text tells, without a mark of their own.
NO_MARK = {"csto_troops": {"csto-contributors", "csto-states", "csto-troops-announced", "csto-troops-sent"}}


def holds(text: str, words: list[str]) -> bool:
    """Whether each of the words stands in the text, a number not as a part of another."""
    return all(re.search(rf"(?<![\d,]){re.escape(word.lower())}(?![\d,]*\d)", text.lower()) for word in words)
