"""What to do about a value that a schema refuses, in words for somebody who writes and does not program."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["between", "mended", "of_kind"]

#: What is proposed looks like a name (one of another pack too) or like a version, whatever else a pattern lets through.
_LIKE_A_NAME = re.compile(
    r"\A(?:[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*(/[a-z][a-z0-9]*(-[a-z0-9]+)*)?|[0-9]+(\.[0-9]+)+)\Z"
)


def of_kind(wanted: str, value: object, schema: Mapping[str, Any], *, private: bool = False) -> str:
    """Return what to do about a value that is not of the kind (``string``, ``integer``, ...) that a schema wants.

    With *private*, nothing that follows from the value itself is said.

    >>> of_kind("array", "trust", {}), of_kind("integer", "5 min", {})
    ('put it in square brackets', 'write 5, and nothing beside it')
    """
    if value is None:
        return "fill it in, or leave the whole field out"
    match wanted:
        case "boolean":
            return "write true" if value in ("yes", "on") else "write false" if value in ("no", "off") else ""
        case "string":
            words = "write words; a text that begins with [ or { needs quotes around it"
            return "put it in quotes" if isinstance(value, (int, float)) else words
        case "array":
            spread = isinstance(value, dict)
            return "write a list: each of its parts begins with '- '" if spread else "put it in square brackets"
        case "integer":
            return _as_number("" if private else value, schema)
        case _:
            return _as_fields("" if private else value, schema)


def _as_number(value: object, schema: Mapping[str, Any]) -> str:
    if isinstance(value, float):
        return "leave the fraction out"
    found = re.findall(r"\d+", value) if isinstance(value, str) else []
    if value in found:
        return "take the quotes away"
    if len(found) == 1:
        return f"write {found[0]}, and nothing beside it"
    return between(schema) or "write one number, in digits"


def between(schema: Mapping[str, Any]) -> str:
    """Return between which numbers one is wanted; nothing where a schema does not say so.

    >>> between({"minimum": 1, "maximum": 4})
    'write a number from 1 to 4'
    """
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None or most is None:
        return ""
    return f"write {least}" if least == most else f"write a number from {least} to {most}"


def _as_fields(value: object, schema: Mapping[str, Any]) -> str:
    fields = schema.get("properties", {})
    if "resolved" in fields:
        many = "such as {all: [{resolved: first-one}, {resolved: second-one}]}"
        return many if isinstance(value, list) else f"such as {{resolved: {value or 'first-one'}}}"
    required = schema.get("required", ())
    if len(required) == 1:
        return f"begin it with '{required[0]}:', and put the rest below that"
    return "write a field in each line, as 'name: value'"


def mended(value: str, pattern: str) -> str:
    """Return what was probably meant by a value that does not fit a pattern; nothing where that does not fit either.

    >>> mended("Wet Envelope", "[a-z]+(-[a-z]+)*"), mended("en_US", "[a-z]{2}(-[A-Z]{2})?")
    ('wet-envelope', 'en-US')
    """
    return next((word for word in _likely(value) if _LIKE_A_NAME.match(word) and re.fullmatch(pattern, word)), "")


def _likely(value: str) -> Iterator[str]:
    yield re.sub("[_-]+", "-", value).strip("-")
    pack, _, slug = value.rpartition("/")
    if "/" in pack:  # too many of them to guess which is meant
        return
    yield slug
    bare = "".join(char for char in unicodedata.normalize("NFKD", slug.casefold()) if not unicodedata.combining(char))
    yield re.sub(r"[^a-z0-9]+", "-", re.sub("['\u2019]", "", bare)).strip("-")
    yield value.removeprefix("v")
    yield f"{value}.0"
