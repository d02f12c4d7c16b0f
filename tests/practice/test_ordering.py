"""The order in which activities come: fair before what is not capped, seeded, and walked only as far as asked."""

import copy
import pickle
from collections import Counter
from datetime import date
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
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
    pack,
    patient,
)

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import Count, Resolved
from intimacy_kit.content.vocabulary import ORDINARY_TOPICS, SENSITIVE_TOPICS, TOPICS
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, Offered, Started
from intimacy_kit.practice.gates import Situation, rules_of
from intimacy_kit.practice.ordering import ORDER, earliest, entries_of, in_order
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import peek, suggest


def order(there: Catalog, *events: JointEvent, today: int = 9, **more: Any) -> list[str]:
    found = peek(there, Progress.from_events(events), EVERYTHING, now=evening(today), **more)
    return [one.activity.slug for one in found]


def test_a_key_of_fairness_stands_before_everything_that_is_not_capped() -> None:
    first_fair = next(place for place, key in enumerate(ORDER) if key.fair)
    assert all(key.capped for key in ORDER[:first_fair])


@settings(patient, max_examples=100)
@given(catalogs(), histories, boundaries, days, st.text(max_size=2), st.integers(1, 30))
def test_peek_gives_all_that_fits_once_seen_fewest_times_first_and_then_longest_ago(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int, seed: str, minutes: int
) -> None:
    progress = Progress.from_events(history)
    found = [*peek(there, progress, allowed, now=evening(number), seed=seed, minutes=minutes)]
    everything = suggest(there, progress, allowed, now=evening(number), seed=seed, minutes=minutes, limit=99)
    assert Counter(one.activity.id for one in found) == Counter(one.activity.id for one in everything)
    seen = [progress.of(one.activity).seen for one in found]
    assert seen == sorted(seen)
    about = [event.activity for event in history if hasattr(event, "activity") and event.event != "paused"]
    plain = [one.activity for one in found if not one.activity.aliases]
    for before, after in pairwise(plain):
        if progress.of(before).seen == progress.of(after).seen > 0:
            assert about[::-1].index(before.id) > about[::-1].index(after.id)


@settings(patient, max_examples=100)
@given(catalogs(), histories, boundaries, days, st.integers(1, 4))
def test_what_is_first_in_the_order_is_always_suggested_unless_one_thing_alone_comes_before_it(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int, limit: int
) -> None:
    progress = Progress.from_events(history)
    first = next(peek(there, progress, allowed, now=evening(number)), None)
    found = suggest(there, progress, allowed, now=evening(number), limit=limit)
    because = [one.reason.because in {"journey", "landing", "orientation", "booster"} for one in found]
    assert sum(because) <= 1
    if first is not None and (limit > 1 or not any(because)):
        assert first.activity in [one.activity for one in found]


def test_what_was_begun_and_never_offered_was_seen() -> None:
    begun, new = activity("begun"), activity("new")
    assert order(catalog(begun, new), Started.of(begun, at=evening(0))) == ["new", "begun"]


def test_what_was_seen_under_two_names_counts_for_both_and_comes_once() -> None:
    mug, cup, pot = activity("mug"), activity("cup", aliases=["tea/mug"]), activity("pot")
    events = [
        Offered.of(mug, at=evening(0)),
        Offered.of(pot, at=evening(1)),
        Offered.of(cup, at=evening(2)),
        Offered.of(pot, at=evening(3)),
    ]
    assert order(catalog(cup, pot), *events) == ["cup", "pot"]
    assert order(catalog(cup, pot), *events[:2]) == ["cup", "pot"]
    assert order(catalog(cup, pot), *events[:3]) == ["pot", "cup"]
    resting = [*events, Completed.of(mug, at=evening(8))]
    assert order(catalog(cup, pot), *resting) == ["pot"]


def test_the_order_of_what_is_new_is_another_one_for_each_seed_and_each_day_and_every_one_comes_first() -> None:
    there = catalog(*(activity(f"cup-{n}") for n in range(7)))
    by_seed = {tuple(order(there, seed=str(n))) for n in range(300)}
    by_day = {tuple(order(there, today=n)) for n in range(300)}
    assert min(len(by_seed), len(by_day)) > 250
    firsts = Counter(found[0] for found in by_seed)
    assert len(firsts) == 7
    assert min(firsts.values()) > 20


