"""What an SVG needs beside the picture: title, description, the words behind each mark, and the fonts themselves."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ET

import pandas as pd
import uharfbuzz as harfbuzz

from kzdata.drawing.drawn import Drawn
from kzdata.drawing.style import FAMILY, FONTS
from kzdata.readers_changes import ARTICLE

SVG = "{http://www.w3.org/2000/svg}"


def dress(raw: bytes, chart: Drawn) -> bytes:
    """A chart's SVG as browsers and screen readers can use it."""
    for _, (prefix, address) in ET.iterparse(io.BytesIO(raw), events=["start-ns"]):
        ET.register_namespace(prefix, address)
    root = ET.fromstring(raw)
    root.set("role", "img")
    _insert(root, 0, "title", chart.title)
    _insert(root, 1, "desc", chart.alt)
    _insert(root, 2, "style", _font_faces("".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))))
    words = {f"mark-{row_id}": _tooltip(row) for row_id, row in chart.data.iterrows()}
    for group in root.iter(f"{SVG}g"):
        if (mark := group.get("id")) in words:
            _insert(group, 0, "title", words[mark])
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _insert(parent: ET.Element, place: int, tag: str, text: str) -> None:
    child = ET.Element(f"{SVG}{tag}")
    child.text = text
    parent.insert(place, child)


def _tooltip(row: pd.Series) -> str:
    """The words of the article behind a mark, or the publication."""
    if row.get("publisher", ARTICLE) == ARTICLE:
        return f"“{row['exact']}”"
    return f"{row['publisher']}, “{row['title']}”, {row['published']}"


def _font_faces(text: str) -> str:
    """CSS that embeds the characters used, so that the SVG looks the same on a machine without the fonts."""
    wanted = harfbuzz.SubsetInput()
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING  # of use at small sizes on coarse screens only, and half the bytes
    wanted.unicode_set.update(map(ord, text))
    faces = []
    for file, weight, slope in FONTS:
        font = harfbuzz.subset(harfbuzz.Face(file.read_bytes()), wanted)
        data = base64.b64encode(font.blob.data).decode("ascii")
        faces.append(f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; font-style: {slope}; "
                     f"src: url(data:font/ttf;base64,{data}) }}")  # fmt: skip
    return "\n".join(faces)
