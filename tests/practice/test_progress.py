"""What the joint events add up to."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import activity, day, evening, histories, joint_events, patient, private_events

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.events import (
    Completed,
    JointEvent,
    JourneyChosen,
    Offered,
    Paused,
    PrivateEvent,
    Skipped,
    Started,
)
from intimacy_kit.practice.progress import Deed, Progress

CUP = activity("cup", depth=2, topics=["home"], skills=["trust", "repair"])
POT = activity("pot", "exercise", skills=["trust"])
OF_CUP = frozenset([("kind", "prompt"), ("depth", 2), ("skill", "trust"), ("skill", "repair"), ("topic", "home")])


def after(*events: JointEvent) -> Progress:
    return Progress.from_events(events)


@patient
@given(histories, histories)
def test_a_history_in_two_parts_adds_up_to_the_same(first: list[JointEvent], second: list[JointEvent]) -> None:
    begun = Progress.from_events(first)
    for event in second:
        begun = begun.after(event)
    assert begun == Progress.from_events([*first, *second])


@patient
@given(histories, joint_events())
def test_going_on_leaves_what_was_there_as_it_was(history: list[JointEvent], event: JointEvent) -> None:
    before = Progress.from_events(history)
    before.after(event)
    assert before == Progress.from_events(history)
    with pytest.raises(TypeError):
        before.deeds["tea/cup"] = Deed()  # type: ignore[index]


@patient
@given(histories)
def test_the_version_is_how_many_events_there_were(history: list[JointEvent]) -> None:
    assert Progress.from_events(history).version == len(history)


def test_a_whole_story_of_one_activity() -> None:
    progress = after(
        Offered.of(CUP, at=evening(1)),
        Offered.of(CUP, at=evening(1)),
        Skipped.of(CUP, at=evening(2)),
        Offered.of(CUP, at=evening(3)),
        Completed.of(CUP, at=evening(5)),
    )
    assert progress.of(CUP) == Deed(
        offered_on=day(3), shown=2, times=2, first_on=day(2), last_on=day(5), done=1, done_on=day(5), labels=OF_CUP
    )
    assert progress.days == {day(2): ("tea/cup",), day(5): ("tea/cup",)}
    assert progress.of(CUP).completed
    assert progress.of(POT) == Deed()


def test_skipping_is_acting_but_not_completing() -> None:
    assert after(Skipped.of(CUP, at=evening(0))).of(CUP) == Deed(
        times=1, first_on=day(0), last_on=day(0), labels=OF_CUP
    )


def test_beginning_counts_towards_nothing_and_pausing_and_choosing_leave_no_trace() -> None:
    progress = after(
        Started.of(CUP, at=evening(0)), Paused.of(CUP, at=evening(0)), JourneyChosen(at=evening(0), journey="tea/way")
    )
    assert progress.deeds == {"tea/cup": Deed(begun_on=day(0))}
    assert progress.of(CUP).seen == 1
    assert (progress.counts, progress.days) == ({}, {})


def test_rest_is_counted_from_when_it_was_done_or_put_aside_after_a_beginning() -> None:
    offered, begun = Offered.of(CUP, at=evening(4)), Started.of(CUP, at=evening(4))
    done, skipped = Completed.of(CUP, at=evening(2)), Skipped.of(CUP, at=evening(4))
    histories = {
        (offered,): None,
        (offered, begun): None,
        (skipped,): None,
        (offered, skipped): None,
        (offered, begun, skipped): day(4),
        (begun, skipped): day(4),
        (done, offered): day(2),
        (done, offered, skipped): day(2),
        (done, offered, begun): day(2),
        (done, offered, begun, skipped): day(4),
    }
    for history, expected in histories.items():
        for events in permutations(history):
            assert after(*events).of(CUP).rests_from == expected


@patient
@given(histories)
def test_what_was_seen_is_kept_by_how_often_and_longest_ago_first(history: list[JointEvent]) -> None:
    progress = Progress.from_events(history)
    kept = {name: seen for seen, names in progress.rounds.items() for name in names}
    assert kept == {name: deed.seen for name, deed in progress.deeds.items() if deed.seen}
    about = [event.activity for event in history if isinstance(event, Offered | Started | Completed | Skipped)]
    for names in progress.rounds.values():
        lasts = [len(about) - about[::-1].index(name) for name in names]
        assert lasts == sorted(lasts)


@patient
@given(histories, st.randoms())
def test_rest_and_gates_see_the_same_days_in_whatever_order_they_came(history: list[JointEvent], random: Any) -> None:
    def seen(events: list[JointEvent]) -> dict[str, Any]:
        progress = Progress.from_events(events)
        deeds = {
            name: (deed.offered_on, deed.times, deed.completed, deed.first_on, deed.last_on, deed.rests_from)
            for name, deed in progress.deeds.items()
        }
        days = {day: sorted(names) for day, names in progress.days.items()}
        return {"deeds": deeds, "counts": dict(progress.counts), "days": days}

    mixed = list(history)
    random.shuffle(mixed)
    assert seen(mixed) == seen(history)


def test_a_clock_that_was_set_back_shortens_no_rest() -> None:
    progress = after(
        Offered.of(CUP, at=evening(9)),
        Completed.of(CUP, at=evening(9)),
        Offered.of(CUP, at=evening(2)),
        Completed.of(CUP, at=evening(2)),
    )
    deed = progress.of(CUP)
    assert (deed.offered_on, deed.first_on, deed.last_on) == (day(9), day(2), day(9))


@patient
@given(histories, private_events)
def test_a_private_event_is_refused_without_saying_whose(history: list[JointEvent], event: PrivateEvent) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Progress.from_events([*history, event])  # type: ignore[list-item]
    assert str(refused.value) == "'events' must be joint; this one belongs to one partner's log"


def test_what_was_done_under_an_earlier_name_was_done() -> None:
    mug = activity("mug", depth=2, topics=["home"], skills=["trust", "repair"], aliases=["tea/cup", "tea/beaker"])
    progress = after(Completed.of(CUP, at=evening(1)), Offered.of(mug, at=evening(7)), Skipped.of(mug, at=evening(8)))
    assert progress.of(mug) == Deed(
        offered_on=day(7), shown=1, times=2, first_on=day(1), last_on=day(8), done=1, done_on=day(1), labels=OF_CUP
    )
    assert progress.of(CUP).times == 1


def test_doing_the_same_again_counts_once_and_only_what_is_new_in_it_counts_more() -> None:
    cup_now = activity("cup", depth=2, topics=["home", "money"], skills=["trust"], rev=2)
    progress = after(
        Completed.of(CUP, at=evening(0)),
        Skipped.of(CUP, at=evening(1)),
        Completed.of(cup_now, at=evening(2)),
        Completed.of(POT, at=evening(2)),
    )
    assert dict(progress.counts) == {
        ("kind", "prompt"): 1,
        ("kind", "exercise"): 1,
        ("depth", 2): 1,
        ("depth", 1): 1,
        ("skill", "trust"): 2,
        ("skill", "repair"): 1,
        ("topic", "home"): 1,
        ("topic", "money"): 1,
    }


def test_the_journey_is_the_one_chosen_last() -> None:
    chosen = [JourneyChosen(at=evening(0), journey=journey) for journey in ("tea/way", "tea/other")]
    assert after(*chosen).journey == "tea/other"
    assert after(*chosen, JourneyChosen(at=evening(1))).journey is None


def test_what_was_left_can_be_taken_up_where_it_was() -> None:
    left = after(Started.of(POT, at=evening(0)), Paused.of(POT, at=evening(0), moves=["next", "next"]))
    assert (left.unfinished, left.moves) == ("tea/pot", ("next", "next"))


@pytest.mark.parametrize("end", [Completed, Skipped])
def test_what_is_over_is_not_unfinished(end: Any) -> None:
    over = after(Paused.of(POT, at=evening(0), moves=["next"]), end.of(POT, at=evening(1)))
    assert (over.unfinished, over.moves) == (None, ())


def test_doing_something_else_in_between_forgets_nothing() -> None:
    left = after(Paused.of(POT, at=evening(0), moves=["next"]), Completed.of(CUP, at=evening(1)))
    assert (left.unfinished, left.moves) == ("tea/pot", ("next",))


def test_beginning_anew_begins_at_the_beginning() -> None:
    again = after(Paused.of(POT, at=evening(0), moves=["next"]), Started.of(POT, at=evening(1)))
    assert (again.unfinished, again.moves) == ("tea/pot", ())
