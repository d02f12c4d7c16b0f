"""What writers append in the tests of durability, and the account of what a store said to them.

What a writer appends under a number is always the same, so whoever comes after a writer that was killed can go on
from the number after the last one that was acknowledged, and whoever checks knows what has to be there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import Factory, define, frozen

from intimacy_kit.errors import StoreBusyError, StoreConflictError
from intimacy_kit.practice.events import (
    Agreed,
    Answer,
    Completed,
    Event,
    Noted,
    NoticeRead,
    Offered,
    Revealed,
    Sealed,
    Started,
)
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Part, Store

__all__ = ["LOGS", "PEOPLE", "SPACE", "Account", "Planned", "keep", "planned", "versions_of"]

SPACE = "us"
PEOPLE = ("ada", "ben")
#: The joint log, and that of each person.
LOGS: tuple[str | None, ...] = (None, *PEOPLE)

_FIRST = datetime(2026, 11, 23, 20, tzinfo=UTC)
_OF_PROMPT: dict[str, Any] = {"kind": "prompt", "skills": ["trust"], "depth": 2}


@frozen
class Planned:
    """One append: what goes into which log, the log of its key first."""

    key: str
    parts: tuple[tuple[str | None, tuple[Event, ...]], ...]
    space: str = SPACE

    def at(self, versions: Mapping[str | None, int]) -> tuple[Part, ...]:
        """Return the parts, for logs that were found at these versions."""
        return tuple(Part(events=events, expected=versions[log], partner=log) for log, events in self.parts)


def planned(writer: str, number: int, space: str = SPACE) -> Planned:
    """Return what a writer appends under a number; the name of a writer begins with the person it writes for.

    One event, several, several logs, and logs of which only the version is asserted take turns.
    """
    me = next(person for person in PEOPLE if writer.startswith(person))
    other = next(person for person in PEOPLE if person != me)
    at = _FIRST + timedelta(seconds=number)
    name = f"{writer}/n-{number}"
    about: dict[str, Any] = {"activity": name, "at": at}
    said = Words(f"{me} said {name}")
    mine: dict[str, Any] = {"partner": me, **about}
    offered = Offered(**about, **_OF_PROMPT)
    parts: Sequence[tuple[str | None, Iterable[Event]]]
    match number % 6:
        case 0:
            parts = [(None, [offered])]
        case 1:
            parts = [(me, [Noted(partner=me, at=at, words=said)])]
        case 2:
            parts = [(None, [offered, Started(**about, **_OF_PROMPT), Completed(**about, **_OF_PROMPT)])]
        case 3:
            answers = [Answer(who=person, shown=name, words=Words(f"{person} said {name}")) for person in PEOPLE]
            opened = Revealed(on=at.date(), activity=name, answers=answers)
            parts = [(None, [opened]), (other, []), (me, [Agreed(**mine)])]
        case 4:
            parts = [(me, [Sealed(**mine, **_OF_PROMPT, shown=name, words=said)]), (None, [])]
        case _:
            parts = [(me, [NoticeRead(partner=me, at=at)] * 2), (None, [offered])]
    return Planned(f"{writer}-{number}", tuple((log, tuple(events)) for log, events in parts), space)


def versions_of(store: Store, space: str = SPACE) -> dict[str | None, int]:
    """Return how many events each log has."""
    return {log: store.head(space, partner=log).version for log in LOGS}


def keep(
    store: Store,
    append: Planned,
    versions: dict[str | None, int],
    conflict: Callable[[StoreConflictError], None] = lambda _: None,
) -> tuple[int, ...]:
    """Append until nobody else is faster, and return the answer; *versions* is what is known of the logs."""
    while True:
        try:
            answer = store.append_all(append.space, append.at(versions), key=append.key)
        except StoreConflictError as slower:
            conflict(slower)
            versions[_log_of(slower)] = slower.found
        except StoreBusyError:
            continue
        else:
            for (log, _), version in zip(append.parts, answer, strict=True):
                versions[log] = max(version, versions[log])
            return answer


def _log_of(conflict: StoreConflictError) -> str | None:
    return conflict.log.partition("/")[2] or None


@define
class Account:
    """All that was acknowledged of a space, and how far it was compared with what is there."""

    space: str = SPACE
    #: What has to stand in a log at a version, beyond what was compared.
    _said: dict[str | None, dict[int, Event]] = Factory(lambda: {log: {} for log in LOGS})
    _compared: dict[str | None, int] = Factory(lambda: dict.fromkeys(LOGS, 0))
    #: The last version each writer was told for each log.
    _last: dict[tuple[str, str | None], int] = Factory(dict)
    #: How many appends were acknowledged.
    appends: int = 0

    def add(self, writer: str, append: Planned, answer: Sequence[int]) -> None:
        """Write down what a writer was answered; complain of two that were told the same version, or out of order."""
        self.appends += 1
        for (log, events), version in zip(append.parts, answer, strict=True):
            if events:
                start = version - len(events) + 1
                assert start > self._last.get((writer, log), 0), f"{append.key} was put before what came first"
                assert start > self._compared[log], f"{append.key} was put where something else stood"
                self._last[writer, log] = version
            for place, event in enumerate(reversed(events)):
                assert version - place not in self._said[log], f"{append.key} has a version twice"
                self._said[log][version - place] = event

    def compare(self, store: Store, unanswered: Iterable[Planned] = ()) -> None:
        """Complain where the logs are not what was acknowledged, and of what was not, each as a whole or not at all."""
        rest = {log: self._beyond_what_was_said(store, log) for log in LOGS}
        for append in unanswered:
            grown = [(log, events) for log, events in append.parts if events]
            there = [_has(rest[log], events) for log, events in grown]
            assert len({*there}) == 1, f"{append.key} is there in part"
            for log, events in grown if there[0] else []:
                for event in events:
                    rest[log].remove(event)
        assert not any(rest.values()), "there is what nobody appended"

    def _beyond_what_was_said(self, store: Store, log: str | None) -> list[Event]:
        before, said = self._compared[log], self._said[log]
        there: tuple[Event, ...]
        if log is None:
            there = store.events(self.space, after=before)
        else:
            there = store.events(self.space, partner=log, after=before)
        assert max(said, default=0) <= before + len(there), f"the log {log} lost what was acknowledged"
        rest: list[Event] = []
        for version, event in enumerate(there, before + 1):
            if version not in said:
                rest.append(event)
                continue
            assert said[version] == event, f"event {version} of the log {log} is another one than was acknowledged"
            if not rest:
                del said[version]
                self._compared[log] = version
        return rest


def _has(rest: Sequence[Event], events: Sequence[Event]) -> bool:
    """Tell whether events stand among others, side by side or not at all; complain of some of them."""
    if not any(event in rest for event in events):
        return False
    start = rest.index(events[0])
    assert tuple(rest[start : start + len(events)]) == tuple(events), "an append was torn"
    return True
