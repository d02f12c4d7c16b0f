"""The closeness picture: two circles that overlap more and more, computed and drawn here.

The idea of asking for closeness with overlapping circles is that of Aron, Aron and Smollan
1992 (doi:10.1037/0022-3514.63.4.596). The drawing is the kit's own: two equal circles of the same size
at every point, the shared part growing in even steps from nothing to 85% of a circle.
"""

import re
from math import acos, pi, sqrt

from intimacy_kit.errors import InvalidValueError

__all__ = ["MOST_OVERLAP", "circles_svg", "distance", "overlap"]

#: The shared part of a circle's area at the highest point.
MOST_OVERLAP = 0.85

_RADIUS = 100.0
_EDGE = 6.0
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def overlap(distance: float) -> float:
    """Return the part of a circle of radius 1 that another one covers, their centres so far apart.

    >>> overlap(2.0), overlap(0.0)
    (0.0, 1.0)
    """
    half = distance / 2
    return (2 * acos(half) - distance * sqrt(1 - half * half)) / pi


def distance(point: int, low: int, high: int) -> float:
    """Return how far apart the centres are at a point of the scale, in radii, from 2 down to the closest.

    >>> distance(1, 1, 7), round(distance(7, 1, 7), 3)
    (2.0, 0.236)
    """
    if not low <= point <= high or low == high:
        raise InvalidValueError("point", f"must be a whole number from {low} to {high}")
    wanted = MOST_OVERLAP * (point - low) / (high - low)
    near, far = 0.0, 2.0
    while far - near > 1e-12:  # noqa: PLR2004 - finer than any screen; overlap falls as the distance grows
        middle = (near + far) / 2
        near, far = (middle, far) if overlap(middle) > wanted else (near, middle)
    return round(far, 9)


def circles_svg(point: int, low: int = 1, high: int = 7, *, label: str = "") -> str:
    """Return the picture of one point as a complete SVG document.

    It draws in the colour of the text around it. *label* is what a screen reader says; without
    one it says which point it is.

    >>> circles_svg(1).startswith("<svg ")
    True
    """
    apart = distance(point, low, high) * _RADIUS
    height = 2 * (_RADIUS + _EDGE)
    width = 2 * height
    left, right = (width - apart) / 2, (width + apart) / 2
    said = _escaped(label) or f"{point} of {low} to {high}"
    circles = "".join(
        f'<circle cx="{x:.2f}" cy="{height / 2:.2f}" r="{_RADIUS:.2f}" fill="currentColor" fill-opacity="0.12"/>'
        for x in (left, right)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}" role="img"'
        f' stroke="currentColor" stroke-width="4"><title>{said}</title>{circles}</svg>'
    )


def _escaped(label: str) -> str:
    """Return the label as XML can carry it."""
    return _NOT_XML.sub("", label).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
