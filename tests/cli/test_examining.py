"""The doctor: what is here, what is wrong, and the command that mends it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from code_pages import TEA

from intimacy_kit.authoring.building import build
from intimacy_kit.cli import examining
from intimacy_kit.cli.commands import cli
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.problems import Problem, Where
from intimacy_kit.stores.sqlite import SQLiteStore


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(examining, "default_store", lambda: tmp_path / "play.db")


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["doctor", *map(str, arguments)], prog_name="intimacy-kit")


def installed(monkeypatch: pytest.MonkeyPatch, *problems: Problem) -> None:
    monkeypatch.setattr(Catalog, "installed", lambda: Catalog(problems=problems))


def test_where_all_is_well_it_says_so(tmp_path: Path) -> None:
    SQLiteStore(tmp_path / "play.db").close()
    ran = doctor()
    assert (ran.exit_code, ran.output.splitlines()[-1]) == (0, "all is well")
    assert "foundations 0.1.0: 127 activities, in en" in ran.output
    assert f"{tmp_path / 'play.db'}: format 2, 0 spaces, 0 events, all as they were written" in ran.output


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        ("K307", "pip install --force-reinstall intimacy-pack-tea"),
        ("K311", "pip install --upgrade intimacy-kit"),
        ("K308", "pip uninstall intimacy-pack-tea"),
        ("K202", "pip install --upgrade intimacy-pack-tea"),
    ],
)
def test_what_is_wrong_with_a_pack_comes_with_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, code: str, mend: str
) -> None:
    installed(monkeypatch, Problem(Where("intimacy-pack-tea 1.0: pack.json"), code, "something is wrong"))
    ran = doctor()
    assert ran.exit_code == 1
    assert f"  ! intimacy-pack-tea: {code} something is wrong\n      = {mend}\n" in ran.output
    assert ran.output.endswith("1 thing is wrong\n")


def test_without_any_pack_it_names_the_first_one(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch)
    assert "= pip install intimacy-pack-foundations" in doctor().output


def test_a_missing_extra_is_told_and_is_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "_is_installed", lambda name: name != "cryptography")
    ran = doctor()
    assert "encrypted: not installed; if you want it: pip install 'intimacy-kit[encrypted]'" in ran.output
    assert ran.exit_code == 0


def test_it_knows_what_is_not_installed() -> None:
    assert not examining._is_installed("intimacy-pack-that-nobody-wrote")


def test_whether_sqlite_can_keep_a_wal_is_told_only_where_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    for can in (True, False):
        monkeypatch.setattr(examining, "mended_for_wal", lambda _, can=can: can)
        assert ("'wal' is refused" in doctor().output) is not can


def test_stores_are_looked_at_and_nothing_in_them_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SQLiteStore(tmp_path / "us.db").close()
    (tmp_path / "us.db").chmod(0o644)
    (tmp_path / "empty.db").touch(mode=0o600)
    (tmp_path / "text.db").write_text("Dear diary" * 100)
    seen = {
        "us.db": (1, "others on this machine may read it", "chmod 600"),
        "empty.db": (0, "format 0; it is brought to format 2 when it is opened", ""),
        "text.db": (1, "is not a database, or is damaged", "cp YOUR-BACKUP"),
        "nowhere.db": (1, "is no file", ""),
    }
    for name, (code, said, mend) in seen.items():
        ran = doctor("--store", tmp_path / name)
        assert ran.exit_code == code
        assert said in ran.output
        assert mend in ran.output
        assert "diary" not in ran.output
    examined = examining.examine(tmp_path / "empty.db")
    monkeypatch.setattr(examining, "examine", lambda _: type(examined)(2, 1, 3, sealed=2))
    assert "3 events, all as they were written; 2 logs need a key" in doctor("--store", "any.db").output


def test_a_store_that_cannot_be_opened_now_is_told_without_a_command(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    output = doctor("--store", tmp_path / "folder.db").output
    assert "is no file; nothing was kept there yet\n" in output


def test_a_store_of_tomorrow_asks_for_another_kit(tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - only here

    SQLiteStore(tmp_path / "us.db").close()
    with sqlite3.connect(tmp_path / "us.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "= pip install --upgrade intimacy-kit" in doctor("--store", tmp_path / "us.db").output


def test_the_sources_in_this_folder_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tea = Path(shutil.copytree(TEA, tmp_path / "tea"))
    monkeypatch.chdir(tea)
    assert "! tea 1.0.0: the pack is not compiled yet\n      = intimacy-kit build\n" in doctor().output
    build(tea)
    assert "tea 1.0.0: its compiled pack is up to date" in doctor().output
    (tea / "prompts" / "light.yaml").write_text("prompts: [")
    assert "! intimacy-pack.yaml: 1 problem\n      = intimacy-kit check\n" in doctor().output
    (tea / "prompts" / "later.yaml").write_text("prompts: [")
    assert "intimacy-pack.yaml: 2 problems" in doctor().output


def test_without_the_extra_sources_are_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415 - only here

    monkeypatch.chdir(shutil.copytree(TEA, tmp_path / "tea"))
    monkeypatch.setitem(sys.modules, "intimacy_kit.authoring.building", None)
    assert "pip install 'intimacy-kit[author]'" in doctor().output


def test_as_json_it_says_the_same() -> None:
    found: dict[str, list[dict[str, Any]]] = json.loads(doctor("--format", "json").output)
    assert list(found) == ["Versions", "Packs", "Stores", "This folder"]
    assert found["Packs"][0]["about"].startswith("foundations ")
