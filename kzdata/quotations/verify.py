"""Is every quotation in a reader's own copy of the article, with the words around it?"""

import re
from bisect import bisect_left, bisect_right
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from kzdata.quotations.find_passages import LIKE, TWIN, Beside, Span, beside, find, nearest, without
from kzdata.quotations.normalise import Folded, folded
from kzdata.quotations.read_copy import read_copy
from kzdata.tables import Tables

CLOSE = 0.85  # share of equal characters from which a changed quotation is one of the edition quoted


class Place(NamedTuple):
    """A passage that is a quotation, word for word or changed."""

    span: Span
    exact: bool
    fits: bool  # it is between quotations that it is between in the article
    sides: dict[str, Beside]
    alike: int  # words beside it that are the article's
    edge: bool  # nothing is beside it, as in the article


def verify(copy: str | Path, data_dir: str | Path | Tables | None = None) -> pd.DataFrame:
    """Look up every quotation in a reader's own copy of the article.

    Parameters
    ----------
    copy : str or pathlib.Path
        A saved text or web page, or the text itself, as read by
        :func:`kzdata.quotations.read_copy.read_copy`.
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    pandas.DataFrame
        One row a quotation, indexed by ``excerpt_id``; ``attrs["edition"]`` says in
        words what the copy is.

        ==========  =====  ======================================================
        status      str    'found', 'changed' or 'missing'
        paragraph   Int64  where it begins: blocks counted from the title
        start       Int64  offset of its first character in the copy's text
        end         Int64  offset behind its last character
        expected    str    the quotation
        passage     str    what stands in the copy; of a missing one, nothing
        difference  str    the words changed, ``[-quoted-] {+in the copy+}``
        ==========  =====  ======================================================

        A quotation is *changed* where its words, its numbers, or its punctuation are
        others, and where its sentence goes on in other words than the article's:
        "more than 225 people". Of another sentence beside it, only ``difference`` tells.
        A block may end beside it, and writing differ: case, quotation marks, dashes,
        white space, thousands, hyphenation, the script of digits, notes, markup. One that
        stands elsewhere too, as misquoted in a comment, is judged where the words around
        it are the article's.

    Raises
    ------
    CopyError, DataError
        If the copy cannot be read as text, or a table breaks its description.
    """
    source = read_copy(copy)
    text, tables = Folded(source), Tables.of(data_dir)
    edition = tables.edition()
    excerpts = tables["excerpts"].fillna({"prefix": "", "suffix": ""})
    lines = without([edition["title"], *edition["sections"].split("; ")], text)
    paragraphs, (places, changed) = paragraph_starts(text, edition, excerpts), _places(text, excerpts, lines)
    result = pd.DataFrame(dict.fromkeys(("paragraph", "start", "end"), pd.NA), excerpts.index, dtype="Int64")
    result = result.assign(expected=excerpts["exact"], passage="", difference="")
    result.insert(0, "status", "missing")
    for excerpt_id, row in excerpts.to_dict("index").items():
        judged = [(*_judge(source, text, row, place, changed), place.span) for place in places[excerpt_id]]
        if judged:  # the worst of several places is told
            status, difference, span = min(judged, key=lambda j: (j[0] != "changed", not j[1], j[2]))
            start, end = text.span(*span)
            number = max(1, bisect_right(paragraphs, span[0]))
            result.loc[excerpt_id] = [status, number, start, end, row["exact"], source[start:end], difference]
    result.attrs["edition"] = _edition(result)
    return result


def _edition(result: pd.DataFrame) -> str:
    there = result[result["status"] != "missing"]
    pairs = [(folded(expected), folded(passage)) for expected, passage in zip(there["expected"], there["passage"])]
    same = sum(SequenceMatcher(None, *pair, False).ratio() >= CLOSE for pair in pairs)
    if there.empty or (same < 0.75 * len(there) and len(there) < 0.2 * len(result)):
        return "another text"
    if same < 0.75 * len(there):
        return "another edition or translation of the article"
    part = f"part of the edition quoted: {len(there)} of {len(result)} quotations"
    edition = "the edition quoted" if len(there) == len(result) else part
    return f"{edition}, with changes" if (there["status"] == "changed").any() else edition


