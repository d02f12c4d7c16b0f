"""The map of a pack for a page: each activity in it is a link, and its looks come from a stylesheet."""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from intimacy_kit.authoring.maps import draw
from intimacy_kit.authoring.maps.looks import STYLE
from intimacy_kit.content.packs import Pack

__all__ = ["linked_map", "map_style"]

#: One activity on a map; the first line of its title is its id.
_ENTRY = re.compile(r'<g class="entry"><title>([a-z0-9-]+)/([a-z0-9-]+)\n(.*?)</g>', re.DOTALL)


def linked_map(pack: Pack, links: Mapping[str, str]) -> Markup:
    """Return the map of a pack as SVG that may stand in a page; *links* are the addresses, by slug."""

    def linked(entry: re.Match[str]) -> str:
        link = links.get(entry[2])
        title = entry[3].partition("\n")[0].partition("</title>")[0]
        return f'<a href="{escape(link)}" aria-label="{title}">{entry[0]}</a>' if link else entry[0]

    svg = draw(pack).replace(f"<style>{STYLE}</style>", "")
    return Markup(_ENTRY.sub(linked, svg[svg.index("<svg") :]))  # noqa: S704 - the map escapes what a pack says


def map_style() -> str:
    """Return the looks of the map as a stylesheet that says nothing about the page around it."""
    return f".map svg {{\n{STYLE}\n}}\n"
