"""Compiled documents to values; the only place that knows how the two correspond.

It accepts exactly what ``pack.schema.json`` accepts. It says only *that* something is
refused; :mod:`intimacy_kit.loading.explaining` says what and where.
"""

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from typing import Any

from attrs import NOTHING, evolve, fields, frozen

from intimacy_kit.content.activities import (
    Activity,
    Arc,
    CheckIn,
    Choice,
    Evidence,
    Exercise,
    FollowUps,
    Guide,
    Prompt,
    Question,
    Scale,
    Scene,
    Step,
    Story,
    Stuck,
)
from intimacy_kit.content.checks import is_slug
from intimacy_kit.content.gates import (
    COUNTED,
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    DistinctDays,
    Done,
    Elapsed,
    Gate,
    Resolved,
)
from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.content.migrations import Migration, Operation
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import LIMITED, AtMost, Repeat
from intimacy_kit.errors import InvalidValueError

__all__ = ["gate_from", "pack_from", "refused_parts"]


@frozen
class _Pack:
    """What the parts of a pack need to know of it."""

    name: str
    language: str
    licence: str
    authors: tuple[str, ...]


Reader = Callable[[Any, _Pack], Any]


def _refuse(name: str, rule: str) -> InvalidValueError:
    return InvalidValueError(name, rule)


def _as_is(value: Any, _: _Pack) -> Any:
    return value


def _text(value: Any, pack: _Pack) -> Text:
    return Text(value, pack.language)


def _reference(value: Any, pack: _Pack) -> str:
    """Give a bare slug the name of this pack."""
    if type(value) is not str:
        raise _refuse("id", "must be a slug or an id")
    return value if "/" in value else f"{pack.name}/{value}"


def _own(value: Any, pack: _Pack) -> str:
    if not is_slug(value):
        raise _refuse("id", "must be a slug")
    return f"{pack.name}/{value}"


def _list(read: Reader = _as_is) -> Reader:
    def read_all(values: Any, pack: _Pack) -> tuple[Any, ...]:
        if type(values) is not list:
            raise _refuse("value", "must be a list")
        return tuple(read(value, pack) for value in values)

    return read_all


def _references(most: int) -> Reader:
    """Return a reader of so many different names; one that is spelled in both ways counts once."""

    def read_all(values: Any, pack: _Pack) -> tuple[str, ...]:
        names = _list(_reference)(values, pack)
        if len(values) > most or len(set(values)) < len(values):
            raise _refuse("value", f"must hold at most {most} different names")
        return tuple(dict.fromkeys(names))

    return read_all


def _set_of(field: str) -> Reader:
    def read_all(values: Any, pack: _Pack) -> frozenset[str]:
        words = _list()(values, pack)
        if any(type(word) is not str for word in words) or len(set(words)) < len(words):
            raise _refuse(field, f"must be different {field}")
        return frozenset(words)

    return read_all


def _by_name(values: Any, pack: _Pack) -> tuple[tuple[str, Text], ...]:
    if type(values) is not dict:
        raise _refuse("value", "must be a group of fields")
    return tuple((name, _text(value, pack)) for name, value in values.items())


def _fields(build: Callable[..., Any], readers: Mapping[str, Reader], required: frozenset[str]) -> Reader:
    """Return a reader of an object with these fields and no others."""

    def read(document: Any, pack: _Pack) -> Any:
        known = type(document) is dict and required <= document.keys() <= readers.keys()
        if not known or None in document.values():
            raise _refuse("value", "must be a group of known fields")
        return build(**{name: readers[name](value, pack) for name, value in document.items()})

    return read


def _reader_of(build: type, **readers: Reader) -> Reader:
    """Return a reader of a class: its own fields, those without a default required."""
    required = frozenset(a.name for a in fields(build) if a.name in readers and a.default is NOTHING)
    return _fields(build, readers, required)


