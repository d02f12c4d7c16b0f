"""After everything tender there is a way back on the same evening: K507."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped, in_doubt
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, TENDER, Profile, unions
from intimacy_kit.authoring.proofs.reach import Reached
from intimacy_kit.authoring.proofs.rules import TRUE, Atom
from intimacy_kit.authoring.proofs.searching import Answers, budget, search
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["stranded", "without_landing"]


class _Landings:
    """The landings of a system, as they are on the evening of one activity."""

    def __init__(self, system: System) -> None:
        self.system = system
        there = enumerate(system.activities)
        self.landings = [n for n, one in there if one.purpose == "landing" and system.kin[n] is not None]
        self.landings.sort(key=lambda number: system.gates[number] != TRUE)
        #: The labels and the activities that the gates of landings ask about.
        self.labels: set[int] = set()
        self.named: set[int] = set()
        for atom in (atom for number in self.landings for atom in system.rules.atoms_of(system.gates[number])):
            if atom.what in {"count", "days"}:
                self.labels.add(system.labels[atom.label])
            elif atom.what != "never":
                self.named.add(atom.number)

    def kind_of(self, number: int) -> tuple[int | None, frozenset[int], int | None]:
        """Return what an activity has in common with others after which the same landings open."""
        alike = number not in self.named and self.system.activities[number].purpose != "landing"
        labels = self.labels.intersection(self.system.labels_of(number))
        return self.system.kin[number], frozenset(labels), None if alike else number

    def opens(self, landing: int, after: int, out_of_reach: Callable[[int], bool]) -> bool:
        """Tell whether a landing is open on the evening on which only one thing was ever done."""

        def holds(atom: Atom) -> bool:
            match atom.what:
                case "resolved":
                    return atom.number == after or out_of_reach(atom.number)
                case "elapsed":
                    return atom.number != after and out_of_reach(atom.number)
                case "done":
                    return atom.number == after
                case "never":
                    return False
                case _:
                    return atom.n == 1 and self.system.labels[atom.label] in self.system.labels_of(after)

        return self.system.rules.holds(self.system.gates[landing], holds)

    def missing(self, after: int, profile: Profile) -> bool:
        """Tell whether nothing leads back for somebody."""
        least = self.system.least
        return not any(
            landing != after
            and profile.permits(least(landing))
            and self.opens(landing, after, lambda other: not profile.permits(least(other)))
            for landing in self.landings
        )

    def certain(self, after: int) -> bool:
        """Tell whether one and the same landing is there for all who are permitted an activity."""
        allowed = self.system.least(after)
        return any(
            landing != after
            and allowed.permits(self.system.least(landing))
            and self.opens(landing, after, lambda _: False)
            for landing in self.landings
        )

    def cases(self, after: int) -> Iterator[Profile]:
        """Give the profiles that differ in what leads back."""
        there = [one for one in self.landings if one != after and self.opens(one, after, lambda _: True)]
        atoms = (atom for one in there for atom in self.system.rules.atoms_of(self.system.gates[one]))
        named = (atom.number for atom in atoms if atom.what in {"resolved", "elapsed"})
        return unions(self.system.least(after), {self.system.least(number) for number in (*there, *named)})


def stranded(system: System, best: Reached) -> Answers[int, Profile]:
    """Return the activities after which somebody has no way back, and who that is."""
    landings = _Landings(system)
    kinds: dict[object, list[int]] = {}
    for number, activity in enumerate(system.activities):
        if activity.depth >= TENDER and best.opened(number):
            kinds.setdefault(landings.kind_of(number), []).append(number)
    alike = {same[0]: same for same in kinds.values() if not landings.certain(same[0])}

    def failing(profile: Profile, asked: Collection[int]) -> Iterator[int]:
        return (one for one in asked if profile.permits(system.least(one)) and landings.missing(one, profile))

    questions = {first: partial(landings.cases, first) for first in alike}
    answers = search(questions, [EVERYTHING], failing, budget(system))
    return Answers(
        {number: profile for first, profile in answers.witnesses.items() for number in alike[first]},
        tuple(number for first in answers.unproved for number in alike[first]),
    )


def without_landing(system: System, best: Reached) -> Iterator[Finding]:
    """Say after what somebody has no way back on the same evening."""
    words = Words(system)
    answers = stranded(system, best)
    for profile, numbers in grouped((profile, number) for number, profile in answers.witnesses.items()):
        who = "" if profile == EVERYTHING else f"for {words.people(profile)}, "
        said = f"{who}nothing leads back on the evening after {words.names(numbers)}"
        about = [(system.activities[n].id, system.where(n, "/depth")) for n in sorted(numbers)]
        yield Finding("K507", about, said, _WAY_BACK)
    yield from in_doubt(
        system, answers.unproved, "K507", "something leads back on the evening after {names}", _WAY_BACK
    )


_WAY_BACK = "write something light of purpose 'landing', without topics and without 'requires'"
