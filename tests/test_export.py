"""Exported files: whole or not at all, the same bytes each time, and valid with their source inside."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import numpy as np
import pandas as pd
import pypdf
import pytest
from PIL import Image

import kzdata as kz
from kzdata.drawing import export

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def chart():
    return kz.charts.wages_and_wealth()


@pytest.fixture(scope="module")
def folder(chart, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    chart.export(folder)
    return folder


def test_what_is_written(chart, folder):
    assert sorted(f.name for f in folder.iterdir()) == [
        f"wages_and_wealth.{s}" for s in ("csv", "json", "pdf", "png", "svg")
    ]


def test_png(chart, folder):
    with Image.open(folder / "wages_and_wealth.png") as image:
        image.load()
        width, height = chart.figure.get_size_inches()
        assert image.size == (round(width * 300), int(height * 300)) and round(image.info["dpi"][0]) == 300
        assert image.info["Title"] == chart.title and image.info["Description"] == chart.alt
        assert "27 January 2022" in image.info["Source"] and "Creative Commons" in image.info["Copyright"]


def test_pdf(chart, folder):
    page = (reader := pypdf.PdfReader(folder / "wages_and_wealth.pdf")).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    descriptors = [f.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts]
    assert descriptors and all("/FontFile2" in d for d in descriptors), "every font is embedded as TrueType"
    assert reader.metadata.title == chart.title and reader.metadata.subject == chart.alt
    assert "27 January 2022" in reader.metadata["/Keywords"] and "Creative Commons" in reader.metadata.author
    text = page.extract_text()
    assert "$570" in text and "Paragraphs 11 and 19" in text


def test_svg(chart, folder):
    root = ET.parse(folder / "wages_and_wealth.svg").getroot()
    assert (root[0].tag, root[0].text) == (f"{SVG}title", chart.title)
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", chart.alt)
    assert root.find(f".//{DC}title").text == chart.title
    assert "Creative Commons" in "".join(root.find(f".//{DC}rights").itertext())
    assert "27 January 2022" in root.find(f".//{DC}source").text
    texts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    assert "$570" in texts, "text stays text"
    style = root.find(f"{SVG}style").text
    assert style.count("@font-face") == 3 and "data:font/ttf;base64," in style
    tips = {g.get("id"): g[0].text for g in root.iter(f"{SVG}g") if g.get("id", "").startswith("mark-")}
    assert set(tips) == {f"mark-{i}" for i in chart.data.index}
    assert all(tip == f"“{chart.data['exact'].iloc[0]}”" for tip in tips.values())


def test_csv(chart, folder):
    file = folder / "wages_and_wealth.csv"
    head = [line for line in file.read_text(encoding="utf-8").split("\n") if line.startswith("# ")]
    assert head[0] == f"# title: {chart.title}" and "27 January 2022" in head[1] and "Creative Commons" in head[2]
    data = pd.read_csv(file, comment="#", index_col="figure_id")
    assert data["best"].to_dict() == chart.data["best"].to_dict()
    assert list(data["exact"]) == list(chart.data["exact"])


def test_sidecar(chart, folder):
    sidecar = json.loads((folder / "wages_and_wealth.json").read_text(encoding="utf-8"))
    assert sidecar["title"] == chart.title and sidecar["alt"] == chart.alt and sidecar["citation"] == chart.sources
    assert [e["exact"] for e in sidecar["excerpts"]] == list(chart.excerpts["exact"])
    assert sidecar["versions"]["kzdata"] == kz.__version__
    for name, digest in sidecar["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


EXPORT = "import sys, kzdata as kz; kz.charts.wages_and_wealth().export(sys.argv[1])"


@pytest.mark.slow
def test_bytes_are_equal_in_a_fresh_process(folder, tmp_path):
    subprocess.run([sys.executable, "-c", EXPORT, tmp_path], check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_text_is_stable_and_html_links_the_files(chart, tmp_path, monkeypatch):
    result = chart.export(tmp_path / "a", formats="svg,csv")
    assert repr(result) == repr(chart.export(tmp_path / "b", formats=("svg", "csv")))
    assert repr(result) == "wages_and_wealth: exported as svg, csv, json"
    monkeypatch.chdir(tmp_path)
    data, _ = result._repr_mimebundle_()
    assert data["text/plain"] == repr(result) and " href='a/wages_and_wealth.svg' download>SVG</a>" in data["text/html"]


@pytest.mark.parametrize("give", [iter, set, list, tuple, lambda formats: ",".join([*formats, "csv"])])
def test_formats_come_in_any_shape(give, chart, tmp_path):
    result = chart.export(tmp_path, give(["svg", "csv"]))
    assert repr(result) == "wages_and_wealth: exported as svg, csv, json"
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".csv", ".json", ".svg"]


def test_a_coarse_picture(chart, tmp_path):
    chart.export(tmp_path, ["png"], dpi=np.int64(30))
    with Image.open(tmp_path / "wages_and_wealth.png") as image:
        assert image.width == 270


def test_hidden_files_and_folders_of_the_reader_stay(chart, tmp_path):
    """Only what bears the mark of an export that did not finish is removed."""
    mine = [".kzdata-notes/letter.txt", f"{export.UNFINISHED}mine/letter.txt", f"{export.UNFINISHED}x/{export.MARK[0]}"]
    for name in mine:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("mine", encoding="utf-8")
    (tmp_path / f"{export.UNFINISHED}file").write_text("mine", encoding="utf-8")
    left = tmp_path / f"{export.UNFINISHED}left"
    left.mkdir()
    (left / export.MARK[0]).write_bytes(export.MARK[1])
    (tmp_path / f"{export.UNFINISHED}link").symlink_to(left, target_is_directory=True)
    chart.export(tmp_path, "csv")
    kept = {*mine, f"{export.UNFINISHED}file"}
    assert all((tmp_path / name).read_text(encoding="utf-8") == "mine" for name in kept) and not left.exists()


def test_a_folder_in_place_of_a_file_is_named_and_stays(chart, tmp_path):
    (tmp_path / "wages_and_wealth.csv").mkdir()
    with pytest.raises(OSError, match="wages_and_wealth.csv"):
        chart.export(tmp_path, "svg,csv")
    assert [file.name for file in tmp_path.iterdir()] == ["wages_and_wealth.csv"]


def test_the_readers_home_is_known(chart, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert chart.export("~/a", "csv").files[0] == tmp_path / "a" / "wages_and_wealth.csv"
    monkeypatch.setenv("KZDATA_EXPORTS", "~/b")
    assert chart.export(formats="csv").files[0].exists() and (tmp_path / "b").is_dir()


def test_threads_leave_the_readers_settings_alone(chart, tmp_path):
    """Four charts drawn and exported at once; the style of one is not taken for the reader's by another."""
    before, single = dict(mpl.rcParams, backend=None), repr(chart)
    draw = [kz.charts.wages_and_wealth, kz.charts.tengizchevroil] * 2
    with ThreadPoolExecutor(4) as pool:
        charts = list(pool.map(lambda n: draw[n](), range(4)))
        list(pool.map(lambda n: charts[n].export(tmp_path / str(n), "svg"), range(4)))
    assert dict(mpl.rcParams, backend=None) == before and repr(charts[0]) == single
    first, third = ((tmp_path / n / "wages_and_wealth.svg").read_bytes() for n in "02")
    assert first == third


