"""``python -m kzdata``: re-run the notebooks, export their charts, check the quotations, print the tables."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kzdata import console

if __name__ == "__main__":
    console.prepare()

from kzdata import listing
from kzdata.csvfile import DataError
from kzdata.schema import dictionary, names
from kzdata.source.read_copy import CopyError
from kzdata.tables import Tables, new_tables

COPY = "the article, saved as plain text or as a web page; - is the standard input"
EXTRA = ("rich", "ipykernel", "ipywidgets", "nbformat", "nbclient", "nbconvert")  # of kzdata[notebooks]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 a cell, quotation or quantity fails, 2 unusable input)."""
    parser, commands = _parser()
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(commands[options.command], options)
    except (CopyError, MissingExtra) as error:
        print(error, file=sys.stderr)
        status = 2
    return status


def _parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    about = "Figures of an article on the revolt in Kazakhstan of January 2022: charts, checks and tables."
    parser = argparse.ArgumentParser(prog="python -m kzdata", description=about)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands: dict[str, argparse.ArgumentParser] = {}

    def add(name: str, run: Callable[..., int], does: str, own_tables: bool = True) -> argparse.ArgumentParser:
        commands[name] = subparsers.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        commands[name].set_defaults(run=run)
        if own_tables:
            commands[name].add_argument("--tables", metavar="DIR", help="folder with your own copy of the tables "
                                        "(default: KZDATA_TABLES, or the package's)")  # fmt: skip
        return commands[name]

    charts = add("charts", _charts, "re-run the notebooks and export every chart")
    charts.add_argument("--out", metavar="DIR", help="folder for the files (default: exports/ of the project)")
    charts.add_argument("--formats", metavar="LIST", help="some of png,svg,pdf,csv (default: all)")
    report = add("report", _report, "re-run the notebooks and write a static site of them, with charts and tables")
    report.add_argument("--out", metavar="DIR", help="folder for the site (default: report/ of the project)")
    notebooks = add("notebooks", _notebooks, "re-run the notebooks and store their outputs, unless of your own tables")
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
    return parser, commands


