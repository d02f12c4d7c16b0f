"""Listed words and phrases: each is found where it does harm, and nowhere else."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from intimacy_kit.authoring.linting.phrases import Listed, spelled_out
from intimacy_kit.authoring.linting.reading import Said
from intimacy_kit.authoring.linting.wording import LISTS, check_wording
from intimacy_kit.content.activities import Evidence, FollowUps, Scene, Step
from intimacy_kit.content.text import Text

Make = Callable[..., Any]

#: The codes of lists that hold for a small act, for the form for one, and where something is promised.
_ACT, _SOLO, _PROMISE = "K749", "K721", {"K745", "K746", "K747"}


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.code)
def test_every_phrase_of_a_list_is_found_and_nothing_but_its_words_is_shown(
    listed: Listed, prompt: Make, exercise: Make
) -> None:
    field = {_ACT: "step", _SOLO: "solo"}.get(listed.code, "about" if listed.code in _PROMISE else "text")
    activity = prompt("Which hat?") if field in {"solo", "text"} else exercise(Step(text=Text("Go.")), minutes=2)
    for phrase, instead in listed.phrases:
        for words in spelled_out(phrase):
            said = Said("/x", field, f"Here now: {' '.join(words)}.", activity)
            parts = [problem.part for problem in check_wording(said) if problem.code == listed.code]
            assert len(parts) == 1, words
            assert parts[0] in said.words
            assert instead == instead.strip()


def test_every_phrase_is_written_as_words_are_read() -> None:
    for listed in LISTS:
        for phrase, _ in listed.phrases:
            assert phrase == phrase.lower() == " ".join(phrase.split())
            assert phrase.isprintable()


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("Which of you holds space for the cat?", "K725", "holds space"),
        ("What is your\nlove-language at breakfast?", "K725", "love-language"),
        ("Where did you first see your soulmate?", "K726", "soulmate"),
        ("What does your wife sing?", "K727", "wife"),
        ("What does your boyfriend sing?", "K728", "boyfriend"),
        ("What did your mother sing?", "K729", "your mother"),
        ("What did you sing when you were a child?", "K730", "when you were a child"),
        ("What does your boss sing?", "K731", "your boss"),
        ("What do you sing at Christmas?", "K733", "Christmas"),
        ("Which song is on Spotify tonight?", "K734", "Spotify"),
        ("When do you kiss?", "K740", "kiss"),
        ("Which password would a pirate take?", "K741", "password"),
        ("Which secret a friend told do you keep?", "K748", "secret a friend told"),
    ],
)
def test_what_a_prompt_may_not_say_is_shown_at_its_words(
    text: str, code: str, part: str, prompt: Make, found: Make
) -> None:
    assert found(prompt(text)) == [(code, "/activities/0/text", part)]


@pytest.mark.parametrize(
    "text",
    [
        "What did your mother, or anyone, sing?",
        "What would your boss sing, if you had one?",
        "Which card would hold. Space it out",  # two sentences are no phrase
        "Who has the other half of the torn ticket?",
        "Which processes on the stove do you leave to others?",
        "Which better idea, half an hour later, came to you?",
        "Which song do you hear in the wedge of light?",
    ],
)
def test_what_opens_a_second_door_or_only_looks_alike_is_well(text: str, prompt: Make, found: Make) -> None:
    listed = {listed.code for listed in LISTS}
    assert [code for code, _, _ in found(prompt(text)) if code in listed] == []


def test_a_prompt_about_faith_may_name_a_feast(prompt: Make, found: Make) -> None:
    text = "Which song of Easter do you hum?"
    assert [code for code, _, _ in found(prompt(text, depth=2))] == ["K733"]
    assert found(prompt(text, depth=2, topics=["faith"])) == []


@pytest.mark.parametrize("text", ["You need not forgive your partner.", "You never have to tell.", "It doesn't heal."])
def test_what_is_turned_round_is_well(text: str, exercise: Make, found: Make) -> None:
    assert found(exercise(about=Text(text))) == []


def test_a_story_may_have_wives_and_cards_and_even_so_no_sex(story: Make, found: Make) -> None:
    assert found(story()) == []
    wed = story(people=Text("Ruth and her wife Ilse"))
    assert found(wed) == []
    reflected = story(reflections=[Text("What would your wife have said?")])
    assert found(reflected) == [("K727", "/activities/0/reflections/0", "wife")]


def test_what_somebody_says_in_a_story_is_theirs(story: Make, found: Make) -> None:
    said = Scene(id="hall", paragraphs=[Text('"It needs a password," said Ruth. ' + "It is. " * 130)])
    thought = Scene(id="hall", paragraphs=[Text("It needs a password, Ruth thought. " + "It is. " * 130)])
    assert ("K741", "/activities/0/scenes/0/paragraphs/0", "password") in found(_told(story, thought))
    assert "K741" not in {code for code, _, _ in found(_told(story, said))}


def _told(story: Make, scene: Any) -> Any:
    return evolve(story(), scenes=[scene])


def test_small_acts_stay_away_from_what_can_be_used_against_somebody(exercise: Make, found: Make) -> None:
    step = Step(text=Text("Put the phone on the shelf."))
    act = exercise(step, minutes=2, cautions=[Text("Leave it.")])
    assert found(act) == [("K749", "/activities/0/steps/0/text", "phone")]
    assert found(exercise(step, minutes=2, cautions=[Text("Leave it.")], purpose="landing")) == []
    assert found(exercise(step, minutes=8)) == []
    away = Step(text=Text("Leave the shelf, never the phone."))
    assert found(exercise(away, minutes=2, cautions=[Text("Leave it.")])) == []


def test_a_cure_is_promised_by_statements_and_not_by_questions(prompt: Make, exercise: Make, found: Make) -> None:
    assert found(exercise(why=Text("It heals old quarrels."))) == [("K745", "/activities/0/why", "heals")]
    assert found(prompt("Which habit would you miss when cured of it?")) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Studies show that it helps.", "Studies show"),
        ("It helps 80 % of people.", "80 %"),
        ("It helps 3 out of 4 couples.", "3 out of 4 couples"),
        ("Studies show that it helps 80 percent.", "Studies show"),
    ],
)
def test_a_figure_or_a_finding_names_its_source(text: str, part: str, exercise: Make, found: Make) -> None:
    sourced = Evidence("correlational", ["doi:10.1234/a"])
    assert found(exercise(why=Text(text))) == [("K746", "/activities/0/why", part)]
    assert found(exercise(why=Text(text), evidence=sourced)) == []
    assert found(about=Text(text)) == [("K746", "/about", part)]


def test_an_effect_needs_a_study(exercise: Make, found: Make) -> None:
    why = Text("It increases trust.")
    assert found(exercise(why=why)) == [("K747", "/activities/0/why", "increases trust")]
    assert found(exercise(why=why, evidence=Evidence("trial", ["doi:10.1234/a"]))) == []
    assert found(about=why) == [("K747", "/about", "increases trust")]


def test_a_list_is_said_once_for_a_text(prompt: Make, found: Make) -> None:
    assert [code for code, _, _ in found(prompt("Whose wife or husband sings?"))] == ["K727"]


def test_english_words_mean_nothing_in_another_language(prompt: Make, found: Make) -> None:
    assert found(prompt("Wer backt zu Hause wie im Urlaub, und wer liebt sex?"), languages=["de"]) == []


def test_two_lists_are_said_apart(prompt: Make, found: Make) -> None:
    follow_ups = FollowUps(lighter=Text("And your mother's wife?"))
    codes = [code for code, _, _ in found(prompt("Which hat?", follow_ups=follow_ups))]
    assert sorted(codes) == ["K727", "K729"]
