"""The catalog: a mapping of activities that knows their earlier names and what is not there."""

from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from intimacy_kit.content.activities import Prompt
from intimacy_kit.content.gates import AnyOf, Done, Resolved
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.errors import InvalidPackError, UnknownActivityError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import ReadPack
from intimacy_kit.loading.installed import Found
from intimacy_kit.problems import Problem, Where

HM = Text("Hm?")


def prompt(name: str, **more: Any) -> Prompt:
    return Prompt(**{"id": name, "skills": ["trust"], "depth": 1, "minutes": 5, "text": HM, **more})


def pack(name: str, *slugs: str, **more: Any) -> Pack:
    fields = {"title": HM, "version": "1.0", "authors": ["Ada"], "about": HM}
    return Pack(**{"name": name, **fields, "activities": [prompt(f"{name}/{slug}") for slug in slugs], **more})


ZEBRA, APE = pack("zebra", "stripes", "grass"), pack("ape", "tree", "banana")
CATALOG = Catalog([ZEBRA, APE])


def test_ids_come_pack_by_pack_in_order_of_name_and_as_the_pack_has_them() -> None:
    assert list(CATALOG) == ["ape/tree", "ape/banana", "zebra/stripes", "zebra/grass"]
    assert [pack.name for pack in CATALOG.packs] == ["ape", "zebra"]


def test_a_catalog_is_a_mapping() -> None:
    tree = APE.activities[0]
    assert (len(CATALOG), CATALOG["ape/tree"], CATALOG.get("ape/tree")) == (4, tree, tree)
    assert next(iter(CATALOG.items())) == ("ape/tree", tree)
    assert dict(CATALOG) == {activity.id: activity for activity in CATALOG.values()}
    assert Catalog([APE, ZEBRA]) == CATALOG
    assert Catalog() == {}


@pytest.mark.parametrize("nothing", ["ape/rock", "tree", "", 5, None, ("ape", "tree")], ids=repr)
def test_what_is_not_there_is_not_in_it(nothing: Any) -> None:
    assert nothing not in CATALOG
    assert CATALOG.get(nothing) is None
    assert CATALOG.get(nothing, "none") == "none"


def test_an_unknown_id_is_a_key_error_that_names_the_nearest() -> None:
    with pytest.raises(KeyError) as unknown:
        CATALOG["ape/treee"]
    assert isinstance(unknown.value, UnknownActivityError)
    assert (unknown.value.activity_id, unknown.value.similar) == ("ape/treee", "ape/tree")
    assert str(unknown.value) == "no activity 'ape/treee'; did you mean 'ape/tree'?"
    assert unknown.value.__suppress_context__


@pytest.mark.parametrize(
    ("asked", "similar"),
    [
        ("ap/tree", "ape/tree"),
        ("tree", "ape/tree"),
        ("zebra/stripe", "zebra/stripes"),
        ("zebra/grass2", "zebra/grass"),
        ("elk/grass", "zebra/grass"),
        ("ape/xyzzy", ""),
        ("", ""),
    ],
)
def test_the_nearest_id_has_a_near_slug_if_possible_in_the_same_pack(asked: str, similar: str) -> None:
    catalog = Catalog([pack("ape", "tree", "grass"), ZEBRA])
    with pytest.raises(UnknownActivityError) as unknown:
        catalog[asked]
    assert unknown.value.similar == similar


def test_an_unknown_id_that_is_near_to_nothing_says_where_to_look() -> None:
    with pytest.raises(
        UnknownActivityError, match=r"^no activity '!'; 'intimacy-kit packs NAME' lists what a pack has$"
    ):
        CATALOG["!"]


