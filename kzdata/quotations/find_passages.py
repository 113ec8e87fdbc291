"""Where a quotation stands in a copy: word for word, or changed; and whether the words beside it are the article's."""

import re
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from kzdata.quotations.normalise import Folded, folded

WORD = re.compile(r"\w+")
NEAR = 0.5  # share of equal words from which a passage is a changed quotation ...
TWIN = 0.8  # ... and from which it is one although the quotation stands elsewhere too
LIKE = 0.65  # ... from which it is one where nothing beside it is the article's, but the order is
LEAST = 0.3  # share of equal letters that it takes besides
BESIDE = 300  # characters on either side in which the words beside a quotation are looked for
SHOWN = 5  # words of those that differ
#: Signs and white space of a folded quotation, and how copies write them; other signs may have white space about them.
SIGN = re.compile(
    r"(?P<thousands>(?<=\d),(?=\d{3}(?!\w)))|(?P<hyphen>(?<=[^\W\d_])\s*-\s*(?=[^\W\d_]))|(?P<space>(?<=\w)\s+(?=\w))"
    r"|\s*[^\w\s]\s*"
)
WRITTEN = {"thousands": r"[,\s]?", "hyphen": r"\s*-?\s*", "space": r"\s+"}
#: Beside a quotation: words, signs that make a number another one, ends of sentences and of what is set apart.
TOKEN = re.compile(
    r"(?P<word>\w+|[$€£¥₸%‰+~≈≥≤<>=±#°&^/×÷@]|(?<![\w)\]\"])-(?=\d))"
    r"|(?P<border>[.!?]+[\"')]*(?=\s|$)|[:\"|\t])"
)
Span = tuple[int, int]
Rows = dict[str, dict[str, str]]  # of each quotation: prefix, exact, suffix


def find(exact: str, text: Folded, start: int = 0, end: int = sys.maxsize) -> Iterator[Span]:
    """Places in the folded text where the quotation stands as a copy may write it, not in a longer word or number."""
    return (match.span() for match in _pattern(exact).finditer(text.lower, start, end))


@lru_cache(maxsize=1024)
def _pattern(exact: str) -> re.Pattern[str]:
    def written(sign: re.Match[str]) -> str:
        return WRITTEN.get(str(sign.lastgroup), rf"\s*{re.escape(sign[0].strip())}\s*")

    words = folded(exact)
    first, ends = words[0], r"(?!\w|[.,]\d)" if words[-1].isalnum() else ""
    # Looked at from behind the first character, for which the text can be searched faster.
    begins = rf"(?<!\w{first})(?<!\d[.,]{first})" if first.isalnum() else ""
    begins += rf"(?<!(?<![^\s(])[.,]{first})" if first.isdigit() else ""
    pattern = SIGN.sub(written, words).removeprefix(r"\s*").removesuffix(r"\s*")
    return re.compile(f"{first}{begins}{pattern[1:]}{ends}" if begins else pattern + ends)


def without(names: Iterable[str], text: Folded) -> str:
    """The lower text with each title and heading replaced by line ends: they part paragraphs in any copy."""
    headings = "|".join(f"(?:{_pattern(name).pattern})" for name in names)
    return re.sub(headings, lambda match: "\n" * len(match[0]), text.lower)


class Beside(NamedTuple):
    """What stands on one side of a passage, compared with the words that stand there in the article."""

    alike: int  # words equal, from the passage on
    edge: bool = False  # it stands at the edge of a paragraph, as in the article
    others: Sequence[Span] = ()  # the first other words
    changed: bool = False  # they stand in the sentence of the passage, and not behind the end of one


def beside(text: Folded, lines: str, span: Span, words: str, side: int) -> Beside:
    """Compare what stands before (-1) or behind (1) a passage with the article's words there, none at an edge.

    A copy may end a block anywhere: it may be half of the article, or bare quotations.
    """
    if lines[slice(*span)].isspace():
        return Beside(0)  # a heading states nothing that words beside it could change
    if side < 0:
        start = max(span[0] - BESIDE, lines.rfind("\n", max(0, span[0] - BESIDE), span[0]) + 1)
        tokens = [t for t in TOKEN.finditer(lines, start, span[0] + 1) if t.start() < span[0]][::-1]
    else:
        end = lines.find("\n", span[1], span[1] + BESIDE)
        tokens = list(TOKEN.finditer(lines, span[1], end if end >= 0 else span[1] + BESIDE))
    wanted, there = WORD.findall(folded(words))[::side], [token for token in tokens if token["word"]]
    alike = [*(token["word"] == word for token, word in zip(there, wanted)), False].index(False)
    if alike == len(there) or (wanted and alike == len(wanted)):
        return Beside(alike, edge=not wanted)
    other = there[alike]
    at_end = other.start() <= text.first or other.end() >= text.last
    if wanted and at_end and other["word"] in wanted[alike]:
        return Beside(alike)  # the copy is cut off within the word
    number = tokens.index(other)
    beyond = side > 0 and bool(re.search(r"[.!?][\"')]*$", text.lower[max(0, span[1] - 4) : span[1]]))
    beyond = beyond or any(t["border"] and not (side < 0 and _alone(tokens, n)) for n, t in enumerate(tokens[:number]))
    others = takewhile(lambda token: token["word"], tokens[number : number + SHOWN])
    return Beside(alike, others=[token.span() for token in others], changed=not beyond)


