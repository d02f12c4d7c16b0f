"""How texts are set: what was left over, marks and blanks; mostly in every language."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from intimacy_kit.content.activities import Scene
from intimacy_kit.content.text import Text

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("Take the LAST cup.", "K750", "LAST"),
        ("Take IT NOW, please.", "K750", "IT NOW"),
        ("Take it!!", "K750", "!!"),
        ("Take it?!", "K750", "?!"),
        ("Take the the cup.", "K751", "the the"),
        ("Take the\nThe cup.", "K751", "the\nThe"),
        ("TODO later.", "K752", "TODO"),
        ("Ask {name} first.", "K752", "{name}"),
        ("Ask {{ name }} first.", "K752", "{{ name }}"),
        ("Ask [insert name] first.", "K752", "[insert name]"),
        ("Ask <b>first</b>.", "K752", "<b>"),
        ("See https://tea.example/now.", "K753", "https://tea.example/now."),
        ("Write to ada@tea.example today.", "K753", "ada@tea.example"),
        ("See tea.org today.", "K753", "tea.org"),
        ("Call +34 600 000 000 today.", "K753", "+34 600 000 000"),
        ("Take tea \u2615 now.", "K754", "\u2615"),
        ("Take tea \U0001f375.", "K754", "\U0001f375"),
        ('Say "tea.', "K755", ""),
        ("Say \u201ctea.", "K755", ""),
        ("Take tea (or not.", "K755", ""),
        ("Take *tea now.", "K756", ""),
        ("Take  tea.", "K757", "Take  tea."),
        ("Take\ttea.", "K757", ""),
        ("Take tea .", "K757", "tea ."),
        ("Take tea , please.", "K757", "tea ,"),
        ("Take the last cup", "K758", "cup"),
        ("take the cup.", "K759", "take"),
    ],
)
def test_what_is_set_wrongly_is_shown_at_its_words(
    text: str, code: str, part: str, exercise: Make, found: Make
) -> None:
    looked = found(exercise(about=Text(text)))
    assert looked == [(code, "/activities/0/about", part)]
    assert part in text


@pytest.mark.parametrize(
    "text",
    [
        "Some have ADHD, and that is fine.",
        "A, B and a TV.",
        "What we had had, and that that was so.",
        "It is the, the ... cup.",
        'Say "tea" (or "no"), and *mean* it.',
        "Then stop ... and wait.",
        "Finish it: \u2026",
        "First this, then (if you like) that.)"[:-1],
        "(It can wait.)",
        "*No answer needed.*",
        "7 cups are enough.",
        'He said "Go."',
        "Say what follows:",
        "A walk at 5.30 p.m. is fine.",
        "One\n\ntwo.",
    ],
)
def test_what_only_looks_wrong_is_well(text: str, exercise: Make, found: Make) -> None:
    assert found(exercise(about=Text(text))) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Qué taza prefieres?", "es"),
        ("هل هذا كوبك؟", "ar"),
        ("你喜欢茶吗\uff1f", "zh"),
        ("一杯茶。", "ja"),
        ("Quelle tasse\u00a0? Celle\u00a0!", "fr"),
        ("Quelle tasse ?", "fr"),
        ("« Prends la tasse. »", "fr"),
    ],
)
def test_other_languages_end_and_space_their_own_way(text: str, language: str, exercise: Make, found: Make) -> None:
    assert found(exercise(about=Text(text)), languages=[language]) == []


def test_titles_and_labels_have_no_full_stop(exercise: Make, found: Make) -> None:
    assert found(exercise(title=Text("Listen now."))) == [("K760", "/activities/0/title", "now.")]
    assert found(exercise(title=Text("And then ..."))) == []


def _told(story: Make, *paragraphs: str) -> Any:
    scene = Scene(id="hall", paragraphs=[Text(paragraph) for paragraph in paragraphs])
    return evolve(story(), scenes=[scene])


def test_a_speech_that_goes_on_in_the_next_paragraph_is_not_closed_before(story: Make, found: Make) -> None:
    open_speech = found(_told(story, '"It was late.', '"And it was dark."'))
    assert "K755" not in {code for code, _, _ in open_speech}
    assert ("K755", "/activities/0/scenes/0/paragraphs/0", "") in found(_told(story, '"It was late.', "It was dark."))


def test_a_sign_in_a_story_may_be_in_capitals(story: Make, found: Make) -> None:
    codes = {code for code, _, _ in found(_told(story, "The sign said NO DOGS HERE."))}
    assert "K750" not in codes


def test_a_story_may_begin_small(story: Make, found: Make) -> None:
    assert "K759" not in {code for code, _, _ in found(_told(story, "and then it rained."))}
