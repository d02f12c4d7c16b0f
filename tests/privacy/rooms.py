"""Little spaces for the tests of what people do in them, and stores that step in between."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from little_packs import activity, catalog, evening, journey
from privacy.worlds import PEOPLE

from intimacy_kit.content.gates import Resolved
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.events import Event
from intimacy_kit.stores import Part, Store
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import Space

__all__ = ["CATALOG", "CUP", "Interrupting", "Losing", "answer_and_agree", "room", "words_of"]

CUP = "tea/cup"

CATALOG = catalog(
    activity("cup", aliases=["tea/mug"]),
    activity("pot", depth=2),
    activity("money", depth=2, topics=["money"]),
    activity("loss", depth=2, topics=["loss"]),
    activity("both", depth=3, topics=["money", "loss"]),
    activity("later", depth=2, requires=Resolved("tea/money")),
    activity("near", "check_in"),
    activity("story", "story"),
    activity("old", retired=True),
    journeys=[journey("way", ["cup", "pot"])],
)


def room(
    people: Iterable[str] | int = 2,
    *,
    store: Store | None = None,
    there: Catalog = CATALOG,
    shared: str = "removed",
    exports: Path | None = None,
) -> Space:
    """Return a space that was opened for some people, or for so many, who read the notice and allow depth 3."""
    names = PEOPLE[:people] if isinstance(people, int) else tuple(people)
    space = Space(store or MemoryStore(), "us", there, seed="of the host's", exports=exports)
    space.open(names, at=evening(0), shared=shared)
    for name in names:
        space.read_notice(name, at=evening(0))
        space.allow(name, at=evening(0), depth=3)
    return space


def answer_and_agree(space: Space, *people: str, about: str = CUP, number: int = 1) -> None:
    """Let some people answer, and agree."""
    for name in people:
        space.seal(name, about, f"of {name}, {number}", at=evening(0))
    for name in people:
        space.agree(name, about, at=evening(0))


def words_of(space: Space, who: str) -> list[dict[str, str | None]]:
    """Return the opened answers that somebody reads, in each round."""
    found = space.view(who, now=evening(1)).revealed
    return [{one.who: one.words.text if one.words else None for one in each.answers} for each in found]


class Around:
    """A store that hands on what it is asked; what else it does, others say."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


class Interrupting(Around):
    """Lets somebody else act once, before the call with a certain number."""

    def __init__(self, store: Store, at_call: int, act: Callable[[], object]) -> None:
        super().__init__(store)
        self.left: int = at_call
        self.act = act
        self.acted = False

    def _step(self) -> None:
        if self.left == 0:
            self.left, self.acted = -1, True
            self.act()
        self.left -= 1

    def events(self, *args: Any, **more: Any) -> tuple[Event, ...]:
        self._step()
        found: tuple[Event, ...] = self.store.events(*args, **more)
        return found

    def append_all(self, *args: Any, **more: Any) -> tuple[int, ...]:
        self._step()
        return self.store.append_all(*args, **more)


class Losing(Around):
    """Keeps what it is given, and loses the acknowledgement so many times: as a crash after the commit does."""

    def __init__(self, store: Store, times: int = 1) -> None:
        super().__init__(store)
        self.times = times

    def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        versions = self.store.append_all(space, parts, key=key)
        if self.times:
            self.times -= 1
            raise ConnectionResetError
        return versions
