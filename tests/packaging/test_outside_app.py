"""The kit and packs as they are outside this tree: in an empty environment, from their wheels."""

import json
from pathlib import Path
from typing import Any

import pytest
from environments import FOUNDATIONS, KIT, ROOT, Artifacts, Environment, build, run

APP = Path(__file__).parent / "app.py"

#: All that the writer of a pack writes.
TEA = {
    "pyproject.toml": """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "intimacy-pack-tea"
version = "1.0"
description = "Over a cup"
readme = "README.md"
license = "CC-BY-4.0"
keywords = ["intimacy-kit-pack"]
dependencies = ["intimacy-kit>=0.1"]

[project.entry-points."intimacy_kit.packs"]
tea = "intimacy_pack_tea"
""",
    "LICENSE": "CC-BY-4.0",
    "intimacy-pack.yaml": """
format: 1
name: tea
title: Tea
version: "1.0"
languages: [en]
authors: [Ada]
licence: CC-BY-4.0
about: What two people say over a cup.
""",
    "prompts/tea.yaml": """
prompts:
  - id: first-cup
    text: Who made your first cup today?
    skills: [kindness, conversation]
    depth: 1
    minutes: 5
""",
    "src/intimacy_pack_tea/__init__.py": "",
    "README.md": "Over a cup.\n",
}

#: A compiled pack that is well; each broken one is this one with something wrong.
WELL = {"format": 1, "name": "", "title": "Cup", "version": "1.0", "authors": ["Ben"], "about": "A cup."}
WELL |= {"licence": "CC0-1.0", "languages": ["en"], "activities": [], "journeys": []}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def project(folder: Path, distribution: str, pack: str, files: dict[str, str]) -> Path:
    """Write the project of a compiled pack, with some files in its package."""
    package = distribution.replace("-", "_")
    about = TEA["pyproject.toml"].replace("intimacy-pack-tea", distribution).replace("intimacy_pack_tea", package)
    return write(
        folder / distribution,
        {
            "pyproject.toml": about.replace("\ntea =", f"\n{pack} ="),
            "README.md": "A pack.\n",
            f"src/{package}/__init__.py": "",
            **{f"src/{package}/{name}": text for name, text in files.items()},
        },
    )


