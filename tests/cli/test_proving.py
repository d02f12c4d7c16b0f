"""``prove``, and what PACK means on a command line: sources, something compiled, or the name of what is installed.

What is seen stands in ``golden/prove_*.txt``; to write it anew: ``REWRITE_GOLDEN=1 uv run pytest
tests/cli/test_proving.py``, and then read it.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from little_installs import install
from little_packs import activity, pack

from intimacy_kit.authoring.building import Built, compile_pack
from intimacy_kit.authoring.proofs import prove
from intimacy_kit.cli import proving
from intimacy_kit.cli.commands import cli
from intimacy_kit.cli.given import Given, given_packs
from intimacy_kit.content.gates import Count
from intimacy_kit.errors import KitError
from intimacy_kit.problems import Problem, Where

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[2]
KETTLE = Path(__file__).parent / "kettle"
BROKEN = ROOT / "tests" / "authoring" / "broken"
FOUNDATIONS = ROOT / "packs" / "foundations"

MANIFEST = """format: 1
name: {name}
title: Tea
version: 1.0.0
languages: [en]
authors: [Ada]
licence: CC-BY-4.0
about: Over a cup.
"""
PROMPT = """  - id: {id}
    text: What is {id}?
    skills: [trust]
    depth: {depth}
    minutes: 5
    after: Stay a while.
    requires: {{count: {{depth: 1, n: 3}}}}
"""
LIGHT_PROMPT = """  - id: cup
    text: What is in the cup?
    skills: [trust]
    depth: 1
    minutes: 5
    after: Stay a while.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        cli,
        [str(argument) for argument in arguments],
        prog_name="intimacy-kit",
        terminal_width=100,
        env={"COLUMNS": "80"},
    )


def check(name: str, seen: str) -> None:
    """Compare what was seen with what is kept, but for blanks at the end of lines."""
    path = GOLDEN / f"{name}.txt"
    seen = "".join(f"{line.rstrip()}\n" for line in seen.splitlines())
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(seen, "utf-8", newline="\n")
    assert seen == path.read_text("utf-8")


@pytest.fixture
def sixty(tmp_path: Path) -> Path:
    """The sources of a pack of sixty prompts, nothing light among them, that all ask for something light."""
    return sources(tmp_path / "sixty", "sixty-cups", [PROMPT.format(id=f"cup-{n}", depth=2 + n % 3) for n in range(60)])


def sources(folder: Path, name: str, prompts: list[str]) -> Path:
    """Write the sources of a pack."""
    (folder / "prompts").mkdir(parents=True)
    (folder / "intimacy-pack.yaml").write_text(MANIFEST.format(name=name), "utf-8")
    (folder / "prompts" / "all.yaml").write_text("prompts:\n" + "".join(prompts), "utf-8")
    return folder


# What a writer sees


def test_a_pack_that_holds_is_told_what_was_proved() -> None:
    ran = run("prove", FOUNDATIONS)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "✗" not in ran.stdout
    assert ran.stdout.startswith("foundations ")


def test_a_pack_that_fails_is_told_where_and_why_at_eighty_columns() -> None:
    ran = run("prove", KETTLE)
    assert (ran.exit_code, ran.stderr) == (1, "5 problems\n")
    check("prove_kettle", ran.stdout)
    report = ran.stdout[: ran.stdout.index("journeys/journeys.yaml")]
    assert max(map(len, report.splitlines())) <= 80


def test_sixty_that_wait_for_the_same_are_one_line_of_text_and_sixty_problems_of_json(sixty: Path) -> None:
    ran = run("prove", sixty)
    assert (ran.exit_code, ran.stderr) == (1, "1 problem\n")
    check("prove_sixty", ran.stdout)
    document = json.loads(run("prove", sixty, "--json").stdout)
    told = [one for one in document["problems"] if one["code"] == "K503"]
    assert [one["id"] for one in told] == sorted(f"sixty-cups/cup-{n}" for n in range(60))


def test_several_packs_are_proved_together_and_told_one_after_the_other(sixty: Path) -> None:
    ran = run("prove", KETTLE, sixty)
    assert (ran.exit_code, ran.stderr) == (1, "8 problems\n")
    check("prove_several", ran.stdout)


def test_the_help_says_what_it_is() -> None:
    ran = run("prove", "--help")
    assert ran.exit_code == 0
    check("help_prove", ran.output)


