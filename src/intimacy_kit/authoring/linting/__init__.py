"""The editorial guide as checks: what makes words work at a kitchen table, as far as a program can tell.

Each finding has a page of its own that says why it matters and shows it mended (``intimacy-kit explain K701``).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from intimacy_kit.authoring.linting.evidence import check_evidence
from intimacy_kit.authoring.linting.exercises import check_exercise, check_exercise_in_english, check_step_lengths
from intimacy_kit.authoring.linting.near import check_near
from intimacy_kit.authoring.linting.prompts import check_lengths, check_prompt, check_shape
from intimacy_kit.authoring.linting.reading import Said, texts, writes_blanks
from intimacy_kit.authoring.linting.reading_level import check_level, check_sentences
from intimacy_kit.authoring.linting.sets import check_english_set, check_set, check_twice
from intimacy_kit.authoring.linting.stories import check_guide, check_guide_length, check_story, check_story_length
from intimacy_kit.authoring.linting.typography import check_english_setting, check_setting
from intimacy_kit.authoring.linting.wording import check_wording
from intimacy_kit.content.activities import Activity, Exercise, Guide, Story
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem

__all__ = ["lint"]


def lint(pack: Pack, beside: Sequence[Pack] = (), *, whole: bool = True) -> Iterator[Problem]:
    """Give what the words of a pack could do better, each with a pointer into its ``pack.json``.

    Words are judged in the first language of the pack: by all rules where that is English, by those that hold in
    every language elsewhere. ``beside`` are packs that people have as well; no prompt says nearly the same as one of
    theirs. ``whole=False`` is for a pack of which only a part could be read: nothing is said about what it has too
    much or too little of.

    >>> from intimacy_kit.content.activities import Prompt
    >>> from intimacy_kit.content.text import Text
    >>> asked = Prompt(id="tea/why", text=Text("Who made your tea, and why?"), skills=["trust"], depth=1, minutes=5)
    >>> tea = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["A"], about=Text("Tea."), activities=[asked])
    >>> for problem in lint(tea):
    ...     print(problem.where.pointer, problem.code, problem.message)
    /activities/0/text K702 this asks for a reason
    """
    language = pack.languages[0].split("-")[0].lower()
    english, blanks = language == "en", writes_blanks(pack.languages[0])
    for _, group in groupby(texts(pack), key=lambda said: id(said.activity)):
        yield from _of_texts(tuple(group), english=english, blanks=blanks)
    exercises = {one.id for one in pack.activities if isinstance(one, Exercise)}
    for index, activity in enumerate(pack.activities):
        if not activity.retired:
            at = f"/activities/{index}"
            yield from check_evidence(activity, at)
            yield from _of_kind(activity, at, exercises, english=english, blanks=blanks)
    yield from check_twice(pack)
    yield from check_near(pack, beside)
    if whole:
        yield from check_set(pack)
        yield from check_english_set(pack) if english else ()


def _of_texts(group: Sequence[Said], *, english: bool, blanks: bool) -> Iterator[Problem]:
    """Give what is wrong with the texts of one activity, or of the pack itself."""
    for said, following in zip_longest(group, group[1:]):
        yield from check_setting(said, following.words if following else "")
        yield from check_shape(said, english=english)
        if blanks:
            yield from check_lengths(said)
            yield from check_sentences(said)
        if english:
            yield from check_prompt(said)
            yield from check_wording(said)
            yield from check_english_setting(said)
    if english and group[0].activity is not None:
        yield from check_level(group)


def _of_kind(activity: Activity, at: str, exercises: set[str], *, english: bool, blanks: bool) -> Iterator[Problem]:
    match activity:
        case Exercise():
            yield from check_exercise(activity, at)
            yield from check_step_lengths(activity, at) if blanks else ()
            yield from check_exercise_in_english(activity, at) if english else ()
        case Story():
            yield from check_story(activity, at, exercises)
            yield from check_story_length(activity, at) if blanks else ()
        case Guide():
            yield from check_guide(activity, at)
            yield from check_guide_length(activity, at) if blanks else ()
        case _:
            pass
