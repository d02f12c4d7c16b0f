"""Measuring how long something takes on a machine on which other things are going on."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["seconds_of", "untraced"]

#: The seconds that counting takes on the machine on which limits were set, when nothing else is going on there.
_COUNTING = 0.014


@contextmanager
def untraced() -> Iterator[None]:
    """Run without the tracer of coverage, which would be what is measured."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def seconds_of(do: Callable[[], object], *, enough: float) -> float:
    """Return the seconds that something takes: of its own thread, and on the machine on which limits were set.

    If that is not enough, it is tried again, four times at most; something else may be going on here.
    """
    best = _once(do)
    for _ in range(4):
        if best < enough:
            break
        best = min(best, _once(do) / max(1.0, _once(_count) / _COUNTING))
    return best


def _once(do: Callable[[], object]) -> float:
    begun = time.thread_time()
    do()
    return time.thread_time() - begun


def _count() -> int:
    total = 0
    for number in range(200_000):
        total += number * number
    return total
