"""Every world that can be imagined around a single gate: any condition of each activity, any counts, any days."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from attrs import frozen
from authoring.proofs.gates_by_hand import holds, names_in, parts_of, waited_for
from authoring.proofs.small_systems import System

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import Count, DistinctDays, Elapsed, Gate


@frozen
class Condition:
    """How it stands with one activity: not begun, done or skipped so many days ago, or out of reach."""

    said: str
    days_ago: int = 0


@frozen
class Imagined:
    """Any condition of each activity, any counts, any days."""

    system: System
    conditions: Mapping[str, Condition]
    counts: Mapping[tuple[str, str | int], int]
    days: int

    def _condition(self, name: str) -> Condition:
        return self.conditions[self.system.id_now(name)]

    def resolved(self, name: str) -> bool:
        """Tell whether it is anything but untouched."""
        return self._condition(name).said != "untouched"

    def done(self, name: str) -> bool:
        """Tell whether it was completed, if only before it went out of reach."""
        return self._condition(name).said in {"done", "done and out of reach"}

    def elapsed(self, name: str, days: int) -> bool:
        """Tell whether it is out of reach, or long enough ago."""
        match self._condition(name):
            case Condition("untouched"):
                return False
            case Condition("done" | "skipped", days_ago):
                return days_ago >= days
            case _:
                return True

    def counted(self, count: Count) -> bool:
        """Tell whether there are enough."""
        return self.counts[count.by, count.value] >= count.n

    def lived(self, days: int) -> bool:
        """Tell whether there were enough days."""
        return self.days >= days


def worlds(system: System, gate: Gate) -> Iterator[Imagined]:
    """Give every world that a gate can tell from another one."""
    waits: dict[str, set[int]] = {system.id_now(name): {0} for name in names_in(gate)}
    counts: dict[tuple[str, str | int], set[int]] = {}
    days = {0}
    for atom in parts_of(gate):
        match atom:
            case Elapsed(least, name):
                waits[system.id_now(name)].add(least)
            case Count(by, value, n):
                counts.setdefault((by, value), {0}).add(n)
            case DistinctDays(n):
                days.add(n)
    conditions = [_told_apart(system, gate, name, ago) for name, ago in waits.items()]
    for chosen, counted, lived in product(product(*conditions), product(*counts.values()), days):
        yield Imagined(system, dict(zip(waits, chosen, strict=True)), dict(zip(counts, counted, strict=True)), lived)


def _told_apart(system: System, gate: Gate, name: str, days_ago: Iterable[int]) -> list[Condition]:
    """Return the conditions of one activity, those once that no atom of the gate tells apart."""
    atoms = [part for part in parts_of(gate) if name in map(system.id_now, waited_for(part))]
    worlds = [Imagined(system, {name: one}, {}, 0) for one in _conditions(system.activities.get(name), days_ago)]
    by_answers = {tuple(holds(atom, world) for atom in atoms): world.conditions[name] for world in worlds}
    return list(by_answers.values())


def _conditions(activity: Activity | None, days_ago: Iterable[int]) -> Iterator[Condition]:
    yield Condition("out of reach")
    yield Condition("done and out of reach")
    if activity is None or not activity.retired:
        yield Condition("untouched")
        for ago in days_ago:
            yield Condition("done", ago)
            yield Condition("skipped", ago)
