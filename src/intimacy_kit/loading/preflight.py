"""Bytes to a JSON document, refusing early what no later step should meet.

UTF-8 only; bounded in size, depth, number of values and length of strings; no duplicate
keys; whole numbers of at most 15 digits; no control, bidi or zero-width characters (the
joiners ZWJ and ZWNJ stay legal: Persian, Indic scripts and emoji families need them).
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from typing import NoReturn

from attrs import frozen

from intimacy_kit.loading.positions import Oddities, Positions
from intimacy_kit.problems import Problem, Where, pointer_part

__all__ = [
    "CONTENT",
    "EVENT",
    "Checked",
    "Limits",
    "bad_character",
    "called",
    "not_utf_8",
    "preflight",
    "readable_size",
]

_MOST_DIGITS = 15
_WHOLE = re.compile(rf"-?[0-9]{{1,{_MOST_DIGITS}}}")
#: More problems than this are not collected; a document that bad is mended in several rounds.
_MOST_PROBLEMS = 1000
#: A key longer than this is not repeated in a message.
_LONGEST_SHOWN = 40
_TAB = "\t"
_KILOBYTE = 1024
_MEGABYTE = 1024 * 1024

_BAD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


#: Half of a pair: in no encoding a character by itself.
_HALF = re.compile("[\ud800-\udfff]")


@frozen
class Limits:
    """How large a document may be."""

    #: Bytes in all.
    size: int
    #: Objects and arrays inside each other.
    depth: int
    #: Values of any kind, counted with the keys of objects.
    nodes: int
    #: Characters in one string.
    string: int
    #: Whether any character is let through: what people wrote is kept letter by letter.
    verbatim: bool = False


#: A pack, or an overlay of one: some 20,000 activities.
CONTENT = Limits(size=64 * 1024 * 1024, depth=32, nodes=4_000_000, string=20_000)

#: One event.
EVENT = Limits(size=64 * 1024, depth=16, nodes=5_000, string=20_000)


@frozen
class Checked:
    """What pre-flight gives: the document, or what is wrong with it."""

    #: The parsed document; None where there are problems.
    document: object
    #: All that is wrong.
    problems: tuple[Problem, ...] = ()
    #: The text, to find places in.
    text: str = ""


class _RefusedError(ValueError):
    """A number that is not a short whole one; the slow path says which and where."""


def _refuse(_: str) -> NoReturn:
    raise _RefusedError


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > _MOST_DIGITS:
        raise _RefusedError
    return int(digits)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise _RefusedError
    return document


_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse, parse_int=_whole
).decode

#: For the slow path: every number is 0, and of keys that stand twice the last one counts.
_decode_leniently = json.JSONDecoder(parse_float=lambda _: 0, parse_constant=lambda _: 0, parse_int=lambda _: 0).decode


def bad_character(text: str) -> str:
    r"""Return the name of the first character that no text may hold, or nothing.

    >>> bad_character("a\u202eb"), bad_character("family \U0001f469\u200d\U0001f467")
    ('U+202E', '')
    """
    if text.isprintable():
        return ""
    found = _BAD.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def called(character: str) -> str:
    """Return what people call a character that :func:`bad_character` has named.

    >>> called("U+200B"), called("U+0009"), called("U+0007")
    ('U+200B (zero width space)', 'U+0009 (tab)', 'U+0007 (a control character)')
    """
    char = chr(int(character.removeprefix("U+"), 16))
    unnamed = "a control character" if unicodedata.category(char) == "Cc" else "no character at all"
    return f"{character} ({'tab' if char == _TAB else unicodedata.name(char, unnamed).lower()})"


def readable_size(size: int) -> str:
    """Return a number of bytes as people read it.

    >>> readable_size(64 * 1024 * 1024), readable_size(64 * 1024), readable_size(200)
    ('64 MB', '64 KB', '200 bytes')
    """
    if size >= _MEGABYTE:
        return f"{size // _MEGABYTE} MB"
    return f"{size // _KILOBYTE} KB" if size >= _KILOBYTE else f"{size} bytes"


def not_utf_8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """Return the problem of bytes that are no UTF-8, at the first of them that is wrong."""
    begin = data.rfind(b"\n", 0, error.start) + 1
    where = Where(file, data.count(b"\n", 0, begin) + 1, len(data[begin : error.start].decode("utf-8")) + 1)
    return Problem(where, "K001", "the file is not UTF-8", "save it again, and choose UTF-8 as its encoding")


def preflight(data: bytes, file: str = "", limits: Limits = CONTENT) -> Checked:
    """Parse the bytes of one JSON document.

    Problems carry ``file`` and, where the bytes are text at all, line and column.

    >>> preflight(b'{"depth": 1}').document
    {'depth': 1}
    >>> for problem in preflight(b'{"depth": 1, "depth": 2}', "pack.json").problems:
    ...     print(problem)
    pack.json:1:14: K004 the key 'depth' stands twice in one object (keep one of them)
    """
    if len(data) > limits.size:
        said = f"the file is larger than {readable_size(limits.size)}"
        return Checked(None, (Problem(Where(file), "K005", said, "see whether it is the file that was meant"),))
    if data.startswith(b"\xef\xbb\xbf"):
        hint = "save it as UTF-8 without a byte order mark"
        return Checked(None, (Problem(Where(file, 1, 1), "K002", "the file begins with a byte order mark", hint),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Checked(None, (not_utf_8(data, error, file),))
    return _parse(text, file, limits)


def _parse(text: str, file: str, limits: Limits) -> Checked:
    if sum(map(text.count, ",[{")) > 2 * limits.nodes:  # there are hardly more values than these; none is built yet
        return Checked(None, (_too_many(file, limits),))
    refused = False
    try:
        try:
            document = _decode(text)
        except _RefusedError:
            document, refused = _decode_leniently(text), True
    except json.JSONDecodeError as error:
        where = Where(file, error.lineno, error.colno)
        hint = "it breaks off, or was changed by hand; take a whole copy"
        return Checked(None, (Problem(where, "K003", f"this is not JSON: {error.msg.lower()}", hint),))
    except RecursionError:
        return Checked(None, (_too_deep(file, limits),))
    too_large, clean = _measure(document, file, limits)
    if too_large:
        return Checked(None, (too_large,))
    if refused or not clean:
        return Checked(None, _refusals(document, text, file, limits))
    return Checked(document, (), text)


def _too_deep(file: str, limits: Limits) -> Problem:
    return Problem(Where(file), "K006", f"values stand inside each other more than {limits.depth} deep")


def _too_many(file: str, limits: Limits) -> Problem:
    return Problem(Where(file), "K007", f"the file holds more than {limits.nodes:,} values")


def _measure(document: object, file: str, limits: Limits) -> tuple[Problem | None, bool]:
    """Return what is wrong with the size of a document, and whether all its texts and keys are as they must be."""
    level: list[object] = [document]
    nodes = depth = 0
    clean = True
    while level:
        nodes += len(level)
        if nodes > limits.nodes:
            return _too_many(file, limits), clean
        below: list[object] = []
        for value in level:
            if type(value) is str:
                clean = clean and _wrong_with(value, limits) is None
            elif type(value) is dict or type(value) is list:
                if depth >= limits.depth:
                    return _too_deep(file, limits), clean
                below.extend(value)
                if type(value) is dict:
                    below.extend(value.values())
        level = below
        depth += 1
    return None, clean


def _refusals(document: object, text: str, file: str, limits: Limits) -> tuple[Problem, ...]:
    """Say which keys, numbers and texts are refused, and where; only called when some are."""
    odd = Oddities.of(text)
    if odd.depth > limits.depth:  # within a value that is lost, because its key stands twice
        return (_too_deep(file, limits),)
    texts = list(islice(_in_texts(document, limits), _MOST_PROBLEMS))
    positions = Positions.of(text, [pointer for pointer, *_ in texts], repeated=bool(odd.repeated))
    found = chain(
        _in_keys(odd, positions, file),
        _in_numbers(odd, positions, file),
        (Problem(positions.where(pointer, file), code, said) for pointer, code, said in texts),
    )
    return tuple(sorted(islice(found, _MOST_PROBLEMS)))


def _in_keys(odd: Oddities, positions: Positions, file: str) -> Iterator[Problem]:
    for key, offset in odd.repeated:
        which = f"the key '{key}'" if len(key) <= _LONGEST_SHOWN else "a key"
        where = Where(file, *positions.line_and_column(offset))
        yield Problem(where, "K004", f"{which} stands twice in one object", "keep one of them")


def _in_numbers(odd: Oddities, positions: Positions, file: str) -> Iterator[Problem]:
    for number, offset in odd.numbers:
        if not _WHOLE.fullmatch(number):
            where = Where(file, *positions.line_and_column(offset))
            hint = f"write a whole number of at most {_MOST_DIGITS} digits"
            yield Problem(where, "K008", "this number cannot be used", hint)


def _in_texts(document: object, limits: Limits) -> Iterator[tuple[str, str, str]]:
    """Give pointer, code and message of each text that is refused."""
    for pointer, text in _texts(document, ""):
        if wrong := _wrong_with(text, limits):
            yield pointer, *wrong


def _texts(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """Give all texts in a document, each with its pointer; a key has that of its object."""
    if type(value) is str:
        yield pointer, value
    elif type(value) is dict:
        for key, part in value.items():
            yield pointer, key
            yield from _texts(part, pointer + pointer_part(key))
    elif type(value) is list:
        for index, part in enumerate(value):
            yield from _texts(part, pointer + pointer_part(index))


def _wrong_with(value: str, limits: Limits) -> tuple[str, str] | None:
    if len(value) > limits.string:
        return "K010", f"a text is longer than {limits.string:,} characters"
    if limits.verbatim:
        return ("K009", "a text holds half a character") if _HALF.search(value) else None
    if name := bad_character(value):
        return "K009", f"a text holds the character {called(name)}, which cannot be seen or changes how text is shown"
    if value[:1].isspace() or value[-1:].isspace():
        return "K011", "a text begins or ends with blank space"
    return None
