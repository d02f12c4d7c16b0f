"""The documents of what is shared and of what is somebody's own, and what is said of a document that is none."""

from typing import Any

import pytest
from little_packs import activity, day, evening

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.event_documents import event_from, put_words, take_words, to_document
from intimacy_kit.practice.events import (
    Accepted,
    Agreed,
    Answer,
    BoundariesChanged,
    CheckedIn,
    Completed,
    Declined,
    Event,
    Noted,
    NoticeRead,
    Revealed,
    Sealed,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    TakenBack,
    Withdrawn,
    is_name,
)
from intimacy_kit.practice.words import Words

CUP = activity("cup", depth=2, topics=["money", "home"], skills=["trust", "repair"], rev=4)
AT, WHEN = evening(0), "2026-11-23T20:00:00+00:00"
MINE = {"partner": "a", "at": WHEN}
OF_CUP = {
    "activity": "tea/cup",
    "at": WHEN,
    "rev": 4,
    "kind": "prompt",
    "skills": ["trust", "repair"],
    "topics": ["home", "money"],
    "depth": 2,
}
ANSWERS = {"a": {"shown": "Tea?", "words": "Yes."}, "b": {"shown": "A cup?"}}
DOCUMENTS: list[dict[str, Any]] = [
    {"event": "space_opened", "at": WHEN, "people": ["a", "b"], "shared": "kept"},
    {"event": "space_left", "on": "2026-11-23", "who": "a"},
    {"event": "space_closed", "on": "2026-11-23"},
    {"event": "revealed", "on": "2026-11-23", "activity": "tea/cup", "answers": ANSWERS},
    {"event": "taken_back", "on": "2026-11-23", "who": "a", "activity": "tea/cup", "round": 2},
    {"event": "declined", **MINE, "activity": "tea/cup", "until": "2026-11-30"},
    {"event": "accepted", **MINE, "activity": "tea/cup", "topics": ["home", "money"], "until": "2026-11-30"},
    {"event": "sealed", **OF_CUP, "partner": "a", "shown": "Tea?", "words": "Yes.", "round": 2},
    {"event": "agreed", **MINE, "activity": "tea/cup", "round": 2},
    {"event": "withdrawn", **MINE, "activity": "tea/cup", "round": 2},
    {"event": "noted", **MINE, "words": "Yes.", "activity": "tea/cup"},
    {"event": "noted", **MINE, "words": "Yes."},
    {
        "event": "boundaries_changed",
        **MINE,
        "boundaries": {
            "depth": 2,
            "topics": {"money": "ask"},
            "declined": {"tea/pot": "2026-11-30"},
            "accepted": [{"activity": "tea/cup", "topics": ["home", "money"], "until": "2026-11-30"}],
            "paused": True,
        },
    },
]


def event_of(kind: str) -> Event:
    """Return the event that the first document of a kind describes."""
    answers = [Answer(who="b", shown="A cup?"), Answer(who="a", shown="Tea?", words=Words("Yes."))]
    asked = Boundaries(depth=2, topics={"money": "ask"}, declined={"tea/pot": day(7)})
    boundaries = asked.accepting("tea/cup", ["money", "home"], day(7)).pausing()
    mine: dict[str, Any] = {"partner": "a", "at": AT}
    kinds: dict[str, Event] = {
        "space_opened": SpaceOpened(at=AT, people=["b", "a"], shared="kept"),
        "space_left": SpaceLeft(on=day(0), who="a"),
        "space_closed": SpaceClosed(on=day(0)),
        "revealed": Revealed(on=day(0), activity="tea/cup", answers=answers),
        "taken_back": TakenBack(on=day(0), who="a", activity="tea/cup", round=2),
        "declined": Declined(**mine, activity="tea/cup", until=day(7)),
        "accepted": Accepted(**mine, activity="tea/cup", topics=["money", "home"], until=day(7)),
        "sealed": Sealed.of(CUP, **mine, shown="Tea?", words=Words("Yes."), round=2),
        "agreed": Agreed(**mine, activity="tea/cup", round=2),
        "withdrawn": Withdrawn(**mine, activity="tea/cup", round=2),
        "noted": Noted(**mine, words=Words("Yes."), activity="tea/cup"),
        "boundaries_changed": BoundariesChanged(**mine, boundaries=boundaries),
    }
    return kinds[kind]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["event"])
