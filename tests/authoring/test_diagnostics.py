"""Problems in four formats: what each tool needs to show the line, whatever letters stand in it.

Run once with ``REWRITE_GOLDEN=1`` to write ``golden/diagnostics-*.txt``, and read them.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from code_pages import TEA
from hypothesis import given
from hypothesis import strategies as st

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.codes import FAMILIES, page, titles
from intimacy_kit.authoring.diagnostics.formats import as_github, as_json, as_sarif, problem_document
from intimacy_kit.authoring.diagnostics.snippets import Snippet, with_snippets
from intimacy_kit.cli.commands import cli
from intimacy_kit.errors import KitError
from intimacy_kit.problems import Problem, Where

GOLDEN = Path(__file__).parent / "golden"

Files = dict[str, Callable[[str], str]]


def edited(before: str, after: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert text.count(before) == 1, before
        return text.replace(before, after)

    return change


def written(text: str) -> Callable[[str], str]:
    return lambda _: text


#: An earlier release, with something in it that is gone.
RELEASED = """{
 "format": 1, "name": "tea", "version": "0.9.0", "languages": ["en"], "licence": "CC-BY-4.0", "requires_kit": "0.1",
 "digest": "00000000000000000000000000000000",
 "activities": {
  "old-spoon": {"kind": "prompt", "depth": 1,
   "words": "00000000000000000000000000000000", "settings": "00000000000000000000000000000000"}
 },
 "journeys": {},
 "migrations": {}
}
"""

#: One slip in each kind of source that can be compiled.
WORDS: Files = {
    "intimacy-pack.yaml": edited("languages: [en]", "languages: [en, de]"),
    "prompts/light.yaml": edited("save from a flood?", "save  from a flood, \U0001f944 or e\u0301 ?"),
    "prompts/later.yaml": edited(
        "text: Which favour at home do you notice only by its being done?",
        "text: >-\n      Which favour at home would your soul\n      mate do unseen, and you too?",
    ),
    "guides/before-the-second-pot.md": edited(
        "Three things, and then the pot.", "Three  things, and then the the pot."
    ),
    "locale/de.po": written(
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "gone/text"\nmsgid "Gone"\nmsgstr "Weg, 100%"\n'
    ),
    "released.json": written(RELEASED),
    "pyproject.toml": edited('["intimacy-kit>=0.1"]', '[\n  "intimacy-kit>=0.1",\n  "pyyaml",\n]'),
    "quality.yaml": written("exemptions:\n  - code: K999\n    reason: '\u00dcber 50%, as it says: here.'\n"),
    "LICENSE": written(""),
    "CHANGELOG \u00fc, 1:2.md": written("# 0.1\n"),
}

#: One in each kind of source that keeps the pack from being compiled.
SHAPES: Files = {
    "prompts/light.yaml": edited("skills: [empathy]", "skills: [trust, empaty]  # or so"),
    "stories/the-second-cup.md": edited("(#cup)", "(#cups)"),
    "guides/before-the-second-pot.md": edited("minutes: 3", "minutes: three, or four"),
    "journeys/kettle.yaml": edited("asks: 2", "asks: 2\n      - [\n"),
    "pyproject.toml": edited('version = "1.0.0"', 'version = "1.0.1"'),
}


def pack_with(files: Files, root: Path) -> Path:
    shutil.copytree(TEA, root)
    for file, change in files.items():
        path = root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(change(path.read_text("utf-8") if path.is_file() else ""), "utf-8", newline="\n")
    build(root)
    return root


@pytest.fixture(params=["words", "shapes"])
def given_pack(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a pack with problems in the folder ``my t\u00e9a``, and return which it is."""
    pack_with({"words": WORDS, "shapes": SHAPES}[request.param], tmp_path / "my t\u00e9a")
    monkeypatch.chdir(tmp_path)
    return str(request.param)


