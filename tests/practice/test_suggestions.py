"""What is suggested, when, in which order, and why."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from inspect import signature
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_packs import (
    EVERYTHING,
    UNKNOWN_TOPIC,
    activity,
    boundaries,
    catalog,
    catalogs,
    circumstances,
    day,
    days,
    evening,
    histories,
    journey,
    patient,
)

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import DistinctDays, Resolved
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import Repeat
from intimacy_kit.content.vocabulary import AXES, CIRCUMSTANCES, KINDS, ORDINARY_TOPICS, TOPICS
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, JourneyChosen, Offered, Skipped, Started
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.resting import OFFERED_RESTS_DAYS
from intimacy_kit.practice.suggestions import Reason, Suggestion, fits, peek, suggest
from intimacy_kit.practice.ways import stage_now

ALL = 1000


def offered(
    there: Catalog, *events: JointEvent, allowed: Boundaries = EVERYTHING, today: int = 0, **more: Any
) -> list[str]:
    """Return the slugs of what is suggested on a day, after some events."""
    progress = Progress.from_events(events)
    return [one.activity.slug for one in suggest(there, progress, allowed, now=evening(today), **more)]


def in_order(there: Catalog, *events: JointEvent, **more: Any) -> list[tuple[str, str]]:
    """Return the slugs of what is suggested on day 9, each with why."""
    progress = Progress.from_events(events)
    return [
        (one.activity.slug, one.reason.because) for one in suggest(there, progress, EVERYTHING, now=evening(9), **more)
    ]


# Consent


def crosses(wanted: Activity, someone: Boundaries, on: date) -> bool:
    """Tell whether an activity crosses a boundary: the design's words once more, apart from the engine's."""
    said = dict(someone.topics)
    answers = {said.get(t, "yes" if t in ORDINARY_TOPICS else "no") if t in TOPICS else "no" for t in wanted.topics}
    agreed = any((name, {*topics}) == (wanted.id, wanted.topics) and on < end for name, topics, end in someone.accepted)
    refused = "no" in answers or ("ask" in answers and not agreed)
    until = max((end for name, end in someone.declined if name in {wanted.id, *wanted.aliases}), default=date.min)
    return someone.paused or wanted.depth > someone.depth or refused or on < until


@settings(patient, max_examples=150)
@given(catalogs(), histories, boundaries, boundaries, days, st.integers(1, 8))
def test_no_suggestion_ever_crosses_a_boundary_of_anyone(
    there: Catalog, history: list[JointEvent], ada: Boundaries, ben: Boundaries, number: int, limit: int
) -> None:
    found = suggest(there, Progress.from_events(history), ada & ben, now=evening(number), limit=limit)
    assert [one.activity.id for one in found if crosses(one.activity, ada, day(number))] == []
    assert [one.activity.id for one in found if crosses(one.activity, ben, day(number))] == []


def test_silence_is_offered_what_is_light_and_ordinary_and_nothing_else() -> None:
    there = catalog(
        activity("light"),
        activity("at-home", topics=["home"]),
        activity("personal", depth=2),
        activity("money", depth=2, topics=["money"]),
        activity("of-tomorrow", depth=2, topics=[UNKNOWN_TOPIC]),
        activity("deep", depth=4),
    )
    assert sorted(offered(there, allowed=Boundaries(), limit=ALL)) == ["at-home", "light"]
    assert sorted(offered(there, allowed=Boundaries(depth=4), limit=ALL)) == ["at-home", "deep", "light", "personal"]
    assert "of-tomorrow" not in offered(there, allowed=EVERYTHING.with_depth(4), limit=ALL)


def test_one_no_is_enough_and_a_yes_counts_when_it_is_everybodys() -> None:
    there = catalog(activity("money", depth=2, topics=["money"]))
    yes, no = Boundaries(depth=2, topics={"money": "yes"}), Boundaries(depth=2)
    assert [offered(there, allowed=a & b) for a in (yes, no) for b in (yes, no)] == [["money"], [], [], []]


def test_lowering_a_boundary_works_at_once_and_what_was_offered_is_open_again_when_it_is_raised() -> None:
    deep = activity("deep", depth=3, requires=DistinctDays(5))
    there, events = catalog(deep), [Offered.of(deep, at=evening(0))]
    high, low = Boundaries(depth=3), Boundaries(depth=2)
    assert [offered(there, *events, allowed=now, today=1) for now in (high, low, high)] == [["deep"], [], ["deep"]]


def test_suggest_can_see_joint_things_and_nothing_else() -> None:
    assert [*signature(suggest).parameters] == [
        "catalog",
        "progress",
        "allowed",
        "now",
        "minutes",
        "circumstances",
        "seed",
        "limit",
    ]
    assert suggest.__annotations__["progress"] is Progress
    assert suggest.__annotations__["allowed"] is Boundaries


# What fits


@patient
@given(catalogs(), histories, boundaries, days, st.integers(1, 30), circumstances)
def test_exactly_what_is_open_allowed_rested_short_enough_suiting_and_not_retired_is_suggested(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int, minutes: int, said: frozenset[str]
) -> None:
    progress = Progress.from_events(history)
    now = Situation(there, progress, allowed, day(number))
    axes = [set(values) for values in AXES.values()]

    def would(one: Activity) -> bool:
        names = {one.id, *one.aliases}
        acted, done, shown, begun = (
            [event.at.date() for event in history if isinstance(event, kinds) and event.activity in names]
            for kinds in ((Completed, Skipped), Completed, Offered, Started)
        )
        rests_from = acted if begun and max(begun) >= max(shown, default=date.min) else done
        return (
            is_open(one, now)
            and not one.retired
            and not crosses(one, allowed, day(number))
            and one.minutes <= minutes
            and all(not (one.suits & values and said & values) or one.suits & said & values for values in axes)
            and all(day(number) - on >= timedelta(days=one.repeat.after_days) for on in rests_from)
            and all(day(number) - on >= timedelta(days=OFFERED_RESTS_DAYS) for on in [*shown, *acted])
        )

    found = suggest(there, progress, allowed, now=evening(number), minutes=minutes, circumstances=said, limit=ALL)
    assert Counter(one.activity.id for one in found) == Counter(one.id for one in there.values() if would(one))


@patient
@given(catalogs(), histories, boundaries, days)
def test_what_fits_by_itself_is_what_is_given_in_order(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int
) -> None:
    progress, now = Progress.from_events(history), evening(number)
    given = {one.activity.id for one in peek(there, progress, allowed, now=now)}
    assert {name for name in [*there, "gone/away"] if fits(there, progress, allowed, name, now=now)} == given


def test_what_was_written_for_others_is_left_out_and_all_else_stays() -> None:
    there = catalog(
        activity("letter", suits={"text_only", "no_device"}),
        activity("song", suits={"same_room", "video"}),
        activity("night-feed", suits={"small_children"}),
        activity("anybody"),
    )

    def left(*said: str) -> set[str]:
        found = peek(there, Progress(), EVERYTHING, now=evening(0), circumstances=said)
        return {one.activity.slug for one in found}

    assert left() == {"letter", "song", "night-feed", "anybody"}
    assert left("text_only") == {"letter", "night-feed", "anybody"}
    assert left("video", "grief") == {"song", "anybody"}
    assert left("grief", "small_children") == {"letter", "song", "night-feed", "anybody"}


def test_nothing_is_suggested_before_its_gate_holds() -> None:
    first = activity("first")
    there = catalog(first, activity("second", requires=Resolved("tea/first")))
    assert offered(there) == ["first"]
    assert offered(there, Offered.of(first, at=evening(0)), today=1) == ["first"]
    assert offered(there, Completed.of(first, at=evening(0)), today=1) == ["second"]
    assert sorted(offered(there, Skipped.of(first, at=evening(0)), today=1)) == ["first", "second"]
    assert offered(there, allowed=Boundaries().declining("tea/first")) == ["second"]


def test_what_is_retired_is_not_offered_any_more_even_if_it_was_before() -> None:
    old = activity("old", retired=True)
    there = catalog(old, activity("new"))
    assert offered(there) == ["new"]
    assert offered(there, Offered.of(old, at=evening(0)), today=1) == ["new"]


def test_what_was_done_or_begun_and_put_aside_rests_as_long_as_it_says() -> None:
    cup = activity("cup", rests=7)
    begun = Started.of(cup, at=evening(2))
    for acted in ([Completed.of(cup, at=evening(2))], [begun, Skipped.of(cup, at=evening(2))]):
        assert [offered(catalog(cup), *acted, today=n) for n in (2, 8, 9)] == [[], [], ["cup"]]


@pytest.mark.parametrize(
    ("allowed", "then"),
    [
        (EVERYTHING, []),
        (EVERYTHING.declining("tea/cup", day(3)), []),
        (EVERYTHING.declining("tea/pot", ALWAYS), []),
        (EVERYTHING, [Skipped.of(activity("cup"), at=evening(2))]),
    ],
    ids=["ignored", "declined by somebody, the day over", "something else declined", "skipped together"],
)
def test_what_was_offered_and_not_begun_rests_equally_long_whatever_the_reason(
    allowed: Boundaries, then: list[JointEvent]
) -> None:
    cup = activity("cup")
    events = [Offered.of(cup, at=evening(2)), *then]
    fitting = [offered(catalog(cup), *events, allowed=allowed, today=n) for n in (2, 3, 4)]
    assert fitting == [[], ["cup"], ["cup"]]


def test_a_clock_that_was_set_back_brings_nothing_back_early() -> None:
    cup = activity("cup", rests=3)
    events = [Completed.of(cup, at=evening(30)), Completed.of(cup, at=evening(2))]
    assert [offered(catalog(cup), *events, today=n) for n in (5, 30, 32, 33)] == [[], [], [], ["cup"]]


def test_the_day_is_that_of_the_zone_people_live_in() -> None:
    cup = activity("cup")
    late = evening(0, 23)
    there, progress = catalog(cup), Progress.from_events([Offered.of(cup, at=late)])
    after_midnight = datetime.fromisoformat("2026-11-24T00:30:00+01:00")
    assert after_midnight - late == timedelta(minutes=30)
    assert suggest(there, progress, EVERYTHING, now=late) == ()
    assert len(suggest(there, progress, EVERYTHING, now=after_midnight)) == 1


def test_only_what_fits_the_time_there_is() -> None:
    there = catalog(*(activity(f"for-{n}", minutes=n) for n in (1, 5, 10)))
    assert sorted(offered(there, minutes=5)) == ["for-1", "for-5"]
    assert sorted(offered(there, minutes=1)) == ["for-1"]
    assert sorted(offered(there)) == ["for-1", "for-10", "for-5"]


@pytest.mark.parametrize("limit", [1, 2, 5, 9])
def test_no_more_than_the_limit_and_each_once(limit: int) -> None:
    there = catalog(*(activity(f"cup-{n}") for n in range(7)), journeys=[journey("way", ["cup-3"])])
    found = offered(there, JourneyChosen(at=evening(0), journey="tea/way"), limit=limit)
    assert len(found) == len(set(found)) == min(limit, 7)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"now": datetime(2026, 11, 23, 20)},  # noqa: DTZ001 - the point of it
            "'now' must be a datetime with a time zone; pass datetime.now(zone)",
        ),
        ({"now": day(0)}, "'now' must be a datetime with a time zone; pass datetime.now(zone)"),
        ({"minutes": 0}, "'minutes' must be 1 or more, or None for no limit"),
        ({"limit": 0}, "'limit' must be 1 or more"),
        ({"circumstances": ["rainy"]}, f"'circumstances' must be some of {', '.join(CIRCUMSTANCES)}"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        suggest(catalog(), Progress(), EVERYTHING, **{"now": evening(0), **wrong})
    assert str(refused.value) == said


# The order


@patient
@given(catalogs(), histories, boundaries, days, st.integers(1, 8), st.text(max_size=3))
def test_the_same_arguments_give_the_same_suggestions(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int, limit: int, seed: str
) -> None:
    def once(there: Catalog) -> tuple[Suggestion, ...]:
        progress = Progress.from_events(history)
        return suggest(there, progress, allowed, now=evening(number), limit=limit, seed=seed)

    found = once(there)
    assert once(there) == found
    turned_round = [*reversed(there.packs[0].activities)]
    assert once(catalog(*turned_round, journeys=[*there.journeys.values()], refused=["broken"])) == found


def test_another_seed_and_another_day_give_another_order() -> None:
    there = catalog(*(activity(f"cup-{n}") for n in range(9)))
    by_seed = {tuple(offered(there, seed=f"space-{n}", limit=9)) for n in range(20)}
    by_day = {tuple(offered(there, today=n, limit=9)) for n in range(20)}
    assert len(by_seed) == len(by_day) == 20


def test_what_was_seen_least_comes_first_then_what_was_seen_longest_ago() -> None:
    new, once, earlier, twice = (activity(slug, rests=1) for slug in ("new", "once", "earlier", "twice"))
    history = [
        Completed.of(twice, at=evening(0)),
        Skipped.of(twice, at=evening(1)),
        Offered.of(earlier, at=evening(2)),
        Offered.of(once, at=evening(3)),
    ]
    assert in_order(catalog(new, once, earlier, twice), *history, limit=4) == [
        ("new", "new"),
        ("earlier", "waiting"),
        ("once", "waiting"),
        ("twice", "rested"),
    ]


def test_one_of_each_kind_comes_before_a_second_one() -> None:
    there = catalog(*(activity(f"{slug}-{n}", kind) for n, kind in enumerate(KINDS) for slug in ("one", "other")))
    found = suggest(there, Progress(), EVERYTHING, now=evening(0), limit=5)
    assert {one.activity.kind for one in found} == set(KINDS)


def test_an_orientation_comes_first_until_it_was_had_once_a_week_and_only_for_those_who_go_deeper() -> None:
    before, cup = activity("before", "guide", purpose="orientation", rests=1), activity("cup", "guide")
    deeper = activity("deeper", "guide", depth=2, requires=DistinctDays(99))
    there, shown = catalog(before, cup, deeper), Offered.of(before, at=evening(3))
    for seed in map(str, range(9)):
        assert in_order(there, seed=seed)[0] == ("before", "orientation")
        assert in_order(there, shown, seed=seed)[0] == ("cup", "new")
        assert in_order(there, Offered.of(before, at=evening(2)), seed=seed)[0] == ("before", "orientation")
        assert in_order(there, Completed.of(before, at=evening(0)), seed=seed)[0] == ("cup", "new")
        assert in_order(there, Skipped.of(before, at=evening(0)), seed=seed)[0] == ("cup", "new")
    light = [suggest(there, Progress(), Boundaries(), now=evening(n)) for n in range(9)]
    assert {one.reason for found in light for one in found} == {Reason("new")}
    assert {found[0].activity.slug for found in light} == {"before", "cup"}
    firsts = [suggest(catalog(before, cup), Progress(), EVERYTHING, now=evening(n))[0] for n in range(9)]
    assert {one.reason for one in firsts} == {Reason("new")}, "where nothing is deeper, nothing is to be read before it"


# Journeys

CHOSEN = JourneyChosen(at=evening(0), journey="tea/way")
WAY = journey("way", ["one", "two"], ["three"])
ONE, TWO, THREE = (activity(slug) for slug in ("one", "two", "three"))
ON_THE_WAY = catalog(ONE, TWO, THREE, *(activity(f"aside-{n}") for n in range(5)), journeys=[WAY])


@pytest.mark.parametrize(
    ("events", "first"),
    [
        ([], "one"),
        ([Completed.of(ONE, at=evening(1))], "two"),
        ([Skipped.of(TWO, at=evening(1))], "one"),
        ([Offered.of(ONE, at=evening(9))], "two"),
        ([Completed.of(ONE, at=evening(1)), Skipped.of(TWO, at=evening(1))], "three"),
    ],
)
def test_the_next_of_the_stage_comes_first(events: list[JointEvent], first: str) -> None:
    for seed in map(str, range(9)):
        found = in_order(ON_THE_WAY, CHOSEN, *events, seed=seed)
        assert found[0] == (first, "journey")
        assert [why for _, why in found].count("journey") == 1


def test_a_journey_that_is_over_or_gone_or_not_chosen_changes_nothing() -> None:
    walked = [Completed.of(one, at=evening(1)) for one in (ONE, TWO, THREE)]
    for events in ([CHOSEN, *walked], [], [JourneyChosen(at=evening(0), journey="gone/way")]):
        assert "journey" not in {why for _, why in in_order(ON_THE_WAY, *events)}


def test_a_stage_that_asks_for_fewer_is_over_with_fewer() -> None:
    there = catalog(ONE, TWO, THREE, journeys=[journey("way", ["one", "two"], ["three"], asks=1)])
    assert in_order(there, CHOSEN, Completed.of(TWO, at=evening(1)))[0] == ("three", "journey")


def test_alone_the_journey_takes_one_day_in_two_or_so() -> None:
    progress = Progress.from_events([CHOSEN])
    firsts = [
        suggest(ON_THE_WAY, progress, EVERYTHING, now=evening(n), limit=1, seed="us")[0].reason.because == "journey"
        for n in range(100)
    ]
    assert 35 <= sum(firsts) <= 65


@patient
@given(st.sets(st.sampled_from(["one", "two", "three", "four"])), st.sampled_from([None, 1, 2]))
def test_what_is_declined_never_blocks_a_journey(declined: set[str], asks: int | None) -> None:
    slugs = ["one", "two", "three", "four"]
    way = journey("way", ["one", "two"], ["three", "four"], asks=asks)
    there = catalog(*(activity(slug) for slug in slugs), journeys=[way])
    allowed = Boundaries(declined={f"tea/{slug}": ALWAYS for slug in declined})
    progress = Progress.from_events([CHOSEN])
    for number in range(len(slugs)):
        for one in suggest(there, progress, allowed, now=evening(number)):
            assert one.activity.slug not in declined
            if one.reason.because == "journey":
                progress = progress.after(Completed.of(one.activity, at=evening(number)))
    assert stage_now(way, Situation(there, progress, allowed, day(9))) is None


# Long histories

Does = Callable[[int, Activity], type[Completed] | type[Skipped] | None]


def lives(there: Catalog, so_many: int, does: Does, *, allowed: Boundaries = EVERYTHING, **more: Any) -> Iterator[Any]:
    """Live some days: what is suggested is offered, and done, skipped or ignored. Give each day's events."""
    progress = Progress.from_events([CHOSEN])
    for number in range(so_many):
        events: list[JointEvent] = []
        for one in suggest(there, progress, allowed, now=evening(number), **more):
            events.append(Offered.of(one.activity, at=evening(number)))
            if act := does(number, one.activity):
                events += [kind.of(one.activity, at=evening(number)) for kind in (Started, act)]
        for event in events:
            progress = progress.after(event)
        yield from events


