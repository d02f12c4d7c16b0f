"""What every store keeps to. A new store joins by a line in ``STORES``."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from awaiting import Awaiting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from little_packs import activity, evening, joint_events, patient, private_events
from postgres import new_place

from intimacy_kit.errors import (
    ErasedError,
    IdempotencyError,
    InvalidValueError,
    StoreConflictError,
    StoreCorruptError,
)
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import (
    Answer,
    BoundariesChanged,
    Completed,
    JointEvent,
    JourneyChosen,
    Noted,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
    Revealed,
)
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Head, Part, Store
from intimacy_kit.stores import sqlite as sqlite_module
from intimacy_kit.stores.keys import FolderKeys
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.postgres import AsyncPostgresStore, PostgresStore
from intimacy_kit.stores.sqlite import AsyncSQLiteStore, SQLiteStore


@contextmanager
def with_write_ahead_log(path: Path) -> Iterator[SQLiteStore]:
    """Open a file with a write-ahead log, whatever SQLite this is: no other process has a part in these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_module, "mended_for_wal", lambda _: True)
        with SQLiteStore(path, journal="wal") as store:
            yield store


STORES: dict[str, Callable[[Path], AbstractContextManager[Store]]] = {
    "memory": lambda _: MemoryStore(),
    "sqlite": lambda folder: SQLiteStore(folder / "us.db"),
    "sqlite, wal": lambda folder: with_write_ahead_log(folder / "us.db"),
    "sqlite, async": lambda folder: cast(Any, Awaiting(AsyncSQLiteStore(folder / "us.db"))),
    "sqlite, encrypted": lambda folder: SQLiteStore(folder / "us.db", keys=FolderKeys(folder / "keys")),
    "postgres": lambda _: PostgresStore(**new_place()),
    "postgres, async": lambda _: cast(Any, Awaiting(AsyncPostgresStore(**new_place()))),
    "postgres, encrypted": lambda folder: PostgresStore(**new_place(), keys=FolderKeys(folder / "keys")),
}

CUP, POT = activity("cup"), activity("pot")
FIRST, SECOND, THIRD = Offered.of(CUP, at=evening(0)), Completed.of(CUP, at=evening(0)), Offered.of(POT, at=evening(1))


def read(name: str, partner: str = "a") -> NoticeRead:
    """Return a private event that can be told from others by its hour."""
    return NoticeRead(partner=partner, at=evening(0, int(name)))


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as opened:
        yield opened


def test_a_log_nobody_wrote_to_is_empty(store: Store) -> None:
    assert store.events("us") == ()
    assert store.events("us", partner="a") == ()


def test_what_was_appended_is_read_in_order(store: Store) -> None:
    assert store.append("us", [FIRST, SECOND], expected=0) == 2
    assert store.append("us", iter([THIRD]), expected=2) == 3
    assert store.events("us") == (FIRST, SECOND, THIRD)


def test_the_same_fact_may_be_appended_twice(store: Store) -> None:
    store.append("us", [FIRST], expected=0)
    assert store.append("us", [FIRST], expected=1) == 2
    assert store.events("us") == (FIRST, FIRST)


def test_appending_nothing_changes_nothing_and_still_asks_for_the_version(store: Store) -> None:
    assert store.append("us", [], expected=0) == 0
    with pytest.raises(StoreConflictError):
        store.append("us", [], expected=1)
    assert store.events("us") == ()


