"""Laws that hold in every system whose gates have no negation, tried in every state of everybody."""

from collections.abc import Callable, Iterator, Mapping

from authoring.proofs.brute_force import Truth
from authoring.proofs.gates_by_hand import holds
from authoring.proofs.small_systems import Ids, Lived


def broken_laws(truth: Truth) -> Iterator[str]:
    """Say which law is broken: dead ends, gates that close, an order that matters."""
    for people in truth.system.kinds_of_people:
        opens = {acted: _open(truth, people, acted) for acted in truth.states(people)}
        for acted, openings in opens.items():
            said = f"for those who are permitted {sorted(people)}, after {sorted(acted)}"
            for name in openings - acted:
                if not openings <= opens.get(acted | {name}, frozenset()):
                    yield f"{said}, {name} closes something"
            for order in (min, max):
                if _end(opens, acted, order) != truth.reached(people):
                    yield f"{said}, something that was reachable is so no longer"


def _open(truth: Truth, people: Ids, acted: Ids) -> Ids:
    return frozenset(name for name in people if holds(truth.gate(name), Lived(truth.system, people, acted)))


def _end(opens: Mapping[Ids, Ids], acted: Ids, order: Callable[[Ids], str]) -> Ids:
    """Return what those have acted on in the end who always do what comes first in some order."""
    while more := opens[acted] - acted:
        acted |= {order(more)}
    return acted
