"""How an app uses the kit, for the type checker: nothing here is ever run.

Where a line has to be refused, it says so: an ignored error that is none any more is an error itself.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal, assert_type

from intimacy_kit import (
    Boundaries,
    Catalog,
    CheckIn,
    Exercise,
    Guide,
    Journey,
    Pack,
    Progress,
    Prompt,
    Story,
    load_pack,
    suggest,
)
from intimacy_kit.content.activities import Activity, Arc, Choice, Evidence, Question, Scale, Scene, Step
from intimacy_kit.content.gates import AllOf, Count, DistinctDays, Resolved
from intimacy_kit.content.journeys import Stage
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import Repeat
from intimacy_kit.errors import InvalidPackError, KitError, StoreConflictError
from intimacy_kit.practice.boundaries import Answer
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.event_documents import event_from, to_document
from intimacy_kit.practice.events import (
    BoundariesChanged,
    CheckedIn,
    Completed,
    Event,
    JointEvent,
    JourneyChosen,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
)
from intimacy_kit.practice.exercises import Beat, ExerciseRun, State
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.sealing import reveal
from intimacy_kit.practice.stories import StoryRun
from intimacy_kit.practice.suggestions import Reason, Suggestion
from intimacy_kit.practice.views import View, seen_by
from intimacy_kit.problems import Problem
from intimacy_kit.stores import Store
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.sqlite import SQLiteStore
from intimacy_kit.testing import assert_pack_valid

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
WORDS = Text("Words.", "en", {"es": "Palabras."})


def content_is_built_from_lists_and_holds_tuples() -> Pack:
    """Lists and sets go in, tuples and frozen sets come out."""
    prompt = Prompt(
        id="tea/first-cup",
        text=WORDS,
        skills=["kindness", "conversation"],
        depth=2,
        minutes=5,
        topics={"home"},
        requires=AllOf([Resolved("tea/boil"), Count("skill", "listening", 2), DistinctDays(2)]),
        repeat=Repeat(30),
        evidence=Evidence("original", ["doi:10.1000/1"], WORDS),
        links=["tea/boil"],
        aliases=["tea/cup"],
        authors=["Ada"],
    )
    assert_type(prompt.skills, tuple[str, ...])
    assert_type(prompt.topics, frozenset[str])
    assert_type(prompt.title, Text)
    exercise = Exercise(
        id="tea/boil",
        title=WORDS,
        about=WORDS,
        skills=["listening"],
        depth=1,
        minutes=5,
        roles=[("pours", WORDS), ("drinks", WORDS)],
        steps=[Step(text=WORDS, each=[("pours", WORDS)], in_turns=True)],
        cautions=[WORDS],
    )
    assert_type(exercise.steps, tuple[Step, ...])
    assert_type(exercise.roles, tuple[tuple[str, Text], ...])
    story = Story(
        id="tea/two-cups",
        title=WORDS,
        people=WORDS,
        skills=["repair"],
        depth=1,
        minutes=5,
        arc=Arc(struggle=WORDS, turning_point=WORDS, outcome=WORDS, stayed_hard=WORDS),
        scenes=[Scene(id="only", paragraphs=[WORDS], choices=[Choice(WORDS, "only")])],
        reflections=[WORDS],
    )
    assert_type(story.scenes[0].choices, tuple[Choice, ...])
    check_in = CheckIn(
        id="tea/warm",
        title=WORDS,
        about=WORDS,
        skills=["trust"],
        depth=1,
        minutes=2,
        questions=[Question("warm", WORDS)],
        scale=Scale(1, 7, WORDS, WORDS),
        validated=False,
    )
    guide = Guide(id="tea/how", title=WORDS, answer=[WORDS], skills=["support"], depth=1, minutes=3)
    assert_type(guide.answer, tuple[Text, ...])
    journey = Journey(
        id="tea/way",
        title=WORDS,
        about=WORDS,
        stages=[Stage(id="first", title=WORDS, offers=["tea/first-cup"], asks=1)],
    )
    assert_type(journey.stages, tuple[Stage, ...])
    pack = Pack(
        name="tea",
        title=WORDS,
        version="1.0",
        about=WORDS,
        authors=["Ada"],
        languages=["en", "es"],
        activities=[prompt, exercise, story, check_in, guide],
        journeys=[journey],
    )
    assert_type(pack.activities, tuple[Activity, ...])
    return pack


def content_of_wrong_types_is_refused(prompt: Prompt) -> None:
    """A list of the wrong things is as wrong as a wrong thing, and no value changes."""
    Prompt(id="tea/a", text="Words.", skills=["kindness"], depth=1, minutes=5)  # type: ignore[arg-type]
    Prompt(id="tea/a", text=WORDS, skills=[1], depth=1, minutes=5)  # type: ignore[list-item]
    Prompt(id="tea/a", text=WORDS, skills=["kindness"], depth="1", minutes=5)  # type: ignore[arg-type]
    Prompt("tea/a", text=WORDS, skills=["kindness"], depth=1, minutes=5)  # type: ignore[call-arg]
    prompt.depth = 2  # type: ignore[misc]


def packs_are_loaded_and_found() -> Catalog:
    """A pack is a value; a catalog is a mapping of activities."""
    assert_type(load_pack("tea"), Pack)
    assert_type(load_pack(Path("tea")), Pack)
    assert_type(assert_pack_valid("tea"), Pack)
    try:
        Catalog.installed(strict=True)
    except InvalidPackError as error:
        assert_type(error.problems, tuple[Problem, ...])
    catalog = Catalog([content_is_built_from_lists_and_holds_tuples()])
    mapping: Mapping[str, Activity] = catalog
    assert_type(mapping["tea/first-cup"], Activity)
    assert_type(catalog["tea/first-cup"], Activity)
    assert_type(catalog.get("tea/first-cup"), Activity | None)
    assert_type(catalog.journeys["tea/way"], Journey)
    assert_type(catalog.packs, tuple[Pack, ...])
    assert_type(catalog.problems, tuple[Problem, ...])
    assert_type(Catalog.installed(), Catalog)
    Catalog(["tea"])  # type: ignore[list-item]
    return catalog


def every_kind_of_activity_is_matched(activity: Activity) -> str:
    """A match over the five kinds is complete: without a sixth case there is no way to fall through."""
    match activity:
        case Prompt():
            return str(assert_type(activity.text, Text))
        case Exercise():
            return str(activity.about)
        case Story():
            return str(activity.people)
        case CheckIn():
            return str(assert_type(activity.scale, Scale).low_label)
        case Guide():
            return activity.answer[0].in_language("es", "en")


def boundaries_are_joined() -> Boundaries:
    """Answers are three words, and no others."""
    ada = Boundaries(depth=3, topics={"money": "yes", "faith": "ask"}, declined={"tea/first-cup": date.max})
    ben = Boundaries().with_depth(2).with_answer("money", "yes").declining("tea/warm")
    both = assert_type(ada & ben, Boundaries)
    assert_type(both.answer("money"), Literal["no", "ask", "yes"])
    assert_type(both.answer("money"), Answer)
    assert_type(both.allow(Guide(id="tea/how", title=WORDS, answer=[WORDS], skills=[], depth=1, minutes=3), NOW), bool)
    Boundaries(topics={"money": "maybe"})  # type: ignore[dict-item]
    ben.with_answer("money", "maybe")  # type: ignore[arg-type]
    return both


def progress_is_folded_and_suggestions_follow(catalog: Catalog, store: Store) -> None:
    """What a host writes to suggest something."""
    progress = assert_type(Progress.from_events(store.events("us")), Progress)
    assert_type(progress.version, int)
    assert_type(progress.deeds, MappingProxyType[str, Deed])
    suggestions = suggest(catalog, progress, boundaries_are_joined(), now=NOW, minutes=15, seed="us", limit=2)
    assert_type(suggestions, tuple[Suggestion, ...])
    for suggestion in suggestions:
        assert_type(suggestion.activity, Activity)
        assert_type(suggestion.reason, Reason)
        event = assert_type(Completed.of(suggestion.activity, at=NOW), Completed)
        assert_type(progress.after(event), Progress)
    suggest(catalog, progress, Boundaries(), NOW)  # type: ignore[call-arg]
    suggest(catalog, progress, Boundaries())  # type: ignore[call-arg]
    Progress.from_events(store.events("us", partner="ada"))  # type: ignore[arg-type]
    progress.after(NoticeRead(partner="ada", at=NOW))  # type: ignore[arg-type]


def a_leak_is_a_type_error(catalog: Catalog, progress: Progress, store: Store, allowed: Boundaries) -> None:
    """What is one person's own can be passed to nothing that makes what another one sees."""
    private = store.events("us", partner="ada")
    own = Own.from_events("ada", private)
    suggest(catalog, progress, own, now=NOW)  # type: ignore[arg-type]
    suggest(catalog, own, allowed, now=NOW)  # type: ignore[arg-type]
    progress.view(own, catalog, own, now=NOW)  # type: ignore[arg-type]
    progress.view(own, own, catalog, allowed, now=NOW)  # type: ignore[arg-type, misc]
    Own.from_events("ada", store.events("us"))  # type: ignore[arg-type]
    seen_by(private, "ben")  # type: ignore[arg-type]
    reveal(own, [own], "tea/cup", on=NOW.date())  # type: ignore[arg-type]
    assert_type(progress.view(own, catalog, allowed, now=NOW), View)


