"""``python -m kzdata``: re-run the notebooks, export their charts, check the quotations, print the tables."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path

from kzdata import console

if __name__ == "__main__":
    console.prepare()

from kzdata import listing
from kzdata.dictionary import markdown
from kzdata.schema import DataError
from kzdata.tables import quoted_edition

COPY = "the article, saved as plain text or as a web page; - is the standard input"
EXTRA = ("rich", "ipykernel", "ipywidgets", "nbformat", "nbclient", "nbconvert")  # of kzdata[notebooks]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 a cell, quotation or quantity fails, 2 unusable input)."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command in ("charts", "notebooks", "report"):
        return _run(parser, options)
    if options.command in ("verify", "coverage", "annotations"):
        return _check(parser, options)
    return _print(parser, options)


def _parser() -> argparse.ArgumentParser:
    about = "Figures of an article on the revolt in Kazakhstan of January 2022: charts, checks and tables."
    parser = argparse.ArgumentParser(prog="python -m kzdata", description=about)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")

    charts = add("charts", "re-run the notebooks and export every chart")
    charts.add_argument("--out", metavar="DIR", help="folder for the files (default: exports/ of the project)")
    charts.add_argument("--formats", metavar="LIST", help="some of png,svg,pdf,csv (default: all)")
    report = add("report", "re-run the notebooks and write a static site of them, with charts and tables")
    report.add_argument("--out", metavar="DIR", help="folder for the site (default: report/ of the project)")
    notebooks = add("notebooks", "re-run the notebooks and store their outputs")
    for command in (charts, notebooks):
        command.add_argument("--cell-seconds", metavar="N", type=int, default=600, help="time limit of a cell (600)")
        command.add_argument("--only", metavar="NAME", action="append", help="this notebook only, e.g. 02_economy")
    verify = add("verify", "look up every quotation in your own copy of the article")
    coverage = add("coverage", "list every quantity of your copy of the article with the row that codes it")
    annotations = add("annotations", "print the quotations as W3C Web Annotations (JSON-LD)")
    for command, use in ((verify, COPY), (coverage, COPY), (annotations, f"{COPY}: adds offsets")):
        command.add_argument("copy", metavar="PATH", nargs="?", type=Path, help=use)
    for command in (verify, coverage):  # PATH is asked for in words, not by argparse
        command.usage = f"{command.prog} [-h] PATH"
    tables = add("tables", "print the tables")
    tables.add_argument("names", metavar="NAME", nargs="*", help=f"some of {', '.join(listing.names())} (default: all)")
    form = tables.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON object, a list of rows for each table")
    form.add_argument("--csv", action="store_true", help="as CSV, one table")
    add("dictionary", "print the data dictionary: every column of every table")
    return parser


def _print(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if options.command == "dictionary":
        print(markdown(), end="")
        return 0
    for name in options.names:
        if name not in listing.names():
            parser.error(f"no table {name!r}, expected some of {', '.join(listing.names())}")
    names = options.names or listing.names()
    if options.csv and len(names) > 1:
        parser.error("--csv prints one table: name it, as in python -m kzdata tables figures --csv")
    if options.json or options.csv:
        console.write_file()
        print(listing.as_json(names) if options.json else listing.as_csv(*names), end="")
    else:
        print("\n\n".join(map(listing.as_text, names)), end="")
    return 0


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from kzdata.source.read_copy import CopyError

    if options.copy is None and options.command != "annotations":
        url = quoted_edition()["url"]
        parser.error(f"{options.command} needs your copy of the article: save {url} as text or as a web page, "
                     f"then run python -m kzdata {options.command} PATH")  # fmt: skip
    try:
        copy = Path("/dev/stdin") if options.copy == Path("-") else options.copy
        return {"verify": _verify, "coverage": _coverage, "annotations": _annotations}[options.command](copy)
    except CopyError as error:
        print(error, file=sys.stderr)
        return 2


def _verify(copy: Path) -> int:
    from kzdata.source.verify import verify

    result = verify(copy)
    for excerpt_id, row in result.iterrows():
        where = "" if row["status"] == "missing" else f"paragraph {row['paragraph']}"
        print(f"{row['status']:8} {where:13} {excerpt_id}")
        if row["difference"] or row["status"] == "missing":
            print(f"{'':9}{row['difference'] or row['expected']}")
    counts = ", ".join(f"{(result['status'] == status).sum()} {status}" for status in ("found", "changed", "missing"))
    print(f"{counts}: {result.attrs['edition']}")
    return int((result["status"] != "found").any())


def _coverage(copy: Path) -> int:
    from kzdata.source.coverage import coverage

    result = coverage(copy)
    for _, row in result.iterrows():
        print(f"paragraph {row['paragraph']:<3} {row['status']:11} {row['text']:36} {row['row'] or row['reason']}")
    counts = ", ".join(f"{n} {status}" for status, n in result["status"].value_counts().items())
    print(f"{len(result)} quantities: {counts}")
    return int((result["status"] == "unaccounted").any())


def _annotations(copy: Path | None) -> int:
    from kzdata.source.annotations import annotations

    print(json.dumps(annotations(copy), indent=2))
    return 0


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    # Imported here: the other commands need neither matplotlib nor Jupyter.
    try:
        for name in EXTRA:
            import_module(name)
    except ModuleNotFoundError as error:
        needs = f"python -m kzdata {options.command} needs {error.name}, which is not installed"
        print(f"{needs}: pip install 'kzdata[notebooks]'", file=sys.stderr)
        return 2
    from rich.console import Console

    from kzdata.charts.export import FORMATS, project_root
    from kzdata.notebooks import exported, failed, run_all, save
    from kzdata.report import write_report

    found = {path.stem: path for path in sorted((project_root() / "notebooks").glob("*.ipynb"))}
    if not found:
        parser.error(f"no notebooks in {project_root() / 'notebooks'}: run this in a clone of the project")
    console.clear_up_when_interrupted()
    screen = Console()
    if options.command == "report":
        folder = Path(os.path.expanduser(options.out or project_root() / "report")).resolve()
        runs = write_report(folder, list(found.values()), screen)
        if not any(run.error for run in runs):
            screen.print(f"Report: {folder / 'index.html'}", highlight=False, soft_wrap=True)
        return failed(runs, screen)
    if options.cell_seconds < 1:
        parser.error(f"--cell-seconds is {options.cell_seconds}, expected 1 or more")
    for name in options.only or []:
        if name not in found:
            parser.error(f"no notebook {name!r}, expected one of {', '.join(found)}")
    environment: dict[str, str] = {}
    if options.command == "charts":
        for name in (options.formats or "").split(",") if options.formats is not None else []:
            if name not in FORMATS:
                parser.error(f"no format {name!r}, expected some of {','.join(FORMATS)}")
        environment |= {"KZDATA_EXPORTS": str(Path(os.path.expanduser(options.out)).resolve())} if options.out else {}
        environment |= {"KZDATA_FORMATS": options.formats} if options.formats else {}
    paths = [found[name] for name in sorted(set(options.only or found))]
    runs = run_all(paths, environment, screen, options.cell_seconds)
    if options.command == "notebooks":
        for run in runs:
            if not run.error:
                save(run)
    exported(runs, screen)
    return failed(runs, screen)


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output, such as head, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        status = 2
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        status = console.INTERRUPTED
    sys.exit(status)
