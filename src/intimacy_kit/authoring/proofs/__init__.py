"""Proofs about the progression of packs: what holds for everybody, before anything is released.

Each proof has two sides. A few fixpoints show of nearly everything that it holds for whatever people allow; what
is left is searched for somebody for whom it does not, exactly, among all profiles that can make a difference. Where
that takes too long, the proof says that it could not decide (K516), and never that all is well.
"""

from collections.abc import Iterable

from attrs import frozen

from intimacy_kit.authoring.proofs.asking import asking_too_much, done_elsewhere
from intimacy_kit.authoring.proofs.coercion import coerced, coercive
from intimacy_kit.authoring.proofs.facts import Facts, Folk, facts_of, folks_of_classes
from intimacy_kit.authoring.proofs.findings import Finding
from intimacy_kit.authoring.proofs.landing import without_landing
from intimacy_kit.authoring.proofs.leaning import leaning_on_packs
from intimacy_kit.authoring.proofs.profiles import EVERYTHING
from intimacy_kit.authoring.proofs.properties import PROPERTIES, Property, Subject, there_are
from intimacy_kit.authoring.proofs.ramp import jumping, without_orientation
from intimacy_kit.authoring.proofs.reach import Reached, reach_in
from intimacy_kit.authoring.proofs.reachability import closed, unreachable
from intimacy_kit.authoring.proofs.safety import safe_groups
from intimacy_kit.authoring.proofs.stages import boosters_too_early, needing_two, stops
from intimacy_kit.authoring.proofs.starving import starved_by_limits, starved_by_order
from intimacy_kit.authoring.proofs.steps import landings_that_stay_away, missing_steps, nothing_at_all
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.authoring.proofs.worlds import idle
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem

__all__ = ["PROPERTIES", "Facts", "Finding", "Folk", "Proof", "Property", "each_folk", "prove"]


@frozen
class Proof:
    """What holds for some packs, and what does not."""

    #: The names of the packs.
    packs: tuple[str, ...]
    #: What does not hold, one for each cause; what several activities have in common is told once.
    findings: tuple[Finding, ...]
    #: How much there is for whom.
    facts: Facts
    #: What there is, of what the properties speak of; a property of something else says nothing here.
    there: frozenset[Subject]

    @property
    def holds(self) -> bool:
        """Whether everything holds."""
        return not self.findings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not hold: one problem for each activity, stage or journey and each code."""
        return tuple(problem for finding in self.findings for problem in finding.problems)

    @property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """What waits in a circle, each for the next and the last for the first."""
        return tuple(tuple(name for name, _ in one.about) for one in self.findings if one.code == "K502")

    def found(self, code: str) -> frozenset[str]:
        """Return the ids of what a code was found for."""
        return frozenset(name for finding in self.findings if finding.code == code for name, _ in finding.about)


def prove(packs: Iterable[Pack]) -> Proof:
    """Prove what can be proved of some packs together; :data:`PROPERTIES` says what that is.

    >>> from intimacy_kit.content.activities import Prompt
    >>> from intimacy_kit.content.gates import Done
    >>> from intimacy_kit.content.text import Text
    >>> cup = Prompt(
    ...     id="tea/cup", text=Text("Who made it?"), skills=["trust"], depth=1, minutes=5, requires=Done("rye/crust")
    ... )
    >>> tea = Pack(
    ...     name="tea", title=Text("Tea"), version="1.0", authors=["Ada"], about=Text("Tea."), activities=[cup]
    ... )
    >>> proof = prove([tea])
    >>> proof.holds, proof.found("K508")
    (False, frozenset({'tea/cup'}))
    """
    system = System(packs)
    best = reach_in(system, EVERYTHING)
    return Proof(
        tuple(pack.name for pack in system.packs),
        tuple(_findings(system, best)),
        facts_of(system),
        frozenset(there_are(system, best)),
    )


def each_folk(packs: Iterable[Pack]) -> tuple[Folk, ...]:
    """Return how much there is for each of those who allow exactly the depth and the topics of something there is.

    :attr:`Facts.thinnest` has the few of them who have least. In large packs these are many, and take their time.
    """
    return folks_of_classes(System(packs))


def _findings(system: System, best: Reached) -> list[Finding]:
    safe = safe_groups(system)
    some_miss = coerced(system, best, safe)
    told = closed(system, best)
    return [
        *nothing_at_all(system),
        *unreachable(system, best),
        *asking_too_much(system, told),
        *coercive(system, some_miss),
        *jumping(system, best),
        *missing_steps(system, best),
        *without_orientation(system, best),
        *without_landing(system, best),
        *landings_that_stay_away(system),
        *done_elsewhere(system, told),
        *leaning_on_packs(system, best, {*some_miss.witnesses, *some_miss.unproved}),
        *idle(system),
        *stops(system, safe),
        *starved_by_order(),
        *starved_by_limits(system),
        *boosters_too_early(system),
        *needing_two(system),
    ]
