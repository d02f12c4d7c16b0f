"""What an evening needs at hand: the store, the catalog, the people, the clock."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from attrs import frozen

from intimacy_kit.cli.table import Table
from intimacy_kit.errors import StoreError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries, together
from intimacy_kit.practice.events import JointEvent, PrivateEvent
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress
from intimacy_kit.stores import Store

__all__ = ["SPACE", "Names", "Session"]

#: The one space that ``play`` keeps in a store.
SPACE = "us"


@frozen
class Names:
    """What to call each person; kept in a file of its own, for the engine stores no names."""

    #: The file; None keeps them nowhere.
    path: Path | None = None

    @classmethod
    def beside(cls, store: Path) -> "Names":
        """Return the names that lie beside a store."""
        return cls(store.with_name(f"{store.name}.names.json"))

    def read(self) -> dict[str, str]:
        """Return the names by partner; none where nobody gave any."""
        if self.path is None or not self.path.is_file():
            return {}
        try:
            names = json.loads(self.path.read_text("utf-8"))
            return {partner: str(names[partner]) for partner in ("1", "2") if names.get(partner)}
        except (ValueError, AttributeError) as error:
            raise StoreError(str(self.path), "does not hold names; delete it and give them again") from error

    def write(self, names: Mapping[str, str]) -> None:
        """Keep the names."""
        if self.path is not None:
            self.path.touch(mode=0o600)
            self.path.write_text(json.dumps(dict(names), ensure_ascii=False) + "\n", "utf-8")


@frozen
class Session:
    """One evening."""

    table: Table
    store: Store
    catalog: Catalog
    #: What to call each person, by partner.
    names: Mapping[str, str]
    #: Gives the time, aware.
    now: Callable[[], datetime]

    @property
    def partners(self) -> tuple[str, ...]:
        """The people, in the order they were named."""
        return tuple(self.names)

    @property
    def progress(self) -> Progress:
        """What they have done so far."""
        return Progress.from_events(self.store.events(SPACE))

    def own(self, partner: str) -> Own:
        """Return what is one person's own."""
        return Own.from_events(partner, self.store.events(SPACE, partner=partner))

    @property
    def allowed(self) -> Boundaries:
        """What all of them allow."""
        return together(self.own(partner).allowed for partner in self.partners)

    def keep(self, *events: JointEvent) -> None:
        """Keep what both know."""
        self.store.append(SPACE, events, expected=self.progress.version)

    def keep_private(self, partner: str, event: PrivateEvent) -> None:
        """Keep what is one person's own."""
        self.store.append(SPACE, [event], expected=self.own(partner).version, partner=partner)
