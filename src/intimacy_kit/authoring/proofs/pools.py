"""How long the content lasts somebody who does one activity a day: new ones first, then what rested longest.

A landing comes once, as something new. After that it is for evenings on which something tender was done, and
lets no pool last longer, although it rests only a day.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from attrs import field, frozen

from intimacy_kit.authoring.proofs.profiles import Profile
from intimacy_kit.authoring.proofs.reach import reach
from intimacy_kit.authoring.proofs.rules import TRUE
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["AHEAD", "Pool", "dry_day", "pool"]

#: So many days are looked ahead for one without anything to do: three years.
AHEAD = 3 * 365
#: Nothing is looked for after this day.
_LATEST = 100 * 365


#: The purpose of what comes only once in a pool.
_ONCE = "landing"


@frozen
class Pool:
    """How long the content lasts; the first day is day 1."""

    #: The day on which the last new activity is done; 0 where there is none, None where that takes a hundred years.
    new_until: int | None
    #: The first day on which nothing has rested; None where there is none within three years.
    dry_on: int | None
    #: The minutes of an evening, in the mean of the days before that; of those until the last new one where it is None.
    minutes: float = field(default=0.0, eq=False)


def pool(system: System, profile: Profile, number: int) -> Pool:
    """Return how long the content lasts somebody; *number* is how many activities they reach."""
    evenings = _Evenings(system, profile)
    dry_on = dry_day(system, profile)
    minutes: list[int] = []
    day, new_until = 0, 0
    while day < _LATEST and (len(evenings.times) < number or day + 1 < (dry_on or 0)):
        day += 1
        activity = evenings.next_on(day)
        if activity is not None and evenings.times[activity] == 1:
            new_until = day
        if activity is not None and (dry_on is None or day < dry_on):
            minutes.append(system.activities[activity].minutes)
    all_new = new_until if len(evenings.times) == number else None
    return Pool(all_new, dry_on, sum(minutes) / len(minutes) if minutes else 0.0)


def dry_day(system: System, profile: Profile) -> int | None:
    """Return the first day on which nothing has rested; None where there is none within three years."""
    if _never_dry(system, profile):
        return None
    evenings = _Evenings(system, profile)
    return next((day for day in range(1, AHEAD + 1) if evenings.next_on(day) is None), None)


def _never_dry(system: System, profile: Profile) -> bool:
    """Tell whether there is so much that something has always rested.

    Where nothing new is open, all that nobody has to wait for was done, each on a day of its own; what was done
    longest ago has rested, if none of it rests for more days than there are of it.
    """
    within = [profile.permits(one.least) for one in system.classes]
    at_once = [place for place in system.opens[TRUE] if within[system.groups[place].kin]]
    if _outlast(system, at_once):
        return True
    days = reach(system, within, waiting=False).days
    return _outlast(system, [place for place, day in enumerate(days) if day >= 0])


def _outlast(system: System, places: Iterable[int]) -> bool:
    """Tell whether there are as many activities as the longest rest of one of them has days."""
    there = [system.activities[number] for place in places for number in system.groups[place].members]
    rests = [max(one.repeat.after_days, *one.repeat.revisit, 0) for one in there if one.purpose != _ONCE]
    return bool(rests) and len(rests) >= max(rests)


class _Evenings:
    """One evening after the other, with an activity on each where there is one."""

    def __init__(self, system: System, profile: Profile) -> None:
        self.system = system
        #: How often each activity was done, of those that ever were.
        self.times: dict[int, int] = {}
        self._permitted = [profile.permits(one.least) for one in system.classes]
        self._gates = system.countdown()
        self._counts = [0] * len(system.asked)
        #: On how many days something was done, and the atoms that hold after so many.
        self._days = 0
        self._after: dict[int, list[int]] = {}
        #: Atoms that hold from a later day on: pairs of day and node.
        self._later: list[tuple[int, int]] = []
        #: What is open and new: pairs of depth and number.
        self._new: list[tuple[int, int]] = []
        #: What rests: the day on which it has rested, the day it was done, and its number.
        self._resting: list[tuple[int, int, int]] = []
        #: What has rested: pairs of the day it was done, and its number.
        self._rested: list[tuple[int, int]] = []
        for atoms in system.asked:
            for asked in atoms:
                if (atom := system.rules.atoms[asked.node]) and atom.what == "days":
                    self._after.setdefault(atom.n, []).append(asked.node)
        away = (nodes for nodes, permitted in zip(system.withheld, self._permitted, strict=True) if not permitted)
        self._hold([TRUE, *(node for nodes in away for node in nodes)])

    def next_on(self, day: int) -> int | None:
        """Do what comes next on a day; return its number, None where nothing has rested."""
        while self._later and self._later[0][0] <= day:
            self._hold([heappop(self._later)[1]])
        while self._resting and self._resting[0][0] <= day:
            _, done_on, number = heappop(self._resting)
            heappush(self._rested, (done_on, number))
        if not self._new and not self._rested:
            return None
        _, number = heappop(self._new or self._rested)
        self._do(number, day)
        return number

    def _do(self, number: int, day: int) -> None:
        times = self.times[number] = self.times.get(number, 0) + 1
        activity = self.system.activities[number]
        if activity.purpose != _ONCE:
            heappush(self._resting, (day + activity.repeat.rest_after(times), day, number))
        self._days += 1
        self._hold([*self._after.get(self._days, ()), *(self._begun(number, day) if times == 1 else ())])

    def _begun(self, number: int, day: int) -> Iterator[int]:
        """Give the atoms that hold once an activity was done for the first time; note those that hold later."""
        now, later, labels = self.system.effects_of(number)
        for wait, node in later:
            heappush(self._later, (day + wait, node))
        yield from now
        for label in labels:
            self._counts[label] += 1
            for asked in self.system.asked[label]:
                if asked.n == self._counts[label] and asked.node not in self._after.get(asked.days + 1, ()):
                    yield asked.node

    def _hold(self, atoms: Iterable[int]) -> None:
        """Let some atoms hold, and open what follows from them."""
        for group in (self.system.groups[place] for place in self._gates.hold(atoms)):
            for number in group.members if self._permitted[group.kin] else ():
                heappush(self._new, (self.system.activities[number].depth, number))
