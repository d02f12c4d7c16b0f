"""Everything is told at once, in the order of files and lines, whatever part of a pack cannot be read."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from code_pages import TEA

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import Checked, check

LIGHT, MANIFEST = "prompts/light.yaml", "intimacy-pack.yaml"


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(TEA, tmp_path / "tea"))
    build(root)
    return root


def edit(root: Path, file: str, before: str, after: str) -> None:
    text = (root / file).read_text("utf-8")
    assert text.count(before) == 1
    (root / file).write_text(text.replace(before, after), "utf-8")


def codes(checked: Checked) -> list[str]:
    return [problem.code for problem in checked.problems]


def test_a_clean_pack_has_no_problems_and_is_given(tea: Path) -> None:
    checked = check(tea)
    assert checked.problems == ()
    assert checked.pack is not None
    assert checked.pack.name == "tea"
    assert checked.built.data == (tea / "src" / "intimacy_pack_tea" / "pack.json").read_bytes()


def test_every_part_of_the_check_is_heard_and_the_order_is_that_of_files_and_lines(tea: Path) -> None:
    edit(tea, MANIFEST, "[en]", "[en, de]")  # languages
    edit(tea, LIGHT, "save from", "save  from")  # words
    edit(tea, "prompts/later.yaml", "    depth: 2\n    minutes: 10\n    mood: grateful\n    shape: question\n"
         "    requires: {count: {depth: 1, n: 1}}\n", "    depth: 2\n    minutes: 10\n    mood: grateful\n"
         "    shape: question\n")  # proofs  # fmt: skip
    (tea / "LICENSE").unlink()  # packaging
    (tea / "released.json").write_text("{", "utf-8")  # updates
    (tea / "quality.yaml").write_text("exemptions:\n  - {code: K726, reason: It is quite a joke.}\n", "utf-8")
    checked = check(tea)
    assert {"K803", "K757", "K505", "K902", "K003", "K921", "K407"} <= set(codes(checked))
    assert list(checked.problems) == sorted(set(checked.problems))
    places = [(p.where.file, p.where.line, p.where.column) for p in checked.problems]
    assert places == sorted(places)


def test_every_problem_has_a_file_that_can_be_opened_at_its_line(tea: Path) -> None:
    edit(tea, MANIFEST, "Tea for two", "Tea  for two.")
    edit(tea, LIGHT, "save from", "save  from")
    edit(tea, "journeys/kettle.yaml", "One pot of tea", "One  pot of tea.")
    edit(tea, "stories/the-second-cup.md", "She sat down in her coat", "She sat  down in her coat")
    checked = check(tea)
    assert {p.where.file for p in checked.problems if p.code == "K757"} == {
        MANIFEST, LIGHT, "journeys/kettle.yaml", "stories/the-second-cup.md",
    }  # fmt: skip
    for problem in checked.problems:
        if problem.where.line:
            line = (tea / problem.where.file).read_text("utf-8").split("\n")[problem.where.line - 1]
            assert line[problem.where.column - 1 :].startswith(problem.part)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda root: edit(root, "journeys/kettle.yaml", "asks: 2", "asks: two"),
        lambda root: edit(root, MANIFEST, "format: 1", "format: one"),
        lambda root: (root / MANIFEST).unlink(),
        lambda root: (root / "stories" / "the-second-cup.md").write_bytes(b"\xff"),
        lambda root: (root / "pyproject.toml").write_text("[", "utf-8"),
    ],
)
def test_what_cannot_be_read_does_not_hide_what_is_said_of_other_words(
    spoil: Callable[[Path], object], tea: Path
) -> None:
    edit(tea, LIGHT, "save from", "save  from")
    spoil(tea)
    checked = check(tea)
    assert checked.pack is None
    assert "K757" in codes(checked)
    assert len(checked.problems) > 1


def test_of_what_cannot_be_read_as_a_whole_nothing_is_said_that_needs_the_whole(tea: Path) -> None:
    edit(tea, "journeys/kettle.yaml", "asks: 2", "asks: two")
    (tea / "LICENSE").unlink()
    (tea / LIGHT).write_text("prompts: []\n", "utf-8")
    assert {code for code in codes(check(tea)) if code >= "K5"} == {"K902"}


def test_of_a_pack_without_a_readable_manifest_nothing_is_said_of_publishing(tea: Path) -> None:
    edit(tea, "intimacy-pack.yaml", "format: 1", "format: one")
    (tea / "LICENSE").unlink()
    assert codes(check(tea)) == ["K103"]


def test_a_folder_of_something_else_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    checked = check(tmp_path)
    assert (checked.pack, codes(checked)) == (None, ["K408"])


def test_an_id_that_is_taken_twice_does_not_hide_what_is_said_of_words(tea: Path) -> None:
    text = (tea / LIGHT).read_text("utf-8").replace("save from", "save  from")
    (tea / "prompts" / "again.yaml").write_text(text, "utf-8")
    assert {"K201", "K757"} <= set(codes(check(tea)))


def test_the_words_of_packs_beside_are_compared_but_not_those_of_an_older_self(tea: Path, tmp_path: Path) -> None:
    same = check(tea).pack
    assert same is not None
    assert check(tea, [same]).problems == ()
    other = Path(shutil.copytree(tea, tmp_path / "other"))
    edit(other, MANIFEST, "name: tea", "name: pot")
    shutil.rmtree(other / "src")
    (other / "pyproject.toml").unlink()
    build(other)
    assert "K798" in codes(check(other, [same]))


def test_an_exemption_lets_pass_what_a_pack_beside_says_too(tea: Path) -> None:
    same = check(tea).pack
    assert same is not None
    edit(tea, MANIFEST, "name: tea", "name: pot")
    shutil.rmtree(tea / "src")
    (tea / "pyproject.toml").unlink()
    (tea / "quality.yaml").write_text("exemptions:\n  - {code: K798, reason: It is the same pack.}\n", "utf-8")
    build(tea)
    assert check(tea, [same]).problems == ()
    assert codes(check(tea)) == ["K921"]


def test_an_exemption_of_what_cannot_be_read_is_neither_unknown_nor_stale(tea: Path) -> None:
    (tea / "quality.yaml").write_text(
        "exemptions:\n  - {code: K726, about: cold-tea, reason: It is quite a joke.}\n", "utf-8"
    )
    assert codes(check(tea)) == ["K921"]
    (tea / "prompts" / "later.yaml").write_text("prompts: [\n", "utf-8")
    assert {"K921", "K924"}.isdisjoint(codes(check(tea)))
