"""When an activity may come again: rest times, boosters, and not too much of one thing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import EVERYTHING, activity, catalog, day, evening, patient

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.timing import AtMost, Repeat
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.events import Completed, JointEvent, Offered, Skipped
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.resting import has_rested, has_room, is_rested, rests_until
from intimacy_kit.practice.suggestions import Reason, suggest


def done(wanted: Activity, *on: int) -> list[JointEvent]:
    return [Completed.of(wanted, at=evening(number)) for number in on]


def coming(wanted: Activity, events: list[JointEvent], within: range) -> list[int]:
    """Return the days of a range on which an activity would be suggested."""
    progress, there = Progress.from_events(events), catalog(wanted)
    return [number for number in within if suggest(there, progress, EVERYTHING, now=evening(number))]


def test_what_is_to_be_revisited_rests_less_at_first_and_then_as_long_as_it_says() -> None:
    cup = activity("cup", repeat=Repeat(60, [7, 30]))
    assert coming(cup, done(cup, 0), range(10)) == [7, 8, 9]
    assert coming(cup, done(cup, 0, 7), range(30, 40)) == [37, 38, 39]
    assert coming(cup, done(cup, 0, 7, 37), range(90, 100)) == [97, 98, 99]


def test_what_comes_round_again_sooner_comes_first_as_a_booster() -> None:
    cup = activity("cup", repeat=Repeat(60, [7]))
    there, progress = catalog(cup, *(activity(f"new-{n}") for n in range(9))), Progress.from_events(done(cup, 0))
    first = [suggest(there, progress, EVERYTHING, now=evening(7), seed=str(n))[0] for n in range(9)]
    assert {(one.activity, one.reason) for one in first} == {(cup, Reason("booster"))}
    assert suggest(there, progress, EVERYTHING, now=evening(6))[0].reason == Reason("new")
    twice = Progress.from_events(done(cup, 0, 7))
    assert suggest(there, twice, EVERYTHING, now=evening(90))[0].reason == Reason("new")


def test_what_was_only_skipped_is_no_booster_and_skipping_uses_no_revisit_up() -> None:
    cup = activity("cup", repeat=Repeat(60, [7, 30]))
    there = catalog(cup, *(activity(f"new-{n}") for n in range(9)))
    put_aside = [Offered.of(cup, at=evening(0)), Skipped.of(cup, at=evening(0))]
    for number in range(1, 9):
        found = suggest(there, Progress.from_events(put_aside), EVERYTHING, now=evening(number))
        assert "booster" not in {one.reason.because for one in found}
    assert coming(cup, [*put_aside, *done(cup, 1)], range(6, 11)) == [8, 9, 10]


def test_a_booster_that_is_passed_over_comes_first_once_and_then_takes_its_place_in_the_order() -> None:
    cup = activity("cup", repeat=Repeat(60, [7, 30]))
    there = catalog(cup, *(activity(f"new-{n}", rests=1) for n in range(99)))
    shown = [*done(cup, 0), Offered.of(cup, at=evening(8))]
    assert suggest(there, Progress.from_events(done(cup, 0)), EVERYTHING, now=evening(8))[0].activity == cup
    for number in range(9, 40):
        found = suggest(there, Progress.from_events(shown), EVERYTHING, now=evening(number))
        assert cup not in [one.activity for one in found]
    again = [*shown, *done(cup, 9)]
    assert suggest(there, Progress.from_events(again), EVERYTHING, now=evening(39))[0].reason == Reason("booster")


def test_what_was_done_under_an_earlier_name_comes_round_again_under_its_new_one() -> None:
    mug = activity("mug", repeat=Repeat(60, [7]))
    cup = activity("cup", repeat=Repeat(60, [7]), aliases=["tea/mug"])
    for others in (3, 30):  # fewer and more than what is to be revisited
        there = catalog(cup, *(activity(f"new-{n}", repeat=Repeat(9, [1])) for n in range(others)))
        found = suggest(there, Progress.from_events(done(mug, 0)), EVERYTHING, now=evening(7))
        assert (found[0].activity, found[0].reason) == (cup, Reason("booster"))


def test_of_several_boosters_the_one_seen_longest_ago_comes_and_only_one() -> None:
    cups = [activity(f"cup-{n}", repeat=Repeat(60, [7])) for n in range(4)]
    offered = [Offered.of(cup, at=evening(n)) for n, cup in enumerate(reversed(cups))]
    progress = Progress.from_events([*offered, *(event for cup in cups for event in done(cup, 4))])
    found = suggest(catalog(*cups, *(activity(f"new-{n}") for n in range(9))), progress, EVERYTHING, now=evening(20))
    assert (found[0].activity.slug, found[0].reason.because) == ("cup-3", "booster")
    assert [one.reason.because for one in found].count("booster") == 1


def test_where_few_things_were_done_boosters_are_found_as_well_as_where_many_were() -> None:
    """They are looked for among what was done, or among what is to be revisited, whichever is less."""
    cups = [activity(f"cup-{n}", repeat=Repeat(60, [7])) for n in range(20)]
    found = suggest(catalog(*cups), Progress.from_events(done(cups[3], 0)), EVERYTHING, now=evening(7))
    assert (found[0].activity, found[0].reason) == (cups[3], Reason("booster"))


@pytest.mark.parametrize(("per", "free_again"), [("day", 6), ("week", 12)])
def test_a_limit_holds_back_for_a_day_or_for_seven_days_and_no_longer(per: str, free_again: int) -> None:
    deep = activity("deep", depth=4, repeat=Repeat(1, at_most=AtMost("depth", 4, 2, per)))  # type: ignore[arg-type]
    others = [activity(f"other-{n}", depth=4) for n in range(2)]
    both = [Completed.of(others[0], at=evening(5, 8)), Skipped.of(others[1], at=evening(5))]
    assert coming(deep, both[:1], range(5, 7)) == [5, 6]
    assert coming(deep, both, range(5, 15)) == [*range(free_again, 15)]


@pytest.mark.parametrize(("by", "value"), [("skill", "listening"), ("topic", "home"), ("kind", "prompt"), ("depth", 1)])
def test_each_of_the_labels_can_be_limited(by: str, value: str | int) -> None:
    cup = activity("cup", topics=["home"])
    progress = Progress.from_events(done(cup, 0))
    assert not has_room(AtMost(by, value, 1, "day"), progress, day(0))
    assert has_room(AtMost(by, value, 2, "day"), progress, day(0))
    assert has_room(AtMost(by, value, 1, "day"), progress, day(1))
    assert has_room(AtMost("skill", "repair", 1, "week"), progress, day(0))


@patient
@given(
    st.integers(1, 90),
    st.lists(st.integers(1, 40), max_size=3),
    st.lists(st.tuples(st.sampled_from([Offered, Completed, Skipped]), st.integers(0, 60)), max_size=8),
)
def test_every_rest_is_over_some_day_and_stays_over(
    rests: int, revisit: list[int], history: list[tuple[type[JointEvent], int]]
) -> None:
    cup = activity("cup", repeat=Repeat(rests, revisit))
    events = [kind.of(cup, at=evening(number)) for kind, number in sorted(history, key=lambda pair: pair[1])]  # type: ignore[union-attr]
    progress = Progress.from_events(events)
    until = rests_until(cup, progress.of(cup))
    assert (until - day(60)).days <= max(rests, *revisit, 1) if revisit else (until - day(60)).days <= max(rests, 1)
    for number in range(160):
        assert is_rested(cup, progress, day(number)) == (day(number) >= until)
        assert is_rested(cup, progress, day(number)) <= has_rested(cup, progress, day(number))


def test_what_was_never_met_has_rested() -> None:
    cup = activity("cup")
    assert is_rested(cup, Progress(), day(0) - timedelta(9999))


@pytest.mark.parametrize("kind", [Offered, Skipped])
def test_what_was_put_before_people_rests_until_the_next_day_and_what_was_not_does_not_rest(
    kind: type[Offered | Skipped],
) -> None:
    cup = activity("cup")
    assert rests_until(cup, Deed()) == date.min
    progress = Progress.from_events([kind.of(cup, at=evening(2))])
    assert rests_until(cup, progress.of(cup)) == day(3)


def test_a_booster_that_was_put_before_people_on_the_very_day_it_came_round_had_its_turn() -> None:
    cup = activity("cup", repeat=Repeat(60, [7]))
    there = catalog(cup, *(activity(f"new-{n}", rests=1) for n in range(99)))
    shown = Progress.from_events([*done(cup, 0), Offered.of(cup, at=evening(7))])
    assert suggest(there, shown, EVERYTHING, now=evening(8))[0].reason == Reason("new")
