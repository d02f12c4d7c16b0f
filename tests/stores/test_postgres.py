"""The PostgreSQL stores: what other programs, a lost connection and a killed server do to them.

What every store keeps to stands in ``test_contract.py``; here is what only these can meet.
"""

import asyncio
import gc
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from random import Random
from traceback import format_exception
from typing import Any

import psycopg
import pytest
from awaiting import Awaiting
from little_packs import activity, evening
from postgres import new_place, server

from intimacy_kit.errors import (
    InvalidValueError,
    KitError,
    StoreBusyError,
    StoreConflictError,
    StoreCorruptError,
    StoreError,
    StoreVersionError,
)
from intimacy_kit.practice.events import Answer, Completed, Noted, Offered, Revealed
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Part
from intimacy_kit.stores import attempts as module
from intimacy_kit.stores.keys import FolderKeys
from intimacy_kit.stores.postgres import AsyncPostgresStore, PostgresStore

APPENDER = Path(__file__).with_name("postgres_appender.py")
#: The environment of a program of the tests that uses what stands beside it.
BESIDE = {**os.environ, "PYTHONPATH": str(APPENDER.parents[1])}
CUP = activity("cup")
FIRST, SECOND = Offered.of(CUP, at=evening(0)), Completed.of(CUP, at=evening(0))
NOTE = Noted(partner="ada", at=evening(0), words=Words("canary in a note"))
ANSWERS = [Answer(who=who, shown="Tea?", words=Words(f"canary of {who}")) for who in ("ada", "ben")]
REVEALED = Revealed(on=evening(0).date(), activity=CUP.id, answers=ANSWERS)
AT_ONCE = (0.0, 0.0, 0.0, 0.0)


@pytest.fixture
def place() -> dict[str, Any]:
    return {**new_place(), "pauses": AT_ONCE}


@pytest.fixture(params=["waited for", "awaited"])
def opened(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[Any]]:
    """Open a store, whichever it is."""
    if request.param == "waited for":
        return PostgresStore
    return lambda *given, **place: Awaiting(AsyncPostgresStore(*given, **place))


def inner(store: Any) -> Any:
    """Return the store itself, where another waits for it."""
    return getattr(store, "store", store)


def run_sql(place: dict[str, Any], statement: str) -> list[tuple[Any, ...]]:
    """Do something behind a store's back."""
    return server().run(statement, schema=place["schema"])


class Watched:
    """Sees every statement that a store executes, and may do something before or after it."""

    def __init__(self, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, Any]] = []
        self.before: Callable[[int], None] = lambda _: None
        self.after: Callable[[int], None] = lambda _: None
        self.execute = store._execute
        monkeypatch.setattr(store, "_execute", self.awaited if isinstance(store, AsyncPostgresStore) else self.waited)

    def waited(self, statement: str, parameters: Any) -> Any:
        self.seen.append((statement, parameters))
        number = len(self.seen)
        self.before(number)
        rows = self.execute(statement, parameters)
        self.after(number)
        return rows

    async def awaited(self, statement: str, parameters: Any) -> Any:
        self.seen.append((statement, parameters))
        number = len(self.seen)
        self.before(number)
        rows = await self.execute(statement, parameters)
        self.after(number)
        return rows


# The space in everything


def everything(store: Any) -> None:
    """Do all that a store can do, in the space ``us``."""
    store.append("us", [FIRST, REVEALED], expected=0, key="k1")
    store.append("us", [FIRST, REVEALED], expected=0, key="k1")
    store.append_all("us", [Part(events=[NOTE], expected=0, partner="ada"), Part(events=[SECOND], expected=2)])
    store.append("us", [Noted(partner="ben", at=evening(0), words=Words("x"))], expected=0, partner="ben")
    head = store.head("us")
    assert store.appended("us", "k1") == (FIRST, REVEALED)
    assert store.appended("us", "k2") is None
    store.events("us")
    store.events("us", partner="ada", after=0, limit=1)
    store.check_head("us", head)
    store.rotate("us", "ada")
    store.erase("us", "ada", shared=False)
    store.erase("us", "ben", shared=True)
    store.events("us")
    with pytest.raises(KitError):
        store.append("us", [NOTE], expected=0, partner="ada")


