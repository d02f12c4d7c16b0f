"""Exercises: two people can follow them without having read anything else, and leave them at any moment."""

import re
from collections.abc import Iterator
from itertools import takewhile

from intimacy_kit.authoring.linting.reading import about, count
from intimacy_kit.authoring.linting.wording import is_act
from intimacy_kit.content.activities import Exercise
from intimacy_kit.problems import Problem

__all__ = ["check_exercise", "check_exercise_in_english", "check_step_lengths"]

_COOL_DOWN = 20 * 60
_TENDER = 3
#: Timed steps fill at least this part of the minutes that an exercise says.
_LEAST_FILLED = 0.7
#: The most words of one step.
_LONGEST_STEP = 70
#: The most minutes of an exercise of one step.
_LONGEST_SINGLE = 10

_BEGINS = re.compile(
    r"\b(?:begin|begins|first|start|starts|decides?|chooses?|whoever|oldest|youngest)\b", re.IGNORECASE
)
#: A sentence that somebody is told to say, word for word: of five words at least, and not left open.
_SCRIPT = re.compile(
    r"\b(?i:say|tell \w+|tell your partner|answer|reply|repeat|begin with|ask)[:,]?\s+[*]?[\"\u201c]"
    r"((?:I|You|We|My|Thank)\b[^\"\u201d]*)[\"\u201d]"
)
_LEAST_SCRIPT = 5


def check_exercise(exercise: Exercise, at: str) -> Iterator[Problem]:
    """Say what an exercise lacks, in any language."""
    act = is_act(exercise)
    if not exercise.when_stuck:
        hint = "write under when_stuck what to do when it goes wrong, such as when: One of you is upset"
        yield about(f"{at}/title", "K771", "nothing says what to do when it goes wrong", hint)
    if act and not exercise.cautions:
        hint = 'write cautions: ["If you would do it so that nobody gets angry, skip it."]'
        yield about(f"{at}/title", "K780", "nothing says when to leave this small act", hint)
    if exercise.depth >= _TENDER and not exercise.cautions:
        hint = "write under cautions for whom it is not, and that nobody has to say why"
        yield about(f"{at}/title", "K775", "nothing says for whom this is not", hint)
    yield from _roles(exercise, at)
    yield from _times(exercise, at)


def _roles(exercise: Exercise, at: str) -> Iterator[Problem]:
    busy = {role for step in exercise.steps for role, _ in step.each}
    for role, _ in exercise.roles:
        if role not in busy:
            hint = f"write what it does in a step, under each: {{{role}: ...}}, or take the role out"
            yield about(f"{at}/roles/{role}", "K772", f"the role '{role}' has nothing to do", hint)


def _times(exercise: Exercise, at: str) -> Iterator[Problem]:
    turns = max(len(exercise.roles), 2)
    for index, step in enumerate(exercise.steps):
        if step.in_turns and step.seconds is None:
            hint = "write seconds: 120, the same for everybody, so that nobody has to take it or to stop it"
            yield about(f"{at}/steps/{index}/text", "K779", "a turn has no length", hint)
    if all(step.seconds for step in exercise.steps):
        timed = sum((step.seconds or 0) * (turns if step.in_turns else 1) for step in exercise.steps)
        if timed < _LEAST_FILLED * 60 * exercise.minutes:
            said = f"the steps take {timed / 60:g} of the {exercise.minutes} minutes"
            yield about(f"{at}/minutes", "K773", said, "give the steps their time, or write fewer minutes")
    if len(exercise.steps) == 1 and exercise.minutes > _LONGEST_SINGLE:
        hint = "say in steps who does what, and for how long"
        yield about(f"{at}/steps/0/text", "K777", f"one step is to fill {exercise.minutes} minutes", hint)
    if "conflict" in exercise.topics and any(step.in_turns for step in exercise.steps):
        before = sum(step.seconds or 0 for step in takewhile(lambda step: not step.in_turns, exercise.steps))
        if before < _COOL_DOWN:
            hint = "begin with a step of 20 minutes apart (seconds: 1200), before anybody tells anything"
            yield about(f"{at}/steps/0/text", "K770", "a quarrel is taken up before it has cooled", hint)


def check_step_lengths(exercise: Exercise, at: str) -> Iterator[Problem]:
    """Say which step is too long to be kept in mind; for languages that write blanks."""
    for index, step in enumerate(exercise.steps):
        if (words := count(step.text.words)) > _LONGEST_STEP:
            hint = f"make two steps of it; {_LONGEST_STEP} words are the most that people keep in mind"
            yield about(f"{at}/steps/{index}/text", "K774", f"this step has {words} words", hint)


def check_exercise_in_english(exercise: Exercise, at: str) -> Iterator[Problem]:
    """Say what an exercise written in English lacks in its words."""
    told = " ".join([exercise.about.words, *(step.text.words for step in exercise.steps)])
    if any(step.in_turns for step in exercise.steps) and not _BEGINS.search(told):
        first = next(index for index, step in enumerate(exercise.steps) if step.in_turns)
        hint = "such as: the one who finds talking harder decides who begins"
        yield about(f"{at}/steps/{first}/text", "K778", "nothing says who begins", hint)
    for index, step in enumerate(exercise.steps):
        for pointer, text in [("text", step.text), *((f"each/{role}", words) for role, words in step.each)]:
            found = _SCRIPT.search(text.words)
            if found and count(found[1]) >= _LEAST_SCRIPT and not found[1].rstrip().endswith(("...", "\u2026")):
                hint = "give the first few words to finish: 'I miss ...'"
                where = about(f"{at}/steps/{index}/{pointer}", "K776", "this puts a whole sentence into a mouth", hint)
                yield _with_part(where, found[1])


def _with_part(problem: Problem, part: str) -> Problem:
    return Problem(problem.where, problem.code, problem.message, problem.hint, part)
