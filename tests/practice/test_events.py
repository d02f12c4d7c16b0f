"""Facts, and their form as documents."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import activity, day, evening, events, joint_events, patient, private_events

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.event_documents import event_from, to_document
from intimacy_kit.practice.events import (
    BoundariesChanged,
    Carried,
    CheckedIn,
    Completed,
    Event,
    JointEvent,
    JourneyChosen,
    Migrated,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
    Skipped,
    Started,
    is_name,
)
from intimacy_kit.practice.moments import is_aware

CUP = activity("cup", depth=2, topics=["money", "home"], skills=["trust", "repair"], rev=4)
OF_CUP = {
    "activity": "tea/cup",
    "at": "2026-11-23T20:00:00+00:00",
    "rev": 4,
    "kind": "prompt",
    "skills": ["trust", "repair"],
    "topics": ["home", "money"],
    "depth": 2,
}
AT = evening(0)
EACH_KIND: list[tuple[Event, dict[str, Any]]] = [
    (Offered.of(CUP, at=AT), {"event": "offered", **OF_CUP}),
    (Started.of(CUP, at=AT), {"event": "started", **OF_CUP}),
    (Paused.of(CUP, at=AT, moves=["next", "next"]), {"event": "paused", **OF_CUP, "moves": ["next", "next"]}),
    (Completed.of(CUP, at=AT), {"event": "completed", **OF_CUP}),
    (Skipped.of(CUP, at=AT), {"event": "skipped", **OF_CUP}),
    (
        JourneyChosen(at=AT, journey="tea/way"),
        {"event": "journey_chosen", "at": "2026-11-23T20:00:00+00:00", "journey": "tea/way"},
    ),
    (JourneyChosen(at=AT), {"event": "journey_chosen", "at": "2026-11-23T20:00:00+00:00"}),
    (
        Migrated(at=AT, name="tea/cups", carried=[Carried(old="tea/mug", new="tea/cup", credit="offered")]),
        {
            "event": "migrated",
            "at": "2026-11-23T20:00:00+00:00",
            "name": "tea/cups",
            "carried": [{"old": "tea/mug", "new": "tea/cup", "credit": "offered"}],
        },
    ),
    (
        BoundariesChanged(
            partner="a",
            at=AT,
            boundaries=Boundaries(depth=3, topics={"money": "ask"}, declined={"tea/cup": day(7)}),
        ),
        {
            "event": "boundaries_changed",
            "partner": "a",
            "at": "2026-11-23T20:00:00+00:00",
            "boundaries": {"depth": 3, "topics": {"money": "ask"}, "declined": {"tea/cup": "2026-11-30"}},
        },
    ),
    (NoticeRead(partner="a", at=AT), {"event": "notice_read", "partner": "a", "at": "2026-11-23T20:00:00+00:00"}),
    (
        CheckedIn.of(CUP, at=AT, partner="a", answers={"near": 7, "heard": 0}),
        {"event": "checked_in", **OF_CUP, "partner": "a", "answers": {"heard": 0, "near": 7}},
    ),
]
KINDS = [document["event"] for _, document in EACH_KIND]


@pytest.mark.parametrize(("event", "document"), EACH_KIND, ids=KINDS)
def test_each_kind_has_its_document(event: Event, document: dict[str, Any]) -> None:
    assert to_document(event) == document
    assert event_from(document) == event


@patient
@given(events)
def test_every_event_comes_back_from_its_document_as_it_was(event: Event) -> None:
    document = json.loads(json.dumps(to_document(event)))
    back = event_from(document)
    assert back == event
    assert type(back) is type(event)
    assert to_document(back) == document


@patient
@given(joint_events())
def test_a_joint_event_is_nobodys(event: JointEvent) -> None:
    assert event.partner is None
    assert "partner" not in to_document(event)


@patient
@given(private_events)
def test_a_private_event_says_whose_it_is(event: PrivateEvent) -> None:
    assert to_document(event)["partner"] == event.partner


def test_what_may_be_left_out_of_a_document_is_the_plain_case() -> None:
    document = {name: OF_CUP[name] for name in ("activity", "at", "kind", "skills", "depth")}
    assert event_from({"event": "paused", **document}) == Paused(
        activity="tea/cup", at=AT, kind="prompt", skills=["trust", "repair"], depth=2
    )
    changed = {"event": "boundaries_changed", "partner": "a", "at": OF_CUP["at"], "boundaries": {"depth": 2}}
    assert event_from(changed) == BoundariesChanged(partner="a", at=AT, boundaries=Boundaries(depth=2))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 23, 20),  # noqa: DTZ001 - the point of it
        datetime(2026, 11, 23, 20, tzinfo=timezone(timedelta(seconds=1))),
        datetime(1899, 12, 31, tzinfo=UTC),
        "2026-11-23T20:00:00+00:00",
        day(0),
        None,
    ],
)
@pytest.mark.parametrize("build", [lambda at: Completed.of(CUP, at=at), lambda at: NoticeRead(partner="a", at=at)])
def test_a_moment_without_a_time_zone_is_refused(build: Any, moment: Any) -> None:
    assert not is_aware(moment)
    with pytest.raises(InvalidValueError) as refused:
        build(moment)
    assert str(refused.value) == "'at' must be a datetime with a time zone; pass datetime.now(zone)"


def test_the_same_instant_in_another_zone_is_another_fact_as_its_day_may_differ() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    in_madrid = late.astimezone(ZoneInfo("Europe/Madrid"))
    assert Completed.of(CUP, at=late) != Completed.of(CUP, at=in_madrid)
    assert (late.date(), in_madrid.date()) == (day(0), day(1))


def test_an_event_in_the_hour_that_comes_twice_comes_back_equal() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Madrid"))
    for at in (twice, twice.replace(fold=1)):
        assert event_from(to_document(NoticeRead(partner="a", at=at))) == NoticeRead(partner="a", at=at)


@pytest.mark.parametrize("name", ["", " a", "a ", "a\n", "x" * 129, "a\u200bb", "a\u202eb", "\ud800", 7, None])
def test_an_id_that_could_not_be_read_back_is_refused_at_once(name: Any) -> None:
    assert not is_name(name)
    with pytest.raises(InvalidValueError, match=r"^'partner' must be an id of 1 to 128 characters"):
        NoticeRead(partner=name, at=AT)
    with pytest.raises(InvalidValueError, match=r"^'moves' must be moves$"):
        Paused.of(CUP, at=AT, moves=[name])


@pytest.mark.parametrize("answers", [{}, {"near": 101}, {"near": -1}, {"near": True}, {"near": "7"}, {"Near": 1}])
def test_an_answer_that_is_no_point_of_a_scale_is_refused(answers: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^'answers' must "):
        CheckedIn.of(CUP, at=AT, partner="a", answers=answers)


def test_boundaries_that_are_none_are_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"^'boundaries' must be boundaries$"):
        BoundariesChanged(partner="a", at=AT, boundaries={"depth": 4})  # type: ignore[arg-type]


def test_neither_answers_nor_boundaries_stand_in_a_repr() -> None:
    told = repr(CheckedIn.of(CUP, at=AT, partner="a", answers={"my-secret": 77}))
    assert "secret" not in told
    assert "77" not in told
    told = repr(
        BoundariesChanged(
            partner="a", at=AT, boundaries=Boundaries(depth=3, topics={"loss": "yes"}, declined={"tea/cup": day(77)})
        )
    )
    assert told == f"BoundariesChanged(partner='a', at={AT!r})"


CHECKED_IN = EACH_KIND[-1][1]
CHANGED = EACH_KIND[-3][1]
REFUSED: list[Any] = [
    None,
    "completed",
    [],
    {},
    {"event": "Canary"},
    {"event": ["completed"]},
    {"event": {}},
    {**OF_CUP, "event": "completed", "canary": 1},
    {**OF_CUP, "event": "completed", "partner": "canary"},
    {**OF_CUP, "event": "completed", "rev": None},
    {**OF_CUP, "event": "completed", "activity": "Canary"},
    {**OF_CUP, "event": "completed", "skills": "canary"},
    {**OF_CUP, "event": "completed", "skills": ["canary"]},
    {**OF_CUP, "event": "completed", "skills": [["canary"]]},
    {**OF_CUP, "event": "completed", "skills": []},
    {**OF_CUP, "event": "completed", "topics": ["canary", "canary"]},
    {**OF_CUP, "event": "completed", "topics": [["canary"]]},
    {**OF_CUP, "event": "completed", "topics": "canary"},
    {**OF_CUP, "event": "completed", "kind": "canary"},
    {**OF_CUP, "event": "completed", "depth": True},
    {**OF_CUP, "event": "completed", "at": "Canary"},
    {**OF_CUP, "event": "completed", "at": "2026-11-23T20:00:00"},
    {**OF_CUP, "event": "completed", "at": "2026-11-23T20:00:00Z"},
    {**OF_CUP, "event": "completed", "at": "2026-02-29T20:00:00+00:00"},
    {**OF_CUP, "event": "completed", "at": "2026-11-23T24:00:00+00:00"},
    {**OF_CUP, "event": "completed", "at": 1},
    {**OF_CUP, "event": "paused", "moves": ["canary "]},
    {**OF_CUP, "event": "paused", "moves": "canary"},
    {"event": "completed", "at": "2026-11-23T20:00:00+00:00"},
    {"event": "journey_chosen", "at": "2026-11-23T20:00:00+00:00", "journey": "Canary"},
    {"event": "journey_chosen", "at": "2026-11-23T20:00:00+00:00", "journey": None},
    {**CHECKED_IN, "answers": "canary"},
    {**CHECKED_IN, "answers": ["canary"]},
    {**CHECKED_IN, "answers": [["near", 7]]},
    {**CHECKED_IN, "answers": {"Canary": 7}},
    {**CHECKED_IN, "answers": {"near": "canary"}},
    {**CHECKED_IN, "partner": " canary"},
    {**CHANGED, "boundaries": "canary"},
    {**CHANGED, "boundaries": ["canary"]},
    {**CHANGED, "boundaries": {}},
    {**CHANGED, "boundaries": {"depth": 2, "canary": 1}},
    {**CHANGED, "boundaries": {"depth": 2, "topics": ["canary"]}},
    {**CHANGED, "boundaries": {"depth": 2, "topics": {"money": "canary"}}},
    {**CHANGED, "boundaries": {"depth": 2, "topics": {"Canary": "yes"}}},
    {**CHANGED, "boundaries": {"depth": 2, "declined": {"tea/cup": "canary"}}},
    {**CHANGED, "boundaries": {"depth": 2, "declined": {"tea/cup": 7}}},
    {**CHANGED, "boundaries": {"depth": 2, "declined": ["canary"]}},
]


@pytest.mark.parametrize("document", REFUSED, ids=range(len(REFUSED)))
def test_a_document_of_no_event_is_refused_without_repeating_anybodys_words(document: Any) -> None:
    with pytest.raises(InvalidValueError) as refused:
        event_from(document)
    shown = f"{refused.value} {refused.value.__cause__ or ''}"
    assert "canary" not in shown.lower()
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 101) | st.sampled_from(["", "a", "tea/cup", "yes", "home", "trust"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["depth", "home", "near"]), inner),
    max_leaves=5,
)


@patient
@given(st.sampled_from([document for _, document in EACH_KIND]), st.data())
def test_a_document_with_anything_in_one_place_is_an_event_or_refused_never_a_crash(
    document: dict[str, Any], data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from([*document, "another"]))
    changed = {**document, field: data.draw(anything)}
    try:
        event = event_from(changed)
    except InvalidValueError:
        return
    assert event_from(to_document(event)) == event
