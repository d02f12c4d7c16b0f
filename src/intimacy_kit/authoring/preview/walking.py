"""Going through an exercise or a story on a page: where one is follows from the address alone."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from intimacy_kit.content.activities import Choice, Exercise, Scene, Story
from intimacy_kit.content.text import Text
from intimacy_kit.practice.exercises import Beat, ExerciseRun

__all__ = ["Chosen", "Pane", "Walk", "Way", "walk", "way"]

PEOPLE = ("A", "B")


@frozen
class Pane:
    """What one of two people sees of a step."""

    person: str
    #: What their role is called; None where they have none.
    role: Text | None
    #: What the step asks of them in particular; None where it asks nothing.
    words: Text | None
    #: The pointer to these words in the activity.
    pointer: str
    #: Whether it is their turn.
    has_turn: bool


@frozen
class Walk:
    """Where two people are in an exercise."""

    run: ExerciseRun
    #: The step that is done now, counted from 1.
    step: int
    #: The same step among those that are written.
    written: int
    beat: Beat
    panes: tuple[Pane, ...]

    @property
    def last(self) -> int:
        """How many steps there are, the turns counted."""
        return len(self.run.beats)


def walk(exercise: Exercise, step: int) -> Walk | None:
    """Return where two people are after so many steps; None before the first and after the last one."""
    run = ExerciseRun(exercise=exercise, partners=PEOPLE)
    if not 0 < step <= len(run.beats):
        return None
    beat = run.beats[step - 1]
    written = next(at for at, one in enumerate(exercise.steps) if one is beat.step)
    return Walk(run, step, written, beat, tuple(_panes(exercise, beat, written)))


def _panes(exercise: Exercise, beat: Beat, written: int) -> Iterator[Pane]:
    """Give what each of the two sees in particular; nothing where both do the same."""
    parts, called = dict(beat.parts), dict(exercise.roles)
    for person in PEOPLE if parts else ():
        role = parts.get(person, "")
        yield Pane(
            person=person,
            role=called.get(role),
            words=beat.part_of(person),
            pointer=f"/steps/{written}/each/{role}",
            has_turn=person in parts and not role,
        )


@frozen
class Chosen:
    """A scene that was read, and the choice that led on from it."""

    scene: Scene
    choice: Choice


@frozen
class Way:
    """How far two people are in a story."""

    read: tuple[Chosen, ...]
    #: The scene they are in.
    scene: Scene
    #: The ids of the scenes chosen so far.
    moves: tuple[str, ...]
    #: Whether some of the way that was asked for is not there any more.
    cut: bool

    def choices(self, story: Story) -> tuple[tuple[Choice, bool], ...]:
        """Return the ways on, and for each whether the scene it leads to is there."""
        there = {scene.id for scene in story.scenes}
        return tuple((choice, choice.to in there) for choice in self.scene.choices)


def way(story: Story, moves: Sequence[str]) -> Way:
    """Return where choices lead, as far as they can be made; scenes that are missing end it."""
    scenes = {scene.id: scene for scene in reversed(story.scenes)}
    scene, read, made = story.scenes[0], list[Chosen](), list[str]()
    for move in moves:
        choice = next((one for one in scene.choices if one.to == move), None)
        if choice is None or move not in scenes:
            break
        read.append(Chosen(scene, choice))
        made.append(move)
        scene = scenes[move]
    return Way(tuple(read), scene, tuple(made), cut=len(made) < len(moves))
