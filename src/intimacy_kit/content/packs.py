"""A pack: a named, versioned set of activities and journeys."""

import re
from typing import Any

from attrs import field, frozen

from intimacy_kit.content.activities import (
    LINE,
    TITLE,
    Activity,
    CheckIn,
    Exercise,
    Guide,
    Prompt,
    Story,
)
from intimacy_kit.content.checks import (
    distinct,
    filled,
    instance,
    instances,
    is_slug,
    language_tag,
    matching,
    ordered,
    whole,
)
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.migrations import MOST_MIGRATIONS, Migration
from intimacy_kit.content.text import Text
from intimacy_kit.content.vocabulary import FORMAT
from intimacy_kit.errors import InvalidValueError

__all__ = ["MOST_PARTS", "Pack", "is_release", "release"]

#: How many activities and journeys a pack may have.
MOST_PARTS = {"activities": 20_000, "journeys": 1000}

_VERSION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){1,3}(?:(?:a|b|rc|\.post|\.dev)[0-9]{1,6})?")
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_RELEASE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){1,2}")


def is_release(value: object) -> bool:
    """Tell whether the value is a plain release number such as 0.1 or 1.2.3."""
    return type(value) is str and _RELEASE.fullmatch(value) is not None


def release(version: str) -> tuple[int, ...]:
    """Return the leading numbers of a version, for comparing; zeros at the end say nothing.

    >>> release("0.10.2rc1") > release("0.9"), release("1.0") == release("1.0.0")
    (True, True)
    """
    numbers = _NUMBERS.match(version)
    parts = [int(part) for part in numbers[0].split(".")] if numbers else []
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _ours(pack: "Pack", attribute: Any, values: tuple[Activity | Journey | Migration, ...]) -> None:
    for value in values:
        for name in _ids_of(value):
            if not name.startswith(f"{pack.name}/"):
                raise InvalidValueError(attribute.name, f"must have ids that begin with {pack.name}/")


def _ids_of(value: Activity | Journey | Migration) -> tuple[str, ...]:
    if isinstance(value, Migration):
        return (value.name, *(name for one in value.operations for name in (*one.old, *one.new)))
    return (value.id,)


@frozen(kw_only=True)
class Pack:
    """A named, versioned set of content.

    >>> pack = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["Ada"], about=Text("Over a cup."))
    >>> pack.languages, pack.licence
    (('en',), 'CC-BY-4.0')
    """

    #: A slug, the same for ever.
    name: str = field(validator=matching(is_slug, "must be a slug such as foundations"))
    title: Text = field(validator=filled(TITLE))
    #: The version (PEP 440, without an epoch or a local part).
    version: str = field(
        validator=matching(
            lambda value: type(value) is str and _VERSION.fullmatch(value) is not None,
            "must be a version such as 1.2.0",
        )
    )
    #: What it is and for whom.
    about: Text = field(validator=filled(LINE * 2))
    #: Who wrote it.
    authors: tuple[str, ...] = field(converter=ordered, validator=distinct(filled(TITLE), least=1, most=20))
    #: The licence of its words (SPDX).
    licence: str = field(default="CC-BY-4.0", validator=filled(LINE))
    #: Language tags, the one it was written in first.
    languages: tuple[str, ...] = field(
        default=("en",), converter=ordered, validator=distinct(language_tag, least=1, most=100)
    )
    #: The format of the documents.
    format: int = field(default=FORMAT, validator=whole(FORMAT, FORMAT))
    #: The first release of the kit that can use it.
    requires_kit: str = field(default="0.1", validator=matching(is_release, "must be a release such as 0.1"))
    activities: tuple[Activity, ...] = field(
        default=(),
        converter=tuple[Activity, ...],
        validator=[
            instances(instance((Prompt, Exercise, Story, CheckIn, Guide), "activities"), most=MOST_PARTS["activities"]),
            _ours,
        ],
    )
    journeys: tuple[Journey, ...] = field(
        default=(),
        converter=tuple[Journey, ...],
        validator=[instances(instance(Journey, "journeys"), most=MOST_PARTS["journeys"]), _ours],
    )
    #: What became of ids it had before, the first release first.
    migrations: tuple[Migration, ...] = field(
        default=(),
        converter=tuple[Migration, ...],
        validator=[instances(instance(Migration, "migrations"), most=MOST_MIGRATIONS), _ours],
    )
