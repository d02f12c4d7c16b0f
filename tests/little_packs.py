"""Little packs, activities, journeys and histories, built in memory for the tests of practice and stores.

``tea`` is the pack that is there. Day 0 is a Monday; ``evening(3)`` is the evening of day 3. Below the builders
stand the Hypothesis strategies made of them.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from intimacy_kit.content.activities import (
    Activity,
    Arc,
    CheckIn,
    Choice,
    Exercise,
    Guide,
    Prompt,
    Question,
    Scale,
    Scene,
    Step,
    Story,
)
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.migrations import CREDITS
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import Repeat
from intimacy_kit.content.vocabulary import CIRCUMSTANCES, DEPTHS, KINDS, ORDINARY_TOPICS, SENSITIVE_TOPICS, SKILLS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import (
    BoundariesChanged,
    Carried,
    CheckedIn,
    Completed,
    JointEvent,
    JourneyChosen,
    Migrated,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
    Skipped,
    Started,
)
from intimacy_kit.practice.gates import Situation
from intimacy_kit.practice.progress import Progress

DAY_0 = date(2026, 11, 23)

#: A topic that only a later kit knows.
UNKNOWN_TOPIC = "juggling"

#: Allows everything there is.
EVERYTHING = Boundaries(depth=4, topics=dict.fromkeys(SENSITIVE_TOPICS, "yes"))


def day(number: int) -> date:
    """Return a day, counted from day 0."""
    return DAY_0 + timedelta(days=number)


def evening(number: int, hour: int = 20) -> datetime:
    """Return an hour of a day, counted from day 0."""
    return datetime(DAY_0.year, DAY_0.month, DAY_0.day, hour, tzinfo=UTC) + timedelta(days=number)


def activity(slug: str, kind: str = "prompt", *, rests: int = 60, pack: str = "tea", **fields: Any) -> Activity:
    """Return an activity of a kind; without more it is light, ordinary, takes 5 minutes and is open."""
    words = Text(f"About {slug}.")
    common = {"skills": ("listening",), "depth": 1, "minutes": 5, "repeat": Repeat(rests)}
    values = {"id": f"{pack}/{slug}", **common, **fields}
    match kind:
        case "prompt":
            return Prompt(text=words, after=words, **values)
        case "exercise":
            return Exercise(title=words, about=words, **{"steps": [Step(text=words)], **values})
        case "story":
            arc = Arc(struggle=words, turning_point=words, outcome=words, stayed_hard=words)
            return Story(title=words, people=words, arc=arc, scenes=[Scene(id="only", paragraphs=[words])], **values)
        case "check_in":
            scale = Scale(1, 7, Text("not at all"), Text("very"))
            questions = [Question("near", words)]
            return CheckIn(title=words, about=words, questions=questions, scale=scale, validated=False, **values)
        case _:
            return Guide(title=words, answer=[words], **values)


def journey(slug: str, *stages: Sequence[str], asks: int | None = None) -> Journey:
    """Return a journey of stages, each given by the slugs that it offers."""
    return Journey(
        id=f"tea/{slug}",
        title=Text(f"The way of {slug}"),
        about=Text("A way."),
        stages=[
            Stage(id=f"stage-{n}", title=Text(f"Stage {n}"), offers=[f"tea/{offer}" for offer in offers], asks=asks)
            for n, offers in enumerate(stages)
        ],
    )


def pack(name: str, activities: Sequence[Activity], journeys: Sequence[Journey] = ()) -> Pack:
    """Return a pack of some activities and journeys."""
    return Pack(
        name=name,
        title=Text(name),
        version="1.0",
        authors=["Ada"],
        about=Text("Little."),
        activities=activities,
        journeys=journeys,
    )


def catalog(*activities: Activity, journeys: Sequence[Journey] = (), refused: Sequence[str] = ()) -> Catalog:
    """Return a catalog of the pack ``tea``; *refused* are the names of packs that are broken."""
    return Catalog([pack("tea", activities, journeys)], refused=refused)


def situation(there: Catalog, *events: JointEvent, allowed: Boundaries = EVERYTHING, today: date = DAY_0) -> Situation:
    """Return what gates are judged by, after some events."""
    return Situation(there, Progress.from_events(events), allowed, today)


def talk() -> Exercise:
    """Return an exercise of a common step, a block of turns with roles, and a common end with parts."""
    return Exercise(
        id="tea/teller-and-keeper",
        title=Text("Teller and keeper"),
        about=Text("One tells, one keeps."),
        skills=["listening"],
        depth=1,
        minutes=15,
        roles=[("teller", Text("the teller")), ("keeper", Text("the keeper"))],
        steps=[
            Step(text=Text("Put the phones away.")),
            Step(
                text=Text("One speaks."),
                each=[("teller", Text("Tell one thing.")), ("keeper", Text("Keep quiet."))],
                seconds=120,
                in_turns=True,
            ),
            Step(text=Text("Say it back."), each=[("keeper", Text("Say it back once."))], in_turns=True),
            Step(text=Text("Drink up."), each=[("teller", Text("Pour."))]),
        ],
    )


def tale() -> Story:
    """Return a story with a choice at the beginning, a scene in between, and one end that both ways lead to."""
    said = Text("They talked.")
    return Story(
        id="tea/two-cups",
        title=Text("Two cups"),
        people=Text("Mara and Ilo"),
        skills=["repair"],
        depth=1,
        minutes=5,
        arc=Arc(struggle=said, turning_point=said, outcome=said, stayed_hard=said),
        scenes=[
            Scene(
                id="kitchen",
                paragraphs=[Text("One cup stood in the sink."), Text("Nobody said a word.")],
                choices=[Choice(Text("Mara asks."), "asked"), Choice(Text("Mara waits."), "waited")],
            ),
            Scene(id="asked", paragraphs=[Text("She asked.")], choices=[Choice(Text("Go on."), "end")]),
            Scene(id="waited", paragraphs=[Text("She waited.")], choices=[Choice(Text("Go on."), "end")]),
            Scene(id="end", paragraphs=[Text("They washed it together.")]),
        ],
    )


# Strategies

#: For properties: a slow machine is no failure.
patient = settings(deadline=None, max_examples=50)

SLUGS = ("assam", "bancha", "ceylon", "darjeeling", "earl-grey", "fennel", "genmaicha")
ACT = (Completed, Skipped)

days = st.integers(0, 40)
topics = st.sampled_from([*ORDINARY_TOPICS[:3], *SENSITIVE_TOPICS[:3]])
activity_ids = st.sampled_from([f"tea/{slug}" for slug in SLUGS])
#: Ids of activities that are there, that were renamed, whose pack is missing, and whose pack is broken.
named_ids = activity_ids | st.sampled_from(["tea/old-assam", "gone/away", "broken/cup"])
moments = st.builds(
    lambda number, minute, zone: (evening(number, 0) + timedelta(minutes=minute)).astimezone(zone),
    days,
    st.integers(0, 24 * 60 - 1),
    st.sampled_from([UTC, ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/St_Johns")]),
)
partners = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)

boundaries = st.builds(
    Boundaries,
    depth=st.sampled_from(list(DEPTHS)),
    topics=st.dictionaries(topics | st.just(UNKNOWN_TOPIC), st.sampled_from(["no", "ask", "yes"]), max_size=4),
    declined=st.dictionaries(named_ids, days.map(day) | st.just(ALWAYS), max_size=3),
    accepted=st.lists(
        st.tuples(activity_ids, st.frozensets(topics, min_size=1, max_size=2), days.map(day)), max_size=3
    ),
    paused=st.sampled_from([False, False, False, True]),
)

_atoms: st.SearchStrategy[Gate] = st.one_of(
    st.builds(Resolved, named_ids),
    st.builds(Done, named_ids),
    st.builds(Count, st.just("skill"), st.sampled_from(SKILLS[:2]), st.integers(1, 3)),
    st.builds(Count, st.just("topic"), topics, st.integers(1, 2)),
    st.builds(Count, st.just("kind"), st.sampled_from(KINDS), st.integers(1, 2)),
    st.builds(Count, st.just("depth"), st.sampled_from(list(DEPTHS)), st.integers(1, 2)),
    st.builds(Count, st.just("journey"), st.sampled_from(["tea/way", "gone/way", "broken/way"]), st.integers(1, 2)),
    st.builds(Elapsed, st.integers(1, 20), named_ids),
    st.builds(DistinctDays, st.integers(1, 4)),
)


def _joined(gates: st.SearchStrategy[Gate]) -> st.SearchStrategy[Gate]:
    several = st.lists(gates, min_size=1, max_size=3)
    return st.one_of(
        st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(AtLeast, st.integers(1, 3), several)
    )


gates: st.SearchStrategy[Gate] = st.recursive(_atoms, _joined, max_leaves=5)


circumstances: st.SearchStrategy[frozenset[str]] = st.frozensets(st.sampled_from(CIRCUMSTANCES), max_size=4)


@st.composite
def activities(draw: st.DrawFn, slug: str, gate: st.SearchStrategy[Gate | None]) -> Activity:
    """Draw an activity of any kind, depth, topics, gate and rest time."""
    depth = draw(st.sampled_from(list(DEPTHS)))
    return activity(
        slug,
        draw(st.sampled_from(KINDS)),
        depth=depth,
        topics=draw(st.frozensets(topics | st.just(UNKNOWN_TOPIC), max_size=2)) if depth > 1 else {ORDINARY_TOPICS[0]},
        suits=draw(circumstances),
        skills=draw(st.lists(st.sampled_from(SKILLS[:3]), min_size=1, max_size=2, unique=True)),
        minutes=draw(st.integers(1, 30)),
        rests=draw(st.integers(1, 20)),
        requires=draw(gate),
        retired=draw(st.integers(0, 5)) == 0,
        purpose=draw(st.sampled_from(["practice", "practice", "orientation", "landing", "support"])),
        aliases=["tea/old-assam"] if slug == "assam" else [],
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Draw a catalog of a few activities with random gates, one journey, and a broken pack beside them."""
    gate = st.none() | gates
    there = [draw(activities(slug, gate)) for slug in SLUGS[: draw(st.integers(1, len(SLUGS)))]]
    slugs = st.lists(st.sampled_from(SLUGS), min_size=1, max_size=3, unique=True)
    ways = [journey("way", *draw(st.lists(slugs, min_size=1, max_size=2)))]
    return catalog(*there, journeys=ways, refused=["broken"])


