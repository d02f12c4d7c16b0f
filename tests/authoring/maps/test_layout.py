"""Nothing on a map lies on anything else, and everything is on it."""

from itertools import combinations, pairwise, takewhile

import pytest
from authoring.maps.generated import generated
from little_packs import activity, journey
from little_packs import pack as pack_of

from intimacy_kit.authoring.maps.chart import Chart, chart_of
from intimacy_kit.authoring.maps.layout import PAGE, lay_out
from intimacy_kit.authoring.maps.places import STYLES, Layout, PlacedGate, Rect, Words
from intimacy_kit.content.gates import AnyOf, Count, Resolved
from intimacy_kit.content.packs import Pack

PACKS = {
    "two hundred on four journeys": generated(1),
    "nearly all behind gates": generated(4, gated=0.95),
    "no journey": generated(3, journeys=0),
    "many journeys": generated(8, activities=120, journeys=9),
    "circles and retired ones": generated(2, activities=40, journeys=2, circles=3, retired=3),
    "a single lane with alternatives": generated(6, activities=12, journeys=1, gated=0.9),
    "three": generated(5, activities=3, journeys=0, gated=0),
    "nothing": pack_of("tea", []),
}


@pytest.fixture(params=PACKS, scope="module")
def chart(request: pytest.FixtureRequest) -> Chart:
    return chart_of(PACKS[request.param])


@pytest.fixture(scope="module")
def layout(chart: Chart) -> Layout:
    return lay_out(chart)


def gates_of(layout: Layout) -> list[PlacedGate]:
    own = [gate for band in layout.bands for gate in band.gates]
    return own + [box.cap for band in layout.bands for box in band.boxes if box.cap]


def words_of(layout: Layout) -> list[Words]:
    """Return every line of words on the map."""
    words = [*layout.front.words, *(sign.words for sign in layout.front.signs)]
    words += [one for lane in layout.lanes for one in lane.words]
    for band in layout.bands:
        words += [*band.words, *band.stages]
        for box in band.boxes:
            words += [*box.head, *(one for entry in box.entries for one in (*entry.words, *entry.also))]
    return words + [one for gate in gates_of(layout) for one in gate.words]


def overlap(one: Rect, other: Rect) -> bool:
    apart = one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
    return not apart


def overlapping(rects: list[Rect]) -> list[tuple[Rect, Rect]]:
    """Return the pairs that overlap; only those that begin before the first one ends are compared."""
    found = []
    ordered = sorted(rects, key=lambda rect: rect.y)
    for at, one in enumerate(ordered):
        below = takewhile(lambda other, end=one.bottom: other.y < end, ordered[at + 1 :])
        found += [(one, other) for other in below if overlap(one, other)]
    return found


def inside(inner: Rect, outer: Rect) -> bool:
    """Tell whether one lies within the other; less than a tenth of a pixel cannot be seen."""
    sides = (outer.x - inner.x, outer.y - inner.y, inner.right - outer.right, inner.bottom - outer.bottom)
    return max(sides) < 0.1


def test_no_words_lie_on_others_and_none_are_small(layout: Layout) -> None:
    words = words_of(layout)
    assert overlapping([one.rect for one in words]) == []
    assert min(STYLES[one.style][0] for one in words) >= 11


def test_boxes_and_gates_do_not_touch_and_hold_their_words(layout: Layout) -> None:
    boxes = [box for band in layout.bands for box in band.boxes]
    standing = [box.rect for box in boxes] + [gate.rect for band in layout.bands for gate in band.gates]
    assert overlapping(standing) == []
    stages = [one.rect for band in layout.bands for one in (*band.words, *band.stages)]
    assert [words for words in stages if any(overlap(words, rect) for rect in standing)] == []
    for gate in gates_of(layout):
        assert all(inside(one.rect, gate.rect) for one in gate.words)
    for box in boxes:
        assert all(inside(one.rect, box.rect) for one in box.head)
        assert all(inside(one.rect, box.rect) for entry in box.entries for one in (*entry.words, *entry.also))
        assert box.cap is None or inside(box.cap.rect, box.rect)


def test_everything_lies_on_the_page_and_in_its_lane(layout: Layout) -> None:
    page = Rect(0, 0, layout.width, layout.height)
    assert all(inside(one.rect, page) for one in words_of(layout))
    for band in layout.bands:
        for box in band.boxes:
            lane = layout.lanes[box.box.lane]
            assert inside(box.rect, lane.rect)
            assert (round(box.rect.x, 6), round(box.rect.right, 6)) == (round(lane.left, 6), round(lane.right, 6))


