"""What a reader sees of a web page."""

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
FOOTNOTE = re.compile(r"[\s\[\]()\d*†‡§]+")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_page(text: str) -> bool:
    """Whether a text is HTML: a document, or a piece of one."""
    return bool(DOCUMENT.search(text, 0, 20_000)) or len(FRAGMENT.findall(text)) > text.count("\n") // 10 + 1


def visible_text(page: str) -> str:
    """The text of a page, one block a line, with an empty line between two."""
    # As events, not as a tree: in time and memory that grow with the page, however deep it is or broken.
    target = _Shown(whole=bool(DOCUMENT.search(page)))
    parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    return str(etree.fromstring(page.encode("utf-8", "replace"), parser))


class _Shown:
    """Collects the text that is shown, from the events of the parser."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole
        self.parts: list[str] = []
        # Of each open element: is it hidden, is it verbatim, is it raised or a link in what is, is it a block?
        self.open: list[tuple[bool, bool, str, bool]] = [(False, False, "", False)]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        hidden, verbatim, raised, _ = self.open[-1]
        style = attributes.get("style", "")
        hidden = hidden or tag in HIDDEN or "hidden" in attributes or bool(UNSEEN.search(style))
        hidden = hidden or (tag == "dialog" and "open" not in attributes)
        block = tag in BLOCKS or bool(SHOWN_AS_BLOCK.search(style))
        if block or tag == "br":
            self.parts.append("\n\n" if block else "\n")
        raised = tag if tag == "sup" or (tag == "a" and raised) else raised
        self.open.append((hidden, verbatim or tag == "pre", raised, block))

    def end(self, tag: str) -> None:
        *_, block = self.open.pop()
        if block:
            self.parts.append("\n\n")

    def data(self, data: str) -> None:
        hidden, verbatim, raised, _ = self.open[-1]
        if raised and FOOTNOTE.fullmatch(data):  # a link or in brackets, or else it may be an exponent
            data = data.translate(RAISED) if raised == "sup" and data.isdigit() else ""
        if not hidden:
            self.parts.append(data if verbatim else re.sub(r"\s+", self._space, data))

    def _space(self, match: re.Match[str]) -> str:
        """A space; but in a piece of a page, which an editor is yet to complete, an empty line parts two blocks."""
        return " " if self.whole or match[0].count("\n") < 2 else "\n\n"

    def close(self) -> str:
        lines = "\n".join(line.strip() for line in "".join(self.parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