def joint_and_private_logs_are_told_apart(store: Store, activity: Activity) -> None:
    """No private event gets into the joint log, and no joint one into a private log."""
    joint = assert_type(store.events("us"), tuple[JointEvent, ...])
    private = assert_type(store.events("us", partner="ada"), tuple[PrivateEvent, ...])
    assert_type(Own.from_events("p1", private).allowed, Boundaries)
    offered, notice = Offered.of(activity, at=NOW), NoticeRead(partner="ada", at=NOW)
    changed = BoundariesChanged(partner="ada", at=NOW, boundaries=Boundaries())
    version = store.append("us", [offered, JourneyChosen(at=NOW, journey="tea/way")], expected=len(joint), key="k")
    assert_type(version, int)
    store.append("us", [notice, changed], expected=len(private), partner="ada")
    try:
        store.append("us", joint, expected=version)
    except StoreConflictError as error:
        kit_error: KitError = error
        assert_type(error.found, int)
        raise kit_error from None
    store.append("us", [notice], expected=0)  # type: ignore[list-item]
    store.append("us", [offered], expected=0, partner="ada")  # type: ignore[list-item]
    store.append("us", [offered])  # type: ignore[call-overload]


def every_store_is_a_store() -> tuple[Store, ...]:
    """An app takes any of them, and gets events of the same types from each by itself."""
    memory: Store = MemoryStore()
    with SQLiteStore(Path("us.db")) as sqlite:
        assert_type(sqlite, SQLiteStore)
        kept: Store = sqlite
    return memory, kept


