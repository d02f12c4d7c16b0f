"""Events as JSON documents: how each field is written, and read again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, get_args

from attrs import fields

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Answer, Carried, Event, JointEvent, PrivateEvent
from intimacy_kit.practice.moments import read_day, read_moment
from intimacy_kit.practice.words import Words

__all__ = ["boundaries_document", "event_from", "put_words", "take_words", "to_document"]

_EVENTS: dict[str, type[Any]] = {kind.event: kind for kind in (*get_args(JointEvent), *get_args(PrivateEvent))}


def boundaries_document(boundaries: Boundaries) -> dict[str, Any]:
    """Return boundaries as they stand in the document of an event."""
    document: dict[str, Any] = {
        "depth": boundaries.depth,
        "topics": dict(boundaries.topics),
        "declined": {activity: until.isoformat() for activity, until in boundaries.declined},
    }
    if boundaries.accepted:
        document["accepted"] = [
            {"activity": name, "topics": list(topics), "until": until.isoformat()}
            for name, topics, until in boundaries.accepted
        ]
    if boundaries.paused:
        document["paused"] = True
    return document


#: What stands for words that are not there any more.
_ERASED = object()

_BOUNDARIES = {"depth", "topics", "declined", "accepted", "paused"}


def _read_boundaries(document: Any) -> Boundaries:
    topics, declined = document.get("topics", {}), document.get("declined", {})
    if not document.keys() <= _BOUNDARIES or type(topics) is not dict or type(declined) is not dict:
        raise InvalidValueError("boundaries", "must hold depth, topics, declined, accepted and paused")
    return Boundaries(
        depth=document["depth"],
        topics=topics,
        declined={activity: read_day(until) for activity, until in declined.items()},
        accepted=[_read_accepted(**yes) for yes in _read_list(document.get("accepted", []))],
        paused=document.get("paused", False),
    )


def _read_accepted(*, activity: Any, topics: Any, until: Any) -> tuple[Any, frozenset[Any], date]:
    return activity, _read_set(topics), read_day(until)


def _answer_document(answer: Answer) -> dict[str, str]:
    return {"shown": answer.shown} | ({"words": answer.words.text} if answer.words else {})


def _read_answer(who: str, *, shown: Any, words: Any = _ERASED) -> Answer:
    return Answer(who=who, shown=shown, words=None if words is _ERASED else Words(words))


def _read_list(values: Any) -> tuple[Any, ...]:
    if type(values) is not list:
        raise InvalidValueError("value", "must be a list")
    return tuple(values)


def _write_answers(answers: tuple[Any, ...]) -> dict[str, Any]:
    """Return what each person answered, or the point of the scale for each question of a check-in."""
    if isinstance(answers[0], Answer):
        return {answer.who: _answer_document(answer) for answer in answers}
    return dict(answers)


def _read_answers(values: Any) -> Any:
    if type(values) is not dict:
        raise InvalidValueError("answers", "must be what each person answered, or a point for each question")
    if dict in map(type, values.values()):
        return tuple(_read_answer(who, **answer) for who, answer in values.items())
    return values


def _write_carried(carried: tuple[Carried, ...]) -> list[dict[str, str]]:
    return [{"old": one.old, "new": one.new, "credit": one.credit} for one in carried]


def _read_carried(values: Any) -> tuple[Carried, ...]:
    return tuple(Carried(**one) for one in _read_list(values))


def _read_set(values: Any) -> frozenset[Any]:
    if len(_read_list(values)) > len(set(values)):
        raise InvalidValueError("value", "must not hold the same value twice")
    return frozenset(values)


#: How a field is written into a document, and how it is read; the others stand there as they are.
_FIELDS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "at": (datetime.isoformat, read_moment),
    "skills": (list, _read_list),
    "topics": (sorted, _read_set),
    "moves": (list, _read_list),
    "boundaries": (boundaries_document, _read_boundaries),
    "carried": (_write_carried, _read_carried),
    "answers": (_write_answers, _read_answers),
    "people": (list, _read_list),
    "on": (date.isoformat, read_day),
    "until": (date.isoformat, read_day),
    "words": (lambda words: words.text, Words),
}


def to_document(event: Event) -> dict[str, Any]:
    """Return an event as a JSON document that ``event.schema.json`` accepts.

    >>> from datetime import UTC
    >>> from intimacy_kit.practice.events import NoticeRead
    >>> to_document(NoticeRead(partner="a", at=datetime(2026, 11, 23, 20, 0, tzinfo=UTC)))
    {'event': 'notice_read', 'partner': 'a', 'at': '2026-11-23T20:00:00+00:00'}
    """
    document: dict[str, Any] = {"event": event.event}
    for attribute in fields(type(event)):
        value = getattr(event, attribute.name)
        if value is not None:
            write, _ = _FIELDS.get(attribute.name, (_as_is, _as_is))
            document[attribute.name] = write(value)
    return document


def event_from(document: object) -> Event:
    """Return the event that a document describes.

    Raises InvalidValueError where ``event.schema.json`` would refuse the document; what it
    says holds none of anybody's words.

    >>> event_from({"event": "notice_read", "partner": "a", "at": "2026-11-23T20:00:00+00:00"}).partner
    'a'
    """
    written: dict[str, Any] = {**document} if isinstance(document, dict) else {}
    kind = written.pop("event", None)
    if type(kind) is not str or kind not in _EVENTS or None in written.values():
        raise InvalidValueError("event", "must be a document of a kind this kit knows")
    try:
        values = {name: _FIELDS.get(name, (_as_is, _as_is))[1](value) for name, value in written.items()}
        event: Event = _EVENTS[kind](**values)
    except (TypeError, AttributeError, KeyError):  # a field is missing, unknown, or of quite another type
        raise InvalidValueError("event", "must hold the fields of its kind") from None  # Python's words quote the field
    return event


def _as_is(value: Any) -> Any:
    return value


def take_words(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a document without the words of several people, and these words by person.

    Only what was revealed holds words of several people; a private event belongs to its partner whole.

    >>> take_words({"event": "revealed", "answers": {"a": {"shown": "Tea?", "words": "Yes."}}})
    ({'event': 'revealed', 'answers': {'a': {'shown': 'Tea?'}}}, {'a': 'Yes.'})
    """
    if document["event"] != "revealed":
        return document, {}
    answers = document["answers"]
    words = {who: answer["words"] for who, answer in answers.items() if "words" in answer}
    return document | {"answers": {who: {"shown": answer["shown"]} for who, answer in answers.items()}}, words


def put_words(document: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """Return a document with the words of several people in their places; who has none was erased."""
    if not words:
        return document
    said = {who: {"words": text} for who, text in words.items()}
    answers = {who: answer | said.get(who, {}) for who, answer in document["answers"].items()}
    return document | {"answers": answers}
