"""Write a chart as PNG, SVG, PDF and CSV with a sidecar: all of them or none, and the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import platform
import shutil
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import matplotlib as mpl
import pandas as pd
import uharfbuzz as harfbuzz

import kzdata
from kzdata.changes import ARTICLE
from kzdata.paper.style import FAMILY, FONTS, style
from kzdata.quantities import check_positive
from kzdata.schema import descriptor

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from kzdata.paper.chart import Chart

UNFINISHED = ".kzdata-unfinished-"  # begin of the name of a folder of files that are not yet in place
#: Stands in such a folder: only what holds it is ours to remove.
MARK = (
    "unfinished-export.txt",
    b"Files of a kzdata export that did not finish. The next one into this folder removes them.\n",
)
#: Dots per inch. Below, no letter can be read; above is more than journals ask for, and 600 MB of pixels on the way.
COARSEST, FINEST = 30, 1200
FORMATS = ("png", "svg", "pdf", "csv")
SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Export:
    """The files written for one chart. Its text does not depend on where they are.

    Attributes
    ----------
    name : str
        Name of the chart.
    files : list of pathlib.Path
        The files, the sidecar last.
    """

    name: str
    files: list[Path]

    def __repr__(self) -> str:
        return f"{self.name}: exported as {', '.join(file.suffix[1:] for file in self.files)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        underlined = "style='text-decoration:underline'"
        links = ", ".join(
            f"<a {underlined} href='{quote(os.fsencode(_relative(f)))}' download>{f.suffix[1:].upper()}</a>"
            for f in self.files
        )
        html = f"<p>{escape(self.name)}: exported as {links}</p>"
        # The metadata lets `python -m kzdata charts` list what the notebooks exported.
        return {"text/plain": repr(self), "text/html": html}, {"kzdata": [_relative(file) for file in self.files]}


def _relative(file: Path) -> str:
    return Path(os.path.relpath(file)).as_posix()


def write_chart(chart: Chart, directory: str | Path | None, formats: Iterable[str] | None, dpi: int) -> Export:
    """See :meth:`kzdata.charts.Chart.export`."""
    wanted = _formats(formats)
    check_positive("dpi", dpi)
    if not COARSEST <= dpi <= FINEST:
        edge = f"at least {COARSEST}" if dpi < COARSEST else f"at most {FINEST}"
        raise ValueError(f"dpi is {dpi!r}, expected {edge}")
    if directory == "":
        raise ValueError("directory is '', expected a folder")
    folder = Path(os.path.expanduser(directory)) if directory is not None else default_directory()
    with style():
        contents = {f"{chart.name}.{name}": _WRITERS[name](chart, dpi) for name in wanted}
    contents[f"{chart.name}.json"] = _sidecar(chart, contents, dpi)
    try:
        _replace_all(folder, contents)
    except OSError as error:
        error.add_note(f"{folder} cannot be written to: give another folder, export(directory=...) or KZDATA_EXPORTS")
        raise
    return Export(chart.name, [folder / name for name in contents])


def _formats(formats: Iterable[str] | None) -> list[str]:
    """Each format once, in the order of ``FORMATS``, however they were given."""
    if formats is None:
        formats = os.environ.get("KZDATA_FORMATS", ",".join(FORMATS))
    given = list(formats.split(",") if isinstance(formats, str) else formats)
    for name in given or [""]:
        if name not in FORMATS:
            raise ValueError(f"unknown format {name!r}, expected any of {', '.join(FORMATS)}")
    return [name for name in FORMATS if name in given]


def default_directory() -> Path:
    """``KZDATA_EXPORTS``, or else ``exports`` at the project's root."""
    return Path(os.path.expanduser(os.environ.get("KZDATA_EXPORTS") or project_root() / "exports"))


def project_root() -> Path:
    """The nearest folder, from here upwards, with a pyproject.toml; or here."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / "pyproject.toml").exists()), here)


def _replace_all(folder: Path, contents: dict[str, bytes]) -> None:
    """Put the files in place by renaming; if one rename fails, put back what stood there."""
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder), _cleared(folder) as temporary:
        new, old = Path(temporary, "new"), Path(temporary, "old")
        Path(temporary, MARK[0]).write_bytes(MARK[1])
        new.mkdir()
        old.mkdir()
        for name, content in contents.items():
            with open(new / name, "wb") as file:
                file.write(content)
                os.fsync(file.fileno())
            if (folder / name).is_file():
                shutil.copyfile(folder / name, old / name)  # not a link: some file systems have none
        done: list[str] = []
        try:
            for name in contents:
                os.replace(new / name, folder / name)
                done.append(name)
        except BaseException:  # an interruption too
            for name in done:
                if (old / name).exists():
                    os.replace(old / name, folder / name)
                else:
                    (folder / name).unlink()
            raise


def _cleared(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A temporary folder in the folder, where nothing is left of an export that was killed."""
    for left in [path for path in folder.glob(f"{UNFINISHED}*") if path.is_dir() and not path.is_symlink()]:
        mark = left / MARK[0]
        # A kill may have come before the mark was there, or while it was written.
        if not any(left.iterdir()) or (mark.is_file() and MARK[1].startswith(mark.read_bytes())):
            shutil.rmtree(left)
    return tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process puts files in place in the folder."""
    if fcntl is None:
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system gives it up when the process ends, however it ends
        yield
    finally:
        os.close(lock)


def _metadata(chart: Chart) -> dict[str, str]:
    licence = descriptor()["licenses"][0]["title"]
    return {
        "title": chart.title,
        "description": chart.alt,
        "source": " ".join([*chart.sources, chart.url]),
        "rights": f"Data and chart: {licence}. Quotations: their authors.",
        "made": f"kzdata, {chart.call} of tables whose sha256sum has the SHA-256 {_digest(chart.tables)}",
    }


def _digest(tables: dict[str, str]) -> str:
    """One number for the tables of a chart: that of the lines in which sha256sum would list them."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in tables.items())
    return hashlib.sha256(lines.encode()).hexdigest()


