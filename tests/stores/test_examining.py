"""Looking at a store without changing it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from little_packs import activity, evening

from intimacy_kit.errors import StoreCorruptError, StoreError, StoreVersionError
from intimacy_kit.practice.events import NoticeRead, Offered
from intimacy_kit.stores.examining import Examined, examine
from intimacy_kit.stores.files import FORMAT
from intimacy_kit.stores.keys import FolderKeys
from intimacy_kit.stores.sqlite import SQLiteStore


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "us.db"
    with SQLiteStore(path) as store:
        for space in ("us", "them"):
            store.append(space, [Offered.of(activity("cup"), at=evening(0))], expected=0)
        store.append("us", [NoticeRead(partner="ada", at=evening(0))], expected=0, partner="ada")
    return path


def test_it_says_how_much_a_store_holds_and_leaves_it_byte_for_byte(kept: Path) -> None:
    before, files = kept.read_bytes(), sorted(kept.parent.iterdir())
    assert examine(kept) == Examined(FORMAT, spaces=2, events=3)
    assert (kept.read_bytes(), sorted(kept.parent.iterdir())) == (before, files)


def test_a_log_that_needs_a_key_is_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "us.db"
    with SQLiteStore(path, keys=FolderKeys(tmp_path / "keys")) as store:
        store.append("us", [NoticeRead(partner="ada", at=evening(0))], expected=0, partner="ada")
        store.append("us", [Offered.of(activity("cup"), at=evening(0))], expected=0)
    assert examine(path) == Examined(FORMAT, spaces=1, events=2, sealed=1)


@pytest.mark.skipif(os.name != "posix", reason="other systems say otherwise who may read")
def test_it_tells_where_others_may_read(kept: Path) -> None:
    kept.chmod(0o644)
    assert examine(kept).readable_by_others


def test_a_changed_byte_is_told(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("UPDATE events SET body = x'00' || substr(body, 2) WHERE space = 'us' AND partner = ''")
        connection.execute("UPDATE events SET body = substr(body, 1, 20) || x'ff' || substr(body, 22)")
        connection.commit()
    with pytest.raises(StoreCorruptError):
        examine(kept)


def test_a_file_that_sqlite_finds_damaged_is_told(kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    page = 4096
    data[page * 2 : page * 2 + 64] = os.urandom(64)
    kept.write_bytes(data)
    with pytest.raises(StoreCorruptError):
        examine(kept)


def test_what_integrity_finds_alone_is_told_too(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Doubtful(sqlite3.Connection):
        def execute(self, statement: str, *more: object) -> sqlite3.Cursor:  # type: ignore[override]
            return super().execute(statement.replace("PRAGMA integrity_check(1)", "SELECT 'row 1 missing'"), *more)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, factory=Doubtful, **named))
    with pytest.raises(StoreCorruptError, match="is damaged"):
        examine(kept)


def test_what_is_no_store_of_this_kit_is_told(tmp_path: Path, kept: Path) -> None:
    with pytest.raises(StoreError, match="is no file"):
        examine(tmp_path / "nowhere.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE cats (name TEXT)")
        connection.commit()
    with pytest.raises(StoreError, match="another program"):
        examine(tmp_path / "other.db")
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreVersionError):
        examine(kept)


def test_an_empty_file_is_one_of_no_format(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch(mode=0o600)
    assert examine(path) == Examined(0)
