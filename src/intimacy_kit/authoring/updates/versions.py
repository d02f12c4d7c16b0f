"""How much a version has to rise for what changed: patch, minor or major, as semantic versioning has it."""

import re
from collections.abc import Iterable

__all__ = ["BUMPS", "Bump", "bump_between", "least_version", "more_of"]

#: A part of a version that rises: nothing, patch, minor, major.
Bump = str
#: From the least to the most.
BUMPS: tuple[Bump, ...] = ("none", "patch", "minor", "major")

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def more_of(bumps: Iterable[Bump]) -> Bump:
    """Return the largest of some rises.

    >>> more_of(["patch", "major", "minor"])
    'major'
    """
    return max(bumps, key=BUMPS.index, default="none")


def bump_between(old: str, new: str) -> Bump:
    """Return by what a version rose; nothing where it did not.

    Before 1.0.0, where everything may change, a rise of the second number counts as major, one of the third as minor.

    >>> bump_between("1.2.0", "1.3.0"), bump_between("0.2.0", "0.3.0"), bump_between("0.2.0", "0.2.1")
    ('minor', 'major', 'minor')
    >>> bump_between("1.2.0", "1.2"), bump_between("1.2.0rc1", "1.2.0")
    ('none', 'none')
    """
    before, after = _three(old), _three(new)
    if after <= before:
        return "none"
    place = next(place for place in range(3) if after[place] != before[place])
    if after[0] == before[0] == 0:
        return ("major", "minor")[place - 1]
    return ("major", "minor", "patch")[place]


def least_version(old: str, bump: Bump) -> str:
    """Return the lowest version that rose by so much.

    >>> least_version("1.2.3", "minor"), least_version("0.2.3", "major"), least_version("0.2.3", "patch")
    ('1.3.0', '0.3.0', '0.2.4')
    """
    major, minor, patch = _three(old)
    if bump == "none":
        return old
    if major == 0:
        return f"0.{minor + 1}.0" if bump == "major" else f"0.{minor}.{patch + 1}"
    risen = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}[bump]
    return ".".join(map(str, risen))


def _three(version: str) -> tuple[int, int, int]:
    """Return the first three numbers of a version; what is not written is 0."""
    numbers = _NUMBERS.match(version)
    parts = [int(part) for part in numbers[0].split(".")][:3] if numbers else []
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    return major, minor, patch
