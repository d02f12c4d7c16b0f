"""Two partners and a store, played against a plain model of lists: whatever they do, in whatever order."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from little_packs import activity, catalog, evening, journey

from intimacy_kit.content.gates import Count, Resolved
from intimacy_kit.errors import IdempotencyError, InvalidValueError, StoreConflictError
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import BoundariesChanged, Completed, JourneyChosen, Offered, Skipped, Started
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import Suggestion, suggest
from intimacy_kit.stores import Store
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.sqlite import SQLiteStore

CATALOG = catalog(
    activity("light"),
    activity("again", rests=1),
    activity("personal", depth=2, requires=Resolved("tea/light")),
    activity("money", depth=2, topics=["money"]),
    activity("deep", depth=3, requires=Count("depth", 2, 1)),
    journeys=[journey("way", ["light", "personal"], ["deep"])],
)
PARTNERS = ("ada", "ben")
partners = st.sampled_from(PARTNERS)
activities = st.sampled_from([*CATALOG.values()])


class Together(RuleBasedStateMachine):
    """What two people can do. The model: the events of each log, and what each partner allows now."""

    keys = Bundle("keys")

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.store = self.open()
        self.logs: dict[str | None, list[Any]] = {None: [], "ada": [], "ben": []}
        self.allowed = dict.fromkeys(PARTNERS, Boundaries())
        self.appends: dict[str, tuple[str | None, list[Any], int]] = {}
        self.today = 0

    def open(self) -> Store:
        return MemoryStore()

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def keep(self, *events: Any, partner: str | None = None, key: str = "") -> None:
        log = self.logs[partner]
        version = self.store.append("us", events, expected=len(log), partner=partner, key=key)  # type: ignore[call-overload]
        log.extend(events)
        assert version == len(log)

    def suggestions(self) -> tuple[Suggestion, ...]:
        together = self.allowed["ada"] & self.allowed["ben"]
        progress = Progress.from_events(self.store.events("us"))
        return suggest(CATALOG, progress, together, now=evening(self.today), limit=9)

    def change(self, partner: str, boundaries: Boundaries) -> None:
        self.keep(BoundariesChanged(partner=partner, at=evening(self.today), boundaries=boundaries), partner=partner)
        self.allowed[partner] = boundaries

    @rule(days=st.integers(1, 70))
    def days_pass(self, days: int) -> None:
        self.today += days

    @rule(partner=partners, depth=st.integers(1, 4), money=st.sampled_from(["no", "ask", "yes"]))
    def allow(self, partner: str, depth: int, money: Any) -> None:
        self.change(partner, self.allowed[partner].with_depth(depth).with_answer("money", money))

    @rule(partner=partners, what=activities, days=st.none() | st.integers(1, 30))
    def decline(self, partner: str, what: Any, days: int | None) -> None:
        until = ALWAYS if days is None else evening(self.today + days).date()
        self.change(partner, self.allowed[partner].declining(what.id, until))
        assert what.id not in {one.activity.id for one in self.suggestions()}

    @rule(target=keys, key=st.uuids().map(str))
    def offer(self, key: str) -> str:
        events = [Offered.of(one.activity, at=evening(self.today)) for one in self.suggestions()]
        self.keep(*events, key=key)
        self.appends[key] = (None, events, len(self.logs[None]))
        assert not {one.activity.id for one in self.suggestions()} & {event.activity for event in events}
        return key

    @rule(key=keys)
    def offer_again_with_the_same_key(self, key: str) -> None:
        partner, events, version = self.appends[key]
        assert self.store.append("us", events, expected=0, key=key) == version
        with pytest.raises(IdempotencyError):
            self.store.append("us", [*events, JourneyChosen(at=evening(0))], expected=len(self.logs[partner]), key=key)

    @rule(what=activities, act=st.sampled_from([Completed, Skipped]))
    def do(self, what: Any, act: Any) -> None:
        at = evening(self.today)
        self.keep(Started.of(what, at=at), act.of(what, at=at))
        assert what.id not in {one.activity.id for one in self.suggestions()}

    @rule(way=st.sampled_from([None, "tea/way"]))
    def choose(self, way: str | None) -> None:
        self.keep(JourneyChosen(at=evening(self.today), journey=way))

    @precondition(lambda self: self.logs[None])
    @rule(behind=st.integers(1, 3))
    def be_too_slow(self, behind: int) -> None:
        there = len(self.logs[None])
        with pytest.raises(StoreConflictError) as slower:
            self.store.append("us", [JourneyChosen(at=evening(self.today))], expected=there - behind)
        assert slower.value.found == there

    @rule(partner=partners)
    def put_a_private_event_into_the_joint_log(self, partner: str) -> None:
        changed = BoundariesChanged(partner=partner, at=evening(self.today), boundaries=Boundaries())
        with pytest.raises(InvalidValueError):
            self.store.append("us", [changed], expected=len(self.logs[None]))  # type: ignore[list-item]

    @invariant()
    def the_logs_are_what_was_kept(self) -> None:
        if hasattr(self, "store"):
            assert self.store.events("us") == tuple(self.logs[None])
            for partner in PARTNERS:
                assert self.store.events("us", partner=partner) == tuple(self.logs[partner])

    @invariant()
    def nothing_is_suggested_that_somebody_does_not_allow(self) -> None:
        if hasattr(self, "store"):
            for one in self.suggestions():
                for allowed in self.allowed.values():
                    assert one.activity.depth <= allowed.depth
                    assert "money" not in one.activity.topics or allowed.answer("money") == "yes"


class TogetherInAFile(Together):
    """The same, in a file that is closed and opened again now and then."""

    def open(self) -> Store:
        folder = self.stack.enter_context(TemporaryDirectory())
        self.path = Path(folder) / "us.db"
        return self.opened()

    def opened(self) -> Store:
        self.file = self.stack.enter_context(SQLiteStore(self.path))
        return self.file

    @rule()
    def reopen(self) -> None:
        self.file.close()
        self.store = self.opened()
        for partner in PARTNERS:
            changes = self.store.events("us", partner=partner)
            assert (changes[-1].boundaries if changes else Boundaries()) == self.allowed[partner]


TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestTogetherInAFile = TogetherInAFile.TestCase
TestTogetherInAFile.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
