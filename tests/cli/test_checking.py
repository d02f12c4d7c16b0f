"""``check`` and ``explain`` on the command line: what goes to which stream, and how they exit."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from code_pages import TEA

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.codes import FAMILIES, page, titles
from intimacy_kit.cli.commands import cli

COMPILED = Path("tea/src/intimacy_pack_tea/pack.json")
CLEAN = "tea 1.0.0: 11 activities, no problems\n"
LIGHT = Path("tea/prompts/light.yaml")


@pytest.fixture(autouse=True)
def tea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay the compiled pack ``tea`` into an empty folder, and go there."""
    shutil.copytree(TEA, tmp_path / "tea")
    build(tmp_path / "tea")
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="intimacy-kit")


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), "utf-8")


# Formats


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_a_clean_pack_exits_with_0_in_every_format(form: str) -> None:
    ran = run("check", "tea", "--format", form)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert not re.search(r"K\d{3}", ran.stdout)


def test_a_pack_with_problems_exits_with_1_in_every_format_and_says_nothing_else() -> None:
    edit(LIGHT, "save from", "save  from")
    for form in ("json", "sarif", "github"):
        ran = run("check", "tea", "--format", form)
        assert (ran.exit_code, ran.stderr) == (1, "")
        assert "K757" in ran.stdout


def test_files_are_named_from_where_the_command_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    edit(LIGHT, "save from", "save  from")
    assert run("check", "tea", "--format", "github").stdout.startswith("::error file=tea/prompts/light.yaml,line=3,")
    monkeypatch.chdir("tea")
    assert run("check", "--format", "github").stdout.startswith("::error file=prompts/light.yaml,line=3,")
    (result, *_) = json.loads(run("check", "--format", "sarif").stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "prompts/light.yaml"}


def test_a_compiled_pack_is_checked_in_every_format() -> None:
    COMPILED.write_text(COMPILED.read_text("utf-8").replace('"depth": 1', '"depth": 9', 1), "utf-8")
    (problem, *_) = json.loads(run("check", COMPILED, "--format", "json").stdout)["problems"]
    assert (problem["code"], problem["file"]) == ("K107", COMPILED.as_posix())
    assert run("check", COMPILED, "--format", "github").stdout.startswith(f"::error file={COMPILED.as_posix()},line=")


# --fix


def test_what_was_mended_is_told_beside_the_answer() -> None:
    edit(LIGHT, "save from", "save  from")
    ran = run("check", "tea", "--fix")
    assert (ran.exit_code, ran.stdout) == (0, CLEAN)
    assert ran.stderr == "mended  prompts/light.yaml:3:49  K757  there are more blanks than one\n"


def test_the_manifest_can_be_named_and_a_clean_pack_is_left_alone() -> None:
    ran = run("check", "tea/intimacy-pack.yaml", "--fix")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, CLEAN, "")


def test_what_is_left_is_told_after_what_was_mended() -> None:
    edit(LIGHT, "save from", "save  from")
    edit(LIGHT, "[empathy]", "[empaty]")
    ran = run("check", "tea", "--fix")
    assert ran.exit_code == 1
    assert "K104" in ran.stdout
    assert "K757" not in ran.stdout
    assert ran.stderr.startswith("mended  prompts/light.yaml:3:49  K757")


def test_where_nothing_can_be_mended_that_is_said() -> None:
    edit(LIGHT, "[empathy]", "[empaty]")
    ran = run("check", "tea", "--fix")
    assert ran.exit_code == 1
    assert ran.stderr.startswith("nothing of this can be mended without you\n")


def test_with_a_format_for_programs_nothing_but_that_is_printed() -> None:
    edit(LIGHT, "save from", "save  from")
    edit(LIGHT, "[empathy]", "[empaty]")
    ran = run("check", "tea", "--fix", "--format", "json")
    assert [one["code"] for one in json.loads(ran.stdout)["problems"]] == ["K104"]
    assert ran.stderr.splitlines() == ["mended  prompts/light.yaml:3:49  K757  there are more blanks than one"]


def test_what_is_compiled_cannot_be_mended() -> None:
    before = COMPILED.read_bytes()
    ran = run("check", COMPILED, "--fix")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == f"Error: '{COMPILED}' holds no sources; only sources can be mended"
    assert COMPILED.read_bytes() == before


# explain


def test_explain_lists_every_code_in_its_family() -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.strip() for line in lines if line.startswith("  K")] == [f"{c}  {t}" for c, t in titles().items()]
    assert [line for line in lines if line[:1] == "K"] == [f"{code}xx  {about}" for code, about in FAMILIES.items()]
    assert json.loads(run("explain", "--format", "json").stdout) == titles()


def test_explain_prints_the_page_of_a_code() -> None:
    ran = run("explain", "k102")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[0] == page("K102").splitlines()[0].removeprefix("# ")


def test_explain_says_which_are_mended_by_themselves() -> None:
    assert run("explain", "k757").stdout.endswith("'intimacy-kit check --fix' mends most of this by itself.\n")
    assert "--fix" not in run("explain", "K102").stdout


def test_whoever_stops_reading_is_told_nothing() -> None:
    command = [sys.executable, "-m", "intimacy_kit", "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == ""
    assert running.returncode == 1


def test_explain_of_a_code_there_is_none_of_is_one_line() -> None:
    ran = run("explain", "K1O2")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == "Error: there is no code 'K1O2'; did you mean K102?"
