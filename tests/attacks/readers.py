"""Everything in the kit that reads bytes of others, with something good for each to begin with."""

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from attrs import evolve, field, frozen
from importlib_metadata import Distribution, DistributionFinder, PathDistribution
from little_installs import info_of, install
from strategies import PROMPT, TEA, WHOLE, as_bytes, pack_of

from intimacy_kit.errors import KitError
from intimacy_kit.loading.documents import read_pack
from intimacy_kit.loading.installed import find
from intimacy_kit.loading.preflight import EVENT, preflight
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.event_documents import event_from, to_document
from intimacy_kit.practice.events import (
    Accepted,
    Agreed,
    Answer,
    BoundariesChanged,
    Carried,
    CheckedIn,
    Completed,
    Declined,
    Event,
    JourneyChosen,
    Migrated,
    Noted,
    NoticeRead,
    Offered,
    Paused,
    Revealed,
    Sealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    Started,
    TakenBack,
    Withdrawn,
)
from intimacy_kit.practice.words import Words
from intimacy_kit.problems import Problem
from intimacy_kit.stores.exports import Export, read_export

__all__ = ["EVENTS", "READERS", "Reader"]

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
DAY = date(2027, 1, 1)
_OF_CUP: dict[str, Any] = {"activity": "tea/cup", "at": NOW, "kind": "prompt", "skills": ["trust"], "depth": 1}
_MINE: dict[str, Any] = {"partner": "a", "at": NOW, "activity": "tea/cup"}

#: One event of each kind.
EVENTS: tuple[Event, ...] = (
    Offered(**_OF_CUP, topics=["home"]),
    Started(**_OF_CUP),
    Paused(**_OF_CUP, moves=["next", "kitchen"]),
    Completed(**_OF_CUP, rev=2),
    Skipped(**_OF_CUP),
    JourneyChosen(at=NOW, journey="tea/way"),
    Migrated(at=NOW, name="tea/cups", carried=[Carried(old="tea/mug", new="tea/cup")]),
    SpaceOpened(at=NOW, people=["a", "b"]),
    SpaceLeft(on=DAY, who="a"),
    SpaceClosed(on=DAY),
    Revealed(
        on=DAY,
        activity="tea/cup",
        answers=[Answer(who="a", shown="Who?", words=Words("You.")), Answer(who="b", shown="Who?")],
    ),
    TakenBack(on=DAY, who="a", activity="tea/cup", round=1),
    BoundariesChanged(
        partner="a", at=NOW, boundaries=Boundaries(depth=2, topics={"money": "ask"}, declined={"tea/cup": DAY})
    ),
    NoticeRead(partner="a", at=NOW),
    CheckedIn(partner="a", **_OF_CUP, answers={"near": 3}),
    Declined(**_MINE, until=DAY),
    Accepted(**_MINE, topics=["money"], until=DAY),
    Sealed(partner="a", **_OF_CUP, shown="Who?", words=Words("You,\u202e of course.\x1b[2J")),
    Agreed(**_MINE),
    Withdrawn(**_MINE, round=1),
    Noted(partner="a", at=NOW, words=Words("Dear diary\n\n")),
)


@frozen
class Reader:
    """One thing that reads bytes."""

    name: str
    #: Bytes that it takes.
    seeds: tuple[bytes, ...] = field(repr=False)
    #: Reads bytes, and raises something only where the kit breaks a promise; gives what kind of answer it was.
    read: Callable[[bytes], str] = field(repr=False)
    #: How much of the inputs it gets, beside others.
    share: int = 1


def _told(problems: tuple[Problem, ...]) -> str:
    """Check that problems are as they must be; return the first code."""
    for problem in problems[:3]:
        line = str(problem)
        assert line.isprintable() or "\n" not in line, line
        line.encode()
        assert problem.code != "K199", line
    return problems[0].code


def _pack(data: bytes) -> str:
    read = read_pack(data)
    assert (read.pack is None) == bool(read.problems)
    return _told(read.problems) if read.problems else "taken"


_VERBATIM = evolve(EVENT, verbatim=True)


def _event(data: bytes) -> str:
    checked = preflight(data, "", _VERBATIM)
    if checked.problems:
        return _told(checked.problems)
    try:
        event = event_from(checked.document)
    except KitError as error:
        return type(error).__name__
    assert event_from(to_document(event)) == event
    return "taken"


