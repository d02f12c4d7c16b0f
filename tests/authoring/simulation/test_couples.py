"""One couple's life, day by day, and the watch that is kept over the engine."""

from datetime import datetime
from typing import Any

import pytest
from authoring.simulation.living import EVERYTHING, codes, engine, life, lived, shelf
from hypothesis import given, settings
from hypothesis import strategies as st
from little_packs import activity, catalogs, journey, pack

from intimacy_kit.authoring.simulation import casts, limits, towns
from intimacy_kit.authoring.simulation.couples import live
from intimacy_kit.authoring.simulation.reports import Report
from intimacy_kit.authoring.simulation.running import Run
from intimacy_kit.authoring.simulation.tallies import Sightings, Tally
from intimacy_kit.authoring.simulation.towns import Town
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import DistinctDays, Elapsed
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import AtMost, Repeat
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import suggest


def wrong(report: Report, persona: str, profile: str = "") -> dict[str, int]:
    return {one.what: one.times for one in life(report, persona, profile).wrong}


# The engine as it is


@settings(deadline=None, max_examples=15)
@given(catalogs(), st.integers(0, 99))
def test_whatever_the_catalog_no_boundary_is_crossed_and_nothing_comes_before_it_has_rested_or_locks_again(
    there: Catalog, seed: int
) -> None:
    if not casts.profiles(there.values()):
        return
    report = lived(*there.packs, refused=("broken",), days=21, seed=seed)
    assert [one for each in report.lives for one in each.wrong] == []


def test_boosters_limits_and_an_update_are_watched_and_nothing_is_wrong() -> None:
    most = [
        AtMost("kind", "prompt", 3, "week"),
        AtMost("skill", "listening", 1, "day"),
        AtMost("topic", "food", 2, "week"),
    ]
    there = [
        activity(
            f"cup-{n}",
            topics=["food"] if n % 2 else [],
            solo=Text("Alone."),
            repeat=Repeat(20, revisit=[2, 5], at_most=[None, *most, AtMost("depth", 1, 4, "week")][n % 5]),
        )
        for n in range(25)
    ]
    way = journey("way", ["cup-1", "cup-2"], ["cup-3"])
    report = lived(pack("tea", there, [way]), pack("pot", [activity("lid", pack="pot", rests=1)]), days=50)
    assert [one for each in report.lives for one in each.wrong] == []
    assert life(report, "follows tea/way").offered > 0
    assert life(report, "removes pot").offered > 0


def test_each_lives_a_life_of_their_own() -> None:
    the_run = Run((shelf(9, 4),), days=25)

    def alone(role: int) -> Tally:
        tally = Tally()
        live(Town(the_run.cast, 25, 0, suggest), role, 0, tally, Sightings())
        return tally

    town, roles = Town(the_run.cast, 25, 0, suggest), range(len(the_run.cast.roles))
    together = {}
    for role in reversed(roles):
        together[role] = Tally()
        live(town, role, 0, together[role], Sightings())
    assert [alone(role) for role in roles] == [together[role] for role in roles]


def test_those_who_stop_are_offered_nothing_more_and_leave_nothing_behind() -> None:
    one = life(lived(shelf(80), days=60), "one stops")
    assert (one.looks, one.offered, one.taken, one.empty) == (20, 60, 20, 0)
    assert (one.never_offered, one.possible, one.allowed) == (0.0, 60, 80)
    assert one.shown == 60
    assert one.wrong == ()


def test_those_who_come_back_after_200_days_are_seen_to_come_back() -> None:
    evenings: dict[str, list[datetime]] = {}

    def spy(catalog: Any, progress: Any, allowed: Any, **how: Any) -> Any:
        evenings.setdefault(how["seed"].split("/")[1], []).append(how["now"])
        return suggest(catalog, progress, allowed, **how)

    one = life(lived(shelf(80), days=40, engine=spy), "long away")
    away = evenings["long away"]
    assert (away[29] - away[0]).days == 29
    assert (away[30] - away[29]).days == 201
    assert one.looks == 40


def test_who_dares_for_a_while_sees_what_is_deeper_only_then() -> None:
    there = pack(
        "tea", [activity(f"{word}-{n}", depth=d) for d, word in ((1, "light"), (4, "deep")) for n in range(60)]
    )
    one = life(lived(there, days=80), "dares for a while")
    assert one.wrong == ()
    assert one.first_looks == (1, None, None, 1)
    assert one.profile == "up to light"


def test_what_they_dared_too_short_to_see_was_missed() -> None:
    there = pack(
        "tea", [*(activity(f"cup-{n}") for n in range(8)), activity("deep", depth=4, requires=DistinctDays(999))]
    )
    report = lived(there, days=80, limits=limits.Limits(empty_run=99))
    assert life(report, "dares for a while").missed == (None, None, None, 30)
    assert "K601" in codes(report)


def test_events_are_made_once_and_made_again_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    report = lived(shelf(30), days=9)
    monkeypatch.setattr(towns, "_KEPT", 5)
    assert lived(shelf(30), days=9) == report


# Waits


def times(*, first: int) -> Any:
    """Return an engine that offers ``tea/late`` from one look on, and ``tea/cup`` before that."""
    looked: dict[str, int] = {}

    def offers(*_: Any, seed: str, **__: Any) -> list[str]:
        looked[seed] = looked.get(seed, 0) + 1
        return ["late"] if looked[seed] > first else ["cup"]

    return engine(offers)


