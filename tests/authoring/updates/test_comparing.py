"""What a version of a pack may not do to the one before it, and how it is told."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from code_pages import TEA
from hypothesis import given
from hypothesis import strategies as st
from little_installs import install
from little_packs import gates

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.releasing import release
from intimacy_kit.authoring.updates.changes import CHANGES
from intimacy_kit.authoring.updates.comparing import compare
from intimacy_kit.authoring.updates.opening import open_version
from intimacy_kit.authoring.updates.relocking import locked_out
from intimacy_kit.authoring.updates.snapshots import Snapshot, snapshot_of
from intimacy_kit.authoring.updates.versions import BUMPS, bump_between, least_version, more_of
from intimacy_kit.cli.commands import cli
from intimacy_kit.content.gates import AllOf, AnyOf, Count, Gate, Resolved
from intimacy_kit.errors import InvalidPackError
from intimacy_kit.loading.documents import PACK_FILE


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the pack tea was released as 1.0.0."""
    folder = tmp_path_factory.mktemp("released")
    shutil.copytree(TEA, folder / "tea")
    assert release(folder / "tea", folder / "dist").problems == ()
    return folder


@pytest.fixture
def tea(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released / "tea", tmp_path / "tea"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def diff(*arguments: object) -> tuple[int, str]:
    ran = CliRunner().invoke(cli, ["diff", *map(str, arguments)], prog_name="intimacy-kit")
    return ran.exit_code, ran.output


def raised(tea: Path, version: str) -> None:
    edit(tea / "intimacy-pack.yaml", "version: 1.0.0", f"version: {version}")
    edit(tea / "pyproject.toml", 'version = "1.0.0"', f'version = "{version}"')


# What is remembered of a release


def test_a_release_is_remembered_and_nothing_has_changed_since(tea: Path) -> None:
    remembered = open_version(str(tea / "released.json"))
    assert remembered == open_version(str(tea))
    assert diff(tea) == (0, "tea 1.0.0 -> 1.0.0\n\nnothing changed\n")
    build(tea)
    assert check(tea).problems == ()


def test_a_release_holds_no_words(tea: Path) -> None:
    assert "flood" not in (tea / "released.json").read_text("utf-8")


def test_the_order_of_files_changes_nothing(tea: Path) -> None:
    (tea / "prompts" / "later.yaml").rename(tea / "prompts" / "a.yaml")
    assert diff(tea)[0] == 0


@pytest.mark.parametrize("data", ["{}", "[", '{"format": 1}', ""])
def test_a_record_that_is_not_as_it_was_written_is_told(tea: Path, data: str) -> None:
    (tea / "released.json").write_text(data)
    build(tea)
    assert {problem.where.file for problem in check(tea).problems} == {"released.json"}
    assert diff(tea)[0] == 1


def test_a_gate_in_it_that_no_schema_can_refuse_is_told_as_well(tea: Path) -> None:
    document = json.loads((tea / "released.json").read_text("utf-8"))
    document["activities"]["cold-tea"]["requires"] = {"at_least": {"n": 2, "of": []}}
    (tea / "released.json").write_text(json.dumps(document))
    build(tea)
    assert {problem.where.file for problem in check(tea).problems} == {"released.json"}


# What may not change


BROKEN: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "an id vanished": (
        lambda tea: edit(tea / "prompts/light.yaml", "id: lid-or-saucer", "id: lid-or-plate"),
        "K831",
        "released.json",
    ),
    "a kind changed": (lambda tea: remember(tea, "oldest-spoon", kind="exercise"), "K833", "prompts/light.yaml"),
    "a rev fell": (lambda tea: remember(tea, "oldest-spoon", rev=3), "K835", "prompts/light.yaml"),
    "what was retired comes back as something else": (
        lambda tea: remember(tea, "oldest-spoon", retired=True, words="0" * 32),
        "K837",
        "prompts/light.yaml",
    ),
    "something goes deeper under the same rev": (
        lambda tea: remember(tea, "quiet-favour", depth=1),
        "K836",
        "prompts/later.yaml",
    ),
    "something touches on more under the same rev": (
        lambda tea: remember(tea, "lid-or-saucer", topics=[]),
        "K836",
        "prompts/light.yaml",
    ),
    "a migration changed": (
        lambda tea: forget_migrations(tea, {"cups": [{"op": "retire", "old": ["mug"]}]}),
        "K847",
        "migrations/cups.json",
    ),
}


def remember(tea: Path, slug: str, **fields: Any) -> None:
    document = json.loads((tea / "released.json").read_text("utf-8"))
    document["activities"][slug].update(fields)
    (tea / "released.json").write_text(json.dumps(document))


def forget_migrations(tea: Path, migrations: dict[str, Any]) -> None:
    document = json.loads((tea / "released.json").read_text("utf-8"))
    (tea / "released.json").write_text(json.dumps({**document, "migrations": migrations}))


