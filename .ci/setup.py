"""Set up the environment that the Makefile's targets run in: setup.py FOLDER VERSIONS LEVEL.

A file ``.ready-LEVEL`` in the folder says that it has what that level needs. While packages are being put in,
none is there, but ``.unfinished``: a folder with that one is made anew.
"""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

#: What each level adds to those before it: extras of pyproject.toml, what for, MB on disk, seconds with a fast network.
LEVELS = {
    "notebooks": ("notebooks", "charts and notebooks", 500, 50),
    "test": ("test,check", "tests", 140, 20),
    "browser": ("browser", "tests in a browser", 180, 10),
}


def main(folder: Path, versions: str, level: str) -> int:
    environment = Environment(folder)
    levels = list(LEVELS)[: 1 + max(map(list(LEVELS).index, [level, *environment.levels]))]
    new = [LEVELS[name] for name in levels if name not in environment.levels]
    what = ", ".join(about for _, about, _, _ in new) or "a changed pyproject.toml"
    print(f"Setting up {folder} for {what}: {sum(mb for *_, mb, _ in new)} MB, about {sum(s for *_, s in new) or 10} s "
          "with a fast network, some minutes with a slow one. This is done once.", flush=True)  # fmt: skip
    start = time.monotonic()
    try:
        failed = environment.make() or environment.install(versions, ",".join(LEVELS[name][0] for name in levels))
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # no second one meanwhile
        environment.clear()
        print("\n" * sys.stdout.isatty() + "Interrupted; the next make starts the set-up again.", file=sys.stderr)
        return 130
    if failed:
        print(f"\n{failed}\nThe set-up failed; what is wrong stands above.", file=sys.stderr)
        return 1
    environment.finish(levels)
    print(f"Ready after {time.monotonic() - start:.0f} s.", flush=True)
    return 0


class Environment:
    """A virtual environment, and how far it is."""

    def __init__(self, folder: Path):
        self.folder, self.unfinished = folder, folder / ".unfinished"
        self.clear()
        self.levels = [name for name in LEVELS if (folder / f".ready-{name}").exists()]

    def clear(self) -> None:
        """Remove what an interrupted set-up left."""
        if self.unfinished.exists():
            shutil.rmtree(self.folder)

    def begin(self) -> None:
        """From here on an interruption leaves the folder unusable."""
        self.folder.mkdir(exist_ok=True)
        self.unfinished.touch()
        for name in LEVELS:
            (self.folder / f".ready-{name}").unlink(missing_ok=True)

    def finish(self, levels: list) -> None:
        for name in levels:
            (self.folder / f".ready-{name}").touch()
        self.unfinished.unlink(missing_ok=True)

    def make(self) -> str:
        if (self.folder / "pyvenv.cfg").exists():
            return ""
        self.begin()
        return run([sys.executable, "-m", "venv", str(self.folder)])

    def install(self, versions: str, extras: str) -> str:
        pip = [str(self.folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
        wanted = ["--constraint", f".ci/{versions}.txt", "--editable", f".[{extras}]"]
        return run([*pip, *wanted], before_installing=self.begin)


def run(command: list, before_installing=lambda: None) -> str:
    """Run a command and show what it is at; returns the end of what it said, if it failed."""
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            for line in process.stdout:
                said.append(line)
                if line.startswith("Installing collected packages"):
                    before_installing()
                    show("Installing the packages", last=True)
                elif line.startswith("Collecting "):
                    show(line.split(" (from")[0].strip())
        except KeyboardInterrupt:
            process.terminate()
            raise
    return "".join(said[-20:]) if process.returncode else ""


def show(text: str, last: bool = False) -> None:
    """On a terminal in one line, elsewhere only the last."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text[:78]}", end="\n" if last else "", flush=True)
    elif last:
        print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
