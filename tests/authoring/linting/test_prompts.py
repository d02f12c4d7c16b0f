"""One question in one breath: what the editorial guide asks of a prompt, and its own good and bad examples."""

from collections.abc import Callable
from typing import Any

import pytest

from intimacy_kit.content.activities import FollowUps
from intimacy_kit.content.text import Text

Make = Callable[..., Any]


def codes(found: list[tuple[str, str, str]]) -> set[str]:
    return {code for code, _, _ in found}


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("What made you laugh? And who was there?", "K701", "And who was there?"),
        ("Who came? Which tram?", "K701", "Which tram?"),
        ("Who came? Who went? Who stayed?", "K701", "Who stayed?"),
        ("Who came?? Who went? Who stayed? Who cooked? Who ate?", "K701", "Who ate?"),
        ("What are you afraid of and how can I help you with it?", "K701", "and how can I help you with it?"),
        ("What do you keep, and why?", "K702", "and why"),
        ("Why do you keep it?", "K702", "Why"),
        ("Everybody knows a detour. Which is yours?", "K703", "Which is yours?"),
        ("Which " + "very " * 24 + "old hat?", "K704", ""),
        ("Do you sing?", "K705", "Do you"),
        ("When it rains, do you sing?", "K705", "do you"),
        ("Tonight: are you tired?", "K705", "are you"),
        ("Have your plans ever failed?", "K705", "Have your"),
        ("Can love wait?", "K705", "Can love"),
        ("Sundays are lovely, aren't they?", "K706", "aren't they"),
        ("Sundays are lovely, right?", "K706", "right"),
        ("Don\u2019t you like Sundays?", "K706", "Don\u2019t you"),
        ("Surely nobody likes Mondays?", "K706", "Surely"),
        ("What could I do better?", "K707", "What could I do better"),
        ("If you could change one thing about me, what would it be?", "K707", "change one thing about me"),
        ("What annoys you about Mondays?", "K707", "annoys you about"),
        ("Which of your partner's bad habits do you share?", "K707", "your partner's bad habits"),
        ("How has your partner hurt you?", "K707", "has your partner hurt"),
        ("What do you wish your partner would stop doing?", "K707", "wish your partner would stop"),
        ("On a scale of one to ten, how was lunch?", "K708", "On a scale"),
        ("Rate your day, out loud.", "K708", "Rate your"),
        ("Which of you is kinder?", "K708", "Which of you is kinder"),
        ("Would you ever leave?", "K708", "Would you ever leave"),
        ("Who loves the cat more?", "K708", "Who loves the cat more"),
        ("What is your biggest fear?", "K709", "your biggest fear"),
        ("What's your favourite film?", "K709", "What's your favourite"),
        ("Describe your perfect day.", "K709", "your perfect day"),
        ("What do you admire most about your partner?", "K709", "admire most about"),
        ("Which was the best meal ever?", "K709", "best meal ever"),
        ("What does home mean to you?", "K710", "What does home mean to you"),
        ("What is true love?", "K710", "What is true love"),
        ("What are your goals?", "K710", "What are your goals"),
        ("How important is honesty to you?", "K710", "How important is"),
        ("Where do you see yourself in ten years?", "K710", "Where do you see yourself in"),
        ("Name three things that went well.", "K711", "Name three things"),
        ("What are two things you like?", "K711", "What are two things"),
        ("Tell your partner several reasons.", "K711", "Tell your partner several reasons"),
        ("What did you notice about me?", "K712", "me"),
        ("Guess what I\u2019d buy.", "K712", "I\u2019d"),
        ("Which small moment was good?", "K713", ""),
        ("Which thing did someone say this week?", "K713", ""),
        ("How did that make you feel?", "K716", "How did that make you feel"),
        ("What does your desk say about you?", "K716", "What does your desk say about you"),
    ],
)
def test_what_does_not_work_at_a_table_is_a_problem_at_its_words(
    text: str, code: str, part: str, prompt: Make, found: Make
) -> None:
    assert (code, "/activities/0/text", part) in found(prompt(text))


@pytest.mark.parametrize(
    "text",
    [
        # the editorial guide's own good examples
        "What is something you check twice before you can sleep?",
        "Which worry have you been carrying alone lately?",
        "Which thing your partner does would you only notice if it stopped?",
        "When did you last feel at home in a room full of people?",
        # questions that look like others which are none
        "Would you rather be thanked in a letter or with a look?",
        "Tea or coffee, window or wall: which of the two would you never trade?",
        "When it rains, what do you do first?",
        "When do you say it and mean it?",
        "In which queue are you a better person?",
        'Who says "why?" here?',
        'Finish: "I like how seriously you take ..."',
        "Finish the sentence, I would get up at five for ...",
        "What once made your voice shake, and is an ordinary Tuesday now?",
        "Give the first ten seconds of the lecture.",
        "What does the quiet after guests have left sound like?",
        "Say the kindest true thing about the last meal you burnt.",
        "What would your shoes say about today?",
        "Name the weather you would like for a goodbye.",
        "Which promise to yourself have you kept without anybody knowing?",
        "Your life has to fit on one page: which line would only you think of putting in?",
        "Which small repair are you proud of?",
    ],
)
def test_what_works_at_a_table_is_none(text: str, prompt: Make, found: Make) -> None:
    assert found(prompt(text)) == []


