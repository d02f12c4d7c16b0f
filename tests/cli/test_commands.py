"""The commands: what they print, how they exit, and that a mistake is one line and never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from io import StringIO
from pathlib import Path

import pytest
from attrs import evolve, fields, has
from click.testing import CliRunner, Result
from code_pages import TEA
from rich.console import Console

from intimacy_kit.authoring.building import build
from intimacy_kit.cli import install_line
from intimacy_kit.cli.commands import cli
from intimacy_kit.cli.showing import show_activity, show_pack, show_packs, show_problems
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.problems import Problem, Where

EVIL = "\x1b[31mred\x1b]0;title\x07 \rback \u202etxt\u202c"
STEERING = {"\x1b", "\r", "\x07", "\u202e", "\x9b"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="intimacy-kit")


# What fits and what does not


def test_the_version_is_that_of_the_kit() -> None:
    assert run("--version").output == f"intimacy-kit {version('intimacy-kit')}\n"


def test_packs_lists_what_is_installed() -> None:
    ran = run("packs")
    assert ran.exit_code == 0
    assert ran.output.startswith("foundations ")


def test_show_prints_an_activity_that_is_installed_or_in_a_folder(kettle_folder: Path) -> None:
    assert run("show", "foundations/heron").exit_code == 0
    ran = run("show", "kettle-time/why-tea", "--pack", kettle_folder)
    assert (ran.exit_code, ran.output.splitlines()[0]) == (0, "Why tea?")


def test_play_without_a_terminal_plays_a_scripted_evening_and_keeps_nothing(tmp_path: Path) -> None:
    ran = run("play", "--store", tmp_path / "us.db")
    assert ran.exit_code == 0
    assert "here is a short evening with Ada and Ben, who are made up" in " ".join(ran.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def tea_folder(tmp_path: Path) -> Path:
    """Return the sources of a pack in which nothing is wrong, compiled."""
    folder = Path(shutil.copytree(TEA, tmp_path / "tea"))
    build(folder)
    return folder


def test_check_and_build_say_how_much_there_is(tea_folder: Path) -> None:
    compiled = tea_folder / "src" / "intimacy_pack_tea" / "pack.json"
    clean = "tea 1.0.0: 11 activities, no problems\n"
    for path in (tea_folder, tea_folder / "intimacy-pack.yaml", compiled, compiled.parent):
        ran = run("check", path)
        assert (ran.exit_code, ran.output) == (0, clean)
    compiled.unlink()
    assert run("check", tea_folder).exit_code == 1
    assert run("build", tea_folder).output.startswith(f"{compiled}: 11 activities\n")
    assert run("check", tea_folder).exit_code == 0


def test_one_activity_is_one_activity(tmp_path: Path) -> None:
    head = {"format": 1, "name": "porch", "title": "P", "version": "1.0", "languages": ["en"], "authors": ["Ada"]}
    lamp = {"kind": "prompt", "id": "lamp", "text": "Which?", "skills": ["trust"], "depth": 1, "minutes": 5}
    pack = {**head, "licence": "MIT", "about": "A porch.", "activities": [lamp], "journeys": []}
    (tmp_path / "pack.json").write_text(json.dumps(pack), "utf-8")
    assert run("check", tmp_path).output == "porch 1.0: 1 activity, no problems\n"


def test_without_its_manifest_a_pack_is_not_taken_for_what_was_compiled_before(tea_folder: Path) -> None:
    (tea_folder / "intimacy-pack.yaml").unlink()
    ran = run("check", tea_folder)
    assert (ran.exit_code, ran.stderr) == (1, "1 problem\n")
    assert ran.stdout.startswith("intimacy-pack.yaml  K408  the file is missing\n")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "K205",
            ("    stories/the-second-cup.md (lines with - go, lines with + come)\n    - - [Pour a second cup](#cup)\n"),
        ),
        ("K408", "    without:\n    intimacy-pack.yaml\n"),
        ("K411", "    nobody may open:\n    prompts/new.yaml\n"),
        ("K305", "    prompts/new.yaml, a link to:\n    ../../shared/evening.yaml\n"),
        ("K309", '    mailed/pack.json\n    {\n     "format": 2,\n'),
        ("K409", "Fails\n\n    prompts/new.yaml\n\n    $ intimacy-kit check tea\n"),
    ],
)
def test_explain_says_what_becomes_of_each_file_and_breaks_no_line_of_it(code: str, said: str) -> None:
    assert said in run("explain", code).stdout


def test_check_prints_each_problem_with_its_line_underlined_and_exits_1(tea_folder: Path) -> None:
    prompts = tea_folder / "prompts" / "new.yaml"
    text = "prompts:\n  - id: hook\n    text: Whose coat hangs here?\n    skills: [conversaton, listening]\n"
    prompts.write_text(f"{text}    depth: 1\n    minutes: 5\n    mood: ordinary\n", "utf-8-sig", newline="\r\n")
    ran = run("check", tea_folder)
    assert ran.exit_code == 1
    assert ran.stdout == (
        "prompts/new.yaml:4:14  K104  'conversaton' is not known here\n"
        "    4 |     skills: [conversaton, listening]\n"
        "      |              ^^^^^^^^^^^\n"
        "      = did you mean 'conversation'?\n"
        "\n"
    )
    assert ran.stderr == "1 problem\n"


@pytest.mark.parametrize("command", ["check", "build"])
def test_broken_sources_are_problems_and_exit_1(command: str) -> None:
    broken = Path(__file__).parents[1] / "authoring" / "broken" / "files-that-are-not-read"
    ran = run(command, broken)
    assert (ran.exit_code, ran.stderr) == (1, "7 problems\n")
    assert "prompts.yaml  K406  this is not read\n      = did you mean the folder prompts?\n" in ran.stdout
    assert not (broken / "src").exists()


def test_check_finds_no_pack_where_there_is_none(tmp_path: Path) -> None:
    ran = run("check", tmp_path)
    assert (ran.exit_code, ran.stderr) == (1, "1 problem\n")
    assert f"{tmp_path}  K304  there is no pack.json here" in ran.stdout


def test_check_of_a_compiled_pack_shows_its_lines(tmp_path: Path) -> None:
    (tmp_path / "pack.json").write_text('{"format": 1,\n "nme": "tea"}', "utf-8")
    ran = run("check", tmp_path / "pack.json")
    assert ran.exit_code == 1
    assert ':2:9  K102  \'nme\' is not a field here\n    2 |  "nme": "tea"}\n      |         ^^^^^\n' in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "foundations/herron"), "no activity 'foundations/herron'; did you mean 'foundations/heron'?"),
        (("play", "nothing"), "no activity 'nothing'; 'intimacy-kit packs NAME' lists what a pack has"),
        (("show", "a\x1b[31m"), r"no activity 'a\x1b[31m'; 'intimacy-kit packs NAME' lists what a pack has"),
        (("show", "x/y", "--pack", "{folder}"), "pack '{folder}' cannot be used: {folder}: K304 there is no pack.json"),
        (("build", "{file}/.."), None),
        (("play", "--minutes", "0"), None),
        (("play", "--for", "rain"), None),
        (("sing",), None),
        (("build", "{file}"), None),
    ],
)
def test_a_wrong_call_exits_2(tmp_path: Path, arguments: tuple[str, ...], said: str | None) -> None:
    (tmp_path / "a-file").touch()
    names = {"folder": tmp_path, "file": tmp_path / "a-file"}
    ran = run(*(argument.format(**names) for argument in arguments))
    assert (ran.exit_code, ran.stdout) == (2, "")
    if said is not None:
        assert ran.stderr.startswith(f"Error: {said.format(**names)}")
        assert ran.stderr.count("\n") == 1


def test_what_the_system_refuses_is_one_line(kettle_folder: Path) -> None:
    (kettle_folder / "src").rename(kettle_folder / "away")
    (kettle_folder / "src").touch()
    ran = run("build", kettle_folder)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"Error: '{kettle_folder / 'src'}")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [("show", "foundations/teller-and-keeper"), ("check", "{folder}")])
def test_a_reader_that_has_gone_is_no_error_of_ours(kettle_folder: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "intimacy_kit", *(part.format(folder=kettle_folder) for part in arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 1)


@pytest.fixture
def without_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import path on which nothing but this test's own folders are looked for."""
    monkeypatch.setattr(sys, "path", [])


