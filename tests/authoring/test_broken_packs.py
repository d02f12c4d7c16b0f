"""Every folder in ``broken/`` is the sources of a pack, and ``problems.txt`` in it what is said of them, line by line.

A new case is a new folder; it needs no Python. Run once with ``REWRITE_GOLDEN=1`` to write its ``problems.txt``, and
read it: a writer will.
"""

import os
import re
from pathlib import Path

import pytest

from intimacy_kit.authoring.building import build, compile_pack

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_of_a_broken_pack_everything_is_said_and_nothing_is_built(case: str) -> None:
    folder = BROKEN / case
    built = build(folder)
    told = "".join(f"{problem}\n" for problem in built.problems)
    if os.environ.get("REWRITE_GOLDEN"):
        (folder / "problems.txt").write_text(told, "utf-8", newline="\n")
    assert told == (folder / "problems.txt").read_text("utf-8")
    assert told
    assert (built.pack, built.data) == (None, b"")
    assert not (folder / "src").exists()


def test_every_kind_of_wrong_reference_has_its_case() -> None:
    told = "".join((BROKEN / case / "problems.txt").read_text("utf-8") for case in CASES)
    assert {f"K2{number:02}" for number in range(1, 12)} <= set(re.findall(r" (K\d{3}) ", told))
    assert len(CASES) >= 15


@pytest.mark.parametrize("case", CASES)
def test_problems_come_in_the_order_of_files_and_lines_and_none_twice(case: str) -> None:
    problems = compile_pack(BROKEN / case).problems
    assert list(problems) == sorted(set(problems))
