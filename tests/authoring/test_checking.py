"""Everything is told at once, in the order of files and lines, whatever part of a pack cannot be read."""

import json
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


#: A prompt without a mistake: it speaks of faith, and a study that it names is among its sources.
PROMPT: dict[str, object] = {
    "id": "grace-or-toast",
    "text": "Which words do you say before eating when you pray, and which ones when you are only hungry?",
    "skills": ["conversation"],
    "depth": 2,
    "minutes": 5,
    "mood": "curious",
    "shape": "question",
    "topics": ["faith"],
    "follow_ups": {"deeper": "Who taught you those?"},
    "solo": "Write down the words.",
    "after": "Say them once together; studies show that it is remembered.",
    "requires": {"count": {"depth": 1, "n": 1}},
    "repeat": {"after_days": 30},
    "evidence": {"basis": "experiment", "sources": ["doi:10.5555/grace"]},
    "licence": "CC0-1.0",
    "rev": 2,
}
#: Words with a mistake, for each field that holds words.
BADLY_SAID: dict[str, object] = {
    "text": "Do you pray with your wife before eating?",
    "follow_ups": {"deeper": "Why did she stop?"},
    "solo": "Tell your partner the words.",
}


def add(root: Path, *prompts: object) -> None:
    (root / "prompts" / "new.yaml").write_text(json.dumps({"prompts": prompts}), "utf-8")


def told(root: Path) -> list[str]:
    return [code for code in codes(check(root)) if code != "K407"]


def test_the_prompt_of_these_tests_has_no_mistake(tea: Path) -> None:
    add(tea, PROMPT)
    assert told(tea) == []


@pytest.mark.parametrize("field", [*PROMPT, "grace"])
def test_a_prompt_refused_for_one_field_is_told_that_and_nothing_that_is_not_so(field: str, tea: Path) -> None:
    for refused in (0.5, None, ["?"], {"?": "?"}):
        add(tea, {**PROMPT, field: refused})
        assert told(tea)
        assert {code for code in told(tea) if code >= "K2"} == set()


@pytest.mark.parametrize("said", BADLY_SAID)
@pytest.mark.parametrize("field", [name for name in (*PROMPT, "grace") if name not in {"id", "text"}])
def test_words_are_judged_all_the_same_where_another_field_is_refused(field: str, said: str, tea: Path) -> None:
    add(tea, {**PROMPT, said: BADLY_SAID[said]})
    about_words = set(told(tea))
    assert about_words
    add(tea, {**PROMPT, said: BADLY_SAID[said], field: 0.5})
    assert {code for code in told(tea) if code >= "K2"} == (set() if field == said else about_words)


def test_of_a_prompt_that_is_retired_no_words_are_judged(tea: Path) -> None:
    add(tea, {**PROMPT, "text": BADLY_SAID["text"], "rev": "two", "retired": True})
    assert told(tea) == ["K103"]


def test_words_are_judged_where_they_stand_and_can_be_exempted(tea: Path) -> None:
    badly = {**PROMPT, "text": BADLY_SAID["text"], "depht": 2}
    add(tea, {**PROMPT, "rev": "two"}, badly)
    (found,) = (problem for problem in check(tea).problems if problem.code == "K705")
    assert (found.where.file, found.where.pointer) == ("prompts/new.yaml", "/prompts/1/text")
    add(tea, badly)
    (tea / "quality.yaml").write_text(
        "exemptions:\n  - {code: K705, about: grace-or-toast, reason: It is a joke between two.}\n", "utf-8"
    )
    assert {"K705", "K921", "K924"}.isdisjoint(told(tea))


@pytest.mark.parametrize("prompt", ["grace", 5, None, [], {"text": BADLY_SAID["text"]}])
def test_what_is_no_prompt_has_no_words(prompt: object, tea: Path) -> None:
    add(tea, prompt)
    assert {code for code in told(tea) if code >= "K2"} == set()


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
