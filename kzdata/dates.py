"""Dates as the tables have them, in ISO 8601, and as prose writes them, whatever the machine's language."""

from __future__ import annotations

from datetime import date

import pandas as pd

MONTHS = "January February March April May June July August September October November December".split()


def middle(as_of: str) -> pd.Timestamp:
    """The middle of a year, quarter, month or day in ISO 8601 (a quarter as ``2021-Q2``)."""
    period = pd.Period(as_of)
    return period.start_time + (period.end_time - period.start_time) / 2


def format_day(day: date, letters: int | None = None) -> str:
    """27 January 2022: strftime would use the language of the machine, and has no such form on Windows."""
    return f"{day.day} {MONTHS[day.month - 1][:letters]} {day.year}"


def format_month(day: date) -> str:
    """January 2022."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def format_as_of(as_of: str, letters: int | None = None) -> str:
    """A time in ISO 8601 as prose writes it: 15 January 2022, August 2022; a quarter and a year as they are."""
    if len(as_of) == len("2022-01-15"):
        return format_day(middle(as_of), letters)
    return format_month(middle(as_of)) if len(as_of) == len("2022-01") and "Q" not in as_of else as_of


def format_time(start: date, end: date) -> str:
    """The month, the year or the years between two days, as exactly as one of them holds both; or "undated"."""
    if pd.isna(start) or pd.isna(end):
        return "undated"
    if start.year != end.year:
        return f"{start.year} to {end.year}"
    return format_month(start) if start.month == end.month else str(start.year)


def format_days(start: date, end: date) -> str:
    """6 January, 3 and 4 January, 3 to 9 January, 31 January to 2 February."""
    first, last = (f"{day.day} {MONTHS[day.month - 1]}" for day in (start, end))
    if first == last:
        return first
    between = "and" if (end - start).days == 1 else "to"
    return f"{start.day if start.month == end.month else first} {between} {last}"
