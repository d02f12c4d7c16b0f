"""What becomes of one activity: when it was offered, begun and done, how often, and what that counted towards."""

from datetime import date
from functools import lru_cache

from attrs import frozen

from intimacy_kit.practice.events import Completed, Offered, Paused, Skipped, Started

__all__ = ["NOTHING", "AboutActivity", "Deed", "Label"]

#: A joint event about an activity.
AboutActivity = Offered | Started | Paused | Completed | Skipped

#: What an activity counts towards: ("skill", "listening"), ("depth", 1), ...
Label = tuple[str, str | int]


@frozen(kw_only=True)
class Deed:
    """What happened with one activity."""

    #: The last day it was put before them.
    offered_on: date | None = None
    #: On how many days it was put before them.
    shown: int = 0
    #: The last day it was begun.
    begun_on: date | None = None
    #: How often it was completed or skipped.
    times: int = 0
    #: The first day it was completed or skipped.
    first_on: date | None = None
    #: The last day it was completed or skipped.
    last_on: date | None = None
    #: How often it was done to the end.
    done: int = 0
    #: The last day it was done to the end.
    done_on: date | None = None
    #: What it counted towards when it was acted on.
    labels: frozenset[Label] = frozenset()

    @property
    def completed(self) -> bool:
        """Whether it was ever done to the end."""
        return self.done > 0

    @property
    def seen(self) -> int:
        """How often they met it: on how many days it was offered, or how often it was acted on, if that is more.

        What was begun was met.
        """
        return max(self.shown, self.times) or int(self.begun_on is not None)

    @property
    def rests_from(self) -> date | None:
        """The day its rest is counted from: when it was last done, or put aside after it was begun.

        What was put aside without being begun rests no longer than what was ignored or declined.
        """
        begun = self.begun_on is not None and (self.offered_on is None or self.begun_on >= self.offered_on)
        return self.last_on if begun else self.done_on

    @property
    def as_offered(self) -> "Deed":
        """The same, as if it had only ever been offered."""
        return Deed(offered_on=self.offered_on, shown=self.shown)

    def after(self, event: AboutActivity) -> "Deed":
        """Return what has happened with the activity after one more event about it."""
        day = event.at.date()
        match event:
            case Offered():
                return _offered_once(day) if self is NOTHING else self._offered(day)
            case Started():
                return self | Deed(begun_on=day)
            case Completed() | Skipped():
                return self._acted_on(day, _labels_of(event), done=isinstance(event, Completed))
            case _:
                return self

    def _offered(self, day: date) -> "Deed":
        """Return what has happened after it was offered once more: what happens most, so it is written out."""
        return Deed(
            offered_on=_latest(self.offered_on, day),
            shown=self.shown + (day != self.offered_on),
            begun_on=self.begun_on,
            times=self.times,
            first_on=self.first_on,
            last_on=self.last_on,
            done=self.done,
            done_on=self.done_on,
            labels=self.labels,
        )

    def _acted_on(self, day: date, labels: frozenset[Label], *, done: bool) -> "Deed":
        """Return what has happened after it was acted on once more: what happens next to most."""
        return Deed(
            offered_on=self.offered_on,
            shown=self.shown,
            begun_on=self.begun_on,
            times=self.times + 1,
            first_on=_earliest(self.first_on, day),
            last_on=_latest(self.last_on, day),
            done=self.done + done,
            done_on=_latest(self.done_on, day) if done else self.done_on,
            labels=self.labels | labels if self.labels else labels,
        )

    def __or__(self, other: "Deed") -> "Deed":
        """Return what two deeds of one activity add up to, in whatever order they were."""
        return Deed(
            offered_on=_latest(self.offered_on, other.offered_on),
            shown=self.shown + other.shown,
            begun_on=_latest(self.begun_on, other.begun_on),
            times=self.times + other.times,
            first_on=_earliest(self.first_on, other.first_on),
            last_on=_latest(self.last_on, other.last_on),
            done=self.done + other.done,
            done_on=_latest(self.done_on, other.done_on),
            labels=self.labels | other.labels if other.labels else self.labels,
        )


#: What happened with an activity with which nothing happened.
NOTHING = Deed()


@lru_cache(maxsize=1_000)
def _offered_once(day: date) -> Deed:
    """Return what has happened with whatever was first offered on a day: the same for all."""
    return NOTHING._offered(day)  # noqa: SLF001 - its own


def _earliest(one: date | None, other: date | None) -> date | None:
    return one if other is None or (one is not None and one <= other) else other


def _latest(one: date | None, other: date | None) -> date | None:
    """Return the later day: a clock that was set back shortens no rest."""
    return one if other is None or (one is not None and one >= other) else other


def _labels_of(event: Completed | Skipped) -> frozenset[Label]:
    return _labels(event.kind, event.depth, event.skills, event.topics)


@lru_cache(maxsize=10_000)
def _labels(kind: str, depth: int, skills: tuple[str, ...], topics: frozenset[str]) -> frozenset[Label]:
    """Return what something counts towards; the same for all that are alike, so it is made once."""
    return frozenset(
        [
            ("kind", kind),
            ("depth", depth),
            *(("skill", skill) for skill in skills),
            *(("topic", topic) for topic in topics),
        ]
    )
