"""Re-run the notebooks: several at once, with progress, and a clear report of a cell that fails."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress
from rich.table import Column, Table

CELL_SECONDS = 600  # that a cell may take
STOP_SECONDS = 10  # that an interrupted one may take to clear up
WIDGET = "application/vnd.jupyter.widget-view+json"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
OnCell = Callable[[int, str, NotebookClient], None]  # told the place and the name of each cell that begins


@dataclass
class Run:
    """What became of one notebook."""

    path: Path
    notebook: nbformat.NotebookNode  # with new outputs, up to the cell that failed
    error: str = ""  # or that cell, its source and its traceback


def exported(cell: nbformat.NotebookNode) -> list[str]:
    """The files that a cell exported, as seen from its notebook's folder."""
    return [file for output in cell.get("outputs", []) for file in output.get("metadata", {}).get("kzdata", [])]


def run_notebook(path: Path, environment: dict[str, str], on_cell: OnCell, cell_seconds: int = CELL_SECONDS) -> Run:
    """Execute a notebook in its own folder, without writing it; the environment is added to that of this process."""
    run, place = Run(path, nbformat.read(path, as_version=4)), 0
    for code in (cell for cell in run.notebook.cells if cell.cell_type == "code"):
        code.outputs = []  # or those behind a cell that fails would pass for new ones

    def begin(cell: nbformat.NotebookNode, cell_index: int) -> None:
        nonlocal place
        place = cell_index
        on_cell(cell_index, cell.get("id", str(cell_index)), client)

    client = NotebookClient(
        run.notebook,
        timeout=cell_seconds,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,  # how many pieces a text comes in depends on the moment
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # not its warning about local TCP, once a notebook
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=begin,
    )
    try:
        client.execute(env=os.environ | environment)
    except (CellControlSignal, DeadKernelError) as error:
        cell = run.notebook.cells[place]
        trace = ANSI.sub("", getattr(error, "traceback", "") or str(error)).rstrip()
        run.error = f"{path.name}, cell {place + 1} ({cell.get('id')}):\n\n{cell.source}\n\n{trace}"
    return run


def run_all(
    paths: list[Path], environment: dict[str, str], console: Console, cell_seconds: int = CELL_SECONDS
) -> list[Run]:
    """Execute notebooks, as many at once as there are cores, with a progress bar on a terminal.

    Ctrl-C interrupts the cells that run, so that they leave no files half-written.
    """
    columns = "{task.description}", BarColumn(), MofNCompleteColumn(), "{task.fields[cell]}"
    clients: set[NotebookClient] = set()  # whose kernels are ready, so that they hear an interruption
    stopped = threading.Event()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:

        def one(path: Path) -> Run:
            cells = len(nbformat.read(path, as_version=4).cells)
            task = progress.add_task(path.stem, total=cells, cell="")

            def begin(n: int, name: str, client: NotebookClient) -> None:
                if stopped.is_set():
                    raise InterruptedError
                clients.add(client)
                progress.update(task, completed=n, cell=name)

            run = run_notebook(path, environment, begin, cell_seconds)
            progress.update(task, completed=None if run.error else cells, cell="")  # None: as far as it came
            if not console.is_terminal and not stopped.is_set():
                console.print(f"{path.stem}: {'failed' if run.error else f'{cells} cells'}", highlight=False)
            return run

        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            runs = [pool.submit(one, path) for path in paths]
            try:
                return [run.result() for run in runs]
            except BaseException:
                stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                _stop(clients, runs)
                raise


def _stop(clients: set[NotebookClient], runs: list[Future[Run]]) -> None:
    """Interrupt the cells that run; end the kernels of those that go on regardless."""
    for client in clients:
        client.shutdown_kernel = "immediate"  # once the cell has ended
    for kernel in [client.km for client in clients if client.km]:
        with suppress(RuntimeError):  # it has just ended
            run_sync(kernel.interrupt_kernel)()  # type: ignore[arg-type]
    if wait([run for run in runs if not run.cancelled()], timeout=STOP_SECONDS).not_done:
        for kernel in [client.km for client in clients if client.km]:
            if kernel.provisioner:
                run_sync(kernel.provisioner.kill)()


def print_exports(runs: list[Run], console: Console) -> None:
    """Print which files the notebooks exported."""
    files = [run.path.parent / file for run in runs for cell in run.notebook.cells for file in exported(cell)]
    if files:
        table = Table("chart", "files", Column("kB", justify="right"), box=None, pad_edge=False,
                      title=f"Exported to {files[0].resolve().parent}", title_justify="left")  # fmt: skip
        for name in dict.fromkeys(file.stem for file in files):
            mine = [file for file in files if file.stem == name]
            size = sum(file.stat().st_size for file in mine) / 1000
            table.add_row(name, " ".join(file.suffix[1:] for file in mine), f"{size:,.0f}")
        console.print(table, soft_wrap=True)


def failed(runs: list[Run]) -> int:
    """Print which cells failed; returns the exit status."""
    errors = [run.error for run in runs if run.error]
    for error in errors:
        print(f"\nFAILED {error}")
    return 1 if errors else 0


def save(run: Run) -> None:
    """Write a notebook with its new outputs, its metadata reduced to what does not change from run to run."""
    notebook = run.notebook
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)  # of a kernel that is gone; its text and HTML stay
    temporary = run.path.with_suffix(".tmp")
    try:
        nbformat.write(notebook, temporary)
        os.replace(temporary, run.path)
    finally:
        temporary.unlink(missing_ok=True)  # of a write that failed