@settings(patient, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(joint=st.lists(joint_events(), max_size=4), private=private_events)
def test_every_event_is_read_as_it_was_written(store: Store, joint: list[JointEvent], private: PrivateEvent) -> None:
    before, own = store.events("us"), store.events("us", partner=private.partner)
    store.append("us", joint, expected=len(before))
    store.append("us", [private], expected=len(own), partner=private.partner)
    assert store.events("us") == (*before, *joint)
    assert store.events("us", partner=private.partner) == (*own, private)


@pytest.mark.parametrize(("expected", "there"), [(0, 2), (1, 2), (3, 2), (-1, 2)])
def test_somebody_who_was_slower_is_told_both_versions_and_nothing_is_kept(
    store: Store, expected: int, there: int
) -> None:
    store.append("us", [FIRST, SECOND], expected=0)
    with pytest.raises(StoreConflictError) as slower:
        store.append("us", [THIRD], expected=expected)
    assert (slower.value.log, slower.value.expected, slower.value.found) == ("us", expected, there)
    assert str(slower.value) == f"log 'us' has 2 events, expected {expected}; read it again, then append"
    assert store.events("us") == (FIRST, SECOND)


def test_a_conflict_in_a_private_log_names_the_log(store: Store) -> None:
    with pytest.raises(StoreConflictError, match=r"^log 'us/a' has 0 events, expected 1;"):
        store.append("us", [read("1")], expected=1, partner="a")


def test_a_retry_with_its_key_is_harmless_and_returns_the_version_of_then(store: Store) -> None:
    assert store.append("us", [FIRST, SECOND], expected=0, key="k1") == 2
    assert store.append("us", [THIRD], expected=2, key="k2") == 3
    assert store.append("us", [FIRST, SECOND], expected=0, key="k1") == 2
    assert store.append("us", [FIRST, SECOND], expected=99, key="k1") == 2
    assert store.events("us") == (FIRST, SECOND, THIRD)


def test_a_retry_of_an_append_of_nothing_is_harmless_too(store: Store) -> None:
    assert store.append("us", [], expected=0, key="k1") == 0
    store.append("us", [FIRST], expected=0)
    assert store.append("us", [], expected=0, key="k1") == 0


@pytest.mark.parametrize(
    "others",
    [
        [SECOND],
        [],
        [FIRST, FIRST],
        [Offered.of(CUP, at=evening(0).astimezone(ZoneInfo("Asia/Kathmandu")))],
    ],
    ids=["another", "none", "twice", "the same instant, written in another zone"],
)
def test_a_key_cannot_be_used_for_other_events(store: Store, others: list[JointEvent]) -> None:
    store.append("us", [FIRST], expected=0, key="k1")
    with pytest.raises(IdempotencyError) as refused:
        store.append("us", others, expected=1, key="k1")
    assert str(refused.value) == "key 'k1' was used in log 'us' for other events; use a new key for a new append"
    assert store.events("us") == (FIRST,)


def test_a_key_belongs_to_its_log(store: Store) -> None:
    assert store.append("us", [FIRST], expected=0, key="k1") == 1
    assert store.append("them", [SECOND], expected=0, key="k1") == 1
    assert store.append("us", [read("1")], expected=0, partner="a", key="k1") == 1
    assert store.append("us", [read("2", "b")], expected=0, partner="b", key="k1") == 1


def test_a_key_of_an_append_that_was_refused_is_still_free(store: Store) -> None:
    with pytest.raises(StoreConflictError):
        store.append("us", [FIRST], expected=1, key="k1")
    assert store.append("us", [SECOND], expected=0, key="k1") == 1


def test_without_a_key_nothing_is_taken_for_a_retry(store: Store) -> None:
    store.append("us", [FIRST], expected=0)
    with pytest.raises(StoreConflictError):
        store.append("us", [FIRST], expected=0)


def test_all_or_nothing(store: Store) -> None:
    for wrong, said in (
        ([FIRST, read("1")], "joint"),
        ([FIRST, "x"], r"events, such as Completed.of\(activity, at=now\)"),
    ):
        with pytest.raises(InvalidValueError, match=rf"^'events' must be {said}"):
            store.append("us", wrong, expected=0)  # type: ignore[call-overload]
    assert store.events("us") == ()


@pytest.mark.parametrize(
    ("events", "partner", "said"),
    [
        ([read("1")], None, "must be joint; a private event belongs into the log of its partner"),
        (
            [FIRST],
            "a",
            "must be the private events of this partner; a private event belongs into the log of its partner",
        ),
        (
            [read("1", "a"), read("2", "b")],
            "a",
            "must be the private events of this partner; a private event belongs into the log of its partner",
        ),
    ],
    ids=["private in joint", "joint in private", "somebody else's"],
)
def test_an_event_in_the_wrong_log_is_refused(store: Store, events: Any, partner: Any, said: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        store.append("us", events, expected=0, partner=partner)
    assert str(refused.value) == f"'events' {said}"
    assert (store.events("us"), store.events("us", partner="a")) == ((), ())


def test_spaces_and_partners_have_logs_of_their_own(store: Store) -> None:
    store.append("us", [FIRST], expected=0)
    store.append("them", [SECOND], expected=0)
    for space, partner, name in [("us", "a", "1"), ("us", "b", "2"), ("them", "a", "3"), ("us/a", "b", "4")]:
        store.append(space, [read(name, partner)], expected=0, partner=partner)
    joint = {space: store.events(space) for space in ("us", "them", "us/a", "a")}
    assert joint == {"us": (FIRST,), "them": (SECOND,), "us/a": (), "a": ()}
    assert store.events("us", partner="a") == (read("1"),)
    assert store.events("us", partner="b") == (read("2", "b"),)
    assert store.events("them", partner="a") == (read("3"),)
    assert store.events("us/a", partner="b") == (read("4", "b"),)


@pytest.mark.parametrize(
    "name", ["Zoë & Łukasz", "我们", "\U0001f469\u200d\U0001f467", "e\u0301", "é", "%_'\";--", "x" * 128]
)
def test_ids_may_be_in_any_script_and_are_told_apart_exactly(store: Store, name: str) -> None:
    store.append(name, [FIRST], expected=0, key=name)
    store.append(name, [read("1", name)], expected=0, partner=name, key=name)
    assert store.append(name, [FIRST], expected=0, key=name) == 1
    assert (store.events(name), store.events(name, partner=name)) == ((FIRST,), (read("1", name),))
    others = ["e\u0301" if name == "é" else "é", f"{name[:100]}!", "us"]
    assert [store.events(other) for other in others] == [(), (), ()]


@pytest.mark.parametrize("name", ["", " us", "us\n", "x" * 129, "u\u200bs", "\ud800", "a\x00b", 7, b"us"])
def test_what_cannot_name_a_log_is_refused_for_writing_and_for_reading(store: Store, name: Any) -> None:
    start = store.head("us")
    for field, space, partner, who in (("space", name, None, "a"), ("partner", "us", name, name)):
        for call in (
            partial(store.append, space, [], expected=0, partner=partner),
            partial(store.events, space, partner=partner),
            partial(store.appended, space, "k", partner=partner),
            partial(store.head, space, partner=partner),
            partial(store.check_head, space, start, partner=partner),
            partial(store.erased, space, who),
            partial(store.erase, space, who, shared=True),
        ):
            with pytest.raises(InvalidValueError, match=rf"^'{field}' must be an id of 1 to 128 characters"):
                call()
    if name != "":
        with pytest.raises(InvalidValueError, match=r"^'key' must be of 1 to 128 characters"):
            store.append("us", [], expected=0, key=name)


def test_a_thousand_events_stay_in_order(store: Store) -> None:
    events = [Offered.of(activity(f"cup-{n}"), at=evening(n)) for n in range(1000)]
    for begin in range(0, 1000, 100):
        assert store.append("us", events[begin : begin + 100], expected=begin) == begin + 100
    assert store.events("us") == tuple(events)


def test_the_largest_event_that_can_be_written_can_be_read(store: Store) -> None:
    long = "x" * 64
    largest = [
        Paused.of(CUP, at=evening(0), moves=["\U0001f375" * 128] * 500),
        BoundariesChanged(
            partner="a",
            at=evening(0),
            boundaries=Boundaries(declined={f"{long}/{'x' * 50}-{n}": evening(n % 99).date() for n in range(20_000)}),
        ),
    ]
    store.append("us", largest[:1], expected=0)
    store.append("us", largest[1:], expected=0, partner="a")
    assert store.events("us") == (largest[0],)
    assert store.events("us", partner="a") == (largest[1],)


def test_an_event_that_is_too_large_to_be_read_again_is_refused(store: Store) -> None:
    declined = {f"{'x' * 64}/{'x' * 50}-{n}": evening(0).date() for n in range(40_000)}
    changed = BoundariesChanged(partner="a", at=evening(0), boundaries=Boundaries(declined=declined))
    with pytest.raises(InvalidValueError, match=r"^'events' must be of at most 4194304 bytes each$"):
        store.append("us", [changed], expected=0, partner="a")
    assert store.events("us", partner="a") == ()


def test_the_day_and_the_zone_of_an_event_come_back(store: Store) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Madrid"))
    store.append("us", [Completed.of(CUP, at=late)], expected=0)
    (back,) = store.events("us")
    assert back.at.isoformat() == "2026-11-24T00:30:00+01:00"


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads that interrupt each other as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("eager_threads")
def test_of_two_threads_that_append_at_once_exactly_one_is_first(store: Store) -> None:
    both, rounds = Barrier(2), 100

    def append(event: JointEvent) -> list[bool]:
        first = []
        for n in range(rounds):
            both.wait()
            try:
                first.append(store.append(f"space-{n}", [event] * 3, expected=0) == 3)
            except StoreConflictError:
                first.append(False)
        return first

    with ThreadPoolExecutor(2) as threads:
        ada, ben = threads.map(append, [FIRST, SECOND])
    assert [(mine, yours) for mine, yours in zip(ada, ben, strict=True) if mine == yours] == []
    assert {store.events(f"space-{n}") for n in range(rounds)} <= {(FIRST,) * 3, (SECOND,) * 3}


@pytest.mark.usefixtures("eager_threads")
def test_two_threads_that_retry_leave_no_gap_and_no_double(store: Store) -> None:
    def append(name: str) -> list[int]:
        versions = []
        for n in range(50):
            event = Offered.of(activity(f"{name}-{n}"), at=evening(n))
            while True:
                try:
                    versions.append(store.append("us", [event], expected=len(store.events("us")), key=f"{name}-{n}"))
                    break
                except StoreConflictError:
                    continue
        return versions

    with ThreadPoolExecutor(2) as threads:
        versions = [*threads.map(append, ["ada", "ben"])]
    log = [event.activity for event in store.events("us")]
    assert sorted(versions[0] + versions[1]) == [*range(1, 101)]
    for name, own in zip(["ada", "ben"], versions, strict=True):
        assert [log[version - 1] for version in own] == [f"tea/{name}-{n}" for n in range(50)]


# Several logs at once


def note(text: str, partner: str = "a") -> Noted:
    """Return what somebody wrote down for themselves."""
    return Noted(partner=partner, at=evening(0), words=Words(text))


def revealed(**said: str) -> Revealed:
    """Return what was revealed, by person."""
    answers = [Answer(who=who, shown="What helped?", words=Words(text)) for who, text in said.items()]
    return Revealed(on=evening(0).date(), activity=CUP.id, answers=answers)


def said_in(store: Store, space: str = "us") -> list[dict[str, str | None]]:
    """Return who said what in each reveal of a joint log."""
    reveals = [event for event in store.events(space) if isinstance(event, Revealed)]
    return [{one.who: one.words and one.words.text for one in event.answers} for event in reveals]


def test_several_logs_are_appended_to_at_once(store: Store) -> None:
    store.append("us", [read("1")], expected=0, partner="a")
    parts = [
        Part(events=[FIRST, SECOND], expected=0),
        Part(events=[read("2")], expected=1, partner="a"),
        Part(events=[], expected=0, partner="b"),
    ]
    assert store.append_all("us", iter(parts)) == (2, 2, 0)
    assert store.events("us") == (FIRST, SECOND)
    assert store.events("us", partner="a") == (read("1"), read("2"))
    assert store.events("us", partner="b") == ()


@pytest.mark.parametrize("slower", [0, 1, 2])
def test_one_log_that_somebody_else_appended_to_keeps_all_from_being_kept(store: Store, slower: int) -> None:
    """attack 65: of two who read the same version, one is told what is there now."""
    logs = [None, "a", "b"]
    store.append("us", [FIRST], expected=0)
    for partner in ("a", "b"):
        store.append("us", [read("1", partner)], expected=0, partner=partner)
    own: list[list[Any]] = [[SECOND], [read("2", "a")], []]
    parts = [
        Part(events=events, expected=1 - (n == slower), partner=log)
        for n, (log, events) in enumerate(zip(logs, own, strict=True))
    ]
    with pytest.raises(StoreConflictError) as conflict:
        store.append_all("us", parts, key="k")
    assert (conflict.value.log, conflict.value.found) == (["us", "us/a", "us/b"][slower], 1)
    assert [len(store.events("us")), len(store.events("us", partner="a"))] == [1, 1]
    assert store.appended("us", "k") is None


def test_a_retry_of_an_append_to_several_logs_gives_the_first_answer(store: Store) -> None:
    """attack 66: the answer got lost on the way, and other appends were made since."""
    parts = [Part(events=[FIRST], expected=0), Part(events=[read("1")], expected=0, partner="a")]
    assert store.append_all("us", parts, key="k") == (1, 1)
    store.append("us", [SECOND], expected=1)
    assert store.append_all("us", parts, key="k") == (1, 1)
    assert store.append_all("us", [*parts, Part(events=[], expected=0, partner="b")], key="k") == (1, 1, 0)
    assert store.events("us") == (FIRST, SECOND)


@pytest.mark.parametrize(
    "others",
    [
        [Part(events=[FIRST], expected=0)],
        [Part(events=[FIRST], expected=0), Part(events=[read("2")], expected=0, partner="a")],
        [Part(events=[FIRST], expected=0), Part(events=[], expected=0, partner="a")],
        [Part(events=[FIRST], expected=0), Part(events=[read("1", "b")], expected=0, partner="b")],
    ],
    ids=["without one", "another event", "no event", "in another log"],
)
def test_a_key_cannot_be_used_for_other_logs(store: Store, others: list[Part]) -> None:
    """attack 66: the same key with another body is refused."""
    store.append_all(
        "us", [Part(events=[FIRST], expected=0), Part(events=[read("1")], expected=0, partner="a")], key="k"
    )
    with pytest.raises(IdempotencyError, match=r"^key 'k' was used in log 'us' for other events"):
        store.append_all("us", others, key="k")
    assert store.append_all("us", [Part(events=[read("1")], expected=1, partner="a")], key="k") == (2,)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], "must be one or more values of Part"),
        ([[FIRST]], "must be one or more values of Part"),
        ([Part(events=[FIRST], expected=0), Part(events=[], expected=0)], "must each be for another log"),
    ],
)
def test_parts_that_cannot_be_are_refused(store: Store, parts: Any, said: str) -> None:
    with pytest.raises(InvalidValueError, match=f"^'parts' {said}$"):
        store.append_all("us", parts)


