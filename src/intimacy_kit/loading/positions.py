"""Where each value of a JSON text stands; used only to explain what is wrong."""

import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out

from attrs import field, frozen

from intimacy_kit.problems import Where, pointer_part

__all__ = ["Positions"]

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


@frozen
class Positions:
    """The offsets of all values in a JSON text that the standard library can parse.

    >>> found = Positions.of('{"steps": [{"seconds": 1}]}')
    >>> print(found.where("/steps/0/seconds", "pack.json"))
    pack.json:1:24
    """

    _text: str = field(repr=False)
    #: Offset by JSON pointer.
    _offsets: dict[str, int] = field(factory=dict, repr=False)
    #: Keys that stand twice in one object, with the offset of the second.
    repeated: list[tuple[str, int]] = field(factory=list)
    #: The offsets of all numbers (and of NaN and Infinity).
    numbers: list[int] = field(factory=list)
    _lines: list[int] = field(factory=list, repr=False)

    @classmethod
    def of(cls, text: str) -> "Positions":
        """Find the positions of all values; the text must be JSON."""
        positions = cls(text, lines=[match.end() for match in re.finditer("\n", text)])
        positions._value(positions._skip(0), "")
        return positions

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1."""
        line = bisect_right(self._lines, offset)
        return line + 1, offset - (self._lines[line - 1] if line else 0) + 1

    def where(self, pointer: str, file: str) -> Where:
        """Return the place of a pointer, or of the nearest value around it."""
        nearest = pointer
        while nearest not in self._offsets:
            nearest = nearest.rpartition("/")[0]
        return Where(file, *self.line_and_column(self._offsets[nearest]), pointer)

    def number_at(self, offset: int) -> str:
        """Return the digits that begin at an offset."""
        return _SCALAR.match(self._text, offset)[0]  # type: ignore[index]  # an offset of a scalar

    def _skip(self, offset: int) -> int:
        return _SPACE.match(self._text, offset).end()  # type: ignore[union-attr]  # it matches nothing, too

    def _value(self, offset: int, pointer: str) -> int:
        """Take in the value at an offset; return where it ends."""
        self._offsets[pointer] = offset
        first = self._text[offset]
        if first == "{":
            return self._object(offset, pointer)
        if first == "[":
            return self._array(offset, pointer)
        if first == '"':
            return int(scanstring(self._text, offset + 1)[1])
        if first not in "tfn":
            self.numbers.append(offset)
        return offset + len(self.number_at(offset))

    def _object(self, offset: int, pointer: str) -> int:
        keys = set()
        offset = self._skip(offset + 1)
        while self._text[offset] != "}":
            key, end = scanstring(self._text, offset + 1)
            if key in keys:
                self.repeated.append((key, offset))
            keys.add(key)
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