def _gate(document: Any, pack: _Pack) -> Gate:
    if type(document) is not dict or len(document) != 1:
        raise _refuse("requires", "must hold exactly one rule")
    ((rule, value),) = document.items()
    if rule not in _GATES:
        raise _refuse("requires", "must hold a known rule")
    gate: Gate = _GATES[rule](value, pack)
    return gate


def _one_beside(document: Any, always: set[str], known: Collection[str]) -> str:
    """Return the one name that stands beside those that always do."""
    names: list[str] = [name for name in document if name not in always] if type(document) is dict else []
    if len(names) != 1 or names[0] not in known or not always < document.keys():
        raise _refuse("value", f"must hold {', '.join(sorted(always))} and one of {', '.join(known)}")
    return names[0]


def _count(document: Any, pack: _Pack) -> Count:
    by = _one_beside(document, {"n"}, COUNTED)
    value = _reference(document[by], pack) if by == "journey" else document[by]
    return Count(by, value, document["n"])


_GATES: dict[str, Reader] = {
    "resolved": lambda value, pack: Resolved(_reference(value, pack)),
    "done": lambda value, pack: Done(_reference(value, pack)),
    "count": _count,
    "at_least": _fields(AtLeast, {"n": _as_is, "of": _list(_gate)}, frozenset({"n", "of"})),
    "all": lambda value, pack: AllOf(_list(_gate)(value, pack)),
    "any": lambda value, pack: AnyOf(_list(_gate)(value, pack)),
    "elapsed": _fields(Elapsed, {"days": _as_is, "since": _reference}, frozenset({"days", "since"})),
    "distinct_days": lambda value, _: DistinctDays(value),
}


def _at_most(document: Any, _: _Pack) -> AtMost:
    by = _one_beside(document, {"n", "per"}, LIMITED)
    return AtMost(by, document[by], document["n"], document["per"])


_COMMON: dict[str, Reader] = {
    "id": _own,
    "skills": _list(),
    "depth": _as_is,
    "minutes": _as_is,
    "topics": _set_of("topics"),
    "suits": _set_of("circumstances"),
    "requires": _gate,
    "repeat": _reader_of(Repeat, after_days=_as_is, revisit=_list(), at_most=_at_most),
    "purpose": _as_is,
    "evidence": _reader_of(Evidence, basis=_as_is, sources=_list(), note=_text),
    "links": _references(20),
    "rev": _as_is,
    "aliases": _list(_own),
    "retired": _as_is,
    "licence": _as_is,
    "authors": _list(),
}

_step = _reader_of(Step, title=_text, text=_text, each=_by_name, seconds=_as_is, in_turns=_as_is)
_choice = _reader_of(Choice, text=_text, to=_as_is)
_scene = _reader_of(Scene, id=_as_is, paragraphs=_list(_text), choices=_list(_choice))
_arc = _reader_of(Arc, struggle=_text, turning_point=_text, outcome=_text, stayed_hard=_text)
_question = _reader_of(Question, id=_as_is, text=_text)
_scale = _reader_of(Scale, low=_as_is, high=_as_is, low_label=_text, high_label=_text)

_KINDS: dict[str, Reader] = {
    "prompt": _reader_of(
        Prompt,
        **_COMMON,
        text=_text,
        follow_ups=_reader_of(FollowUps, deeper=_text, lighter=_text, repair=_text),
        solo=_text,
        after=_text,
        mood=_as_is,
        shape=_as_is,
    ),
    "exercise": _reader_of(
        Exercise,
        **_COMMON,
        title=_text,
        about=_text,
        steps=_list(_step),
        roles=_by_name,
        cautions=_list(_text),
        when_stuck=_list(_reader_of(Stuck, when=_text, then=_text)),
        solo=_text,
        why=_text,
    ),
    "story": _reader_of(
        Story, **_COMMON, title=_text, people=_text, arc=_arc, scenes=_list(_scene), reflections=_list(_text)
    ),
    "check_in": _reader_of(
        CheckIn,
        **_COMMON,
        title=_text,
        about=_text,
        questions=_list(_question),
        scale=_scale,
        validated=_as_is,
        scoring=_as_is,
        picture=_as_is,
    ),
    "guide": _reader_of(Guide, **_COMMON, title=_text, answer=_list(_text), seek_help=_text),
}


