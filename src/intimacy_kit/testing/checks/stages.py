"""What all checks of an app share, and a fresh space of the app, acted in and looked at."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import groupby

from attrs import evolve, frozen

from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.testing.actions import Action, Allow, ReadNotice
from intimacy_kit.testing.checks.choosing import Choice
from intimacy_kit.testing.checks.comparing import Ignoring, Pages
from intimacy_kit.testing.hosts import Answered, Host
from intimacy_kit.testing.reports import Evidence

__all__ = [
    "Check",
    "Look",
    "RefusedError",
    "Rehearsal",
    "Script",
    "Stage",
    "Step",
    "Try",
    "UncheckedError",
    "kinds_in",
    "told",
]

#: The page that holds the answers to actions.
ANSWERS = "answers"


class UncheckedError(Exception):
    """Something cannot be checked, for a reason that is no fault of the app."""


class RefusedError(Exception):
    """The app refused what a check begins with, and against which nothing stands."""


@frozen
class Look:
    """Somebody fetches all their pages, and nobody compares them."""

    who: str


@frozen
class Try:
    """Somebody tries something that the app may refuse."""

    who: str
    action: Action


#: Somebody acts, tries or looks, or so much time has passed since the beginning.
Step = tuple[str, Action] | Try | Look | timedelta
Script = Sequence[Step]


@frozen(kw_only=True)
class Rehearsal:
    """What all checks of an app share."""

    host: Host
    catalog: Catalog
    choice: Choice
    pairs: int
    seed: str
    #: When each evening begins.
    start: datetime
    ignored: Ignoring

    @property
    def people(self) -> tuple[str, ...]:
        """Whom the spaces are for."""
        return tuple(self.host.people)

    def lacks(self, *kinds: type[Action]) -> bool:
        """Tell whether the app has not all of these kinds of actions."""
        return any(kind in self.host.lacks for kind in kinds)

    def stage(self) -> "Stage":
        """Begin a fresh space."""
        return Stage(self)

    def word(self, label: str, *, longer: int = 0) -> str:
        """Return a word that stands nowhere else, the same for the same label."""
        return self.mark(label) + " and more" * longer

    def mark(self, label: str) -> str:
        """Return what a word can be found by."""
        return f"kept{blake2b(f'{self.seed}/{label}'.encode(), digest_size=9).hexdigest()}"

    def settled(self, depth: int = 2) -> Script:
        """Return what everybody does first: each reads the notice and says how deep it may go."""
        acts: list[Action] = [ReadNotice(), Allow(depth=depth)]
        return [(who, act) for who in self.people for act in acts if not self.lacks(type(act))]

    def some(self, among: Sequence[str], what: str, least: int = 1) -> Sequence[str]:
        """Return activities of the catalog; raise UncheckedError where there are too few."""
        if len(among) < least:
            raise UncheckedError(f"the catalog has fewer than {least} {what}")
        return among

    @property
    def prompts(self) -> Sequence[str]:
        """At least three prompts that anybody may begin."""
        return self.some(self.choice.prompts, "prompts that are light, ordinary and without a gate", 3)


#: What a check does: it gives what it found against its promise, and stops where nobody asks for more.
Run = Callable[[Rehearsal], Iterator[Evidence]]


@frozen(kw_only=True)
class Check:
    """One thing that is tried."""

    name: str
    #: What is true of an app that passes.
    says: str
    run: Run
    #: The kinds of actions without which it cannot be tried.
    needs: tuple[type[Action], ...] = ()
    attacks: tuple[int, ...] = ()


class Stage:
    """A fresh space of the app."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._host = rehearsal.host
        self._start = rehearsal.start
        self._ignored = rehearsal.ignored
        self._sent: Counter[str] = Counter()
        self.has_clock = self._host.at(rehearsal.start)
        ids = self._host.begin(rehearsal.people, seed=rehearsal.mark("seed")) or {}
        self._ids = sorted(
            ((theirs.encode(), f"<{name}>".encode()) for name, theirs in ids.items()), key=_longest_first
        )

    def later(self, since: timedelta) -> None:
        """Let time pass: so much has passed since the beginning."""
        if not self._host.at(self._start + since):
            raise UncheckedError("the app has no clock that can be set (Host.at)")

    def try_(self, who: str, action: Action) -> Answered:
        """Let somebody try something, with a key of its own unless it has one."""
        return self._host.send(who, self._with_key(who, action))

    def race(self, actions: Sequence[tuple[str, Action]]) -> Sequence[Answered] | None:
        """Let several people act at once; None where the app does not say how."""
        return self._host.send_all([(who, self._with_key(who, action)) for who, action in actions])

    def forge(self, who: str, other: str, action: Action) -> Answered | None:
        """Let somebody try to act as another one; None where the app does not say how."""
        return self._host.send_as(who, other, self._with_key(who, action))

    def _with_key(self, who: str, action: Action) -> Action:
        self._sent[who] += 1
        return action if action.key else evolve(action, key=f"{who}-{self._sent[who]}")

    def act(self, who: str, *actions: Action) -> None:
        """Let somebody do what nothing stands against; raise RefusedError where the app does not."""
        for action in actions:
            if not self.try_(who, action).done:
                raise RefusedError(f"the app refused '{type(action).__name__}' of {who}, and nothing stands against it")

    def play(self, script: Script) -> None:
        """Go through a script."""
        for step in script:
            match step:
                case Look(who):
                    self.look(who)
                case Try(who, action):
                    self.try_(who, action)
                case timedelta():
                    self.later(step)
                case _:
                    self.act(step[0], step[1])

    def look(self, who: str) -> Pages:
        """Return what somebody sees, as it came."""
        return self._host.see(who)

    def support(self, who: str) -> bytes | None:
        """Return the support page as somebody gets it; None where the app does not describe it."""
        page = self._host.support(who)
        return None if page is None else self._ignored.without("support", self._named(page))

    def kept(self) -> Pages:
        """Return all that the app keeps and logs, as far as it is described."""
        return self.compare_later(dict([*(self._host.at_rest() or ()), *(self._host.logs() or ())]))

    def compare_later(self, pages: Pages) -> dict[str, bytes]:
        """Return pages with names for ids, and without what the app says differs always."""
        return {name: self._ignored.without(name, self._named(data)) for name, data in pages.items()}

    def told(self, answered: Answered) -> bytes:
        """Return an answer, ready to be compared."""
        shown = self._ignored.without(ANSWERS, self._named(answered.shown))
        return (b"done " if answered.done else b"refused ") + shown

    def _named(self, data: bytes) -> bytes:
        for theirs, name in self._ids:
            data = data.replace(theirs, name)
        return data


def _longest_first(pair: tuple[bytes, bytes]) -> int:
    return -len(pair[0])


def told(script: Script, who: str) -> str:
    """Say in a few words what somebody does in a script, without their words."""
    theirs = [step for step in script if isinstance(step, tuple) and step[0] == who]
    runs = [(kind, len([*run])) for kind, run in groupby(kinds_in(theirs))]
    return ", ".join(kind.__name__ + (f" ({times} times)" if times > 1 else "") for kind, times in runs) or "nothing"


def kinds_in(script: Script) -> list[type[Action]]:
    """Return the kinds of actions in a script, one after the other."""
    return [
        type(step[1] if isinstance(step, tuple) else step.action) for step in script if isinstance(step, tuple | Try)
    ]
