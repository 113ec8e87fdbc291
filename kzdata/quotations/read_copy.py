"""A reader's own copy of the article: its words, whatever it was saved as."""

import email.policy
import html
import re
import unicodedata
from collections import Counter
from json import detect_encoding
from pathlib import Path
from typing import Any

from kzdata.quotations.read_page import is_page, visible_text

LARGEST = 50_000_000  # bytes: the article has 17 thousand
LONGEST_PATH = 4096
TEXT, PAGE = "save its text first", "save it as plain text or as a web page first"
#: What is no text, or text for a program, by how it begins (NUL bytes left out), and what to do instead.
REFUSED = {
    rb"%PDF": f"a PDF; {TEXT}, as pdftotext does",
    rb"%!PS|AT&TFORM": f"a PostScript or DjVu file; {TEXT}",
    rb"\xd0\xcf\x11\xe0": f"an old Word or Office document; {PAGE}",
    rb"PK\x03(?s:.{0,60000})word/document": f"a Word document (DOCX); {PAGE}",
    rb"PK\x03(?s:.{0,60000})application/epub": f"an e-book (EPUB); {TEXT}",
    rb"PK\x03(?s:.{0,60000})(?:opendocument|Index/Document)": f"an OpenDocument or Pages file; {PAGE}",
    rb"PK[\x03\x05]|\x1f\x8b|BZh\d|\xfd7zXZ|7z\xbc\xaf|Rar!": "an archive, as of ZIP or gzip; unpack it first",
    rb"bplist": "a Safari web archive; save the page as HTML (page source) first",
    rb"\{\\rtf": f"an RTF document; {PAGE}",
    rb'\{\s*"|\[\s*[{"\[]': "JSON; save the text of the article that is in it first",
    rb"<(?:\?xml|!doctype (?!html)|rss|feed|opml|tei|plist|w:|office:)(?!(?s:.){0,5000}<html)": f"XML; {TEXT}",
    rb"(?:%.*\n\s*)*\\document(?:class|style)": "LaTeX; save the text that it prints first",
}
#: Encodings that a page or an e-mail may name; ISO-8859-1 is left out: browsers take it for Windows-1252.
CHARSET = re.compile(
    rb"""charset\s*=\s*["']?(windows-125[0-8]|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|macintosh|gb(?:k|2312|18030)"""
    rb"""|big5|euc-(?:jp|kr|cn))\b""",
    re.I,
)
STRAYS = re.compile("[\udc80-\udcff]+")
#: What Windows writes a single byte for that is no UTF-8: quotation marks and dashes.
WINDOWS = {chr(0xDC00 + byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
#: UTF-8 that was taken for Windows-1252 once.
MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6-\u02dc\u2013-\u2122]{1,3}")
#: The head of an e-mail, which a saved page may have as well (MHTML).
MAIL = re.compile(
    rb"(?:From .*\n)?(?:[a-z][\w-]*:.*\n(?:[ \t].*\n)*)*?(?:MIME-Version|Content-Type|Received|Message-ID):", re.I
)
#: Where a word was parted that has no hyphen: the signs of text, of Word, and of browsers' PDFs.
PARTED = re.compile(r"(?:[\u00ad\x02\ufffe]|(?<=[^\W\d_])¬)[^\S\n]*\n\s*|[\u00ad\x02\ufffe]")
#: What an e-mail or a page of paper adds to a text: marks of quoting, numbers of pages and of lines.
QUOTED = re.compile(r"(?:^[ \t]*>.*\n){2,}(?:[ \t]*>.*)?", re.M)
MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
NUMBER = r"(\d{1,4})(?:[ \t]*(?:/|of)[ \t]*\d{1,4})?"
NUMBERED = re.compile(rf"^[ \t]*(?:(?:[-–—|\[]|page|p\.)[ \t]*)?{NUMBER}[ \t]*[-–—|\]]?[ \t]*$", re.M | re.I)
COUNTED = re.compile(r"^[ \t]*(\d{1,5}):?[ \t]+", re.M)


class CopyError(ValueError):
    """What was given is not a usable copy of a text."""


def read_copy(copy: str | Path) -> str:
    """The text of a reader's copy.

    Parameters
    ----------
    copy : str or pathlib.Path
        A file or a pipe: plain text, a saved web page (HTML or MHTML), or an e-mail,
        in UTF-8, UTF-16, UTF-32, the encoding that the page names, or Windows-1252;
        or the text itself (a string of more than one line).

    Returns
    -------
    str
        The text, of a web page what a reader sees, one block a line. Unicode NFC, line
        ends as line feeds; invisible characters, the marks of quoted e-mail, page
        numbers and repeated heads of pages removed, entities resolved.

    Raises
    ------
    CopyError
        If it is unreadable, empty, larger than 50 MB, or no text, which is named.
    """
    given = isinstance(copy, str) and (len(copy) > LONGEST_PATH or "\n" in copy or "\r" in copy)
    try:
        raw = str(copy).encode("utf-8", "replace") if given else _bytes(Path(copy))
        text = _mail(raw) if MAIL.match(raw) else _decoded(raw)
        text = visible_text(text) if is_page(text) else html.unescape(text)
        text = re.sub("\r\n|[\r\v\x85\u2028\u2029]", "\n", text)
        text = PARTED.sub("", without_page_ends(text))
        # Joiners, marks of direction, and control characters but line ends and tabs have no shape.
        unseen = {ord(c): None for c in set(text) - {"\n", "\t"} if unicodedata.category(c) in ("Cf", "Cc")}
        text = unicodedata.normalize("NFC", text.translate(unseen))
        if not text.strip():
            raise CopyError("no text in it")
        return text
    except CopyError as error:
        raise CopyError(f"{'the text' if given else copy}: {error}") from error.__cause__


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise CopyError("a folder; expected a text file or a saved web page")
    try:
        with path.open("rb") as file:  # which may be a pipe: its size is known when it has been read
            raw = file.read(LARGEST + 1)
            size = max(len(raw), path.stat().st_size)
    except FileNotFoundError:
        raise CopyError("no such file; save the article as plain text or as a web page, and give its path") from None
    except (OSError, ValueError) as error:
        raise CopyError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if size > LARGEST:
        raise CopyError(f"{size / 1e6:,.0f} MB; expected the text of one article, under 50 MB")
    return raw


def _mail(raw: bytes) -> str:
    try:
        body: Any = email.message_from_bytes(raw, policy=email.policy.default).get_body(("html", "plain"))
        content, charset = body.get_payload(decode=True), body.get_content_charset("utf-8")
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):  # of a broken one, or none
        content = None
    if not content:
        raise CopyError(f"an e-mail or a web archive without a text; {TEXT}")
    return _decoded(content, charset)


