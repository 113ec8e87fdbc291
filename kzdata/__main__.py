"""``python -m kzdata``: re-run the notebooks, export their charts, check the quotations, print the data dictionary."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from kzdata.dictionary import markdown


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 a cell, quotation or quantity fails, 2 unusable input)."""
    parser = argparse.ArgumentParser(prog="python -m kzdata", description=__doc__.split(": ")[1])
    commands = parser.add_subparsers(dest="command", required=True)
    charts = commands.add_parser("charts", help="re-run the notebooks and export every chart")
    charts.add_argument("--out", metavar="DIR", help="folder for the files (default: exports/ of the project)")
    charts.add_argument("--formats", metavar="LIST", help="some of png,svg,pdf,csv (default: all)")
    notebooks = commands.add_parser("notebooks", help="re-run the notebooks and store their outputs")
    for command in (charts, notebooks):
        command.add_argument("--only", metavar="NAME", action="append", help="this notebook only, e.g. 02_economy")
    verify = commands.add_parser("verify", help="look up every quotation in your own copy of the article")
    verify.add_argument("copy", metavar="PATH", help="the article, saved as plain text or as a web page")
    coverage = commands.add_parser("coverage", help="list every quantity of your copy with the row that codes it")
    coverage.add_argument("copy", metavar="PATH", help="as for verify")
    annotations = commands.add_parser("annotations", help="print the quotations as W3C Web Annotations (JSON-LD)")
    annotations.add_argument("copy", metavar="PATH", nargs="?", help="your copy, for offsets of each quotation")
    commands.add_parser("tables", help="print the data dictionary")
    options = parser.parse_args(arguments)
    if options.command == "tables":
        print(markdown(), end="")
        return 0
    if options.command in ("charts", "notebooks"):
        return _run(parser, options)
    from kzdata.article import CopyError

    try:
        copy = None if options.copy is None else Path(options.copy)
        return {"verify": _verify, "coverage": _coverage, "annotations": _annotations}[options.command](copy)
    except CopyError as error:
        print(error, file=sys.stderr)
        return 2


def _verify(copy: Path) -> int:
    from kzdata.article import verify

    result = verify(copy)
    for excerpt_id, row in result.iterrows():
        where = "" if row["status"] == "missing" else f"paragraph {row['paragraph']}"
        print(f"{row['status']:8} {where:13} {excerpt_id}")
        if row["status"] != "found":
            print(f"{'':9}{row['difference'] or row['expected']}")
    counts = ", ".join(f"{(result['status'] == status).sum()} {status}" for status in ("found", "changed", "missing"))
    print(f"{counts}: {result.attrs['edition']}")
    return int((result["status"] != "found").any())


def _coverage(copy: Path) -> int:
    from kzdata.audit import coverage

    result = coverage(copy)
    for _, row in result.iterrows():
        print(f"paragraph {row['paragraph']:<3} {row['status']:11} {row['text']:36} {row['row'] or row['reason']}")
    counts = ", ".join(f"{n} {status}" for status, n in result["status"].value_counts().items())
    print(f"{len(result)} quantities: {counts}")
    return int((result["status"] == "unaccounted").any())


def _annotations(copy: Path | None) -> int:
    from kzdata.webannotation import annotations

    print(json.dumps(annotations(copy), ensure_ascii=False, indent=2))
    return 0


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    # Imported here: the other commands need neither matplotlib nor Jupyter.
    from rich.console import Console

    from kzdata.charts.export import FORMATS, project_root
    from kzdata.notebooks import report, run_all, save

    found = {path.stem: path for path in sorted((project_root() / "notebooks").glob("*.ipynb"))}
    if not found:
        parser.error(f"no notebooks in {project_root() / 'notebooks'}: run this in a clone of the project")
    for name in options.only or []:
        if name not in found:
            parser.error(f"no notebook {name!r}, expected one of {', '.join(found)}")
    environment = {}
    if options.command == "charts":
        for name in (options.formats or "").split(",") if options.formats is not None else []:
            if name not in FORMATS:
                parser.error(f"no format {name!r}, expected some of {','.join(FORMATS)}")
        environment |= {"KZDATA_EXPORTS": str(Path(options.out).resolve())} if options.out else {}
        environment |= {"KZDATA_FORMATS": options.formats} if options.formats else {}
    console = Console()
    runs = run_all([found[name] for name in sorted(set(options.only or found))], environment, console)
    if options.command == "notebooks":
        for run in runs:
            if not run.error:
                save(run)
    return report(runs, console)


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output, such as head, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
