"""The same sources give the same bytes everywhere; with any problem, nothing is written."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from intimacy_kit.authoring.building import MANIFEST, build, compile_pack, compiled_path, stale
from intimacy_kit.loading.documents import load_pack, read_pack
from intimacy_kit.problems import Problem, Where
from intimacy_kit.testing import assert_pack_valid

ROOT = Path(__file__).parents[2]
PACKS = sorted(path.parent for path in ROOT.glob(f"packs/*/{MANIFEST}"))
KETTLE = ROOT / "tests" / "cli" / "kettle"


@pytest.fixture
def kettle(tmp_path: Path) -> Path:
    """A copy of the sources of a little pack of every kind."""
    return Path(shutil.copytree(KETTLE, tmp_path / "kettle"))


@pytest.fixture(scope="module")
def data() -> bytes:
    return compile_pack(KETTLE).data


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_another_folder_gives_the_same_bytes(kettle: Path, data: bytes) -> None:
    assert compile_pack(kettle).data == data != b""


def test_files_that_were_written_in_another_order_give_the_same_bytes(
    kettle: Path, tmp_path: Path, data: bytes
) -> None:
    other = tmp_path / "backwards"
    for name, content in sorted(snapshot(kettle).items(), reverse=True):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_bytes(content)
    assert compile_pack(other).data == data


def test_activities_that_moved_to_files_of_other_names_give_the_same_bytes(kettle: Path, data: bytes) -> None:
    (kettle / "prompts" / "light.yaml").rename(kettle / "prompts" / "zzz.yaml")
    assert compile_pack(kettle).data == data


def test_line_ends_and_a_byte_order_mark_give_the_same_bytes(kettle: Path, data: bytes) -> None:
    for name, content in snapshot(kettle).items():
        (kettle / name).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert compile_pack(kettle).data == data


@pytest.mark.parametrize(("seed", "locale"), [("1", "C"), ("2", "tr_TR.UTF-8"), ("3", "POSIX")])
def test_another_hash_seed_or_locale_gives_the_same_bytes(seed: str, locale: str, data: bytes) -> None:
    program = (
        "import sys; from pathlib import Path; from intimacy_kit.authoring.building import compile_pack;"
        "sys.stdout.buffer.write(compile_pack(Path(sys.argv[1])).data)"
    )
    env = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0"}
    ran = subprocess.run([sys.executable, "-c", program, str(KETTLE)], env=env, capture_output=True, check=True)
    assert ran.stdout == data


def test_what_is_compiled_is_what_an_app_loads(kettle: Path) -> None:
    built = build(kettle)
    assert built.pack is not None
    assert load_pack(kettle) == built.pack == read_pack(built.data).pack == assert_pack_valid(kettle)
    assert {activity.kind for activity in built.pack.activities} == {"prompt", "exercise", "story", "check_in", "guide"}


def test_activities_are_sorted_by_id_and_journeys_stay_as_they_are_written(data: bytes) -> None:
    document = json.loads(data)
    ids = [activity["id"] for activity in document["activities"]]
    assert ids == sorted(ids)
    assert [journey["id"] for journey in document["journeys"]] == ["slow-evening", "a-short-one"]


def test_build_writes_the_pack_and_an_empty_init_and_touches_nothing_else(kettle: Path) -> None:
    before = snapshot(kettle)
    built = build(kettle)
    package = "src/intimacy_pack_kettle_time"
    assert snapshot(kettle) == before | {f"{package}/__init__.py": b"", f"{package}/pack.json": built.data}


def test_building_twice_changes_nothing(kettle: Path) -> None:
    build(kettle)
    before = snapshot(kettle)
    build(kettle)
    assert snapshot(kettle) == before


def test_with_any_problem_what_was_built_before_stays_untouched(kettle: Path) -> None:
    build(kettle)
    (kettle / "guides" / "nothing.md").write_text("", "utf-8")
    before = snapshot(kettle)
    built = build(kettle)
    assert [str(problem.where) for problem in built.problems] == ["guides/nothing.md:1:1"]
    assert snapshot(kettle) == before


def test_a_pack_that_is_not_compiled_yet_is_told(kettle: Path) -> None:
    where = Where("src/intimacy_pack_kettle_time/pack.json")
    assert stale(kettle, compile_pack(kettle)) == (
        Problem(where, "K407", "the pack is not compiled yet", "run 'intimacy-kit build'"),
    )


def test_a_pack_whose_sources_have_changed_since_is_told(kettle: Path) -> None:
    build(kettle)
    assert stale(kettle, compile_pack(kettle)) == ()
    manifest = kettle / MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace("0.1.0", "0.1.1"), "utf-8")
    where = Where("src/intimacy_pack_kettle_time/pack.json")
    assert stale(kettle, compile_pack(kettle)) == (
        Problem(where, "K407", "the sources have changed since it was built", "run 'intimacy-kit build'"),
    )


def test_of_broken_sources_nobody_says_that_they_are_stale(tmp_path: Path) -> None:
    assert stale(tmp_path, compile_pack(tmp_path)) == ()


def test_a_link_among_the_sources_is_told(kettle: Path) -> None:
    try:
        (kettle / "prompts" / "linked.yaml").symlink_to("light.yaml")
    except OSError:  # Windows, without the right to
        pytest.skip("no links here")
    assert [str(problem) for problem in compile_pack(kettle).problems] == [
        "prompts/linked.yaml: K305 the file is a link (put a copy of the file in its place)"
    ]


def test_an_empty_pack_is_a_pack(tmp_path: Path) -> None:
    shutil.copy(KETTLE / MANIFEST, tmp_path / MANIFEST)
    built = compile_pack(tmp_path)
    assert built.pack is not None
    assert (built.pack.activities, built.pack.journeys, built.problems) == ((), (), ())


@pytest.mark.parametrize("root", PACKS, ids=lambda root: root.name)
def test_an_official_pack_is_clean_compiled_and_loads_as_it_compiles(root: Path) -> None:
    built = compile_pack(root)
    assert built.problems == ()
    assert built.pack is not None
    assert stale(root, built) == ()
    assert load_pack(root) == load_pack(compiled_path(root, built.pack)) == built.pack


def test_an_invalid_pack_fails_a_test_of_its_writer_and_says_everything(kettle: Path) -> None:
    built = build(kettle)
    assert built.pack is not None
    document = json.loads(built.data)
    document["titel"] = document.pop("title")
    path = compiled_path(kettle, built.pack)
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(AssertionError) as failed:
        assert_pack_valid(path)
    lines = str(failed.value).splitlines()
    assert [line.split(": ", 1)[1].partition(" (")[0] for line in lines] == [
        "K101 'title' is missing",
        "K102 'titel' is not a field here",
    ]


PROJECT = """[project]
version = "{version}"
[project.entry-points."intimacy_kit.packs"]
{entry}
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PROJECT.format(version="1.2.0", entry='kettle-time = "intimacy_pack_kettle_time"'), []),
        (
            PROJECT.format(version="9", entry='kettle-time = "intimacy_pack_kettle_time"'),
            ["the version is not that of"],
        ),
        (PROJECT.format(version="1.2.0", entry='kettle = "intimacy_pack_kettle"'), ["an app would not find this pack"]),
        ("[project]\n", ["an app would not find this pack"]),
        ("project = 3\n", ["this is not TOML with a [project] in it"]),
        ("[project\n", ["this is not TOML with a [project] in it"]),
    ],
)
def test_a_project_file_that_says_otherwise_than_the_manifest_is_a_problem(
    kettle: Path, text: str, told: list[str]
) -> None:
    (kettle / ("pyproject.toml")).write_text(text.replace("1.2.0", str(compile_pack(kettle).pack.version)), "utf-8")  # type: ignore[union-attr]
    problems = compile_pack(kettle).problems
    assert [problem.where.file for problem in problems] == ["pyproject.toml"] * len(told)
    assert {problem.code for problem in problems} <= {"K401", "K412"}
    assert all(problem.message.startswith(said) for problem, said in zip(problems, told, strict=True))