@pytest.mark.usefixtures("without_packs")
def test_where_nothing_is_installed_it_says_what_to_install() -> None:
    ran = run("packs")
    assert (ran.exit_code, ran.output) == (
        0,
        "No pack is installed. The first one: pip install intimacy-pack-foundations\n",
    )
    for command in ("play", "show"):
        ran = run(command, "tea/cup")
        said = "Error: no pack is installed; the first one: pip install intimacy-pack-foundations\n"
        assert (ran.exit_code, ran.stderr) == (2, said)


def test_a_pack_in_a_folder_comes_before_an_installed_one_of_its_name(kettle_folder: Path) -> None:
    pack = next(kettle_folder.glob("src/*/pack.json"))
    pack.write_text(pack.read_text("utf-8").replace('"kettle-time"', '"foundations"'), "utf-8")
    assert run("show", "foundations/second-cup", "--pack", pack).exit_code == 0
    assert run("show", "foundations/heron", "--pack", pack).exit_code == 2


# Words of strangers


def shown(show: Callable[[Console], None], width: int = 80) -> str:
    seen = StringIO()
    show(Console(file=seen, width=width, color_system=None, highlight=False, markup=False))
    return seen.getvalue()


def evil_pack(**changed: object) -> Pack:
    words = {
        "name": "tea",
        "title": Text(EVIL),
        "version": "1.0",
        "authors": [EVIL],
        "about": Text(EVIL),
        "licence": EVIL,
    }
    return Pack(**{**words, **changed})  # type: ignore[arg-type]