def test_what_a_key_appended_is_read_by_it(store: Store) -> None:
    assert store.appended("us", "k") is None
    parts = [Part(events=[FIRST, SECOND], expected=0), Part(events=[read("1")], expected=0, partner="a")]
    store.append_all("us", parts, key="k")
    store.append("us", [THIRD], expected=2, key="k2")
    assert store.appended("us", "k") == (FIRST, SECOND)
    assert store.appended("us", "k2") == (THIRD,)
    assert store.appended("us", "k", partner="a") is None
    with pytest.raises(InvalidValueError, match=r"^'key' must be"):
        store.appended("us", "")


# Pages


def test_a_log_is_read_in_pages(store: Store) -> None:
    """attack 76: nobody has to hold a long log at once."""
    events = tuple(Offered.of(activity(f"cup-{n}"), at=evening(n)) for n in range(7))
    store.append("us", events, expected=0)
    pages = [store.events("us", after=after, limit=3) for after in (0, 3, 6, 7, 99)]
    assert pages == [events[:3], events[3:6], events[6:], (), ()]
    assert store.events("us", after=5) == events[5:]
    assert store.events("us", limit=0) == ()
    assert store.events("us", after=5, limit=2**53) == events[5:]
    assert store.events("us", after=2**53, limit=1) == ()
    assert store.events("us", partner="a", after=3, limit=3) == ()


