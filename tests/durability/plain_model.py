"""What a space does, in lists and dicts, after what is promised: to be played beside the kit.

Days are numbers. What they all know stands in one list, as it happened; what is somebody's own stands with them.
Each action returns the exception it has to raise, or None where it is done.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import Factory, define, frozen

from intimacy_kit.errors import ErasedError, KitError, NotOfferedError, SpaceClosedError

__all__ = ["FOR_EVER", "PlainActivity", "PlainModel"]

#: What an action has to raise; None where it is done.
Refusal = type[KitError] | None

_A_WEEK, _A_MONTH = 7, 30
#: The day that never comes.
FOR_EVER = 10**6
_ORDINARY = {"home", "work"}


@frozen
class PlainActivity:
    """What matters of an activity."""

    depth: int = 1
    topics: tuple[str, ...] = ()
    #: How many days it rests after it was done.
    rests: int = 60
    #: What has to be out of the way before.
    needs: str | None = None


@define
class Mine:
    """What is one person's own."""

    depth: int = 1
    answers: dict[str, str] = Factory(dict)
    #: By activity, the first day on which it may come again, or is asked again.
    declined: dict[str, int] = Factory(dict)
    accepted: dict[str, int] = Factory(dict)
    paused: bool = False
    notice: bool = False
    notes: list[str] = Factory(list)
    check_ins: list[int] = Factory(list)
    #: By activity: the round, the words, and whether they agreed.
    sealed: dict[str, tuple[int, str, bool]] = Factory(dict)

    def answer(self, topic: str) -> str:
        return self.answers.get(topic, "yes" if topic in _ORDINARY else "no")