def _png(chart: Chart, dpi: int) -> bytes:
    about = _metadata(chart)
    return _save(chart, "png", dpi, {
        "Title": about["title"], "Description": about["description"], "Source": about["source"],
        "Copyright": about["rights"], "Software": about["made"],
    })  # fmt: skip


def _pdf(chart: Chart, dpi: int) -> bytes:
    about = _metadata(chart)
    return _save(chart, "pdf", dpi, {
        "Title": about["title"], "Subject": about["description"], "Keywords": about["source"],
        "Author": about["rights"], "CreationDate": None, "Creator": about["made"], "Producer": None,
    })  # fmt: skip


def _svg(chart: Chart, dpi: int) -> bytes:
    about = _metadata(chart)
    raw = _save(chart, "svg", dpi, {
        "Title": about["title"], "Description": about["description"], "Source": about["source"],
        "Rights": about["rights"], "Creator": about["made"], "Date": None,
    })  # fmt: skip
    return _dress_svg(raw, chart)


def _save(chart: Chart, format: str, dpi: int, metadata: dict[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    chart.figure.savefig(buffer, format=format, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


def _dress_svg(raw: bytes, chart: Chart) -> bytes:
    """Add what a browser and a screen reader use: title, description, tooltips, and the fonts themselves."""
    for prefix, uri in _namespaces(raw):
        ET.register_namespace(prefix, uri)
    root = ET.fromstring(raw)
    root.set("role", "img")
    _insert(root, "title", chart.title)
    _insert(root, "desc", chart.alt, 1)
    _insert(root, "style", _font_faces("".join("".join(text.itertext()) for text in root.iter(f"{{{SVG}}}text"))), 2)
    words = {row_id: _tooltip(row) for row_id, row in chart.data.iterrows()}
    for element in root.iter(f"{{{SVG}}}g"):
        figure_id = element.get("id", "").removeprefix("mark-")
        if figure_id in words:
            _insert(element, "title", words[figure_id])
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _tooltip(row: pd.Series) -> str:
    """The words of the article behind a mark, or the publication."""
    if row.get("publisher", ARTICLE) == ARTICLE:
        return f"“{row['exact']}”"
    return f"{row['publisher']}, “{row['title']}”, {row['published']}"


def _namespaces(raw: bytes) -> list[tuple[str, str]]:
    return [event[1] for event in ET.iterparse(io.BytesIO(raw), events=["start-ns"])]


def _insert(parent: ET.Element, tag: str, text: str, place: int = 0) -> None:
    child = ET.Element(f"{{{SVG}}}{tag}")
    child.text = text
    parent.insert(place, child)


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


def _csv(chart: Chart, dpi: int) -> bytes:
    about = "".join(
        f"# {key}: {value}\n" for key, value in _metadata(chart).items() if key not in ("description", "made")
    )
    rows: str = chart.data.to_csv(lineterminator="\n")
    return (about + rows).encode("utf-8")


def _sidecar(chart: Chart, contents: dict[str, bytes], dpi: int) -> bytes:
    about = _metadata(chart)
    sidecar = {
        "title": about["title"],
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "citation": chart.sources,
        "url": chart.url,
        "rights": about["rights"],
        "excerpts": [{"number": int(n), **row} for n, row in chart.excerpts.astype({"paragraph": int}).iterrows()],
        "versions": {
            "kzdata": kzdata.__version__,
            "matplotlib": mpl.__version__,
            "pandas": pd.__version__,
            "python": platform.python_version(),
        },
        "call": chart.call,
        "dpi": dpi,
        "tables": chart.tables,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    }
    return (json.dumps(sidecar, ensure_ascii=False, indent=2, default=float) + "\n").encode("utf-8")


_WRITERS = {"png": _png, "svg": _svg, "pdf": _pdf, "csv": _csv}
