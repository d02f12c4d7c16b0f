"""The SQL itself: keyed and filtered by the space, built from nothing that is given, with two ways where it must."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from little_packs import activity, evening

from intimacy_kit.practice.events import Answer, NoticeRead, Offered, Revealed
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Part, statements
from intimacy_kit.stores.files import begin
from intimacy_kit.stores.sqlite import SQLiteStore
from intimacy_kit.stores.transactions import result

CUP = activity("cup")
ALL = [
    one
    for name in statements.__all__
    for value in [getattr(statements, name)]
    for one in (value if isinstance(value, tuple) else [value])
    if isinstance(one, str)
]


def in_its_space(statement: str) -> bool:
    """Tell whether a statement touches the rows of one space only."""
    flat = " ".join(statement.split())
    if flat.startswith("INSERT INTO"):
        return re.match(r"INSERT INTO \w+ \(space, [\w, ]+\) VALUES \(\?[?, ]*\)", flat) is not None and (
            "ON CONFLICT" not in flat or "ON CONFLICT (space, " in flat
        )
    ways = flat.count(" FROM ") + flat.startswith("UPDATE ")
    return ways == len(re.findall(r"WHERE space = \?", flat)) and " OR " not in flat and " JOIN " not in flat


@pytest.mark.parametrize("statement", ALL)
def test_every_statement_stays_in_one_space(statement: str) -> None:
    assert in_its_space(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM events",
        "SELECT * FROM events WHERE partner = ?",
        "DELETE FROM events WHERE partner = ? AND space = ?",
        "SELECT * FROM events WHERE space = ? OR partner = ?",
        "INSERT INTO events (partner, space) VALUES (?, ?)",
        "INSERT INTO events (space, n) VALUES (?, ?) ON CONFLICT (n) DO UPDATE SET n = 1",
        "SELECT * FROM events WHERE space = ? AND n IN (SELECT n FROM words)",
    ],
)
def test_a_statement_that_does_not_stay_there_is_told(statement: str) -> None:
    assert not in_its_space(statement)


def test_every_table_is_keyed_by_the_space_first() -> None:
    for table in statements.tables("BLOB"):
        keys = re.findall(r"(?:PRIMARY KEY|UNIQUE) \((\w+)", table)
        assert keys
        assert set(keys) == {"space"}


def test_only_these_statements_are_run_and_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """attack 76: what people type is bound, and never part of what is run."""
    ran: set[str] = set()

    def noting(self: SQLiteStore, statement: str, parameters: Any) -> Any:
        ran.add(statement)
        return execute(self, statement, parameters)

    execute = SQLiteStore._execute
    monkeypatch.setattr(SQLiteStore, "_execute", noting)
    with SQLiteStore(tmp_path / "us.db") as store:
        answers = [Answer(who=who, shown="Tea?", words=Words("Yes.")) for who in ("a", "b")]
        joint = [Offered.of(CUP, at=evening(0)), Revealed(on=evening(0).date(), activity=CUP.id, answers=answers)]
        own = [NoticeRead(partner="a", at=evening(0))]
        for _ in range(2):
            parts = [Part(events=joint, expected=0), Part(events=own, expected=0, partner="a")]
            store.append_all("us", parts, key="k")
        store.events("us")
        store.check_head("us", store.head("us"))
        store.rotate("us", "a")
        store.erase("us", "a", shared=False)
        store.erase("us", "a", shared=True)
    assert ran == set(ALL)


@pytest.mark.parametrize(
    ("one", "other"), [(statements.KEY, statements.KEY_TRACE), (statements.MARK, statements.PROOF)]
)
def test_what_must_not_be_missed_is_found_by_two_ways_that_share_no_page(one: str, other: str) -> None:
    """attack 68: the one reads the table alone, the other an index alone."""
    ways = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        begin(connection)
        roots = dict(connection.execute("SELECT rootpage, name FROM sqlite_master"))
        for statement in (one, other):
            program = connection.execute(f"EXPLAIN {statement}", ("x",) * statement.count("?")).fetchall()
            ways.append([roots[step[3]] for step in program if step[1] == "OpenRead"])
    (table,), (index,) = ways
    assert index.startswith(f"sqlite_autoindex_{table}_")


def test_a_transaction_ends_once() -> None:
    def twice() -> Any:
        yield None
        yield None

    steps = twice()
    next(steps)
    with pytest.raises(RuntimeError, match=r"^a transaction ends once$"):
        result(steps)