def test_a_long_prompt_in_chinese_cannot_be_counted_and_is_let_pass(prompt: Make, found: Make) -> None:
    assert found(prompt("你" * 200 + "?"), languages=["zh"]) == []


def test_the_length_counts_in_every_language_with_blanks_and_the_words_in_english_only(
    prompt: Make, found: Make
) -> None:
    assert codes(found(prompt("Warum " * 26 + "nicht?"), languages=["de"])) == {"K704"}
    assert found(prompt("Why not?"), languages=["de"]) == []


@pytest.mark.parametrize(
    ("text", "shape", "fits"),
    [
        ("Show it.", "question", False),
        ("Which one?", "question", True),
        ('Who says "both?"', "question", True),
        ("Finish the sentence.", "finish", True),
        ("I like ...", "finish", True),
        ("I like it.", "finish", False),
        ("Tea or coffee?", "pick", True),
        ("Which seat?", "pick", False),
        ("Guess which hat.", "guess", True),
        ("Say which hat.", "guess", False),
        ("Which hat?", "task", False),
        ("Keep quiet: which hum is that?", "task", True),
        ("It snows: what now?", "scene", True),
        ("Anything at all", None, True),
    ],
)
def test_words_fit_the_shape_they_say(text: str, shape: str | None, fits: bool, prompt: Make, found: Make) -> None:
    assert ("K714" not in codes(found(prompt(text, shape=shape)))) == fits


def test_in_other_languages_only_the_question_mark_shows_the_shape(prompt: Make, found: Make) -> None:
    assert found(prompt("Welcher Hut?", shape="pick"), languages=["de"]) == []
    assert found(prompt("أي قبعة؟", shape="question"), languages=["ar"]) == []
    assert codes(found(prompt("Ein Hut.", shape="question"), languages=["de"])) == {"K714"}


@pytest.mark.parametrize(
    ("follow_ups", "expected"),
    [
        (FollowUps(deeper=Text("Why did you hide it?")), [("K715", "/activities/0/follow_ups/deeper", "Why")]),
        (FollowUps(lighter=Text("How come?")), [("K715", "/activities/0/follow_ups/lighter", "How come")]),
        (
            FollowUps(repair=Text("How did it make you feel?")),
            [("K716", "/activities/0/follow_ups/repair", "How did it make you feel")],
        ),
        (
            FollowUps(deeper=Text("Where " + "very " * 11 + "was it?")),
            [("K717", "/activities/0/follow_ups/deeper", "")],
        ),
        (FollowUps(deeper=Text("Where were you standing?"), lighter=Text("Does it still work?")), []),
    ],
)
def test_a_follow_up_is_what_a_curious_friend_says_next(
    follow_ups: FollowUps, expected: list[Any], prompt: Make, found: Make
) -> None:
    assert found(prompt("Which hat did you hide?", follow_ups=follow_ups)) == expected


def test_a_prompt_has_twenty_five_words_and_a_follow_up_twelve_at_most(prompt: Make, found: Make) -> None:
    assert found(prompt("Which " + "very " * 23 + "hat?")) == []
    assert found(prompt("Which " + "very " * 24 + "hat?")) == [("K704", "/activities/0/text", "")]
    deeper = Text("Where " + "very " * 10 + "now?")
    assert found(prompt("Which hat?", follow_ups=FollowUps(deeper=deeper))) == []


def test_a_landing_is_one_line(prompt: Make, found: Make) -> None:
    at_most = "The listener waits " + "and waits " * 8 + "longer."
    assert found(prompt("Which hat?", after=Text(at_most))) == []
    assert found(prompt("Which hat?", after=Text("Slowly, " + at_most))) == [("K718", "/activities/0/after", "")]


def test_each_prompt_lands_in_its_own_way(prompt: Make, found: Make) -> None:
    line = Text("Say thank you.")
    hat, cup = (
        prompt("Which hat?", "hat", after=line),
        prompt("Whose spoon lies here?", "spoon", after=Text("Say thank you!")),
    )
    assert found(hat, cup) == [("K719", "/activities/1/after", "")]


def test_no_line_of_a_prompt_repeats_another(prompt: Make, found: Make) -> None:
    twice = FollowUps(deeper=Text("Who made it?"), lighter=Text("Who made it?"))
    assert found(prompt("Which hat?", follow_ups=twice)) == [("K720", "/activities/0/follow_ups/lighter", "")]


def test_the_form_for_one_needs_nobody_else(prompt: Make, found: Make) -> None:
    assert found(prompt("Hum it.", solo=Text("Hum it to each other."))) == [
        ("K721", "/activities/0/solo", "each other")
    ]


def test_what_is_retired_is_left_alone(prompt: Make, found: Make) -> None:
    assert found(prompt("Why not?", retired=True)) == []