def told_by(environment: Environment, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run the app and return what it tells."""
    told: dict[str, Any] = json.loads(run(environment.python, "-W", "error", APP, *arguments, folder=folder).stdout)
    return told


@pytest.fixture(scope="module")
def bare(built: Artifacts, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Give an environment of the kit without extras, and the first pack."""
    return Environment.of(built.wheel(KIT), built.wheel(FOUNDATIONS), folder=tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def played(built: Artifacts, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Give an environment of the kit as people play it, and the first pack."""
    kit = built.requirement(KIT, "cli")
    return Environment.of(kit, built.wheel(FOUNDATIONS), folder=tmp_path_factory.mktemp("played"))


def test_the_kit_alone_brings_what_it_requires_and_nothing_of_its_command_line(bare: Environment) -> None:
    bare.check()
    assert bare.says("import intimacy_kit; print(*intimacy_kit.__all__)").split()[:2] == ["Boundaries", "Catalog"]
    extras = ("click", "markdown_it", "platformdirs", "rich", "yaml")
    look = f"from importlib.util import find_spec; print([name for name in {extras} if find_spec(name)])"
    assert bare.says(look) == "[]"


def test_the_kit_that_is_tried_is_the_installed_one(bare: Environment) -> None:
    assert Path(bare.says("import intimacy_kit; print(intimacy_kit.__file__)")).is_relative_to(bare.folder)


def test_the_quickstart_runs_without_extras_and_goes_on_from_its_store(bare: Environment, tmp_path: Path) -> None:
    quickstart = ROOT / "examples" / "quickstart.py"
    first, second = (run(bare.python, "-W", "error", quickstart, folder=tmp_path) for _ in range(2))
    assert len(first.stdout.splitlines()) == len(second.stdout.splitlines()) == 3
    assert first.stdout.splitlines()[0] not in second.stdout
    assert first.stderr == second.stderr == ""


def test_the_command_without_its_extra_says_what_to_install(bare: Environment) -> None:
    said = bare.kit("play", exits=2)
    assert said == ("intimacy-kit: this command needs more than the kit itself: pip install 'intimacy-kit[cli]'\n")


def test_writing_a_pack_without_its_extra_says_what_to_install(played: Environment, tmp_path: Path) -> None:
    said = played.kit("build", write(tmp_path, TEA), exits=2)
    assert said.splitlines()[-1] == (
        "Error: this command needs more than the kit itself: pip install 'intimacy-kit[author]'"
    )


def test_without_a_terminal_it_plays_a_scripted_evening_and_keeps_nothing(played: Environment, tmp_path: Path) -> None:
    played.check()
    home, play = str(tmp_path), (played.python, "-m", "intimacy_kit", "play")
    done = run(*play, folder=tmp_path, HOME=home, XDG_DATA_HOME=home, USERPROFILE=home, LOCALAPPDATA=home)
    assert "Ada and Ben" in done.stdout
    assert "Good night" in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_the_packs_that_are_installed_are_listed(played: Environment) -> None:
    assert played.kit("packs").startswith("foundations ")


def test_without_any_pack_it_says_which_one_to_install(built: Artifacts, tmp_path: Path) -> None:
    alone = Environment.of(built.requirement(KIT, "cli"), folder=tmp_path)
    assert "pip install intimacy-pack-foundations" in alone.kit("packs")
    assert "pip install intimacy-pack-foundations" in alone.kit("play", exits=2)


def test_a_pack_of_somebody_else_comes_and_goes_and_what_was_done_stays(built: Artifacts, tmp_path: Path) -> None:
    tea, wheels, app = write(tmp_path / "tea", TEA), tmp_path / "wheels", tmp_path / "app"
    app.mkdir()
    kit = built.requirement(KIT, "author")
    environment = Environment.of(kit, built.wheel(FOUNDATIONS), folder=tmp_path)

    environment.kit("build", tea)
    assert (tea / "src" / "intimacy_pack_tea" / "pack.json").is_file()
    assert environment.kit("check", tea).startswith("tea 1.0: ")
    build(tea, wheels, "--wheel")
    environment.install(*wheels.glob("*.whl"))
    environment.check()
    assert "\ntea 1.0  Tea\n" in environment.kit("packs")
    assert "Who made your first cup today?" in environment.kit("show", "tea/first-cup")

    (first,) = told_by(environment, app, "do", "foundations")["done"]
    told = told_by(environment, app, "do", "tea")
    assert told["packs"] == ["foundations", "tea"]
    assert told["done"] == {first: 1, "tea/first-cup": 1}

    environment.uninstall("intimacy-pack-tea")
    assert "tea" not in [line.partition(" ")[0] for line in environment.kit("packs").splitlines()]
    later = told_by(environment, app, "look")
    assert (later["packs"], later["problems"]) == (["foundations"], [])
    assert (later["events"], later["done"]) == (told["events"], told["done"])
    assert later["suggested"], "suggestions go on"
    assert not any(activity.startswith("tea/") for activity in later["suggested"])

    environment.install(*wheels.glob("*.whl"))
    assert told_by(environment, app, "look") == told


def compiled(name: str, **changed: object) -> dict[str, str]:
    return {"pack.json": json.dumps(WELL | {"name": name} | changed)}


#: Broken distributions: how the code begins that tells what is wrong, the pack, and the files of its package.
BROKEN: dict[str, tuple[str, str, dict[str, str]]] = {
    "intimacy-pack-raising": (
        "K312",
        "raising",
        compiled("raising") | {"__init__.py": "raise SystemExit('I was run')"},
    ),
    "intimacy-pack-tomorrow": ("K309", "tomorrow", compiled("tomorrow", format=2)),
    "intimacy-pack-garbled": ("K0", "garbled", {"pack.json": '{"format": 1, "name":'}),
    "intimacy-pack-empty": ("K304", "empty", {}),
    "intimacy-pack-twin": ("K308", "twin", compiled("twin")),
    "intimacy-pack-other-twin": ("K308", "twin", compiled("twin")),
    "intimacy-pack-named": ("K310", "named", compiled("otherwise")),
    "intimacy-pack-touched": ("K307", "touched", compiled("touched")),
    "intimacy-pack-wrong": ("K1", "wrong", compiled("wrong", authors=7)),
}


@pytest.fixture(scope="module")
def beset(built: Artifacts, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Give an environment where broken packs are installed beside the first one."""
    folder = tmp_path_factory.mktemp("beset")
    environment = Environment.of(built.requirement(KIT, "cli"), built.wheel(FOUNDATIONS), folder=folder)
    environment.install(*(project(folder, name, pack, files) for name, (_, pack, files) in BROKEN.items()))
    (touched,) = environment.folder.rglob("intimacy_pack_touched/pack.json")
    touched.unlink()  # not written into: an installer may have linked it to its cache
    write(touched.parent, compiled("touched", title="Changed"))
    return environment


def test_each_broken_pack_is_told_in_one_line_with_its_distribution(beset: Environment) -> None:
    beset.check()
    listed = beset.kit("packs", exits=1)
    assert listed.startswith("foundations ")
    lines = [line for line in listed.splitlines() if line.startswith("cannot be used: ")]
    assert len(lines) == len(BROKEN)
    for distribution, (code, _, _) in BROKEN.items():
        (line,) = (line for line in lines if line.startswith(f"cannot be used: {distribution} 1.0:"))
        assert f": {code}" in line
    assert "I was run" not in listed
    assert "Traceback" not in listed


def test_beside_broken_packs_the_healthy_one_is_played(beset: Environment) -> None:
    assert "Good night" in beset.kit("play")


def test_beside_broken_packs_an_app_suggests_from_the_healthy_one(beset: Environment, tmp_path: Path) -> None:
    told = told_by(beset, tmp_path, "do", "foundations")
    assert told["packs"] == ["foundations"]
    assert len(told["problems"]) >= len(BROKEN)
    assert told["suggested"]
