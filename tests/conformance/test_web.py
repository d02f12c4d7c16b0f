"""An app is checked over HTTP as it is in process."""

from collections.abc import Sequence

import pytest
from conformance.leaking import LogsWords, SaysWhoDeclined
from conformance.on_the_web import on_the_web
from conformance.room import CATALOG, Room

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.testing import Allow, CheckIn, HTTPHost, Note, Request, Seal, check_host

#: One of each thing that an app can describe; all of them with --full.
SOME = (
    *("same twice", "notes", "opened together", "withdrawn in a race", "asked again", "errors", "own name only"),
    *("support open", "support current", "logs", "erased at rest"),
)


def test_an_app_on_the_web_passes(request: pytest.FixtureRequest) -> None:
    full = request.config.getoption("--full")
    with on_the_web(Room()) as web:
        report = check_host(web, catalog=CATALOG, pairs=20, only=() if full else SOME)
    assert report.passed, str(report)
    assert len(report.of("passed")) == (44 if full else len(SOME))


def test_mistakes_on_the_web_are_caught() -> None:
    with on_the_web(SaysWhoDeclined()) as web:
        (result,) = check_host(web, catalog=CATALOG, only=["errors"]).results
    assert {one.page for one in result.evidence} == {"answer to Start"}
    with on_the_web(LogsWords()) as web:
        (result,) = check_host(web, catalog=CATALOG, only=["logs"]).results
    assert {one.page for one in result.evidence} == {"room.log"}


def test_a_header_that_differs_is_seen_unless_it_is_ignored_by_its_name() -> None:
    with on_the_web(Room(), ignored_headers=()) as web:
        web.begin(["ada", "ben"], seed="tea")
        assert "date: " in web.send("ada", Note("x")).shown.decode()
    with on_the_web(Room(), ignored_headers=["DATE", "Server", "Content-Length"]) as web:
        web.begin(["ada", "ben"], seed="tea")
        assert web.send("ada", Note("x")).shown == b"200\n\nkept"


def test_an_answer_that_leads_elsewhere_is_the_answer() -> None:
    with on_the_web(Room()) as web:
        web.begin(["ada", "ben"], seed="tea")
        answered = web._ask(Request("POST", "/login/ada"), "ada")
    assert answered.done
    assert answered.shown.startswith(b"303\ncontent-length: 0\nlocation: /home\n")


def test_people_may_be_known_by_a_header() -> None:
    with on_the_web(Room(), headers=lambda who: {"Cookie": f"who={who}"}) as web:
        web.begin(["ada", "ben"], seed="tea")
        web._phones.clear()
        assert web.send("ada", Note("x", key="n-1")).done


def test_what_an_app_does_not_describe_is_not_checked() -> None:
    def begin(people: Sequence[str], seed: str) -> Request:
        return Request("POST", "/begin", document={"people": [*people], "seed": seed})

    with on_the_web(Room()) as web:
        bare = HTTPHost(web.base, begin=begin, requests={}, pages={"home": "/home"})
        report = check_host(bare, catalog=CATALOG, pairs=1)
    assert len(report.lacks) == 21
    assert {one.check for one in report.of("passed")} == {"same twice", "looks"}
    assert {one.check for one in report.of("failed")} == set()
    whys = {one.check: one.why for one in report.of("not checked")}
    assert whys["notes"] == "the app has none of these actions"
    assert whys["support open"] == "the app does not describe its support page (Host.support)"
    assert whys["errors"] == "the app has no Start, Decline"


def test_an_app_that_cannot_begin_says_so() -> None:
    with on_the_web(Room()) as web:
        web.asks_begin = lambda *_: Request("GET", "/nowhere")
        with pytest.raises(InvalidValueError, match="'begin' must be a request to which the app says yes"):
            web.begin(["ada", "ben"], seed="tea")


def test_only_addresses_of_the_web_are_asked() -> None:
    with pytest.raises(InvalidValueError, match="'base' must be an address such as http"):
        HTTPHost("file:///etc", begin=lambda *_: Request("GET", "/"), requests={}, pages={})


def test_a_request_is_a_form_or_json_and_shows_no_words() -> None:
    assert Request("GET", "/").kind == {}
    assert Request("POST", "/", fields={"words": "tea"}).kind["Content-Type"].endswith("form-urlencoded")
    assert Request("POST", "/", document=["tea"]).body == b'["tea"]'
    assert "tea" not in repr(Request("POST", "/", fields={"words": "tea"}, document="tea", headers={"a": "tea"}))
    assert "tea" not in repr([Note("tea"), Seal("a/b", "tea"), CheckIn("a/b", {"tea": 1})])
    assert Allow(topics={"money": "yes"}) == Allow(topics={"money": "yes"})