def test_no_arrow_runs_through_a_box_a_gate_or_words(layout: Layout) -> None:
    standing = [box.rect for band in layout.bands for box in band.boxes]
    standing += [gate.rect for gate in gates_of(layout)]
    standing += [one.rect for one in words_of(layout)]
    for wire in layout.wires:
        for (x1, y1), (x2, y2) in pairwise(wire.points):
            assert x1 == x2 or y1 == y2
            stretch = Rect(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
            through = [rect for rect in standing if overlap(stretch, rect) and not at_an_edge(stretch, rect)]
            assert through == []


def at_an_edge(stretch: Rect, rect: Rect) -> bool:
    """Tell whether a stretch only ends or begins at a rectangle."""
    return stretch.right <= rect.x + 0.1 or stretch.x >= rect.right - 0.1 or stretch.y >= rect.bottom - 0.1


def test_no_two_arrows_lie_on_each_other_unless_they_come_from_the_same_thing(layout: Layout) -> None:
    stretches = {}
    for wire in layout.wires:
        for (x1, y1), (x2, y2) in pairwise(wire.points):
            if (x1, y1) != (x2, y2):
                line, low, high = (("down", x1), *sorted((y1, y2))) if x1 == x2 else (("across", y1), *sorted((x1, x2)))
                stretches.setdefault(line, []).append((low, high, wire))
    for on_one_line in stretches.values():
        for (low, high, wire), (other_low, other_high, other) in combinations(on_one_line, 2):
            if low < other_high and other_low < high:
                same = (wire.source, wire.kind) == (other.source, other.kind)
                leaves = wire.source == other.source and max(low, other_low) == wire.points[0][0]
                assert same or leaves


def test_every_activity_is_in_a_box_and_every_gate_is_drawn(chart: Chart, layout: Layout) -> None:
    activities = [activity for pack in chart.named.catalog.packs for activity in pack.activities]
    shown = {entry.entry.id for band in layout.bands for box in band.boxes for entry in box.entries}
    assert {one.id for one in activities} == shown
    assert {one.requires for one in activities} - {None} == {gate.node.gate for gate in gates_of(layout)}
    assert len(gates_of(layout)) == sum(len(band.gates) for band in chart.bands)


def test_every_gate_leads_to_what_is_behind_it_and_every_line_comes_from_what_it_names(
    chart: Chart, layout: Layout
) -> None:
    for at, band in enumerate(layout.bands):
        for gate in band.gates:
            leads_to = {wire.points[-1] for wire in layout.wires if wire.source == (at, gate.number)}
            behind = [box for box in band.boxes if box.box.gate == gate.number]
            assert leads_to == {(box.rect.x, box.door) for box in behind}
            assert len(behind) > 1
    assert sum(wire.kind != "opens" for wire in layout.wires) == len(chart.arrows)


def test_the_page_is_as_wide_as_a_screen_where_lanes_are_few(chart: Chart, layout: Layout) -> None:
    assert layout.width <= PAGE or len(chart.lanes) > 7


def journeys(count: int) -> Pack:
    slugs = [f"cup-{number}" for number in range(60)]
    return pack_of("tea", [activity(slug) for slug in slugs], [journey(f"way-{n}", slugs[:5]) for n in range(count)])


def test_long_lists_are_given_columns_where_there_is_room() -> None:
    box = lay_out(chart_of(journeys(0))).bands[0].boxes[0]
    assert len({entry.rect.x for entry in box.entries}) > 3


def test_the_twenty_eighth_journey_is_ab() -> None:
    assert [lane.letter for lane in chart_of(journeys(28)).lanes][24:28] == ["Y", "Z", "AA", "AB"]


def test_one_gate_that_opens_much_stands_once() -> None:
    asked = Count("depth", 1, 3)
    light = [activity(f"cup-{number}") for number in range(3)]
    prompts = [activity(f"pot-{number}", depth=2 + number % 2, requires=asked) for number in range(74)]
    layout = lay_out(chart_of(pack_of("tea", [*light, *prompts])))
    assert len(gates_of(layout)) == 1
    assert len(layout.wires) == 2


def test_an_alternative_further_down_leads_upwards() -> None:
    early, late = activity("cup"), activity("tray", requires=Resolved("tea/pot"))
    pot = activity("pot", requires=AnyOf([Resolved("tea/cup"), Resolved("tea/tray")]))
    layout = lay_out(chart_of(pack_of("tea", [early, late, pot])))
    assert [band.band.heading for band in layout.bands] == ["Open from the start", "One step in", "Two steps in"]
    up = next(wire for wire in layout.wires if wire.source == "tea/tray")
    assert up.points[-1][1] < up.points[0][1]
