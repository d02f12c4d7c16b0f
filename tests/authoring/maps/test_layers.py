"""Which layer everything stands in."""

import pytest
from little_packs import activity, catalog, journey

from intimacy_kit.authoring.maps.layers import layers_of
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved

CUP, POT, TRAY = (activity(slug, requires=gate) for slug, gate in (
    ("cup", None), ("pot", Resolved("tea/cup")), ("tray", Elapsed(3, "tea/pot"))
))  # fmt: skip


@pytest.mark.parametrize(
    ("gate", "layer"),
    [
        (None, 0),
        (Resolved("tea/tray"), 3),
        (Elapsed(2, "tea/pot"), 2),
        (Done("tea/cup"), 1),
        (Resolved("tea/gone"), 0),
        (Resolved("cocoa/gone"), 0),
        (Resolved("tea/bag"), 0),
        (Resolved("tea/urn"), 0),
        (Resolved("tea/old-pot"), 2),
        (DistinctDays(9), 1),
        (Count("depth", 1, 1), 1),
        (Count("depth", 1, 2), 2),
        (Count("skill", "listening", 3), 3),
        (Count("kind", "prompt", 3), 3),
        (Count("topic", "home", 1), 1),
        (Count("journey", "tea/way", 2), 2),
        (Count("journey", "cocoa/way", 2), 0),
        (AllOf([Resolved("tea/cup"), Resolved("tea/tray")]), 3),
        (AnyOf([Resolved("tea/cup"), Resolved("tea/tray")]), 1),
        (AtLeast(2, [Resolved("tea/cup"), Resolved("tea/tray"), Resolved("tea/pot")]), 2),
    ],
)
def test_a_layer_counts_what_comes_before_on_the_shortest_way(gate: Gate | None, layer: int) -> None:
    bag, urn = activity("bag", retired=True), activity("urn", depth=2, topics=["juggling"])
    pot = activity("pot", requires=Resolved("tea/cup"), aliases=["tea/old-pot"])
    cup = activity("cup", topics=["home"])
    there = catalog(
        cup, pot, TRAY, bag, urn, activity("last", requires=gate), journeys=[journey("way", ["cup", "old-pot"])]
    )
    layers = layers_of(there)
    assert layers.of["tea/last"] == layer
    assert layers.depth == max(3, layer + 1)
    assert {"tea/bag", "tea/urn"}.isdisjoint(layers.of.keys() | layers.stuck)


@pytest.mark.parametrize("gate", [Done("tea/bag"), Done("cocoa/gone"), Count("depth", 4, 1), Resolved("tea/last")])
def test_what_waits_for_what_never_comes_is_stuck(gate: Gate) -> None:
    layers = layers_of(catalog(CUP, activity("bag", retired=True), activity("last", requires=gate)))
    assert (layers.stuck, layers.depth) == ({"tea/last"}, 1)
    assert layers.circling == ({"tea/last"} if gate == Resolved("tea/last") else set())


def test_only_those_in_a_circle_wait_in_a_circle() -> None:
    ring = [activity(slug, requires=Resolved(f"tea/{other}")) for slug, other in ("ab", "bc", "ca", "da")]
    counting = activity("e", requires=AllOf([Count("journey", "tea/way", 1), Done("tea/d"), Count("depth", 4, 9)]))
    layers = layers_of(catalog(*ring, counting, journeys=[journey("way", ["e"])]))
    assert layers.stuck == {f"tea/{slug}" for slug in "abcde"}
    assert layers.circling == {f"tea/{slug}" for slug in "abc"}


def test_an_empty_catalog_has_no_layers() -> None:
    assert layers_of(catalog()).depth == 0
