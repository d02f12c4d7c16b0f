"""How much there is for whom, and how long it lasts: by hand, and against living it day by day with the engine."""

from datetime import timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from authoring.proofs.proving import LIGHT, proof_of
from authoring.proofs.systems_at_random import system as packs_at_random
from little_packs import activity, day, evening, pack

from intimacy_kit.authoring.proofs import Folk, each_folk, pools
from intimacy_kit.authoring.proofs.facts import facts_of
from intimacy_kit.authoring.proofs.pools import Pool, dry_day, pool
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile
from intimacy_kit.authoring.proofs.reach import reach_in
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Resolved
from intimacy_kit.content.timing import Repeat
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, TOPICS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.progress import Progress


def everybody(*activities: Activity) -> Folk:
    """Return how much there is of some activities for those who allow everything."""
    return proof_of(*activities).facts.folks[-1]


def lasting(*activities: Activity) -> Pool:
    """Return how long some activities last."""
    folk = everybody(*activities)
    return Pool(folk.new_until, folk.dry_on)


def test_activities_are_counted_by_depth_without_what_nobody_is_offered() -> None:
    facts = proof_of(*LIGHT, activity("old", retired=True), activity("d", depth=3)).facts
    assert facts.depths == ((1, 3), (2, 0), (3, 1), (4, 0))


def test_people_are_told_apart_by_depth_and_by_whether_they_refuse_what_is_sensitive() -> None:
    facts = proof_of(
        activity("a"), activity("home", topics={"home"}), activity("money", depth=2, topics={"money"})
    ).facts
    told = [(folk.depth, len(folk.topics), folk.permitted, folk.offered_within) for folk in facts.folks]
    ordinary, every = len(ORDINARY_TOPICS), len(TOPICS)
    assert told == [
        *((depth, ordinary, 2, 2) for depth in DEPTHS),
        *((depth, every, 2 if depth == 1 else 3, 2 if depth == 1 else 3) for depth in DEPTHS),
    ]


def test_the_earliest_day_of_a_depth_is_that_of_the_first_way_there() -> None:
    folk = everybody(
        activity("a"),
        activity("b", requires=Elapsed(3, "tea/a")),
        activity("c", depth=2, requires=AllOf([DistinctDays(2), Resolved("tea/b")])),
        activity("d", depth=3, requires=AnyOf([Elapsed(9, "tea/a"), AtLeast(2, [Elapsed(2, "tea/c"), Done("tea/c")])])),
        activity("never", depth=4, requires=Done("gone/away")),
    )
    assert folk.opens_on == ((1, 1), (2, 4), (3, 6), (4, None))


def test_the_nth_of_a_label_opens_what_counts_n() -> None:
    days = [activity("first"), *(activity(f"in-{n}", requires=Elapsed(n, "tea/first")) for n in (5, 2, 9))]
    folk = everybody(*days, activity("third", depth=2, requires=Count("depth", 1, 3)))
    assert folk.opens_on[1] == (2, 6)


def test_what_is_refused_need_not_be_waited_for() -> None:
    waiting = [activity("a"), activity("m", depth=2, topics={"money"}), activity("b", requires=Elapsed(8, "tea/m"))]
    waiting.append(activity("d", depth=3, requires=Resolved("tea/b")))
    folks = proof_of(*waiting).facts.folks
    assert [folk.opens_on[2] for folk in folks if folk.depth == 3] == [(3, 1), (3, 9)]


@pytest.mark.parametrize(
    ("rests", "dry_on"), [((3, 3, 3), None), ((4, 4, 4), 4), ((1, 9, 9), None), ((2, 9, 9), 5), ((3, 9, 9), 5)]
)
def test_at_one_a_day_it_lasts_until_nothing_has_rested(rests: tuple[int, ...], dry_on: int | None) -> None:
    assert lasting(*(activity(f"a{n}", rests=rest) for n, rest in enumerate(rests))) == Pool(3, dry_on)


def test_what_rested_longest_comes_first_and_boosters_rest_as_they_say() -> None:
    booster = evolve(LIGHT[0], repeat=Repeat(30, revisit=[2, 2]))
    # Days 1 and 2 are new, 3 and 5 the booster's, and 4 has nothing: the other one rests 8 days.
    assert lasting(booster, activity("b", rests=8)) == Pool(2, 4)


