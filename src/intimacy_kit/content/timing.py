"""When an activity may come again: rest times, boosters, and not too much of one thing."""

from typing import Literal

from attrs import field, frozen

from intimacy_kit.content.checks import instance, instances, one_of, optional, whole
from intimacy_kit.content.gates import countable

__all__ = ["LIMITED", "AtMost", "Per", "Repeat"]

#: What can be limited.
LIMITED = ("skill", "topic", "kind", "depth")

Per = Literal["day", "week"]

_LONGEST = 3650
_DAYS: dict[Per, int] = {"day": 1, "week": 7}


@frozen
class AtMost:
    """Not while so many activities of one skill, topic, kind or depth were acted on within a day or a week."""

    by: str = field(validator=one_of(LIMITED))
    value: str | int = field(validator=countable)
    n: int = field(validator=whole(1, 100))
    per: Per = field(validator=one_of(tuple(_DAYS)))

    @property
    def days(self) -> int:
        """How many days are looked at, today among them: 1, or 7 for a week."""
        return _DAYS[self.per]


@frozen
class Repeat:
    """When an activity may come again; whatever it says, every activity comes again some day.

    >>> booster = Repeat(after_days=60, revisit=[7, 30])
    >>> [booster.rest_after(times) for times in (1, 2, 3, 4)]
    [7, 30, 60, 60]
    """

    #: The days it rests after it was completed, or put aside after a beginning.
    after_days: int = field(default=60, validator=whole(1, _LONGEST))
    #: The days it rests after the first time, the second, ..., before ``after_days`` takes over; then it is a booster.
    revisit: tuple[int, ...] = field(
        default=(), converter=tuple[int, ...], validator=instances(whole(1, _LONGEST), most=20)
    )
    #: What there must not be too much of before it comes.
    at_most: AtMost | None = field(default=None, validator=optional(instance(AtMost, "a limit")))

    def rest_after(self, times: int) -> int:
        """Return the days it rests after it was done so many times."""
        return self.revisit[times - 1] if 0 < times <= len(self.revisit) else self.after_days
