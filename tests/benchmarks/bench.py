"""``make bench``: what kzdata costs, as ratios against a floor measured in the same run; fails above the bounds."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from functools import partial

import pandas as pd

import kzdata as kz

PROCESSES, CALLS = 21, 200
#: Each loader beside the file that it reads.
LOADERS = {
    kz.load_article: "article.csv",
    kz.load_excerpts: "excerpts.csv",
    kz.load_figures: "figures.csv",
    kz.load_economy: "figures.csv",
    kz.load_casualties: "figures.csv",
    kz.load_events: "events.csv",
    kz.load_places: "places.csv",
    kz.load_conflicts: "conflicts.csv",
    kz.load_uncoded: "uncoded.csv",
    kz.load_references: "references.csv",
    kz.load_rates: "rates.csv",
}


def process_seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def call_seconds(function) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def paired(mine, floor, times: int) -> tuple[float, float]:
    """Medians of runs taken in turns, so that both meet the same state of the machine."""
    mine(), floor()
    pairs = [(mine(), floor()) for _ in range(times)]
    return tuple(statistics.median(column) for column in zip(*pairs))


def main() -> int:
    results = [
        ("import kzdata / import pandas", 1.10, *paired(
            lambda: process_seconds("import kzdata"), lambda: process_seconds("import pandas"), PROCESSES)),
        ("all loaders / pandas.read_csv of their files", 1.50, *paired(
            lambda: sum(call_seconds(load) for load in LOADERS),
            lambda: sum(call_seconds(partial(pd.read_csv, kz.DATA_DIR / file)) for file in LOADERS.values()), CALLS)),
    ]  # fmt: skip
    for name, bound, mine, floor in results:
        print(f"{name}: {mine / floor:.2f} (bound {bound:.2f}; {mine * 1e3:.1f} ms / {floor * 1e3:.1f} ms)")
    return any(mine / floor > bound for _, bound, mine, floor in results)


if __name__ == "__main__":
    sys.exit(main())
