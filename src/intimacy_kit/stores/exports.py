"""All that is one person's, to take along: as JSON that can be read back, and as Markdown to read.

It holds their private log and the joint log as they may see it: their own words, and what was revealed to them and
not taken back. Nothing of anybody else's.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from intimacy_kit.content.checks import matching
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.preflight import Limits, preflight
from intimacy_kit.practice.boundaries import ALWAYS
from intimacy_kit.practice.event_documents import event_from, take_words, to_document
from intimacy_kit.practice.events import (
    Completed,
    Event,
    JointEvent,
    JourneyChosen,
    Migrated,
    PrivateEvent,
    Revealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    TakenBack,
    is_name,
)
from intimacy_kit.practice.moments import is_aware, read_moment
from intimacy_kit.practice.own import Own
from intimacy_kit.stores import Part, Store

__all__ = ["EXPORT", "Export", "read_export", "take_in"]

#: The format of an export.
FORMAT = 1

#: How large an export may be: a long life's.
EXPORT = Limits(size=256 * 1024 * 1024, depth=20, nodes=20_000_000, string=20_000, verbatim=True)


_aware = matching(is_aware, "must be a datetime with a time zone; pass datetime.now(zone)")


def _joint(_: object, __: object, events: Iterable[Event]) -> None:
    if any(event.partner is not None for event in events):
        raise InvalidValueError("joint", "must be joint events")


@frozen(kw_only=True)
class Export:
    """All that is one person's."""

    space: str
    partner: str
    #: When it was made, aware.
    at: datetime = field(validator=_aware)
    #: The joint events as this person may see them, oldest first.
    joint: tuple[JointEvent, ...] = field(repr=False, converter=tuple[JointEvent, ...], validator=_joint)
    #: This person's private events, oldest first.
    own: tuple[PrivateEvent, ...] = field(repr=False, converter=tuple[PrivateEvent, ...])

    @own.validator
    def _is_own(self, _: object, events: Iterable[Event]) -> None:
        if any(event.partner != self.partner for event in events):
            raise InvalidValueError("own", "must be the private events of this partner")

    def to_json(self) -> bytes:
        """Return the export as JSON; ``read_export`` gives the same export again."""
        document = {
            "format": FORMAT,
            "space": self.space,
            "partner": self.partner,
            "at": self.at.isoformat(),
            "joint": [to_document(event) for event in self.joint],
            "own": [to_document(event) for event in self.own],
        }
        return json.dumps(document, ensure_ascii=False).encode() + b"\n"

    def to_markdown(self, titles: Mapping[str, str] | None = None) -> str:
        """Return the export as a text to read; *titles* says what to call activities, by id."""
        return _Page(self, titles or {}).text()


def read_export(data: bytes) -> Export:
    """Return the export that ``Export.to_json`` wrote; raise InvalidValueError for anything else, all of it or nothing.

    What it says about a file that is none holds nobody's words.
    """
    document = preflight(data, limits=EXPORT).document
    fields = {"format", "space", "partner", "at", "joint", "own"}
    if not isinstance(document, dict) or document.keys() != fields or repr(document["format"]) != str(FORMAT):
        raise InvalidValueError("export", f"must be an export of intimacy-kit in format {FORMAT}")
    joint, own = document["joint"], document["own"]
    if not (is_name(document["space"]) and is_name(document["partner"]) and type(joint) is list and type(own) is list):
        raise InvalidValueError("export", "must name a space and a partner, and hold two lists of events")
    return Export(
        space=document["space"],
        partner=document["partner"],
        at=read_moment(document["at"]),
        joint=_events(joint),
        own=_events(own),
    )


def _events(documents: list[object]) -> Any:
    """Return the events of a list; whether they are joint or somebody's own, the export checks."""
    return map(event_from, documents)


def take_in(store: Store, export: Export, *, partner: str, space: str = "") -> None:
    """Put an export back into a store: what is there already is left alone, the rest is appended, all or nothing.

    *partner* is who brings it, as your app knows them: nobody brings what is somebody else's, or for a space that they
    are not in.

    *space* is another name for the space; without one it keeps its own. Taking in the same export twice, or those
    of several people one after the other, the longest history first, doubles nothing. A joint log that is there is
    never gone on with: what a person brings along could be made up, and others live there. Raises InvalidValueError
    where the store holds another history, or a shorter one. Words that this person could not see are not in it.
    """
    name = space or export.space
    opened = (event.people for event in store.events(name) if isinstance(event, SpaceOpened))
    if export.partner != partner or partner not in next(opened, (partner,)):
        raise InvalidValueError("partner", "must be the person whose export it is, and in the space it is for")
    parts = []
    for log, events in ((None, export.joint), (partner, export.own)):
        there: tuple[Event, ...] = store.events(name) if log is None else store.events(name, partner=log)
        if [_bare(event) for event in there[: len(events)]] != [_bare(event) for event in events[: len(there)]]:
            raise InvalidValueError("export", f"tells another history than space '{name}' does; take another space")
        if log is None and 0 < len(there) < len(events):
            raise InvalidValueError("export", f"goes on after what space '{name}' holds; take in the longest one first")
        parts.append(Part(events=events[len(there) :], expected=len(there), partner=log))
    store.append_all(name, parts)


