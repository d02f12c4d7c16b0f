"""Two partners and a store, played against a plain model of lists: whatever they do, in whatever order."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from little_packs import activity, catalog, evening, journey

from intimacy_kit.content.gates import Count, Resolved
from intimacy_kit.errors import ErasedError, IdempotencyError, InvalidValueError, StoreConflictError
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import (
    Answer,
    BoundariesChanged,
    Completed,
    JourneyChosen,
    Noted,
    Offered,
    Revealed,
    Skipped,
    Started,
)
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import Suggestion, suggest
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Head, Part, Store
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
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
activities = st.sampled_from([*CATALOG.values()])


def without_words_of(partner: str, event: Any) -> Any:
    """Return an event as it reads when somebody was erased with all that they shared."""
    if not isinstance(event, Revealed):
        return event
    return evolve(event, answers=[evolve(one, words=None) if one.who == partner else one for one in event.answers])


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
        self.erased: set[str] = set()
        self.heads: list[Head] = []
        self.today = 0

    def open(self) -> Store:
        return MemoryStore()

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def keep(self, *events: Any, partner: str | None = None, key: str = "") -> None:
        log = self.logs[partner]
        if partner in self.erased:
            with pytest.raises(ErasedError):
                self.store.append("us", events, expected=0, partner=partner, key=key)  # type: ignore[call-overload]
            return
        version = self.store.append("us", events, expected=len(log), partner=partner, key=key)  # type: ignore[call-overload]
        log.extend(events)
        assert version == len(log)

    def suggestions(self) -> tuple[Suggestion, ...]:
        together = self.allowed["ada"] & self.allowed["ben"]
        progress = Progress.from_events(self.store.events("us"))
        return suggest(CATALOG, progress, together, now=evening(self.today), limit=9)

    def change(self, partner: str, boundaries: Boundaries) -> None:
        self.keep(BoundariesChanged(partner=partner, at=evening(self.today), boundaries=boundaries), partner=partner)
        if partner not in self.erased:
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
        assert partner in self.erased or what.id not in {one.activity.id for one in self.suggestions()}

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
        assert self.store.appended("us", key) is not None
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

    @rule(partner=partners, text=texts, key=st.uuids().map(str))
    def write_down(self, partner: str, text: str, key: str) -> None:
        self.keep(Noted(partner=partner, at=evening(self.today), words=Words(text)), partner=partner, key=key)

    @rule(target=keys, said=st.dictionaries(partners, texts, min_size=1), key=st.uuids().map(str))
    def reveal(self, said: dict[str, str], key: str) -> str:
        there = {who: text for who, text in said.items() if who not in self.erased} or {"eve": "Hello."}
        answers = [Answer(who=who, shown="Tea?", words=Words(text)) for who, text in there.items()]
        event = Revealed(on=evening(self.today).date(), activity=CATALOG["tea/light"].id, answers=answers)
        self.keep(event, key=key)
        self.appends[key] = (None, [event], len(self.logs[None]))
        return key

    @rule(partner=partners, text=texts, behind=st.booleans())
    def tell_both_logs_at_once(self, partner: str, text: str, behind: bool) -> None:
        own = self.logs[partner]
        joint = JourneyChosen(at=evening(self.today))
        note = Noted(partner=partner, at=evening(self.today), words=Words(text))
        parts = [
            Part(events=[joint], expected=len(self.logs[None])),
            Part(events=[note], expected=len(own) + behind, partner=partner),
        ]
        if behind or partner in self.erased:
            with pytest.raises((StoreConflictError, ErasedError)):
                self.store.append_all("us", parts)
        else:
            self.logs[None].append(joint)
            own.append(note)
            assert self.store.append_all("us", parts) == (len(self.logs[None]), len(own))

    @rule(partner=partners, shared=st.booleans())
    def leave_for_good(self, partner: str, shared: bool) -> None:
        self.store.erase("us", partner, shared=shared)
        self.erased.add(partner)
        self.logs[partner].clear()
        self.allowed[partner] = Boundaries()
        if shared:
            self.logs[None] = [without_words_of(partner, event) for event in self.logs[None]]

    @rule()
    def keep_a_head(self) -> None:
        self.heads.append(self.store.head("us"))

    @invariant()
    def the_log_goes_through_every_head_it_had(self) -> None:
        if hasattr(self, "store"):
            for head in self.heads:
                self.store.check_head("us", head)

    @invariant()
    def a_page_is_a_part_of_the_log(self) -> None:
        if hasattr(self, "store"):
            page = self.store.events("us", after=self.today % 7, limit=3)
            assert page == tuple(self.logs[None])[self.today % 7 :][:3]

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
            own = self.store.events("us", partner=partner)
            changes = [event for event in own if isinstance(event, BoundariesChanged)]
            assert (changes[-1].boundaries if changes else Boundaries()) == self.allowed[partner]


TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestTogetherInAFile = TogetherInAFile.TestCase
TestTogetherInAFile.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
