"""Two looks side by side, and words that must not be where they are found."""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from intimacy_kit.testing.hosts import Ignored
from intimacy_kit.testing.reports import Evidence, Seen

__all__ = ["Ignoring", "Pages", "compared", "found_in"]

#: What somebody sees, by the app's names.
Pages = Mapping[str, bytes]


@frozen
class Ignoring:
    """What is left out of comparisons, and how much it was."""

    ignores: Sequence[Ignored]
    _times: Counter[Ignored] = field(init=False, factory=Counter)
    _most: Counter[Ignored] = field(init=False, factory=Counter)

    def without(self, page: str, data: bytes) -> bytes:
        """Return a page with what is ignored blanked out; how long it was can still be seen."""
        for one in self.ignores:
            if one.page == page:
                found = [match.span() for match in re.finditer(one.pattern, data)]
                self._times[one] += len(found)
                self._most[one] = max(self._most[one], sum(end - begin for begin, end in found))
                data = re.sub(one.pattern, _blank, data)
        return data

    @property
    def seen(self) -> tuple[Seen, ...]:
        """How much was left out so far."""
        return tuple(
            Seen(
                page=one.page,
                pattern=one.pattern.decode("ascii", "backslashreplace"),
                why=one.why,
                times=self._times[one],
                most=self._most[one],
            )
            for one in self.ignores
        )


def _blank(match: re.Match[bytes]) -> bytes:
    return b"\0" * len(match.group())


def compared(who: str, looks: Sequence[Pages], what: str) -> Iterator[Evidence]:
    """Give where two looks of one person differ; *what* says what was done before each."""
    one, other = looks
    for page in sorted(one.keys() ^ other.keys()):
        yield Evidence(f"is there in one case and not in the other: {what}", who, page)
    for page in sorted(one.keys() & other.keys()):
        if one[page] != other[page]:
            sizes = f"{len(one[page])} and {len(other[page])} bytes"
            yield Evidence(f"differs ({sizes}): {what}", who, page, _first_difference(one[page], other[page]))


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def found_in(mark: str, pages: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, int]]:
    """Give the pages in which a mark stands, as it is or in one of the ways in which bytes are often written."""
    ways = _written(mark)
    for page, data in pages:
        place = min((place for way in ways if (place := data.find(way)) >= 0), default=-1)
        if place >= 0:
            yield page, place


def _written(mark: str) -> tuple[bytes, ...]:
    plain = mark.encode()
    base64 = [b64encode(b" " * shift + plain)[4 * bool(shift) : -4] for shift in range(3)]
    return plain, mark.encode("utf-16-le"), mark.encode("utf-16-be"), plain.hex().encode(), *base64
