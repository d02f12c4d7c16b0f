"""What a pack says, text by text: where each one stands, and the words in it."""

import re
from collections.abc import Iterator

from attrs import frozen

from intimacy_kit.content.activities import Activity, CheckIn, Exercise, Prompt, Step, Story
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.problems import Problem, Where, pointer_part

__all__ = [
    "Said",
    "Word",
    "about",
    "count",
    "plain_words",
    "sentences",
    "texts",
    "unquoted",
    "words_in",
    "writes_blanks",
]

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb')
#: Where one sentence ends and the next begins; three dots before a small letter end none.
_END = re.compile(r"(?<=[.!?\u2026])[\"\u201d')*]*\s+(?=[^\sa-z])")
#: Languages that are written without blanks between words: in them, words cannot be counted.
_WITHOUT_BLANKS = frozenset({"bo", "ja", "km", "lo", "my", "th", "yue", "zh"})


@frozen
class Word:
    """One word of a text, in small letters and with a straight apostrophe, and where it stands."""

    word: str
    start: int
    end: int


@frozen
class Said:
    """One text of a pack."""

    #: Where it stands in the ``pack.json``.
    pointer: str
    #: The field it is, such as ``text`` or ``after``; for a part of a story, ``told``.
    field: str
    words: str
    #: What it belongs to; None for the pack itself and for its journeys.
    activity: Activity | None = None

    @property
    def told(self) -> bool:
        """Whether it is part of a story: there, people may say and be what no prompt may take for granted."""
        return self.field == "told"

    @property
    def asked(self) -> bool:
        """Whether it is the text of a prompt."""
        return self.field == "text" and isinstance(self.activity, Prompt)

    def part(self, start: int, end: int) -> str:
        """Return the words between two places, and as many before them as it takes to be found there first.

        >>> said = Said("/title", "title", "In it I sit")
        >>> said.part(6, 7), said.part(8, 11)
        ('it I', 'sit')
        """
        while (part := self.words[start:end]) and self.words.find(part) != start:
            start = self.words.rfind(" ", 0, start - 1) + 1
        return part

    def problem(self, code: str, message: str, hint: str, part: str = "") -> Problem:
        """Return a problem about this text, or about a part of it."""
        return Problem(Where(pointer=self.pointer), code, message, hint, part)


def about(pointer: str, code: str, message: str, hint: str) -> Problem:
    """Return a problem about whatever stands at a pointer."""
    return Problem(Where(pointer=pointer), code, message, hint)


