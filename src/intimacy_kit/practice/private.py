"""What one partner's private log adds up to: their own boundaries, notice and check-ins."""

from collections.abc import Iterable

from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, CheckedIn, NoticeRead, PrivateEvent

__all__ = ["boundaries_in", "check_ins_in", "has_read_notice"]


def boundaries_in(events: Iterable[PrivateEvent]) -> Boundaries:
    """Return the boundaries somebody set last; without a word, light and ordinary.

    >>> boundaries_in([]) == Boundaries()
    True
    """
    boundaries = Boundaries()
    for event in events:
        if isinstance(event, BoundariesChanged):
            boundaries = event.boundaries
    return boundaries


def has_read_notice(events: Iterable[PrivateEvent]) -> bool:
    """Tell whether somebody has read, alone, the notice that comes before depth 2."""
    return any(isinstance(event, NoticeRead) for event in events)


def check_ins_in(events: Iterable[PrivateEvent], activity_id: str) -> tuple[CheckedIn, ...]:
    """Return somebody's answers to one check-in, oldest first."""
    return tuple(event for event in events if isinstance(event, CheckedIn) and event.activity == activity_id)
