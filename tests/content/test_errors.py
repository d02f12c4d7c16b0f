"""Every exception: one base, one line, and the same after a journey through pickle."""

import pickle
from copy import copy
from inspect import isclass

import pytest

from intimacy_kit import errors
from intimacy_kit.errors import (
    ErasedError,
    IdempotencyError,
    InvalidPackError,
    InvalidValueError,
    KitError,
    MoveError,
    NotOfferedError,
    SpaceClosedError,
    StoreBusyError,
    StoreConflictError,
    StoreCorruptError,
    StoreError,
    StoreKeyError,
    StoreVersionError,
    UnknownActivityError,
)
from intimacy_kit.problems import Problem, Where, pointer_part

PROBLEM = Problem(Where("pack.json", 1, 2), "K107", "9 is too large, the most is 4")

LINES = [
    (InvalidValueError("depth", "must be a whole number from 1 to 4"), "'depth' must be a whole number from 1 to 4"),
    (
        InvalidPackError("tea", (PROBLEM,)),
        "pack 'tea' cannot be used: pack.json:1:2: K107 9 is too large, the most is 4",
    ),
    (
        InvalidPackError("tea", (PROBLEM, PROBLEM, PROBLEM)),
        "pack 'tea' cannot be used: pack.json:1:2: K107 9 is too large, the most is 4; and 2 more in .problems",
    ),
    (UnknownActivityError("tea/cpu", "tea/cup"), "no activity 'tea/cpu'; did you mean 'tea/cup'?"),
    (UnknownActivityError("tea/x"), "no activity 'tea/x'; 'intimacy-kit packs NAME' lists what a pack has"),
    (MoveError("jump", ("next", "stop")), "no move 'jump' here; possible: 'next', 'stop'"),
    (MoveError("jump", ()), "no move 'jump' here; possible: none, it is over"),
    (StoreError("us.db", "is not a database"), "store 'us.db' is not a database"),
    (StoreBusyError("us.db", "is in use; try again"), "store 'us.db' is in use; try again"),
    (StoreCorruptError("us.db", "is damaged"), "store 'us.db' is damaged"),
    (StoreCorruptError("us.db", "lost an event", "us/a", 3), "store 'us.db' lost an event (log 'us/a', event 3)"),
    (StoreCorruptError("us.db", "has another end", "us"), "store 'us.db' has another end (log 'us')"),
    (StoreKeyError("us.db", "is encrypted under another key"), "store 'us.db' is encrypted under another key"),
    (ErasedError("us/a"), "log 'us/a' was erased; a person who comes back gets a new id"),
    (
        SpaceClosedError("us"),
        "space 'us' is not open to this person; open a new space for those who want to go on",
    ),
    (
        NotOfferedError("tea/cup"),
        "activity 'tea/cup' is not among what fits now; 'open' in the view lists what does",
    ),
    (StoreConflictError("us", 3, 4), "log 'us' has 4 events, expected 3; read it again, then append"),
    (
        StoreVersionError("us.db", 9, 1),
        "store 'us.db' is in format 9, this kit reads up to 1; upgrade intimacy-kit",
    ),
    (
        IdempotencyError("us", "k1"),
        "key 'k1' was used in log 'us' for other events; use a new key for a new append",
    ),
]

each_error = pytest.mark.parametrize(
    ("error", "line"), [pytest.param(*case, id=type(case[0]).__name__) for case in LINES]
)


@each_error
def test_an_error_is_one_line_that_begins_small(error: KitError, line: str) -> None:
    assert str(error) == line
    assert "\n" not in line
    assert line[0].islower() or line[0] == "'"
    assert not line.endswith(".")


@each_error
def test_an_error_is_the_same_after_pickling_and_copying(error: KitError, line: str) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert (type(again), again.args, vars(again), str(again)) == (type(error), error.args, vars(error), line)
    assert str(copy(error)) == line


def test_these_are_all_the_errors_there_are() -> None:
    defined = {thing for thing in vars(errors).values() if isclass(thing) and issubclass(thing, Exception)}
    assert {name.__name__ for name in defined} == set(errors.__all__)
    assert {type(error) for error, _ in LINES} | {KitError} == defined
    assert all(issubclass(error, KitError) for error in defined)


def test_who_expects_the_built_in_error_catches_ours() -> None:
    assert issubclass(InvalidValueError, ValueError)
    assert issubclass(UnknownActivityError, KeyError)


def test_a_place_is_written_with_its_line_or_else_with_its_pointer() -> None:
    assert str(Where("a.yaml", 3, 1, "/depth")) == "a.yaml:3:1"
    assert str(Where("a.yaml", pointer="/depth")) == "a.yaml#/depth"
    assert str(Where("a.yaml")) == "a.yaml"


def test_a_problem_is_written_as_one_line_with_its_hint_in_brackets() -> None:
    assert str(Problem(Where("a.yaml", 3, 1), "K102", "'txt' is not a field here", "did you mean 'text'?")) == (
        "a.yaml:3:1: K102 'txt' is not a field here (did you mean 'text'?)"
    )


def test_a_problem_stays_on_its_line_whatever_it_is_about() -> None:
    hostile = "a\nb\r\x1b[2J\u202e\ud800"
    shown = "a\\nb\\r\\x1b[2J\\u202e\\ud800"
    assert str(Problem(Where(hostile, pointer=f"/{hostile}"), "K302", hostile, hostile)) == (
        f"{shown}#/{shown}: K302 {shown} ({shown})"
    )
    assert str(Problem(Where("a"), "K302", "family 👩\u200d👧")) == "a: K302 family 👩\u200d👧"


def test_problems_are_sorted_by_place_and_know_their_file() -> None:
    first, second = Problem(Where("a", 1, 9), "K999", "x"), Problem(Where("a", 2, 1), "K001", "x")
    assert sorted([second, first]) == [first, second]
    assert first.within("b") == Problem(Where("b", 1, 9), "K999", "x")


@pytest.mark.parametrize(("key", "part"), [("a", "/a"), (0, "/0"), ("a/b~c", "/a~1b~0c"), ("", "/"), ("~1", "/~01")])
def test_a_part_of_a_pointer_is_escaped(key: str | int, part: str) -> None:
    assert pointer_part(key) == part
