"""Do the tests tell? Wrongs of mutations.toml, planted one at a time in a copy of the project, and the tests that see.

``make test-mutations``, or ``python tests/mutations.py [--check] [WORDS ...]`` for those of which a name, a function
or what it does holds one of the words.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
WRONGS: list[dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["wrong"]
AT_ONCE, EACH, IN_TOTAL, LEAST = 2, 600, 40 * 60, 0.95  # processes; seconds; seconds; share that is to be seen
LEFT_OUT = {".git", ".hypothesis", "exports", "report", ".mypy_cache", ".pytest_cache", ".ruff_cache"}  # of the project
SELF = "tests/test_mutations.py"  # fails wherever a wrong is planted: its text is no longer there
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not slow", "--tb=no", "-p", "no:xdist",
          "-p", "no:cacheprovider", "--ignore=tests/browser"]  # fmt: skip


def file_of(function: str, project: Path) -> Path:
    return project.joinpath(*function.partition(":")[0].split(".")).with_suffix(".py")


def planted(wrong: dict[str, str], project: Path = ROOT) -> str:
    """The source of the module with the wrong in it; a ValueError if the list no longer fits the code."""
    source = file_of(wrong["function"], project).read_text(encoding="utf-8")
    node: ast.AST = parsed(source)
    for name in wrong["function"].partition(":")[2].split("."):
        (node,) = (child for child in ast.iter_child_nodes(node) if name in names_of(child))
    lines = source.splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno
    part = "".join(lines[first:last])
    if (times := part.count(wrong["old"])) != 1:
        raise ValueError(f"{wrong['function']}: {wrong['old']!r} stands there {times} times ({wrong['what']})")
    changed = "".join([*lines[:first], part.replace(wrong["old"], wrong["new"]), *lines[last:]])
    compile(changed, wrong["function"], "exec")
    return changed


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def names_of(node: ast.AST) -> set[str]:
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {getattr(node, "name", None), *(getattr(target, "id", None) for target in targets)} - {None}


def left_out(folder: str, names: list[str]) -> set[str]:
    here = set(names) & {"__pycache__"}
    return here | {n for n in names if Path(folder) == ROOT and (n in LEFT_OUT or n.startswith(".venv"))}


@contextmanager
def copied() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kzdata-mutant-") as folder:
        project = Path(shutil.copytree(ROOT, Path(folder, "project"), ignore=left_out))
        if (ROOT / ".venv").exists():
            (project / ".venv").symlink_to(ROOT / ".venv")
        yield project


def tests_for(function: str) -> list[list[str]]:
    """The tests that are most likely to see a wrong, and all others: the first take seconds."""
    module = function.partition(":")[0].removeprefix("kzdata.")
    near = ["edges", "passages", "commands", "site", module]
    if module.startswith(("charts", "drawing")):
        near = ["pictures", "each_picture", "titles", "files"]
    if module.startswith("quotations"):
        near = ["passages", "audit", "verification", "copies"]
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("test_*.py")} - {SELF}
    first = [f"tests/test_{name}.py" for name in near if f"tests/test_{name}.py" in modules]
    return [first, [*sorted(modules - set(first)), "notebooks"]]


def run(project: Path, tests: list[str]) -> tuple[int | None, str]:
    """The exit status of pytest (None if it took too long) and what it printed."""
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [*PYTEST, *tests], cwd=project, env=environment, text=True, start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=EACH)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # and the kernels that it has started
        process.communicate()
        return None, ""
    return process.returncode, said


def outcome(wrong: dict[str, str], deadline: float) -> tuple[str, float]:
    """The test that sees the wrong, or SURVIVED or NOT RUN; and after how many seconds."""
    start = time.monotonic()
    if start > deadline:
        return "NOT RUN", 0
    with copied() as project:
        file_of(wrong["function"], project).write_text(planted(wrong), encoding="utf-8")
        for tests in tests_for(wrong["function"]):
            if (result := run(project, tests))[0] != 0:
                break
    status, said = result
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.M)
    if status not in (None, 0) and not found:
        raise RuntimeError(f"{wrong['function']}: {wrong['what']}: pytest ended with {status}\n{said}")
    seen = "SURVIVED" if status == 0 else "took too long" if status is None else str(found and found[1])
    return seen, time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only see that each wrong fits the code")
    parser.add_argument("words", metavar="WORDS", nargs="*")
    options = parser.parse_args()
    chosen = [w for w in WRONGS if not options.words or any(word in " ".join(w.values()) for word in options.words)]
    for wrong in chosen:
        planted(wrong)
    if options.check:
        return 0
    deadline = time.monotonic() + IN_TOTAL
    with copied() as project:
        status, said = run(project, sum(tests_for(""), []))
    if status != 0:
        print(said or f"More than {EACH} s.", "The tests fail where nothing is wrong.", sep="\n", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = 0
        for wrong, (by, seconds) in zip(chosen, pool.map(lambda wrong: outcome(wrong, deadline), chosen)):
            seen += by not in ("SURVIVED", "NOT RUN")
            print(f"{seconds:4.0f} s  {wrong['function']}: {wrong['what']}\n        {by}", flush=True)
    print(f"{seen} of {len(chosen)} wrongs are seen, {seen / len(chosen):.0%}; at least {LEAST:.0%} must be.")
    return int(seen < LEAST * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
