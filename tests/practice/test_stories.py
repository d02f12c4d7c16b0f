"""Reading a story; the transcripts in ``golden`` are what an app would show."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import evening, patient, tale

from intimacy_kit.errors import MoveError
from intimacy_kit.practice.events import Paused
from intimacy_kit.practice.stories import StoryRun

GOLDEN = Path(__file__).parent / "golden"


def follow(*moves: str) -> StoryRun:
    run = StoryRun(story=tale())
    for move in moves:
        run = run.after(move)
    return run


def transcript(*moves: str) -> str:
    """Tell a story along some moves: each scene, and what can be chosen there."""
    run = StoryRun(story=tale())
    lines = [f"{run.story.title}: {run.story.people}"]
    for move in moves:
        lines += ["", f"# {run.scene.id}", *(str(paragraph) for paragraph in run.scene.paragraphs)]
        lines += [f"  - {choice.text} ({choice.to})" for choice in run.choices]
        lines += [f"  [{', '.join(run.possible)}] > {move}"]
        run = run.after(move)
    return "\n".join([*lines, "", f"{run.state} at '{run.scene.id}' after {len(run.moves)} choices", ""])


@pytest.mark.parametrize("choice", ["asked", "waited"])
def test_each_choice_tells_its_own_story(choice: str) -> None:
    expected = (GOLDEN / f"two-cups-{choice}.txt").read_text(encoding="utf-8")
    assert transcript(choice, "end", "next") == expected


@pytest.mark.parametrize("moves", [[], ["asked"], ["waited"], ["waited", "end"]])
def test_it_can_be_stopped_at_every_point_and_then_it_is_over(moves: list[str]) -> None:
    run = follow(*moves, "stop")
    assert (run.state, run.possible, run.choices, run.scene) == ("stopped", (), (), follow(*moves).scene)


@pytest.mark.parametrize(
    ("moves", "wrong", "said"),
    [
        ([], "end", "no move 'end' here; possible: 'asked', 'waited', 'stop'"),
        ([], "next", "no move 'next' here; possible: 'asked', 'waited', 'stop'"),
        (["asked", "end"], "kitchen", "no move 'kitchen' here; possible: 'next', 'stop'"),
        (["asked", "end", "next"], "stop", "no move 'stop' here; possible: none, it is over"),
    ],
)
def test_a_move_that_is_not_there_is_refused_with_those_that_are(moves: list[str], wrong: str, said: str) -> None:
    with pytest.raises(MoveError) as refused:
        follow(*moves, wrong)
    assert str(refused.value) == said


@patient
@given(st.data())
def test_making_the_moves_again_leads_to_the_same_place(data: st.DataObject) -> None:
    run = follow()
    for _ in range(data.draw(st.integers(0, 4))):
        if run.possible:
            run = run.after(data.draw(st.sampled_from(run.possible)))
    again = follow(*Paused.of(tale(), at=evening(0), moves=run.moves).moves)
    assert (again.scene, again.moves) == (run.scene, run.moves)
    if run.state == "going":
        assert again == run
