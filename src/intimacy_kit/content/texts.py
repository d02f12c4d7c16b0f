"""All that a pack says, text by text: where each one stands, what it is called, and its words in other languages.

The name of a text, its *context*, is the same in every language and every release: ``coming-back/title``,
``talk/steps.2.text`` (counted from 1, as people do), ``heron/scenes.bridge.paragraphs.1``. What has an id of its own
(a scene, a question, a stage, a role) goes by it, so that a change of order changes nothing; of the pack itself,
``title`` and ``about`` stand alone.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from attrs import evolve, frozen

from intimacy_kit.content.activities import (
    LINE,
    PARAGRAPH,
    TITLE,
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
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.problems import pointer_part

__all__ = ["Said", "in_language", "is_safety", "texts", "texts_of", "with_words"]

_Value = TypeVar("_Value", bound=Activity | Journey | Pack)

#: Words in other languages, by context and tag.
Words = Mapping[str, Mapping[str, str]]

_TENDER = 3
#: Above any limit: the parts inside have their own.
_INSIDE = 0

#: The fields of each class that hold texts, in the order of reading, and how many characters each may have.
_FIELDS: Mapping[type, Mapping[str, int]] = {
    Prompt: {"text": LINE, "follow_ups": _INSIDE, "solo": LINE, "after": LINE, "evidence": _INSIDE},
    FollowUps: {"deeper": LINE, "lighter": LINE, "repair": LINE},
    Evidence: {"note": LINE},
    Exercise: {
        "title": TITLE,
        "about": LINE,
        "roles": LINE,
        "cautions": LINE,
        "steps": _INSIDE,
        "when_stuck": _INSIDE,
        "solo": PARAGRAPH,
        "why": PARAGRAPH,
        "evidence": _INSIDE,
    },
    Step: {"title": TITLE, "text": PARAGRAPH, "each": LINE},
    Stuck: {"when": LINE, "then": LINE},
    Story: {
        "title": TITLE,
        "people": LINE,
        "arc": _INSIDE,
        "scenes": _INSIDE,
        "reflections": LINE,
        "evidence": _INSIDE,
    },
    Arc: {"struggle": LINE, "turning_point": LINE, "outcome": LINE, "stayed_hard": LINE},
    Scene: {"paragraphs": PARAGRAPH, "choices": _INSIDE},
    Choice: {"text": LINE},
    CheckIn: {"title": TITLE, "about": LINE, "questions": _INSIDE, "scale": _INSIDE, "evidence": _INSIDE},
    Question: {"text": LINE},
    Scale: {"low_label": TITLE, "high_label": TITLE},
    Guide: {"title": TITLE, "answer": PARAGRAPH, "seek_help": PARAGRAPH, "evidence": _INSIDE},
    Journey: {"title": TITLE, "about": LINE, "stages": _INSIDE},
    Stage: {"title": TITLE, "about": LINE},
    Pack: {"title": TITLE, "about": 2 * LINE},
}


@frozen
class Said:
    """One text of a pack, and where it stands."""

    #: What it is called in every language.
    context: str
    #: Where it stands in the ``pack.json``: a JSON pointer.
    pointer: str
    #: The words.
    text: Text
    #: How many characters it may have, in any language.
    most: int


def texts(pack: Pack) -> Iterator[tuple[Said, Activity | Journey | Pack]]:
    """Give all texts of a pack, each with what it belongs to: the pack, its activities, its journeys.

    >>> pack = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["Ada"], about=Text("Over a cup."))
    >>> [(said.context, said.pointer, said.most) for said, _ in texts(pack)]
    [('title', '/title', 120), ('about', '/about', 600)]
    """
    yield from ((said, pack) for said in _inside(pack, "", "", _INSIDE))
    for part in ("activities", "journeys"):
        for index, owner in enumerate(getattr(pack, part)):
            yield from ((said, owner) for said in texts_of(owner, f"/{part}/{index}"))


def texts_of(owner: Activity | Journey, pointer: str = "") -> Iterator[Said]:
    """Give the texts of one activity or journey that stands at a pointer."""
    return _inside(owner, _slug(owner), pointer, _INSIDE)


def is_safety(owner: object, context: str) -> bool:
    """Tell whether a text is one that people must be able to read before they begin, or when it goes wrong.

    That is everything of an activity for orientation or support; the cautions of an exercise and its ways out when
    somebody is stuck; when to look for help; and, from depth 3 on, how a prompt lands and what repairs it. What is
    retired is offered to nobody.
    """
    if not isinstance(owner, Activity) or owner.retired:
        return False
    if owner.purpose in {"orientation", "support"}:
        return True
    field = context.partition("/")[2].partition(".")
    if field[0] in {"cautions", "when_stuck", "seek_help"}:
        return True
    return owner.depth >= _TENDER and (field[0] == "after" or field[2] == "repair")


def with_words(pack: Pack, words: Words) -> Pack:
    """Return a pack whose texts have these words in other languages, beside those they have.

    What no text is called is left out.
    """
    slugs = {context.partition("/")[0] for context in words}
    add = partial(_with_others, words)

    def of(owners: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(_changed(owner, _slug(owner), add) if _slug(owner) in slugs else owner for owner in owners)

    itself: Pack = _changed(pack, "", add)
    return evolve(itself, activities=of(pack.activities), journeys=of(pack.journeys))


def in_language(value: _Value, *wanted: str) -> _Value:
    """Return an activity, a journey or a pack as if it had been written in the first wanted language there is.

    Each text by itself falls back to the words it was written in, which ``Text.language`` tells.

    >>> title = Text("Tea", "en", {"es": "Té"})
    >>> pack = Pack(name="tea", title=title, version="1.0", authors=["Ada"], about=Text("Over a cup."))
    >>> in_language(pack, "es-MX").title, in_language(pack, "es").about.language
    (Text(words='Té', language='es', others=()), 'en')
    """
    turn = partial(_spoken, wanted)
    changed: _Value = _changed(value, "", turn)
    if isinstance(changed, Pack):
        activities = tuple(_changed(activity, "", turn) for activity in changed.activities)
        return evolve(changed, activities=activities, journeys=tuple(_changed(j, "", turn) for j in changed.journeys))
    return changed


def _slug(owner: Activity | Journey) -> str:
    return owner.id.partition("/")[2]


def _below(context: str, name: str) -> str:
    """Return the context of a part: of ``tea`` it is ``tea/steps``, and of that ``tea/steps.1``."""
    if not context:
        return name
    return f"{context}.{name}" if "/" in context else f"{context}/{name}"


def _parts(values: tuple[Any, ...]) -> Iterator[tuple[str, str, Any]]:
    """Give name, pointer and value of each thing in a list, or in a group of named texts."""
    for index, value in enumerate(values):
        if isinstance(value, tuple):
            yield value[0], pointer_part(value[0]), value[1]
        else:
            yield getattr(value, "id", str(index + 1)), f"/{index}", value


def _inside(value: Any, context: str, pointer: str, most: int) -> Iterator[Said]:
    if isinstance(value, Text):
        yield Said(context, pointer, value, most)
    elif isinstance(value, tuple):
        for name, part, inner in _parts(value):
            yield from _inside(inner, _below(context, name), pointer + part, most)
    elif value is not None:
        for name, limit in _FIELDS[type(value)].items():
            yield from _inside(getattr(value, name), _below(context, name), f"{pointer}/{name}", limit)


def _changed(value: Any, context: str, change: Any) -> Any:
    """Return a value with each text in it changed; what stays the same is the very same."""
    if isinstance(value, Text):
        return change(context, value)
    if isinstance(value, tuple):
        new = tuple(_changed(inner, _below(context, name), change) for name, _, inner in _parts(value))
        if all(a is inner for a, (_, _, inner) in zip(new, _parts(value), strict=True)):
            return value
        return tuple((old[0], a) if isinstance(old, tuple) else a for old, a in zip(value, new, strict=True))
    if value is None:
        return None
    inside = {name: getattr(value, name) for name in _FIELDS[type(value)]}
    new_inside = {name: _changed(old, _below(context, name), change) for name, old in inside.items()}
    different = {name: new for name, new in new_inside.items() if new is not inside[name]}
    return evolve(value, **different) if different else value


def _with_others(words: Words, context: str, text: Text) -> Text:
    if context not in words:
        return text
    return Text(text.words, text.language, {**dict(text.others), **words[context]})


def _spoken(wanted: tuple[str, ...], _: str, text: Text) -> Text:
    return Text(text.in_language(*wanted), text.language_for(*wanted)) if text.others else text