def _decoded(raw: bytes, charset: str = "utf-8") -> str:
    begins = raw.replace(b"\0", b"")
    for start, kind in REFUSED.items():
        if re.match(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+(?:%s)" % start, begins, re.I):
            raise CopyError(kind)
    encoding = detect_encoding(raw)
    text = raw.decode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace")
    guess = encoding[-3:] in ("-le", "-be")  # without a mark
    if "\0" in text or (guess and 2 * len(text.encode("ascii", "ignore")) < len(text)):
        raise CopyError("a binary file; expected a text file or a saved web page")
    if len(STRAYS.findall(text)) > len(re.findall("[^\0-\x7f\udc80-\udcff]", text)):
        named = CHARSET.search(f"charset={charset} ".encode() + raw[:5000])
        return raw.decode(named[1].decode() if named else "cp1252", "replace")
    text = STRAYS.sub(lambda stray: WINDOWS.get(stray[0], ""), text)
    return MOJIBAKE.sub(lambda m: m[0].encode("cp1252", "ignore").decode("utf-8", "ignore") or m[0], text)


def without_page_ends(text: str) -> str:
    """The text with the lines of quoted e-mail unmarked, and what stands at the ends of pages left out."""
    text = QUOTED.sub(lambda match: MARK.sub("", match[0]), text)
    counts = COUNTED.findall(text)
    if len(counts) == len(re.findall(r"^.*\S", text, re.M)) and _rising(counts):
        text = COUNTED.sub("", text)
    if "\f" in text:
        text = _joined([page.strip("\n").split("\n") for page in text.split("\f")])
    return NUMBERED.sub("", text) if _rising(NUMBERED.findall(text)) else text


def _rising(numbers: list[str]) -> bool:
    """Whether there are two or more, each by one larger than that before it."""
    return len(numbers) > 1 and all(int(after) == int(before) + 1 for before, after in zip(numbers, numbers[1:]))


def _joined(pages: list[list[str]]) -> str:
    """Pages without the lines at their ends that, digits apart, other pages have there too."""
    for end in (0, -1, 0, -1):
        seen = Counter(_shape(page[end]) for page in pages if page)
        for number, page in enumerate(pages):
            while page and (not page[end].strip() or (seen[_shape(page[end])] > 1 and (number or end))):
                page.pop(end)
    return "\n".join("\n".join(page) for page in pages)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