def test_a_landing_comes_once_and_lets_nothing_last_longer() -> None:
    landing = activity("back", purpose="landing", rests=1)
    assert lasting(landing) == Pool(1, 2)
    assert lasting(landing, activity("a", rests=2)) == Pool(2, 3)
    assert lasting(landing, activity("a", rests=1)) == Pool(2, None)


def test_a_landing_counts_for_what_waits_for_it() -> None:
    landing = activity("back", purpose="landing", rests=1)
    assert lasting(landing, activity("a", requires=Done("tea/back"), rests=90)) == Pool(2, 3)


def test_days_without_anything_come_before_the_last_new_one() -> None:
    assert lasting(activity("a"), activity("b", requires=Elapsed(9, "tea/a"))) == Pool(10, 2)
    assert lasting(activity("a", rests=1), activity("b", requires=DistinctDays(3))) == Pool(4, None)


def test_what_never_opens_is_never_done() -> None:
    assert lasting(activity("a", rests=1), activity("b", requires=Done("gone/away"))) == Pool(None, None)
    assert lasting() == Pool(0, 1)


def test_a_hundred_years_are_looked_ahead_for_the_last_new_one() -> None:
    chain = [activity("a0"), *(activity(f"a{n + 1}", requires=Elapsed(10_000, f"tea/a{n}")) for n in range(4))]
    assert lasting(*chain[:4]) == Pool(30_001, 2)
    assert lasting(*chain) == Pool(None, 2)


def test_three_years_are_looked_ahead_for_a_day_without_anything() -> None:
    last = [activity("a", rests=1), activity("b", requires=Elapsed(2000, "tea/a"))]
    assert lasting(*last) == Pool(2001, None)
    growing = evolve(LIGHT[0], repeat=Repeat(3000, revisit=[1] * 20))
    assert lasting(growing).dry_on == 22


def test_a_week_is_seven_evenings_of_the_days_it_lasts() -> None:
    minutes = [activity(f"a{n}", minutes=minutes) for n, minutes in enumerate((2, 3, 60))]
    assert everybody(*minutes).minutes_a_week == round(65 / 3 * 7)
    assert everybody(*minutes[:2]).minutes_a_week == 18
    assert everybody().minutes_a_week == 0
    assert everybody(evolve(minutes[0], requires=Done("gone/away"))).minutes_a_week == 0
    # On the days 1 and 2 they are new, on 3 the short one comes again, and 4 has nothing.
    again = [activity("a", minutes=2, repeat=Repeat(9, revisit=[2])), activity("b", minutes=60)]
    assert everybody(*again).minutes_a_week == round(64 / 3 * 7)
    # What opens after a day without anything is too late to count.
    late = [activity("a", minutes=4), activity("b", minutes=60, requires=Elapsed(9, "tea/a"))]
    assert everybody(*late).minutes_a_week == 28
    assert everybody(*(evolve(one, repeat=Repeat(1)) for one in late)).minutes_a_week == round((9 * 4 + 60) / 10 * 7)


def test_each_of_those_who_allow_just_what_something_needs_is_told() -> None:
    classes = [activity("a"), activity("home", topics={"home"}), activity("money", depth=2, topics={"money"})]
    assert [(one.depth, one.topics, one.permitted) for one in each_folk([pack("tea", [*classes, *LIGHT])])] == [
        (1, set(), 4),
        (1, {"home"}, 5),
        (2, {"money"}, 5),
    ]


def test_who_has_least_is_told() -> None:
    lasting = [activity(f"home-{n}", topics={"home"}, rests=1) for n in range(2)]
    scarce = [activity(f"work-{n}", topics={"work"}, rests=900) for n in range(5)]
    both = activity("both", depth=2, topics={"home", "work"}, rests=900)
    thinnest = proof_of(*scarce, *lasting, both, activity("deep", depth=4, topics={"home", "work"})).facts.thinnest
    assert [(folk.depth, folk.topics, folk.permitted, folk.dry_on) for folk in thinnest] == [
        (1, {"work"}, 5, 6),
        (1, {"home"}, 2, None),
        (2, {"home", "work"}, 8, None),
    ]


