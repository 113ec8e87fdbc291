"""What a command prints reaches any console, and Ctrl-C ends it in one line."""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
import unicodedata
from typing import Any

INTERRUPTED = 130  # exit status
_ALIKE = str.maketrans(dict.fromkeys("‘’‚‹›", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‐‑‒–—−", "-"))


def prepare() -> None:
    """For the whole command, before pandas is imported: that takes a while, and in there an exception may be lost."""
    signal.signal(signal.SIGINT, _end)
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="nearest")


def clear_up_when_interrupted() -> None:
    """From here on there is something to stop and to remove: Ctrl-C raises KeyboardInterrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def write_file() -> None:
    """What follows goes into a file or to another program, unless it is shown: every letter, in UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def _end(*_: Any) -> None:
    os.write(2, b"Interrupted.\n")
    os._exit(INTERRUPTED)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """For a letter that the console lacks the nearest that it has, or else its number."""
    assert isinstance(error, UnicodeEncodeError)
    letters = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(_ALIKE))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.encode(error.encoding, "backslashreplace").decode(error.encoding), error.end
