"""Write a chart as PNG, SVG, PDF and CSV with a sidecar: all of them or none, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote

import matplotlib as mpl
import pandas as pd
from fontTools.subset import Options

import kzdata
from kzdata.drawing.drawn import Drawn
from kzdata.drawing.style import style
from kzdata.drawing.svg import dress
from kzdata.quantities import check_positive
from kzdata.schema import descriptor

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FORMATS = ("png", "svg", "pdf", "csv")
#: Dots per inch. Below, no letter can be read; above is more than journals ask for, and 600 MB of pixels on the way.
COARSEST, FINEST = 30, 1200
#: What each kind of picture calls what :func:`_about` tells; the names left over are of what changes from day to day.
METADATA = {
    "png": ("Title", "Description", "Source", "Copyright", "Software"),
    "svg": ("Title", "Description", "Source", "Rights", "Creator", "Date"),
    "pdf": ("Title", "Subject", "Keywords", "Author", "Creator", "CreationDate", "Producer"),
}
#: Of zlib: as small as at level 6 on these pictures, in less than two thirds of the time.
OPTIONS: dict[str, dict[str, Any]] = {"png": {"pil_kwargs": {"compress_level": 2}}}
UNFINISHED = ".kzdata-unfinished-"  # begin of the name of a folder of files that are not yet in place
#: Stands in such a folder: only what holds it is ours to remove.
MARK = (
    "unfinished-export.txt",
    b"Files of a kzdata export that did not finish. The next one into this folder removes them.\n",
)


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
        paths = [Path(os.path.relpath(file)).as_posix() for file in self.files]
        links = ", ".join(
            f"<a style='text-decoration:underline' href='{quote(os.fsencode(path))}' download>"
            f"{Path(path).suffix[1:].upper()}</a>"
            for path in paths
        )
        html = f"<p>{escape(self.name)}: exported as {links}</p>"
        # The metadata lets `python -m kzdata charts` list what the notebooks exported.
        return {"text/plain": repr(self), "text/html": html}, {"kzdata": paths}


def write_chart(chart: Drawn, directory: str | Path | None, formats: Iterable[str] | None, dpi: int) -> Export:
    """See :meth:`kzdata.charts.Chart.export`."""
    wanted = _formats(formats)
    check_positive("dpi", dpi)
    if not COARSEST <= dpi <= FINEST:
        edge = f"at least {COARSEST}" if dpi < COARSEST else f"at most {FINEST}"
        raise ValueError(f"dpi is {dpi!r}, expected {edge}")
    if directory == "":
        raise ValueError("directory is '', expected a folder")
    if directory is None:
        directory = os.environ.get("KZDATA_EXPORTS") or project_root() / "exports"
    folder = Path(os.path.expanduser(directory))
    with style():
        contents = {f"{chart.name}.{format}": _content(chart, format, dpi) for format in wanted}
    contents[f"{chart.name}.json"] = _sidecar(chart, contents, dpi)
    try:
        _put_in_place(folder, contents)
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


def project_root() -> Path:
    """The nearest folder, from here upwards, with a pyproject.toml; or here."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / "pyproject.toml").exists()), here)


def _content(chart: Drawn, format: str, dpi: int) -> bytes:
    about = _about(chart)
    if format == "csv":
        head = "".join(f"# {key}: {about[key]}\n" for key in ("title", "source", "rights"))
        rows = chart.data.to_csv(lineterminator="\n")
        return f"{head}{rows}".encode()
    buffer, metadata = io.BytesIO(), dict(zip_longest(METADATA[format], about.values()))
    with _without_layout_tables() if format == "pdf" else nullcontext():
        chart.figure.savefig(buffer, format=format, dpi=dpi, metadata=metadata, **OPTIONS.get(format, {}))
    return dress(buffer.getvalue(), chart) if format == "svg" else buffer.getvalue()


@contextmanager
def _without_layout_tables() -> Iterator[None]:
    """A PDF has no use for the fonts' layout tables; fontTools takes half of its time to take them apart."""
    usual = Options._drop_tables_default
    Options._drop_tables_default = [*usual, "GDEF", "GPOS", "GSUB"]  # each time one is made, by matplotlib too
    try:
        yield
    finally:
        Options._drop_tables_default = usual


def _about(chart: Drawn) -> dict[str, str]:
    """What every file tells of its chart; of the tables one number, that of what sha256sum would print of them."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in chart.tables.items())
    digest = hashlib.sha256(sums.encode()).hexdigest()
    return {
        "title": chart.title,
        "description": chart.alt,
        "source": " ".join([*chart.sources, chart.url]),
        "rights": f"Data and chart: {descriptor()['licenses'][0]['title']}. Quotations: their authors.",
        "made": f"kzdata, {chart.call} of tables whose sha256sum has the SHA-256 {digest}",
    }


def _sidecar(chart: Drawn, contents: dict[str, bytes], dpi: int) -> bytes:
    sidecar = {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "citation": chart.sources,
        "url": chart.url,
        "rights": _about(chart)["rights"],
        "excerpts": [{"number": int(n), **row} for n, row in chart.excerpts.astype({"paragraph": int}).iterrows()],
        "versions": {module.__name__: module.__version__ for module in (kzdata, mpl, pd)}
        | {"python": platform.python_version()},
        "call": chart.call,
        "dpi": dpi,
        "tables": chart.tables,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    }
    return (json.dumps(sidecar, ensure_ascii=False, indent=2, default=float) + "\n").encode()


def _put_in_place(folder: Path, contents: dict[str, bytes]) -> None:
    """Rename the new files into the folder; if one rename fails, put back what stood there."""
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder), _unfinished(folder) as temporary, ExitStack() as undo:
        for name, content in contents.items():
            with open(temporary / name, "wb") as file:
                file.write(content)
                os.fsync(file.fileno())
            if (folder / name).is_file():
                shutil.copyfile(folder / name, temporary / f"{name}.old")  # not a link: some file systems have none
        for name in contents:
            os.replace(temporary / name, folder / name)
            if (old := temporary / f"{name}.old").exists():
                undo.callback(os.replace, old, folder / name)
            else:
                undo.callback(os.unlink, folder / name)
        undo.pop_all()  # all are in place


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A temporary folder in the folder, where nothing is left of an export that was killed."""
    for left in [path for path in folder.glob(f"{UNFINISHED}*") if path.is_dir() and not path.is_symlink()]:
        mark = left / MARK[0]
        # A kill may have come before the mark was there, or while it was written.
        if not any(left.iterdir()) or (mark.is_file() and MARK[1].startswith(mark.read_bytes())):
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as temporary:
        Path(temporary, MARK[0]).write_bytes(MARK[1])
        yield Path(temporary)


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