def mood(seed: int) -> Does:
    """Return a way of doing, skipping and ignoring things that looks like chance and is not."""
    acts = (Completed, Skipped, None)
    return lambda number, one: acts[(number * 7 + len(one.slug) * 5 + ord(one.slug[-1]) * seed) % 3]


def days_of(events: list[JointEvent], kinds: type[Any] | tuple[type[Any], ...]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for event in events:
        if isinstance(event, kinds):
            found.setdefault(event.activity, []).append(event.at.date())  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_over_a_year_nothing_comes_again_before_it_has_rested(seed: int) -> None:
    rests = {f"tea/cup-{n}": 1 + 3 * n for n in range(20)}
    there = catalog(*(activity(name.partition("/")[2], rests=rest) for name, rest in rests.items()))
    history = [*lives(there, 365, mood(seed))]
    offers, acts = days_of(history, Offered), days_of(history, (Completed, Skipped))
    assert offers.keys() == acts.keys() == rests.keys()
    for name, rest in rests.items():
        assert len(set(offers[name])) == len(offers[name])
        for acted in acts[name]:
            too_early = [shown for shown in offers[name] if acted < shown < acted + timedelta(days=rest)]
            assert too_early == []


DO: dict[str, Does] = {
    "everything is done": lambda _, __: Completed,
    "everything is ignored": lambda _, __: None,
    "some are always ignored": lambda _, one: None if int(one.slug[-2:]) % 3 == 0 else Completed,
    "one of many is done": lambda _, one: Skipped if one.slug.endswith("7") else None,
    "as the mood takes them": mood(3),
}


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("does", DO.values(), ids=DO)
def test_nothing_that_stays_allowed_is_starved(does: Does, limit: int) -> None:
    many = [activity(f"cup-{n:02}", KINDS[0 if n > 3 else n], rests=1) for n in range(24)]
    withheld = activity("deep-99", depth=4)
    way = journey("way", ["cup-00", "cup-05"], ["cup-06"])
    there = catalog(*many, withheld, journeys=[way])
    rounds, slack = 4, 3 if limit == 1 else 1  # alone, the journey takes about half of the days
    history = [*lives(there, len(many) * rounds * slack, does, allowed=Boundaries(), limit=limit, seed="us")]
    shown = {name: len(on) for name, on in days_of(history, Offered).items()}
    assert shown.keys() == {one.id for one in many}
    assert min(shown.values()) >= rounds


def test_what_was_withheld_for_long_is_offered_soon_after_and_starves_nothing() -> None:
    light = [activity(f"light-{n:02}", rests=1) for n in range(6)]
    deep = [activity(f"deep-{n:02}", depth=2, rests=1) for n in range(3)]
    there = catalog(*light, *deep)
    history = [*lives(there, 60, DO["everything is done"], allowed=Boundaries())]
    progress = Progress.from_events(history)
    found = suggest(there, progress, Boundaries(depth=2), now=evening(60))
    assert {one.activity.depth for one in found} == {2}


# The reasons


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("journey", Text("Coming back")), "the next step on 'Coming back'"),
        (Reason("journey", Text("{about} {0} %s")), "the next step on '{about} {0} %s'"),
        (Reason("orientation"), "good to read before going deeper"),
        (Reason("new"), "new to you"),
        (Reason("waiting"), "still waiting for its evening"),
        (Reason("rested", date(2026, 3, 1)), "you last did this on 1 March"),
        (Reason("rested", date(2026, 12, 24)), "you last did this on 24 December"),
    ],
)
def test_a_reason_reads_well(reason: Reason, said: str) -> None:
    assert str(reason) == said


