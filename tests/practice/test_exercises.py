"""Going through an exercise; the transcripts in ``golden`` are what an app would show."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import activity, evening, patient, talk

from intimacy_kit.content.activities import Exercise, Step
from intimacy_kit.content.text import Text
from intimacy_kit.errors import InvalidValueError, MoveError
from intimacy_kit.practice.events import Paused
from intimacy_kit.practice.exercises import ExerciseRun, plan

GOLDEN = Path(__file__).parent / "golden"


def begin(*partners: str, exercise: Exercise | None = None) -> ExerciseRun:
    return ExerciseRun(exercise=exercise or talk(), partners=partners)


def follow(run: ExerciseRun, *moves: str) -> ExerciseRun:
    for move in moves:
        run = run.after(move)
    return run


def transcript(run: ExerciseRun) -> str:
    """Tell an exercise from beginning to end: each step, who does it, and what it asks of each."""
    lines = [f"{run.exercise.title} ({', '.join(run.partners)})"]
    while beat := run.beat:
        turn = f" (turn {beat.turn})" if beat.turn else ""
        lines.append(f"{run.done + 1}.{turn} {beat.step.text} [{', '.join(run.possible)}]")
        for partner, role in beat.parts:
            lines.append(f"   {partner}, {role or 'whose turn it is'}: {beat.part_of(partner) or '-'}")
        run = run.after("next")
    return "\n".join([*lines, f"{run.state} after {len(run.moves)} moves", ""])


@pytest.mark.parametrize("people", [("Ada",), ("Ada", "Ben"), ("Ada", "Ben", "Cem")], ids=["one", "two", "three"])
def test_the_roles_move_on_by_one_person_in_each_turn(people: tuple[str, ...]) -> None:
    expected = (GOLDEN / f"teller-and-keeper-{len(people)}.txt").read_text(encoding="utf-8")
    assert transcript(begin(*people)) == expected


def test_turns_without_roles_are_taken_one_after_the_other() -> None:
    steps = [Step(text=Text("Say one thing."), in_turns=True), Step(text=Text("Look up."), in_turns=True)]
    exercise = activity("round", "exercise", steps=steps)
    assert isinstance(exercise, Exercise)
    assert transcript(begin("Ada", "Ben", exercise=exercise)) == (GOLDEN / "round.txt").read_text(encoding="utf-8")


def test_two_blocks_of_turns_with_a_step_between_are_two_blocks() -> None:
    steps = [Step(text=Text(words), in_turns=words != "rest") for words in ("tell", "rest", "ask")]
    exercise = activity("blocks", "exercise", steps=steps)
    assert isinstance(exercise, Exercise)
    assert [(beat.step.text.words, beat.turn) for beat in plan(exercise, ("a", "b"))] == [
        ("tell", 1),
        ("tell", 2),
        ("rest", 0),
        ("ask", 1),
        ("ask", 2),
    ]


@patient
@given(st.integers(1, 6))
def test_over_all_turns_everybody_takes_every_role(people: int) -> None:
    names = tuple(map(str, range(people)))
    turns = [beat.parts for beat in plan(talk(), names) if beat.step.text.words == "One speaks."]
    assert len(turns) == people
    assert sorted(partner for parts in turns for partner, role in parts if role == "teller") == sorted(names)
    if people > 1:
        assert {partner for parts in turns for partner, role in parts if role == "keeper"} == set(names)


@patient
@given(st.integers(1, 4))
def test_it_can_be_stopped_at_every_point_and_then_it_is_over(people: int) -> None:
    run = begin(*map(str, range(people)))
    while run.state == "going":
        for stopped in (run.after("stop"), run.after("pause").after("stop")):
            assert (stopped.state, stopped.possible, stopped.beat) == ("stopped", (), None)
        run = run.after("next")
    assert (run.state, run.possible, run.beat) == ("finished", (), None)


def test_back_leads_to_the_step_before_and_not_beyond_the_first() -> None:
    run = begin("Ada", "Ben")
    assert "back" not in run.possible
    assert follow(run, "next", "next", "back") == follow(run, "next")
    assert follow(run, "next", "back") == run


def test_pausing_keeps_the_place() -> None:
    there = follow(begin("Ada", "Ben"), "next", "next")
    paused = there.after("pause")
    assert (paused.state, paused.beat, paused.possible) == ("paused", there.beat, ("resume", "stop"))
    assert paused.after("resume") == there


@pytest.mark.parametrize(
    ("moves", "wrong", "said"),
    [
        ([], "back", "no move 'back' here; possible: 'next', 'pause', 'stop'"),
        (["next"], "resume", "no move 'resume' here; possible: 'next', 'back', 'pause', 'stop'"),
        (["pause"], "next", "no move 'next' here; possible: 'resume', 'stop'"),
        (["stop"], "next", "no move 'next' here; possible: none, it is over"),
        (["next"] * 6, "stop", "no move 'stop' here; possible: none, it is over"),
    ],
)
def test_a_move_that_is_not_there_is_refused_with_those_that_are(moves: list[str], wrong: str, said: str) -> None:
    with pytest.raises(MoveError) as refused:
        follow(begin("Ada", "Ben"), *moves, wrong)
    assert str(refused.value) == said


@patient
@given(st.integers(1, 4), st.data())
def test_making_the_moves_again_leads_to_the_same_place(people: int, data: st.DataObject) -> None:
    names = tuple(map(str, range(people)))
    run = begin(*names)
    for _ in range(data.draw(st.integers(0, 30))):
        if run.possible:
            run = run.after(data.draw(st.sampled_from(run.possible)))
    again = follow(begin(*names), *Paused.of(talk(), at=evening(0), moves=run.moves).moves)
    assert (again.done, again.moves) == (run.done, run.moves)
    if run.beat:
        assert again.beat == run.beat


@pytest.mark.parametrize("people", [(), ("Ada", "Ada"), ("",), tuple("abcdefg")])
def test_people_it_cannot_be_done_with_are_refused(people: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValueError, match=r"^'partners' must "):
        begin(*people)
