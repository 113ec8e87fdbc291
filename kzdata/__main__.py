"""``python -m kzdata``: re-run the notebooks and export their charts; print the data dictionary."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kzdata.dictionary import markdown


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 a cell failed, 2 wrong arguments)."""
    parser = argparse.ArgumentParser(prog="python -m kzdata", description=__doc__.split(": ")[1])
    commands = parser.add_subparsers(dest="command", required=True)
    charts = commands.add_parser("charts", help="re-run the notebooks and export every chart")
    charts.add_argument("--out", metavar="DIR", help="folder for the files (default: exports/ of the project)")
    charts.add_argument("--formats", metavar="LIST", help="some of png,svg,pdf,csv (default: all)")
    notebooks = commands.add_parser("notebooks", help="re-run the notebooks and store their outputs")
    for command in (charts, notebooks):
        command.add_argument("--only", metavar="NAME", action="append", help="this notebook only, e.g. 02_economy")
    commands.add_parser("tables", help="print the data dictionary")
    options = parser.parse_args(arguments)
    if options.command == "tables":
        print(markdown(), end="")
        return 0
    return _run(parser, options)


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    # Imported here: the tables command needs neither matplotlib nor Jupyter.
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
