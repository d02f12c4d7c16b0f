"""Gates for systems at random: tame ones, which break no promise; and the same with a fault put in."""

from collections.abc import Sequence

from attrs import define, evolve
from authoring.proofs.knots_at_random import Knots
from authoring.proofs.wild_gates_at_random import labels

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    DistinctDays,
    Done,
    Elapsed,
    Gate,
    Resolved,
    named_in,
)

_PERSONAL, _TENDER = 2, 3


@define
class Gates(Knots):
    """Draws the gate of one activity after the other: tame, wild or knotted ones."""

    def tame(self, one: Activity) -> Gate | None:
        """Return a gate that breaks no promise, but for the faults that are drawn."""
        gone = [other for other in self.there if other.retired]
        if gone and one.depth == 1 and self.faulty("nothing asked", 0.8):
            return self._nothing(self.random.choice(gone))
        parts: list[Gate] = [*self._preparation(one), *self._ramp(one)]
        before = [other for other in self.there if not any(_names(part, other) for part in parts)]
        if self.chance(0.5):
            parts += self._extra(one, before)
        parts += self._faults(one)
        if any(other.id in self.hurt and _names(part, other) for part in parts for other in self.there):
            self.hurt.add(one.id)
        if len(parts) == 1 and self.chance(0.7):
            return parts[0]
        return AllOf(self.some(parts, len(parts))) if parts else None

    def _preparation(self, one: Activity) -> list[Gate]:
        """Return what holds only after an orientation that everybody is permitted."""
        safe = [o for o in self.there if _is_plain(o) and o.purpose == "orientation"]
        ours = [o for o in safe if o.pack == one.pack or "leaning" in self.faults]
        if one.depth < _TENDER or not ours:
            return []
        first = self.random.choice(ours)
        if self.faulty("unprepared", 0.7):
            return self.some([Resolved(self.named(first))], self.random.choice((0, 1)))
        return [Done(self.named(first))]

    def _ramp(self, one: Activity) -> list[Gate]:
        """Return what holds only after something of the depth before, for those who allow any of it."""
        before = [other for other in self.there if other.depth == one.depth - 1 and not other.retired]
        if one.depth < _PERSONAL or not before:
            return []
        if self.faulty("jump", 0.7):
            return [Elapsed(3, self.named(before[0]))] if self.chance(0.2) and len(before) > 1 else []
        for other in self.some(before, len(before)):
            if other.topics <= one.topics and other.purpose != "orientation":
                return [
                    Elapsed(self.random.choice((1, 3, 7)), self.named(other))
                    if self.chance(0.2)
                    else Resolved(self.named(other))
                ]
        return [Resolved(self.named(other)) for other in before]

    def _extra(self, one: Activity, before: Sequence[Activity]) -> list[Gate]:
        """Return something more that everybody can fulfil who is permitted the activity."""
        atoms: list[Gate] = [Resolved(self.named(other)) for other in self.some(before, 3) if not other.retired]
        atoms += [DistinctDays(self.random.choice((1, 2, 3)))] if self.chance(0.2) and self._anything(one) else []
        atoms += [count for count in [self._enough(one)] if count]
        atoms += [Resolved(self.nowhere())] if self.chance(0.1) else []
        atoms += [self.on_a_way()] if self.chance(0.15) else []
        chosen = self.some(atoms, self.random.choice((1, 2, 3)))
        if len(chosen) < 2 or self.chance(0.3):
            return chosen
        if len(chosen) == 2 or self.chance(0.5):
            return [AnyOf(chosen)]
        return [AtLeast(2, chosen)]

    def _anything(self, one: Activity) -> bool:
        return any(_is_plain(other) and other.requires is None and other.pack == one.pack for other in self.there)

    def _enough(self, one: Activity) -> Count | None:
        """Return a count that everybody can reach who is permitted the activity, within its own pack."""
        for by, value in self.some(labels(self.there), 4):
            same = [o for o in self.there if (by, value) in labels([o]) and o.id not in self.hurt and not o.retired]
            fine = [o for o in same if o.topics <= one.topics and o.depth <= one.depth and o.pack == one.pack]
            if fine:
                return Count(by, value, self.random.randint(1, len(fine)))
        return None

    # --- faults

    def _nothing(self, gone: Activity) -> Gate:
        """Return what holds always, since something is retired."""
        name = self.named(gone)
        other = Resolved(self.named(self.random.choice(self.there)))
        return self.random.choice(
            [Resolved(name), Elapsed(2, name), AnyOf([other, Resolved(name)]), AllOf([AnyOf([Resolved(name), other])])]
        )

    def _faults(self, one: Activity) -> list[Gate]:
        parts: list[Gate] = []
        begins = _is_plain(one) and one.purpose != "practice"
        if self.faulty("stuck", 0.05 if begins else 0.25):
            parts.append(self._impossible())
            self.hurt.add(one.id)
        if self.faulty("coercive", 0.9) and (part := self._pressing(one)):
            parts.append(part)
            self.hurt.add(one.id)
        if self.faulty("too much", 0.3):
            parts.append(self._too_much())
        if self.faulty("leaning", 0.6) and (part := self._leaning(one)):
            parts.append(part)
        if self.faulty("idle part", 0.4):
            parts.append(self._idle(parts))
        return parts

    def _impossible(self) -> Gate:
        """Return what nobody can fulfil."""
        retired = [Done(other.id) for other in self.there if other.retired]
        return self.random.choice(
            [Done("gone/away"), AtLeast(2, [DistinctDays(1)]), Count("skill", "repair", 1), *retired]
        )

    def _pressing(self, one: Activity) -> Gate | None:
        """Return what only those can fulfil who allow more than the activity asks for; None where nothing does."""
        there = [o for o in self.there if not o.retired and o.id not in self.hurt]
        more = [o for o in there if o.depth > one.depth or not o.topics <= one.topics]
        if not more:
            return None
        other = self.random.choice(more)
        label = self.random.choice(labels([other]))
        enough = len([o for o in there if label in labels([o])])
        return Done(self.named(other)) if self.chance(0.5) else Count(*label, enough)

    def _too_much(self) -> Gate:
        """Return what asks for more than there is, with another way beside it or not."""
        by, value = self.random.choice(labels(self.there) or [("skill", "trust")])
        count = Count(by, value, 9)
        if self.chance(0.9):
            ways = [Resolved(self.named(other)) for other in self.some(self.there, 1)]
            return AnyOf([count, *(ways or [DistinctDays(1)])])
        return AtLeast(3, [DistinctDays(1), DistinctDays(2)])

    def _leaning(self, one: Activity) -> Gate | None:
        """Return what is fulfilled by everybody, but only with the help of another pack."""
        others = [o for o in self.there if o.pack != one.pack and _is_plain(o) and o.id not in self.hurt]
        if not others:
            return AnyOf([Done("gone/away"), Resolved(self.named(self.there[0]))]) if self._is_alone() else None
        other = self.random.choice(others)
        elsewhere = [way for way in self.ways if way.partition("/")[0] != one.pack]
        if elsewhere and self.chance(0.3):
            return Count("journey", self.random.choice(elsewhere), 1)
        by, value = self.random.choice(labels([other]))
        there = [o for o in self.there if (by, value) in labels([o]) and _is_plain(o) and o.id not in self.hurt]
        return self.random.choice([Done(self.named(other)), Count(by, value, len(there))])

    def with_late_landing(self, activities: Sequence[Activity]) -> list[Activity]:
        """Return the same activities with landings that open after something tender, or do not."""
        deep = [one for one in activities if one.depth >= _TENDER and not one.retired]
        named = {name for one in activities for name, _ in named_in(one.requires)}
        free = [one for one in activities if one.depth == 1 and not named & {one.id, *one.aliases}]
        if not deep or not free:
            return list(activities)
        name, other = self.named(deep[0]), self.random.choice([one for one in activities if one.id != free[0].id])
        gates = [
            *(Elapsed(2, name), Resolved(name), Done(name), DistinctDays(1), DistinctDays(2)),
            *(Count("depth", deep[0].depth, 1), Count("depth", deep[0].depth, 2), Elapsed(2, self.named(other))),
            *(Resolved(self.named(other)), Resolved(self.named(other)), AnyOf([Elapsed(1, name), Done(other.id)])),
        ]
        late = {free[0].id: evolve(free[0], requires=self.random.choice(gates), purpose="landing")}
        for one in free[1:2]:
            late[one.id] = evolve(one, requires=None, topics=self.some(("home", "play"), 1), purpose="landing")
        return [late.get(one.id, one) for one in activities]

    def _is_alone(self) -> bool:
        """Tell whether there is one pack so far, and a coin falls so."""
        return len({other.pack for other in self.there}) == 1 and self.chance(0.35)

    def _idle(self, parts: Sequence[Gate]) -> Gate:
        """Return what adds nothing, or has a part that adds nothing."""
        name = self.named(self.random.choice(self.there)) if self.there else "gone/away"
        days = DistinctDays(2)
        return self.random.choice(
            [
                AnyOf([Resolved(name), AllOf([Resolved(name), days])]),
                AllOf([Resolved(name), AnyOf([Elapsed(2, name), Resolved(name)])]),
                AllOf([days, DistinctDays(1)]),
                AnyOf([Count("depth", 1, 1), Count("depth", 1, 2), Resolved(name)]),
                AllOf([Elapsed(7, name), Elapsed(3, name)]),
                AtLeast(1, [Resolved(name), Done(name)]),
                *([parts[0]] if parts else []),
                *(AllOf([Resolved(other.id), days]) for other in self.there if other.retired),
                *(AnyOf([Resolved(other.id), days]) for other in self.there if other.retired),
            ]
        )

    def in_circle(self, activities: Sequence[Activity]) -> list[Activity]:
        """Return the same activities, some of which now wait for each other."""
        length = self.random.choice((2, 2, 3, 3, 4))
        chosen = [one for one in activities if not one.retired and (one.depth > 1 or self.chance(0.1))]
        unhurt = [one for one in chosen if one.id not in self.hurt]
        chosen = (unhurt if len(unhurt) > 1 else [one for one in activities if not one.retired])[-length - 1 :]
        chosen = self.some(chosen, length)
        renamed = [one for one in chosen if one.aliases]
        if renamed and self.chance(0.3):
            chosen = renamed[:1]
        nexts = {
            one.id: self.random.choice((Resolved, Resolved, Done))((*after.aliases, after.id)[0])
            for one, after in zip(chosen, chosen[1:] + chosen[:1], strict=True)
            if one is not after or one.aliases
        }
        self.hurt |= set(nexts)
        return [
            evolve(one, requires=AllOf([*([one.requires] if one.requires else []), nexts[one.id]]))
            if one.id in nexts
            else one
            for one in activities
        ]


def _is_plain(one: Activity) -> bool:
    """Tell whether everybody is permitted it."""
    return one.depth == 1 and not one.topics and not one.retired


def _names(gate: Gate, one: Activity) -> bool:
    """Tell whether a gate names an activity, by any of its ids."""
    return any(name in (one.id, *one.aliases) for name, _ in named_in(gate))
