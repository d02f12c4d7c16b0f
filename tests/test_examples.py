"""Each example is run as another app would run it: a program of its own, in a folder of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(name: str, folder: Path, typed: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLES / name)],
        cwd=folder,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_the_quickstart_suggests_three_and_goes_on_from_its_store(tmp_path: Path) -> None:
    first = run("quickstart.py", tmp_path).splitlines()
    second = run("quickstart.py", tmp_path).splitlines()
    assert len(first) == len(second) == 3
    assert all(line.endswith(" - new to you") for line in first)
    assert first[0] not in second, "what was done rests"


def test_an_evening_offers_three_keeps_what_was_done_and_ends(tmp_path: Path) -> None:
    shown = run("evening.py", tmp_path, "no\nyes\n1\nq\nenough\n")
    assert shown.count("Which one?") == 2
    assert shown.count("Could you say no tonight") == 2, "each reads the notice, alone"
    assert shown.endswith("Good night.\n")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_suggestion_of_the_evening_can_be_done_to_the_end(tmp_path: Path, number: int) -> None:
    shown = run("evening.py", tmp_path, f"yes\nyes\n{number}\n" + "\n" * 60)
    assert shown.endswith("Good night.\n")


def test_an_evening_that_nobody_goes_on_with_ends_quietly(tmp_path: Path) -> None:
    assert run("evening.py", tmp_path, "yes\n").endswith("Good night.\n")