def test_each_kind_comes_back_from_its_document_and_makes_it_again(document: dict[str, Any]) -> None:
    event = event_from(document)
    assert (event.event, to_document(event)) == (document["event"], document)


@pytest.mark.parametrize("kind", dict.fromkeys(document["event"] for document in DOCUMENTS))
def test_each_kind_is_written_as_it_is_said_to_be(kind: str) -> None:
    document = next(document for document in DOCUMENTS if document["event"] == kind)
    event = event_of(kind)
    assert (to_document(event), event_from(document)) == (document, event)


REVEALED = DOCUMENTS[3]


def test_words_of_several_people_are_taken_out_and_put_back() -> None:
    left, words = take_words(REVEALED)
    assert words == {"a": "Yes."}
    assert left == {**REVEALED, "answers": {"a": {"shown": "Tea?"}, "b": {"shown": "A cup?"}}}
    assert put_words(left, words) == REVEALED
    assert put_words(left, {}) == left
    assert REVEALED["answers"] == ANSWERS, "what was given is as it was"


@pytest.mark.parametrize("document", [DOCUMENTS[0], DOCUMENTS[7], DOCUMENTS[10]], ids=["joint", "sealed", "noted"])
def test_of_what_belongs_to_nobody_or_to_one_person_nothing_is_taken(document: dict[str, Any]) -> None:
    assert take_words(document) == (document, {})


CHANGED = DOCUMENTS[-1]
COMPLETED = {**OF_CUP, "event": "completed"}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"event": "canary"}, "'event' must be a document of a kind this kit knows"),
        ({**COMPLETED, "canary": 1}, "'event' must hold the fields of its kind"),
        ({**COMPLETED, "skills": "trust"}, "'value' must be a list"),
        ({**COMPLETED, "topics": ["home", "home"]}, "'value' must not hold the same value twice"),
        ({**COMPLETED, "at": "today"}, "'at' must be a moment such as 2026-11-23T20:00:00+01:00"),
        ({"event": "space_closed", "on": "today"}, "'day' must be a date such as 2026-11-23"),
        (
            {**REVEALED, "answers": ["a"]},
            "'answers' must be what each person answered, or a point for each question",
        ),
        (
            {**CHANGED, "boundaries": {"depth": 2, "canary": 1}},
            "'boundaries' must hold depth, topics, declined, accepted and paused",
        ),
    ],
)
def test_what_is_wrong_with_a_document_is_said_in_one_line(document: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        event_from(document)
    assert str(refused.value) == said


@pytest.mark.parametrize("answers", [[7], ["a"], [Answer(who="a", shown="Tea?"), "b"]])
def test_answers_that_are_none_are_refused(answers: list[Any]) -> None:
    with pytest.raises(InvalidValueError, match=r"^'answers' must "):
        Revealed(on=day(0), activity="tea/cup", answers=answers)


def test_an_event_keeps_what_the_activity_was_then() -> None:
    done = Completed.of(CUP, at=AT)
    assert (done.activity, done.rev, done.kind, done.depth) == ("tea/cup", 4, "prompt", 2)
    assert (done.skills, done.topics) == (("trust", "repair"), {"home", "money"})


def test_the_longest_id_and_the_highest_point_are_taken() -> None:
    longest = "x" * 128
    assert is_name(longest)
    assert NoticeRead(partner=longest, at=AT).partner == longest
    assert CheckedIn.of(CUP, at=AT, partner="a", answers={"near": 100, "far": 0}).answers == (("far", 0), ("near", 100))
