"""Which way the arrows go: beside the lanes and between the rows, where nothing stands, each on a track of its own.

An arrow leaves an activity to the right, runs beside its lane to the gate's band, across in a channel above the
gate, beside the other lane, and meets the line of the gate that names it from the left. What a gate opens is reached
likewise, from below the gate to the left of each box. Boxes and gates fill only the middle of a lane, and channels
hold nothing else: no arrow runs through anything, and no two lie on each other.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from attrs import field, frozen

from intimacy_kit.authoring.maps.chart import Arrow, Band, Chart

__all__ = ["Across", "Beside", "Roads", "Seat", "roads_of", "tracks"]

#: A place along a lane, before anything has coordinates: the band, its gates or its boxes, the row or box, the line.
Place = tuple[int, int, int, int]
_GATES, _BOXES = 0, 1
#: What a row further down costs a gate that looks for a seat, in lanes further to the side.
_LOWER = 1.2

_Key = TypeVar("_Key")
_End = TypeVar("_End", float, Place)


@frozen
class Seat:
    """Where a gate stands: by itself in a row of its band, or as the head of the only box behind it."""

    row: int
    lane: int
    #: The number of the box in its band; -1 where it stands by itself.
    head_of: int = -1


@frozen
class Beside:
    """A stretch beside a lane, of what an activity or a gate leads to."""

    lane: int
    #: To the right of the lane it leaves activities, to the left it meets gates and boxes.
    is_right: bool
    of: tuple[object, ...]


@frozen
class Across:
    """A stretch in a channel; channel 0 of a band lies above its first row of gates, the last one above its boxes."""

    band: int
    channel: int
    #: Whether it comes from a gate above it.
    leaves: bool
    of: tuple[object, ...]


@frozen
class Roads:
    """Where gates stand and what runs beside the lanes, before anything has coordinates."""

    seats: Mapping[tuple[int, int], Seat]
    #: The rows of gates in each band.
    rows: tuple[int, ...]
    #: The band, the box and the lane that each activity's arrows leave from.
    homes: Mapping[str, tuple[int, int, int]]
    #: The track of each stretch beside a lane; 0 lies next to the boxes.
    beside: Mapping[Beside, int]
    _widths: Mapping[tuple[int, bool], int] = field(repr=False)

    def tracks_beside(self, lane: int, *, is_right: bool) -> int:
        """Return how many tracks lie at one side of a lane."""
        return self._widths.get((lane, is_right), 0)

    def channel_to(self, arrow: Arrow) -> int:
        """Return the channel in which an arrow crosses to its gate."""
        seat = self.seats[arrow.band, arrow.gate]
        return seat.row if seat.head_of < 0 else self.rows[arrow.band]

    def out_of(self, arrow: Arrow) -> Beside:
        """Return the stretch by which an arrow leaves its activity."""
        return Beside(self.homes[arrow.source][2], is_right=True, of=(arrow.source, arrow.kind))

    def across_to(self, arrow: Arrow) -> Across:
        """Return the stretch by which an arrow crosses to its gate's lane."""
        return Across(arrow.band, self.channel_to(arrow), leaves=False, of=(arrow.source, arrow.kind))

    def into(self, arrow: Arrow) -> Beside:
        """Return the stretch by which an arrow comes to its gate."""
        lane, channel = self.seats[arrow.band, arrow.gate].lane, self.channel_to(arrow)
        return Beside(lane, is_right=False, of=(arrow.source, arrow.kind, arrow.band, channel))


def tracks(stretches: Iterable[tuple[_Key, _End, _End]]) -> dict[_Key, int]:
    """Return a track for each stretch, from its ends; none shares one with another that it meets.

    Whoever comes first is given the lowest track that is free.

    >>> tracks([("a", 1.0, 2.0), ("b", 1.5, 4.0), ("c", 3.0, 5.0)])
    {'a': 0, 'b': 1, 'c': 0}
    """
    given: dict[_Key, int] = {}
    taken: list[list[tuple[_End, _End]]] = []
    for key, low, high in stretches:
        free = (at for at, ends in enumerate(taken) if all(high < lo or hi < low for lo, hi in ends))
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        given[key] = track
    return given