def paragraph_starts(text: Folded, edition: pd.Series, excerpts: pd.DataFrame) -> list[int]:
    """Where the blocks of the folded text begin, from the title on.

    The title may stand in a menu too: it is taken where it stands last before a quotation, on lines of its own if it
    does so.
    """
    quotations = excerpts.loc[excerpts["exact"] != excerpts["section"], "exact"]
    first = next((start for quotation in quotations for start, _ in find(quotation, text)), len(text.text))
    titles = list(find(edition["title"], text))
    above = [span for span in titles if span[1] <= first] or titles[:1] or [(0, 0)]
    lines = [(a, b) for a, b in above if {text.text[a - 1 : a], text.text[b : b + 1]} <= {"", "\n"}]
    begin = (lines or above)[-1][0]
    return [block.start() for block in re.compile(r".*\S.*").finditer(text.text, begin)]


def _places(text: Folded, excerpts: pd.DataFrame, lines: str) -> tuple[dict[str, list[Place]], list[Span]]:
    """For each quotation the places to be judged, as many as it has in the article; and all that are changed."""
    quotations = excerpts[["prefix", "exact", "suffix"]].to_dict("index")
    exact = {excerpt_id: list(find(parts["exact"], text)) for excerpt_id, parts in quotations.items()}
    near = nearest(text, quotations, exact)
    paragraphs = {i: [int(n) for n in numbers.split(";")] for i, numbers in excerpts["occurrences"].items()}
    # The order of the quotations that stand once, in the article and in the copy.
    once = sorted((exact[i][0][0], n[0], i) for i, n in paragraphs.items() if len(exact[i]) == len(n) == 1)

    def place(excerpt_id: str, span: Span) -> Place:
        number = bisect_left(once, (span[0],))
        before = next((n for _, n, i in once[:number][-1:-3:-1] if i != excerpt_id), 0)
        after = next((n for _, n, i in once[number : number + 2] if i != excerpt_id), float("inf"))
        fits = any(before <= n <= after for n in paragraphs[excerpt_id])
        ways, parts = {"prefix": -1, "suffix": 1}, quotations[excerpt_id]
        sides = {side: beside(text, lines, span, parts[side], way) for side, way in ways.items()}
        alike, edge = sum(side.alike for side in sides.values()), any(side.edge for side in sides.values())
        return Place(span, span not in near[excerpt_id], fits, sides, alike, edge)

    chosen = {}
    for excerpt_id, likeness in near.items():
        places = [place(excerpt_id, span) for span in (*exact[excerpt_id], *likeness)]
        if not exact[excerpt_id]:  # what is not very like it is it only where something about it is the article's
            places = [p for p in places if p.alike or p.edge or likeness[p.span] >= (LIKE if p.fits else TWIN)]
        # Best where the words around it are the article's, and the quotations before and behind it; else it may be
        # a comment's.
        places.sort(key=lambda p: (-p.alike, not p.fits, not p.exact, p.span))
        others = places[1 : len(paragraphs[excerpt_id])]
        chosen[excerpt_id] = places[:1] + [p for p in others if p.alike or p.fits]
    return chosen, [span for spans in near.values() for span in spans]


def _judge(source: str, text: Folded, row: dict[str, str], place: Place, changed: list[Span]) -> tuple[str, str]:
    """Status of a place, and what differs."""
    start, end = text.span(*place.span)
    altered = not place.exact
    parts = {"exact": _difference(row["exact"], source[start:end]) if altered else row["exact"]}
    for side, there in place.sides.items():
        if not there.others or any(a - 2 <= there.others[0][0] <= b + 2 for a, b in changed):
            continue  # what is told of a changed quotation is not told of its neighbour again
        begin, stop = text.span(*there.others[-1])
        words = source[begin:start] if side == "prefix" else source[end:stop]
        parts[side] = f"[-{row[side]}-] " * bool(row[side]) + f"{{+{' '.join(words.split())}+}}"
        altered = altered or there.changed
    difference = " ".join(parts[part] for part in ("prefix", "exact", "suffix") if part in parts)
    return "changed" if altered else "found", difference if len(parts) > 1 or not place.exact else ""


def _difference(exact: str, passage: str) -> str:
    """``exact`` with the words marked that the passage leaves out or has instead."""
    old, new = exact.split(), passage.split()
    parts = []
    for operation, a, b, c, d in SequenceMatcher(None, [*map(folded, old)], [*map(folded, new)], False).get_opcodes():
        if operation == "equal":
            parts += old[a:b]
        else:
            parts += [f"[-{' '.join(old[a:b])}-]"] * (b > a) + [f"{{+{' '.join(new[c:d])}+}}"] * (d > c)
    return " ".join(parts)