def _bare(event: Event) -> dict[str, Any]:
    """Return an event without the words of others, which not everybody's export has."""
    return take_words(to_document(event))[0]


@frozen
class _Page:
    """An export, as it is read."""

    export: Export
    titles: Mapping[str, str]

    def text(self) -> str:
        own = Own.from_events(self.export.partner, self.export.own)
        parts = [
            f"# What is yours\n\nYou are {self.export.partner} in {self.export.space}. On {self.export.at.date()}.",
            self._allowed(own),
            self._list("What you wrote down", [self._note(one) for one in own.notes]),
            self._list("What you sealed", [self._said(one) for one in self.export.own if one.event == "sealed"]),
            self._list("Your check-ins", [self._points(one) for one in own.check_ins]),
            self._list("What you opened together", [self._opened(one) for one in self.export.joint]),
            self._list("What you did together", [self._done(one) for one in self.export.joint]),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _title(self, activity_id: str) -> str:
        return self.titles.get(activity_id, activity_id)

    def _list(self, heading: str, parts: Iterable[str]) -> str:
        told = [part for part in parts if part]
        between = "\n" if all(part.startswith("- ") for part in told) else "\n\n"
        return f"## {heading}\n\n{between.join(told)}" if told else ""

    def _allowed(self, own: Own) -> str:
        lines = [f"- as deep as: {DEPTHS[own.boundaries.depth]}"]
        lines += [f"- {topic.replace('_', ' ')}: {answer}" for topic, answer in own.boundaries.topics]
        lines += [
            f"- not: {self._title(name)}" + ("" if until == ALWAYS else f", until {until}")
            for name, until in own.boundaries.declined
        ]
        lines += ["- you pause"] if own.boundaries.paused else []
        lines += [] if own.notice_read else ["- you have not read the notice; until then, only what is light"]
        return "## What you allow\n\n" + "\n".join(lines)

    def _note(self, note: Any) -> str:
        about = f", about {self._title(note.activity)}" if note.activity else ""
        return f"{note.at.date()}{about}\n\n{_quoted(note.words.text)}"

    def _said(self, sealed: Any) -> str:
        return f"{sealed.at.date()}: {_in_a_line(sealed.shown)}\n\n{_quoted(sealed.words.text)}"

    def _points(self, check_in: Any) -> str:
        points = ", ".join(f"{question}: {point}" for question, point in check_in.answers)
        return f"- {check_in.at.date()}, {self._title(check_in.activity)}: {points}"

    def _opened(self, event: Any) -> str:
        if not isinstance(event, Revealed) or self.export.partner not in {one.who for one in event.answers}:
            return ""
        said = [
            f"{one.who} ({_in_a_line(one.shown)})\n\n{_quoted(one.words.text) if one.words else '> (no longer there)'}"
            for one in event.answers
        ]
        return "\n\n".join([f"### {event.on}, {self._title(event.activity)}", *said])

    def _done(self, event: Any) -> str:
        match event:
            case Completed() | Skipped():
                aside = ", put aside" if isinstance(event, Skipped) else ""
                return f"- {event.at.date()}: {self._title(event.activity)}{aside}"
            case JourneyChosen():
                return f"- {event.at.date()}: on the way with {event.journey or 'no journey'}"
            case Migrated():
                return f"- {event.at.date()}: a pack was updated ({event.name})"
            case SpaceOpened():
                return f"- {event.at.date()}: the space was opened; what is shared is {event.shared} when erased"
            case SpaceLeft():
                return f"- {event.on}: {event.who} left"
            case SpaceClosed():
                return f"- {event.on}: the space was closed"
            case TakenBack():
                return f"- {event.on}: {event.who} took an answer back, to {self._title(event.activity)}"
            case _:
                return ""


_LIVE = str.maketrans({char: f"\\{char}" for char in "\\<&["})


def _in_a_line(shown: str) -> str:
    """Return what was shown in one line: it came from the phone of the other one, and makes no heading here."""
    return " ".join(shown.split()).translate(_LIVE)


def _quoted(words: str) -> str:
    """Return words as a quotation in which nothing is loaded and no link leads anywhere: they may be another one's."""
    return "\n".join(f"> {line}".rstrip() for line in words.translate(_LIVE).splitlines())
