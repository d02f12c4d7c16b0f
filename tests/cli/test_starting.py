"""Beginning a pack, as a writer does; ``REWRITE_GOLDEN=1`` writes the screens anew: read them then."""

import getpass
import os
import pwd
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from intimacy_kit.cli import starting
from intimacy_kit.cli.commands import cli
from intimacy_kit.loading.documents import load_pack

GOLDEN = Path(__file__).parent / "golden"


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["new", *map(str, arguments)], input=typed, prog_name="intimacy-kit")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def _asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody sit there whose name the system knows."""
    monkeypatch.setattr(starting, "_at_a_terminal", lambda: True)
    monkeypatch.setattr(starting, "_author", lambda: "Ada Lovelace")


def golden(name: str, ran: Result) -> None:
    path = GOLDEN / f"new_{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(ran.output, "utf-8", newline="\n")
    assert ran.output == path.read_text("utf-8")


@pytest.mark.usefixtures("_asked")
def test_somebody_who_is_asked_answers_four_questions() -> None:
    golden("asked", run(typed="Evening talks\n\n\n\n"))
    pack = load_pack("evening-talks")
    assert (pack.title.words, pack.authors, pack.languages, pack.licence) == (
        "Evening talks",
        ("Ada Lovelace",),
        ("en",),
        "CC-BY-4.0",
    )


@pytest.mark.usefixtures("_asked")
def test_an_answer_that_cannot_be_used_is_asked_for_again() -> None:
    golden("asked_again", run(typed="\n  \nFoundations\nAna\nklingon!\nFrançais\n9\n2\nSoirées\nsoirees\n"))
    pack = load_pack("soirees")
    assert (pack.name, pack.languages, pack.licence) == ("soirees", ("fr",), "CC-BY-SA-4.0")


@pytest.mark.usefixtures("_asked")
def test_a_title_without_plain_letters_needs_a_name() -> None:
    ran = run("--language", "ar", "--licence", "cc0-1.0", typed="حديث المساء\n\nevening\n")
    assert "  no name in plain letters can be made from" in ran.output
    assert load_pack("evening").title.words == "حديث المساء"


@pytest.mark.usefixtures("_asked")
def test_a_folder_that_is_taken_needs_another_name() -> None:
    (Path("talks") / "mine").mkdir(parents=True)
    ran = run("--title", "Talks", typed="\n\n\nlate-talks\n")
    assert "\n  'talks' is not empty; name a folder that is empty, or one that is not there yet\n" in ran.output
    assert load_pack("late-talks").title.words == "Talks"


@pytest.mark.usefixtures("_asked")
def test_a_folder_that_is_named_gives_the_title() -> None:
    assert "Title [Evening talks]: " in run("evening_talks", typed="\n\n\n\n").output
    assert load_pack("evening_talks").name == "evening-talks"


def test_with_flags_nothing_is_asked() -> None:
    ran = run("--title", "Tardes lentas", "--author", "Ana", "--language", "español", "--licence", "CC-BY-SA-4.0")
    golden("flags", ran)
    assert (ran.exit_code, load_pack("tardes-lentas").languages) == (0, ("es",))


def test_in_the_folder_itself_there_is_nowhere_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "late talks").mkdir()
    monkeypatch.chdir(tmp_path / "late talks")
    ran = run(".", "--yes", "--author", "Ada")
    golden("here", ran)
    assert load_pack(".").title.words == "Late talks"


def test_without_a_title_or_a_name_nobody_is_asked_and_all_that_is_missing_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(starting, "_author", lambda: "")
    assert refused() == (
        "nobody was asked, and --title and --author is missing; "
        "for example: intimacy-kit new --title 'Evening talks' --author 'Ada Lovelace'"
    )


def refused(*arguments: str) -> str:
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert list(Path().iterdir()) == []
    return ran.output.splitlines()[-1].removeprefix("Error: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--title", "٣", "--author", "A"), "no name in plain letters can be made from '٣'; choose one, with --name"),
        (
            ("--title", "Foundations", "--author", "A"),
            "a pack called 'foundations' is installed here already; choose another name",
        ),
        (
            ("--title", "A", "--author", "A", "--name", "Über uns"),
            "'Über uns' is no name for a folder; plain lower-case letters and digits, such as 'uber-uns'",
        ),
        (
            ("--title", "A", "--author", "A", "--name", "٣"),
            "'٣' is no name for a folder; plain lower-case letters and digits, such as 'evening-talks'",
        ),
    ],
)
def test_a_name_that_cannot_be_is_refused(arguments: tuple[str, ...], said: str) -> None:
    assert refused(*arguments) == said


def test_a_folder_that_is_not_empty_is_refused_before_anything_is_asked() -> None:
    run("talks", "--yes", "--author", "Ada")
    before = {path: path.stat().st_mtime_ns for path in Path().rglob("*")}
    assert "'talks' is not empty" in run("talks", "--yes", "--author", "Ada").output
    assert {path: path.stat().st_mtime_ns for path in Path().rglob("*")} == before


@pytest.mark.parametrize(("gecos", "name"), [("Ada Lovelace,,,", "Ada Lovelace"), ("ada", ""), ("", "")])
def test_the_name_of_whoever_sits_there_is_asked_of_the_system(
    gecos: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    monkeypatch.setattr(pwd, "getpwnam", lambda _: SimpleNamespace(pw_gecos=gecos))
    assert starting._author() == name


def test_a_system_that_knows_nobody_gives_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pwd", None)
    assert starting._author() == ""


def test_a_terminal_is_one_on_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, pipe = (SimpleNamespace(isatty=lambda is_one=is_one: is_one) for is_one in (True, False))
    for stdin, stdout, both in ((terminal, terminal, True), (terminal, pipe, False), (pipe, terminal, False)):
        monkeypatch.setattr(starting, "sys", SimpleNamespace(stdin=stdin, stdout=stdout))
        assert starting._at_a_terminal() is both


@pytest.fixture
def pack() -> Path:
    run("talks", "--yes", "--author", "Ada")
    return Path("talks")


def test_schemas_are_renewed_where_they_are_old(pack: Path) -> None:
    def renew(folder: Path) -> Result:
        return CliRunner().invoke(cli, ["schemas", str(folder)])

    assert renew(pack).output == "the schemas are up to date\n"
    (pack / ".schemas" / "prompts.schema.json").write_text("{}", "utf-8")
    assert renew(pack).output == "1 of the schemas was renewed\n"
    (pack / ".schemas" / "prompts.schema.json").write_text("{}", "utf-8")
    (pack / ".schemas" / "story.schema.json").write_text("{}", "utf-8")
    assert renew(pack).output == "2 of the schemas were renewed\n"
    assert "is not the folder of a pack's sources" in renew(Path()).output


def test_its_help_has_examples() -> None:
    example = 'intimacy-kit new evening-talks --title "Evening talks" --author "Ada Lovelace"'
    assert example in run("--help").output