def test_unknown_format_writes_nothing(chart, tmp_path):
    with pytest.raises(ValueError, match="unknown format 'gif'"):
        chart.export(tmp_path / "new", formats=("png", "gif"))
    assert not (tmp_path / "new").exists()


def test_where_files_go(chart, tmp_path, monkeypatch):
    monkeypatch.setenv("KZDATA_EXPORTS", str(tmp_path / "chosen"))
    assert chart.export(formats=("csv",)).files[0].parent == tmp_path / "chosen"
    monkeypatch.delenv("KZDATA_EXPORTS")
    (tmp_path / "project" / "notebooks").mkdir(parents=True)
    (tmp_path / "project" / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path / "project" / "notebooks")
    assert chart.export(formats=("csv",)).files[0].parent == tmp_path / "project" / "exports"


def test_an_unwritable_folder_says_what_to_do(chart, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError) as raised:
        chart.export(tmp_path / "file" / "exports")
    assert "give another folder, export(directory=...) or KZDATA_EXPORTS" in raised.value.__notes__[0]


def test_a_failed_rename_puts_everything_back(chart, tmp_path, request):
    chart.export(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    calls = request.getfixturevalue("third_rename_fails")
    changed = kz.charts.years_of_wages()
    object.__setattr__(changed, "name", chart.name)
    with pytest.raises(PermissionError):
        changed.export(tmp_path)
    assert len(calls) >= 3 and {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.slow
@pytest.mark.parametrize("delay", np.linspace(0.05, 0.6, 6).round(2))
def test_a_kill_leaves_whole_files(delay, folder, tmp_path):
    """Whatever the moment, every file under a final name is complete."""
    loop = (
        "import sys, kzdata as kz; chart = kz.charts.wages_and_wealth(); print('ready', flush=True)\n"
        "while True: chart.export(sys.argv[1])"
    )
    process = subprocess.Popen([sys.executable, "-c", loop, tmp_path], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    time.sleep(1 + delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for file in tmp_path.glob("wages_and_wealth.*"):
        assert file.read_bytes() == (folder / file.name).read_bytes(), file.name


def test_pictures_are_of_the_chart(folder):
    """A blank or cut picture would pass a comparison of metadata."""
    with Image.open(io.BytesIO((folder / "wages_and_wealth.png").read_bytes())) as image:
        pixels = np.asarray(image.convert("L"))
    ink = pixels < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert 0.005 < ink.mean() < 0.2
    assert rows[0] / len(pixels) < 0.15 and rows[-1] / len(pixels) > 0.85 and columns[-1] / pixels.shape[1] > 0.85
