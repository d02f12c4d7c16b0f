"""The values that packs are made of: they refuse in one line, do not change, and can be compared."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from intimacy_kit.content.activities import (
    Arc,
    CheckIn,
    Choice,
    Evidence,
    Exercise,
    FollowUps,
    Guide,
    Prompt,
    Question,
    Scale,
    Scene,
    Step,
    Story,
    Stuck,
)
from intimacy_kit.content.checks import is_id, is_slug, is_topic
from intimacy_kit.content.gates import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    DistinctDays,
    Done,
    Elapsed,
    Resolved,
    named_in,
)
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.packs import Pack, is_release, release
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import AtMost, Repeat
from intimacy_kit.content.vocabulary import CIRCUMSTANCES, ORDINARY_TOPICS, SENSITIVE_TOPICS, SKILLS, TOPICS
from intimacy_kit.errors import InvalidValueError

HM = Text("Hm?")
COMMON: dict[str, Any] = {"id": "tea/cup", "skills": ["trust"], "depth": 1, "minutes": 5}
ARC = Arc(struggle=HM, turning_point=HM, outcome=HM, stayed_hard=HM)


def prompt(**more: Any) -> Prompt:
    return Prompt(**{**COMMON, "text": HM, **more})


def exercise(**more: Any) -> Exercise:
    return Exercise(**{**COMMON, "title": HM, "about": HM, "steps": [Step(text=HM)], **more})


def story(**more: Any) -> Story:
    scenes = [Scene(id="river", paragraphs=[HM])]
    return Story(**{**COMMON, "title": HM, "people": HM, "arc": ARC, "scenes": scenes, **more})


def check_in(**more: Any) -> CheckIn:
    fields = {"questions": [Question("near", HM)], "scale": Scale(1, 7, HM, HM), "validated": False}
    return CheckIn(**{**COMMON, "title": HM, "about": HM, **fields, **more})


def guide(**more: Any) -> Guide:
    return Guide(**{**COMMON, "title": HM, "answer": [HM], **more})


def stage(**more: Any) -> Stage:
    return Stage(**{"id": "first", "title": HM, "offers": ["tea/cup"], **more})


def journey(**more: Any) -> Journey:
    return Journey(**{"id": "tea/steps", "title": HM, "about": HM, "stages": [stage()], **more})


def pack(**more: Any) -> Pack:
    return Pack(**{"name": "tea", "title": HM, "version": "1.0", "authors": ["Ada"], "about": HM, **more})


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: prompt(id="Cup"), "'id' must be an id such as foundations/coming-back"),
    (lambda: prompt(id="cup"), "'id' must be an id such as foundations/coming-back"),
    (lambda: prompt(id=5), "'id' must be an id such as foundations/coming-back"),
    (lambda: prompt(skills=[]), "'skills' must hold 1 to 10 values"),
    (lambda: prompt(skills=["trust", "trust"]), "'skills' must not hold the same value twice"),
    (lambda: prompt(skills=["patience"]), f"'skills' must be one of {', '.join(SKILLS)}"),
    (lambda: prompt(skills=[["trust"]]), f"'skills' must be one of {', '.join(SKILLS)}"),
    (lambda: prompt(depth=0), "'depth' must be a whole number from 1 to 4"),
    (lambda: prompt(depth=True), "'depth' must be a whole number from 1 to 4"),
    (lambda: prompt(depth=1.0), "'depth' must be a whole number from 1 to 4"),
    (lambda: prompt(minutes=241), "'minutes' must be a whole number from 1 to 240"),
    (lambda: prompt(topics=["In laws"]), "'topics' must be topics such as in_laws"),
    (lambda: prompt(topics=["money"]), "'topics' must all be ordinary at depth 1"),
    (lambda: prompt(topics=["juggling"]), "'topics' must all be ordinary at depth 1"),
    (lambda: prompt(topics=TOPICS[:21], depth=2), "'topics' must hold 0 to 20 values"),
    (lambda: prompt(depth=3), "'after' must say how it lands at depth 3 and 4"),
    (lambda: prompt(depth=4), "'after' must say how it lands at depth 3 and 4"),
    (lambda: prompt(requires="tea/cup"), "'requires' must be a gate"),
    (lambda: prompt(repeat=60), "'repeat' must be a rest time"),
    (lambda: prompt(purpose="therapy"), "'purpose' must be one of practice, orientation, landing, support"),
    (lambda: prompt(evidence="none"), "'evidence' must be evidence"),
    (lambda: prompt(links=["cup"]), "'links' must be an id such as foundations/coming-back"),
    (lambda: prompt(rev=0), "'rev' must be a whole number from 1 to 10000"),
    (lambda: prompt(aliases=["tea/a", "tea/a"]), "'aliases' must not hold the same value twice"),
    (lambda: prompt(retired="yes"), "'retired' must be true or false"),
    (lambda: prompt(licence=""), "'licence' must be words, 1 to 300 characters"),
    (lambda: prompt(authors=["Ada", "Ada"]), "'authors' must not hold the same value twice"),
    (lambda: prompt(text=Text("u" * 301)), "'text' must be words, 1 to 300 characters"),
    (lambda: prompt(follow_ups=None), "'follow_ups' must be follow-ups"),
    (lambda: prompt(mood="funny"), "'mood' must be one of playful, ordinary, grateful, curious, tender, hard"),
    (lambda: prompt(suits=["rain"]), f"'suits' must be one of {', '.join(CIRCUMSTANCES)}"),
    (lambda: prompt(shape="poem"), "'shape' must be one of question, pick, guess, task, finish, scene"),
    (lambda: FollowUps(deeper=Text("u" * 301)), "'deeper' must be words, 1 to 300 characters"),
    (lambda: Evidence("proof"), "'basis' must be one of trial, experiment, correlational, tradition, original"),
    (lambda: Repeat(0), "'after_days' must be a whole number from 1 to 3650"),
    (lambda: exercise(steps=[]), "'steps' must hold 1 to 50 values"),
    (lambda: exercise(steps=["Talk."]), "'steps' must be steps"),
    (lambda: exercise(roles=[("The Teller", HM)]), "'roles' must name the roles"),
    (lambda: exercise(roles=["teller"]), "'roles' must name the roles"),
    (lambda: exercise(roles=[("teller", Text("u" * 301))]), "'roles' must name the roles"),
    (lambda: exercise(cautions=[HM] * 11), "'cautions' must hold 0 to 10 values"),
    (lambda: exercise(when_stuck=[HM]), "'when_stuck' must be ways out"),
    (lambda: Step(text=HM, seconds=4), "'seconds' must be a whole number from 5 to 7200"),
    (lambda: Step(text=HM, each=[("teller", "Tell.")]), "'each' must name what each role does"),
    (lambda: Stuck(HM, Text("u" * 301)), "'then' must be words, 1 to 300 characters"),
    (lambda: story(arc=None), "'arc' must be an arc"),
    (lambda: story(scenes=[HM]), "'scenes' must be scenes"),
    (lambda: Scene(id="river", paragraphs=[]), "'paragraphs' must hold 1 to 100 values"),
    (lambda: Scene(id="river", paragraphs=[HM], choices=[HM]), "'choices' must be choices"),
    (lambda: Choice(HM, "tea/home"), "'to' must be a slug such as coming-back"),
    (lambda: check_in(questions=[HM]), "'questions' must be questions"),
    (lambda: check_in(scale=7), "'scale' must be a scale"),
    (lambda: check_in(validated=None), "'validated' must be true or false"),
    (lambda: check_in(scoring="sum"), "'scoring' must be one of each, mean"),
    (lambda: check_in(picture="face"), "'picture' must be one of circles"),
    (lambda: Scale(2, 7, HM, HM), "'low' must be a whole number from 0 to 1"),
    (lambda: Question("Near", HM), "'id' must be a slug such as coming-back"),
    (lambda: guide(answer=["It is this.", ""]), "'answer' must be words, 1 to 1200 characters"),
    (lambda: Resolved("cup"), "'id' must be an id such as foundations/coming-back"),
    (lambda: Count("mood", "hard", 1), "'by' must be one of skill, topic, kind, depth, journey"),
    (lambda: Count("skill", "patience", 1), "'skill' names nothing that can be counted"),
    (lambda: Count("topic", "In laws", 1), "'topic' names nothing that can be counted"),
    (lambda: Count("kind", "quiz", 1), "'kind' names nothing that can be counted"),
    (lambda: Count("depth", True, 1), "'depth' names nothing that can be counted"),
    (lambda: Count("journey", "steps", 1), "'journey' names nothing that can be counted"),
    (lambda: Count("skill", "trust", 0), "'n' must be a whole number from 1 to 10000"),
    (lambda: Elapsed(0, "tea/cup"), "'days' must be a whole number from 1 to 10000"),
    (lambda: DistinctDays(10_001), "'n' must be a whole number from 1 to 10000"),
    (lambda: AllOf([]), "'of' must hold 1 to 50 values"),
    (lambda: AnyOf(["tea/cup"]), "'of' must be a gate"),
    (lambda: AtLeast(0, [Done("tea/cup")]), "'n' must be a whole number from 1 to 10000"),
    (lambda: stage(offers=["tea/cup", "tea/cup"]), "'offers' must not hold the same value twice"),
    (lambda: stage(asks=0), "'asks' must be a whole number from 1 to 100"),
    (lambda: stage(id="First"), "'id' must be a slug such as first-steps"),
    (lambda: journey(id="steps"), "'id' must be an id such as foundations/first-steps"),
    (lambda: journey(stages=[HM]), "'stages' must be stages"),
    (lambda: pack(name="Tea"), "'name' must be a slug such as foundations"),
    (lambda: pack(version="1"), "'version' must be a version such as 1.2.0"),
    (lambda: pack(version="1.0\n"), "'version' must be a version such as 1.2.0"),
    (lambda: pack(authors=[]), "'authors' must hold 1 to 20 values"),
    (lambda: pack(languages=["en_GB"]), "'languages' must be a language tag such as en or pt-BR"),
    (lambda: pack(format=2), "'format' must be a whole number from 1 to 1"),
    (lambda: pack(requires_kit="0.1rc1"), "'requires_kit' must be a release such as 0.1"),
    (lambda: pack(activities=[HM]), "'activities' must be activities"),
    (lambda: pack(activities=[prompt(id="other/cup")]), "'activities' must have ids that begin with tea/"),
    (lambda: pack(journeys=[journey(id="other/steps")]), "'journeys' must have ids that begin with tea/"),
    (lambda: Text(""), "'text' must be words, at least one character"),
    (lambda: Text(5), "'text' must be words, at least one character"),  # type: ignore[arg-type]
    (lambda: Text("Hm?", "EN"), "'language' must be a language tag such as en or pt-BR"),
]


@pytest.mark.parametrize(
    ("build", "line"), [pytest.param(*case, id=f"{n}: {case[1][:40]}") for n, case in enumerate(REFUSED)]
)
def test_a_value_refuses_what_it_cannot_hold_in_one_line(build: Callable[[], object], line: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        build()
    assert str(refused.value) == line


@pytest.mark.parametrize(
    "value",
    [
        HM,
        Evidence(),
        Repeat(),
        prompt(),
        exercise(),
        Step(text=HM),
        Stuck(HM, HM),
        story(),
        ARC,
        Scene(id="a", paragraphs=[HM]),
        Choice(HM, "a"),
        check_in(),
        Scale(0, 2, HM, HM),
        Question("a", HM),
        guide(),
        FollowUps(),
        Resolved("tea/a"),
        Done("tea/a"),
        Count("depth", 1, 1),
        Elapsed(1, "tea/a"),
        DistinctDays(1),
        AllOf([DistinctDays(1)]),
        AnyOf([DistinctDays(1)]),
        AtLeast(1, [DistinctDays(1)]),
        stage(),
        journey(),
        pack(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_cannot_be_changed_and_stands_in_a_set(value: Any) -> None:
    name = type(value).__attrs_attrs__[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "other")
    with pytest.raises((AttributeError, TypeError)):
        value.something_new = 1
    assert {value} == {value}


def test_lists_that_are_handed_in_do_not_reach_into_the_value() -> None:
    skills, topics = ["trust"], {"home"}
    made = prompt(skills=skills, topics=topics)
    skills.append("repair")
    topics.add("work")
    assert (made.skills, made.topics) == (("trust",), frozenset({"home"}))


def test_equal_fields_make_equal_values() -> None:
    assert prompt() == prompt()
    assert prompt() != prompt(minutes=6)
    assert hash(pack(activities=[story()])) == hash(pack(activities=[story()]))


def test_every_kind_has_what_an_activity_has() -> None:
    made = [prompt(), exercise(), story(), check_in(), guide()]
    assert [activity.kind for activity in made] == ["prompt", "exercise", "story", "check_in", "guide"]
    for activity in made:
        assert (activity.pack, activity.slug, activity.title) == ("tea", "cup", HM)
        assert (activity.requires, activity.repeat.after_days, activity.purpose) == (None, 60, "practice")
        assert (activity.evidence.basis, activity.licence, activity.rev, activity.retired) == (
            "original",
            "CC-BY-4.0",
            1,
            False,
        )


def test_only_a_prompt_has_to_say_how_it_lands() -> None:
    # attack 32
    assert prompt(depth=3, after=HM).after == HM
    assert exercise(depth=4).depth == 4


def test_a_deeper_activity_may_touch_a_topic_that_only_a_later_kit_knows() -> None:
    assert prompt(depth=2, topics=["juggling", "money"]).topics == {"juggling", "money"}


def test_a_journey_offers_what_its_stages_offer() -> None:
    stages = [stage(), stage(id="then", offers=["tea/cup", "tea/talk"], about=HM, asks=1)]
    assert journey(stages=stages).offers == {"tea/cup", "tea/talk"}


def test_text_is_given_in_the_first_wanted_language_there_is() -> None:
    # attack 42
    text = Text("Back", "en", {"pt-BR": "Volta", "de": "Zurück"})
    assert text.in_language("de-AT-1996", "pt-BR") == "Zurück"
    assert text.in_language("fr", "pt-BR") == "Volta"
    assert text.in_language("fr", "pt", "en-GB") == "Back"
    assert text.in_language() == "Back"
    assert str(text) == "Back"
    assert Text("Back", others=[("pt-BR", "Volta"), ("de", "Zurück")]) == text


def test_a_gate_tells_which_names_stand_in_it_and_in_which_atom() -> None:
    done, count, elapsed = Done("tea/a"), Count("journey", "tea/b", 1), Elapsed(1, "tea/c")
    gate = AtLeast(1, [AllOf([done, Count("depth", 1, 1)]), AnyOf([count, DistinctDays(2)]), elapsed])
    assert named_in(gate) == (("tea/a", done), ("tea/b", count), ("tea/c", elapsed))
    assert named_in(None) == ()


@pytest.mark.parametrize("slug", ["a", "a1", "first-cup", "a-1-b", "s" * 64])
def test_a_slug_is_lower_case_words_joined_by_hyphens(slug: str) -> None:
    assert is_slug(slug)
    assert is_id(f"{slug}/{slug}")


@pytest.mark.parametrize(
    "word",
    ["", "A", "1a", "-a", "a-", "a--b", "a_b", "a b", "a\n", "ä", "a\u0661", "s" * 65, None, 5, ["a"], b"a"],
    ids=repr,
)
def test_nothing_else_is_a_slug(word: object) -> None:
    # attack 13, attack 14
    assert not is_slug(word)
    assert not is_id(f"tea/{word}")


@pytest.mark.parametrize("name", ["tea", "tea/", "/cup", "tea/cup/", "tea/a/b", "Tea/cup", "", 5, None], ids=repr)
def test_nothing_else_is_an_id(name: object) -> None:
    assert not is_id(name)


def test_a_topic_is_lower_case_words_joined_by_underscores() -> None:
    assert all(is_topic(topic) for topic in (*TOPICS, "juggling", "t" * 40))
    assert not any(is_topic(topic) for topic in ("", "In laws", "_a", "1a", "a-b", "a\n", "t" * 41, 5, None))


def test_a_topic_is_ordinary_or_sensitive_and_never_both() -> None:
    assert len(set(TOPICS)) == len(TOPICS) == len(ORDINARY_TOPICS) + len(SENSITIVE_TOPICS)


def test_releases_are_compared_by_their_numbers() -> None:
    assert release("0.10.2rc1") > release("0.9.9")
    assert release("1.0") == release("1.0.0") == release("1")
    assert release("1.0.dev3") == (1,)
    assert release("") == release("0.0") == ()


@pytest.mark.parametrize("value", ["0.1", "1.2.3", "999999.0"])
def test_a_release_is_two_or_three_numbers(value: str) -> None:
    assert is_release(value)


@pytest.mark.parametrize("value", ["1", "1.2.3.4", "0.1rc1", "v0.1", ">=0.1", "0.1\n", 0.1, None], ids=repr)
def test_nothing_else_is_a_release(value: object) -> None:
    assert not is_release(value)


# Alone


def test_a_prompt_works_alone_when_it_has_words_for_one() -> None:
    assert not prompt().works_alone
    assert prompt(solo=Text("Write it down.")).works_alone


def test_an_exercise_works_alone_when_it_says_how_or_when_nobody_else_has_a_part_in_it() -> None:
    plain, turns = Step(text=Text("Look up.")), Step(text=Text("Look up."), in_turns=True)
    parts = Step(text=Text("Look up."), each=[("giver", Text("Give."))])
    words = {"title": Text("Look"), "about": Text("Up.")}
    common = {"id": "tea/look", "skills": ["trust"], "depth": 1, "minutes": 2, **words}
    assert Exercise(steps=[plain], **common).works_alone
    assert not Exercise(steps=[plain, turns], **common).works_alone
    assert not Exercise(steps=[parts, plain], roles=[("giver", Text("giver"))], **common).works_alone
    assert Exercise(steps=[turns], solo=Text("Look up, alone."), **common).works_alone


def test_stories_guides_and_check_ins_always_work_alone() -> None:
    guide = Guide(id="tea/why", title=Text("Why?"), answer=[Text("So.")], skills=["trust"], depth=1, minutes=2)
    assert guide.works_alone


def test_a_limit_looks_at_a_day_or_at_seven() -> None:
    assert [AtMost("depth", 4, 1, per).days for per in ("day", "week")] == [1, 7]


@pytest.mark.parametrize(
    "wrong", [("journey", "tea/way", 1, "day"), ("depth", 5, 1, "day"), ("depth", 4, 0, "day"), ("depth", 4, 1, "year")]
)
def test_a_limit_that_means_nothing_is_refused(wrong: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidValueError):
        AtMost(*wrong)
