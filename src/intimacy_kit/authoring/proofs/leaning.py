"""Adding or removing a pack locks nothing: K508."""

from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain, combinations

from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped, in_doubt, listed
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile, unions
from intimacy_kit.authoring.proofs.reach import Reached, reach_in
from intimacy_kit.authoring.proofs.reachability import at_gates
from intimacy_kit.authoring.proofs.safety import safe_groups
from intimacy_kit.authoring.proofs.searching import Answers, budget, cone, search
from intimacy_kit.authoring.proofs.systems import System

__all__ = ["Case", "leaning", "leaning_on_packs"]

#: Who somebody is, and the numbers of the packs they have.
Case = tuple[Profile, frozenset[int]]


def leaning(system: System, best: Reached, besides: Collection[int]) -> Answers[int, Case]:
    """Return, by group, who comes to it with all packs and not with some of them.

    *besides* are groups that somebody does not come to even with all of them.
    """
    safe = safe_groups(system, packs_apart=True)
    places = [place for place, day in enumerate(best.days) if day >= 0 and not safe[place] and place not in besides]
    kin = {place: system.classes[system.groups[place].kin] for place in places}
    everywhere = frozenset(range(len(system.packs)))

    def failing(case: Case, asked: Collection[int]) -> Iterator[int]:
        profile, packs = case
        reached = reach_in(system, profile, packs)
        return (
            place
            for place in asked
            if reached.days[place] < 0 and kin[place].pack in packs and profile.permits(kin[place].least)
        )

    def cases(place: int) -> Iterator[Case]:
        for profile in unions(kin[place].least, cone(system, [system.groups[place].gate])):
            yield from ((profile, packs) for packs in _with(kin[place].pack, everywhere))

    seeds = [(EVERYTHING, everywhere - {pack}) for pack in everywhere]
    seeds += [(EVERYTHING, frozenset({pack})) for pack in everywhere]
    seeds += dict.fromkeys((one.least, frozenset({one.pack})) for one in kin.values())
    return search({place: partial(cases, place) for place in places}, seeds, failing, budget(system))


def _with(pack: int, packs: frozenset[int]) -> Iterator[frozenset[int]]:
    """Give all sets of packs that hold one of them, the smallest first."""
    others = sorted(packs - {pack})
    some = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    return (frozenset({pack, *chosen}) for chosen in some)


def leaning_on_packs(system: System, best: Reached, besides: Collection[int]) -> Iterator[Finding]:
    """Say what somebody comes to only with the help of another pack."""
    if len(system.packs) == 1:
        return
    words = Words(system)
    answers = leaning(system, best, besides)
    found = ((case, number) for place, case in answers.witnesses.items() for number in system.groups[place].members)
    for (profile, packs), numbers in grouped(found):
        have = listed([repr(system.packs[pack].name) for pack in sorted(packs)])
        lack = listed([repr(pack.name) for place, pack in enumerate(system.packs) if place not in packs])
        who = "" if profile == EVERYTHING else f" and {words.people(profile).removeprefix('people who ')}"
        said = f"people who have {have} without {lack}{who} never come to {words.names(numbers)}"
        yield Finding("K508", at_gates(system, sorted(numbers)), said, _WITHOUT)
    what = "{names} {opens} without the other packs"
    yield from in_doubt(system, system.members(answers.unproved), "K508", what, _WITHOUT)


_WITHOUT = "ask for 'resolved', or for what this pack has"
