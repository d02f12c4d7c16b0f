"""What a whole pack holds: shapes, moods and depths mixed, no words worn out, no line twice.

Each proportion is asked of a pack only from so many prompts on; a handful may be as it likes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from intimacy_kit.authoring.linting.prompts import vague_words
from intimacy_kit.authoring.linting.reading import about, plain_words
from intimacy_kit.content.activities import Prompt
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem, Where

__all__ = [
    "HEAVY",
    "LEAST_GLAD",
    "LEAST_LIGHT",
    "MOST_BACK",
    "MOST_DEEPEST",
    "MOST_OF_A_MOOD",
    "MOST_PLAIN",
    "MOST_VAGUE",
    "check_english_set",
    "check_set",
    "check_twice",
    "looks_back",
]

#: From so many prompts on, shapes, moods and words are counted; from the second number on, depths.
_A_SET, _A_LARGE_SET = 12, 20
_LEAST_DEEP = 6
MOST_PLAIN, MOST_BACK, MOST_OF_A_MOOD, MOST_VAGUE, MOST_DEEPEST = 2 / 3, 1 / 2, 1 / 2, 1 / 4, 0.15
LEAST_LIGHT, LEAST_GLAD = 1 / 4, 1 / 3
_OPENING, _ALIKE, _MOST_ALIKE = 3, 4, 0.1
_TENDER, _DEEPEST = 3, 4
HEAVY = frozenset({"hard", "tender"})

_LOOKS_BACK = re.compile(
    r"\b(?:did|was|were|had|once|used to|remember|ago|yesterday|first time|last (?:week|year|month|time|summer|night)|"
    r"have you (?:ever|once)|ever)\b"
)

_Numbered = tuple[int, Prompt]


def check_twice(pack: Pack) -> Iterator[Problem]:
    """Say which landing stands at two prompts, which words twice in one activity, and which titles are alike."""
    landings: dict[str, str] = {}
    titles: dict[str, str] = {}
    for index, activity in enumerate(pack.activities):
        if activity.retired:
            continue
        if isinstance(activity, Prompt):
            yield from _landing(activity, index, landings)
            yield from _repeated(activity, index)
        else:
            yield from _title(activity.title.words, f"/activities/{index}/title", activity.slug, titles)
    for index, journey in enumerate(pack.journeys):
        stages: dict[str, str] = {}
        for place, stage in enumerate(journey.stages):
            yield from _title(stage.title.words, f"/journeys/{index}/stages/{place}/title", stage.id, stages)


def _normal(text: str) -> str:
    return " ".join(plain_words(text)) or text


def _landing(prompt: Prompt, index: int, landings: dict[str, str]) -> Iterator[Problem]:
    if prompt.after:
        first = landings.setdefault(_normal(prompt.after.words), prompt.slug)
        if first != prompt.slug:
            hint = "write what the listener does with what was just heard here, and nowhere else"
            yield about(f"/activities/{index}/after", "K719", f"'{first}' ends with the same line", hint)


def _repeated(prompt: Prompt, index: int) -> Iterator[Problem]:
    seen = {_normal(prompt.text.words): "text"}
    ways = prompt.follow_ups
    for name, text, pointer in (
        ("solo", prompt.solo, "solo"),
        ("deeper", ways.deeper, "follow_ups/deeper"),
        ("lighter", ways.lighter, "follow_ups/lighter"),
        ("repair", ways.repair, "follow_ups/repair"),
        ("after", prompt.after, "after"),
    ):
        first = seen.setdefault(_normal(text.words), name) if text else name
        if first != name:
            hint = "write it for its own place, or leave it out"
            yield about(f"/activities/{index}/{pointer}", "K720", f"this repeats '{first}'", hint)


def _title(words: str, pointer: str, slug: str, titles: dict[str, str]) -> Iterator[Problem]:
    first = titles.setdefault(_normal(words), slug)
    if first != slug:
        yield about(
            pointer, "K799", f"'{first}' has the same title", "give each its own, so that people can tell them apart"
        )


def check_set(pack: Pack) -> Iterator[Problem]:
    """Say what the prompts of a pack are too many or too few of, in any language."""
    prompts = _prompts(pack)
    if len(prompts) < _A_SET:
        return
    yield from _unsaid(prompts)
    plain = sum(prompt.shape == "question" for _, prompt in prompts)
    if plain > MOST_PLAIN * len(prompts):
        hint = "at most two thirds; make some a pick, a guess, a task, a scene or a sentence to finish"
        yield _of_the_pack("K791", f"{plain} of {len(prompts)} prompts are plain questions", hint)
    yield from _moods(prompts)
    yield from _depths(prompts)
    yield from _openings(prompts)


def looks_back(text: str) -> bool:
    """Tell whether an English text asks for what was.

    >>> looks_back("Who taught you to whistle?"), looks_back("Where did you learn to whistle?")
    (False, True)
    """
    return _LOOKS_BACK.search(text.lower()) is not None


def check_english_set(pack: Pack) -> Iterator[Problem]:
    """Say what the words of the prompts of a pack, written in English, are too many of."""
    prompts = _prompts(pack)
    if len(prompts) < _A_SET:
        return
    back = sum(looks_back(prompt.text.words) for _, prompt in prompts)
    if back > MOST_BACK * len(prompts):
        hint = "at most half; ask about tonight, about tomorrow, about what is made up"
        yield _of_the_pack("K792", f"{back} of {len(prompts)} prompts look back", hint)
    vague = sum(bool(vague_words(prompt.text.words)) for _, prompt in prompts)
    if vague > MOST_VAGUE * len(prompts):
        hint = "at most one in four has 'someone', 'something', 'small', 'moment' or 'this week' in it"
        yield _of_the_pack("K722", f"{vague} of {len(prompts)} prompts use a word that fits every prompt", hint)


def _prompts(pack: Pack) -> list[_Numbered]:
    return [(i, one) for i, one in enumerate(pack.activities) if isinstance(one, Prompt) and not one.retired]


def _of_the_pack(code: str, message: str, hint: str) -> Problem:
    return Problem(Where(pointer="/title"), code, message, hint)


def _unsaid(prompts: Iterable[_Numbered]) -> Iterator[Problem]:
    for field, example in (("shape", "shape: question"), ("mood", "mood: playful")):
        without = [index for index, prompt in prompts if getattr(prompt, field) is None]
        if without:
            said = f"{len(without)} prompts say no {field}, this is the first"
            hint = f"write one at each, such as {example}, so that what is offered on one evening can be mixed"
            yield about(f"/activities/{without[0]}/text", "K723", said, hint)


def _moods(prompts: list[_Numbered]) -> Iterator[Problem]:
    moods = Counter(prompt.mood for _, prompt in prompts if prompt.mood)
    for mood, number in moods.most_common(1):
        if number > MOST_OF_A_MOOD * len(prompts):
            hint = "at most half; mix playful, ordinary, grateful, curious, tender and hard"
            yield _of_the_pack("K796", f"{number} of {len(prompts)} prompts are '{mood}'", hint)
    tender = [prompt.mood for _, prompt in prompts if prompt.depth >= _TENDER and prompt.mood]
    glad = sum(mood not in HEAVY for mood in tender)
    if len(tender) >= _LEAST_DEEP and glad < LEAST_GLAD * len(tender):
        hint = "at least one in three is glad, proud or funny: depth is how much of you is in it, not how sad it is"
        yield _of_the_pack("K793", f"only {glad} of {len(tender)} prompts of depth 3 and 4 are glad", hint)


def _depths(prompts: list[_Numbered]) -> Iterator[Problem]:
    depths = Counter(prompt.depth for _, prompt in prompts)
    if len(prompts) >= _A_LARGE_SET and depths[_DEEPEST] > MOST_DEEPEST * len(prompts):
        hint = "at most 15 in 100; make some of them tender (3), or write more light ones"
        yield _of_the_pack("K794", f"{depths[_DEEPEST]} of {len(prompts)} prompts are of depth 4", hint)
    if depths[1] < LEAST_LIGHT * len(prompts):
        hint = "at least one in four, to begin with and to rest on"
        yield _of_the_pack("K795", f"{depths[1]} of {len(prompts)} prompts are light", hint)


def _openings(prompts: list[_Numbered]) -> Iterator[Problem]:
    opened: dict[str, list[int]] = {}
    for index, prompt in prompts:
        first = prompt.text.words.split()[:_OPENING]
        opened.setdefault(" ".join(first).lower(), []).append(index)
    for words, indexes in opened.items():
        if len(indexes) >= _ALIKE and len(indexes) > _MOST_ALIKE * len(prompts) and len(words.split()) == _OPENING:
            said = f"{len(indexes)} prompts begin with the same three words"
            text = dict(prompts)[indexes[-1]].text.words
            part = " ".join(text.split()[:_OPENING])
            where = Where(pointer=f"/activities/{indexes[-1]}/text")
            yield Problem(
                where, "K797", said, "begin some with the hour, the place or the thing", part if part in text else ""
            )
