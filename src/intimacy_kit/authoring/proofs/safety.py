"""What is reachable whatever else is refused: one fixpoint for all profiles at once.

Whoever is permitted an activity is permitted everything that is no deeper and touches no other topic, and that may be
all. So an activity is safe when its gate holds with: resolved, what is safe or out of everybody's reach;
done and counted, what is safe *and* permitted to all who are permitted the activity. (Looking at each class alone
would not do: what is outside it would count as resolved, while those who allow both wait for each other's.)

By induction over the order in which activities become safe, everybody who is permitted one reaches it. The
converse does not hold; what is not safe is searched for a profile by :mod:`.searching`.
"""

from collections.abc import Iterable

from intimacy_kit.authoring.proofs.rules import ANYTHING, TRUE, Atom, Countdown, Label
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["safe_groups"]


def safe_groups(system: System, *, packs_apart: bool = False) -> list[bool]:
    """Tell of each group whether it is safe.

    With *packs_apart* it has to be, whichever other packs are missing.
    """
    return _Safety(system, packs_apart=packs_apart).spread()


class _Safety:
    """The nodes of all gates once more, one for each class where the class makes a difference."""

    def __init__(self, system: System, *, packs_apart: bool) -> None:
        self.system = system
        self.packs_apart = packs_apart
        #: How many children have to hold, the parents, and the groups that open; by node.
        self.need = list(system.rules.need)
        self.parents: list[list[int]] = [[] for _ in self.need]
        self.opens: list[list[int]] = [[] for _ in self.need]
        #: The number of what counts a label for a class, and what is asked of each, least first.
        self.counters: dict[tuple[int, Label], int] = {}
        self.asked: list[list[tuple[int, int]]] = []
        self._nodes: dict[tuple[int, int], int] = {}
        for place, group in enumerate(system.groups):
            self.opens[self._node(group.gate, group.kin)].append(place)
        for wanted in self.asked:
            wanted.sort()

    def _node(self, node: int, kin: int) -> int:
        """Return the node of a part of a gate, as it is for a class."""
        key = kin, node
        if key not in self._nodes:
            self._nodes[key] = self._made(node, kin)
        return self._nodes[key]

    def _made(self, node: int, kin: int) -> int:
        rules = self.system.rules
        atom = rules.atoms[node]
        if atom is None:
            parts = rules.children[node]
            return TRUE if node == TRUE else self._new(rules.need[node], [self._node(part, kin) for part in parts])
        if atom.what == "done" and not self._stays(atom.number, kin):
            return self._new(1)
        return self._counted(atom, kin) if atom.what in {"count", "days"} else node

    def _new(self, need: int, children: Iterable[int] = ()) -> int:
        number = len(self.need)
        self.need.append(need)
        self.parents.append([])
        self.opens.append([])
        for child in children:
            self.parents[child].append(number)
        return number

    def _counted(self, atom: Atom, kin: int) -> int:
        """Return the node that holds once a class has so many of a label."""
        counter = self.counters.setdefault((kin, atom.label), len(self.asked))
        self.asked += [[]] if counter == len(self.asked) else []
        node = self._new(1)
        self.asked[counter].append((atom.n if atom.what == "count" else 1, node))
        return node

    def _stays(self, number: int, kin: int) -> bool:
        """Tell whether all who are permitted a class are permitted an activity, and have it."""
        other, classes = self.system.kin[number], self.system.classes
        return other is not None and classes[kin].least.permits(classes[other].least) and self._has(kin, other)

    def _has(self, kin: int, other: int, label: Label = ANYTHING) -> bool:
        """Tell whether whoever has a class has another one: always, unless packs may be missing.

        A journey whose pack is missing asks for nothing; so where it is counted, its pack is there.
        """
        pack = self.system.classes[other].pack
        if not self.packs_apart or pack == self.system.classes[kin].pack:
            return True
        return label[0] == "journey" and self.system.packs[pack].name == str(label[1]).partition("/")[0]

    def _feeds(self) -> list[dict[int, list[int]]]:
        """Return the counters that an activity of each class adds to, by the number of the label."""
        least = [(one.least.depth, one.least.topics) for one in self.system.classes]
        feeds: list[dict[int, list[int]]] = [{} for _ in least]
        within: dict[int, list[int]] = {}
        for (kin, label), counter in self.counters.items():
            if kin not in within:
                deepest, allowed = least[kin]
                within[kin] = [
                    n for n, (depth, topics) in enumerate(least) if depth <= deepest and not topics & ~allowed
                ]
            for other in within[kin]:
                if self._has(kin, other, label):
                    feeds[other].setdefault(self.system.labels[label], []).append(counter)
        return feeds

    def spread(self) -> list[bool]:
        """Return which groups are safe."""
        feeds, counts, met = self._feeds(), [0] * len(self.asked), [0] * len(self.asked)
        safe = [False] * len(self.system.groups)
        gates = Countdown(self.need, self.parents, self.opens)
        opened = gates.hold([TRUE])
        while opened:
            now: list[int] = []
            for place in opened:
                safe[place] = True
                group = self.system.groups[place]
                now += group.now
                now += (node for _, node in group.later)
                for label, more in group.labels.items():
                    for counter in feeds[group.kin].get(label, ()):
                        counts[counter] += more
                        asked, at = self.asked[counter], met[counter]
                        while at < len(asked) and asked[at][0] <= counts[counter]:
                            now.append(asked[at][1])
                            at += 1
                        met[counter] = at
            opened = gates.hold(now)
        return safe
