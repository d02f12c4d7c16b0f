"""Stories and guides: long enough, with a choice, a way on, and a word on where help is."""

from collections.abc import Callable
from typing import Any

import pytest

from intimacy_kit.content.text import Text

Make = Callable[..., Any]


def test_a_whole_story_and_a_whole_guide_are_well(story: Make, guide: Make, found: Make) -> None:
    assert found(story(), guide(links=["tea/shoe"])) == []


@pytest.mark.parametrize(("words", "well"), [(249, False), (250, True), (600, True), (601, False)])
def test_every_way_through_a_story_has_as_many_words_as_can_be_read_in_an_evening(
    words: int, well: bool, story: Make, found: Make
) -> None:
    told = story(("hall", 100, ("bow", "lace")), ("bow", 200, ()), ("lace", words - 100, ()))
    assert ([code for code, _, _ in found(told)] == []) == well
    assert ("K782" in {code for code, _, _ in found(told)}) != well
    assert found(told, languages=["ja"]) == []


def test_somebody_chooses_in_a_story(story: Make, found: Make) -> None:
    assert found(story(("hall", 200, ("bow",)), ("bow", 200, ()))) == [("K783", "/activities/0/scenes/0", "")]


@pytest.mark.parametrize(("scenes", "well"), [(2, True), (4, True), (5, False)])
def test_a_story_is_two_to_four_scenes_long(scenes: int, well: bool, story: Make, found: Make) -> None:
    row = [(f"s{n}", 80, (f"s{n + 1}",)) for n in range(scenes - 1)]
    told = story(("s0", 80, ("s1", "end")), *row[1:], (f"s{scenes - 1}", 80, ()), ("end", 200, ()))
    assert ("K784" in {code for code, _, _ in found(told)}) != well


def test_a_way_that_comes_back_or_leads_nowhere_is_counted_once(story: Make, found: Make) -> None:
    told = story(("hall", 100, ("bow", "nowhere")), ("bow", 200, ("hall", "lace")), ("lace", 100, ()))
    assert found(told) == []
    never = story(("hall", 100, ("bow", "lace")), ("bow", 200, ("hall",)), ("lace", 200, ("hall",)))
    assert found(never) == []


def test_a_story_leads_to_an_exercise(story: Make, exercise: Make, guide: Make, found: Make) -> None:
    assert found(story(links=())) == [("K785", "/activities/0/title", "")]
    assert found(exercise(), story(links=["tea/listen"])) == []
    assert found(guide(), story(links=["tea/quiet"])) == [("K785", "/activities/1/title", "")]


def test_a_story_ends_in_a_question_for_the_two(story: Make, found: Make) -> None:
    assert found(story(reflections=())) == [("K786", "/activities/0/title", "")]


@pytest.mark.parametrize(("words", "well"), [(149, False), (150, True), (350, True), (351, False)])
def test_a_guide_answers_in_five_minutes(words: int, well: bool, guide: Make, found: Make) -> None:
    short = guide(answer=[Text("Go. " * (words - 140)), Text("Go. " * 140)])
    expected = [] if well else [("K787", "/activities/0/answer", "")]
    assert found(short) == expected
    assert found(short, languages=["zh"]) == []


def test_a_guide_says_when_to_look_for_help(guide: Make, found: Make) -> None:
    assert found(guide(seek_help=None)) == [("K788", "/activities/0/title", "")]


def test_a_guide_leads_on(guide: Make, found: Make) -> None:
    assert found(guide(links=())) == [("K789", "/activities/0/title", "")]


@pytest.mark.parametrize(("title", "language"), [("Being quiet", "en"), ("Ruhe", "de")])
def test_the_title_of_a_guide_is_a_question(title: str, language: str, guide: Make, found: Make) -> None:
    assert found(guide(title=Text(title)), languages=[language]) == [("K790", "/activities/0/title", "")]


def test_a_question_in_arabic_is_one(guide: Make, found: Make) -> None:
    assert found(guide(title=Text("ماذا لو ساد الصمت؟")), languages=["ar"]) == []
