"""Looks for a difference in what somebody sees of two worlds that must look the same: pairs by the thousand."""

from collections import Counter
from collections.abc import Callable, Iterable
from random import Random

from privacy.observing import Seen, difference, probes_of, seen
from privacy.worlds import Pair, World, of_seed

from intimacy_kit.stores.spaces import Space

__all__ = ["PAIRS_A_SEED", "compare", "unlike"]

PAIRS_A_SEED = 10

#: What a wrapper makes of an observation of a world.
Leak = Callable[[Seen, World, str], Seen]


def compare(seeds: Iterable[int]) -> Counter[str]:
    """Return how many pairs there were and of which sort, and under their seed those that can be told apart."""
    found = Counter[str]()
    for seed in seeds:
        for pair, one, other in _observed(seed):
            telling = pair.differ_in("declined", "accepted", "sealed") and bool(one.view.open)
            found.update({"pairs": 1, "same": pair.same, "telling": telling, "asks": bool(one.view.asks)})
            found.update({f"of {len(pair.people)}": 1, "refused": "Error" in "".join(one.answers)})
            if told := difference(one, other):
                found[f"seed {seed}: {pair.b} can tell by {sorted(told)}"] += 1
    return found


def _observed(seed: int) -> Iterable[tuple[Pair, Seen, Seen]]:
    """Give the pairs of a seed, and what is seen of each; the first world is the same in all of them."""
    pairs = [*of_seed(seed, PAIRS_A_SEED)]
    probes = probes_of(pairs[0], Random(seed), 1)
    one = seen(pairs[0].one, pairs[0].b, probes)
    for pair in pairs:
        yield pair, one, seen(pair.other, pair.b, probes)


def unlike(pair: Pair, space: type[Space] = Space, tries: int = 4) -> set[str]:
    """Return by what somebody can tell the two worlds of a pair apart, of a space that may be a careless one."""
    probes = probes_of(pair, Random(0), tries)
    return difference(*(seen(world, pair.b, probes, space) for world in (pair.one, pair.other)))
