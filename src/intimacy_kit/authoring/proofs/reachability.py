"""Everything can be reached: K501 says what never opens, K502 what waits in a circle."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

from intimacy_kit.authoring.proofs.cycles import shortest_cycles
from intimacy_kit.authoring.proofs.findings import Finding, Words, depth, grouped, listed
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile
from intimacy_kit.authoring.proofs.reach import Reached
from intimacy_kit.authoring.proofs.rules import IMPOSSIBLE, Atom
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.gates import Count, named_in
from intimacy_kit.problems import Where

__all__ = ["at_gates", "closed", "unreachable", "why"]


def unreachable(system: System, best: Reached) -> Iterator[Finding]:
    """Say what opens to nobody, where *best* is what is reached by those who allow everything."""
    words = Words(system)
    stuck = [number for number, kin in enumerate(system.kin) if kin is not None and not best.opened(number)]
    circles = shortest_cycles(_waits(system, stuck))
    turning = {number for circle in circles for number in circle}
    for circle in circles:
        yield _circle(circle, system, words)
    rest = [number for number in stuck if number not in turning]
    missing = {number: _missing(system, number, best) for number in rest}
    told = turning | {number for number in rest if _is_told(system, number, missing[number])}
    waiting = dict(grouped((root, number) for number, root in _roots(missing, told).items() if number not in told))
    for root in [number for number in sorted(told) if number in waiting]:
        wait = "it waits" if len(waiting[root]) == 1 else "they wait"
        name = words.one(system.activities[root].id)
        said = f"{_never(waiting[root], words)}{words.also(waiting[root])}; {wait} for {name}, which never opens either"
        yield Finding("K501", at_gates(system, waiting[root]), said, f"mend {name}, or ask for something else")
    for cause, roots in grouped((missing[number], number) for number in rest if number in waiting.keys() - told):
        followers = sorted(number for root in roots for number in waiting[root] if number != root)
        reasons = "; ".join(why(atom, best, EVERYTHING, words) for atom in cause)
        also = f"{_and_waiting(followers, roots, words)}{words.also(roots)}"
        about = at_gates(system, [*roots, *followers])
        yield Finding(
            "K501", about, f"{_never(roots, words)}{also}; {reasons}", _advice(min(cause, key=_rank), best, words)
        )


def closed(system: System, best: Reached) -> frozenset[int]:
    """Return what opens to nobody just because it asks for more than there is, or for what another pack has."""
    stuck = (number for number, kin in enumerate(system.kin) if kin is not None and not best.opened(number))
    return frozenset(number for number in stuck if _is_told(system, number, _missing(system, number, best)))


def _missing(system: System, number: int, best: Reached) -> tuple[Atom, ...]:
    """Return what a gate lacks, without what K508 says of it."""
    atoms = system.rules.missing(system.gates[number], best.holds)
    return tuple(atom for atom in atoms if not (atom.what == "never" and system.is_elsewhere(atom.name)))


def _is_told(system: System, number: int, missing: Sequence[Atom]) -> bool:
    """Tell whether all that is missing is more than there is, besides itself: then K503 and K508 say why."""

    def is_too_much(atom: Atom) -> bool:
        if atom.what != "count":
            return atom == IMPOSSIBLE
        label = system.labels[atom.label]
        there = sum(system.groups[place].labels[label] for place in system.holding[label])
        return atom.n > there - (label in system.labels_of(number))

    return all(map(is_too_much, missing))


def _roots(missing: Mapping[int, Sequence[Atom]], told: Collection[int]) -> dict[int, int]:
    """Return for each that is stuck what it waits for in the end; itself, if it does not only wait for such things."""
    waiting: dict[int, list[int]] = {}
    roots = {number: number for number in told}
    for number, others in ((n, [atom.number for atom in atoms]) for n, atoms in missing.items() if n not in roots):
        if all(other in missing or other in told for other in others):
            for other in others:
                waiting.setdefault(other, []).append(number)
        else:
            roots[number] = number
    todo = deque(roots)
    while todo:
        one = todo.popleft()
        further = [number for number in waiting.get(one, ()) if number not in roots]
        roots |= dict.fromkeys(further, roots[one])
        todo += further
    return {number: roots.get(number, number) for number in missing}


def _never(numbers: Sequence[int], words: Words) -> str:
    return f"{words.those(numbers, 'never opens', 'never open')} to anybody"


def _and_waiting(followers: Sequence[int], roots: Sequence[int], words: Words) -> str:
    """Return what is added about those that wait for what never opens."""
    it = "it" if len(roots) == 1 else "them"
    if not followers:
        return ""
    return (
        f", and {words.names(followers)} waits for {it}"
        if len(followers) == 1
        else (f", and {len(followers)} others wait for {it}")
    )


def _rank(atom: Atom) -> int:
    """Return after which others of a gate an atom is to be mended: last what K503 tells, then what waits itself."""
    if atom == IMPOSSIBLE:
        return 2
    return 1 if atom.what in {"done", "resolved", "elapsed"} else 0


def _advice(atom: Atom, best: Reached, words: Words) -> str:
    """Return what to do about an atom that never holds."""
    system = words.system
    pack = atom.name.partition("/")[0]
    if atom.what == "count":
        count = best.counts[system.labels[atom.label]]
        fewer = f"ask for {count}, or " if count else ""
        return f"{fewer}let {atom.n - count} more {words.label(atom.label)} open without this"
    if atom.what == "days":
        return "let something open without 'requires'"
    if atom.name in system.numbers:
        return "ask for something that is still offered"
    if atom.what == "never" and pack not in {one.name for one in system.packs}:
        return f"ask for 'resolved', which holds without the pack '{pack}'"
    if atom.what == "never":
        return f"write {words.one(atom.name)}, or ask for something that is there"
    return f"mend {words.one(system.activities[atom.number].id)}, or ask for something else"


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
        said, hint = f"{names[0]} waits for itself", "let it wait for something else, or for nothing"
    else:
        steps = [f"{one} waits for {other}" for one, other in zip(names, [*names[1:], names[0]], strict=True)]
        said = f"{', '.join(steps[:-1])} and {steps[-1]}: none of them ever opens"
        hint = "let one of them open without the others"
    return Finding("K502", at_gates(system, list(circle)), said, hint)


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
        return f"{words.one(atom.name)}, which {_is_away(system, atom.name)}, must be done first"
    name, blocked = words.one(system.activities[atom.number].id), _blocked(atom.number, reached, profile)
    if atom.what == "done":
        return f"{name}, which {blocked}, must be done first"
    return f"it waits for {name}, which {blocked}"


def _is_away(system: System, name: str) -> str:
    """Return why nobody is ever offered what has a name."""
    if name not in system.numbers:
        return "is in no pack that was given"
    return "is retired" if system.activities[system.numbers[name]].retired else "is never offered to anybody"
