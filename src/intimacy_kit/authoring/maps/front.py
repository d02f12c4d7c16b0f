"""What stands above a map: its title, what it holds, and what its signs mean."""

from intimacy_kit.authoring.maps.chart import Chart
from intimacy_kit.authoring.maps.looks import sign
from intimacy_kit.authoring.maps.places import Front, Sign, Words
from intimacy_kit.authoring.maps.placing import lines_at
from intimacy_kit.content.vocabulary import DEPTHS, KINDS

__all__ = ["front_of"]

_AFTER, _BETWEEN, _ROW = 7.0, 22.0, 26.0
_WIRES = {"resolved": "completed or skipped first", "done": "completed first", "elapsed": "some days before"}


def front_of(chart: Chart, left: float, right: float) -> Front:
    """Return what stands above a map, from one edge to the other."""
    title = lines_at(left, 26, chart.title or "No pack", "title", right - left, most=2)
    note = lines_at(left, title[-1].y + 12, chart.note, "note", right - left)
    y = note[-1].y + 28
    signs: list[Sign] = []
    x = left
    for name, meaning in _meanings(chart):
        _, width = sign(name, x, y)
        words = Words(x + width + _AFTER, y + 4, meaning, "key")
        if words.rect.right > right and signs:
            x, y = left, y + _ROW
            words = Words(x + width + _AFTER, y + 4, meaning, "key")
        signs.append(Sign(name, x, y, words))
        x = words.rect.right + _BETWEEN
    return Front((*title, *note), tuple(signs), y + 22)


def _meanings(chart: Chart) -> list[tuple[str, str]]:
    """Return the signs that a map uses, and what they mean."""
    boxes = [box for band in chart.bands for box in band.boxes]
    entries = [entry for box in boxes for entry in box.entries]
    depths = {box.depth for box in boxes}
    kinds = {entry.activity.kind for entry in entries if entry.activity}
    arrows = {arrow.kind for arrow in chart.arrows}
    meanings = [(f"depth-{depth}", name) for depth, name in DEPTHS.items() if depth in depths]
    meanings += [(f"kind-{kind}", kind.replace("_", "-")) for kind in KINDS if kind in kinds]
    if any(entry.also for entry in entries):
        meanings.append(("also", "stands on that journey too"))
    if any(band.gates for band in chart.bands):
        meanings.append(("gate", "a gate: what must come before"))
        meanings.append(("wire-opens", "opens"))
    return [*meanings, *((f"wire-{kind}", meaning) for kind, meaning in _WIRES.items() if kind in arrows)]
