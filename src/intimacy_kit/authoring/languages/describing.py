"""What a translator is told of a text: what it is, for whom, and how long it may be."""

from collections.abc import Iterator

from intimacy_kit.content.activities import Activity, Prompt
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.texts import Said, is_safety
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["described"]

#: How many words the editorial guide gives these at most.
_PROMPT_WORDS = {"text": 25, "follow_ups.deeper": 12, "follow_ups.lighter": 12, "follow_ups.repair": 12, "after": 20}

#: What a text is, by its field; where that differs, by kind and field.
_CALLED = {
    "about": "what it is, in a sentence or two",
    "after": "how it lands: what the listener does with what was just heard",
    "answer": "a paragraph of the answer",
    "arc.outcome": "what became of it",
    "arc.stayed_hard": "what stayed hard",
    "arc.struggle": "the struggle",
    "arc.turning_point": "the turning point",
    "cautions": "shown before it begins",
    "evidence.note": "where the idea comes from",
    "follow_ups.deeper": "a follow-up that goes a little further",
    "follow_ups.lighter": "a follow-up that is a way out",
    "follow_ups.repair": "what to say when it came out wrong",
    "people": "whom the story is about",
    "questions.text": "one of the questions",
    "reflections": "a question for the two who have read it",
    "roles": "how the role is called in a sentence",
    "scale.high_label": "what the highest point of the scale means",
    "scale.low_label": "what the lowest point of the scale means",
    "scenes.choices.text": "a choice; people press it",
    "scenes.paragraphs": "a paragraph",
    "seek_help": "when to look for help",
    "solo": "the form for one person alone",
    "stages.about": "what the stage is, in a sentence",
    "stages.title": "the name of a stage",
    "steps.each": "what one role does in this step",
    "steps.text": "what is done in this step",
    "steps.title": "the name of a step",
    "text": "the question or invitation itself",
    "title": "its name",
    "title of guide": "the question people ask",
    "when_stuck.then": "a way out",
    "when_stuck.when": "when it goes wrong",
    "why": "why it works",
}
#: What stands in these has a name of its own, and no number or id.
_NAMED = {"arc", "evidence", "follow_ups", "scale"}

_SAFETY = "Safety text: the pack cannot be shipped in a language without it."


def described(said: Said, owner: Activity | Journey | Pack) -> Iterator[str]:
    """Give what a translator is told of a text, line by line.

    >>> from intimacy_kit.content.text import Text
    >>> pack = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["Ada"], about=Text("Over a cup."))
    >>> list(described(Said("title", "/title", pack.title, 120), pack))
    ['The pack: its name. At most 120 characters.']
    """
    field = _field(said.context)
    kind = _kind(owner)
    what = _CALLED.get(f"{field} of {kind}", _CALLED[field])
    words = _PROMPT_WORDS.get(field) if isinstance(owner, Prompt) else None
    most = f"At most {words} words, {said.most} characters." if words else f"At most {said.most} characters."
    yield f"{_owner(owner, kind)}: {what}. {most}"
    if is_safety(owner, said.context):
        yield _SAFETY


def _kind(owner: Activity | Journey | Pack) -> str:
    if isinstance(owner, Pack):
        return "pack"
    return "journey" if isinstance(owner, Journey) else owner.kind


def _owner(owner: Activity | Journey | Pack, kind: str) -> str:
    """Return a few words about what a text belongs to."""
    if isinstance(owner, Pack):
        return "The pack"
    words = [kind.replace("_", "-").capitalize()]
    if isinstance(owner, Activity):
        words.append(DEPTHS[owner.depth])
        if owner.purpose != "practice":
            words.append(f"for {owner.purpose}")
        if isinstance(owner, Prompt) and owner.mood:
            words.append(owner.mood)
        if owner.retired:
            words.append("retired, it need not be translated")
    return ", ".join(words)


def _field(context: str) -> str:
    """Return the field of a text without what is counted or named by the writer: ``steps.2.text`` is ``steps.text``."""
    path = context.rpartition("/")[2].split(".")
    return ".".join(path if path[0] in _NAMED else path[::2])
