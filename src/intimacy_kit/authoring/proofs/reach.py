"""What can be reached: least fixpoints over gates without negation, and the first day of everything (Knuth 1977).

There is one counter for each label, whatever number of gates asks for it.
"""

from collections.abc import Collection, Iterable, Sequence
from heapq import heappop, heappush

from attrs import frozen

from intimacy_kit.authoring.proofs.profiles import Profile
from intimacy_kit.authoring.proofs.rules import TRUE, Atom
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["Reached", "reach", "reach_in"]


@frozen(eq=False)
class Reached:
    """What was reached, and when at the earliest."""

    system: System
    #: The day on which each group opens, counted from 0; -1 where it never does.
    days: list[int]
    #: Whether each class is withheld.
    withheld: Sequence[bool]
    #: How many activities of each label were reached.
    counts: list[int]

    def opened(self, number: int) -> bool:
        """Tell whether an activity was reached."""
        group = self.system.group[number]
        return group is not None and self.days[group] >= 0

    def is_withheld(self, number: int) -> bool:
        """Tell whether an activity is withheld."""
        kin = self.system.kin[number]
        return kin is None or self.withheld[kin]

    def resolved(self, number: int | None) -> bool:
        """Tell whether an activity is out of the way in the end; None is one that is not there."""
        return number is None or self.is_withheld(number) or self.opened(number)

    def holds(self, atom: Atom) -> bool:
        """Tell whether an atom holds in the end."""
        match atom.what:
            case "resolved" | "elapsed":
                return self.resolved(atom.number)
            case "done":
                return self.opened(atom.number)
            case "count":
                return self.counts[self.system.labels[atom.label]] >= atom.n
            case "days":
                return any(day >= 0 for day in self.days)
            case _:
                return False


def reach_in(system: System, profile: Profile, packs: Collection[int] | None = None) -> Reached:
    """Return what somebody reaches, with all packs or with some of them.

    What is missing is out of the way, as what is withheld; and the journey of a missing pack asks for nothing.
    """
    joins = [profile.permits(one.least) and (packs is None or one.pack in packs) for one in system.classes]
    return reach(system, joins, holding=() if packs is None else _of_missing_journeys(system, packs))


def _of_missing_journeys(system: System, packs: Collection[int]) -> list[int]:
    """Return the atoms that count activities of a journey whose pack is missing."""
    names = {system.packs[place].name for place in packs}
    missing = (
        number
        for (by, value), number in system.labels.items()
        if by == "journey" and str(value).partition("/")[0] not in names
    )
    return [asked.node for number in missing for asked in system.asked[number]]


def reach(
    system: System,
    joins: Sequence[bool],
    withheld: Sequence[bool] | None = None,
    *,
    holding: Iterable[int] = (),
    orientations: bool = True,
    waiting: bool = True,
) -> Reached:
    """Return what is reached where the activities of some classes are acted on.

    What is *withheld* counts as resolved from the beginning (without a word: whatever does not join), and *holding*
    are further atoms that hold. Without *orientations* none of them is ever acted on, and all of them count as
    declined. Without *waiting* nothing holds that takes days.
    """
    withheld = [not one for one in joins] if withheld is None else withheld
    days, counts, met = [-1] * len(system.groups), [0] * len(system.asked), [0] * len(system.asked)
    later: list[tuple[int, int]] = []
    today = 0
    gates = system.countdown()
    begin = [TRUE, *holding, *(() if orientations else system.declined)]
    opened = gates.hold([*begin, *(node for kin, away in enumerate(withheld) if away for node in system.withheld[kin])])
    while opened:
        now: list[int] = []
        for place in opened:
            group = system.groups[place]
            if not joins[group.kin] or (group.orients and not orientations):
                continue
            days[place] = today
            now += group.now
            for wait, node in group.later:
                heappush(later, (today + wait, node))
            for label, more in group.labels.items():
                counts[label] += more
                asked, at = system.asked[label], met[label]
                while at < len(asked) and asked[at].n <= counts[label]:
                    heappush(later, (today + asked[at].days, asked[at].node))
                    at += 1
                met[label] = at
        opened = gates.hold(now)
        while later and not opened and (waiting or not later[0][0]):
            today, node = heappop(later)
            opened = gates.hold([node])
    return Reached(system, days, withheld, counts)
