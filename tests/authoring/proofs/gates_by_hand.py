"""Gates evaluated by structural recursion, whole or without a part, in any world that answers for the atoms."""

from collections.abc import Iterator
from typing import Protocol

from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, Done, Elapsed, Gate, Resolved

#: Where a part stands in a gate: its place, then its place in that, and so on.
Path = tuple[int, ...]


class World(Protocol):
    """What the atoms of gates ask about."""

    def resolved(self, name: str) -> bool: ...
    def done(self, name: str) -> bool: ...
    def elapsed(self, name: str, days: int) -> bool: ...
    def counted(self, count: Count) -> bool: ...
    def lived(self, days: int) -> bool: ...


def holds(gate: Gate | None, world: World) -> bool:
    """Tell whether a gate holds in a world."""
    match gate:
        case None:
            return True
        case AllOf(parts):
            return all(holds(part, world) for part in parts)
        case AnyOf(parts):
            return any(holds(part, world) for part in parts)
        case AtLeast(n, parts):
            return len([part for part in parts if holds(part, world)]) >= n
        case _:
            return _atom_holds(gate, world)


def _atom_holds(atom: Gate, world: World) -> bool:
    match atom:
        case Resolved(name):
            return world.resolved(name)
        case Done(name):
            return world.done(name)
        case Elapsed(days, name):
            return world.elapsed(name, days)
        case Count():
            return world.counted(atom)
        case _:
            return world.lived(atom.n)


def holds_without(gate: Gate, path: Path, world: World) -> bool:
    """Tell whether a gate holds in a world when the part at a path is left out."""
    held = []
    for place, part in enumerate(gate.of):
        if place != path[0]:
            held.append(holds(part, world))
        elif path[1:]:
            held.append(holds_without(part, path[1:], world))
    match gate:
        case AllOf():
            return all(held)
        case AnyOf():
            return any(held)
        case _:
            return len([one for one in held if one]) >= gate.n


def paths_in(gate: Gate) -> Iterator[Path]:
    """Give the path to each part inside a gate, outermost first."""
    if isinstance(gate, AllOf | AnyOf | AtLeast):
        yield from ((place,) for place in range(len(gate.of)))
        yield from ((place, *deeper) for place, part in enumerate(gate.of) for deeper in paths_in(part))


def parts_of(gate: Gate | None) -> Iterator[Gate]:
    """Give a gate and all that is inside it."""
    if gate is not None:
        yield gate
    if isinstance(gate, AllOf | AnyOf | AtLeast):
        for part in gate.of:
            yield from parts_of(part)


def names_in(gate: Gate | None) -> Iterator[str]:
    """Give the names of activities that a gate waits for."""
    for part in parts_of(gate):
        yield from waited_for(part)


def waited_for(part: Gate) -> tuple[str, ...]:
    """Return the name that an atom waits for, if it waits for one."""
    match part:
        case Resolved(name) | Done(name):
            return (name,)
        case Elapsed(_, name):
            return (name,)
        case _:
            return ()
