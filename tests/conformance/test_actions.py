"""Every action there is has one method of a space behind it, and is given all that it says."""

from typing import Any

import pytest
from little_packs import evening

from intimacy_kit.testing import (
    KINDS,
    Accept,
    Action,
    Agree,
    Allow,
    CheckIn,
    ChooseJourney,
    Close,
    Complete,
    Decline,
    Erase,
    Leave,
    Note,
    Offer,
    Pause,
    PutDown,
    ReadNotice,
    Resume,
    Seal,
    Skip,
    Start,
    TakeBackDecline,
    Withdraw,
    perform,
)

AT = evening(0)

CALLS: dict[Action, tuple[str, tuple[object, ...], dict[str, object]]] = {
    ReadNotice(): ("read_notice", (), {}),
    Allow(3, {"money": "ask"}): ("allow", (), {"depth": 3, "topics": {"money": "ask"}}),
    Decline("tea/a", "month"): ("decline", ("tea/a",), {"scope": "month"}),
    TakeBackDecline("tea/a"): ("take_back_decline", ("tea/a",), {}),
    Accept("tea/a"): ("accept", ("tea/a",), {}),
    Pause(): ("pause", (), {}),
    Resume(): ("resume", (), {}),
    Leave(): ("leave", (), {}),
    Close(): ("close", (), {}),
    Note("words"): ("note", ("words",), {}),
    CheckIn("tea/c", {"near": 3}): ("check_in", ("tea/c", {"near": 3}), {}),
    Seal("tea/a", "words"): ("seal", ("tea/a", "words"), {}),
    Agree("tea/a"): ("agree", ("tea/a",), {}),
    Withdraw("tea/a"): ("withdraw", ("tea/a",), {}),
    Offer("tea/a"): ("offer", (["tea/a"],), {}),
    Start("tea/a"): ("start", ("tea/a",), {}),
    PutDown("tea/a"): ("put_down", ("tea/a",), {}),
    Complete("tea/a"): ("complete", ("tea/a",), {}),
    Skip("tea/a"): ("skip", ("tea/a",), {}),
    ChooseJourney("tea/way"): ("choose_journey", ("tea/way",), {}),
    Erase(): ("erase", (), {}),
}


class Heard:
    """Stands for a space, and keeps what it is asked to do."""

    def __init__(self) -> None:
        self.calls: list[object] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *given, **named: self.calls.append((name, given, named))


def test_no_action_is_forgotten() -> None:
    assert [type(action) for action in CALLS] == list(KINDS)


@pytest.mark.parametrize("action", CALLS, ids=lambda action: type(action).__name__)
def test_an_action_is_done_in_a_space(action: Any) -> None:
    name, given, named = CALLS[action]
    space = Heard()
    perform(space, "ada", type(action)(**{**_fields(action), "key": "k-1"}), at=AT)  # type: ignore[arg-type]
    keyed = {} if isinstance(action, Erase) else {"key": "k-1"}
    assert space.calls == [(name, ("ada", *given), {"at": AT, **named, **keyed})]


def _fields(action: Any) -> dict[str, Any]:
    return {one.name: getattr(action, one.name) for one in type(action).__attrs_attrs__}
