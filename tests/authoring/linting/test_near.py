"""Prompts that ask nearly the same, within a pack and beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from intimacy_kit.authoring.linting import lint
from intimacy_kit.content.text import Text

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("What made you laugh today?", "What made you laugh today?"),
        ("What made you laugh today?", "What made you laugh out loud today?"),
        ("Which word did you wear out today?", "Which word have you worn out today?"),
        (
            "What did you see done well, with nobody clapping?",
            "What did you see that was done well with nobody clapping?",
        ),
        (
            "Describe your partner's laugh to an actor by Friday.",
            "To an actor, describe the laugh of your partner by Friday.",
        ),
        (
            "Whose hands do yours copy when they fold, peel, tie or stir?",
            "Whose hands do yours copy when they fold or stir?",
        ),
        ("And you?", "And you?"),
    ],
)
def test_what_asks_nearly_the_same_is_shown_at_the_second(one: str, two: str, prompt: Make, found: Make) -> None:
    assert found(prompt(one, "a"), prompt(two, "b")) == [("K798", "/activities/1/text", "")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("What made you laugh today?", "What made you smile today?"),
        ("Which sound do you miss?", "Which smell do you miss?"),
        ("Who made your first cup today?", "Who made your last cup today?"),
        ("What do you do badly, with great pleasure?", "What do you do well, with great pleasure?"),
        ("Which song was on in the shop?", "Which song was on in the lift?"),
        ("Which hat fits?", "Which hat fits the neighbour's unfinished snowman better than any bucket or saucepan?"),
        ("Which hat fits?", "Which hat fits the mayor's uncle on Monday?"),
        ("And you?", "And they?"),
    ],
)
def test_what_only_sounds_alike_is_well(one: str, two: str, prompt: Make, found: Make) -> None:
    assert found(prompt(one, "a"), prompt(two, "b")) == []


def test_a_pack_beside_is_looked_at_and_named(prompt: Make, found: Make, pack_of: Make) -> None:
    theirs = prompt("Which hat fits the rain?", id="milk/rain-hat")
    beside = pack_of(theirs, name="milk")
    (problem,) = lint(pack_of(prompt("Which hat fits the rain?")), [beside])
    assert (problem.code, problem.message) == ("K798", "'milk/rain-hat' asks nearly the same")
    retired = pack_of(prompt("Which hat fits the rain?", id="milk/rain-hat", retired=True), name="milk")
    assert found(prompt("Which hat fits the rain?"), beside=(retired,)) == []


def test_an_older_version_of_the_pack_itself_is_not_beside_it(prompt: Make, found: Make, pack_of: Make) -> None:
    own = prompt("Which hat fits the rain?")
    assert found(own, beside=(pack_of(own),)) == []


def test_another_language_is_compared_more_strictly(prompt: Make, found: Make) -> None:
    one, two = prompt("Was hast du heute gelernt?", "a"), prompt("Was hast du heute gegessen?", "b")
    assert found(one, two, languages=["de"]) == []
    again = prompt("Was hast du denn heute gelernt?", "b")
    assert [code for code, _, _ in found(one, again, languages=["de"])] == ["K798"]


def test_a_word_of_many_prompts_does_not_hide_the_same_prompt(prompt: Make, found: Make) -> None:
    many = [
        prompt(f"Which kettle {'abcdefghij'[n // 10] * 4}{'abcdefghij'[n % 10] * 4}?", f"a{n:03}") for n in range(100)
    ]
    looked = found(*many, prompt(many[90].text.words, "b"), whole=False)
    assert looked == [("K798", "/activities/100/text", "")]


def test_words_in_capitals_and_marks_make_no_difference(prompt: Make, found: Make) -> None:
    assert [code for code, _, _ in found(prompt("Which hat, today?", "a"), prompt("Which *hat* today?", "b"))] == [
        "K798"
    ]


def test_the_first_of_two_is_named_by_its_slug(prompt: Make, pack_of: Make) -> None:
    (problem,) = lint(pack_of(prompt("Which hat?", "hat"), prompt("Which hat?", "same-hat"), about=Text("Hats.")))
    assert problem.message == "'hat' asks nearly the same"
