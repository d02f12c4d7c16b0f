"""Gates as a graph: every part is a node that holds when so many of its children do; what is the same is there once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

__all__ = ["ANYTHING", "IMPOSSIBLE", "TRUE", "Atom", "Countdown", "Label", "Rules"]

#: What an activity counts towards: ("skill", "listening"), ("depth", 1), ("journey", "tea/way"), ...
Label = tuple[str, str | int]

#: The label that everything has: days go by as soon as there is one thing to do.
ANYTHING: Label = ("anything", "")

#: The node that always holds.
TRUE = 0


class Atom(NamedTuple):
    """One thing that a gate asks; what anybody who is permitted everything may still be asked for."""

    what: Literal["resolved", "done", "elapsed", "count", "days", "never"]
    #: The number of the activity that it names.
    number: int = -1
    #: What it counts.
    label: Label = ANYTHING
    #: How many of that, or how many days.
    n: int = 0
    #: The id of what can never be done.
    name: str = ""


#: What stands for asking for more parts than there are.
IMPOSSIBLE = Atom("never")


class Rules:
    """The nodes of all gates of a system, by number; children come before their parents."""

    def __init__(self) -> None:
        #: How many children have to hold; 1 for an atom.
        self.need: list[int] = [1]
        self.children: list[tuple[int, ...]] = [()]
        #: The nodes that a node is a child of, as often as it is.
        self.parents: list[list[int]] = [[]]
        #: The atom that a node is; None for a part that joins others.
        self.atoms: list[Atom | None] = [None]
        self._numbers: dict[object, int] = {}

    def leaf(self, atom: Atom) -> int:
        """Return the node of an atom."""
        return self._number(atom, 1, (), atom)

    def joined(self, need: int, children: Iterable[int]) -> int:
        """Return the node that holds when so many of some nodes do."""
        parts = tuple(sorted(children))
        if len(parts) == need == 1:
            return parts[0]
        return self._number((need, parts), need, parts, None)

    def _number(self, key: object, need: int, children: tuple[int, ...], atom: Atom | None) -> int:
        if key not in self._numbers:
            number = self._numbers[key] = len(self.need)
            self.need.append(need)
            self.children.append(children)
            self.parents.append([])
            self.atoms.append(atom)
            for child in children:
                self.parents[child].append(number)
        return self._numbers[key]

    def atoms_of(self, node: int) -> tuple[Atom, ...]:
        """Return the atoms of a gate."""
        atom = self.atoms[node]
        return (atom,) if atom is not None else tuple(a for child in self.children[node] for a in self.atoms_of(child))

    def holds(self, node: int, holds: Callable[[Atom], bool]) -> bool:
        """Tell whether a gate holds, where this is how to tell it of an atom."""
        atom = self.atoms[node]
        if atom is not None:
            return holds(atom)
        return node == TRUE or sum(self.holds(child, holds) for child in self.children[node]) >= self.need[node]

    def missing(self, node: int, holds: Callable[[Atom], bool]) -> tuple[Atom, ...]:
        """Return the fewest atoms that would have to hold besides for a gate to hold; of equally few the first.

        Where more parts are asked for than there are, nothing helps: that is IMPOSSIBLE.
        """
        atom = self.atoms[node]
        if atom is not None:
            return () if holds(atom) else (atom,)
        if self.need[node] > len(self.children[node]) and node != TRUE:
            return (IMPOSSIBLE,)
        lacking = [self.missing(child, holds) for child in self.children[node]]
        lacking.sort(key=lambda atoms: (IMPOSSIBLE in atoms, len(atoms)))
        return tuple(dict.fromkeys(atom for atoms in lacking[: self.need[node]] for atom in atoms))


class Countdown:
    """What each node still needs; nothing is looked at twice (Dowling and Gallier 1984)."""

    def __init__(self, need: Sequence[int], parents: Sequence[Sequence[int]], opens: Sequence[Sequence[int]]) -> None:
        self._left = list(need)
        self._parents = parents
        #: The groups that open when a node holds.
        self._opens = opens

    def hold(self, atoms: Iterable[int]) -> list[int]:
        """Let some atoms hold; return the groups that open by that."""
        left = self._left
        opened: list[int] = []
        todo = list(atoms)
        while todo:
            node = todo.pop()
            left[node] -= 1
            if not left[node]:
                todo += self._parents[node]
                opened += self._opens[node]
        return opened
