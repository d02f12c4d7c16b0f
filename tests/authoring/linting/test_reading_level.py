"""A twelve-year-old follows it at first hearing."""

from collections.abc import Callable
from typing import Any

import pytest

from intimacy_kit.authoring.linting.reading_level import grade, syllables
from intimacy_kit.content.activities import Evidence
from intimacy_kit.content.text import Text

Make = Callable[..., Any]

HARD = (
    "Subsequently the participants collaboratively determine a realistic modification of the apartment, considering "
    "available resources, environmental conditions and individual responsibilities. "
)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("tea", 1), ("cup", 1), ("the", 1), ("made", 1), ("table", 2), ("listened", 2), ("asked", 1), ("wanted", 2),
        ("places", 2), ("shoes", 1), ("kitchen", 2), ("umbrella", 3), ("quiet", 1), ("rhythm", 1), ("hmm", 1),
    ],
)  # fmt: skip
def test_syllables_are_guessed_from_groups_of_vowels(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_rises_with_longer_sentences_and_longer_words() -> None:
    easy = "We sat on the wall. We ate a pear."
    assert grade(easy) < grade(easy.replace(". We", ", and then we")) < grade(HARD)
    assert grade("...") == 0


def test_an_activity_that_is_hard_to_read_is_shown_where_it_is_hardest(exercise: Make, found: Make) -> None:
    hard = exercise(about=Text(HARD), why=Text(HARD + HARD.replace("a realistic", "one realistic, unconventional")))
    assert found(hard) == [("K765", "/activities/0/why", "")]
    assert found(hard, languages=["de"]) == []


def test_few_words_are_not_judged(exercise: Make, found: Make) -> None:
    assert found(exercise(about=Text(HARD))) == []


def test_many_short_texts_are_judged_together(exercise: Make, found: Make) -> None:
    short = "Participants collaboratively determine environmental modifications."
    hard = exercise(cautions=[Text(short), *(Text(short + " " + "again" * n + ".") for n in range(1, 10))])
    assert [code for code, _, _ in found(hard)] == ["K765"]


def test_notes_for_experts_are_left_out(exercise: Make, found: Make) -> None:
    note = Evidence("trial", ["doi:10.1037/a"], Text(HARD))
    assert found(exercise(about=Text("A cup is a cup. " * 12), evidence=note)) == []
    assert found(exercise(evidence=Evidence("original", [], Text("so " * 60 + "on.")))) == []


def test_a_sentence_leaves_time_to_breathe(exercise: Make, found: Make) -> None:
    long = "So " + "on and " * 20 + "on."
    assert found(exercise(about=Text("Sit. " + long))) == [("K766", "/activities/0/about", long)]
    assert found(exercise(about=Text("So " + "on and " * 10 + "on; " + "on and " * 10 + "on."))) == []
    assert found(exercise(about=Text(long)), languages=["zh"]) == []
