"""The wheel of a pack, and what stands between a pack and its release."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CalledProcessError
from typing import Self

import pytest
from build import env
from click.testing import CliRunner, Result
from code_pages import TEA

from intimacy_kit import Catalog
from intimacy_kit.authoring import wheels
from intimacy_kit.authoring.building import Built, build
from intimacy_kit.authoring.releasing import PRIVATE, release
from intimacy_kit.authoring.wheels import build_wheel, check_wheel
from intimacy_kit.cli.commands import cli
from intimacy_kit.errors import KitError


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built, Path]:
    """Return a folder, what was compiled of it, and its wheel."""
    root = Path(shutil.copytree(TEA, tmp_path_factory.mktemp("made") / "tea"))
    built = build(root)
    return root, built, build_wheel(root, built, root / "dist").path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["build", *map(str, arguments)], prog_name="intimacy-kit")


# The wheel


def test_the_wheel_holds_the_pack_and_an_app_finds_it(made: tuple[Path, Built, Path], tmp_path: Path) -> None:
    root, built, wheel = made
    assert list(check_wheel(wheel, root, built)) == []
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path)
    found = Catalog.installed(path=[str(tmp_path)])
    assert (found.packs, found.problems) == ((built.pack,), ())


def changed(wheel: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """Write a wheel with other files: what a change gives for each, nothing for None, and more of them."""
    other = wheel.parent / "changed" / wheel.name
    other.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as opened, zipfile.ZipFile(other, "w") as written:
        for info in opened.infolist():
            data = change(info.filename, opened.read(info))
            if data is not None:
                written.writestr(info.filename, data)
        for name, data in more.items():
            written.writestr(name, data)
    return other


def codes(wheel: Path, made: tuple[Path, Built, Path]) -> set[str]:
    return {problem.code for problem in check_wheel(wheel, made[0], made[1])}


def test_what_did_not_arrive_is_told(made: tuple[Path, Built, Path]) -> None:
    wheel = changed(made[2], lambda name, data: None if name.endswith("pack.json") else data)
    assert "K927" in codes(wheel, made)


def test_what_arrived_otherwise_is_told(made: tuple[Path, Built, Path]) -> None:
    wheel = changed(made[2], lambda name, data: data + b" " if name.endswith("pack.json") else data)
    assert codes(wheel, made) == {"K929", "K307"}


@pytest.mark.parametrize(
    "name", ["intimacy_pack_tea/run.py", "other.pth", "intimacy_pack_tea-1.0.0.data/scripts/tea", "lib.so"]
)
def test_code_in_it_is_told(made: tuple[Path, Built, Path], name: str) -> None:
    assert "K928" in codes(changed(made[2], lambda _, data: data, **{name: b"print()"}), made)


def test_a_wheel_that_unpacks_to_too_much_is_not_unpacked(
    made: tuple[Path, Built, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheels, "_LARGEST", 100)
    assert codes(made[2], made) == {"K927"}


def test_a_builder_that_fails_is_said_in_a_line(tea: Path) -> None:
    built = build(tea)
    edit(tea / "pyproject.toml", 'packages = ["src/intimacy_pack_tea"]', "packages = 5")
    with pytest.raises(KitError, match=r"^no wheel can be built: ") as raised:
        build_wheel(tea, built, tea / "dist")
    assert "\n" not in str(raised.value)


class Offline:
    """An environment into which nothing can be fetched."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def install(self, wanted: object) -> None:
        said = f"looking\nno such builder: {', '.join(wanted)}\n\n"  # type: ignore[arg-type]
        raise CalledProcessError(1, ["pip"], output=said.encode())


