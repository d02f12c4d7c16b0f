"""A new pack is whole from its first minute: it checks clean, proves clean, and is written all or not at all."""

import json
import shutil
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from intimacy_kit.authoring.building import MANIFEST, compile_pack, stale
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.starting import beginning as beginnings
from intimacy_kit.authoring.starting import creating
from intimacy_kit.authoring.starting.beginning import EXAMPLE_LANGUAGES, Beginning, files_of
from intimacy_kit.authoring.starting.creating import create, refresh_schemas
from intimacy_kit.authoring.starting.examples import examples_left
from intimacy_kit.authoring.starting.licences import LICENCES
from intimacy_kit.content.activities import Story
from intimacy_kit.errors import InvalidPackError, InvalidValueError, KitError
from intimacy_kit.loading.documents import load_pack

EVENING = Beginning("Evening talks", "Ada Lovelace", "evening-talks")
ROOT = Path(__file__).parents[3]


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("language", "licence"),
    [("de", LICENCES[0]), ("es", LICENCES[0]), ("pt-BR", LICENCES[0]), ("no", LICENCES[0])]
    + [("en", licence) for licence in LICENCES],
)
def test_a_new_pack_of_any_language_and_licence_has_nothing_wrong_with_it(
    language: str, licence: Any, tmp_path: Path
) -> None:
    beginning = Beginning("Talks: \"late\" & 'later' #1", 'Ana, "die" Große', "late-talks", language, licence)
    pack = create(tmp_path / "new", beginning)
    assert check(tmp_path / "new").problems == ()
    assert load_pack(tmp_path / "new") == pack
    assert (pack.title.words, pack.authors, pack.languages) == (beginning.title, (beginning.author,), (language,))
    assert sorted(activity.kind for activity in pack.activities) == ["exercise", "prompt", "prompt", "story"]
    assert len(pack.journeys) == 1
    assert {activity.depth for activity in pack.activities} == {1}
    project = tomllib.loads((tmp_path / "new" / "pyproject.toml").read_text("utf-8"))["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    assert project["authors"] == [{"name": beginning.author}]


@pytest.mark.parametrize("language", EXAMPLE_LANGUAGES)
def test_each_way_through_the_story_is_as_long_as_a_story_is(language: str, tmp_path: Path) -> None:
    pack = create(tmp_path / "new", Beginning("A", "B", "a", language))
    story = next(activity for activity in pack.activities if isinstance(activity, Story))
    words = {scene.id: sum(len(part.words.split()) for part in scene.paragraphs) for scene in story.scenes}
    first, *branches, last = story.scenes
    assert len(branches) == len(first.choices) == 2
    for branch in branches:
        assert 250 <= words[first.id] + words[branch.id] + words[last.id] <= 600
    assert set(story.links) == {activity.id for activity in pack.activities if activity.kind == "exercise"}


def test_examples_do_not_repeat_what_the_official_packs_say(tmp_path: Path) -> None:
    beside = [pack for path in ROOT.glob(f"packs/*/{MANIFEST}") if (pack := compile_pack(path.parent).pack)]
    create(tmp_path / "new", EVENING)
    assert check(tmp_path / "new", beside).problems == ()


def test_all_files_are_there_and_end_in_a_line_feed(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    schemas = {"check-ins", "definitions", "exercises", "guide", "journeys", "manifest", "migration", "prompts"}
    assert files_in(tmp_path) == {
        *("intimacy-pack.yaml", "pyproject.toml", "README.md", "WRITING.md", "CHANGELOG.md", "LICENSE"),
        *(".gitattributes", ".gitignore", ".vscode/settings.json", ".vscode/extensions.json"),
        *(".github/workflows/check.yml", ".github/workflows/publish.yml", "tests/test_pack.py"),
        *("prompts/first.yaml", "exercises/first.yaml", "journeys/first.yaml", "stories/twenty-to-seven.md"),
        *("src/intimacy_pack_evening_talks/__init__.py", "src/intimacy_pack_evening_talks/pack.json"),
        *(f".schemas/{name}.schema.json" for name in (*schemas, "quality", "story")),
    }
    for name in files_in(tmp_path) - {"src/intimacy_pack_evening_talks/__init__.py"}:
        data = (tmp_path / name).read_bytes()
        assert data.endswith(b"\n"), name
        assert b"\r" not in data, name
        assert b"@@" not in data, name


def test_the_first_line_of_every_source_names_a_schema_that_is_there(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    sources = [*tmp_path.glob("*.yaml"), *tmp_path.glob("[a-z]*/*.yaml"), *tmp_path.glob("stories/*.md")]
    assert len(sources) == 5
    for path in sources:
        line = next(line for line in path.read_text("utf-8").split("\n") if line != "---")
        named = line.removeprefix("# yaml-language-server: $schema=")
        schema = json.loads((path.parent / named).read_text("utf-8"))
        assert schema["title"]


def test_every_reference_of_a_schema_leads_to_one_that_is_there_too(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    for path in (tmp_path / ".schemas").iterdir():
        for part in path.read_text("utf-8").split('"$ref": "')[1:]:
            file = part.partition('"')[0].partition("#")[0]
            assert (path.parent / file).exists() or not file


def test_only_one_job_may_say_who_it_is_and_only_for_this_pack(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    flow = yaml.safe_load((tmp_path / ".github/workflows/publish.yml").read_text("utf-8"))
    assert flow["permissions"] == {}
    assert flow["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert flow["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert flow["jobs"]["publish"]["environment"] == "evening-talks"
    assert flow["jobs"]["publish"]["needs"] == "build"
    checked = yaml.safe_load((tmp_path / ".github/workflows/check.yml").read_text("utf-8"))
    assert checked["permissions"] == {"contents": "read"}


def test_the_test_of_the_pack_passes_and_fails_with_the_pack(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    names: dict[str, Any] = {"__file__": str(tmp_path / "tests" / "test_pack.py")}
    exec((tmp_path / "tests" / "test_pack.py").read_text("utf-8"), names)
    names["test_the_pack_is_valid"]()
    (tmp_path / "src" / "intimacy_pack_evening_talks" / "pack.json").write_text("{}", "utf-8")
    with pytest.raises(AssertionError, match="K101"):
        names["test_the_pack_is_valid"]()


def test_a_pack_of_another_language_says_that_its_examples_are_english(tmp_path: Path) -> None:
    pack = create(tmp_path, Beginning("Soirées", "Ada", "soirees", "fr"))
    assert pack.languages == ("fr",)
    for name in ("prompts/first.yaml", "exercises/first.yaml", "journeys/first.yaml", "stories/twenty-to-seven.md"):
        assert "# The pack is in 'fr' and these examples are English" in (tmp_path / name).read_text("utf-8")
    assert "these examples are English" not in "".join(files_of(EVENING).values())


@pytest.mark.parametrize("language", [*EXAMPLE_LANGUAGES, "fr"])
def test_no_example_is_released_by_accident(language: str, tmp_path: Path) -> None:
    pack = create(tmp_path, Beginning("Talks", "Ada", "talks", language))
    found = list(examples_left(pack))
    assert [problem.code for problem in found] == ["K948"] * 4
    fields = {"prompt": "text", "exercise": "about", "story": "scenes/0/paragraphs/0"}
    assert [problem.where.pointer.split("/", 3)[3] for problem in found] == [
        fields[one.kind] for one in pack.activities
    ]
    for path in tmp_path.glob("*/*.yaml"):
        path.write_text(
            path.read_text("utf-8").replace("text: ", "text: Now: ").replace(": Now: ", ": Now - "), "utf-8"
        )
        path.write_text(path.read_text("utf-8").replace("about: ", "about: Now - "), "utf-8")
    story = next(tmp_path.glob("stories/*.md"))
    story.write_text(story.read_text("utf-8").replace("\n\n", "\n\nNow. ", 1), "utf-8")
    changed = compile_pack(tmp_path).pack
    assert changed is not None
    assert list(examples_left(changed)) == []


def test_what_is_retired_or_of_another_kind_is_no_example() -> None:
    kettle = compile_pack(ROOT / "tests" / "cli" / "kettle").pack
    assert kettle is not None
    assert list(examples_left(kettle)) == []


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(KitError, match="is not empty"):
        create(tmp_path, EVENING)
    with pytest.raises(KitError, match="is a file"):
        create(tmp_path / "mine.txt", EVENING)
    assert files_in(tmp_path) == {"mine.txt"}


def test_a_folder_in_which_only_git_and_desktops_left_something_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref", "utf-8")
    create(tmp_path, EVENING)
    assert {".git/HEAD", MANIFEST} <= files_in(tmp_path)


@pytest.mark.parametrize("there", [True, False])
def test_where_it_does_not_end_well_nothing_stays(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new"
    if there:
        (folder / ".git").mkdir(parents=True)

    def half(made: Path, place: Path, **options: Any) -> None:
        shutil.copytree(made, place, **options)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(creating, "shutil", SimpleNamespace(copytree=half, rmtree=shutil.rmtree))
    with pytest.raises(OSError, match="No space left"):
        create(folder, EVENING)
    assert [path.name for path in tmp_path.rglob("*")] == (["new", ".git"] if there else [])


def test_templates_that_are_wrong_are_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "_EXAMPLES", {"README.md": "readme.txt", "prompts/first.yaml": "journeys.yaml"})
    with pytest.raises(InvalidPackError):
        create(tmp_path / "new", EVENING)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "'title' must be a line"),
        ({"title": "x" * 121}, "'title' must be a line"),
        ({"title": "two\nlines"}, "'title' holds a character"),
        ({"author": "A\u202eB"}, "'author' holds a character"),
        ({"name": "Not A Slug"}, "'name' must be plain"),
        ({"language": "english!"}, "'language' must be"),
    ],
)
def test_what_cannot_stand_in_a_pack_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        Beginning(**{"title": "A", "author": "B", "name": "c", **change})  # type: ignore[arg-type]  # texts all


def test_the_copy_of_the_schemas_is_renewed(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    assert refresh_schemas(tmp_path) == 0
    (tmp_path / ".schemas" / "prompts.schema.json").write_text("{}", "utf-8")
    (tmp_path / ".schemas" / "story.schema.json").unlink()
    assert refresh_schemas(tmp_path) == 2
    assert refresh_schemas(tmp_path) == 0


def test_schemas_are_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / ".schemas").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KitError, match="is a link"):
        refresh_schemas(tmp_path / "pack")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_is_compiled_is_not_stale(tmp_path: Path) -> None:
    create(tmp_path, EVENING)
    assert stale(tmp_path, compile_pack(tmp_path)) == ()
