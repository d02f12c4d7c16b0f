"""Whom a stricter gate would lock out: those for whom the old one held, and the new one does not.

What was once offered to them stays open, whatever the gate says; this is about those it was not offered to yet.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from intimacy_kit.authoring.proofs.truth import Atom, Worlds, atoms_of, written
from intimacy_kit.content.gates import Gate

__all__ = ["locked_out"]

#: With more different things asked for in both gates together, it takes too long to look at every case.
_MOST_ATOMS = 16


def locked_out(
    old: Gate | None, new: Gate | None, names: Mapping[str, int], retired: AbstractSet[int] = frozenset()
) -> str:
    """Say who could have had something open under its old gate and has not under the new one; nothing for nobody.

    *names* gives one number to all names of one activity, as they are now; *retired* are those out of reach.

    >>> from intimacy_kit.content.gates import AllOf, Resolved
    >>> cup, pot = Resolved("tea/cup"), Resolved("tea/pot")
    >>> locked_out(cup, AllOf([cup, pot]), {})
    'those who have {resolved: cup}, but not {resolved: pot}'
    >>> locked_out(AllOf([cup, pot]), cup, {}), locked_out(None, cup, {})
    ('', 'those who have not {resolved: cup}')
    """
    said: dict[Atom, str] = {}
    for gate in (old, new):
        said |= {atom: written(part) for atom, part in atoms_of(gate, names)}
    if new is None or old == new:
        return ""
    if len(said) > _MOST_ATOMS:
        return "perhaps some: the gates are too large to tell"
    worlds = Worlds(tuple(said), names, retired)
    lost = (worlds.all if old is None else worlds.truth(old)) & ~worlds.truth(new)
    if not lost:
        return ""
    least = min((number for number in range(lost.bit_length()) if lost >> number & 1), key=int.bit_count)
    asked = {atom for atom, _ in atoms_of(new, names)}
    have = [words for place, words in enumerate(said.values()) if least >> place & 1]
    lack = [words for place, (atom, words) in enumerate(said.items()) if not least >> place & 1 and atom in asked]
    first = f"those who have {' and '.join(have)}, but not" if have else "those who have not"
    return f"{first} {' or '.join(lack)}"
