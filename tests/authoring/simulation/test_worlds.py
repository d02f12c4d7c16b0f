"""What is installed at different times, and what an update does to a pack."""

from hypothesis import given
from little_packs import activity, catalogs, pack, patient

from intimacy_kit.authoring.simulation.worlds import Numbering, companion, updated
from intimacy_kit.content.gates import AllOf, Count, DistinctDays, Done
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.references import check_across

LONG = "-".join(["cup"] * 16)


def test_an_activity_keeps_its_number_under_another_name() -> None:
    numbering = Numbering()
    before = numbering.world([pack("tea", [activity("cup"), activity("pot")])])
    after = numbering.world([pack("tea", [activity("mug", aliases=["tea/cup"]), activity("jug")])])
    assert before.numbers == {"tea/cup": 0, "tea/pot": 1}
    assert after.numbers == {"tea/mug": 0, "tea/jug": 2}
    assert numbering.names == ["tea/cup", "tea/pot", "tea/jug"]
    assert after.there[0].id == "tea/mug"


def test_an_update_renames_tightens_retires_and_adds() -> None:
    count = Count("depth", 1, 1)
    before = pack("tea", [activity(f"cup-{n}", requires=count if n == 4 else None) for n in range(9)])
    after = Catalog([updated(before)])
    assert after["tea/cup-0"].id == "tea/cup-0-renamed"
    assert after["tea/cup-7"].id == "tea/cup-7-renamed"
    assert [one.slug for one in after.values() if one.retired] == ["cup-1"]
    assert after["tea/cup-1"].requires == DistinctDays(50)
    assert after["tea/cup-4"].requires == AllOf([count, DistinctDays(50)])
    assert after["tea/cup-5"] == before.activities[5]
    assert [name for name in after if name.endswith("new")] == ["tea/cup-0-new", "tea/cup-1-new", "tea/cup-2-new"]


def test_an_update_leaves_alone_what_others_need_done() -> None:
    first = activity("first", purpose="orientation")
    read = activity("read", purpose="orientation")
    deep = activity("deep", depth=2, requires=Done("tea/read"))
    after = Catalog([updated(pack("tea", [first, read, deep]))])
    assert after["tea/read"] == read
    assert after["tea/deep"].retired


def test_an_update_of_a_pack_in_which_all_is_needed_retires_nothing() -> None:
    assert not any(one.retired for one in updated(pack("tea", [activity("cup")])).activities)


def test_a_new_name_is_one_that_none_has_or_had() -> None:
    there = [activity(LONG), activity("pot"), activity(f"{LONG}-new".replace("-cup-cup-cup-cup-new", "-new"))]
    names = [one.id for one in updated(pack("tea", there)).activities]
    assert len(names) == len(set(names))
    twice = [activity(f"{LONG[:50]}-{n}") for n in range(8)]
    names = [one.id for one in updated(pack("tea", twice)).activities]
    assert len(names) == len(set(names))


@patient
@given(catalogs())
def test_an_updated_pack_is_a_pack_that_still_knows_every_old_name(there: Catalog) -> None:
    after = Catalog(map(updated, there.packs))
    assert all(name in after for name in there)
    assert len(after) >= len(there)
    assert len(check_across(after.packs)) <= len(check_across(there.packs))


def test_the_companion_is_light_fits_one_alone_and_has_a_name_of_its_own() -> None:
    one = companion([pack("tea", [])])
    other = companion([one])
    assert (one.name, other.name) == ("companion-0", "companion-1")
    assert {(each.depth, each.topics, each.works_alone) for each in one.activities} == {(1, frozenset(), True)}
