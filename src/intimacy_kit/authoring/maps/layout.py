"""Where everything stands on the page: the width is kept to, the height is as it comes."""

from itertools import groupby

from attrs import evolve, field, frozen

from intimacy_kit.authoring.maps.chart import Band, Chart
from intimacy_kit.authoring.maps.crossing import Crossings, side_width
from intimacy_kit.authoring.maps.front import front_of
from intimacy_kit.authoring.maps.places import Layout, PlacedBand, PlacedBox, PlacedGate, PlacedLane, Rect, Words
from intimacy_kit.authoring.maps.placing import Shape, box_at, gate_at, lines_at, name_width
from intimacy_kit.authoring.maps.routing import Roads, roads_of

__all__ = ["PAGE", "lay_out"]

#: The width that a page keeps to where it can.
PAGE = 1600.0
_NARROWEST = 760.0
_MARGIN, _GUTTER = 24.0, 6.0
#: The most room that a name may take, tried one after the other until the page is narrow enough.
_LIMITS = (400.0, 230.0, 205.0, 185.0, 165.0, 150.0, 135.0, 120.0, 104.0)
#: The least room, so that gates and stages have some.
_LEAST = 104.0
_BETWEEN_BOXES, _BETWEEN_STAGES = 7.0, 12.0
#: The room that the letter of a journey takes before its title.
_LETTER = 30.0


def lay_out(chart: Chart) -> Layout:
    """Return a chart with everything in its place.

    Names are broken where there are many lanes; where there are few, long lists are given more columns, as long as
    that makes the page shorter.
    """
    roads = roads_of(chart)
    pages = [_Page.of(chart, roads, limit) for limit in _LIMITS]
    page = next((page for page in pages if page.width <= PAGE), pages[-1])
    while (wider := min(page.wider(), key=_Page.cost, default=page)).cost() < page.cost():
        page = wider
    return page.laid_out()


@frozen
class _Page:
    """A way to lay a chart out: how each lane is filled."""

    chart: Chart
    roads: Roads
    shapes: tuple[Shape, ...]

    @classmethod
    def of(cls, chart: Chart, roads: Roads, limit: float) -> "_Page":
        """Return the page with one column in each lane, its names no wider than the limit."""
        widest = [_LEAST] * len(chart.lanes)
        for band in chart.bands:
            for box in band.boxes:
                widest[box.lane] = max(widest[box.lane], *(name_width(entry) for entry in box.entries))
        return cls(chart, roads, tuple(Shape(1, min(max(limit, _LEAST), width)) for width in widest))

    @property
    def width(self) -> float:
        """The width of the page."""
        return max(self._lanes()[-1].rect.right + _MARGIN if self.shapes else 0, _NARROWEST)

    def wider(self) -> list["_Page"]:
        """Return the pages that have one column more in one lane."""
        columns = [shape.columns for shape in self.shapes]
        changed = (
            (*self.shapes[:at], evolve(self.shapes[at], columns=count + 1), *self.shapes[at + 1 :])
            for at, count in enumerate(columns)
        )
        pages = [evolve(self, shapes=shapes) for shapes in changed]
        return [page for page in pages if page.width <= PAGE]

    def cost(self) -> float:
        """Return what is to be small: the height, and a little of what stands in each lane."""
        layout = self.laid_out()
        return layout.height + 0.04 * sum(box.rect.height for band in layout.bands for box in band.boxes)

    def _lanes(self) -> tuple[PlacedLane, ...]:
        """Return the lanes, as wide as they are; their height comes later."""
        placed: list[PlacedLane] = []
        x = _MARGIN
        for at, (lane, shape) in enumerate(zip(self.chart.lanes, self.shapes, strict=True)):
            before = self._side(at, is_right=False)
            after = self._side(at, is_right=True)
            left, right = x + before, x + before + shape.width
            placed.append(PlacedLane(lane, Rect(x, 0, right + after - x, 0), left, right, ()))
            x = right + after + _GUTTER
        return tuple(placed)

    def _side(self, lane: int, *, is_right: bool) -> float:
        return side_width(self.roads.tracks_beside(lane, is_right=is_right), is_right=is_right)

    def laid_out(self) -> Layout:
        """Return the layout."""
        lanes, width = self._lanes(), self.width
        front = front_of(self.chart, _MARGIN, width - _MARGIN)
        titles = [_title(lane, front.bottom) for lane in lanes]
        y = max((words[-1].rect.bottom for words in titles), default=front.bottom) + 14
        stack = _Stack(self, lanes, Crossings.of(self.chart, self.roads, lanes))
        for at in range(len(self.chart.bands)):
            stack.add(at, y)
            y = stack.bands[-1].rect.bottom
        strips = tuple(
            evolve(lane, words=words, rect=evolve(lane.rect, y=front.bottom, height=y - front.bottom))
            for lane, words in zip(lanes, titles, strict=True)
        )
        wires = tuple(stack.crossings.wires(tuple(stack.bands), stack.channels))
        return Layout(width, y + _MARGIN, front, strips, tuple(stack.bands), wires)


