"""What one partner's private log adds up to: all that is theirs alone, and that nobody else ever sees."""

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import Self

from attrs import evolve, field, frozen

from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import (
    Accepted,
    Agreed,
    BoundariesChanged,
    CheckedIn,
    Declined,
    Noted,
    NoticeRead,
    PrivateEvent,
    Sealed,
    Withdrawn,
)

__all__ = ["Own", "Seal"]


@frozen
class Seal:
    """A sealed answer as its writer sees it."""

    answer: Sealed
    #: Whether its writer agreed that it is opened once everybody does.
    agreed: bool = False


@frozen(kw_only=True)
class Own:
    """What one partner's private log adds up to; it is passed to nothing that another partner sees.

    >>> Own.from_events("a", []).allowed == Boundaries()
    True
    """

    #: Whose it is, by the id that the host gave.
    partner: str
    #: How many events it holds; what a store expects at the next append.
    version: int = 0
    #: What they set. What holds is ``allowed``.
    boundaries: Boundaries = field(default=Boundaries(), repr=False)
    #: Whether they ever set boundaries.
    settled: bool = False
    #: Whether they read, alone, the notice that comes before depth 2.
    notice_read: bool = False
    #: The last answer to each activity that they sealed and did not withdraw, opened since or not.
    seals: MappingProxyType[str, Seal] = field(default=MappingProxyType({}), repr=False)
    #: Their answers to check-ins, oldest first.
    check_ins: tuple[CheckedIn, ...] = field(default=(), repr=False)
    #: What they wrote down for themselves, oldest first.
    notes: tuple[Noted, ...] = field(default=(), repr=False)

    @classmethod
    def from_events(cls, partner: str, events: Iterable[PrivateEvent]) -> Self:
        """Fold the events of a private log, oldest first; raise InvalidValueError for one of anybody else."""
        return cls(partner=partner).after(*events)

    @property
    def allowed(self) -> Boundaries:
        """What they allow: what they set, but nothing below what is light before they read the notice."""
        return self.boundaries if self.notice_read else self.boundaries.with_depth(min(DEPTHS))

    def declines(self, on: date) -> tuple[str, ...]:
        """Return what they declined and what has not come back by a day, by id."""
        return tuple(name for name, until in self.boundaries.declined if on < until)

    def after(self, *events: PrivateEvent) -> Self:
        """Return what is theirs after more events; raise InvalidValueError for one of anybody else."""
        own = self
        for event in events:
            if event.partner != self.partner:
                raise InvalidValueError("events", "must be the private events of this partner")
            own = own._after(event)
        return evolve(own, version=self.version + len(events))

    def _after(self, event: PrivateEvent) -> Self:
        match event:
            case BoundariesChanged():
                return evolve(self, boundaries=event.boundaries, settled=True)
            case Declined():
                return evolve(self, boundaries=self.boundaries.declining(event.activity, event.until))
            case Accepted():
                said = self.boundaries.accepting(event.activity, event.topics, event.until)
                return evolve(self, boundaries=said)
            case NoticeRead():
                return evolve(self, notice_read=True)
            case CheckedIn():
                return evolve(self, check_ins=(*self.check_ins, event))
            case Noted():
                return evolve(self, notes=(*self.notes, event))
            case _:
                return self._sealing(event)

    def _sealing(self, event: Sealed | Agreed | Withdrawn) -> Self:
        """Return what is theirs after they sealed, agreed or withdrew; the last two are about the same round only."""
        seals = self.seals.copy()
        if isinstance(event, Sealed):
            seals[event.activity] = Seal(event)
        elif event.activity in seals and seals[event.activity].answer.round == event.round:
            seal = seals.pop(event.activity)
            if isinstance(event, Agreed):
                seals[event.activity] = evolve(seal, agreed=True)
        return evolve(self, seals=MappingProxyType(seals))