@pytest.mark.parametrize(
    "page", [{"after": -1}, {"after": "1"}, {"after": 2**60}, {"limit": -1}, {"limit": True}, {"limit": 2**53 + 1}]
)
def test_what_is_no_page_is_refused(store: Store, page: dict[str, Any]) -> None:
    said = {
        "after": "'after' must be a version: 0, or how many",
        "limit": "'limit' must be a number of events, or None for all",
    }
    with pytest.raises(InvalidValueError) as refused:
        store.events("us", **page)
    assert str(refused.value).startswith(said[next(iter(page))])


def test_events_come_in_the_order_they_were_appended_whatever_the_clock_says(store: Store) -> None:
    """attack 67: 9999, 1970, backwards, and an hour that there was twice."""
    madrid = ZoneInfo("Europe/Madrid")
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=madrid)
    moments = [
        evening(9),
        evening(3),
        datetime(9999, 12, 31, 23, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        twice.replace(fold=1),
        twice,
    ]
    events = [JourneyChosen(at=at) for at in moments]
    for version, event in enumerate(events):
        store.append("us", [event], expected=version)
    assert [event.at.isoformat() for event in store.events("us")] == [at.isoformat() for at in moments]


# Heads


def test_a_log_goes_through_every_head_it_had(store: Store) -> None:
    heads = [store.head("us"), store.head("us", partner="a")]
    for version, event in enumerate([FIRST, SECOND, THIRD]):
        store.append("us", [event], expected=version)
        heads.append(store.head("us"))
    assert [head.version for head in heads] == [0, 0, 1, 2, 3]
    assert len({head.digest for head in heads}) == 5
    for head in [heads[0], *heads[2:]]:
        store.check_head("us", head)
    store.check_head("us", heads[1], partner="a")


def test_the_same_events_in_another_log_have_other_heads(store: Store) -> None:
    for space in ("us", "them"):
        store.append(space, [FIRST], expected=0)
    assert store.head("us").digest != store.head("them").digest


def test_a_log_that_does_not_go_through_a_head_is_reported(store: Store) -> None:
    """attack 69: an older copy was put in place, and went on from there."""
    store.append("us", [FIRST, SECOND], expected=0)
    there = store.head("us")
    for wrong in (Head(3, there.digest), Head(1, there.digest), Head(2, "ab" * 32), Head(0, there.digest)):
        with pytest.raises(StoreCorruptError, match=r"' does not go through a head that was kept: an") as reported:
            store.check_head("us", wrong)
        assert (reported.value.log, reported.value.version) == ("us", wrong.version)


@pytest.mark.parametrize(
    ("version", "digest"), [(-1, "ab" * 32), (2**60, "ab" * 32), (1, "ab"), (1, "xy" * 32), (1, 7)]
)
def test_what_cannot_be_a_head_is_refused(version: Any, digest: Any) -> None:
    with pytest.raises(InvalidValueError):
        Head(version, digest)


# Words, and what people type


def test_words_come_back_letter_by_letter(store: Store) -> None:
    """attack 11, attack 76: what somebody types is kept as it is, and is never run."""
    typed = [
        "'); DROP TABLE events; --",
        '" OR 1=1 --',
        "%s ? :x $1 {0}",
        "  two\n\r\t spaces  ",
        "\u202eback\u202c \u200b \x00 \x1b[31m",
        "x" * 20_000,
        "\U0001f469\u200d\U0001f467" * 5_000,
    ]
    for version, text in enumerate(typed):
        store.append("us", [note(text)], expected=version, partner="a", key=f"k{version}")
        store.append("us", [revealed(a=text, b="Yes.")], expected=version)
    assert [event.words.text for event in store.events("us", partner="a")] == typed  # type: ignore[union-attr]
    assert said_in(store) == [{"a": text, "b": "Yes."} for text in typed]
    assert store.append("us", [note(typed[0])], expected=0, partner="a", key="k0") == 1


def test_ids_that_look_like_sql_are_ids(store: Store) -> None:
    """attack 76."""
    names = ["x'; DELETE FROM events; --", 'y" OR "1"="1', "z') --", "?", "%s", "$1"]
    for name in names:
        store.append(name, [FIRST], expected=0, key=name)
        store.append(name, [read("1", name)], expected=0, partner=name, key=name)
    store.erase(names[0], names[0], shared=True)
    assert [len(store.events(name, partner=name)) for name in names] == [0, 1, 1, 1, 1, 1]
    assert [store.append(name, [FIRST], expected=0, key=name) for name in names] == [1] * 6


def test_an_answer_of_a_million_characters_is_refused_before_any_store_sees_it() -> None:
    """attack 76."""
    with pytest.raises(InvalidValueError, match=r"^'words' must be"):
        note("x" * 1_000_000)


# Erasing


def fill(store: Store) -> None:
    """Append what two people say in two spaces, alone and together."""
    for space in ("us", "them"):
        store.append(space, [FIRST, revealed(a="Salt.", b="Pepper.")], expected=0, key="joint")
        for who in ("a", "b"):
            store.append(space, [note("Sugar.", who)], expected=0, partner=who, key="own")


@pytest.mark.parametrize(("shared", "left"), [(True, None), (False, "Salt.")])
def test_who_is_erased_is_gone_from_one_space_and_the_others_keep_what_is_theirs(
    store: Store, shared: bool, left: str | None
) -> None:
    """attack 80, attack 100."""
    fill(store)
    for _ in range(2):  # erasing twice is harmless
        store.erase("us", "a", shared=shared)
        assert store.events("us", partner="a") == ()
        assert store.appended("us", "own", partner="a") is None
        assert said_in(store) == [{"a": left, "b": "Pepper."}]
        assert store.events("us", partner="b") == (note("Sugar.", "b"),)
        assert said_in(store, "them") == [{"a": "Salt.", "b": "Pepper."}]
        assert store.events("them", partner="a") == (note("Sugar."),)
    assert store.append("us", [SECOND], expected=2) == 3


def test_nothing_is_appended_for_somebody_who_was_erased(store: Store) -> None:
    fill(store)
    head = store.head("us", partner="a")
    store.erase("us", "a", shared=True)
    gone = [
        lambda: store.append("us", [note("Again.")], expected=0, partner="a"),
        lambda: store.append("us", [note("Sugar.")], expected=0, partner="a", key="own"),
        lambda: store.append("us", [revealed(a="Again.", b="Yes.")], expected=2),
        lambda: store.check_head("us", head, partner="a"),
    ]
    for attempt in gone:
        with pytest.raises(ErasedError) as refused:
            attempt()
        assert refused.value.log == "us/a"
    assert store.head("us", partner="a").version == 0
    parts = [Part(events=[SECOND], expected=2), Part(events=[], expected=0, partner="a")]
    assert store.append_all("us", parts) == (3, 0)


def test_who_never_was_there_can_be_erased(store: Store) -> None:
    store.erase("us", "a", shared=False)
    with pytest.raises(ErasedError):
        store.append("us", [read("1")], expected=0, partner="a")
    with pytest.raises(ErasedError):
        store.append_all("us", [Part(events=[read("1")], expected=0, partner="a")], key="k")


def test_what_was_shared_can_be_erased_later_and_does_not_come_back(store: Store) -> None:
    fill(store)
    for shared, left in [(False, "Salt."), (True, None), (False, None)]:
        store.erase("us", "a", shared=shared)
        assert said_in(store) == [{"a": left, "b": "Pepper."}]


def test_a_retry_after_an_erasure_gives_the_first_answer(store: Store) -> None:
    """attack 66, attack 80: the words that went are not compared; all that is left still is."""
    fill(store)
    store.erase("us", "a", shared=True)
    assert store.append("us", [FIRST, revealed(a="Salt.", b="Pepper.")], expected=0, key="joint") == 2
    for others in (revealed(a="Salt.", b="Sugar."), revealed(b="Pepper."), revealed(a="Salt.", b="Pepper.", c="Tea.")):
        with pytest.raises(IdempotencyError):
            store.append("us", [FIRST, others], expected=0, key="joint")


def test_a_reveal_that_came_without_words_is_kept_without(store: Store) -> None:
    answers = [
        Answer(who="a", shown="What helped?", words=None),
        Answer(who="b", shown="What helped?", words=Words("X.")),
    ]
    event = Revealed(on=evening(0).date(), activity=CUP.id, answers=answers)
    store.append("us", [event], expected=0, key="k")
    assert store.events("us") == (event,)
    assert store.append("us", [event], expected=0, key="k") == 1
    for words in ({"a": "No.", "b": "Yes."}, {}):
        answers = [Answer(who=who, shown="Tea?", words=Words(words[who]) if words else None) for who in ("a", "b")]
        with pytest.raises(IdempotencyError):
            store.append("us", [Revealed(on=evening(0).date(), activity=CUP.id, answers=answers)], expected=0, key="k")


@pytest.mark.parametrize("partner", [None, "", " a"])
def test_only_a_person_can_be_erased(store: Store, partner: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^'partner' must be an id"):
        store.erase("us", partner, shared=True)


def test_who_was_erased_is_known_and_what_they_took_back_is_gone_where_the_rest_stays(store: Store) -> None:
    """attack 80, attack 100."""
    for number, said in enumerate(("kept", "taken back")):
        store.append("us", [revealed(a=said, b="mine")], expected=number)
    assert store.erased("us", "a") is False
    for _ in range(2):
        store.erase("us", "a", shared=False, taken_back=[2])
        assert store.erased("us", "a")
        assert not store.erased("us", "b")
        said = [{one.who: one.words and one.words.text for one in event.answers} for event in store.events("us")]
        assert said == [{"a": "kept", "b": "mine"}, {"a": None, "b": "mine"}]
    store.erase("us", "a", shared=True)
    assert [event.answers[0].words for event in store.events("us")] == [None, None]