def _title(lane: PlacedLane, top: float) -> tuple[Words, ...]:
    """Return the words above a lane."""
    letter = lane.lane.letter
    left = lane.left + (_LETTER if letter else 0)
    title = lines_at(left, top + 10, lane.lane.title, "lane", lane.right - left, most=4)
    note = lines_at(left, title[-1].y + 4, lane.lane.note, "small", lane.right - left)
    before = (Words(lane.left + 6, title[0].y, letter, "letter"),) if letter else ()
    return (*before, *title, *note)


@frozen
class _Stack:
    """The bands of a page, placed one below the other."""

    page: _Page
    lanes: tuple[PlacedLane, ...]
    crossings: Crossings
    bands: list[PlacedBand] = field(factory=list)
    #: The lanes and stages that have been introduced.
    seen: set[tuple[int, int]] = field(factory=set)
    #: The upper edge of each channel, by band and number.
    channels: dict[tuple[int, int], float] = field(factory=dict)

    def add(self, at: int, y: float) -> None:
        band, first = self.page.chart.bands[at], self.lanes[0]
        heading = lines_at(first.left, y + 14, band.heading, "heading", first.right - first.left)
        note = lines_at(first.left, heading[-1].y + 5, band.note, "small", first.right - first.left)
        gates, below = self._gates(at, note[-1].y + 4)
        boxes: list[PlacedBox] = []
        stages: list[Words] = []
        for lane, group in groupby(range(len(band.boxes)), key=lambda number: band.boxes[number].lane):
            self._fill(band, list(group), self.lanes[lane], below, boxes, stages)
        rect = Rect(_MARGIN, y, self.lanes[-1].rect.right - _MARGIN, max(box.rect.bottom for box in boxes) + 14 - y)
        self.bands.append(PlacedBand(band, rect, (*heading, *note), tuple(stages), tuple(gates), tuple(boxes)))

    def _gates(self, at: int, y: float) -> tuple[list[PlacedGate], float]:
        """Place the gates that stand by themselves, row by row, and the channels around them."""
        roads, gates = self.page.roads, list[PlacedGate]()
        for row in range(roads.rows[at] + 1):
            self.channels[at, row] = y
            y += self.crossings.height(at, row)
            for (band, number), seat in roads.seats.items():
                if band == at and seat.row == row and seat.head_of < 0:
                    lane = self.lanes[seat.lane]
                    node = self.page.chart.bands[at].gates[number]
                    gates.append(gate_at((number, node), lane.left, y, lane.right - lane.left))
            y = max([y, *(gate.rect.bottom for gate in gates)])
        return gates, y

    def _fill(
        self,
        band: Band,
        numbers: list[int],
        lane: PlacedLane,
        y: float,
        boxes: list[PlacedBox],
        stages: list[Words],
    ) -> None:
        """Place the boxes of a lane in a band, each stage with its title."""
        index = self.page.chart.lanes.index(lane.lane)
        roads, heads = self.page.roads, {}
        for (at, gate), seat in roads.seats.items():
            if at == len(self.bands) and seat.head_of >= 0:
                heads[seat.head_of] = gate, band.gates[gate]
        stage = -1
        for number in numbers:
            box = band.boxes[number]
            if box.stage != stage:
                stage = box.stage
                shown = lane.lane.stages[stage]
                title = lines_at(
                    lane.left,
                    y + 3,
                    f"{lane.lane.letter}{stage + 1} {shown.title}",
                    "stage",
                    lane.right - lane.left,
                    most=2,
                )
                stages += title
                if (index, stage) not in self.seen:
                    stages += lines_at(lane.left, title[-1].y + 3, shown.note, "small", lane.right - lane.left)
                    self.seen.add((index, stage))
                y = stages[-1].y + 7
            last = frozenset(id_ for id_, home in roads.homes.items() if home == (len(self.bands), number, index))
            boxes.append(box_at(box, lane.left, y, self.page.shapes[index], heads.get(number), last))
            y = boxes[-1].rect.bottom + _BETWEEN_BOXES
