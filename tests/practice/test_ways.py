"""Where people are on a journey, when it has ended, and what comes after its end."""

from attrs import evolve
from little_packs import EVERYTHING, activity, catalog, day, evening, journey, situation

from intimacy_kit.content.journeys import Booster
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, JourneyChosen, Offered, Skipped
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import suggest
from intimacy_kit.practice.ways import booster_now, ended_on, stage_now

ONE, TWO = activity("one", rests=5), activity("two", rests=5)
BACK = activity("back", rests=5)
BOOSTERS = [
    Booster(after_days=7, offers=["tea/gone", "tea/one", "tea/back"]),
    Booster(after_days=30, offers=["tea/back"]),
]
WAY = evolve(journey("way", ["one"], ["two"]), boosters=BOOSTERS)
THERE = catalog(ONE, TWO, BACK, *(activity(f"aside-{n}") for n in range(6)), journeys=[WAY])
CHOSEN = JourneyChosen(at=evening(0), journey="tea/way")
WALKED = [Completed.of(ONE, at=evening(0)), Skipped.of(TWO, at=evening(2))]


def boosters(*events: JointEvent, allowed: Boundaries = EVERYTHING) -> dict[int, str]:
    """Return what the journey leads back to, by day."""
    found = {}
    for number in range(60):
        so_far = [event for event in events if event.at.date() <= day(number)]
        progress = Progress.from_events([CHOSEN, *so_far])
        first = suggest(THERE, progress, allowed, now=evening(number))[0]
        if first.reason.because == "booster":
            assert first.reason.about == WAY.title
            found[number] = first.activity.slug
    return found


def test_a_journey_has_ended_when_all_its_stages_have_what_they_ask() -> None:
    assert ended_on(WAY, situation(THERE, *WALKED[:1])) is None
    assert ended_on(WAY, situation(THERE, *WALKED)) == day(2)
    again = Completed.of(ONE, at=evening(20))
    assert ended_on(WAY, situation(THERE, *WALKED, again)) == day(2), "doing it again moves no end"


def test_a_journey_on_which_nothing_was_ever_done_has_no_end() -> None:
    nothing = Boundaries().declining("tea/one", ALWAYS).declining("tea/two", ALWAYS)
    now = situation(THERE, allowed=nothing)
    assert stage_now(WAY, now) is None
    assert ended_on(WAY, now) is None
    assert booster_now(WAY, now) is None


def test_after_its_end_a_journey_leads_back_when_a_booster_is_due() -> None:
    found = boosters(*WALKED)
    assert min(found) == 9
    assert {number: slug for number, slug in found.items() if number < 32} == dict.fromkeys(range(9, 32), "one")
    assert {slug for number, slug in found.items() if number >= 32} == {"back"}


def test_a_booster_that_was_taken_does_not_come_again() -> None:
    taken = boosters(*WALKED, Completed.of(BACK, at=evening(10)))
    assert [number for number in taken if number < 32] == [9]
    assert min(number for number in taken if number > 9) == 32, "the one after a month is still to come"


def test_a_booster_that_lapsed_is_not_asked_for_later() -> None:
    found = boosters(*WALKED, Completed.of(BACK, at=evening(40)))
    assert all(number < 32 or slug == "back" for number, slug in found.items())
    assert [number for number in found if number >= 40] == []


def test_who_follows_no_journey_or_another_one_is_led_back_nowhere() -> None:
    progress = Progress.from_events(WALKED)
    assert {one.reason.because for one in suggest(THERE, progress, EVERYTHING, now=evening(9))} <= {"new", "rested"}


def test_a_booster_passes_over_what_is_declined_rests_or_is_not_there() -> None:
    declining = EVERYTHING.declining("tea/one", ALWAYS)
    found = boosters(*WALKED, allowed=declining)
    assert {slug for number, slug in found.items() if number < 32} == {"back"}


def test_a_booster_is_put_before_people_once_and_not_every_evening_until_they_give_in() -> None:
    found = boosters(*WALKED, Offered.of(ONE, at=evening(12)))
    assert [number for number in found if number < 32] == [*range(9, 12)]
    assert min(number for number in found if number >= 12) == 32


def test_a_journey_without_boosters_ends_and_that_is_all() -> None:
    assert booster_now(journey("way", ["one"]), situation(THERE, *WALKED)) is None


def test_a_booster_that_was_put_before_people_on_the_very_day_it_came_due_had_its_turn() -> None:
    now = situation(THERE, *WALKED, Offered.of(ONE, at=evening(9)), today=day(10))
    assert booster_now(WAY, now) is None
    assert booster_now(WAY, situation(THERE, *WALKED, Offered.of(ONE, at=evening(8)), today=day(10))) == BOOSTERS[0]


def test_of_two_boosters_for_the_same_day_the_first_one_comes() -> None:
    twins = [Booster(after_days=7, offers=[f"tea/{slug}"]) for slug in ("back", "one")]
    assert booster_now(evolve(WAY, boosters=twins), situation(THERE, *WALKED, today=day(9))) == twins[0]
