"""Each row of docs/attacks.md is shown by a test that names it, struck with a reason, or the app's with a pointer."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "attacks.md"

#: Rows that are being worked on: they may name tests that do not show them yet.
PENDING: frozenset[int] = frozenset()

#: A reason has at least so many words.
_A_REASON = 8


def rows(text: str) -> dict[int, tuple[str, str]]:
    """Return attack and place of each row of the table, by number."""
    found = re.findall(r"^\| (\d+) \| (.+?) \| (.+) \|$", text, re.MULTILINE)
    return {int(number): (attack, place) for number, attack, place in found}


def shown_in() -> dict[str, set[int]]:
    """Return which rows each test file says that it shows."""
    return {
        path.relative_to(ROOT).as_posix(): {
            int(row) for row in re.findall(r"\battack (\d+)\b", path.read_text("utf-8"))
        }
        for path in ROOT.glob("tests/**/*.py")
    }


def wrong_with(row: int, place: str, shown: dict[str, set[int]], root: Path = ROOT) -> list[str]:
    """Return what is wrong with what the page says of a row."""
    tests = re.findall(r"`(tests/[^`]+)`", place)
    wrong = [f"{row}: {test} does not say attack {row}" for test in tests if row not in shown.get(test, ())]
    struck, host = (re.search(rf"\b{word}: (.+)", place) for word in ("struck", "host"))
    if struck and len(struck[1].split()) < _A_REASON:
        wrong.append(f"{row}: struck without a reason")
    if host:
        pointers = re.findall(r"`([^`]+)`", host[1])
        wrong += [f"{row}: there is no {pointer}" for pointer in pointers if not (root / pointer).exists()]
        wrong += [] if pointers else [f"{row}: the app's, without a pointer"]
    if not (tests or struck or host):
        wrong.append(f"{row}: neither shown, nor struck, nor the app's")
    return wrong


def test_every_row_of_the_list_is_there_once_and_in_its_order() -> None:
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)]
    assert numbers == list(range(1, 101))
    assert list(rows(PAGE.read_text("utf-8"))) == numbers


def test_every_row_is_shown_struck_with_a_reason_or_the_apps_with_a_pointer() -> None:
    shown = shown_in()
    table = rows(PAGE.read_text("utf-8"))
    assert [
        one for row, (_, place) in table.items() if row not in PENDING for one in wrong_with(row, place, shown)
    ] == []


def test_no_row_is_pending_of_which_all_is_known() -> None:
    assert all(row >= 60 for row in PENDING)


def test_no_test_shows_a_row_that_the_list_does_not_have() -> None:
    assert [(test, row) for test, found in shown_in().items() for row in found if not 1 <= row <= 100] == []


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("`tests/a.py`", []),
        ("`tests/a.py`; with a remark", []),
        ("`tests/a.py` `tests/b.py`", ["7: tests/b.py does not say attack 7"]),
        ("`tests/c.py`", ["7: tests/c.py does not say attack 7"]),
        ("struck: it does not fit what the kit is at all", []),
        ("struck: no", ["7: struck without a reason"]),
        ("host: `docs/attacks.md`", []),
        ("host: `docs/nowhere.md`", ["7: there is no docs/nowhere.md"]),
        ("host: ask them", ["7: the app's, without a pointer"]),
        ("somewhere", ["7: neither shown, nor struck, nor the app's"]),
        ("", ["7: neither shown, nor struck, nor the app's"]),
    ],
)
def test_a_row_that_is_nowhere_is_seen(place: str, wrong: list[str]) -> None:
    assert wrong_with(7, place, {"tests/a.py": {7, 70}, "tests/b.py": {70}}) == wrong
