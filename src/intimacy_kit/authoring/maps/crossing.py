"""How arrows run through the coordinates of a page: what crosses in which channel, and every line from end to end."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from intimacy_kit.authoring.maps.chart import Arrow, Chart
from intimacy_kit.authoring.maps.places import PlacedBand, PlacedGate, PlacedLane, Wire
from intimacy_kit.authoring.maps.routing import Across, Beside, Roads, tracks

__all__ = ["Crossings", "side_width"]

#: Between two tracks where there is room, where there is little, and the room beside a lane that is easily had.
_STEP, _NARROW, _EASY = 6.0, 3.2, 24.0
#: Between arrows and what stands beside them; the head of an arrow fits into it.
_CLEAR = 12.0
#: How far from its left edge a line leaves a gate.
_PORT = 22.0


def _step(count: int) -> float:
    """Return how far so many tracks lie apart beside a lane."""
    return max(_NARROW, min(_STEP, _EASY / count))


def side_width(count: int, *, is_right: bool) -> float:
    """Return the room beside a lane for so many tracks."""
    first = _CLEAR / 2 if is_right else _CLEAR
    return first + (count - 1) * _step(count) + _STEP / 2 if count else _CLEAR / 2


@frozen
class Crossings:
    """The tracks of what runs across, for lanes that have their places."""

    chart: Chart
    roads: Roads
    lanes: tuple[PlacedLane, ...]
    _tracks: Mapping[Across, int]

    @classmethod
    def of(cls, chart: Chart, roads: Roads, lanes: tuple[PlacedLane, ...]) -> "Crossings":
        """Give every line that crosses a track of its own in its channel."""
        self = cls(chart, roads, lanes, {})
        ends: dict[Across, list[float]] = {}
        for arrow in chart.arrows:
            ends.setdefault(roads.across_to(arrow), []).extend(
                [self.x_of(roads.out_of(arrow)), self.x_of(roads.into(arrow))]
            )
        for (band, gate), seat in roads.seats.items():
            if seat.head_of < 0:
                lanes_behind = {box.lane for box in chart.bands[band].behind(gate)}
                xs = [self.x_of(Beside(lane, is_right=False, of=(band, gate))) for lane in lanes_behind]
                ends[Across(band, seat.row + 1, leaves=True, of=(band, gate))] = [self.port_of(seat.lane), *xs]
        given: dict[Across, int] = {}
        for channel in sorted({(road.band, road.channel, road.leaves) for road in ends}):
            own = [
                (road, min(xs), max(xs))
                for road, xs in ends.items()
                if (road.band, road.channel, road.leaves) == channel
            ]
            given |= tracks(sorted(own, key=lambda one: (one[2] - one[1], one[1])))
        return cls(chart, roads, lanes, given)

    def x_of(self, road: Beside) -> float:
        """Return where a stretch beside a lane lies."""
        lane, track = self.lanes[road.lane], self.roads.beside[road]
        away = track * _step(self.roads.tracks_beside(road.lane, is_right=road.is_right))
        return lane.right + _CLEAR / 2 + away if road.is_right else lane.left - _CLEAR - away

    def port_of(self, lane: int) -> float:
        """Return where lines leave the gates in a lane."""
        return self.lanes[lane].left + _PORT

    def height(self, band: int, channel: int) -> float:
        """Return the height of a channel."""
        count = self._count(band, channel, leaves=True) + self._count(band, channel, leaves=False)
        return 2 * _CLEAR + (count - 1) * _STEP if count else _CLEAR

    def _count(self, band: int, channel: int, *, leaves: bool) -> int:
        here = (
            track
            for road, track in self._tracks.items()
            if (road.band, road.channel, road.leaves) == (band, channel, leaves)
        )
        return max(here, default=-1) + 1

    def wires(self, bands: tuple[PlacedBand, ...], channels: Mapping[tuple[int, int], float]) -> Iterator[Wire]:
        """Give all lines; *channels* has the upper edge of each channel."""
        for arrow in self.chart.arrows:
            yield self._arrow(arrow, bands, channels)
        for (at, gate), seat in self.roads.seats.items():
            if seat.head_of < 0:
                placed = next(one for one in bands[at].gates if one.number == gate)
                y = self._y_of(Across(at, seat.row + 1, leaves=True, of=(at, gate)), channels)
                for box in bands[at].boxes:
                    if box.box.gate == gate:
                        x = self.x_of(Beside(box.box.lane, is_right=False, of=(at, gate)))
                        port = self.port_of(seat.lane)
                        start = (port, placed.rect.bottom)
                        points = (start, (port, y), (x, y), (x, box.door), (box.rect.x, box.door))
                        yield Wire(points, "opens", (at, gate), (at, gate), box.box.depth)

    def _y_of(self, road: Across, channels: Mapping[tuple[int, int], float]) -> float:
        top = channels[road.band, road.channel]
        if road.leaves:
            return top + _CLEAR + self._tracks[road] * _STEP
        return top + self.height(road.band, road.channel) - _CLEAR - self._tracks[road] * _STEP

    def _arrow(self, arrow: Arrow, bands: tuple[PlacedBand, ...], channels: Mapping[tuple[int, int], float]) -> Wire:
        roads = self.roads
        band, number, _ = roads.homes[arrow.source]
        box = bands[band].boxes[number]
        entry = next(one for one in box.entries if one.entry.id == arrow.source)
        out_x, in_x = self.x_of(roads.out_of(arrow)), self.x_of(roads.into(arrow))
        y = self._y_of(roads.across_to(arrow), channels)
        gate = self._gate(arrow, bands)
        start = (box.rect.right, entry.words[0].y - 4)
        end = (gate.rect.x, gate.lines[arrow.line])
        points = (start, (out_x, start[1]), (out_x, y), (in_x, y), (in_x, end[1]), end)
        return Wire(points, arrow.kind, arrow.source, (arrow.band, arrow.gate), box.box.depth)

    def _gate(self, arrow: Arrow, bands: tuple[PlacedBand, ...]) -> PlacedGate:
        seat = self.roads.seats[arrow.band, arrow.gate]
        if seat.head_of < 0:
            return next(one for one in bands[arrow.band].gates if one.number == arrow.gate)
        cap = bands[arrow.band].boxes[seat.head_of].cap
        assert cap is not None  # noqa: S101 - for mypy; the seat says so
        return cap
