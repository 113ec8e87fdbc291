"""What a reader sees of a web page."""

from __future__ import annotations

import re

from lxml import etree

#: What is shown as a block of its own; all else, the unknown too, stands in the line.
BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li listing main menu nav ol option "
    "p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul video xmp".split()
)
HIDDEN = frozenset(
    "audio canvas datalist del iframe math noembed noframes noscript object rp rt s script select strike style svg "
    "template textarea title video".split()
)  # what is struck out is no longer said
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
FRAGMENT = re.compile(r"</(?:article|blockquote|div|h[1-6]|li|main|p|section|span|td)>|<(?:p|div|br)\b[^<>\n]*>", re.I)
SPACE = re.compile(r"\s+")
FOOTNOTE = re.compile(r"[\s\[(]*(?:\d{1,3}|[*†‡§]+)[\])\s]*")


def is_page(text: str) -> bool:
    """Whether a text is HTML: a document, or a piece of one."""
    return bool(DOCUMENT.search(text, 0, 20_000)) or len(FRAGMENT.findall(text)) > text.count("\n") // 10 + 1


def visible_text(page: str) -> str:
    """The text of a page, one block a line, with an empty line between two."""
    seen = _Seen(whole=bool(DOCUMENT.search(page)))
    # As events, not as a tree: in time and memory that grow with the page, however deep it is or broken.
    parser = etree.HTMLParser(target=seen, huge_tree=True, encoding="utf-8")
    parser.feed(page.encode("utf-8", "replace"))
    parser.close()
    lines = (line.strip() for line in "".join(seen.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class _Seen:
    """Collects the text that is shown, from the events of the parser."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole
        self.parts: list[str] = []
        self.open: list[tuple[bool, bool, int, bool]] = [(False, False, 0, False)]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        hidden, verbatim, _, _ = self.open[-1]
        style = attributes.get("style", "")
        hidden = hidden or tag in HIDDEN or "hidden" in attributes or bool(UNSEEN.search(style))
        hidden = hidden or (tag == "dialog" and "open" not in attributes)
        block = tag in BLOCKS or bool(SHOWN_AS_BLOCK.search(style))
        if block or tag == "br":
            self.parts.append("\n\n" if block else "\n")
        if tag == "a" and self.open[-1][2]:
            self.parts.append("[]")  # a link in a raised mark: a footnote's
        raised = len(self.parts) if tag == "sup" else 0
        self.open.append((hidden, verbatim or tag == "pre", raised, block))

    def end(self, tag: str) -> None:
        *_, raised, block = self.open.pop()
        if block:
            self.parts.append("\n\n")
        if raised:
            self.parts[raised:] = [self._raised("".join(self.parts[raised:]), "".join(self.parts[raised - 1 : raised]))]

    def _raised(self, mark: str, before: str) -> str:
        """What is set high: nothing, of a footnote's mark; an exponent with its sign; and the letters of "1st"."""
        if not FOOTNOTE.fullmatch(mark.replace("[]", "")):
            return mark.replace("[]", "")
        return f"^{mark}" if mark.isdigit() and before[-1:].isdigit() else ""

    def data(self, data: str) -> None:
        hidden, verbatim, _, _ = self.open[-1]
        if not hidden:
            self.parts.append(data if verbatim else SPACE.sub(self._space, data))

    def _space(self, match: re.Match[str]) -> str:
        """A space; but in a piece of a page, which an editor is yet to complete, an empty line parts two blocks."""
        return " " if self.whole or match[0].count("\n") < 2 else "\n\n"

    def comment(self, text: str) -> None:
        """Not shown."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Not shown."""

    def close(self) -> None:
        """Asked for by the parser."""
