"""What the documents say is true: their programs run, their packs build, their commands and files exist."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from intimacy_kit import Boundaries, Catalog, Progress, suggest
from intimacy_kit.authoring.building import build, compile_pack
from intimacy_kit.authoring.checking import check
from intimacy_kit.cli.commands import cli
from intimacy_kit.cli.playing import summary

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix() for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md")
)
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def write_the_pack_of_the_readme(folder: Path) -> Path:
    for path, text in re.findall(r"^`(tea-time/\S+)`\n\n```\w+\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    assert sum(path.is_file() for path in folder.rglob("*")) == 2
    return folder / "tea-time"


def test_the_programs_of_the_readme_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for program in blocks("python"):
        exec(compile(program, "README.md", "exec"), names)
    *suggested, opened = capsys.readouterr().out.splitlines()
    assert len(suggested) == 3
    assert opened == "['The bread.', 'Your coat on my chair.']"


def test_the_screen_of_the_readme_is_one_that_play_shows_on_a_first_evening() -> None:
    (screen,) = (block for block in blocks("text") if block.startswith("  Tonight"))
    shown, menu = screen.split("\n\n  Enter  others")
    assert f"\n\n  Enter  others{menu.rstrip()}" in (ROOT / "tests/cli/golden/first_evening.txt").read_text("utf-8")
    installed = Catalog.installed()
    now = datetime(2026, 11, 23, 20, tzinfo=UTC)
    suggestions = suggest(installed, Progress(), Boundaries(), now=now, limit=len(installed), seed="us")
    told = {(str(one.activity.title), summary(one.activity), str(one.reason)) for one in suggestions}
    lines = [line.strip() for line in shown.splitlines()[1:] if line]
    offered = [(lines[at].partition("  ")[2], *lines[at + 1 : at + 3]) for at in range(0, len(lines), 3)]
    assert len(offered) == 3
    assert [one for one in offered if one not in told] == []


WITH_PROGRAMS = [
    name for name in DOCUMENTS if name.startswith("docs/") and blocks("python", (ROOT / name).read_text("utf-8"))
]


@pytest.mark.parametrize("name", WITH_PROGRAMS)
def test_the_programs_of_a_page_run_one_after_the_other(name: str) -> None:
    names: dict[str, object] = {}
    for program in blocks("python", (ROOT / name).read_text("utf-8")):
        exec(compile(program, name, "exec"), names)


def test_the_program_of_the_readme_is_the_quickstart() -> None:
    statements = {line.strip() for line in (ROOT / "examples" / "quickstart.py").read_text("utf-8").splitlines()}
    program = blocks("python")[0].splitlines()
    assert [line for line in program if line.strip() not in statements] == []


def test_the_two_files_of_the_readme_are_a_pack(tmp_path: Path) -> None:
    built = build(write_the_pack_of_the_readme(tmp_path))
    assert built.problems == ()
    assert built.pack is not None
    assert [activity.slug for activity in built.pack.activities] == ["before-it-boils", "second-cup"]
    assert check(tmp_path / "tea-time").problems == ()


def test_the_mistake_in_the_readme_looks_as_it_says(tmp_path: Path) -> None:
    folder = write_the_pack_of_the_readme(tmp_path)
    prompts = folder / "prompts" / "kettle.yaml"
    prompts.write_text(prompts.read_text("utf-8").replace("[conversation,", "[conversaton,"), "utf-8")
    shown = CliRunner().invoke(cli, ["check", str(folder)])
    assert shown.exit_code == 1
    (mistake,) = [block for block in blocks("text") if "K104" in block]
    assert mistake.strip() in shown.output


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_a_document_names_is_one(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = set(
        re.findall(r"intimacy-kit (\w+)", " ".join(blocks("console", text)) + " ".join(re.findall("`([^`]+)`", text)))
    )
    assert named <= set(cli.list_commands(Context(cli))) | {"author"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_a_document_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", ["ARCHITECTURE.md"])
def test_every_module_the_architecture_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    package = ROOT / "src" / "intimacy_kit"
    layers = [path.name for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"]
    named = re.findall(rf"\b((?:{'|'.join(layers)})(?:/\w+)+)", text)
    assert named
    there = [(package / one).is_dir() or (package / f"{one}.py").is_file() for one in named]
    assert [one for one, found in zip(named, there, strict=True) if not found] == []


def test_the_tests_that_contributing_names_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [test for test in re.findall(r"`(tests/\S+\.py)`", text) if not (ROOT / test).is_file()] == []


def test_the_packs_in_this_repository_are_those_that_are_played_here() -> None:
    for folder in (ROOT / "packs").iterdir():
        assert compile_pack(folder).problems == (), folder.name
    assert sys.version_info >= (3, 11)
