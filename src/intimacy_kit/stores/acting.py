"""How an action in a space is done: read all there is, decide, and append on the condition that nothing has changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import field, frozen

from intimacy_kit.errors import IdempotencyError, SpaceClosedError, StoreBusyError, StoreConflictError
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries, together
from intimacy_kit.practice.event_documents import to_document
from intimacy_kit.practice.events import Event, JointEvent, PrivateEvent, SpaceOpened
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress
from intimacy_kit.stores import Part, Store, log_name

__all__ = ["TRIES", "Action", "Change", "Now", "act", "read", "too_busy"]

#: How often an action is decided anew when others were faster.
TRIES = 50


@frozen
class Now:
    """What the server knows of a space at a moment; nothing here is shown to anybody."""

    joint: tuple[JointEvent, ...]
    owns: Mapping[str, Own]
    progress: Progress

    @property
    def allowed(self) -> Boundaries:
        """What everybody who has not left allows together."""
        return together(self.owns[person].allowed for person in self.progress.people)


@frozen(kw_only=True)
class Change:
    """What follows from an action."""

    joint: tuple[JointEvent, ...] = field(default=(), converter=tuple[JointEvent, ...])
    private: tuple[PrivateEvent, ...] = field(default=(), converter=tuple[PrivateEvent, ...])


#: What an action was decided from, beside the log it is appended to.
RestsOn = Literal["own", "joint", "everything"]


@frozen
class Action:
    """What somebody asked for."""

    partner: str
    #: The log that the key belongs to; None is the joint one.
    log: str | None
    #: What makes a retry harmless; empty for none.
    key: str
    #: The event it leads to, or several, or what tells whether an event is one it could have led to.
    asked: Event | Sequence[Event] | Callable[[Event], bool]
    #: Whether it can only be done in a space that is open to this person.
    while_open: bool = False
    #: Which logs must be as they were read: what others write alone must not keep anybody from pausing or leaving.
    rests_on: RestsOn = "own"

    def led_to(self, events: Sequence[Event]) -> bool:
        """Tell whether events are what this action would have led to, at whatever time it was done."""
        if not events:  # only of several things it may be that none came about
            return isinstance(self.asked, Sequence)
        if callable(self.asked):
            return all(map(self.asked, events))
        asked = self.asked if isinstance(self.asked, Sequence) else [self.asked]
        could = [_timeless(event) for event in asked]
        return all(_timeless(event) in could for event in events)


def _timeless(event: Event) -> tuple[object, ...]:
    """Return what an event says, but not when: an action that is tried again is the same action."""
    fields = to_document(event)
    on = fields.pop("at", "")[:10] or fields.pop("on", "")
    fields.pop("round", None)
    if "until" in fields and fields["until"] != ALWAYS.isoformat():
        fields["until"] = (date.fromisoformat(fields["until"]) - date.fromisoformat(on)).days
    return tuple(sorted((name, repr(value)) for name, value in fields.items()))


def read(store: Store, space: str, partner: str, whose: RestsOn = "everything") -> Now:
    """Read what an action rests on; raise SpaceClosedError for a person the space is not for.

    *whose* is which private logs are read: this person's, none, or everybody's. What nobody needs is not read: one log
    that is damaged, or whose key is lost, keeps nobody else from pausing, leaving, or taking along what is theirs.
    """
    joint = store.events(space)
    progress = Progress.from_events(joint)
    if partner not in next((event.people for event in joint if isinstance(event, SpaceOpened)), ()):
        raise SpaceClosedError(space)
    people = {"own": {partner}, "joint": set[str](), "everything": {*progress.people, partner}}[whose]
    owns = {person: Own.from_events(person, store.events(space, partner=person)) for person in people}
    return Now(joint, owns, progress)


def act(store: Store, space: str, action: Action, decide: Callable[[Now], Change]) -> None:
    """Read, decide and append, until nobody was faster; what was done under this key is not done again."""
    for _ in range(TRIES):
        alone: RestsOn = "own" if action.log is not None else "joint"
        now = read(store, space, action.partner, "everything" if action.rests_on == "everything" else alone)
        if action.key:
            done = store.appended(space, action.key, partner=action.log)
            if done is not None and not action.led_to(done):
                raise IdempotencyError(log_name(space, action.log), action.key)
            if done is not None:
                return
        if action.while_open and (now.progress.closed or action.partner not in now.progress.people):
            raise SpaceClosedError(space)
        try:
            store.append_all(space, _parts(action, now, decide(now)), key=action.key)
        except StoreConflictError:
            continue
        return
    raise too_busy(space)


def too_busy(space: str) -> StoreBusyError:
    """Return the error of an action for which others were faster again and again."""
    return StoreBusyError(space, "is in use by many at once; nothing was kept, try again in a moment")


def _parts(action: Action, now: Now, change: Change) -> Iterable[Part]:
    """Return what is appended, first to the log of the key, and which logs must be as they were read."""
    events: dict[str | None, tuple[Event, ...]] = {action.log: ()}
    if action.rests_on == "everything":
        events |= dict.fromkeys(now.owns, ())
    if action.rests_on != "own" or change.joint:
        events[None] = change.joint
    if action.log is not None or change.private:
        events[action.partner] = change.private
    versions = {None: now.progress.version} | {name: own.version for name, own in now.owns.items()}
    return [Part(events=events[name], expected=versions[name], partner=name) for name in events]
