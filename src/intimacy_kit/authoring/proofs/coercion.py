"""Nobody has to go deeper or touch a refused topic to reach what they allow: K504, and K516 where that stays open."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache, partial
from operator import itemgetter

from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped, in_doubt
from intimacy_kit.authoring.proofs.profiles import Profile, unions
from intimacy_kit.authoring.proofs.reach import Reached, reach_in
from intimacy_kit.authoring.proofs.reachability import at_gates, why
from intimacy_kit.authoring.proofs.rules import Atom, Label
from intimacy_kit.authoring.proofs.searching import Answers, budget, cone, likely, plainest, search
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["coerced", "coercive"]


def coerced(system: System, best: Reached, safe: list[bool]) -> Answers[int, Profile]:
    """Return, by group, who is permitted it and never comes to it, although those who allow everything do."""
    open_groups = [place for place, day in enumerate(best.days) if day >= 0 and not safe[place]]
    least = {place: system.least_of(place) for place in open_groups}

    def failing(profile: Profile, asked: Collection[int]) -> Iterator[int]:
        reached = reach_in(system, profile)
        return (place for place in asked if reached.days[place] < 0 and profile.permits(least[place]))

    def cases(place: int) -> Iterator[Profile]:
        return unions(least[place], cone(system, [system.groups[place].gate]))

    questions = {place: partial(cases, place) for place in open_groups}
    return search(questions, likely(system, open_groups), failing, budget(system))


def coercive(system: System, answers: Answers[int, Profile]) -> Iterator[Finding]:
    """Say what some people would have to do more for than they allow."""
    words, reached = Words(system), lru_cache(8)(partial(reach_in, system))
    found: list[tuple[tuple[Profile, str, str], int]] = []
    for place, profile in sorted(_plainly(system, answers.witnesses).items(), key=lambda pair: (pair[1], pair[0])):
        group, there = system.groups[place], reached(profile)
        missing = system.rules.missing(group.gate, there.holds)
        reasons = "; ".join(why(atom, there, profile, words) for atom in missing)
        found += (((profile, reasons, _advice(missing[0], there, profile, words)), number) for number in group.members)
    for (profile, reasons, hint), numbers in grouped(sorted(found, key=itemgetter(1))):
        said = f"{words.people(profile)} never come to {words.names(numbers)}: {reasons}"
        yield Finding("K504", at_gates(system, numbers), said, hint)
    what = "everybody who is allowed {names} comes to {it}"
    hint = "let it wait for less, or for something that touches no topic"
    yield from in_doubt(system, system.members(answers.unproved), "K504", what, hint)


def _plainly(system: System, witnesses: Mapping[int, Profile]) -> dict[int, Profile]:
    """Return for each group who allows as much as possible and still does not come to it, as far as time allows."""
    tries = budget(system)
    plain: dict[int, Profile] = {}
    for place, witness in witnesses.items():
        plain[place] = witness
        if tries > 0:
            plain[place], taken = plainest(system, witness, partial(_is_stuck, system, place))
            tries -= taken
    return plain


#: What may be waited for, by all who may see what waits.
_FOR_ALL = "something that all of these people may see"


def _advice(atom: Atom, there: Reached, profile: Profile, words: Words) -> str:
    """Return what to do about an atom that does not hold for people who reach so much."""
    system = words.system
    if atom.what == "count" and (count := there.counts[system.labels[atom.label]]):
        return f"ask for {count}{' or fewer' if count > 1 else ''}, or let it wait for {_FOR_ALL}"
    if atom.what == "count" and _may_see(profile, atom.label):
        return f"write {atom.n} {words.label(atom.label)} that all of these people may see, or ask for something else"
    if atom.what == "days":
        return f"write {_FOR_ALL}, without 'requires'"
    if atom.what in {"done", "resolved", "elapsed"} and not there.is_withheld(atom.number):
        return f"mend {words.one(system.activities[atom.number].id)}, or let it wait for {_FOR_ALL}"
    return f"give it the same topics and depth as what it waits for, or let it wait for {_FOR_ALL}"


def _may_see(profile: Profile, label: Label) -> bool:
    """Tell whether something that has a label could be written for somebody."""
    by, value = label
    return by != "topic" and (by != "depth" or int(value) <= profile.depth)


def _is_stuck(system: System, place: int, profile: Profile) -> bool:
    return reach_in(system, profile).days[place] < 0
