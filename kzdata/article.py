"""A reader's own copy of the article: read it, whatever it was saved as, and check the quotations against it."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from kzdata.tables import load_excerpts, quoted_edition

LARGEST = 50_000_000  # bytes: the article has 17 thousand
WORD = re.compile(r"\w+")
#: Characters that copies write in several ways. Each may stand for any other of its group.
ALIKE = ["'’‘`´ʼ", '"“”„«»', "-‐‑‒–—−", "…"]
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
RUN = 2  # words in a row that a passage shares with a quotation and its surroundings, to be compared with it
NEAR = 0.5  # share of equal words from which a passage is a changed quotation ...
TWIN = 0.8  # ... and from which it is one although the quotation stands elsewhere too


class CopyError(ValueError):
    """What was given is not a usable copy of a text."""


def read_copy(copy: str | Path) -> str:
    """The text of a reader's copy.

    Parameters
    ----------
    copy : str or pathlib.Path
        A file, as plain text or a saved web page, in UTF-8, UTF-16 or
        Windows-1252; or the text itself (a string of more than one line).

    Returns
    -------
    str
        The text, of a web page what a reader sees, one block a line. Unicode NFC,
        line ends as line feeds, invisible characters removed.

    Raises
    ------
    CopyError
        If it is a folder, missing, empty, larger than 50 MB, a PDF, or binary.
    """
    if isinstance(copy, str) and "\n" in copy.replace("\r", "\n"):
        text, name = copy, "the text"
    else:
        text, name = _decode(Path(copy)), str(copy)
    if re.search(r"<(!doctype html|html|body|p|div)\b", text[:5000], re.I):
        page = _Page()
        page.feed(text)
        page.close()
        text = "".join(page.parts)
    text = unicodedata.normalize("NFC", text.translate(INVISIBLE)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CopyError(f"{name}: no text in it")
    return text


def _decode(path: Path) -> str:
    if path.is_dir():
        raise CopyError(f"{path}: a folder; expected a text file or a saved web page")
    if not path.is_file():
        raise CopyError(f"{path}: no such file; save the article as plain text or as a web page, and give its path")
    if path.stat().st_size > LARGEST:
        raise CopyError(f"{path}: {path.stat().st_size / 1e6:,.0f} MB; expected the text of one article, under 50 MB")
    raw = path.read_bytes()
    if raw.startswith(b"%PDF"):
        raise CopyError(f"{path}: a PDF; save its text as a .txt file first")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        if raw[place:4000:2].count(0) > len(raw[:4000]) // 4:
            return raw.decode(encoding, errors="replace")
    if b"\0" in raw:
        raise CopyError(f"{path}: a binary file; expected a text file or a saved web page")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


class _Page(HTMLParser):
    """The visible text of a web page."""

    HIDDEN = {"script", "style", "noscript", "template", "svg", "head"}
    INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
              "sub", "sup", "time", "u", "wbr"}  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.HIDDEN:
            self.hidden.append(tag)
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            del self.hidden[self.hidden.index(tag) :]
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def verify(copy: str | Path, data_dir: str | Path | None = None) -> pd.DataFrame:
    """Look up every quotation in a reader's own copy of the article.

    Parameters
    ----------
    copy : str or pathlib.Path
        A saved text or web page, or the text itself; see :func:`read_copy`.
    data_dir : path, optional
        Folder with your own copy of the tables.

    Returns
    -------
    pandas.DataFrame
        One row a quotation, indexed by ``excerpt_id``, with the columns

        ==========  =====  ======================================================
        status      str    'found', 'changed' or 'missing'
        paragraph   Int64  where it begins: non-empty lines counted from the title
        start       Int64  offset of its first character in :func:`read_copy`'s text
        end         Int64  offset behind its last character
        expected    str    the quotation
        passage     str    what stands in the copy; of a missing one, nothing
        difference  str    the words changed, ``[-quoted-] {+in the copy+}``
        ==========  =====  ======================================================

        Quotation marks, apostrophes, dashes, ellipses, and white space may differ;
        a letter or a digit may not. ``attrs["edition"]`` says in words what the copy is.

    Raises
    ------
    CopyError
        If the copy cannot be read as text.
    DataError
        If a table breaks its description.
    """
    text = read_copy(copy)
    excerpts = load_excerpts(data_dir).fillna({"prefix": "", "suffix": ""})
    paragraphs = paragraph_starts(text, quoted_edition(data_dir)["title"])
    near = _nearest(text, excerpts)
    rows = []
    for excerpt_id, exact in excerpts["exact"].items():
        span = near.get(excerpt_id) or next(find(exact, text), None)
        if span is None:
            rows.append((excerpt_id, "missing", pd.NA, pd.NA, pd.NA, exact, "", ""))
            continue
        passage, status = text[slice(*span)], "changed" if excerpt_id in near else "found"
        difference = _difference(exact, passage) if status == "changed" else ""
        paragraph = max(1, bisect_right(paragraphs, span[0]))
        rows.append((excerpt_id, status, paragraph, *span, exact, passage, difference))
    columns = ["excerpt_id", "status", "paragraph", "start", "end", "expected", "passage", "difference"]
    result = pd.DataFrame(rows, columns=columns).set_index("excerpt_id")
    result = result.astype({"paragraph": "Int64", "start": "Int64", "end": "Int64"})
    result.attrs["edition"] = _edition(result["status"])
    return result


def _edition(status: pd.Series) -> str:
    found, resembling = (status == "found").mean(), (status != "missing").mean()
    if found == 1:
        return "the edition quoted"
    if found >= 0.75:
        return "the edition quoted, with changes"
    if resembling >= 0.2:
        return "another edition or translation of the article"
    return "another text"


def paragraph_starts(text: str, title: str) -> list[int]:
    """Offsets of the paragraphs from the title on: of non-empty lines, or of blocks of hard-wrapped ones."""
    begin = next(find(title, text), (0, 0))[0]
    lines = [m.span() for m in re.finditer(r"[^\n]+", text) if m.start() >= begin and not m.group().isspace()]
    if max((end - start for start, end in lines), default=0) > 120:
        return [start for start, _ in lines]
    return [start for place, (start, _) in enumerate(lines) if place == 0 or start - lines[place - 1][1] > 1]


def find(exact: str, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Places where the quotation stands as a copy may write it, not as part of a longer word or number."""
    for match in _pattern(exact).finditer(text, start, len(text) if end is None else end):
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
        if not re.search(r"\w$|\d[.,]$", before) and not re.match(r"\w|[.,]\d", after):
            yield match.span()