@pytest.mark.parametrize("name", BROKEN)
def test_what_would_take_the_meaning_from_somebodys_history_is_told(name: str, tea: Path) -> None:
    breaking, code, file = BROKEN[name]
    breaking(tea)
    raised(tea, "2.0.0")
    build(tea)
    found = [problem for problem in check(tea).problems if problem.code.startswith("K83") or problem.code == "K847"]
    assert [(problem.code, problem.where.file) for problem in found] == [(code, file)]


CHECK_IN = """
check_ins:
  - id: steam
    title: How much steam is there today?
    about: One question, answered by each alone, about the day and not about the other one.
    skills: [trust]
    depth: 1
    minutes: 2
    validated: false
    scale: {low: 1, high: 5, low_label: none, high_label: the lid rattles}
    questions:
      - {id: steam, text: "How much steam is on your window?"}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("on your window?", "in your kettle?"),
        ("high: 5", "high: 7"),
        ("id: steam, text", "id: clouds, text"),
    ],
)
def test_a_check_in_that_asks_something_else_asks_for_a_rev(tea: Path, tmp_path: Path, old: str, new: str) -> None:
    (tea / "check-ins").mkdir()
    path = tea / "check-ins" / "steam.yaml"
    path.write_text(CHECK_IN.lstrip(), "utf-8")
    raised(tea, "1.1.0")
    assert [problem.code for problem in release(tea, tmp_path / "dist").problems] == []
    edit(path, old, new)
    edit(tea / "intimacy-pack.yaml", "1.1.0", "2.0.0")
    edit(tea / "pyproject.toml", '"1.1.0"', '"2.0.0"')
    build(tea)
    assert {problem.code for problem in check(tea).problems} == {"K834"}
    edit(path, "    minutes: 2", "    minutes: 2\n    rev: 2")
    build(tea)
    assert check(tea).problems == ()


def test_a_version_that_did_not_rise_is_told_with_the_least_that_will_do(tea: Path) -> None:
    edit(tea / "prompts/light.yaml", "save from a flood", "save from a fire")
    build(tea)
    (problem,) = check(tea).problems
    assert (problem.code, problem.where.file, problem.where.line) == ("K832", "intimacy-pack.yaml", 4)
    assert problem.hint.startswith("write version: 1.0.1")
    raised(tea, "1.0.1")
    build(tea)
    assert check(tea).problems == ()


def test_a_release_with_something_wrong_is_none(tea: Path, tmp_path: Path) -> None:
    before = (tea / "released.json").read_bytes()
    edit(tea / "prompts/light.yaml", "save from a flood", "save from a fire")
    made = release(tea, tmp_path / "dist")
    assert [problem.code for problem in made.problems] == ["K832"]
    assert made.wheel is None
    assert (tea / "released.json").read_bytes() == before
    assert not (tmp_path / "dist").exists()


# What is compared


def test_versions_are_folders_wheels_compiled_packs_records_and_what_is_installed(
    released: Path, tea: Path, tmp_path: Path
) -> None:
    (wheel,) = (released / "dist").glob("*.whl")
    compiled = tea / "src" / "intimacy_pack_tea"
    names = [tea, tea / "intimacy-pack.yaml", tea / "released.json", wheel, compiled, compiled / PACK_FILE]
    assert {open_version(str(name)).document["digest"] for name in names} == {snapshot(tea).document["digest"]}
    alone = tmp_path / "alone"
    shutil.copytree(tea / "src", alone / "src")
    assert open_version(str(alone)) == snapshot(tea)
    assert open_version("foundations").name == "foundations"


def test_an_installed_pack_that_is_broken_is_told_with_its_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "tea", b"{}")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InvalidPackError, match="K101"):
        open_version("tea")


def snapshot(tea: Path) -> Snapshot:
    return snapshot_of(json.loads(build(tea).data))


def test_what_is_no_version_is_said_in_a_line(tea: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.whl").write_bytes(b"no")
    with zipfile.ZipFile(tmp_path / "bare.whl", "w") as opened:
        opened.writestr("tea/other.json", "{}")
    (tmp_path / "pack.json").write_text("{}")
    said = {name: diff(tea, tmp_path / name) for name in ("nowhere", "empty", "no.whl", "bare.whl", "pack.json")} | {
        "fondations": diff(tea, "fondations"),
        "other": diff(tea, "foundations"),
        "three": diff(tea, tea, tea),
    }
    assert {name: code for name, (code, _) in said.items()} == dict.fromkeys(said, 2) | {"bare.whl": 1, "pack.json": 1}
    assert "no folder, file or installed pack" in said["nowhere"][1]
    assert "holds no pack" in said["empty"][1]
    assert "is no wheel that can be opened" in said["no.whl"][1]
    assert "K927" in said["bare.whl"][1]
    assert "K101" in said["pack.json"][1]
    assert "did you mean 'foundations'?" in said["fondations"][1]
    assert "two packs, not two versions of one" in said["other"][1]
    assert "two versions can be compared, not 3" in said["three"][1]


def test_what_was_never_released_cannot_be_compared_with_its_release(tea: Path) -> None:
    (tea / "released.json").unlink()
    code, output = diff(tea)
    assert (code, "has not been released yet" in output) == (2, True)


def test_sources_that_cannot_be_read_are_told_with_their_problems(tea: Path) -> None:
    (tea / "prompts" / "light.yaml").write_text("prompts: [")
    code, output = diff(tea)
    assert code == 1
    assert output.startswith("prompts/light.yaml:1:")


def test_the_table_is_in_the_order_of_what_matters(tea: Path) -> None:
    edit(tea / "prompts/light.yaml", "id: steam-drawing", "id: drawing-in-steam")
    edit(tea / "prompts/later.yaml", "{count: {depth: 1, n: 1}}", "{count: {depth: 1, n: 2}}")
    edit(tea / "prompts/light.yaml", "save from a flood", "save from a fire")
    edit(tea / "journeys/kettle.yaml", "steam-drawing", "drawing-in-steam")
    code, output = diff(tea)
    lines = [line.split()[:2] for line in output.splitlines()[2:-2]]
    assert lines[0] == ["never", "steam-drawing"]
    assert ["major", "quiet-favour"] in lines
    assert lines[-1] == ["patch", "oldest-spoon"]
    assert "1 change that no version may make; mend what says never" in output
    assert code == 1
    edit(tea / "prompts/light.yaml", "id: drawing-in-steam", "id: steam-drawing")
    edit(tea / "journeys/kettle.yaml", "drawing-in-steam", "steam-drawing")
    assert "asks for a major version: 2.0.0 or higher\n" in diff(tea)[1]
    raised(tea, "2.0.0")
    assert diff(tea)[1].endswith("asks for a major version, and is one\n")


# Whom a gate locks out

CUP, POT, LID = (Resolved(f"tea/{name}") for name in ("cup", "pot", "lid"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (None, None, ""),
        (CUP, None, ""),
        (None, CUP, "those who have not {resolved: cup}"),
        (CUP, POT, "those who have {resolved: cup}, but not {resolved: pot}"),
        (AllOf([CUP, POT]), POT, ""),
        (AnyOf([CUP, POT]), AllOf([CUP, POT]), "those who have {resolved: cup}, but not {resolved: pot}"),
        (Count("depth", 1, 3), Count("depth", 1, 2), ""),
        (
            Count("depth", 1, 2),
            Count("depth", 1, 3),
            "those who have {count: {depth: 1, n: 2}}, but not {count: {depth: 1, n: 3}}",
        ),
    ],
)
def test_it_says_whom_a_gate_locks_out(old: Gate | None, new: Gate | None, said: str) -> None:
    assert locked_out(old, new, {}) == said


def test_another_name_of_the_same_activity_locks_nobody_out() -> None:
    assert locked_out(CUP, POT, {"tea/cup": 0, "tea/pot": 0}) == ""


def test_what_is_retired_locks_nobody_out() -> None:
    assert locked_out(None, CUP, {"tea/cup": 0}, retired=frozenset({0})) == ""


def test_gates_too_large_to_look_through_are_said_to_be_so() -> None:
    many = AnyOf([Resolved(f"tea/{'abcdefghijklmnopqrst'[place]}") for place in range(20)])
    assert locked_out(many, CUP, {}) == "perhaps some: the gates are too large to tell"
    assert locked_out(many, many, {}) == ""


@given(gates, gates)
def test_nobody_is_locked_out_by_a_gate_that_asks_for_the_same_or_less(one: Gate, other: Gate) -> None:
    assert locked_out(one, one, {}) == ""
    assert locked_out(AllOf([one, other]), one, {}) == ""
    assert locked_out(one, AnyOf([one, other]), {}) == ""


# Versions


versions = st.tuples(*[st.integers(0, 30)] * 3).map(lambda parts: ".".join(map(str, parts)))


@given(versions, st.sampled_from(BUMPS))
def test_the_least_version_rose_by_just_that_much(version: str, bump: str) -> None:
    least = least_version(version, bump)
    risen = bump_between(version, least)
    assert more_of([risen, bump]) == risen
    assert risen == bump or version.startswith("0.")


@given(versions, versions)
def test_no_version_rises_both_ways(one: str, other: str) -> None:
    assert "none" in {bump_between(one, other), bump_between(other, one)}


def test_every_kind_of_change_asks_for_a_known_rise() -> None:
    assert set(CHANGES.values()) <= {*BUMPS, "never"}


@pytest.mark.parametrize(
    ("field", "value", "change"),
    [
        ("licence", "MIT", ("", "licence_changed")),
        ("requires_kit", "0.0.5", None),
        ("requires_kit", "9.0", ("", "kit_newer")),
    ],
)
def test_what_changed_about_the_pack_itself_is_told(
    tea: Path, field: str, value: str, change: tuple[str, str] | None
) -> None:
    old = snapshot(tea)
    new = Snapshot.from_document({**old.document, field: value})
    assert [(one.about, one.what) for one in compare(old, new).changes] == ([change] if change else [])
