"""Listed words and phrases in all texts of a pack: each list, where it holds, and what is said about it."""

import re
from collections.abc import Iterator

from intimacy_kit.authoring.linting.people_words import (
    BODY,
    CHILDHOOD,
    FAITH,
    FAMILY,
    GENDERED,
    MARRIED,
    MEANS,
    TOGETHER,
)
from intimacy_kit.authoring.linting.phrases import Listed, Phrases
from intimacy_kit.authoring.linting.reading import Said, plain_words
from intimacy_kit.authoring.linting.safety_words import (
    CHECKING,
    DISCLOSURE,
    EFFECTS,
    FIGURES,
    FORGIVING,
    HEALING,
    NEAR_ACTS,
    SECRECY,
    THIRD,
    TOUCH,
)
from intimacy_kit.authoring.linting.style_words import CARD, METHODS, PRODUCTS, THERAPY
from intimacy_kit.content.activities import Exercise
from intimacy_kit.problems import Problem

__all__ = ["LISTS", "check_wording", "is_act"]

#: A small act of kindness takes no longer than this, in minutes.
_LONGEST_ACT = 3
#: Words that let somebody in for whom a thing does not hold.
_SECOND_DOORS = frozenset(
    {"or", "if", "whoever", "anyone", "anybody", "any", "imagined", "invent", "invented", "perhaps"}
)
_LABELS = frozenset({"title", "label", "people"})
_ASKING = frozenset({"text", "solo", "deeper", "lighter", "repair", "reflection", "question"})
_DOING = frozenset({"step", "each", "about"})
_PERCENT = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:%|per ?cent\b)|\b\d+ (?:out of|in) (?:every )?\d+ (?:couples|people|partners)\b"
)


def is_act(exercise: Exercise) -> bool:
    """Tell whether an exercise is a small act: short, light, and done by one person."""
    together = exercise.roles or any(step.each or step.in_turns for step in exercise.steps)
    return exercise.purpose == "practice" and exercise.minutes <= _LONGEST_ACT and exercise.depth == 1 and not together


def _anywhere(_: Said) -> bool:
    return True


def _to_the_reader(said: Said) -> bool:
    return not said.told and said.field not in {"note", "people", "choice"}


def _no_notes(said: Said) -> bool:
    return said.field != "note"


def _without_a_door(said: Said) -> bool:
    """Tell whether a text asks or tells the reader something, and lets in only those for whom it holds."""
    if said.field not in _ASKING | _DOING:
        return False
    return _SECOND_DOORS.isdisjoint(plain_words(said.words))


def _faithless(said: Said) -> bool:
    return _without_a_door(said) and (said.activity is None or "faith" not in said.activity.topics)


def _unsourced(said: Said) -> bool:
    return _to_the_reader(said) and (said.activity is None or not said.activity.evidence.sources)


def _promising(said: Said) -> bool:
    """Tell whether a text could promise something: questions to the reader promise nothing."""
    return _to_the_reader(said) and said.field not in _ASKING


def _alone(said: Said) -> bool:
    return said.field == "solo"


def _untried(said: Said) -> bool:
    weak = said.activity is None or said.activity.evidence.basis in {"tradition", "original"}
    return _to_the_reader(said) and weak


def _step_of_an_act(said: Said) -> bool:
    return said.field == "step" and isinstance(said.activity, Exercise) and is_act(said.activity)


_NOT_EVERYBODY = "'{found}' is not there for everybody"
_OPEN_A_DOOR = "open a second door ('or anyone', 'if only in your head'), or write: {instead}"

LISTS = (
    Listed(
        "K721",
        "'{found}' needs somebody else",
        "write what one person does alone: on paper, aloud to a wall, in the head",
        TOGETHER,
        _alone,
    ),
    Listed("K725", "'{found}' is how therapists talk", "in plain words: {instead}", THERAPY, _to_the_reader),
    Listed("K726", "'{found}' stands on greeting cards", "in plain words: {instead}", CARD, _to_the_reader),
    Listed("K727", "'{found}' is for married people only", "write: {instead}", MARRIED, _to_the_reader),
    Listed("K728", "'{found}' leaves somebody out", "write: {instead}", GENDERED, _to_the_reader),
    Listed("K729", _NOT_EVERYBODY, _OPEN_A_DOOR, FAMILY, _without_a_door),
    Listed("K730", "'{found}' asks for a childhood that can be told", _OPEN_A_DOOR, CHILDHOOD, _without_a_door),
    Listed("K731", _NOT_EVERYBODY, _OPEN_A_DOOR, MEANS, _without_a_door),
    Listed("K732", "not every body can do '{found}'", "give another way, or write: {instead}", BODY, _without_a_door),
    Listed("K733", "'{found}' belongs to one faith", "write: {instead}; or name the topic 'faith'", FAITH, _faithless),
    Listed("K734", "'{found}' is a product", "write: {instead}", PRODUCTS, _anywhere),
    Listed(
        "K735",
        "'{found}' belongs to somebody else",
        "structures may be used, names not; write: {instead}",
        METHODS,
        _to_the_reader,
    ),
    Listed(
        "K740",
        "'{found}' is touch or sex, which no pack holds",
        "write about words, looks, attention",
        TOUCH,
        _anywhere,
    ),
    Listed(
        "K741",
        "'{found}' is a way to check on somebody",
        "take it out; no activity asks for it",
        CHECKING,
        _no_notes,
        may_be_turned_round=True,
    ),
    Listed(
        "K742",
        "'{found}' makes a secret of it",
        "say whose it is: 'what was told belongs to whoever told it'",
        SECRECY,
        _to_the_reader,
    ),
    Listed(
        "K743",
        "'{found}' makes telling a duty",
        "leave the way out open: 'as much as you like', 'or leave it there'",
        DISCLOSURE,
        _to_the_reader,
        may_be_turned_round=True,
    ),
    Listed(
        "K744",
        "'{found}' asks for forgiveness",
        "nobody owes it; leave it out, or say that nothing has to come back",
        FORGIVING,
        _to_the_reader,
        may_be_turned_round=True,
    ),
    Listed(
        "K745",
        "'{found}' promises a cure",
        "a pack is no treatment; {instead}",
        HEALING,
        _promising,
        may_be_turned_round=True,
    ),
    Listed(
        "K746",
        "'{found}' names a finding and no source",
        "add it under evidence, sources, or leave the sentence out",
        FIGURES,
        _unsourced,
    ),
    Listed(
        "K747",
        "'{found}' is more than this activity can know",
        "write: {instead}; or name the study under evidence",
        EFFECTS,
        _untried,
        may_be_turned_round=True,
    ),
    Listed(
        "K748", "'{found}' gives away what somebody else told", "ask for something of one's own", THIRD, _to_the_reader
    ),
    Listed(
        "K749",
        "an act of kindness stays away from '{found}'",
        "choose what cannot be used against anyone: a chair, a lid, a light",
        NEAR_ACTS,
        _step_of_an_act,
        may_be_turned_round=True,
    ),
)
_PHRASES = Phrases(LISTS)


def check_wording(said: Said) -> Iterator[Problem]:
    """Say which listed words stand in a text, written in English."""
    found = list(_PHRASES.problems(said))
    yield from found
    if ("%" in said.words or "cent" in said.words or " in " in said.words or "out of" in said.words) and _unsourced(
        said
    ):
        figure = _PERCENT.search(said.words)
        if figure and "K746" not in {problem.code for problem in found}:
            hint = "add it under evidence, sources, or leave the sentence out"
            yield said.problem("K746", f"'{figure[0]}' is a figure without a source", hint, figure[0])
