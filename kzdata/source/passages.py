"""Where a quotation stands in a copy: word for word, or changed; and whether the words beside it are the article's."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from kzdata.source.folding import Folded, folded

WORD = re.compile(r"\w+")
RUN = 2  # words in a row that a passage shares with a quotation and its surroundings, to be compared with it
NEAR = 0.5  # share of equal words from which a passage is a changed quotation ...
TWIN = 0.8  # ... and from which it is one although the quotation stands elsewhere too
LIKE = 0.65  # ... from which it is one where nothing beside it is the article's, but the order is
LEAST = 0.3  # share of equal letters that it takes besides
BESIDE = 300  # characters on either side in which the words beside a quotation are looked for
SHOWN = 5  # words of those that differ
#: Beside a quotation: words, signs that make a number another one, ends of sentences and of what is set apart.
TOKEN = re.compile(
    r"(?P<word>\w+|[$€£¥₸%‰+~≈≥≤<>=±#°&^/×÷@]|(?<![\w)\]\"])-(?=\d))"
    r"|(?P<border>[.!?]+[\"')]*(?=\s|$)|[:\"|\t])"
)
Span = tuple[int, int]


@lru_cache(maxsize=1024)
def _pattern(exact: str) -> re.Pattern[str]:
    """The folded quotation as copies write it: white space about signs and the comma in a number come and go."""
    tokens = re.findall(r"\w+|[^\w\s]", folded(exact))
    parts, before = [], ""
    for number, token in enumerate(tokens):
        after = tokens[number + 1] if number + 1 < len(tokens) else ""
        if token == "," and before.isdigit() and after.isdigit() and len(after) == 3:
            parts.append(r"[,\s]?")
        elif token == "-" and before.isalpha() and after.isalpha():
            parts.append(r"\s*-?\s*")
        elif token.isalnum():
            parts.append((r"\s+" if before.isalnum() else "") + re.escape(token))
        else:
            parts.append(rf"\s*{re.escape(token)}\s*")
        before = token
    return re.compile("".join(parts).removeprefix(r"\s*").removesuffix(r"\s*"))


def find(exact: str, text: Folded, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Places in the folded text where the quotation stands as a copy may write it, not in a longer word or number."""
    for match in _pattern(exact).finditer(text.lower, start, len(text.lower) if end is None else end):
        before, after = text.lower[max(0, match.start() - 2) : match.start()], text.lower[match.end() : match.end() + 2]
        longer = match[0][0].isalnum() and re.search(r"\w\Z|\d[.,]\Z", before)
        longer = longer or (match[0][0].isdigit() and re.search(r"(?:\A|[\s(])[.,]\Z", before))
        if not longer and not (match[0][-1].isalnum() and re.match(r"\w|[.,]\d", after)):
            yield match.span()


class Beside(NamedTuple):
    """What stands on one side of a passage, compared with the words that stand there in the article."""

    alike: int  # words equal, from the passage on
    edge: bool = False  # it stands at the edge of a paragraph, as in the article
    told: bool = False  # other words follow, behind the end of a sentence ...
    changed: bool = False  # ... or in the same sentence
    span: Span = (0, 0)  # of the first other word ...
    shown: Span = (0, 0)  # ... and of some more behind it


def beside(text: Folded, span: Span, words: str, headings: list[Span], side: int) -> Beside:
    """Compare what stands before (-1) or behind (1) a passage with the article's words there, none at an edge.

    A copy may end a block anywhere: it may be half of the article, or bare quotations.
    """
    around = headings[bisect_left(headings, (span[0] - 2 * BESIDE,)) : bisect_left(headings, (span[1] + BESIDE,))]
    if side < 0:
        start = max([end for _, end in around if end <= span[0]], default=0)
        start = max(start, span[0] - BESIDE)
        start = max(start, text.text.rfind("\n", start, span[0]) + 1)
        tokens = [t for t in TOKEN.finditer(text.lower, start, span[0] + 1) if t.start() < span[0]][::-1]
        beyond = False
    else:
        end = min([start for start, _ in around if start >= span[1]], default=span[1] + BESIDE)
        line = text.text.find("\n", span[1], end)
        tokens = list(TOKEN.finditer(text.lower, span[1], end if line < 0 else line))
        beyond = text.text[span[1] - 1 : span[1]] in (".", "!", "?")
        beyond = beyond or bool(re.search(r"[.!?][\"')]+$", text.text[max(0, span[1] - 4) : span[1]]))
    wanted, alike = WORD.findall(folded(words))[::side], 0
    for number, token in enumerate(tokens):
        if token["border"]:
            beyond = beyond or not (side < 0 and _alone(tokens, number))
        elif alike == len(wanted) and wanted:
            return Beside(alike)
        elif wanted and (token.start() <= text.first or token.end() >= text.last) and token["word"] in wanted[alike]:
            return Beside(alike)  # the copy is cut off within the word
        elif alike == len(wanted) or token["word"] != wanted[alike]:
            others = takewhile(lambda token: token["word"], tokens[number : number + SHOWN])
            last = list(others)[-1]
            shown = (min(token.start(), last.start()), max(token.end(), last.end()))
            return Beside(alike, told=True, changed=not beyond, span=token.span(), shown=shown)
        else:
            alike += 1
    return Beside(alike, edge=not wanted)


