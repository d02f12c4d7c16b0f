"""The command that draws the map of a pack."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intimacy_kit.authoring.maps import chart_of, draw, mermaid
from intimacy_kit.cli.commands import cli
from intimacy_kit.loading.catalog import Catalog


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["map", *map(str, arguments)], prog_name="intimacy-kit")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_map_is_written_here_under_the_name_of_the_pack(kettle_folder: Path, kettle: Catalog) -> None:
    said = chart_of(kettle.packs).note
    ran = run(kettle_folder)
    assert (ran.exit_code, ran.output) == (0, f"kettle-time.svg: {said}\n")
    assert Path("kettle-time.svg").read_bytes() == draw(kettle.packs).encode()
    assert run(kettle_folder, "--mermaid").output == f"kettle-time.mmd: {said}\n"
    assert Path("kettle-time.mmd").read_bytes() == mermaid(kettle.packs).encode()


def test_a_map_goes_where_it_is_wanted(kettle_folder: Path, kettle: Catalog) -> None:
    assert run(kettle_folder, "--output", "there.svg").output == f"there.svg: {chart_of(kettle.packs).note}\n"
    assert run(kettle_folder, "-o", "-").output == draw(kettle.packs)
    assert run(kettle_folder, "-o", "-", "--mermaid").output == mermaid(kettle.packs)
    assert {path.name for path in Path().iterdir()} == {"kettle", "there.svg"}


def test_several_packs_are_drawn_on_one_map(kettle_folder: Path) -> None:
    ran = run(kettle_folder, "foundations")
    assert ran.output.startswith("kettle-time-foundations.svg: foundations ")


def test_a_map_from_before_is_written_over_and_nothing_else_is(kettle_folder: Path) -> None:
    for option in ((), ("--mermaid",)):
        assert run(kettle_folder, *option).exit_code == run(kettle_folder, *option).exit_code == 0
    Path("mine.svg").write_text("<svg/>", "utf-8")
    ran = run(kettle_folder, "-o", "mine.svg")
    assert (ran.exit_code, Path("mine.svg").read_text("utf-8")) == (2, "<svg/>")
    assert "'mine.svg' is not a map; name another --output, or write over it with --force" in ran.output
    assert run(kettle_folder, "-o", "mine.svg", "--force").exit_code == 0
    assert run(kettle_folder, "-o", "mine.svg").exit_code == 0


def test_a_place_that_cannot_be_written_is_said_in_one_line(kettle_folder: Path, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere" / "map.svg"):
        ran = run(kettle_folder, "-o", place)
        assert (ran.exit_code, ran.output.splitlines()[-1].startswith(f"Error: '{place}': ")) == (2, True)