def test_what_could_not_be_decided_is_marked_at_what_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    holding = prove([pack("tea", [activity("a")])])
    doubt = evolve(
        prove([pack("tea", [activity("a", requires=Count("depth", 1, 9))])]).findings[0],
        code="K516",
        about=[("tea/a", Where("tea", pointer="/activities/0"))],
        message="could not decide whether all is well",
        in_doubt="K504",
        explains="",
    )
    monkeypatch.setattr(proving, "prove", lambda _: evolve(holding, findings=[doubt]))
    ran = run("prove", "foundations")
    assert (ran.exit_code, ran.stderr) == (1, "1 problem\n")
    assert "? All that people allow can be reached without allowing more.  K516\n" in ran.stdout
    assert "✓ Nothing that stays allowed is starved.\n" in ran.stdout
    assert "tea#/activities/0  K516  could not decide whether all is well\n" in ran.stdout
    assert "✗" not in ran.stdout
    assert json.loads(run("prove", "foundations", "--json").stdout)["problems"][0]["in_doubt"] == "K504"


def test_a_property_that_speaks_of_nothing_here_has_no_tick(tmp_path: Path) -> None:
    one = run("prove", sources(tmp_path / "one", "one-cup", [LIGHT_PROMPT]))
    assert (one.exit_code, one.stdout.splitlines()[0]) == (0, "one-cup 1.0.0  1 activity, 0 journeys")
    marked = {line[2:]: line[0] for line in one.stdout.splitlines() if line[:2] in {"✓ ", "· ", "✗ "}}
    assert [sentence for sentence, mark in marked.items() if mark == "✓"] == [
        "Everything opens to somebody, and nothing waits in a circle.",
        "All that people allow can be reached without allowing more.",
        "Nothing that stays allowed is starved.",
    ]
    assert all(sentence.endswith("  (none here)") for sentence, mark in marked.items() if mark == "·")


def test_a_pack_with_nothing_for_anybody_is_a_problem(tmp_path: Path) -> None:
    ran = run("prove", sources(tmp_path / "one", "one-cup", [f"{LIGHT_PROMPT}    retired: true\n"]))
    assert (ran.exit_code, ran.stderr) == (1, "1 problem\n")
    assert "K519  nothing here can be offered to anybody" in ran.stdout
    assert "\nintimacy-pack.yaml  K519" in ran.stdout


# What a program sees


def test_json_says_all_there_is_to_know() -> None:
    ran = run("prove", KETTLE, "--json")
    assert (ran.exit_code, ran.stderr) == (1, "")
    check("prove_kettle_json", ran.stdout)
    document = json.loads(ran.stdout)
    assert (document["packs"], document["holds"]) == (["kettle-time"], False)


def test_json_of_a_pack_that_holds_has_no_problems() -> None:
    ran = run("prove", "foundations", "--json")
    document = json.loads(ran.stdout)
    assert (ran.exit_code, document["holds"], document["problems"]) == (0, True, [])
    facts = document["facts"]
    assert facts["people"][-1]["activities"] == sum(facts["activities"].values())
    assert facts["people"][-1]["name"] == "deep, every topic"
    names = [one["name"] for one in facts["each"]]
    assert len(names) == len(set(names)) > len(facts["thinnest"])
    assert {one["name"] for one in facts["thinnest"]} <= {*names}


# What PACK means


def given(name: object) -> Given:
    (one,) = given_packs([str(name)])
    return one


def at(one: Given, pointer: str) -> Where:
    """Return where a problem stands."""
    return one.placed(Problem(Where(one.pack.name, pointer=pointer), "K501", "said", "hint")).where


def test_a_folder_of_sources_is_compiled_and_nothing_is_written(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KETTLE, tmp_path / "kettle"))
    before = sorted(tmp_path.rglob("*"))
    for path in (folder, folder / "intimacy-pack.yaml"):
        one = given(path)
        assert (one.pack.name, one.root) == ("kettle-time", folder)
        assert str(at(one, "/activities/0/requires")) == "prompts/deeper.yaml:9:15"
        assert str(at(one, "/journeys/0/stages/0")) == "journeys/journeys.yaml:7:9"
        assert str(at(one, "/version")) == "intimacy-pack.yaml:5:10"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_compiled_pack_is_read_where_it_lies(kettle_folder: Path) -> None:
    (kettle_folder / "intimacy-pack.yaml").unlink()
    file = next(kettle_folder.glob("src/*/pack.json"))
    lines = file.read_text("utf-8").splitlines()
    for path in (file, file.parent, kettle_folder):
        one = given(path)
        assert (one.pack.name, one.root) == ("kettle-time", Path())
        where = at(one, "/activities/0/requires")
        assert (where.file, where.pointer) == (str(file), "/activities/0/requires")
        assert lines[where.line - 1][where.column - 1] == "{"
        assert '"requires"' in lines[where.line - 1]


