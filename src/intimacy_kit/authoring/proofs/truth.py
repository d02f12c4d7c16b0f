"""Gates judged in all worlds at once.

A world says of each atom whether it holds. Consistent are those in which what was done is resolved, what happened so
many days ago is resolved and happened fewer days ago as well, and who did three did two. Each atom is a number with
one bit a world, so that a gate is judged in all worlds with a few operations on whole numbers.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from intimacy_kit.authoring.proofs.asking import parts_of
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved

__all__ = ["Atom", "Worlds", "atom_of", "atoms_of", "written"]

#: What an atom says: what it asks, about what, and how much.
Atom = tuple[str, object, int]


def atom_of(gate: Gate, names: Mapping[str, int]) -> Atom | None:
    """Return what an atom asks, the same for two names of one activity; None for a gate that joins others."""
    match gate:
        case Resolved(name):
            return "resolved", names.get(name, name), 0
        case Done(name):
            return "done", names.get(name, name), 0
        case Elapsed(days, name):
            return "elapsed", names.get(name, name), days
        case Count(by, value, n):
            return "count", (by, value), n
        case DistinctDays(n):
            return "days", "", n
        case _:
            return None


def atoms_of(gate: Gate | None, names: Mapping[str, int]) -> Iterator[tuple[Atom, Gate]]:
    """Give what a gate asks in the end, and the part of it that asks it."""
    for _, part in parts_of(gate):
        if atom := atom_of(part, names):
            yield atom, part


def _implies(one: Atom, other: Atom) -> bool:
    """Tell whether an atom holds in every world in which the first one does."""
    (what, about, much), (then, same, less) = one, other
    if about != same:
        return False
    return (then == "resolved" and what in {"done", "elapsed"}) or (then == what and less < much)


class Worlds:
    """All consistent worlds of some atoms, one bit each."""

    def __init__(
        self, atoms: tuple[Atom, ...], names: Mapping[str, int], retired: AbstractSet[int] = frozenset()
    ) -> None:
        self.names = names
        self.retired = retired
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

    def _always(self, atom: Atom) -> bool:
        """Tell whether an atom always holds: what is retired is out of reach."""
        what, about, _ = atom
        return what in {"resolved", "elapsed"} and about in self.retired

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
                return self.columns[atom_of(gate, self.names)]  # type: ignore[index]  # the rest are atoms

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


def written(gate: Gate) -> str:
    """Return a gate as its writer wrote it.

    >>> written(AnyOf([Resolved("tea/a"), Count("depth", 1, 2), Done("tea/b")]))
    '{any: [{resolved: a}, {count: {depth: 1, n: 2}}, {done: b}]}'
    """
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
            return f"{{all: [{', '.join(map(written, of))}]}}"
        case AnyOf(of):
            return f"{{any: [{', '.join(map(written, of))}]}}"
    return f"{{at_least: {{n: {gate.n}, of: [{', '.join(map(written, gate.of))}]}}}}"


def _slug(name: str) -> str:
    return name.rpartition("/")[2]
