"""No gate is always true (K510), and none has a part that changes nothing (K511).

(Never true, K509, is nothing that this vocabulary can say, except by asking for more parts than there are: K503.)
"""

from collections.abc import Iterator
from functools import cache

from intimacy_kit.authoring.proofs.asking import parts_of
from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.authoring.proofs.truth import Worlds, atoms_of, written
from intimacy_kit.content.gates import AtLeast, Gate

__all__ = ["idle"]

_MOST_ATOMS = 12
_LONGEST = 80


def idle(system: System) -> Iterator[Finding]:
    """Say which gates, and which parts of gates, might as well not be there."""
    words = Words(system)
    judged = cache(lambda gate: _judged(gate, system))
    found: list[tuple[tuple[str, str, str], int]] = []
    for number, activity in enumerate(system.activities):
        if activity.requires is not None and system.kin[number] is not None:
            found += ((cause, number) for cause in [judged(activity.requires)] if cause)
    for (code, pointer, what), numbers in grouped(found):
        about = [(system.activities[n].id, system.where(n, pointer)) for n in numbers]
        if code == "K510":
            said = f"{words.those(numbers, 'asks', 'ask')} for nothing that is not always so{words.also(numbers)}"
            yield Finding(code, about, said, "take out 'requires', or name something that is not retired")
        else:
            said = f"{words.those(numbers, 'asks', 'ask')} for {what}, which changes nothing{words.also(numbers)}"
            yield Finding(code, about, said, "take it out; the rest of the gate says it, or it is always so")


def _judged(gate: Gate, system: System) -> tuple[str, str, str] | None:
    """Return code, pointer and words for what is idle in a gate; None where all of it matters."""
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
        return "K510", "/requires", ""
    for pointer, part in list(parts.items())[1:]:
        if worlds.truth(gate, without=pointer) == truth:
            return "K511", pointer, _said(part)
    return None


def _said(gate: Gate) -> str:
    """Return a gate as its writer wrote it, or the beginning of it."""
    said = written(gate)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}..."
