"""``python -m kzdata``: re-run the notebooks, export their charts, check the quotations, print the data dictionary."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kzdata.dictionary import markdown


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 a cell failed or a quotation is not found, 2 unusable input)."""
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
    commands.add_parser("tables", help="print the data dictionary")
    options = parser.parse_args(arguments)
    if options.command == "tables":
        print(markdown(), end="")
        return 0
    if options.command == "verify":
        return _verify(options.copy)
    return _run(parser, options)


def _verify(copy: str) -> int:
    from kzdata.article import CopyError, verify

    try:
        result = verify(Path(copy))
    except CopyError as error:
        print(error, file=sys.stderr)
        return 2
    for excerpt_id, row in result.iterrows():
        where = "" if row["status"] == "missing" else f"paragraph {row['paragraph']}"
        print(f"{row['status']:8} {where:13} {excerpt_id}")
        if row["status"] != "found":
            print(f"{'':9}{row['difference'] or row['expected']}")
    counts = ", ".join(f"{(result['status'] == status).sum()} {status}" for status in ("found", "changed", "missing"))
    print(f"{counts}: {result.attrs['edition']}")
    return int((result["status"] != "found").any())


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
    sys.exit(main())