def test_every_statement_asks_for_one_space(
    opened: Callable[..., Any], place: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """So Citus, YugabyteDB or CockroachDB can spread every table by its space."""
    with opened(**place, keys=FolderKeys(tmp_path)) as store:
        watched = Watched(inner(store), monkeypatch)
        everything(store)
    asked = [(text, given) for text, given in watched.seen if not text.startswith(("BEGIN", "COMMIT"))]
    assert {text.split()[0] for text, _ in asked} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    tables = {name for text, _ in asked for name in re.findall(r"(?:FROM|INTO|^UPDATE) (\w+)", text)}
    assert tables == {
        name for (name,) in run_sql(place, "SELECT tablename FROM pg_tables WHERE schemaname LIKE 'test%'")
    }
    for text, given in asked:
        rows = given if isinstance(given, list) else [given]
        inserted = text.startswith("INSERT")
        tables_of = len(re.findall(r"(?:FROM|^UPDATE) \w+", text))
        assert text.count("WHERE space = ?") == (0 if inserted else tables_of), text
        assert not inserted or re.match(r"INSERT INTO \w+ \(space, ", text), text
        where = 0 if inserted else text[: text.index("space = ?")].count("?")
        assert {row[where] for row in rows} <= {"us"}, text


def test_every_table_is_keyed_by_the_space_first(place: dict[str, Any]) -> None:
    PostgresStore(**place).close()
    keyed = run_sql(
        place,
        "SELECT t.relname, a.attname FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] "
        f"WHERE t.relnamespace = '{place['schema']}'::regnamespace AND i.indisunique",
    )
    assert {column for _, column in keyed} == {"space"}
    assert {table for table, _ in keyed} == {
        table for (table,) in run_sql(place, f"SELECT tablename FROM pg_tables WHERE schemaname = '{place['schema']}'")
    }


# Opening


def test_what_was_written_is_there_when_the_store_is_opened_again(
    opened: Callable[..., Any], place: dict[str, Any]
) -> None:
    with opened(**place) as store:
        store.append("us", [FIRST], expected=0, key="k1")
    with opened(**place) as store:
        assert store.events("us") == (FIRST,)
        assert store.append("us", [FIRST], expected=0, key="k1") == 1
        assert store.appended("us", "k1") == (FIRST,)


def test_of_many_that_begin_the_tables_at_once_all_can_use_them(place: dict[str, Any]) -> None:
    """attack 75, for a database: every process opens a store of its own."""
    many = [
        subprocess.Popen(
            [sys.executable, APPENDER, place["conninfo"], place["schema"], f"p{n}", "own"],
            stdout=subprocess.PIPE,
            env=BESIDE,
        )
        for n in range(3)
    ]
    for process in many:
        assert process.stdout
        assert process.stdout.readline() == b"1\n"
        process.kill()
        process.communicate()
    with PostgresStore(**place) as store:
        names = [event.activity for event in store.events("us")]
    assert {f"p{n}/n-1" for n in range(3)} <= {*names}
    assert len({*names}) == len(names)


def test_of_many_threads_that_begin_the_tables_at_once_all_can_use_them(place: dict[str, Any]) -> None:
    def open_and_append(name: str) -> int:
        with PostgresStore(**place) as store:
            return store.append(name, [FIRST], expected=0)

    with ThreadPoolExecutor(8) as threads:
        assert [*threads.map(open_and_append, "abcdefgh")] == [1] * 8


def test_tables_of_another_program_are_left_alone(opened: Callable[..., Any], place: dict[str, Any]) -> None:
    """attack 70, for a database."""
    server().run(f"CREATE SCHEMA {place['schema']}")
    run_sql(place, "CREATE TABLE events (concert TEXT)")
    with pytest.raises(StoreError) as refused, opened(**place):
        pass
    assert refused.value.reason == "has tables of another program; choose another schema"
    del refused
    gc.collect()  # which would warn of a connection that is still open
    assert run_sql(place, f"SELECT tablename FROM pg_tables WHERE schemaname = '{place['schema']}'") == [("events",)]


@pytest.mark.parametrize("conninfo", ["postgresql://ada:canary@[", "password=canary port", "canary"])
def test_what_is_no_connection_string_is_not_repeated_for_it_may_hold_a_password(
    opened: Callable[..., Any], conninfo: str
) -> None:
    with pytest.raises(StoreError) as refused:
        opened(conninfo)
    assert str(refused.value) == (
        "store 'postgresql' cannot be opened: give a connection string of libpq, and a name of a schema"
    )
    assert refused.value.__context__ is None


@pytest.mark.parametrize("schema", ["", " a", "a\x00b"])
def test_what_is_no_name_of_a_schema_is_refused(opened: Callable[..., Any], schema: str) -> None:
    with pytest.raises(StoreError, match=r"a name of a schema$"):
        opened("dbname=us", schema=schema)


def test_a_schema_may_have_any_name(opened: Callable[..., Any], place: dict[str, Any]) -> None:
    """attack 76: it is quoted."""
    name = 'we"; DROP SCHEMA public; --'
    with opened(**place | {"schema": name}) as store:
        assert store.append("us", [FIRST], expected=0) == 1
    assert server().run("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'public'") == [(1,)]
    server().run('DROP SCHEMA "we""; DROP SCHEMA public; --" CASCADE')


def test_a_server_that_is_not_there_is_asked_for_five_times_with_growing_pauses(
    opened: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = []
    sleep = asyncio.sleep

    async def paused(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr(time, "sleep", pauses.append)
    monkeypatch.setattr(asyncio, "sleep", paused)
    with pytest.raises(StoreBusyError) as refused, opened(f"host={tmp_path} dbname=us password=canary"):
        pass
    assert str(refused.value) == (
        "store 'postgresql:us/intimacy_kit' cannot be reached just now, or does not let this account in; "
        "check the server, then try again"
    )
    assert pauses == [0.1, 0.3, 1.0, 3.0]
    assert refused.value.__context__ is None


@pytest.mark.parametrize(("given", "waits"), [("dbname=us", "10"), ("dbname=us connect_timeout=3", "3")])
def test_a_server_that_never_answers_is_not_waited_for_for_long(given: str, waits: str) -> None:
    plan = module.Plan.of(given, "s", None, ())
    assert psycopg.conninfo.conninfo_to_dict(plan.conninfo)["connect_timeout"] == waits


@pytest.mark.parametrize("missing", ["psycopg", "psycopg.pq"])
def test_a_missing_package_is_named_with_the_extra_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("psycopg")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "intimacy_kit.stores.attempts")
    with pytest.raises(KitError) as refused:
        import_module("intimacy_kit.stores.attempts")
    assert str(refused.value) == (
        "a PostgreSQL store needs more than the kit itself: pip install 'intimacy-kit[postgres]'"
    )
    assert refused.value.__suppress_context__


# Using


def test_a_closed_store_says_so(opened: Callable[..., Any], place: dict[str, Any]) -> None:
    with opened(**place) as store:
        store.close()
        store.close()
        with pytest.raises(StoreError, match=r"is closed, or cannot be used in this state$"):
            store.events("us")


def test_an_awaited_store_connects_when_it_is_first_used(place: dict[str, Any]) -> None:
    async def use() -> int:
        store = AsyncPostgresStore(**place)
        version = await store.append("us", [FIRST], expected=0)
        await (await store.open()).close()
        return version

    assert asyncio.run(use()) == 1


def test_an_awaited_store_that_was_never_used_closes(place: dict[str, Any]) -> None:
    asyncio.run(AsyncPostgresStore(**place).close())


def test_a_process_that_was_forked_is_told_to_open_its_own(
    opened: Callable[..., Any], place: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """attack 75."""
    with opened(**place) as store:
        store.append("us", [FIRST], expected=0)
        with monkeypatch.context() as forked:
            forked.setattr(os, "getpid", lambda: -1)
            with pytest.raises(
                StoreError, match=r"was opened before this process was forked; open one in each process$"
            ):
                store.events("us")
            store.close()
        assert store.append("us", [SECOND], expected=1) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_the_end_of_a_forked_process_leaves_the_connection_of_its_parent_alone(place: dict[str, Any]) -> None:
    """attack 75."""
    program = (
        "import os, sys\n"
        "from intimacy_kit.errors import StoreError\n"
        "from intimacy_kit.stores.postgres import PostgresStore\n"
        "with PostgresStore(sys.argv[1], schema=sys.argv[2], pauses=()) as store:\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        try:\n            store.events('us')\n"
        "        except StoreError:\n            sys.exit(7)\n"
        "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), store.events('us'))\n"
    )
    command = [sys.executable, "-W", "error", "-c", program, place["conninfo"], place["schema"]]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    assert said.stdout == "7 ()\n"


def test_tasks_that_append_at_once_wait_for_each_other(place: dict[str, Any]) -> None:
    async def append(store: AsyncPostgresStore, number: int) -> int:
        while True:
            try:
                there = len(await store.events("us"))
                return await store.append("us", [FIRST], expected=there, key=f"k{number}")
            except StoreConflictError:
                continue

    async def all_at_once() -> list[int]:
        async with AsyncPostgresStore(**place) as store:
            return await asyncio.gather(*(append(store, number) for number in range(12)))

    assert sorted(asyncio.run(all_at_once())) == [*range(1, 13)]


def test_a_space_of_a_later_format_is_left_alone_and_the_others_work(
    opened: Callable[..., Any], place: dict[str, Any]
) -> None:
    """attack 73, for a database that several versions of an app share."""
    with opened(**place) as store:
        store.append("us", [FIRST], expected=0)
        store.append("them", [FIRST], expected=0)
        before = run_sql(place, "SELECT * FROM events ORDER BY 1, 2, 3")
        run_sql(place, "UPDATE spaces SET format = 3 WHERE space = 'us'")
        for attempt in (partial(store.append, "us", [SECOND], expected=1), partial(store.events, "us")):
            with pytest.raises(StoreVersionError) as refused:
                attempt()
            assert (refused.value.found, refused.value.supported) == (3, 2)
        assert run_sql(place, "SELECT * FROM events ORDER BY 1, 2, 3") == before
        assert store.append("them", [SECOND], expected=1) == 2


def test_a_space_that_somebody_else_holds_is_busy_and_the_others_are_not(
    opened: Callable[..., Any], place: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """attack 64, for a database."""
    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.05)
    with (
        opened(**place) as store,
        psycopg.connect(place["conninfo"], options=f"-csearch_path={place['schema']}") as other,
    ):
        store.append("us", [FIRST], expected=0)
        other.execute("SELECT * FROM spaces WHERE space = 'us' FOR UPDATE")
        with pytest.raises(StoreBusyError) as busy:
            store.append("us", [SECOND], expected=1, key="k1")
        assert busy.value.reason == "is in use by another program; try again in a moment"
        assert store.events("us") == (FIRST,)
        assert store.append("them", [FIRST], expected=0) == 1
        other.rollback()
        assert store.append("us", [SECOND], expected=1, key="k1") == 2


def test_a_read_sees_one_moment(
    opened: Callable[..., Any], place: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(**place) as store, PostgresStore(**place) as other:
        store.append("us", [FIRST, REVEALED], expected=0)
        watched = Watched(inner(store), monkeypatch)
        length = count(2)

        def somebody_else_appends(number: int) -> None:
            if number > 1:
                other.append("us", [REVEALED], expected=next(length))

        watched.after = somebody_else_appends
        assert len(store.events("us")) == 2
        assert len(watched.seen) >= 5


def test_an_append_holds_its_space_against_everybody_else(
    opened: Callable[..., Any], place: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """attack 65: also for the first append ever, when there is no row to lock yet."""
    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.05)
    with opened(**place) as store, PostgresStore(**place) as other:
        watched = Watched(inner(store), monkeypatch)
        refused = []

        def somebody_else_appends(number: int) -> None:
            if watched.seen[number - 1][0].startswith("INSERT"):
                with pytest.raises(StoreBusyError):
                    other.append("us", [SECOND], expected=0)
                refused.append(number)

        watched.after = somebody_else_appends
        assert store.append("us", [FIRST], expected=0) == 1
        assert len(refused) >= 3
        assert other.events("us") == (FIRST,)


def test_an_acknowledged_append_is_on_the_disk_whatever_the_server_was_told(place: dict[str, Any]) -> None:
    kinds = {"off": "on", "local": "local", "remote_apply": "remote_apply"}
    for told, kept in kinds.items():
        conninfo = f"{place['conninfo']}&options=-csynchronous_commit%3D{told}"
        with PostgresStore(**place | {"conninfo": conninfo}) as store, pytest.MonkeyPatch.context() as patch:
            watched = Watched(store, patch)
            shown: list[Any] = []
            watched.after = lambda number: shown.extend(  # noqa: B023 - used within the round
                store._connection.execute("SHOW synchronous_commit").fetchall() if number == 1 else []
            )
            store.append(told, [FIRST], expected=0)
            assert shown == [(kept,)]


# Losing the connection


def hang_up(moment: str = "before") -> None:
    """End every connection of a store, from the server's side: *before* a statement, or *after* it with its answer."""
    server().run(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    if moment == "after":
        raise psycopg.OperationalError("the answer was lost")


def at_each_statement(
    store: Any, work: Callable[[str], None], act: Callable[[Watched, int], None], stride: int
) -> Iterator[int]:
    """Do some work in one space after the other, and something at one of its statements, the last one first."""
    with pytest.MonkeyPatch.context() as patch:
        watched = Watched(inner(store), patch)
        work("us-0")
    for fatal in range(len(watched.seen), 0, -stride):
        with pytest.MonkeyPatch.context() as patch:
            act(Watched(inner(store), patch), fatal)
            work(f"us-{fatal}")
        yield fatal


@pytest.fixture
def stride(request: pytest.FixtureRequest) -> int:
    """How many statements are passed over."""
    return 1 if request.config.getoption("--full") else 4


@pytest.mark.parametrize("key", ["k1", ""], ids=["a key of the caller", "none"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_append_is_made_once_whenever_the_connection_is_lost(
    opened: Callable[..., Any], place: dict[str, Any], stride: int, moment: str, key: str
) -> None:
    """attack 77, attack 66: before and after its statements, the commit too, whose answer is lost then."""

    def append(space: str) -> None:
        parts = [Part(events=[FIRST, REVEALED], expected=0), Part(events=[NOTE], expected=0, partner="ada")]
        assert store.append_all(space, parts, key=key) == (2, 1)

    def lose(watched: Watched, fatal: int) -> None:
        setattr(watched, moment, lambda number: hang_up(moment) if number == fatal else None)

    with opened(**place) as store:
        for fatal in at_each_statement(store, append, lose, stride):
            assert store.events(f"us-{fatal}") == (FIRST, REVEALED)
            assert store.events(f"us-{fatal}", partner="ada") == (NOTE,)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_is_read_and_erased_survives_a_lost_connection_too(
    opened: Callable[..., Any], place: dict[str, Any], tmp_path: Path, stride: int, moment: str
) -> None:
    """attack 77."""

    def live_and_leave(space: str) -> None:
        store.append_all(space, [Part(events=[REVEALED], expected=0), Part(events=[NOTE], expected=0, partner="ada")])
        head = store.head(space)
        store.rotate(space, "ada")
        store.erase(space, "ada", shared=True)
        store.check_head(space, head)

    def lose(watched: Watched, fatal: int) -> None:
        setattr(watched, moment, lambda number: hang_up(moment) if number == fatal else None)

    with opened(**place, keys=FolderKeys(tmp_path)) as store:
        for fatal in at_each_statement(store, live_and_leave, lose, stride * 2):
            assert store.events(f"us-{fatal}", partner="ada") == ()
            assert [answer.words for answer in store.events(f"us-{fatal}")[0].answers] == [None, ANSWERS[1].words]


def test_a_connection_that_is_lost_while_an_append_is_refused_changes_nothing(
    opened: Callable[..., Any], place: dict[str, Any]
) -> None:
    """attack 77: also when it is lost just before the append is undone."""

    def be_too_slow(space: str) -> None:
        if not store.events(space):
            store.append(space, [FIRST], expected=0)
        with pytest.raises(StoreConflictError):
            store.append(space, [SECOND], expected=0)

    def lose(watched: Watched, fatal: int) -> None:
        watched.after = lambda number: hang_up() if number == fatal else None

    with opened(**place) as store:
        for fatal in at_each_statement(store, be_too_slow, lose, stride=1):
            assert store.append(f"us-{fatal}", [SECOND], expected=1) == 2


def test_a_wrong_call_needs_no_connection(opened: Callable[..., Any], place: dict[str, Any]) -> None:
    with opened(**place) as store:
        hang_up()
        with pytest.raises(InvalidValueError):
            store.append("", [FIRST], expected=0)
        inner(store)._connection.pgconn.finish()
        inner(store)._connection = None
        with pytest.raises(InvalidValueError):
            store.append("", [FIRST], expected=0)
        assert inner(store)._connection is None


def test_a_server_that_stays_away_is_said_to_after_the_last_try_and_is_found_when_it_is_back(
    opened: Callable[..., Any], place: dict[str, Any]
) -> None:
    """attack 77."""
    with opened(**place) as store:
        store.append("us", [FIRST], expected=0)
        server().kill()
        try:
            with pytest.raises(StoreBusyError) as gone:
                store.append("us", [SECOND], expected=1, key="k1")
            assert "canary" not in "".join(format_exception(gone.value))
        finally:
            server().start()
        assert store.append("us", [SECOND], expected=1, key="k1") == 2
        assert store.events("us") == (FIRST, SECOND)


# What PostgreSQL refuses


def refusing(place: dict[str, Any], state: str, times: int) -> None:
    """Let PostgreSQL refuse the next appends, and quote in DETAIL what was to be kept, as it does."""
    run_sql(
        place,
        f"""CREATE SEQUENCE tries;
        CREATE FUNCTION refuse() RETURNS trigger SET search_path FROM CURRENT AS $$ BEGIN
            IF nextval('tries') <= {times} THEN
                RAISE EXCEPTION 'refused %', encode(NEW.body, 'escape')
                    USING ERRCODE = '{state}', DETAIL = encode(NEW.body, 'escape'), HINT = NEW.partner;
            END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql;
        CREATE TRIGGER refusing BEFORE INSERT ON words FOR EACH ROW EXECUTE FUNCTION refuse()""",
    )


@pytest.mark.parametrize("state", ["40001", "40P01", "25006", "53300", "57P03"])
def test_what_passes_by_itself_is_tried_again_on_another_connection(
    opened: Callable[..., Any], place: dict[str, Any], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """attack 77: serialization failure, deadlock, a server that is full, starts, or has become a replica."""
    with opened(**place) as store:
        refusing(place, state, times=4)
        watched, connections = Watched(inner(store), monkeypatch), set()
        watched.after = lambda _: connections.add(inner(store)._connection.info.backend_pid)
        assert store.append("us", [REVEALED], expected=0) == 1
        assert len(connections) == 5
        assert store.events("us") == (REVEALED,)
        assert run_sql(place, "SELECT last_value FROM tries") == [(6,)]


WHY = {
    "40001": (
        StoreBusyError,
        "cannot be reached just now, or does not let this account in; check the server, then try again",
    ),
    "57014": (StoreBusyError, "is in use by another program; try again in a moment"),
    "53100": (StoreError, "cannot grow: the disk is full; nothing was kept, free some space and try again"),
    "42501": (StoreError, "may not be used by this account; grant it the schema and its tables"),
    "XX001": (StoreCorruptError, "is damaged, says PostgreSQL; it was left as it is"),
    "XX002": (StoreCorruptError, "is damaged, says PostgreSQL; it was left as it is"),
    "22000": (StoreError, "refused a statement, with SQLSTATE 22000"),
}


@pytest.mark.parametrize("state", WHY)
def test_what_does_not_pass_is_said_without_a_word_that_was_to_be_kept(
    opened: Callable[..., Any], place: dict[str, Any], state: str
) -> None:
    """attack 62, attack 77, attack 82: PostgreSQL quotes values in what it says."""
    kind, reason = WHY[state]
    with opened(**place) as store:
        refusing(place, state, times=5)
        with pytest.raises(StoreError) as refused:
            store.append("us", [REVEALED], expected=0, key="k1")
        assert type(refused.value) is kind
        assert refused.value.reason == reason
        assert refused.value.store == inner(store)._plan.name
        assert refused.value.__context__ is None
        assert refused.value.__cause__ is None
        assert "canary" not in "".join(format_exception(refused.value))
        assert store.events("us") == ()
        run_sql(place, "SELECT setval('tries', 100)")
        assert store.append("us", [REVEALED], expected=0, key="k1") == 1


def test_a_store_is_named_after_its_database_and_schema_and_not_after_what_lets_one_in() -> None:
    assert module.Plan.of("dbname=us password=canary", "s", None, ()).name == "postgresql:us/s"
    assert module.Plan.of("user=canary", "s", None, ()).name == "postgresql:/s"


def test_an_error_that_is_not_of_the_server_says_that_it_has_no_number() -> None:
    plan = module.Plan.of("dbname=us", "s", None, ())
    assert plan.refused(psycopg.ProgrammingError("canary")).error.reason == "refused a statement, with SQLSTATE none"


def test_what_a_provider_of_keys_raises_comes_out_and_undoes_everything(
    opened: Callable[..., Any], place: dict[str, Any]
) -> None:
    class Away:
        def current(self, *_: object) -> tuple[str, bytes]:
            raise TimeoutError("the key service is away")

    with opened(**place, keys=Away()) as store:
        store.append("us", [FIRST], expected=0)
        with pytest.raises(TimeoutError, match="the key service is away"):
            store.append_all("us", [Part(events=[SECOND], expected=1), Part(events=[NOTE], expected=0, partner="ada")])
        assert store.events("us") == (FIRST,)
        assert store.append("us", [SECOND], expected=1) == 2


# Being cancelled


def test_an_append_that_is_cancelled_was_made_as_a_whole_or_not_at_all(place: dict[str, Any], stride: int) -> None:
    """attack 75: cancelled at each statement, while the server works on it and when it has."""

    async def cancelled_at(fatal: int, turns: int) -> tuple[bool, int, int]:
        space = f"us-{fatal}-{turns}"
        loop = asyncio.get_running_loop()

        def soon(left: int) -> None:
            loop.call_soon(soon, left - 1) if left else task.cancel()

        async with AsyncPostgresStore(**place) as store:
            with pytest.MonkeyPatch.context() as patch:
                watched = Watched(store, patch)
                watched.before = lambda number: soon(turns) if number == fatal else None
                parts = [Part(events=[FIRST], expected=0), Part(events=[NOTE], expected=0, partner="ada")]
                task = asyncio.create_task(store.append_all(space, parts))
                await asyncio.gather(task, return_exceptions=True)
            lengths = len(await store.events(space)), len(await store.events(space, partner="ada"))
            assert await store.append(space, [SECOND], expected=lengths[0]) == lengths[0] + 1
        return task.cancelled(), *lengths

    moments = [(fatal, turns) for fatal in range(1, 25) for turns in range(4) if (fatal + turns) % stride == 0]
    found = {asyncio.run(cancelled_at(*moment)) for moment in moments}
    assert found - {(True, 1, 1)} == {(True, 0, 0), (False, 1, 1)}


def test_cancelling_what_is_being_undone_leaves_no_half_transaction(place: dict[str, Any]) -> None:
    async def cancelled() -> tuple[Any, ...]:
        async with AsyncPostgresStore(**place) as store:
            await store.append("us", [FIRST], expected=0)
            connection = await store._connected()

            async def never() -> None:
                task.cancel()
                await asyncio.sleep(60)

            connection.rollback = never  # type: ignore[method-assign]
            task = asyncio.create_task(store.append("us", [SECOND], expected=7))
            with pytest.raises(asyncio.CancelledError):
                await task
            assert connection.closed
            assert await store.append("us", [SECOND], expected=1) == 2
            return await store.events("us")

    assert asyncio.run(cancelled()) == (FIRST, SECOND)


# A server that is killed


@pytest.fixture
def appending(place: dict[str, Any]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Two programs that append to one log: one with keys of its own, one that leaves it to the store."""
    started = {
        name: subprocess.Popen(
            [sys.executable, APPENDER, place["conninfo"], place["schema"], name, *more],
            stdout=subprocess.PIPE,
            env=BESIDE,
        )
        for name, more in {"ada": ["own"], "ben": []}.items()
    }
    yield started
    for process in started.values():
        process.kill()
        process.communicate()


def test_what_was_acknowledged_outlives_a_killed_server_in_order_and_once(
    place: dict[str, Any], appending: dict[str, subprocess.Popen[bytes]], request: pytest.FixtureRequest
) -> None:
    """attack 60, attack 77: the server is killed while both append; ``--full`` kills it 100 times."""
    random, acknowledged = Random(77), dict.fromkeys(appending, 0)
    for _ in range(100 if request.config.getoption("--full") else 4):
        for name, process in appending.items():
            assert process.stdout
            for _ in range(random.randrange(1, 5)):
                acknowledged[name] = int(process.stdout.readline())
        time.sleep(random.random() / 50)
        server().kill()
        server().start()
        with PostgresStore(place["conninfo"], schema=place["schema"]) as store:
            log = [event.activity for event in store.events("us")]
        for name, number in acknowledged.items():
            own = [one for one in log if one.startswith(f"{name}/")]
            assert own == [f"{name}/n-{n}" for n in range(1, len(own) + 1)]
            assert len(own) >= number
        assert all(process.poll() is None for process in appending.values())
