"""Little packs to look through: one activity each, clean but for what a test is about."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from intimacy_kit.authoring.linting import lint
from intimacy_kit.content.activities import (
    Activity,
    Arc,
    CheckIn,
    Choice,
    Exercise,
    Guide,
    Prompt,
    Question,
    Scale,
    Scene,
    Step,
    Story,
    Stuck,
)
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text

Found = list[tuple[str, str, str]]  # code, pointer, part

_COMMON: dict[str, Any] = {"skills": ["trust"], "depth": 1, "minutes": 5}


def in_pack(*activities: Activity, **fields: Any) -> Pack:
    clean: dict[str, Any] = {"name": "tea", "title": Text("Tea"), "version": "1.0", "authors": ["Ada"]}
    return Pack(**{**clean, "about": Text("Over a cup."), "activities": activities, **fields})


@pytest.fixture
def pack_of() -> Callable[..., Pack]:
    return in_pack


@pytest.fixture
def found() -> Callable[..., Found]:
    """Return what is found in some activities: triples of code, pointer and part."""

    def look(*activities: Activity, beside: tuple[Pack, ...] = (), whole: bool = True, **fields: Any) -> Found:
        problems = lint(in_pack(*activities, **fields), beside, whole=whole)
        return [(problem.code, problem.where.pointer, problem.part) for problem in problems]

    return look


@pytest.fixture
def prompt() -> Callable[..., Prompt]:
    def make(text: str, slug: str = "a", **fields: Any) -> Prompt:
        return Prompt(**{**_COMMON, "id": f"tea/{slug}", "text": Text(text), **fields})

    return make


@pytest.fixture
def exercise() -> Callable[..., Exercise]:
    """Return an exercise of one timed step that nothing is wrong with."""
    whole = Exercise(
        **_COMMON,
        id="tea/listen",
        title=Text("Listen"),
        about=Text("Two minutes each, for what could be heard."),
        steps=[Step(text=Text("Whoever is less tired begins."), seconds=120, in_turns=True)],
        when_stuck=[Stuck(Text("Nothing can be heard"), Text("Then that was it."))],
    )

    def make(*steps: Step, **fields: Any) -> Exercise:
        return evolve(whole, steps=steps or whole.steps, **fields)

    return make


@pytest.fixture
def guide() -> Callable[..., Guide]:
    def make(**fields: Any) -> Guide:
        clean: dict[str, Any] = {
            "id": "tea/quiet",
            "title": Text("What if it is quiet?"),
            "answer": [Text("It is. " * 90)],
        }
        clean |= {"seek_help": Text("If it hurts."), "links": ["tea/listen"]}
        return Guide(**{**_COMMON, **clean, **fields})

    return make


@pytest.fixture
def check_in() -> Callable[..., CheckIn]:
    def make(**fields: Any) -> CheckIn:
        return CheckIn(
            **{
                **_COMMON,
                "id": "tea/now",
                "title": Text("Now"),
                "about": Text("One question."),
                "questions": [Question("now", Text("How much were you listened to today?"))],
                "scale": Scale(1, 7, Text("hardly"), Text("very much")),
                "validated": False,
                **fields,
            }
        )

    return make


@pytest.fixture
def story() -> Callable[..., Story]:
    """Return a story, told by triples of a scene, how many words it has, and where it leads."""
    arc = Arc(**{name: Text("It went on.") for name in ("struggle", "turning_point", "outcome", "stayed_hard")})

    def make(*scenes: tuple[str, int, tuple[str, ...]], **fields: Any) -> Story:
        told = scenes or (("hall", 100, ("bow", "lace")), ("bow", 200, ()), ("lace", 220, ()))
        clean: dict[str, Any] = {"id": "tea/shoe", "title": Text("Shoe"), "people": Text("Ruth and Ilse"), "arc": arc}
        clean |= {"links": ["other/listen"], "reflections": [Text("Which job do your hands do alone?")]}
        clean["scenes"] = [
            Scene(
                id=name,
                paragraphs=[Text("So. " * least) for least in (*[200] * (words // 200), words % 200) if least],
                choices=[Choice(Text("Go on"), to) for to in following],
            )
            for name, words, following in told
        ]
        return Story(**{**_COMMON, **clean, **fields})

    return make
