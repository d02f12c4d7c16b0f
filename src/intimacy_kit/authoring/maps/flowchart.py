"""The map as Mermaid text, for pages that draw it themselves."""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from intimacy_kit.authoring.maps.chart import MADE, Box, Chart, Entry, Lane, chart_of
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["mermaid"]

#: The colours of the depths: ground, edge and words; they are seen on light and on dark pages.
_CLASSES = (
    "classDef light fill:#fff7e0,stroke:#e8cf86,color:#4d3500",
    "classDef personal fill:#e6f5ef,stroke:#94cdb8,color:#0b3f2f",
    "classDef tender fill:#f0ebfc,stroke:#b9a8e3,color:#352266",
    "classDef deep fill:#fbe8ed,stroke:#dc9cad,color:#5c1229",
    "classDef borrowed fill:#f1f1ef,stroke:#c4c4be,color:#33332f",
    "classDef gate fill:#3a4453,stroke:#3a4453,color:#ffffff",
    "classDef broken stroke:#b3261e,stroke-width:3px,stroke-dasharray:5 3",
)
_ARROWS = {"resolved": "-->", "done": "==>", "elapsed": "-.->"}
#: What may stand in a label as it is, beside letters and digits of any script; the rest is written by its number.
_PLAIN = frozenset(" -_.,:()/·“”…")


def mermaid(packs: Pack | Iterable[Pack]) -> str:
    """Return the map of one pack, or of some packs together, as a Mermaid flowchart.

    Every activity stands in it once, also one on several journeys; what nothing leads on from is put together.
    """
    chart = chart_of(packs)
    return "".join(f"{line}\n" for line in _Flow(chart).lines())


@frozen
class _Flow:
    """Writes a chart down line by line, and remembers which node everything stands in."""

    chart: Chart
    #: The node of each activity.
    nodes: dict[str, str] = field(factory=dict)
    sources: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "sources", frozenset(arrow.source for arrow in self.chart.arrows))

    def lines(self) -> Iterator[str]:
        yield f"%% {MADE}"
        yield "flowchart LR"
        yield f"accTitle: {_spoken(f'Map of {self.chart.title}')}"
        yield f"accDescr: {_spoken(self.chart.note)}"
        for at, lane in enumerate(self.chart.lanes):
            yield from self._lane(at, lane)
        yield from self._gates()
        yield from _CLASSES

    def _lane(self, at: int, lane: Lane) -> Iterator[str]:
        boxes = [(band.broken, box) for band in self.chart.bands for box in band.boxes if box.lane == at]
        yield f'subgraph lane{at}["{_label(f"{lane.letter} {lane.title}".strip())}"]'
        for number in range(len(lane.stages)) if lane.stages else [-1]:
            inside = [line for broken, box in boxes if box.stage == number for line in self._box(box, broken=broken)]
            if inside and lane.stages:
                stage = lane.stages[number]
                title = _label(f"{lane.letter}{number + 1} {stage.title}, {stage.note}")
                yield from [f'  subgraph lane{at}stage{number}["{title}"]', *(f"  {line}" for line in inside), "  end"]
            else:
                yield from inside
        yield "end"

    def _box(self, box: Box, *, broken: bool) -> Iterator[str]:
        """Give the nodes of a box: each activity that leads on by itself, and the others together."""
        new = [entry for entry in box.entries if entry.id not in self.nodes]
        alone = [[entry] for entry in new if entry.id in self.sources]
        together = [entry for entry in new if entry.id not in self.sources]
        for entries in [*alone, *([together] if together else [])]:
            node = f"a{len(set(self.nodes.values()))}"
            self.nodes.update((entry.id, node) for entry in entries)
            words = [*(_name(entry) for entry in entries), *([f"({', '.join(box.notes)})"] if box.notes else [])]
            look = DEPTHS.get(box.depth, "borrowed")
            yield f'  {node}["{"<br/>".join(map(_label, words))}"]:::{look}'
            if broken:
                yield f"  class {node} broken"

    def _gates(self) -> Iterator[str]:
        for at, band in enumerate(self.chart.bands):
            for number, gate in enumerate(band.gates):
                words = "<br/>".join(_label("· " * line.indent + line.words.removeprefix("· ")) for line in gate.lines)
                yield f'g{at}x{number}("{words}"):::gate'
                arrows = [arrow for arrow in self.chart.arrows if (arrow.band, arrow.gate) == (at, number)]
                yield from dict.fromkeys(
                    f"{self.nodes[arrow.source]} {_ARROWS[arrow.kind]} g{at}x{number}" for arrow in arrows
                )
                opened = {self.nodes[entry.id] for box in band.behind(number) for entry in box.entries}
                yield from (f"g{at}x{number} --> {node}" for node in sorted(opened, key=lambda node: int(node[1:])))


def _name(entry: Entry) -> str:
    return f"{entry.name} ({', '.join(entry.also)} too)" if entry.also else entry.name


def _label(words: str) -> str:
    """Return words as they may stand between quotes in Mermaid.

    >>> _label('say "no" & <b>')
    'say #34;no#34; #38; #60;b#62;'
    """
    line = " ".join(words.split())
    return "".join(one if one.isalnum() or one in _PLAIN or not one.isascii() else f"#{ord(one)};" for one in line)


def _spoken(words: str) -> str:
    """Return words for a line that knows no way to write a mark by its number."""
    return "".join(one if one.isalnum() or one in _PLAIN else " " for one in " ".join(words.split()))
