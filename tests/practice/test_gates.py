"""When a gate holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
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
    gates,
    histories,
    joint_events,
    journey,
    patient,
    situation,
)

from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, JourneyChosen, Offered, Paused, Skipped, Started
from intimacy_kit.practice.gates import Situation, holds, is_open, is_resolved
from intimacy_kit.practice.progress import Progress

CUP = activity("cup", skills=["trust"], topics=["home"])
POT = activity("pot", "guide", depth=2, skills=["trust", "repair"])
OLD = activity("old", retired=True)
LOSS = activity("loss", depth=3, topics=["loss"])
NEW = activity("mug", aliases=["tea/beaker"])
THERE = catalog(CUP, POT, OLD, LOSS, NEW, journeys=[journey("way", ["cup", "pot"], ["mug"])], refused=["broken"])

CUP_DONE, POT_DONE = Completed.of(CUP, at=evening(0)), Completed.of(POT, at=evening(2))
CUP_SKIPPED = Skipped.of(CUP, at=evening(0))


def held(gate: Gate, *events: JointEvent, **more: Any) -> bool:
    return holds(gate, situation(THERE, *events, **more))


WAITS: dict[str, tuple[Gate, list[JointEvent], list[JointEvent]]] = {
    # what for: the gate, a history that is not enough, and one that is
    "being done, not only offered": (Resolved("tea/cup"), [Offered.of(CUP, at=evening(0))], [CUP_DONE]),
    "being skipped, and no other": (Resolved("tea/cup"), [POT_DONE], [CUP_SKIPPED]),
    "being done, not only begun": (
        Resolved("tea/cup"),
        [Started.of(CUP, at=evening(0)), Paused.of(CUP, at=evening(0))],
        [CUP_DONE],
    ),
    "being done, not skipped": (Done("tea/cup"), [CUP_SKIPPED], [CUP_DONE]),
    "two of a skill, not one twice": (Count("skill", "trust", 2), [CUP_DONE, CUP_DONE], [CUP_DONE, POT_DONE]),
    "one of a skill": (Count("skill", "repair", 1), [CUP_DONE], [POT_DONE]),
    "one of a topic": (Count("topic", "home", 1), [POT_DONE], [CUP_SKIPPED]),
    "one of a kind": (Count("kind", "guide", 1), [CUP_DONE], [POT_DONE]),
    "one of a depth": (Count("depth", 2, 1), [CUP_DONE], [POT_DONE]),
    "two of a journey, not one twice": (
        Count("journey", "tea/way", 2),
        [CUP_DONE, CUP_DONE],
        [CUP_SKIPPED, POT_DONE],
    ),
    "two days": (DistinctDays(2), [CUP_DONE, Completed.of(POT, at=evening(0))], [CUP_DONE, POT_DONE]),
    "all": (AllOf([Resolved("tea/cup"), Resolved("tea/pot")]), [CUP_DONE], [CUP_DONE, POT_DONE]),
    "any": (AnyOf([Resolved("tea/cup"), Resolved("tea/pot")]), [], [POT_DONE]),
    "two of three": (
        AtLeast(2, [Resolved("tea/cup"), Resolved("tea/pot"), Resolved("tea/mug")]),
        [POT_DONE],
        [POT_DONE, CUP_DONE],
    ),
}


@pytest.mark.parametrize(("gate", "without", "then"), WAITS.values(), ids=WAITS)
def test_each_gate_waits_for_what_it_asks(gate: Gate, without: list[JointEvent], then: list[JointEvent]) -> None:
    assert (held(gate, *without), held(gate, *then)) == (False, True)


def test_days_pass_from_the_first_time_on() -> None:
    gate, again = Elapsed(5, "tea/cup"), Completed.of(CUP, at=evening(4))
    assert [held(gate, CUP_DONE, again, today=day(number)) for number in (0, 4, 5, 6)] == [False, False, True, True]
    assert not held(gate, POT_DONE, today=day(99))


NAMED: dict[str, tuple[str, dict[str, Any], bool, bool]] = {
    # why: the id, the circumstances, whether it is resolved, whether it is done
    "nothing happened": ("tea/cup", {}, False, False),
    "its pack is missing": ("gone/cup", {}, True, False),
    "its pack is broken": ("broken/cup", {}, False, False),
    "it is retired": ("tea/old", {}, True, False),
    "it is declined": ("tea/cup", {"allowed": EVERYTHING.declining("tea/cup", day(1))}, True, False),
    "it was declined until today": ("tea/cup", {"allowed": EVERYTHING.declining("tea/cup", day(0))}, False, False),
    "it is too deep": ("tea/pot", {"allowed": Boundaries(depth=1)}, True, False),
    "its depth is allowed": ("tea/pot", {"allowed": Boundaries(depth=2)}, False, False),
    "its topic is not allowed": ("tea/loss", {"allowed": Boundaries(depth=4)}, True, False),
    "its topic waits to be asked": ("tea/loss", {"allowed": EVERYTHING.with_answer("loss", "ask")}, True, False),
    "it has another name now": ("tea/beaker", {}, False, False),
    "it is declined under its new name": ("tea/beaker", {"allowed": EVERYTHING.declining("tea/mug")}, True, False),
}


@pytest.mark.parametrize(("named", "more", "resolved", "done"), NAMED.values(), ids=NAMED)
def test_what_is_out_of_reach_is_resolved_and_never_done(
    named: str, more: dict[str, Any], *, resolved: bool, done: bool
) -> None:
    assert held(Resolved(named), **more) == resolved
    assert held(Elapsed(5, named), **more) == resolved
    assert held(Done(named), **more) == done


@pytest.mark.parametrize("named", ["tea/mug", "tea/beaker"])
def test_what_was_done_under_either_name_is_done_under_both(named: str) -> None:
    before = activity("beaker")
    for done in (Completed.of(NEW, at=evening(0)), Completed.of(before, at=evening(0))):
        gate = AllOf([Resolved(named), Done(named), Elapsed(1, named), Count("journey", "tea/way", 1)])
        assert held(gate, done, today=day(1))


def test_what_was_done_stays_done_when_its_pack_is_gone_or_broken() -> None:
    for elsewhere in ("gone", "broken"):
        done = Completed.of(activity("cup", pack=elsewhere), at=evening(0))
        assert held(Done(f"{elsewhere}/cup"), done)
        assert held(Resolved(f"{elsewhere}/cup"), done)
        assert held(Elapsed(3, f"{elsewhere}/cup"), done, today=day(3))
    assert not held(Elapsed(3, "broken/cup"), Completed.of(activity("cup", pack="broken"), at=evening(0)))


def test_a_journey_that_is_missing_keeps_nobody_waiting_and_a_broken_one_may_come_back() -> None:
    assert held(Count("journey", "gone/way", 9))
    assert not held(Count("journey", "broken/way", 1))


def test_waiting_since_something_withheld_ends_at_once_and_begins_again_with_the_boundary() -> None:
    gate = Elapsed(3, "tea/loss")
    low, done = Boundaries(), Completed.of(LOSS, at=evening(0))
    assert held(gate, allowed=low)
    assert held(gate, done, allowed=low)
    assert not held(gate, done)
    assert held(gate, done, today=day(3))


def test_without_a_gate_an_activity_is_open() -> None:
    assert is_open(CUP, situation(THERE))


def test_with_a_gate_it_is_open_when_the_gate_holds_or_when_it_was_offered_once() -> None:
    gated = activity("gated", requires=Resolved("tea/cup"))
    there = catalog(CUP, gated)
    assert not is_open(gated, situation(there))
    assert is_open(gated, situation(there, CUP_DONE))
    assert is_open(gated, situation(there, Offered.of(gated, at=evening(0))))


def test_it_stays_open_when_its_gate_was_changed_after_it_was_offered_under_another_name() -> None:
    harder = activity("mug", aliases=["tea/beaker"], requires=DistinctDays(9))
    assert is_open(harder, situation(catalog(harder), Offered.of(activity("beaker"), at=evening(0))))


@patient
@given(catalogs(), gates, histories, joint_events(), boundaries, days)
def test_no_joint_event_ever_closes_a_gate(
    there: Catalog, gate: Gate, history: list[JointEvent], event: JointEvent, allowed: Boundaries, number: int
) -> None:
    before = Situation(there, Progress.from_events(history), allowed, day(number))
    after = Situation(there, before.progress.after(event), allowed, day(number))
    assert holds(gate, before) <= holds(gate, after)
    for one in there.values():
        assert is_open(one, before) <= is_open(one, after)
        assert is_resolved(one.id, before) <= is_resolved(one.id, after)


@patient
@given(catalogs(), gates, histories, days, st.integers(1, 99))
def test_no_day_that_passes_ever_closes_a_gate(
    there: Catalog, gate: Gate, history: list[JointEvent], number: int, later: int
) -> None:
    today = Situation(there, Progress.from_events(history), EVERYTHING, day(number))
    then = Situation(there, today.progress, EVERYTHING, day(number) + timedelta(days=later))
    assert holds(gate, today) <= holds(gate, then)


@patient
@given(catalogs(), gates, histories, boundaries, st.randoms())
def test_gates_do_not_ask_in_which_order_things_happened(
    there: Catalog, gate: Gate, history: list[JointEvent], allowed: Boundaries, random: Any
) -> None:
    mixed = [*history]
    random.shuffle(mixed)
    in_order, out_of_order = (
        Situation(there, Progress.from_events(events), allowed, day(40)) for events in (history, mixed)
    )
    assert holds(gate, in_order) == holds(gate, out_of_order)


@patient
@given(catalogs(), gates, histories, boundaries, days)
def test_at_least_all_and_at_least_one_are_all_and_any(
    there: Catalog, gate: Gate, history: list[JointEvent], allowed: Boundaries, number: int
) -> None:
    now = Situation(there, Progress.from_events(history), allowed, day(number))
    parts = [gate, Resolved("tea/assam"), DistinctDays(2)]
    several: list[tuple[int, Callable[..., Gate]]] = [(len(parts), AllOf), (1, AnyOf)]
    for n, joined in several:
        assert holds(AtLeast(n, parts), now) == holds(joined(parts), now)


@patient
@given(catalogs(), histories, boundaries)
def test_choosing_a_journey_opens_and_closes_nothing(
    there: Catalog, history: list[JointEvent], allowed: Boundaries
) -> None:
    before = Situation(there, Progress.from_events(history), allowed, day(40))
    after = Situation(there, before.progress.after(JourneyChosen(at=evening(40), journey="tea/way")), allowed, day(40))
    assert [is_open(one, before) for one in there.values()] == [is_open(one, after) for one in there.values()]


def test_what_was_done_on_a_journey_counts_when_it_is_not_there_any_more() -> None:
    there = catalog(CUP, journeys=[journey("way", ["cup", "lost"])])
    lost = Completed.of(activity("lost"), at=evening(0))
    assert holds(Count("journey", "tea/way", 1), situation(there, lost))
    assert not holds(Count("journey", "tea/way", 1), situation(there))
