"""Everything can be reached: K501 says what never opens, K502 what waits in a circle."""

from collections.abc import Iterator, Sequence

from intimacy_kit.authoring.proofs.cycles import shortest_cycles
from intimacy_kit.authoring.proofs.findings import Finding, Words, depth, grouped, listed
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile
from intimacy_kit.authoring.proofs.reach import Reached
from intimacy_kit.authoring.proofs.rules import IMPOSSIBLE, Atom
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.gates import Count, named_in
from intimacy_kit.problems import Where

__all__ = ["at_gates", "unreachable", "why"]


def unreachable(system: System, best: Reached) -> Iterator[Finding]:
    """Say what opens to nobody, where *best* is what is reached by those who allow everything."""
    words = Words(system)
    stuck = [number for number, kin in enumerate(system.kin) if kin is not None and not best.opened(number)]
    circles = shortest_cycles(_waits(system, stuck))
    turning = {number for circle in circles for number in circle}
    for circle in circles:
        yield _circle(circle, system, words)
    rest = [number for number in stuck if number not in turning]
    causes = grouped((system.rules.missing(system.gates[number], best.holds), number) for number in rest)
    for missing, numbers in causes:
        reasons = "; ".join(why(atom, best, EVERYTHING, words) for atom in missing)
        said = f"{words.those(numbers, 'never opens', 'never open')} to anybody{words.also(numbers)}; {reasons}"
        yield Finding("K501", at_gates(system, numbers), said, _ADVICE)


_ADVICE = "ask for something that can be done before"


def at_gates(system: System, numbers: Sequence[int]) -> Iterator[tuple[str, Where]]:
    """Give the ids of some activities, and where their gates are."""
    return ((system.activities[number].id, system.where(number, "/requires")) for number in numbers)


def _waits(system: System, stuck: list[int]) -> dict[int, list[int]]:
    """Return what each of those that are stuck waits for, of those that are stuck; all in the order of their ids."""
    among = set(stuck)
    waits: dict[int, list[int]] = {}
    for number in sorted(stuck, key=lambda one: system.activities[one].id):
        named = named_in(system.activities[number].requires)
        wanted = {
            system.numbers[name] for name, atom in named if not isinstance(atom, Count) and name in system.numbers
        }
        waits[number] = sorted(wanted & among, key=lambda one: system.activities[one].id)
    return waits


def _circle(circle: tuple[int, ...], system: System, words: Words) -> Finding:
    names = [words.one(system.activities[number].id) for number in circle]
    if len(circle) == 1:
        said = f"{names[0]} waits for itself"
    else:
        steps = [f"{one} waits for {other}" for one, other in zip(names, [*names[1:], names[0]], strict=True)]
        said = f"{', '.join(steps[:-1])} and {steps[-1]}: none of them ever opens"
    return Finding("K502", at_gates(system, list(circle)), said, "let one of them open without the others")


def _blocked(number: int, reached: Reached, profile: Profile) -> str:
    """Return why an activity was not reached."""
    if not reached.is_withheld(number):
        return "never opens either" if profile == EVERYTHING else "they never come to either"
    activity = reached.system.activities[number]
    topics = sorted(activity.topics - profile.allowed)
    return f"touches {listed([repr(topic) for topic in topics])}" if topics else f"is {depth(activity.depth)}"


def why(atom: Atom, reached: Reached, profile: Profile, words: Words) -> str:
    """Return why an atom does not hold, for those who reach so much."""
    system = words.system
    if atom.what == "count":
        count = reached.counts[system.labels[atom.label]]
        have = f"only {count}" if count else "none"
        return f"{atom.n} {words.label(atom.label)} must come first, and {have} can be done"
    if atom.what == "days":
        days = f"on {atom.n} different days before" if atom.n > 1 else "before"
        return f"something must be done {days}, and nothing can be"
    if atom == IMPOSSIBLE:
        return "it asks for more parts of a list than there are"
    if atom.what == "never":
        there = "is never offered to anybody" if atom.name in system.numbers else "is in no pack that was given"
        return f"{words.one(atom.name)} must be done first, which {there}"
    name = words.one(system.activities[atom.number].id)
    wish = f"{name} must be done first" if atom.what == "done" else f"it waits for {name}"
    return f"{wish}, which {_blocked(atom.number, reached, profile)}"
