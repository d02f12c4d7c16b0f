"""The promises of the kit, each one a test that can fail. The numbers are those of ARCHITECTURE.md.

Here stands one test for each promise, in the promise's own words; the corners are in the folders beside.
"""

import ast
import pickle
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from sqlite3 import connect
from traceback import format_exception
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from little_packs import (
    EVERYTHING,
    activity,
    boundaries,
    catalog,
    catalogs,
    day,
    days,
    evening,
    histories,
    joint_events,
    pack,
    patient,
)

import intimacy_kit
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, SENSITIVE_TOPICS
from intimacy_kit.errors import KitError, StoreConflictError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.event_documents import event_from, to_document
from intimacy_kit.practice.events import BoundariesChanged, CheckedIn, Completed, JointEvent, Offered
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import suggest
from intimacy_kit.practice.support import NOTICE, SUPPORT
from intimacy_kit.stores.sqlite import SQLiteStore

ROOT = Path(intimacy_kit.__file__).parent

# Progression


def test_5_gates_have_no_negation() -> None:
    assert set(get_args(Gate)) == {Resolved, Done, Count, AtLeast, AllOf, AnyOf, Elapsed, DistinctDays}


@patient
@given(catalogs(), histories, joint_events(), days, st.data())
def test_5_nothing_that_was_offered_locks_again_through_history_an_update_or_a_pack(
    there: Catalog, history: list[JointEvent], event: JointEvent, number: int, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from([*there.values()]))
    offered = Progress.from_events([*history, Offered.of(one, at=evening(number))])
    gate = DistinctDays(9999)
    renamed = evolve(one, id="tea/another-name", aliases=[*one.aliases, one.id], requires=gate, rev=one.rev + 1)
    beside = pack("gone", [activity("away", pack="gone")])
    updates: list[tuple[Activity, Catalog]] = [
        (one, there),
        (one, Catalog([*there.packs, beside], refused=["broken"])),
        (one, Catalog(there.packs)),
        (renamed, catalog(renamed)),
    ]
    for activity_now, catalog_now in updates:
        for progress in (offered, offered.after(event)):
            assert is_open(activity_now, Situation(catalog_now, progress, EVERYTHING, day(number)))


@patient
@given(catalogs(), histories, boundaries, days)
def test_5_removing_a_pack_keeps_everything_else_open_and_what_was_offered_stays_open_when_one_is_added(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int
) -> None:
    gone = pack("gone", [activity("away", pack="gone", depth=2), activity("cup", pack="gone", topics=["home"])])
    beside = Catalog([*there.packs, gone], refused=there.refused)
    progress = Progress.from_events(history)
    before = Situation(beside, progress, allowed, day(number))
    after = Situation(there, progress, allowed, day(number))
    for one in there.values():
        assert is_open(one, before) <= is_open(one, after)
        if progress.of(one).offered_on is not None:
            assert is_open(one, before)


@pytest.mark.parametrize("act", [True, False], ids=["done", "ignored"])
def test_7_a_finite_pool_is_shared_fairly_and_nothing_comes_again_inside_its_rest_time(*, act: bool) -> None:
    there = catalog(*(activity(f"cup-{n}", rests=4) for n in range(10)))
    progress, last, times = Progress(), dict.fromkeys(there, -9), dict.fromkeys(there, 0)
    for number in range(100):
        for one in suggest(there, progress, Boundaries(), now=evening(number), limit=2):
            name = one.activity.id
            assert number - last[name] >= (4 if act else 1)
            last[name], times[name] = number, times[name] + 1
            progress = progress.after(Offered.of(one.activity, at=evening(number)))
            if act:
                progress = progress.after(Completed.of(one.activity, at=evening(number)))
    assert set(times.values()) == {20}


# People


def test_9_silence_allows_nothing_beyond_light_and_ordinary() -> None:
    for depth, topic in product(DEPTHS, [*ORDINARY_TOPICS, *SENSITIVE_TOPICS]):
        if depth > 1 or topic in ORDINARY_TOPICS:
            wanted = activity("cup", depth=depth, topics=[topic])
            allowed = depth == 1 and topic in ORDINARY_TOPICS
            assert Boundaries().allow(wanted, day(0)) == allowed
            assert bool(suggest(catalog(wanted), Progress(), Boundaries(), now=evening(0))) == allowed


