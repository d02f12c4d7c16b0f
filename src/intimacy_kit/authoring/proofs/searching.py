"""The search for somebody whom a proof fails for: exact where it ends, and it ends within a budget."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from itertools import islice
from typing import Generic, TypeVar

from attrs import field, frozen

from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["Answers", "budget", "cone", "likely", "plainest", "search"]

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Hashable)

_MOST, _STEPS = 20_000, 800_000


@frozen
class Answers(Generic[K, T]):
    """What a search gives."""

    #: Whom it fails for, by what was asked about.
    witnesses: dict[K, T]
    #: What could not be looked through.
    unproved: tuple[K, ...]


def budget(system: System) -> int:
    """Return how many cases a search may try: many where one takes little time."""
    return min(_MOST, _STEPS // (len(system.groups) + len(system.rules.need) + 1) + 20)


def search(
    questions: Mapping[K, Callable[[], Iterable[T]]],
    seeds: Iterable[T],
    failing: Callable[[T, Collection[K]], Iterable[K]],
    most: int,
) -> Answers[K, T]:
    """Look for a case that each question fails for, trying so many cases at most.

    *questions* gives for each all cases that matter; *seeds* are those worth trying first. *failing* tells which of
    some questions fail in a case. A question with no failing case among all of its own is proved.
    """
    hunt = _Hunt(failing, dict.fromkeys(questions))
    for case in islice(dict.fromkeys(seeds), most):
        hunt.attempt(case)
    for question, cases in questions.items():
        for case in cases() if question in hunt.asked else ():
            if len(hunt.tried) >= most:
                return Answers(hunt.witnesses, tuple(hunt.asked))
            hunt.attempt(case)
            if question not in hunt.asked:
                break
        hunt.asked.pop(question, None)
    return Answers(hunt.witnesses, ())


@frozen
class _Hunt(Generic[K, T]):
    """How far a search has come."""

    failing: Callable[[T, Collection[K]], Iterable[K]]
    #: What is still open, in order.
    asked: dict[K, None]
    witnesses: dict[K, T] = field(factory=dict)
    tried: set[T] = field(factory=set)

    def attempt(self, case: T) -> None:
        """Try a case, once, for all that is still open."""
        if case in self.tried or not self.asked:
            return
        self.tried.add(case)
        for question in list(self.failing(case, self.asked)):
            self.witnesses[question] = case
            del self.asked[question]


def likely(system: System, places: Iterable[int]) -> list[Profile]:
    """Return whom to try first: people who draw one line, then those who allow just what some groups need."""
    least = Counter(system.least_of(place) for place in places)
    topics = sorted(system.occurring.allowed)
    lines = [EVERYTHING, *(Profile(depth, EVERYTHING.topics) for depth in range(system.occurring.depth - 1, 0, -1))]
    lines += [Profile.of(EVERYTHING.depth, EVERYTHING.allowed - {topic}) for topic in topics]
    return lines + [profile for profile, _ in sorted(least.items(), key=lambda pair: (-pair[1], pair[0]))]


def cone(system: System, gates: Iterable[int]) -> tuple[Profile, ...]:
    """Return what the activities need of which it may matter for some gates whether they are permitted."""
    seen: set[int] = set()
    todo = list(gates)
    profiles: dict[Profile, None] = {}
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += system.rules.children[node]
            for place in _asked_about(system, node):
                profiles[system.least_of(place)] = None
                todo.append(system.groups[place].gate)
    return tuple(profiles)


def _asked_about(system: System, node: int) -> Collection[int]:
    """Return the groups that an atom asks about."""
    atom = system.rules.atoms[node]
    if atom is None or atom.what == "never":
        return ()
    if atom.what in {"count", "days"}:
        return system.holding[system.labels[atom.label]]
    group = system.group[atom.number]
    return () if group is None else (group,)


def plainest(system: System, witness: Profile, fails: Callable[[Profile], bool]) -> tuple[Profile, int]:
    """Return who allows as much as possible and still fails, and how many cases that took."""
    tries = 0

    def still(profile: Profile) -> bool:
        nonlocal tries
        tries += 1
        return fails(profile)

    plain = witness
    for depth in range(system.occurring.depth, witness.depth, -1):
        if still(deeper := Profile(depth, plain.topics)):
            plain = deeper
            break
    for topic in sorted(system.occurring.allowed - witness.allowed):
        if still(wider := plain | Profile.of(1, [topic])):
            plain = wider
    return plain, tries
