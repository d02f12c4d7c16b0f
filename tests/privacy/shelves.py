"""A store of lists, for tests that make millions of spaces: it keeps to the contract, and is copied in no time."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from intimacy_kit.errors import ErasedError, IdempotencyError, StoreConflictError
from intimacy_kit.practice.events import Event, Revealed
from intimacy_kit.stores import Head, Part, check_parts, log_name

__all__ = ["Shelf"]

#: A log by its partner; None is the joint one.
Logs = Mapping[str | None, tuple[Event, ...]]


class Shelf:
    """The logs of one space, in memory; the name of the space is not looked at."""

    def __init__(self, logs: Logs | None = None) -> None:
        self.logs = dict(logs or {})
        self.keys: dict[tuple[str | None, str], dict[str | None, tuple[Event, ...]]] = {}
        self.gone: set[str] = set()

    def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        return self.append_all(space, [Part(events=events, expected=expected, partner=partner)], key=key)[0]

    def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        checked = check_parts(space, parts, key)
        scope = checked[0].partner
        wanted = {part.partner: part.events for part in checked if part.events}
        if key and (scope, key) in self.keys:
            if self.keys[scope, key] != wanted:
                raise IdempotencyError(log_name(space, scope), key)
            return tuple(len(self.logs.get(part.partner, ())) for part in checked)
        for part in checked:
            found = len(self.logs.get(part.partner, ()))
            if part.expected != found:
                raise StoreConflictError(log_name(space, part.partner), part.expected, found)
            if part.events and part.partner in self.gone:
                raise ErasedError(log_name(space, part.partner))
        for partner, events in wanted.items():
            self.logs[partner] = (*self.logs.get(partner, ()), *events)
        if key:
            self.keys[scope, key] = wanted
        return tuple(len(self.logs.get(part.partner, ())) for part in checked)

    def events(self, _: str, *, partner: str | None = None, after: int = 0, limit: int | None = None) -> Any:
        return self.logs.get(partner, ())[after : None if limit is None else after + limit]

    def appended(self, _: str, key: str, *, partner: str | None = None) -> tuple[Event, ...] | None:
        done = self.keys.get((partner, key))
        return None if done is None else done.get(partner, ())

    def head(self, _: str, *, partner: str | None = None) -> Head:
        return Head(len(self.logs.get(partner, ())), "0" * 64)

    def check_head(self, _: str, head: Head, *, partner: str | None = None) -> None:
        """Find everything as it was: nobody changes a list here."""

    def erased(self, _: str, partner: str) -> bool:
        return partner in self.gone

    def erase(self, _: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        self.gone.add(partner)
        self.logs[None] = tuple(
            _without(event, partner) if version in set(taken_back) else event
            for version, event in enumerate(self.logs.get(None, ()), 1)
        )
        self.logs.pop(partner, None)
        if shared:
            self.logs[None] = tuple(_without(event, partner) for event in self.logs.get(None, ()))


def _without(event: Event, partner: str) -> Event:
    if not isinstance(event, Revealed):
        return event
    return evolve(event, answers=[evolve(one, words=None) if one.who == partner else one for one in event.answers])