def test_an_earlier_name_finds_the_activity_of_today() -> None:
    renamed = prompt("ape/tree", aliases=["ape/plant", "ape/bush"])
    catalog = Catalog([pack("ape", activities=[renamed])])
    assert catalog["ape/bush"] is catalog["ape/plant"] is catalog.get("ape/bush") is renamed
    assert "ape/plant" in catalog
    assert (list(catalog), len(catalog)) == (["ape/tree"], 1)
    assert [catalog.id_now(name) for name in ("ape/plant", "ape/tree", "ape/rock")] == [
        "ape/tree",
        "ape/tree",
        "ape/rock",
    ]


def test_it_holds_the_journeys_of_all_packs_by_id() -> None:
    steps = Journey(id="ape/steps", title=HM, about=HM, stages=[Stage(id="first", title=HM, offers=["ape/tree"])])
    catalog = Catalog([ZEBRA, pack("ape", "tree", journeys=[steps])])
    assert dict(catalog.journeys) == {"ape/steps": steps}
    with pytest.raises(TypeError):
        catalog.journeys["ape/other"] = steps  # type: ignore[index]


def test_it_knows_which_packs_it_has() -> None:
    assert (CATALOG.has_pack("ape"), CATALOG.has_pack("ap")) == (True, False)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CATALOG.packs = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        CATALOG["ape/rock"] = prompt("ape/rock")  # type: ignore[index]


def test_its_repr_shows_no_look_ups() -> None:
    assert repr(Catalog()) == "Catalog(packs=(), problems=(), refused=frozenset())"


def test_what_was_found_becomes_a_catalog_with_problems_for_the_rest() -> None:
    problem = Problem(Where("pack-ape 1.0"), "K304", "there is no pack.json in its package")
    nameless = Problem(Where("pack-x 1.0"), "K302", "its entry points cannot be read")
    found = [
        Found("pack-zebra 1.0", "zebra", ReadPack(ZEBRA)),
        Found("pack-ape 1.0", "ape", ReadPack(None, (problem,))),
        Found("pack-x 1.0", "", ReadPack(None, (nameless,))),
    ]
    catalog = Catalog.of_found(found)
    assert (catalog.packs, catalog.problems, catalog.refused) == ((ZEBRA,), (problem, nameless), {"ape", "pack-x 1.0"})


def test_nothing_found_is_an_empty_catalog() -> None:
    assert len(Catalog.of_found([], strict=True)) == 0


def test_a_name_that_a_present_pack_does_not_have_is_a_problem_and_the_pack_plays_on() -> None:
    tea = pack("tea", "cup", "pot")
    cake = Pack(
        name="cake",
        title=Text("Cake"),
        version="1.0",
        authors=["Ada"],
        about=Text("With tea."),
        activities=[
            prompt("cake/one", requires=Resolved("tea/cup"), links=["jam/red", "cake/one-more"]),
            prompt("cake/two", requires=AnyOf([Resolved("tea/kettle"), Done("jam/red")]), links=["tea/mug"]),
        ],
        journeys=[
            Journey(
                id="cake/way",
                title=Text("Way"),
                about=Text("On."),
                stages=[Stage(id="s", title=Text("S"), offers=["tea/milk"])],
            )
        ],
    )
    found = [
        Found("intimacy-pack-tea 1.0", "tea", ReadPack(tea)),
        Found("intimacy-pack-cake 1.0", "cake", ReadPack(cake)),
    ]
    catalog = Catalog.of_found(found)
    assert [(problem.where.file, problem.code, problem.message) for problem in catalog.problems] == [
        ("intimacy-pack-cake 1.0", "K212", "'two' names 'tea/kettle', which that pack does not have"),
        ("intimacy-pack-cake 1.0", "K212", "'two' names 'tea/mug', which that pack does not have"),
        ("intimacy-pack-cake 1.0", "K212", "'way' names 'tea/milk', which that pack does not have"),
    ]
    assert "cake/two" in catalog
    assert catalog.refused == frozenset()
    with pytest.raises(InvalidPackError, match="pack 'cake' cannot be used"):
        Catalog.of_found(found, strict=True)
