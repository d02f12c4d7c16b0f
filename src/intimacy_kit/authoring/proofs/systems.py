"""What the proofs work on: the activities, gates and journeys of some packs, boiled down to numbers.

Activities of one depth, the same topics and one pack form a *class*: whatever anybody allows, it is all of a
class or nothing of it. Activities of one class behind one gate form a *group*: they open together.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from operator import or_

from attrs import field, frozen

from intimacy_kit.authoring.proofs.profiles import Profile
from intimacy_kit.authoring.proofs.rules import ANYTHING, TRUE, Atom, Countdown, Label, Rules
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import TOPICS
from intimacy_kit.problems import Where

__all__ = ["Asked", "Class", "Group", "System", "labels_of"]

_KNOWN = frozenset(TOPICS)


def labels_of(activity: Activity) -> list[Label]:
    """Return what an activity counts towards, besides journeys."""
    skills = (("skill", skill) for skill in activity.skills)
    topics = (("topic", topic) for topic in activity.topics)
    return [("kind", activity.kind), ("depth", activity.depth), *skills, *topics]


@frozen
class Class:
    """What has one depth, the same topics, and the same pack."""

    #: The least that somebody must allow.
    least: Profile
    #: The number of the pack.
    pack: int


@frozen
class Asked:
    """What a gate asks of a count: the node that holds once it is reached."""

    #: How many of the label.
    n: int
    node: int
    #: The days it takes besides.
    days: int = 0


@frozen(eq=False)
class Group:
    """Activities of one class that open together, and what holds once they were acted on."""

    #: The number of the class.
    kin: int
    #: The node of their gate.
    gate: int
    #: Whether they are orientations.
    orients: bool
    #: The numbers of the activities.
    members: list[int] = field(factory=list)
    #: How many of them have each label that some gate counts, by the number of the label.
    labels: dict[int, int] = field(factory=dict)
    #: The atoms that hold at once.
    now: list[int] = field(factory=list)
    #: The atoms that hold days later: pairs of days and node.
    later: list[tuple[int, int]] = field(factory=list)


class System:
    """The activities and journeys of some packs."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        self.activities: tuple[Activity, ...] = tuple(one for pack in self.packs for one in pack.activities)
        self.journeys: dict[str, Journey] = {one.id: one for pack in self.packs for one in pack.journeys}
        #: The number of an activity by its id, and by those it had before.
        self.numbers: dict[str, int] = {alias: n for n, one in enumerate(self.activities) for alias in one.aliases}
        self.numbers |= {one.id: n for n, one in enumerate(self.activities)}
        self.classes: list[Class] = []
        #: The number of the class of each activity; None for what nobody is ever permitted.
        self.kin: list[int | None] = list(self._kin())
        #: The least profile that permits all there is.
        self.occurring = reduce(or_, (one.least for one in self.classes), Profile(1))
        self.rules = Rules()
        #: The node of the gate of each activity.
        self.gates: list[int] = [self._node(activity.requires) for activity in self.activities]
        #: The labels that some gate counts, by number, and what is asked of each, least first.
        self.labels: dict[Label, int] = {}
        self.asked: list[list[Asked]] = []
        #: The atoms that name an activity, by its number.
        self.named: dict[int, list[int]] = {}
        self._sort_atoms()
        self.groups: list[Group] = []
        #: The number of the group of each activity; None for what nobody is ever permitted.
        self.group: list[int | None] = list(self._group())
        #: The groups that open when a node holds, and those that have a label.
        self.opens: list[list[int]] = [[] for _ in self.rules.need]
        self.holding: list[list[int]] = [[] for _ in self.asked]
        for place, group in enumerate(self.groups):
            self.opens[group.gate].append(place)
            for label in group.labels:
                self.holding[label].append(place)

    # --- building

    def _kin(self) -> Iterator[int | None]:
        """Give the class of each activity."""
        numbers: dict[Class, int] = {}
        for place, pack in enumerate(self.packs):
            for activity in pack.activities:
                if activity.retired or not activity.topics <= _KNOWN:
                    yield None
                    continue
                one = Class(Profile.of(activity.depth, activity.topics), place)
                if one not in numbers:
                    numbers[one] = len(self.classes)
                    self.classes.append(one)
                yield numbers[one]

    def _node(self, gate: Gate | None) -> int:
        """Return the node of a gate."""
        match gate:
            case None:
                return TRUE
            case AllOf(of):
                return self.rules.joined(len(of), map(self._node, of))
            case AnyOf(of):
                return self.rules.joined(1, map(self._node, of))
            case AtLeast(n, of):
                return self.rules.joined(n, map(self._node, of))
        atom = self._atom(gate)
        return TRUE if atom is None else self.rules.leaf(atom)

    def _atom(self, gate: Resolved | Done | Elapsed | Count | DistinctDays) -> Atom | None:
        """Return what an atom asks; None where that always holds, since what it names is out of everybody's reach."""
        match gate:
            case Count(by, value, n):
                return None if by == "journey" and value not in self.journeys else Atom("count", label=(by, value), n=n)
            case DistinctDays(n):
                return Atom("days", n=n)
            case Done(name):
                number = self.permitted(name)
                return Atom("never", name=name) if number is None else Atom("done", number)
            case Resolved(name):
                number = self.permitted(name)
                return None if number is None else Atom("resolved", number)
        number = self.permitted(gate.since)
        return None if number is None else Atom("elapsed", number, n=gate.days)

    def _sort_atoms(self) -> None:
        """Note which atoms ask of which label and of which activity."""
        for node, atom in enumerate(self.rules.atoms):
            if atom is None:
                continue
            if atom.what in {"count", "days"}:
                number = self.labels.setdefault(atom.label, len(self.labels))
                self.asked += [[]] if number == len(self.asked) else []
                asked = Asked(atom.n, node) if atom.what == "count" else Asked(1, node, atom.n - 1)
                self.asked[number].append(asked)
            elif atom.what != "never":
                self.named.setdefault(atom.number, []).append(node)
        for wanted in self.asked:
            wanted.sort(key=lambda asked: asked.n)

    def _group(self) -> Iterator[int | None]:
        """Give the group of each activity."""
        numbers: dict[tuple[int, int, bool], int] = {}
        for number, (activity, kin) in enumerate(zip(self.activities, self.kin, strict=True)):
            if kin is None:
                yield None
                continue
            key = (kin, self.gates[number], activity.purpose == "orientation")
            if key not in numbers:
                numbers[key] = len(self.groups)
                self.groups.append(Group(*key))
            self._join(number, self.groups[numbers[key]])
            yield numbers[key]

    def _join(self, number: int, group: Group) -> None:
        group.members.append(number)
        now, later, labels = self.effects_of(number)
        group.now.extend(now)
        group.later.extend(later)
        for label in labels:
            group.labels[label] = group.labels.get(label, 0) + 1

    # --- looking up

    def permitted(self, name: str) -> int | None:
        """Return the number of the activity that an id stands for; None where nobody can ever be permitted it."""
        number = self.numbers.get(name)
        return None if number is None or self.kin[number] is None else number

    def is_elsewhere(self, name: str) -> bool:
        """Tell whether an id is of another pack, where one pack was given."""
        if name in self.numbers or len(self.packs) != 1:
            return False
        return name.partition("/")[0] not in {"", self.packs[0].name}

    def on(self, offers: Iterable[str]) -> set[int]:
        """Return the numbers of those activities that somebody can be permitted."""
        return {number for name in offers for number in [self.permitted(name)] if number is not None}

    def least(self, number: int) -> Profile:
        """Return the least that somebody must allow to be permitted an activity that anybody can be permitted."""
        kin = self.kin[number]
        return self.occurring if kin is None else self.classes[kin].least

    def members(self, places: Iterable[int]) -> list[int]:
        """Return the activities of some groups."""
        return sorted(number for place in places for number in self.groups[place].members)

    def least_of(self, place: int) -> Profile:
        """Return the least that somebody must allow to be permitted a group."""
        return self.classes[self.groups[place].kin].least

    def labels_of(self, number: int) -> list[int]:
        """Return the numbers of the labels that an activity has, of those that some gate counts."""
        labels = [*labels_of(self.activities[number]), *self._on_journeys.get(number, ()), ANYTHING]
        return [self.labels[label] for label in labels if label in self.labels]

    @cached_property
    def _on_journeys(self) -> dict[int, list[Label]]:
        """The journeys that each activity is on, of those that some gate counts."""
        journeys: dict[int, list[Label]] = {}
        for label in self.labels:
            if label[0] == "journey":
                for number in self.on(self.journeys[str(label[1])].offers):
                    journeys.setdefault(number, []).append(label)
        return journeys

    def effects_of(self, number: int) -> tuple[list[int], list[tuple[int, int]], list[int]]:
        """Return the atoms that hold once an activity was acted on, those that hold days later, and its labels."""
        now: list[int] = []
        later: list[tuple[int, int]] = []
        for node in self.named.get(number, ()):
            atom = self.rules.atoms[node]
            if atom is not None and atom.what == "elapsed":
                later.append((atom.n, node))
            else:
                now.append(node)
        return now, later, self.labels_of(number)

    @cached_property
    def withheld(self) -> list[list[int]]:
        """The atoms that hold where a class is out of reach."""
        atoms: list[list[int]] = [[] for _ in self.classes]
        for group in self.groups:
            atoms[group.kin] += self._holding_without(group)
        return atoms

    @cached_property
    def declined(self) -> list[int]:
        """The atoms that hold where no orientation is ever acted on, since all are declined."""
        return [node for group in self.groups if group.orients for node in self._holding_without(group)]

    def _holding_without(self, group: Group) -> list[int]:
        """Return the atoms that hold where a group is out of reach: all about it, but for what must be done."""
        named = (node for number in group.members for node in self.named.get(number, ()))
        return [node for node in named if (atom := self.rules.atoms[node]) and atom.what != "done"]

    def countdown(self) -> Countdown:
        """Return what each node needs, before anything holds."""
        return Countdown(self.rules.need, self.rules.parents, self.opens)

    def where(self, number: int, below: str = "") -> Where:
        """Return where an activity is; *below* is a pointer within it."""
        pack, at = self.places[number]
        return Where(self.packs[pack].name, pointer=f"/activities/{at}{below}")

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """The number of the pack of each activity, and its place in that pack."""
        return [(number, at) for number, pack in enumerate(self.packs) for at in range(len(pack.activities))]