def _new_tables(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    folder = new_tables(options.folder)
    print(f"Tables to change: {folder}")
    print(f"Then: python -m kzdata charts --tables {options.folder}")
    return 0


def _dictionary(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    print(dictionary(), end="")
    return 0


def _tables(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    for name in options.names:
        if name not in names():
            parser.error(f"no table {name!r}, expected some of {', '.join(names())}")
    wanted, tables = options.names or names(), Tables(options.tables)
    if options.csv and len(wanted) > 1:
        parser.error("--csv prints one table: name it, as in python -m kzdata tables figures --csv")
    if options.json or options.csv:
        console.write_file()
        print(listing.as_json(tables, wanted) if options.json else listing.as_csv(tables, *wanted), end="")
    else:
        print("\n\n".join(listing.as_text(tables, name) for name in wanted), end="")
    return 0


def _copy(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Path:
    """The reader's copy of the article, which is asked for if it is not given."""
    if options.copy is None:
        url = Tables(options.tables).edition()["url"]
        parser.error(f"{options.command} needs your copy of the article: save {url} as text or as a web page, "
                     f"then run python -m kzdata {options.command} PATH")  # fmt: skip
    return Path("/dev/stdin") if options.copy == Path("-") else options.copy


def _verify(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from kzdata.source.verify import verify

    result = verify(_copy(parser, options), options.tables)
    for excerpt_id, row in result.iterrows():
        where = "" if row["status"] == "missing" else f"paragraph {row['paragraph']}"
        print(f"{row['status']:8} {where:13} {excerpt_id}")
        if row["difference"] or row["status"] == "missing":
            print(f"{'':9}{row['difference'] or row['expected']}")
    counts = ", ".join(f"{(result['status'] == status).sum()} {status}" for status in ("found", "changed", "missing"))
    print(f"{counts}: {result.attrs['edition']}")
    return int((result["status"] != "found").any())


def _coverage(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from kzdata.source.coverage import coverage

    result = coverage(_copy(parser, options), options.tables)
    for _, row in result.iterrows():
        print(f"paragraph {row['paragraph']:<3} {row['status']:11} {row['text']:36} {row['row'] or row['reason']}")
    counts = ", ".join(f"{n} {status}" for status, n in result["status"].value_counts().items())
    print(f"{len(result)} quantities: {counts}")
    return int((result["status"] == "unaccounted").any())


def _annotations(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from kzdata.source.annotations import annotations

    copy = None if options.copy is None else _copy(parser, options)
    print(json.dumps(annotations(copy, options.tables), indent=2))
    return 0


def _charts(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    _check_extras(options)
    from kzdata.paper.export import FORMATS

    for name in options.formats.split(",") if options.formats is not None else []:
        if name not in FORMATS:
            parser.error(f"no format {name!r}, expected some of {','.join(FORMATS)}")
    environment = {"KZDATA_EXPORTS": str(_folder(options.out))} if options.out else {}
    return _run(parser, options, environment | ({"KZDATA_FORMATS": options.formats} if options.formats else {}))


def _notebooks(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    _check_extras(options)
    return _run(parser, options, {})


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace, environment: dict[str, str]) -> int:
    from rich.console import Console

    from kzdata.notebook.execute import exported, failed, run_all, save

    found, screen, tables = _found(parser), Console(), Tables(options.tables)
    if options.cell_seconds < 1:
        parser.error(f"--cell-seconds is {options.cell_seconds}, expected 1 or more")
    for name in options.only or []:
        if name not in found:
            parser.error(f"no notebook {name!r}, expected one of {', '.join(found)}")
    paths = [found[name] for name in sorted(set(options.only or found))]
    console.clear_up_when_interrupted()
    runs = run_all(paths, environment | tables.environment(), screen, options.cell_seconds)
    if options.command == "notebooks":
        for run in runs if tables.original is None else []:
            if not run.error:
                save(run)
        if tables.original:
            screen.print(f"Not stored in the notebooks, which show the package's tables: {tables.folder}'s outputs",
                         highlight=False, soft_wrap=True)  # fmt: skip
    exported(runs, screen)
    return failed(runs, screen)


def _report(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    _check_extras(options)
    from rich.console import Console

    from kzdata.notebook.execute import failed
    from kzdata.notebook.report import write_report
    from kzdata.paper.export import project_root

    found, screen, tables = _found(parser), Console(), Tables(options.tables)
    folder = _folder(options.out or project_root() / "report")
    console.clear_up_when_interrupted()
    runs = write_report(folder, list(found.values()), screen, tables)
    if not any(run.error for run in runs):
        screen.print(f"Report: {folder / 'index.html'}", highlight=False, soft_wrap=True)
    return failed(runs, screen)


class MissingExtra(ImportError):
    """A package that only some commands need is not installed."""


def _check_extras(options: argparse.Namespace) -> None:
    """Imported after this: the other commands need neither matplotlib nor Jupyter."""
    try:
        for name in EXTRA:
            import_module(name)
    except ModuleNotFoundError as error:
        needs = f"python -m kzdata {options.command} needs {error.name}, which is not installed"
        raise MissingExtra(f"{needs}: pip install 'kzdata[notebooks]'") from None


def _found(parser: argparse.ArgumentParser) -> dict[str, Path]:
    """The notebooks by their names."""
    from kzdata.paper.export import project_root

    folder = project_root() / "notebooks"
    if not (found := {path.stem: path for path in sorted(folder.glob("*.ipynb"))}):
        parser.error(f"no notebooks in {folder}: run this in a clone of the project")
    return found


def _folder(given: str | Path) -> Path:
    return Path(os.path.expanduser(given)).resolve()


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
