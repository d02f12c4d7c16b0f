"""Who uses it: when they open the app, how long they have, and what they do with what is offered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from random import Random
from typing import Literal

from attrs import field, frozen

from intimacy_kit.authoring.simulation.profiles import Profile
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.vocabulary import TOPICS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.suggestions import Suggestion

__all__ = ["Answer", "Era", "Persona", "personas"]

#: What they do with one thing that is offered: do it, begin it and put it aside, put it aside at once, never want
#: to see it again, or nothing.
Answer = Literal["take", "give up", "skip", "decline", "ignore"]
Answers = Sequence[Answer]
Rule = Callable[[Sequence[Suggestion], Random], Answers]
Minutes = Callable[[int], int | None]
Opens = Callable[[int, Random], bool]

_WEEK, _WEEKEND = 7, 5
_LIGHT_AGAIN, _RAISED, _UPDATED, _REMOVED, _STOPPED, _AWAY = 60, 30, 45, 30, 20, 30
_TAKES_SELDOM, _HALF = 0.2, 0.5
_FEW_MINUTES, _AFTER_WORK = 5, 10
_ON_THE_WAY = ("journey", "booster")


@frozen
class Era:
    """From a day on: which packs are there, and what people allow where that is not what they always do."""

    #: The first day, counted from 0.
    day: int = 0
    #: Which world: 0 is what was given.
    world: int = 0
    #: What they allow; None is what they always do.
    profile: Profile | None = None


def _always(_day: int, _chance: Random) -> bool:
    return True


def _endless(_day: int) -> None:
    return None


@frozen(kw_only=True)
class Persona:
    """A way of using it."""

    #: In a word or two: "shallow-first".
    name: str
    #: In a sentence without an end: "take the lightest of what is offered".
    about: str
    #: What they do with what is offered: one answer for each.
    answers: Rule
    #: Whether they look at it on a day, counted from 0.
    opens: Opens = _always
    #: How long they have on a day; None is as long as it takes.
    minutes: Minutes = _endless
    #: The longest they ever have; None is as long as it takes.
    longest: int | None = None
    #: Whether they are one person, for whom only what can be done alone counts.
    alone: bool = False
    #: What changes around them.
    eras: tuple[Era, ...] = field(default=(Era(),), converter=tuple[Era, ...])
    #: The journey they choose on the first day.
    journey: str | None = None
    #: The day before which they are away, and for how many days; none is lived in between.
    away: tuple[int, int] = (0, 0)
    #: Whether their lives are lived in every profile, in the broad ones, or in the one that allows least.
    lives: Literal["every", "broad", "least"] = "every"
    #: The day on which what they are about happens.
    happens: int = 0
    #: Whether they take something whenever they look, and nothing holds them back: only of those a depth is awaited.
    steady: bool = True
    #: Whether they are there to the end: only of those it is asked what they were never offered.
    stays: bool = True
    #: What personas are called together that differ in a topic, a journey or a pack only.
    among: str = ""

    def fits(self, activity: Activity) -> bool:
        """Tell whether an activity is for them at all, whatever they allow."""
        return (self.longest is None or activity.minutes <= self.longest) and self.can_do(activity)

    def can_do(self, activity: Activity) -> bool:
        """Tell whether they are enough people for an activity."""
        return activity.works_alone or not self.alone


def _one(position: int, among: int, answer: Answer = "take") -> Answers:
    return [answer if place == position else "ignore" for place in range(among)]


def _first(shown: Sequence[Suggestion], _chance: Random) -> Answers:
    return _one(0, len(shown))


def _lightest(shown: Sequence[Suggestion], _chance: Random) -> Answers:
    depths = [suggestion.activity.depth for suggestion in shown]
    return _one(depths.index(min(depths)), len(depths))


def _deepest(shown: Sequence[Suggestion], _chance: Random) -> Answers:
    depths = [suggestion.activity.depth for suggestion in shown]
    return _one(depths.index(max(depths)), len(depths))


def _seldom(shown: Sequence[Suggestion], chance: Random) -> Answers:
    return _one(0 if chance.random() < _TAKES_SELDOM else -1, len(shown))


def _half(shown: Sequence[Suggestion], chance: Random) -> Answers:
    """Put half of it aside, half of that after beginning it, and take the first of what is left."""
    answers: list[Answer] = []
    for _ in shown:
        drawn = chance.random()
        if drawn < _HALF:
            answers.append("give up" if drawn < _HALF * _HALF else "skip")
        else:
            answers.append("ignore" if "take" in answers else "take")
    return answers


def _alone(shown: Sequence[Suggestion], _chance: Random) -> Answers:
    fits = [suggestion.activity.works_alone for suggestion in shown]
    return _one(fits.index(True) if True in fits else -1, len(shown))


def _declines(topic: str, shown: Sequence[Suggestion], _chance: Random) -> Answers:
    answers: list[Answer] = []
    for suggestion in shown:
        if topic in suggestion.activity.topics:
            answers.append("decline")
        else:
            answers.append("ignore" if "take" in answers else "take")
    return answers


def _follows(shown: Sequence[Suggestion], _chance: Random) -> Answers:
    on_the_way = [suggestion.reason.because in _ON_THE_WAY for suggestion in shown]
    return _one(on_the_way.index(True) if True in on_the_way else 0, len(on_the_way))


def _until(day: int, today: int, _chance: Random) -> bool:
    return today < day


def _now_and_then(_day: int, chance: Random) -> bool:
    return chance.random() < _HALF


def _few_minutes(_day: int) -> int:
    return _FEW_MINUTES


def _after_work(day: int) -> int | None:
    """Give ten minutes from Monday to Friday, and no limit at weekends; day 0 is a Monday."""
    return _AFTER_WORK if day % _WEEK < _WEEKEND else None


def personas(
    catalog: Catalog, profiles: Sequence[Profile], *, update: int, removals: Sequence[tuple[str, int, int]]
) -> tuple[Persona, ...]:
    """Return everybody who uses some packs, in a fixed order.

    *update* is the world after an update of the packs; *removals* are the packs that are taken away, each with the
    world before that and the one after.
    """
    return (
        *_characters(),
        *_interrupted(),
        *_decliners(catalog.values()),
        *_followers(catalog),
        *_owners(update, removals),
        *_changing(profiles),
    )


def _characters() -> Iterator[Persona]:
    yield Persona(name="everyday", about="take the first of what is offered", answers=_first)
    yield Persona(name="shallow-first", about="take the lightest of what is offered", answers=_lightest, steady=False)
    yield Persona(name="deep-first", about="take the deepest of what is offered", answers=_deepest)
    yield Persona(
        name="ignores most",
        about="look every other day, and take one thing in five looks",
        answers=_seldom,
        opens=_now_and_then,
        steady=False,
    )
    yield Persona(name="skips half", about="put half of what is offered aside", answers=_half, steady=False)
    yield Persona(
        name="five minutes",
        about="never have more than five minutes",
        answers=_first,
        minutes=_few_minutes,
        longest=_FEW_MINUTES,
    )
    yield Persona(
        name="weekends",
        about="have ten minutes, and time at weekends",
        answers=_first,
        minutes=_after_work,
    )
    yield Persona(name="one alone", about="take only what can be done alone", answers=_alone, alone=True)


def _interrupted() -> Iterator[Persona]:
    yield Persona(
        name="one stops",
        about=f"stop on day {_STOPPED}; nobody comes any more",
        answers=_first,
        opens=partial(_until, _STOPPED),
        stays=False,
        lives="broad",
        happens=_STOPPED,
    )
    yield Persona(
        name="long away",
        about=f"stay away for 200 days from day {_AWAY} on",
        answers=_first,
        away=(_AWAY, 200),
        lives="broad",
        happens=_AWAY,
    )


def _decliners(activities: Iterable[Activity]) -> Iterator[Persona]:
    touched = {topic for activity in activities for topic in activity.topics}
    for topic in TOPICS:
        if topic in touched:
            yield Persona(
                name=f"declines {topic}",
                about=f"decline whatever touches {topic}, each time",
                answers=partial(_declines, topic),
                among="declines a topic",
                lives="broad",
            )


def _followers(catalog: Catalog) -> Iterator[Persona]:
    for journey in catalog.journeys:
        yield Persona(
            name=f"follows {journey}",
            about=f"go on the journey {journey}",
            answers=_follows,
            journey=journey,
            lives="broad",
            among="follows a journey",
        )


def _owners(update: int, removals: Sequence[tuple[str, int, int]]) -> Iterator[Persona]:
    yield Persona(
        name="updated",
        about=f"update the packs on day {_UPDATED}",
        answers=_first,
        eras=(Era(), Era(_UPDATED, world=update)),
        lives="broad",
        happens=_UPDATED,
    )
    for pack, before, after in removals:
        yield Persona(
            name=f"removes {pack}",
            about=f"remove {pack} on day {_REMOVED}; another pack stays",
            answers=_first,
            eras=(Era(world=before), Era(_REMOVED, world=after)),
            among="removes a pack",
            steady=False,
            lives="broad",
            happens=_REMOVED,
        )


def _changing(profiles: Sequence[Profile]) -> Iterator[Persona]:
    """Give those who allow more for a time, where there is more to allow."""
    least, most = profiles[0], max((one for one in profiles if one.broad), key=lambda one: one.depth)
    if most.depth > least.depth:
        yield Persona(
            name="dares for a while",
            about=f"allow everything from day {_RAISED} to {_LIGHT_AGAIN}, then less again",
            answers=_first,
            eras=(Era(), Era(_RAISED, profile=most), Era(_LIGHT_AGAIN)),
            lives="least",
            happens=_LIGHT_AGAIN,
        )
