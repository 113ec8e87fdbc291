"""``python -m kzdata``: re-run the notebooks, export their charts, check the quotations, print the tables."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import kzdata as kz
from kzdata import console

if __name__ == "__main__":
    console.prepare()

from kzdata import print_tables
from kzdata.schema import dictionary, names
from kzdata.tables import new_tables

COPY = "the article, saved as plain text or as a web page; - is the standard input"
EXTRA = ("rich", "ipykernel", "ipywidgets", "nbformat", "nbclient", "nbconvert")  # of kzdata[notebooks]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 a cell, quotation or quantity fails, 2 unusable input)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except kz.CopyError as error:
        print(error, file=sys.stderr)
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        needs = f"python -m kzdata {options.command} needs {error.name}, which is not installed"
        print(f"{needs}: pip install 'kzdata[notebooks]'", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    about = "Figures of an article on the revolt in Kazakhstan of January 2022: charts, checks and tables."
    parser = argparse.ArgumentParser(prog="python -m kzdata", description=about)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, run: Callable[..., int | None], does: str, own_tables: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        command.set_defaults(run=run, error=command.error)
        if own_tables:
            command.add_argument("--tables", metavar="DIR", help="folder with your own copy of the tables "
                                 "(default: KZDATA_TABLES, or the package's)")  # fmt: skip
        return command

    charts = add("charts", _run, "re-run the notebooks and export every chart")
    charts.add_argument("--out", metavar="DIR", help="folder for the files (default: exports/ of the project)")
    charts.add_argument("--formats", metavar="LIST", help="some of png,svg,pdf,csv (default: all)")
    report = add("report", _report, "re-run the notebooks and write a static site of them, with charts and tables")
    report.add_argument("--out", metavar="DIR", help="folder for the site (default: report/ of the project)")
    notebooks = add("notebooks", _run, "re-run the notebooks and store their outputs, unless of your own tables")
    notebooks.set_defaults(out=None, formats=None)
    for command in (charts, notebooks):
        command.add_argument("--cell-seconds", metavar="N", type=int, default=600, help="time limit of a cell (600)")
        command.add_argument("--only", metavar="NAME", action="append", help="this notebook only, e.g. 02_economy")
    verify = add("verify", _verify, "look up every quotation in your own copy of the article")
    coverage = add("coverage", _coverage, "list every quantity of your copy of the article with the row that codes it")
    annotations = add("annotations", _annotations, "print the quotations as W3C Web Annotations (JSON-LD)")
    for command, use in ((verify, COPY), (coverage, COPY), (annotations, f"{COPY}: adds offsets")):
        command.add_argument("copy", metavar="PATH", nargs="?", type=Path, help=use)
    for command in (verify, coverage):  # PATH is asked for in words, not by argparse
        command.usage = f"{command.prog} [-h] [--tables DIR] PATH"
    tables = add("tables", _tables, "print the tables")
    tables.add_argument("names", metavar="NAME", nargs="*", help=f"some of {', '.join(names())} (default: all)")
    form = tables.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON object, a list of rows for each table")
    form.add_argument("--csv", action="store_true", help="as CSV, one table")
    new = add("new-tables", _new_tables, "copy the tables into a new folder, to be changed there", own_tables=False)
    new.add_argument("folder", metavar="DIR", help="a new or an empty folder")
    add("dictionary", _dictionary, "print the data dictionary: every column of every table", own_tables=False)
    return parser


def _new_tables(options: argparse.Namespace) -> None:
    print(f"Tables to change: {new_tables(options.folder)}\nThen: python -m kzdata charts --tables {options.folder}")


def _dictionary(options: argparse.Namespace) -> None:
    print(dictionary(), end="")


def _tables(options: argparse.Namespace) -> None:
    for name in options.names:
        if name not in names():
            options.error(f"no table {name!r}, expected some of {', '.join(names())}")
    wanted, tables = options.names or names(), kz.Tables(options.tables)
    if options.csv and len(wanted) > 1:
        options.error("--csv prints one table: name it, as in python -m kzdata tables figures --csv")
    if options.json or options.csv:
        console.write_file()
        print(print_tables.as_json(tables, wanted) if options.json else print_tables.as_csv(tables, *wanted), end="")
    else:
        print("\n\n".join(print_tables.as_text(tables, name) for name in wanted), end="")


def _copy(options: argparse.Namespace) -> Path:
    """The reader's copy of the article, which is asked for if it is not given."""
    if options.copy is None:
        url = kz.Tables(options.tables).edition()["url"]
        options.error(f"{options.command} needs your copy of the article: save {url} as text or as a web page, "
                      f"then run python -m kzdata {options.command} PATH")  # fmt: skip
    return Path("/dev/stdin") if options.copy == Path("-") else options.copy


