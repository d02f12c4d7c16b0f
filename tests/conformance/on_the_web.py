"""The same app behind HTTP on this machine, and how it is described by its requests."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs

from attrs import asdict
from conformance.room import Room

from intimacy_kit.testing import KINDS, Action, Answered, Host, HTTPHost, Request

_KINDS = {kind.__name__: kind for kind in KINDS}


def sent(partner: str, action: Action) -> Request:
    """Return how the app wants an action: as a form, but for what is a list of answers."""
    fields = asdict(action)
    if any(isinstance(value, dict) for value in fields.values()):
        return Request("POST", f"/do/{type(action).__name__}", document=fields)
    told = {name: value for name, value in fields.items() if value is not None}
    return Request("POST", f"/do/{type(action).__name__}", fields=told, headers={"X-Phone": partner})


def forged(_partner: str, other: str, action: Action) -> Request:
    return Request("POST", f"/do/{type(action).__name__}", document=asdict(action) | {"as": other})


class _Requests(BaseHTTPRequestHandler):
    """Answers as the app does: who acts is whom the cookie says."""

    server: "_Server"

    def do_GET(self) -> None:
        with self.server.lock:
            who = self._who()
            pages = self.server.room.see(who) if who else {}
            support = self.server.room.support(who) or b""
        name = self.path.strip("/")
        found = support if name == "support" else pages.get(name)
        self._answer(200 if found is not None else 404, found or b"nothing here")

    def do_POST(self) -> None:
        with self.server.lock:
            data = self._data()
            what, _, kind = self.path.strip("/").partition("/")
            getattr(self, f"_{what}")(kind, data)

    def _begin(self, _: str, data: dict[str, Any]) -> None:
        self.server.room.begin(data["people"], seed=data["seed"])
        self._answer(201, b"")

    def _clock(self, _: str, data: dict[str, Any]) -> None:
        self.server.room.at(datetime.fromisoformat(data["moment"]))
        self._answer(204, b"")

    def _login(self, name: str, _: dict[str, Any]) -> None:
        self._answer(303, b"", ("Set-Cookie", f"who={name}; Path=/; HttpOnly"), ("Location", "/home"))

    def _do(self, kind: str, data: dict[str, Any]) -> None:
        named = data.pop("as", self._who())
        if named != self._who():
            self._answer(403, b"log in as them")
            return
        answered: Answered = self.server.room.send(named, _KINDS[kind](**data))
        self._answer(200 if answered.done else 409, answered.shown)

    def _who(self) -> str:
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("who")
        return cookie.value if cookie else ""

    def _data(self) -> dict[str, Any]:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.headers.get("Content-Type") == "application/json":
            return dict(json.loads(body))
        return {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, room: Room) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.room = room
        self.lock = Lock()


class Web(HTTPHost):
    """The description of the app on the web; what it keeps is read from where it runs."""

    room: Host

    def at_rest(self) -> Iterable[tuple[str, bytes]] | None:
        return self.room.at_rest()

    def logs(self) -> Iterable[tuple[str, bytes]] | None:
        return self.room.logs()


@contextmanager
def on_the_web(room: Room, **more: Any) -> Iterator[Web]:
    """Run an app on a free port of this machine for a while."""
    server = _Server(room)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    pages: Mapping[str, str] = {"home": "/home", "own": "/own", "export": "/export.json"}
    try:
        web = Web(
            f"http://127.0.0.1:{server.server_port}",
            begin=lambda people, seed: Request("POST", "/begin", document={"people": [*people], "seed": seed}),
            login=lambda who: Request("POST", f"/login/{who}"),
            requests=dict.fromkeys(KINDS, sent),
            pages=pages,
            clock=lambda moment: Request("POST", "/clock", document={"moment": moment.isoformat()}),
            forge=forged,
            support="/support",
            **more,
        )
        web.contacts = room.contacts
        web.room = room
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