@patient
@given(catalogs(), histories, st.lists(boundaries, min_size=1, max_size=3), days)
def test_9_no_suggestion_ever_crosses_a_boundary_of_anyone_in_the_space(
    there: Catalog, history: list[JointEvent], people: list[Boundaries], number: int
) -> None:
    together = EVERYTHING
    for one in people:
        together &= one
    for found in suggest(there, Progress.from_events(history), together, now=evening(number), limit=9):
        for one in people:
            assert found.activity.depth <= one.depth
            assert {one.answer(topic) for topic in found.activity.topics} <= {"yes"}
            for name in (found.activity.id, *found.activity.aliases):
                assert dict(one.declined).get(name, day(0)) <= day(number)


@patient
@given(catalogs(), histories, boundaries, boundaries, days)
def test_10_lowering_a_boundary_works_at_once_and_alone_and_nothing_says_who(
    there: Catalog, history: list[JointEvent], high: Boundaries, low: Boundaries, number: int
) -> None:
    progress = Progress.from_events(history)
    by_ada, by_ben = (
        repr(suggest(there, progress, together, now=evening(number)))
        for together in ((high & low) & high, high & (high & low))
    )
    assert by_ada == by_ben
    assert "Boundaries" not in by_ada


def test_10_raising_a_boundary_is_only_ever_for_oneself() -> None:
    there = catalog(activity("deep", depth=4, topics=["loss"]))
    low = Boundaries(depth=3, topics={"loss": "yes"})
    for ada, ben, shown in [(EVERYTHING, low, 0), (low, EVERYTHING, 0), (EVERYTHING, EVERYTHING, 1)]:
        assert len(suggest(there, Progress(), ada & ben, now=evening(0))) == shown


def test_13_a_decline_is_never_shown_never_counted_and_never_asked_again_inside_its_scope() -> None:
    cup, pot = activity("cup"), activity("pot")
    there, joint = catalog(cup, pot), Progress.from_events([Offered.of(cup, at=evening(0))])
    declining = Boundaries().declining("tea/cup", day(30))
    for number in range(1, 30):
        (found,) = suggest(there, joint, Boundaries() & declining, now=evening(number))
        assert (found.activity, str(found.reason)) == (pot, "new to you")
    back = suggest(there, joint, Boundaries() & declining, now=evening(30))
    assert back == suggest(there, joint, Boundaries(), now=evening(30))
    assert joint.of(cup).times == 0


def test_14_the_support_page_names_no_number_that_may_be_wrong_and_is_a_text_not_an_event() -> None:
    assert not any(character.isdigit() for character in SUPPORT.words)
    assert "support" in NOTICE.words


CANARY = "canary-7f3a"
AT = "2026-11-23T20:00:00+00:00"


def failing(folder: Path) -> Iterator[Callable[[], object]]:
    """Give ways in which something of somebody's goes wrong, the canary in every place that is theirs."""
    checked = CheckedIn.of(activity("near", "check_in"), at=evening(0), partner="a", answers={CANARY: 7})
    changed = BoundariesChanged(
        partner="a", at=evening(0), boundaries=Boundaries(depth=3, declined={f"tea/{CANARY}": day(9)})
    )
    for event in (checked, changed):
        document = to_document(event)
        for field in document:
            yield lambda document=document, field=field: event_from({**document, field: [CANARY]})
            yield lambda document=document, field=field: event_from({**document, f"{CANARY} {field}": CANARY})
        yield lambda event=event: Progress().after(event)
        with SQLiteStore(folder / "us.db") as store:
            yield lambda store=store, event=event: store.append("us", [event], expected=0)
            yield lambda store=store, event=event: store.append("us", [event], expected=0, partner="b")
            yield lambda store=store, event=event: store.append("us", [event], expected=9, partner="a")
            there = len(store.events("us", partner="a"))
            store.append("us", [event], expected=there, partner="a", key=event.event)
            yield lambda store=store, event=event: store.append(
                "us", [event, event], expected=0, partner="a", key=event.event
            )
    for wrong in (
        {"depth": CANARY},
        {"topics": {CANARY: "yes"}},
        {"topics": {"loss": CANARY}},
        {"declined": {CANARY: 1}},
    ):
        yield lambda wrong=wrong: Boundaries(**wrong)
        yield lambda wrong=wrong: event_from(
            {"event": "boundaries_changed", "partner": "a", "at": AT, "boundaries": {"depth": 1, **wrong}}
        )
    with SQLiteStore(folder / "us.db") as store, closing(connect(folder / "us.db")) as other:
        with other:
            other.execute("UPDATE events SET body = substr(body, 1, length(body) - 1) || x'20'")
        yield lambda: store.events("us", partner="a")