@pytest.mark.parametrize(
    ("gate", "waited"), [(None, 9), (DistinctDays(4), 5), (Elapsed(6, "tea/cup"), 3), (DistinctDays(9), 0)]
)
def test_a_wait_is_counted_from_when_something_could_have_come(gate: Any, waited: int) -> None:
    there = pack("tea", [activity("cup", rests=1), activity("late", rests=1, requires=gate)])
    report = lived(there, days=12, engine=times(first=9))
    one = life(report, "everyday")
    assert (one.longest_wait, one.longest_waited) == (waited, "tea/late" if waited else "")
    assert dict(report.personas[0].waits) == ({0: 1, waited: 1} if waited else {0: 2})


def test_what_never_came_waited_to_the_end() -> None:
    there = pack("tea", [activity("cup", rests=1), activity("late", requires=DistinctDays(4)), activity("shut")])
    one = life(lived(there, days=12, couples=30, engine=times(first=99)), "everyday")
    assert (one.longest_wait, one.longest_waited) == (12, "tea/shut")
    there = pack("tea", [activity("cup", rests=1), activity("late", requires=DistinctDays(4))])
    one = life(lived(there, days=12, engine=times(first=99)), "everyday")
    assert (one.longest_wait, one.longest_waited) == (8, "tea/late")
    there = pack("tea", [activity("cup", rests=1), activity("late", requires=DistinctDays(99))])
    assert life(lived(there, days=12, engine=times(first=99)), "everyday").longest_wait == 0


def test_a_wait_goes_on_through_an_update() -> None:
    there = pack("tea", [activity("cup", rests=1), activity("pot"), activity("late", requires=DistinctDays(40))])
    one = life(lived(there, days=60, engine=times(first=55)), "updated")
    assert (one.longest_wait, one.longest_waited) == (15, "tea/late")
    there = pack(
        "tea",
        [
            activity("cup", rests=1),
            *(activity(f"shut-{n}", requires=DistinctDays(99)) for n in range(3)),
            activity("late"),
        ],
    )
    one = life(lived(there, days=60, engine=times(first=99)), "updated")
    assert (one.longest_wait, one.longest_waited) == (10, "tea/late")  # the update let it wait from day 45 to day 50
    there = pack("tea", [activity("cup", rests=1), activity("unused", retired=True), activity("late")])
    one = life(lived(there, days=60, engine=times(first=55)), "updated")
    assert (one.longest_wait, one.longest_waited) == (55, "tea/late")


# An engine that does not do as it should


def test_what_nobody_allows_is_seen_to_cross_a_boundary() -> None:
    report = lived(shelf(3, 2), days=4, engine=engine(lambda *_, **__: ["personal-0"]))
    assert wrong(report, "everyday", "up to light")["crossed"] == 4
    assert "crossed" not in wrong(report, "everyday", "up to personal")
    assert "K604" in codes(report)


def test_what_was_declined_is_seen_to_cross_a_boundary() -> None:
    there = pack("tea", [activity("cup", topics=["food"]), activity("pot")])
    report = lived(there, days=4, engine=engine(lambda *_, **__: ["cup"]))
    assert wrong(report, "declines food") == {"crossed": 3}


def test_what_takes_longer_than_they_have_is_seen_to_cross() -> None:
    there = pack("tea", [activity("cup", minutes=20), activity("pot")])
    report = lived(there, days=3, engine=engine(lambda *_, **__: ["cup"]))
    assert wrong(report, "five minutes")["crossed"] == 3
    assert wrong(report, "weekends")["crossed"] == 3


def test_what_comes_again_before_it_has_rested_is_seen() -> None:
    report = lived(shelf(3, rests=5), days=6, engine=engine(lambda *_, **__: ["light-0", "light-1"]))
    assert wrong(report, "everyday") == {"repeated": 5}
    assert "K603" in codes(report)
    twice = lived(shelf(3), days=1, engine=engine(lambda *_, **__: ["light-1", "light-0", "light-0"]))
    assert wrong(twice, "everyday") == {"repeated": 1}


def test_what_was_put_aside_rests_only_if_it_was_begun() -> None:
    report = lived(shelf(3), days=40, engine=engine(lambda *_, **__: ["light-0"]))
    assert 20 < wrong(report, "skips half")["repeated"] < 40


@pytest.mark.parametrize(
    ("limit", "repeats"),
    [
        (AtMost("kind", "prompt", 2, "week"), 4),
        (AtMost("skill", "listening", 2, "week"), 4),
        (AtMost("skill", "empathy", 1, "week"), 0),
        (AtMost("skill", "listening", 1, "day"), 0),
        (AtMost("topic", "food", 1, "week"), 0),
        (AtMost("depth", 1, 3, "week"), 3),
    ],
)
def test_what_comes_more_often_than_it_says_is_seen(limit: AtMost, repeats: int) -> None:
    there = pack("tea", [activity(f"cup-{n}", repeat=Repeat(60, at_most=limit)) for n in range(9)])
    looks = iter(range(999))
    offers = engine(lambda *_, **__: [f"cup-{next(looks) % 6}"])
    report = lived(there, days=6, engine=offers)
    assert wrong(report, "everyday").get("repeated", 0) == repeats


def test_what_was_offered_and_could_not_come_again_is_seen_to_be_locked() -> None:
    def shut(catalog: Any, progress: Any, allowed: Any, **how: Any) -> Any:
        return () if how.get("limit", 3) >= EVERYTHING else suggest(catalog, progress, allowed, **how)

    report = lived(shelf(5, rests=1), days=6, engine=shut)
    assert wrong(report, "everyday") == {"locked": 5}
    assert "K607" in codes(report)


def test_what_was_done_and_is_forgotten_under_another_name_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(self: Progress, one: Activity) -> Deed:
        return self.deeds.get(one.id, Deed())

    monkeypatch.setattr(Progress, "of", forgetful)
    report = lived(shelf(16), days=50)
    assert wrong(report, "updated")["lost"] == 6  # three that were renamed, seen missing at the update and at the end
    assert "K608" in codes(report)
