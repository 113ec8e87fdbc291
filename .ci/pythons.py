"""Run the quick tests on every other Python of this machine that kzdata promises to work with: pythons.py MAKE."""

import os
import subprocess
import sys
from pathlib import Path

FIRST = 11  # of 3.x, as pyproject.toml promises
ASK = "import ensurepip, sys, venv; print('{}.{}'.format(*sys.version_info), sys.implementation.name)"


def candidates() -> list[Path]:
    """What is on the PATH under its versioned name, and pyenv's own, which its PATH hides while another is chosen."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    folders = [*map(Path, os.get_exec_path()), *sorted(pyenv.glob("versions/3.*/bin"), reverse=True)]
    return [python for folder in folders for python in sorted(folder.glob("python3.[1-9][0-9]"))]


def found() -> dict[str, Path]:
    """One working Python of each minor version but the one that runs this."""
    pythons = {}
    for python in candidates():
        version = python.name.removeprefix("python")
        if int(version[2:]) < FIRST or version == f"3.{sys.version_info.minor}" or version in pythons:
            continue
        answer = subprocess.run([python, "-c", ASK], capture_output=True, text=True)
        if answer.stdout.split() == [version, "cpython"]:
            pythons[version] = python
    return dict(sorted(pythons.items()))


def main(make: str) -> int:
    pythons = found()
    print(f"Other Pythons on this machine: {', '.join(pythons) or 'none'}", flush=True)
    if not pythons:
        print("Only one Python of those that kzdata promises could be tested: install another", file=sys.stderr)
        return int("CI" in os.environ)
    failed = []
    for version, python in pythons.items():
        print(f"\nThe quick tests on Python {version}: {python}", flush=True)
        command = [make, "test-quick", f"PYTHON={python}", f"ENVIRONMENT=.venv-{version}"]
        if subprocess.run(command).returncode:
            failed.append(version)
    passed = [version for version in pythons if version not in failed]
    print(f"\nThe quick tests passed on Python {', '.join(passed) or 'none'}; failed on {', '.join(failed) or 'none'}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
