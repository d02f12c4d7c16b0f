"""Proofs: beside a loop that calls nothing, beside everybody one after the other, and beside themselves, smaller."""

from collections.abc import Callable, Iterator
from functools import partial

from attrs import evolve

from benchmarks.brute_force import coerced
from benchmarks.corpora import pack_of
from benchmarks.measuring import Effort, Row, Times, side_by_side
from intimacy_kit.authoring.proofs import prove
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Gate
from intimacy_kit.content.packs import Pack

__all__ = ["look_at_gates", "rows"]

_PROVE, _FLOOR, _BRUTE, _SMALL, _BIG = "prove", "a loop that calls nothing", "everybody in turn", "small", "big"
_COERCIVE = "K504"
_FEW = 30
#: The share of gates that are thrown together, in a pack that is nearly finished, and in one that is not.
_MISTAKES, _ROUGH = 0.05, 0.5
#: The names of the limits in seconds, by size; smaller ones have none, since what is done once weighs more there.
_SECONDS = {1_000: "proofs-1000", 10_000: "proofs-10000"}


def rows(effort: Effort) -> Iterator[Row]:
    """Measure sound packs and a rough one, their growth, and how that of brute force looks."""
    sizes = (100, 1_000) if effort.quick else (1_000, 10_000)
    for size in sizes:
        pack = pack_of(size)
        times = side_by_side({_PROVE: partial(prove, [pack]), _FLOOR: look_at_gates(pack)}, effort)
        work = f"proofs of {size:,}"
        ours, theirs = times.words(_PROVE), times.words(_FLOOR)
        limit = "proofs-floor" if size in _SECONDS else ""
        yield Row(work, _FLOOR, ours, theirs, times.ratio(_PROVE, _FLOOR), limit=limit)
        yield _on_the_clock(work, times, _SECONDS.get(size, ""))
    for size in sizes:
        times = side_by_side({_PROVE: partial(prove, [pack_of(size, mistakes=_MISTAKES)])}, effort)
        yield _on_the_clock(f"proofs of {size:,} with mistakes", times, _SECONDS.get(size, ""))
    yield _growth(100, sizes[-1], effort)
    for topics in (4,) if effort.quick else (4, 7):
        yield _beside_brute_force(topics, effort)
    yield evolve(_beside_brute_force(6 if effort.quick else 10, effort), limit="proofs-brute-force")


def _on_the_clock(work: str, times: Times, limit: str) -> Row:
    return Row(work, "the clock", times.words(_PROVE), "", times.each(_PROVE, float), "s", limit)


def look_at_gates(pack: Pack) -> Callable[[], None]:
    """Return a loop that looks at each part of each gate once for each class of people, and calls nothing.

    People of one class allow just the depth and the topics of some activity: whoever proves something for all of them
    without anything shared does at least that.
    """
    people = range(len({(one.depth, one.topics) for one in pack.activities}))
    gates = [tuple(_parts(one.requires)) for one in pack.activities if one.requires]

    def loop() -> None:
        for _ in people:
            for gate in gates:
                for _ in gate:
                    pass

    return loop


def _parts(gate: Gate) -> Iterator[Gate]:
    yield gate
    for part in gate.of if isinstance(gate, AllOf | AnyOf | AtLeast) else ():
        yield from _parts(part)


def _growth(small: int, big: int, effort: Effort) -> Row:
    ways = {name: partial(prove, [pack_of(size)]) for name, size in ((_SMALL, small), (_BIG, big))}
    times = side_by_side(ways, effort)
    ours, theirs = times.words(_BIG), times.words(_SMALL)
    return Row(f"proofs of {big:,}", f"of {small:,}", ours, theirs, times.ratio(_BIG, _SMALL), limit="proofs-growth")


def _beside_brute_force(topics: int, effort: Effort) -> Row:
    pack = pack_of(_FEW, mistakes=_ROUGH, topics=topics)
    assert prove([pack]).found(_COERCIVE) == coerced(pack), "proofs and brute force disagree"
    times = side_by_side({_PROVE: partial(prove, [pack]), _BRUTE: partial(coerced, pack)}, effort)
    work, ours, theirs = f"proofs of {_FEW} that touch {topics} topics", times.words(_PROVE), times.words(_BRUTE)
    return Row(work, f"{_BRUTE}, {4 * 2**topics:,}", ours, theirs, times.ratio(_BRUTE, _PROVE))