def plain_words(text: str) -> list[str]:
    """Return the words of a text, in small letters and with straight apostrophes.

    >>> plain_words("Don\u2019t hurry, Ilse!")
    ["don't", 'hurry', 'ilse']
    """
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def words_in(text: str) -> list[Word]:
    """Return the words of a text with their places; where those are not needed, :func:`plain_words` is faster.

    >>> words_in("Sit down.")[1]
    Word(word='down', start=4, end=8)
    """
    return [Word(m[0].lower().replace("\u2019", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]


def count(text: str) -> int:
    """Count the words of a text.

    >>> count('A sheet - or "no", thanks')
    5
    """
    return len(_WORD.findall(text))


def unquoted(text: str) -> str:
    """Return a text of the same length in which what stands in quotation marks is blank.

    >>> unquoted('Who says "why?" here?')
    'Who says        here?'
    """
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text.

    >>> sentences("Then stop ... and wait. Who was first? Say it")
    ['Then stop ... and wait.', 'Who was first?', 'Say it']
    """
    return [part for part in _END.split(text) if part.strip()]


def writes_blanks(language: str) -> bool:
    """Tell whether a language is written with blanks between words, so that they can be counted.

    >>> writes_blanks("en-GB"), writes_blanks("zh-Hant")
    (True, False)
    """
    return language.partition("-")[0].lower() not in _WITHOUT_BLANKS


def texts(pack: Pack) -> Iterator[Said]:
    """Give all texts of a pack; what is retired is left out."""
    yield Said("/title", "title", pack.title.words)
    yield Said("/about", "about", pack.about.words)
    for index, activity in enumerate(pack.activities):
        if not activity.retired:
            yield from _of_activity(f"/activities/{index}", activity)
    for index, journey in enumerate(pack.journeys):
        yield from _of_journey(f"/journeys/{index}", journey)


def _of_activity(at: str, activity: Activity) -> Iterator[Said]:
    for pointer, field, text in _fields(activity):
        if text is not None:
            yield Said(at + pointer, field, text.words, activity)


def _fields(activity: Activity) -> Iterator[tuple[str, str, Text | None]]:
    match activity:
        case Prompt():
            yield from (("/" + name, name, getattr(activity, name)) for name in ("text", "solo", "after"))
            for name in ("deeper", "lighter", "repair"):
                yield f"/follow_ups/{name}", name, getattr(activity.follow_ups, name)
        case Exercise():
            yield from _of_exercise(activity)
        case Story():
            yield from _of_story(activity)
        case CheckIn():
            yield from _titled(activity)
            for index, question in enumerate(activity.questions):
                yield f"/questions/{index}/text", "question", question.text
            yield "/scale/low_label", "label", activity.scale.low_label
            yield "/scale/high_label", "label", activity.scale.high_label
        case _:
            yield "/title", "title", activity.title
            yield from ((f"/answer/{index}", "answer", part) for index, part in enumerate(activity.answer))
            yield "/seek_help", "seek_help", activity.seek_help
    yield "/evidence/note", "note", activity.evidence.note


def _titled(activity: Exercise | CheckIn) -> Iterator[tuple[str, str, Text]]:
    yield "/title", "title", activity.title
    yield "/about", "about", activity.about


def _of_exercise(exercise: Exercise) -> Iterator[tuple[str, str, Text | None]]:
    yield from _titled(exercise)
    for role, name in exercise.roles:
        yield "/roles" + pointer_part(role), "label", name
    for index, step in enumerate(exercise.steps):
        yield from ((f"/steps/{index}{pointer}", field, text) for pointer, field, text in _of_step(step))
    yield from ((f"/cautions/{index}", "caution", line) for index, line in enumerate(exercise.cautions))
    for index, stuck in enumerate(exercise.when_stuck):
        yield f"/when_stuck/{index}/when", "when", stuck.when
        yield f"/when_stuck/{index}/then", "then", stuck.then
    yield "/solo", "solo", exercise.solo
    yield "/why", "why", exercise.why


def _of_step(step: Step) -> Iterator[tuple[str, str, Text | None]]:
    yield "/title", "title", step.title
    yield "/text", "step", step.text
    yield from (("/each" + pointer_part(role), "each", text) for role, text in step.each)


def _of_story(story: Story) -> Iterator[tuple[str, str, Text]]:
    yield "/title", "title", story.title
    yield "/people", "people", story.people
    for name in ("struggle", "turning_point", "outcome", "stayed_hard"):
        yield f"/arc/{name}", "told", getattr(story.arc, name)
    for index, scene in enumerate(story.scenes):
        for place, paragraph in enumerate(scene.paragraphs):
            yield f"/scenes/{index}/paragraphs/{place}", "told", paragraph
        for place, choice in enumerate(scene.choices):
            yield f"/scenes/{index}/choices/{place}/text", "choice", choice.text
    yield from ((f"/reflections/{index}", "reflection", text) for index, text in enumerate(story.reflections))


def _of_journey(at: str, journey: Journey) -> Iterator[Said]:
    yield Said(f"{at}/title", "title", journey.title.words)
    yield Said(f"{at}/about", "about", journey.about.words)
    for index, stage in enumerate(journey.stages):
        yield Said(f"{at}/stages/{index}/title", "title", stage.title.words)
        if stage.about:
            yield Said(f"{at}/stages/{index}/about", "about", stage.about.words)
