"""The map as SVG, without script and without anything from elsewhere, light and dark.

``draw`` gives a file, which brings its looks with it; ``draw_with_links`` gives a part of an HTML page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from intimacy_kit.authoring.maps.chart import MADE, Chart, chart_of
from intimacy_kit.authoring.maps.layout import lay_out
from intimacy_kit.authoring.maps.looks import STYLE, depth_dots, kind_shape, number, sign
from intimacy_kit.authoring.maps.places import (
    Layout,
    PlacedBand,
    PlacedBox,
    PlacedEntry,
    PlacedGate,
    PlacedLane,
    Point,
    Rect,
    Wire,
    Words,
)
from intimacy_kit.authoring.maps.words import about, gate_in_a_sentence, many, unmarked
from intimacy_kit.content.packs import Pack

__all__ = ["draw", "draw_with_links"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: How round the corners of lines are.
_ROUND = 5.0


def draw(packs: Pack | Iterable[Pack]) -> str:
    """Return the map of one pack, or of some packs together, as a complete SVG document.

    The same packs give the same text. Nothing in a pack can make a pack undrawable: what never opens is marked.
    """
    chart = chart_of(packs)
    pen = _Pen(chart, lay_out(chart))
    drawn = pen.drawn('xmlns="http://www.w3.org/2000/svg"', [f"<style>{STYLE}</style>"])
    return _lines([f"<!-- {MADE} -->", *drawn])


def draw_with_links(packs: Pack | Iterable[Pack], addresses: Mapping[str, str]) -> str:
    """Return the map as an element for an HTML page, each activity that has one of the *addresses* a link to it.

    *addresses* are by the id of the activity. The element has no looks of its own, so that it can stand in a page that
    allows no style within it: ``intimacy_kit.authoring.maps.looks.STYLE`` belongs into the stylesheet of the page.
    It runs from left to right, as it was measured, also in a page that does not.
    """
    chart = chart_of(packs)
    return _lines(_Pen(chart, lay_out(chart), addresses).drawn('direction="ltr"', []))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@frozen
class _Pen:
    """Draws one chart, where its layout says."""

    chart: Chart
    layout: Layout
    #: What activities link to, by id.
    addresses: Mapping[str, str] = field(factory=dict)

    def drawn(self, kind: str, style: Iterable[str]) -> Iterator[str]:
        """Give all of the map; *kind* is an attribute of its element, *style* an element for its looks."""
        width, height = number(self.layout.width), number(self.layout.height)
        yield (
            f'<svg {kind} width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            'role="graphics-document" aria-labelledby="map-title map-about">'
        )
        yield f'<title id="map-title">{_escaped(f"Map of {self.chart.title}")}</title>'
        yield f'<desc id="map-about">{_escaped(self._said())}</desc>'
        yield from style
        yield f'<rect class="page" width="{width}" height="{height}"/>'
        yield from (_lane(lane) for lane in self.layout.lanes)
        yield _words(self.layout.front.words)
        yield from (f"{sign(one.name, one.x, one.y)[0]}{_words([one.words])}" for one in self.layout.front.signs)
        for at, band in enumerate(self.layout.bands):
            yield from self._band(at, band)
        yield "</svg>"

    def _said(self) -> str:
        """Return what the picture shows, for those who do not see it."""
        bands = [f"{band.heading}: {band.note}." for band in self.chart.bands]
        lanes = [f"{lane.letter}: {lane.title}, {lane.note}." for lane in self.chart.lanes if lane.letter]
        return " ".join([f"{self.chart.note}.", *bands, *(["Journeys:"] if lanes else []), *lanes])

    def _band(self, at: int, band: PlacedBand) -> Iterator[str]:
        broken = ' class="broken"' if band.band.broken else ""
        yield f'<g role="group" aria-label="{_escaped(band.band.heading)}"{broken}>'
        rule = f"M{number(band.rect.x)} {number(band.rect.y)}H{number(band.rect.right)}"
        yield f'<path class="rule" d="{rule}"/>'
        yield _words(band.words, " wrong" if band.band.broken else "")
        yield _words(band.stages)
        yield from (self._box(box) for box in band.boxes)
        for gate in [*band.gates, *(box.cap for box in band.boxes if box.cap)]:
            yield self._gate(gate, [wire for wire in self.layout.wires if wire.gate == (at, gate.number)])
        yield "</g>"

    def _gate(self, gate: PlacedGate, wires: Iterable[Wire]) -> str:
        """Return a gate with all lines to and from it, so that they stand out when it is pointed at."""
        named = self.chart.named
        said = f"{gate_in_a_sentence(gate.node.gate, named)}\nopens {many(gate.node.opens, 'activity')}"
        drawn = f"{''.join(map(_wire, wires))}{_rect(gate.rect, 'node', 7)}{_words(gate.words)}"
        return f'<g class="gate"><title>{_escaped(said)}</title>{drawn}</g>'

    def _box(self, box: PlacedBox) -> str:
        ground = _rect(box.rect, "box", 7)
        dots = depth_dots(box.box.depth, box.head[0].x - 40, box.head[0].y - 4) if box.box.depth else ""
        entries = "".join(map(self._entry, box.entries))
        return f'<g class="d{box.box.depth}">{ground}{dots}{_words(box.head)}{entries}</g>'

    def _entry(self, entry: PlacedEntry) -> str:
        activity = entry.entry.activity
        said = (
            about(activity, self.chart.named) if activity else f"{entry.entry.id}\nfrom a pack that is not on this map"
        )
        drawn = f'<g class="entry"><title>{_escaped(said)}</title>{_shape_and_words(entry)}</g>'
        address = self.addresses.get(entry.entry.id)
        if activity is None or address is None:
            return drawn
        name = _escaped(f"{unmarked(activity.title)} ({entry.entry.name})")  # what is seen is a part of it
        return f'<a href="{_escaped(address)}" aria-label="{name}" lang="{activity.title.language}">{drawn}</a>'


def _shape_and_words(entry: PlacedEntry) -> str:
    """Return what is seen of an activity."""
    activity, first = entry.entry.activity, entry.words[0]
    shape = kind_shape(activity.kind if activity else "", first.x - 8, first.y - 4.5)
    badges = "".join(
        _rect(Rect(word.rect.x + word.rect.width / 2 - 7, word.y - 11, 14, 14), "badge", 4) for word in entry.also
    )
    crossed = " retired" if activity and activity.retired else ""
    leader = ""
    if entry.leader:
        begin, end = map(number, entry.leader)
        leader = f'<path class="leader" d="M{begin} {number(first.y - 4)}H{end}"/>'
    return f"{shape}{_words(entry.words, crossed)}{badges}{_words(entry.also)}{leader}"


def _escaped(words: object) -> str:
    """Return words as XML can carry them, also between quotes."""
    text = _NOT_XML.sub("", str(words)).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")


def _words(words: Iterable[Words], more: str = "") -> str:
    return "".join(
        f'<text class="{one.style}{more}" x="{number(one.x)}" y="{number(one.y)}">{_escaped(one.text)}</text>'
        for one in words
    )


def _rect(rect: Rect, name: str, radius: float) -> str:
    place = f'x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}" height="{number(rect.height)}"'
    return f'<rect class="{name}" {place} rx="{number(radius)}"/>'


def _lane(lane: PlacedLane) -> str:
    badge = Rect(lane.left, lane.words[0].y - 16, 22, 22)
    letter = _rect(badge, "badge", 6) if lane.lane.letter else ""
    label = f'role="group" aria-label="{_escaped(lane.lane.title)}"'
    title = f"<title>{_escaped(lane.lane.title)}</title>"
    return f"<g {label}>{title}{_rect(lane.rect, 'strip', 10)}{letter}{_words(lane.words)}</g>"


def _wire(wire: Wire) -> str:
    (x, y), start = wire.points[-1], wire.points[0]
    line = f'<path class="wire" d="{_path(wire.points)}"/>'
    tip = f'<path class="tip" d="M{number(x)} {number(y)}l-8-4v8z"/>'
    port = (
        "" if wire.kind == "opens" else f'<circle class="tip" cx="{number(start[0])}" cy="{number(start[1])}" r="3"/>'
    )
    return f'<g class="{wire.kind} d{wire.depth}">{line}{port}{tip}</g>'


def _path(points: tuple[Point, ...]) -> str:
    """Return a line through points as the data of a path, its corners rounded; it ends where its arrow begins."""
    corners = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    corners[-1] = (corners[-1][0] - 7, corners[-1][1])
    data = f"M{number(corners[0][0])} {number(corners[0][1])}"
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        round_ = min(_ROUND, _far(before, corner) / 2, _far(corner, after) / 2)
        (from_x, from_y), (to_x, to_y) = _towards(corner, before, round_), _towards(corner, after, round_)
        data += f"L{number(from_x)} {number(from_y)}"
        data += f"Q{number(corner[0])} {number(corner[1])} {number(to_x)} {number(to_y)}"
    return f"{data}L{number(corners[-1][0])} {number(corners[-1][1])}"


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(corner: Point, other: Point, length: float) -> Point:
    far = _far(corner, other) or 1
    return corner[0] + (other[0] - corner[0]) * length / far, corner[1] + (other[1] - corner[1]) * length / far
