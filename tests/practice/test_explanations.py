"""Why an activity comes now, or what is missing for it."""

from collections.abc import Iterable
from itertools import combinations

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
    day,
    days,
    evening,
    histories,
    journey,
    patient,
)

from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.timing import AtMost, Repeat
from intimacy_kit.content.vocabulary import SKILLS
from intimacy_kit.errors import InvalidValueError, UnknownActivityError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, Offered, Skipped
from intimacy_kit.practice.explanations import Explanation, explain
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import peek

ONE, TWO, THREE = (activity(slug) for slug in ("one", "two", "three"))
ONE_DONE = Completed.of(ONE, at=evening(0))
WAY = journey("way", ["one", "two", "three"])


def missing(gate: Gate, *events: JointEvent, today: int = 9) -> list[str]:
    """Return what keeps back an activity with a gate, as sentences."""
    there = catalog(activity("gated", requires=gate), ONE, TWO, THREE, journeys=[WAY])
    found = explain(there, Progress.from_events(events), "tea/gated", now=evening(today))
    return [str(one) for one in found.missing]


@pytest.mark.parametrize(
    ("gate", "events", "said"),
    [
        (Resolved("tea/one"), [], ["'tea/one' comes before it"]),
        (Resolved("tea/one"), [ONE_DONE], []),
        (Done("tea/one"), [], ["'tea/one' has to be done before it"]),
        (Count("skill", "listening", 3), [ONE_DONE], ["2 more of skill listening"]),
        (Count("journey", "tea/way", 3), [ONE_DONE], ["2 more of journey tea/way"]),
        (Elapsed(30, "tea/one"), [], ["'tea/one' comes before it, and 30 days between them"]),
        (Elapsed(30, "tea/one"), [ONE_DONE], ["21 more days after 'tea/one'"]),
        (DistinctDays(3), [ONE_DONE], ["2 more days on which something is done"]),
        (AllOf([Resolved("tea/one"), Resolved("tea/two")]), [ONE_DONE], ["'tea/two' comes before it"]),
        (AnyOf([Count("depth", 1, 4), Resolved("tea/two")]), [], ["'tea/two' comes before it"]),
        (AnyOf([DistinctDays(9), Elapsed(90, "tea/one")]), [], ["9 more days on which something is done"]),
        (
            AtLeast(2, [Count("depth", 1, 4), Resolved("tea/two"), Resolved("tea/three")]),
            [],
            ["'tea/three' comes before it", "'tea/two' comes before it"],
        ),
        (AllOf([Count("depth", 1, 2), Count("depth", 1, 3)]), [], ["3 more of depth 1"]),
        (Elapsed(10, "tea/one"), [ONE_DONE], ["1 more day after 'tea/one'"]),
        (AllOf([Done("tea/one"), Count("depth", 1, 1)]), [], ["'tea/one' has to be done before it"]),
        (
            AllOf([Done("tea/one"), Resolved("tea/one"), Count("journey", "tea/way", 2), Count("topic", "home", 1)]),
            [],
            ["'tea/one' has to be done before it", "1 more of journey tea/way", "1 more of topic home"],
        ),
        (
            AllOf([Done("tea/one"), Count("skill", "listening", 2)]),
            [Skipped.of(ONE, at=evening(0))],
            ["'tea/one' has to be done before it", "1 more of skill listening"],
        ),
        (
            AnyOf([AllOf([Done("tea/one"), Done("tea/two"), Count("kind", "prompt", 2)]), Count("depth", 1, 3)]),
            [],
            ["'tea/one' has to be done before it", "'tea/two' has to be done before it"],
        ),
        (AtLeast(3, [Resolved("tea/one")]), [], ["it asks for 3 of 1 rules, which never holds"]),
    ],
)
def test_the_fewest_things_that_are_missing_are_said(gate: Gate, events: list[JointEvent], said: list[str]) -> None:
    assert missing(gate, *events) == said


def test_what_two_parts_of_a_gate_ask_for_is_missing_once_and_chosen_for_that() -> None:
    shared = Resolved("tea/three")
    gate = AllOf([AnyOf([Resolved("tea/one"), shared]), AnyOf([Resolved("tea/two"), shared])])
    assert missing(gate) == ["'tea/three' comes before it"]