@define
class PlainModel:
    """A space."""

    activities: dict[str, PlainActivity]
    everybody: list[str]
    shared: str
    today: int = 0
    mine: dict[str, Mine] = Factory(dict)
    #: What happened, for all to know: what, when, and what about.
    log: list[tuple[Any, ...]] = Factory(list)
    #: Who left, and how long the list was then.
    left: dict[str, int] = Factory(dict)
    closed: bool = False
    erased: set[str] = Factory(set)

    def __attrs_post_init__(self) -> None:
        self.mine = {who: Mine() for who in self.everybody}

    @property
    def people(self) -> list[str]:
        return [who for who in self.everybody if who not in self.left]

    # What is allowed, and what fits

    def _allows(self, who: str, name: str, *, as_if_asked: bool = False) -> bool:
        own, activity = self.mine[who], self.activities[name]
        answers = {own.answer(topic) for topic in activity.topics}
        asked = as_if_asked or own.accepted.get(name, 0) > self.today
        return (
            activity.depth <= (own.depth if own.notice else 1)
            and "no" not in answers
            and ("ask" not in answers or asked)
            and own.declined.get(name, 0) <= self.today
            and not own.paused
        )

    def allowed(self, name: str) -> bool:
        return all(self._allows(who, name) for who in self.people)

    def _days(self, name: str, *whats: str) -> list[int]:
        return [day for what, day, about in self.log if what in whats and about == name]

    def _last(self, name: str, *whats: str) -> int:
        return max(self._days(name, *whats), default=-1000)

    def _gate(self, name: str) -> bool:
        needs = self.activities[name].needs
        return (
            needs is None
            or bool(self._days(name, "offered"))
            or bool(self._days(needs, "done", "skipped"))
            or not self.allowed(needs)
        )

    def _rested(self, name: str) -> bool:
        """It rests after it was done, or put aside after a beginning."""
        begun = bool(self._days(name, "started")) and self._last(name, "started") >= self._last(name, "offered")
        since = self._last(name, "done", "skipped") if begun else self._last(name, "done")
        return self.today - since >= self.activities[name].rests

    def fits(self, name: str) -> bool:
        """Tell whether it may be begun: it is open, or was put before them today and everybody still allows it."""
        return name in self.open() or (self.allowed(name) and self._last(name, "offered") == self.today)

    def _met(self, name: str) -> bool:
        return bool(self._days(name, "offered", "started", "done", "skipped")) or self.fits(name)

    def open(self) -> list[str]:
        """Return what fits all of them now."""
        return sorted(
            name
            for name in self.activities
            if self.allowed(name)
            and self._gate(name)
            and self._rested(name)
            and self._last(name, "offered", "done", "skipped") < self.today
        )

    def may_be_asked(self, who: str, name: str) -> bool:
        """Tell whether somebody wants to be asked about an activity, and was not yet."""
        return self._allows(who, name, as_if_asked=True) and not self._allows(who, name)

    # What somebody does alone

    def _own(self, who: str) -> Refusal:
        return ErasedError if who in self.erased else None

    def note(self, who: str, words: str) -> Refusal:
        if not (refusal := self._own(who)):
            self.mine[who].notes.append(words)
        return refusal

    def check_in(self, who: str, point: int) -> Refusal:
        if not (refusal := self._own(who)):
            self.mine[who].check_ins.append(point)
        return refusal

    def read_notice(self, who: str) -> Refusal:
        if not (refusal := self._own(who)):
            self.mine[who].notice = True
        return refusal

    def allow(self, who: str, depth: int, answers: dict[str, str]) -> Refusal:
        """A yes that is needed no more, or helps no more, is forgotten."""
        if refusal := self._own(who):
            return refusal
        own = self.mine[who]
        own.depth = depth
        own.answers |= answers
        for name in [*own.accepted]:
            now = [own.answer(topic) for topic in self.activities[name].topics]
            if "ask" not in now or "no" in now:
                del own.accepted[name]
        return None

    def decline(self, who: str, name: str, scope: str) -> Refusal:
        """A no ends an earlier yes."""
        if refusal := self._own(who):
            return refusal
        until = {"now": self.today + 1, "month": self.today + _A_MONTH, "always": FOR_EVER}
        self.mine[who].declined[name] = until[scope]
        self.mine[who].accepted.pop(name, None)
        return None

    def take_back_decline(self, who: str, name: str) -> Refusal:
        if not (refusal := self._own(who)):
            self.mine[who].declined.pop(name, None)
        return refusal

    def accept(self, who: str, name: str) -> Refusal:
        if refusal := self._while_open(who):
            return refusal
        if not self.may_be_asked(who, name):
            return NotOfferedError
        self.mine[who].accepted[name] = self.today + _A_WEEK
        return None

    def pause(self, who: str, *, paused: bool = True) -> Refusal:
        if not (refusal := self._own(who)):
            self.mine[who].paused = paused
        return refusal

    # Sealed answers

    def _rounds(self, name: str, upto: int | None = None) -> list[dict[str, str | None]]:
        return [about[1] for what, _, about in self.log[:upto] if what == "revealed" and about[0] == name]

    def _seal(self, who: str, name: str) -> tuple[str, bool] | None:
        """Return what somebody sealed and what is not open."""
        number, words, agreed = self.mine[who].sealed.get(name, (-1, "", False))
        return (words, agreed) if number == len(self._rounds(name, self.left.get(who))) else None

    def _while_open(self, who: str) -> Refusal:
        return SpaceClosedError if self.closed or who not in self.people else None

    def seal(self, who: str, name: str, words: str) -> Refusal:
        """No words are refused."""
        if not (refusal := self._own(who)):
            self.mine[who].sealed[name] = (len(self._rounds(name, self.left.get(who))), words, False)
        return refusal

    def agree(self, who: str, name: str) -> Refusal:
        if refusal := self._while_open(who):
            return refusal
        if self._seal(who, name) is None:
            return NotOfferedError
        number, words, _ = self.mine[who].sealed[name]
        self.mine[who].sealed[name] = (number, words, True)
        seals = {one: self._seal(one, name) for one in self.people}
        if all(seal and seal[1] and self._allows(one, name, as_if_asked=True) for one, seal in seals.items()):
            self.log.append(("revealed", self.today, (name, {one: seal[0] for one, seal in seals.items() if seal})))
        return None

    def withdraw(self, who: str, name: str) -> Refusal:
        if refusal := self._own(who):
            return refusal
        if self._seal(who, name) is not None:
            del self.mine[who].sealed[name]
            return None
        rounds = [number for number, one in enumerate(self._rounds(name)) if who in one]
        there = [number for number in rounds if (who, name, number) not in self._taken()]
        if not there:
            return NotOfferedError
        self.log.append(("taken", self.today, (who, name, there[-1])))
        return None

    def _taken(self, upto: int | None = None) -> set[tuple[str, str, int]]:
        return {about for what, _, about in self.log[:upto] if what == "taken"}

    # What they do together

    def offer(self, who: str, names: Iterable[str]) -> Refusal:
        if refusal := self._while_open(who):
            return refusal
        self.log += [("offered", self.today, name) for name in names if self.fits(name)]
        return None

    def start(self, who: str, name: str) -> Refusal:
        if refusal := self._while_open(who):
            return refusal
        if not self.fits(name):
            return NotOfferedError
        self.log.append(("started", self.today, name))
        return None

    def become(self, who: str, what: str, name: str) -> Refusal:
        """Put down, complete or skip."""
        if refusal := self._while_open(who):
            return refusal
        if not self._met(name):
            return NotOfferedError
        self.log.append((what, self.today, name))
        return None

    def choose(self, who: str, journey: str | None) -> Refusal:
        if not (refusal := self._while_open(who)):
            self.log.append(("journey", self.today, journey))
        return refusal

    # Leaving

    def leave(self, who: str) -> Refusal:
        if not (refusal := self._while_open(who)):
            self._leave(who)
        return refusal

    def _leave(self, who: str) -> None:
        self.log.append(("left", self.today, who))
        self.left[who] = len(self.log)

    def close(self, who: str) -> Refusal:
        if not (refusal := self._while_open(who)):
            self.closed = True
            self.log.append(("closed", self.today, None))
        return refusal

    def erase(self, who: str) -> Refusal:
        if who not in self.left:
            self._leave(who)
        self.erased.add(who)
        self.mine[who] = Mine()
        return None

    def _left_on(self, who: str) -> int:
        return self._last(who, "left")

    # What somebody sees

    def view(self, who: str) -> dict[str, Any]:
        """Return what one of them sees."""
        own, log = self.mine[who], self.log[: self.left.get(who)]
        people = [one for one in self.everybody if ("left", self._left_on(one), one) not in log]
        closed = any(what == "closed" for what, _, _ in log) or who not in people
        unfinished = None
        for what, _, about in log:
            if what in {"started", "paused"}:
                unfinished = about
            elif what in {"done", "skipped"} and about == unfinished:
                unfinished = None
        return {
            "people": people,
            "closed": closed,
            "open": [] if closed else self.open(),
            "unfinished": unfinished if unfinished and not closed and self.allowed(unfinished) else None,
            "journey": next((about for what, _, about in reversed(log) if what == "journey"), None),
            "done": [(day, about) for what, day, about in log if what in {"done", "skipped"}],
            "revealed": [*self._revealed(who)],
            "sealed": {name: seal for name in sorted(own.sealed) if (seal := self._seal(who, name))},
            "notes": own.notes,
            "check_ins": own.check_ins,
            "notice": own.notice,
            "depth": own.depth,
            "declined": {name: until for name, until in own.declined.items() if self.today < until},
            "accepted": {name: until for name, until in own.accepted.items() if self.today < until},
            "paused": own.paused,
        }

    def _revealed(self, who: str) -> Iterator[tuple[str, dict[str, str | None]]]:
        """What others took back is gone for those who had left by then, too; what these did later, they do not see.

        Nobody keeps what somebody took back who was erased, and when all are, nobody keeps anything.
        """
        upto = self.left.get(who)
        mine, taken = self._taken(upto), self._taken()
        mine |= {about for about in taken if about[0] in self.erased}
        nothing_kept = self.shared == "removed" or len(self.erased) == len(self.everybody)
        for name in sorted(self.activities):
            for number, answers in enumerate(self._rounds(name, upto)):
                if who in answers:
                    gone = {one for one in answers if (one, name, number) in (mine if one == who else taken)}
                    gone |= self.erased if nothing_kept else set()
                    yield name, {one: None if one in gone else words for one, words in answers.items()}

    def never_shown_to(self, who: str) -> set[str]:
        """Return what others wrote, and what nobody opened for this person."""
        told = {words for _, answers in self._revealed(who) for words in answers.values()}
        others = [self.mine[one] for one in self.everybody if one != who]
        words = {words for own in others for words in own.notes}
        return words | {seal[1] for own in others for seal in own.sealed.values()} - told