def test_the_reason_names_the_journey_and_the_last_day() -> None:
    cup = activity("cup", rests=1)
    progress = Progress.from_events([CHOSEN, Completed.of(cup, at=evening(1))])
    there = catalog(cup, ONE, journeys=[journey("way", ["one"])])
    assert [str(one.reason) for one in suggest(there, progress, EVERYTHING, now=evening(9))] == [
        "the next step on 'The way of way'",
        "you last did this on 24 November",
    ]


def test_a_landing_comes_first_on_a_day_on_which_something_tender_was_done() -> None:
    back, tender = activity("back", "exercise", purpose="landing", rests=1), activity("tender", depth=3)
    cups = [activity(f"cup-{n}") for n in range(4)]
    there = catalog(back, tender, *cups)
    done = Progress().after(Completed.of(tender, at=evening(0)))

    def first(progress: Progress, day: int) -> tuple[str, str]:
        (one,) = suggest(there, progress, Boundaries(), now=evening(day), limit=1, seed="s")
        return one.activity.slug, one.reason.because

    assert first(done, 0) == ("back", "landing")
    assert first(done.after(Completed.of(back, at=evening(0))), 0)[1] == "new"
    assert first(done, 1)[1] == "new"
    assert str(Reason("landing")) == "a way back, after something deep"


