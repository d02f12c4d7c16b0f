"""Going through an exercise: a pure state machine; the clock and the timer are the app's."""

from collections.abc import Iterable
from typing import Literal, Self

from attrs import evolve, field, frozen

from intimacy_kit.content.activities import Exercise, Step
from intimacy_kit.content.checks import distinct, filled
from intimacy_kit.content.text import Text
from intimacy_kit.errors import MoveError

__all__ = ["Beat", "ExerciseRun", "State", "plan"]

#: How it stands: ``going``, ``paused``, ``stopped`` by somebody, or ``finished``.
State = Literal["going", "paused", "stopped", "finished"]

_MOVES: dict[State, tuple[str, ...]] = {
    "going": ("next", "back", "pause", "stop"),
    "paused": ("resume", "stop"),
    "stopped": (),
    "finished": (),
}


@frozen(kw_only=True)
class Beat:
    """One step as it is done: by whom, in which role."""

    step: Step
    #: Which turn it is, from 1; 0 for a step that everybody does at once.
    turn: int = 0
    #: Pairs of partner and role; empty where the step gives nobody a part.
    parts: tuple[tuple[str, str], ...] = ()

    def part_of(self, partner: str) -> Text | None:
        """Return what the step asks of a partner in particular; None where it asks nothing."""
        return dict(self.step.each).get(dict(self.parts).get(partner, ""))


def plan(exercise: Exercise, partners: tuple[str, ...]) -> tuple[Beat, ...]:
    """Return the steps in the order they are done, the turns written out.

    In each turn the roles move on to the next person: who was second is first, and so on. With
    more people than roles the last role is taken by all who are left; one alone takes the first.
    """
    beats: list[Beat] = []
    block: list[Step] = []
    for step in [*exercise.steps, None]:
        if step is not None and step.in_turns:
            block.append(step)
            continue
        for turn in range(len(partners) if block else 0):
            beats += [Beat(step=one, turn=turn + 1, parts=_parts(exercise, one, partners, turn)) for one in block]
        block = []
        if step is not None:
            beats.append(Beat(step=step, parts=_parts(exercise, step, partners, 0) if step.each else ()))
    return tuple(beats)


def _parts(exercise: Exercise, step: Step, partners: tuple[str, ...], turn: int) -> tuple[tuple[str, str], ...]:
    roles = [role for role, _ in exercise.roles]
    if not roles:
        return ((partners[turn], ""),) if step.in_turns else ()
    return tuple(
        (partner, roles[min((place - turn) % len(partners), len(roles) - 1)]) for place, partner in enumerate(partners)
    )


def _in_order(partners: Iterable[str]) -> tuple[str, ...]:
    return tuple(partners)


@frozen(kw_only=True)
class ExerciseRun:
    """Where people are in an exercise.

    >>> from intimacy_kit.content.activities import Exercise, Step
    >>> tea = Exercise(id="tea/pour", title=Text("Pour"), about=Text("Pour for the other."), skills=["kindness"],
    ...                depth=1, minutes=2, steps=[Step(text=Text("Pour.")), Step(text=Text("Drink."))])
    >>> run = ExerciseRun(exercise=tea, partners=["a", "b"]).after("next")
    >>> run.beat.step.text.words, run.state, run.after("next").state
    ('Drink.', 'going', 'finished')
    """

    exercise: Exercise
    #: The people, by any ids the app likes, in the order in which they take their turns.
    partners: tuple[str, ...] = field(converter=_in_order, validator=distinct(filled(128), least=1, most=6))
    state: State = "going"
    #: How many beats are done.
    done: int = 0
    #: The beats, in order.
    beats: tuple[Beat, ...] = field(init=False, repr=False)

    @beats.default
    def _written_out(self) -> tuple[Beat, ...]:
        return plan(self.exercise, self.partners)

    @property
    def beat(self) -> Beat | None:
        """The step that is being done; None when it is over."""
        return self.beats[self.done] if self.state in {"going", "paused"} else None

    @property
    def possible(self) -> tuple[str, ...]:
        """The moves there are: stopping is always one of them, until it is over."""
        return tuple(move for move in _MOVES[self.state] if move != "back" or self.done)

    @property
    def moves(self) -> tuple[str, ...]:
        """The moves that lead here from the beginning, to be kept in a ``Paused`` event."""
        return ("next",) * self.done

    def after(self, move: str) -> Self:
        """Return where a move leads; raise MoveError if it is not possible."""
        if move not in self.possible:
            raise MoveError(move, self.possible)
        match move:
            case "next" if self.done + 1 == len(self.beats):
                return evolve(self, done=self.done + 1, state="finished")
            case "next" | "back":
                return evolve(self, done=self.done + (1 if move == "next" else -1))
            case "pause":
                return evolve(self, state="paused")
            case "resume":
                return evolve(self, state="going")
            case _:
                return evolve(self, state="stopped")
