"""What waits in a circle: for each knot of things that wait for each other, one shortest circle."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["shortest_cycles"]

#: So many steps are taken to find a shorter circle in one knot; then the shortest that was found is told.
_STEPS = 2_000_000


def shortest_cycles(waits: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """Return one shortest circle of each strongly connected part, each from its first member on.

    *waits* gives what each waits for; first is what stands first in it.

    >>> shortest_cycles({1: [2], 2: [3, 1], 3: [1], 4: [4], 5: [4]})
    [(1, 2), (4,)]
    """
    order = {node: place for place, node in enumerate(waits)}
    circles = (_shortest(sorted(knot, key=order.__getitem__), waits, order) for knot in _knots(waits))
    return sorted((circle for circle in circles if circle), key=lambda circle: order[circle[0]])


def _shortest(knot: list[int], waits: Mapping[int, Sequence[int]], order: Mapping[int, int]) -> tuple[int, ...]:
    """Return the shortest circle in a knot, of several the first; nothing where it is a single thing in no circle."""
    shortest: tuple[int, ...] = ()
    steps = _STEPS
    members = set(knot)
    for first in knot:
        before: dict[int, int] = {}
        todo = deque([(first, 1)])
        while todo and steps:
            node, length = todo.popleft()
            if shortest and length >= len(shortest):
                break
            steps -= 1
            for other in waits[node]:
                if other == first:
                    shortest = _way(node, first, before)
                    todo.clear()
                    break
                if other in members and other not in before and order[other] > order[first]:
                    before[other] = node
                    todo.append((other, length + 1))
    return shortest


def _way(node: int, first: int, before: Mapping[int, int]) -> tuple[int, ...]:
    way = [node]
    while way[-1] != first:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _knots(waits: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """Give the strongly connected parts (Sharir 1981): gathered backwards, from what was left last."""
    backwards: dict[int, list[int]] = {node: [] for node in waits}
    for node, others in waits.items():
        for other in others:
            backwards[other].append(node)
    gathered: set[int] = set()
    for last in reversed(_left_in_order(waits)):
        knot = [] if last in gathered else [last]
        gathered.update(knot)
        for node in knot:
            more = [other for other in backwards[node] if other not in gathered]
            gathered.update(more)
            knot += more
        if knot:
            yield knot


def _left_in_order(waits: Mapping[int, Sequence[int]]) -> list[int]:
    """Return everything in the order in which a walk in depth leaves it."""
    left: list[int] = []
    met: set[int] = set()
    for root in waits:
        way = [(root, iter(waits[root]))] if root not in met else []
        met.add(root)
        while way:
            node, others = way[-1]
            further = next((other for other in others if other not in met), None)
            if further is None:
                left.append(node)
                way.pop()
            else:
                met.add(further)
                way.append((further, iter(waits[further])))
    return left
