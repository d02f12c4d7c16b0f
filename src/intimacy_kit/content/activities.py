"""What people do: prompts, exercises, stories, check-ins and guides."""

from typing import ClassVar

from attrs import field, frozen

from intimacy_kit.content.checks import (
    boolean,
    distinct,
    filled,
    instance,
    instances,
    is_id,
    is_slug,
    is_topic,
    matching,
    one_of,
    optional,
    ordered,
    unordered,
    whole,
)
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import Repeat
from intimacy_kit.content.vocabulary import (
    AXES,
    BASES,
    CIRCUMSTANCES,
    DEPTHS,
    MOODS,
    ORDINARY_TOPICS,
    PURPOSES,
    SHAPES,
    SKILLS,
)
from intimacy_kit.errors import InvalidValueError

__all__ = [
    "Activity",
    "Arc",
    "CheckIn",
    "Choice",
    "Evidence",
    "Exercise",
    "FollowUps",
    "Guide",
    "Prompt",
    "Question",
    "Scale",
    "Scene",
    "Step",
    "Story",
    "Stuck",
]

#: The longest title, line and paragraph, in characters.
TITLE, LINE, PARAGRAPH = 120, 300, 1200
_MOST_MINUTES = 240
_TENDER = 3

_AXES = tuple(frozenset(values) for values in AXES.values())

_slug = matching(is_slug, "must be a slug such as coming-back")
_id = matching(is_id, "must be an id such as foundations/coming-back")
_topic = matching(is_topic, "must be topics such as in_laws")
_gate = instance((Resolved, Done, Count, AtLeast, AllOf, AnyOf, Elapsed, DistinctDays), "a gate")


def _named(pair: object) -> bool:
    match pair:
        case (name, Text(words)):
            return is_slug(name) and len(words) <= LINE
        case _:
            return False


@frozen
class Evidence:
    """What an activity rests on."""

    #: The strongest level that is honest: trial, experiment, correlational, tradition or original.
    basis: str = field(default="original", validator=one_of(BASES))
    #: Where it can be read: a DOI as ``doi:10...`` or an address.
    sources: tuple[str, ...] = field(default=(), converter=ordered, validator=distinct(filled(LINE), most=20))
    #: Where the idea comes from, in a sentence.
    note: Text | None = field(default=None, validator=optional(filled(LINE)))


def _says_how_it_lands(activity: "_Activity") -> bool:
    return activity.depth < _TENDER or getattr(activity, "after", True) is not None