def test_what_a_hostile_pack_calls_itself_is_spelled_out() -> None:
    # attack 36
    seen = shown(lambda console: show_packs(console, Catalog([evil_pack()])))
    assert not STEERING & set(seen)
    assert seen.count(r"\x1b[31mred\x1b]0;title\x07 \rback \u202etxt\u202c") == 3


def test_a_broken_distribution_with_a_hostile_name_is_spelled_out() -> None:
    problems = [
        Problem(Where(f"{EVIL} 1.0: pack.json", 3, 1), "K102", EVIL, EVIL),
        Problem(Where(f"{EVIL} 1.0: pack.json", 4, 1), "K102", "*x*"),
        Problem(Where("other 1.0"), "K301", "its metadata is missing", "reinstall it"),
    ]
    seen = shown(lambda console: show_packs(console, Catalog([], problems)))
    assert not STEERING & set(seen)
    assert seen.count("cannot be used: ") == 2
    assert "; and 1 more\n" in seen
    assert "cannot be used: other 1.0: K301 its metadata is missing (reinstall it)\n" in seen


def test_a_pack_that_names_what_another_lacks_is_said_to_play_on() -> None:
    problem = Problem(Where("tea 1.0"), "K212", "'cup' names 'cake/slice', which that pack does not have")
    seen = shown(lambda console: show_packs(console, Catalog([evil_pack()], [problem])))
    assert "plays, but: tea 1.0: K212 'cup' names 'cake/slice', which that pack does not have\n" in seen


def test_lines_of_a_hostile_source_are_spelled_out_and_underlined_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(f"a\u2028b\n\tx\x1b[31m: *y*\n{'z' * 500}!{'z' * 500}\n\n".encode())
    problems = [
        Problem(Where("a.yaml", 2, 10), "K104", "*y* is not known", "take [it] out"),
        Problem(Where("a.yaml", 3, 501), "K105", "too long"),
        Problem(Where("a.yaml", 4, 1), "K105", "empty line"),
        Problem(Where("a.yaml", 99, 1), "K105", "beyond the end"),
        Problem(Where("gone.yaml", 1, 1), "K105", "gone"),
        Problem(Where("a.yaml"), "K406", "no line"),
    ]
    assert shown(lambda console: show_problems(console, problems, tmp_path), 400) == (
        "a.yaml:2:10  K104  *y* is not known\n"
        "    2 |  x\\x1b[31m: *y*\n"
        "      |             ^^^\n"
        "      = take [it] out\n\n"
        "a.yaml:3:501  K105  too long\n"
        f"    3 | {'z' * 80}!{'z' * 79}\n"
        f"      | {' ' * 80}{'^' * 80}\n\n"
        "a.yaml:4:1  K105  empty line\n\n"
        "a.yaml:99:1  K105  beyond the end\n\n"
        "gone.yaml:1:1  K105  gone\n\n"
        "a.yaml  K406  no line\n\n"
    )


def test_every_text_of_a_hostile_activity_is_spelled_out(kettle: Catalog) -> None:
    # attack 36
    (pack,) = kettle.packs
    for activity in _poisoned(pack):
        assert not STEERING & set(shown(lambda console, one=activity: show_activity(console, one)))  # type: ignore[misc]


def test_a_story_without_questions_ends_with_its_last_scene(kettle: Catalog) -> None:
    told = evolve(kettle["kettle-time/two-cups"], reflections=())
    assert "She washed it, rather loudly.\n\n\nevidence: original\n" in _without_blanks(
        shown(lambda console: show_activity(console, told))
    )