def test_a_few_that_are_left_of_many_are_found_in_an_order_drawn_by_chance_too() -> None:
    cups = [activity(f"cup-{n}") for n in range(30)]
    done = [Completed.of(cup, at=evening(8)) for cup in cups[:25]]
    found = {tuple(order(catalog(*cups), *done, seed=str(n))) for n in range(60)}
    assert {slug for slugs in found for slug in slugs} == {f"cup-{n}" for n in range(25, 30)}
    assert len(found) > 20


class Counted(Boundaries):
    """Boundaries that count how often they are asked."""

    asked = 0

    def cover(self, activity: Any, on: date) -> bool:
        type(self).asked += 1
        return super().cover(activity, on)


@pytest.mark.parametrize("size", [300, 3000])
def test_a_catalog_ten_times_as_large_is_looked_at_no_further(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Count("depth", 1, 2)
    some = [activity(f"cup-{n}", requires=gate if n % 3 else None) for n in range(size)]
    there = catalog(*some)
    monkeypatch.setattr(Counted, "asked", 0)
    for seed in map(str, range(20)):
        assert len(suggest(there, Progress(), Counted(), now=evening(0), seed=seed)) == 3
    assert Counted.asked / 20 < 80


def test_it_is_walked_only_as_far_as_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    there = catalog(*(activity(f"cup-{n}") for n in range(500)))
    monkeypatch.setattr(Counted, "asked", 0)
    found = in_order(Situation(there, Progress(), Counted(), day(0)), "")
    assert Counted.asked == 0
    assert len([*islice(found, 5)]) == Counted.asked == 5


# What is permitted, and nothing else


def withheld(there: Catalog, allowed: Boundaries, number: int) -> frozenset[str]:
    return frozenset(one.id for one in there.values() if not allowed.allow(one, day(number)))


@settings(patient, max_examples=100)
@given(catalogs(), histories, boundaries, boundaries, days, st.integers(1, 5))
def test_whatever_people_allow_only_the_set_of_what_is_withheld_can_be_told_from_what_is_suggested(
    there: Catalog, history: list[JointEvent], ours: Boundaries, other: Boundaries, number: int, limit: int
) -> None:
    """Two couples for whom the same activities are withheld today see the same, whoever withholds them and why."""
    theirs = narrowed(there, ours, other, number)
    assert withheld(there, ours, number) == withheld(there, theirs, number)
    progress = Progress.from_events(history)
    views = [suggest(there, progress, allowed, now=evening(number), limit=limit) for allowed in (ours, theirs)]
    assert views[0] == views[1]
    assert repr(views[0]) == repr(views[1])


def narrowed(there: Catalog, ours: Boundaries, other: Boundaries, number: int) -> Boundaries:
    """Return boundaries that are written otherwise and withhold the same: what ours withhold is declined one by one."""
    touched = {topic for one in there.values() if ours.allow(one, day(number)) for topic in one.topics}
    depth = max((one.depth for one in there.values() if ours.allow(one, day(number))), default=1)
    welcome = Boundaries(
        depth=max(depth, other.depth),
        topics={topic: "yes" if topic in touched else other.answer(topic) for topic in TOPICS},
    )
    for name in withheld(there, ours, number):
        welcome = welcome.declining(name, day(number + 5))
    return welcome


def test_two_who_swap_what_they_refuse_see_the_same() -> None:
    there = catalog(*(activity(f"about-{topic.replace('_', '-')}", depth=2, topics=[topic]) for topic in TOPICS))
    all_yes = dict.fromkeys(TOPICS, "yes")
    ada = Boundaries(depth=4, topics={**all_yes, "money": "no"})
    ben = Boundaries(depth=2, topics={**all_yes, "home": "no"})
    views = [suggest(there, Progress(), both, now=evening(0), limit=99) for both in (ada & ben, ben & ada)]
    assert views[0] == views[1]
    assert len(views[0]) == len(SENSITIVE_TOPICS) + len(ORDINARY_TOPICS) - 2


@settings(patient, max_examples=100)
@given(catalogs(), histories, boundaries, days)
def test_who_allows_less_sees_the_same_order_with_gaps(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int
) -> None:
    def ungated(one: Activity) -> bool:
        return one.requires is None

    progress = Progress.from_events(history)
    all_of_it = [one.activity for one in peek(there, progress, EVERYTHING, now=evening(number))]
    less = [one.activity for one in peek(there, progress, allowed, now=evening(number))]
    permitted = [one for one in all_of_it if allowed.allow(one, day(number))]
    assert [*filter(ungated, less)] == [*filter(ungated, permitted)]


# What is made of a catalog once


def test_what_is_made_of_a_catalog_is_made_once_and_not_taken_along() -> None:
    there = catalog(activity("cup", requires=Resolved("tea/pot")), activity("pot"), refused=["broken"])
    made: list[Catalog] = []

    def count(of: Catalog) -> int:
        made.append(of)
        return len(of)

    assert [there.once(count), there.once(count)] == [2, 2]
    assert made == [there]
    for other in (pickle.loads(pickle.dumps(there)), copy.deepcopy(there)):
        assert (other.packs, other.problems, other.refused) == (there.packs, there.problems, there.refused)
        assert other.once(count) == 2
        assert len(suggest(other, Progress(), EVERYTHING, now=evening(0))) == 1
    assert len(made) == 3


def test_gates_that_are_alike_are_one_function() -> None:
    def gate() -> Count:
        return Count("depth", 1, 2)

    rules = rules_of(catalog(activity("one", requires=gate()), activity("two", requires=gate()), activity("free")))
    assert rules["tea/one"] is rules["tea/two"]
    assert "tea/free" not in rules


def test_what_is_retired_has_no_place_in_the_order() -> None:
    assert [*entries_of(catalog(activity("old", retired=True), activity("new")))] == ["tea/new"]


def test_the_order_does_not_depend_on_the_order_of_packs_or_files() -> None:
    some: list[Activity] = [activity(f"cup-{n}") for n in range(9)]
    others: list[Activity] = [activity(f"pot-{n}", pack="pots") for n in range(9)]
    packs = [pack("tea", some), pack("pots", others)]
    turned = [pack("pots", others[::-1]), pack("tea", some[::-1])]
    assert order(Catalog(packs)) == order(Catalog(turned))


@pytest.mark.parametrize(("wrong", "said"), [({"minutes": 0}, "'minutes'"), ({"now": day(0)}, "'now'")])
def test_what_cannot_be_asked_is_refused_before_anything_is_given(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        peek(catalog(), Progress(), EVERYTHING, **{"now": evening(0), **wrong})


def test_what_rests_keeps_nothing_back_that_was_seen_after_it() -> None:
    resting, waiting = activity("resting"), activity("waiting")
    progress = Progress.from_events([Completed.of(resting, at=evening(5)), Offered.of(waiting, at=evening(6))])
    found = peek(catalog(resting, waiting), progress, EVERYTHING, now=evening(9))
    assert [one.activity for one in found] == [waiting]


def test_of_what_was_met_equally_often_what_was_never_offered_is_earliest() -> None:
    offered, begun = activity("cup"), activity("pot")
    there = catalog(offered, begun)
    progress = Progress.from_events([Offered.of(offered, at=evening(0)), Completed.of(begun, at=evening(0))])
    entries = entries_of(there)
    pairs = [(entries[one.id], progress.of(one)) for one in (offered, begun)]
    assert earliest(pairs) == earliest(pairs[::-1]) == entries["tea/pot"]
    assert earliest([]) is None


@pytest.mark.parametrize("asked", ["tea/first", "tea/second"])
def test_of_two_that_are_alike_only_the_one_they_said_yes_to_comes(asked: str) -> None:
    seen = [activity(f"seen-{n}") for n in range(2)]
    alike = [activity(name, depth=2, topics=["money"]) for name in ("first", "second")]
    progress = Progress.from_events(Completed.of(one, at=evening(0)) for one in seen)
    allowed = Boundaries(depth=2, topics={"money": "ask"}).accepting(asked, ["money"], day(30))
    found = peek(catalog(*seen, *alike), progress, allowed, now=evening(1))
    assert [one.activity.id for one in found] == [asked]
