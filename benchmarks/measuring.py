"""Timing several ways to do the same work side by side: in rounds, each way in each round, with the collector on.

What disturbs a machine lasts longer than a round, so it disturbs all of them; a ratio is taken within each round,
and told as the median over the rounds, with the quartiles.
"""

import gc
from collections.abc import Callable, Iterable, Mapping
from math import ceil
from statistics import median, quantiles
from time import perf_counter

from attrs import frozen

__all__ = ["FULL", "QUICK", "Effort", "Row", "Spread", "Times", "in_words", "side_by_side"]


@frozen
class Effort:
    """How much is measured."""

    #: In how many rounds.
    rounds: int
    #: How long a way is tried in each of them, in seconds; what takes longer is tried once.
    lasting: float
    #: Whether it is small enough for a check of every change.
    quick: bool = False


FULL = Effort(rounds=11, lasting=0.03)
QUICK = Effort(rounds=7, lasting=0.008, quick=True)

#: What takes longer than this, in seconds, is tried in few rounds only.
_LONG, _FEW_ROUNDS = 1.0, 5


@frozen
class Spread:
    """The median of some numbers, between their quartiles."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, numbers: Iterable[float]) -> "Spread":
        """Return the spread of two numbers or more.

        >>> Spread.of([1.0, 2.0, 3.0, 4.0, 9.0])
        Spread(low=2.0, middle=3.0, high=4.0)
        """
        return cls(*quantiles(numbers, n=4, method="inclusive"))


@frozen
class Row:
    """A line of the table."""

    #: What is done, and beside what: a peer, a plain loop, another size.
    work: str
    beside: str
    #: What each of the two takes.
    ours: str
    theirs: str
    #: What is compared with the limit.
    value: Spread
    #: "x" is a ratio; others are told, and never checked: they are as much about the machine.
    unit: str = "x"
    #: The name of the limit; empty where it is only told.
    limit: str = ""


@frozen
class Times:
    """How long a call of each way took, in seconds, round by round."""

    rounds: Mapping[str, tuple[float, ...]]

    def ratio(self, one: str, other: str, *, parts: tuple[int, int] = (1, 1)) -> Spread:
        """Return how many times as long one way took as another, within each round.

        Where calls of the two consist of unlike numbers of parts, it is the ratio of a part to a part.
        """
        pairs = zip(self.rounds[one], self.rounds[other], strict=True)
        return Spread.of((seconds / parts[0]) / (others / parts[1]) for seconds, others in pairs)

    def each(self, way: str, make: Callable[[float], float]) -> Spread:
        """Return the spread of what a function makes of the seconds of one way."""
        return Spread.of(map(make, self.rounds[way]))

    def words(self, way: str, parts: int = 1) -> str:
        """Return how long one way took, in words, divided by the parts that a call consists of."""
        return in_words(median(self.rounds[way]) / parts)


def side_by_side(ways: Mapping[str, Callable[[], object]], effort: Effort) -> Times:
    """Return how long some ways take, tried in turns; in each round another one comes first.

    Each is called once before that, so that whatever is made once is made.
    """
    if not gc.isenabled():
        raise RuntimeError("the collector is off: measure as people use it")
    repeats = {name: _repeats(way, effort.lasting) for name, way in ways.items()}
    names, times = list(ways), {name: list[float]() for name in ways}
    long = any(once > _LONG for _, once in repeats.values())
    for number in range(min(effort.rounds, _FEW_ROUNDS) if long else effort.rounds):
        gc.collect()
        first = number % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(_seconds(ways[name], repeats[name][0]))
    return Times({name: tuple(seconds) for name, seconds in times.items()})


def _repeats(way: Callable[[], object], lasting: float) -> tuple[int, float]:
    """Return how often a way is called to last so long, and how long it takes once."""
    way()
    once = min(_seconds(way, 1) for _ in range(2))
    return max(1, ceil(lasting / once)), once


def _seconds(way: Callable[[], object], repeats: int) -> float:
    calls = range(repeats)
    begun = perf_counter()
    for _ in calls:
        way()
    return (perf_counter() - begun) / repeats


def in_words(seconds: float) -> str:
    """Return a duration as one reads it.

    >>> in_words(0.00000061), in_words(0.0123), in_words(1.58)
    ('0.61 µs', '12.3 ms', '1.58 s')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"