def events_are_built_from_activities_and_documents(check_in: CheckIn, exercise: Exercise) -> None:
    """An event says what it is of; a document gives some event."""
    answered = CheckedIn.of(check_in, at=NOW, partner="ada", answers={"warm": 5})
    assert_type(answered.answers, tuple[tuple[str, int], ...])
    paused = Paused.of(exercise, at=NOW, moves=["next"])
    assert_type(paused.moves, tuple[str, ...])
    event = assert_type(event_from(to_document(answered)), Event)
    assert_type(event.event, str)
    Completed(
        activity="tea/first-cup",
        at=NOW,
        kind="prompt",
        skills=["kindness"],
        topics={"home"},
        depth=1,
    )
    NoticeRead(at=NOW)  # type: ignore[call-arg]


def exercises_and_stories_are_gone_through(exercise: Exercise, story: Story) -> None:
    """A run is a value; a move gives another one."""
    run = ExerciseRun(exercise=exercise, partners=["ada", "ben"])
    assert_type(run.partners, tuple[str, ...])
    assert_type(run.beat, Beat | None)
    if run.beat:
        assert_type(run.beat.part_of("ada"), Text | None)
    assert_type(run.after("next"), ExerciseRun)
    assert_type(run.state, State)
    ExerciseRun(exercise=exercise, partners=[1])  # type: ignore[list-item]
    ExerciseRun(exercise=story, partners=["ada"])  # type: ignore[arg-type]
    read = StoryRun(story=story, moves=("kitchen",))
    assert_type(read.scene, Scene)
    assert_type(read.choices, tuple[Choice, ...])
    assert_type(read.after("stop"), StoryRun)