def _export(data: bytes) -> str:
    try:
        export = read_export(data)
    except KitError as error:
        return type(error).__name__
    assert read_export(export.to_json()) == export
    export.to_markdown()
    return "taken"


class _InMemory:
    """A file of a distribution, or its folder, that is nowhere on disk."""

    def __init__(self, folder: Path, files: dict[str, bytes], name: str = "") -> None:
        self.folder, self.files, self.name = folder, files, name

    def joinpath(self, *names: str) -> "_InMemory":
        return _InMemory(self.folder, self.files, "/".join(names))

    def read_text(self, encoding: str) -> str:
        if self.name not in self.files:
            raise FileNotFoundError(self.name)
        return self.files[self.name].decode(encoding)

    def exists(self) -> bool:
        return self.name in self.files

    @property
    def parent(self) -> Path:
        return self.folder.parent

    def __str__(self) -> str:
        return str(self.folder / self.name) if self.name else str(self.folder)


class _Finder(DistributionFinder):
    """Finds one distribution, whatever is asked for."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution

    def find_spec(self, *_: object) -> None:
        """Find no modules."""

    def find_distributions(self, _: object = None) -> Iterator[Distribution]:
        yield self.distribution


@contextmanager
def _only(distribution: Distribution) -> Iterator[None]:
    """Let this one be found, beside those in the folders that are asked for."""
    finder = _Finder(distribution)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Installed:
    """A pack on disk, with metadata that are read from memory."""

    FILES = ("entry_points.txt", "RECORD", "METADATA", "direct_url.json")

    @cached_property
    def site(self) -> Path:
        folder = Path(mkdtemp())
        atexit.register(rmtree, folder, ignore_errors=True)
        install(folder, "tea")
        return folder

    @cached_property
    def whole(self) -> dict[str, bytes]:
        files = {path.name: path.read_bytes() for path in info_of(self.site, "intimacy-pack-tea").iterdir()}
        return {**files, "direct_url.json": b'{"url": "file:///nowhere/at/all", "dir_info": {"editable": true}}'}

    def seeds(self, file: str) -> tuple[bytes, ...]:
        return (self.whole[file],)

    def read(self, file: str, data: bytes) -> str:
        files = {name: whole for name, whole in self.whole.items() if name != "direct_url.json"} | {file: data}
        folder = info_of(self.site, "intimacy-pack-tea")
        with _only(PathDistribution(_InMemory(folder, files))):  # type: ignore[arg-type]
            found = list(find("0.1", path=[]))
        for one in found:
            assert (one.read.pack is None) == bool(one.read.problems)
        return _told(found[0].read.problems) if found and found[0].read.problems else f"found {len(found)}"


def _exports() -> tuple[bytes, ...]:
    """Return an export of everything, and one for each event, which break in more interesting places."""

    def export(*events: Event) -> bytes:
        joint = [event for event in events if event.partner is None]
        own = [event for event in events if event.partner is not None]
        return Export(space="us", partner="a", at=NOW, joint=joint, own=own).to_json()

    return (export(*EVENTS), export(), *(export(event) for event in EVENTS))


def _packs() -> tuple[bytes, ...]:
    """Return a pack of everything, one for each kind of activity, and the smallest ones."""
    parts = [{**TEA, "activities": [activity]} for activity in WHOLE["activities"] if activity["kind"] != "prompt"]
    gate = {"all": [{"any": [{"resolved": "a/b"}]}, {"count": {"n": 1, "skill": "trust"}}]}
    way = {"id": "way", "title": "W", "about": "A", "stages": [{"id": "s", "title": "S", "offers": ["first-cup"]}]}
    few = [TEA, pack_of(PROMPT), pack_of({**PROMPT, "requires": gate}), pack_of(PROMPT, journeys=[way])]
    return tuple(map(as_bytes, [*few, *few, *parts, WHOLE]))


@cache
def _readers() -> tuple[Reader, ...]:
    installed = _Installed()

    def metadata(file: str) -> Reader:
        return Reader(file, installed.seeds(file), lambda data: installed.read(file, data))

    return (
        Reader("pack", _packs(), _pack, share=2),
        Reader("event", tuple(as_bytes(to_document(event)) for event in EVENTS), _event, share=12),
        Reader("export", _exports(), _export, share=6),
        *map(metadata, _Installed.FILES),
    )


READERS = _readers()
