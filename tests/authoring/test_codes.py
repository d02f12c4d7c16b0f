"""Each code has one page, and each page is true: its example fails as it says, and the mended one is clean.

Run once with ``REWRITE_GOLDEN=1`` to write what the commands print into the pages, and read it: a writer will.
"""

import os
import re
import shutil
import sys
from errno import EACCES
from pathlib import Path

import pytest
from click.testing import CliRunner
from code_pages import TEA, codes_in, lay_out, matches, read_page, without_blanks

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.codes import FAMILIES, page, titles
from intimacy_kit.cli.commands import cli
from intimacy_kit.errors import KitError

#: What is only said when the kit contradicts itself; no files can make it.
NOBODY_SEES = {"K199", "K603", "K604", "K607", "K608", "K929"}
ROOT = Path(__file__).parents[2]
PAGES = ROOT / "src" / "intimacy_kit" / "authoring" / "codes"


def _read_bytes(path: Path) -> bytes:
    """Read as one who is not root: a file without the right to be read is refused."""
    if not path.stat().st_mode & 0o400:
        raise PermissionError(EACCES, os.strerror(EACCES), str(path))
    with path.open("rb") as opened:
        return opened.read()


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pack ``tea``, compiled, to be copied."""
    made = Path(shutil.copytree(TEA, tmp_path_factory.mktemp("made") / "tea"))
    build(made)
    return made


@pytest.fixture
def folder(tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the pack ``tea`` in it, and go there; packs are installed in ``site-packages``."""
    shutil.copytree(tea, tmp_path / "tea")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", _read_bytes)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site-packages"), *sys.path])
    return tmp_path


def run(*arguments: str) -> str:
    ran = CliRunner().invoke(cli, arguments, prog_name="intimacy-kit")
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return without_blanks(ran.output)


@pytest.mark.usefixtures("folder")
def test_the_pack_that_the_examples_are_laid_over_is_clean() -> None:
    assert run("check", "tea") == "tea 1.0.0: 11 activities, no problems\n"


@pytest.mark.parametrize("code", [code for code in titles() if code not in NOBODY_SEES])
def test_the_example_of_a_page_fails_as_it_says_and_the_mended_one_is_clean(code: str, folder: Path) -> None:
    there = read_page(page(code))
    lay_out(folder, there.fails)
    build_where_nothing_is_said_of_it(folder, there.fails.output)
    output = run(*there.fails.command)
    if os.environ.get("REWRITE_GOLDEN"):
        rewrite(code, there.fails.output, output)
    else:
        assert matches(output, there.fails.output), output
    assert code in codes_in(output)
    lay_out(folder, there.mended)
    build_where_nothing_is_said_of_it(folder, "")
    checked = run("check", "tea")
    assert checked.endswith(", no problems\n"), checked
    if (command := there.mended.command or there.fails.command) != ("check", "tea"):
        assert code not in codes_in(run(*command))


def build_where_nothing_is_said_of_it(folder: Path, output: str) -> None:
    """Compile the pack as a writer would, unless the example is about its not being compiled."""
    if "K407" not in output and (folder / "tea" / "intimacy-pack.yaml").is_file():
        build(folder / "tea")


def rewrite(code: str, before: str, output: str) -> None:
    path = PAGES / f"{code}.md"
    text = path.read_text("utf-8")
    if "..." not in before.splitlines():
        path.write_text(
            text.replace(f"\n{before}```\n\n## Mended", f"\n{output}```\n\n## Mended"), "utf-8", newline="\n"
        )


def test_every_code_that_the_kit_can_say_has_its_page_and_every_page_is_about_such_a_code() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "src" / "intimacy_kit").rglob("*.py"))
    said = {code for source in sources for code in re.findall(r"\"(K\d{3})\"", source)}
    assert said == set(titles())


@pytest.mark.parametrize("code", titles())
def test_a_page_has_a_title_says_why_and_names_its_family(code: str) -> None:
    text = page(code)
    assert text.startswith(f"# {code}: ")
    assert code[:2] in FAMILIES
    reason = text.partition("\n")[2].partition("## Fails")[0].strip()
    assert 80 < len(reason) < 1500
    assert max(map(len, text.split("\n"))) <= 160


def test_no_two_codes_have_the_same_title() -> None:
    assert len(set(titles().values())) == len(titles()) >= 120


def test_asked_for_a_code_there_is_none_of_a_near_one_is_named() -> None:
    with pytest.raises(KitError, match="did you mean K102"):
        page("K1O2")
    with pytest.raises(KitError, match="explain lists them all"):
        page("tea")
