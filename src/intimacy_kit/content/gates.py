"""The gates of activities as data: what must have happened before something opens.

There is no negation, so nothing that opened closes again through history, and the
order of events does not matter. :mod:`intimacy_kit.practice.gates` judges them.
"""

from typing import Any, Protocol

from attrs import field, frozen

from intimacy_kit.content.checks import instance, instances, is_id, is_topic, matching, one_of, whole
from intimacy_kit.content.vocabulary import DEPTHS, KINDS, SKILLS
from intimacy_kit.errors import InvalidValueError

__all__ = [
    "COUNTED",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Count",
    "DistinctDays",
    "Done",
    "Elapsed",
    "Gate",
    "Resolved",
    "countable",
    "named_in",
]

#: What a count can be over.
COUNTED = ("skill", "topic", "kind", "depth", "journey")

_MOST = 10_000
_id = matching(is_id, "must be an id such as foundations/coming-back")


@frozen
class Resolved:
    """Holds when the activity was completed or skipped, or is out of reach for now."""

    id: str = field(validator=_id)


@frozen
class Done:
    """Holds when the activity was completed; only an orientation may be asked for so."""

    id: str = field(validator=_id)


class Counting(Protocol):
    """What says of which skill, topic, kind, depth or journey something is counted."""

    @property
    def by(self) -> str:
        """What is counted over."""


def countable(counting: Counting, _: object, value: str | int) -> None:
    """Check what is counted, as a validator: which values fit depends on what is counted over."""
    fits = {
        "skill": lambda: value in SKILLS,
        "topic": lambda: is_topic(value),
        "kind": lambda: value in KINDS,
        "depth": lambda: type(value) is int and value in DEPTHS,
        "journey": lambda: is_id(value),
    }
    if not fits[counting.by]():
        raise InvalidValueError(counting.by, "names nothing that can be counted")


@frozen
class Count:
    """Holds when at least ``n`` different activities of one skill, topic, kind, depth or journey were acted on."""

    by: str = field(validator=one_of(COUNTED))
    value: str | int = field(validator=countable)
    n: int = field(validator=whole(1, _MOST))


@frozen
class Elapsed:
    """Holds when so many days have passed since an activity was first acted on."""

    days: int = field(validator=whole(1, _MOST))
    since: str = field(validator=_id)


@frozen
class DistinctDays:
    """Holds when something was acted on, on so many different days."""

    n: int = field(validator=whole(1, _MOST))


def _gate(_: object, attribute: Any, value: object) -> None:
    instance((Resolved, Done, Count, AtLeast, AllOf, AnyOf, Elapsed, DistinctDays), "a gate")(_, attribute, value)


@frozen
class AllOf:
    """Holds when each of the gates holds."""

    of: tuple["Gate", ...] = field(converter=tuple["Gate", ...], validator=instances(_gate, least=1, most=50))


@frozen
class AnyOf:
    """Holds when one of the gates holds."""

    of: tuple["Gate", ...] = field(converter=tuple["Gate", ...], validator=instances(_gate, least=1, most=50))


@frozen
class AtLeast:
    """Holds when at least ``n`` of the gates hold."""

    n: int = field(validator=whole(1, _MOST))
    of: tuple["Gate", ...] = field(converter=tuple["Gate", ...], validator=instances(_gate, least=1, most=50))


Gate = Resolved | Done | Count | AtLeast | AllOf | AnyOf | Elapsed | DistinctDays


def named_in(gate: Gate | None) -> tuple[tuple[str, Gate], ...]:
    """Return the ids that a gate names, each with the atom that names it, from left to right.

    >>> named_in(AnyOf([Resolved("a/b"), Elapsed(7, "a/c")]))
    (('a/b', Resolved(id='a/b')), ('a/c', Elapsed(days=7, since='a/c')))
    """
    match gate:
        case Resolved(id) | Done(id):
            return ((id, gate),)
        case Elapsed(since=id):
            return ((id, gate),)
        case Count(by="journey", value=id):
            return ((str(id), gate),)
        case AllOf(of) | AnyOf(of) | AtLeast(of=of):
            return tuple(named for part in of for named in named_in(part))
        case _:
            return ()