def test_a_name_is_that_of_an_installed_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one = given("foundations")
    assert (one.pack.name, one.root) == ("foundations", None)
    assert str(at(one, "/activities/0")) == "foundations#/activities/0"


def test_what_lies_here_comes_before_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(KETTLE, tmp_path / "foundations")
    monkeypatch.chdir(tmp_path)
    assert given("foundations").pack.name == "kettle-time"


def test_packs_come_in_the_order_in_which_they_were_named(sixty: Path) -> None:
    names = [one.pack.name for one in given_packs([str(sixty), "foundations", str(KETTLE)])]
    assert names == ["sixty-cups", "foundations", "kettle-time"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["fundations"], "no folder, file or installed pack 'fundations'; did you mean 'foundations'?"),
        (["nowhere/at-all"], "no folder, file or installed pack 'nowhere/at-all'; installed: foundations"),
        (["{kettle}", "{kettle}"], "the pack 'kettle-time' is named twice; name each pack once"),
        (["\x1b[31m"], r"no folder, file or installed pack '\x1b[31m'; installed: foundations"),
    ],
)
def test_a_name_that_names_nothing_is_a_wrong_call(names: list[str], said: str) -> None:
    ran = run("prove", *(name.format(kettle=KETTLE) for name in names))
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {said}\n")


def test_without_packs_it_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("prove").exit_code == 2
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(KitError, match="no folder, file or installed pack 'tea'; installed: none"):
        given("tea")


def test_sources_with_problems_are_told_as_check_tells_them() -> None:
    folder = BROKEN / "misspelt-fields"
    proved, checked = run("prove", folder), run("check", folder)
    assert (proved.exit_code, proved.stdout, proved.stderr) == (1, checked.stdout, checked.stderr)
    assert proved.stdout


def test_a_compiled_pack_with_problems_is_told_as_check_tells_them(tmp_path: Path) -> None:
    (tmp_path / "pack.json").write_text('{"format": 1,\n "nme": "tea"}', "utf-8")
    for path in (tmp_path / "pack.json", tmp_path):
        proved, checked = run("prove", path), run("check", path)
        assert (proved.exit_code, proved.stdout, proved.stderr) == (1, checked.stdout, checked.stderr)
        assert proved.stdout


def test_json_stays_json_where_a_pack_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pack.json").write_text('{"format": 1,\n "nme": "tea"}', "utf-8")
    install(tmp_path, "oat", b"{}")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for name in (str(BROKEN / "misspelt-fields"), str(tmp_path / "pack.json"), "oat"):
        ran = run("prove", KETTLE, name, "--json")
        document = json.loads(ran.stdout)
        assert (ran.exit_code, ran.stderr) == (1, "")
        assert (document["packs"], document["holds"]) == ([str(KETTLE), name], False)
        assert document["problems"]
        for one in document["problems"]:
            assert list(one) == ["code", "file", "line", "column", "end_column", "pointer", "message", "hint"]
            assert one["code"].startswith("K")


def test_an_installed_pack_with_problems_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "tea", b"{}")
    install(tmp_path, "rye")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    ran = run("prove", "tea")
    assert ran.exit_code == 1
    assert "intimacy-pack-tea" in ran.stdout
    assert ran.stderr.endswith("problems\n")
    assert given("rye").pack.name == "rye"


# Where the compiled document comes from


def test_what_was_not_built_has_no_places() -> None:
    problem = Problem(Where("tea", pointer="/activities/0"), "K501", "said")
    assert Built(None, b"").placed(problem) == problem


def test_each_part_of_what_was_built_is_found_in_its_source() -> None:
    built = compile_pack(KETTLE)
    assert built.pack is not None
    for place, one in enumerate(built.pack.activities):
        problem = Problem(Where("kettle-time", pointer=f"/activities/{place}/depth"), "K501", "said", "hint")
        placed = built.placed(problem)
        line = (KETTLE / placed.where.file).read_text("utf-8").splitlines()[placed.where.line - 1]
        assert line[placed.where.column - 1 :] == str(one.depth)
        assert (placed.code, placed.message, placed.hint) == ("K501", "said", "hint")


def test_a_proof_of_the_library_is_that_of_the_command() -> None:
    built = compile_pack(KETTLE).pack
    assert built is not None
    document: Any = json.loads(run("prove", KETTLE, "--json").stdout)
    said = [(one["code"], one["id"], one["message"], one["pointer"]) for one in document["problems"]]
    proof = prove([built])
    ids = [name for finding in proof.findings for name, _ in finding.about]
    assert said == [
        (one.code, name, one.message, one.where.pointer) for name, one in zip(ids, proof.problems, strict=True)
    ]
