"""How wide words are, and where they break; measured for the widest of the fonts a map asks for."""

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

__all__ = ["clipped", "width_of", "wrapped"]

#: The widths of the characters from space to tilde in DejaVu Sans, in hundredths of the size of the font; it is as
#: wide as any in the list of fonts, so that words in another one never need more room.
_PLAIN = (
    "32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 68 69 70 "
    "77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61 63 55 63 62 35 63 63 "
    "28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84"
)
_BOLD = (
    "35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 73 "
    "83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 44 72 "
    "71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84"
)
_WIDTHS = tuple({chr(32 + at): int(width) for at, width in enumerate(row.split())} for row in (_PLAIN, _BOLD))
_OTHER, _WIDE = 80, 130


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return the width of words, in pixels; rather too much than too little.

    >>> round(width_of("first-cup", 12)), round(width_of("first-cup", 12, bold=True))
    (49, 57)
    """
    return sum(_width(character, _WIDTHS[bold]) for character in words) * size / 100


def _width(character: str, known: dict[str, int]) -> int:
    if character in known:
        return known[character]
    if combining(character):
        return 0
    return _WIDE if east_asian_width(character) in "WF" else _OTHER


def wrapped(words: str, limit: float, size: float, *, bold: bool = False, most: int = 100) -> list[str]:
    """Return words in lines no wider than the limit, broken after spaces and hyphens where that can be.

    Of more than *most* lines the rest is left out, with an ellipsis.

    >>> wrapped("in-sight-of-the-washing-up", 90, 12)
    ['in-sight-of-the-', 'washing-up']
    """
    lines = [""]
    for part in _parts(words, limit, size, bold=bold):
        if lines[-1] and width_of((lines[-1] + part).rstrip(), size, bold=bold) > limit:
            lines.append("")
        lines[-1] += part
    lines = [line.strip() for line in lines]
    if len(lines) > most:
        lines = [*lines[: most - 1], clipped(" ".join(lines[most - 1 :]), limit, size, bold=bold)]
    return lines


def _parts(words: str, limit: float, size: float, *, bold: bool) -> Iterator[str]:
    """Give what must not be broken, each with the space or hyphen that ends it; what is too wide is broken anyway."""
    part = ""
    for character in words:
        if part and width_of(part + character.strip(), size, bold=bold) > limit:
            yield part
            part = ""
        part += character
        if character in " -":
            yield part
            part = ""
    yield part


def clipped(words: str, limit: float, size: float, *, bold: bool = False) -> str:
    """Return as much of words as the limit takes, with an ellipsis where something is left out.

    >>> clipped("a rather long title", 80, 12)
    'a rather lon…'
    """
    if width_of(words, size, bold=bold) <= limit:
        return words
    while words and width_of(f"{words}…", size, bold=bold) > limit:
        words = words[:-1].rstrip()
    return f"{words}…"
