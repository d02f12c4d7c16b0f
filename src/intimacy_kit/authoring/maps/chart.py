"""What stands together on a map: lanes and layers, the boxes in them, the gates between, and what leads to what."""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from intimacy_kit.authoring.maps.layers import Layers, is_withheld, layers_of
from intimacy_kit.authoring.maps.words import Line, Named, gate_lines, many, unmarked
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import Gate
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import DEPTHS
from intimacy_kit.loading.catalog import Catalog

__all__ = ["MADE", "Arrow", "Band", "Box", "Chart", "Entry", "GateNode", "Lane", "Stage", "chart_of"]

#: What stands at the beginning of every map, so that it can be told from what somebody else has made.
MADE = "A map of what opens what, made by intimacy-kit."

_HEADINGS = (
    "Open from the start",
    "One step in",
    *(f"{n} steps in" for n in ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")),
)


@frozen
class Stage:
    """A part of a journey, as its lane shows it."""

    title: str
    #: What it asks, in words.
    note: str
    offers: tuple[str, ...]


@frozen
class Lane:
    """A journey, or the activities of one depth that stand on no journey."""

    #: A letter for a journey, nothing for a depth.
    letter: str
    title: str
    note: str
    stages: tuple[Stage, ...]
    #: The depth; 0 for a journey.
    depth: int = 0


@frozen
class Entry:
    """An activity in a box."""

    id: str
    name: str
    #: None for one that a journey borrows from a pack that is not drawn.
    activity: Activity | None
    #: The letters of the other journeys it stands on.
    also: tuple[str, ...] = ()


@frozen
class GateNode:
    """A gate, as it stands in one band."""

    gate: Gate
    lines: tuple[Line, ...]
    #: How many activities ask for it.
    opens: int


@frozen
class Box:
    """Neighbours that are alike: in one lane, stage and band, of one depth, behind one gate."""

    lane: int
    #: The number of the stage, from 0; -1 in a lane without.
    stage: int
    #: The depth; 0 where it is not known.
    depth: int
    #: What is particular about them, in words: their purpose, or why they never open.
    notes: tuple[str, ...]
    #: The gate in the band; -1 for none.
    gate: int
    entries: tuple[Entry, ...]


@frozen
class Arrow:
    """From an activity to a line of a gate that names it."""

    source: str
    #: ``resolved``, ``done`` or ``elapsed``.
    kind: str
    band: int
    gate: int
    line: int


@frozen
class Band:
    """A layer: what opens at the same distance from the start; or what never opens."""

    heading: str
    note: str
    gates: tuple[GateNode, ...]
    boxes: tuple[Box, ...]
    #: Whether something is wrong with what stands in it.
    broken: bool = False

    def behind(self, gate: int) -> tuple[Box, ...]:
        """Return the boxes behind a gate."""
        return tuple(box for box in self.boxes if box.gate == gate)


@frozen
class Chart:
    """All of a map, before anything has a place on the page."""

    title: str
    note: str
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    arrows: tuple[Arrow, ...]
    named: Named = field(repr=False)
    layers: Layers = field(repr=False)


def chart_of(packs: Pack | Iterable[Pack]) -> Chart:
    """Return what a map of one pack, or of some packs together, shows."""
    catalog = Catalog([packs] if isinstance(packs, Pack) else packs)
    layers, named = layers_of(catalog), Named(catalog)
    lanes = tuple(_lanes(catalog))
    bands = tuple(_Bands(catalog, layers, named, lanes).all())
    title = ", ".join(unmarked(pack.title) for pack in catalog.packs)
    arrows = tuple(_arrows(bands, layers))
    return Chart(title, _note(catalog, layers), lanes, bands, arrows, named, layers)


def _note(catalog: Catalog, layers: Layers) -> str:
    parts = [f"{pack.name} {pack.version}" for pack in catalog.packs]
    parts += [many(len(catalog), "activity"), many(layers.depth, "layer")]
    if catalog.journeys:
        parts.append(many(len(catalog.journeys), "journey"))
    if layers.stuck:
        parts.append(f"{len(layers.stuck)} never open")
    return " · ".join(parts)


def _letter(number: int) -> str:
    """Return A to Z, then AA and on."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def _lanes(catalog: Catalog) -> Iterator[Lane]:
    on_a_journey: set[str] = set()
    for number, journey in enumerate(catalog.journeys.values()):
        stages = tuple(_stages(journey, catalog))
        offers = {offer for stage in stages for offer in stage.offers}
        on_a_journey |= offers
        note = f"{many(len(journey.stages), 'stage')}, {many(len(offers), 'activity')}"
        note += ", for one alone" if journey.alone else ""
        yield Lane(_letter(number), unmarked(journey.title), note, stages)
    rest = [activity for activity in catalog.values() if activity.id not in on_a_journey]
    for depth, name in DEPTHS.items():
        n = sum(activity.depth == depth for activity in rest)
        if n:
            note = many(n, "activity") + (", on no journey" if catalog.journeys else "")
            yield Lane("", name.capitalize(), note, (), depth)


def _stages(journey: Journey, catalog: Catalog) -> Iterator[Stage]:
    for stage in journey.stages:
        n = len(stage.offers)
        asks = "asks all" if stage.asks in {None, n} else f"asks {stage.asks} of {n}"
        yield Stage(unmarked(stage.title), asks, tuple(catalog.id_now(offer) for offer in stage.offers))
    for booster in journey.boosters:
        title = f"{many(booster.after_days, 'day')} after the end"
        yield Stage(title, "one is enough", tuple(catalog.id_now(offer) for offer in booster.offers))


@frozen
class _Bands:
    """Puts what a catalog holds into bands."""

    catalog: Catalog
    layers: Layers
    named: Named
    lanes: tuple[Lane, ...]

    def all(self) -> Iterator[Band]:
        places = tuple(self._places())
        for layer in range(self.layers.depth):
            heading = _HEADINGS[layer] if layer < len(_HEADINGS) else f"{layer} steps in"
            ids = {id_ for id_, at in self.layers.of.items() if at == layer}
            yield self._band(heading, ids, places)
        if self.layers.stuck:
            yield self._band("Never opens", self.layers.stuck, places, broken=True)
        withheld = {activity.id for activity in self.catalog.values() if is_withheld(activity)}
        if withheld:
            yield self._band("Never offered", withheld, places)
        borrowed = {entry.id for _, _, entry in places if entry.activity is None}
        if borrowed:
            yield self._band("From other packs", borrowed, places)

    def _places(self) -> Iterator[tuple[int, int, Entry]]:
        """Give every lane and stage with what stands there, in the writer's order; without a journey by name."""
        letters: dict[str, list[str]] = {}
        for lane in self.lanes:
            for id_ in {offer for stage in lane.stages for offer in stage.offers}:
                letters.setdefault(id_, []).append(lane.letter)
        for at, lane in enumerate(self.lanes):
            for number, stage in enumerate(lane.stages):
                for id_ in stage.offers:
                    also = tuple(letter for letter in letters[id_] if letter != lane.letter)
                    yield at, number, self._entry(id_, also)
            if lane.depth:
                loose = (one for one in self.catalog.values() if one.depth == lane.depth and one.id not in letters)
                yield from ((at, -1, self._entry(one.id, ())) for one in sorted(loose, key=lambda one: one.id))

    def _entry(self, id_: str, also: tuple[str, ...]) -> Entry:
        activity = self.catalog.get(id_)
        return Entry(id_, self.named.of(activity) if activity else id_, activity, also)

    def _band(
        self, heading: str, ids: Iterable[str], places: Iterable[tuple[int, int, Entry]], *, broken: bool = False
    ) -> Band:
        inside = set(ids)
        here = [place for place in places if place[2].id in inside]
        gates = self._gates(here)
        order = {gate: at for at, gate in enumerate(gates)}
        alike: dict[tuple[int, int, int, int, tuple[str, ...]], list[Entry]] = {}
        for lane, stage, entry in here:
            gate = order.get(entry.activity.requires, -1) if entry.activity and entry.activity.requires else -1
            depth = entry.activity.depth if entry.activity else 0
            alike.setdefault((lane, stage, gate, depth, self._notes(entry)), []).append(entry)
        boxes = [
            Box(lane, stage, depth, notes, gate, tuple(alike[lane, stage, gate, depth, notes]))
            for lane, stage, gate, depth, notes in sorted(alike)
        ]
        opens = {gate: {e.id for _, _, e in here if e.activity and e.activity.requires == gate} for gate in gates}
        nodes = tuple(GateNode(gate, gate_lines(gate, self.named), len(opens[gate])) for gate in gates)
        depths = {entry.id: entry.activity.depth for _, _, entry in here if entry.activity}
        each = [(name, list(depths.values()).count(depth)) for depth, name in DEPTHS.items()]
        note = ", ".join(f"{n} {name}" for name, n in each if n)
        return Band(heading, note, nodes, tuple(boxes), broken)

    def _gates(self, here: Iterable[tuple[int, int, Entry]]) -> list[Gate]:
        """Return the gates of a band, each standing where what it opens stands on average."""
        lanes: dict[Gate, list[int]] = {}
        for lane, _, entry in here:
            if entry.activity and entry.activity.requires:
                lanes.setdefault(entry.activity.requires, []).append(lane)
        return sorted(lanes, key=lambda gate: sum(lanes[gate]) / len(lanes[gate]))

    def _notes(self, entry: Entry) -> tuple[str, ...]:
        activity = entry.activity
        if activity is None:
            return ("another pack",)
        notes = [] if activity.purpose == "practice" else [activity.purpose]
        if activity.id in self.layers.circling:
            notes.append("waits in a circle")
        elif activity.id in self.layers.stuck:
            notes.append("stuck")
        if is_withheld(activity):
            notes.append("retired" if activity.retired else "unknown topic")
        return tuple(notes)


def _arrows(bands: tuple[Band, ...], layers: Layers) -> Iterator[Arrow]:
    """Give the arrows from all that is offered or stuck to the gates that name it."""
    drawn = layers.of.keys() | layers.stuck
    for at, band in enumerate(bands):
        for gate, node in enumerate(band.gates):
            for number, line in enumerate(node.lines):
                if line.names in drawn:
                    yield Arrow(line.names, line.kind, at, gate, number)
