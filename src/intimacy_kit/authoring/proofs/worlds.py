"""No gate is always true (K510), and none has a part that changes nothing (K511).

(Never true is nothing that this vocabulary can say, except by asking for more parts than there are: K503.)
"""

from collections.abc import Container, Iterable, Iterator
from functools import cache

from intimacy_kit.authoring.proofs.asking import parts_of
from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.authoring.proofs.truth import Atom, Worlds, atoms_of, written
from intimacy_kit.content.gates import AtLeast, Gate

__all__ = ["idle"]

_MOST_ATOMS = 12
_LONGEST = 80


def idle(system: System) -> Iterator[Finding]:
    """Say which gates, and which parts of gates, might as well not be there."""
    words = Words(system)
    judged = cache(lambda gate: _judged(gate, system))
    found: list[tuple[tuple[str, str, str, str], int]] = []
    for number, activity in enumerate(system.activities):
        if activity.requires is not None and system.kin[number] is not None:
            found += ((cause, number) for cause in [judged(activity.requires)] if cause)
    for (code, pointer, what, hint), numbers in grouped(found):
        about = [(system.activities[n].id, system.where(n, pointer)) for n in numbers]
        if code == "K510":
            said = f"{words.those(numbers, 'waits', 'wait')} for nothing, since {what}{words.also(numbers)}"
        else:
            said = f"{words.those(numbers, 'asks', 'ask')} for {what}, which changes nothing{words.also(numbers)}"
        yield Finding(code, about, said, hint)


def _judged(gate: Gate, system: System) -> tuple[str, str, str, str] | None:
    """Return code, pointer, words and hint for what is idle in a gate; None where all of it matters."""
    parts = dict(parts_of(gate))
    if any(isinstance(part, AtLeast) and part.n > len(part.of) for part in parts.values()):
        return None
    atoms = dict.fromkeys(atom for atom, _ in atoms_of(gate, system.numbers))
    if len(atoms) > _MOST_ATOMS:
        return None
    retired = {number for number, one in enumerate(system.activities) if one.retired}
    worlds = Worlds(tuple(atoms), system.numbers, retired)
    truth = worlds.truth(gate)
    if truth == worlds.all:
        return "K510", "/requires", _retired(atoms, retired, system), _OFFERED
    for pointer, part in list(parts.items())[1:]:
        if worlds.truth(gate, without=pointer) == truth:
            hint = "the rest says it already"
            if worlds.truth(part) == worlds.all:
                always = (atom for atom, _ in atoms_of(part, system.numbers))
                hint = f"it always holds, since {_retired(always, retired, system)}"
            return "K511", pointer, _said(part), f"take it out: {hint}"
    return None


_OFFERED = "take out 'requires', or ask for something that is still offered"


def _retired(atoms: Iterable[Atom], retired: Container[int], system: System) -> str:
    """Return what is retired of what a gate asks for."""
    names = dict.fromkeys(number for _, number, _ in atoms if number in retired and isinstance(number, int))
    numbers = list(names)
    return f"{Words(system).names(numbers)} {'is' if len(numbers) == 1 else 'are'} retired"


def _said(gate: Gate) -> str:
    """Return a gate as its writer wrote it, or the beginning of it."""
    said = written(gate)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}..."
