"""Where each value of a JSON text stands; used only to explain what is wrong."""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out

from attrs import field, frozen

from intimacy_kit.problems import Where, pointer_part

__all__ = ["Oddities", "Positions"]

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
#: All that has to be looked at one by one to find odd keys and numbers: texts (and whether one is a key),
#: brackets, and what begins as a number does.
_TOKEN = re.compile(
    r'(?P<text>"[^"\\]*(?:\\.[^"\\]*)*"?)(?P<key>[ \t\n\r]*:)?'
    r"|(?P<bracket>[\[\]{}])|(?P<number>-?(?:[0-9]|I|N)[^\s,\]}]*)"
)

#: Reads over a value that nobody asked for; every number is 0, because one of 5,000 digits would take its time.
_read_over = json.JSONDecoder(parse_float=lambda _: 0, parse_constant=lambda _: 0, parse_int=lambda _: 0).raw_decode


class _AllFoundError(Exception):
    """All that was asked for is found; the rest need not be read."""


@frozen
class Positions:
    """The offsets of values in a JSON text that the standard library can parse.

    >>> found = Positions.of('{"steps": [{"seconds": 1}]}')
    >>> print(found.where("/steps/0/seconds", "pack.json"))
    pack.json:1:24
    """

    _text: str = field(repr=False)
    #: The pointers of what holds something that is asked for; None if everything is.
    _inside: frozenset[str] | None = field(default=None, repr=False)
    #: The pointers that are asked for and not found yet.
    _waiting: set[str] = field(factory=set, repr=False)
    #: Offset by JSON pointer.
    _offsets: dict[str, int] = field(factory=dict, repr=False)
    _lines: list[int] = field(factory=list, repr=False)

    @classmethod
    def of(cls, text: str, wanted: Collection[str] | None = None, *, repeated: bool = False) -> "Positions":
        """Find the positions of all values, or only of those at the wanted pointers; the text must be JSON.

        Where keys are *repeated*, a pointer is that of the last value, and so all of the text is read.
        """
        waiting = set() if repeated else set(wanted or ())
        inside = None if wanted is None else _around(wanted)
        positions = cls(text, inside, waiting, lines=[match.end() for match in re.finditer("\n", text)])
        with suppress(_AllFoundError):
            positions._value(positions._skip(0), "")
        return positions

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1."""
        line = bisect_right(self._lines, offset)
        return line + 1, offset - (self._lines[line - 1] if line else 0) + 1

    def places(self) -> dict[str, tuple[int, int]]:
        """Return line and column of every value that was found, by its pointer."""
        return {pointer: self.line_and_column(offset) for pointer, offset in self._offsets.items()}

    def where(self, pointer: str, file: str) -> Where:
        """Return the place of a pointer, or of the nearest value around it."""
        nearest = pointer
        while nearest not in self._offsets:
            nearest = nearest.rpartition("/")[0]
        return Where(file, *self.line_and_column(self._offsets[nearest]), pointer)

    def _skip(self, offset: int) -> int:
        return _SPACE.match(self._text, offset).end()  # type: ignore[union-attr]  # it matches nothing, too

    def _value(self, offset: int, pointer: str) -> int:
        """Take in the value at an offset; return where it ends."""
        self._offsets[pointer] = offset
        if pointer in self._waiting:
            self._waiting.remove(pointer)
            if not self._waiting:
                raise _AllFoundError
        if self._inside is not None and pointer not in self._inside:
            return int(_read_over(self._text, offset)[1])
        first = self._text[offset]
        if first == "{":
            return self._object(offset, pointer)
        if first == "[":
            return self._array(offset, pointer)
        if first == '"':
            return int(scanstring(self._text, offset + 1)[1])
        return _SCALAR.match(self._text, offset).end()  # type: ignore[union-attr]  # an offset of a scalar

    def _object(self, offset: int, pointer: str) -> int:
        offset = self._skip(offset + 1)
        while self._text[offset] != "}":
            key, end = scanstring(self._text, offset + 1)
            colon = self._skip(end)
            offset = self._skip(self._value(self._skip(colon + 1), pointer + pointer_part(key)))
            if self._text[offset] == ",":
                offset = self._skip(offset + 1)
        return offset + 1

    def _array(self, offset: int, pointer: str) -> int:
        index = 0
        offset = self._skip(offset + 1)
        while self._text[offset] != "]":
            offset = self._skip(self._value(offset, f"{pointer}/{index}"))
            index += 1
            if self._text[offset] == ",":
                offset = self._skip(offset + 1)
        return offset + 1


def _around(pointers: Iterable[str]) -> frozenset[str]:
    """Return the pointers of all that holds one of these."""
    found: set[str] = set()
    for pointer in pointers:
        around = pointer
        while around:
            around = around.rpartition("/")[0]
            if around in found:
                break
            found.add(around)
    return frozenset(found)


@frozen
class Oddities:
    """What the standard library reads over in a JSON text without a word.

    >>> Oddities.of('{"tea": 1.5, "tea": [2]}')
    Oddities(repeated=[('tea', 13)], numbers=[('1.5', 8), ('2', 21)], depth=2)
    """

    #: Keys that stand twice in one object, with the offset of the second.
    repeated: list[tuple[str, int]] = field(factory=list)
    #: All numbers (and NaN and Infinity) as they are written, with their offsets.
    numbers: list[tuple[str, int]] = field(factory=list)
    #: How deep values stand inside each other, also where a key that stands twice hides them.
    depth: int = 0

    @classmethod
    def of(cls, text: str) -> "Oddities":
        """Look through a text; it must be JSON."""
        repeated: list[tuple[str, int]] = []
        numbers: list[tuple[str, int]] = []
        open_now: list[set[str]] = []  # the keys of each object and list around
        depth = 0
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "number":
                numbers.append((token[0], token.start()))
            elif kind == "key":
                written = token["text"]
                key = json.loads(written) if "\\" in written else written[1:-1]
                if key in open_now[-1]:
                    repeated.append((key, token.start()))
                open_now[-1].add(key)
            elif kind == "bracket":
                if token[0] in "{[":
                    open_now.append(set())
                    depth = max(depth, len(open_now))
                else:
                    open_now.pop()
        return cls(repeated, numbers, depth)