# --- against living it


class Living:
    """People who do what comes next, as the engine opens it."""

    def __init__(self, system: System, profile: Profile) -> None:
        self.numbers = {one.id: number for number, one in enumerate(system.activities)}
        answers = {topic: "yes" if topic in profile.allowed else "no" for topic in TOPICS}
        self.allowed = Boundaries(depth=profile.depth, topics=answers)  # type: ignore[arg-type]
        self.catalog = Catalog(system.packs)
        self.progress = Progress()

    def new(self, today: int) -> list[Activity]:
        """Return what is open and was never done, the lightest first."""
        now = Situation(self.catalog, self.progress, self.allowed, day(today))
        there = (one for one in self.catalog.values() if not one.retired and self.allowed.allow(one, day(today)))
        new = (one for one in there if not self.progress.of(one).times and is_open(one, now))
        return sorted(new, key=lambda one: (one.depth, self.numbers[one.id]))

    def rested(self, today: int) -> list[Activity]:
        """Return what was done and has rested, what rested longest first; landings aside."""
        deeds = ((self.progress.of(one), one) for one in self.catalog.values() if one.purpose != "landing")
        rested = (
            (deed.last_on, self.numbers[one.id], one)
            for deed, one in deeds
            if deed.last_on and deed.last_on + timedelta(one.repeat.rest_after(deed.times)) <= day(today)
        )
        return [one for *_, one in sorted(rested)]

    def do(self, one: Activity, today: int) -> str:
        """Do something."""
        self.progress = self.progress.after(Completed.of(one, at=evening(today)))
        return one.id


@pytest.mark.parametrize("number", range(60))
def test_it_lasts_as_long_as_it_does_those_who_live_it(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = 40
    monkeypatch.setattr(pools, "AHEAD", ahead)
    packs = packs_at_random(number)
    system = System(
        evolve(one, activities=[_resting(a, n + number) for n, a in enumerate(one.activities)]) for one in packs
    )
    for profile in (EVERYTHING, Profile(2, EVERYTHING.topics), Profile(4), *(one.least for one in system.classes[:3])):
        people = Living(system, profile)
        diary = [
            people.do(open_now[0], today) if (open_now := people.new(today) or people.rested(today)) else ""
            for today in range(ahead)
        ]
        expected = Pool(*(_expected(diary)))
        opened = system.members(n for n, on in enumerate(reach_in(system, profile).days) if on >= 0)
        found = pool(system, profile, len(opened))
        assert dry_day(system, profile) == found.dry_on == expected.dry_on
        if len({*diary, ""}) > len(opened):
            assert found == expected
        else:
            assert found.new_until is None or found.new_until > ahead


def _expected(diary: list[str]) -> tuple[int, int | None]:
    firsts = [place for place, name in enumerate(diary, 1) if name and name not in diary[: place - 1]]
    return max(firsts, default=0), diary.index("") + 1 if "" in diary else None


def _resting(one: Activity, number: int) -> Activity:
    return evolve(one, repeat=Repeat((3, 5, 8, 2)[number % 4], revisit=[(1, 9)[number % 2]] if number % 3 else []))


@pytest.mark.parametrize("number", range(60))
def test_the_earliest_days_are_those_of_who_does_all_there_is(number: int) -> None:
    system = System(packs_at_random(number))
    for profile in (EVERYTHING, Profile(3), *(one.least for one in system.classes[:3])):
        people, first = Living(system, profile), {}
        for today in range(30):
            if first:
                people.do(people.catalog[next(iter(first))], today)  # something comes again, so the day counts
            while new := people.new(today):
                first |= {people.do(one, today): today for one in new}
        days = reach_in(system, profile).days
        for name, number_of in people.numbers.items():
            group = system.group[number_of]
            assert first.get(name, -1) == (-1 if group is None else days[group])


def test_facts_of_nothing_are_nothing() -> None:
    facts = facts_of(System([pack("tea", [])]))
    assert (facts.depths, facts.thinnest) == (tuple((depth, 0) for depth in DEPTHS), ())
    assert all(one.permitted == other.permitted == 0 for one, other in pairwise(facts.folks))