def _pattern(exact: str) -> re.Pattern[str]:
    pieces = []
    for piece in re.findall(r"\s+|…|.", exact):
        group = next((g for g in ALIKE if piece in g), "")
        if piece.isspace():
            pieces.append(r"\s+")
        elif piece == "…":
            pieces.append(r"(?:…|\.\s?\.\s?\.)")
        else:
            pieces.append(f"[{re.escape(group)}]" if group else re.escape(piece))
    return re.compile("".join(pieces))


def _nearest(text: str, excerpts: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Passages that resemble a quotation without being it.

    One pass over the words: runs of words that the copy shares with a quotation and
    its surroundings vote for the place where the quotation would begin.
    """
    runs: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for excerpt_id, row in excerpts.iterrows():
        before = _words(row["prefix"])
        words = before + _words(row["exact"]) + _words(row["suffix"])
        for place in range(len(words) - RUN + 1):
            runs.setdefault(tuple(words[place : place + RUN]), []).append((excerpt_id, place - len(before)))
    starts = array("Q")
    run: tuple[str, ...] = ()
    votes: dict[str, Counter[int]] = {excerpt_id: Counter() for excerpt_id in excerpts.index}
    for number, match in enumerate(WORD.finditer(text)):
        starts.append(match.start())
        run = (*run[1 - RUN :], match.group().lower())
        for excerpt_id, place in runs.get(run, ()):
            votes[excerpt_id][number - RUN + 1 - place] += 1
    near = {}
    for excerpt_id, counter in votes.items():
        exact = excerpts.loc[excerpt_id, "exact"]
        least, candidates = (TWIN, 4) if next(find(exact, text), None) else (NEAR, 24)
        for first, _ in counter.most_common(candidates):
            span, share = _align(text, starts, first, exact)
            around = find(exact, text, max(0, span[0] - len(exact)), span[1] + len(exact))
            if share >= least and not any(start < span[1] and span[0] < end for start, end in around):
                near[excerpt_id] = span
                break
    return near


def _align(text: str, starts: array[int], first: int, exact: str) -> tuple[tuple[int, int], float]:
    """The passage about word number ``first`` that is most like the quotation, and the share of equal words."""
    wanted, begin = _words(exact), max(0, first - 3)
    words = [next(WORD.finditer(text, start)) for start in starts[begin : max(0, first + len(wanted) + 3)]]
    blocks = SequenceMatcher(None, wanted, [m.group().lower() for m in words], False).get_matching_blocks()[:-1]
    if not blocks:
        return (0, 0), 0.0
    low = max(0, blocks[0].b - blocks[0].a)
    high = min(len(words), blocks[-1].b + len(wanted) - blocks[-1].a)
    share = 2 * sum(block.size for block in blocks) / (len(wanted) + high - low)
    start, end = words[low].start(), words[high - 1].end()
    # The number or the punctuation that a word carries belongs to the passage.
    start -= len(re.findall(r"(?:\d[.,])*\Z", text[max(0, start - 12) : start])[0])
    end += len(re.findall(r"^[^\w\s]*", text[end : end + len(re.findall(r"\W*$", exact)[0])])[0])
    return (start, end), share


def _difference(exact: str, passage: str) -> str:
    """``exact`` with the words marked that the passage leaves out or has instead."""
    fold = str.maketrans({character: group[0] for group in ALIKE for character in group})
    old, new = exact.translate(fold).split(), passage.translate(fold).split()
    parts = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, False).get_opcodes():
        if operation == "equal":
            parts += old[a:b]
        else:
            parts += [f"[-{' '.join(old[a:b])}-]"] * (b > a) + [f"{{+{' '.join(new[c:d])}+}}"] * (d > c)
    return " ".join(parts)


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]