def test_15_no_partners_words_stand_in_any_message_repr_or_traceback(tmp_path: Path) -> None:
    tried = 0
    for attempt in failing(tmp_path):
        with pytest.raises(KitError) as refused:
            attempt()
        told = pickle.loads(pickle.dumps(refused.value))
        assert CANARY not in f"{refused.value} {refused.value!r} {told}"
        assert CANARY not in "".join(line for line in format_exception(refused.value) if not line.startswith("  File"))
        assert "\n" not in str(refused.value)
        tried += 1
    assert tried > 40


def test_15_no_answers_and_no_boundaries_stand_in_the_repr_of_an_event() -> None:
    checked = CheckedIn.of(activity("near", "check_in"), at=evening(0), partner="a", answers={CANARY: 7})
    changed = BoundariesChanged(partner="a", at=evening(0), boundaries=Boundaries(declined={f"tea/{CANARY}": day(9)}))
    assert CANARY not in repr([checked, changed])


# Data


def test_16_an_acknowledged_event_is_never_lost_doubled_or_reordered_with_two_devices_at_once(tmp_path: Path) -> None:
    events = [Offered.of(activity(f"cup-{n}"), at=evening(n)) for n in range(20)]
    for n, event in enumerate(events):
        with SQLiteStore(tmp_path / "us.db") as mine, SQLiteStore(tmp_path / "us.db") as yours:
            assert mine.append("us", [event], expected=n, key=f"k{n}") == n + 1
            with pytest.raises(StoreConflictError):
                yours.append("us", [event], expected=n)
            assert yours.append("us", [event], expected=n, key=f"k{n}") == n + 1
    with SQLiteStore(tmp_path / "us.db") as later:
        assert later.events("us") == tuple(events)


FORBIDDEN_MODULES = {
    *("asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver", "ssl", "urllib.request"),
    *("calendar", "locale", "random", "secrets", "time", "uuid"),
}
#: A name from a forbidden module that opens, reads and draws nothing.
HARMLESS = {"urllib.request.url2pathname"}
FORBIDDEN_CALLS = {"now", "today", "utcnow", "urlopen", "strftime", "getenv", "urandom", "getlocale"}


def impure(source: str) -> list[str]:
    """Return what in a module reads a clock, a locale or chance, or could open a connection."""
    return [what for node in ast.walk(ast.parse(source)) for what in (*imported(node), *done(node))]


def imported(node: ast.AST) -> Iterator[str]:
    """Give the forbidden modules that a node imports, or imports from."""
    names: list[str] = []
    match node:
        case ast.Import():
            names = [name.name for name in node.names]
        case ast.ImportFrom(module=str() as module):
            names = [f"{module}.{name.name}" for name in node.names]
    for name in names:
        parts = name.split(".")
        inside = {".".join(parts[: n + 1]) for n in range(len(parts))}
        if inside & FORBIDDEN_MODULES and name not in HARMLESS:
            yield name


def done(node: ast.AST) -> Iterator[str]:
    """Give what a node does that depends on more than was passed in."""
    match node:
        case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called)) if called in FORBIDDEN_CALLS:
            yield f"{called}()"
        case ast.FormattedValue(format_spec=ast.JoinedStr() as spec) if "%" in ast.unparse(spec):
            yield "a date in the locale's words"
        case ast.Attribute(value=ast.Name(id="os"), attr="environ"):
            yield "os.environ"


@pytest.mark.parametrize("folder", ["content", "loading", "practice"])
def test_18_content_loading_and_practice_open_no_connection_and_read_no_clock_locale_or_randomness(folder: str) -> None:
    modules = sorted((ROOT / folder).glob("**/*.py"))
    assert len(modules) > 5
    found = {module.name: impure(module.read_text(encoding="utf-8")) for module in modules}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import http.client as c",
        "from time import monotonic",
        "from random import choice",
        "from os import path\nimport locale",
        "from urllib.request import url2pathname, urlopen",
        "from urllib import request",
        "datetime.now(zone)",
        "date.today()",
        "today()",
        "day.strftime('%B')",
        "f'{day:%B}'",
        "os.environ['LANG']",
    ],
)
def test_18_what_reads_the_world_is_seen(source: str) -> None:
    assert impure(source) != []


def test_18_what_only_looks_like_it_is_let_through() -> None:
    assert impure("from urllib.request import url2pathname\nnow.today\n'datetime.now(zone)'\nf'{day:>9}'") == []
