"""Where the tests of durability put files, and how they start programs of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["folder_in_memory", "program"]

_TESTS = Path(__file__).parents[1]
_IN_MEMORY = Path("/dev/shm")


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Give a folder of a file system that waits for no disk, where the machine has one: many more appends a second."""
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="ikit-", dir=place) as folder:
        yield Path(folder)


@contextmanager
def program(name: str, *arguments: object, before: tuple[str, ...] = ()) -> Iterator["subprocess.Popen[str]"]:
    """Start a program of this folder; it is not left behind. What it runs is not measured: that takes twice as long."""
    command = [*before, sys.executable, "-m", f"durability.{name}", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment["PYTHONPATH"] = str(_TESTS)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        try:
            yield it
        finally:
            it.kill()