def _verify(options: argparse.Namespace) -> int:
    result = kz.verify(_copy(options), options.tables)
    for excerpt_id, row in result.iterrows():
        where = "" if row["status"] == "missing" else f"paragraph {row['paragraph']}"
        print(f"{row['status']:8} {where:13} {excerpt_id}")
        if row["difference"] or row["status"] == "missing":
            print(f"{'':9}{row['difference'] or row['expected']}")
    counts = ", ".join(f"{(result['status'] == status).sum()} {status}" for status in ("found", "changed", "missing"))
    print(f"{counts}: {result.attrs['edition']}")
    return int((result["status"] != "found").any())


def _coverage(options: argparse.Namespace) -> int:
    result = kz.coverage(_copy(options), options.tables)
    for _, row in result.iterrows():
        print(f"paragraph {row['paragraph']:<3} {row['status']:11} {row['text']:36} {row['row'] or row['reason']}")
    counts = ", ".join(f"{n} {status}" for status, n in result["status"].value_counts().items())
    print(f"{len(result)} quantities: {counts}")
    return int((result["status"] == "unaccounted").any())


def _annotations(options: argparse.Namespace) -> None:
    print(json.dumps(kz.annotations(options.copy and _copy(options), options.tables), indent=2))


def _run(options: argparse.Namespace) -> int:
    """Re-run notebooks: for the charts that they export, or to store their outputs."""
    found, tables = _notebooks(options), _checked(options)
    from rich.console import Console

    from kzdata.drawing.export import FORMATS
    from kzdata.notebook.execute import failed, print_exports, run_all, save

    for name in options.formats.split(",") if options.formats is not None else []:
        if name not in FORMATS:
            options.error(f"no format {name!r}, expected some of {','.join(FORMATS)}")
    if options.cell_seconds < 1:
        options.error(f"--cell-seconds is {options.cell_seconds}, expected 1 or more")
    for name in options.only or []:
        if name not in found:
            options.error(f"no notebook {name!r}, expected one of {', '.join(found)}")
    paths, screen, environment = [found[name] for name in sorted(set(options.only or found))], Console(), {}
    if options.out:
        environment["KZDATA_EXPORTS"] = str(_folder(options.out))
    if options.formats:
        environment["KZDATA_FORMATS"] = options.formats
    console.clear_up_when_interrupted()
    runs = run_all(paths, environment | tables.environment(), screen, options.cell_seconds)
    if options.command == "notebooks" and tables.original:
        print(f"Not stored in the notebooks, which show the package's tables: {tables.folder}'s outputs")
    elif options.command == "notebooks":
        for run in runs:
            if not run.error:
                save(run)
    print_exports(runs, screen)
    return failed(runs)


def _report(options: argparse.Namespace) -> int:
    found, tables = _notebooks(options), _checked(options)
    from rich.console import Console

    from kzdata.drawing.export import project_root
    from kzdata.notebook.execute import failed
    from kzdata.notebook.report import write_report

    folder = _folder(options.out or project_root() / "report")
    console.clear_up_when_interrupted()
    runs = write_report(folder, list(found.values()), Console(), tables)
    if not any(run.error for run in runs):
        print(f"Report: {folder / 'index.html'}")
    return failed(runs)


def _notebooks(options: argparse.Namespace) -> dict[str, Path]:
    """The notebooks by their names, if all that runs them is there; other commands need neither it nor matplotlib."""
    for name in EXTRA:
        import_module(name)
    from kzdata.drawing.export import project_root

    folder = project_root() / "notebooks"
    if not (found := {path.stem: path for path in sorted(folder.glob("*.ipynb"))}):
        options.error(f"no notebooks in {folder}: run this in a clone of the project")
    return found


def _checked(options: argparse.Namespace) -> kz.Tables:
    """The tables: a mistake in one is told in a sentence, before any notebook runs into it."""
    tables = kz.Tables(options.tables)
    for name in names():
        tables[name]
    return tables


def _folder(given: str | Path) -> Path:
    return Path(os.path.expanduser(given)).resolve()


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output, such as head, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except (kz.DataError, OSError) as error:
        print(error, file=sys.stderr)
        status = 2
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        status = console.INTERRUPTED
    sys.exit(status)
