"""Importing a spreadsheet, as a writer sees it; ``REWRITE_GOLDEN=1`` writes the screens anew: read them then."""

import os
import re
import shutil
from pathlib import Path

import click
import pytest
from authoring.importing.sheets import Cells, write
from click.testing import CliRunner, Result

from intimacy_kit.authoring.building import build
from intimacy_kit.cli.importing import import_command
from intimacy_kit.errors import KitError

GOLDEN = Path(__file__).parent / "golden"
TEA = Path(__file__).parents[1] / "authoring" / "codes" / "tea"

EVENING: Cells = [
    ["Question", "Skills", "How deep", "Minutes", "Follow-up (deeper)", "Comment"],
    [
        "Which stair at home would you warn a guest about?",
        "Listening, trust",
        "1 - light",
        "5 min",
        "Who taught you?",
        "R.",
    ],
    ["Which tap here has to be talked to?", "listning", "light", "5-10", "", ""],
    ["What broke first, and who swept it up?", "conversation", 1, 5, "", "long"],
    ["", "trust", 1, 5, "", ""],
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(import_command, [*map(str, arguments)], prog_name="intimacy-kit import")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with the little pack in it, and nothing installed."""
    shutil.copytree(TEA, tmp_path / "tea")
    build(tmp_path / "tea")
    monkeypatch.chdir(tmp_path)


def golden(name: str, ran: Result) -> None:
    path = GOLDEN / f"import_{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(ran.output, "utf-8", newline="\n")
    assert ran.output == path.read_text("utf-8")


def test_what_was_understood_what_is_wrong_and_what_became_of_it_is_shown() -> None:
    write(Path("questions.xlsx"), EVENING)
    ran = run("questions.xlsx", "--into", "tea")
    golden("evening", ran)
    assert ran.exit_code == 1
    assert Path("questions.left-over.xlsx").exists()
    assert Path("tea/prompts/questions.yaml").exists()
    golden("evening_again", run("questions.xlsx", "--into", "tea"))


def test_a_dry_run_shows_it_all_and_writes_nothing() -> None:
    write(Path("questions.csv"), EVENING)
    ran = run("questions.csv", "--into", "tea", "--dry-run")
    golden("dry_run", ran)
    assert {path.name for path in Path().iterdir()} == {"tea", "questions.csv"}
    assert not Path("tea/prompts/questions.yaml").exists()


def test_a_file_in_which_all_is_well_ends_with_what_to_do_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("tea")
    write(Path("more.csv"), [["text"], ["Which tap here has to be talked to?"]])
    ran = run("more.csv", "--skills", "trust", "--skills", "repair", "--minutes", "7", "--depth", "1")
    golden("well", ran)
    assert ran.exit_code == 0
    assert "skills: [trust, repair]" in Path("prompts/more.yaml").read_text("utf-8")


def test_headings_that_nobody_understands_stop_it() -> None:
    write(Path("questions.csv"), [["Words", "Colour", "Dpeth"], ["Which tap here has to be talked to?", "red", 1]])
    golden("headings", run("questions.csv", "--into", "tea"))
    ran = run("questions.csv", "--into", "tea", "--without", "Colour", "--without", "C")
    golden("without", ran)
    assert ran.exit_code == 0


def test_a_file_without_headings_says_what_to_write_above_which_column() -> None:
    write(Path("questions.csv"), [["Which tap here has to be talked to?", "trust"], ["Whose umbrella is it?", "trust"]])
    golden("no_headings", run("questions.csv", "--into", "tea"))
    write(Path("list.csv"), [["Which tap here has to be talked to?"], ["Whose umbrella has lived here longest?"]])
    golden("list", run("list.csv", "--into", "tea", "--dry-run"))


def test_some_lighter_ones_first_are_asked_for_a_deeper_one() -> None:
    write(Path("questions.csv"), [["text", "depth"], ["Which quiet rule of this house would you keep?", "2"]])
    ran = run("questions.csv", "--into", "tea")
    assert "           requires  some lighter ones first, made from the depth\n" in ran.output
    assert ran.exit_code == 0


def test_words_to_look_at_again_are_told_at_their_row_and_at_their_place_in_the_source() -> None:
    write(Path("questions.csv"), [["text"], ["What broke first? And who swept it up?"]])
    ran = run("questions.csv", "--into", "tea")
    assert "questions.csv:2:1  K7" in ran.output
    assert re.search(r"= it stands in prompts/questions\.yaml:4:\d+ now", ran.output)
    assert "1 row taken, with words to look at again: mend them in the source\n" in ran.output
    assert ran.exit_code == 1


def test_a_file_of_another_kind_is_refused_in_one_line() -> None:
    Path("questions.ods").write_bytes(b"PK nothing")
    ran = run("questions.ods", "--into", "tea")
    assert isinstance(ran.exception, KitError)
    assert str(ran.exception) == "'questions.ods' is neither CSV nor .xlsx; save it as one of these"


def test_long_cells_are_cut_and_nothing_steers_the_terminal() -> None:
    heading = "Question (with a heading that is longer than there is room)"
    for letter, code in (("\x1b[31m", "K009"), ("", "K106")):
        write(Path("questions.csv"), [[heading], [letter + "Which tap " + "really " * 45 + "drips?"]])
        ran = run("questions.csv", "--into", "tea")
        assert f"questions.csv:2:1  {code}" in ran.output
        assert "A  Question (with a he…  text" in ran.output
        assert "\x1b" not in ran.output
        assert max(map(len, ran.output.splitlines())) < 170


def test_its_help_has_an_example_and_names_every_option() -> None:
    text = import_command.get_help(click.Context(import_command, info_name="intimacy-kit import"))
    assert "intimacy-kit import questions.xlsx --dry-run" in text
    for option in ("--into", "--sheet", "--without", "--depth", "--skills", "--minutes", "--dry-run"):
        assert option in text
