"""What a single field of a value may hold: validators for attrs that refuse in one line.

They say the same as the JSON Schemas in ``schemas/``; a differential test holds the two together.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Any

from intimacy_kit.errors import InvalidValueError

__all__ = [
    "Validator",
    "boolean",
    "distinct",
    "filled",
    "instance",
    "instances",
    "is_id",
    "is_language_tag",
    "is_slug",
    "is_topic",
    "language_tag",
    "matching",
    "one_of",
    "optional",
    "ordered",
    "unordered",
    "whole",
]

#: What attrs calls with the instance, the attribute and the value.
Validator = Callable[[Any, Any, Any], None]

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 64
_ID = re.compile(rf"(?=[^/]{{1,{_LONGEST_SLUG}}}/[^/]{{1,{_LONGEST_SLUG}}}\Z){_SLUG.pattern}/{_SLUG.pattern}")
_TOPIC = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def is_slug(value: object) -> bool:
    """Tell whether the value is a slug: lower-case ASCII words joined by hyphens, at most 64 characters.

    >>> is_slug("three-good-things"), is_slug("Three things")
    (True, False)
    """
    return type(value) is str and len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value) is not None


def is_id(value: object) -> bool:
    """Tell whether the value is the full id of an activity: ``pack-name/activity-slug``.

    >>> is_id("foundations/coming-back"), is_id("coming-back")
    (True, False)
    """
    return type(value) is str and _ID.fullmatch(value) is not None


def is_topic(value: object) -> bool:
    """Tell whether the value could name a topic, if only one that a later kit knows.

    >>> is_topic("in_laws"), is_topic("In laws")
    (True, False)
    """
    return type(value) is str and _TOPIC.fullmatch(value) is not None


def is_language_tag(value: object) -> bool:
    """Tell whether the value is written as the tag of a language.

    >>> is_language_tag("pt-BR"), is_language_tag("Portuguese")
    (True, False)
    """
    return type(value) is str and _LANGUAGE.fullmatch(value) is not None


def ordered(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values as a tuple: a converter, six times as fast as ``tuple[str, ...]`` called as one."""
    return tuple(values)


def unordered(values: Iterable[str]) -> frozenset[str]:
    """Return the values as a set; a converter that type checkers can read."""
    return frozenset(values)


def matching(test: Callable[[object], bool], rule: str) -> Validator:
    """Return a validator that refuses what fails the test."""

    def check(_: object, attribute: Any, value: object) -> None:
        if not test(value):
            raise InvalidValueError(attribute.name, rule)

    return check


def whole(low: int, high: int) -> Validator:
    """Return a validator for a whole number in a range; true and false are not numbers."""

    def check(_: object, attribute: Any, value: object) -> None:
        if type(value) is not int or not low <= value <= high:
            raise InvalidValueError(attribute.name, f"must be a whole number from {low} to {high}")

    return check


def one_of(allowed: Collection[str]) -> Validator:
    """Return a validator for one word of a closed list."""
    known = frozenset(allowed)

    def check(_: object, attribute: Any, value: object) -> None:
        if type(value) is not str or value not in known:
            raise InvalidValueError(attribute.name, f"must be one of {', '.join(allowed)}")

    return check


def filled(longest: int) -> Validator:
    """Return a validator for a string or a text of 1 to so many characters."""

    def check(_: object, attribute: Any, value: object) -> None:
        words = getattr(value, "words", value)
        if type(words) is not str or not 1 <= len(words) <= longest:
            raise InvalidValueError(attribute.name, f"must be words, 1 to {longest} characters")

    return check


def instance(kind: type | tuple[type, ...], name: str) -> Validator:
    """Return a validator for a value of a type, which is called so in messages."""

    def check(_: object, attribute: Any, value: object) -> None:
        if not isinstance(value, kind):
            raise InvalidValueError(attribute.name, f"must be {name}")

    return check


def optional(check: Validator) -> Validator:
    """Return a validator that lets None pass and asks the given one about everything else."""

    def check_given(instance: object, attribute: Any, value: object) -> None:
        if value is not None:
            check(instance, attribute, value)

    return check_given


def distinct(check: Validator, *, least: int = 0, most: int = 1000) -> Validator:
    """Return a validator for a tuple or a set of so many different values; the check lets only hashable ones pass."""

    def check_all(instance: object, attribute: Any, values: Collection[Hashable]) -> None:
        if not least <= len(values) <= most:
            raise InvalidValueError(attribute.name, f"must hold {least} to {most} values")
        for value in values:
            check(instance, attribute, value)
        if len(values) > 1 and len(set(values)) < len(values):
            raise InvalidValueError(attribute.name, "must not hold the same value twice")

    return check_all


def instances(check: Validator, *, least: int = 0, most: int = 1000) -> Validator:
    """Return a validator for a tuple of so many values, each of them checked."""

    def check_all(instance: object, attribute: Any, values: Collection[object]) -> None:
        if not least <= len(values) <= most:
            raise InvalidValueError(attribute.name, f"must hold {least} to {most} values")
        for value in values:
            check(instance, attribute, value)

    return check_all


boolean: Validator = matching(lambda value: type(value) is bool, "must be true or false")

language_tag: Validator = matching(is_language_tag, "must be a language tag such as en or pt-BR")
