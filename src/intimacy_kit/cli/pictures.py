"""The closeness picture for a terminal: circles in braille dots."""

from math import hypot

from rich.columns import Columns
from rich.console import Group
from rich.text import Text as RichText

from intimacy_kit.practice.circles import distance

__all__ = ["circle_pair", "circles_in_text"]

_RADIUS = 7.0
#: The bit of each dot in a braille character, by column and row.
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def circle_pair(apart: float) -> str:
    """Return two circles whose centres are so many radii apart, as lines of braille.

    >>> len(circle_pair(2.0).splitlines())
    4
    """
    width, height = 32, 16
    middle = (height - 1) / 2
    centres = [(width - 1) / 2 + side * apart * _RADIUS / 2 for side in (-1, 1)]
    cells = [[0x2800] * (width // 2) for _ in range(height // 4)]
    for x in range(width):
        for y in range(height):
            if any(abs(hypot(x - centre, y - middle) - _RADIUS) < 0.5 for centre in centres):  # noqa: PLR2004 - one dot
                cells[y // 4][x // 2] |= _BITS[x % 2][y % 4]
    return "\n".join("".join(map(chr, row)).rstrip("\u2800") for row in cells)


def circles_in_text(low: int, high: int) -> Columns:
    """Return all points of a scale as pictures, each with its number, for rich."""
    pictures = [
        Group(RichText(circle_pair(distance(point, low, high)), "cyan"), RichText(f"{point:^16}", "bold"))
        for point in range(low, high + 1)
    ]
    return Columns(pictures, width=18, padding=(0, 0))
