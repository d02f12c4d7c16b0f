"""Knots for systems at random: what goes wrong only for those who allow this and that, and refuse this and that.

Nothing is wrong for those who allow everything, or for those who draw one line only; whoever looks for a witness has to
put together who it is.
"""

from collections.abc import Mapping, Sequence

from attrs import define, evolve
from authoring.proofs.wild_gates_at_random import TOPICS, WildGates, labels

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, Count, Done, Elapsed, Gate, Resolved

_PERSONAL, _TENDER, _DEEP = 2, 3, 4
_LEAST = 4
_ORDINARY = ("home", "play")


@define
class Knots(WildGates):
    """Draws activities that stand in each other's way."""

    def knotted(self, one: Activity, everybody: Sequence[Activity]) -> Gate | None:
        """Return a gate that waits for anything at all, and has another way if that is not to come."""
        if self.chance(0.15):
            return None
        others = [other for other in everybody if other.id != one.id]
        ways = [self._way(other) for other in self.some(others, self.random.choice((1, 2, 2, 3)))]
        if len(ways) > 1 and self.chance(0.5):
            return AnyOf([ways[0], AllOf(ways[1:])])
        return AnyOf(ways) if self.chance(0.6) else AllOf(ways)

    def _way(self, other: Activity) -> Gate:
        label = self.random.choice(labels([other]))
        return self.random.choices(
            (Resolved(self.named(other)), Done(self.named(other)), Count(*label, self.random.choice((1, 1, 2)))),
            (5, 2, 2),
        )[0]

    def with_knot(self, activities: Sequence[Activity]) -> list[Activity]:
        """Return the same activities, some of which now are in a knot; or just the same where they are too few."""
        if len(activities) < _LEAST:
            return list(activities)
        mixed = self.some(activities, len(activities))
        relays = self._relay(mixed) if len({one.pack for one in mixed}) > 1 and self.chance(0.5) else []
        draw = self.random.choice((self._circle_that_some_leave, self._circle_that_some_leave, self._narrow_way))
        knot = {one.id: one for one in relays or draw(mixed)}
        return [knot.get(one.id, one) for one in activities]

    def _circle_that_some_leave(self, mixed: Sequence[Activity]) -> list[Activity]:
        """Return some that wait for each other, and others that help one of them.

        Whoever refuses one of the circle, or allows one of those that help, has no trouble. What lies between two of
        the circle is for everybody.
        """
        depth = self.random.choice((_PERSONAL, _PERSONAL, _TENDER))
        topics = self.some(TOPICS, len(TOPICS))
        length = 2 if len(mixed) < _LEAST + 1 or self.chance(0.6) else 3
        helpers = min(len(mixed) - length, self.random.choice((1, 2, 2)))
        circle = [_made(one, depth, topics[place : place + 1]) for place, one in enumerate(mixed[:length])]
        between = list(mixed[length + helpers :])
        helping = [
            _made(one, depth, topics[length + place : length + place + 1])
            if self.chance(0.7)
            else _made(one, min(depth + 1, _DEEP), self.some(topics[:length], 1))
            for place, one in enumerate(mixed[length : length + helpers])
        ]
        gates: dict[str, Gate] = {}
        for one, after in zip(circle, circle[1:] + circle[:1], strict=True):
            gates[one.id] = Resolved(self.named(after))
            if between and self.chance(0.5):
                link = _made(between.pop(), self.random.choice((1, depth)), [])
                gates[one.id], gates[link.id] = Resolved(self.named(link)), Resolved(self.named(after))
                helping.append(link)
        out = [Done(self.named(one)) for one in helping[:helpers]]
        gates[circle[0].id] = AnyOf([gates[circle[0].id], *out])
        return [evolve(one, requires=gates.get(one.id)) for one in (*circle, *helping)]

    def _narrow_way(self, mixed: Sequence[Activity]) -> list[Activity]:
        """Return one that opens early for those only who allow some topics and refuse others.

        What they refuse would make them wait, for the depth between or for an orientation; the first of all is that.
        """
        depth = self.random.choice((_PERSONAL, _TENDER, _TENDER, _DEEP))
        oriented = depth >= _TENDER and self.chance(0.5)
        first, last, *others = mixed
        wait = evolve(_made(first, 1 if oriented else depth - 1, []), purpose="orientation" if oriented else "practice")
        topics = self.some(
            [topic for topic in TOPICS if depth > _PERSONAL or oriented or topic in _ORDINARY], len(TOPICS)
        )
        number = self.random.choice((1, 2, 2))
        allowed = [
            _made(one, _PERSONAL if depth == _DEEP or oriented else depth, [topic])
            for one, topic in zip(others[:number], topics, strict=False)
        ]
        refused = [
            evolve(_made(one, depth - 1, [topic]), requires=Done(wait.id) if oriented else None, purpose="practice")
            for one, topic in zip(others[number : number + 2], topics[number:], strict=False)
        ]
        gates = [Done(self.named(one)) for one in allowed]
        gates += [self.random.choice((Resolved(self.named(one)), Elapsed(3, self.named(one)))) for one in refused]
        return [wait, evolve(_made(last, depth, []), requires=AllOf(gates), purpose="practice"), *allowed, *refused]

    def _relay(self, mixed: Sequence[Activity]) -> list[Activity]:
        """Return what opens without a second pack and with a third one, but not with the second alone."""
        ours: Mapping[str, list[Activity]] = {one.pack: [o for o in mixed if o.pack == one.pack] for one in mixed}
        first, second, *more = self.some(sorted(ours), len(ours))
        third = more[0] if more else first
        last, *rest = ours[first]
        middle = _made(ours[second][0], self.random.choice((1, last.depth)), [])
        source = _made(ours[third][-1], 1, [])
        if source.id in {last.id, middle.id}:
            return []
        ways: list[Gate] = [Resolved(self.named(middle))]
        if len(rest) > 1 and self.chance(0.7):
            ways.append(Done(self.named(rest[0])))
            rest = [_made(rest[0], _PERSONAL, self.some(TOPICS, 1))]
        return [
            evolve(_made(last, last.depth, []), requires=AnyOf(ways)),
            evolve(middle, requires=Done(self.named(source))),
            source,
            *(one for one in rest[:1] if one.id != source.id),
        ]


def _made(one: Activity, depth: int, topics: Sequence[str]) -> Activity:
    """Return an activity as it is needed for a knot: there, open, of a depth and of topics."""
    return evolve(one, depth=depth, topics=topics, retired=False, requires=None)
