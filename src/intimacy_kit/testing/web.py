"""An app that is reached over HTTP, described by its requests; nothing but the standard library is needed."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, ProxyHandler, build_opener
from urllib.request import Request as _Request

from attrs import define, field, frozen

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.testing.actions import KINDS, Action
from intimacy_kit.testing.hosts import Answered, Host

__all__ = ["HTTPHost", "Request"]

_TIMEOUT_SECONDS = 30
_FIRST_REFUSAL = 400


@frozen
class Request:
    """One request to the app.

    >>> Request("POST", "/answers", fields={"words": "a b"}).body
    b'words=a+b'
    """

    method: str
    #: The path, with a query where it has one; characters that no address may hold are quoted already.
    path: str
    #: The fields of a form.
    fields: Mapping[str, str] | None = field(default=None, repr=False, hash=False)
    #: What is sent as JSON.
    document: object = field(default=None, repr=False, hash=False)
    headers: Mapping[str, str] = field(factory=dict, repr=False, hash=False)

    @property
    def body(self) -> bytes | None:
        """What is sent; None where there is nothing."""
        if self.fields is not None:
            return urlencode(self.fields).encode()
        return None if self.document is None else json.dumps(self.document).encode()

    @property
    def kind(self) -> dict[str, str]:
        """The header that says what is sent."""
        if self.fields is not None:
            return {"Content-Type": "application/x-www-form-urlencoded"}
        return {} if self.document is None else {"Content-Type": "application/json"}


def _on_the_web(_: object, __: object, base: str) -> None:
    if urlsplit(base).scheme not in {"http", "https"}:
        raise InvalidValueError("base", "must be an address such as http://127.0.0.1:8000")


def _lowered(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(str.lower, names))


#: How an action becomes a request.
Asked = Callable[[str, Action], Request]


class _NoRedirect(HTTPRedirectHandler):
    """Leaves an answer that leads elsewhere as it is: whoever follows it fetches a page, and that is seen."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@define(kw_only=True, eq=False, slots=False)
class HTTPHost(Host):
    """An app on the web, or on this machine.

    *requests* says how each kind of action is sent; the kinds it does not name are those that the app lacks. *pages*
    are the paths that a person fetches, by name. *begin* asks for a fresh space; *login*, where there is one, is sent
    once for each person, and its cookies are theirs; *headers* are sent with each request of a person, for apps that
    know people by them. *clock*, where there is one, sets the app's clock; *forge* sends an action in the name of
    another one. A status of 400 and more is a refusal. *ignored_headers* are left out of what is compared.

    Subclass it to describe more: ``at_rest``, ``logs``, ``ignores``, ``contacts``.
    """

    base: str = field(kw_only=False, validator=_on_the_web)
    asks: Mapping[type[Action], Asked] = field(alias="requests")
    pages: Mapping[str, str]
    asks_begin: Callable[[Sequence[str], str], Request] = field(alias="begin")
    asks_login: Callable[[str], Request] | None = field(default=None, alias="login")
    headers: Callable[[str], Mapping[str, str]] | None = None
    asks_clock: Callable[[datetime], Request] | None = field(default=None, alias="clock")
    asks_forged: Callable[[str, str, Action], Request] | None = field(default=None, alias="forge")
    support_page: str = field(default="", alias="support")
    ignored_headers: Collection[str] = field(default=("date",), converter=_lowered)
    _phones: dict[str, OpenerDirector] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """The app lacks what no request is for."""
        self.lacks = [kind for kind in KINDS if kind not in self.asks]

    def begin(self, people: Sequence[str], *, seed: str) -> Mapping[str, str] | None:
        """Ask the app for a fresh space, and log everybody in."""
        self._phones = {}
        self._must("begin", self.asks_begin(people, seed))
        if self.asks_login:
            for person in people:
                self._must("login", self.asks_login(person), person)
        return None

    def send(self, partner: str, action: Action) -> Answered:
        """Send an action."""
        return self._ask(self.asks[type(action)](partner, action), partner)

    def see(self, partner: str) -> Mapping[str, bytes]:
        """Fetch all pages of a person."""
        return {name: self._ask(Request("GET", path), partner).shown for name, path in self.pages.items()}

    def at(self, moment: datetime) -> bool:
        """Set the app's clock, where it has one."""
        if self.asks_clock is None:
            return False
        self._must("clock", self.asks_clock(moment))
        return True

    def send_all(self, actions: Sequence[tuple[str, Action]]) -> Sequence[Answered] | None:
        """Send actions at once, each from a thread of its own."""
        with ThreadPoolExecutor(len(actions)) as threads:
            return [*threads.map(lambda one: self.send(*one), actions)]

    def send_as(self, partner: str, other: str, action: Action) -> Answered | None:
        """Send an action in the name of another one, where it is said how."""
        return None if self.asks_forged is None else self._ask(self.asks_forged(partner, other, action), partner)

    def support(self, partner: str) -> bytes | None:
        """Fetch the support page, where it is said where it is."""
        return self._ask(Request("GET", self.support_page), partner).shown if self.support_page else None

    def _must(self, name: str, request: Request, partner: str = "") -> None:
        if not self._ask(request, partner).done:
            raise InvalidValueError(name, "must be a request to which the app says yes")

    def _ask(self, request: Request, partner: str) -> Answered:
        """Send a request, as the phone of a person would, and return status, headers and body."""
        headers = {**request.kind, **(self.headers(partner) if self.headers and partner else {}), **request.headers}
        asked = _Request(  # noqa: S310 - the scheme was checked
            urljoin(self.base, request.path), data=request.body, headers=headers, method=request.method
        )
        try:
            with self._phone(partner).open(asked, timeout=_TIMEOUT_SECONDS) as answer:
                return self._answered(answer)
        except HTTPError as refused:
            with refused:
                return self._answered(refused)

    def _answered(self, answer: HTTPResponse | HTTPError) -> Answered:
        status = answer.status or 0
        kept = [(name.lower(), value) for name, value in answer.headers.items()]
        lines = [f"{name}: {value}" for name, value in sorted(kept) if name not in self.ignored_headers]
        head = "\n".join([str(status), *lines, "", ""]).encode("utf-8", "surrogateescape")
        return Answered(status < _FIRST_REFUSAL, head + answer.read())

    def _phone(self, partner: str) -> OpenerDirector:
        """Return what keeps the cookies of one person; no proxy ever sees what is sent."""
        if partner not in self._phones:
            self._phones[partner] = build_opener(ProxyHandler({}), _NoRedirect, HTTPCookieProcessor(CookieJar()))
        return self._phones[partner]
