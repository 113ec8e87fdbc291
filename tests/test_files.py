"""Exported files, read back: pixels, coordinates, words, fonts, rows and hashes are those of the chart."""

import base64
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from picture import picture
from PIL import Image
from pypdf import PdfReader

import kzdata as kz
from kzdata.drawing import style

NAME = "zhanaozen_2011"  # bars, discs and arrows, of the article and of several publications
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    picture(NAME).chart.export(folder, dpi=100)
    return folder


@pytest.fixture(scope="module")
def svg(folder):
    return ET.parse(folder / f"{NAME}.svg").getroot()


def test_a_png_has_the_resolution_asked_for_and_the_marks_in_their_places(folder):
    shown = picture(NAME)
    with Image.open(folder / f"{NAME}.png") as image:
        pixels = np.asarray(image.convert("RGB"))
    width, height = shown.figure.get_size_inches()
    assert pixels.shape[:2] == (int(height * 100), round(width * 100))
    for mark in shown.marks:
        if mark.shape in ("bar", "o"):
            x, y = mark.ends.mean(axis=0)
            found = pixels[round((height - y) * 100), round(x * 100)]
            assert np.abs(found - [int(mark.face[n : n + 2], 16) for n in (1, 3, 5)]).max() < 40, mark.row_id
    assert (pixels[[0, -1]] == 255).all() and (pixels[:, [0, -1]] == 255).all(), "the page has a margin"


def test_a_picture_in_a_notebook_is_sharp_and_tells_what_the_alt_text_tells():
    shown = picture(NAME)
    bundle = shown.chart._repr_mimebundle_()
    with Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))) as image:
        assert image.width >= 1000
    (alt,) = (ET.fromstring(re.search("<img .*?>", bundle["text/html"])[0].replace(">", "/>")).attrib["alt"],)
    assert alt == shown.chart.alt == bundle["text/plain"]
    caption = unescape(bundle["text/html"].partition("<figcaption>")[2])
    assert shown.chart.subtitle in caption and f"href='{shown.chart.url}'" in caption
    assert all(publisher in caption for publisher in set(shown.data["publisher"]) - {"the article"})


def test_marks_of_an_svg_stand_where_they_are_drawn_and_tell_their_own_source(svg):
    shown = picture(NAME)
    height = shown.figure.get_figheight()
    groups = {g.get("id").removeprefix("mark-"): g for g in svg.iter(f"{SVG}g") if g.get("id", "").startswith("mark-")}
    assert groups.keys() == set(shown.data.index)
    for row_id, group in groups.items():
        row, (use, *_) = shown.data.loc[row_id], [*group.iter(f"{SVG}use"), None]
        numbers = (
            re.findall(r"[\d.]+", group.find(f".//{SVG}path").get("d")) if use is None else [use.get("x"), use.get("y")]
        )
        x, y = shown.mark(row_id).ends[0]
        assert [float(n) / 72 for n in numbers[:2]] == pytest.approx([x, height - y], abs=0.01), row_id
        tip = row["exact"] if row["publisher"] == "the article" else row["title"]
        assert tip in group.find(f"{SVG}title").text, row_id
    assert (svg[0].text, svg[1].text) == (shown.chart.title, shown.chart.alt)


def test_the_fonts_in_an_svg_have_all_its_characters(svg):
    fonts = re.findall(r"base64,([A-Za-z0-9+/=]+)", svg.find(f"{SVG}style").text)
    words = {letter for text in svg.iter(f"{SVG}text") for letter in "".join(text.itertext())} - {"\n"}
    assert len(fonts) == len(style.FONTS) and {"1", "6", "“"} < words
    for font in fonts:
        assert set(map(ord, words)) <= TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap().keys()


def test_every_file_names_every_publication(folder):
    chart = picture(NAME).chart
    urls = {*chart.data["url"].dropna(), chart.url}
    with Image.open(folder / f"{NAME}.png") as image:
        said = {"png": image.info["Source"], "pdf": PdfReader(folder / f"{NAME}.pdf").metadata["/Keywords"]}
    said |= {
        kind: (folder / f"{NAME}.{kind}").read_text(encoding="utf-8").partition("row_id")[0] for kind in ("csv", "svg")
    }
    said["json"] = (folder / f"{NAME}.json").read_text(encoding="utf-8")
    missing = [
        (kind, url)
        for kind, text in said.items()
        for url in urls
        if url.replace("&", "&amp;" if kind == "svg" else "&") not in text
    ]
    assert len(urls) > 3 and missing == []


def test_a_csv_has_every_row_and_the_sidecar_every_hash(folder):
    data = picture(NAME).data
    rows = pd.read_csv(folder / f"{NAME}.csv", comment="#", index_col="row_id")
    assert list(rows.index) == list(data.index) and list(rows["exact"]) == list(data["exact"])
    assert rows["low"].to_dict() == data["low"].to_dict()
    hashes = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))["sha256"]
    assert sorted(hashes) == [f"{NAME}.{kind}" for kind in ("csv", "pdf", "png", "svg")]
    assert hashes == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in hashes}


def test_an_export_that_fails_halfway_leaves_nothing_where_nothing_was(tmp_path, third_rename_fails):
    with pytest.raises(PermissionError):
        picture(NAME).chart.export(tmp_path, "csv,svg,png", dpi=50)
    assert len(third_rename_fails) >= 3 and list(tmp_path.iterdir()) == []


def test_words_of_the_data_are_those_of_the_row():
    excerpts = kz.load_excerpts()
    for name in ("casualties", "january_2022"):
        data = picture(name).data
        assert data["exact"].nunique() > 3
        assert list(data["exact"]) == list(excerpts.loc[data["excerpt_id"], "exact"])