def _alone(tokens: list[re.Match[str]], number: int) -> bool:
    """Whether the full stop ends one word only, as of "approx." or "No.": that is no sentence."""
    if tokens[number][0][0] != "." or number + 1 >= len(tokens) or tokens[number + 1]["border"]:
        return False
    return number + 2 >= len(tokens) or bool(tokens[number + 2]["border"])


def nearest(
    text: Folded, quotations: Mapping[str, tuple[str, str, str]], exact: Mapping[str, list[Span]]
) -> dict[str, dict[Span, float]]:
    """Passages that resemble a quotation (words before, quotation, words behind) without being one, and how far.

    One pass over the words: runs of words that the copy shares with a quotation and
    its surroundings vote for the place where the quotation would begin.
    """
    runs: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for excerpt_id, parts in quotations.items():
        before, words, after = (WORD.findall(folded(part)) for part in parts)
        row = before + words + after
        for place in range(len(row) - RUN + 1):
            runs.setdefault(tuple(row[place : place + RUN]), []).append((excerpt_id, place - len(before)))
    starts = array("Q")
    run: tuple[str, ...] = ()
    votes: dict[str, Counter[int]] = {excerpt_id: Counter() for excerpt_id in quotations}
    for number, match in enumerate(WORD.finditer(text.lower)):
        starts.append(match.start())
        run = (*run[1 - RUN :], match.group())
        for excerpt_id, place in runs.get(run, ()):
            votes[excerpt_id][number - RUN + 1 - place] += 1
    taken = sorted(span for spans in exact.values() for span in spans)
    near: dict[str, dict[Span, float]] = {excerpt_id: {} for excerpt_id in quotations}
    for excerpt_id, counter in votes.items():
        least, candidates = (TWIN, 8) if exact[excerpt_id] else (NEAR, 24)
        quotation = quotations[excerpt_id][1]
        for first, _ in counter.most_common(candidates):
            begin = starts[min(max(0, first), len(starts) - 1)]
            if _overlaps((begin, begin + len(quotation)), taken):
                continue
            span, share = _align(text, starts, first, quotation)
            if _cut(text, span, quotation):
                break
            if share >= least and not _overlaps(span, taken) and not _overlaps(span, sorted(near[excerpt_id])):
                near[excerpt_id][span] = share
    return near


def _cut(text: Folded, span: Span, quotation: str) -> bool:
    """Whether the copy begins or ends within the quotation, which is then not changed but missing."""
    at_end = span[0] < text.first + 3 or span[1] > text.last - 3  # but for signs
    return at_end and span[1] - span[0] < len(folded(quotation))


def _overlaps(span: Span, taken: list[Span]) -> bool:
    """Whether half of a span, or more, lies in another one of those."""
    place = bisect_left(taken, span)
    around = taken[max(0, place - 2) : place + 3]
    return any(2 * (min(end, span[1]) - max(start, span[0])) >= span[1] - span[0] for start, end in around)


def _align(text: Folded, starts: array[int], first: int, exact: str) -> tuple[Span, float]:
    """The passage about word number ``first`` that is most like the quotation, and the share of equal words."""
    quotation = folded(exact)
    wanted = WORD.findall(quotation)
    margin = min(3, len(wanted) // 2)
    words = [
        match
        for start in starts[max(0, first - margin) : max(0, first + len(wanted) + margin)]
        if (match := WORD.match(text.lower, start))
    ]
    blocks = SequenceMatcher(None, wanted, [m.group() for m in words], False).get_matching_blocks()[:-1]
    if not blocks:
        return (0, 0), 0.0
    low = max(0, blocks[0].b - blocks[0].a)
    high = min(len(words), blocks[-1].b + len(wanted) - blocks[-1].a)
    share = 2 * sum(block.size for block in blocks) / (len(wanted) + high - low)
    letters = sum(len(word) for block in blocks for word in wanted[block.a : block.a + block.size])
    if letters < LEAST * len("".join(wanted)):
        share = 0.0  # articles and prepositions
    start, end = words[low].start(), words[high - 1].end()
    # The number or the punctuation that a word carries belongs to the passage.
    start -= len(re.findall(r"(?:\d[.,])*[.,]?\Z", text.lower[max(0, start - 12) : start])[0])
    end += len(re.findall(r"^[^\w\s]*", text.lower[end : end + len(re.findall(r"\W*$", quotation)[0])])[0])
    return (start, end), share
