"""A little couples app, as somebody might write it over ``Space``, and how it describes itself to the kit.

``catalog`` is small and has one of everything; ``Lists`` keeps events in lists, which is quick; ``Room`` is the app.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import evolve
from little_packs import activity
from little_packs import catalog as catalog_of

from intimacy_kit.content.vocabulary import ORDINARY_TOPICS
from intimacy_kit.errors import ErasedError, KitError, StoreConflictError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.event_documents import to_document
from intimacy_kit.practice.events import Event, Revealed
from intimacy_kit.practice.support import SupportEntry, support
from intimacy_kit.stores import Part, Store
from intimacy_kit.stores.spaces import Space
from intimacy_kit.stores.sqlite import SQLiteStore
from intimacy_kit.testing import Action, Answered, Host, perform


def catalog() -> Catalog:
    """Return a catalog that has what every check needs."""
    return catalog_of(
        activity("assam"),
        activity("bancha", topics=[ORDINARY_TOPICS[0]], rests=1),
        activity("ceylon", rests=1),
        activity("dregs", "exercise"),
        activity("earl-grey", "check_in"),
        activity("money-matters", depth=2, topics=["money"]),
        activity("money-worries", depth=3, topics=["money"]),
        activity("fennel", depth=2),
        activity("genmaicha", depth=4),
    )


CATALOG = catalog()


class Lists:
    """A store of lists: as little of the contract as a space needs, and quick."""

    def __init__(self) -> None:
        self.logs: dict[str | None, list[Event]] = {}
        self.keys: dict[tuple[str | None, str], tuple[Event, ...]] = {}
        self.gone: set[str] = set()

    def append(self, space: str, events: Iterable[Any], *, expected: int, partner: Any = None, key: str = "") -> int:
        return self.append_all(space, [Part(events=events, expected=expected, partner=partner)], key=key)[0]

    def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        parts = tuple(parts)
        for part in parts:
            found = len(self.logs.get(part.partner, ()))
            if part.expected != found:
                raise StoreConflictError(space, part.expected, found)
            if part.partner in self.gone and part.events:
                raise ErasedError(space)
        for part in parts:
            self.logs.setdefault(part.partner, []).extend(part.events)
        if key:
            self.keys[parts[0].partner, key] = tuple(parts[0].events)
        return tuple(len(self.logs[part.partner]) for part in parts)

    def events(self, _: str, *, partner: Any = None) -> Any:
        return tuple(self.logs.get(partner, ()))

    def appended(self, _: str, key: str, *, partner: str | None = None) -> tuple[Event, ...] | None:
        return self.keys.get((partner, key))

    def erased(self, _: str, partner: str) -> bool:
        return partner in self.gone

    def erase(self, _: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        self.gone.add(partner)
        hidden = {*taken_back}
        self.logs[None] = [
            self._without(event, partner) if version in hidden else event
            for version, event in enumerate(self.logs[None], 1)
        ]
        self.logs[partner] = []
        self.keys = {(log, key): events for (log, key), events in self.keys.items() if log != partner}
        if shared:
            self.logs[None] = [self._without(event, partner) for event in self.logs[None]]

    def _without(self, event: Event, partner: str) -> Event:
        if not isinstance(event, Revealed):
            return event
        return evolve(event, answers=[evolve(a, words=None) if a.who == partner else a for a in event.answers])


class Room(Host):
    """The app, and its description: subclasses of it make one mistake each."""

    contacts = ("0800 000 000",)
    catalog = CATALOG

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 1, tzinfo=UTC)

    def store(self) -> Store:
        return Lists()  # type: ignore[return-value]

    def begin(self, people: Sequence[str], *, seed: str) -> Mapping[str, str] | None:
        self.logged: list[str] = []
        self.db = self.store()
        self.space = Space(self.db, "us", self.catalog, seed=seed)
        self.space.open(people, at=self.now, shared=self.shared)
        return None

    def at(self, moment: datetime) -> bool:
        self.now = moment
        return True

    def send(self, partner: str, action: Action) -> Answered:
        self.logged.append(f"{type(action).__name__} of somebody")
        try:
            perform(self.space, partner, action, at=self.now)
        except KitError as error:
            return Answered(False, self.refusal(partner, action, error))
        return Answered(True, b"kept")

    def refusal(self, _partner: str, _action: Action, error: KitError) -> bytes:
        return type(error).__name__.encode()

    def send_all(self, actions: Sequence[tuple[str, Action]]) -> Sequence[Answered] | None:
        return [self.send(who, action) for who, action in reversed(actions)]

    def send_as(self, _partner: str, _other: str, _action: Action) -> Answered | None:
        return Answered(False, b"log in as them")

    def see(self, partner: str) -> Mapping[str, bytes]:
        try:
            view = self.space.view(partner, now=self.now).to_document()
            export = self.space.export(partner, at=self.now)
        except KitError as error:
            return {"home": type(error).__name__.encode()}
        return {
            "home": json.dumps(self.home(partner, view)).encode(),
            "own": json.dumps({name: view[name] for name in ("notes", "check_ins", "boundaries")}).encode(),
            "export.json": self.export(partner, export.to_json()),
        }

    def home(self, _partner: str, view: dict[str, Any]) -> dict[str, Any]:
        names = ("people", "closed", "suggestions", "open", "asks", "unfinished", "done", "revealed", "sealed")
        return {name: view[name] for name in names}

    def export(self, _partner: str, document: bytes) -> bytes:
        return document

    def support(self, _: str) -> bytes | None:
        found = support(Places(), on=self.now.date())
        return "\n".join([str(found.text), *(one.contact for one in found.entries)]).encode()

    def at_rest(self) -> Iterable[tuple[str, bytes]] | None:
        lists = self.db
        assert isinstance(lists, Lists)
        for log, events in lists.logs.items():
            yield f"log {log}", "\n".join(str(to_document(event)) for event in events).encode()

    def logs(self) -> Iterable[tuple[str, bytes]] | None:
        yield "room.log", "\n".join(self.logged).encode()


class Disk(Room):
    """The same app with a file."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def store(self) -> Store:
        return SQLiteStore(self.folder / "us.db")

    def at_rest(self) -> Iterable[tuple[str, bytes]] | None:
        return [(file.name, file.read_bytes()) for file in self.folder.iterdir()]


class Places:
    """Where help is, as the app's people found it on a day."""

    def entries(self, _: str) -> Iterable[SupportEntry]:
        checked = date(2027, 2, 1)
        yield SupportEntry(
            name="A line",
            kind="helpline",
            contact="0800 000 000",
            source="https://example.org",
            checked_on=checked,
            expires_on=checked + timedelta(days=300),
        )