@frozen(kw_only=True)
class _Activity:
    """The fields that every activity has."""

    kind: ClassVar[str]

    #: ``pack-name/activity-slug``; it never changes once released.
    id: str = field(validator=_id)
    #: What it practises, the main skill first.
    skills: tuple[str, ...] = field(converter=ordered, validator=distinct(one_of(SKILLS), least=1, most=len(SKILLS)))
    #: How much of oneself is in it: 1 light, 2 personal, 3 tender, 4 deep.
    depth: int = field(validator=whole(min(DEPTHS), max(DEPTHS)))
    #: How long it takes, in minutes.
    minutes: int = field(validator=whole(1, _MOST_MINUTES))
    #: What it touches on.
    topics: frozenset[str] = field(default=frozenset(), converter=unordered, validator=distinct(_topic, most=20))
    #: What it was written for, such as ``video`` or ``small_children``; see :meth:`is_for`.
    suits: frozenset[str] = field(
        default=frozenset(), converter=unordered, validator=distinct(one_of(CIRCUMSTANCES), most=len(CIRCUMSTANCES))
    )
    #: What must hold before it opens; None is open from the start.
    requires: Gate | None = field(default=None, validator=optional(_gate))
    #: When it may come again.
    repeat: Repeat = field(default=Repeat(), validator=instance(Repeat, "a rest time"))
    #: What it is for: practice, orientation, landing or support.
    purpose: str = field(default="practice", validator=one_of(PURPOSES))
    #: What it rests on.
    evidence: Evidence = field(default=Evidence(), validator=instance(Evidence, "evidence"))
    #: The ids of activities that go well with it.
    links: tuple[str, ...] = field(default=(), converter=ordered, validator=distinct(_id, most=20))
    #: Raised by the writer when the meaning changes.
    rev: int = field(default=1, validator=whole(1, 10_000))
    #: Ids it had before; they find it for ever.
    aliases: tuple[str, ...] = field(default=(), converter=ordered, validator=distinct(_id, most=20))
    #: Not offered any more, but still readable in old logs.
    retired: bool = field(default=False, validator=boolean)
    #: The licence of its wording (SPDX, or a sentence).
    licence: str = field(default="CC-BY-4.0", validator=filled(LINE))
    #: Who wrote it.
    authors: tuple[str, ...] = field(default=(), converter=ordered, validator=distinct(filled(TITLE), most=20))

    def __attrs_post_init__(self) -> None:
        """Check what concerns more than one field."""
        if self.depth == min(DEPTHS) and not self.topics <= frozenset(ORDINARY_TOPICS):
            raise InvalidValueError("topics", "must all be ordinary at depth 1")
        if not _says_how_it_lands(self):
            raise InvalidValueError("after", "must say how it lands at depth 3 and 4")

    @property
    def pack(self) -> str:
        """The name of the pack it belongs to."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """Its id within the pack."""
        return self.id.partition("/")[2]

    @property
    def works_alone(self) -> bool:
        """Whether one person can do it alone."""
        return True

    def is_for(self, circumstances: frozenset[str]) -> bool:
        """Tell whether it suits people in such circumstances.

        On an axis of which *suits* names nothing, it suits everybody; on one of which the circumstances name nothing,
        nobody knows, and it is taken to suit. On each other axis (form, stage, balance, setting) they must share a
        value.

        >>> letter = Prompt(
        ...     id="tea/letter", text=Text("Write it."), skills=["trust"], depth=1, minutes=5, suits=["text_only"]
        ... )
        >>> letter.is_for(frozenset({"grief"})), letter.is_for(frozenset({"grief", "video"}))
        (True, False)
        """
        return not self.suits or all(
            axis.isdisjoint(circumstances) or axis.isdisjoint(self.suits) or axis & circumstances & self.suits
            for axis in _AXES
        )


@frozen
class FollowUps:
    """What a curious friend says next."""

    #: A little further.
    deeper: Text | None = field(default=None, validator=optional(filled(LINE)))
    #: A way out.
    lighter: Text | None = field(default=None, validator=optional(filled(LINE)))
    #: When it came out wrong.
    repair: Text | None = field(default=None, validator=optional(filled(LINE)))


@frozen(kw_only=True)
class Prompt(_Activity):
    """One question or invitation.

    >>> asked = Text("Who made your first cup today?")
    >>> prompt = Prompt(id="tea/first-cup", text=asked, skills=["kindness"], depth=1, minutes=5)
    >>> prompt.title == prompt.text, prompt.slug
    (True, 'first-cup')
    """

    kind: ClassVar[str] = "prompt"

    #: The question or invitation itself.
    text: Text = field(validator=filled(LINE))
    #: What may be said next.
    follow_ups: FollowUps = field(default=FollowUps(), validator=instance(FollowUps, "follow-ups"))
    #: The form for one person alone.
    solo: Text | None = field(default=None, validator=optional(filled(LINE)))
    #: How it lands: what the listener does with what was just heard; needed at depth 3 and 4.
    after: Text | None = field(default=None, validator=optional(filled(LINE)))
    #: Its mood.
    mood: str | None = field(default=None, validator=optional(one_of(MOODS)))
    #: Its shape.
    shape: str | None = field(default=None, validator=optional(one_of(SHAPES)))

    @property
    def title(self) -> Text:
        """A prompt is its own title."""
        return self.text

    @property
    def works_alone(self) -> bool:
        """Whether it has a form for one person."""
        return self.solo is not None


@frozen(kw_only=True)
class Step:
    """One step of an exercise."""

    #: What is done, by everybody or in general.
    text: Text = field(validator=filled(PARAGRAPH))
    #: A name of a few words.
    title: Text | None = field(default=None, validator=optional(filled(TITLE)))
    #: What each role does: pairs of role and text.
    each: tuple[tuple[str, Text], ...] = field(
        default=(),
        converter=tuple[tuple[str, Text], ...],
        validator=instances(matching(_named, "must name what each role does"), most=6),
    )
    #: How long it takes, in seconds; None is as long as it needs.
    seconds: int | None = field(default=None, validator=optional(whole(5, 7200)))
    #: Whether it is done once for each person, with the roles moved on.
    in_turns: bool = field(default=False, validator=boolean)


@frozen
class Stuck:
    """What to do when an exercise goes wrong."""

    when: Text = field(validator=filled(LINE))
    then: Text = field(validator=filled(LINE))


@frozen(kw_only=True)
class Exercise(_Activity):
    """Something to do step by step; a small act of kindness is an exercise of one step."""

    kind: ClassVar[str] = "exercise"

    title: Text = field(validator=filled(TITLE))
    #: What it is, in a sentence or two.
    about: Text = field(validator=filled(LINE))
    #: The steps, in order; neighbours that are ``in_turns`` are gone through once for each person.
    steps: tuple[Step, ...] = field(
        converter=tuple[Step, ...], validator=instances(instance(Step, "steps"), least=1, most=50)
    )
    #: The roles people take: pairs of a role and how it is called in a sentence.
    roles: tuple[tuple[str, Text], ...] = field(
        default=(),
        converter=tuple[tuple[str, Text], ...],
        validator=instances(matching(_named, "must name the roles"), most=6),
    )
    #: Lines shown before it begins.
    cautions: tuple[Text, ...] = field(
        default=(), converter=tuple[Text, ...], validator=instances(filled(LINE), most=10)
    )
    #: What to do when it goes wrong.
    when_stuck: tuple[Stuck, ...] = field(
        default=(), converter=tuple[Stuck, ...], validator=instances(instance(Stuck, "ways out"), most=10)
    )
    #: The form for one person alone.
    solo: Text | None = field(default=None, validator=optional(filled(PARAGRAPH)))
    #: Why it works, claimed no more strongly than its evidence.
    why: Text | None = field(default=None, validator=optional(filled(PARAGRAPH)))

    @property
    def works_alone(self) -> bool:
        """Whether it has a form for one person, or no step that somebody else has a part in."""
        return self.solo is not None or not any(step.each or step.in_turns for step in self.steps)


@frozen
class Choice:
    """A way on from a scene; a scene with one choice simply goes on."""

    text: Text = field(validator=filled(LINE))
    #: The scene it leads to.
    to: str = field(validator=_slug)


@frozen(kw_only=True)
class Scene:
    """A part of a story, up to where somebody has to choose or it ends."""

    #: A slug within the story.
    id: str = field(validator=_slug)
    paragraphs: tuple[Text, ...] = field(
        converter=tuple[Text, ...], validator=instances(filled(PARAGRAPH), least=1, most=100)
    )
    #: The ways on; none ends the story.
    choices: tuple[Choice, ...] = field(
        default=(), converter=tuple[Choice, ...], validator=instances(instance(Choice, "choices"), most=6)
    )


@frozen(kw_only=True)
class Arc:
    """What a story is about, in four sentences."""

    struggle: Text = field(validator=filled(LINE))
    turning_point: Text = field(validator=filled(LINE))
    outcome: Text = field(validator=filled(LINE))
    #: No story ends in a miracle.
    stayed_hard: Text = field(validator=filled(LINE))


@frozen(kw_only=True)
class Story(_Activity):
    """People, a struggle, a turning point, an outcome, and what stayed hard; told in scenes with choices."""

    kind: ClassVar[str] = "story"

    title: Text = field(validator=filled(TITLE))
    #: Whom it is about, in a line.
    people: Text = field(validator=filled(LINE))
    arc: Arc = field(validator=instance(Arc, "an arc"))
    #: The scenes; the first one begins.
    scenes: tuple[Scene, ...] = field(
        converter=tuple[Scene, ...], validator=instances(instance(Scene, "scenes"), least=1, most=50)
    )
    #: Questions for the two who read it.
    reflections: tuple[Text, ...] = field(
        default=(), converter=tuple[Text, ...], validator=instances(filled(LINE), most=10)
    )


@frozen
class Scale:
    """The points of a check-in, from ``low`` to ``high``."""

    low: int = field(validator=whole(0, 1))
    high: int = field(validator=whole(2, 100))
    low_label: Text = field(validator=filled(TITLE))
    high_label: Text = field(validator=filled(TITLE))


@frozen
class Question:
    """One question of a check-in."""

    #: A slug within the check-in.
    id: str = field(validator=_slug)
    text: Text = field(validator=filled(LINE))


@frozen(kw_only=True)
class CheckIn(_Activity):
    """A short self-report, answered by each person alone; it never gives a score of a couple."""

    kind: ClassVar[str] = "check_in"

    title: Text = field(validator=filled(TITLE))
    about: Text = field(validator=filled(LINE))
    questions: tuple[Question, ...] = field(
        converter=tuple[Question, ...], validator=instances(instance(Question, "questions"), least=1, most=50)
    )
    scale: Scale = field(validator=instance(Scale, "a scale"))
    #: Whether these very words (or this picture) were validated; ``evidence`` says where.
    validated: bool = field(validator=boolean)
    #: How it is read: ``each`` answer by itself, or their ``mean``.
    scoring: str = field(default="each", validator=one_of(("each", "mean")))
    #: ``circles``: each point of the scale is shown as two circles that overlap more and more.
    picture: str | None = field(default=None, validator=optional(one_of(("circles",))))


@frozen(kw_only=True)
class Guide(_Activity):
    """A question people ask, answered, with when to look for help."""

    kind: ClassVar[str] = "guide"

    #: The question.
    title: Text = field(validator=filled(TITLE))
    #: The answer, paragraph by paragraph.
    answer: tuple[Text, ...] = field(
        converter=tuple[Text, ...], validator=instances(filled(PARAGRAPH), least=1, most=50)
    )
    #: When to look for help.
    seek_help: Text | None = field(default=None, validator=optional(filled(PARAGRAPH)))


Activity = Prompt | Exercise | Story | CheckIn | Guide