def test_a_gate_of_many_parts_is_explained_in_little_time() -> None:
    parts = [AnyOf([Resolved("tea/one"), Count("depth", depth, n)]) for depth in (1, 2, 3, 4) for n in range(1, 12)]
    assert missing(AtLeast(25, parts)) == ["'tea/one' comes before it"]


def test_what_was_offered_once_is_open_and_needs_nothing() -> None:
    gated = activity("gated", requires=DistinctDays(99))
    offered = Progress.from_events([Offered.of(gated, at=evening(0))])
    assert explain(catalog(gated), offered, "tea/gated", now=evening(1)).fits


@pytest.mark.parametrize(
    ("wanted", "events", "said"),
    [
        (activity("cup", retired=True), [], "it is not offered any more"),
        (
            activity("cup", depth=2, topics=[UNKNOWN_TOPIC]),
            [],
            "it touches on a topic that this release of the kit does not know",
        ),
        (activity("cup", rests=30), [Completed.of(activity("cup"), at=evening(0))], "it rests until 2026-12-23"),
        (
            activity("cup", repeat=Repeat(at_most=AtMost("skill", "listening", 1, "week"))),
            [Completed.of(ONE, at=evening(6))],
            "there was enough of skill listening for a week",
        ),
        (activity("cup"), [], "it fits now"),
    ],
)
def test_what_is_not_about_gates_is_said_too(wanted: object, events: list[JointEvent], said: str) -> None:
    found = explain(catalog(wanted, ONE), Progress.from_events(events), "tea/cup", now=evening(9))  # type: ignore[arg-type]
    assert str(found) == f"tea/cup: {said}"


def test_a_writer_is_told_of_boundaries_and_everybody_else_is_not() -> None:
    there = catalog(activity("deep", depth=4, topics=["home", "loss"], requires=Resolved("tea/one")), ONE)
    allowed = Boundaries(depth=2, topics={"loss": "ask"}).declining("tea/deep", day(30))
    writer = explain(there, Progress(), "tea/deep", now=evening(0), allowed=allowed)
    assert [str(one) for one in writer.missing] == [
        "it is beyond what everybody allows: depth 4",
        "it is beyond what everybody allows: topic loss",
        "it is beyond what everybody allows: it is declined for now",
        "'tea/one' comes before it",
    ]
    everybody = explain(there, Progress(), "tea/deep", now=evening(0))
    assert [str(one) for one in everybody.missing] == ["'tea/one' comes before it"]


def test_the_view_for_everybody_cannot_say_what_somebody_withholds_for_it_is_never_told() -> None:
    """What is withheld opens what comes after it; the view for everybody still says that it comes after it."""
    there = catalog(activity("after", requires=Resolved("tea/deep")), activity("deep", depth=4))
    progress = Progress()
    assert explain(there, progress, "tea/after", now=evening(0), allowed=Boundaries()).fits
    assert not explain(there, progress, "tea/after", now=evening(0)).fits


@settings(patient, max_examples=100)
@given(catalogs(), histories, boundaries, days)
def test_the_writers_view_says_it_fits_exactly_when_it_would_be_suggested(
    there: Catalog, history: list[JointEvent], allowed: Boundaries, number: int
) -> None:
    progress = Progress.from_events(history)
    coming = {one.activity.id for one in peek(there, progress, allowed, now=evening(number))}
    explained = {name for name in there if explain(there, progress, name, now=evening(number), allowed=allowed).fits}
    assert explained == coming


def simplest(gate: Gate) -> int:
    """Return the least number of other activities that have to be done to open a gate: by trying."""
    others = [
        ONE,
        TWO,
        THREE,
        activity("four", skills=["trust"]),
        *(activity(f"personal-{n}", depth=2) for n in (1, 2)),
    ]
    for size in range(len(others) + 1):
        for some in combinations(others, size):
            if not missing(gate, *(Completed.of(one, at=evening(0)) for one in some)):
                return size
    return 99


_atoms: st.SearchStrategy[Gate] = st.one_of(
    st.sampled_from([Resolved("tea/one"), Resolved("tea/two"), Done("tea/three"), Count("skill", "listening", 2)]),
    st.builds(Count, st.just("depth"), st.sampled_from([1, 2]), st.integers(1, 2)),
)


