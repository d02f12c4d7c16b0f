"""History under a pack that was updated: what is carried over, what is credited, and what is told of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import activity, day, evening, histories, journey, named_ids, pack, patient

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import Resolved
from intimacy_kit.content.migrations import CREDITS, Migration, Operation
from intimacy_kit.errors import InvalidValueError, StoreBusyError, StoreConflictError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Carried, Completed, JointEvent, JourneyChosen, Migrated, Offered, Started
from intimacy_kit.practice.gates import Situation, is_open, is_resolved
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import fits
from intimacy_kit.practice.updating import UpdateReport, catch_up
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import Space

MUG = activity("mug", skills=["trust"])
GLASS = activity("glass", skills=["trust"])
LATER = evening(100)


def updated(*activities: Activity, journeys: Any = (), **operations: Any) -> Catalog:
    """Return a catalog of a pack with one migration, called cups, of one operation."""
    named = {name: [f"tea/{slug}" for slug in operations.pop(name, ())] for name in ("old", "new")}
    migration = Migration(name="tea/cups", operations=[Operation(**operations, **named)])
    there = pack("tea", activities, journeys)
    return Catalog([type(there)(**{**_fields(there), "migrations": [migration]})])


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__ if not name.startswith("_")}


def did(*activities: Activity, on: int = 0) -> list[JointEvent]:
    return [kind.of(one, at=evening(on)) for one in activities for kind in (Offered, Completed)]


def caught_up(there: Catalog, *events: JointEvent) -> tuple[Progress, UpdateReport]:
    progress = Progress.from_events(events)
    said, report = catch_up(progress, there, at=LATER)
    return progress.after(*said), report


CUP = activity("cup", skills=["trust"], aliases=["tea/mug"])
RENAMED = updated(CUP, op="rename", old=["mug"], new=["cup"])


def test_what_was_done_under_the_old_name_is_done_under_the_new_one() -> None:
    progress, report = caught_up(RENAMED, *did(MUG))
    assert (progress.of(CUP).done, progress.of(CUP).offered_on) == (1, day(0))
    assert report == UpdateReport(applied=("tea/cups",), aliased=(("tea/mug", "tea/cup"),))


def test_it_counts_once_although_it_is_done_again_under_its_new_name() -> None:
    progress, _ = caught_up(RENAMED, *did(MUG))
    again = progress.after(*did(CUP, on=101))
    assert again.counts["skill", "trust"] == 1
    assert again.of(CUP).done == 2


def test_it_counts_once_although_somebody_with_the_old_pack_does_it_again() -> None:
    progress, _ = caught_up(RENAMED)
    assert progress.after(*did(CUP), *did(MUG, on=1)).counts["skill", "trust"] == 1


def test_a_migration_takes_no_count_away() -> None:
    merged = updated(activity("cup", aliases=["tea/mug", "tea/glass"]), op="merge", old=["mug", "glass"], new=["cup"])
    progress, _ = caught_up(merged, *did(MUG, GLASS))
    assert progress.counts["skill", "trust"] == 2
    assert progress.of(merged["tea/cup"]).done == 2


PARTS = (activity("sip", aliases=["tea/mug"]), activity("gulp", aliases=["tea/mug"]))


@pytest.mark.parametrize(("credit", "done"), [("done", 1), ("offered", 0)])
def test_of_what_was_split_each_part_is_credited_as_the_writer_says(credit: str, done: int) -> None:
    there = updated(*PARTS, op="split", old=["mug"], new=["sip", "gulp"], credit=credit)
    progress, report = caught_up(there, *did(MUG))
    assert [progress.of(part).done for part in PARTS] == [done, done]
    assert all(progress.of(part).offered_on == day(0) for part in PARTS)
    assert report.aliased == (("tea/mug", "tea/sip"),)


@pytest.mark.parametrize("credit", CREDITS)
def test_what_was_once_offered_stays_open_in_all_its_parts(credit: str) -> None:
    gated = [activity(slug, aliases=["tea/mug"], requires=Resolved("tea/pot")) for slug in ("sip", "gulp")]
    there = updated(*gated, activity("pot"), op="split", old=["mug"], new=["sip", "gulp"], credit=credit)
    progress, report = caught_up(there, Offered.of(MUG, at=evening(0)))
    assert report.relocked == ()
    assert all(is_open(one, Situation(there, progress, Boundaries(), LATER.date())) for one in gated)


def test_what_was_never_offered_may_be_locked_by_an_update() -> None:
    gated = activity("mug", requires=Resolved("tea/pot"))
    there = Catalog([pack("tea", [gated, activity("pot")])])
    progress, report = caught_up(there, Started.of(MUG, at=evening(0)))
    assert report.relocked == ()
    assert not is_open(gated, Situation(there, progress, Boundaries(), LATER.date()))


def test_a_decline_of_the_whole_is_a_decline_of_each_part() -> None:
    there = updated(*PARTS, op="split", old=["mug"], new=["sip", "gulp"])
    progress, _ = caught_up(there, *did(MUG))
    declining = Boundaries().declining("tea/mug")
    assert not any(fits(there, progress, declining, part.id, now=evening(400)) for part in PARTS)
    assert all(fits(there, progress, Boundaries(), part.id, now=evening(400)) for part in PARTS)


def test_a_yes_to_being_asked_is_not_carried_over() -> None:
    ask = Boundaries(depth=2, topics={"money": "ask"}).accepting("tea/mug", ["money"], day(400))
    renamed = activity("cup", depth=2, topics=["money"], aliases=["tea/mug"])
    there = updated(renamed, op="rename", old=["mug"], new=["cup"])
    progress, _ = caught_up(there, *did(MUG))
    assert not fits(there, progress, ask, "tea/cup", now=LATER)


def test_what_is_retired_without_words_is_told_and_out_of_the_way() -> None:
    there = updated(activity("pot", requires=Resolved("tea/mug")), op="retire", old=["mug"])
    progress, report = caught_up(there, *did(MUG))
    assert (report.retired, report.unknown) == (("tea/mug",), ())
    assert is_resolved("tea/mug", Situation(there, progress, Boundaries(), LATER.date()))


def test_what_is_retired_and_still_readable_is_told_too() -> None:
    _, report = caught_up(Catalog([pack("tea", [activity("mug", retired=True)])]), *did(MUG))
    assert report == UpdateReport(retired=("tea/mug",))


def test_what_no_pack_knows_is_kept_and_told_and_back_with_its_pack() -> None:
    empty = Catalog([pack("rye", [])])
    progress, report = caught_up(empty, *did(MUG))
    assert report.unknown == ("tea/mug",)
    assert caught_up(Catalog([pack("tea", [MUG])]), *did(MUG))[0] == progress


@pytest.mark.parametrize("fields", [{"depth": 2}, {"topics": ["home"]}])
def test_what_goes_deeper_or_touches_on_more_than_what_was_done_is_told(fields: dict[str, Any]) -> None:
    _, report = caught_up(Catalog([pack("tea", [activity("mug", skills=["trust"], **fields)])]), *did(MUG))
    assert report == UpdateReport(deeper=("tea/mug",))


def test_what_was_only_offered_was_agreed_to_by_nobody_yet() -> None:
    there = Catalog([pack("tea", [activity("mug", depth=2)])])
    _, report = caught_up(there, Offered.of(MUG, at=evening(0)))
    assert report == UpdateReport()


def test_whoever_follows_a_renamed_journey_follows_it_still() -> None:
    there = updated(MUG, journeys=[journey("path", ["mug"])], op="rename", old=["way"], new=["path"])
    chosen = JourneyChosen(at=evening(0), journey="tea/way")
    assert caught_up(there, chosen)[0].journey == "tea/path"
    assert caught_up(there)[0].journey is None


def test_over_several_migrations_the_least_credit_counts() -> None:
    hops = [Carried(old="tea/mug", new="tea/cup"), Carried(old="tea/cup", new="tea/bowl", credit="offered")]
    for ordered in (hops, hops[::-1]):
        events = [Migrated(at=evening(1), name=f"tea/{n}", carried=[one]) for n, one in enumerate(ordered)]
        progress = Progress.from_events([*did(MUG), *events])
        assert progress.of(activity("cup", aliases=["tea/mug"])).done == 1
        assert progress.of(activity("bowl", aliases=["tea/cup", "tea/mug"])).done == 0
        assert progress.migrations == ("tea/0", "tea/1")


def test_what_became_itself_again_still_counts() -> None:
    circle = [Carried(old="tea/mug", new="tea/cup"), Carried(old="tea/cup", new="tea/mug")]
    migrated = Migrated(at=evening(0), name="tea/circle", carried=circle)
    assert Progress.from_events([migrated, *did(MUG)]).counts["skill", "trust"] == 1


@patient
@given(histories, st.lists(st.tuples(named_ids, named_ids, st.sampled_from(CREDITS)), max_size=4), histories)
def test_whatever_is_carried_over_no_history_adds_up_to_less(
    first: list[JointEvent], carried: list[tuple[str, str, str]], then: list[JointEvent]
) -> None:
    said = Migrated(
        at=evening(0),
        name="tea/cups",
        carried=[Carried(old=old, new=new, credit=credit) for old, new, credit in carried],
    )
    plain = Progress.from_events(first)
    after = plain.after(said)
    assert (after.deeds, after.counts, after.days) == (plain.deeds, plain.counts, plain.days)
    more = after.after(*then)
    assert all(more.counts[label] >= count for label, count in after.counts.items())
    assert more.deeds == plain.after(*then).deeds


def test_an_operation_has_as_many_ids_as_it_takes() -> None:
    for fields in (
        {"op": "rename", "old": ["tea/a", "tea/b"], "new": ["tea/c"]},
        {"op": "merge", "old": ["tea/a"], "new": ["tea/c"]},
        {"op": "split", "old": ["tea/a"], "new": ["tea/c"]},
        {"op": "retire", "old": ["tea/a"], "new": ["tea/c"]},
    ):
        with pytest.raises(InvalidValueError, match="as many ids as to"):
            Operation(**fields)


# In a space


def test_a_space_says_each_migration_once_and_gives_the_report() -> None:
    store = MemoryStore()
    before = Space(store, "us", Catalog([pack("tea", [MUG])]))
    before.open(["ada", "ben"], at=evening(0))
    before.offer("ada", ["tea/mug"], at=evening(0))
    space = Space(store, "us", RENAMED)
    assert space.catch_up(at=LATER).applied == ("tea/cups",)
    assert space.catch_up(at=LATER) == UpdateReport(aliased=(("tea/mug", "tea/cup"),))
    assert [event.event for event in store.events("us")] == ["space_opened", "offered", "migrated"]


class _Contested(MemoryStore):
    """A store in which somebody else is faster, so many times."""

    times = 0

    def append(self, *arguments: Any, **named: Any) -> int:
        if self.times:
            self.times -= 1
            raise StoreConflictError("us", 1, 2)
        return super().append(*arguments, **named)


def test_a_space_says_it_again_where_somebody_else_was_faster() -> None:
    store = _Contested()
    space = Space(store, "us", RENAMED)
    space.open(["ada"], at=evening(0))
    store.times = 2
    assert space.catch_up(at=LATER).applied == ("tea/cups",)
    store.times = 1000
    with pytest.raises(StoreBusyError):
        Space(store, "them", RENAMED).catch_up(at=LATER)
