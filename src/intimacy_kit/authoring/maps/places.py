"""What a map is made of once everything has a place on the page; all lengths are in pixels at 100%."""

from attrs import frozen

from intimacy_kit.authoring.maps.chart import Band, Box, Entry, GateNode, Lane
from intimacy_kit.authoring.maps.measuring import width_of

__all__ = [
    "STYLES",
    "Front",
    "Layout",
    "PlacedBand",
    "PlacedBox",
    "PlacedEntry",
    "PlacedGate",
    "PlacedLane",
    "Point",
    "Rect",
    "Sign",
    "Wire",
    "Words",
]

#: The styles of words: their size, and whether they are bold.
STYLES = {
    "title": (24.0, True),
    "note": (13.0, False),
    "lane": (14.0, True),
    "letter": (14.0, True),
    "small": (11.0, False),
    "heading": (16.0, True),
    "stage": (12.0, True),
    "head": (11.0, True),
    "name": (12.0, False),
    "also": (11.0, True),
    "gate": (12.0, False),
    "key": (12.0, False),
}

Point = tuple[float, float]


@frozen
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@frozen
class Words:
    """A line of words; *y* is the line they stand on."""

    x: float
    y: float
    text: str
    #: One of STYLES.
    style: str

    @property
    def rect(self) -> Rect:
        """The room they need at most."""
        size, bold = STYLES[self.style]
        return Rect(self.x, self.y - size * 0.78, width_of(self.text, size, bold=bold), size)


@frozen
class PlacedEntry:
    """An activity, with the letters of the other journeys it stands on."""

    entry: Entry
    rect: Rect
    words: tuple[Words, ...]
    also: tuple[Words, ...]
    #: From where to where a thin line leads from the name to the arrow that leaves it.
    leader: tuple[float, float] | None


@frozen
class PlacedGate:
    """A gate, by itself or as the head of the one box behind it."""

    node: GateNode
    #: Its number in its band.
    number: int
    rect: Rect
    words: tuple[Words, ...]
    #: Where arrows meet each line of the gate.
    lines: tuple[float, ...]


@frozen
class PlacedBox:
    """A box with its activities."""

    box: Box
    rect: Rect
    head: tuple[Words, ...]
    entries: tuple[PlacedEntry, ...]
    cap: PlacedGate | None

    @property
    def door(self) -> float:
        """Where arrows meet its left edge."""
        return self.head[0].y - 4


@frozen
class PlacedLane:
    """A lane: a strip over the whole height of the map, with its title."""

    lane: Lane
    rect: Rect
    #: Where boxes begin and end in it; the rest of its width is for arrows.
    left: float
    right: float
    words: tuple[Words, ...]


@frozen
class PlacedBand:
    """A band over the whole width."""

    band: Band
    rect: Rect
    words: tuple[Words, ...]
    stages: tuple[Words, ...]
    gates: tuple[PlacedGate, ...]
    boxes: tuple[PlacedBox, ...]


@frozen
class Wire:
    """A line with corners, from an activity to a gate or from a gate to a box; an arrow stands at its end."""

    points: tuple[Point, ...]
    #: ``resolved``, ``done``, ``elapsed``, or ``opens`` for one that leaves a gate.
    kind: str
    #: What it comes from: the activity, or the band and number of the gate.
    source: str | tuple[int, int]
    #: What it leads to: the band and number of the gate.
    gate: tuple[int, int]
    #: How deep that is from which it comes, or to which it leads.
    depth: int


@frozen
class Sign:
    """A sign of the map, with what it means beside it."""

    #: ``depth-1``, ``kind-prompt``, ``wire-done``, ``also``, ``gate`` and so on.
    name: str
    #: The left edge and the middle of the room it has.
    x: float
    y: float
    words: Words


@frozen
class Front:
    """What stands above a map: the title, the line below it, and the signs."""

    words: tuple[Words, ...]
    signs: tuple[Sign, ...]
    #: Where the map may begin.
    bottom: float


@frozen
class Layout:
    """A map with everything in its place; the page begins at 0, 0."""

    width: float
    height: float
    front: Front
    lanes: tuple[PlacedLane, ...]
    bands: tuple[PlacedBand, ...]
    wires: tuple[Wire, ...]