def roads_of(chart: Chart) -> Roads:
    """Return where the gates of a chart stand, and what runs beside its lanes."""
    seats, rows = dict[tuple[int, int], Seat](), list[int]()
    for at, band in enumerate(chart.bands):
        own = _seats(band, len(chart.lanes))
        seats |= {(at, gate): seat for gate, seat in own.items()}
        rows.append(max((seat.row + 1 for seat in own.values() if seat.head_of < 0), default=0))
    plain = Roads(seats, tuple(rows), _homes(chart), {}, {})
    stretches = _Stretches(chart, plain).all()
    # What ends first on the left, and what begins last on the right, lies next to the boxes, so that fewest cross.
    beside: dict[Beside, int] = {}
    widths: dict[tuple[int, bool], int] = {}
    for side in sorted({(road.lane, road.is_right) for road in stretches}):
        ends = [(road, *ends) for road, ends in stretches.items() if (road.lane, road.is_right) == side]
        inner_first = (
            sorted(ends, key=lambda one: one[1], reverse=True) if side[1] else sorted(ends, key=lambda one: one[2])
        )
        own_tracks = tracks(inner_first)
        beside |= own_tracks
        widths[side] = max(own_tracks.values()) + 1
    return Roads(seats, tuple(rows), plain.homes, beside, widths)


def _seats(band: Band, lanes: int) -> dict[int, Seat]:
    """Return where the gates of a band stand: one with one box on its head, others above, near what they open."""
    seats: dict[int, Seat] = {}
    free = [(row, lane) for row in range(len(band.gates)) for lane in range(lanes)]
    for gate in range(len(band.gates)):
        behind = [at for at, box in enumerate(band.boxes) if box.gate == gate]
        if len(behind) == 1:
            seats[gate] = Seat(0, band.boxes[behind[0]].lane, behind[0])
            continue
        wanted = sum(band.boxes[at].lane for at in behind) / len(behind)
        row, lane = min(free, key=lambda place: (abs(place[1] - wanted) + _LOWER * place[0], place))
        free.remove((row, lane))
        seats[gate] = Seat(row, lane)
    return seats


def _homes(chart: Chart) -> dict[str, tuple[int, int, int]]:
    """Return where the arrows of each activity leave from: the first place in which it stands."""
    sources = {arrow.source for arrow in chart.arrows}
    homes: dict[str, tuple[int, int, int]] = {}
    for at, band in enumerate(chart.bands):
        for number, box in enumerate(band.boxes):
            for entry in box.entries:
                if entry.id in sources:
                    homes.setdefault(entry.id, (at, number, box.lane))
    return homes


@frozen
class _Stretches:
    """Finds from where to where each stretch beside a lane goes."""

    chart: Chart
    roads: Roads
    ends: dict[Beside, tuple[Place, Place]] = field(factory=dict)

    def all(self) -> dict[Beside, tuple[Place, Place]]:
        for arrow in self.chart.arrows:
            channel = (arrow.band, _GATES, 2 * self.roads.channel_to(arrow), 0)
            self._reach(self.roads.out_of(arrow), channel, self._home(arrow.source))
            self._reach(self.roads.into(arrow), channel, self._line(arrow))
        for (at, gate), seat in self.roads.seats.items():
            if seat.head_of < 0:
                for number, box in enumerate(self.chart.bands[at].boxes):
                    if box.gate == gate:
                        below = (at, _GATES, 2 * seat.row + 2, 0)
                        self._reach(Beside(box.lane, is_right=False, of=(at, gate)), below, (at, _BOXES, number, 1000))
        return self.ends

    def _reach(self, road: Beside, *places: Place) -> None:
        known = self.ends.get(road, ())
        self.ends[road] = min(*known, *places), max(*known, *places)

    def _home(self, source: str) -> Place:
        at, number, _ = self.roads.homes[source]
        ids = [entry.id for entry in self.chart.bands[at].boxes[number].entries]
        return at, _BOXES, number, 2000 + ids.index(source)

    def _line(self, arrow: Arrow) -> Place:
        seat = self.roads.seats[arrow.band, arrow.gate]
        if seat.head_of < 0:
            return arrow.band, _GATES, 2 * seat.row + 1, arrow.line
        return arrow.band, _BOXES, seat.head_of, arrow.line