def _several(inner: st.SearchStrategy[Gate]) -> st.SearchStrategy[Gate]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(st.builds(AllOf, some), st.builds(AnyOf, some), st.builds(AtLeast, st.just(1), some))


@patient
@given(st.recursive(_atoms, _several, max_leaves=4))
def test_nobody_has_to_do_more_than_is_said(gate: Gate) -> None:
    """Counts may share what named activities also ask for, so that less can do; more is never needed."""
    there = catalog(activity("gated", requires=gate), ONE, TWO, THREE)
    found = explain(there, Progress(), "tea/gated", now=evening(0))
    assert simplest(gate) <= cost(found)


def cost(found: Explanation) -> int:
    return sum(max(one.n, 1) for one in found.missing)


@pytest.mark.parametrize("allowed", [None, EVERYTHING])
def test_what_cannot_be_asked_is_refused(allowed: Boundaries | None) -> None:
    with pytest.raises(UnknownActivityError):
        explain(catalog(ONE), Progress(), "tea/on", now=evening(0), allowed=allowed)
    with pytest.raises(InvalidValueError, match="time zone"):
        explain(catalog(ONE), Progress(), "tea/one", now=evening(0).replace(tzinfo=None), allowed=allowed)


def test_an_activity_is_found_under_the_id_it_had_before() -> None:
    renamed = activity("cup", aliases=["tea/mug"])
    assert explain(catalog(renamed), Progress(), "tea/mug", now=evening(0)) == Explanation("tea/cup")


def _names(found: Iterable[object]) -> list[str]:
    return [str(one) for one in found]


def test_what_waits_for_an_activity_that_is_not_there_says_so() -> None:
    there = catalog(
        activity("gated", requires=AllOf([Elapsed(3, "broken/cup"), Count("journey", "broken/way", 2)])),
        refused=["broken"],
    )
    found = explain(there, Progress(), "tea/gated", now=evening(0))
    assert _names(found.missing) == [
        "'broken/cup' comes before it, and 3 days between them",
        "2 more of journey broken/way",
    ]


def test_all_that_is_missing_is_said_in_one_line() -> None:
    there = catalog(activity("gated", requires=AllOf([Done("tea/one"), DistinctDays(2)])), ONE)
    assert str(explain(there, Progress(), "tea/gated", now=evening(0))) == (
        "tea/gated: 'tea/one' has to be done before it, 2 more days on which something is done"
    )


def test_a_moment_without_a_zone_is_refused_with_what_to_pass() -> None:
    with pytest.raises(InvalidValueError) as refused:
        explain(catalog(ONE), Progress(), "tea/one", now=evening(0).replace(tzinfo=None))
    assert str(refused.value) == "'now' must be a datetime with a time zone; pass datetime.now(zone)"


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        (AllOf([Resolved("tea/one"), Count("depth", 1, 1)]), ["'tea/one' comes before it"]),
        (
            AllOf([Elapsed(3, "tea/one"), Count("depth", 1, 1)]),
            ["'tea/one' comes before it, and 3 days between them"],
        ),
    ],
)
def test_what_is_named_counts_towards_what_is_counted_whether_it_has_to_be_done_or_only_comes_before(
    gate: Gate, said: list[str]
) -> None:
    assert missing(gate) == said


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        (AnyOf([DistinctDays(10), DistinctDays(9)]), ["9 more days on which something is done"]),
        (AnyOf([AllOf([Done("tea/one"), Done("tea/two")]), Resolved("tea/three")]), ["'tea/three' comes before it"]),
    ],
)
def test_of_several_ways_the_one_that_asks_for_fewest_days_or_activities_is_said(gate: Gate, said: list[str]) -> None:
    assert missing(gate) == said


def test_of_more_ways_than_are_compared_the_one_that_asks_for_fewest_is_among_those_that_are() -> None:
    many = [AnyOf([Count("skill", skill, n) for n in range(2, 42)]) for skill in SKILLS]
    assert missing(AnyOf([*many, Count("depth", 1, 1)])) == ["1 more of depth 1"]