def _alone(tokens: list[re.Match[str]], number: int) -> bool:
    """Whether the full stop ends one word only, as of "approx." or "No.": that is no sentence."""
    word, before = ([*tokens[number + 1 : number + 3], None, None])[:2]
    return tokens[number][0][0] == "." and bool(word and word["word"]) and not (before and before["word"])


def nearest(text: Folded, rows: Rows, exact: dict[str, list[Span]]) -> dict[str, dict[Span, float]]:
    """Passages that resemble a quotation without being one, and how far.

    One pass over the words: two in a row that the copy shares with a quotation and its
    surroundings vote for the place where the quotation would begin.
    """
    runs: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for excerpt_id, row in rows.items():
        before, words, after = (WORD.findall(folded(part)) for part in row.values())
        for place, run in enumerate(pairwise(before + words + after)):
            runs.setdefault(run, []).append((excerpt_id, place - len(before)))
    votes: dict[str, Counter[int]] = {excerpt_id: Counter() for excerpt_id in rows}
    for number, run in enumerate(pairwise(match[0] for match in WORD.finditer(text.lower))):
        for excerpt_id, place in runs.get(run, ()):
            votes[excerpt_id][number - place] += 1
    starts = array("Q", (match.start() for match in WORD.finditer(text.lower)))
    taken = sorted(span for spans in exact.values() for span in spans)
    near: dict[str, dict[Span, float]] = {excerpt_id: {} for excerpt_id in rows}
    for excerpt_id, counter in votes.items():
        least, candidates = (TWIN, 8) if exact[excerpt_id] else (NEAR, 24)
        quotation = folded(rows[excerpt_id]["exact"])
        for first, _ in counter.most_common(candidates):
            span, share = _align(text, starts, first, quotation)
            at_end = span[0] < text.first + 3 or span[1] > text.last - 3  # but for signs
            if at_end and span[1] - span[0] < len(quotation):
                break  # the copy begins or ends within the quotation, which is then not changed but missing
            if share >= least and not _overlaps(span, taken) and not _overlaps(span, sorted(near[excerpt_id])):
                near[excerpt_id][span] = share
    return near


def _overlaps(span: Span, taken: list[Span]) -> bool:
    """Whether half of a span, or more, lies in another one of those."""
    place = bisect_left(taken, span)
    around = taken[max(0, place - 2) : place + 3]
    return any(2 * (min(end, span[1]) - max(start, span[0])) >= span[1] - span[0] for start, end in around)


def _align(text: Folded, starts: Sequence[int], first: int, quotation: str) -> tuple[Span, float]:
    """The passage about word number ``first`` that is most like the quotation, and the share of equal words."""
    wanted = WORD.findall(quotation)
    margin = min(3, len(wanted) // 2)
    window = starts[max(0, first - margin) : max(0, first + len(wanted) + margin)]
    words = [word for start in window if (word := WORD.match(text.lower, start))]
    blocks = SequenceMatcher(None, wanted, [word[0] for word in words], False).get_matching_blocks()[:-1]
    if not blocks:
        return (0, 0), 0.0
    low = max(0, blocks[0].b - blocks[0].a)
    high = min(len(words), blocks[-1].b + len(wanted) - blocks[-1].a)
    letters = sum(len(word) for block in blocks for word in wanted[block.a : block.a + block.size])
    alike = letters >= LEAST * len("".join(wanted))  # or else it shares articles and prepositions
    share = alike * 2 * sum(block.size for block in blocks) / (len(wanted) + high - low)
    start, end = words[low].start(), words[high - 1].end()
    # The number or the punctuation that a word carries belongs to the passage.
    start -= len(re.findall(r"(?:\d[.,])*[.,]?\Z", text.lower[max(0, start - 12) : start])[0])
    end += len(re.findall(r"^[^\w\s]*", text.lower[end : end + len(re.findall(r"\W*$", quotation)[0])])[0])
    return (start, end), share