# What comes first, by chance and by what was done


def test_without_a_seed_it_is_the_empty_one() -> None:
    there = catalog(*(activity(f"cup-{n}") for n in range(9)))
    for look in (suggest, peek):
        found = [[*look(there, Progress(), EVERYTHING, now=evening(n))] for n in range(9)]
        assert found == [[*look(there, Progress(), EVERYTHING, now=evening(n), seed="")] for n in range(9)]


def test_alone_the_journey_comes_on_other_days_for_other_people() -> None:
    progress = Progress.from_events([CHOSEN])
    firsts = {
        suggest(ON_THE_WAY, progress, EVERYTHING, now=evening(0), limit=1, seed=str(n))[0].reason.because
        for n in range(20)
    }
    assert firsts == {"journey", "new"}


def test_a_journey_and_a_booster_take_turns_by_chance() -> None:
    cup = activity("cup", repeat=Repeat(60, [7]))
    there = catalog(ONE, TWO, THREE, cup, journeys=[WAY])
    progress = Progress.from_events([CHOSEN, Completed.of(cup, at=evening(0))])
    firsts = Counter(
        suggest(there, progress, EVERYTHING, now=evening(number), seed="us")[0].reason.because
        for number in range(7, 407)
    )
    assert firsts.keys() == {"journey", "booster"}
    assert 180 <= firsts["booster"] <= 220


