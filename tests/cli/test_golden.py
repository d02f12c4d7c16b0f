"""Whole evenings, as they are seen, in ``golden/*.txt``.

To write them anew after a change that is meant: ``REWRITE_GOLDEN=1 uv run pytest tests/cli/test_golden.py``, and then
read what has changed in them; they are the screens.
"""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import click
import pytest
from cli.evenings import Evening
from click.testing import CliRunner
from rich.console import Console

from intimacy_kit.cli.commands import cli
from intimacy_kit.cli.showing import show_activity
from intimacy_kit.cli.translating import translate_command
from intimacy_kit.loading.catalog import Catalog

GOLDEN = Path(__file__).parent / "golden"
YES = "", "3", "", "9", "", ""  # ready, tender, the notice, worry, right so, done
LOWER = "", "2", "9, 99 x", "", "1", "?", "", "2", "", ""  # no worry; not for a month, support, never, may stay
ACT = "small act", "", "", ""  # chosen by its words, begun, and a turn for each


def check(name: str, seen: str) -> None:
    """Compare what was seen with what is kept."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(seen, "utf-8", newline="\n")
    assert seen == path.read_text("utf-8")


def test_a_first_evening(evening: Evening) -> None:
    answers = ("Ada", "Ben", "", "1", "", *YES, "1", "15", *ACT, "", "", "sound", "d", "", "enough")
    check("first_evening", evening.play(*answers, minutes=None))


def test_an_exercise_with_turns(two: Evening) -> None:
    check(
        "exercise_with_turns",
        two.play("2", "", "w", "", "", "", "b", "n", "", "", "n", "q", first="kettle-time/one-pours-one-tells"),
    )


def test_an_exercise_that_is_left_and_gone_on_with(two: Evening) -> None:
    seen = two.play("2", "", "q", "", first="kettle-time/one-pours-one-tells")
    check("exercise_left_and_gone_on_with", seen + two.play("", "n", "n", "n", "q"))


@pytest.mark.parametrize(("end", "choices"), [("asked", ("1", "", "", "")), ("washed", ("2", "", ""))])
def test_a_story_to_each_of_its_ends(two: Evening, end: str, choices: tuple[str, ...]) -> None:
    check(f"story_{end}", two.play(*choices, "q", first="kettle-time/two-cups"))


def test_a_check_in_with_circles(two: Evening) -> None:
    check("check_in_with_circles", two.play("", "7", "2", "", "", "3", "", "q", first="kettle-time/near"))


def test_a_check_in_for_the_second_time(one: Evening) -> None:
    one.play("", "0", "10", "", "q", first="kettle-time/two-things")
    one.now += timedelta(days=60)
    check("check_in_again", one.play("", "4", "5", "", "q", first="kettle-time/two-things"))


def test_a_guide(two: Evening) -> None:
    check("guide", two.play("", "q", first="kettle-time/why-tea"))


def test_a_tender_prompt(open_two: Evening) -> None:
    not_yet = open_two.play("q", first="kettle-time/a-small-worry")
    open_two.offered("kettle-time/second-cup")
    open_two.play("", "q", first="kettle-time/second-cup")
    open_two.offered("kettle-time/a-small-worry")
    check("tender_prompt", not_yet + open_two.play("", "", "q", first="kettle-time/a-small-worry"))


def test_one_alone(evening: Evening) -> None:
    check("one_alone", evening.play("", "", "", "2", "", "", "", "", "10", "tells", "", "q", minutes=None))


def test_one_alone_with_a_prompt(one: Evening) -> None:
    check("one_alone_prompt", one.play("d", "", "q", first="kettle-time/before-it-boils"))


def test_nothing_fits(two: Evening) -> None:
    check("nothing_fits", two.play("", "t", "often", "240", "", "", "", "q", minutes=1))


def test_boundaries_are_lowered_and_something_is_declined(open_two: Evening) -> None:
    check("boundaries", open_two.play("b", "2", *LOWER, "q"))


COMMANDS = ["", *cli.list_commands(click.Context(cli)), *(f"translate {name}" for name in translate_command.commands)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str) -> None:
    ran = CliRunner().invoke(cli, [*command.split(), "--help"], prog_name="intimacy-kit", terminal_width=100)
    assert ran.exit_code == 0
    check(f"help_{command.replace(' ', '_') or 'all'}", ran.output)


@pytest.mark.parametrize(
    "slug", ["before-it-boils", "a-small-worry", "one-pours-one-tells", "two-cups", "near", "two-things", "why-tea"]
)
def test_show(kettle: Catalog, slug: str) -> None:
    shown = StringIO()
    show_activity(Console(file=shown, width=100, color_system=None), kettle[f"kettle-time/{slug}"])
    check(f"show_{slug}", "".join(f"{line.rstrip()}\n" for line in shown.getvalue().splitlines()))
