"""What a benchmark is here: a work and the floor below it, timed in turns; and the table of all of them."""

import cProfile
import pstats
import statistics
from time import perf_counter

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text


def seconds(function) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start


@pytest.fixture
def over(benchmark):
    """Time a work and its floor in turns, so that both meet the same state of the machine.

    A work that misses its goal is profiled, or ``inner``: the part of it that runs in other processes.
    """

    def measure(work, floor, times, goal=None, scale=1, inner=None):
        floors = []
        benchmark.pedantic(work, setup=lambda: floors.append(scale * seconds(floor)), rounds=times, warmup_rounds=1)
        ratios = [mine / below for mine, below in zip(benchmark.stats.stats.data, floors[-times:])]
        result = {"floor": statistics.median(floors[-times:]), "ratio": statistics.median(ratios), "goal": goal}
        benchmark.extra_info |= result | {"profile": most(inner or work) if goal and result["ratio"] > goal else []}

    return measure


def most(work, lines: int = 5) -> list[str]:
    """The functions in which most of the time of a work is spent, with their share of it."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile)
    timed = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:lines]
    return [
        f"{own / stats.total_tt:.0%} {name} ({file.rpartition('/')[2]})" for (file, _, name), (_, _, own, *_) in timed
    ]


def pytest_terminal_summary(config):
    table = Table("work over floor", "floor ms", "work ms", "ratio", "goal", "", box=None, pad_edge=False)
    for column in table.columns[1:5]:
        column.justify = "right"
    console = Console(width=110)
    benches = config._benchmarksession.benchmarks
    for bench in benches:
        info = bench.extra_info
        times = info["floor"], bench.stats.median
        goal = ["", ""] if info["goal"] is None else [f"{info['goal']:.2f}", "missed" if info["profile"] else ""]
        name = Text(bench.name.removeprefix("test_"))
        table.add_row(name, *(f"{time * 1e3:,.1f}" for time in times), f"{info['ratio']:.2f}", *goal)
    console.print(table)
    for bench in benches:
        if lines := bench.extra_info["profile"]:
            console.print(f"\n{bench.name}: {', '.join(lines)}", markup=False, highlight=False, soft_wrap=True)
