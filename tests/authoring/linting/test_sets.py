"""What a whole pack holds; a handful of prompts may be as it likes."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from intimacy_kit.content.activities import Prompt
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.text import Text

Make = Callable[..., Any]

#: Openings and nouns that make prompts no two of which are alike.
_OPENINGS = ("Which", "Whose", "Where is the", "Behind which", "Under which", "Along which", "Beside which")
_NOUNS = """
anchor button carpet dragon engine feather garden hammer island jacket kettle lantern mirror needle orange pillow
quilt ribbon saddle teapot umbrella violin window xylophone yoghurt zebra bicycle candle drawer elephant
"""
_THINGS = _NOUNS.split()
_SOLD = [f"Which {thing} did you once sell?" for thing in _THINGS[:7]]
_SMALL = [f"Which small {thing} or {thing}?" for thing in _THINGS[:4]]
_PAIRS = [f"{_THINGS[n].capitalize()} or {_THINGS[n + 1]}?" for n in range(10, 26, 2)]


@pytest.fixture
def prompts(prompt: Make) -> Make:
    """Return so many prompts, mixed as they should be but for the fields that are given by name."""

    def make(number: int, **fields: Iterable[Any]) -> list[Prompt]:
        clean: dict[str, Any] = {
            "mood": ["playful", "curious", "grateful", "ordinary"],
            "shape": ["question", "pick", "scene"],
        }
        made = []
        for n in range(number):
            own = {name: list(values)[n % len(list(values))] for name, values in (clean | fields).items()}
            text = own.pop("text", f"{_OPENINGS[n % 7]} {_THINGS[n]} or {_THINGS[n]}?")
            after = Text(f"Look at the {_THINGS[n]}.") if own.get("depth", 1) > 2 else None
            made.append(prompt(text, f"a{n:02}", after=after, **own))
        return made

    return make


def codes(found: list[tuple[str, str, str]]) -> list[str]:
    return [code for code, _, _ in found]


def test_a_mixed_pack_is_well(prompts: Make, found: Make) -> None:
    assert found(*prompts(20)) == []


@pytest.mark.parametrize(
    ("code", "number", "fields"),
    [
        ("K791", 12, {"shape": ["question"]}),
        ("K791", 12, {"shape": ["question"] * 9 + ["scene"] * 3}),
        (
            "K793",
            12,
            {
                "depth": [3] * 6 + [1] * 6,
                "mood": ["hard", "tender"] * 2 + ["hard", *["playful", "curious"] * 3, "ordinary"],
            },
        ),
        ("K794", 20, {"depth": [4] * 4 + [1] * 16}),
        ("K795", 12, {"depth": [1] * 2 + [2] * 10}),
        ("K796", 12, {"mood": ["playful"] * 7 + ["curious"] * 5}),
        ("K792", 12, {"text": _SOLD + _PAIRS[:5]}),
        ("K722", 12, {"text": _SMALL + _PAIRS}),
    ],
)
def test_too_much_of_one_thing_is_a_problem_of_the_pack(
    code: str, number: int, fields: dict[str, Any], prompts: Make, found: Make
) -> None:
    assert (code, "/title", "") in found(*prompts(number, **fields))
    assert code not in codes(found(*prompts(number, **fields), whole=False))
    assert code not in codes(found(*prompts({12: 11, 20: 19}[number], **fields)))


@pytest.mark.parametrize(
    ("code", "number", "fields"),
    [
        ("K791", 12, {"shape": ["question"] * 8 + ["scene"] * 4}),
        ("K793", 12, {"depth": [3, 1], "mood": ["hard", "playful", "tender", "curious", "grateful", "ordinary"]}),
        ("K793", 12, {"depth": [3] * 5 + [1] * 7, "mood": ["hard"] * 5 + ["playful", "curious"] * 4}),
        ("K794", 20, {"depth": [4] * 3 + [1] * 17}),
        ("K795", 12, {"depth": [1] * 3 + [2] * 9}),
        ("K796", 12, {"mood": ["playful"] * 6 + ["curious"] * 6}),
        ("K792", 12, {"text": _SOLD[:6] + _PAIRS[:6]}),
        ("K722", 12, {"text": [*_SMALL[:3], "Hat or cap?", *_PAIRS]}),
    ],
)
def test_just_enough_is_well(code: str, number: int, fields: dict[str, Any], prompts: Make, found: Make) -> None:
    assert code not in codes(found(*prompts(number, **fields)))


def test_each_prompt_says_its_shape_and_its_mood(prompts: Make, found: Make) -> None:
    fields: dict[str, Any] = {"mood": [*["playful", "curious"] * 5, None, None], "shape": [None, "scene", "pick"]}
    assert found(*prompts(12, **fields)) == [
        ("K723", "/activities/0/text", ""),
        ("K723", "/activities/10/text", ""),
    ]
    assert found(*prompts(11, **fields)) == []


def test_prompts_begin_in_different_ways(prompts: Make, found: Make) -> None:
    alike = [f"In the  fog, {thing} or {thing}?" for thing in _THINGS[:4]]
    others = [f"{thing.capitalize()} or {thing}?" for thing in _THINGS[4:12]]
    assert ("K797", "/activities/3/text", "") in found(*prompts(12, text=alike + others))
    alike = [one.replace("  ", " ") for one in alike]
    assert found(*prompts(12, text=alike + others)) == [("K797", "/activities/3/text", "In the fog,")]
    assert found(*prompts(12, text=[*alike[:3], *others, "Moon or sun?"])) == []


def test_what_is_retired_counts_for_nothing(prompts: Make, found: Make) -> None:
    assert found(*prompts(12, shape=["question"], retired=[True])) == []


def test_words_are_counted_in_english_only(prompts: Make, found: Make) -> None:
    looked = found(*prompts(12, text=[f"{thing}, was ever?" for thing in _THINGS[:12]]), languages=["de"])
    assert codes(looked) == []


def test_titles_can_be_told_apart(exercise: Make, found: Make) -> None:
    assert found(exercise(), exercise(id="tea/other", title=Text("Listen!"))) == [("K799", "/activities/1/title", "")]
    assert found(exercise(), exercise(id="tea/other", title=Text("Listen!"), retired=True)) == []
    stages = [Stage(id=name, title=Text("First cup"), offers=["tea/listen"]) for name in ("one", "two")]
    journey = Journey(id="tea/pot", title=Text("Listen"), about=Text("A pot."), stages=stages)
    assert found(exercise(), journeys=[journey]) == [("K799", "/journeys/0/stages/1/title", "")]