def test_a_project_file_beside_an_unreadable_manifest_is_left_for_later(kettle: Path) -> None:
    (kettle / "pyproject.toml").write_text("[project]\n", "utf-8")
    (kettle / MANIFEST).write_text("- no\n", "utf-8")
    assert {problem.where.file for problem in compile_pack(kettle).problems} == {MANIFEST}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_folder_that_is_a_link_is_neither_read_nor_written_through(kettle: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (kettle / "src").symlink_to(outside)
    (problem,) = build(kettle).problems
    assert (problem.code, problem.message) == ("K305", "this leads out of the pack by a link")
    assert list(outside.iterdir()) == []
    (kettle / "src").unlink()
    (kettle / "prompts").rename(tmp_path / "prompts")
    (kettle / "prompts").symlink_to(tmp_path / "prompts")
    assert (
        Problem(Where("prompts"), "K305", "the folder is a link", "put a copy of it in its place")
        in build(kettle).problems
    )


def test_a_folder_that_is_called_like_a_source_is_told_to_be_no_file(kettle: Path) -> None:
    (kettle / "prompts" / "more.yaml").mkdir()
    assert compile_pack(kettle).problems == (
        Problem(
            Where("prompts/more.yaml"),
            "K406",
            "this is not read",
            ("only files are read here: put what is in it straight into prompts"),
        ),
    )
