"""``intimacy-kit simulate``: what it prints and writes, and how it exits."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from intimacy_kit.authoring.simulation import Limits
from intimacy_kit.cli import simulating
from intimacy_kit.cli.commands import cli

BRIEFLY = ("--days", 9, "--jobs", 1)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["simulate", *map(str, arguments)], prog_name="intimacy-kit")


def test_a_pack_within_the_limits_exits_0(kettle_folder: Path) -> None:
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 9)
    assert ran.exit_code == 0
    assert ran.output.startswith("kettle-time 0.1.0: 10 activities, lived with for 9 days by ")
    assert "boundaries crossed            0      0  ok" in ran.output
    assert ran.stderr == ""


def test_a_pack_beyond_a_limit_exits_1_and_shows_where(kettle_folder: Path) -> None:
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 0, "--max-first-personal", 1)
    assert ran.exit_code == 1
    assert "\nintimacy-pack.yaml  K602  on " in ran.output
    assert "\nintimacy-pack.yaml  K606  the first personal activity came on day " in ran.output
    assert "\n      = let what is personal ask for less" in ran.output
    assert ran.stderr == "2 problems\n"
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 0)
    assert ran.stderr == "1 problem\n"


def test_several_packs_are_lived_with_together(kettle_folder: Path, tmp_path: Path) -> None:
    built = kettle_folder / "src" / "intimacy_pack_kettle_time" / "pack.json"
    other = tmp_path / "pack.json"
    other.write_text(built.read_text("utf-8").replace("kettle-time", "samovar"), "utf-8")
    ran = run(other, kettle_folder, *BRIEFLY)
    assert ran.exit_code == 0
    assert ran.output.startswith("kettle-time 0.1.0 and samovar 0.1.0: 20 activities")
    ran = run(other, kettle_folder, *BRIEFLY, "--max-first-personal", 1)
    assert "\nkettle-time, samovar  K606  " in ran.output
    assert ran.stderr == "1 problem\n"


def test_the_report_as_json(kettle_folder: Path) -> None:
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 0, "--json", "--couples", 80, "--seed", 5)
    report = json.loads(ran.output)
    assert ran.exit_code == 1
    assert (report["days"], report["couples"], report["seed"]) == (9, 80, 5)
    assert [problem["code"] for problem in report["problems"]] == ["K602"]
    assert report["lives"][0]["persona"] == "everyday"


def test_a_page_with_pictures(kettle_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 9, "--html", path)
    assert ran.exit_code == 0
    assert path.read_text("utf-8").startswith("<!doctype html>")


def test_there_is_an_option_for_each_limit() -> None:
    words = run("--help").output
    for name in Limits.__attrs_attrs__:  # type: ignore[attr-defined]
        assert f"--max-{name.name.replace('_', '-')}" in words


def test_a_bar_shows_how_far_it_is_where_somebody_watches(kettle_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "Console", lambda **_: Console(file=sys.stderr, force_terminal=True, width=80))
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 9)
    assert "couples" in ran.stderr


def test_a_pack_that_is_not_there_is_a_wrong_call() -> None:
    ran = run("nowhere", *BRIEFLY)
    assert ran.exit_code == 2
    assert "no folder, file or installed pack 'nowhere'" in ran.stderr


def test_a_page_is_written_over_a_page_and_over_nothing_else(kettle_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("Dear diary", "utf-8")
    ran = run(kettle_folder, *BRIEFLY, "--html", path)
    assert ran.exit_code == 2
    assert "is not a report; name another file for --html, or write over it with --force" in ran.stderr
    assert (ran.stdout, path.read_text("utf-8")) == ("", "Dear diary")
    for more in (["--force"], []):
        assert run(kettle_folder, *BRIEFLY, "--max-empty-run", 9, "--html", path, *more).exit_code == 0
        assert path.read_text("utf-8").startswith("<!doctype html>")


def test_where_no_page_can_be_written_nobody_lives(kettle_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(kettle_folder, *BRIEFLY, "--html", kettle_folder / "nowhere" / "report.html")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "to write 'report.html' in" in ran.stderr
    monkeypatch.setattr(simulating.os, "access", lambda *_: False)
    ran = run(kettle_folder, *BRIEFLY, "--html", kettle_folder / "report.html")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "cannot be written; name another file for --html" in ran.stderr


def test_the_report_is_printed_also_where_writing_fails(
    kettle_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 9, "--html", tmp_path / "report.html")
    assert ran.exit_code == 2
    assert ran.stdout.startswith("kettle-time 0.1.0: 10 activities")
    assert "no space left on device" in ran.stderr


def test_fewer_couples_than_there_are_kinds_of_are_not_enough(kettle_folder: Path) -> None:
    ran = run(kettle_folder, *BRIEFLY, "--max-empty-run", 9, "--couples", 5)
    assert ran.stderr == ("60 couples lived, not 5: one for each of 12 ways of using it, in each profile it is about\n")


def test_a_share_that_is_no_number_is_a_wrong_call(kettle_folder: Path) -> None:
    ran = run(kettle_folder, *BRIEFLY, "--max-never-offered", "nan")
    assert ran.exit_code == 2
    assert "nan is not a number; a share is 0 to 1" in ran.stderr


def test_ctrl_c_stops_it(kettle_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(simulating, "simulate", interrupted)
    ran = run(kettle_folder, *BRIEFLY)
    assert (ran.exit_code, ran.stderr) == (130, "Stopped; nothing was written.\n")
