"""What every store keeps to. A new store joins by a line in ``STORES``."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from little_packs import activity, evening, joint_events, patient, private_events

from intimacy_kit.errors import IdempotencyError, InvalidValueError, StoreConflictError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import (
    BoundariesChanged,
    Completed,
    JointEvent,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
)
from intimacy_kit.stores import Store
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.sqlite import SQLiteStore

STORES: dict[str, Callable[[Path], AbstractContextManager[Store]]] = {
    "memory": lambda _: nullcontext(MemoryStore()),
    "sqlite": lambda folder: SQLiteStore(folder / "us.db"),
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
    for wrong in ([FIRST, read("1")], [FIRST, "not an event"]):
        with pytest.raises(InvalidValueError, match=r"^'events' must be "):
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
    for field, log in {"space": (name, None), "partner": ("us", name)}.items():
        space, partner = log
        with pytest.raises(InvalidValueError, match=rf"^'{field}' must be an id of 1 to 128 characters"):
            store.append(space, [], expected=0, partner=partner)  # type: ignore[call-overload]
        with pytest.raises(InvalidValueError, match=rf"^'{field}' must be an id of 1 to 128 characters"):
            store.events(space, partner=partner)  # type: ignore[call-overload]
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
