"""Where problems of sources are told: each mistake once, at the words that are meant, and nothing hides another."""

import shutil
from pathlib import Path

import pytest
from code_pages import TEA

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.gathering import gather, has_sources
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.reading import pack_from
from intimacy_kit.problems import Problem, Where

PROMPT = """\
prompts:
  - id: coat-hook
    text: Whose coat hangs nearest to the door?
    skills: [conversation]
    depth: 1
    minutes: 5
    shape: question
    mood: ordinary
"""


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


def said(tea: Path, *more: str, text: str = PROMPT, file: str = "prompts/new.yaml") -> list[str]:
    """Write a file of the pack with some lines more, and return what is said of it."""
    (tea / file).write_text(text + "".join(f"    {line}\n" for line in more), "utf-8")
    build(tea)
    return [f"{one}" for one in check(tea).problems]


def test_a_misspelt_field_is_not_missing_too(tea: Path) -> None:
    (problem,) = said(tea, text=PROMPT.replace("minutes", "minuets"))
    assert problem == "prompts/new.yaml:6:5: K102 'minuets' is not a field here (did you mean 'minutes'?)"


def test_a_field_that_is_missing_is_told_beside_one_that_was_made_up(tea: Path) -> None:
    assert [one.split()[1] for one in said(tea, text=PROMPT.replace("minutes", "xyzzy"))] == ["K101", "K102"]


def test_a_count_without_its_number_is_one_mistake(tea: Path) -> None:
    (problem,) = said(tea, "requires: {count: {depth: 1}}")
    assert problem.startswith("prompts/new.yaml:9:23: K101 'n' is missing")


@pytest.mark.parametrize(
    ("topic", "hint"), [("monney", "did you mean 'money'?"), ("xyzzy", "it is one of home, work, study, friends")]
)
def test_a_topic_that_is_in_no_list_is_told_once(tea: Path, topic: str, hint: str) -> None:
    (problem,) = said(tea, f"topics: [{topic}]")
    assert f"K104 '{topic}' is not known here ({hint}" in problem


def test_the_name_in_a_gate_is_underlined_and_not_the_gate(tea: Path) -> None:
    (problem,) = said(tea, "requires: {all: [{resolved: oldest-spoon}, {resolved: nobody-knows}]}")
    assert problem.startswith("prompts/new.yaml:9:59: K202 there is no activity 'nobody-knows' in this pack")


def test_what_cannot_be_read_hides_no_wrong_name_of_the_rest(tea: Path) -> None:
    (tea / "prompts" / "broken.yaml").write_text("prompts: tea\n", "utf-8")
    codes = [one.split()[1] for one in said(tea, "links: [coat-hook, nobody-knows]")]
    assert codes == ["K103", "K204"]  # nobody-knows may stand in the file that cannot be read


def test_a_wrong_manifest_hides_no_wrong_name(tea: Path) -> None:
    manifest = tea / "intimacy-pack.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    assert [one.split()[1] for one in said(tea, "links: [nobody-knows]")] == ["K102", "K202"]


def test_a_name_in_a_pack_that_is_there_must_be_there(tea: Path) -> None:
    (tea / "prompts" / "new.yaml").write_text(f"{PROMPT}    links: [porch/lmap, attic/box]\n", "utf-8")
    lamp = {"kind": "prompt", "id": "lamp", "text": "Which?", "skills": ["trust"], "depth": 1, "minutes": 5}
    head = {
        "format": 1,
        "title": "P",
        "version": "1.0",
        ("languages"): ["en"],
        "authors": ["A"],
        "licence": "MIT",
        "about": "P.",
    }
    porch = pack_from({**head, "name": "porch", "activities": [lamp], "journeys": []})
    build(tea)
    (problem,) = check(tea, [porch]).problems
    assert problem == Problem(
        Where("prompts/new.yaml", 9, 13, "/prompts/0/links/0"),
        "K212",
        "there is no 'lmap' in the pack 'porch'",
        "did you mean 'porch/lamp'?",
        "porch/lmap",
    )


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        (
            "prompts/old/a.yaml",
            ("prompts/old: K406 this is not read (only files are read here: put what is in it straight"),
        ),
        ("prompts/new.YML", "prompts/new.YML: K406 this is not read (rename it to new.yaml)"),
        ("stories/new.md.txt", "stories/new.md.txt: K406 this is not read (rename it to new.md)"),
        ("prompts/light.yml", "prompts/light.yml: K406 this is not read (only files that end in .yaml are read here"),
        ("prompts/notes.txt", "prompts/notes.txt: K406 this is not read (only files that end in .yaml are read here"),
    ],
)
def test_of_what_is_not_read_it_is_said_how_it_would_be(tea: Path, file: str, hint: str) -> None:
    (tea / file).parent.mkdir(exist_ok=True)
    (problem,) = said(tea, file=file)
    assert problem.startswith(hint)


def test_a_link_that_leads_nowhere_is_a_link(tea: Path) -> None:
    (tea / "prompts" / "new.yaml").symlink_to("nowhere.yaml")
    (problem,) = check(tea).problems[:1]
    assert (problem.code, problem.hint) == ("K305", "put a copy of the file in its place")


@pytest.mark.parametrize("name", ["intimacy-pack.yml", "Intimacy_Pack.yaml", "intimacy-pack.yaml.txt", "pack.yaml"])
def test_a_manifest_that_is_nearly_called_so_is_found(tea: Path, name: str) -> None:
    (tea / "intimacy-pack.yaml").rename(tea / name)
    (problem,) = check(tea).problems
    assert problem == Problem(
        Where("intimacy-pack.yaml"), "K408", "the file is missing", f"rename {name} to intimacy-pack.yaml"
    )
    assert has_sources(tea)


def test_an_empty_folder_holds_no_sources(tmp_path: Path) -> None:
    assert not has_sources(tmp_path)
    (tmp_path / "pack.yml").touch()
    assert has_sources(tmp_path)


def test_what_is_about_the_whole_pack_blames_no_line(tea: Path) -> None:
    there = gather(tea)
    assert there.placed(Problem(Where(), "K519", "nothing here")).where == Where("intimacy-pack.yaml")
    assert there.placed(Problem(Where(pointer="/title"), "K106", "long")).where.line == 3


def test_of_a_pack_that_is_too_large_to_be_read_the_rest_is_told(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(_: object) -> None:
        raise InvalidValueError("activities", "too many")

    monkeypatch.setattr("intimacy_kit.authoring.building.pack_from", too_large)
    (problem,) = said(tea, "xyzzy: 1")
    assert problem.startswith("prompts/new.yaml:9:5: K102")


def test_words_that_are_written_as_an_escape_are_meant_where_the_text_begins(tea: Path) -> None:
    there = gather(tea)
    problem = Problem(Where(pointer="/about"), "K704", "vague", part="not in this text at all")
    assert (
        there.placed(problem).where.column
        == there.placed(Problem(Where(pointer=("/about")), "K704", "vague")).where.column
    )
