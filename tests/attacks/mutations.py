"""Bytes that are nearly right: what is well, changed by a number, the same for the same number."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

__all__ = ["LARGE", "mutated"]

#: As large as inputs are made.
LARGE = 64 * 1024

#: One in so many inputs is grown until it is large, and one in so many is changed as a document, not as bytes.
_ONE_GROWS = 500
_ONE_IS_A_DOCUMENT = 8

_PIECES = (
    *(b"", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\n", b" ", b"=", b"-", b"/", b"0", b"\0", b"\r\n", b"#"),
    *(b"\\u0000", b"\\ud800", b"\\u202e", b"1.5", b"1e999", b"-0", b"NaN", b"-Infinity", b"9" * 16, b"9" * 400),
    *(b"true", b"null", b"[]", b"{}", b'""', b'"id":', b'"kind":"story",', b'"event":"sealed",', b'"a":1,', b"[" * 40),
    *(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xf4\x90\x80\x80", b'{"a":' * 40),
    *(b"../", b"/etc/passwd", b"\\\\?\\", b"C:", b"[intimacy_kit.packs]\n", b"Name: ", b"Version: ", b"sha256="),
    *(b"md5=", b",,\n", b"%s", b"{0}", b"${x}", b"<script>", b"\t"),
)

_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 5, 101, 10_001, 10**15 - 1, 10**15, 1.0, 0.5),
    *("", " ", "a", "x/y", "A", "\0", "\u202e", "ü" * 301, "ü" * 1_201, "p" * 65, "1.0", "offered", "story", "sealed"),
    *("2026-02-30", "2026-11-23T20:00:00+01:00", [], [[]], [None], ["a", "a"], [{}], {}, {"": 1}, {"a": {}}),
    *({"n": 1}, {"resolved": "a"}, {"all": []}, {"not": {}}),
)


def mutated(seeds: Sequence[bytes], number: int) -> bytes:
    """Return the input of a number: one of the seeds with something done to it."""
    chance = Random(number)
    data = seeds[chance.randrange(len(seeds))]
    if not chance.randrange(_ONE_IS_A_DOCUMENT):
        data = _another_document(data, chance)
    else:
        data = _other_bytes(data, seeds, chance)
    if not chance.randrange(_ONE_GROWS):
        data = _grown(data, chance)
    return data[:LARGE]


def _other_bytes(data: bytes, seeds: Sequence[bytes], chance: Random) -> bytes:
    for _ in range(1 + int(chance.expovariate(0.7))):
        at = chance.randrange(len(data) + 1)
        until = min(len(data), at + int(chance.expovariate(0.2)))
        match chance.randrange(7):
            case 0:  # a bit flips
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :] if data else b"\xff"
            case 1:  # something is lost
                data = data[:at] + data[until:]
            case 2:  # something comes in
                data = data[:at] + chance.choice(_PIECES) + data[at:]
            case 3:  # something is there instead
                data = data[:at] + chance.choice(_PIECES) + data[until:]
            case 4:  # something is there twice
                data = data[:until] + data[at:]
            case 5:  # something of another one
                other = chance.choice(seeds)
                begin = chance.randrange(len(other) + 1)
                data = data[:at] + other[begin : begin + int(chance.expovariate(0.05))] + data[at:]
            case _:  # the end is missing
                data = data[:at] if not chance.randrange(4) else data
    return data


def _another_document(data: bytes, chance: Random) -> bytes:
    try:
        document = json.loads(data)
    except ValueError:
        letters = b"=:,-\na1."
        this, that = chance.sample(letters, 2)
        return data.replace(bytes([this]), bytes([that]))
    for _ in range(1 + int(chance.expovariate(1.0))):
        if parents := _parents(document):
            _change(parents, chance)
    return json.dumps(document, ensure_ascii=bool(chance.randrange(2))).encode("utf-8", "surrogatepass")


def _change(parents: Sequence[tuple[Any, Any]], chance: Random) -> None:
    """Change one place of a document."""
    parent, key = chance.choice(parents)
    value = _copy(chance.choice(_VALUES))
    match chance.randrange(6):
        case 0:
            del parent[key]
            return
        case 1:  # something from elsewhere in it
            other, name = chance.choice(parents)
            value = _copy(other[name])
        case 2:
            value = [_copy(parent[key])] * chance.choice((1, 2, 51))
        case 3 if isinstance(parent, dict):
            key = chance.choice(("", "unknown", "kind", "id", "a/b", "event", "at", "words", f"{key}x"))
        case 4 if isinstance(parent[key], str):
            value = chance.choice((parent[key] * 2, parent[key].upper(), f"{parent[key]} ", parent[key][:-1]))
        case _:
            pass
    parent[key] = value


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _parents(value: Any) -> list[tuple[Any, Any]]:
    """Return each place in a document that can be changed: what holds it, and its name or number there."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    return found


def _grown(data: bytes, chance: Random) -> bytes:
    """Return the input with one part of it so often that it is large."""
    at = chance.randrange(len(data) + 1)
    part = data[at : at + 1 + int(chance.expovariate(0.03))] or b" "
    return data[:at] + part * max(1, (LARGE - len(data)) // len(part)) + data[at:]
