"""Where boxes and gates stand in a lane, and where the words stand in them."""

from math import ceil

from attrs import evolve, frozen

from intimacy_kit.authoring.maps.chart import Box, Entry, GateNode
from intimacy_kit.authoring.maps.measuring import width_of, wrapped
from intimacy_kit.authoring.maps.places import STYLES, PlacedBox, PlacedEntry, PlacedGate, Rect, Words
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["INDENT", "LINE", "PAD", "Shape", "box_at", "gate_at", "lines_at", "name_width"]

#: The height of a line of words, and the room between an edge and words.
LINE, PAD = 16.0, 9.0
#: How far each step of a gate's lines stands to the right.
INDENT = 10.0
#: How far what continues a line stands to the right, so that it is not taken for another one.
_HANG = 7.0
#: The room that the shape before a name takes, and each letter after it.
_MARK, _LETTER, _BETWEEN = 14.0, 17.0, 14.0
#: The room that the four dots of a depth take.
_DOTS = 40.0


@frozen
class Shape:
    """How a lane is filled: so many columns of names, each so wide."""

    columns: int
    #: The most room for a name and the letters after it.
    names: float

    @property
    def width(self) -> float:
        """The width of boxes and gates in the lane."""
        return ceil(2 * PAD + self.columns * (_MARK + self.names) + (self.columns - 1) * _BETWEEN)

    def names_in(self, columns: int) -> float:
        """Return the room for a name where a box has so many columns."""
        return (self.width - 2 * PAD - (columns - 1) * _BETWEEN) / columns - _MARK


def name_width(entry: Entry) -> float:
    """Return the room a name and the letters after it take in one line."""
    return width_of(entry.name, STYLES["name"][0]) + _letters(entry)


def _letters(entry: Entry) -> float:
    return _LETTER * len(entry.also) + (2 if entry.also else 0)


def lines_at(x: float, y: float, text: str, style: str, limit: float, most: int = 100) -> tuple[Words, ...]:
    """Return words in lines below each other; *y* is the upper edge."""
    size, bold = STYLES[style]
    height = max(LINE, round(size * 1.25))
    lines = wrapped(text, limit, size, bold=bold, most=most)
    return tuple(Words(x, y + size + at * height, line, style) for at, line in enumerate(lines))


def gate_at(numbered: tuple[int, GateNode], x: float, y: float, width: float, *, is_head: bool = False) -> PlacedGate:
    """Place a gate; one that stands by itself is no wider than its words."""
    number, node = numbered
    words: list[Words] = []
    lines: list[float] = []
    top = y + 6
    inside = width - 2 * PAD
    for line in node.lines:
        left = min(line.indent * INDENT, inside / 2)
        first, *rest = lines_at(x + PAD + left, top, line.words, "gate", inside - left - _HANG)
        new = [first, *(evolve(one, x=one.x + _HANG * (line.indent > 0)) for one in rest)]
        lines.append(new[0].y - 4)
        words += new
        top += LINE * len(new)
    needed = max(one.rect.right for one in words) - x + PAD
    return PlacedGate(node, number, Rect(x, y, width if is_head else needed, top + 4 - y), tuple(words), tuple(lines))


def box_at(
    box: Box, x: float, y: float, shape: Shape, cap: tuple[int, GateNode] | None, last: frozenset[str]
) -> PlacedBox:
    """Place a box; what arrows leave from, *last*, stands at its right edge."""
    head = gate_at(cap, x, y, shape.width, is_head=True) if cap else None
    top = (head.rect.bottom if head else y) + 5
    said = " · ".join([*([DEPTHS[box.depth]] if box.depth else []), *box.notes])
    dots = _DOTS if box.depth else 0
    named = lines_at(x + PAD + dots, top, said, "head", shape.width - 2 * PAD - dots)
    top += LINE * len(named) + 3
    columns = _columns(box.entries, min(shape.columns, len(box.entries)), last)
    names = shape.names_in(len(columns))
    placed: list[PlacedEntry] = []
    for at, column in enumerate(columns):
        left, below = x + PAD + at * (_MARK + names + _BETWEEN), top
        for entry in column:
            placed.append(_entry_at(entry, left, below, names, leads_on=entry.id in last))
            below = placed[-1].rect.bottom
    bottom = max(one.rect.bottom for one in placed) + 6
    return PlacedBox(box, Rect(x, y, shape.width, bottom - y), named, tuple(placed), head)


def _entry_at(entry: Entry, x: float, y: float, limit: float, *, leads_on: bool) -> PlacedEntry:
    """Place an activity; its letters stand at the right of its last line, or below it where there is no room."""
    words = lines_at(x + _MARK, y, entry.name, "name", limit)
    right = x + _MARK + limit
    first = right - _letters(entry)
    down = LINE if entry.also and words[-1].rect.right > first else 0.0
    size = STYLES["also"][0]
    also = tuple(
        Words(
            first + at * _LETTER + 10 - width_of(letter, size, bold=True) / 2, words[-1].y + down - 0.5, letter, "also"
        )
        for at, letter in enumerate(entry.also)
    )
    end = right + PAD if down or len(words) > 1 or not also else first
    begin = words[0].rect.right + 6
    leader = (begin, end) if leads_on and begin + 6 < end else None
    return PlacedEntry(entry, Rect(x, y, right - x, LINE * len(words) + down + 1), words, also, leader)


def _columns(entries: tuple[Entry, ...], count: int, last: frozenset[str]) -> list[list[Entry]]:
    """Return the entries in columns, read downwards; those in *last* stand in the last one."""
    if count == 1:
        return [list(entries)]
    rest = [entry for entry in entries if entry.id not in last]
    leaving = [entry for entry in entries if entry.id in last]
    rows = max(ceil(len(entries) / count), len(leaving))
    columns = [rest[at * rows : (at + 1) * rows] for at in range(count - 1)]
    return [*columns, [*rest[(count - 1) * rows :], *leaving]]