def _without_blanks(seen: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in seen.splitlines())


def _poisoned(pack: Pack) -> list[object]:
    """Return the activities of a pack, every text in them followed by something hostile."""

    def poison(value: object) -> object:
        if isinstance(value, Text):
            return Text(value.words + EVIL)
        if isinstance(value, tuple):
            return tuple(poison(part) for part in value)
        if has(type(value)):
            names = [field.name for field in fields(type(value)) if field.init]
            return evolve(value, **{name: poison(getattr(value, name)) for name in names})  # type: ignore[type-var]
        return value

    return [poison(activity) for activity in pack.activities]


def test_of_packs_one_is_one_and_many_are_many(kettle: Catalog) -> None:
    seen = shown(lambda console: show_packs(console, kettle), 200)
    assert "4 prompts, 2 check-ins, 2 exercises, 1 story, 1 guide, 2 journeys; en; CC-BY-4.0" in seen
    assert "  empty; en; " in shown(lambda console: show_packs(console, Catalog([evil_pack(licence="MIT")])), 200)


# Without the extras

BLOCKER = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
"""


def without(tmp_path: Path, missing: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "sitecustomize.py").write_text(BLOCKER.format(names={missing}), "utf-8")
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "intimacy_kit", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize(
    ("missing", "extra"), [("click", "cli"), ("rich", "cli"), ("yaml", "author"), ("markdown_it", "author")]
)
def test_without_an_extra_it_says_what_to_install(
    tmp_path: Path, kettle_folder: Path, missing: str, extra: str
) -> None:
    ran = without(tmp_path, missing, "check", str(kettle_folder))
    assert (ran.returncode, ran.stdout) == (2, "")
    line = f"this command needs more than the kit itself: pip install 'intimacy-kit[{extra}]'\n"
    assert ran.stderr in {f"intimacy-kit: {line}", f"Error: {line}"}


def test_without_the_extra_of_writers_everybody_else_can_play(tmp_path: Path) -> None:
    assert without(tmp_path, "yaml", "play").returncode == 0


def test_as_a_module_it_is_the_same_program(tmp_path: Path) -> None:
    ran = without(tmp_path, "nothing", "--version")
    assert (ran.returncode, ran.stdout) == (0, f"intimacy-kit {version('intimacy-kit')}\n")


def test_a_package_of_no_extra_that_is_missing_is_a_defect_and_says_so() -> None:
    error = ModuleNotFoundError(name="attrs")
    with pytest.raises(ModuleNotFoundError) as raised:
        install_line(error)
    assert raised.value is error


def test_a_document_of_a_pack_is_data_and_never_run(kettle_folder: Path) -> None:
    # attack 35
    compiled = next(kettle_folder.glob("src/*/pack.json"))
    document = json.loads(compiled.read_text("utf-8"))
    (compiled.parent / "__init__.py").write_text("raise SystemExit('run')", "utf-8")
    assert run("check", compiled).exit_code == 0
    assert document["format"] == 1


def test_the_ids_of_a_pack_are_listed_by_its_name(kettle: Catalog) -> None:
    seen = shown(lambda console: show_pack(console, kettle, "kettle-time"), 200)
    assert len(seen.splitlines()) == len(kettle) + len(kettle.journeys)
    assert "kettle-time/slow-evening  " in seen
    assert "  a journey\n" in seen
    assert "kettle-time/two-cups  Two cups  a story · " in seen


@pytest.mark.parametrize(("name", "code"), [("foundations", 0), ("nope", 2)])
def test_a_pack_that_is_not_there_is_a_wrong_call(name: str, code: int) -> None:
    assert CliRunner().invoke(cli, ["packs", name]).exit_code == code


def test_a_manifest_stands_for_its_folder_and_any_other_file_for_none(tea_folder: Path) -> None:
    assert CliRunner().invoke(cli, ["build", str(tea_folder / "intimacy-pack.yaml")]).exit_code == 0
    assert CliRunner().invoke(cli, ["check", str(tea_folder / "intimacy-pack.yaml")]).exit_code == 0
    (compiled,) = tea_folder.glob("src/*/pack.json")
    assert CliRunner().invoke(cli, ["build", str(compiled)]).exit_code == 2


def test_a_terminal_that_knows_few_characters_shows_the_others_as_question_marks() -> None:
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(
        [sys.executable, "-m", "intimacy_kit", "show", "foundations/first-minute"],
        capture_output=True, env=env, check=False, encoding="ascii",
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "foundations/first-minute  ?  something to do ? 6 min" in ran.stdout
