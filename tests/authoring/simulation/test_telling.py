"""A report as text.

To write ``golden/*`` anew after a change that is meant: ``REWRITE_GOLDEN=1 uv run pytest
tests/authoring/simulation/test_telling.py``, and then read what has changed in it.
"""

import os
from pathlib import Path

from attrs import evolve
from authoring.simulation.living import lived, shelf

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.simulation.reports import Measure
from intimacy_kit.authoring.simulation.telling import heading, told, value

GOLDEN = Path(__file__).parent / "golden"
KETTLE = Path(__file__).parents[2] / "cli" / "kettle"


def test_the_report_of_a_small_pack() -> None:
    kettle = compile_pack(KETTLE).pack
    assert kettle is not None
    report = lived(kettle, days=40)
    seen = told(report) + "".join(f"{problem}\n" for problem in report.problems)
    path = GOLDEN / "kettle.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(seen, "utf-8", newline="\n")
    assert seen == path.read_text("utf-8")
    assert max(map(len, told(report).splitlines())) <= 80


def test_it_says_what_was_not_lived() -> None:
    assert "not lived" not in told(lived(shelf(), days=61))
    assert "\nnot lived\n  one stops: that happens on day 20, and only 2 days are lived\n" in told(
        lived(shelf(), days=2)
    )


def test_long_names_leave_the_columns_where_they_are() -> None:
    report = lived(shelf(), days=2)
    long = evolve(report.personas[0], name="a" * 40, among="a" * 40)
    lives = tuple(evolve(one, persona="a" * 40) if one.persona == "everyday" else one for one in report.lives)
    lines = told(evolve(report, personas=(long, *report.personas[1:]), lives=lives)).splitlines()
    rows = [line for line in lines if line.startswith(("a" * 25, "deep-first"))]
    assert len({len(row) for row in rows}) == 1


def test_a_share_is_told_in_per_cent() -> None:
    measure = Measure(code="K601", name="never offered", value=0.25, limit=0.1, share=True)
    assert (value(measure, 0.25), value(evolve(measure, share=False), 1234)) == ("25%", "1,234")


def test_several_packs_are_named_together() -> None:
    assert heading(evolve(lived(shelf(), days=1), packs=(("tea", "1.0"), ("pot", "2")))).startswith(
        "tea 1.0 and pot 2: 12 activities, lived with for 1 day by "
    )
