"""What the pack foundations promises to the people who play it, counted, walked through and simulated.

No test here knows a sentence of it: whoever edits its texts breaks nothing as long as the promises hold.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from intimacy_kit import Boundaries, Catalog, Progress, load_pack, suggest
from intimacy_kit.content.activities import Activity, CheckIn, Exercise, Guide, Prompt, Story
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, SENSITIVE_TOPICS, SKILLS
from intimacy_kit.practice.events import Completed, Offered
from intimacy_kit.practice.exercises import ExerciseRun
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.stories import StoryRun
from intimacy_kit.practice.ways import stage_now

PACK = load_pack(Path(__file__).parents[1] / "packs" / "foundations")
CATALOG = Catalog([PACK])
PROMPTS = [activity for activity in PACK.activities if isinstance(activity, Prompt)]
ACTS = [activity for activity in PACK.activities if isinstance(activity, Exercise) and activity.minutes <= 3]
EXERCISES = [activity for activity in PACK.activities if isinstance(activity, Exercise) and activity not in ACTS]
STORIES = [activity for activity in PACK.activities if isinstance(activity, Story)]
GUIDES = [activity for activity in PACK.activities if isinstance(activity, Guide)]
CHECK_INS = [activity for activity in PACK.activities if isinstance(activity, CheckIn)]
FIRST_DAY = date(2026, 11, 23)


def evening(day: int) -> datetime:
    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 20, tzinfo=UTC) + timedelta(days=day)


def slug(activity: Activity) -> str:
    return activity.slug


# How much there is


def test_there_are_prompts_for_every_skill_at_every_depth() -> None:
    assert len(PROMPTS) >= 60
    cells = {(prompt.skills[0], prompt.depth) for prompt in PROMPTS}
    assert cells == {(skill, depth) for skill in SKILLS for depth in DEPTHS}


def test_there_are_light_prompts_on_ordinary_topics_for_a_month() -> None:
    light = [prompt for prompt in PROMPTS if prompt.depth == 1]
    assert len(light) >= 30
    assert all(prompt.topics <= set(ORDINARY_TOPICS) for prompt in light)


def test_most_prompts_are_light_and_few_are_deep() -> None:
    depths = Counter(prompt.depth for prompt in PROMPTS)
    assert depths[1] >= 0.35 * len(PROMPTS)
    assert depths[4] <= 0.15 * len(PROMPTS)


def test_not_everything_is_a_question() -> None:
    shapes = Counter(prompt.shape for prompt in PROMPTS)
    assert None not in shapes
    assert shapes["question"] <= 2 / 3 * len(PROMPTS)


def test_what_goes_deep_is_not_always_heavy() -> None:
    deep = [prompt for prompt in PROMPTS if prompt.depth >= 3]
    assert sum(prompt.mood not in {"hard", "tender"} for prompt in deep) >= len(deep) / 3


@pytest.mark.parametrize("prompt", PROMPTS, ids=slug)
def test_a_prompt_can_be_understood_at_first_hearing(prompt: Prompt) -> None:
    assert len(prompt.text.words.split()) <= 25
    assert prompt.text.words.count("?") <= 1


def test_how_it_lands_is_said_in_few_words_and_each_time_in_others() -> None:
    landings = [prompt.after.words for prompt in PROMPTS if prompt.after]
    assert len(set(landings)) == len(landings)
    assert [words for words in landings if len(words.split()) > 20] == []
    assert all(prompt.after for prompt in PROMPTS if prompt.depth >= 3)


def test_there_are_exercises_and_small_acts() -> None:
    assert len(EXERCISES) >= 12
    assert len(ACTS) >= 20


@pytest.mark.parametrize("act", ACTS, ids=slug)
def test_a_small_act_is_light_and_comes_again_after_twenty_days(act: Exercise) -> None:
    assert (act.depth, act.repeat.after_days, act.roles) == (1, 20, ())
    assert act.requires is None


def test_stories_have_a_choice_people_with_names_and_something_to_practise() -> None:
    assert len(STORIES) >= 3
    for story in STORIES:
        assert any(len(scene.choices) > 1 for scene in story.scenes)
        assert any(isinstance(CATALOG[link], Exercise) for link in story.links)
        assert any(word[:1].isupper() and word.strip(",.") in _prose(story) for word in story.people.words.split())


def _prose(story: Story) -> str:
    return " ".join(paragraph.words for scene in story.scenes for paragraph in scene.paragraphs)


def test_the_three_questions_and_the_therapist_have_their_guides() -> None:
    needed = {"emotional-intimacy", "less-open-partner", "rebuilding-closeness", "couples-therapist"}
    assert needed <= {guide.slug for guide in GUIDES}
    assert all(guide.seek_help for guide in GUIDES if guide.slug in needed)
    assert all(guide.title.words.endswith("?") for guide in GUIDES)


def test_check_ins_say_what_they_are() -> None:
    assert {check_in.slug: check_in.picture for check_in in CHECK_INS} == {
        "closeness": "circles",
        "five-benefits": None,
    }
    assert not CATALOG["foundations/five-benefits"].validated  # type: ignore[union-attr]


def test_there_are_three_journeys_and_every_one_begins_with_what_nobody_has_to_allow_first() -> None:
    assert len(PACK.journeys) == 3
    for journey in PACK.journeys:
        first = [CATALOG[offer] for offer in journey.stages[0].offers]
        open_at_once = [a for a in first if Boundaries().allow(a, FIRST_DAY) and a.requires is None]
        assert len(open_at_once) >= (journey.stages[0].asks or len(first))


def test_before_it_gets_deep_there_is_an_orientation_that_everybody_may_read() -> None:
    orientations = [activity for activity in PACK.activities if activity.purpose == "orientation"]
    assert [(o.depth, o.topics, o.requires) for o in orientations] == [(1, frozenset(), None)]


def test_everything_says_where_it_comes_from() -> None:
    for activity in PACK.activities:
        assert activity.authors
        assert activity.licence
        assert activity.evidence.basis == "original" or activity.evidence.note or activity.evidence.sources


# Walked through


@pytest.mark.parametrize("people", [("a",), ("a", "b"), ("a", "b", "c")], ids=["one", "two", "three"])
@pytest.mark.parametrize("exercise", [*EXERCISES, *ACTS], ids=slug)
def test_an_exercise_can_be_walked_to_its_end_and_back_and_stopped_everywhere(
    exercise: Exercise, people: tuple[str, ...]
) -> None:
    run = ExerciseRun(exercise=exercise, partners=people)
    told: dict[str, set[str]] = {person: set() for person in people}
    while run.beat is not None:
        assert "stop" in run.possible
        assert run.after("stop").state == "stopped"
        for person in people:
            told[person].update(role for partner, role in run.beat.parts if partner == person)
        following = run.after("next")
        assert following.state == "finished" or following.after("back") == run
        run = following
    assert run.state == "finished"
    if len(people) >= len(exercise.roles) > 1:  # everybody was everything
        in_turns = any(step.in_turns for step in exercise.steps)
        assert not in_turns or all(roles >= {role for role, _ in exercise.roles} for roles in told.values())


@pytest.mark.parametrize("exercise", [*EXERCISES, *ACTS], ids=slug)
def test_timed_steps_fit_into_the_time_it_says(exercise: Exercise) -> None:
    run = ExerciseRun(exercise=exercise, partners=("a", "b"))
    timed = sum(beat.step.seconds or 0 for beat in run.beats)
    assert timed <= 60 * exercise.minutes
    if all(step.seconds for step in exercise.steps):
        assert timed >= 0.7 * 60 * exercise.minutes


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_a_story_is_walked_to_each_of_its_ends_through_every_scene(story: Story) -> None:
    seen, ends, walks = set(), set(), [StoryRun(story=story)]
    while walks:
        run = walks.pop()
        seen.add(run.scene.id)
        assert len(run.moves) <= len(story.scenes), "a story that goes round in circles"
        if run.possible == ("next", "stop"):
            assert run.after("next").state == "finished"
            ends.add(run.scene.id)
        walks += [run.after(move) for move in run.possible if move not in {"next", "stop"}]
    assert seen == {scene.id for scene in story.scenes}
    assert ends == {scene.id for scene in story.scenes if not scene.choices}


# Lived with


def offered(progress: Progress, activities: Iterable[Activity], at: datetime) -> Progress:
    for activity in activities:
        progress = progress.after(Offered.of(activity, at=at))
    return progress


@pytest.mark.parametrize("seed", ["us", "them"])
def test_for_four_hundred_days_there_is_an_act_a_day_and_a_talk_a_week_and_nothing_too_soon(seed: str) -> None:
    progress, allowed = Progress(), Boundaries() & Boundaries()
    last: dict[str, int] = {}
    for day in range(400):
        plan = [(3, Exercise)] + ([(30, Prompt)] if day % 7 == 0 else [])
        for minutes, kind in plan:
            at = evening(day)
            suggestions = [s.activity for s in suggest(CATALOG, progress, allowed, now=at, minutes=minutes, seed=seed)]
            for activity in suggestions:
                assert day - last.get(activity.id, -9999) >= activity.repeat.after_days, (day, activity.id)
                assert allowed.allow(activity, at.date())
            progress = offered(progress, suggestions, at)
            fitting = [activity for activity in suggestions if isinstance(activity, kind)]
            assert fitting, f"day {day}: nothing of {minutes} minutes"
            last[fitting[0].id] = day
            progress = progress.after(Completed.of(fitting[0], at=at))


def reached(allowed: Boundaries) -> set[str]:
    """Return what is open sooner or later to people who do all that is open to them, a day at a time."""
    progress, done, day = Progress(), set[str](), 0
    waited = 0
    while waited <= 60:  # longer than anything waits
        now = Situation(CATALOG, progress, allowed, evening(day).date())
        more = [a for a in PACK.activities if a.id not in done and allowed.allow(a, now.today) and is_open(a, now)]
        for activity in more:
            progress = progress.after(Completed.of(activity, at=evening(day)))
            done.add(activity.id)
        waited = 0 if more else waited + 1
        day += 1
    return done


def test_those_who_allow_everything_reach_everything() -> None:
    assert reached(Boundaries(depth=4, topics=dict.fromkeys(SENSITIVE_TOPICS, "yes"))) == set(CATALOG)


@pytest.mark.parametrize("depth", list(DEPTHS))
def test_those_who_refuse_every_sensitive_topic_reach_all_that_they_allow(depth: int) -> None:
    allowed = Boundaries(depth=depth)
    permitted = {a.id for a in PACK.activities if allowed.allow(a, FIRST_DAY)}
    assert reached(allowed) == permitted
    assert any(CATALOG[activity].depth == depth for activity in reached(allowed))


@pytest.mark.parametrize("depth", list(DEPTHS))
def test_no_journey_ends_before_its_end_whatever_people_allow(depth: int) -> None:
    allowed = Boundaries(depth=depth)
    progress = Progress.from_events(Completed.of(CATALOG[name], at=evening(0)) for name in sorted(reached(allowed)))
    now = Situation(CATALOG, progress, allowed, evening(1).date())
    assert [stage_now(journey, now) for journey in PACK.journeys] == [None, None, None]


@pytest.mark.parametrize("topic", SENSITIVE_TOPICS)
def test_those_who_refuse_one_topic_reach_everything_else(topic: str) -> None:
    allowed = Boundaries(depth=4, topics=dict.fromkeys(set(SENSITIVE_TOPICS) - {topic}, "yes"))
    assert reached(allowed) == {a.id for a in PACK.activities if topic not in a.topics}