def printed(form: str) -> str:
    ran = CliRunner().invoke(cli, ["check", "my t\u00e9a", "--format", form], prog_name="intimacy-kit")
    assert ran.exit_code == 1
    return ran.stdout


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_problems_of_all_kinds_of_sources_look_as_they_should(form: str, given_pack: str) -> None:
    there = printed(form)
    if form == "sarif":
        log = json.loads(there)
        for rule in log["runs"][0]["tool"]["driver"]["rules"]:
            del rule["help"]  # it is the page of the code
        log["runs"][0]["tool"]["driver"]["version"] = "0"
        there = json.dumps(log, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"diagnostics-{given_pack}-{form}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(there, "utf-8", newline="\n")
    assert there == path.read_text("utf-8")


def test_all_formats_tell_the_same_problems_in_the_same_order(given_pack: str) -> None:
    problems = check(Path("my t\u00e9a")).problems
    codes = [problem.code for problem in problems]
    assert len(codes) > 5, given_pack
    assert [one["code"] for one in json.loads(printed("json"))["problems"]] == codes
    assert [one["ruleId"] for one in json.loads(printed("sarif"))["runs"][0]["results"]] == codes
    assert [properties["title"] for properties, _ in map(read_command, printed("github").splitlines())] == codes


# SARIF, as its standard and GitHub ask


def test_a_log_in_sarif_holds_what_github_asks_for(given_pack: str) -> None:
    log = json.loads(printed("sarif"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "intimacy-kit"
    assert driver["version"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == sorted(set(rules)) == sorted({result["ruleId"] for result in run["results"]})
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == titles()[rule["id"]]
        assert rule["help"]["text"] == rule["help"]["markdown"] == page(rule["id"])
    assert len(run["results"]) <= 5000
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] == "error"
        assert result["message"]["text"].strip()
        (location,) = result["locations"]
        place_is_right(location["physicalLocation"], given_pack)


def place_is_right(place: dict[str, Any], which: str) -> None:
    uri, region = place["artifactLocation"]["uri"], place["region"]
    assert uri.isascii()
    assert " " not in uri
    assert urlsplit(uri)[:2] == ("", "")
    assert not uri.startswith(("/", "."))
    path = Path(unquote(uri))
    assert path.parts[0] == "my t\u00e9a", which
    lines = path.read_text("utf-8-sig").split("\n") if path.is_file() else [""]
    assert 1 <= region["startLine"] <= len(lines)
    line = lines[region["startLine"] - 1]
    if "endColumn" in region:
        begin = region.get("startColumn", 1)
        assert 1 <= begin < region["endColumn"] <= len(line) + 1
        assert region["snippet"]["text"] == line[begin - 1 : region["endColumn"] - 1]


# GitHub's workflow commands


def read_command(line: str) -> tuple[dict[str, str], str]:
    """Read a command as GitHub's runner does."""
    found = re.fullmatch(r"::error (.*?)::(.*)", line)
    assert found, line
    pairs = (pair.partition("=") for pair in found[1].split(","))
    return {name: unescaped(value, "%3A", "%2C") for name, _, value in pairs}, unescaped(found[2])


def unescaped(text: str, *more: str) -> str:
    for code in ("%0D", "%0A", *more, "%25"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def test_workflow_commands_say_file_line_and_columns(given_pack: str) -> None:
    documents = json.loads(printed("json"))["problems"]
    for line, document in zip(printed("github").splitlines(), documents, strict=True):
        properties, message = read_command(line)
        hint = f" ({document['hint']})" if document["hint"] else ""
        assert message == document["message"] + hint, given_pack
        assert properties.pop("file") == f"my t\u00e9a/{document['file']}"
        assert properties.pop("title") == document["code"]
        numbers = {"line": "line", "col": "column", "endColumn": "end_column"}
        assert properties == {name: str(document[key]) for name, key in numbers.items() if document[key]}


@given(file=st.text("a%,:\n\r=0AD25 ", min_size=1), message=st.text("a%,:\n\r=0AD25 ", min_size=1), hint=st.text("%:,"))
def test_what_is_escaped_for_github_comes_back_as_it_was(file: str, message: str, hint: str) -> None:
    problem = Problem(Where(file, 1, 2), "K101", message, hint)
    (line,) = as_github([problem], Path("nowhere")).split("\n")
    assert "\r" not in line
    properties, said = read_command(line)
    assert properties == {"file": problem.where.file, "line": "1", "col": "2", "title": "K101"}
    assert said == problem.message + (f" ({hint})" if hint else "")


def test_a_problem_of_no_file_is_a_command_without_a_place() -> None:
    problem = Problem(Where(), "K101", "something is missing")
    assert as_github([problem], Path(), "tea/") == "::error title=K101::something is missing"


# Lines and columns


def only(problem: Problem, root: Path) -> Snippet | None:
    ((there, snippet),) = with_snippets([problem], root)
    assert there is problem
    return snippet


def meant(line: str, column: int, part: str = "", *, tmp_path: Path) -> str:
    (tmp_path / "a.yaml").write_text(f"{line}\nnext: 1\n", "utf-8")
    snippet = only(Problem(Where("a.yaml", 1, column), "K101", "x", part=part), tmp_path)
    assert snippet is not None
    assert (snippet.text, snippet.begin) == (line, column)
    return snippet.part


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("text: \U0001f468\u200d\U0001f469\u200d\U0001f467 and the the cup", "the the"),
        ("text: e\u0301e\u0301 and a  cup", "a  cup"),
        ("text: \u4e00\u4e8c\u4e09\uff0c\u56db", "\u56db"),
        ("text: x\t, \u05d0\u05d1", "\u05d0\u05d1"),
    ],
)
def test_columns_are_counted_in_characters(line: str, part: str, tmp_path: Path) -> None:
    column = line.index(part) + 1
    assert meant(line, column, part, tmp_path=tmp_path) == part
    (document,) = json.loads(as_json([Problem(Where("a.yaml", 1, column), "K101", "x", part=part)], tmp_path))[
        "problems"
    ]
    assert (document["column"], document["end_column"]) == (column, column + len(part) - 1)
    log = json.loads(as_sarif([Problem(Where("a.yaml", 1, column), "K101", "x", part=part)], tmp_path, "1"))
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (column, column + len(part))


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("minutes: five  # or six", 10, "five"),
        ("text: Which cup, of all?", 7, "Which cup, of all?"),
        ("skills: [trust, empaty]", 17, "empaty"),
        ("skills: [trust, empaty]", 9, "["),
        ("- {id: tea, minutes: five}", 22, "five"),
        ("- {id: tea}", 3, "{"),
        ("text: 'it''s [all]' # so", 7, "'it''s [all]'"),
        (r'text: "a \"b\" c", d', 7, r'"a \"b\" c"'),
        ('a: "[", b: one, two', 12, "one, two"),
        ('text: "never closed', 7, '"never closed'),
        (' "format": 2,', 12, "2"),
        ("## cup", 1, "## cup"),
        ("text:   ", 9, ""),
        ("text: x", 0, "text: x"),
    ],
)
def test_without_words_the_value_that_stands_there_is_meant(
    line: str, column: int, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(line, "utf-8")
    snippet = only(Problem(Where("a.yaml", 1, column), "K101", "x"), tmp_path)
    assert snippet is not None
    assert snippet.part.strip() == expected
    assert snippet.end >= snippet.begin


def test_words_that_go_on_in_the_next_line_are_underlined_to_the_end_of_the_first(tmp_path: Path) -> None:
    assert meant("  of your soul,  own,", 6, "your soul, own, mate", tmp_path=tmp_path) == "your soul,  own,"


def test_words_that_do_not_stand_there_leave_the_value(tmp_path: Path) -> None:
    assert meant("text: [a, b]", 8, "c", tmp_path=tmp_path) == "a"
    assert meant("text: x", 8, "c", tmp_path=tmp_path) == ""


def test_of_a_very_long_line_only_the_words_are_given(tmp_path: Path) -> None:
    line = f"text: {'cup ' * 50_000}the the {'cup ' * 50_000}"
    column = line.index("the the") + 1
    (tmp_path / "a.yaml").write_text(line, "utf-8")
    problems = [Problem(Where("a.yaml", 1, column), "K751", "'the' stands twice", part="the the")] * 5
    for said in (as_json(problems, tmp_path), as_sarif(problems, tmp_path, "1"), as_github(problems, tmp_path)):
        assert said.count(str(column)) == len(problems)
        assert len(said) < 10_000


def test_where_there_is_no_such_line_there_is_no_snippet(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfone\r\n  \r\nthree")
    (tmp_path / "b.yaml").write_bytes(b"\xff\n")
    for file, line in (("a.yaml", 0), ("a.yaml", 2), ("a.yaml", 4), ("b.yaml", 1), ("c.yaml", 1), ("", 1)):
        assert only(Problem(Where(file, line, 1), "K101", "x"), tmp_path) is None
    assert only(Problem(Where("a.yaml", 1, 1), "K101", "x"), tmp_path) == Snippet("one", 1, 3)
    assert problem_document(Problem(Where("a.yaml", 2, 1), "K101", "x"))["end_column"] == 0


def test_a_problem_of_a_whole_file_is_at_its_first_line_in_sarif_and_at_none_elsewhere(tmp_path: Path) -> None:
    problem = Problem(Where("LICENSE"), "K902", "the licence itself is missing")
    log = json.loads(as_sarif([problem], tmp_path, "1"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "LICENSE"}, "region": {"startLine": 1}}
    assert log["runs"][0]["results"][0]["message"] == {"text": "the licence itself is missing"}
    assert as_github([problem], tmp_path).startswith("::error file=LICENSE,title=K902::")


def test_without_problems_each_format_is_empty_and_whole(tmp_path: Path) -> None:
    assert json.loads(as_json([], tmp_path)) == {"problems": []}
    assert json.loads(as_sarif([], tmp_path, "1"))["runs"][0]["results"] == []
    assert as_github([], tmp_path) == ""


# The pages of the codes


def test_a_code_is_found_in_small_letters_and_each_belongs_to_a_family() -> None:
    assert page("k102") == page("K102")
    assert {code[:2] for code in titles()} == set(FAMILIES)
    assert list(titles()) == sorted(titles())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("K1O2", "did you mean K102?"),
        ("kl0l", "did you mean K101?"),
        ("K012", "explain lists them all"),
        ("K700", "explain lists them all"),
        ("K1020", "explain lists them all"),
        ("tea", "explain lists them all"),
    ],
)
def test_a_code_there_is_none_of_is_one_line_with_the_only_one_that_is_near(code: str, said: str) -> None:
    with pytest.raises(KitError) as caught:
        page(code)
    assert str(caught.value) == f"there is no code '{code}'; {said}"
