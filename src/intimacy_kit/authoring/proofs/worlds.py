"""No gate is always true (K510), and none has a part that changes nothing (K511): all worlds at once.

A world says of each atom whether it holds. Consistent are those in which what was done is resolved, what happened so
many days ago is resolved and happened fewer days ago as well, and who did three did two. Each atom is a number with
one bit a world, so that a gate is judged in all worlds with a few operations on whole numbers.

(Never true, K509, is nothing that this vocabulary can say, except by asking for more parts than there are: K503.)
"""

from collections.abc import Iterator
from functools import cache

from intimacy_kit.authoring.proofs.asking import parts_of
from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved

__all__ = ["idle"]

_MOST_ATOMS = 12
_LONGEST = 80

#: What an atom says: what it asks, about what, and how much.
_Atom = tuple[str, object, int]


def idle(system: System) -> Iterator[Finding]:
    """Say which gates, and which parts of gates, might as well not be there."""
    words = Words(system)
    judged = cache(lambda gate: _judged(gate, system))
    found: list[tuple[tuple[str, str, str], int]] = []
    for number, activity in enumerate(system.activities):
        if activity.requires is not None and system.kin[number] is not None:
            found += ((cause, number) for cause in [judged(activity.requires)] if cause)
    for (code, pointer, what), numbers in grouped(found):
        about = [(system.activities[n].id, system.where(n, pointer)) for n in numbers]
        if code == "K510":
            said = f"{words.those(numbers, 'asks', 'ask')} for nothing that is not always so{words.also(numbers)}"
            yield Finding(code, about, said, "take out 'requires', or name something that is not retired")
        else:
            said = f"{words.those(numbers, 'asks', 'ask')} for {what}, which changes nothing{words.also(numbers)}"
            yield Finding(code, about, said, "take it out; the rest of the gate says it, or it is always so")


def _judged(gate: Gate, system: System) -> tuple[str, str, str] | None:
    """Return code, pointer and words for what is idle in a gate; None where all of it matters."""
    parts = dict(parts_of(gate))
    if any(isinstance(part, AtLeast) and part.n > len(part.of) for part in parts.values()):
        return None
    atoms = dict.fromkeys(atom for part in parts.values() for atom in [_atom(part, system)] if atom)
    if len(atoms) > _MOST_ATOMS:
        return None
    worlds = _Worlds(tuple(atoms), system)
    truth = worlds.truth(gate)
    if truth == worlds.all:
        return "K510", "/requires", ""
    for pointer, part in list(parts.items())[1:]:
        if worlds.truth(gate, without=pointer) == truth:
            return "K511", pointer, _said(part)
    return None


def _atom(gate: Gate, system: System) -> _Atom | None:
    """Return what an atom asks, the same for two names of one activity; None for a gate that joins others."""
    match gate:
        case Resolved(name):
            return "resolved", system.numbers.get(name, name), 0
        case Done(name):
            return "done", system.numbers.get(name, name), 0
        case Elapsed(days, name):
            return "elapsed", system.numbers.get(name, name), days
        case Count(by, value, n):
            return "count", (by, value), n
        case DistinctDays(n):
            return "days", "", n
        case _:
            return None


def _implies(one: _Atom, other: _Atom) -> bool:
    """Tell whether an atom holds in every world in which the first one does."""
    (what, about, much), (then, same, less) = one, other
    if about != same:
        return False
    return (then == "resolved" and what in {"done", "elapsed"}) or (then == what and less < much)


class _Worlds:
    """All consistent worlds of some atoms, one bit each."""

    def __init__(self, atoms: tuple[_Atom, ...], system: System) -> None:
        self.system = system
        size = 1 << len(atoms)
        every = (1 << size) - 1
        # Of two to the power of k worlds, the column of the atom j is 2^j worlds in which it does not hold, then as
        # many in which it does, and so on.
        columns = {atom: every // ((1 << (1 << place)) + 1) << (1 << place) for place, atom in enumerate(atoms)}
        #: The worlds that can be.
        self.all = every
        for one, truth in columns.items():
            for other in atoms:
                if _implies(one, other):
                    self.all &= ~truth | columns[other]
            if self._always(one):
                self.all &= truth
        self.columns = {atom: truth & self.all for atom, truth in columns.items()}

    def _always(self, atom: _Atom) -> bool:
        """Tell whether an atom always holds: what is retired is out of reach."""
        what, about, _ = atom
        return what in {"resolved", "elapsed"} and isinstance(about, int) and self.system.activities[about].retired

    def truth(self, gate: Gate, without: str = "", pointer: str = "/requires") -> int:
        """Return the worlds in which a gate holds, without the part at a pointer.

        Without its only part, a list of which all must hold asks for nothing; other lists never hold then.
        """
        match gate:
            case AllOf(of):
                truth = self.all
                for part in self._parts(of, without, f"{pointer}/all"):
                    truth &= part
                return truth
            case AnyOf(of):
                return self._at_least(1, self._parts(of, without, f"{pointer}/any"))
            case AtLeast(n, of):
                return self._at_least(n, self._parts(of, without, f"{pointer}/at_least/of"))
            case _:
                return self.columns[_atom(gate, self.system)]  # type: ignore[index]  # the rest are atoms

    def _parts(self, of: tuple[Gate, ...], without: str, pointer: str) -> list[int]:
        places = [(f"{pointer}/{place}", part) for place, part in enumerate(of)]
        return [self.truth(part, without, at) for at, part in places if at != without]

    def _at_least(self, n: int, parts: list[int]) -> int:
        """Return the worlds in which at least so many parts hold."""
        so_many = [self.all, *(0 for _ in range(n))]
        for part in parts:
            for count in range(n, 0, -1):
                so_many[count] |= so_many[count - 1] & part
        return so_many[n]


def _said(gate: Gate) -> str:
    """Return a gate as its writer wrote it, or the beginning of it.

    >>> _said(AnyOf([Resolved("tea/a"), Count("depth", 1, 2), Done("tea/b")]))
    '{any: [{resolved: a}, {count: {depth: 1, n: 2}}, {done: b}]}'
    """
    written = _written(gate)
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}..."


def _written(gate: Gate) -> str:
    match gate:
        case Resolved(name):
            return f"{{resolved: {_slug(name)}}}"
        case Done(name):
            return f"{{done: {_slug(name)}}}"
        case Elapsed(days, name):
            return f"{{elapsed: {{days: {days}, since: {_slug(name)}}}}}"
        case Count(by, value, n):
            return f"{{count: {{{by}: {_slug(str(value))}, n: {n}}}}}"
        case DistinctDays(n):
            return f"{{distinct_days: {n}}}"
        case AllOf(of):
            return f"{{all: [{', '.join(map(_written, of))}]}}"
        case AnyOf(of):
            return f"{{any: [{', '.join(map(_written, of))}]}}"
    return f"{{at_least: {{n: {gate.n}, of: [{', '.join(map(_written, gate.of))}]}}}}"


def _slug(name: str) -> str:
    return name.rpartition("/")[2]
