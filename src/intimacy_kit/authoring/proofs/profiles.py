"""What somebody allows, as the proofs see it: a ceiling of depth and a set of topics."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from intimacy_kit.content.vocabulary import DEPTHS, TOPICS

__all__ = ["EVERYTHING", "TENDER", "Profile", "unions"]

#: From this depth on something has to come before, and something after.
TENDER = 3

_BITS = {topic: 1 << number for number, topic in enumerate(TOPICS)}


@frozen(order=True)
class Profile:
    """What somebody allows.

    >>> some = Profile.of(2, ["money", "home"])
    >>> some.depth, sorted(some.allowed), some.permits(Profile.of(2, ["money"])), some.permits(EVERYTHING)
    (2, ['home', 'money'], True, False)
    """

    #: The deepest depth.
    depth: int
    #: The topics that are allowed, each one a bit.
    topics: int = 0

    @classmethod
    def of(cls, depth: int, allowed: Iterable[str]) -> "Profile":
        """Return the profile of somebody who allows a depth and some topics, of those the kit knows."""
        return cls(depth, sum(_BITS[topic] for topic in set(allowed)))

    @property
    def allowed(self) -> frozenset[str]:
        """The topics that are allowed."""
        return frozenset(topic for topic, bit in _BITS.items() if bit & self.topics)

    def permits(self, least: "Profile") -> bool:
        """Tell whether it permits what needs at least the other profile."""
        return least.depth <= self.depth and not least.topics & ~self.topics

    def __or__(self, other: "Profile") -> "Profile":
        """Return the least profile that permits what either of two permits."""
        return Profile(max(self.depth, other.depth), self.topics | other.topics)


#: Allows all that the kit knows.
EVERYTHING = Profile.of(max(DEPTHS), TOPICS)


def unions(least: Profile, others: Iterable[Profile]) -> Iterator[Profile]:
    """Give every profile that can be told apart by what it permits of the others, and permits the first; small first.

    >>> [(one.depth, one.topics) for one in unions(Profile(1), [Profile(1, 1), Profile(2, 2)])]
    [(1, 0), (2, 0), (1, 1), (2, 1), (1, 2), (2, 2), (1, 3), (2, 3)]
    """
    others = tuple(others)
    depths = sorted({least.depth} | {one.depth for one in others if one.depth > least.depth})
    masks = sorted({one.topics & ~least.topics for one in others} - {0}, key=lambda mask: (mask.bit_count(), mask))
    seen = {0}
    layer = [0]
    while layer:
        yield from (Profile(depth, least.topics | mask) for mask in layer for depth in depths)
        grown = {mask | more: None for mask in layer for more in masks}
        layer = [mask for mask in grown if mask not in seen]
        seen.update(layer)
