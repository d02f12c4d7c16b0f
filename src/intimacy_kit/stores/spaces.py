"""What people do in a space, one method for each: the safe way to use a store.

Every action names who acts. It reads what it needs, decides, and appends all that follows from it at once, on the
condition that nothing has changed since it read; else it reads again. So a withdrawal wins every race, and the
answers of two people are opened together or not at all. *key* makes a retry harmless: an action that was done is not
done again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import Literal

from attrs import evolve

from intimacy_kit.content.activities import Activity, CheckIn, Prompt
from intimacy_kit.errors import (
    InvalidValueError,
    NotOfferedError,
    StoreConflictError,
)
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.asking import accept
from intimacy_kit.practice.boundaries import ALWAYS, Answer, Boundaries
from intimacy_kit.practice.events import (
    Accepted,
    Agreed,
    BoundariesChanged,
    CheckedIn,
    Completed,
    Declined,
    Event,
    JointEvent,
    JourneyChosen,
    Noted,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
    Sealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    Started,
    TakenBack,
    Withdrawn,
)
from intimacy_kit.practice.moments import day_of
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.sealing import reveal, reveals_taken_back, seal_of, taken_back
from intimacy_kit.practice.suggestions import fits
from intimacy_kit.practice.updating import UpdateReport, catch_up
from intimacy_kit.practice.views import View, seen_by, view
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Store
from intimacy_kit.stores.acting import TRIES, Action, Change, Now, act, read, too_busy
from intimacy_kit.stores.export_files import delete_files, write_files
from intimacy_kit.stores.exports import Export

__all__ = ["DECLINED_DAYS", "Scope", "Space"]

#: For how long something can be declined.
Scope = Literal["now", "month", "always"]

#: The days of each scope; always has no end.
DECLINED_DAYS: Mapping[Scope, int] = {"now": 1, "month": 30}


class Space:
    """A space in a store: what people do in it, and what each of them sees.

    *seed* gives the space an order of its own; draw one for each space and keep it to yourself. *exports* is a folder
    of the host's in which ``write_export`` writes and ``erase`` cleans up. Any thread may use it as far as the store
    allows.

    >>> from datetime import UTC
    >>> from intimacy_kit.stores.memory import MemoryStore
    >>> now = datetime(2026, 11, 23, 20, tzinfo=UTC)
    >>> space = Space(MemoryStore(), "us", Catalog())
    >>> space.open(["ada", "ben"], at=now)
    >>> space.view("ben", now=now).people
    ('ada', 'ben')
    """

    def __init__(
        self, store: Store, space: str, catalog: Catalog, *, seed: str = "", exports: str | Path | None = None
    ) -> None:
        self._store = store
        self._space = space
        self._catalog = catalog
        self._seed = seed
        self._exports = Path(exports) if exports is not None else None

    # Opening and ending

    def open(self, people: Iterable[str], *, at: datetime, shared: str = "removed") -> None:
        """Open the space for one to six people, by ids of the host's.

        *shared* says what becomes of words that were revealed when their writer is erased: ``removed`` for everybody,
        or ``kept`` by those they were revealed to. It cannot be changed later. Opening it again for the same people
        on the same terms is harmless; on others it raises InvalidValueError.
        """
        opened = SpaceOpened(at=at, people=people, shared=shared)
        for _ in range(TRIES):
            events = self._store.events(self._space)
            before = next((event for event in events if isinstance(event, SpaceOpened)), None)
            if before is not None and evolve(before, at=at) != opened:
                raise InvalidValueError("people", "must be those the space was opened for, on the same terms")
            if before is not None:
                return
            try:
                self._store.append(self._space, [opened], expected=len(events))
            except StoreConflictError:
                continue
            return
        raise too_busy(self._space)

    def catch_up(self, *, at: datetime) -> UpdateReport:
        """Say in the joint log what an update of a pack made of which id, and return what became of this space.

        Call it when the space is loaded. Each migration is said once, by its name; called again, nothing is written.
        """
        for _ in range(TRIES):
            progress = Progress.from_events(self._store.events(self._space))
            events, report = catch_up(progress, self._catalog, at=at)
            try:
                if events:
                    self._store.append(self._space, events, expected=progress.version)
            except StoreConflictError:
                continue
            return report
        raise too_busy(self._space)

    def leave(self, partner: str, *, at: datetime, key: str = "") -> None:
        """Leave, at once and alone; the others see on which day. What is one's own stays to be exported or erased."""
        self._joint(partner, key, SpaceLeft(on=day_of(at, "at"), who=partner))

    def close(self, partner: str, *, at: datetime, key: str = "") -> None:
        """End the space for everybody, at once and alone; it is not said by whom. Nobody's words are lost."""
        self._joint(partner, key, SpaceClosed(on=day_of(at, "at")))

    # What somebody allows, alone

    def read_notice(self, partner: str, *, at: datetime, key: str = "") -> None:
        """Keep that somebody read, alone, the notice; until then nothing is allowed to them that is not light."""
        self._private(partner, key, NoticeRead(partner=partner, at=at))

    def allow(
        self,
        partner: str,
        *,
        at: datetime,
        depth: int | None = None,
        topics: Mapping[str, Answer] | None = None,
        key: str = "",
    ) -> None:
        """Set how deep it may go, and the answers to some topics; the rest stays as it was. It counts at once."""

        def change(own: Boundaries) -> Boundaries:
            deeper = own if depth is None else own.with_depth(depth)
            for topic, answer in (topics or {}).items():
                deeper = deeper.with_answer(topic, answer)
            return deeper

        self._boundaries(partner, at, key, change)

    def decline(self, partner: str, activity_id: str, *, at: datetime, scope: Scope = "now", key: str = "") -> None:
        """Decline an activity for today, for a month, or always; nobody else ever learns of it."""
        if scope != "always" and scope not in DECLINED_DAYS:
            raise InvalidValueError("scope", "must be now, month or always")
        day = day_of(at, "at")
        until = ALWAYS if scope == "always" else day + min(timedelta(DECLINED_DAYS[scope]), ALWAYS - day)
        declined = Declined(partner=partner, at=at, activity=activity_id, until=until)
        self._private(partner, key, declined)

    def take_back_decline(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Let something come again that was declined, under whichever id it had then."""
        activity = self._catalog.get(activity_id)
        names = (activity_id, *((activity.id, *activity.aliases) if activity else ()))
        self._boundaries(partner, at, key, lambda own: reduce(Boundaries.not_declining, names, own))

    def accept(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Say yes to one of the questions in the view; raise NotOfferedError where it is none of them.

        To say no, decline it; to say nothing is a no as well.
        """
        activity = self._catalog[activity_id]
        day_of(at, "at")  # refused under the name it has here

        def decide(now: Now) -> Change:
            said = accept(self._catalog, now.progress, now.owns[partner], activity.id, now=at, seed=self._seed)
            return Change(private=[said])

        def is_it(event: Event) -> bool:
            return isinstance(event, Accepted) and event.activity == activity.id

        self._do(Action(partner, partner, key, is_it, while_open=True, rests_on="joint"), decide)

    def pause(self, partner: str, *, at: datetime, key: str = "") -> None:
        """Want nothing for now, at once and alone; for everybody it looks as if there were nothing to offer."""
        self._boundaries(partner, at, key, lambda own: own.pausing())

    def resume(self, partner: str, *, at: datetime, key: str = "") -> None:
        """End one's own pause."""
        self._boundaries(partner, at, key, lambda own: own.pausing(paused=False))

    # What somebody writes, alone

    def note(self, partner: str, words: str, *, at: datetime, activity_id: str | None = None, key: str = "") -> None:
        """Write something down for oneself."""
        noted = Noted(partner=partner, at=at, words=Words(words), activity=activity_id)
        self._private(partner, key, noted)

    def check_in(
        self, partner: str, activity_id: str, answers: Mapping[str, int], *, at: datetime, key: str = ""
    ) -> None:
        """Answer a check-in for oneself; raise InvalidValueError for a point that its scale does not have."""
        activity = self._catalog[activity_id]
        if not isinstance(activity, CheckIn):
            raise InvalidValueError("activity_id", "must name a check-in")
        asked = {question.id for question in activity.questions}
        points = range(activity.scale.low, activity.scale.high + 1)
        if answers.keys() != asked or not all(point in points for point in answers.values()):
            raise InvalidValueError("answers", "must give a point of its scale for each question of the check-in")
        checked = CheckedIn.of(activity, at=at, partner=partner, answers=answers)
        self._private(partner, key, checked)

    # Sealed answers

    def seal(self, partner: str, activity_id: str, words: str, *, at: datetime, shown: str = "", key: str = "") -> None:
        """Seal an answer: nobody else reads it, or learns that it is there, until everybody has and agreed.

        *shown* is what the prompt said on their screen; without it, what it says in its own language. Sealing again
        takes the place of the answer before, which has to be agreed to anew. It is never refused because of what
        somebody allows, or because the space was closed meanwhile: what was written is kept, and only not opened.
        """
        activity = self._catalog[activity_id]
        told = shown or (activity.text if isinstance(activity, Prompt) else activity.title).words
        sealed = Sealed.of(activity, at=at, partner=partner, shown=told, words=Words(words))

        def decide(now: Now) -> Change:
            return Change(private=[evolve(sealed, round=_seen(now, partner).rounds_of(activity.id))])

        self._do(Action(partner, partner, key, sealed, rests_on="joint"), decide)

    def agree(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Agree that the answers are opened; with the last one to agree, they are, all at once.

        It says nothing about the others: whether they are open, the view shows. Agreeing again is harmless, and opens
        what has become possible since. Raises NotOfferedError for somebody who has sealed nothing.
        """
        name, aliases = self._names(activity_id)

        def decide(now: Now) -> Change:
            own = now.owns[partner]
            known = next((one for one in (name, *aliases) if seal_of(own, now.progress, one)), None)
            if known is None:
                raise NotOfferedError(activity_id)
            number = now.progress.rounds_of(name)
            private: list[PrivateEvent] = [Agreed(partner=partner, at=at, activity=name, round=number)]
            if known != name:  # it was renamed since: the answer goes along
                sealed = own.seals[known].answer
                left = Withdrawn(partner=partner, at=at, activity=known, round=sealed.round)
                private = [left, evolve(sealed, activity=name, round=number), *private]
            others = [one for person, one in now.owns.items() if person != partner]
            revealed = reveal(now.progress, [*others, own.after(*private)], name, on=at.date(), aliases=aliases)
            return Change(private=private, joint=[revealed] if revealed else [])

        def is_it(event: Event) -> bool:
            return isinstance(event, Agreed | Sealed | Withdrawn) and event.activity in (name, *aliases)

        self._do(Action(partner, partner, key, is_it, while_open=True, rests_on="everything"), decide)

    def withdraw(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Take an answer back. Sealed, it is as if it had not been written; open, it is shown no more.

        It wins every race: should the answers have been opened in the meantime, this one is taken back from there.
        Raises NotOfferedError for somebody who has nothing to take back.
        """
        name, aliases = self._names(activity_id)

        def decide(now: Now) -> Change:
            seen = _seen(now, partner)
            for known in (name, *aliases):  # also what was sealed under an id that it had before
                if seal_of(now.owns[partner], seen, known) is not None:
                    number = seen.rounds_of(known)
                    return Change(private=[Withdrawn(partner=partner, at=at, activity=known, round=number)])
            for known in (name, *aliases):
                if (opened := taken_back(now.progress, partner, known)) is not None:
                    return Change(
                        private=[Withdrawn(partner=partner, at=at, activity=known, round=opened)],
                        joint=[TakenBack(on=at.date(), who=partner, activity=known, round=opened)],
                    )
            raise NotOfferedError(activity_id)

        def is_it(event: Event) -> bool:
            return isinstance(event, Withdrawn) and event.activity in (name, *aliases)

        self._do(Action(partner, partner, key, is_it, rests_on="joint"), decide)

    # What they do together

    def offer(self, partner: str, activity_ids: Iterable[str], *, at: datetime, key: str = "") -> None:
        """Keep that activities were put before people; what fits no more is left out."""
        wanted = [self._catalog[activity_id] for activity_id in activity_ids]

        def decide(now: Now) -> Change:
            return Change(joint=[Offered.of(one, at=at) for one in wanted if self._fits(now, one, at)])

        asked = [Offered.of(one, at=at) for one in wanted]
        self._do(Action(partner, None, key, asked, while_open=True, rests_on="everything"), decide)

    def start(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Begin an activity that fits now; else raise NotOfferedError, which does not say why it does not fit."""
        activity = self._catalog[activity_id]
        started = Started.of(activity, at=at)

        def decide(now: Now) -> Change:
            if not self._fits(now, activity, at):
                raise NotOfferedError(activity_id)
            return Change(joint=[started])

        self._do(Action(partner, None, key, started, while_open=True, rests_on="everything"), decide)

    def put_down(
        self, partner: str, activity_id: str, *, at: datetime, moves: Iterable[str] = (), key: str = ""
    ) -> None:
        """Stop in the middle, to go on another time; *moves* leads back to the place."""
        self._about(partner, key, Paused.of(self._catalog[activity_id], at=at, moves=moves))

    def complete(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Keep that they did an activity to the end."""
        self._about(partner, key, Completed.of(self._catalog[activity_id], at=at))

    def skip(self, partner: str, activity_id: str, *, at: datetime, key: str = "") -> None:
        """Keep that they put an activity aside together."""
        self._about(partner, key, Skipped.of(self._catalog[activity_id], at=at))

    def choose_journey(self, partner: str, journey: str | None, *, at: datetime, key: str = "") -> None:
        """Follow a journey, or none; raise InvalidValueError for one that no pack has."""
        if journey is not None and journey not in self._catalog.journeys:
            raise InvalidValueError("journey", "must be the id of a journey in the catalog")
        self._joint(partner, key, JourneyChosen(at=at, journey=journey))

    # What somebody sees and takes along

    def view(
        self, partner: str, *, now: datetime, minutes: int | None = None, circumstances: Iterable[str] = ()
    ) -> View:
        """Return all that one partner's screens need; raise SpaceClosedError for a person the space is not for.

        *minutes* and *circumstances* are those of :func:`~intimacy_kit.practice.suggestions.suggest`; what is suggested
        to the others does not change by them.
        """
        here = read(self._store, self._space, partner)
        progress = Progress.from_events(seen_by(here.joint, partner))
        return view(
            progress,
            here.owns[partner],
            self._catalog,
            here.allowed,
            now=now,
            minutes=minutes,
            circumstances=circumstances,
            seed=self._seed,
        )

    def export(self, partner: str, *, at: datetime) -> Export:
        """Return all that is one person's, and nothing of anybody else's."""
        here = read(self._store, self._space, partner, "joint")
        own = self._store.events(self._space, partner=partner)
        return Export(space=self._space, partner=partner, at=at, joint=seen_by(here.joint, partner), own=own)

    def write_export(self, partner: str, *, at: datetime) -> tuple[Path, Path]:
        """Write somebody's export into the folder of exports, as JSON and as Markdown, and return the two files."""
        if self._exports is None:
            raise InvalidValueError("exports", "must be a folder, where the space was made, before it is written to")
        export = self.export(partner, at=at)
        written = write_files(self._exports, export, {one.id: str(one.title) for one in self._catalog.values()})
        if self.export(partner, at=at) != export:  # somebody was erased, or took something back, meanwhile
            return self.write_export(partner, at=at)
        return written

    def erase(self, partner: str, *, at: datetime) -> None:
        """Erase somebody: their private log, their words as the space was opened, and the files of exports.

        They leave first. Export files of everybody in this space go too, for they may hold the same words; who wants
        theirs exports it again. Harmless twice.
        """
        if partner in read(self._store, self._space, partner, "joint").progress.people:
            left = SpaceLeft(on=day_of(at, "at"), who=partner)
            self._do(Action(partner, None, "", left, rests_on="joint"), lambda _: Change(joint=[left]))
        self._erase_words(read(self._store, self._space, partner, "joint"), partner)
        if self._exports is not None:
            delete_files(self._exports, self._space)

    # How it is done

    def _private(self, partner: str, key: str, event: PrivateEvent) -> None:
        self._do(Action(partner, partner, key, event), lambda _: Change(private=[event]))

    def _joint(self, partner: str, key: str, event: JointEvent) -> None:
        action = Action(partner, None, key, event, while_open=True, rests_on="joint")
        self._do(action, lambda _: Change(joint=[event]))

    def _about(self, partner: str, key: str, event: Paused | Completed | Skipped) -> None:
        """Keep what became of an activity that they met; else raise NotOfferedError."""

        def decide(now: Now) -> Change:
            if not self._is_met(now, event.activity, event.at):
                raise NotOfferedError(event.activity)
            return Change(joint=[event])

        self._do(Action(partner, None, key, event, while_open=True, rests_on="everything"), decide)

    def _boundaries(self, partner: str, at: datetime, key: str, change: Callable[[Boundaries], Boundaries]) -> None:
        def decide(now: Now) -> Change:
            changed = change(now.owns[partner].boundaries).without_what_is_over(day_of(at, "at"))
            return Change(private=[BoundariesChanged(partner=partner, at=at, boundaries=changed)])

        def is_it(event: Event) -> bool:
            """Tell whether the change led, here or where the same was said before, to what the event says."""
            if not isinstance(event, BoundariesChanged):
                return False
            events = self._store.events(self._space, partner=partner)
            befores = (
                Own.from_events(partner, events[:place]).boundaries for place, one in enumerate(events) if one == event
            )
            return any(change(before).without_what_is_over(event.at.date()) == event.boundaries for before in befores)

        self._do(Action(partner, partner, key, is_it), decide)

    def _names(self, activity_id: str) -> tuple[str, tuple[str, ...]]:
        """Return the id that an activity has now, and those it had before; what is gone with its pack keeps its own."""
        activity = self._catalog.get(activity_id)
        return (activity.id, activity.aliases) if activity else (activity_id, ())

    def _fits(self, now: Now, activity: Activity, at: datetime) -> bool:
        """Tell whether something may be begun: it fits, or was put before them today and everybody still allows it."""
        today = day_of(at, "at")
        on_the_table = now.progress.of(activity).offered_on == today and not activity.retired
        return (on_the_table and now.allowed.allow(activity, today)) or fits(
            self._catalog, now.progress, now.allowed, activity.id, now=at
        )

    def _is_met(self, now: Now, activity_id: str, at: datetime) -> bool:
        """Tell whether an activity was ever put before them or begun, or fits now."""
        activity = self._catalog[activity_id]
        return now.progress.of(activity).seen > 0 or self._fits(now, activity, at)

    def _erase_words(self, here: Now, partner: str) -> None:
        """Erase what somebody wrote, but not what others may keep; after the last one is erased, nobody keeps it."""
        if here.progress.shared == "removed":
            self._store.erase(self._space, partner, shared=True)
            return
        people = next(event.people for event in here.joint if isinstance(event, SpaceOpened))
        self._store.erase(self._space, partner, shared=False, taken_back=reveals_taken_back(here.joint, partner))
        if all(self._store.erased(self._space, person) for person in people):
            for person in people:
                self._store.erase(self._space, person, shared=True)

    def _do(self, action: Action, decide: Callable[[Now], Change]) -> None:
        act(self._store, self._space, action, decide)


def _seen(now: Now, partner: str) -> Progress:
    """Return the progress as one partner sees it: for somebody who left, rounds went on no further."""
    return now.progress if partner in now.progress.people else Progress.from_events(seen_by(now.joint, partner))