def _activity(document: Any, pack: _Pack) -> Activity:
    kind = document.get("kind") if type(document) is dict else None
    if type(kind) is not str or kind not in _KINDS:
        raise _refuse("kind", "must be a known kind")
    own = {name: value for name, value in document.items() if name != "kind"}
    own.setdefault("licence", pack.licence)
    own.setdefault("authors", list(pack.authors))
    activity: Activity = _KINDS[kind](own, pack)
    return activity


_journey = _reader_of(
    Journey,
    id=_own,
    title=_text,
    about=_text,
    stages=_list(_reader_of(Stage, id=_as_is, title=_text, about=_text, offers=_references(100), asks=_as_is)),
    boosters=_list(_reader_of(Booster, after_days=_as_is, offers=_references(100))),
    alone=_as_is,
)


def _named(value: Any, pack: _Pack) -> str:
    """Give the name of a migration that of this pack."""
    if type(value) is not str or "/" in value:
        raise _refuse("name", "must be the name of a migration")
    return f"{pack.name}/{value}"


_operation = _reader_of(Operation, op=_as_is, old=_list(_own), new=_list(_own), credit=_as_is)
_migration = _reader_of(Migration, name=_named, operations=_list(_operation))

_REQUIRED = frozenset(
    {"format", "name", "title", "version", "languages", "authors", "licence", "about", "activities", "journeys"}
)
_pack = _fields(
    Pack,
    {
        "format": _as_is,
        "name": _as_is,
        "title": _text,
        "version": _as_is,
        "languages": _list(),
        "authors": _list(),
        "licence": _as_is,
        "about": _text,
        "requires_kit": _as_is,
        "activities": _list(_activity),
        "journeys": _list(_journey),
        "migrations": _list(_migration),
    },
    _REQUIRED,
)


def pack_from(document: object) -> Pack:
    """Return the pack that a compiled document describes.

    Raises InvalidValueError where the schema would refuse the document.

    >>> tea = {"format": 1, "name": "tea", "title": "Tea", "version": "1.0", "languages": ["en"],
    ...        "authors": ["Ada"], "licence": "CC0-1.0", "about": "Over a cup.", "activities": [], "journeys": []}
    >>> pack_from(tea).title.words
    'Tea'
    """
    match document:
        case {"name": str(name), "languages": [str(language), *_], "licence": str(licence), "authors": [*authors]}:
            pack: Pack = _pack(document, _Pack(name, language, licence, tuple(authors)))
            return pack
        case _:
            raise _refuse("pack", "must have a name, languages, a licence and authors")


def gate_from(document: object, pack: str) -> Gate:
    """Return the gate that a document describes, in a pack of that name; raise InvalidValueError for another thing.

    >>> gate_from({"resolved": "cup"}, "tea")
    Resolved(id='tea/cup')
    """
    return _gate(document, evolve(_ANY, name=pack))


#: Any pack will do to judge whether what is in it is well by itself.
_ANY = _Pack("any", "en", "CC0-1.0", ("Anybody",))
_PARTS: dict[str, Reader] = {"activities": _activity, "journeys": _journey}


def refused_parts(document: Mapping[str, Any], most: int) -> dict[str, list[int]]:
    """Return the places of the activities and of the journeys that are not well by themselves, so many of each.

    >>> refused_parts({"activities": [5], "journeys": []}, most=100)
    {'activities': [0], 'journeys': []}
    """
    return {
        part: list(islice((place for place, value in enumerate(values) if not _is_well(value, read)), most))
        for part, read in _PARTS.items()
        if type(values := document.get(part)) is list
    }


def _is_well(value: object, read: Reader) -> bool:
    try:
        read(value, _ANY)
    except InvalidValueError:
        return False
    return True
