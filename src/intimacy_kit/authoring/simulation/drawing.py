"""What all pictures have in common: a frame with a title and a description, axes, and bars."""

from collections.abc import Iterable, Iterator
from itertools import count, takewhile
from math import floor, log10

from attrs import frozen

from intimacy_kit.authoring.simulation.markup import Node, node
from intimacy_kit.authoring.simulation.telling import number

__all__ = ["Plot", "bar", "label", "line", "picture", "ticks"]

#: Nearly as wide as a phone, so that words in it are as large there as anywhere else.
WIDTH = 340


@frozen(kw_only=True)
class Plot:
    """The field of a picture: from its own measures to places in the picture."""

    #: What the horizontal axis goes up to, from 0, and the vertical one.
    across: float
    up: float
    left: float = 34
    right: float = WIDTH - 12
    top: float = 34
    bottom: float = 158

    def x(self, value: float) -> float:
        """Return how far to the right a value is."""
        return self.left + (self.right - self.left) * value / self.across

    def y(self, value: float) -> float:
        """Return how far down a value is."""
        return self.bottom - (self.bottom - self.top) * value / self.up

    def grid(self, marks: Iterable[float], *, unit: str = "") -> Iterator[Node]:
        """Give a thin line for each mark of the vertical axis, with its number."""
        for mark in marks:
            yield line(self.left, self.y(mark), self.right, self.y(mark), "base" if mark == 0 else "grid")
            yield label(self.left - 5, self.y(mark) + 4, f"{number(mark)}{unit}", "tick end")

    def below(self, marks: Iterable[tuple[float, str]], name: str) -> Iterator[Node]:
        """Give the numbers of the horizontal axis, and what they are."""
        for place, words in marks:
            yield label(self.x(place), self.bottom + 14, words, "tick middle")
        yield label((self.left + self.right) / 2, self.bottom + 29, name, "tick middle")


def picture(name: str, title: str, description: str, *inside: Node, height: float = 192) -> Node:
    """Return a picture with its title, and what is to be seen in it for those who do not see it."""
    return node(
        "svg",
        node("title", title, id=f"{name}-title"),
        node("desc", description, id=f"{name}-said"),
        label(0, 14, title, "title"),
        *inside,
        viewBox=f"0 0 {WIDTH} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-said",
    )


def label(x: float, y: float, words: str, class_: str) -> Node:
    """Return words at a place."""
    return node("text", words, x=float(x), y=float(y), class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Node:
    """Return a line."""
    return node("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=class_)


def bar(x: float, y: float, width: float, height: float, class_: str) -> Node:
    """Return a bar."""
    return node("rect", x=float(x), y=float(y), width=float(width), height=float(height), class_=class_)


def ticks(highest: float, about: int = 4) -> list[float]:
    """Return round numbers from 0 to at least the highest value.

    >>> ticks(7), ticks(0.9), ticks(0)
    ([0, 2, 4, 6, 8], [0, 1], [0, 1])
    """
    rough = max(highest, 1) / about
    power = 10 ** floor(log10(rough))
    step = max(1, next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough))
    marks = list(takewhile(lambda mark: mark < max(highest, 1), (step * place for place in count())))
    return [*marks, step * max(1, len(marks))]
