"""Canaries: words that stand nowhere else, to be looked for in all that the kit says, keeps and leaves behind."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import count
from random import Random
from traceback import TracebackException
from types import TracebackType
from typing import Any

from attrs import Factory, define

__all__ = ["MARK", "Canaries", "Listener", "said_by"]

#: Stands in every canary, so that one search finds any.
MARK = "canary-"
#: Around a canary stands what people type, too.
_AROUND = (
    "{}",
    "I was afraid. {} \u202eso\u202c",
    "{}\n{}",
    "\x1b[31m{}\x1b[0m",
    "{0!r} %s {{}} {}",
    "'; DROP TABLE words; -- {}",
    "☕{}",
)


@define
class Canaries:
    """Gives words, each with a canary nobody else has."""

    draw: Random
    #: How many there were.
    given: Iterator[int] = Factory(count)

    def __call__(self) -> str:
        """Give words."""
        name = f"{MARK}{next(self.given)}-{self.draw.randbytes(8).hex()}"
        return self.draw.choice(_AROUND).replace("{0!r}", "").replace("{{}}", "").replace("{}", name)


class Listener(logging.Handler):
    """Hears whatever any logger says."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a record, with all that it carries."""
        self.heard.append(f"{record.getMessage()} {record.__dict__!r}")
        if record.exc_info and record.exc_info[1]:
            self.heard.extend(said_by(record.exc_info[1]))


def said_by(error: BaseException) -> Iterator[str]:
    """Give all that an exception says, and what it came from: its texts, its traceback, and values of the kit in it."""
    yield "".join(TracebackException.from_exception(error).format())
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        waiting += [one.__cause__, one.__context__]
        yield f"{one} {one!r} {one.args!r} {one.__dict__!r} {getattr(one, '__notes__', [])!r}"
        yield from _in_frames(one.__traceback__)


def _in_frames(traceback: TracebackType | None) -> Iterator[str]:
    """Give what a debugger shows of the kit's values in the kit's frames.

    What the host passed in, text by text, stands in its own frames anyway, and so in those it called.
    """
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_globals.get("__name__", "").startswith("intimacy_kit"):
            for name, value in frame.f_locals.items():
                if _is_ours(value):
                    yield f"{frame.f_code.co_qualname}, {name} = {value!r}"
        traceback = traceback.tb_next


def _is_ours(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(map(_is_ours, value.values()))
    if isinstance(value, list | tuple | AbstractSet):
        return bool(value) and all(map(_is_ours, value))
    return type(value).__module__.startswith("intimacy_kit")


def told(values: Iterable[object]) -> Iterator[str]:
    """Give all ways in which values are shown by accident."""
    for value in values:
        yield f"{value!r} {value} {value!s:>9} {[value]} %s %r" % (value, value)
