"""What is counted while couples live: plain whole numbers, so that adding them up gives the same in any order."""

from collections import Counter

from attrs import define, field

__all__ = ["Sightings", "Tally"]

#: At most so many ids are kept as examples of something that must not be.
_EXAMPLES = 5


@define
class Tally:
    """What the couples of one role lived through, added up."""

    couples: int = 0
    #: Days on which somebody looked.
    looks: int = 0
    offered: int = 0
    taken: int = 0
    #: Put aside, at once or after a beginning.
    skipped: int = 0
    declined: int = 0
    #: Different activities that were offered, of those given, one couple after the other.
    distinct: int = 0
    #: The numbers of all that was offered to any of them, as bits.
    seen: int = 0
    #: Looks at which there was nothing, and the most of them in a row.
    empty: int = 0
    longest_empty: int = 0
    #: After how many looks something was first offered, counted from when it could have been.
    waits: Counter[int] = field(factory=Counter)
    #: The most looks that something waited, and its number.
    longest_wait: int = 0
    longest_waited: int = -1
    #: At which look each depth came first, counted from 1 from when they allowed it: the latest of all couples.
    first_look: dict[int, int] = field(factory=dict)
    #: For how many couples a depth never came, and after the most looks in which it could have.
    never_came: Counter[int] = field(factory=Counter)
    looked_for: dict[int, int] = field(factory=dict)
    #: What was taken, by week and depth.
    weeks: Counter[tuple[int, int]] = field(factory=Counter)
    #: What was permitted and never yet offered, at the end of each week.
    left: Counter[int] = field(factory=Counter)
    #: What must not be, by name: how often, and which numbers.
    wrong: Counter[str] = field(factory=Counter)
    examples: dict[str, list[int]] = field(factory=dict)

    def note(self, wrong: str, number: int) -> None:
        """Count something that must not be."""
        self.wrong[wrong] += 1
        self._exemplify(wrong, [number])

    def waited(self, looks: int, number: int) -> None:
        """Keep the longest wait."""
        if looks > self.longest_wait:
            self.longest_wait, self.longest_waited = looks, number

    def came(self, depth: int, look: int) -> None:
        """Keep the latest look at which a depth came first."""
        self.first_look[depth] = max(look, self.first_look.get(depth, 0))

    def never(self, depth: int, looks: int) -> None:
        """Count that a depth never came, though it could have in so many looks."""
        self.never_came[depth] += 1
        self.looked_for[depth] = max(looks, self.looked_for.get(depth, 0))

    def add(self, other: "Tally") -> None:
        """Add what other couples of the same role lived through."""
        for name in ("couples", "looks", "offered", "taken", "skipped", "declined", "distinct", "empty"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.seen |= other.seen
        self.longest_empty = max(self.longest_empty, other.longest_empty)
        self.waited(other.longest_wait, other.longest_waited)
        for depth, look in other.first_look.items():
            self.came(depth, look)
        for depth, looks in other.looked_for.items():
            self.looked_for[depth] = max(looks, self.looked_for.get(depth, 0))
        for name in ("waits", "never_came", "weeks", "left", "wrong"):
            getattr(self, name).update(getattr(other, name))
        for wrong, numbers in other.examples.items():
            self._exemplify(wrong, numbers)

    def _exemplify(self, wrong: str, numbers: list[int]) -> None:
        kept = self.examples.setdefault(wrong, [])
        for number in numbers:
            if number not in kept and len(kept) < _EXAMPLES:
                kept.append(number)


@define
class Sightings:
    """How often each activity was offered to one persona, and when first, by number."""

    offered: Counter[int] = field(factory=Counter)
    #: How many couples it was offered to.
    couples: Counter[int] = field(factory=Counter)
    #: The earliest day it was offered on, counted from 0.
    first_day: dict[int, int] = field(factory=dict)
    #: The most looks it waited.
    longest_wait: dict[int, int] = field(factory=dict)

    def add(self, other: "Sightings") -> None:
        """Add what others of the same persona were offered."""
        self.offered.update(other.offered)
        self.couples.update(other.couples)
        for number, day in other.first_day.items():
            self.first_day[number] = min(day, self.first_day.get(number, day))
        for number, looks in other.longest_wait.items():
            self.longest_wait[number] = max(looks, self.longest_wait.get(number, looks))