def test_a_builder_that_is_nowhere_is_said_in_a_line(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DefaultIsolatedEnv", Offline)
    edit(tea / "pyproject.toml", 'requires = ["hatchling>=1.27"]', 'requires = ["carpenter"]')
    with pytest.raises(KitError, match=r"^no wheel can be built: no such builder: carpenter$"):
        build_wheel(tea, build(tea), tea / "dist")


def test_a_builder_that_is_not_here_is_fetched_first(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[object] = []

    class Online(Offline):
        python_executable = sys.executable

        def make_extra_environ(self) -> None:
            return None

        def install(self, wanted: object) -> None:
            fetched.append(wanted)

    monkeypatch.setattr(env, "DefaultIsolatedEnv", Online)
    edit(tea / "pyproject.toml", 'requires = ["hatchling>=1.27"]', 'requires = ["hatchling>=1.27", "carpenter"]')
    wheel = build_wheel(tea, build(tea), tea / "dist")
    assert (wheel.problems, fetched) == ((), [{"hatchling>=1.27", "carpenter"}])


# The command


def test_build_says_what_it_wrote(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tea.parent)
    assert run("tea", "--no-wheel").output == "tea/src/intimacy_pack_tea/pack.json: 11 activities\n"
    ran = run("tea/intimacy-pack.yaml")
    assert ran.output.splitlines()[1].startswith("tea/dist/intimacy_pack_tea-1.0.0-")
    assert ran.output.splitlines()[1].endswith(".whl: 7 files, all of them as they should be, and no code")
    assert (ran.exit_code, (tea / "released.json").exists()) == (0, False)


def test_without_a_pyproject_it_only_compiles(tea: Path) -> None:
    (tea / "pyproject.toml").unlink()
    assert len(run(tea).output.splitlines()) == 1
    assert not (tea / "dist").exists()


def test_a_wheel_with_something_wrong_is_told_by_build(tea: Path) -> None:
    (tea / "tools").mkdir()
    (tea / "tools" / "count.py").write_text("print(1)")
    edit(
        tea / "pyproject.toml", 'packages = ["src/intimacy_pack_tea"]', 'packages = ["src/intimacy_pack_tea", "tools"]'
    )
    ran = run(tea)
    assert (ran.exit_code, "K928" in ran.output) == (1, True)
    ran = run(tea, "--release")
    assert (ran.exit_code, "K928" in ran.output, (tea / "released.json").exists()) == (1, True, False)


def test_sources_that_cannot_be_compiled_are_told(tea: Path) -> None:
    (tea / "prompts" / "light.yaml").write_text("prompts: [")
    for arguments in ([tea], [tea, "--release"]):
        ran = run(*arguments)
        assert (ran.exit_code, "K401" in ran.output) == (1, True)


def test_a_file_is_no_folder(tea: Path) -> None:
    ran = run(tea / "README.md")
    assert (ran.exit_code, "is a file; name the folder of the sources" in ran.output) == (2, True)


# The release


def test_a_release_is_remembered_and_said(tea: Path, tmp_path: Path) -> None:
    ran = run(tea, "--release", "--out", tmp_path / "out")
    assert ran.exit_code == 0
    assert ran.output.endswith("released.json: 1.0.0 is remembered; commit it, tag it v1.0.0, and publish the wheel\n")
    assert json.loads((tea / "released.json").read_text("utf-8"))["version"] == "1.0.0"
    assert len([*(tmp_path / "out").glob("*.whl")]) == 1


def test_released_again_it_is_the_same(tea: Path) -> None:
    run(tea, "--release")
    before = (tea / "released.json").read_bytes()
    assert run(tea, "--release").exit_code == 0
    assert (tea / "released.json").read_bytes() == before


def test_while_a_pack_is_private_it_is_not_released(tea: Path) -> None:
    edit(
        tea / "pyproject.toml",
        "[project.entry-points",
        f'classifiers = [\n    "{PRIVATE}",\n]\n\n[project.entry-points',
    )
    (problem,) = release(tea, tea / "dist").problems
    assert (problem.code, problem.where.file, problem.part) == ("K920", "pyproject.toml", PRIVATE)
    edit(tea / "pyproject.toml", f'    "{PRIVATE}"', f'    # "{PRIVATE}"')
    assert release(tea, tea / "dist").problems == ()


def test_what_is_no_distribution_cannot_be_released(tea: Path) -> None:
    (tea / "pyproject.toml").unlink()
    assert [problem.code for problem in release(tea, tea / "dist").problems] == ["K930"]
