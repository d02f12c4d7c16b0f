"""``translate``: what it prints, what it writes, and that a mistake is one line."""

import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from little_sources import SPANISH, Sources

from intimacy_kit.cli.commands import cli
from intimacy_kit.loading.documents import load_pack

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "languages.md").read_text("utf-8")
NO_LINKS = not hasattr(os, "geteuid")  # where links need rights


@pytest.fixture
def tea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    """Return the sources of a pack in the folder ``tea``, and go to the folder above."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return Sources(Path("tea"), "en")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="intimacy-kit")


def translate(*arguments: str) -> str:
    """Return what a command prints that goes well."""
    ran = run("translate", *arguments)
    assert ran.exit_code == 0, ran.output
    return "\n".join(line.rstrip() for line in ran.output.splitlines())


def refused(*arguments: str) -> str:
    """Return the line in which a wrong call is refused."""
    ran = run("translate", *arguments)
    assert ran.exit_code == 2, ran.output
    return ran.output.splitlines()[-1]


def test_a_language_is_begun_and_it_is_said_how_it_will_be_shipped(tea: Sources) -> None:
    assert translate("extract", "tea", "es").replace("\\", "/") == (
        "tea/locale/es.po: new, 9 texts to translate, each at its msgstr\n"
        "'es' is work in progress; to ship it, write languages: [en, es] in intimacy-pack.yaml"
    )
    assert sorted(path.name for path in (tea.root / "locale").iterdir()) == ["es.po", "tea.pot"]


@pytest.mark.usefixtures("tea")
def test_several_languages_are_begun_at_once_also_by_the_file_of_the_manifest() -> None:
    said = translate("extract", "tea/intimacy-pack.yaml", "es", "ar", "es")
    assert said.splitlines()[-1] == (
        "'es' and 'ar' are work in progress; to ship them, write languages: [en, es, ar] in intimacy-pack.yaml"
    )
    assert len(said.splitlines()) == 3


def test_a_file_is_brought_up_to_date_and_it_is_said_what_that_means(tea: Sources) -> None:
    tea.ships("en, es")
    tea.translate(SPANISH)
    tea.write("locale/spanish.po", "")
    assert translate("extract", "tea").endswith("es.po: nothing has changed")
    tea.change("exercises/table.yaml", "title: Pour", "title: Pour it")
    tea.change("exercises/table.yaml", "    cautions: [Stop when you like.]\n", "    why: Because.\n")
    assert translate("extract", "tea").endswith("es.po: 1 new, 1 to look at again (fuzzy), 1 gone")
    tea.change("locale/es.po", '"MIME-Version: 1.0\\n"\n', "")
    assert translate("extract", "tea").endswith("es.po: updated, all words as they were")


def test_extracting_twice_leaves_the_files_alone(tea: Sources) -> None:
    translate("extract", "tea", "es")
    before = {path: path.stat().st_mtime_ns for path in (tea.root / "locale").glob("*.po")}
    translate("extract", "tea")
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("extract", "tea"),
            "no language is named, and none was begun; such as: intimacy-kit translate extract tea es",
        ),
        (("extract", "tea", "spanish"), "no language is called 'spanish'; write 'es'"),
        (("extract", "tea", "en"), "the pack is written in 'en'; name another language"),
        (("extract", "tea", "en-XA"), "'en-XA' is for testing; 'intimacy-kit translate pseudo' makes a pack in it"),
        (("status", "."), "'.' is not the folder of a pack's sources; there is no intimacy-pack.yaml in it"),
        (
            ("pseudo", "tea", "tea/out"),
            "'tea/out' lies in the pack, and would be shipped with it; name a folder elsewhere",
        ),
    ],
)
@pytest.mark.usefixtures("tea")
def test_a_wrong_call_is_refused_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    assert refused(*arguments) == f"Error: {said}"


@pytest.mark.skipif(NO_LINKS, reason="links need rights here")
def test_nothing_is_written_through_a_link(tea: Sources, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tea.root / "locale").symlink_to(tmp_path / "elsewhere")
    assert "is a link; a pack holds its own files" in refused("extract", "tea", "es")
    (tea.root / "src").symlink_to(tmp_path / "elsewhere")
    assert "leads out of the pack by a link" in refused("compile", "tea")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_written(tea: Sources) -> None:
    tea.write("locale/es.po", 'msgctxt "title"\nmsgid "Tea"\nmsgstr "Té\n')
    for command in (("extract", "tea"), ("status", "tea")):
        ran = run("translate", *command)
        assert ran.exit_code == 1
        assert "locale/es.po:3:8  K801  the quotation mark is not closed" in ran.output
    assert not (tea.root / "locale" / "tea.pot").exists()
    tea.ships("en, es")
    assert run("translate", "compile", "tea").exit_code == 1


def test_sources_that_cannot_be_read_are_told_as_check_tells_them(tea: Sources) -> None:
    tea.change("prompts/light.yaml", "depth: 1", "depth: 7")
    ran = run("translate", "extract", "tea", "es")
    assert (ran.exit_code, "K107" in ran.output) == (1, True)


def test_status_is_a_table_with_what_is_left_to_do(tea: Sources) -> None:
    tea.ships("en, es, ar")
    tea.translate({**SPANISH, "title": ""})
    tea.extract("de")
    assert translate("status", "tea") == (
        "language                 translated         missing   stale   words left   safety\n"
        "es         shipped           8 of 9   88%         1       0            1   complete\n"
        "ar         shipped           0 of 9    0%         9       0           34   0 of 1\n"
        "de         in progress       0 of 9    0%         9       0           34   0 of 1"
    )


def test_status_of_a_pack_in_one_language_says_how_to_begin(tea: Sources) -> None:
    assert translate("status", "tea") == "tea speaks 'en' only; to begin: intimacy-kit translate extract tea es"
    assert tea.root.is_dir()


def test_status_is_given_to_programs_as_json(tea: Sources) -> None:
    tea.ships("en, es")
    tea.translate(SPANISH)
    document: Any = json.loads(translate("status", "tea", "--format", "json"))
    assert (document["pack"], document["written_in"]) == ("tea", "en")
    assert document["languages"] == [
        {
            "language": "es",
            "shipped": True,
            "texts": 9,
            "translated": 9,
            "missing": 0,
            "stale": 0,
            "words_left": 0,
            "safety": 1,
            "safe": 1,
            "percent": 100,
            "problems": [],
        }
    ]


def test_compiling_says_how_much_people_will_read_and_what_is_missing_for_safety(tea: Sources) -> None:
    tea.ships("en, es, ar")
    tea.translate(SPANISH)
    tea.translate({"title": "شاي"}, "ar")
    package = "tea/src/intimacy_pack_tea"
    said = translate("compile", "tea").replace("\\", "/").splitlines()
    assert said == [
        f"{package}/pack.es.json: 9 of 9 texts",
        f"{package}/pack.ar.json: 1 of 9 texts; 1 safety text missing: what they belong to stays in 'en'",
        f"{package}/pack.json is not what the sources give now; run 'intimacy-kit build tea' too",
    ]
    assert run("build", "tea").exit_code == 0
    assert len(translate("compile", "tea").splitlines()) == 2
    assert load_pack("tea").title.in_language("ar") == "شاي"


def test_a_pack_that_ships_no_other_language_has_nothing_to_compile(tea: Sources) -> None:
    tea.build()
    assert translate("compile", "tea") == (
        "tea ships no other language; 'languages' in intimacy-pack.yaml lists those it ships"
    )


def test_a_pseudo_pack_is_a_copy_that_an_app_can_load(tea: Sources) -> None:
    before = sorted(tea.root.rglob("*"))
    said = translate("pseudo", "tea", "pseudo-tea").replace("\\", "/")
    assert said.startswith("pseudo-tea/pack.json: tea in 'en-XA' and 'ar-XB', for testing only\n")
    title = load_pack("pseudo-tea").title
    assert (title.in_language("en-XA"), title.in_language("ar-XB")[0], str(title)) == ("⟦Ţééáá⟧", "⟦", "Tea")
    assert sorted(tea.root.rglob("*")) == before


def test_help_names_every_command() -> None:
    said = run("translate", "--help").output
    assert all(f"  {name} " in said for name in ("extract", "status", "compile", "pseudo"))


# The page


def test_every_command_of_the_page_prints_what_the_page_shows(tea: Sources) -> None:
    shutil.rmtree(tea.root)
    Sources(Path("tea"), "en")
    ran = 0
    for kind, block in re.findall(r"^```(console|po \S+|yaml \S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        if kind != "console":
            _, _, file = kind.partition(" ")
            _lay(Path("tea") / file, block)
            continue
        for line, shown in re.findall(r"^\$ intimacy-kit (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            output = run(*shlex.split(line)).output.replace("\\", "/")
            seen = [one.rstrip() for one in output.splitlines() if one.strip()]
            assert seen == [one.rstrip() for one in shown.splitlines() if one.strip()], line
            ran += 1
    assert ran == 5


def _lay(path: Path, block: str) -> None:
    """Write a file of the page; of a PO file, put the words of each entry into the file that is there."""
    if path.suffix != ".po":
        path.write_text(block, "utf-8")
        return
    text = path.read_text("utf-8")
    for entry in block.strip().split("\n\n"):
        head, _, words = entry.rpartition("msgstr ")
        assert head in text, head
        before, _, after = text.partition(head)
        text = before + head + re.sub(r"^msgstr .*\n(?:\".*\n)*", f"msgstr {words}\n", after, count=1)
    path.write_text(text, "utf-8")


def test_the_programs_of_the_page_run_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for program in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        exec(compile(program, "languages.md", "exec"), names)
    said = capsys.readouterr().out.splitlines()
    assert said == re.findall(r"^.*# > (.*)$", PAGE, re.MULTILINE)
