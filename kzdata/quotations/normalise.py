"""A text in the one form in which texts are compared, with the way back to its own characters."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import lru_cache

SINGLE = "'’‘‛‚`´ʼʹˈ′‹›＇"
#: Characters that copies write in several ways; a single quotation mark opens: those behind a letter are left out.
ALIKE = {"-": "-‐‑‒–—―−⁃", '"': '"“”„‟«»″〝〞＂' + SINGLE, ",": ",٬،、", ".": ".٫。", "%": "%٪"}
FOLDED = {character: sign for sign, characters in ALIKE.items() for character in characters}
URL = r"https?://[^\s<>()\[\]\"]{1,500}"
WRAP = "\v"  # a line end within a block
ITEMS = ("-", "*", "+", "•", "·", "–")
WIDEST = 160  # characters of a line that was broken to fit a width
#: What is written otherwise in the folded form: line ends, marks that are not words, marks of a markup.
EDITS = {
    "block": r"\n\s*(?:(?:[-+*•·◦▪‣–—>]|\#{1,6}|//+|[(\[]?\d{1,3}[.)\]]|\d{1,3}/\d{1,3})\s+)*",
    "hyphen": r"[-‐‑](?<=[^\W\d_].)[^\S\n\v]*[\n\v]\s*(?=[^\W\d_])",
    "dashes": r"[-‐‑‒–—―−]{2,}",
    "dots": r"\.(?:\s?\.){2,}",
    "url": rf"[ ]?(?:\({URL}\)|<{URL}>)|\[{URL}[ ]|{URL}",
    "link": r"\]\((?:[^()\s]|\([^()\s]{0,100}\)){1,500}(?:[ ]\"[^\"\n]{0,200}\")?\)|\]\[[^\[\]\n]{0,50}\]",
    "image": r"!\[[^\[\]\n]{0,300}\](?:\([^()\s]{1,500}\))?",
    "mark": r"\[(?:\^?\d{1,3}|[a-z]|note[ ]\d+|citation[ ]needed|edit)\]",
    "code": r"\[/?(?:b|i|u|s|url|quote|size|color|img|center)\b[^\[\]\n]{0,200}\]",
    "wiki": r"\[\[[^\[\]|\n]{1,200}\||\{\{[^{}]{0,500}\}\}|={2,}|'{2,}",
    "tag": r"<ref\b[^<>]{0,300}>[^<]{0,1000}</ref>|</?[a-zA-Z][^<>]{0,300}>|<!--[^<>]{0,500}-->|~~[^~\n]{1,500}~~",
    "raised": r"[⁰¹²³⁴-⁹①-⑳❶-❿†‡]+",
    "footnote": r"\d(?<=[a-z][a-z]\d)\d?(?![\w,.]?\w)|\d(?<=[a-z][a-z][.,;:!?)]\d)\d?(?=\s)",
    "markup": r"[*`]+|[\[\]]|_(?<!\w_)|_(?!\w)|\\(?=[^\w\s])",
    "apostrophe": rf"[{SINGLE}](?<=[\w*_`\])>'\\].)",
    "space": r"\s{2,}|[^\S ]",
}


class Folded:
    """A text as it is compared: one block a line, one form of each sign, no marks of hyphenation, notes or markup.

    ``text`` keeps upper case, ``lower`` does not; both have the same length.
    """

    def __init__(self, source: str) -> None:
        text = blocks(source)
        signs = {c: _sign(c) for c in set(text)}
        single = {ord(c): sign for c, sign in signs.items() if len(sign) == 1}
        several = "".join(re.escape(c) for c, sign in signs.items() if len(sign) != 1) or "\0"
        edits = re.compile("|".join([*(f"(?P<{name}>{edit})" for name, edit in EDITS.items()), f"[{several}]"]))
        # Where each stretch begins, here and in the source: by turns an unchanged one and a replacement.
        self._here, self._there = array("Q", [0]), array("Q", [0])

        def replaced(match: re.Match[str]) -> str:
            new = _replacement(match)
            if new != match[0]:
                here = self._here[-1] + match.start() - self._there[-1]
                self._here.extend((here, here + len(new)))
                self._there.extend(match.span())
            return new

        self.text = edits.sub(replaced, text).translate(single)
        self.lower = self.text.lower()
        self.first, self.last = len(self.text) - len(self.text.lstrip()), len(self.text.rstrip())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the source."""
        first, last = bisect_right(self._here, start) - 1, bisect_right(self._here, end - 1) - 1
        begin = self._there[first] + (0 if first % 2 else start - self._here[first])
        return begin, self._there[last + 1] if last % 2 else self._there[last] + end - self._here[last]


@lru_cache(maxsize=4096)
def _sign(character: str) -> str:
    """One character in its folded form."""
    if character.isascii() or character in FOLDED:
        return FOLDED.get(character, character)
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if unicodedata.category(character) in ("Cf", "Co") or "\ufe00" <= character <= "\ufe0f" or character == "\ufffd":
        return ""
    form = unicodedata.normalize("NFKC", character)
    return form if len(form.lower()) == len(form) else form.lower()[0]


@lru_cache(maxsize=1024)
def folded(words: str) -> str:
    """A few words of the tables as they are compared."""
    return Folded(words).lower


def _replacement(match: re.Match[str]) -> str:
    kind, old, text = match.lastgroup, match[0], match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if kind is None:
        return _sign(old)
    if kind in ("block", "space"):
        return "\n" if "\n" in old else "\t" if "\t" in old else " "
    if kind == "mark":  # of a note, which stands at a word; or else the number of a paragraph
        return old[1:-1] if old[1:-1].isdigit() and not before.strip() and not after.isalpha() else ""
    if kind == "raised":
        return f"^{unicodedata.normalize('NFKC', old)}" if before.isdecimal() and old.isdigit() else ""
    return {"dashes": "-", "dots": "..."}.get(kind, "")


def blocks(text: str) -> str:
    """The text with the line ends that only break a long line replaced by a sign of equal length."""
    lines = text.split("\n")
    if 5 * sum(len(line) for line in lines if len(line) > WIDEST) > len(text):
        return text
    width = max((len(line.rstrip()) for line in lines if len(line) <= WIDEST), default=0)
    ends = ("\n" if _ends_block(line, following, width) else WRAP for line, following in zip(lines, lines[1:]))
    return "".join(line + end for line, end in zip(lines, [*ends, ""]))


def _ends_block(line: str, following: str, width: int) -> bool:
    """Whether a line end is meant: the next line is empty, or its first word would have fitted on this one."""
    line, word = line.rstrip(), following.split(maxsplit=1)[:1]
    if not line or not word:
        return True
    fits = len(line) + 1 + len(word[0]) <= width
    closed = line[-1] in '.!?:;…”"’)'
    return (fits and (closed or len(line) < 0.8 * width)) or (closed and word[0] in ITEMS)
