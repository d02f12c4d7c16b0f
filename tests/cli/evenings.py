"""Evenings at a table where the answers are known before."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from io import StringIO

from attrs import define, field
from rich.console import Console

from intimacy_kit.cli.playing import play
from intimacy_kit.cli.session import SPACE, Names
from intimacy_kit.cli.table import WIDTH, ScriptedTable
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, JointEvent, NoticeRead, Offered, PrivateEvent
from intimacy_kit.stores import Store
from intimacy_kit.stores.memory import MemoryStore


@define
class Evening:
    """A household that plays evenings: each one continues where the last one ended."""

    catalog: Catalog
    store: Store = field(factory=MemoryStore)
    names: Names = field(factory=Names)
    now: datetime = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

    def play(
        self, *answers: str, first: str = "", minutes: int | None = 240, circumstances: Collection[str] = ()
    ) -> str:
        """Play an evening in which this is typed, and then q; return what was to be seen."""
        shown = StringIO()
        console = Console(file=shown, width=WIDTH + 2, highlight=False, markup=False, emoji=False, color_system=None)
        table = ScriptedTable(answers, console)
        wanted = {"first": first, "minutes": minutes, "circumstances": circumstances}
        play(table, self.store, self.catalog, self.names, self._clock, **wanted)
        return "".join(f"{line.rstrip()}\n" for line in shown.getvalue().splitlines())

    def settled(self, people: Mapping[str, str], allowed: Boundaries) -> None:
        """Give people names, and have each of them read the notice and allow this."""
        self.names.write(people)
        for partner in people:
            read = NoticeRead(partner=partner, at=self.now)
            changed = BoundariesChanged(partner=partner, at=self.now, boundaries=allowed)
            self.store.append(SPACE, [read, changed], expected=0, partner=partner)

    def offered(self, activity_id: str) -> None:
        """Have something been put before them already."""
        event = Offered.of(self.catalog[activity_id], at=self.now)
        self.store.append(SPACE, [event], expected=len(self.joint()))

    def joint(self) -> tuple[JointEvent, ...]:
        return self.store.events(SPACE)

    def private(self, partner: str) -> tuple[PrivateEvent, ...]:
        return self.store.events(SPACE, partner=partner)

    def told(self) -> list[str]:
        """Return the joint events as pairs of kind and slug, what was only offered left out."""
        return [
            f"{event.event} {getattr(event, 'activity', event.event).rpartition('/')[2]}"
            for event in self.joint()
            if event.event not in {"offered", "journey_chosen"}
        ]

    def _clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
