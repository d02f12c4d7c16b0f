"""Reading a story: a pure state machine over its scenes and choices."""

from typing import Self

from attrs import evolve, frozen

from intimacy_kit.content.activities import Choice, Scene, Story
from intimacy_kit.errors import MoveError
from intimacy_kit.practice.exercises import State

__all__ = ["StoryRun"]


@frozen(kw_only=True)
class StoryRun:
    """Where people are in a story.

    A move is the id of the scene that a choice leads to. In a scene without choices the story
    has reached an end, and ``next`` finishes it.

    >>> from intimacy_kit.content.activities import Arc, Choice, Scene
    >>> from intimacy_kit.content.text import Text
    >>> told = Text("They talked.")
    >>> story = Story(id="tea/cups", title=Text("Cups"), people=Text("Two"), skills=["listening"], depth=1, minutes=3,
    ...     arc=Arc(struggle=told, turning_point=told, outcome=told, stayed_hard=told),
    ...     scenes=[Scene(id="first", paragraphs=[told], choices=[Choice(Text("Go on"), "last")]),
    ...             Scene(id="last", paragraphs=[told])])
    >>> run = StoryRun(story=story)
    >>> run.possible, run.after("last").possible, run.after("last").after("next").state
    (('last', 'stop'), ('next', 'stop'), 'finished')
    """

    story: Story
    #: The scenes that were chosen so far, also the moves that lead here from the beginning.
    moves: tuple[str, ...] = ()
    state: State = "going"

    @property
    def scene(self) -> Scene:
        """The scene people are in, or were in when it ended."""
        here = self.moves[-1] if self.moves else self.story.scenes[0].id
        return next(scene for scene in self.story.scenes if scene.id == here)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices there are; none at an end, or when it is over."""
        return self.scene.choices if self.state == "going" else ()

    @property
    def possible(self) -> tuple[str, ...]:
        """The moves there are; stopping is always one of them, until it is over."""
        if self.state != "going":
            return ()
        return (*dict.fromkeys(choice.to for choice in self.choices), *(() if self.choices else ("next",)), "stop")

    def after(self, move: str) -> Self:
        """Return where a move leads; raise MoveError if it is not possible."""
        if move not in self.possible:
            raise MoveError(move, self.possible)
        if move in {choice.to for choice in self.choices}:
            return evolve(self, moves=(*self.moves, move))
        return evolve(self, state="finished" if move == "next" else "stopped")
