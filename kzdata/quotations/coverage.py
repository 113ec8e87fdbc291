"""Is every quantity of the article accounted for: coded in a row, or left out for a stated reason?"""

import re
from bisect import bisect_left, bisect_right
from pathlib import Path

import pandas as pd

from kzdata.quotations.find_passages import Span, find
from kzdata.quotations.normalise import Folded
from kzdata.quotations.read_copy import read_copy
from kzdata.quotations.verify import paragraph_starts
from kzdata.tables import Tables

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Dec\.)"
#: What counts as a quantity, most specific first.
KINDS = {
    "date": rf"\d{{1,2}} {_MONTH}|{_MONTH} (?:\d{{1,2}}(?: and \d{{1,2}})?(?:, \d{{4}})?\b|\d{{4}})|\d\d/\d\d/\d{{4}}",
    "ordinal": r"\d+(?:st|nd|rd|th)\b|\b(?i:(?:twenty-)?(?:first|second|third|(?:four|fif|six|seven|eigh|nin)th))\b",
    "amount": r"\$\d[\d,.]*(?: (?:thousand|million|billion))?",
    "percentage": r"\d+(?:\.\d+)?%",
    "number": r"\d+-year-old|\d[\d,]*\d(?:s\b)?|\d",
    "word": r"\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|thousands|millions"
    r"|decades|several|some|many|most|numerous|large numbers|series|largest|one of|years)\b",
    "list": r"\b(?:[A-Z]\w+, )+(?:the )?[A-Z]\w+ and [A-Z]\w+",
    "people": r"(?<=detained )\w+s\b",
}
_QUANTITY = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()))
_COMMENTS = re.compile(r"^\s*Leave a Reply\s*$", re.M)


def coverage(copy: str | Path, data_dir: str | Path | Tables | None = None) -> pd.DataFrame:
    """List every quantity in the article's body, with the row that codes it or the reason why none does.

    Parameters
    ----------
    copy, data_dir
        As of :func:`kzdata.verify`.

    Returns
    -------
    pandas.DataFrame
        One row a number, date, ordinal, amount, percentage, quantity word, list of
        names, or group of people without a number, in the order of the text:

        =========  =====  =======================================================
        paragraph  Int64  blocks counted from the title
        start      Int64  offset of its first character in the copy's text
        end        Int64  offset behind its last character
        text       str    the words
        kind       str    one of :data:`KINDS`
        status     str    'coded', 'not coded' (with a reason) or 'unaccounted'
        row        str    figure or event that codes it
        reason     str    why none does
        =========  =====  =======================================================

    Raises
    ------
    CopyError, DataError
        If the copy cannot be read as text, or a table breaks its description.
    """
    source, tables = read_copy(copy), Tables.of(data_dir)
    text, uncoded = Folded(source), tables["uncoded"]
    paragraphs = paragraph_starts(text, tables.edition(), tables["excerpts"])
    begin = paragraphs[0] if paragraphs else 0
    end = match.start() if (match := _COMMENTS.search(text.text, begin)) else len(text.text)
    matches = list(_QUANTITY.finditer(text.text, begin, end))
    reasons = [(span, why) for exact, why in zip(uncoded["exact"], uncoded["reason"]) for span in find(exact, text)]
    rows = []
    for match, row, reason in zip(matches, _over(matches, _coded(text, tables)), _over(matches, reasons)):
        status = "coded" if row else "not coded" if reason else "unaccounted"
        number = bisect_right(paragraphs, match.start())
        start, stop = text.span(*match.span())
        rows.append((number, start, stop, source[start:stop], match.lastgroup, status, row, "" if row else reason))
    columns = ["paragraph", "start", "end", "text", "kind", "status", "row", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"paragraph": "Int64", "start": "Int64", "end": "Int64"})


def _coded(text: Folded, tables: Tables) -> list[tuple[Span, str]]:
    """Where the words of each figure and each event stand in the copy, in their quotations."""
    places = {excerpt_id: list(find(exact, text)) for excerpt_id, exact in tables["excerpts"]["exact"].items()}
    return [
        (span, row_id)
        for table, words in ((tables["figures"], "quantity_text"), (tables["events"], "date_text"))
        for row_id, row in table.to_dict("index").items()
        for start, end in places[row["excerpt_id"]]
        for span in find(row[words], text, start, end)
    ]


def _over(matches: list[re.Match[str]], spans: list[tuple[Span, str]]) -> list[str]:
    """The labels of the spans that lie over any part of a match, for each of them."""
    starts, ends = [match.start() for match in matches], [match.end() for match in matches]
    labels: list[list[str]] = [[] for _ in matches]
    for (start, end), label in sorted(spans):
        for number in range(bisect_right(ends, start), bisect_left(starts, end)):
            labels[number].append(label)
    return ["; ".join(dict.fromkeys(each)) for each in labels]
