"""The map of a pack: the progression as a picture, as SVG and as Mermaid text.

``layers`` says how much comes before everything, ``chart`` what stands together, ``layout`` and ``routing``
where it stands on the page; ``svg`` and ``flowchart`` write it down.
"""

from intimacy_kit.authoring.maps.chart import MADE, Chart, chart_of
from intimacy_kit.authoring.maps.flowchart import mermaid
from intimacy_kit.authoring.maps.svg import draw, draw_with_links

__all__ = ["MADE", "Chart", "chart_of", "draw", "draw_with_links", "mermaid"]
