"""All that one partner can observe of a space, as bytes; and what of it differs between two worlds."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from attrs import evolve, frozen
from privacy.shelves import Shelf
from privacy.worlds import Pair, World

from intimacy_kit.errors import KitError
from intimacy_kit.practice.events import Accepted, Agreed, Declined, Sealed
from intimacy_kit.practice.views import View
from intimacy_kit.stores.exports import Export
from intimacy_kit.stores.spaces import Space

__all__ = ["CHANNELS", "PROBES", "Probe", "Seen", "answer", "difference", "probes_of", "seen"]

#: Something a partner tries: how it is called, and what it is tried with.
Probe = tuple[str, str]
_Try = Callable[[Space, str, str, datetime], object]

#: Everything that a partner can do, each as one call with an activity that may or may not matter to it.
PROBES: Mapping[str, _Try] = {
    "open": lambda space, me, _, now: space.open([me, "somebody"], at=now),
    "leave": lambda space, me, _, now: space.leave(me, at=now),
    "close": lambda space, me, _, now: space.close(me, at=now),
    "read_notice": lambda space, me, _, now: space.read_notice(me, at=now),
    "allow": lambda space, me, _, now: space.allow(me, at=now, depth=4, topics={"money": "ask"}),
    "decline": lambda space, me, name, now: space.decline(me, name, at=now, scope="month"),
    "take_back_decline": lambda space, me, name, now: space.take_back_decline(me, name, at=now),
    "accept": lambda space, me, name, now: space.accept(me, name, at=now),
    "pause": lambda space, me, _, now: space.pause(me, at=now),
    "resume": lambda space, me, _, now: space.resume(me, at=now),
    "note": lambda space, me, name, now: space.note(me, "Tea.", at=now, activity_id=name),
    "check_in": lambda space, me, name, now: space.check_in(me, name, {"near": 9}, at=now),
    "seal": lambda space, me, name, now: space.seal(me, name, "x", at=now, key="guessed"),
    "agree": lambda space, me, name, now: space.agree(me, name, at=now),
    "withdraw": lambda space, me, name, now: space.withdraw(me, name, at=now),
    "offer": lambda space, me, name, now: space.offer(me, [name], at=now),
    "start": lambda space, me, name, now: space.start(me, name, at=now),
    "put_down": lambda space, me, name, now: space.put_down(me, name, at=now, moves=["next"]),
    "complete": lambda space, me, name, now: space.complete(me, name, at=now),
    "skip": lambda space, me, name, now: space.skip(me, name, at=now),
    "choose_journey": lambda space, me, name, now: space.choose_journey(me, name, at=now),
    "write_export": lambda space, me, _, now: space.write_export(me, at=now),
    "erase": lambda space, me, _, now: space.erase(me, at=now),
    "as_another": lambda space, _, name, now: space.decline("somebody", name, at=now),
}


@frozen
class Seen:
    """What one partner sees, gets and is told."""

    view: View
    export: Export
    view_bytes: bytes
    export_bytes: bytes
    markdown: str
    #: The joint log's version, which a host may show as a number of changes.
    version: int
    #: What was answered to each of their tries: nothing, or an error in its words.
    answers: tuple[str, ...]

    @classmethod
    def of(cls, view: View, export: Export, version: int, answers: Iterable[str]) -> "Seen":
        return cls(view, export, view.to_json(), export.to_json(), export.to_markdown(), version, tuple(answers))

    def with_view(self, view: View) -> "Seen":
        """Return the same, but for the view."""
        return evolve(self, view=view, view_bytes=view.to_json())


def probes_of(pair: Pair, random: Random, number: int) -> tuple[Probe, ...]:
    """Return some things to try, most of them with what the other one declined, was asked about, or sealed."""
    about = [
        event.activity
        for world in (pair.one, pair.other)
        for event in world.logs[pair.a]
        if isinstance(event, Declined | Accepted | Sealed | Agreed)
    ]
    names = [*about, *about, random.choice([*pair.one.catalog]), "gone/away"]
    return tuple((random.choice([*PROBES]), random.choice(names)) for _ in range(number))


def answer(space: Space, me: str, probe: Probe, now: datetime) -> str:
    """Return what somebody is told who tries something; what the kit does not expect is no answer."""
    what, name = probe
    try:
        PROBES[what](space, me, name, now)
    except KitError as refused:
        return f"{what} {name}: {type(refused).__name__}: {refused} {refused!r}"
    return f"{what} {name}: done"


def seen(world: World, me: str, probes: Iterable[Probe] = (), space: type[Space] = Space) -> Seen:
    """Return all that one partner observes of a world; each try begins at the world as it is."""

    def fresh() -> Space:
        return space(Shelf(world.logs), "us", world.catalog, seed=world.seed)

    here = fresh()
    answers = [answer(fresh(), me, probe, world.now) for probe in probes]
    version = Shelf(world.logs).head("us").version
    return Seen.of(here.view(me, now=world.now), here.export(me, at=world.now), version, answers)


def _in_view(*names: str) -> Callable[[Seen], bytes]:
    def channel(seen: Seen) -> bytes:
        document = seen.view.to_document()
        return _bytes([document[name] for name in names])

    return channel


def _bytes(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True).encode()


def _suggested(field: str | None = None) -> Callable[[Seen], bytes]:
    def channel(seen: Seen) -> bytes:
        found = seen.view.to_document()["suggestions"]
        return _bytes(sorted([one["activity"], one[field] if field else ""] for one in found))

    return channel


def _identifiers(seen: Seen) -> bytes:
    """Return every id that stands anywhere in what they see, each once."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.update(value)
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, str):
            found.add(value)

    walk(seen.view.to_document())
    walk(json.loads(seen.export_bytes))
    return _bytes(sorted(found))


def _sizes(seen: Seen) -> bytes:
    return _bytes(
        [len(seen.view_bytes), len(seen.export_bytes), len(seen.markdown.encode()), *map(len, seen.answers)],
    )


#: Where something could leak, by what is read there.
CHANNELS: Mapping[str, Callable[[Seen], bytes]] = {
    "suggestions": _suggested(),
    "reasons": _suggested("reason"),
    "order": _in_view("suggestions"),
    "open": _in_view("open", "unfinished"),
    "asks": _in_view("asks"),
    "answers": _in_view("revealed", "sealed"),
    "rest": lambda seen: seen.view_bytes,
    "version": lambda seen: _bytes(seen.version),
    "errors": lambda seen: _bytes(seen.answers),
    "export_json": lambda seen: seen.export_bytes,
    "export_markdown": lambda seen: seen.markdown.encode(),
    "identifiers": _identifiers,
    "sizes": _sizes,
}


def difference(one: Seen, other: Seen) -> set[str]:
    """Return the channels in which two observations differ; none where they are the same, byte for byte."""
    if _all_of(one) == _all_of(other):
        return set()
    return {name for name, channel in CHANNELS.items() if channel(one) != channel(other)} or {"rest"}


def _all_of(seen: Seen) -> tuple[object, ...]:
    return seen.view_bytes, seen.export_bytes, seen.markdown, seen.version, seen.answers
