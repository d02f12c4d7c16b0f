"""Whether what a pack names is there: references inside a pack, which no schema can check."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from attrs import frozen

from intimacy_kit.content.activities import Activity, Exercise, Story
from intimacy_kit.content.gates import Count, Done, named_in
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem, Where

__all__ = ["check_across", "check_beside", "check_references"]

#: The moves of every story; see :class:`intimacy_kit.practice.stories.StoryRun`.
_MOVES = ("next", "stop")
#: More problems than this are not collected; a pack that bad is mended in several rounds.
_MOST_FOUND = 1000
#: So many names are compared at most, over a whole pack, to say which one was meant by one that leads nowhere.
_MOST_COMPARED = 2_000
_ANOTHER = "name another one, or take this out"

Finding = tuple[str, ...]  # pointer, code, message, hint, and where it is about some words of a text, these


def check_references(pack: Pack, file: str = "") -> tuple[Problem, ...]:
    """Say which names in a pack lead nowhere, each with a pointer into its ``pack.json``.

    Names in other packs are not checked: another pack may be installed or not.
    """
    found = islice(_in_pack(pack), _MOST_FOUND)
    return tuple(Problem(Where(file, pointer=pointer), *rest) for pointer, *rest in found)


def _in_pack(pack: Pack) -> Iterator[Finding]:
    names = _Names(pack)
    yield from names.taken_twice()
    for index, activity in enumerate(pack.activities):
        yield from _under(f"/activities/{index}", _in_activity(activity, names))
    for index, journey in enumerate(pack.journeys):
        yield from _under(f"/journeys/{index}", _in_journey(journey, names))


def check_across(packs: Iterable[Pack]) -> tuple[tuple[str, Problem], ...]:
    """Say which names of another pack lead nowhere although that pack is there; pairs of pack name and problem.

    What names a pack that is not there is well: it counts as resolved. These words are for people who play, so they
    name what is meant, and not its place.
    """
    packs = tuple(packs)
    present = _Present.of(packs)
    hint = "it counts as resolved; its writer should look again"
    return tuple(
        (
            pack.name,
            Problem(Where(pack.name), "K212", f"'{_slug(owner)}' names '{name}', which that pack does not have", hint),
        )
        for pack in packs
        for owner, name, _ in _all_names(pack)
        if present.lacks(name, pack)
    )


def check_beside(pack: Pack, beside: Iterable[Pack]) -> tuple[Problem, ...]:
    """Say which names in a pack lead nowhere in the packs *beside* it, each with a pointer into its ``pack.json``."""
    present = _Present.of(beside)
    found = ((pointer, name) for _, name, pointer in _all_names(pack) if present.lacks(name, pack))
    return tuple(
        Problem(Where(pointer=pointer), "K212", f"there is no '{_slug(name)}' in the pack '{_pack(name)}'", hint, name)
        for pointer, name in islice(found, _MOST_FOUND)
        for hint in [present.advice(name)]
    )


@frozen
class _Present:
    """What some packs have, by the name of the pack."""

    slugs: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, packs: Iterable[Pack]) -> "_Present":
        return cls({pack.name: frozenset(_slug(name) for name in _own_names(pack)) for pack in packs})

    def lacks(self, name: str, asking: Pack) -> bool:
        """Tell whether a name of another pack leads nowhere although that pack is there."""
        there = _pack(name)
        return there != asking.name and there in self.slugs and _slug(name) not in self.slugs[there]

    def advice(self, name: str) -> str:
        slugs = self.slugs[_pack(name)]
        near = similar_to(_slug(name), sorted(slugs)) if len(slugs) <= _MOST_COMPARED else ""
        return (
            f"did you mean '{_pack(name)}/{near}'?" if near else f"'intimacy-kit packs {_pack(name)}' lists what it has"
        )


def _own_names(pack: Pack) -> Iterator[str]:
    yield from (journey.id for journey in pack.journeys)
    for activity in pack.activities:
        yield from (activity.id, *activity.aliases)


def _all_names(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Give what names something, the id it names, and where."""
    for index, activity in enumerate(pack.activities):
        yield from ((activity.id, name, f"/activities/{index}/requires") for name, _ in named_in(activity.requires))
        yield from (
            (activity.id, link, f"/activities/{index}/links/{place}") for place, link in enumerate(activity.links)
        )
    for index, journey in enumerate(pack.journeys):
        for part in ("stages", "boosters"):
            for number, offering in enumerate(getattr(journey, part)):
                where = f"/journeys/{index}/{part}/{number}/offers"
                yield from ((journey.id, offer, f"{where}/{place}") for place, offer in enumerate(offering.offers))


