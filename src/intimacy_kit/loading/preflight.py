"""Bytes to a JSON document, refusing early what no later step should meet.

UTF-8 only; bounded in size, depth, number of values and length of strings; no duplicate
keys; whole numbers of at most 15 digits; no control, bidi or zero-width characters (the
joiners ZWJ and ZWNJ stay legal: Persian, Indic scripts and emoji families need them).
"""

import json
import re
from typing import NoReturn

from attrs import frozen

from intimacy_kit.loading.positions import Positions
from intimacy_kit.problems import Problem, Where

__all__ = ["CONTENT", "EVENT", "Checked", "Limits", "bad_character", "preflight"]

_MOST_DIGITS = 15

_BAD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


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


def bad_character(text: str) -> str:
    r"""Return the name of the first character that no text may hold, or nothing.

    >>> bad_character("a\u202eb"), bad_character("family \U0001f469\u200d\U0001f467")
    ('U+202E', '')
    """
    if text.isprintable():
        return ""
    found = _BAD.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


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
        return Checked(None, (Problem(Where(file), "K005", f"the file is larger than {limits.size} bytes"),))
    if data.startswith(b"\xef\xbb\xbf"):
        hint = "save it as UTF-8 without a byte order mark"
        return Checked(None, (Problem(Where(file, 1, 1), "K002", "the file begins with a byte order mark", hint),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = Where(file, line, error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1)
        return Checked(None, (Problem(where, "K001", "the file is not UTF-8", "save it as UTF-8"),))
    return _parse(text, file, limits)


def _parse(text: str, file: str, limits: Limits) -> Checked:
    try:
        document = _decode(text)
    except _RefusedError:
        return Checked(None, tuple(_refusals(text, file)))
    except json.JSONDecodeError as error:
        where = Where(file, error.lineno, error.colno)
        return Checked(None, (Problem(where, "K003", f"this is not JSON: {error.msg.lower()}"),))
    except RecursionError:
        return Checked(None, (_too_deep(file, limits),))
    problems = _walk(document, text, file, limits)
    return Checked(None, problems) if problems else Checked(document, (), text)


def _too_deep(file: str, limits: Limits) -> Problem:
    return Problem(Where(file), "K006", f"values stand inside each other more than {limits.depth} deep")


def _refusals(text: str, file: str) -> list[Problem]:
    """Say which keys stand twice and which numbers are refused; only called when some are."""
    try:
        positions = Positions.of(text)
    except RecursionError:
        return [_too_deep(file, CONTENT)]
    problems = [
        Problem(
            Where(file, *positions.line_and_column(offset)),
            "K004",
            f"the key '{key}' stands twice in one object",
            "keep one of them",
        )
        for key, offset in positions.repeated
    ]
    problems += [
        Problem(
            Where(file, *positions.line_and_column(offset)),
            "K008",
            "this number cannot be used",
            f"write a whole number of at most {_MOST_DIGITS} digits",
        )
        for offset in positions.numbers
        if not re.fullmatch(rf"-?[0-9]{{1,{_MOST_DIGITS}}}", positions.number_at(offset))
    ]
    return problems


def _walk(document: object, text: str, file: str, limits: Limits) -> tuple[Problem, ...]:
    """Check depth, number of values, and each string."""
    nodes = 0
    bad: list[tuple[str, str, str]] = []
    stack: list[tuple[object, int, str]] = [(document, 0, "")]
    while stack:
        value, depth, pointer = stack.pop()
        nodes += 1
        if type(value) is str:
            if wrong := _wrong_with(value, limits):
                bad.append((pointer, *wrong))
        elif type(value) is dict or type(value) is list:
            if depth >= limits.depth:
                return (_too_deep(file, limits),)
            if type(value) is dict:
                bad.extend((pointer, *wrong) for key in value if (wrong := _wrong_with(key, limits)))
                nodes += len(value)
                stack.extend((part, depth + 1, f"{pointer}/{key}") for key, part in value.items())
            elif type(value) is list:
                stack.extend((part, depth + 1, f"{pointer}/{index}") for index, part in enumerate(value))
        if nodes > limits.nodes:
            return (Problem(Where(file), "K007", f"the file holds more than {limits.nodes} values"),)
    if not bad:
        return ()
    positions = Positions.of(text)
    return tuple(sorted(Problem(positions.where(pointer, file), code, said) for pointer, code, said in bad))


def _wrong_with(value: str, limits: Limits) -> tuple[str, str] | None:
    if len(value) > limits.string:
        return "K010", f"a text is longer than {limits.string} characters"
    if name := bad_character(value):
        return "K009", f"a text holds the character {name}, which cannot be seen or changes how text is shown"
    if value[:1].isspace() or value[-1:].isspace():
        return "K011", "a text begins or ends with blank space"
    return None
