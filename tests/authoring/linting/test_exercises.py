"""An exercise can be followed without having read anything else, and left at any moment."""

from collections.abc import Callable
from typing import Any

import pytest

from intimacy_kit.content.activities import Step
from intimacy_kit.content.text import Text

Make = Callable[..., Any]

LEAVE = [Text("Leave it if you like.")]


def step(text: str = "Whoever is less tired begins.", **fields: Any) -> Step:
    return Step(text=Text(text), **fields)


def test_a_whole_exercise_is_well(exercise: Make, found: Make) -> None:
    assert found(exercise()) == []


def test_a_quarrel_cools_before_it_is_taken_up(exercise: Make, found: Make) -> None:
    turn = step(seconds=120, in_turns=True)
    hot = exercise(step(seconds=1199), turn, topics=["conflict"], depth=2, minutes=25)
    assert found(hot) == [("K770", "/activities/0/steps/0/text", "")]
    assert found(exercise(step(seconds=1200), turn, topics=["conflict"], depth=2, minutes=25)) == []
    assert found(exercise(turn, step(seconds=1200), topics=["conflict"], depth=2, minutes=25)) == [
        ("K770", "/activities/0/steps/0/text", "")
    ]
    assert found(exercise(step(seconds=240), topics=["conflict"], depth=2)) == []


def test_it_says_what_to_do_when_it_goes_wrong(exercise: Make, found: Make) -> None:
    assert found(exercise(when_stuck=())) == [("K771", "/activities/0/title", "")]


def test_each_role_has_something_to_do(exercise: Make, found: Make) -> None:
    roles = [("teller", Text("the teller")), ("keeper", Text("the keeper"))]
    alone = step(seconds=120, in_turns=True, each=[("teller", Text("Tell."))])
    assert found(exercise(alone, roles=roles)) == [("K772", "/activities/0/roles/keeper", "")]
    both = step(seconds=120, in_turns=True, each=[("teller", Text("Tell.")), ("keeper", Text("Keep."))])
    assert found(exercise(both, roles=roles)) == []


def test_the_minutes_add_up(exercise: Make, found: Make) -> None:
    assert found(exercise(step(seconds=209))) == [("K773", "/activities/0/minutes", "")]
    assert found(exercise(step(seconds=210))) == []
    assert found(exercise(step(seconds=105, in_turns=True))) == []
    assert found(exercise(step(seconds=30), step())) == []


def test_a_step_can_be_kept_in_mind(exercise: Make, found: Make) -> None:
    assert found(exercise(step("Go on. " * 35 + "Stop.", seconds=300))) == [("K774", "/activities/0/steps/0/text", "")]
    assert found(exercise(step("Go on. " * 35, seconds=300))) == []
    assert found(exercise(step("Go on. " * 36, seconds=300)), languages=["zh"]) == []


def test_a_tender_one_says_for_whom_it_is_not(exercise: Make, found: Make) -> None:
    assert found(exercise(depth=3)) == [("K775", "/activities/0/title", "")]
    assert found(exercise(depth=3, cautions=LEAVE)) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('Then say "I love all that you do."', "I love all that you do."),
        ("Then tell them: \u201cYou are always there for me.\u201d", "You are always there for me."),
        ('Then say "I miss ..."', ""),
        ('Then say "I love all that you ..."', ""),
        ('Then say "not now"', ""),
        ('She said "I love all that you do."', ""),
    ],
)
def test_nobody_is_given_a_sentence_to_say(text: str, part: str, exercise: Make, found: Make) -> None:
    expected = [("K776", "/activities/0/steps/0/text", part)] if part else []
    assert [one for one in found(exercise(step(text, seconds=240))) if one[0] == "K776"] == expected


def test_no_part_of_a_step_is_given_to_say_either(exercise: Make, found: Make) -> None:
    each = [("teller", Text('Say "I love all that you do."'))]
    told = exercise(step(seconds=240, each=each), roles=[("teller", Text("the teller"))])
    assert found(told) == [("K776", "/activities/0/steps/0/each/teller", "I love all that you do.")]


def test_a_longer_one_has_steps(exercise: Make, found: Make) -> None:
    assert found(exercise(step(), minutes=11)) == [("K777", "/activities/0/steps/0/text", "")]
    assert found(exercise(step(), minutes=10)) == []
    assert found(exercise(step(), step(), minutes=11)) == []


def test_it_is_said_who_begins_and_for_how_long(exercise: Make, found: Make) -> None:
    silent = step("Tell it.", seconds=120, in_turns=True)
    assert found(exercise(step("Sit."), silent)) == [("K778", "/activities/0/steps/1/text", "")]
    assert found(exercise(silent), languages=["de"]) == []
    assert found(exercise(step(in_turns=True))) == [("K779", "/activities/0/steps/0/text", "")]


def test_a_small_act_says_when_to_leave_it(exercise: Make, found: Make) -> None:
    act = exercise(step(seconds=120), minutes=2)
    assert found(act) == [("K780", "/activities/0/title", "")]
    assert found(exercise(step(seconds=120), minutes=2, cautions=LEAVE)) == []
    assert found(exercise(step(seconds=120), minutes=2, purpose="landing")) == []
    assert found(exercise(step(seconds=120), minutes=2, depth=2)) == []
    assert found(exercise(step(seconds=60, in_turns=True), minutes=2)) == []