@st.composite
def joint_events(draw: st.DrawFn) -> JointEvent:
    """Draw a joint event, about an activity of a little catalog or about one that no catalog has any more."""
    at = draw(moments)
    if draw(st.integers(0, 9)) == 0:
        carried = st.builds(Carried, old=named_ids, new=named_ids, credit=st.sampled_from(CREDITS))
        migrated = st.builds(Migrated, at=st.just(at), name=st.just("tea/cups"), carried=st.lists(carried, max_size=3))
        return draw(st.builds(JourneyChosen, at=st.just(at), journey=st.none() | st.just("tea/way")) | migrated)
    kind = draw(st.sampled_from([Offered, Started, Paused, Completed, Completed, Skipped]))
    fields: dict[str, Any] = {
        "activity": draw(named_ids),
        "at": at,
        "rev": draw(st.integers(1, 3)),
        "kind": draw(st.sampled_from(KINDS)),
        "skills": draw(st.lists(st.sampled_from(SKILLS[:3]), min_size=1, max_size=2, unique=True)),
        "topics": draw(st.frozensets(topics, max_size=2)),
        "depth": draw(st.sampled_from(list(DEPTHS))),
    }
    if kind is Paused:
        fields["moves"] = draw(st.lists(st.sampled_from(["next", "kitchen"]), max_size=3))
    return kind(**fields)


histories = st.lists(joint_events(), max_size=25)

private_events: st.SearchStrategy[PrivateEvent] = st.one_of(
    st.builds(NoticeRead, partner=partners, at=moments),
    st.builds(BoundariesChanged, partner=partners, at=moments, boundaries=boundaries),
    st.builds(
        CheckedIn,
        partner=partners,
        at=moments,
        activity=activity_ids,
        kind=st.just("check_in"),
        skills=st.just(["trust"]),
        depth=st.just(1),
        answers=st.dictionaries(st.sampled_from(SLUGS), st.integers(0, 100), min_size=1, max_size=3),
    ),
)
events = joint_events() | private_events