def _under(parent: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    return ((parent + pointer, *rest) for pointer, *rest in findings)


class _Names:
    """The names in a pack, and what they stand for."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.activities: dict[str, Activity] = {}
        for activity in pack.activities:
            for name in (activity.id, *activity.aliases):
                self.activities.setdefault(name, activity)
        self.journeys = {journey.id for journey in pack.journeys}
        self.to_compare = _MOST_COMPARED

    def taken_twice(self) -> Iterator[Finding]:
        """Give the ids and aliases that stand for more than one thing."""
        seen: dict[str, str] = {}
        split = {one.old[0] for migration in self.pack.migrations for one in migration.operations if one.op == "split"}
        for where, thing in [
            *((f"/activities/{i}", a) for i, a in enumerate(self.pack.activities)),
            *((f"/journeys/{i}", j) for i, j in enumerate(self.pack.journeys)),
        ]:
            names = [("/id", thing.id)]
            names += [(f"/aliases/{i}", alias) for i, alias in enumerate(getattr(thing, "aliases", ()))]
            for pointer, name in names:
                if name in seen and not (name in split and name != thing.id):  # what was split is an alias of each part
                    taken = f"the id '{_slug(name)}' is taken by {seen[name]}"
                    yield where + pointer, "K201", taken, "give this one another; every id in a pack is used once"
                seen.setdefault(name, _kind(thing))

    def missing(self, name: str, known: Collection[str], what: str) -> tuple[str, str] | None:
        """Return message and hint for a name of this pack that is not known; None where all is well."""
        if name in known or not name.startswith(f"{self.pack.name}/"):
            return None
        self.to_compare -= len(known)
        near = similar_to(_slug(name), sorted(map(_slug, known))) if self.to_compare >= 0 else ""
        hint = f"did you mean '{near}'?" if near else "write the id as it stands in its file, or take it out here"
        return f"there is no {what} '{_slug(name)}' in this pack", hint


def _slug(name: str) -> str:
    return name.partition("/")[2]


def _pack(name: str) -> str:
    return name.partition("/")[0]


def _kind(thing: Activity | Journey) -> str:
    """Return what something is, with its article."""
    kind = "journey" if isinstance(thing, Journey) else str(thing.kind).replace("_", "-")
    return f"an {kind}" if kind == "exercise" else f"a {kind}"


def _in_activity(activity: Activity, names: _Names) -> Iterator[Finding]:
    for index, link in enumerate(activity.links):
        if link == activity.id:
            yield f"/links/{index}", "K204", "an activity links to itself", _ANOTHER
        elif wrong := names.missing(link, names.activities, "activity"):
            yield f"/links/{index}", "K202", *wrong
    yield from _in_gate(activity, names)
    if isinstance(activity, Story):
        yield from _in_story(activity)
    if isinstance(activity, Exercise):
        yield from _in_exercise(activity)


def _in_gate(activity: Activity, names: _Names) -> Iterator[Finding]:
    for name, atom in named_in(activity.requires):
        if isinstance(atom, Count):
            if wrong := names.missing(name, names.journeys, "journey"):
                yield "/requires", "K202", *wrong, _slug(name)
        elif name == activity.id:
            yield "/requires", "K204", "an activity requires itself", _ANOTHER, activity.slug
        elif wrong := names.missing(name, names.activities, "activity"):
            yield "/requires", "K202", *wrong, _slug(name)
        elif isinstance(atom, Done) and (named := names.activities.get(name)) and not _may_be_done(named):
            hint = f"write {{resolved: {_slug(name)}}}, which also holds for those who decline it"
            said = f"'done' may only name an orientation of depth 1 without topics, and '{named.slug}' is none"
            yield "/requires", "K203", said, hint, _slug(name)


def _may_be_done(activity: Activity) -> bool:
    return activity.purpose == "orientation" and activity.depth == 1 and not activity.topics


def _in_story(story: Story) -> Iterator[Finding]:
    scenes = [scene.id for scene in story.scenes]
    for index, scene in enumerate(story.scenes):
        if scene.id in scenes[:index]:
            yield f"/scenes/{index}/id", "K201", f"the scene '{scene.id}' stands twice", "give one of them another name"
        if scene.id in _MOVES:
            said = f"a scene cannot be called '{scene.id}'"
            hint = "that is a move in every story; give it another name"
            yield f"/scenes/{index}/id", "K211", said, hint
        for place, choice in enumerate(scene.choices):
            if choice.to not in scenes:
                near = similar_to(choice.to, scenes)
                hint = f"did you mean '{near}'?" if near else f"the scenes are {', '.join(dict.fromkeys(scenes))}"
                yield f"/scenes/{index}/choices/{place}/to", "K205", f"there is no scene '{choice.to}'", hint
    ways = {scene.id: {choice.to for choice in scene.choices} for scene in story.scenes}
    yield from _lonely_scenes(story, ways)
    yield from _stuck_scenes(story, ways)


def _lonely_scenes(story: Story, ways: dict[str, set[str]]) -> Iterator[Finding]:
    """Give the scenes that nobody can come to."""
    reached = {story.scenes[0].id}
    while more := {to for scene in reached for to in ways.get(scene, ())} - reached:
        reached |= more
    for index, scene in enumerate(story.scenes):
        if scene.id not in reached:
            hint = f"let a choice lead there: - [What is done](#{scene.id}); or take the scene out"
            yield f"/scenes/{index}/id", "K206", f"no choice leads to the scene '{scene.id}'", hint


def _stuck_scenes(story: Story, ways: dict[str, set[str]]) -> Iterator[Finding]:
    """Give the scenes from which the story cannot end."""
    ending = {scene for scene, to in ways.items() if not to}
    while more := {scene for scene, to in ways.items() if to & ending} - ending:
        ending |= more
    for index, scene in enumerate(story.scenes):
        if scene.id not in ending:
            said = f"from the scene '{scene.id}' the story never ends"
            hint = "let one of its choices lead on; a scene without choices is an end"
            yield f"/scenes/{index}/choices", "K207", said, hint


def _in_exercise(exercise: Exercise) -> Iterator[Finding]:
    roles = [role for role, _ in exercise.roles]
    for index, step in enumerate(exercise.steps):
        for role, _ in step.each:
            if role not in roles:
                near = similar_to(role, roles)
                hint = f"did you mean '{near}'?" if near else "name it under 'roles'"
                yield f"/steps/{index}/each/{role}", "K208", f"there is no role '{role}'", hint
    turns = max(len(roles), 2)
    seconds = sum((step.seconds or 0) * (turns if step.in_turns else 1) for step in exercise.steps)
    if seconds > exercise.minutes * 60:
        said = f"the steps take {_as_time(seconds)}, the exercise says {exercise.minutes}"
        hint = (
            f"write minutes: {-(-seconds // 60)}, or shorten the steps; one in turns takes its time for each of {turns}"
        )
        yield "/minutes", "K209", said, hint


def _as_time(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} minutes" + (f" {rest} seconds" if rest else "")


def _in_journey(journey: Journey, names: _Names) -> Iterator[Finding]:
    for part in ("stages", "boosters"):
        for index, offering in enumerate(getattr(journey, part)):
            for place, offer in enumerate(offering.offers):
                if wrong := names.missing(offer, names.activities, "activity"):
                    yield f"/{part}/{index}/offers/{place}", "K202", *wrong
    stages: set[str] = set()
    for index, stage in enumerate(journey.stages):
        if stage.id in stages:
            yield f"/stages/{index}/id", "K201", f"the stage '{stage.id}' stands twice", "give one of them another id"
        stages.add(stage.id)
        if stage.asks is not None and stage.asks > len(stage.offers):
            said = f"the stage asks for {stage.asks} and offers {len(stage.offers)}"
            hint = f"write asks: {len(stage.offers)} or less, or offer more"
            yield f"/stages/{index}/asks", "K210", said, hint
