"""A reader's own copy of the article: its words, whatever it was saved as."""

from __future__ import annotations

import email
import email.policy
import re
import unicodedata
from pathlib import Path

from kzdata.source.printout import without_page_ends
from kzdata.source.web_page import is_page, visible_text

LARGEST = 50_000_000  # bytes: the article has 17 thousand
LONGEST_PATH = 4096
#: What is no text, by its first bytes, and what to do instead.
SIGNATURES = {
    b"%PDF": "a PDF; save its text first, as pdftotext does",
    b"%!PS": "a PostScript file; save its text first",
    b"\xd0\xcf\x11\xe0": "an old Word or Office document; save it as plain text or as a web page first",
    b"bplist00": "a Safari web archive; save the page as HTML (page source) first",
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"BZh": "a bzip2 archive; unpack it first",
    b"\xfd7zXZ": "an xz archive; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
    b"\x28\xb5\x2f\xfd": "a zstd archive; unpack it first",
    b"AT&TFORM": "a DjVu file; save its text first",
    b"\x89PNG": "a binary file, a picture; expected text",
    b"\xff\xd8\xff": "a binary file, a picture; expected text",
    b"GIF8": "a binary file, a picture; expected text",
    b"II*\0": "a binary file, a picture; expected text",
    b"MM\0*": "a binary file, a picture; expected text",
}
#: The same of an archive that is a document, by what is in it.
ARCHIVES = {
    b"word/document": "a Word document (DOCX); save it as plain text or as a web page first",
    b"application/epub+zip": "an e-book (EPUB); save its text first",
    b"application/vnd.oasis.opendocument": "an OpenDocument file; save it as plain text or as a web page first",
    b"Index/Document.iwa": "a Pages document; save it as plain text first",
    b"": "a ZIP archive; unpack it first",
}
#: Text that is written for a program, by its beginning.
NOTATIONS = {
    r"\{\\rtf": "an RTF document; save it as plain text or as a web page first",
    r'\{\s*"|\[\s*[{"\[]': "JSON; save the text of the article that is in it first",
    r"(?:<\?xml|<!doctype (?!html)|<(?:rss|feed|opml|tei|fictionbook|plist|w:|office:))(?![\s\S]{0,5000}<html)": (
        "XML; save its text first"
    ),
    r"(?:%.*\n\s*)*\\document(?:class|style)": "LaTeX; save the text that it prints first",
}
#: Encodings that a page or an e-mail may name; what browsers take the Latin ones for.
CHARSET = re.compile(
    rb"""charset\s*=\s*["']?(windows-125\d|iso-8859-\d+|koi8-[ru]|macintosh|gb\w+|big5|euc-\w+)""", re.I
)
WESTERN = {"iso-8859-1": "cp1252", "macintosh": "mac_roman"}
#: Which of four bytes are mostly 0, in an encoding without a mark.
ZEROS = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
STRAYS = re.compile("[\udc80-\udcff]+")
#: UTF-8 that was taken for Windows-1252 once.
MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6-\u02dc\u2013-\u2122]{1,3}")
MAIL = re.I | re.M
LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
#: Where a word was parted that has no hyphen: the signs of text, of Word, and of browsers' PDFs.
PARTED = re.compile(r"(?:\u00ad|(?<=[^\W\d_])¬|\x02|\ufffe)[^\S\n]*\n\s*|\u00ad|\x02|\ufffe")


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
        numbers and repeated heads of pages removed.

    Raises
    ------
    CopyError
        If it is a folder, missing, unreadable, empty, larger than 50 MB, binary, or a
        format that has to be saved as text first: a PDF, a Word document, RTF, JSON
        and their like are named.
    """
    if isinstance(copy, str) and (re.search(r"[\n\r]", copy) or len(copy) > LONGEST_PATH):
        raw, name = copy.encode("utf-8", "replace"), "the text"
    else:
        raw, name = _bytes(Path(copy)), str(copy)
    if kind := _format(raw):
        raise CopyError(f"{name}: {kind}")
    text = _mail(raw, name) if _is_mail(raw) else _decoded(raw, name)
    if kind := next((kind for start, kind in NOTATIONS.items() if re.match(rf"\s*(?:{start})", text, re.I)), None):
        raise CopyError(f"{name}: {kind}")
    if is_page(text):
        text = visible_text(text)
    text = PARTED.sub("", without_page_ends(LINE_ENDS.sub("\n", text)))
    text = unicodedata.normalize("NFC", text.translate(_invisible(text)))
    if not text.strip():
        raise CopyError(f"{name}: no text in it")
    return text


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise CopyError(f"{path}: a folder; expected a text file or a saved web page")
    try:
        with path.open("rb") as file:  # which may be a pipe: its size is known when it has been read
            raw = file.read(LARGEST + 1)
            size = max(len(raw), path.stat().st_size)
    except FileNotFoundError:
        raise CopyError(
            f"{path}: no such file; save the article as plain text or as a web page, and give its path"
        ) from None
    except (OSError, ValueError) as error:
        raise CopyError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if size > LARGEST:
        raise CopyError(f"{path}: {size / 1e6:,.0f} MB; expected the text of one article, under 50 MB")
    return raw


def _format(raw: bytes) -> str | None:
    """What a file is that is no text."""
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK"):
        return next(kind for mark, kind in ARCHIVES.items() if mark in raw)
    return next((kind for mark, kind in SIGNATURES.items() if start.startswith(mark)), None)


def _decoded(raw: bytes, name: str, charset: str | None = None) -> str:
    for mark, encoding in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):  # fmt: skip
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    zeros = tuple(raw[place:4000:4].count(0) > len(raw[:4000]) // 8 for place in range(4))
    if zeros in ZEROS:
        return raw.decode(ZEROS[zeros], errors="replace")
    if b"\0" in raw:
        raise CopyError(f"{name}: a binary file; expected a text file or a saved web page")
    text = raw.decode("utf-8-sig", errors="surrogateescape")
    strays = len(STRAYS.findall(text))
    if strays and strays > len(re.findall("[^\0-\x7f\udc80-\udcff]", text)):
        named = CHARSET.search(f"charset={charset}".encode() if charset else raw[:5000])
        encoding = named[1].decode().lower() if named else "cp1252"
        return raw.decode(WESTERN.get(encoding, encoding), errors="replace")
    return MOJIBAKE.sub(_mended, STRAYS.sub(_sign, text) if strays else text)


def _sign(strays: re.Match[str]) -> str:
    """What Windows writes a byte for that is no UTF-8: a quotation mark or a dash; or else nothing."""
    raw = strays[0].encode("utf-8", "surrogateescape")
    return raw.decode("cp1252", "ignore") if len(raw) == 1 and raw < b"\xa0" else ""


def _mended(mojibake: re.Match[str]) -> str:
    try:
        return mojibake[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return mojibake[0]


def _is_mail(raw: bytes) -> bool:
    """Whether it begins with the head of an e-mail, which a saved page may have as well (MHTML)."""
    head = re.match(rb"(?:From .*\r?\n)?(?:[A-Za-z][\w-]*:.*\r?\n(?:[ \t].*\r?\n)*)+", raw[:20_000])
    return head is not None and bool(re.search(rb"^(MIME-Version|Content-Type|Received|Message-ID):", head[0], MAIL))


def _mail(raw: bytes, name: str) -> str:
    try:
        body = email.message_from_bytes(raw, policy=email.policy.default).get_body(("html", "plain"))
        content = body.get_payload(decode=True) if body else None
        charset = body.get_content_charset() if body else None
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):  # of a broken one
        content = None
    if not isinstance(content, bytes) or not content:
        raise CopyError(f"{name}: an e-mail or a web archive without a text; save its text first")
    return _decoded(content, name, charset)


def _invisible(text: str) -> dict[int, None]:
    """Characters without a shape: joiners, marks of direction, and control characters but line ends and tabs."""
    return {ord(c): None for c in set(text) if unicodedata.category(c) in ("Cf", "Cc") and c not in "\n\t"}