@pytest.mark.parametrize(("depth", "first"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_way_back_comes_first_after_something_tender_or_deep_and_not_after_anything_else(
    depth: int, *, first: bool
) -> None:
    done = activity("done", depth=depth)
    there = catalog(done, activity("back", purpose="landing"), *(activity(f"cup-{n}") for n in range(9)))
    for number in range(9):
        progress = Progress.from_events([Completed.of(done, at=evening(number))])
        reasons = {one.reason.because for one in suggest(there, progress, EVERYTHING, now=evening(number))}
        assert ("landing" in reasons) == first


def test_what_was_passed_over_on_a_journey_lets_the_others_of_its_stage_go_first() -> None:
    assert in_order(ON_THE_WAY, CHOSEN, Offered.of(ONE, at=evening(3)))[0] == ("two", "journey")
    both = [Offered.of(one, at=evening(3)) for one in (TWO, ONE)]
    assert in_order(ON_THE_WAY, CHOSEN, *both)[0] == ("one", "journey"), "passed over alike, they stand as they stood"


def test_among_boosters_that_were_never_met_something_else_that_was_is_no_booster() -> None:
    plain, boosters = activity("plain"), [activity(f"cup-{n}", repeat=Repeat(60, [7])) for n in range(3)]
    progress = Progress.from_events([Completed.of(plain, at=evening(0))])
    found = suggest(catalog(plain, *boosters), progress, EVERYTHING, now=evening(9))
    assert {one.reason for one in found} == {Reason("new")}


def test_what_was_offered_before_its_gate_was_changed_fits_and_is_the_next_step() -> None:
    gated = activity("one", requires=DistinctDays(99))
    there = catalog(gated, TWO, THREE, journeys=[journey("way", ["one"])])
    progress = Progress.from_events([CHOSEN, Offered.of(gated, at=evening(0))])
    assert fits(there, progress, EVERYTHING, "tea/one", now=evening(9))
    assert suggest(there, progress, EVERYTHING, now=evening(9))[0].activity == gated
