"""What keeps a pack from being published well is told where it stands; nothing in a pyproject.toml stops the check."""

import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from code_pages import TEA
from hypothesis import given, settings
from hypothesis import strategies as st

from intimacy_kit.authoring.building import PROJECT, compile_pack
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.packaging import check_packaging
from intimacy_kit.authoring.project_file import place_in_project, span_in_project, with_field
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem

PACKAGE = "src/intimacy_pack_tea"
DEPENDENCIES = 'dependencies = ["intimacy-kit>=0.1"]'
KEYWORDS = 'keywords = ["intimacy-kit-pack"]'
LICENCE = 'license = "CC-BY-4.0"'
NAME = 'name = "intimacy-pack-tea"'
README = 'readme = "README.md"'
DESCRIPTION = 'description = "A few questions for the time the kettle needs, for two people at a kitchen table"'

Change = Callable[[Path], object]


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack = compile_pack(TEA).pack
    assert pack is not None
    return pack


def without(file: str) -> Change:
    return lambda root: (root / file).unlink()


def having(file: str, words: str) -> Change:
    def change(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(words, "utf-8")

    return change


def project(before: str, after: str) -> Change:
    return edited(PROJECT, before, after)


def manifest(before: str, after: str) -> Change:
    return edited("intimacy-pack.yaml", before, after)


def edited(file: str, before: str, after: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert text.count(before) == 1, before
        (root / file).write_text(text.replace(before, after), "utf-8")

    return change


def found(root: Path) -> list[Problem]:
    pack = compile_pack(root).pack
    assert pack is not None
    return list(check_packaging(root, pack))


def told(root: Path) -> list[str]:
    return [f"{problem.where} {problem.code} {problem.part}".rstrip() for problem in found(root)]


def _with_list(root: Path) -> None:
    text = (root / PROJECT).read_text("utf-8")
    (root / PROJECT).write_text("build-system = []\n" + text.partition("\n\n")[2], "utf-8")


CASES = {
    "no readme": (without("README.md"), "README.md K901"),
    "an empty readme": (having("README.md", " \n"), "README.md K901"),
    "no readme is named": (project(README + "\n", ""), "pyproject.toml:5:1 K901 [project]"),
    "an empty name of a readme": (project(README, 'readme = ""'), "pyproject.toml:9:1 K901"),
    "a readme that is a number": (project(README, "readme = 5"), "pyproject.toml:9:1 K901"),
    "a readme that is a text": (project(README, 'readme = {text = "# Tea"}'), "pyproject.toml:9:1 K901"),
    "a readme elsewhere": (
        lambda root: (project(README, 'readme = "../tea.md"')(root), having("../tea.md", "# Before you go on\n")(root)),
        "../tea.md K901",
    ),
    "a readme with no name a file has": (project(README, r'readme = "a\u0000b"'), r"a\x00b K901"),
    "a readme with too long a name": (project(README, f'readme = "{"a" * 300}"'), f"{'a' * 300} K901"),
    "a readme that is a folder": (project(README, 'readme = "prompts"'), "prompts K901"),
    "no licence": (without("LICENSE"), "LICENSE K902"),
    "an empty licence": (having("LICENSE", "\n"), "LICENSE K902"),
    "another licence": (project(LICENCE, 'license = "MIT"'), "pyproject.toml:10:1 K903"),
    "no licence is named": (project(LICENCE + "\n", ""), "pyproject.toml:5:1 K903 [project]"),
    "a licence in a table": (project(LICENCE, 'license = {text = "CC-BY-4.0"}'), "pyproject.toml:10:1 K903"),
    "a licence nobody knows": (manifest("CC-BY-4.0", "free for all"), "intimacy-pack.yaml:7:10 K904"),
    "a licence in small letters": (manifest("CC-BY-4.0", "cc-by-4.0"), "intimacy-pack.yaml:7:10 K904 cc-by-4.0"),
    "another name": (project(NAME, 'name = "tea"'), "pyproject.toml:6:1 K905"),
    "no name": (project(NAME + "\n", ""), "pyproject.toml:5:1 K905 [project]"),
    "no dependency": (project(DEPENDENCIES, "dependencies = []"), "pyproject.toml:12:1 K906"),
    "no dependencies": (project(DEPENDENCIES + "\n", ""), "pyproject.toml:5:1 K906 [project]"),
    "an older kit": (project("kit>=0.1", "kit>=0.0.9"), "pyproject.toml:12:18 K907 intimacy-kit>=0.0.9"),
    "any kit": (project("kit>=0.1", "kit"), "pyproject.toml:12:18 K907 intimacy-kit"),
    "any kit but one": (project("kit>=0.1", "kit!=0.2"), "pyproject.toml:12:18 K907 intimacy-kit!=0.2"),
    "a kit of tomorrow": (project("kit>=0.1", "kit>=9"), "pyproject.toml:12:18 K907 intimacy-kit>=9"),
    "no kit of tomorrow": (project("kit>=0.1", "kit>=0.1,<1"), "pyproject.toml:12:18 K908 intimacy-kit>=0.1,<1"),
    "one kit": (project("kit>=0.1", "kit===soon"), "pyproject.toml:12:18 K908 intimacy-kit===soon"),
    "other software": (project('>=0.1"', '>=0.1", "PyYAML"'), "pyproject.toml:12:39 K909 PyYAML"),
    "code": (having(f"{PACKAGE}/tea.py", ""), f"{PACKAGE}/tea.py K910"),
    "code in the package": (having(f"{PACKAGE}/__init__.py", "import os"), f"{PACKAGE}/__init__.py K910"),
    "code in a folder below": (having(f"{PACKAGE}/a/__init__.py", "1"), f"{PACKAGE}/a/__init__.py K910"),
    "a folder in the package": (having(f"{PACKAGE}/a/__init__.py", ""), f"{PACKAGE}/a/__init__.py K913"),
    "no builder": (project("[build-system]", "[tool.build]"), "pyproject.toml K911"),
    "a builder that is a list": (_with_list, "pyproject.toml K911"),
    "a builder without requirements": (project('requires = ["hatchling>=1.27"]\n', ""), "pyproject.toml K911"),
    "a builder without a name": (project('build-backend = "hatchling.build"\n', ""), "pyproject.toml K911"),
    "nobody": (manifest("[Ada Examples]", "[Ben Bold, Your Name]"), "intimacy-pack.yaml:6:21 K912 Your Name"),
    "notes in the package": (having(f"{PACKAGE}/notes.txt", "x"), f"{PACKAGE}/notes.txt K913"),
    "notes that look like a pack": (having(f"{PACKAGE}/pack.notes_1.json", "{}"), f"{PACKAGE}/pack.notes_1.json K913"),
    "changes of another version": (having("CHANGELOG.md", "# 11.0.0\n\n# 1.0.01\n"), "CHANGELOG.md K914"),
    "changes of a candidate": (having("CHANGELOG", "1.0.0rc1, 1.0.0.1"), "CHANGELOG K914"),
    "no notice": (having("README.md", "# Tea\n\nHave tea before you go on.\n"), "README.md K915"),
    "other keywords": (project(KEYWORDS, 'keywords = ["tea"]'), "pyproject.toml:11:1 K916"),
    "a keyword that is no list": (project(KEYWORDS, 'keywords = "intimacy-kit-pack"'), "pyproject.toml:11:1 K916"),
    "no keywords": (project(KEYWORDS + "\n", ""), "pyproject.toml:5:1 K916 [project]"),
    "no description": (project(DESCRIPTION + "\n", ""), "pyproject.toml:5:1 K917 [project]"),
    "an empty description": (project(DESCRIPTION, 'description = " "'), "pyproject.toml:8:1 K917"),
    "a description that is a number": (project(DESCRIPTION, "description = 3"), "pyproject.toml:8:1 K917"),
    "a dependency in plain words": (
        project('"intimacy-kit>=0.1"', '"intimacy-kit, please"'),
        "pyproject.toml:12:18 K918 intimacy-kit, please",
    ),
    "dependencies that are a text": (project(DEPENDENCIES, 'dependencies = "x"'), "pyproject.toml:12:1 K918"),
    "dependencies that are a number": (project(DEPENDENCIES, "dependencies = 3"), "pyproject.toml:12:1 K918"),
    "an address": (
        project(">=0.1", " @ https://example.org/kit.whl"),
        "pyproject.toml:12:18 K918 intimacy-kit @ https://example.org/kit.whl",
    ),
    "a name with a letter of its own": (having("prompts/caf\u00e9.txt", ""), "prompts/caf\u00e9.txt K919"),
    "a name that ends in a dot": (having("locale/es.", ""), "locale/es. K919"),
    "a name that Windows keeps": (having("locale/Con.po", ""), "locale/Con.po K919"),
    "two names that are one elsewhere": (having("prompts/Light.yaml", ""), "prompts/light.yaml K919"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_once_and_where_it_stands(case: str, tea: Path, pack: Pack) -> None:
    change, expected = CASES[case]
    change(tea)
    compiled = compile_pack(tea).pack or pack  # what is put beside the sources is not read here
    there = [f"{p.where} {p.code} {p.part}".rstrip() for p in check_packaging(tea, compiled)]
    assert there == [expected]


def test_every_code_of_packaging_is_among_these_cases() -> None:
    codes = {re.search(r"K\d{3}", expected)[0] for _, expected in CASES.values()}  # type: ignore[index]  # each has one
    assert codes == {f"K{number}" for number in range(901, 920)}


@pytest.mark.parametrize(
    "change",
    [
        having("CHANGELOG.md", "## v1.0.0.\n"),
        having("CHANGELOG.d/1.md", "x"),
        having("README.md", "# Tea\n\nBefore  you go on\n-----------------\n"),
        having("README.md", "# Tea\n\n## 1. BEFORE you go on, two\n"),
        having(f"{PACKAGE}/pack.es.json", "{}"),  # K407 is told of it
        having(f"{PACKAGE}/.DS_Store", "x"),
        having(f"{PACKAGE}/Thumbs.db", "x"),
        having(f"{PACKAGE}/__pycache__/tea.pyc", "x"),
        project(README, 'readme = {file = "README.md", content-type = "text/markdown"}'),
        project(LICENCE, 'license = "cc-by-4.0"'),
        project(
            DEPENDENCIES, 'dependencies = [\n  "Intimacy_Kit >= 0.1.0",  # the kit\n  "intimacy-pack-foundations",\n]'
        ),
        project("kit>=0.1", "kit>=0.1,!=0.1.3"),
        project(NAME, 'name = "Intimacy_Pack.Tea"'),
        lambda root: (root / "LICENSE").rename(root / "licence.TXT"),
        lambda root: (having("LICENSES/CC-BY-4.0.txt", "x")(root), (root / "LICENSE").unlink()),
        lambda root: (root / f"{PACKAGE}/__init__.py").unlink(),
        without(PROJECT),
    ],
)
def test_what_is_right_in_another_way_is_no_problem(change: Change, tea: Path) -> None:
    change(tea)
    assert told(tea) == []


def test_a_pack_in_a_folder_without_a_pyproject_is_asked_for_nothing(tea: Path) -> None:
    for file in (PROJECT, "LICENSE", "README.md"):
        (tea / file).unlink()
    assert told(tea) == []


def test_a_notice_is_asked_for_only_before_depth_2_and_in_english(tea: Path, pack: Pack) -> None:
    having("README.md", "# Tea\n")(tea)
    light = evolve(pack, activities=tuple(one for one in pack.activities if one.depth == 1), journeys=())
    assert [problem.code for problem in check_packaging(tea, pack)] == ["K915"]
    assert list(check_packaging(tea, light)) == []
    assert list(check_packaging(tea, evolve(pack, languages=("de",)))) == []


def test_one_dependency_that_cannot_be_read_hides_nothing_of_the_others(tea: Path) -> None:
    project(DEPENDENCIES, 'dependencies = [\n  "tea, hot",\n  3,\n  "pyyaml",\n  "intimacy-kit<1",\n]')(tea)
    assert told(tea) == [
        "pyproject.toml:13:4 K918 tea, hot",
        "pyproject.toml:14:3 K918 3",
        "pyproject.toml:15:4 K909 pyyaml",
        "pyproject.toml:16:4 K908 intimacy-kit<1",
    ]


def test_a_pack_that_needs_a_newer_kit_says_so_in_its_dependency_too(tea: Path) -> None:
    manifest("about:", 'requires_kit: "0.1.0"\nabout:')(tea)
    assert told(tea) == []
    project("kit>=0.1", "kit>=0.0.9")(tea)
    assert [problem.message for problem in found(tea)] == [
        "intimacy-pack.yaml asks for intimacy-kit 0.1.0, and this takes >=0.0.9"
    ]


def test_a_table_of_the_same_words_is_not_taken_for_the_field(tea: Path) -> None:
    text = (tea / PROJECT).read_text("utf-8")
    tool = '[tool.other]\nname = "x"\nkeywords = ["intimacy-kit-pack"]\n\n'
    (tea / PROJECT).write_text(tool + text.replace(KEYWORDS, 'keywords = ["tea"]'), "utf-8")
    assert told(tea) == ["pyproject.toml:15:1 K916"]


@pytest.mark.parametrize(
    ("before", "hint"),
    [
        ('keywords = ["tea", 3, "pot"]', 'write keywords = ["tea", "pot", "intimacy-kit-pack"]'),
        ("keywords = []", 'write keywords = ["intimacy-kit-pack"]'),
        ("keywords = {}", 'write keywords = ["intimacy-kit-pack"]'),
    ],
)
def test_the_keywords_there_are_stay_in_the_hint(before: str, hint: str, tea: Path) -> None:
    project(KEYWORDS, before)(tea)
    assert [problem.hint for problem in found(tea)] == [hint]


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("name", "description", "readme", "license", "keywords", "dependencies", "authors", "dynamic", "urls")


@settings(max_examples=60, deadline=None)
@given(values=st.dictionaries(st.sampled_from(FIELDS), ODD), system=ODD)
def test_whatever_stands_in_a_pyproject_is_a_problem_and_never_an_exception(
    values: dict[str, Any], system: object, pack: Pack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("odd")
    text = f"{_line('build-system', system)}[project]\n" + "".join(_line(*one) for one in values.items())
    tomllib.loads(text)
    (root / PROJECT).write_text(text, "utf-8")
    codes = {problem.code for problem in check_packaging(root, pack)}
    assert {"K902", "K911"} <= codes or isinstance(system, dict)
    assert values.keys() & {"keywords"} or "K916" in codes


def _line(name: str, value: object) -> str:
    return "" if value is None else f"{name} = {_toml(value)}\n"


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(char):08x}" for char in value if not "\ud800" <= char <= "\udfff") + '"'
        case list():
            return f"[{', '.join(_toml(one) for one in value if one is not None)}]"
        case dict():
            parts = (f"{_toml(name)} = {_toml(one)}" for name, one in value.items() if one is not None)
            return f"{{{', '.join(parts)}}}"
        case _:
            return repr(value)


def test_all_of_it_is_told_by_the_check_of_the_pack(tea: Path) -> None:
    project(KEYWORDS + "\n", "")(tea)
    without("LICENSE")(tea)
    assert {problem.code for problem in check(tea).problems} == {"K902", "K916", "K407"}


# The place of a field, and changing only it


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[project]\nname = "pot"\n', '[project]\nname = "tea"\n'),
        ("[project]\r\nname = 'pot' # it\r\n", '[project]\r\nname = "tea" # it\r\n'),
        ('[ project ] # it\n"name"="p\\"t"\n[a]\nname = 1', '[ project ] # it\n"name"="tea"\n[a]\nname = 1'),
        ("[project]\nname = 3.0 # it\n", '[project]\nname = "tea" # it\n'),
        ('[project]\nname = [\n  "a]",\n  ["b"],\n]\nx = 1', '[project]\nname = "tea"\nx = 1'),
        ('[project]\nname = {a = "}"}', '[project]\nname = "tea"'),
        ('[project]\nx = 1\n\n# of a\n[a]\nname = ""\n', '[project]\nx = 1\nname = "tea"\n\n# of a\n[a]\nname = ""\n'),
        ("[project]", '[project]\nname = "tea"'),
        ("[project]\r\nx = 1\r\n", '[project]\r\nx = 1\r\nname = "tea"\r\n'),
        ("[[project.names]]\nx = 1\n", "[[project.names]]\nx = 1\n"),  # there is no [project]
        ('[project]\nname = """pot"""\n', '[project]\nname = """pot"""\n'),
        ('[project]\nname = ["a",  # one\n]\n', '[project]\nname = ["a",  # one\n]\n'),
        ('[project]\nname = "not closed\n', '[project]\nname = "not closed\n'),
    ],
)
def test_a_field_is_set_and_nothing_else_changes(before: str, after: str) -> None:
    assert with_field(before, "name", '"tea"') == after


def test_a_field_that_is_not_there_has_no_span_and_the_place_of_its_table() -> None:
    assert span_in_project("[project]\n", "name") is None
    assert place_in_project("x = 1\n\n [project]\n", "name") == (3, 2, "[project]")
    assert place_in_project("x = 1\n", "name") == (1, 1, "")


def test_words_that_do_not_stand_in_a_value_have_the_place_of_their_field() -> None:
    assert place_in_project('[project]\nname = "a\\u0062"\n[b]\nx = "ab"\n', "name", "ab") == (2, 1, "")
